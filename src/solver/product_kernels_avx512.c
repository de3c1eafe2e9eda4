/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/product_kernels.h"

#include <assert.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/** What stays in registers: VECTORS vectors of rows times COLUMNS columns of one of the three real
 *  products, 24 of the 32 registers. */
enum { VECTOR_BYTES = 64, VECTORS = 2, COLUMNS = ALI_PRODUCT_COLUMNS, PARTS = ALI_PRODUCT_PARTS };
static_assert(VECTORS * VECTOR_BYTES / sizeof(float) == ALI_PRODUCT_ROWS, "largest block");

#define REAL float
#define NAME(x) x##_single
#define EVEN(a, b)                                                                                 \
    __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define ODD(a, b)                                                                                  \
    __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
#define FIRST(a, b)                                                                                \
    __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define SECOND(a, b)                                                                               \
    __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#include "solver/product_kernels_loops.inc"
#undef REAL
#undef NAME
#undef EVEN
#undef ODD
#undef FIRST
#undef SECOND

#define REAL double
#define NAME(x) x##_double
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define ODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
#define FIRST(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define SECOND(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#include "solver/product_kernels_loops.inc"

const ali_product_kernels ali_product_avx512_single = {pack_left_single, pack_right_single,
                                                       pack_right_transposed_single, update_single,
                                                       substitute_single};
const ali_product_kernels ali_product_avx512_double = {pack_left_double, pack_right_double,
                                                       pack_right_transposed_double, update_double,
                                                       substitute_double};
