/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_INTERPOLATED_H
#define ALI_STUDY_INTERPOLATED_H

#include "alicorn/result.h"

#include <complex.h>

/** A solve that is interpolated between others of the same task and excitation: ports, sources,
 * input power and patterns; everything else is absent.
 *  @param like       [count] solves at the supports
 *  @param share      [count] of each in what is linear in the excitation
 *  @param s          [ports][ports]
 *  @param s_error    what interpolation adds to the error of every element
 *  @param[out] solve zero before; to be cleared by the caller, also after a failure */
alicorn_status ali_solve_interpolate(size_t count, const alicorn_solve_result *const *like,
                                     const double complex *share, double frequency_hz,
                                     const double complex *s, double s_error,
                                     alicorn_solve_result *solve, alicorn_error *error);

#endif
