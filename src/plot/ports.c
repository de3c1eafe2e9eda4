/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/ports.h"

#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "model/requirement.h"
#include "plot/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- S and the ports ---- */

static bool has_ports(const ali_plot *plot, const alicorn_solve_result *solve)
{
    (void)plot;
    return solve->ports.count > 0 && solve->ports.s;
}

/** The network of the task that is drawn. */
static alicorn_status take_result(ali_plot *plot, ali_plot_ports *ports)
{
    size_t task;
    if (ali_plot_task(plot, has_ports, &task)) {
        alicorn_status status =
            alicorn_network_from_result(plot->input->result, task, &ports->own, plot->error);
        ports->network = ports->own;
        return status;
    }
    if (plot->options->task > 0)
        return ali_error_set(plot->error, ALICORN_E_USAGE,
                             "task %zu has no ports: nothing is driven by sources there",
                             plot->options->task);
    return ali_error_set(plot->error, ALICORN_E_USAGE,
                         "there are no ports: nothing is driven by sources");
}

/** The wanted ports by their names, or all. */
static alicorn_status take_ports(ali_plot *plot, ali_plot_ports *ports)
{
    const alicorn_network *network = ports->network;
    const alicorn_plot_options *options = plot->options;
    ports->count = options->port_count > 0 ? options->port_count : network->ports;
    ports->index = ali_calloc(ports->count, sizeof *ports->index);
    if (!ports->index)
        return ali_error_memory(plot->error, ports->count * sizeof *ports->index, "ports");
    for (size_t i = 0; i < ports->count; i++) {
        ports->index[i] =
            options->port_count > 0 ? alicorn_network_port(network, options->ports[i]) : i;
        if (ports->index[i] == network->ports)
            return ali_error_set(plot->error, ALICORN_E_USAGE,
                                 "there is no port '%s'; the first of %zu is '%s'",
                                 options->ports[i], network->ports, network->names[0]);
    }
    return ALICORN_OK;
}

alicorn_status ali_plot_ports_find(ali_plot *plot, ali_plot_ports *ports)
{
    alicorn_status status = ALICORN_OK;
    *ports = (ali_plot_ports){.network = plot->input->network};
    if (!ports->network)
        status = take_result(plot, ports);
    if (status == ALICORN_OK && ports->network->count == 0)
        status = ali_error_set(plot->error, ALICORN_E_USAGE, "there are no frequencies");
    if (status == ALICORN_OK)
        status = take_ports(plot, ports);
    if (status != ALICORN_OK)
        return status;
    const alicorn_network *network = ports->network;
    if (plot->options->frequency_count == 0)
        ali_plot_note_frequencies(plot, network->frequency_hz[0],
                                  network->frequency_hz[network->count - 1], network->count);
    return ALICORN_OK;
}

void ali_plot_ports_clear(ali_plot_ports *ports)
{
    alicorn_network_destroy(ports->own);
    free(ports->index);
}

alicorn_complex ali_plot_ports_s(const ali_plot_ports *ports, size_t i, size_t to, size_t from,
                                 double *error)
{
    const alicorn_network *network = ports->network;
    size_t at = (i * network->ports + to) * network->ports + from;
    *error = network->s_error ? network->s_error[at] : -1.0;
    return network->s[at];
}

/* ---- curves ---- */

alicorn_status ali_plot_ports_trace(ali_plot *plot, const ali_plot_ports *ports, size_t to,
                                    size_t from, ali_plot_value_fn value, ali_traces *traces,
                                    ali_trace **trace)
{
    const alicorn_network *network = ports->network;
    alicorn_status status = ali_traces_add(traces, network->count, trace, plot->error);
    if (status != ALICORN_OK)
        return status;
    for (size_t i = 0; i < network->count; i++) {
        double error;
        alicorn_complex s = ali_plot_ports_s(ports, i, to, from, &error);
        ali_plot_value got = value(s, error, network->z0[to]);
        (*trace)->x[i] = network->frequency_hz[i];
        (*trace)->y[i] = got.value;
        (*trace)->low[i] = got.low;
        (*trace)->high[i] = got.high;
    }
    return ALICORN_OK;
}

ali_plot_value ali_plot_level(alicorn_complex s, double error, double z0)
{
    double size = hypot(s.re, s.im);
    (void)z0;
    return (ali_plot_value){
        .value = ali_plot_decibels(size),
        .low = error >= 0.0 ? ali_plot_decibels(fmax(size - error, 0.0)) : NAN,
        .high = error >= 0.0 ? ali_plot_decibels(size + error) : NAN,
    };
}

/** An axis of frequencies around those of the network; `label` is of ALI_LABEL_SIZE. */
static ali_axis frequency_axis(const alicorn_network *network, char *label)
{
    enum { PARTS = 8 };
    double low = network->frequency_hz[0], high = network->frequency_hz[network->count - 1];
    ali_axis axis = {.label = label, .low = low, .high = high};
    const char *prefix = ali_scale_prefix(high, &axis.factor);
    snprintf(label, ALI_LABEL_SIZE, "Frequency [%sHz]", prefix);
    if (!(high > low)) {
        axis.low = 0.95 * low;
        axis.high = 1.05 * low;
    }
    axis.step = ali_nice_step(axis.high - axis.low, PARTS);
    return axis;
}

void ali_plot_hold_axis(const ali_plot *plot, ali_axis *axis)
{
    enum { PARTS = 8 };
    const alicorn_plot_options *options = plot->options;
    if (isnan(options->floor) && isnan(options->ceiling))
        return;
    if (!isnan(options->floor))
        axis->low = options->floor;
    if (!isnan(options->ceiling))
        axis->high = options->ceiling;
    if (!(axis->high > axis->low)) { /* the end that was not given has to give way */
        double span = fmax(1.0, 0.1 * fabs(axis->low));
        if (isnan(options->ceiling))
            axis->high = axis->low + span;
        else
            axis->low = axis->high - span;
    }
    axis->step = ali_nice_step(axis->high - axis->low, PARTS);
}

void ali_plot_ports_draw(ali_plot *plot, const ali_plot_ports *ports, const ali_panel *panels,
                         size_t count, double height)
{
    char label[ALI_LABEL_SIZE];
    ali_box box;
    const ali_axis x = frequency_axis(ports->network, label);
    for (size_t k = 0; k < count; k++)
        ali_plot_note_beyond(plot, panels[k].traces, panels[k].y.low, panels[k].y.high);
    if (ali_traces_banded(panels[0].traces))
        ali_page_note(&plot->page, "band: estimated error");
    plot->page.height = height;
    plot->page.legend = panels[0].traces;
    ali_page_begin(&plot->page, &box);
    ali_chart_draw(plot->page.stream, &x, panels, count, box);
    ali_page_end(&plot->page);
}

/* ---- requirements ---- */

static bool draws_port(const ali_plot_ports *ports, const char *name)
{
    for (size_t i = 0; i < ports->count; i++)
        if (*name == '\0' || strcasecmp(name, ports->network->names[ports->index[i]]) == 0)
            return true;
    return false;
}

/** Append a limit unless there is the same. */
static void add_limit(ali_limit *limits, size_t *count, const ali_limit *limit)
{
    for (size_t i = 0; i < *count; i++)
        if (limits[i].value == limit->value && strcmp(limits[i].label, limit->label) == 0)
            return;
    limits[(*count)++] = *limit;
}

/** One bound of a requirement, drawn at sign times it. */
static ali_limit limit_of(const ali_requirement *required, double sign, const char *bound,
                          double value)
{
    bool isolation = required->kind == ALICORN_REQUIRE_ISOLATION;
    const char *from = required->port[0], *to = required->port[1];
    ali_limit limit = {.value = sign * value};
    snprintf(limit.label, sizeof limit.label, "required%s%s%s%s%s: at %s %.6g%s",
             isolation ? " isolation" : "", *from || *to ? " " : "", from, *from && *to ? ", " : "",
             to, bound, value, required->kind == ALICORN_REQUIRE_VSWR ? "" : " dB");
    return limit;
}

alicorn_status ali_plot_ports_limits(ali_plot *plot, const ali_plot_ports *ports,
                                     alicorn_requirement_kind kind, double sign, ali_limit **limits,
                                     size_t *count)
{
    const ali_model *model = plot->input->model;
    size_t most = model ? 2 * model->requirement_count : 0;
    *count = 0;
    *limits = ali_calloc(most, sizeof **limits);
    if (!*limits)
        return ali_error_memory(plot->error, most * sizeof **limits, "limits");
    for (size_t i = 0; model && i < model->requirement_count; i++) {
        const ali_requirement *required = &model->requirements[i];
        if (required->kind != kind || !draws_port(ports, required->port[0]) ||
            !draws_port(ports, required->port[1]))
            continue;
        if (isfinite(required->low)) {
            const ali_limit limit = limit_of(required, sign, "least", required->low);
            add_limit(*limits, count, &limit);
        }
        if (isfinite(required->high)) {
            const ali_limit limit = limit_of(required, sign, "most", required->high);
            add_limit(*limits, count, &limit);
        }
    }
    return ALICORN_OK;
}
