/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/chain.h"

#include "alicorn/network.h"
#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"
#include "network/convert.h"
#include "network/interpolate.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- S at one frequency ---- */

/** Steps this many times the median are gaps between bands, which are not interpolated. */
#define GAP 10.0

static int ascending(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/** Median step of the frequencies, or of their logarithms. */
static alicorn_status median_step(const alicorn_network *network, bool logarithmic, double *median,
                                  alicorn_error *error)
{
    *median = HUGE_VAL;
    if (!network || network->count < 3)
        return ALICORN_OK;
    size_t count = network->count - 1;
    double *steps = ali_calloc(count, sizeof *steps);
    if (!steps)
        return ali_error_memory(error, count * sizeof *steps, "frequencies");
    const double *f = network->frequency_hz;
    for (size_t i = 0; i < count; i++)
        steps[i] = logarithmic ? log(f[i + 1] / f[i]) : f[i + 1] - f[i];
    qsort(steps, count, sizeof *steps, ascending);
    *median = steps[count / 2];
    free(steps);
    return ALICORN_OK;
}

/** Whether f, within the range, lies in a gap between two bands. */
static bool in_gap(const alicorn_network *network, const double step[2], double f)
{
    size_t low = ali_network_below(network, f);
    if (low + 1 == network->count)
        return false;
    double below = network->frequency_hz[low], above = network->frequency_hz[low + 1];
    return f > below && f < above && above - below > GAP * step[0] &&
           log(above / below) > GAP * step[1];
}

alicorn_status ali_networks_at_create(const alicorn_radios *radios, bool hold,
                                      ali_networks_at *networks, alicorn_error *error)
{
    size_t count = radios->network_count, bytes = 0;
    *networks = (ali_networks_at){.radios = radios,
                                  .hold = hold,
                                  .frequency = ali_calloc(count, sizeof *networks->frequency),
                                  .state = ali_calloc(count, sizeof *networks->state),
                                  .s = ali_calloc(count, sizeof *networks->s),
                                  .step = ali_calloc(count, sizeof *networks->step)};
    bool enough = networks->frequency && networks->state && networks->s && networks->step;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; enough && i < count; i++) {
        const alicorn_network *network = radios->networks[i].network;
        size_t ports = network ? network->ports : 0;
        networks->frequency[i] = NAN;
        networks->s[i] = ali_calloc(ports * ports, sizeof **networks->s);
        enough = networks->s[i] != NULL;
        bytes += ports * ports * sizeof **networks->s;
    }
    if (!enough)
        status = ali_error_memory(error, bytes, "S of the platforms");
    for (size_t i = 0; i < 2 * count && status == ALICORN_OK; i++)
        status = median_step(radios->networks[i / 2].network, i % 2, &networks->step[i / 2][i % 2],
                             error);
    if (status != ALICORN_OK)
        ali_networks_at_clear(networks);
    return status;
}

void ali_networks_at_clear(ali_networks_at *networks)
{
    for (size_t i = 0; networks->s && i < networks->radios->network_count; i++)
        free(networks->s[i]);
    free(networks->frequency);
    free(networks->state);
    free(networks->s);
    free(networks->step);
    *networks = (ali_networks_at){0};
}

alicorn_status ali_networks_at_s(ali_networks_at *networks, size_t network, double frequency,
                                 const alicorn_complex **s, ali_knowledge *state,
                                 alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    const alicorn_network *from = networks->radios->networks[network].network;
    if (networks->frequency[network] != frequency) {
        double at = frequency;
        ali_knowledge known = ALI_KNOWN;
        if (!from || from->count == 0)
            known = ALI_UNKNOWN;
        else if (at < from->frequency_hz[0] || at > from->frequency_hz[from->count - 1]) {
            known = networks->hold ? ALI_ASSUMED : ALI_UNKNOWN;
            at = fmin(fmax(at, from->frequency_hz[0]), from->frequency_hz[from->count - 1]);
        }
        if (known == ALI_KNOWN && in_gap(from, networks->step[network], at))
            known = networks->hold ? ALI_ASSUMED : ALI_UNKNOWN;
        if (known != ALI_UNKNOWN)
            status = alicorn_network_at(from, at, networks->s[network], error);
        networks->frequency[network] = status == ALICORN_OK ? frequency : NAN;
        networks->state[network] = known;
    }
    *s = networks->s[network];
    *state = networks->state[network];
    return status;
}

/* ---- ways ---- */

ali_way ali_way_begin(void)
{
    return (ali_way){.state = ALI_KNOWN};
}

static void worsen(ali_way *way, ali_knowledge state)
{
    if (state > way->state)
        way->state = state;
}

/** Append a two-port to the open section, of equal reference between them. */
static void join(ali_way *way, const double complex s[4])
{
    /* the cascade's two-port has its port 2 at the section's end */
    const double complex turned[4] = {s[3], s[2], s[1], s[0]};
    if (ali_network_cascade(2, 1, turned, way->s, NULL) != ALICORN_OK)
        worsen(way, ALI_UNKNOWN);
}

void ali_way_add(ali_way *way, const double complex s[4], double z0_first, double z0_second)
{
    if (!way->open) {
        memcpy(way->s, s, sizeof way->s);
        way->z0[0] = z0_first;
        way->open = true;
    } else {
        if (way->z0[1] != z0_first) {
            double step = (z0_first - way->z0[1]) / (z0_first + way->z0[1]);
            double through = sqrt(1 - step * step);
            join(way, (double complex[4]){step, through, through, -step});
        }
        join(way, s);
    }
    way->z0[1] = z0_second;
}

/** Gain of the open section [dB]. */
static double section_gain(const ali_way *way)
{
    return way->open ? 2 * ALI_DECIBEL * log(cabs(way->s[2])) : 0;
}

void ali_way_lose(ali_way *way, double loss)
{
    way->gain += section_gain(way) - loss;
    way->open = false;
}

double ali_way_gain(const ali_way *way)
{
    return way->gain + section_gain(way);
}

/* ---- elements ---- */

double ali_profile_at(const ali_profile *profile, double frequency, bool *known)
{
    size_t count = profile->count;
    *known = count == 1 ||
             (count > 1 && frequency >= profile->x[0] && frequency <= profile->x[count - 1]);
    if (count == 0)
        return 0;
    size_t next = 0;
    while (next < count && profile->x[next] <= frequency)
        next++;
    if (next == 0 || next == count)
        return profile->y[next == 0 ? 0 : count - 1];
    double share = (frequency - profile->x[next - 1]) / (profile->x[next] - profile->x[next - 1]);
    return profile->y[next - 1] + share * (profile->y[next] - profile->y[next - 1]);
}

/** Frequency of the low-pass prototype that a filter's frequency stands for; its edge is at 1. */
static double prototype_frequency(const ali_filter *filter, double frequency)
{
    double centre = sqrt(filter->low * filter->high), width = filter->high - filter->low;
    double detuning = fabs(frequency * frequency - centre * centre);
    switch (filter->shape) {
    case ALI_FILTER_LOW_PASS:
        return frequency / filter->high;
    case ALI_FILTER_HIGH_PASS:
        return filter->low / frequency;
    case ALI_FILTER_BAND_PASS:
        return detuning / (width * frequency);
    case ALI_FILTER_BAND_STOP:
        return detuning > 0 ? width * frequency / detuning : HUGE_VAL;
    case ALI_FILTER_LISTED:
        break;
    }
    return 0;
}

double ali_filter_loss(const ali_filter *filter, double frequency, bool *known)
{
    *known = true;
    if (filter->shape == ALI_FILTER_LISTED)
        return ali_profile_at(&filter->listed, frequency, known);
    double omega = prototype_frequency(filter, frequency);
    double rejection;
    if (filter->ripple > 0) {
        double ripple = ali_from_db(filter->ripple) - 1;
        double wave = omega <= 1 ? cos(filter->order * acos(omega))
                                 : cosh(fmin(filter->order * acosh(omega), 300));
        rejection = ALI_DECIBEL * log1p(ripple * wave * wave);
    } else {
        double power = fmin(2 * filter->order * log(omega), 600);
        rejection = ALI_DECIBEL * log1p(exp(power));
    }
    if (rejection > filter->ultimate) /* not if it is NAN */
        rejection = filter->ultimate;
    return rejection + filter->loss;
}

/** Loss of a cable [dB]. */
static double cable_loss(const ali_chain_element *cable, double frequency)
{
    const ali_profile *loss = &cable->cable;
    bool known;
    double per_metre = ali_profile_at(loss, frequency, &known);
    size_t last = loss->count - 1;
    if (loss->count == 1 || frequency < loss->x[0])
        per_metre *= sqrt(frequency / loss->x[0]);
    else if (frequency > loss->x[last])
        per_metre *= sqrt(frequency / loss->x[last]);
    return per_metre * cable->length;
}

/** S of a two-port's network as seen in the direction of the way. */
static alicorn_status add_network(ali_way *way, const ali_chain_element *element, bool turned,
                                  double frequency, ali_networks_at *networks, alicorn_error *error)
{
    const alicorn_complex *s;
    ali_knowledge state;
    alicorn_status status =
        ali_networks_at_s(networks, element->network, frequency, &s, &state, error);
    if (status != ALICORN_OK)
        return status;
    worsen(way, state);
    if (state == ALI_UNKNOWN)
        return ALICORN_OK;
    const double *z0 = networks->radios->networks[element->network].network->z0;
    double complex seen[4];
    for (size_t i = 0; i < 4; i++) {
        size_t from = turned ? 3 - i : i;
        seen[i] = CMPLX(s[from].re, s[from].im);
    }
    ali_way_add(way, seen, z0[turned], z0[!turned]);
    return ALICORN_OK;
}

static alicorn_status add_element(ali_way *way, const ali_chain_element *element, bool inward,
                                  double frequency, ali_networks_at *networks, alicorn_error *error)
{
    bool known = true;
    switch (element->kind) {
    case ALI_CHAIN_NETWORK:
        return add_network(way, element, inward != element->reversed, frequency, networks, error);
    case ALI_CHAIN_ATTENUATOR:
        ali_way_lose(way, element->loss);
        break;
    case ALI_CHAIN_CABLE:
        ali_way_lose(way, cable_loss(element, frequency));
        break;
    case ALI_CHAIN_FILTER:
        ali_way_lose(way, ali_filter_loss(&element->filter, frequency, &known));
        break;
    case ALI_CHAIN_ISOLATOR:
        ali_way_lose(way, inward == element->reversed ? element->loss : element->isolation);
        break;
    }
    if (!known)
        worsen(way, networks->hold ? ALI_ASSUMED : ALI_UNKNOWN);
    return ALICORN_OK;
}

alicorn_status ali_way_add_chain(ali_way *way, const ali_chain *chain, bool inward,
                                 double frequency, ali_networks_at *networks, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < chain->count && status == ALICORN_OK && way->state != ALI_UNKNOWN; i++) {
        size_t at = inward ? chain->count - 1 - i : i;
        status = add_element(way, &chain->elements[at], inward, frequency, networks, error);
    }
    return status;
}
