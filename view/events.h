/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_EVENTS_H
#define VIEW_EVENTS_H

#include <stddef.h>

/** @file
 *  One thing said to many listeners, who each take their time. What waits for a listener is
 * bounded: one that falls behind is dropped, and asks again (docs/api.md). Nobody waits for a
 * listener.
 *
 *  Everything here may be called from any thread; a lock of the hub's own, which is never held
 * while anything else is waited for, guards it. */

typedef struct view_events view_events;
typedef struct view_stream view_stream;

/** What may wait for one listener. */
enum { VIEW_EVENTS_WAITING = 4096, VIEW_EVENTS_BYTES = 64 << 20 };

/** NULL without memory. */
view_events *view_events_create(void);
/** All streams must be closed. NULL is fine. */
void view_events_destroy(view_events *events);
/** End all streams: none of them waits any more. */
void view_events_end(view_events *events);

/** Say something to all listeners. @param json  document; its line breaks between values go */
void view_events_send(view_events *events, const char *name, const char *json, size_t length);

/** Listen to what is sent from now on, behind a first event. NULL without memory. */
view_stream *view_stream_open(view_events *events, const char *name, const char *json,
                              size_t length);
/** Stop listening. NULL is fine. */
void view_stream_close(view_stream *stream);

/** Take up to `size` bytes of what there is to hear; waits for it, and after a while gives a
 * comment that keeps the connection open. Returns 0 at the end, or when the listener was dropped.
 */
size_t view_stream_read(view_stream *stream, char *buffer, size_t size);

#endif
