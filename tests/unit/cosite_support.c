/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite_support.h"

#include "base/memory.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

void assert_near_at(double value, double expected, double tolerance, const char *file, int line)
{
    if (!(fabs(value - expected) <= tolerance))
        print_error("%.9g, %.9g expected\n", value, expected);
    _assert_true(fabs(value - expected) <= tolerance, "near", file, line);
}

double dbm_of_watts(double watts)
{
    return 30 + 10 * log10(watts);
}

alicorn_radios *make_scene(void)
{
    alicorn_radios *radios = ali_radios_create();
    assert_non_null(radios);
    ali_platform *platform = ali_radios_add_platform(radios);
    assert_non_null(platform);
    platform->name = ali_strdup("mast");
    platform->free_space = true;
    return radios;
}

size_t add_platform(alicorn_radios *radios, const char *name, double x, double y, double z)
{
    ali_platform *platform = ali_radios_add_platform(radios);
    assert_non_null(platform);
    platform->name = ali_strdup(name);
    platform->position[0] = x;
    platform->position[1] = y;
    platform->position[2] = z;
    return radios->platform_count - 1;
}

ali_radio *add_radio(alicorn_radios *radios, const char *name, size_t platform)
{
    ali_radio *radio = ali_radios_add_radio(radios);
    assert_non_null(radio);
    radio->name = ali_strdup(name);
    radio->platform = platform;
    add_point(&radio->gain, 0, 0);
    return radio;
}

void add_channels(ali_radio *radio, double start, double step, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ali_channel *channel = ali_radio_add_channel(radio);
        assert_non_null(channel);
        channel->transmit = channel->receive = start + (double)i * step;
    }
}

ali_transmitter *make_transmitter(ali_radio *radio, double power_dbm, double bandwidth)
{
    radio->transmits = true;
    radio->transmitter.power_dbm = power_dbm;
    radio->transmitter.bandwidth = bandwidth;
    radio->transmitter.mask_bandwidth = bandwidth;
    return &radio->transmitter;
}

ali_receiver *make_receiver(ali_radio *radio, double sensitivity_dbm, double bandwidth)
{
    radio->receives = true;
    radio->receiver.sensitivity_dbm = sensitivity_dbm;
    radio->receiver.bandwidth = bandwidth;
    return &radio->receiver;
}

void add_harmonics(ali_transmitter *transmitter, int last, double level_dbc)
{
    for (int n = 2; n <= last; n++)
        *ali_transmitter_add_harmonic(transmitter) = (ali_harmonic){n, level_dbc};
}

void add_point(ali_profile *profile, double x, double y)
{
    assert_int_equal(ali_profile_add(profile, x, y), 0);
}

void state_isolation(alicorn_radios *radios, size_t from, size_t to, double loss)
{
    ali_isolation *isolation = ali_radios_add_isolation(radios);
    assert_non_null(isolation);
    isolation->from = from;
    isolation->to = to;
    add_point(&isolation->loss, 0, loss);
}

alicorn_cosite_result *run_scene(const alicorn_radios *radios,
                                 const alicorn_cosite_options *options)
{
    alicorn_cosite_options standard;
    alicorn_cosite_options_default(&standard);
    alicorn_cosite_result *result;
    alicorn_error error = {0};
    alicorn_status status =
        alicorn_cosite_run(radios, options ? options : &standard, &result, &error);
    if (status != ALICORN_OK)
        print_error("%s\n", error.message);
    assert_int_equal(status, ALICORN_OK);
    return result;
}

const alicorn_cosite_entry *find_entry(const alicorn_cosite_result *result, size_t victim,
                                       size_t aggressor, alicorn_cosite_emission emission,
                                       alicorn_cosite_response response, int number)
{
    for (size_t e = 0; e < result->entry_count; e++) {
        const alicorn_cosite_entry *entry = &result->entries[e];
        bool product = entry->order > 0;
        bool takes_part = false;
        for (size_t t = 0; t < entry->tone_count; t++)
            takes_part |= entry->tones[t].radio == aggressor;
        if (entry->victim == victim && takes_part && entry->emission == emission &&
            entry->response == response &&
            (number < 0 || number == (product ? entry->order : entry->tones[0].number)))
            return entry;
    }
    return NULL;
}

double margin_of(const alicorn_cosite_result *result, size_t victim, size_t aggressor,
                 alicorn_cosite_emission emission, alicorn_cosite_response response, int number)
{
    const alicorn_cosite_entry *entry =
        find_entry(result, victim, aggressor, emission, response, number);
    assert_non_null(entry);
    return entry->margin_db;
}

double random_share(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

double random_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * random_share(state);
}

/** Masks and lines of a random transmitter. */
static void fill_transmitter(ali_radio *radio, uint64_t *state, double bandwidth)
{
    ali_transmitter *t = make_transmitter(radio, random_between(state, 30, 50), bandwidth);
    add_harmonics(t, 3, random_between(state, -70, -40));
    add_point(&t->mask, bandwidth, random_between(state, -60, -40));
    add_point(&t->mask, 10 * bandwidth, random_between(state, -90, -70));
    add_point(&t->noise, 0, random_between(state, -150, -130));
    add_point(&t->noise, 10e6, -165);
    *ali_transmitter_add_spur(t) =
        (ali_spur){.relative = true, .frequency = 1.2e6, .level = random_between(state, -90, -60)};
    *ali_transmitter_add_reverse(t) = (ali_reverse_product){3, random_between(state, 5, 20)};
    *ali_transmitter_add_reverse(t) = (ali_reverse_product){5, random_between(state, 20, 30)};
}

static void fill_receiver(ali_radio *radio, uint64_t *state, double bandwidth)
{
    ali_receiver *r = make_receiver(radio, NAN, bandwidth);
    r->noise_figure = random_between(state, 3, 12);
    r->allowed_inr = random_between(state, -10, 0);
    add_point(&r->selectivity, bandwidth, random_between(state, 50, 70));
    add_point(&r->selectivity, 5 * bandwidth, random_between(state, 80, 90));
    if (random_share(state) < 0.5) {
        add_point(&r->preselection, 1e6, random_between(state, 1, 5));
        add_point(&r->preselection, 5e6, random_between(state, 10, 30));
    }
    r->p1db_dbm = random_between(state, -15, 0);
    r->saturation_dbm = r->p1db_dbm + 20;
    for (int n = 2; n <= 5; n++)
        r->iip[n] = random_between(state, 0, 10) + 40 / n;
    r->ifs[r->if_count++] = 10.7e6;
    r->image_rejection[0] = random_between(state, 60, 80);
    *ali_receiver_add_response(r) = (ali_response){1, 0, 80};
    *ali_receiver_add_response(r) = (ali_response){2, 2, 75};
}

alicorn_radios *random_scene(uint64_t *state, size_t radio_count, size_t channel_count)
{
    alicorn_radios *radios = make_scene();
    size_t ship = add_platform(radios, "ship", 120, 35, 0);
    for (size_t r = 0; r < radio_count; r++) {
        char name[32];
        snprintf(name, sizeof name, "radio %zu", r);
        ali_radio *radio = add_radio(radios, name, random_share(state) < 0.7 ? 0 : ship);
        radio->position[0] = random_between(state, -8, 8);
        radio->position[1] = random_between(state, -8, 8);
        radio->position[2] = random_between(state, 5, 30);
        radio->duty = random_share(state);
        double start = 1e3 * floor(random_between(state, 100e3, 140e3));
        add_channels(radio, start, 25e3 * floor(random_between(state, 1, 9)), channel_count);
        double bandwidth = random_share(state) < 0.5 ? 8e3 : 16e3;
        double kind = random_share(state);
        if (kind < 0.8)
            fill_transmitter(radio, state, bandwidth);
        if (kind > 0.2)
            fill_receiver(radio, state, bandwidth);
    }
    return radios;
}
