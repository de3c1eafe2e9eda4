/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_ASSESS_JUDGE_H
#define ALI_ASSESS_JUDGE_H

#include "alicorn/assess.h"
#include "model/model.h"
#include "model/requirement.h"

#include <stdbool.h>

/** @file
 *  Requirements held against results: each sample is a value with an error bar, and the worst one
 *  decides. */

/** One value that a requirement limits. */
typedef struct ali_sample {
    double value, least, most;
    bool has_error, has_direction;
    double theta_deg, phi_deg;
    const char *port[2];
    const char *detail; /**< static, or NULL */
    double frequency_hz;
} ali_sample;

/** Let a sample decide if it is worse than what decided so far. */
void ali_verdict_weigh(alicorn_verdict *verdict, const ali_sample *sampled);

/** Whether a requirement means a port; an empty name means all. */
bool ali_requirement_means(const char *wanted, const char *name);

/** The requirement's pattern in a solve whose ports are driven in turn.
 *  @return ALICORN_OK or ALICORN_E_USAGE */
alicorn_status ali_judge_pattern_of(const ali_requirement *required,
                                    const alicorn_solve_result *solve,
                                    const alicorn_pattern **pattern, alicorn_error *error);

/** Judges of one solve: of |S| and powers, of patterns, of cross-sections. */
alicorn_status ali_judge_ports(const ali_requirement *required, const alicorn_solve_result *solve,
                               alicorn_verdict *verdict, alicorn_error *error);
alicorn_status ali_judge_pattern(const ali_requirement *required, const alicorn_solve_result *solve,
                                 alicorn_verdict *verdict, alicorn_error *error);
alicorn_status ali_judge_rcs(const ali_requirement *required, const alicorn_solve_result *solve,
                             alicorn_verdict *verdict, alicorn_error *error);

/** Number of a beacon's verdicts; begin them, the first of which has what they share, by their
 * names and limits; and judge all of them. */
size_t ali_judge_tacan_count(const ali_requirement *required);
void ali_judge_tacan_begin(const ali_requirement *required, alicorn_verdict *verdicts);
alicorn_status ali_judge_tacan(const ali_requirement *required, const alicorn_result *result,
                               alicorn_verdict *verdicts, alicorn_error *error);

/** The judge of radios: reads them and analyses with the result's S. */
alicorn_status ali_judge_cosite(const ali_requirement *required, const alicorn_result *result,
                                alicorn_verdict *verdict, alicorn_error *error);

#endif
