/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_UNIT_H
#define ALI_STUDY_UNIT_H

#include "alicorn/options.h"
#include "alicorn/result.h"
#include "study/compressed_plan.h"
#include "study/ports.h"
#include "study/system.h"
#include "study/work.h"

/** @file
 *  A structure, with its ground and loads, at one frequency: filled and factored once, then asked
 *  about every excitation that any task has for it. */

/** What stays the same over all frequencies of tasks that share ground and loads. */
typedef struct ali_structure {
    const ali_model *model;
    const ali_task *state; /**< ground and loads of all its tasks */
    ali_mesh *mesh;
    ali_face_near *face_near; /**< the same for faces; NULL if there are none */
    ali_near *near;           /**< static moments, up to the orders of the highest frequency */
    ali_ground_cache *ground_cache; /**< of the plan; needed over a ground that has tables */
    ali_port_list ports;            /**< of all its tasks; gaps are made per frequency */
    bool fields;                    /**< some task is driven by impressed fields */
    bool symmetric;                 /**< its matrix is */
    size_t ground_bytes;     /**< of tables of the ground at the highest frequency, 0 without any */
    size_t unknowns;         /**< at the highest frequency, before degrees are raised */
    size_t surface_unknowns; /**< of these, on surfaces alone */
    bool compressed;         /**< its matrix is to be compressed (solver_choice.h) */
    ali_compressed_plan compressed_plan; /**< at the highest frequency, if so */
    double near_s;                       /**< wall time of ali_structure_integrate [s] */
} ali_structure;

/** Mesh a structure, find its ports and count its unknowns.
 *  @param highest  highest frequency it will be asked for [Hz] */
alicorn_status ali_structure_describe(const ali_model *model, const ali_task *const *tasks,
                                      size_t task_count, double highest,
                                      const alicorn_options *options, ali_structure *structure,
                                      alicorn_error *error);
/** Describe a structure, and find its near pairs.
 *  @param highest  highest frequency it will be asked for [Hz] */
alicorn_status ali_structure_create(const ali_model *model, const ali_task *const *tasks,
                                    size_t task_count, double highest,
                                    const alicorn_options *options, ali_structure *structure,
                                    alicorn_error *error);
/** Unknowns and work that a solve at a frequency starts with.
 *  @param frequency  [Hz] */
alicorn_status ali_structure_count(const ali_structure *structure, double frequency,
                                   const alicorn_options *options, size_t *unknowns, ali_work *work,
                                   alicorn_error *error);
/** The basis that a solve at the wavenumber k [rad/m] starts with. */
alicorn_status ali_structure_start_basis(const ali_structure *structure, double k,
                                         const alicorn_options *options, ali_basis **basis,
                                         alicorn_error *error);
/** Integrate what does not depend on frequency; then units can be created.
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_INTERRUPTED */
alicorn_status ali_structure_integrate(ali_structure *structure, int threads,
                                       alicorn_progress_fn progress, void *progress_user,
                                       alicorn_error *error);
/** Unknowns from which its solver tries single precision first. */
size_t ali_structure_mixed_from(const ali_structure *structure);
void ali_structure_clear(ali_structure *structure);

/** A solved structure at one frequency. Column-major arrays, n = basis->count. */
typedef struct ali_unit {
    const ali_structure *structure;
    double frequency, omega, k;
    ali_system system;
    const ali_basis *basis; /**< the system's */
    ali_port_list ports;
    double complex *x;     /**< [n, ports]: current for 1 V at one port, the others shorted */
    double complex *y;     /**< [ports, ports] short-circuit admittance [S] */
    double complex *probe; /**< [elements, ports]: residual of every solution against every probe;
                              NULL without error bars */
    double *probe_scale;   /**< [elements]: 1/|Z_bb| of the probes */
    double shared_s;   /**< wall time of the near integrals [s], if this is the frequency that they
                          are booked on */
    double solve_s;    /**< wall time spent on right-hand sides and their residuals so far [s] */
    double reported_s; /**< the part of it that results tell already */
    double residual;   /**< largest relative residual of the linear system */
} ali_unit;

/** Fill, factor and solve for every port. Where the estimated error of a port's admittance is above
 * a tolerance, degrees are raised on the elements that cause it (adapt.h), unless options fix the
 * degree. */
alicorn_status ali_unit_create(const ali_structure *structure, double frequency,
                               const alicorn_options *options, int threads,
                               const ali_solver_options *solver_options, ali_unit *unit,
                               alicorn_error *error);
void ali_unit_clear(ali_unit *unit);

/** Solve for `columns` more right-hand sides of n + elements rows each (unknowns, then probes). The
 * solutions replace the first n rows. Not for parallel use. */
alicorn_status ali_unit_solve(ali_unit *unit, size_t columns, double complex *v,
                              alicorn_error *error);
/** The same to a backward error of `target` only.
 *  @param[in,out] residual  raised to the largest relative residual, instead of the unit's */
alicorn_status ali_unit_solve_to(ali_unit *unit, double target, size_t columns, double complex *v,
                                 double *residual, alicorn_error *error);

/** Report progress of the stage "solve", right-hand sides that have been answered.
 *  @return ALICORN_OK or ALICORN_E_INTERRUPTED */
alicorn_status ali_unit_advance(const ali_unit *unit, size_t done, size_t total,
                                alicorn_error *error);
/** What a result says of the unit: frequency, unknowns, solver. */
void ali_unit_describe(const ali_unit *unit, alicorn_solve_result *result);
/** Wall times so far, into a result. */
void ali_unit_times(ali_unit *unit, alicorn_solve_result *result);

/** Hierarchical residuals underestimate, for one degree more is not all that is missing; measured
 *  (docs/validation.md). */
#define ALI_ERROR_FACTOR 3.0

/** Estimated |error| of a bilinear result a.Z^-1.b from the probe residuals of both sides
 *  [elements]: ALI_ERROR_FACTOR sum |r_a||r_b|/|Z_bb|. */
double ali_unit_error(const ali_unit *unit, const double complex *residual_a,
                      const double complex *residual_b);

/** Relative error of every bilinear result that the quadrature leaves. */
#define ALI_QUADRATURE_ERROR 5e-4

#endif
