/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  How long cosite analysis of many radios takes, and of what: `cosite [RADIOS [CHANNELS
 * [ORDER]]]`, 40 radios of 100 channels each and order 5 by default, on one core. Half of the
 * radios are between 118 and 150 MHz and half between 225 and 400 MHz, on two ships 300 m apart;
 * every one sends and receives, with harmonics, a spur, noise and products of its transmitter. The
 * variants differ in what makes pruning hard. */

#include "alicorn/network.h"
#include "model/radios.h"

#include "base/clock.h"
#include "base/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/** What makes a scene hard. */
typedef struct variant {
    const char *name;
    double raster;       /**< of the channels [Hz]; 1: none */
    double intercept;    /**< IIP3 [dBm] */
    double preselection; /**< beyond 5 MHz [dB] */
    double isolation;    /**< more than the free space between antennas has [dB] */
    bool structure;      /**< all radios on one platform with S of as many ports */
} variant;

static const variant variants[] = {
    {"raster of 25 kHz", 25e3, 20, 0, 20, false},  {"no raster", 1, 20, 0, 20, false},
    {"filters of 30 dB", 25e3, 20, 30, 20, false}, {"weak receivers", 25e3, 0, 0, 0, false},
    {"S of the structure", 25e3, 20, 0, 0, true},
};

static uint64_t seed = 1;

static double random_between(double low, double high)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(seed >> 11) / 9007199254740992.0;
}

static void add_point(ali_profile *profile, double x, double y)
{
    if (ali_profile_add(profile, x, y))
        exit(EXIT_FAILURE);
}

static void fill_transmitter(ali_transmitter *t)
{
    t->power_dbm = random_between(40, 50);
    t->bandwidth = t->mask_bandwidth = 16e3;
    for (int n = 2; n <= 4; n++)
        *ali_transmitter_add_harmonic(t) = (ali_harmonic){n, -60 - 5 * n};
    *ali_transmitter_add_spur(t) = (ali_spur){true, 3.2e6, false, -80, {0}};
    *ali_transmitter_add_reverse(t) = (ali_reverse_product){3, 10};
    *ali_transmitter_add_reverse(t) = (ali_reverse_product){5, 30};
    add_point(&t->mask, 25e3, -60);
    add_point(&t->mask, 250e3, -90);
    add_point(&t->noise, 1e5, -140);
    add_point(&t->noise, 1e7, -165);
}

static void fill_receiver(ali_receiver *r, const variant *v)
{
    r->bandwidth = 16e3;
    r->noise_figure = 8;
    r->allowed_inr = -6;
    add_point(&r->selectivity, 25e3, 70);
    add_point(&r->selectivity, 1e6, 100);
    if (v->preselection > 0) {
        add_point(&r->preselection, 1e6, 1);
        add_point(&r->preselection, 5e6, v->preselection);
    }
    r->p1db_dbm = 0;
    r->iip[2] = v->intercept + 40;
    r->iip[3] = v->intercept;
    r->iip[4] = v->intercept + 10;
    r->iip[5] = v->intercept - 5;
    r->ifs[r->if_count++] = 21.4e6;
    r->image_rejection[0] = 80;
    for (int p = 1; p <= 3; p++)
        *ali_receiver_add_response(r) = (ali_response){p, p - 1, 80};
}

static void add_platforms(alicorn_radios *radios)
{
    for (int i = 0; i < 2; i++) {
        ali_platform *platform = ali_radios_add_platform(radios);
        platform->name = ali_strdup(i ? "second" : "first");
        platform->free_space = true;
        platform->position[0] = 300 * i;
    }
}

/** S of 100 to 1300 MHz with couplings of -30 to -60 dB that turn with frequency. */
static alicorn_network *make_network(size_t ports)
{
    alicorn_network *network = NULL;
    alicorn_complex *s = ali_calloc(ports * ports, sizeof *s);
    double *coupling = ali_calloc(ports * ports, sizeof *coupling);
    if (!s || !coupling || alicorn_network_create(ports, NULL, NULL, &network, NULL) != ALICORN_OK)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < ports * ports; i++)
        coupling[i] = random_between(1e-3, 0.03);
    for (int k = 0; k <= 300; k++) {
        double frequency = 100e6 + 4e6 * k;
        for (size_t i = 0; i < ports; i++)
            for (size_t j = 0; j < ports; j++) {
                size_t pair = i > j ? i * ports + j : j * ports + i;
                double phase = frequency * 1e-8 * (double)(pair % 7);
                s[i * ports + j] =
                    (alicorn_complex){coupling[pair] * cos(phase), coupling[pair] * sin(phase)};
            }
        if (alicorn_network_append(network, frequency, s, NULL, NULL) != ALICORN_OK)
            exit(EXIT_FAILURE);
    }
    free(s);
    free(coupling);
    return network;
}

static alicorn_radios *make_scene(const variant *v, size_t radio_count, size_t channel_count)
{
    alicorn_radios *radios = ali_radios_create();
    add_platforms(radios);
    for (size_t r = 0; r < radio_count; r++) {
        ali_radio *radio = ali_radios_add_radio(radios);
        char name[32];
        snprintf(name, sizeof name, "radio %zu", r);
        radio->name = ali_strdup(name);
        radio->platform = r % 2;
        for (int c = 0; c < 3; c++)
            radio->position[c] = random_between(c == 2 ? 5 : -10, c == 2 ? 35 : 10);
        add_point(&radio->gain, 0, 1 - v->isolation / 2);
        bool high = r % 4 > 1;
        for (size_t i = 0; i < channel_count; i++) {
            double frequency = high ? random_between(225e6, 400e6) : random_between(118e6, 150e6);
            ali_channel *channel = ali_radio_add_channel(radio);
            channel->transmit = channel->receive = v->raster * floor(frequency / v->raster);
        }
        radio->transmits = radio->receives = true;
        fill_transmitter(&radio->transmitter);
        fill_receiver(&radio->receiver, v);
        if (v->structure) {
            radio->platform = 0;
            radio->port = r;
        }
    }
    if (v->structure &&
        alicorn_radios_set_network(radios, "first", make_network(radio_count), NULL) != ALICORN_OK)
        exit(EXIT_FAILURE);
    return radios;
}

static int print_stage(void *user, const char *stage, size_t done, size_t total)
{
    double *start = user;
    if (done == total)
        printf("  %-10s until %6.2f s\n", stage, ali_clock_processor_seconds() - *start);
    return 0;
}

int main(int argc, char **argv)
{
    size_t radio_count = argc > 1 ? strtoul(argv[1], NULL, 10) : 40;
    size_t channel_count = argc > 2 ? strtoul(argv[2], NULL, 10) : 100;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t k = 0; k < sizeof variants / sizeof *variants; k++) {
        if (argc > 4 && strtoul(argv[4], NULL, 10) != k)
            continue;
        alicorn_radios *radios = make_scene(&variants[k], radio_count, channel_count);
        double start = ali_clock_processor_seconds();
        alicorn_cosite_options options;
        alicorn_cosite_options_default(&options);
        options.order = argc > 3 ? atoi(argv[3]) : 5;
        options.progress = print_stage;
        options.progress_user = &start;
        alicorn_cosite_result *result;
        alicorn_error error = {0};
        printf("%s\n", variants[k].name);
        if (alicorn_cosite_run(radios, &options, &result, &error) != ALICORN_OK) {
            fprintf(stderr, "%s\n", error.message);
            return EXIT_FAILURE;
        }
        printf("  %-10s until %6.2f s\n", "the end", ali_clock_processor_seconds() - start);
        printf("  %zu entries, %zu more; worst %.1f dB; available %.3f +- %.3f of %zu; plan: %s, "
               "%zu conflicts, %.1f dB\n",
               result->entry_count, result->entries_left_off, result->entries[0].margin_db,
               result->availability, result->availability_error, result->combinations,
               alicorn_cosite_plan_text(result->plan.state), result->plan.conflicts,
               result->plan.worst_margin_db);
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
    return EXIT_SUCCESS;
}
