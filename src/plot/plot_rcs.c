/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/assess.h"
#include "base/error.h"
#include "base/memory.h"
#include "output/text_format.h"
#include "plot/chart.h"
#include "plot/cut.h"
#include "plot/plot.h"
#include "plot/polar.h"
#include "plot/ports.h"
#include "plot/scale.h"
#include "plot/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cross-sections over one angle, the others held. */

enum { CHART_HEIGHT = 420 };

/** Decibels below the largest that are shown unless more is asked for. */
#define SPAN 60.0
#define POLAR_RANGE 40.0

/** Angles [degrees] that are the same. */
#define SAME 1e-6

/** The angles of a sample. */
enum { THETA, PHI, THETA_INC, PHI_INC, ANGLES };

static const char *const angle_names[ANGLES] = {"theta", "phi", "from theta", "from phi"};

static double angle_of(const alicorn_rcs *rcs, int angle)
{
    const double angles[ANGLES] = {rcs->theta_deg, rcs->phi_deg, rcs->theta_inc_deg,
                                   rcs->phi_inc_deg};
    return angles[angle];
}

/** What the traces are functions of. */
typedef struct sweep {
    int over;          /**< the angle along the axis */
    bool monostatic;   /**< transmitter and receiver go together */
    bool many[ANGLES]; /**< which other angles have several values: one trace for each */
    bool frequencies;  /**< there are several */
} sweep;

static bool wants_solve(const ali_plot *plot, const alicorn_solve_result *solve)
{
    return solve->rcs_count > 0 &&
           (plot->options->task == 0 || solve->task == plot->options->task - 1) &&
           ali_plot_wants_frequency(plot, solve->frequency_hz);
}

static const alicorn_solve_result *next_solve(const ali_plot *plot, size_t *i)
{
    const alicorn_result *result = plot->input->result;
    while (result && *i < alicorn_result_count(result)) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, (*i)++);
        if (wants_solve(plot, solve))
            return solve;
    }
    return NULL;
}

/** Number of different values of an angle. */
static alicorn_status count_values(const alicorn_solve_result *solve, int angle, size_t *count,
                                   alicorn_error *error)
{
    double *values = ali_calloc(solve->rcs_count, sizeof *values);
    if (!values)
        return ali_error_memory(error, solve->rcs_count * sizeof *values, "angles");
    for (size_t i = 0; i < solve->rcs_count; i++)
        values[i] = angle_of(&solve->rcs[i], angle);
    *count = ali_spread_distinct(values, solve->rcs_count, SAME);
    free(values);
    return ALICORN_OK;
}

static bool is_monostatic(const alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->rcs_count; i++)
        if (solve->rcs[i].theta_deg != solve->rcs[i].theta_inc_deg ||
            solve->rcs[i].phi_deg != solve->rcs[i].phi_inc_deg)
            return false;
    return true;
}

/** The angle with most values is that of the axis: the receiver's, unless it stands still. */
static alicorn_status find_sweep(const ali_plot *plot, const alicorn_solve_result *solve, sweep *s)
{
    static const int preferred[ANGLES] = {PHI, THETA, PHI_INC, THETA_INC};
    size_t most = 1, counts[ANGLES] = {1, 1, 1, 1};
    alicorn_status status = ALICORN_OK;
    *s = (sweep){.over = ANGLES, .monostatic = is_monostatic(solve)};
    for (int k = 0; k < ANGLES && status == ALICORN_OK; k++)
        status = count_values(solve, k, &counts[k], plot->error);
    for (int k = 0; k < ANGLES; k++) {
        bool of_wave = preferred[k] == PHI_INC || preferred[k] == THETA_INC;
        if (of_wave && (s->monostatic || s->over < ANGLES))
            break;
        if (counts[preferred[k]] > most) {
            most = counts[preferred[k]];
            s->over = preferred[k];
        }
    }
    for (int k = 0; k < ANGLES; k++)
        s->many[k] = k != s->over && counts[k] > 1 && !(s->monostatic && k >= THETA_INC);
    if (status == ALICORN_OK && s->over == ANGLES)
        status = ali_error_set(plot->error, ALICORN_E_USAGE,
                               "cross-sections of one direction make no curve; expected several "
                               "theta or phi");
    return status;
}

/* ---- traces ---- */

static bool same_held(const sweep *s, const alicorn_rcs *a, const alicorn_rcs *b)
{
    for (int k = 0; k < ANGLES; k++)
        if (s->many[k] && fabs(angle_of(a, k) - angle_of(b, k)) > SAME)
            return false;
    return true;
}

static void put_label(char *label, const sweep *s, const alicorn_solve_result *solve,
                      const alicorn_rcs *rcs, const char *component)
{
    char text[ALI_TEXT_SIZE];
    size_t length =
        (size_t)snprintf(label, ALI_LABEL_SIZE, "%c%c", component[0] & ~0x20, component[1] & ~0x20);
    if (s->frequencies)
        length += (size_t)snprintf(label + length, ALI_LABEL_SIZE - length, ", %s",
                                   ali_text_frequency(text, solve->frequency_hz));
    for (int k = 0; k < ANGLES && length < ALI_LABEL_SIZE; k++)
        if (s->many[k])
            length += (size_t)snprintf(label + length, ALI_LABEL_SIZE - length, ", %s %.6g°",
                                       angle_names[k], angle_of(rcs, k));
}

/** What is drawn, on its way into traces. */
typedef struct collection {
    ali_plot *plot;
    sweep sweep;
    ali_bearing *bearings; /**< room for all samples of a solve and one more */
    size_t *group;         /**< of each sample, from 1; 0: not in a trace yet */
    ali_traces *traces;
    unsigned heard, silent; /**< components with and without an echo, a bit each */
} collection;

static const char *const component_names[] = {"vv", "hv", "vh", "hh"};
enum { COMPONENT_COUNT = sizeof component_names / sizeof *component_names };

/** The trace of a component of the samples of one group; none if there is no echo. */
static alicorn_status add_component(collection *c, const alicorn_solve_result *solve, size_t group,
                                    const char *component)
{
    static const alicorn_rcs_component components[] = {ALICORN_RCS_VV, ALICORN_RCS_HV,
                                                       ALICORN_RCS_VH, ALICORN_RCS_HH};
    size_t count = 0, of = ali_plot_find(component, component_names, COMPONENT_COUNT);
    const alicorn_rcs *first = NULL;
    bool echo = false;
    ali_trace *trace = NULL;
    for (size_t i = 0; i < solve->rcs_count; i++) {
        const alicorn_rcs *rcs = &solve->rcs[i];
        double bar, level = alicorn_rcs_value(rcs, components[of], &bar);
        if (c->group[i] != group)
            continue;
        first = first ? first : rcs;
        echo = echo || isfinite(level);
        c->bearings[count++] =
            (ali_bearing){angle_of(rcs, c->sweep.over), level, bar < 0.0 ? NAN : bar};
    }
    if (c->traces->count == ALI_PLOT_TRACES)
        return ali_error_set(c->plot->error, ALICORN_E_USAGE,
                             "these are more than %d curves, too many for one plot; choose "
                             "frequencies or directions",
                             ALI_PLOT_TRACES);
    if (!echo) {
        c->silent |= 1u << of;
        return ALICORN_OK;
    }
    c->heard |= 1u << of;
    alicorn_status status = ali_cut_add(c->bearings, count, c->traces, &trace, c->plot->error);
    if (status == ALICORN_OK)
        put_label(trace->label, &c->sweep, solve, first, component);
    return status;
}

/** All components of the samples that share the held angles with sample i. */
static alicorn_status add_group(collection *c, const alicorn_solve_result *solve, size_t i)
{
    static const char *const usual[] = {"vv", "hh"};
    const alicorn_plot_options *options = c->plot->options;
    const char *const *wanted = options->component_count > 0 ? options->components : usual;
    size_t count = options->component_count > 0 ? options->component_count : 2;
    alicorn_status status = ALICORN_OK;
    for (size_t k = i; k < solve->rcs_count; k++)
        if (same_held(&c->sweep, &solve->rcs[i], &solve->rcs[k]))
            c->group[k] = i + 1;
    for (size_t k = 0; k < count && status == ALICORN_OK; k++)
        status = add_component(c, solve, i + 1, wanted[k]);
    return status;
}

static alicorn_status add_solve(collection *c, const alicorn_solve_result *solve)
{
    alicorn_status status = ALICORN_OK;
    size_t count = solve->rcs_count;
    c->bearings = ali_calloc(count + 1, sizeof *c->bearings);
    c->group = ali_calloc(count, sizeof *c->group);
    if (!c->bearings || !c->group)
        status = ali_error_memory(c->plot->error, count * sizeof *c->bearings, "angles");
    for (size_t i = 0; i < count && status == ALICORN_OK; i++)
        if (c->group[i] == 0)
            status = add_group(c, solve, i);
    free(c->bearings);
    free(c->group);
    return status;
}

static alicorn_status collect(ali_plot *plot, sweep *s, ali_traces *traces)
{
    size_t at = 0, frequencies = 0;
    const alicorn_solve_result *first = next_solve(plot, &at), *solve = first;
    double low = HUGE_VAL, high = -HUGE_VAL;
    if (!first)
        return ali_error_set(plot->error, ALICORN_E_USAGE,
                             "there are no cross-sections of these frequencies and task");
    for (; solve; solve = next_solve(plot, &at)) {
        frequencies++;
        low = fmin(low, solve->frequency_hz);
        high = fmax(high, solve->frequency_hz);
    }
    alicorn_status status = find_sweep(plot, first, s);
    s->frequencies = frequencies > 1;
    collection c = {.plot = plot, .sweep = *s, .traces = traces};
    at = 0;
    while (status == ALICORN_OK && (solve = next_solve(plot, &at)))
        status = add_solve(&c, solve);
    if (status == ALICORN_OK && traces->count == 0)
        status =
            ali_error_set(plot->error, ALICORN_E_USAGE, "there is no echo of these polarisations");
    if (status == ALICORN_OK)
        ali_plot_note_frequencies(plot, low, high, frequencies);
    for (size_t i = 0; i < COMPONENT_COUNT; i++)
        if ((c.silent & ~c.heard) >> i & 1u)
            ali_page_note(&plot->page, "no echo in %c%c", component_names[i][0] & ~0x20,
                          component_names[i][1] & ~0x20);
    return status;
}

/* ---- drawing ---- */

static void note_held(ali_plot *plot, const sweep *s, const alicorn_rcs *rcs)
{
    ali_page_note(&plot->page, s->monostatic ? "monostatic" : "bistatic");
    for (int k = 0; k < (s->monostatic ? THETA_INC : ANGLES); k++)
        if (k != s->over && !s->many[k])
            ali_page_note(&plot->page, "%s %.6g°", angle_names[k], angle_of(rcs, k));
    ali_page_note(&plot->page, "first letter received, V along theta, H along phi");
}

static void draw_chart(ali_plot *plot, const sweep *s, const ali_traces *traces)
{
    enum { PARTS = 12 };
    char label[ALI_LABEL_SIZE];
    double low, high, top = 0.0, bottom = 0.0;
    ali_box box;
    ali_traces_x_range(traces, &low, &high);
    ali_traces_y_range(traces, &bottom, &top);
    snprintf(label, sizeof label, "Angle %s [°]", angle_names[s->over]);
    const ali_axis x = {.label = label,
                        .low = low,
                        .high = high,
                        .step = ali_degree_step(high - low, PARTS),
                        .factor = 1.0};
    ali_panel panel = {.y = ali_axis_round("Cross-section [dBsm]", fmax(bottom, top - SPAN), top),
                       .traces = traces};
    ali_plot_hold_axis(plot, &panel.y);
    ali_plot_note_beyond(plot, traces, panel.y.low, panel.y.high);
    if (ali_traces_banded(traces))
        ali_page_note(&plot->page, "band: estimated error");
    plot->page.height = CHART_HEIGHT;
    plot->page.legend = traces;
    ali_page_begin(&plot->page, &box);
    ali_chart_draw(plot->page.stream, &x, &panel, 1, box);
    ali_page_end(&plot->page);
}

static void draw_polar(ali_plot *plot, const sweep *s, const ali_traces *traces)
{
    bool azimuth = s->over == PHI || s->over == PHI_INC;
    ali_page_note(&plot->page, azimuth ? "phi from +x, counterclockwise, levels in dBsm"
                                       : "theta from the zenith, levels in dBsm");
    ali_plot_polar(plot, azimuth ? ALI_DIAL_AZIMUTH : ALI_DIAL_ELEVATION, POLAR_RANGE, "dBsm",
                   traces);
}

alicorn_status ali_plot_rcs(ali_plot *plot)
{
    sweep s;
    size_t at = 0;
    ali_traces traces = {0};
    alicorn_status status = collect(plot, &s, &traces);
    if (status == ALICORN_OK) {
        note_held(plot, &s, next_solve(plot, &at)->rcs);
        if (plot->options->polar)
            draw_polar(plot, &s, &traces);
        else
            draw_chart(plot, &s, &traces);
    }
    ali_traces_clear(&traces);
    return status;
}
