/* SPDX-License-Identifier: Apache-2.0 */
#include "base/numbers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

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
    /* 15 digits are always exact from text to double and back; 17 are always enough the other way
     * round. */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, ALI_NUMBER_SIZE, "%.*g", digits, value + 0.0);
        double back = strtod(text, NULL);
        if (back >= value && back <= value)
            break;
    }
    return text;
}
