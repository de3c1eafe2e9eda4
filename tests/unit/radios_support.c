/* SPDX-License-Identifier: Apache-2.0 */
#include "radios_support.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static alicorn_status read_network(void *user, const char *path, alicorn_network **network,
                                   alicorn_error *error)
{
    static const char *const names[] = {"UHF-1", "AIS", "GNSS"};
    const alicorn_complex s[9] = {{strstr(path, "loud") ? 10 : 0, 0}};
    size_t ports = strstr(path, ".s3p") ? 3 : strstr(path, ".s2p") ? 2 : 0;
    (void)user;
    *network = NULL;
    if (strstr(path, "bad"))
        return ali_error_set_at(error, ALICORN_E_INPUT, path, 4, 7, NULL, "x is no number");
    if (ports == 0)
        return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "there is no such file");
    alicorn_status status =
        alicorn_network_create(ports, ports == 3 ? names : NULL, NULL, network, error);
    for (int i = 1; i <= 4 && status == ALICORN_OK; i += 3)
        status = alicorn_network_append(*network, i * 1e8, s, NULL, error);
    return status;
}

const ali_radios_files test_files = {.read_network = read_network};

alicorn_radios *read_good(const char *text, char *notes)
{
    alicorn_read_options options = {.report = collect_notes, .report_user = notes};
    alicorn_radios *radios = NULL;
    alicorn_error error = {0};
    if (notes)
        notes[0] = '\0';
    alicorn_status status = ali_radios_parse(text, strlen(text), "some/where/r.yaml", &options,
                                             &test_files, &radios, &error);
    if (status != ALICORN_OK)
        print_message("%d:%d: %s\n", error.line, error.column, error.message);
    assert_int_equal(status, ALICORN_OK);
    assert_non_null(radios);
    return radios;
}

const char *read_bad(const char *text)
{
    static char errors[ERRORS_SIZE];
    alicorn_read_options options = {.report = collect_errors, .report_user = errors};
    alicorn_radios *radios = NULL;
    alicorn_error error = {0};
    errors[0] = '\0';
    alicorn_status status =
        ali_radios_parse(text, strlen(text), "test.yaml", &options, &test_files, &radios, &error);
    assert_int_equal(status, ALICORN_E_INPUT);
    assert_null(radios);
    assert_string_equal(error.file, "test.yaml");
    return errors;
}
