/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/between.h"

#include "base/constants.h"
#include "cosite/decibel.h"
#include "math/faddeeva.h"

#include <math.h>

/** A wave that grazes a half-space. */
typedef struct reflection {
    double complex coefficient; /**< of the field in the direction that the antennas have */
    double complex impedance;   /**< Delta: F's numerical distance is -j k R2/2 (sine + Delta)^2 */
} reflection;

/** @param sine  of the grazing angle
 *  Source: [Balanis:2016] chapter 5 (plane waves); [Norton:1937] (the same coefficients as
 *  (sine - Delta)/(sine + Delta)). */
static reflection reflect(const ali_medium *medium, ali_radio_polarisation polarisation,
                          double sine, double frequency)
{
    if (medium->eps_r == 0) /* perfect conductor */
        return (reflection){.coefficient = polarisation == ALI_RADIO_VERTICAL ? 1 : -1};
    double complex permittivity = ali_medium_permittivity(medium, 2 * ALI_PI * frequency);
    double complex root = csqrt(permittivity - (1 - sine * sine));
    double complex delta = polarisation == ALI_RADIO_VERTICAL ? root / permittivity : root;
    return (reflection){.coefficient = (sine - delta) / (sine + delta), .impedance = delta};
}

double ali_between_gain(ali_path_kind kind, const ali_medium *medium, const double a[3],
                        const double b[3], ali_radio_polarisation polarisation, double frequency)
{
    double k = 2 * ALI_PI * frequency / ALI_C0;
    double across = hypot(b[0] - a[0], b[1] - a[1]);
    double direct = hypot(across, b[2] - a[2]);
    double complex field = 1 / direct;
    if (kind != ALI_PATH_FREE_SPACE) {
        double up = a[2] + b[2], reflected = hypot(across, up);
        double sine = reflected > 0 ? up / reflected : 0;
        reflection ground = reflect(medium, polarisation, sine, frequency);
        double complex factor = ground.coefficient;
        if (kind == ALI_PATH_GROUND_WAVE && ground.impedance != 0) {
            double complex sum = sine + ground.impedance;
            double complex p = -I * k * reflected / 2 * sum * sum;
            factor += (1 - ground.coefficient) * ali_sommerfeld_attenuation(p);
        }
        /* relative to the direct ray's phase; the difference of distances without cancellation */
        double longer = 4 * a[2] * b[2] / (reflected + direct);
        field += factor * cexp(-I * k * longer) / reflected;
    }
    return fmin(2 * ali_to_db(cabs(field) / (2 * k)), 0);
}
