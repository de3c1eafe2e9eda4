/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_RATES_H
#define ALICORN_RATES_H

#include "alicorn/status.h"

/** @file
 *  How fast this machine does the few things that a solve consists of. Measured once, they let
 *  alicorn_predict and the `planned` callback of alicorn_options tell how long a solve will take.
 *  The library keeps none of it: a program measures when it likes and keeps the numbers where it
 *  likes, under the text of alicorn_rates_key. */

#ifdef __cplusplus
extern "C" {
#endif

/** X(field, text): every rate and its meaning. All are of `threads` threads together. */
#define ALICORN_RATE_TABLE(X)                                                                      \
    X(factor_single, "real operations per second of a factorisation in single precision")          \
    X(factor_double, "the same in double precision")                                               \
    X(memory, "bytes per second that are read from memory")                                        \
    X(wire_pair, "pairs of short wire elements filled per second")                                 \
    X(face_pair, "pairs of small triangles filled per second")                                     \
    X(near_pair, "near pairs of triangles integrated per second")

typedef struct alicorn_rates {
    int threads;                                      /**< that they hold for */
#define ALICORN_RATE_FIELD(field, text) double field; /**< [1/s] */
    ALICORN_RATE_TABLE(ALICORN_RATE_FIELD)
#undef ALICORN_RATE_FIELD
} alicorn_rates;

/** Measure the rates, with small problems; takes about 0.15 s. Processor time is what counts, so
 *  other programs do little harm, but other threads of this one do.
 *  @param threads  0: all cores
 *  @return ALICORN_OK, ALICORN_E_USAGE (threads), ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_rates_measure(int threads, alicorn_rates *rates,
                                                 alicorn_error *error);

/** Threads that a solve with this setting takes: all cores for 0. */
ALICORN_API int alicorn_rates_threads(int threads);

/** What the rates depend on, as one line of text: version, processor, linear-algebra library and
 *  its kernels, threads. Cut off if it does not fit `size` bytes; 256 are enough. */
ALICORN_API void alicorn_rates_key(int threads, char *text, size_t size);

/** 1 if all rates are positive and finite, as measured ones are. */
ALICORN_API int alicorn_rates_valid(const alicorn_rates *rates);

#ifdef __cplusplus
}
#endif
#endif
