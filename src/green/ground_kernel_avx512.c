/* SPDX-License-Identifier: Apache-2.0 */
#define GROUND_KERNEL ali_ground_kernel_avx512
#define GROUND_KERNEL_NAME "avx512"
#define LANES 8
#include "green/ground_kernel_text.h"
