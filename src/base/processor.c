/* SPDX-License-Identifier: Apache-2.0 */
#include "base/processor.h"

int ali_processor_variants(void)
{
#ifdef __x86_64__
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
