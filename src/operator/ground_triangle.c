/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_triangle.h"

#include "base/constants.h"
#include "base/memory.h"
#include "green/triangle_view.h"
#include "math/gauss_table.h"
#include "math/sincos.h"
#include "math/triangle_rule.h"
#include "mesh/face_geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** RADIAL, ANGULAR: most points along a ray and across rays of a third of a triangle; OUTER: points
 *  on the other one. */
enum { RADIAL = 14, ANGULAR = 12, VIEW = 3 * RADIAL * ANGULAR, OUTER = 12 };

/** Distances, in reaches of the larger thing, from which things are far, and below which near. */
static const double FAR_RATIO = 10.0, NEAR_RATIO = 2.4;

/** Part of the medium's depth below which two things touch. */
static const double TOUCHING = 0.05;

struct ali_ground_triangle_work {
    const ali_ground_kernel *kernel;
    ali_ground_shares share; /**< of the image's wave that `values` lack */
    double k;
    double depth; /**< at which waves change in the medium [m] */
    ali_triangle_view seen;
    double rho[VIEW], height[VIEW], nothing[VIEW]; /**< nothing: zeros */
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

/** e^{-jkR}/(4 pi R) */
static double complex wave_at(double k, double distance)
{
    double size = 1.0 / (4.0 * ALI_PI * distance), phase = k * distance;
    return CMPLX(size * cos(phase), -size * sin(phase));
}

double complex ali_ground_image_wave(const ali_ground_triangle_work *work, ali_vec3 from,
                                     ali_vec3 to, double square)
{
    double x = to.x - from.x, y = to.y - from.y, z = to.z + from.z;
    return wave_at(work->k, sqrt(x * x + y * y + z * z + square));
}

/** Kernels without the shares of the medium's images at `count` places of the work. */
static void evaluate(ali_ground_triangle_work *work, size_t count)
{
    ali_ground_values values = {work->xx, work->zz, work->zx, work->phi};
    work->kernel->evaluate(work->kernel->context, ALI_GROUND_AIR, count, work->rho, work->height,
                           work->nothing, &values);
}

/** 4 pi R e^{jkR}, over which the image's wave is 1, at `count` places of the work. */
static void invert_waves(ali_ground_triangle_work *work, size_t count)
{
    double k = work->k;
#pragma omp simd
    for (size_t i = 0; i < count; i++) {
        double r = sqrt(work->rho[i] * work->rho[i] + work->height[i] * work->height[i]);
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
            work->rho[i] = sqrt(x * x + y * y + square);
            work->height[i] = from.z + to[2][first + i];
        }
        evaluate(work, some);
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

void ali_ground_near_shares(const ali_ground_triangle_work *work, double size,
                            double complex share[ALI_GROUND_PARTS])
{
    bool large = size > work->depth;
    share[ALI_GROUND_XX] = large ? -1.0 : work->share.xx;
    share[ALI_GROUND_ZZ] = large ? 1.0 : work->share.zz;
    share[ALI_GROUND_X] = share[ALI_GROUND_Y] = 0.0;
    share[ALI_GROUND_PHI] = large ? -1.0 : work->share.phi;
}

/* ---- points ---- */

/** Points that crowd where the triangle is closest to the image of a point. */
static void view_near(const ali_ground_triangle_work *work, ali_triangle_view *seen,
                      const ali_flat_triangle *triangle, ali_vec3 point)
{
    const ali_view_fineness fineness = {.closest = 0.01,
                                        .radial = 1.6,
                                        .angular = 1.5,
                                        .least = 3.0,
                                        .radial_max = RADIAL,
                                        .angular_max = ANGULAR};
    ali_corners corners;
    memcpy(corners.p, triangle->vertex, sizeof corners.p);
    ali_vec3 image = ali_vec3_mirror_z(point), o = ali_closest_on_triangle(&corners, image);
    double distance = ali_vec3_distance(image, o);
    /* the kernels change where the distance doubles and where the medium's waves do */
    double scale = distance < TOUCHING * work->depth ? 0.3 * work->depth : distance;
    ali_triangle_view_around(seen, triangle, o, scale, &fineness);
}

/* ---- sums ---- */

/** Add the integral over what is seen from a point. */
static void add_view(ali_ground_triangle_work *work, ali_vec3 point, double square,
                     const double complex share[ALI_GROUND_PARTS],
                     double complex value[ALI_GROUND_PARTS][3])
{
    const ali_triangle_view *seen = &work->seen;
    const ali_ground_shares *own = &work->share;
    const double complex lift[ALI_GROUND_PARTS] = {
        own->xx - share[ALI_GROUND_XX], own->zz - share[ALI_GROUND_ZZ], -share[ALI_GROUND_X],
        -share[ALI_GROUND_Y], own->phi - share[ALI_GROUND_PHI]};
    bool lifted = false;
    for (int p = 0; p < ALI_GROUND_PARTS; p++)
        lifted = lifted || lift[p] != 0.0;
    for (size_t i = 0; i < seen->count; i++) {
        double x = seen->x[i] - point.x, y = seen->y[i] - point.y;
        work->rho[i] = sqrt(x * x + y * y + square);
        work->height[i] = fmax(point.z + seen->z[i], 0.0);
    }
    evaluate(work, seen->count);
    if (lifted)
        invert_waves(work, seen->count);
    for (size_t i = 0; i < seen->count; i++) {
        double inverse = work->rho[i] > 0.0 ? 1.0 / work->rho[i] : 0.0;
        double complex coupling = work->zx[i] * inverse;
        double complex part[ALI_GROUND_PARTS] = {work->xx[i], work->zz[i],
                                                 coupling * (seen->x[i] - point.x),
                                                 coupling * (seen->y[i] - point.y), work->phi[i]};
        if (lifted) {
            double re = work->scale_re[i], im = work->scale_im[i];
            double size = 1.0 / (re * re + im * im);
            double complex wave = CMPLX(size * re, -size * im);
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                part[p] += lift[p] * wave;
        }
        for (int b = 0; b < 3; b++) {
            double weight = seen->weight[i] * seen->lambda[b][i];
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                value[p][b] += weight * part[p];
        }
    }
}

void ali_ground_point_triangle(ali_ground_triangle_work *work, ali_vec3 point,
                               const ali_flat_triangle *triangle, ali_ground_distance distance,
                               int points, double square,
                               const double complex share[ALI_GROUND_PARTS],
                               double complex value[ALI_GROUND_PARTS][3])
{
    memset(value, 0, ALI_GROUND_PARTS * sizeof *value);
    if (distance == ALI_GROUND_NEAR)
        view_near(work, &work->seen, triangle, point);
    else
        ali_triangle_view_rule(&work->seen, triangle, points);
    add_view(work, point, square, share, value);
}

void ali_ground_triangles(ali_ground_triangle_work *work, const ali_flat_triangle *a,
                          const ali_flat_triangle *b, ali_ground_distance distance, int points,
                          const double complex share[ALI_GROUND_PARTS],
                          ali_ground_pair_moments moments)
{
    ali_triangle_rule rule = ali_triangle_rule_get(distance == ALI_GROUND_NEAR ? OUTER : points);
    memset(moments, 0, sizeof(ali_ground_pair_moments));
    if (distance == ALI_GROUND_MIDDLE)
        ali_triangle_view_rule(&work->seen, b, points);
    for (int i = 0; i < rule.points; i++) {
        double complex value[ALI_GROUND_PARTS][3] = {{0}};
        ali_vec3 point = {0.0, 0.0, 0.0};
        for (int c = 0; c < 3; c++)
            point = ali_vec3_axpy(point, rule.lambda[i][c], a->vertex[c]);
        if (distance == ALI_GROUND_NEAR)
            view_near(work, &work->seen, b, point);
        add_view(work, point, 0.0, share, value);
        for (int p = 0; p < ALI_GROUND_PARTS; p++)
            for (int m = 0; m < 9; m++)
                moments[p][m / 3][m % 3] +=
                    rule.weight[i] * rule.lambda[i][m / 3] * value[p][m % 3];
    }
}
