/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** Time after which a silent stream has a comment [s]. */
enum { QUIET_S = 15 };

static const char comment[] = ": here\n\n";

/** An event as it goes over the wire, shared by all who still have to hear it. */
typedef struct frame {
    atomic_int references;
    size_t size;
    char text[];
} frame;

struct view_stream {
    view_events *events;
    view_stream *next;
    frame *waiting[VIEW_EVENTS_WAITING]; /**< a ring of `count` frames from `first` on */
    size_t first, count, bytes;
    size_t offset; /**< of the first frame, already taken */
    bool dropped;
};

struct view_events {
    pthread_mutex_t lock; /**< guards everything here and in the streams */
    pthread_cond_t heard;
    view_stream *streams;
    bool ended;
};

view_events *view_events_create(void)
{
    view_events *events = calloc(1, sizeof *events);
    pthread_condattr_t monotonic;
    if (!events)
        return NULL;
    pthread_mutex_init(&events->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&events->heard, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return events;
}

void view_events_destroy(view_events *events)
{
    if (!events)
        return;
    pthread_cond_destroy(&events->heard);
    pthread_mutex_destroy(&events->lock);
    free(events);
}

void view_events_end(view_events *events)
{
    pthread_mutex_lock(&events->lock);
    events->ended = true;
    pthread_cond_broadcast(&events->heard);
    pthread_mutex_unlock(&events->lock);
}

/* ---- frames ---- */

/** An event of one line of data: line breaks and what indents the next line stand between values
 * only, since strings have them escaped. */
static frame *make_frame(const char *name, const char *json, size_t length)
{
    size_t room = strlen(name) + length + sizeof "event: \ndata: \n\n";
    frame *f = malloc(sizeof *f + room);
    if (!f)
        return NULL;
    atomic_init(&f->references, 1);
    f->size = (size_t)snprintf(f->text, room, "event: %s\ndata: ", name);
    for (size_t i = 0; i < length;) {
        if (json[i] != '\n') {
            f->text[f->size++] = json[i++];
            continue;
        }
        while (i < length && (json[i] == '\n' || json[i] == ' '))
            i++;
    }
    f->text[f->size++] = '\n';
    f->text[f->size++] = '\n';
    return f;
}

static void drop_frame(frame *f)
{
    if (f && atomic_fetch_sub(&f->references, 1) == 1)
        free(f);
}

static void forget_waiting(view_stream *stream)
{
    for (; stream->count > 0; stream->count--) {
        drop_frame(stream->waiting[stream->first]);
        stream->first = (stream->first + 1) % VIEW_EVENTS_WAITING;
    }
    stream->bytes = stream->offset = 0;
}

/** Put a frame behind what waits, or drop the listener. */
static void push(view_stream *stream, frame *f)
{
    if (stream->dropped)
        return;
    bool full = stream->count == VIEW_EVENTS_WAITING ||
                (stream->count > 0 && stream->bytes + f->size > VIEW_EVENTS_BYTES);
    if (full) {
        stream->dropped = true;
        forget_waiting(stream);
        return;
    }
    atomic_fetch_add(&f->references, 1);
    stream->waiting[(stream->first + stream->count) % VIEW_EVENTS_WAITING] = f;
    stream->count++;
    stream->bytes += f->size;
}

void view_events_send(view_events *events, const char *name, const char *json, size_t length)
{
    frame *f = make_frame(name, json, length);
    pthread_mutex_lock(&events->lock);
    for (view_stream *stream = events->streams; stream; stream = stream->next) {
        if (f)
            push(stream, f);
        else
            stream->dropped = true; /* without memory: who listens has to ask again */
    }
    pthread_cond_broadcast(&events->heard);
    pthread_mutex_unlock(&events->lock);
    drop_frame(f);
}

/* ---- streams ---- */

view_stream *view_stream_open(view_events *events, const char *name, const char *json,
                              size_t length)
{
    view_stream *stream = calloc(1, sizeof *stream);
    frame *f = make_frame(name, json, length);
    if (!stream || !f) {
        free(stream);
        drop_frame(f);
        return NULL;
    }
    stream->events = events;
    push(stream, f);
    drop_frame(f);
    pthread_mutex_lock(&events->lock);
    stream->next = events->streams;
    events->streams = stream;
    pthread_mutex_unlock(&events->lock);
    return stream;
}

void view_stream_close(view_stream *stream)
{
    if (!stream)
        return;
    view_events *events = stream->events;
    pthread_mutex_lock(&events->lock);
    view_stream **link = &events->streams;
    while (*link != stream)
        link = &(*link)->next;
    *link = stream->next;
    pthread_mutex_unlock(&events->lock);
    forget_waiting(stream);
    free(stream);
}

/** Wait until there is something to say. False when it took too long. */
static bool wait_for_event(view_stream *stream)
{
    view_events *events = stream->events;
    struct timespec until;
    int late = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += QUIET_S;
    while (stream->count == 0 && !stream->dropped && !events->ended && late != ETIMEDOUT)
        late = pthread_cond_timedwait(&events->heard, &events->lock, &until);
    return stream->count > 0 || stream->dropped || events->ended;
}

size_t view_stream_read(view_stream *stream, char *buffer, size_t size)
{
    view_events *events = stream->events;
    size_t taken = 0;
    pthread_mutex_lock(&events->lock);
    if (!wait_for_event(stream)) {
        taken = size < sizeof comment - 1 ? 0 : sizeof comment - 1;
        memcpy(buffer, comment, taken);
    }
    while (stream->count > 0 && taken < size && !events->ended) {
        frame *f = stream->waiting[stream->first];
        size_t part =
            f->size - stream->offset < size - taken ? f->size - stream->offset : size - taken;
        memcpy(buffer + taken, f->text + stream->offset, part);
        taken += part;
        stream->offset += part;
        if (stream->offset < f->size)
            break;
        stream->first = (stream->first + 1) % VIEW_EVENTS_WAITING;
        stream->count--;
        stream->bytes -= f->size;
        stream->offset = 0;
        drop_frame(f);
    }
    pthread_mutex_unlock(&events->lock);
    return taken;
}
