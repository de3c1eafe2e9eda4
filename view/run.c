/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- outcomes ---- */

view_outcome *view_outcome_keep(view_outcome *outcome)
{
    if (outcome)
        atomic_fetch_add(&outcome->references, 1);
    return outcome;
}

void view_outcome_drop(view_outcome *outcome)
{
    if (!outcome || atomic_fetch_sub(&outcome->references, 1) != 1)
        return;
    alicorn_check_destroy(outcome->check);
    alicorn_cosite_result_destroy(outcome->cosite);
    alicorn_result_destroy(outcome->result);
    alicorn_model_destroy(outcome->model);
    free(outcome);
}

/* ---- documents ---- */

static const char *what_text(view_what what)
{
#define WHAT_TEXT(name, text) text,
    static const char *const texts[] = {VIEW_WHAT_TABLE(WHAT_TEXT)};
#undef WHAT_TEXT
    return texts[what];
}

json_t *view_run_json(const view_run *run)
{
    static const char *const states[] = {"running", "finished", "stopped", "failed"};
    return json_pack("{s:i, s:s, s:s, s:{s:I, s:I, s:s}, s:s, s:O}", "run", run->number, "what",
                     what_text(run->job.what), "state", states[run->state], "progress", "done",
                     (json_int_t)run->done, "total", (json_int_t)run->total, "stage", run->stage,
                     "sha256", run->job.source.text->sha256, "set", run->job.source.set);
}

json_t *view_run_facts(const view_run *run)
{
    const view_session *session = run->job.source.session;
    json_t *facts = view_run_json(run);
    bool failed = run->state == VIEW_FAILED_RUN;
    if (!facts)
        return NULL;
    json_object_set_new(facts, "error",
                        failed ? view_error_json(view_status_name(run->error.code), &run->error,
                                                 session->path, session->folder)
                               : json_null());
    json_object_set_new(facts, "started", json_real(run->started));
    json_object_set_new(facts, "seconds",
                        run->state == VIEW_RUNNING ? json_null() : json_real(run->seconds));
    return facts;
}

void view_run_tell(const view_runs *runs, const view_run *run)
{
    json_t *document = view_run_json(run);
    char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
    if (text)
        view_events_send(runs->events, "run", text, strlen(text));
    free(text);
    json_decref(document);
}

/* ---- the list ---- */

static void forget_solves(view_run *run)
{
    for (size_t i = 0; i < run->solve_count; i++)
        free(run->solves[i]);
    free(run->solves);
    run->solves = NULL;
    run->solve_count = run->solve_capacity = run->solve_bytes = 0;
}

static void checkpoint_name(const view_runs *runs, const view_run *run, char *name, size_t size)
{
    snprintf(name, size, "%s/run-%d", runs->folder, run->number);
}

static void destroy_run(const view_runs *runs, view_run *run)
{
    char name[128];
    checkpoint_name(runs, run, name, sizeof name);
    if (runs->folder[0])
        unlink(name);
    forget_solves(run);
    view_outcome_drop(run->outcome);
    view_job_clear(&run->job);
    free(run);
}

/** Forget the oldest, until there is room for one more. */
static void make_room(view_runs *runs)
{
    size_t kept = 0;
    view_run **link = &runs->newest;
    while (*link && ++kept < VIEW_RUNS_MAX)
        link = &(*link)->older;
    while (*link) {
        view_run *oldest = *link;
        *link = oldest->older;
        destroy_run(runs, oldest);
    }
}

static double seconds_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/** Let the thread have a run. */
static void launch(view_runs *runs, view_run *run)
{
    run->state = VIEW_RUNNING;
    run->done = run->total = 0;
    run->stage[0] = '\0';
    atomic_store(&run->stop, false);
    runs->next = run;
    pthread_cond_signal(&runs->wanted);
    view_run_tell(runs, run);
}

bool view_runs_busy(const view_runs *runs)
{
    for (const view_run *run = runs->newest; run; run = run->older)
        if (run->state == VIEW_RUNNING)
            return true;
    return false;
}

view_run *view_runs_add(view_runs *runs, view_job *job)
{
    view_run *run = view_runs_busy(runs) ? NULL : calloc(1, sizeof *run);
    if (!run)
        return NULL;
    make_room(runs);
    run->job = *job;
    *job = (view_job){0};
    run->number = ++runs->last_number;
    run->started = seconds_of(CLOCK_REALTIME);
    run->older = runs->newest;
    atomic_init(&run->stop, false);
    runs->newest = run;
    launch(runs, run);
    return run;
}

bool view_runs_resume(view_runs *runs, view_run *run)
{
    if (run->state != VIEW_STOPPED || view_runs_busy(runs))
        return false;
    view_outcome_drop(run->outcome);
    run->outcome = NULL;
    launch(runs, run);
    return true;
}

view_run *view_runs_find(const view_runs *runs, int number)
{
    view_run *run = runs->newest;
    while (run && run->number != number)
        run = run->older;
    return run;
}

view_outcome *view_runs_newest_solve(const view_runs *runs)
{
    for (const view_run *run = runs->newest; run; run = run->older)
        if (run->job.what == VIEW_SOLVE && run->state == VIEW_FINISHED && run->outcome)
            return view_outcome_keep(run->outcome);
    return NULL;
}

/* ---- the thread ---- */

/** A folder that nobody else looks into, made when it is needed first. */
static bool make_folder(view_runs *runs)
{
    if (!runs->folder[0]) {
        snprintf(runs->folder, sizeof runs->folder, "/tmp/alicorn-view-XXXXXX");
        if (!mkdtemp(runs->folder))
            runs->folder[0] = '\0';
    }
    return runs->folder[0] != '\0';
}

static void run_one(view_runs *runs, view_run *run)
{
    char checkpoint[128];
    view_outcome *outcome = NULL;
    alicorn_error error = {0};
    bool kept = make_folder(runs);
    double start = seconds_of(CLOCK_MONOTONIC);
    checkpoint_name(runs, run, checkpoint, sizeof checkpoint);
    pthread_mutex_unlock(runs->lock);
    alicorn_status status = view_run_execute(runs, run, kept ? checkpoint : NULL, &outcome, &error);
    pthread_mutex_lock(runs->lock);
    run->seconds += seconds_of(CLOCK_MONOTONIC) - start;
    run->error = error;
    run->error.code = status;
    run->outcome = outcome;
    forget_solves(run);
    run->state = status == ALICORN_OK              ? VIEW_FINISHED
                 : status == ALICORN_E_INTERRUPTED ? VIEW_STOPPED
                                                   : VIEW_FAILED_RUN;
    if (run->state != VIEW_STOPPED && kept)
        unlink(checkpoint);
    view_run_tell(runs, run);
}

void view_runs_step(view_runs *runs)
{
    view_run *run = runs->next;
    runs->next = NULL;
    if (run)
        run_one(runs, run);
}

static void *work(void *user)
{
    view_runs *runs = user;
    pthread_mutex_lock(runs->lock);
    while (!runs->closing) {
        if (runs->next)
            view_runs_step(runs);
        else
            pthread_cond_wait(&runs->wanted, runs->lock);
    }
    pthread_mutex_unlock(runs->lock);
    return NULL;
}

bool view_runs_start(view_runs *runs)
{
    runs->has_thread = pthread_create(&runs->thread, NULL, work, runs) == 0;
    return runs->has_thread;
}

void view_runs_end(view_runs *runs)
{
    pthread_mutex_lock(runs->lock);
    runs->closing = true;
    for (view_run *run = runs->newest; run; run = run->older)
        atomic_store(&run->stop, true);
    pthread_cond_signal(&runs->wanted);
    pthread_mutex_unlock(runs->lock);
    if (runs->has_thread)
        pthread_join(runs->thread, NULL);
    while (runs->newest) {
        view_run *run = runs->newest;
        runs->newest = run->older;
        destroy_run(runs, run);
    }
    if (runs->folder[0])
        rmdir(runs->folder);
}
