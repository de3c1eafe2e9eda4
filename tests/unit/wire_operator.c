/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/wire_operator.h"

#include "base/constants.h"
#include "green/fresnel.h"
#include "operator/moments.h"
#include "operator/probe.h"
#include "random.h"
#include "wire_support.h"

#include <math.h>

enum { SIZE = ALI_MOMENT_SIZE };

/** Everything around one operator. */
typedef struct fixture {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    ali_near *near;
    ali_wire_operator_setup setup;
    ali_wire_operator *operator;
    double complex *series;
    ali_lumped lumped;
    double k;
    size_t functions; /**< unknowns and probes */
} fixture;

enum { MIXED = -1 };

/** Degrees 1 to 3 in turn: elements of different degree and length share Gauss points. */
static ali_wire_basis *make_mixed_basis(const ali_wire_mesh *mesh, double k)
{
    unsigned char *degrees = calloc(mesh->element_count, 1);
    ali_wire_basis *basis;
    assert_non_null(degrees);
    for (size_t e = 0; e < mesh->element_count; e++)
        degrees[e] = (unsigned char)(1 + e % 3);
    ali_basis_options options = {.wavenumber = k, .degrees = degrees};
    assert_int_equal(ali_wire_basis_create(mesh, &options, &basis, NULL), ALICORN_OK);
    free(degrees);
    return basis;
}

static void set_up(fixture *f, ali_model *model, int degree, double k, ali_ground_kind ground)
{
    bool image = ground != ALI_GROUND_NONE;
    *f = (fixture){.model = model, .k = k};
    f->mesh = make_mesh(
        f->model,
        (ali_mesh_options){.split_ends = true, .refine = 1, .ground = image, .connect = image});
    f->basis = degree == MIXED ? make_mixed_basis(f->mesh, k) : make_basis(f->mesh, degree, k);
    f->functions = f->basis->count + f->mesh->element_count;
    unsigned char *order = calloc(f->mesh->element_count, 1);
    assert_non_null(order);
    for (size_t e = 0; e < f->mesh->element_count; e++)
        order[e] = (unsigned char)(f->basis->degree[e] + 1);
    assert_int_equal(ali_near_create(f->mesh, order, image, 1, &f->near, NULL), ALICORN_OK);
    free(order);
    f->setup =
        (ali_wire_operator_setup){.basis = f->basis,
                                  .near = f->near,
                                  .omega = k * ALI_C0,
                                  .ground = ground,
                                  .reflector = {.impedance = ali_fresnel_impedance(10 - 4 * I)}};
    assert_int_equal(ali_wire_operator_create(&f->setup, &f->operator, NULL), ALICORN_OK);
}

static void tear_down(fixture *f)
{
    ali_wire_operator_destroy(f->operator);
    ali_near_destroy(f->near);
    free(f->series);
    free(f->lumped.current.function);
    free(f->lumped.current.weight);
    ali_wire_basis_destroy(f->basis);
    ali_wire_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

/** Series impedance on every element, and a load on the first, third and fifth function. */
static void load_all(fixture *f)
{
    f->series = calloc(f->mesh->element_count, sizeof *f->series);
    f->lumped.current.function = calloc(3, sizeof *f->lumped.current.function);
    f->lumped.current.weight = calloc(3, sizeof *f->lumped.current.weight);
    assert_non_null(f->series);
    assert_non_null(f->lumped.current.function);
    assert_non_null(f->lumped.current.weight);
    for (size_t e = 0; e < f->mesh->element_count; e++)
        f->series[e] = 0.5 + (double)e + 2.0 * I;
    f->lumped.current.count = 3;
    for (size_t i = 0; i < 3; i++) {
        f->lumped.current.function[i] = 2 * i;
        f->lumped.current.weight[i] = 0.3 + (double)i;
    }
    f->lumped.impedance = 20.0 - 7.0 * I;
    f->setup.series = f->series;
    f->setup.lumped = &f->lumped;
    f->setup.lumped_count = 1;
    ali_wire_operator_destroy(f->operator);
    assert_int_equal(ali_wire_operator_create(&f->setup, &f->operator, NULL), ALICORN_OK);
}

/** A cross of two wires and a square loop of wires, all over z = 0, and a mast on it. */
static ali_model *make_fine_model(size_t segments)
{
    static const ali_vec3 corner[] = {{0, 0, 0},   {0, 0, 1.9}, {0.4, 0.1, 1.9}, {-0.5, 0, 1.9},
                                      {2, 0, 1.0}, {2.3, 0, 1}, {2.3, 0.3, 1},   {2, 0.3, 1},
                                      {5, 4, 1.5}, {6, 4.2, 1}};
    static const int edge[][2] = {{0, 1}, {1, 2}, {1, 3}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {8, 9}};
    return wire_frame(corner, edge, sizeof edge / sizeof *edge, segments, 0.004);
}

static ali_model *make_model(void)
{
    return make_fine_model(3);
}

/* ---- entries one by one ---- */

/** Highest degree among an element's terms in a range of functions: the order of its moments there.
 */
static int order_in(const ali_wire_basis *basis, size_t e, size_t first, size_t count)
{
    int order = 0;
    for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++)
        if (basis->terms[t].function - first < count &&
            ali_shape_degree(basis->terms[t].shape) > order)
            order = ali_shape_degree(basis->terms[t].shape);
    return order;
}

/** One term of a row function against one of a column function: the equation of operator.h. */
static double complex term_pair(const fixture *f, const ali_moment_batch *batch, size_t e,
                                const ali_term *row, size_t g, const ali_term *column, bool image)
{
    const ali_element *a = &f->mesh->elements[e], *b = &f->mesh->elements[g];
    double current[2][SIZE], slope[2][SIZE];
    ali_shape_legendre(row->shape, a->half, SIZE - 1, current[0], slope[0]);
    ali_shape_legendre(column->shape, b->half, SIZE - 1, current[1], slope[1]);
    const ali_moment_group *group = &batch->groups[0];
    double complex vector = 0.0, scalar = 0.0;
    for (int p = 0; p <= ali_shape_degree(column->shape); p++)
        for (int q = 0; q <= ali_shape_degree(row->shape); q++) {
            size_t at = (size_t)(p * (group->order + 1) + q) * batch->places;
            double complex moment = CMPLX(batch->re[at], batch->im[at]);
            vector += current[1][p] * current[0][q] * moment;
            scalar += slope[1][p] * slope[0][q] * moment;
        }
    double complex u = ali_vec3_dot(a->dir, b->dir), v = 1.0;
    if (image) {
        u = -ali_vec3_dot(a->dir, ali_vec3_mirror_z(b->dir));
        v = -1.0;
    }
    if (image && f->setup.ground == ALI_GROUND_REFLECTION)
        ali_reflection_factors(a, b, f->k, &f->setup.reflector, &u, &v);
    double omega = f->setup.omega;
    return row->weight * column->weight *
           (I * omega * ALI_MU0 * u * vector + v * scalar / (I * omega * ALI_EPS0));
}

/** int f_m f_n over one element by Gauss's rule on the Legendre series. */
static double overlap(const ali_element *element, const ali_term *row, const ali_term *column)
{
    double current[2][SIZE], slope[SIZE], sum = 0.0;
    ali_shape_legendre(row->shape, element->half, SIZE - 1, current[0], slope);
    ali_shape_legendre(column->shape, element->half, SIZE - 1, current[1], slope);
    for (int p = 0; p < SIZE; p++)
        sum += current[0][p] * current[1][p] * 2.0 * element->half / (2 * p + 1);
    return row->weight * column->weight * sum;
}

/** A block of the matrix. */
typedef struct block {
    size_t row_first, row_count, col_first, col_count;
} block;

/** How the moments of a slow block are integrated. */
typedef struct manner {
    ali_moment_precision precision;
    bool with_probes; /**< to the orders that both elements' probes need */
} manner;

/** Add element e's rows and g's columns, their moments from a batch of nothing else. */
static void add_elements(const fixture *f, const ali_moment_source *source, manner how, block at,
                         size_t e, size_t g, double complex *z)
{
    const ali_wire_basis *basis = f->basis;
    int order =
        how.with_probes ? basis->degree[g] + 1 : order_in(basis, g, at.col_first, at.col_count);
    int row_order =
        how.with_probes ? basis->degree[e] + 1 : order_in(basis, e, at.row_first, at.row_count);
    unsigned char orders = (unsigned char)row_order;
    ali_moment_batch *batch;
    assert_int_equal(
        ali_moment_batch_create(source, how.precision, 1, &e, &orders, order, &batch, NULL),
        ALICORN_OK);
    for (int image = 0; image <= (f->setup.ground != ALI_GROUND_NONE); image++) {
        ali_moment_batch_run(batch, &batch->groups[0], 0, g, order, image);
        for (size_t r = basis->element_first[e]; r < basis->element_first[e + 1]; r++)
            for (size_t c = basis->element_first[g]; c < basis->element_first[g + 1]; c++) {
                const ali_term *row = &basis->terms[r], *column = &basis->terms[c];
                size_t i = row->function - at.row_first, j = column->function - at.col_first;
                if (i >= at.row_count || j >= at.col_count)
                    continue;
                z[i + j * at.row_count] += term_pair(f, batch, e, row, g, column, image);
                if (e == g && !image)
                    z[i + j * at.row_count] +=
                        f->series[e] * overlap(&f->mesh->elements[e], row, column);
            }
    }
    ali_moment_batch_destroy(batch);
}

static double complex *slow_block(const fixture *f, manner how, block at)
{
    double complex *z = calloc(at.row_count * at.col_count, sizeof *z);
    ali_moment_source source;
    assert_non_null(z);
    assert_int_equal(ali_moment_source_create(f->basis, f->near, f->k, &source, NULL), ALICORN_OK);
    for (size_t e = 0; e < f->mesh->element_count; e++)
        for (size_t g = 0; g < f->mesh->element_count; g++)
            add_elements(f, &source, how, at, e, g, z);
    const ali_functional *load = &f->lumped.current;
    for (size_t a = 0; a < load->count; a++)
        for (size_t b = 0; b < load->count; b++) {
            size_t i = load->function[a] - at.row_first, j = load->function[b] - at.col_first;
            if (i < at.row_count && j < at.col_count)
                z[i + j * at.row_count] += f->lumped.impedance * load->weight[a] * load->weight[b];
        }
    ali_moment_source_clear(&source);
    return z;
}

static void compare_block(const fixture *f, block at)
{
    size_t leading = at.row_count + 3;
    double complex *wanted = slow_block(f, (manner){.precision = ALI_MOMENT_FULL}, at);
    double complex *z = calloc(leading * at.col_count, sizeof *z);
    assert_non_null(z);
    for (size_t i = 0; i < leading * at.col_count; i++)
        z[i] = NAN; /* fill overwrites what is there, and leaves what is beyond */
    assert_int_equal(ali_wire_operator_fill(f->operator, at.row_first, at.row_count, at.col_first,
                                            at.col_count, z, leading, NULL),
                     ALICORN_OK);
    double largest = 0.0;
    for (size_t i = 0; i < at.row_count * at.col_count; i++)
        largest = fmax(largest, cabs(wanted[i]));
    for (size_t j = 0; j < at.col_count; j++) {
        for (size_t i = 0; i < at.row_count; i++)
            assert_close(z[i + j * leading], wanted[i + j * at.row_count], 2e-13 * largest);
        for (size_t i = at.row_count; i < leading; i++)
            assert_true(isnan(creal(z[i + j * leading])));
    }
    free(z);
    free(wanted);
}

/* Whole, diagonal, long and short, one row, one column, one entry; across unknowns and probes. */
static void compare_blocks(const fixture *f)
{
    size_t n = f->basis->count, all = f->functions;
    const block blocks[] = {
        {0, all, 0, all},   {0, n, 0, n},   {0, n / 2, 0, n / 2}, {n / 2, n - n / 2, 0, n / 2},
        {n, all - n, 0, n}, {3, 1, 0, all}, {0, all, n - 1, 1},   {n + 1, 1, n + 1, 1},
        {n - 2, 5, 1, n},   {n, 1, 0, n},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        compare_block(f, blocks[i]);
}

static void test_blocks(void **state)
{
    (void)state;
    static const ali_ground_kind grounds[] = {ALI_GROUND_NONE, ALI_GROUND_PEC,
                                              ALI_GROUND_REFLECTION};
    for (int ground = 0; ground < 3; ground++)
        for (int degree = 0; degree <= 3; degree++) {
            fixture f;
            set_up(&f, make_model(), degree, degree == 0 ? 2.1 : 0.4, grounds[ground]);
            assert_true(degree == 0 || f.basis->loop_count == 1);
            load_all(&f);
            compare_blocks(&f);
            tear_down(&f);
        }
}

static void test_symmetry(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, make_model(), 2, 0.9, ALI_GROUND_REFLECTION);
    size_t n = f.functions;
    double complex *z = calloc(n * n, sizeof *z), *rows = calloc(n * n, sizeof *rows);
    double largest = 0.0;
    assert_non_null(z);
    assert_non_null(rows);
    assert_int_equal(ali_wire_operator_fill(f.operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, cabs(z[i + i * n]));
        for (size_t j = 0; j < i; j++)
            assert_true(z[i + j * n] == z[j + i * n]);
    }
    /* two halves that are not on the diagonal are each other's transpose */
    size_t m = n / 2;
    assert_int_equal(ali_wire_operator_fill(f.operator, 0, m, m, n - m, z, n, NULL), ALICORN_OK);
    assert_int_equal(ali_wire_operator_fill(f.operator, m, n - m, 0, m, rows, n, NULL), ALICORN_OK);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n - m; j++)
            assert_close(z[i + j * n], rows[j + i * n], 1e-13 * largest);
    free(z);
    free(rows);
    tear_down(&f);
}

/* The same bytes whoever fills the tiles. */
static void test_threads(void **state)
{
    (void)state;
    enum { EDGE = 24 };
    fixture f;
    set_up(&f, make_model(), 3, 0.9, ALI_GROUND_PEC);
    size_t n = f.functions, tiles = (n + EDGE - 1) / EDGE;
    double complex *z[2];
    for (int run = 0; run < 2; run++) {
        int failed = 0;
        z[run] = calloc(n * n, sizeof **z);
        assert_non_null(z[run]);
#pragma omp parallel for schedule(dynamic) num_threads(run ? 4 : 1) reduction(| : failed)
        for (size_t t = 0; t < tiles * tiles; t++) {
            size_t i = t % tiles * EDGE, j = t / tiles * EDGE;
            failed |= ali_wire_operator_fill(f.operator, i, n - i < EDGE ? n - i : EDGE, j,
                                             n - j < EDGE ? n - j : EDGE, z[run] + i + j * n, n,
                                             NULL) != ALICORN_OK;
        }
        assert_false(failed);
    }
    assert_memory_equal(z[0], z[1], n * n * sizeof **z);
    free(z[0]);
    free(z[1]);
    tear_down(&f);
}

/* ---- probes ---- */

enum { COLUMNS = 2 };

/** Random currents and right-hand sides of the probes. */
static double complex *make_columns(const fixture *f)
{
    uint64_t random = 9;
    double complex *v = calloc(COLUMNS * f->functions, sizeof *v);
    assert_non_null(v);
    for (size_t i = 0; i < COLUMNS * f->functions; i++)
        v[i] = next_complex(&random);
    return v;
}

/** Residuals of the listed probes against those from their rows of the matrix, to the estimate's
 * precision, and of the same orders where both elements of a pair are tested. */
static void compare_probes(const fixture *f, size_t count, const size_t *elements)
{
    size_t n = f->basis->count, all = f->functions, probes = all - n;
    double complex *v = make_columns(f), *given = make_columns(f);
    manner how = {.precision = ALI_MOMENT_ESTIMATE, .with_probes = count == probes};
    double complex *rows = slow_block(f, how, (block){n, probes, 0, n});
    assert_int_equal(
        ali_wire_operator_probe(f->operator, count, elements, COLUMNS, all, v, 2, NULL),
        ALICORN_OK);
    for (size_t i = 0; i < count; i++) {
        size_t b = n + elements[i];
        for (size_t c = 0; c < COLUMNS; c++) {
            double complex wanted = given[c * all + b];
            double size = cabs(wanted);
            for (size_t j = 0; j < n; j++) {
                double complex term = rows[elements[i] + j * probes] * given[c * all + j];
                wanted -= term;
                size += cabs(term);
            }
            assert_close(v[c * all + b], wanted, 1e-12 * size);
            given[c * all + b] = v[c * all + b];
        }
    }
    assert_memory_equal(v, given, COLUMNS * all * sizeof *v); /* the others are left alone */
    free(v);
    free(given);
    free(rows);
}

static void compare_all_probes(fixture *f)
{
    size_t total = f->mesh->element_count, *elements = calloc(total, sizeof *elements);
    assert_non_null(elements);
    load_all(f);
    f->lumped.current.function[2] = f->basis->count + 1;
    for (size_t e = 0; e < total; e++)
        elements[e] = e;
    compare_probes(f, total, elements);
    for (size_t e = 0; e < total / 3; e++)
        elements[e] = 3 * e + 1;
    compare_probes(f, total / 3, elements);
    compare_probes(f, 1, elements);
    compare_probes(f, 0, elements);
    free(elements);
}

static void test_probes(void **state)
{
    (void)state;
    static const ali_ground_kind grounds[] = {ALI_GROUND_NONE, ALI_GROUND_PEC,
                                              ALI_GROUND_REFLECTION};
    for (int ground = 0; ground < 3; ground++)
        for (int degree = MIXED; degree <= 3; degree++) {
            fixture f;
            set_up(&f, make_model(), degree, degree <= 0 ? 2.1 : 0.4, grounds[ground]);
            compare_all_probes(&f);
            tear_down(&f);
        }
    fixture f; /* more than one strip */
    set_up(&f, make_fine_model(36), 1, 0.9, ALI_GROUND_PEC);
    assert_true(f.mesh->element_count > 256);
    compare_all_probes(&f);
    tear_down(&f);
}

static void test_probes_by_threads(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, make_fine_model(36), 1, 0.9, ALI_GROUND_NONE);
    size_t total = f.mesh->element_count, *elements = calloc(total, sizeof *elements);
    double complex *v[2] = {make_columns(&f), make_columns(&f)};
    assert_non_null(elements);
    for (size_t e = 0; e < total; e++)
        elements[e] = e;
    for (int run = 0; run < 2; run++)
        assert_int_equal(ali_wire_operator_probe(f.operator, total, elements, COLUMNS, f.functions,
                                                 v[run], run ? 4 : 1, NULL),
                         ALICORN_OK);
    assert_memory_equal(v[0], v[1], COLUMNS * f.functions * sizeof **v);
    free(v[0]);
    free(v[1]);
    free(elements);
    tear_down(&f);
}

/* A loop of 1e-5 wavelengths has R = 8 pi^3/3 eta (A/lambda^2)^2 [Balanis:2016] 5.2.3, 1e-11 of the
 * terms it is the sum of. */
static void test_small_loop(void **state)
{
    (void)state;
    enum { SIDES = 36 };
    double lambda = 30.0, rim = 1e-5 * lambda / (2.0 * ALI_PI), k = 2.0 * ALI_PI / lambda;
    ali_vec3 corner[SIDES];
    int edge[SIDES][2];
    for (int i = 0; i < SIDES; i++) {
        double phi = 2.0 * ALI_PI * i / SIDES;
        corner[i] = (ali_vec3){rim * cos(phi), rim * sin(phi), 0.0};
        edge[i][0] = i;
        edge[i][1] = (i + 1) % SIDES;
    }
    for (int degree = 1; degree <= 2; degree++) {
        fixture f;
        set_up(&f, wire_frame(corner, (const int(*)[2])edge, SIDES, 1, 1e-3 * rim), degree, k,
               ALI_GROUND_NONE);
        assert_int_equal(f.basis->loop_count, 1);
        size_t loop = 0;
        for (size_t t = 0; t < f.basis->element_first[f.mesh->element_count]; t++)
            if (f.basis->terms[t].shape == ALI_SHAPE_CONSTANT)
                loop = f.basis->terms[t].function;
        double area = 0.5 * SIDES * rim * rim * sin(2.0 * ALI_PI / SIDES);
        double wanted =
            8.0 / 3.0 * pow(ALI_PI, 3) * ALI_MU0 * ALI_C0 * pow(area / (lambda * lambda), 2);
        double complex self, *z = calloc(f.functions * f.functions, sizeof *z);
        assert_non_null(z);
        assert_int_equal(ali_wire_operator_fill(f.operator, loop, 1, loop, 1, &self, 1, NULL),
                         ALICORN_OK);
        assert_close(creal(self), wanted, 1e-3 * wanted);
        size_t n = f.functions;
        assert_int_equal(ali_wire_operator_fill(f.operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
        assert_close(creal(z[loop + loop * n]), wanted, 1e-3 * wanted);
        free(z);
        tear_down(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_symmetry),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_probes),
        cmocka_unit_test(test_probes_by_threads),
        cmocka_unit_test(test_small_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
