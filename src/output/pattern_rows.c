/* SPDX-License-Identifier: Apache-2.0 */
#include "output/pattern_rows.h"

#include "output/isolation.h"

#include <math.h>

const char *ali_pattern_quantity(const alicorn_pattern *pattern)
{
    if (pattern->mode == 1)
        return "field";
    if (pattern->bistatic)
        return "rcs_over_wavelength_squared";
    return pattern->directive ? "directive_gain" : "power_gain";
}

static int is_surface(const ali_pattern_row *row)
{
    return row->pattern->mode == 1;
}

static int is_plane_wave(const ali_pattern_row *row)
{
    return row->solve->driven == 2;
}

/** The value in a far-field pattern, nothing in one with the surface wave. */
static double far_only(const ali_pattern_row *row, double value)
{
    return is_surface(row) ? NAN : value;
}

static double surface_only(const ali_pattern_row *row, double value)
{
    return is_surface(row) ? value : NAN;
}

/** X(column name, value). In surface-wave mode e_theta holds E_z, hence the split by mode. */
#define VALUE_COLUMNS(X)                                                                           \
    X(task, (double)row->solve->task + 1)                                                          \
    X(frequency_hz, row->solve->frequency_hz)                                                      \
    X(theta_inc_deg, is_plane_wave(row) ? row->solve->theta_inc_deg : NAN)                         \
    X(phi_inc_deg, is_plane_wave(row) ? row->solve->phi_inc_deg : NAN)                             \
    X(pattern, (double)row->pattern_index + 1)                                                     \
    X(theta_deg, far_only(row, row->pattern->theta_deg[row->theta]))                               \
    X(phi_deg, row->pattern->phi_deg[row->phi])                                                    \
    X(e_theta_re_v, far_only(row, row->e_theta.re))                                                \
    X(e_theta_im_v, far_only(row, row->e_theta.im))                                                \
    X(e_phi_re_v, far_only(row, row->e_phi.re))                                                    \
    X(e_phi_im_v, far_only(row, row->e_phi.im))                                                    \
    X(theta_dbi, far_only(row, row->sample.theta_dbi))                                             \
    X(phi_dbi, far_only(row, row->sample.phi_dbi))                                                 \
    X(total_dbi, far_only(row, row->sample.total_dbi))                                             \
    X(major_dbi, far_only(row, row->sample.major_dbi))                                             \
    X(minor_dbi, far_only(row, row->sample.minor_dbi))                                             \
    X(axial_ratio, far_only(row, row->sample.axial_ratio))                                         \
    X(tilt_deg, far_only(row, row->sample.tilt_deg))                                               \
    X(rho_m, surface_only(row, row->pattern->distance))                                            \
    X(z_m, surface_only(row, row->pattern->theta_deg[row->theta]))                                 \
    X(e_z_re_v_per_m, surface_only(row, row->e_theta.re))                                          \
    X(e_z_im_v_per_m, surface_only(row, row->e_theta.im))                                          \
    X(e_phi_re_v_per_m, surface_only(row, row->e_phi.re))                                          \
    X(e_phi_im_v_per_m, surface_only(row, row->e_phi.im))                                          \
    X(e_rho_re_v_per_m, surface_only(row, row->e_rho.re))                                          \
    X(e_rho_im_v_per_m, surface_only(row, row->e_rho.im))

#define VALUE_FUNCTION(name, expression)                                                           \
    static double value_##name(const ali_pattern_row *row)                                         \
    {                                                                                              \
        return expression;                                                                         \
    }
VALUE_COLUMNS(VALUE_FUNCTION)
#undef VALUE_FUNCTION

static const char *text_sense(const ali_pattern_row *row)
{
    static const char *const name[3] = {"left", "linear", "right"};
    return is_surface(row) ? "" : name[row->sample.sense + 1];
}

static const char *text_quantity(const ali_pattern_row *row)
{
    return ali_pattern_quantity(row->pattern);
}

static const char *text_port(const ali_pattern_row *row)
{
    const char *port = ali_driven_port(row->solve);
    return port ? port : "";
}

const ali_pattern_column ali_pattern_columns[] = {
#define VALUE_ENTRY(name, expression) {#name, value_##name, NULL},
    VALUE_COLUMNS(VALUE_ENTRY)
#undef VALUE_ENTRY
        {"sense", NULL, text_sense},
    {"quantity", NULL, text_quantity},
    {"port", NULL, text_port},
};

const size_t ali_pattern_column_count = sizeof ali_pattern_columns / sizeof *ali_pattern_columns;

static void pattern_rows(ali_pattern_row *row, ali_pattern_row_fn visit, void *user)
{
    const alicorn_pattern *pattern = row->pattern;
    for (row->phi = 0; row->phi < pattern->phi_count; row->phi++) {
        for (row->theta = 0; row->theta < pattern->theta_count; row->theta++) {
            size_t k = row->phi * pattern->theta_count + row->theta;
            row->e_theta = pattern->e_theta[k];
            row->e_phi = pattern->e_phi[k];
            if (is_surface(row))
                row->e_rho = pattern->e_rho[k];
            else
                row->sample = alicorn_pattern_at(pattern, row->theta, row->phi);
            visit(user, row);
        }
    }
}

void ali_pattern_rows(const alicorn_result *result, ali_pattern_row_fn visit, void *user)
{
    size_t count = alicorn_result_count(result);
    for (size_t i = 0; i < count; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        for (size_t k = 0; k < solve->pattern_count; k++) {
            ali_pattern_row row = {
                .solve = solve, .pattern = &solve->patterns[k], .pattern_index = k};
            pattern_rows(&row, visit, user);
        }
    }
}
