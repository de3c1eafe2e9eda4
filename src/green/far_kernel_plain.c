/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_plain
#define FAR_KERNEL_NAME "plain"
#define LANES 2
#include "green/far_kernel_text.h"

#include <math.h>

static inline vec inverse_root(vec x)
{
    return 1.0 / (vec){sqrt(x[0]), sqrt(x[1])};
}
