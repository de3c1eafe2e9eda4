/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_TEXT_FORMAT_H
#define ALI_OUTPUT_TEXT_FORMAT_H

#include "alicorn/status.h"

#include <stddef.h>

/** @file
 *  Quantities as a person writes them. All return `text`, UTF-8, at most ALI_TEXT_SIZE bytes. */

#define ALI_TEXT_SIZE 80

/** "14.2 MHz", "472 kHz", "1.575 GHz" */
const char *ali_text_frequency(char text[ALI_TEXT_SIZE], double frequency_hz);

/** "6.93 mW": three significant digits with an SI prefix; "0 W" for zero. */
const char *ali_text_power(char text[ALI_TEXT_SIZE], double power_w);

/** "72.13 − j2.30 ± 0.40": digits down to the second one of the error [ohm]; error < 0: none known,
 * two decimals. A part that would show as zero but is not gets three significant digits instead. */
const char *ali_text_impedance(char text[ALI_TEXT_SIZE], alicorn_complex impedance, double error);

/** Seconds: "1.2 ms", "43 ms", "1.24 s", "2 min 05 s" */
const char *ali_text_duration(char text[ALI_TEXT_SIZE], double seconds);

/** Magnitude of the power-wave reflection coefficient of an impedance at a real reference
 * impedance. */
double ali_reflection(alicorn_complex impedance, double z0);

/** Standing-wave ratio of a reflection coefficient's magnitude: "1.45", "> 999", "∞" from 1 on. */
const char *ali_text_vswr(char text[ALI_TEXT_SIZE], double reflection);

/** Return loss of it: "14.7 dB", "−0.3 dB" where more comes back than goes in, "∞" for a perfect
 * match. */
const char *ali_text_return_loss(char text[ALI_TEXT_SIZE], double reflection);

/** "%.*f" with a proper minus sign; "—" for NAN and "−∞" for -infinity. */
const char *ali_text_decimal(char text[ALI_TEXT_SIZE], double value, int decimals);

/** The same with a plus sign before what does not round to zero: "+12.3". */
const char *ali_text_signed(char text[ALI_TEXT_SIZE], double value, int decimals);

#endif
