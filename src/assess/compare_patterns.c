/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/compare.h"
#include "assess/directions.h"
#include "assess/gain.h"
#include "base/error.h"

#include <math.h>
#include <string.h>

/** @file
 *  Gains of two results in the same directions. */

/** A pattern of one side. */
typedef struct entry {
    const alicorn_solve_result *solve;
    size_t index;
    const alicorn_pattern *pattern;
} entry;

/** A pattern that both have. */
typedef struct entry_pair {
    entry side[2];
    double bar[2]; /**< error of the field, < 0 if not estimated */
    const char *port;
} entry_pair;

/** Name of the port that drives alone, or "". */
static const char *driver(const alicorn_solve_result *solve)
{
    if (solve->driven_port >= 0 && (size_t)solve->driven_port < solve->ports.count)
        return solve->ports.names[solve->driven_port];
    return "";
}

/** Gain of a space wave. */
static bool is_gain(const alicorn_pattern *pattern)
{
    return pattern->mode != 1 && !pattern->bistatic;
}

static bool same_angles(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!ali_compare_same_angle(a[i], b[i]))
            return false;
    return true;
}

static bool same_grid(const alicorn_pattern *a, const alicorn_pattern *b)
{
    return is_gain(b) && a->theta_count == b->theta_count && a->phi_count == b->phi_count &&
           a->directive == b->directive &&
           same_angles(a->theta_deg, b->theta_deg, a->theta_count) &&
           same_angles(a->phi_deg, b->phi_deg, a->phi_count);
}

static bool same_solve(const alicorn_solve_result *a, const alicorn_solve_result *b)
{
    return a->task == b->task && ali_compare_same_frequency(a->frequency_hz, b->frequency_hz) &&
           strcmp(driver(a), driver(b)) == 0;
}

/** The pattern of a result that goes with another's: best the one of the same index. */
static bool find_partner(const alicorn_result *result, const entry *own, entry *partner)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (!same_solve(own->solve, solve))
            continue;
        for (size_t k = 0; k <= solve->pattern_count; k++) {
            size_t index = k == 0 ? own->index : k - 1;
            if (index >= solve->pattern_count || !same_grid(own->pattern, &solve->patterns[index]))
                continue;
            *partner = (entry){.solve = solve, .index = index, .pattern = &solve->patterns[index]};
            return true;
        }
    }
    return false;
}

static alicorn_compare_row row_of(const entry_pair *pair, alicorn_compare_quantity quantity,
                                  alicorn_compare_statistic statistic)
{
    alicorn_compare_row row = ali_compare_row(quantity, statistic);
    row.port[0] = pair->port;
    row.task = pair->side[0].solve->task;
    row.pattern = pair->side[0].index;
    row.interpolated = pair->side[0].solve->interpolated | pair->side[1].solve->interpolated << 1;
    ali_compare_place(&row, pair->side[0].solve->frequency_hz, NAN, NAN);
    return row;
}

/** The largest change of a gain within the error of its field; < 0 if not estimated. */
static double spread(double gain_dbi, double bar)
{
    if (!(bar >= 0))
        return -1;
    if (isinf(gain_dbi))
        return HUGE_VAL;
    return fmax(ali_assess_shifted(gain_dbi, bar) - gain_dbi,
                gain_dbi - ali_assess_shifted(gain_dbi, -bar));
}

static alicorn_status add_points(ali_comparer *comparer, const entry_pair *pair)
{
    const alicorn_pattern *grid = pair->side[0].pattern;
    alicorn_status status = ALICORN_OK;
    for (size_t j = 0; j < grid->phi_count; j++)
        for (size_t i = 0; i < grid->theta_count && status == ALICORN_OK; i++) {
            alicorn_compare_row row = row_of(pair, ALICORN_COMPARE_GAIN, ALICORN_COMPARE_VALUE);
            double gain[2], error[2];
            for (int side = 0; side < 2; side++) {
                gain[side] = ali_assess_gain(pair->side[side].pattern, i, j);
                error[side] = spread(gain[side], pair->bar[side]);
            }
            ali_compare_values(&row, gain, error);
            ali_compare_place(&row, row.at[0].frequency_hz, grid->theta_deg[i], grid->phi_deg[j]);
            status = ali_compare_point(comparer, &row);
        }
    return status;
}

/** Least or greatest gain, of each side its own. */
static alicorn_status add_extreme(ali_comparer *comparer, const entry_pair *pair,
                                  alicorn_compare_statistic statistic)
{
    alicorn_compare_row row = row_of(pair, ALICORN_COMPARE_GAIN, statistic);
    double gain[2], error[2], sign = statistic == ALICORN_COMPARE_LEAST ? -1 : 1;
    for (int side = 0; side < 2; side++) {
        const alicorn_pattern *pattern = pair->side[side].pattern;
        gain[side] = NAN;
        for (size_t j = 0; j < pattern->phi_count; j++)
            for (size_t i = 0; i < pattern->theta_count; i++) {
                double here = ali_assess_gain(pattern, i, j);
                if (!isnan(gain[side]) && !(sign * here > sign * gain[side]))
                    continue;
                gain[side] = here;
                row.at[side].theta_deg = pattern->theta_deg[i];
                row.at[side].phi_deg = pattern->phi_deg[j];
            }
        error[side] = spread(gain[side], pair->bar[side]);
    }
    ali_compare_values(&row, gain, error);
    return ali_compare_summary(comparer, &row);
}

/** Share of the solid angle of the pattern's own grid; none if that has none. */
static alicorn_status add_coverage(ali_comparer *comparer, const entry_pair *pair)
{
    const alicorn_sector all = {.theta_deg = {0, 180}, .phi_deg = {0, 360}};
    alicorn_compare_row row = row_of(pair, ALICORN_COMPARE_COVERAGE, ALICORN_COMPARE_VALUE);
    double share[2] = {NAN, NAN}, error[2] = {-1, -1};
    row.level = comparer->options->coverage_dbi;
    for (int side = 0; side < 2; side++) {
        double bar = fmax(pair->bar[side], 0), shifts[] = {0, bar, -bar}, shares[3];
        for (int k = 0; k < 3; k++) {
            alicorn_coverage coverage;
            if (alicorn_assess_coverage(pair->side[side].pattern, &all,
                                        ali_assess_shifted(row.level, shifts[k]), &coverage, NULL))
                return ALICORN_OK;
            shares[k] = 100 * coverage.share;
        }
        share[side] = shares[0];
        if (pair->bar[side] >= 0)
            error[side] = fmax(shares[0] - shares[1], shares[2] - shares[0]);
    }
    ali_compare_values(&row, share, error);
    return ali_compare_summary(comparer, &row);
}

/** Ripple over the azimuths of one theta and its error; NAN without any field. */
static double ripple_at(const alicorn_pattern *pattern, size_t i, double bar, double *error)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t j = 0; j < pattern->phi_count; j++) {
        double gain = ali_assess_gain(pattern, i, j);
        low = fmin(low, gain);
        high = fmax(high, gain);
    }
    if (isinf(high))
        return NAN;
    *error = bar >= 0 ? spread(high, bar) + spread(low, bar) : -1;
    return high - low;
}

/** The greatest ripple over the azimuths, of all thetas, where they go once around. */
static alicorn_status add_ripple(ali_comparer *comparer, const entry_pair *pair)
{
    alicorn_compare_row row = row_of(pair, ALICORN_COMPARE_RIPPLE, ALICORN_COMPARE_GREATEST);
    double ripple[2] = {NAN, NAN}, error[2] = {-1, -1};
    if (ali_assess_turn(pair->side[0].pattern) == 0)
        return ALICORN_OK;
    for (int side = 0; side < 2; side++) {
        const alicorn_pattern *pattern = pair->side[side].pattern;
        for (size_t i = 0; i < pattern->theta_count; i++) {
            double own_error = -1, own = ripple_at(pattern, i, pair->bar[side], &own_error);
            if (isnan(own) || own <= ripple[side])
                continue;
            ripple[side] = own;
            error[side] = own_error;
            row.at[side].theta_deg = pattern->theta_deg[i];
        }
    }
    ali_compare_values(&row, ripple, error);
    return row.has[0] || row.has[1] ? ali_compare_summary(comparer, &row) : ALICORN_OK;
}

static alicorn_status add_pair(ali_comparer *comparer, const entry *own, const entry *partner)
{
    entry_pair pair = {.side = {*own, *partner}};
    pair.port = ali_compare_name(comparer, driver(own->solve));
    if (!pair.port)
        return ali_error_memory(comparer->error, 1, "a comparison");
    for (int side = 0; side < 2; side++)
        pair.bar[side] = ali_assess_field_error(pair.side[side].solve);
    alicorn_status status = add_points(comparer, &pair);
    if (status == ALICORN_OK)
        status = add_extreme(comparer, &pair, ALICORN_COMPARE_LEAST);
    if (status == ALICORN_OK)
        status = add_extreme(comparer, &pair, ALICORN_COMPARE_GREATEST);
    if (status == ALICORN_OK)
        status = add_coverage(comparer, &pair);
    return status == ALICORN_OK ? add_ripple(comparer, &pair) : status;
}

/** One side's pattern against the other: A's are compared, those without a partner listed. */
static alicorn_status take_pattern(ali_comparer *comparer, int side, const entry *own)
{
    const alicorn_result *other = comparer->input[1 - side]->result;
    entry partner;
    if (!other || !find_partner(other, own, &partner))
        return ali_compare_only(comparer, ALICORN_ONLY_PATTERN, side, driver(own->solve),
                                own->solve->task, own->solve->frequency_hz);
    return side == 0 ? add_pair(comparer, own, &partner) : ALICORN_OK;
}

alicorn_status ali_compare_patterns(ali_comparer *comparer)
{
    alicorn_status status = ALICORN_OK;
    for (int side = 0; side < 2; side++) {
        const alicorn_result *result = comparer->input[side]->result;
        for (size_t i = 0; result && i < alicorn_result_count(result); i++) {
            const alicorn_solve_result *solve = alicorn_result_solve(result, i);
            for (size_t k = 0; k < solve->pattern_count && status == ALICORN_OK; k++) {
                const entry own = {.solve = solve, .index = k, .pattern = &solve->patterns[k]};
                if (is_gain(own.pattern))
                    status = take_pattern(comparer, side, &own);
            }
        }
    }
    return status;
}
