/* SPDX-License-Identifier: Apache-2.0 */
#include "output/jobs.h"

ali_job ali_job_of_task(const ali_model *model, size_t task)
{
    ali_job job = {.model = model, .number = 1};
    while (job.model && task - job.first_task >= job.model->task_count) {
        job.first_task += job.model->task_count;
        job.number++;
        job.model = job.model->next;
    }
    return job;
}

const ali_task *ali_job_task(const ali_model *model, size_t task)
{
    ali_job job = ali_job_of_task(model, task);
    return job.model ? &job.model->tasks[task - job.first_task] : NULL;
}

const char *ali_job_surface_name(const ali_model *model, size_t task, size_t number)
{
    const ali_model *job = ali_job_of_task(model, task).model;
    const char *name = NULL;
    if (job && number >= 1 && number <= job->surface_count)
        name = job->surfaces[number - 1].name;
    return name ? name : "";
}
