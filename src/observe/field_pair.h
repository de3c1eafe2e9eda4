/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_FIELD_PAIR_H
#define ALI_OBSERVE_FIELD_PAIR_H

#include "base/vec3.h"

#include <complex.h>

/** @file
 *  Electric and magnetic field at a point. */

typedef struct ali_cvec3 {
    double complex x, y, z;
} ali_cvec3;

typedef struct ali_field_pair {
    ali_cvec3 e, h; /**< [V/m], [A/m] */
} ali_field_pair;

static inline void ali_cvec3_add_scaled(ali_cvec3 *sum, double complex factor, ali_vec3 direction)
{
    sum->x += factor * direction.x;
    sum->y += factor * direction.y;
    sum->z += factor * direction.z;
}

static inline void ali_cvec3_add(ali_cvec3 *sum, ali_cvec3 term)
{
    sum->x += term.x;
    sum->y += term.y;
    sum->z += term.z;
}

static inline ali_cvec3 ali_cvec3_scaled(double complex factor, ali_cvec3 a)
{
    return (ali_cvec3){factor * a.x, factor * a.y, factor * a.z};
}

static inline void ali_field_pair_add(ali_field_pair *sum, ali_field_pair term)
{
    ali_cvec3_add(&sum->e, term.e);
    ali_cvec3_add(&sum->h, term.h);
}

#endif
