/* SPDX-License-Identifier: Apache-2.0 */
#include "study/ground_cache.h"

#include "base/error.h"
#include "base/memory.h"

#include <omp.h>
#include <stdlib.h>

typedef struct cache_entry {
    const ali_mesh *mesh;
    double k;
    double complex permittivity;
    ali_half_space_kernel *kernel;
    size_t bytes, users, last_use;
} cache_entry;

struct ali_ground_cache {
    omp_lock_t lock; /**< of all that follows */
    cache_entry *entries;
    size_t count, capacity;
    size_t bytes, bytes_max;
    size_t uses; /**< so far: the clock of last_use */
};

ali_ground_cache *ali_ground_cache_create(size_t bytes_max)
{
    ali_ground_cache *cache = ali_calloc(1, sizeof *cache);
    if (!cache)
        return NULL;
    cache->bytes_max = bytes_max;
    omp_init_lock(&cache->lock);
    return cache;
}

void ali_ground_cache_destroy(ali_ground_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < cache->count; i++)
        ali_half_space_kernel_destroy(cache->entries[i].kernel);
    free(cache->entries);
    omp_destroy_lock(&cache->lock);
    free(cache);
}

/** Whether all vertices of faces lie at the same places. */
static bool same_vertices(const ali_surface_mesh *a, const ali_surface_mesh *b)
{
    bool same = a->vertex_count == b->vertex_count;
    for (size_t v = 0; same && v < a->vertex_count; v++)
        same = ali_vec3_distance(a->vertices[v], b->vertices[v]) == 0.0;
    return same;
}

/** Whether all elements and faces lie at the same places. */
static bool same_places(const ali_mesh *a, const ali_mesh *b)
{
    const ali_wire_mesh *p = a->wires, *q = b->wires;
    if (a == b)
        return true;
    if (!same_vertices(a->surfaces, b->surfaces) || p->element_count != q->element_count)
        return false;
    for (size_t e = 0; e < p->element_count; e++) {
        const ali_element *s = &p->elements[e], *t = &q->elements[e];
        if (ali_vec3_distance(s->mid, t->mid) > 0.0 || ali_vec3_distance(s->dir, t->dir) > 0.0 ||
            s->half != t->half || s->radius != t->radius)
            return false;
    }
    return true;
}

static bool same_request(const cache_entry *entry, const cache_entry *wanted)
{
    return entry->k == wanted->k && entry->permittivity == wanted->permittivity &&
           same_places(entry->mesh, wanted->mesh);
}

/** Borrow what is there; NULL if it is not. */
static const ali_half_space_kernel *use(ali_ground_cache *cache, const cache_entry *wanted)
{
    for (size_t i = 0; i < cache->count; i++) {
        cache_entry *entry = &cache->entries[i];
        if (same_request(entry, wanted)) {
            entry->users++;
            entry->last_use = cache->uses++;
            return entry->kernel;
        }
    }
    return NULL;
}

/** Drop the i-th entry. */
static void drop(ali_ground_cache *cache, size_t i)
{
    cache->bytes -= cache->entries[i].bytes;
    ali_half_space_kernel_destroy(cache->entries[i].kernel);
    cache->entries[i] = cache->entries[--cache->count];
}

/** Drop what nobody uses, the least recently used first, until the rest fits. */
static void shrink(ali_ground_cache *cache)
{
    while (cache->bytes > cache->bytes_max) {
        size_t oldest = cache->count;
        for (size_t i = 0; i < cache->count; i++)
            if (cache->entries[i].users == 0 &&
                (oldest == cache->count ||
                 cache->entries[i].last_use < cache->entries[oldest].last_use))
                oldest = i;
        if (oldest == cache->count)
            return;
        drop(cache, oldest);
    }
}

/** Keep what is made and borrow it, or what another thread has made meanwhile. */
static const ali_half_space_kernel *keep(ali_ground_cache *cache, const cache_entry *made)
{
    const ali_half_space_kernel *kernel = use(cache, made);
    if (kernel) {
        ali_half_space_kernel_destroy(made->kernel);
        return kernel;
    }
    if (ali_grow((void **)&cache->entries, &cache->capacity, cache->count, sizeof *made) != 0)
        return NULL;
    cache->entries[cache->count++] = *made;
    cache->bytes += made->bytes;
    kernel = use(cache, made);
    shrink(cache);
    return kernel;
}

alicorn_status ali_ground_cache_take(ali_ground_cache *cache, const ali_mesh *mesh, double k,
                                     double complex permittivity,
                                     const ali_half_space_kernel **kernel, alicorn_error *error)
{
    cache_entry wanted = {.mesh = mesh, .k = k, .permittivity = permittivity};
    omp_set_lock(&cache->lock);
    *kernel = use(cache, &wanted);
    omp_unset_lock(&cache->lock);
    if (*kernel)
        return ALICORN_OK;
    alicorn_status status =
        ali_half_space_kernel_create(mesh, k, permittivity, &wanted.kernel, error);
    if (status)
        return status;
    wanted.bytes = ali_half_space_kernel_bytes(wanted.kernel);
    omp_set_lock(&cache->lock);
    *kernel = keep(cache, &wanted);
    omp_unset_lock(&cache->lock);
    if (*kernel)
        return ALICORN_OK;
    ali_half_space_kernel_destroy(wanted.kernel);
    return ali_error_memory(error, sizeof wanted, "the tables of the ground");
}

void ali_ground_cache_give_back(ali_ground_cache *cache, const ali_half_space_kernel *kernel)
{
    if (!kernel)
        return;
    omp_set_lock(&cache->lock);
    for (size_t i = 0; i < cache->count; i++)
        if (cache->entries[i].kernel == kernel)
            cache->entries[i].users--;
    shrink(cache);
    omp_unset_lock(&cache->lock);
}

size_t ali_ground_cache_bytes(ali_ground_cache *cache)
{
    omp_set_lock(&cache->lock);
    size_t bytes = cache->bytes;
    omp_unset_lock(&cache->lock);
    return bytes;
}
