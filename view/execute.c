/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** @file
 *  What the thread of runs does: it reads, solves and judges as the commands of the terminal do. */

/** Shortest time between two words about progress [s]. */
static const double TELL_EVERY_S = 0.1;

/** One execution. Callbacks of the library use it, which never come two at once. */
typedef struct execution {
    view_runs *runs;
    view_run *run;
    view_outcome *outcome;
    double told; /**< when progress was told last [s] */
} execution;

static int on_progress(void *user, const char *stage, size_t done, size_t total)
{
    execution *e = user;
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    double now = (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
    if (now - e->told >= TELL_EVERY_S || done == total) {
        pthread_mutex_lock(e->runs->lock);
        e->run->done = done;
        e->run->total = total;
        snprintf(e->run->stage, sizeof e->run->stage, "%s", stage);
        if (now - e->told >= TELL_EVERY_S) {
            view_run_tell(e->runs, e->run);
            e->told = now;
        }
        pthread_mutex_unlock(e->runs->lock);
    }
    const view_options *options = e->run->job.source.session->options;
    return atomic_load(&e->run->stop) ||
           (options->progress && options->progress(options->progress_user, stage, done, total));
}

/** Keep the document of a solve, which is taken over, as long as there is room. */
static void keep_solve(view_run *run, char *text, size_t size)
{
    if (run->solve_count == run->solve_capacity) {
        size_t capacity = 2 * run->solve_capacity + 16;
        char **more = realloc(run->solves, capacity * sizeof *more);
        if (!more) {
            free(text);
            return;
        }
        run->solves = more;
        run->solve_capacity = capacity;
    }
    if (run->solve_bytes + size > VIEW_SOLVES_BYTES) {
        free(text);
        return;
    }
    run->solves[run->solve_count++] = text;
    run->solve_bytes += size;
}

/** Tell all pages of a solve that is finished. Those of an earlier part of the run they know. */
static void on_solved(void *user, const alicorn_solve_result *solve, int recalled)
{
    execution *e = user;
    char *event = NULL;
    size_t size = 0, begin = 0;
    FILE *stream = open_memstream(&event, &size);
    if (!stream)
        return;
    fprintf(stream, "{\"run\":%d,\"solve\":", e->run->number);
    fflush(stream);
    begin = size;
    alicorn_status status = alicorn_write_solve_json(e->outcome->model, solve, stream, NULL);
    size_t end = size;
    fputc('}', stream);
    if (fclose(stream) != 0 || status != ALICORN_OK) {
        free(event);
        return;
    }
    pthread_mutex_lock(e->runs->lock);
    if (!recalled)
        view_events_send(e->runs->events, "solve", event, size);
    if (solve->unknowns > e->run->unknowns)
        e->run->unknowns = solve->unknowns;
    memmove(event, event + begin, end - begin);
    event[end - begin] = '\0';
    keep_solve(e->run, event, end - begin);
    pthread_mutex_unlock(e->runs->lock);
}

/** The first error of a text, with its place. */
static void keep_first_error(void *user, const alicorn_diagnostic *finding)
{
    alicorn_error *error = user;
    if (finding->severity != ALICORN_ERROR || error->message[0])
        return;
    error->line = finding->line;
    error->column = finding->column;
    snprintf(error->message, sizeof error->message, "%s", finding->message);
    snprintf(error->file, sizeof error->file, "%s", finding->file ? finding->file : "");
}

static alicorn_status read_model(const view_job *job, alicorn_model **model, alicorn_error *error)
{
    alicorn_error first = {0};
    alicorn_read_options options = view_source_options(&job->source);
    options.undriven = job->what == VIEW_RCS;
    options.requirements = job->what == VIEW_CHECK;
    options.report = keep_first_error;
    options.report_user = &first;
    alicorn_status status = alicorn_model_parse(job->source.text->bytes, job->source.text->length,
                                                job->source.session->path, &options, model, error);
    if (status != ALICORN_OK && first.message[0]) {
        *error = first;
        error->code = status;
    }
    if (status == ALICORN_OK && job->frequency_hz > 0.0)
        status = alicorn_model_set_frequency(*model, job->frequency_hz, error);
    return status;
}

static alicorn_status solve(execution *e, const char *checkpoint, alicorn_error *error)
{
    const view_job *job = &e->run->job;
    view_outcome *outcome = e->outcome;
    alicorn_options options = *job->source.session->options->solver;
    options.progress = on_progress;
    options.progress_user = e;
    options.solved = on_solved;
    options.solved_user = e;
    options.report = NULL;
    options.planned = NULL;
    options.checkpoint = checkpoint;
    options.resume = checkpoint != NULL;
    if (job->what != VIEW_RCS)
        return alicorn_solve(outcome->model, &options, &outcome->result, error);
    const alicorn_rcs_request request = {
        .theta = job->theta,
        .phi = job->phi,
        .frequencies_hz = job->rcs_frequency_count > 0 ? job->rcs_frequencies : NULL,
        .frequency_count = job->rcs_frequency_count};
    return alicorn_solve_rcs(outcome->model, &request, &options, &outcome->result, error);
}

static alicorn_status check(execution *e, const char *checkpoint, alicorn_error *error)
{
    view_outcome *outcome = e->outcome;
    alicorn_status status = ALICORN_OK;
    if (alicorn_model_task_count(outcome->model) > 0)
        status = solve(e, checkpoint, error);
    return status == ALICORN_OK
               ? alicorn_check_requirements(outcome->model, outcome->result, &outcome->check, error)
               : status;
}

/** Give platforms without S that of the newest solve. */
static alicorn_status give_networks(const execution *e, alicorn_radios *radios,
                                    alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    pthread_mutex_lock(e->runs->lock);
    view_outcome *newest = view_runs_newest_solve(e->runs);
    pthread_mutex_unlock(e->runs->lock);
    for (size_t i = 0; i < alicorn_radios_platform_count(radios) && status == ALICORN_OK; i++) {
        alicorn_network *network = NULL;
        if (alicorn_radios_has_network(radios, i))
            continue;
        if (!newest)
            status = view_fail(error, ALICORN_E_USAGE,
                               "the platform '%.60s' has no S, and nothing is solved yet",
                               alicorn_radios_platform(radios, i));
        else
            status = alicorn_network_from_result(newest->result, 0, &network, error);
        if (status == ALICORN_OK)
            status = alicorn_radios_set_network(radios, alicorn_radios_platform(radios, i), network,
                                                error);
    }
    view_outcome_drop(newest);
    return status;
}

static alicorn_status cosite(execution *e, alicorn_error *error)
{
    const view_job *job = &e->run->job;
    const view_session *session = job->source.session;
    alicorn_error first = {0};
    alicorn_read_options read = view_source_options(&job->source);
    alicorn_cosite_options options;
    alicorn_radios *radios = NULL;
    char name[4096];
    /* those values are of the file's variables, not of the radios' */
    read.set_count = 0;
    read.report = keep_first_error;
    read.report_user = &first;
    if (job->radios_path)
        snprintf(name, sizeof name, "%s", job->radios_path);
    else
        snprintf(name, sizeof name, "%.*sradios.yaml", (int)session->folder, session->path);
    alicorn_status status =
        alicorn_radios_parse(job->radios->bytes, job->radios->length, name, &read, &radios, error);
    if (status != ALICORN_OK && first.message[0]) {
        *error = first;
        error->code = status;
    }
    if (status == ALICORN_OK)
        status = give_networks(e, radios, error);
    alicorn_cosite_options_default(&options);
    options.progress = on_progress;
    options.progress_user = e;
    if (status == ALICORN_OK)
        status = alicorn_cosite_run(radios, &options, &e->outcome->cosite, error);
    alicorn_radios_destroy(radios);
    return status;
}

/** Whether there is something in it that a document can be made of. */
static bool has_content(const view_outcome *outcome, view_what what)
{
    switch (what) {
    case VIEW_CHECK:
        return outcome->check != NULL;
    case VIEW_COSITE:
        return outcome->cosite != NULL;
    default:
        return outcome->result != NULL;
    }
}

alicorn_status view_run_execute(view_runs *runs, view_run *run, const char *checkpoint,
                                view_outcome **outcome, alicorn_error *error)
{
    execution e = {.runs = runs, .run = run, .outcome = calloc(1, sizeof *e.outcome)};
    *outcome = NULL;
    if (!e.outcome)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    atomic_init(&e.outcome->references, 1);
    alicorn_status status = ALICORN_OK;
    if (run->job.what == VIEW_COSITE) {
        status = cosite(&e, error);
    } else {
        status = read_model(&run->job, &e.outcome->model, error);
        if (status == ALICORN_OK && atomic_load(&run->stop))
            status = view_fail(error, ALICORN_E_INTERRUPTED, "interrupted");
        if (status == ALICORN_OK)
            status = run->job.what == VIEW_CHECK ? check(&e, checkpoint, error)
                                                 : solve(&e, checkpoint, error);
    }
    if (has_content(e.outcome, run->job.what))
        *outcome = e.outcome;
    else
        view_outcome_drop(e.outcome);
    return status;
}
