/* SPDX-License-Identifier: Apache-2.0 */
#include "input/project_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  A project from text to model: first everything that the text alone can tell, then files, shapes
 *  and the names of wires. */

/* ---- variables ---- */

/** Whether a value may define a variable: a number or an expression. */
static bool check_definition(ali_project_reader *reader, const ali_yaml_entry *entry)
{
    size_t length = strlen(entry->key);
    if (ali_expression_name_length(entry->key, length) != length) {
        char quote[40];
        ali_quote(quote, sizeof quote, entry->key, length);
        ali_project_report(reader, ALICORN_ERROR, "symbol", entry->value,
                           "'%s' is no name, expected letters, digits and _", quote);
        return false;
    }
    if (entry->value->kind == ALI_YAML_SCALAR && entry->value->length > 0)
        return true;
    ali_project_report(reader, ALICORN_ERROR, "symbol", entry->value,
                       "expected a number or =expression");
    return false;
}

static alicorn_status define_variables(ali_project_reader *reader, const ali_yaml_node *variables)
{
    if (variables->kind == ALI_YAML_SCALAR && variables->length == 0)
        return ALICORN_OK;
    if (variables->kind != ALI_YAML_MAP) {
        ali_project_report(reader, ALICORN_ERROR, "type", variables,
                           "expected a mapping from names to numbers or =expressions");
        return ALICORN_OK;
    }
    for (size_t i = 0; i < variables->count; i++) {
        const ali_yaml_entry *entry = &variables->entries[i];
        if (!check_definition(reader, entry))
            continue;
        const ali_yaml_node *value = entry->value;
        size_t skip = value->text[0] == '=';
        if (ali_symbols_define(reader->symbols, entry->key, strlen(entry->key), value->text + skip,
                               value->length - skip, value->line, value->column + (int)skip,
                               "variables"))
            return ali_error_memory(reader->error, value->length, "variables");
    }
    return ALICORN_OK;
}

static void override_variables(ali_project_reader *reader)
{
    const alicorn_read_options *options = reader->options;
    for (size_t i = 0; options && i < options->set_count; i++) {
        char quote[40], known[256];
        ali_quote(quote, sizeof quote, options->set_names[i], strlen(options->set_names[i]));
        if (!isfinite(options->set_values[i])) {
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "symbol", 0, 0, "variables",
                                "the value set for '%s' is not a finite number", quote);
        } else if (!ali_symbols_override(reader->symbols, options->set_names[i],
                                         options->set_values[i])) {
            ali_symbols_list(reader->symbols, known, sizeof known);
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "symbol", 0, 0, "variables",
                                "there is no variable '%s' to set, expected %s%s", quote,
                                known[0] ? "one of " : "a project with variables", known);
        }
    }
}

/** Define the project's variables and apply --set. */
static alicorn_status read_variables(ali_project_reader *reader)
{
    alicorn_status status = ALICORN_OK;
    const ali_yaml_node *variables = ali_yaml_find(reader->yaml.root, "variables");
    if (variables)
        status = define_variables(reader, variables);
    if (status != ALICORN_OK)
        return status;
    override_variables(reader);
    return ali_symbols_resolve(reader->symbols, reader->diagnostics)
               ? ali_error_memory(reader->error, sizeof(size_t), "variables")
               : ALICORN_OK;
}

alicorn_status ali_project_read_set(ali_project_reader *reader, const ali_yaml_node *set,
                                    const char ***names, double **values, size_t *count)
{
    static const ali_project_key number = {.name = "set", .low = -1e300, .high = 1e300};
    *count = 0;
    if (set->kind != ALI_YAML_MAP) {
        ali_project_report(reader, ALICORN_ERROR, "type", set,
                           "expected a mapping from names to numbers or =expressions");
        return ALICORN_OK;
    }
    *names = ali_project_alloc(reader, set->count, sizeof **names);
    *values = ali_project_alloc(reader, set->count, sizeof **values);
    if (!*names || !*values)
        return ali_error_memory(reader->error, set->count * sizeof **values, "symbols");
    for (size_t i = 0; i < set->count; i++) {
        (*names)[*count] = set->entries[i].key;
        *count += ali_project_read_real(reader, set->entries[i].value, &number, *values + *count);
    }
    return ALICORN_OK;
}

/* ---- the whole ---- */

/** The ground as a word. False if there is none of that name. */
static bool name_ground(const char *name, ali_ground *ground)
{
    *ground = (ali_ground){.connect = true};
    if (strcmp(name, "perfect") == 0)
        ground->kind = ALI_GROUND_PEC;
    else if (ali_medium_find(name, &ground->medium))
        ground->kind = ALI_GROUND_SOMMERFELD;
    if (strcmp(name, "free") == 0)
        *ground = (ali_ground){0};
    return ground->kind != ALI_GROUND_NONE || !ground->connect;
}

static alicorn_status read_ground(ali_project_reader *reader)
{
    const ali_yaml_node *node = reader->project.ground;
    if (!node)
        return ALICORN_OK;
    if (node->kind == ALI_YAML_MAP) {
        ali_project_ground ground;
        alicorn_status status = ali_project_read_map(reader, node, ALI_MAP_GROUND, &ground);
        reader->ground =
            (ali_ground){.kind = ALI_GROUND_SOMMERFELD,
                         .connect = true,
                         .medium = {.eps_r = ground.permittivity, .sigma = ground.conductivity}};
        return status;
    }
    bool scalar = node->kind == ALI_YAML_SCALAR;
    char quote[40];
    if (scalar && name_ground(node->text, &reader->ground))
        return ALICORN_OK;
    ali_quote(quote, sizeof quote, scalar ? node->text : "", scalar ? node->length : 0);
    ali_project_report(reader, ALICORN_ERROR, "value", node, "%s%sexpected %s", quote,
                       scalar ? " is no ground, " : "", ALI_PROJECT_GROUND_FORM);
    return ALICORN_OK;
}

static void check_names(ali_project_reader *reader, const ali_project_items *items, size_t size,
                        size_t offset, const char *what)
{
    const char *base = items->items;
    for (size_t i = 0; i < items->count; i++) {
        const char *name = *(const char *const *)(const void *)(base + i * size + offset);
        const ali_yaml_node *node = *(const ali_yaml_node *const *)(const void *)(base + i * size);
        for (size_t j = 0; name && j < i; j++) {
            const char *before = *(const char *const *)(const void *)(base + j * size + offset);
            if (!before || strcmp(before, name) != 0)
                continue;
            ali_project_report(reader, ALICORN_ERROR, "duplicate-name",
                               ali_project_place(node, "name"), "there are two %s named '%s'", what,
                               name);
            break;
        }
    }
}

/** Everything that can be checked without files and geometry. */
static alicorn_status read_text(ali_project_reader *reader)
{
    alicorn_status status = read_variables(reader);
    if (status == ALICORN_OK)
        status = ali_project_read_map(reader, reader->yaml.root, ALI_MAP_PROJECT, &reader->project);
    if (status != ALICORN_OK)
        return status;
    ali_project *project = &reader->project;
    status = read_ground(reader);
    if (status != ALICORN_OK)
        return status;
#define CHECK_NAMES(items, type, what)                                                             \
    check_names(reader, &project->items, sizeof(type), offsetof(type, name), what)
    CHECK_NAMES(parts, ali_project_part, "parts");
    CHECK_NAMES(ports, ali_project_port, "ports");
    CHECK_NAMES(networks, ali_project_network, "networks");
    CHECK_NAMES(materials, ali_project_material, "materials");
#undef CHECK_NAMES
    status = ali_project_read_sweeps(reader);
    return status == ALICORN_OK ? ali_project_plan_parts(reader) : status;
}

static alicorn_status set_text(char **text, const char *value, alicorn_error *error)
{
    char *copy = ali_strdup(value);
    if (!copy)
        return ali_error_memory(error, strlen(value), "a name");
    free(*text);
    *text = copy;
    return ALICORN_OK;
}

static bool has_errors(const ali_project_reader *reader)
{
    return ali_diagnostics_error_count(reader->diagnostics) > 0;
}

typedef alicorn_status (*section_reader)(ali_project_reader *reader);

static alicorn_status build_model(ali_project_reader *reader)
{
    static const section_reader sections[] = {ali_project_add_wires, ali_project_add_surfaces,
                                              ali_project_add_ports, ali_project_add_networks,
                                              ali_project_add_tasks};
    reader->model = ali_model_create();
    if (!reader->model)
        return ali_error_memory(reader->error, sizeof *reader->model, "a model");
    alicorn_status status = set_text(&reader->model->name, reader->name, reader->error);
    if (status == ALICORN_OK && reader->project.name)
        status = set_text(&reader->model->comment, reader->project.name, reader->error);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (status == ALICORN_OK && !has_errors(reader))
            status = sections[i](reader);
    return status;
}

static alicorn_status read_project(ali_project_reader *reader, const char *text, size_t length)
{
    alicorn_status status =
        ali_yaml_parse(text, length, reader->diagnostics, &reader->yaml, reader->error);
    if (status != ALICORN_OK || reader->yaml.broken)
        return status;
    if (!reader->yaml.root || reader->yaml.root->kind != ALI_YAML_MAP) {
        ali_diagnostics_add(
            reader->diagnostics, ALICORN_ERROR, "type", 1, 1, NULL,
            "this is not a project, expected a mapping that begins with alicorn: 1");
        return ALICORN_OK;
    }
    status = read_text(reader);
    return status == ALICORN_OK && !has_errors(reader) ? build_model(reader) : status;
}

static void reader_clear(ali_project_reader *reader)
{
    for (size_t i = 0; reader->plans && i < reader->project.parts.count; i++)
        free(reader->plans[i].copies);
    free(reader->names);
    free(reader->marks);
    free(reader->mark_names);
    free(reader->deck_sources);
    free(reader->loads);
    free(reader->networks);
    ali_project_free_blocks(reader);
    ali_yaml_clear(&reader->yaml);
    ali_symbols_destroy(reader->symbols);
    ali_diagnostics_destroy(reader->diagnostics);
}

alicorn_status ali_project_parse(const char *text, size_t length, const char *name,
                                 const alicorn_read_options *options,
                                 const ali_project_mesher *mesher, alicorn_model **model,
                                 alicorn_error *error)
{
    alicorn_error own_error;
    ali_numeric_scope scope;
    ali_project_reader reader = {.name = name ? name : "",
                                 .options = options,
                                 .mesher = mesher,
                                 .error = error ? error : &own_error};
    *model = NULL;
    if (ali_numeric_begin(&scope))
        return ali_error_memory(error, sizeof scope, "a locale");
    reader.diagnostics = ali_diagnostics_create(reader.name);
    reader.symbols = ali_symbols_create();
    alicorn_status status = ALICORN_OK;
    if (!reader.diagnostics || !reader.symbols)
        status = ali_error_memory(error, sizeof reader, "a reader");
    if (status == ALICORN_OK)
        status = read_project(&reader, text, length);
    ali_numeric_end(&scope);
    if (status == ALICORN_OK)
        status = ali_diagnostics_finish(reader.diagnostics, options ? options->report : NULL,
                                        options ? options->report_user : NULL, error);
    if (status == ALICORN_OK)
        *model = reader.model;
    else
        ali_model_destroy(reader.model);
    reader_clear(&reader);
    return status;
}
