/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/wire_current.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/quadrature.h"

#include <stdlib.h>

alicorn_status ali_wire_current_create(const ali_wire_basis *basis, const double complex *x,
                                       ali_wire_current *current, alicorn_error *error)
{
    enum { SIZE = ALI_DEGREE_MAX + 2 };
    const ali_wire_mesh *mesh = basis->mesh;
    int order = 1;
    for (size_t e = 0; e < mesh->element_count; e++)
        order = basis->degree[e] > order ? basis->degree[e] : order;
    size_t width = (size_t)order + 1, size = mesh->element_count * width;
    *current = (ali_wire_current){.mesh = mesh, .order = order};
    current->current = ali_calloc(size, sizeof *current->current);
    current->slope = ali_calloc(size, sizeof *current->slope);
    if (!current->current || !current->slope) {
        ali_wire_current_clear(current);
        return ali_error_memory(error, 2 * size * sizeof *current->current, "a current");
    }
    for (size_t e = 0; e < mesh->element_count; e++)
        for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++) {
            const ali_term *term = &basis->terms[t];
            double shape[SIZE], slope[SIZE];
            if (term->function >= basis->count)
                continue;
            ali_shape_legendre(term->shape, mesh->elements[e].half, SIZE - 1, shape, slope);
            double complex amplitude = x[term->function] * term->weight;
            for (size_t p = 0; p < width; p++) {
                current->current[e * width + p] += amplitude * shape[p];
                current->slope[e * width + p] += amplitude * slope[p];
            }
        }
    return ALICORN_OK;
}

void ali_wire_current_clear(ali_wire_current *current)
{
    free(current->current);
    free(current->slope);
    *current = (ali_wire_current){0};
}

static double complex evaluate(const double complex *coefficients, int order, double u)
{
    double p[ALI_DEGREE_MAX + 2];
    double complex sum = 0.0;
    ali_legendre(u, order, p);
    for (int q = 0; q <= order; q++)
        sum += coefficients[q] * p[q];
    return sum;
}

double complex ali_wire_current_at(const ali_wire_current *current, size_t e, double u)
{
    return evaluate(current->current + e * ((size_t)current->order + 1), current->order, u);
}

double complex ali_wire_current_slope(const ali_wire_current *current, size_t e, double u)
{
    return evaluate(current->slope + e * ((size_t)current->order + 1), current->order, u);
}
