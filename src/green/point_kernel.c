/* SPDX-License-Identifier: Apache-2.0 */
#include "green/point_kernel.h"

#include "base/processor.h"

static const ali_point_kernel *const kernels[] = {
    &ali_point_kernel_plain,
#ifdef __x86_64__
    &ali_point_kernel_avx2,
    &ali_point_kernel_avx512,
#endif
};

size_t ali_point_kernels(const ali_point_kernel *const **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}

const ali_point_kernel *ali_point_kernel_best(void)
{
    const ali_point_kernel *const *table;
    size_t count = ali_point_kernels(&table);
    return table[count - 1];
}
