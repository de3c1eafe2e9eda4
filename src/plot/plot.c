/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/plot.h"

#include "base/error.h"
#include "model/model.h"
#include "output/text_format.h"
#include "output/writer.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** The options that only some kinds have a use for. */
enum {
    PORTS = 1 << 0,
    PAIRS = 1 << 1,
    COMPONENTS = 1 << 2,
    FREQUENCIES = 1 << 3,
    TASK = 1 << 4,
    PATTERN = 1 << 5,
    CUT = 1 << 6,
    RANGE = 1 << 7,
    POLAR = 1 << 8,
    VIEW = 1 << 9
};

static const char *const pattern_components[] = {"total", "theta", "phi", "major", "minor", NULL};
static const char *const rcs_components[] = {"vv", "hv", "vh", "hh", NULL};

/** What is told of a kind in public. */
static const struct {
    const char *text, *title;
} names[] = {
#define NAME(name, value, text, title) [value] = {text, title},
    ALICORN_PLOT_TABLE(NAME)
#undef NAME
};

static const struct {
    alicorn_status (*draw)(ali_plot *plot);
    unsigned options;              /**< those it has a use for */
    const char *const *components; /**< NULL-terminated */
} kinds[COUNT(names)] = {
    [ALICORN_PLOT_VSWR] = {ali_plot_vswr, PORTS | TASK | RANGE, NULL},
    [ALICORN_PLOT_RETURN_LOSS] = {ali_plot_return_loss, PORTS | TASK | RANGE, NULL},
    [ALICORN_PLOT_IMPEDANCE] = {ali_plot_impedance, PORTS | TASK | RANGE, NULL},
    [ALICORN_PLOT_S] = {ali_plot_s, PORTS | PAIRS | TASK | RANGE, NULL},
    [ALICORN_PLOT_SMITH] = {ali_plot_smith, PORTS | TASK, NULL},
    [ALICORN_PLOT_ISOLATION] = {ali_plot_isolation, PORTS | FREQUENCIES | TASK, NULL},
    [ALICORN_PLOT_PATTERN] = {ali_plot_pattern,
                              PORTS | COMPONENTS | FREQUENCIES | TASK | PATTERN | CUT | RANGE,
                              pattern_components},
    [ALICORN_PLOT_RCS] = {ali_plot_rcs, COMPONENTS | FREQUENCIES | TASK | RANGE | POLAR,
                          rcs_components},
    [ALICORN_PLOT_MODEL] = {ali_plot_model, VIEW, NULL},
};

const char *alicorn_plot_kind_text(alicorn_plot_kind kind)
{
    return (size_t)kind < COUNT(names) ? names[kind].text : NULL;
}

void alicorn_plot_options_default(alicorn_plot_options *options)
{
    *options = (alicorn_plot_options){
        .angle_deg = NAN, .floor = NAN, .ceiling = NAN, .azimuth_deg = NAN, .elevation_deg = NAN};
}

/* ---- options ---- */

static bool out_of_bounds(double value, double low, double high)
{
    return !isnan(value) && !(value >= low && value <= high);
}

/** The options that are set, and what a message calls them. */
static const char *unused_option(const alicorn_plot_options *options, unsigned used)
{
    const struct {
        unsigned option;
        bool set;
        const char *name;
    } rows[] = {
        {PORTS, options->port_count > 0, "ports"},
        {PAIRS, options->pair_count > 0, "pairs of ports"},
        {COMPONENTS, options->component_count > 0, "components"},
        {FREQUENCIES, options->frequency_count > 0, "a choice of frequencies"},
        {TASK, options->task > 0, "a task"},
        {PATTERN, options->pattern > 0, "a pattern"},
        {CUT, options->cut != ALICORN_CUT_AUTO || !isnan(options->angle_deg), "a cut"},
        {RANGE, !isnan(options->floor) || !isnan(options->ceiling), "a floor or ceiling"},
        {POLAR, options->polar != 0, "a polar form"},
        {VIEW, !isnan(options->azimuth_deg) || !isnan(options->elevation_deg),
         "a direction of view"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].set && !(used & rows[i].option))
            return rows[i].name;
    return NULL;
}

static alicorn_status check_components(alicorn_plot_kind kind, const alicorn_plot_options *options,
                                       alicorn_error *error)
{
    const char *const *known = kinds[kind].components;
    size_t count = 0;
    char list[64] = "";
    for (; known && known[count]; count++) {
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, "%s%s", count > 0 ? ", " : "", known[count]);
    }
    for (size_t i = 0; i < options->component_count; i++)
        if (ali_plot_find(options->components[i], known, count) == count)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "there is no component '%s' of %s, expected one of %s",
                                 options->components[i], names[kind].text, list);
    return ALICORN_OK;
}

/** A pattern must be asked for; cross-sections and S are there of themselves. */
static bool asks_pattern(const ali_model *model)
{
    for (; model; model = model->next)
        for (size_t i = 0; i < model->task_count; i++)
            for (size_t k = 0; k < model->tasks[i].request_count; k++)
                if (model->tasks[i].requests[k].kind == ALI_REQUEST_PATTERN)
                    return true;
    return false;
}

static alicorn_status check_model(alicorn_plot_kind kind, const ali_model *model,
                                  const alicorn_plot_options *options, alicorn_error *error)
{
    if (kind == ALICORN_PLOT_PATTERN && !asks_pattern(model))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "no pattern is asked for: expected an RP card in the deck, or a "
                             "pattern in the project's requests");
    for (size_t i = 0; i < options->port_count && model->port_count > 0; i++) {
        bool found = false;
        for (size_t k = 0; k < model->port_count && !found; k++)
            found = strcasecmp(options->ports[i], model->ports[k].name) == 0;
        if (!found)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "there is no port '%s'; the first of %zu is '%s'",
                                 options->ports[i], model->port_count, model->ports[0].name);
    }
    return ALICORN_OK;
}

alicorn_status alicorn_plot_check(alicorn_plot_kind kind, const alicorn_model *model,
                                  const alicorn_plot_options *options, alicorn_error *error)
{
    if ((size_t)kind >= COUNT(names))
        return ali_error_set(error, ALICORN_E_USAGE, "there is no plot of number %d", (int)kind);
    const char *unused = unused_option(options, kinds[kind].options);
    if (unused)
        return ali_error_set(error, ALICORN_E_USAGE, "a plot of %s has no use for %s",
                             names[kind].text, unused);
    if (kind == ALICORN_PLOT_ISOLATION && options->frequency_count > 1)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "isolation is drawn at one frequency, or the worst of all");
    if (options->floor >= options->ceiling)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "floor %g and ceiling %g: expected a floor below the ceiling",
                             options->floor, options->ceiling);
    if (out_of_bounds(options->elevation_deg, -90.0, 90.0))
        return ali_error_set(error, ALICORN_E_USAGE, "elevation %g: expected -90 to 90 degrees",
                             options->elevation_deg);
    alicorn_status status = check_components(kind, options, error);
    return status == ALICORN_OK && model ? check_model(kind, model, options, error) : status;
}

/* ---- for several plots ---- */

void ali_plot_note_frequencies(ali_plot *plot, double low_hz, double high_hz, size_t count)
{
    char low[ALI_TEXT_SIZE], high[ALI_TEXT_SIZE];
    ali_text_frequency(low, low_hz);
    if (count == 1)
        ali_page_note(&plot->page, "%s", low);
    else
        ali_page_note(&plot->page, "%s to %s, %zu frequencies", low,
                      ali_text_frequency(high, high_hz), count);
}

bool ali_plot_wants_frequency(const ali_plot *plot, double frequency_hz)
{
    const double slack = 1e-6;
    const alicorn_plot_options *options = plot->options;
    for (size_t i = 0; i < options->frequency_count; i++)
        if (fabs(options->frequencies_hz[i] - frequency_hz) <= slack * frequency_hz)
            return true;
    return options->frequency_count == 0;
}

size_t ali_plot_find(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, list[i]) == 0)
            return i;
    return count;
}

double ali_plot_decibels(double magnitude)
{
    return 20.0 * log10(magnitude);
}

static bool is_seen(const ali_trace *trace, double low, double high)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->y[i] >= low && trace->y[i] <= high)
            return true;
    return false;
}

void ali_plot_note_beyond(ali_plot *plot, const ali_traces *traces, double low, double high)
{
    char list[2 * ALI_LABEL_SIZE] = "";
    for (size_t i = 0; i < traces->count; i++) {
        const ali_trace *trace = &traces->item[i];
        size_t length = strlen(list), room = sizeof list - length;
        if (is_seen(trace, low, high))
            continue;
        if (strlen(trace->label) + 8 > room) {
            snprintf(list + length, room, ", …");
            break;
        }
        snprintf(list + length, room, "%s%s", length > 0 ? ", " : "", trace->label);
    }
    if (*list)
        ali_page_note(&plot->page, "beyond the axis: %s", list);
}

void ali_plot_polar(ali_plot *plot, ali_dial dial, double range, const char *unit,
                    const ali_traces *traces)
{
    double low, high;
    ali_box box;
    if (!ali_traces_y_range(traces, &low, &high))
        high = 0.0;
    if (!isnan(plot->options->ceiling))
        high = plot->options->ceiling;
    const ali_rings rings = ali_rings_of(high, plot->options->floor, range);
    ali_plot_note_beyond(plot, traces, rings.floor, HUGE_VAL);
    plot->page.height = ali_polar_height(dial);
    plot->page.legend = traces;
    ali_page_begin(&plot->page, &box);
    ali_polar_draw(plot->page.stream, dial, &rings, unit, traces, box);
    ali_page_end(&plot->page);
}

bool ali_plot_task(ali_plot *plot, ali_plot_has_fn has, size_t *task)
{
    const alicorn_result *result = plot->input->result;
    size_t solves = result ? alicorn_result_count(result) : 0, tasks = 0, most = 0;
    for (size_t i = 0; i < solves; i++)
        tasks = alicorn_result_solve(result, i)->task >= tasks
                    ? alicorn_result_solve(result, i)->task + 1
                    : tasks;
    for (size_t k = 0; k < tasks; k++) {
        size_t count = 0;
        for (size_t i = 0; i < solves; i++) {
            const alicorn_solve_result *solve = alicorn_result_solve(result, i);
            count += solve->task == k && has(plot, solve);
        }
        if (count > most && (plot->options->task == 0 || plot->options->task == k + 1)) {
            most = count;
            *task = k;
        }
    }
    if (tasks > 1 && most > 0)
        ali_page_note(&plot->page, "task %zu of %zu", *task + 1, tasks);
    return most > 0;
}

/* ---- the document ---- */

/** First line of the model's comment, "" if there is none. */
static void take_subtitle(const alicorn_model *model, char *text, size_t size)
{
    const char *comment = model ? alicorn_model_comment(model) : "";
    snprintf(text, size, "%.*s", (int)strcspn(comment, "\n"), comment);
    ali_page_elide(text, 12.0, ALI_PAGE_ROOM);
}

/** The file's own name: folders say nothing to whoever gets the plot. */
static const char *base_name(const char *source)
{
    const char *slash = strrchr(source, '/');
    return strcmp(source, "-") == 0 ? "standard input" : slash && slash[1] ? slash + 1 : source;
}

alicorn_status alicorn_write_plot(alicorn_plot_kind kind, const alicorn_plot_input *input,
                                  const alicorn_plot_options *options, FILE *stream,
                                  alicorn_error *error)
{
    ali_writer writer;
    char subtitle[512];
    alicorn_status status = alicorn_plot_check(kind, input->model, options, error);
    if (status == ALICORN_OK)
        status = ali_writer_begin(&writer, stream, "plot", error);
    if (status != ALICORN_OK)
        return status;
    take_subtitle(input->model, subtitle, sizeof subtitle);
    ali_plot plot = {.kind = kind, .input = input, .options = options, .error = error};
    plot.page.stream = stream;
    plot.page.title = options->title ? options->title : names[kind].title;
    plot.page.subtitle = subtitle;
    ali_page_note(&plot.page, "%s", base_name(input->source ? input->source : ""));
    status = kinds[kind].draw(&plot);
    return ali_writer_end(&writer, status, error);
}
