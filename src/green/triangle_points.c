/* SPDX-License-Identifier: Apache-2.0 */
#include "green/triangle_points.h"

#include "math/gauss_table.h"
#include "math/triangle_rule.h"

static void add_place(ali_face_points *points, const ali_face_frame *face, const double lambda[3],
                      double weight)
{
    int i = points->count++;
    ali_vec3 point = {0.0, 0.0, 0.0};
    for (int c = 0; c < 3; c++) {
        point = ali_vec3_axpy(point, lambda[c], face->vertex[c]);
        points->lambda[c][i] = lambda[c];
    }
    points->x[i] = point.x;
    points->y[i] = point.y;
    points->z[i] = point.z;
    points->weight[i] = weight;
}

void ali_face_points_place(ali_face_points *points, const ali_face_frame *face, double phase)
{
    points->count = 0;
    if (phase < 1.2) {
        ali_triangle_rule rule = ali_triangle_rule_get(phase < 0.4 ? 7 : 12);
        for (int i = 0; i < rule.points; i++)
            add_place(points, face, rule.lambda[i], rule.weight[i]);
        return;
    }
    int n = phase < 2.5 ? 5 : phase < 4.0 ? 6 : phase < 6.0 ? 8 : ALI_FACE_SIDE_MAX;
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double u = 0.5 * (1.0 + node[i]), t = 0.5 * (1.0 + node[j]);
            double lambda[3] = {1.0 - u, u * (1.0 - t), u * t};
            add_place(points, face, lambda, 0.5 * weight[i] * weight[j] * u);
        }
}
