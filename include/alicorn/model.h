/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_MODEL_H
#define ALICORN_MODEL_H

#include "alicorn/status.h"

/** @file
 *  A model: wires, and what is asked of them. Read from a NEC deck, or built call by call. SI
 *  units, angles in degrees. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ali_model alicorn_model;

/** What a reader may be told besides the file. Zero-initialise. */
typedef struct alicorn_read_options {
    const char *const *set_names; /**< [set_count] symbols that override the deck's SY definitions
                                     or the project's variables */
    const double *set_values;     /**< [set_count] */
    size_t set_count;
    const char *mesher; /**< program that makes triangles of a project's shapes; NULL: "gmsh",
                           searched in the PATH. Never taken from the project itself */
    int undriven;       /**< 1: a deck in which nothing drives the structure is welcome, too;
                           its last state becomes a task (for alicorn_solve_rcs) */
    int requirements;   /**< 1: of a project, ask for what its requirements need, in place of
                           its requests (for alicorn_check_requirements) */
    /** Whether a project or radios file may have this file read, that it names; NULL: any. `path`
     * is the name as it was found, behind the folder of the file that names it. What may not be
     * read is an error of the file. */
    int (*may_read)(void *user, const char *path);
    void *may_read_user;
    alicorn_report_fn report; /**< every error and warning, in file order; may be NULL */
    void *report_user;
} alicorn_read_options;

/** Read a NEC-2 deck (4nec2's SY and comments included) from a file, "-" for standard input.
 *  All errors of the file go to options->report; *error holds the first.
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_INPUT or ALICORN_E_MEMORY; *model is NULL unless
 *  ALICORN_OK. */
ALICORN_API alicorn_status alicorn_model_read_nec(const char *path,
                                                  const alicorn_read_options *options,
                                                  alicorn_model **model, alicorn_error *error);

/** The same from `length` bytes of text; `name` stands for the file in messages. */
ALICORN_API alicorn_status alicorn_model_parse_nec(const char *text, size_t length,
                                                   const char *name,
                                                   const alicorn_read_options *options,
                                                   alicorn_model **model, alicorn_error *error);

/** Read a project (docs/project.md) from a file, "-" for standard input. The files that it names
 * are searched from its folder; findings about its decks carry the decks' names.
 *  @return as alicorn_model_read_nec; also ALICORN_E_IO if the mesher is not there, fails or takes
 *          too long, and ALICORN_E_INTERRUPTED */
ALICORN_API alicorn_status alicorn_model_read_project(const char *path,
                                                      const alicorn_read_options *options,
                                                      alicorn_model **model, alicorn_error *error);

/** Read a project or a NEC-2 deck: a project is known by the name's ending .yaml or .yml, or by the
 *  key `alicorn` at the beginning of a line before any card. */
ALICORN_API alicorn_status alicorn_model_read(const char *path, const alicorn_read_options *options,
                                              alicorn_model **model, alicorn_error *error);

/** The same from `length` bytes of text. `name` stands for the file in messages, tells with its
 * ending what the text is, and has the folder from which a project's files are searched. */
ALICORN_API alicorn_status alicorn_model_parse(const char *text, size_t length, const char *name,
                                               const alicorn_read_options *options,
                                               alicorn_model **model, alicorn_error *error);

ALICORN_API void alicorn_model_destroy(alicorn_model *model);

/** Ask all tasks of a model, over all jobs, at one frequency [Hz] in place of their own.
 *  @return ALICORN_OK, ALICORN_E_USAGE (not above 0), ALICORN_E_MEMORY (the model is unchanged
 * then)
 */
ALICORN_API alicorn_status alicorn_model_set_frequency(alicorn_model *model, double frequency_hz,
                                                       alicorn_error *error);

/** Look for trouble without solving: overlapping wires, segments too long, … Findings go to report.
 *  `off` lists names of findings that are not wanted, NULL-terminated; may be NULL.
 *  *count receives the number of findings reported; may be NULL. */
ALICORN_API alicorn_status alicorn_model_lint(const alicorn_model *model, const char *const *off,
                                              alicorn_report_fn report, void *report_user,
                                              size_t *count, alicorn_error *error);

/** Names of all warnings and notes, of readers, lint and solve, which may be switched off; index
 * from 0, NULL behind the last. */
ALICORN_API const char *alicorn_finding_name(size_t index);

/** Number of segments, of tasks, and of frequencies of a task, over all jobs (NEC NX) of a deck. */
ALICORN_API size_t alicorn_model_segment_count(const alicorn_model *model);
ALICORN_API size_t alicorn_model_task_count(const alicorn_model *model);
ALICORN_API size_t alicorn_model_frequency_count(const alicorn_model *model, size_t task);
/** Text of the deck's comment cards, "" if there are none. */
ALICORN_API const char *alicorn_model_comment(const alicorn_model *model);

/* ---- building a model without a file ---- */

/** Empty model with one task; NULL when memory is out. */
ALICORN_API alicorn_model *alicorn_model_create(void);
/** Straight wire from start to end [m], cut into `segments` of equal length, radius [m]. */
ALICORN_API alicorn_status alicorn_model_add_wire(alicorn_model *model, int tag, int segments,
                                                  const double start[3], const double end[3],
                                                  double radius, alicorn_error *error);
/** Voltage source [V peak] on the `number`-th (1-based) segment of the tag; tag 0: absolute number.
 */
ALICORN_API alicorn_status alicorn_model_add_source(alicorn_model *model, int tag, int number,
                                                    alicorn_complex voltage, alicorn_error *error);
/** Lumped impedance [ohm] on a segment. */
ALICORN_API alicorn_status alicorn_model_add_impedance(alicorn_model *model, int tag, int number,
                                                       alicorn_complex impedance,
                                                       alicorn_error *error);
/** Wall conductivity [S/m] of all wires of a tag; tag 0: of everything. */
ALICORN_API alicorn_status alicorn_model_set_conductivity(alicorn_model *model, int tag,
                                                          double conductivity,
                                                          alicorn_error *error);
/** Perfectly conducting ground at z = 0; wires that end there are connected to it. */
ALICORN_API alicorn_status alicorn_model_set_pec_ground(alicorn_model *model, alicorn_error *error);
/** Add one frequency [Hz]. */
ALICORN_API alicorn_status alicorn_model_add_frequency(alicorn_model *model, double frequency_hz,
                                                       alicorn_error *error);
/** Ask for a far-field pattern over a grid [degrees]. */
ALICORN_API alicorn_status alicorn_model_add_pattern(alicorn_model *model, size_t theta_count,
                                                     double theta_start, double theta_step,
                                                     size_t phi_count, double phi_start,
                                                     double phi_step, alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
