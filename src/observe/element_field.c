/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/element_field.h"

#include "base/constants.h"
#include "green/ring.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>

/** Points of one panel of the rule along an element. */
#define PANEL_POINTS 8
/** The same when the element is short and farther away than FAR_HALVES of its half length. */
#define FAR_POINTS 6
#define FAR_HALVES 6.0
/** A panel is at most this long, half of it in radians. */
#define PANEL_HALF_MAX 0.7
/** Panels grow by this factor away from the point. */
#define GRADE 3.0

/** What is integrated along an element: its polynomials, and where the point is in its own
 *  coordinates. */
typedef struct along {
    double complex k;
    double half, radius;
    double gap, z; /**< rho - radius; along the axis from the middle [m] */
    int order;
    const double complex *current, *slope; /**< Legendre coefficients [A], [A/m] */
} along;

/** Integrals over the element: of I G, I' G, I'' G, and of the slopes d/d rho. The charge is
 *  (j/omega) I'. */
typedef struct integrals {
    double complex current;       /**< int I G ds [A] */
    double complex charge;        /**< int I' G ds [A/m] */
    double complex curvature;     /**< int I'' G ds [A/m^2] */
    double complex current_slope; /**< int I dG/drho ds [A/m] */
    double complex charge_slope;  /**< int I' dG/drho ds [A/m^2] */
} integrals;

/** I, I' and I'' at u. */
static void evaluate(const along *a, double u, double complex value[3])
{
    double p[ALI_ELEMENT_FIELD_ORDER + 1], dp[ALI_ELEMENT_FIELD_ORDER + 1];
    ali_legendre(u, a->order, p);
    dp[0] = 0.0;
    for (int m = 1; m <= a->order; m++)
        dp[m] = m * p[m - 1] + u * dp[m - 1];
    value[0] = value[1] = value[2] = 0.0;
    for (int m = 0; m <= a->order; m++) {
        value[0] += a->current[m] * p[m];
        value[1] += a->slope[m] * p[m];
        value[2] += a->slope[m] * dp[m] / a->half;
    }
}

static ali_ring ring_at(const along *a, double z)
{
    return cimag(a->k) == 0.0 ? ali_ring_kernel(creal(a->k), a->radius, a->gap, z)
                              : ali_ring_kernel_lossy(a->k, a->radius, a->gap, z);
}

/** One Gauss panel over s in [low, high]. */
static void integrate_panel(const along *a, double low, double high, int points, integrals *sum)
{
    double half = 0.5 * (high - low), middle = 0.5 * (high + low);
    const double *node = ali_gauss_node(points), *weight = ali_gauss_weight(points);
    for (int q = 0; q < points; q++) {
        double s = middle + half * node[q], w = half * weight[q];
        double complex value[3];
        evaluate(a, s / a->half, value);
        ali_ring ring = ring_at(a, a->z - s);
        sum->current += w * value[0] * ring.value;
        sum->charge += w * value[1] * ring.value;
        sum->curvature += w * value[2] * ring.value;
        sum->current_slope += w * value[0] * ring.slope;
        sum->charge_slope += w * value[1] * ring.slope;
    }
}

static void integrate_panels(const along *a, double low, double high, integrals *sum)
{
    int pieces = (int)fmax(1.0, ceil(cabs(a->k) * 0.5 * (high - low) / PANEL_HALF_MAX));
    double width = (high - low) / pieces;
    for (int i = 0; i < pieces; i++)
        integrate_panel(a, low + i * width, low + (i + 1) * width, PANEL_POINTS, sum);
}

/** From s0, the place nearest to the point, to the element's end s1, in panels that grow from
 *  `nearest`, the distance there. */
static void integrate_graded(const along *a, double s0, double s1, double nearest, integrals *sum)
{
    double length = fabs(s1 - s0), sign = s1 > s0 ? 1.0 : -1.0;
    double done = 0.0, reach = fmax(nearest, 1e-8 * length);
    while (done < length) {
        double next = GRADE * reach > length ? length : reach;
        double from = s0 + sign * done, to = next == length ? s1 : s0 + sign * next;
        integrate_panels(a, fmin(from, to), fmax(from, to), sum);
        done = next;
        reach *= GRADE;
    }
}

static integrals integrate(const along *a)
{
    integrals sum = {0};
    double s0 = fmin(fmax(a->z, -a->half), a->half);
    double nearest = hypot(a->gap, a->z - s0);
    if (nearest > FAR_HALVES * a->half && cabs(a->k) * a->half < PANEL_HALF_MAX) {
        integrate_panel(a, -a->half, a->half, FAR_POINTS, &sum);
    } else if (nearest > 2.0 * a->half) {
        integrate_panels(a, -a->half, a->half, &sum);
    } else {
        integrate_graded(a, s0, -a->half, nearest, &sum);
        integrate_graded(a, s0, a->half, nearest, &sum);
    }
    return sum;
}

/** Just outside the surface the radial slope of the potential has half its jump more than in the
 *  mean of both sides. */
static void add_jump(const along *a, integrals *sum)
{
    double beyond = fabs(a->z) - a->half;
    if (a->gap != 0.0 || beyond > 1e-9 * a->half)
        return;
    double part = beyond > -1e-9 * a->half ? 0.5 : 1.0;
    double complex value[3];
    evaluate(a, fmin(fmax(a->z / a->half, -1.0), 1.0), value);
    sum->current_slope -= part * value[0] / (4.0 * ALI_PI * a->radius);
    sum->charge_slope -= part * value[1] / (4.0 * ALI_PI * a->radius);
}

/** The slopes along the axis are integrated by parts,
 *      d/dz int I G = int I' G - [I G],  d/dz int I' G = int I'' G - [I' G]. */
void ali_element_potentials_at(const ali_wire_current *current, size_t e, double complex k,
                               ali_vec3 p, bool alone, ali_element_potentials *potentials)
{
    const ali_element *element = &current->mesh->elements[e];
    ali_vec3 r = ali_vec3_sub(p, element->mid);
    double z = ali_vec3_dot(r, element->dir);
    ali_vec3 across = ali_vec3_axpy(r, -z, element->dir);
    double rho = ali_vec3_norm(across);
    along a = {.k = k,
               .half = element->half,
               .radius = element->radius,
               .gap = rho - element->radius,
               .z = z,
               .order = current->order,
               .current = current->current + e * (size_t)(current->order + 1),
               .slope = current->slope + e * (size_t)(current->order + 1)};
    if (fabs(a.gap) < ALI_ELEMENT_ON_SURFACE * a.radius)
        a.gap = 0.0;

    integrals sum = integrate(&a);
    add_jump(&a, &sum);
    double complex first[3], last[3];
    evaluate(&a, -1.0, first);
    evaluate(&a, 1.0, last);
    ali_ring start = ring_at(&a, z + a.half), end = ring_at(&a, z - a.half);
    *potentials = (ali_element_potentials){
        .along = element->dir,
        .out = rho > 0.0 ? ali_vec3_scale(1.0 / rho, across) : (ali_vec3){0.0, 0.0, 0.0},
        .current = sum.current,
        .current_along = sum.charge - (last[0] * end.value - first[0] * start.value),
        .current_out = sum.current_slope,
        .charge_along = sum.curvature - (last[1] * end.value - first[1] * start.value),
        .charge_out = sum.charge_slope};
    if (alone) {
        potentials->charge_along -= last[0] * end.axial - first[0] * start.axial;
        potentials->charge_out -= last[0] * end.slope - first[0] * start.slope;
    }
}

ali_field_pair ali_element_field(const ali_wire_current *current, size_t e, double k, ali_vec3 p,
                                 bool alone)
{
    ali_element_potentials v;
    ali_element_potentials_at(current, e, k, p, alone, &v);
    double complex charge = -I * ALI_ETA0 / k;
    ali_field_pair field = {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}};
    ali_cvec3_add_scaled(&field.e, -I * k * ALI_ETA0 * v.current + charge * v.charge_along,
                         v.along);
    ali_cvec3_add_scaled(&field.e, charge * v.charge_out, v.out);
    ali_cvec3_add_scaled(&field.h, v.current_out, ali_vec3_cross(v.out, v.along));
    return field;
}
