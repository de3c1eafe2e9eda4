/* SPDX-License-Identifier: Apache-2.0 */
#define COLUMN_VARIANT ali_column_avx512
#define COLUMN_VARIANT_NAME "avx512"
#define COLUMN_VECTOR_BYTES 64
#include "solver/column_kernels_text.h"
