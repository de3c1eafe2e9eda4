/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_patch.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_reader.h"

#include <math.h>
#include <string.h>

/** @file
 *  SP, SM and SC: patches by their corners, as NEC-2 takes them [BurkePoggio:1981]. */

/** The shapes of SP's and SC's I2. */
enum { SHAPE_AREA = 0, SHAPE_RECTANGLE = 1, SHAPE_TRIANGLE = 2, SHAPE_QUADRILATERAL = 3 };

/** NEC-2's limit: cosine of the angle between the two halves of a quadrilateral. */
static const double flat = 0.9998;

/* ---- moving ---- */

void ali_nec_patch_move(ali_nec_patches *patches, size_t i, const ali_nec_motion *motion)
{
    ali_nec_patch *patch = &patches->patches[i];
    const ali_vec3 *r = motion->row;
    patch->centre = ali_nec_move_point(motion, patch->centre);
    for (size_t k = 0; k < patch->count; k++)
        patch->corner[k] = ali_nec_move_point(motion, patch->corner[k]);
    if (ali_vec3_dot(r[0], ali_vec3_cross(r[1], r[2])) >= 0)
        return;
    ali_vec3 second = patch->corner[1];
    patch->corner[1] = patch->corner[patch->count - 1];
    patch->corner[patch->count - 1] = second;
}

int ali_nec_patch_copy(ali_nec_patches *patches, size_t first, size_t end,
                       const ali_nec_motion *motion)
{
    for (size_t i = first; i < end; i++) {
        if (ali_grow((void **)&patches->patches, &patches->capacity, patches->count,
                     sizeof *patches->patches))
            return -1;
        patches->patches[patches->count] = patches->patches[i];
        ali_nec_patch_move(patches, patches->count++, motion);
    }
    return 0;
}

/* ---- making ---- */

static void refuse(ali_nec_reader *reader, const ali_nec_card *card, int field, const char *text)
{
    reader->geometry.broken = true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "patch", card, field, "%s %s", card->rule->name, text);
}

/** Double area vector of a triangle. */
static ali_vec3 area_vector(ali_vec3 a, ali_vec3 b, ali_vec3 c)
{
    return ali_vec3_cross(ali_vec3_sub(b, a), ali_vec3_sub(c, a));
}

/** Whether a triangle has an area, as a part of its longest edge squared. */
static bool has_area(ali_vec3 a, ali_vec3 b, ali_vec3 c)
{
    const double least = 1e-8;
    double longest =
        fmax(ali_vec3_distance(a, b), fmax(ali_vec3_distance(b, c), ali_vec3_distance(c, a)));
    double twice = ali_vec3_norm(area_vector(a, b, c));
    return isfinite(twice) && twice > least * longest * longest;
}

static alicorn_status append_patch(ali_nec_reader *reader, ali_nec_patch patch)
{
    ali_nec_patches *patches = &reader->geometry.patches;
    if (ali_grow((void **)&patches->patches, &patches->capacity, patches->count,
                 sizeof *patches->patches))
        return ali_error_memory(reader->error, patches->count * sizeof patch, "patches");
    patches->patches[patches->count++] = patch;
    return ALICORN_OK;
}

/** Whether `more` patches fit; reports if not. */
static bool check_count(ali_nec_reader *reader, const ali_nec_card *card, double more)
{
    double total = (double)reader->geometry.patches.count + more;
    if (total <= ALI_NEC_MAX_PATCHES)
        return true;
    reader->geometry.broken = true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-patches", card, 0,
                   "%s makes a structure of %.10g patches, expected at most %d", card->rule->name,
                   total, ALI_NEC_MAX_PATCHES);
    return false;
}

/** A patch of three or four corners; reports and adds nothing if they are not fit for one. */
static alicorn_status add_polygon(ali_nec_reader *reader, const ali_nec_card *card, size_t count,
                                  const ali_vec3 *p)
{
    ali_nec_patch patch = {.count = count, .origin = ali_nec_origin(card)};
    memcpy(patch.corner, p, count * sizeof *p);
    if (!has_area(p[0], p[1], p[2]) || (count == 4 && !has_area(p[0], p[2], p[3]))) {
        refuse(reader, card, -1, "makes a patch of no area, expected corners apart, and in order");
        return ALICORN_OK;
    }
    ali_vec3 first = area_vector(p[0], p[1], p[2]);
    patch.centre = ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2])));
    if (count == 4) {
        ali_vec3 second = area_vector(p[0], p[2], p[3]);
        double a = ali_vec3_norm(first), b = ali_vec3_norm(second);
        if (ali_vec3_dot(first, second) <= flat * a * b) {
            refuse(reader, card, -1,
                   "makes a patch whose corners do not lie in one plane and in order, expected "
                   "a flat quadrilateral");
            return ALICORN_OK;
        }
        ali_vec3 other = ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[2], p[3])));
        patch.centre =
            ali_vec3_scale(1.0 / (a + b), ali_vec3_axpy(ali_vec3_scale(a, patch.centre), b, other));
    }
    ali_nec_patches *patches = &reader->geometry.patches;
    memcpy(patches->last_corner, patch.corner, sizeof patch.corner);
    return check_count(reader, card, 1) ? append_patch(reader, patch) : ALICORN_OK;
}

/** The fourth corner of a parallelogram. */
static ali_vec3 opposite(const ali_vec3 *p)
{
    return ali_vec3_add(p[0], ali_vec3_sub(p[2], p[1]));
}

/** A square of the area given, turned as NEC-2 turns its tangent vectors: t1 horizontal, along x if
 * the normal is vertical; t2 = n x t1. */
static alicorn_status add_square(ali_nec_reader *reader, const ali_nec_card *card)
{
    const double *f = card->real;
    if (!(f[5] > 0)) {
        refuse(reader, card, 7, "F6 (area): is not above 0, expected more than 0 m^2");
        return ALICORN_OK;
    }
    double elevation = f[3] * ALI_DEGREE, azimuth = f[4] * ALI_DEGREE;
    ali_vec3 n = {cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation)};
    double horizontal = hypot(n.x, n.y);
    const double vertical = 1e-6; /* NEC-2's limit */
    ali_vec3 t1 = horizontal >= vertical ? (ali_vec3){-n.y / horizontal, n.x / horizontal, 0}
                                         : (ali_vec3){1, 0, 0};
    ali_vec3 t2 = ali_vec3_cross(n, t1);
    double half = 0.5 * sqrt(f[5]);
    ali_nec_patch patch = {
        .count = 4, .centre = {f[0], f[1], f[2]}, .by_area = true, .origin = ali_nec_origin(card)};
    for (size_t k = 0; k < 4; k++)
        patch.corner[k] =
            ali_vec3_axpy(ali_vec3_axpy(patch.centre, k == 1 || k == 2 ? half : -half, t1),
                          k / 2 ? half : -half, t2);
    return check_count(reader, card, 1) ? append_patch(reader, patch) : ALICORN_OK;
}

alicorn_status ali_nec_handle_sp(ali_nec_reader *reader, const ali_nec_card *card)
{
    if (card->integer[1] == SHAPE_AREA)
        return add_square(reader, card);
    reader->geometry.patches.state = ALI_NEC_CORNERS_WANTED;
    reader->geometry.patches.waiting = *card;
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_sm(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->geometry.patches.state = ALI_NEC_CORNERS_WANTED;
    reader->geometry.patches.waiting = *card;
    return ALICORN_OK;
}

/** Rows of equal parallelograms: I1 from the first corner to the second, I2 from that to the third.
 */
static alicorn_status add_surface(ali_nec_reader *reader, const ali_nec_card *card,
                                  const ali_vec3 *p)
{
    int n = card->integer[0], m = card->integer[1];
    if (!has_area(p[0], p[1], p[2])) {
        refuse(reader, card, -1, "makes patches of no area, expected three corners apart");
        return ALICORN_OK;
    }
    if (!check_count(reader, card, (double)n * m))
        return ALICORN_OK;
    ali_vec3 u = ali_vec3_sub(p[1], p[0]), v = ali_vec3_sub(p[2], p[1]);
    alicorn_status status = ALICORN_OK;
    for (int j = 0; j < m && !status; j++)
        for (int i = 0; i < n && !status; i++) {
            ali_nec_patch patch = {.count = 4, .origin = ali_nec_origin(card)};
            for (int k = 0; k < 4; k++)
                patch.corner[k] =
                    ali_vec3_axpy(ali_vec3_axpy(p[0], (double)(i + (k == 1 || k == 2)) / n, u),
                                  (double)(j + k / 2) / m, v);
            patch.centre = ali_vec3_scale(0.5, ali_vec3_add(patch.corner[0], patch.corner[2]));
            status = append_patch(reader, patch);
        }
    return status;
}

/** The third corner, and the fourth of a quadrilateral, for the SP or SM card before. */
static alicorn_status complete(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_patches *patches = &reader->geometry.patches;
    const ali_nec_card *first = &patches->waiting;
    const double *f = first->real, *g = card->real;
    ali_vec3 p[4] = {{f[0], f[1], f[2]}, {f[3], f[4], f[5]}, {g[0], g[1], g[2]}};
    bool multiple = strcmp(first->rule->name, "SM") == 0;
    int shape = multiple ? SHAPE_RECTANGLE : first->integer[1];
    p[3] = shape == SHAPE_QUADRILATERAL ? (ali_vec3){g[3], g[4], g[5]} : opposite(p);
    patches->state =
        multiple || shape == SHAPE_TRIANGLE ? ALI_NEC_CORNERS_NONE : ALI_NEC_CORNERS_WELCOME;
    if (multiple)
        return add_surface(reader, first, p);
    return add_polygon(reader, first, shape == SHAPE_TRIANGLE ? 3 : 4, p);
}

/** A further patch on the edge from the fourth corner to the third of the one before. */
static alicorn_status go_on(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_patches *patches = &reader->geometry.patches;
    const double *g = card->real;
    int shape = card->integer[1];
    if (card->integer[0] != 0 || (shape != SHAPE_RECTANGLE && shape != SHAPE_QUADRILATERAL)) {
        refuse(reader, card, 1,
               "I2 (shape): a further patch is a rectangle or a quadrilateral, expected I1 = 0 and "
               "I2 = 1 or 3");
        return ALICORN_OK;
    }
    ali_vec3 p[4] = {patches->last_corner[3], patches->last_corner[2], {g[0], g[1], g[2]}};
    p[3] = shape == SHAPE_QUADRILATERAL ? (ali_vec3){g[3], g[4], g[5]} : opposite(p);
    return add_polygon(reader, card, 4, p);
}

alicorn_status ali_nec_handle_sc(ali_nec_reader *reader, const ali_nec_card *card)
{
    switch (reader->geometry.patches.state) {
    case ALI_NEC_CORNERS_WANTED:
        return complete(reader, card);
    case ALI_NEC_CORNERS_WELCOME:
        return go_on(reader, card);
    default:
        break;
    }
    if (!reader->geometry.broken)
        refuse(reader, card, -1,
               "without a patch to continue, expected an SP 1, SP 2, SP 3 or SM card before");
    return ALICORN_OK;
}

void ali_nec_patch_check_corners(ali_nec_reader *reader, const char *next_name)
{
    ali_nec_patches *patches = &reader->geometry.patches;
    if (patches->state == ALI_NEC_CORNERS_NONE || (next_name && strcmp(next_name, "SC") == 0))
        return;
    bool wanted = patches->state == ALI_NEC_CORNERS_WANTED;
    patches->state = ALI_NEC_CORNERS_NONE;
    if (wanted)
        refuse(reader, &patches->waiting, -1,
               "without its third corner, expected an SC card on the next line");
}
