/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/pivoted.h"

#include "base/memory.h"
#include "math/blas.h"

#include <stdlib.h>

/** Elements past the end that LAPACK's kernels may read, see math/blas.h. */
enum { SPARE = 64 };

/** Work space of one of LAPACK's factorisations: as many complex as work_size says, and 2 n real.
 */
typedef struct pivoted_work {
    double complex *complex_work;
    size_t size;
    double *real_work;
} pivoted_work;

/** What LAPACK has for one kind of matrix. */
typedef struct pivoted_method {
    size_t (*work_size)(size_t n); /**< 0 if n is too large */
    alicorn_status (*factor)(ali_pivoted *pivoted, const pivoted_work *work, alicorn_error *error);
    alicorn_status (*condition)(const ali_pivoted *pivoted, double norm, const pivoted_work *work,
                                double *reciprocal, alicorn_error *error);
    alicorn_status (*solve)(const ali_pivoted *pivoted, size_t columns, double complex *y,
                            size_t leading, alicorn_error *error);
} pivoted_method;

static alicorn_status factor_symmetric(ali_pivoted *pivoted, const pivoted_work *work,
                                       alicorn_error *error)
{
    return ali_lapack_zsytrf(pivoted->order, pivoted->data, pivoted->order, pivoted->pivot,
                             work->complex_work, work->size, error);
}

static alicorn_status condition_symmetric(const ali_pivoted *pivoted, double norm,
                                          const pivoted_work *work, double *reciprocal,
                                          alicorn_error *error)
{
    return ali_lapack_zsycon(pivoted->order, pivoted->data, pivoted->order, pivoted->pivot, norm,
                             work->complex_work, reciprocal, error);
}

static alicorn_status solve_symmetric(const ali_pivoted *pivoted, size_t columns, double complex *y,
                                      size_t leading, alicorn_error *error)
{
    return ali_lapack_zsytrs(pivoted->order, columns, pivoted->data, pivoted->order, pivoted->pivot,
                             y, leading, error);
}

static size_t general_work(size_t n)
{
    return 2 * n;
}

static alicorn_status factor_general(ali_pivoted *pivoted, const pivoted_work *work,
                                     alicorn_error *error)
{
    (void)work;
    return ali_lapack_zgetrf(pivoted->order, pivoted->data, pivoted->order, pivoted->pivot, error);
}

static alicorn_status condition_general(const ali_pivoted *pivoted, double norm,
                                        const pivoted_work *work, double *reciprocal,
                                        alicorn_error *error)
{
    return ali_lapack_zgecon(pivoted->order, pivoted->data, pivoted->order, norm,
                             work->complex_work, work->real_work, reciprocal, error);
}

static alicorn_status solve_general(const ali_pivoted *pivoted, size_t columns, double complex *y,
                                    size_t leading, alicorn_error *error)
{
    return ali_lapack_zgetrs(pivoted->order, columns, pivoted->data, pivoted->order, pivoted->pivot,
                             y, leading, error);
}

static const pivoted_method *method_of(bool symmetric)
{
    static const pivoted_method methods[] = {
        {general_work, factor_general, condition_general, solve_general},
        {ali_lapack_zsytrf_work, factor_symmetric, condition_symmetric, solve_symmetric}};
    return &methods[symmetric];
}

size_t ali_pivoted_bytes(const ali_tiles *tiles)
{
    size_t n = tiles->order;
    return (n * n + SPARE) * sizeof(double complex) + n * sizeof(int);
}

size_t ali_pivoted_work_bytes(const ali_tiles *tiles)
{
    size_t n = tiles->order;
    return (method_of(tiles->symmetric)->work_size(n) + SPARE) * sizeof(double complex) +
           2 * n * sizeof(double);
}

/** a = R Z C, of a symmetric matrix the lower triangle; the sums of |a| over each column of the
 * full matrix go to column_sum [n]. */
static void gather(const ali_tiles *tiles, const double complex *z, const double *row_scale,
                   const double *column_scale, double complex *a, double *column_sum)
{
    size_t n = tiles->order;
    for (size_t tj = 0; tj < tiles->count; tj++)
        for (size_t ti = ali_tiles_top(tiles, tj); ti < tiles->count; ti++) {
            const double complex *tile = z + ali_tiles_offset(tiles, ti, tj);
            size_t rows = ali_tiles_extent(tiles, ti), columns = ali_tiles_extent(tiles, tj);
            for (size_t c = 0; c < columns; c++)
                for (size_t r = ti == tj && tiles->symmetric ? c : 0; r < rows; r++) {
                    size_t i = ali_tiles_first(tiles, ti) + r, j = ali_tiles_first(tiles, tj) + c;
                    double complex value = row_scale[i] * column_scale[j] * tile[r + c * rows];
                    double modulus = cabs(value);
                    a[i + j * n] = value;
                    column_sum[j] += modulus;
                    if (tiles->symmetric && i != j)
                        column_sum[i] += modulus;
                }
        }
}

alicorn_status ali_pivoted_compute(ali_pivoted *pivoted, const ali_tiles *tiles,
                                   const double complex *z, const double *row_scale,
                                   const double *column_scale, double *reciprocal,
                                   alicorn_error *error)
{
    const pivoted_method *method = method_of(tiles->symmetric);
    size_t n = tiles->order, size = method->work_size(n);
    pivoted_work work = {.complex_work = ali_alloc_aligned(size + SPARE, sizeof(double complex)),
                         .size = size,
                         .real_work = ali_calloc(2 * n, sizeof(double))};
    alicorn_status status = ALICORN_OK;

    *reciprocal = 0.0;
    pivoted->order = n;
    pivoted->symmetric = tiles->symmetric;
    pivoted->data = ali_alloc_aligned(n * n + SPARE, sizeof *pivoted->data);
    pivoted->pivot = ali_calloc(n, sizeof *pivoted->pivot);
    if (!work.complex_work || !work.real_work || !pivoted->data || !pivoted->pivot || size == 0) {
        status = ali_error_memory(error, ali_pivoted_bytes(tiles) + ali_pivoted_work_bytes(tiles),
                                  "the pivoted factor");
        goto cleanup;
    }
    gather(tiles, z, row_scale, column_scale, pivoted->data, work.real_work);
    double norm = 0.0;
    for (size_t i = 0; i < n; i++)
        norm = work.real_work[i] > norm ? work.real_work[i] : norm;
    status = method->factor(pivoted, &work, error);
    if (status == ALICORN_OK)
        status = method->condition(pivoted, norm, &work, reciprocal, error);
cleanup:
    free(work.complex_work);
    free(work.real_work);
    return status;
}

alicorn_status ali_pivoted_solve(const ali_pivoted *pivoted, size_t columns, double complex *y,
                                 size_t leading, alicorn_error *error)
{
    return method_of(pivoted->symmetric)->solve(pivoted, columns, y, leading, error);
}

void ali_pivoted_clear(ali_pivoted *pivoted)
{
    free(pivoted->data);
    free(pivoted->pivot);
    pivoted->data = NULL;
    pivoted->pivot = NULL;
}
