/* SPDX-License-Identifier: Apache-2.0 */
#include "study/wave_span.h"

#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Columns that are split at a time. */
enum { PANEL = 16 };

/** Memory that a span may take [bytes], and bounds of its vectors. */
static const double SPAN_BYTES = 128e6;
enum { CAPACITY_LEAST = 64, CAPACITY_MOST = 1024 };

size_t ali_wave_span_capacity(size_t rows, size_t columns)
{
    double fit = SPAN_BYTES / (2.0 * (double)rows * sizeof(double complex));
    size_t capacity = fit < CAPACITY_LEAST  ? CAPACITY_LEAST
                      : fit > CAPACITY_MOST ? CAPACITY_MOST
                                            : (size_t)fit;
    capacity = capacity < columns ? capacity : columns;
    return capacity < rows ? capacity : rows;
}

size_t ali_wave_span_bytes(size_t rows, size_t capacity)
{
    return (2 * capacity * rows + 2 * PANEL * (rows + capacity)) * sizeof(double complex);
}

int ali_wave_span_create(size_t rows, size_t capacity, ali_wave_span *span)
{
    *span = (ali_wave_span){.rows = rows, .capacity = capacity};
    span->q = ali_calloc(capacity * rows, sizeof *span->q);
    span->y = ali_calloc(capacity * rows, sizeof *span->y);
    span->work = ali_calloc(2 * PANEL * (rows + capacity), sizeof *span->work);
    return span->q && span->y && span->work ? 0 : -1;
}

void ali_wave_span_clear(ali_wave_span *span)
{
    free(span->q);
    free(span->y);
    free(span->work);
    *span = (ali_wave_span){0};
}

static double norm_of(size_t count, const double complex *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += creal(x[i]) * creal(x[i]) + cimag(x[i]) * cimag(x[i]);
    return sqrt(sum);
}

/** Take what the first `known` vectors hold out of a panel and add the coefficients to c. */
static void project(const ali_wave_span *span, size_t known, size_t columns, double complex *b,
                    double complex *c)
{
    double complex *conjugate = span->work, *share = span->work + PANEL * span->rows;
    if (known == 0)
        return;
    for (size_t i = 0; i < columns * span->rows; i++)
        conjugate[i] = conj(b[i]);
    ali_blas_zgemm(ALI_BLAS_TRANSPOSED, ALI_BLAS_PLAIN, known, columns, span->rows, 1.0, span->q,
                   span->rows, conjugate, span->rows, 0.0, share, known);
    for (size_t i = 0; i < columns * known; i++)
        share[i] = conj(share[i]);
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, span->rows, columns, known, -1.0, span->q,
                   span->rows, share, known, 1.0, b, span->rows);
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < known; i++)
            c[j * span->capacity + i] += share[j * known + i];
}

/** Take vectors first … span->count - 1 out of one column. */
static void orthogonalise(const ali_wave_span *span, size_t first, double complex *b,
                          double complex *c)
{
    for (size_t k = first; k < span->count; k++) {
        const double complex *q = span->q + k * span->rows;
        double complex share = 0.0;
        for (size_t i = 0; i < span->rows; i++)
            share += conj(q[i]) * b[i];
        for (size_t i = 0; i < span->rows; i++)
            b[i] -= share * q[i];
        c[k] += share;
    }
}

/** Split up to PANEL columns. Gram-Schmidt; twice if anything is left [GiraudLangou:2005]. */
static void split_panel(ali_wave_span *span, size_t columns, double complex *b, double complex *c,
                        bool *kept)
{
    size_t rows = span->rows, known = span->count;
    double size[PANEL];
    for (size_t j = 0; j < columns; j++)
        size[j] = norm_of(rows, b + j * rows);
    bool more = true;
    for (int pass = 0; pass < 2 && more; pass++) {
        project(span, known, columns, b, c);
        more = false;
        for (size_t j = 0; j < columns; j++)
            more |= norm_of(rows, b + j * rows) > ALI_WAVE_SPAN_TOLERANCE * size[j];
    }
    for (size_t j = 0; j < columns; j++) {
        double complex *column = b + j * rows, *own = c + j * span->capacity;
        orthogonalise(span, known, column, own);
        if (norm_of(rows, column) > ALI_WAVE_SPAN_TOLERANCE * size[j])
            project(span, span->count, 1, column, own); /* for its norm has shrunk since */
        double left = norm_of(rows, column);
        bool negligible = !(left > ALI_WAVE_SPAN_TOLERANCE * size[j]);
        kept[j] = !negligible && span->count == span->capacity;
        if (kept[j])
            continue;
        if (!negligible) {
            double complex *q = span->q + span->count * rows;
            for (size_t i = 0; i < rows; i++)
                q[i] = column[i] / left;
            own[span->count++] = left;
        }
        memset(column, 0, rows * sizeof *column);
    }
}

static size_t common_divisor(size_t a, size_t b)
{
    while (b != 0) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

size_t ali_wave_span_step(size_t count)
{
    size_t step = (size_t)(0.6180339887 * (double)count);
    while (step > 1 && common_divisor(step, count) != 1)
        step--;
    return step > 0 ? step : 1;
}

void ali_wave_span_split(ali_wave_span *span, size_t columns, double complex *b, double complex *c,
                         bool *kept)
{
    double complex *panel = span->work + PANEL * (span->rows + span->capacity);
    double complex *shares = panel + PANEL * span->rows;
    size_t step = ali_wave_span_step(columns), place[PANEL];
    for (size_t first = 0, next = 0; first < columns; first += PANEL) {
        size_t count = columns - first < PANEL ? columns - first : PANEL;
        bool rest[PANEL];
        memset(shares, 0, PANEL * span->capacity * sizeof *shares);
        for (size_t j = 0; j < count; j++, next = (next + step) % columns) {
            place[j] = next;
            memcpy(panel + j * span->rows, b + next * span->rows, span->rows * sizeof *b);
        }
        split_panel(span, count, panel, shares, rest);
        for (size_t j = 0; j < count; j++) {
            memcpy(b + place[j] * span->rows, panel + j * span->rows, span->rows * sizeof *b);
            memcpy(c + place[j] * span->capacity, shares + j * span->capacity,
                   span->capacity * sizeof *c);
            kept[place[j]] = rest[j];
        }
    }
}

void ali_wave_span_combine(const ali_wave_span *span, size_t columns, const double complex *c,
                           double complex *b)
{
    if (span->count > 0 && columns > 0)
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, span->rows, columns, span->count, 1.0,
                       span->y, span->rows, c, span->capacity, 1.0, b, span->rows);
}
