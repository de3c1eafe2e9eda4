/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "plot/ports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* |S_ij| over frequency. */

enum { CHART_HEIGHT = 440 };

/** Decibels below the largest that are shown unless more is asked for. */
#define SPAN 100.0

/** Whether S_ij and S_ji are the same but for rounding, as those of antennas are. */
static bool reciprocal(const ali_plot_ports *ports, size_t i, size_t j)
{
    const double slack = 1e-6;
    double unused;
    for (size_t k = 0; k < ports->network->count; k++) {
        alicorn_complex a = ali_plot_ports_s(ports, k, i, j, &unused);
        alicorn_complex b = ali_plot_ports_s(ports, k, j, i, &unused);
        if (hypot(a.re - b.re, a.im - b.im) > slack * (1.0 + hypot(a.re, a.im)))
            return false;
    }
    return true;
}

static alicorn_status add_element(ali_plot *plot, const ali_plot_ports *ports, size_t to,
                                  size_t from, ali_traces *traces)
{
    ali_trace *trace = NULL;
    const alicorn_network *network = ports->network;
    if (traces->count == ALI_PLOT_TRACES)
        return ali_error_set(plot->error, ALICORN_E_USAGE,
                             "these are more than %d elements of S, too many for one plot; choose "
                             "ports or pairs",
                             ALI_PLOT_TRACES);
    alicorn_status status =
        ali_plot_ports_trace(plot, ports, to, from, ali_plot_level, traces, &trace);
    if (status == ALICORN_OK)
        snprintf(trace->label, sizeof trace->label, "S %s, %s", network->names[to],
                 network->names[from]);
    return status;
}

/** All elements between the ports; of those that are equal both ways, one. */
static alicorn_status collect_all(ali_plot *plot, const ali_plot_ports *ports, ali_traces *traces)
{
    alicorn_status status = ALICORN_OK;
    for (size_t a = 0; a < ports->count; a++)
        for (size_t b = 0; b < ports->count && status == ALICORN_OK; b++) {
            size_t to = ports->index[a], from = ports->index[b];
            if (b <= a || !reciprocal(ports, to, from))
                status = add_element(plot, ports, to, from, traces);
        }
    return status;
}

/** Ports of "TO,FROM"; names may have commas themselves. */
static bool find_pair(const alicorn_network *network, const char *pair, size_t *to, size_t *from)
{
    for (const char *comma = strchr(pair, ','); comma; comma = strchr(comma + 1, ',')) {
        char name[sizeof *network->names];
        snprintf(name, sizeof name, "%.*s", (int)(comma - pair), pair);
        *to = alicorn_network_port(network, name);
        *from = alicorn_network_port(network, comma + 1);
        if (*to < network->ports && *from < network->ports)
            return true;
    }
    return false;
}

static alicorn_status collect_pairs(ali_plot *plot, const ali_plot_ports *ports, ali_traces *traces)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < plot->options->pair_count && status == ALICORN_OK; i++) {
        size_t to, from;
        if (!find_pair(ports->network, plot->options->pairs[i], &to, &from))
            return ali_error_set(plot->error, ALICORN_E_USAGE,
                                 "'%s' names no two ports, expected TO,FROM",
                                 plot->options->pairs[i]);
        status = add_element(plot, ports, to, from, traces);
    }
    return status;
}

static ali_axis level_axis(const ali_traces *traces, const ali_limit *limits, size_t limit_count)
{
    double low = -10.0, high = 0.0;
    ali_traces_y_range(traces, &low, &high);
    for (size_t i = 0; i < limit_count; i++) {
        low = fmin(low, limits[i].value);
        high = fmax(high, limits[i].value);
    }
    return ali_axis_round("|S| [dB]", fmax(low, high - SPAN), fmax(high, 0.0));
}

static void draw(ali_plot *plot, const ali_plot_ports *ports, const ali_traces *traces,
                 const ali_limit *limits, size_t limit_count)
{
    ali_panel panel = {.y = level_axis(traces, limits, limit_count),
                       .traces = traces,
                       .limits = limits,
                       .limit_count = limit_count};
    ali_plot_hold_axis(plot, &panel.y);
    if (ports->count > 1 || plot->options->pair_count > 0)
        ali_page_note(&plot->page, "S to, from");
    ali_plot_ports_draw(plot, ports, &panel, 1, CHART_HEIGHT);
}

alicorn_status ali_plot_s(ali_plot *plot)
{
    ali_plot_ports ports = {0};
    ali_traces traces = {0};
    ali_limit *limits = NULL;
    size_t limit_count = 0;
    alicorn_status status = ali_plot_ports_find(plot, &ports);
    if (status == ALICORN_OK)
        status = plot->options->pair_count > 0 ? collect_pairs(plot, &ports, &traces)
                                               : collect_all(plot, &ports, &traces);
    if (status == ALICORN_OK && ports.count > 1)
        status = ali_plot_ports_limits(plot, &ports, ALICORN_REQUIRE_ISOLATION, -1.0, &limits,
                                       &limit_count);
    if (status == ALICORN_OK)
        draw(plot, &ports, &traces, limits, limit_count);
    free(limits);
    ali_traces_clear(&traces);
    ali_plot_ports_clear(&ports);
    return status;
}
