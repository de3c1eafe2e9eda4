/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_WIRE_OPERATOR_H
#define ALI_OPERATOR_WIRE_OPERATOR_H

#include "basis/wire_basis.h"
#include "operator/carriers.h"
#include "operator/ground_moments.h"
#include "operator/moments.h"
#include "operator/near.h"

#include <complex.h>

/** @file
 *  The electric-field integral equation in mixed potentials, tested with the basis itself:
 *
 *      Z_mn = j omega mu int int f_m . f_n G  +  1/(j omega eps) int int f_m' f_n' G  +  int z_s
 * f_m f_n
 *
 *  with f' the slope along the wire and z_s the series impedance per length. Over conducting ground
 * every source adds its image. Any block of Z can be asked for, by any thread, and Z is symmetric.
 * Nothing here knows how the system is solved. */

/** A functional of the current, sparse over the unknowns (and probes): value = sum weight[i]
 * x[function[i]]. */
typedef struct ali_functional {
    size_t count;
    size_t *function; /**< ascending */
    double *weight;
} ali_functional;

/** A lumped impedance where the current is taken by a functional g: adds impedance g g^T. */
typedef struct ali_lumped {
    ali_functional current;   /**< mean current of the gap */
    double complex impedance; /**< [ohm] */
} ali_lumped;

typedef struct ali_wire_operator_setup {
    const ali_wire_basis *basis; /**< borrowed */
    const ali_near
        *near;    /**< borrowed; of the same mesh, orders at least degree (+ 1 for probes) */
    double omega; /**< [rad/s] */
    ali_ground_kind ground;
    ali_reflector reflector;             /**< of a reflection-coefficient ground */
    const ali_ground_kernel *half_space; /**< of a ground by Sommerfeld's integrals; borrowed */
    const double complex
        *series; /**< [element_count] series impedance per length [ohm/m], or NULL; borrowed */
    const ali_lumped *lumped; /**< [lumped_count]; borrowed */
    size_t lumped_count;
} ali_wire_operator_setup;

typedef struct ali_wire_operator ali_wire_operator;

alicorn_status ali_wire_operator_create(const ali_wire_operator_setup *setup,
                                        ali_wire_operator **operator, alicorn_error * error);
void ali_wire_operator_destroy(ali_wire_operator *operator);

/** What it was made of, and its moments; for the other files of this room. */
const ali_wire_operator_setup *ali_wire_operator_get_setup(const ali_wire_operator *operator);
const ali_moment_source *ali_wire_operator_get_source(const ali_wire_operator *operator);

/** Weight of a function in the current of a lumped load. */
typedef struct ali_function_load {
    size_t load;
    double weight;
} ali_function_load;

/** Lumped loads by function; count 0 if there are none. */
typedef struct ali_load_map {
    size_t count;        /**< functions */
    const size_t *first; /**< [count + 1] into terms */
    const ali_function_load *terms;
} ali_load_map;

ali_load_map ali_wire_operator_get_loads(const ali_wire_operator *operator);
/** Bit set of the shapes of all unknowns, without the probes'. */
unsigned ali_wire_operator_get_shapes(const ali_wire_operator *operator);

/** Some unknowns and probes as one side of blocks, with what is kept to be asked for again; for one
 * thread at a time. */
typedef struct ali_wire_side ali_wire_side;

/** @param[in] selection  numbers in the matrix; those that are not of the wires have no entries
 *  @param     offset     number of function 0 of the basis in the matrix */
alicorn_status ali_wire_side_create(const ali_wire_operator *operator,
                                    const ali_selection * selection, size_t offset,
                                    ali_wire_side **side, alicorn_error *error);
void ali_wire_side_destroy(ali_wire_side *side);

/** Set block[i + leading j] to the wires' share of Z(row i, column j), of a block that is zero
 * before. The sides may be the same one. The longer side runs in vectors; what it needs for that is
 * made once, O(its elements), and kept. */
alicorn_status ali_wire_operator_fill_sides(const ali_wire_operator *operator, ali_wire_side * rows,
                                            ali_wire_side *columns, double complex *block,
                                            size_t leading, alicorn_error *error);

/** Fill block[i + leading j] = Z(row_first + i, col_first + j), i < row_count, j < col_count; rows
 * and columns run over the unknowns and, behind them, the probes of the basis. Thread-safe;
 * `context` is an ali_wire_operator (the signature is the solver's). Cost O(row_count col_count).
 */
alicorn_status ali_wire_operator_fill(void *context, size_t row_first, size_t row_count,
                                      size_t col_first, size_t col_count, double complex *block,
                                      size_t leading, alicorn_error *error);

#endif
