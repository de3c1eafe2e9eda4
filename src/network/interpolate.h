/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_INTERPOLATE_H
#define ALI_NETWORK_INTERPOLATE_H

#include "alicorn/network.h"

/** Number of the last sample at or below f [Hz]; f lies between the first and the last. */
size_t ali_network_below(const alicorn_network *network, double f);

#endif
