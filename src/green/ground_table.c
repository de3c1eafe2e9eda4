/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_table.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/ground_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORDER = ALI_GROUND_ORDER, AXES = ALI_GROUND_AXES, KINDS = ALI_GROUND_KINDS };
enum { POINTS = ALI_GROUND_POINTS, CHECKS = 27, SAMPLES = POINTS + CHECKS };
enum { XX = ALI_GROUND_XX, LIFT = ALI_GROUND_LIFT, ZX = ALI_GROUND_ZX };
enum { POLAR = ALI_GROUND_POLAR, LAYER = ALI_GROUND_LAYER };
enum { LEAF = ALI_GROUND_LEAF, VOID = ALI_GROUND_VOID };

/** Cells are polar up to this distance in depths or heights. */
static const double polar_reach = 1.0;
/** Waves are dead after so many nepers. */
static const double dead = 23.0;
/** Terms whose coefficients do not sum up to more than this share of the tolerance are left out. */
static const double omitted = 0.3;

/** Chebyshev's polynomials along one axis. */
typedef struct basis {
    int order;
    double node[ORDER];
    double to_chebyshev[ORDER][ORDER]; /**< coefficient from values */
    double to_power[ORDER][ORDER];     /**< power coefficient from Chebyshev's */
} basis;

/** Kernels at a node or where they are checked, times 4 pi R without the phase of the refracted
 * wave. */
typedef struct sample {
    double complex value[KINDS];
    double complex turn;  /**< exponent of the refracted wave without the direct one's */
    double complex slant; /**< what ACROSS takes out of ZX */
} sample;

/** Cells of one level, all that are not void, and their samples. */
typedef struct level {
    size_t count;
    size_t *cell;    /**< [count] */
    sample *samples; /**< [count][SAMPLES]: nodes, then checks */
} level;

typedef struct builder {
    ali_ground_table *table;
    basis axis[ALI_GROUND_REGIONS][AXES];
} builder;

static basis make_basis(int order)
{
    double power[ORDER][ORDER] = {{0}}; /* of T_m: [m][power] */
    basis made = {.order = order};
    power[0][0] = 1.0;
    power[1][1] = 1.0;
    for (int m = 2; m < order; m++)
        for (int p = 0; p < order; p++)
            power[m][p] = (p ? 2.0 * power[m - 1][p - 1] : 0.0) - power[m - 2][p];
    for (int i = 0; i < order; i++) {
        double angle = ALI_PI * (i + 0.5) / order;
        made.node[i] = order > 1 ? cos(angle) : 0.0;
        for (int m = 0; m < order; m++)
            made.to_chebyshev[m][i] = (m ? 2.0 : 1.0) / order * cos(m * angle);
        for (int p = 0; p < order; p++)
            made.to_power[p][i] = power[i][p];
    }
    return made;
}

static int points_of(const int order[AXES])
{
    return order[0] * order[1] * order[2];
}

/** Transform one kind of values along all axes, in place. */
static void transform(const basis axis[AXES], bool to_power, double complex *values)
{
    int stride = 1;
    for (int a = AXES - 1; a >= 0; a--) {
        int order = axis[a].order, outer = stride * order;
        int all = axis[0].order * axis[1].order * axis[2].order;
        for (int line = 0; line < all / order; line++) {
            double complex *first = values + (line / stride) * outer + line % stride;
            double complex in[ORDER];
            for (int i = 0; i < order; i++)
                in[i] = first[i * stride];
            for (int m = 0; m < order; m++) {
                const double *row = to_power ? axis[a].to_power[m] : axis[a].to_chebyshev[m];
                double complex sum = 0.0;
                for (int i = 0; i < order; i++)
                    sum += row[i] * in[i];
                first[m * stride] = sum;
            }
        }
        stride = outer;
    }
}

/* ---- places ---- */

static ali_ground_place place_of(const ali_ground_table *table, int region, const double axes[AXES])
{
    double away = exp(axes[0]) - (region == LAYER ? table->offset : 0.0);
    double rho, height, depth;
    bool across = table->range.sides == ALI_GROUND_ACROSS;
    away = fmax(away, 0.0);
    if (region == LAYER) {
        rho = across ? away * fmax(cos(axes[1]), 0.0) : away;
        height = across ? away * sin(axes[1]) : axes[1];
        depth = axes[2];
    } else {
        rho = away * fmax(cos(axes[1]), 0.0);
        height = away * sin(axes[1]) * (1.0 - axes[2]);
        depth = away * sin(axes[1]) * axes[2];
    }
    if (table->range.sides == ALI_GROUND_SOIL) {
        depth = height;
        height = 0.0;
    }
    return (ali_ground_place){rho, height, depth, hypot(rho, height + depth)};
}

/** Whether any point of a cell may be asked for. */
static bool is_wanted(const ali_ground_table *table, const ali_ground_cell *at)
{
    const ali_ground_range *range = &table->range;
    bool across = range->sides == ALI_GROUND_ACROSS, soil = range->sides == ALI_GROUND_SOIL;
    double low[AXES], high[AXES];
    for (int a = 0; a < AXES; a++) {
        low[a] = at->middle[a] - at->half[a];
        high[a] = at->middle[a] + at->half[a];
    }
    double near = exp(low[0]), far = exp(high[0]);
    if (at->region == LAYER) {
        near -= table->offset;
        far -= table->offset;
        return !across ||
               (near * sin(low[1]) <= range->height_max && near * cos(high[1]) <= range->rho_max &&
                far * sin(high[1]) >= range->height_min);
    }
    double rho = near * cos(high[1]), least = near * sin(low[1]), most = far * sin(high[1]);
    if (!across)
        return rho <= fmin(range->rho_max, table->split) &&
               least <= (soil ? range->depth_max : range->height_max) &&
               most >= (soil ? range->depth_min : range->height_min);
    double height = least * (1.0 - high[2]);
    return rho <= range->rho_max && hypot(rho, height) <= table->split &&
           height <= range->height_max && most * (1.0 - low[2]) >= range->height_min &&
           least * low[2] <= range->depth_max && most * high[2] >= range->depth_min;
}

/* ---- samples ---- */

static alicorn_status take_sample(const ali_ground_table *table, const ali_ground_place *place,
                                  sample *result, alicorn_error *error)
{
    const ali_half_space *space = &table->space;
    double tolerance = 0.05 * table->range.tolerance;
    double complex eps = space->permittivity, lift, zx;
    double complex exponent = ali_ground_exponent(table, place, ALI_GROUND_REFRACTED);
    double complex scale = 4.0 * ALI_PI * place->distance * cexp(-exponent);
    ali_half_space_kernels kernels;
    alicorn_status status;
    *result = (sample){.turn = 0.0};
    if (table->range.sides != ALI_GROUND_AIR)
        result->turn = exponent - ali_ground_exponent(table, place, ALI_GROUND_DIRECT);
    result->slant = ali_ground_slant(table, place);
    if (table->range.sides == ALI_GROUND_ACROSS) {
        status = ali_half_space_transmitted(space, place->rho, place->height, -place->depth,
                                            tolerance, &kernels, error);
        lift = 0.5 * (eps + 1.0);
        zx = scale * kernels.zx;
    } else {
        bool soil = table->range.sides == ALI_GROUND_SOIL;
        /* on the interface the side has to be told */
        double t = soil ? -fmax(place->depth, 1e-12 * place->distance) : place->height;
        status = ali_half_space_remainder(space, place->rho, t, 0.0, tolerance, &kernels, error);
        lift = soil ? 1.0 - eps : eps - 1.0;
        zx = scale * kernels.zx - result->slant * cexp(-result->turn);
    }
    result->value[XX] = scale * kernels.xx;
    result->value[LIFT] = scale * lift * kernels.phi;
    result->value[ZX] = zx;
    return status;
}

/** Where polynomials are checked: ends and middle of each axis, where they are worst. */
static int checks_of(const int order[AXES])
{
    int checks = 1;
    for (int a = 0; a < AXES; a++)
        checks *= order[a] > 1 ? 3 : 1;
    return checks;
}

/** Where a sample of a cell is, -1 … 1 on each axis: the p-th node or check. */
static void position(const basis axis[AXES], int p, bool check, double x[AXES])
{
    for (int a = AXES - 1; a >= 0; a--) {
        int order = axis[a].order, some = check && order > 1 ? 3 : order;
        x[a] = check && order > 1 ? p % 3 - 1.0 : axis[a].node[p % some];
        p /= some;
    }
}

/** The p-th sample of a level's cells. */
static alicorn_status fill_sample(const builder *made, const level *at, long p,
                                  alicorn_error *error)
{
    const ali_ground_table *table = made->table;
    size_t c = (size_t)(p / SAMPLES);
    const ali_ground_cell *cell = &table->cells[at->cell[c]];
    int s = (int)(p % SAMPLES), region = cell->region;
    const int *order = table->order[region];
    bool check = s >= POINTS;
    int number = check ? s - POINTS : s;
    if (number >= (check ? checks_of(order) : points_of(order)))
        return ALICORN_OK;
    double x[AXES], axes[AXES];
    position(made->axis[region], number, check, x);
    for (int a = 0; a < AXES; a++)
        axes[a] = cell->middle[a] + cell->half[a] * x[a];
    ali_ground_place place = place_of(table, region, axes);
    return take_sample(table, &place, &at->samples[p], error);
}

/** All samples of a level; of several failures the first is told. */
static alicorn_status fill(const builder *made, const level *at, alicorn_error *error)
{
    long samples = (long)at->count * SAMPLES, failed = samples;
#pragma omp parallel for schedule(dynamic, 4) reduction(min : failed)
    for (long p = 0; p < samples; p++)
        if (fill_sample(made, at, p, NULL) && p < failed)
            failed = p;
    return failed == samples ? ALICORN_OK : fill_sample(made, at, failed, error);
}

/* ---- convergence ---- */

/** Remainders without the phase of `wave`, [kind][sample], and how much larger than that wave the
 * strongest one is at least. */
static double remainders(const ali_ground_table *table, const sample *samples, int count, int wave,
                         double complex *values, int stride)
{
    bool across = table->range.sides == ALI_GROUND_ACROSS;
    double least = INFINITY;
    for (int p = 0; p < count; p++) {
        const sample *at = &samples[p];
        double complex turn = wave == ALI_GROUND_DIRECT ? cexp(at->turn) : 1.0;
        double complex taken[KINDS] = {1.0, 1.0, at->slant};
        for (int kind = 0; kind < KINDS; kind++)
            values[kind * stride + p] = turn * at->value[kind] - (across ? taken[kind] : 0.0);
        double larger = wave == ALI_GROUND_DIRECT ? creal(at->turn) : -creal(at->turn);
        least = fmin(least, fmax(larger, 0.0));
    }
    return exp(least);
}

/** Error of the polynomials along each axis, relative to the tolerance: last two coefficients. A
 * quarter of their sum is still several times the error; the checks have the last word. */
static void estimate(const basis axis[AXES], const double complex *coefficient, double allowed,
                     double wrong[AXES])
{
    int stride = 1, all = axis[0].order * axis[1].order * axis[2].order;
    for (int a = AXES - 1; a >= 0; a--) {
        int order = axis[a].order;
        double sum = 0.0;
        for (int line = 0; line < all / order && order > 1; line++) {
            const double complex *first =
                coefficient + (line / stride) * stride * order + line % stride;
            sum += fmax(cabs(first[(order - 1) * stride]), 0.2 * cabs(first[(order - 2) * stride]));
        }
        wrong[a] = fmax(wrong[a], 0.25 * sum / allowed);
        stride *= order;
    }
}

/** Leave out the least terms of a cell of two axes, so that in every power of the first axis fewer
 * of the second remain: columns [ORDER].
 *  @param[in,out] chebyshev  [KINDS][POINTS] */
static void shorten(const int order[AXES], double allowed, double complex *chebyshev,
                    unsigned char *columns)
{
    double left_out[KINDS] = {0.0};
    for (int row = 0; row < order[0]; row++)
        columns[row] = (unsigned char)order[1];
    while (columns[0] > 0) {
        double least = INFINITY;
        int shorter = 0;
        for (int row = 0; row < order[0]; row++) {
            /* a term goes after all that are above it in both orders */
            if (columns[row] == 0 || (row + 1 < order[0] && columns[row + 1] == columns[row]))
                continue;
            double most = 0.0;
            for (int kind = 0; kind < KINDS; kind++) {
                int at = kind * POINTS + row * order[1] + columns[row] - 1;
                most = fmax(most, left_out[kind] + cabs(chebyshev[at]));
            }
            if (most < least) {
                least = most;
                shorter = row;
            }
        }
        if (least > omitted * allowed)
            break;
        columns[shorter]--;
        for (int kind = 0; kind < KINDS; kind++) {
            int at = kind * POINTS + shorter * order[1] + columns[shorter];
            left_out[kind] += cabs(chebyshev[at]);
            chebyshev[at] = 0.0;
        }
    }
}

/** Polynomials of a cell: coefficients of powers, [point][kind]. */
typedef struct polynomials {
    double complex coefficients[KINDS * POINTS];
    double complex shortened[KINDS * POINTS]; /**< AIR only: without the least terms */
    unsigned char columns[ORDER];             /**< what they have, ali_ground_single */
} polynomials;

/** From Chebyshev's [kind][POINTS], which are overwritten. */
static void to_powers(const basis axis[AXES], double complex *values, double complex *coefficients)
{
    int points = axis[0].order * axis[1].order * axis[2].order;
    for (int kind = 0; kind < KINDS; kind++) {
        transform(axis, true, values + kind * POINTS);
        for (int p = 0; p < points; p++)
            coefficients[p * KINDS + kind] = values[kind * POINTS + p];
    }
}

/** Polynomials of a cell without the phase of a wave, and their errors along the axes; whether they
 * have converged. */
static bool fit(const builder *made, int region, const sample *samples, int wave,
                polynomials *fitted, double wrong[AXES])
{
    const ali_ground_table *table = made->table;
    const int *order = table->order[region];
    const basis *axis = made->axis[region];
    int points = points_of(order), checks = checks_of(order);
    double complex values[KINDS * POINTS], shortened[KINDS * POINTS], truth[KINDS * CHECKS];
    double larger = remainders(table, samples, points, wave, values, POINTS);
    double allowed = table->range.tolerance * larger;
    memset(wrong, 0, AXES * sizeof *wrong);
    for (int kind = 0; kind < KINDS; kind++) {
        transform(axis, false, values + kind * POINTS);
        estimate(axis, values + kind * POINTS, allowed, wrong);
    }
    if (!(wrong[0] <= 1.0 && wrong[1] <= 1.0 && wrong[2] <= 1.0))
        return false;
    if (table->range.sides == ALI_GROUND_AIR) {
        memcpy(shortened, values, sizeof shortened);
        shorten(order, allowed, shortened, fitted->columns);
        to_powers(axis, shortened, fitted->shortened);
    }
    to_powers(axis, values, fitted->coefficients);
    remainders(table, samples + POINTS, checks, wave, truth, CHECKS);
    for (int p = 0; p < checks; p++) {
        double x[AXES];
        double complex value[KINDS];
        position(axis, p, true, x);
        ali_ground_polynomials(order, fitted->coefficients, x, value);
        for (int kind = 0; kind < KINDS; kind++)
            if (cabs(value[kind] - truth[kind * CHECKS + p]) > 0.7 * allowed)
                return false;
    }
    return true;
}

/* ---- the tree ---- */

static size_t bytes_of(const ali_ground_table *table)
{
    return sizeof *table + table->capacity * sizeof *table->cells +
           table->coefficient_capacity * sizeof *table->coefficients +
           table->single_capacity * sizeof *table->single;
}

static alicorn_status too_large(const ali_ground_table *table, alicorn_error *error)
{
    return ali_error_memory(error, 2 * bytes_of(table), "the table of the ground");
}

static alicorn_status add_cell(ali_ground_table *table, int region, const double middle[AXES],
                               const double half[AXES], alicorn_error *error)
{
    if (table->count == table->capacity) {
        size_t more = (table->capacity ? table->capacity : 8) * sizeof *table->cells;
        if (bytes_of(table) + more > table->range.bytes_max ||
            ali_grow((void **)&table->cells, &table->capacity, table->count,
                     sizeof *table->cells) != 0)
            return too_large(table, error);
    }
    ali_ground_cell *added = &table->cells[table->count++];
    *added = (ali_ground_cell){.axis = LEAF, .region = region};
    memcpy(added->middle, middle, sizeof added->middle);
    memcpy(added->half, half, sizeof added->half);
    for (int a = 0; a < 2; a++) {
        added->single.middle[a] = (float)middle[a];
        added->single.inverse[a] = half[a] > 0.0 ? (float)(1.0 / half[a]) : 0.0f;
    }
    if (!is_wanted(table, added))
        added->axis = VOID;
    return ALICORN_OK;
}

/** Make room for so many items of a growing array. */
static alicorn_status reserve(const ali_ground_table *table, void **items, size_t *capacity,
                              size_t wanted, size_t size, alicorn_error *error)
{
    while (*capacity < wanted) {
        size_t more = *capacity ? *capacity : 1024;
        if (bytes_of(table) + more * size > table->range.bytes_max ||
            ali_grow(items, capacity, *capacity, size) != 0)
            return too_large(table, error);
    }
    return ALICORN_OK;
}

static alicorn_status add_coefficients(ali_ground_table *table, size_t count,
                                       const double complex *values, alicorn_error *error)
{
    alicorn_status status =
        reserve(table, (void **)&table->coefficients, &table->coefficient_capacity,
                table->coefficient_count + count, sizeof *values, error);
    if (status != ALICORN_OK)
        return status;
    memcpy(table->coefficients + table->coefficient_count, values, count * sizeof *values);
    table->coefficient_count += count;
    return ALICORN_OK;
}

/** The same in single precision, of a leaf in AIR. */
static alicorn_status add_single(ali_ground_table *table, size_t c, const polynomials *fitted,
                                 alicorn_error *error)
{
    enum { PARTS = 2 * KINDS };
    ali_ground_cell *cell = &table->cells[c];
    const int *order = table->order[cell->region];
    ali_ground_single *single = &cell->single;
    single->first = table->single_count;
    memcpy(single->columns, fitted->columns, sizeof single->columns);
    while (single->rows < order[0] && single->columns[single->rows] > 0)
        single->rows++;
    alicorn_status status =
        reserve(table, (void **)&table->single, &table->single_capacity,
                table->single_count + PARTS * ORDER * ORDER, sizeof *table->single, error);
    if (status != ALICORN_OK)
        return status;
    for (int row = single->rows; row-- > 0;)
        for (int column = single->columns[row]; column-- > 0;)
            for (int kind = 0; kind < KINDS; kind++) {
                double complex value = fitted->shortened[(row * order[1] + column) * KINDS + kind];
                table->single[table->single_count++] = (float)creal(value);
                table->single[table->single_count++] = (float)cimag(value);
            }
    return ALICORN_OK;
}

/** Cut a cell at the middle of its worst axis. */
static alicorn_status cut(ali_ground_table *table, size_t c, const double wrong[AXES],
                          alicorn_error *error)
{
    ali_ground_cell at = table->cells[c];
    int axis = wrong[1] > wrong[0];
    axis = wrong[2] > wrong[axis] ? 2 : axis;
    table->cells[c].axis = axis;
    table->cells[c].first = table->count;
    at.half[axis] *= 0.5;
    for (int side = -1; side <= 1; side += 2) {
        double middle[AXES];
        memcpy(middle, at.middle, sizeof middle);
        middle[axis] += side * at.half[axis];
        alicorn_status status = add_cell(table, at.region, middle, at.half, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Make a cell a leaf if its polynomials have converged, else cut it along the worst axis. */
static alicorn_status settle(const builder *made, size_t c, const sample *samples,
                             alicorn_error *error)
{
    ali_ground_table *table = made->table;
    int region = table->cells[c].region;
    size_t count = (size_t)(KINDS * points_of(table->order[region]));
    int waves = table->range.sides == ALI_GROUND_AIR ? 1 : ALI_GROUND_WAVES;
    double least = INFINITY, worst[AXES] = {0};
    for (int wave = 0; wave < waves; wave++) {
        polynomials fitted;
        double wrong[AXES];
        if (fit(made, region, samples, wave, &fitted, wrong)) {
            table->cells[c].wave = wave;
            table->cells[c].first = table->coefficient_count;
            if (table->range.sides == ALI_GROUND_AIR && add_single(table, c, &fitted, error))
                return ALICORN_E_MEMORY;
            return add_coefficients(table, count, fitted.coefficients, error);
        }
        double most = fmax(fmax(wrong[0], wrong[1]), wrong[2]);
        if (most < least) {
            least = most;
            memcpy(worst, wrong, sizeof worst);
        }
    }
    return cut(table, c, worst, error);
}

/** Fill and settle the cells from `first` on. */
static alicorn_status build_level(const builder *made, size_t first, alicorn_error *error)
{
    ali_ground_table *table = made->table;
    size_t cells = table->count - first;
    level at = {0};
    alicorn_status status = ALICORN_OK;
    at.cell = ali_calloc(cells, sizeof *at.cell);
    at.samples = ali_calloc(cells * SAMPLES, sizeof *at.samples);
    if (!at.cell || !at.samples) {
        status = too_large(table, error);
        goto cleanup;
    }
    for (size_t c = first; c < first + cells; c++)
        if (table->cells[c].axis != VOID)
            at.cell[at.count++] = c;
    status = fill(made, &at, error);
    for (size_t c = 0; c < at.count && status == ALICORN_OK; c++)
        status = settle(made, at.cell[c], at.samples + c * SAMPLES, error);
cleanup:
    free(at.cell);
    free(at.samples);
    return status;
}

/** The whole range of a region as one cell. */
static alicorn_status add_root(builder *made, int region, const double low[AXES],
                               const double high[AXES], alicorn_error *error)
{
    ali_ground_table *table = made->table;
    double middle[AXES], half[AXES];
    for (int a = 0; a < AXES; a++) {
        half[a] = fmax(0.5 * (high[a] - low[a]), 0.0);
        middle[a] = low[a] + half[a];
        table->order[region][a] = half[a] > 0.0 ? ORDER : 1;
        made->axis[region][a] = make_basis(table->order[region][a]);
    }
    table->root[region] = table->count;
    return add_cell(table, region, middle, half, error);
}

/** Cut the range into regions and make their roots. */
static alicorn_status add_roots(builder *made, alicorn_error *error)
{
    ali_ground_table *table = made->table;
    const ali_ground_range *range = &table->range;
    bool across = range->sides == ALI_GROUND_ACROSS, air = range->sides == ALI_GROUND_AIR;
    double t_min = air ? range->height_min : range->depth_min;
    double t_max = air ? range->height_max : range->depth_max;
    double z_min = across ? range->height_min : 0.0, z_max = across ? range->height_max : 0.0;
    double away_min = 0.0, away_max = hypot(range->rho_max, z_max);
    bool polar = t_max > 0.0 && t_min < 0.5 * t_max;
    if (t_max == 0.0) /* the other's singularity is the interface's */
        away_min = fmax(z_min, table->distance_min);
    table->split = polar ? polar_reach * t_max : 0.0;
    if (table->split >= away_max)
        table->split = INFINITY;
    table->offset = t_max;
    alicorn_status status = ALICORN_OK;
    if (polar) {
        double reach = fmin(away_max, table->split);
        double low[AXES] = {log(fmax(t_min + z_min, table->distance_min)), 0.0, 0.0};
        double high[AXES] = {log(across ? reach + t_max : hypot(reach, t_max)), 0.5 * ALI_PI,
                             across ? 1.0 : 0.0};
        if (across && z_max == 0.0)
            low[2] = high[2] = 1.0;
        status = add_root(made, POLAR, low, high, error);
    }
    if (status == ALICORN_OK && isfinite(table->split)) {
        away_min = fmax(away_min, fmax(table->split, z_min));
        double low[AXES] = {log(away_min + t_max), t_min, 0.0};
        double high[AXES] = {log(fmax(away_max, away_min) + t_max), t_max, 0.0};
        if (across) {
            low[1] = 0.0;
            high[1] = z_max > 0.0 ? 0.5 * ALI_PI : 0.0;
            low[2] = t_min;
            high[2] = t_max;
        }
        status = add_root(made, LAYER, low, high, error);
    }
    return status;
}

static alicorn_status build(ali_ground_table *table, alicorn_error *error)
{
    builder made = {.table = table};
    alicorn_status status = add_roots(&made, error);
    size_t first = 0;
    while (status == ALICORN_OK && first < table->count) {
        size_t end = table->count;
        status = build_level(&made, first, error);
        first = end;
    }
    if (status == ALICORN_OK && table->range.sides == ALI_GROUND_AIR)
        status = ali_ground_maps_create(table, error);
    return status;
}

/** What follows from the range: wavenumbers, how near, how deep. */
static void set_limits(ali_ground_table *table)
{
    ali_ground_range *range = &table->range;
    const ali_half_space *space = &table->space;
    table->images = ali_half_space_images_of(space, range->sides == ALI_GROUND_SOIL);
    table->k_soil = ali_half_space_wavenumber(space);
    table->index = cabs(table->k_soil) / space->k;
    if (range->sides == ALI_GROUND_AIR)
        range->depth_min = range->depth_max = 0.0;
    if (range->sides == ALI_GROUND_SOIL)
        range->height_min = range->height_max = 0.0;
    double deepest = -dead / cimag(table->k_soil); /* inf of a lossless soil, of either sign */
    if (range->depth_max > fabs(deepest)) {
        range->depth_max = fabs(deepest);
        range->depth_min = fmin(range->depth_min, range->depth_max);
        table->cut_short = true;
    }
    /* there remainders are linear in R within (|k_soil| R)^2 of logarithmic size */
    double near = 0.1 * sqrt(range->tolerance) / cabs(table->k_soil);
    double most = hypot(range->rho_max, range->height_max + range->depth_max);
    table->distance_min = fmin(near, 0.5 * most);
    if (range->depth_max > 0.0)
        range->depth_max = fmax(range->depth_max, table->distance_min);
    if (range->sides == ALI_GROUND_AIR && range->height_max > 0.0)
        range->height_max = fmax(range->height_max, table->distance_min);
}

static bool is_interval(double low, double high)
{
    return low >= 0.0 && high >= low && isfinite(high);
}

static bool is_valid(const ali_half_space *space, const ali_ground_range *range)
{
    bool air = range->sides != ALI_GROUND_SOIL, soil = range->sides != ALI_GROUND_AIR;
    return space->k > 0.0 && range->rho_max > 0.0 && isfinite(range->rho_max) &&
           (!air || is_interval(range->height_min, range->height_max)) &&
           (!soil || is_interval(range->depth_min, range->depth_max)) && range->tolerance >= 1e-8 &&
           range->tolerance <= 1e-3;
}

alicorn_status ali_ground_table_create(const ali_half_space *space, const ali_ground_range *range,
                                       ali_ground_table **result, alicorn_error *error)
{
    *result = NULL;
    if (!is_valid(space, range))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "ground table: distance %g m, heights %g m to %g m, depths %g m to "
                             "%g m, tolerance %g",
                             range->rho_max, range->height_min, range->height_max, range->depth_min,
                             range->depth_max, range->tolerance);
    ali_ground_table *table = ali_calloc(1, sizeof *table);
    if (!table)
        return ali_error_memory(error, sizeof *table, "the table of the ground");
    table->space = *space;
    table->range = *range;
    set_limits(table);
    alicorn_status status = build(table, error);
    if (status != ALICORN_OK) {
        ali_ground_table_destroy(table);
        return status;
    }
    *result = table;
    return ALICORN_OK;
}

void ali_ground_table_destroy(ali_ground_table *table)
{
    if (!table)
        return;
    free(table->cells);
    free(table->coefficients);
    free(table->single);
    ali_ground_maps_clear(table);
    free(table);
}

size_t ali_ground_table_bytes(const ali_ground_table *table)
{
    return bytes_of(table);
}
