/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/segment_distance.h"

double ali_segment_point_distance(ali_vec3 point, ali_vec3 a, ali_vec3 b, double *place)
{
    ali_vec3 axis = ali_vec3_sub(b, a);
    double square = ali_vec3_dot(axis, axis);
    double t = square > 0.0 ? ali_vec3_dot(ali_vec3_sub(point, a), axis) / square : 0.0;
    t = fmin(fmax(t, 0.0), 1.0);
    if (place)
        *place = t;
    return ali_vec3_distance(point, ali_vec3_axpy(a, t, axis));
}

/** Keep the pair of places s, t if it is closer. */
static void keep_closer(ali_segment_approach *best, ali_vec3 a0, ali_vec3 a, ali_vec3 b0,
                        ali_vec3 b, double s, double t)
{
    ali_vec3 p = ali_vec3_axpy(a0, s, a), q = ali_vec3_axpy(b0, t, b);
    double distance = ali_vec3_distance(p, q);
    if (distance < best->distance)
        *best = (ali_segment_approach){distance, {s, t}, {p, q}};
}

ali_segment_approach ali_segment_closest(ali_vec3 a0, ali_vec3 a1, ali_vec3 b0, ali_vec3 b1)
{
    ali_vec3 a = ali_vec3_sub(a1, a0), b = ali_vec3_sub(b1, b0), r = ali_vec3_sub(b0, a0);
    ali_segment_approach best = {.distance = HUGE_VAL};
    double place;
    /* The minimum over the square of places lies on its rim, where one place is an end … */
    ali_segment_point_distance(a0, b0, b1, &place);
    keep_closer(&best, a0, a, b0, b, 0.0, place);
    ali_segment_point_distance(a1, b0, b1, &place);
    keep_closer(&best, a0, a, b0, b, 1.0, place);
    ali_segment_point_distance(b0, a0, a1, &place);
    keep_closer(&best, a0, a, b0, b, place, 0.0);
    ali_segment_point_distance(b1, a0, a1, &place);
    keep_closer(&best, a0, a, b0, b, place, 1.0);
    /* … or inside, at the feet of the common perpendicular. Nearly parallel pieces have it at a
     * place that rounding spoils, but then the distance hardly depends on it. */
    ali_vec3 normal = ali_vec3_cross(a, b);
    double square = ali_vec3_dot(normal, normal);
    if (square > 0.0) {
        double s = ali_vec3_dot(ali_vec3_cross(r, b), normal) / square;
        double t = ali_vec3_dot(ali_vec3_cross(r, a), normal) / square;
        if (s >= 0.0 && s <= 1.0 && t >= 0.0 && t <= 1.0)
            keep_closer(&best, a0, a, b0, b, s, t);
    }
    return best;
}
