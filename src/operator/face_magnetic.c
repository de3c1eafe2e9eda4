/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_magnetic.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Cuts of triangle or tube until both are small against their distance; never more, for a wire
 *  that runs into the face. */
enum { CUTS_MAX = 14, TUBE_POINTS = 5, FACE_POINTS = 7 };
static const double APART = 1.2;

alicorn_status ali_electric_shares(const ali_model *model, const ali_surface_mesh *mesh,
                                   double **share, alicorn_error *error)
{
    bool any = false;
    *share = NULL;
    for (size_t f = 0; f < mesh->face_count; f++)
        any = any || model->surfaces[mesh->faces[f].surface].electric_share < 1.0;
    if (!any)
        return ALICORN_OK;
    double *made = ali_calloc(mesh->body_count, sizeof *made);
    if (!made)
        return ali_error_memory(error, mesh->body_count * sizeof *made, "electric shares");
    for (size_t b = 0; b < mesh->body_count; b++)
        made[b] = 1.0;
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        made[face->body] = fmin(made[face->body], model->surfaces[face->surface].electric_share);
    }
    *share = made;
    return ALICORN_OK;
}

alicorn_status ali_magnetic_near(const ali_model *model, const ali_surface_mesh *mesh,
                                 ali_face_near *near, int threads, alicorn_error *error)
{
    double *share;
    alicorn_status status = ali_electric_shares(model, mesh, &share, error);
    if (status || !share)
        return status;
    bool *tested = ali_calloc(mesh->face_count, sizeof *tested);
    if (!tested)
        status = ali_error_memory(error, mesh->face_count, "near pairs of faces");
    for (size_t f = 0; f < mesh->face_count && tested; f++)
        tested[f] = share[mesh->faces[f].body] < 1.0;
    if (!status)
        status = ali_face_near_add_curl(near, mesh, tested, threads, error);
    free(tested);
    free(share);
    return status;
}

/** dG/dR/R = -(1 + jkR) e^{-jkR}/(4 pi R^3). */
static double complex slope(double k, double distance)
{
    double phase = k * distance, cosine = cos(phase), sine = sin(phase);
    double scale = -1.0 / (4.0 * ALI_PI * distance * distance * distance);
    return CMPLX(scale * (cosine + phase * sine), scale * (phase * cosine - sine));
}

/** The triangle that is tested. */
typedef struct tested_face {
    ali_flat_triangle triangle;
    ali_vec3 normal;
} tested_face;

static tested_face face_of(const ali_flat_triangle *triangle)
{
    const ali_vec3 *p = triangle->vertex;
    ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0]));
    return (tested_face){*triangle, ali_vec3_scale(1.0 / ali_vec3_norm(normal), normal)};
}

static ali_vec3 middle_of(const ali_flat_triangle *triangle)
{
    const ali_vec3 *p = triangle->vertex;
    return ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2])));
}

/** (r - v_i) . [n x (d x moment)] for the three vertices, over 2. */
static void add_point(const tested_face *face, ali_vec3 at, ali_vec3 d, ali_vec3 moment,
                      double value[3])
{
    ali_vec3 turned = ali_vec3_cross(face->normal, ali_vec3_cross(d, moment));
    for (int i = 0; i < 3; i++)
        value[i] = 0.5 * ali_vec3_dot(ali_vec3_sub(at, face->triangle.vertex[i]), turned);
}

static ali_vec3 rule_point(const ali_flat_triangle *part, const double lambda[3])
{
    const ali_vec3 *p = part->vertex;
    return ali_vec3_axpy(ali_vec3_axpy(ali_vec3_scale(lambda[0], p[0]), lambda[1], p[1]), lambda[2],
                         p[2]);
}

void ali_magnetic_points(const ali_flat_triangle *tested, int count, const ali_vec3 *point,
                         const ali_vec3 *moment, double k, double complex value[3])
{
    tested_face face = face_of(tested);
    ali_triangle_rule rule = ali_triangle_rule_get(12);
    value[0] = value[1] = value[2] = 0.0;
    for (int r = 0; r < rule.points; r++) {
        ali_vec3 at = rule_point(tested, rule.lambda[r]);
        for (int p = 0; p < count; p++) {
            ali_vec3 d = ali_vec3_sub(at, point[p]);
            double complex weight = rule.weight[r] * slope(k, ali_vec3_norm(d));
            double part[3];
            add_point(&face, at, d, moment[p], part);
            for (int i = 0; i < 3; i++)
                value[i] += weight * part[i];
        }
    }
}

/** Sums over parts of a face and a tube. */
typedef struct magnetic_sum {
    tested_face face;
    const ali_tube *tube;
    int order;
    double k;
    double complex (*value)[ALI_TUBE_ORDER_MAX + 1];
} magnetic_sum;

/** Part of the face, its share of the area, and the tube from u = middle - half to middle + half.
 */
static void add_part(const magnetic_sum *sum, const ali_flat_triangle *part, double share,
                     double middle, double half)
{
    const ali_tube *tube = sum->tube;
    ali_triangle_rule rule = ali_triangle_rule_get(FACE_POINTS);
    const double *node = ali_gauss_node(TUBE_POINTS), *weight = ali_gauss_weight(TUBE_POINTS);
    for (int j = 0; j < TUBE_POINTS; j++) {
        double u = middle + half * node[j], legendre[ALI_TUBE_ORDER_MAX + 1];
        double complex total[3] = {0.0, 0.0, 0.0};
        ali_vec3 from = ali_vec3_axpy(tube->mid, u * tube->half, tube->dir);
        ali_legendre(u, sum->order, legendre);
        for (int r = 0; r < rule.points; r++) {
            ali_vec3 at = rule_point(part, rule.lambda[r]), d = ali_vec3_sub(at, from);
            double complex scale = share * rule.weight[r] * half * weight[j] * tube->half *
                                   slope(sum->k, ali_vec3_norm(d));
            double values[3];
            add_point(&sum->face, at, d, tube->dir, values);
            for (int i = 0; i < 3; i++)
                total[i] += scale * values[i];
        }
        for (int i = 0; i < 3; i++)
            for (int q = 0; q <= sum->order; q++)
                sum->value[i][q] += legendre[q] * total[i];
    }
}

static void add_parts(const magnetic_sum *sum, const ali_flat_triangle *part, double share,
                      double middle, double half, int cuts)
{
    ali_vec3 at = middle_of(part);
    ali_vec3 from = ali_vec3_axpy(sum->tube->mid, middle * sum->tube->half, sum->tube->dir);
    double reach = 0.0, length = half * sum->tube->half;
    for (int i = 0; i < 3; i++)
        reach = fmax(reach, ali_vec3_distance(at, part->vertex[i]));
    double gap = ali_vec3_distance(at, from) - reach - length;
    if (cuts == 0 || gap > APART * fmax(reach, length)) {
        add_part(sum, part, share, middle, half);
        return;
    }
    if (length > reach) {
        add_parts(sum, part, share, middle - 0.5 * half, 0.5 * half, cuts - 1);
        add_parts(sum, part, share, middle + 0.5 * half, 0.5 * half, cuts - 1);
        return;
    }
    ali_vec3 between[3];
    for (int i = 0; i < 3; i++)
        between[i] =
            ali_vec3_scale(0.5, ali_vec3_add(part->vertex[(i + 1) % 3], part->vertex[(i + 2) % 3]));
    ali_flat_triangle quarter = {{between[0], between[1], between[2]}};
    add_parts(sum, &quarter, 0.25 * share, middle, half, cuts - 1);
    for (int i = 0; i < 3; i++) {
        quarter =
            (ali_flat_triangle){{part->vertex[i], between[(i + 2) % 3], between[(i + 1) % 3]}};
        add_parts(sum, &quarter, 0.25 * share, middle, half, cuts - 1);
    }
}

void ali_magnetic_tube(const ali_flat_triangle *tested, const ali_tube *tube, int order, double k,
                       double complex (*value)[ALI_TUBE_ORDER_MAX + 1])
{
    magnetic_sum sum = {.face = face_of(tested), .tube = tube, .order = order, .k = k};
    sum.value = value;
    memset(value, 0, 3 * sizeof *value);
    add_parts(&sum, tested, 1.0, 0.0, 1.0, CUTS_MAX);
}
