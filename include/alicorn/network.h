/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_NETWORK_H
#define ALICORN_NETWORK_H

#include "alicorn/result.h"

/** @file
 *  N-ports over frequency, computed or measured: S-parameters and nothing else. */

#ifdef __cplusplus
extern "C" {
#endif

/** S-parameters of an N-port over frequency. Plain, and read-only for callers but through the
 * functions below. */
typedef struct alicorn_network {
    size_t ports;
    char (*names)[32];    /**< [ports]; "1", "2", … where nothing else is known */
    double *z0;           /**< [ports] reference resistances [ohm] */
    size_t count;         /**< frequencies */
    double *frequency_hz; /**< [count] ascending */
    alicorn_complex *s;   /**< [count][ports][ports], row: the port that receives */
    double *s_error;      /**< same shape, estimated |error|; NULL if not known */
    size_t capacity;      /**< frequencies there is room for */
} alicorn_network;

/** An N-port without frequencies.
 *  @param names  [ports], or NULL: "1", "2", …
 *  @param z0     [ports] > 0 [ohm], or NULL: 50
 *  @return ALICORN_OK, ALICORN_E_USAGE (no ports, a resistance that is not positive),
 * ALICORN_E_MEMORY; *network is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_network_create(size_t ports, const char *const *names,
                                                  const double *z0, alicorn_network **network,
                                                  alicorn_error *error);

/** Append a frequency above all others.
 *  @param s        [ports][ports]
 *  @param s_error  the same, or NULL; either for all frequencies or for none
 *  @return ALICORN_OK, ALICORN_E_USAGE (frequency not above the last, values not finite),
 * ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_network_append(alicorn_network *network, double frequency_hz,
                                                  const alicorn_complex *s, const double *s_error,
                                                  alicorn_error *error);

/** Read a Touchstone file, version 1.0, 1.1 or 2.0; "-" is not possible, the number of ports is in
 * the name. S, Y and Z become S. Port names are taken from comments "! Port[1] = name".
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_INPUT with line and column, ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_network_read(const char *path, alicorn_network **network,
                                                alicorn_error *error);

/** The same from `length` bytes of text; the extension of `name` tells the number of ports. */
ALICORN_API alicorn_status alicorn_network_parse(const char *text, size_t length, const char *name,
                                                 alicorn_network **network, alicorn_error *error);

/** The N-port of one task of a result, over its frequencies in ascending order.
 *  @return ALICORN_OK, ALICORN_E_USAGE (no ports, they change, a frequency occurs twice),
 * ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_network_from_result(const alicorn_result *result, size_t task,
                                                       alicorn_network **network,
                                                       alicorn_error *error);

/** Index of the port of this name, in any case; network->ports if there is none. */
ALICORN_API size_t alicorn_network_port(const alicorn_network *network, const char *name);

/** S at a frequency, between samples by rational interpolation of the nearest eight, exact at
 * samples.
 *  @param s  [ports][ports]
 *  @return ALICORN_OK, or ALICORN_E_USAGE outside the samples: nothing is extrapolated */
ALICORN_API alicorn_status alicorn_network_at(const alicorn_network *network, double frequency_hz,
                                              alicorn_complex *s, alicorn_error *error);

/** Whether more power leaves the ports than enters one of them, by 5 % somewhere, as it seems if
 * magnitudes were read in a wrong format.
 *  @param text  [size] what and where, in one line; "" if all is well
 *  @return 1 or 0 */
ALICORN_API int alicorn_network_doubt(const alicorn_network *network, char *text, size_t size);

ALICORN_API void alicorn_network_destroy(alicorn_network *network);

#ifdef __cplusplus
}
#endif
#endif
