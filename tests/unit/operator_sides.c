/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 *  Blocks of lists of unknowns are the elements of the whole matrix, which is filled as one range
 *  and tested elsewhere against brute force: whatever the lists, their order, which side was asked
 *  for before, and with what. */

#include "face_support.h"
#include "operator/operator.h"
#include "wire_support.h"

/** Everything around one operator, and its matrix. */
typedef struct fixture {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    double *share;
    double complex *series;
    ali_lumped *lumped;
    ali_operator *operator;
    size_t n;
    double complex *z; /**< [n, n] */
    double largest;    /**< of its elements */
} fixture;

/** What differs between the fixtures. */
typedef struct fixture_options {
    int degree; /**< of the wires; 0: 1 to 3 in turn */
    ali_ground_kind ground;
    bool loads;
    const double complex *sheet;
} fixture_options;

enum { LOADS = 3, LOAD_FUNCTIONS = 3 };

/** Series impedance on every element, and lumped loads that take several functions each. */
static void load_all(fixture *f)
{
    size_t count = f->basis->wires->mesh->element_count, functions = f->basis->wires->count;
    f->series = calloc(count, sizeof *f->series);
    f->lumped = calloc(LOADS, sizeof *f->lumped);
    assert_non_null(f->series);
    assert_non_null(f->lumped);
    for (size_t e = 0; e < count; e++)
        f->series[e] = CMPLX(0.5 + (double)e, 2.0);
    for (size_t l = 0; l < LOADS; l++) {
        f->lumped[l].impedance = CMPLX(20.0 + (double)l, -7.0);
        ali_functional *current = &f->lumped[l].current;
        current->count = LOAD_FUNCTIONS;
        current->function = calloc(LOAD_FUNCTIONS, sizeof *current->function);
        current->weight = calloc(LOAD_FUNCTIONS, sizeof *current->weight);
        assert_non_null(current->function);
        assert_non_null(current->weight);
        for (size_t i = 0; i < LOAD_FUNCTIONS; i++) {
            current->function[i] = (l + 3 * i) % functions;
            current->weight[i] = 0.3 + (double)i;
        }
    }
}

static void make_basis_of(fixture *f, int degree, double k, bool image)
{
    size_t count = f->mesh->wires->element_count;
    unsigned char *degrees = calloc(count + 1, 1);
    assert_non_null(degrees);
    for (size_t e = 0; e < count; e++)
        degrees[e] = (unsigned char)(degree ? degree : 1 + (int)(e % 3));
    ali_basis_options options = {.wavenumber = k, .degrees = degrees};
    assert_int_equal(ali_basis_create(f->mesh, &options, &f->basis, NULL), ALICORN_OK);
    for (size_t e = 0; e < count; e++) /* the basis may take more than was asked */
        degrees[e] = (unsigned char)(f->basis->wires->degree[e] + 1);
    assert_int_equal(ali_near_create(f->mesh->wires, degrees, image, 1, &f->near, NULL),
                     ALICORN_OK);
    free(degrees);
}

static void set_up(fixture *f, ali_model *model, double k, const fixture_options *options)
{
    bool ground = options->ground != ALI_GROUND_NONE;
    *f = (fixture){.model = model};
    /* split ends where there are wires alone: near wires and faces take long to integrate */
    ali_mesh_options mesh = {
        .split_ends = model->surface_count == 0, .refine = 1, .ground = ground, .connect = ground};
    assert_int_equal(ali_mesh_create(model, &mesh, NULL, NULL, &f->mesh, NULL), ALICORN_OK);
    make_basis_of(f, options->degree, k, ground);
    ali_operator_setup setup = {.basis = f->basis,
                                .near = f->near,
                                .omega = k * ALI_C0,
                                .ground = options->ground,
                                .reflector = {.impedance = CMPLX(0.3, 0.1)},
                                .sheet = options->sheet};
    if (model->surface_count > 0) {
        assert_int_equal(
            ali_face_near_create(f->mesh, 4, ground, 1, NULL, NULL, &f->face_near, NULL),
            ALICORN_OK);
        assert_int_equal(ali_magnetic_near(model, f->mesh->surfaces, f->face_near, 1, NULL),
                         ALICORN_OK);
        assert_int_equal(ali_electric_shares(model, f->mesh->surfaces, &f->share, NULL),
                         ALICORN_OK);
        setup.face_near = f->face_near;
        setup.share = f->share;
    }
    if (options->loads) {
        load_all(f);
        setup.series = f->series;
        setup.lumped = f->lumped;
        setup.lumped_count = LOADS;
    }
    assert_int_equal(ali_operator_create(&setup, &f->operator, NULL), ALICORN_OK);
    f->n = f->basis->count;
    f->z = calloc(f->n * f->n, sizeof *f->z);
    assert_non_null(f->z);
    assert_int_equal(ali_operator_fill(f->operator, 0, f->n, 0, f->n, f->z, f->n, NULL),
                     ALICORN_OK);
    for (size_t i = 0; i < f->n * f->n; i++)
        f->largest = fmax(f->largest, cabs(f->z[i]));
}

static void tear_down(fixture *f)
{
    ali_operator_destroy(f->operator);
    free(f->z);
    free(f->share);
    free(f->series);
    for (size_t l = 0; l < LOADS && f->lumped; l++) {
        free(f->lumped[l].current.function);
        free(f->lumped[l].current.weight);
    }
    free(f->lumped);
    ali_face_near_destroy(f->face_near);
    ali_near_destroy(f->near);
    ali_basis_destroy(f->basis);
    ali_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

/* ---- lists and blocks ---- */

static size_t draw(uint64_t *random, size_t count)
{
    return (size_t)((0.5 + 0.5 * next_random(random)) * (double)count) % count;
}

/** A side of `count` random unknowns in random order, and which they are. */
typedef struct drawn_side {
    size_t count;
    size_t *unknowns;
    ali_operator_side *side;
} drawn_side;

static drawn_side draw_side(const fixture *f, size_t count, uint64_t *random)
{
    drawn_side drawn = {.count = count, .unknowns = calloc(f->n, sizeof(size_t))};
    assert_non_null(drawn.unknowns);
    for (size_t i = 0; i < f->n; i++)
        drawn.unknowns[i] = i;
    for (size_t i = 0; i < count; i++) {
        size_t j = i + draw(random, f->n - i), swap = drawn.unknowns[i];
        drawn.unknowns[i] = drawn.unknowns[j];
        drawn.unknowns[j] = swap;
    }
    assert_int_equal(
        ali_operator_side_create(f->operator, count, drawn.unknowns, &drawn.side, NULL),
        ALICORN_OK);
    return drawn;
}

static void drop_side(drawn_side *drawn)
{
    ali_operator_side_destroy(drawn->side);
    free(drawn->unknowns);
}

/** Largest error of a block relative to its norm, or to a thousandth of the matrix's largest
 * element for lines whose couplings all but cancel; HUGE_VAL if anything fails or is written
 * outside; without assertions, for other threads. */
static double block_error(const fixture *f, const drawn_side *rows, const drawn_side *columns)
{
    size_t leading = rows->count + 3;
    double complex *block = malloc(leading * columns->count * sizeof *block);
    double error = 0.0, norm = 0.0;
    for (size_t i = 0; block && i < leading * columns->count; i++)
        block[i] = CMPLX(7.0, NAN);
    if (!block || ali_operator_fill_sides(f->operator, rows->side, columns->side, block, leading,
                                          NULL) != ALICORN_OK)
        error = HUGE_VAL;
    for (size_t j = 0; j < columns->count && error < HUGE_VAL; j++)
        for (size_t i = 0; i < leading; i++) {
            double complex got = block[i + j * leading];
            if (i >= rows->count) {
                error = creal(got) == 7.0 ? error : HUGE_VAL;
                continue;
            }
            double complex wanted = f->z[rows->unknowns[i] + columns->unknowns[j] * f->n];
            double off = cabs(got - wanted);
            error = off <= error ? error : isnan(off) ? HUGE_VAL : off;
            norm += creal(wanted * conj(wanted));
        }
    free(block);
    return error / fmax(sqrt(norm), 1e-3 * f->largest);
}

static void check_block(const fixture *f, const drawn_side *rows, const drawn_side *columns)
{
    assert_close(block_error(f, rows, columns), 0.0, 1e-12);
}

/* ---- what is asked of every structure ---- */

/** All unknowns, permuted, as both sides; long lists, short ones and single unknowns as rows and as
 * columns, in turn, so that kept sides meet partners of all kinds. */
static void check_lists(const fixture *f)
{
    uint64_t random = 17;
    drawn_side all = draw_side(f, f->n, &random), half = draw_side(f, f->n / 2, &random);
    drawn_side few = draw_side(f, 4, &random), some = draw_side(f, 5, &random);
    drawn_side one = draw_side(f, 1, &random);
    check_block(f, &half, &half); /* nothing kept before, symmetric first */
    check_block(f, &all, &half);
    check_block(f, &half, &all);
    check_block(f, &all, &all);
    check_block(f, &one, &all);
    check_block(f, &all, &one);
    check_block(f, &few, &some);
    check_block(f, &few, &few);
    check_block(f, &few, &half);
    check_block(f, &half, &few);
    check_block(f, &one, &one);
    check_block(f, &half, &half);
    drop_side(&all);
    drop_side(&half);
    drop_side(&few);
    drop_side(&some);
    drop_side(&one);
}

/** Single rows and columns against lists that are kept. */
static void check_lines(const fixture *f)
{
    uint64_t random = 5;
    drawn_side all = draw_side(f, f->n, &random), half = draw_side(f, f->n / 2, &random);
    for (size_t i = 0; i < f->n; i += 5) {
        drawn_side one = {.count = 1, .unknowns = &i};
        assert_int_equal(ali_operator_side_create(f->operator, 1, &i, &one.side, NULL), ALICORN_OK);
        check_block(f, &one, &half);
        check_block(f, &all, &one);
        ali_operator_side_destroy(one.side);
    }
    drop_side(&all);
    drop_side(&half);
}

/** Sides of their own in several threads. */
static void check_threads(const fixture *f)
{
    enum { THREADS = 4 };
    drawn_side rows[THREADS], columns[THREADS];
    double error[THREADS];
    for (int t = 0; t < THREADS; t++) {
        uint64_t random = 100 + (uint64_t)t;
        rows[t] = draw_side(f, f->n / 3 - (size_t)t, &random);
        columns[t] = draw_side(f, f->n / 4, &random);
    }
#pragma omp parallel for num_threads(THREADS) schedule(static, 1)
    for (int t = 0; t < THREADS; t++) {
        error[t] = block_error(f, &rows[t], &columns[t]);
        error[t] = fmax(error[t], block_error(f, &columns[t], &rows[t]));
    }
    for (int t = 0; t < THREADS; t++) {
        assert_close(error[t], 0.0, 1e-12);
        drop_side(&rows[t]);
        drop_side(&columns[t]);
    }
}

static void check_all(fixture *f)
{
    check_lists(f);
    check_lines(f);
    check_threads(f);
    tear_down(f);
}

/* ---- structures ---- */

/** A bent wire with a branch, over z = 0 or standing on it, and a loop some way off. */
static void test_wires(void **state)
{
    (void)state;
    static const ali_vec3 corner[] = {{0, 0, 0}, {0, 0, 1.9},  {0.4, 0.1, 1.9}, {-0.5, 0, 1.9},
                                      {2, 0, 1}, {2.03, 0, 1}, {2.03, 0.03, 1}, {2, 0.03, 1}};
    static const int edge[][2] = {{0, 1}, {1, 2}, {1, 3}, {4, 5}, {5, 6}, {6, 7}, {7, 4}};
    for (int degree = 0; degree <= 3; degree++)
        for (int ground = ALI_GROUND_NONE; ground <= ALI_GROUND_REFLECTION; ground++) {
            fixture f;
            ali_model *model = wire_frame(corner, edge, sizeof edge / sizeof *edge, 1, 0.002);
            set_up(&f, model, 1.5,
                   &(fixture_options){
                       .degree = degree, .ground = (ali_ground_kind)ground, .loads = true});
            assert_true(f.basis->wires->loop_count > 0);
            check_all(&f);
        }
}

/** A plate with wires on a vertex, inside of a face and on an edge, and one that touches nothing.
 */
static ali_model *plate_with_wires(double height)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_plate(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){1.2, 0, 0}, (ali_vec3){0, 0.9, 0}, 3, 2);
    add_sheet(model, &sheet, 1.0);
    add_wire(model, 1, (ali_vec3){0.4, 0.45, height}, (ali_vec3){0.4, 0.45, height + 0.6}, 2e-3);
    add_wire(model, 1, (ali_vec3){0.95, 0.7, height}, (ali_vec3){1.0, 0.7, height + 0.4}, 2e-3);
    add_wire(model, 1, (ali_vec3){0.6, 0.45, height}, (ali_vec3){0.6, 0.4, height + 0.4}, 2e-3);
    add_wire(model, 1, (ali_vec3){0.1, 0.8, height + 0.1}, (ali_vec3){0.9, 0.8, height + 0.2},
             2e-3);
    /* far enough for the rules of far pairs, and short */
    add_wire(model, 1, (ali_vec3){4.1, 0.8, height + 0.1}, (ali_vec3){4.3, 0.8, height + 0.2},
             2e-3);
    return model;
}

static void test_attached_wires(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, plate_with_wires(0.2), 1.1,
           &(fixture_options){.degree = 0, .ground = ALI_GROUND_PEC, .loads = true});
    assert_int_equal(f.mesh->attachment_count, 3);
    check_all(&f);
}

static void test_sheet(void **state)
{
    (void)state;
    const double complex sheet[] = {CMPLX(100.0, 40.0)};
    fixture f;
    set_up(&f, plate_with_wires(0.3), 1.4,
           &(fixture_options){.degree = 2, .ground = ALI_GROUND_NONE, .sheet = sheet});
    check_all(&f);
}

/** Two spheres, one of them under the combined-field equation, and a wire on the other. */
static void test_combined_rows(void **state)
{
    (void)state;
    static sheet_builder sheet;
    ali_model *model = ali_model_create();
    assert_non_null(model);
    for (int body = 0; body < 2; body++) {
        sheet = (sheet_builder){0};
        build_sphere(&sheet, 1);
        for (size_t v = 0; v < sheet.vertex_count; v++)
            sheet.vertex[v] =
                ali_vec3_add(sheet.vertex[v], (ali_vec3){2.6 * body, 0.3 * body, 1.6});
        add_sheet(model, &sheet, body == 0 ? 0.3 : 1.0);
    }
    ali_vec3 foot = sheet.vertex[sheet.face[0][0]];
    add_wire(model, 1, foot, ali_vec3_add(foot, (ali_vec3){-0.1, 0.2, 0.9}), 5e-3);
    fixture f;
    set_up(&f, model, 0.9, &(fixture_options){.degree = 2, .ground = ALI_GROUND_PEC});
    assert_false(ali_operator_is_symmetric(f.operator));
    assert_int_equal(f.mesh->attachment_count, 1);
    check_all(&f);
}

/** Lists may be probes alone, and empty. */
static void test_probes_and_nothing(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, plate_with_wires(0.3), 1.0,
           &(fixture_options){.degree = 1, .ground = ALI_GROUND_NONE});
    size_t count = f.basis->probe_count, probes[32];
    assert_true(count <= 32);
    for (size_t e = 0; e < count; e++)
        probes[e] = f.n + count - 1 - e;
    double complex *wanted = calloc(count * f.n, sizeof *wanted);
    double complex *got = calloc(count * f.n, sizeof *got);
    size_t *unknowns = calloc(f.n, sizeof *unknowns);
    assert_true(wanted && got && unknowns);
    for (size_t i = 0; i < f.n; i++)
        unknowns[i] = i;
    ali_operator_side *rows, *columns, *none;
    assert_int_equal(ali_operator_side_create(f.operator, count, probes, &rows, NULL), ALICORN_OK);
    assert_int_equal(ali_operator_side_create(f.operator, f.n, unknowns, &columns, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_operator_side_create(f.operator, 0, unknowns, &none, NULL), ALICORN_OK);
    assert_int_equal(ali_operator_fill(f.operator, f.n, count, 0, f.n, wanted, count, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_operator_fill_sides(f.operator, rows, columns, got, count, NULL),
                     ALICORN_OK);
    double scale = 0.0;
    for (size_t i = 0; i < count * f.n; i++)
        scale = fmax(scale, cabs(wanted[i]));
    for (size_t j = 0; j < f.n; j++)
        for (size_t i = 0; i < count; i++)
            assert_close(got[i + j * count], wanted[count - 1 - i + j * count], 1e-12 * scale);
    assert_int_equal(ali_operator_fill_sides(f.operator, none, columns, got, 1, NULL), ALICORN_OK);
    assert_int_equal(ali_operator_fill_sides(f.operator, columns, none, got, f.n, NULL),
                     ALICORN_OK);
    ali_operator_side_destroy(rows);
    ali_operator_side_destroy(columns);
    ali_operator_side_destroy(none);
    free(wanted);
    free(got);
    free(unknowns);
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),
        cmocka_unit_test(test_attached_wires),
        cmocka_unit_test(test_sheet),
        cmocka_unit_test(test_combined_rows),
        cmocka_unit_test(test_probes_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
