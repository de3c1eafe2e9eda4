/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/carriers.h"

#include "base/memory.h"

#include <assert.h>
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

ali_incidence ali_face_incidence(const ali_surface_basis *basis)
{
    return (ali_incidence){.offset = 0,
                           .function_count = basis->function_count,
                           .carrier_count = basis->mesh->face_count,
                           .carrier_first = basis->face_first,
                           .terms = basis->terms,
                           .function_first = basis->function_first,
                           .function_carriers = basis->function_faces};
}

void ali_carrier_list_clear(ali_carrier_list *list)
{
    free(list->carriers);
    free(list->index);
    free(list->terms);
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

static int allocate(size_t most, ali_carrier_list *list)
{
    list->carriers = ali_calloc(most, sizeof *list->carriers);
    list->index = ali_calloc(most, sizeof *list->index);
    return list->carriers && list->index ? 0 : -1;
}

static void append(ali_carrier_list *list, ali_carrier carrier)
{
    list->shapes |= carrier.shapes;
    list->index[list->count] = carrier.index;
    list->carriers[list->count++] = carrier;
}

/** Those of the incidence's functions first … end - 1. */
static int list_range(const ali_incidence *incidence, size_t first, size_t end,
                      ali_carrier_list *list)
{
    size_t words = incidence->carrier_count / 64 + 1;
    uint64_t *marks = ali_calloc(words, sizeof *marks);
    if (!marks)
        return -1;
    int failed = allocate(mark_carriers(incidence, first, end, marks), list);
    for (size_t word = 0; word < words && !failed; word++)
        for (uint64_t left = marks[word]; left; left &= left - 1) {
            size_t index = 64 * word + (size_t)__builtin_ctzll(left);
            append(list, wanted_terms(incidence, index, first, end));
        }
    free(marks);
    return failed;
}

/** That a function, by its place in a list, lives on a carrier: carrier 2^32 + place, so that
 * meetings sort as numbers. */
typedef uint64_t meeting;

static meeting make_meeting(size_t carrier, size_t place)
{
    assert(carrier <= UINT32_MAX && place <= UINT32_MAX);
    return (meeting)carrier << 32 | place;
}

static size_t carrier_of(meeting m)
{
    return (size_t)(m >> 32);
}

static size_t place_of(meeting m)
{
    return (size_t)(m & UINT32_MAX);
}

/** Merge two runs of ascending meetings. */
static void merge(const meeting *a, const meeting *a_end, const meeting *b, const meeting *b_end,
                  meeting *to)
{
    while (a < a_end && b < b_end)
        *to++ = *b < *a ? *b++ : *a++;
    while (a < a_end)
        *to++ = *a++;
    while (b < b_end)
        *to++ = *b++;
}

/** Sort ascending, from runs of one on, without a call per comparison: lists are sorted for every
 * block. Returns where they are: in the one or the other array, both of that many. */
static meeting *sort_meetings(size_t count, meeting *from, meeting *to)
{
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t first = 0; first < count; first += 2 * run) {
            size_t middle = first + run < count ? first + run : count;
            size_t end = middle + run < count ? middle + run : count;
            merge(from + first, from + middle, from + middle, from + end, to + first);
        }
        meeting *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/** First of a carrier's terms of a function; returns how many there are. */
static size_t find_terms(const ali_incidence *incidence, size_t carrier, size_t function,
                         const ali_term **terms)
{
    size_t low = incidence->carrier_first[carrier], end = incidence->carrier_first[carrier + 1];
    while (low < end && incidence->terms[low].function < function)
        low++;
    size_t last = low;
    while (last < end && incidence->terms[last].function == function)
        last++;
    *terms = incidence->terms + low;
    return last - low;
}

/** Number of a selected function in the incidence, or SIZE_MAX if it is another's. */
static size_t number_of(const ali_incidence *incidence, size_t unknown)
{
    size_t function = unknown - incidence->offset;
    return function < incidence->function_count ? function : SIZE_MAX;
}

/** All pairs of a listed function and a carrier; returns their number, and sets that of their terms
 * at most. */
static size_t list_meetings(const ali_incidence *incidence, const ali_selection *selection,
                            meeting *meetings, size_t *terms)
{
    size_t count = 0;
    *terms = 0;
    for (size_t place = 0; place < selection->count; place++) {
        size_t f = number_of(incidence, selection->list[place]);
        if (f == SIZE_MAX)
            continue;
        for (size_t i = incidence->function_first[f]; i < incidence->function_first[f + 1]; i++) {
            const ali_term *term;
            *terms += find_terms(incidence, incidence->function_carriers[i], f, &term);
            meetings[count++] = make_meeting(incidence->function_carriers[i], place);
        }
    }
    return count;
}

/** Keep one of several equal ones of ascending meetings; returns how many are left. */
static size_t drop_repeated(size_t count, meeting *meetings)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || meetings[kept - 1] != meetings[i])
            meetings[kept++] = meetings[i];
    return kept;
}

/** Append the carrier of the meetings from one on; `terms` is where its terms go. Returns how many
 * meetings were its. */
static size_t append_meetings(const ali_incidence *incidence, const ali_selection *selection,
                              const meeting *from, const meeting *end, ali_term *terms,
                              ali_carrier_list *list)
{
    ali_carrier carrier = {.index = carrier_of(*from), .terms = terms};
    const meeting *next = from;
    for (; next < end && carrier_of(*next) == carrier.index; next++) {
        const ali_term *term;
        size_t function = number_of(incidence, selection->list[place_of(*next)]);
        size_t number = find_terms(incidence, carrier.index, function, &term);
        for (size_t t = 0; t < number; t++) {
            terms[carrier.count] = term[t];
            terms[carrier.count++].function = place_of(*next);
            carrier.shapes |= 1u << term[t].shape;
        }
    }
    append(list, carrier);
    return (size_t)(next - from);
}

static int list_listed(const ali_incidence *incidence, const ali_selection *selection,
                       ali_carrier_list *list)
{
    size_t most = 0, terms = 0, done = 0;
    for (size_t place = 0; place < selection->count; place++) {
        size_t f = number_of(incidence, selection->list[place]);
        if (f != SIZE_MAX)
            most += incidence->function_first[f + 1] - incidence->function_first[f];
    }
    if (most == 0)
        return 0;
    meeting *storage = ali_calloc(most, 2 * sizeof *storage);
    if (!storage)
        return -1;
    size_t count = list_meetings(incidence, selection, storage, &terms);
    meeting *meetings = sort_meetings(count, storage, storage + most);
    count = drop_repeated(count, meetings);
    list->terms = ali_calloc(terms, sizeof *list->terms);
    int failed = allocate(count, list) || !list->terms;
    terms = 0;
    while (done < count && !failed) {
        done += append_meetings(incidence, selection, meetings + done, meetings + count,
                                list->terms + terms, list);
        terms += list->carriers[list->count - 1].count;
    }
    free(storage);
    return failed ? -1 : 0;
}

/** Part of a range that is of the incidence, by its numbers there. */
static void clip(const ali_incidence *incidence, const ali_selection *range, size_t *first,
                 size_t *end)
{
    size_t low = incidence->offset, high = low + incidence->function_count;
    size_t last = range->first + range->count;
    *first = (range->first > low ? range->first : low) - low;
    *end = last > low ? (last < high ? last : high) - low : 0;
}

int ali_carrier_list_create(const ali_incidence *incidence, const ali_selection *selection,
                            ali_carrier_list *list)
{
    int failed = 0;
    *list = (ali_carrier_list){0};
    if (selection->list) {
        failed = list_listed(incidence, selection, list);
    } else {
        size_t first, end;
        clip(incidence, selection, &first, &end);
        list->first = incidence->offset - selection->first;
        if (first < end)
            failed = list_range(incidence, first, end, list);
    }
    if (failed)
        ali_carrier_list_clear(list);
    return failed;
}

void ali_selection_span(const ali_incidence *incidence, const ali_selection *selection,
                        size_t *first, size_t *count)
{
    size_t end = 0;
    *first = selection->count;
    if (selection->list) {
        for (size_t place = 0; place < selection->count; place++)
            if (number_of(incidence, selection->list[place]) != SIZE_MAX) {
                *first = *first < place ? *first : place;
                end = place + 1;
            }
    } else {
        clip(incidence, selection, first, &end);
        if (*first < end) {
            *first += incidence->offset - selection->first;
            end += incidence->offset - selection->first;
        }
    }
    *count = *first < end ? end - *first : 0;
    if (*count == 0)
        *first = 0;
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
