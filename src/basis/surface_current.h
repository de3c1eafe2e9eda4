/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_SURFACE_CURRENT_H
#define ALI_BASIS_SURFACE_CURRENT_H

#include "basis/basis.h"
#include "basis/wire_current.h"

/** @file
 *  A solved current on the whole mesh: on faces shape by shape, on wires in Legendre polynomials.
 */

/** Current of an attached wire at a corner of a face: amplitude [A] of the face's corner shape. */
typedef struct ali_corner_current {
    size_t face;
    int vertex; /**< local index */
    double complex amplitude;
} ali_corner_current;

/** Current on faces: J = sum_i edge[f][i] l_i (r - p_i)/(2A) + corners. */
typedef struct ali_surface_current {
    const ali_surface_mesh *mesh; /**< borrowed */
    double complex (*edge)[3];    /**< [face_count]: 1 A/m out across each edge [A/m] */
    size_t corner_count;
    ali_corner_current *corners; /**< ascending face */
} ali_surface_current;

/** All of it. */
typedef struct ali_current {
    ali_wire_current wires;
    ali_surface_current surfaces;
} ali_current;

/** The current that coefficients x [basis->count] describe. Clear with ali_current_clear. */
alicorn_status ali_current_create(const ali_basis *basis, const double complex *x,
                                  ali_current *current, alicorn_error *error);
void ali_current_clear(ali_current *current);

/** Current density at a point of a face [A/m], without what attached wires bring to its corners.
 *  @param[out] density  x, y, z */
void ali_surface_current_at(const ali_surface_current *current, size_t face, ali_vec3 point,
                            double complex density[3]);

/** The same density at the vertices of a face; it is linear in between.
 *  @param[out] density  [vertex][x, y, z] */
void ali_surface_current_vertices(const ali_surface_current *current, size_t face,
                                  double complex density[3][3]);

/** Add to it what an attached wire brings to a corner of the point's face; nothing at the corner
 * itself, where that is infinite. */
void ali_surface_current_add_corner(const ali_surface_current *current,
                                    const ali_corner_current *corner, ali_vec3 point,
                                    double complex density[3]);

/** Divergence of the current on a face [A/m^2], constant there; the charge per area is j/omega
 * times it. */
double complex ali_surface_current_divergence(const ali_surface_current *current, size_t face);

/** A current element that stands for a piece of surface. */
typedef struct ali_current_point {
    ali_vec3 place;
    double complex moment[3]; /**< int J dS [A m] */
} ali_current_point;

/** The current as points, int J f dS = sum moment f(place): for waves f of the given wavenumber
 *  good to 1e-4 of a face's own share, for edges up to half a wavelength; exact for f of degree 1,
 *  hence for dipole moments and slow waves.
 *  @param wavenumber  [rad/m]; small faces get 3 points, those of more than 0.03 wavelengths 6,
 *                     from 0.25 wavelengths 12
 *  @param[out] points  caller frees; NULL for an empty mesh
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_surface_current_points(const ali_surface_current *current, double wavenumber,
                                          ali_current_point **points, size_t *count,
                                          alicorn_error *error);

/** Number of those points, but for those of attached wires. */
size_t ali_surface_point_count(const ali_surface_mesh *mesh, double wavenumber);

#endif
