/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/bordered.h"

#include "base/memory.h"
#include "math/blas.h"
#include "solver/dense.h"
#include "solver/scaling.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* W is what the factor F gives, unrefined, in F's precision. With it
 *
 *     y = S^-1 (w - W^T v),   x = F^-1 v - W y
 *
 * solves the bordered system about as well as F solves Z, provided that S is good enough; solutions
 * are refined against the whole bordered matrix, in double. See docs/theory/solver.md. */

struct ali_bordered {
    const ali_solver *solver;
    const ali_tile_kernels *kernels; /**< of the solver's factor */
    size_t n, m;
    double complex *border; /**< B [n, m] */
    double complex *corner; /**< C [m, m] */
    double complex *schur;  /**< S [m, m]; while it is being factored */
    char *weight;      /**< S_Z^-1 W S_C, in the kernels' precision [n, m]; S_Z, S_C by scale */
    double *scale;     /**< [n + m]: the solver's, then one that suits C */
    double *inverse;   /**< [m]: one over the latter */
    double norm;       /**< Frobenius norm of the scaled bordered matrix */
    ali_solver *inner; /**< factored S */
};

/** Largest part of S^-1's error that refinement is trusted with. */
static const double tolerable_error = 0.1;

/** ali_fill_fn that copies out of S. */
static alicorn_status fill_schur(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const ali_bordered *bordered = context;
    (void)error;
    for (size_t j = 0; j < col_count; j++)
        memcpy(block + j * leading, bordered->schur + (col_first + j) * bordered->m + row_first,
               row_count * sizeof *block);
    return ALICORN_OK;
}

void ali_bordered_destroy(ali_bordered *bordered)
{
    if (!bordered)
        return;
    ali_solver_destroy(bordered->inner);
    free(bordered->border);
    free(bordered->corner);
    free(bordered->schur);
    free(bordered->weight);
    free(bordered->scale);
    free(bordered->inverse);
    free(bordered);
}

/** y -= op(A) x with a border A [n, m], in pieces of A that do not depend on the number of threads.
 *  @param ld  between columns of x and of y */
static void subtract_border(const ali_bordered *bordered, const ali_tile_kernels *kernels,
                            ali_blas_op op, const void *a, size_t columns, const void *x,
                            size_t ldx, void *y, size_t ldy)
{
    enum { ROWS = 256, COLUMNS = 64 };
    size_t n = bordered->n, m = bordered->m, element = kernels->element;
    bool plain = op == ALI_BLAS_PLAIN;
    size_t extent = plain ? n : m, piece = plain ? ROWS : COLUMNS;
    int threads = ali_dense_team(bordered->solver, n, m * columns / n);
    (void)threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t first = 0; first < extent; first += piece) {
        size_t count = extent - first < piece ? extent - first : piece;
        size_t at = plain ? first : first * n;
        kernels->subtract(op, plain ? count : n, plain ? m : count, columns,
                          (const char *)a + at * element, n, x, ldx, (char *)y + first * element,
                          ldy);
    }
}

/** Scale of all unknowns, norm of the whole matrix, and W. */
static alicorn_status form_weight(ali_bordered *bordered, alicorn_error *error)
{
    size_t n = bordered->n, m = bordered->m, stride = n * bordered->kernels->element;
    double *scale = bordered->scale, *outer = scale + n;
    double squares = bordered->solver->norm * bordered->solver->norm;
    memcpy(scale, bordered->solver->row_scale, n * sizeof *scale);
    for (size_t j = 0; j < m; j++) {
        outer[j] = ali_scaling_of(bordered->corner[j * m + j]);
        bordered->inverse[j] = 1.0 / outer[j];
    }
    for (size_t j = 0; j < m; j++) {
        const double complex *column = bordered->border + j * n;
        double border = ali_refine_norm(n, column, scale, 1) * outer[j];
        double corner = ali_refine_norm(m, bordered->corner + j * m, outer, 1) * outer[j];
        squares += 2.0 * border * border + corner * corner;
        bordered->kernels->load(n, outer[j], scale, column, bordered->weight + j * stride);
    }
    bordered->norm = sqrt(squares);
    if (!isfinite(bordered->norm))
        return ali_error_set(error, ALICORN_E_NUMERIC, "the border is not finite");
    int threads = ali_dense_team(bordered->solver, n, m);
    return ali_dense_approximate(bordered->solver, n, threads, m, bordered->weight, n, error);
}

/** S = C - B^T W, made exactly symmetric; W [n, m] in double. `residual`, if not NULL, is B - Z W:
 *  with it the error of S becomes of second order in that of W,
 *      B^T Z^-1 B = B^T W + W^T (B - Z W) + (B - Z W)^T Z^-1 (B - Z W). */
static void form_schur(ali_bordered *bordered, const double complex *weight,
                       const double complex *residual)
{
    size_t n = bordered->n, m = bordered->m;
    memcpy(bordered->schur, bordered->corner, m * m * sizeof *bordered->schur);
    subtract_border(bordered, &ali_tile_kernels_double, ALI_BLAS_TRANSPOSED, bordered->border, m,
                    weight, n, bordered->schur, m);
    if (residual)
        subtract_border(bordered, &ali_tile_kernels_double, ALI_BLAS_TRANSPOSED, weight, m,
                        residual, n, bordered->schur, m);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < j; i++) {
            double complex *upper = bordered->schur + i + j * m;
            double complex *lower = bordered->schur + j + i * m;
            *upper = *lower = 0.5 * (*upper + *lower);
        }
}

static alicorn_status factor_schur(ali_bordered *bordered, const ali_solver_options *options,
                                   alicorn_error *error)
{
    ali_solver_options own = *options;
    own.progress = NULL;
    own.symmetric = true;
    ali_solver_destroy(bordered->inner);
    return ali_solver_create(bordered->m, fill_schur, bordered, &own, &bordered->inner, error);
}

/** About |S^-1 (error of S)|: W is as wrong as the factor contracts, S by B^T times that. */
static double schur_error(const ali_bordered *bordered, const double complex *weight)
{
    size_t n = bordered->n;
    const double *scale = bordered->solver->row_scale, *outer = bordered->inner->row_scale;
    double border = 0.0, solution = 0.0;
    for (size_t j = 0; j < bordered->m; j++) {
        border = hypot(border, outer[j] * ali_refine_norm(n, bordered->border + j * n, scale, 1));
        solution = hypot(solution, outer[j] * ali_refine_norm(n, weight + j * n, scale, -1));
    }
    return bordered->solver->facts.contraction * border * solution *
           bordered->inner->facts.condition / bordered->inner->norm;
}

/** S from W as it is; if that may be too inexact, once more with second-order terms. */
static alicorn_status make_schur(ali_bordered *bordered, const ali_solver_options *options,
                                 alicorn_error *error)
{
    size_t n = bordered->n, m = bordered->m, stride = n * bordered->kernels->element;
    double complex *residual = NULL, *weight = ali_calloc(n * m, sizeof *weight);
    alicorn_status status = ALICORN_OK;
    if (!weight) {
        status = ali_error_memory(error, n * m * sizeof *weight, "the bordered system");
        goto cleanup;
    }
    for (size_t j = 0; j < m; j++)
        bordered->kernels->add(n, bordered->inverse[j], bordered->scale,
                               bordered->weight + j * stride, weight + j * n);
    form_schur(bordered, weight, NULL);
    status = factor_schur(bordered, options, error);
    if (status != ALICORN_OK && status != ALICORN_E_NUMERIC)
        goto cleanup;
    if (status == ALICORN_OK && schur_error(bordered, weight) <= tolerable_error)
        goto cleanup;
    if (bordered->solver->facts.level != ALI_SOLVER_SINGLE)
        goto cleanup;
    residual = ali_alloc_aligned(n * m, sizeof *residual);
    if (!residual) {
        status = ali_error_memory(error, n * m * sizeof *residual, "the bordered system");
        goto cleanup;
    }
    ali_dense_residual(bordered->solver, n, ali_dense_team(bordered->solver, n, m), m, weight,
                       bordered->border, residual, n);
    form_schur(bordered, weight, residual);
    status = factor_schur(bordered, options, error);
cleanup:
    free(weight);
    free(residual);
    return status;
}

alicorn_status ali_bordered_create(const ali_solver *solver, size_t n, size_t m,
                                   const double complex *border, const double complex *corner,
                                   const ali_solver_options *options, ali_bordered **bordered,
                                   alicorn_error *error)
{
    assert(n == solver->tiles.order);
    *bordered = NULL;
    if (!solver->tiles.symmetric)
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "an unsymmetric system cannot be extended by a border");
    ali_bordered *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the bordered system");
    made->solver = solver;
    made->kernels = ali_dense_kernels(solver);
    made->n = n;
    made->m = m;
    made->border = ali_alloc_aligned(n * m, sizeof *made->border);
    made->corner = ali_alloc_aligned(m * m, sizeof *made->corner);
    made->schur = ali_alloc_aligned(m * m, sizeof *made->schur);
    made->weight = ali_alloc_aligned(n * m, made->kernels->element);
    made->scale = ali_alloc_aligned(n + m, sizeof *made->scale);
    made->inverse = ali_alloc_aligned(m, sizeof *made->inverse);
    alicorn_status status = ALICORN_OK;
    if (!made->border || !made->corner || !made->schur || !made->weight || !made->scale ||
        !made->inverse) {
        status = ali_error_memory(error, 2 * (n + m) * m * sizeof *border, "the bordered system");
    } else {
        int former = ali_blas_set_threads(1);
        memcpy(made->border, border, n * m * sizeof *border);
        memcpy(made->corner, corner, m * m * sizeof *corner);
        status = form_weight(made, error);
        if (status == ALICORN_OK)
            status = make_schur(made, options, error);
        ali_blas_set_threads(former);
    }
    free(made->schur);
    made->schur = NULL;
    if (status)
        ali_bordered_destroy(made);
    else
        *bordered = made;
    return status;
}

/** One solve: what its steps share. */
typedef struct bordered_solve {
    const ali_bordered *bordered;
    int threads;
    double complex *outer; /**< right-hand sides of S [m, columns of a block] */
} bordered_solve;

static alicorn_status approximate(void *context, size_t columns, void *y, alicorn_error *error)
{
    const bordered_solve *solve = context;
    const ali_bordered *bordered = solve->bordered;
    const ali_tile_kernels *kernels = bordered->kernels;
    size_t n = bordered->n, m = bordered->m, order = n + m, stride = order * kernels->element;
    char *low = (char *)y + n * kernels->element;
    subtract_border(bordered, kernels, ALI_BLAS_TRANSPOSED, bordered->weight, columns, y, order,
                    low, order);
    memset(solve->outer, 0, m * columns * sizeof *solve->outer);
    for (size_t c = 0; c < columns; c++) /* S is factored with a scaling of its own */
        kernels->add(m, 1.0, bordered->inverse, low + c * stride, solve->outer + c * m);
    alicorn_status status = ali_solver_solve(bordered->inner, columns, solve->outer, NULL, error);
    if (status != ALICORN_OK)
        return status;
    for (size_t c = 0; c < columns; c++)
        kernels->load(m, 1.0, bordered->inverse, solve->outer + c * m, low + c * stride);
    status = ali_dense_approximate(bordered->solver, n, solve->threads, columns, y, order, error);
    if (status == ALICORN_OK)
        subtract_border(bordered, kernels, ALI_BLAS_PLAIN, bordered->weight, columns, low, order, y,
                        order);
    return status;
}

/** r = b - [Z B; B^T C] x. */
static void residual_of(void *context, size_t columns, const double complex *x,
                        const double complex *b, double complex *r)
{
    const bordered_solve *solve = context;
    const ali_bordered *bordered = solve->bordered;
    const ali_tile_kernels *kernels = &ali_tile_kernels_double;
    size_t n = bordered->n, m = bordered->m, order = n + m;
    memcpy(r, b, order * columns * sizeof *r);
    ali_dense_residual(bordered->solver, n, solve->threads, columns, x, r, r, order);
    subtract_border(bordered, kernels, ALI_BLAS_PLAIN, bordered->border, columns, x + n, order, r,
                    order);
    subtract_border(bordered, kernels, ALI_BLAS_TRANSPOSED, bordered->border, columns, x, order,
                    r + n, order);
    kernels->subtract(ALI_BLAS_PLAIN, m, m, columns, bordered->corner, m, x + n, order, r + n,
                      order);
}

alicorn_status ali_bordered_solve(const ali_bordered *bordered, double target, size_t columns,
                                  double complex *v, double complex *w, double *residual,
                                  alicorn_error *error)
{
    size_t n = bordered->n, m = bordered->m, order = n + m;
    size_t block = columns < ALI_REFINE_BLOCK ? columns : ALI_REFINE_BLOCK;
    double worst = 0.0;
    double complex *b = ali_alloc_aligned(order * columns, sizeof *b);
    bordered_solve solve = {.bordered = bordered,
                            .threads = ali_dense_team(bordered->solver, n, block),
                            .outer = ali_alloc_aligned(m * block, sizeof *solve.outer)};
    ali_refine_system system = {.order = order,
                                .row_scale = bordered->scale,
                                .column_scale = bordered->scale,
                                .norm = bordered->norm,
                                .target = fmax(bordered->solver->target, target),
                                .contraction = bordered->solver->facts.contraction,
                                .threads = solve.threads,
                                .kernels = bordered->kernels,
                                .context = &solve,
                                .approximate = approximate,
                                .residual = residual_of};
    alicorn_status status = ALICORN_OK;
    if (!b || !solve.outer) {
        status = ali_error_memory(error, (order + m) * columns * sizeof *b, "right-hand sides");
        goto cleanup;
    }
    for (size_t c = 0; c < columns; c++) {
        memcpy(b + c * order, v + c * n, n * sizeof *b);
        memcpy(b + c * order + n, w + c * m, m * sizeof *b);
    }
    int former = ali_blas_set_threads(1);
    status = ali_refine_all(&system, columns, b, &worst, error);
    ali_blas_set_threads(former);
    for (size_t c = 0; c < columns && status == ALICORN_OK; c++) {
        memcpy(v + c * n, b + c * order, n * sizeof *b);
        memcpy(w + c * m, b + c * order + n, m * sizeof *b);
    }
    if (residual)
        *residual = worst;
cleanup:
    free(b);
    free(solve.outer);
    return status;
}
