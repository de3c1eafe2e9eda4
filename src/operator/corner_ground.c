/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/corner_ground.h"

#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/face_near.h"
#include "operator/near.h"

#include <math.h>
#include <string.h>

/** Points per side of a corner, and of another; on triangles; on elements. */
enum { CORNER_SIDE = 4, OTHER_SIDE = 5, MIDDLE_POINTS = 7, TUBE_POINTS = 8 };

/** Complex vector times vector as ali_ground_product; that of an image's has its z downwards. */
static double complex wave_product(const double complex part[ALI_GROUND_PARTS],
                                   const double complex u[3], ali_vec3 v, ali_ground_way way)
{
    double complex up = ali_ground_way_is_image(way) ? -u[2] : u[2];
    return part[ALI_GROUND_XX] * (u[0] * v.x + u[1] * v.y) + part[ALI_GROUND_ZZ] * (up * v.z) +
           part[ALI_GROUND_X] * (v.z * u[0] - up * v.x) +
           part[ALI_GROUND_Y] * (v.z * u[1] - up * v.y);
}

/** How a corner sees a thing. */
static ali_ground_view view_of(ali_ground_triangle_work *work, const ali_corner *corner,
                               ali_vec3 middle, double reach, bool in_soil, ali_ground_way way)
{
    ali_vec3 own = ali_triangle_middle(&corner->triangle);
    const double reaches[2] = {ali_triangle_reach(&corner->triangle), reach};
    const bool soil[2] = {own.z < 0.0, in_soil};
    double largest = fmax(reaches[0], reaches[1]);
    double distance =
        ali_vec3_distance(ali_ground_way_is_image(way) ? ali_vec3_mirror_z(own) : own, middle);
    if (way != ALI_WAY_AIR_IMAGE)
        return ali_ground_view_of(work, way, soil, reaches, distance, 0.0);
    ali_ground_view view = {.way = way,
                            .distance = ali_ground_distance_of(distance, largest),
                            .rule = {{MIDDLE_POINTS, 1}, {MIDDLE_POINTS, 1}}};
    if (view.distance == ALI_GROUND_NEAR)
        ali_ground_near_shares(work, way, largest, view.share);
    else
        ali_ground_ratio(work, own, middle, 0.0, view.share);
    return view;
}

void ali_corner_ground_face(ali_ground_triangle_work *work, const ali_corner *corner,
                            const ali_flat_triangle *triangle, ali_ground_way way,
                            const double complex wave[3][3], double complex value[3])
{
    ali_vec3 middle = ali_triangle_middle(triangle);
    ali_ground_view view =
        view_of(work, corner, middle, ali_triangle_reach(triangle), middle.z < 0.0, way);
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    int count = 0;
    memset(value, 0, 3 * sizeof *value);
    for (int j = 0; j < 3; j++)
        for (int b = 0; b < 3; b++)
            value[j] += wave_product(view.share, wave[b],
                                     ali_vec3_sub(triangle->vertex[b], triangle->vertex[j]), way);
    if (view.distance != ALI_GROUND_FAR)
        count = ali_corner_rule(corner, CORNER_SIDE, point, moment);
    for (int i = 0; i < count; i++) {
        double complex seen[ALI_GROUND_PARTS][3];
        ali_ground_point_triangle(work, point[i], triangle, &view, 0.0, seen);
        for (int b = 0; b < 3; b++) {
            double complex part[ALI_GROUND_PARTS];
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                part[p] = seen[p][b];
            for (int j = 0; j < 3; j++)
                value[j] += ali_ground_product(
                    part, moment[i], ali_vec3_sub(triangle->vertex[b], triangle->vertex[j]));
        }
    }
}

void ali_corner_ground_tube(ali_ground_triangle_work *work, const ali_corner *corner,
                            const ali_element *element, ali_ground_way way, int order,
                            const double complex wave[][3], double complex *value)
{
    ali_ground_view view = view_of(work, corner, element->mid, ali_element_reach(element),
                                   ali_element_in_soil(element), way);
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    double square = element->radius * element->radius, legendre[ALI_TUBE_ORDER_MAX + 1];
    int count = 0, n = TUBE_POINTS + order / 2;
    for (int q = 0; q <= order; q++)
        value[q] = wave_product(view.share, wave[q], element->dir, way);
    if (view.distance != ALI_GROUND_FAR)
        count = ali_corner_rule(corner, CORNER_SIDE, point, moment);
    for (int i = 0; i < n && count > 0; i++) {
        ali_vec3 to =
            ali_vec3_axpy(element->mid, element->half * ali_gauss_node(n)[i], element->dir);
        double complex sum = 0.0;
        for (int c = 0; c < count; c++) {
            double complex part[ALI_GROUND_PARTS];
            ali_ground_points_between(work, point[c], to, square, way, view.share, part);
            sum += ali_ground_product(part, moment[c], element->dir);
        }
        ali_legendre(ali_gauss_node(n)[i], order, legendre);
        for (int q = 0; q <= order; q++)
            value[q] += element->half * ali_gauss_weight(n)[i] * legendre[q] * sum;
    }
}

/** The same by points, more of them on b. */
static double complex sum_points(ali_ground_triangle_work *work, const ali_corner *a,
                                 const ali_corner *b, ali_ground_way way,
                                 const double complex share[ALI_GROUND_PARTS])
{
    ali_vec3 point[2][ALI_CORNER_POINTS_MAX], moment[2][ALI_CORNER_POINTS_MAX];
    /* not the same points, should they be the same corner */
    int counts[2] = {ali_corner_rule(a, CORNER_SIDE, point[0], moment[0]),
                     ali_corner_rule(b, OTHER_SIDE, point[1], moment[1])};
    double complex sum = 0.0;
    for (int i = 0; i < counts[0]; i++)
        for (int j = 0; j < counts[1]; j++) {
            double complex part[ALI_GROUND_PARTS];
            ali_ground_points_between(work, point[0][i], point[1][j], 0.0, way, share, part);
            sum += ali_ground_product(part, moment[0][i], moment[1][j]);
        }
    return sum;
}

double complex ali_corner_ground_corner(ali_ground_triangle_work *work, const ali_corner *a,
                                        const ali_corner *b, ali_ground_way way, double k)
{
    double complex share[ALI_GROUND_PARTS] = {0};
    double complex sum = 0.0;
    if (!ali_ground_way_is_image(way)) { /* the wave itself has a share of 1 in the vector part */
        share[ALI_GROUND_XX] = share[ALI_GROUND_ZZ] = 1.0;
        sum = ali_corner_corner(a, b, k);
    }
    /* both ways, so that the order does not matter */
    return sum + 0.5 * (sum_points(work, a, b, way, share) + sum_points(work, b, a, way, share));
}
