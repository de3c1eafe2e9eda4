/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_GROUND_CACHE_H
#define ALI_STUDY_GROUND_CACHE_H

#include "mesh/mesh.h"
#include "operator/half_space_kernel.h"

/** @file
 *  The tables of real grounds, kept across the structures and frequencies of a solve. Loads and
 *  excitations differ from structure to structure, but not the ground's kernels if frequency,
 * medium and places of the wires are the same. What nobody uses stays as long as all tables fit a
 * bound; the least recently used go first. Thread-safe. */

typedef struct ali_ground_cache ali_ground_cache;

/** @param bytes_max  of tables that nobody uses together with those in use; 0: drop them at once
 *  Returns NULL when memory is out. */
ali_ground_cache *ali_ground_cache_create(size_t bytes_max);
/** All kernels must have been given back. */
void ali_ground_cache_destroy(ali_ground_cache *cache);

/** Borrow the kernels of a medium for the places of a mesh, made now unless they are there. Threads
 *  that want the same ones at the same time make them each, and share the first that are ready.
 *  @param mesh          lives as long as the cache
 *  @param k             of the air [rad/m]
 *  @param permittivity  of the medium, relative and complex
 *  @return as ali_half_space_kernel_create */
alicorn_status ali_ground_cache_take(ali_ground_cache *cache, const ali_mesh *mesh, double k,
                                     double complex permittivity,
                                     const ali_half_space_kernel **kernel, alicorn_error *error);
/** Give kernels back; NULL is legal. */
void ali_ground_cache_give_back(ali_ground_cache *cache, const ali_half_space_kernel *kernel);

/** What all tables occupy now. */
size_t ali_ground_cache_bytes(ali_ground_cache *cache);

#endif
