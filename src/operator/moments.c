/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/moments.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, POINTS_MAX = 16, FAR_POINTS_MAX = 10 };

/** Points for far pairs by electrical half length, and the distance in half lengths from which they
 * are enough for 1e-5 (error term of the Gauss rule, [AbramowitzStegun:1964] 25.4.30). */
static const struct {
    int points;
    double phase, ratio;
} far_table[] = {{2, 0.22, 9.5}, {3, 0.75, 4.6}, {4, 1.6, 3.2}, {6, 3.5, 2.4}, {8, 6.0, 2.0}};
enum { FAR_ROWS = sizeof far_table / sizeof *far_table };

/** The same for pairs in the middle range, by the true distance of the axes: a Gauss rule converges
 * like (x + sqrt(x^2 + 1))^-2n with x the distance in half lengths. */
static const struct {
    int points;
    double ratio;
} middle_table[] = {{4, 2.2}, {6, 1.2}, {8, 0.8}, {11, 0.55}, {14, 0.0}};
enum { MIDDLE_ROWS = sizeof middle_table / sizeof *middle_table };

/** Far pairs are at least this many radii apart, so that the second-order ring correction of a
 * whole pair is enough. */
static const double FAR_RADII = 12.0;

struct ali_moment_batch {
    const ali_moment_source *source;
    size_t capacity, count, point_count;
    size_t *element;     /**< [capacity] */
    size_t *point_first; /**< [capacity + 1] */
    double *x, *y, *z;   /**< Gauss points of the list */
    double *re, *im;     /**< kernel, [e's points][point_count] */
    /* the element at work */
    size_t e;
    int order, points;
    bool image;
    ali_tube tube;
    double legendre[FAR_POINTS_MAX + 2][SIZE]; /**< weighted */
    size_t near_at, near_end;
};

static int far_row(double half, double k)
{
    int row = 0;
    while (row + 1 < FAR_ROWS && k * half > far_table[row].phase)
        row++;
    return row;
}

alicorn_status ali_moment_source_create(const ali_wire_basis *basis, const ali_near *near, double k,
                                        ali_moment_source *source, alicorn_error *error)
{
    size_t count = basis->mesh->element_count;
    *source = (ali_moment_source){
        .basis = basis, .near = near, .k = k, .kernel = ali_far_kernel_best()->run};
    source->points = ali_calloc(count, 1);
    if (!source->points)
        return ali_error_memory(error, count, "quadrature points");
    for (size_t e = 0; e < count; e++) {
        int points = far_table[far_row(basis->mesh->elements[e].half, k)].points;
        int extra = basis->degree[e] - 1;
        source->points[e] =
            (unsigned char)(points + extra < FAR_POINTS_MAX ? points + extra : FAR_POINTS_MAX);
    }
    return ALICORN_OK;
}

void ali_moment_source_clear(ali_moment_source *source)
{
    free(source->points);
    source->points = NULL;
}

/* ---- batch ---- */

void ali_moment_batch_destroy(ali_moment_batch *batch)
{
    if (!batch)
        return;
    free(batch->element);
    free(batch->point_first);
    free(batch->x);
    free(batch->re);
    free(batch);
}

alicorn_status ali_moment_batch_create(const ali_moment_source *source, size_t capacity,
                                       ali_moment_batch **batch, alicorn_error *error)
{
    *batch = NULL;
    ali_moment_batch *made = calloc(1, sizeof *made);
    if (made) {
        size_t points = capacity * FAR_POINTS_MAX;
        made->source = source;
        made->capacity = capacity;
        made->element = ali_calloc(capacity, sizeof *made->element);
        made->point_first = ali_calloc(capacity + 1, sizeof *made->point_first);
        made->x = ali_calloc_aligned(3 * points, sizeof *made->x);
        made->re = ali_calloc_aligned(2 * points * (FAR_POINTS_MAX + 1), sizeof *made->re);
        if (made->x && made->re && made->element && made->point_first) {
            made->y = made->x + points;
            made->z = made->y + points;
            made->im = made->re + points * (FAR_POINTS_MAX + 1);
            *batch = made;
            return ALICORN_OK;
        }
    }
    ali_moment_batch_destroy(made);
    return ali_error_memory(error, capacity * FAR_POINTS_MAX * 24 * sizeof(double),
                            "quadrature points");
}

void ali_moment_batch_add(ali_moment_batch *batch, size_t e)
{
    const ali_element *element = &batch->source->basis->mesh->elements[e];
    int n = batch->source->points[e];
    batch->element[batch->count++] = e;
    for (int i = 0; i < n; i++) {
        ali_vec3 x =
            ali_vec3_axpy(element->mid, element->half * ali_gauss_node(n)[i], element->dir);
        batch->x[batch->point_count] = x.x;
        batch->y[batch->point_count] = x.y;
        batch->z[batch->point_count++] = x.z;
    }
    batch->point_first[batch->count] = batch->point_count;
}

static void weighted_legendre(int n, double half, int order, double table[][SIZE])
{
    for (int i = 0; i < n; i++) {
        ali_legendre(ali_gauss_node(n)[i], order, table[i]);
        for (int p = 0; p <= order; p++)
            table[i][p] *= half * ali_gauss_weight(n)[i];
    }
}

void ali_moment_batch_start(ali_moment_batch *batch, size_t e, int order, bool image)
{
    const ali_moment_source *source = batch->source;
    const ali_element *element = &source->basis->mesh->elements[e];
    int extra = order > source->basis->degree[e]; /* a probe's shape needs one point more */
    int n = source->points[e] + extra;
    batch->e = e;
    batch->order = order;
    batch->points = n;
    batch->image = image;
    batch->tube = ali_element_tube(element);
    weighted_legendre(n, element->half, order, batch->legendre);
    for (int i = 0; i < n; i++) {
        ali_vec3 x =
            ali_vec3_axpy(element->mid, element->half * ali_gauss_node(n)[i], element->dir);
        if (image) /* seen from the mirrored point, the list's images lie where the list does */
            x = ali_vec3_mirror_z(x);
        size_t row = (size_t)i * batch->point_count;
        source->kernel(batch->point_count, batch->x, batch->y, batch->z, x.x, x.y, x.z, source->k,
                       batch->re + row, batch->im + row);
    }
    batch->near_at = source->near->first[e];
    batch->near_end = source->near->first[e + 1];
}

/** The near pair of e with element f in the wanted image, or NULL. */
static const ali_near_pair *find_near(ali_moment_batch *batch, size_t f)
{
    const ali_near_pair *pairs = batch->source->near->pairs;
    while (batch->near_at < batch->near_end &&
           (pairs[batch->near_at].other < f ||
            (pairs[batch->near_at].other == f && pairs[batch->near_at].mirrored < batch->image)))
        batch->near_at++;
    if (batch->near_at < batch->near_end && pairs[batch->near_at].other == f &&
        pairs[batch->near_at].mirrored == batch->image)
        return &pairs[batch->near_at];
    return NULL;
}

static void near_moments(const ali_moment_batch *batch, const ali_near_pair *pair,
                         const ali_tube *other, int order_f, double complex *moments)
{
    const ali_near *near = batch->source->near;
    const double *fixed = near->moments + near->offset[pair->class_index];
    ali_tube_dynamic(&batch->tube, other, batch->source->k, batch->order, order_f, moments);
    size_t stride = pair->order_b + 1u;
    size_t row = pair->transposed ? 1 : stride, column = pair->transposed ? stride : 1;
    for (int p = 0; p <= batch->order; p++)
        for (int q = 0; q <= order_f; q++)
            moments[p * (order_f + 1) + q] += fixed[(size_t)p * row + (size_t)q * column];
}

static int middle_points(double half, double distance, double k, int order)
{
    int row = 0;
    while (row + 1 < MIDDLE_ROWS && distance < middle_table[row].ratio * half)
        row++;
    int n = middle_table[row].points + order / 2 + (int)(k * half);
    return n < POINTS_MAX ? n : POINTS_MAX;
}

/** Distance from which an element's far points are enough. */
static double far_distance(const ali_element *element, double k)
{
    return far_table[far_row(element->half, k)].ratio * element->half;
}

/** Contract the kernel between Gauss points to moments. */
static void far_moments(const ali_moment_batch *batch, size_t j, int n, double half, int order_f,
                        double complex *moments)
{
    double inner_re[FAR_POINTS_MAX + 2][SIZE], inner_im[FAR_POINTS_MAX + 2][SIZE];
    double table[FAR_POINTS_MAX][SIZE];
    weighted_legendre(n, half, order_f, table);
    for (int i = 0; i < batch->points; i++) {
        const double *re = batch->re + (size_t)i * batch->point_count + batch->point_first[j];
        const double *im = batch->im + (size_t)i * batch->point_count + batch->point_first[j];
        for (int q = 0; q <= order_f; q++) {
            double sum_re = 0.0, sum_im = 0.0;
            for (int l = 0; l < n; l++) {
                sum_re += re[l] * table[l][q];
                sum_im += im[l] * table[l][q];
            }
            inner_re[i][q] = sum_re;
            inner_im[i][q] = sum_im;
        }
    }
    for (int p = 0; p <= batch->order; p++)
        for (int q = 0; q <= order_f; q++) {
            double sum_re = 0.0, sum_im = 0.0;
            for (int i = 0; i < batch->points; i++) {
                sum_re += batch->legendre[i][p] * inner_re[i][q];
                sum_im += batch->legendre[i][p] * inner_im[i][q];
            }
            moments[p * (order_f + 1) + q] = CMPLX(sum_re, sum_im);
        }
}

/** Average a far pair over the circumferences; its largest moment is enough. */
static void add_ring_terms(const ali_tube *a, const ali_tube *b, double k, ali_vec3 d, double r2,
                           double complex *moments)
{
    ali_ring_terms ring = ali_tube_ring_terms(a, b, k, d, r2);
    double x = k * sqrt(r2), re = creal(moments[0]), im = cimag(moments[0]);
    /* at small x the two parts of near (im + x re) cancel but for -x^2/3 im; small loops live on
     * that rest */
    double rest = x < 0.1 ? im * x * x / 3.0 : im + x * re;
    moments[0] +=
        CMPLX((ring.near - ring.far) * re - ring.near * x * im, ring.near * rest - ring.far * im);
}

void ali_moment_batch_get(ali_moment_batch *batch, size_t j, int order_f, double complex *moments)
{
    const ali_moment_source *source = batch->source;
    size_t f = batch->element[j];
    const ali_element *elements = source->basis->mesh->elements;
    ali_tube other = ali_element_tube(&elements[f]);
    if (batch->image)
        other = ali_tube_mirror(other);
    ali_vec3 d = ali_vec3_sub(other.mid, batch->tube.mid);
    double r2 = ali_vec3_dot(d, d), r = sqrt(r2);
    bool far = r - other.half > far_distance(&elements[batch->e], source->k) &&
               r - batch->tube.half > far_distance(&elements[f], source->k) &&
               r > FAR_RADII * fmax(batch->tube.radius, other.radius);
    if (far) {
        far_moments(batch, j, source->points[f], other.half, order_f, moments);
        add_ring_terms(&batch->tube, &other, source->k, d, r2, moments);
        return;
    }
    const ali_near_pair *pair = find_near(batch, f);
    if (pair) {
        near_moments(batch, pair, &other, order_f, moments);
        return;
    }
    double distance = ali_tube_distance(&batch->tube, &other);
    ali_tube_far(&batch->tube, &other, source->k,
                 middle_points(batch->tube.half, distance, source->k, batch->order),
                 middle_points(other.half, distance, source->k, order_f), batch->order, order_f,
                 moments);
}
