/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_MONITOR_H
#define ALI_SOLVER_MONITOR_H

#include "base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/** What the worker threads of one stage share: progress, the first failure, and whether to go on.
 */
typedef struct ali_monitor {
    alicorn_progress_fn progress; /**< may be NULL */
    void *user;
    const char *stage;
    size_t done, total;    /**< in units of the stage */
    atomic_bool stopped;   /**< workers return at once when set */
    alicorn_status status; /**< of the first failure */
    alicorn_error error;
    double largest; /**< a maximum that the workers gather */
#ifdef _OPENMP
    omp_lock_t lock; /**< guards everything but `stopped` */
#endif
} ali_monitor;

void ali_monitor_begin(ali_monitor *monitor, alicorn_progress_fn progress, void *user,
                       const char *stage, size_t total);

/** Workers: shall the next piece of work be skipped? */
bool ali_monitor_stopped(ali_monitor *monitor);

/** Workers: a piece of work is done; `value` joins the maximum. Asks the caller's progress
 * function. */
void ali_monitor_advance(ali_monitor *monitor, size_t units, double value);

/** Workers: a piece of work failed; error may be NULL for the status alone. */
void ali_monitor_fail(ali_monitor *monitor, alicorn_status status, const alicorn_error *error);

/** All workers have ended: the stage's status, with the first failure's error copied to *error. */
alicorn_status ali_monitor_end(ali_monitor *monitor, alicorn_error *error);

#endif
