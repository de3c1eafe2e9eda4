/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/compare.h"
#include "base/error.h"

#include <math.h>

/** @file
 *  Cross-sections of two results for the same directions. */

/** Cross-sections of one task and frequency that both have; [count] each. */
typedef struct echo_pair {
    const alicorn_rcs *sample[2];
    size_t count;
    size_t task;
    double frequency_hz;
    bool bistatic;
} echo_pair;

/** Whether any receiver stands elsewhere than its transmitter. */
static bool is_bistatic(const alicorn_rcs *samples, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!ali_compare_same_angle(samples[k].theta_deg, samples[k].theta_inc_deg) ||
            !ali_compare_same_angle(samples[k].phi_deg, samples[k].phi_inc_deg))
            return true;
    return false;
}

static bool same_transmitter(const alicorn_rcs *a, const alicorn_rcs *b)
{
    return ali_compare_same_angle(a->theta_inc_deg, b->theta_inc_deg) &&
           ali_compare_same_angle(a->phi_inc_deg, b->phi_inc_deg);
}

static bool same_directions(const alicorn_solve_result *a, const alicorn_solve_result *b)
{
    if (a->rcs_count != b->rcs_count)
        return false;
    for (size_t k = 0; k < a->rcs_count; k++)
        if (!same_transmitter(&a->rcs[k], &b->rcs[k]) ||
            !ali_compare_same_angle(a->rcs[k].theta_deg, b->rcs[k].theta_deg) ||
            !ali_compare_same_angle(a->rcs[k].phi_deg, b->rcs[k].phi_deg))
            return false;
    return true;
}

static const alicorn_solve_result *find_partner(const alicorn_result *result,
                                                const alicorn_solve_result *own)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task == own->task && solve->driven_port == own->driven_port &&
            ali_compare_same_frequency(solve->frequency_hz, own->frequency_hz) &&
            same_directions(own, solve))
            return solve;
    }
    return NULL;
}

static alicorn_compare_row row_of(const echo_pair *pair, int component,
                                  alicorn_compare_statistic statistic)
{
    alicorn_compare_row row = ali_compare_row(ALICORN_COMPARE_RCS, statistic);
    row.polarisation = component;
    row.task = pair->task;
    ali_compare_place(&row, pair->frequency_hz, NAN, NAN);
    return row;
}

static alicorn_status add_point(ali_comparer *comparer, const echo_pair *pair, size_t k,
                                int component)
{
    const alicorn_rcs *sample = &pair->sample[0][k];
    alicorn_compare_row row = row_of(pair, component, ALICORN_COMPARE_VALUE);
    double value[2], error[2];
    for (int side = 0; side < 2; side++)
        value[side] = alicorn_rcs_value(&pair->sample[side][k], (alicorn_rcs_component)component,
                                        &error[side]);
    if (isnan(value[0]) && isnan(value[1]))
        return ALICORN_OK;
    ali_compare_values(&row, value, error);
    ali_compare_place(&row, pair->frequency_hz, sample->theta_deg, sample->phi_deg);
    if (pair->bistatic) {
        row.transmitter_deg[0] = sample->theta_inc_deg;
        row.transmitter_deg[1] = sample->phi_inc_deg;
    }
    return ali_compare_point(comparer, &row);
}

/** Median, percentile and maximum in one sector of azimuth; sector 0 is all around. Directions that
 *  are no grid, and sectors without any, have none. */
static alicorn_status add_statistic(ali_comparer *comparer, const echo_pair *pair, int component,
                                    size_t sector, alicorn_compare_statistic statistic)
{
    double percent = statistic == ALICORN_COMPARE_MEDIAN     ? 50
                     : statistic == ALICORN_COMPARE_GREATEST ? 100
                                                             : comparer->options->percent;
    double width = 360.0 / (double)comparer->options->sectors;
    alicorn_sector where = {.theta_deg = {0, 180}, .phi_deg = {0, 360}};
    alicorn_compare_row row = row_of(pair, component, statistic);
    double value[2], error[2];
    if (sector > 0) {
        row.azimuth_deg[0] = where.phi_deg[0] = (double)(sector - 1) * width;
        row.azimuth_deg[1] = where.phi_deg[1] = (double)sector * width;
    }
    if (statistic == ALICORN_COMPARE_PERCENTILE)
        row.level = percent;
    if (pair->bistatic) {
        row.transmitter_deg[0] = pair->sample[0][0].theta_inc_deg;
        row.transmitter_deg[1] = pair->sample[0][0].phi_inc_deg;
    }
    for (int side = 0; side < 2; side++) {
        alicorn_rcs_statistic level;
        alicorn_status status =
            alicorn_assess_rcs(pair->sample[side], pair->count, &where,
                               (alicorn_rcs_component)component, percent, &level, comparer->error);
        if (status != ALICORN_OK)
            return status == ALICORN_E_USAGE ? ALICORN_OK : status;
        value[side] = level.dbsm;
        error[side] = level.has_error
                          ? fmax(level.most_dbsm - level.dbsm, level.dbsm - level.least_dbsm)
                          : -1;
        row.at[side].theta_deg = level.theta_deg;
        row.at[side].phi_deg = level.phi_deg;
    }
    ali_compare_values(&row, value, error);
    return ali_compare_summary(comparer, &row);
}

/** The summary of one transmitter's receivers, or of all directions if they stand together. */
static alicorn_status add_statistics(ali_comparer *comparer, const echo_pair *pair)
{
    static const alicorn_compare_statistic statistics[] = {
        ALICORN_COMPARE_MEDIAN, ALICORN_COMPARE_PERCENTILE, ALICORN_COMPARE_GREATEST};
    size_t sectors = comparer->options->sectors > 1 ? comparer->options->sectors : 0;
    alicorn_status status = ALICORN_OK;
    for (int component = 0; component < ALICORN_RCS_LARGEST; component++)
        for (size_t sector = 0; sector <= sectors; sector++)
            for (size_t k = 0; k < 3 && status == ALICORN_OK; k++)
                status = add_statistic(comparer, pair, component, sector, statistics[k]);
    return status;
}

static alicorn_status add_pair(ali_comparer *comparer, const echo_pair *pair)
{
    alicorn_status status = ALICORN_OK;
    for (size_t k = 0; k < pair->count; k++)
        for (int component = 0; component < ALICORN_RCS_LARGEST && status == ALICORN_OK;
             component++)
            status = add_point(comparer, pair, k, component);
    for (size_t from = 0, to; from < pair->count && status == ALICORN_OK; from = to) {
        for (to = from + 1; to < pair->count; to++)
            if (pair->bistatic && !same_transmitter(&pair->sample[0][from], &pair->sample[0][to]))
                break;
        echo_pair part = *pair;
        part.sample[0] += from;
        part.sample[1] += from;
        part.count = to - from;
        status = add_statistics(comparer, &part);
    }
    return status;
}

/** Every set of cross-sections of one side; A's are compared, those without a partner listed. */
static alicorn_status take_side(ali_comparer *comparer, const alicorn_result *own_result,
                                const alicorn_result *other, int side)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; own_result && i < alicorn_result_count(own_result); i++) {
        const alicorn_solve_result *own = alicorn_result_solve(own_result, i);
        if (own->rcs_count == 0 || status != ALICORN_OK)
            continue;
        const alicorn_solve_result *partner = other ? find_partner(other, own) : NULL;
        if (!partner)
            status = ali_compare_only(comparer, ALICORN_ONLY_RCS, side, "", own->task,
                                      own->frequency_hz);
        else if (side == 0)
            status =
                add_pair(comparer, &(echo_pair){.sample = {own->rcs, partner->rcs},
                                                .count = own->rcs_count,
                                                .task = own->task,
                                                .frequency_hz = own->frequency_hz,
                                                .bistatic = is_bistatic(own->rcs, own->rcs_count)});
    }
    return status;
}

alicorn_status ali_compare_rcs(ali_comparer *comparer)
{
    const alicorn_compare_input *a = comparer->input[0], *b = comparer->input[1];
    alicorn_status status = take_side(comparer, a->result, b->result, 0);
    if (status == ALICORN_OK)
        status = take_side(comparer, b->result, a->result, 1);
    if (status == ALICORN_OK)
        status = take_side(comparer, a->rcs, b->rcs, 0);
    return status == ALICORN_OK ? take_side(comparer, b->rcs, a->rcs, 1) : status;
}
