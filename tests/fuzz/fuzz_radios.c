/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a radios file, with Touchstone files out of memory; what is small
 * and has all its S-parameters is analysed, too.
 * Run: fuzz_radios -max_len=3000 -dict=tests/fuzz/radios.dict CORPUS tests/fuzz/radios */
#include "input/radios_reader.h"

#include "base/error.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Analysed are files of at most so many radios, channels of all, and emissions of one. */
enum { RADIOS = 6, CHANNELS = 24, EMISSIONS = 40 };

static void check(int good)
{
    if (!good)
        abort();
}

/** Three ports from 100 to 400 MHz for names in .s3p, two for .s2p, no file of any other name. */
static alicorn_status read_network(void *user, const char *path, alicorn_network **network,
                                   alicorn_error *error)
{
    static const char *const names[] = {"UHF", "AIS", "GNSS"};
    static const alicorn_complex s[9] = {{0.3, 0.1},   {0.01, 0.02}, {1e-3, 0},
                                         {0.01, 0.02}, {-0.2, 0},    {2e-3, 1e-3},
                                         {1e-3, 0},    {2e-3, 1e-3}, {0, 0.4}};
    size_t ports = strstr(path, ".s3p") ? 3 : strstr(path, ".s2p") ? 2 : 0;
    (void)user;
    check(path[0] != '\0');
    *network = NULL;
    if (ports == 0)
        return ali_error_set_at(error, ALICORN_E_INPUT, path, 4, 7, NULL, "there is no number");
    alicorn_status status =
        alicorn_network_create(ports, ports == 3 ? names : NULL, NULL, network, error);
    for (int i = 1; i <= 4 && status == ALICORN_OK; i++)
        status = alicorn_network_append(*network, i * 1e8, s, NULL, error);
    return status;
}

static void count_finding(void *user, const alicorn_diagnostic *finding)
{
    size_t *errors = user;
    *errors += finding->severity == ALICORN_ERROR;
    check(finding->name && finding->message && finding->message[0]);
}

/** Whether all S-parameters are there. */
static int complete(const alicorn_radios *radios)
{
    for (size_t i = 0; i < alicorn_radios_platform_count(radios); i++) {
        check(alicorn_radios_platform(radios, i) != NULL);
        if (alicorn_radios_project(radios, i))
            return 0;
    }
    return 1;
}

static int is_small(const alicorn_radios *radios)
{
    size_t channels = 0, emissions = 0;
    for (size_t i = 0; i < radios->radio_count; i++) {
        const ali_transmitter *transmitter = &radios->radios[i].transmitter;
        channels += radios->radios[i].channel_count;
        emissions += transmitter->harmonic_count + transmitter->spur_count;
    }
    return radios->radio_count <= RADIOS && channels <= CHANNELS && emissions <= EMISSIONS;
}

static void check_result(const alicorn_cosite_result *result)
{
    for (size_t i = 0; i < result->entry_count; i++) {
        const alicorn_cosite_entry *entry = &result->entries[i];
        check(entry->victim < result->radio_count && entry->tone_count >= 1 &&
              entry->tone_count <= 3);
        check(isfinite(entry->margin_db) && isfinite(entry->level_dbm) &&
              isfinite(entry->limit_dbm) && entry->needed_db >= 0);
        check(i == 0 || entry->margin_db <= entry[-1].margin_db);
    }
    for (size_t i = 0; i < result->radio_count * result->radio_count; i++)
        check(!result->cells[i].applies ||
              (result->cells[i].needed_db >= 0 && result->cells[i].availability >= 0 &&
               result->cells[i].availability <= 1));
}

/** What a reader lets pass, the engine takes. */
static void analyse(const alicorn_radios *radios)
{
    alicorn_cosite_options options;
    alicorn_cosite_result *result = NULL;
    alicorn_error error = {0};
    check(ali_radios_check(radios, &error) == ALICORN_OK);
    if (!is_small(radios))
        return;
    alicorn_cosite_options_default(&options);
    options.plan_steps = 200;
    options.samples = 20;
    options.hold = (int)(radios->radio_count % 2);
    alicorn_status status = alicorn_cosite_run(radios, &options, &result, &error);
    check((status == ALICORN_OK) == (result != NULL));
    check(status == ALICORN_OK || error.message[0]);
    if (result)
        check_result(result);
    alicorn_cosite_result_destroy(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ali_radios_files files = {.read_network = read_network};
    size_t errors = 0;
    alicorn_read_options options = {.report = count_finding, .report_user = &errors};
    alicorn_radios *radios;
    alicorn_error error = {0};
    alicorn_status status =
        ali_radios_parse((const char *)data, size, "fuzz.yaml", &options, &files, &radios, &error);
    check((status == ALICORN_OK) == (radios != NULL));
    check(status != ALICORN_OK || errors == 0);
    check(status != ALICORN_E_INPUT || (errors > 0 && error.message[0]));
    if (radios && complete(radios))
        analyse(radios);
    alicorn_radios_destroy(radios);
    return 0;
}
