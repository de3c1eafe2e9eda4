/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant: the including file defines COLUMN_VARIANT, its name and the bytes of a
 * vector, and is compiled for its instruction set. */

#include "solver/column_kernels.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/** Columns of the tile that go through the registers together: what the rows cost (load, store,
 *  exchange of parts) is shared between them. With 16 registers four would not fit. */
#if COLUMN_VECTOR_BYTES == 64
enum { GROUP = 4 };
#else
enum { GROUP = 2 };
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define SWAP_2(v) __builtin_shufflevector(v, v, 1, 0)
#define SWAP_4(v) __builtin_shufflevector(v, v, 1, 0, 3, 2)
#define SWAP_8(v) __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6)
#define SWAP_16(v)                                                                                 \
    __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)

#define REAL float
#define STORED float
#define NAME(x) x##_single
#if COLUMN_VECTOR_BYTES == 64
#define SWAP SWAP_16
#elif COLUMN_VECTOR_BYTES == 32
#define SWAP SWAP_8
#else
#define SWAP SWAP_4
#endif
#include "solver/column_kernels_loops.inc"

#include "solver/column_kernels_triangles.inc"
#undef REAL
#undef STORED
#undef NAME
#undef SWAP

#define REAL double
#define STORED double
#define NAME(x) x##_double
#if COLUMN_VECTOR_BYTES == 64
#define SWAP SWAP_8
#elif COLUMN_VECTOR_BYTES == 32
#define SWAP SWAP_4
#else
#define SWAP SWAP_2
#endif
#include "solver/column_kernels_loops.inc"

#include "solver/column_kernels_triangles.inc"
#undef STORED
#undef NAME

#define STORED float
#define NAME(x) x##_mixed
#include "solver/column_kernels_loops.inc"

const ali_column_variant COLUMN_VARIANT = {
    .name = COLUMN_VARIANT_NAME,
    .kernels_single = {{subtract_single, subtract_both_single},
                       substitute_single,
                       substitute_upper_single},
    .kernels_double = {{subtract_double, subtract_both_double},
                       substitute_double,
                       substitute_upper_double},
    .products_mixed = {subtract_mixed, subtract_both_mixed},
};
