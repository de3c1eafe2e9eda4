/* SPDX-License-Identifier: Apache-2.0 */
/* Rate of the matrix fill on one thread, in processor time, best of several repetitions:
 *   fill_rate [segments [degree]]
 * on a square wire grid with cells of 0.06 wavelengths. First the kernels of every variant this
 * machine can run, in nanoseconds per evaluation; then moments by every variant and the whole fill
 * and residuals by the best one, in nanoseconds per pair of elements, in free space, and 0.12
 * wavelengths above a perfect and an average ground. */
#include "base/constants.h"
#include "green/far_kernel.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/half_space_kernel.h"
#include "operator/operator.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MANY = 192, TILE = 224, STRIP = 64, REPEAT = 5 };

static double processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- kernels ---- */

typedef struct kernel_case {
    int points, order;
} kernel_case;

/** Nanoseconds per evaluation of MANY tubes against one. */
static double kernel_rate(ali_far_moments_fn run, kernel_case with, double *work)
{
    static double table[16][ALI_TUBE_ORDER_MAX + 1];
    for (int i = 0; i < with.points; i++) {
        ali_legendre(ali_gauss_node(with.points)[i], ALI_TUBE_ORDER_MAX, table[i]);
        for (int p = 0; p <= ALI_TUBE_ORDER_MAX; p++)
            table[i][p] *= ali_gauss_weight(with.points)[i];
    }
    ali_far_rule rule = {with.points, ali_gauss_node(with.points),
                         (const double(*)[ALI_TUBE_ORDER_MAX + 1]) table};
    double *array[8];
    for (int c = 0; c < 8; c++)
        array[c] = work + c * MANY;
    for (int i = 0; i < MANY; i++) {
        const double value[8] = {
            10.0 + 0.1 * i, 3.0 * sin(i), 3.0 * cos(i), 0.6, 0.0, 0.8, 0.3, 0.01};
        for (int c = 0; c < 8; c++)
            array[c][i] = value[c];
    }
    ali_far_task task = {.tube = {{0, 0, 0}, {0, 0, 1}, 0.3, 0.01},
                         .rule = rule,
                         .order = with.order,
                         .others = {MANY,
                                    {array[0], array[1], array[2]},
                                    {array[3], array[4], array[5]},
                                    array[6],
                                    array[7]},
                         .other_rule = rule,
                         .other_order = with.order,
                         .k = 0.6};
    double best = HUGE_VAL, *re = work + 8 * MANY, *im = re + 16 * MANY;
    for (int repeat = 0; repeat < 20 * REPEAT; repeat++) {
        double start = processor_time();
        for (int i = 0; i < 20; i++)
            run(&task, MANY, re, im);
        best = fmin(best, processor_time() - start);
    }
    return 1e9 * best / (20.0 * MANY * with.points * with.points);
}

static void print_kernels(void)
{
    static const kernel_case cases[] = {{2, 1}, {3, 2}, {4, 1}, {6, 2}};
    enum { CASES = sizeof cases / sizeof *cases };
    const ali_far_kernel *const *table;
    size_t count = ali_far_kernels(&table);
    double *work = calloc(40 * MANY, sizeof *work);
    printf("ns per kernel evaluation, points and order on both sides\n%-16s", "");
    for (int c = 0; c < CASES; c++)
        printf("  %dx%d p%d", cases[c].points, cases[c].points, cases[c].order);
    puts("");
    for (size_t v = 0; v < count && work; v++) {
        static const char *const names[] = {"far", "middle", "rest"};
        const ali_far_moments_fn runs[] = {table[v]->far, table[v]->middle, table[v]->rest};
        for (int part = 0; part < 3; part++) {
            printf("%-8s %-7s", table[v]->name, names[part]);
            for (int c = 0; c < CASES; c++)
                printf(" %7.2f", kernel_rate(runs[part], cases[c], work));
            puts("");
        }
    }
    free(work);
}

/* ---- a wire grid ---- */

typedef struct wire_grid {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    unsigned char *order; /**< of the near moments */
    ali_near *near;
    double k;
} wire_grid;

static int add_segment(ali_model *model, double x, double y, double dx, double dy)
{
    const double radius = 0.1, height = 2.0;
    ali_vec3 point[2] = {{x, y, height}, {x + dx, y + dy, height}};
    ali_origin origin = {.line = 1, .card = "GW"};
    return ali_model_add_wire(model, 1, 1, point, &radius, origin, NULL) != ALICORN_OK;
}

static int make_grid(wire_grid *grid, size_t segments, int degree)
{
    int cells = (int)(0.5 * (sqrt(2.0 * (double)segments + 1.0) - 1.0) + 0.5), failed = 0;
    *grid = (wire_grid){.k = 2.0 * ALI_PI * 0.06, .model = ali_model_create()};
    for (int i = 0; i <= cells && !failed && grid->model; i++)
        for (int j = 0; j <= cells && !failed; j++)
            failed = (i < cells && add_segment(grid->model, i, j, 1.0, 0.0)) ||
                     (j < cells && add_segment(grid->model, i, j, 0.0, 1.0));
    ali_mesh_options mesh_options = {.split_ends = true, .refine = 1};
    ali_basis_options basis_options = {.degree = degree, .wavenumber = grid->k};
    if (failed || !grid->model ||
        ali_wire_mesh_create(grid->model, &mesh_options, NULL, NULL, &grid->mesh, NULL) ||
        ali_wire_basis_create(grid->mesh, &basis_options, &grid->basis, NULL))
        return -1;
    grid->order = malloc(grid->mesh->element_count);
    for (size_t e = 0; grid->order && e < grid->mesh->element_count; e++)
        grid->order[e] = (unsigned char)(grid->basis->degree[e] + 1);
    return grid->order ? 0 : -1;
}

static void clear_grid(wire_grid *grid)
{
    ali_near_destroy(grid->near);
    free(grid->order);
    ali_wire_basis_destroy(grid->basis);
    ali_wire_mesh_destroy(grid->mesh);
    ali_model_destroy(grid->model);
}

static double near_time(wire_grid *grid)
{
    double best = HUGE_VAL;
    for (int repeat = 0; repeat < REPEAT; repeat++) {
        ali_near_destroy(grid->near);
        double start = processor_time();
        if (ali_near_create(grid->mesh, grid->order, true, 1, &grid->near, NULL))
            return NAN;
        best = fmin(best, processor_time() - start);
    }
    return best;
}

/* ---- moments ---- */

/** All elements against all, in lists of about a tile. */
static int run_all_pairs(const ali_moment_source *source, const size_t *elements,
                         const unsigned char *orders)
{
    size_t count = source->basis->mesh->element_count;
    for (size_t first = 0; first < count; first += MANY) {
        size_t size = count - first < MANY ? count - first : MANY;
        ali_moment_batch *batch;
        if (ali_moment_batch_create(source, ALI_MOMENT_FULL, size, elements + first, orders + first,
                                    6, &batch, NULL))
            return -1;
        for (size_t e = 0; e < count; e++)
            for (size_t g = 0; g < batch->group_count; g++)
                ali_moment_batch_run(batch, &batch->groups[g], batch->groups[g].first, e, orders[e],
                                     false);
        ali_moment_batch_destroy(batch);
    }
    return 0;
}

static int print_moments(const wire_grid *grid)
{
    size_t count = grid->mesh->element_count;
    size_t *elements = malloc(count * sizeof *elements);
    const ali_far_kernel *const *table;
    size_t variants = ali_far_kernels(&table);
    ali_moment_source source;
    if (!elements || ali_moment_source_create(grid->basis, grid->near, grid->k, &source, NULL)) {
        free(elements);
        return -1;
    }
    for (size_t e = 0; e < count; e++)
        elements[e] = e;
    for (size_t v = 0; v < variants; v++) {
        double best = HUGE_VAL;
        source.kernel = table[v];
        for (int repeat = 0; repeat < REPEAT; repeat++) {
            double start = processor_time();
            if (run_all_pairs(&source, elements, grid->basis->degree))
                best = NAN;
            best = fmin(best, processor_time() - start);
        }
        printf("moments, %-11s %8.1f ms %8.2f ns/pair\n", table[v]->name, 1e3 * best,
               1e9 * best / ((double)count * (double)count));
    }
    ali_moment_source_clear(&source);
    free(elements);
    return 0;
}

/* ---- fill ---- */

static alicorn_status fill_tiles(const wire_grid *grid, ali_operator *operator,
                                 double complex * block)
{
    size_t n = grid->basis->count;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < n && !status; i += TILE)
        for (size_t j = 0; j <= i && !status; j += TILE)
            status = ali_operator_fill(operator, i, n - i < TILE ? n - i : TILE, j,
                                       n - j < TILE ? n - j : TILE, block, TILE, NULL);
    return status;
}

static alicorn_status fill_probes(const wire_grid *grid, ali_operator *operator,
                                  double complex * block)
{
    size_t n = grid->basis->count, count = grid->mesh->element_count;
    alicorn_status status = ALICORN_OK;
    for (size_t e = 0; e < count && !status; e += STRIP)
        status = ali_operator_fill(operator, n + e, count - e < STRIP ? count - e : STRIP, 0, n,
                                   block, STRIP, NULL);
    return status;
}

/** Residuals of `columns` solutions against all probes, without the rows of these. */
static int print_residuals(const wire_grid *grid, ali_operator *operator, size_t columns)
{
    size_t n = grid->basis->count, count = grid->mesh->element_count, rows = n + count;
    size_t *elements = calloc(count, sizeof *elements);
    double complex *v = calloc(columns * rows, sizeof *v);
    alicorn_status status = elements && v ? ALICORN_OK : ALICORN_E_MEMORY;
    double best = HUGE_VAL, pairs = (double)count * (double)count;
    for (size_t e = 0; e < count && !status; e++)
        elements[e] = e;
    for (size_t i = 0; i < columns * rows && !status; i++)
        v[i] = cos((double)i) + I * sin((double)i);
    for (int repeat = 0; repeat < REPEAT && !status; repeat++) {
        double start = processor_time();
        status = ali_operator_probe(operator, count, elements, columns, rows, v, 1, NULL);
        best = fmin(best, processor_time() - start);
    }
    printf("residuals of %zu       %8.1f ms %8.2f ns/pair\n", columns, 1e3 * best,
           2e9 * best / pairs);
    free(elements);
    free(v);
    return status ? -1 : 0;
}

static int print_fill(const wire_grid *grid, ali_ground_kind ground)
{
    static const char *const names[] = {[ALI_GROUND_NONE] = "in free space",
                                        [ALI_GROUND_PEC] = "above a perfect ground",
                                        [ALI_GROUND_SOMMERFELD] =
                                            "above average ground, relative permittivity 13 - 5j"};
    size_t n = grid->basis->count;
    ali_surface_mesh no_surfaces = {0};
    ali_mesh mesh = {.wires = grid->mesh, .surfaces = &no_surfaces};
    ali_half_space_kernel *half_space = NULL;
    printf("%s\n", names[ground]);
    double begin = processor_time();
    if (ground == ALI_GROUND_SOMMERFELD &&
        ali_half_space_kernel_create(&mesh, grid->k, 13.0 - 5.0 * I, &half_space, NULL))
        return -1;
    if (half_space)
        printf("table of the ground  %8.1f ms %8.0f kB\n", 1e3 * (processor_time() - begin),
               1e-3 * (double)ali_half_space_kernel_bytes(half_space));
    double count = (double)grid->mesh->element_count, tiles = HUGE_VAL, probes = HUGE_VAL;
    ali_basis basis = {.wires = grid->basis,
                       .count = grid->basis->count,
                       .probe_count = grid->mesh->element_count};
    ali_operator_setup setup = {
        .basis = &basis, .near = grid->near, .omega = grid->k * ALI_C0, .ground = ground};
    if (half_space)
        setup.half_space = ali_half_space_kernel_get(half_space);
    ali_operator *operator= NULL;
    double complex *block = calloc((n > TILE ? n : TILE) * TILE, sizeof *block);
    alicorn_status status = block ? ali_operator_create(&setup, &operator, NULL) : ALICORN_E_MEMORY;
    for (int repeat = 0; repeat < REPEAT && !status; repeat++) {
        double start = processor_time();
        status = fill_tiles(grid, operator, block);
        double middle = processor_time();
        tiles = fmin(tiles, middle - start);
        if (!status)
            status = fill_probes(grid, operator, block);
        probes = fmin(probes, processor_time() - middle);
    }
    free(block);
    printf("fill, lower half     %8.1f ms %8.2f ns/pair %8.2f ns/entry\n", 1e3 * tiles,
           2e9 * tiles / (count * count), 2e9 * tiles / ((double)n * (double)n));
    printf("fill, probes         %8.1f ms %8.2f ns/pair %8.2f ns/entry\n", 1e3 * probes,
           1e9 * probes / (count * count), 1e9 * probes / ((double)n * count));
    int failed = status || print_residuals(grid, operator, 1) || print_residuals(grid, operator, 2);
    ali_operator_destroy(operator);
    ali_half_space_kernel_destroy(half_space);
    return failed ? -1 : 0;
}

int main(int count, char **argument)
{
    size_t segments = count > 1 ? (size_t)strtoul(argument[1], NULL, 10) : 2000;
    int degree = count > 2 ? atoi(argument[2]) : 1;
    wire_grid grid;
    print_kernels();
    int failed = make_grid(&grid, segments, degree);
    if (!failed) {
        double near = near_time(&grid);
        printf("%zu elements, %zu unknowns of degree %d, %zu near pairs of %zu kinds\n",
               grid.mesh->element_count, grid.basis->count, degree,
               grid.near ? grid.near->first[grid.mesh->element_count] : 0,
               grid.near ? grid.near->class_count : 0);
        printf("near pairs           %8.1f ms\n", 1e3 * near);
        failed = !grid.near || print_moments(&grid) || print_fill(&grid, ALI_GROUND_NONE) ||
                 print_fill(&grid, ALI_GROUND_PEC) || print_fill(&grid, ALI_GROUND_SOMMERFELD);
    }
    clear_grid(&grid);
    if (failed)
        fputs("fill_rate: out of memory, or no such grid\n", stderr);
    return failed ? 1 : 0;
}
