/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/product_kernels.h"

#ifdef __x86_64__
static bool has_avx512(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
}

const ali_product_kernels *ali_product_single(void)
{
    return has_avx512() ? &ali_product_avx512_single : NULL;
}

const ali_product_kernels *ali_product_double(void)
{
    return has_avx512() ? &ali_product_avx512_double : NULL;
}
#else
const ali_product_kernels *ali_product_single(void)
{
    return NULL;
}

const ali_product_kernels *ali_product_double(void)
{
    return NULL;
}
#endif
