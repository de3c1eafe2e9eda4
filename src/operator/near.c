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

/** Classes from which a team of threads costs less than it gains. */
enum { PARALLEL_FROM = 24 };

/** Classes per thread between two reports of progress: some milliseconds. */
enum { PROGRESS_CHUNK = 64 };

/** What makes two pairs congruent: the six distances between their four end points in quanta, the
 * quantum, radii and orders. */
typedef struct pair_key {
    int64_t length[KEY_LENGTHS];
    int64_t exponent; /**< of the quantum: without it, pairs twice as large would be the same */
    double radius[2];
    int order[2];
} pair_key; /* no padding: keys are compared and hashed as bytes */
_Static_assert(sizeof(pair_key) == KEY_LENGTHS * 8 + 8 + 16 + 2 * sizeof(int), "padding");

struct ali_near_class {
    pair_key key;
    ali_tube a, b;
};

/** A near pair once, low <= high; `mirrored` if it is high's image that is near. */
typedef struct found_pair {
    uint32_t low, high, class_index;
    bool mirrored;
} found_pair;

/** Elements in the order of one coordinate of their middles. */
typedef struct sweep_entry {
    double place; /**< [m] */
    uint32_t element;
} sweep_entry;

typedef struct near_builder {
    const ali_wire_mesh *mesh;
    const unsigned char *order;
    bool image;
    ali_near *near;
    double *reach; /**< [element_count]: near pairs have centres within the sum of their reaches */
    double widest; /**< largest reach */
    int axis;      /**< of the sweep */
    sweep_entry *sweep; /**< [element_count] ascending */
    found_pair *found;  /**< ascending low, high, direct before mirrored */
    size_t found_count, found_capacity;
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
    free(near->classes);
    free(near->offset);
    free(near->moments);
    free(near->coaxial_of);
    free(near->coaxial);
    free(near->powers);
    free(near);
}

/* ---- classes ---- */

static pair_key make_key(const ali_tube *a, const ali_tube *b, int order_a, int order_b)
{
    ali_vec3 a0 = ali_vec3_axpy(a->mid, -a->half, a->dir),
             a1 = ali_vec3_axpy(a->mid, a->half, a->dir);
    ali_vec3 b0 = ali_vec3_axpy(b->mid, -b->half, b->dir),
             b1 = ali_vec3_axpy(b->mid, b->half, b->dir);
    /* a power of two, so that neighbouring pairs share the quantum */
    int exponent;
    (void)frexp(CONGRUENT * 2.0 * fmax(a->half, b->half), &exponent);
    double quantum = ldexp(1.0, exponent);
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
    key.exponent = exponent;
    key.radius[0] = a->radius;
    key.radius[1] = b->radius;
    key.order[0] = order_a;
    key.order[1] = order_b;
    return key;
}

static size_t hash_key(const pair_key *key)
{
    uint64_t words[sizeof *key / sizeof(uint64_t)], hash = 0;
    memcpy(words, key, sizeof words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        hash = (hash ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio */
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

static size_t find_slot(const near_builder *builder, const pair_key *key)
{
    size_t slot = hash_key(key) % builder->table_size;
    while (builder->table[slot] &&
           memcmp(&builder->near->classes[builder->table[slot] - 1].key, key, sizeof *key))
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
        table[find_slot(builder, &builder->near->classes[i].key)] = (uint32_t)i + 1;
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
        if (ali_grow((void **)&near->classes, &builder->class_capacity, near->class_count,
                     sizeof *near->classes))
            return -1;
        near->classes[near->class_count++] = (ali_near_class){key, *a, *b};
        builder->table[slot] = (uint32_t)near->class_count;
    }
    *class_index = builder->table[slot] - 1;
    return 0;
}

/* ---- pairs ---- */

static int compare_places(const void *a, const void *b)
{
    const sweep_entry *p = a, *q = b;
    if (p->place != q->place)
        return p->place < q->place ? -1 : 1;
    return p->element < q->element ? -1 : p->element > q->element;
}

static double coordinate(ali_vec3 point, int axis)
{
    return axis == 0 ? point.x : axis == 1 ? point.y : point.z;
}

/** Sort the elements along the axis in which the structure is longest. */
static int prepare_sweep(near_builder *builder)
{
    const ali_element *elements = builder->mesh->elements;
    size_t count = builder->mesh->element_count;
    builder->reach = ali_calloc(count, sizeof *builder->reach);
    builder->sweep = ali_calloc(count, sizeof *builder->sweep);
    if (!builder->reach || !builder->sweep)
        return -1;
    double longest = -1.0;
    for (int axis = 0; axis < 3; axis++) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t e = 0; e < count; e++) {
            low = fmin(low, coordinate(elements[e].mid, axis));
            high = fmax(high, coordinate(elements[e].mid, axis));
        }
        if (high - low > longest) {
            longest = high - low;
            builder->axis = axis;
        }
    }
    for (size_t e = 0; e < count; e++) {
        const ali_element *element = &elements[e];
        /* a little more than in ali_tubes_near, where it is the larger of two and not their sum */
        double reach = fmax(NEAR_HALVES * element->half, NEAR_RADII * element->radius);
        builder->reach[e] = (reach + element->half) * (1.0 + 1e-9);
        builder->widest = fmax(builder->widest, builder->reach[e]);
        builder->sweep[e] = (sweep_entry){coordinate(element->mid, builder->axis), (uint32_t)e};
    }
    qsort(builder->sweep, count, sizeof *builder->sweep, compare_places);
    return 0;
}

/** First place in the sweep that is not before `place`. */
static size_t sweep_from(const near_builder *builder, double place)
{
    size_t low = 0, high = builder->mesh->element_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (builder->sweep[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Note the pairs of e with elements from e on, or with their images, that are near. */
static int find_neighbours(near_builder *builder, size_t e, bool mirrored)
{
    const ali_element *elements = builder->mesh->elements;
    ali_tube a = ali_element_tube(&elements[e]);
    /* f's image is as far from e as f from e's image */
    ali_vec3 seen_from = mirrored ? ali_vec3_mirror_z(a.mid) : a.mid;
    double reach = builder->reach[e], place = coordinate(seen_from, builder->axis);
    double end = place + reach + builder->widest;
    for (size_t i = sweep_from(builder, place - reach - builder->widest);
         i < builder->mesh->element_count && builder->sweep[i].place <= end; i++) {
        uint32_t f = builder->sweep[i].element;
        ali_vec3 d = ali_vec3_sub(elements[f].mid, seen_from);
        double within = reach + builder->reach[f];
        if (f < e || ali_vec3_dot(d, d) > within * within)
            continue;
        ali_tube b = ali_element_tube(&elements[f]);
        if (mirrored)
            b = ali_tube_mirror(b);
        if (!ali_tubes_near(&a, &b))
            continue;
        if (ali_grow((void **)&builder->found, &builder->found_capacity, builder->found_count,
                     sizeof *builder->found))
            return -1;
        found_pair *pair = &builder->found[builder->found_count++];
        *pair = (found_pair){.low = (uint32_t)e, .high = f, .mirrored = mirrored};
        if (classify(builder, &a, &b, builder->order[e], builder->order[f], &pair->class_index))
            return -1;
    }
    return 0;
}

static int compare_pairs(const void *a, const void *b)
{
    const found_pair *p = a, *q = b;
    if (p->high != q->high)
        return p->high < q->high ? -1 : 1;
    return (int)p->mirrored - (int)q->mirrored;
}

static int find_pairs(near_builder *builder)
{
    if (prepare_sweep(builder))
        return -1;
    for (size_t e = 0; e < builder->mesh->element_count; e++) {
        size_t first = builder->found_count;
        for (int mirrored = 0; mirrored <= builder->image; mirrored++)
            if (find_neighbours(builder, e, mirrored))
                return -1;
        if (builder->found_count > first)
            qsort(builder->found + first, builder->found_count - first, sizeof *builder->found,
                  compare_pairs);
    }
    return 0;
}

/** List every pair with both its elements. */
static int list_pairs(near_builder *builder)
{
    ali_near *near = builder->near;
    size_t count = builder->mesh->element_count;
    /* counts two places on, so that filling leaves the first indices right */
    near->first = ali_calloc(count + 2, sizeof *near->first);
    near->pairs = ali_calloc(2 * builder->found_count, sizeof *near->pairs);
    if (!near->first || !near->pairs)
        return -1;
    for (size_t i = 0; i < builder->found_count; i++) {
        near->first[builder->found[i].low + 2]++;
        if (builder->found[i].high != builder->found[i].low)
            near->first[builder->found[i].high + 2]++;
    }
    for (size_t e = 1; e <= count; e++)
        near->first[e + 1] += near->first[e];
    /* pairs come by ascending low, then high: so do an element's partners, the lower ones first */
    for (size_t i = 0; i < builder->found_count; i++) {
        const found_pair *found = &builder->found[i];
        ali_near_pair pair = {.other = found->high,
                              .class_index = found->class_index,
                              .mirrored = found->mirrored,
                              .order_b = builder->order[found->high]};
        near->pairs[near->first[found->low + 1]++] = pair;
        pair.other = found->low;
        pair.transposed = true;
        if (found->high != found->low)
            near->pairs[near->first[found->high + 1]++] = pair;
    }
    return 0;
}

/* ---- moments ---- */

static size_t class_size(const ali_near *near, size_t class_index)
{
    return near->offset[class_index + 1] - near->offset[class_index];
}

/** Where the classes' moments stand, and which classes are coaxial. */
static int list_classes(ali_near *near)
{
    size_t capacity = 0;
    near->offset = ali_calloc(near->class_count + 1, sizeof *near->offset);
    near->coaxial_of = ali_calloc(near->class_count, sizeof *near->coaxial_of);
    if (!near->offset || !near->coaxial_of)
        return -1;
    for (size_t i = 0; i < near->class_count; i++) {
        const ali_near_class *class = &near->classes[i];
        const int *order = class->key.order;
        near->offset[i + 1] = near->offset[i] + (size_t)(order[0] + 1) * (size_t)(order[1] + 1);
        near->coaxial_of[i] = ALI_NEAR_SKEW;
        if (!ali_tube_coaxial(&class->a, &class->b))
            continue;
        if (ali_grow((void **)&near->coaxial, &capacity, near->coaxial_count,
                     sizeof *near->coaxial))
            return -1;
        near->coaxial_of[i] = (uint32_t)near->coaxial_count;
        near->coaxial[near->coaxial_count++] = (ali_near_coaxial){.class_index = (uint32_t)i,
                                                                  .a = class->a,
                                                                  .b = class->b,
                                                                  .width = (size_t)order[1] + 1,
                                                                  .first = near->coaxial_size};
        near->coaxial_size += class_size(near, i);
    }
    return 0;
}

static void integrate_class(ali_near *near, size_t i)
{
    const ali_near_class *class = &near->classes[i];
    const int *order = class->key.order;
    ali_tube_static(&class->a, &class->b, order[0], order[1], near->moments + near->offset[i]);
    if (near->coaxial_of[i] == ALI_NEAR_SKEW)
        return;
    size_t first = near->coaxial[near->coaxial_of[i]].first;
    ali_tube_powers(&class->a, &class->b, order[0], order[1],
                    near->powers + ALI_TUBE_SERIES_TERMS * first);
}

alicorn_status ali_near_integrate(ali_near *near, int threads, alicorn_progress_fn progress,
                                  void *progress_user, alicorn_error *error)
{
    size_t count = near->class_count, done = 0;
    near->moments = ali_calloc(near->offset[count], sizeof *near->moments);
    near->powers = ali_calloc(ALI_TUBE_SERIES_TERMS * near->coaxial_size, sizeof *near->powers);
    if (!near->moments || !near->powers)
        return ali_error_memory(error, ali_near_bytes(near), "near pairs");
    (void)threads;
    /* a chunk for every thread at a time, so that progress is reported between them */
    size_t chunk = progress ? PROGRESS_CHUNK * (size_t)(threads > 0 ? threads : 1) : count;
    for (size_t first = 0; first < count; first = done) {
        done = count - first < chunk ? count : first + chunk;
#pragma omp parallel for schedule(dynamic, 4)                                                      \
    num_threads(threads) if (done - first >= PARALLEL_FROM)
        for (size_t i = first; i < done; i++)
            integrate_class(near, i);
        if (progress && done < count && progress(progress_user, "near", done, count))
            return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    }
    free(near->classes);
    near->classes = NULL;
    return ALICORN_OK;
}

size_t ali_near_bytes(const ali_near *near)
{
    return (near->element_count + 2) * sizeof *near->first +
           near->first[near->element_count] * sizeof *near->pairs +
           (near->class_count + 1) * (sizeof *near->offset + sizeof *near->coaxial_of) +
           near->offset[near->class_count] * sizeof *near->moments +
           near->coaxial_count * sizeof *near->coaxial +
           ALI_TUBE_SERIES_TERMS * near->coaxial_size * sizeof *near->powers;
}

/** Add the rest without its leading terms by quadrature. */
static void integrate_rest(const ali_near_coaxial *class, double k, int order_a, int order_b,
                           double *re, double *im)
{
    double complex moment[(ALI_TUBE_ORDER_MAX + 1) * (ALI_TUBE_ORDER_MAX + 1)];
    double leading[3][3];
    ali_tube_dynamic(&class->a, &class->b, k, order_a, order_b, moment);
    ali_tube_leading(&class->a, &class->b, k, leading);
    for (int p = 0; p <= order_a; p++)
        for (int q = 0; q <= order_b; q++) {
            int m = p * (order_b + 1) + q;
            re[m] += creal(moment[m]);
            im[m] += cimag(moment[m]) - (p + q < 3 ? leading[p][q] : 0.0);
        }
}

void ali_near_coaxial_moments(const ali_near *near, double k, double *re, double *im)
{
    memset(im, 0, near->coaxial_size * sizeof *im);
    for (size_t i = 0; i < near->coaxial_count; i++) {
        const ali_near_coaxial *class = &near->coaxial[i];
        size_t first = class->first, size = class_size(near, class->class_index);
        double span = ali_tube_span(&class->a, &class->b);
        memcpy(re + first, near->moments + near->offset[class->class_index], size * sizeof *re);
        if (k * span <= ALI_TUBE_SERIES_PHASE)
            ali_tube_series(k, span, size, near->powers + ALI_TUBE_SERIES_TERMS * first, re + first,
                            im + first);
        else
            integrate_rest(class, k, (int)(size / class->width) - 1, (int)class->width - 1,
                           re + first, im + first);
    }
}

alicorn_status ali_near_find(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                             ali_near **near, alicorn_error *error)
{
    *near = NULL;
    if (mesh->element_count >= UINT32_MAX)
        return ali_error_set(error, ALICORN_E_MEMORY, "more than 4e9 wire elements");
    near_builder builder = {.mesh = mesh, .order = order, .image = image};
    builder.near = calloc(1, sizeof **near);
    int failed = !builder.near;
    if (!failed) {
        builder.near->element_count = mesh->element_count;
        failed = find_pairs(&builder) || list_pairs(&builder) || list_classes(builder.near);
    }
    free(builder.reach);
    free(builder.sweep);
    free(builder.found);
    free(builder.table);
    if (failed) {
        ali_near_destroy(builder.near);
        return ali_error_memory(error, mesh->element_count * 64, "near pairs");
    }
    *near = builder.near;
    return ALICORN_OK;
}

alicorn_status ali_near_create(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                               int threads, ali_near **near, alicorn_error *error)
{
    alicorn_status status = ali_near_find(mesh, order, image, near, error);
    if (!status)
        status = ali_near_integrate(*near, threads, NULL, NULL, error);
    if (status) {
        ali_near_destroy(*near);
        *near = NULL;
    }
    return status;
}
