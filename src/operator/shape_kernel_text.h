/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant: the including file defines SHAPE_KERNEL and is compiled for its
 * instruction set. */

#include "operator/shape_kernel.h"

#include <string.h>

/** With constant `add` and `reflecting` (complex factors) a loop without branches. */
static inline __attribute__((always_inline)) void
combine_as(const ali_shape_pair *pair, bool add, bool reflecting, double *restrict value)
{
    const double *restrict ar = pair->re[0], *restrict br = pair->re[1], *restrict cr = pair->re[2],
                           *restrict dr = pair->re[3], *restrict sr = pair->slope_re;
    const double *restrict ai = pair->im[0], *restrict bi = pair->im[1], *restrict ci = pair->im[2],
                           *restrict di = pair->im[3], *restrict si = pair->slope_im;
    const double *restrict ur = pair->vector_re, *restrict ui = pair->vector_im,
                           *restrict vr = pair->scalar_re, *restrict vi = pair->scalar_im;
    const double a = pair->weight[0], b = pair->weight[1], c = pair->weight[2], d = pair->weight[3];
    const double s = pair->slope_weight;
#pragma omp simd
    for (size_t i = 0; i < pair->count; i++) {
        double current_re = a * ar[i] + b * br[i] + c * cr[i] + d * dr[i], slope_re = s * sr[i];
        double current_im = a * ai[i] + b * bi[i] + c * ci[i] + d * di[i], slope_im = s * si[i];
        double re = -ui[i] * current_im - vi[i] * slope_im;
        double im = ui[i] * current_re + vi[i] * slope_re;
        if (reflecting) {
            re += ur[i] * current_re + vr[i] * slope_re;
            im += ur[i] * current_im + vr[i] * slope_im;
        }
        value[2 * i] = add ? value[2 * i] + re : re;
        value[2 * i + 1] = add ? value[2 * i + 1] + im : im;
    }
}

static void combine(const ali_shape_pair *pair, bool add, double complex *restrict value)
{
    if (!add)
        combine_as(pair, false, false, (double *)value);
    else if (!pair->vector_re)
        combine_as(pair, true, false, (double *)value);
    else
        combine_as(pair, true, true, (double *)value);
}

/** One complex value; left to themselves compilers gather real and imaginary parts apart. */
typedef double complex_pair __attribute__((vector_size(16)));

static void gather(size_t count, const ali_gather_term *term, const double complex *value,
                   double complex *restrict sum)
{
    for (size_t i = 0; i < count; i++) {
        complex_pair a, b;
        memcpy(&a, &value[term[i].index[0]], sizeof a);
        memcpy(&b, &value[term[i].index[1]], sizeof b);
        a = term[i].weight[0] * a + term[i].weight[1] * b;
        memcpy(&sum[i], &a, sizeof a);
    }
}

static void add(size_t count, double a, const double complex *x, double complex *restrict y,
                size_t stride)
{
    if (stride != 1) {
        for (size_t i = 0; i < count; i++)
            y[i * stride] += a * x[i];
        return;
    }
    const double *from = (const double *)x;
    double *restrict to = (double *)y;
#pragma omp simd
    for (size_t i = 0; i < 2 * count; i++)
        to[i] += a * from[i];
}

static inline __attribute__((always_inline)) void
collect_as(const ali_moment_line *line, bool reflecting, const double *restrict c_re,
           const double *restrict c_im, double weight, double sum[2])
{
    const double *restrict m_re = line->re, *restrict m_im = line->im;
    const double *restrict f_re = line->factor_re, *restrict f_im = line->factor_im;
    double re = 0.0, im = 0.0;
#pragma omp simd reduction(+ : re, im)
    for (size_t i = 0; i < line->count; i++) {
        double product_re = m_re[i] * c_re[i] - m_im[i] * c_im[i];
        double product_im = m_re[i] * c_im[i] + m_im[i] * c_re[i];
        re -= f_im[i] * product_im;
        im += f_im[i] * product_re;
        if (reflecting) {
            re += f_re[i] * product_re;
            im += f_re[i] * product_im;
        }
    }
    sum[0] += weight * re;
    sum[1] += weight * im;
}

static void collect(const ali_moment_line *line, const double *c_re, const double *c_im,
                    double weight, double sum[2])
{
    if (line->factor_re)
        collect_as(line, true, c_re, c_im, weight, sum);
    else
        collect_as(line, false, c_re, c_im, weight, sum);
}

static inline __attribute__((always_inline)) void
spread_as(const ali_moment_line *line, bool reflecting, double complex c,
          const double *restrict weight, double *restrict y_re, double *restrict y_im)
{
    const double *restrict m_re = line->re, *restrict m_im = line->im;
    const double *restrict f_re = line->factor_re, *restrict f_im = line->factor_im;
    const double c_re = creal(c), c_im = cimag(c);
#pragma omp simd
    for (size_t i = 0; i < line->count; i++) {
        double product_re = m_re[i] * c_re - m_im[i] * c_im;
        double product_im = m_re[i] * c_im + m_im[i] * c_re;
        double re = -f_im[i] * product_im, im = f_im[i] * product_re;
        if (reflecting) {
            re += f_re[i] * product_re;
            im += f_re[i] * product_im;
        }
        y_re[i] += weight[i] * re;
        y_im[i] += weight[i] * im;
    }
}

static void spread(const ali_moment_line *line, double complex c, const double *weight,
                   double *restrict y_re, double *restrict y_im)
{
    if (line->factor_re)
        spread_as(line, true, c, weight, y_re, y_im);
    else
        spread_as(line, false, c, weight, y_re, y_im);
}

const ali_shape_kernel SHAPE_KERNEL = {combine, gather, add, collect, spread};
