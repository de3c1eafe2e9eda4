/* SPDX-License-Identifier: Apache-2.0 */
/* The compressed solver over growing systems:
 *   compressed [faces|points|OPTION=VALUE|UNKNOWNS]...
 * each number of unknowns is solved with what was said before it. faces: the electric-field
 * equation on a sphere of triangles, edges of a tenth of the wavelength; points (the default): a
 * kernel exp(-j k R)/R between points of a sphere, ten to the wavelength. Prints times, memory,
 * elements evaluated per element stored, ranks, the error of the matrix, the residual of eight
 * right-hand sides, and the exponent of growth of the total time since the line before. */
#include "solver/compressed.h"
#include "base/constants.h"
#include "math/blas.h"
#include "operator/near.h"
#include "operator/operator.h"
#include "solver/random.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double wall_time(void)
{
    return seconds(CLOCK_MONOTONIC);
}

static double processor_time(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

typedef struct point_cloud {
    ali_vec3 *point;
    double k, diagonal;
} point_cloud;

static alicorn_status fill_points(void *context, const ali_unknown_list *rows,
                                  const ali_unknown_list *columns, double complex *block,
                                  size_t leading, alicorn_error *error)
{
    const point_cloud *cloud = context;
    (void)error;
    for (size_t j = 0; j < columns->count; j++)
        for (size_t i = 0; i < rows->count; i++) {
            size_t a = rows->unknown[i], b = columns->unknown[j];
            double r = ali_vec3_distance(cloud->point[a], cloud->point[b]);
            block[i + j * leading] = a == b ? cloud->diagonal * CMPLX(1.0, -0.3)
                                            : CMPLX(cos(cloud->k * r), -sin(cloud->k * r)) / r;
        }
    return ALICORN_OK;
}

static void print_line(const ali_compressed *solver, double total, double processor, double solve,
                       const ali_compressed_solution *solution, double exponent)
{
    ali_compressed_facts f = ali_compressed_get_facts(solver);
    printf("%7zu %7.2f %8.2f %7.2f %7.2f %7.2f %7.2f %7.1f %7.1f %7.1f %7.1f %7.1f %5.2f %5.1f "
           "%4zu %7zu "
           "%3zu %5d %5d %7.1e  %7.1e   %7.1e  %5.2f\n",
           f.unknowns, f.fill_s, f.factor_s, f.trial_s, solve, total, processor,
           (double)f.near_bytes / 1e6, (double)f.far_bytes / 1e6, (double)f.factor_bytes / 1e6,
           (double)f.memory_bytes / 1e6, (double)f.memory_predicted / 1e6,
           (double)f.evaluated / (double)(f.near_bytes + f.far_bytes) * 8.0, f.mean_rank,
           f.largest_rank, f.rescues, f.divided, f.trial_steps, solution->steps, f.matrix_error,
           solution->residual, f.factor_tolerance, exponent);
    fflush(stdout);
}

/** One size; returns its total time, or 0. */
static double measure(size_t n, const ali_compressed_geometry *geometry,
                      const ali_list_source *source, const ali_compressed_options *options,
                      size_t former_n, double former_s)
{
    alicorn_error error = {0};
    ali_compressed *solver = NULL;
    double start = wall_time(), processor = processor_time(), solve;
    if (ali_compressed_create(n, geometry, source, options, &solver, &error)) {
        fprintf(stderr, "compressed: %s\n", error.message);
        return 0.0;
    }
    enum { COLUMNS = 8 };
    double complex *b = calloc(n * COLUMNS, sizeof *b);
    ali_compressed_solution solution = {0};
    uint64_t random = 11;
    for (size_t i = 0; b && i < n * COLUMNS; i++)
        b[i] = ali_random_normal(&random);
    solve = wall_time();
    if (b && ali_compressed_solve(solver, COLUMNS, b, &solution, &error))
        fprintf(stderr, "compressed: %s\n", error.message);
    solve = wall_time() - solve;
    double total = wall_time() - start;
    double exponent =
        former_s > 0.0 ? log(total / former_s) / log((double)n / (double)former_n) : NAN;
    print_line(solver, total, processor_time() - processor, solve, &solution, exponent);
    free(b);
    ali_compressed_destroy(solver);
    return total;
}

static double measure_points(size_t n, const ali_compressed_options *options, size_t former_n,
                             double former_s)
{
    /* points of a sphere on a spiral; a tenth of a wavelength between them */
    double spacing = sqrt(4.0 * ALI_PI / (double)n);
    point_cloud cloud = {.point = calloc(n, sizeof *cloud.point),
                         .k = 2.0 * ALI_PI / (10.0 * spacing),
                         .diagonal = 3.5 / spacing};
    double total = 0.0;
    for (size_t i = 0; cloud.point && i < n; i++) {
        double z = 1.0 - (2.0 * (double)i + 1.0) / (double)n, rho = sqrt(1.0 - z * z);
        double turn = 2.399963229728653 * (double)i;
        cloud.point[i] = (ali_vec3){rho * cos(turn), rho * sin(turn), z};
    }
    ali_compressed_geometry geometry = {.centre = cloud.point, .wavenumber = cloud.k};
    if (cloud.point)
        total = measure(n, &geometry, &(ali_list_source){.context = &cloud, .fill = fill_points},
                        options, former_n, former_s);
    free(cloud.point);
    return total;
}

/* ---- faces ---- */

typedef struct body {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    ali_operator *operator;
    double k;
} body;

static alicorn_status prepare_side(void *context, ali_unknown_list *list, alicorn_error *error)
{
    const body *b = context;
    ali_operator_side *side;
    alicorn_status status =
        ali_operator_side_create(b->operator, list->count, list->unknown, &side, error);
    list->prepared = side;
    return status;
}

static void release_side(void *context, ali_unknown_list *list)
{
    (void)context;
    ali_operator_side_destroy(list->prepared);
    list->prepared = NULL;
}

static alicorn_status fill_faces(void *context, const ali_unknown_list *rows,
                                 const ali_unknown_list *columns, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const body *b = context;
    ali_unknown_list row = *rows, column = *columns;
    alicorn_status status = row.prepared ? ALICORN_OK : prepare_side(context, &row, error);
    if (!status && rows == columns)
        column.prepared = row.prepared;
    if (!status && !column.prepared)
        status = prepare_side(context, &column, error);
    if (!status)
        status = ali_operator_fill_sides(b->operator, row.prepared, column.prepared, block, leading,
                                         error);
    if (!columns->prepared && rows != columns)
        release_side(context, &column);
    if (!rows->prepared)
        release_side(context, &row);
    return status;
}

/** An icosahedron with f cells along every edge, on the unit sphere. */
static int add_sphere(ali_model *model, size_t f)
{
    const double g = 1.618033988749894848;
    const ali_vec3 corner[12] = {{-1, g, 0}, {1, g, 0}, {-1, -g, 0}, {1, -g, 0},
                                 {0, -1, g}, {0, 1, g}, {0, -1, -g}, {0, 1, -g},
                                 {g, 0, -1}, {g, 0, 1}, {-g, 0, -1}, {-g, 0, 1}};
    static const int side[20][3] = {{0, 11, 5}, {0, 5, 1},  {0, 1, 7},   {0, 7, 10}, {0, 10, 11},
                                    {1, 5, 9},  {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                                    {3, 9, 4},  {3, 4, 2},  {3, 2, 6},   {3, 6, 8},  {3, 8, 9},
                                    {4, 9, 5},  {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
    size_t count = 20 * f * f, done = 0;
    ali_vec3 *vertices = calloc(3 * count, sizeof *vertices);
    size_t(*triangles)[3] = calloc(count, sizeof *triangles);
    for (size_t s = 0; vertices && triangles && s < 20; s++)
        for (size_t i = 0; i < f; i++)
            for (size_t j = 0; j < f - i; j++)
                for (size_t up = 0; up < (i + j + 1 < f ? 2u : 1u); up++, done++) {
                    const size_t at[2][3][2] = {{{i, j}, {i + 1, j}, {i, j + 1}},
                                                {{i + 1, j}, {i + 1, j + 1}, {i, j + 1}}};
                    for (int v = 0; v < 3; v++) {
                        double u = (double)at[up][v][0], w = (double)at[up][v][1];
                        ali_vec3 p = ali_vec3_scale((double)f - u - w, corner[side[s][0]]);
                        p = ali_vec3_axpy(p, u, corner[side[s][1]]);
                        p = ali_vec3_axpy(p, w, corner[side[s][2]]);
                        vertices[3 * done + (size_t)v] = ali_vec3_scale(1.0 / ali_vec3_norm(p), p);
                        triangles[done][v] = 3 * done + (size_t)v;
                    }
                }
    ali_surface surface = ali_surface_default();
    char name[] = "sphere";
    surface.name = name;
    int failed = done != count ||
                 ali_model_add_surface(model, 3 * count, vertices, count,
                                       (const size_t(*)[3])triangles, &surface, NULL) != ALICORN_OK;
    free(vertices);
    free(triangles);
    return failed;
}

static void body_clear(body *b)
{
    ali_operator_destroy(b->operator);
    ali_face_near_destroy(b->face_near);
    ali_near_destroy(b->near);
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

static int body_create(size_t f, body *b)
{
    alicorn_error error = {0};
    unsigned char order = 1;
    *b = (body){.model = ali_model_create()};
    ali_mesh_options options = {.split_ends = true, .refine = 1};
    if (!b->model || add_sphere(b->model, f) ||
        ali_mesh_create(b->model, &options, NULL, NULL, &b->mesh, &error))
        return -1;
    double edge = sqrt(4.0 / sqrt(3.0) * 4.0 * ALI_PI / (20.0 * (double)f * (double)f));
    b->k = 2.0 * ALI_PI / (10.0 * edge);
    ali_basis_options basis = {.wavenumber = b->k, .degree = 1};
    if (ali_basis_create(b->mesh, &basis, &b->basis, &error) ||
        ali_near_create(b->mesh->wires, &order, false, 1, &b->near, &error) ||
        ali_face_near_create(b->mesh, 3, false, 2, NULL, NULL, &b->face_near, &error))
        return -1;
    ali_operator_setup setup = {
        .basis = b->basis, .near = b->near, .face_near = b->face_near, .omega = b->k * ALI_C0};
    return ali_operator_create(&setup, &b->operator, & error) ? -1 : 0;
}

static double measure_faces(size_t n, const ali_compressed_options *options, size_t former_n,
                            double former_s)
{
    body b;
    size_t f = (size_t)(sqrt((double)n / 30.0) + 0.5);
    double total = 0.0, start = wall_time();
    if (body_create(f, &b)) {
        fprintf(stderr, "compressed: no sphere\n");
        body_clear(&b);
        return 0.0;
    }
    n = b.basis->count;
    ali_vec3 *centre = calloc(n, sizeof *centre);
    double *radius = calloc(n, sizeof *radius);
    for (size_t i = 0; centre && radius && i < n; i++) {
        const ali_face_edge *edge = &b.mesh->surfaces->edges[b.basis->surfaces->function_edge[i]];
        const ali_vec3 *vertex = b.mesh->surfaces->vertices;
        centre[i] =
            ali_vec3_scale(0.5, ali_vec3_add(vertex[edge->vertex[0]], vertex[edge->vertex[1]]));
        radius[i] = 0.9 * edge->length;
    }
    printf("# f %zu, %.1f wavelengths across, %.2f s of preparation\n", f, b.k / ALI_PI,
           wall_time() - start);
    ali_compressed_geometry geometry = {.centre = centre, .radius = radius, .wavenumber = b.k};
    if (centre && radius)
        total = measure(n, &geometry,
                        &(ali_list_source){.context = &b,
                                           .fill = fill_faces,
                                           .prepare = prepare_side,
                                           .release = release_side},
                        options, former_n, former_s);
    free(centre);
    free(radius);
    body_clear(&b);
    return total;
}

/** Set an option from "name=value"; false if there is no such option. */
static bool set_option(const char *text, ali_compressed_options *options)
{
    const struct {
        const char *name;
        double *real;
        size_t *whole;
    } known[] = {{"admissibility=", &options->admissibility, NULL},
                 {"phase=", &options->largest_phase, NULL},
                 {"matrix=", &options->matrix_tolerance, NULL},
                 {"factor=", &options->factor_tolerance, NULL},
                 {"target=", &options->target, NULL},
                 {"leaf=", NULL, &options->leaf},
                 {"tile=", NULL, &options->tile}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t length = strlen(known[i].name);
        if (strncmp(text, known[i].name, length) != 0)
            continue;
        if (known[i].real)
            *known[i].real = atof(text + length);
        else
            *known[i].whole = (size_t)strtoul(text + length, NULL, 10);
        return true;
    }
    return false;
}

int main(int count, char **argument)
{
    bool faces = false;
    size_t former_n = 0, n;
    double former_s = 0.0;
    ali_compressed_options options;
    ali_compressed_options_default(&options);
    char facts[128];
    ali_blas_facts(facts, sizeof facts);
    puts(facts);
    if (ali_blas_advice())
        puts(ali_blas_advice());
    puts("      n  fill_s factor_s trial_s solve_8 total_s   cpu_s near_MB  far_MB fact_MB held_MB "
         "predict "
         "evals  rank most rescues div trial steps  matrix residual tolerance growth");
    for (int i = 1; i < count; i++) {
        if (!strcmp(argument[i], "faces") || !strcmp(argument[i], "points")) {
            faces = argument[i][0] == 'f';
        } else if (set_option(argument[i], &options)) {
            continue;
        } else if ((n = (size_t)strtoul(argument[i], NULL, 10)) > 0) {
            former_s = (faces ? measure_faces : measure_points)(n, &options, former_n, former_s);
            former_n = n;
        } else {
            fprintf(stderr, "compressed: what is %s?\n", argument[i]);
            return 2;
        }
    }
    return 0;
}
