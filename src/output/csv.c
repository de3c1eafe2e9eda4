/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/pattern_rows.h"
#include "output/writer.h"

#include <math.h>

/* Nine significant digits; a value that does not exist is an empty field. */

static void put_number(FILE *stream, double value)
{
    if (isfinite(value))
        fprintf(stream, "%.9g", value + 0.0);
}

static void put_pattern_row(void *user, const ali_pattern_row *row)
{
    FILE *stream = user;
    for (size_t k = 0; k < ali_pattern_column_count; k++) {
        const ali_pattern_column *column = &ali_pattern_columns[k];
        if (k > 0)
            fputc(',', stream);
        if (column->text)
            fputs(column->text(row), stream);
        else
            put_number(stream, column->value(row));
    }
    fputc('\n', stream);
}

alicorn_status alicorn_write_pattern_csv(const alicorn_result *result, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "pattern CSV", error);
    if (status != ALICORN_OK)
        return status;
    for (size_t k = 0; k < ali_pattern_column_count; k++)
        fprintf(stream, "%s%s", k > 0 ? "," : "", ali_pattern_columns[k].name);
    fputc('\n', stream);
    ali_pattern_rows(result, put_pattern_row, stream);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/** One current with the solve it belongs to. */
typedef struct current_row {
    const alicorn_solve_result *solve;
    const alicorn_segment_current *segment;
} current_row;

/** X(column name, value): the columns of the current CSV, in order. */
#define CURRENT_COLUMNS(X)                                                                         \
    X(task, (double)row->solve->task + 1)                                                          \
    X(frequency_hz, row->solve->frequency_hz)                                                      \
    X(theta_inc_deg, row->solve->driven == 2 ? row->solve->theta_inc_deg : NAN)                    \
    X(phi_inc_deg, row->solve->driven == 2 ? row->solve->phi_inc_deg : NAN)                        \
    X(segment, (double)row->segment->segment)                                                      \
    X(tag, row->segment->tag)                                                                      \
    X(x_m, row->segment->centre[0])                                                                \
    X(y_m, row->segment->centre[1])                                                                \
    X(z_m, row->segment->centre[2])                                                                \
    X(direction_x, row->segment->direction[0])                                                     \
    X(direction_y, row->segment->direction[1])                                                     \
    X(direction_z, row->segment->direction[2])                                                     \
    X(length_m, row->segment->length)                                                              \
    X(radius_m, row->segment->radius)                                                              \
    X(current_re_a, row->segment->current.re)                                                      \
    X(current_im_a, row->segment->current.im)                                                      \
    X(charge_re_c_per_m, row->segment->charge.re)                                                  \
    X(charge_im_c_per_m, row->segment->charge.im)

#define CURRENT_FUNCTION(name, expression)                                                         \
    static double current_##name(const current_row *row)                                           \
    {                                                                                              \
        return expression;                                                                         \
    }
CURRENT_COLUMNS(CURRENT_FUNCTION)
#undef CURRENT_FUNCTION

static const struct {
    const char *name;
    double (*value)(const current_row *row);
} current_columns[] = {
#define CURRENT_ENTRY(name, expression) {#name, current_##name},
    CURRENT_COLUMNS(CURRENT_ENTRY)
#undef CURRENT_ENTRY
};

#define CURRENT_COLUMN_COUNT (sizeof current_columns / sizeof *current_columns)

static void put_current_row(FILE *stream, const current_row *row)
{
    for (size_t k = 0; k < CURRENT_COLUMN_COUNT; k++) {
        if (k > 0)
            fputc(',', stream);
        put_number(stream, current_columns[k].value(row));
    }
    fputc('\n', stream);
}

alicorn_status alicorn_write_current_csv(const alicorn_result *result, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "current CSV", error);
    if (status != ALICORN_OK)
        return status;
    for (size_t k = 0; k < CURRENT_COLUMN_COUNT; k++)
        fprintf(stream, "%s%s", k > 0 ? "," : "", current_columns[k].name);
    fputc('\n', stream);
    size_t count = alicorn_result_count(result);
    for (size_t i = 0; i < count; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        for (size_t k = 0; k < solve->current_count; k++)
            put_current_row(stream, &(current_row){solve, &solve->currents[k]});
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}
