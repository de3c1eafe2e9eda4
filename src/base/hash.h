/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_HASH_H
#define ALI_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** @file
 *  128-bit FNV-1a hash [FowlerNollVo:2019]: tells whether two things are the same and whether a
 * block arrived whole. Not for cryptography. */

typedef struct ali_hash {
    uint64_t high, low;
} ali_hash;

/** Hash of nothing; ali_hash_bytes goes on from it. */
ali_hash ali_hash_start(void);
/** Add bytes: hashing a then b is hashing ab. */
void ali_hash_bytes(ali_hash *hash, const void *bytes, size_t count);
/** Add one number, in the machine's own layout. */
void ali_hash_real(ali_hash *hash, double value);
void ali_hash_integer(ali_hash *hash, int64_t value);

bool ali_hash_equal(ali_hash a, ali_hash b);

#endif
