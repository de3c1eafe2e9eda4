/* SPDX-License-Identifier: Apache-2.0 */
#define COLUMN_VARIANT ali_column_avx2
#define COLUMN_VARIANT_NAME "avx2"
#define COLUMN_VECTOR_BYTES 32
#include "solver/column_kernels_text.h"
