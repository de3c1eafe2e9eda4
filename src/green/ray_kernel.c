/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ray_kernel.h"

#include "base/processor.h"

static const ali_ray_kernel kernels[] = {
    {"plain", ali_ray_kernel_plain, ali_refracted_kernel_plain},
#ifdef __x86_64__
    {"avx2", ali_ray_kernel_avx2, ali_refracted_kernel_avx2},
    {"avx512", ali_ray_kernel_avx512, ali_refracted_kernel_avx512},
#endif
};

size_t ali_ray_kernels(const ali_ray_kernel **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}

const ali_ray_kernel *ali_ray_kernel_best(void)
{
    const ali_ray_kernel *table;
    size_t count = ali_ray_kernels(&table);
    return &table[count - 1];
}
