/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BLAS_ENV_H
#define CLI_BLAS_ENV_H

/** Start this program again with OPENBLAS_CORETYPE=SKYLAKEX if OpenBLAS has picked kernels without
 * AVX-512 on a processor that has it. Returns if there is nothing to gain, or if it cannot be done.
 * Call before any thread starts and before any input is read; arguments are main's. */
void cli_blas_env_improve(char **arguments);

#endif
