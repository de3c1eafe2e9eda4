/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/wide_kernels.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/** Rows of the tile at a time: their sums, real and imaginary, are 24 of the 32 registers. */
enum { VECTOR_BYTES = 64, STRIP = 12 };

#define REAL float
#define NAME(x) x##_single
#include "solver/wide_kernels_loops.inc"
#undef REAL
#undef NAME

#define REAL double
#define NAME(x) x##_double
#include "solver/wide_kernels_loops.inc"
