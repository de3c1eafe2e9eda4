/* SPDX-License-Identifier: Apache-2.0 */
#define GROUND_KERNEL ali_ground_kernel_plain
#define GROUND_KERNEL_NAME "plain"
#define LANES 2
#include "green/ground_kernel_text.h"
