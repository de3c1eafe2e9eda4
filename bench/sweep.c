/* SPDX-License-Identifier: Apache-2.0 */
/* Solves that an adaptive sweep takes, and points of an equidistant one of the same error:
 *   sweep [--set NAME=VALUE]... [--tolerance X] [--fine] FILE START STOP COUNT
 * FILE is a deck or a project, whose frequencies are replaced by COUNT ones from START to STOP
 * [Hz]; give a project the variable that makes the mesh for STOP. The truth is a solve at each of
 * them, or, with --fine, an adaptive sweep to a thirtieth of the tolerance. Equidistant points are
 * joined by straight lines, by the nearest eight as alicorn_network_at does it, and by one rational
 * function as in the adaptive sweep. */
#include "alicorn/alicorn.h"
#include "base/clock.h"
#include "model/model.h"
#include "network/rational.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS = 16 };

typedef struct request {
    const char *names[SETTINGS], *file;
    double values[SETTINGS];
    size_t set_count;
    double tolerance, start, stop;
    size_t count;
    bool fine;
} request;

static void fail(const alicorn_error *error)
{
    fprintf(stderr, "sweep: %s%s%s\n", error->file, error->file[0] ? ": " : "", error->message);
    exit(EXIT_FAILURE);
}

static void *allocate(size_t count, size_t size)
{
    void *made = calloc(count, size);
    if (!made)
        exit(EXIT_FAILURE);
    return made;
}

static void set_frequencies(alicorn_model *model, const request *wanted)
{
    for (size_t t = 0; t < model->task_count; t++) {
        ali_task *task = &model->tasks[t];
        free(task->frequencies);
        task->frequencies = allocate(wanted->count, sizeof *task->frequencies);
        task->frequency_count = wanted->count;
        for (size_t i = 0; i < wanted->count; i++)
            task->frequencies[i] = wanted->start + (wanted->stop - wanted->start) * (double)i /
                                                       (double)(wanted->count - 1);
    }
}

/** S over the sweep to a tolerance, 0: all solved; how many were. */
static alicorn_network *solve(const alicorn_model *model, double tolerance, size_t *solved)
{
    alicorn_options options;
    alicorn_error error = {0};
    alicorn_result *result = NULL;
    alicorn_network *network = NULL;
    double begin = ali_clock_seconds();
    alicorn_options_default(&options);
    options.adaptive = tolerance;
    if (alicorn_solve(model, &options, &result, &error) ||
        alicorn_network_from_result(result, 0, &network, &error))
        fail(&error);
    const alicorn_sweep *sweep = alicorn_result_sweep(result, 0);
    *solved = sweep ? sweep->solved : network->count;
    printf("%-22s %4zu of %zu frequencies solved in %.1f s",
           tolerance > 0.0 ? "adaptive" : "direct", *solved, network->count,
           ali_clock_seconds() - begin);
    if (sweep)
        printf(", estimated error %.1e", sweep->error);
    printf("\n");
    alicorn_result_destroy(result);
    return network;
}

static double distance(const alicorn_network *truth, size_t i, const double complex *s)
{
    size_t cells = truth->ports * truth->ports;
    double worst = 0.0;
    for (size_t c = 0; c < cells; c++) {
        alicorn_complex true_s = truth->s[i * cells + c];
        worst = fmax(worst, cabs(s[c] - CMPLX(true_s.re, true_s.im)));
    }
    return worst;
}

/* ---- equidistant points ---- */

/** Some points of the truth: `chosen` tells which. */
typedef struct grid {
    const alicorn_network *truth;
    size_t count;
    size_t *chosen;
    double *x;              /**< [count] */
    double complex *values; /**< [count][cells] */
} grid;

static grid make_grid(const alicorn_network *truth, size_t count)
{
    size_t cells = truth->ports * truth->ports;
    grid made = {truth, count, allocate(count, sizeof *made.chosen),
                 allocate(count, sizeof *made.x), allocate(count * cells, sizeof *made.values)};
    for (size_t k = 0; k < count; k++) {
        made.chosen[k] = (k * (truth->count - 1) + (count - 1) / 2) / (count - 1);
        made.x[k] = truth->frequency_hz[made.chosen[k]] / truth->frequency_hz[truth->count - 1];
        for (size_t c = 0; c < cells; c++) {
            alicorn_complex s = truth->s[made.chosen[k] * cells + c];
            made.values[k * cells + c] = CMPLX(s.re, s.im);
        }
    }
    return made;
}

static void free_grid(grid *g)
{
    free(g->chosen);
    free(g->x);
    free(g->values);
}

static double linear_error(const grid *g)
{
    size_t cells = g->truth->ports * g->truth->ports;
    double complex *s = allocate(cells, sizeof *s);
    double worst = 0.0;
    for (size_t k = 1; k < g->count; k++)
        for (size_t i = g->chosen[k - 1]; i < g->chosen[k]; i++) {
            double t = (double)(i - g->chosen[k - 1]) / (double)(g->chosen[k] - g->chosen[k - 1]);
            for (size_t c = 0; c < cells; c++)
                s[c] = (1.0 - t) * g->values[(k - 1) * cells + c] + t * g->values[k * cells + c];
            worst = fmax(worst, distance(g->truth, i, s));
        }
    free(s);
    return worst;
}

static double nearest_error(const grid *g)
{
    size_t cells = g->truth->ports * g->truth->ports;
    alicorn_network *network;
    alicorn_error error = {0};
    double complex *s = allocate(cells, sizeof *s);
    double worst = 0.0;
    if (alicorn_network_create(g->truth->ports, NULL, NULL, &network, &error))
        fail(&error);
    for (size_t k = 0; k < g->count; k++)
        if (alicorn_network_append(network, g->truth->frequency_hz[g->chosen[k]],
                                   g->truth->s + g->chosen[k] * cells, NULL, &error))
            fail(&error);
    for (size_t i = 0; i < g->truth->count; i++) {
        /* the layout of C's double complex */
        if (alicorn_network_at(network, g->truth->frequency_hz[i], (alicorn_complex *)s, &error))
            fail(&error);
        worst = fmax(worst, distance(g->truth, i, s));
    }
    alicorn_network_destroy(network);
    free(s);
    return worst;
}

static double rational_error(const grid *g, double tolerance)
{
    size_t cells = g->truth->ports * g->truth->ports;
    double last = g->truth->frequency_hz[g->truth->count - 1], worst = 0.0;
    double complex *s = allocate(cells, sizeof *s), *share = allocate(g->count, sizeof *share);
    ali_rational model;
    alicorn_error error = {0};
    size_t most = (g->count * cells + 1) / (cells + 1);
    if (ali_rational_fit(g->count, g->x, cells, g->values, most > 1 ? most : 1, tolerance, &model,
                         &error))
        fail(&error);
    for (size_t i = 0; i < g->truth->count; i++) {
        ali_rational_evaluate(&model, cells, g->values, g->truth->frequency_hz[i] / last, share, s);
        worst = fmax(worst, distance(g->truth, i, s));
    }
    ali_rational_clear(&model);
    free(s);
    free(share);
    return worst;
}

/** Fewest equidistant points from which on the error is no larger; 0: there are none below all. */
static size_t fewest(const alicorn_network *truth, double error, double (*method)(const grid *))
{
    for (size_t count = 3; count < truth->count; count += 1 + count / 50) {
        grid g = make_grid(truth, count);
        double reached = method(&g);
        free_grid(&g);
        if (reached <= error)
            return count;
    }
    return 0;
}

static double same_function_error(const grid *g)
{
    return rational_error(g, 2e-5);
}

static void compare(const alicorn_network *truth, const alicorn_network *swept, size_t solved)
{
    static const struct {
        const char *name;
        double (*method)(const grid *);
    } methods[] = {{"one rational function", same_function_error},
                   {"the nearest eight", nearest_error},
                   {"straight lines", linear_error}};
    size_t cells = truth->ports * truth->ports;
    double error = 0.0;
    for (size_t i = 0; i < truth->count; i++)
        error = fmax(error, distance(truth, i, (const double complex *)(swept->s + i * cells)));
    printf("%-22s %.1e at most\n", "real error", error);
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        size_t count = fewest(truth, error, methods[m].method);
        printf("equidistant points joined by %-22s ", methods[m].name);
        if (count > 0)
            printf("%4zu, %.1f times as many\n", count, (double)count / (double)solved);
        else
            printf("more than %zu\n", truth->count);
    }
}

/* ---- command line ---- */

static bool read_request(int count, char **words, request *wanted)
{
    int i = 1;
    *wanted = (request){.tolerance = 1e-3};
    for (; i + 1 < count && strncmp(words[i], "--", 2) == 0; i++) {
        if (strcmp(words[i], "--fine") == 0) {
            wanted->fine = true;
        } else if (strcmp(words[i], "--tolerance") == 0) {
            wanted->tolerance = strtod(words[++i], NULL);
        } else if (strcmp(words[i], "--set") == 0 && wanted->set_count < SETTINGS) {
            char *value = strchr(words[++i], '=');
            if (!value)
                return false;
            *value = '\0';
            wanted->names[wanted->set_count] = words[i];
            wanted->values[wanted->set_count++] = strtod(value + 1, NULL);
        } else {
            return false;
        }
    }
    if (i + 4 != count)
        return false;
    wanted->file = words[i];
    wanted->start = strtod(words[i + 1], NULL);
    wanted->stop = strtod(words[i + 2], NULL);
    wanted->count = strtoul(words[i + 3], NULL, 10);
    return wanted->start > 0.0 && wanted->stop > wanted->start && wanted->count > 4 &&
           wanted->tolerance > 0.0;
}

int main(int count, char **words)
{
    request wanted;
    alicorn_model *model;
    alicorn_error error = {0};
    size_t solved, others;
    if (!read_request(count, words, &wanted)) {
        fprintf(stderr, "usage: sweep [--set NAME=VALUE]... [--tolerance X] [--fine] FILE START "
                        "STOP COUNT\n");
        return EXIT_FAILURE;
    }
    alicorn_read_options options = {
        .set_names = wanted.names, .set_values = wanted.values, .set_count = wanted.set_count};
    if (alicorn_model_read(wanted.file, &options, &model, &error))
        fail(&error);
    set_frequencies(model, &wanted);
    alicorn_network *swept = solve(model, wanted.tolerance, &solved);
    alicorn_network *truth = solve(model, wanted.fine ? wanted.tolerance / 30.0 : 0.0, &others);
    compare(truth, swept, solved);
    alicorn_network_destroy(truth);
    alicorn_network_destroy(swept);
    alicorn_model_destroy(model);
    return EXIT_SUCCESS;
}
