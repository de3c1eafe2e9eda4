/* SPDX-License-Identifier: Apache-2.0 */
#include "green/fresnel.h"

#include "base/constants.h"

#include <math.h>

double complex ali_fresnel_impedance(double complex permittivity)
{
    return 1.0 / csqrt(permittivity);
}

double complex ali_fresnel_screen(double complex impedance, double k, double rho, int count,
                                  double radius)
{
    if (impedance == 0.0)
        return 0.0;
    /* over eta0, with omega mu0 = k eta0 */
    double complex screen = I * (k * rho / count * log(rho / (count * radius)));
    return impedance * screen / (impedance + screen);
}

ali_fresnel ali_fresnel_reflect(double complex impedance, double cosine)
{
    if (impedance == 0.0)
        return (ali_fresnel){1.0, -1.0};
    double complex q = csqrt(1.0 - impedance * impedance * (1.0 - cosine * cosine));
    double complex zq = impedance * q, zc = impedance * cosine;
    return (ali_fresnel){(cosine - zq) / (cosine + zq), (zc - q) / (zc + q)};
}
