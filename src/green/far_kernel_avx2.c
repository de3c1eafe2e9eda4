/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_avx2
#define FAR_KERNEL_NAME "avx2"
#define LANES 4
#include "green/far_kernel_text.h"
