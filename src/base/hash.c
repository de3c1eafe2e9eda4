/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

ali_hash ali_hash_start(void)
{
    return (ali_hash){0x6c62272e07bb0142u, 0x62b821756295c58du};
}

/** h (2^88 + 2^8 + 0x3b) modulo 2^128 */
static ali_hash times_prime(ali_hash h)
{
    const uint64_t small = 0x13b;
    uint64_t carry = ((h.low >> 32) * small + ((h.low & 0xffffffffu) * small >> 32)) >> 32;
    return (ali_hash){h.high * small + carry + (h.low << 24), h.low * small};
}

void ali_hash_bytes(ali_hash *hash, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    ali_hash h = *hash;
    for (size_t i = 0; i < count; i++) {
        h.low ^= at[i];
        h = times_prime(h);
    }
    *hash = h;
}

void ali_hash_real(ali_hash *hash, double value)
{
    ali_hash_bytes(hash, &value, sizeof value);
}

void ali_hash_integer(ali_hash *hash, int64_t value)
{
    ali_hash_bytes(hash, &value, sizeof value);
}

bool ali_hash_equal(ali_hash a, ali_hash b)
{
    return a.high == b.high && a.low == b.low;
}
