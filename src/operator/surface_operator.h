/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_SURFACE_OPERATOR_H
#define ALI_OPERATOR_SURFACE_OPERATOR_H

#include "basis/basis.h"
#include "operator/face_moments.h"

/** @file
 *  What faces add to the matrix: faces with faces, and faces with wire elements, by the same
 *  electric-field equation as between wires (operator.h),
 *
 *      Z_mn = j omega mu int int f_m . f_n G  +  1/(j omega eps) int int div f_m div f_n G
 *             +  int z_s f_m . f_n,
 *
 *  div f of a wire being its slope. Over a perfectly conducting ground every face adds its image.
 */

typedef struct ali_surface_operator_setup {
    const ali_basis *basis;      /**< borrowed */
    const ali_face_near *near;   /**< borrowed; of the same mesh */
    double omega;                /**< [rad/s] */
    bool ground;                 /**< a perfect conductor fills z < 0 */
    const double complex *sheet; /**< [surfaces of the model] impedance per square [ohm], or NULL;
                                    borrowed */
} ali_surface_operator_setup;

typedef struct ali_surface_operator ali_surface_operator;

alicorn_status ali_surface_operator_create(const ali_surface_operator_setup *setup,
                                           ali_surface_operator **operator, alicorn_error * error);
void ali_surface_operator_destroy(ali_surface_operator *operator);

/** Add to block[i + leading j] the share of faces in Z(row_first + i, col_first + j); numbers of
 * rows and columns are those of the basis, probes included. Thread-safe. */
alicorn_status ali_surface_operator_add(const ali_surface_operator *operator, size_t row_first,
                                        size_t row_count, size_t col_first, size_t col_count,
                                        double complex *block, size_t leading,
                                        alicorn_error *error);

/** Impedance per square of a sheet at an angular frequency [ohm]: skin effect by
 *  (1 + j)/(sigma delta) coth((1 + j) t/delta); both sides carry the current of a thin one. */
double complex ali_sheet_impedance(const ali_sheet *sheet, double omega);

#endif
