/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ray_kernel.h"

#include "base/constants.h"
#include "math/quadrature.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { PANELS = 37, POINTS = 24 };

static double random_between(double low, double high)
{
    return low + (high - low) * rand() / RAND_MAX;
}

static void random_direction(double d[3])
{
    double z = random_between(-1, 1), phi = random_between(0, 2 * ALI_PI), s = sqrt(1 - z * z);
    d[0] = s * cos(phi);
    d[1] = s * sin(phi);
    d[2] = z;
}

/** A panel with current 1 + 0.7j u - 0.4 u^2, k h = `kh`, moments by their closed form. */
static ali_ray_panel sample_panel(double kh)
{
    ali_ray_panel panel = {.tube = pow(random_between(0, 0.3) / 2, 2)};
    random_direction(panel.dir);
    for (int i = 0; i < 3; i++)
        panel.phase[i] = random_between(-200, 200);
    double complex factor = 1.0;
    for (int m = 0; m < ALI_RAY_TERMS; m++) {
        double complex moment = m % 2 ? 0.7 * I * 2 / (m + 2) : 2.0 / (m + 1) - 0.8 / (m + 3);
        panel.re[m] = creal(factor * moment);
        panel.im[m] = cimag(factor * moment);
        factor *= I * kh / (m + 1);
    }
    return panel;
}

/** J0(x) as what it stands for, the average phase around a circle. */
static double average_phase(double x)
{
    double sum = 0.0;
    for (int i = 0; i < 32; i++)
        sum += cos(x * sin(2 * ALI_PI * i / 32)) / 32;
    return sum;
}

static double complex expected_moment(const ali_ray_panel *panel, double kh, const double n[3])
{
    double node[POINTS], weight[POINTS];
    ali_gauss_legendre(POINTS, node, weight);
    double along = 0.0, phase = 0.0;
    for (int i = 0; i < 3; i++) {
        along += n[i] * panel->dir[i];
        phase += n[i] * panel->phase[i];
    }
    double complex sum = 0.0;
    for (int q = 0; q < POINTS; q++)
        sum += weight[q] * (1.0 + 0.7 * I * node[q] - 0.4 * node[q] * node[q]) *
               cexp(I * kh * along * node[q]);
    return sum * cexp(I * phase) * average_phase(2 * sqrt(panel->tube * (1 - along * along)));
}

static void test_every_variant_against_quadrature(void **state)
{
    (void)state;
    srand(5);
    ali_ray_panel panels[PANELS];
    double kh[PANELS];
    for (int p = 0; p < PANELS; p++) {
        kh[p] = p % 3 ? random_between(0, ALI_RAY_HALF_MAX) : ALI_RAY_HALF_MAX;
        panels[p] = sample_panel(kh[p]);
    }
    ali_ray_block block;
    double complex expected[2][ALI_RAY_BLOCK] = {{0}};
    for (int i = 0; i < ALI_RAY_BLOCK; i++) {
        double n[3], first[3], second[3];
        random_direction(n);
        random_direction(first);
        random_direction(second);
        for (int c = 0; c < 3; c++) {
            block.normal[c][i] = n[c];
            block.first[c][i] = first[c];
            block.second[c][i] = second[c];
        }
        for (int p = 0; p < PANELS; p++) {
            double complex moment = expected_moment(&panels[p], kh[p], n);
            for (int c = 0; c < 3; c++) {
                expected[0][i] += panels[p].dir[c] * first[c] * moment;
                expected[1][i] += panels[p].dir[c] * second[c] * moment;
            }
        }
    }
    const ali_ray_kernel *kernels;
    size_t count = ali_ray_kernels(&kernels);
    assert_true(count >= 1);
    for (size_t v = 0; v < count; v++)
        for (block.count = 1; block.count <= ALI_RAY_BLOCK; block.count += 9) {
            ali_ray_sum sum = {0};
            kernels[v].run(PANELS, panels, &block, &sum);
            for (int c = 0; c < 2; c++)
                for (size_t i = 0; i < block.count; i++) {
                    double complex value = sum.value[c][0][i] + I * sum.value[c][1][i];
                    if (cabs(value - expected[c][i]) > 1e-9)
                        fail_msg("%s: off by %.2e", kernels[v].name, cabs(value - expected[c][i]));
                }
        }
}

/* ---- complex wave vectors ---- */

/** Moment of the panel's current spread around its tube, by quadrature along and around. */
static double complex refracted_moment(const ali_ray_panel *panel, double kh,
                                       const double complex wave[3])
{
    double node[POINTS], weight[POINTS];
    ali_gauss_legendre(POINTS, node, weight);
    const double *d = panel->dir;
    double radius = 2.0 * sqrt(panel->tube); /* k a */
    double least = fabs(d[2]) < 0.9 ? hypot(d[0], d[1]) : hypot(d[1], d[2]);
    double side[3] = {-d[1] / least, d[0] / least, 0.0};
    if (fabs(d[2]) >= 0.9) {
        side[0] = 0.0;
        side[1] = -d[2] / least;
        side[2] = d[1] / least;
    }
    double other[3] = {d[1] * side[2] - d[2] * side[1], d[2] * side[0] - d[0] * side[2],
                       d[0] * side[1] - d[1] * side[0]};
    double complex sum = 0.0;
    enum { AROUND = 48 };
    for (int q = 0; q < POINTS; q++)
        for (int i = 0; i < AROUND; i++) {
            double angle = 2.0 * ALI_PI * i / AROUND;
            double complex phase = 0.0;
            for (int c = 0; c < 3; c++)
                phase += wave[c] * (panel->phase[c] + kh * node[q] * d[c] +
                                    radius * (cos(angle) * side[c] + sin(angle) * other[c]));
            sum += weight[q] / AROUND * (1.0 + 0.7 * I * node[q] - 0.4 * node[q] * node[q]) *
                   cexp(I * phase);
        }
    return sum;
}

/** Soils, and the air as seen from a dense dielectric below, in which waves are evanescent. */
static const double complex media[] = {13.0 - 3.0 * I, 81.0 - 900.0 * I, 4.0, 1.0};
enum { MEDIA = sizeof media / sizeof *media, DENSE = 9 };

static void set_waves(double complex eps, ali_refracted_block *block)
{
    block->count = ALI_RAY_BLOCK;
    block->permittivity[0] = creal(eps);
    block->permittivity[1] = cimag(eps);
    for (int i = 0; i < ALI_RAY_BLOCK; i++) {
        double sine = (eps == 1.0 ? DENSE : 1.0) * (i + 0.5) / ALI_RAY_BLOCK, phi = 2.3 * i;
        double complex up = csqrt(eps - sine * sine);
        if (cimag(up) > 0.0)
            up = -up;
        up *= eps == 1.0 ? -1.0 : 1.0; /* above the interface it fades upwards */
        block->level[0][i] = sine * cos(phi);
        block->level[1][i] = sine * sin(phi);
        block->upright[0][i] = creal(up);
        block->upright[1][i] = cimag(up);
    }
}

static void test_refracted_waves_against_quadrature(void **state)
{
    (void)state;
    srand(6);
    static ali_refracted_block block;
    for (int m = 0; m < MEDIA; m++) {
        double most = media[m] == 1.0 ? DENSE * 1.42 : sqrt(cabs(media[m]) + 1.0);
        ali_ray_panel panels[PANELS];
        double kh[PANELS];
        for (int p = 0; p < PANELS; p++) {
            kh[p] = random_between(0.1, 1) * ALI_RAY_HALF_MAX / most;
            panels[p] = sample_panel(kh[p]);
            panels[p].phase[2] = (media[m] == 1.0 ? 1 : -1) * random_between(0, 3.0 / most);
            panels[p].tube =
                pow((p % 4 ? 0.05 : 0.7) * random_between(0, ALI_REFRACTED_TUBE / most) / 2, 2);
        }
        set_waves(media[m], &block);
        const ali_ray_kernel *kernels;
        size_t count = ali_ray_kernels(&kernels);
        for (size_t v = 0; v < count; v++)
            for (block.count = 8; block.count <= ALI_RAY_BLOCK; block.count += 28)
                for (int p = 0; p < PANELS; p++) {
                    ali_refracted_sum sum = {0};
                    kernels[v].run_refracted(1, &panels[p], &block, &sum);
                    for (size_t i = 0; i < block.count; i += 13) {
                        double complex wave[3] = {block.level[0][i], block.level[1][i],
                                                  CMPLX(block.upright[0][i], block.upright[1][i])};
                        double complex moment = refracted_moment(&panels[p], kh[p], wave);
                        double growth = exp(cabs(wave[2]) * 2.0 * sqrt(panels[p].tube));
                        for (int c = 0; c < 3; c++) {
                            double complex value = sum.value[c][0][i] + I * sum.value[c][1][i];
                            double off = cabs(value - panels[p].dir[c] * moment);
                            if (off > 2e-9 * growth)
                                fail_msg("%s, medium %d: off by %.2e", kernels[v].name, m, off);
                        }
                    }
                }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_variant_against_quadrature),
        cmocka_unit_test(test_refracted_waves_against_quadrature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
