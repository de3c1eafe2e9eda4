/* SPDX-License-Identifier: Apache-2.0 */
#include "model/radios.h"

#include "alicorn/network.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

alicorn_radios *ali_radios_create(void)
{
    alicorn_radios *radios = calloc(1, sizeof *radios);
    if (!radios)
        return NULL;
    radios->name = ali_strdup("");
    if (!radios->name) {
        alicorn_radios_destroy(radios);
        return NULL;
    }
    return radios;
}

/* ---- what is owned ---- */

static void clear_profile(ali_profile *profile)
{
    free(profile->x);
    free(profile->y);
}

static void clear_chain(ali_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        ali_chain_element *element = &chain->elements[i];
        free(element->name);
        clear_profile(&element->cable);
        clear_profile(&element->filter.listed);
    }
    free(chain->elements);
}

static void clear_radio(ali_radio *radio)
{
    ali_transmitter *transmitter = &radio->transmitter;
    ali_receiver *receiver = &radio->receiver;
    clear_profile(&transmitter->mask);
    clear_profile(&transmitter->noise);
    clear_profile(&transmitter->tracking);
    free(transmitter->harmonics);
    free(transmitter->spurs);
    free(transmitter->reverse);
    clear_chain(&transmitter->chain);
    clear_profile(&receiver->selectivity);
    clear_profile(&receiver->preselection);
    free(receiver->responses);
    clear_chain(&receiver->chain);
    clear_chain(&radio->chain);
    clear_profile(&radio->gain);
    free(radio->channels);
    free(radio->name);
    free(radio->port_name);
}

void alicorn_radios_destroy(alicorn_radios *radios)
{
    if (!radios)
        return;
    for (size_t i = 0; i < radios->platform_count; i++) {
        free(radios->platforms[i].name);
        free(radios->platforms[i].project);
    }
    for (size_t i = 0; i < radios->radio_count; i++)
        clear_radio(&radios->radios[i]);
    for (size_t i = 0; i < radios->network_count; i++) {
        free(radios->networks[i].file);
        alicorn_network_destroy(radios->networks[i].network);
    }
    for (size_t i = 0; i < radios->isolation_count; i++)
        clear_profile(&radios->isolations[i].loss);
    free(radios->platforms);
    free(radios->radios);
    free(radios->networks);
    free(radios->isolations);
    free(radios->name);
    free(radios);
}

/* ---- filling ---- */

/** Room for one more in an array, zeroed; NULL when memory is out. */
static void *append(void **items, size_t *capacity, size_t *count, size_t size)
{
    if (ali_grow(items, capacity, *count, size))
        return NULL;
    return (char *)*items + size * (*count)++;
}

#define APPEND(owner, items, single)                                                               \
    append((void **)&(owner)->items, &(owner)->single##_capacity, &(owner)->single##_count,        \
           sizeof *(owner)->items)

ali_platform *ali_radios_add_platform(alicorn_radios *radios)
{
    ali_platform *platform = APPEND(radios, platforms, platform);
    if (platform)
        platform->network = ALI_NONE;
    return platform;
}

ali_radio *ali_radios_add_radio(alicorn_radios *radios)
{
    ali_radio *radio = APPEND(radios, radios, radio);
    if (!radio)
        return NULL;
    radio->port = ALI_NONE;
    radio->platform = ALI_NONE;
    radio->duty = 1;
    ali_receiver *receiver = &radio->receiver;
    receiver->sensitivity_dbm = receiver->noise_figure = NAN;
    receiver->required_snr = receiver->allowed_inr = NAN;
    receiver->p1db_dbm = receiver->saturation_dbm = NAN;
    for (size_t i = 0; i <= ALI_RADIO_ORDER; i++)
        receiver->iip[i] = NAN;
    for (size_t i = 0; i < ALI_RADIO_IFS; i++)
        receiver->image_rejection[i] = NAN;
    return radio;
}

ali_radio_network *ali_radios_add_network(alicorn_radios *radios)
{
    return APPEND(radios, networks, network);
}

ali_isolation *ali_radios_add_isolation(alicorn_radios *radios)
{
    return APPEND(radios, isolations, isolation);
}

ali_channel *ali_radio_add_channel(ali_radio *radio)
{
    ali_channel *channel = APPEND(radio, channels, channel);
    if (channel)
        *channel = (ali_channel){.transmit = NAN, .receive = NAN};
    return channel;
}

ali_harmonic *ali_transmitter_add_harmonic(ali_transmitter *transmitter)
{
    return APPEND(transmitter, harmonics, harmonic);
}

ali_spur *ali_transmitter_add_spur(ali_transmitter *transmitter)
{
    return APPEND(transmitter, spurs, spur);
}

ali_reverse_product *ali_transmitter_add_reverse(ali_transmitter *transmitter)
{
    return APPEND(transmitter, reverse, reverse);
}

ali_response *ali_receiver_add_response(ali_receiver *receiver)
{
    return APPEND(receiver, responses, response);
}

ali_chain_element *ali_chain_add(ali_chain *chain)
{
    ali_chain_element *element =
        append((void **)&chain->elements, &chain->capacity, &chain->count, sizeof *chain->elements);
    if (element) {
        element->network = ALI_NONE;
        element->filter.ultimate = NAN;
    }
    return element;
}

int ali_profile_add(ali_profile *profile, double x, double y)
{
    /* Both arrays have the same capacity: the second grows by its own copy of it. */
    size_t capacity = profile->capacity;
    if (ali_grow((void **)&profile->x, &capacity, profile->count, sizeof *profile->x))
        return -1;
    capacity = profile->capacity;
    if (ali_grow((void **)&profile->y, &capacity, profile->count, sizeof *profile->y))
        return -1;
    profile->capacity = capacity;
    profile->x[profile->count] = x;
    profile->y[profile->count++] = y;
    return 0;
}

bool ali_profile_ascends(const ali_profile *profile, size_t *bad)
{
    for (size_t i = 0; i < profile->count; i++) {
        bool finite = isfinite(profile->x[i]) && isfinite(profile->y[i]);
        bool after =
            i == 0 || profile->x[i] > profile->x[i - 1] ||
            (profile->x[i] == profile->x[i - 1] && (i == 1 || profile->x[i] > profile->x[i - 2]));
        if (!finite || !after) {
            *bad = i;
            return false;
        }
    }
    return true;
}

/* ---- networks ---- */

/** Give the ports of the radios on a platform their numbers in its network.
 *  @return ALICORN_OK, or ALICORN_E_INPUT with file, line and column for a port that the network
 *          does not have */
static alicorn_status resolve_ports(alicorn_radios *radios, size_t platform, alicorn_error *error)
{
    size_t number = radios->platforms[platform].network;
    const alicorn_network *network = number == ALI_NONE ? NULL : radios->networks[number].network;
    if (!network)
        return ALICORN_OK;
    for (size_t i = 0; i < radios->radio_count; i++) {
        ali_radio *radio = &radios->radios[i];
        if (radio->platform != platform || !radio->port_name)
            continue;
        radio->port = alicorn_network_port(network, radio->port_name);
        if (radio->port == network->ports) {
            radio->port = ALI_NONE;
            return ali_error_set_at(error, ALICORN_E_INPUT, radios->name, radio->origin.line,
                                    radio->origin.column, radio->name,
                                    "port \"%s\" is not among the %zu ports of the S-parameters "
                                    "of platform \"%s\" (the first is \"%s\")",
                                    radio->port_name, network->ports,
                                    radios->platforms[platform].name, network->names[0]);
        }
    }
    return ALICORN_OK;
}

alicorn_status alicorn_radios_set_network(alicorn_radios *radios, const char *platform,
                                          alicorn_network *network, alicorn_error *error)
{
    size_t p = 0;
    while (p < radios->platform_count && strcmp(radios->platforms[p].name, platform) != 0)
        p++;
    if (p == radios->platform_count) {
        alicorn_network_destroy(network);
        return ali_error_set(error, ALICORN_E_USAGE, "there is no platform \"%s\"", platform);
    }
    if (radios->platforms[p].network == ALI_NONE) {
        ali_radio_network *added = ali_radios_add_network(radios);
        if (added)
            added->file = ali_strdup("");
        if (!added || !added->file) {
            alicorn_network_destroy(network);
            return ali_error_memory(error, sizeof *added, "S-parameters of platforms");
        }
        radios->platforms[p].network = radios->network_count - 1;
    }
    ali_radio_network *place = &radios->networks[radios->platforms[p].network];
    if (place->network != network)
        alicorn_network_destroy(place->network);
    place->network = network;
    return resolve_ports(radios, p, error);
}
