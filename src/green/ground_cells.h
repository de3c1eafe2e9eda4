/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_GROUND_CELLS_H
#define ALI_GREEN_GROUND_CELLS_H

#include "green/ground_table.h"

/** @file
 *  What the table of a ground consists of: behind ground_table.h, for building (ground_table.c) and
 *  for evaluation (ground_table_values.c).
 *
 *  t is the sum of heights (AIR) or of depths (SOIL), or the depth d (ACROSS, z the height). Close
 *  by, where kernels are singular, cells are polar; where the horizontal distance (ACROSS: the
 *  distance r of the point in air from the one above or below the other, at the interface) exceeds
 *  `split`, a few t, they are layers:
 *
 *             both on one side, R^2 = rho^2 + t^2    across, R^2 = rho^2 + (z + d)^2
 *      POLAR  log R, elevation of t                   log R, elevation of z + d, d/(z + d)
 *      LAYER  log(rho + offset), t                    log(r + offset), elevation of z, d
 *
 *  On both, polynomials give, with the exponential W of the wave that the cell chose,
 *      XX    4 pi R/W remainder of xx,
 *      LIFT  the same of (eps - 1) phi in air, (1 - eps) phi in soil, (eps + 1)/2 phi across,
 *      ZX    the same of zx.
 *  Remainder: besides the images of half_space.h (one side), or besides W/(4 pi R) times 1, 1, and
 *  -(eps - 1)/(eps + 1) rho/(R + z + d) (across); it vanishes with R. */

enum { ALI_GROUND_AXES = 3, ALI_GROUND_ORDER = 6 };
enum { ALI_GROUND_POINTS = ALI_GROUND_ORDER * ALI_GROUND_ORDER * ALI_GROUND_ORDER };
enum { ALI_GROUND_XX, ALI_GROUND_LIFT, ALI_GROUND_ZX, ALI_GROUND_KINDS };
enum { ALI_GROUND_POLAR, ALI_GROUND_LAYER, ALI_GROUND_REGIONS };
enum { ALI_GROUND_LEAF = -1, ALI_GROUND_VOID = -2 };
/** Waves whose phase a cell may take out: the one refracted on its way to the air, where it runs
 * along the interface, or the direct one through the soil. */
enum { ALI_GROUND_REFRACTED, ALI_GROUND_DIRECT, ALI_GROUND_WAVES };

/** A leaf's polynomials in single precision: those of the rows below `rows` in powers of the second
 * axis below columns[row], where longer ones would add nothing. */
typedef struct ali_ground_single {
    float middle[2], inverse[2]; /**< of the cell; 1/half, or 0 */
    unsigned char rows, columns[ALI_GROUND_ORDER];
    size_t first; /**< in table->single: highest row and column first, [kind][re, im] */
} ali_ground_single;

typedef struct ali_ground_cell {
    double middle[ALI_GROUND_AXES], half[ALI_GROUND_AXES]; /**< half 0: one node */
    int axis; /**< where it is cut into its children, LEAF, or VOID without points of the range */
    int region;
    int wave; /**< of a leaf */
    /** The first of two children, or of a leaf's coefficients of powers of (x - middle)/half,
     * [axis 0][axis 1][axis 2][kind]. */
    size_t first;
    ali_ground_single single; /**< AIR only */
} ali_ground_cell;

/** Where the search for a leaf starts: at the cells that hold those of a grid over the root of a
 * region. AIR only. */
typedef struct ali_ground_map {
    int count[2];             /**< cells of the grid along each axis */
    float low[2], density[2]; /**< where it begins, and cells per unit */
    unsigned *cell;           /**< [axis 0][axis 1] */
} ali_ground_map;

/** A point, and where it is among the cells. */
typedef struct ali_ground_place {
    double rho, height, depth; /**< [m]; what the sides do not have is 0 */
    double distance;           /**< R */
} ali_ground_place;

struct ali_ground_table {
    ali_half_space space;
    ali_ground_range range; /**< depths up to where waves have died */
    bool cut_short;         /**< deeper than range.depth_max there is nothing */
    ali_half_space_images images;
    double complex k_soil;
    double index;        /**< |k_soil|/k */
    double distance_min; /**< closer, remainders are constant */
    double split, offset;
    size_t root[ALI_GROUND_REGIONS];
    int order[ALI_GROUND_REGIONS][ALI_GROUND_AXES];
    size_t count, capacity;
    ali_ground_cell *cells;
    size_t coefficient_count, coefficient_capacity;
    double complex *coefficients;
    size_t single_count, single_capacity;
    float *single; /**< AIR only */
    ali_ground_map map[ALI_GROUND_REGIONS];
};

/** Make the maps of a complete tree in AIR. */
alicorn_status ali_ground_maps_create(ali_ground_table *table, alicorn_error *error);

void ali_ground_maps_clear(ali_ground_table *table);

/** Exponent of a wave, without amplitude: W = e^exponent. */
double complex ali_ground_exponent(const ali_ground_table *table, const ali_ground_place *place,
                                   int wave);

/** What ACROSS takes out of ZX, times 4 pi R/W; and the image of zx on one side, times
 * 4 pi R e^{jkR}. */
double complex ali_ground_slant(const ali_ground_table *table, const ali_ground_place *place);

/** Coordinates of a place in the region it belongs to; returns the region. */
int ali_ground_axes_of(const ali_ground_table *table, const ali_ground_place *place,
                       double axes[ALI_GROUND_AXES]);

/** Coordinates of a place in a region, which it may lie a little outside of. */
void ali_ground_axes_in(const ali_ground_table *table, int region, const ali_ground_place *place,
                        double axes[ALI_GROUND_AXES]);

/** Polynomials of a leaf at x in [-1, 1]^3. */
void ali_ground_polynomials(const int order[ALI_GROUND_AXES], const double complex *coefficients,
                            const double x[ALI_GROUND_AXES],
                            double complex value[ALI_GROUND_KINDS]);

#endif
