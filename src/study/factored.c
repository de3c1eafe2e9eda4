/* SPDX-License-Identifier: Apache-2.0 */
#include "study/factored.h"

void ali_factored_drop_border(ali_factored *factored)
{
    ali_bordered_destroy(factored->dense_border);
    ali_compressed_border_destroy(factored->compressed_border);
    factored->dense_border = NULL;
    factored->compressed_border = NULL;
}

void ali_factored_clear(ali_factored *factored)
{
    ali_factored_drop_border(factored);
    ali_solver_destroy(factored->dense);
    ali_compressed_destroy(factored->compressed);
    *factored = (ali_factored){0};
}

alicorn_status ali_factored_extend(ali_factored *factored, size_t n, size_t m,
                                   const double complex *border, const double complex *corner,
                                   const ali_solver_options *options, alicorn_error *error)
{
    if (factored->compressed)
        return ali_compressed_border_create(factored->compressed, m, border, corner,
                                            &factored->compressed_border, error);
    return ali_bordered_create(factored->dense, n, m, border, corner, options,
                               &factored->dense_border, error);
}

static alicorn_status solve_compressed(const ali_factored *factored, double target, size_t columns,
                                       double complex *v, double complex *w, double *residual,
                                       alicorn_error *error)
{
    ali_compressed_solution solution = {0};
    alicorn_status status =
        factored->compressed_border
            ? ali_compressed_border_solve(factored->compressed_border, target, columns, v, w,
                                          &solution, error)
            : ali_compressed_solve_to(factored->compressed, target, columns, v, &solution, error);
    *residual = solution.residual;
    return status;
}

alicorn_status ali_factored_solve(const ali_factored *factored, double target, size_t columns,
                                  double complex *v, double complex *w, double *residual,
                                  alicorn_error *error)
{
    if (factored->compressed)
        return solve_compressed(factored, target, columns, v, w, residual, error);
    if (factored->dense_border)
        return ali_bordered_solve(factored->dense_border, target, columns, v, w, residual, error);
    return ali_solver_solve_to(factored->dense, target, columns, v, residual, error);
}
