/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_SURFACE_OPERATOR_H
#define ALI_OPERATOR_SURFACE_OPERATOR_H

#include "basis/basis.h"
#include "operator/carriers.h"
#include "operator/face_moments.h"
#include "operator/ground_moments.h"

/** @file
 *  What faces add to the matrix: faces with faces, and faces with wire elements, by the same
 *  electric-field equation as between wires (operator.h),
 *
 *      Z_mn = j omega mu int int f_m . f_n G  +  1/(j omega eps) int int div f_m div f_n G
 *             +  int z_s f_m . f_n,
 *
 *  div f of a wire being its slope. Over a perfectly conducting ground every face adds its image.
 *
 *  Rows of functions on closed bodies with an electric share alpha < 1 are alpha times these and (1
 * - alpha) eta times those of the magnetic-field equation (face_magnetic.h); then the matrix is not
 *  symmetric. The impedance of a sheet stays in the electric part, which is right while it is small
 *  against eta. No wire may be attached to such a body: the current of a fan has no simple magnetic
 *  row. */

typedef struct ali_surface_operator_setup {
    const ali_basis *basis;              /**< borrowed */
    const ali_face_near *near;           /**< borrowed; of the same mesh */
    double omega;                        /**< [rad/s] */
    bool ground;                         /**< a perfect conductor fills z < 0 */
    const ali_ground_kernel *half_space; /**< a medium does: all shares are 1 then; or NULL;
                                            borrowed */
    const double complex *sheet; /**< [surfaces of the model] impedance per square [ohm], or NULL;
                                    borrowed */
    const double *share;         /**< [body_count] electric shares, or NULL: all 1; borrowed. Near
                                    pairs of bodies with less need ali_face_near_add_curl */
} ali_surface_operator_setup;

typedef struct ali_surface_operator ali_surface_operator;

/** @return ALICORN_OK; ALICORN_E_INPUT: a wire is attached to a body of electric share < 1;
 *          ALICORN_E_MEMORY */
alicorn_status ali_surface_operator_create(const ali_surface_operator_setup *setup,
                                           ali_surface_operator **operator, alicorn_error * error);
void ali_surface_operator_destroy(ali_surface_operator *operator);

/** Some unknowns and probes as one side of blocks, with what is kept to be asked for again; for one
 * thread at a time. */
typedef struct ali_surface_side ali_surface_side;

alicorn_status ali_surface_side_create(const ali_surface_operator *operator,
                                       const ali_selection * selection, ali_surface_side **side,
                                       alicorn_error *error);
void ali_surface_side_destroy(ali_surface_side *side);

/** Add to block[i + leading j] the share of faces in Z(row i, column j). The sides may be the same
 * one. */
alicorn_status ali_surface_operator_add_sides(const ali_surface_operator *operator,
                                              ali_surface_side * rows, ali_surface_side *columns,
                                              double complex *block, size_t leading,
                                              alicorn_error *error);

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
