/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/multiport.h"

#include "base/memory.h"
#include "math/small_dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_identity(size_t n, double complex *matrix)
{
    memset(matrix, 0, n * n * sizeof *matrix);
    for (size_t i = 0; i < n; i++)
        matrix[i * n + i] = 1.0;
}

int ali_multiport_impedance(size_t n, const double complex *y, double complex *z)
{
    double complex *copy = ali_calloc(n * n, sizeof *copy);
    if (!copy)
        return -1;
    memcpy(copy, y, n * n * sizeof *copy);
    set_identity(n, z);
    int failed = ali_small_solve(n, n, copy, z);
    free(copy);
    return failed;
}

/** error of S from that of Y, through inverse = (1 + y)^-1. */
static void spread_error(size_t n, const double complex *inverse, const double *z0,
                         const double *y_error, double *s_error)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = 0.0;
            for (size_t p = 0; p < n; p++)
                for (size_t q = 0; q < n; q++)
                    sum += cabs(inverse[i * n + p]) * sqrt(z0[p] * z0[q]) * y_error[p * n + q] *
                           cabs(inverse[q * n + j]);
            s_error[i * n + j] = 2.0 * sum;
        }
}

int ali_multiport_scattering(size_t n, const double complex *y, const double *z0,
                             const double *y_error, double complex *s, double *s_error)
{
    double complex *plus = ali_calloc(2 * n * n, sizeof *plus);
    if (!plus)
        return -1;
    double complex *inverse = plus + n * n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            plus[i * n + j] = sqrt(z0[i] * z0[j]) * y[i * n + j] + (i == j);
    set_identity(n, inverse);
    int failed = ali_small_solve(n, n, plus, inverse);
    /* S = (1 - y)(1 + y)^-1 = 2 (1 + y)^-1 - 1 */
    for (size_t i = 0; i < n * n && !failed; i++)
        s[i] = 2.0 * inverse[i] - (i % (n + 1) == 0);
    if (!failed && y_error && s_error)
        spread_error(n, inverse, z0, y_error, s_error);
    free(plus);
    return failed;
}

static alicorn_complex to_public(double complex value)
{
    return (alicorn_complex){creal(value), cimag(value)};
}

void ali_multiport_coupling(double complex y11, double complex y12, double complex y22,
                            alicorn_coupling *coupling)
{
    double complex product = y12 * y12;
    double size = cabs(product);
    double c = size / (2.0 * creal(y11) * creal(y22) - creal(product));
    coupling->valid = c >= 0.0 && c <= 1.0 && size > 0.0;
    if (!coupling->valid)
        return;
    /* (1 - sqrt(1 - c^2))/c without cancellation */
    double gain = c / (1.0 + sqrt(1.0 - c * c));
    double complex rho = gain * conj(product) / size;
    double complex load = ((1.0 - rho) / (1.0 + rho) + 1.0) * creal(y22) - y22;
    coupling->maximum_db = 10.0 * log10(gain);
    coupling->load = to_public(1.0 / load);
    coupling->input = to_public(1.0 / (y11 - product / (y22 + load)));
}

/** Maximum coupling between ports i and j from their block of S. */
static double pair_coupling(size_t n, const double complex *s, const double *z0, size_t i, size_t j)
{
    alicorn_coupling coupling = {0};
    double complex s11 = s[i * n + i], s12 = s[i * n + j], s21 = s[j * n + i], s22 = s[j * n + j];
    double complex determinant = (1.0 + s11) * (1.0 + s22) - s12 * s21;
    ali_multiport_coupling(((1.0 - s11) * (1.0 + s22) + s12 * s21) / (determinant * z0[i]),
                           -2.0 * s12 / (determinant * sqrt(z0[i] * z0[j])),
                           ((1.0 + s11) * (1.0 - s22) + s12 * s21) / (determinant * z0[j]),
                           &coupling);
    return coupling.valid ? coupling.maximum_db : NAN;
}

void ali_multiport_couplings(size_t n, const double complex *s, const double *z0,
                             double *coupling_db)
{
    for (size_t i = 0; i < n; i++) {
        coupling_db[i * n + i] = NAN;
        for (size_t j = 0; j < i; j++)
            coupling_db[i * n + j] = coupling_db[j * n + i] = pair_coupling(n, s, z0, i, j);
    }
}
