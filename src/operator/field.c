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

void ali_excitation_distribute(const ali_wire_basis *basis, size_t e, int order,
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
        ali_excitation_distribute(basis, e, order, moments, functions, v);
    }
}

/* ---- plane waves ---- */

size_t ali_plane_wave_rays(const ali_plane_wave *wave, ali_ray rays[2])
{
    double ct = cos(wave->theta), st = sin(wave->theta), cp = cos(wave->phi), sp = sin(wave->phi);
    if (fabs(ct) < 1e-15) /* grazing: a lossy ground then cancels the wave exactly */
        ct = 0.0;
    double complex e_theta = wave->e_theta, e_phi = wave->e_phi;
    rays[0] =
        (ali_ray){{st * cp, st * sp, ct},
                  {e_theta * ct * cp - e_phi * sp, e_theta * ct * sp + e_phi * cp, -e_theta * st}};
    if (wave->ground == ALI_GROUND_NONE)
        return 1;
    double complex impedance =
        wave->ground == ALI_GROUND_PEC ? 0.0 : ali_fresnel_impedance(wave->permittivity);
    ali_fresnel reflection = ali_fresnel_reflect(impedance, fmax(ct, 0.0));
    double complex vertical = reflection.vertical * e_theta;
    double complex horizontal = reflection.horizontal * e_phi;
    rays[1] = (ali_ray){ali_vec3_mirror_z(rays[0].from),
                        {-vertical * ct * cp - horizontal * sp,
                         -vertical * ct * sp + horizontal * cp, -vertical * st}};
    return 2;
}

/** Add int P_p E.t ds of a ray over a tube, p = 0 … order:
 *  int P_p(u) e^{jxu} du = 2 j^p j_p(x),  x = k h cos gamma. */
static void add_ray_moments(const ali_element *element, double k, const ali_ray *r, int order,
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

ali_refracted_ray ali_plane_wave_refracted(const ali_plane_wave *wave)
{
    double ct = fmax(cos(wave->theta), 0.0), st = sin(wave->theta);
    double cp = cos(wave->phi), sp = sin(wave->phi);
    ali_refraction soil = ali_fresnel_refract(1.0, wave->permittivity, fabs(st), ct);
    double complex level = soil.through * ct * wave->e_theta, across = soil.across * wave->e_phi;
    return (ali_refracted_ray){
        {st * cp, st * sp, soil.upright},
        {level * cp - across * sp, level * sp + across * cp, -soil.vertical * st * wave->e_theta}};
}

/** Add int P_p E.t ds of a refracted ray over a tube, in pieces that Gauss's rule of so many points
 * integrates to rounding. */
static void add_refracted_moments(const ali_element *element, const ali_plane_wave *wave,
                                  const ali_refracted_ray *ray, int order, double complex *moments)
{
    enum { POINTS = 20 };
    static const double piece_radians = 4.0;
    ali_vec3 d = element->dir, m = element->mid;
    double complex slope = wave->k * (ray->wave[0] * d.x + ray->wave[1] * d.y + ray->wave[2] * d.z);
    double complex phase = wave->k * (ray->wave[0] * m.x + ray->wave[1] * m.y + ray->wave[2] * m.z);
    double complex along =
        ray->amplitude[0] * d.x + ray->amplitude[1] * d.y + ray->amplitude[2] * d.z;
    double complex square = wave->k * wave->k * wave->permittivity - slope * slope;
    along *= element->half * ali_bessel_j0_complex(element->radius * csqrt(square));
    int pieces = 1 + (int)(cabs(slope) * element->half / piece_radians);
    for (int i = 0; i < pieces * POINTS; i++) {
        double p[ALI_DEGREE_MAX + 3];
        double u = (2.0 * (i / POINTS) + 1.0 + ali_gauss_node(POINTS)[i % POINTS]) / pieces - 1.0;
        double complex value = along * ali_gauss_weight(POINTS)[i % POINTS] / pieces *
                               cexp(I * (phase + slope * (u * element->half)));
        ali_legendre(u, order, p);
        for (int q = 0; q <= order; q++)
            moments[q] += p[q] * value;
    }
}

void ali_plane_wave_excitation(const ali_wire_basis *basis, bool probes, const ali_plane_wave *wave,
                               double complex *v)
{
    bool two_sided = ali_plane_wave_is_refracted(wave);
    ali_refracted_ray refracted = {{0}, {0}};
    if (two_sided)
        refracted = ali_plane_wave_refracted(wave);
    ali_ray rays[2];
    size_t count = ali_plane_wave_rays(wave, rays), functions = clear_functions(basis, probes, v);
    for (size_t e = 0; e < basis->mesh->element_count; e++) {
        const ali_element *element = &basis->mesh->elements[e];
        double complex moments[ALI_DEGREE_MAX + 3] = {0};
        int order = basis->degree[e] + 1;
        bool in_soil = two_sided && ali_element_in_soil(element);
        for (size_t i = 0; i < count && !in_soil; i++)
            add_ray_moments(element, wave->k, &rays[i], order, moments);
        if (in_soil)
            add_refracted_moments(element, wave, &refracted, order, moments);
        ali_excitation_distribute(basis, e, order, moments, functions, v);
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

/** The element itself and, over PEC ground, its image; returns how many. */
static int split_sources(const ali_element_field *element, ali_vec3 position[2],
                         ali_vec3 direction[2])
{
    position[0] = element->position;
    direction[0] = element->direction;
    position[1] = ali_vec3_mirror_z(element->position);
    direction[1] = ali_vec3_scale(-1.0, ali_vec3_mirror_z(element->direction));
    return element->image ? 2 : 1;
}

void ali_current_element_field(const void *context, ali_vec3 point, double complex field[3])
{
    const ali_element_field *element = context;
    ali_vec3 position[2], direction[2];
    int count = split_sources(element, position, direction);
    memset(field, 0, 3 * sizeof *field);
    for (int i = 0; i < count; i++)
        add_element_field(element->k, position[i], direction[i], element->moment, point, field);
}

/** One dipole as a tube sees it. */
typedef struct tube_dipole {
    const ali_element *tube;
    double k, moment;
    ali_vec3 position, direction;
    ali_vec3 first, second; /**< across the tube */
    double place;           /**< of the axis nearest to the dipole, from the middle [m] */
    double distance;        /**< scale on which the field varies there [m] */
    int angles;             /**< points around the tube that average the field */
} tube_dipole;

static tube_dipole face_dipole(const ali_element *tube, const ali_element_field *element,
                               ali_vec3 position, ali_vec3 direction)
{
    tube_dipole dipole = {.tube = tube,
                          .k = element->k,
                          .moment = element->moment,
                          .position = position,
                          .direction = direction};
    ali_vec3 d = ali_vec3_sub(position, tube->mid);
    double along = ali_vec3_dot(d, tube->dir), a = tube->radius;
    dipole.place = fmax(-tube->half, fmin(tube->half, along));
    double rho = ali_vec3_norm(ali_vec3_axpy(d, -along, tube->dir));
    dipole.distance = fmax(hypot(rho - a, along - dipole.place), 0.05 * a);
    /* n points miss (a/distance from the axis)^n */
    dipole.angles = dipole.distance < 0.5 * a    ? 64
                    : dipole.distance < 6.0 * a  ? 24
                    : dipole.distance < 30.0 * a ? 8
                                                 : 4;
    ali_vec3 other = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    dipole.first = ali_vec3_cross(tube->dir, other);
    dipole.first = ali_vec3_scale(1.0 / ali_vec3_norm(dipole.first), dipole.first);
    dipole.second = ali_vec3_cross(tube->dir, dipole.first);
    return dipole;
}

/** The dipole's field along the tube, averaged around it at place s. */
static double complex mean_along(const tube_dipole *dipole, double s)
{
    const ali_element *tube = dipole->tube;
    double complex field[3] = {0};
    ali_vec3 axis = ali_vec3_axpy(tube->mid, s, tube->dir);
    for (int i = 0; i < dipole->angles; i++) {
        double phi = 2.0 * ALI_PI * (i + 0.5) / dipole->angles;
        ali_vec3 x = ali_vec3_axpy(axis, tube->radius * cos(phi), dipole->first);
        x = ali_vec3_axpy(x, tube->radius * sin(phi), dipole->second);
        add_element_field(dipole->k, dipole->position, dipole->direction,
                          dipole->moment / dipole->angles, x, field);
    }
    return field[0] * tube->dir.x + field[1] * tube->dir.y + field[2] * tube->dir.z;
}

/** Add int P_p E.t ds over one half of a tube, from the place nearest to the dipole to an end; s =
 * place + d sinh t takes out the peak there. */
static void add_dipole_moments(const tube_dipole *dipole, double end, int order,
                               double complex *moments)
{
    const ali_element *tube = dipole->tube;
    double d = dipole->distance, range = asinh((end - dipole->place) / d);
    double points = 8.0 + 3.0 * fabs(range) + order + 2.0 * dipole->k * tube->half;
    int n = points < POINTS_MAX ? (int)points : POINTS_MAX;
    double p[ALI_DEGREE_MAX + 3];
    for (int i = 0; i < n; i++) {
        double t = 0.5 * range * (1.0 + ali_gauss_node(n)[i]);
        double s = dipole->place + d * sinh(t);
        double weight = 0.5 * fabs(range) * ali_gauss_weight(n)[i] * d * cosh(t);
        double complex along = mean_along(dipole, s);
        ali_legendre(s / tube->half, order, p);
        for (int q = 0; q <= order; q++)
            moments[q] += weight * p[q] * along;
    }
}

void ali_current_element_excitation(const ali_wire_basis *basis, bool probes,
                                    const ali_element_field *element, double complex *v)
{
    size_t functions = clear_functions(basis, probes, v);
    ali_vec3 position[2], direction[2];
    int count = split_sources(element, position, direction);
    for (size_t e = 0; e < basis->mesh->element_count; e++) {
        const ali_element *tube = &basis->mesh->elements[e];
        double complex moments[ALI_DEGREE_MAX + 3] = {0};
        int order = basis->degree[e] + 1;
        if (element->above && tube->mid.z < 0.0)
            continue;
        for (int i = 0; i < count; i++) {
            tube_dipole dipole = face_dipole(tube, element, position[i], direction[i]);
            add_dipole_moments(&dipole, -tube->half, order, moments);
            add_dipole_moments(&dipole, tube->half, order, moments);
        }
        ali_excitation_distribute(basis, e, order, moments, functions, v);
    }
}
