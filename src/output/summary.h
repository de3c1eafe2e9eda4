/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_SUMMARY_H
#define ALI_OUTPUT_SUMMARY_H

#include "alicorn/result.h"
#include "model/model.h"
#include "output/text_table.h"

#include <stdio.h>

/** @file
 *  The parts of the summary. Each prints its paragraph, or nothing if it has nothing to say. */

typedef struct ali_summary {
    FILE *out;
    const ali_model *model;
    const alicorn_result *result;
    const char *strong, *faint, *normal; /**< terminal sequences, "" without colour */
    int failed;                          /**< memory ran out while a table was built */
} ali_summary;

/** Consecutive solves of one task: first … first + count - 1. */
typedef struct ali_summary_group {
    size_t first, count;
    size_t turns; /**< ports that are driven in turn: so many solves are one frequency; 1 if all
                     sources are on together */
} ali_summary_group;

/** Print a table and an empty line, and free it, noting a failure in the summary. */
void ali_summary_print_table(ali_summary *summary, ali_text_table *table);

/** Sources: a line for each at one frequency, or for each frequency of several. */
void ali_summary_sources(ali_summary *summary, ali_summary_group group);
/** Gain and power at one frequency, the best match of several. */
void ali_summary_highlights(const ali_summary *summary, ali_summary_group group);
/** Plane waves: directions and what came back. */
void ali_summary_waves(const ali_summary *summary, ali_summary_group group);
/** |S| and maximum coupling between several ports, the largest over the group's frequencies
 * (summary_ports.c). */
void ali_summary_isolation(ali_summary *summary, ali_summary_group group);
/** Maximum coupling where it was asked for. */
void ali_summary_coupling(ali_summary *summary, ali_summary_group group);
/** Which patterns and near fields there are, unknowns, residual, time. */
void ali_summary_numerics(const ali_summary *summary, ali_summary_group group);

/** Reflection coefficient of source i of a solve at its port's reference impedance; NAN if it has
 * none. */
double ali_summary_reflection(const alicorn_solve_result *solve, size_t i);
/** Power radiated over power delivered; NAN if nothing is delivered. */
double ali_summary_efficiency(const alicorn_solve_result *solve);

#endif
