/* SPDX-License-Identifier: Apache-2.0 */
#include "network/rational.h"

#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A fit while supports are added. */
typedef struct aaa_fit {
    size_t samples, entries, most;
    const double *x;
    const double complex *f;
    bool *chosen;          /**< [samples] */
    double complex *gram;  /**< [most][most] L^H L of the Loewner matrix */
    double complex *row;   /**< [most][entries] what a sample has at all entries, row after row */
    double complex *share; /**< [most] */
    double complex *value; /**< [entries] */
    double *eigenvalue;    /**< [most] */
    ali_rational *rational;
} aaa_fit;

void ali_rational_clear(ali_rational *rational)
{
    free(rational->support);
    free(rational->x);
    free(rational->weight);
    *rational = (ali_rational){0};
}

void ali_rational_shares(const ali_rational *rational, double x, double complex *share)
{
    double complex sum = 0.0;
    for (size_t k = 0; k < rational->count; k++) {
        double distance = x - rational->x[k];
        if (distance == 0.0) {
            memset(share, 0, rational->count * sizeof *share);
            share[k] = 1.0;
            return;
        }
        share[k] = rational->weight[k] / distance;
        sum += share[k];
    }
    for (size_t k = 0; k < rational->count; k++)
        share[k] /= sum;
}

void ali_rational_evaluate(const ali_rational *rational, size_t entries, const double complex *f,
                           double x, double complex *share, double complex *value)
{
    ali_rational_shares(rational, x, share);
    memset(value, 0, entries * sizeof *value);
    for (size_t k = 0; k < rational->count; k++) {
        const double complex *sample = f + rational->support[k] * entries;
        for (size_t e = 0; e < entries; e++)
            value[e] += share[k] * sample[e];
    }
}

/** Largest error of any entry at sample i, without a model the size of the deviation from zero. */
static double error_at(const aaa_fit *fit, size_t i)
{
    const double complex *f = fit->f + i * fit->entries;
    double worst = 0.0;
    ali_rational_evaluate(fit->rational, fit->entries, fit->f, fit->x[i], fit->share, fit->value);
    for (size_t e = 0; e < fit->entries; e++) {
        double off = cabs(f[e] - fit->value[e]);
        worst = off > worst || isnan(off) ? off : worst;
    }
    return worst;
}

/** The sample where the model is worst, and how much. */
static size_t worst_sample(const aaa_fit *fit, double *worst)
{
    size_t at = 0;
    *worst = -1.0;
    for (size_t i = 0; i < fit->samples; i++) {
        if (fit->chosen[i])
            continue;
        double off = error_at(fit, i);
        if (!(off <= *worst)) {
            *worst = off;
            at = i;
        }
    }
    *worst = fmax(*worst, 0.0);
    return at;
}

static void add_support(aaa_fit *fit, size_t i)
{
    ali_rational *r = fit->rational;
    r->support[r->count] = i;
    r->x[r->count++] = fit->x[i];
    fit->chosen[i] = true;
}

/** Add what one sample contributes to L^H L: rows (f_i - f_k)/(x_i - x_k), one per entry. */
static void add_rows(aaa_fit *fit, size_t i)
{
    const ali_rational *r = fit->rational;
    for (size_t k = 0; k < r->count; k++) {
        const double complex *support = fit->f + r->support[k] * fit->entries;
        for (size_t e = 0; e < fit->entries; e++)
            fit->row[k * fit->entries + e] =
                (fit->f[i * fit->entries + e] - support[e]) / (fit->x[i] - r->x[k]);
    }
    ali_blas_zherk_lower(r->count, fit->entries, 1.0, fit->row, fit->entries, 1.0, fit->gram,
                         r->count);
}

/** Weights: the combination of the Loewner matrix's columns that is least. */
static alicorn_status find_weights(aaa_fit *fit, alicorn_error *error)
{
    ali_rational *r = fit->rational;
    memset(fit->gram, 0, r->count * r->count * sizeof *fit->gram);
    for (size_t i = 0; i < fit->samples; i++)
        if (!fit->chosen[i])
            add_rows(fit, i);
    alicorn_status status =
        ali_lapack_zheev_lower(r->count, fit->gram, r->count, fit->eigenvalue, error);
    if (!status)
        memcpy(r->weight, fit->gram, r->count * sizeof *r->weight);
    return status;
}

static alicorn_status add_supports(aaa_fit *fit, double tolerance, alicorn_error *error)
{
    ali_rational *r = fit->rational;
    alicorn_status status = ALICORN_OK;
    size_t next = 0;
    for (size_t i = 1; i < fit->samples; i++) { /* the first support: the largest sample */
        double size[2] = {0.0, 0.0};
        for (size_t e = 0; e < fit->entries; e++) {
            size[0] = fmax(size[0], cabs(fit->f[next * fit->entries + e]));
            size[1] = fmax(size[1], cabs(fit->f[i * fit->entries + e]));
        }
        next = size[1] > size[0] ? i : next;
    }
    do {
        add_support(fit, next);
        status = find_weights(fit, error);
        if (status)
            return status;
        next = worst_sample(fit, &r->error);
    } while (r->count < fit->most && r->error > tolerance);
    return ALICORN_OK;
}

alicorn_status ali_rational_fit(size_t samples, const double *x, size_t entries,
                                const double complex *f, size_t most, double tolerance,
                                ali_rational *rational, alicorn_error *error)
{
    *rational = (ali_rational){0};
    most = most < samples ? most : samples;
    aaa_fit fit = {.samples = samples,
                   .entries = entries,
                   .most = most,
                   .x = x,
                   .f = f,
                   .chosen = ali_calloc(samples, sizeof *fit.chosen),
                   .gram = ali_calloc(most * most + 4, sizeof *fit.gram),
                   .row = ali_calloc(most * entries, sizeof *fit.row),
                   .share = ali_calloc(most, sizeof *fit.share),
                   .value = ali_calloc(entries, sizeof *fit.value),
                   .eigenvalue = ali_calloc(most, sizeof *fit.eigenvalue),
                   .rational = rational};
    rational->support = ali_calloc(most, sizeof *rational->support);
    rational->x = ali_calloc(most, sizeof *rational->x);
    rational->weight = ali_calloc(most, sizeof *rational->weight);
    alicorn_status status = ALICORN_OK;
    if (!fit.chosen || !fit.gram || !fit.row || !fit.share || !fit.value || !fit.eigenvalue ||
        !rational->support || !rational->x || !rational->weight)
        status = ali_error_memory(error, most * (most + entries) * sizeof *fit.row, "a model of S");
    else if (most > 0) {
        int former = ali_blas_set_threads(1); /* what it does is too small for more */
        status = add_supports(&fit, tolerance, error);
        ali_blas_set_threads(former);
    }
    free(fit.chosen);
    free(fit.gram);
    free(fit.row);
    free(fit.share);
    free(fit.value);
    free(fit.eigenvalue);
    return status;
}
