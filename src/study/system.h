/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_SYSTEM_H
#define ALI_STUDY_SYSTEM_H

#include "model/model.h"
#include "operator/load.h"
#include "operator/operator.h"
#include "study/factored.h"
#include "study/ground_cache.h"

/** @file
 *  The linear system of a structure at one frequency: basis, loads, operator and factor. Its
 * degrees can be raised after it is factored; the unknowns that this adds become a border of the
 * factored ones. */

/** What a system is made of; borrowed. */
typedef struct ali_system_setup {
    const ali_model *model;
    const ali_task *state; /**< ground and loads */
    const ali_mesh *mesh;
    const ali_near *near;           /**< of the wires */
    const ali_face_near *face_near; /**< NULL without faces */
    ali_ground_cache *ground_cache; /**< of tables of the ground */
    double omega, k;
    double soil_wavenumber; /**< |k2| of a medium below z = 0 [rad/m]; 0: none */
    int threads;
    bool compressed; /**< compress the matrix, which must be symmetric */
    bool full_too;   /**< if that cannot be solved, hold it in full, memory permitting */
    ali_solver_options solver;
} ali_system_setup;

typedef struct ali_system {
    ali_system_setup setup;
    ali_basis *basis;      /**< the functions in use */
    ali_load_set loads;    /**< on the basis of its wires */
    double *share;         /**< [bodies] electric shares, NULL if all are 1 */
    double complex *sheet; /**< [surfaces of the model] impedance per square, NULL if all conduct
                              perfectly */
    const ali_half_space_kernel *half_space; /**< of a ground by Sommerfeld integrals, else NULL;
                                                borrowed from the cache */
    ali_operator *operator;
    double complex
        *rows; /**< small systems: all rows of unknowns and probes, [n + elements, n], column-major,
                  filled in one pass because a pair's moments serve both; else NULL */
    double fill_s, factor_s; /**< wall times of all fills and factorisations so far, borders
                                included [s] */
    ali_basis *factored;     /**< the functions that are factored; NULL while they are all */
    ali_factored factor;     /**< of these, and the others as its border */
    size_t *image;           /**< [factored->count]: where they stand in basis */
    size_t *added;           /**< [added_count]: the others */
    size_t added_count;
} ali_system;

/** Memory of the kept rows of a system of so many unknowns and probes [bytes]; 0 if it is too large
 * for them. */
size_t ali_system_rows_bytes(size_t unknowns, size_t probes);

/** Memory that ali_system_solve takes besides what it is given [bytes], before degrees are raised.
 */
size_t ali_system_solve_bytes(size_t unknowns, size_t columns, bool single);

/** Fill and factor with the degrees that options give. */
alicorn_status ali_system_create(const ali_system_setup *setup, const ali_basis_options *options,
                                 ali_system *system, alicorn_error *error);
void ali_system_clear(ali_system *system);

/** Raise degrees to degree[element_count], none lower than before. The factor stays; when more than
 * half as many unknowns would be added as are factored, everything is factored anew. After a
 * failure the system can only be cleared. */
alicorn_status ali_system_raise(ali_system *system, const unsigned char *degree,
                                alicorn_error *error);

/** Solve for columns of `rows` numbers each, the first basis->count of which are right-hand sides,
 * then solutions.
 *  @param      target    backward error wanted; the solver's own if that is more
 *  @param[out] residual  largest relative residual */
alicorn_status ali_system_solve(const ali_system *system, double target, size_t columns,
                                size_t rows, double complex *v, double *residual,
                                alicorn_error *error);

/** Subtract from the probe rows of v (rows basis->count on) what the solutions in the first rows do
 * to them, for `count` elements, in parallel. */
alicorn_status ali_system_probe(const ali_system *system, size_t count, const size_t *elements,
                                size_t columns, size_t rows, double complex *v,
                                alicorn_error *error);

/** 1/|Z_bb| of the probes of `count` elements, scale[element]. Elements alike in length, radius,
 * degree, height and slope share one value: the error estimate needs no more. */
alicorn_status ali_system_probe_scale(const ali_system *system, size_t count,
                                      const size_t *elements, double *scale, alicorn_error *error);

#endif
