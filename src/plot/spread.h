/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_SPREAD_H
#define ALI_PLOT_SPREAD_H

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  A few of many values, where all would be too many to be read. */

/** Sort ascending and keep each value once, those that differ by less than `slack` of themselves
 * being the same. @return how many are left */
size_t ali_spread_distinct(double *values, size_t count, double slack);

/** Index of the value nearest to `wanted` among ascending ones; 0 of none. */
size_t ali_spread_index(const double *values, size_t count, double wanted);

/** Whether the i-th of `count` is one of the `room` >= 1 that are spread over all of them, first
 * and last included; one alone is the middle. */
bool ali_spread_keeps(size_t i, size_t count, size_t room);

#endif
