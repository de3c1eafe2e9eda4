/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/judge.h"

#include <math.h>

/** @file
 *  The judge of radar cross-sections. */

alicorn_status ali_judge_rcs(const ali_requirement *required, const alicorn_solve_result *solve,
                             alicorn_verdict *verdict, alicorn_error *error)
{
    alicorn_rcs_statistic statistic;
    verdict->detail = alicorn_rcs_component_text(required->component);
    alicorn_status status =
        alicorn_assess_rcs(solve->rcs, solve->rcs_count, &required->sector, required->component,
                           required->percent, &statistic, error);
    if (status != ALICORN_OK)
        return status;
    const ali_sample s = {.value = statistic.dbsm,
                          .least = statistic.least_dbsm,
                          .most = statistic.most_dbsm,
                          .has_error = statistic.has_error,
                          .has_direction = true,
                          .theta_deg = statistic.theta_deg,
                          .phi_deg = statistic.phi_deg,
                          .frequency_hz = solve->frequency_hz};
    ali_verdict_weigh(verdict, &s);
    return ALICORN_OK;
}
