/* SPDX-License-Identifier: Apache-2.0 */
#define GROUND_KERNEL ali_ground_kernel_avx2
#define GROUND_KERNEL_NAME "avx2"
#define LANES 4
#include "green/ground_kernel_text.h"
