/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_ASSESS_COMPARE_H
#define ALI_ASSESS_COMPARE_H

#include "alicorn/compare.h"

#include <stdbool.h>

/** @file
 *  A comparison in the making: its rows and lists, to which each kind of result adds its own. */

typedef struct ali_comparer {
    const alicorn_compare_input *input[2];
    const alicorn_compare_options *options;
    alicorn_comparison *made;
    size_t point_capacity, summary_capacity, only_capacity, name_capacity, entry_capacity;
    alicorn_error *error;
} ali_comparer;

/** A copy of the text that lives as long as the comparison, the same pointer for the same text;
 * NULL without memory. */
const char *ali_compare_name(ali_comparer *comparer, const char *text);

/** A row without values, ports and places. */
alicorn_compare_row ali_compare_row(alicorn_compare_quantity quantity,
                                    alicorn_compare_statistic statistic);
/** Both places of a row. */
void ali_compare_place(alicorn_compare_row *row, double frequency_hz, double theta_deg,
                       double phi_deg);
/** Give a row its values, NAN where absent, and their errors, < 0 where not estimated. */
void ali_compare_values(alicorn_compare_row *row, const double value[2], const double error[2]);

alicorn_status ali_compare_point(ali_comparer *comparer, const alicorn_compare_row *row);
alicorn_status ali_compare_summary(ali_comparer *comparer, const alicorn_compare_row *row);
/** Note what only one side has; what differs in frequency only is counted together. NAN: no
 * frequency. */
alicorn_status ali_compare_only(ali_comparer *comparer, alicorn_only_kind kind, int side,
                                const char *name, size_t task, double frequency_hz);

/** Whether two frequencies, two angles are meant to be the same. */
bool ali_compare_same_frequency(double a, double b);
bool ali_compare_same_angle(double a, double b);

alicorn_status ali_compare_ports(ali_comparer *comparer);
alicorn_status ali_compare_patterns(ali_comparer *comparer);
alicorn_status ali_compare_rcs(ali_comparer *comparer);
alicorn_status ali_compare_margins(ali_comparer *comparer);

#endif
