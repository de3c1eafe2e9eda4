/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_PATCH_H
#define ALI_INPUT_NEC_PATCH_H

#include "input/nec_cards.h"
#include "model/model.h"

/** @file
 *  Surface patches while a deck is read, and the skin of triangles that they become. */

enum { ALI_NEC_PATCH_CORNERS = 4 };

/** One patch of NEC-2. Seen from outside its corners run counterclockwise. */
typedef struct ali_nec_patch {
    ali_vec3 corner[ALI_NEC_PATCH_CORNERS]; /**< [count] [m]; of a square of the right area if only
                                               that was given */
    size_t count;                           /**< 3 or 4 */
    ali_vec3 centre;                        /**< where NEC-2 puts it; wires may end there */
    bool by_area;                           /**< SP 0: centre, normal and area are all there is */
    ali_origin origin;
} ali_nec_patch;

/** What SC has to continue. */
typedef enum ali_nec_corner_state {
    ALI_NEC_CORNERS_NONE = 0,
    ALI_NEC_CORNERS_WANTED = 1, /**< SP or SM waits for its third and fourth corner */
    ALI_NEC_CORNERS_WELCOME = 2 /**< SC may add a patch to the one before */
} ali_nec_corner_state;

typedef struct ali_nec_patches {
    ali_nec_patch *patches;
    size_t count, capacity;
    ali_nec_corner_state state;
    ali_nec_card waiting;                        /**< the SP or SM card */
    ali_vec3 last_corner[ALI_NEC_PATCH_CORNERS]; /**< of the patch that SC may continue */
} ali_nec_patches;

/** A rotation or reflection followed by a shift: p -> m p + shift. */
typedef struct ali_nec_motion {
    ali_vec3 row[3];
    ali_vec3 shift;
} ali_nec_motion;

static inline ali_vec3 ali_nec_move_point(const ali_nec_motion *m, ali_vec3 p)
{
    return ali_vec3_add((ali_vec3){ali_vec3_dot(m->row[0], p), ali_vec3_dot(m->row[1], p),
                                   ali_vec3_dot(m->row[2], p)},
                        m->shift);
}

/** Move patch i; a reflection turns its corners so that they still run counterclockwise. */
void ali_nec_patch_move(ali_nec_patches *patches, size_t i, const ali_nec_motion *motion);
/** Append moved copies of the patches first … end-1. Returns 0, or -1 when memory is out. */
int ali_nec_patch_copy(ali_nec_patches *patches, size_t first, size_t end,
                       const ali_nec_motion *motion);

/** Report an SP or SM card whose SC card is missing, unless the next card's name is SC. */
void ali_nec_patch_check_corners(struct ali_nec_reader *reader, const char *next_name);

/** Put all patches into the model as surfaces of triangles, one surface per card; see
 * docs/decks.md. */
alicorn_status ali_nec_skin_finish(struct ali_nec_reader *reader, const ali_nec_card *card);

alicorn_status ali_nec_handle_sp(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_sm(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_sc(struct ali_nec_reader *reader, const ali_nec_card *card);

#endif
