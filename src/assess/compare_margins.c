/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/compare.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

/** @file
 *  Margins of two cosite analyses, radios matched by name. */

/** Index of the radio of this name; the count if there is none. */
static size_t find_radio(const alicorn_cosite_result *result, const char *name)
{
    size_t i = 0;
    while (i < result->radio_count && strcmp(result->names[i], name) != 0)
        i++;
    return i;
}

/** A copy of the interference that lives as long as the comparison; NULL without memory. */
static const alicorn_cosite_entry *keep_entry(ali_comparer *comparer,
                                              const alicorn_cosite_entry *entry)
{
    alicorn_comparison *made = comparer->made;
    if (ali_grow((void **)&made->entries, &comparer->entry_capacity, made->entry_count,
                 sizeof *made->entries))
        return NULL;
    alicorn_cosite_entry *copy = ali_calloc(1, sizeof *copy);
    if (copy) {
        *copy = *entry;
        made->entries[made->entry_count++] = copy;
    }
    return copy;
}

/** Two radios in both analyses. */
typedef struct radio_pair {
    size_t victim[2], aggressor[2];
    const char *name[2];
} radio_pair;

static const double no_error[2] = {-1, -1};

static alicorn_status add_margin(ali_comparer *comparer, const radio_pair *pair)
{
    alicorn_compare_row row = ali_compare_row(ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE);
    double margin[2] = {NAN, NAN};
    bool applies = false;
    row.port[0] = pair->name[0];
    row.port[1] = pair->name[1];
    for (int side = 0; side < 2; side++) {
        const alicorn_cosite_result *result = comparer->input[side]->cosite;
        const alicorn_cosite_cell *cell =
            &result->cells[pair->victim[side] * result->radio_count + pair->aggressor[side]];
        if (!cell->applies)
            continue;
        applies = true;
        row.unknown |= (cell->unknown > 0) << side;
        if (cell->worst >= result->entry_count)
            continue;
        const alicorn_cosite_entry *worst = &result->entries[cell->worst];
        margin[side] = worst->margin_db;
        row.at[side].frequency_hz = worst->receive_hz;
        row.entry[side] = keep_entry(comparer, worst);
        if (!row.entry[side])
            return ali_error_memory(comparer->error, sizeof *worst, "a comparison");
    }
    if (!applies)
        return ALICORN_OK;
    ali_compare_values(&row, margin, no_error);
    return ali_compare_summary(comparer, &row);
}

static alicorn_status add_total(ali_comparer *comparer, const radio_pair *pair)
{
    alicorn_compare_row row = ali_compare_row(ALICORN_COMPARE_TOTAL_MARGIN, ALICORN_COMPARE_VALUE);
    double margin[2] = {NAN, NAN};
    bool applies = false;
    row.port[0] = pair->name[0];
    for (int side = 0; side < 2; side++) {
        const alicorn_cosite_total *total =
            &comparer->input[side]->cosite->totals[pair->victim[side]];
        row.unknown |= (total->unknown > 0) << side;
        if (!total->applies)
            continue;
        applies = true;
        margin[side] = total->margin_db;
        row.at[side].frequency_hz = total->receive_hz;
    }
    if (!applies)
        return ALICORN_OK;
    ali_compare_values(&row, margin, no_error);
    return ali_compare_summary(comparer, &row);
}

/** Find radio i of A in B; false if it is not there, or out of memory with its status. */
static bool find_both(ali_comparer *comparer, size_t i, size_t index[2], const char **name)
{
    const alicorn_cosite_result *a = comparer->input[0]->cosite, *b = comparer->input[1]->cosite;
    index[0] = i;
    index[1] = find_radio(b, a->names[i]);
    *name = ali_compare_name(comparer, a->names[i]);
    return *name && index[1] < b->radio_count;
}

/** Radios that the other analysis has not. */
static alicorn_status list_radios(ali_comparer *comparer, int side)
{
    const alicorn_cosite_result *own = comparer->input[side]->cosite,
                                *other = comparer->input[1 - side]->cosite;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < own->radio_count && status == ALICORN_OK; i++)
        if (find_radio(other, own->names[i]) == other->radio_count)
            status = ali_compare_only(comparer, ALICORN_ONLY_RADIO, side, own->names[i], 0, NAN);
    return status;
}

alicorn_status ali_compare_margins(ali_comparer *comparer)
{
    const alicorn_cosite_result *a = comparer->input[0]->cosite, *b = comparer->input[1]->cosite;
    radio_pair pair;
    if (!a || !b)
        return ALICORN_OK;
    alicorn_status status = list_radios(comparer, 0);
    if (status == ALICORN_OK)
        status = list_radios(comparer, 1);
    for (size_t i = 0; i < a->radio_count; i++)
        for (size_t j = 0; j < a->radio_count && status == ALICORN_OK; j++)
            if (find_both(comparer, i, pair.victim, &pair.name[0]) &&
                find_both(comparer, j, pair.aggressor, &pair.name[1]))
                status = add_margin(comparer, &pair);
    for (size_t i = 0; i < a->radio_count && status == ALICORN_OK; i++)
        if (find_both(comparer, i, pair.victim, &pair.name[0]))
            status = add_total(comparer, &pair);
    return status;
}
