/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant, in vectors of LANES doubles. The including file is compiled for its
 * instruction set and defines FAR_KERNEL, FAR_KERNEL_NAME and LANES before. */

#include "green/far_kernel.h"
#include "green/vector_text.h"

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, POINTS_MAX = 24 };

/** LANES of the other tubes. */
typedef struct lane_tubes {
    vec mid[3], dir[3], half, ring; /* ring = a^2/4 */
} lane_tubes;

INLINE lane_tubes load_tubes(const ali_tube_array *others, size_t i)
{
    lane_tubes tubes;
    for (int c = 0; c < 3; c++) {
        tubes.mid[c] = load(others->mid[c] + i);
        tubes.dir[c] = load(others->dir[c] + i);
    }
    tubes.half = load(others->half + i);
    vec radius = load(others->radius + i);
    tubes.ring = 0.25 * radius * radius;
    return tubes;
}

/** The one tube. */
typedef struct one_tube {
    double mid[3], dir[3], half, ring;
} one_tube;

INLINE one_tube take_tube(const ali_tube *tube)
{
    return (one_tube){.mid = {tube->mid.x, tube->mid.y, tube->mid.z},
                      .dir = {tube->dir.x, tube->dir.y, tube->dir.z},
                      .half = tube->half,
                      .ring = 0.25 * tube->radius * tube->radius};
}

/** The terms of ali_tube_ring_terms for points d apart. */
INLINE void ring_terms(const one_tube *a, const lane_tubes *b, double k, const vec d[3],
                       vec inverse2, vec *near, vec *far)
{
    vec ca = d[0] * a->dir[0] + d[1] * a->dir[1] + d[2] * a->dir[2];
    vec cb = d[0] * b->dir[0] + d[1] * b->dir[1] + d[2] * b->dir[2];
    vec ca2 = ca * ca * inverse2, cb2 = cb * cb * inverse2;
    *near = (a->ring * (1.0 - 3.0 * ca2) + b->ring * (1.0 - 3.0 * cb2)) * inverse2;
    *far = k * k * (a->ring * (1.0 - ca2) + b->ring * (1.0 - cb2));
}

typedef enum kernel_part { FAR, MIDDLE, REST } kernel_part;

/** 4 pi times the wanted part of the kernel between points d apart, its imaginary part with the
 * other sign. */
INLINE void kernel_at(kernel_part part, const one_tube *a, const lane_tubes *b, double k,
                      const vec d[3], vec *re, vec *minus_im)
{
    vec r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
    if (part == REST)
        r2 = r2 + 4.0 * (a->ring + b->ring);
    vec inverse = inverse_root(r2), phase = k * (r2 * inverse), sine, cosine;
    if (part == REST) {
        /* cos x - 1 = -2 sin^2 x/2 and sin x = 2 sin x/2 cos x/2 do not cancel */
        (void)sine_cosine(0.5 * phase, &sine, &cosine);
        vec scale = 2.0 * inverse * sine;
        *re = -(scale * sine);
        *minus_im = scale * cosine;
        return;
    }
    bits sign = sine_cosine(phase, &sine, &cosine);
    vec scale = (vec)((bits)inverse ^ sign), real = scale * cosine, fall = scale * sine;
    if (part == MIDDLE) {
        vec near, far;
        ring_terms(a, b, k, d, inverse * inverse, &near, &far);
        vec common = 1.0 - far + near, turn = near * phase;
        *re = common * real + turn * fall;
        *minus_im = common * fall - turn * real;
        return;
    }
    *re = real;
    *minus_im = fall;
}

/** Average far pairs, their middles d apart, over the circumferences; their largest moment is
 * enough. */
INLINE void average_rings(const one_tube *a, const lane_tubes *b, double k, const vec d[3], vec *re,
                          vec *im)
{
    vec near, far;
    vec r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2], inverse = inverse_root(r2);
    vec x = k * (r2 * inverse);
    ring_terms(a, b, k, d, inverse * inverse, &near, &far);
    /* at small x the two parts of im + x re cancel but for -x^2/3 im; small loops live on that rest
     */
    bits small = (bits)(x < 0.1);
    bits rest = ((bits)(*im * x * x * (1.0 / 3.0)) & small) | ((bits)(*im + x * *re) & ~small);
    vec real = *re, imaginary = *im;
    *re = real + ((near - far) * real - near * x * imaginary);
    *im = imaginary + (near * (vec)rest - far * imaginary);
}

/** Gauss points of the one tube, from its middle [m]. */
typedef struct one_points {
    double place[POINTS_MAX][3];
} one_points;

/** The moments of LANES others; with constant orders (and points) a loop of its own, in registers.
 */
INLINE void lane_moments(kernel_part part, const ali_far_task *task, const one_tube *a,
                         const one_points *points, int na, int nb, int order_a, int order_b,
                         size_t i, size_t stride, double *restrict re, double *restrict im)
{
    const lane_tubes b = load_tubes(&task->others, i);
    vec apart[3], sum_re[SIZE * SIZE], sum_im[SIZE * SIZE];
    for (int c = 0; c < 3; c++)
        apart[c] = b.mid[c] - a->mid[c];
    for (int m = 0; m < (order_a + 1) * (order_b + 1); m++)
        sum_re[m] = sum_im[m] = (vec){0};
    for (int l = 0; l < nb; l++) {
        vec place[3], s = task->other_rule.node[l] * b.half, inner_re[SIZE], inner_im[SIZE];
        for (int c = 0; c < 3; c++)
            place[c] = apart[c] + s * b.dir[c];
        for (int p = 0; p <= order_a; p++)
            inner_re[p] = inner_im[p] = (vec){0};
        for (int j = 0; j < na; j++) {
            vec d[3], real, fall;
            for (int c = 0; c < 3; c++)
                d[c] = place[c] - points->place[j][c];
            kernel_at(part, a, &b, task->k, d, &real, &fall);
            for (int p = 0; p <= order_a; p++) {
                inner_re[p] = inner_re[p] + task->rule.table[j][p] * real;
                inner_im[p] = inner_im[p] - task->rule.table[j][p] * fall;
            }
        }
        for (int p = 0; p <= order_a; p++)
            for (int q = 0; q <= order_b; q++) {
                int m = p * (order_b + 1) + q;
                sum_re[m] = sum_re[m] + task->other_rule.table[l][q] * inner_re[p];
                sum_im[m] = sum_im[m] + task->other_rule.table[l][q] * inner_im[p];
            }
    }
    if (part == FAR)
        average_rings(a, &b, task->k, apart, &sum_re[0], &sum_im[0]);
    vec scale = a->half / (4.0 * ALI_PI) * b.half;
    for (int m = 0; m < (order_a + 1) * (order_b + 1); m++) {
        store(re + (size_t)m * stride + i, scale * sum_re[m]);
        store(im + (size_t)m * stride + i, scale * sum_im[m]);
    }
}

INLINE void all_moments(kernel_part part, const ali_far_task *task, int na, int nb, int order_a,
                        int order_b, size_t stride, double *restrict re, double *restrict im)
{
    one_tube a = take_tube(&task->tube);
    one_points points;
    for (int j = 0; j < na; j++)
        for (int c = 0; c < 3; c++)
            points.place[j][c] = task->rule.node[j] * a.half * a.dir[c];
    for (size_t i = 0; i < task->others.count; i += LANES)
        lane_moments(part, task, &a, &points, na, nb, order_a, order_b, i, stride, re, im);
}

/** Any part, with a loop for each of the usual orders. */
INLINE void part_moments(kernel_part part, const ali_far_task *task, size_t stride,
                         double *restrict re, double *restrict im)
{
    const int na = task->rule.points, nb = task->other_rule.points;
#define CASE(A, B)                                                                                 \
    case 8 * (A) + (B):                                                                            \
        all_moments(part, task, na, nb, A, B, stride, re, im);                                     \
        break
    switch (8 * task->order + task->other_order) {
        CASE(1, 1);
        CASE(1, 2);
        CASE(1, 3);
        CASE(2, 1);
        CASE(2, 2);
        CASE(2, 3);
        CASE(3, 1);
        CASE(3, 2);
        CASE(3, 3);
    default:
        all_moments(part, task, na, nb, task->order, task->other_order, stride, re, im);
    }
#undef CASE
}

static void far_moments(const ali_far_task *task, size_t stride, double *restrict re,
                        double *restrict im)
{
    if (task->order == 1 && task->other_order == 1 && task->rule.points == 2 &&
        task->other_rule.points == 2)
        all_moments(FAR, task, 2, 2, 1, 1, stride, re, im);
    else
        part_moments(FAR, task, stride, re, im);
}

static void middle_moments(const ali_far_task *task, size_t stride, double *restrict re,
                           double *restrict im)
{
    part_moments(MIDDLE, task, stride, re, im);
}

static void rest_moments(const ali_far_task *task, size_t stride, double *restrict re,
                         double *restrict im)
{
    part_moments(REST, task, stride, re, im);
}

/** Moments of LANES others from the kernel and its derivatives between the middles d apart. With
 * c = d.t/R, those along one of the tubes and along both are
 *  G'' = G ((3 + 3jx - x^2) c^2 - (1 + jx))/R^2,    G' = -+ G (1 + jx) c/R,    x = kR,
 * and the mean over the circumferences adds -(a^2/4)(k^2 G + G''). */
INLINE void lane_expansion(const ali_far_task *task, const one_tube *a, size_t i, size_t stride,
                           double *restrict re, double *restrict im)
{
    const lane_tubes b = load_tubes(&task->others, i);
    vec r2 = {0}, da = {0}, db = {0}, parallel = {0}, sine, cosine;
    for (int c = 0; c < 3; c++) {
        vec d = b.mid[c] - a->mid[c];
        r2 = r2 + d * d;
        da = da + d * a->dir[c];
        db = db + d * b.dir[c];
        parallel = parallel + b.dir[c] * a->dir[c];
    }
    vec inverse = inverse_root(r2), inverse2 = inverse * inverse, x = task->k * (r2 * inverse);
    bits sign = sine_cosine(x, &sine, &cosine);
    vec scale = a->half / ALI_PI * b.half * (vec)((bits)inverse ^ sign);
    vec g_re = scale * cosine, g_im = -(scale * sine);
    vec turned_re = g_re - x * g_im, turned_im = g_im + x * g_re; /* (1 + jx) G */

    vec width_a = a->half * a->half / 6.0 - a->ring - (vec){0};
    vec width_b = b.half * b.half * (1.0 / 6.0) - b.ring, x2 = x * x;
    vec along = (width_a * da * da + width_b * db * db) * inverse2, width = width_a + width_b;
    vec factor =
        1.0 + inverse2 * ((3.0 - x2) * along - width) - task->k * task->k * (a->ring + b.ring);
    vec turn = inverse2 * x * (3.0 * along - width);
    size_t row = (size_t)(task->other_order + 1) * stride;
    store(re + i, factor * g_re - turn * g_im);
    store(im + i, factor * g_im + turn * g_re);
    vec slope_a = a->half * (1.0 / 3.0) * da * inverse2;
    vec slope_b = b.half * (-1.0 / 3.0) * db * inverse2;
    store(re + row + i, slope_a * turned_re);
    store(im + row + i, slope_a * turned_im);
    store(re + stride + i, slope_b * turned_re);
    store(im + stride + i, slope_b * turned_im);
    vec both = a->half * (1.0 / 9.0) * b.half * inverse2, across = da * db * inverse2;
    vec mutual = parallel - 3.0 * across, phase = x2 * across;
    store(re + row + stride + i, both * (mutual * turned_re + phase * g_re));
    store(im + row + stride + i, both * (mutual * turned_im + phase * g_im));
}

static void expand_moments(const ali_far_task *task, size_t stride, double *restrict re,
                           double *restrict im)
{
    one_tube a = take_tube(&task->tube);
    size_t padded = (task->others.count + LANES - 1) / LANES * LANES;
    for (size_t i = 0; i < padded; i += LANES)
        lane_expansion(task, &a, i, stride, re, im);
    for (int p = 0; p <= task->order; p++)
        for (int q = 0; q <= task->other_order; q++) {
            if (p < 2 && q < 2)
                continue;
            size_t set = (size_t)(p * (task->other_order + 1) + q) * stride;
            memset(re + set, 0, padded * sizeof *re);
            memset(im + set, 0, padded * sizeof *im);
        }
}

INLINE vec larger(vec a, vec b)
{
    bits first = (bits)(a > b);
    return (vec)(((bits)a & first) | ((bits)b & ~first));
}

static size_t select_near(const ali_tube *tube, double reach, const ali_tube_array *others,
                          const double *reach_other, double radii, size_t *index)
{
    size_t found = 0, count = others->count;
    one_tube a = take_tube(tube);
    for (size_t i = 0; i < count; i += LANES) {
        vec dx = load(others->mid[0] + i) - a.mid[0], dy = load(others->mid[1] + i) - a.mid[1],
            dz = load(others->mid[2] + i) - a.mid[2];
        vec limit = larger(load(others->half + i) + reach, load(reach_other + i) + tube->half);
        limit = larger(limit, radii * load(others->radius + i));
        limit = larger(limit, radii * tube->radius - (vec){0});
        bits near = (bits)(dx * dx + dy * dy + dz * dz <= limit * limit);
        uint64_t any = 0;
        for (int lane = 0; lane < LANES; lane++)
            any |= near[lane];
        for (int lane = 0; any && lane < LANES && i + (size_t)lane < count; lane++)
            if (near[lane])
                index[found++] = i + (size_t)lane;
    }
    return found;
}

const ali_far_kernel FAR_KERNEL = {FAR_KERNEL_NAME, far_moments,    middle_moments,
                                   rest_moments,    expand_moments, select_near};
