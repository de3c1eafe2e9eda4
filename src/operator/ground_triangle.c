/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_triangle.h"

#include "base/constants.h"
#include "base/memory.h"
#include "green/triangle_view.h"
#include "math/sincos.h"
#include "mesh/face_geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** RADIAL, ANGULAR: most points along a ray and across rays of a third of a triangle; OUTER: points
 *  on the other one. */
enum { RADIAL = 20, ANGULAR = 12, VIEW = 3 * RADIAL * ANGULAR, OUTER = 12 };
/** Most pieces per edge of a triangle, of near pairs and of others, and points on each of those. */
enum { NEAR_PIECES = 3, PIECES = 2, PIECE_POINTS = 7 };

/** Distances, in reaches of the larger thing, from which things are far, and below which near. */
static const double FAR_RATIO = 10.0, NEAR_RATIO = 2.4;
/** Gap, in the same, from which things of which one is in the soil are not near. */
static const double GAP_RATIO = 0.5;

/** Electrical size of a triangle's reach up to which one piece is enough, of near pairs and of
 * others, and up to which the air's wave at R = 0 is a help in the soil. */
static const double NEAR_PHASE = 2.4, PIECE_PHASE = 1.3, SHARE_PHASE = 4.0;
/** Points more along a ray, per radian. */
static const double WAVE_POINTS = 0.7;
/** Nepers after which the direct wave in the soil is over. */
static const double DEAD = 12.0;

/** Points on triangles in between, from a distance on in reaches of the larger one and up to an
 *  electrical size. */
static const struct {
    double ratio, phase;
    int points;
} rules[] = {{8.0, 0.45, 3}, {3.3, 0.9, 7}, {0.0, HUGE_VAL, 12}};

/** Part of the medium's depth below which two things touch. */
static const double TOUCHING = 0.05;

struct ali_ground_triangle_work {
    const ali_ground_kernel *kernel;
    ali_ground_shares share; /**< of the image's wave in the air that `values` lack */
    double k;
    double depth;                  /**< at which waves change in the medium [m] */
    ali_triangle_view seen, outer; /**< of the other triangle, and of the one */
    double rho[VIEW], height[VIEW], depth_below[VIEW]; /**< of the table's places [m] */
    double way[VIEW];                                  /**< R [m] */
    double scale_re[VIEW], scale_im[VIEW];
    double complex xx[VIEW], zz[VIEW], zx[VIEW], phi[VIEW];
};

ali_ground_triangle_work *ali_ground_triangle_work_create(const ali_ground_kernel *kernel, double k)
{
    ali_ground_triangle_work *work = ali_calloc_aligned(1, sizeof *work);
    if (!work)
        return NULL;
    work->kernel = kernel;
    work->k = k;
    work->share = kernel->image[ALI_GROUND_AIR];
    work->depth = 1.0 / cabs(kernel->wavenumber);
    return work;
}

void ali_ground_triangle_work_destroy(ali_ground_triangle_work *work)
{
    free(work);
}

bool ali_ground_way_of(bool in_soil, bool other_in_soil, bool image, ali_ground_way *way)
{
    if (in_soil != other_in_soil)
        *way = ALI_WAY_ACROSS;
    else if (in_soil)
        *way = image ? ALI_WAY_SOIL_IMAGE : ALI_WAY_SOIL;
    else
        *way = ALI_WAY_AIR_IMAGE;
    return image == ali_ground_way_is_image(*way);
}

/** Shares of a way's own wave. */
static const ali_ground_shares *shares_of(const ali_ground_triangle_work *work, ali_ground_way way)
{
    const ali_ground_kernel *kernel = work->kernel;
    switch (way) {
    case ALI_WAY_AIR_IMAGE:
        return &kernel->image[ALI_GROUND_AIR];
    case ALI_WAY_SOIL_IMAGE:
        return &kernel->image[ALI_GROUND_SOIL];
    case ALI_WAY_SOIL:
        return &kernel->direct[ALI_GROUND_SOIL];
    default:
        return &kernel->direct[ALI_GROUND_ACROSS];
    }
}

/** e^{-jkR}/(4 pi R) */
static double complex wave_at(double complex k, double distance)
{
    double size = exp(cimag(k) * distance) / (4.0 * ALI_PI * distance);
    return CMPLX(size * cos(creal(k) * distance), -size * sin(creal(k) * distance));
}

/** Kernels at `count` places of the work without the shares of the way's own wave, if that is one
 *  of the air, and all of them otherwise. */
static void evaluate_way(ali_ground_triangle_work *work, ali_ground_way way, size_t count)
{
    const ali_ground_kernel *kernel = work->kernel;
    ali_ground_values values = {work->xx, work->zz, work->zx, work->phi};
    bool soil = way == ALI_WAY_SOIL || way == ALI_WAY_SOIL_IMAGE;
    ali_ground_sides sides = way == ALI_WAY_AIR_IMAGE ? ALI_GROUND_AIR
                             : soil                   ? ALI_GROUND_SOIL
                                                      : ALI_GROUND_ACROSS;
    if (way == ALI_WAY_SOIL) {
        memset(work->xx, 0, count * sizeof *work->xx);
        memset(work->zz, 0, count * sizeof *work->zz);
        memset(work->zx, 0, count * sizeof *work->zx);
        memset(work->phi, 0, count * sizeof *work->phi);
    } else {
        kernel->evaluate(kernel->context, sides, count, work->rho, work->height, work->depth_below,
                         &values);
    }
    if (!soil)
        return;
    const ali_ground_shares *own = shares_of(work, way);
    for (size_t i = 0; i < count; i++) {
        double complex wave = wave_at(kernel->wavenumber, work->way[i]);
        work->xx[i] += own->xx * wave;
        work->zz[i] += own->zz * wave;
        work->phi[i] += own->phi * wave;
    }
}

/** 4 pi R e^{jkR}, over which the image's wave is 1, at `count` places of the work. */
static void invert_waves(ali_ground_triangle_work *work, size_t count)
{
    double k = work->k;
#pragma omp simd
    for (size_t i = 0; i < count; i++) {
        double r = work->way[i];
        double sine, cosine, size = 4.0 * ALI_PI * r;
        ali_sincos(k * r, &sine, &cosine);
        work->scale_re[i] = size * cosine;
        work->scale_im[i] = size * sine;
    }
}

void ali_ground_ratios(ali_ground_triangle_work *work, ali_vec3 from, size_t count,
                       const double *const to[3], double square, double *const re[ALI_GROUND_PARTS],
                       double *const im[ALI_GROUND_PARTS])
{
    const ali_ground_shares *own = &work->share;
    for (size_t first = 0; first < count; first += VIEW) {
        size_t some = count - first < VIEW ? count - first : VIEW;
        for (size_t i = 0; i < some; i++) {
            double x = to[0][first + i] - from.x, y = to[1][first + i] - from.y;
            double rho2 = x * x + y * y + square, height = from.z + to[2][first + i];
            work->rho[i] = sqrt(rho2);
            work->height[i] = height;
            work->way[i] = sqrt(rho2 + height * height);
        }
        evaluate_way(work, ALI_WAY_AIR_IMAGE, some);
        invert_waves(work, some);
        for (size_t i = 0; i < some; i++) {
            size_t at = first + i;
            double complex scale = CMPLX(work->scale_re[i], work->scale_im[i]);
            double inverse = work->rho[i] > 0.0 ? 1.0 / work->rho[i] : 0.0;
            double complex coupling = scale * work->zx[i] * inverse;
            double complex part[ALI_GROUND_PARTS] = {
                [ALI_GROUND_XX] = own->xx + scale * work->xx[i],
                [ALI_GROUND_ZZ] = own->zz + scale * work->zz[i],
                [ALI_GROUND_X] = coupling * (to[0][at] - from.x),
                [ALI_GROUND_Y] = coupling * (to[1][at] - from.y),
                [ALI_GROUND_PHI] = own->phi + scale * work->phi[i]};
            for (int p = 0; p < ALI_GROUND_PARTS; p++) {
                re[p][at] = creal(part[p]);
                im[p][at] = cimag(part[p]);
            }
        }
    }
}

void ali_ground_ratio(ali_ground_triangle_work *work, ali_vec3 from, ali_vec3 to, double square,
                      double complex ratio[ALI_GROUND_PARTS])
{
    const double *const place[3] = {&to.x, &to.y, &to.z};
    double re[ALI_GROUND_PARTS], im[ALI_GROUND_PARTS];
    double *to_re[ALI_GROUND_PARTS], *to_im[ALI_GROUND_PARTS];
    for (int p = 0; p < ALI_GROUND_PARTS; p++) {
        to_re[p] = &re[p];
        to_im[p] = &im[p];
    }
    ali_ground_ratios(work, from, 1, place, square, to_re, to_im);
    for (int p = 0; p < ALI_GROUND_PARTS; p++)
        ratio[p] = CMPLX(re[p], im[p]);
}

ali_ground_distance ali_ground_distance_of(double distance, double reach)
{
    return distance < NEAR_RATIO * reach  ? ALI_GROUND_NEAR
           : distance < FAR_RATIO * reach ? ALI_GROUND_MIDDLE
                                          : ALI_GROUND_FAR;
}

void ali_ground_near_shares(const ali_ground_triangle_work *work, ali_ground_way way, double size,
                            double complex share[ALI_GROUND_PARTS])
{
    ali_ground_shares taken = *shares_of(work, way);
    if (way == ALI_WAY_AIR_IMAGE && size > work->depth)
        taken = (ali_ground_shares){-1.0, 1.0, -1.0};
    else if (way != ALI_WAY_AIR_IMAGE && size > SHARE_PHASE * work->depth)
        taken = (ali_ground_shares){0};
    share[ALI_GROUND_XX] = taken.xx;
    share[ALI_GROUND_ZZ] = taken.zz;
    share[ALI_GROUND_X] = share[ALI_GROUND_Y] = 0.0;
    share[ALI_GROUND_PHI] = taken.phi;
}

ali_ground_view ali_ground_view_back(const ali_ground_view *view)
{
    ali_ground_view back = *view;
    back.share[ALI_GROUND_X] = -view->share[ALI_GROUND_X];
    back.share[ALI_GROUND_Y] = -view->share[ALI_GROUND_Y];
    back.rule[0] = view->rule[1];
    back.rule[1] = view->rule[0];
    return back;
}

/** Rule for a triangle whose waves have the wavenumber k. */
static ali_ground_rule rule_for(double k, double reach, double distance, double largest, bool near)
{
    double phase = k * reach;
    if (near)
        return (ali_ground_rule){OUTER, (int)fmin(1.0 + phase / NEAR_PHASE, NEAR_PIECES)};
    if (phase > PIECE_PHASE)
        return (ali_ground_rule){PIECE_POINTS, PIECES};
    int row = 0;
    while (distance < rules[row].ratio * largest || phase > rules[row].phase)
        row++;
    return (ali_ground_rule){rules[row].points, 1};
}

ali_ground_view ali_ground_view_of(const ali_ground_triangle_work *work, ali_ground_way way,
                                   const bool in_soil[2], const double reach[2], double distance,
                                   double gap)
{
    double largest = fmax(reach[0], reach[1]);
    double complex k = work->kernel->wavenumber;
    bool close = ali_ground_distance_of(distance, largest) == ALI_GROUND_NEAR;
    bool near = close && gap < GAP_RATIO * largest;
    ali_ground_view view = {.way = way, .distance = near ? ALI_GROUND_NEAR : ALI_GROUND_MIDDLE};
    for (int i = 0; i < 2; i++)
        view.rule[i] = rule_for(in_soil[i] ? cabs(k) : work->k, reach[i], distance, largest, near);
    if (way == ALI_WAY_SOIL && -cimag(k) * (distance - reach[0] - reach[1]) > DEAD)
        view.rule[0] = view.rule[1] = (ali_ground_rule){1, 1};
    if (close)
        ali_ground_near_shares(work, way, largest, view.share);
    return view;
}

/* ---- points ---- */

/** Points that crowd where the triangle is closest to a point, or to its image. */
static void view_near(ali_ground_triangle_work *work, const ali_flat_triangle *triangle,
                      ali_vec3 point, ali_ground_way way)
{
    const ali_view_fineness fineness = {
        .closest = 0.01,
        .radial = 1.6,
        .angular = 1.5,
        .least = 3.0,
        .waves = way == ALI_WAY_AIR_IMAGE ? 0.0 : WAVE_POINTS / work->depth,
        .radial_max = RADIAL,
        .angular_max = ANGULAR};
    ali_corners corners;
    memcpy(corners.p, triangle->vertex, sizeof corners.p);
    if (ali_ground_way_is_image(way))
        point = ali_vec3_mirror_z(point);
    ali_vec3 o = ali_closest_on_triangle(&corners, point);
    double distance = ali_vec3_distance(point, o);
    /* the kernels change where the distance doubles and where the medium's waves do */
    double scale = distance < TOUCHING * work->depth ? 0.3 * work->depth : distance;
    ali_triangle_view_around(&work->seen, triangle, o, scale, &fineness);
}

/* ---- sums ---- */

/** Where a point `to` stands as seen from another, at place i of the work. */
static void place_point(ali_ground_triangle_work *work, size_t i, ali_vec3 from, ali_vec3 to,
                        double square, ali_ground_way way)
{
    double x = to.x - from.x, y = to.y - from.y, rho2 = x * x + y * y + square;
    double z = ali_ground_way_is_image(way) ? to.z + from.z : to.z - from.z;
    work->rho[i] = sqrt(rho2);
    work->height[i] = fmax(way == ALI_WAY_AIR_IMAGE ? z : fmax(from.z, to.z), 0.0);
    work->depth_below[i] = fmax(way == ALI_WAY_SOIL_IMAGE ? -z : -fmin(from.z, to.z), 0.0);
    work->way[i] = sqrt(rho2 + z * z);
}

/** Kernels at place i, whose values are there.
 *  @param lift  shares of the air's wave to be added */
static void part_at(const ali_ground_triangle_work *work, size_t i, double x, double y,
                    const double complex lift[ALI_GROUND_PARTS],
                    double complex part[ALI_GROUND_PARTS])
{
    double inverse = work->rho[i] > 0.0 ? 1.0 / work->rho[i] : 0.0;
    double complex coupling = work->zx[i] * inverse;
    part[ALI_GROUND_XX] = work->xx[i];
    part[ALI_GROUND_ZZ] = work->zz[i];
    part[ALI_GROUND_X] = coupling * x;
    part[ALI_GROUND_Y] = coupling * y;
    part[ALI_GROUND_PHI] = work->phi[i];
    if (!lift)
        return;
    double re = work->scale_re[i], im = work->scale_im[i];
    double size = 1.0 / (re * re + im * im);
    double complex wave = CMPLX(size * re, -size * im);
    for (int p = 0; p < ALI_GROUND_PARTS; p++)
        part[p] += lift[p] * wave;
}

/** Evaluate the kernels at `count` places.
 *  @param lift  storage for what it returns: shares of the air's wave to be added, or NULL */
static const double complex *evaluate_view(ali_ground_triangle_work *work, size_t count,
                                           ali_ground_way way,
                                           const double complex share[ALI_GROUND_PARTS],
                                           double complex lift[ALI_GROUND_PARTS])
{
    ali_ground_shares own = {0};
    if (way == ALI_WAY_AIR_IMAGE || way == ALI_WAY_ACROSS)
        own = *shares_of(work, way);
    const double complex all[ALI_GROUND_PARTS] = {
        [ALI_GROUND_XX] = own.xx, [ALI_GROUND_ZZ] = own.zz, [ALI_GROUND_PHI] = own.phi};
    bool lifted = false;
    for (int p = 0; p < ALI_GROUND_PARTS; p++) {
        lift[p] = all[p] - share[p];
        lifted = lifted || lift[p] != 0.0;
    }
    evaluate_way(work, way, count);
    if (lifted)
        invert_waves(work, count);
    return lifted ? lift : NULL;
}

/** Add the integral over what is seen from a point. */
static void add_view(ali_ground_triangle_work *work, ali_vec3 point, double square,
                     const ali_ground_view *view, double complex value[ALI_GROUND_PARTS][3])
{
    const ali_triangle_view *seen = &work->seen;
    double complex storage[ALI_GROUND_PARTS];
    for (size_t i = 0; i < seen->count; i++)
        place_point(work, i, point, (ali_vec3){seen->x[i], seen->y[i], seen->z[i]}, square,
                    view->way);
    const double complex *lift = evaluate_view(work, seen->count, view->way, view->share, storage);
    for (size_t i = 0; i < seen->count; i++) {
        double complex part[ALI_GROUND_PARTS];
        part_at(work, i, seen->x[i] - point.x, seen->y[i] - point.y, lift, part);
        for (int b = 0; b < 3; b++) {
            double weight = seen->weight[i] * seen->lambda[b][i];
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                value[p][b] += weight * part[p];
        }
    }
}

void ali_ground_points_between(ali_ground_triangle_work *work, ali_vec3 from, ali_vec3 to,
                               double square, ali_ground_way way,
                               const double complex share[ALI_GROUND_PARTS],
                               double complex part[ALI_GROUND_PARTS])
{
    double complex storage[ALI_GROUND_PARTS];
    place_point(work, 0, from, to, square, way);
    const double complex *lift = evaluate_view(work, 1, way, share, storage);
    part_at(work, 0, to.x - from.x, to.y - from.y, lift, part);
}

void ali_ground_point_triangle(ali_ground_triangle_work *work, ali_vec3 point,
                               const ali_flat_triangle *triangle, const ali_ground_view *view,
                               double square, double complex value[ALI_GROUND_PARTS][3])
{
    memset(value, 0, ALI_GROUND_PARTS * sizeof *value);
    if (view->distance == ALI_GROUND_NEAR)
        view_near(work, triangle, point, view->way);
    else
        ali_triangle_view_pieces(&work->seen, triangle, view->rule[1].points, view->rule[1].pieces);
    add_view(work, point, square, view, value);
}

void ali_ground_triangles(ali_ground_triangle_work *work, const ali_flat_triangle *a,
                          const ali_flat_triangle *b, const ali_ground_view *view,
                          ali_ground_pair_moments moments)
{
    bool near = view->distance == ALI_GROUND_NEAR;
    ali_triangle_view *outer = &work->outer;
    ali_triangle_view_pieces(outer, a, near ? OUTER : view->rule[0].points, view->rule[0].pieces);
    memset(moments, 0, sizeof(ali_ground_pair_moments));
    if (!near)
        ali_triangle_view_pieces(&work->seen, b, view->rule[1].points, view->rule[1].pieces);
    for (size_t i = 0; i < outer->count; i++) {
        double complex value[ALI_GROUND_PARTS][3] = {{0}};
        ali_vec3 point = {outer->x[i], outer->y[i], outer->z[i]};
        if (near)
            view_near(work, b, point, view->way);
        add_view(work, point, 0.0, view, value);
        for (int p = 0; p < ALI_GROUND_PARTS; p++)
            for (int m = 0; m < 9; m++)
                moments[p][m / 3][m % 3] +=
                    outer->weight[i] * outer->lambda[m / 3][i] * value[p][m % 3];
    }
}
