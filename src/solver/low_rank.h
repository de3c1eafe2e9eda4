/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_LOW_RANK_H
#define ALI_SOLVER_LOW_RANK_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Matrices U V^T of low rank in single precision, and sums of them. Truncation works in double
 * precision on the Gram matrices of U and V, which resolves singular values down to 10^-7 of the
 * largest, and needs only products of matrices and eliminations of the size of the rank
 * (docs/theory/compressed.md). Functions return false when memory is out; what they were to change
 * is then unchanged. */

typedef struct ali_low_rank {
    size_t rows, columns;
    size_t rank;
    size_t capacity;  /**< columns that u and v have room for */
    size_t settled;   /**< rank after the last truncation */
    float complex *u; /**< [rows, rank] */
    float complex *v; /**< [columns, rank] */
} ali_low_rank;

void ali_low_rank_clear(ali_low_rank *sum);

/** Bytes that u and v take. */
static inline size_t ali_low_rank_bytes(const ali_low_rank *sum)
{
    return (sum->rows + sum->columns) * sum->capacity * sizeof(float complex);
}

/** sum += factor U V^T, not truncated; U has `rows` rows from row `row` of the sum on, V `columns`
 * from column `column`. */
bool ali_low_rank_append(ali_low_rank *sum, size_t row, size_t rows, size_t column, size_t columns,
                         size_t rank, float factor, const float complex *u, size_t ldu,
                         const float complex *v, size_t ldv);

/** Reduce the rank; the error is about `tolerance` of the whole, in Frobenius norms. Gives back
 * memory that is not needed any more. */
bool ali_low_rank_truncate(ali_low_rank *sum, double tolerance);

/** sum += factor D within the tolerance, D [sum->rows, sum->columns] dense. */
bool ali_low_rank_append_dense(ali_low_rank *sum, float factor, const float complex *d, size_t ldd,
                               double tolerance);

/** Make *sum, which holds nothing yet but its shape, the product U V^T of double precision; u is
 * [rows, rank], v [columns, rank]. Truncated to the tolerance. */
bool ali_low_rank_from_product(ali_low_rank *sum, size_t rank, const double complex *u,
                               const double complex *v, double tolerance);

/** The same from a dense matrix [rows, columns]. */
bool ali_low_rank_from_dense(ali_low_rank *sum, const double complex *d, size_t ldd,
                             double tolerance);

#endif
