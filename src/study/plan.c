/* SPDX-License-Identifier: Apache-2.0 */
#include "study/plan.h"

#include "base/error.h"
#include "base/memory.h"
#include "study/memory.h"
#include "study/solver_choice.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Systems above this many unknowns use all threads each; smaller ones are solved side by side. */
enum { SIDE_BY_SIDE = 1500 };
/** Up to this many unknowns more than one thread gains nothing. */
enum { ONE_THREAD = 400 };

/** Share of the machine's memory that a solve may take when the user sets no limit. */
static const double MEMORY_SHARE = 0.9;

void ali_plan_clear(ali_plan *plan)
{
    for (size_t i = 0; i < plan->structure_count; i++)
        ali_structure_clear(&plan->structures[i]);
    for (size_t i = 0; i < plan->unit_count; i++)
        free(plan->units[i].slots);
    ali_ground_cache_destroy(plan->ground_cache);
    free(plan->structures);
    free(plan->units);
    *plan = (ali_plan){0};
}

/* ---- which tasks share a structure ---- */

/** Whether the matrix sees the same ground; cliffs matter to patterns only. */
static bool same_ground(const ali_ground *a, const ali_ground *b)
{
    return a->kind == b->kind && a->connect == b->connect &&
           (!ali_ground_is_lossy(a) ||
            (ali_medium_equal(&a->medium, &b->medium) && a->radial_count == b->radial_count &&
             a->radial_length == b->radial_length && a->radial_radius == b->radial_radius));
}

static bool same_loads(const ali_task *a, const ali_task *b)
{
    if (a->load_count != b->load_count)
        return false;
    for (size_t i = 0; i < a->load_count; i++) {
        const ali_load *p = &a->loads[i], *q = &b->loads[i];
        if (p->kind != q->kind || p->first != q->first || p->last != q->last ||
            memcmp(p->value, q->value, sizeof p->value) != 0)
            return false;
    }
    return true;
}

/** Tasks of one structure while the plan is made. */
typedef struct task_group {
    const ali_model *model;
    const ali_task **tasks; /**< [count] */
    size_t *index;          /**< [count] index of the task among all */
    size_t count, capacity, index_capacity;
} task_group;

typedef struct group_list {
    task_group *groups;
    size_t count, capacity;
} group_list;

static void groups_clear(group_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->groups[i].tasks);
        free(list->groups[i].index);
    }
    free(list->groups);
}

static int group_task(group_list *list, const ali_model *model, const ali_task *task, size_t index)
{
    task_group *group = NULL;
    for (size_t i = 0; i < list->count && !group; i++)
        if (list->groups[i].model == model &&
            same_ground(&list->groups[i].tasks[0]->ground, &task->ground) &&
            same_loads(list->groups[i].tasks[0], task))
            group = &list->groups[i];
    if (!group) {
        if (ali_grow((void **)&list->groups, &list->capacity, list->count, sizeof *list->groups))
            return -1;
        group = &list->groups[list->count++];
        group->model = model;
    }
    if (ali_grow((void **)&group->tasks, &group->capacity, group->count, sizeof *group->tasks) ||
        ali_grow((void **)&group->index, &group->index_capacity, group->count,
                 sizeof *group->index))
        return -1;
    group->tasks[group->count] = task;
    group->index[group->count++] = index;
    return 0;
}

static alicorn_status group_tasks(const ali_model *model, group_list *list, alicorn_error *error)
{
    size_t index = 0;
    for (const ali_model *job = model; job; job = job->next) {
        if (job->segment_count == 0 && job->triangle_count == 0)
            return ali_error_set_at(error, ALICORN_E_INPUT, job->name, 0, 0, NULL,
                                    "the model has no wires and no surfaces; at least one is "
                                    "expected");
        for (size_t t = 0; t < job->task_count; t++)
            if (group_task(list, job, &job->tasks[t], index++))
                return ali_error_memory(error, index * sizeof(ali_task *), "the plan");
    }
    if (list->count == 0)
        return ali_error_set_at(error, ALICORN_E_INPUT, model->name, 0, 0, NULL,
                                "nothing is asked: a source, a frequency or a request is expected");
    return ALICORN_OK;
}

/* ---- units ---- */

/** Units while they are collected, found by structure and frequency. */
typedef struct unit_table {
    ali_plan *plan;
    size_t unit_capacity;
    size_t *index; /**< [size] hash table of unit number + 1 */
    size_t size;   /**< a power of two, at least twice the units */
} unit_table;

/** Where a unit stands in the table, or where it would. */
static size_t find_slot(const unit_table *table, size_t structure, double frequency)
{
    uint64_t hash;
    memcpy(&hash, &frequency, sizeof hash);
    hash = (hash + structure) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio */
    size_t slot = (size_t)(hash >> 20) & (table->size - 1);
    for (; table->index[slot]; slot = (slot + 1) & (table->size - 1)) {
        const ali_plan_unit *unit = &table->plan->units[table->index[slot] - 1];
        if (unit->structure == structure && unit->frequency == frequency)
            break;
    }
    return slot;
}

static int grow_table(unit_table *table)
{
    size_t former_size = table->size, *former = table->index;
    table->size = former_size ? 2 * former_size : 256;
    table->index = ali_calloc(table->size, sizeof *table->index);
    if (!table->index) {
        table->index = former;
        return -1;
    }
    for (size_t i = 0; i < table->plan->unit_count; i++) {
        const ali_plan_unit *unit = &table->plan->units[i];
        table->index[find_slot(table, unit->structure, unit->frequency)] = i + 1;
    }
    free(former);
    return 0;
}

/** Frequencies of a group, each once, in the order of its tasks. */
static int add_slot(unit_table *table, size_t structure, double frequency, ali_plan_slot added)
{
    ali_plan *plan = table->plan;
    if (2 * plan->unit_count >= table->size && grow_table(table))
        return -1;
    size_t slot = find_slot(table, structure, frequency);
    if (!table->index[slot]) {
        if (ali_grow((void **)&plan->units, &table->unit_capacity, plan->unit_count,
                     sizeof *plan->units))
            return -1;
        plan->units[plan->unit_count++] =
            (ali_plan_unit){.structure = structure, .frequency = frequency};
        table->index[slot] = plan->unit_count;
    }
    ali_plan_unit *unit = &plan->units[table->index[slot] - 1];
    if (ali_grow((void **)&unit->slots, &unit->slot_capacity, unit->slot_count,
                 sizeof *unit->slots))
        return -1;
    unit->slots[unit->slot_count++] = added;
    return 0;
}

/** Results stand in the order of the tasks, whatever the order of the units. */
static size_t count_results(const ali_model *model, size_t *first_of_task)
{
    size_t count = 0, index = 0;
    for (const ali_model *job = model; job; job = job->next)
        for (size_t t = 0; t < job->task_count; t++) {
            if (first_of_task)
                first_of_task[index++] = count;
            count += job->tasks[t].frequency_count * ali_answer_count(&job->tasks[t]);
        }
    return count;
}

static size_t count_tasks(const ali_model *model)
{
    size_t count = 0;
    for (const ali_model *job = model; job; job = job->next)
        count += job->task_count;
    return count;
}

static alicorn_status plan_units(const ali_model *model, const group_list *list, ali_plan *plan,
                                 alicorn_error *error)
{
    unit_table table = {.plan = plan};
    size_t tasks = count_tasks(model);
    size_t *first = ali_calloc(tasks, sizeof *first);
    int failed = !first;
    plan->result_count = failed ? 0 : count_results(model, first);
    for (size_t g = 0; g < list->count && !failed; g++)
        for (size_t t = 0; t < list->groups[g].count && !failed; t++) {
            const ali_task *task = list->groups[g].tasks[t];
            size_t index = list->groups[g].index[t], each = ali_answer_count(task);
            for (size_t f = 0; f < task->frequency_count && !failed; f++) {
                ali_plan_slot slot = {task, index, first[index] + f * each};
                failed = add_slot(&table, g, task->frequencies[f], slot);
            }
        }
    free(first);
    free(table.index);
    if (failed)
        return ali_error_memory(error, tasks * sizeof *first, "the plan");
    if (plan->unit_count == 0)
        return ali_error_set_at(error, ALICORN_E_INPUT, model->name, 0, 0, NULL,
                                "no frequency is given");
    return ALICORN_OK;
}

static double highest_frequency(const task_group *group)
{
    double highest = 0.0;
    for (size_t t = 0; t < group->count; t++)
        for (size_t f = 0; f < group->tasks[t]->frequency_count; f++)
            if (group->tasks[t]->frequencies[f] > highest)
                highest = group->tasks[t]->frequencies[f];
    return highest;
}

size_t ali_plan_bytes(const ali_plan *plan, size_t units_at_once)
{
    if (plan->unit_bytes > (SIZE_MAX - plan->shared_bytes) / units_at_once)
        return SIZE_MAX;
    return plan->shared_bytes + units_at_once * plan->unit_bytes;
}

int ali_plan_team(const ali_plan *plan, int threads)
{
    return plan->largest > ONE_THREAD ? threads : 1;
}

int ali_plan_units_at_once(const ali_plan *plan, size_t left, int threads)
{
    size_t team = (size_t)threads;
    if (plan->largest > SIDE_BY_SIDE || (plan->largest > ONE_THREAD && left < team / 2))
        return 1;
    size_t fit = (plan->memory_limit - plan->shared_bytes) / (plan->unit_bytes + 1);
    size_t most = left < team ? left : team;
    most = most < fit ? most : fit;
    return most > 1 ? (int)most : 1;
}

/** Most unknowns whose solver fits so many bytes, as far as its memory grows like that of this
 * plan.
 */
static size_t unknowns_that_fit(const ali_plan *plan, size_t bytes)
{
    double share = (double)bytes / (double)plan->matrix_bytes;
    return (size_t)((double)plan->largest * (plan->compressed ? share : sqrt(share)));
}

static alicorn_status check_memory(const ali_plan *plan, const alicorn_options *options,
                                   alicorn_error *error)
{
    size_t needed = ali_plan_bytes(plan, 1);
    if (needed <= plan->memory_limit)
        return ALICORN_OK;
    size_t other = needed - plan->matrix_bytes;
    size_t left = plan->memory_limit > other ? plan->memory_limit - other : 0;
    return ali_error_set(error, ALICORN_E_MEMORY,
                         "%zu unknowns need %.3g GB, and %.3g GB are allowed, enough for %zu; "
                         "expected coarser segments and triangles, a lower frequency%s or a larger "
                         "--memory",
                         plan->largest, (double)needed / 1e9, (double)plan->memory_limit / 1e9,
                         unknowns_that_fit(plan, left),
                         options->solver == ALICORN_SOLVER_DENSE ? ", --solver auto" : "");
}

static size_t machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX / 2;
}

static size_t add(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

/** What tables of the ground may take that no frequency in work uses, if another structure can come
 * back to them: what a sweep of 200 frequencies needs. */
static const size_t KEPT_TABLES = (size_t)128 << 20;

/** What tables of the ground take that are kept, one for every frequency, at most. */
static size_t kept_bytes(const ali_plan *plan)
{
    size_t bytes = 0;
    for (size_t u = 0; u < plan->unit_count && plan->keeps_tables && bytes < KEPT_TABLES; u++)
        bytes += plan->structures[plan->units[u].structure].ground_bytes;
    return bytes < KEPT_TABLES ? bytes : KEPT_TABLES;
}

/** Make the cache of tables of the ground, if there will be any. */
static alicorn_status create_cache(const group_list *list, ali_plan *plan, alicorn_error *error)
{
    size_t users = 0;
    for (size_t g = 0; g < list->count; g++)
        users += list->groups[g].tasks[0]->ground.kind == ALI_GROUND_SOMMERFELD;
    if (users == 0)
        return ALICORN_OK;
    plan->ground_cache = ali_ground_cache_create(users > 1 ? KEPT_TABLES : 0);
    plan->keeps_tables = users > 1;
    return plan->ground_cache ? ALICORN_OK
                              : ali_error_memory(error, sizeof plan->ground_cache, "the plan");
}

/** Count the memory of a structure whose solver is chosen. */
static void count_memory(const task_group *group, const ali_structure *structure,
                         const alicorn_options *options, ali_plan *plan)
{
    size_t bytes = ali_unit_bytes(structure, group->tasks, group->count, options->mixed_precision);
    if (bytes >= plan->unit_bytes) {
        plan->unit_bytes = bytes;
        plan->compressed = structure->compressed;
        plan->matrix_bytes = ali_unit_matrix_bytes(structure, options->mixed_precision);
    }
    plan->largest = structure->unknowns > plan->largest ? structure->unknowns : plan->largest;
    plan->shared_bytes = add(plan->shared_bytes, ali_structure_bytes(structure));
    for (size_t t = 0; t < group->count; t++)
        plan->shared_bytes =
            add(plan->shared_bytes, ali_results_bytes(group->model, group->tasks[t]));
}

static alicorn_status create_structures(const group_list *list, const alicorn_options *options,
                                        ali_plan *plan, alicorn_error *error)
{
    plan->structures = ali_calloc(list->count, sizeof *plan->structures);
    if (!plan->structures)
        return ali_error_memory(error, list->count * sizeof *plan->structures, "the plan");
    for (size_t g = 0; g < list->count; g++) {
        const task_group *group = &list->groups[g];
        ali_structure *structure = &plan->structures[g];
        double highest = highest_frequency(group);
        if (!(highest > 0.0)) /* tasks without a frequency have no units */
            continue;
        alicorn_status status = ali_structure_create(group->model, group->tasks, group->count,
                                                     highest, options, structure, error);
        if (status)
            return status;
        plan->structure_count = g + 1;
        structure->ground_cache = plan->ground_cache;
        size_t shared = add(plan->shared_bytes, ali_structure_bytes(structure));
        status =
            ali_choose_solver(structure, group->tasks, group->count, highest, options,
                              plan->memory_limit > shared ? plan->memory_limit - shared : 0, error);
        if (status)
            return status;
        count_memory(group, structure, options, plan);
    }
    return ALICORN_OK;
}

alicorn_status ali_plan_create(const ali_model *model, const alicorn_options *options,
                               ali_plan *plan, alicorn_error *error)
{
    group_list list = {0};
    *plan = (ali_plan){.shared_bytes = ALI_PROGRAM_BYTES};
    plan->memory_limit = options->memory_gb > 0.0
                             ? (size_t)(options->memory_gb * 1e9)
                             : (size_t)(MEMORY_SHARE * (double)machine_memory());
    alicorn_status status = group_tasks(model, &list, error);
    if (!status)
        status = plan_units(model, &list, plan, error);
    if (!status)
        status = create_cache(&list, plan, error);
    if (!status)
        status = create_structures(&list, options, plan, error);
    if (!status) {
        plan->shared_bytes = add(plan->shared_bytes, kept_bytes(plan));
        status = check_memory(plan, options, error);
    }
    groups_clear(&list);
    if (status)
        ali_plan_clear(plan);
    return status;
}
