/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_GEOMETRY_H
#define ALI_INPUT_NEC_GEOMETRY_H

#include "input/nec_cards.h"
#include "input/nec_patch.h"
#include "model/model.h"

/** @file
 *  The structure while its cards are read. It is kept as runs: polylines of one tag, each made by
 * one card or by one copy of it. GX, GR, GM and GS always concern whole runs, because a tag begins
 * where a run begins. */

typedef struct ali_nec_run {
    size_t first_point;   /**< of count + 1 points */
    size_t first_segment; /**< of count radii */
    size_t count;
    int tag;
    ali_origin origin;
} ali_nec_run;

typedef struct ali_nec_geometry {
    ali_vec3 *points; /**< [point_count] [m] */
    size_t point_count, point_capacity;
    double *radii; /**< [segment_count] [m] */
    size_t segment_count, radius_capacity;
    ali_nec_run *runs;
    size_t run_count, run_capacity;
    size_t *by_tag; /**< [run_count] runs by tag, then by segment; after ali_nec_geometry_finish */
    size_t
        *before; /**< [run_count] segments of the same tag in the runs before, in by_tag's order */
    ali_nec_patches patches;
    double moves; /**< segments and patches moved or copied so far */
    bool broken;  /**< a card was wrong, so segments may be missing: do not blame later cards */
    bool tapered; /**< a GW of radius 0 waits for its GC */
    ali_nec_card waiting; /**< that GW */
} ali_nec_geometry;

/** Forget everything, free the arrays. */
void ali_nec_geometry_clear(ali_nec_geometry *geometry);

/** Put the structure into the reader's model and index it by tag. Reports an empty or overflowing
 * structure. */
alicorn_status ali_nec_geometry_finish(struct ali_nec_reader *reader, const ali_nec_card *card);

/** A tapered GW must be followed by GC at once, SP and SM by SC: report it if the next card (NULL:
 * the end) is anything else. */
void ali_nec_geometry_check_waiting(struct ali_nec_reader *reader, const char *next_name);

/** Model segment (from 0) of the number-th (from 1) segment of a tag, tag 0 counting all; reports
 * at the fields tag_field and number_field if there is none, and returns false. */
bool ali_nec_find_segment(struct ali_nec_reader *reader, const ali_nec_card *card, int tag_field,
                          int number_field, size_t *segment);

/** Runs of a tag: by_tag[*first … *end-1]; and how many segments they have together. */
size_t ali_nec_tag_runs(const ali_nec_geometry *geometry, int tag, size_t *first, size_t *end);

alicorn_status ali_nec_handle_gw(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gc(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ga(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gh(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gx(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gr(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gm(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gs(struct ali_nec_reader *reader, const ali_nec_card *card);

#endif
