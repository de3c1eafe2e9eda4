/* SPDX-License-Identifier: Apache-2.0 */
#include "study/ground_cache.h"
#include "assert_close.h"
#include "base/constants.h"

#include <omp.h>

/** One upright element above the ground. */
typedef struct fixture {
    ali_element element;
    ali_wire_mesh wires;
    ali_surface_mesh surfaces; /**< none */
    ali_mesh mesh;
} fixture;

static void set_up(fixture *f, double height)
{
    *f = (fixture){
        .element = {
            .mid = {0.0, 0.0, height}, .dir = {0.0, 0.0, 1.0}, .half = 0.05, .radius = 1e-3}};
    f->wires = (ali_wire_mesh){.elements = &f->element, .element_count = 1};
    f->mesh = (ali_mesh){.wires = &f->wires, .surfaces = &f->surfaces};
}

static const double k = 2.0 * ALI_PI;
/** Of air, whose tables are made at once. */
static const double complex air = 1.0;

static const ali_half_space_kernel *take(ali_ground_cache *cache, const fixture *f,
                                         double wavenumber, double complex permittivity)
{
    const ali_half_space_kernel *kernel = NULL;
    assert_int_equal(
        ali_ground_cache_take(cache, &f->mesh, wavenumber, permittivity, &kernel, NULL),
        ALICORN_OK);
    assert_non_null(kernel);
    return kernel;
}

static void same_requests_share_a_table(void **state)
{
    (void)state;
    fixture low, again, high;
    set_up(&low, 0.2);
    set_up(&again, 0.2);
    set_up(&high, 0.3);
    ali_ground_cache *cache = ali_ground_cache_create((size_t)1 << 30);
    const double complex soil = 13.0 - 3.0 * I;
    const ali_half_space_kernel *kernel = take(cache, &low, k, soil);
    size_t bytes = ali_ground_cache_bytes(cache);
    assert_int_equal(bytes, ali_half_space_kernel_bytes(kernel));
    assert_ptr_equal(take(cache, &again, k, soil), kernel);
    ali_ground_cache_give_back(cache, kernel);
    ali_ground_cache_give_back(cache, kernel);
    assert_ptr_equal(take(cache, &low, k, soil), kernel);
    assert_int_equal(ali_ground_cache_bytes(cache), bytes);
    assert_ptr_not_equal(take(cache, &high, k, soil), kernel);
    assert_ptr_not_equal(take(cache, &low, 1.1 * k, soil), kernel);
    assert_ptr_not_equal(take(cache, &low, k, soil - I), kernel);
    assert_true(ali_ground_cache_bytes(cache) > bytes);
    ali_ground_cache_destroy(cache);
}

/** Room for two tables; what is in use stays whatever the room. */
static void the_least_recently_used_goes_first(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, 0.2);
    ali_ground_cache *cache = ali_ground_cache_create(0);
    const ali_half_space_kernel *kernel = take(cache, &f, k, air);
    size_t each = ali_ground_cache_bytes(cache);
    assert_true(each > 0);
    ali_ground_cache_give_back(cache, kernel);
    assert_int_equal(ali_ground_cache_bytes(cache), 0);
    ali_ground_cache_give_back(cache, NULL);
    ali_ground_cache_destroy(cache);

    cache = ali_ground_cache_create(2 * each);
    const ali_half_space_kernel *first = take(cache, &f, k, air),
                                *second = take(cache, &f, 2.0 * k, air),
                                *third = take(cache, &f, 3.0 * k, air);
    assert_int_equal(ali_ground_cache_bytes(cache), 3 * each);
    ali_ground_cache_give_back(cache, third);
    assert_int_equal(ali_ground_cache_bytes(cache), 2 * each);
    ali_ground_cache_give_back(cache, first);
    ali_ground_cache_give_back(cache, second);
    assert_ptr_equal(take(cache, &f, k, air), first); /* now the second is the older one */
    ali_ground_cache_give_back(cache, first);
    ali_ground_cache_give_back(cache, take(cache, &f, 3.0 * k, air));
    assert_int_equal(ali_ground_cache_bytes(cache), 2 * each);
    assert_ptr_equal(take(cache, &f, k, air), first);
    ali_ground_cache_give_back(cache, first);
    ali_ground_cache_destroy(cache);
}

static void what_cannot_be_made_is_told(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, 0.2);
    ali_ground_cache *cache = ali_ground_cache_create(0);
    const ali_half_space_kernel *kernel = NULL;
    alicorn_error error;
    assert_int_equal(ali_ground_cache_take(cache, &f.mesh, k, 0.5, &kernel, &error),
                     ALICORN_E_INPUT);
    assert_null(kernel);
    assert_int_equal(ali_ground_cache_bytes(cache), 0);
    ali_ground_cache_destroy(cache);
}

/** Threads that take, use and give back the same few tables in a cache that holds one. */
static void threads_share(void **state)
{
    (void)state;
    enum { TURNS = 400, KINDS = 3 };
    fixture f;
    set_up(&f, 0.2);
    ali_ground_cache *cache = ali_ground_cache_create(0);
    ali_ground_cache_give_back(cache, take(cache, &f, k, air));
    int wrong = 0;
#pragma omp parallel for num_threads(4) schedule(dynamic) reduction(+ : wrong)
    for (int i = 0; i < TURNS; i++) {
        double wavenumber = k * (1 + i / 4 % KINDS);
        const ali_half_space_kernel *kernel = NULL;
        alicorn_status status =
            ali_ground_cache_take(cache, &f.mesh, wavenumber, air, &kernel, NULL);
        double complex made = kernel ? ali_half_space_kernel_get(kernel)->wavenumber : 0.0;
        wrong += status || creal(made) != wavenumber;
        ali_ground_cache_give_back(cache, kernel);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(ali_ground_cache_bytes(cache), 0);
    ali_ground_cache_destroy(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_requests_share_a_table),
        cmocka_unit_test(the_least_recently_used_goes_first),
        cmocka_unit_test(what_cannot_be_made_is_told),
        cmocka_unit_test(threads_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
