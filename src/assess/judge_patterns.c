/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/gain.h"
#include "assess/judge.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** @file
 *  Judges of patterns. */

static void judge_gain(const alicorn_pattern *pattern, double bar, ali_sample s,
                       alicorn_verdict *verdict)
{
    s.has_direction = true;
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++) {
            s.value = ali_assess_gain(pattern, i, j);
            s.least = ali_assess_shifted(s.value, -bar);
            s.most = ali_assess_shifted(s.value, bar);
            s.theta_deg = pattern->theta_deg[i];
            s.phi_deg = pattern->phi_deg[j];
            ali_verdict_weigh(verdict, &s);
        }
}

/** Where the gain is least is told as the place of the ripple. */
static void judge_ripple(const alicorn_pattern *pattern, double bar, ali_sample s,
                         alicorn_verdict *verdict)
{
    s.has_direction = true;
    for (size_t i = 0; i < pattern->theta_count; i++) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t j = 0; j < pattern->phi_count; j++) {
            double gain = ali_assess_gain(pattern, i, j);
            if (gain < low) {
                low = gain;
                s.phi_deg = pattern->phi_deg[j];
            }
            high = fmax(high, gain);
        }
        if (isinf(high)) /* no field at all: along the axis of a wire */
            continue;
        s.theta_deg = pattern->theta_deg[i];
        s.value = high - low;
        s.most = ali_assess_shifted(high, bar) - ali_assess_shifted(low, -bar);
        s.least = fmax(ali_assess_shifted(high, -bar) - ali_assess_shifted(low, bar), 0);
        ali_verdict_weigh(verdict, &s);
    }
}

static alicorn_status judge_coverage(const ali_requirement *required,
                                     const alicorn_pattern *pattern, double bar, ali_sample s,
                                     alicorn_verdict *verdict, alicorn_error *error)
{
    const double shifts[] = {0, bar, -bar};
    double share[3];
    for (int k = 0; k < 3; k++) {
        alicorn_coverage coverage;
        alicorn_status status = alicorn_assess_coverage(
            pattern, &required->sector, ali_assess_shifted(required->gain_dbi, shifts[k]),
            &coverage, error);
        if (status)
            return status;
        share[k] = 100 * coverage.share;
        s.theta_deg = coverage.lowest_theta_deg;
        s.phi_deg = coverage.lowest_phi_deg;
    }
    s.value = share[0];
    s.least = share[1];
    s.most = share[2];
    s.has_direction = true; /* of the least gain */
    ali_verdict_weigh(verdict, &s);
    return ALICORN_OK;
}

/** The widest of a theta's blind azimuths below a gain, and its middle. */
static alicorn_status widest_blind(const alicorn_pattern *pattern, size_t theta, double gain_dbi,
                                   alicorn_azimuths *blind, double *width, double *phi_deg,
                                   alicorn_error *error)
{
    size_t count;
    alicorn_status status =
        alicorn_assess_blind(pattern, theta, gain_dbi, blind, pattern->phi_count, &count, error);
    *width = 0;
    for (size_t k = 0; k < count && status == ALICORN_OK; k++) {
        double here = blind[k].to_deg - blind[k].from_deg;
        if (here <= *width)
            continue;
        *width = here;
        *phi_deg = fmod((blind[k].from_deg + blind[k].to_deg) / 2, 360);
    }
    return status;
}

static alicorn_status judge_blind(const ali_requirement *required, const alicorn_pattern *pattern,
                                  double bar, ali_sample s, alicorn_verdict *verdict,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    alicorn_azimuths *blind = ali_calloc(pattern->phi_count, sizeof *blind);
    if (!blind)
        return ali_error_memory(error, pattern->phi_count * sizeof *blind, "blind azimuths");
    s.has_direction = true;
    for (size_t i = 0; i < pattern->theta_count && status == ALICORN_OK; i++) {
        double width[3], middle[3] = {0};
        for (int k = 0; k < 3 && status == ALICORN_OK; k++)
            status = widest_blind(pattern, i, ali_assess_shifted(required->gain_dbi, (k - 1) * bar),
                                  blind, &width[k], &middle[k], error);
        if (status != ALICORN_OK)
            break;
        s.theta_deg = pattern->theta_deg[i];
        s.phi_deg = middle[1];
        s.least = width[0];
        s.value = width[1];
        s.most = width[2];
        ali_verdict_weigh(verdict, &s);
    }
    free(blind);
    return status;
}

/** Decibels of the axes of an ellipse [square root of the gain's unit]. */
static double axial_ratio(double major, double minor)
{
    return minor > 0 ? 20 * log10(major / minor) : HUGE_VAL;
}

static void judge_axial_ratio(const ali_requirement *required, const alicorn_pattern *pattern,
                              double bar, ali_sample s, alicorn_verdict *verdict)
{
    s.has_direction = true;
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++) {
            alicorn_pattern_sample at = alicorn_pattern_at(pattern, i, j);
            double major = pow(10, at.major_dbi / 20), minor = pow(10, at.minor_dbi / 20);
            bool other_sense = required->sense != 0 && at.sense != required->sense;
            s.value = other_sense ? HUGE_VAL : axial_ratio(major, minor);
            /* the sense of an ellipse as thin as the bar is not known */
            s.most = other_sense ? HUGE_VAL : axial_ratio(major + bar, minor - bar);
            s.least = other_sense && minor > bar
                          ? HUGE_VAL
                          : axial_ratio(fmax(major - bar, minor + bar), minor + bar);
            if (bar == 0)
                s.least = s.most = s.value;
            s.theta_deg = pattern->theta_deg[i];
            s.phi_deg = pattern->phi_deg[j];
            ali_verdict_weigh(verdict, &s);
        }
}

alicorn_status ali_judge_pattern_of(const ali_requirement *required,
                                    const alicorn_solve_result *solve,
                                    const alicorn_pattern **pattern, alicorn_error *error)
{
    if (solve->driven_port < 0 || (size_t)solve->driven_port >= solve->ports.count ||
        required->pattern >= solve->pattern_count)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "the result has not the patterns that the requirements need");
    *pattern = &solve->patterns[required->pattern];
    return ALICORN_OK;
}

alicorn_status ali_judge_pattern(const ali_requirement *required, const alicorn_solve_result *solve,
                                 alicorn_verdict *verdict, alicorn_error *error)
{
    const alicorn_pattern *pattern = NULL;
    alicorn_status status = ali_judge_pattern_of(required, solve, &pattern, error);
    if (status != ALICORN_OK)
        return status;
    const char *port = solve->ports.names[solve->driven_port];
    double bar = ali_assess_field_error(solve);
    ali_sample s = {.frequency_hz = solve->frequency_hz, .port = {port}, .has_error = bar >= 0};
    bar = fmax(bar, 0);
    if (!ali_requirement_means(required->port[0], port))
        return ALICORN_OK;
    if (required->kind == ALICORN_REQUIRE_COVERAGE)
        return judge_coverage(required, pattern, bar, s, verdict, error);
    if (required->kind == ALICORN_REQUIRE_BLIND)
        return judge_blind(required, pattern, bar, s, verdict, error);
    if (required->kind == ALICORN_REQUIRE_RIPPLE)
        judge_ripple(pattern, bar, s, verdict);
    else if (required->kind == ALICORN_REQUIRE_AXIAL_RATIO)
        judge_axial_ratio(required, pattern, bar, s, verdict);
    else
        judge_gain(pattern, bar, s, verdict);
    return ALICORN_OK;
}
