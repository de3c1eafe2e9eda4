/* SPDX-License-Identifier: Apache-2.0 */
#include "math/blas.h"

#include "base/memory.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/* Fortran symbols of LAPACK; the trailing size_t are the lengths of the character arguments. */
void zsytrf_(const char *uplo, const int *n, double complex *a, const int *lda, int *ipiv,
             double complex *work, const int *lwork, int *info, size_t uplo_length);
void zsytrs_(const char *uplo, const int *n, const int *nrhs, const double complex *a,
             const int *lda, const int *ipiv, double complex *b, const int *ldb, int *info,
             size_t uplo_length);
void zsycon_(const char *uplo, const int *n, const double complex *a, const int *lda,
             const int *ipiv, const double *anorm, double *rcond, double complex *work, int *info,
             size_t uplo_length);
void zgetrf_(const int *m, const int *n, double complex *a, const int *lda, int *ipiv, int *info);
void zgetrs_(const char *trans, const int *n, const int *nrhs, const double complex *a,
             const int *lda, const int *ipiv, double complex *b, const int *ldb, int *info,
             size_t trans_length);
void zgecon_(const char *norm, const int *n, const double complex *a, const int *lda,
             const double *anorm, double *rcond, double complex *work, double *rwork, int *info,
             size_t norm_length);

void zheev_(const char *job, const char *half, const int *n, double complex *a, const int *lda,
            double *w, double complex *work, const int *lwork, double *rwork, int *info,
            size_t job_length, size_t half_length);

static int narrow(size_t value)
{
    assert(value <= INT_MAX);
    return (int)value;
}

static CBLAS_TRANSPOSE transpose(ali_blas_op op)
{
    return op == ALI_BLAS_ADJOINT      ? CblasConjTrans
           : op == ALI_BLAS_TRANSPOSED ? CblasTrans
                                       : CblasNoTrans;
}

static CBLAS_SIDE which_side(ali_blas_side side)
{
    return side == ALI_BLAS_RIGHT ? CblasRight : CblasLeft;
}

void ali_blas_zgemm(ali_blas_op op_a, ali_blas_op op_b, size_t m, size_t n, size_t k,
                    double complex alpha, const double complex *a, size_t lda,
                    const double complex *b, size_t ldb, double complex beta, double complex *c,
                    size_t ldc)
{
    cblas_zgemm(CblasColMajor, transpose(op_a), transpose(op_b), narrow(m), narrow(n), narrow(k),
                &alpha, a, narrow(lda), b, narrow(ldb), &beta, c, narrow(ldc));
}

void ali_blas_cgemm(ali_blas_op op_a, ali_blas_op op_b, size_t m, size_t n, size_t k,
                    float complex alpha, const float complex *a, size_t lda, const float complex *b,
                    size_t ldb, float complex beta, float complex *c, size_t ldc)
{
    cblas_cgemm(CblasColMajor, transpose(op_a), transpose(op_b), narrow(m), narrow(n), narrow(k),
                &alpha, a, narrow(lda), b, narrow(ldb), &beta, c, narrow(ldc));
}

void ali_blas_zherk_lower(size_t n, size_t k, double alpha, const double complex *a, size_t lda,
                          double beta, double complex *c, size_t ldc)
{
    cblas_zherk(CblasColMajor, CblasLower, CblasConjTrans, narrow(n), narrow(k), alpha, a,
                narrow(lda), beta, c, narrow(ldc));
}

void ali_blas_ztrsm_unit_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const double complex *a, size_t lda, double complex *b, size_t ldb)
{
    const double complex one = 1.0;
    cblas_ztrsm(CblasColMajor, which_side(side), CblasLower, transpose(op), CblasUnit, narrow(m),
                narrow(n), &one, a, narrow(lda), b, narrow(ldb));
}

void ali_blas_ctrsm_unit_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const float complex *a, size_t lda, float complex *b, size_t ldb)
{
    const float complex one = 1.0f;
    cblas_ctrsm(CblasColMajor, which_side(side), CblasLower, transpose(op), CblasUnit, narrow(m),
                narrow(n), &one, a, narrow(lda), b, narrow(ldb));
}

void ali_blas_ctrsm_lower(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                          const float complex *a, size_t lda, float complex *b, size_t ldb)
{
    const float complex one = 1.0f;
    cblas_ctrsm(CblasColMajor, which_side(side), CblasLower, transpose(op), CblasNonUnit, narrow(m),
                narrow(n), &one, a, narrow(lda), b, narrow(ldb));
}

void ali_blas_ztrsm_unit_upper(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const double complex *a, size_t lda, double complex *b, size_t ldb)
{
    const double complex one = 1.0;
    cblas_ztrsm(CblasColMajor, which_side(side), CblasUpper, transpose(op), CblasUnit, narrow(m),
                narrow(n), &one, a, narrow(lda), b, narrow(ldb));
}

void ali_blas_ctrsm_unit_upper(ali_blas_side side, ali_blas_op op, size_t m, size_t n,
                               const float complex *a, size_t lda, float complex *b, size_t ldb)
{
    const float complex one = 1.0f;
    cblas_ctrsm(CblasColMajor, which_side(side), CblasUpper, transpose(op), CblasUnit, narrow(m),
                narrow(n), &one, a, narrow(lda), b, narrow(ldb));
}

static alicorn_status too_large(alicorn_error *error, size_t n)
{
    return ali_error_set(error, ALICORN_E_MEMORY,
                         "a dimension of %zu exceeds what LAPACK can count (%d)", n, INT_MAX);
}

size_t ali_lapack_zsytrf_work(size_t n)
{
    /* zlasyf multiplies by rows of a panel [n, block] with zgemv, which may read three strides of n
     * too far */
    const size_t block = 64, spare = 4;
    if (n == 0 || n > INT_MAX / (block + spare))
        return 0;
    return (block + spare) * n + 64;
}

alicorn_status ali_lapack_zsytrf(size_t n, double complex *a, size_t lda, int *pivot,
                                 double complex *work, size_t work_size, alicorn_error *error)
{
    if (lda > INT_MAX || work_size > INT_MAX || ali_lapack_zsytrf_work(n) == 0)
        return too_large(error, n);
    assert(work_size >= ali_lapack_zsytrf_work(n));
    /* only the part that LAPACK may count on is declared; the rest is there to be over-read */
    const int order = (int)n, leading = (int)lda, usable = (int)(work_size - 4 * n - 64);
    int info = 0;
    zsytrf_("L", &order, a, &leading, pivot, work, &usable, &info, 1);
    if (info > 0)
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "the matrix is singular: pivot %d of %zu is exactly zero", info, n);
    if (info < 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zsytrf rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zsytrs(size_t n, size_t columns, const double complex *a, size_t lda,
                                 const int *pivot, double complex *b, size_t ldb,
                                 alicorn_error *error)
{
    if (n > INT_MAX || columns > INT_MAX || lda > INT_MAX || ldb > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, count = (int)columns, leading_a = (int)lda, leading_b = (int)ldb;
    int info = 0;
    zsytrs_("L", &order, &count, a, &leading_a, pivot, b, &leading_b, &info, 1);
    if (info != 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zsytrs rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zsycon(size_t n, const double complex *a, size_t lda, const int *pivot,
                                 double norm, double complex *work, double *reciprocal,
                                 alicorn_error *error)
{
    if (n > INT_MAX || lda > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, leading = (int)lda;
    int info = 0;
    zsycon_("L", &order, a, &leading, pivot, &norm, reciprocal, work, &info, 1);
    if (info != 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zsycon rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zgetrf(size_t n, double complex *a, size_t lda, int *pivot,
                                 alicorn_error *error)
{
    if (n > INT_MAX || lda > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, leading = (int)lda;
    int info = 0;
    zgetrf_(&order, &order, a, &leading, pivot, &info);
    if (info > 0)
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "the matrix is singular: pivot %d of %zu is exactly zero", info, n);
    if (info < 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zgetrf rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zgetrs(size_t n, size_t columns, const double complex *a, size_t lda,
                                 const int *pivot, double complex *b, size_t ldb,
                                 alicorn_error *error)
{
    if (n > INT_MAX || columns > INT_MAX || lda > INT_MAX || ldb > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, count = (int)columns, leading_a = (int)lda, leading_b = (int)ldb;
    int info = 0;
    zgetrs_("N", &order, &count, a, &leading_a, pivot, b, &leading_b, &info, 1);
    if (info != 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zgetrs rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zgecon(size_t n, const double complex *a, size_t lda, double norm,
                                 double complex *work, double *real_work, double *reciprocal,
                                 alicorn_error *error)
{
    if (n > INT_MAX || lda > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, leading = (int)lda;
    int info = 0;
    zgecon_("1", &order, a, &leading, &norm, reciprocal, work, real_work, &info, 1);
    if (info != 0)
        return ali_error_set(error, ALICORN_E_INTERNAL, "zgecon rejects argument %d", -info);
    return ALICORN_OK;
}

alicorn_status ali_lapack_zheev_lower(size_t n, double complex *a, size_t lda, double *eigenvalue,
                                      alicorn_error *error)
{
    if (n > INT_MAX / 34 || lda > INT_MAX)
        return too_large(error, n);
    const int order = (int)n, leading = (int)lda, size = 34 * (int)n; /* its block size is 32 */
    double complex *work = ali_calloc((size_t)size + 8, sizeof *work);
    double *real_work = ali_calloc(3 * n + 1, sizeof *real_work);
    int info = 0;
    if (work && real_work)
        zheev_("V", "L", &order, a, &leading, eigenvalue, work, &size, real_work, &info, 1, 1);
    bool memory = !work || !real_work;
    free(work);
    free(real_work);
    if (memory)
        return ali_error_memory(error, 34 * n * sizeof *work, "eigenvalues");
    if (info != 0)
        return ali_error_set(error, info < 0 ? ALICORN_E_INTERNAL : ALICORN_E_NUMERIC,
                             "the eigenvalues of %zu unknowns are not found (%d)", n, info);
    return ALICORN_OK;
}

int ali_blas_set_threads(int threads)
{
#ifdef _OPENMP
    if (openblas_get_parallel() == OPENBLAS_OPENMP) {
        int former = omp_get_max_threads();
        if (former != threads)
            omp_set_num_threads(threads);
        return former;
    }
#endif
    int former = openblas_get_num_threads();
    if (former != threads)
        openblas_set_num_threads(threads);
    return former;
}

void ali_blas_facts(char *text, size_t size)
{
    static const char *const flavours[] = {"none", "pthreads", "openmp"};
    int parallel = openblas_get_parallel();
    const char *flavour = parallel >= OPENBLAS_SEQUENTIAL && parallel <= OPENBLAS_OPENMP
                              ? flavours[parallel]
                              : "unknown";
    /* "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …": name and version are the first two words */
    const char *config = openblas_get_config();
    size_t first = strcspn(config, " ");
    size_t length = first + (config[first] ? 1 + strcspn(config + first + 1, " ") : 0);
    snprintf(text, size, "%.*s, kernel %s, threads %s", (int)length, config,
             openblas_get_corename(), flavour);
}

const char *ali_blas_advice(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    const char *kernel = openblas_get_corename();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        (!strcmp(kernel, "Haswell") || !strcmp(kernel, "Zen")))
        return "OpenBLAS uses its AVX2 kernels on a processor that has AVX-512; "
               "OPENBLAS_CORETYPE=SKYLAKEX in the environment makes large solves about 1.6 times "
               "faster";
#endif
    return NULL;
}
