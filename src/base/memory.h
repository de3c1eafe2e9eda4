/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_MEMORY_H
#define ALI_BASE_MEMORY_H

#include <stddef.h>

/** Zeroed array of count elements of size bytes, or NULL when it overflows or does not fit.
 *  count 0 gives a valid pointer. Free with free(). */
void *ali_calloc(size_t count, size_t size);

/** The same, aligned to 64 bytes for vector kernels. Free with free(). */
void *ali_calloc_aligned(size_t count, size_t size);

/** The same but not zeroed: for large arrays whose pages the worker threads should touch first. */
void *ali_alloc_aligned(size_t count, size_t size);

/** Make room for one more element in a growing array: *items has *capacity elements of size bytes,
 * `count` of them used. Returns 0, or -1 with everything unchanged when memory is out. New elements
 * are zeroed. */
int ali_grow(void **items, size_t *capacity, size_t count, size_t size);

/** Copy of a string, NULL for NULL or when memory is out. */
char *ali_strdup(const char *text);

#endif
