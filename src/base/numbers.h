/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_NUMBERS_H
#define ALI_BASE_NUMBERS_H

#include <locale.h>
#include <stddef.h>

/** @file
 *  Numbers as text, the same in every country. A host program may have set a locale with a decimal
 * comma; readers and writers put their work between ali_numeric_begin and ali_numeric_end, which
 * touch the calling thread only. */

/** The C locale held by the calling thread, and what it had before. */
typedef struct ali_numeric_scope {
    locale_t own;
    locale_t previous;
} ali_numeric_scope;

/** Give the calling thread the C locale. Returns 0, or -1 with nothing changed when memory is out.
 *  Scopes nest; each begin that succeeded needs its end, on the same thread. */
int ali_numeric_begin(ali_numeric_scope *scope);

/** Give the calling thread back the locale it had. Leaves errno alone. */
void ali_numeric_end(ali_numeric_scope *scope);

/** Room for any number that ali_number_format writes, its terminating zero included. */
#define ALI_NUMBER_SIZE 32

/** Write a finite value with twelve significant digits, without trailing zeros; minus zero becomes
 * "0". Twelve are beyond what any result is accurate to, and short of the last bits, where unit
 * conversions leave their noise (29.999999999999996 degrees). Call inside a numeric scope. Returns
 * text. */
const char *ali_number_format(char text[ALI_NUMBER_SIZE], double value);

/** The same text; returns its length. */
size_t ali_number_write(char text[ALI_NUMBER_SIZE], double value);

#endif
