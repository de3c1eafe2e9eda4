/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "base/error.h"
#include "base/memory.h"
#include "output/cosite.h"
#include "output/text_format.h"
#include "output/text_table.h"
#include "output/writer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  The result of cosite analysis for a person: who disturbs whom, the worst of it in detail, what
 *  each pair needs, all at once, what is not known, and a frequency plan. */

typedef struct printer {
    FILE *out;
    const alicorn_cosite_result *result;
    const alicorn_cosite_view *view;
    const char *bad, *strong, *faint, *normal; /**< terminal sequences, "" without colour */
    int failed;
} printer;

static const alicorn_cosite_cell *cell_at(const printer *p, size_t victim, size_t aggressor)
{
    return &p->result->cells[victim * p->result->radio_count + aggressor];
}

static const alicorn_cosite_entry *worst_of(const printer *p, const alicorn_cosite_cell *cell)
{
    return cell->applies && cell->worst < p->result->entry_count ? &p->result->entries[cell->worst]
                                                                 : NULL;
}

static bool disturbs(const printer *p, const alicorn_cosite_entry *entry)
{
    return entry->margin_db > p->result->margin_db;
}

/** Print a table and an empty line; a header alone is not printed. */
static void print_table(printer *p, ali_text_table *table)
{
    p->failed = p->failed || table->failed;
    if (table->count > table->columns)
        ali_text_table_print(table, 0, p->strong, p->normal, p->out);
    ali_text_table_clear(table);
    fputc('\n', p->out);
}

static void put_title(const printer *p, const char *title)
{
    fprintf(p->out, "%s%s%s\n", p->strong, title, p->normal);
}

/* ---- the matrix ---- */

enum { CELL = 8 }; /**< characters of a margin, " +12.3I?" */

/** Print text with blanks before it, `width` characters in all. */
static void put_right(const printer *p, const char *text, size_t width)
{
    size_t used = ali_text_columns(text);
    fprintf(p->out, "%*s%s", used < width ? (int)(width - used) : 0, "", text);
}

static void put_left(const printer *p, const char *text, size_t width)
{
    size_t used = ali_text_columns(text);
    fprintf(p->out, "%s%*s", text, used < width ? (int)(width - used) : 0, "");
}

/** Worst margin and its letter; '?' if something is not known; '.' if nothing was found. */
static void put_cell(const printer *p, const alicorn_cosite_cell *cell, size_t width)
{
    const alicorn_cosite_entry *entry = worst_of(p, cell);
    const char *color = "", *query = cell->unknown > 0 ? "?" : " ";
    char text[2 * ALI_TEXT_SIZE], number[ALI_TEXT_SIZE];
    if (!cell->applies) {
        snprintf(text, sizeof text, "  ");
    } else if (!entry) {
        snprintf(text, sizeof text, "%s", cell->unknown > 0 ? "?" : "· ");
        color = p->faint;
    } else {
        double margin = entry->margin_db;
        int decimals = fabs(margin) < 99.95 ? 1 : 0; /* one width for all that occurs */
        number[0] = '+';
        ali_text_decimal(margin > 0 ? number + 1 : number, margin, decimals);
        snprintf(text, sizeof text, "%s%c%s", number, ali_cosite_letter(entry), query);
        color = disturbs(p, entry) ? p->bad : "";
    }
    fputs(color, p->out);
    put_right(p, text, width);
    fputs(color[0] ? p->normal : "", p->out);
}

/** Radios that are columns, from *from on, as many as fit. */
typedef struct column_block {
    size_t from, end;
    size_t label; /**< width of the rows' names */
    size_t width; /**< of a column, the space before it included */
    bool named;   /**< columns have names, else the numbers of the rows */
} column_block;

static void put_matrix_block(const printer *p, const column_block *block)
{
    const alicorn_cosite_result *result = p->result;
    char number[24];
    fputs(p->strong, p->out);
    put_left(p, "", block->label);
    for (size_t j = block->from; j < block->end; j++) {
        if (!ali_cosite_transmits(result, j))
            continue;
        snprintf(number, sizeof number, "%zu ", j + 1);
        put_right(p, block->named ? result->names[j] : number, block->width);
    }
    fprintf(p->out, "%s\n", p->normal);
    for (size_t i = 0; i < result->radio_count; i++) {
        if (!ali_cosite_receives(result, i))
            continue;
        char label[64];
        snprintf(label, sizeof label, "%2zu %s", i + 1, result->names[i]);
        put_left(p, label, block->label);
        for (size_t j = block->from; j < block->end; j++)
            if (ali_cosite_transmits(result, j))
                put_cell(p, cell_at(p, i, j), block->width);
        fputc('\n', p->out);
    }
    fputc('\n', p->out);
}

/** Radios that are columns but no rows: their numbers stand nowhere else. */
static void put_number_list(const printer *p)
{
    const alicorn_cosite_result *result = p->result;
    bool any = false;
    for (size_t j = 0; j < result->radio_count; j++)
        if (ali_cosite_transmits(result, j) && !ali_cosite_receives(result, j)) {
            fprintf(p->out, "%s%zu %s", any ? ", " : "", j + 1, result->names[j]);
            any = true;
        }
    if (any)
        fputs("\n", p->out);
}

/** Whether a letter stands in the matrix. */
static bool occurs(const printer *p, char letter)
{
    const alicorn_cosite_result *result = p->result;
    for (size_t i = 0; i < result->radio_count * result->radio_count; i++) {
        const alicorn_cosite_entry *entry = worst_of(p, &result->cells[i]);
        if (entry && ali_cosite_letter(entry) == letter)
            return true;
    }
    return false;
}

/** Print a piece of text, on a new line if it does not fit on this one. */
static void put_wrapped(const printer *p, const char *text, size_t *used)
{
    size_t length = ali_text_columns(text);
    if (*used > 0 && *used + 1 + length > p->view->columns) {
        fputc('\n', p->out);
        *used = 0;
    }
    *used += (size_t)fprintf(p->out, "%s%s", *used > 0 ? " " : "", text);
}

/** What numbers, letters and marks in the matrix mean. */
static void put_legend(const printer *p)
{
    const alicorn_cosite_result *result = p->result;
    size_t used = 0;
    char letter = 0, text[80];
    const char *meaning;
    snprintf(text, sizeof text, "Margins in dB; above %g: disturbed.", result->margin_db);
    put_wrapped(p, text, &used);
    for (size_t k = 0; (meaning = ali_cosite_letter_meaning(k, &letter)); k++)
        if (occurs(p, letter)) {
            snprintf(text, sizeof text, "%c: %s.", letter, meaning);
            put_wrapped(p, text, &used);
        }
    for (size_t i = 0; i < result->radio_count * result->radio_count; i++)
        if (result->cells[i].applies && result->cells[i].unknown > 0) {
            put_wrapped(p, "?: no path data for some of it, it may be worse.", &used);
            break;
        }
    fputs("\n\n", p->out);
}

static void put_matrix(const printer *p)
{
    const alicorn_cosite_result *result = p->result;
    size_t senders = 0, longest = CELL - 1;
    column_block block = {.label = 0};
    for (size_t i = 0; i < result->radio_count; i++) {
        size_t length = ali_text_columns(result->names[i]);
        if (ali_cosite_receives(result, i) && length + 4 > block.label)
            block.label = length + 4;
        if (ali_cosite_transmits(result, i)) {
            senders++;
            longest = length > longest ? length : longest;
        }
    }
    block.width = longest + 1;
    block.named = longest < CELL || block.label + senders * block.width <= p->view->columns;
    block.width = block.named ? block.width : CELL;
    size_t room =
        p->view->columns > block.label ? (p->view->columns - block.label) / block.width : 0;
    room = room > 0 ? room : 1;
    put_title(p, "Worst margin of each receiver (row) against each transmitter (column)");
    for (size_t j = 0, filled = 0; j < result->radio_count; j++) {
        filled += ali_cosite_transmits(result, j) ? 1 : 0;
        block.end = j + 1;
        if (filled == 0 || (filled < room && block.end < result->radio_count))
            continue;
        put_matrix_block(p, &block);
        block.from = block.end;
        filled = 0;
    }
    if (!block.named)
        put_number_list(p);
    put_legend(p);
}

/* ---- lists ---- */

/** Bars below this are shown as this [dB]: 0.0 would be a claim. */
#define LEAST_BAR 0.1

/** A margin with the wider half of its error bar; the upper one if there may be no coupling. */
static void add_margin(ali_text_table *table, const alicorn_cosite_entry *entry)
{
    char margin[ALI_TEXT_SIZE], bar[ALI_TEXT_SIZE];
    double less = entry->margin_db - entry->margin_least_db;
    double more = entry->margin_most_db - entry->margin_db;
    double wider = fmax(less, more);
    ali_text_signed(margin, entry->margin_db, 1);
    if (!entry->has_error)
        ali_text_table_add(table, "%s", margin);
    else if (isinf(less))
        ali_text_table_add(table, "%s or less, + %s", margin, ali_text_decimal(bar, more, 1));
    else
        ali_text_table_add(table, "%s ± %s", margin,
                           wider < LEAST_BAR ? "0.1" : ali_text_decimal(bar, wider, 1));
}

static void put_entries(printer *p)
{
    const alicorn_cosite_result *result = p->result;
    ali_text_table table;
    size_t listed = 0, bad = 0;
    for (size_t i = 0; i < result->entry_count; i++)
        bad += disturbs(p, &result->entries[i]) ? 1 : 0;
    ali_text_table_init(&table, "rrlrll");
    const char *const header[] = {"margin", "needs", "receiver", "on", "mechanism", "from"};
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < result->entry_count && listed < p->view->list; i++, listed++) {
        const alicorn_cosite_entry *entry = &result->entries[i];
        char on[ALI_TEXT_SIZE], needs[ALI_TEXT_SIZE] = "";
        char how[ALI_COSITE_TEXT], by[ALI_COSITE_TEXT];
        if (!disturbs(p, entry))
            break;
        ali_text_decimal(needs, entry->needed_db, 1);
        add_margin(&table, entry);
        ali_text_table_add(&table, "%s", needs);
        ali_text_table_add(&table, "%s", result->names[entry->victim]);
        ali_text_table_add(&table, "%s", ali_text_frequency(on, entry->receive_hz));
        ali_text_table_add(&table, "%s%s%s", ali_cosite_how(entry, how),
                           entry->assumed ? " (path assumed)" : "",
                           entry->beyond_law ? " (at most)" : "");
        ali_text_table_add(&table, "%s", ali_cosite_by(result, entry, by));
    }
    if (bad == 0) {
        put_title(p, result->unknown_count > 0 ? "Nothing is disturbed as far as paths are known"
                                               : "Nothing is disturbed");
        fputc('\n', p->out);
        ali_text_table_clear(&table);
        return;
    }
    fprintf(p->out, "%sInterferences, worst first: %zu of %zu%s%s\n", p->strong, listed, bad,
            result->entries_left_off > 0 ? " or more" : "", p->normal);
    print_table(p, &table);
}

/** Pairs by what they need, most first. */
typedef struct pair {
    size_t victim, aggressor;
    double needed;
} pair;

static int compare_pairs(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    if (a->needed != b->needed)
        return a->needed > b->needed ? -1 : 1;
    if (a->victim != b->victim)
        return a->victim < b->victim ? -1 : 1;
    return a->aggressor < b->aggressor ? -1 : a->aggressor > b->aggressor;
}

static void put_pair_rows(printer *p, const pair *pairs, size_t count)
{
    const alicorn_cosite_result *result = p->result;
    ali_text_table table;
    ali_text_table_init(&table, "llrrl");
    const char *const header[] = {"receiver", "transmitter", "needs [dB]", "free alone", "worst"};
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < count; i++) {
        const alicorn_cosite_cell *cell = cell_at(p, pairs[i].victim, pairs[i].aggressor);
        const alicorn_cosite_entry *entry = worst_of(p, cell);
        char how[ALI_COSITE_TEXT] = "";
        ali_text_table_add(&table, "%s", result->names[pairs[i].victim]);
        ali_text_table_add(&table, "%s", result->names[pairs[i].aggressor]);
        ali_text_table_add(&table, "%.1f", pairs[i].needed);
        ali_text_table_add(&table, "%.1f %%", 100 * cell->availability);
        ali_text_table_add(&table, "%s", entry ? ali_cosite_how(entry, how) : "");
    }
    fprintf(p->out, "%sIsolation or filtering that each pair needs besides what it has%s\n",
            p->strong, p->normal);
    print_table(p, &table);
}

static void put_pairs(printer *p)
{
    const alicorn_cosite_result *result = p->result;
    size_t count = 0, all = result->radio_count * result->radio_count;
    pair *pairs = ali_calloc(all, sizeof *pairs);
    if (!pairs) {
        p->failed = 1;
        return;
    }
    for (size_t i = 0; i < all; i++)
        if (result->cells[i].applies && result->cells[i].needed_db > 0)
            pairs[count++] = (pair){i / result->radio_count, i % result->radio_count,
                                    result->cells[i].needed_db};
    if (count > 1)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    if (count > 0 && p->view->list > 0)
        put_pair_rows(p, pairs, count < p->view->list ? count : p->view->list);
    free(pairs);
}

/** What is not known of one kind of emission of one transmitter. */
typedef struct gap {
    int least, most; /**< numbers of harmonics or spurs */
    double low, high;
    size_t victim, receivers;
} gap;

static gap gather_gap(const printer *p, size_t aggressor, alicorn_cosite_emission emission)
{
    const alicorn_cosite_result *result = p->result;
    gap found = {.low = HUGE_VAL, .least = 1000000, .victim = ALICORN_COSITE_NONE};
    for (size_t victim = 0; victim < result->radio_count; victim++) {
        bool here = false;
        for (size_t i = 0; i < result->unknown_count; i++) {
            const alicorn_cosite_unknown *unknown = &result->unknowns[i];
            if (unknown->victim != victim || unknown->aggressor != aggressor ||
                unknown->emission != emission)
                continue;
            here = true;
            found.low = fmin(found.low, unknown->low_hz);
            found.high = fmax(found.high, unknown->high_hz);
            found.least = unknown->number < found.least ? unknown->number : found.least;
            found.most = unknown->number > found.most ? unknown->number : found.most;
        }
        found.victim = here ? victim : found.victim;
        found.receivers += here ? 1 : 0;
    }
    return found;
}

static void add_gap_row(const printer *p, ali_text_table *table, size_t aggressor,
                        alicorn_cosite_emission emission, const gap *found)
{
    char low[ALI_TEXT_SIZE], high[ALI_TEXT_SIZE], what[ALI_COSITE_TEXT];
    ali_text_table_add(table, "%s", p->result->names[aggressor]);
    ali_cosite_emission(emission, found->least, what);
    if (found->most > found->least)
        ali_text_table_add(table, "%s to %d", what, found->most);
    else
        ali_text_table_add(table, "%s", what);
    ali_text_frequency(low, found->low);
    ali_text_frequency(high, found->high);
    if (found->high > found->low)
        ali_text_table_add(table, "%s to %s", low, high);
    else
        ali_text_table_add(table, "%s", low);
    if (found->receivers == 1)
        ali_text_table_add(table, "%s", p->result->names[found->victim]);
    else
        ali_text_table_add(table, "%zu receivers", found->receivers);
}

static void put_unknowns(printer *p)
{
    const alicorn_cosite_result *result = p->result;
    ali_text_table table;
    if (result->unknown_count == 0)
        return;
    ali_text_table_init(&table, "llll");
    const char *const header[] = {"transmitter", "emission", "between", "not followed to"};
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < result->radio_count; i++)
        for (int k = 0; k <= ALICORN_EMISSION_INTERMODULATION; k++) {
            gap found = gather_gap(p, i, (alicorn_cosite_emission)k);
            if (found.receivers > 0)
                add_gap_row(p, &table, i, (alicorn_cosite_emission)k, &found);
        }
    put_title(p, "No path data");
    print_table(p, &table);
}

/* ---- all at once, and together ---- */

/** Behind titles of what would be worse if all paths were known. */
static const char *reservation(const printer *p)
{
    return p->result->unknown_count > 0 ? ", as far as paths are known" : "";
}

static void put_totals(printer *p)
{
    const alicorn_cosite_result *result = p->result;
    ali_text_table table;
    ali_text_table_init(&table, "lrrrrrr");
    const char *const header[] = {"receiver", "on",         "margin",    "deaf by",
                                  "blocking", "time share", "free alone"};
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < result->radio_count; i++) {
        const alicorn_cosite_total *total = &result->totals[i];
        char text[ALI_TEXT_SIZE];
        if (!total->applies)
            continue;
        ali_text_table_add(&table, "%s", result->names[i]);
        ali_text_table_add(&table, "%s", ali_text_frequency(text, total->receive_hz));
        ali_text_table_add(&table, "%s%s%s", total->beyond_law ? "at most " : "",
                           ali_text_signed(text, total->margin_db, 1), total->assumed ? "~" : "");
        ali_text_table_add(
            &table, "%s",
            ali_text_decimal(text, total->has_desensitisation ? total->desensitisation_db : NAN,
                             1));
        if (total->has_blocking)
            ali_text_table_add(&table, "%s", ali_text_signed(text, total->blocking_margin_db, 1));
        else
            ali_text_table_add(&table, "—");
        ali_text_table_add(&table, "%.1f %%", 100 * total->time_share);
        ali_text_table_add(&table, "%.1f %%", 100 * total->availability);
    }
    fprintf(p->out, "%sAll at once, in the worst situation found%s [dB]%s\n", p->strong,
            reservation(p), p->normal);
    print_table(p, &table);
}

static void put_plan(printer *p)
{
    const alicorn_cosite_result *result = p->result;
    const alicorn_cosite_plan *plan = &result->plan;
    ali_text_table table;
    char margin[ALI_TEXT_SIZE];
    if (!plan->channels)
        return;
    fprintf(p->out, "%sFrequency plan%s: %s%s\n", p->strong, reservation(p),
            alicorn_cosite_plan_text(plan->state), p->normal);
    fprintf(p->out, "%zu conflict%s", plan->conflicts, plan->conflicts == 1 ? "" : "s");
    if (plan->has_worst)
        fprintf(p->out, ", worst margin %s dB", ali_text_signed(margin, plan->worst_margin_db, 1));
    fputs(plan->exact ? "\n" : ", found greedily\n", p->out);
    ali_text_table_init(&table, "lrr");
    ali_text_table_add(&table, "radio");
    ali_text_table_add(&table, "sends");
    ali_text_table_add(&table, "receives");
    for (size_t i = 0; i < result->radio_count; i++) {
        char text[ALI_TEXT_SIZE];
        size_t channel = plan->channels[i];
        if (channel >= result->channel_counts[i])
            continue;
        const double frequencies[] = {result->transmit_hz[i][channel],
                                      result->receive_hz[i][channel]};
        ali_text_table_add(&table, "%s", result->names[i]);
        for (int k = 0; k < 2; k++)
            ali_text_table_add(&table, "%s",
                               isnan(frequencies[k]) ? "—"
                                                     : ali_text_frequency(text, frequencies[k]));
    }
    print_table(p, &table);
}

static void put_availability(const printer *p)
{
    const alicorn_cosite_result *result = p->result;
    if (!result->has_availability)
        return;
    fprintf(p->out, "Availability%s: in %.1f", reservation(p), 100 * result->availability);
    if (result->availability_error > 0)
        fprintf(p->out, " ± %.1f", 100 * result->availability_error);
    fprintf(p->out, " %% of the combinations of all channels nothing is disturbed (%zu tried)\n",
            result->combinations);
}

static bool has_pairs(const alicorn_cosite_result *result)
{
    for (size_t i = 0; i < result->radio_count * result->radio_count; i++)
        if (result->cells[i].applies)
            return true;
    return false;
}

alicorn_status alicorn_write_cosite_table(const alicorn_cosite_result *result,
                                          const alicorn_cosite_view *view, FILE *stream,
                                          alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "table", error);
    if (status != ALICORN_OK)
        return status;
    printer p = {.out = stream,
                 .result = result,
                 .view = view,
                 .bad = view->color ? "\033[1;31m" : "",
                 .strong = view->color ? "\033[1m" : "",
                 .faint = view->color ? "\033[2m" : "",
                 .normal = view->color ? "\033[0m" : ""};
    if (has_pairs(result)) {
        put_matrix(&p);
        put_entries(&p);
        put_pairs(&p);
        put_totals(&p);
        put_unknowns(&p);
    } else {
        fputs("There is no pair of a transmitter and another receiver\n\n", stream);
    }
    put_plan(&p);
    put_availability(&p);
    if (p.failed)
        status = ali_error_memory(error, sizeof p, "a table");
    return ali_writer_end(&writer, status, error);
}
