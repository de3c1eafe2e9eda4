/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/network.h"
#include "alicorn/output.h"
#include "base/error.h"
#include "model/model.h"
#include "output/writer.h"

#include <math.h>

/* Format: Touchstone File Format Specification, version 1.1 (2002) and 2.0 (2009), IBIS Open Forum.
 */

/** Number pairs that a line of version 1 may hold. */
#define PAIRS_PER_LINE 4

/** Version 1 has one reference resistance for all ports. */
static alicorn_status check(const alicorn_network *network, int version, alicorn_error *error)
{
    for (size_t p = 1; version == 1 && p < network->ports; p++)
        if (fabs(network->z0[p] - network->z0[0]) > 0)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "ports 1 and %zu have reference impedances of %g and %g ohm; "
                                 "Touchstone 1.1 has one for all, use version 2",
                                 p + 1, network->z0[0], network->z0[p]);
    return ALICORN_OK;
}

static void put_comments(FILE *stream, const alicorn_model *model, const alicorn_network *network)
{
    fprintf(stream, "! Alicorn %s", alicorn_version());
    if (model->name[0]) {
        fputs(", ", stream);
        ali_put_ascii(stream, model->name);
    }
    fputc('\n', stream);
    for (size_t p = 0; p < network->ports; p++) {
        fprintf(stream, "! Port[%zu] = ", p + 1);
        ali_put_ascii(stream, network->names[p]);
        fputc('\n', stream);
    }
}

static void put_option_line(FILE *stream, double z0)
{
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "# Hz S RI R %s\n", ali_number_format(text, z0));
}

static void put_version_2_header(FILE *stream, const alicorn_network *network)
{
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "[Number of Ports] %zu\n", network->ports);
    if (network->ports == 2)
        fputs("[Two-Port Data Order] 21_12\n", stream);
    fprintf(stream, "[Number of Frequencies] %zu\n[Reference]", network->count);
    for (size_t p = 0; p < network->ports; p++)
        fprintf(stream, "%s%s", p > 0 && p % 8 == 0 ? "\n" : " ",
                ali_number_format(text, network->z0[p]));
    fputs("\n[Matrix Format] Full\n[Network Data]\n", stream);
}

static void put_pair(FILE *stream, alicorn_complex value)
{
    fprintf(stream, " % .9e % .9e", value.re, value.im);
}

/** One frequency. One port: S11. Two ports: S11 S21 S12 S22 on one line. More: row after row, each
 * on new lines of at most four pairs. */
static void put_frequency(FILE *stream, const alicorn_network *network, size_t index)
{
    size_t n = network->ports;
    const alicorn_complex *s = network->s + index * n * n;
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "%-16s", ali_number_format(text, network->frequency_hz[index]));
    if (n == 2) {
        static const size_t column_order[4] = {0, 2, 1, 3};
        for (size_t k = 0; k < 4; k++)
            put_pair(stream, s[column_order[k]]);
        fputc('\n', stream);
        return;
    }
    for (size_t row = 0; row < n; row++) {
        for (size_t column = 0; column < n; column++) {
            if (column % PAIRS_PER_LINE == 0 && row + column > 0)
                fprintf(stream, "%s%-16s", column > 0 ? "\n" : "", "");
            put_pair(stream, s[row * n + column]);
        }
        fputc('\n', stream);
    }
}

alicorn_status alicorn_write_touchstone(const alicorn_model *model, const alicorn_result *result,
                                        size_t task, int version, FILE *stream,
                                        alicorn_error *error)
{
    if (version != 1 && version != 2)
        return ali_error_set(error, ALICORN_E_USAGE, "Touchstone version is %d, expected 1 or 2",
                             version);
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "Touchstone file", error);
    if (status != ALICORN_OK)
        return status;
    alicorn_network *network = NULL;
    status = alicorn_network_from_result(result, task, &network, error);
    if (status == ALICORN_OK)
        status = check(network, version, error);
    if (status != ALICORN_OK)
        goto cleanup;
    put_comments(stream, model, network);
    if (version == 2)
        fputs("[Version] 2.0\n", stream);
    put_option_line(stream, network->z0[0]);
    if (version == 2)
        put_version_2_header(stream, network);
    for (size_t i = 0; i < network->count; i++)
        put_frequency(stream, network, i);
    if (version == 2)
        fputs("[End]\n", stream);
cleanup:
    alicorn_network_destroy(network);
    return ali_writer_end(&writer, status, error);
}
