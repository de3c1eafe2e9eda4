/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_REPORT_H
#define VIEW_REPORT_H

#include "view.h"

/** @file
 *  The report: the page with the documents of finished runs inside it, one file. */

/** What a report has. All is borrowed. */
typedef struct view_report_options {
    bool solve, check;              /**< the file's requests; its requirements */
    const alicorn_rcs_request *rcs; /**< besides; NULL */
    const char *radios;             /**< path of a radios file; NULL */
} view_report_options;

/** Run what is asked, one after the other, and write the page around it.
 *  @param options  those of the view; its `may_read` and `port` are not used
 *  @param[out] text  [*size] to be freed; NULL unless ALICORN_OK
 *  @return ALICORN_OK, ALICORN_E_USAGE (this build has no page), ALICORN_E_INTERRUPTED, or what
 *          reading and solving say */
alicorn_status view_report(const view_options *options, const view_report_options *report,
                           char **text, size_t *size, alicorn_error *error);

#endif
