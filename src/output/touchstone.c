/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "output/writer.h"

#include <math.h>
#include <stdlib.h>

/* Format: Touchstone File Format Specification, version 1.1 (2002) and 2.0 (2009), IBIS Open Forum.
 */

/** Number pairs that a line of version 1 may hold. */
#define PAIRS_PER_LINE 4

static int by_frequency(const void *a, const void *b)
{
    double left = (*(const alicorn_solve_result *const *)a)->frequency_hz;
    double right = (*(const alicorn_solve_result *const *)b)->frequency_hz;
    return (left > right) - (left < right);
}

/** The task's solves that have ports, sorted by frequency; *solves is the caller's to free. */
static alicorn_status collect(const alicorn_result *result, size_t task,
                              const alicorn_solve_result ***solves, size_t *count,
                              alicorn_error *error)
{
    size_t total = alicorn_result_count(result);
    *count = 0;
    *solves = ali_calloc(total, sizeof **solves);
    if (!*solves)
        return ali_error_memory(error, total * sizeof **solves, "the list of frequencies");
    for (size_t i = 0; i < total; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        /* of ports that are driven in turn every entry has the same S */
        if (solve->task == task && solve->ports.count > 0 && solve->ports.s &&
            solve->driven_port <= 0)
            (*solves)[(*count)++] = solve;
    }
    qsort(*solves, *count, sizeof **solves, by_frequency);
    return ALICORN_OK;
}

/** What the format asks of the data: ports, the same at every frequency, and frequencies that rise.
 */
static alicorn_status check(const alicorn_solve_result *const *solves, size_t count, size_t task,
                            int version, alicorn_error *error)
{
    if (count == 0)
        return ali_error_set(error, ALICORN_E_USAGE, "task %zu has no ports, so no S-parameters",
                             task + 1);
    const alicorn_ports *ports = &solves[0]->ports;
    for (size_t i = 1; i < count; i++) {
        if (solves[i]->ports.count != ports->count)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "the number of ports changes from %zu to %zu at %.15g Hz",
                                 ports->count, solves[i]->ports.count, solves[i]->frequency_hz);
        if (!(solves[i]->frequency_hz > solves[i - 1]->frequency_hz))
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "frequency %.15g Hz occurs twice in task %zu, and a Touchstone "
                                 "file has each frequency once",
                                 solves[i]->frequency_hz, task + 1);
    }
    for (size_t p = 1; version == 1 && p < ports->count; p++)
        if (fabs(ports->z0[p] - ports->z0[0]) > 0)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "ports 1 and %zu have reference impedances of %g and %g ohm; "
                                 "Touchstone 1.1 has one for all, use version 2",
                                 p + 1, ports->z0[0], ports->z0[p]);
    return ALICORN_OK;
}

static void put_comments(FILE *stream, const alicorn_model *model, const alicorn_ports *ports)
{
    fprintf(stream, "! Alicorn %s", alicorn_version());
    if (model->name[0]) {
        fputs(", ", stream);
        ali_put_ascii(stream, model->name);
    }
    fputc('\n', stream);
    for (size_t p = 0; p < ports->count; p++) {
        fprintf(stream, "! Port[%zu] = ", p + 1);
        ali_put_ascii(stream, ports->names[p]);
        fputc('\n', stream);
    }
}

static void put_option_line(FILE *stream, double z0)
{
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "# Hz S RI R %s\n", ali_number_format(text, z0));
}

static void put_version_2_header(FILE *stream, const alicorn_ports *ports, size_t frequency_count)
{
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "[Number of Ports] %zu\n", ports->count);
    if (ports->count == 2)
        fputs("[Two-Port Data Order] 21_12\n", stream);
    fprintf(stream, "[Number of Frequencies] %zu\n[Reference]", frequency_count);
    for (size_t p = 0; p < ports->count; p++)
        fprintf(stream, "%s%s", p > 0 && p % 8 == 0 ? "\n" : " ",
                ali_number_format(text, ports->z0[p]));
    fputs("\n[Matrix Format] Full\n[Network Data]\n", stream);
}

static void put_pair(FILE *stream, alicorn_complex value)
{
    fprintf(stream, " % .9e % .9e", value.re, value.im);
}

/** One frequency. One port: S11. Two ports: S11 S21 S12 S22 on one line. More: row after row, each
 * on new lines of at most four pairs. */
static void put_frequency(FILE *stream, const alicorn_solve_result *solve)
{
    const alicorn_ports *ports = &solve->ports;
    size_t n = ports->count;
    char text[ALI_NUMBER_SIZE];
    fprintf(stream, "%-16s", ali_number_format(text, solve->frequency_hz));
    if (n == 2) {
        static const size_t column_order[4] = {0, 2, 1, 3};
        for (size_t k = 0; k < 4; k++)
            put_pair(stream, ports->s[column_order[k]]);
        fputc('\n', stream);
        return;
    }
    for (size_t row = 0; row < n; row++) {
        for (size_t column = 0; column < n; column++) {
            if (column % PAIRS_PER_LINE == 0 && row + column > 0)
                fprintf(stream, "%s%-16s", column > 0 ? "\n" : "", "");
            put_pair(stream, ports->s[row * n + column]);
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
    const alicorn_solve_result **solves = NULL;
    size_t count = 0;
    status = collect(result, task, &solves, &count, error);
    if (status == ALICORN_OK)
        status = check(solves, count, task, version, error);
    if (status != ALICORN_OK)
        goto cleanup;
    const alicorn_ports *ports = &solves[0]->ports;
    put_comments(stream, model, ports);
    if (version == 2)
        fputs("[Version] 2.0\n", stream);
    put_option_line(stream, ports->z0[0]);
    if (version == 2)
        put_version_2_header(stream, ports, count);
    for (size_t i = 0; i < count; i++)
        put_frequency(stream, solves[i]);
    if (version == 2)
        fputs("[End]\n", stream);
cleanup:
    free(solves);
    return ali_writer_end(&writer, status, error);
}
