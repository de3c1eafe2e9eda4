/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_cells.h"

#include "base/constants.h"

#include <math.h>

enum { KINDS = ALI_GROUND_KINDS, AXES = ALI_GROUND_AXES };
enum { XX = ALI_GROUND_XX, LIFT = ALI_GROUND_LIFT, ZX = ALI_GROUND_ZX };

/** e^{-j (krho rho + kz_0 z + kz_2 d)} with krho = k0 sin of the ray that leaves the soil straight
 * upwards, as if from depth d/|n|: right to second order in the refraction, and everywhere at
 * grazing and for straight ways. Where the distances are no more than d or 1/k0, there are no rays,
 * and the angle is not to change faster than that. */
static double complex refracted(const ali_ground_table *table, const ali_ground_place *at)
{
    double k = table->space.k, depth = at->depth;
    if (table->range.sides == ALI_GROUND_AIR)
        return CMPLX(0.0, -k * at->distance);
    double blur = depth / sqrt(1.0 + k * k * depth * depth);
    double up = at->height + depth / table->index;
    double way = sqrt(at->rho * at->rho + up * up + blur * blur);
    double along = way > 0.0 ? k * at->rho / way : 0.0, rise = way > 0.0 ? k * up / way : 0.0;
    double complex down = csqrt((table->k_soil - along) * (table->k_soil + along));
    return -I * (along * at->rho + rise * at->height + down * depth);
}

/** Straight through the soil, then falling off into the air beyond the critical angle. */
static double complex direct(const ali_ground_table *table, const ali_ground_place *at)
{
    double way = hypot(at->rho, at->depth);
    double sine = way > 0.0 ? table->index * at->rho / way : 0.0;
    double complex up = csqrt((1.0 - sine) * (1.0 + sine));
    return -I * (table->k_soil * way + table->space.k * conj(up) * at->height);
}

double complex ali_ground_exponent(const ali_ground_table *table, const ali_ground_place *place,
                                   int wave)
{
    return wave == ALI_GROUND_DIRECT ? direct(table, place) : refracted(table, place);
}

double complex ali_ground_slant(const ali_ground_table *table, const ali_ground_place *place)
{
    return table->images.zx * (place->rho / (place->distance + place->height + place->depth));
}

static double away_of(const ali_ground_table *table, const ali_ground_place *place)
{
    return table->range.sides == ALI_GROUND_ACROSS ? hypot(place->rho, place->height) : place->rho;
}

void ali_ground_axes_in(const ali_ground_table *table, int region, const ali_ground_place *place,
                        double axes[AXES])
{
    double rho = place->rho, height = place->height, depth = place->depth, sum = height + depth;
    bool across = table->range.sides == ALI_GROUND_ACROSS;
    if (region == ALI_GROUND_LAYER) {
        axes[0] = log(away_of(table, place) + table->offset);
        axes[1] = across ? atan2(height, rho) : sum;
        axes[2] = across ? depth : 0.0;
    } else {
        axes[0] = log(place->distance);
        axes[1] = atan2(sum, rho);
        axes[2] = across && sum > 0.0 ? depth / sum : 0.0;
    }
}

int ali_ground_axes_of(const ali_ground_table *table, const ali_ground_place *place,
                       double axes[AXES])
{
    int region = away_of(table, place) >= table->split ? ALI_GROUND_LAYER : ALI_GROUND_POLAR;
    ali_ground_axes_in(table, region, place, axes);
    return region;
}

void ali_ground_polynomials(const int order[AXES], const double complex *coefficients,
                            const double x[AXES], double complex value[KINDS])
{
    enum { PARTS = 2 * KINDS };
    const double *last =
        (const double *)coefficients + (size_t)PARTS * (size_t)(order[0] * order[1] * order[2]);
    double sum[PARTS] = {0};
    for (int i = order[0]; i > 0; i--) {
        double plane[PARTS] = {0};
        for (int m = order[1]; m > 0; m--) {
            double line[PARTS] = {0};
            for (int n = order[2]; n > 0; n--) {
                last -= PARTS;
                for (int part = 0; part < PARTS; part++)
                    line[part] = line[part] * x[2] + last[part];
            }
            for (int part = 0; part < PARTS; part++)
                plane[part] = plane[part] * x[1] + line[part];
        }
        for (int part = 0; part < PARTS; part++)
            sum[part] = sum[part] * x[0] + plane[part];
    }
    for (int kind = 0; kind < KINDS; kind++)
        value[kind] = CMPLX(sum[2 * kind], sum[2 * kind + 1]);
}

/** 4 pi R/W times remainders at a place, and the wave W. */
static int remainders(const ali_ground_table *table, const ali_ground_place *place,
                      double complex value[KINDS])
{
    ali_ground_place tabled = *place;
    /* closer than the table begins, remainders are constant: their products with R are not */
    double shrink = place->distance / table->distance_min;
    if (shrink < 1.0) {
        tabled.rho /= shrink;
        tabled.height /= shrink;
        tabled.depth /= shrink;
        tabled.distance = table->distance_min;
    }
    double axes[AXES], x[AXES];
    int region = ali_ground_axes_of(table, &tabled, axes);
    const ali_ground_cell *at = &table->cells[table->root[region]];
    while (at->axis >= 0)
        at = &table->cells[at->first + (axes[at->axis] > at->middle[at->axis])];
    for (int axis = 0; axis < AXES; axis++)
        x[axis] = at->half[axis] > 0.0 ? (axes[axis] - at->middle[axis]) / at->half[axis] : 0.0;
    if (at->axis == ALI_GROUND_VOID) {
        value[XX] = value[LIFT] = value[ZX] = 0.0;
        return ALI_GROUND_REFRACTED;
    }
    ali_ground_polynomials(table->order[region], table->coefficients + at->first, x, value);
    for (int kind = 0; kind < KINDS && shrink < 1.0; kind++)
        value[kind] *= shrink;
    return at->wave;
}

static ali_half_space_kernels across(const ali_ground_table *table, const ali_ground_place *place)
{
    double complex value[KINDS];
    int wave = remainders(table, place, value);
    double complex size =
        cexp(ali_ground_exponent(table, place, wave)) / (4.0 * ALI_PI * place->distance);
    double complex xx = size * (1.0 + value[XX]);
    double complex zx = size * (ali_ground_slant(table, place) + value[ZX]);
    double complex phi = size * (1.0 + value[LIFT]) * 2.0 / (table->space.permittivity + 1.0);
    return (ali_half_space_kernels){.xx = xx, .zz = xx, .zx = zx, .xz = -zx, .phi = phi};
}

static ali_half_space_kernels reflected(const ali_ground_table *table,
                                        const ali_ground_place *place, bool deep)
{
    bool in_soil = table->range.sides == ALI_GROUND_SOIL;
    double complex contrast = table->space.permittivity - 1.0;
    double complex k = in_soil ? table->k_soil : table->space.k;
    double size = 1.0 / (4.0 * ALI_PI * place->distance);
    double complex image = size * cexp(-I * k * place->distance), wave = 0.0;
    double complex value[KINDS] = {0};
    if (!deep) {
        int which = remainders(table, place, value);
        wave = in_soil && which == ALI_GROUND_REFRACTED
                   ? size * cexp(ali_ground_exponent(table, place, which))
                   : image;
    }
    double complex xx = wave * value[XX], lift = wave * value[LIFT];
    double complex phi = contrast == 0.0 ? 0.0 : lift / (in_soil ? -contrast : contrast);
    double complex zx = wave * value[ZX] + image * ali_ground_slant(table, place);
    return (ali_half_space_kernels){.xx = xx,
                                    .zz = xx + lift + image * table->images.zz,
                                    .zx = zx,
                                    .xz = -zx,
                                    .phi = phi + image * table->images.phi};
}

void ali_ground_table_evaluate(const ali_ground_table *table, size_t count, const double *rho,
                               const double *height, const double *depth,
                               ali_half_space_kernels *kernels)
{
    ali_ground_sides sides = table->range.sides;
    for (size_t p = 0; p < count; p++) {
        ali_ground_place place = {.rho = rho[p],
                                  .height = sides == ALI_GROUND_SOIL ? 0.0 : height[p],
                                  .depth = sides == ALI_GROUND_AIR ? 0.0 : depth[p]};
        double sum = place.height + place.depth;
        place.distance = sqrt(place.rho * place.rho + sum * sum);
        bool deep = table->cut_short && place.depth > table->range.depth_max;
        if (sides != ALI_GROUND_ACROSS)
            kernels[p] = reflected(table, &place, deep);
        else if (deep)
            kernels[p] = (ali_half_space_kernels){0};
        else
            kernels[p] = across(table, &place);
    }
}
