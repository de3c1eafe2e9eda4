/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/triangle_pair.h"

static void static_potential(const ali_face_frame *source, ali_vec3 point, double value[][3])
{
    ali_face_potentials(source, point, 1, value);
}

void ali_triangle_static(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         double moments[3][3])
{
    static const int degree[] = {-1};
    static const ali_pair_kernel kernel = {
        .values = 1, .degree = degree, .sign = 1.0, .potential = static_potential, .finest = 1e-3};
    ali_face_frame frame_a, frame_b;
    double sum[1][3][3];
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    ali_pair_integrate(&frame_a, &frame_b, &kernel, sum);
    double scale = 1.0 / (4.0 * ALI_PI) / (frame_a.area * frame_b.area);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            moments[i][j] = scale * sum[0][i][j];
}
