/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What src/cosite relies on in a description of radios. */

#include "alicorn/network.h"
#include "base/error.h"
#include "model/radios.h"

#include <math.h>
#include <stdint.h>

/** Where a finding belongs. */
typedef struct place {
    const alicorn_radios *radios;
    const char *object;
    ali_origin origin;
    alicorn_error *error;
} place;

/** One condition and what is wrong if it does not hold. */
typedef struct condition {
    bool holds;
    const char *message;
} condition;

static alicorn_status check_all(const place *at, size_t count, const condition *conditions)
{
    for (size_t i = 0; i < count; i++)
        if (!conditions[i].holds)
            return ali_error_set_at(at->error, ALICORN_E_INPUT, at->radios->name, at->origin.line,
                                    at->origin.column, at->object, "%s", conditions[i].message);
    return ALICORN_OK;
}

#define CHECK(at, ...)                                                                             \
    check_all(at, sizeof((condition[]){__VA_ARGS__}) / sizeof(condition),                          \
              (condition[]){__VA_ARGS__})

static bool ascends(const ali_profile *profile)
{
    size_t bad;
    return ali_profile_ascends(profile, &bad);
}

static bool from_zero(const ali_profile *profile)
{
    return profile->count == 0 || profile->x[0] >= 0;
}

static bool not_negative(const ali_profile *profile)
{
    for (size_t i = 0; i < profile->count; i++)
        if (profile->y[i] < 0)
            return false;
    return true;
}

static bool given_or_finite(double value)
{
    return isnan(value) || isfinite(value);
}

/* ---- chains ---- */

static bool filter_edges(const ali_filter *filter)
{
    bool low = filter->low > 0, high = filter->high > 0;
    switch (filter->shape) {
    case ALI_FILTER_LOW_PASS:
        return high;
    case ALI_FILTER_HIGH_PASS:
        return low;
    case ALI_FILTER_BAND_PASS:
    case ALI_FILTER_BAND_STOP:
        return low && filter->high > filter->low;
    case ALI_FILTER_LISTED:
        return filter->listed.count > 0 && ascends(&filter->listed);
    }
    return false;
}

static alicorn_status check_element(const alicorn_radios *radios, const ali_chain_element *element,
                                    alicorn_error *error)
{
    place at = {radios, element->name, element->origin, error};
    const ali_filter *filter = &element->filter;
    switch (element->kind) {
    case ALI_CHAIN_NETWORK: {
        const alicorn_network *network = element->network < radios->network_count
                                             ? radios->networks[element->network].network
                                             : NULL;
        return CHECK(&at, {network && network->ports == 2, "a two-port is expected in a chain"},
                     {network && network->count > 0, "S-parameters without frequencies"});
    }
    case ALI_CHAIN_ATTENUATOR:
        return CHECK(&at, {element->loss >= 0, "a loss of 0 dB or more is expected"});
    case ALI_CHAIN_CABLE:
        return CHECK(&at, {element->length >= 0, "a length of 0 m or more is expected"},
                     {element->cable.count > 0 && ascends(&element->cable) &&
                          element->cable.x[0] > 0 && not_negative(&element->cable),
                      "loss per metre is expected at ascending frequencies above 0"});
    case ALI_CHAIN_FILTER:
        return CHECK(&at,
                     {filter_edges(filter), "edges of a filter above 0 Hz, low below high, "
                                            "or points in ascending order, are expected"},
                     {filter->shape == ALI_FILTER_LISTED || filter->order >= 1,
                      "a filter of order 1 or more is expected"},
                     {filter->ripple >= 0 && filter->loss >= 0 && !(filter->ultimate < 0),
                      "ripple, loss and ultimate attenuation of 0 dB or more are expected"});
    case ALI_CHAIN_ISOLATOR:
        return CHECK(&at, {element->loss >= 0 && element->isolation >= 0,
                           "loss and isolation of 0 dB or more are expected"});
    }
    return ALICORN_OK;
}

static alicorn_status check_chain(const alicorn_radios *radios, const ali_chain *chain,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < chain->count && status == ALICORN_OK; i++)
        status = check_element(radios, &chain->elements[i], error);
    return status;
}

/* ---- transmitters and receivers ---- */

static bool harmonics_ascend(const ali_transmitter *t)
{
    for (size_t i = 0; i < t->harmonic_count; i++)
        if (t->harmonics[i].order < (i ? t->harmonics[i - 1].order + 1 : 2) ||
            !isfinite(t->harmonics[i].level_dbc))
            return false;
    return true;
}

static bool spurs_finite(const ali_transmitter *t)
{
    for (size_t i = 0; i < t->spur_count; i++)
        if (!isfinite(t->spurs[i].level) || !isfinite(t->spurs[i].frequency) ||
            (!t->spurs[i].relative && t->spurs[i].frequency <= 0))
            return false;
    return true;
}

static bool reverse_products(const ali_transmitter *t)
{
    for (size_t i = 0; i < t->reverse_count; i++)
        if (t->reverse[i].order < 2 || t->reverse[i].order > ALI_RADIO_ORDER ||
            !isfinite(t->reverse[i].loss))
            return false;
    return true;
}

static alicorn_status check_transmitter(const alicorn_radios *radios, const ali_radio *radio,
                                        alicorn_error *error)
{
    const ali_transmitter *t = &radio->transmitter;
    place at = {radios, radio->name, t->origin, error};
    alicorn_status status = CHECK(
        &at, {isfinite(t->power_dbm), "a finite transmitter power is expected"},
        {t->bandwidth >= 0 && isfinite(t->bandwidth), "a bandwidth of 0 Hz or more is expected"},
        {ascends(&t->mask) && from_zero(&t->mask),
         "the points of an emission mask must be in ascending order of offset, from 0 on"},
        {t->mask.count == 0 || t->mask_bandwidth > 0,
         "an emission mask needs a reference bandwidth above 0 Hz"},
        {ascends(&t->noise) && from_zero(&t->noise),
         "the points of broadband noise must be in ascending order of offset, from 0 on"},
        {ascends(&t->tracking) && from_zero(&t->tracking) && not_negative(&t->tracking),
         "a filter that follows the channel needs points in ascending order of offset, from 0 on, "
         "of 0 dB or more"},
        {harmonics_ascend(t), "harmonics must be in ascending order from the second on"},
        {spurs_finite(t), "spurs need a frequency above 0 Hz, or an offset, and a level"},
        {reverse_products(t), "transmitter intermodulation has orders 2 to 7 and finite losses"});
    return status == ALICORN_OK ? check_chain(radios, &t->chain, error) : status;
}

static bool noise_known(const ali_receiver *r)
{
    return !isnan(r->noise_figure) || (!isnan(r->sensitivity_dbm) && !isnan(r->required_snr));
}

static bool responses_valid(const ali_receiver *r)
{
    for (size_t i = 0; i < r->response_count; i++)
        if (r->responses[i].p < 1 || r->responses[i].q < 0 || !isfinite(r->responses[i].rejection))
            return false;
    return true;
}

static bool ifs_valid(const ali_receiver *r)
{
    bool valid = r->if_count <= ALI_RADIO_IFS;
    for (size_t i = 0; valid && i < r->if_count; i++)
        valid = r->ifs[i] > 0 && isfinite(r->ifs[i]) && given_or_finite(r->image_rejection[i]);
    return valid;
}

static bool intercepts_valid(const ali_receiver *r)
{
    for (size_t n = 2; n <= ALI_RADIO_ORDER; n++)
        if (!given_or_finite(r->iip[n]))
            return false;
    return true;
}

static alicorn_status check_receiver(const alicorn_radios *radios, const ali_radio *radio,
                                     alicorn_error *error)
{
    const ali_receiver *r = &radio->receiver;
    place at = {radios, radio->name, r->origin, error};
    alicorn_status status = CHECK(
        &at,
        {r->bandwidth > 0 && isfinite(r->bandwidth), "a receiver bandwidth above 0 Hz is expected"},
        {isfinite(r->sensitivity_dbm) || isfinite(r->noise_figure),
         "a receiver needs its sensitivity or its noise figure"},
        {given_or_finite(r->required_snr) && given_or_finite(r->allowed_inr) &&
             given_or_finite(r->p1db_dbm) && given_or_finite(r->saturation_dbm),
         "finite levels are expected"},
        {isnan(r->allowed_inr) || noise_known(r),
         "interference over noise needs the noise: a noise figure, or sensitivity and the required "
         "signal over noise"},
        {ascends(&r->selectivity) && from_zero(&r->selectivity) && not_negative(&r->selectivity),
         "the points of a selectivity must be in ascending order of offset, from 0 on, of 0 dB or "
         "more"},
        {ascends(&r->preselection) && from_zero(&r->preselection) && not_negative(&r->preselection),
         "the points of a preselection must be in ascending order of offset, from 0 on, of 0 dB "
         "or more"},
        {intercepts_valid(r), "finite intercept points are expected"},
        {ifs_valid(r), "intermediate frequencies above 0 Hz and finite rejections are expected"},
        {responses_valid(r), "spurious responses have p of 1 or more, q of 0 or more and a "
                             "finite rejection"},
        {r->if_count > 0 || (r->response_count == 0 && isnan(r->image_rejection[0])),
         "images and spurious responses need the intermediate frequency"});
    return status == ALICORN_OK ? check_chain(radios, &r->chain, error) : status;
}

/* ---- radios ---- */

static bool channels_valid(const ali_radio *radio)
{
    for (size_t i = 0; i < radio->channel_count; i++) {
        const ali_channel *channel = &radio->channels[i];
        if (!(isnan(channel->transmit) || (channel->transmit > 0 && isfinite(channel->transmit))) ||
            !(isnan(channel->receive) || (channel->receive > 0 && isfinite(channel->receive))))
            return false;
    }
    return radio->channel_count > 0;
}

static alicorn_status check_radio(const alicorn_radios *radios, const ali_radio *radio,
                                  alicorn_error *error)
{
    place at = {radios, radio->name, radio->origin, error};
    bool placed = radio->platform < radios->platform_count;
    size_t number = placed ? radios->platforms[radio->platform].network : ALI_NONE;
    const alicorn_network *network =
        number < radios->network_count ? radios->networks[number].network : NULL;
    alicorn_status status =
        CHECK(&at, {placed, "a radio needs its platform"},
              {channels_valid(radio), "a radio needs channels with frequencies above 0 Hz"},
              {radio->duty >= 0 && radio->duty <= 1, "a duty cycle from 0 to 1 is expected"},
              {ascends(&radio->gain), "gains must be in ascending order of frequency"},
              {number == ALI_NONE || network, "S-parameters of the radio's platform are not there"},
              {radio->port == ALI_NONE || (network && radio->port < network->ports),
               "the radio's port is not among those of its platform"});
    if (status == ALICORN_OK && radio->transmits)
        status = check_transmitter(radios, radio, error);
    if (status == ALICORN_OK && radio->receives)
        status = check_receiver(radios, radio, error);
    return status == ALICORN_OK ? check_chain(radios, &radio->chain, error) : status;
}

alicorn_status ali_radios_check(const alicorn_radios *radios, alicorn_error *error)
{
    place whole = {.radios = radios, .error = error};
    alicorn_status status =
        CHECK(&whole, {radios->radio_count > 0, "there are no radios"},
              {radios->radio_count <= UINT16_MAX, "there are more radios than 65535"});
    for (size_t i = 0; i < radios->radio_count && status == ALICORN_OK; i++)
        status = check_radio(radios, &radios->radios[i], error);
    for (size_t i = 0; i < radios->isolation_count && status == ALICORN_OK; i++) {
        const ali_isolation *isolation = &radios->isolations[i];
        place at = {radios, "isolation", isolation->origin, error};
        status =
            CHECK(&at,
                  {isolation->from < radios->radio_count && isolation->to < radios->radio_count,
                   "an isolation is between two radios"},
                  {isolation->loss.count > 0 && ascends(&isolation->loss),
                   "an isolation needs points in ascending order of frequency"});
    }
    for (size_t i = 0; i < radios->platform_count && status == ALICORN_OK; i++) {
        const ali_platform *platform = &radios->platforms[i];
        place at = {radios, platform->name, platform->origin, error};
        status = CHECK(&at, {!platform->from_project || platform->network != ALI_NONE,
                             "the S-parameters of this platform come from a solve and are not "
                             "there yet"});
    }
    return status;
}
