/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "plot/ports.h"
#include "plot/scale.h"
#include "plot/smith.h"

#include <math.h>
#include <stdlib.h>

/* What single ports show over frequency, all others terminated in their reference impedances. */

enum { CHART_HEIGHT = 420, PANEL_HEIGHT = 270 };

/* ---- quantities ---- */

static double vswr(double magnitude)
{
    return magnitude < 1.0 ? (1.0 + magnitude) / (1.0 - magnitude) : HUGE_VAL;
}

static ali_plot_value vswr_value(alicorn_complex s, double error, double z0)
{
    double size = hypot(s.re, s.im);
    (void)z0;
    return (ali_plot_value){.value = vswr(size),
                            .low = error >= 0.0 ? vswr(fmax(size - error, 0.0)) : NAN,
                            .high = error >= 0.0 ? vswr(size + error) : NAN};
}

static ali_plot_value return_loss_value(alicorn_complex s, double error, double z0)
{
    ali_plot_value level = ali_plot_level(s, error, z0);
    return (ali_plot_value){.value = -level.value, .low = -level.high, .high = -level.low};
}

/** Impedance of a reflection coefficient, and its error: |dZ/dS| = 2 z0 / |1 - S|^2. */
static double complex impedance_of(alicorn_complex s, double error, double z0, double *bar)
{
    double complex reflection = s.re + I * s.im;
    double distance = cabs(1.0 - reflection);
    *bar = error >= 0.0 ? 2.0 * z0 * error / (distance * distance) : NAN;
    return distance > 0.0 ? z0 * ali_smith_impedance(reflection) : (double complex)NAN;
}

static ali_plot_value resistance_value(alicorn_complex s, double error, double z0)
{
    double bar, value = creal(impedance_of(s, error, z0, &bar));
    return (ali_plot_value){.value = value, .low = value - bar, .high = value + bar};
}

static ali_plot_value reactance_value(alicorn_complex s, double error, double z0)
{
    double bar, value = cimag(impedance_of(s, error, z0, &bar));
    return (ali_plot_value){.value = value, .low = value - bar, .high = value + bar};
}

/* ---- axes ---- */

/** Mismatches beyond this say "bad" and nothing else, unless there are no others: then up to ten or
 * a hundred times that is shown. */
#define VSWR_SHOWN 10.0

static ali_axis vswr_axis(const ali_traces *traces, const ali_limit *limits, size_t limit_count)
{
    double low = 1.0, high = 1.0;
    bool any = ali_traces_y_range(traces, &low, &high);
    double shown = low <= VSWR_SHOWN          ? VSWR_SHOWN
                   : low <= 10.0 * VSWR_SHOWN ? 10.0 * VSWR_SHOWN
                                              : 100.0 * VSWR_SHOWN;
    high = fmin(high, shown);
    for (size_t i = 0; i < limit_count; i++)
        high = fmax(high, limits[i].value);
    ali_axis axis = ali_axis_round("VSWR", 1.0, any ? fmax(high, 2.0) : VSWR_SHOWN);
    axis.low = 1.0;
    if (high <= VSWR_SHOWN) /* the 1 is a tick */
        axis.step = fmin(axis.step, 1.0);
    return axis;
}

static ali_axis return_loss_axis(const ali_traces *traces, const ali_limit *limits,
                                 size_t limit_count)
{
    double low = 0.0, high = 0.0;
    if (!ali_traces_y_range(traces, &low, &high))
        high = 10.0;
    for (size_t i = 0; i < limit_count; i++)
        high = fmax(high, limits[i].value);
    ali_axis axis = ali_axis_round("Return loss [dB]", fmin(low, 0.0), fmin(high, 60.0));
    axis.down = true; /* resonances are dips */
    return axis;
}

/** `thousands` is the label where values are large. */
static ali_axis ohm_axis(const ali_traces *traces, const char *label, const char *thousands)
{
    double low = 0.0, high = 1.0;
    ali_traces_band_range(traces, &low, &high);
    bool large = fmax(fabs(low), fabs(high)) >= 1e5;
    ali_axis axis = ali_axis_round(large ? thousands : label, low, high);
    axis.factor = large ? 1e3 : 1.0;
    return axis;
}

/* ---- plots ---- */

/** What every port's curve refers to. */
static void note_reference(ali_plot *plot, const ali_plot_ports *ports)
{
    const alicorn_network *network = ports->network;
    bool same = true;
    for (size_t i = 0; i < ports->count; i++)
        same = same && network->z0[ports->index[i]] == network->z0[ports->index[0]];
    if (same)
        ali_page_note(&plot->page, "z0 %.6g Ω", network->z0[ports->index[0]]);
    else
        ali_page_note(&plot->page, "each port's own z0");
    if (network->ports > 1)
        ali_page_note(&plot->page, "other ports terminated in theirs");
}

/** One trace for each port. */
static alicorn_status collect(ali_plot *plot, const ali_plot_ports *ports, ali_plot_value_fn value,
                              ali_traces *traces)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < ports->count && status == ALICORN_OK; i++) {
        ali_trace *trace = NULL;
        size_t port = ports->index[i];
        status = ali_plot_ports_trace(plot, ports, port, port, value, traces, &trace);
        if (status == ALICORN_OK)
            snprintf(trace->label, sizeof trace->label, "port %s", ports->network->names[port]);
    }
    return status;
}

/** A quantity with limits of its own in one panel. */
static alicorn_status draw_limited(ali_plot *plot, ali_plot_value_fn value,
                                   alicorn_requirement_kind kind,
                                   ali_axis (*axis)(const ali_traces *, const ali_limit *, size_t))
{
    ali_plot_ports ports = {0};
    ali_traces traces = {0};
    ali_limit *limits = NULL;
    size_t limit_count = 0;
    alicorn_status status = ali_plot_ports_find(plot, &ports);
    if (status == ALICORN_OK)
        status = collect(plot, &ports, value, &traces);
    if (status == ALICORN_OK)
        status = ali_plot_ports_limits(plot, &ports, kind, 1.0, &limits, &limit_count);
    if (status == ALICORN_OK) {
        ali_panel panel = {.y = axis(&traces, limits, limit_count),
                           .traces = &traces,
                           .limits = limits,
                           .limit_count = limit_count};
        ali_plot_hold_axis(plot, &panel.y);
        note_reference(plot, &ports);
        ali_plot_ports_draw(plot, &ports, &panel, 1, CHART_HEIGHT);
    }
    free(limits);
    ali_traces_clear(&traces);
    ali_plot_ports_clear(&ports);
    return status;
}

alicorn_status ali_plot_vswr(ali_plot *plot)
{
    return draw_limited(plot, vswr_value, ALICORN_REQUIRE_VSWR, vswr_axis);
}

alicorn_status ali_plot_return_loss(ali_plot *plot)
{
    return draw_limited(plot, return_loss_value, ALICORN_REQUIRE_RETURN_LOSS, return_loss_axis);
}

alicorn_status ali_plot_impedance(ali_plot *plot)
{
    ali_plot_ports ports = {0};
    ali_traces resistance = {0}, reactance = {0};
    alicorn_status status = ali_plot_ports_find(plot, &ports);
    if (status == ALICORN_OK)
        status = collect(plot, &ports, resistance_value, &resistance);
    if (status == ALICORN_OK)
        status = collect(plot, &ports, reactance_value, &reactance);
    if (status == ALICORN_OK) {
        ali_panel panels[2] = {{.y = ohm_axis(&resistance, "Resistance R [Ω]", "Resistance R [kΩ]"),
                                .traces = &resistance},
                               {.y = ohm_axis(&reactance, "Reactance X [Ω]", "Reactance X [kΩ]"),
                                .traces = &reactance}};
        ali_plot_hold_axis(plot, &panels[0].y);
        ali_plot_hold_axis(plot, &panels[1].y);
        if (ports.network->ports > 1)
            ali_page_note(&plot->page, "other ports terminated in their z0");
        ali_plot_ports_draw(plot, &ports, panels, 2, 2.0 * PANEL_HEIGHT);
    }
    ali_traces_clear(&resistance);
    ali_traces_clear(&reactance);
    ali_plot_ports_clear(&ports);
    return status;
}

/* ---- the Smith chart ---- */

/** Reflection coefficients themselves. */
static void take_reflections(const ali_plot_ports *ports, ali_traces *traces)
{
    for (size_t k = 0; k < traces->count; k++)
        for (size_t i = 0; i < traces->item[k].count; i++) {
            double error;
            alicorn_complex s =
                ali_plot_ports_s(ports, i, ports->index[k], ports->index[k], &error);
            traces->item[k].x[i] = s.re;
            traces->item[k].y[i] = s.im;
        }
}

alicorn_status ali_plot_smith(ali_plot *plot)
{
    ali_plot_ports ports = {0};
    ali_traces traces = {0};
    alicorn_status status = ali_plot_ports_find(plot, &ports);
    if (status == ALICORN_OK)
        status = collect(plot, &ports, ali_plot_level, &traces);
    if (status == ALICORN_OK) {
        ali_box box;
        take_reflections(&ports, &traces);
        note_reference(plot, &ports);
        if (ports.network->count > 1)
            ali_page_note(&plot->page, "ring: lowest frequency, mark: highest");
        plot->page.height = ali_smith_height();
        plot->page.legend = &traces;
        ali_page_begin(&plot->page, &box);
        ali_smith_draw(plot->page.stream, &traces, box);
        ali_page_end(&plot->page);
    }
    ali_traces_clear(&traces);
    ali_plot_ports_clear(&ports);
    return status;
}
