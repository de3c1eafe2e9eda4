/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_SERVER_H
#define VIEW_SERVER_H

#include "run.h"
#include "session.h"

/** @file
 *  The state behind the interface. Threads: one for each connection, which answer requests; that of
 *  runs; one that watches the file. `lock` guards the session and the runs; `geometry` lets one
 *  request at a time build a model. Whoever holds both took `geometry` first. Events have a lock of
 *  their own, which may be taken under both. */
struct view_server {
    view_options options;
    alicorn_options solver; /**< without callbacks and checkpoint */
    pthread_mutex_t lock, geometry;
    view_session session;
    view_runs runs;
    view_events *events;
    char token[33];
    atomic_int port;        /**< set when the server listens, which requests may already notice */
    struct view_http *http; /**< NULL where nothing listens (tests) */
    pthread_t watcher;
    bool watches, closing;
    pthread_cond_t closed; /**< `closing` was set */
};

/** All but connections and threads. Destroy it in any case. */
alicorn_status view_server_create(const view_options *options, view_server **server,
                                  alicorn_error *error);
void view_server_destroy(view_server *server);

/** Tell all pages of the session; the lock is held. */
void view_server_tell_session(view_server *server);
/** See what is on disk now, and tell all pages if that is something else; the lock is held. */
void view_server_look(view_server *server);
/** The session's document with the runs; the lock is held. NULL without memory. */
json_t *view_server_session(const view_server *server);

#endif
