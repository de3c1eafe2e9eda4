/* SPDX-License-Identifier: Apache-2.0 */
#define WAVE_KERNEL ali_wave_kernel_avx512
#include "operator/wave_kernel_text.h"
