/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/solve.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/blas.h"
#include "study/adaptive.h"
#include "study/checkpoint.h"
#include "study/predict.h"
#include "study/result.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Residual at which refinement stops: far below the error of any discretisation, one step earlier
 * than rounding; in small systems, where a step costs little, at rounding for all that matters. */
static const double RESIDUAL_TARGET = 1e-10, SMALL_TARGET = 1e-13;
/** Unknowns up to which a system is small. */
enum { SMALL_SYSTEM = 1200 };

/** One call of alicorn_solve. */
typedef struct solve_run {
    const alicorn_options *options;
    ali_plan plan;
    alicorn_result *result;
    bool *done;                 /**< [plan.unit_count] */
    ali_checkpoint *checkpoint; /**< NULL if none is wanted, or no more */
    ali_adaptive *adaptive;     /**< NULL: every unit is solved */
    size_t *round;              /**< [round_count] units to be solved now; room for all */
    size_t round_count;
    omp_lock_t lock; /**< held while a unit is noted as finished */
    int threads;
    size_t finished;
    size_t expected;       /**< units that will be finished, as far as is known */
    alicorn_status status; /**< of the first failure */
    alicorn_error *error;
} solve_run;

/** Progress within a frequency of a sweep, of several at once perhaps: nothing but a chance to
 * interrupt it. */
static int keep_asking(void *user, const char *stage, size_t done, size_t total)
{
    solve_run *run = user;
    (void)stage, (void)done, (void)total;
    omp_set_lock(&run->lock);
    int stop = run->status || run->options->progress(run->options->progress_user, "frequency",
                                                     run->finished, run->expected);
    omp_unset_lock(&run->lock);
    return stop;
}

/** Whether a unit is the first of its structure. */
static bool is_first(const solve_run *run, const ali_plan_unit *unit)
{
    return unit == run->plan.units || unit[-1].structure != unit->structure;
}

/** Solve one unit and answer all its tasks. */
static alicorn_status run_unit(solve_run *run, const ali_plan_unit *planned, int threads,
                               alicorn_error *error)
{
    const ali_structure *structure = &run->plan.structures[planned->structure];
    ali_solver_options solver_options;
    ali_solver_options_default(&solver_options);
    solver_options.threads = threads;
    solver_options.mixed = run->options->mixed_precision;
    solver_options.memory_limit = run->plan.memory_limit - run->plan.shared_bytes;
    solver_options.mixed_from = ali_structure_mixed_from(structure);
    solver_options.target = structure->unknowns < SMALL_SYSTEM ? SMALL_TARGET : RESIDUAL_TARGET;
    if (run->options->progress) {
        bool sweep = run->expected > 1;
        solver_options.progress = sweep ? keep_asking : run->options->progress;
        solver_options.progress_user = sweep ? run : run->options->progress_user;
    }
    ali_unit unit;
    alicorn_status status = ali_unit_create(structure, planned->frequency, run->options, threads,
                                            &solver_options, &unit, error);
    if (status)
        return status;
    if (is_first(run, planned))
        unit.shared_s = structure->near_s;
    for (size_t i = 0; i < planned->slot_count && !status; i++) {
        const ali_plan_slot *slot = &planned->slots[i];
        status = ali_answer_task(&unit, slot->task, slot->task_index, run->options,
                                 run->result->solves + slot->first_result, error);
    }
    ali_unit_clear(&unit);
    return status;
}

static void report(const solve_run *run, alicorn_severity severity, const char *name,
                   const char *file, const char *message)
{
    alicorn_diagnostic diagnostic = {
        .severity = severity, .name = name, .message = message, .file = file};
    if (run->options->report)
        run->options->report(run->options->report_user, &diagnostic);
}

/** Keep a finished unit. A checkpoint that cannot be written is no reason to lose the run. */
static void save_unit(solve_run *run, size_t index)
{
    alicorn_error error;
    if (!run->checkpoint ||
        !ali_checkpoint_append(run->checkpoint, &run->plan, index, run->result->solves, &error))
        return;
    report(run, ALICORN_WARNING, "checkpoint-failed", run->options->checkpoint, error.message);
    ali_checkpoint_close(run->checkpoint);
    run->checkpoint = NULL;
}

/** Show the caller a unit that is finished. */
static void tell_unit(const solve_run *run, size_t index, int recalled)
{
    const alicorn_options *options = run->options;
    const ali_plan_unit *unit = &run->plan.units[index];
    for (size_t i = 0; options->solved && i < unit->slot_count; i++)
        for (size_t k = 0; k < ali_answer_count(unit->slots[i].task); k++)
            options->solved(options->solved_user,
                            &run->result->solves[unit->slots[i].first_result + k], recalled);
}

/** Show the caller what was interpolated. */
static void tell_interpolated(const solve_run *run)
{
    const alicorn_result *result = run->result;
    for (size_t i = 0; run->options->solved && i < result->count; i++)
        if (result->solves[i].interpolated)
            run->options->solved(run->options->solved_user, &result->solves[i], 0);
}

/** Let no thread start on another unit. They look without the lock. */
static void stop_run(solve_run *run, alicorn_status status)
{
#pragma omp atomic write
    run->status = (alicorn_status)status; /* without the cast gcc 12 takes it for unused */
}

/** Note that a unit is finished; interrupt if the caller wants so. Called by one thread at a time.
 */
static void finish_unit(solve_run *run, size_t index, alicorn_status status,
                        const alicorn_error *error)
{
    run->done[index] = status == ALICORN_OK;
    run->finished++;
    if (!status) {
        save_unit(run, index);
        tell_unit(run, index, 0);
    }
    if (status && !run->status) {
        stop_run(run, status);
        if (run->error)
            *run->error = *error;
    }
    const alicorn_options *options = run->options;
    if (!run->status && options->progress &&
        options->progress(options->progress_user, "frequency", run->finished, run->expected))
        stop_run(run, ali_error_set(run->error, ALICORN_E_INTERRUPTED, "interrupted"));
}

/** Solve unit i with a number of threads, unless it is done or another has failed. */
static void run_one(solve_run *run, size_t i, int threads)
{
    alicorn_status stopped;
    alicorn_error error = {0};
#pragma omp atomic read
    stopped = run->status;
    if (stopped || run->done[i])
        return;
    alicorn_status status = run_unit(run, &run->plan.units[i], threads, &error);
    omp_set_lock(&run->lock); /* of this call: another solve in this process is not held up */
    finish_unit(run, i, status, &error);
    omp_unset_lock(&run->lock);
}

/** Solve the units of the round. */
static void run_round(solve_run *run)
{
    int at_once = ali_plan_units_at_once(&run->plan, run->round_count, run->threads);
    int each = at_once > 1 ? 1 : run->threads;
    /* for regions that do not say how many; whoever calls BLAS holds it to one thread meanwhile */
    int former = omp_get_max_threads();
    omp_set_num_threads(each);
    /* Not even a team of one around the teams within: libgomp keeps the threads of outermost teams
     * only, and would start those of every inner one anew. */
    if (at_once == 1) {
        for (size_t i = 0; i < run->round_count; i++)
            run_one(run, run->round[i], each);
    } else {
#pragma omp parallel for schedule(dynamic) num_threads(at_once)
        for (size_t i = 0; i < run->round_count; i++)
            run_one(run, run->round[i], each);
    }
    omp_set_num_threads(former);
}

/** Units to be solved next; none at the end. */
static alicorn_status next_round(solve_run *run)
{
    const ali_plan *plan = &run->plan;
    alicorn_status status = ALICORN_OK;
    run->round_count = 0;
    if (run->adaptive)
        status = ali_adaptive_next(run->adaptive, run->result->solves, run->done, run->round,
                                   &run->round_count, run->error);
    for (size_t i = 0; i < plan->unit_count && !run->adaptive; i++)
        if (!run->done[i])
            run->round[run->round_count++] = i;
    run->expected = run->finished + run->round_count;
    return status;
}

/** Solve all that is needed, round by round, and interpolate the rest of adaptive sweeps. */
static void run_units(solve_run *run)
{
    if (!run->status)
        run->status = next_round(run);
    while (!run->status && run->round_count > 0) {
        run_round(run);
        if (!run->status)
            run->status = next_round(run);
    }
    alicorn_result *result = run->result;
    if (!run->status && run->adaptive) {
        run->status = ali_adaptive_finish(run->adaptive, result->solves, &result->sweeps,
                                          &result->sweep_count, run->error);
        if (!run->status)
            tell_interpolated(run);
    }
}

/** Keep finished solves only, in order; what an unfinished unit left is freed. */
static void keep_finished(solve_run *run)
{
    alicorn_result *result = run->result;
    bool *keep = ali_calloc(result->count, sizeof *keep);
    for (size_t u = 0; keep && u < run->plan.unit_count; u++)
        for (size_t i = 0; run->done[u] && i < run->plan.units[u].slot_count; i++) {
            const ali_plan_slot *slot = &run->plan.units[u].slots[i];
            memset(keep + slot->first_result, true, ali_answer_count(slot->task));
        }
    size_t kept = 0;
    for (size_t i = 0; i < result->count; i++) {
        if (keep && keep[i])
            result->solves[kept++] = result->solves[i];
        else
            ali_solve_result_clear(&result->solves[i]);
    }
    result->count = kept;
    free(keep);
}

/** Integrate what no frequency changes, of the structures that still have something to do. */
static alicorn_status integrate_structures(solve_run *run)
{
    const alicorn_options *options = run->options;
    bool *wanted = ali_calloc(run->plan.structure_count, sizeof *wanted);
    alicorn_status status = ALICORN_OK;
    if (!wanted)
        return ali_error_memory(run->error, run->plan.structure_count, "the plan");
    for (size_t u = 0; u < run->plan.unit_count; u++)
        wanted[run->plan.units[u].structure] |= !run->done[u];
    for (size_t i = 0; i < run->plan.structure_count && !status; i++)
        if (wanted[i])
            status = ali_structure_integrate(&run->plan.structures[i], run->threads,
                                             options->progress, options->progress_user, run->error);
    free(wanted);
    return status;
}

static alicorn_status start_run(solve_run *run, const alicorn_model *model, alicorn_error *error)
{
    alicorn_status status = ali_plan_create(model, run->options, &run->plan, error);
    if (status)
        return status;
    if (run->options->planned) {
        alicorn_prediction prediction;
        ali_predict_plan(&run->plan, run->options, run->threads, &prediction);
        run->options->planned(run->options->planned_user, &prediction);
    }
    run->result = calloc(1, sizeof *run->result);
    run->done = ali_calloc(run->plan.unit_count, sizeof *run->done);
    run->round = ali_calloc(run->plan.unit_count, sizeof *run->round);
    run->expected = run->plan.unit_count;
    if (run->result)
        run->result->solves = ali_calloc(run->plan.result_count, sizeof *run->result->solves);
    if (!run->result || !run->done || !run->round || !run->result->solves)
        return ali_error_memory(error, run->plan.result_count * sizeof *run->result->solves,
                                "the results");
    run->result->count = run->plan.result_count;
    for (size_t i = 0; i < run->result->count; i++)
        run->result->solves[i].driven_port = -1;
    ali_blas_facts(run->result->blas, sizeof run->result->blas);
    return ali_adaptive_create(&run->plan, run->options, &run->adaptive, error);
}

/** Open the checkpoint and take over what an earlier run finished. */
static alicorn_status resume_run(solve_run *run, const alicorn_model *model, alicorn_error *error)
{
    const alicorn_options *options = run->options;
    ali_signature signature;
    ali_restored restored;
    char text[160];
    if (!options->checkpoint)
        return ALICORN_OK;
    ali_signature_make(model, options, &signature);
    alicorn_status status = ali_checkpoint_open(options->checkpoint, options->resume != 0,
                                                &signature, &run->checkpoint, error);
    if (!status)
        status = ali_checkpoint_restore(run->checkpoint, &run->plan, run->result->solves, run->done,
                                        &restored, error);
    if (status)
        return status;
    run->finished = restored.units;
    for (size_t u = 0; u < run->plan.unit_count; u++)
        if (run->done[u])
            tell_unit(run, u, 1);
    if (restored.dropped) {
        snprintf(text, sizeof text, "%zu bytes of unfinished or damaged records are dropped",
                 restored.dropped);
        report(run, ALICORN_WARNING, "checkpoint-damaged", options->checkpoint, text);
    }
    if (restored.units) {
        snprintf(text, sizeof text, "%zu of %zu frequencies are taken from an earlier run",
                 restored.units, run->plan.unit_count);
        report(run, ALICORN_NOTE, "resumed", options->checkpoint, text);
    }
    if (options->progress &&
        options->progress(options->progress_user, "frequency", run->finished, run->expected))
        run->status = ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    return ALICORN_OK;
}

alicorn_status alicorn_solve(const alicorn_model *model, const alicorn_options *options,
                             alicorn_result **result, alicorn_error *error)
{
    alicorn_options defaults;
    if (!options) {
        alicorn_options_default(&defaults);
        options = &defaults;
    }
    *result = NULL;
    alicorn_status status = alicorn_options_check(options, error);
    if (status)
        return status;
    solve_run run = {.options = options, .error = error};
    run.threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    status = start_run(&run, model, error);
    if (!status)
        status = resume_run(&run, model, error);
    if (!status && !run.status && run.finished < run.plan.unit_count)
        run.status = integrate_structures(&run);
    if (!status) {
        omp_init_lock(&run.lock);
        run_units(&run);
        omp_destroy_lock(&run.lock);
        status = run.status;
        if (status)
            keep_finished(&run);
    }
    if (!status || status == ALICORN_E_INTERRUPTED) {
        *result = run.result;
        run.result = NULL;
    }
    alicorn_result_destroy(run.result);
    ali_checkpoint_close(run.checkpoint);
    ali_adaptive_destroy(run.adaptive);
    free(run.done);
    free(run.round);
    ali_plan_clear(&run.plan);
    return status;
}
