/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_points.h"

#include "base/constants.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "mesh/segment_distance.h"

#include <math.h>
#include <stdlib.h>

/** POINTS: on an element; GRADED: on one next to the other's image; CHUNK: pairs of points at a
 * time. */
enum { POINTS = 16, GRADED = 30, CHUNK = GRADED * GRADED, JOBS = CHUNK / 4 };
_Static_assert(POINTS <= GRADED, "any pair fits in");

/** Points on an element by the distance of the other, or of its image, in half lengths. A Gauss
 * rule converges like (x + sqrt(x^2 + 1))^-2n with x that distance, as in moments.c; what is
 * integrated here is smoother, and the smaller part. */
static const struct {
    int points;
    double ratio;
} table[ALI_MOMENT_PRECISIONS][6] = {{{2, 6.0}, {3, 2.5}, {4, 1.5}, {6, 0.8}, {8, 0.4}, {12, 0.0}},
                                     {{2, 2.0}, {2, 1.4}, {3, 0.8}, {4, 0.5}, {5, 0.3}, {6, 0.0}}};
enum { ROWS = sizeof *table / sizeof **table };

/** zx is as singular as 1/R. Elements that it couples and that are closer than this, in half
 * lengths, take panels that shrink towards each other, to the size of distance and radii. */
static const double GRADED_RATIO = 0.4, UNCOUPLED = 1e-4;
enum { PANELS = 6, PANEL_POINTS = 5 };
_Static_assert(PANELS *PANEL_POINTS <= GRADED, "a graded rule fits in");
static const double GROWTH = 4.0; /**< of the panels, at least */

/** Points on an axis, and Legendre polynomials times weights there. */
typedef struct axis_rule {
    int count;
    const double *node; /**< in [-1, 1] */
    const double (*weight)[ALI_MOMENT_SIZE];
} axis_rule;

/** A pair that waits for its values, its points one row after the other from place `first`. */
typedef struct ground_job {
    ali_ground_pair pair;
    axis_rule rule, other_rule;
    size_t first;
    double rings; /**< what radii add to the squares of distances [m^2] */
} ground_job;

struct ali_ground_points {
    size_t count, job_count;
    ali_ground_sides sides; /**< of all that wait */
    double k;               /**< of the air [rad/m] */
    bool graded;            /**< a pair that waits takes the graded rules */
    ground_job jobs[JOBS];
    double rho[CHUNK], height[CHUNK], depth[CHUNK];
    double across[CHUNK]; /**< t_z rho^.t'_h - t'_z rho^.t_h */
    double complex xx[CHUNK], zz[CHUNK], zx[CHUNK], phi[CHUNK];
    double node[2][GRADED];
    double weight[2][GRADED][ALI_MOMENT_SIZE];
};

ali_ground_points *ali_ground_points_create(void)
{
    return ali_calloc_aligned(1, sizeof(ali_ground_points));
}

void ali_ground_points_destroy(ali_ground_points *points)
{
    free(points);
}

/* ---- rules ---- */

static int points_of(int row, ali_moment_precision precision, double half, double k, int degree)
{
    int n = table[precision][row].points + degree / 2 + (int)(k * half);
    return n < POINTS ? n : POINTS;
}

int ali_ground_far_points(ali_moment_precision precision, double half, double k, int degree)
{
    return points_of(0, precision, half, k, degree);
}

double ali_ground_far_ratio(ali_moment_precision precision)
{
    return table[precision][0].ratio;
}

static axis_rule plain_rule(const ali_moment_batch *batch, const ali_element *element,
                            double distance, double k, int degree)
{
    int row = 0;
    while (row + 1 < ROWS && distance < table[batch->precision][row].ratio * element->half)
        row++;
    int n = points_of(row, batch->precision, element->half, k, degree);
    return (axis_rule){.count = n,
                       .node = ali_gauss_node(n),
                       .weight = (const double(*)[ALI_MOMENT_SIZE])batch->source->table +
                                 n * (n - 1) / 2};
}

/** Panels from `place` to `end`, the first one of size `first`, all in the local coordinate. */
static int add_panels(double place, double end, double first, int panels, double *node,
                      double (*weight)[ALI_MOMENT_SIZE])
{
    double length = fabs(end - place), sense = end > place ? 1.0 : -1.0;
    if (length < 1e-9)
        return 0;
    int count = 1 + (int)ceil(log(fmax(length / first, 1.0)) / log(GROWTH));
    count = count < panels ? count : panels;
    double low = 0.0, growth = count > 1 ? pow(length / first, 1.0 / (count - 1)) : 1.0;
    for (int panel = 0; panel < count; panel++) {
        double high = panel + 1 < count ? first * pow(growth, panel) : length;
        double half = 0.5 * (high - low);
        for (int i = 0; i < PANEL_POINTS; i++) {
            int at = panel * PANEL_POINTS + i;
            node[at] = place + sense * (low + half * (1.0 + ali_gauss_node(PANEL_POINTS)[i]));
            ali_legendre(node[at], ALI_MOMENT_SIZE - 1, weight[at]);
            for (int p = 0; p < ALI_MOMENT_SIZE; p++)
                weight[at][p] *= half * ali_gauss_weight(PANEL_POINTS)[i];
        }
        low = high;
    }
    return count * PANEL_POINTS;
}

/** Panels around a place of an element. */
static axis_rule graded_rule(ali_ground_points *points, int which, double place, double first)
{
    double *node = points->node[which];
    double(*weight)[ALI_MOMENT_SIZE] = points->weight[which];
    bool inner = place > -1.0 + 1e-9 && place < 1.0 - 1e-9;
    int panels = inner ? PANELS / 2 : PANELS;
    int count = add_panels(place, -1.0, first, panels, node, weight);
    count += add_panels(place, 1.0, first, panels, node + count, weight + count);
    return (axis_rule){
        .count = count, .node = node, .weight = (const double(*)[ALI_MOMENT_SIZE])weight};
}

/** Where two elements, or one and the image of the other, come closest. */
static ali_segment_approach approach_of(const ali_ground_pair *pair)
{
    ali_tube a = ali_element_tube(pair->e), b = ali_element_tube(pair->other);
    if (pair->sides != ALI_GROUND_ACROSS)
        a = ali_tube_mirror(a);
    double far = table[ALI_MOMENT_FULL][0].ratio * fmax(a.half, b.half);
    double distance = ali_vec3_distance(a.mid, b.mid) - a.half - b.half;
    if (distance >= far)
        return (ali_segment_approach){.distance = distance};
    return ali_segment_closest(
        ali_vec3_axpy(a.mid, -a.half, a.dir), ali_vec3_axpy(a.mid, a.half, a.dir),
        ali_vec3_axpy(b.mid, -b.half, b.dir), ali_vec3_axpy(b.mid, b.half, b.dir));
}

bool ali_ground_is_mirror(const ali_ground_pair *pair, const ali_ground_kernel *kernel, double k)
{
    const double conductor = 10.0, apart = 15.0;
    double wavenumber = cabs(kernel->wavenumber);
    if (pair->sides != ALI_GROUND_AIR || wavenumber < conductor * k)
        return false;
    double distance = approach_of(pair).distance, a = pair->e->radius, b = pair->other->radius;
    return wavenumber * sqrt(distance * distance + a * a + b * b) > apart;
}

/** Whether the coupling of upright and level currents, at close quarters, asks for graded rules. */
static bool is_graded(const ali_ground_pair *pair, double distance)
{
    ali_vec3 s = pair->e->dir, t = pair->other->dir;
    double coupling = fabs(s.z) * hypot(t.x, t.y) + fabs(t.z) * hypot(s.x, s.y);
    return coupling > UNCOUPLED && distance < GRADED_RATIO * fmax(pair->e->half, pair->other->half);
}

static ground_job make_job(ali_ground_points *points, const ali_ground_kernel *kernel,
                           const ali_moment_batch *batch, const ali_ground_pair *pair)
{
    ali_segment_approach approach = approach_of(pair);
    ground_job job = {.pair = *pair};
    double a = pair->e->radius, b = pair->other->radius;
    job.rings = fmax(a * a + b * b - 0.5 * approach.distance * approach.distance, 0.0);
    if (is_graded(pair, approach.distance)) {
        double size = fmax(approach.distance, pair->e->radius + pair->other->radius);
        job.rule =
            graded_rule(points, 0, 2.0 * approach.place[0] - 1.0, fmin(size / pair->e->half, 1.0));
        job.other_rule = graded_rule(points, 1, 2.0 * approach.place[1] - 1.0,
                                     fmin(size / pair->other->half, 1.0));
    } else {
        double k = ali_half_space_rule_wavenumber(batch->source->k, cabs(kernel->wavenumber),
                                                  approach.distance);
        job.rule = plain_rule(batch, pair->e, approach.distance, k, pair->degree);
        job.other_rule = plain_rule(batch, pair->other, approach.distance, k, pair->other_degree);
    }
    return job;
}

/* ---- points ---- */

/** Put the points of a pair on the list. It does not matter which one is called the source.
 * Horizontal distances are those of the rings around the axes, in the mean of squares, where axes
 * come closer than their radii: the mean over a ring of what obeys the wave equation outside of it
 * is the value in its middle. */
static void list_points(ali_ground_points *points, const ground_job *job)
{
    const ali_ground_pair *pair = &job->pair;
    double rings = job->rings;
    size_t at = job->first;
    for (int i = 0; i < job->rule.count; i++) {
        ali_vec3 near_end =
            ali_vec3_axpy(pair->e->mid, pair->e->half * job->rule.node[i], pair->e->dir);
        for (int j = 0; j < job->other_rule.count; j++, at++) {
            ali_vec3 far_end = ali_vec3_axpy(
                pair->other->mid, pair->other->half * job->other_rule.node[j], pair->other->dir);
            ali_vec3 d = ali_vec3_sub(far_end, near_end);
            double rho2 = d.x * d.x + d.y * d.y, inverse = rho2 > 0.0 ? 1.0 / sqrt(rho2) : 0.0;
            double z = near_end.z, z_other = far_end.z;
            points->rho[at] = sqrt(rho2 + rings);
            points->height[at] = fmax(z, 0.0) + fmax(z_other, 0.0);
            points->depth[at] = fmax(-z, 0.0) + fmax(-z_other, 0.0);
            points->across[at] =
                inverse * (pair->other->dir.z * (d.x * pair->e->dir.x + d.y * pair->e->dir.y) -
                           pair->e->dir.z * (d.x * pair->other->dir.x + d.y * pair->other->dir.y));
        }
    }
    points->count = at;
}

/* ---- sums ---- */

/** Add one pair, whose values are there. */
static void add_pair(ali_ground_points *points, const ground_job *job, const ali_ground_sums *sums)
{
    const ali_ground_pair *pair = &job->pair;
    ali_vec3 s = pair->e->dir, t = pair->other->dir;
    double level = s.x * t.x + s.y * t.y, upright = s.z * t.z;
    double area = pair->e->half * pair->other->half;
    size_t at = job->first;
    for (int i = 0; i < job->rule.count; i++) {
        double complex vector[ALI_MOMENT_SIZE] = {0.0}, scalar[ALI_MOMENT_SIZE] = {0.0};
        for (int j = 0; j < job->other_rule.count; j++, at++) {
            if (pair->mirror) {
                double r = hypot(points->rho[at], points->height[at]);
                double complex g =
                    CMPLX(cos(points->k * r), -sin(points->k * r)) / (4.0 * ALI_PI * r);
                points->xx[at] += g;
                points->zz[at] += g;
            }
            double complex a = level * points->xx[at] + upright * points->zz[at] +
                               points->across[at] * points->zx[at];
            for (int q = 0; q < pair->columns; q++) {
                vector[q] += job->other_rule.weight[j][q] * a;
                scalar[q] += job->other_rule.weight[j][q] * points->phi[at];
            }
        }
        for (int p = 0; p <= pair->order; p++)
            for (int q = 0; q < pair->columns; q++) {
                size_t m = (size_t)(p * pair->columns + q) * sums->stride + pair->place;
                double w = area * job->rule.weight[i][p];
                sums->vector_re[m] += w * creal(vector[q]);
                sums->vector_im[m] += w * cimag(vector[q]);
                sums->scalar_re[m] += w * creal(scalar[q]);
                sums->scalar_im[m] += w * cimag(scalar[q]);
            }
    }
}

void ali_ground_points_flush(ali_ground_points *points, const ali_ground_kernel *kernel,
                             const ali_ground_sums *sums)
{
    ali_ground_values values = {points->xx, points->zz, points->zx, points->phi};
    if (points->count > 0)
        kernel->evaluate(kernel->context, points->sides, points->count, points->rho, points->height,
                         points->depth, &values);
    for (size_t i = 0; i < points->job_count; i++)
        add_pair(points, &points->jobs[i], sums);
    points->count = points->job_count = 0;
    points->graded = false;
}

void ali_ground_points_add(ali_ground_points *points, const ali_ground_kernel *kernel,
                           const ali_moment_batch *batch, const ali_ground_pair *pair,
                           const ali_ground_sums *sums)
{
    if (points->job_count == JOBS || points->graded || pair->sides != points->sides)
        ali_ground_points_flush(points, kernel, sums);
    ground_job job = make_job(points, kernel, batch, pair);
    if (points->count + (size_t)(job.rule.count * job.other_rule.count) > CHUNK)
        ali_ground_points_flush(points, kernel, sums);
    points->sides = pair->sides;
    points->k = batch->source->k;
    points->graded = job.rule.node == points->node[0];
    job.first = points->count;
    points->jobs[points->job_count++] = job;
    list_points(points, &job);
}
