/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/text_file.h"
#include "input/project.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  Project files on disk, and the choice between projects and decks. */

/** Whether the text that names a file may have it read; if not, that is an error of the text. */
static alicorn_status ask(const alicorn_read_options *options, const char *path,
                          alicorn_error *error)
{
    if (!options || !options->may_read || options->may_read(options->may_read_user, path))
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_INPUT,
                         "%s is outside of the folder, expected a file within it", path);
}

static alicorn_status mesh(void *user, size_t shape_count, const ali_shape *shapes,
                           size_t point_count, const ali_embedded_point *points,
                           const ali_mesher_options *options, ali_triangulation *triangulation,
                           alicorn_error *error)
{
    for (size_t i = 0; i < shape_count; i++)
        if (shapes[i].kind == ALI_SHAPE_STEP) {
            alicorn_status status = ask(user, shapes[i].file, error);
            if (status != ALICORN_OK)
                return status;
        }
    return ali_shape_mesh(shape_count, shapes, point_count, points, options, triangulation, error);
}

static alicorn_status read_mesh(void *user, const char *path, double scale,
                                ali_triangulation *triangulation, alicorn_error *error)
{
    alicorn_status status = ask(user, path, error);
    return status == ALICORN_OK ? ali_mesh_file_read(path, scale, triangulation, error) : status;
}

static alicorn_status read_deck(void *user, const char *path, const alicorn_read_options *options,
                                alicorn_model **model, alicorn_error *error)
{
    alicorn_status status = ask(user, path, error);
    return status == ALICORN_OK ? alicorn_model_read_nec(path, options, model, error) : status;
}

static alicorn_status read_radios(void *user, const char *path, const alicorn_read_options *options,
                                  alicorn_radios **radios, alicorn_error *error)
{
    alicorn_status status = ask(user, path, error);
    return status == ALICORN_OK ? alicorn_radios_read(path, options, radios, error) : status;
}

ali_project_mesher ali_project_standard_mesher(const alicorn_read_options *options)
{
    return (ali_project_mesher){.mesh = mesh,
                                .read_mesh = read_mesh,
                                .read_deck = read_deck,
                                .read_radios = read_radios,
                                .user = (void *)options};
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

bool ali_project_detect(const char *text, size_t length, const char *name)
{
    static const char key[] = "alicorn:";
    if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
        return true;
    if (ends_with(name, ".nec"))
        return false;
    for (size_t at = 0; at < length;) { /* the first line that is no comment and not empty */
        const char *end = memchr(text + at, '\n', length - at);
        size_t next = end ? (size_t)(end - text) + 1 : length;
        bool marker = next - at >= 3 && strncmp(text + at, "---", 3) == 0;
        bool empty = text[at] == '\n' || text[at] == '\r' || text[at] == '#' || text[at] == '%';
        if (!marker && !empty)
            return length - at >= sizeof key - 1 && strncmp(text + at, key, sizeof key - 1) == 0;
        at = next;
    }
    return false;
}

static alicorn_status parse_project(const char *text, size_t length, const char *name,
                                    const alicorn_read_options *options, alicorn_model **model,
                                    alicorn_error *error)
{
    const ali_project_mesher mesher = ali_project_standard_mesher(options);
    return ali_project_parse(text, length, name, options, &mesher, model, error);
}

typedef enum input_kind { ANY, PROJECT } input_kind;

static alicorn_status parse_any(const char *text, size_t length, const char *name, input_kind kind,
                                const alicorn_read_options *options, alicorn_model **model,
                                alicorn_error *error)
{
    return kind == PROJECT || ali_project_detect(text, length, name)
               ? parse_project(text, length, name, options, model, error)
               : alicorn_model_parse_nec(text, length, name, options, model, error);
}

static alicorn_status read_any(const char *path, input_kind kind,
                               const alicorn_read_options *options, alicorn_model **model,
                               alicorn_error *error)
{
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
    char *text;
    size_t length;
    *model = NULL;
    alicorn_status status = ali_text_file_read(
        path, kind == PROJECT ? "a project" : "a NEC deck or a project", &text, &length, error);
    if (status != ALICORN_OK)
        return status;
    status = parse_any(text, length, name, kind, options, model, error);
    free(text);
    return status;
}

alicorn_status alicorn_model_read_project(const char *path, const alicorn_read_options *options,
                                          alicorn_model **model, alicorn_error *error)
{
    return read_any(path, PROJECT, options, model, error);
}

alicorn_status alicorn_model_read(const char *path, const alicorn_read_options *options,
                                  alicorn_model **model, alicorn_error *error)
{
    return read_any(path, ANY, options, model, error);
}

alicorn_status alicorn_model_parse(const char *text, size_t length, const char *name,
                                   const alicorn_read_options *options, alicorn_model **model,
                                   alicorn_error *error)
{
    *model = NULL;
    return parse_any(text, length, name ? name : "", ANY, options, model, error);
}
