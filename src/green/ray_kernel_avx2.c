/* SPDX-License-Identifier: Apache-2.0 */
#define RAY_KERNEL_NAME ali_ray_kernel_avx2
#define REFRACTED_KERNEL_NAME ali_refracted_kernel_avx2
#include "green/ray_kernel_text.h"
