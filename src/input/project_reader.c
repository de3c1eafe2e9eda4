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

/* ---- symbols of decks ---- */

alicorn_status ali_project_read_set(ali_project_reader *reader, const ali_yaml_node *set,
                                    const char ***names, double **values, size_t *count)
{
    static const ali_key number = {.name = "set", .low = -1e300, .high = 1e300};
    *count = 0;
    if (set->kind != ALI_YAML_MAP) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "type", set,
                       "expected a mapping from names to numbers or =expressions");
        return ALICORN_OK;
    }
    *names = ali_key_alloc(&reader->keys, set->count, sizeof **names);
    *values = ali_key_alloc(&reader->keys, set->count, sizeof **values);
    if (!*names || !*values)
        return ali_error_memory(reader->keys.error, set->count * sizeof **values, "symbols");
    for (size_t i = 0; i < set->count; i++) {
        (*names)[*count] = set->entries[i].key;
        *count +=
            ali_key_read_real(&reader->keys, set->entries[i].value, &number, *values + *count);
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
        alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_MAP_GROUND, &ground);
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
    ali_key_report(&reader->keys, ALICORN_ERROR, "value", node, "%s%sexpected %s", quote,
                   scalar ? " is no ground, " : "", ALI_PROJECT_GROUND_FORM);
    return ALICORN_OK;
}

/** What else can be checked without files and geometry. */
static alicorn_status check_text(ali_project_reader *reader)
{
    ali_project *project = &reader->project;
    alicorn_status status = read_ground(reader);
    if (status != ALICORN_OK)
        return status;
#define CHECK_NAMES(items, type, what)                                                             \
    ali_key_check_names(&reader->keys, &project->items, sizeof(type), offsetof(type, name), what)
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

typedef alicorn_status (*section_reader)(ali_project_reader *reader);

static alicorn_status build_model(ali_project_reader *reader)
{
    static const section_reader sections[] = {ali_project_add_wires, ali_project_add_surfaces,
                                              ali_project_add_ports, ali_project_add_networks,
                                              ali_project_add_tasks};
    reader->model = ali_model_create();
    if (!reader->model)
        return ali_error_memory(reader->keys.error, sizeof *reader->model, "a model");
    alicorn_status status = set_text(&reader->model->name, reader->keys.name, reader->keys.error);
    if (status == ALICORN_OK && reader->project.name)
        status = set_text(&reader->model->comment, reader->project.name, reader->keys.error);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (status == ALICORN_OK && !ali_key_has_errors(&reader->keys))
            status = sections[i](reader);
    return status;
}

static alicorn_status read_project(ali_project_reader *reader, const char *text, size_t length)
{
    bool there;
    alicorn_status status =
        ali_key_read_file(&reader->keys, text, length, &reader->project, &there);
    if (status == ALICORN_OK && there)
        status = check_text(reader);
    if (!there)
        return status;
    return status == ALICORN_OK && !ali_key_has_errors(&reader->keys) ? build_model(reader)
                                                                      : status;
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
    ali_key_reader_clear(&reader->keys);
}

alicorn_status ali_project_parse(const char *text, size_t length, const char *name,
                                 const alicorn_read_options *options,
                                 const ali_project_mesher *mesher, alicorn_model **model,
                                 alicorn_error *error)
{
    alicorn_error own_error;
    ali_numeric_scope scope;
    ali_project_reader reader = {.keys = {.table = ali_project_key_table(),
                                          .name = name ? name : "",
                                          .options = options,
                                          .error = error ? error : &own_error},
                                 .mesher = mesher};
    *model = NULL;
    if (ali_numeric_begin(&scope))
        return ali_error_memory(error, sizeof scope, "a locale");
    alicorn_status status = ali_key_reader_begin(&reader.keys);
    if (status == ALICORN_OK)
        status = read_project(&reader, text, length);
    ali_numeric_end(&scope);
    if (status == ALICORN_OK)
        status = ali_key_reader_finish(&reader.keys);
    if (status == ALICORN_OK)
        *model = reader.model;
    else
        ali_model_destroy(reader.model);
    reader_clear(&reader);
    return status;
}
