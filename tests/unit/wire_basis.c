/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/wire_basis.h"

#include "base/constants.h"
#include "basis/wire_current.h"
#include "math/quadrature.h"
#include "wire_support.h"

enum { SIZE = ALI_DEGREE_MAX + 2 };

static const ali_mesh_options plain = {.refine = 1};
static const ali_mesh_options grounded = {.refine = 1, .ground = true, .connect = true};
/** So low that every loop is small, and so high that none is. */
static const double LOW = 1e-4, HIGH = 1e3;

/* ---- structures ---- */

static const ali_vec3 cube[] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 1}, {1, 1, 1},
                                {0, 0, 2}, {1, 0, 2}, {0, 1, 2}, {1, 1, 2}};
static const int cube_edges[][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3},
                                    {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {7, 3}};

static ali_model *make_cube(size_t segments)
{
    return wire_frame(cube, cube_edges, 12, segments, 0.01);
}

/** n x n meshes of wires, the lines in one segment per mesh. */
static ali_model *make_grid(int n)
{
    ali_model *model = ali_model_create();
    for (int i = 0; i <= n; i++) {
        add_wire(model, (size_t)n, (ali_vec3){i, 0, 3}, (ali_vec3){i, n, 3}, 0.01);
        add_wire(model, (size_t)n, (ali_vec3){0, i, 3}, (ali_vec3){n, i, 3}, 0.01);
    }
    return model;
}

static ali_model *make_ladder(int rungs)
{
    ali_model *model = ali_model_create();
    add_wire(model, (size_t)rungs - 1, (ali_vec3){0, 0, 3}, (ali_vec3){rungs - 1, 0, 3}, 0.01);
    add_wire(model, (size_t)rungs - 1, (ali_vec3){0, 0.3, 3}, (ali_vec3){rungs - 1, 0.3, 3}, 0.01);
    for (int i = 0; i < rungs; i++)
        add_wire(model, 1, (ali_vec3){i, 0.3 * (i % 2), 3}, (ali_vec3){i, 0.3 * (1 - i % 2), 3},
                 0.01);
    return model;
}

/** Two masts on the ground, joined on top. */
static ali_model *make_gate(void)
{
    ali_model *model = ali_model_create();
    add_wire(model, 2, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, 0.01);
    add_wire(model, 3, (ali_vec3){1, 0, 1}, (ali_vec3){0, 0, 1}, 0.01);
    add_wire(model, 2, (ali_vec3){1, 0, 1}, (ali_vec3){1, 0, 0}, 0.01);
    return model;
}

/** A star of five wires on a mast, one of them bent to the ground, with a loose dipole beside. */
static ali_model *make_mast(void)
{
    ali_model *model = ali_model_create();
    add_wire(model, 2, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 4}, 0.02);
    for (int i = 0; i < 5; i++)
        add_wire(model, 1 + (size_t)i % 2, (ali_vec3){0, 0, 4},
                 (ali_vec3){cos(1.2 * i), sin(1.2 * i), 3}, 0.01);
    add_wire(model, 1, (ali_vec3){1, 0, 0}, (ali_vec3){1, 0, 3}, 0.01);
    add_wire(model, 3, (ali_vec3){9, 0, 5}, (ali_vec3){9, 3, 5}, 0.005);
    return model;
}

typedef struct structure {
    const char *name;
    ali_model *model;
    ali_mesh_options options;
    size_t loops; /**< independent ones, through the ground as well */
} structure;

enum { STRUCTURES = 7 };

static void make_structures(structure list[STRUCTURES])
{
    ali_mesh_options split = grounded;
    split.split_ends = true;
    split.refine = 2;
    list[0] = (structure){"cube", make_cube(1), plain, 5};
    list[1] = (structure){"cube of two", make_cube(2), grounded, 5};
    list[2] = (structure){"grid", make_grid(4), plain, 16};
    list[3] = (structure){"ladder", make_ladder(6), split, 5};
    list[4] = (structure){"gate", make_gate(), grounded, 1};
    list[5] = (structure){"mast", make_mast(), split, 1};
    list[6] = (structure){"gate without ground", make_gate(), plain, 0};
}

static void free_structures(structure list[STRUCTURES])
{
    for (int i = 0; i < STRUCTURES; i++)
        ali_model_destroy(list[i].model);
}

/* ---- shapes ---- */

static double legendre_sum(const double *coefficient, int order, double u)
{
    double p[SIZE], sum = 0.0;
    ali_legendre(u, order, p);
    for (int k = 0; k <= order; k++)
        sum += coefficient[k] * p[k];
    return sum;
}

static void test_shapes_are_what_they_are_called(void **state)
{
    (void)state;
    const double half = 0.7;
    for (int shape = 0; shape < ALI_SHAPE_COUNT - 1; shape++) {
        double current[SIZE], slope[SIZE];
        int degree = ali_shape_degree(shape);
        ali_shape_legendre(shape, half, SIZE - 1, current, slope);
        double start = legendre_sum(current, SIZE - 1, -1.0),
               end = legendre_sum(current, SIZE - 1, 1.0);
        assert_close(start, shape == ALI_SHAPE_START || shape == ALI_SHAPE_CONSTANT, 1e-15);
        assert_close(end, shape == ALI_SHAPE_END || shape == ALI_SHAPE_CONSTANT, 1e-15);
        for (int k = degree + 1; k < SIZE; k++)
            assert_true(current[k] == 0.0 && slope[k] == 0.0);
        if (degree > 0)
            assert_true(current[degree] != 0.0);
        for (double u = -0.95; u < 1.0; u += 0.19) {
            double p[SIZE], wanted = 1.0;
            ali_legendre(u, SIZE - 1, p);
            if (degree == 1)
                wanted = 0.5 * (1.0 + (shape == ALI_SHAPE_END ? u : -u));
            else if (degree > 1)
                wanted = (p[degree] - p[degree - 2]) / (2 * degree - 1);
            assert_close(legendre_sum(current, SIZE - 1, u), wanted, 1e-14);
            /* the slope is the derivative along the wire, s = h u */
            double step = 1e-4, difference = (legendre_sum(current, SIZE - 1, u + step) -
                                              legendre_sum(current, SIZE - 1, u - step)) /
                                             (2.0 * step * half);
            assert_close(legendre_sum(slope, SIZE - 1, u), difference, 1e-6);
        }
    }
    /* bubbles of different degree carry orthogonal charge, and none in sum */
    for (int degree = 2; degree <= ALI_DEGREE_MAX + 1; degree++) {
        double current[SIZE], slope[SIZE];
        ali_shape_legendre(ALI_SHAPE_BUBBLE + degree, half, SIZE - 1, current, slope);
        for (int k = 0; k < SIZE; k++)
            assert_close(slope[k], k == degree - 1 ? 1.0 / half : 0.0, 1e-15);
    }
}

/* ---- counting ---- */

static size_t count_by_hand(const ali_wire_mesh *mesh)
{
    size_t count = 0;
    for (size_t n = 0; n < mesh->node_count; n++)
        count += mesh->node_first[n + 1] - mesh->node_first[n] - !mesh->node_grounded[n];
    return count;
}

static void test_numbers_of_unknowns(void **state)
{
    (void)state;
    structure list[STRUCTURES];
    make_structures(list);
    for (int i = 0; i < STRUCTURES; i++) {
        ali_wire_mesh *mesh = make_mesh(list[i].model, list[i].options);
        for (int degree = 1; degree < ALI_DEGREE_MAX; degree++) {
            ali_wire_basis *low = make_basis(mesh, degree, LOW),
                           *high = make_basis(mesh, degree, HIGH);
            size_t rooftops = count_by_hand(mesh);
            assert_int_equal(low->count, rooftops + mesh->element_count * (size_t)(degree - 1));
            assert_int_equal(high->count, low->count);
            assert_int_equal(low->loop_count, list[i].loops);
            assert_int_equal(high->loop_count, 0);
            for (int d = 1; d <= ALI_DEGREE_MAX; d++)
                assert_int_equal(low->degree_count[d],
                                 rooftops +
                                     mesh->element_count * (size_t)((d < degree ? d : degree) - 1));
            ali_wire_basis_destroy(low);
            ali_wire_basis_destroy(high);
        }
        ali_wire_mesh_destroy(mesh);
    }
    free_structures(list);
    ali_wire_basis_destroy(NULL);
}

static void test_degree_follows_electrical_length(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    const double length[] = {0.029, 0.031, 0.59, 0.61, 1.29, 1.31, 1.61, 2.61, 2.81, 9.0};
    const int fine[] = {1, 2, 2, 2, 2, 3, 3, 4, 4, 4}, coarse[] = {1, 1, 1, 2, 2, 2, 3, 3, 4, 4};
    double x = 0.0;
    for (int i = 0; i < 10; x += length[i++])
        add_wire(model, 1, (ali_vec3){x, 0, 0}, (ali_vec3){x + length[i], 0, 0}, 1e-4);
    ali_wire_mesh *mesh = make_mesh(model, plain);
    for (int pass = 0; pass < 4; pass++) {
        const unsigned char given[10] = {4, 1, 2, 3, 4, 1, 2, 3, 1, 1};
        ali_basis_options options = {.degree = pass == 2 ? 3 : 0,
                                     .wavenumber = 1.0,
                                     .coarse = pass == 1,
                                     .degrees = pass == 3 ? given : NULL};
        ali_wire_basis *basis;
        size_t bubbles = 0;
        assert_int_equal(ali_wire_basis_create(mesh, &options, &basis, NULL), ALICORN_OK);
        for (size_t e = 0; e < 10; e++) {
            int wanted = pass == 0 ? fine[e] : pass == 1 ? coarse[e] : pass == 2 ? 3 : given[e];
            assert_int_equal(basis->degree[e], wanted);
            bubbles += (size_t)wanted - 1;
        }
        assert_int_equal(basis->count, 9 + bubbles);
        ali_wire_basis_destroy(basis);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** Where no rooftop is, a bubble carries the current: every wire can be driven. */
static void test_no_element_is_without_unknowns(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    for (int i = 0; i < 3; i++)
        add_wire(model, 1, (ali_vec3){0, i, 0}, (ali_vec3){1e-3, i, 0}, 1e-3);
    ali_wire_mesh *mesh = make_mesh(model, plain);
    for (int degree = 0; degree < 2; degree++) {
        ali_wire_basis *basis = make_basis(mesh, degree, 1.0);
        assert_int_equal(basis->count, 3);
        ali_wire_basis_destroy(basis);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- the functions ---- */

/** Lists by element and by function say the same, each in its order; behind the unknowns one probe
 * per element. */
static void check_lists(const ali_wire_mesh *mesh, const ali_wire_basis *basis)
{
    size_t terms = basis->element_first[mesh->element_count];
    assert_int_equal(basis->element_first[0], 0);
    assert_int_equal(basis->function_first[0], 0);
    assert_int_equal(basis->function_first[basis->count + mesh->element_count], terms);
    for (size_t e = 0; e < mesh->element_count; e++)
        for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++) {
            const ali_term *term = &basis->terms[t];
            if (t > basis->element_first[e])
                assert_true(term->function > term[-1].function);
            size_t found = 0;
            for (size_t i = basis->function_first[term->function];
                 i < basis->function_first[term->function + 1]; i++)
                found += basis->function_elements[i] == e;
            assert_int_equal(found, 1);
            assert_true(fabs(term->weight) == 1.0);
            if (term->function >= basis->count) {
                assert_int_equal(term->function, basis->count + e);
                assert_int_equal(term->shape, ALI_SHAPE_BUBBLE + basis->degree[e] + 1);
            } else {
                assert_true(ali_shape_degree(term->shape) <= basis->degree[e]);
            }
        }
}

/** Current out of the node into the element at one of its ends. */
static double complex inflow(const ali_wire_current *current, ali_element_end end)
{
    double complex value = ali_wire_current_at(current, end / 2, end % 2 ? 1.0 : -1.0);
    return end % 2 ? -value : value;
}

static void test_kirchhoff_holds_for_any_coefficients(void **state)
{
    (void)state;
    structure list[STRUCTURES];
    uint64_t seed = 5;
    make_structures(list);
    for (int i = 0; i < STRUCTURES; i++)
        for (int degree = 0; degree < ALI_DEGREE_MAX; degree++) {
            ali_wire_mesh *mesh = make_mesh(list[i].model, list[i].options);
            ali_wire_basis *basis = make_basis(mesh, degree, degree % 2 ? LOW : 1.7);
            double complex *x = calloc(basis->count, sizeof *x);
            for (size_t f = 0; f < basis->count; f++)
                x[f] = CMPLX(next_random(&seed), next_random(&seed));
            check_lists(mesh, basis);
            ali_wire_current current;
            assert_int_equal(ali_wire_current_create(basis, x, &current, NULL), ALICORN_OK);
            for (size_t n = 0; n < mesh->node_count; n++) {
                double complex sum = 0.0;
                for (size_t j = mesh->node_first[n]; j < mesh->node_first[n + 1]; j++)
                    sum += inflow(&current, mesh->node_ends[j]);
                if (!mesh->node_grounded[n])
                    assert_close(sum, 0.0, 1e-13);
            }
            /* the charge of each element is the difference of its end currents */
            for (size_t e = 0; e < mesh->element_count; e++) {
                double complex total =
                    current.slope[e * ((size_t)current.order + 1)] * 2.0 * mesh->elements[e].half;
                assert_close(total,
                             ali_wire_current_at(&current, e, 1.0) -
                                 ali_wire_current_at(&current, e, -1.0),
                             1e-12);
            }
            ali_wire_current_clear(&current);
            ali_wire_current_clear(&current);
            free(x);
            ali_wire_basis_destroy(basis);
            ali_wire_mesh_destroy(mesh);
        }
    free_structures(list);
}

/** Functions of the lower degree are the first of the higher, unchanged. */
static void test_lower_degree_is_the_leading_part(void **state)
{
    (void)state;
    ali_model *model = make_mast();
    ali_wire_mesh *mesh = make_mesh(model, grounded);
    for (int degree = 1; degree + 1 < ALI_DEGREE_MAX; degree++) {
        ali_wire_basis *low = make_basis(mesh, degree, LOW),
                       *high = make_basis(mesh, degree + 1, LOW);
        assert_int_equal(high->degree_count[degree], low->count);
        for (size_t e = 0; e < mesh->element_count; e++)
            for (size_t t = low->element_first[e], h = high->element_first[e];
                 t < low->element_first[e + 1] && low->terms[t].function < low->count; t++, h++) {
                assert_int_equal(low->terms[t].function, high->terms[h].function);
                assert_int_equal(low->terms[t].shape, high->terms[h].shape);
                assert_true(low->terms[t].weight == high->terms[h].weight);
            }
        ali_wire_basis_destroy(low);
        ali_wire_basis_destroy(high);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** Rank of int f_m f_n ds by elimination with diagonal pivots. */
static size_t gram_rank(const ali_wire_mesh *mesh, const ali_wire_basis *basis)
{
    size_t n = basis->count, rank = 0;
    double *gram = calloc(n * n, sizeof *gram);
    for (size_t e = 0; e < mesh->element_count; e++)
        for (size_t s = basis->element_first[e]; s < basis->element_first[e + 1]; s++)
            for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++) {
                const ali_term *p = &basis->terms[s], *q = &basis->terms[t];
                double a[SIZE], b[SIZE], unused[SIZE];
                if (p->function >= n || q->function >= n)
                    continue;
                ali_shape_legendre(p->shape, 1.0, SIZE - 1, a, unused);
                ali_shape_legendre(q->shape, 1.0, SIZE - 1, b, unused);
                for (int k = 0; k < SIZE; k++)
                    gram[p->function * n + q->function] +=
                        p->weight * q->weight * a[k] * b[k] * 2.0 / (2 * k + 1);
            }
    for (size_t step = 0; step < n; step++) {
        size_t pivot = 0;
        for (size_t i = 0; i < n; i++)
            if (gram[i * n + i] > gram[pivot * n + pivot])
                pivot = i;
        double value = gram[pivot * n + pivot];
        if (value < 1e-9)
            break;
        rank++;
        for (size_t i = 0; i < n; i++) {
            double factor = gram[i * n + pivot] / value;
            for (size_t j = 0; j < n && i != pivot; j++)
                gram[i * n + j] -= factor * gram[pivot * n + j];
        }
        for (size_t j = 0; j < n; j++)
            gram[pivot * n + j] = gram[j * n + pivot] = 0.0;
    }
    free(gram);
    return rank;
}

static void test_functions_are_independent(void **state)
{
    (void)state;
    structure list[STRUCTURES];
    make_structures(list);
    for (int i = 0; i < STRUCTURES; i++) {
        ali_wire_mesh *mesh = make_mesh(list[i].model, list[i].options);
        for (int degree = 1; degree <= 3; degree += 2) {
            ali_wire_basis *basis = make_basis(mesh, degree, LOW);
            assert_int_equal(gram_rank(mesh, basis), basis->count);
            ali_wire_basis_destroy(basis);
        }
        ali_wire_mesh_destroy(mesh);
    }
    free_structures(list);
}

/* ---- loops ---- */

/** Loop functions: constant on their elements, so without charge; returns the elements in all. */
static size_t check_loop_functions(const ali_wire_mesh *mesh, const ali_wire_basis *basis)
{
    size_t loops = 0, elements = 0;
    double complex *x = calloc(basis->count, sizeof *x);
    for (size_t f = 0; f < basis->degree_count[1]; f++) {
        size_t e = basis->function_elements[basis->function_first[f]], t = basis->element_first[e];
        while (basis->terms[t].function != f)
            t++;
        if (basis->terms[t].shape != ALI_SHAPE_CONSTANT)
            continue;
        ali_wire_current current;
        x[f] = 1.0;
        assert_int_equal(ali_wire_current_create(basis, x, &current, NULL), ALICORN_OK);
        x[f] = 0.0;
        for (size_t e2 = 0; e2 < mesh->element_count; e2++)
            for (int k = 0; k <= current.order; k++)
                assert_true(current.slope[e2 * ((size_t)current.order + 1) + (size_t)k] == 0.0);
        for (size_t n = 0; n < mesh->node_count; n++) {
            double complex sum = 0.0;
            for (size_t j = mesh->node_first[n]; j < mesh->node_first[n + 1]; j++)
                sum += inflow(&current, mesh->node_ends[j]);
            if (!mesh->node_grounded[n])
                assert_true(sum == 0.0);
        }
        ali_wire_current_clear(&current);
        elements += basis->function_first[f + 1] - basis->function_first[f];
        loops++;
    }
    assert_int_equal(loops, basis->loop_count);
    free(x);
    return elements;
}

static void test_loop_currents_carry_no_charge(void **state)
{
    (void)state;
    structure list[STRUCTURES];
    make_structures(list);
    for (int i = 0; i < STRUCTURES; i++) {
        ali_wire_mesh *mesh = make_mesh(list[i].model, list[i].options);
        ali_wire_basis *basis = make_basis(mesh, 2, LOW);
        check_loop_functions(mesh, basis);
        ali_wire_basis_destroy(basis);
        ali_wire_mesh_destroy(mesh);
    }
    free_structures(list);
}

/** Short loops: the faces of a grid, the meshes of a ladder. */
static void test_loops_are_short(void **state)
{
    (void)state;
    ali_model *models[] = {make_grid(5), make_ladder(8), make_cube(1)};
    const size_t wanted[] = {25 * 4, 7 * 4, 5 * 4};
    for (int i = 0; i < 3; i++) {
        ali_wire_mesh *mesh = make_mesh(models[i], plain);
        ali_wire_basis *basis = make_basis(mesh, 1, LOW);
        assert_int_equal(check_loop_functions(mesh, basis), wanted[i]);
        ali_wire_basis_destroy(basis);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(models[i]);
    }
}

/** The loop over the ground runs up one mast and down the other, and returns through the ground. */
static void test_loop_through_the_ground(void **state)
{
    (void)state;
    ali_model *model = make_gate();
    ali_wire_mesh *mesh = make_mesh(model, grounded);
    ali_wire_basis *basis = make_basis(mesh, 1, LOW);
    assert_int_equal(basis->loop_count, 1);
    assert_int_equal(check_loop_functions(mesh, basis), mesh->element_count);
    ali_wire_basis_destroy(basis);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** Wire ends on surfaces have functions of their own. Loops run through one node on a surface, not
 * from one to another. */
static void test_ends_on_surfaces(void **state)
{
    (void)state;
    ali_model *model = make_gate(); /* two masts and a wire between their tops */
    ali_wire_contact contacts[2];
    size_t count = 0, node[2];
    for (size_t s = 0; s < model->segment_count; s++)
        for (size_t side = 0; side < 2; side++) {
            ali_vec3 end = side ? model->segments[s].end : model->segments[s].start;
            if (end.z == 0.0 && count < 2)
                contacts[count++] = (ali_wire_contact){s, (double)side, end};
        }
    assert_int_equal(count, 2);
    ali_wire_mesh *mesh = NULL, *loose = make_mesh(model, plain);
    ali_mesh_options options = plain;
    assert_int_equal(
        ali_wire_mesh_create_attached(model, &options, 2, contacts, node, NULL, NULL, &mesh, NULL),
        ALICORN_OK);
    ali_wire_basis *basis = make_basis(mesh, 1, LOW), *free_basis = make_basis(loose, 1, LOW);
    assert_int_equal(mesh->element_count, loose->element_count);
    assert_int_equal(basis->count, free_basis->count + 2);
    assert_int_equal(basis->loop_count, 0);
    for (size_t i = 0; i < 2; i++) {
        assert_true(mesh->node_attached[node[i]]);
        /* the current at the attached end is that of one function */
        ali_element_end end = mesh->node_ends[mesh->node_first[node[i]]];
        size_t carried = 0;
        for (size_t t = basis->element_first[end / 2]; t < basis->element_first[end / 2 + 1]; t++)
            carried += basis->terms[t].shape == (end % 2 ? ALI_SHAPE_END : ALI_SHAPE_START);
        assert_int_equal(carried, 1);
    }
    ali_wire_basis_destroy(basis);
    ali_wire_basis_destroy(free_basis);
    ali_wire_mesh_destroy(loose);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);

    /* a small triangle of wires that closes in its only node on a surface */
    const ali_vec3 corner[] = {{0, 0, 0}, {1, 0, 1}, {0, 0, 1}};
    const int edge[][2] = {{0, 1}, {1, 2}, {2, 0}};
    model = wire_frame(corner, edge, 3, 1, 0.01);
    contacts[0] = (ali_wire_contact){0, 0.0, corner[0]};
    assert_int_equal(
        ali_wire_mesh_create_attached(model, &options, 1, contacts, node, NULL, NULL, &mesh, NULL),
        ALICORN_OK);
    basis = make_basis(mesh, 1, LOW);
    assert_int_equal(basis->count, 4);
    assert_int_equal(basis->loop_count, 1);
    assert_int_equal(check_loop_functions(mesh, basis), 3);
    ali_wire_basis_destroy(basis);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** A tenth of a wavelength around is the limit, measured over the rooftops: these pass through the
 * first element of a junction, which counts it even where the loop only touches it. */
static void test_only_small_loops_become_functions(void **state)
{
    (void)state;
    ali_model *model = make_cube(1);
    ali_wire_mesh *mesh = make_mesh(model, plain);
    const double wavelength[] = {39.9, 80.1};
    for (int i = 0; i < 2; i++) {
        ali_wire_basis *basis = make_basis(mesh, 1, 2.0 * ALI_PI / wavelength[i]);
        assert_int_equal(basis->loop_count, i == 0 ? 0 : 5);
        ali_wire_basis_destroy(basis);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes_are_what_they_are_called),
        cmocka_unit_test(test_numbers_of_unknowns),
        cmocka_unit_test(test_degree_follows_electrical_length),
        cmocka_unit_test(test_no_element_is_without_unknowns),
        cmocka_unit_test(test_kirchhoff_holds_for_any_coefficients),
        cmocka_unit_test(test_lower_degree_is_the_leading_part),
        cmocka_unit_test(test_functions_are_independent),
        cmocka_unit_test(test_loop_currents_carry_no_charge),
        cmocka_unit_test(test_loops_are_short),
        cmocka_unit_test(test_loop_through_the_ground),
        cmocka_unit_test(test_ends_on_surfaces),
        cmocka_unit_test(test_only_small_loops_become_functions),
    };
    return cmocka_run_group_tests_name("wire_basis", tests, NULL, NULL);
}
