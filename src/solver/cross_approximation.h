/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_CROSS_APPROXIMATION_H
#define ALI_SOLVER_CROSS_APPROXIMATION_H

#include "base/error.h"
#include "solver/low_rank.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Low-rank approximation of a block of a matrix from a few of its rows and columns: adaptive cross
 *  approximation with partial pivoting [Bebendorf:2000], guarded. By itself the method follows the
 *  couplings it has met; what those do not touch - the other part of a block in which wires meet
 *  perpendicular wires, or two pairs of antennas - it can leave out without a sign. Here
 * convergence counts only if samples agree with the approximation: small patches that together
 * touch every row and every column, and whole rows and columns of every kind of unknown. If they do
 * not, the worst of them is the next pivot. */

/** Some unknowns, as rows or as columns of blocks. */
typedef struct ali_unknown_list {
    size_t count;
    const size_t *unknown; /**< [count] all different, in any order */
    void *prepared;        /**< what the owner of the matrix made of them, or NULL */
} ali_unknown_list;

/** Any block of a matrix. Called from several threads at once, must not open parallel regions of
 * its own. Any failure ends the caller with this status and error. */
typedef struct ali_list_source {
    void *context;
    /** Fill block[i + leading j] = Z(rows->unknown[i], columns->unknown[j]); the block is
     * uninitialised before. Lists may be prepared or not. */
    alicorn_status (*fill)(void *context, const ali_unknown_list *rows,
                           const ali_unknown_list *columns, double complex *block, size_t leading,
                           alicorn_error *error);
    /** Set list->prepared, for a list that one thread will ask for again and again; NULL: nothing
     * can be prepared. */
    alicorn_status (*prepare)(void *context, ali_unknown_list *list, alicorn_error *error);
    void (*release)(void *context, ali_unknown_list *list); /**< undoes prepare */
} ali_list_source;

/** The matrix S Z S. */
typedef struct ali_matrix_source {
    ali_list_source z;
    const double *scale; /**< by unknown */
    const unsigned char
        *kind; /**< by unknown: kinds couple alike, below ALI_KINDS; NULL: one kind */
} ali_matrix_source;

enum { ALI_KINDS = 16 };

/** Scaled block of the matrix, shape [rows->count, columns->count], contiguous. */
alicorn_status ali_matrix_source_fill(const ali_matrix_source *source, const ali_unknown_list *rows,
                                      const ali_unknown_list *columns, double complex *block,
                                      alicorn_error *error);

typedef struct ali_cross_options {
    double tolerance;  /**< error in the Frobenius norm, of the block's own */
    size_t rank_limit; /**< give up beyond */
    size_t check; /**< whole rows and columns to draw for each check; 0: no guard (for tests) */
} ali_cross_options;

typedef struct ali_cross_facts {
    bool converged;   /**< false: the rank limit was reached, and the block left empty */
    size_t steps;     /**< crosses taken */
    size_t rescues;   /**< checks that found what the crosses had left out */
    size_t evaluated; /**< elements of the matrix that were asked for */
} ali_cross_facts;

/** Approximate the block of some rows and columns.
 *  @param[in]     rows, columns  lists of unknowns of the lengths block->rows and block->columns
 *  @param[in,out] block          shape given, otherwise empty */
alicorn_status ali_cross_approximate(const ali_matrix_source *source, const size_t *rows,
                                     const size_t *columns, const ali_cross_options *options,
                                     ali_low_rank *block, ali_cross_facts *facts,
                                     alicorn_error *error);

#endif
