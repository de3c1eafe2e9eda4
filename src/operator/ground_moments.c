/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_moments.h"

#include "base/memory.h"
#include "math/gauss_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** POINTS: on an element; CHUNK: pairs of points at a time. */
enum { POINTS = 16, CHUNK = 512, JOBS = CHUNK / 4 };
_Static_assert(POINTS *POINTS <= CHUNK, "any pair fits in");

/** Points on an element by the distance of the other's image in half lengths. A Gauss rule
 * converges like (x + sqrt(x^2 + 1))^-2n with x that distance, as in moments.c; what is integrated
 * here is smoother, and the smaller part. */
static const struct {
    int points;
    double ratio;
} table[ALI_MOMENT_PRECISIONS][6] = {{{2, 6.0}, {3, 2.5}, {4, 1.5}, {6, 0.8}, {8, 0.4}, {12, 0.0}},
                                     {{2, 2.0}, {2, 1.4}, {3, 0.8}, {4, 0.5}, {5, 0.3}, {6, 0.0}}};
enum { ROWS = sizeof *table / sizeof **table };

/** A pair that waits for its values, its points one row after the other from place `first`. */
typedef struct ground_job {
    size_t place, first;
    int points, other_points;
} ground_job;

typedef struct ali_ground_scratch {
    size_t count, job_count;
    ground_job jobs[JOBS];
    double rho[CHUNK], height[CHUNK];
    double across[CHUNK]; /**< t_z rho^.t'_h - t'_z rho^.t_h */
    double complex xx[CHUNK], zz[CHUNK], zx[CHUNK], phi[CHUNK];
} ali_ground_scratch;

int ali_ground_moments_create(const ali_moment_batch *batch, int order, ali_ground_moments *ground)
{
    size_t sets = 0, rows = (size_t)(order > 1 ? order : 1) + 1;
    for (size_t g = 0; g < batch->group_count; g++) {
        size_t set = rows * (size_t)(batch->groups[g].order + 1);
        sets = set > sets ? set : sets;
    }
    ground->re = ali_calloc_aligned(2 * sets * batch->places, sizeof *ground->re);
    ground->scratch = ali_calloc_aligned(1, sizeof *ground->scratch);
    if (!ground->re || !ground->scratch)
        return -1;
    ground->im = ground->re + sets * batch->places;
    return 0;
}

void ali_ground_moments_clear(ali_ground_moments *ground)
{
    free(ground->re);
    free(ground->scratch);
    *ground = (ali_ground_moments){0};
}

/** One call. */
typedef struct ground_run {
    const ali_ground_moments *ground;
    const ali_ground_kernel *kernel;
    ali_moment_batch *batch;
    const ali_moment_group *group;
    const ali_element *e;
    int order; /**< of e's moments */
} ground_run;

static const ali_element *element_at(const ground_run *run, size_t place)
{
    return &run->batch->source->basis->mesh->elements[run->batch->element[place]];
}

static int points_on(const ground_run *run, const ali_element *element, double distance, int order)
{
    ali_moment_precision precision = run->batch->precision;
    int row = 0;
    while (row + 1 < ROWS && distance < table[precision][row].ratio * element->half)
        row++;
    /* waves of the medium run along its surface, and die out above it */
    double k = fmax(run->batch->source->k, fmin(run->kernel->wavenumber, 2.0 / distance));
    int n = table[precision][row].points + order / 2 + (int)(k * element->half);
    return n < POINTS ? n : POINTS;
}

/** Both halves of the image's moments: its shares of the vector and of the scalar part. */
static void share_image(const ground_run *run, size_t place)
{
    const ali_moment_batch *batch = run->batch;
    const ali_element *other = element_at(run, place);
    ali_vec3 s = run->e->dir, t = other->dir;
    double complex vector =
        run->kernel->xx * (s.x * t.x + s.y * t.y) + run->kernel->zz * (s.z * t.z);
    size_t sets = (size_t)(run->order + 1) * (size_t)(run->group->order + 1);
    for (size_t m = 0; m < sets; m++) {
        size_t at = m * batch->places + place;
        double complex image = CMPLX(batch->re[at], batch->im[at]);
        double complex a = vector * image, phi = run->kernel->phi * image;
        batch->re[at] = creal(a);
        batch->im[at] = cimag(a);
        run->ground->re[at] = creal(phi);
        run->ground->im[at] = cimag(phi);
    }
}

/** Add the rest of one pair, whose values are there. */
static void add_rest(const ground_run *run, const ground_job *job)
{
    const ali_moment_batch *batch = run->batch;
    const ali_ground_scratch *scratch = run->ground->scratch;
    const ali_element *other = element_at(run, job->place);
    ali_vec3 s = run->e->dir, t = other->dir;
    double level = s.x * t.x + s.y * t.y, upright = s.z * t.z, area = run->e->half * other->half;
    const double(*weight)[ALI_MOMENT_SIZE] =
        (const double(*)[ALI_MOMENT_SIZE])batch->source->table +
        job->points * (job->points - 1) / 2;
    const double(*other_weight)[ALI_MOMENT_SIZE] =
        (const double(*)[ALI_MOMENT_SIZE])batch->source->table +
        job->other_points * (job->other_points - 1) / 2;
    int columns = run->group->order + 1;
    size_t at = job->first;
    for (int i = 0; i < job->points; i++) {
        double complex vector[ALI_MOMENT_SIZE] = {0.0}, scalar[ALI_MOMENT_SIZE] = {0.0};
        for (int j = 0; j < job->other_points; j++, at++) {
            double complex a = level * scratch->xx[at] + upright * scratch->zz[at] +
                               scratch->across[at] * scratch->zx[at];
            for (int q = 0; q < columns; q++) {
                vector[q] += other_weight[j][q] * a;
                scalar[q] += other_weight[j][q] * scratch->phi[at];
            }
        }
        for (int p = 0; p <= run->order; p++)
            for (int q = 0; q < columns; q++) {
                size_t m = (size_t)(p * columns + q) * batch->places + job->place;
                double w = area * weight[i][p];
                batch->re[m] += w * creal(vector[q]);
                batch->im[m] += w * cimag(vector[q]);
                run->ground->re[m] += w * creal(scalar[q]);
                run->ground->im[m] += w * cimag(scalar[q]);
            }
    }
}

/** Evaluate all that wait. */
static void flush(const ground_run *run)
{
    ali_ground_scratch *scratch = run->ground->scratch;
    ali_ground_values values = {scratch->xx, scratch->zz, scratch->zx, scratch->phi};
    run->kernel->evaluate(run->kernel->context, scratch->count, scratch->rho, scratch->height,
                          &values);
    for (size_t i = 0; i < scratch->job_count; i++)
        add_rest(run, &scratch->jobs[i]);
    scratch->count = scratch->job_count = 0;
}

/** Put the points of a pair on the list. */
static void list_points(const ground_run *run, const ground_job *job)
{
    ali_ground_scratch *scratch = run->ground->scratch;
    const ali_element *e = run->e, *other = element_at(run, job->place);
    const double *node = ali_gauss_node(job->points);
    const double *other_node = ali_gauss_node(job->other_points);
    for (int i = 0; i < job->points; i++) {
        ali_vec3 source = ali_vec3_axpy(e->mid, e->half * node[i], e->dir);
        for (int j = 0; j < job->other_points; j++, scratch->count++) {
            ali_vec3 d = ali_vec3_axpy(other->mid, other->half * other_node[j], other->dir);
            double height = source.z + d.z;
            d = ali_vec3_sub(d, source);
            double rho = hypot(d.x, d.y), inverse = rho > 0.0 ? 1.0 / rho : 0.0;
            scratch->rho[scratch->count] = rho;
            scratch->height[scratch->count] = height;
            scratch->across[scratch->count] =
                inverse * (other->dir.z * (d.x * e->dir.x + d.y * e->dir.y) -
                           e->dir.z * (d.x * other->dir.x + d.y * other->dir.y));
        }
    }
}

/** Distance of the other element from e's image, from below if it is large. */
static double image_distance(const ground_run *run, const ali_element *other)
{
    ali_tube image = ali_tube_mirror(ali_element_tube(run->e)), tube = ali_element_tube(other);
    double distance = ali_vec3_distance(image.mid, tube.mid) - image.half - tube.half;
    double far = table[run->batch->precision][0].ratio * fmax(image.half, tube.half);
    return distance < far ? ali_tube_distance(&image, &tube) : distance;
}

void ali_ground_moments_run(const ali_ground_moments *ground, const ali_ground_kernel *kernel,
                            ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                            size_t e, int order)
{
    const ali_moment_source *source = batch->source;
    ground_run run = {.ground = ground,
                      .kernel = kernel,
                      .batch = batch,
                      .group = group,
                      .e = &source->basis->mesh->elements[e],
                      .order = order > 1 ? order : 1};
    int degree = source->basis->degree[e] > order ? source->basis->degree[e] : order;
    for (size_t place = from; place < group->first + group->count; place++) {
        const ali_element *other = element_at(&run, place);
        int other_degree = source->basis->degree[batch->element[place]];
        if (other_degree < batch->order[place])
            other_degree = batch->order[place];
        double distance = image_distance(&run, other);
        ground_job job = {.place = place,
                          .points = points_on(&run, run.e, distance, degree),
                          .other_points = points_on(&run, other, distance, other_degree)};
        share_image(&run, place);
        if (ground->scratch->count + (size_t)(job.points * job.other_points) > CHUNK ||
            ground->scratch->job_count == JOBS)
            flush(&run);
        job.first = ground->scratch->count;
        ground->scratch->jobs[ground->scratch->job_count++] = job;
        list_points(&run, &job);
    }
    flush(&run);
}
