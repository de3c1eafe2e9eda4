/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/compare.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Frequencies that differ by less than this share are the same: what text with ten digits keeps.
 */
#define SAME_FREQUENCY 1e-9
/** Angles that differ by less are the same [degrees]. */
#define SAME_ANGLE 1e-6

/* ---- rows ---- */

const char *ali_compare_name(ali_comparer *comparer, const char *text)
{
    alicorn_comparison *made = comparer->made;
    for (size_t i = 0; i < made->name_count; i++)
        if (strcmp(made->names[i], text) == 0)
            return made->names[i];
    if (ali_grow((void **)&made->names, &comparer->name_capacity, made->name_count,
                 sizeof *made->names))
        return NULL;
    char *copy = ali_strdup(text);
    if (copy)
        made->names[made->name_count++] = copy;
    return copy;
}

alicorn_compare_row ali_compare_row(alicorn_compare_quantity quantity,
                                    alicorn_compare_statistic statistic)
{
    const alicorn_compare_place nowhere = {NAN, NAN, NAN};
    return (alicorn_compare_row){.quantity = quantity,
                                 .statistic = statistic,
                                 .port = {"", ""},
                                 .polarisation = -1,
                                 .level = NAN,
                                 .azimuth_deg = {NAN, NAN},
                                 .transmitter_deg = {NAN, NAN},
                                 .at = {nowhere, nowhere},
                                 .value = {NAN, NAN},
                                 .change = NAN,
                                 .error = NAN};
}

void ali_compare_place(alicorn_compare_row *row, double frequency_hz, double theta_deg,
                       double phi_deg)
{
    row->at[0] = row->at[1] = (alicorn_compare_place){frequency_hz, theta_deg, phi_deg};
}

void ali_compare_values(alicorn_compare_row *row, const double value[2], const double error[2])
{
    for (int side = 0; side < 2; side++) {
        row->has[side] = !isnan(value[side]);
        row->value[side] = value[side];
    }
    /* also where both are endless */
    row->change = value[0] == value[1] ? 0 : value[1] - value[0];
    row->has_error = row->has[0] && row->has[1] && error[0] >= 0 && error[1] >= 0;
    row->error = row->has_error ? error[0] + error[1] : NAN;
    row->within_error = row->has_error && fabs(row->change) <= row->error;
}

static alicorn_status add_row(ali_comparer *comparer, alicorn_compare_row **rows, size_t *capacity,
                              size_t *count, const alicorn_compare_row *row)
{
    if (ali_grow((void **)rows, capacity, *count, sizeof **rows))
        return ali_error_memory(comparer->error, 2 * (*count + 1) * sizeof **rows, "a comparison");
    (*rows)[(*count)++] = *row;
    return ALICORN_OK;
}

alicorn_status ali_compare_point(ali_comparer *comparer, const alicorn_compare_row *row)
{
    alicorn_comparison *made = comparer->made;
    return add_row(comparer, &made->points, &comparer->point_capacity, &made->point_count, row);
}

alicorn_status ali_compare_summary(ali_comparer *comparer, const alicorn_compare_row *row)
{
    alicorn_comparison *made = comparer->made;
    return add_row(comparer, &made->summary, &comparer->summary_capacity, &made->summary_count,
                   row);
}

alicorn_status ali_compare_only(ali_comparer *comparer, alicorn_only_kind kind, int side,
                                const char *name, size_t task, double frequency_hz)
{
    alicorn_comparison *made = comparer->made;
    const char *kept = ali_compare_name(comparer, name);
    if (!kept || ali_grow((void **)&made->only, &comparer->only_capacity, made->only_count,
                          sizeof *made->only))
        return ali_error_memory(comparer->error, sizeof *made->only, "a comparison");
    for (size_t i = 0; i < made->only_count; i++) {
        alicorn_compare_only *only = &made->only[i];
        if (only->kind != kind || only->side != side || only->name != kept || only->task != task)
            continue;
        only->count++;
        only->low_hz = fmin(only->low_hz, frequency_hz);
        only->high_hz = fmax(only->high_hz, frequency_hz);
        return ALICORN_OK;
    }
    made->only[made->only_count++] = (alicorn_compare_only){.kind = kind,
                                                            .side = side,
                                                            .name = kept,
                                                            .task = task,
                                                            .count = 1,
                                                            .low_hz = frequency_hz,
                                                            .high_hz = frequency_hz};
    return ALICORN_OK;
}

bool ali_compare_same_frequency(double a, double b)
{
    return fabs(a - b) <= SAME_FREQUENCY * fmax(a, b);
}

bool ali_compare_same_angle(double a, double b)
{
    return fabs(a - b) <= SAME_ANGLE;
}

/* ---- all ---- */

void alicorn_compare_options_default(alicorn_compare_options *options)
{
    *options = (alicorn_compare_options){.coverage_dbi = -3, .percent = 90, .sectors = 4};
}

static alicorn_status check_options(const alicorn_compare_options *options, alicorn_error *error)
{
    if (!(options->percent >= 0 && options->percent <= 100))
        return ali_error_set(error, ALICORN_E_USAGE, "a percentile of %g, expected 0 to 100",
                             options->percent);
    if (options->sectors < 1 || options->sectors > 360)
        return ali_error_set(error, ALICORN_E_USAGE, "%zu sectors of azimuth, expected 1 to 360",
                             options->sectors);
    return ALICORN_OK;
}

alicorn_status alicorn_compare(const alicorn_compare_input *a, const alicorn_compare_input *b,
                               const alicorn_compare_options *options,
                               alicorn_comparison **comparison, alicorn_error *error)
{
    static alicorn_status (*const parts[])(ali_comparer *) = {
        ali_compare_ports, ali_compare_patterns, ali_compare_rcs, ali_compare_margins};
    *comparison = NULL;
    alicorn_status status = check_options(options, error);
    if (status != ALICORN_OK)
        return status;
    alicorn_comparison *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "a comparison");
    ali_comparer comparer = {.input = {a, b}, .options = options, .made = made, .error = error};
    made->coverage_dbi = options->coverage_dbi;
    made->percent = options->percent;
    made->title[0] = ali_strdup(a->title ? a->title : "A");
    made->title[1] = ali_strdup(b->title ? b->title : "B");
    if (!made->title[0] || !made->title[1])
        status = ali_error_memory(error, 1, "a comparison");
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == ALICORN_OK; i++)
        status = parts[i](&comparer);
    if (status != ALICORN_OK)
        alicorn_comparison_destroy(made);
    else
        *comparison = made;
    return status;
}

void alicorn_comparison_destroy(alicorn_comparison *comparison)
{
    if (!comparison)
        return;
    for (size_t i = 0; i < comparison->name_count; i++)
        free(comparison->names[i]);
    for (size_t i = 0; i < comparison->entry_count; i++)
        free(comparison->entries[i]);
    free(comparison->names);
    free((void *)comparison->entries);
    free(comparison->points);
    free(comparison->summary);
    free(comparison->only);
    free(comparison->title[0]);
    free(comparison->title[1]);
    free(comparison);
}
