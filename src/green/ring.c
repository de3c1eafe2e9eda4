/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ring.h"

#include "base/constants.h"

#include <math.h>
#include <stdbool.h>

/** Points on the half circle for the smooth rest near the ring. */
#define NEAR_POINTS 8
/** (R/a)^2 from which n = 1, 2, … points on the half circle are enough: the rule misses 1e-7 =
 *  (a/R)^{2n}. */
static const double enough[] = {1.0e7, 3162.3, 215.44, 56.234, 25.119, 14.678, 10.0, 7.4989};
/** k a up to which they are enough: around the ring the phase turns by k a, which costs 2 J_2n(k
 *  a). */
static const double phase_enough[] = {6.3e-4, 0.066, 0.36, 0.92, 1.68, 2.6, 3.6, 4.7};
enum { MOST_POINTS = sizeof enough / sizeof enough[0] };

/** e^{-jkR}/R and its derivative by R. */
static void wave(double k, double r, double complex *value, double complex *slope)
{
    double complex phase = cos(k * r) - I * sin(k * r);
    *value = phase / r;
    *slope = -(1.0 + I * k * r) * phase / (r * r);
}

/** (e^{-jkR} - 1)/R and its derivative by R. */
static void wave_rest(double k, double r, double complex *value, double complex *slope)
{
    double x = k * r, x2 = x * x;
    if (x < 0.3) {
        double re = x * (-0.5 + x2 * (1.0 / 24.0 + x2 * (-1.0 / 720.0 + x2 / 40320.0)));
        double im = -1.0 + x2 * (1.0 / 6.0 + x2 * (-1.0 / 120.0 + x2 / 5040.0));
        double re_slope = -0.5 + x2 * (1.0 / 8.0 + x2 * (-1.0 / 144.0 + x2 / 5760.0));
        double im_slope = x * (1.0 / 3.0 + x2 * (-1.0 / 30.0 + x2 / 840.0));
        *value = k * (re + I * im);
        *slope = k * k * (re_slope + I * im_slope);
        return;
    }
    wave(k, r, value, slope);
    *value -= 1.0 / r;
    *slope += 1.0 / (r * r);
}

static void lossy_wave(double complex k, double r, double complex *value, double complex *slope)
{
    double complex phase = cexp(-I * k * r);
    *value = phase / r;
    *slope = -(1.0 + I * k * r) * phase / (r * r);
}

static void lossy_wave_rest(double complex k, double r, double complex *value,
                            double complex *slope)
{
    double complex x = -I * k * r;
    if (cabs(x) < 0.3) {
        /* sum_{n >= 1} x^n/n! and sum_{n >= 2} (n - 1) x^n/n!, from the highest power */
        double complex sum = 0.0, steep = 0.0;
        for (int n = 9; n >= 1; n--) {
            sum = (1.0 + sum) * x / n;
            if (n > 1)
                steep = ((n - 1) + steep) * x / n;
        }
        *value = sum / r;
        *slope = steep * x / (r * r);
        return;
    }
    lossy_wave(k, r, value, slope);
    *value -= 1.0 / r;
    *slope += 1.0 / (r * r);
}

/** A function of R in a medium of wavenumber k. */
typedef struct medium {
    double k;             /**< magnitude if it is lossy */
    double complex lossy; /**< 0 if it is not */
} medium;

static void wave_in(const medium *m, bool rest, double r, double complex *value,
                    double complex *slope)
{
    if (m->lossy != 0.0)
        (rest ? lossy_wave_rest : lossy_wave)(m->lossy, r, value, slope);
    else
        (rest ? wave_rest : wave)(m->k, r, value, slope);
}

/** Average of the wave, or of its rest, and its slopes, with n points on the half circle. */
static ali_ring average(const medium *m, bool rest, double radius, double rho, double z, int n)
{
    ali_ring sum = {0};
    for (int i = 0; i < n; i++) {
        double cosine = cos(ALI_PI * (i + 0.5) / n);
        double r = sqrt(z * z + rho * rho + radius * radius - 2.0 * rho * radius * cosine);
        double complex value, slope;
        wave_in(m, rest, r, &value, &slope);
        sum.value += value;
        sum.slope += slope * (rho - radius * cosine) / r;
        sum.axial += slope * z / r;
    }
    return (ali_ring){sum.value / n, sum.slope / n, sum.axial / n};
}

/** <1/R> and its slopes. */
static ali_ring static_ring(double radius, double gap, double z)
{
    double rho = radius + gap;
    double s2 = (rho + radius) * (rho + radius) + z * z, s = sqrt(s2);
    double near2 = fmax(gap * gap + z * z, 1e-18 * radius * radius);
    double a = 1.0, b = sqrt(near2 / s2);
    double deficit = 0.5 * 4.0 * rho * radius / s2, power = 0.5; /* (K - E)/K = sum 2^{n-1} c_n^2 */
    for (int step = 0; step < 12 && fabs(a - b) > 1e-9 * a; step++) {
        double c = 0.5 * (a - b), mean = 0.5 * (a + b);
        b = sqrt(a * b);
        a = mean;
        power *= 2.0;
        deficit += power * c * c;
    }
    double first = 0.5 * ALI_PI / a, second = first * (1.0 - deficit);
    double slope = rho > 0.0 ? first * deficit / rho + 2.0 * gap * second / near2 : 0.0;
    double part = 1.0 / (ALI_PI * s);
    return (ali_ring){2.0 * first * part, -slope * part, -2.0 * z * second / near2 * part};
}

static ali_ring scaled_sum(double factor, ali_ring a, ali_ring b)
{
    return (ali_ring){factor * (a.value + b.value), factor * (a.slope + b.slope),
                      factor * (a.axial + b.axial)};
}

static ali_ring kernel_in(const medium *m, double radius, double gap, double z)
{
    const double scale = 1.0 / (4.0 * ALI_PI);
    double rho = radius + gap;
    double ratio = (z * z + rho * rho) / (radius * radius);
    if (ratio >= enough[MOST_POINTS - 1]) {
        int points = 1;
        while (points < MOST_POINTS &&
               (ratio < enough[points - 1] || m->k * radius > phase_enough[points - 1]))
            points++;
        return scaled_sum(scale, average(m, false, radius, rho, z, points), (ali_ring){0});
    }
    return scaled_sum(scale, static_ring(radius, gap, z),
                      average(m, true, radius, rho, z, NEAR_POINTS));
}

ali_ring ali_ring_kernel(double k, double radius, double gap, double z)
{
    const medium m = {k, 0.0};
    return kernel_in(&m, radius, gap, z);
}

ali_ring ali_ring_kernel_lossy(double complex k, double radius, double gap, double z)
{
    const medium m = {cabs(k), k};
    return kernel_in(&m, radius, gap, z);
}
