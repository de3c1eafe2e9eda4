/* SPDX-License-Identifier: Apache-2.0 */
#define SHAPE_KERNEL ali_shape_kernel_avx512
#define SHAPE_KERNEL_NAME "avx512"
#define LANES 8
#include "operator/shape_kernel_text.h"
