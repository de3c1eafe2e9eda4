/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#define _DEFAULT_SOURCE /* madvise */
#endif
#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

/** Vector kernels load whole cache lines. */
enum { LINE = 64 };
/** Page that the kernel may give instead of 512 small ones, and the least size of an array that is
 * worth aligning to it [bytes]. */
static const size_t huge_page = (size_t)2 << 20, huge_from = (size_t)4 << 20;

void *ali_calloc(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return calloc(1, 1);
    return calloc(count, size);
}

/** Ask for huge pages: a matrix is filled once and read often, and handing out its small pages one
 * by one takes as long as computing a quarter of its entries. Without them all is the same. */
static void prefer_huge_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    (void)madvise(memory, bytes, MADV_HUGEPAGE);
#else
    (void)memory, (void)bytes;
#endif
}

void *ali_alloc_aligned(size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - huge_page) / size)
        return NULL;
    bool huge = count * size >= huge_from;
    size_t alignment = huge ? huge_page : LINE;
    size_t bytes = (count * size + alignment) / alignment * alignment;
    void *memory = aligned_alloc(alignment, bytes);
    if (memory && huge)
        prefer_huge_pages(memory, count * size / huge_page * huge_page);
    return memory;
}

void *ali_calloc_aligned(size_t count, size_t size)
{
    void *memory = ali_alloc_aligned(count, size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

int ali_grow(void **items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return 0;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted < *capacity || wanted > SIZE_MAX / size)
        return -1;
    char *grown = realloc(*items, wanted * size);
    if (!grown)
        return -1;
    memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
    *items = grown;
    *capacity = wanted;
    return 0;
}

char *ali_strdup(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}
