/* SPDX-License-Identifier: Apache-2.0 */
#include "green/tube_lossy.h"

#include "base/constants.h"
#include "green/tube_points.h"
#include "math/sincos.h"

#include <assert.h>

enum { SIZE = ALI_TUBE_SIZE };

/** e^{-jx}, Im x <= 0. */
static double complex wave(double complex x)
{
    double sine, cosine, level = exp(cimag(x));
    ali_sincos(creal(x), &sine, &cosine);
    return CMPLX(level * cosine, -level * sine);
}

/** (e^{-jkR} - 1)/R without cancellation at small |kR|. */
static double complex rest(double complex k, double r)
{
    const double small = 0.05;
    double complex x = CMPLX(cimag(k) * r, -creal(k) * r); /* -jkR */
    if (fabs(creal(x)) + fabs(cimag(x)) > small)
        return (wave(k * r) - 1.0) / r;
    double complex sum = 1.0;
    for (int n = 7; n > 1; n--)
        sum = 1.0 + x * sum / n;
    return CMPLX(cimag(k), -creal(k)) * sum;
}

/* ---- around the tubes ---- */

enum { ANGLES_MAX = 8, CHORDS = 8 };

/** Differences between points of two rings, centres apart, with weights of sum 1. */
typedef struct ring_pairs {
    int count;
    ali_vec3 offset[ANGLES_MAX * ANGLES_MAX]; /**< [m] */
    double weight[ANGLES_MAX * ANGLES_MAX];
    double square; /**< added to R^2 [m^2] */
} ring_pairs;

/** Two unit vectors across a direction. */
static void across(ali_vec3 dir, ali_vec3 *first, ali_vec3 *second)
{
    ali_vec3 other = {fabs(dir.x) < 0.6, fabs(dir.x) >= 0.6, 0.0};
    *first = ali_vec3_cross(dir, other);
    *first = ali_vec3_scale(1.0 / ali_vec3_norm(*first), *first);
    *second = ali_vec3_cross(dir, *first);
}

/** Chords between coaxial rings, c^2 = a^2 + b^2 - 2ab cos phi, by Gauss points on 0 ... pi. */
static void set_chords(const ali_tube *a, const ali_tube *b, ring_pairs *pairs)
{
    ali_vec3 first, second;
    across(a->dir, &first, &second);
    pairs->count = CHORDS;
    for (int i = 0; i < CHORDS; i++) {
        double sine = sin(0.25 * ALI_PI * (1.0 + ali_gauss_node(CHORDS)[i]));
        double gap = a->radius - b->radius;
        double chord = sqrt(gap * gap + 4.0 * a->radius * b->radius * sine * sine);
        pairs->offset[i] = ali_vec3_scale(chord, first);
        pairs->weight[i] = 0.5 * ali_gauss_weight(CHORDS)[i];
    }
}

/** Points at equal angles around both of two tubes in any position. */
static void set_angles(const ali_tube *a, const ali_tube *b, int angles, ring_pairs *pairs)
{
    ali_vec3 across_a[2], across_b[2];
    across(a->dir, &across_a[0], &across_a[1]);
    across(b->dir, &across_b[0], &across_b[1]);
    pairs->count = angles * angles;
    for (int i = 0; i < pairs->count; i++) {
        double f = 2.0 * ALI_PI * (i / angles + 0.25) / angles;
        double g = 2.0 * ALI_PI * (i % angles + 0.75) / angles;
        ali_vec3 offset = ali_vec3_scale(a->radius * cos(f), across_a[0]);
        offset = ali_vec3_axpy(offset, a->radius * sin(f), across_a[1]);
        offset = ali_vec3_axpy(offset, -b->radius * cos(g), across_b[0]);
        pairs->offset[i] = ali_vec3_axpy(offset, -b->radius * sin(g), across_b[1]);
        pairs->weight[i] = 1.0 / pairs->count;
    }
}

static void set_pairs(const ali_tube *a, const ali_tube *b, double complex k, bool coaxial,
                      ring_pairs *pairs)
{
    const double thin = 0.06, medium = 1.0; /* of |k| times the radii */
    double square = ali_tube_ring_square(a, b), phase = cabs(k) * sqrt(square);
    pairs->square = 0.0;
    if (phase < thin) {
        pairs->count = 1;
        pairs->offset[0] = (ali_vec3){0.0, 0.0, 0.0};
        pairs->weight[0] = 1.0;
        pairs->square = square;
    } else if (coaxial) {
        set_chords(a, b, pairs);
    } else {
        set_angles(a, b, phase < medium ? 6 : ANGLES_MAX, pairs);
    }
}

/** The rest between rings with their centres d apart. */
static double complex ring_rest(const ring_pairs *pairs, double complex k, ali_vec3 d)
{
    double complex sum = 0.0;
    for (int i = 0; i < pairs->count; i++) {
        ali_vec3 r = ali_vec3_add(d, pairs->offset[i]);
        sum += pairs->weight[i] * rest(k, sqrt(ali_vec3_dot(r, r) + pairs->square));
    }
    return sum;
}

/* ---- panels ---- */

enum { DIVISIONS_MAX = 16 };

/** Equal parts of a length along which e^{-jkR} turns or falls by no more than a Gauss rule of
 *  COAXIAL_POINTS or panel_points likes. */
static int divisions(double length, double complex k)
{
    const double phase = 5.0;
    double parts = ceil(length * cabs(k) / phase);
    return parts < 1.0 ? 1 : parts < DIVISIONS_MAX ? (int)parts : DIVISIONS_MAX;
}

/** A line cut where the kernel is rough. */
typedef struct line_cuts {
    int count;
    double place[8]; /**< ascending, with both ends [m] */
} line_cuts;

/** Cut within [-half, half]. */
static line_cuts cut_line(double half, int count, const double *place)
{
    line_cuts cuts = {.count = 1, .place = {-half}};
    for (int i = 0; i < count; i++) {
        if (fabs(place[i]) >= half * (1.0 - 1e-6))
            continue;
        int j = cuts.count++;
        for (; cuts.place[j - 1] > place[i]; j--)
            cuts.place[j] = cuts.place[j - 1];
        cuts.place[j] = place[i];
    }
    cuts.place[cuts.count++] = half;
    return cuts;
}

/* ---- coaxial tubes: over the distance along the axis ---- */

enum { COAXIAL_POINTS = 8 };

static void add_coaxial(const ali_tube *a, const ali_tube *b, double complex k, int order_a,
                        int order_b, double complex *moment)
{
    const double *node = ali_gauss_node(COAXIAL_POINTS), *weight = ali_gauss_weight(COAXIAL_POINTS);
    double place[ALI_TUBE_PLACES], sum[SIZE * SIZE];
    int places = ali_tube_coaxial_places(a, b, place), size = (order_a + 1) * (order_b + 1);
    ring_pairs pairs;
    set_pairs(a, b, k, true, &pairs);
    for (int i = 0; i + 1 < places; i++) {
        double length = place[i + 1] - place[i];
        if (length <= 1e-9 * (a->half + b->half))
            continue;
        int panels = divisions(length, k);
        double half = 0.5 * length / panels;
        for (int j = 0; j < panels * COAXIAL_POINTS; j++) {
            double z =
                place[i] + half * (2.0 * (j / COAXIAL_POINTS) + 1.0 + node[j % COAXIAL_POINTS]);
            double complex kernel =
                half * weight[j % COAXIAL_POINTS] * ring_rest(&pairs, k, ali_vec3_scale(z, a->dir));
            ali_tube_overlap(a, b, z, order_a, order_b, sum);
            for (int m = 0; m < size; m++)
                moment[m] += kernel * sum[m];
        }
    }
}

/* ---- tubes in any position: along a, for each place along b from the nearest point on ---- */

/** What the integral along a needs for the one along b. */
typedef struct skew_pair {
    const ali_tube *a, *b;
    double complex k;
    int order_a, order_b;
    ring_pairs pairs;
} skew_pair;

/** Points of a panel. */
static int panel_points(double length, double complex k, int order)
{
    int n = 4 + order / 2 + (int)(cabs(k) * length);
    return n < ALI_TUBE_LOSSY_POINTS ? n : ALI_TUBE_LOSSY_POINTS;
}

/** Potential of b at a place x of a's axis, from b's middle, times factor. */
static void add_potential(const skew_pair *pair, ali_vec3 x, double factor,
                          double complex *potential)
{
    const ali_tube *b = pair->b;
    double foot = ali_vec3_dot(x, b->dir), p[SIZE];
    line_cuts cuts = cut_line(b->half, 1, &foot);
    for (int i = 0; i + 1 < cuts.count; i++) {
        double length = cuts.place[i + 1] - cuts.place[i];
        int panels = divisions(length, pair->k);
        double half = 0.5 * length / panels;
        int n = panel_points(2.0 * half, pair->k, pair->order_b);
        for (int j = 0; j < panels * n; j++) {
            double t = cuts.place[i] + half * (2.0 * (j / n) + 1.0 + ali_gauss_node(n)[j % n]);
            double complex kernel = factor * half * ali_gauss_weight(n)[j % n] *
                                    ring_rest(&pair->pairs, pair->k, ali_vec3_axpy(x, -t, b->dir));
            ali_legendre(t / b->half, pair->order_b, p);
            for (int q = 0; q <= pair->order_b; q++)
                potential[q] += kernel * p[q];
        }
    }
}

/** Places of a's axis abreast of b's ends, and where the lines of both axes are nearest to each
 * other; returns their number. */
static int rough_places(const ali_tube *a, const ali_tube *b, double place[3])
{
    ali_vec3 d = ali_vec3_sub(b->mid, a->mid);
    double cosine = ali_vec3_dot(a->dir, b->dir), sine2 = 1.0 - cosine * cosine;
    double along = ali_vec3_dot(d, a->dir);
    place[0] = along - b->half * cosine;
    place[1] = along + b->half * cosine;
    place[2] = (along - cosine * ali_vec3_dot(d, b->dir)) / sine2;
    return sine2 < 1e-12 ? 2 : 3;
}

static void add_skew(const skew_pair *pair, double complex *moment)
{
    const ali_tube *a = pair->a, *b = pair->b;
    double place[3], p[SIZE];
    line_cuts cuts = cut_line(a->half, rough_places(a, b, place), place);
    for (int i = 0; i + 1 < cuts.count; i++) {
        double length = cuts.place[i + 1] - cuts.place[i];
        int panels = divisions(length, pair->k);
        double half = 0.5 * length / panels;
        int n = panel_points(2.0 * half, pair->k, pair->order_a);
        for (int j = 0; j < panels * n; j++) {
            double s = cuts.place[i] + half * (2.0 * (j / n) + 1.0 + ali_gauss_node(n)[j % n]);
            double complex potential[SIZE] = {0.0};
            ali_vec3 x = ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid), s, a->dir);
            add_potential(pair, x, half * ali_gauss_weight(n)[j % n], potential);
            ali_legendre(s / a->half, pair->order_a, p);
            for (int m = 0; m <= pair->order_a; m++)
                for (int q = 0; q <= pair->order_b; q++)
                    moment[m * (pair->order_b + 1) + q] += p[m] * potential[q];
        }
    }
}

void ali_tube_lossy_rest(const ali_tube *a, const ali_tube *b, double complex k, int order_a,
                         int order_b, double complex *moment)
{
    assert(order_a <= ALI_TUBE_ORDER_MAX && order_b <= ALI_TUBE_ORDER_MAX);
    size_t size = (size_t)(order_a + 1) * (size_t)(order_b + 1);
    memset(moment, 0, size * sizeof *moment);
    if (ali_tube_coaxial(a, b)) {
        add_coaxial(a, b, k, order_a, order_b, moment);
    } else {
        skew_pair pair = {.a = a, .b = b, .k = k, .order_a = order_a, .order_b = order_b};
        set_pairs(a, b, k, false, &pair.pairs);
        add_skew(&pair, moment);
    }
    for (size_t i = 0; i < size; i++)
        moment[i] /= 4.0 * ALI_PI;
}

/* ---- far tubes ---- */

void ali_tube_lossy_far(const ali_tube *a, const ali_tube *b, double complex k, int points_a,
                        int points_b, int order_a, int order_b, double complex *moment)
{
    assert(points_a <= ALI_TUBE_LOSSY_POINTS && points_b <= ALI_TUBE_LOSSY_POINTS);
    double ta[ALI_TUBE_LOSSY_POINTS][SIZE], tb[ALI_TUBE_LOSSY_POINTS][SIZE];
    memset(moment, 0, (size_t)(order_a + 1) * (size_t)(order_b + 1) * sizeof *moment);
    ali_tube_weighted_legendre(points_a, a->half, order_a, ta);
    ali_tube_weighted_legendre(points_b, b->half, order_b, tb);
    for (int i = 0; i < points_a; i++) {
        ali_vec3 x = ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid),
                                   a->half * ali_gauss_node(points_a)[i], a->dir);
        for (int j = 0; j < points_b; j++) {
            ali_vec3 d = ali_vec3_axpy(x, -b->half * ali_gauss_node(points_b)[j], b->dir);
            double r2 = ali_vec3_dot(d, d), r = sqrt(r2);
            ali_ring_terms ring = ali_tube_ring_terms(a, b, 1.0, d, r2);
            double complex phase = k * r;
            double complex factor =
                1.0 - k * k * ring.far + ring.near * CMPLX(1.0 - cimag(phase), creal(phase));
            ali_tube_add_product(wave(phase) / (4.0 * ALI_PI * r) * factor, ta[i], order_a, tb[j],
                                 order_b, moment);
        }
    }
}

/** Points for 1/R and moments of order 0 by the distance in half lengths. */
static const struct {
    int points;
    double ratio;
} far_table[] = {{2, 4.0}, {3, 2.2}, {4, 1.4}, {5, 1.0}, {6, 0.8}, {7, 0.6}, {10, 0.4}, {14, 0.0}};
enum { FAR_ROWS = sizeof far_table / sizeof *far_table };

int ali_tube_lossy_points(double half, double distance, double complex k, int order)
{
    int row = 0;
    while (row + 1 < FAR_ROWS && distance < far_table[row].ratio * half)
        row++;
    double phase = cabs(k) * half;
    double n = fmax(far_table[row].points + 0.5 * phase, 2.7 + 0.9 * phase) + (order + 1) / 2;
    return n < ALI_TUBE_LOSSY_POINTS ? (int)n : ALI_TUBE_LOSSY_POINTS;
}
