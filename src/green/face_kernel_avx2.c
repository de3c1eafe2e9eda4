/* SPDX-License-Identifier: Apache-2.0 */
#define FACE_KERNEL ali_face_kernel_avx2
#define FACE_KERNEL_NAME "avx2"
#define LANES 4
#include "green/face_kernel_text.h"
