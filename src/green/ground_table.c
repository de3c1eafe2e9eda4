/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_table.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORDER = 6, POINTS = ORDER * ORDER, CHECKS = 4, SAMPLES = POINTS + CHECKS };
enum { KINDS = 3, LEAF = -1, VOID = -2 };
/** The corners, where polynomials are worst, and are compared with integrals. */
static const double check_at[CHECKS][2] = {{-1.0, -1.0}, {-1.0, 1.0}, {1.0, -1.0}, {1.0, 1.0}};
enum { XX, LIFT, ZX }; /* LIFT: (eps - 1) phi, so that zz = xx + LIFT keeps its digits */

/** A rectangle of log R and elevation. Cut at the middle of `axis` into children first, first + 1;
 * a leaf has polynomials; one without any point of the range is void. */
typedef struct cell {
    double middle[2], half[2];
    int axis; /**< 0 or 1, LEAF or VOID */
    size_t first;
    /** At Chebyshev's nodes, then coefficients of powers: [log R][elevation]. */
    double complex value[KINDS][POINTS];
    double complex check[KINDS][CHECKS];
} cell;

struct ali_ground_table {
    ali_half_space space;
    ali_ground_range range;
    ali_half_space_images images;
    double distance_min, distance_max;
    size_t count, capacity;
    cell *cells;
    double node[ORDER];
    double to_chebyshev[ORDER][ORDER]; /**< coefficient from values */
    double to_power[ORDER][ORDER];     /**< power coefficient from values */
};

static void set_transforms(ali_ground_table *table)
{
    double power[ORDER][ORDER] = {{0}}; /* of T_m: [m][power] */
    power[0][0] = power[1][1] = 1.0;
    for (int m = 2; m < ORDER; m++)
        for (int p = 0; p < ORDER; p++)
            power[m][p] = (p ? 2.0 * power[m - 1][p - 1] : 0.0) - power[m - 2][p];
    for (int i = 0; i < ORDER; i++) {
        double angle = ALI_PI * (i + 0.5) / ORDER;
        table->node[i] = cos(angle);
        for (int m = 0; m < ORDER; m++) {
            table->to_chebyshev[m][i] = (m ? 2.0 : 1.0) / ORDER * cos(m * angle);
            for (int p = 0; p < ORDER; p++)
                table->to_power[p][i] += power[m][p] * table->to_chebyshev[m][i];
        }
    }
}

/** Transform both indices of a leaf's values. */
static void transform(const double matrix[ORDER][ORDER], const double complex in[POINTS],
                      double complex out[POINTS])
{
    double complex half[POINTS];
    for (int i = 0; i < ORDER; i++)
        for (int m = 0; m < ORDER; m++) {
            half[i * ORDER + m] = 0.0;
            for (int n = 0; n < ORDER; n++)
                half[i * ORDER + m] += matrix[m][n] * in[i * ORDER + n];
        }
    for (int i = 0; i < ORDER; i++)
        for (int m = 0; m < ORDER; m++) {
            out[i * ORDER + m] = 0.0;
            for (int n = 0; n < ORDER; n++)
                out[i * ORDER + m] += matrix[i][n] * half[n * ORDER + m];
        }
}

/** Remainders times 4 pi R e^{jkR} at a place; the image of zx, which half_space leaves in, taken
 * out. */
static alicorn_status sample(const ali_ground_table *table, double distance, double elevation,
                             double complex value[KINDS], alicorn_error *error)
{
    const ali_half_space *space = &table->space;
    double rho = distance * cos(elevation), height = distance * sin(elevation);
    ali_half_space_kernels kernels;
    alicorn_status status = ali_half_space_remainder(
        space, rho, height, 0.0, 0.02 * table->range.tolerance, &kernels, error);
    double complex scale = 4.0 * ALI_PI * distance * cexp(I * space->k * distance);
    value[XX] = scale * kernels.xx;
    value[LIFT] = scale * (space->permittivity - 1.0) * kernels.phi;
    value[ZX] = scale * kernels.zx - table->images.zx * rho / (distance + height);
    return status;
}

/** Whether any point of the cell may be asked for. */
static bool is_wanted(const ali_ground_table *table, const cell *at)
{
    double near = exp(at->middle[0] - at->half[0]), far = exp(at->middle[0] + at->half[0]);
    double low = at->middle[1] - at->half[1], high = at->middle[1] + at->half[1];
    return near * sin(low) <= table->range.height_max && near * cos(high) <= table->range.rho_max &&
           far * sin(high) >= table->range.height_min;
}

/** Which axis is worse: last two coefficients along each, relative to the tolerance. A quarter of
 * their sum is still several times the error; the corners have the last word. */
static void estimate(const ali_ground_table *table, const cell *at, double error[2])
{
    error[0] = error[1] = 0.0;
    for (int kind = 0; kind < KINDS; kind++) {
        double complex coefficient[POINTS];
        transform(table->to_chebyshev, at->value[kind], coefficient);
        for (int axis = 0; axis < 2; axis++) {
            double sum = 0.0;
            for (int i = 0; i < ORDER; i++) {
                int last = axis ? i * ORDER + ORDER - 1 : (ORDER - 1) * ORDER + i;
                int before = axis ? last - 1 : last - ORDER;
                sum += fmax(cabs(coefficient[last]), 0.2 * cabs(coefficient[before]));
            }
            error[axis] = fmax(error[axis], 0.25 * sum / table->range.tolerance);
        }
    }
}

static alicorn_status add_cell(ali_ground_table *table, const double middle[2],
                               const double half[2], alicorn_error *error)
{
    if (table->count == table->capacity) {
        size_t wanted = table->capacity ? 2 * table->capacity : 8;
        size_t bytes = sizeof *table + wanted * sizeof *table->cells;
        if (bytes > table->range.bytes_max || ali_grow((void **)&table->cells, &table->capacity,
                                                       table->count, sizeof *table->cells) != 0)
            return ali_error_memory(error, bytes, "the table of the ground");
    }
    cell *added = &table->cells[table->count++];
    memset(added, 0, sizeof *added);
    memcpy(added->middle, middle, sizeof added->middle);
    memcpy(added->half, half, sizeof added->half);
    added->axis = is_wanted(table, added) ? LEAF : VOID;
    return ALICORN_OK;
}

/** Integrals at the p-th point of a cell, a node of the polynomials or one to check them. */
static alicorn_status fill_point(const ali_ground_table *table, cell *at, int point,
                                 alicorn_error *error)
{
    bool node = point < POINTS;
    double x = node ? table->node[point / ORDER] : check_at[point - POINTS][0];
    double y = node ? table->node[point % ORDER] : check_at[point - POINTS][1];
    double complex value[KINDS];
    alicorn_status status = sample(table, exp(at->middle[0] + at->half[0] * x),
                                   at->middle[1] + at->half[1] * y, value, error);
    for (int kind = 0; kind < KINDS; kind++)
        *(node ? &at->value[kind][point] : &at->check[kind][point - POINTS]) = value[kind];
    return status;
}

/** Integrals of all points of cells from `first` on; of several failures the first is told. */
static alicorn_status fill(ali_ground_table *table, size_t first, alicorn_error *error)
{
    long points = (long)(table->count - first) * SAMPLES, failed = points;
#pragma omp parallel for schedule(dynamic, 4) reduction(min : failed)
    for (long p = 0; p < points; p++) {
        cell *at = &table->cells[first + (size_t)(p / SAMPLES)];
        if (at->axis != VOID && fill_point(table, at, (int)(p % SAMPLES), NULL) && p < failed)
            failed = p;
    }
    return failed == points ? ALICORN_OK
                            : fill_point(table, &table->cells[first + (size_t)(failed / SAMPLES)],
                                         (int)(failed % SAMPLES), error);
}

static double complex polynomial(const double complex power[POINTS], double x, double y)
{
    double complex sum = 0.0;
    for (int i = ORDER - 1; i >= 0; i--) {
        const double complex *row = power + (size_t)i * ORDER;
        double complex inner = row[ORDER - 1];
        for (int m = ORDER - 2; m >= 0; m--)
            inner = inner * y + row[m];
        sum = sum * x + inner;
    }
    return sum;
}

/** Whether the polynomials meet the integrals in the corners. */
static bool passes(const ali_ground_table *table, const cell *at)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int i = 0; i < CHECKS; i++) {
            double complex value = polynomial(at->value[kind], check_at[i][0], check_at[i][1]);
            if (cabs(value - at->check[kind][i]) > 0.7 * table->range.tolerance)
                return false;
        }
    return true;
}

/** Halve the cells [first, end) that have not converged; the others become polynomials. */
static alicorn_status cut(ali_ground_table *table, size_t first, size_t end, alicorn_error *error)
{
    for (size_t c = first; c < end; c++) {
        cell at = table->cells[c];
        double wrong[2];
        if (at.axis == VOID)
            continue;
        estimate(table, &at, wrong);
        if (wrong[0] <= 1.0 && wrong[1] <= 1.0) {
            cell leaf = at;
            for (int kind = 0; kind < KINDS; kind++)
                transform(table->to_power, at.value[kind], leaf.value[kind]);
            if (passes(table, &leaf)) {
                table->cells[c] = leaf;
                continue;
            }
        }
        int axis = wrong[1] > wrong[0];
        table->cells[c].axis = axis;
        table->cells[c].first = table->count;
        at.half[axis] *= 0.5;
        for (int side = -1; side <= 1; side += 2) {
            double middle[2] = {at.middle[0], at.middle[1]};
            middle[axis] += side * at.half[axis];
            alicorn_status status = add_cell(table, middle, at.half, error);
            if (status != ALICORN_OK)
                return status;
        }
    }
    return ALICORN_OK;
}

static alicorn_status build(ali_ground_table *table, alicorn_error *error)
{
    double low = log(table->distance_min), high = log(table->distance_max);
    double half[2] = {0.5 * (high - low), 0.25 * ALI_PI};
    double middle[2] = {low + half[0], half[1]};
    alicorn_status status = add_cell(table, middle, half, error);
    size_t first = 0;
    while (status == ALICORN_OK && first < table->count) {
        size_t end = table->count;
        status = fill(table, first, error);
        if (status == ALICORN_OK)
            status = cut(table, first, end, error);
        first = end;
    }
    return status;
}

alicorn_status ali_ground_table_create(const ali_half_space *space, const ali_ground_range *range,
                                       ali_ground_table **result, alicorn_error *error)
{
    *result = NULL;
    if (range->sides != ALI_GROUND_AIR)
        return ali_error_set(error, ALICORN_E_INPUT, "ground table: not in air");
    if (!(range->rho_max > 0.0 && range->height_min >= 0.0 && range->height_max > 0.0 &&
          range->height_max >= range->height_min && range->tolerance >= 1e-8 &&
          range->tolerance <= 1e-3 && space->k > 0.0))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "ground table: distance %g m, heights %g m to %g m, tolerance %g",
                             range->rho_max, range->height_min, range->height_max,
                             range->tolerance);
    ali_ground_table *table = ali_calloc(1, sizeof *table);
    if (!table)
        return ali_error_memory(error, sizeof *table, "the table of the ground");
    table->space = *space;
    table->range = *range;
    table->images = ali_half_space_images_of(space, false);
    table->distance_max = hypot(range->rho_max, range->height_max);
    table->distance_min =
        fmin(fmax(range->height_min, 1e-6 * 2.0 * ALI_PI / space->k), 0.5 * table->distance_max);
    set_transforms(table);
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
    free(table);
}

size_t ali_ground_table_bytes(const ali_ground_table *table)
{
    return sizeof *table + table->capacity * sizeof *table->cells;
}

static const cell *find_leaf(const ali_ground_table *table, const double place[2])
{
    const cell *at = table->cells;
    while (at->axis >= 0)
        at = &table->cells[at->first + (place[at->axis] > at->middle[at->axis])];
    return at;
}

void ali_ground_table_evaluate(const ali_ground_table *table, size_t count, const double *rho,
                               const double *height, const double *depth,
                               ali_half_space_kernels *kernels)
{
    (void)depth;
    double k = table->space.k;
    double complex contrast = table->space.permittivity - 1.0;
    for (size_t p = 0; p < count; p++) {
        double distance = sqrt(rho[p] * rho[p] + height[p] * height[p]);
        double tabled = fmax(distance, table->distance_min);
        double place[2] = {log(tabled), atan2(height[p], rho[p])};
        const cell *leaf = find_leaf(table, place);
        double x = (place[0] - leaf->middle[0]) / leaf->half[0];
        double y = (place[1] - leaf->middle[1]) / leaf->half[1];
        double phase = k * distance;
        double complex wave = CMPLX(cos(phase), -sin(phase)) / (4.0 * ALI_PI * distance);
        /* closer than the table begins, remainders are constant: their products with R are not */
        double shrink = distance / tabled;
        double complex xx = shrink * polynomial(leaf->value[XX], x, y);
        double complex lift = shrink * polynomial(leaf->value[LIFT], x, y);
        double complex zx = shrink * polynomial(leaf->value[ZX], x, y);
        double complex phi = contrast == 0.0 ? 0.0 : lift / contrast;
        zx += table->images.zx * rho[p] / (distance + height[p]);
        kernels[p] = (ali_half_space_kernels){.xx = wave * xx,
                                              .zz = wave * (table->images.zz + xx + lift),
                                              .zx = wave * zx,
                                              .xz = -wave * zx,
                                              .phi = wave * (table->images.phi + phi)};
    }
}
