/* SPDX-License-Identifier: Apache-2.0 */
#define SHAPE_KERNEL ali_shape_kernel_avx2
#define SHAPE_KERNEL_NAME "avx2"
#define LANES 4
#include "operator/shape_kernel_text.h"
