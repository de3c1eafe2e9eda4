/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/sphere_spectrum.h"

#include "base/constants.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** Largest phase across a panel: its rule has then 60 nodes. */
#define PANEL_PHASE 80.0
/** Products of samples and harmonics from which a team of threads costs less than it gains. */
#define PARALLEL_FROM 500000

double ali_sphere_harmonics(double x)
{
    return x + 6.0 * cbrt(x) + 8.0;
}

/* ---- directions ---- */

/** Where theta lies on the way from zenith (0) to nadir (1), as the rule goes it. */
static double way_of(const ali_sphere_rule *rule, double theta)
{
    return rule->panels == 1 ? 0.5 * (1.0 - cos(theta)) : theta / ALI_PI;
}

static void set_rings(double cylinder, ali_sphere_rule *rule)
{
    size_t nodes = (size_t)rule->nodes;
    for (size_t r = 0; r < rule->rings; r++) {
        double node = ali_gauss_node(rule->nodes)[r % nodes];
        double weight = ali_gauss_weight(rule->nodes)[r % nodes] / rule->panels;
        double way = ((double)(r / nodes) + 0.5 + 0.5 * node) / rule->panels;
        bool whole = rule->panels == 1;
        double theta = whole ? acos(1.0 - 2.0 * way) : ALI_PI * way;
        rule->theta[r] = theta;
        rule->weight[r] = 2.0 * ALI_PI * weight * (whole ? 1.0 : 0.5 * ALI_PI * sin(theta));
        double around = ceil(ali_sphere_harmonics(2.0 * cylinder * sin(theta)));
        rule->first[r + 1] = rule->first[r] + (size_t)around;
    }
}

alicorn_status ali_sphere_rule_create(double sphere, double cylinder, ali_sphere_rule *rule,
                                      alicorn_error *error)
{
    int panels = 1, half = (int)ceil(0.25 * ali_sphere_harmonics(2.0 * sphere) + 1.0);
    if (2 * half > ALI_GAUSS_MAX) {
        panels = (int)ceil(ALI_PI * sphere / PANEL_PHASE);
        half = (int)ceil(0.25 * ali_sphere_harmonics(ALI_PI * sphere / panels) + 1.0);
    }
    size_t rings = (size_t)(panels * half);
    *rule = (ali_sphere_rule){.panels = panels, .nodes = 2 * half, .rings = rings};
    rule->theta = ali_calloc(rings, sizeof *rule->theta);
    rule->weight = ali_calloc(rings, sizeof *rule->weight);
    rule->first = ali_calloc(rings + 1, sizeof *rule->first);
    if (!rule->theta || !rule->weight || !rule->first)
        return ali_error_memory(error, 3 * (rings + 1) * sizeof *rule->theta,
                                "directions of the far field");
    set_rings(cylinder, rule);
    return ALICORN_OK;
}

void ali_sphere_rule_clear(ali_sphere_rule *rule)
{
    free(rule->theta);
    free(rule->weight);
    free(rule->first);
    *rule = (ali_sphere_rule){0};
}

/* ---- harmonics ---- */

/** Harmonic that `count` samples around tell from all lower ones. */
static int highest_of(size_t count)
{
    return (int)(count - 1) / 2;
}

int ali_sphere_rule_highest(const ali_sphere_rule *rule)
{
    size_t most = 1;
    for (size_t r = 0; r < rule->rings; r++)
        if (rule->first[r + 1] - rule->first[r] > most)
            most = rule->first[r + 1] - rule->first[r];
    return highest_of(most);
}

/** Add value e^{-jm phi} to harmonics -highest … highest, of which mode[0] is the middle one. */
static void add_sample(const double value[4], double phi, int highest, double (*mode)[4])
{
    double step_re = cos(phi), step_im = -sin(phi), re = 1.0, im = 0.0;
    for (int c = 0; c < 4; c++)
        mode[0][c] += value[c];
    for (int m = 1; m <= highest; m++) {
        double next = re * step_re - im * step_im;
        im = re * step_im + im * step_re;
        re = next;
        for (int c = 0; c < 4; c += 2) {
            double a = value[c] * re, b = value[c + 1] * im;
            double d = value[c] * im, e = value[c + 1] * re;
            mode[m][c] += a - b;
            mode[m][c + 1] += d + e;
            mode[-m][c] += a + b;
            mode[-m][c + 1] += e - d;
        }
    }
}

/** Harmonics of a ring of the sphere. The even ones vanish at the poles like sin theta, by which
 * they are divided: then all are smooth in cos theta. */
static void ring_modes(const ali_sphere_spectrum *spectrum, const double middle[3],
                       const double complex *e_theta, const double complex *e_phi, size_t ring)
{
    const ali_sphere_rule *rule = spectrum->rule;
    int highest = spectrum->highest;
    double(*mode)[4] = spectrum->mode + ring * (size_t)(2 * highest + 1) + highest;
    bool lower = ring >= rule->rings;
    size_t from = lower ? 2 * rule->rings - 1 - ring : ring;
    size_t first = rule->first[from], count = rule->first[from + 1] - first;
    size_t offset = first + (lower ? rule->first[rule->rings] : 0);
    double sine = sin(rule->theta[from]), cosine = cos(rule->theta[from]), side = lower ? -1 : 1;
    int own = highest_of(count);
    for (size_t i = 0; i < count; i++) {
        double phi = 2.0 * ALI_PI * (double)i / (double)count;
        double phase = sine * (cos(phi) * middle[0] + sin(phi) * middle[1]) + cosine * middle[2];
        double complex turn = cexp(-I * side * phase) / (double)count;
        double complex value[2] = {turn * e_theta[offset + i], turn * e_phi[offset + i]};
        const double parts[4] = {creal(value[0]), cimag(value[0]), creal(value[1]),
                                 cimag(value[1])};
        add_sample(parts, lower ? phi + ALI_PI : phi, own, mode);
    }
    for (int m = -(own - own % 2); m <= own; m += 2)
        for (int c = 0; c < 4; c++)
            mode[m][c] /= sine;
}

alicorn_status ali_sphere_spectrum_create(const ali_sphere_rule *rule, const double middle[3],
                                          const double complex *e_theta,
                                          const double complex *e_phi,
                                          ali_sphere_spectrum *spectrum, alicorn_error *error)
{
    *spectrum = (ali_sphere_spectrum){.rule = rule, .highest = ali_sphere_rule_highest(rule)};
    size_t count = 2 * rule->rings * (size_t)(2 * spectrum->highest + 1);
    spectrum->mode = ali_calloc(count, sizeof *spectrum->mode);
    if (!spectrum->mode)
        return ali_error_memory(error, count * sizeof *spectrum->mode,
                                "harmonics of the far field");
#pragma omp parallel for schedule(                                                                 \
    dynamic) if (rule->first[rule->rings] * (size_t)spectrum->highest > PARALLEL_FROM / 2)
    for (size_t ring = 0; ring < 2 * rule->rings; ring++)
        ring_modes(spectrum, middle, e_theta, e_phi, ring);
    return ALICORN_OK;
}

void ali_sphere_spectrum_clear(ali_sphere_spectrum *spectrum)
{
    free(spectrum->mode);
    *spectrum = (ali_sphere_spectrum){0};
}

/* ---- values ---- */

/** Lagrange's polynomials of the n-point Gauss rule at x, by the barycentric formula. */
static void lagrange(int n, double x, double *value)
{
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    double sum = 0.0;
    for (int q = 0; q < n; q++)
        if (x == node[q]) {
            memset(value, 0, (size_t)n * sizeof *value);
            value[q] = 1.0;
            return;
        }
    for (int q = 0; q < n; q++) {
        double scale = sqrt((1.0 - node[q] * node[q]) * weight[q]);
        value[q] = (q % 2 ? -scale : scale) / (x - node[q]);
        sum += value[q];
    }
    for (int q = 0; q < n; q++)
        value[q] /= sum;
}

void ali_sphere_spectrum_ring(const ali_sphere_spectrum *spectrum, double theta, double (*mode)[4])
{
    const ali_sphere_rule *rule = spectrum->rule;
    int highest = spectrum->highest, nodes = rule->nodes;
    size_t width = (size_t)(2 * highest + 1);
    double share[ALI_GAUSS_MAX], sine = sin(theta);
    double way = way_of(rule, theta) * rule->panels;
    double panel = fmin(floor(way), rule->panels - 1.0);
    lagrange(nodes, 2.0 * (way - panel) - 1.0, share);
    const double(*from)[4] =
        (const double(*)[4])spectrum->mode + (size_t)panel * (size_t)nodes * width;
    memset(mode, 0, width * sizeof *mode);
    for (int q = 0; q < nodes; q++, from += width)
        for (size_t m = 0; m < width; m++)
            for (int c = 0; c < 4; c++)
                mode[m][c] += share[q] * from[m][c];
    for (size_t m = (size_t)(highest % 2); m < width; m += 2)
        for (int c = 0; c < 4; c++)
            mode[m][c] *= sine;
}

void ali_sphere_spectrum_at(const ali_sphere_spectrum *spectrum, const double (*mode)[4],
                            double phi, double complex field[2])
{
    const double(*above)[4] = mode + spectrum->highest, (*below)[4] = above;
    double step_re = cos(phi), step_im = sin(phi), re = 1.0, im = 0.0;
    double sum[4];
    memcpy(sum, *above, sizeof sum);
    for (int m = 1; m <= spectrum->highest; m++) {
        double next = re * step_re - im * step_im;
        im = re * step_im + im * step_re;
        re = next;
        above++;
        below--;
        for (int c = 0; c < 4; c += 2) {
            sum[c] += re * ((*above)[c] + (*below)[c]) - im * ((*above)[c + 1] - (*below)[c + 1]);
            sum[c + 1] +=
                re * ((*above)[c + 1] + (*below)[c + 1]) + im * ((*above)[c] - (*below)[c]);
        }
    }
    field[0] = CMPLX(sum[0], sum[1]);
    field[1] = CMPLX(sum[2], sum[3]);
}
