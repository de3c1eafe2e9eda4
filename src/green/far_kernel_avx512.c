/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_avx512
#define FAR_KERNEL_NAME "avx512"
#define LANES 8
#include "green/far_kernel_text.h"
