/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Meshes for other programs: .msh and STL come back through the reader, VTU through Python's XML
 *  parser. */

#include "assert_close.h"
#include "output/mesh_files.h"
#include "shape/program.h"
#include "shape/triangulation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const ali_vec3 corners[] = {{0, 0, 0}, {1.0 / 3, 0, 0}, {0, 1, 0}, {0, 0, 0.1}, {1, 1, 1}};
static const size_t first[][3] = {{0, 2, 1}, {0, 1, 3}}, second[][3] = {{1, 2, 3}, {0, 3, 2}};

/** A tetrahedron of two surfaces, an edge line and a wire. */
static ali_model *make_model(void)
{
    ali_model *model = ali_model_create();
    ali_surface surface = ali_surface_default();
    surface.name = (char *)(uintptr_t) "a \"round\" \xC3\x96<&>";
    assert_int_equal(ali_model_add_surface(model, 4, corners, 2, first, &surface, NULL), 0);
    surface.name = NULL;
    assert_int_equal(ali_model_add_surface(model, 4, corners, 2, second, &surface, NULL), 0);
    const size_t line[] = {0, 1, 3};
    size_t index;
    assert_int_equal(ali_model_add_edge_line(model, 3, line, &index, NULL), 0);
    const ali_vec3 wire[] = {{0, 0, 1}, {0, 0, 2}, {0, 1, 2}};
    const double radius[] = {0.001, 0.001};
    assert_int_equal(ali_model_add_wire(model, 1, 2, wire, radius, (ali_origin){0}, NULL), 0);
    return model;
}

/** What a writer writes; the caller frees it. */
static char *write_text(alicorn_status (*write)(const ali_model *, FILE *, alicorn_error *),
                        const ali_model *model, size_t *size)
{
    char *text = NULL;
    alicorn_error error = {0};
    FILE *stream = open_memstream(&text, size);
    alicorn_status status = write(model, stream, &error);
    fclose(stream);
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    return text;
}

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

static void test_msh(void **state)
{
    (void)state;
    ali_model *model = make_model();
    size_t size;
    char *text = write_text(ali_write_msh, model, &size);
    ali_triangulation t;
    alicorn_error error = {0};
    if (ali_mesh_file_parse("written", text, size, 1, &t, &error) != ALICORN_OK)
        fail_msg("%d: %s", error.line, error.message);
    assert_int_equal(t.vertex_count, model->vertex_count);
    assert_int_equal(t.triangle_count, 4);
    for (size_t i = 0; i < t.vertex_count; i++)
        assert_close(ali_vec3_distance(t.vertices[i], model->vertices[i]), 0, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_memory_equal(t.triangles[i], model->triangles[i].vertex, sizeof t.triangles[i]);
        assert_int_equal(t.group[i], (int)model->triangles[i].surface + 1);
    }
    assert_int_equal(t.line_count, 2);
    assert_int_equal(t.lines[1][1], 3);
    assert_int_equal(t.name_count, 3);
    assert_string_equal(t.names[0].name, "edge line 1");
    assert_string_equal(t.names[1].name, "a 'round' \xC3\x96<&>");
    assert_string_equal(t.names[2].name, "surface 2");
    ali_triangulation_clear(&t);
    free(text);
    ali_model_destroy(model);
}

static void test_stl(void **state)
{
    (void)state;
    ali_model *model = make_model();
    size_t size;
    char *text = write_text(ali_write_stl, model, &size);
    ali_triangulation t;
    assert_int_equal(size, 84 + 4 * 50);
    assert_int_equal(ali_mesh_file_parse("written", text, size, 1, &t, NULL), ALICORN_OK);
    assert_int_equal(t.vertex_count, 4);
    assert_int_equal(t.triangle_count, 4);
    assert_close(volume_of(&t), 0.1 / 18, 1e-9);
    float normal[3];
    memcpy(normal, text + 84, sizeof normal); /* of the triangle in z = 0, outwards */
    assert_close(normal[2], -1, 1e-7);
    ali_triangulation_clear(&t);
    free(text);
    ali_model_destroy(model);
}

/** Reads a VTU file and prints one line per array: its name, type, components, and values. */
static const char reader[] =
    "import base64, struct, sys, xml.etree.ElementTree as tree\n"
    "root = tree.parse(sys.argv[1]).getroot()\n"
    "assert root.attrib['byte_order'] == 'LittleEndian' and root.attrib['header_type'] == "
    "'UInt64'\n"
    "piece = root.find('UnstructuredGrid/Piece')\n"
    "print(piece.attrib['NumberOfPoints'], piece.attrib['NumberOfCells'])\n"
    "for section in piece:\n"
    "    for array in section:\n"
    "        data = base64.b64decode(array.text.strip(), validate=True)\n"
    "        assert struct.unpack('<Q', data[:8])[0] == len(data) - 8\n"
    "        form = {'Float64': 'd', 'Int64': 'q', 'UInt8': 'B'}[array.attrib['type']]\n"
    "        count = (len(data) - 8) // struct.calcsize('<' + form)\n"
    "        values = struct.unpack('<%d%s' % (count, form), data[8:])\n"
    "        print(section.tag, array.attrib['Name'], array.attrib['NumberOfComponents'],\n"
    "              *('%.17g' % v for v in values))\n";

/** Parse VTU text with Python and compare what it found. */
static void check_vtu(const char *text, size_t size, const char *wanted)
{
    char path[] = "/tmp/alicorn-vtu-XXXXXX", log[64], found[4096] = "";
    int descriptor = mkstemp(path), status = 1;
    alicorn_error error = {0};
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, size), (ssize_t)size);
    close(descriptor);
    snprintf(log, sizeof log, "%s.log", path);
    const char *const arguments[] = {"python3", "-c", reader, path, NULL};
    const char *const settings[] = {"PYTHONIOENCODING=utf-8", NULL};
    const ali_program program = {
        .arguments = arguments, .settings = settings, .output = log, .timeout_s = 60};
    assert_int_equal(ali_program_run(&program, &status, &error), ALICORN_OK);
    FILE *stream = fopen(log, "r");
    found[fread(found, 1, sizeof found - 1, stream)] = '\0';
    fclose(stream);
    unlink(log);
    unlink(path);
    assert_string_equal(found, wanted);
    assert_int_equal(status, 0);
}

static void test_model_vtu(void **state)
{
    (void)state;
    ali_model *model = make_model();
    size_t size;
    char *text = write_text(ali_write_model_vtu, model, &size);
    size_t n = model->vertex_count;
    assert_int_equal(n, 8); /* each surface has brought its own; the mesh joins them */
    check_vtu(text, size,
              "12 6\n"
              "Points Points 3 0 0 0 0.33333333333333331 0 0 0 1 0 0 0 0.10000000000000001 "
              "0 0 0 0.33333333333333331 0 0 0 1 0 0 0 0.10000000000000001 "
              "0 0 1 0 0 2 0 0 2 0 1 2\n"
              "Cells connectivity 1 0 2 1 0 1 3 5 6 7 4 7 6 8 9 10 11\n"
              "Cells offsets 1 3 6 9 12 14 16\n"
              "Cells types 1 5 5 5 5 3 3\n"
              "CellData part 1 1 1 2 2 -1 -1\n");
    free(text);
    ali_model_destroy(model);
}

static const ali_vtu *vtu_to_write;

static alicorn_status write_vtu(const ali_model *model, FILE *stream, alicorn_error *error)
{
    (void)model;
    return ali_write_vtu(vtu_to_write, stream, error);
}

/** A field on points, with a name that XML has to hide and a number that does not exist; arrays of
 *  lengths that fill base64 groups in each way. */
static void test_field_vtu(void **state)
{
    (void)state;
    const size_t point_corners[] = {0, 1}, ends[] = {1, 2};
    const unsigned char types[] = {ALI_VTU_POINT, ALI_VTU_POINT};
    const double field[] = {1, -2.5, 3e-300, NAN, 0, -INFINITY}, phase[] = {0.1, 90};
    const ali_vtu_array arrays[] = {{"|E| & <H> \"rms\"", 3, field}, {"phase", 1, phase}};
    const ali_vtu vtu = {.point_count = 2,
                         .points = corners + 3,
                         .cell_count = 2,
                         .corners = point_corners,
                         .ends = ends,
                         .types = types,
                         .point_array_count = 2,
                         .point_arrays = arrays};
    size_t size;
    vtu_to_write = &vtu;
    char *text = write_text(write_vtu, NULL, &size);
    check_vtu(text, size,
              "2 2\n"
              "Points Points 3 0 0 0.10000000000000001 1 1 1\n"
              "Cells connectivity 1 0 1\nCells offsets 1 1 2\nCells types 1 1 1\n"
              "PointData |E| & <H> \"rms\" 3 1 -2.5 3.0000000000000002e-300 nan 0 -inf\n"
              "PointData phase 1 0.10000000000000001 90\n");
    free(text);

    const ali_vtu nothing = {0};
    vtu_to_write = &nothing;
    text = write_text(write_vtu, NULL, &size);
    check_vtu(text, size,
              "0 0\nPoints Points 3\nCells connectivity 1\nCells offsets 1\nCells types 1\n");
    free(text);
}

static void test_failures(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    alicorn_error error = {0};
    FILE *full = fopen("/dev/full", "w");
    assert_int_equal(ali_write_msh(model, full, &error), ALICORN_E_INPUT);
    assert_int_equal(ali_write_stl(model, full, &error), ALICORN_E_INPUT);
    ali_model_destroy(model);
    model = make_model();
    assert_int_equal(ali_write_msh(model, full, &error), ALICORN_E_IO);
    assert_int_equal(ali_write_stl(model, full, &error), ALICORN_E_IO);
    assert_int_equal(ali_write_model_vtu(model, full, &error), ALICORN_E_IO);
    fclose(full);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_msh),       cmocka_unit_test(test_stl),
        cmocka_unit_test(test_model_vtu), cmocka_unit_test(test_field_vtu),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
