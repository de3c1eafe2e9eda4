/* SPDX-License-Identifier: Apache-2.0 */
#define FACE_KERNEL ali_face_kernel_avx512
#define FACE_KERNEL_NAME "avx512"
#define LANES 8
#include "green/face_kernel_text.h"
