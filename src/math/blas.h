/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_BLAS_H
#define ALI_MATH_BLAS_H

#include "base/error.h"

#include <complex.h>
#include <stddef.h>

/** @file
 *  The calls to BLAS and LAPACK, in our own types. Arrays are column-major; `ld` is the distance
 * between columns in elements. Dimensions and leading dimensions of the BLAS wrappers must not
 * exceed INT_MAX (their callers work on tiles); the LAPACK wrappers, which take whole matrices,
 * check and return a status.
 *
 *  There is deliberately no gemv: OpenBLAS 0.3.21's zgemv and cgemv 'N' read up to three elements
 * past the end of x (OpenBLAS issue 4013). gemm with one column runs at the same speed and stays
 * inside its arrays. */

typedef enum ali_blas_op {
    ALI_BLAS_PLAIN = 0,
    ALI_BLAS_TRANSPOSED = 1,
    ALI_BLAS_ADJOINT = 2 /**< conjugated and transposed; gemm only */
} ali_blas_op;
typedef enum ali_blas_side { ALI_BLAS_LEFT = 0, ALI_BLAS_RIGHT = 1 } ali_blas_side;

/** C = alpha op(A) op(B) + beta C; C [m, n], op(A) [m, k], op(B) [k, n]. */
void ali_blas_zgemm(ali_blas_op op_a, ali_blas_op op_b, size_t m, size_t n, size_t k,
                    double complex alpha, const double complex *a, size_t lda,
                    const double complex *b, size_t ldb, double complex beta, double complex *c,
                    size_t ldc);
void ali_blas_cgemm(ali_blas_op op_a, ali_blas_op op_b, size_t m, size_t n, size_t k,
                    float complex alpha, const float complex *a, size_t lda, const float complex *b,
                    size_t ldb, float complex beta, float complex *c, size_t ldc);

/** The lower triangle of C = alpha A^H A + beta C, conjugated; A [k, n], C [n, n] Hermitian. */
void ali_blas_zherk_lower(size_t n, size_t k, double alpha, const double complex *a, size_t lda,
                          double beta, double complex *c, size_t ldc);

/** B = op(L)^-1 B (left) or B op(L)^-1 (right), with L lower triangular of unit diagonal; B [m, n].
 * Only the strictly lower part of `a` is read. */
void ali_blas_ztrsm_unit_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const double complex *a, size_t lda, double complex *b, size_t ldb);
void ali_blas_ctrsm_unit_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const float complex *a, size_t lda, float complex *b, size_t ldb);

/** The same with L lower triangular, its diagonal read as well. */
void ali_blas_ctrsm_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                          const float complex *a, size_t lda, float complex *b, size_t ldb);

/** The same with U upper triangular of unit diagonal; only the strictly upper part of `a` is read.
 */
void ali_blas_ztrsm_unit_upper(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const double complex *a, size_t lda, double complex *b, size_t ldb);
void ali_blas_ctrsm_unit_upper(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const float complex *a, size_t lda, float complex *b, size_t ldb);

/** Work space of ali_lapack_zsytrf [elements], generous enough for OpenBLAS's over-reads. 0 if n is
 * too large. */
size_t ali_lapack_zsytrf_work(size_t n);

/** Bunch-Kaufman factorisation of a complex-symmetric matrix, lower triangle, in place.
 *  @param[in,out] a      [n, n], only the lower triangle is used
 *  @param[out]    pivot  [n], for ali_lapack_zsytrs
 *  @param         work   [work_size], work_size from ali_lapack_zsytrf_work
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if a diagonal block is exactly singular; ALICORN_E_MEMORY
 * if n does not fit LAPACK's integers. */
alicorn_status ali_lapack_zsytrf(size_t n, double complex *a, size_t lda, int *pivot,
                                 double complex *work, size_t work_size, alicorn_error *error);

/** X = A^-1 B from ali_lapack_zsytrf; b [n, columns] is overwritten. */
alicorn_status ali_lapack_zsytrs(size_t n, size_t columns, const double complex *a, size_t lda,
                                 const int *pivot, double complex *b, size_t ldb,
                                 alicorn_error *error);

/** Estimated reciprocal condition number in the 1-norm, from ali_lapack_zsytrf.
 *  @param norm  1-norm of the original matrix
 *  @param work  [2 n] */
alicorn_status ali_lapack_zsycon(size_t n, const double complex *a, size_t lda, const int *pivot,
                                 double norm, double complex *work, double *reciprocal,
                                 alicorn_error *error);

/** LU factorisation with partial pivoting of a square matrix, in place.
 *  @param[out] pivot  [n], for ali_lapack_zgetrs
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if a pivot is exactly zero; ALICORN_E_MEMORY if n does not
 * fit LAPACK's integers. */
alicorn_status ali_lapack_zgetrf(size_t n, double complex *a, size_t lda, int *pivot,
                                 alicorn_error *error);

/** X = A^-1 B from ali_lapack_zgetrf; b [n, columns] is overwritten. */
alicorn_status ali_lapack_zgetrs(size_t n, size_t columns, const double complex *a, size_t lda,
                                 const int *pivot, double complex *b, size_t ldb,
                                 alicorn_error *error);

/** Estimated reciprocal condition number in the 1-norm, from ali_lapack_zgetrf.
 *  @param norm       1-norm of the original matrix
 *  @param work       [2 n]
 *  @param real_work  [2 n] */
alicorn_status ali_lapack_zgecon(size_t n, const double complex *a, size_t lda, double norm,
                                 double complex *work, double *real_work, double *reciprocal,
                                 alicorn_error *error);

/** Eigenvalues, ascending, and eigenvectors of a Hermitian matrix; only its lower triangle is read.
 *  @param[in,out] a  [n, n], then the eigenvectors, column after column, of length 1; four more
 *                    elements behind them are read by OpenBLAS and must exist
 *  @param[out] eigenvalue  [n]
 *  @return ALICORN_OK, ALICORN_E_NUMERIC if it does not converge (values not finite),
 * ALICORN_E_MEMORY */
alicorn_status ali_lapack_zheev_lower(size_t n, double complex *a, size_t lda, double *eigenvalue,
                                      alicorn_error *error);

/** Let BLAS calls made by this thread use at most `threads` threads; returns the value that, given
 * back later, restores the former state. With an OpenMP build of OpenBLAS this is a setting of the
 * calling task only, and calls from inside an active parallel region use one thread whatever is
 * set. A pthread build knows only one setting for the whole process: two solves at once may then
 * leave it at 1, which costs speed, never results. Whoever calls BLAS sets 1 meanwhile, as threads
 * are given to the work around it, and because BLAS starting teams of its own would wait for ever
 * on a runtime that gives it fewer threads than it asks for, as LLVM's does with OpenBLAS built
 * for GNU's. */
int ali_blas_set_threads(int threads);

/** "OpenBLAS 0.3.21, kernel SkylakeX, threads openmp" [size bytes with the terminator]. */
void ali_blas_facts(char *text, size_t size);

/** What would make the linear algebra faster on this processor, as one line for a user; NULL if
 * nothing is known. OpenBLAS 0.3.21 takes its AVX2 kernels on processors it does not know although
 * they have AVX-512. */
const char *ali_blas_advice(void);

#endif
