/* SPDX-License-Identifier: Apache-2.0 */
#include "study/adaptive.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "network/convert.h"
#include "network/sampler.h"
#include "solver/random.h"
#include "study/interpolated.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Frequencies below which a sweep is not worth it. */
enum { FREQUENCIES_LEAST = 5 };
/** Gaps between solved frequencies: at most this share of the sweep. */
static const double GAP_SHARE = 0.25;
/** Directions of each pattern that the model watches. */
enum { DIRECTIONS = 6 };
/** Groups of currents in which resonances are looked for. */
enum { WATCHED = 32 };
/** Passive S has no element above 1. */
static const double PASSIVE = 1.0;

/** One frequency of a sweep. */
typedef struct sweep_point {
    double frequency;
    size_t unit;   /**< of the plan */
    size_t result; /**< first of its solves */
} sweep_point;

/** One task that is swept adaptively. */
typedef struct task_sweep {
    const ali_task *task;
    size_t task_index;
    double tolerance;
    size_t ports, excitations;
    sweep_point *points; /**< [count] ascending, each frequency once */
    size_t count;
    sweep_point *twice; /**< [twice_count] frequencies that the task has again */
    size_t twice_count;
    double *field_scale;   /**< [excitations][patterns] 1 over the largest field [1/V] */
    size_t patterns;       /**< of every solve */
    ali_sampler *sampler;  /**< NULL before the first solve */
    double widest;         /**< gap between solved frequencies [Hz] */
    double complex *value; /**< [entries + WATCHED] space */
} task_sweep;

struct ali_adaptive {
    const ali_plan *plan;
    task_sweep *sweeps;
    size_t count;
    bool *plain; /**< [units] a task that is not adaptive needs it */
    bool *asked; /**< [units] it, or a sweep, asked for it in this run: what an earlier one did
                    besides is not looked at, so that a resumed run goes the same way */
};

void ali_adaptive_destroy(ali_adaptive *adaptive)
{
    if (!adaptive)
        return;
    for (size_t i = 0; i < adaptive->count; i++) {
        task_sweep *sweep = &adaptive->sweeps[i];
        free(sweep->points);
        free(sweep->twice);
        free(sweep->field_scale);
        free(sweep->value);
        ali_sampler_destroy(sweep->sampler);
    }
    free(adaptive->sweeps);
    free(adaptive->plain);
    free(adaptive->asked);
    free(adaptive);
}

/* ---- which tasks ---- */

/** What keeps a task from being interpolated; NULL: nothing does. */
static const char *obstacle(const ali_task *task)
{
    if (task->drive.kind != ALI_DRIVE_SOURCES)
        return "no sources drive it, so there is no S to follow";
    if (task->coupling_count > 0)
        return "it asks for couplings between segments";
    for (size_t i = 0; i < task->request_count; i++) {
        const ali_request *request = &task->requests[i];
        if (request->kind == ALI_REQUEST_NEAR_E || request->kind == ALI_REQUEST_NEAR_H)
            return "it asks for near fields";
        if (request->kind == ALI_REQUEST_RCS)
            return "it asks for cross-sections";
        if (request->kind == ALI_REQUEST_PATTERN &&
            (request->as.pattern.mode == ALI_PATTERN_SURFACE_WAVE || request->as.pattern.directive))
            return "it asks for ground waves or directive gain";
    }
    return NULL;
}

static double tolerance_of(const ali_task *task, const alicorn_options *options)
{
    return options->adaptive > 0.0 ? options->adaptive : task->adaptive_tolerance;
}

static void report_obstacle(const alicorn_options *options, size_t index, const char *why)
{
    char text[200];
    alicorn_diagnostic diagnostic = {.severity = ALICORN_NOTE, .name = "not-adaptive"};
    snprintf(text, sizeof text, "task %zu is solved at all its frequencies: %s", index + 1, why);
    diagnostic.message = text;
    if (options->report)
        options->report(options->report_user, &diagnostic);
}

static bool is_adaptive(const ali_task *task, const alicorn_options *options)
{
    return tolerance_of(task, options) > 0.0 && task->frequency_count >= FREQUENCIES_LEAST &&
           !obstacle(task);
}

/* ---- frequencies ---- */

static int by_frequency(const void *a, const void *b)
{
    const sweep_point *left = a, *right = b;
    if (left->frequency != right->frequency)
        return left->frequency < right->frequency ? -1 : 1;
    return (left->result > right->result) - (left->result < right->result);
}

/** Largest distance of any two points of the structure, of its bounding box at least [m]. */
static double size_of(const ali_model *model)
{
    ali_vec3 low = {HUGE_VAL, HUGE_VAL, HUGE_VAL}, high = {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < 2 * model->segment_count + model->vertex_count; i++) {
        const ali_segment *segment = &model->segments[i / 2];
        ali_vec3 at = i >= 2 * model->segment_count ? model->vertices[i - 2 * model->segment_count]
                      : i % 2                       ? segment->end
                                                    : segment->start;
        low = (ali_vec3){fmin(low.x, at.x), fmin(low.y, at.y), fmin(low.z, at.z)};
        high = (ali_vec3){fmax(high.x, at.x), fmax(high.y, at.y), fmax(high.z, at.z)};
    }
    return ali_vec3_distance(low, high);
}

/** All points of a task, then those that come again apart. */
static alicorn_status collect_points(const ali_plan *plan, task_sweep *sweep, alicorn_error *error)
{
    size_t all = sweep->task->frequency_count, count = 0;
    sweep->points = ali_calloc(all, sizeof *sweep->points);
    sweep->twice = ali_calloc(all, sizeof *sweep->twice);
    if (!sweep->points || !sweep->twice)
        return ali_error_memory(error, 2 * all * sizeof *sweep->points, "an adaptive sweep");
    for (size_t u = 0; u < plan->unit_count; u++)
        for (size_t i = 0; i < plan->units[u].slot_count; i++)
            if (plan->units[u].slots[i].task == sweep->task)
                sweep->points[count++] = (sweep_point){plan->units[u].frequency, u,
                                                       plan->units[u].slots[i].first_result};
    qsort(sweep->points, count, sizeof *sweep->points, by_frequency);
    for (size_t i = 0; i < count; i++) {
        if (sweep->count > 0 && sweep->points[sweep->count - 1].unit == sweep->points[i].unit)
            sweep->twice[sweep->twice_count++] = sweep->points[i];
        else
            sweep->points[sweep->count++] = sweep->points[i];
    }
    double span = sweep->points[sweep->count - 1].frequency - sweep->points[0].frequency;
    double size = size_of(plan->structures[plan->units[sweep->points[0].unit].structure].model);
    sweep->widest = fmin(GAP_SHARE * span, size > 0.0 ? 0.5 * ALI_C0 / size : HUGE_VAL);
    return ALICORN_OK;
}

/** Take one task into the sweeps. */
static alicorn_status add_sweep(ali_adaptive *adaptive, const ali_plan_slot *slot,
                                const alicorn_options *options, alicorn_error *error)
{
    task_sweep *sweep = &adaptive->sweeps[adaptive->count++];
    *sweep = (task_sweep){.task = slot->task,
                          .task_index = slot->task_index,
                          .tolerance = tolerance_of(slot->task, options),
                          .excitations = ali_answer_count(slot->task)};
    return collect_points(adaptive->plan, sweep, error);
}

static bool has_sweep(const ali_adaptive *adaptive, const ali_task *task)
{
    for (size_t i = 0; i < adaptive->count; i++)
        if (adaptive->sweeps[i].task == task)
            return true;
    return false;
}

/** Look at a unit's tasks: sweeps are noted, others need the unit. */
static alicorn_status look_at_unit(ali_adaptive *adaptive, size_t u, const alicorn_options *options,
                                   alicorn_error *error)
{
    const ali_plan_unit *unit = &adaptive->plan->units[u];
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < unit->slot_count && !status; i++) {
        const ali_plan_slot *slot = &unit->slots[i];
        bool first = unit->frequency == slot->task->frequencies[0];
        if (!is_adaptive(slot->task, options)) {
            adaptive->plain[u] = true;
            const char *why = obstacle(slot->task);
            if (first && why && tolerance_of(slot->task, options) > 0.0)
                report_obstacle(options, slot->task_index, why);
        } else if (!has_sweep(adaptive, slot->task)) {
            status = add_sweep(adaptive, slot, options, error);
        }
    }
    return status;
}

static size_t count_slots(const ali_plan *plan)
{
    size_t count = 0;
    for (size_t u = 0; u < plan->unit_count; u++)
        count += plan->units[u].slot_count;
    return count;
}

bool ali_adaptive_wanted(const ali_plan *plan, const alicorn_options *options)
{
    for (size_t u = 0; u < plan->unit_count; u++)
        for (size_t i = 0; i < plan->units[u].slot_count; i++)
            if (is_adaptive(plan->units[u].slots[i].task, options))
                return true;
    return false;
}

alicorn_status ali_adaptive_create(const ali_plan *plan, const alicorn_options *options,
                                   ali_adaptive **adaptive, alicorn_error *error)
{
    *adaptive = NULL;
    ali_adaptive *made = ali_calloc(1, sizeof *made);
    alicorn_status status = ALICORN_OK;
    if (made) {
        made->plan = plan;
        made->sweeps = ali_calloc(count_slots(plan), sizeof *made->sweeps);
        made->plain = ali_calloc(plan->unit_count, sizeof *made->plain);
        made->asked = ali_calloc(plan->unit_count, sizeof *made->asked);
    }
    if (!made || !made->sweeps || !made->plain || !made->asked)
        status =
            ali_error_memory(error, plan->unit_count * sizeof *made->sweeps, "an adaptive sweep");
    for (size_t u = 0; u < plan->unit_count && !status; u++)
        status = look_at_unit(made, u, options, error);
    if (status || made->count == 0)
        ali_adaptive_destroy(made);
    else
        *adaptive = made;
    return status;
}

/* ---- what the model follows ---- */

/** Elements of S, then a few directions of every pattern of every excitation. */
static size_t entry_count(const task_sweep *sweep)
{
    return sweep->ports * sweep->ports + sweep->excitations * sweep->patterns * 2 * DIRECTIONS;
}

static double complex to_complex(alicorn_complex value)
{
    return CMPLX(value.re, value.im);
}

static double largest_field(const alicorn_pattern *pattern)
{
    double largest = 0.0;
    for (size_t i = 0; i < pattern->theta_count * pattern->phi_count; i++) {
        alicorn_complex t = pattern->e_theta[i], p = pattern->e_phi[i];
        largest = fmax(largest, fmax(hypot(t.re, t.im), hypot(p.re, p.im)));
    }
    return largest;
}

/** Sizes from the first solve that is known, and a sampler for them. */
static alicorn_status start_sampler(task_sweep *sweep, const alicorn_solve_result *solve,
                                    alicorn_error *error)
{
    sweep->ports = solve->ports.count;
    sweep->patterns = solve->pattern_count;
    sweep->field_scale =
        ali_calloc(sweep->excitations * sweep->patterns, sizeof *sweep->field_scale);
    sweep->value = ali_calloc(entry_count(sweep) + WATCHED, sizeof *sweep->value);
    double *x = ali_calloc(sweep->count, sizeof *x);
    alicorn_status status = ALICORN_OK;
    if (!sweep->field_scale || !sweep->value || !x)
        status = ali_error_memory(error, sweep->count * sizeof *x, "an adaptive sweep");
    for (size_t e = 0; e < sweep->excitations && !status; e++)
        for (size_t p = 0; p < sweep->patterns; p++) {
            double largest = largest_field(&solve[e].patterns[p]);
            sweep->field_scale[e * sweep->patterns + p] = largest > 0.0 ? 1.0 / largest : 0.0;
        }
    for (size_t i = 0; i < sweep->count && !status; i++)
        x[i] = sweep->points[i].frequency;
    if (!status)
        status = ali_sampler_create(&(ali_sampler_plan){.count = sweep->count,
                                                        .x = x,
                                                        .entries = entry_count(sweep),
                                                        .watched = WATCHED,
                                                        .bounded = sweep->ports * sweep->ports,
                                                        .bound = PASSIVE,
                                                        .tolerance = sweep->tolerance,
                                                        .widest = sweep->widest},
                                    &sweep->sampler, error);
    free(x);
    return status;
}

/** Random combinations of the currents of neighbours, all excitations together, so that none
 * cancels by symmetry.
 *  @param group  [WATCHED] */
static void gather_currents(const task_sweep *sweep, const alicorn_solve_result *solve,
                            double complex *group)
{
    size_t segments = solve->current_count, all = segments + solve->face_current_count;
    uint64_t state = 1;
    memset(group, 0, WATCHED * sizeof *group);
    for (size_t e = 0; e < sweep->excitations; e++)
        for (size_t i = 0; i < all; i++) {
            double complex *sum = &group[i * WATCHED / all];
            if (i < segments) {
                *sum += ali_random_next(&state) * to_complex(solve[e].currents[i].current);
                continue;
            }
            const alicorn_face_current *face = &solve[e].face_currents[i - segments];
            for (int c = 0; c < 3; c++)
                *sum += ali_random_next(&state) * sqrt(face->area) * to_complex(face->current[c]);
        }
}

/** The solves of one frequency as entries. */
static void gather(const task_sweep *sweep, const alicorn_solve_result *solve)
{
    double complex *value = sweep->value;
    size_t elements = sweep->ports * sweep->ports;
    gather_currents(sweep, solve, value + entry_count(sweep));
    for (size_t i = 0; i < elements; i++)
        *value++ = to_complex(solve->ports.s[i]);
    for (size_t e = 0; e < sweep->excitations; e++)
        for (size_t p = 0; p < sweep->patterns; p++) {
            const alicorn_pattern *pattern = &solve[e].patterns[p];
            size_t size = pattern->theta_count * pattern->phi_count;
            double scale = sweep->field_scale[e * sweep->patterns + p];
            for (size_t d = 0; d < DIRECTIONS; d++) {
                size_t at = size * (2 * d + 1) / (2 * DIRECTIONS);
                *value++ = scale * to_complex(pattern->e_theta[at]);
                *value++ = scale * to_complex(pattern->e_phi[at]);
            }
        }
}

/** Give the sampler what was solved since the last time. */
static alicorn_status feed(const ali_adaptive *adaptive, task_sweep *sweep,
                           const alicorn_solve_result *solves, const bool *done,
                           alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < sweep->count && !status; i++) {
        const alicorn_solve_result *solve = &solves[sweep->points[i].result];
        size_t unit = sweep->points[i].unit;
        if (!done[unit] || !adaptive->asked[unit] ||
            (sweep->sampler && ali_sampler_knows(sweep->sampler, i)))
            continue;
        if (!sweep->sampler)
            status = start_sampler(sweep, solve, error);
        if (!status) {
            gather(sweep, solve);
            status = ali_sampler_give(sweep->sampler, i, sweep->value, error);
        }
    }
    return status;
}

static alicorn_status feed_all(ali_adaptive *adaptive, const alicorn_solve_result *solves,
                               const bool *done, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < adaptive->count && !status; i++)
        status = feed(adaptive, &adaptive->sweeps[i], solves, done, error);
    return status;
}

/* ---- rounds ---- */

/** Frequencies that a sweep asks for at a time. Fixed, so that the same ones are solved on any
 * number of threads. */
enum { AT_ONCE = 2 };

/** What one sweep wants next: its ends at first.
 *  @param chosen  [AT_ONCE] points of the sweep */
static alicorn_status choose(task_sweep *sweep, size_t *chosen, size_t *count, alicorn_error *error)
{
    if (sweep->sampler)
        return ali_sampler_next(sweep->sampler, AT_ONCE, chosen, count, error);
    chosen[0] = 0;
    chosen[1] = sweep->count - 1;
    *count = 2;
    return ALICORN_OK;
}

/** Let every sweep ask for more; those units that are not done are listed.
 *  @param asked  raised by one for everything asked for */
static alicorn_status ask(ali_adaptive *adaptive, const bool *done, size_t *units, size_t *count,
                          size_t *asked, alicorn_error *error)
{
    size_t chosen[AT_ONCE], wanted = 0;
    for (size_t i = 0; i < adaptive->count; i++) {
        task_sweep *sweep = &adaptive->sweeps[i];
        alicorn_status status = choose(sweep, chosen, &wanted, error);
        if (status)
            return status;
        *asked += wanted;
        for (size_t k = 0; k < wanted; k++) {
            size_t unit = sweep->points[chosen[k]].unit;
            if (!adaptive->asked[unit] && !done[unit])
                units[(*count)++] = unit;
            adaptive->asked[unit] = true;
        }
    }
    return ALICORN_OK;
}

/** What tasks that are not adaptive need; it serves the sweeps as well. */
static void ask_plain(ali_adaptive *adaptive, const bool *done, size_t *units, size_t *count)
{
    for (size_t u = 0; u < adaptive->plan->unit_count; u++)
        if (adaptive->plain[u]) {
            adaptive->asked[u] = true;
            if (!done[u])
                units[(*count)++] = u;
        }
}

alicorn_status ali_adaptive_next(ali_adaptive *adaptive, const alicorn_solve_result *solves,
                                 const bool *done, size_t *units, size_t *count,
                                 alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    size_t asked = 1;
    *count = 0;
    ask_plain(adaptive, done, units, count);
    while (!status && *count == 0 && asked > 0) { /* what is asked for may have been done before */
        asked = 0;
        status = feed_all(adaptive, solves, done, error);
        if (!status)
            status = ask(adaptive, done, units, count, &asked, error);
    }
    if (status || *count > 0)
        return status;
    for (size_t u = 0; u < adaptive->plan->unit_count; u++) /* what is there anyway */
        adaptive->asked[u] |= done[u];
    return feed_all(adaptive, solves, done, error);
}

/* ---- the end ---- */

/** Space for interpolating one sweep. */
typedef struct sweep_work {
    double complex *share;             /**< [supports] */
    double complex *singular;          /**< [2 ports] */
    const alicorn_solve_result **like; /**< [supports] */
} sweep_work;

/** All excitations of one frequency, with their first result. */
static alicorn_status fill_frequency(const task_sweep *sweep, size_t i, size_t result,
                                     const sweep_work *work, alicorn_solve_result *solves,
                                     alicorn_error *error)
{
    const ali_rational *model = ali_sampler_model(sweep->sampler);
    alicorn_status status = ALICORN_OK;
    for (size_t e = 0; e < sweep->excitations && !status; e++) {
        for (size_t k = 0; k < model->count; k++) {
            size_t candidate = ali_sampler_candidate(sweep->sampler, model->support[k]);
            work->like[k] = &solves[sweep->points[candidate].result + e];
        }
        status = ali_solve_interpolate(
            model->count, work->like, work->share, sweep->points[i].frequency, sweep->value,
            ali_sampler_error(sweep->sampler), &solves[result + e], error);
    }
    return status;
}

/** Frequencies that the task has again. */
static alicorn_status fill_again(const task_sweep *sweep, size_t i, const sweep_work *work,
                                 alicorn_solve_result *solves, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t t = 0; t < sweep->twice_count && !status; t++)
        if (sweep->twice[t].unit == sweep->points[i].unit)
            status = fill_frequency(sweep, i, sweep->twice[t].result, work, solves, error);
    return status;
}

static alicorn_status fill_sweep(const task_sweep *sweep, alicorn_solve_result *solves,
                                 alicorn_sweep *report, alicorn_error *error)
{
    const ali_rational *model = ali_sampler_model(sweep->sampler);
    sweep_work work = {.share = ali_calloc(model->count, sizeof *work.share),
                       .singular = ali_calloc(2 * sweep->ports, sizeof *work.singular),
                       .like = ali_calloc(model->count, sizeof(alicorn_solve_result *))};
    alicorn_status status = ALICORN_OK;
    if (!work.share || !work.singular || !work.like)
        status = ali_error_memory(error, model->count * sizeof *work.share, "an adaptive sweep");
    *report = (alicorn_sweep){.task = sweep->task_index,
                              .frequencies = sweep->count,
                              .solved = ali_sampler_samples(sweep->sampler),
                              .tolerance = sweep->tolerance,
                              .error = ali_sampler_error(sweep->sampler)};
    for (size_t i = 0; i < sweep->count && !status; i++) {
        if (ali_sampler_knows(sweep->sampler, i))
            continue;
        ali_sampler_evaluate(sweep->sampler, i, work.share, sweep->value);
        report->largest_singular =
            fmax(report->largest_singular,
                 ali_network_largest_singular(sweep->ports, sweep->value, work.singular));
        status = fill_frequency(sweep, i, sweep->points[i].result, &work, solves, error);
        if (!status)
            status = fill_again(sweep, i, &work, solves, error);
    }
    free(work.share);
    free(work.singular);
    free((void *)work.like);
    return status;
}

alicorn_status ali_adaptive_finish(const ali_adaptive *adaptive, alicorn_solve_result *solves,
                                   alicorn_sweep **sweeps, size_t *sweep_count,
                                   alicorn_error *error)
{
    *sweep_count = 0;
    *sweeps = ali_calloc(adaptive->count, sizeof **sweeps);
    if (!*sweeps)
        return ali_error_memory(error, adaptive->count * sizeof **sweeps, "an adaptive sweep");
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < adaptive->count && !status; i++)
        status = fill_sweep(&adaptive->sweeps[i], solves, &(*sweeps)[(*sweep_count)++], error);
    return status;
}
