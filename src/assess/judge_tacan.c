/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/gain.h"
#include "assess/judge.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  The judge of beacons: orders of the envelope, around each theta of the sector. */

/** Instants of a turn: more than twice the orders looked at, so that those above do not fold onto
 *  them. */
enum { TURN = 144 };

enum { COARSE = ALICORN_TACAN_LIMITS, FINE, VERDICTS };

/** A beacon at one frequency. */
typedef struct beacon_work {
    const ali_beacon *beacon;
    const alicorn_pattern **patterns; /**< [ports] */
    alicorn_complex *waves;           /**< [ports] field of the port's pattern to that of a unit
                                           wave into it, times the port's weight */
    alicorn_complex *weights;         /**< [ports] at one instant */
    double *envelopes;                /**< [TURN][azimuths] */
    double *turn;                     /**< [the larger of TURN and azimuths]: of one azimuth */
    double bar;                       /**< error of the field; < 0: not estimated */
    bool aligning;                    /**< first round: only the mean bearings are wanted */
    alicorn_complex mean[2];          /**< of the errors of both bearings, as sums of e^{j error} */
    double aligned_deg[2];            /**< what alignment takes away from them */
    ali_sample sample;
    alicorn_verdict *verdicts;
} beacon_work;

size_t ali_judge_tacan_count(const ali_requirement *required)
{
    return isinf(required->beacon.bearing_error_deg) ? COARSE : VERDICTS;
}

static alicorn_complex multiply(alicorn_complex a, alicorn_complex b)
{
    return (alicorn_complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/** 1 / a */
static alicorn_complex inverse(alicorn_complex a)
{
    double square = a.re * a.re + a.im * a.im;
    return (alicorn_complex){a.re / square, -a.im / square};
}

/** The solve of a port at the frequency of another solve of the same task, or NULL. */
static const alicorn_solve_result *solve_of(const alicorn_result *result,
                                            const alicorn_solve_result *like, const char *port)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task == like->task && solve->frequency_hz == like->frequency_hz &&
            solve->driven_port >= 0 && (size_t)solve->driven_port < solve->ports.count &&
            strcmp(solve->ports.names[solve->driven_port], port) == 0)
            return solve;
    }
    return NULL;
}

/** The largest that the modulation makes of a port's wave. */
static double largest_factor(const ali_beacon *beacon, size_t port)
{
    return beacon->turns && !beacon->ports[port].steady
               ? beacon->constant + beacon->depth[0] + beacon->depth[1]
               : 1;
}

/** Patterns of all ports, and what makes fields of unit waves of them: at a port that a wave a
 *  enters the voltage is a sqrt(z0) (1 + S_ii), while the others are terminated. Errors of the
 * ports' fields are taken to be independent. */
static alicorn_status gather(const ali_requirement *required, const alicorn_result *result,
                             const alicorn_solve_result *like, beacon_work *work,
                             alicorn_error *error)
{
    work->bar = 0;
    for (size_t p = 0; p < work->beacon->port_count; p++) {
        const ali_beacon_port *port = &work->beacon->ports[p];
        const alicorn_solve_result *solve = solve_of(result, like, port->name);
        if (!solve || !solve->ports.s || solve->source_count == 0)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "the result has not the port \"%s\" that a requirement needs",
                                 port->name);
        alicorn_status status = ali_judge_pattern_of(required, solve, &work->patterns[p], error);
        if (status != ALICORN_OK)
            return status;
        size_t at = (size_t)solve->driven_port;
        double root = sqrt(solve->ports.z0[at]);
        alicorn_complex s = solve->ports.s[at * (solve->ports.count + 1)];
        alicorn_complex wave = {root * (1 + s.re), root * s.im};
        wave = multiply(wave, inverse(solve->sources[0].voltage));
        work->waves[p] = multiply(wave, port->weight);
        double scale = sqrt(work->patterns[p]->gain_scale), bar = ali_assess_field_error(solve);
        if (bar < 0 || work->bar < 0 || !(scale > 0))
            work->bar = -1;
        else
            work->bar = hypot(work->bar, bar / scale * largest_factor(work->beacon, p) *
                                             hypot(work->waves[p].re, work->waves[p].im));
    }
    return ALICORN_OK;
}

/** Weights when the modulation has turned by x [rad]. */
static void weigh_ports(beacon_work *work, double x)
{
    const ali_beacon *beacon = work->beacon;
    for (size_t p = 0; p < beacon->port_count; p++) {
        double angle = beacon->ports[p].azimuth_deg * ALI_DEGREE - x;
        double factor = beacon->turns && !beacon->ports[p].steady
                            ? beacon->constant + beacon->depth[0] * cos(angle) +
                                  beacon->depth[1] * cos(9 * angle)
                            : 1;
        work->weights[p] =
            (alicorn_complex){factor * work->waves[p].re, factor * work->waves[p].im};
    }
}

static void take(beacon_work *work, int which, double value, double bar)
{
    ali_sample s = work->sample;
    s.has_error = work->bar >= 0;
    s.value = value;
    s.least = fmax(value - bar, 0);
    s.most = value + bar;
    ali_verdict_weigh(&work->verdicts[which], &s);
}

/** Half the error bars of the depths that tacan limits, from that of a single order. */
static double depth_bar(const beacon_work *work, const alicorn_orders *orders, int which,
                        double bar)
{
    /* a root sum of squares of n orders moves by at most sqrt(n) bars */
    static const double parts[ALICORN_TACAN_LIMITS] = {[ALICORN_TACAN_LOW] = 5,
                                                       [ALICORN_TACAN_MULTIPLES] = 2,
                                                       [ALICORN_TACAN_HIGH] = 4,
                                                       [ALICORN_TACAN_SUM] = 4};
    double part = parts[which] > 0 ? sqrt(parts[which]) * bar : bar;
    if (!work->beacon->relative)
        return part;
    double base = which == ALICORN_TACAN_LOW         ? orders->depth[1]
                  : which == ALICORN_TACAN_MULTIPLES ? orders->depth[9]
                                                     : 1;
    return base > 0 ? part / base : HUGE_VAL;
}

/** Errors of both bearings at an azimuth: into the mean, or judged against it. */
static void take_bearings(beacon_work *work, const alicorn_orders *orders, double phi_deg,
                          double bar)
{
    static const double order[] = {1, 9};
    double error_deg[2];
    alicorn_assess_bearing(orders, phi_deg, &error_deg[0], &error_deg[1]);
    for (int k = 0; k < 2; k++) {
        double angle = order[k] * error_deg[k] * ALI_DEGREE;
        if (work->aligning) {
            work->mean[k].re += cos(angle);
            work->mean[k].im += sin(angle);
            continue;
        }
        double turn = 360 / order[k], depth = orders->depth[(int)order[k]];
        take(work, k == 0 ? COARSE : FINE,
             fabs(remainder(error_deg[k] - work->aligned_deg[k], turn)),
             asin(fmin(bar / depth, 1)) / ALI_DEGREE / order[k]);
    }
}

/** Judge the orders of `count` samples of one turn at an azimuth, where they tell a bearing. */
static alicorn_status judge_orders(beacon_work *work, const double *envelope, size_t count,
                                   double phi_deg, bool bearing, alicorn_error *error)
{
    alicorn_orders orders;
    alicorn_tacan tacan;
    alicorn_status status = alicorn_assess_orders(envelope, count, &orders, error);
    if (status != ALICORN_OK)
        return status;
    /* an error of the field moves no order by more than twice its part of the mean */
    double bar = work->bar > 0 ? 2 * work->bar / orders.mean : 0;
    alicorn_assess_tacan(&orders, work->beacon->relative, &tacan);
    work->sample.phi_deg = phi_deg;
    for (int k = 0; k < ALICORN_TACAN_LIMITS && !work->aligning; k++)
        take(work, k, tacan.value[k], depth_bar(work, &orders, k, bar));
    if (bearing && !isinf(work->beacon->bearing_error_deg))
        take_bearings(work, &orders, phi_deg, bar);
    return ALICORN_OK;
}

/** Judge around one theta. */
static alicorn_status judge_circle(beacon_work *work, size_t theta, alicorn_error *error)
{
    const alicorn_pattern *grid = work->patterns[0];
    size_t azimuths = grid->phi_count, ports = work->beacon->port_count;
    alicorn_status status = ALICORN_OK;
    work->sample.theta_deg = grid->theta_deg[theta];
    if (!work->beacon->turns) {
        weigh_ports(work, 0);
        status = alicorn_assess_envelope(work->patterns, work->weights, ports, theta,
                                         work->envelopes, error);
        /* all around: the last azimuth is the first again */
        return status == ALICORN_OK ? judge_orders(work, work->envelopes, azimuths - 1,
                                                   grid->phi_deg[0], false, error)
                                    : status;
    }
    for (size_t t = 0; t < TURN && status == ALICORN_OK; t++) {
        weigh_ports(work, 2 * ALI_PI * (double)t / TURN);
        status = alicorn_assess_envelope(work->patterns, work->weights, ports, theta,
                                         work->envelopes + t * azimuths, error);
    }
    for (size_t j = 0; j < azimuths && status == ALICORN_OK; j++) {
        for (size_t t = 0; t < TURN; t++)
            work->turn[t] = work->envelopes[t * azimuths + j];
        status = judge_orders(work, work->turn, TURN, grid->phi_deg[j], true, error);
    }
    return status;
}

static alicorn_status judge_frequency(const ali_requirement *required, const alicorn_result *result,
                                      const alicorn_solve_result *like, beacon_work *work,
                                      alicorn_error *error)
{
    alicorn_status status = gather(required, result, like, work, error);
    if (status != ALICORN_OK)
        return status;
    size_t azimuths = work->patterns[0]->phi_count;
    work->envelopes = ali_calloc(TURN * azimuths, sizeof *work->envelopes);
    if (!work->envelopes)
        return ali_error_memory(error, TURN * azimuths * sizeof *work->envelopes, "envelopes");
    work->sample = (ali_sample){.frequency_hz = like->frequency_hz, .has_direction = true};
    /* a beacon is aligned when it is installed: what is the same all around is no error */
    bool bearings = work->beacon->turns && !isinf(work->beacon->bearing_error_deg);
    for (int round = bearings ? 0 : 1; round < 2; round++) {
        work->aligning = round == 0;
        for (size_t i = 0; i < work->patterns[0]->theta_count && status == ALICORN_OK; i++)
            status = judge_circle(work, i, error);
        work->aligned_deg[0] = atan2(work->mean[0].im, work->mean[0].re) / ALI_DEGREE;
        work->aligned_deg[1] = atan2(work->mean[1].im, work->mean[1].re) / ALI_DEGREE / 9;
    }
    free(work->envelopes);
    return status;
}

void ali_judge_tacan_begin(const ali_requirement *required, alicorn_verdict *verdicts)
{
    static const char *const bearings[] = {"error of the 15 Hz bearing",
                                           "error of the 135 Hz bearing"};
    for (size_t k = 0; k < ali_judge_tacan_count(required); k++) {
        verdicts[k] = verdicts[0];
        if (k < COARSE) {
            verdicts[k].detail =
                alicorn_tacan_name((alicorn_tacan_limit)k, &verdicts[k].low, &verdicts[k].high);
            if (!(verdicts[k].low > 0))
                verdicts[k].low = -HUGE_VAL;
        } else {
            verdicts[k].detail = bearings[k - COARSE];
            verdicts[k].unit = "deg";
            verdicts[k].low = -HUGE_VAL;
            verdicts[k].high = required->beacon.bearing_error_deg;
        }
    }
}

alicorn_status ali_judge_tacan(const ali_requirement *required, const alicorn_result *result,
                               alicorn_verdict *verdicts, alicorn_error *error)
{
    const ali_beacon *beacon = &required->beacon;
    double turn[TURN];
    alicorn_complex *numbers = ali_calloc(2 * beacon->port_count, sizeof *numbers);
    const alicorn_pattern **patterns = ali_calloc(beacon->port_count, sizeof *patterns);
    alicorn_status status = ALICORN_OK;
    if (!numbers || !patterns)
        status = ali_error_memory(error, 2 * beacon->port_count * sizeof *numbers, "a beacon");
    for (size_t i = 0; i < alicorn_result_count(result) && status == ALICORN_OK; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        beacon_work work = {.beacon = beacon,
                            .patterns = patterns,
                            .waves = numbers,
                            .weights = numbers + beacon->port_count,
                            .turn = turn,
                            .verdicts = verdicts};
        if (solve->task == required->task && solve->driven_port == 0)
            status = judge_frequency(required, result, solve, &work, error);
    }
    free(numbers);
    free(patterns);
    return status;
}
