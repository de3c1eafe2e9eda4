/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/bordered.h"

#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ali_bordered {
    const ali_solver *solver;
    size_t n, m;
    double complex *border; /**< B [n, m] */
    double complex *weight; /**< W = Z^-1 B [n, m] */
    double complex *corner; /**< C, then S [m, m] */
    ali_solver *schur;      /**< factored S */
};

/** ali_fill_fn that copies out of S. */
static alicorn_status fill_schur(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const ali_bordered *bordered = context;
    (void)error;
    for (size_t j = 0; j < col_count; j++)
        memcpy(block + j * leading, bordered->corner + (col_first + j) * bordered->m + row_first,
               row_count * sizeof *block);
    return ALICORN_OK;
}

void ali_bordered_destroy(ali_bordered *bordered)
{
    if (!bordered)
        return;
    ali_solver_destroy(bordered->schur);
    free(bordered->border);
    free(bordered->weight);
    free(bordered->corner);
    free(bordered);
}

/** S = C - B^T W, made exactly symmetric. */
static void form_schur(ali_bordered *bordered)
{
    size_t n = bordered->n, m = bordered->m;
    ali_blas_zgemm(ALI_BLAS_TRANSPOSED, ALI_BLAS_PLAIN, m, m, n, -1.0, bordered->border, n,
                   bordered->weight, n, 1.0, bordered->corner, m);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < j; i++) {
            double complex mean = 0.5 * (bordered->corner[i + j * m] + bordered->corner[j + i * m]);
            bordered->corner[i + j * m] = bordered->corner[j + i * m] = mean;
        }
}

alicorn_status ali_bordered_create(const ali_solver *solver, size_t n, size_t m,
                                   const double complex *border, const double complex *corner,
                                   const ali_solver_options *options, ali_bordered **bordered,
                                   alicorn_error *error)
{
    *bordered = NULL;
    ali_bordered *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the bordered system");
    made->solver = solver;
    made->n = n;
    made->m = m;
    made->border = ali_calloc(n * m, sizeof *made->border);
    made->weight = ali_calloc(n * m, sizeof *made->weight);
    made->corner = ali_calloc(m * m, sizeof *made->corner);
    alicorn_status status = ALICORN_OK;
    if (!made->border || !made->weight || !made->corner) {
        status = ali_error_memory(error, (2 * n + m) * m * sizeof *border, "the bordered system");
        goto cleanup;
    }
    memcpy(made->border, border, n * m * sizeof *border);
    memcpy(made->weight, border, n * m * sizeof *border);
    memcpy(made->corner, corner, m * m * sizeof *corner);
    status = ali_solver_solve(solver, m, made->weight, NULL, error);
    if (status)
        goto cleanup;
    form_schur(made);
    ali_solver_options schur_options = *options;
    schur_options.progress = NULL;
    status = ali_solver_create(m, fill_schur, made, &schur_options, &made->schur, error);
cleanup:
    if (status)
        ali_bordered_destroy(made);
    else
        *bordered = made;
    return status;
}

alicorn_status ali_bordered_solve(const ali_bordered *bordered, size_t columns, double complex *v,
                                  double complex *w, double *residual, alicorn_error *error)
{
    size_t n = bordered->n, m = bordered->m;
    double outer = 0.0, inner = 0.0;
    alicorn_status status = ali_solver_solve(bordered->solver, columns, v, &outer, error);
    if (status)
        return status;
    ali_blas_zgemm(ALI_BLAS_TRANSPOSED, ALI_BLAS_PLAIN, m, columns, n, -1.0, bordered->border, n, v,
                   n, 1.0, w, m);
    status = ali_solver_solve(bordered->schur, columns, w, &inner, error);
    if (status)
        return status;
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, n, columns, m, -1.0, bordered->weight, n, w, m,
                   1.0, v, n);
    if (residual)
        *residual = fmax(outer, inner);
    return ALICORN_OK;
}
