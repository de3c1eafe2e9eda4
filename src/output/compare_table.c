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
 *  A comparison for a person: what only one side has, then each kind of figure in short, what
 *  became worse first, then single points. */

enum { COLUMNS = 100 }; /**< widest line */

typedef struct printer {
    FILE *out;
    const alicorn_comparison *c;
    size_t list;
    const char *strong, *normal;        /**< terminal sequences, "" without colour */
    bool within, interpolated, unknown; /**< such marks were printed */
    int failed;
} printer;

/* ---- lists of rows ---- */

/** How much worse B is than A, but for rounding errors; -HUGE_VAL if that is not known. */
static double worsening(const alicorn_compare_row *row)
{
    const double digits = 1e6;
    int sense = 0;
    alicorn_compare_quantity_text(row->quantity, NULL, &sense);
    return isnan(row->change) ? -HUGE_VAL : -sense * round(row->change * digits) / digits;
}

/** Whether a radio is disturbed in A or B: those come first. */
static bool disturbed(const alicorn_compare_row *row)
{
    bool margin =
        row->quantity == ALICORN_COMPARE_MARGIN || row->quantity == ALICORN_COMPARE_TOTAL_MARGIN;
    return margin && (row->value[0] > 0 || row->value[1] > 0);
}

static int by_worsening(const void *a, const void *b)
{
    const alicorn_compare_row *first = *(const alicorn_compare_row *const *)a,
                              *second = *(const alicorn_compare_row *const *)b;
    if (disturbed(first) != disturbed(second))
        return disturbed(first) ? -1 : 1;
    double left = worsening(first), right = worsening(second);
    if (left != right)
        return left > right ? -1 : 1;
    return (first > second) - (first < second);
}

/** Rows of one table. */
typedef struct row_list {
    const alicorn_compare_row **row;
    size_t count;
} row_list;

typedef bool (*row_test)(const printer *p, const alicorn_compare_row *row);

/** Rows that pass the test, NULL: all. The list is to be freed. */
static row_list collect(printer *p, const alicorn_compare_row *rows, size_t count,
                        alicorn_compare_quantity quantity, alicorn_compare_statistic statistic,
                        row_test test)
{
    row_list list = {.row = ali_calloc(count, sizeof(alicorn_compare_row *))};
    p->failed |= list.row == NULL;
    for (size_t i = 0; list.row && i < count; i++)
        if (rows[i].quantity == quantity && rows[i].statistic == statistic &&
            (!test || test(p, &rows[i])))
            list.row[list.count++] = &rows[i];
    return list;
}

static row_list collect_summary(printer *p, alicorn_compare_quantity quantity,
                                alicorn_compare_statistic statistic, row_test test)
{
    return collect(p, p->c->summary, p->c->summary_count, quantity, statistic, test);
}

static void sort_list(row_list *list)
{
    if (list->count > 1)
        qsort((void *)list->row, list->count, sizeof *list->row, by_worsening);
}

static size_t shown(const printer *p, const row_list *list)
{
    return list->count < p->list ? list->count : p->list;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/** Whether two rows are about the same ports, directions and, if it is theirs alone, frequency. */
static bool same_subject(const alicorn_compare_row *a, const alicorn_compare_row *b)
{
    bool any_frequency = a->quantity <= ALICORN_COMPARE_VSWR;
    return a->task == b->task && a->pattern == b->pattern && strcmp(a->port[0], b->port[0]) == 0 &&
           strcmp(a->port[1], b->port[1]) == 0 && a->polarisation == b->polarisation &&
           same_number(a->azimuth_deg[0], b->azimuth_deg[0]) &&
           same_number(a->transmitter_deg[0], b->transmitter_deg[0]) &&
           same_number(a->transmitter_deg[1], b->transmitter_deg[1]) &&
           (any_frequency || a->at[0].frequency_hz == b->at[0].frequency_hz);
}

/** The figure of a subject in the summary, looked for from row `start` on and around; NULL if there
 * is none. */
static const alicorn_compare_row *find_figure(const printer *p, const alicorn_compare_row *subject,
                                              size_t start, alicorn_compare_quantity quantity,
                                              alicorn_compare_statistic statistic)
{
    size_t count = p->c->summary_count;
    for (size_t i = 0; i < count; i++) {
        const alicorn_compare_row *other = &p->c->summary[(start + i) % count];
        if (other->quantity == quantity && other->statistic == statistic &&
            same_subject(subject, other))
            return other;
    }
    return NULL;
}

/** Another figure of the subject of a row of the summary: most often it comes next. */
static const alicorn_compare_row *sibling(const printer *p, const alicorn_compare_row *row,
                                          alicorn_compare_quantity quantity,
                                          alicorn_compare_statistic statistic)
{
    return find_figure(p, row, (size_t)(row - p->c->summary), quantity, statistic);
}

/* ---- cells ---- */

static void put_title(const printer *p, const char *title, const row_list *list)
{
    size_t count = shown(p, list);
    fprintf(p->out, "\n%s%s%s", p->strong, title, p->normal);
    if (count < list->count)
        fprintf(p->out, ": %zu of %zu", count, list->count);
    fputc('\n', p->out);
}

static void print_table(printer *p, ali_text_table *table)
{
    p->failed |= table->failed;
    if (table->count > table->columns)
        ali_text_table_print_blocks(table, 0, COLUMNS, p->strong, p->normal, p->out);
    ali_text_table_clear(table);
}

/** A value, "*12.3" if it is interpolated. */
static void put_value(printer *p, ali_text_table *table, const alicorn_compare_row *row, int side,
                      int decimals)
{
    char text[ALI_TEXT_SIZE];
    bool mark = row && row->has[side] && row->interpolated >> side & 1;
    p->interpolated |= mark;
    ali_text_table_add(table, "%s%.60s", mark ? "*" : "",
                       ali_text_decimal(text, row ? row->value[side] : NAN, decimals));
}

/** The change, "~+0.1" if it is within its error. */
static void put_change(printer *p, ali_text_table *table, const alicorn_compare_row *row,
                       int decimals)
{
    char text[2 * ALI_TEXT_SIZE];
    bool mark = row && row->within_error;
    p->within |= mark;
    ali_text_table_add(table, "%s%.60s", mark ? "~" : "",
                       ali_text_signed(text, row ? row->change : NAN, decimals));
}

/** Heads of the three columns that put_three fills. */
static void head_three(ali_text_table *table, const char *first)
{
    ali_text_table_add(table, "%s", first);
    ali_text_table_add(table, "B");
    ali_text_table_add(table, "change");
}

static void put_three(printer *p, ali_text_table *table, const alicorn_compare_row *row,
                      int decimals)
{
    put_value(p, table, row, 0, decimals);
    put_value(p, table, row, 1, decimals);
    put_change(p, table, row, decimals);
}

/** The same of a VSWR; beyond 999 it says nothing, nor does its change. */
static void put_vswr(printer *p, ali_text_table *table, const alicorn_compare_row *row)
{
    const double most = 999;
    bool beyond = false;
    for (int side = 0; side < 2; side++) {
        if (row && row->value[side] > most) {
            beyond = true;
            ali_text_table_add(table, "> %g", most);
        } else {
            put_value(p, table, row, side, 2);
        }
    }
    put_change(p, table, beyond ? NULL : row, 2);
}

/** "task 2: " where it is not the first. */
static const char *task_text(const alicorn_compare_row *row, char text[ALI_TEXT_SIZE])
{
    text[0] = '\0';
    if (row->task > 0)
        snprintf(text, ALI_TEXT_SIZE, "task %zu: ", row->task + 1);
    return text;
}

/** "300 MHz" */
static void put_frequency(ali_text_table *table, double frequency_hz)
{
    char text[ALI_TEXT_SIZE];
    ali_text_table_add(table, "%.60s",
                       isnan(frequency_hz) ? "" : ali_text_frequency(text, frequency_hz));
}

/* ---- what only one has ---- */

static void put_only(const printer *p, const alicorn_compare_only *only)
{
    char low[ALI_TEXT_SIZE], high[ALI_TEXT_SIZE], task[ALI_TEXT_SIZE] = "";
    const char *of = only->kind == ALICORN_ONLY_PATTERN && only->name[0] ? " of" : "";
    if (only->task > 0)
        snprintf(task, sizeof task, " (task %zu)", only->task + 1);
    fprintf(p->out, "only in %c: ", only->side ? 'B' : 'A');
    if (only->kind == ALICORN_ONLY_S)
        fputs("S-parameters", p->out);
    else if (only->kind == ALICORN_ONLY_FREQUENCY)
        fprintf(p->out, "S at %zu frequenc%s", only->count, only->count == 1 ? "y" : "ies");
    else if (only->kind == ALICORN_ONLY_PATTERN)
        fprintf(p->out, "%zu pattern%s", only->count, only->count == 1 ? "" : "s");
    else
        fputs(alicorn_only_text(only->kind), p->out);
    fprintf(p->out, "%s%s%s", of, only->name[0] ? " " : "", only->name);
    if (!isnan(only->low_hz)) {
        fprintf(p->out, ", %s", ali_text_frequency(low, only->low_hz));
        if (only->high_hz > only->low_hz)
            fprintf(p->out, " to %s", ali_text_frequency(high, only->high_hz));
    }
    fprintf(p->out, "%s\n", task);
}

/* ---- ports ---- */

static void put_reflections(printer *p)
{
    row_list list = collect_summary(p, ALICORN_COMPARE_S, ALICORN_COMPARE_GREATEST, NULL);
    ali_text_table table;
    char task[ALI_TEXT_SIZE], text[ALI_TEXT_SIZE];
    sort_list(&list);
    if (list.count == 0)
        goto cleanup;
    put_title(p, "Ports, the worst of all frequencies", &list);
    ali_text_table_init(&table, "lrrrrrrr");
    ali_text_table_add(&table, "port");
    head_three(&table, "|S| [dB] A");
    head_three(&table, "VSWR A");
    ali_text_table_add(&table, "|S_A − S_B|");
    for (size_t i = 0; i < shown(p, &list); i++) {
        const alicorn_compare_row *row = list.row[i];
        const alicorn_compare_row *distance =
            sibling(p, row, ALICORN_COMPARE_S_DISTANCE, ALICORN_COMPARE_GREATEST);
        ali_text_table_add(&table, "%s%s", task_text(row, task), row->port[0]);
        put_three(p, &table, row, 1);
        put_vswr(p, &table, sibling(p, row, ALICORN_COMPARE_VSWR, ALICORN_COMPARE_GREATEST));
        ali_text_table_add(&table, "%.60s",
                           ali_text_decimal(text, distance ? distance->change : NAN, 4));
    }
    print_table(p, &table);
cleanup:
    free((void *)list.row);
}

/** The same pair the other way around, if it says the same to a tenth of a decibel. */
static const alicorn_compare_row *reverse(const printer *p, const alicorn_compare_row *row)
{
    const double same_db = 0.05;
    alicorn_compare_row turned = *row;
    turned.port[0] = row->port[1];
    turned.port[1] = row->port[0];
    const alicorn_compare_row *other = find_figure(p, &turned, 0, row->quantity, row->statistic);
    bool same = other;
    for (int side = 0; side < 2 && same; side++)
        same = other->value[side] == row->value[side] ||
               fabs(other->value[side] - row->value[side]) < same_db;
    return same ? other : NULL;
}

/** All pairs, those that are the same both ways once. */
static bool is_first_of_pair(const printer *p, const alicorn_compare_row *row)
{
    const alicorn_compare_row *other = reverse(p, row);
    return !other || other > row;
}

static const char *pair_text(const printer *p, const alicorn_compare_row *row,
                             char text[ALI_TEXT_CELL])
{
    char task[ALI_TEXT_SIZE];
    bool both_ways = row->quantity == ALICORN_COMPARE_ISOLATION && reverse(p, row);
    const char *first = both_ways ? row->port[0] : row->port[1],
               *second = both_ways ? row->port[1] : row->port[0];
    if (!row->port[1][0] || strcmp(first, second) == 0)
        first = row->port[0], second = "";
    snprintf(text, ALI_TEXT_CELL, "%.12s%.31s%s%.31s", task_text(row, task), first,
             !second[0]  ? ""
             : both_ways ? " – "
                         : " to ",
             second);
    return text;
}

/** "worst of all: A 19.1 dB (VHF – RX), B …" */
static void put_worst_pairs(const printer *p, const row_list *list)
{
    char pair[ALI_TEXT_CELL], text[ALI_TEXT_SIZE];
    fputs("worst of all: ", p->out);
    for (int side = 0; side < 2; side++) {
        const alicorn_compare_row *worst = list->row[0];
        for (size_t i = 1; i < list->count; i++)
            if (list->row[i]->value[side] < worst->value[side])
                worst = list->row[i];
        fprintf(p->out, "%s%c %s dB (%s)", side ? ", " : "", "AB"[side],
                ali_text_decimal(text, worst->value[side], 1), pair_text(p, worst, pair));
    }
    fputc('\n', p->out);
}

static void put_isolations(printer *p)
{
    row_list list =
        collect_summary(p, ALICORN_COMPARE_ISOLATION, ALICORN_COMPARE_LEAST, is_first_of_pair);
    ali_text_table table;
    char pair[ALI_TEXT_CELL];
    sort_list(&list);
    if (list.count == 0)
        goto cleanup;
    put_title(p, "Isolation [dB], least of all frequencies", &list);
    ali_text_table_init(&table, "lrrrrr");
    ali_text_table_add(&table, "pair");
    head_three(&table, "A");
    ali_text_table_add(&table, "A's at");
    ali_text_table_add(&table, "B's at");
    for (size_t i = 0; i < shown(p, &list); i++) {
        const alicorn_compare_row *row = list.row[i];
        ali_text_table_add(&table, "%s", pair_text(p, row, pair));
        put_three(p, &table, row, 1);
        put_frequency(&table, row->at[0].frequency_hz);
        put_frequency(&table, row->at[1].frequency_hz);
    }
    print_table(p, &table);
    put_worst_pairs(p, &list);
cleanup:
    free((void *)list.row);
}

/* ---- patterns ---- */

static bool has_one_frequency(const row_list *list)
{
    for (size_t i = 1; i < list->count; i++)
        if (list->row[i]->at[0].frequency_hz != list->row[0]->at[0].frequency_hz)
            return false;
    return list->count > 0;
}

static void put_gains(printer *p)
{
    row_list list = collect_summary(p, ALICORN_COMPARE_GAIN, ALICORN_COMPARE_LEAST, NULL);
    const char *plain = "Gain [dBi] over the directions of each pattern";
    ali_text_table table;
    char text[ALI_TEXT_SIZE], task[ALI_TEXT_SIZE], title[2 * ALI_TEXT_SIZE], covered[40];
    sort_list(&list);
    if (list.count == 0)
        goto cleanup;
    bool one = has_one_frequency(&list);
    if (one)
        snprintf(title, sizeof title, "%s, %s", plain,
                 ali_text_frequency(text, list.row[0]->at[0].frequency_hz));
    put_title(p, one ? title : plain, &list);
    ali_text_table_init(&table, "lrrrrrrrrrrrr");
    ali_text_table_add(&table, one ? "port" : "pattern");
    head_three(&table, "min A");
    head_three(&table, "max A");
    snprintf(covered, sizeof covered, "%% ≥ %.10s A",
             ali_text_decimal(text, p->c->coverage_dbi, 0));
    head_three(&table, covered);
    head_three(&table, "ripple A");
    for (size_t i = 0; i < shown(p, &list); i++) {
        const alicorn_compare_row *row = list.row[i];
        ali_text_table_add(&table, "%.12s%.31s%s%.20s", task_text(row, task), row->port[0],
                           one || !row->port[0][0] ? "" : " ",
                           one ? "" : ali_text_frequency(text, row->at[0].frequency_hz));
        put_three(p, &table, row, 1);
        put_three(p, &table, sibling(p, row, ALICORN_COMPARE_GAIN, ALICORN_COMPARE_GREATEST), 1);
        put_three(p, &table, sibling(p, row, ALICORN_COMPARE_COVERAGE, ALICORN_COMPARE_VALUE), 1);
        put_three(p, &table, sibling(p, row, ALICORN_COMPARE_RIPPLE, ALICORN_COMPARE_GREATEST), 1);
    }
    print_table(p, &table);
cleanup:
    free((void *)list.row);
}

/* ---- cross-sections ---- */

/** Where transmitter and receiver stand together VH is HV. */
static bool is_own_echo(const printer *p, const alicorn_compare_row *row)
{
    (void)p;
    return row->polarisation != ALICORN_RCS_VH || !isnan(row->transmitter_deg[0]);
}

/** Whether anything comes back at all. */
static bool is_echo(const printer *p, const alicorn_compare_row *row)
{
    const alicorn_compare_row *most =
        sibling(p, row, ALICORN_COMPARE_RCS, ALICORN_COMPARE_GREATEST);
    return is_own_echo(p, row) && most &&
           (most->value[0] > -HUGE_VAL || most->value[1] > -HUGE_VAL);
}

static bool is_all_around(const printer *p, const alicorn_compare_row *row)
{
    return isnan(row->azimuth_deg[0]) && is_echo(p, row);
}

static void put_echo_label(ali_text_table *table, const alicorn_compare_row *row)
{
    char sector[40] = "", transmitter[60] = "", name[8] = "";
    const char *component = alicorn_rcs_component_text((alicorn_rcs_component)row->polarisation);
    for (size_t k = 0; component[k] && k < 2; k++)
        name[k] = (char)(component[k] - 'a' + 'A');
    if (!isnan(row->azimuth_deg[0]))
        snprintf(sector, sizeof sector, ", %g° to %g°", row->azimuth_deg[0], row->azimuth_deg[1]);
    if (!isnan(row->transmitter_deg[0]))
        snprintf(transmitter, sizeof transmitter, ", from %g° %g°", row->transmitter_deg[0],
                 row->transmitter_deg[1]);
    ali_text_table_add(table, "%s%s%s", name, sector, transmitter);
}

static void put_echoes(printer *p)
{
    const size_t most_sectors = 32; /* rows; more than a person reads */
    row_list list = collect_summary(p, ALICORN_COMPARE_RCS, ALICORN_COMPARE_MEDIAN, is_echo);
    ali_text_table table;
    char percentile[40];
    if (list.count > most_sectors) {
        free((void *)list.row);
        list = collect_summary(p, ALICORN_COMPARE_RCS, ALICORN_COMPARE_MEDIAN, is_all_around);
    }
    if (list.count == 0)
        goto cleanup;
    fprintf(p->out, "\n%sCross-sections [dBsm] over azimuth%s\n", p->strong, p->normal);
    ali_text_table_init(&table, "lrrrrrrrrrr");
    ali_text_table_add(&table, "polarisation");
    ali_text_table_add(&table, "at");
    head_three(&table, "median A");
    snprintf(percentile, sizeof percentile, "%.4g %% A", p->c->percent);
    head_three(&table, percentile);
    head_three(&table, "max A");
    for (size_t i = 0; i < list.count && i < most_sectors; i++) {
        const alicorn_compare_row *row = list.row[i];
        put_echo_label(&table, row);
        put_frequency(&table, row->at[0].frequency_hz);
        put_three(p, &table, row, 1);
        put_three(p, &table, sibling(p, row, ALICORN_COMPARE_RCS, ALICORN_COMPARE_PERCENTILE), 1);
        put_three(p, &table, sibling(p, row, ALICORN_COMPARE_RCS, ALICORN_COMPARE_GREATEST), 1);
    }
    print_table(p, &table);
    if (list.count > most_sectors)
        fprintf(p->out, "and %zu more\n", list.count - most_sectors);
cleanup:
    free((void *)list.row);
}

/* ---- margins ---- */

/** A margin, "?" behind it if it may be worse; alone: nothing is known; a dot: nothing was found.
 */
static void put_margin(printer *p, ali_text_table *table, const alicorn_compare_row *row, int side)
{
    char text[2 * ALI_TEXT_SIZE];
    bool unknown = row->unknown >> side & 1;
    p->unknown |= unknown;
    if (!row->has[side])
        ali_text_table_add(table, "%s", unknown ? "?" : "·");
    else
        ali_text_table_add(table, "%.60s%s", ali_text_signed(text, row->value[side], 1),
                           unknown ? "?" : "");
}

static bool has_any(const printer *p, const alicorn_compare_row *row)
{
    (void)p;
    return row->has[0] || row->has[1];
}

static void put_margins(printer *p)
{
    row_list list = collect_summary(p, ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, has_any);
    row_list all = collect_summary(p, ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, NULL);
    ali_text_table table;
    char how[2][ALI_COSITE_TEXT];
    sort_list(&list);
    if (list.count > 0)
        put_title(p, "Margins [dB], above 0: disturbed", &list);
    ali_text_table_init(&table, "llrrrll");
    ali_text_table_add(&table, "receiver");
    ali_text_table_add(&table, "transmitter");
    head_three(&table, "A");
    ali_text_table_add(&table, "by, in A");
    ali_text_table_add(&table, "in B");
    for (size_t i = 0; i < shown(p, &list); i++) {
        const alicorn_compare_row *row = list.row[i];
        for (int side = 0; side < 2; side++) {
            how[side][0] = '\0';
            if (row->entry[side])
                ali_cosite_how(row->entry[side], how[side]);
        }
        ali_text_table_add(&table, "%.20s", row->port[0]);
        ali_text_table_add(&table, "%.20s", row->port[1]);
        put_margin(p, &table, row, 0);
        put_margin(p, &table, row, 1);
        put_change(p, &table, row, 1);
        ali_text_table_add(&table, "%.40s", how[0]);
        ali_text_table_add(&table, "%.40s", strcmp(how[0], how[1]) == 0 ? "the same" : how[1]);
    }
    print_table(p, &table);
    if (all.count > list.count)
        fprintf(p->out, "%zu more pair%s: nothing found, or no path data\n", all.count - list.count,
                all.count - list.count == 1 ? "" : "s");
    free((void *)list.row);
    free((void *)all.row);
}

static void put_totals(printer *p)
{
    row_list list = collect_summary(p, ALICORN_COMPARE_TOTAL_MARGIN, ALICORN_COMPARE_VALUE, NULL);
    ali_text_table table;
    sort_list(&list);
    if (list.count > 0)
        put_title(p, "All at once [dB], as far as paths are known", &list);
    ali_text_table_init(&table, "lrrr");
    ali_text_table_add(&table, "receiver");
    head_three(&table, "A");
    for (size_t i = 0; i < shown(p, &list); i++) {
        ali_text_table_add(&table, "%.20s", list.row[i]->port[0]);
        put_margin(p, &table, list.row[i], 0);
        put_margin(p, &table, list.row[i], 1);
        put_change(p, &table, list.row[i], 1);
    }
    print_table(p, &table);
    free((void *)list.row);
}

/* ---- single points ---- */

/** Whether S was compared at more than one frequency: else the summary says it all. */
static bool has_sweep(const printer *p)
{
    double first = NAN;
    for (size_t i = 0; i < p->c->point_count; i++) {
        const alicorn_compare_row *row = &p->c->points[i];
        if (row->quantity > ALICORN_COMPARE_VSWR)
            continue;
        if (isnan(first))
            first = row->at[0].frequency_hz;
        if (row->at[0].frequency_hz != first)
            return true;
    }
    return false;
}

static void put_angle(ali_text_table *table, double degrees)
{
    if (isnan(degrees))
        ali_text_table_add(table, "%s", "");
    else
        ali_text_table_add(table, "%.5g°", degrees);
}

static void put_subject(const printer *p, ali_text_table *table, const alicorn_compare_row *row)
{
    char pair[ALI_TEXT_CELL];
    if (row->polarisation >= 0)
        put_echo_label(table, row);
    else
        ali_text_table_add(table, "%s", pair_text(p, row, pair));
}

/** The points that changed for the worse most. */
static void put_points(printer *p, alicorn_compare_quantity quantity, const char *title)
{
    row_list list =
        collect(p, p->c->points, p->c->point_count, quantity, ALICORN_COMPARE_VALUE, is_own_echo);
    bool directions = quantity == ALICORN_COMPARE_GAIN || quantity == ALICORN_COMPARE_RCS;
    ali_text_table table;
    char text[ALI_TEXT_SIZE];
    sort_list(&list);
    if (shown(p, &list) == 0 || (!directions && !has_sweep(p)))
        goto cleanup;
    put_title(p, title, &list);
    ali_text_table_init(&table, "lrrrrrrr");
    ali_text_table_add(&table, directions ? "of" : "ports");
    ali_text_table_add(&table, "at");
    ali_text_table_add(&table, directions ? "theta" : "");
    ali_text_table_add(&table, directions ? "phi" : "");
    head_three(&table, "A");
    ali_text_table_add(&table, "±");
    for (size_t i = 0; i < shown(p, &list); i++) {
        const alicorn_compare_row *row = list.row[i];
        int decimals = quantity == ALICORN_COMPARE_VSWR ? 2 : 1;
        put_subject(p, &table, row);
        put_frequency(&table, row->at[0].frequency_hz);
        put_angle(&table, row->at[0].theta_deg);
        put_angle(&table, row->at[0].phi_deg);
        put_three(p, &table, row, decimals);
        ali_text_table_add(&table, "%.60s",
                           row->has_error ? ali_text_decimal(text, row->error, decimals + 1) : "");
    }
    print_table(p, &table);
cleanup:
    free((void *)list.row);
}

/* ---- the whole ---- */

static void put_all(printer *p)
{
    fprintf(p->out, "A  %s\nB  %s\n", p->c->title[0], p->c->title[1]);
    for (size_t i = 0; i < p->c->only_count; i++)
        put_only(p, &p->c->only[i]);
    if (p->c->point_count == 0 && p->c->summary_count == 0)
        fputs("there is nothing that both have\n", p->out);
    put_reflections(p);
    put_isolations(p);
    put_gains(p);
    put_echoes(p);
    put_margins(p);
    put_totals(p);
    put_points(p, ALICORN_COMPARE_VSWR, "VSWR, point by point");
    put_points(p, ALICORN_COMPARE_ISOLATION, "Isolation [dB], point by point");
    put_points(p, ALICORN_COMPARE_GAIN, "Gain [dBi], point by point");
    put_points(p, ALICORN_COMPARE_RCS, "Cross-sections [dBsm], point by point");
    fputs("\nChanges are B − A, those for the worse first.", p->out);
    if (p->within)
        fputs(" ~: within the error.", p->out);
    if (p->interpolated)
        fputs(" *: interpolated.", p->out);
    fputs(p->unknown ? "\n?: no path data for some of it, it may be worse.\n" : "\n", p->out);
}

alicorn_status alicorn_write_compare_table(const alicorn_comparison *comparison,
                                           const alicorn_compare_view *view, FILE *stream,
                                           alicorn_error *error)
{
    ali_writer writer;
    printer p = {.out = stream,
                 .c = comparison,
                 .list = view->list,
                 .strong = view->color ? "\033[1m" : "",
                 .normal = view->color ? "\033[0m" : ""};
    alicorn_status status = ali_writer_begin(&writer, stream, "comparison", error);
    if (status != ALICORN_OK)
        return status;
    put_all(&p);
    if (p.failed)
        status = ali_error_memory(error, comparison->point_count * sizeof(void *), "the table");
    return ali_writer_end(&writer, status, error);
}
