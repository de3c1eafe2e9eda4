/* SPDX-License-Identifier: Apache-2.0 */
#include "input/project_yaml.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text_file.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  libfyaml's events into a tree. The events are taken rather than its own tree, because here every
 *  count is bounded while it grows. */

/** A node that is known by an anchor. */
typedef struct anchor {
    const char *name;
    ali_yaml_node *node;
    bool open; /* its end has not been read yet */
} anchor;

typedef struct builder {
    const char *text;
    size_t length;
    size_t position, line_start; /* of the last place asked for; places come in order */
    ali_diagnostics *diagnostics;
    ali_yaml *yaml;
    ali_yaml_node *stack[ALI_YAML_MAX_DEPTH];
    size_t depth;
    char *key; /* read, its value is awaited */
    int key_line, key_column;
    anchor *anchors;
    size_t anchor_count, anchor_capacity;
    bool stop; /* the rest cannot be understood */
    alicorn_error *error;
} builder;

void ali_yaml_clear(ali_yaml *yaml)
{
    while (yaml->newest) {
        ali_yaml_node *node = yaml->newest;
        yaml->newest = node->older;
        for (size_t i = 0; i < node->count; i++)
            free((char *)node->entries[i].key);
        free(node->entries);
        free((char *)node->text);
        free(node);
    }
    *yaml = (ali_yaml){0};
}

const ali_yaml_node *ali_yaml_find(const ali_yaml_node *map, const char *key)
{
    for (size_t i = 0; map->kind == ALI_YAML_MAP && i < map->count; i++)
        if (strcmp(map->entries[i].key, key) == 0)
            return map->entries[i].value;
    return NULL;
}

/* ---- paths ---- */

/** What one step of a path adds: ".radius" or "[column]". */
static void describe_step(const ali_yaml_node *node, char *step, size_t size)
{
    char quote[40];
    const ali_yaml_entry *entry = &node->parent->entries[node->place];
    if (entry->key) {
        ali_quote(quote, sizeof quote, entry->key, strlen(entry->key));
        snprintf(step, size, ".%s", quote);
        return;
    }
    const ali_yaml_node *name = ali_yaml_find(node, "name");
    if (name && name->kind == ALI_YAML_SCALAR && name->length > 0) {
        ali_quote(quote, sizeof quote, name->text, name->length);
        snprintf(step, size, "[%s]", quote);
    } else {
        snprintf(step, size, "[%zu]", node->place + 1);
    }
}

void ali_yaml_path(const ali_yaml_node *node, char *path, size_t size)
{
    char step[64];
    size_t start = size - 1;
    path[start] = '\0';
    for (; node->parent; node = node->parent) {
        describe_step(node, step, sizeof step);
        size_t length = strlen(step);
        if (length > start)
            break;
        start -= length;
        memcpy(path + start, step, length);
    }
    start += path[start] == '.';
    memmove(path, path + start, size - start);
}

/* ---- places ---- */

/** Line and column in bytes of a token. */
static void locate(builder *b, struct fy_token *token, int *line, int *column)
{
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    *line = *column = 1;
    if (!mark)
        return;
    size_t position = mark->input_pos < b->length ? mark->input_pos : b->length;
    if (position < b->position)
        b->position = b->line_start = 0;
    for (; b->position < position; b->position++)
        if (b->text[b->position] == '\n')
            b->line_start = b->position + 1;
    *line = mark->line + 1;
    *column = (int)(position - b->line_start) + 1;
}

/** A value that was left out stands where its key does, or its list. */
static void locate_nothing(const builder *b, ali_yaml_node *node)
{
    if (b->key) {
        node->line = b->key_line;
        node->column = b->key_column;
    } else if (b->depth > 0) {
        node->line = b->stack[b->depth - 1]->line;
        node->column = b->stack[b->depth - 1]->column;
    }
}

static void complain(builder *b, const char *finding, struct fy_token *token, const char *message)
{
    int line, column;
    locate(b, token, &line, &column);
    ali_diagnostics_add(b->diagnostics, ALICORN_ERROR, finding, line, column, NULL, "%s", message);
}

/* ---- the tree ---- */

static ali_yaml_node *create_node(builder *b, ali_yaml_kind kind, struct fy_token *token)
{
    ali_yaml_node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->weight = 1;
    locate(b, token, &node->line, &node->column);
    node->older = b->yaml->newest;
    b->yaml->newest = node;
    b->yaml->node_count++;
    return node;
}

/** Text of a token with a zero behind it; NULL when memory is out. It is fetched piece by piece:
 *  libfyaml 0.7.12 loses memory when it joins many pieces itself. */
static char *copy_text(struct fy_token *token, size_t *length)
{
    struct fy_token_iter *pieces = token ? fy_token_iter_create(token) : NULL;
    const struct fy_iter_chunk *piece = NULL;
    size_t capacity = 16;
    char *copy = token && !pieces ? NULL : malloc(capacity);
    *length = 0;
    while (copy && pieces && (piece = fy_token_iter_chunk_next(pieces, piece, NULL)) != NULL) {
        if (*length + piece->len >= capacity) {
            capacity = 2 * (*length + piece->len) + 1;
            char *grown = realloc(copy, capacity);
            if (!grown)
                free(copy);
            copy = grown;
        }
        if (copy && piece->len > 0)
            memcpy(copy + *length, piece->str, piece->len);
        *length += piece->len;
    }
    fy_token_iter_destroy(pieces);
    if (copy)
        copy[*length] = '\0';
    return copy;
}

/** Put a node where it belongs: under the innermost open one. */
static alicorn_status attach(builder *b, ali_yaml_node *node, int line, int column)
{
    if (b->depth == 0) {
        b->yaml->root = node;
        return ALICORN_OK;
    }
    ali_yaml_node *parent = b->stack[b->depth - 1];
    if (ali_grow((void **)&parent->entries, &parent->capacity, parent->count,
                 sizeof *parent->entries))
        return ali_error_memory(b->error, sizeof *parent->entries, "the project");
    if (!node->parent && node != b->yaml->root) {
        node->parent = parent;
        node->place = parent->count;
    }
    parent->entries[parent->count++] = (ali_yaml_entry){b->key, b->key ? b->key_line : line,
                                                        b->key ? b->key_column : column, node};
    b->key = NULL;
    return ALICORN_OK;
}

/** Add the weight of a finished node to the one it stands in. */
static void add_weight(builder *b, const ali_yaml_node *node, struct fy_token *token)
{
    size_t total = node->weight;
    if (b->depth > 0) {
        b->stack[b->depth - 1]->weight += node->weight;
        total = b->stack[b->depth - 1]->weight;
    }
    if (total > ALI_YAML_MAX_NODES || b->yaml->node_count > ALI_YAML_MAX_NODES) {
        complain(b, "yaml-size", token,
                 "the document has more than 1000000 values, aliases counted");
        b->stop = true;
    }
}

static alicorn_status set_anchor(builder *b, struct fy_token *token, ali_yaml_node *node, bool open)
{
    size_t length;
    if (!token)
        return ALICORN_OK;
    if (b->anchor_count == ALI_YAML_MAX_ANCHORS) {
        complain(b, "yaml-size", token, "there are too many anchors");
        b->stop = true;
        return ALICORN_OK;
    }
    char *name = copy_text(token, &length);
    if (!name ||
        ali_grow((void **)&b->anchors, &b->anchor_capacity, b->anchor_count, sizeof *b->anchors)) {
        free(name);
        return ali_error_memory(b->error, length, "anchors");
    }
    b->anchors[b->anchor_count++] = (anchor){name, node, open};
    return ALICORN_OK;
}

/** Whether the value that comes next is the key of a mapping. */
static bool awaits_key(const builder *b)
{
    return b->depth > 0 && b->stack[b->depth - 1]->kind == ALI_YAML_MAP && !b->key;
}

static alicorn_status take_key(builder *b, struct fy_token *token)
{
    const ali_yaml_node *map = b->stack[b->depth - 1];
    size_t length;
    locate(b, token, &b->key_line, &b->key_column);
    b->key = copy_text(token, &length);
    if (!b->key)
        return ali_error_memory(b->error, length, "a key");
    if (strcmp(b->key, "<<") == 0) {
        complain(b, "yaml", token, "merge keys (<<) are not read, expected the keys themselves");
    } else if (strlen(b->key) != length || length == 0) {
        complain(b, "yaml", token, "this is no name of a key");
    }
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->entries[i].key, b->key) != 0)
            continue;
        char quote[40];
        ali_quote(quote, sizeof quote, b->key, length);
        ali_diagnostics_add(b->diagnostics, ALICORN_ERROR, "duplicate-key", b->key_line,
                            b->key_column, NULL, "the key '%s' stands here again, first in line %d",
                            quote, map->entries[i].line);
        break;
    }
    if (map->count > 2000) { /* keeps the search for duplicates cheap */
        complain(b, "yaml-size", token, "a mapping has more than 2000 keys");
        b->stop = true;
    }
    return ALICORN_OK;
}

static void refuse_tag(builder *b, struct fy_token *tag)
{
    if (tag)
        complain(b, "yaml", tag, "tags (!) have no meaning in a project");
}

static alicorn_status take_scalar(builder *b, const struct fy_event_scalar_data *scalar)
{
    refuse_tag(b, scalar->tag);
    if (awaits_key(b)) {
        if (scalar->anchor)
            complain(b, "yaml", scalar->anchor, "a key cannot have an anchor");
        return take_key(b, scalar->value);
    }
    ali_yaml_node *node = create_node(b, ALI_YAML_SCALAR, scalar->value);
    if (!node || !(node->text = copy_text(scalar->value, &node->length)))
        return ali_error_memory(b->error, sizeof *node, "the project");
    enum fy_scalar_style style = scalar->value ? fy_token_scalar_style(scalar->value) : FYSS_PLAIN;
    node->quoted = style != FYSS_PLAIN && style != FYSS_ANY;
    if (node->length == 0 && !node->quoted) /* nothing is nowhere */
        locate_nothing(b, node);
    if (strlen(node->text) != node->length) {
        complain(b, "yaml", scalar->value, "text must not contain zero bytes");
        node->length = strlen(node->text);
    }
    alicorn_status status = attach(b, node, node->line, node->column);
    if (status == ALICORN_OK)
        status = set_anchor(b, scalar->anchor, node, false);
    add_weight(b, node, scalar->value);
    return status;
}

static alicorn_status take_alias(builder *b, struct fy_token *token)
{
    size_t length;
    int line, column;
    if (awaits_key(b)) {
        complain(b, "yaml", token, "an alias cannot be a key");
        b->stop = true;
        return ALICORN_OK;
    }
    char *name = copy_text(token, &length);
    if (!name)
        return ali_error_memory(b->error, length, "an alias");
    const anchor *meant = NULL;
    for (size_t i = b->anchor_count; i-- > 0 && !meant;)
        if (strcmp(b->anchors[i].name, name) == 0)
            meant = &b->anchors[i];
    free(name);
    locate(b, token, &line, &column);
    if (!meant || meant->open) {
        complain(b, "yaml", token,
                 meant ? "the alias stands within its own anchor" : "there is no such anchor");
        b->stop = true;
        return ALICORN_OK;
    }
    alicorn_status status = attach(b, meant->node, line, column);
    add_weight(b, meant->node, token);
    return status;
}

static alicorn_status open_node(builder *b, ali_yaml_kind kind, struct fy_token *token,
                                struct fy_token *tag, struct fy_token *anchor_token)
{
    refuse_tag(b, tag);
    if (awaits_key(b) || b->depth == ALI_YAML_MAX_DEPTH) {
        complain(b, "yaml", token,
                 b->depth == ALI_YAML_MAX_DEPTH ? "lists and mappings are nested too deeply"
                                                : "a list or mapping cannot be a key");
        b->stop = true;
        return ALICORN_OK;
    }
    ali_yaml_node *node = create_node(b, kind, token);
    if (!node)
        return ali_error_memory(b->error, sizeof *node, "the project");
    alicorn_status status = attach(b, node, node->line, node->column);
    if (status == ALICORN_OK)
        status = set_anchor(b, anchor_token, node, true);
    b->stack[b->depth++] = node;
    return status;
}

static void close_node(builder *b)
{
    ali_yaml_node *node = b->stack[--b->depth];
    for (size_t i = b->anchor_count; i-- > 0;)
        if (b->anchors[i].node == node)
            b->anchors[i].open = false;
    add_weight(b, node, NULL);
}

static alicorn_status take_event(builder *b, struct fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (b->yaml->root) {
            complain(b, "yaml", event->document_start.document_start,
                     "a second document begins here, expected one");
            b->stop = true;
        }
        return ALICORN_OK;
    case FYET_SCALAR:
        return take_scalar(b, &event->scalar);
    case FYET_ALIAS:
        return take_alias(b, event->alias.anchor);
    case FYET_SEQUENCE_START:
        return open_node(b, ALI_YAML_LIST, event->sequence_start.sequence_start,
                         event->sequence_start.tag, event->sequence_start.anchor);
    case FYET_MAPPING_START:
        return open_node(b, ALI_YAML_MAP, event->mapping_start.mapping_start,
                         event->mapping_start.tag, event->mapping_start.anchor);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        close_node(b);
        return ALICORN_OK;
    default:
        return ALICORN_OK;
    }
}

/* ---- libfyaml ---- */

/** Its first complaint; the others mostly follow from it. */
static void report_syntax(builder *b, struct fy_diag *diag)
{
    void *iterator = NULL;
    const struct fy_diag_error *found = fy_diag_errors_iterate(diag, &iterator);
    int line = found && found->line > 0 ? found->line : 1;
    int column = found && found->column > 0 ? found->column : 1;
    char quote[200];
    ali_quote(quote, sizeof quote, found ? found->msg : "", found ? strlen(found->msg) : 0);
    ali_diagnostics_add(b->diagnostics, ALICORN_ERROR, "yaml", line, column, NULL,
                        "this is not YAML%s%s", quote[0] ? ": " : "", quote);
}

static void say_nothing(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    (void)diag, (void)user, (void)text, (void)length;
}

/** Complaints are kept, not printed. */
static struct fy_diag *create_diag(void)
{
    struct fy_diag_cfg settings;
    fy_diag_cfg_default(&settings);
    settings.fp = NULL;
    settings.output_fn = say_nothing;
    settings.level = FYET_ERROR;
    settings.colorize = false;
    struct fy_diag *diag = fy_diag_create(&settings);
    if (diag)
        fy_diag_set_collect_errors(diag, true);
    return diag;
}

static alicorn_status read_events(builder *b, struct fy_parser *parser, struct fy_diag *diag)
{
    alicorn_status status = ALICORN_OK;
    struct fy_event *event;
    bool ended = false;
    while (status == ALICORN_OK && !b->stop && !ended && (event = fy_parser_parse(parser))) {
        status = take_event(b, event);
        ended = event->type == FYET_STREAM_END && !fy_parser_get_stream_error(parser);
        fy_parser_event_free(parser, event);
    }
    b->yaml->broken = !ended;
    if (status == ALICORN_OK && !ended && !b->stop)
        report_syntax(b, diag);
    return status;
}

alicorn_status ali_yaml_parse(const char *text, size_t length, ali_diagnostics *diagnostics,
                              ali_yaml *yaml, alicorn_error *error)
{
    *yaml = (ali_yaml){.broken = true};
    builder b = {
        .text = text, .length = length, .diagnostics = diagnostics, .yaml = yaml, .error = error};
    if (length > ALI_YAML_MAX_BYTES) {
        ali_diagnostics_add(diagnostics, ALICORN_ERROR, "yaml-size", 0, 0, NULL,
                            "the project has %zu bytes, expected at most %u", length,
                            ALI_YAML_MAX_BYTES);
        return ALICORN_OK;
    }
    int line = 1;
    for (size_t i = 0, start = 0, step; i < length; i += step) {
        step = ali_utf8_length(text + i, length - i);
        if (text[i] == '\n') {
            line++;
            start = i + 1;
        }
        if (step > 0 && text[i] != '\0')
            continue;
        ali_diagnostics_add(diagnostics, ALICORN_ERROR, "yaml", line, (int)(i - start) + 1, NULL,
                            "byte %zu of the file is not text (UTF-8)", i + 1);
        return ALICORN_OK;
    }
    struct fy_diag *diag = create_diag();
    const struct fy_parse_cfg settings = {.flags = FYPCF_QUIET | FYPCF_JSON_NONE, .diag = diag};
    struct fy_parser *parser = diag ? fy_parser_create(&settings) : NULL;
    alicorn_status status = ALICORN_OK;
    if (!parser || fy_parser_set_string(parser, length > 0 ? text : " ", length > 0 ? length : 1))
        status = ali_error_memory(error, length, "a YAML parser");
    if (status == ALICORN_OK)
        status = read_events(&b, parser, diag);
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    for (size_t i = 0; i < b.anchor_count; i++)
        free((char *)b.anchors[i].name);
    free(b.anchors);
    free(b.key);
    if (status != ALICORN_OK)
        ali_yaml_clear(yaml);
    return status;
}
