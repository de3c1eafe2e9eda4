/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "output/text_format.h"
#include "plot/cut.h"
#include "plot/plot.h"
#include "plot/polar.h"
#include "plot/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cuts of patterns, several laid over each other. */

/** Decibels from the outermost ring to the centre, unless the floor is given. */
#define RANGE 30.0

/** With more traces than this some frequencies are left out, unless they were chosen. */
enum { READABLE = 8 };

/** A pattern that is drawn. */
typedef struct slice {
    const alicorn_solve_result *solve;
    const alicorn_pattern *pattern;
} slice;

typedef struct slices {
    slice *item; /**< owned */
    size_t count, capacity;
    alicorn_plot_cut cut;
    size_t frequencies, shown; /**< different ones, and how many of them are drawn */
} slices;

/** The port that drives a solve alone, NULL if its ports are not driven in turn. */
static const char *driven(const alicorn_solve_result *solve)
{
    bool in_turn = solve->driven_port >= 0 && (size_t)solve->driven_port < solve->ports.count;
    return in_turn ? solve->ports.names[solve->driven_port] : NULL;
}

/* ---- what is drawn ---- */

static bool wants_solve(const ali_plot *plot, const alicorn_solve_result *solve)
{
    const alicorn_plot_options *options = plot->options;
    const char *port = driven(solve);
    if (options->port_count > 0 &&
        (!port || ali_plot_find(port, options->ports, options->port_count) == options->port_count))
        return false;
    return ali_plot_wants_frequency(plot, solve->frequency_hz);
}

/** The pattern of a solve that is cut so: the wanted one, or the first that can be. */
static const alicorn_pattern *pattern_of(const ali_plot *plot, const alicorn_solve_result *solve,
                                         alicorn_plot_cut cut)
{
    size_t wanted = plot->options->pattern;
    for (size_t i = 0; i < solve->pattern_count; i++)
        if ((wanted == 0 || wanted == i + 1) && ali_cut_possible(&solve->patterns[i], cut))
            return &solve->patterns[i];
    return NULL;
}

static bool has_azimuth(const ali_plot *plot, const alicorn_solve_result *solve)
{
    return wants_solve(plot, solve) && pattern_of(plot, solve, ALICORN_CUT_AZIMUTH);
}

static bool has_elevation(const ali_plot *plot, const alicorn_solve_result *solve)
{
    return wants_solve(plot, solve) && pattern_of(plot, solve, ALICORN_CUT_ELEVATION);
}

static alicorn_status gather(ali_plot *plot, alicorn_plot_cut cut, slices *s)
{
    const alicorn_result *result = plot->input->result;
    ali_plot_has_fn has = cut == ALICORN_CUT_AZIMUTH ? has_azimuth : has_elevation;
    size_t task;
    s->count = 0;
    s->cut = cut;
    if (!ali_plot_task(plot, has, &task))
        return ALICORN_OK;
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task != task || !has(plot, solve))
            continue;
        const alicorn_pattern *pattern = pattern_of(plot, solve, cut);
        if (ali_grow((void **)&s->item, &s->capacity, s->count, sizeof *s->item))
            return ali_error_memory(plot->error, (s->count + 1) * sizeof *s->item, "patterns");
        s->item[s->count++] = (slice){solve, pattern};
    }
    return ALICORN_OK;
}

static alicorn_status choose(ali_plot *plot, slices *s)
{
    alicorn_plot_cut cut = plot->options->cut;
    alicorn_status status = gather(plot, cut == ALICORN_CUT_AUTO ? ALICORN_CUT_AZIMUTH : cut, s);
    if (status == ALICORN_OK && s->count == 0 && cut == ALICORN_CUT_AUTO)
        status = gather(plot, ALICORN_CUT_ELEVATION, s);
    if (status == ALICORN_OK && s->count == 0)
        status = ali_error_set(plot->error, ALICORN_E_USAGE,
                               "there is no pattern with such a cut, of these frequencies, ports "
                               "and task");
    return status;
}

/** Keep as many frequencies as can be read, spread over all of them. */
static alicorn_status thin_out(const ali_plot *plot, slices *s, size_t components)
{
    size_t kept = 0;
    double *frequencies = ali_calloc(s->count, sizeof *frequencies);
    if (!frequencies)
        return ali_error_memory(plot->error, s->count * sizeof *frequencies, "frequencies");
    for (size_t i = 0; i < s->count; i++)
        frequencies[i] = s->item[i].solve->frequency_hz;
    s->frequencies = ali_spread_distinct(frequencies, s->count, 0.0);
    size_t each = (s->count * components + s->frequencies - 1) / s->frequencies;
    size_t room = each < READABLE ? READABLE / each : 1;
    if (plot->options->frequency_count > 0 || s->frequencies < room)
        room = s->frequencies;
    for (size_t i = 0; i < s->count; i++) {
        size_t at = ali_spread_index(frequencies, s->frequencies, s->item[i].solve->frequency_hz);
        if (ali_spread_keeps(at, s->frequencies, room))
            s->item[kept++] = s->item[i];
    }
    s->count = kept;
    s->shown = room;
    free(frequencies);
    return ALICORN_OK;
}

/* ---- where it is cut ---- */

/** Whether a theta may tell where to cut: around the z axis not where all azimuths are nearly one
 * direction. */
static bool may_tell(const slices *s, const alicorn_pattern *pattern, size_t theta)
{
    return s->cut == ALICORN_CUT_ELEVATION ||
           fabs(sin(pattern->theta_deg[theta] * ALI_DEGREE)) > 0.49;
}

/** Largest total gain of all slices. */
static double largest_gain(const slices *s)
{
    double largest = -HUGE_VAL;
    for (size_t k = 0; k < s->count; k++)
        for (size_t j = 0; j < s->item[k].pattern->phi_count; j++)
            for (size_t i = 0; i < s->item[k].pattern->theta_count; i++)
                if (may_tell(s, s->item[k].pattern, i))
                    largest = fmax(largest, alicorn_pattern_at(s->item[k].pattern, i, j).total_dbi);
    return largest;
}

/** Theta or phi of the first direction with that gain. Around an antenna that radiates evenly all
 * azimuths are as good: noise does not choose among them. */
static double angle_of_gain(const slices *s, double gain_dbi)
{
    bool azimuth = s->cut == ALICORN_CUT_AZIMUTH;
    const double slack_db = azimuth ? 1e-3 : 0.05;
    for (size_t k = 0; k < s->count; k++) {
        const alicorn_pattern *pattern = s->item[k].pattern;
        for (size_t j = 0; j < pattern->phi_count; j++)
            for (size_t i = 0; i < pattern->theta_count; i++)
                if (may_tell(s, pattern, i) &&
                    alicorn_pattern_at(pattern, i, j).total_dbi >= gain_dbi - slack_db)
                    return azimuth ? pattern->theta_deg[i] : pattern->phi_deg[j];
    }
    return azimuth ? 90.0 : 0.0;
}

/** The angle of a pattern's own that is nearest to the wanted one, which must lie within its steps.
 */
static alicorn_status angle_index(const ali_plot *plot, const slices *s,
                                  const alicorn_pattern *pattern, double angle_deg, size_t *index)
{
    bool azimuth = s->cut == ALICORN_CUT_AZIMUTH;
    const double *angles = azimuth ? pattern->theta_deg : pattern->phi_deg;
    size_t count = azimuth ? pattern->theta_count : pattern->phi_count;
    double step = count > 1 ? fabs(angles[1] - angles[0]) : 1.0;
    *index = ali_cut_nearest(pattern, s->cut, angle_deg);
    double off = fabs(remainder(angles[*index] - angle_deg, 360.0));
    if (off > 0.5 * step + 1e-6 && !isnan(plot->options->angle_deg))
        return ali_error_set(plot->error, ALICORN_E_USAGE,
                             "the pattern has no %s %g, only %g to %g degrees",
                             azimuth ? "theta" : "phi", angle_deg, angles[0], angles[count - 1]);
    return ALICORN_OK;
}

/* ---- traces ---- */

/** What differs between the traces of a plot. */
typedef struct differences {
    bool ports, frequencies, components;
} differences;

static differences find_differences(const slices *s, size_t components)
{
    differences found = {.components = components > 1};
    for (size_t i = 0; i < s->count; i++) {
        found.ports = found.ports || driven(s->item[i].solve);
        found.frequencies =
            found.frequencies || s->item[i].solve->frequency_hz != s->item[0].solve->frequency_hz;
    }
    return found;
}

static void put_part(char *label, const char *text)
{
    size_t length = strlen(label);
    snprintf(label + length, ALI_LABEL_SIZE - length, "%s%s", length > 0 ? ", " : "", text);
}

static void put_label(char *label, const slice *from, const differences *differ,
                      const char *component)
{
    char text[ALI_TEXT_SIZE];
    if (differ->ports && driven(from->solve))
        put_part(label, driven(from->solve));
    if (differ->frequencies || !*label)
        put_part(label, ali_text_frequency(text, from->solve->frequency_hz));
    if (differ->components)
        put_part(label, component);
}

static const char *component_name(const ali_plot *plot, size_t i)
{
    return plot->options->component_count > 0 ? plot->options->components[i] : "total";
}

static alicorn_status add_slice(ali_plot *plot, const slices *s, const slice *from,
                                double angle_deg, ali_traces *traces)
{
    static const char *const components[] = {"total", "theta", "phi", "major", "minor"};
    enum { COMPONENT_COUNT = sizeof components / sizeof *components };
    size_t count = plot->options->component_count > 0 ? plot->options->component_count : 1;
    const differences differ = find_differences(s, count);
    size_t index;
    alicorn_status status = angle_index(plot, s, from->pattern, angle_deg, &index);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        ali_trace *trace = NULL;
        const char *name = component_name(plot, i);
        if (traces->count == ALI_PLOT_TRACES)
            return ali_error_set(plot->error, ALICORN_E_USAGE,
                                 "these are more than %d cuts, too many for one plot; choose "
                                 "frequencies or ports",
                                 ALI_PLOT_TRACES);
        status = ali_cut_take(from->pattern, s->cut, index,
                              ali_plot_find(name, components, COMPONENT_COUNT), traces, &trace,
                              plot->error);
        if (status == ALICORN_OK)
            put_label(trace->label, from, &differ, name);
    }
    return status;
}

/* ---- drawing ---- */

/** Over ground nothing is below: the upper half will do, and what is below has no place there. */
static ali_dial dial_of(const slices *s, ali_traces *traces)
{
    const double horizon = 90.0 + 1e-6;
    if (s->cut == ALICORN_CUT_AZIMUTH)
        return ALI_DIAL_AZIMUTH;
    for (size_t i = 0; i < traces->count; i++)
        for (size_t k = 0; k < traces->item[i].count; k++)
            if (fabs(traces->item[i].x[k]) > horizon && isfinite(traces->item[i].y[k]))
                return ALI_DIAL_ELEVATION;
    for (size_t i = 0; i < traces->count; i++)
        for (size_t k = 0; k < traces->item[i].count; k++)
            if (fabs(traces->item[i].x[k]) > horizon)
                traces->item[i].y[k] = NAN;
    return ALI_DIAL_UPPER;
}

static void note_slices(ali_plot *plot, const slices *s)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < s->count; i++) {
        low = fmin(low, s->item[i].solve->frequency_hz);
        high = fmax(high, s->item[i].solve->frequency_hz);
    }
    ali_plot_note_frequencies(plot, low, high, s->shown);
    if (s->shown < s->frequencies)
        ali_page_note(&plot->page, "of %zu that were computed", s->frequencies);
    ali_page_note(&plot->page, "%s, levels in dBi",
                  s->item[0].pattern->directive ? "directive gain" : "gain");
    ali_page_note(&plot->page, s->cut == ALICORN_CUT_AZIMUTH
                                   ? "phi from +x, counterclockwise"
                                   : "angle from the zenith, phi to the right");
}

static void draw(ali_plot *plot, const slices *s, double angle_deg, ali_traces *traces)
{
    char title[ALI_LABEL_SIZE], number[ALI_TEXT_SIZE];
    ali_dial dial = dial_of(s, traces);
    bool whole = fabs(angle_deg - round(angle_deg)) < 1e-6;
    snprintf(title, sizeof title, "Radiation pattern, %s cut at %s %s°",
             s->cut == ALICORN_CUT_AZIMUTH ? "azimuth" : "elevation",
             s->cut == ALICORN_CUT_AZIMUTH ? "theta" : "phi",
             ali_text_decimal(number, angle_deg, whole ? 0 : 1));
    if (!plot->options->title)
        plot->page.title = title;
    note_slices(plot, s);
    ali_plot_polar(plot, dial, RANGE, "dBi", traces);
}

alicorn_status ali_plot_pattern(ali_plot *plot)
{
    slices s = {0};
    ali_traces traces = {0};
    size_t components = plot->options->component_count, index = 0;
    double angle_deg = plot->options->angle_deg;
    alicorn_status status = choose(plot, &s);
    if (status == ALICORN_OK)
        status = thin_out(plot, &s, components > 0 ? components : 1);
    if (status == ALICORN_OK && isnan(angle_deg))
        angle_deg = angle_of_gain(&s, largest_gain(&s));
    for (size_t i = 0; i < s.count && status == ALICORN_OK; i++)
        status = add_slice(plot, &s, &s.item[i], angle_deg, &traces);
    if (status == ALICORN_OK) {
        const alicorn_pattern *first = s.item[0].pattern;
        index = ali_cut_nearest(first, s.cut, angle_deg);
        angle_deg = s.cut == ALICORN_CUT_AZIMUTH ? first->theta_deg[index] : first->phi_deg[index];
        draw(plot, &s, angle_deg, &traces);
    }
    free(s.item);
    ali_traces_clear(&traces);
    return status;
}
