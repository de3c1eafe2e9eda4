/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_HALF_SPACE_LINES_H
#define TESTS_UNIT_HALF_SPACE_LINES_H

#include "base/constants.h"
#include "green/half_space.h"
#include "math/quadrature.h"

#include <complex.h>
#include <math.h>

/** @file
 *  The fields of a Hertzian dipole over or in a half-space from transmission lines, without
 *  potentials. */

/** Voltage and current at the observer for a current source (i) and a voltage source (v) of 1, TM
 * and TE, without the direct wave; [MichalskiMosig:1997]. omega = k0, mu0 = eps0 = 1. */
typedef struct half_space_lines {
    double complex vi_tm, vi_te, ii_tm, vv_tm, iv_tm;
} half_space_lines;

static inline double complex half_space_kz(double k0, double complex permittivity,
                                           double complex krho)
{
    double complex kz = csqrt(k0 * k0 * permittivity - krho * krho);
    return cimag(kz) > 0.0 ? -kz : kz;
}

static inline half_space_lines half_space_lines_at(const ali_half_space *space, double complex krho,
                                                   double z, double z_source)
{
    bool up = z_source > 0.0; /* source in air */
    double complex here = up ? 1.0 : space->permittivity, there = up ? space->permittivity : 1.0;
    double k0 = space->k;
    double complex kz1 = half_space_kz(k0, here, krho), kz2 = half_space_kz(k0, there, krho);
    double complex tm1 = kz1 / (k0 * here), tm2 = kz2 / (k0 * there), te1 = k0 / kz1,
                   te2 = k0 / kz2;
    double sign = up ? 1.0 : -1.0;
    if (z * z_source > 0.0) {
        double complex wave = 0.5 * cexp(-I * kz1 * fabs(z + z_source));
        double complex tm = (tm2 - tm1) / (tm2 + tm1), te = (te2 - te1) / (te2 + te1);
        return (half_space_lines){tm1 * tm * wave, te1 * te * wave, sign * tm * wave,
                                  -sign * tm * wave, -tm / tm1 * wave};
    }
    double complex wave = cexp(-I * (kz1 * fabs(z_source) + kz2 * fabs(z)));
    return (half_space_lines){tm1 * tm2 / (tm1 + tm2) * wave, te1 * te2 / (te1 + te2) * wave,
                              -sign * tm1 / (tm1 + tm2) * wave, -sign * tm2 / (tm1 + tm2) * wave,
                              1.0 / (tm1 + tm2) * wave};
}

/** J_0 … J_2 by the trapezoidal rule on Bessel's integral. */
static inline void half_space_bessel(double complex z, double complex j[3])
{
    enum { STEPS = 60 };
    j[0] = j[1] = j[2] = 0.0;
    for (int i = 0; i < STEPS; i++) {
        double t = 2.0 * ALI_PI * (i + 0.5) / STEPS;
        double complex wave = cexp(I * z * sin(t)) / STEPS, turn = CMPLX(cos(t), -sin(t));
        j[0] += wave;
        j[1] += wave * turn;
        j[2] += wave * turn * turn;
    }
}

/** E/(-j omega mu0) at azimuth 0 from the source: x of an x-directed dipole, y of a y-directed one,
 * z of x, x of z, z of z. */
typedef struct half_space_dipole {
    double complex xx, yy, zx, xz, zz;
} half_space_dipole;

/** By fine steps on a path above the real axis. */
static inline half_space_dipole half_space_fields(const ali_half_space *space, double rho, double z,
                                                  double z_source)
{
    enum { ORDER = 32, PANELS = 60 };
    double node[ORDER], weight[ORDER], k0 = space->k;
    ali_gauss_legendre(ORDER, node, weight);
    double end =
        2.0 * creal(csqrt(space->permittivity)) * k0 + 45.0 / fabs(fabs(z) + fabs(z_source));
    double complex source = z_source > 0.0 ? 1.0 : space->permittivity;
    double complex observer = z > 0.0 ? 1.0 : space->permittivity;
    half_space_dipole e = {0};
    for (int panel = 0; panel < PANELS; panel++)
        for (int i = 0; i < ORDER; i++) {
            /* finer near 0, where the singularities are */
            double u = (panel + 0.5 + 0.5 * node[i]) / PANELS, s = end * u * u;
            double complex krho = s + I * (0.5 * k0) * s / (s + 0.5 * k0);
            double complex slope =
                1.0 + I * (0.5 * k0) * (0.5 * k0) / ((s + 0.5 * k0) * (s + 0.5 * k0));
            double complex step =
                slope * 2.0 * end * u * 0.5 * weight[i] / PANELS * krho / (2.0 * ALI_PI);
            half_space_lines line = half_space_lines_at(space, krho, z, z_source);
            double complex j[3];
            half_space_bessel(krho * rho, j);
            double complex sum = 0.5 * j[0] * (line.vi_tm + line.vi_te);
            double complex difference = 0.5 * j[2] * (line.vi_tm - line.vi_te);
            e.xx += step * (-sum + difference);
            e.yy += step * (-sum - difference);
            e.zx += step * -I * j[1] * krho * line.ii_tm / (k0 * observer);
            e.xz += step * -I * j[1] * krho * line.vv_tm / (k0 * source);
            e.zz -= step * j[0] * krho * krho * line.iv_tm / (k0 * k0 * source * observer);
        }
    double complex unit = I / k0;
    return (half_space_dipole){e.xx * unit, e.yy * unit, e.zx * unit, e.xz * unit, e.zz * unit};
}

#endif
