/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_HAND_CURRENT_H
#define TESTS_UNIT_HAND_CURRENT_H

#include "base/constants.h"
#include "base/memory.h"
#include "basis/surface_current.h"
#include "math/quadrature.h"

#include <complex.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Currents composed by hand, for tests of what follows from a current. */

enum { HAND_ORDER = 4, HAND_POINTS = 12 };

/** A current and the mesh it flows on. */
typedef struct hand_current {
    ali_wire_mesh mesh;
    ali_surface_mesh faces; /**< none */
    ali_current current;
} hand_current;

/** Current and its slope at the running length s along the wire, in units of the caller's choice.
 */
typedef void (*hand_function)(double s, const void *data, double complex *value,
                              double complex *slope);

static inline hand_current hand_create(size_t capacity)
{
    hand_current hand = {0};
    hand.mesh.elements = ali_calloc(capacity, sizeof *hand.mesh.elements);
    hand.current.wires.order = HAND_ORDER;
    hand.current.wires.current = ali_calloc(capacity * (HAND_ORDER + 1), sizeof(double complex));
    hand.current.wires.slope = ali_calloc(capacity * (HAND_ORDER + 1), sizeof(double complex));
    return hand;
}

static inline void hand_destroy(hand_current *hand)
{
    free(hand->mesh.elements);
    free(hand->current.wires.current);
    free(hand->current.wires.slope);
}

/** The current, once the struct rests at its final address. */
static inline const ali_current *hand_get(hand_current *hand)
{
    hand->current.wires.mesh = &hand->mesh;
    hand->current.surfaces.mesh = &hand->faces;
    return &hand->current;
}

/** Append one element from start to end; s runs from s0 at its start. The function is projected on
 *  the Legendre polynomials. */
static inline void hand_add_element(hand_current *hand, ali_vec3 start, ali_vec3 end, double radius,
                                    double s0, hand_function function, const void *data)
{
    size_t e = hand->mesh.element_count++;
    double length = ali_vec3_distance(start, end), half = 0.5 * length;
    hand->mesh.elements[e] = (ali_element){
        .mid = ali_vec3_scale(0.5, ali_vec3_add(start, end)),
        .dir = ali_vec3_scale(1.0 / length, ali_vec3_sub(end, start)),
        .half = half,
        .radius = radius,
        .segment = e,
    };
    double node[HAND_POINTS], weight[HAND_POINTS];
    ali_gauss_legendre(HAND_POINTS, node, weight);
    for (int q = 0; q < HAND_POINTS; q++) {
        double complex value, slope;
        function(s0 + half * (1.0 + node[q]), data, &value, &slope);
        double p[HAND_ORDER + 1];
        ali_legendre(node[q], HAND_ORDER, p);
        for (int m = 0; m <= HAND_ORDER; m++) {
            size_t at = e * (HAND_ORDER + 1) + (size_t)m;
            hand->current.wires.current[at] += (m + 0.5) * weight[q] * p[m] * value;
            hand->current.wires.slope[at] += (m + 0.5) * weight[q] * p[m] * slope;
        }
    }
}

/** Append a straight wire of n elements; s runs from -length/2 to length/2. */
static inline void hand_add_wire(hand_current *hand, ali_vec3 start, ali_vec3 end, double radius,
                                 int n, hand_function function, const void *data)
{
    double length = ali_vec3_distance(start, end);
    ali_vec3 step = ali_vec3_scale(1.0 / n, ali_vec3_sub(end, start));
    for (int i = 0; i < n; i++)
        hand_add_element(hand, ali_vec3_axpy(start, i, step), ali_vec3_axpy(start, i + 1, step),
                         radius, -0.5 * length + length * i / n, function, data);
}

/** Parameters of hand_sine. */
typedef struct hand_sine_data {
    double complex amplitude; /**< [A] */
    double k, half;           /**< wavenumber, half length of the dipole [m] */
} hand_sine_data;

/** amplitude sin k (half - |s|): the current of the textbook's dipole. */
static inline void hand_sine(double s, const void *data, double complex *value,
                             double complex *slope)
{
    const hand_sine_data *sine = data;
    *value = sine->amplitude * csin(sine->k * (sine->half - fabs(s)));
    *slope =
        (s < 0 ? 1.0 : -1.0) * sine->amplitude * sine->k * ccos(sine->k * (sine->half - fabs(s)));
}

/** The same current all along: *(double complex *)data. */
static inline void hand_constant(double s, const void *data, double complex *value,
                                 double complex *slope)
{
    (void)s;
    *value = *(const double complex *)data;
    *slope = 0.0;
}

#endif
