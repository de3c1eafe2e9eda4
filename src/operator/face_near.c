/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_near.h"

#include "base/error.h"
#include "base/memory.h"
#include "operator/near.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/** Things are near whose rims may be closer than GAP_REACHES times the larger one's reach, or whose
 *  middles are closer than MIDDLE_REACHES of it; the quadrature rules of other pairs are made for
 *  what is left (face_moments.c). */
static const double GAP_REACHES = 0.3, MIDDLE_REACHES = 2.2;

/** Everything that can be near: faces, and elements where faces look for them. */
typedef struct near_item {
    ali_vec3 middle;
    double place; /**< coordinate of the middle along the sweep */
    double reach; /**< [m] */
    uint32_t index;
} near_item;

/** Items in the order of one coordinate. */
typedef struct near_sweep {
    size_t count;
    near_item *items;
    double widest; /**< largest reach [m] */
} near_sweep;

typedef struct found_pair {
    uint32_t low, high;
    bool mirrored;
} found_pair;

typedef struct near_builder {
    const ali_mesh *mesh;
    bool image;
    ali_face_near *near;
    int axis;
    near_sweep faces, elements;
    found_pair *pairs; /**< of faces, low <= high, ascending low */
    size_t pair_count, pair_capacity;
    size_t tube_count, tube_capacity;
} near_builder;

ali_flat_triangle ali_face_triangle(const ali_surface_mesh *mesh, size_t face)
{
    ali_flat_triangle triangle;
    for (int i = 0; i < 3; i++)
        triangle.vertex[i] = mesh->vertices[mesh->faces[face].vertex[i]];
    return triangle;
}

ali_flat_triangle ali_triangle_mirror(ali_flat_triangle triangle)
{
    for (int i = 0; i < 3; i++)
        triangle.vertex[i] = ali_vec3_mirror_z(triangle.vertex[i]);
    return triangle;
}

ali_vec3 ali_triangle_middle(const ali_flat_triangle *triangle)
{
    const ali_vec3 *p = triangle->vertex;
    return ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2])));
}

double ali_triangle_reach(const ali_flat_triangle *triangle)
{
    ali_vec3 middle = ali_triangle_middle(triangle);
    double reach = 0.0;
    for (int i = 0; i < 3; i++)
        reach = fmax(reach, ali_vec3_distance(middle, triangle->vertex[i]));
    return reach;
}

double ali_element_reach(const ali_element *element)
{
    return fmax(hypot(element->half, element->radius), 3.0 * element->radius);
}

void ali_face_near_destroy(ali_face_near *near)
{
    if (!near)
        return;
    free(near->first);
    free(near->partners);
    free(near->powers);
    free(near->curl);
    free(near->tube_first);
    free(near->tubes);
    free(near->tube_moments);
    free(near);
}

/* ---- finding ---- */

static double coordinate(ali_vec3 point, int axis)
{
    return axis == 0 ? point.x : axis == 1 ? point.y : point.z;
}

static int compare_places(const void *a, const void *b)
{
    const near_item *p = a, *q = b;
    if (p->place != q->place)
        return p->place < q->place ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

static void sort_sweep(near_sweep *sweep, int axis)
{
    for (size_t i = 0; i < sweep->count; i++) {
        sweep->items[i].place = coordinate(sweep->items[i].middle, axis);
        sweep->widest = fmax(sweep->widest, sweep->items[i].reach);
    }
    if (sweep->count > 0)
        qsort(sweep->items, sweep->count, sizeof *sweep->items, compare_places);
}

/** The axis along which the faces spread most. */
static int longest_axis(const ali_surface_mesh *mesh)
{
    double longest = -1.0;
    int best = 0;
    for (int axis = 0; axis < 3; axis++) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t i = 0; i < mesh->vertex_count; i++) {
            low = fmin(low, coordinate(mesh->vertices[i], axis));
            high = fmax(high, coordinate(mesh->vertices[i], axis));
        }
        if (high - low > longest) {
            longest = high - low;
            best = axis;
        }
    }
    return best;
}

static int prepare_sweeps(near_builder *builder)
{
    const ali_surface_mesh *surfaces = builder->mesh->surfaces;
    const ali_wire_mesh *wires = builder->mesh->wires;
    builder->axis = longest_axis(surfaces);
    builder->faces.count = surfaces->face_count;
    builder->elements.count = wires->element_count;
    builder->faces.items = ali_calloc(surfaces->face_count, sizeof(near_item));
    builder->elements.items = ali_calloc(wires->element_count, sizeof(near_item));
    if (!builder->faces.items || !builder->elements.items)
        return -1;
    for (size_t f = 0; f < surfaces->face_count; f++) {
        ali_flat_triangle triangle = ali_face_triangle(surfaces, f);
        builder->faces.items[f] = (near_item){.middle = ali_triangle_middle(&triangle),
                                              .reach = ali_triangle_reach(&triangle),
                                              .index = (uint32_t)f};
    }
    for (size_t e = 0; e < wires->element_count; e++) {
        const ali_element *element = &wires->elements[e];
        builder->elements.items[e] = (near_item){
            .middle = element->mid, .reach = ali_element_reach(element), .index = (uint32_t)e};
    }
    sort_sweep(&builder->faces, builder->axis);
    sort_sweep(&builder->elements, builder->axis);
    return 0;
}

/** First item that is not before `place`. */
static size_t sweep_from(const near_sweep *sweep, double place)
{
    size_t low = 0, high = sweep->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sweep->items[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool are_near(const near_item *a, ali_vec3 middle, const near_item *b)
{
    double larger = fmax(a->reach, b->reach);
    double reach = fmax(a->reach + b->reach + GAP_REACHES * larger, MIDDLE_REACHES * larger);
    ali_vec3 d = ali_vec3_sub(b->middle, middle);
    return ali_vec3_dot(d, d) < reach * reach;
}

static int note_pair(near_builder *builder, uint32_t low, uint32_t high, bool mirrored)
{
    if (ali_grow((void **)&builder->pairs, &builder->pair_capacity, builder->pair_count,
                 sizeof *builder->pairs))
        return -1;
    builder->pairs[builder->pair_count++] = (found_pair){low, high, mirrored};
    return 0;
}

static int note_tube(near_builder *builder, uint32_t element, bool mirrored)
{
    ali_face_near *near = builder->near;
    if (ali_grow((void **)&near->tubes, &builder->tube_capacity, builder->tube_count,
                 sizeof *near->tubes))
        return -1;
    size_t size = 3 * ((size_t)near->order + 1);
    near->tubes[builder->tube_count] =
        (ali_tube_partner){element, mirrored, size * builder->tube_count};
    builder->tube_count++;
    return 0;
}

/** Note what of a sweep is near an item, or near its image. */
static int find_in(near_builder *builder, const near_sweep *sweep, const near_item *item,
                   bool mirrored, bool tubes)
{
    ali_vec3 middle = mirrored ? ali_vec3_mirror_z(item->middle) : item->middle;
    double place = coordinate(middle, builder->axis);
    double within = (2.0 + GAP_REACHES) * fmax(item->reach, sweep->widest);
    for (size_t i = sweep_from(sweep, place - within);
         i < sweep->count && sweep->items[i].place <= place + within; i++) {
        const near_item *other = &sweep->items[i];
        if ((!tubes && other->index < item->index) || !are_near(item, middle, other))
            continue;
        if (tubes ? note_tube(builder, other->index, mirrored)
                  : note_pair(builder, item->index, other->index, mirrored))
            return -1;
    }
    return 0;
}

static int compare_pairs(const void *a, const void *b)
{
    const found_pair *p = a, *q = b;
    if (p->mirrored != q->mirrored)
        return (int)p->mirrored - (int)q->mirrored;
    if (p->low != q->low)
        return p->low < q->low ? -1 : 1;
    return p->high < q->high ? -1 : p->high > q->high;
}

static int compare_tubes(const void *a, const void *b)
{
    const ali_tube_partner *p = a, *q = b;
    if (p->mirrored != q->mirrored)
        return (int)p->mirrored - (int)q->mirrored;
    return p->element < q->element ? -1 : p->element > q->element;
}

static int find_pairs(near_builder *builder)
{
    size_t faces = builder->faces.count;
    ali_face_near *near = builder->near;
    near_item *by_index = ali_calloc(faces, sizeof *by_index);
    near->tube_first = ali_calloc(faces + 1, sizeof *near->tube_first);
    int failed = !by_index || !near->tube_first;
    for (size_t i = 0; i < faces && !failed; i++)
        by_index[builder->faces.items[i].index] = builder->faces.items[i];
    for (size_t f = 0; f < faces && !failed; f++) {
        for (int mirrored = 0; mirrored <= builder->image && !failed; mirrored++)
            failed = find_in(builder, &builder->faces, &by_index[f], mirrored, false) ||
                     find_in(builder, &builder->elements, &by_index[f], mirrored, true);
        near->tube_first[f + 1] = builder->tube_count;
        size_t first = near->tube_first[f];
        if (!failed && builder->tube_count > first)
            qsort(near->tubes + first, builder->tube_count - first, sizeof *near->tubes,
                  compare_tubes);
        for (size_t i = first; i < builder->tube_count && !failed; i++)
            near->tubes[i].first = 3 * ((size_t)near->order + 1) * i;
    }
    free(by_index);
    if (!failed && builder->pair_count > 0)
        qsort(builder->pairs, builder->pair_count, sizeof *builder->pairs, compare_pairs);
    return failed ? -1 : 0;
}

/** List every pair with both its faces. Pairs come direct before mirrored, by ascending low, then
 * high: so do a face's partners if those with lower faces are listed first. */
static int list_pairs(near_builder *builder)
{
    ali_face_near *near = builder->near;
    near->first = ali_calloc(near->face_count + 2, sizeof *near->first);
    near->partners = ali_calloc(2 * builder->pair_count, sizeof *near->partners);
    if (!near->first || !near->partners)
        return -1;
    for (size_t i = 0; i < builder->pair_count; i++) {
        near->first[builder->pairs[i].low + 2]++;
        if (builder->pairs[i].high != builder->pairs[i].low)
            near->first[builder->pairs[i].high + 2]++;
    }
    for (size_t f = 1; f <= near->face_count; f++)
        near->first[f + 1] += near->first[f];
    for (size_t i = 0; i < builder->pair_count; i++) {
        const found_pair *found = &builder->pairs[i];
        ali_face_partner partner = {
            .other = found->high, .pair = (uint32_t)i, .mirrored = found->mirrored};
        near->partners[near->first[found->low + 1]++] = partner;
        partner.other = found->low;
        partner.transposed = true;
        if (found->high != found->low)
            near->partners[near->first[found->high + 1]++] = partner;
    }
    near->pair_count = builder->pair_count;
    return 0;
}

/* ---- moments ---- */

/** Progress of several threads, reported by the one that holds the lock. */
typedef struct near_progress {
    alicorn_progress_fn report;
    void *user;
    size_t done, total;
    bool stop;
    omp_lock_t lock;
} near_progress;

static bool advance(near_progress *progress, size_t count)
{
    omp_set_lock(&progress->lock);
    progress->done += count;
    if (progress->report && !progress->stop &&
        progress->report(progress->user, "near", progress->done, progress->total))
        progress->stop = true;
    bool stop = progress->stop;
    omp_unset_lock(&progress->lock);
    return stop;
}

/** All pairs of a face in which it is the lower one, and its elements. Returns how many. */
static size_t integrate_face(const ali_mesh *mesh, ali_face_near *near, size_t face)
{
    ali_flat_triangle a = ali_face_triangle(mesh->surfaces, face);
    size_t done = near->tube_first[face + 1] - near->tube_first[face];
    for (size_t i = near->first[face]; i < near->first[face + 1]; i++) {
        const ali_face_partner *partner = &near->partners[i];
        if (partner->transposed)
            continue;
        ali_flat_triangle b = ali_face_triangle(mesh->surfaces, partner->other);
        if (partner->mirrored)
            b = ali_triangle_mirror(b);
        ali_triangle_powers(&a, &b, near->powers[partner->pair]);
        done++;
    }
    for (size_t i = near->tube_first[face]; i < near->tube_first[face + 1]; i++) {
        const ali_tube_partner *partner = &near->tubes[i];
        ali_tube tube = ali_element_tube(&mesh->wires->elements[partner->element]);
        ali_flat_triangle seen = partner->mirrored ? ali_triangle_mirror(a) : a;
        double moments[3][ALI_TUBE_ORDER_MAX + 1];
        ali_triangle_tube_static(&seen, &tube, near->order, moments);
        for (int p = 0; p < 3; p++)
            memcpy(near->tube_moments + partner->first + (size_t)(p * (near->order + 1)),
                   moments[p], ((size_t)near->order + 1) * sizeof(double));
    }
    return done;
}

alicorn_status ali_face_near_integrate(ali_face_near *near, const ali_mesh *mesh, int threads,
                                       alicorn_progress_fn progress, void *progress_user,
                                       alicorn_error *error)
{
    size_t tube_count = near->tube_first[near->face_count];
    size_t tube_size = 3 * ((size_t)near->order + 1) * tube_count;
    near_progress state = {
        .report = progress, .user = progress_user, .total = near->pair_count + tube_count};
    bool stop = false;
    near->powers = ali_calloc(near->pair_count, sizeof *near->powers);
    near->tube_moments = ali_calloc(tube_size, sizeof *near->tube_moments);
    if (!near->powers || !near->tube_moments)
        return ali_error_memory(error, ali_face_near_bytes(near, false), "near pairs of faces");
    omp_init_lock(&state.lock);
    (void)threads;
#pragma omp parallel for schedule(dynamic) num_threads(threads) reduction(|| : stop)
    for (size_t face = 0; face < near->face_count; face++)
        stop = stop || advance(&state, integrate_face(mesh, near, face));
    omp_destroy_lock(&state.lock);
    return stop ? ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted") : ALICORN_OK;
}

size_t ali_face_near_bytes(const ali_face_near *near, bool curl)
{
    size_t tubes = near->tube_first[near->face_count];
    size_t partners = near->first[near->face_count];
    return 2 * (near->face_count + 1) * sizeof *near->first +
           partners * (sizeof *near->partners + (curl ? sizeof *near->curl : 0)) +
           near->pair_count * sizeof *near->powers + tubes * sizeof *near->tubes +
           3 * ((size_t)near->order + 1) * tubes * sizeof *near->tube_moments;
}

alicorn_status ali_face_near_find(const ali_mesh *mesh, int order, bool image, ali_face_near **near,
                                  alicorn_error *error)
{
    *near = NULL;
    near_builder builder = {.mesh = mesh, .image = image, .near = calloc(1, sizeof **near)};
    bool failed = !builder.near;
    if (!failed) {
        builder.near->face_count = mesh->surfaces->face_count;
        builder.near->order = order;
        failed = prepare_sweeps(&builder) || find_pairs(&builder) || list_pairs(&builder);
    }
    free(builder.faces.items);
    free(builder.elements.items);
    free(builder.pairs);
    if (failed) {
        ali_face_near_destroy(builder.near);
        return ali_error_memory(error, builder.pair_count * 2 * sizeof(ali_face_partner),
                                "near pairs of faces");
    }
    *near = builder.near;
    return ALICORN_OK;
}

alicorn_status ali_face_near_create(const ali_mesh *mesh, int order, bool image, int threads,
                                    alicorn_progress_fn progress, void *progress_user,
                                    ali_face_near **near, alicorn_error *error)
{
    alicorn_status status = ali_face_near_find(mesh, order, image, near, error);
    if (!status)
        status = ali_face_near_integrate(*near, mesh, threads, progress, progress_user, error);
    if (status) {
        ali_face_near_destroy(*near);
        *near = NULL;
    }
    return status;
}

/* ---- the magnetic field ---- */

static void integrate_curl(ali_face_near *near, const ali_surface_mesh *mesh, size_t face)
{
    for (size_t i = near->first[face]; i < near->first[face + 1]; i++) {
        ali_flat_triangle a = ali_face_triangle(mesh, face);
        ali_flat_triangle b = ali_face_triangle(mesh, near->partners[i].other);
        if (near->partners[i].mirrored)
            a = ali_triangle_mirror(a);
        ali_triangle_curl_powers(&a, &b, near->curl[i]);
    }
}

alicorn_status ali_face_near_add_curl(ali_face_near *near, const ali_surface_mesh *mesh,
                                      const bool *tested, int threads, alicorn_error *error)
{
    size_t count = near->first[near->face_count];
    free(near->curl);
    near->curl = ali_calloc(count, sizeof *near->curl);
    if (!near->curl)
        return ali_error_memory(error, count * sizeof *near->curl, "near pairs of faces");
    (void)threads;
#pragma omp parallel for schedule(dynamic, 16) num_threads(threads)
    for (size_t face = 0; face < near->face_count; face++)
        if (tested[face])
            integrate_curl(near, mesh, face);
    return ALICORN_OK;
}

/* ---- looking them up ---- */

const ali_face_partner *ali_face_near_partners(const ali_face_near *near, size_t face, bool image,
                                               const ali_face_partner **end)
{
    const ali_face_partner *first = near->partners + near->first[face];
    const ali_face_partner *last = near->partners + near->first[face + 1];
    while (last > first && last[-1].mirrored && !image)
        last--;
    while (first < last && first->mirrored != image)
        first++;
    *end = last;
    return first;
}

const ali_tube_partner *ali_face_near_tubes(const ali_face_near *near, size_t face, bool image,
                                            const ali_tube_partner **end)
{
    *end = NULL;
    if (near->tube_first[face] == near->tube_first[face + 1])
        return NULL; /* there may be none at all */
    const ali_tube_partner *first = near->tubes + near->tube_first[face];
    const ali_tube_partner *last = near->tubes + near->tube_first[face + 1];
    while (last > first && last[-1].mirrored && !image)
        last--;
    while (first < last && first->mirrored != image)
        first++;
    *end = last;
    return first;
}
