/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/describe.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "input/nec_reader.h"
#include "input/project.h"
#include "input/project_keys.h"

#include <stdlib.h>

/** What a project's text says, as far as its keys can be read. */
static alicorn_status describe_keys(ali_key_reader *reader, const char *text, size_t length,
                                    alicorn_description *description)
{
    ali_project project = {0};
    bool there = false;
    alicorn_status status = ali_key_reader_begin(reader);
    if (status == ALICORN_OK)
        status = ali_key_read_file(reader, text, length, &project, &there);
    if (status != ALICORN_OK || !there)
        return status;
    description->requirement_count = project.requirements.count;
    description->title = ali_strdup(project.name ? project.name : "");
    return !description->title || ali_symbols_describe(reader->symbols, &description->variables,
                                                       &description->variable_count)
               ? ali_error_memory(reader->error, length, "a description")
               : ALICORN_OK;
}

static alicorn_status describe_project(const char *text, size_t length, const char *name,
                                       const alicorn_read_options *options,
                                       alicorn_description *description, alicorn_error *error)
{
    ali_numeric_scope scope;
    ali_key_reader reader = {
        .table = ali_project_key_table(), .name = name, .options = options, .error = error};
    if (ali_numeric_begin(&scope))
        return ali_error_memory(error, sizeof scope, "a locale");
    alicorn_status status = describe_keys(&reader, text, length, description);
    ali_numeric_end(&scope);
    ali_key_reader_clear(&reader);
    return status;
}

/** Decks are read as a whole: that takes no time. */
static alicorn_status describe_deck(const char *text, size_t length, const char *name,
                                    const alicorn_read_options *options,
                                    alicorn_description *description, alicorn_error *error)
{
    alicorn_model *model = NULL;
    alicorn_read_options silent = options ? *options : (alicorn_read_options){0};
    silent.report = NULL;
    silent.undriven = 1;
    alicorn_status status = ali_nec_parse(text, length, name, &silent, description, &model, error);
    if (status == ALICORN_OK) {
        description->title = ali_strdup(alicorn_model_comment(model));
        if (!description->title)
            status = ali_error_memory(error, 1, "a title");
    }
    alicorn_model_destroy(model);
    return status;
}

alicorn_status alicorn_describe(const char *text, size_t length, const char *name,
                                const alicorn_read_options *options,
                                alicorn_description **description, alicorn_error *error)
{
    alicorn_error own_error;
    alicorn_description *made = calloc(1, sizeof *made);
    *description = NULL;
    if (!made)
        return ali_error_memory(error, sizeof *made, "a description");
    error = error ? error : &own_error;
    name = name ? name : "";
    made->project = ali_project_detect(text, length, name);
    alicorn_status status = made->project
                                ? describe_project(text, length, name, options, made, error)
                                : describe_deck(text, length, name, options, made, error);
    if (status == ALICORN_E_INPUT)
        status = ALICORN_OK;
    if (status == ALICORN_OK && !made->title && !(made->title = ali_strdup("")))
        status = ali_error_memory(error, 1, "a title");
    if (status == ALICORN_OK)
        *description = made;
    else
        alicorn_description_destroy(made);
    return status;
}

void alicorn_description_destroy(alicorn_description *description)
{
    if (!description)
        return;
    for (size_t i = 0; i < description->variable_count; i++) {
        free(description->variables[i].name);
        free(description->variables[i].text);
    }
    free(description->variables);
    free(description->title);
    free(description);
}
