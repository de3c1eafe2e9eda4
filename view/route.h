/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_ROUTE_H
#define VIEW_ROUTE_H

#include "server.h"

/** @file
 *  From a request to an answer, without the protocol that carries them: who may ask, which paths
 * and methods there are (docs/api.md). */

/** Largest body [bytes]. */
enum { VIEW_BODY_MAX = 4 << 20 };

/** A request. Texts are NULL where there is none. */
typedef struct view_request {
    const char *method, *path;                /**< path as sent, without the query */
    const char *host, *origin, *token, *type; /**< headers; the token may be from the query */
    /** A value of the query, or NULL. */
    const char *(*query)(void *user, const char *name);
    void *query_user;
    const char *body; /**< [body_size] */
    size_t body_size;
} view_request;

typedef void (*view_handler)(view_server *server, const view_request *request, view_reply *reply);

/** Who asks for what, before there is a body. Returns what will answer it; NULL if nothing may:
 * then the reply says so. */
view_handler view_route_admit(const view_server *server, const view_request *request,
                              view_reply *reply);

/** The whole: admit and answer. */
void view_route(view_server *server, const view_request *request, view_reply *reply);

/* Handlers. */
void view_get_asset(view_server *server, const view_request *request, view_reply *reply);
void view_get_session(view_server *server, const view_request *request, view_reply *reply);
void view_get_text(view_server *server, const view_request *request, view_reply *reply);
void view_put_text(view_server *server, const view_request *request, view_reply *reply);
void view_post_model(view_server *server, const view_request *request, view_reply *reply);
void view_post_run(view_server *server, const view_request *request, view_reply *reply);
void view_post_stop(view_server *server, const view_request *request, view_reply *reply);
void view_post_resume(view_server *server, const view_request *request, view_reply *reply);
void view_get_run(view_server *server, const view_request *request, view_reply *reply);
void view_get_compare(view_server *server, const view_request *request, view_reply *reply);
void view_post_touchstone(view_server *server, const view_request *request, view_reply *reply);
void view_get_events(view_server *server, const view_request *request, view_reply *reply);

/** The body as a JSON object; an empty one stands for an empty object. NULL if it is none: then the
 *  reply says so. */
json_t *view_request_object(const view_request *request, view_reply *reply);

#endif
