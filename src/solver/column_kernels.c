/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/column_kernels.h"

static const ali_column_variant *const variants[] = {
    &ali_column_plain,
#ifdef __x86_64__
    &ali_column_avx2,
    &ali_column_avx512,
#endif
};

size_t ali_column_variants(const ali_column_variant *const **table)
{
    *table = variants;
#ifdef __x86_64__
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return 1;
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq") ||
        !__builtin_cpu_supports("avx512vl"))
        return 2;
    return 3;
#else
    return 1;
#endif
}

const ali_column_variant *ali_column_best(void)
{
    const ali_column_variant *const *table;
    size_t count = ali_column_variants(&table);
    return table[count - 1];
}
