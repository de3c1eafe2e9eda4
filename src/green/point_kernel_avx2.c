/* SPDX-License-Identifier: Apache-2.0 */
#define POINT_KERNEL ali_point_kernel_avx2
#define POINT_KERNEL_NAME "avx2"
#define LANES 4
#include "green/point_kernel_text.h"
