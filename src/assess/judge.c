/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** Pass or fail if the whole error bar agrees, otherwise undecided. */
static alicorn_judgement judge(const ali_sample *s, double low, double high)
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

void ali_verdict_weigh(alicorn_verdict *verdict, const ali_sample *sampled)
{
    ali_sample own = *sampled, *s = &own;
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
    verdict->detail = s->detail ? s->detail : verdict->detail;
    for (int k = 0; k < 2; k++)
        snprintf(verdict->port[k], sizeof verdict->port[k], "%s", s->port[k] ? s->port[k] : "");
}

bool ali_requirement_means(const char *wanted, const char *name)
{
    return wanted[0] == '\0' || strcmp(wanted, name) == 0;
}
