/* SPDX-License-Identifier: Apache-2.0 */
#include "take.h"

#include "error.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void cli_settings_init(cli_settings *settings)
{
    memset(settings, 0, sizeof *settings);
    alicorn_options_default(&settings->solver);
    settings->touchstone_task = settings->task = 1;
    alicorn_cosite_options standard;
    alicorn_cosite_options_default(&standard);
    settings->cosite = (cli_cosite){.order = standard.order,
                                    .tones = standard.tones,
                                    .samples = (int)standard.samples,
                                    .list = 10,
                                    .margin_db = standard.margin_db,
                                    .floor_db = standard.floor_db};
    alicorn_compare_options side_by_side;
    alicorn_compare_options_default(&side_by_side);
    settings->compare = (cli_compare){.coverage_dbi = NAN,
                                      .percent = side_by_side.percent,
                                      .sectors = (int)side_by_side.sectors,
                                      .list = 10};
    settings->drawing =
        (cli_plot){.angle = NAN, .floor = NAN, .ceiling = NAN, .azimuth = NAN, .elevation = NAN};
    settings->view = (cli_view){.patience_s = 30};
    alicorn_optimize_options search;
    alicorn_optimize_options_default(&search);
    settings->optimize = (cli_optimize){.evaluations = (int)search.evaluations,
                                        .starts = (int)search.starts,
                                        .tolerance = search.tolerance};
}

void cli_settings_clear(cli_settings *settings)
{
    for (size_t i = 0; i < settings->off_count; i++)
        free(settings->off[i]);
    for (size_t i = 0; i < settings->set_count; i++)
        free(settings->set_names[i]);
    free(settings->off);
    free(settings->set_names);
    free(settings->set_values);
    free(settings->cosite.sources);
    free(settings->optimize.variables);
    free(settings->optimize.goals.item);
    free(settings->drawing.ports.item);
    free(settings->drawing.pairs.item);
    free(settings->drawing.components.item);
    cli_settings_init(settings);
}

static void *field_of(cli_settings *settings, const cli_option *option)
{
    return (char *)settings + option->field;
}

static alicorn_status out_of_range(const cli_option *option, const char *value, const char *what,
                                   alicorn_error *error)
{
    return cli_error(error, ALICORN_E_USAGE, "--%s %s: expected %s from %.12g to %.12g",
                     option->name, value, what, option->minimum, option->maximum);
}

alicorn_status cli_take_int(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (end == value || *end || errno || (double)number < option->minimum ||
        (double)number > option->maximum || number > INT_MAX)
        return out_of_range(option, value, "a whole number", error);
    *(int *)field_of(settings, option) = (int)number;
    return ALICORN_OK;
}

alicorn_status cli_take_real(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end || !(number >= option->minimum && number <= option->maximum))
        return out_of_range(option, value, "a number", error);
    *(double *)field_of(settings, option) = number;
    return ALICORN_OK;
}

alicorn_status cli_take_choice(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error)
{
    const char *word = option->argument;
    size_t length = strlen(value);
    for (int number = 0; *word; number++) {
        size_t own = strcspn(word, "|");
        if (own == length && strncmp(word, value, length) == 0) {
            *(int *)field_of(settings, option) = number;
            return ALICORN_OK;
        }
        word += own + (word[own] == '|');
    }
    return cli_error(error, ALICORN_E_USAGE, "--%s %s: expected %s", option->name, value,
                     option->argument);
}

alicorn_status cli_take_switch(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error)
{
    (void)error;
    *(int *)field_of(settings, option) = value == NULL;
    return ALICORN_OK;
}

alicorn_status cli_take_flag(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error)
{
    (void)value;
    (void)error;
    *(bool *)field_of(settings, option) = true;
    return ALICORN_OK;
}

alicorn_status cli_take_text(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error)
{
    if (*value == '\0')
        return cli_error(error, ALICORN_E_USAGE, "%s%.*s: expected a %s name",
                         option->name ? "--" : "-", option->name ? INT_MAX : 1,
                         option->name ? option->name : &option->letter,
                         strcmp(option->argument, "FILE") == 0 ? "file" : "program's");
    *(const char **)field_of(settings, option) = value;
    return ALICORN_OK;
}

/** Read one number of a range and the colon behind it, if there is one. */
static bool take_number(const char **text, double *number)
{
    char *end;
    *number = strtod(*text, &end);
    bool good = end != *text && isfinite(*number) && (*end == ':' || *end == '\0');
    *text = *end == ':' ? end + 1 : end;
    return good;
}

alicorn_status cli_take_range(cli_settings *settings, const cli_option *option, const char *value,
                              alicorn_error *error)
{
    enum { MOST = 1000000 };
    const char *at = value;
    double start, stop, step;
    bool good = take_number(&at, &start);
    stop = start;
    if (good && at[0])
        good = take_number(&at, &stop);
    step = stop < start ? -1.0 : 1.0;
    if (good && at[0])
        good = take_number(&at, &step);
    bool open = at > value && at[-1] == ':' && *at == '\0'; /* nothing behind the last colon */
    /* a step that leads away never arrives; the stop belongs to the range if rounding spares it */
    double steps = start < stop || start > stop ? (stop - start) / step + 1e-9 : 0.0;
    if (!good || *at || open || !(steps >= 0.0))
        return cli_error(error, ALICORN_E_USAGE,
                         "--%s %s: expected START, START:STOP or START:STOP:STEP", option->name,
                         value);
    double lowest = start < stop ? start : stop, highest = start < stop ? stop : start;
    if (lowest < option->minimum || highest > option->maximum)
        return out_of_range(option, value, "numbers", error);
    if (steps >= MOST)
        return cli_error(error, ALICORN_E_USAGE, "--%s %s: expected at most %d values",
                         option->name, value, MOST);
    *(cli_range *)field_of(settings, option) =
        (cli_range){.start = start, .step = step, .count = (size_t)steps + 1};
    return ALICORN_OK;
}

/** Append a copy of the first `length` bytes of text to a NULL-terminated list. Returns 0, or -1
 * without memory. */
static int append_text(char ***list, size_t count, const char *text, size_t length)
{
    char **grown = realloc(*list, (count + 2) * sizeof *grown);
    if (!grown)
        return -1;
    *list = grown;
    grown[count + 1] = NULL;
    grown[count] = strndup(text, length);
    return grown[count] ? 0 : -1;
}

static alicorn_status no_memory(alicorn_error *error)
{
    return cli_error(error, ALICORN_E_MEMORY, "out of memory");
}

alicorn_status cli_take_set(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error)
{
    const char *equals = strchr(value, '=');
    char *end = NULL;
    double number = equals ? strtod(equals + 1, &end) : 0.0;
    if (!equals || equals == value || end == equals + 1 || *end || !isfinite(number))
        return cli_error(error, ALICORN_E_USAGE, "--%s %s: expected NAME=NUMBER", option->name,
                         value);
    double *values = realloc(settings->set_values, (settings->set_count + 1) * sizeof *values);
    if (!values)
        return no_memory(error);
    settings->set_values = values;
    values[settings->set_count] = number;
    if (append_text(&settings->set_names, settings->set_count, value, (size_t)(equals - value)))
        return no_memory(error);
    settings->set_count++;
    return ALICORN_OK;
}

alicorn_status cli_take_source(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error)
{
    cli_cosite *own = &settings->cosite;
    const char *equals = strchr(value, '=');
    const cli_source source = {.option = option->name,
                               .text = value,
                               .name_length = equals ? (size_t)(equals - value) : 0,
                               .file = equals ? equals + 1 : value,
                               .solved = strcmp(option->name, "project") == 0};
    if (equals == value || *source.file == '\0')
        return cli_error(error, ALICORN_E_USAGE, "--%s %s: expected %s", option->name, value,
                         option->argument);
    cli_source *grown = realloc(own->sources, (own->source_count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(error);
    own->sources = grown;
    grown[own->source_count++] = source;
    return ALICORN_OK;
}

alicorn_status cli_take_variable(cli_settings *settings, const cli_option *option,
                                 const char *value, alicorn_error *error)
{
    cli_optimize *own = &settings->optimize;
    alicorn_optimize_variable variable = {.start = NAN};
    const char *equals = strchr(value, '='), *at = equals ? equals + 1 : value;
    double numbers[3];
    size_t count = 0;
    bool good = equals && equals > value && (size_t)(equals - value) < sizeof variable.name;
    while (good && count < 3 && (count == 0 || at[-1] == ':'))
        good = take_number(&at, &numbers[count++]);
    if (!good || count < 2 || *at || at[-1] == ':')
        return cli_error(error, ALICORN_E_USAGE,
                         "--%s %s: expected NAME=LOWER:UPPER or NAME=LOWER:START:UPPER",
                         option->name, value);
    memcpy(variable.name, value, (size_t)(equals - value));
    variable.lower = numbers[0];
    variable.upper = numbers[count - 1];
    if (count == 3)
        variable.start = numbers[1];
    alicorn_optimize_variable *grown =
        realloc(own->variables, (own->variable_count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(error);
    own->variables = grown;
    grown[own->variable_count++] = variable;
    return ALICORN_OK;
}

alicorn_status cli_take_texts(cli_settings *settings, const cli_option *option, const char *value,
                              alicorn_error *error)
{
    cli_texts *texts = field_of(settings, option);
    const char **grown = realloc(texts->item, (texts->count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(error);
    texts->item = grown;
    grown[texts->count++] = value;
    return ALICORN_OK;
}

/** Whether there is a warning or note of that name; if not, say which one may have been meant. */
static alicorn_status check_finding_name(const cli_option *option, const char *typed,
                                         alicorn_error *error)
{
    const char *known[128];
    size_t count = 0;
    for (const char *name;
         count < sizeof known / sizeof *known && (name = alicorn_finding_name(count)) != NULL;)
        known[count++] = name;
    for (size_t i = 0; i < count; i++)
        if (strcmp(typed, known[i]) == 0)
            return ALICORN_OK;
    const char *nearest = cli_nearest(typed, known, count);
    if (nearest)
        return cli_error(error, ALICORN_E_USAGE,
                         "--%s: no warning is called '%s', did you mean '%s'?", option->name, typed,
                         nearest);
    return cli_error(
        error, ALICORN_E_USAGE,
        "--%s: no warning is called '%s'; a warning's name stands in brackets behind it",
        option->name, typed);
}

alicorn_status cli_take_off(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error)
{
    while (*value) {
        size_t length = strcspn(value, ",");
        if (length > 0) {
            if (append_text(&settings->off, settings->off_count, value, length))
                return no_memory(error);
            settings->off_count++;
            alicorn_status status =
                check_finding_name(option, settings->off[settings->off_count - 1], error);
            if (status != ALICORN_OK)
                return status;
        }
        value += length + (value[length] == ',');
    }
    return ALICORN_OK;
}
