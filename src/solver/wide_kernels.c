/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/wide_kernels.h"

#include "base/processor.h"

#ifdef __x86_64__
static bool has_avx512(void)
{
    return ali_processor_variants() > ALI_VARIANT_AVX512;
}

const ali_wide_kernels *ali_wide_single(void)
{
    return has_avx512() ? &ali_wide_avx512_single : NULL;
}

const ali_wide_kernels *ali_wide_double(void)
{
    return has_avx512() ? &ali_wide_avx512_double : NULL;
}
#else
const ali_wide_kernels *ali_wide_single(void)
{
    return NULL;
}

const ali_wide_kernels *ali_wide_double(void)
{
    return NULL;
}
#endif
