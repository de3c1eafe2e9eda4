/* SPDX-License-Identifier: Apache-2.0 */
#define RAY_KERNEL_NAME ali_ray_kernel_plain
#define REFRACTED_KERNEL_NAME ali_refracted_kernel_plain
#include "green/ray_kernel_text.h"
