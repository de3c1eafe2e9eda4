/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_PATTERN_ROWS_H
#define ALI_OUTPUT_PATTERN_ROWS_H

#include "alicorn/result.h"

/** @file
 *  All patterns of a result as rows of one table, and the columns such a table can have. A
 * far-field format is a choice of columns plus a header: the CSV writer takes them all. */

/** One direction of one pattern. */
typedef struct ali_pattern_row {
    const alicorn_solve_result *solve;
    const alicorn_pattern *pattern;
    size_t pattern_index; /**< within the solve, from 0 */
    size_t theta, phi;    /**< indices into the pattern */
    alicorn_complex e_theta, e_phi,
        e_rho;                     /**< as in alicorn_pattern; e_rho is zero unless mode is 1 */
    alicorn_pattern_sample sample; /**< undefined in mode 1 */
} ali_pattern_row;

/** What a pattern's numbers are: "power_gain", "directive_gain", "rcs_over_wavelength_squared", or
 * "field" for one with the surface wave, which has no gains. */
const char *ali_pattern_quantity(const alicorn_pattern *pattern);

/** Exactly one of value and text is set. A value that does not exist is NAN or infinite. */
typedef struct ali_pattern_column {
    const char *name;
    double (*value)(const ali_pattern_row *row);
    const char *(*text)(const ali_pattern_row *row);
} ali_pattern_column;

extern const ali_pattern_column ali_pattern_columns[];
extern const size_t ali_pattern_column_count;

typedef void (*ali_pattern_row_fn)(void *user, const ali_pattern_row *row);

/** Visit every direction of every pattern: theta fastest, then phi, pattern, solve. */
void ali_pattern_rows(const alicorn_result *result, ali_pattern_row_fn visit, void *user);

#endif
