/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPTIMIZE_GOAL_H
#define ALI_OPTIMIZE_GOAL_H

#include "alicorn/result.h"

#include <stdbool.h>

/** @file
 *  Goals: a figure of results, and what it shall be. All about what figures mean is here. */

typedef enum ali_goal_relation {
    ALI_GOAL_AT_MOST,
    ALI_GOAL_AT_LEAST,
    ALI_GOAL_EQUAL,
    ALI_GOAL_MIN,
    ALI_GOAL_MAX
} ali_goal_relation;

struct ali_goal_quantity;

typedef struct ali_goal {
    char text[128];
    const struct ali_goal_quantity *quantity;
    char port[2][32];  /**< "" for all ports */
    double theta, phi; /**< [degrees] */
    ali_goal_relation relation;
    double limit;  /**< in the quantity's unit */
    double weight; /**< > 0 */
} ali_goal;

/** Read "quantity[:where] relation [limit] [weight W]"; docs/theory/optimize.md lists them.
 *  @return ALICORN_OK or ALICORN_E_USAGE with what was expected. Call in a numeric scope. */
alicorn_status ali_goal_parse(const char *text, ali_goal *goal, alicorn_error *error);

/** The worst figure of a goal over all solves of the result.
 *  @return ALICORN_OK; ALICORN_E_USAGE if there is no such port or direction; ALICORN_E_NUMERIC if
 * the figure of a solve is not a number */
alicorn_status ali_goal_figure(const ali_goal *goal, const alicorn_result *result, double *figure,
                               alicorn_error *error);

/** Decibels by which a figure misses its limit, negative if it meets it; of a figure to be as large
 * or small as possible, its decibels, lower being better. */
double ali_goal_excess(const ali_goal *goal, double figure);

/** Weighted squares of what misses, and what is to be large or small, weighted. */
double ali_goal_objective(const ali_goal *goals, size_t count, const double *figures);

/** Whether it has a limit, and whether the figure meets that: equal means within one per cent of
 * the scale, 50 ohm or 1 dB. */
bool ali_goal_is_limit(const ali_goal *goal);
bool ali_goal_is_met(const ali_goal *goal, double figure);

/** Write the figure without what it shall be, as a line; returns its length. Figures that are the
 *  same read the same; limits that are equal, at most and least have different worst cases. */
size_t ali_goal_describe(const ali_goal *goal, char *text, size_t size);

/** "dB", "dBi", "ohm" or "". */
const char *ali_goal_unit(const ali_goal *goal);

#endif
