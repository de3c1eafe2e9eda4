/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/goal.h"

#include "alicorn/assess.h"
#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** Where figures that could be infinite end: 120 dB. */
#define LARGEST_DB 120.0
#define LARGEST_VSWR 1e6
/** Impedances are compared on this scale [ohm], so that being off by it counts 6 dB. */
#define IMPEDANCE_SCALE 50.0
/** Angles [degrees] this close are the same. */
#define SAME_ANGLE 1e-4

typedef enum place { PORT, PORTS, DIRECTION } place;

/** The worst figure so far; one that is not a number is the worst. */
typedef struct worst {
    double figure; /**< NAN while there is none */
    bool found;    /**< the model has the port, pair or direction */
} worst;

/** Let the figures of one solve decide. */
typedef void (*figure_fn)(const ali_goal *goal, const alicorn_solve_result *solve, worst *to);

typedef struct ali_goal_quantity {
    const char *name, *unit;
    place place;
    double (*level)(double figure); /* decibels, or on their scale */
    figure_fn weigh;
} quantity;

/* ---- figures ---- */

static bool is_port(const char *wanted, const char *name)
{
    return !*wanted || strcmp(wanted, name) == 0;
}

static void weigh(const ali_goal *goal, double figure, worst *to)
{
    bool decides = !to->found || isnan(figure) ||
                   ali_goal_excess(goal, figure) > ali_goal_excess(goal, to->figure);
    if (decides && !(to->found && isnan(to->figure)))
        to->figure = figure;
    to->found = true;
}

/** Limits of figures that could be infinite; what is no number stays none. */
static double at_most(double figure, double largest)
{
    return figure > largest ? largest : figure;
}

static double magnitude(alicorn_complex z)
{
    return hypot(z.re, z.im);
}

static void vswr(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    const alicorn_ports *ports = &solve->ports;
    for (size_t i = 0; i < ports->count; i++) {
        double reflection = magnitude(ports->s[i * ports->count + i]);
        if (is_port(goal->port[0], ports->names[i]))
            weigh(goal,
                  isnan(reflection) ? NAN : at_most(alicorn_assess_vswr(reflection), LARGEST_VSWR),
                  to);
    }
}

static void isolation(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    const alicorn_ports *ports = &solve->ports;
    for (size_t i = 0; i < ports->count; i++)
        for (size_t j = 0; j < ports->count; j++) {
            if (i == j || !is_port(goal->port[0], ports->names[i]) ||
                !is_port(goal->port[1], ports->names[j]))
                continue;
            double a = magnitude(ports->s[i * ports->count + j]);
            double b = magnitude(ports->s[j * ports->count + i]);
            double passed = isnan(a) || a > b ? a : b;
            weigh(goal, isnan(passed) ? NAN : at_most(alicorn_assess_loss_db(passed), LARGEST_DB),
                  to);
        }
}

static void resistance(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    for (size_t i = 0; i < solve->source_count; i++)
        if (is_port(goal->port[0], solve->sources[i].port))
            weigh(goal, solve->sources[i].impedance.re, to);
}

static void reactance(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    for (size_t i = 0; i < solve->source_count; i++)
        if (is_port(goal->port[0], solve->sources[i].port))
            weigh(goal, solve->sources[i].impedance.im, to);
}

/** Index of an angle among those of a pattern, which repeat every `period`; count if absent. */
static size_t find_angle(const double *angles, size_t count, double angle)
{
    size_t i = 0;
    while (i < count && fabs(remainder(angles[i] - angle, 360.0)) > SAME_ANGLE)
        i++;
    return i;
}

/** Total gain [dBi] towards a direction; false if no pattern of the solve has it. */
static bool gain_towards(const alicorn_solve_result *solve, double theta, double phi, double *gain)
{
    for (size_t i = 0; i < solve->pattern_count; i++) {
        const alicorn_pattern *pattern = &solve->patterns[i];
        /* theta of either sign: (theta, phi) is (-theta, phi + 180) */
        for (int sign = 1; sign >= -1; sign -= 2) {
            double turned = sign > 0 ? phi : phi + 180.0;
            size_t t = find_angle(pattern->theta_deg, pattern->theta_count, sign * theta);
            size_t p = find_angle(pattern->phi_deg, pattern->phi_count, turned);
            if (pattern->mode != 1 && !pattern->bistatic && t < pattern->theta_count &&
                p < pattern->phi_count) {
                *gain = -at_most(-alicorn_pattern_at(pattern, t, p).total_dbi, LARGEST_DB);
                return true;
            }
        }
    }
    return false;
}

static void gain(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    double towards;
    if (gain_towards(solve, goal->theta, goal->phi, &towards))
        weigh(goal, towards, to);
}

static void front_to_back(const ali_goal *goal, const alicorn_solve_result *solve, worst *to)
{
    double front, back;
    if (gain_towards(solve, goal->theta, goal->phi, &front) &&
        gain_towards(solve, goal->theta, goal->phi + 180.0, &back))
        weigh(goal, front - back, to);
}

static double level_of_ratio(double figure)
{
    return 20.0 * log10(figure);
}

static double level_of_decibels(double figure)
{
    return figure;
}

/** Odd, 8.7 dB per scale at first, then logarithmic. */
static double level_of_impedance(double figure)
{
    return copysign(20.0 * log10(1.0 + fabs(figure) / IMPEDANCE_SCALE), figure);
}

static const quantity quantities[] = {
    {"vswr", "", PORT, level_of_ratio, vswr},
    {"isolation", "dB", PORTS, level_of_decibels, isolation},
    {"gain", "dBi", DIRECTION, level_of_decibels, gain},
    {"front-to-back", "dB", DIRECTION, level_of_decibels, front_to_back},
    {"resistance", "ohm", PORT, level_of_impedance, resistance},
    {"reactance", "ohm", PORT, level_of_impedance, reactance},
};
enum { QUANTITIES = sizeof quantities / sizeof *quantities };

static const char *const relations[] = {[ALI_GOAL_AT_MOST] = "<=",
                                        [ALI_GOAL_AT_LEAST] = ">=",
                                        [ALI_GOAL_EQUAL] = "=",
                                        [ALI_GOAL_MIN] = "min",
                                        [ALI_GOAL_MAX] = "max"};
enum { RELATIONS = sizeof relations / sizeof *relations };

/* ---- reading ---- */

/** What stands behind the colon, text[0 … length-1]. */
static bool parse_place(ali_goal *goal, const char *text, size_t length)
{
    char own[80], end;
    if (length >= sizeof own)
        return false;
    memcpy(own, text, length);
    own[length] = '\0';
    if (goal->quantity->place == DIRECTION)
        return sscanf(own, "%lf,%lf%c", &goal->theta, &goal->phi, &end) == 2 &&
               isfinite(goal->theta) && isfinite(goal->phi);
    if (length == 0)
        return true;
    int needed = goal->quantity->place == PORTS ? 2 : 1;
    char *comma = needed == 2 ? strchr(own, ',') : NULL;
    if (comma)
        *comma = '\0';
    const char *second = comma ? comma + 1 : "";
    if ((needed == 2 && (!*second || !*own)) || strlen(own) >= sizeof goal->port[0] ||
        strlen(second) >= sizeof goal->port[1])
        return false;
    strcpy(goal->port[0], own);
    strcpy(goal->port[1], second);
    return true;
}

/** "<= 1.5 weight 2". */
static bool parse_relation(ali_goal *goal, const char *text)
{
    char *end;
    size_t i = 0;
    text += strspn(text, " ");
    while (i < RELATIONS && strncmp(text, relations[i], strlen(relations[i])) != 0)
        i++;
    if (i == RELATIONS)
        return false;
    goal->relation = (ali_goal_relation)i;
    text += strlen(relations[i]);
    if (ali_goal_is_limit(goal)) {
        goal->limit = strtod(text, &end);
        if (end == text || !isfinite(goal->limit))
            return false;
        text = end;
    }
    text += strspn(text, " ");
    if (strncmp(text, "weight", 6) == 0) {
        goal->weight = strtod(text + 6, &end);
        if (end == text + 6)
            return false;
        text = end + strspn(end, " ");
    }
    bool possible =
        goal->quantity->level != level_of_ratio || !ali_goal_is_limit(goal) || goal->limit >= 1.0;
    return *text == '\0' && goal->weight > 0.0 && isfinite(goal->weight) && possible;
}

alicorn_status ali_goal_parse(const char *text, ali_goal *goal, alicorn_error *error)
{
    *goal = (ali_goal){.weight = 1.0};
    size_t name = strcspn(text, ": <>="), i = 0;
    while (i < QUANTITIES &&
           (strlen(quantities[i].name) != name || strncmp(text, quantities[i].name, name) != 0))
        i++;
    bool good = i < QUANTITIES && strlen(text) < sizeof goal->text;
    if (good) {
        goal->quantity = &quantities[i];
        strcpy(goal->text, text);
        const char *where = text + name + (text[name] == ':');
        size_t length = text[name] == ':' ? strcspn(where, " <>=") : 0;
        good = parse_place(goal, where, length) && parse_relation(goal, where + length);
    }
    if (good)
        return ALICORN_OK;
    return ali_error_set(
        error, ALICORN_E_USAGE,
        "goal '%s': expected requirements, or vswr[:PORT], isolation[:A,B], gain:THETA,PHI, "
        "front-to-back:THETA,PHI, resistance[:PORT] or reactance[:PORT], then "
        "<= LIMIT, >= LIMIT, = LIMIT, min or max, then perhaps weight W",
        text);
}

/* ---- judging ---- */

bool ali_goal_is_limit(const ali_goal *goal)
{
    return goal->relation <= ALI_GOAL_EQUAL;
}

double ali_goal_excess(const ali_goal *goal, double figure)
{
    double (*level_of)(double) = goal->quantity->level;
    double level = level_of(figure);
    if (!ali_goal_is_limit(goal))
        return goal->relation == ALI_GOAL_MIN ? level : -level;
    double above = level_of == level_of_impedance ? level_of_impedance(figure - goal->limit)
                                                  : level - level_of(goal->limit);
    if (goal->relation == ALI_GOAL_EQUAL)
        return fabs(above);
    return goal->relation == ALI_GOAL_AT_MOST ? above : -above;
}

bool ali_goal_is_met(const ali_goal *goal, double figure)
{
    const double same = 0.0864; /* [dB] level_of_impedance of a hundredth of its scale */
    double excess = ali_goal_excess(goal, figure);
    return ali_goal_is_limit(goal) && excess <= (goal->relation == ALI_GOAL_EQUAL ? same : 0.0);
}

double ali_goal_objective(const ali_goal *goals, size_t count, const double *figures)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double excess = ali_goal_excess(&goals[i], figures[i]);
        if (!ali_goal_is_limit(&goals[i]))
            sum += goals[i].weight * excess;
        else if (excess > 0.0)
            sum += goals[i].weight * excess * excess;
    }
    return sum;
}

size_t ali_goal_describe(const ali_goal *goal, char *text, size_t size)
{
    char limit[32] = "";
    int length;
    if (goal->relation == ALI_GOAL_EQUAL) /* the worst case depends on it */
        snprintf(limit, sizeof limit, " %.9g", goal->limit);
    if (goal->quantity->place == DIRECTION)
        length = snprintf(text, size, "figure %s:%.9g,%.9g %s%s\n", goal->quantity->name,
                          goal->theta, goal->phi, relations[goal->relation], limit);
    else
        length = snprintf(text, size, "figure %s:%s,%s %s%s\n", goal->quantity->name, goal->port[0],
                          goal->port[1], relations[goal->relation], limit);
    return length > 0 ? (size_t)length : 0;
}

const char *ali_goal_unit(const ali_goal *goal)
{
    return goal->quantity->unit;
}

alicorn_status ali_goal_figure(const ali_goal *goal, const alicorn_result *result, double *figure,
                               alicorn_error *error)
{
    static const char *const places[] = {
        [PORT] = "port",
        [PORTS] = "pair of ports",
        [DIRECTION] = "direction in its patterns, both ends of it for front-to-back"};
    worst to = {.figure = NAN};
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        goal->quantity->weigh(goal, solve, &to);
        if (to.found && isnan(to.figure))
            return ali_error_set(error, ALICORN_E_NUMERIC,
                                 "goal '%s': the %s at %.9g MHz is not a number", goal->text,
                                 goal->quantity->name, solve->frequency_hz / 1e6);
    }
    *figure = to.figure;
    if (to.found)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_USAGE, "goal '%s': the model has no such %s", goal->text,
                         places[goal->quantity->place]);
}
