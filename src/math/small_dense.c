/* SPDX-License-Identifier: Apache-2.0 */
#include "math/small_dense.h"

#include <math.h>

static const double SINGULAR = 1e-14;

static void swap_rows(size_t width, double complex *p, double complex *q)
{
    for (size_t j = 0; j < width; j++) {
        double complex swap = p[j];
        p[j] = q[j];
        q[j] = swap;
    }
}

/** Divide every row by its largest element, so that pivots of rows in different units compare. */
static int equilibrate(size_t n, size_t columns, double complex *a, double complex *b)
{
    for (size_t i = 0; i < n; i++) {
        double largest = 0.0;
        for (size_t j = 0; j < n; j++)
            largest = fmax(largest, cabs(a[i * n + j]));
        if (!(largest > 0.0) || isinf(largest))
            return -1;
        for (size_t j = 0; j < n; j++)
            a[i * n + j] /= largest;
        for (size_t j = 0; j < columns; j++)
            b[i * columns + j] /= largest;
    }
    return 0;
}

static int eliminate(size_t n, size_t columns, double complex *a, double complex *b)
{
    for (size_t k = 0; k < n; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < n; i++)
            if (cabs(a[i * n + k]) > cabs(a[pivot * n + k]))
                pivot = i;
        if (!(cabs(a[pivot * n + k]) > SINGULAR))
            return -1;
        if (pivot != k) {
            swap_rows(n, a + pivot * n, a + k * n);
            swap_rows(columns, b + pivot * columns, b + k * columns);
        }
        for (size_t i = k + 1; i < n; i++) {
            double complex factor = a[i * n + k] / a[k * n + k];
            for (size_t j = k + 1; j < n; j++)
                a[i * n + j] -= factor * a[k * n + j];
            for (size_t j = 0; j < columns; j++)
                b[i * columns + j] -= factor * b[k * columns + j];
        }
    }
    return 0;
}

int ali_small_solve(size_t n, size_t columns, double complex *a, double complex *b)
{
    if (equilibrate(n, columns, a, b) || eliminate(n, columns, a, b))
        return -1;
    for (size_t k = n; k-- > 0;)
        for (size_t j = 0; j < columns; j++) {
            double complex sum = b[k * columns + j];
            for (size_t i = k + 1; i < n; i++)
                sum -= a[k * n + i] * b[i * columns + j];
            b[k * columns + j] = sum / a[k * n + k];
        }
    return 0;
}
