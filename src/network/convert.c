/* SPDX-License-Identifier: Apache-2.0 */
#include "network/convert.h"

#include "base/memory.h"
#include "math/small_dense.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** Reduced to resistances of 1 ohm, S = (M + 1)^-1 (M - 1) for the normalised Z, and the same with
 * the other sign for Y: both factors commute. */
static alicorn_status from_reduced(size_t n, double sign, double complex *matrix, const char *what,
                                   alicorn_error *error)
{
    double complex *a = ali_calloc(2 * n * n, sizeof *a), *b = a + n * n;
    if (!a)
        return ali_error_memory(error, 2 * n * n * sizeof *a, "S-parameters");
    for (size_t i = 0; i < n * n; i++) {
        double one = i % (n + 1) == 0 ? 1.0 : 0.0;
        a[i] = matrix[i] + one;
        b[i] = sign * (matrix[i] - one);
    }
    bool singular = ali_small_solve(n, n, a, b) != 0;
    if (!singular)
        memcpy(matrix, b, n * n * sizeof *matrix);
    free(a);
    return singular ? ali_error_set(error, ALICORN_E_NUMERIC, "%s of these ports is singular", what)
                    : ALICORN_OK;
}

alicorn_status ali_network_s_from_z(size_t n, const double *z0, double complex *matrix,
                                    alicorn_error *error)
{
    for (size_t i = 0; i < n * n; i++)
        matrix[i] /= sqrt(z0[i / n] * z0[i % n]);
    return from_reduced(n, 1.0, matrix, "Z + R", error);
}

alicorn_status ali_network_s_from_y(size_t n, const double *z0, double complex *matrix,
                                    alicorn_error *error)
{
    for (size_t i = 0; i < n * n; i++)
        matrix[i] *= sqrt(z0[i / n] * z0[i % n]);
    return from_reduced(n, -1.0, matrix, "Y + G", error);
}

/* Voltage and current stay: b' = K (b - g a), a' = K (a - g b), g = (to - from)/(to + from),
 * K = (to + from)/(2 sqrt(to from)), so S' = K (S - g)(1 - g S)^-1 K^-1. The quotient is solved for
 * transposed. */
alicorn_status ali_network_renormalise(size_t n, const double *from, const double *to,
                                       double complex *s, alicorn_error *error)
{
    double complex *a = ali_calloc(2 * n * n, sizeof *a), *b = a + n * n;
    if (!a)
        return ali_error_memory(error, 2 * n * n * sizeof *a, "S-parameters");
    for (size_t i = 0; i < n; i++) {
        double g = (to[i] - from[i]) / (to[i] + from[i]);
        for (size_t j = 0; j < n; j++) {
            double one = i == j ? 1.0 : 0.0;
            a[j * n + i] = one - g * s[i * n + j];
            b[j * n + i] = s[i * n + j] - one * g;
        }
    }
    bool singular = ali_small_solve(n, n, a, b) != 0;
    for (size_t i = 0; i < n; i++) {
        double k_i = (to[i] + from[i]) / sqrt(to[i] * from[i]);
        for (size_t j = 0; j < n && !singular; j++)
            s[i * n + j] = k_i * b[j * n + i] * sqrt(to[j] * from[j]) / (to[j] + from[j]);
    }
    free(a);
    return singular ? ali_error_set(error, ALICORN_E_NUMERIC,
                                    "these ports resonate without loss at the new resistances")
                    : ALICORN_OK;
}

alicorn_status ali_network_cascade(size_t n, size_t port, const double complex two[4],
                                   double complex *s, alicorn_error *error)
{
    double complex own = s[port * n + port], loop = 1.0 - two[3] * own;
    if (!(cabs(loop) > 1e-14))
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "a lossless resonance between a port and what is connected to it");
    /* waves into the port for unit waves into the others, then back out through the two-port */
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            if (i != port && j != port)
                s[i * n + j] += s[i * n + port] * two[3] * s[port * n + j] / loop;
    for (size_t i = 0; i < n; i++)
        if (i != port) {
            s[i * n + port] *= two[2] / loop;
            s[port * n + i] *= two[1] / loop;
        }
    s[port * n + port] = two[0] + two[1] * own * two[2] / loop;
    return ALICORN_OK;
}

/* Power iteration on S^H S; a few dozen steps give what a check for passivity needs. The start is
 * no eigenvector of anything regular. */
double ali_network_largest_singular(size_t n, const double complex *s, double complex *work)
{
    double complex *x = work, *y = work + n;
    double value = 0.0;
    for (size_t i = 0; i < n; i++)
        x[i] = 1.0 + 0.37 * (double)(i % 7) + 0.21 * I * (double)(i % 5);
    for (int step = 0; step < 60; step++) {
        double norm = 0.0, before = value;
        for (size_t i = 0; i < n; i++)
            norm += creal(x[i]) * creal(x[i]) + cimag(x[i]) * cimag(x[i]);
        if (!(norm > 0.0))
            return 0.0;
        for (size_t i = 0; i < n; i++) {
            y[i] = 0.0;
            for (size_t j = 0; j < n; j++)
                y[i] += s[i * n + j] * x[j];
        }
        value = 0.0;
        for (size_t i = 0; i < n; i++)
            value += creal(y[i]) * creal(y[i]) + cimag(y[i]) * cimag(y[i]);
        value = sqrt(value / norm);
        if (fabs(value - before) < 1e-12 * value)
            break;
        for (size_t j = 0; j < n; j++) {
            x[j] = 0.0;
            for (size_t i = 0; i < n; i++)
                x[j] += conj(s[i * n + j]) * y[i];
        }
    }
    return value;
}
