/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_NEC_CONNECTIONS_H
#define ALI_OUTPUT_NEC_CONNECTIONS_H

#include "model/model.h"

/** What NEC prints as the connections of one segment, per end: 0 for a free end, its own number at
 * the ground, else the next segment in cyclic order that touches there, positive if it does so with
 * its opposite end. */
typedef struct ali_nec_connection {
    int end[2];
} ali_nec_connection;

/** Connections of all segments, shape [segment_count]. Ends touch when they are closer than a
 * thousandth of the segment's length, as in NEC. With `ground`, ends at z = 0 are connected to it.
 *  @return ALICORN_OK or ALICORN_E_MEMORY.  Cost: O(n log n) */
alicorn_status ali_nec_connections(const ali_model *model, bool ground,
                                   ali_nec_connection *connections, alicorn_error *error);

/** Segments that meet at one end of a segment, in NEC's order, negative where it is their first end
 * that is there; the first is the segment itself. `members` has room for 2 * segment_count.
 *  @return their number, or 0 if a segment with a smaller number is among them */
size_t ali_nec_junction(const ali_nec_connection *connections, size_t segment_count, size_t segment,
                        int end, int *members);

#endif
