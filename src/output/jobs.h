/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_JOBS_H
#define ALI_OUTPUT_JOBS_H

#include "model/model.h"

/** @file
 *  A deck can hold several jobs, each with its own structure (NEC NX); results number the tasks
 * over all of them. */

/** One job of a deck. */
typedef struct ali_job {
    const ali_model *model; /**< NULL if there is no such job */
    size_t number;          /**< from 1 */
    size_t first_task;      /**< number of tasks in the jobs before it */
} ali_job;

/** The job that a task (counted over all jobs) belongs to. */
ali_job ali_job_of_task(const ali_model *model, size_t task);

/** That task, NULL if there is none. */
const ali_task *ali_job_task(const ali_model *model, size_t task);

/** Name of the `number`-th (from 1) surface of the job that a task belongs to, "" if there is none.
 */
const char *ali_job_surface_name(const ali_model *model, size_t task, size_t number);

#endif
