/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Lines that mesh files mark, physical curves of .msh, as places for ports. */

/** Edges of one port; putting them in order takes their square. */
enum { MOST_EDGES = 1000 };

/* ---- kept while the files are read ---- */

static alicorn_status add_names(ali_project_reader *reader, size_t part,
                                const ali_triangulation *from)
{
    for (size_t i = 0; i < from->name_count; i++) {
        const ali_group_name *name = &from->names[i];
        size_t size = strlen(name->name) + 1;
        char *copy = name->dimension == 1 ? ali_key_alloc(&reader->keys, size, 1) : NULL;
        if (name->dimension != 1)
            continue;
        if (!copy || ali_grow((void **)&reader->mark_names, &reader->mark_name_capacity,
                              reader->mark_name_count, sizeof *reader->mark_names))
            return ali_error_memory(reader->keys.error, size, "names of marked edges");
        memcpy(copy, name->name, size);
        reader->mark_names[reader->mark_name_count++] =
            (ali_project_mark_name){part, name->group, copy};
    }
    return ALICORN_OK;
}

alicorn_status ali_project_add_marks(ali_project_reader *reader, size_t part, size_t copy,
                                     const ali_triangulation *from, const size_t *number,
                                     size_t base)
{
    for (size_t i = 0; i < from->line_count; i++) {
        if (ali_grow((void **)&reader->marks, &reader->mark_capacity, reader->mark_count,
                     sizeof *reader->marks))
            return ali_error_memory(reader->keys.error, sizeof *reader->marks, "marked edges");
        ali_project_mark *mark = &reader->marks[reader->mark_count++];
        *mark = (ali_project_mark){.part = part, .copy = copy, .group = from->line_group[i]};
        for (int j = 0; j < 2; j++) {
            size_t vertex = number[from->lines[i][j]];
            mark->vertex[j] = vertex > 0 ? base + vertex - 1 : ALI_NONE;
        }
    }
    return copy == 0 ? add_names(reader, part, from) : ALICORN_OK;
}

/* ---- found when a port asks ---- */

/** Name of a group, NULL if it has none. */
static const char *name_of(const ali_project_reader *reader, size_t part, int group)
{
    for (size_t i = 0; i < reader->mark_name_count; i++)
        if (reader->mark_names[i].part == part && reader->mark_names[i].group == group)
            return reader->mark_names[i].name;
    return NULL;
}

/** "feed, 7" of a part. */
static void list_groups(const ali_project_reader *reader, size_t part, char *list, size_t size)
{
    int last = 0;
    list[0] = '\0';
    for (size_t i = 0; i < reader->mark_count; i++) {
        const ali_project_mark *mark = &reader->marks[i];
        size_t used = strlen(list);
        if (used + 1 >= size)
            break;
        if (mark->part != part || mark->copy != 0 || mark->group == last)
            continue;
        last = mark->group;
        const char *name = name_of(reader, part, last);
        if (name)
            snprintf(list + used, size - used, "%s%s", used ? ", " : "", name);
        else
            snprintf(list + used, size - used, "%s%d", used ? ", " : "", last);
    }
}

/** Number of the group that an address means by name or number; 0: none can be. */
static int group_of(const ali_project_reader *reader, const ali_project_address *a)
{
    for (size_t i = 0; i < reader->mark_name_count; i++)
        if (reader->mark_names[i].part == a->part &&
            strcmp(reader->mark_names[i].name, a->item) == 0)
            return reader->mark_names[i].group;
    char *end;
    long number = strtol(a->item, &end, 10);
    return *end == '\0' && number > 0 && number <= INT_MAX ? (int)number : 0;
}

/** The edges of a group while they are put one behind the other. */
typedef struct chain {
    size_t (*edges)[2]; /* [count] */
    size_t count;
    size_t *line; /* [count + 1] vertices in order */
} chain;

/** The edge other than `without` (ALI_NONE: none) that has the vertex, and how many have it. */
static size_t next_edge(const chain *c, size_t vertex, size_t without, size_t *having)
{
    size_t found = ALI_NONE;
    *having = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (c->edges[i][0] != vertex && c->edges[i][1] != vertex)
            continue;
        (*having)++;
        if (i != without)
            found = i;
    }
    return found;
}

/** Where to begin: an end of the line, any edge of a ring. */
static size_t first_edge(const chain *c, int *side)
{
    size_t having;
    for (size_t i = 0; i < c->count; i++)
        for (*side = 0; *side < 2; ++*side)
            if (next_edge(c, c->edges[i][*side], i, &having) == ALI_NONE)
                return i;
    *side = 0;
    return 0;
}

/** Let the line run as the file has its first edge. */
static void set_direction(const chain *c, size_t steps)
{
    bool backwards = false;
    for (size_t i = 0; i < steps; i++)
        backwards |= c->line[i] == c->edges[0][1] && c->line[i + 1] == c->edges[0][0];
    for (size_t i = 0; backwards && i < steps - i; i++) {
        size_t swapped = c->line[i];
        c->line[i] = c->line[steps - i];
        c->line[steps - i] = swapped;
    }
}

/** Walk along the edges. Returns how many were met before the line ended or branched; *branch is
 *  the vertex where it did, ALI_NONE if it did not. */
static size_t walk(const chain *c, size_t *branch)
{
    int side;
    size_t first = first_edge(c, &side), edge = first, steps = 0, having;
    size_t at = c->edges[edge][side];
    *branch = ALI_NONE;
    c->line[0] = at;
    do {
        at = c->edges[edge][c->edges[edge][0] == at];
        c->line[++steps] = at;
        edge = next_edge(c, at, edge, &having);
        if (having > 2)
            *branch = at;
    } while (edge != ALI_NONE && edge != first && *branch == ALI_NONE && steps < c->count);
    set_direction(c, steps);
    return steps;
}

/** Put the edges in order. False, reported, if they are not one line. */
static bool put_in_order(ali_project_reader *reader, const ali_yaml_node *node, const chain *c)
{
    const ali_vec3 *vertices = reader->model->vertices;
    size_t branch;
    for (size_t i = 0; i < c->count; i++)
        if (c->edges[i][0] == ALI_NONE || c->edges[i][1] == ALI_NONE) {
            ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                           "a marked line ends where the part has no triangle");
            return false;
        }
    size_t steps = walk(c, &branch);
    bool there_and_back = steps == 2 && c->line[0] == c->line[2];
    if (branch != ALI_NONE)
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "more than two marked edges meet at (%.6g, %.6g, %.6g) m, expected "
                       "one line",
                       vertices[branch].x, vertices[branch].y, vertices[branch].z);
    else if (steps < c->count || there_and_back)
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       there_and_back ? "the edge is marked twice"
                                      : "the marked edges are several lines, expected one");
    return branch == ALI_NONE && steps == c->count && !there_and_back;
}

/** The edges of a group, *c to be freed; c->count 0: none, reported. */
static alicorn_status collect(ali_project_reader *reader, const ali_yaml_node *node,
                              const ali_project_address *a, chain *c)
{
    *c = (chain){.edges = ali_calloc(reader->mark_count, sizeof *c->edges),
                 .line = ali_calloc(reader->mark_count + 1, sizeof *c->line)};
    if (!c->edges || !c->line)
        return ali_error_memory(reader->keys.error, reader->mark_count * sizeof *c->edges,
                                "marked edges");
    int group = group_of(reader, a);
    for (size_t i = 0; i < reader->mark_count && group > 0; i++) {
        const ali_project_mark *mark = &reader->marks[i];
        if (mark->part == a->part && mark->copy == a->copy && mark->group == group)
            memcpy(c->edges[c->count++], mark->vertex, sizeof *c->edges);
    }
    if (c->count > MOST_EDGES) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "%zu marked edges, expected at most %d", c->count, MOST_EDGES);
        c->count = 0;
        return ALICORN_OK;
    }
    if (c->count > 0)
        return ALICORN_OK;
    char quote[70], list[150];
    ali_quote(quote, sizeof quote, a->item, strlen(a->item));
    list_groups(reader, a->part, list, sizeof list);
    ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                   "'%s' names no marked edges%s%s", quote,
                   list[0] ? ", expected one of " : ": the part has none", list);
    return ALICORN_OK;
}

alicorn_status ali_project_find_marks(ali_project_reader *reader, const ali_yaml_node *node,
                                      const char *group, size_t *index)
{
    static const char form[] = "PART.GROUP or PART[COPY].GROUP";
    ali_project_address a = ali_project_read_address(reader, node, group, "port-on-nothing", form);
    *index = ALI_NONE;
    if (a.part == ALI_NONE)
        return ALICORN_OK;
    if (!a.item || reader->plans[a.part].kind != ALI_PART_MESH) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node, "expected %s",
                       a.item ? "a part that is a mesh" : form);
        return ALICORN_OK;
    }
    chain c;
    alicorn_status status = collect(reader, node, &a, &c);
    if (status == ALICORN_OK && c.count > 0 && put_in_order(reader, node, &c) &&
        ali_project_check_line(reader, node, c.line, c.count + 1))
        status =
            ali_model_add_edge_line(reader->model, c.count + 1, c.line, index, reader->keys.error);
    free(c.edges);
    free(c.line);
    return status;
}
