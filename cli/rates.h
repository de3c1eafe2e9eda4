/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_RATES_H
#define CLI_RATES_H

#include "alicorn/rates.h"

#include <stdbool.h>

/** @file
 *  The rates of this machine, kept in $XDG_CACHE_HOME/alicorn or ~/.cache/alicorn: one small text
 *  file for each key (alicorn_rates_key). */

/** Rates from the cache; if they are not there, cannot be read or are damaged and `measure` is set,
 *  measured and put there. A cache that cannot be written is no error.
 *  @return true if *rates is set */
bool cli_rates_find(int threads, bool measure, alicorn_rates *rates);

#endif
