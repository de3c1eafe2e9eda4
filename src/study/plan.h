/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_PLAN_H
#define ALI_STUDY_PLAN_H

#include "study/answer.h"
#include "study/unit.h"

/** @file
 *  Which factorisations a model needs, and whose excitations each one serves. */

/** One task at one frequency, and where its results go. */
typedef struct ali_plan_slot {
    const ali_task *task;
    size_t task_index;
    size_t first_result;
} ali_plan_slot;

/** One structure at one frequency. */
typedef struct ali_plan_unit {
    size_t structure;
    double frequency;
    ali_plan_slot *slots;
    size_t slot_count, slot_capacity;
} ali_plan_unit;

typedef struct ali_plan {
    ali_ground_cache *ground_cache; /**< NULL without grounds that have tables */
    bool keeps_tables;              /**< it can serve a structure after another */
    ali_structure *structures;
    size_t structure_count;
    ali_plan_unit *units;
    size_t unit_count;
    size_t result_count; /**< solves in all */
    size_t largest;      /**< unknowns of the largest unit */
    size_t shared_bytes; /**< program, structures and results */
    bool compressed;     /**< its matrix is compressed */
    size_t unit_bytes;   /**< of the unit that takes most */
    size_t matrix_bytes; /**< of its solver */
    size_t memory_limit; /**< [bytes] */
} ali_plan;

/** Most memory that the plan takes with so many units at a time [bytes]. */
size_t ali_plan_bytes(const ali_plan *plan, size_t units_at_once);

/** Threads that one unit of the largest size keeps busy. */
int ali_plan_team(const ali_plan *plan, int threads);
/** How many of the `left` units to solve side by side, with one thread each; 1: one after the
 * other, with all threads. */
int ali_plan_units_at_once(const ali_plan *plan, size_t left, int threads);

/** Plan all tasks of a model (and of the jobs that follow it). Nothing is integrated yet.
 *  @return ALICORN_OK, ALICORN_E_INPUT (no wires, nothing asked, …), ALICORN_E_MEMORY (also when a
 * unit would not fit the limit) */
alicorn_status ali_plan_create(const ali_model *model, const alicorn_options *options,
                               ali_plan *plan, alicorn_error *error);
void ali_plan_clear(ali_plan *plan);

#endif
