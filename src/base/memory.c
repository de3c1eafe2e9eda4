/* SPDX-License-Identifier: Apache-2.0 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *ali_calloc(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return calloc(1, 1);
    return count > SIZE_MAX / size ? NULL : calloc(count, size);
}

void *ali_alloc_aligned(size_t count, size_t size)
{
    const size_t alignment = 64, large = 1024;
    if (size != 0 && count > (SIZE_MAX - alignment) / size)
        return NULL;
    size_t bytes = (count * size + alignment) / alignment * alignment;
    if (bytes > large) {
        /* A sweep asks for the same arrays at every frequency. glibc's aligned_alloc looks for some
         * bytes more than it keeps, so never takes the hole that its like has left, and the heap
         * grows; malloc does. */
        void *memory = malloc(bytes);
        if ((uintptr_t)memory % alignment == 0)
            return memory;
        free(memory);
    }
    return aligned_alloc(alignment, bytes);
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
