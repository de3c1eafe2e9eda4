/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_FORM_H
#define ALI_SHAPE_FORM_H

#include "shape/shape.h"

/** @file
 *  A placed shape as the geometry of its surface: distances, area, volume. Ten kinds of shapes come
 *  down to five forms plus the surface of a CAD file. */

typedef enum ali_form_kind {
    ALI_FORM_REVOLVED, /**< a polyline (rho, z) turned around the axis */
    ALI_FORM_SPHERE,
    ALI_FORM_TORUS,
    ALI_FORM_PRISM, /**< a polygon (x, y) between z = 0 and height */
    ALI_FORM_PLATE, /**< a rectangle around the origin in z = 0 */
    ALI_FORM_FILE   /**< triangles near the surface */
} ali_form_kind;

typedef struct ali_form {
    ali_form_kind kind;
    bool solid;                  /**< the surface is the skin of a body; else it is a sheet */
    ali_vec3 origin, ex, ey, ez; /**< of the own coordinates: unit vectors, may be left-handed */
    double scale;                /**< lengths of the shape times this are metres */
    double radius, tube, height; /**< [m] */
    double size[2];              /**< plate [m] */
    size_t count;
    double (*profile)[2]; /**< [count] [m]; owned. A sheet's front is on the right of a revolved
                             polyline, seen with rho to the right and z up */
    bool cyclic;          /**< the profile's last point is joined to its first */
    const ali_triangulation *surface; /**< ALI_FORM_FILE; borrowed, may be NULL: unknown */
} ali_form;

/** Check a shape's measures and placement and describe its form.
 *  @return ALICORN_OK; ALICORN_E_INPUT with the shape's line; ALICORN_E_MEMORY. Clear it with
 *          ali_form_clear in any case. */
alicorn_status ali_form_make(const ali_shape *shape, ali_form *form, alicorn_error *error);
void ali_form_clear(ali_form *form);

/** Distance from the surface [m]: negative inside a solid and behind a sheet. INFINITY for a file
 *  whose surface is unknown. *nearest receives the nearest point of the surface; may be NULL. */
double ali_form_distance(const ali_form *form, ali_vec3 point, ali_vec3 *nearest);

/** A point of the surface, moved onto the form's sharp edge or corner, or a torus' outer equator,
 * if one is within the tolerance [m]: so near to one that a mesh could not show the difference. */
ali_vec3 ali_form_snap(const ali_form *form, ali_vec3 point, double tolerance);

/** Which part of the surface a face belongs to, told by its points, which lie on the surface within
 *  the tolerance [m]: a segment of a revolved profile, or 0. ALI_FORM_FLAT if that part is plane.
 */
#define ALI_FORM_FLAT ((size_t)-1)
size_t ali_form_part(const ali_form *form, size_t count, const ali_vec3 *points, double tolerance);

/** How far a point near a curved part is from it, along a unit vector along which it would have to
 *  move: away from the axis, the centre or the ring's centre line. 0 with a zero vector where that
 *  has no direction. */
double ali_form_gap(const ali_form *form, size_t part, ali_vec3 point, ali_vec3 *direction);

/** Exact area and, of solids, volume; 0 for files. */
double ali_form_area(const ali_form *form);
double ali_form_volume(const ali_form *form);

/** How many triangles with edges of this length [m] and at most this angle [rad] per edge on curved
 *  parts it would take, about; 0 for files. */
double ali_form_triangles(const ali_form *form, double edge, double angle);

/** The smallest radius of curvature [m], INFINITY if all is flat or unknown. Of a cone with a tip,
 *  where it goes to zero, half of the largest counts. */
double ali_form_least_radius(const ali_form *form);

/** The end points of segment k of the profile, and how many there are. */
size_t ali_form_segment_count(const ali_form *form);
void ali_form_segment(const ali_form *form, size_t k, const double **from, const double **to);

/** From own coordinates to space. */
ali_vec3 ali_form_point(const ali_form *form, double x, double y, double z);

/** A cylinder around own z that holds all of it. False: the size is unknown (a file). */
bool ali_form_cylinder(const ali_form *form, ali_vec3 *centre, double *radius, double *half_height);

#endif
