/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_PROJECT_H
#define ALI_INPUT_PROJECT_H

#include "alicorn/model.h"
#include "alicorn/radios.h"
#include "shape/shape.h"

/** @file
 *  Reading of project files (docs/project.md). */

/** What a project needs besides its own text: files, and triangles from shapes. Tests put others in
 *  their place. */
typedef struct ali_project_mesher {
    /** As ali_shape_mesh. */
    alicorn_status (*mesh)(void *user, size_t shape_count, const ali_shape *shapes,
                           size_t point_count, const ali_embedded_point *points,
                           const ali_mesher_options *options, ali_triangulation *triangulation,
                           alicorn_error *error);
    /** As ali_mesh_file_read. */
    alicorn_status (*read_mesh)(void *user, const char *path, double scale,
                                ali_triangulation *triangulation, alicorn_error *error);
    /** As alicorn_model_read_nec. */
    alicorn_status (*read_deck)(void *user, const char *path, const alicorn_read_options *options,
                                alicorn_model **model, alicorn_error *error);
    /** As alicorn_radios_read. */
    alicorn_status (*read_radios)(void *user, const char *path, const alicorn_read_options *options,
                                  alicorn_radios **radios, alicorn_error *error);
    void *user;
} ali_project_mesher;

/** The mesher of the room of shapes and files as they are, those that options->may_read allows.
 *  @param options  borrowed; may be NULL */
ali_project_mesher ali_project_standard_mesher(const alicorn_read_options *options);

/** Read a project from text. `name` stands for the file in messages, and the files that it names
 *  are searched from its folder. All errors go to options->report, the first into *error.
 *  @return ALICORN_OK, ALICORN_E_INPUT, ALICORN_E_IO (mesher not there, failed or too slow),
 *          ALICORN_E_INTERRUPTED, ALICORN_E_MEMORY */
alicorn_status ali_project_parse(const char *text, size_t length, const char *name,
                                 const alicorn_read_options *options,
                                 const ali_project_mesher *mesher, alicorn_model **model,
                                 alicorn_error *error);

/** Whether a text looks like a project rather than a deck: a mapping with the key `alicorn`, or a
 *  name that ends in .yaml or .yml. */
bool ali_project_detect(const char *text, size_t length, const char *name);

#endif
