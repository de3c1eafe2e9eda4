/* SPDX-License-Identifier: Apache-2.0 */
/* The compressed solver against the dense one, on matrices of an integral equation without its
 * physics. */
#include "solver/compressed.h"

#include "solver/cluster.h"
#include "solver/hierarchical_matrix.h"

#include "compressed_support.h"

/** Solutions of ten columns, both ways. */
static void compare_with_dense(cloud *c, bool kinds, double tolerance, double allowed)
{
    enum { WIDTH = 10 };
    ali_compressed_options options = small_options(1);
    options.matrix_tolerance = tolerance;
    ali_compressed *solver = must_compress(c, &options, kinds);
    ali_solver *dense = NULL;
    ali_compressed_solution found;
    assert_int_equal(ali_solver_create(c->n, fill_dense, c, NULL, &dense, NULL), ALICORN_OK);
    double complex *x = random_columns(c->n, WIDTH, 5), *y = copy_of(x, c->n * WIDTH);
    assert_int_equal(ali_compressed_solve(solver, WIDTH, x, &found, NULL), ALICORN_OK);
    assert_int_equal(ali_solver_solve(dense, WIDTH, y, NULL, NULL), ALICORN_OK);
    assert_true(found.residual <= options.target && found.residual > 0.0);
    assert_in_range(found.steps, 1, 20);
    assert_true(column_difference(c->n, WIDTH, x, y) < allowed);
    ali_compressed_facts facts = ali_compressed_get_facts(solver);
    assert_true(facts.matrix_error < 2 * tolerance && facts.matrix_error > 0.0);
    assert_true(facts.far_blocks > 100 && facts.compression < 0.9);
    assert_true(facts.contraction < 0.2);
    assert_true(facts.rescues > 0);
    assert_int_equal(facts.escalations, 0);
    free(x);
    free(y);
    ali_solver_destroy(dense);
    ali_compressed_destroy(solver);
}

static void solutions_are_those_of_the_dense_solver(void **state)
{
    (void)state;
    cloud c = new_sphere(1000);
    compare_with_dense(&c, false, 1e-5, 1e-4);
    clear_cloud(&c);
}

static void decoupled_blocks_are_solved_as_well(void **state)
{
    (void)state;
    for (int kinds = 0; kinds < 2; kinds++) {
        cloud c = new_tripoles(900);
        compare_with_dense(&c, kinds, 1e-3, 3e-3);
        clear_cloud(&c);
    }
}

static void units_do_not_matter(void **state)
{
    (void)state;
    cloud c = new_sphere(400);
    ali_compressed_options options = small_options(1);
    double complex *x[2];
    for (int graded = 0; graded < 2; graded++) {
        if (graded) {
            c.unit = calloc(c.n, sizeof *c.unit);
            assert_non_null(c.unit);
            for (size_t i = 0; i < c.n; i++)
                c.unit[i] = ldexp(1.0, (int)(i % 200) - 100);
        }
        x[graded] = random_columns(c.n, 1, 5);
        for (size_t i = 0; graded && i < c.n; i++)
            x[1][i] *= c.unit[i];
        ali_compressed *solver = must_compress(&c, &options, false);
        assert_int_equal(ali_compressed_solve(solver, 1, x[graded], NULL, NULL), ALICORN_OK);
        ali_compressed_destroy(solver);
    }
    for (size_t i = 0; i < c.n; i++)
        x[1][i] *= c.unit[i];
    assert_memory_equal(x[0], x[1], c.n * sizeof *x[0]);
    free(x[0]);
    free(x[1]);
    clear_cloud(&c);
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    (void)state;
    cloud c = new_tripoles(400);
    double complex *x[3];
    for (int threads = 1; threads <= 3; threads++) {
        ali_compressed_options options = small_options(threads);
        ali_compressed *solver = must_compress(&c, &options, true);
        x[threads - 1] = random_columns(c.n, 3, 5);
        assert_int_equal(ali_compressed_solve(solver, 3, x[threads - 1], NULL, NULL), ALICORN_OK);
        ali_compressed_destroy(solver);
    }
    for (int k = 1; k < 3; k++)
        assert_memory_equal(x[0], x[k], 3 * c.n * sizeof *x[0]);
    for (int k = 0; k < 3; k++)
        free(x[k]);
    clear_cloud(&c);
}

static void small_systems_work(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 40, 130};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        cloud c = new_sphere(sizes[s]);
        ali_compressed_options options = small_options(1);
        options.leaf = 4;
        ali_compressed *solver = must_compress(&c, &options, false);
        double complex *b = random_columns(c.n, 2, 5), *x = copy_of(b, 2 * c.n);
        memset(b + c.n, 0, c.n * sizeof *b); /* a right-hand side of zeros */
        memset(x + c.n, 0, c.n * sizeof *x);
        assert_int_equal(ali_compressed_solve(solver, 2, x, NULL, NULL), ALICORN_OK);
        double off = 0.0, size = 0.0;
        for (size_t i = 0; i < c.n; i++) {
            double complex left = b[i], value = 0.0;
            for (size_t j = 0; j < c.n; j++) {
                fill_cloud(&c, &(ali_unknown_list){1, &i, NULL}, &(ali_unknown_list){1, &j, NULL},
                           &value, 1, NULL);
                left -= value * x[j];
            }
            off += creal(left * conj(left));
            size += creal(b[i] * conj(b[i]));
            assert_true(x[c.n + i] == 0.0);
        }
        assert_true(sqrt(off / size) < 1e-4);
        free(b);
        free(x);
        ali_compressed_destroy(solver);
        clear_cloud(&c);
    }
}

/** A preconditioner of no use, 10 % off, is found out and replaced. */
static void a_loose_factor_is_made_tighter(void **state)
{
    (void)state;
    cloud c = new_sphere(900);
    c.diagonal *= 0.02; /* worse conditioned */
    ali_compressed_options options = small_options(1);
    options.factor_tolerance = 0.9;
    options.steps = 3;
    ali_compressed *solver = must_compress(&c, &options, false);
    ali_compressed_facts facts = ali_compressed_get_facts(solver);
    assert_in_range(facts.escalations, 1, 2);
    assert_true(facts.factor_tolerance < 0.1);
    double complex *x = random_columns(c.n, 1, 5);
    ali_compressed_destroy(solver);
    free(x);
    clear_cloud(&c);
}

/** The residual that is told is that of the caller's system, in the caller's units, and both norms
 * reach the target. */
static void the_residual_is_that_of_the_system_as_given(void **state)
{
    (void)state;
    cloud c = new_sphere(300);
    c.diagonal *= 0.03; /* far from converging at once */
    c.unit = calloc(c.n, sizeof *c.unit);
    assert_non_null(c.unit);
    for (size_t i = 0; i < c.n; i++)
        c.unit[i] = i % 37 ? 1.0 : 100.0;
    ali_compressed_options options = small_options(1);
    options.matrix_tolerance = 1e-7;
    options.factor_tolerance = 0.3;
    ali_compressed *solver = must_compress(&c, &options, false);
    double complex *b = random_columns(c.n, 1, 5), *x = copy_of(b, c.n);
    double off = 0.0, size = 0.0;
    ali_compressed_solution found;
    assert_int_equal(ali_compressed_solve_to(solver, 1e-4, 1, x, &found, NULL), ALICORN_OK);
    for (size_t i = 0; i < c.n; i++) {
        double complex left = b[i], value = 0.0;
        for (size_t j = 0; j < c.n; j++) {
            fill_cloud(&c, &(ali_unknown_list){1, &i, NULL}, &(ali_unknown_list){1, &j, NULL},
                       &value, 1, NULL);
            left -= value * x[j];
        }
        off += creal(left * conj(left));
        size += creal(b[i] * conj(b[i]));
    }
    assert_true(found.residual <= 1e-4 && found.residual > 1e-6);
    assert_true(fabs(sqrt(off / size) / found.residual - 1.0) < 0.02);
    free(b);
    free(x);
    ali_compressed_destroy(solver);
    clear_cloud(&c);
}

typedef struct stage_log {
    const char *stop_in;
    double fill, factor;
    bool backwards;
} stage_log;

static int note_stage(void *user, const char *stage, size_t done, size_t total)
{
    stage_log *log = user;
    double part = (double)done / (double)total;
    double *now = !strcmp(stage, "fill") ? &log->fill : &log->factor;
    log->backwards = log->backwards || part < *now;
    *now = part;
    return log->stop_in && !strcmp(stage, log->stop_in) && part > 0.5;
}

static void progress_is_told_and_obeyed(void **state)
{
    (void)state;
    cloud c = new_sphere(400);
    ali_compressed_geometry geometry = {.centre = c.point};
    static const char *const stages[] = {NULL, "fill", "factor"};
    for (int k = 0; k < 3; k++) {
        stage_log log = {.stop_in = stages[k]};
        ali_compressed_options options = small_options(1);
        options.progress = note_stage;
        options.progress_user = &log;
        ali_compressed *solver = NULL;
        alicorn_status status =
            ali_compressed_create(c.n, &geometry, source_of(&c), &options, &solver, NULL);
        assert_int_equal(status, k ? ALICORN_E_INTERRUPTED : ALICORN_OK);
        assert_true((solver != NULL) == (k == 0));
        assert_false(log.backwards);
        if (k == 0)
            assert_true(log.fill == 1.0 && log.factor == 1.0);
        ali_compressed_destroy(solver);
    }
    clear_cloud(&c);
}

static void failures_are_told(void **state)
{
    (void)state;
    cloud c = new_sphere(400);
    ali_compressed_geometry geometry = {.centre = c.point};
    ali_compressed_options options = small_options(1);
    ali_compressed *solver = NULL;
    alicorn_error error;
    c.broken = true;
    assert_int_equal(
        ali_compressed_create(c.n, &geometry, source_of(&c), &options, &solver, &error),
        ALICORN_E_INPUT);
    assert_string_equal(error.message, "broken");
    c.broken = false;
    c.poison = 17;
    assert_int_equal(
        ali_compressed_create(c.n, &geometry, source_of(&c), &options, &solver, &error),
        ALICORN_E_NUMERIC);
    c.poison = c.n;
    solver = must_compress(&c, &options, false);
    ali_compressed_facts facts = ali_compressed_get_facts(solver);
    ali_compressed_destroy(solver);
    for (int part = 0; part < 2; part++) { /* too little for the matrix; for the factor */
        size_t held = facts.near_bytes + facts.far_bytes;
        options.memory_limit = part ? held + facts.factor_bytes / 2 : held / 2;
        assert_int_equal(
            ali_compressed_create(c.n, &geometry, source_of(&c), &options, &solver, &error),
            ALICORN_E_MEMORY);
        assert_null(solver);
    }
    assert_int_equal(ali_compressed_create(0, &geometry, source_of(&c), &options, &solver, &error),
                     ALICORN_E_USAGE);
    options.memory_limit = 0;
    assert_int_equal(
        ali_compressed_create(c.n, &geometry, source_of(&c), &options, &solver, &error),
        ALICORN_OK);
    double complex *x = random_columns(c.n, 1, 5);
    x[3] = NAN;
    assert_int_equal(ali_compressed_solve(solver, 1, x, NULL, &error), ALICORN_E_NUMERIC);
    free(x);
    ali_compressed_destroy(solver);
    ali_compressed_destroy(NULL);
    clear_cloud(&c);
}

static void the_memory_stated_is_what_is_held(void **state)
{
    (void)state;
    cloud c = new_sphere(400);
    ali_compressed_options options = small_options(1);
    ali_compressed *solver = must_compress(&c, &options, false);
    ali_compressed_facts facts = ali_compressed_get_facts(solver);
    double parts = (double)(facts.near_bytes + facts.far_bytes + facts.factor_bytes);
    assert_true((double)facts.memory_bytes > parts && (double)facts.memory_bytes < 1.2 * parts);
    ali_compressed_prediction prediction;
    ali_compressed_geometry geometry = {.centre = c.point, .wavenumber = c.k};
    assert_int_equal(
        ali_compressed_predict(c.n, &geometry, source_of(&c), &options, &prediction, NULL),
        ALICORN_OK);
    assert_int_equal(prediction.bytes, facts.memory_predicted);
    double ratio = (double)prediction.bytes / (double)facts.memory_bytes;
    assert_true(ratio > 0.8 && ratio < 1.25);
    assert_true(facts.factor_bytes < facts.near_bytes + 2 * facts.far_bytes + 1000000);
    ali_compressed_destroy(solver);
    clear_cloud(&c);
}

static void clusters_are_halves_and_hold_their_points(void **state)
{
    (void)state;
    cloud c = new_sphere(777);
    double *radius = calloc(c.n, sizeof *radius);
    bool *seen = calloc(c.n, sizeof *seen);
    assert_true(radius && seen);
    for (size_t i = 0; i < c.n; i++)
        radius[i] = 0.001 * (double)(i % 10);
    ali_cluster_tree tree;
    assert_int_equal(ali_cluster_tree_create(c.n, c.point, radius, 20, &tree, NULL), ALICORN_OK);
    assert_int_equal(tree.depth, 6);
    for (unsigned level = 0; level <= tree.depth; level++) {
        for (size_t k = 0; k < (size_t)1 << level; k++) {
            const ali_cluster_box *box = ali_cluster_box_of(&tree, level, k);
            size_t first = ali_cluster_first(&tree, level, k);
            size_t count = ali_cluster_count(&tree, level, k), usual = c.n >> level;
            assert_in_range(count, usual, usual + 1);
            if (level == tree.depth) /* a patch of 4 pi/64, nearly square */
                assert_true(ali_cluster_box_diameter(box) < 1.0);
            for (size_t p = first; p < first + count; p++) {
                ali_vec3 q = c.point[tree.unknown[p]];
                double r = radius[tree.unknown[p]];
                assert_true(q.x - r >= box->low.x && q.x + r <= box->high.x);
                assert_true(q.y - r >= box->low.y && q.y + r <= box->high.y);
                assert_true(q.z - r >= box->low.z && q.z + r <= box->high.z);
                if (level == tree.depth) {
                    assert_false(seen[tree.unknown[p]]);
                    seen[tree.unknown[p]] = true;
                    assert_true(p == first || tree.unknown[p] > tree.unknown[p - 1]);
                }
            }
        }
    }
    ali_cluster_box a = {{0, 0, 0}, {1, 1, 1}}, b = {{4, 5, 0.5}, {5, 6, 2}};
    assert_true(fabs(ali_cluster_box_distance(&a, &b) - 5.0) < 1e-14);
    assert_true(fabs(ali_cluster_box_distance(&b, &a) - 5.0) < 1e-14);
    assert_true(fabs(ali_cluster_box_diameter(&a) - sqrt(3.0)) < 1e-14);
    ali_cluster_tree_clear(&tree);
    free(radius);
    free(seen);
    clear_cloud(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solutions_are_those_of_the_dense_solver),
        cmocka_unit_test(decoupled_blocks_are_solved_as_well),
        cmocka_unit_test(units_do_not_matter),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(small_systems_work),
        cmocka_unit_test(a_loose_factor_is_made_tighter),
        cmocka_unit_test(the_residual_is_that_of_the_system_as_given),
        cmocka_unit_test(progress_is_told_and_obeyed),
        cmocka_unit_test(failures_are_told),
        cmocka_unit_test(the_memory_stated_is_what_is_held),
        cmocka_unit_test(clusters_are_halves_and_hold_their_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
