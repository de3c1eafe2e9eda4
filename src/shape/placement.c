/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/shape.h"

ali_placement ali_placement_identity(void)
{
    return ali_placement_scale(1.0);
}

ali_placement ali_placement_scale(double scale)
{
    return (ali_placement){.matrix = {{scale, 0, 0}, {0, scale, 0}, {0, 0, scale}}};
}

ali_placement ali_placement_shift(ali_vec3 shift)
{
    ali_placement placement = ali_placement_identity();
    placement.shift = shift;
    return placement;
}

ali_placement ali_placement_rotation(ali_vec3 axis, double angle)
{
    ali_vec3 u = ali_vec3_scale(1.0 / ali_vec3_norm(axis), axis);
    double c = cos(angle), s = sin(angle), v = 1.0 - c;
    return (ali_placement){
        .matrix = {{c + v * u.x * u.x, v * u.x * u.y - s * u.z, v * u.x * u.z + s * u.y},
                   {v * u.y * u.x + s * u.z, c + v * u.y * u.y, v * u.y * u.z - s * u.x},
                   {v * u.z * u.x - s * u.y, v * u.z * u.y + s * u.x, c + v * u.z * u.z}}};
}

ali_vec3 ali_placement_turn(const ali_placement *placement, ali_vec3 d)
{
    const double(*m)[3] = placement->matrix;
    return (ali_vec3){m[0][0] * d.x + m[0][1] * d.y + m[0][2] * d.z,
                      m[1][0] * d.x + m[1][1] * d.y + m[1][2] * d.z,
                      m[2][0] * d.x + m[2][1] * d.y + m[2][2] * d.z};
}

ali_vec3 ali_placement_apply(const ali_placement *placement, ali_vec3 point)
{
    return ali_vec3_add(ali_placement_turn(placement, point), placement->shift);
}

ali_placement ali_placement_compose(const ali_placement *outer, const ali_placement *inner)
{
    ali_placement both = {.shift = ali_placement_apply(outer, inner->shift)};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                both.matrix[i][j] += outer->matrix[i][k] * inner->matrix[k][j];
    return both;
}

double ali_placement_determinant(const ali_placement *placement)
{
    const double(*m)[3] = placement->matrix;
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

void ali_triangulation_place(ali_triangulation *triangulation, const ali_placement *placement)
{
    for (size_t i = 0; i < triangulation->vertex_count; i++)
        triangulation->vertices[i] = ali_placement_apply(placement, triangulation->vertices[i]);
    if (ali_placement_determinant(placement) < 0)
        ali_triangulation_flip(triangulation);
}
