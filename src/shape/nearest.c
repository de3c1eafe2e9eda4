/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/nearest.h"

#include <stdbool.h>

static ali_vec3 nearest_on_line(ali_vec3 a, ali_vec3 b, ali_vec3 p)
{
    ali_vec3 d = ali_vec3_sub(b, a);
    double t = ali_vec3_dot(ali_vec3_sub(p, a), d) / ali_vec3_dot(d, d);
    return ali_vec3_axpy(a, fmin(fmax(t, 0), 1), d);
}

/** The foot of the perpendicular if it is in the triangle, else the nearest point of its sides. */
static ali_vec3 nearest_on_triangle(const ali_vec3 v[3], ali_vec3 normal, ali_vec3 p)
{
    double size = ali_vec3_dot(normal, normal);
    ali_vec3 foot = p;
    if (size > 0)
        foot = ali_vec3_axpy(p, -ali_vec3_dot(ali_vec3_sub(p, v[0]), normal) / size, normal);
    bool inside = size > 0;
    ali_vec3 best = v[0];
    for (int k = 0; k < 3; k++) {
        ali_vec3 a = v[k], b = v[(k + 1) % 3];
        ali_vec3 across = ali_vec3_cross(normal, ali_vec3_sub(b, a));
        inside = inside && ali_vec3_dot(across, ali_vec3_sub(foot, a)) >= 0;
        ali_vec3 at = nearest_on_line(a, b, p);
        if (ali_vec3_distance(at, p) < ali_vec3_distance(best, p))
            best = at;
    }
    return inside ? foot : best;
}

ali_vec3 ali_nearest_on_triangle(const ali_vec3 v[3], ali_vec3 p)
{
    return nearest_on_triangle(
        v, ali_vec3_cross(ali_vec3_sub(v[1], v[0]), ali_vec3_sub(v[2], v[0])), p);
}

double ali_nearest_distance(const ali_triangulation *surface, ali_vec3 point, ali_vec3 *nearest)
{
    double best = INFINITY, best_facing = 0;
    for (size_t i = 0; i < surface->triangle_count; i++) {
        const size_t *c = surface->triangles[i];
        const ali_vec3 v[3] = {surface->vertices[c[0]], surface->vertices[c[1]],
                               surface->vertices[c[2]]};
        ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(v[1], v[0]), ali_vec3_sub(v[2], v[0]));
        ali_vec3 at = nearest_on_triangle(v, normal, point);
        ali_vec3 away = ali_vec3_sub(point, at);
        double distance = ali_vec3_norm(away), size = ali_vec3_norm(normal);
        double facing = size > 0 ? ali_vec3_dot(away, normal) / size : 0;
        bool tie = distance <= best * (1 + 1e-9);
        if (distance < best || (tie && fabs(facing) > fabs(best_facing)))
            best_facing = facing;
        if (distance < best) {
            best = distance;
            if (nearest)
                *nearest = at;
        }
    }
    return best_facing < 0 ? -best : best;
}
