/* SPDX-License-Identifier: Apache-2.0 */
#include "green/half_space.h"

#include "base/constants.h"
#include "base/error.h"
#include "green/sommerfeld.h"

#include <math.h>

double complex ali_half_space_wavenumber(const ali_half_space *space)
{
    double complex index = csqrt(space->permittivity);
    return space->k * (cimag(index) > 0.0 ? conj(index) : index); /* of a zero of either sign */
}

double ali_half_space_rule_wavenumber(double k, double k_soil, double distance)
{
    return fmax(k, fmin(k_soil, 2.0 / distance));
}

ali_half_space_images ali_half_space_images_of(const ali_half_space *space, bool in_soil)
{
    double complex eps = space->permittivity, contrast = (eps - 1.0) / (eps + 1.0);
    if (in_soil)
        return (ali_half_space_images){0.0, -2.0 * contrast, -contrast, contrast / eps};
    return (ali_half_space_images){0.0, 2.0 * contrast, -contrast, -contrast};
}

ali_half_space_images ali_half_space_images_across(const ali_half_space *space)
{
    double complex eps = space->permittivity;
    return (ali_half_space_images){1.0, 1.0, -(eps - 1.0) / (eps + 1.0), 2.0 / (eps + 1.0)};
}

static alicorn_status check_input(const ali_half_space *space, double rho, double distance,
                                  double tolerance, alicorn_error *error)
{
    if (!(space->k > 0.0 && isfinite(space->k)))
        return ali_error_set(error, ALICORN_E_INPUT, "half-space: wavenumber %g is not positive",
                             space->k);
    if (!(creal(space->permittivity) >= 1.0 && cimag(space->permittivity) <= 0.0))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "half-space: permittivity %g%+gj wants Re >= 1, Im <= 0",
                             creal(space->permittivity), cimag(space->permittivity));
    if (!(rho >= 0.0 && distance > 0.0 && isfinite(distance)))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "half-space: source and observer meet at the interface");
    if (!(tolerance >= 1e-11 && tolerance <= 1e-3))
        return ali_error_set(error, ALICORN_E_INPUT, "half-space: tolerance %g", tolerance);
    return ALICORN_OK;
}

/** Size [1/m] of the strongest wave: the direct way of the base medium, or the one that travels
 * along the interface in air and through the soil by the shortest way. */
static double wave_size(const ali_sommerfeld *p)
{
    double distance = hypot(p->rho, p->height[0] + p->height[1]);
    double complex slope = csqrt((p->k[1] - p->k[0]) * (p->k[1] + p->k[0]));
    double along = exp(-fabs(cimag(slope)) * p->height[1]), direct = 0.0;
    if (p->base)
        direct = exp(cimag(p->k[1]) * (p->transmitted ? p->height[1] : distance));
    return fmax(along, direct) / (4.0 * ALI_PI * distance);
}

static alicorn_status not_reached(const ali_sommerfeld *problem, double tolerance,
                                  alicorn_error *error)
{
    return ali_error_set(error, ALICORN_E_NUMERIC,
                         "half-space: integral at rho %g m, heights %g m and %g m does not "
                         "reach %g",
                         problem->rho, problem->height[0], problem->height[1], tolerance);
}

static alicorn_status integrate(const ali_sommerfeld *problem, double tolerance,
                                double complex integral[ALI_SOMMERFELD_COUNT], alicorn_error *error)
{
    bool reached = ali_sommerfeld_integrate(problem, ali_sommerfeld_choose(problem),
                                            tolerance * wave_size(problem), integral);
    return reached ? ALICORN_OK : not_reached(problem, tolerance, error);
}

static alicorn_status integrate_slopes(const ali_sommerfeld *problem, int side, double tolerance,
                                       double complex integral[ALI_SOMMERFELD_SLOPES_COUNT],
                                       alicorn_error *error)
{
    double distance = hypot(problem->rho, problem->height[0] + problem->height[1]);
    double value = tolerance * wave_size(problem);
    double slope = value * fmax(1.0 / distance, creal(problem->k[0]));
    double weak =
        2.0 / cabs(problem->permittivity + 1.0); /* as phi is across, and as zz wants it */
    const double goal[ALI_SOMMERFELD_SLOPES_COUNT] = {[ALI_SOMMERFELD_XX] = value,
                                                      [ALI_SOMMERFELD_PHI] = weak * value,
                                                      [ALI_SOMMERFELD_ZX] = value,
                                                      [ALI_SOMMERFELD_ZX_OVER_RHO] = slope,
                                                      [ALI_SOMMERFELD_ZX_DIVERGENCE] = slope,
                                                      [ALI_SOMMERFELD_XX_RHO] = slope,
                                                      [ALI_SOMMERFELD_PHI_RHO] = weak * slope,
                                                      [ALI_SOMMERFELD_XX_HEIGHT] = slope,
                                                      [ALI_SOMMERFELD_PHI_HEIGHT] = weak * slope,
                                                      [ALI_SOMMERFELD_ZX_HEIGHT] = slope};
    bool reached = ali_sommerfeld_integrate_slopes(problem, ali_sommerfeld_choose(problem), side,
                                                   goal, integral);
    return reached ? ALICORN_OK : not_reached(problem, tolerance, error);
}

/** Values of zz and xz besides what was integrated; `lift`: (eps - 1) phi belongs to zz, times
 * this. */
static ali_half_space_kernels kernels_of(const double complex *integral, double complex lift)
{
    double complex xx = integral[ALI_SOMMERFELD_XX], phi = integral[ALI_SOMMERFELD_PHI];
    double complex zx = integral[ALI_SOMMERFELD_ZX];
    return (ali_half_space_kernels){
        .xx = xx, .zz = xx + lift * phi, .zx = zx, .xz = -zx, .phi = phi};
}

/** @param up  1 if the observer's height counts upwards, -1 if it lies in the soil */
static ali_half_space_slopes slopes_of(const double complex *integral, double complex lift,
                                       double up)
{
    double complex zx_over = integral[ALI_SOMMERFELD_ZX_OVER_RHO];
    double complex xx_rho = integral[ALI_SOMMERFELD_XX_RHO],
                   phi_rho = integral[ALI_SOMMERFELD_PHI_RHO];
    return (ali_half_space_slopes){.value = kernels_of(integral, lift),
                                   .xx_rho = xx_rho,
                                   .zz_rho = xx_rho + lift * phi_rho,
                                   .zx_rho = integral[ALI_SOMMERFELD_ZX_DIVERGENCE] - zx_over,
                                   .phi_rho = phi_rho,
                                   .xx_z = up * integral[ALI_SOMMERFELD_XX_HEIGHT],
                                   .zx_z = up * integral[ALI_SOMMERFELD_ZX_HEIGHT],
                                   .phi_z = up * integral[ALI_SOMMERFELD_PHI_HEIGHT],
                                   .zx_over_rho = zx_over};
}

/** Source and observer on one side. */
static alicorn_status reflected_problem(const ali_half_space *space, double rho, double z,
                                        double z_source, double tolerance, ali_sommerfeld *problem,
                                        alicorn_error *error)
{
    double height = fabs(z + z_source);
    bool in_soil = z < 0.0 || z_source < 0.0;
    *problem = (ali_sommerfeld){.k = {space->k, ali_half_space_wavenumber(space)},
                                .permittivity = space->permittivity,
                                .rho = rho,
                                .height = {in_soil ? 0.0 : height, in_soil ? height : 0.0},
                                .base = in_soil};
    if (in_soil ? z > 0.0 || z_source > 0.0 : z < 0.0 || z_source < 0.0)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "half-space: heights %g m and %g m lie on opposite sides", z,
                             z_source);
    return check_input(space, rho, hypot(rho, height), tolerance, error);
}

static double complex lift_of(const ali_sommerfeld *problem)
{
    return problem->base ? 1.0 - problem->permittivity : problem->permittivity - 1.0;
}

alicorn_status ali_half_space_remainder(const ali_half_space *space, double rho, double z,
                                        double z_source, double tolerance,
                                        ali_half_space_kernels *kernels, alicorn_error *error)
{
    ali_sommerfeld problem;
    double complex integral[ALI_SOMMERFELD_COUNT];
    *kernels = (ali_half_space_kernels){0};
    alicorn_status status = reflected_problem(space, rho, z, z_source, tolerance, &problem, error);
    if (status != ALICORN_OK || space->permittivity == 1.0)
        return status;
    status = integrate(&problem, tolerance, integral, error);
    *kernels = kernels_of(integral, lift_of(&problem));
    return status;
}

alicorn_status ali_half_space_remainder_slopes(const ali_half_space *space, double rho, double z,
                                               double z_source, double tolerance,
                                               ali_half_space_slopes *slopes, alicorn_error *error)
{
    ali_sommerfeld problem;
    double complex integral[ALI_SOMMERFELD_SLOPES_COUNT];
    *slopes = (ali_half_space_slopes){0};
    alicorn_status status = reflected_problem(space, rho, z, z_source, tolerance, &problem, error);
    if (status != ALICORN_OK || space->permittivity == 1.0)
        return status;
    status = integrate_slopes(&problem, problem.base, tolerance, integral, error);
    *slopes = slopes_of(integral, lift_of(&problem), problem.base ? -1.0 : 1.0);
    return status;
}

alicorn_status ali_half_space_reflected(const ali_half_space *space, double rho, double z,
                                        double z_source, double tolerance,
                                        ali_half_space_kernels *kernels, alicorn_error *error)
{
    alicorn_status status =
        ali_half_space_remainder(space, rho, z, z_source, tolerance, kernels, error);
    if (status != ALICORN_OK && status != ALICORN_E_NUMERIC)
        return status;
    bool in_soil = z < 0.0 || z_source < 0.0;
    double complex k = in_soil ? ali_half_space_wavenumber(space) : space->k;
    double distance = hypot(rho, z + z_source);
    double complex wave = cexp(-I * k * distance) / (4.0 * ALI_PI * distance);
    ali_half_space_images images = ali_half_space_images_of(space, in_soil);
    kernels->zz += images.zz * wave;
    kernels->phi += images.phi * wave;
    return status;
}

/** Source and observer on opposite sides. */
static alicorn_status transmitted_problem(const ali_half_space *space, double rho, double z,
                                          double z_source, double tolerance,
                                          ali_sommerfeld *problem, alicorn_error *error)
{
    double above = fmax(z, z_source), below = -fmin(z, z_source);
    double complex k_soil = ali_half_space_wavenumber(space);
    *problem = (ali_sommerfeld){.k = {space->k, k_soil},
                                .permittivity = space->permittivity,
                                .rho = rho,
                                .height = {above, below},
                                .base = cabs(k_soil) * below > space->k * above,
                                .transmitted = true};
    alicorn_status status = check_input(space, rho, hypot(rho, above + below), tolerance, error);
    if (status == ALICORN_OK && (above < 0.0 || below < 0.0))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "half-space: heights %g m and %g m lie on the same side", z, z_source);
    return status;
}

alicorn_status ali_half_space_transmitted(const ali_half_space *space, double rho, double z,
                                          double z_source, double tolerance,
                                          ali_half_space_kernels *kernels, alicorn_error *error)
{
    ali_sommerfeld problem;
    double complex integral[ALI_SOMMERFELD_COUNT];
    *kernels = (ali_half_space_kernels){0};
    alicorn_status status =
        transmitted_problem(space, rho, z, z_source, tolerance, &problem, error);
    if (status != ALICORN_OK)
        return status;
    status = integrate(&problem, tolerance, integral, error);
    *kernels = kernels_of(integral, 0.0);
    return status;
}

alicorn_status ali_half_space_transmitted_slopes(const ali_half_space *space, double rho, double z,
                                                 double z_source, double tolerance,
                                                 ali_half_space_slopes *slopes,
                                                 alicorn_error *error)
{
    ali_sommerfeld problem;
    double complex integral[ALI_SOMMERFELD_SLOPES_COUNT];
    *slopes = (ali_half_space_slopes){0};
    alicorn_status status =
        transmitted_problem(space, rho, z, z_source, tolerance, &problem, error);
    if (status != ALICORN_OK)
        return status;
    bool in_soil = z < 0.0 || (z == 0.0 && z_source > 0.0);
    status = integrate_slopes(&problem, in_soil, tolerance, integral, error);
    *slopes = slopes_of(integral, 0.0, in_soil ? -1.0 : 1.0);
    return status;
}
