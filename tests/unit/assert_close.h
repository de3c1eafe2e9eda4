/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_ASSERT_CLOSE_H
#define TESTS_UNIT_ASSERT_CLOSE_H

#include <complex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** @file
 *  Assertions on numbers that are never exact; not-a-number is not close to anything. Include after
 *  nothing in particular: cmocka and what it needs come along. */

static inline void check_close(double complex value, double complex wanted, double tolerance,
                               const char *expression, const char *file, int line)
{
    if (cabs(value - wanted) <= tolerance)
        return;
    print_error("%s = %.12g%+.12gj, wanted %.12g%+.12gj, off by %.3g > %.3g\n", expression,
                creal(value), cimag(value), creal(wanted), cimag(wanted), cabs(value - wanted),
                tolerance);
    _fail(file, line);
}

/** |value - wanted| <= tolerance, real or complex. */
#define assert_close(value, wanted, tolerance)                                                     \
    check_close((value), (wanted), (tolerance), #value, __FILE__, __LINE__)

#endif
