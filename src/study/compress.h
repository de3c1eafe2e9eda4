/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_COMPRESS_H
#define ALI_STUDY_COMPRESS_H

#include "operator/operator.h"
#include "solver/compressed.h"
#include "solver/solver.h"

/** @file
 *  The matrix of a structure as the compressed solver asks for it: blocks of any unknowns, and
 *  where these are. */

/** |b - Z x| / |b| to which compressed systems are solved: below the error of the compressed
 *  matrix itself, which is some 1e-6. */
#define ALI_COMPRESSED_TARGET 1e-6

/** Compress and factor the matrix of a basis.
 *  @param operator  of the basis; symmetric
 *  @param k         wavenumber [rad/m]
 *  @param options   threads, memory limit and progress of these count
 *  @return as ali_compressed_create */
alicorn_status ali_compress(const ali_basis *basis, const ali_operator *operator, double k,
                            const ali_solver_options *options, ali_compressed **solver,
                            alicorn_error *error);

#endif
