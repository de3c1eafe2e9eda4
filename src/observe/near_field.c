/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/near_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "green/ring.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "observe/face_field.h"

#include <math.h>
#include <stdlib.h>

/** Highest degree of the current. */
#define ORDER_MAX 12
/** Points of one panel of the rule along an element. */
#define PANEL_POINTS 8
/** The same when the element is short and farther away than FAR_HALVES of its half length. */
#define FAR_POINTS 6
#define FAR_HALVES 6.0
/** A panel is at most this long, half of it in radians. */
#define PANEL_HALF_MAX 0.7
/** Panels grow by this factor away from the point. */
#define GRADE 3.0
/** A gap below this part of the radius is none: the point lies on the surface. */
#define ON_SURFACE 1e-6
/** Points this much below the ground, in wavelengths, still lie on it. */
#define GROUND_TOLERANCE 1e-9

typedef struct cvec3 {
    double complex x, y, z;
} cvec3;

typedef struct field_pair {
    cvec3 e, h;
} field_pair;

static const field_pair no_field = {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}};

static void add_scaled(cvec3 *sum, double complex factor, ali_vec3 direction)
{
    sum->x += factor * direction.x;
    sum->y += factor * direction.y;
    sum->z += factor * direction.z;
}

static void add(cvec3 *sum, cvec3 term)
{
    sum->x += term.x;
    sum->y += term.y;
    sum->z += term.z;
}

static cvec3 scaled(double complex factor, cvec3 a)
{
    return (cvec3){factor * a.x, factor * a.y, factor * a.z};
}

/* ---- one element ---- */

/** What is integrated along an element: its polynomials, and where the point is in its own
 *  coordinates. */
typedef struct along {
    double k, half, radius;
    double gap, z; /**< rho - radius; along the axis from the middle [m] */
    int order;
    const double complex *current, *slope; /**< Legendre coefficients [A], [A/m] */
} along;

/** Integrals over the element: of I G, I' G, I'' G, and of the slopes d/d rho. The charge is
 *  (j/omega) I'. */
typedef struct integrals {
    double complex current;       /**< int I G ds [A] */
    double complex curvature;     /**< int I'' G ds [A/m^2] */
    double complex current_slope; /**< int I dG/drho ds [A/m] */
    double complex charge_slope;  /**< int I' dG/drho ds [A/m^2] */
} integrals;

/** I, I' and I'' at u. */
static void evaluate(const along *a, double u, double complex value[3])
{
    double p[ORDER_MAX + 1], dp[ORDER_MAX + 1];
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

/** One Gauss panel over s in [low, high]. */
static void integrate_panel(const along *a, double low, double high, int points, integrals *sum)
{
    double half = 0.5 * (high - low), middle = 0.5 * (high + low);
    const double *node = ali_gauss_node(points), *weight = ali_gauss_weight(points);
    for (int q = 0; q < points; q++) {
        double s = middle + half * node[q], w = half * weight[q];
        double complex value[3];
        evaluate(a, s / a->half, value);
        ali_ring ring = ali_ring_kernel(a->k, a->radius, a->gap, a->z - s);
        sum->current += w * value[0] * ring.value;
        sum->curvature += w * value[2] * ring.value;
        sum->current_slope += w * value[0] * ring.slope;
        sum->charge_slope += w * value[1] * ring.slope;
    }
}

static void integrate_panels(const along *a, double low, double high, integrals *sum)
{
    int pieces = (int)fmax(1.0, ceil(a->k * 0.5 * (high - low) / PANEL_HALF_MAX));
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
    if (nearest > FAR_HALVES * a->half && a->k * a->half < PANEL_HALF_MAX) {
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

/** Field of element e at p, with the charges that its ends carry if it is `alone`; in a sum over
 *  elements they cancel. The charge along it is (j/omega) I'; with the potential's slope along the
 *  axis integrated by parts,
 *      E_z = -jk eta int I G + (j eta/k) ([I' G] - int I'' G),
 *      E_rho = -(j eta/k) int I' dG/drho,  H_phi = -int I dG/drho. */
static field_pair element_field(const ali_wire_current *current, size_t e, double k, ali_vec3 p,
                                bool alone)
{
    const ali_element *element = &current->mesh->elements[e];
    ali_vec3 r = ali_vec3_sub(p, element->mid);
    double z = ali_vec3_dot(r, element->dir);
    ali_vec3 across = ali_vec3_axpy(r, -z, element->dir);
    double rho = ali_vec3_norm(across);
    ali_vec3 out = rho > 0.0 ? ali_vec3_scale(1.0 / rho, across) : (ali_vec3){0, 0, 0};
    ali_vec3 around = ali_vec3_cross(element->dir, out);
    along a = {.k = k,
               .half = element->half,
               .radius = element->radius,
               .gap = rho - element->radius,
               .z = z,
               .order = current->order,
               .current = current->current + e * (size_t)(current->order + 1),
               .slope = current->slope + e * (size_t)(current->order + 1)};
    if (fabs(a.gap) < ON_SURFACE * a.radius)
        a.gap = 0.0;

    integrals sum = integrate(&a);
    add_jump(&a, &sum);
    double complex first[3], last[3];
    evaluate(&a, -1.0, first);
    evaluate(&a, 1.0, last);
    double complex ends = last[1] * ali_ring_kernel(k, a.radius, a.gap, z - a.half).value -
                          first[1] * ali_ring_kernel(k, a.radius, a.gap, z + a.half).value;
    double complex charge = I * ALI_ETA0 / k; /* (j/omega)/eps: potential of dI/ds */
    field_pair field = no_field;
    add_scaled(&field.e, -I * k * ALI_ETA0 * sum.current + charge * (ends - sum.curvature),
               element->dir);
    add_scaled(&field.e, -charge * sum.charge_slope, out);
    add_scaled(&field.h, -sum.current_slope, around);
    if (alone) {
        ali_ring start = ali_ring_kernel(k, a.radius, a.gap, z + a.half);
        ali_ring end = ali_ring_kernel(k, a.radius, a.gap, z - a.half);
        add_scaled(&field.e, charge * (last[0] * end.axial - first[0] * start.axial), element->dir);
        add_scaled(&field.e, charge * (last[0] * end.slope - first[0] * start.slope), out);
    }
    return field;
}

/* ---- ground ---- */

/** What the ground adds to the fields at a point. */
typedef struct mirror {
    ali_ground_kind kind;
    double k;
    double complex impedance;
    int screen_count;
    double screen_length, screen_radius;
} mirror;

static mirror make_mirror(const ali_ground *ground, double k)
{
    mirror m = {.kind = ground != NULL ? ground->kind : ALI_GROUND_NONE, .k = k};
    if (m.kind == ALI_GROUND_NONE || m.kind == ALI_GROUND_PEC)
        return m;
    m.impedance = ali_fresnel_impedance(ali_medium_permittivity(&ground->medium, k * ALI_C0));
    m.screen_count = ground->radial_count;
    m.screen_length = ground->radial_length;
    m.screen_radius = ground->radial_radius;
    return m;
}

/** Coefficients for the ray from `source` that reaches p by way of the ground. */
static ali_fresnel reflect_between(const mirror *m, ali_vec3 source, ali_vec3 p)
{
    double x = p.x - source.x, y = p.y - source.y, height = p.z + source.z;
    double distance = sqrt(x * x + y * y + height * height);
    double complex impedance = m->impedance;
    if (m->screen_count > 0 && height > 0.0) {
        double part = source.z / height; /* of the way at which the ray meets the ground */
        double hub = m->screen_count * m->screen_radius;
        double rho = hypot(hypot(source.x + part * x, source.y + part * y), hub);
        if (rho <= m->screen_length)
            impedance = ali_fresnel_screen(impedance, m->k, rho, m->screen_count, m->screen_radius);
    }
    return ali_fresnel_reflect(impedance, distance > 0.0 ? height / distance : 1.0);
}

/** Field at the mirrored point as that of a PEC's image. */
static field_pair pec_image(field_pair f)
{
    return (field_pair){{-f.e.x, -f.e.y, f.e.z}, {f.h.x, f.h.y, -f.h.z}};
}

/** Field of element e's image at p: that of the PEC image, E across the plane of incidence times
 *  -R_H, the rest times R_V; for H, whose parts belong to the other polarisation, the other way
 *  round. */
static field_pair image_field(const mirror *m, const ali_wire_current *current, size_t e,
                              ali_vec3 p)
{
    /* weights that differ from element to element need elements that obey Maxwell's equations alone
     */
    bool alone = m->kind != ALI_GROUND_PEC;
    field_pair f = element_field(current, e, m->k, ali_vec3_mirror_z(p), alone);
    f = pec_image(f);
    if (m->kind == ALI_GROUND_PEC)
        return f;
    ali_vec3 source = current->mesh->elements[e].mid;
    ali_fresnel r = reflect_between(m, source, p);
    double x = p.x - source.x, y = p.y - source.y, far = hypot(x, y);
    double cx = far > 0.0 ? -y / far : 0.0, cy = far > 0.0 ? x / far : 0.0;
    double complex across_e = f.e.x * cx + f.e.y * cy, across_h = f.h.x * cx + f.h.y * cy;
    double complex difference = -r.horizontal - r.vertical;
    f.e = scaled(r.vertical, f.e);
    add_scaled(&f.e, difference * across_e, (ali_vec3){cx, cy, 0.0});
    f.h = scaled(-r.horizontal, f.h);
    add_scaled(&f.h, -difference * across_h, (ali_vec3){cx, cy, 0.0});
    return f;
}

/* ---- all elements and faces ---- */

/** What makes the field. */
typedef struct field_source {
    const ali_wire_current *wires;
    const ali_face_field *faces;
} field_source;

static field_pair faces_field(const ali_face_field *faces, ali_vec3 p)
{
    double complex e[3] = {0.0, 0.0, 0.0}, h[3] = {0.0, 0.0, 0.0};
    ali_face_field_at(faces, p, e, h);
    return (field_pair){{e[0], e[1], e[2]}, {h[0], h[1], h[2]}};
}

static field_pair outside_field(const mirror *m, const field_source *source, ali_vec3 p)
{
    field_pair sum = no_field;
    for (size_t e = 0; e < source->wires->mesh->element_count; e++) {
        field_pair f = element_field(source->wires, e, m->k, p, false);
        if (m->kind != ALI_GROUND_NONE) {
            field_pair g = image_field(m, source->wires, e, p);
            add(&f.e, g.e);
            add(&f.h, g.h);
        }
        add(&sum.e, f.e);
        add(&sum.h, f.h);
    }
    field_pair f = faces_field(source->faces, p);
    add(&sum.e, f.e);
    add(&sum.h, f.h);
    if (m->kind != ALI_GROUND_NONE) {
        f = pec_image(faces_field(source->faces, ali_vec3_mirror_z(p)));
        add(&sum.e, f.e);
        add(&sum.h, f.h);
    }
    return sum;
}

/** Where a point inside a tube is seen: on the tube's surface. */
typedef struct inside {
    double depth;       /**< distance from the axis over the radius, 1 = not inside any tube */
    ali_vec3 axis, out; /**< nearest point of the axis [m]; from there to the surface [m] */
} inside;

static inside find_inside(const ali_wire_mesh *mesh, ali_vec3 p)
{
    inside found = {.depth = 1.0 - ON_SURFACE};
    bool any = false;
    for (size_t e = 0; e < mesh->element_count; e++) {
        const ali_element *element = &mesh->elements[e];
        ali_vec3 r = ali_vec3_sub(p, element->mid);
        double z = ali_vec3_dot(r, element->dir);
        ali_vec3 across = ali_vec3_axpy(r, -z, element->dir);
        double rho = ali_vec3_norm(across);
        if (fabs(z) > element->half * (1.0 + 1e-9) || rho >= found.depth * element->radius)
            continue;
        if (rho < 1e-9 * element->radius) { /* any direction across */
            ali_vec3 d = element->dir;
            across = ali_vec3_cross(d, fabs(d.z) < 0.9 ? (ali_vec3){0, 0, 1} : (ali_vec3){1, 0, 0});
        }
        any = true;
        found.depth = rho / element->radius;
        found.axis = ali_vec3_axpy(element->mid, z, element->dir);
        found.out = ali_vec3_scale(element->radius / ali_vec3_norm(across), across);
    }
    if (!any)
        found.depth = 1.0;
    return found;
}

static field_pair point_field(const mirror *m, const field_source *source, ali_vec3 p)
{
    if (m->kind == ALI_GROUND_PEC && p.z < -GROUND_TOLERANCE * 2.0 * ALI_PI / m->k)
        return no_field;
    inside place = find_inside(source->wires->mesh, p);
    if (place.depth >= 1.0)
        return outside_field(m, source, p);
    field_pair own = outside_field(m, source, ali_vec3_add(place.axis, place.out));
    field_pair other = outside_field(m, source, ali_vec3_sub(place.axis, place.out));
    double near = 0.5 * (1.0 + place.depth), far = 0.5 * (1.0 - place.depth);
    field_pair mean = {scaled(near, own.e), scaled(near, own.h)};
    add(&mean.e, scaled(far, other.e));
    add(&mean.h, scaled(far, other.h));
    return mean;
}

static void store(cvec3 value, double complex *to)
{
    to[0] = value.x;
    to[1] = value.y;
    to[2] = value.z;
}

alicorn_status ali_near_field(const ali_current *current, double k, const ali_ground *ground,
                              size_t count, const double *point, double complex *e,
                              double complex *h, alicorn_error *error)
{
    mirror m = make_mirror(ground, k);
    if (current->wires.order > ORDER_MAX)
        return ali_error_set(error, ALICORN_E_INTERNAL, "current of degree %d, at most %d expected",
                             current->wires.order, ORDER_MAX);
    if (m.impedance != 0.0 && current->surfaces.mesh->face_count > 0)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "near field of surfaces over a lossy ground is not known");
    for (size_t i = 0; i < count; i++)
        if (m.impedance != 0.0 && point[3 * i + 2] < -GROUND_TOLERANCE * 2.0 * ALI_PI / k)
            return ali_error_set(error, ALICORN_E_INPUT,
                                 "near field at z = %g m, inside the ground, is not known",
                                 point[3 * i + 2]);
    ali_face_field *faces;
    alicorn_status status = ali_face_field_create(&current->surfaces, k, &faces, error);
    if (status != ALICORN_OK)
        return status;
    field_source source = {&current->wires, faces};
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < count; i++) {
        ali_vec3 p = {point[3 * i], point[3 * i + 1], point[3 * i + 2]};
        field_pair field = point_field(&m, &source, p);
        if (e != NULL)
            store(field.e, e + 3 * i);
        if (h != NULL)
            store(field.h, h + 3 * i);
    }
    ali_face_field_destroy(faces);
    return ALICORN_OK;
}

/* ---- requests ---- */

void ali_near_field_clear(alicorn_near_field *field)
{
    free(field->point);
    free(field->field);
    *field = (alicorn_near_field){0};
}

/** Point of a grid with indices i, first fastest. */
static void grid_point(const ali_near_request *request, const size_t i[3], double point[3])
{
    double at[3];
    for (int c = 0; c < 3; c++)
        at[c] = request->start[c] + request->step[c] * (double)i[c];
    if (!request->spherical) {
        for (int c = 0; c < 3; c++)
            point[c] = at[c];
        return;
    }
    point[0] = at[0] * sin(at[2]) * cos(at[1]);
    point[1] = at[0] * sin(at[2]) * sin(at[1]);
    point[2] = at[0] * cos(at[2]);
}

alicorn_status ali_near_field_create(const ali_near_request *request, bool magnetic,
                                     const ali_current *current, double k, const ali_ground *ground,
                                     alicorn_near_field *field, alicorn_error *error)
{
    size_t count = request->count[0] * request->count[1] * request->count[2];
    *field = (alicorn_near_field){.magnetic = magnetic,
                                  .spherical = request->spherical,
                                  .count = count,
                                  .point = ali_calloc(3 * count, sizeof *field->point),
                                  .field = ali_calloc(3 * count, sizeof *field->field)};
    double complex *value = ali_calloc(3 * count, sizeof *value);
    alicorn_status status = ALICORN_OK;
    if (field->point == NULL || field->field == NULL || value == NULL) {
        status = ali_error_memory(error, 3 * count * (sizeof *field->point + 2 * sizeof *value),
                                  "a near field");
        goto cleanup;
    }
    for (size_t n = 0; n < count; n++) {
        size_t rest = n / request->count[0];
        size_t i[3] = {n % request->count[0], rest % request->count[1], rest / request->count[1]};
        grid_point(request, i, field->point + 3 * n);
    }
    status = ali_near_field(current, k, ground, count, field->point, magnetic ? NULL : value,
                            magnetic ? value : NULL, error);
    for (size_t n = 0; status == ALICORN_OK && n < 3 * count; n++)
        field->field[n] = (alicorn_complex){creal(value[n]), cimag(value[n])};
cleanup:
    free(value);
    if (status != ALICORN_OK)
        ali_near_field_clear(field);
    return status;
}
