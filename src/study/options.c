/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/options.h"

#include "base/error.h"

#include <string.h>

void alicorn_options_default(alicorn_options *options)
{
    memset(options, 0, sizeof *options);
#define SET_DEFAULT(type, field, flag, init, lo, hi, unit, help) options->field = init;
    ALICORN_OPTION_TABLE(SET_DEFAULT)
#undef SET_DEFAULT
}

/** Bounds are inclusive; not-a-number is outside of every range. */
static alicorn_status check_range(const char *flag, double value, double minimum, double maximum,
                                  const char *unit, alicorn_error *error)
{
    if (value >= minimum && value <= maximum)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_USAGE, "--%s %g: expected %g to %g%s%s", flag, value,
                         minimum, maximum, *unit ? " " : "", unit);
}

alicorn_status alicorn_options_check(const alicorn_options *options, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
#define CHECK_RANGE(type, field, flag, init, lo, hi, unit, help)                                   \
    if (status == ALICORN_OK)                                                                      \
        status = check_range(flag, (double)options->field, lo, hi, unit, error);
    ALICORN_OPTION_TABLE(CHECK_RANGE)
#undef CHECK_RANGE
    return status;
}
