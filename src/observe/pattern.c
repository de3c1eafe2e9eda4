/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/pattern.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "observe/far_field.h"
#include "observe/ground_wave.h"
#include "observe/radiation.h"
#include "observe/refracted.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/** Axial ratios below this are linear polarisation, as in NEC. */
#define LINEAR 1e-5

void ali_pattern_clear(alicorn_pattern *pattern)
{
    free(pattern->theta_deg);
    free(pattern->phi_deg);
    free(pattern->e_theta);
    free(pattern->e_phi);
    free(pattern->e_rho);
    *pattern = (alicorn_pattern){0};
}

/* ---- fields ---- */

/** start + i step, given in radians, in degrees without the dust of the conversion. */
static double grid_degree(double start, double step, size_t i)
{
    return round((start + step * (double)i) / ALI_DEGREE * 1e10) * 1e-10;
}

static alicorn_status set_grid(const ali_pattern_request *request, alicorn_pattern *pattern,
                               alicorn_error *error)
{
    size_t thetas = request->theta_count, phis = request->phi_count;
    bool heights = request->mode == ALI_PATTERN_SURFACE_WAVE;
    pattern->theta_count = thetas;
    pattern->phi_count = phis;
    pattern->theta_deg = ali_calloc(thetas, sizeof *pattern->theta_deg);
    pattern->phi_deg = ali_calloc(phis, sizeof *pattern->phi_deg);
    pattern->e_theta = ali_calloc(thetas * phis, sizeof *pattern->e_theta);
    pattern->e_phi = ali_calloc(thetas * phis, sizeof *pattern->e_phi);
    if (heights)
        pattern->e_rho = ali_calloc(thetas * phis, sizeof *pattern->e_rho);
    if (pattern->theta_deg == NULL || pattern->phi_deg == NULL || pattern->e_theta == NULL ||
        pattern->e_phi == NULL || (heights && pattern->e_rho == NULL))
        return ali_error_memory(error, thetas * phis * 3 * sizeof *pattern->e_theta, "a pattern");
    for (size_t i = 0; i < thetas; i++)
        pattern->theta_deg[i] = heights ? request->theta_start + request->theta_step * (double)i
                                        : grid_degree(request->theta_start, request->theta_step, i);
    for (size_t j = 0; j < phis; j++)
        pattern->phi_deg[j] = grid_degree(request->phi_start, request->phi_step, j);
    return ALICORN_OK;
}

static void copy_field(size_t count, const double complex *from, alicorn_complex *to)
{
    for (size_t i = 0; i < count; i++)
        to[i] = (alicorn_complex){creal(from[i]), cimag(from[i])};
}

static alicorn_status set_fields(const ali_current *current, double k, const ali_ground *ground,
                                 alicorn_pattern *pattern, alicorn_error *error)
{
    size_t thetas = pattern->theta_count, count = thetas * pattern->phi_count;
    bool wave = pattern->mode == ALI_PATTERN_SURFACE_WAVE;
    double *place = ali_calloc(2 * count, sizeof *place);
    double complex *field = ali_calloc(3 * count, sizeof *field);
    alicorn_status status;
    if (place == NULL || field == NULL) {
        status =
            ali_error_memory(error, count * (2 * sizeof *place + 3 * sizeof *field), "a pattern");
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        double theta = pattern->theta_deg[i % thetas];
        place[i] = wave ? theta : theta * ALI_DEGREE;
        place[count + i] = pattern->phi_deg[i / thetas] * ALI_DEGREE;
    }
    if (wave)
        status = ali_ground_wave(current, k, ground, pattern->distance, count, place, place + count,
                                 field, field + count, field + 2 * count, error);
    else
        status = ali_far_field(current, k, ground, (ali_pattern_mode)pattern->mode, count, place,
                               place + count, field, field + count, error);
    if (status != ALICORN_OK)
        goto cleanup;
    copy_field(count, field, pattern->e_theta);
    copy_field(count, field + count, pattern->e_phi);
    if (wave)
        copy_field(count, field + 2 * count, pattern->e_rho);
cleanup:
    free(place);
    free(field);
    return status;
}

/* ---- gain ---- */

/** Gain of |F|^2 = 1. */
static double gain_scale(const ali_pattern_drive *drive, double k, bool directive)
{
    switch (drive->kind) {
    case ALI_DRIVE_SOURCES:
    case ALI_DRIVE_CURRENT_ELEMENT:
        return ali_radiation_gain(1.0, directive ? drive->radiated_w : drive->input_w);
    case ALI_DRIVE_PLANE_WAVE: {
        double wavelength = 2.0 * ALI_PI / k;
        return 4.0 * ALI_PI /
               (wavelength * wavelength * (1.0 + drive->axial_ratio * drive->axial_ratio));
    }
    case ALI_DRIVE_NONE:
        break;
    }
    return 0.0;
}

static double intensity(const alicorn_pattern *pattern, size_t at)
{
    alicorn_complex t = pattern->e_theta[at], p = pattern->e_phi[at];
    return t.re * t.re + t.im * t.im + p.re * p.re + p.im * p.im;
}

/** Refractive index of the medium that theta number i lies in. */
static double relative_index(const alicorn_pattern *pattern, size_t i)
{
    bool below = cos(pattern->theta_deg[i] * ALI_DEGREE) < ALI_BELOW_HORIZON;
    return below && pattern->mode != ALI_PATTERN_SURFACE_WAVE ? pattern->below_index : 1.0;
}

/** Index below the horizon, as alicorn_pattern has it. */
static double below_index(const ali_ground *ground, double k)
{
    if (ground == NULL || ground->kind == ALI_GROUND_NONE)
        return 1.0;
    if (ground->kind != ALI_GROUND_SOMMERFELD)
        return 0.0;
    double complex permittivity = ali_medium_permittivity(&ground->medium, k * ALI_C0);
    return cimag(permittivity) < 0.0 ? 0.0 : sqrt(creal(permittivity));
}

/** Solid angle that theta number i stands for, per radian of phi. */
static double theta_weight(const ali_pattern_request *request, size_t i)
{
    double theta = request->theta_start + request->theta_step * (double)i;
    double low = i == 0 ? theta : theta - 0.5 * request->theta_step;
    double high = i + 1 == request->theta_count ? theta : theta + 0.5 * request->theta_step;
    return fabs(cos(low) - cos(high));
}

static void set_average(const ali_pattern_request *request, double scale, alicorn_pattern *pattern)
{
    size_t thetas = request->theta_count, phis = request->phi_count;
    if (request->average == 0 || thetas < 2 || phis < 2 ||
        request->mode == ALI_PATTERN_SURFACE_WAVE)
        return;
    double sum = 0.0, last = request->theta_start + request->theta_step * (double)(thetas - 1);
    for (size_t j = 0; j < phis; j++)
        for (size_t i = 0; i < thetas; i++) {
            double weight =
                fabs(request->phi_step) * theta_weight(request, i) * relative_index(pattern, i);
            if (j == 0 || j + 1 == phis)
                weight *= 0.5;
            sum += weight * scale * intensity(pattern, j * thetas + i);
        }
    pattern->solid_angle =
        fabs(request->phi_step * (double)(phis - 1) * (cos(request->theta_start) - cos(last)));
    if (pattern->solid_angle > 0.0) {
        pattern->average = request->average;
        pattern->average_gain = sum / pattern->solid_angle;
    }
}

alicorn_status ali_pattern_create(const ali_pattern_request *request, const ali_current *current,
                                  double k, const ali_ground *ground,
                                  const ali_pattern_drive *drive, alicorn_pattern *pattern,
                                  alicorn_error *error)
{
    bool wave = request->mode == ALI_PATTERN_SURFACE_WAVE;
    *pattern = (alicorn_pattern){
        .mode = (int)request->mode,
        .bistatic = drive->kind == ALI_DRIVE_PLANE_WAVE,
        .distance = request->distance,
        .axes = request->axes,
        .normalised = request->normalised,
        .directive = request->directive,
        .normalisation_db = request->normalisation_db,
        .below_index = below_index(ground, k),
    };
    alicorn_status status = set_grid(request, pattern, error);
    if (status == ALICORN_OK)
        status = set_fields(current, k, ground, pattern, error);
    if (status != ALICORN_OK) {
        ali_pattern_clear(pattern);
        return status;
    }
    pattern->gain_scale = wave ? 0.0 : gain_scale(drive, k, request->directive);
    set_average(request, gain_scale(drive, k, false), pattern);
    return ALICORN_OK;
}

/* ---- one direction ---- */

static double decibel(double gain)
{
    return gain > 0.0 ? 10.0 * log10(gain) : -HUGE_VAL;
}

alicorn_pattern_sample alicorn_pattern_at(const alicorn_pattern *pattern, size_t i, size_t j)
{
    size_t at = j * pattern->theta_count + i;
    alicorn_complex t = pattern->e_theta[at], p = pattern->e_phi[at];
    double theta2 = t.re * t.re + t.im * t.im, phi2 = p.re * p.re + p.im * p.im;
    /* Stokes parameters; E_theta conj(E_phi) = (u + jv)/2, so v > 0 says that E_phi lags */
    double total = theta2 + phi2, q = theta2 - phi2;
    double scale = pattern->gain_scale * relative_index(pattern, i);
    double u = 2.0 * (t.re * p.re + t.im * p.im), v = 2.0 * (t.im * p.re - t.re * p.im);
    double major2 = 0.5 * (total + hypot(q, u));
    double minor2 = major2 > 0.0 ? 0.25 * v * v / major2 : 0.0;

    alicorn_pattern_sample sample = {
        .theta_dbi = decibel(scale * theta2),
        .phi_dbi = decibel(scale * phi2),
        .major_dbi = decibel(scale * major2),
        .minor_dbi = decibel(scale * minor2),
        .total_dbi = decibel(scale * total),
    };
    if (major2 > 0.0) {
        sample.axial_ratio = fmin(sqrt(minor2 / major2), 1.0);
        sample.tilt_deg = 0.5 * atan2(u, q) / ALI_DEGREE;
        if (sample.axial_ratio > LINEAR)
            sample.sense = v > 0.0 ? 1 : -1;
    }
    return sample;
}
