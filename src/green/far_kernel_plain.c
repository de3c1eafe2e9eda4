/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_plain
#define FAR_KERNEL_NAME "plain"
#define LANES 2
#include "green/far_kernel_text.h"
