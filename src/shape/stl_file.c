/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/mesh_format.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** @file
 *  STL: triangles as three corners each, without neighbourhood. The normals that the file gives are
 *  ignored: the order of the corners says where the front is. */

/** Memory per triangle in the worst case: three vertices, their slots in two growing tables. */
static const double bytes_per_triangle = 200.0;

/** Vertices by their coordinates: open addressing, a power of two of slots, at most half full. */
typedef struct corner_table {
    size_t *slots; /**< index + 1 of a vertex, 0: free */
    size_t size, used;
} corner_table;

static uint64_t hash_vertex(ali_vec3 v)
{
    double values[3] = {v.x, v.y, v.z};
    uint64_t words[3], hash = 0;
    memcpy(words, values, sizeof words);
    for (int i = 0; i < 3; i++) {
        hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same_vertex(ali_vec3 a, ali_vec3 b)
{
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/** The slot of a vertex, or the free one where it belongs. */
static size_t find_slot(const corner_table *table, const ali_triangulation *t, ali_vec3 vertex)
{
    size_t slot = (size_t)hash_vertex(vertex) & (table->size - 1);
    while (table->slots[slot] != 0 && !same_vertex(t->vertices[table->slots[slot] - 1], vertex))
        slot = (slot + 1) & (table->size - 1);
    return slot;
}

static int grow_table(corner_table *table, const ali_triangulation *t)
{
    corner_table larger = {.size = table->size ? 2 * table->size : 1024, .used = table->used};
    larger.slots = ali_calloc(larger.size, sizeof *larger.slots);
    if (!larger.slots)
        return -1;
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i] != 0)
            larger.slots[find_slot(&larger, t, t->vertices[table->slots[i] - 1])] = table->slots[i];
    free(table->slots);
    *table = larger;
    return 0;
}

/** Index of the vertex at a corner, which is made if it is new. */
static alicorn_status add_corner(ali_mesh_reading *reading, corner_table *table, const double at[3],
                                 size_t *index)
{
    ali_triangulation *t = reading->out;
    if (2 * (table->used + 1) > table->size && grow_table(table, t))
        return ali_error_memory(reading->scan.error, 2 * table->size * sizeof *table->slots,
                                "the corners of an STL file");
    alicorn_status status = ali_mesh_reading_vertex(reading, at);
    if (status != ALICORN_OK)
        return status;
    size_t slot = find_slot(table, t, t->vertices[t->vertex_count - 1]);
    if (table->slots[slot] == 0) {
        table->slots[slot] = t->vertex_count;
        table->used++;
    } else {
        t->vertex_count--;
    }
    *index = table->slots[slot] - 1;
    return ALICORN_OK;
}

static alicorn_status add_facet(ali_mesh_reading *reading, corner_table *table,
                                const double at[3][3], int group)
{
    size_t corner[3];
    for (int k = 0; k < 3; k++) {
        alicorn_status status = add_corner(reading, table, at[k], &corner[k]);
        if (status != ALICORN_OK)
            return status;
    }
    if (corner[0] == corner[1] || corner[1] == corner[2] || corner[2] == corner[0])
        return ali_scan_fail(&reading->scan, "triangle %zu has two equal corners: it has no area",
                             reading->out->triangle_count + 1);
    return ali_triangulation_add_triangle(reading->out, corner, group, reading->scan.error);
}

alicorn_status ali_stl_read_binary(ali_mesh_reading *reading)
{
    ali_mesh_scan *scan = &reading->scan;
    corner_table table = {0};
    scan->binary = scan->had_binary = true;
    scan->at = ALI_STL_HEADING;
    int bits = 0;
    alicorn_status status = ali_scan_integer(scan, "the number of triangles", &bits);
    uint32_t count = (uint32_t)bits;
    if (status == ALICORN_OK)
        status =
            ali_scan_check_count(scan, "triangles of a binary STL file", count, ALI_STL_TRIANGLE);
    if (status == ALICORN_OK && ali_scan_left(scan) != (size_t)count * ALI_STL_TRIANGLE)
        status = ali_scan_fail(scan, "%lu triangles of a binary STL file end %zu bytes before it",
                               (unsigned long)count,
                               ali_scan_left(scan) - (size_t)count * ALI_STL_TRIANGLE);
    if (status == ALICORN_OK)
        status = ali_mesh_reading_claim(reading, "triangles", count, bytes_per_triangle);
    for (uint32_t i = 0; status == ALICORN_OK && i < count; i++) {
        double at[3][3];
        scan->at += 12; /* the normal */
        for (int k = 0; status == ALICORN_OK && k < 9; k++)
            status = ali_scan_single(scan, "a coordinate", &at[k / 3][k % 3]);
        if (status == ALICORN_OK)
            status = add_facet(reading, &table, (const double(*)[3])at, 1);
        scan->at += 2; /* attributes */
    }
    free(table.slots);
    return status;
}

/** The next words must be these, in any case of letters. */
static alicorn_status expect(ali_mesh_scan *scan, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char word[ALI_SCAN_WORD];
        ali_scan_word(scan, word);
        if (word[0] == '\0')
            return ali_scan_fail(scan, "the file ends where '%s' is expected", words[i]);
        if (strcasecmp(word, words[i]) != 0)
            return ali_scan_fail(scan, "'%s' where '%s' is expected", word, words[i]);
    }
    return ALICORN_OK;
}

/** What follows the word "facet". */
static alicorn_status read_facet(ali_mesh_reading *reading, corner_table *table, int solid)
{
    static const char *const normal[] = {"normal"}, *const loop[] = {"outer", "loop"},
                             *const vertex[] = {"vertex"}, *const end[] = {"endloop", "endfacet"};
    ali_mesh_scan *scan = &reading->scan;
    char word[ALI_SCAN_WORD];
    double at[3][3];
    alicorn_status status = expect(scan, normal, 1);
    for (int k = 0; k < 3; k++)
        ali_scan_word(scan, word); /* some programs write "nan" for a normal: it is not used */
    if (status == ALICORN_OK)
        status = expect(scan, loop, 2);
    for (int k = 0; status == ALICORN_OK && k < 3; k++) {
        status = expect(scan, vertex, 1);
        for (int i = 0; status == ALICORN_OK && i < 3; i++)
            status = ali_scan_real(scan, "a coordinate", &at[k][i]);
    }
    if (status == ALICORN_OK)
        status = expect(scan, end, 2);
    if (status == ALICORN_OK)
        status = ali_mesh_reading_claim(reading, "more triangle", 1, bytes_per_triangle);
    if (status == ALICORN_OK)
        status = add_facet(reading, table, (const double(*)[3])at, solid);
    return status;
}

/** One solid, from behind the word "solid". */
static alicorn_status read_solid(ali_mesh_reading *reading, corner_table *table, int solid)
{
    ali_mesh_scan *scan = &reading->scan;
    char name[256], word[ALI_SCAN_WORD];
    ali_scan_rest_of_line(scan, name, sizeof name);
    const char *start = name + strspn(name, " \t");
    alicorn_status status =
        *start ? ali_triangulation_add_name(reading->out, 2, solid, start, scan->error)
               : ALICORN_OK;
    while (status == ALICORN_OK) {
        ali_scan_word(scan, word);
        if (strcasecmp(word, "endsolid") == 0) {
            ali_scan_rest_of_line(scan, name, sizeof name);
            return ALICORN_OK;
        }
        if (word[0] == '\0')
            return ali_scan_fail(scan, "the file ends before 'endsolid': it is cut off");
        if (strcasecmp(word, "facet") != 0)
            return ali_scan_fail(scan, "'%s' where 'facet' or 'endsolid' is expected", word);
        status = read_facet(reading, table, solid);
    }
    return status;
}

alicorn_status ali_stl_read_text(ali_mesh_reading *reading)
{
    ali_mesh_scan *scan = &reading->scan;
    corner_table table = {0};
    alicorn_status status = ALICORN_OK;
    static const char *const solid[] = {"solid"};
    for (int number = 1; status == ALICORN_OK; number++) {
        ali_scan_blanks(scan);
        if (ali_scan_left(scan) == 0)
            break;
        status = expect(scan, solid, 1);
        if (status == ALICORN_OK)
            status = read_solid(reading, &table, number);
    }
    free(table.slots);
    return status;
}
