/* SPDX-License-Identifier: Apache-2.0 */
#include "study/wave_span.h"

#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/** Columns that are split at a time: while the span grows, and when it holds all of them; threads
 * that do so. */
enum { PANEL = 16, WIDE = 64, THREADS_MOST = 4 };

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

/** Numbers of work space that one thread needs. */
static size_t work_count(size_t rows, size_t capacity)
{
    return 2 * WIDE * (rows + capacity);
}

size_t ali_wave_span_bytes(size_t rows, size_t capacity)
{
    return (2 * capacity * rows + THREADS_MOST * work_count(rows, capacity)) *
           sizeof(double complex);
}

int ali_wave_span_create(size_t rows, size_t capacity, int threads, ali_wave_span *span)
{
    threads = threads < THREADS_MOST ? threads : THREADS_MOST;
    *span = (ali_wave_span){.rows = rows, .capacity = capacity, .threads = threads};
    span->q = ali_calloc(capacity * rows, sizeof *span->q);
    span->y = ali_calloc(capacity * rows, sizeof *span->y);
    span->work = ali_calloc((size_t)threads * work_count(rows, capacity), sizeof *span->work);
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

/** Take what the first `known` vectors hold out of a panel and add the coefficients to c.
 *  @param work  WIDE (rows + capacity) */
static void project(const ali_wave_span *span, size_t known, size_t columns, double complex *b,
                    double complex *c, double complex *work)
{
    double complex *conjugate = work, *share = work + WIDE * span->rows;
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
        double re = 0.0, im = 0.0;
#pragma omp simd reduction(+ : re, im)
        for (size_t i = 0; i < span->rows; i++) {
            re += creal(q[i]) * creal(b[i]) + cimag(q[i]) * cimag(b[i]);
            im += creal(q[i]) * cimag(b[i]) - cimag(q[i]) * creal(b[i]);
        }
        double complex share = CMPLX(re, im);
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
        project(span, known, columns, b, c, span->work);
        more = false;
        for (size_t j = 0; j < columns; j++)
            more |= norm_of(rows, b + j * rows) > ALI_WAVE_SPAN_TOLERANCE * size[j];
    }
    for (size_t j = 0; j < columns; j++) {
        double complex *column = b + j * rows, *own = c + j * span->capacity;
        double before = norm_of(rows, column);
        orthogonalise(span, known, column, own);
        double after = norm_of(rows, column);
        if (after > ALI_WAVE_SPAN_TOLERANCE * size[j] && after < SHRUNK * before)
            project(span, span->count, 1, column, own,
                    span->work); /* for its norm has shrunk since */
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

/** Columns that are being split, in the order in which they are taken. */
typedef struct split_run {
    size_t columns, step; /**< the i-th is number i step modulo columns */
    double complex *b, *c;
    bool *kept;
} split_run;

/** Up to `most` columns of a run from the i-th on; returns how many. */
static size_t next_places(const split_run *run, size_t first, size_t most, size_t *place)
{
    size_t count = run->columns - first < most ? run->columns - first : most;
    for (size_t j = 0; j < count; j++)
        place[j] = (first + j) * run->step % run->columns;
    return count;
}

static void take_columns(const ali_wave_span *span, const split_run *run, size_t count,
                         const size_t *place, double complex *panel)
{
    for (size_t j = 0; j < count; j++)
        memcpy(panel + j * span->rows, run->b + place[j] * span->rows, span->rows * sizeof *panel);
}

/** Split at most PANEL columns; the span may grow. Returns how many were not combinations of what
 * the span held before. */
static size_t extend(ali_wave_span *span, const split_run *run, size_t count, const size_t *place)
{
    double complex *panel = span->work + WIDE * (span->rows + span->capacity);
    double complex *shares = panel + WIDE * span->rows;
    size_t known = span->count, rests = 0;
    bool rest[PANEL];
    take_columns(span, run, count, place, panel);
    memset(shares, 0, PANEL * span->capacity * sizeof *shares);
    split_panel(span, count, panel, shares, rest);
    for (size_t j = 0; j < count; j++) {
        memcpy(run->b + place[j] * span->rows, panel + j * span->rows, span->rows * sizeof *panel);
        memcpy(run->c + place[j] * span->capacity, shares + j * span->capacity,
               span->capacity * sizeof *shares);
        run->kept[place[j]] = rest[j];
        rests += rest[j];
    }
    return span->count - known + rests;
}

/** Split the columns from `first` on that are combinations of what the span holds, at most WIDE of
 * them; mark the others as kept. */
static void split_known(const ali_wave_span *span, const split_run *run, size_t first,
                        double complex *work)
{
    double complex *panel = work + WIDE * (span->rows + span->capacity);
    double complex *shares = panel + WIDE * span->rows;
    size_t place[WIDE], rows = span->rows;
    double size[WIDE];
    size_t count = next_places(run, first, WIDE, place);
    take_columns(span, run, count, place, panel);
    memset(shares, 0, WIDE * span->capacity * sizeof *shares);
    for (size_t j = 0; j < count; j++)
        size[j] = norm_of(rows, panel + j * rows);
    project(span, span->count, count, panel, shares, work);
    for (size_t j = 0; j < count; j++) {
        double left = norm_of(rows, panel + j * rows);
        run->kept[place[j]] = !(left <= ALI_WAVE_SPAN_TOLERANCE * size[j]);
        if (run->kept[place[j]])
            continue;
        memset(run->b + place[j] * rows, 0, rows * sizeof *run->b);
        memcpy(run->c + place[j] * span->capacity, shares + j * span->capacity,
               span->capacity * sizeof *shares);
    }
}

void ali_wave_span_split(ali_wave_span *span, size_t columns, double complex *b, double complex *c,
                         bool *kept)
{
    split_run run = {
        .columns = columns, .step = ali_wave_span_step(columns), .b = b, .c = c, .kept = kept};
    size_t work = work_count(span->rows, span->capacity), first = 0, place[PANEL], count;
    int former = ali_blas_set_threads(1);
    for (size_t more = 1; first < columns && more > 0; first += count) {
        count = next_places(&run, first, PANEL, place);
        more = extend(span, &run, count, place);
    }
    /* it may hold all by now, and then the panels do not depend on each other */
#pragma omp parallel for schedule(dynamic) num_threads(span->threads)
    for (size_t panel = first; panel < columns; panel += WIDE) {
        size_t thread = 0;
#ifdef _OPENMP
        thread = (size_t)omp_get_thread_num();
#endif
        split_known(span, &run, panel, span->work + thread * work);
    }
    for (size_t i = first; i < columns;) { /* those that are not */
        for (count = 0; i < columns && count < PANEL; i++)
            if (kept[i * run.step % columns])
                place[count++] = i * run.step % columns;
        extend(span, &run, count, place);
    }
    ali_blas_set_threads(former);
}

void ali_wave_span_combine(const ali_wave_span *span, size_t columns, const double complex *c,
                           double complex *b)
{
    int former = ali_blas_set_threads(1);
#pragma omp parallel for schedule(static) num_threads(span->threads)
    for (size_t first = 0; first < columns; first += 4 * PANEL) {
        size_t count = columns - first < 4 * PANEL ? columns - first : 4 * PANEL;
        if (span->count > 0)
            ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, span->rows, count, span->count, 1.0,
                           span->y, span->rows, c + first * span->capacity, span->capacity, 1.0,
                           b + first * span->rows, span->rows);
    }
    ali_blas_set_threads(former);
}
