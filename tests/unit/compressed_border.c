/* SPDX-License-Identifier: Apache-2.0 */
/* A compressed system with a border against the dense solver on the whole. */
#include "solver/compressed_border.h"

#include "compressed_support.h"

/** A cloud whose last unknowns, spread over it, are the border. */
typedef struct extended {
    cloud whole;
    size_t n, m;
    double complex *border, *corner;
} extended;

static extended new_extended(cloud whole, size_t m)
{
    extended e = {.whole = whole,
                  .n = whole.n - m,
                  .m = m,
                  .border = new_array((whole.n - m) * m),
                  .corner = new_array(m * m)};
    for (size_t i = 0; i < m; i++) {
        size_t a = whole.n - 1 - i, b = i * (whole.n / m);
        ali_vec3 point = whole.point[a], direction = whole.direction[a];
        whole.point[a] = whole.point[b];
        whole.direction[a] = whole.direction[b];
        whole.point[b] = point;
        whole.direction[b] = direction;
    }
    return e;
}

static void fill_extended(extended *e)
{
    size_t *list = calloc(e->whole.n, sizeof *list);
    assert_non_null(list);
    for (size_t i = 0; i < e->whole.n; i++)
        list[i] = i;
    const ali_unknown_list inner = {e->n, list, NULL}, outer = {e->m, list + e->n, NULL};
    fill_cloud(&e->whole, &inner, &outer, e->border, e->n, NULL);
    fill_cloud(&e->whole, &outer, &outer, e->corner, e->m, NULL);
    free(list);
}

static void clear_extended(extended *e)
{
    free(e->border);
    free(e->corner);
    clear_cloud(&e->whole);
}

static ali_compressed *compress_inner(extended *e, int threads)
{
    cloud inner = e->whole;
    inner.n = e->n;
    ali_compressed_options options = small_options(threads);
    return must_compress(&inner, &options, false);
}

/** Solve for `columns` random right-hand sides x [n + m, columns], compressed. */
static ali_compressed_solution solve_extended(extended *e, int threads, size_t columns,
                                              double complex *x)
{
    size_t n = e->n, m = e->m;
    ali_compressed *solver = compress_inner(e, threads);
    ali_compressed_border *border = NULL;
    ali_compressed_solution solution;
    alicorn_error error = {0};
    double complex *v = new_array(n * columns), *w = new_array(m * columns);
    if (ali_compressed_border_create(solver, m, e->border, e->corner, &border, &error))
        fail_msg("%s", error.message);
    for (size_t j = 0; j < columns; j++) {
        memcpy(v + j * n, x + j * (n + m), n * sizeof *v);
        memcpy(w + j * m, x + j * (n + m) + n, m * sizeof *w);
    }
    if (ali_compressed_border_solve(border, 0.0, columns, v, w, &solution, &error))
        fail_msg("%s", error.message);
    for (size_t j = 0; j < columns; j++) {
        memcpy(x + j * (n + m), v + j * n, n * sizeof *v);
        memcpy(x + j * (n + m) + n, w + j * m, m * sizeof *w);
    }
    free(v);
    free(w);
    ali_compressed_border_destroy(border);
    ali_compressed_destroy(solver);
    return solution;
}

static void compare(extended *e, size_t columns, int most_steps)
{
    fill_extended(e);
    double complex *x = random_columns(e->whole.n, columns, 5),
                   *y = copy_of(x, e->whole.n * columns);
    ali_compressed_solution found = solve_extended(e, 1, columns, x);
    ali_solver *dense = NULL;
    assert_int_equal(ali_solver_create(e->whole.n, fill_dense, &e->whole, NULL, &dense, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_solver_solve(dense, columns, y, NULL, NULL), ALICORN_OK);
    assert_true(found.residual > 0.0 && found.residual <= 1e-6);
    assert_in_range(found.steps, 1, most_steps);
    assert_true(column_difference(e->whole.n, columns, x, y) < 1e-4);
    ali_solver_destroy(dense);
    free(x);
    free(y);
}

static void solutions_are_those_of_the_whole(void **state)
{
    (void)state;
    static const size_t sizes[][3] = {{301, 1, 1}, {320, 20, 9}, {400, 120, 3}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        extended e = new_extended(new_sphere(sizes[s][0]), sizes[s][1]);
        compare(&e, sizes[s][2], 12);
        clear_extended(&e);
    }
}

/** Strongly coupled to what is there: the border's diagonal is half of what it should be. */
static void a_weak_corner_takes_more_steps_only(void **state)
{
    (void)state;
    extended e = new_extended(new_sphere(420), 40);
    e.whole.diagonal *= 0.4;
    compare(&e, 2, 25);
    clear_extended(&e);
}

static void units_do_not_matter(void **state)
{
    (void)state;
    double complex *x[2];
    for (int graded = 0; graded < 2; graded++) {
        extended e = new_extended(new_sphere(420), 20);
        x[graded] = random_columns(420, 2, 7);
        if (graded) {
            e.whole.unit = calloc(420, sizeof *e.whole.unit);
            assert_non_null(e.whole.unit);
            for (size_t i = 0; i < 420; i++)
                e.whole.unit[i] = ldexp(1.0, (int)(i % 9) - 4);
            for (size_t i = 0; i < 840; i++)
                x[1][i] *= e.whole.unit[i % 420];
        }
        fill_extended(&e);
        solve_extended(&e, 1, 2, x[graded]);
        for (size_t i = 0; graded && i < 840; i++)
            x[1][i] *= e.whole.unit[i % 420];
        clear_extended(&e);
    }
    assert_true(column_difference(420, 2, x[1], x[0]) < 1e-5);
    free(x[0]);
    free(x[1]);
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    (void)state;
    double complex *x[2];
    for (int k = 0; k < 2; k++) {
        extended e = new_extended(new_sphere(360), 70);
        fill_extended(&e);
        x[k] = random_columns(360, 3, 5);
        solve_extended(&e, 1 + 2 * k, 3, x[k]);
        clear_extended(&e);
    }
    assert_memory_equal(x[0], x[1], 3 * 360 * sizeof *x[0]);
    free(x[0]);
    free(x[1]);
}

static void failures_are_told(void **state)
{
    (void)state;
    extended e = new_extended(new_sphere(200), 4);
    fill_extended(&e);
    ali_compressed *solver = compress_inner(&e, 1);
    ali_compressed_border *border = NULL;
    alicorn_error error;
    double complex kept = e.border[17];
    e.border[17] = NAN;
    assert_int_equal(ali_compressed_border_create(solver, e.m, e.border, e.corner, &border, &error),
                     ALICORN_E_NUMERIC);
    assert_null(border);
    e.border[17] = kept;
    /* the same function twice */
    memcpy(e.border + e.n, e.border, e.n * sizeof *e.border);
    for (size_t i = 0; i < e.m; i++)
        e.corner[i + e.m] = e.corner[i];
    for (size_t j = 0; j < e.m; j++)
        e.corner[1 + j * e.m] = e.corner[j * e.m];
    assert_int_equal(ali_compressed_border_create(solver, e.m, e.border, e.corner, &border, &error),
                     ALICORN_E_NUMERIC);
    assert_null(border);
    assert_true(ali_compressed_border_memory(e.n, e.m) >= 16 * e.n * e.m);
    ali_compressed_border_destroy(NULL);
    ali_compressed_destroy(solver);
    clear_extended(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solutions_are_those_of_the_whole),
        cmocka_unit_test(a_weak_corner_takes_more_steps_only),
        cmocka_unit_test(units_do_not_matter),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(failures_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
