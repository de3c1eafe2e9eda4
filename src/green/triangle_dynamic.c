/* SPDX-License-Identifier: Apache-2.0 */
/* (e^{-jkR} - 1)/R = -k^2 R/2 + k^4 R^3/24 + rest. The odd powers of R are those with a kink at
 * R = 0, from the sixth power of k on too weak to matter; they are integrated like 1/R, the rest by
 * a product of Gauss rules. */
#include "base/constants.h"
#include "green/triangle_pair.h"
#include "green/triangle_points.h"
#include "math/sincos.h"

#include <math.h>
#include <string.h>

static void odd_potential(const ali_face_frame *source, ali_vec3 point, double value[][3])
{
    double powers[ALI_FACE_POWERS][3];
    ali_face_potentials(source, point, ALI_FACE_POWERS, powers);
    memcpy(value, powers + 1, 2 * sizeof *powers);
}

void ali_triangle_odd(const ali_flat_triangle *a, const ali_flat_triangle *b,
                      double moments[2][3][3])
{
    static const int degree[] = {1, 3};
    static const ali_pair_kernel kernel = {
        .values = 2, .degree = degree, .sign = 1.0, .potential = odd_potential, .finest = 1e-2};
    ali_face_frame frame_a, frame_b;
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    ali_pair_integrate(&frame_a, &frame_b, &kernel, moments);
    double scale = 1.0 / (4.0 * ALI_PI) / (frame_a.area * frame_b.area);
    for (int n = 0; n < 2; n++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                moments[n][i][j] *= scale;
}

static void power_potential(const ali_face_frame *source, ali_vec3 point, double value[][3])
{
    ali_face_potentials(source, point, ALI_FACE_POWERS, value);
}

void ali_triangle_powers(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         double moments[3][3][3])
{
    static const int degree[] = {-1, 1, 3};
    static const ali_pair_kernel kernel = {
        .values = 3, .degree = degree, .sign = 1.0, .potential = power_potential, .finest = 1e-3};
    ali_face_frame frame_a, frame_b;
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    ali_pair_integrate(&frame_a, &frame_b, &kernel, moments);
    double scale = 1.0 / (4.0 * ALI_PI) / (frame_a.area * frame_b.area);
    for (int n = 0; n < 3; n++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                moments[n][i][j] *= scale;
}

/** The rest between a point and all of the others; the imaginary part is relatively exact at any k,
 *  since it is what radiates. */
static void rest_row(const ali_face_points *a, int i, const ali_face_points *b, double k,
                     double *re, double *im)
{
    for (int j = 0; j < b->count; j++) {
        double dx = a->x[i] - b->x[j], dy = a->y[i] - b->y[j], dz = a->z[i] - b->z[j];
        double r = sqrt(dx * dx + dy * dy + dz * dz + 1e-200), inverse = 1.0 / r, phase = k * r;
        double sine, cosine, half_sine, phase2 = phase * phase;
        ali_sincos(0.5 * phase, &half_sine, &cosine);
        sine = 2.0 * half_sine * cosine;
        double even = 0.5 * phase2 - phase2 * phase2 / 24.0 - 2.0 * half_sine * half_sine;
        re[j] = b->weight[j] * inverse * even;
        im[j] = -b->weight[j] * inverse * sine;
    }
}

static void add_rest(const ali_face_points *a, const ali_face_points *b, double k,
                     double complex moments[3][3])
{
    double re[ALI_FACE_PRODUCT_MAX], im[ALI_FACE_PRODUCT_MAX], sum_re[3][3] = {{0.0}},
                                                               sum_im[3][3] = {{0.0}};
    for (int i = 0; i < a->count; i++) {
        rest_row(a, i, b, k, re, im);
        for (int q = 0; q < 3; q++) {
            double row_re = 0.0, row_im = 0.0;
            for (int j = 0; j < b->count; j++) {
                row_re += b->lambda[q][j] * re[j];
                row_im += b->lambda[q][j] * im[j];
            }
            for (int p = 0; p < 3; p++) {
                sum_re[p][q] += a->weight[i] * a->lambda[p][i] * row_re;
                sum_im[p][q] += a->weight[i] * a->lambda[p][i] * row_im;
            }
        }
    }
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++)
            moments[p][q] = CMPLX(sum_re[p][q], sum_im[p][q]) / (4.0 * ALI_PI);
}

void ali_triangle_rest(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                       const double odd[2][3][3], double complex moments[3][3])
{
    ali_face_frame frame_a, frame_b;
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    int order = ali_face_compare(&frame_a, &frame_b);
    const ali_face_frame *first = order > 0 ? &frame_b : &frame_a;
    const ali_face_frame *second = order > 0 ? &frame_a : &frame_b;
    ali_face_points points[2];
    double complex sum[3][3];
    ali_face_points_place(&points[0], first, k * first->size);
    ali_face_points_place(&points[1], second, k * second->size);
    add_rest(&points[0], &points[1], k, sum);
    double linear = -0.5 * k * k, cubic = k * k * k * k / 24.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double complex smooth = order > 0   ? sum[j][i]
                                    : order < 0 ? sum[i][j]
                                                : 0.5 * (sum[i][j] + sum[j][i]);
            moments[i][j] = smooth + linear * odd[0][i][j] + cubic * odd[1][i][j];
        }
}

void ali_triangle_dynamic(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                          double complex moments[3][3])
{
    double odd[2][3][3];
    ali_triangle_odd(a, b, odd);
    ali_triangle_rest(a, b, k, (const double(*)[3][3])odd, moments);
}
