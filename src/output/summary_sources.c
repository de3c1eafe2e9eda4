/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/isolation.h"
#include "output/jobs.h"
#include "output/summary.h"
#include "output/text_format.h"

#include <math.h>

/* The paragraphs about driven antennas. */

/** "50" if all ports have it, so that the header can say it once; 0 if they differ or there are
 * none. */
static double common_z0(const alicorn_ports *ports)
{
    for (size_t i = 1; i < ports->count; i++)
        if (fabs(ports->z0[i] - ports->z0[0]) > 0)
            return 0;
    return ports->count > 0 ? ports->z0[0] : 0;
}

static void add_vswr_header(ali_text_table *table, const alicorn_ports *ports)
{
    double z0 = common_z0(ports);
    if (z0 > 0)
        ali_text_table_add(table, "VSWR (%.4g Ω)", z0);
    else
        ali_text_table_add(table, "VSWR");
}

/** The four cells that a source has in both tables. */
static void add_source(ali_text_table *table, const alicorn_solve_result *solve, size_t i)
{
    char text[ALI_TEXT_SIZE];
    const alicorn_source_result *source = &solve->sources[i];
    double reflection = ali_summary_reflection(solve, i);
    ali_text_table_add(table, "%s",
                       ali_text_impedance(text, source->impedance, source->impedance_error));
    ali_text_table_add(table, "%s", ali_text_vswr(text, reflection));
    ali_text_table_add(table, "%s", ali_text_return_loss(text, reflection));
}

static void print_sources(ali_summary *summary, const alicorn_solve_result *solve)
{
    char text[ALI_TEXT_SIZE];
    ali_text_table table;
    ali_text_table_init(&table, "lrrrrrr");
    ali_text_table_add(&table, "port");
    ali_text_table_add(&table, "tag");
    ali_text_table_add(&table, "segment");
    ali_text_table_add(&table, "impedance [Ω]");
    add_vswr_header(&table, &solve->ports);
    ali_text_table_add(&table, "return loss");
    ali_text_table_add(&table, "power");
    for (size_t i = 0; i < solve->source_count; i++) {
        ali_text_table_add(&table, "%s", solve->sources[i].port);
        ali_text_table_add(&table, "%d", solve->sources[i].tag);
        ali_text_table_add(&table, "%zu", solve->sources[i].segment);
        add_source(&table, solve, i);
        ali_text_table_add(&table, "%s", ali_text_power(text, solve->sources[i].power_w));
    }
    ali_summary_print_table(summary, &table);
}

/** Far-field power over radiated power that the quadrature of the far field may make of 1. */
static const double POWER_SLACK = 1.01;
/** A gain whose error bar is longer [dB] is not known at all. */
static const double UNKNOWN_GAIN_DB = 20.0;

static void print_gain(const ali_summary *summary, const alicorn_solve_result *solve)
{
    char text[ALI_TEXT_SIZE];
    fprintf(summary->out, "  gain       %s", ali_text_decimal(text, solve->max_gain_dbi, 2));
    if (solve->max_gain_error_db > UNKNOWN_GAIN_DB)
        fprintf(summary->out, " ± > %.0f", UNKNOWN_GAIN_DB);
    else if (solve->max_gain_error_db >= 0)
        fprintf(summary->out, " ± %.2f", solve->max_gain_error_db);
    fprintf(summary->out, " dBi at θ = %s°,", ali_text_decimal(text, solve->max_gain_theta_deg, 1));
    fprintf(summary->out, " φ = %s°; average %.4f\n",
            ali_text_decimal(text, solve->max_gain_phi_deg, 1), solve->average_gain);
}

/** What lossy ground keeps of the power radiated. Reflection coefficients stretched too far show
 * here: the ground then supplies power. */
static void print_ground_loss(const ali_summary *summary, const alicorn_power *power)
{
    char text[ALI_TEXT_SIZE];
    if (!(power->far_field > 0))
        return;
    if (power->far_field > POWER_SLACK * power->radiated) {
        fprintf(summary->out,
                "  ground     %s above it, more than is radiated: reflection coefficients do not "
                "serve here\n",
                ali_text_power(text, power->far_field));
        return;
    }
    fprintf(summary->out, "  ground     %s above it (%.1f %% of the input),",
            ali_text_power(text, power->far_field), 100 * power->far_field / power->input);
    double loss = fmax(power->ground_loss, 0.0);
    fprintf(summary->out, " %s lost in it (%.1f %%)\n", ali_text_power(text, loss),
            100 * loss / power->input);
}

static void print_power(const ali_summary *summary, const alicorn_solve_result *solve)
{
    const alicorn_power *power = &solve->power;
    char text[ALI_TEXT_SIZE];
    if (power->input < 0)
        fprintf(summary->out,
                "  power      %s in, less than nothing: see what 'alicorn lint' says\n",
                ali_text_power(text, power->input));
    if (!(power->input > 0))
        return;
    fprintf(summary->out, "  power      %s in,", ali_text_power(text, power->input));
    fprintf(summary->out, " %s radiated; efficiency %.1f %%\n",
            ali_text_power(text, power->radiated), 100 * ali_summary_efficiency(solve));
    if (power->has_ground_loss)
        print_ground_loss(summary, power);
    if (!(power->structure_loss > 0) && !(power->network_loss > 0))
        return;
    fprintf(summary->out, "  lost       %s in the structure,",
            ali_text_power(text, power->structure_loss));
    fprintf(summary->out, " %s in networks\n", ali_text_power(text, power->network_loss));
}

static void print_frequency(const ali_summary *summary, const alicorn_solve_result *solve)
{
    char text[ALI_TEXT_SIZE];
    fprintf(summary->out, "%s%s%s, wavelength %.4g m\n", summary->strong,
            ali_text_frequency(text, solve->frequency_hz), summary->normal,
            ALI_C0 / solve->frequency_hz);
}

static void print_point(ali_summary *summary, const alicorn_solve_result *solve)
{
    print_frequency(summary, solve);
    if (solve->source_count > 0)
        print_sources(summary, solve);
}

/** Unit in which all frequencies of a sweep are printed. */
static double sweep_unit(double frequency_hz, const char **name)
{
    if (frequency_hz >= 1e10) {
        *name = "GHz";
        return 1e9;
    }
    *name = "MHz";
    return 1e6;
}

/** Decimals that tell neighbouring frequencies of the sweep apart, 0 … 6. */
static int sweep_decimals(const ali_summary *summary, ali_summary_group group, double unit)
{
    int decimals = 0;
    for (size_t i = 0; i < group.count; i++) {
        double value = alicorn_result_solve(summary->result, group.first + i)->frequency_hz / unit;
        while (decimals < 6) {
            double scaled = value * pow(10.0, decimals);
            if (fabs(scaled - round(scaled)) < 1e-6 * fmax(1.0, fabs(scaled) * 1e-6))
                break;
            decimals++;
        }
    }
    return decimals;
}

/** One source over the frequencies of a group. */
typedef struct port_sweep {
    const alicorn_result *result;
    ali_summary_group group;
    size_t turn;   /**< which of the solves of a frequency */
    size_t source; /**< which of its sources */
} port_sweep;

static const alicorn_solve_result *sweep_at(const port_sweep *sweep, size_t i)
{
    return alicorn_result_solve(sweep->result,
                                sweep->group.first + i * sweep->group.turns + sweep->turn);
}

/** Reflection at the i-th frequency; NAN where it does not exist. */
static double reflection_at(const port_sweep *sweep, size_t i)
{
    const alicorn_solve_result *solve = sweep_at(sweep, i);
    return sweep->source < solve->source_count ? ali_summary_reflection(solve, sweep->source) : NAN;
}

static const char *frequency_at(char text[ALI_TEXT_SIZE], const port_sweep *sweep, size_t i)
{
    return ali_text_frequency(text, sweep_at(sweep, i)->frequency_hz);
}

/** The sweep's lowest VSWR, and the frequencies around it where it stays at 2 or below. */
static void print_best(const ali_summary *summary, const port_sweep *sweep)
{
    char from[ALI_TEXT_SIZE], to[ALI_TEXT_SIZE], vswr[ALI_TEXT_SIZE];
    const double limit = 1.0 / 3.0; /* reflection coefficient of VSWR 2 */
    size_t best = 0, count = sweep->group.count / sweep->group.turns;
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double here = reflection_at(sweep, i);
        if (here < least) {
            least = here;
            best = i;
        }
    }
    if (isinf(least) || count < 3)
        return;
    fprintf(summary->out, "  port %-5s lowest VSWR %s at %s",
            sweep_at(sweep, 0)->sources[sweep->source].port, ali_text_vswr(vswr, least),
            frequency_at(from, sweep, best));
    if (least <= limit) {
        size_t low = best, high = best;
        while (low > 0 && reflection_at(sweep, low - 1) <= limit)
            low--;
        while (high + 1 < count && reflection_at(sweep, high + 1) <= limit)
            high++;
        if (low < high)
            fprintf(summary->out, "; 2 or less from %s to %s", frequency_at(from, sweep, low),
                    frequency_at(to, sweep, high));
    }
    fputc('\n', summary->out);
}

static void add_sweep_header(ali_text_table *table, const alicorn_solve_result *head,
                             const char *unit_name)
{
    ali_text_table_add(table, "%s", unit_name);
    ali_text_table_add(table, "port");
    ali_text_table_add(table, "impedance [Ω]");
    add_vswr_header(table, &head->ports);
    ali_text_table_add(table, "return loss");
    ali_text_table_add(table, "gain [dBi]");
    ali_text_table_add(table, "efficiency");
}

static void add_sweep_rows(ali_text_table *table, const alicorn_solve_result *solve, double unit,
                           int decimals)
{
    char text[ALI_TEXT_SIZE];
    double efficiency = ali_summary_efficiency(solve);
    for (size_t i = 0; i < solve->source_count; i++) {
        if (i == 0)
            ali_text_table_add(table, "%.*f", decimals, solve->frequency_hz / unit);
        else
            ali_text_table_add(table, "%s", "");
        ali_text_table_add(table, "%s", solve->sources[i].port);
        add_source(table, solve, i);
        ali_text_table_add(
            table, "%s",
            i > 0 ? "" : ali_text_decimal(text, solve->has_gain ? solve->max_gain_dbi : NAN, 2));
        if (i > 0)
            ali_text_table_add(table, "%s", "");
        else if (isnan(efficiency))
            ali_text_table_add(table, "—");
        else
            ali_text_table_add(table, "%.1f %%", 100 * efficiency);
    }
}

static void print_sweep(ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    const alicorn_solve_result *last =
        alicorn_result_solve(summary->result, group.first + group.count - 1);
    const char *unit_name;
    double unit = sweep_unit(fmin(head->frequency_hz, last->frequency_hz), &unit_name);
    int decimals = sweep_decimals(summary, group, unit);
    ali_text_table table;
    ali_text_table_init(&table, "rlrrrrr");
    add_sweep_header(&table, head, unit_name);
    for (size_t i = 0; i < group.count; i++)
        add_sweep_rows(&table, alicorn_result_solve(summary->result, group.first + i), unit,
                       decimals);
    ali_summary_print_table(summary, &table);
}

/** "12.3 %" of the power that the source delivers; "—" if it delivers none or the part is not
 * known.
 */
static void add_share(ali_text_table *table, const alicorn_power *power, double part)
{
    if (power->input > 0 && !isnan(part))
        ali_text_table_add(table, "%.1f %%", 100 * part / power->input);
    else
        ali_text_table_add(table, "—");
}

/** Ports that are driven in turn: a line for each, at each frequency. */
static void print_turns(ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    bool sweep = group.count > group.turns;
    const char *unit_name;
    double unit = sweep_unit(head->frequency_hz, &unit_name);
    int decimals = sweep_decimals(summary, group, unit);
    ali_text_table table;
    ali_text_table_init(&table, sweep ? "rlrrrrrr" : "lrrrrrr");
    if (sweep)
        ali_text_table_add(&table, "%s", unit_name);
    else
        print_frequency(summary, head);
    static const char *const header[] = {"gain [dBi]", "radiated", "into ports"};
    ali_text_table_add(&table, "port");
    ali_text_table_add(&table, "impedance [Ω]");
    add_vswr_header(&table, &head->ports);
    ali_text_table_add(&table, "return loss");
    for (size_t k = 0; k < sizeof header / sizeof *header; k++)
        ali_text_table_add(&table, "%s", header[k]);
    for (size_t i = 0; i < group.count; i++) {
        char text[ALI_TEXT_SIZE];
        const alicorn_solve_result *solve = alicorn_result_solve(summary->result, group.first + i);
        if (sweep && i % group.turns == 0)
            ali_text_table_add(&table, "%.*f", decimals, solve->frequency_hz / unit);
        else if (sweep)
            ali_text_table_add(&table, "%s", "");
        ali_text_table_add(&table, "%s", ali_driven_port(solve));
        add_source(&table, solve, 0);
        ali_text_table_add(&table, "%s",
                           ali_text_decimal(text, solve->has_gain ? solve->max_gain_dbi : NAN, 2));
        add_share(&table, &solve->power, solve->power.radiated);
        add_share(&table, &solve->power, solve->power.termination);
    }
    ali_summary_print_table(summary, &table);
}

void ali_summary_sources(ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    if (ali_driven_port(head) && head->source_count > 0)
        print_turns(summary, group);
    else if (group.count == 1)
        print_point(summary, alicorn_result_solve(summary->result, group.first));
    else
        print_sweep(summary, group);
}

void ali_summary_highlights(const ali_summary *summary, ali_summary_group group)
{
    const alicorn_solve_result *head = alicorn_result_solve(summary->result, group.first);
    if (group.count > 1 || ali_driven_port(head)) {
        for (size_t turn = 0; turn < group.turns; turn++)
            for (size_t source = 0; source < head->source_count; source++)
                print_best(summary, &(port_sweep){summary->result, group, turn, source});
        if (head->power.has_ground_loss)
            fputs("  efficiency does not count what the ground takes\n", summary->out);
        return;
    }
    if (head->has_gain)
        print_gain(summary, head);
    print_power(summary, head);
}
