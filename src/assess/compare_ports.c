/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/compare.h"
#include "base/error.h"
#include "base/memory.h"
#include "network/convert.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  S of two N-ports at the frequencies of either. */

/** S of one side in one task. */
typedef struct sheet {
    const alicorn_network *network; /**< NULL: none */
    alicorn_network *own;           /**< of a result */
    const alicorn_result *result;   /**< NULL: the network is a file's */
    size_t task;
    bool between; /**< may be interpolated */
} sheet;

/** One frequency of both. */
typedef struct level {
    double frequency_hz;
    alicorn_complex *s[2];  /**< [ports][ports] of each */
    const double *error[2]; /**< the same, or NULL */
    int interpolated;
} level;

/** What is compared in one task. */
typedef struct pairing {
    sheet side[2];
    size_t *port[2];   /**< [port_count] indices of the ports that both have */
    const char **name; /**< [port_count] */
    size_t port_count;
    level *levels;
    size_t level_count;
    alicorn_complex *s; /**< of all levels */
} pairing;

/* ---- S of one side ---- */

static size_t task_count(const alicorn_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        size_t task = alicorn_result_solve(result, i)->task;
        count = task >= count ? task + 1 : count;
    }
    return count;
}

/** The task's solve at a frequency that has S of its own; frequency < 0: any. */
static const alicorn_solve_result *find_solve(const alicorn_result *result, size_t task,
                                              double frequency_hz)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task == task && solve->ports.count > 0 && solve->ports.s &&
            solve->driven_port <= 0 && (frequency_hz < 0 || solve->frequency_hz == frequency_hz))
            return solve;
    }
    return NULL;
}

static alicorn_status open_sheet(const ali_comparer *comparer, int side, size_t task, sheet *s)
{
    const alicorn_compare_input *input = comparer->input[side];
    *s = (sheet){.task = task};
    if (input->network) {
        s->network = task == 0 ? input->network : NULL;
        s->between = true;
        return ALICORN_OK;
    }
    if (!input->result || !find_solve(input->result, task, -1))
        return ALICORN_OK;
    s->result = input->result;
    for (size_t i = 0; i < alicorn_result_sweep_count(s->result); i++)
        s->between = s->between || alicorn_result_sweep(s->result, i)->task == task;
    alicorn_status status = alicorn_network_from_result(s->result, task, &s->own, comparer->error);
    s->network = s->own;
    return status;
}

/** The sample at a frequency, or the network's count. */
static size_t sample_at(const sheet *s, double frequency_hz)
{
    size_t k = 0;
    while (k < s->network->count &&
           !ali_compare_same_frequency(s->network->frequency_hz[k], frequency_hz))
        k++;
    return k;
}

static const double *errors_at(const sheet *s, size_t k)
{
    size_t entries = s->network->ports * s->network->ports;
    if (!s->result)
        return s->network->s_error ? s->network->s_error + k * entries : NULL;
    return find_solve(s->result, s->task, s->network->frequency_hz[k])->ports.s_error;
}

static bool interpolated_at(const sheet *s, size_t k)
{
    return s->result && find_solve(s->result, s->task, s->network->frequency_hz[k])->interpolated;
}

/** S of a side at a frequency. *there is false if it has none. */
static alicorn_status take_side(const sheet *s, int side, level *l, bool *there,
                                alicorn_error *error)
{
    const alicorn_network *network = s->network;
    size_t entries = network->ports * network->ports, k = sample_at(s, l->frequency_hz);
    l->error[side] = NULL;
    *there = k < network->count;
    if (*there) {
        memcpy(l->s[side], network->s + k * entries, entries * sizeof *network->s);
        l->error[side] = errors_at(s, k);
        l->interpolated |= interpolated_at(s, k) << side;
        return ALICORN_OK;
    }
    if (!s->between || network->count < 2 || l->frequency_hz < network->frequency_hz[0] ||
        l->frequency_hz > network->frequency_hz[network->count - 1])
        return ALICORN_OK;
    *there = true;
    l->interpolated |= 1 << side;
    return alicorn_network_at(network, l->frequency_hz, l->s[side], error);
}

/* ---- what both have ---- */

static alicorn_status match_ports(ali_comparer *comparer, pairing *p)
{
    const alicorn_network *a = p->side[0].network, *b = p->side[1].network;
    alicorn_status status = ALICORN_OK;
    p->port[0] = ali_calloc(2 * a->ports, sizeof *p->port[0]);
    p->name = ali_calloc(a->ports, sizeof(char *));
    if (!p->port[0] || !p->name)
        return ali_error_memory(comparer->error, a->ports * sizeof(size_t), "ports");
    p->port[1] = p->port[0] + a->ports;
    for (size_t i = 0; i < a->ports && status == ALICORN_OK; i++) {
        size_t j = alicorn_network_port(b, a->names[i]);
        if (j == b->ports) {
            status =
                ali_compare_only(comparer, ALICORN_ONLY_PORT, 0, a->names[i], p->side[0].task, NAN);
            continue;
        }
        p->port[0][p->port_count] = i;
        p->port[1][p->port_count] = j;
        p->name[p->port_count] = ali_compare_name(comparer, a->names[i]);
        if (!p->name[p->port_count++])
            status = ali_error_memory(comparer->error, 1, "ports");
    }
    for (size_t j = 0; j < b->ports && status == ALICORN_OK; j++)
        if (alicorn_network_port(a, b->names[j]) == a->ports)
            status =
                ali_compare_only(comparer, ALICORN_ONLY_PORT, 1, b->names[j], p->side[1].task, NAN);
    return status;
}

/** Give B's S the reference resistances of A where both have the port. */
static alicorn_status convert(const pairing *p, level *l, alicorn_error *error)
{
    const alicorn_network *a = p->side[0].network, *b = p->side[1].network;
    size_t entries = b->ports * b->ports;
    double *z0 = ali_calloc(b->ports, sizeof *z0);
    double complex *s = ali_calloc(entries, sizeof *s);
    alicorn_status status = ALICORN_OK;
    bool same = true;
    if (!z0 || !s) {
        status = ali_error_memory(error, entries * sizeof *s, "S of other resistances");
        goto cleanup;
    }
    memcpy(z0, b->z0, b->ports * sizeof *z0);
    for (size_t k = 0; k < p->port_count; k++) {
        z0[p->port[1][k]] = a->z0[p->port[0][k]];
        same = same && z0[p->port[1][k]] == b->z0[p->port[1][k]];
    }
    if (same)
        goto cleanup;
    memcpy(s, l->s[1], entries * sizeof *s);
    status = ali_network_renormalise(b->ports, b->z0, z0, s, error);
    memcpy(l->s[1], s, entries * sizeof *s);
    l->error[1] = NULL;
cleanup:
    free(z0);
    free(s);
    return status;
}

/** Add a frequency if both have S there. */
static alicorn_status add_level(ali_comparer *comparer, pairing *p, double frequency_hz)
{
    level *l = &p->levels[p->level_count];
    size_t own = p->side[0].network->ports, other = p->side[1].network->ports;
    bool there[2] = {false, false};
    *l = (level){.frequency_hz = frequency_hz};
    l->s[0] = p->s + p->level_count * (own * own + other * other);
    l->s[1] = l->s[0] + own * own;
    for (int side = 0; side < 2; side++) {
        alicorn_status status = take_side(&p->side[side], side, l, &there[side], comparer->error);
        if (status != ALICORN_OK)
            return status;
    }
    if (!there[0] || !there[1])
        return ali_compare_only(comparer, ALICORN_ONLY_FREQUENCY, there[0] ? 0 : 1, "",
                                p->side[0].task, frequency_hz);
    p->level_count++;
    return convert(p, l, comparer->error);
}

/** The frequencies of both in ascending order. */
static alicorn_status match_frequencies(ali_comparer *comparer, pairing *p)
{
    const alicorn_network *a = p->side[0].network, *b = p->side[1].network;
    size_t most = a->count + b->count, entries = a->ports * a->ports + b->ports * b->ports;
    alicorn_status status = ALICORN_OK;
    p->levels = ali_calloc(most, sizeof *p->levels);
    p->s = ali_calloc(most * entries, sizeof *p->s);
    if (!p->levels || !p->s)
        return ali_error_memory(comparer->error, most * entries * sizeof *p->s, "S of both");
    for (size_t i = 0, j = 0; (i < a->count || j < b->count) && status == ALICORN_OK;) {
        double own = i < a->count ? a->frequency_hz[i] : HUGE_VAL;
        double other = j < b->count ? b->frequency_hz[j] : HUGE_VAL;
        bool same = isfinite(own) && isfinite(other) && ali_compare_same_frequency(own, other);
        i += same || own < other;
        j += same || other < own;
        status = add_level(comparer, p, fmin(own, other));
    }
    return status;
}

/* ---- figures ---- */

static double decibels(double magnitude)
{
    return -alicorn_assess_loss_db(magnitude);
}

/** A figure of |S| at both sides. */
typedef struct figure {
    double value[2], error[2];
} figure;

/** The largest change of a figure within the error of |S|. */
static double spread(double (*of)(double), double size, double error)
{
    if (!(error >= 0))
        return -1;
    double value = of(size);
    return fmax(fabs(of(size + error) - value), fabs(of(fmax(size - error, 0)) - value));
}

/** Elements of S of ports i (receives) and j (sends) at a level. */
static void element(const pairing *p, const level *l, size_t i, size_t j, double complex s[2],
                    double error[2])
{
    for (int side = 0; side < 2; side++) {
        size_t k = p->port[side][i] * p->side[side].network->ports + p->port[side][j];
        s[side] = CMPLX(l->s[side][k].re, l->s[side][k].im);
        error[side] = l->error[side] ? l->error[side][k] : -1;
    }
}

static figure figure_of(double (*of)(double), const double complex s[2], const double error[2])
{
    figure f;
    for (int side = 0; side < 2; side++) {
        f.value[side] = of(cabs(s[side]));
        f.error[side] = spread(of, cabs(s[side]), error[side]);
    }
    return f;
}

/** What is told of an element of S. */
static const struct {
    alicorn_compare_quantity quantity;
    double (*of)(double);
    bool on_diagonal, beside_diagonal;
    alicorn_compare_statistic worst;
} figures[] = {
    {ALICORN_COMPARE_S, decibels, true, true, ALICORN_COMPARE_GREATEST},
    {ALICORN_COMPARE_VSWR, alicorn_assess_vswr, true, false, ALICORN_COMPARE_GREATEST},
    {ALICORN_COMPARE_ISOLATION, alicorn_assess_loss_db, false, true, ALICORN_COMPARE_LEAST},
};
enum { FIGURES = sizeof figures / sizeof *figures };

static bool applies(size_t f, size_t i, size_t j)
{
    return i == j ? figures[f].on_diagonal : figures[f].beside_diagonal;
}

static alicorn_compare_row row_of(const pairing *p, alicorn_compare_quantity quantity,
                                  alicorn_compare_statistic statistic, size_t i, size_t j)
{
    alicorn_compare_row row = ali_compare_row(quantity, statistic);
    row.port[0] = p->name[i];
    row.port[1] = p->name[j];
    row.task = p->side[0].task;
    return row;
}

/** |S_A - S_B| has no values of its own. */
static void set_distance(alicorn_compare_row *row, const double complex s[2], const double error[2])
{
    const double none[2] = {NAN, NAN};
    ali_compare_values(row, none, none);
    row->change = cabs(s[1] - s[0]);
    row->has_error = error[0] >= 0 && error[1] >= 0;
    row->error = row->has_error ? error[0] + error[1] : NAN;
    row->within_error = row->has_error && row->change <= row->error;
}

static alicorn_status add_points(ali_comparer *comparer, const pairing *p, const level *l, size_t i,
                                 size_t j)
{
    double complex s[2];
    double error[2];
    alicorn_status status = ALICORN_OK;
    element(p, l, i, j, s, error);
    for (size_t f = 0; f < FIGURES && status == ALICORN_OK; f++) {
        if (!applies(f, i, j))
            continue;
        alicorn_compare_row row = row_of(p, figures[f].quantity, ALICORN_COMPARE_VALUE, i, j);
        const figure both = figure_of(figures[f].of, s, error);
        ali_compare_values(&row, both.value, both.error);
        ali_compare_place(&row, l->frequency_hz, NAN, NAN);
        row.interpolated = l->interpolated;
        status = ali_compare_point(comparer, &row);
    }
    if (status != ALICORN_OK)
        return status;
    alicorn_compare_row row = row_of(p, ALICORN_COMPARE_S_DISTANCE, ALICORN_COMPARE_VALUE, i, j);
    set_distance(&row, s, error);
    ali_compare_place(&row, l->frequency_hz, NAN, NAN);
    row.interpolated = l->interpolated;
    return ali_compare_point(comparer, &row);
}

/** The worst of a figure over all levels, of each side its own. */
static alicorn_status add_worst(ali_comparer *comparer, const pairing *p, size_t f, size_t i,
                                size_t j)
{
    alicorn_compare_row row = row_of(p, figures[f].quantity, figures[f].worst, i, j);
    double sign = figures[f].worst == ALICORN_COMPARE_LEAST ? -1 : 1;
    figure worst = {.value = {NAN, NAN}};
    for (size_t k = 0; k < p->level_count; k++) {
        double complex s[2];
        double error[2];
        element(p, &p->levels[k], i, j, s, error);
        const figure both = figure_of(figures[f].of, s, error);
        for (int side = 0; side < 2; side++) {
            if (k > 0 && !(sign * both.value[side] > sign * worst.value[side]))
                continue;
            worst.value[side] = both.value[side];
            worst.error[side] = both.error[side];
            row.at[side].frequency_hz = p->levels[k].frequency_hz;
            row.interpolated &= ~(1 << side);
            row.interpolated |= p->levels[k].interpolated & 1 << side;
        }
    }
    ali_compare_values(&row, worst.value, worst.error);
    return ali_compare_summary(comparer, &row);
}

/** The greatest |S_A - S_B| of an element over all levels. */
static alicorn_status add_distance(ali_comparer *comparer, const pairing *p, size_t i, size_t j)
{
    alicorn_compare_row worst = {.change = -1};
    for (size_t k = 0; k < p->level_count; k++) {
        alicorn_compare_row row =
            row_of(p, ALICORN_COMPARE_S_DISTANCE, ALICORN_COMPARE_GREATEST, i, j);
        double complex s[2];
        double error[2];
        element(p, &p->levels[k], i, j, s, error);
        set_distance(&row, s, error);
        ali_compare_place(&row, p->levels[k].frequency_hz, NAN, NAN);
        row.interpolated = p->levels[k].interpolated;
        if (row.change > worst.change)
            worst = row;
    }
    return ali_compare_summary(comparer, &worst);
}

static alicorn_status add_pair(ali_comparer *comparer, const pairing *p, size_t i, size_t j)
{
    alicorn_status status = ALICORN_OK;
    for (size_t k = 0; k < p->level_count && status == ALICORN_OK; k++)
        status = add_points(comparer, p, &p->levels[k], i, j);
    for (size_t f = 0; f < FIGURES && status == ALICORN_OK; f++)
        /* beside the diagonal |S| is the isolation once more */
        if (applies(f, i, j) && (i == j || !figures[f].on_diagonal))
            status = add_worst(comparer, p, f, i, j);
    return status == ALICORN_OK ? add_distance(comparer, p, i, j) : status;
}

static void close_pairing(pairing *p)
{
    for (int side = 0; side < 2; side++)
        alicorn_network_destroy(p->side[side].own);
    free(p->port[0]);
    free((void *)p->name);
    free(p->levels);
    free(p->s);
}

static alicorn_status compare_task(ali_comparer *comparer, size_t task)
{
    pairing p = {0};
    alicorn_status status = ALICORN_OK;
    for (int side = 0; side < 2 && status == ALICORN_OK; side++)
        status = open_sheet(comparer, side, task, &p.side[side]);
    if (status != ALICORN_OK)
        goto cleanup;
    if (!p.side[0].network || !p.side[1].network) {
        if (p.side[0].network || p.side[1].network)
            status = ali_compare_only(comparer, ALICORN_ONLY_S, p.side[0].network ? 0 : 1, "", task,
                                      NAN);
        goto cleanup;
    }
    status = match_ports(comparer, &p);
    if (status == ALICORN_OK && p.port_count > 0)
        status = match_frequencies(comparer, &p);
    for (size_t i = 0; i < p.port_count && p.level_count > 0; i++)
        for (size_t j = 0; j < p.port_count && status == ALICORN_OK; j++)
            status = add_pair(comparer, &p, i, j);
cleanup:
    close_pairing(&p);
    return status;
}

alicorn_status ali_compare_ports(ali_comparer *comparer)
{
    size_t tasks = 0;
    alicorn_status status = ALICORN_OK;
    for (int side = 0; side < 2; side++) {
        const alicorn_compare_input *input = comparer->input[side];
        size_t own = input->network ? 1 : input->result ? task_count(input->result) : 0;
        tasks = own > tasks ? own : tasks;
    }
    for (size_t task = 0; task < tasks && status == ALICORN_OK; task++)
        status = compare_task(comparer, task);
    return status;
}
