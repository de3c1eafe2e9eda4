/* SPDX-License-Identifier: Apache-2.0 */
#include "server.h"

#include "http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* ---- the session's document ---- */

json_t *view_server_session(const view_server *server)
{
    json_t *document = view_session_json(&server->session), *runs = json_array();
    for (const view_run *run = server->runs.newest; run; run = run->older)
        json_array_insert_new(runs, 0, view_run_json(run));
    json_object_set_new(document, "runs", runs);
    return document;
}

void view_server_tell_session(view_server *server)
{
    json_t *document = view_server_session(server);
    char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
    if (text)
        view_events_send(server->events, "session", text, strlen(text));
    free(text);
    json_decref(document);
}

void view_server_look(view_server *server)
{
    if (view_session_look(&server->session))
        view_server_tell_session(server);
}

/* ---- the file's watcher ---- */

/** Look at the file once a second, until the server closes. */
static void *watch(void *user)
{
    view_server *server = user;
    pthread_mutex_lock(&server->lock);
    while (!server->closing) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&server->closed, &server->lock, &until);
        if (!server->closing)
            view_server_look(server);
        if (!server->closing)
            view_http_check_patience(server->http);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

/* ---- begin and end ---- */

/** 128 random bits in hexadecimal. */
static alicorn_status make_token(char token[33], alicorn_error *error)
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return view_fail(error, ALICORN_E_IO, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    return ALICORN_OK;
}

alicorn_status view_server_create(const view_options *options, view_server **server,
                                  alicorn_error *error)
{
    view_server *made = *server = calloc(1, sizeof *made);
    if (!made)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    made->options = *options;
    made->solver = *options->solver;
    made->options.solver = &made->solver;
    made->solver.progress = NULL;
    made->solver.report = NULL;
    made->solver.planned = NULL;
    made->solver.solved = NULL;
    made->solver.checkpoint = NULL;
    made->solver.resume = 0;
    pthread_mutex_init(&made->lock, NULL);
    pthread_mutex_init(&made->geometry, NULL);
    pthread_cond_init(&made->closed, NULL);
    pthread_cond_init(&made->runs.wanted, NULL);
    made->events = view_events_create();
    made->runs.lock = &made->lock;
    made->runs.events = made->events;
    made->runs.session = &made->session;
    if (!made->events)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status = make_token(made->token, error);
    return status == ALICORN_OK ? view_session_open(&made->session, &made->options, error) : status;
}

void view_server_destroy(view_server *server)
{
    if (!server)
        return;
    view_runs_end(&server->runs);
    view_session_clear(&server->session);
    view_events_destroy(server->events);
    pthread_cond_destroy(&server->runs.wanted);
    pthread_cond_destroy(&server->closed);
    pthread_mutex_destroy(&server->geometry);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

alicorn_status view_start(const view_options *options, view_server **server, alicorn_error *error)
{
    view_server *made;
    *server = NULL;
    alicorn_status status = view_server_create(options, &made, error);
    if (status == ALICORN_OK && !view_runs_start(&made->runs))
        status = view_fail(error, ALICORN_E_MEMORY, "no thread can be started");
    if (status == ALICORN_OK)
        status = view_http_start(made, &made->http, error);
    if (status == ALICORN_OK) {
        made->watches = pthread_create(&made->watcher, NULL, watch, made) == 0;
        if (!made->watches)
            status = view_fail(error, ALICORN_E_MEMORY, "no thread can be started");
    }
    if (status == ALICORN_OK)
        *server = made;
    else
        view_stop(made);
    return status;
}

void view_stop(view_server *server)
{
    if (!server)
        return;
    pthread_mutex_lock(&server->lock);
    server->closing = true;
    pthread_cond_signal(&server->closed);
    for (view_run *run = server->runs.newest; run; run = run->older)
        atomic_store(&run->stop, true);
    pthread_mutex_unlock(&server->lock);
    if (server->watches)
        pthread_join(server->watcher, NULL);
    if (server->events)
        view_events_end(server->events);
    view_http_stop(server->http);
    view_server_destroy(server);
}

int view_port(const view_server *server)
{
    return atomic_load(&server->port);
}

void view_url(const view_server *server, char *url, size_t size)
{
    snprintf(url, size, "http://127.0.0.1:%d/?token=%s", view_port(server), server->token);
}
