/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/carriers.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>

ali_incidence ali_wire_incidence(const ali_wire_basis *basis, size_t offset)
{
    return (ali_incidence){.offset = offset,
                           .function_count = basis->count + basis->mesh->element_count,
                           .carrier_count = basis->mesh->element_count,
                           .carrier_first = basis->element_first,
                           .terms = basis->terms,
                           .function_first = basis->function_first,
                           .function_carriers = basis->function_elements};
}

void ali_carrier_list_clear(ali_carrier_list *list)
{
    free(list->carriers);
    free(list->index);
    *list = (ali_carrier_list){0};
}

/** The terms of a carrier with first <= function < end. */
static ali_carrier wanted_terms(const ali_incidence *incidence, size_t index, size_t first,
                                size_t end)
{
    size_t from = incidence->carrier_first[index], to = incidence->carrier_first[index + 1];
    while (from < to && incidence->terms[from].function < first)
        from++;
    while (to > from && incidence->terms[to - 1].function >= end)
        to--;
    ali_carrier carrier = {.index = index, .count = to - from, .terms = incidence->terms + from};
    for (size_t i = from; i < to; i++)
        carrier.shapes |= 1u << incidence->terms[i].shape;
    return carrier;
}

/** Mark the carriers of functions first … end - 1 in a bit set; returns how many terms they have at
 * most. */
static size_t mark_carriers(const ali_incidence *incidence, size_t first, size_t end,
                            uint64_t *marks)
{
    size_t from = incidence->function_first[first], to = incidence->function_first[end];
    for (size_t i = from; i < to; i++) {
        size_t carrier = incidence->function_carriers[i];
        marks[carrier / 64] |= UINT64_C(1) << carrier % 64;
    }
    return to - from;
}

int ali_carrier_list_create(const ali_incidence *incidence, size_t from, size_t count,
                            ali_carrier_list *list)
{
    *list = (ali_carrier_list){.first = incidence->offset - from};
    size_t low = incidence->offset, high = low + incidence->function_count;
    size_t first = from > low ? from : low, end = from + count < high ? from + count : high;
    if (first >= end)
        return 0;
    first -= low;
    end -= low;
    size_t words = incidence->carrier_count / 64 + 1;
    uint64_t *marks = ali_calloc(words, sizeof *marks);
    if (!marks)
        return -1;
    size_t most = mark_carriers(incidence, first, end, marks);
    list->carriers = ali_calloc(most, sizeof *list->carriers);
    list->index = ali_calloc(most, sizeof *list->index);
    if (!list->carriers || !list->index) {
        free(marks);
        ali_carrier_list_clear(list);
        return -1;
    }
    for (size_t word = 0; word < words; word++)
        for (uint64_t left = marks[word]; left; left &= left - 1) {
            size_t index = 64 * word + (size_t)__builtin_ctzll(left);
            ali_carrier carrier = wanted_terms(incidence, index, first, end);
            list->shapes |= carrier.shapes;
            list->index[list->count] = index;
            list->carriers[list->count++] = carrier;
        }
    free(marks);
    return 0;
}

int ali_carrier_order(unsigned shapes)
{
    int order = 0;
    for (; shapes; shapes &= shapes - 1) {
        int degree = ali_shape_degree(__builtin_ctz(shapes));
        order = degree > order ? degree : order;
    }
    return order;
}

size_t ali_carrier_find(const ali_carrier_list *list, size_t index)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->index[middle] < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->index[low] == index ? low : SIZE_MAX;
}
