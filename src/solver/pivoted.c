/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/pivoted.h"

#include "base/memory.h"
#include "math/blas.h"

#include <stdlib.h>

/** Elements past the end that LAPACK's kernels may read, see math/blas.h. */
enum { SPARE = 64 };

size_t ali_pivoted_bytes(size_t n)
{
    return (n * n + SPARE) * sizeof(double complex) + n * sizeof(int);
}

size_t ali_pivoted_work_bytes(size_t n)
{
    return (ali_lapack_zsytrf_work(n) + SPARE) * sizeof(double complex) + n * sizeof(double);
}

/** a = S Z S, lower triangle; the sums of |a| over each column of the full matrix go to column_sum
 * [n]. */
static void gather(const ali_tiles *tiles, const double complex *z, const double *scale,
                   double complex *a, double *column_sum)
{
    size_t n = tiles->order;
    for (size_t tj = 0; tj < tiles->count; tj++)
        for (size_t ti = tj; ti < tiles->count; ti++) {
            const double complex *tile = z + ali_tiles_offset(tiles, ti, tj);
            size_t rows = ali_tiles_extent(tiles, ti), columns = ali_tiles_extent(tiles, tj);
            for (size_t c = 0; c < columns; c++)
                for (size_t r = ti == tj ? c : 0; r < rows; r++) {
                    size_t i = ali_tiles_first(tiles, ti) + r, j = ali_tiles_first(tiles, tj) + c;
                    double complex value = scale[i] * scale[j] * tile[r + c * rows];
                    double modulus = cabs(value);
                    a[i + j * n] = value;
                    column_sum[j] += modulus;
                    if (i != j)
                        column_sum[i] += modulus;
                }
        }
}

alicorn_status ali_pivoted_compute(ali_pivoted *pivoted, const ali_tiles *tiles,
                                   const double complex *z, const double *scale, int threads,
                                   double *reciprocal, alicorn_error *error)
{
    size_t n = tiles->order, work_size = ali_lapack_zsytrf_work(n);
    double complex *work = ali_alloc_aligned(work_size + SPARE, sizeof *work);
    double *column_sum = ali_calloc(n, sizeof *column_sum);
    alicorn_status status = ALICORN_OK;

    *reciprocal = 0.0;
    pivoted->order = n;
    pivoted->data = ali_alloc_aligned(n * n + SPARE, sizeof *pivoted->data);
    pivoted->pivot = ali_calloc(n, sizeof *pivoted->pivot);
    if (!work || !column_sum || !pivoted->data || !pivoted->pivot || work_size == 0) {
        status = ali_error_memory(error, ali_pivoted_bytes(n) + ali_pivoted_work_bytes(n),
                                  "the pivoted factor");
        goto cleanup;
    }
    gather(tiles, z, scale, pivoted->data, column_sum);
    double norm = 0.0;
    for (size_t i = 0; i < n; i++)
        norm = column_sum[i] > norm ? column_sum[i] : norm;
    int former = ali_blas_set_threads(threads);
    status = ali_lapack_zsytrf(n, pivoted->data, n, pivoted->pivot, work, work_size, error);
    if (status == ALICORN_OK)
        status =
            ali_lapack_zsycon(n, pivoted->data, n, pivoted->pivot, norm, work, reciprocal, error);
    ali_blas_set_threads(former);
cleanup:
    free(work);
    free(column_sum);
    return status;
}

alicorn_status ali_pivoted_solve(const ali_pivoted *pivoted, size_t columns, double complex *y,
                                 size_t leading, alicorn_error *error)
{
    size_t n = pivoted->order;
    return ali_lapack_zsytrs(n, columns, pivoted->data, n, pivoted->pivot, y, leading, error);
}

void ali_pivoted_clear(ali_pivoted *pivoted)
{
    free(pivoted->data);
    free(pivoted->pivot);
    pivoted->data = NULL;
    pivoted->pivot = NULL;
}
