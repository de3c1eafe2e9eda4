/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SAMPLE_RESULT_H
#define TESTS_UNIT_SAMPLE_RESULT_H

#include "alicorn/output.h"
#include "model/model.h"

/** @file
 *  Models and results composed by hand, for tests of the writers. The numbers are arbitrary but
 * fixed, and follow from one another where a reader of the output would check that they do
 * (impedance, admittance and power; S and Z). Failures end the test through cmocka. */

/* ---- model ---- */

/** Empty model with the given name and comment. */
ali_model *sample_model(const char *name, const char *comment);
/** Straight wire of equal segments. */
void sample_wire(ali_model *model, int tag, size_t count, ali_vec3 start, ali_vec3 end,
                 double radius);
/** Two half-wave dipoles for 300 MHz, 0.3 m apart, three segments each, tags 1 and 2. */
ali_model *sample_dipoles(void);

/** Default task with one frequency, to be filled and handed to sample_end_task. */
ali_task sample_task(double frequency_hz);
void sample_source(ali_task *task, size_t segment, double complex voltage);
void sample_request_pattern(ali_task *task, ali_pattern_request pattern);
void sample_request_near(ali_task *task, bool magnetic, ali_near_request near);
void sample_request_currents(ali_task *task);
void sample_load(ali_task *task, ali_load load);
void sample_network(ali_task *task, ali_network network);
void sample_end_task(ali_model *model, ali_task *task);
void sample_card(ali_model *model, const char *name, const int integers[4], const double reals[6]);

/* ---- result ---- */

alicorn_result *sample_result(void);
/** Let a result have one adaptive sweep of task 0: 17 of 201 frequencies, S within 4e-4; its second
 * solve is interpolated. */
void sample_sweep_adaptively(alicorn_result *result);
/** A solve of the task: its currents, sources with ports, connections and power as the task has
 * them. The pointer lives until the next call. Impedance of source i: z + 10 i ohm. */
alicorn_solve_result *sample_solve(alicorn_result *result, const ali_model *model, size_t task,
                                   double frequency_hz, alicorn_complex z);
/** The answers to all patterns and near fields that the task asks for. */
void sample_answers(alicorn_solve_result *solve, const ali_model *model);
/** Maximum coupling and cross-sections, one of each kind. */
void sample_add_coupling(alicorn_solve_result *solve, const ali_model *model, size_t a, size_t b,
                         int valid);
void sample_add_rcs(alicorn_solve_result *solve, double theta_deg, double vv_dbsm);

/** Everything at once, what the writers are tried on: two driven dipoles at two frequencies,
 * patterns of every kind, near fields, a network, couplings; then a plane wave on them with
 * cross-sections. */
void sample_full(ali_model **model, alicorn_result **result);

/** Three ports, "UHF-1", "AIS/top" and "L band", driven in turn at 300 MHz and then at 200 MHz: six
 * solves with the given pattern, on a surface "hull" of two triangles. */
void sample_mast(const ali_pattern_request *pattern, ali_model **model, alicorn_result **result);

/** |got - expected| <= tolerance, or the test fails with both numbers. */
void sample_close(double got, double expected, double tolerance);

/** Two structures of one deck: a wire of one segment with a source at 100 MHz, and one of two
 * segments with sources at 200 and 300 MHz, each frequency a task. */
void sample_two_jobs(ali_model **model, alicorn_result **result);

/* ---- text ---- */

typedef alicorn_status (*sample_write_fn)(FILE *stream, void *user, alicorn_error *error);
/** What a writer wrote; to be freed. */
char *sample_written(sample_write_fn write, void *user);
/** A whole file; to be freed. */
char *sample_file(const char *path);

#endif
