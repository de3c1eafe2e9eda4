/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/mesh_format.h"

#include "base/error.h"
#include "base/numbers.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

alicorn_status ali_mesh_reading_claim(ali_mesh_reading *reading, const char *what, uint64_t count,
                                      double bytes_each)
{
    reading->claimed += (double)count * bytes_each;
    if (reading->claimed <= reading->options->memory_limit)
        return ALICORN_OK;
    return ali_error_set_at(reading->scan.error, ALICORN_E_MEMORY, reading->scan.name, 0, 0, NULL,
                            "with %llu %s it would take %.3g GB of memory to read; the limit is "
                            "%.3g GB",
                            (unsigned long long)count, what, reading->claimed / 1e9,
                            reading->options->memory_limit / 1e9);
}

alicorn_status ali_mesh_reading_vertex(ali_mesh_reading *reading, const double at[3])
{
    double scale = reading->options->scale;
    /* + 0.0: minus zero is zero */
    ali_vec3 vertex = {at[0] * scale + 0.0, at[1] * scale + 0.0, at[2] * scale + 0.0};
    if (!isfinite(vertex.x) || !isfinite(vertex.y) || !isfinite(vertex.z))
        return ali_scan_fail(&reading->scan, "a coordinate is too large in metres");
    return ali_triangulation_add_vertex(reading->out, vertex, reading->scan.error);
}

/** Files larger than this [bytes] are looked at before they are read. */
enum { LARGE_FILE = 1 << 20 };

/** Number of triangles that the beginning of a binary STL file promises. */
static uint32_t binary_count(const unsigned char *start)
{
    const unsigned char *c = start + ALI_STL_HEADING;
    return (uint32_t)c[0] | (uint32_t)c[1] << 8 | (uint32_t)c[2] << 16 | (uint32_t)c[3] << 24;
}

static bool is_binary_stl(const ali_mesh_scan *scan)
{
    return scan->size >= ALI_STL_START &&
           scan->size == ALI_STL_START + (uint64_t)binary_count(scan->data) * ALI_STL_TRIANGLE;
}

/** Whether the beginning has bytes that no text has. */
static bool has_control_bytes(const ali_mesh_scan *scan)
{
    size_t end = scan->size < 512 ? scan->size : 512;
    for (size_t i = 0; i < end; i++)
        if (scan->data[i] < 9)
            return true;
    return false;
}

/** Tell the format by the content. Many a binary STL begins with "solid", so its size decides
 *  first; a cut one is known by its bytes. */
static alicorn_status read_any(ali_mesh_reading *reading)
{
    ali_mesh_scan *scan = &reading->scan;
    if (is_binary_stl(scan))
        return ali_stl_read_binary(reading);
    ali_scan_blanks(scan);
    if (ali_scan_left(scan) == 0)
        return ali_scan_fail(scan, "the file is empty");
    if (ali_scan_stands_at(scan, "$"))
        return ali_msh_read(reading);
    if (scan->size >= ALI_STL_START && has_control_bytes(scan)) {
        scan->at = 0;
        return ali_stl_read_binary(reading);
    }
    if (ali_scan_left(scan) >= 5 &&
        strncasecmp((const char *)scan->data + scan->at, "solid", 5) == 0)
        return ali_stl_read_text(reading);
    return ali_scan_fail(scan, "this is neither a mesh of gmsh (.msh 2 or 4.1) nor an STL file");
}

alicorn_status ali_mesh_file_parse_with(const char *name, const void *data, size_t size,
                                        const ali_mesh_file_options *options,
                                        ali_triangulation *triangulation, alicorn_error *error)
{
    memset(triangulation, 0, sizeof *triangulation);
    if (!(options->scale > 0) || !isfinite(options->scale))
        return ali_error_set_at(error, ALICORN_E_INPUT, name, 0, 0, NULL,
                                "the length of the unit must be positive, not %g", options->scale);
    ali_numeric_scope numeric;
    if (ali_numeric_begin(&numeric))
        return ali_error_memory(error, sizeof(locale_t), "the C locale");
    ali_mesh_reading reading = {
        .scan = {.name = name, .data = data, .size = size, .line = 1, .error = error},
        .options = options,
        .out = triangulation};
    alicorn_status status = ali_mesh_reading_claim(&reading, "bytes", size, 1.0);
    if (status == ALICORN_OK)
        status = read_any(&reading);
    if (status == ALICORN_OK && triangulation->triangle_count == 0)
        status = ali_error_set_at(error, ALICORN_E_INPUT, name, 0, 0, NULL,
                                  "there are no triangles in it; gmsh saves only what belongs to "
                                  "physical groups if it has any");
    if (status == ALICORN_OK)
        status = ali_triangulation_compact(triangulation, error);
    if (status != ALICORN_OK)
        ali_triangulation_clear(triangulation);
    ali_numeric_end(&numeric);
    return status;
}

static alicorn_status fail_system(alicorn_error *error, const char *path, const char *what,
                                  int code)
{
    char reason[128];
    if (strerror_r(code, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", code);
    return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "%s: %s", what, reason);
}

/** Look at the beginning of a file before memory is taken for all of it: a binary STL file whose
 * size is not what its count of triangles says is not worth that. */
static alicorn_status check_beginning(int file, const char *path, size_t size, alicorn_error *error)
{
    unsigned char start[512];
    ssize_t got = pread(file, start, sizeof start, 0);
    ali_mesh_scan scan = {.data = start, .size = got > 0 ? (size_t)got : 0};
    if (scan.size < ALI_STL_START || start[0] == '$' || !has_control_bytes(&scan))
        return ALICORN_OK;
    size_t promised = ALI_STL_START + (size_t)binary_count(start) * ALI_STL_TRIANGLE;
    if (promised == size)
        return ALICORN_OK;
    return ali_error_set_at(error, ALICORN_E_INPUT, path, 0, 0, NULL,
                            "a binary STL file of %lu triangles has %zu bytes; this one has %zu",
                            (unsigned long)binary_count(start), promised, size);
}

/** The bytes of a file, which must fit the limit, in *data (owned by the caller). */
static alicorn_status read_bytes(const char *path, double limit, unsigned char **data, size_t *size,
                                 alicorn_error *error)
{
    struct stat about;
    alicorn_status status = ALICORN_OK;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail_system(error, path, "cannot open the mesh", errno);
    if (fstat(file, &about) != 0) {
        status = fail_system(error, path, "cannot read the mesh", errno);
        goto cleanup;
    }
    if (!S_ISREG(about.st_mode)) {
        status = ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL,
                                  "a mesh is read from a file, and this is none");
        goto cleanup;
    }
    if ((double)about.st_size > limit) {
        status = ali_error_set_at(error, ALICORN_E_MEMORY, path, 0, 0, NULL,
                                  "the file has %.3g GB; the limit for reading a mesh is %.3g GB",
                                  (double)about.st_size / 1e9, limit / 1e9);
        goto cleanup;
    }
    size_t wanted = (size_t)about.st_size;
    if (wanted > LARGE_FILE && (status = check_beginning(file, path, wanted, error)))
        goto cleanup;
    *data = malloc(wanted + 1);
    if (!*data) {
        status = ali_error_memory(error, wanted, "a mesh file");
        goto cleanup;
    }
    while (*size < wanted) {
        ssize_t got = read(file, *data + *size, wanted - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = fail_system(error, path, "cannot read the mesh", errno);
        if (got <= 0)
            break;
        *size += (size_t)got;
    }
cleanup:
    close(file);
    return status;
}

alicorn_status ali_mesh_file_read_with(const char *path, const ali_mesh_file_options *options,
                                       ali_triangulation *triangulation, alicorn_error *error)
{
    unsigned char *data = NULL;
    size_t size = 0;
    memset(triangulation, 0, sizeof *triangulation);
    alicorn_status status = read_bytes(path, options->memory_limit, &data, &size, error);
    if (status == ALICORN_OK)
        status = ali_mesh_file_parse_with(path, data, size, options, triangulation, error);
    free(data);
    return status;
}

alicorn_status ali_mesh_file_read_within(const char *path, double scale, double memory_limit,
                                         ali_triangulation *triangulation, alicorn_error *error)
{
    ali_mesh_file_options options = {.scale = scale, .memory_limit = memory_limit};
    return ali_mesh_file_read_with(path, &options, triangulation, error);
}

alicorn_status ali_mesh_file_read(const char *path, double scale, ali_triangulation *triangulation,
                                  alicorn_error *error)
{
    return ali_mesh_file_read_within(path, scale, ALI_MESH_FILE_MEMORY, triangulation, error);
}

alicorn_status ali_mesh_file_parse(const char *name, const void *data, size_t size, double scale,
                                   ali_triangulation *triangulation, alicorn_error *error)
{
    ali_mesh_file_options options = {.scale = scale, .memory_limit = ALI_MESH_FILE_MEMORY};
    return ali_mesh_file_parse_with(name, data, size, &options, triangulation, error);
}
