/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/wire_side.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>

static void clear_vectors(ali_wire_vectors *vectors)
{
    ali_moment_batch_destroy(vectors->batch);
    free(vectors->group_shapes);
    free(vectors->value);
    ali_pair_factors_clear(&vectors->factors);
    ali_ground_moments_clear(&vectors->ground);
    free(vectors->gather);
    free(vectors->extra);
    free(vectors->sum);
    *vectors = (ali_wire_vectors){0};
}

void ali_wire_side_destroy(ali_wire_side *side)
{
    if (!side)
        return;
    clear_vectors(&side->vectors);
    ali_carrier_list_clear(&side->elements);
    free(side->loads);
    free(side);
}

/* ---- loads ---- */

static int compare_loads(const void *a, const void *b)
{
    const ali_load_term *x = a, *y = b;
    if (x->load != y->load)
        return x->load < y->load ? -1 : 1;
    return (x->function > y->function) - (x->function < y->function);
}

/** Find the loads on the functions of the side. */
static int list_loads(ali_wire_side *side, const ali_selection *selection, size_t offset)
{
    ali_load_map map = ali_wire_operator_get_loads(side->operator);
    size_t count = 0;
    if (map.count == 0)
        return 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && !(side->loads = ali_calloc(count, sizeof *side->loads)))
            return -1;
        for (size_t i = 0; i < side->functions; i++) {
            size_t place = side->first + i;
            size_t f = (selection->list ? selection->list[place] : selection->first + place);
            f -= offset;
            if (f >= map.count)
                continue;
            if (pass == 0)
                count += map.first[f + 1] - map.first[f];
            for (size_t t = map.first[f]; t < map.first[f + 1] && pass == 1; t++)
                side->loads[side->load_count++] =
                    (ali_load_term){map.terms[t].load, i, map.terms[t].weight};
        }
    }
    if (count > 1)
        qsort(side->loads, count, sizeof *side->loads, compare_loads);
    return 0;
}

alicorn_status ali_wire_side_create(const ali_wire_operator *operator,
                                    const ali_selection * selection, size_t offset,
                                    ali_wire_side **side, alicorn_error *error)
{
    const ali_wire_basis *basis = ali_wire_operator_get_setup(operator)->basis;
    ali_incidence incidence = ali_wire_incidence(basis, offset);
    ali_wire_side *made = calloc(1, sizeof *made);
    *side = NULL;
    if (made) {
        made->operator= operator;
        ali_selection_span(&incidence, selection, &made->first, &made->functions);
    }
    if (!made || ali_carrier_list_create(&incidence, selection, &made->elements) ||
        list_loads(made, selection, offset)) {
        ali_wire_side_destroy(made);
        return ali_error_memory(error, selection->count * sizeof(ali_carrier),
                                "a block of the matrix");
    }
    made->elements.first -= made->first;
    *side = made;
    return ALICORN_OK;
}

/* ---- vectors ---- */

/** Say for every function which values make it up. */
static int list_terms(const ali_wire_side *side, ali_wire_vectors *vectors)
{
    const ali_carrier_list *list = &side->elements;
    size_t total = 0, zero = vectors->stride - 1, places = vectors->batch->places;
    for (size_t i = 0; i < list->count; i++)
        total += list->carriers[i].count;
    unsigned char *number = ali_calloc(side->functions, sizeof *number);
    vectors->gather = ali_calloc(side->functions, sizeof *vectors->gather);
    vectors->extra = ali_calloc(total, sizeof *vectors->extra);
    if (number && vectors->gather && vectors->extra) {
        for (size_t m = 0; m < side->functions; m++)
            vectors->gather[m].index[0] = vectors->gather[m].index[1] = zero;
        for (size_t i = 0; i < list->count; i++)
            for (size_t t = 0; t < list->carriers[i].count; t++) {
                const ali_term *term = &list->carriers[i].terms[t];
                size_t m = term->function + list->first;
                size_t index = vectors->slot[term->shape] * places + vectors->batch->place[i];
                if (number[m] < 2) {
                    vectors->gather[m].index[number[m]] = index;
                    vectors->gather[m].weight[number[m]++] = term->weight;
                } else {
                    vectors->extra[vectors->extra_count++] =
                        (ali_wire_extra){m, index, term->weight};
                }
            }
    }
    free(number);
    return number && vectors->gather && vectors->extra ? 0 : -1;
}

static void find_group_shapes(const ali_carrier_list *list, ali_wire_vectors *vectors)
{
    const ali_moment_batch *batch = vectors->batch;
    for (size_t i = 0; i < list->count; i++)
        for (size_t g = 0; g < batch->group_count; g++)
            if (batch->place[i] - batch->groups[g].first < batch->groups[g].count)
                vectors->group_shapes[g] |= list->carriers[i].shapes;
}

static alicorn_status make_batch(const ali_wire_side *side, unsigned shapes,
                                 ali_moment_batch **batch, alicorn_error *error)
{
    const ali_carrier_list *list = &side->elements;
    unsigned char *orders = ali_calloc(list->count, sizeof *orders);
    if (!orders)
        return ali_error_memory(error, list->count, "a block of the matrix");
    for (size_t i = 0; i < list->count; i++)
        orders[i] = (unsigned char)ali_carrier_order(list->carriers[i].shapes);
    alicorn_status status = ali_moment_batch_create(
        ali_wire_operator_get_source(side->operator), ALI_MOMENT_FULL, list->count, list->index,
        orders, ali_carrier_order(shapes), batch, error);
    free(orders);
    return status;
}

alicorn_status ali_wire_side_vectorize(ali_wire_side *side, unsigned shapes, alicorn_error *error)
{
    ali_wire_vectors *vectors = &side->vectors;
    if (vectors->others != 0 && (shapes & ~vectors->others) == 0)
        return ALICORN_OK;
    if (vectors->others != 0) /* it is asked for again, by other functions: be ready for all */
        shapes |= vectors->others | ali_wire_operator_get_shapes(side->operator);
    clear_vectors(vectors);
    alicorn_status status = make_batch(side, shapes, &vectors->batch, error);
    if (status)
        return status;
    size_t places = vectors->batch->places, other_slots = 0;
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++) {
        if (side->elements.shapes & 1u << shape)
            vectors->slot[shape] = vectors->slots++;
        if (shapes & 1u << shape)
            vectors->other_slot[shape] = other_slots++;
    }
    vectors->stride = vectors->slots * places + 1;
    vectors->group_shapes = ali_calloc(vectors->batch->group_count, sizeof *vectors->group_shapes);
    vectors->value = ali_calloc_aligned(other_slots * vectors->stride, sizeof *vectors->value);
    vectors->sum = ali_calloc_aligned(side->functions, sizeof *vectors->sum);
    if (!vectors->group_shapes || !vectors->value || !vectors->sum ||
        ali_pair_factors_create(vectors->batch, &vectors->factors) ||
        (ali_wire_operator_get_setup(side->operator)->ground == ALI_GROUND_SOMMERFELD &&
         ali_ground_moments_create(vectors->batch, ali_carrier_order(shapes), &vectors->ground)) ||
        list_terms(side, vectors)) {
        size_t bytes = other_slots * vectors->stride * sizeof *vectors->value;
        clear_vectors(vectors);
        return ali_error_memory(error, bytes, "a block of the matrix");
    }
    find_group_shapes(&side->elements, vectors);
    vectors->others = shapes;
    return ALICORN_OK;
}
