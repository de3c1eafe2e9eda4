/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_DIGEST_H
#define ALICORN_DIGEST_H

#include "alicorn/status.h"

/** @file
 *  Digests, by which two teams can tell that they speak of the same file. */

#ifdef __cplusplus
extern "C" {
#endif

/** SHA-256 (FIPS 180-4) of `count` bytes as 64 hexadecimal digits in lower case, as sha256sum
 * prints it. */
ALICORN_API void alicorn_sha256_hex(const void *bytes, size_t count, char hex[65]);

#ifdef __cplusplus
}
#endif
#endif
