/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/csv_fields.h"
#include "output/isolation.h"
#include "output/jobs.h"
#include "output/pattern_rows.h"
#include "output/writer.h"

#include <math.h>

static void put_pattern_row(void *user, const ali_pattern_row *row)
{
    FILE *stream = user;
    for (size_t k = 0; k < ali_pattern_column_count; k++) {
        const ali_pattern_column *column = &ali_pattern_columns[k];
        if (k > 0)
            fputc(',', stream);
        if (column->text)
            ali_csv_text(stream, column->text(row));
        else
            ali_csv_number(stream, column->value(row));
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

/** Last field of a row: the port that drives alone. */
static void put_port(FILE *stream, const alicorn_solve_result *solve)
{
    const char *port = ali_driven_port(solve);
    fputc(',', stream);
    ali_csv_text(stream, port ? port : "");
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
        ali_csv_number(stream, current_columns[k].value(row));
    }
    put_port(stream, row->solve);
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
    fputs(",port\n", stream);
    size_t count = alicorn_result_count(result);
    for (size_t i = 0; i < count; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        for (size_t k = 0; k < solve->current_count; k++)
            put_current_row(stream, &(current_row){solve, &solve->currents[k]});
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/** One triangle with the solve it belongs to. */
typedef struct face_row {
    const alicorn_solve_result *solve;
    const alicorn_face_current *face;
} face_row;

/** X(column name, value): the columns of the CSV of triangles that are numbers, in order. */
#define FACE_COLUMNS(X)                                                                            \
    X(task, (double)row->solve->task + 1)                                                          \
    X(frequency_hz, row->solve->frequency_hz)                                                      \
    X(theta_inc_deg, row->solve->driven == 2 ? row->solve->theta_inc_deg : NAN)                    \
    X(phi_inc_deg, row->solve->driven == 2 ? row->solve->phi_inc_deg : NAN)                        \
    X(triangle, (double)row->face->triangle)                                                       \
    X(x_m, row->face->centre[0])                                                                   \
    X(y_m, row->face->centre[1])                                                                   \
    X(z_m, row->face->centre[2])                                                                   \
    X(area_m2, row->face->area)                                                                    \
    X(jx_re_a_per_m, row->face->current[0].re)                                                     \
    X(jx_im_a_per_m, row->face->current[0].im)                                                     \
    X(jy_re_a_per_m, row->face->current[1].re)                                                     \
    X(jy_im_a_per_m, row->face->current[1].im)                                                     \
    X(jz_re_a_per_m, row->face->current[2].re)                                                     \
    X(jz_im_a_per_m, row->face->current[2].im)                                                     \
    X(charge_re_c_per_m2, row->face->charge.re)                                                    \
    X(charge_im_c_per_m2, row->face->charge.im)

#define FACE_FUNCTION(name, expression)                                                            \
    static double face_##name(const face_row *row)                                                 \
    {                                                                                              \
        return expression;                                                                         \
    }
FACE_COLUMNS(FACE_FUNCTION)
#undef FACE_FUNCTION

static const struct {
    const char *name;
    double (*value)(const face_row *row);
} face_columns[] = {
#define FACE_ENTRY(name, expression) {#name, face_##name},
    FACE_COLUMNS(FACE_ENTRY)
#undef FACE_ENTRY
};

#define FACE_COLUMN_COUNT (sizeof face_columns / sizeof *face_columns)

static void put_face_row(FILE *stream, const ali_model *model, const face_row *row)
{
    for (size_t k = 0; k < FACE_COLUMN_COUNT; k++) {
        ali_csv_number(stream, face_columns[k].value(row));
        fputc(',', stream);
    }
    ali_csv_text(stream, ali_job_surface_name(model, row->solve->task, row->face->surface));
    put_port(stream, row->solve);
    fputc('\n', stream);
}

alicorn_status alicorn_write_face_current_csv(const alicorn_model *model,
                                              const alicorn_result *result, FILE *stream,
                                              alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "CSV of surface currents", error);
    if (status != ALICORN_OK)
        return status;
    for (size_t k = 0; k < FACE_COLUMN_COUNT; k++)
        fprintf(stream, "%s,", face_columns[k].name);
    fputs("surface,port\n", stream);
    for (size_t i = 0; i < alicorn_result_count(result) && !ferror(stream); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        for (size_t k = 0; k < solve->face_current_count; k++)
            put_face_row(stream, model, &(face_row){solve, &solve->face_currents[k]});
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}
