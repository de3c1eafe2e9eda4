/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/rcs.h"

#include "base/constants.h"
#include "model/model.h"
#include "output/csv_fields.h"
#include "output/text_format.h"
#include "output/text_table.h"
#include "output/writer.h"

#include <math.h>

/* ---- CSV ---- */

/** One pair of directions with the solve it belongs to. */
typedef struct rcs_row {
    const alicorn_solve_result *solve;
    const alicorn_rcs *rcs;
} rcs_row;

/** An estimate, nothing if none was made (negative by the convention of result.h). */
static double estimate(double value)
{
    return value < 0.0 ? NAN : value;
}

/** X(column name, value): the columns of the CSV, in order. */
#define RCS_COLUMNS(X)                                                                             \
    X(task, (double)row->solve->task + 1)                                                          \
    X(frequency_hz, row->solve->frequency_hz)                                                      \
    X(theta_inc_deg, row->rcs->theta_inc_deg)                                                      \
    X(phi_inc_deg, row->rcs->phi_inc_deg)                                                          \
    X(theta_deg, row->rcs->theta_deg)                                                              \
    X(phi_deg, row->rcs->phi_deg)                                                                  \
    X(vv_dbsm, row->rcs->vv_dbsm)                                                                  \
    X(hv_dbsm, row->rcs->hv_dbsm)                                                                  \
    X(vh_dbsm, row->rcs->vh_dbsm)                                                                  \
    X(hh_dbsm, row->rcs->hh_dbsm)                                                                  \
    X(vv_error_db, estimate(row->rcs->vv_error_db))                                                \
    X(hv_error_db, estimate(row->rcs->hv_error_db))                                                \
    X(vh_error_db, estimate(row->rcs->vh_error_db))                                                \
    X(hh_error_db, estimate(row->rcs->hh_error_db))

#define RCS_FUNCTION(name, expression)                                                             \
    static double rcs_##name(const rcs_row *row)                                                   \
    {                                                                                              \
        return expression;                                                                         \
    }
RCS_COLUMNS(RCS_FUNCTION)
#undef RCS_FUNCTION

static const struct {
    const char *name;
    double (*value)(const rcs_row *row);
} rcs_columns[] = {
#define RCS_ENTRY(name, expression) {#name, rcs_##name},
    RCS_COLUMNS(RCS_ENTRY)
#undef RCS_ENTRY
};

enum { RCS_COLUMN_COUNT = sizeof rcs_columns / sizeof *rcs_columns };

alicorn_status alicorn_write_rcs_csv(const alicorn_result *result, FILE *stream,
                                     alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "RCS CSV", error);
    if (status != ALICORN_OK)
        return status;
    for (size_t k = 0; k < RCS_COLUMN_COUNT; k++)
        fprintf(stream, "%s%s", k > 0 ? "," : "", rcs_columns[k].name);
    fputc('\n', stream);
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        for (size_t j = 0; j < solve->rcs_count && !ferror(stream); j++)
            for (size_t k = 0; k < RCS_COLUMN_COUNT; k++) {
                ali_csv_number(stream, rcs_columns[k].value(&(rcs_row){solve, &solve->rcs[j]}));
                fputc(k + 1 < RCS_COLUMN_COUNT ? ',' : '\n', stream);
            }
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/* ---- table ---- */

enum { ANGLE_WIDTH = 9, VALUE_WIDTH = 9, ERROR_WIDTH = 8 };

/** Text flush right in `width` columns of the terminal. */
static void put_right(FILE *stream, int width, const char *text)
{
    fprintf(stream, "%*s%s", width - (int)ali_text_columns(text), "", text);
}

static bool is_monostatic(const alicorn_rcs *rcs)
{
    return rcs->theta_deg == rcs->theta_inc_deg && rcs->phi_deg == rcs->phi_inc_deg;
}

static bool all_monostatic(const alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->rcs_count; i++)
        if (!is_monostatic(&solve->rcs[i]))
            return false;
    return true;
}

static void put_header(FILE *stream, bool monostatic)
{
    static const char *const angles[] = {"θ [°]", "φ [°]", "to θ", "to φ"};
    static const char *const values[] = {"VV", "HH", "HV", "VH"};
    for (size_t i = 0; i < (monostatic ? 2 : 4); i++)
        put_right(stream, ANGLE_WIDTH, angles[i]);
    for (size_t i = 0; i < 4; i++) {
        put_right(stream, VALUE_WIDTH, values[i]);
        fprintf(stream, "%*s", ERROR_WIDTH, "");
    }
    fputc('\n', stream);
}

/** A cross-section with its error bar. */
static void put_value(FILE *stream, double dbsm, double error_db)
{
    char text[ALI_TEXT_SIZE], bar[ALI_TEXT_SIZE] = "";
    put_right(stream, VALUE_WIDTH, ali_text_decimal(text, dbsm, 2));
    if (error_db >= 0.0 && isfinite(dbsm))
        snprintf(bar, sizeof bar, error_db < 10.0 ? " ± %.2f" : " ± %.0f", error_db);
    fprintf(stream, "%s%*s", bar, ERROR_WIDTH - (int)ali_text_columns(bar), "");
}

static void put_row(FILE *stream, const alicorn_rcs *rcs, bool monostatic)
{
    const double angles[] = {rcs->theta_inc_deg, rcs->phi_inc_deg, rcs->theta_deg, rcs->phi_deg};
    char text[ALI_TEXT_SIZE];
    for (size_t i = 0; i < (monostatic ? 2 : 4); i++)
        put_right(stream, ANGLE_WIDTH, ali_text_decimal(text, angles[i], 2));
    put_value(stream, rcs->vv_dbsm, rcs->vv_error_db);
    put_value(stream, rcs->hh_dbsm, rcs->hh_error_db);
    put_value(stream, rcs->hv_dbsm, rcs->hv_error_db);
    put_value(stream, rcs->vh_dbsm, rcs->vh_error_db);
    fputc('\n', stream);
}

static void put_solve(FILE *stream, const alicorn_solve_result *solve)
{
    char text[ALI_TEXT_SIZE];
    bool monostatic = all_monostatic(solve);
    fprintf(stream, "\n%s, wavelength %.4g m: %s radar cross-section [dBsm]\n",
            ali_text_frequency(text, solve->frequency_hz), ALI_C0 / solve->frequency_hz,
            monostatic ? "monostatic" : "bistatic");
    put_header(stream, monostatic);
    for (size_t i = 0; i < solve->rcs_count && !ferror(stream); i++)
        put_row(stream, &solve->rcs[i], monostatic);
}

alicorn_status alicorn_write_rcs(const alicorn_model *model, const alicorn_result *result,
                                 FILE *stream, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "RCS table", error);
    if (status != ALICORN_OK)
        return status;
    fprintf(stream, "%s\n", model->name);
    for (size_t i = 0; i < alicorn_result_count(result); i++)
        put_solve(stream, alicorn_result_solve(result, i));
    return ali_writer_end(&writer, ALICORN_OK, error);
}
