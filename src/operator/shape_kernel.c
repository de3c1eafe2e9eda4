/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/shape_kernel.h"

#include "base/processor.h"

static const ali_shape_kernel *const kernels[] = {
    &ali_shape_kernel_plain,
#ifdef __x86_64__
    &ali_shape_kernel_avx2,
    &ali_shape_kernel_avx512,
#endif
};

size_t ali_shape_kernels(const ali_shape_kernel *const **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}

const ali_shape_kernel *ali_shape_kernel_best(void)
{
    return kernels[ali_processor_variants() - 1];
}
