/* SPDX-License-Identifier: Apache-2.0 */
#include "study/compressed_plan.h"

#include "basis/places.h"
#include "operator/dipoles.h"

#include <math.h>

/* Fitted to processor times of spheres of 5,000 and 20,000 unknowns, a column with wires and a ship
 * of wires (docs/theory/prediction.md). */

/** Fill of an element in whole blocks and in single rows or columns, over that of one in the mean
 * of a full matrix: a face or a wire element has several functions, which small blocks and single
 * rows have to do without. */
static const double FACE_LISTED = 2.0, FACE_CROSSED = 1.8, WIRE_LISTED = 0.8, WIRE_CROSSED = 0.7;
/** What is near lies in several blocks, in the mean. */
static const double CLOSE_BLOCKS = 2.0;
/** Real operations in the time that a unit of ali_compressed_prediction takes, at the rate of the
 * dense factorisation, whose products are larger and run faster. */
static const double COMPRESS_OPERATIONS = 420.0, FACTOR_OPERATIONS = 185.0;
/** Bytes read from memory in the time that a number of matrix or factor takes in a pass, without
 * columns and for each of them. */
static const double PASS_BYTES = 5.2, COLUMN_BYTES = 1.8;
/** Passes of a solution to the default target, one more than its steps, and of the trial. */
static const double SOLVE_PASSES = 8.0, WAVE_PASSES = 4.0, TRIAL_PASSES = 4.0;
/** Beyond what is held: fragments, and the work of the threads. */
static const double TRANSIENT = 1.03;

static alicorn_status fill_dipoles(void *context, const ali_unknown_list *rows,
                                   const ali_unknown_list *columns, double complex *block,
                                   size_t leading, alicorn_error *error)
{
    (void)error;
    ali_dipoles_fill(context, rows->count, rows->unknown, columns->count, columns->unknown, block,
                     leading);
    return ALICORN_OK;
}

alicorn_status ali_compressed_plan_create(const ali_basis *basis, double k, bool image,
                                          const ali_compressed_options *options,
                                          ali_compressed_plan *plan, alicorn_error *error)
{
    ali_places places;
    ali_dipoles *dipoles = NULL;
    *plan = (ali_compressed_plan){.unknowns = basis->count};
    alicorn_status status = ali_places_create(basis, &places, error);
    if (!status)
        status = ali_dipoles_create(basis, k, image, &dipoles, error);
    if (!status) {
        ali_compressed_geometry geometry = {
            .centre = places.centre, .radius = places.radius, .kind = places.kind, .wavenumber = k};
        ali_list_source source = {.context = dipoles, .fill = fill_dipoles};
        status =
            ali_compressed_predict(basis->count, &geometry, &source, options, &plan->counts, error);
    }
    ali_dipoles_destroy(dipoles);
    ali_places_clear(&places);
    return status;
}

size_t ali_compressed_plan_bytes(const ali_compressed_plan *plan, size_t columns)
{
    return (size_t)(TRANSIENT * (double)plan->counts.bytes) +
           ali_compressed_solve_memory(plan->unknowns, columns > 0 ? columns : 1);
}

/** Seconds of a fill at rates of one kind of pairs: `all` of a full matrix, `close` of them near.
 */
static double fill_time(const ali_compressed_plan *plan, double all, double close, double listed,
                        double crossed, double rate)
{
    double n = (double)plan->unknowns, each = (all - close) / (0.5 * n * (n + 1.0));
    double far = each * (listed * plan->counts.listed + crossed * plan->counts.crossed);
    return (far + CLOSE_BLOCKS * close) / rate;
}

/** One pass of `columns` right-hand sides over matrix and, twice, factor [s]. */
static double pass_time(const ali_compressed_plan *plan, double columns, const alicorn_rates *rates)
{
    double held = (double)plan->counts.bytes / sizeof(float complex);
    double numbers = 2.0 * held - plan->counts.stored;
    const double block = 8.0;
    return numbers * (PASS_BYTES * ceil(columns / block) + COLUMN_BYTES * columns) / rates->memory;
}

ali_stage_times ali_compressed_plan_times(const ali_compressed_plan *plan, const ali_work *work,
                                          const ali_work_request *request,
                                          const alicorn_rates *rates)
{
    double wires = fill_time(plan, work->wire_fill, work->wire_close, WIRE_LISTED, WIRE_CROSSED,
                             rates->wire_pair);
    double faces = fill_time(plan, work->face_fill, work->face_close, FACE_LISTED, FACE_CROSSED,
                             rates->face_pair);
    return (ali_stage_times){
        .fill = work->ground_table / rates->wire_pair + wires + faces +
                COMPRESS_OPERATIONS * plan->counts.squares / rates->factor_single,
        .factor = FACTOR_OPERATIONS * plan->counts.factor_work / rates->factor_single +
                  TRIAL_PASSES * pass_time(plan, 1.0, rates),
        .solve = SOLVE_PASSES * pass_time(plan, (double)request->columns, rates) +
                 WAVE_PASSES * pass_time(plan, ali_work_waves(work, request->waves), rates) +
                 ali_work_answer_time(work, request, rates)};
}
