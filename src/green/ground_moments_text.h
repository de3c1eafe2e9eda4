/* SPDX-License-Identifier: Apache-2.0 */

/* Moments of one variant, part of ground_kernel_text.h: kernels between two points in vectors of
 * floats. A vector holds two pairs of points of LANES others. Middles are subtracted, and the phase
 * between them is taken, in double precision, so that float sees nothing but what differs from
 * there. */

#include "green/vector_single_text.h"

/** RULE: points of the longest rule. */
enum { SIZE = ALI_TUBE_ORDER_MAX + 1, RULE = 32 };

/* ---- cells ---- */

/** Coordinates in the region they belong to. */
typedef struct single_axes {
    single axis[2];
    single_bits layer;
} single_axes;

/** @param square  of the distance */
INLINE single_axes single_axes_of(const ali_ground_table *table, single rho, single height,
                                  single square)
{
    single_axes axes = {.layer = (single_bits)(rho >= (float)table->split)};
    if (single_lanes(axes.layer) == 0) {
        axes.axis[0] = 0.5f * single_logarithm(square);
        axes.axis[1] = single_angle(rho, height);
        return axes;
    }
    single length = rho + (float)table->offset;
    axes.axis[0] = single_logarithm(single_choose(axes.layer, length * length, square)) * 0.5f;
    axes.axis[1] = single_choose(axes.layer, height, single_angle(rho, height));
    return axes;
}

/** As locate. */
INLINE single_bits single_locate(const ali_ground_cell *at, const single_axes *axes, single x[2])
{
    single_bits inside = at->region == ALI_GROUND_LAYER ? axes->layer : ~axes->layer;
    for (int a = 0; a < 2; a++) {
        x[a] = (axes->axis[a] - at->single.middle[a]) * at->single.inverse[a];
        inside &= (single_bits)(x[a] > -1.0f) & (single_bits)(x[a] <= 1.0f);
    }
    return inside;
}

/** As find_cell. */
static const ali_ground_cell *single_find(const ali_ground_table *table, const single_axes *axes,
                                          int lane)
{
    int region = axes->layer[lane] ? ALI_GROUND_LAYER : ALI_GROUND_POLAR;
    const double axis[2] = {(double)axes->axis[0][lane], (double)axes->axis[1][lane]};
    return descend(table, region, axis);
}

/** Polynomials of one cell on all lanes, `sum` of re and im of every kind. */
INLINE void single_polynomials(const ali_ground_table *table, const ali_ground_cell *at, single x,
                               single y, single sum[PARTS])
{
    const float *next = table->single + at->single.first;
    for (int part = 0; part < PARTS; part++)
        sum[part] = single_splat(0.0f);
    for (int row = at->single.rows; row-- > 0;) {
        single line[PARTS];
        for (int part = 0; part < PARTS; part++)
            line[part] = single_splat(next[part]);
        next += PARTS;
        for (int column = at->single.columns[row]; column > 1; column--, next += PARTS)
            for (int part = 0; part < PARTS; part++)
                line[part] = line[part] * y + next[part];
        for (int part = 0; part < PARTS; part++)
            sum[part] = sum[part] * x + line[part];
    }
}

/** The two cells that were used last, the later one first. */
typedef struct recent_cells {
    const ali_ground_cell *cell[2];
} recent_cells;

/** As evaluate_cells. */
INLINE void single_evaluate(const ali_ground_table *table, const single_axes *axes,
                            recent_cells *recent, single sum[PARTS])
{
    single x[2];
    single_bits inside = single_locate(recent->cell[0], axes, x), left = ~inside;
    unsigned lanes = single_lanes(left);
    for (int part = 0; part < PARTS; part++)
        sum[part] = single_splat(0.0f);
    if (lanes != ALL_SINGLES)
        single_polynomials(table, recent->cell[0], x[0], x[1], sum);
    while (lanes) {
        single own[PARTS];
        int lane = __builtin_ctz(lanes);
        const ali_ground_cell *cell = recent->cell[1];
        inside = single_locate(cell, axes, x) & left;
        if (!(single_lanes(inside) >> lane & 1)) {
            cell = single_find(table, axes, lane);
            inside = single_locate(cell, axes, x) & left;
            inside[lane] = ~(uint32_t)0; /* rounding may put it out of the cell by a bit */
        }
        recent->cell[1] = recent->cell[0];
        recent->cell[0] = cell;
        single_polynomials(table, cell, x[0], x[1], own);
        for (int part = 0; part < PARTS; part++)
            sum[part] = single_choose(inside, own[part], sum[part]);
        left &= ~inside;
        lanes = single_lanes(left);
    }
}

/* ---- kernels between two points ---- */

typedef struct single_complex {
    single re, im;
} single_complex;

INLINE single_complex single_times(single_complex a, single_complex b)
{
    return (single_complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/** One tube and LANES others, all twice. */
typedef struct tube_pairs {
    single apart[3]; /**< between the middles; z: sum of heights */
    single distance; /**< of the middles, with the rings */
    single dir[3], half;
    single rings; /**< sum of the squared radii */
    single level, upright;
    float one_dir[3], k, nearest;
    vec wave[2]; /**< e^{-jkR} of the middles */
} tube_pairs;

INLINE tube_pairs load_pairs(const ali_ground_table *table, const ali_far_task *task, size_t i)
{
    const ali_tube_array *others = &task->others;
    const double mid[3] = {-task->tube.mid.x, -task->tube.mid.y, task->tube.mid.z};
    const double dir[3] = {task->tube.dir.x, task->tube.dir.y, task->tube.dir.z};
    vec radius = load(others->radius + i), sine, cosine, other[3], square;
    tube_pairs pairs = {.k = (float)table->space.k, .nearest = (float)(1.0 / table->distance_min)};
    vec rings = radius * radius + task->tube.radius * task->tube.radius;
    square = rings;
    for (int c = 0; c < 3; c++) {
        vec apart = load(others->mid[c] + i) + mid[c];
        other[c] = load(others->dir[c] + i);
        square = square + apart * apart;
        pairs.apart[c] = twice(apart);
        pairs.dir[c] = twice(other[c]);
        pairs.one_dir[c] = (float)dir[c];
    }
    vec distance = square * inverse_root(square);
    bits sign = sine_cosine(table->space.k * distance, &sine, &cosine);
    pairs.wave[0] = (vec)((bits)cosine ^ sign);
    pairs.wave[1] = -(vec)((bits)sine ^ sign);
    pairs.distance = twice(distance);
    pairs.half = twice(load(others->half + i));
    pairs.rings = twice(rings);
    pairs.level = twice(other[0] * dir[0] + other[1] * dir[1]);
    pairs.upright = twice(other[2] * dir[2]);
    return pairs;
}

/** Vector part, and scalar part times eps - 1, over 1/(4 pi) and the wave of the middles, between
 * points at s on the others and r on the one [m]. */
INLINE void single_parts(const ali_ground_table *table, const rest_factors *factors,
                         const tube_pairs *pairs, single s, float r, recent_cells *recent,
                         single_complex *vector, single_complex *scalar)
{
    const float *dir = pairs->one_dir;
    const single *other = pairs->dir;
    single d[3], longer = single_splat(0.0f);
    for (int c = 0; c < 3; c++) {
        single way = s * other[c] + (c == 2 ? r * dir[c] : -r * dir[c]);
        d[c] = pairs->apart[c] + way;
        longer = longer + way * (d[c] + pairs->apart[c]);
    }
    single rho2 = d[0] * d[0] + d[1] * d[1];
    /* straight above each other there is no horizontal direction, and no coupling */
    single inverse =
        single_inverse_root(single_choose((single_bits)(rho2 > 1e-30f), rho2, single_splat(1.0f)));
    single across = inverse * (other[2] * (d[0] * dir[0] + d[1] * dir[1]) -
                               dir[2] * (d[0] * other[0] + d[1] * other[1]));
    single ring2 = rho2 + pairs->rings, rho = ring2 * single_inverse_root(ring2);
    single square = ring2 + d[2] * d[2], size = single_inverse_root(square);
    single distance = square * size, sum[PARTS], sine, cosine;
    /* closer than the table begins, remainders are constant: their products with R are not */
    single shrink = distance * pairs->nearest;
    single_bits near = (single_bits)(shrink < 1.0f);
    if (single_lanes(near) == 0) {
        single_axes axes = single_axes_of(table, rho, d[2], square);
        single_evaluate(table, &axes, recent, sum);
    } else {
        single grow = single_choose(near, 1.0f / shrink, single_splat(1.0f));
        single_axes axes = single_axes_of(table, rho * grow, d[2] * grow, square * grow * grow);
        single_evaluate(table, &axes, recent, sum);
        for (int part = 0; part < PARTS; part++)
            sum[part] = single_choose(near, shrink * sum[part], sum[part]);
    }
    /* the squares' difference does not cancel */
    single phase = pairs->k * longer / (distance + pairs->distance);
    single_bits sign = single_sine_cosine(phase, &sine, &cosine);
    size = (single)((single_bits)size ^ sign);
    single_complex wave = {size * cosine, -(size * sine)};
    single lean = rho / (distance + d[2]), both = pairs->level + pairs->upright;
    const single *xx = sum + 2 * ALI_GROUND_XX, *lift = sum + 2 * ALI_GROUND_LIFT,
                 *zx = sum + 2 * ALI_GROUND_ZX;
    single_complex all = {both * xx[0] + pairs->upright * lift[0] +
                              across * (zx[0] + lean * (float)factors->slant[0]),
                          both * xx[1] + pairs->upright * lift[1] +
                              across * (zx[1] + lean * (float)factors->slant[1])};
    *vector = single_times(wave, all);
    *scalar = single_times(wave, (single_complex){lift[0], lift[1]});
}

/* ---- moments ---- */

/** The rule of the others, two points at a time: one in each half. */
typedef struct pair_rule {
    int pairs;
    single node[RULE / 2], weight[RULE / 2][SIZE]; /**< of an odd last one's upper half, 0 */
} pair_rule;

INLINE single in_halves(double low, double high)
{
    half_single zero = {0};
    return both_halves((float)low - zero, (float)high - zero);
}

static void pair_points(const ali_far_rule *rule, int order, pair_rule *pairs)
{
    pairs->pairs = (rule->points + 1) / 2;
    for (int l = 0; l < pairs->pairs; l++) {
        int low = 2 * l, high = low + 1 < rule->points ? low + 1 : low;
        double counts = high > low ? 1.0 : 0.0;
        pairs->node[l] = in_halves(rule->node[low], rule->node[high]);
        for (int q = 0; q <= order; q++)
            pairs->weight[l][q] = in_halves(rule->table[low][q], counts * rule->table[high][q]);
    }
}

INLINE void add_moments(double *re, double *im, bits wanted, vec scale, lane_complex sum)
{
    store(re, load(re) + choose(wanted, scale * sum.re, splat(0.0)));
    store(im, load(im) + choose(wanted, scale * sum.im, splat(0.0)));
}

/** The moments of LANES others; with constant orders and points a loop of its own. */
INLINE void lane_moments(const ali_ground_table *table, const rest_factors *factors,
                         const ali_far_task *task, const pair_rule *rule, bits wanted, int na,
                         int pairs, int order_a, int order_b, size_t i, recent_cells *recent,
                         const ali_ground_sums *sums)
{
    const tube_pairs tubes = load_pairs(table, task, i);
    const single_complex nothing = {single_splat(0.0f), single_splat(0.0f)};
    single_complex vector[SIZE * SIZE], scalar[SIZE * SIZE];
    for (int m = 0; m < (order_a + 1) * (order_b + 1); m++)
        vector[m] = scalar[m] = nothing;
    for (int l = 0; l < pairs; l++) {
        single_complex inner_vector[SIZE], inner_scalar[SIZE];
        single s = rule->node[l] * tubes.half;
        for (int p = 0; p <= order_a; p++)
            inner_vector[p] = inner_scalar[p] = nothing;
        for (int j = 0; j < na; j++) {
            float r = (float)(task->rule.node[j] * task->tube.half);
            single_complex at_vector, at_scalar;
            single_parts(table, factors, &tubes, s, r, recent, &at_vector, &at_scalar);
            for (int p = 0; p <= order_a; p++) {
                float w = (float)task->rule.table[j][p];
                inner_vector[p].re = inner_vector[p].re + w * at_vector.re;
                inner_vector[p].im = inner_vector[p].im + w * at_vector.im;
                inner_scalar[p].re = inner_scalar[p].re + w * at_scalar.re;
                inner_scalar[p].im = inner_scalar[p].im + w * at_scalar.im;
            }
        }
        for (int p = 0; p <= order_a; p++)
            for (int q = 0; q <= order_b; q++) {
                int m = p * (order_b + 1) + q;
                single w = rule->weight[l][q];
                vector[m].re = vector[m].re + w * inner_vector[p].re;
                vector[m].im = vector[m].im + w * inner_vector[p].im;
                scalar[m].re = scalar[m].re + w * inner_scalar[p].re;
                scalar[m].im = scalar[m].im + w * inner_scalar[p].im;
            }
    }
    lane_complex wave = {tubes.wave[0], tubes.wave[1]};
    lane_complex contrast = {splat(factors->contrast[0]), splat(factors->contrast[1])};
    vec scale = 0.25 / ALI_PI * task->tube.half * load(task->others.half + i);
    for (int m = 0; m < (order_a + 1) * (order_b + 1); m++) {
        int set = m / (order_b + 1) * (task->other_order + 1) + m % (order_b + 1);
        size_t at = (size_t)set * sums->stride + i;
        lane_complex a = {sum_halves(vector[m].re), sum_halves(vector[m].im)};
        lane_complex phi = {sum_halves(scalar[m].re), sum_halves(scalar[m].im)};
        add_moments(sums->vector_re + at, sums->vector_im + at, wanted, scale, times(wave, a));
        add_moments(sums->scalar_re + at, sums->scalar_im + at, wanted, scale,
                    times(times(wave, contrast), phi));
    }
}

static void moments(const ali_ground_table *table, const ali_far_task *task, const double *points,
                    const ali_ground_sums *sums)
{
    const rest_factors factors = factors_of(table);
    recent_cells recent = {{&nowhere, &nowhere}};
    const int na = task->rule.points, nb = task->other_rule.points;
    pair_rule rule;
    pair_points(&task->other_rule, task->other_order, &rule);
    /* P_2 is 0 in the points of its own rule */
    bool usual = na == 2 && nb == 2 && task->order <= 2 && task->order >= 1 &&
                 task->other_order <= 2 && task->other_order >= 1;
    for (size_t i = 0; i < task->others.count; i += LANES) {
        bits wanted = (bits)(load(points + i) == (double)nb);
        if (!is_any(wanted))
            continue;
        if (usual)
            lane_moments(table, &factors, task, &rule, wanted, 2, 1, 1, 1, i, &recent, sums);
        else
            lane_moments(table, &factors, task, &rule, wanted, na, rule.pairs, task->order,
                         task->other_order, i, &recent, sums);
    }
}
