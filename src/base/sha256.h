/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_SHA256_H
#define ALI_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/** @file
 *  SHA-256 [NIST:2015]. */

enum { ALI_SHA256_BYTES = 32 };

/** Digest of `count` bytes. */
void ali_sha256(const void *bytes, size_t count, uint8_t digest[ALI_SHA256_BYTES]);

#endif
