/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/assess.h"

#include <math.h>

double alicorn_assess_vswr(double magnitude)
{
    return magnitude < 1 ? (1 + magnitude) / (1 - magnitude) : HUGE_VAL;
}

double alicorn_assess_loss_db(double magnitude)
{
    return magnitude > 0 ? -20 * log10(magnitude) : HUGE_VAL;
}
