/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_ENTRY_H
#define ALI_COSITE_ENTRY_H

#include "cosite/scene.h"

/** @file
 *  What follows from the level, limit, tones and margin of an interference, whatever its kind. */

/** Complete an entry: what is needed, desensitisation, how sure its paths are, and whether the law
 *  of its product still holds.
 *  @return ALICORN_OK, or what S says */
alicorn_status ali_entry_complete(ali_scene *scene, alicorn_cosite_entry *entry,
                                  alicorn_error *error);

/** Error bars of all at once, from those of every path that takes part. The entries of the result
 * are complete.
 *  @return as ali_entry_complete */
alicorn_status ali_total_complete(ali_scene *scene, size_t victim,
                                  const alicorn_cosite_result *result, alicorn_cosite_total *total,
                                  alicorn_error *error);

#endif
