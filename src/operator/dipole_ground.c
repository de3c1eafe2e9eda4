/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/half_space.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/excitation.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS_MAX = 40, MOMENTS = ALI_DEGREE_MAX + 3 };
/** Of the kernels, relative to 1/(4 pi R). */
static const double TOLERANCE = 1e-9;
/** Step of differences over the distance on which kernels vary: fourth order leaves 1e-6 of it. */
static const double STEP = 0.03;

/** A current element over a half-space, as one wire element sees it. */
typedef struct ground_dipole {
    const ali_half_space *space;
    const ali_element_field *element;
    const ali_element *wire;
    bool in_soil;
    ali_vec3 origin; /**< from where its field spreads: the image, seen from the air */
    double step;     /**< of differences at most [m] */
} ground_dipole;

/** Kernels between a point of the wire, on the side of its element, and a source in the air: what
 * the ground reflects, or for a wire in the soil all of them. */
static alicorn_status kernels_at(const ground_dipole *dipole, ali_vec3 point, ali_vec3 source,
                                 ali_half_space_kernels *kernels, alicorn_error *error)
{
    double rho = hypot(point.x - source.x, point.y - source.y);
    if (dipole->in_soil)
        return ali_half_space_transmitted(dipole->space, rho, fmin(point.z, 0.0), source.z,
                                          TOLERANCE, kernels, error);
    return ali_half_space_reflected(dipole->space, rho, fmax(point.z, 0.0), source.z, TOLERANCE,
                                    kernels, error);
}

/** psi = d.grad' K_Phi, the potential of a dipole along d, by differences of fourth order. */
static alicorn_status potential_at(const ground_dipole *dipole, ali_vec3 point, double complex *psi,
                                   alicorn_error *error)
{
    static const double weight[] = {1.0 / 12.0, -2.0 / 3.0, 2.0 / 3.0, -1.0 / 12.0};
    static const int place[] = {-2, -1, 1, 2};
    const ali_element_field *element = dipole->element;
    double step = fmin(dipole->step, STEP * ali_vec3_distance(point, dipole->origin));
    *psi = 0.0;
    for (int i = 0; i < 4; i++) {
        ali_half_space_kernels kernels;
        ali_vec3 source = ali_vec3_axpy(element->position, place[i] * step, element->direction);
        alicorn_status status = kernels_at(dipole, point, source, &kernels, error);
        if (status != ALICORN_OK)
            return status;
        *psi += weight[i] / step * kernels.phi;
    }
    return ALICORN_OK;
}

/** t.K_A.d of the vector potential along the wire. */
static alicorn_status vector_at(const ground_dipole *dipole, ali_vec3 point, double complex *along,
                                alicorn_error *error)
{
    const ali_element_field *element = dipole->element;
    ali_vec3 d = element->direction, t = dipole->wire->dir;
    ali_half_space_kernels kernels;
    alicorn_status status = kernels_at(dipole, point, element->position, &kernels, error);
    if (status != ALICORN_OK)
        return status;
    double x = point.x - element->position.x, y = point.y - element->position.y, rho = hypot(x, y);
    double cx = rho > 0.0 ? x / rho : 0.0, cy = rho > 0.0 ? y / rho : 0.0;
    *along = kernels.xx * (t.x * d.x + t.y * d.y) + kernels.zz * t.z * d.z +
             kernels.zx * t.z * (d.x * cx + d.y * cy) + kernels.xz * d.z * (t.x * cx + t.y * cy);
    return ALICORN_OK;
}

/** Add the moments of both potentials over the wire from `from` to `to`; s = place + d sinh t, for
 * fields with their peak at `place` and of width d.
 *  @param vector, scalar  int P_p t.K_A.d ds, int P_p psi du, p = 0 … order */
static alicorn_status add_stretch(const ground_dipole *dipole, double from, double to, double place,
                                  double width, int order, double complex *vector,
                                  double complex *scalar, alicorn_error *error)
{
    const ali_element *wire = dipole->wire;
    double low = asinh((from - place) / width), high = asinh((to - place) / width);
    double wavenumber =
        dipole->in_soil ? cabs(ali_half_space_wavenumber(dipole->space)) : dipole->space->k;
    double points = 6.0 + 3.0 * (high - low) + order + wavenumber * (to - from);
    int n = points < POINTS_MAX ? (int)points : POINTS_MAX;
    for (int i = 0; i < n; i++) {
        double t = 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(n)[i];
        double s = place + width * sinh(t);
        double weight = 0.5 * (high - low) * ali_gauss_weight(n)[i] * width * cosh(t);
        ali_vec3 point = ali_vec3_axpy(wire->mid, s, wire->dir);
        double complex along, psi;
        double p[MOMENTS];
        alicorn_status status = vector_at(dipole, point, &along, error);
        if (status == ALICORN_OK)
            status = potential_at(dipole, point, &psi, error);
        if (status != ALICORN_OK)
            return status;
        ali_legendre(s / wire->half, order, p);
        for (int q = 0; q <= order; q++) {
            vector[q] += weight * p[q] * along;
            scalar[q] += weight / wire->half * p[q] * psi;
        }
    }
    return ALICORN_OK;
}

/** Moments int P_p E.t ds of the ground's field over a wire element, p = 0 … order:
 *      E = -jk eta m (K_A.d - grad psi/k^2),   int P_p t.grad psi ds = [P_p psi] - int P_p' psi du,
 *      P_p' = sum (2q + 1) P_q over q = p - 1, p - 3, …  */
static alicorn_status find_moments(const ground_dipole *dipole, int order, double complex *moments,
                                   alicorn_error *error)
{
    const ali_element *wire = dipole->wire;
    double complex vector[MOMENTS] = {0}, scalar[MOMENTS] = {0}, ends[2];
    ali_vec3 to = ali_vec3_sub(dipole->origin, wire->mid);
    double along = ali_vec3_dot(to, wire->dir);
    double place = fmax(-wire->half, fmin(wire->half, along));
    double width = ali_vec3_norm(ali_vec3_axpy(to, -place, wire->dir));
    alicorn_status status = ALICORN_OK;
    for (int side = 0; side < 2 && status == ALICORN_OK; side++)
        status = potential_at(dipole,
                              ali_vec3_axpy(wire->mid, side ? wire->half : -wire->half, wire->dir),
                              &ends[side], error);
    if (status == ALICORN_OK && place > -wire->half)
        status =
            add_stretch(dipole, -wire->half, place, place, width, order, vector, scalar, error);
    if (status == ALICORN_OK && place < wire->half)
        status = add_stretch(dipole, place, wire->half, place, width, order, vector, scalar, error);
    double k = dipole->space->k;
    double complex scale = CMPLX(0.0, -k * ALI_ETA0 * dipole->element->moment);
    for (int p = 0; p <= order; p++) {
        double complex slope = ends[1] - (p % 2 ? -ends[0] : ends[0]);
        for (int q = p - 1; q >= 0; q -= 2)
            slope -= (2 * q + 1) * scalar[q];
        moments[p] = scale * (vector[p] - slope / (k * k));
    }
    return status;
}

static ground_dipole dipole_for(const ali_half_space *space, const ali_element_field *element,
                                const ali_element *wire)
{
    bool in_soil = ali_element_in_soil(wire);
    return (ground_dipole){
        .space = space,
        .element = element,
        .wire = wire,
        .in_soil = in_soil,
        .origin = in_soil ? element->position : ali_vec3_mirror_z(element->position),
        /* short beside the wave, and never so long that the source dips into the soil */
        .step = fmin(STEP / space->k, 0.4 * element->position.z),
    };
}

alicorn_status ali_current_element_ground(const ali_wire_basis *basis, bool probes,
                                          const ali_element_field *element,
                                          double complex permittivity, double complex *v,
                                          alicorn_error *error)
{
    const ali_half_space space = {element->k, permittivity};
    size_t count = basis->mesh->element_count;
    size_t functions = basis->count + (probes ? count : 0);
    if (!(element->position.z > 0.0))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "current element at height %g m, a place above the ground expected",
                             element->position.z);
    double complex(*moments)[MOMENTS] = ali_calloc(count, sizeof *moments);
    if (moments == NULL)
        return ali_error_memory(error, count * sizeof *moments, "a current element's field");
    alicorn_status status = ALICORN_OK;
#pragma omp parallel for schedule(dynamic)
    for (size_t e = 0; e < count; e++) {
        ground_dipole dipole = dipole_for(&space, element, &basis->mesh->elements[e]);
        alicorn_status own = find_moments(&dipole, basis->degree[e] + 1, moments[e], NULL);
        if (own != ALICORN_OK) {
#pragma omp atomic write
            status = own;
        }
    }
    if (status == ALICORN_OK)
        for (size_t e = 0; e < count; e++)
            ali_excitation_distribute(basis, e, basis->degree[e] + 1, moments[e], functions, v);
    else
        status = ali_error_set(error, status,
                               "the field of a current element over the ground is not "
                               "known to nine digits");
    free(moments);
    return status;
}
