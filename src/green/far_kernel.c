/* SPDX-License-Identifier: Apache-2.0 */
#include "green/far_kernel.h"

static const ali_far_kernel *const kernels[] = {
    &ali_far_kernel_plain,
#ifdef __x86_64__
    &ali_far_kernel_avx2,
    &ali_far_kernel_avx512,
#endif
};

size_t ali_far_kernels(const ali_far_kernel *const **table)
{
    *table = kernels;
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

const ali_far_kernel *ali_far_kernel_best(void)
{
    const ali_far_kernel *const *table;
    size_t count = ali_far_kernels(&table);
    return table[count - 1];
}
