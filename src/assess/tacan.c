/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/assess.h"

#include "base/constants.h"
#include "base/error.h"

#include <math.h>

/* Limits: [MIL-STD-291C:1998]. */
static const struct {
    const char *name;
    double low, high;
} limits[ALICORN_TACAN_LIMITS] = {
    [ALICORN_TACAN_15_HZ] = {"15 Hz depth", 0.12, 0.30},
    [ALICORN_TACAN_135_HZ] = {"135 Hz depth", 0.12, 0.30},
    [ALICORN_TACAN_SUM] = {"sum of depths", 0, 0.55},
    [ALICORN_TACAN_LOW] = {"rss of orders 2-6", 0, 0.20},
    [ALICORN_TACAN_MULTIPLES] = {"rss of orders 18 and 27", 0, 0.15},
    [ALICORN_TACAN_7] = {"order 7", 0, 0.15},
    [ALICORN_TACAN_8] = {"order 8", 0, 0.15},
    [ALICORN_TACAN_10] = {"order 10", 0, 0.15},
    [ALICORN_TACAN_11] = {"order 11", 0, 0.15},
    [ALICORN_TACAN_HIGH] = {"rss of orders 7, 8, 10, 11", 0, 0.20},
};

const char *alicorn_tacan_name(alicorn_tacan_limit limit, double *low, double *high)
{
    if (limit >= ALICORN_TACAN_LIMITS)
        return NULL;
    *low = limits[limit].low;
    *high = limits[limit].high;
    return limits[limit].name;
}

alicorn_status alicorn_assess_orders(const double *envelope, size_t count, alicorn_orders *orders,
                                     alicorn_error *error)
{
    double sum = 0;
    *orders = (alicorn_orders){0};
    for (size_t i = 0; i < count; i++)
        sum += envelope[i];
    if (count < 2 * ALICORN_ORDERS || !(sum > 0))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "Fourier orders need at least %d samples of an envelope above 0",
                             2 * ALICORN_ORDERS);
    orders->mean = sum / (double)count;
    for (size_t n = 1; n < ALICORN_ORDERS; n++) {
        double real = 0, imag = 0;
        for (size_t i = 0; i < count; i++) {
            /* n i modulo the count keeps the argument small */
            double x = 2 * ALI_PI * (double)(n * i % count) / (double)count;
            real += envelope[i] * cos(x);
            imag -= envelope[i] * sin(x);
        }
        orders->depth[n] = 2 * hypot(real, imag) / sum;
        orders->phase_deg[n] = atan2(imag, real) / ALI_DEGREE;
    }
    return ALICORN_OK;
}

void alicorn_assess_tacan(const alicorn_orders *orders, int relative, alicorn_tacan *tacan)
{
    const double *depth = orders->depth;
    double low = 0, multiples = hypot(depth[18], depth[27]);
    for (int n = 2; n <= 6; n++)
        low += depth[n] * depth[n];
    low = sqrt(low);
    if (relative) {
        low = low > 0 ? low / depth[1] : 0;
        multiples = multiples > 0 ? multiples / depth[9] : 0;
    }
    *tacan = (alicorn_tacan){.value = {[ALICORN_TACAN_15_HZ] = depth[1],
                                       [ALICORN_TACAN_135_HZ] = depth[9],
                                       [ALICORN_TACAN_SUM] = depth[1] + depth[9],
                                       [ALICORN_TACAN_LOW] = low,
                                       [ALICORN_TACAN_MULTIPLES] = multiples,
                                       [ALICORN_TACAN_7] = depth[7],
                                       [ALICORN_TACAN_8] = depth[8],
                                       [ALICORN_TACAN_10] = depth[10],
                                       [ALICORN_TACAN_11] = depth[11],
                                       [ALICORN_TACAN_HIGH] = hypot(hypot(depth[7], depth[8]),
                                                                    hypot(depth[10], depth[11]))},
                             .passed = 1};
    for (int k = 0; k < ALICORN_TACAN_LIMITS; k++) {
        double value = tacan->value[k], above = limits[k].high - value;
        tacan->margin[k] = limits[k].low > 0 ? fmin(above, value - limits[k].low) : above;
        if (!(tacan->margin[k] >= 0))
            tacan->passed = 0;
    }
}

alicorn_status alicorn_assess_envelope(const alicorn_pattern *const *patterns,
                                       const alicorn_complex *weights, size_t ports, size_t theta,
                                       double *envelope, alicorn_error *error)
{
    for (size_t p = 0; p < ports; p++)
        if (patterns[p]->theta_count != patterns[0]->theta_count ||
            patterns[p]->phi_count != patterns[0]->phi_count || theta >= patterns[p]->theta_count)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "the patterns of the ports have not one grid");
    for (size_t j = 0; ports > 0 && j < patterns[0]->phi_count; j++) {
        double real = 0, imag = 0;
        for (size_t p = 0; p < ports; p++) {
            alicorn_complex w = weights[p];
            alicorn_complex e = patterns[p]->e_theta[j * patterns[p]->theta_count + theta];
            real += w.re * e.re - w.im * e.im;
            imag += w.re * e.im + w.im * e.re;
        }
        envelope[j] = hypot(real, imag);
    }
    return ALICORN_OK;
}

void alicorn_assess_bearing(const alicorn_orders *orders, double phi_deg, double *coarse_deg,
                            double *fine_deg)
{
    /* cos n (phi - x) = cos(n x - n phi): the phase of order n is -n phi */
    *coarse_deg = remainder(-orders->phase_deg[1] - phi_deg, 360);
    *fine_deg = remainder(-orders->phase_deg[9] - 9 * phi_deg, 360) / 9;
}
