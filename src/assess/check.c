/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/gain.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "model/requirement.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Requirements held against results. Each sample is a value with an error bar; the worst one
 *  decides. */

static const struct {
    const char *name, *unit;
} kinds[] = {
    [ALICORN_REQUIRE_ISOLATION] = {"isolation", "dB"},
    [ALICORN_REQUIRE_VSWR] = {"vswr", ""},
    [ALICORN_REQUIRE_RETURN_LOSS] = {"return_loss", "dB"},
    [ALICORN_REQUIRE_GAIN] = {"gain", "dBi"},
    [ALICORN_REQUIRE_RIPPLE] = {"ripple", "dB"},
    [ALICORN_REQUIRE_COVERAGE] = {"coverage", "%"},
};

/** One value that a requirement limits. */
typedef struct sample {
    double value, least, most;
    bool has_error, has_direction;
    double theta_deg, phi_deg;
    const char *port[2];
    double frequency_hz;
} sample;

/** Pass or fail if the whole error bar agrees, otherwise undecided. */
static alicorn_judgement judge(const sample *s, double low, double high)
{
    if (s->least >= low && s->most <= high)
        return ALICORN_PASS;
    return s->most < low || s->least > high ? ALICORN_FAIL : ALICORN_UNDECIDED;
}

/** What is left to the nearer limit; below 0 beyond it. */
static double margin(double value, double low, double high)
{
    double below = isinf(low) ? HUGE_VAL : value - low;
    double above = isinf(high) ? HUGE_VAL : high - value;
    return fmin(below, above);
}

/** Let a sample decide if it is worse than what decided so far. */
static void weigh(alicorn_verdict *verdict, const sample *sampled)
{
    sample own = *sampled, *s = &own;
    if (!s->has_error) {
        s->least -= verdict->assumed_error;
        s->most += verdict->assumed_error;
    }
    alicorn_judgement judgement = judge(s, verdict->low, verdict->high);
    bool first = verdict->samples == 0,
         nearer = margin(s->value, verdict->low, verdict->high) <
                  margin(verdict->value, verdict->low, verdict->high);
    verdict->samples++;
    verdict->unestimated += !s->has_error;
    if (!first && judgement < verdict->judgement)
        return;
    if (!first && judgement == verdict->judgement && !nearer)
        return;
    verdict->judgement = judgement;
    verdict->value = s->value;
    verdict->least = s->least;
    verdict->most = s->most;
    verdict->has_error = s->has_error;
    verdict->has_direction = s->has_direction;
    verdict->theta_deg = s->theta_deg;
    verdict->phi_deg = s->phi_deg;
    verdict->frequency_hz = s->frequency_hz;
    for (int k = 0; k < 2; k++)
        snprintf(verdict->port[k], sizeof verdict->port[k], "%s", s->port[k] ? s->port[k] : "");
}

/* ---- S ---- */

/** A figure of |S| that falls or rises with it, and its bar. */
static void take_magnitude(sample *s, double (*figure)(double), double size, double error)
{
    s->has_error = error >= 0;
    double bar = s->has_error ? error : 0;
    double a = figure(fmax(size - bar, 0)), b = figure(size + bar);
    s->value = figure(size);
    s->least = fmin(a, b);
    s->most = fmax(a, b);
}

/** Whether a requirement means a port; an empty name means all. */
static bool means(const char *wanted, const char *name)
{
    return wanted[0] == '\0' || strcmp(wanted, name) == 0;
}

static void judge_ports(const ali_requirement *required, const alicorn_solve_result *solve,
                        alicorn_verdict *verdict)
{
    const alicorn_ports *ports = &solve->ports;
    bool isolation = required->kind == ALICORN_REQUIRE_ISOLATION;
    /* of ports that are driven in turn every entry has the same S */
    if (solve->driven_port > 0 || !ports->s)
        return;
    for (size_t i = 0; i < ports->count; i++)
        for (size_t j = 0; j < ports->count; j++) {
            bool wanted = isolation ? i != j && means(required->port[0], ports->names[j]) &&
                                          means(required->port[1], ports->names[i])
                                    : i == j && means(required->port[0], ports->names[i]);
            if (!wanted)
                continue;
            size_t at = i * ports->count + j;
            sample s = {.frequency_hz = solve->frequency_hz,
                        .port = {ports->names[j], isolation ? ports->names[i] : NULL}};
            take_magnitude(&s,
                           required->kind == ALICORN_REQUIRE_VSWR ? alicorn_assess_vswr
                                                                  : alicorn_assess_loss_db,
                           hypot(ports->s[at].re, ports->s[at].im),
                           ports->s_error ? ports->s_error[at] : -1);
            weigh(verdict, &s);
        }
}

/* ---- patterns ---- */

/** 20 lg(10^(gain / 20) + shift): a gain whose field is larger by a share of the unit. */
static double shifted(double gain_dbi, double shift)
{
    double field = pow(10, gain_dbi / 20) + shift;
    return field > 0 ? 20 * log10(field) : -HUGE_VAL;
}

/** Error of the field, which is taken to be the same in all directions as where the gain is
 *  largest; < 0 if not estimated. */
static double field_error(const alicorn_solve_result *solve)
{
    if (!solve->has_gain || !(solve->max_gain_error_db >= 0))
        return -1;
    return pow(10, solve->max_gain_dbi / 20) * (pow(10, solve->max_gain_error_db / 20) - 1);
}

static void judge_gain(const alicorn_pattern *pattern, double bar, sample s,
                       alicorn_verdict *verdict)
{
    s.has_direction = true;
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++) {
            s.value = ali_assess_gain(pattern, i, j);
            s.least = shifted(s.value, -bar);
            s.most = shifted(s.value, bar);
            s.theta_deg = pattern->theta_deg[i];
            s.phi_deg = pattern->phi_deg[j];
            weigh(verdict, &s);
        }
}

/** Where the gain is least is told as the place of the ripple. */
static void judge_ripple(const alicorn_pattern *pattern, double bar, sample s,
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
        s.most = shifted(high, bar) - shifted(low, -bar);
        s.least = fmax(shifted(high, -bar) - shifted(low, bar), 0);
        weigh(verdict, &s);
    }
}

static alicorn_status judge_coverage(const ali_requirement *required,
                                     const alicorn_pattern *pattern, double bar, sample s,
                                     alicorn_verdict *verdict, alicorn_error *error)
{
    const double shifts[] = {0, bar, -bar};
    double share[3];
    for (int k = 0; k < 3; k++) {
        alicorn_coverage coverage;
        alicorn_status status = alicorn_assess_coverage(
            pattern, &required->sector, shifted(required->gain_dbi, shifts[k]), &coverage, error);
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
    weigh(verdict, &s);
    return ALICORN_OK;
}

static alicorn_status judge_pattern(const ali_requirement *required,
                                    const alicorn_solve_result *solve, alicorn_verdict *verdict,
                                    alicorn_error *error)
{
    if (solve->driven_port < 0 || (size_t)solve->driven_port >= solve->ports.count ||
        required->pattern >= solve->pattern_count)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "the result has not the patterns that the requirements need");
    const alicorn_pattern *pattern = &solve->patterns[required->pattern];
    const char *port = solve->ports.names[solve->driven_port];
    double bar = field_error(solve);
    sample s = {.frequency_hz = solve->frequency_hz, .port = {port}, .has_error = bar >= 0};
    bar = fmax(bar, 0);
    if (!means(required->port[0], port))
        return ALICORN_OK;
    if (required->kind == ALICORN_REQUIRE_COVERAGE)
        return judge_coverage(required, pattern, bar, s, verdict, error);
    if (required->kind == ALICORN_REQUIRE_RIPPLE)
        judge_ripple(pattern, bar, s, verdict);
    else
        judge_gain(pattern, bar, s, verdict);
    return ALICORN_OK;
}

/* ---- all ---- */

static alicorn_status judge_requirement(const ali_requirement *required,
                                        const alicorn_result *result, alicorn_verdict *verdict,
                                        alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    *verdict = (alicorn_verdict){.kind = required->kind,
                                 .name = kinds[required->kind].name,
                                 .unit = kinds[required->kind].unit,
                                 .line = required->line,
                                 .column = required->column,
                                 .low = required->low,
                                 .high = required->high,
                                 .gain_dbi = required->gain_dbi,
                                 .assumed_error = required->assumed_error};
    for (size_t i = 0; i < alicorn_result_count(result) && status == ALICORN_OK; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (required->kind < ALICORN_REQUIRE_GAIN)
            judge_ports(required, solve, verdict);
        else
            status = judge_pattern(required, solve, verdict, error);
    }
    if (status == ALICORN_OK && verdict->samples == 0)
        status = ali_error_set(error, ALICORN_E_USAGE,
                               "%s (line %d of the project): nothing there to be judged",
                               verdict->name, verdict->line);
    return status;
}

alicorn_status alicorn_check_requirements(const alicorn_model *model, const alicorn_result *result,
                                          alicorn_check **check, alicorn_error *error)
{
    *check = NULL;
    if (model->requirement_count == 0)
        return ali_error_set(error, ALICORN_E_USAGE, "nothing is required: no `requirements:`");
    alicorn_check *made = ali_calloc(1, sizeof *made);
    alicorn_verdict *verdicts = ali_calloc(model->requirement_count, sizeof *verdicts);
    if (!made || !verdicts) {
        free(made);
        free(verdicts);
        return ali_error_memory(error, model->requirement_count * sizeof *verdicts, "verdicts");
    }
    *made = (alicorn_check){.count = model->requirement_count, .verdicts = verdicts};
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < made->count && status == ALICORN_OK; i++) {
        status = judge_requirement(&model->requirements[i], result, &verdicts[i], error);
        made->failed += verdicts[i].judgement == ALICORN_FAIL;
        made->undecided += verdicts[i].judgement == ALICORN_UNDECIDED;
    }
    if (status != ALICORN_OK)
        alicorn_check_destroy(made);
    else
        *check = made;
    return status;
}

void alicorn_check_destroy(alicorn_check *check)
{
    if (check)
        free(check->verdicts);
    free(check);
}
