/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/panels.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>

/** Points of the rule for the moments: exact for current of degree ORDER_MAX times the series' last
 *  power. */
#define MOMENT_POINTS 16
/** Highest degree of the current. */
#define ORDER_MAX (2 * MOMENT_POINTS - ALI_RAY_TERMS)
/** Largest k a in the air: the tube factor's series ends there. */
#define TUBE_MAX 2.3

size_t ali_panel_pieces(const ali_element *element, double wavenumber)
{
    return (size_t)fmax(1.0, ceil(wavenumber * element->half / ALI_RAY_HALF_MAX));
}

/** Piece number `piece` of `pieces` of element e. */
static ali_ray_panel make_panel(const ali_wire_current *current, size_t e, double k, size_t piece,
                                size_t pieces)
{
    const ali_element *element = &current->mesh->elements[e];
    const double complex *coefficient = current->current + e * (size_t)(current->order + 1);
    double half = 1.0 / (double)pieces; /* of the piece, in u */
    double middle = -1.0 + half * (double)(2 * piece + 1);
    ali_vec3 mid = ali_vec3_axpy(element->mid, middle * element->half, element->dir);
    const double *node = ali_gauss_node(MOMENT_POINTS), *weight = ali_gauss_weight(MOMENT_POINTS);

    double complex moment[ALI_RAY_TERMS] = {0};
    for (int q = 0; q < MOMENT_POINTS; q++) {
        double legendre[ORDER_MAX + 1];
        ali_legendre(middle + half * node[q], current->order, legendre);
        double complex value = 0.0;
        for (int m = 0; m <= current->order; m++)
            value += coefficient[m] * legendre[m];
        value *= weight[q] * half * element->half;
        for (int m = 0; m < ALI_RAY_TERMS; m++) {
            moment[m] += value;
            value *= I * k * half * element->half * node[q] / (m + 1);
        }
    }
    ali_ray_panel panel = {
        .phase = {k * mid.x, k * mid.y, k * mid.z},
        .dir = {element->dir.x, element->dir.y, element->dir.z},
        .tube = 0.25 * k * k * element->radius * element->radius,
    };
    for (int m = 0; m < ALI_RAY_TERMS; m++) {
        panel.re[m] = creal(moment[m]);
        panel.im[m] = cimag(moment[m]);
    }
    return panel;
}

/** Whether the series of the tube's factor holds for an element. */
static alicorn_status check_radius(const ali_element *element, double k, double wavenumber,
                                   ali_side side, alicorn_error *error)
{
    if (k * element->radius > TUBE_MAX)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "radius %g m of segment %zu is above 0.36 wavelengths, which no "
                             "thin wire can be",
                             element->radius, element->segment + 1);
    if (side == ALI_SIDE_SOIL && wavenumber * element->radius > ALI_REFRACTED_TUBE)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "radius %g m of segment %zu is above %.1f wavelengths in the ground, "
                             "which no thin wire can be",
                             element->radius, element->segment + 1,
                             ALI_REFRACTED_TUBE / (2.0 * ALI_PI));
    return ALICORN_OK;
}

alicorn_status ali_panels_create(const ali_wire_current *current, double k, double wavenumber,
                                 ali_side side, ali_ray_panel **panels, size_t *count,
                                 alicorn_error *error)
{
    const ali_wire_mesh *mesh = current->mesh;
    size_t most = 0;
    *panels = NULL;
    *count = 0;
    if (current->order > ORDER_MAX)
        return ali_error_set(error, ALICORN_E_INTERNAL, "current of degree %d, at most %d expected",
                             current->order, ORDER_MAX);
    for (size_t e = 0; e < mesh->element_count; e++) {
        const ali_element *element = &mesh->elements[e];
        if (!ali_side_has(side, element->mid.z))
            continue;
        alicorn_status status = check_radius(element, k, wavenumber, side, error);
        if (status != ALICORN_OK)
            return status;
        most += ali_panel_pieces(element, wavenumber);
    }
    ali_ray_panel *made = ali_calloc_aligned(most, sizeof *made);
    if (made == NULL)
        return ali_error_memory(error, most * sizeof *made, "the far field");
    for (size_t e = 0; e < mesh->element_count; e++) {
        if (!ali_side_has(side, mesh->elements[e].mid.z))
            continue;
        size_t pieces = ali_panel_pieces(&mesh->elements[e], wavenumber);
        for (size_t piece = 0; piece < pieces; piece++)
            made[(*count)++] = make_panel(current, e, k, piece, pieces);
    }
    *panels = made;
    return ALICORN_OK;
}
