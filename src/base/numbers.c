/* SPDX-License-Identifier: Apache-2.0 */
#include "base/numbers.h"

#include <errno.h>
#include <stdio.h>

int ali_numeric_begin(ali_numeric_scope *scope)
{
    scope->own = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (scope->own == (locale_t)0)
        return -1;
    scope->previous = uselocale(scope->own);
    return 0;
}

void ali_numeric_end(ali_numeric_scope *scope)
{
    int saved = errno;
    uselocale(scope->previous);
    freelocale(scope->own);
    errno = saved;
}

const char *ali_number_format(char text[ALI_NUMBER_SIZE], double value)
{
    snprintf(text, ALI_NUMBER_SIZE, "%.12g", value + 0.0);
    return text;
}
