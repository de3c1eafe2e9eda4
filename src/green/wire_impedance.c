/* SPDX-License-Identifier: Apache-2.0 */
#include "green/wire_impedance.h"

#include "base/constants.h"
#include "math/bessel.h"

#include <math.h>

double complex ali_wire_internal_impedance(double radius, double sigma, double omega, double mu)
{
    if (isinf(sigma))
        return 0.0;
    double inverse_depth = sqrt(0.5 * omega * mu * sigma); /* 1 / skin depth [1/m] */
    if (radius * inverse_depth < 1e-4) /* (z/2) I0/I1 = 1 + z^2/8 - z^4/192 …, both parts exact */
        return 1.0 / (ALI_PI * radius * radius * sigma) + I * omega * mu / (8.0 * ALI_PI);
    double complex gamma = (1.0 + I) * inverse_depth;
    return gamma / (2.0 * ALI_PI * radius * sigma) * ali_bessel_ratio_i0_i1(gamma * radius);
}
