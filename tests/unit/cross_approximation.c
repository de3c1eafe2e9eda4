/* SPDX-License-Identifier: Apache-2.0 */
/* Cross approximation and its guard: smooth blocks, and blocks whose parts do not know of each
 * other. */
#include "solver/cross_approximation.h"

#include "base/vec3.h"
#include "solver_support.h"

enum { SIDE = 200 };

/** Two sets of points, with a direction each; they couple by their directions' product. */
typedef struct coupling {
    ali_vec3 point[2 * SIDE], direction[2 * SIDE];
    bool only[2 * SIDE]; /**< unknowns that couple at all */
    unsigned char kind[2 * SIDE];
    double scale[2 * SIDE];
    size_t row[SIDE], column[SIDE];
    size_t asked;
} coupling;

static alicorn_status fill_coupling(void *context, const ali_unknown_list *rows,
                                    const ali_unknown_list *columns, double complex *block,
                                    size_t leading, alicorn_error *error)
{
    coupling *c = context;
    (void)error;
    c->asked += rows->count * columns->count;
    for (size_t j = 0; j < columns->count; j++)
        for (size_t i = 0; i < rows->count; i++) {
            size_t a = rows->unknown[i], b = columns->unknown[j];
            double r = ali_vec3_distance(c->point[a], c->point[b]);
            double both = ali_vec3_dot(c->direction[a], c->direction[b]);
            block[i + j * leading] =
                c->only[a] && c->only[b] ? both * CMPLX(cos(3.0 * r), -sin(3.0 * r)) / r : 0.0;
        }
    return ALICORN_OK;
}

/** Points of two unit cubes three apart, all along x. */
static coupling *new_coupling(void)
{
    coupling *c = calloc(1, sizeof *c);
    assert_non_null(c);
    uint64_t seed = 17;
    for (size_t i = 0; i < 2 * SIDE; i++) {
        double shift = i < SIDE ? 0.0 : 3.0;
        c->point[i] = (ali_vec3){shift + 0.5 * random_number(&seed), 0.5 * random_number(&seed),
                                 0.5 * random_number(&seed)};
        c->direction[i] = (ali_vec3){1, 0, 0};
        c->only[i] = true;
        c->scale[i] = 1.0;
        *(i < SIDE ? &c->row[i] : &c->column[i - SIDE]) = i;
    }
    return c;
}

/** |block - approximation| / |block| */
static double error_of(coupling *c, const ali_low_rank *sum)
{
    double off = 0.0, size = 0.0;
    double complex *full = new_array(SIDE * SIDE);
    fill_coupling(c, &(ali_unknown_list){SIDE, c->row, NULL},
                  &(ali_unknown_list){SIDE, c->column, NULL}, full, SIDE, NULL);
    for (size_t j = 0; j < SIDE; j++)
        for (size_t i = 0; i < SIDE; i++) {
            double complex value = full[i + j * SIDE];
            size += creal(value * conj(value));
            for (size_t l = 0; l < sum->rank; l++)
                value -=
                    (double complex)sum->u[i + l * SIDE] * (double complex)sum->v[j + l * SIDE];
            off += creal(value * conj(value));
        }
    free(full);
    return size > 0.0 ? sqrt(off / size) : sqrt(off);
}

static double approximate(coupling *c, bool kinds, size_t check, size_t *rank,
                          ali_cross_facts *facts)
{
    ali_matrix_source source = {.z = {.fill = fill_coupling, .context = c},
                                .scale = c->scale,
                                .kind = kinds ? c->kind : NULL};
    ali_cross_options options = {.tolerance = 1e-5, .rank_limit = 100, .check = check};
    ali_low_rank sum = {.rows = SIDE, .columns = SIDE};
    assert_int_equal(ali_cross_approximate(&source, c->row, c->column, &options, &sum, facts, NULL),
                     ALICORN_OK);
    assert_true(facts->converged);
    double error = error_of(c, &sum);
    *rank = sum.rank;
    ali_low_rank_clear(&sum);
    return error;
}

static void a_smooth_block_takes_few_rows_and_columns(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    ali_cross_facts facts;
    size_t rank;
    double error = approximate(c, false, 1, &rank, &facts);
    assert_true(error < 2e-5);
    assert_in_range(rank, 5, 30);
    assert_true(facts.evaluated < 3 * SIDE * SIDE / 4);
    assert_true(facts.evaluated + SIDE * SIDE == c->asked); /* error_of asked for the rest */
    free(c);
}

/** Plain cross approximation misses much of the block; with checks it does not. */
static void assert_checks_are_needed(coupling *c)
{
    ali_cross_facts facts;
    size_t rank;
    assert_true(approximate(c, false, 0, &rank, &facts) > 0.3);
    assert_true(approximate(c, false, 1, &rank, &facts) < 2e-5);
    assert_true(facts.rescues >= 1);
}

/** Half of the wires on both sides run along y, and couple to each other only. Plain cross
 * approximation stays with the half it began in. */
static void perpendicular_halves_are_both_found(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    for (size_t i = 0; i < 2 * SIDE; i++)
        if (i % SIDE < SIDE / 2)
            c->direction[i] = (ali_vec3){0, 1, 0};
    assert_checks_are_needed(c);
    free(c);
}

/** Three directions, mixed: three blocks in one. */
static void three_mixed_directions_are_all_found(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    for (size_t i = 0; i < 2 * SIDE; i++)
        c->direction[i] = (ali_vec3){i % 3 == 0, i % 3 == 1, i % 3 == 2};
    assert_checks_are_needed(c);
    free(c);
}

/** Six rows and four columns couple, nothing else. Plain cross approximation finds a row of zeros
 * and a matrix of zeros; random rows find the few only with luck; kinds name them. */
static void a_few_that_couple_are_found_by_their_kind(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    for (size_t i = 0; i < 2 * SIDE; i++) {
        c->only[i] = i < SIDE ? i % 37 == 3 : i % 53 == 9;
        c->kind[i] = c->only[i];
    }
    ali_cross_facts facts;
    size_t rank;
    assert_true(approximate(c, false, 0, &rank, &facts) > 0.99);
    assert_true(approximate(c, true, 1, &rank, &facts) < 2e-5);
    assert_in_range(rank, 1, 4);
    assert_true(facts.rescues >= 1);
    free(c);
}

static void blocks_of_zeros_have_rank_zero(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    memset(c->only, 0, sizeof c->only);
    ali_cross_facts facts;
    size_t rank;
    assert_true(approximate(c, false, 1, &rank, &facts) == 0.0);
    assert_int_equal(rank, 0);
    free(c);
}

static void a_block_of_full_rank_is_given_up(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    for (size_t i = 0; i < SIDE; i++) { /* touching pairs: nearly a diagonal matrix */
        c->point[SIDE + i] = c->point[i];
        c->point[SIDE + i].x += 1e-4;
    }
    ali_matrix_source source = {.z = {.fill = fill_coupling, .context = c}, .scale = c->scale};
    ali_cross_options options = {.tolerance = 1e-5, .rank_limit = 50, .check = 1};
    ali_low_rank sum = {.rows = SIDE, .columns = SIDE};
    ali_cross_facts facts;
    assert_int_equal(
        ali_cross_approximate(&source, c->row, c->column, &options, &sum, &facts, NULL),
        ALICORN_OK);
    assert_false(facts.converged);
    assert_int_equal(facts.steps, 50);
    assert_int_equal(sum.rank, 0);
    free(c);
}

static void rows_and_columns_are_scaled(void **state)
{
    (void)state;
    coupling *c = new_coupling();
    for (size_t i = 0; i < 2 * SIDE; i++)
        c->scale[i] = ldexp(1.0, (int)(i % 7));
    ali_matrix_source source = {.z = {.fill = fill_coupling, .context = c}, .scale = c->scale};
    double complex block[6], plain[6];
    const ali_unknown_list rows = {2, c->row + 5, NULL}, columns = {3, c->column + 1, NULL};
    assert_int_equal(ali_matrix_source_fill(&source, &rows, &columns, block, NULL), ALICORN_OK);
    fill_coupling(c, &rows, &columns, plain, 2, NULL);
    for (size_t j = 0; j < 3; j++)
        for (size_t i = 0; i < 2; i++)
            assert_true(block[i + 2 * j] ==
                        plain[i + 2 * j] * c->scale[5 + i] * c->scale[SIDE + 1 + j]);
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smooth_block_takes_few_rows_and_columns),
        cmocka_unit_test(perpendicular_halves_are_both_found),
        cmocka_unit_test(three_mixed_directions_are_all_found),
        cmocka_unit_test(a_few_that_couple_are_found_by_their_kind),
        cmocka_unit_test(blocks_of_zeros_have_rank_zero),
        cmocka_unit_test(a_block_of_full_rank_is_given_up),
        cmocka_unit_test(rows_and_columns_are_scaled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
