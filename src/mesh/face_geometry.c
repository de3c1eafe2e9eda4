/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/face_geometry.h"

ali_corners ali_face_corners(const ali_surface_mesh *mesh, size_t face)
{
    const size_t *v = mesh->faces[face].vertex;
    return (ali_corners){{mesh->vertices[v[0]], mesh->vertices[v[1]], mesh->vertices[v[2]]}};
}

double ali_corners_shortest(const ali_corners *corners)
{
    const ali_vec3 *p = corners->p;
    return fmin(ali_vec3_distance(p[0], p[1]),
                fmin(ali_vec3_distance(p[1], p[2]), ali_vec3_distance(p[2], p[0])));
}

ali_vec3 ali_corners_normal(const ali_corners *corners, double *twice)
{
    const ali_vec3 *p = corners->p;
    ali_vec3 cross = ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0]));
    double norm = ali_vec3_norm(cross);
    if (twice)
        *twice = norm;
    return norm > 0.0 ? ali_vec3_scale(1.0 / norm, cross) : (ali_vec3){0, 0, 0};
}

double ali_fan_radius(const ali_surface_mesh *mesh, size_t vertex)
{
    double radius = HUGE_VAL;
    ali_vec3 centre = mesh->vertices[vertex];
    for (size_t i = mesh->vertex_first[vertex]; i < mesh->vertex_first[vertex + 1]; i++) {
        size_t corner = mesh->vertex_corners[i];
        const size_t *v = mesh->faces[corner / 3].vertex;
        ali_vec3 a = mesh->vertices[v[(corner + 1) % 3]], b = mesh->vertices[v[(corner + 2) % 3]];
        ali_vec3 foot = ali_vec3_axpy(a, ali_closest_on_line(a, b, centre), ali_vec3_sub(b, a));
        radius = fmin(radius, ali_vec3_distance(centre, foot));
    }
    return radius;
}

/** Unit vector in the plane of a triangle from outside across edge i (opposite to corner i) into
 * it. */
static ali_vec3 inward(const ali_corners *corners, ali_vec3 normal, size_t i)
{
    ali_vec3 edge = ali_vec3_sub(corners->p[(i + 2) % 3], corners->p[(i + 1) % 3]);
    double length = ali_vec3_norm(edge);
    return length > 0.0 ? ali_vec3_scale(1.0 / length, ali_vec3_cross(normal, edge))
                        : (ali_vec3){0, 0, 0};
}

double ali_closest_on_line(ali_vec3 a, ali_vec3 b, ali_vec3 p)
{
    ali_vec3 axis = ali_vec3_sub(b, a);
    double square = ali_vec3_dot(axis, axis);
    double part = square > 0.0 ? ali_vec3_dot(ali_vec3_sub(p, a), axis) / square : 0.0;
    return fmin(fmax(part, 0.0), 1.0);
}

ali_vec3 ali_closest_on_triangle(const ali_corners *corners, ali_vec3 p)
{
    ali_vec3 normal = ali_corners_normal(corners, NULL);
    bool inside = true;
    for (size_t i = 0; i < 3 && inside; i++)
        inside = ali_vec3_dot(ali_vec3_sub(p, corners->p[(i + 1) % 3]),
                              inward(corners, normal, i)) >= 0.0;
    if (inside)
        return ali_vec3_axpy(p, -ali_vec3_dot(ali_vec3_sub(p, corners->p[0]), normal), normal);
    ali_vec3 best = corners->p[0];
    for (size_t i = 0; i < 3; i++) {
        ali_vec3 a = corners->p[(i + 1) % 3], b = corners->p[(i + 2) % 3];
        ali_vec3 foot = ali_vec3_axpy(a, ali_closest_on_line(a, b, p), ali_vec3_sub(b, a));
        if (ali_vec3_distance(p, foot) < ali_vec3_distance(p, best))
            best = foot;
    }
    return best;
}

/** Keep the part of the line where a quantity that runs linearly from h0 to h1 is at least 0. */
static bool clip(double h0, double h1, double part[2])
{
    if (h0 < 0.0 && h1 < 0.0)
        return false;
    if (h0 < 0.0)
        part[0] = fmax(part[0], h0 / (h0 - h1));
    if (h1 < 0.0)
        part[1] = fmin(part[1], h0 / (h0 - h1));
    return part[0] <= part[1];
}

bool ali_line_in_triangle(const ali_corners *corners, ali_vec3 a, ali_vec3 b, double tolerance,
                          double part[2])
{
    ali_vec3 normal = ali_corners_normal(corners, NULL);
    double h0 = ali_vec3_dot(ali_vec3_sub(a, corners->p[0]), normal);
    double h1 = ali_vec3_dot(ali_vec3_sub(b, corners->p[0]), normal);
    part[0] = 0.0;
    part[1] = 1.0;
    if (!clip(tolerance - h0, tolerance - h1, part) || !clip(tolerance + h0, tolerance + h1, part))
        return false;
    for (size_t i = 0; i < 3; i++) {
        ali_vec3 across = inward(corners, normal, i), foot = corners->p[(i + 1) % 3];
        if (!clip(ali_vec3_dot(ali_vec3_sub(a, foot), across) + tolerance,
                  ali_vec3_dot(ali_vec3_sub(b, foot), across) + tolerance, part))
            return false;
    }
    return true;
}

double ali_overlap_area(const ali_corners *first, const ali_corners *second)
{
    /* Sutherland and Hodgman: cut the second triangle by each edge of the first */
    enum { MOST = 6 };
    ali_vec3 polygon[MOST + 1] = {second->p[0], second->p[1], second->p[2]}, cut[MOST + 1];
    size_t count = 3;
    ali_vec3 normal = ali_corners_normal(first, NULL);
    for (size_t i = 0; i < 3 && count > 0; i++) {
        ali_vec3 across = inward(first, normal, i), foot = first->p[(i + 1) % 3];
        size_t kept = 0;
        for (size_t k = 0; k < count; k++) {
            ali_vec3 p = polygon[k], q = polygon[(k + 1) % count];
            double hp = ali_vec3_dot(ali_vec3_sub(p, foot), across);
            double hq = ali_vec3_dot(ali_vec3_sub(q, foot), across);
            if (hp >= 0.0 && kept < MOST)
                cut[kept++] = p;
            if ((hp < 0.0) != (hq < 0.0) && kept < MOST)
                cut[kept++] = ali_vec3_axpy(p, hp / (hp - hq), ali_vec3_sub(q, p));
        }
        count = kept;
        for (size_t k = 0; k < count; k++)
            polygon[k] = cut[k];
    }
    ali_vec3 sum = {0, 0, 0};
    for (size_t k = 2; k < count; k++)
        sum = ali_vec3_add(sum, ali_vec3_cross(ali_vec3_sub(polygon[k - 1], polygon[0]),
                                               ali_vec3_sub(polygon[k], polygon[0])));
    return 0.5 * fabs(ali_vec3_dot(sum, normal));
}
