/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/judge.h"

#include <math.h>

/** @file
 *  Judges of what happens at ports. */

/** A figure of |S| that falls or rises with it, and its bar. */
static void take_magnitude(ali_sample *s, double (*figure)(double), double size, double error)
{
    s->has_error = error >= 0;
    double bar = s->has_error ? error : 0;
    double a = figure(fmax(size - bar, 0)), b = figure(size + bar);
    s->value = figure(size);
    s->least = fmin(a, b);
    s->most = fmax(a, b);
}

/** Of entries that are not solved there is no power. */
static void judge_efficiency(const ali_requirement *required, const alicorn_solve_result *solve,
                             alicorn_verdict *verdict)
{
    double efficiency = 100 * alicorn_assess_efficiency(solve, required->mismatch);
    if (isnan(efficiency) || solve->driven_port < 0 ||
        (size_t)solve->driven_port >= solve->ports.count)
        return;
    const char *port = solve->ports.names[solve->driven_port];
    ali_sample s = {.frequency_hz = solve->frequency_hz,
                    .port = {port},
                    .value = efficiency,
                    .least = efficiency,
                    .most = efficiency};
    if (ali_requirement_means(required->port[0], port))
        ali_verdict_weigh(verdict, &s);
}

static void judge_s(const ali_requirement *required, const alicorn_solve_result *solve,
                    alicorn_verdict *verdict)
{
    const alicorn_ports *ports = &solve->ports;
    bool isolation = required->kind == ALICORN_REQUIRE_ISOLATION;
    /* of ports that are driven in turn every entry has the same S */
    if (solve->driven_port > 0 || !ports->s)
        return;
    for (size_t i = 0; i < ports->count; i++)
        for (size_t j = 0; j < ports->count; j++) {
            bool wanted =
                isolation ? i != j && ali_requirement_means(required->port[0], ports->names[j]) &&
                                ali_requirement_means(required->port[1], ports->names[i])
                          : i == j && ali_requirement_means(required->port[0], ports->names[i]);
            if (!wanted)
                continue;
            size_t at = i * ports->count + j;
            ali_sample s = {.frequency_hz = solve->frequency_hz,
                            .port = {ports->names[j], isolation ? ports->names[i] : NULL}};
            take_magnitude(&s,
                           required->kind == ALICORN_REQUIRE_VSWR ? alicorn_assess_vswr
                                                                  : alicorn_assess_loss_db,
                           hypot(ports->s[at].re, ports->s[at].im),
                           ports->s_error ? ports->s_error[at] : -1);
            ali_verdict_weigh(verdict, &s);
        }
}

alicorn_status ali_judge_ports(const ali_requirement *required, const alicorn_solve_result *solve,
                               alicorn_verdict *verdict, alicorn_error *error)
{
    (void)error;
    if (required->kind == ALICORN_REQUIRE_EFFICIENCY)
        judge_efficiency(required, solve, verdict);
    else
        judge_s(required, solve, verdict);
    return ALICORN_OK;
}
