/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/network.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** Ports that a matrix can be made of at all. */
static const size_t PORTS_MAX = (size_t)1 << 20;

static alicorn_status name_ports(alicorn_network *network, const char *const *names,
                                 const double *z0, alicorn_error *error)
{
    for (size_t p = 0; p < network->ports; p++) {
        if (names)
            snprintf(network->names[p], sizeof network->names[p], "%s", names[p]);
        else
            snprintf(network->names[p], sizeof network->names[p], "%zu", p + 1);
        network->z0[p] = z0 ? z0[p] : 50.0;
        if (!(network->z0[p] > 0.0) || !isfinite(network->z0[p]))
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "the reference resistance of port %zu is %g ohm, expected a "
                                 "positive one",
                                 p + 1, network->z0[p]);
    }
    return ALICORN_OK;
}

alicorn_status alicorn_network_create(size_t ports, const char *const *names, const double *z0,
                                      alicorn_network **network, alicorn_error *error)
{
    *network = NULL;
    if (ports < 1 || ports > PORTS_MAX)
        return ali_error_set(error, ALICORN_E_USAGE, "a network of %zu ports, expected 1 … %zu",
                             ports, PORTS_MAX);
    alicorn_network *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "a network");
    made->ports = ports;
    made->names = ali_calloc(ports, sizeof *made->names);
    made->z0 = ali_calloc(ports, sizeof *made->z0);
    alicorn_status status = made->names && made->z0
                                ? name_ports(made, names, z0, error)
                                : ali_error_memory(error, ports * sizeof *made->names, "a network");
    if (status)
        alicorn_network_destroy(made);
    else
        *network = made;
    return status;
}

/** Make room for one more frequency; the arrays grow together. */
static int grow(alicorn_network *network, bool with_error)
{
    if (network->count < network->capacity)
        return 0;
    size_t entries = network->ports * network->ports;
    size_t capacity = network->capacity ? 2 * network->capacity : 16;
    if (capacity > SIZE_MAX / (entries * sizeof *network->s))
        return -1;
    double *frequency = realloc(network->frequency_hz, capacity * sizeof *frequency);
    if (frequency)
        network->frequency_hz = frequency;
    alicorn_complex *s = realloc(network->s, capacity * entries * sizeof *s);
    if (s)
        network->s = s;
    double *s_error =
        with_error ? realloc(network->s_error, capacity * entries * sizeof *s_error) : NULL;
    if (s_error)
        network->s_error = s_error;
    if (!frequency || !s || (with_error && !s_error))
        return -1;
    network->capacity = capacity;
    return 0;
}

static bool is_finite(const alicorn_complex *s, size_t entries)
{
    for (size_t i = 0; i < entries; i++)
        if (!isfinite(s[i].re) || !isfinite(s[i].im))
            return false;
    return true;
}

alicorn_status alicorn_network_append(alicorn_network *network, double frequency_hz,
                                      const alicorn_complex *s, const double *s_error,
                                      alicorn_error *error)
{
    size_t entries = network->ports * network->ports;
    double last = network->count > 0 ? network->frequency_hz[network->count - 1] : -1.0;
    if (!isfinite(frequency_hz) || !(frequency_hz > last) || frequency_hz < 0.0)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%.15g Hz follows %.15g Hz, expected a higher frequency", frequency_hz,
                             last);
    if (!is_finite(s, entries))
        return ali_error_set(error, ALICORN_E_USAGE, "S is not finite at %.15g Hz", frequency_hz);
    if (network->count > 0 && (s_error != NULL) != (network->s_error != NULL))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "errors of S are given at some frequencies only");
    if (grow(network, s_error != NULL))
        return ali_error_memory(error, 2 * (network->count + 1) * entries * sizeof *s, "a network");
    network->frequency_hz[network->count] = frequency_hz;
    memcpy(network->s + network->count * entries, s, entries * sizeof *s);
    if (s_error)
        memcpy(network->s_error + network->count * entries, s_error, entries * sizeof *s_error);
    network->count++;
    return ALICORN_OK;
}

size_t alicorn_network_port(const alicorn_network *network, const char *name)
{
    size_t p = 0;
    while (p < network->ports && strcasecmp(network->names[p], name) != 0)
        p++;
    return p;
}

/** Power out of all ports over that into one, from which on S is in doubt: measured S of good
 * passive N-ports exceed 1 by less. */
#define DOUBTFUL 1.05

int alicorn_network_doubt(const alicorn_network *network, char *text, size_t size)
{
    size_t n = network->ports, worst = 0;
    double most = 0;
    for (size_t at = 0; at < network->count * n; at++) { /* a frequency and a column */
        const alicorn_complex *s = network->s + at / n * n * n + at % n;
        double power = 0;
        for (size_t i = 0; i < n; i++)
            power += s[i * n].re * s[i * n].re + s[i * n].im * s[i * n].im;
        if (power > most) {
            most = power;
            worst = at;
        }
    }
    text[0] = '\0';
    if (most <= DOUBTFUL)
        return 0;
    snprintf(text, size,
             "%.3g W leave the ports for 1 W into port %s at %.6g MHz: is the format (MA, DB, RI) "
             "right?",
             most, network->names[worst % n], network->frequency_hz[worst / n] / 1e6);
    return 1;
}

void alicorn_network_destroy(alicorn_network *network)
{
    if (!network)
        return;
    free(network->names);
    free(network->z0);
    free(network->frequency_hz);
    free(network->s);
    free(network->s_error);
    free(network);
}
