/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_PROJECT_SUPPORT_H
#define ALI_TESTS_PROJECT_SUPPORT_H

#include "findings_text.h"
#include "input/project.h"
#include "model/model.h"

/** What the mesher of the tests was asked for. */
typedef struct mesher_log {
    size_t runs;
    ali_shape shapes[16];
    size_t shape_count;
    ali_embedded_point points[32];
    size_t point_count;
    ali_mesher_options options;
    double profile[8][2];
    char file[100];      /**< last file asked for */
    alicorn_status fail; /**< what the next run answers */
} mesher_log;

/** A mesher that makes a square of 4 x 4 cells, 1 m wide, in the plane z = 0 around the origin out
 *  of every shape, placed; the file good.msh is one such square, with groups of marked lines: 7
 *  "feed" along x = 0 from y = 0.5 to -0.5, not in order, 8 "ring" half as wide, 9
 *  "pieces", 10 "fork", 11 across a triangle, 12 one edge twice, 13 on the square's
 *  border. Decks: dipole.nec, a dipole along
 * z of 9 segments with tag 3, loaded in the middle (5 ohm) and driven there; its symbol h is the
 * half length, 0.5 m; pair.nec, tags 1 and 2, 3 and 5 segments, both driven. */
ali_project_mesher test_mesher(mesher_log *log);

/** Read a project that has no errors; other findings are appended to `notes` (of NOTES_SIZE) as
 *  "line name\n". log and notes may be NULL. */
ali_model *read_good(const char *text, mesher_log *log, char *notes);
/** Read a project that has errors and give "line:column: message\n" of each, in static memory. */
const char *read_bad(const char *text);

#endif
