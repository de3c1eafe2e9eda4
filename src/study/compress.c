/* SPDX-License-Identifier: Apache-2.0 */
#include "study/compress.h"

#include "basis/places.h"

/** Keep a side of many blocks. */
static alicorn_status prepare(void *context, ali_unknown_list *list, alicorn_error *error)
{
    ali_operator_side *side;
    alicorn_status status =
        ali_operator_side_create(context, list->count, list->unknown, &side, error);
    list->prepared = side;
    return status;
}

static void release(void *context, ali_unknown_list *list)
{
    (void)context;
    ali_operator_side_destroy(list->prepared);
    list->prepared = NULL;
}

/** The list's own side, or one made for this block, which *made then holds too. */
static alicorn_status side_of(const ali_operator *operator, const ali_unknown_list * list,
                              ali_operator_side **made, ali_operator_side **side,
                              alicorn_error *error)
{
    *made = NULL;
    *side = list->prepared;
    if (*side)
        return ALICORN_OK;
    alicorn_status status =
        ali_operator_side_create(operator, list->count, list->unknown, made, error);
    *side = *made;
    return status;
}

static alicorn_status fill(void *context, const ali_unknown_list *rows,
                           const ali_unknown_list *columns, double complex *block, size_t leading,
                           alicorn_error *error)
{
    const ali_operator *operator= context;
    ali_operator_side *row, *column, *made_row, *made_column = NULL;
    alicorn_status status = side_of(operator, rows, &made_row, &row, error);
    if (!status && rows->unknown == columns->unknown && rows->count == columns->count)
        column = row;
    else if (!status)
        status = side_of(operator, columns, &made_column, &column, error);
    if (!status)
        status = ali_operator_fill_sides(operator, row, column, block, leading, error);
    ali_operator_side_destroy(made_row);
    ali_operator_side_destroy(made_column);
    return status;
}

alicorn_status ali_compress(const ali_basis *basis, const ali_operator *operator, double k,
                            const ali_solver_options *options, ali_compressed **solver,
                            alicorn_error *error)
{
    const ali_list_source source = {
        .context = (void *)operator, .fill = fill, .prepare = prepare, .release = release};
    ali_compressed_options own;
    ali_compressed_options_default(&own);
    own.threads = options->threads;
    own.target = ALI_COMPRESSED_TARGET;
    own.memory_limit = options->memory_limit;
    own.progress = options->progress;
    own.progress_user = options->progress_user;
    ali_places places;
    *solver = NULL;
    alicorn_status status = ali_places_create(basis, &places, error);
    if (status)
        return status;
    const ali_compressed_geometry geometry = {
        .centre = places.centre, .radius = places.radius, .kind = places.kind, .wavenumber = k};
    status = ali_compressed_create(basis->count, &geometry, &source, &own, solver, error);
    ali_places_clear(&places);
    return status;
}
