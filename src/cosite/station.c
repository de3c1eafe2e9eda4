/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/station.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"

#include <math.h>
#include <stdlib.h>

/** Boltzmann constant [J/K], exact (SI), and the reference temperature of noise figures [K]. */
#define BOLTZMANN 1.380649e-23
#define NOISE_TEMPERATURE 290.0

/** Thermal noise k T0 of 1 Hz at T0 = 290 K [dBm/Hz]: -173.975. */
static double thermal(void)
{
    return ali_to_db(BOLTZMANN * NOISE_TEMPERATURE * 1e3);
}

/* ---- transmitters ---- */

static ali_line *start_line(ali_station *station, alicorn_cosite_emission emission, int number,
                            double bandwidth)
{
    ali_line *line = &station->lines[station->line_count];
    *line = (ali_line){.emission = emission,
                       .number = number,
                       .bandwidth = bandwidth,
                       .frequency = ali_calloc(station->channel_count, sizeof *line->frequency),
                       .level = ali_calloc(station->channel_count, sizeof *line->level)};
    station->line_count++;
    return line->frequency && line->level ? line : NULL;
}

/** Frequencies multiple * channel + offset, or of the spur alone for multiple 0, folded at 0. */
static void fill_line(const ali_station *station, ali_line *line, double multiple, double offset,
                      double level)
{
    for (size_t i = 0; i < station->channel_count; i++) {
        double channel = station->radio->channels[i].transmit;
        double frequency = fabs(multiple * channel + offset);
        bool sent = !isnan(channel) && frequency > 0;
        line->frequency[i] = sent ? frequency : NAN;
        line->level[i] = level - (sent ? ali_curve_at(&station->tracking, frequency - channel) : 0);
    }
}

static alicorn_status make_lines(ali_station *station, alicorn_error *error)
{
    const ali_transmitter *t = &station->radio->transmitter;
    size_t count = 1 + t->harmonic_count + t->spur_count;
    station->lines = ali_calloc(count, sizeof *station->lines);
    if (!station->lines)
        return ali_error_memory(error, count * sizeof *station->lines, "emissions");
    ali_line *line = start_line(station, ALICORN_EMISSION_CARRIER, 0, t->bandwidth);
    if (line)
        fill_line(station, line, 1, 0, t->power_dbm);
    for (size_t i = 0; line && i < t->harmonic_count; i++) {
        int order = t->harmonics[i].order;
        double bandwidth = t->bandwidth * (t->harmonic_spread ? order : 1);
        line = start_line(station, ALICORN_EMISSION_HARMONIC, order, bandwidth);
        if (line)
            fill_line(station, line, order, 0, t->power_dbm + t->harmonics[i].level_dbc);
    }
    for (size_t i = 0; line && i < t->spur_count; i++) {
        const ali_spur *spur = &t->spurs[i];
        line = start_line(station, ALICORN_EMISSION_SPUR, (int)i + 1, t->bandwidth);
        if (line)
            fill_line(station, line, spur->relative, spur->frequency,
                      spur->level + (spur->absolute ? 0 : t->power_dbm));
    }
    return line ? ALICORN_OK
                : ali_error_memory(error, station->channel_count * sizeof(double), "emissions");
}

static void shift_curve(ali_curve *curve, double db)
{
    for (size_t i = 0; i < curve->count; i++) {
        curve->y[i] += db;
        curve->least[i] += db;
    }
}

static alicorn_status make_transmitter(ali_station *station, alicorn_error *error)
{
    const ali_transmitter *t = &station->radio->transmitter;
    double edge = t->bandwidth / 2;
    /* at its own edge the carrier has its own density */
    double start = t->bandwidth > 0 ? ali_to_db(t->mask_bandwidth / t->bandwidth) : NAN;
    alicorn_status status = ali_curve_create(&t->mask, edge, start, &station->sideband, error);
    if (status == ALICORN_OK)
        status = ali_curve_create(&t->noise, 0, NAN, &station->noise, error);
    if (status == ALICORN_OK)
        status = ali_curve_create(&t->tracking, 0, 0, &station->tracking, error);
    if (status != ALICORN_OK)
        return status;
    shift_curve(&station->sideband, -ali_to_db(t->mask_bandwidth));
    if (t->noise_absolute)
        shift_curve(&station->noise, -t->power_dbm);
    return make_lines(station, error);
}

/* ---- receivers ---- */

static ali_hearing *start_hearing(ali_station *station, alicorn_cosite_response response, int p,
                                  int q, double rejection)
{
    ali_hearing *hearing = &station->hearings[station->hearing_count];
    double *frequency = ali_calloc(station->channel_count, sizeof *frequency);
    if (!frequency)
        return NULL;
    station->hearing_count++;
    double width =
        station->radio->receiver.bandwidth / (response == ALICORN_RESPONSE_IMAGE ? 1 : p);
    *hearing = (ali_hearing){response, p, q, rejection, width, frequency};
    return hearing;
}

/** The frequency p f = sign_lo q LO + sign_if IF of one solution, folded; NAN if it is the channel
 * itself. */
static double hearing_frequency(const ali_receiver *receiver, double channel, int p, double q,
                                double sign)
{
    double intermediate = receiver->ifs[0];
    double lo = fabs(channel + (receiver->lo_above ? intermediate : -intermediate));
    double frequency = fabs(q * lo + sign * intermediate) / p;
    double tolerance = 1e-9 * (channel + intermediate);
    return frequency > tolerance && fabs(frequency - channel) > tolerance ? frequency : NAN;
}

/** Both solutions of |p f +- q LO| = IF. */
static bool add_responses(ali_station *station, int p, int q, double rejection)
{
    const ali_receiver *receiver = &station->radio->receiver;
    bool image = p == 1 && q == 1;
    for (double sign = -1; sign <= 1; sign += 2) {
        if (q == 0 && sign > 0)
            break; /* the same */
        ali_hearing *hearing = start_hearing(
            station, image ? ALICORN_RESPONSE_IMAGE : ALICORN_RESPONSE_SPURIOUS, p, q, rejection);
        if (!hearing)
            return false;
        for (size_t j = 0; j < station->channel_count; j++)
            hearing->frequency[j] =
                hearing_frequency(receiver, station->radio->channels[j].receive, p, q, sign);
    }
    return true;
}

/** Images of the mixers behind the first: they lie 2 IF of that mixer from the channel, on the side
 * that the first mixer's sign and the later oscillators, all below, tell. */
static bool add_later_images(ali_station *station)
{
    const ali_receiver *receiver = &station->radio->receiver;
    for (size_t k = 1; k < receiver->if_count; k++) {
        if (isnan(receiver->image_rejection[k]))
            continue;
        ali_hearing *hearing = start_hearing(station, ALICORN_RESPONSE_IMAGE, (int)k + 1, 0,
                                             receiver->image_rejection[k]);
        if (!hearing)
            return false;
        double offset = (receiver->lo_above ? 2 : -2) * receiver->ifs[k];
        for (size_t j = 0; j < station->channel_count; j++) {
            double frequency = station->radio->channels[j].receive + offset;
            hearing->frequency[j] = frequency > 0 ? frequency : NAN;
        }
    }
    return true;
}

static alicorn_status make_hearings(ali_station *station, alicorn_error *error)
{
    const ali_receiver *receiver = &station->radio->receiver;
    size_t most = 2 * receiver->response_count + 2 + ALI_RADIO_IFS;
    station->hearings = ali_calloc(most, sizeof *station->hearings);
    bool enough = station->hearings != NULL;
    if (enough && receiver->if_count > 0) {
        if (!isnan(receiver->image_rejection[0]))
            enough = add_responses(station, 1, 1, receiver->image_rejection[0]);
        for (size_t i = 0; enough && i < receiver->response_count; i++) {
            const ali_response *response = &receiver->responses[i];
            enough = add_responses(station, response->p, response->q, response->rejection);
        }
        enough = enough && add_later_images(station);
    }
    return enough ? ALICORN_OK
                  : ali_error_memory(error, most * station->channel_count * sizeof(double),
                                     "spurious responses");
}

/** Noise in the bandwidth, from the noise figure or from sensitivity and required ratio, and the
 * level that the receiver stands. */
static void make_limit(ali_station *station)
{
    const ali_receiver *r = &station->radio->receiver;
    station->has_noise_floor = true;
    if (!isnan(r->noise_figure))
        station->noise_floor = thermal() + ali_to_db(r->bandwidth) + r->noise_figure;
    else if (!isnan(r->required_snr) && !isnan(r->sensitivity_dbm))
        station->noise_floor = r->sensitivity_dbm - r->required_snr;
    else
        station->has_noise_floor = false;

    if (!isnan(r->allowed_inr) && station->has_noise_floor)
        station->limit = station->noise_floor + r->allowed_inr;
    else if (!isnan(r->sensitivity_dbm))
        station->limit = r->sensitivity_dbm - (isnan(r->required_snr) ? 0 : r->required_snr);
    else
        station->limit = station->noise_floor;
}

static alicorn_status make_receiver(ali_station *station, alicorn_error *error)
{
    const ali_receiver *r = &station->radio->receiver;
    double edge = r->bandwidth / 2;
    alicorn_status status =
        ali_curve_create(&r->selectivity, edge, 0, &station->selectivity, error);
    if (status == ALICORN_OK)
        status = ali_curve_create(&r->preselection, 0, 0, &station->preselection, error);
    if (status != ALICORN_OK)
        return status;
    const ali_curve *selectivity = &station->selectivity;
    station->reach = edge;
    station->collected = r->bandwidth;
    if (selectivity->count > 0) {
        station->reach = fmax(edge, selectivity->x[selectivity->count - 1]);
        station->collected = ali_curve_integral(selectivity, -1, -station->reach, station->reach);
    }
    make_limit(station);
    return make_hearings(station, error);
}

static void find_ranges(ali_station *station)
{
    station->transmit_low = station->receive_low = HUGE_VAL;
    station->transmit_high = station->receive_high = -HUGE_VAL;
    for (size_t i = 0; i < station->channel_count; i++) {
        /* fmin and fmax leave NAN out */
        const ali_channel *channel = &station->radio->channels[i];
        station->transmit_low = fmin(station->transmit_low, channel->transmit);
        station->transmit_high = fmax(station->transmit_high, channel->transmit);
        station->receive_low = fmin(station->receive_low, channel->receive);
        station->receive_high = fmax(station->receive_high, channel->receive);
    }
}

alicorn_status ali_station_create(const ali_radio *radio, ali_station *station,
                                  alicorn_error *error)
{
    *station = (ali_station){.radio = radio, .channel_count = radio->channel_count};
    find_ranges(station);
    alicorn_status status = ALICORN_OK;
    if (radio->transmits)
        status = make_transmitter(station, error);
    if (status == ALICORN_OK && radio->receives)
        status = make_receiver(station, error);
    if (status != ALICORN_OK)
        ali_station_clear(station);
    return status;
}

void ali_station_clear(ali_station *station)
{
    for (size_t i = 0; i < station->line_count; i++) {
        free(station->lines[i].frequency);
        free(station->lines[i].level);
    }
    for (size_t i = 0; i < station->hearing_count; i++)
        free(station->hearings[i].frequency);
    free(station->lines);
    free(station->hearings);
    ali_curve_clear(&station->sideband);
    ali_curve_clear(&station->noise);
    ali_curve_clear(&station->tracking);
    ali_curve_clear(&station->selectivity);
    ali_curve_clear(&station->preselection);
    *station = (ali_station){0};
}

/* ---- shares ---- */

double ali_station_window_share(double width, double bandwidth, double offset)
{
    double distance = fabs(offset);
    if (bandwidth == 0)
        return distance <= width / 2;
    double overlap =
        fmin(width / 2, distance + bandwidth / 2) - fmax(-width / 2, distance - bandwidth / 2);
    return fmax(overlap, 0) / bandwidth;
}

double ali_station_line_share(const ali_station *receiver, double bandwidth, double offset)
{
    const ali_curve *selectivity = &receiver->selectivity;
    if (selectivity->count == 0)
        return ali_station_window_share(receiver->radio->receiver.bandwidth, bandwidth, offset);
    double last = selectivity->x[selectivity->count - 1];
    if (bandwidth == 0 || fabs(offset) - bandwidth / 2 >= last)
        return ali_from_db(-ali_curve_at(selectivity, offset));
    return ali_curve_integral(selectivity, -1, offset - bandwidth / 2, offset + bandwidth / 2) /
           bandwidth;
}

double ali_station_sideband_share(const ali_station *transmitter, const ali_curve *density,
                                  const ali_station *receiver, double offset)
{
    if (density->count == 0)
        return 0;
    double edge = transmitter->radio->transmitter.bandwidth / 2;
    double beyond = fmax(edge, density->x[density->count - 1]) + receiver->reach;
    double share;
    if (fabs(offset) >= beyond)
        share = receiver->collected * ali_from_db(density->y[density->count - 1]);
    else
        share = ali_curve_product(density, offset, edge, &receiver->selectivity, -receiver->reach,
                                  receiver->reach);
    return share * ali_from_db(-ali_curve_at(&transmitter->tracking, offset));
}
