/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_RADIOS_READER_H
#define ALI_INPUT_RADIOS_READER_H

#include "alicorn/network.h"
#include "alicorn/radios.h"
#include "input/radios_keys.h"

/** @file
 *  Reading of radios files (docs/radios.md), and the state of it that the files of its sections
 *  share. */

/** Where Touchstone files come from. Tests put others in its place. */
typedef struct ali_radios_files {
    /** As alicorn_network_read. */
    alicorn_status (*read_network)(void *user, const char *path, alicorn_network **network,
                                   alicorn_error *error);
    void *user;
} ali_radios_files;

/** As alicorn_radios_parse, with files from `files`. */
alicorn_status ali_radios_parse(const char *text, size_t length, const char *name,
                                const alicorn_read_options *options, const ali_radios_files *files,
                                alicorn_radios **radios, alicorn_error *error);

typedef struct ali_radios_reader {
    ali_key_reader keys;
    const ali_radios_files *files;
    ali_radios_file file;
    alicorn_radios *radios;
} ali_radios_reader;

/** Where a node stands. */
ali_origin ali_radios_origin(const ali_yaml_node *node);

/** A copy of a text that may be NULL. @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_radios_copy_text(ali_radios_reader *reader, const char *text, char **copy);

/** A copy of a curve that the key of a mapping gave. @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_radios_copy_curve(ali_radios_reader *reader, const ali_key_rows *rows,
                                     const ali_yaml_node *map, const char *key,
                                     ali_profile *profile);

/** The N-port of a Touchstone file, which is read once. *network is ALI_NONE if it cannot be read,
 *  which is reported at `node`. */
alicorn_status ali_radios_add_file(ali_radios_reader *reader, const ali_yaml_node *node,
                                   const char *file, size_t *network);

/** Sections, in files of their own. Findings are reported.
 *  @return ALICORN_OK, also with findings; ALICORN_E_MEMORY */
alicorn_status ali_radios_read_chain(ali_radios_reader *reader, const ali_key_items *elements,
                                     ali_chain *chain);
alicorn_status ali_radios_read_transmitter(ali_radios_reader *reader,
                                           const ali_radios_transmitter *from,
                                           ali_transmitter *transmitter);
alicorn_status ali_radios_read_receiver(ali_radios_reader *reader, const ali_radios_receiver *from,
                                        ali_receiver *receiver);
/** Channels of `from` into the radio, whose transmits and receives are set. */
alicorn_status ali_radios_read_channels(ali_radios_reader *reader, const ali_radios_radio *from,
                                        ali_radio *radio);
/** All radios; platforms are there. */
alicorn_status ali_radios_read_radios(ali_radios_reader *reader);

#endif
