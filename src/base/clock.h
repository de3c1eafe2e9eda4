/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_CLOCK_H
#define ALI_BASE_CLOCK_H

/** Seconds on a clock that never goes back; only differences mean anything. */
double ali_clock_seconds(void);

/** Processor time of all threads of the process [s]; only differences mean anything. */
double ali_clock_processor_seconds(void);

#endif
