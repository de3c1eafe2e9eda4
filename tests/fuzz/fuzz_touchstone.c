/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a Touchstone file of two ports, of four, and of those that version
 * 2 names. Run: fuzz_touchstone -max_len=4000 -dict=tests/fuzz/touchstone.dict CORPUS */
#include "alicorn/network.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What everything behind the reader relies on. */
static void check_network(const alicorn_network *network)
{
    size_t entries = network->ports * network->ports;
    if (network->ports == 0 || network->count == 0)
        abort();
    for (size_t p = 0; p < network->ports; p++)
        if (!(network->z0[p] > 0.0) || !isfinite(network->z0[p]) || !network->names[p][0])
            abort();
    for (size_t f = 0; f < network->count; f++)
        if (!isfinite(network->frequency_hz[f]) || network->frequency_hz[f] < 0.0 ||
            (f > 0 && network->frequency_hz[f] <= network->frequency_hz[f - 1]))
            abort();
    for (size_t i = 0; i < network->count * entries; i++)
        if (!isfinite(network->s[i].re) || !isfinite(network->s[i].im))
            abort();
    alicorn_complex *s = malloc(entries * sizeof *s);
    double middle =
        0.5 * network->frequency_hz[0] + 0.5 * network->frequency_hz[network->count - 1];
    if (!s || alicorn_network_at(network, middle, s, NULL))
        abort();
    free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"fuzz.s2p", "fuzz.s4p", "fuzz.ts"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        alicorn_network *network = NULL;
        alicorn_error error = {0};
        alicorn_status status =
            alicorn_network_parse((const char *)data, size, names[i], &network, &error);
        if (status == ALICORN_OK)
            check_network(network);
        else if ((status != ALICORN_E_INPUT && status != ALICORN_E_MEMORY) || network ||
                 error.message[0] == '\0')
            abort();
        alicorn_network_destroy(network);
    }
    return 0;
}
