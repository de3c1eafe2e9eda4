/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a mesh file (.msh 2 and 4.1, STL, text and binary).
 * Run: fuzz_mesh_file -max_len=8000 -dict=tests/fuzz/mesh.dict CORPUS, seeded with what gmsh
 * writes. */
#include "shape/triangulation.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What everything behind the reader relies on. */
static void check_triangulation(const ali_triangulation *t)
{
    size_t used = 0;
    char *seen = calloc(t->vertex_count, 1);
    if (!seen || t->triangle_count == 0 || t->vertex_count < 3)
        abort();
    for (size_t i = 0; i < t->vertex_count; i++)
        if (!isfinite(t->vertices[i].x) || !isfinite(t->vertices[i].y) ||
            !isfinite(t->vertices[i].z))
            abort();
    for (size_t i = 0; i < t->triangle_count; i++) {
        const size_t *c = t->triangles[i];
        if (c[0] == c[1] || c[1] == c[2] || c[2] == c[0] || t->group[i] < 0)
            abort();
        for (int k = 0; k < 3; k++) {
            if (c[k] >= t->vertex_count)
                abort();
            seen[c[k]] = 1;
        }
    }
    for (size_t i = 0; i < t->line_count; i++)
        for (int k = 0; k < 2; k++) {
            if (t->lines[i][k] >= t->vertex_count || t->line_group[i] <= 0)
                abort();
            seen[t->lines[i][k]] = 1;
        }
    for (size_t i = 0; i < t->vertex_count; i++)
        used += (size_t)seen[i];
    if (used != t->vertex_count)
        abort();
    for (size_t i = 0; i < t->name_count; i++)
        if (!t->names[i].name)
            abort();
    free(seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ali_triangulation t;
    alicorn_error error = {0};
    alicorn_status status = ali_mesh_file_parse("fuzz", data, size, 1.0, &t, &error);
    if (status == ALICORN_OK) {
        check_triangulation(&t);
    } else {
        if (status != ALICORN_E_INPUT && status != ALICORN_E_MEMORY)
            abort();
        if (error.message[0] == '\0' || t.vertices || t.triangles || t.names)
            abort();
    }
    ali_triangulation_clear(&t);
    return 0;
}
