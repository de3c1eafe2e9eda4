/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_PROBE_H
#define ALI_OPERATOR_PROBE_H

#include "operator/wire_operator.h"

/** Residuals of solutions against probes, without the probes' rows of the matrix: every pair of
 * elements is integrated once and the moments are summed with the currents at once, for both of
 * them if both are tested. The numbers are those of the rows with moments to ALI_MOMENT_ESTIMATE;
 * they do not depend on the number of threads.
 *  @param[in]     elements  [count] whose probes are asked, ascending
 *  @param[in,out] v         `columns` columns of `rows` numbers: the coefficients of a current
 *                           [basis->count], then per element what is impressed on its probe, from
 *                           which Z x is subtracted for the listed elements
 *  Cost: about 15 ns per pair of elements with AVX-512, and 5 ns more per column beyond the first;
 * memory for 2 count elements columns / 256 numbers. */
alicorn_status ali_wire_operator_probe(const ali_wire_operator *operator, size_t count,
                                       const size_t *elements, size_t columns, size_t rows,
                                       double complex *v, int threads, alicorn_error *error);

#endif
