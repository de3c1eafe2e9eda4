/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL_NAME ali_far_kernel_plain
#include "green/far_kernel_text.h"
