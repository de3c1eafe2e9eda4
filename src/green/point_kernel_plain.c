/* SPDX-License-Identifier: Apache-2.0 */
#define POINT_KERNEL ali_point_kernel_plain
#define POINT_KERNEL_NAME "plain"
#define LANES 2
#include "green/point_kernel_text.h"
