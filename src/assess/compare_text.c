/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/compare.h"

/** @file
 *  The words of comparisons. */

const char *alicorn_compare_quantity_text(alicorn_compare_quantity quantity, const char **unit,
                                          int *sense)
{
#define ENTRY(name, value, text_, unit_, sense_) [name] = {text_, unit_, sense_},
    static const struct {
        const char *text, *unit;
        int sense;
    } table[] = {ALICORN_COMPARE_QUANTITY_TABLE(ENTRY)};
#undef ENTRY
    if ((size_t)quantity >= sizeof table / sizeof *table)
        return NULL;
    if (unit)
        *unit = table[quantity].unit;
    if (sense)
        *sense = table[quantity].sense;
    return table[quantity].text;
}

#define TEXT_ENTRY(name, value, text) [name] = text,

const char *alicorn_compare_statistic_text(alicorn_compare_statistic statistic)
{
    static const char *const texts[] = {ALICORN_COMPARE_STATISTIC_TABLE(TEXT_ENTRY)};
    return (size_t)statistic < sizeof texts / sizeof *texts ? texts[statistic] : NULL;
}

const char *alicorn_only_text(alicorn_only_kind kind)
{
    static const char *const texts[] = {ALICORN_COMPARE_ONLY_TABLE(TEXT_ENTRY)};
    return (size_t)kind < sizeof texts / sizeof *texts ? texts[kind] : NULL;
}
