/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct route {
    const char *method, *path;
    const char *type; /**< of the body; NULL: it has none */
    view_handler handler;
} route;

static const char json_body[] = "application/json", plain_body[] = "text/plain";

static const route routes[] = {
    {"GET", "/api/session", NULL, view_get_session},
    {"GET", "/api/text", NULL, view_get_text},
    {"PUT", "/api/text", json_body, view_put_text},
    {"POST", "/api/model", json_body, view_post_model},
    {"POST", "/api/run", json_body, view_post_run},
    {"POST", "/api/stop", json_body, view_post_stop},
    {"POST", "/api/resume", json_body, view_post_resume},
    {"GET", "/api/run", NULL, view_get_run},
    {"GET", "/api/compare", NULL, view_get_compare},
    {"POST", "/api/touchstone", plain_body, view_post_touchstone},
    {"GET", "/api/events", NULL, view_get_events},
};
enum { ROUTES = sizeof routes / sizeof *routes };

/** Equal, in a time that does not tell how much of it is. */
static bool same_secret(const char *given, const char *secret)
{
    size_t length = strlen(secret);
    unsigned char difference = 0;
    if (!given || strlen(given) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)(given[i] ^ secret[i]);
    return difference == 0;
}

/** Whether a text is this server by one of its names, behind a prefix. */
static bool is_here(const view_server *server, const char *text, const char *prefix)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(own, sizeof own, "%s%s:%d", prefix, names[i], view_port(server));
        if (strcmp(text, own) == 0)
            return true;
    }
    return false;
}

/** Whether a content type, without its parameters, is the one expected. */
static bool is_type(const char *type, const char *expected)
{
    size_t length = strlen(expected);
    return type && strncmp(type, expected, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

static view_handler refuse(view_reply *reply, int code, const char *message)
{
    view_reply_error(reply, code, "usage", "%s", message);
    return NULL;
}

/** Methods of a path, "GET, PUT"; static. NULL if there is no such path. */
static const char *methods_of(const char *path)
{
    static const char *const texts[] = {NULL,  "GET",      "POST",      "GET, POST",
                                        "PUT", "GET, PUT", "POST, PUT", "GET, POST, PUT"};
    size_t found = 0;
    for (size_t i = 0; i < ROUTES; i++)
        if (strcmp(routes[i].path, path) == 0)
            found |= routes[i].method[0] == 'G' ? 1u : routes[i].method[1] == 'O' ? 2u : 4u;
    return texts[found];
}

static view_handler admit_route(const view_request *request, view_reply *reply)
{
    const char *methods = methods_of(request->path);
    if (!methods)
        return refuse(reply, VIEW_NOT_FOUND, "there is nothing at this path");
    for (size_t i = 0; i < ROUTES; i++) {
        const route *r = &routes[i];
        if (strcmp(r->path, request->path) != 0 || strcmp(r->method, request->method) != 0)
            continue;
        if (r->type && !is_type(request->type, r->type))
            return refuse(reply, VIEW_BAD_TYPE,
                          r->type == plain_body ? "expected a body of text/plain"
                                                : "expected a body of application/json");
        return r->handler;
    }
    refuse(reply, VIEW_NOT_ALLOWED, "this path has no such method");
    reply->allow = methods;
    return NULL;
}

view_handler view_route_admit(const view_server *server, const view_request *request,
                              view_reply *reply)
{
    if (!request->host || !is_here(server, request->host, ""))
        return refuse(reply, VIEW_FORBIDDEN, "this host is not served here");
    if (request->origin && !is_here(server, request->origin, "http://"))
        return refuse(reply, VIEW_FORBIDDEN, "pages of other origins may not ask");
    if (view_asset_find(request->path)) {
        if (strcmp(request->method, "GET") == 0)
            return view_get_asset;
        refuse(reply, VIEW_NOT_ALLOWED, "this path has no such method");
        reply->allow = "GET";
        return NULL;
    }
    if (!same_secret(request->token, server->token))
        return refuse(reply, VIEW_FORBIDDEN, "expected the token of the page's address");
    return admit_route(request, reply);
}

void view_route(view_server *server, const view_request *request, view_reply *reply)
{
    view_handler handler = view_route_admit(server, request, reply);
    if (handler && request->body_size > VIEW_BODY_MAX)
        refuse(reply, VIEW_TOO_LARGE, "expected at most 4 MB");
    else if (handler)
        handler(server, request, reply);
    /* memory ran out on the way to any better answer */
    if (reply->code == 0)
        reply->code = VIEW_FAILED;
}

json_t *view_request_object(const view_request *request, view_reply *reply)
{
    json_error_t error;
    if (request->body_size == 0)
        return json_object();
    json_t *object = json_loadb(request->body, request->body_size, JSON_REJECT_DUPLICATES, &error);
    if (object && json_is_object(object))
        return object;
    if (object)
        view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "expected a JSON object");
    else
        view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "line %d of the body: %s", error.line,
                         error.text);
    json_decref(object);
    return NULL;
}
