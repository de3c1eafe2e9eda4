/* SPDX-License-Identifier: Apache-2.0 */
#include "study/wave_span.h"

#include "base/memory.h"
#include "math/blas.h"
#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Columns that the span grows by at a time, and that are projected on it at a time. */
enum { PANEL = 16, WIDE = 32 };

/** A vector that keeps this share of its norm is still orthogonal to those from before. */
static const double SHRUNK = 0.1;

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

/** Numbers of work space: a panel and its shares. */
static size_t work_count(size_t rows, size_t capacity)
{
    return PANEL * (rows + capacity);
}

size_t ali_wave_span_bytes(size_t rows, size_t capacity)
{
    return (2 * capacity * rows + work_count(rows, capacity)) * sizeof(double complex);
}

int ali_wave_span_create(size_t rows, size_t capacity, int threads, ali_wave_span *span)
{
    *span = (ali_wave_span){.rows = rows, .capacity = capacity, .threads = threads};
    span->q = ali_calloc(capacity * rows, sizeof *span->q);
    span->y = ali_calloc(capacity * rows, sizeof *span->y);
    span->work = ali_calloc(work_count(rows, capacity), sizeof *span->work);
    return span->q && span->y && span->work ? 0 : -1;
}

void ali_wave_span_clear(ali_wave_span *span)
{
    free(span->q);
    free(span->y);
    free(span->work);
    *span = (ali_wave_span){0};
}

static double square_of(size_t count, const double complex *x)
{
    const double *part = (const double *)x;
    double sum = 0.0;
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < 2 * count; i++)
        sum += part[i] * part[i];
    return sum;
}

static double norm_of(size_t count, const double complex *x)
{
    return sqrt(square_of(count, x));
}

/** Take what the first `known` vectors hold out of a panel.
 *  @param share  [columns][known], work space */
static void project(const ali_wave_span *span, size_t known, size_t columns, double complex *b,
                    double complex *share)
{
    if (known == 0)
        return;
    ali_blas_zgemm(ALI_BLAS_ADJOINT, ALI_BLAS_PLAIN, known, columns, span->rows, 1.0, span->q,
                   span->rows, b, span->rows, 0.0, share, known);
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, span->rows, columns, known, -1.0, span->q,
                   span->rows, share, known, 1.0, b, span->rows);
}

/** Take vectors first … span->count - 1 out of one column. */
static void orthogonalise(const ali_wave_span *span, size_t first, double complex *b)
{
    for (size_t k = first; k < span->count; k++) {
        const double complex *q = span->q + k * span->rows;
        double re = 0.0, im = 0.0;
#pragma omp simd reduction(+ : re, im)
        for (size_t i = 0; i < span->rows; i++) {
            re += creal(q[i]) * creal(b[i]) + cimag(q[i]) * cimag(b[i]);
            im += creal(q[i]) * cimag(b[i]) - cimag(q[i]) * creal(b[i]);
        }
        double complex share = CMPLX(re, im);
        for (size_t i = 0; i < span->rows; i++)
            b[i] -= share * q[i];
    }
}

/** Grow by what up to PANEL columns hold beyond the span; they are overwritten. Gram-Schmidt, twice
 * if anything is left [GiraudLangou:2005]. */
static void grow(ali_wave_span *span, size_t columns, double complex *b)
{
    size_t rows = span->rows, known = span->count;
    double complex *share = span->work + PANEL * rows;
    double size[PANEL];
    for (size_t j = 0; j < columns; j++)
        size[j] = norm_of(rows, b + j * rows);
    bool more = true;
    for (int pass = 0; pass < 2 && more; pass++) {
        project(span, known, columns, b, share);
        more = false;
        for (size_t j = 0; j < columns; j++)
            more |= norm_of(rows, b + j * rows) > ALI_WAVE_SPAN_TOLERANCE * size[j];
    }
    for (size_t j = 0; j < columns && span->count < span->capacity; j++) {
        double complex *column = b + j * rows;
        double before = norm_of(rows, column);
        orthogonalise(span, known, column);
        double left = norm_of(rows, column);
        if (left > ALI_WAVE_SPAN_TOLERANCE * size[j] && left < SHRUNK * before) {
            project(span, span->count, 1, column, share); /* for its norm has shrunk since */
            left = norm_of(rows, column);
        }
        if (!(left > ALI_WAVE_SPAN_TOLERANCE * size[j]))
            continue;
        double complex *q = span->q + span->count++ * rows;
        for (size_t i = 0; i < rows; i++)
            q[i] = column[i] / left;
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

/** Shares of up to WIDE columns in the span. What is left of each is known from its norm and
 * theirs, for the vectors are orthonormal: |b - q c|^2 = |b|^2 - |c|^2, to 1e-14 of |b|^2. */
static void share_out(const ali_wave_span *span, size_t columns, const double complex *b,
                      double complex *c, bool *kept)
{
    const double tolerance = ALI_WAVE_SPAN_TOLERANCE * ALI_WAVE_SPAN_TOLERANCE;
    if (span->count > 0)
        ali_blas_zgemm(ALI_BLAS_ADJOINT, ALI_BLAS_PLAIN, span->count, columns, span->rows, 1.0,
                       span->q, span->rows, b, span->rows, 0.0, c, span->capacity);
    for (size_t j = 0; j < columns; j++) {
        double size = square_of(span->rows, b + j * span->rows);
        kept[j] = !(size - square_of(span->count, c + j * span->capacity) <= tolerance * size);
    }
}

/** Grow by up to PANEL of the columns in places. */
static void grow_by(ali_wave_span *span, const double complex *b, size_t count, const size_t *place)
{
    for (size_t j = 0; j < count; j++)
        memcpy(span->work + j * span->rows, b + place[j] * span->rows,
               span->rows * sizeof *span->work);
    grow(span, count, span->work);
}

void ali_wave_span_split(ali_wave_span *span, size_t columns, const double complex *b,
                         double complex *c, bool *kept)
{
    size_t step = ali_wave_span_step(columns), place[PANEL], count;
    for (size_t first = 0, known = ALI_NONE; first < columns && span->count != known;
         first += count) { /* as long as that helps; most columns are combinations by then */
        known = span->count;
        for (count = 0; count < PANEL && first + count < columns; count++)
            place[count] = (first + count) * step % columns;
        grow_by(span, b, count, place);
    }
#pragma omp parallel for schedule(static) num_threads(span->threads)
    for (size_t first = 0; first < columns; first += WIDE)
        share_out(span, columns - first < WIDE ? columns - first : WIDE, b + first * span->rows,
                  c + first * span->capacity, kept + first);
    size_t shared = span->count;
    for (size_t i = 0; i < columns && span->count < span->capacity;) { /* those that are not */
        for (count = 0; i < columns && count < PANEL; i++)
            if (kept[i])
                place[count++] = i;
        grow_by(span, b, count, place);
    }
    for (size_t i = 0; i < columns; i++)
        if (kept[i])
            share_out(span, 1, b + i * span->rows, c + i * span->capacity, kept + i);
        else
            memset(c + i * span->capacity + shared, 0, (span->count - shared) * sizeof *c);
}
