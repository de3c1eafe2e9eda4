/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ray_kernel.h"

static const ali_ray_kernel kernels[] = {
    {"plain", ali_ray_kernel_plain},
#ifdef __x86_64__
    {"avx2", ali_ray_kernel_avx2},
    {"avx512", ali_ray_kernel_avx512},
#endif
};

size_t ali_ray_kernels(const ali_ray_kernel **table)
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

const ali_ray_kernel *ali_ray_kernel_best(void)
{
    const ali_ray_kernel *table;
    size_t count = ali_ray_kernels(&table);
    return &table[count - 1];
}
