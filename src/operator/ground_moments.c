/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_moments.h"

#include "base/memory.h"
#include "green/tube_lossy.h"
#include "operator/ground_far.h"
#include "operator/ground_points.h"

#include <math.h>
#include <stdlib.h>

int ali_ground_moments_create(const ali_moment_batch *batch, int order, ali_ground_moments *ground)
{
    size_t sets = 0, rows = (size_t)(order > 1 ? order : 1) + 1;
    for (size_t g = 0; g < batch->group_count; g++) {
        size_t set = rows * (size_t)(batch->groups[g].order + 1);
        sets = set > sets ? set : sets;
    }
    ground->re = ali_calloc_aligned(2 * sets * batch->places, sizeof *ground->re);
    ground->points = ali_ground_points_create();
    ground->far = ali_ground_far_create(batch);
    if (!ground->re || !ground->points || !ground->far)
        return -1;
    ground->im = ground->re + sets * batch->places;
    return 0;
}

void ali_ground_moments_clear(ali_ground_moments *ground)
{
    free(ground->re);
    ali_ground_points_destroy(ground->points);
    ali_ground_far_destroy(ground->far);
    *ground = (ali_ground_moments){0};
}

/** One call. */
typedef struct ground_run {
    const ali_ground_moments *ground;
    const ali_ground_kernel *kernel;
    ali_moment_batch *batch;
    const ali_element *e;
    size_t index; /**< of e */
    bool image;
} ground_run;

/** The pair of e with the element in a place.
 *  @param order  of e's moments */
static ali_ground_pair pair_at(const ground_run *run, const ali_moment_group *group, size_t place,
                               int order)
{
    const ali_moment_batch *batch = run->batch;
    const ali_wire_basis *basis = batch->source->basis;
    const ali_element *other = &basis->mesh->elements[batch->element[place]];
    bool buried = ali_element_in_soil(run->e), other_buried = ali_element_in_soil(other);
    int degree = basis->degree[run->index], other_degree = basis->degree[batch->element[place]];
    ali_ground_pair pair = {.e = run->e,
                            .other = other,
                            .sides = buried != other_buried ? ALI_GROUND_ACROSS
                                     : buried               ? ALI_GROUND_SOIL
                                                            : ALI_GROUND_AIR,
                            .place = place,
                            .degree = degree > order ? degree : order,
                            .other_degree = other_degree > batch->order[place]
                                                ? other_degree
                                                : (int)batch->order[place],
                            .order = order > 1 ? order : 1,
                            .columns = group->order + 1};
    pair.mirror = run->image && ali_ground_is_mirror(&pair, run->kernel, batch->source->k);
    return pair;
}

/* ---- waves of the soil ---- */

/** The stored static moments of a pair, or with e's image; NULL if they are not near. */
static const ali_near_pair *find_near(const ground_run *run, size_t other)
{
    const ali_near *near = run->batch->source->near;
    size_t low = near->first[run->index], high = near->first[run->index + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ali_near_pair *pair = &near->pairs[middle];
        if (pair->other < other || (pair->other == other && pair->mirrored < run->image))
            low = middle + 1;
        else
            high = middle;
    }
    const ali_near_pair *pair = &near->pairs[low];
    return low < near->first[run->index + 1] && pair->other == other && pair->mirrored == run->image
               ? pair
               : NULL;
}

/** Add the static moments of a near pair. */
static void add_static(const ground_run *run, const ali_near_pair *near_pair, int order,
                       int other_order, double complex *moment)
{
    const ali_near *near = run->batch->source->near;
    const double *fixed = near->moments + near->offset[near_pair->class_index];
    size_t stride = near_pair->order_b + 1u;
    size_t row = near_pair->transposed ? 1 : stride, column = near_pair->transposed ? stride : 1;
    for (int p = 0; p <= order; p++)
        for (int q = 0; q <= other_order; q++)
            moment[p * (other_order + 1) + q] += fixed[(size_t)p * row + (size_t)q * column];
}

/** Moments, in the batch, of a pair with the soil's wavenumber. */
static void set_soil(const ground_run *run, const ali_ground_pair *pair)
{
    ali_moment_batch *batch = run->batch;
    double complex moment[ALI_MOMENT_SIZE * ALI_MOMENT_SIZE], k = run->kernel->wavenumber;
    ali_tube tube = ali_element_tube(pair->e), other = ali_element_tube(pair->other);
    int other_order = batch->order[pair->place];
    const ali_near_pair *near_pair = find_near(run, batch->element[pair->place]);
    if (run->image)
        tube = ali_tube_mirror(tube);
    if (near_pair) {
        ali_tube_lossy_rest(&tube, &other, k, pair->order, other_order, moment);
        add_static(run, near_pair, pair->order, other_order, moment);
    } else {
        double distance = ali_tube_distance(&tube, &other);
        int points = ali_tube_lossy_points(tube.half, distance, k, pair->degree);
        int other_points = ali_tube_lossy_points(other.half, distance, k, pair->other_degree);
        ali_tube_lossy_far(&tube, &other, k, points, other_points, pair->order, other_order,
                           moment);
    }
    for (int p = 0; p <= pair->order; p++)
        for (int q = 0; q < pair->columns; q++) {
            size_t at = (size_t)(p * pair->columns + q) * batch->places + pair->place;
            double complex value = q <= other_order ? moment[p * (other_order + 1) + q] : 0.0;
            batch->re[at] = creal(value);
            batch->im[at] = cimag(value);
        }
}

/* ---- all ---- */

/** Turn the moments of a wave into its shares of the vector and of the scalar part. */
static void share(const ground_run *run, const ali_ground_pair *pair,
                  const ali_ground_shares *shares)
{
    const ali_moment_batch *batch = run->batch;
    ali_vec3 s = pair->e->dir, t = pair->other->dir;
    double complex vector = shares->xx * (s.x * t.x + s.y * t.y) + shares->zz * (s.z * t.z);
    size_t sets = (size_t)(pair->order + 1) * (size_t)pair->columns;
    for (size_t m = 0; m < sets; m++) {
        size_t at = m * batch->places + pair->place;
        double complex wave = CMPLX(batch->re[at], batch->im[at]);
        double complex a = vector * wave, phi = shares->phi * wave;
        batch->re[at] = creal(a);
        batch->im[at] = cimag(a);
        run->ground->re[at] = creal(phi);
        run->ground->im[at] = cimag(phi);
    }
}

/** Give the image a share of -1 of the vector part more. The wave is what the scalar part has of
 * it.
 */
static void add_mirror(const ground_run *run, const ali_ground_pair *pair)
{
    const ali_moment_batch *batch = run->batch;
    double complex factor =
        -ali_vec3_dot(pair->e->dir, pair->other->dir) / run->kernel->image[pair->sides].phi;
    size_t sets = (size_t)(pair->order + 1) * (size_t)pair->columns;
    for (size_t m = 0; m < sets; m++) {
        size_t at = m * batch->places + pair->place;
        double complex wave = factor * CMPLX(run->ground->re[at], run->ground->im[at]);
        batch->re[at] += creal(wave);
        batch->im[at] += cimag(wave);
    }
}

/** There is no such wave, whatever the batch holds. */
static void clear(const ground_run *run, const ali_ground_pair *pair)
{
    const ali_moment_batch *batch = run->batch;
    size_t sets = (size_t)(pair->order + 1) * (size_t)pair->columns;
    for (size_t m = 0; m < sets; m++) {
        size_t at = m * batch->places + pair->place;
        batch->re[at] = batch->im[at] = run->ground->re[at] = run->ground->im[at] = 0.0;
    }
}

void ali_ground_moments_run(const ali_ground_moments *ground, const ali_ground_kernel *kernel,
                            ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                            size_t e, int order, bool image)
{
    ground_run run = {.ground = ground,
                      .kernel = kernel,
                      .batch = batch,
                      .e = &batch->source->basis->mesh->elements[e],
                      .index = e,
                      .image = image};
    ali_ground_sums sums = {.stride = batch->places,
                            .vector_re = batch->re,
                            .vector_im = batch->im,
                            .scalar_re = ground->re,
                            .scalar_im = ground->im};
    const double *done = NULL; /* of pairs in air: their shares, and all if they are far */
    if (image && kernel->air && !ali_element_in_soil(run.e))
        done = ali_ground_far_run(ground->far, kernel, batch, group, from, e, order, &sums);
    for (size_t place = from; place < group->first + group->count; place++) {
        if (done && done[place] > 0.0)
            continue;
        ali_ground_pair pair = pair_at(&run, group, place, order);
        if (image && pair.sides == ALI_GROUND_ACROSS) {
            clear(&run, &pair);
            continue;
        }
        if (pair.sides == ALI_GROUND_SOIL)
            set_soil(&run, &pair);
        if (!done)
            share(&run, &pair, image ? &kernel->image[pair.sides] : &kernel->direct[pair.sides]);
        if (pair.mirror)
            add_mirror(&run, &pair);
        if (image || pair.sides == ALI_GROUND_ACROSS) /* the rest, once */
            ali_ground_points_add(ground->points, kernel, batch, &pair, &sums);
    }
    ali_ground_points_flush(ground->points, kernel, &sums);
}
