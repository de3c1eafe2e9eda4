/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_slopes.h"

#include "base/constants.h"

#include <math.h>

/** Error of the kernels, relative to 1/(4 pi R), and that of their slopes to 1/(4 pi R^2). */
static const double TOLERANCE = 1e-5;
/** That of tables, whose slopes miss more. */
static const double TABLE_TOLERANCE = 1e-6;
/** Kernels from which a table pays: it takes as long as 10,000 to 500,000 integrals. */
static const double TABLE_KERNELS[] = {
    [ALI_GROUND_AIR] = 9e3, [ALI_GROUND_SOIL] = 1.8e4, [ALI_GROUND_ACROSS] = 9e5};
static const size_t TABLE_BYTES_MAX = (size_t)128 << 20;

static ali_ground_sides sides_of(ali_ground_pair sides)
{
    return sides.across ? ALI_GROUND_ACROSS : sides.up ? ALI_GROUND_AIR : ALI_GROUND_SOIL;
}

/* ---- kernels ---- */

alicorn_status ali_ground_slopes_at(const ali_ground_slopes *slopes, ali_ground_pair sides,
                                    double rho, double z, double z_source,
                                    ali_half_space_slopes *kernels, alicorn_error *error)
{
    const ali_half_space *space = &slopes->space;
    const ali_ground_table *table = slopes->table[sides_of(sides)];
    if (table) {
        double height = fmax(z, 0.0) + fmax(z_source, 0.0);
        double depth = fmax(-z, 0.0) + fmax(-z_source, 0.0);
        ali_ground_table_slopes(table, !sides.up, 1, &rho, &height, &depth, kernels);
        return ALICORN_OK;
    }
    if (sides.across)
        return ali_half_space_transmitted_slopes(space, rho, z, z_source, TOLERANCE, kernels,
                                                 error);
    alicorn_status status =
        ali_half_space_remainder_slopes(space, rho, z, z_source, TOLERANCE, kernels, error);
    ali_half_space_images bent = {.zx = ali_half_space_images_of(space, !sides.up).zx};
    ali_half_space_slopes image =
        ali_ground_image_slopes(&bent, sides.up ? space->k : slopes->k_soil, rho,
                                fabs(z) + fabs(z_source), ali_ground_pair_sign(sides));
    ali_ground_slopes_subtract(kernels, &image);
    return status;
}

/* ---- fields ---- */

ali_half_space_slopes ali_ground_image_slopes(const ali_half_space_images *images, double complex k,
                                              double rho, double h, double up)
{
    double r = hypot(rho, h), t = 1.0 / (r + h);
    double complex g = cexp(-I * k * r) / (4.0 * ALI_PI * r), fall = -(1.0 + I * k * r) * g / r;
    double complex g_rho = fall * rho / r, g_h = fall * h / r;
    ali_half_space_slopes s = {
        .value = {images->xx * g, images->zz * g, images->zx * g * rho * t, 0.0, images->phi * g},
        .xx_rho = images->xx * g_rho,
        .zz_rho = images->zz * g_rho,
        .phi_rho = images->phi * g_rho,
        .zx_rho = images->zx * (g * t + rho * t * g_rho - g * t * t * rho * rho / r),
        .zx_over_rho = images->zx * g * t,
        .xx_z = up * images->xx * g_h,
        .phi_z = up * images->phi * g_h,
        .zx_z = up * images->zx * rho * t * (g_h - g / r)};
    s.value.xz = -s.value.zx;
    return s;
}

void ali_ground_slopes_subtract(ali_half_space_slopes *s, const ali_half_space_slopes *part)
{
    s->value.xx -= part->value.xx;
    s->value.zz -= part->value.zz;
    s->value.zx -= part->value.zx;
    s->value.xz -= part->value.xz;
    s->value.phi -= part->value.phi;
    s->xx_rho -= part->xx_rho;
    s->zz_rho -= part->zz_rho;
    s->zx_rho -= part->zx_rho;
    s->phi_rho -= part->phi_rho;
    s->xx_z -= part->xx_z;
    s->zx_z -= part->zx_z;
    s->phi_z -= part->phi_z;
    s->zx_over_rho -= part->zx_over_rho;
}

void ali_ground_add_source(const ali_half_space_slopes *s, double x, double y,
                           const ali_ground_source *source, double k, ali_field_pair *sum)
{
    double rho = hypot(x, y), cx = rho > 0.0 ? x / rho : 1.0, cy = rho > 0.0 ? y / rho : 0.0;
    double complex mx = source->moment.x, my = source->moment.y, mz = source->moment.z;
    double complex out = cx * mx + cy * my;
    double complex vector = -I * k * ALI_ETA0, scalar = -I * ALI_ETA0 / k * source->charge;
    double complex xz = -s->value.zx * mz, xz_z = -s->zx_z * mz;
    sum->e.x += vector * (s->value.xx * mx + xz * cx) + scalar * s->phi_rho * cx;
    sum->e.y += vector * (s->value.xx * my + xz * cy) + scalar * s->phi_rho * cy;
    sum->e.z += vector * (s->value.zz * mz + s->value.zx * out) + scalar * s->phi_z;
    /* slope of A_z across z, zx_over (mx, my) + (zx_rho - zx_over) rho^ rho^.m from the second */
    double complex turn = s->zz_rho * mz + (s->zx_rho - s->zx_over_rho) * out;
    double complex slope_x = turn * cx + s->zx_over_rho * mx;
    double complex slope_y = turn * cy + s->zx_over_rho * my;
    sum->h.x += slope_y - (s->xx_z * my + xz_z * cy);
    sum->h.y += s->xx_z * mx + xz_z * cx - slope_x;
    sum->h.z += s->xx_rho * (cx * my - cy * mx);
}

/* ---- tables ---- */

ali_ground_places ali_ground_places_none(void)
{
    return (ali_ground_places){.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
}

void ali_ground_places_widen(ali_ground_places *places, double x, double y, double margin)
{
    const double at[2] = {x, y};
    for (int c = 0; c < 2; c++) {
        places->low[c] = fmin(places->low[c], at[c] - margin);
        places->high[c] = fmax(places->high[c], at[c] + margin);
    }
}

void ali_ground_extent_add(ali_ground_extent *extent, bool in_soil, double least, double most,
                           double kernels)
{
    int side = in_soil;
    extent->least[side] = extent->count[side] > 0.0 ? fmin(extent->least[side], least) : least;
    extent->most[side] = fmax(extent->most[side], most);
    extent->count[side] += kernels;
}

static bool wants_table(const ali_ground_places *all, ali_ground_sides sides)
{
    const double *points = all->points.count, *sources = all->sources.count;
    if (sides == ALI_GROUND_ACROSS)
        return points[0] * sources[1] + points[1] * sources[0] > TABLE_KERNELS[sides];
    int side = sides == ALI_GROUND_SOIL;
    return points[side] * sources[side] > TABLE_KERNELS[sides];
}

/** @param k_soil  magnitude */
static ali_ground_range range_of(const ali_ground_places *all, ali_ground_sides sides,
                                 double k_soil)
{
    ali_ground_range range = {.sides = sides,
                              .rho_max =
                                  hypot(all->high[0] - all->low[0], all->high[1] - all->low[1]),
                              .tolerance = TABLE_TOLERANCE,
                              .bytes_max = TABLE_BYTES_MAX};
    const ali_ground_extent *p = &all->points, *e = &all->sources;
    double least[2], most[2];
    for (int side = 0; side < 2; side++) {
        least[side] = p->least[side] + e->least[side];
        most[side] = p->most[side] + e->most[side];
        if (sides == ALI_GROUND_ACROSS) {
            /* either of both, as far as the other one lies across */
            bool point = p->count[side] > 0.0 && e->count[1 - side] > 0.0;
            bool element = e->count[side] > 0.0 && p->count[1 - side] > 0.0;
            least[side] =
                fmin(point ? p->least[side] : INFINITY, element ? e->least[side] : INFINITY);
            most[side] = fmax(point ? p->most[side] : 0.0, element ? e->most[side] : 0.0);
        }
    }
    /* slopes want cells that are wider than the steps of differences */
    range.height_min = least[0];
    range.height_max = most[0] + 0.05 * fmax(most[0], 1.0 / k_soil);
    range.depth_min = least[1];
    range.depth_max = most[1] + 0.05 * fmax(most[1], 1.0 / k_soil);
    return range;
}

void ali_ground_slopes_clear(ali_ground_slopes *slopes)
{
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++) {
        ali_ground_table_destroy(slopes->table[sides]);
        slopes->table[sides] = NULL;
    }
}

alicorn_status ali_ground_slopes_create(const ali_half_space *space,
                                        const ali_ground_places *places, ali_ground_slopes *slopes,
                                        alicorn_error *error)
{
    *slopes = (ali_ground_slopes){*space, ali_half_space_wavenumber(space), {NULL}};
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++) {
        if (!wants_table(places, (ali_ground_sides)sides) || space->permittivity == 1.0)
            continue;
        ali_ground_range range = range_of(places, (ali_ground_sides)sides, cabs(slopes->k_soil));
        alicorn_status status =
            ali_ground_table_create(space, &range, &slopes->table[sides], error);
        if (status != ALICORN_OK && status != ALICORN_E_MEMORY) /* then integrals have to do */
            return status;
    }
    return ALICORN_OK;
}
