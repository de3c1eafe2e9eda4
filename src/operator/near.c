/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/near.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Below this distance, in half lengths, a plain Gauss rule needs more points than the graded one.
 */
static const double NEAR_HALVES = 0.6;
/** Below this distance, in radii, the second-order ring correction of ali_tube_far is worse than
 * 1e-4. */
static const double NEAR_RADII = 6.0;
/** Two pairs are taken as congruent when their lengths agree to this part of the larger one: decks
 * give coordinates to six digits, and the static moments are no more sensitive than that. */
static const double CONGRUENT = 2e-6;

enum { KEY_LENGTHS = 6 };

/** What makes two pairs congruent: the six distances between their four end points, radii and
 * orders. */
typedef struct pair_key {
    int64_t length[KEY_LENGTHS];
    double radius[2];
    int order[2];
} pair_key;

typedef struct pair_class {
    pair_key key;
    ali_tube a, b;
} pair_class;

typedef struct near_builder {
    const ali_wire_mesh *mesh;
    const unsigned char *order;
    bool image;
    ali_near *near;
    size_t pair_capacity;
    pair_class *classes;
    size_t class_capacity;
    uint32_t *table; /**< hash table of class index + 1 */
    size_t table_size;
} near_builder;

ali_tube ali_element_tube(const ali_element *element)
{
    return (ali_tube){element->mid, element->dir, element->half, element->radius};
}

ali_tube ali_tube_mirror(ali_tube tube)
{
    tube.mid = ali_vec3_mirror_z(tube.mid);
    tube.dir = ali_vec3_mirror_z(tube.dir);
    return tube;
}

bool ali_tubes_near(const ali_tube *a, const ali_tube *b)
{
    double reach =
        fmax(NEAR_HALVES * fmax(a->half, b->half), NEAR_RADII * fmax(a->radius, b->radius));
    double centres = ali_vec3_distance(a->mid, b->mid);
    if (centres > reach + a->half + b->half)
        return false;
    return ali_tube_distance(a, b) < reach;
}

void ali_near_destroy(ali_near *near)
{
    if (!near)
        return;
    free(near->first);
    free(near->pairs);
    free(near->offset);
    free(near->moments);
    free(near);
}

/* ---- classes ---- */

static pair_key make_key(const ali_tube *a, const ali_tube *b, int order_a, int order_b)
{
    ali_vec3 a0 = ali_vec3_axpy(a->mid, -a->half, a->dir),
             a1 = ali_vec3_axpy(a->mid, a->half, a->dir);
    ali_vec3 b0 = ali_vec3_axpy(b->mid, -b->half, b->dir),
             b1 = ali_vec3_axpy(b->mid, b->half, b->dir);
    double quantum = CONGRUENT * 2.0 * fmax(a->half, b->half);
    /* a power of two, so that neighbouring pairs share the quantum */
    quantum = exp2(ceil(log2(quantum)));
    double length[KEY_LENGTHS] = {2.0 * a->half,
                                  2.0 * b->half,
                                  ali_vec3_distance(a0, b0),
                                  ali_vec3_distance(a0, b1),
                                  ali_vec3_distance(a1, b0),
                                  ali_vec3_distance(a1, b1)};
    pair_key key;
    memset(&key, 0, sizeof key);
    for (int i = 0; i < KEY_LENGTHS; i++)
        key.length[i] = llround(length[i] / quantum);
    key.radius[0] = a->radius;
    key.radius[1] = b->radius;
    key.order[0] = order_a;
    key.order[1] = order_b;
    return key;
}

static size_t hash_key(const pair_key *key)
{
    const unsigned char *bytes = (const unsigned char *)key;
    uint64_t hash = 1469598103934665603u; /* FNV-1a */
    for (size_t i = 0; i < sizeof *key; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 29);
}

static size_t find_slot(const near_builder *builder, const pair_key *key)
{
    size_t slot = hash_key(key) % builder->table_size;
    while (builder->table[slot] &&
           memcmp(&builder->classes[builder->table[slot] - 1].key, key, sizeof *key))
        slot = (slot + 1) % builder->table_size;
    return slot;
}

static int grow_table(near_builder *builder)
{
    size_t size = builder->table_size ? builder->table_size * 2 : 1024;
    uint32_t *table = ali_calloc(size, sizeof *table);
    if (!table)
        return -1;
    free(builder->table);
    builder->table = table;
    builder->table_size = size;
    for (size_t i = 0; i < builder->near->class_count; i++)
        table[find_slot(builder, &builder->classes[i].key)] = (uint32_t)i + 1;
    return 0;
}

/** Class of a pair, made if it is new. */
static int classify(near_builder *builder, const ali_tube *a, const ali_tube *b, int order_a,
                    int order_b, uint32_t *class_index)
{
    ali_near *near = builder->near;
    if (2 * near->class_count >= builder->table_size && grow_table(builder))
        return -1;
    pair_key key = make_key(a, b, order_a, order_b);
    size_t slot = find_slot(builder, &key);
    if (!builder->table[slot]) {
        if (ali_grow((void **)&builder->classes, &builder->class_capacity, near->class_count,
                     sizeof *builder->classes))
            return -1;
        builder->classes[near->class_count++] = (pair_class){key, *a, *b};
        builder->table[slot] = (uint32_t)near->class_count;
    }
    *class_index = builder->table[slot] - 1;
    return 0;
}

/* ---- pairs ---- */

static int add_pair(near_builder *builder, size_t e, size_t f, bool mirrored)
{
    ali_near *near = builder->near;
    size_t low = e < f ? e : f, high = e < f ? f : e;
    ali_tube a = ali_element_tube(&builder->mesh->elements[low]);
    ali_tube b = ali_element_tube(&builder->mesh->elements[high]);
    if (mirrored)
        b = ali_tube_mirror(b);
    ali_near_pair pair = {.other = (uint32_t)f,
                          .mirrored = mirrored,
                          .transposed = e > f,
                          .order_b = builder->order[high]};
    size_t used = near->first[e + 1];
    if (ali_grow((void **)&near->pairs, &builder->pair_capacity, used, sizeof *near->pairs) ||
        classify(builder, &a, &b, builder->order[low], builder->order[high], &pair.class_index))
        return -1;
    near->pairs[used] = pair;
    near->first[e + 1] = used + 1;
    return 0;
}

static int find_pairs(near_builder *builder)
{
    const ali_wire_mesh *mesh = builder->mesh;
    for (size_t e = 0; e < mesh->element_count; e++) {
        ali_tube a = ali_element_tube(&mesh->elements[e]);
        builder->near->first[e + 1] = builder->near->first[e];
        for (size_t f = 0; f < mesh->element_count; f++) {
            ali_tube b = ali_element_tube(&mesh->elements[f]);
            if (ali_tubes_near(&a, &b) && add_pair(builder, e, f, false))
                return -1;
            b = ali_tube_mirror(b);
            if (builder->image && ali_tubes_near(&a, &b) && add_pair(builder, e, f, true))
                return -1;
        }
    }
    return 0;
}

static int integrate_classes(near_builder *builder, int threads)
{
    ali_near *near = builder->near;
    near->offset = ali_calloc(near->class_count + 1, sizeof *near->offset);
    if (!near->offset)
        return -1;
    for (size_t i = 0; i < near->class_count; i++) {
        const int *order = builder->classes[i].key.order;
        near->offset[i + 1] = near->offset[i] + (size_t)(order[0] + 1) * (size_t)(order[1] + 1);
    }
    near->moments = ali_calloc(near->offset[near->class_count], sizeof *near->moments);
    if (!near->moments)
        return -1;
    (void)threads;
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads)
    for (size_t i = 0; i < near->class_count; i++) {
        const pair_class *class = &builder->classes[i];
        ali_tube_static(&class->a, &class->b, class->key.order[0], class->key.order[1],
                        near->moments + near->offset[i]);
    }
    return 0;
}

alicorn_status ali_near_create(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                               int threads, ali_near **near, alicorn_error *error)
{
    *near = NULL;
    if (mesh->element_count >= UINT32_MAX)
        return ali_error_set(error, ALICORN_E_MEMORY, "more than 4e9 wire elements");
    near_builder builder = {.mesh = mesh, .order = order, .image = image};
    builder.near = calloc(1, sizeof **near);
    int failed = !builder.near;
    if (!failed) {
        builder.near->element_count = mesh->element_count;
        builder.near->first = ali_calloc(mesh->element_count + 1, sizeof *builder.near->first);
        failed =
            !builder.near->first || find_pairs(&builder) || integrate_classes(&builder, threads);
    }
    free(builder.classes);
    free(builder.table);
    if (failed) {
        ali_near_destroy(builder.near);
        return ali_error_memory(error, mesh->element_count * 64, "near pairs");
    }
    *near = builder.near;
    return ALICORN_OK;
}
