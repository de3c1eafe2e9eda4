/* SPDX-License-Identifier: Apache-2.0 */
#include "base/processor.h"

#include <stdio.h>
#include <string.h>
#ifdef __x86_64__
#include <cpuid.h>
#endif

int ali_processor_variants(void)
{
#if defined __x86_64__ && !defined ALI_PLAIN_KERNELS
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return ALI_VARIANT_PLAIN + 1;
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq") ||
        !__builtin_cpu_supports("avx512vl"))
        return ALI_VARIANT_AVX2 + 1;
    return ALI_VARIANT_AVX512 + 1;
#else
    return ALI_VARIANT_PLAIN + 1;
#endif
}

void ali_processor_name(char *text, size_t size)
{
    const char *name = "unknown processor";
#ifdef __x86_64__
    /* the brand string: three leaves of four registers of four characters */
    enum { LEAVES = 3 };
    const unsigned first = 0x80000002U;
    unsigned words[4 * LEAVES + 1] = {0}; /* and a terminator */
    if ((unsigned)__get_cpuid_max(0x80000000U, NULL) >= first + LEAVES - 1) {
        for (unsigned i = 0; i < LEAVES; i++) {
            unsigned *leaf = words + 4 * i;
            __get_cpuid(first + i, leaf, leaf + 1, leaf + 2, leaf + 3);
        }
        name = (const char *)words;
        name += strspn(name, " ");
    }
#endif
    snprintf(text, size, "%s", name);
}
