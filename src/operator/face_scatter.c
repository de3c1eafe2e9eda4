/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_scatter.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>

void ali_face_scatter_clear(ali_face_scatter *scatter)
{
    free(scatter->value);
    free(scatter->gather);
    free(scatter->extra);
    free(scatter->lowest);
    *scatter = (ali_face_scatter){0};
}

/** Say for every function of many which values make it up. */
static void list_terms(ali_face_scatter *scatter, const size_t *place, unsigned char *number)
{
    const ali_carrier_list *many = scatter->many;
    for (size_t m = 0; m < scatter->functions; m++)
        scatter->gather[m].index[0] = scatter->gather[m].index[1] = scatter->stride - 1;
    for (size_t i = 0; i < many->count; i++)
        for (size_t t = 0; t < many->carriers[i].count; t++) {
            const ali_term *term = &many->carriers[i].terms[t];
            if (scatter->slot[term->shape] == SIZE_MAX)
                continue;
            size_t m = term->function + many->first;
            size_t index = scatter->slot[term->shape] * scatter->places + (place ? place[i] : i);
            if (number[m] < 2) {
                scatter->gather[m].index[number[m]] = index;
                scatter->gather[m].weight[number[m]++] = term->weight;
            } else {
                scatter->extra[scatter->extra_count++] = (ali_extra_term){m, index, term->weight};
            }
        }
}

static void find_lowest(ali_face_scatter *scatter)
{
    const ali_carrier_list *many = scatter->many;
    scatter->lowest[many->count] = scatter->functions;
    for (size_t i = many->count; i-- > 0;) {
        scatter->lowest[i] = scatter->lowest[i + 1];
        for (size_t t = 0; t < many->carriers[i].count; t++) {
            size_t m = many->carriers[i].terms[t].function + many->first;
            scatter->lowest[i] = m < scatter->lowest[i] ? m : scatter->lowest[i];
        }
    }
}

int ali_face_scatter_create(const ali_carrier_list *many, size_t functions, size_t places,
                            const size_t *place, unsigned shapes, ali_face_scatter *scatter)
{
    size_t terms = 0, slots = 0;
    *scatter = (ali_face_scatter){.many = many, .places = places, .functions = functions};
    for (int shape = 0; shape < ALI_SLOTS_MAX; shape++)
        scatter->slot[shape] = shapes & 1u << shape ? slots++ : SIZE_MAX;
    for (size_t i = 0; i < many->count; i++)
        terms += many->carriers[i].count;
    scatter->stride = slots * places + 1;
    scatter->value = ali_calloc_aligned(ALI_EDGE_SHAPES * scatter->stride, sizeof *scatter->value);
    scatter->gather = ali_calloc(functions, sizeof *scatter->gather);
    scatter->extra = ali_calloc(terms, sizeof *scatter->extra);
    scatter->lowest = ali_calloc(many->count + 1, sizeof *scatter->lowest);
    unsigned char *number = ali_calloc(functions, 1);
    int failed =
        !scatter->value || !scatter->gather || !scatter->extra || !scatter->lowest || !number;
    if (!failed) {
        list_terms(scatter, place, number);
        find_lowest(scatter);
    }
    free(number);
    if (failed)
        ali_face_scatter_clear(scatter);
    return failed ? -1 : 0;
}

void ali_face_scatter_add(const ali_face_scatter *scatter, const ali_shape_kernel *kernel,
                          const ali_carrier_list *one, const ali_carrier *face, size_t first,
                          double complex *block, size_t leading)
{
    for (size_t t = 0; t < face->count; t++) {
        const ali_term *term = &face->terms[t];
        if (term->shape >= ALI_EDGE_SHAPES)
            continue;
        const double complex *value = scatter->value + (size_t)term->shape * scatter->stride;
        double complex *column = block + (term->function + one->first) * leading;
        kernel->scatter(scatter->functions - first, scatter->gather + first, value, term->weight,
                        column + first);
        for (size_t i = 0; i < scatter->extra_count; i++)
            column[scatter->extra[i].function] +=
                term->weight * scatter->extra[i].weight * value[scatter->extra[i].index];
    }
}
