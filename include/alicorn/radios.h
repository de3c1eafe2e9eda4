/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_RADIOS_H
#define ALICORN_RADIOS_H

#include "alicorn/cosite.h"
#include "alicorn/model.h"

/** @file
 *  Descriptions of radios that share a place, from files (docs/radios.md). */

#ifdef __cplusplus
extern "C" {
#endif

/** Read a radios file, "-" for standard input. The Touchstone files that it names are read from its
 *  folder; projects are not solved, see alicorn_radios_project. Symbols and reporting as for
 *  models.
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_INPUT or ALICORN_E_MEMORY; *radios is NULL unless
 *  ALICORN_OK; destroyed by alicorn_radios_destroy */
ALICORN_API alicorn_status alicorn_radios_read(const char *path,
                                               const alicorn_read_options *options,
                                               alicorn_radios **radios, alicorn_error *error);

/** The same from `length` bytes of text; `name` stands for the file in messages. */
ALICORN_API alicorn_status alicorn_radios_parse(const char *text, size_t length, const char *name,
                                                const alicorn_read_options *options,
                                                alicorn_radios **radios, alicorn_error *error);

ALICORN_API size_t alicorn_radios_count(const alicorn_radios *radios);
ALICORN_API size_t alicorn_radios_platform_count(const alicorn_radios *radios);
/** Name of a platform, NULL past the end. */
ALICORN_API const char *alicorn_radios_platform(const alicorn_radios *radios, size_t platform);
/** Path of the project that is to give the platform's S by alicorn_radios_set_network; NULL if it
 * names none. */
ALICORN_API const char *alicorn_radios_project(const alicorn_radios *radios, size_t platform);
/** 1 if the platform has S, or needs none because it is in free space. */
ALICORN_API int alicorn_radios_has_network(const alicorn_radios *radios, size_t platform);

#ifdef __cplusplus
}
#endif
#endif
