/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_PROCESSOR_H
#define ALI_BASE_PROCESSOR_H

#include <stddef.h>

/** Variants of the kernels, in the order of every kernel table. */
enum {
    ALI_VARIANT_PLAIN = 0,
    ALI_VARIANT_AVX2 = 1,  /**< AVX2 and FMA */
    ALI_VARIANT_AVX512 = 2 /**< AVX-512 F, DQ and VL */
};

/** How many variants, counted from the plain one, this machine can run. With ALI_PLAIN_KERNELS the
 * library is built as for a machine that can run the plain one only. */
int ali_processor_variants(void);

/** The processor's model as it calls itself, "unknown processor" if it does not; cut off at `size`
 * bytes with the terminator. */
void ali_processor_name(char *text, size_t size);

#endif
