/* SPDX-License-Identifier: Apache-2.0 */
#define FACE_KERNEL ali_face_kernel_plain
#define FACE_KERNEL_NAME "plain"
#define LANES 2
#include "green/face_kernel_text.h"
