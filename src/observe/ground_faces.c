/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_faces.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/corner.h"
#include "green/triangle_points.h"
#include "green/triangle_view.h"
#include "math/gauss_table.h"
#include "mesh/face_geometry.h"
#include "observe/face_field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Sides of sources. */
enum { IN_AIR, IN_SOIL, SOURCE_SIDES };

/** Points of a face that is not close, for 1e-5 of its field, by the largest reach over the
 * distance and the largest phase along a reach [rad]. Beyond the last row as many as the phase asks
 * for. */
static const struct {
    double ratio, phase;
    int points;
} table[] = {{2e-5, 2e-5, 1}, {0.035, 0.08, 3}, {0.15, 0.55, 6}};
enum { ROWS = sizeof table / sizeof *table };

/** Kernels between a face and a point, in the mean. */
static const double KERNELS = 18.0;

/** Points in polar coordinates on a close face: for the image of zx, as singular as 1/R^2, and for
 *  what besides the images is only logarithmic. */
static const ali_view_fineness SHARP = {.closest = 1e-5,
                                        .radial = 2.0,
                                        .angular = 2.0,
                                        .least = 5.0,
                                        .radial_max = 24,
                                        .angular_max = 14};
static const ali_view_fineness BLUNT = {.closest = 0.01,
                                        .radial = 1.2,
                                        .angular = 1.2,
                                        .least = 3.0,
                                        .radial_max = 12,
                                        .angular_max = 9};
/** What is left besides images changes on this scale at least, in 1/|k2|. */
static const double BLUNT_SCALE = 0.1;

/** Points per direction on a corner, far and close. */
enum { CORNER_FAR = 4, CORNER_CLOSE = 12 };
/** Points per direction on a piece of a close one; it is cut, so many times at most, if it is
 * closer than so many of its own reaches. */
enum { PIECE_POINTS = 6, CORNER_CUTS = 10 };
static const double CUT_REACHES = 2.0;

/** Closer than this, in radians in the soil, a face on the other side is that of the wave of k0,
 * with what is left of the kernels at points; further away the whole kernels at points. */
static const double ACROSS_PHASE = 0.5;
/** Attenuation through the soil beyond which nothing is left, in nepers. */
static const double NOTHING_LEFT = 100.0;
/** Attenuation along the interface beyond which the soil's waves are gone, in nepers. */
static const double SOIL_WAVES_GONE = 8.0;
/** Source and observer are kept this far apart, in wavelengths. */
static const double CLOSEST = 1e-7;

/** A face, or what an attached wire brings to one of its corners. */
typedef struct carrier {
    ali_flat_triangle triangle;
    ali_vec3 middle;
    double reach; /**< from there to the furthest vertex [m] */
    double least; /**< smallest distance of a vertex from z = 0 [m] */
    size_t place; /**< among those of its side */
    bool in_soil;
    size_t corner; /**< into corners; ALI_NONE: the face itself */
    double area;
    double complex density[3][3], charge; /**< [vertex][x, y, z]; divergence times area */
} carrier;

struct ali_ground_faces {
    const ali_surface_current *current;
    ali_half_space space;
    double complex k_soil;
    size_t count;
    carrier *carriers;
    /** By the sources' side: in their own medium, its images, and shares of the wave across. NULL
     * if there are no such faces. */
    ali_face_field *direct[SOURCE_SIDES], *image[SOURCE_SIDES], *through[SOURCE_SIDES];
};

/* ---- life ---- */

void ali_ground_faces_destroy(ali_ground_faces *faces)
{
    if (!faces)
        return;
    for (int side = 0; side < SOURCE_SIDES; side++) {
        ali_face_field_destroy(faces->direct[side]);
        ali_face_field_destroy(faces->image[side]);
        ali_face_field_destroy(faces->through[side]);
    }
    free(faces->carriers);
    free(faces);
}

static carrier make_carrier(const ali_surface_current *current, size_t face, size_t corner)
{
    const ali_surface_mesh *mesh = current->mesh;
    carrier made = {.in_soil = ali_face_in_soil(mesh, face),
                    .corner = corner,
                    .area = mesh->faces[face].area,
                    .least = INFINITY};
    for (int i = 0; i < 3; i++) {
        made.triangle.vertex[i] = mesh->vertices[mesh->faces[face].vertex[i]];
        made.middle = ali_vec3_axpy(made.middle, 1.0 / 3.0, made.triangle.vertex[i]);
        made.least = fmin(made.least, fabs(made.triangle.vertex[i].z));
    }
    for (int i = 0; i < 3; i++)
        made.reach = fmax(made.reach, ali_vec3_distance(made.triangle.vertex[i], made.middle));
    if (corner == ALI_NONE) {
        ali_surface_current_vertices(current, face, made.density);
        made.charge = made.area * ali_surface_current_divergence(current, face);
    }
    return made;
}

static alicorn_status make_fields(ali_ground_faces *faces, int side, alicorn_error *error)
{
    const ali_half_space *space = &faces->space;
    ali_half_space_images images = ali_half_space_images_of(space, side == IN_SOIL);
    ali_half_space_images across = ali_half_space_images_across(space);
    double complex k = side == IN_SOIL ? faces->k_soil : space->k;
    ali_face_share share = {.k = space->k,
                            .wavenumber = k,
                            .level = 1.0,
                            .upright = 1.0,
                            .charge = side == IN_SOIL ? 1.0 / space->permittivity : 1.0,
                            .side = side == IN_SOIL ? ALI_FACE_BELOW : ALI_FACE_ABOVE};
    alicorn_status status =
        ali_face_field_create_share(faces->current, &share, &faces->direct[side], error);
    if (status != ALICORN_OK)
        return status;
    share.level = images.xx; /* of the mirrored current: A at the mirrored point, mirrored */
    share.upright = -images.zz;
    share.charge = images.phi;
    status = ali_face_field_create_share(faces->current, &share, &faces->image[side], error);
    if (status != ALICORN_OK)
        return status;
    share.wavenumber = space->k;
    share.level = across.xx;
    share.upright = across.zz;
    share.charge = across.phi;
    return ali_face_field_create_share(faces->current, &share, &faces->through[side], error);
}

alicorn_status ali_ground_faces_create(const ali_surface_current *current,
                                       const ali_half_space *space, ali_ground_faces **faces,
                                       alicorn_error *error)
{
    size_t face_count = current->mesh->face_count, count = face_count + current->corner_count;
    size_t of_side[SOURCE_SIDES] = {0};
    *faces = NULL;
    ali_ground_faces *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "fields of surfaces over the ground");
    made->current = current;
    made->space = *space;
    made->k_soil = ali_half_space_wavenumber(space);
    made->count = count;
    made->carriers = ali_calloc(count, sizeof *made->carriers);
    alicorn_status status = ALICORN_OK;
    if (!made->carriers)
        status = ali_error_memory(error, count * sizeof *made->carriers,
                                  "fields of surfaces over the ground");
    for (size_t i = 0; status == ALICORN_OK && i < count; i++) {
        size_t corner = i < face_count ? ALI_NONE : i - face_count;
        size_t face = i < face_count ? i : current->corners[corner].face;
        made->carriers[i] = make_carrier(current, face, corner);
        made->carriers[i].place = of_side[made->carriers[i].in_soil]++;
    }
    for (int side = 0; status == ALICORN_OK && side < SOURCE_SIDES; side++)
        if (of_side[side] > 0)
            status = make_fields(made, side, error);
    if (status != ALICORN_OK) {
        ali_ground_faces_destroy(made);
        return status;
    }
    *faces = made;
    return ALICORN_OK;
}

void ali_ground_faces_places(const ali_ground_faces *faces, ali_ground_places *places)
{
    for (size_t i = 0; i < faces->count; i++) {
        const carrier *from = &faces->carriers[i];
        double most = 0.0;
        for (int v = 0; v < 3; v++) {
            ali_vec3 at = from->triangle.vertex[v];
            most = fmax(most, fabs(at.z));
            ali_ground_places_widen(places, at.x, at.y, 0.0);
        }
        ali_ground_extent_add(&places->sources, from->in_soil, from->least, most, KERNELS);
    }
}

/* ---- points ---- */

/** What of the kernels is taken at points. */
typedef enum kernel_part {
    WHOLE, /**< all but what the images of xx, zz and phi have, one side; all of it, across */
    REST,  /**< without any images */
    BENT   /**< the image of zx */
} kernel_part;

/** What happens between a carrier and a point. */
typedef struct view {
    const ali_ground_faces *faces;
    const ali_ground_slopes *slopes;
    const carrier *from;
    ali_vec3 p, seen; /**< the point; it or its mirrored place */
    ali_ground_pair sides;
    double complex k; /**< of the images */
    ali_half_space_images images;
    double distance; /**< of `seen` from the middle [m] */
    ali_field_pair *sum;
} view;

/** The image of zx. */
static void add_bent(const view *q, ali_vec3 at, const ali_ground_source *source)
{
    double x = q->p.x - at.x, y = q->p.y - at.y;
    double way = fabs(q->p.z) + fabs(ali_ground_pair_height(q->sides, at.z));
    /* in the plane of a face that lies on the interface the integrals are principal values */
    way = fmax(way, SHARP.closest * q->from->reach);
    const ali_half_space_images bent = {.zx = q->images.zx};
    ali_half_space_slopes wave =
        ali_ground_image_slopes(&bent, q->k, hypot(x, y), way, ali_ground_pair_sign(q->sides));
    ali_ground_source current = *source;
    current.charge = 0.0;
    ali_ground_add_source(&wave, x, y, &current, q->faces->space.k, q->sum);
}

static alicorn_status add_point(const view *q, kernel_part part, ali_vec3 at,
                                const ali_ground_source *source, alicorn_error *error)
{
    double k0 = q->faces->space.k, x = q->p.x - at.x, y = q->p.y - at.y, rho = hypot(x, y);
    double z_source = ali_ground_pair_height(q->sides, at.z), closest = CLOSEST * 2.0 * ALI_PI / k0;
    double way = fabs(q->p.z) + fabs(z_source);
    if (part == BENT || (part == WHOLE && !q->sides.across))
        add_bent(q, at, source);
    if (part == BENT)
        return ALICORN_OK;
    if (rho + way < closest)
        rho = closest;
    ali_half_space_slopes kernels;
    alicorn_status status =
        ali_ground_slopes_at(q->slopes, q->sides, rho, q->p.z, z_source, &kernels, error);
    if (status != ALICORN_OK)
        return status;
    if (part == REST && q->sides.across) {
        ali_half_space_slopes wave =
            ali_ground_image_slopes(&q->images, q->k, rho, way, ali_ground_pair_sign(q->sides));
        ali_ground_slopes_subtract(&kernels, &wave);
    }
    ali_ground_add_source(&kernels, x, y, source, k0, q->sum);
    return ALICORN_OK;
}

/** A point of the face with barycentric coordinates lambda and a weight of the area. */
static alicorn_status add_face_point(const view *q, kernel_part part, const double lambda[3],
                                     double weight, alicorn_error *error)
{
    const carrier *from = q->from;
    double complex moment[3];
    ali_vec3 at = {0.0, 0.0, 0.0};
    for (int b = 0; b < 3; b++)
        at = ali_vec3_axpy(at, lambda[b], from->triangle.vertex[b]);
    for (int c = 0; c < 3; c++)
        moment[c] = weight * from->area *
                    (lambda[0] * from->density[0][c] + lambda[1] * from->density[1][c] +
                     lambda[2] * from->density[2][c]);
    ali_ground_source source = {{moment[0], moment[1], moment[2]}, weight * from->charge};
    return add_point(q, part, at, &source, error);
}

/** Of waves along the face [rad/m]: the soil's run along its surface in air, and die out above it
 *  and on their way. */
static double wavenumber_on(const view *q)
{
    const ali_ground_faces *faces = q->faces;
    double soil = cabs(faces->k_soil), k = faces->space.k;
    if (q->from->in_soil)
        return soil;
    if (-cimag(faces->k_soil) * q->distance > SOIL_WAVES_GONE)
        return k;
    double way = q->from->least + (q->sides.across ? 0.0 : fabs(q->p.z));
    return way > 0.0 ? ali_half_space_rule_wavenumber(k, soil, way) : fmax(k, soil);
}

static alicorn_status add_distant_face(const view *q, alicorn_error *error)
{
    double k = wavenumber_on(q), ratio = q->from->reach / q->distance, phase = k * q->from->reach;
    int row = 0;
    while (row < ROWS && (ratio > table[row].ratio || phase > table[row].phase))
        row++;
    alicorn_status status = ALICORN_OK;
    if (row < ROWS) {
        ali_triangle_rule rule = ali_triangle_rule_get(table[row].points);
        for (int i = 0; status == ALICORN_OK && i < rule.points; i++)
            status = add_face_point(q, WHOLE, rule.lambda[i], rule.weight[i], error);
        return status;
    }
    const double twelve = 0.5; /* phase for which ali_face_points_place takes 12 points */
    ali_face_frame frame;
    ali_face_points points;
    ali_face_frame_init(&frame, &q->from->triangle);
    ali_face_points_place(&points, &frame, fmax(k * frame.size, twelve));
    for (int i = 0; status == ALICORN_OK && i < points.count; i++) {
        const double lambda[3] = {points.lambda[0][i], points.lambda[1][i], points.lambda[2][i]};
        status = add_face_point(q, WHOLE, lambda, points.weight[i], error);
    }
    return status;
}

/** A part of the kernels at points that crowd around o. */
static alicorn_status add_crowd(const view *q, kernel_part part, ali_vec3 o, double scale,
                                const ali_view_fineness *fineness, alicorn_error *error)
{
    ali_view_fineness with_waves = *fineness;
    ali_triangle_view seen;
    with_waves.least += 0.5 * wavenumber_on(q) * q->from->reach;
    ali_triangle_view_around(&seen, &q->from->triangle, o, scale, &with_waves);
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; status == ALICORN_OK && i < seen.count; i++) {
        const double lambda[3] = {seen.lambda[0][i], seen.lambda[1][i], seen.lambda[2][i]};
        status = add_face_point(q, part, lambda, seen.weight[i], error);
    }
    return status;
}

static void add_through(const view *q)
{
    double complex e[3] = {0.0, 0.0, 0.0}, h[3] = {0.0, 0.0, 0.0};
    const ali_face_field *field = q->faces->through[q->from->in_soil ? IN_SOIL : IN_AIR];
    ali_face_field_near_at(field, q->from->place, q->p, e, h);
    ali_field_pair_add(q->sum, (ali_field_pair){{e[0], e[1], e[2]}, {h[0], h[1], h[2]}});
}

/** @param o  the place of the face that is closest */
static alicorn_status add_close_face(const view *q, ali_vec3 o, bool images, alicorn_error *error)
{
    double distance = ali_vec3_distance(o, q->seen);
    if (!images)
        return add_crowd(q, WHOLE, o, distance, &SHARP, error);
    alicorn_status status = add_crowd(q, BENT, o, distance, &SHARP, error);
    if (status != ALICORN_OK)
        return status;
    double scale = fmax(distance, BLUNT_SCALE / cabs(q->faces->k_soil));
    return add_crowd(q, REST, o, scale, &BLUNT, error);
}

static alicorn_status add_corner(const view *q, kernel_part part, int points, alicorn_error *error)
{
    const ali_corner_current *current = &q->faces->current->corners[q->from->corner];
    ali_corner corner = {q->from->triangle, current->vertex};
    ali_vec3 place[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    int count = ali_corner_rule(&corner, points, place, moment);
    alicorn_status status = ALICORN_OK;
    for (int i = 0; status == ALICORN_OK && i < count; i++) {
        ali_ground_source source = {{0.0, 0.0, 0.0}, 0.0};
        ali_cvec3_add_scaled(&source.moment, current->amplitude, moment[i]);
        status = add_point(q, part, place[i], &source, error);
    }
    return status;
}

/** A square of the corner's coordinates u and v from its vertex p, r = p + u d(v). */
typedef struct corner_piece {
    double u, v, size;
} corner_piece;

/** The image of zx, by pieces that are cut in four where they are close. */
static void add_bent_piece(const view *q, corner_piece piece, int cuts)
{
    const ali_corner_current *current = &q->faces->current->corners[q->from->corner];
    const ali_vec3 *p = q->from->triangle.vertex;
    ali_vec3 from = p[current->vertex], first = p[(current->vertex + 1) % 3],
             second = p[(current->vertex + 2) % 3];
    ali_vec3 edge = ali_vec3_sub(second, first), side = ali_vec3_sub(first, from);
    double half = 0.5 * piece.size;
    ali_vec3 middle = ali_vec3_axpy(side, piece.v + half, edge);
    middle = ali_vec3_axpy(from, piece.u + half, middle);
    if (cuts > 0 &&
        ali_vec3_distance(middle, q->seen) < CUT_REACHES * piece.size * q->from->reach) {
        for (int i = 0; i < 4; i++)
            add_bent_piece(q,
                           (corner_piece){piece.u + (i % 2 ? half : 0.0),
                                          piece.v + (i / 2 ? half : 0.0), half},
                           cuts - 1);
        return;
    }
    const double *node = ali_gauss_node(PIECE_POINTS), *weight = ali_gauss_weight(PIECE_POINTS);
    for (int i = 0; i < PIECE_POINTS * PIECE_POINTS; i++) {
        int a = i / PIECE_POINTS, b = i % PIECE_POINTS;
        ali_vec3 d = ali_vec3_axpy(side, piece.v + half * (1.0 + node[b]), edge);
        ali_vec3 at = ali_vec3_axpy(from, piece.u + half * (1.0 + node[a]), d);
        ali_ground_source source = {{0.0, 0.0, 0.0}, 0.0};
        ali_cvec3_add_scaled(&source.moment,
                             current->amplitude * half * half * weight[a] * weight[b], d);
        add_bent(q, at, &source);
    }
}

static alicorn_status add_close_corner(const view *q, bool images, alicorn_error *error)
{
    if (!images)
        return add_corner(q, WHOLE, CORNER_CLOSE, error);
    add_bent_piece(q, (corner_piece){0.0, 0.0, 1.0}, CORNER_CUTS);
    return add_corner(q, REST, CORNER_CLOSE, error);
}

static alicorn_status add_carrier(const view *q, alicorn_error *error)
{
    bool corner = q->from->corner != ALI_NONE;
    if (q->distance > ALI_FACE_CLOSE * q->from->reach)
        return corner ? add_corner(q, WHOLE, CORNER_FAR, error) : add_distant_face(q, error);
    ali_corners corners;
    memcpy(corners.p, q->from->triangle.vertex, sizeof corners.p);
    ali_vec3 o = ali_closest_on_triangle(&corners, q->seen);
    bool images =
        !q->sides.across || ali_vec3_distance(o, q->seen) * cabs(q->faces->k_soil) < ACROSS_PHASE;
    if (q->sides.across && images)
        add_through(q);
    return corner ? add_close_corner(q, images, error) : add_close_face(q, o, images, error);
}

/* ---- all of it ---- */

static void add_wave(const ali_face_field *field, ali_vec3 p, ali_field_pair *sum)
{
    double complex e[3] = {0.0, 0.0, 0.0}, h[3] = {0.0, 0.0, 0.0};
    ali_face_field_at(field, p, e, h);
    ali_field_pair_add(sum, (ali_field_pair){{e[0], e[1], e[2]}, {h[0], h[1], h[2]}});
}

static void add_image(const ali_face_field *field, ali_vec3 p, ali_field_pair *sum)
{
    double complex e[3] = {0.0, 0.0, 0.0}, h[3] = {0.0, 0.0, 0.0};
    ali_face_field_at(field, ali_vec3_mirror_z(p), e, h);
    ali_field_pair_add(sum, (ali_field_pair){{e[0], e[1], -e[2]}, {-h[0], -h[1], h[2]}});
}

alicorn_status ali_ground_faces_at(const ali_ground_faces *faces, const ali_ground_slopes *slopes,
                                   ali_vec3 p, ali_field_pair *sum, alicorn_error *error)
{
    const ali_half_space *space = &faces->space;
    bool up = p.z >= 0.0;
    int own = up ? IN_AIR : IN_SOIL;
    if (faces->direct[own]) {
        add_wave(faces->direct[own], p, sum);
        add_image(faces->image[own], p, sum);
    }
    const ali_half_space_images same = ali_half_space_images_of(space, !up);
    const ali_half_space_images across = ali_half_space_images_across(space);
    view q = {.faces = faces, .slopes = slopes, .p = p, .sum = sum};
    for (size_t i = 0; i < faces->count; i++) {
        q.from = &faces->carriers[i];
        q.sides = (ali_ground_pair){up, q.from->in_soil == up};
        q.seen = q.sides.across ? p : ali_vec3_mirror_z(p);
        q.k = q.sides.across || up ? space->k : faces->k_soil;
        q.images = q.sides.across ? across : same;
        q.distance = ali_vec3_distance(q.seen, q.from->middle);
        double depth = q.sides.across ? (up ? q.from->least : -p.z) : 0.0;
        if (-cimag(faces->k_soil) * depth > NOTHING_LEFT)
            continue;
        alicorn_status status = add_carrier(&q, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}
