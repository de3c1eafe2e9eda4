/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_EXPRESSION_H
#define ALI_INPUT_EXPRESSION_H

#include "alicorn/status.h"

#include <stdbool.h>

/** @file
 *  Arithmetic as antenna modellers write it in their files.
 *
 *  Operators, loosest first: + -, then * / mod, then a sign, then ^ (from left to right, as BASIC
 * does: 2^3^2 = 64, -2^2 = -4). Angles of sin, cos, tan, asin, acos, atn are DEGREES. Names do not
 * distinguish case. A unit may stand directly behind a number (12.5cm, 10pF) or alone as a factor
 * (2*in). #12 is the radius [m] of American wire gauge 12; #00 is gauge 2/0. Numbers: 1,
 * .5, 1.e3, 1.5E-3, Fortran's 1.5D-3. Spaces are allowed between everything. Numbers are read by
 * the calling thread's locale: see base/numbers.h. */

/** Deepest nesting of parentheses, functions and symbols behind symbols. No hand-written model
 * comes near it, and the stack of a thread must hold it (about 1 kB a level with address checks).
 */
#define ALI_EXPRESSION_MAX_DEPTH 200

/** Longest literal number [bytes]; a double needs 17 digits and an exponent. */
#define ALI_EXPRESSION_MAX_NUMBER 100

/** Value of a name.
 *  @return ALICORN_OK; ALICORN_E_USAGE if the name is not known (constants and units are tried
 * next); ALICORN_E_INPUT with the reason in *error if it is known but has no value: an empty
 * message says that the reason has been reported already. */
typedef alicorn_status (*ali_expression_lookup_fn)(void *user, const char *name, size_t length,
                                                   double *value, alicorn_error *error);

/** What surrounds an expression. */
typedef struct ali_expression_scope {
    ali_expression_lookup_fn lookup; /**< may be NULL: no names but the built-in ones */
    void *user;
    int *depth; /**< nesting so far, shared with the expressions that lookup evaluates; may be NULL
                 */
} ali_expression_scope;

/** Evaluate all of text[0 … length-1].
 *  @return ALICORN_OK, or ALICORN_E_INPUT with the reason in *error, error->column the 1-based
 * offset in text */
alicorn_status ali_expression_evaluate(const char *text, size_t length,
                                       const ali_expression_scope *scope, double *value,
                                       alicorn_error *error);

/** Length of the name at the start of text: a letter or '_', then letters, digits and '_'. 0 if
 * there is none. */
size_t ali_expression_name_length(const char *text, size_t length);

/** Whether the name is a built-in constant or unit, and its value; value may be NULL. */
bool ali_expression_constant(const char *name, size_t length, double *value);

/** Compare two names without regard to (ASCII) case, like strcmp. */
int ali_expression_compare_names(const char *a, size_t a_length, const char *b, size_t b_length);

/** The built-in functions and constants, one name each, in the order of the table; NULL past the
 * end. For documentation and its test. */
const char *ali_expression_builtin(size_t index);

#endif
