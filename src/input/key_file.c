/* SPDX-License-Identifier: Apache-2.0 */
#include "input/keys.h"

#include "base/error.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  A file of keys as a whole: memory, variables, names. */

/* ---- memory ---- */

/** Memory is given out in blocks that are freed together. */
struct block {
    struct block *older;
    max_align_t memory[];
};

void *ali_key_alloc(ali_key_reader *reader, size_t count, size_t size)
{
    if (size > 0 && count > (SIZE_MAX - sizeof(struct block)) / size)
        return NULL;
    struct block *block = calloc(1, sizeof *block + count * size);
    if (!block)
        return NULL;
    block->older = reader->blocks;
    reader->blocks = block;
    return block->memory;
}

static void free_blocks(ali_key_reader *reader)
{
    while (reader->blocks) {
        struct block *older = reader->blocks->older;
        free(reader->blocks);
        reader->blocks = older;
    }
}

char *ali_key_file_path(const ali_key_reader *reader, const char *file)
{
    const char *slash = strrchr(reader->name, '/');
    size_t folder = file[0] == '/' || !slash ? 0 : (size_t)(slash - reader->name) + 1;
    size_t length = strlen(file) + 1;
    char *path = malloc(folder + length);
    if (path) {
        memcpy(path, reader->name, folder);
        memcpy(path + folder, file, length);
    }
    return path;
}

/* ---- variables ---- */

/** Whether a value may define a variable: a number or an expression. */
static bool check_definition(ali_key_reader *reader, const ali_yaml_entry *entry)
{
    size_t length = strlen(entry->key);
    if (ali_expression_name_length(entry->key, length) != length) {
        char quote[40];
        ali_quote(quote, sizeof quote, entry->key, length);
        ali_key_report(reader, ALICORN_ERROR, "symbol", entry->value,
                       "'%s' is no name, expected letters, digits and _", quote);
        return false;
    }
    if (entry->value->kind == ALI_YAML_SCALAR && entry->value->length > 0)
        return true;
    ali_key_report(reader, ALICORN_ERROR, "symbol", entry->value,
                   "expected a number or =expression");
    return false;
}

static alicorn_status define_variables(ali_key_reader *reader, const ali_yaml_node *variables)
{
    if (variables->kind == ALI_YAML_SCALAR && variables->length == 0)
        return ALICORN_OK;
    if (variables->kind != ALI_YAML_MAP) {
        ali_key_report(reader, ALICORN_ERROR, "type", variables,
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

static void override_variables(ali_key_reader *reader)
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
                                "there is no variable '%s' to set, expected %s%s%s", quote,
                                known[0] ? "one of " : "a ", known[0] ? known : reader->table->what,
                                known[0] ? "" : " with variables");
        }
    }
}

/** Define the file's variables and apply --set. */
static alicorn_status read_variables(ali_key_reader *reader)
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

/* ---- names ---- */

void ali_key_check_names(ali_key_reader *reader, const ali_key_items *items, size_t size,
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
            ali_key_report(reader, ALICORN_ERROR, "duplicate-name", ali_key_place(node, "name"),
                           "there are two %s named '%s'", what, name);
            break;
        }
    }
}

/* ---- the whole ---- */

alicorn_status ali_key_reader_begin(ali_key_reader *reader)
{
    reader->diagnostics = ali_diagnostics_create(reader->name);
    reader->symbols = ali_symbols_create();
    return reader->diagnostics && reader->symbols
               ? ALICORN_OK
               : ali_error_memory(reader->error, sizeof *reader, "a reader");
}

void ali_key_reader_clear(ali_key_reader *reader)
{
    free_blocks(reader);
    ali_yaml_clear(&reader->yaml);
    ali_symbols_destroy(reader->symbols);
    ali_diagnostics_destroy(reader->diagnostics);
}

alicorn_status ali_key_read_file(ali_key_reader *reader, const char *text, size_t length,
                                 void *root, bool *there)
{
    const ali_yaml *yaml = &reader->yaml;
    alicorn_status status =
        ali_yaml_parse(text, length, reader->diagnostics, &reader->yaml, reader->error);
    *there = status == ALICORN_OK && !yaml->broken;
    if (!*there)
        return status;
    *there = yaml->root && yaml->root->kind == ALI_YAML_MAP;
    if (!*there) {
        ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "type", 1, 1, NULL,
                            "this is not a %s, expected a mapping that begins with %s: 1",
                            reader->table->what, reader->table->keys[0].name);
        return ALICORN_OK;
    }
    status = read_variables(reader);
    return status == ALICORN_OK ? ali_key_read_map(reader, yaml->root, 0, root) : status;
}

bool ali_key_has_errors(const ali_key_reader *reader)
{
    return ali_diagnostics_error_count(reader->diagnostics) > 0;
}

alicorn_status ali_key_reader_finish(ali_key_reader *reader)
{
    const alicorn_read_options *options = reader->options;
    return ali_diagnostics_finish(reader->diagnostics, options ? options->report : NULL,
                                  options ? options->report_user : NULL, reader->error);
}
