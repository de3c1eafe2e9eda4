/* SPDX-License-Identifier: Apache-2.0 */
#include "study/interpolated.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/small_dense.h"
#include "model/model.h"
#include "observe/multiport.h"
#include "study/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Names of the ports: one block that holds the pointers and then the text. */
static const char **copy_names(const alicorn_ports *ports)
{
    const char **names = ali_calloc(1, ports->count * (sizeof *names + ALI_PORT_NAME_SIZE) + 1);
    for (size_t p = 0; names && p < ports->count; p++) {
        char *text = (char *)(names + ports->count) + p * ALI_PORT_NAME_SIZE;
        strncpy(text, ports->names[p], ALI_PORT_NAME_SIZE - 1);
        names[p] = text;
    }
    return names;
}

/** Y of S: D^-1 (1 + S)^-1 (1 - S) D^-1, D = sqrt(z0). Returns 0, or -1 if it does not exist.
 *  @param work  [2 n n] */
static int admittance(size_t n, const double complex *s, const double *z0, double complex *work,
                      alicorn_complex *y)
{
    double complex *a = work, *b = work + n * n;
    for (size_t i = 0; i < n * n; i++) {
        double one = i % (n + 1) == 0 ? 1.0 : 0.0;
        a[i] = one + s[i];
        b[i] = one - s[i];
    }
    if (ali_small_solve(n, n, a, b))
        return -1;
    for (size_t i = 0; i < n * n; i++) {
        b[i] /= sqrt(z0[i / n] * z0[i % n]);
        y[i] = ali_to_public(b[i]);
    }
    return 0;
}

/** Estimated errors: those of the nearest support, and what interpolation adds. */
static void add_errors(size_t count, const alicorn_solve_result *const *like, double s_error,
                       alicorn_solve_result *solve)
{
    const alicorn_solve_result *nearest = like[0];
    alicorn_ports *ports = &solve->ports;
    for (size_t k = 1; k < count; k++)
        if (fabs(like[k]->frequency_hz - solve->frequency_hz) <
            fabs(nearest->frequency_hz - solve->frequency_hz))
            nearest = like[k];
    for (size_t i = 0; ports->s_error && i < ports->count * ports->count; i++)
        ports->s_error[i] = nearest->ports.s_error[i] + s_error;
}

static alicorn_status fill_ports(const alicorn_ports *like, const double complex *s,
                                 alicorn_ports *ports, alicorn_error *error)
{
    size_t n = like->count, size = n * n;
    double *z0 = ali_calloc(n, sizeof *z0);
    double complex *work = ali_calloc(2 * size, sizeof *work);
    ports->z0 = z0;
    ports->names = copy_names(like);
    ports->s = ali_calloc(size, sizeof *ports->s);
    ports->y = ali_calloc(size, sizeof *ports->y);
    ports->z = ali_calloc(size, sizeof *ports->z);
    ports->s_error = like->s_error ? ali_calloc(size, sizeof *ports->s_error) : NULL;
    ports->coupling_db = like->coupling_db ? ali_calloc(size, sizeof *ports->coupling_db) : NULL;
    if (!z0 || !work || !ports->names || !ports->s || !ports->y || !ports->z ||
        (like->s_error && !ports->s_error) || (like->coupling_db && !ports->coupling_db)) {
        free(work);
        return ali_error_memory(error, 8 * size * sizeof *work, "an interpolated N-port");
    }
    ports->count = n;
    memcpy(z0, like->z0, n * sizeof *z0);
    for (size_t i = 0; i < size; i++)
        ports->s[i] = ali_to_public(s[i]);
    if (ports->coupling_db)
        ali_multiport_couplings(n, s, z0, ports->coupling_db);
    bool has_y = admittance(n, s, z0, work, ports->y) == 0;
    bool has_z = has_y && ali_multiport_impedance(n, work + size, work) == 0;
    for (size_t i = 0; has_z && i < size; i++)
        ports->z[i] = ali_to_public(work[i]);
    free(work);
    if (!has_z) {
        free(ports->z);
        ports->z = NULL;
    }
    return has_y ? ALICORN_OK
                 : ali_error_set(error, ALICORN_E_NUMERIC, "Y of interpolated ports is singular");
}

static double complex to_private(alicorn_complex value)
{
    return value.re + I * value.im;
}

/** Current into port i, driven as the solve says [A]; *voltage across it [V]. */
static double complex port_current(const alicorn_solve_result *solve,
                                   const alicorn_solve_result *like, size_t i,
                                   double complex *voltage)
{
    const alicorn_ports *ports = &solve->ports;
    size_t n = ports->count;
    if (solve->driven_port >= 0) { /* 1 V behind z0, the others terminated in theirs */
        double complex s = to_private(ports->s[i * n + i]);
        *voltage = 0.5 * (1.0 + s);
        return 0.5 * (1.0 - s) / ports->z0[i];
    }
    double complex current = 0.0;
    for (size_t j = 0; j < n; j++)
        current += to_private(ports->y[i * n + j]) * to_private(like->sources[j].voltage);
    *voltage = to_private(like->sources[i].voltage);
    return current;
}

/** Error of the impedance z0 (1 + S)/(1 - S) of a port that is driven alone, from that of S [ohm];
 * < 0 if that is not known or others are driven, too. */
static double impedance_error(const alicorn_solve_result *solve, size_t port)
{
    const alicorn_ports *ports = &solve->ports;
    size_t diagonal = port * ports->count + port;
    if (!ports->s_error || (solve->driven_port < 0 && ports->count > 1))
        return -1.0;
    double distance = cabs(1.0 - to_private(ports->s[diagonal]));
    return 2.0 * ports->z0[port] * ports->s_error[diagonal] / (distance * distance);
}

/** Sources as they are at the supports, with the voltages given there. */
static alicorn_status fill_sources(const alicorn_solve_result *like, alicorn_solve_result *solve,
                                   alicorn_error *error)
{
    solve->sources = ali_calloc(like->source_count, sizeof *solve->sources);
    if (!solve->sources)
        return ali_error_memory(error, like->source_count * sizeof *solve->sources, "sources");
    solve->source_count = like->source_count;
    for (size_t i = 0; i < like->source_count; i++) {
        size_t port = solve->driven_port >= 0 ? (size_t)solve->driven_port : i;
        double complex voltage, current = port_current(solve, like, port, &voltage);
        alicorn_source_result *source = &solve->sources[i];
        *source = like->sources[i];
        source->voltage = ali_to_public(voltage);
        source->current = ali_to_public(current);
        source->impedance = ali_to_public(voltage / current);
        source->impedance_error = impedance_error(solve, port);
        source->power_w = 0.5 * creal(voltage * conj(current));
        solve->power.input += source->power_w;
    }
    return ALICORN_OK;
}

/** One component of a field over a grid. */
static void blend(size_t count, const alicorn_solve_result *const *like,
                  const double complex *share, size_t pattern, bool phi, size_t size,
                  alicorn_complex *field)
{
    for (size_t i = 0; i < size; i++) {
        double complex sum = 0.0;
        for (size_t k = 0; k < count; k++) {
            const alicorn_pattern *from = &like[k]->patterns[pattern];
            sum += share[k] * to_private((phi ? from->e_phi : from->e_theta)[i]);
        }
        field[i] = ali_to_public(sum);
    }
}

static alicorn_status fill_pattern(size_t count, const alicorn_solve_result *const *like,
                                   const double complex *share, size_t index, double input_w,
                                   alicorn_pattern *pattern, alicorn_error *error)
{
    const alicorn_pattern *from = &like[0]->patterns[index];
    size_t size = from->theta_count * from->phi_count;
    *pattern = *from;
    pattern->e_rho = NULL;
    pattern->average = 0; /* a quadratic quantity of all directions */
    pattern->average_gain = pattern->solid_angle = 0.0;
    pattern->gain_scale = input_w > 0.0 ? from->gain_scale * like[0]->power.input / input_w : 0.0;
    pattern->theta_deg = ali_calloc(from->theta_count, sizeof *pattern->theta_deg);
    pattern->phi_deg = ali_calloc(from->phi_count, sizeof *pattern->phi_deg);
    pattern->e_theta = ali_calloc(size, sizeof *pattern->e_theta);
    pattern->e_phi = ali_calloc(size, sizeof *pattern->e_phi);
    if (!pattern->theta_deg || !pattern->phi_deg || !pattern->e_theta || !pattern->e_phi)
        return ali_error_memory(error, 2 * size * sizeof *pattern->e_phi, "a pattern");
    memcpy(pattern->theta_deg, from->theta_deg, from->theta_count * sizeof *from->theta_deg);
    memcpy(pattern->phi_deg, from->phi_deg, from->phi_count * sizeof *from->phi_deg);
    blend(count, like, share, index, false, size, pattern->e_theta);
    blend(count, like, share, index, true, size, pattern->e_phi);
    return ALICORN_OK;
}

static alicorn_status fill_patterns(size_t count, const alicorn_solve_result *const *like,
                                    const double complex *share, alicorn_solve_result *solve,
                                    alicorn_error *error)
{
    size_t patterns = like[0]->pattern_count;
    alicorn_status status = ALICORN_OK;
    solve->patterns = ali_calloc(patterns, sizeof *solve->patterns);
    if (!solve->patterns)
        return ali_error_memory(error, patterns * sizeof *solve->patterns, "patterns");
    for (size_t i = 0; i < patterns && !status; i++) {
        solve->pattern_count = i + 1;
        status =
            fill_pattern(count, like, share, i, solve->power.input, &solve->patterns[i], error);
    }
    return status;
}

alicorn_status ali_solve_interpolate(size_t count, const alicorn_solve_result *const *like,
                                     const double complex *share, double frequency_hz,
                                     const double complex *s, double s_error,
                                     alicorn_solve_result *solve, alicorn_error *error)
{
    *solve = (alicorn_solve_result){.frequency_hz = frequency_hz,
                                    .interpolated = 1,
                                    .task = like[0]->task,
                                    .unknowns = like[0]->unknowns,
                                    .driven = like[0]->driven,
                                    .driven_port = like[0]->driven_port,
                                    .max_gain_error_db = -1.0,
                                    .power = {.radiated = NAN,
                                              .structure_loss = NAN,
                                              .network_loss = NAN,
                                              .termination = NAN,
                                              .far_field = NAN},
                                    .residual = NAN};
    alicorn_status status = fill_ports(&like[0]->ports, s, &solve->ports, error);
    add_errors(count, like, s_error, solve);
    if (!status)
        status = fill_sources(like[0], solve, error);
    if (!status)
        status = fill_patterns(count, like, share, solve, error);
    return status;
}
