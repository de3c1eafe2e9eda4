/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_EXCITATION_H
#define ALI_OPERATOR_EXCITATION_H

#include "operator/wire_operator.h"

/** @file
 *  Right-hand sides: what an impressed field or a gap does to each unknown. */

/** The mean-current functional of a gap at a segment: g_m = 1/w int f_m ds over a stretch of wire
 * of width w around the segment's middle. A voltage V there puts V g on the right-hand side, and
 * the current through it is g.x: the port admittance g.Z^-1.g is symmetric and stationary. The
 * stretch is the segment itself, widened along straight continuations to four radii (NEC-like deck
 * segments shorter than that would make the reactance of a thick wire diverge), and never depends
 * on how the mesh refines the segment. It ends early at junctions, bends and free ends.
 *  @param where  ALI_SITE_SEGMENT, or centre the gap on the segment's first end (NEC EX 5) or its
 *                second one */
alicorn_status ali_gap_functional(const ali_wire_basis *basis, size_t segment, ali_site_kind where,
                                  ali_functional *gap, alicorn_error *error);
/** Like the gap, but over exactly the segment: the mean current of a lumped load's segment. */
alicorn_status ali_segment_functional(const ali_wire_basis *basis, size_t segment,
                                      ali_functional *mean, alicorn_error *error);
void ali_functional_clear(ali_functional *functional);
/** g.x over the unknowns, x of shape [unknowns]. */
double complex ali_functional_apply(const ali_functional *functional, const double complex *x,
                                    size_t unknowns);

/** An impressed electric field at a point: value of E [V/m] times any constant. */
typedef void (*ali_field_fn)(const void *context, ali_vec3 point, double complex field[3]);

/** Right-hand side v_m = int f_m . E ds of an impressed field, [functions] (unknowns, then probes
 * if wanted). Smooth fields only; `wavenumber` sets the number of Gauss points. */
void ali_field_excitation(const ali_wire_basis *basis, double wavenumber, bool probes,
                          ali_field_fn field, const void *context, double complex *v);

/** Add an element's share to a right-hand side: moments int P_p E.t ds, p = 0 … order, onto those
 * of the first `functions` unknowns and probes that it carries. */
void ali_excitation_distribute(const ali_wire_basis *basis, size_t e, int order,
                               const double complex *moments, size_t functions, double complex *v);

/** A plane wave with unit amplitude that comes from (theta, phi), over whatever ground. */
typedef struct ali_plane_wave {
    double theta, phi;             /**< direction it comes from [rad] */
    double complex e_theta, e_phi; /**< components of E [V/m] of the direct wave at the origin */
    double k;
    ali_ground_kind ground;
    double complex permittivity;
} ali_plane_wave;

/** One plane wave in free space. */
typedef struct ali_ray {
    ali_vec3 from;               /**< unit vector to where it comes from */
    double complex amplitude[3]; /**< x, y, z of E at the origin [V/m] */
} ali_ray;

/** The direct ray of a wave, and over a ground the reflected one; returns how many. */
size_t ali_plane_wave_rays(const ali_plane_wave *wave, ali_ray rays[2]);

/** The wave that a wave from the air makes in the soil: E = amplitude e^{jK.r}. */
typedef struct ali_refracted_ray {
    double complex wave[3];      /**< K over the air's wavenumber */
    double complex amplitude[3]; /**< x, y, z of E at the origin [V/m] */
} ali_refracted_ray;

/** The refracted ray of a wave over a lossy ground. */
ali_refracted_ray ali_plane_wave_refracted(const ali_plane_wave *wave);

/** e^{jK.r} of it. */
static inline double complex ali_refracted_phase(const ali_refracted_ray *ray, double k,
                                                 ali_vec3 point)
{
    return cexp(I * k * (ray->wave[0] * point.x + ray->wave[1] * point.y + ray->wave[2] * point.z));
}

/** Whether a wave is another one below z = 0, where things lie. */
static inline bool ali_plane_wave_is_refracted(const ali_plane_wave *wave)
{
    return wave->ground == ALI_GROUND_SOMMERFELD;
}

/** Right-hand side of a plane wave, [functions] as above. The field is averaged around every tube,
 * which multiplies it by J0(k a sin gamma), gamma the angle between wave and axis; so it is exactly
 * the far field's adjoint (observe/far_field.h), and receiving is reciprocal to radiating. Along a
 * straight element the integrals are spherical Bessel functions [DLMF:2024] 10.60.7.
 *  Elements below an ALI_GROUND_SOMMERFELD see the refracted wave, by Gauss's rule.
 *  Cost: about 0.3 us per element, 3 us in the soil. */
void ali_plane_wave_excitation(const ali_wire_basis *basis, bool probes, const ali_plane_wave *wave,
                               double complex *v);

/** Field of an infinitesimal current element, over PEC ground with its image. */
typedef struct ali_element_field {
    ali_vec3 position, direction;
    double moment; /**< I l [A m] */
    double k;
    bool image;
    bool above; /**< wires below z = 0 do not see it: over a lossy half-space */
} ali_element_field;

/** Right-hand side of a current element, [functions] as above, averaged around every tube, however
 * close. By reciprocity x.v is the element's moment times the field of the current x at its place,
 * which is how it is tested (tests/unit/field.c): 1e-5 from outside a tube. */
void ali_current_element_excitation(const ali_wire_basis *basis, bool probes,
                                    const ali_element_field *element, double complex *v);

/** Add to such a right-hand side what a lossy half-space below z = 0 makes of the current element:
 * the field that it reflects on wires in the air, and all of the field on wires in the soil.
 *  @param element       above z = 0, `above` and without image
 *  @param permittivity  of the half-space, relative and complex
 *  @return ALICORN_OK; ALICORN_E_INPUT for an element not above the ground; ALICORN_E_MEMORY;
 *          ALICORN_E_NUMERIC
 *  Fields of the ground are those on the axes: the element's image, or the element over wires in
 * the soil, must be some radii away. Accuracy 1e-6 from there on. Parallel; Sommerfeld's integrals
 * without a table, about 10 ms per wire element on one core. Source: docs/theory/ground.md. */
alicorn_status ali_current_element_ground(const ali_wire_basis *basis, bool probes,
                                          const ali_element_field *element,
                                          double complex permittivity, double complex *v,
                                          alicorn_error *error);

/** ali_field_fn of an ali_element_field. */
void ali_current_element_field(const void *element, ali_vec3 point, double complex field[3]);

#endif
