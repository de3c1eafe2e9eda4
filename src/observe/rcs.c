/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/rcs.h"

#include "base/constants.h"

#include <math.h>

/** sigma of a far field for 1 V/m incident, in dB over 1 m^2. */
static double dbsm(double complex field)
{
    double sigma = 4.0 * ALI_PI * (creal(field) * creal(field) + cimag(field) * cimag(field));
    return sigma > 0.0 ? 10.0 * log10(sigma) : -HUGE_VAL;
}

static double degree(double angle)
{
    return round(angle / ALI_DEGREE * 1e10) * 1e-10;
}

alicorn_rcs ali_rcs_combine(const ali_rcs_angles *angles, const double complex from_v[2],
                            const double complex from_h[2])
{
    return (alicorn_rcs){
        .theta_deg = degree(angles->theta),
        .phi_deg = degree(angles->phi),
        .theta_inc_deg = degree(angles->theta_inc),
        .phi_inc_deg = degree(angles->phi_inc),
        .vv_dbsm = dbsm(from_v[0]),
        .hv_dbsm = dbsm(from_v[1]),
        .vh_dbsm = dbsm(from_h[0]),
        .hh_dbsm = dbsm(from_h[1]),
    };
}
