/* SPDX-License-Identifier: Apache-2.0 */
#include "study/adapt.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Estimated relative error of an admittance that is good enough. The estimate is about three times
 * the error. */
static const double TOLERANCE = 5e-3;
/** What the elements that are not raised may leave of the tolerance together. */
static const double LEFT_ALONE = 0.25;
/** Meshes of up to this many elements start with degree 2. */
enum { SMALL_MESH = 500 };

/** Least degree next to a free end, and in large meshes around a port. */
enum { END_DEGREE = 3 };

static void raise_to(unsigned char *degree, int least)
{
    if (*degree < least)
        *degree = (unsigned char)least;
}

/** The element end that an end is joined to, alone and off the ground; ALI_NONE if there is none,
 * or a junction, or a foot. */
static ali_element_end joined_end(const ali_wire_mesh *mesh, ali_element_end end)
{
    size_t node = mesh->elements[end / 2].node[end % 2];
    const ali_element_end *ends = mesh->node_ends + mesh->node_first[node];
    if (mesh->node_first[node + 1] - mesh->node_first[node] != 2 || mesh->node_grounded[node] ||
        mesh->node_attached[node])
        return ALI_NONE;
    ali_element_end next = ends[0] == end ? ends[1] : ends[0];
    return ali_element_is_foot(&mesh->elements[next / 2]) ? ALI_NONE : next;
}

/** The fine degrees along a wire with a port, from an end of its segment up to a junction or a
 * wavelength away; the first element is raised further. */
static void refine_along(const ali_wire_mesh *mesh, ali_element_end end, double wavelength,
                         const unsigned char *fine, unsigned char *degree)
{
    double passed = 0.0;
    for (ali_element_end next; passed < wavelength; end = next ^ 1) {
        if ((next = joined_end(mesh, end)) == ALI_NONE)
            break;
        size_t e = next / 2;
        raise_to(&degree[e], passed == 0.0 ? END_DEGREE : fine[e]);
        passed += 2.0 * mesh->elements[e].half;
    }
}

static void refine_ports(const ali_wire_mesh *mesh, const ali_port_list *ports, double wavelength,
                         const unsigned char *fine, unsigned char *degree)
{
    for (size_t p = 0; p < ports->count; p++) {
        if (ports->ports[p].site.kind == ALI_SITE_EDGES)
            continue;
        size_t segment = mesh->segment_master[ports->ports[p].site.index];
        size_t first = mesh->segment_first[segment], end = mesh->segment_first[segment + 1];
        for (size_t e = first; e < end; e++)
            raise_to(&degree[e], END_DEGREE);
        refine_along(mesh, 2 * first, wavelength, fine, degree);
        refine_along(mesh, 2 * end - 1, wavelength, fine, degree);
    }
}

static void refine_free_ends(const ali_wire_mesh *mesh, unsigned char *degree)
{
    for (size_t node = 0; node < mesh->node_count; node++) {
        if (mesh->node_first[node + 1] - mesh->node_first[node] != 1 || mesh->node_grounded[node] ||
            mesh->node_attached[node])
            continue;
        ali_element_end end = mesh->node_ends[mesh->node_first[node]], next;
        if (ali_element_is_foot(&mesh->elements[end / 2]))
            continue;
        raise_to(&degree[end / 2], END_DEGREE);
        if ((next = joined_end(mesh, end ^ 1)) != ALI_NONE)
            raise_to(&degree[next / 2], END_DEGREE - 1);
    }
}

alicorn_status ali_adapt_start(const ali_wire_mesh *mesh, const ali_port_list *ports,
                               const ali_basis_options *options, bool fields, unsigned char *degree,
                               alicorn_error *error)
{
    ali_basis_options own = *options;
    own.coarse = options->degree == 0 && !fields && mesh->element_count > SMALL_MESH;
    ali_wire_basis_degrees(mesh, &own, degree);
    if (own.coarse) {
        unsigned char *fine = ali_calloc(mesh->element_count, 1);
        if (!fine)
            return ali_error_memory(error, mesh->element_count, "degrees of the current");
        own.coarse = false;
        ali_wire_basis_degrees(mesh, &own, fine);
        refine_ports(mesh, ports, 2.0 * ALI_PI / own.wavenumber, fine, degree);
        free(fine);
    }
    if (options->degree == 0)
        refine_free_ends(mesh, degree);
    return ALICORN_OK;
}

/** Sum of the weights up to `limit`. */
static double sum_below(size_t count, const double *weight, double limit)
{
    double sum = 0.0;
    for (size_t e = 0; e < count; e++)
        if (weight[e] <= limit)
            sum += weight[e];
    return sum;
}

/** Largest weight that may be left alone: bisection on the logarithm, for the sum grows with it. */
static double find_limit(size_t count, const double *weight, double allowed)
{
    double low = 1e-12, high = 1.0;
    for (int step = 0; step < 40; step++) {
        double middle = sqrt(low * high);
        if (sum_below(count, weight, middle) <= allowed)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t ali_adapt_mark(size_t count, double worst, const double *weight, unsigned char *degree,
                      size_t *marked)
{
    size_t raised = 0;
    if (!(worst > TOLERANCE))
        return 0;
    double limit = find_limit(count, weight, LEFT_ALONE * TOLERANCE);
    for (size_t e = 0; e < count; e++)
        if (weight[e] > limit && degree[e] < ALI_ADAPT_DEGREE_MAX) {
            int raised_to = degree[e] + (weight[e] > TOLERANCE ? 2 : 1);
            degree[e] = (unsigned char)(raised_to < ALI_ADAPT_DEGREE_MAX ? raised_to
                                                                         : ALI_ADAPT_DEGREE_MAX);
            marked[raised++] = e;
        }
    return raised;
}
