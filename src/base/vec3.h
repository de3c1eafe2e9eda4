/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_VEC3_H
#define ALI_BASE_VEC3_H

#include <math.h>

/** A point or direction in Cartesian coordinates [m] or [1]. */
typedef struct ali_vec3 {
    double x, y, z;
} ali_vec3;

static inline ali_vec3 ali_vec3_add(ali_vec3 a, ali_vec3 b)
{
    return (ali_vec3){a.x + b.x, a.y + b.y, a.z + b.z};
}

static inline ali_vec3 ali_vec3_sub(ali_vec3 a, ali_vec3 b)
{
    return (ali_vec3){a.x - b.x, a.y - b.y, a.z - b.z};
}

static inline ali_vec3 ali_vec3_scale(double s, ali_vec3 a)
{
    return (ali_vec3){s * a.x, s * a.y, s * a.z};
}

/** a + s b */
static inline ali_vec3 ali_vec3_axpy(ali_vec3 a, double s, ali_vec3 b)
{
    return (ali_vec3){a.x + s * b.x, a.y + s * b.y, a.z + s * b.z};
}

static inline double ali_vec3_dot(ali_vec3 a, ali_vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline ali_vec3 ali_vec3_cross(ali_vec3 a, ali_vec3 b)
{
    return (ali_vec3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static inline double ali_vec3_norm(ali_vec3 a)
{
    return sqrt(ali_vec3_dot(a, a));
}

static inline double ali_vec3_distance(ali_vec3 a, ali_vec3 b)
{
    return ali_vec3_norm(ali_vec3_sub(a, b));
}

/** The mirror image in the plane z = 0. */
static inline ali_vec3 ali_vec3_mirror_z(ali_vec3 a)
{
    return (ali_vec3){a.x, a.y, -a.z};
}

#endif
