/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_kernel.h"

#include "base/processor.h"

static const ali_ground_kernel_variant *const kernels[] = {
    &ali_ground_kernel_plain,
#ifdef __x86_64__
    &ali_ground_kernel_avx2,
    &ali_ground_kernel_avx512,
#endif
};

size_t ali_ground_kernels(const ali_ground_kernel_variant *const **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}

const ali_ground_kernel_variant *ali_ground_kernel_best(void)
{
    const ali_ground_kernel_variant *const *table;
    size_t count = ali_ground_kernels(&table);
    return table[count - 1];
}

void ali_ground_table_rest(const ali_ground_table *table, size_t count, const double *rho,
                           const double *height, const ali_ground_rest *rest)
{
    ali_ground_kernel_best()->rest(table, count, rho, height, rest);
}
