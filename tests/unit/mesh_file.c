/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The readers of mesh files: one tetrahedron with a marked line in every format, and broken files.
 */

#include "assert_close.h"
#include "shape/shape.h"
#include "shape/triangulation.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- building files ---- */

/** A file being made in memory, its numbers as text or as bytes. */
typedef struct file_text {
    unsigned char bytes[8192];
    size_t size;
    bool binary, big_endian;
} file_text;

static void put_text(file_text *file, const char *text)
{
    size_t length = strlen(text);
    assert_true(file->size + length <= sizeof file->bytes);
    memcpy(file->bytes + file->size, text, length);
    file->size += length;
}

static void put_bytes(file_text *file, uint64_t bits, size_t count)
{
    assert_true(file->size + count <= sizeof file->bytes);
    for (size_t i = 0; i < count; i++) {
        size_t place = file->big_endian ? count - 1 - i : i;
        file->bytes[file->size + place] = (unsigned char)(bits >> 8 * i);
    }
    file->size += count;
}

/** An integer of `count` bytes, or a word of text. */
static void put_integer(file_text *file, long long value, size_t count)
{
    char word[32];
    snprintf(word, sizeof word, "%lld ", value);
    if (file->binary)
        put_bytes(file, (uint64_t)value, count);
    else
        put_text(file, word);
}

static void put_real(file_text *file, double value)
{
    char word[32];
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    snprintf(word, sizeof word, "%.17g\n", value);
    if (file->binary)
        put_bytes(file, bits, 8);
    else
        put_text(file, word);
}

static void put_single(file_text *file, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_bytes(file, bits, 4);
}

/* The unit tetrahedron, vertex 5 is on nothing; its tags in the files are 10 times these. Outward
 * normals. */
static const double points[5][3] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1.25}, {7, 7, 7}};
static const int faces[4][3] = {{1, 3, 2}, {1, 2, 4}, {2, 3, 4}, {1, 4, 3}};

static void put_heading(file_text *file, const char *version)
{
    put_text(file, "$MeshFormat\n");
    put_text(file, version);
    put_text(file, file->binary ? " 1 8\n" : " 0 8\n");
    if (file->binary)
        put_bytes(file, 1, 4);
    put_text(file,
             "\n$EndMeshFormat\n$Comments\nnot for us\n$EndComments\n$PhysicalNames\n3\n"
             "1 4 \"feed line\"\n2 7 \"three \xC3\x96\"\n2 -9 \"front\"\n$EndPhysicalNames\n");
}

/** Faces 1 … 3 in group 7, the last in group 9; a line and a point, and a tetrahedron. */
static void put_msh_2(file_text *file)
{
    put_heading(file, "2.2");
    put_text(file, "$Nodes\n5\n");
    for (int i = 5; i >= 1; i--) {
        put_integer(file, 10 * i, 4);
        for (int k = 0; k < 3; k++)
            put_real(file, points[i - 1][k]);
    }
    put_text(file, "\n$EndNodes\n$Elements\n7\n");
    for (int e = 1; e <= 7; e++) {
        int type = e <= 4 ? 2 : e == 5 ? 1 : e == 6 ? 15 : 4;
        if (!file->binary)
            put_integer(file, e, 4);
        put_integer(file, type, 4);
        if (file->binary)
            put_integer(file, 1, 4); /* of the type */
        put_integer(file, 2, 4);
        if (file->binary)
            put_integer(file, e, 4);
        put_integer(file, e < 4 ? 7 : e == 4 ? 9 : e == 5 ? 4 : 0, 4);
        put_integer(file, e, 4);
        for (int k = 0; type == 2 && k < 3; k++)
            put_integer(file, 10 * faces[e - 1][k], 4);
        for (int k = 0; type != 2 && k < (type == 4 ? 4 : type == 1 ? 2 : 1); k++)
            put_integer(file, 10 * (k + 1), 4);
        put_text(file, file->binary ? "" : "\n");
    }
    put_text(file, "\n$EndElements\n");
}

static void put_entity(file_text *file, int dimension, int tag, int physical, int bounds)
{
    put_integer(file, tag, 4);
    for (int k = 0; k < (dimension == 0 ? 3 : 6); k++)
        put_real(file, 0.5);
    put_integer(file, physical ? 1 : 0, 8);
    if (physical)
        put_integer(file, physical, 4);
    if (dimension == 0)
        return;
    put_integer(file, bounds, 8);
    for (int k = 0; k < bounds; k++)
        put_integer(file, k % 2 ? -(k + 1) : k + 1, 4);
}

static void put_block(file_text *file, int a, int b, int c, long long count)
{
    put_integer(file, a, 4);
    put_integer(file, b, 4);
    put_integer(file, c, 4);
    put_integer(file, count, 8);
}

/** The same in 4.1; the last face is stored turned around, and its entity is marked so. */
static void put_msh_4(file_text *file)
{
    put_heading(file, "4.1");
    put_text(file, "$Entities\n");
    for (int k = 0; k < 4; k++)
        put_integer(file, k == 2 ? 2 : 1, 8);
    put_entity(file, 0, 1, 0, 0);
    put_entity(file, 1, 1, 4, 2);
    put_entity(file, 2, 30, -9, 3);
    put_entity(file, 2, 20, 7, 3);
    put_entity(file, 3, 1, 0, 2);
    put_text(file, "\n$EndEntities\n$Nodes\n");
    for (int k = 0; k < 4; k++)
        put_integer(file, (const int[]){2, 5, 10, 50}[k], 8);
    put_block(file, 0, 1, 0, 1);
    put_integer(file, 50, 8);
    for (int k = 0; k < 3; k++)
        put_real(file, points[4][k]);
    put_block(file, 2, 20, 1, 4);
    for (int i = 1; i <= 4; i++)
        put_integer(file, 10 * i, 8);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 5; k++)
            put_real(file, k < 3 ? points[i][k] : 0.25);
    put_text(file, "\n$EndNodes\n$Elements\n");
    for (int k = 0; k < 4; k++)
        put_integer(file, (const int[]){3, 5, 1, 5}[k], 8);
    put_block(file, 2, 20, 2, 3);
    for (int e = 0; e < 3; e++) {
        put_integer(file, e + 1, 8);
        for (int k = 0; k < 3; k++)
            put_integer(file, 10 * faces[e][k], 8);
    }
    put_block(file, 2, 30, 2, 1);
    put_integer(file, 4, 8);
    for (int k = 0; k < 3; k++)
        put_integer(file, 10 * faces[3][2 - k], 8);
    put_block(file, 1, 1, 1, 1);
    put_integer(file, 5, 8);
    put_integer(file, 10, 8);
    put_integer(file, 20, 8);
    put_text(file, "\n$EndElements\n");
}

static void put_stl_binary(file_text *file, const char *heading)
{
    char padded[81];
    snprintf(padded, sizeof padded, "%-80s", heading);
    put_text(file, padded);
    put_bytes(file, 4, 4);
    for (int e = 0; e < 4; e++) {
        for (int k = 0; k < 3; k++)
            put_single(file, 0.0F);
        for (int c = 0; c < 3; c++)
            for (int k = 0; k < 3; k++) {
                double value = points[faces[e][c] - 1][k];
                put_single(file, value == 0.0 && e == 3 ? -0.0F : (float)value);
            }
        put_bytes(file, 0xABCD, 2);
    }
}

/** Two solids of two facets. */
static void put_stl_text(file_text *file)
{
    for (int e = 0; e < 4; e++) {
        if (e % 2 == 0)
            put_text(file, e == 0 ? "SOLID  lower half \r\n" : "solid\n");
        put_text(file, " facet normal 0 nan 0\n  outer loop\n");
        for (int c = 0; c < 3; c++) {
            put_text(file, "   Vertex ");
            for (int k = 0; k < 3; k++)
                put_real(file, points[faces[e][c] - 1][k]);
        }
        put_text(file, "  endloop\n endfacet\n");
        if (e % 2 == 1)
            put_text(file, e == 1 ? "endsolid lower half\n" : "endsolid");
    }
}

/* ---- what must come out ---- */

/** Volume by the divergence theorem: positive if the normals point outwards. */
static double volume_of(const ali_triangulation *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->triangle_count; i++) {
        const size_t *c = t->triangles[i];
        sum +=
            ali_vec3_dot(t->vertices[c[0]], ali_vec3_cross(t->vertices[c[1]], t->vertices[c[2]]));
    }
    return sum / 6;
}

static void check_tetrahedron(const file_text *file, double scale, ali_triangulation *t)
{
    alicorn_error error = {0};
    alicorn_status status = ali_mesh_file_parse("t", file->bytes, file->size, scale, t, &error);
    if (status != ALICORN_OK)
        fail_msg("%s:%d: %s", error.file, error.line, error.message);
    assert_int_equal(t->vertex_count, 4);
    assert_int_equal(t->triangle_count, 4);
    assert_close(volume_of(t), 1.25 / 6 * scale * scale * scale, 1e-15);
}

static void check_msh_groups(const ali_triangulation *t)
{
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(t->group[i], i < 3 ? 7 : 9);
    assert_int_equal(t->line_count, 1);
    assert_int_equal(t->line_group[0], 4);
    ali_vec3 from = t->vertices[t->lines[0][0]], to = t->vertices[t->lines[0][1]];
    assert_close(ali_vec3_norm(from), 0.0, 0.0);
    assert_close(to.x, 1.0, 0.0);
    assert_int_equal(t->name_count, 3);
    assert_string_equal(t->names[0].name, "feed line");
    assert_int_equal(t->names[0].dimension, 1);
    assert_string_equal(t->names[1].name, "three \xC3\x96");
    assert_int_equal(t->names[1].group, 7);
}

static void test_msh(void **state)
{
    (void)state;
    for (int form = 0; form < 6; form++) {
        file_text file = {.binary = form >= 2, .big_endian = form >= 4};
        ali_triangulation t;
        if (form % 2 == 0)
            put_msh_2(&file);
        else
            put_msh_4(&file);
        check_tetrahedron(&file, 1.0, &t);
        check_msh_groups(&t);
        ali_triangulation_clear(&t);
    }
}

static void test_stl(void **state)
{
    (void)state;
    file_text binary = {.binary = true}, solid = {.binary = true}, text = {0};
    ali_triangulation t;
    put_stl_binary(&binary, "made by hand");
    put_stl_binary(&solid, "solid but not text");
    put_stl_text(&text);
    check_tetrahedron(&binary, 1.0, &t);
    assert_int_equal(t.group[3], 1);
    ali_triangulation_clear(&t);
    check_tetrahedron(&solid, 0.5, &t);
    ali_triangulation_clear(&t);
    check_tetrahedron(&text, 1e-3, &t);
    assert_int_equal(t.group[1], 1);
    assert_int_equal(t.group[2], 2);
    assert_int_equal(t.name_count, 1);
    assert_string_equal(t.names[0].name, "lower half");
    ali_triangulation_clear(&t);
}

/** A physical group listed with a minus sign turns its elements around, lines as well as faces. */
static void test_turned_groups(void **state)
{
    (void)state;
    static const char text[] = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n"
                               "$Nodes\n3\n1 0 0 0\n2 1 0 0\n3 0 1 0\n$EndNodes\n"
                               "$Elements\n2\n1 1 2 -5 1 1 2\n2 2 2 -6 1 1 2 3\n$EndElements\n";
    ali_triangulation t;
    assert_int_equal(ali_mesh_file_parse("t", text, sizeof text - 1, 1, &t, NULL), ALICORN_OK);
    assert_int_equal(t.line_group[0], 5);
    assert_close(t.vertices[t.lines[0][0]].x, 1.0, 0.0);
    assert_close(t.vertices[t.lines[0][1]].x, 0.0, 0.0);
    assert_int_equal(t.group[0], 6);
    const size_t *c = t.triangles[0];
    assert_close(t.vertices[c[1]].y, 1.0, 0.0);
    assert_close(t.vertices[c[2]].x, 1.0, 0.0);
    ali_triangulation_clear(&t);
}

/* ---- what must be refused ---- */

#define HEAD "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n"
#define NODES HEAD "$Nodes\n3\n1 0 0 0\n2 1 0 0\n3 0 1 0\n$EndNodes\n"
#define HEAD4 "$MeshFormat\n4.1 0 8\n$EndMeshFormat\n"
#define FACET "facet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\n"

static const struct {
    const char *text;
    int line;         /**< of the error, 0: of the whole file */
    const char *part; /**< of the message */
} broken[] = {
    {"", 1, "empty"},
    {" \n\n", 3, "empty"},
    {"ISO-10303-21;\n", 1, "neither"},
    {"$NOD\n3\n", 1, "format 1"},
    {"$MeshFormat\n4 0 8\n$EndMeshFormat\n", 2, "'4'"},
    {"$MeshFormat\n3.0 0 8\n", 2, "'3.0'"},
    {"$MeshFormat\n2.2 0 4\n$EndMeshFormat\n", 2, "4 bytes"},
    {"$MeshFormat\n2.2 2 8\n$EndMeshFormat\n", 2, "file type 2"},
    {"$MeshFormat\n2.2 0 8\n", 3, "cut off"},
    {HEAD, 4, "$Nodes"},
    {NODES, 10, "$Elements"},
    {HEAD "3\n", 4, "section"},
    {HEAD "$Elements\n1\n1 2 0 1 2 3\n$EndElements\n", 4, "before $Nodes"},
    {NODES "$Nodes\n0\n$EndNodes\n", 10, "second"},
    {HEAD "$Nodes\n3\n1 0 0 0\n2 nan 0 0\n3 1 1 1\n", 7, "not finite"},
    {HEAD "$Nodes\n3\n1 0 0 0\n2 0 -inf 0\n3 1 1 1\n", 7, "not finite"},
    {HEAD "$Nodes\n3\n1 0 0 0\n2 0 1e999 0\n3 1 1 1\n", 7, "not finite"},
    {HEAD "$Nodes\n3\n1 0 0 0\n2 0 1,5 0\n3 1 1 1\n", 7, "'1,5'"},
    {HEAD "$Nodes\n3\n1 0 0 0\n2 0 0x1p3 0\n3 1 1 1\n", 7, "0x1p3"},
    {HEAD "$Nodes\n1000000\n1 0 0 0\n", 5, "MB left"},
    {HEAD "$Nodes\n99999999999999999999\n1 0 0 0\n", 5, "whole number"},
    {HEAD "$Nodes\n-3\n1 0 0 0\n", 5, "whole number"},
    {HEAD "$Nodes\n2\n1 0 0 0\n1 1 0 0\n$EndNodes\n", 7, "twice"},
    {HEAD "$Nodes\n2\n1 0 0 0\n0 1 0 0\n$EndNodes\n", 7, "begin with 1"},
    {HEAD "$Nodes\n1\n1 0 0 0\n2 1 0 0\n$EndNodes\n", 7, "more or less"},
    {HEAD "$Nodes\n1\n1 0 0 0\n", 7, "more or less"},
    {NODES "$Elements\n1\n1 2 2 0 1 1 2 4\n$EndElements\n", 12, "vertex 4 is not"},
    {NODES "$Elements\n1\n1 2 2 0 1 1 2 -3\n$EndElements\n", 12, "vertex -3"},
    {NODES "$Elements\n1\n1 2 2 0 1 1 2 2\n$EndElements\n", 12, "twice"},
    {NODES "$Elements\n1\n1 3 2 0 1 1 2 3 3\n$EndElements\n", 12, "quadrangles"},
    {NODES "$Elements\n1\n1 9 2 0 1 1 2 3 1 2 3\n$EndElements\n", 12, "second order"},
    {NODES "$Elements\n1\n1 8 2 0 1 1 2 3\n$EndElements\n", 12, "second order"},
    {NODES "$Elements\n1\n1 77 2 0 1 1 2 3\n$EndElements\n", 12, "type 77"},
    {NODES "$Elements\n1\n1 2 -1 1 2 3\n$EndElements\n", 12, "-1 tags"},
    {NODES "$Elements\n1\n1 2 900000 1 2 3\n$EndElements\n", 12, "tags of an element"},
    {NODES "$Elements\n1\n1 2 2 -2147483648 1 1 2 3\n$EndElements\n", 12, "out of range"},
    {NODES "$Elements\n2000000000\n1 2 0 1 2 3\n$EndElements\n", 11, "MB left"},
    {NODES "$Elements\n1\n1 15 0 1\n$EndElements\n", 0, "no triangles"},
    {NODES "$Elements\n1\n1 2 0 1 2 3\n", 13, "more or less"},
    {NODES "$Elements\n1\n1 2 0 1 2 3\n$EndElements\n$NodeData\n1\n", 16, "cut off"},
    {HEAD "$PhysicalNames\n1\n2 1 name\n$EndPhysicalNames\n", 7, "quotes"},
    {HEAD4 "$Entities\n0 0 1 0\n1 0 0 0 1 1 1 1 -2147483648 0\n$EndEntities\n", 6, "range"},
    {HEAD4 "$Entities\n0 0 9999999 0\n", 5, "MB left"},
    {HEAD4 "$PartitionedEntities\n0\n", 4, "partitions"},
    {HEAD4 "$Nodes\n1 1 1 1\n5 1 0 1\n1\n0 0 0\n", 6, "dimension 5"},
    {HEAD4 "$Nodes\n1 1 1 1\n2 1 0 18446744073709551615\n1\n0 0 0\n", 6, "MB left"},
    {"solid\n" FACET "endsolid\n", 8, "'endsolid' where 'endfacet'"},
    {"solid\n" FACET "endfacet\n", 9, "cut off"},
    {"solid\n" FACET "endfacet\nendsolid\nmore\n", 10, "'more'"},
    {"solid\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 nan\n", 5, "not finite"},
    {"solid\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 0 0 -0.0\nvertex 1 1 1\n"
     "endloop\nendfacet\nendsolid\n",
     8, "no area"},
    {"solid\nendsolid\n", 0, "no triangles"},
    {"solid\nsphere\n", 2, "'sphere'"},
};

static void test_broken(void **state)
{
    (void)state;
    size_t good = 0;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        ali_triangulation t;
        alicorn_error error = {0};
        size_t size = strlen(broken[i].text);
        char *copy = malloc(size + 1); /* its end is guarded by the sanitizer */
        memcpy(copy, broken[i].text, size);
        alicorn_status status = ali_mesh_file_parse("b.msh", copy, size, 1.0, &t, &error);
        free(copy);
        if (status != ALICORN_E_INPUT || !strstr(error.message, broken[i].part) ||
            error.line != broken[i].line || strcmp(error.file, "b.msh") != 0)
            print_error("case %zu: %d, line %d: %s\n", i, (int)status, error.line, error.message);
        else
            good++;
        assert_null(t.vertices);
    }
    assert_int_equal(good, sizeof broken / sizeof broken[0]);
}

/** Every beginning of a good file, and every file with one byte turned, is read or refused with a
 *  message; nothing else may happen. */
static void test_damaged(void **state)
{
    (void)state;
    for (int form = 0; form < 6; form++) {
        file_text file = {.binary = form % 2 == 1};
        if (form < 2)
            put_msh_2(&file);
        else if (form < 4)
            put_msh_4(&file);
        else if (form == 4)
            put_stl_text(&file);
        else
            put_stl_binary(&file, "b");
        for (size_t i = 0; i < file.size; i++) {
            for (int kind = 0; kind < 3; kind++) {
                file_text bad = file;
                ali_triangulation t;
                alicorn_error error = {0};
                if (kind == 0)
                    bad.size = i;
                else
                    bad.bytes[i] ^= (unsigned char)(kind == 1 ? 0x80 : 0x01);
                alicorn_status status =
                    ali_mesh_file_parse("d", bad.bytes, bad.size, 1.0, &t, &error);
                assert_true((status == ALICORN_OK) == (t.triangle_count > 0));
                assert_true(status == ALICORN_OK || error.message[0] != '\0');
                ali_triangulation_clear(&t);
            }
        }
    }
}

static void test_binary_places(void **state)
{
    (void)state;
    file_text file = {.binary = true};
    ali_triangulation t;
    alicorn_error error = {0};
    put_stl_binary(&file, "b");
    const float nan_value = NAN;
    memcpy(file.bytes + 84 + 50 + 12, &nan_value, 4);
    assert_int_equal(ali_mesh_file_parse("s", file.bytes, file.size, 1, &t, &error),
                     ALICORN_E_INPUT);
    assert_string_equal(error.message, "at byte 150: a coordinate is not finite");
    file.bytes[80] = 200; /* triangles that are not there */
    assert_int_equal(ali_mesh_file_parse("s", file.bytes, file.size, 1, &t, &error),
                     ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "200 triangles of a binary STL"));
    file.bytes[80] = 3;
    assert_int_equal(ali_mesh_file_parse("s", file.bytes, file.size, 1, &t, &error),
                     ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "end 50 bytes before"));
    assert_int_equal(ali_mesh_file_parse("s", file.bytes, file.size, 0, &t, &error),
                     ALICORN_E_INPUT);
    file.bytes[80] = 4;
    assert_int_equal(ali_mesh_file_parse("s", file.bytes, file.size, 1e300, &t, &error),
                     ALICORN_E_INPUT);
}

/* ---- files ---- */

static void test_files(void **state)
{
    (void)state;
    char path[] = "/tmp/alicorn-mesh-XXXXXX";
    int descriptor = mkstemp(path);
    file_text file = {.binary = true};
    ali_triangulation t;
    alicorn_error error = {0};
    assert_true(descriptor >= 0);
    put_stl_binary(&file, "b");
    assert_int_equal(write(descriptor, file.bytes, file.size), (ssize_t)file.size);
    assert_int_equal(ali_mesh_file_read(path, 1, &t, &error), ALICORN_OK);
    assert_int_equal(t.triangle_count, 4);
    ali_triangulation_clear(&t);
    /* 284 bytes and 4 triangles of 200 */
    assert_int_equal(ali_mesh_file_read_within(path, 1, 1084, &t, &error), ALICORN_OK);
    ali_triangulation_clear(&t);
    assert_int_equal(ali_mesh_file_read_within(path, 1, 1083, &t, &error), ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "4 triangles"));

    /* a file of 2.2 GB, which holds no bytes on disk */
    assert_int_equal(ftruncate(descriptor, 2200000084), 0);
    assert_int_equal(ali_mesh_file_read(path, 1, &t, &error), ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "2.2 GB"));
    assert_string_equal(error.file, path);
    close(descriptor);
    unlink(path);
    assert_int_equal(ali_mesh_file_read(path, 1, &t, &error), ALICORN_E_IO);
    assert_non_null(strstr(error.message, "No such file"));
    assert_int_equal(ali_mesh_file_read("/tmp", 1, &t, &error), ALICORN_E_IO);
}

/* ---- the helpers ---- */

static void test_append_and_place(void **state)
{
    (void)state;
    file_text file = {0};
    ali_triangulation t, u = {0};
    put_msh_4(&file);
    check_tetrahedron(&file, 1.0, &t);
    assert_int_equal(ali_triangulation_append(&u, &t, NULL), ALICORN_OK);
    ali_placement mirror = ali_placement_identity();
    mirror.matrix[1][1] = -2;
    ali_placement turn = ali_placement_rotation((ali_vec3){1, 2, 3}, 0.7);
    ali_placement both = ali_placement_compose(&turn, &mirror);
    assert_close(ali_placement_determinant(&both), -2.0, 1e-14);
    ali_triangulation_place(&t, &both);
    assert_close(volume_of(&t), 2 * 1.25 / 6, 1e-14); /* still outwards */
    assert_int_equal(ali_triangulation_append(&u, &t, NULL), ALICORN_OK);
    assert_int_equal(u.vertex_count, 8);
    assert_int_equal(u.triangle_count, 8);
    assert_int_equal(u.line_count, 2);
    assert_int_equal(u.name_count, 6);
    assert_close(volume_of(&u), 3 * 1.25 / 6, 1e-14);
    ali_triangulation_flip(&u);
    assert_close(volume_of(&u), -3 * 1.25 / 6, 1e-14);
    ali_triangulation_clear(&t);
    ali_triangulation_clear(&u);
    ali_triangulation_clear(NULL);
}

static void test_placements(void **state)
{
    (void)state;
    ali_placement turn = ali_placement_rotation((ali_vec3){0, 0, 5}, 1.5707963267948966);
    ali_placement shift = ali_placement_shift((ali_vec3){1, 2, 3});
    ali_placement both = ali_placement_compose(&shift, &turn);
    ali_vec3 p = ali_placement_apply(&both, (ali_vec3){2, 0, 1});
    assert_close(p.x, 1, 1e-15);
    assert_close(p.y, 4, 1e-15);
    assert_close(p.z, 4, 1e-15);
    both = ali_placement_compose(&turn, &shift);
    p = ali_placement_apply(&both, (ali_vec3){2, 0, 1});
    assert_close(p.x, -2, 1e-15);
    assert_close(p.y, 3, 1e-15);
    p = ali_placement_turn(&both, (ali_vec3){1, 0, 0});
    assert_close(p.y, 1, 1e-15);
    ali_placement back = ali_placement_rotation((ali_vec3){1, 1, 1}, 2.0943951023931953);
    p = ali_placement_apply(&back, (ali_vec3){1, 0, 0}); /* x to y to z around the diagonal */
    assert_close(p.y, 1, 1e-15);
    assert_close(ali_placement_determinant(&back), 1, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_msh),           cmocka_unit_test(test_stl),
        cmocka_unit_test(test_turned_groups), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_damaged),       cmocka_unit_test(test_binary_places),
        cmocka_unit_test(test_files),         cmocka_unit_test(test_append_and_place),
        cmocka_unit_test(test_placements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
