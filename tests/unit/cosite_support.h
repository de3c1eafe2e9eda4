/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COSITE_SUPPORT_H
#define COSITE_SUPPORT_H

#include "alicorn/network.h"
#include "model/radios.h"

#include <stdint.h>

/** @file
 *  Scenes of radios for tests, built in memory. */

/** Fails the test unless value is within tolerance of expected, both finite. */
#define assert_near(value, expected, tolerance)                                                    \
    assert_near_at(value, expected, tolerance, __FILE__, __LINE__)
void assert_near_at(double value, double expected, double tolerance, const char *file, int line);

/** Power [dBm]. */
double dbm_of_watts(double watts);

/** A description with one platform at the origin whose radios see each other through space. */
alicorn_radios *make_scene(void);

/** Append a platform at (x, y, z); returns its number. */
size_t add_platform(alicorn_radios *radios, const char *name, double x, double y, double z);

/** Append a radio without channels; its antenna has 0 dBi and stands at its platform's place. The
 * pointer is valid until the next one is added. */
ali_radio *add_radio(alicorn_radios *radios, const char *name, size_t platform);

/** Append channels start, start + step, … to a radio, to send and to receive on. */
void add_channels(ali_radio *radio, double start, double step, size_t count);

/** Make it a transmitter, or a receiver. */
ali_transmitter *make_transmitter(ali_radio *radio, double power_dbm, double bandwidth);
ali_receiver *make_receiver(ali_radio *radio, double sensitivity_dbm, double bandwidth);

void add_harmonics(ali_transmitter *transmitter, int last, double level_dbc);
void add_point(ali_profile *profile, double x, double y);

/** State the loss between two radios, both ways, at all frequencies. */
void state_isolation(alicorn_radios *radios, size_t from, size_t to, double loss);

/** Run; options NULL: the default. Fails the test if the run does. */
alicorn_cosite_result *run_scene(const alicorn_radios *radios,
                                 const alicorn_cosite_options *options);

/** The worst entry of this kind, or NULL. `number` of harmonic or order of product; -1: any. */
const alicorn_cosite_entry *find_entry(const alicorn_cosite_result *result, size_t victim,
                                       size_t aggressor, alicorn_cosite_emission emission,
                                       alicorn_cosite_response response, int number);

/** Margin of that entry; fails the test if there is none. */
double margin_of(const alicorn_cosite_result *result, size_t victim, size_t aggressor,
                 alicorn_cosite_emission emission, alicorn_cosite_response response, int number);

/** A random number of [0, 1); of [low, high]. */
double random_share(uint64_t *state);
double random_between(uint64_t *state, double low, double high);

/** A random scene: radios on two platforms with everything that makes interference. */
alicorn_radios *random_scene(uint64_t *state, size_t radio_count, size_t channel_count);

#endif
