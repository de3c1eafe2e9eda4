/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/tube.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1 };

/** Two moments arrays at once: the tubes, the orders and the target. */
typedef struct moment_sum {
    const ali_tube *a, *b;
    int order_a, order_b;
    double *moment;
} moment_sum;

static double agm(double a, double b)
{
    while (fabs(a - b) > 1e-8 * a) {
        double mean = 0.5 * (a + b);
        b = sqrt(a * b);
        a = mean;
    }
    return 0.5 * (a + b);
}

/** Mean of 1/R between a ring of radius `ring` and a point at height z and distance rho from its
 * axis; equally between two coaxial rings of these radii a height z apart. Logarithmic where rho =
 * ring, z = 0; a point on the ring is taken 1e-12 radii from it. */
static double ring_potential(double rho, double ring, double z)
{
    double z2 = z * z + 1e-24 * ring * ring;
    return 1.0 /
           agm(sqrt((rho + ring) * (rho + ring) + z2), sqrt((rho - ring) * (rho - ring) + z2));
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/** Distance from a point to the axis of a tube. */
static double point_distance(ali_vec3 point, const ali_tube *tube)
{
    ali_vec3 d = ali_vec3_sub(point, tube->mid);
    double s = clamp(ali_vec3_dot(d, tube->dir), -tube->half, tube->half);
    return ali_vec3_norm(ali_vec3_axpy(d, -s, tube->dir));
}

static ali_vec3 axis_point(const ali_tube *tube, double s)
{
    return ali_vec3_axpy(tube->mid, s, tube->dir);
}

/** Where on a's axis line the two axis lines are nearest to each other; 0 if they are parallel. */
static double nearest_place(const ali_tube *a, const ali_tube *b)
{
    ali_vec3 d = ali_vec3_sub(b->mid, a->mid);
    double c = ali_vec3_dot(a->dir, b->dir), sine2 = 1.0 - c * c;
    if (sine2 < 1e-12)
        return 0.0;
    return (ali_vec3_dot(d, a->dir) - c * ali_vec3_dot(d, b->dir)) / sine2;
}

double ali_tube_distance(const ali_tube *a, const ali_tube *b)
{
    double best = HUGE_VAL;
    for (int side = -1; side <= 1; side += 2) {
        best = fmin(best, point_distance(axis_point(a, side * a->half), b));
        best = fmin(best, point_distance(axis_point(b, side * b->half), a));
    }
    double s = nearest_place(a, b);
    if (fabs(s) < a->half)
        best = fmin(best, point_distance(axis_point(a, s), b));
    return best;
}

bool ali_tube_coaxial(const ali_tube *a, const ali_tube *b)
{
    /* what rounding leaves of a common axis counts as none */
    double rounding = 1e-13 * (ali_vec3_distance(a->mid, b->mid) + a->half + b->half);
    double tolerance = 1e-3 * fmin(a->radius, b->radius) + rounding;
    for (int side = -1; side <= 1; side += 2) {
        ali_vec3 d = ali_vec3_sub(axis_point(b, side * b->half), a->mid);
        if (ali_vec3_norm(ali_vec3_axpy(d, -ali_vec3_dot(d, a->dir), a->dir)) > tolerance)
            return false;
    }
    return fabs(ali_vec3_dot(a->dir, b->dir)) > 0.9;
}

/* ---- coaxial tubes: one integral over the distance z along the axis ---- */

/** Overlap integrals X_pq(z) = int P_p(s/h_a) P_q(sigma (s - z - c)/h_b) ds times `factor`, added
 * to the moments. */
static void add_overlap(const moment_sum *sum, double centre, double sense, double z, double factor)
{
    double ha = sum->a->half, hb = sum->b->half;
    double low = fmax(-ha, centre - hb + z), high = fmin(ha, centre + hb + z);
    if (high <= low)
        return;
    int n = (sum->order_a + sum->order_b) / 2 + 1;
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    double pa[SIZE], pb[SIZE];
    for (int i = 0; i < n; i++) {
        double s = 0.5 * (low + high) + 0.5 * (high - low) * node[i];
        double w = 0.5 * (high - low) * weight[i] * factor;
        ali_legendre(s / ha, sum->order_a, pa);
        ali_legendre(sense * (s - z - centre) / hb, sum->order_b, pb);
        for (int p = 0; p <= sum->order_a; p++)
            for (int q = 0; q <= sum->order_b; q++)
                sum->moment[p * (sum->order_b + 1) + q] += w * pa[p] * pb[q];
    }
}

enum { COAXIAL_POINTS = 12 };

/** Integrate z over [low, high], 0 <= low, on the side `sign` of zero, in panels graded towards
 * zero. */
static void add_coaxial_side(const moment_sum *sum, double centre, double sense, double sign,
                             double low, double high)
{
    const double *node = ali_gauss_node(COAXIAL_POINTS), *weight = ali_gauss_weight(COAXIAL_POINTS);
    double ra = sum->a->radius, rb = sum->b->radius;
    double width = fabs(ra - rb), smallest = 1e-7 * fmin(ra, rb);
    while (high > low) {
        double start = fmax(low, 0.15 * high);
        if (high < width || high <= smallest || start - low < 0.05 * (high - low))
            start = low;
        for (int i = 0; i < COAXIAL_POINTS; i++) {
            double z = 0.5 * (start + high) + 0.5 * (high - start) * node[i];
            double w = 0.5 * (high - start) * weight[i];
            add_overlap(sum, centre, sense, sign * z, w * ring_potential(ra, rb, z));
        }
        high = start;
    }
}

static void sort_places(double *place, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && place[j] < place[j - 1]; j--) {
            double swap = place[j];
            place[j] = place[j - 1];
            place[j - 1] = swap;
        }
}

static void add_coaxial(const moment_sum *sum)
{
    const ali_tube *a = sum->a, *b = sum->b;
    double centre = ali_vec3_dot(ali_vec3_sub(b->mid, a->mid), a->dir);
    double sense = ali_vec3_dot(a->dir, b->dir) > 0.0 ? 1.0 : -1.0;
    double ha = a->half, hb = b->half, tiny = 1e-9 * (ha + hb);
    double place[5] = {-ha - centre - hb, -ha - centre + hb, ha - centre - hb, ha - centre + hb,
                       0.0};
    int count = place[0] < 0.0 && place[3] > 0.0 ? 5 : 4;
    sort_places(place, count);
    for (int i = 0; i + 1 < count; i++) {
        double low = place[i], high = place[i + 1];
        if (high - low < tiny)
            continue;
        if (0.5 * (low + high) > 0.0)
            add_coaxial_side(sum, centre, sense, 1.0, fmax(low, 0.0), high);
        else
            add_coaxial_side(sum, centre, sense, -1.0, fmax(-high, 0.0), -low);
    }
}

/* ---- general position: outer integral over a's surface, inner over b with the ring potential ----
 */

enum { INNER_POINTS_MAX = 40, OUTER_POINTS_MAX = 40, ANGLES_MAX = 16 };

/** int P_q(s/h) <1/R> ds over tube b for a point at (rho, z) of its frame, added times `factor` to
 * potential[0 … order]. The substitution s = z + d sinh t takes the peak of height 1/d out. */
static void add_potential(const ali_tube *b, double rho, double z, double factor, int order,
                          double *potential)
{
    double gap = fmax(fabs(rho - b->radius), 3e-4 * b->radius);
    double from = asinh((-b->half - z) / gap), to = asinh((b->half - z) / gap);
    int n = (int)clamp(4.0 + 1.2 * (to - from) + 0.5 * order, 5.0, INNER_POINTS_MAX);
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    double p[SIZE];
    for (int i = 0; i < n; i++) {
        double t = 0.5 * (from + to) + 0.5 * (to - from) * node[i];
        double grown = exp(t), shrunk = 1.0 / grown;
        double s = gap * 0.5 * (grown - shrunk);
        double w = factor * 0.5 * (to - from) * weight[i] * gap * 0.5 * (grown + shrunk);
        w *= ring_potential(rho, b->radius, s);
        ali_legendre(clamp((s + z) / b->half, -1.0, 1.0), order, p);
        for (int q = 0; q <= order; q++)
            potential[q] += w * p[q];
    }
}

/** Two unit vectors across a tube's axis, the first in the plane of both axes where there is one.
 */
static void cross_directions(const ali_tube *a, const ali_tube *b, ali_vec3 *first,
                             ali_vec3 *second)
{
    ali_vec3 d = ali_vec3_sub(b->mid, a->mid);
    ali_vec3 across = ali_vec3_axpy(d, -ali_vec3_dot(d, a->dir), a->dir);
    ali_vec3 tilt = ali_vec3_axpy(b->dir, -ali_vec3_dot(b->dir, a->dir), a->dir);
    if (ali_vec3_norm(across) < 1e-6 * (ali_vec3_norm(d) + b->half) && ali_vec3_norm(tilt) > 1e-6)
        across = tilt;
    if (!(ali_vec3_norm(across) > 0.0)) {
        ali_vec3 other = {fabs(a->dir.x) < 0.6, fabs(a->dir.x) >= 0.6, 0.0};
        across = ali_vec3_cross(a->dir, other);
    }
    *first = ali_vec3_scale(1.0 / ali_vec3_norm(across), across);
    *second = ali_vec3_cross(a->dir, *first);
}

/** Whether the picture is symmetric in the plane of a's axis and `first`. */
static bool coplanar(const ali_tube *b, ali_vec3 a_mid, ali_vec3 second)
{
    double out = fabs(ali_vec3_dot(ali_vec3_sub(b->mid, a_mid), second));
    return out < 1e-6 * b->radius + 1e-9 * b->half && fabs(ali_vec3_dot(b->dir, second)) < 1e-7;
}

/** Frame of the outer integration. */
typedef struct outer_frame {
    const moment_sum *sum;
    ali_vec3 first, second;
    bool symmetric;
} outer_frame;

/** Add the ring of tube a at place s, with weight, to the moments. */
static void add_ring(const outer_frame *frame, double s, double weight)
{
    const ali_tube *a = frame->sum->a, *b = frame->sum->b;
    int order_b = frame->sum->order_b;
    double potential[SIZE] = {0}, p[SIZE];
    ali_vec3 axis = axis_point(a, s);
    double ratio = a->radius / fmax(point_distance(axis, b) - b->radius, 0.5 * a->radius);
    int angles = (int)clamp(ceil(11.5 / log(fmax(1.0 / ratio, 2.0))), 4.0, ANGLES_MAX);
    if (frame->symmetric)
        angles = (angles + 1) / 2;
    double range = frame->symmetric ? ALI_PI : 2.0 * ALI_PI;
    for (int i = 0; i < angles; i++) {
        double phi = range * (i + 0.5) / angles;
        ali_vec3 x = ali_vec3_axpy(axis, a->radius * cos(phi), frame->first);
        x = ali_vec3_sub(ali_vec3_axpy(x, a->radius * sin(phi), frame->second), b->mid);
        double z = ali_vec3_dot(x, b->dir);
        double rho = ali_vec3_norm(ali_vec3_axpy(x, -z, b->dir));
        add_potential(b, rho, z, weight / angles, order_b, potential);
    }
    ali_legendre(s / a->half, frame->sum->order_a, p);
    for (int i = 0; i <= frame->sum->order_a; i++)
        for (int q = 0; q <= order_b; q++)
            frame->sum->moment[i * (order_b + 1) + q] += p[i] * potential[q];
}

/** Distance from a point of a's axis to the surface of b. */
static double surface_distance(const ali_tube *a, double s, const ali_tube *b)
{
    ali_vec3 d = ali_vec3_sub(axis_point(a, s), b->mid);
    double z = ali_vec3_dot(d, b->dir);
    double rho = ali_vec3_norm(ali_vec3_axpy(d, -z, b->dir));
    return hypot(rho - b->radius, fmax(fabs(z) - b->half, 0.0));
}

/** Outer integral from one place to another. The potential of b is least smooth at the first, where
 * it varies over the distance d to b's surface; s = from + d sinh t makes it smooth in t. */
static void add_outer(const outer_frame *frame, double from, double to)
{
    const ali_tube *a = frame->sum->a;
    double d = fmax(surface_distance(a, from, frame->sum->b), 0.3 * a->radius);
    double range = asinh((to - from) / d);
    int n = (int)clamp(3.0 + 1.1 * fabs(range) + 0.5 * frame->sum->order_a, 3.0, OUTER_POINTS_MAX);
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++) {
        double t = 0.5 * range * (1.0 + node[i]), grown = exp(t), shrunk = 1.0 / grown;
        add_ring(frame, from + 0.5 * d * (grown - shrunk),
                 fabs(0.5 * range) * weight[i] * 0.5 * d * (grown + shrunk));
    }
}

/** Places of a's axis where the potential of b is least smooth: abreast of b's ends, nearest to b's
 * axis, and where a's axis runs through b's surface. Returns their number, at most 5. */
static int rough_places(const ali_tube *a, const ali_tube *b, double *place)
{
    ali_vec3 d = ali_vec3_sub(a->mid, b->mid);
    double cosine = ali_vec3_dot(a->dir, b->dir), along = -ali_vec3_dot(d, a->dir);
    int count = 0;
    place[count++] = along - b->half * cosine;
    place[count++] = along + b->half * cosine;
    /* |across d + s across a.dir|^2 = radius^2 */
    ali_vec3 offset = ali_vec3_axpy(d, -ali_vec3_dot(d, b->dir), b->dir);
    ali_vec3 slope = ali_vec3_axpy(a->dir, -cosine, b->dir);
    double sine2 = ali_vec3_dot(slope, slope);
    if (sine2 < 1e-12)
        return count;
    double nearest = -ali_vec3_dot(offset, slope) / sine2;
    double nearest2 = ali_vec3_dot(offset, offset) - sine2 * nearest * nearest;
    double reach2 = (b->radius * b->radius - nearest2) / sine2;
    place[count++] = nearest;
    if (reach2 > 0.0) {
        place[count++] = nearest - sqrt(reach2);
        place[count++] = nearest + sqrt(reach2);
    }
    return count;
}

static void add_general(const moment_sum *sum)
{
    const ali_tube *a = sum->a, *b = sum->b;
    outer_frame frame = {.sum = sum};
    cross_directions(a, b, &frame.first, &frame.second);
    frame.symmetric = coplanar(b, a->mid, frame.second);
    double rough[5], place[7] = {-a->half, a->half};
    int count = 2, rough_count = rough_places(a, b, rough);
    for (int i = 0; i < rough_count; i++)
        if (fabs(rough[i]) < a->half * (1.0 - 1e-6))
            place[count++] = rough[i];
    sort_places(place, count);
    for (int i = 0; i + 1 < count; i++) {
        double middle = 0.5 * (place[i] + place[i + 1]);
        if (place[i + 1] - place[i] < 1e-9 * a->half)
            continue;
        add_outer(&frame, place[i], middle);
        add_outer(&frame, place[i + 1], middle);
    }
}

void ali_tube_static(const ali_tube *a, const ali_tube *b, int order_a, int order_b, double *moment)
{
    assert(order_a <= ALI_TUBE_ORDER_MAX && order_b <= ALI_TUBE_ORDER_MAX);
    size_t size = (size_t)(order_a + 1) * (size_t)(order_b + 1);
    memset(moment, 0, size * sizeof *moment);
    moment_sum sum = {a, b, order_a, order_b, moment};
    if (ali_tube_coaxial(a, b)) {
        add_coaxial(&sum);
    } else if (a->radius < b->radius || (a->radius == b->radius && a->half <= b->half)) {
        add_general(&sum);
    } else {
        /* the outer rings go on the thinner tube, around which the potential varies less, or on the
         * shorter of two equally thick ones, which needs fewer of them */
        double transposed[SIZE * SIZE] = {0};
        sum = (moment_sum){b, a, order_b, order_a, transposed};
        add_general(&sum);
        for (int p = 0; p <= order_a; p++)
            for (int q = 0; q <= order_b; q++)
                moment[p * (order_b + 1) + q] = transposed[q * (order_a + 1) + p];
    }
    for (size_t i = 0; i < size; i++)
        moment[i] /= 4.0 * ALI_PI;
}
