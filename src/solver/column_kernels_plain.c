/* SPDX-License-Identifier: Apache-2.0 */
#define COLUMN_VARIANT ali_column_plain
#define COLUMN_VARIANT_NAME "plain"
#define COLUMN_VECTOR_BYTES 16
#include "solver/column_kernels_text.h"
