/* SPDX-License-Identifier: Apache-2.0 */
/* Rate of the matrix fill of faces on one thread, in processor time, best of several repetitions:
 *   face_rate [faces]
 * First the kernels of every variant this machine can run, in nanoseconds per evaluation, of which
 * a pair of faces takes the product of their points; then the lower half of the matrix of a curved
 * plate with edges of 0.08 wavelengths, tile by tile as the solver asks for it. There an evaluation
 * is a ninth of a pair of different faces: what pairs near each other take beyond nine points, and
 * what neighbouring tiles do twice, is counted as time and not as evaluations. */
#include "base/constants.h"
#include "green/face_kernel.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/operator.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** MANY: faces against one, as in a tile; TILE: unknowns, as of the solver. */
enum { MANY = 152, TILE = 192, CALLS = 50, REPEAT = 40, FILLS = 3, FAR_POINTS = 9 };
static const double STEP = 0.08; /**< edges [wavelengths] */

static double processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- kernels ---- */

/** One face of edge 1 at the origin and MANY of its size some edges away, and room for results. */
typedef struct kernel_data {
    _Alignas(64) double vertex[9][MANY];
    _Alignas(64) double length[3][MANY], far[MANY];
    _Alignas(64) double re[9 * MANY], im[9 * MANY];
    _Alignas(64) double complex value[9 * MANY];
    unsigned char close[MANY / ALI_FAR_LANES];
    ali_edge_pair pair;
    ali_face_task task;
    ali_face_tube_task tubes;
    double table[2][ALI_TUBE_ORDER_MAX + 1];
} kernel_data;

static void prepare_far(kernel_data *data)
{
    data->pair = (ali_edge_pair){.count = MANY,
                                 .re = data->re,
                                 .im = data->im,
                                 .stride = MANY,
                                 .k = data->task.k,
                                 .middle = {1.0 / 3.0, 1.0 / 3.0, 0.0},
                                 .reach = 6.0,
                                 .far = data->far,
                                 .side = {{0.0, -1.0, 0.0}, {1.0, -1.0, 0.0}},
                                 .own_length = {1.0, 1.0, 1.0},
                                 .vector = 1.0,
                                 .scalar = -1.0,
                                 .row = 3 * MANY,
                                 .column = MANY};
    for (int i = 0; i < 3; i++) {
        data->pair.length[i] = data->length[i];
        for (int c = 0; c < 3; c++)
            data->pair.vertex[i][c] = data->vertex[3 * i + c];
    }
}

static kernel_data *prepare_kernels(void)
{
    kernel_data *data = aligned_alloc(64, sizeof *data);
    if (!data)
        return NULL;
    memset(data, 0, sizeof *data);
    for (int n = 0; n < MANY; n++) {
        const double at[3] = {8.0 + 0.1 * n, 3.0 * sin(n), 3.0 * cos(n)};
        for (int v = 0; v < 3; v++) {
            data->length[v][n] = 1.0;
            for (int c = 0; c < 3; c++)
                data->vertex[3 * v + c][n] = at[c] + (v == c + 1);
        }
    }
    data->task = (ali_face_task){.triangle = {{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}},
                                 .others.count = MANY,
                                 .k = 2.0 * ALI_PI * STEP};
    data->task.rule = data->task.other_rule = ali_triangle_rule_get(3);
    for (int i = 0; i < 9; i++)
        data->task.others.vertex[i / 3][i % 3] = data->vertex[i];
    for (int i = 0; i < 2; i++) {
        ali_legendre(ali_gauss_node(2)[i], 1, data->table[i]);
        for (int q = 0; q < 2; q++)
            data->table[i][q] *= ali_gauss_weight(2)[i];
    }
    prepare_far(data);
    data->tubes = (ali_face_tube_task){
        .triangle = data->task.triangle,
        .rule = data->task.rule,
        .tubes = {MANY,
                  {data->vertex[0], data->vertex[1], data->vertex[2]},
                  {data->length[0], data->far, data->far},
                  data->length[1],
                  data->length[2]},
        .tube_rule = {2, ali_gauss_node(2), (const double(*)[ALI_TUBE_ORDER_MAX + 1]) data->table},
        .order = 1,
        .k = data->task.k};
    return data;
}

typedef enum kernel_part { FAR_EDGES, MOMENTS, REST, CURL, TUBES, EDGES } kernel_part;

static void run_part(kernel_data *data, const ali_face_kernel *face, const ali_shape_kernel *shape,
                     kernel_part part)
{
    switch (part) {
    case FAR_EDGES:
        shape->far_edges(&data->pair, false, data->value, data->close);
        break;
    case MOMENTS:
        face->moments(&data->task, MANY, data->re, data->im);
        break;
    case REST:
        face->rest(&data->task, MANY, data->re, data->im);
        break;
    case CURL:
        face->curl(&data->task, MANY, data->re, data->im);
        break;
    case TUBES:
        face->tubes(&data->tubes, MANY, data->re, data->im);
        break;
    case EDGES:
        shape->edges(&data->pair, false, data->value);
        break;
    }
}

static const struct {
    const char *name;
    kernel_part part;
    int points, evaluations; /**< points on a face; per pair, of one that is none 1 */
} cases[] = {{"far edges", FAR_EDGES, 3, 9}, {"moments 3", MOMENTS, 3, 9},
             {"moments 7", MOMENTS, 7, 49},  {"moments 12", MOMENTS, 12, 144},
             {"rest 7", REST, 7, 49},        {"rest 12", REST, 12, 144},
             {"curl 3", CURL, 3, 9},         {"curl 7", CURL, 7, 49},
             {"tubes 3x2", TUBES, 3, 6},     {"edges/pair", EDGES, 3, 1}};
enum { CASES = sizeof cases / sizeof *cases };

static int print_kernels(void)
{
    const ali_face_kernel *const *faces;
    const ali_shape_kernel *const *shapes;
    size_t variants = ali_face_kernels(&faces);
    ali_shape_kernels(&shapes);
    kernel_data *data = prepare_kernels();
    if (!data)
        return -1;
    printf("ns per kernel evaluation, points on both sides\n%-8s", "");
    for (int c = 0; c < CASES; c++)
        printf(" %10s", cases[c].name);
    puts("");
    for (size_t v = 0; v < variants; v++) {
        printf("%-8s", faces[v]->name);
        for (int c = 0; c < CASES; c++) {
            double best = HUGE_VAL;
            data->task.rule = data->task.other_rule = ali_triangle_rule_get(cases[c].points);
            for (int repeat = 0; repeat < REPEAT; repeat++) {
                double start = processor_time();
                for (int i = 0; i < CALLS; i++)
                    run_part(data, faces[v], shapes[v], cases[c].part);
                best = fmin(best, processor_time() - start);
            }
            printf(" %10.2f", 1e9 * best / (CALLS * (double)MANY * cases[c].evaluations));
        }
        puts("");
    }
    free(data);
    return 0;
}

/* ---- a plate ---- */

typedef struct plate {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    ali_operator *operator;
    double near_s; /**< processor time of the near integrals [s] */
} plate;

/** Squares of side 1, cut in two, on a bowl. */
static int add_squares(ali_model *model, size_t squares)
{
    size_t side = squares + 1, count = 0;
    ali_vec3 *vertices = calloc(side * side, sizeof *vertices);
    size_t(*triangles)[3] = calloc(2 * squares * squares, sizeof *triangles);
    double middle = 0.5 * (double)squares, curvature = 0.5 / (double)squares;
    for (size_t i = 0; vertices && i < side * side; i++) {
        double x = (double)(i % side) - middle, y = (double)(i / side) - middle;
        vertices[i] = (ali_vec3){x, y, curvature * (x * x + y * y)};
    }
    for (size_t i = 0; triangles && i < squares * squares; i++) {
        size_t a = i / squares * side + i % squares,
               corner[2][3] = {{a, a + 1, a + side + 1}, {a, a + side + 1, a + side}};
        memcpy(triangles + count, corner, sizeof corner);
        count += 2;
    }
    ali_surface surface = ali_surface_default();
    int failed = !vertices || !triangles ||
                 ali_model_add_surface(model, side * side, vertices, count,
                                       (const size_t(*)[3])triangles, &surface, NULL) != ALICORN_OK;
    free(vertices);
    free(triangles);
    return failed;
}

static int make_plate(plate *p, size_t faces)
{
    size_t squares = (size_t)(sqrt(0.5 * (double)faces) + 0.5);
    ali_mesh_options mesh_options = {.refine = 1};
    ali_basis_options basis_options = {.degree = 1, .wavenumber = 2.0 * ALI_PI * STEP};
    *p = (plate){.model = ali_model_create()};
    if (squares < 2 || !p->model || add_squares(p->model, squares) ||
        ali_mesh_create(p->model, &mesh_options, NULL, NULL, &p->mesh, NULL) ||
        ali_near_create(p->mesh->wires, NULL, false, 1, &p->near, NULL))
        return -1;
    double start = processor_time();
    if (ali_face_near_create(p->mesh, 1, false, 1, NULL, NULL, &p->face_near, NULL) ||
        ali_basis_create(p->mesh, &basis_options, &p->basis, NULL))
        return -1;
    p->near_s = processor_time() - start;
    ali_operator_setup setup = {.basis = p->basis,
                                .near = p->near,
                                .face_near = p->face_near,
                                .omega = basis_options.wavenumber * ALI_C0};
    return ali_operator_create(&setup, &p->operator, NULL) ? -1 : 0;
}

static void clear_plate(plate *p)
{
    ali_operator_destroy(p->operator);
    ali_basis_destroy(p->basis);
    ali_near_destroy(p->near);
    ali_face_near_destroy(p->face_near);
    ali_mesh_destroy(p->mesh);
    ali_model_destroy(p->model);
}

static alicorn_status fill_half(const plate *p, double complex *block)
{
    size_t n = p->basis->count;
    alicorn_status status = ALICORN_OK;
    for (size_t j = 0; j < n && !status; j += TILE)
        for (size_t i = j; i < n && !status; i += TILE)
            status = ali_operator_fill(p->operator, i, n - i < TILE ? n - i : TILE, j,
                                       n - j < TILE ? n - j : TILE, block, TILE, NULL);
    return status;
}

static int print_fill(const plate *p)
{
    double best = HUGE_VAL, count = (double)p->mesh->surfaces->face_count;
    double pairs = 0.5 * count * (count + 1.0);
    double complex *block = calloc((size_t)TILE * TILE, sizeof *block);
    alicorn_status status = block ? ALICORN_OK : ALICORN_E_MEMORY;
    for (int repeat = 0; repeat < FILLS && !status; repeat++) {
        double start = processor_time();
        status = fill_half(p, block);
        best = fmin(best, processor_time() - start);
    }
    free(block);
    printf("%.0f faces, %zu unknowns\n", count, p->basis->count);
    printf("near pairs        %8.1f ms\n", 1e3 * p->near_s);
    printf("fill, lower half  %8.1f ms %8.2f ns/pair %8.2f ns/evaluation\n", 1e3 * best,
           1e9 * best / pairs, 1e9 * best / (FAR_POINTS * pairs));
    return status ? -1 : 0;
}

int main(int count, char **argument)
{
    size_t faces = count > 1 ? (size_t)strtoul(argument[1], NULL, 10) : 2000;
    plate p;
    int failed = print_kernels();
    if (!failed) {
        failed = make_plate(&p, faces) || print_fill(&p);
        clear_plate(&p);
    }
    if (failed)
        fputs("face_rate: out of memory, or no such plate\n", stderr);
    return failed ? 1 : 0;
}
