/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_ANSWER_H
#define ALI_STUDY_ANSWER_H

#include "study/unit.h"

#include "alicorn/result.h"
#include "basis/surface_current.h"
#include "observe/radiation.h"

/** @file
 *  From a solved structure to the answers of one task at one frequency. */

/** One excitation at work: the port voltages, the current, and the results filled so far. */
typedef struct ali_answer {
    ali_unit *unit;
    const ali_task *task;
    size_t excitation; /**< which of the task's */
    const alicorn_options *options;
    double complex *v;       /**< [unit ports] voltage [V], 0 at ports the task does not use */
    double complex *network; /**< [unit ports] current into networks [A] */
    double complex *x;       /**< [unknowns] */
    double complex *probe;   /**< [elements] residual of x against the probes, or NULL */
    ali_current current;     /**< of x */
    ali_radiator *radiator;  /**< of the current, in space waves */
    double radiated;         /**< power through the far sphere [W] */
    ali_radiation_peak peak; /**< where it is strongest */
    alicorn_solve_result *result;
} ali_answer;

/** Number of excitations of a task: 1, or one per direction of a plane-wave grid. */
size_t ali_answer_count(const ali_task *task);

/** Answer every excitation of a task, result[ali_answer_count(task)]. */
alicorn_status ali_answer_task(ali_unit *unit, const ali_task *task, size_t task_index,
                               const alicorn_options *options, alicorn_solve_result *result,
                               alicorn_error *error);

/** Sources, network connections and N-port matrices of an answer with sources (answer_ports.c). */
alicorn_status ali_answer_ports(ali_answer *answer, alicorn_error *error);
/** Solve the networks of a task around the structure.
 *  @param driven    [unit ports]: the voltage is given; other ports carry a network or are shorted
 *  @param v         [unit ports][columns] in: voltages of driven ports; out: of all
 *  @param incident  [unit ports][columns] current with all ports shorted, or NULL
 *  @param network   [unit ports][columns] out: current into the networks */
alicorn_status ali_answer_circuit(const ali_unit *unit, const ali_task *task, const bool *driven,
                                  size_t columns, double complex *v, const double complex *incident,
                                  double complex *network, alicorn_error *error);
/** Surface currents at the centroids of the model's triangles (answer_faces.c). */
alicorn_status ali_answer_faces(ali_answer *answer, alicorn_error *error);
/** Power budget and gain (answer_power.c). */
alicorn_status ali_answer_power(ali_answer *answer, alicorn_error *error);
/** Memory that the answers of a task take while they are made, besides the results [bytes].
 *  @param single  the solver works in single precision */
size_t ali_answer_bytes(const ali_task *task, size_t unknowns, size_t probes, bool single);
/** The same for cross-sections (answer_rcs.c). */
size_t ali_answer_rcs_bytes(const ali_rcs_request *request, size_t unknowns, size_t probes,
                            bool single);
/** A task that asks for cross-sections and nothing else (answer_rcs.c). */
alicorn_status ali_answer_rcs(ali_unit *unit, const ali_task *task, size_t task_index,
                              alicorn_solve_result *result, alicorn_error *error);
/** Bistatic cross-sections of a pattern that a plane wave of one pure polarisation drives, appended
 * to the result; what the other polarisation would do is not known (answer_rcs.c). */
alicorn_status ali_answer_pattern_rcs(ali_answer *answer, const alicorn_pattern *pattern,
                                      alicorn_error *error);
/** Patterns, near fields, coupling: what the task requests (answer_requests.c). */
alicorn_status ali_answer_requests(ali_answer *answer, alicorn_error *error);

#endif
