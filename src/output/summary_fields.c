/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/summary.h"
#include "output/text_format.h"

#include <math.h>

/* The paragraphs about what was asked for besides ports, and what comes back from plane waves. */

static const alicorn_solve_result *solve_at(const ali_summary *summary, ali_summary_group group,
                                            size_t i)
{
    return alicorn_result_solve(summary->result, group.first + i);
}

void ali_summary_coupling(ali_summary *summary, ali_summary_group group)
{
    char text[ALI_TEXT_SIZE];
    ali_text_table table;
    ali_text_table_init(&table, "rrrrr");
    static const char *const header[] = {"frequency", "segments", "maximum coupling", "load [Ω]",
                                         "input [Ω]"};
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < group.count; i++) {
        const alicorn_solve_result *solve = solve_at(summary, group, i);
        for (size_t k = 0; k < solve->coupling_count; k++) {
            const alicorn_coupling *pair = &solve->couplings[k];
            ali_text_table_add(&table, "%s", ali_text_frequency(text, solve->frequency_hz));
            ali_text_table_add(&table, "%zu and %zu", pair->segment[0], pair->segment[1]);
            if (!pair->valid) {
                ali_text_table_add(&table, "no match exists");
                ali_text_table_add(&table, "%s", "");
                ali_text_table_add(&table, "%s", "");
                continue;
            }
            ali_text_table_add(&table, "%s dB", ali_text_decimal(text, pair->maximum_db, 2));
            ali_text_table_add(&table, "%s", ali_text_impedance(text, pair->load, -1));
            ali_text_table_add(&table, "%s", ali_text_impedance(text, pair->input, -1));
        }
    }
    if (table.count == sizeof header / sizeof *header && !table.failed) {
        ali_text_table_clear(&table);
        return;
    }
    ali_summary_print_table(summary, &table);
}

/** The largest co-polar echo of some solves. */
typedef struct echo {
    double db, theta_deg, phi_deg;
    const char *polarisation;
    size_t count;
} echo;

static void take_echo(echo *largest, const alicorn_rcs *rcs)
{
    largest->count++;
    if (rcs->vv_dbsm > largest->db)
        *largest = (echo){rcs->vv_dbsm, rcs->theta_deg, rcs->phi_deg, "VV", largest->count};
    if (rcs->hh_dbsm > largest->db)
        *largest = (echo){rcs->hh_dbsm, rcs->theta_deg, rcs->phi_deg, "HH", largest->count};
}

static void print_waves_at(const ali_summary *summary, double frequency_hz, size_t directions,
                           const echo *largest)
{
    char text[ALI_TEXT_SIZE];
    fprintf(summary->out, "%s%s%s, wavelength %.4g m: plane wave%s from %zu direction%s\n",
            summary->strong, ali_text_frequency(text, frequency_hz), summary->normal,
            ALI_C0 / frequency_hz, directions == 1 ? "" : "s", directions,
            directions == 1 ? "" : "s");
    if (largest->count == 0)
        return;
    fprintf(summary->out, "  RCS        %zu pair%s of directions", largest->count,
            largest->count == 1 ? "" : "s");
    if (!isinf(largest->db))
        fprintf(summary->out, "; largest %s dBsm (%s) at θ = %.1f°, φ = %.1f°",
                ali_text_decimal(text, largest->db, 2), largest->polarisation, largest->theta_deg,
                largest->phi_deg);
    fputc('\n', summary->out);
}

/** Directions that a solve's waves come from. Cross-sections of one direction stand together. */
static size_t count_waves(const alicorn_solve_result *solve)
{
    size_t count = 1;
    for (size_t k = 1; k < solve->rcs_count && solve->driven == 4; k++)
        count += fabs(solve->rcs[k].theta_inc_deg - solve->rcs[k - 1].theta_inc_deg) > 0 ||
                 fabs(solve->rcs[k].phi_inc_deg - solve->rcs[k - 1].phi_inc_deg) > 0;
    return count;
}

void ali_summary_waves(const ali_summary *summary, ali_summary_group group)
{
    for (size_t i = 0; i < group.count;) {
        double frequency_hz = solve_at(summary, group, i)->frequency_hz;
        echo largest = {.db = -HUGE_VAL, .polarisation = ""};
        size_t directions = 0;
        for (; i < group.count; i++) {
            const alicorn_solve_result *solve = solve_at(summary, group, i);
            if (fabs(solve->frequency_hz - frequency_hz) > 0)
                break;
            directions += count_waves(solve);
            for (size_t k = 0; k < solve->rcs_count; k++)
                take_echo(&largest, &solve->rcs[k]);
        }
        print_waves_at(summary, frequency_hz, directions, &largest);
    }
}

static void print_requested(const ali_summary *summary, ali_summary_group group)
{
    size_t patterns = 0, directions = 0, electric = 0, magnetic = 0;
    for (size_t i = 0; i < group.count; i++) {
        const alicorn_solve_result *solve = solve_at(summary, group, i);
        for (size_t k = 0; k < solve->pattern_count; k++, patterns++)
            directions += solve->patterns[k].theta_count * solve->patterns[k].phi_count;
        for (size_t k = 0; k < solve->near_field_count; k++)
            *(solve->near_fields[k].magnetic ? &magnetic : &electric) +=
                solve->near_fields[k].count;
    }
    if (patterns + electric + magnetic == 0)
        return;
    const char *separator = "  computed   ";
    if (patterns > 0) {
        fprintf(summary->out, "%s%zu pattern%s, %zu direction%s", separator, patterns,
                patterns == 1 ? "" : "s", directions, directions == 1 ? "" : "s");
        separator = "; ";
    }
    if (electric > 0) {
        fprintf(summary->out, "%snear E at %zu points", separator, electric);
        separator = "; ";
    }
    if (magnetic > 0)
        fprintf(summary->out, "%snear H at %zu points", separator, magnetic);
    fputc('\n', summary->out);
}

/** What an adaptive sweep of this task did. */
static void print_sweep(const ali_summary *summary, size_t task)
{
    for (size_t i = 0; i < alicorn_result_sweep_count(summary->result); i++) {
        const alicorn_sweep *sweep = alicorn_result_sweep(summary->result, i);
        if (sweep->task != task)
            continue;
        fprintf(summary->out, "  sweep      %zu of %zu frequencies solved", sweep->solved,
                sweep->frequencies);
        if (sweep->solved < sweep->frequencies)
            fprintf(summary->out,
                    ", the others interpolated: S within %.1g (%.1g asked), largest singular value "
                    "%.4f",
                    sweep->error, sweep->tolerance, sweep->largest_singular);
        fputc('\n', summary->out);
    }
}

void ali_summary_numerics(const ali_summary *summary, ali_summary_group group)
{
    char fill[ALI_TEXT_SIZE], factor[ALI_TEXT_SIZE], solve_time[ALI_TEXT_SIZE];
    char matrix[64] = "";
    double residual = 0, matrix_error = 0, seconds[3] = {0, 0, 0}, frequency_hz = -1;
    size_t unknowns = 0;
    for (size_t i = 0; i < group.count; i++) {
        const alicorn_solve_result *solve = solve_at(summary, group, i);
        if (solve->interpolated)
            continue;
        residual = fmax(residual, solve->residual);
        matrix_error = fmax(matrix_error, solve->matrix_error);
        unknowns = solve->unknowns > unknowns ? solve->unknowns : unknowns;
        if (fabs(solve->frequency_hz - frequency_hz) > 0) {
            frequency_hz =
                solve->frequency_hz; /* excitations that share a matrix repeat its times */
            seconds[0] += solve->fill_s;
            seconds[1] += solve->factor_s;
        }
        seconds[2] += solve->solve_s;
    }
    print_requested(summary, group);
    print_sweep(summary, solve_at(summary, group, 0)->task);
    if (matrix_error > 0.0)
        snprintf(matrix, sizeof matrix, ", compressed to %.1e", matrix_error);
    fprintf(summary->out,
            "  %ssolved     %zu unknowns%s, residual %.1e; fill %s, factor %s, solve %s%s\n",
            summary->faint, unknowns, matrix, residual, ali_text_duration(fill, seconds[0]),
            ali_text_duration(factor, seconds[1]), ali_text_duration(solve_time, seconds[2]),
            summary->normal);
}
