/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant, in vectors of LANES doubles. The including file is compiled for its
 * instruction set and defines FACE_KERNEL, FACE_KERNEL_NAME and LANES before. */

#include "green/face_kernel.h"
#include "green/vector_text.h"

#include <stdbool.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1 };

/** The one triangle, from its middle, so that vectors between points of far triangles lose nothing.
 */
typedef struct one_face {
    double middle[3], vertex[3][3], normal[3];
    int points;
    double place[ALI_FACE_POINTS_MAX][3];
    double weight[ALI_FACE_POINTS_MAX];    /**< of the rule */
    double share[ALI_FACE_POINTS_MAX][3];  /**< weight times barycentric coordinate */
    double moment[ALI_FACE_POINTS_MAX][3]; /**< weight times place */
} one_face;

static void take_face(const ali_flat_triangle *triangle, const ali_triangle_rule *rule,
                      one_face *face)
{
    for (int v = 0; v < 3; v++) {
        const ali_vec3 *p = &triangle->vertex[v];
        const double vertex[3] = {p->x, p->y, p->z};
        for (int c = 0; c < 3; c++)
            face->vertex[v][c] = vertex[c];
    }
    for (int c = 0; c < 3; c++) {
        face->middle[c] =
            (face->vertex[0][c] + face->vertex[1][c] + face->vertex[2][c]) * (1.0 / 3.0);
        for (int v = 0; v < 3; v++)
            face->vertex[v][c] -= face->middle[c];
    }
    ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(triangle->vertex[1], triangle->vertex[0]),
                                     ali_vec3_sub(triangle->vertex[2], triangle->vertex[0]));
    normal = ali_vec3_scale(1.0 / ali_vec3_norm(normal), normal);
    face->normal[0] = normal.x;
    face->normal[1] = normal.y;
    face->normal[2] = normal.z;
    face->points = rule->points;
    for (int i = 0; i < rule->points; i++) {
        face->weight[i] = rule->weight[i];
        for (int c = 0; c < 3; c++) {
            face->share[i][c] = rule->weight[i] * rule->lambda[i][c];
            face->place[i][c] = rule->lambda[i][0] * face->vertex[0][c] +
                                rule->lambda[i][1] * face->vertex[1][c] +
                                rule->lambda[i][2] * face->vertex[2][c];
            face->moment[i][c] = rule->weight[i] * face->place[i][c];
        }
    }
}

/** Vertices of LANES others, from the middle of the one triangle. */
typedef struct lane_faces {
    vec vertex[3][3];
} lane_faces;

INLINE lane_faces load_faces(const ali_face_array *others, const one_face *face, size_t i)
{
    lane_faces faces;
    for (int v = 0; v < 3; v++)
        for (int c = 0; c < 3; c++)
            faces.vertex[v][c] = load(others->vertex[v][c] + i) - face->middle[c];
    return faces;
}

INLINE void lane_place(const lane_faces *faces, const double lambda[3], vec place[3])
{
    for (int c = 0; c < 3; c++)
        place[c] = lambda[0] * faces->vertex[0][c] + lambda[1] * faces->vertex[1][c] +
                   lambda[2] * faces->vertex[2][c];
}

/** e^{-jkR}/R for vectors of squared length r2, its imaginary part with the other sign. */
INLINE void kernel_at(double k, vec r2, vec *re, vec *minus_im)
{
    vec inverse = inverse_root(r2), sine, cosine;
    bits sign = sine_cosine(k * (r2 * inverse), &sine, &cosine);
    vec scale = (vec)((bits)inverse ^ sign);
    *re = scale * cosine;
    *minus_im = scale * sine;
}

/** What is left of (e^{-jkR} - 1)/R without its first two odd powers, -k^2 R/2 + k^4 R^3/24; finite
 *  at R = 0. */
INLINE void rest_at(double k, vec r2, vec *re, vec *minus_im)
{
    r2 = r2 + 1e-36;
    vec inverse = inverse_root(r2), half_sine, half_cosine;
    vec phase = k * (r2 * inverse), phase2 = phase * phase;
    sine_cosine(0.5 * phase, &half_sine, &half_cosine);
    *re = inverse * (phase2 * (0.5 - phase2 * (1.0 / 24.0)) - 2.0 * half_sine * half_sine);
    *minus_im = inverse * (2.0 * half_sine * half_cosine);
}

/* ---- moments ---- */

/** Sum of the kernel between one place of the others and all points of the one triangle, for its
 *  three functions. */
INLINE void inner_moments(const one_face *face, bool rest, int points, double k, const vec place[3],
                          vec re[3], vec im[3])
{
    for (int a = 0; a < 3; a++)
        re[a] = im[a] = (vec){0};
    for (int i = 0; i < points; i++) {
        vec x = place[0] - face->place[i][0], y = place[1] - face->place[i][1],
            z = place[2] - face->place[i][2], real, fall;
        (rest ? rest_at : kernel_at)(k, x * x + y * y + z * z, &real, &fall);
        for (int a = 0; a < 3; a++) {
            re[a] = re[a] + face->share[i][a] * real;
            im[a] = im[a] - face->share[i][a] * fall;
        }
    }
}

INLINE void all_moments(const ali_face_task *task, const one_face *face, bool rest, int points,
                        int other_points, size_t stride, double *restrict re, double *restrict im)
{
    for (size_t i = 0; i < task->others.count; i += LANES) {
        lane_faces faces = load_faces(&task->others, face, i);
        vec sum_re[9], sum_im[9];
        for (int m = 0; m < 9; m++)
            sum_re[m] = sum_im[m] = (vec){0};
        for (int j = 0; j < other_points; j++) {
            const double *lambda = task->other_rule.lambda[j];
            const double weight = task->other_rule.weight[j] / (4.0 * ALI_PI);
            vec place[3], inner_re[3], inner_im[3];
            lane_place(&faces, lambda, place);
            inner_moments(face, rest, points, task->k, place, inner_re, inner_im);
            for (int m = 0; m < 9; m++) {
                sum_re[m] = sum_re[m] + weight * lambda[m % 3] * inner_re[m / 3];
                sum_im[m] = sum_im[m] + weight * lambda[m % 3] * inner_im[m / 3];
            }
        }
        for (size_t m = 0; m < 9; m++) {
            store(re + m * stride + i, sum_re[m]);
            store(im + m * stride + i, sum_im[m]);
        }
    }
}

static void face_moments(const ali_face_task *task, size_t stride, double *restrict re,
                         double *restrict im)
{
    one_face face;
    take_face(&task->triangle, &task->rule, &face);
    if (face.points == 3 && task->other_rule.points == 3)
        all_moments(task, &face, false, 3, 3, stride, re, im);
    else
        all_moments(task, &face, false, face.points, task->other_rule.points, stride, re, im);
}

static void face_rest(const ali_face_task *task, size_t stride, double *restrict re,
                      double *restrict im)
{
    one_face face;
    take_face(&task->triangle, &task->rule, &face);
    all_moments(task, &face, true, face.points, task->other_rule.points, stride, re, im);
}

/* ---- the magnetic field ---- */

/** Sums over the points p of the one triangle of f = w_p d(e^{-jkR}/R)/dR/R, with d = r_p - r':
 *  parts of sum f (r_p - v) . d = reach - v . pull and sum f (r_p - v) = place - v total. */
typedef struct curl_sums {
    vec total, reach, place[3], pull[3];
} curl_sums;

INLINE void add_curl(curl_sums *sums, const one_face *face, int i, const vec d[3], vec f)
{
    vec along = face->place[i][0] * d[0] + face->place[i][1] * d[1] + face->place[i][2] * d[2];
    vec weighted = face->weight[i] * f;
    sums->total = sums->total + weighted;
    sums->reach = sums->reach + weighted * along;
    for (int c = 0; c < 3; c++) {
        sums->place[c] = sums->place[c] + face->moment[i][c] * f;
        sums->pull[c] = sums->pull[c] + weighted * d[c];
    }
}

INLINE void inner_curl(const one_face *face, double k, const vec place[3], curl_sums *re,
                       curl_sums *im)
{
    memset(re, 0, sizeof *re);
    memset(im, 0, sizeof *im);
    for (int i = 0; i < face->points; i++) {
        vec d[3], r2 = {0}, real, fall;
        for (int c = 0; c < 3; c++) {
            d[c] = face->place[i][c] - place[c];
            r2 = r2 + d[c] * d[c];
        }
        vec inverse = inverse_root(r2), inverse2 = inverse * inverse, sine, cosine;
        vec phase = k * (r2 * inverse);
        bits sign = sine_cosine(phase, &sine, &cosine);
        vec scale = (vec)((bits)(inverse * inverse2) ^ sign);
        /* -(1 + jkR) (cos - j sin)/R^3 */
        real = -scale * (cosine + phase * sine);
        fall = scale * (sine - phase * cosine);
        add_curl(re, face, i, d, real);
        add_curl(im, face, i, d, fall);
    }
}

/** w {(r - v_i) . d (n . F) - (r - v_i) . F (n . d)} summed, F = r' - v'_j, n . d = drop. */
INLINE vec curl_value(const curl_sums *sums, const double vertex[3], const vec flow[3], vec across,
                      vec drop)
{
    vec reach = sums->reach - vertex[0] * sums->pull[0] - vertex[1] * sums->pull[1] -
                vertex[2] * sums->pull[2];
    vec along = {0};
    for (int c = 0; c < 3; c++)
        along = along + (sums->place[c] - vertex[c] * sums->total) * flow[c];
    return reach * across - along * drop;
}

static void face_curl(const ali_face_task *task, size_t stride, double *restrict re,
                      double *restrict im)
{
    one_face face;
    take_face(&task->triangle, &task->rule, &face);
    const double *normal = face.normal;
    for (size_t i = 0; i < task->others.count; i += LANES) {
        lane_faces faces = load_faces(&task->others, &face, i);
        vec sum_re[9], sum_im[9];
        for (int m = 0; m < 9; m++)
            sum_re[m] = sum_im[m] = (vec){0};
        for (int j = 0; j < task->other_rule.points; j++) {
            const double weight = task->other_rule.weight[j] / (16.0 * ALI_PI);
            curl_sums inner_re, inner_im;
            vec place[3];
            lane_place(&faces, task->other_rule.lambda[j], place);
            inner_curl(&face, task->k, place, &inner_re, &inner_im);
            /* the points of the one triangle lie in one plane through its middle */
            vec drop = -(normal[0] * place[0] + normal[1] * place[1] + normal[2] * place[2]);
            for (int b = 0; b < 3; b++) {
                vec flow[3];
                for (int c = 0; c < 3; c++)
                    flow[c] = weight * (place[c] - faces.vertex[b][c]);
                vec across = normal[0] * flow[0] + normal[1] * flow[1] + normal[2] * flow[2];
                for (int a = 0; a < 3; a++) {
                    const double *vertex = face.vertex[a];
                    sum_re[3 * a + b] =
                        sum_re[3 * a + b] + curl_value(&inner_re, vertex, flow, across, drop);
                    sum_im[3 * a + b] =
                        sum_im[3 * a + b] + curl_value(&inner_im, vertex, flow, across, drop);
                }
            }
        }
        for (size_t m = 0; m < 9; m++) {
            store(re + m * stride + i, sum_re[m]);
            store(im + m * stride + i, sum_im[m]);
        }
    }
}

/* ---- tubes ---- */

/** As inner_moments, averaged around tubes of direction dir; ring = radius^2/4. */
INLINE void inner_tubes(const one_face *face, double k, const vec place[3], const vec dir[3],
                        vec ring, vec re[3], vec im[3])
{
    for (int a = 0; a < 3; a++)
        re[a] = im[a] = (vec){0};
    for (int i = 0; i < face->points; i++) {
        vec r2 = {0}, along = {0}, sine, cosine;
        for (int c = 0; c < 3; c++) {
            vec d = place[c] - face->place[i][c];
            r2 = r2 + d * d;
            along = along + d * dir[c];
        }
        vec inverse = inverse_root(r2), inverse2 = inverse * inverse;
        vec phase = k * (r2 * inverse), cosine2 = along * along * inverse2;
        bits sign = sine_cosine(phase, &sine, &cosine);
        vec scale = (vec)((bits)inverse ^ sign), real = scale * cosine, fall = scale * sine;
        /* times 1 + near (1 + jkR) - far, ali_tube_ring_terms */
        vec near = ring * (1.0 - 3.0 * cosine2) * inverse2;
        vec common = 1.0 + near - k * k * ring * (1.0 - cosine2), turn = near * phase;
        vec mean_real = common * real + turn * fall, mean_fall = common * fall - turn * real;
        for (int a = 0; a < 3; a++) {
            re[a] = re[a] + face->share[i][a] * mean_real;
            im[a] = im[a] - face->share[i][a] * mean_fall;
        }
    }
}

static void face_tubes(const ali_face_tube_task *task, size_t stride, double *restrict re,
                       double *restrict im)
{
    one_face face;
    take_face(&task->triangle, &task->rule, &face);
    const int row = task->order + 1;
    for (size_t i = 0; i < task->tubes.count; i += LANES) {
        vec mid[3], dir[3], sum_re[3 * SIZE], sum_im[3 * SIZE];
        vec half = load(task->tubes.half + i), radius = load(task->tubes.radius + i);
        for (int c = 0; c < 3; c++) {
            mid[c] = load(task->tubes.mid[c] + i) - face.middle[c];
            dir[c] = load(task->tubes.dir[c] + i);
        }
        for (int m = 0; m < 3 * row; m++)
            sum_re[m] = sum_im[m] = (vec){0};
        for (int j = 0; j < task->tube_rule.points; j++) {
            vec place[3], inner_re[3], inner_im[3], s = task->tube_rule.node[j] * half;
            for (int c = 0; c < 3; c++)
                place[c] = mid[c] + s * dir[c];
            inner_tubes(&face, task->k, place, dir, 0.25 * radius * radius, inner_re, inner_im);
            for (int a = 0; a < 3; a++)
                for (int q = 0; q < row; q++) {
                    double share = task->tube_rule.table[j][q];
                    sum_re[a * row + q] = sum_re[a * row + q] + share * inner_re[a];
                    sum_im[a * row + q] = sum_im[a * row + q] + share * inner_im[a];
                }
        }
        vec scale = half * (1.0 / (4.0 * ALI_PI));
        for (int m = 0; m < 3 * row; m++) {
            store(re + (size_t)m * stride + i, scale * sum_re[m]);
            store(im + (size_t)m * stride + i, scale * sum_im[m]);
        }
    }
}

const ali_face_kernel FACE_KERNEL = {FACE_KERNEL_NAME, face_moments, face_rest, face_curl,
                                     face_tubes};
