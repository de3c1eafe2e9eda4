/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_cells.h"

#include "base/constants.h"

#include <math.h>

enum { KINDS = ALI_GROUND_KINDS, AXES = ALI_GROUND_AXES };
enum { XX = ALI_GROUND_XX, LIFT = ALI_GROUND_LIFT, ZX = ALI_GROUND_ZX };

/** Step of differences in distances and reciprocal wavenumbers: polynomials and waves are analytic,
 *  so what it leaves is its square. */
static const double STEP = 1e-3;
/** Nearer to the vertical, in distances, zx/rho is taken from the slope of zx. */
static const double UPRIGHT = 0.15;

/** The cell that a place lies in; differences do not leave it, or its polynomials. */
typedef struct leaf {
    const ali_ground_table *table;
    const ali_ground_cell *cell;
} leaf;

static leaf find_leaf(const ali_ground_table *table, const ali_ground_place *place)
{
    double axes[AXES];
    int region = ali_ground_axes_of(table, place, axes);
    const ali_ground_cell *at = &table->cells[table->root[region]];
    while (at->axis >= 0)
        at = &table->cells[at->first + (axes[at->axis] > at->middle[at->axis])];
    return (leaf){table, at};
}

static ali_ground_place place_at(double rho, double height, double depth)
{
    return (ali_ground_place){rho, height, depth, hypot(rho, height + depth)};
}

/** What the table knows at a place: xx, (eps - 1) phi and the like, zx. */
static void values_at(const leaf *in, double rho, double height, double depth,
                      double complex value[KINDS])
{
    const ali_ground_table *table = in->table;
    const ali_ground_cell *cell = in->cell;
    bool across = table->range.sides == ALI_GROUND_ACROSS;
    /* xx and phi are even in rho, zx is odd */
    double turn = rho < 0.0 ? -1.0 : 1.0;
    ali_ground_place place = place_at(turn * rho, height, depth);
    value[XX] = value[LIFT] = value[ZX] = 0.0;
    int wave = ALI_GROUND_REFRACTED;
    if (cell->axis != ALI_GROUND_VOID) {
        double axes[AXES], x[AXES];
        ali_ground_axes_in(table, cell->region, &place, axes);
        for (int a = 0; a < AXES; a++)
            x[a] = cell->half[a] > 0.0 ? (axes[a] - cell->middle[a]) / cell->half[a] : 0.0;
        ali_ground_polynomials(table->order[cell->region], table->coefficients + cell->first, x,
                               value);
        wave = cell->wave;
    }
    if (across) {
        value[XX] += 1.0;
        value[LIFT] += 1.0;
        value[ZX] += ali_ground_slant(table, &place);
    }
    double complex size =
        cexp(ali_ground_exponent(table, &place, wave)) / (4.0 * ALI_PI * place.distance);
    for (int kind = 0; kind < KINDS; kind++)
        value[kind] *= size;
    value[ZX] *= turn;
}

/** Central difference along rho. */
static void along_rho(const leaf *in, double rho, double height, double depth, double step,
                      double complex slope[KINDS])
{
    double complex low[KINDS], high[KINDS];
    values_at(in, rho - step, height, depth, low);
    values_at(in, rho + step, height, depth, high);
    for (int kind = 0; kind < KINDS; kind++)
        slope[kind] = (high[kind] - low[kind]) / (2.0 * step);
}

/** Kernels of what the table knows: phi = lift phi_share, zz = xx + lift zz_share. */
typedef struct shares {
    double complex phi, zz;
} shares;

static shares shares_of(const ali_ground_table *table)
{
    double complex eps = table->space.permittivity, contrast = eps - 1.0;
    if (table->range.sides == ALI_GROUND_ACROSS)
        return (shares){2.0 / (eps + 1.0), 0.0};
    if (contrast == 0.0)
        return (shares){0.0, 0.0};
    return (shares){(table->range.sides == ALI_GROUND_SOIL ? -1.0 : 1.0) / contrast, 1.0};
}

static ali_half_space_slopes slopes_at(const ali_ground_table *table, bool in_soil, double rho,
                                       double height, double depth)
{
    ali_ground_place place = place_at(rho, height, depth);
    /* closer than the table begins nothing has a slope */
    double shrink = fmin(place.distance / table->distance_min, 1.0);
    if (shrink < 1.0)
        place = place_at(rho / shrink, height / shrink, depth / shrink);
    leaf in = find_leaf(table, &place);
    shares share = shares_of(table);
    double complex value[KINDS], slope[KINDS], low[KINDS], high[KINDS], upright[KINDS];
    double step = STEP * fmin(place.distance, 1.0 / cabs(table->k_soil));
    double up = in_soil ? 0.0 : step, down = in_soil ? step : 0.0;
    values_at(&in, place.rho, place.height, place.depth, value);
    along_rho(&in, place.rho, place.height, place.depth, step, slope);
    values_at(&in, place.rho, place.height + up, place.depth - down, high);
    values_at(&in, place.rho, place.height - up, place.depth + down, low);
    double complex zx_over = place.rho > 0.0 ? value[ZX] / place.rho : 0.0;
    if (place.rho < UPRIGHT * place.distance) {
        /* of a rho + b rho^3 */
        along_rho(&in, place.rho / sqrt(3.0), place.height, place.depth, step, upright);
        zx_over = upright[ZX];
    }
    for (int kind = 0; kind < KINDS; kind++)
        high[kind] = (high[kind] - low[kind]) / (2.0 * step);
    ali_half_space_slopes s = {.value = {.xx = value[XX],
                                         .zz = value[XX] + share.zz * value[LIFT],
                                         .zx = value[ZX],
                                         .xz = -value[ZX],
                                         .phi = share.phi * value[LIFT]},
                               .xx_rho = slope[XX],
                               .zz_rho = slope[XX] + share.zz * slope[LIFT],
                               .zx_rho = slope[ZX],
                               .phi_rho = share.phi * slope[LIFT],
                               .xx_z = high[XX],
                               .zx_z = high[ZX],
                               .phi_z = share.phi * high[LIFT],
                               .zx_over_rho = zx_over};
    return s;
}

void ali_ground_table_slopes(const ali_ground_table *table, bool in_soil, size_t count,
                             const double *rho, const double *height, const double *depth,
                             ali_half_space_slopes *slopes)
{
    ali_ground_sides sides = table->range.sides;
    bool observer = sides == ALI_GROUND_SOIL || (sides == ALI_GROUND_ACROSS && in_soil);
    for (size_t p = 0; p < count; p++) {
        double z = sides == ALI_GROUND_SOIL ? 0.0 : height[p];
        double d = sides == ALI_GROUND_AIR ? 0.0 : depth[p];
        if (table->cut_short && d > table->range.depth_max)
            slopes[p] = (ali_half_space_slopes){.phi_z = 0.0};
        else
            slopes[p] = slopes_at(table, observer, rho[p], z, d);
    }
}
