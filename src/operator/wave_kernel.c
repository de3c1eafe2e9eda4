/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/wave_kernel.h"

#include "base/processor.h"

static const ali_wave_kernel_fn kernels[] = {
    ali_wave_kernel_plain,
#ifdef __x86_64__
    ali_wave_kernel_avx2,
    ali_wave_kernel_avx512,
#endif
};

size_t ali_wave_kernels(const ali_wave_kernel_fn **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}
