/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/column_kernels.h"

#include "base/processor.h"

static const ali_column_variant *const variants[] = {
    &ali_column_plain,
#ifdef __x86_64__
    &ali_column_avx2,
    &ali_column_avx512,
#endif
};

size_t ali_column_variants(const ali_column_variant *const **table)
{
    *table = variants;
    return (size_t)ali_processor_variants();
}

const ali_column_variant *ali_column_best(void)
{
    const ali_column_variant *const *table;
    size_t count = ali_column_variants(&table);
    return table[count - 1];
}
