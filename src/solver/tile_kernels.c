/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/tile_kernels.h"

#include "base/processor.h"
#include "solver/column_kernels.h"
#include "solver/product_kernels.h"

#include <math.h>
#include <string.h>

/** A table of kernels that exist for AVX-512 alone; NULL if this machine cannot run them. */
#ifdef __x86_64__
#define AVX512_ONLY(table) (ali_processor_variants() > ALI_VARIANT_AVX512 ? &(table) : NULL)
#else
#define AVX512_ONLY(table) NULL
#endif

static size_t whole(size_t count, size_t block)
{
    return (count + block - 1) / block * block;
}

const ali_wide_kernels *ali_tile_kernels_wide(const ali_tile_kernels *kernels, size_t columns)
{
    return columns > kernels->few_columns ? kernels->wide() : NULL;
}

size_t ali_tile_kernels_packed(size_t edge)
{
    size_t left = whole(edge, ALI_PRODUCT_ROWS), right = whole(edge, ALI_PRODUCT_COLUMNS);
    return ((left > right ? left : right) * edge * ALI_PRODUCT_PARTS + 1) / 2;
}

#define REAL float
#define COMPLEX float complex
#define ABS fabsf
#define GEMM ali_blas_cgemm
#define TRSM ali_blas_ctrsm_unit_lower
#define TRSM_UPPER ali_blas_ctrsm_unit_upper
#define NAME(x) x##_single
#define FEW_COLUMNS 16
#include "solver/tile_kernels_text.inc"

#include "solver/tile_kernels_lu.inc"
#undef REAL
#undef COMPLEX
#undef ABS
#undef GEMM
#undef TRSM
#undef TRSM_UPPER
#undef NAME
#undef FEW_COLUMNS

#define REAL double
#define COMPLEX double complex
#define ABS fabs
#define GEMM ali_blas_zgemm
#define TRSM ali_blas_ztrsm_unit_lower
#define TRSM_UPPER ali_blas_ztrsm_unit_upper
#define NAME(x) x##_double
#define FEW_COLUMNS 16
#include "solver/tile_kernels_text.inc"

#include "solver/tile_kernels_lu.inc"
