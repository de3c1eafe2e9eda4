/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_RUN_H
#define VIEW_RUN_H

#include "source.h"

#include <pthread.h>
#include <stdatomic.h>

/** @file
 *  Runs: what is asked, one at a time in a thread of its own, and what has come out so far.
 *
 *  The server's lock guards everything here but for what the fields say. The thread of the run
 * holds it only to note something, never while it reads or solves. */

/** X(name, text): what can be run. */
#define VIEW_WHAT_TABLE(X)                                                                         \
    X(VIEW_SOLVE, "solve")                                                                         \
    X(VIEW_RCS, "rcs")                                                                             \
    X(VIEW_CHECK, "check")                                                                         \
    X(VIEW_COSITE, "cosite")
#define VIEW_WHAT_ENUM(name, text) name,
typedef enum view_what { VIEW_WHAT_TABLE(VIEW_WHAT_ENUM) } view_what;
#undef VIEW_WHAT_ENUM

typedef enum view_state { VIEW_RUNNING, VIEW_FINISHED, VIEW_STOPPED, VIEW_FAILED_RUN } view_state;

/** What a run ended with. Never changed; freed with the last reference. */
typedef struct view_outcome {
    atomic_int references;
    alicorn_model *model; /**< NULL of cosite */
    alicorn_result *result;
    alicorn_cosite_result *cosite;
    alicorn_check *check;
} view_outcome;

view_outcome *view_outcome_keep(view_outcome *outcome);
/** NULL is fine. */
void view_outcome_drop(view_outcome *outcome);

/** What is asked. Never changed while the run exists. */
typedef struct view_job {
    view_what what;
    view_source source;
    double frequency_hz; /**< 0: those of the file */
    alicorn_angles theta, phi;
    double *rcs_frequencies; /**< [rcs_frequency_count] [Hz]; owned */
    size_t rcs_frequency_count;
    view_text *radios;       /**< NULL but for cosite */
    const char *radios_path; /**< of its file; NULL: beside FILE */
} view_job;

/** Take a job out of a request; as view_source_take. */
bool view_job_take(view_job *job, const view_session *session, const json_t *request,
                   view_reply *reply);
void view_job_clear(view_job *job);

typedef struct view_run {
    struct view_run *older;
    int number;
    view_job job;
    view_state state;
    atomic_bool stop; /**< set by any thread: it is to end */
    alicorn_error error;
    double started, seconds; /**< since 1970; that it took, or NAN while it runs [s] */
    size_t done, total;
    char stage[32];
    char **solves; /**< [solve_count] documents of what is finished, while it runs */
    size_t solve_count, solve_capacity, solve_bytes;
    size_t unknowns;       /**< of the largest of them */
    view_outcome *outcome; /**< NULL until it has ended, or if nothing came out */
} view_run;

/** Most runs that are kept, and most bytes of `solves`: what is more is kept in the result only. */
enum { VIEW_RUNS_MAX = 16, VIEW_SOLVES_BYTES = 256 << 20 };

typedef struct view_runs {
    pthread_mutex_t *lock; /**< the server's */
    view_events *events;
    const view_session *session;
    pthread_t thread;
    bool has_thread, closing;
    pthread_cond_t wanted;
    view_run *newest;
    view_run *next; /**< to be started by the thread; NULL */
    int last_number;
    char folder[64]; /**< private, of checkpoints; "" until there is one */
} view_runs;

/** Start the thread. Without it (for tests) runs stay where they are. */
bool view_runs_start(view_runs *runs);
/** Interrupt what runs, wait for the thread, forget everything. */
void view_runs_end(view_runs *runs);

/** Start a run of a job, which is taken over. NULL if one is running, or without memory (the job is
 *  the caller's then). */
view_run *view_runs_add(view_runs *runs, view_job *job);
/** Start a run again from where it stopped. False if it was not stopped, or another is running. */
bool view_runs_resume(view_runs *runs, view_run *run);
/** Do the run that waits, in this thread; the lock is held, but not while it runs. */
void view_runs_step(view_runs *runs);

/** The run of a number, NULL if there is none (any more). */
view_run *view_runs_find(const view_runs *runs, int number);
/** Whether one is running. */
bool view_runs_busy(const view_runs *runs);
/** The newest result of the requests of a file, to be dropped; NULL if there is none. */
view_outcome *view_runs_newest_solve(const view_runs *runs);

/** Document of the event `run`. NULL without memory. */
json_t *view_run_json(const view_run *run);
/** What the run's own document has besides. */
json_t *view_run_facts(const view_run *run);

/** Tell all pages where a run stands. */
void view_run_tell(const view_runs *runs, const view_run *run);

/** Do the job of a run: read, solve, judge. Called by the thread of runs, the lock not held.
 *  @param checkpoint  file to go on from and to write
 *  @param outcome     also of what was interrupted; NULL if nothing came out */
alicorn_status view_run_execute(view_runs *runs, view_run *run, const char *checkpoint,
                                view_outcome **outcome, alicorn_error *error);

#endif
