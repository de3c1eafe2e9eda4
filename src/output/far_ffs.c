/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "output/far_files.h"

#include <math.h>
#include <string.h>

/* CST's farfield source, version 3.0: a header with powers and frequencies, then for each frequency
 * the whole sphere, theta fastest, phi from 0 to 360 degrees, both included. Fields in volts
 * (peak), powers in watts (mean). Source: [CstFarfieldSource:2013] */

static bool is_at(double angle_deg, double expected_deg)
{
    return fabs(angle_deg - expected_deg) < 1e-6;
}

/** Whether phi goes once around without repeating 0 as 360. */
static bool is_open_circle(const alicorn_pattern *pattern)
{
    size_t n = pattern->phi_count;
    return n > 1 && is_at(pattern->phi_deg[n - 1] + pattern->phi_deg[1], 360.0);
}

static alicorn_status check_sphere(const ali_far_block *block, alicorn_error *error)
{
    char text[80];
    const alicorn_pattern *pattern = ali_far_pattern(block);
    size_t thetas = pattern->theta_count, phis = pattern->phi_count;
    bool whole_theta = thetas > 1 && ali_far_is_uniform(pattern->theta_deg, thetas) &&
                       is_at(pattern->theta_deg[0], 0.0) &&
                       is_at(pattern->theta_deg[thetas - 1], 180.0);
    bool whole_phi = phis > 1 && ali_far_is_uniform(pattern->phi_deg, phis) &&
                     is_at(pattern->phi_deg[0], 0.0) &&
                     (is_at(pattern->phi_deg[phis - 1], 360.0) || is_open_circle(pattern));
    if (whole_theta && whole_phi)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_USAGE,
                         "%s has theta from %g to %g and phi from %g to %g degrees; an .ffs file "
                         "needs the whole sphere in equal steps: theta from 0 to 180, phi from 0 "
                         "to 360 degrees",
                         ali_far_block_text(text, block), pattern->theta_deg[0],
                         pattern->theta_deg[thetas - 1], pattern->phi_deg[0],
                         pattern->phi_deg[phis - 1]);
}

alicorn_status ali_far_check_ffs(const ali_far_content *content, alicorn_error *error)
{
    for (size_t i = 0; i < content->count; i++) {
        alicorn_status status = check_sphere(&content->blocks[i], error);
        if (status)
            return status;
    }
    return ALICORN_OK;
}

/** Reference impedance of a source's port, 0 if it has none [ohm]. */
static double z0_of(const alicorn_solve_result *solve, const alicorn_source_result *source)
{
    for (size_t p = 0; p < solve->ports.count; p++)
        if (strcmp(solve->ports.names[p], source->port) == 0)
            return solve->ports.z0[p];
    return 0.0;
}

/** Power of the waves that run towards the driven ports: |V + z0 I|^2/(8 z0), peak values [W];
 * what the ports accept if they have no reference impedance. */
static double stimulated_power(const alicorn_solve_result *solve)
{
    double power = 0.0;
    for (size_t i = 0; i < solve->source_count; i++) {
        const alicorn_source_result *source = &solve->sources[i];
        double z0 = z0_of(solve, source);
        if (!(z0 > 0.0))
            return solve->power.input;
        double re = source->voltage.re + z0 * source->current.re;
        double im = source->voltage.im + z0 * source->current.im;
        power += (re * re + im * im) / (8.0 * z0);
    }
    return power;
}

/** Radiated, accepted and stimulated power; -1 each, as the format has it, where they are not
 * known. */
static void put_powers(FILE *stream, const alicorn_solve_result *solve)
{
    double powers[3] = {solve->power.far_field, solve->power.input, stimulated_power(solve)};
    bool known = solve->driven == 1 && powers[0] > 0.0 && powers[1] > 0.0;
    for (size_t k = 0; k < 3; k++)
        fprintf(stream, "%.9e\n", known ? powers[k] : -1.0);
}

static void put_sphere(FILE *stream, const alicorn_pattern *pattern)
{
    size_t phis = pattern->phi_count + is_open_circle(pattern);
    fprintf(stream, "\n// >> Total #phi samples, total #theta samples\n%zu %zu\n\n", phis,
            pattern->theta_count);
    fputs("// >> Phi, Theta, Re(E_Theta), Im(E_Theta), Re(E_Phi), Im(E_Phi):\n", stream);
    for (size_t j = 0; j < phis; j++) {
        bool repeated = j == pattern->phi_count; /* 360 degrees is 0 degrees */
        for (size_t i = 0; i < pattern->theta_count; i++) {
            size_t k = (repeated ? 0 : j) * pattern->theta_count + i;
            fprintf(stream, "%.9g %.9g %.9e %.9e %.9e %.9e\n",
                    repeated ? 360.0 : pattern->phi_deg[j] + 0.0, pattern->theta_deg[i] + 0.0,
                    pattern->e_theta[k].re, pattern->e_theta[k].im, pattern->e_phi[k].re,
                    pattern->e_phi[k].im);
        }
    }
}

void ali_far_write_ffs(const ali_far_content *content, FILE *stream)
{
    fputs("// CST Farfield Source File\n\n// Version:\n3.0\n\n// Data Type\nFarfield\n\n", stream);
    fprintf(stream, "// #Frequencies\n%zu\n\n", content->count);
    fputs("// Position\n0 0 0\n\n// zAxis\n0 0 1\n\n// xAxis\n1 0 0\n\n", stream);
    fputs("// Radiated/Accepted/Stimulated Power , Frequency\n", stream);
    for (size_t i = 0; i < content->count; i++) {
        put_powers(stream, content->blocks[i].solve);
        fprintf(stream, "%.12e\n\n", content->blocks[i].solve->frequency_hz);
    }
    for (size_t i = 0; i < content->count && !ferror(stream); i++)
        put_sphere(stream, ali_far_pattern(&content->blocks[i]));
}
