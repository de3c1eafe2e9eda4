/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Right-hand sides as combinations of what a span holds: the sums must be right, the vectors
 * orthonormal, and the span no larger than what the columns span. */

#include "study/wave_span.h"

#include "assert_close.h"
#include "random.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 90, COLUMNS = 70 };

/** COLUMNS waves along a line of ROWS points, phases up to `reach` [rad]: about 2 reach/pi and some
 * ten of them are independent. */
static void make_waves(double reach, double complex *b)
{
    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < ROWS; i++)
            b[j * ROWS + i] = cexp(CMPLX(0.0, reach * cos(0.09 * (double)j) *
                                                  (2.0 * (double)i / (ROWS - 1) - 1.0))) *
                              (1.0 + (double)(j % 7));
}

static double complex product(const double complex *a, const double complex *b)
{
    double complex sum = 0.0;
    for (size_t i = 0; i < ROWS; i++)
        sum += conj(a[i]) * b[i];
    return sum;
}

static double norm(const double complex *a)
{
    return sqrt(creal(product(a, a)));
}

typedef struct split {
    ali_wave_span span;
    double complex b[COLUMNS * ROWS], *c;
    bool kept[COLUMNS];
} split;

/** Split the waves in two calls, so that the second finds vectors of the first. */
static split *split_waves(double reach, size_t capacity)
{
    split *s = calloc(1, sizeof *s);
    assert_non_null(s);
    assert_int_equal(ali_wave_span_create(ROWS, capacity, 2, &s->span), 0);
    s->c = calloc(COLUMNS * capacity, sizeof *s->c);
    assert_non_null(s->c);
    make_waves(reach, s->b);
    size_t first = 37;
    ali_wave_span_split(&s->span, first, s->b, s->c, s->kept);
    ali_wave_span_split(&s->span, COLUMNS - first, s->b + first * ROWS, s->c + first * capacity,
                        s->kept + first);
    return s;
}

static void destroy(split *s)
{
    ali_wave_span_clear(&s->span);
    free(s->c);
    free(s);
}

/** b = q c within the tolerance but for those kept, and <q, q'> = 1 or 0. */
static void check_parts(const split *s)
{
    const ali_wave_span *span = &s->span;
    for (size_t k = 0; k < span->count; k++)
        for (size_t l = 0; l <= k; l++)
            assert_close(product(span->q + k * ROWS, span->q + l * ROWS), k == l, 1e-13);
    for (size_t j = 0; j < COLUMNS; j++) {
        double complex left[ROWS];
        memcpy(left, s->b + j * ROWS, sizeof left);
        for (size_t k = 0; k < span->count; k++) {
            double complex share =
                s->kept[j] ? product(span->q + k * ROWS, left) : s->c[j * span->capacity + k];
            for (size_t i = 0; i < ROWS; i++)
                left[i] -= share * span->q[k * ROWS + i];
        }
        double tolerance = ALI_WAVE_SPAN_TOLERANCE * norm(s->b + j * ROWS);
        assert_true(s->kept[j] ? norm(left) > tolerance : norm(left) <= 1.01 * tolerance);
    }
}

static void few_waves_make_up_many(void **state)
{
    (void)state;
    split *s = split_waves(5.0, COLUMNS);
    check_parts(s);
    /* 2 reach/pi + 1 = 4.2, and what it takes from there to the tolerance */
    assert_true(s->span.count >= 10 && s->span.count <= 17);
    for (size_t j = 0; j < COLUMNS; j++)
        assert_false(s->kept[j]);
    destroy(s);
}

static void a_full_span_leaves_some(void **state)
{
    (void)state;
    split *s = split_waves(30.0, 20);
    check_parts(s);
    assert_int_equal(s->span.count, 20);
    size_t kept = 0;
    for (size_t j = 0; j < COLUMNS; j++)
        kept += s->kept[j];
    assert_true(kept > 10 && kept <= COLUMNS - 20);
    destroy(s);
}

static void nothing_adds_nothing(void **state)
{
    (void)state;
    ali_wave_span span;
    double complex b[2 * ROWS] = {0}, c[2 * 5];
    bool kept[2];
    assert_int_equal(ali_wave_span_create(ROWS, 5, 1, &span), 0);
    ali_wave_span_split(&span, 2, b, c, kept);
    assert_int_equal(span.count, 0);
    assert_false(kept[0] || kept[1]);
    b[3] = CMPLX(0.0, 2.0), b[ROWS + 3] = 7.0;
    ali_wave_span_split(&span, 2, b, c, kept);
    assert_int_equal(span.count, 1);
    assert_close(c[0], 2.0, 1e-15);
    assert_close(c[5], CMPLX(0.0, -7.0), 1e-14);
    ali_wave_span_clear(&span);
    assert_int_equal(ali_wave_span_capacity(30, 722), 30);
    assert_int_equal(ali_wave_span_capacity(5000, 722), 722);
    assert_true(ali_wave_span_capacity(100000, 722) < 722);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_waves_make_up_many),
        cmocka_unit_test(a_full_span_leaves_some),
        cmocka_unit_test(nothing_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
