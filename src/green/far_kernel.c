/* SPDX-License-Identifier: Apache-2.0 */
#include "green/far_kernel.h"

#include "base/processor.h"

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
    return (size_t)ali_processor_variants();
}

const ali_far_kernel *ali_far_kernel_best(void)
{
    const ali_far_kernel *const *table;
    size_t count = ali_far_kernels(&table);
    return table[count - 1];
}
