/* SPDX-License-Identifier: Apache-2.0 */
/* The values are contractions of the vectors
 * G_ab = 1/(4 pi A A') int int lambda_a lambda'_b grad f dS dS', since r - v_i = sum lambda_a (v_a
 * - v_i): value_ij = 1/4 sum_ab (v_a - v_i) . [n x (G_ab x (v'_b - v'_j))]. For f = 1/R, R and R^3
 * they are integrated as ali_triangle_static does it, with analytic gradients; the smooth rest of
 * the kernel by a product of Gauss rules. */
#include "base/constants.h"
#include "green/triangle_pair.h"
#include "green/triangle_points.h"
#include "math/sincos.h"

#include <math.h>
#include <string.h>

static void gradients(const ali_face_frame *source, ali_vec3 point, double value[][3])
{
    ali_vec3 gradient[ALI_FACE_POWERS][3];
    ali_face_gradients(source, point, ALI_FACE_POWERS, gradient);
    for (int n = 0; n < ALI_FACE_POWERS; n++)
        for (int b = 0; b < 3; b++) {
            value[3 * n][b] = gradient[n][b].x;
            value[3 * n + 1][b] = gradient[n][b].y;
            value[3 * n + 2][b] = gradient[n][b].z;
        }
}

/** @param[in] vectors  4 pi A A' G_ab at [component][a][b] */
static void contract(const ali_face_frame *a, const ali_face_frame *b, double vectors[3][3][3],
                     double value[3][3])
{
    double scale = 1.0 / (16.0 * ALI_PI) / (a->area * b->area);
    memset(value, 0, 3 * sizeof *value);
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++) {
            ali_vec3 g = {scale * vectors[0][p][q], scale * vectors[1][p][q],
                          scale * vectors[2][p][q]};
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) {
                    ali_vec3 test = ali_vec3_sub(a->vertex[p], a->vertex[i]);
                    ali_vec3 flow = ali_vec3_sub(b->vertex[q], b->vertex[j]);
                    ali_vec3 field = ali_vec3_cross(g, flow);
                    value[i][j] += ali_vec3_dot(test, ali_vec3_cross(a->normal, field));
                }
        }
}

/** Whether both lie in one plane, as far as rounding lets one see. */
static bool is_flat(const ali_face_frame *a, const ali_face_frame *b)
{
    for (int i = 0; i < 3; i++) {
        double height = ali_vec3_dot(a->normal, ali_vec3_sub(b->vertex[i], a->vertex[0]));
        if (fabs(height) > 1e-14 * (a->size + b->size))
            return false;
    }
    return true;
}

void ali_triangle_curl_powers(const ali_flat_triangle *a, const ali_flat_triangle *b,
                              double powers[3][3][3])
{
    static const int degree[] = {-2, -2, -2, 0, 0, 0, 2, 2, 2};
    static const ali_pair_kernel kernel = {
        .values = 9, .degree = degree, .sign = -1.0, .potential = gradients, .finest = 1e-5};
    ali_face_frame frame_a, frame_b;
    double vectors[9][3][3];
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    memset(powers, 0, 3 * sizeof *powers);
    if (is_flat(&frame_a, &frame_b))
        return;
    ali_pair_integrate(&frame_a, &frame_b, &kernel, vectors);
    for (int n = 0; n < 3; n++)
        contract(&frame_a, &frame_b, vectors + (ptrdiff_t)(3 * n), powers[n]);
}

/** Slope over R, times the weight, of the rest of e^{-jkR}/R without 1/R - k^2 R/2 + k^4 R^3/24,
 *  between a point and all of the others. */
static void rest_row(const ali_face_points *a, int i, const ali_face_points *b, double k,
                     double *re, double *im)
{
    for (int j = 0; j < b->count; j++) {
        double dx = a->x[i] - b->x[j], dy = a->y[i] - b->y[j], dz = a->z[i] - b->z[j];
        double r2 = dx * dx + dy * dy + dz * dz + 1e-90, inverse = 1.0 / sqrt(r2);
        double x = k * r2 * inverse, half_sine, half_cosine, x2 = x * x;
        ali_sincos(0.5 * x, &half_sine, &half_cosine);
        double sine = 2.0 * half_sine * half_cosine, fall = 2.0 * half_sine * half_sine;
        double weight = a->weight[i] * b->weight[j] * inverse * inverse * inverse;
        /* cos x - 1 + x^2/2 - x^4/24 and sin x, over R */
        re[j] = weight * (fall + 0.5 * x2 - 0.125 * x2 * x2 - x * sine);
        im[j] = weight * (sine - x * (1.0 - fall));
    }
}

static void add_rest(const ali_face_points *a, const ali_face_points *b, double k,
                     double re_sum[3][3][3], double im_sum[3][3][3])
{
    double re[ALI_FACE_PRODUCT_MAX], im[ALI_FACE_PRODUCT_MAX];
    for (int i = 0; i < a->count; i++) {
        rest_row(a, i, b, k, re, im);
        for (int q = 0; q < 3; q++) {
            double row_re[3] = {0.0}, row_im[3] = {0.0};
            for (int j = 0; j < b->count; j++) {
                double d[3] = {a->x[i] - b->x[j], a->y[i] - b->y[j], a->z[i] - b->z[j]};
                for (int c = 0; c < 3; c++) {
                    row_re[c] += b->lambda[q][j] * re[j] * d[c];
                    row_im[c] += b->lambda[q][j] * im[j] * d[c];
                }
            }
            for (int c = 0; c < 3; c++)
                for (int p = 0; p < 3; p++) {
                    re_sum[c][p][q] += a->lambda[p][i] * row_re[c];
                    im_sum[c][p][q] += a->lambda[p][i] * row_im[c];
                }
        }
    }
}

void ali_triangle_curl_sum(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                           const double powers[3][3][3], double complex value[3][3])
{
    ali_face_frame frame_a, frame_b;
    ali_face_points points_a, points_b;
    double re[3][3][3] = {{{0.0}}}, im[3][3][3] = {{{0.0}}}, real[3][3], imaginary[3][3];
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    memset(value, 0, 3 * sizeof *value);
    if (is_flat(&frame_a, &frame_b))
        return;
    ali_face_points_place(&points_a, &frame_a, k * frame_a.size);
    ali_face_points_place(&points_b, &frame_b, k * frame_b.size);
    add_rest(&points_a, &points_b, k, re, im);
    double areas = frame_a.area * frame_b.area, k2 = k * k;
    contract(&frame_a, &frame_b, re, real);
    contract(&frame_a, &frame_b, im, imaginary);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            value[i][j] = powers[0][i][j] - 0.5 * k2 * powers[1][i][j] +
                          k2 * k2 / 24.0 * powers[2][i][j] +
                          areas * CMPLX(real[i][j], imaginary[i][j]);
}

void ali_triangle_curl(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                       double complex value[3][3])
{
    double powers[3][3][3];
    ali_triangle_curl_powers(a, b, powers);
    ali_triangle_curl_sum(a, b, k, (const double(*)[3][3])powers, value);
}
