/* SPDX-License-Identifier: Apache-2.0 */
#include "output/isolation.h"
#include "output/summary.h"
#include "output/text_format.h"

#include <math.h>
#include <string.h>

/* The paragraph about what passes between ports. */

/** With more ports than this the matrix is no longer readable; the worst pairs are listed instead.
 */
#define MATRIX_PORTS 10
#define WORST_PAIRS 12

_Static_assert(MATRIX_PORTS + 1 <= ALI_TEXT_COLUMNS, "a column for the row's port");

/** Columns of the narrowest terminal that is in use. */
#define TERMINAL_COLUMNS 80

/** What passes from a port into another [dB]. */
typedef double (*transmission_fn)(const alicorn_ports *ports, size_t from, size_t to);

/** The largest over the group's frequencies; -infinity if there is nothing, NAN if it is not known
 * anywhere. */
static double largest_db(const ali_summary *summary, ali_summary_group group,
                         transmission_fn transmission, size_t from, size_t to, double *frequency_hz)
{
    double largest = NAN;
    for (size_t i = 0; i < group.count; i += group.turns) {
        const alicorn_solve_result *solve = alicorn_result_solve(summary->result, group.first + i);
        if (from >= solve->ports.count || to >= solve->ports.count || !solve->ports.s)
            continue;
        double here = transmission(&solve->ports, from, to);
        if (here > largest || isnan(largest)) {
            largest = here;
            *frequency_hz = solve->frequency_hz;
        }
    }
    return largest;
}

/** Below this [dB] a coupling is rounding noise. */
#define NOISE_DB (-200.0)

static const char *coupling_text(char text[ALI_TEXT_SIZE], double db)
{
    if (db < NOISE_DB) {
        snprintf(text, ALI_TEXT_SIZE, "< −200");
        return text;
    }
    return ali_text_decimal(text, db, 1);
}

static void print_matrix(ali_summary *summary, ali_summary_group group, const char *title,
                         transmission_fn transmission)
{
    char text[ALI_TEXT_SIZE], align[MATRIX_PORTS + 2] = "l";
    double unused = 0;
    const alicorn_ports *ports = &alicorn_result_solve(summary->result, group.first)->ports;
    memset(align + 1, 'r', ports->count);
    ali_text_table table;
    ali_text_table_init(&table, align);
    ali_text_table_add(&table, "%s%s [dB]", group.count > group.turns ? "largest " : "", title);
    for (size_t from = 0; from < ports->count; from++)
        ali_text_table_add(&table, "%s", ports->names[from]);
    for (size_t to = 0; to < ports->count; to++) {
        ali_text_table_add(&table, "%s", ports->names[to]);
        for (size_t from = 0; from < ports->count; from++)
            ali_text_table_add(
                &table, "%s",
                coupling_text(text, largest_db(summary, group, transmission, from, to, &unused)));
    }
    ali_text_table_print_blocks(&table, 2, TERMINAL_COLUMNS, summary->faint, summary->normal,
                                summary->out);
    fputc('\n', summary->out);
    summary->failed |= table.failed;
    ali_text_table_clear(&table);
}

/** One pair of ports and how strongly it couples. */
typedef struct port_pair {
    size_t from, to;
    double db, frequency_hz;
} port_pair;

/** Insert into the strongest pairs, sorted with the strongest first; the weakest falls out when
 * they are full. */
static void keep_worst(port_pair worst[WORST_PAIRS], size_t limit, size_t *count, port_pair pair)
{
    if (isnan(pair.db) || (*count == limit && !(pair.db > worst[limit - 1].db)))
        return;
    size_t k = *count < limit ? (*count)++ : limit - 1;
    for (; k > 0 && worst[k - 1].db < pair.db; k--)
        worst[k] = worst[k - 1];
    worst[k] = pair;
}

/** The strongest pairs, at most `limit`, of either direction the stronger. Returns their number. */
static size_t find_worst(const ali_summary *summary, ali_summary_group group,
                         transmission_fn transmission, size_t limit, port_pair worst[WORST_PAIRS])
{
    size_t count = 0;
    size_t ports = alicorn_result_solve(summary->result, group.first)->ports.count;
    for (size_t a = 0; a < ports; a++) {
        for (size_t b = a + 1; b < ports; b++) {
            port_pair there = {.from = a, .to = b}, back = {.from = b, .to = a};
            there.db = largest_db(summary, group, transmission, a, b, &there.frequency_hz);
            back.db = largest_db(summary, group, transmission, b, a, &back.frequency_hz);
            keep_worst(worst, limit, &count, back.db > there.db ? back : there);
        }
    }
    return count;
}

static void print_worst_pairs(ali_summary *summary, ali_summary_group group)
{
    char text[ALI_TEXT_SIZE];
    port_pair worst[WORST_PAIRS] = {{0}};
    const alicorn_ports *ports = &alicorn_result_solve(summary->result, group.first)->ports;
    size_t count = find_worst(summary, group, ali_transmission_db, WORST_PAIRS, worst);
    ali_text_table table;
    ali_text_table_init(&table, "llrr");
    ali_text_table_add(&table, "strongest of %zu pairs", ports->count * (ports->count - 1) / 2);
    ali_text_table_add(&table, "%s", "");
    ali_text_table_add(&table, "|S| [dB]");
    ali_text_table_add(&table, "at");
    for (size_t k = 0; k < count; k++) {
        ali_text_table_add(&table, "%s", ports->names[worst[k].from]);
        ali_text_table_add(&table, "%s", ports->names[worst[k].to]);
        ali_text_table_add(&table, "%s", coupling_text(text, worst[k].db));
        ali_text_table_add(&table, "%s", ali_text_frequency(text, worst[k].frequency_hz));
    }
    ali_summary_print_table(summary, &table);
}

/** The pair with the least isolation, and the one that could couple most. */
static void print_worst(const ali_summary *summary, ali_summary_group group, const char *title,
                        double sign, transmission_fn transmission)
{
    char text[ALI_TEXT_SIZE];
    port_pair worst[WORST_PAIRS] = {{0}};
    const alicorn_ports *ports = &alicorn_result_solve(summary->result, group.first)->ports;
    if (find_worst(summary, group, transmission, 1, worst) == 0 || worst->db < NOISE_DB)
        return;
    fprintf(summary->out, "  %s%s dB, ", title, ali_text_decimal(text, sign * worst->db, 1));
    fprintf(summary->out, sign < 0 ? "from %s to %s" : "%s and %s", ports->names[worst->from],
            ports->names[worst->to]);
    if (group.count > group.turns)
        fprintf(summary->out, " at %s", ali_text_frequency(text, worst->frequency_hz));
    fputc('\n', summary->out);
}

void ali_summary_isolation(ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    if (!ali_has_isolation(head))
        return;
    if (head->ports.count <= MATRIX_PORTS) {
        print_matrix(summary, group, "|S|", ali_transmission_db);
        if (head->ports.coupling_db)
            print_matrix(summary, group, "maximum coupling", ali_coupling_db);
    } else {
        print_worst_pairs(summary, group);
    }
    print_worst(summary, group, "isolation  worst ", -1.0, ali_transmission_db);
    print_worst(summary, group, "matched    at most ", 1.0, ali_coupling_db);
}
