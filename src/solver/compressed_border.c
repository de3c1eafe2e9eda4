/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/compressed_border.h"

#include "base/memory.h"
#include "math/blas.h"
#include "solver/compressed_parts.h"
#include "solver/hierarchical_factor.h"
#include "solver/scaling.h"
#include "solver/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows are in the order of the tree and everything is scaled by powers of two, those of the solver
 * for the n, and T, that suit C, for the m: S B T, T C T. */

struct ali_compressed_border {
    const ali_compressed *solver;
    size_t n, m;
    float complex *border;  /**< B [n, m] */
    float complex *weight;  /**< W [n, m] */
    double complex *corner; /**< C [m, m] */
    double complex *schur;  /**< S [m, m], while it is factored */
    double *scale;          /**< T [m] */
    double *measure;        /**< [n + m] one over all scales, of the residual as given */
    ali_solver *inner;      /**< factored S */
};

size_t ali_compressed_border_memory(size_t n, size_t m)
{
    return n * m * 2 * sizeof(float complex) + m * m * 2 * sizeof(double complex) +
           (n + 2 * m) * sizeof(double);
}

void ali_compressed_border_destroy(ali_compressed_border *border)
{
    if (!border)
        return;
    ali_solver_destroy(border->inner);
    free(border->border);
    free(border->weight);
    free(border->corner);
    free(border->schur);
    free(border->scale);
    free(border->measure);
    free(border);
}

/* ---- products with B and W ---- */

/** Pieces of a border that are widened to double at a time. */
enum { ROWS = 128, COLUMNS = 32 };

static void widen(size_t rows, size_t columns, const float complex *a, size_t lda,
                  double complex *wide)
{
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows; i++)
            wide[i + j * rows] = a[i + j * lda];
}

/** y += factor A x (or A^T x), A [n, m]. Threads share the pieces of y, each of which is summed in
 * one order. */
static void add_border(ali_blas_op op, double factor, int threads, size_t n, size_t m,
                       const float complex *a, size_t columns, const double complex *x, size_t ldx,
                       double complex *y, size_t ldy)
{
    bool plain = op == ALI_BLAS_PLAIN;
    size_t extent = plain ? n : m, piece = plain ? ROWS : COLUMNS;
    size_t inner = plain ? m : n, step = plain ? COLUMNS : ROWS;
    (void)threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t first = 0; first < extent; first += piece) {
        double complex wide[ROWS * COLUMNS];
        size_t count = extent - first < piece ? extent - first : piece;
        for (size_t k = 0; k < inner; k += step) {
            size_t depth = inner - k < step ? inner - k : step;
            size_t row = plain ? first : k, column = plain ? k : first;
            size_t rows = plain ? count : depth, width = plain ? depth : count;
            widen(rows, width, a + row + column * n, n, wide);
            ali_blas_zgemm(op, ALI_BLAS_PLAIN, count, columns, depth, factor, wide, rows, x + k,
                           ldx, 1.0, y + first, ldy);
        }
    }
}

/* ---- creation ---- */

/** S B T in single precision, T C T, and the measure. */
static alicorn_status take(ali_compressed_border *made, const double complex *border,
                           const double complex *corner, alicorn_error *error)
{
    const ali_compressed *solver = made->solver;
    size_t n = made->n, m = made->m;
    double size = 0.0;
    for (size_t j = 0; j < m; j++)
        made->scale[j] = ali_scaling_of(corner[j + j * m]);
    for (size_t j = 0; j < m; j++) {
        for (size_t p = 0; p < n; p++) {
            double complex value =
                made->scale[j] * solver->place_scale[p] * border[solver->tree.unknown[p] + j * n];
            made->border[p + j * n] = (float complex)value;
            size += creal(value * conj(value));
        }
        for (size_t i = 0; i < m; i++) {
            made->corner[i + j * m] = made->scale[i] * made->scale[j] * corner[i + j * m];
            size += cabs(made->corner[i + j * m]);
        }
        made->measure[n + j] = 1.0 / made->scale[j];
    }
    memcpy(made->measure, solver->weight, n * sizeof *made->measure);
    return isfinite(size) ? ALICORN_OK
                          : ali_error_set(error, ALICORN_E_NUMERIC, "the border is not finite");
}

/** W = F^-1 B, and S = C - B^T W, made exactly symmetric. */
static alicorn_status eliminate(ali_compressed_border *made, int threads, alicorn_error *error)
{
    size_t n = made->n, m = made->m, width = ALI_COMPRESSED_COLUMNS;
    double complex *wide = ali_alloc_aligned(n * width, sizeof *wide);
    if (!wide)
        return ali_error_memory(error, n * width * sizeof *wide, "the border");
    alicorn_status status = ALICORN_OK;
    memcpy(made->weight, made->border, n * m * sizeof *made->weight);
    memcpy(made->schur, made->corner, m * m * sizeof *made->schur);
    for (size_t j = 0; j < m && !status; j += width) {
        size_t count = m - j < width ? m - j : width;
        float complex *weight = made->weight + j * n;
        status = ali_hierarchical_substitute(&made->solver->factor, threads, count, weight, error);
        widen(n, count, weight, n, wide);
        add_border(ALI_BLAS_TRANSPOSED, -1.0, threads, n, m, made->border, count, wide, n,
                   made->schur + j * m, m);
    }
    free(wide);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < j; i++) {
            double complex mean = 0.5 * (made->schur[i + j * m] + made->schur[j + i * m]);
            made->schur[i + j * m] = made->schur[j + i * m] = mean;
        }
    return status;
}

/** ali_fill_fn that copies out of S. */
static alicorn_status fill_schur(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const ali_compressed_border *made = context;
    (void)error;
    for (size_t j = 0; j < col_count; j++)
        memcpy(block + j * leading, made->schur + (col_first + j) * made->m + row_first,
               row_count * sizeof *block);
    return ALICORN_OK;
}

static alicorn_status factor_schur(ali_compressed_border *made, int threads, alicorn_error *error)
{
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.threads = threads;
    return ali_solver_create(made->m, fill_schur, made, &options, &made->inner, error);
}

alicorn_status ali_compressed_border_create(const ali_compressed *solver, size_t m,
                                            const double complex *border,
                                            const double complex *corner,
                                            ali_compressed_border **made, alicorn_error *error)
{
    size_t n = solver->n;
    *made = NULL;
    ali_compressed_border *own = calloc(1, sizeof *own);
    if (!own)
        return ali_error_memory(error, sizeof *own, "the border");
    *own = (ali_compressed_border){.solver = solver,
                                   .n = n,
                                   .m = m,
                                   .border = ali_alloc_aligned(n * m, sizeof *own->border),
                                   .weight = ali_alloc_aligned(n * m, sizeof *own->weight),
                                   .corner = ali_alloc_aligned(m * m, sizeof *own->corner),
                                   .schur = ali_alloc_aligned(m * m, sizeof *own->schur),
                                   .scale = ali_calloc(m, sizeof *own->scale),
                                   .measure = ali_calloc(n + m, sizeof *own->measure)};
    alicorn_status status = ALICORN_OK;
    if (!own->border || !own->weight || !own->corner || !own->schur || !own->scale || !own->measure)
        status = ali_error_memory(error, ali_compressed_border_memory(n, m), "the border");
    int former = ali_blas_set_threads(1), threads = ali_compressed_threads(solver->options.threads);
    if (!status)
        status = take(own, border, corner, error);
    if (!status)
        status = eliminate(own, threads, error);
    if (!status)
        status = factor_schur(own, threads, error);
    ali_blas_set_threads(former);
    free(own->schur);
    own->schur = NULL;
    if (status)
        ali_compressed_border_destroy(own);
    else
        *made = own;
    return status;
}

/* ---- solution ---- */

/** One solution: what its steps share. */
typedef struct border_view {
    const ali_compressed_border *border;
    int threads;
    double complex *inner, *result; /**< [n, ALI_COMPRESSED_COLUMNS], a block of their own */
    double complex *outer;          /**< [m, ALI_COMPRESSED_COLUMNS] */
} border_view;

/** Copy columns of `rows` numbers between leading dimensions. */
static void copy_columns(size_t rows, size_t columns, const double complex *from, size_t ld_from,
                         double complex *to, size_t ld_to)
{
    for (size_t j = 0; j < columns; j++)
        memcpy(to + j * ld_to, from + j * ld_from, rows * sizeof *to);
}

static alicorn_status multiply(const void *context, size_t columns, const double complex *x,
                               double complex *y, alicorn_error *error)
{
    const border_view *view = context;
    const ali_compressed_border *b = view->border;
    size_t n = b->n, m = b->m, order = n + m;
    copy_columns(n, columns, x, order, view->inner, n);
    alicorn_status status = ali_compressed_multiply(b->solver, view->threads, columns, view->inner,
                                                    view->result, error);
    if (status)
        return status;
    add_border(ALI_BLAS_PLAIN, 1.0, view->threads, n, m, b->border, columns, x + n, order,
               view->result, n);
    copy_columns(n, columns, view->result, n, y, order);
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, m, columns, m, 1.0, b->corner, m, x + n, order,
                   0.0, y + n, order);
    add_border(ALI_BLAS_TRANSPOSED, 1.0, view->threads, n, m, b->border, columns, view->inner, n,
               y + n, order);
    return ALICORN_OK;
}

/** y = S^-1 (w - W^T v), x = F^-1 v - W y. */
static alicorn_status precondition(const void *context, size_t columns, const double complex *x,
                                   double complex *y, alicorn_error *error)
{
    const border_view *view = context;
    const ali_compressed_border *b = view->border;
    size_t n = b->n, m = b->m, order = n + m;
    copy_columns(n, columns, x, order, view->inner, n);
    copy_columns(m, columns, x + n, order, view->outer, m);
    add_border(ALI_BLAS_TRANSPOSED, -1.0, view->threads, n, m, b->weight, columns, view->inner, n,
               view->outer, m);
    alicorn_status status = ali_solver_solve(b->inner, columns, view->outer, NULL, error);
    if (!status)
        status = ali_compressed_precondition(b->solver, view->threads, columns, view->inner,
                                             view->inner, error);
    if (status)
        return status;
    add_border(ALI_BLAS_PLAIN, -1.0, view->threads, n, m, b->weight, columns, view->outer, m,
               view->inner, n);
    copy_columns(n, columns, view->inner, n, y, order);
    copy_columns(m, columns, view->outer, m, y + n, order);
    return ALICORN_OK;
}

/** Between the caller's order and units and ours; `back` from ours. */
static void exchange(const ali_compressed_border *b, size_t columns, double complex *v,
                     double complex *w, double complex *own, bool back)
{
    size_t n = b->n, m = b->m;
    const ali_compressed *solver = b->solver;
    for (size_t j = 0; j < columns; j++, own += n + m, v += n, w += m) {
        for (size_t p = 0; p < n; p++) {
            double complex *from = back ? own + p : v + solver->tree.unknown[p];
            *(back ? v + solver->tree.unknown[p] : own + p) = solver->place_scale[p] * *from;
        }
        for (size_t i = 0; i < m; i++)
            *(back ? w + i : own + n + i) = b->scale[i] * *(back ? own + n + i : w + i);
    }
}

alicorn_status ali_compressed_border_solve(const ali_compressed_border *border, double target,
                                           size_t columns, double complex *v, double complex *w,
                                           ali_compressed_solution *solution, alicorn_error *error)
{
    const ali_compressed_options *options = &border->solver->options;
    enum { WIDTH = ALI_COMPRESSED_COLUMNS };
    size_t n = border->n, m = border->m, order = n + m, length = (4 * n + 3 * m) * WIDTH;
    double complex *work = ali_alloc_aligned(length, sizeof *work);
    if (!work)
        return ali_error_memory(error, length * sizeof *work, "the solution");
    border_view view = {.border = border,
                        .threads = ali_compressed_threads(options->threads),
                        .inner = work,
                        .result = work + n * WIDTH,
                        .outer = work + 2 * n * WIDTH};
    double complex *b = view.outer + m * WIDTH, *x = b + order * WIDTH;
    ali_iteration iteration = {.order = order,
                               .multiply = multiply,
                               .precondition = precondition,
                               .context = &view,
                               .weight = border->measure,
                               .target = fmax(options->target, target),
                               .steps = options->steps,
                               .restart = options->steps < ALI_COMPRESSED_RESTART
                                              ? options->steps
                                              : ALI_COMPRESSED_RESTART};
    ali_compressed_solution found = {0};
    alicorn_status status = ALICORN_OK;
    int former = ali_blas_set_threads(1);
    for (size_t first = 0; first < columns && !status; first += WIDTH) {
        size_t count = columns - first < WIDTH ? columns - first : WIDTH;
        exchange(border, count, v + first * n, w + first * m, b, false);
        status = ali_compressed_iterate(&iteration, count, b, x, &found, error);
        if (!status)
            exchange(border, count, v + first * n, w + first * m, x, true);
    }
    ali_blas_set_threads(former);
    free(work);
    if (solution)
        *solution = found;
    return status;
}
