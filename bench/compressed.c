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
#include "operator/shape_kernel.h"
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

/** A function's share of a face. */
typedef struct face_term {
    size_t face, position; /**< of the function in its list */
    size_t place;          /**< of the face in the batch, or among the list's faces */
    int shape;
    double weight;
} face_term;

/** A list of functions, prepared: their terms by face, and a batch of the faces. */
typedef struct face_list {
    size_t term_count, face_count;
    face_term *terms;
    size_t *faces;
    size_t *first;         /**< [face_count + 1] into terms */
    ali_face_batch *batch; /**< NULL until needed */
    double complex *value; /**< [9, places] */
} face_list;

typedef struct body {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    ali_operator *operator;
    ali_face_source source;
    double k;
    face_term *home_term; /**< [2 function + side] */
} body;

static void face_list_clear(face_list *list)
{
    free(list->terms);
    free(list->faces);
    free(list->first);
    free(list->value);
    ali_face_batch_destroy(list->batch);
    *list = (face_list){0};
}

static int by_face(const void *a, const void *b)
{
    const face_term *x = a, *y = b;
    if (x->face != y->face)
        return x->face < y->face ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static alicorn_status face_list_create(const body *b, size_t count, const size_t *functions,
                                       face_list *list)
{
    *list = (face_list){.term_count = 2 * count};
    list->terms = calloc(2 * count, sizeof *list->terms);
    list->faces = calloc(2 * count, sizeof *list->faces);
    list->first = calloc(2 * count + 1, sizeof *list->first);
    if (!list->terms || !list->faces || !list->first)
        return ALICORN_E_MEMORY;
    for (size_t i = 0; i < 2 * count; i++) {
        list->terms[i] = b->home_term[2 * functions[i / 2] + i % 2];
        list->terms[i].position = i / 2;
    }
    qsort(list->terms, 2 * count, sizeof *list->terms, by_face);
    for (size_t i = 0; i < 2 * count; i++) {
        if (i == 0 || list->terms[i].face != list->terms[i - 1].face) {
            list->first[list->face_count] = i;
            list->faces[list->face_count++] = list->terms[i].face;
        }
        list->terms[i].place = list->face_count - 1;
    }
    list->first[list->face_count] = 2 * count;
    return ALICORN_OK;
}

static alicorn_status face_list_add_batch(const body *b, face_list *list, alicorn_error *error)
{
    if (list->batch)
        return ALICORN_OK;
    alicorn_status status =
        ali_face_batch_create(&b->source, list->face_count, list->faces, &list->batch, error);
    if (status)
        return status;
    list->value = aligned_alloc(64, (9 * list->batch->places * sizeof *list->value + 63) / 64 * 64);
    for (size_t t = 0; t < list->term_count; t++)
        list->terms[t].place = list->batch->place[list->terms[t].place];
    return list->value ? ALICORN_OK : ALICORN_E_MEMORY;
}

/** One face with all of a list: values of their edges. */
static void run_face(const body *b, size_t face, face_list *many)
{
    const ali_surface_mesh *mesh = b->mesh->surfaces;
    ali_face_batch *batch = many->batch;
    ali_flat_triangle triangle = ali_face_triangle(mesh, face);
    for (size_t g = 0; g < batch->group_count; g++) {
        const ali_face_group *group = &batch->groups[g];
        ali_edge_pair pair = {.count = group->count,
                              .re = batch->re + group->first,
                              .im = batch->im + group->first,
                              .stride = batch->places,
                              .row = 3 * batch->places,
                              .column = batch->places,
                              .vector = b->k * ALI_ETA0,
                              .scalar = -ALI_ETA0 / b->k};
        for (int i = 0; i < 3; i++) {
            pair.own_length[i] = mesh->edges[mesh->faces[face].edge[i]].length;
            pair.length[i] = batch->length[i] + group->first;
            for (int c = 0; c < 3; c++)
                pair.vertex[i][c] = batch->vertex[i][c] + group->first;
        }
        for (int i = 0; i < 2; i++) {
            ali_vec3 side = ali_vec3_sub(triangle.vertex[i], triangle.vertex[2]);
            pair.side[i][0] = side.x;
            pair.side[i][1] = side.y;
            pair.side[i][2] = side.z;
        }
        ali_face_batch_run(batch, ALI_FACE_MOMENTS, group, group->first, face, false);
        ali_shape_kernel_best()->edges(&pair, false, many->value + group->first);
    }
}

/** block[m + leading n] (or, if `swap`, [n + leading m]) for function n of one and m of many. */
static void combine_lists(const body *b, const face_list *one, face_list *many, bool swap,
                          double complex *block, size_t leading)
{
    size_t places = many->batch->places;
    for (size_t f = 0; f < one->face_count; f++) {
        run_face(b, one->faces[f], many);
        for (size_t s = one->first[f]; s < one->first[f + 1]; s++) {
            const face_term *own = &one->terms[s];
            const double complex *value = many->value + (size_t)own->shape * 3 * places;
            size_t stride = swap ? leading : 1;
            double complex *line = block + own->position * (swap ? 1 : leading);
            for (size_t t = 0; t < many->term_count; t++) {
                const face_term *other = &many->terms[t];
                line[other->position * stride] +=
                    own->weight * other->weight *
                    value[(size_t)other->shape * places + other->place];
            }
        }
    }
}

static alicorn_status prepare_faces(void *context, ali_unknown_list *list, alicorn_error *error)
{
    face_list *made = calloc(1, sizeof *made);
    (void)error;
    if (!made)
        return ALICORN_E_MEMORY;
    list->prepared = made;
    return face_list_create(context, list->count, list->unknown, made);
}

static void release_faces(void *context, ali_unknown_list *list)
{
    (void)context;
    face_list_clear(list->prepared);
    free(list->prepared);
    list->prepared = NULL;
}

static alicorn_status fill_faces(void *context, const ali_unknown_list *rows,
                                 const ali_unknown_list *columns, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const body *b = context;
    face_list own[2] = {{0}}, *row = &own[0], *column = &own[1];
    alicorn_status status = ALICORN_OK;
    for (size_t j = 0; j < columns->count; j++)
        memset(block + j * leading, 0, rows->count * sizeof *block);
    if (rows->prepared)
        row = rows->prepared;
    else
        status = face_list_create(b, rows->count, rows->unknown, row);
    if (columns->prepared)
        column = columns->prepared;
    else if (!status)
        status = face_list_create(b, columns->count, columns->unknown, column);
    bool swap = columns->count > rows->count;
    if (!status)
        status = face_list_add_batch(b, swap ? column : row, error);
    if (!status)
        combine_lists(b, swap ? row : column, swap ? column : row, swap, block, leading);
    face_list_clear(&own[0]);
    face_list_clear(&own[1]);
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
    ali_face_source_clear(&b->source);
    ali_operator_destroy(b->operator);
    ali_face_near_destroy(b->face_near);
    ali_near_destroy(b->near);
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
    free(b->home_term);
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
        ali_face_near_create(b->mesh, 3, false, 2, NULL, NULL, &b->face_near, &error) ||
        ali_face_source_create(b->mesh, b->face_near, b->k, &b->source, &error))
        return -1;
    ali_operator_setup setup = {
        .basis = b->basis, .near = b->near, .face_near = b->face_near, .omega = b->k * ALI_C0};
    if (ali_operator_create(&setup, &b->operator, & error))
        return -1;
    const ali_surface_basis *surfaces = b->basis->surfaces;
    b->home_term = calloc(2 * surfaces->count, sizeof *b->home_term);
    size_t *seen = calloc(surfaces->count, sizeof *seen);
    for (size_t face = 0; b->home_term && seen && face < b->mesh->surfaces->face_count; face++)
        for (size_t t = surfaces->face_first[face]; t < surfaces->face_first[face + 1]; t++) {
            const ali_term *term = &surfaces->terms[t];
            b->home_term[2 * term->function + seen[term->function]++] =
                (face_term){.face = face, .shape = term->shape, .weight = term->weight};
        }
    int failed = !b->home_term || !seen;
    free(seen);
    return failed ? -1 : 0;
}

/** Lists of functions give the same numbers as the operator itself. */
static double compare_fills(const body *b)
{
    enum { ROWS = 60, COLUMNS = 50 };
    static double complex ours[ROWS * COLUMNS], theirs[ROWS * COLUMNS];
    size_t rows[ROWS], columns[COLUMNS];
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = 20 + i;
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = 40 + i;
    alicorn_error error;
    ali_operator_fill(b->operator, rows[0], ROWS, columns[0], COLUMNS, theirs, ROWS, &error);
    fill_faces((void *)b, &(ali_unknown_list){ROWS, rows, NULL},
               &(ali_unknown_list){COLUMNS, columns, NULL}, ours, ROWS, &error);
    double difference = 0.0, size = 0.0;
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
        difference = fmax(difference, cabs(ours[i] - theirs[i]));
        size = fmax(size, cabs(theirs[i]));
    }
    return difference / size;
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
    printf("# f %zu, %.1f wavelengths across, %.2f s of preparation, fills differ by %.1e\n", f,
           b.k / ALI_PI, wall_time() - start, compare_fills(&b));
    ali_compressed_geometry geometry = {.centre = centre, .radius = radius, .wavenumber = b.k};
    if (centre && radius)
        total = measure(n, &geometry,
                        &(ali_list_source){.context = &b,
                                           .fill = fill_faces,
                                           .prepare = prepare_faces,
                                           .release = release_faces},
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
