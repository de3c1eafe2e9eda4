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

ali_refraction ali_fresnel_refract(double complex from, double complex to, double level,
                                   double complex upright)
{
    if (to == from)
        return (ali_refraction){.upright = upright, .through = 1.0, .vertical = 1.0, .across = 1.0};
    double complex beyond = csqrt(to - level * level);
    if (cimag(beyond) >
        0.0) /* a lossless medium's +0 or -0 of the imaginary part decides nothing */
        beyond = -beyond;
    /* of H in the plane of incidence, and of E across it */
    double complex magnetic = to * upright + from * beyond, electric = upright + beyond;
    double complex back = (to * upright - from * beyond) / magnetic;
    return (ali_refraction){
        .upright = beyond,
        .through = 2.0 * from * beyond / magnetic,
        .vertical = 2.0 * from * upright / magnetic,
        .across = 2.0 * upright / electric,
        .back = -back,
        .back_vertical = back,
        .back_across = (upright - beyond) / electric,
    };
}
