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

void ali_ground_table_rest(const ali_ground_table *table, size_t count, const double *rho,
                           const double *height, const ali_ground_rest *rest)
{
    const ali_ground_kernel_variant *const *variants;
    size_t last = ali_ground_kernels(&variants) - 1;
    variants[last]->rest(table, count, rho, height, rest);
}
