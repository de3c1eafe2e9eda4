/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_SYMBOLS_H
#define ALI_INPUT_SYMBOLS_H

#include "alicorn/describe.h"
#include "input/diagnostics.h"
#include "input/expression.h"

/** @file
 *  Named values of an input file: definitions in the order of the file, each an expression that may
 * use the others.
 *
 *  A name means the nearest definition above the place where it is used, and if there is none
 * above, the first one below: so files may define first and use later, use first and define later,
 * and give a name a new value half-way. Every definition is evaluated at most once. An override
 * replaces all definitions of its name. */

typedef struct ali_symbols ali_symbols;

/** No symbols. NULL when memory is out. */
ali_symbols *ali_symbols_create(void);
void ali_symbols_destroy(ali_symbols *symbols);

/** Append the definition name = text. Both are borrowed until the symbols are destroyed; line and
 * column are those of text, object names the card for messages. Returns 0, or -1 when memory is
 * out. Only before ali_symbols_resolve. */
int ali_symbols_define(ali_symbols *symbols, const char *name, size_t name_length, const char *text,
                       size_t text_length, int line, int column, const char *object);

/** Number of definitions so far: the position at the end of the file. */
size_t ali_symbols_count(const ali_symbols *symbols);

/** Line of definition `index`, which counts from 0 in file order. */
int ali_symbols_line(const ali_symbols *symbols, size_t index);

/** Give every definition of `name` this value. Returns false if there is none.
 *  Only before ali_symbols_resolve. */
bool ali_symbols_override(ali_symbols *symbols, const char *name, double value);

/** Evaluate everything; errors and redefinitions go to diagnostics, which must outlive the symbols.
 * Cost O(n log n). Call once, after the last define. Returns 0, or -1 when memory is out. */
int ali_symbols_resolve(ali_symbols *symbols, ali_diagnostics *diagnostics);

/** Write the names that are defined, "a, b, c", as far as they fit. */
void ali_symbols_list(const ali_symbols *symbols, char *list, size_t size);

/** Take copies of the definitions, the first one of each name. Only after ali_symbols_resolve.
 *  Returns 0, or -1 when memory is out; what was taken so far is to be freed then, too. */
int ali_symbols_describe(const ali_symbols *symbols, alicorn_variable **variables, size_t *count);

/** A place in the file, for looking names up from there. */
typedef struct ali_symbols_place {
    ali_symbols *symbols;
    size_t position; /**< definitions above this place */
} ali_symbols_place;

/** ali_expression_lookup_fn over an ali_symbols_place. */
alicorn_status ali_symbols_lookup(void *place, const char *name, size_t length, double *value,
                                  alicorn_error *error);

#endif
