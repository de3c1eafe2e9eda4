/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_DECIBEL_H
#define ALI_COSITE_DECIBEL_H

#include <math.h>

/** Decibels of power per neper of power, 10/ln 10. */
#define ALI_DECIBEL 4.34294481903251827651

/** Ratio of powers of a level [dB]; power [mW] of a level [dBm]. */
static inline double ali_from_db(double db)
{
    return exp(db / ALI_DECIBEL);
}

/** Level [dB] of a ratio of powers; -HUGE_VAL of 0. */
static inline double ali_to_db(double ratio)
{
    return ratio > 0 ? ALI_DECIBEL * log(ratio) : -HUGE_VAL;
}

#endif
