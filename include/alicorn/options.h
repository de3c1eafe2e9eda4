/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_OPTIONS_H
#define ALICORN_OPTIONS_H

#include "alicorn/status.h"

/** @file
 *  Settings of a solve. One table gives the fields, their defaults, their bounds, the command
 *  line's flags, its help and the manual page. */

#ifdef __cplusplus
extern "C" {
#endif

/** How the matrix is held and factored: the values of alicorn_options.solver. */
typedef enum alicorn_solver_kind {
    ALICORN_SOLVER_AUTO = 0, /**< compressed where that is expected to be faster, or where the full
                                matrix does not fit */
    ALICORN_SOLVER_DENSE = 1,
    ALICORN_SOLVER_COMPRESSED = 2 /**< blocks of far unknowns of low rank; only for symmetric
                                     matrices */
} alicorn_solver_kind;

/** What the end of a wire has where it stands on lossy ground and nothing goes on in it: the values
 *  of alicorn_options.ground_contact. */
typedef enum alicorn_ground_contact {
    ALICORN_CONTACT_IDEAL = 0, /**< a connection without resistance, as NEC's */
    ALICORN_CONTACT_DISC = 1   /**< the resistance of its own cross-section */
} alicorn_ground_contact;

/** X(type, field, flag, default, minimum, maximum, unit, help).
 *  type is INT, REAL, BOOL or CHOICE; flag is the command-line spelling without the dashes; the
 *  unit of a CHOICE is its words, the first one for the value 0 and the default. */
#define ALICORN_OPTION_TABLE(X)                                                                    \
    X(INT, threads, "threads", 0, 0, 1024, "", "worker threads; 0 = all cores")                    \
    X(INT, degree, "degree", 0, 0, 4, "",                                                          \
      "polynomial degree of the current on every segment; 0 = chosen per segment")                 \
    X(INT, refine, "refine", 1, 1, 16, "", "cut every segment of the deck into this many")         \
    X(BOOL, split_ends, "split-ends", 1, 0, 1, "", "grade the mesh towards free wire ends")        \
    X(BOOL, error_bars, "error-bars", 1, 0, 1, "", "estimate the discretisation error")            \
    X(BOOL, mixed_precision, "mixed-precision", 1, 0, 1, "",                                       \
      "factor large systems in single precision and refine in double")                             \
    X(CHOICE, solver, "solver", ALICORN_SOLVER_AUTO, ALICORN_SOLVER_AUTO,                          \
      ALICORN_SOLVER_COMPRESSED, "auto|dense|compressed",                                          \
      "hold the matrix in full, or compress blocks of far unknowns")                               \
    X(CHOICE, ground_contact, "ground-contact", ALICORN_CONTACT_IDEAL, ALICORN_CONTACT_IDEAL,      \
      ALICORN_CONTACT_DISC, "ideal|disc",                                                          \
      "wires that end on lossy ground: connected without resistance, or by their own end alone")   \
    X(REAL, adaptive, "adaptive", 0.0, 0.0, 1.0, "",                                               \
      "interpolate sweeps, and solve only frequencies that S needs to be this accurate; 0 = "      \
      "solve "                                                                                     \
      "all")                                                                                       \
    X(REAL, z0, "z0", 50.0, 1e-6, 1e9, "ohm", "reference impedance of the ports")                  \
    X(REAL, memory_gb, "memory", 0.0, 0.0, 1e6, "GB",                                              \
      "refuse solves that need more memory; 0 = nine tenths of the machine's")

struct alicorn_rates;
struct alicorn_prediction;
struct alicorn_solve_result;

typedef struct alicorn_options {
#define ALICORN_OPTION_INT int
#define ALICORN_OPTION_REAL double
#define ALICORN_OPTION_BOOL int
#define ALICORN_OPTION_CHOICE int
#define ALICORN_OPTION_FIELD(type, field, flag, init, lo, hi, unit, help)                          \
    ALICORN_OPTION_##type field;
    ALICORN_OPTION_TABLE(ALICORN_OPTION_FIELD)
#undef ALICORN_OPTION_FIELD
#undef ALICORN_OPTION_INT
#undef ALICORN_OPTION_REAL
#undef ALICORN_OPTION_BOOL
#undef ALICORN_OPTION_CHOICE
    alicorn_progress_fn progress; /**< may be NULL */
    void *progress_user;
    alicorn_report_fn report; /**< warnings of the solve; may be NULL */
    void *report_user;
    /** File that keeps every finished frequency of alicorn_solve, so that a run which was
     * interrupted or crashed can go on; NULL: none. It stays when the solve ends, whether well or
     * not: remove it when the results are safe. A checkpoint that cannot be written any more ends
     * with the warning "checkpoint-failed", not with the run. */
    const char *checkpoint;
    /** 1: go on from `checkpoint` if it exists; it must come from the same model, the same options
     * (threads and memory aside) and the same version, otherwise ALICORN_E_INPUT. 0: it must not
     * exist, otherwise ALICORN_E_USAGE. */
    int resume;
    /** Of this machine, for the times of predictions (alicorn/rates.h); NULL: they are not known.
     */
    const struct alicorn_rates *rates;
    /** Called once with what the solve will take, before anything is integrated; may be NULL. */
    void (*planned)(void *user, const struct alicorn_prediction *prediction);
    void *planned_user;
    /** Called with every solve as soon as it is finished; may be NULL. From any worker thread,
     * never from two at once, and never while `progress` is running. Solves of one frequency come
     * one after the other, frequencies in the order in which they are finished. Those that a
     * checkpoint has come first, `recalled` is 1 then; those that an adaptive sweep interpolates
     * come last. What is pointed to is valid until alicorn_solve returns, and only to be read. */
    void (*solved)(void *user, const struct alicorn_solve_result *solve, int recalled);
    void *solved_user;
} alicorn_options;

/** Set every field to its default. */
ALICORN_API void alicorn_options_default(alicorn_options *options);

/** Check every field against its bounds; the error names the flag and the range. */
ALICORN_API alicorn_status alicorn_options_check(const alicorn_options *options,
                                                 alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
