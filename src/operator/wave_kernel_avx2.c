/* SPDX-License-Identifier: Apache-2.0 */
#define WAVE_KERNEL ali_wave_kernel_avx2
#include "operator/wave_kernel_text.h"
