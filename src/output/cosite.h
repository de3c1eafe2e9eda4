/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_COSITE_H
#define ALI_OUTPUT_COSITE_H

#include "alicorn/cosite.h"

#include <stddef.h>
#include <stdio.h>

/** @file
 *  Interferences in words, for all writers. */

/** Longest description of an interference [bytes]: names of three radios with coefficients and
 * frequencies. */
#define ALI_COSITE_TEXT 200

/** One letter for a mechanism, and the letter's meaning; NULL past the end. */
char ali_cosite_letter(const alicorn_cosite_entry *entry);
const char *ali_cosite_letter_meaning(size_t index, char *letter);

/** What happens: "harmonic 3", "broadband noise, image", "receiver IM3". */
const char *ali_cosite_how(const alicorn_cosite_entry *entry, char text[ALI_COSITE_TEXT]);

/** Who does it: "UHF-1 225 MHz", "2 UHF-1 225 MHz - AIS 162 MHz". */
const char *ali_cosite_by(const alicorn_cosite_result *result, const alicorn_cosite_entry *entry,
                          char text[ALI_COSITE_TEXT]);

/** An emission with its number: "harmonic 3". */
const char *ali_cosite_emission(alicorn_cosite_emission emission, int number,
                                char text[ALI_COSITE_TEXT]);

/** Whether a radio has a channel to receive or to send on. */
int ali_cosite_receives(const alicorn_cosite_result *result, size_t radio);
int ali_cosite_transmits(const alicorn_cosite_result *result, size_t radio);

#endif
