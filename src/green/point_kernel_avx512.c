/* SPDX-License-Identifier: Apache-2.0 */
#define POINT_KERNEL ali_point_kernel_avx512
#define POINT_KERNEL_NAME "avx512"
#define LANES 8
#include "green/point_kernel_text.h"
