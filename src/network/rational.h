/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_RATIONAL_H
#define ALI_NETWORK_RATIONAL_H

#include "base/error.h"

#include <complex.h>
#include <stdbool.h>

/** @file
 *  Rational functions of a real variable, many with the same poles, by the AAA algorithm
 *  [NakatsukasaSeteTrefethen:2018] for several functions at once: in barycentric form
 *
 *      r(x) = sum_k w_k f_k/(x - x_k) / sum_k w_k/(x - x_k),
 *
 *  where the supports x_k are chosen among the samples one after the other, always where the error
 * is largest, and the weights make the error least at all other samples. Everything that has the
 * same poles and is known at the supports is interpolated by the same weights. */

typedef struct ali_rational {
    size_t count;           /**< supports */
    size_t *support;        /**< [count] numbers of samples */
    double *x;              /**< [count] where they are */
    double complex *weight; /**< [count] */
    double error;           /**< largest |f - r| at any sample and entry */
} ali_rational;

/** Fit samples of several functions.
 *  @param x          [samples] different
 *  @param f          [samples][entries]
 *  @param most       supports at most
 *  @param tolerance  no more supports are taken once the error is this small
 *  @return ALICORN_OK, ALICORN_E_NUMERIC, ALICORN_E_MEMORY; *rational is to be cleared in any case
 */
alicorn_status ali_rational_fit(size_t samples, const double *x, size_t entries,
                                const double complex *f, size_t most, double tolerance,
                                ali_rational *rational, alicorn_error *error);

/** Shares of the values at the supports in the value at x: r(x) = sum_k share_k f_k.
 *  @param share  [count] */
void ali_rational_shares(const ali_rational *rational, double x, double complex *share);

/** r(x) of all entries.
 *  @param f      [samples][entries] as given to the fit
 *  @param share  [count] space
 *  @param value  [entries] */
void ali_rational_evaluate(const ali_rational *rational, size_t entries, const double complex *f,
                           double x, double complex *share, double complex *value);

void ali_rational_clear(ali_rational *rational);

#endif
