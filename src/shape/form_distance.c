/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/form.h"

#include "shape/nearest.h"

/** A point in the form's own coordinates. */
static ali_vec3 to_own(const ali_form *form, ali_vec3 point)
{
    ali_vec3 d = ali_vec3_sub(point, form->origin);
    return (ali_vec3){ali_vec3_dot(d, form->ex), ali_vec3_dot(d, form->ey),
                      ali_vec3_dot(d, form->ez)};
}

/** Whether a point is inside the profile's polygon, which its last side closes. */
static bool inside_polygon(const ali_form *form, const double q[2])
{
    bool inside = false;
    for (size_t i = 0; i < form->count; i++) {
        const double *a = form->profile[i], *b = form->profile[(i + 1) % form->count];
        if ((a[1] > q[1]) != (b[1] > q[1]) &&
            q[0] < a[0] + (q[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
            inside = !inside;
    }
    return inside;
}

/** Distance from the profile's line in its plane, negative inside or to the left of an open line;
 *  segments on the axis are no surface. */
static double profile_distance(const ali_form *form, const double q[2], bool revolved,
                               double nearest[2])
{
    double best = INFINITY, best_side = 0;
    const double *a, *b;
    for (size_t k = 0; k < ali_form_segment_count(form); k++) {
        ali_form_segment(form, k, &a, &b);
        if (revolved && a[0] == 0 && b[0] == 0)
            continue;
        double dx = b[0] - a[0], dy = b[1] - a[1], length = hypot(dx, dy);
        double t = ((q[0] - a[0]) * dx + (q[1] - a[1]) * dy) / (length * length);
        t = fmin(fmax(t, 0), 1);
        double at[2] = {a[0] + t * dx, a[1] + t * dy};
        double distance = hypot(q[0] - at[0], q[1] - at[1]);
        double side = ((q[0] - a[0]) * dy - (q[1] - a[1]) * dx) / length;
        bool tie = distance <= best * (1 + 1e-12);
        if (distance < best || (tie && fabs(side) > fabs(best_side)))
            best_side = side;
        if (distance < best) {
            best = distance;
            nearest[0] = at[0];
            nearest[1] = at[1];
        }
    }
    bool behind = form->solid || form->cyclic ? inside_polygon(form, q) : best_side < 0;
    return behind ? -best : best;
}

static double revolved_distance(const ali_form *form, ali_vec3 own, ali_vec3 *nearest)
{
    double rho = hypot(own.x, own.y), q[2] = {rho, own.z}, at[2] = {0, 0};
    double distance = profile_distance(form, q, true, at);
    double c = rho > 0 ? own.x / rho : 1, s = rho > 0 ? own.y / rho : 0;
    *nearest = (ali_vec3){at[0] * c, at[0] * s, at[1]};
    return distance;
}

static double prism_distance(const ali_form *form, ali_vec3 own, ali_vec3 *nearest)
{
    double q[2] = {own.x, own.y}, at[2] = {0, 0};
    double across = profile_distance(form, q, false, at);
    double beyond = fmax(-own.z, own.z - form->height);
    double z = fmin(fmax(own.z, 0), form->height);
    double end = own.z < form->height / 2 ? 0 : form->height;
    if (!form->solid) {
        *nearest = (ali_vec3){at[0], at[1], z};
        double distance = hypot(across, fmax(beyond, 0));
        return across < 0 ? -distance : distance;
    }
    if (across <= 0 && (beyond >= 0 || beyond > across)) {
        *nearest = (ali_vec3){own.x, own.y, end};
        return beyond;
    }
    *nearest = (ali_vec3){at[0], at[1], z};
    return across < 0 ? across : hypot(across, fmax(beyond, 0));
}

static double plate_distance(const ali_form *form, ali_vec3 own, ali_vec3 *nearest)
{
    double x = form->size[0] / 2, y = form->size[1] / 2;
    *nearest = (ali_vec3){fmin(fmax(own.x, -x), x), fmin(fmax(own.y, -y), y), 0};
    double distance = ali_vec3_distance(own, *nearest);
    return own.z < 0 ? -distance : distance;
}

static double sphere_distance(const ali_form *form, ali_vec3 own, ali_vec3 *nearest)
{
    double r = ali_vec3_norm(own);
    *nearest = r > 0 ? ali_vec3_scale(form->radius / r, own) : (ali_vec3){form->radius, 0, 0};
    return r - form->radius;
}

static double torus_distance(const ali_form *form, ali_vec3 own, ali_vec3 *nearest)
{
    double rho = hypot(own.x, own.y), tube = hypot(rho - form->radius, own.z);
    double c = rho > 0 ? own.x / rho : 1, s = rho > 0 ? own.y / rho : 0;
    double u = tube > 0 ? (rho - form->radius) / tube : 1, v = tube > 0 ? own.z / tube : 0;
    double at = form->radius + form->tube * u;
    *nearest = (ali_vec3){at * c, at * s, form->tube * v};
    return tube - form->tube;
}

double ali_form_distance(const ali_form *form, ali_vec3 point, ali_vec3 *nearest)
{
    ali_vec3 own = to_own(form, point), at = {0, 0, 0};
    double distance = INFINITY;
    switch (form->kind) {
    case ALI_FORM_REVOLVED:
        distance = revolved_distance(form, own, &at);
        break;
    case ALI_FORM_SPHERE:
        distance = sphere_distance(form, own, &at);
        break;
    case ALI_FORM_TORUS:
        distance = torus_distance(form, own, &at);
        break;
    case ALI_FORM_PRISM:
        distance = prism_distance(form, own, &at);
        break;
    case ALI_FORM_PLATE:
        distance = plate_distance(form, own, &at);
        break;
    case ALI_FORM_FILE:
        if (nearest)
            *nearest = point;
        return form->surface ? ali_nearest_distance(form->surface, point, nearest) : INFINITY;
    }
    if (nearest)
        *nearest = ali_form_point(form, at.x, at.y, at.z);
    return distance;
}

/** Replace a number by one of the marks it is near. */
static double snap_number(double value, double tolerance, size_t count, const double *marks)
{
    for (size_t i = 0; i < count; i++)
        if (fabs(value - marks[i]) <= tolerance)
            return marks[i];
    return value;
}

/** Replace (u, v) by a point of the profile that is near. */
static void snap_to_profile(const ali_form *form, double tolerance, double *u, double *v)
{
    for (size_t i = 0; i < form->count; i++) {
        const double *p = form->profile[i];
        if (hypot(*u - p[0], *v - p[1]) > tolerance)
            continue;
        *u = p[0];
        *v = p[1];
        return;
    }
}

/** Replace (x, y) by a point of the profile's lines that is near. */
static void snap_to_outline(const ali_form *form, double tolerance, ali_vec3 *own)
{
    const double q[2] = {own->x, own->y};
    double at[2] = {q[0], q[1]};
    if (fabs(profile_distance(form, q, false, at)) > tolerance)
        return;
    own->x = at[0];
    own->y = at[1];
}

ali_vec3 ali_form_snap(const ali_form *form, ali_vec3 point, double tolerance)
{
    ali_vec3 own = to_own(form, point);
    const double x = form->size[0] / 2, y = form->size[1] / 2;
    const double sides[2][2] = {{-x, x}, {-y, y}}, ends[2] = {0, form->height};
    double rho = hypot(own.x, own.y), wanted = rho;
    switch (form->kind) {
    case ALI_FORM_REVOLVED:
        snap_to_profile(form, tolerance, &wanted, &own.z);
        break;
    case ALI_FORM_PRISM:
        own.z = snap_number(own.z, tolerance, 2, ends);
        if (own.z == ends[0] || own.z == ends[1])
            snap_to_outline(form, tolerance, &own);
        snap_to_profile(form, tolerance, &own.x, &own.y);
        break;
    case ALI_FORM_PLATE:
        own.x = snap_number(own.x, tolerance, 2, sides[0]);
        own.y = snap_number(own.y, tolerance, 2, sides[1]);
        break;
    case ALI_FORM_TORUS:
        if (rho > form->radius && fabs(own.z) <= tolerance) {
            own.z = 0;
            wanted = form->radius + form->tube;
        }
        break;
    case ALI_FORM_SPHERE:
    case ALI_FORM_FILE:
        return point;
    }
    if (rho > 0 && wanted != rho) {
        own.x *= wanted / rho;
        own.y *= wanted / rho;
    }
    return ali_form_point(form, own.x, own.y, own.z);
}

/* ---- curved parts ---- */

/** Whether points are in one plane: the one through the first, the farthest from it, and the
 * farthest from their line. */
static bool in_one_plane(size_t count, const ali_vec3 *points, double tolerance)
{
    ali_vec3 along = {0, 0, 0}, normal = {0, 0, 0};
    for (size_t i = 1; i < count; i++) {
        ali_vec3 d = ali_vec3_sub(points[i], points[0]);
        if (ali_vec3_norm(d) > ali_vec3_norm(along))
            along = d;
    }
    for (size_t i = 1; i < count; i++) {
        ali_vec3 n = ali_vec3_cross(along, ali_vec3_sub(points[i], points[0]));
        if (ali_vec3_norm(n) > ali_vec3_norm(normal))
            normal = n;
    }
    double size = ali_vec3_norm(normal);
    for (size_t i = 1; i < count && size > 0; i++)
        if (fabs(ali_vec3_dot(normal, ali_vec3_sub(points[i], points[0]))) > tolerance * size)
            return false;
    return true;
}

size_t ali_form_part(const ali_form *form, size_t count, const ali_vec3 *points, double tolerance)
{
    if (form->kind == ALI_FORM_SPHERE || form->kind == ALI_FORM_TORUS)
        return 0;
    if (form->kind == ALI_FORM_FILE)
        return in_one_plane(count, points, tolerance) ? ALI_FORM_FLAT : 0;
    if (form->kind != ALI_FORM_REVOLVED)
        return ALI_FORM_FLAT;
    double low = INFINITY, high = -INFINITY, best = INFINITY;
    size_t part = ALI_FORM_FLAT;
    for (size_t i = 0; i < count; i++) {
        double z = to_own(form, points[i]).z;
        low = fmin(low, z);
        high = fmax(high, z);
    }
    if (high - low <= tolerance)
        return ALI_FORM_FLAT;
    for (size_t k = 0; k < ali_form_segment_count(form); k++) {
        const double *a, *b;
        double worst = 0;
        ali_form_segment(form, k, &a, &b);
        if (fabs(b[1] - a[1]) <= tolerance || (a[0] == 0 && b[0] == 0))
            continue;
        for (size_t i = 0; i < count; i++) {
            ali_vec3 own = to_own(form, points[i]);
            double beyond = fmax(fmin(a[1], b[1]) - own.z, own.z - fmax(a[1], b[1]));
            double side =
                ((hypot(own.x, own.y) - a[0]) * (b[1] - a[1]) - (own.z - a[1]) * (b[0] - a[0])) /
                hypot(b[0] - a[0], b[1] - a[1]);
            worst = fmax(worst, fmax(fabs(side), beyond));
        }
        if (worst < best) {
            best = worst;
            part = k;
        }
    }
    return part;
}

double ali_form_gap(const ali_form *form, size_t part, ali_vec3 point, ali_vec3 *direction)
{
    ali_vec3 own = to_own(form, point), out = {own.x, own.y, 0};
    double rho = hypot(own.x, own.y), wanted;
    *direction = (ali_vec3){0, 0, 0};
    if (form->kind == ALI_FORM_SPHERE) {
        out = own;
        wanted = form->radius;
    } else if (form->kind == ALI_FORM_TORUS) {
        double inwards = rho > 0 ? 1 - form->radius / rho : 0;
        out = (ali_vec3){inwards * own.x, inwards * own.y, own.z};
        wanted = form->tube;
    } else {
        const double *a, *b;
        ali_form_segment(form, part, &a, &b);
        wanted = b[1] == a[1] ? rho : a[0] + (own.z - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
    }
    double length = ali_vec3_norm(out);
    if (!(length > 1e-6 * wanted) || !(wanted > 0))
        return 0;
    out = ali_vec3_scale(1 / length, out);
    ali_vec3 d = ali_vec3_scale(out.x, form->ex);
    *direction = ali_vec3_axpy(ali_vec3_axpy(d, out.y, form->ey), out.z, form->ez);
    return wanted - length;
}
