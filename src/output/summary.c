/* SPDX-License-Identifier: Apache-2.0 */
#include "output/summary.h"

#include "alicorn/output.h"
#include "base/error.h"
#include "output/isolation.h"
#include "output/jobs.h"
#include "output/text_format.h"
#include "output/writer.h"

#include <math.h>
#include <string.h>

void ali_summary_print_table(ali_summary *summary, ali_text_table *table)
{
    ali_text_table_print(table, 2, summary->faint, summary->normal, summary->out);
    fputc('\n', summary->out);
    summary->failed |= table->failed;
    ali_text_table_clear(table);
}

double ali_summary_reflection(const alicorn_solve_result *solve, size_t i)
{
    size_t port = ali_driven_port(solve) ? (size_t)solve->driven_port : i;
    if (port >= solve->ports.count)
        return NAN;
    return ali_reflection(solve->sources[i].impedance, solve->ports.z0[port]);
}

double ali_summary_efficiency(const alicorn_solve_result *solve)
{
    return solve->power.input > 0 ? solve->power.radiated / solve->power.input : NAN;
}

static void print_ground(FILE *out, const ali_ground *ground)
{
    switch (ground->kind) {
    case ALI_GROUND_NONE:
        fputs("free space", out);
        break;
    case ALI_GROUND_PEC:
        fputs("perfect ground", out);
        break;
    case ALI_GROUND_REFLECTION:
        fprintf(out, "ground εr %.4g, σ %.4g S/m (reflection coefficients)", ground->medium.eps_r,
                ground->medium.sigma);
        break;
    case ALI_GROUND_SOMMERFELD:
        fprintf(out, "ground εr %.4g, σ %.4g S/m", ground->medium.eps_r, ground->medium.sigma);
        break;
    }
}

/** First line of the job's comment that says something, at most 78 characters. */
static void print_title(const ali_summary *summary, const ali_job *job)
{
    const char *title = job->model->comment ? job->model->comment : "";
    title += strspn(title, " \t\r\n");
    size_t length = strcspn(title, "\r\n");
    size_t columns = 0, end = 0;
    while (end < length) {
        columns += ((unsigned char)title[end] & 0xC0) != 0x80;
        if (columns > 78)
            break;
        end++;
    }
    const char *name = job->model->name[0] ? job->model->name : "model";
    fprintf(summary->out, "%s%s", summary->strong, name);
    if (summary->model->next)
        fprintf(summary->out, ", structure %zu", job->number);
    fprintf(summary->out, "%s\n", summary->normal);
    if (end > 0)
        fprintf(summary->out, "%.*s%s\n", (int)end, title, end < length ? "…" : "");
}

/** "2 segments in 1 wire", behind `before`. */
static void print_count(FILE *out, const char *before, size_t count, const char *piece,
                        size_t whole_count, const char *whole)
{
    fprintf(out, "%s%zu %s%s in %zu %s%s", before, count, piece, count == 1 ? "" : "s", whole_count,
            whole, whole_count == 1 ? "" : "s");
}

static void print_header(const ali_summary *summary, const ali_job *job)
{
    const ali_model *model = job->model;
    bool wires = model->segment_count > 0 || model->triangle_count == 0;
    print_title(summary, job);
    if (wires)
        print_count(summary->out, "", model->segment_count, "segment", model->wire_count, "wire");
    if (model->triangle_count > 0)
        print_count(summary->out, wires ? ", " : "", model->triangle_count, "triangle",
                    model->surface_count, "surface");
    /* several tasks have a line each */
    if (alicorn_model_task_count(summary->model) == 1 && model->task_count == 1) {
        fputs(", ", summary->out);
        print_ground(summary->out, &model->tasks[0].ground);
    }
    fputs("\n", summary->out);
}

/** Number of solves at the group's first frequency, if ports are driven in turn and every frequency
 * has the same ones in the same order; else 1. */
static size_t count_turns(const alicorn_result *result, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(result, group.first);
    size_t turns = 1;
    while (turns < group.count &&
           alicorn_result_solve(result, group.first + turns)->driven_port != head->driven_port)
        turns++;
    for (size_t i = 0; i < group.count; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, group.first + i);
        const alicorn_solve_result *first = alicorn_result_solve(result, group.first + i % turns);
        if (!ali_driven_port(solve) || solve->driven_port != first->driven_port)
            return 1;
    }
    return group.count % turns ? 1 : turns;
}

/** Solves from `first` on that belong to the same task and kind of drive. */
static ali_summary_group next_group(const alicorn_result *result, size_t first)
{
    ali_summary_group group = {first, 1, 1};
    const alicorn_solve_result *head = alicorn_result_solve(result, first);
    size_t total = alicorn_result_count(result);
    for (; first + group.count < total; group.count++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, first + group.count);
        if (solve->task != head->task || solve->driven != head->driven)
            break;
    }
    group.turns = count_turns(result, group);
    return group;
}

/** "Task 2: perfect ground", where there is more than one. */
static void print_task(const ali_summary *summary, size_t index)
{
    const ali_task *task = ali_job_task(summary->model, index);
    if (alicorn_model_task_count(summary->model) < 2 || !task)
        return;
    fprintf(summary->out, "%sTask %zu%s: ", summary->strong, index + 1, summary->normal);
    print_ground(summary->out, &task->ground);
    fputc('\n', summary->out);
}

static void print_group(ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    print_task(summary, head->task);
    if (head->driven == 2 || head->driven == 4)
        ali_summary_waves(summary, group);
    else
        ali_summary_sources(summary, group);
    ali_summary_isolation(summary, group);
    ali_summary_coupling(summary, group);
    ali_summary_highlights(summary, group);
    ali_summary_numerics(summary, group);
}

static alicorn_status print_summary(ali_summary *summary, alicorn_error *error)
{
    size_t total = alicorn_result_count(summary->result), job_before = 0;
    if (total == 0) {
        print_header(summary, &(ali_job){.model = summary->model, .number = 1});
        fputs("\nNothing was solved.\n", summary->out);
    }
    for (size_t first = 0; first < total;) {
        ali_summary_group group = next_group(summary->result, first);
        size_t task = alicorn_result_solve(summary->result, first)->task;
        ali_job job = ali_job_of_task(summary->model, task);
        if (first > 0)
            fputc('\n', summary->out);
        if (job.number != job_before && job.model) {
            print_header(summary, &job);
            fputc('\n', summary->out);
        }
        job_before = job.number;
        print_group(summary, group);
        first += group.count;
    }
    if (summary->failed)
        return ali_error_memory(error, ALI_TEXT_CELL, "the summary's tables");
    return ALICORN_OK;
}

alicorn_status alicorn_write_summary(const alicorn_model *model, const alicorn_result *result,
                                     int color, FILE *stream, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "summary", error);
    if (status != ALICORN_OK)
        return status;
    ali_summary summary = {.out = stream,
                           .model = model,
                           .result = result,
                           .strong = color ? "\033[1m" : "",
                           .faint = color ? "\033[2m" : "",
                           .normal = color ? "\033[0m" : ""};
    status = print_summary(&summary, error);
    return ali_writer_end(&writer, status, error);
}
