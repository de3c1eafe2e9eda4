/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/monitor.h"

#include <string.h>

static void lock(ali_monitor *monitor)
{
#ifdef _OPENMP
    omp_set_lock(&monitor->lock);
#else
    (void)monitor;
#endif
}

static void unlock(ali_monitor *monitor)
{
#ifdef _OPENMP
    omp_unset_lock(&monitor->lock);
#else
    (void)monitor;
#endif
}

/** The first failure counts; the lock is held. */
static void stop(ali_monitor *monitor, alicorn_status status, const alicorn_error *error)
{
    if (monitor->status == ALICORN_OK) {
        monitor->status = status;
        if (error)
            monitor->error = *error;
    }
    atomic_store(&monitor->stopped, true);
}

void ali_monitor_begin(ali_monitor *monitor, alicorn_progress_fn progress, void *user,
                       const char *stage, size_t total)
{
    memset(monitor, 0, sizeof *monitor);
    monitor->progress = progress;
    monitor->user = user;
    monitor->stage = stage;
    monitor->total = total;
    monitor->status = ALICORN_OK;
    atomic_init(&monitor->stopped, false);
#ifdef _OPENMP
    omp_init_lock(&monitor->lock);
#endif
}

bool ali_monitor_stopped(ali_monitor *monitor)
{
    return atomic_load_explicit(&monitor->stopped, memory_order_relaxed);
}

void ali_monitor_advance(ali_monitor *monitor, size_t units, double value)
{
    lock(monitor);
    monitor->done += units;
    monitor->largest = value > monitor->largest ? value : monitor->largest;
    if (monitor->progress && !ali_monitor_stopped(monitor) &&
        monitor->progress(monitor->user, monitor->stage, monitor->done, monitor->total) != 0)
        stop(monitor, ALICORN_E_INTERRUPTED, NULL);
    unlock(monitor);
}

void ali_monitor_fail(ali_monitor *monitor, alicorn_status status, const alicorn_error *error)
{
    lock(monitor);
    stop(monitor, status, error);
    unlock(monitor);
}

alicorn_status ali_monitor_end(ali_monitor *monitor, alicorn_error *error)
{
#ifdef _OPENMP
    omp_destroy_lock(&monitor->lock);
#endif
    if (monitor->status == ALICORN_E_INTERRUPTED)
        return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted during %s", monitor->stage);
    if (monitor->status != ALICORN_OK && error)
        *error = monitor->error;
    return monitor->status;
}
