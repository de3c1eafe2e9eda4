/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of base/memory.h. */
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 33)
#include <malloc.h>
#define HAS_HEAP_FACTS
#endif
#endif

static void arrays_are_aligned_and_zeroed(void **state)
{
    (void)state;
    for (size_t size = 0; size < 5000; size += 7) {
        unsigned char *plain = ali_alloc_aligned(size, 1), *zeroed = ali_calloc_aligned(size, 1);
        assert_non_null(plain);
        assert_non_null(zeroed);
        assert_int_equal((uintptr_t)plain % 64, 0);
        assert_int_equal((uintptr_t)zeroed % 64, 0);
        memset(plain, 0xff, size);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(zeroed[i], 0);
        free(plain);
        free(zeroed);
    }
    assert_null(ali_alloc_aligned(SIZE_MAX / 2, 3));
    assert_null(ali_calloc(SIZE_MAX / 2, 3));
}

/** Arrays that come and go while small ones stay, as results of a sweep do, take the same memory
 * again. */
static void holes_are_filled_again(void **state)
{
    (void)state;
#ifdef HAS_HEAP_FACTS
    enum { ROUNDS = 50, ARRAYS = 4, LARGE = 100000, SMALL = 40 };
    void *kept[ROUNDS][ARRAYS];
    size_t before = 0;
    for (int round = 0; round < ROUNDS; round++) {
        void *array[ARRAYS];
        for (int i = 0; i < ARRAYS; i++) {
            array[i] = ali_alloc_aligned(LARGE, 1);
            kept[round][i] = malloc(SMALL);
            assert_non_null(array[i]);
            assert_non_null(kept[round][i]);
        }
        for (int i = 0; i < ARRAYS; i++)
            free(array[i]);
        if (round == 1)
            before = mallinfo2().arena;
    }
    assert_true(mallinfo2().arena < before + 4 * LARGE);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < ARRAYS; i++)
            free(kept[round][i]);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_aligned_and_zeroed),
        cmocka_unit_test(holes_are_filled_again),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
