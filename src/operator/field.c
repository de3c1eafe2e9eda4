/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/fresnel.h"
#include "math/bessel.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/excitation.h"

#include <math.h>
#include <string.h>

enum { POINTS_MAX = 40 };

/** int P_p E.t ds over an element, p = 0 … order. */
static void element_moments(const ali_element *element, double wavenumber, int order,
                            ali_field_fn field, const void *context, double complex *moments)
{
    double points = 6.0 + order + 2.0 * wavenumber * element->half;
    int n = points < POINTS_MAX ? (int)points : POINTS_MAX;
    double p[ALI_DEGREE_MAX + 3];
    memset(moments, 0, ((size_t)order + 1) * sizeof *moments);
    for (int i = 0; i < n; i++) {
        double u = ali_gauss_node(n)[i];
        double complex e[3];
        field(context, ali_vec3_axpy(element->mid, u * element->half, element->dir), e);
        double complex along =
            e[0] * element->dir.x + e[1] * element->dir.y + e[2] * element->dir.z;
        ali_legendre(u, order, p);
        for (int q = 0; q <= order; q++)
            moments[q] += element->half * ali_gauss_weight(n)[i] * p[q] * along;
    }
}

/** Add an element's share to the right-hand side: moments int P_p E.t ds, p = 0 … order, onto the
 * shapes it carries. */
static void distribute(const ali_wire_basis *basis, size_t e, int order,
                       const double complex *moments, size_t functions, double complex *v)
{
    double current[ALI_DEGREE_MAX + 3], slope[ALI_DEGREE_MAX + 3];
    for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++) {
        const ali_term *term = &basis->terms[t];
        if (term->function >= functions)
            continue;
        ali_shape_legendre(term->shape, basis->mesh->elements[e].half, order, current, slope);
        for (int p = 0; p <= order; p++)
            v[term->function] += term->weight * current[p] * moments[p];
    }
}

static size_t clear_functions(const ali_wire_basis *basis, bool probes, double complex *v)
{
    size_t functions = basis->count + (probes ? basis->mesh->element_count : 0);
    memset(v, 0, functions * sizeof *v);
    return functions;
}

void ali_field_excitation(const ali_wire_basis *basis, double wavenumber, bool probes,
                          ali_field_fn field, const void *context, double complex *v)
{
    size_t functions = clear_functions(basis, probes, v);
    for (size_t e = 0; e < basis->mesh->element_count; e++) {
        double complex moments[ALI_DEGREE_MAX + 3];
        int order = basis->degree[e] + 1;
        element_moments(&basis->mesh->elements[e], wavenumber, order, field, context, moments);
        distribute(basis, e, order, moments, functions, v);
    }
}

/* ---- plane waves ---- */

/** One plane wave in free space: where it comes from, and its Cartesian amplitude at the origin. */
typedef struct ray {
    ali_vec3 from;
    double complex amplitude[3];
} ray;

/** The direct wave, and over a ground the reflected one; returns how many. */
static size_t split_rays(const ali_plane_wave *wave, ray rays[2])
{
    double ct = cos(wave->theta), st = sin(wave->theta), cp = cos(wave->phi), sp = sin(wave->phi);
    if (fabs(ct) < 1e-15) /* grazing: a lossy ground then cancels the wave exactly */
        ct = 0.0;
    double complex e_theta = wave->e_theta, e_phi = wave->e_phi;
    rays[0] =
        (ray){{st * cp, st * sp, ct},
              {e_theta * ct * cp - e_phi * sp, e_theta * ct * sp + e_phi * cp, -e_theta * st}};
    if (wave->ground == ALI_GROUND_NONE)
        return 1;
    double complex impedance =
        wave->ground == ALI_GROUND_PEC ? 0.0 : ali_fresnel_impedance(wave->permittivity);
    ali_fresnel reflection = ali_fresnel_reflect(impedance, fmax(ct, 0.0));
    double complex vertical = reflection.vertical * e_theta;
    double complex horizontal = reflection.horizontal * e_phi;
    rays[1] = (ray){ali_vec3_mirror_z(rays[0].from),
                    {-vertical * ct * cp - horizontal * sp, -vertical * ct * sp + horizontal * cp,
                     -vertical * st}};
    return 2;
}

/** Add int P_p E.t ds of a ray over a tube, p = 0 … order:
 *  int P_p(u) e^{jxu} du = 2 j^p j_p(x),  x = k h cos gamma. */
static void add_ray_moments(const ali_element *element, double k, const ray *r, int order,
                            double complex *moments)
{
    static const double complex powers[4] = {1.0, CMPLX(0.0, 1.0), -1.0, CMPLX(0.0, -1.0)};
    double j[ALI_DEGREE_MAX + 3];
    double cosine = ali_vec3_dot(r->from, element->dir);
    double sine = sqrt(fmax(0.0, 1.0 - cosine * cosine));
    double phase = k * ali_vec3_dot(r->from, element->mid);
    double complex along = r->amplitude[0] * element->dir.x + r->amplitude[1] * element->dir.y +
                           r->amplitude[2] * element->dir.z;
    along *= 2.0 * element->half * ali_bessel_j0(k * element->radius * sine) *
             CMPLX(cos(phase), sin(phase));
    ali_bessel_spherical(order, k * element->half * cosine, j);
    for (int p = 0; p <= order; p++)
        moments[p] += powers[p % 4] * j[p] * along;
}

void ali_plane_wave_excitation(const ali_wire_basis *basis, bool probes, const ali_plane_wave *wave,
                               double complex *v)
{
    ray rays[2];
    size_t count = split_rays(wave, rays), functions = clear_functions(basis, probes, v);
    for (size_t e = 0; e < basis->mesh->element_count; e++) {
        double complex moments[ALI_DEGREE_MAX + 3] = {0};
        int order = basis->degree[e] + 1;
        for (size_t i = 0; i < count; i++)
            add_ray_moments(&basis->mesh->elements[e], wave->k, &rays[i], order, moments);
        distribute(basis, e, order, moments, functions, v);
    }
}

/* ---- current elements ---- */

/** Add the field of a current element of moment m along `direction` at `source`.
 *  E = -j omega mu m [ (1 - j/x - 1/x^2) t - (1 - 3j/x - 3/x^2) (R^.t) R^ ] G,  x = kR
 * [Balanis:2016] 4.2 */
static void add_element_field(double k, ali_vec3 source, ali_vec3 direction, double moment,
                              ali_vec3 point, double complex field[3])
{
    ali_vec3 d = ali_vec3_sub(point, source);
    double r = ali_vec3_norm(d), x = k * r;
    ali_vec3 unit = ali_vec3_scale(1.0 / r, d);
    double complex green = CMPLX(cos(x), -sin(x)) / (4.0 * ALI_PI * r);
    double complex scale = CMPLX(0.0, -k * ALI_ETA0 * moment) * green;
    double complex across = 1.0 + CMPLX(-1.0 / (x * x), -1.0 / x);
    double complex along = (1.0 + CMPLX(-3.0 / (x * x), -3.0 / x)) * ali_vec3_dot(unit, direction);
    field[0] += scale * (across * direction.x - along * unit.x);
    field[1] += scale * (across * direction.y - along * unit.y);
    field[2] += scale * (across * direction.z - along * unit.z);
}

void ali_current_element_field(const void *context, ali_vec3 point, double complex field[3])
{
    const ali_element_field *element = context;
    memset(field, 0, 3 * sizeof *field);
    add_element_field(element->k, element->position, element->direction, element->moment, point,
                      field);
    if (!element->image)
        return;
    ali_vec3 direction = ali_vec3_scale(-1.0, ali_vec3_mirror_z(element->direction));
    add_element_field(element->k, ali_vec3_mirror_z(element->position), direction, element->moment,
                      point, field);
}
