/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

#include "route.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

/** Memory for the head of a request [bytes]; larger ones are refused. Time after which a connection
 *  on which nothing moves is closed [s]. Blocks of a stream [bytes]. */
enum { HEAD_BYTES = 64 << 10, IDLE_S = 40, STREAM_BLOCK = 32 << 10 };

/** A connection whose request is arriving: who sends byte by byte is not waited for for ever. */
typedef struct peer {
    int socket;   /**< -1: free */
    double since; /**< the request is awaited [s]; < 0: it is here */
} peer;

struct view_http {
    view_server *server;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock; /**< guards peers; nothing else is taken under it */
    peer peers[VIEW_CONNECTIONS_MAX];
};

/** One request while it arrives. */
typedef struct arrival {
    view_handler handler;
    char *body;
    size_t size, capacity;
} arrival;

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- patience ---- */

static int socket_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/** Set what is known of a socket: `from` is its present entry, -1 a free one. */
static void set_peer(view_http *http, int from, int socket, double since)
{
    pthread_mutex_lock(&http->lock);
    for (size_t i = 0; i < VIEW_CONNECTIONS_MAX; i++)
        if (http->peers[i].socket == from) {
            http->peers[i] = (peer){socket, since};
            break;
        }
    pthread_mutex_unlock(&http->lock);
}

static void on_connection(void *user, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    view_http *http = user;
    int socket = socket_of(connection);
    (void)context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        set_peer(http, -1, socket, now_s());
    else
        set_peer(http, socket, -1, -1.0);
}

void view_http_check_patience(view_http *http)
{
    double late = now_s() - http->server->options.patience_s;
    pthread_mutex_lock(&http->lock);
    for (size_t i = 0; i < VIEW_CONNECTIONS_MAX; i++)
        if (http->peers[i].socket >= 0 && http->peers[i].since >= 0.0 &&
            http->peers[i].since < late)
            shutdown(http->peers[i].socket, SHUT_RDWR); /* its thread closes it */
    pthread_mutex_unlock(&http->lock);
}

/* ---- answers ---- */

static ssize_t read_stream(void *user, uint64_t position, char *buffer, size_t size)
{
    (void)position;
    size_t taken = view_stream_read(user, buffer, size);
    return taken > 0 ? (ssize_t)taken : MHD_CONTENT_READER_END_OF_STREAM;
}

static void close_stream(void *user)
{
    view_stream_close(user);
}

static void add_headers(struct MHD_Response *response, const view_reply *reply)
{
    static const char *const always[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Content-Security-Policy",
         "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
         "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(response, always[i][0], always[i][1]);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            reply->asset    ? reply->asset->type
                            : reply->stream ? "text/event-stream"
                                            : "application/json");
    if (reply->asset && reply->asset->gzip)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    if (reply->allow)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, reply->allow);
}

/** Send a reply, which is used up. */
static enum MHD_Result send_reply(struct MHD_Connection *connection, view_reply *reply)
{
    struct MHD_Response *response = NULL;
    if (reply->stream)
        response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream,
                                                     reply->stream, close_stream);
    else if (reply->asset)
        response = MHD_create_response_from_buffer(
            reply->asset->size, (void *)(uintptr_t)reply->asset->data, MHD_RESPMEM_PERSISTENT);
    else
        response = MHD_create_response_from_buffer(
            reply->size, reply->body, reply->body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!response) {
        view_reply_clear(reply);
        return MHD_NO;
    }
    add_headers(response, reply);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->code, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- requests ---- */

static const char *query_of(void *user, const char *name)
{
    return MHD_lookup_connection_value(user, MHD_GET_ARGUMENT_KIND, name);
}

/** Nothing of the interface needs escapes: what has some is compared as it came. */
static size_t keep_escapes(void *user, struct MHD_Connection *connection, char *text)
{
    (void)user, (void)connection;
    return strlen(text);
}

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static view_request request_of(struct MHD_Connection *connection, const char *method,
                               const char *path)
{
    const char *token = header_of(connection, "X-Alicorn-Token");
    return (view_request){.method = method,
                          .path = path,
                          .host = header_of(connection, MHD_HTTP_HEADER_HOST),
                          .origin = header_of(connection, MHD_HTTP_HEADER_ORIGIN),
                          .token = token ? token : query_of(connection, "token"),
                          .type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
                          .query = query_of,
                          .query_user = connection};
}

/** Whether the head says that the body is too large. */
static bool says_too_much(struct MHD_Connection *connection)
{
    const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length && strtoull(length, NULL, 10) > VIEW_BODY_MAX;
}

/** The head of a request is here: refuse it, or get ready for its body. */
static enum MHD_Result begin(view_http *http, struct MHD_Connection *connection,
                             const view_request *request, void **context)
{
    view_reply reply = {0};
    view_handler handler = view_route_admit(http->server, request, &reply);
    if (handler && says_too_much(connection)) {
        view_reply_error(&reply, VIEW_TOO_LARGE, "usage", "expected at most 4 MB");
        handler = NULL;
    }
    if (!handler)
        return send_reply(connection, &reply);
    arrival *made = calloc(1, sizeof *made);
    if (!made)
        return MHD_NO;
    made->handler = handler;
    *context = made;
    return MHD_YES;
}

/** More of the body; too much of it, where the head did not say how much, ends the connection. */
static enum MHD_Result take_body(arrival *a, const char *data, size_t size)
{
    if (a->size + size > VIEW_BODY_MAX)
        return MHD_NO;
    if (a->size + size > a->capacity) {
        size_t capacity = 2 * (a->size + size);
        char *body = realloc(a->body, capacity);
        if (!body)
            return MHD_NO;
        a->body = body;
        a->capacity = capacity;
    }
    memcpy(a->body + a->size, data, size);
    a->size += size;
    return MHD_YES;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **context)
{
    view_http *http = user;
    arrival *a = *context;
    view_request request = request_of(connection, method, path);
    (void)version;
    if (!a)
        return begin(http, connection, &request, context);
    if (*size > 0) {
        enum MHD_Result result = take_body(a, data, *size);
        *size = 0;
        return result;
    }
    int socket = socket_of(connection);
    set_peer(http, socket, socket, -1.0);
    view_reply reply = {0};
    request.body = a->body;
    request.body_size = a->size;
    a->handler(http->server, &request, &reply);
    if (reply.code == 0)
        reply.code = VIEW_FAILED;
    return send_reply(connection, &reply);
}

/** The answer is sent, or the connection broken: the next request may come. */
static void on_completed(void *user, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    arrival *a = *context;
    int socket = socket_of(connection);
    (void)code;
    if (a)
        free(a->body);
    free(a);
    *context = NULL;
    set_peer(user, socket, socket, now_s());
}

/* ---- begin and end ---- */

static alicorn_status start_daemon(view_http *http, alicorn_error *error)
{
    view_server *server = http->server;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)server->options.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    errno = 0;
    http->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0, NULL,
        NULL, on_request, http, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)VIEW_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, http, MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_END);
    if (!http->daemon)
        return view_fail(error, ALICORN_E_IO, "cannot listen on port %d: %s", server->options.port,
                         errno ? strerror(errno) : "it is not to be had");
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    atomic_store(&server->port, info ? info->port : server->options.port);
    return ALICORN_OK;
}

alicorn_status view_http_start(view_server *server, view_http **http, alicorn_error *error)
{
    view_http *made = *http = calloc(1, sizeof *made);
    if (!made)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    made->server = server;
    pthread_mutex_init(&made->lock, NULL);
    for (size_t i = 0; i < VIEW_CONNECTIONS_MAX; i++)
        made->peers[i] = (peer){-1, -1.0};
    alicorn_status status = start_daemon(made, error);
    if (status != ALICORN_OK) {
        view_http_stop(made);
        *http = NULL;
    }
    return status;
}

void view_http_stop(view_http *http)
{
    if (!http)
        return;
    if (http->daemon)
        MHD_stop_daemon(http->daemon);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
