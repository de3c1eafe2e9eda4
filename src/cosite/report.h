/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_REPORT_H
#define ALI_COSITE_REPORT_H

#include "cosite/survey.h"

/** @file
 *  From what was found to the public result. */

/** A result with names and channels; nothing found yet. */
alicorn_status ali_report_create(const ali_scene *scene, alicorn_cosite_result **result,
                                 alicorn_error *error);

/** Entries by margin, cells, and what is not known; takes the findings' entries. */
alicorn_status ali_report_entries(ali_scene *scene, const ali_survey *survey,
                                  ali_findings *findings, alicorn_cosite_result *result,
                                  alicorn_error *error);

/** All at once, for every receiver: the situation that is worst for it without products, and that
 * of its worst entry, completed by the worst of everybody else; the worse of both counts. */
alicorn_status ali_report_totals(ali_scene *scene, const ali_product_tables *tables,
                                 const ali_survey *survey, alicorn_cosite_result *result,
                                 alicorn_error *error);

#endif
