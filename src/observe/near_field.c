/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/near_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "observe/element_field.h"
#include "observe/face_field.h"
#include "observe/ground_field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Points this much below the ground, in wavelengths, still lie on it. */
#define GROUND_TOLERANCE 1e-9

static const ali_field_pair no_field = {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}};

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
static ali_field_pair pec_image(ali_field_pair f)
{
    return (ali_field_pair){{-f.e.x, -f.e.y, f.e.z}, {f.h.x, f.h.y, -f.h.z}};
}

/** Field of element e's image at p: that of the PEC image, E across the plane of incidence times
 *  -R_H, the rest times R_V; for H, whose parts belong to the other polarisation, the other way
 *  round. */
static ali_field_pair image_field(const mirror *m, const ali_wire_current *current, size_t e,
                                  ali_vec3 p)
{
    /* weights that differ from element to element need elements that obey Maxwell's equations alone
     */
    bool alone = m->kind != ALI_GROUND_PEC;
    ali_field_pair f = ali_element_field(current, e, m->k, ali_vec3_mirror_z(p), alone);
    f = pec_image(f);
    if (m->kind == ALI_GROUND_PEC)
        return f;
    ali_vec3 source = current->mesh->elements[e].mid;
    ali_fresnel r = reflect_between(m, source, p);
    double x = p.x - source.x, y = p.y - source.y, far = hypot(x, y);
    double cx = far > 0.0 ? -y / far : 0.0, cy = far > 0.0 ? x / far : 0.0;
    double complex across_e = f.e.x * cx + f.e.y * cy, across_h = f.h.x * cx + f.h.y * cy;
    double complex difference = -r.horizontal - r.vertical;
    f.e = ali_cvec3_scaled(r.vertical, f.e);
    ali_cvec3_add_scaled(&f.e, difference * across_e, (ali_vec3){cx, cy, 0.0});
    f.h = ali_cvec3_scaled(-r.horizontal, f.h);
    ali_cvec3_add_scaled(&f.h, -difference * across_h, (ali_vec3){cx, cy, 0.0});
    return f;
}

/* ---- all elements and faces ---- */

/** What makes the field. */
typedef struct field_source {
    const ali_wire_current *wires;
    const ali_face_field *faces;
    const ali_ground_field *ground; /**< over an exact ground: all of the field */
} field_source;

static ali_field_pair faces_field(const ali_face_field *faces, ali_vec3 p)
{
    double complex e[3] = {0.0, 0.0, 0.0}, h[3] = {0.0, 0.0, 0.0};
    ali_face_field_at(faces, p, e, h);
    return (ali_field_pair){{e[0], e[1], e[2]}, {h[0], h[1], h[2]}};
}

static alicorn_status outside_field(const mirror *m, const field_source *source, ali_vec3 p,
                                    ali_field_pair *result, alicorn_error *error)
{
    if (source->ground != NULL)
        return ali_ground_field_at(source->ground, p, result, error);
    ali_field_pair sum = no_field;
    for (size_t e = 0; e < source->wires->mesh->element_count; e++) {
        ali_field_pair f = ali_element_field(source->wires, e, m->k, p, false);
        if (m->kind != ALI_GROUND_NONE)
            ali_field_pair_add(&f, image_field(m, source->wires, e, p));
        ali_field_pair_add(&sum, f);
    }
    ali_field_pair_add(&sum, faces_field(source->faces, p));
    if (m->kind != ALI_GROUND_NONE)
        ali_field_pair_add(&sum, pec_image(faces_field(source->faces, ali_vec3_mirror_z(p))));
    *result = sum;
    return ALICORN_OK;
}

/** Where a point inside a tube is seen: on the tube's surface. */
typedef struct inside {
    double depth;       /**< distance from the axis over the radius, 1 = not inside any tube */
    ali_vec3 axis, out; /**< nearest point of the axis [m]; from there to the surface [m] */
} inside;

static inside find_inside(const ali_wire_mesh *mesh, ali_vec3 p)
{
    inside found = {.depth = 1.0 - ALI_ELEMENT_ON_SURFACE};
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

static alicorn_status point_field(const mirror *m, const field_source *source, ali_vec3 p,
                                  ali_field_pair *result, alicorn_error *error)
{
    *result = no_field;
    if (m->kind == ALI_GROUND_PEC && p.z < -GROUND_TOLERANCE * 2.0 * ALI_PI / m->k)
        return ALICORN_OK;
    inside place = find_inside(source->wires->mesh, p);
    if (place.depth >= 1.0)
        return outside_field(m, source, p, result, error);
    ali_field_pair own, other;
    alicorn_status status =
        outside_field(m, source, ali_vec3_add(place.axis, place.out), &own, error);
    if (status == ALICORN_OK)
        status = outside_field(m, source, ali_vec3_sub(place.axis, place.out), &other, error);
    if (status != ALICORN_OK)
        return status;
    double near = 0.5 * (1.0 + place.depth), far = 0.5 * (1.0 - place.depth);
    *result = (ali_field_pair){ali_cvec3_scaled(near, own.e), ali_cvec3_scaled(near, own.h)};
    other = (ali_field_pair){ali_cvec3_scaled(far, other.e), ali_cvec3_scaled(far, other.h)};
    ali_field_pair_add(result, other);
    return ALICORN_OK;
}

static void store(ali_cvec3 value, double complex *to)
{
    to[0] = value.x;
    to[1] = value.y;
    to[2] = value.z;
}

/** Point i; z as near to 0 as rounding of grids leaves it lies on the ground. */
static ali_vec3 point_at(const double *point, size_t i, double k)
{
    ali_vec3 p = {point[3 * i], point[3 * i + 1], point[3 * i + 2]};
    if (fabs(p.z) < GROUND_TOLERANCE * 2.0 * ALI_PI / k)
        p.z = 0.0;
    return p;
}

static alicorn_status fields_at(const mirror *m, const field_source *source, size_t count,
                                const double *point, double complex *e, double complex *h,
                                alicorn_error *error)
{
    long failed = (long)count;
    ali_field_pair field;
#pragma omp parallel for schedule(dynamic) private(field) reduction(min : failed)
    for (long i = 0; i < (long)count; i++) {
        size_t at = (size_t)i;
        if (point_field(m, source, point_at(point, at, m->k), &field, NULL) != ALICORN_OK) {
            failed = i < failed ? i : failed;
            continue;
        }
        if (e != NULL)
            store(field.e, e + 3 * at);
        if (h != NULL)
            store(field.h, h + 3 * at);
    }
    /* of several failures the first is told */
    return failed == (long)count
               ? ALICORN_OK
               : point_field(m, source, point_at(point, (size_t)failed, m->k), &field, error);
}

/** What is not known. */
static alicorn_status check_request(const ali_current *current, const mirror *m, size_t count,
                                    const double *point, alicorn_error *error)
{
    if (current->wires.order > ALI_ELEMENT_FIELD_ORDER)
        return ali_error_set(error, ALICORN_E_INTERNAL, "current of degree %d, at most %d expected",
                             current->wires.order, ALI_ELEMENT_FIELD_ORDER);
    if (m->kind == ALI_GROUND_NONE || m->kind == ALI_GROUND_PEC)
        return ALICORN_OK;
    if (m->kind == ALI_GROUND_REFLECTION && current->surfaces.mesh->face_count > 0)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "near field of surfaces over GN 0 is not known, expected GN 2");
    for (size_t i = 0; i < count && m->kind == ALI_GROUND_REFLECTION; i++)
        if (point_at(point, i, m->k).z < 0.0)
            return ali_error_set(error, ALICORN_E_INPUT,
                                 "near field at z = %g m, inside the ground, is not known over GN "
                                 "0, expected GN 2",
                                 point[3 * i + 2]);
    return ALICORN_OK;
}

alicorn_status ali_near_field(const ali_current *current, double k, const ali_ground *ground,
                              size_t count, const double *point, double complex *e,
                              double complex *h, alicorn_error *error)
{
    mirror m = make_mirror(ground, k);
    ali_face_field *faces = NULL;
    ali_ground_field *half_space = NULL;
    alicorn_status status = check_request(current, &m, count, point, error);
    if (status == ALICORN_OK)
        status = ali_face_field_create(&current->surfaces, k, &faces, error);
    if (status == ALICORN_OK && m.kind == ALI_GROUND_SOMMERFELD) {
        ali_half_space space = {k, ali_medium_permittivity(&ground->medium, k * ALI_C0)};
        status = ali_ground_field_create(current, &space, count, point, &half_space, error);
    }
    if (status == ALICORN_OK) {
        field_source source = {&current->wires, faces, half_space};
        status = fields_at(&m, &source, count, point, e, h, error);
    }
    ali_ground_field_destroy(half_space);
    ali_face_field_destroy(faces);
    return status;
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

static size_t points_of(const ali_near_request *request)
{
    return request->count[0] * request->count[1] * request->count[2];
}

/** Whether an H is asked for where an E just was, as both are for every grid of a project. */
static bool repeats(const ali_near_question *question)
{
    const ali_near_request *a = question[-1].grid, *b = question[0].grid;
    bool same = !question[-1].magnetic && question[0].magnetic && a->spherical == b->spherical;
    for (int c = 0; c < 3; c++)
        same = same && a->count[c] == b->count[c] && a->start[c] == b->start[c] &&
               a->step[c] == b->step[c];
    return same;
}

/** Points of all grids and fields there, and where the points of each begin. */
typedef struct near_points {
    size_t count;
    size_t *first;
    double *point;
    double complex *e, *h; /**< NULL if not asked for */
} near_points;

static void clear_points(near_points *all)
{
    free(all->first);
    free(all->point);
    free(all->e);
    free(all->h);
}

static alicorn_status make_points(size_t count, const ali_near_question *question, near_points *all,
                                  alicorn_error *error)
{
    bool electric = false, magnetic = false;
    *all = (near_points){.first = ali_calloc(count, sizeof *all->first)};
    if (all->first == NULL)
        return ali_error_memory(error, count * sizeof *all->first, "near fields");
    for (size_t i = 0; i < count; i++) {
        bool known = i > 0 && repeats(question + i);
        all->first[i] = known ? all->first[i - 1] : all->count;
        all->count += known ? 0 : points_of(question[i].grid);
        electric = electric || !question[i].magnetic;
        magnetic = magnetic || question[i].magnetic;
    }
    all->point = ali_calloc(3 * all->count, sizeof *all->point);
    if (electric)
        all->e = ali_calloc(3 * all->count, sizeof *all->e);
    if (magnetic)
        all->h = ali_calloc(3 * all->count, sizeof *all->h);
    if (all->point == NULL || (electric && all->e == NULL) || (magnetic && all->h == NULL))
        return ali_error_memory(error, 3 * all->count * (sizeof *all->point + 2 * sizeof *all->e),
                                "near fields");
    for (size_t i = 0; i < count; i++) {
        const size_t *axis = question[i].grid->count;
        for (size_t n = 0; n < points_of(question[i].grid); n++) {
            const size_t at[3] = {n % axis[0], n / axis[0] % axis[1], n / axis[0] / axis[1]};
            grid_point(question[i].grid, at, all->point + 3 * (all->first[i] + n));
        }
    }
    return ALICORN_OK;
}

static alicorn_status make_field(const ali_near_question *question, const near_points *all,
                                 size_t first, alicorn_near_field *field, alicorn_error *error)
{
    size_t count = points_of(question->grid);
    *field = (alicorn_near_field){.magnetic = question->magnetic,
                                  .spherical = question->grid->spherical,
                                  .count = count,
                                  .point = ali_calloc(3 * count, sizeof *field->point),
                                  .field = ali_calloc(3 * count, sizeof *field->field)};
    if (field->point == NULL || field->field == NULL)
        return ali_error_memory(error, 3 * count * (sizeof *field->point + sizeof *field->field),
                                "near fields");
    const double complex *value = (question->magnetic ? all->h : all->e) + 3 * first;
    memcpy(field->point, all->point + 3 * first, 3 * count * sizeof *field->point);
    for (size_t n = 0; n < 3 * count; n++)
        field->field[n] = (alicorn_complex){creal(value[n]), cimag(value[n])};
    return ALICORN_OK;
}

alicorn_status ali_near_fields_create(size_t count, const ali_near_question *question,
                                      const ali_current *current, double k,
                                      const ali_ground *ground, alicorn_near_field *field,
                                      alicorn_error *error)
{
    near_points all;
    memset(field, 0, count * sizeof *field);
    alicorn_status status = make_points(count, question, &all, error);
    if (status == ALICORN_OK)
        status = ali_near_field(current, k, ground, all.count, all.point, all.e, all.h, error);
    for (size_t i = 0; status == ALICORN_OK && i < count; i++)
        status = make_field(&question[i], &all, all.first[i], &field[i], error);
    clear_points(&all);
    for (size_t i = 0; status != ALICORN_OK && i < count; i++)
        ali_near_field_clear(&field[i]);
    return status;
}
