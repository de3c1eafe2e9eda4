/* SPDX-License-Identifier: Apache-2.0 */
#include "network/interpolate.h"

#include "base/error.h"

#include <string.h>

/* Rational interpolation without poles on the real line [FloaterHormann:2007]: the blend of the
 * polynomials of degree d through neighbouring samples. Taken from the nearest samples alone, it
 * stays local: noise of a measurement does not travel. */

/** Samples that take part, and the degree that is blended. */
enum { WINDOW = 8, DEGREE = 3 };

size_t ali_network_below(const alicorn_network *network, double f)
{
    size_t low = 0, high = network->count - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(network->frequency_hz[middle] <= f ? &low : &high) = middle;
    }
    return network->frequency_hz[high] <= f ? high : low;
}

/** Barycentric weight of sample i among n at x: sum over the polynomials it takes part in. */
static double weight_of(const double *x, size_t n, size_t degree, size_t i)
{
    double sum = 0.0;
    size_t first = i > degree ? i - degree : 0;
    for (size_t j = first; j <= i && j + degree < n; j++) {
        double product = j % 2 ? -1.0 : 1.0;
        for (size_t k = j; k <= j + degree; k++)
            if (k != i)
                product /= x[i] - x[k];
        sum += product;
    }
    return sum;
}

/** Shares of the samples in the value at f, which is none of them. */
static void make_shares(const double *x, size_t n, double f, double *share)
{
    size_t degree = n > DEGREE ? DEGREE : n - 1;
    double scale = x[n - 1] - x[0], total = 0.0, unit[WINDOW];
    for (size_t i = 0; i < n; i++) /* differences of frequencies to the third power overflow */
        unit[i] = (x[i] - x[0]) / scale;
    for (size_t i = 0; i < n; i++) {
        share[i] = weight_of(unit, n, degree, i) / ((f - x[i]) / scale);
        total += share[i];
    }
    for (size_t i = 0; i < n; i++)
        share[i] /= total;
}

alicorn_status alicorn_network_at(const alicorn_network *network, double frequency_hz,
                                  alicorn_complex *s, alicorn_error *error)
{
    size_t count = network->count, entries = network->ports * network->ports;
    const double *x = network->frequency_hz;
    if (count == 0 || !(frequency_hz >= x[0]) || !(frequency_hz <= x[count - 1]))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "there is no S at %.15g Hz, only from %.15g to %.15g Hz", frequency_hz,
                             count ? x[0] : 0.0, count ? x[count - 1] : 0.0);
    size_t below = ali_network_below(network, frequency_hz);
    if (x[below] >= frequency_hz) {
        memcpy(s, network->s + below * entries, entries * sizeof *s);
        return ALICORN_OK;
    }
    size_t n = count < WINDOW ? count : WINDOW;
    size_t first = below + 1 > n / 2 ? below + 1 - n / 2 : 0;
    first = first + n > count ? count - n : first;
    double share[WINDOW];
    make_shares(x + first, n, frequency_hz, share);
    memset(s, 0, entries * sizeof *s);
    for (size_t i = 0; i < n; i++) {
        const alicorn_complex *sample = network->s + (first + i) * entries;
        for (size_t k = 0; k < entries; k++) {
            s[k].re += share[i] * sample[k].re;
            s[k].im += share[i] * sample[k].im;
        }
    }
    return ALICORN_OK;
}
