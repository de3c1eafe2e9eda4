/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant, in vectors of LANES doubles. The including file is compiled for its
 * instruction set and defines GROUND_KERNEL, GROUND_KERNEL_NAME and LANES before. */

#include "green/ground_cells.h"
#include "green/ground_kernel.h"
#include "green/vector_text.h"

#include <stdbool.h>

enum { ORDER = ALI_GROUND_ORDER, KINDS = ALI_GROUND_KINDS, PARTS = 2 * KINDS };

INLINE vec splat(double x)
{
    return x - (vec){0};
}

/** a where the mask is set, b elsewhere. */
INLINE vec choose(bits mask, vec a, vec b)
{
    return (vec)((mask & (bits)a) | (~mask & (bits)b));
}

/** Lanes of a mask as bits of a number. */
INLINE unsigned lanes_of(bits mask)
{
#if LANES == 8
    return _mm512_movepi64_mask((__m512i)mask);
#elif LANES == 4
    return (unsigned)_mm256_movemask_pd((__m256d)mask);
#else
    return (unsigned)(mask[0] >> 63) | (unsigned)(mask[1] >> 63) << 1;
#endif
}

INLINE bool is_any(bits mask)
{
    return lanes_of(mask) != 0;
}

/** log x of a normal x > 0, to 1e-13 absolute: of the exponent, and of the mantissa m in
 * [1/sqrt 2, sqrt 2) by a Chebyshev fit in ((m - 1)/(m + 1))^2. */
INLINE vec logarithm(vec x)
{
    const double log2 = 0.69314718055994530942, root2 = 1.41421356237309504880;
    bits raw = (bits)x;
    vec mantissa = (vec)((raw & 0x000fffffffffffffu) | 0x3ff0000000000000u);
    /* the exponent in the low bits of 2^52 */
    vec power = (vec)((raw >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
    bits large = (bits)(mantissa > root2);
    mantissa = choose(large, 0.5 * mantissa, mantissa);
    power = power + choose(large, splat(1.0), splat(0.0));
    vec s = (mantissa - 1.0) / (mantissa + 1.0), t = s * s;
    vec p = 0.19608245305704074118 * t + 0.22174240003765904769;
    p = p * t + 0.28572166372494656808;
    p = p * t + 0.39999994889749983546;
    p = p * t + 0.6666666667958581023;
    p = p * t + 1.999999999999947156;
    return power * log2 + s * p;
}

/** Angle of (x, y) from the x axis, x, y >= 0, not both 0, to 1e-12 absolute: brought into
 * [-pi/8, pi/8] by reflection in pi/4 and rotation by pi/4; there a Chebyshev fit in tan^2. */
INLINE vec angle_of(vec x, vec y)
{
    const double eighth = 0.41421356237309504880; /* tan pi/8 */
    bits steep = (bits)(y > x);
    vec low = choose(steep, x, y), high = choose(steep, y, x);
    bits turned = (bits)(low > eighth * high);
    vec q = choose(turned, low - high, low) / choose(turned, low + high, high), t = q * q;
    vec p = 0.069740840475952024578 - 0.037653073690567940642 * t;
    p = p * t - 0.089925280793626375478;
    p = p * t + 0.11103454236491274215;
    p = p * t - 0.14285386407186121144;
    p = p * t + 0.19999993049762435931;
    p = p * t - 0.33333333276886076498;
    p = p * t + 0.99999999999924419856;
    vec angle = q * p + choose(turned, splat(0.25 * ALI_PI), splat(0.0));
    return choose(steep, 0.5 * ALI_PI - angle, angle);
}

/* ---- cells ---- */

/** Polynomials of one cell on all lanes, `sum` of re and im of every kind; with constant orders
 * unrolled. */
INLINE void sum_powers(const double *end, int rows, int columns, vec x, vec y, vec sum[PARTS])
{
    for (int part = 0; part < PARTS; part++)
        sum[part] = splat(0.0);
    for (int row = 0; row < rows; row++) {
        vec line[PARTS];
        for (int part = 0; part < PARTS; part++)
            line[part] = splat(0.0);
        for (int column = 0; column < columns; column++) {
            end -= PARTS;
            for (int part = 0; part < PARTS; part++)
                line[part] = line[part] * y + end[part];
        }
        for (int part = 0; part < PARTS; part++)
            sum[part] = sum[part] * x + line[part];
    }
}

INLINE void polynomials(const ali_ground_table *table, const ali_ground_cell *at, vec x, vec y,
                        vec sum[PARTS])
{
    const int *order = table->order[at->region];
    int rows = order[0], columns = order[1];
    const double *first = (const double *)(table->coefficients + at->first);
    if (at->axis == ALI_GROUND_VOID)
        for (int part = 0; part < PARTS; part++)
            sum[part] = splat(0.0);
    else if (rows == ORDER && columns == ORDER)
        sum_powers(first + PARTS * ORDER * ORDER, ORDER, ORDER, x, y, sum);
    else
        sum_powers(first + PARTS * rows * columns, rows, columns, x, y, sum);
}

/** Coordinates of LANES places in the region they belong to. */
typedef struct lane_axes {
    vec axis[2];
    bits layer;
} lane_axes;

INLINE lane_axes axes_of(const ali_ground_table *table, vec rho, vec height, vec distance)
{
    lane_axes axes = {.layer = (bits)(rho >= table->split)};
    vec length = choose(axes.layer, rho + table->offset, distance);
    axes.axis[0] = logarithm(length);
    axes.axis[1] = choose(axes.layer, height, angle_of(rho, height));
    return axes;
}

/** Where lanes are in a cell, and which ones are: as a descent from the root would find it. */
INLINE bits locate(const ali_ground_cell *at, const lane_axes *axes, vec x[2])
{
    bits inside = at->region == ALI_GROUND_LAYER ? axes->layer : ~axes->layer;
    for (int a = 0; a < 2; a++) {
        double half = at->half[a], inverse = half > 0.0 ? 1.0 / half : 0.0;
        x[a] = (axes->axis[a] - at->middle[a]) * inverse;
        inside &= (bits)(x[a] > -1.0) & (bits)(x[a] <= 1.0);
    }
    return inside;
}

/** A cell without any point, to start with. */
static const ali_ground_cell nowhere = {
    .middle = {INFINITY, INFINITY}, .half = {1.0, 1.0}, .single = {.middle = {INFINITY, INFINITY}}};

/** The cell of a place, anew. */
INLINE const ali_ground_cell *descend(const ali_ground_table *table, int region,
                                      const double axis[2])
{
    const ali_ground_map *map = &table->map[region];
    int at_map[2];
    for (int a = 0; a < 2; a++) {
        float to = ((float)axis[a] - map->low[a]) * map->density[a];
        int last = map->count[a] - 1;
        /* lanes that are not meant may hold anything */
        at_map[a] = to > 0.0f ? (to < (float)last ? (int)to : last) : 0;
    }
    const ali_ground_cell *at = &table->cells[map->cell[at_map[0] * map->count[1] + at_map[1]]];
    while (at->axis >= 0)
        at = &table->cells[at->first + (axis[at->axis] > at->middle[at->axis])];
    return at;
}

/** The cell of one lane. */
static const ali_ground_cell *find_cell(const ali_ground_table *table, const lane_axes *axes,
                                        int lane)
{
    int region = axes->layer[lane] ? ALI_GROUND_LAYER : ALI_GROUND_POLAR;
    const double axis[2] = {axes->axis[0][lane], axes->axis[1][lane]};
    return descend(table, region, axis);
}

/** Polynomials of all lanes, cell by cell. Neighbours mostly share one, and that with the lanes
 * before, *last. */
INLINE void evaluate_cells(const ali_ground_table *table, const lane_axes *axes,
                           const ali_ground_cell **last, vec sum[PARTS])
{
    const ali_ground_cell *cell = *last;
    bits left = (bits)(splat(0.0) == 0.0);
    for (unsigned lanes = lanes_of(left); lanes; lanes = lanes_of(left)) {
        vec x[2], own[PARTS];
        bits inside = locate(cell, axes, x) & left;
        if (!is_any(inside)) {
            int lane = __builtin_ctz(lanes);
            cell = find_cell(table, axes, lane);
            inside = locate(cell, axes, x) & left;
            inside[lane] = ~(uint64_t)0; /* rounding may put it out of the table by a bit */
        }
        polynomials(table, cell, x[0], x[1], own);
        for (int part = 0; part < PARTS; part++)
            sum[part] = choose(inside, own[part], sum[part]);
        left &= ~inside;
    }
    *last = cell;
}

/* ---- kernels ---- */

/** Complex numbers in vectors. */
typedef struct lane_complex {
    vec re, im;
} lane_complex;

INLINE lane_complex times(lane_complex a, lane_complex b)
{
    return (lane_complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

INLINE void store_complex(double complex *to, lane_complex z)
{
    double *parts = (double *)to;
    for (int lane = 0; lane < LANES; lane++) {
        parts[2 * lane] = z.re[lane];
        parts[2 * lane + 1] = z.im[lane];
    }
}

/** What all lanes share. */
typedef struct rest_factors {
    double nearest;               /**< 1/distance_min */
    double slant[2], contrast[2]; /**< image of zx, 1/(eps - 1) */
} rest_factors;

INLINE rest_factors factors_of(const ali_ground_table *table)
{
    double complex contrast = table->space.permittivity - 1.0;
    double complex inverse = contrast == 0.0 ? 0.0 : 1.0 / contrast;
    return (rest_factors){.nearest = 1.0 / table->distance_min,
                          .slant = {creal(table->images.zx), cimag(table->images.zx)},
                          .contrast = {creal(inverse), cimag(inverse)}};
}

/** Kernels over the image's wave: those of xx, (eps - 1) phi and zx. */
typedef struct lane_kernels {
    lane_complex xx, lift, zx;
    lane_complex wave;
} lane_kernels;

INLINE lane_kernels lane_rest(const ali_ground_table *table, const rest_factors *factors, vec rho,
                              vec height, const ali_ground_cell **last)
{
    vec square = rho * rho + height * height, inverse = inverse_root(square);
    vec distance = square * inverse, sine, cosine;
    /* closer than the table begins, remainders are constant: their products with R are not */
    vec shrink = distance * factors->nearest, grow = splat(1.0);
    bits near = (bits)(shrink < 1.0);
    bool is_near = is_any(near);
    if (is_near)
        grow = choose(near, 1.0 / shrink, grow);
    lane_axes axes = axes_of(table, rho * grow, height * grow, distance * grow);
    vec sum[PARTS];
    for (int part = 0; part < PARTS; part++)
        sum[part] = splat(0.0);
    evaluate_cells(table, &axes, last, sum);
    if (is_near)
        for (int part = 0; part < PARTS; part++)
            sum[part] = choose(near, shrink * sum[part], sum[part]);
    bits sign = sine_cosine(table->space.k * distance, &sine, &cosine);
    vec size = (vec)((bits)(inverse * (0.25 / ALI_PI)) ^ sign);
    vec lean = rho / (distance + height);
    return (lane_kernels){
        .xx = {sum[2 * ALI_GROUND_XX], sum[2 * ALI_GROUND_XX + 1]},
        .lift = {sum[2 * ALI_GROUND_LIFT], sum[2 * ALI_GROUND_LIFT + 1]},
        .zx = {sum[2 * ALI_GROUND_ZX] + lean * factors->slant[0],
               sum[2 * ALI_GROUND_ZX + 1] + lean * factors->slant[1]},
        .wave = {size * cosine, -(size * sine)},
    };
}

/* ---- points ---- */

INLINE void lane_points(const ali_ground_table *table, const rest_factors *factors, vec rho,
                        vec height, const ali_ground_cell **last, lane_complex rest[4])
{
    lane_kernels of = lane_rest(table, factors, rho, height, last);
    lane_complex contrast = {splat(factors->contrast[0]), splat(factors->contrast[1])};
    rest[0] = times(of.wave, of.xx);
    rest[1] = times(of.wave, (lane_complex){of.xx.re + of.lift.re, of.xx.im + of.lift.im});
    rest[2] = times(of.wave, of.zx);
    rest[3] = times(times(of.wave, contrast), of.lift);
}

static void rest(const ali_ground_table *table, size_t count, const double *rho,
                 const double *height, const ali_ground_rest *result)
{
    const rest_factors factors = factors_of(table);
    double complex *const to[4] = {result->xx, result->zz, result->zx, result->phi};
    const ali_ground_cell *last = &nowhere;
    lane_complex values[4];
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lane_points(table, &factors, load(rho + i), load(height + i), &last, values);
        for (int kind = 0; kind < 4; kind++)
            store_complex(to[kind] + i, values[kind]);
    }
    if (i == count)
        return;
    double some[2][LANES]; /* the last few, and the last of them again and again */
    double complex out[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        size_t from = i + lane < count ? i + lane : count - 1;
        some[0][lane] = rho[from];
        some[1][lane] = height[from];
    }
    lane_points(table, &factors, load(some[0]), load(some[1]), &last, values);
    for (int kind = 0; kind < 4; kind++) {
        store_complex(out, values[kind]);
        memcpy(to[kind] + i, out, (count - i) * sizeof *out);
    }
}

#include "green/ground_moments_text.h"

const ali_ground_kernel_variant GROUND_KERNEL = {
    .name = GROUND_KERNEL_NAME, .rest = rest, .moments = moments};
