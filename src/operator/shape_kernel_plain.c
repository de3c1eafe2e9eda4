/* SPDX-License-Identifier: Apache-2.0 */
#define SHAPE_KERNEL ali_shape_kernel_plain
#define SHAPE_KERNEL_NAME "plain"
#define LANES 2
#include "operator/shape_kernel_text.h"
