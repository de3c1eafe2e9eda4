/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_OPERATOR_H
#define ALI_OPERATOR_OPERATOR_H

#include "operator/surface_operator.h"
#include "operator/wire_operator.h"

/** @file
 *  The matrix of a whole structure, wires and faces: any block of it can be asked for, by any
 *  thread. It is symmetric but for bodies under the combined-field equation. Nothing here knows how
 * the system is solved. */

typedef struct ali_operator_setup {
    const ali_basis *basis;              /**< borrowed */
    const ali_near *near;                /**< of the wires; borrowed */
    const ali_face_near *face_near;      /**< borrowed; NULL: no faces */
    double omega;                        /**< [rad/s] */
    ali_ground_kind ground;              /**< no reflection coefficients if there are faces */
    ali_reflector reflector;             /**< of a reflection-coefficient ground */
    const ali_ground_kernel *half_space; /**< of a ground by Sommerfeld's integrals; borrowed */
    const double complex *series;        /**< as in ali_wire_operator_setup */
    const ali_lumped *lumped;            /**< on the wire basis */
    size_t lumped_count;
    const double complex *sheet; /**< as in ali_surface_operator_setup */
    const double *share;         /**< as in ali_surface_operator_setup */
} ali_operator_setup;

typedef struct ali_operator ali_operator;

alicorn_status ali_operator_create(const ali_operator_setup *setup, ali_operator **operator,
                                   alicorn_error * error);
void ali_operator_destroy(ali_operator *operator);

/** Whether the matrix equals its transpose: no body has combined rows. */
bool ali_operator_is_symmetric(const ali_operator *operator);

/** Fill block[i + leading j] = Z(row_first + i, col_first + j), i < row_count, j < col_count; rows
 * and columns run over the unknowns and, behind them, the probes of the basis. Thread-safe;
 * `context` is an ali_operator (the signature is the solver's). Cost O(row_count col_count). */
alicorn_status ali_operator_fill(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error);

/** Some unknowns as the rows or the columns of blocks, with what it takes to be asked for again and
 * again. For one thread at a time. */
typedef struct ali_operator_side ali_operator_side;

/** @param[in]  unknowns  [count] all different, in any order; probes are allowed
 *  @param[out] side      destroy with ali_operator_side_destroy, before the operator
 *  @return ALICORN_OK or ALICORN_E_MEMORY. Cost O(count log count). */
alicorn_status ali_operator_side_create(const ali_operator *operator, size_t count,
                                        const size_t *unknowns, ali_operator_side **side,
                                        alicorn_error *error);
void ali_operator_side_destroy(ali_operator_side *side);

/** Fill block[i + leading j] = Z(i-th unknown of rows, j-th of columns), with leading >= the number
 * of rows, as ali_operator_fill would. If rows and columns are the same side and Z is symmetric,
 * only half of the pairs are done. The longer side runs in vectors; what that takes is made when a
 * side is first the longer one, and kept: O(its unknowns) of time and memory, up to some kilobytes
 * per unknown. From then on a row costs O(unknowns of the long side), of pairs alone.
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_operator_fill_sides(const ali_operator *operator, ali_operator_side * rows,
                                       ali_operator_side *columns, double complex *block,
                                       size_t leading, alicorn_error *error);

/** Residuals of solutions against the probes of some elements, as ali_wire_operator_probe, what the
 * faces do to them included.
 *  @param[in,out] v  columns of `rows` numbers: coefficients [basis->count], then probes */
alicorn_status ali_operator_probe(const ali_operator *operator, size_t count,
                                  const size_t *elements, size_t columns, size_t rows,
                                  double complex *v, int threads, alicorn_error *error);

#endif
