/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  The session, the file's text, runs, events. */

void view_get_asset(view_server *server, const view_request *request, view_reply *reply)
{
    (void)server;
    reply->code = VIEW_OK;
    reply->asset = view_asset_find(request->path);
}

/** Why the library failed, without the folder of the file. */
static void reply_failure(const view_server *server, const alicorn_error *error, view_reply *reply)
{
    view_reply_failure(reply, error, server->session.path, server->session.folder);
}

/* ---- the session ---- */

void view_get_session(view_server *server, const view_request *request, view_reply *reply)
{
    (void)request;
    pthread_mutex_lock(&server->lock);
    view_server_look(server);
    json_t *document = view_server_session(server);
    pthread_mutex_unlock(&server->lock);
    view_reply_json(reply, VIEW_OK, document);
}

void view_get_text(view_server *server, const view_request *request, view_reply *reply)
{
    (void)request;
    pthread_mutex_lock(&server->lock);
    view_server_look(server);
    view_text *text = view_text_keep(server->session.text);
    bool missing = server->session.missing;
    pthread_mutex_unlock(&server->lock);
    if (missing)
        view_reply_error(reply, VIEW_FAILED, "io", "the file cannot be read");
    else
        view_reply_json(
            reply, VIEW_OK,
            json_pack("{s:o, s:s}", "text", view_text_json(text), "sha256", text->sha256));
    view_text_drop(text);
}

/** Save, and say what is there now. */
static void put_text(view_server *server, const char *text, size_t length, const char *expect,
                     view_reply *reply)
{
    alicorn_error error = {0};
    bool same;
    pthread_mutex_lock(&server->lock);
    alicorn_status status =
        view_session_save(&server->session, text, length, expect, &same, &error);
    if (status == ALICORN_OK && same)
        view_server_tell_session(server);
    else
        view_server_look(server);
    json_t *now = json_string(server->session.text->sha256);
    pthread_mutex_unlock(&server->lock);
    if (status != ALICORN_OK)
        reply_failure(server, &error, reply);
    else if (same)
        view_reply_json(reply, VIEW_OK, json_pack("{s:O}", "sha256", now));
    else
        view_reply_error(reply, VIEW_CONFLICT, "conflict",
                         "the file has changed on disk, and nothing is written");
    json_decref(now);
}

void view_put_text(view_server *server, const view_request *request, view_reply *reply)
{
    const json_t *text = NULL, *expect = NULL;
    json_t *body = view_request_object(request, reply);
    if (!body)
        return;
    if (view_take_string(body, "text", &text, reply) &&
        view_take_string(body, "expect", &expect, reply)) {
        if (text && expect)
            put_text(server, json_string_value(text), json_string_length(text),
                     json_string_value(expect), reply);
        else
            view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "expected 'text' and 'expect'");
    }
    json_decref(body);
}

/* ---- runs ---- */

static void reply_busy(view_reply *reply)
{
    view_reply_error(reply, VIEW_CONFLICT, "busy", "another run has not ended yet");
}

static void reply_no_run(view_reply *reply)
{
    view_reply_error(reply, VIEW_NOT_FOUND, "usage", "there is no such run (any more)");
}

void view_post_run(view_server *server, const view_request *request, view_reply *reply)
{
    view_job job = {0};
    json_t *body = view_request_object(request, reply);
    if (!body)
        return;
    pthread_mutex_lock(&server->lock);
    view_server_look(server);
    if (view_job_take(&job, &server->session, body, reply)) {
        view_run *run = view_runs_add(&server->runs, &job);
        if (run)
            view_reply_json(reply, VIEW_OK, json_pack("{s:i}", "run", run->number));
        else
            reply_busy(reply);
    }
    pthread_mutex_unlock(&server->lock);
    view_job_clear(&job);
    json_decref(body);
}

/** The number in the body's `run`; 0 if it is not there. */
static int take_number(const view_request *request, view_reply *reply)
{
    json_t *body = view_request_object(request, reply);
    json_t *value = body ? json_object_get(body, "run") : NULL;
    int number = json_is_integer(value) && json_integer_value(value) > 0 &&
                         json_integer_value(value) < 1000000000
                     ? (int)json_integer_value(value)
                     : 0;
    if (body && number == 0)
        view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "'run': expected the number of a run");
    json_decref(body);
    return number;
}

void view_post_stop(view_server *server, const view_request *request, view_reply *reply)
{
    int number = take_number(request, reply);
    if (number == 0)
        return;
    pthread_mutex_lock(&server->lock);
    view_run *run = view_runs_find(&server->runs, number);
    if (run)
        atomic_store(&run->stop, true);
    json_t *document = run ? view_run_json(run) : NULL;
    pthread_mutex_unlock(&server->lock);
    if (run)
        view_reply_json(reply, VIEW_OK, document);
    else
        reply_no_run(reply);
}

void view_post_resume(view_server *server, const view_request *request, view_reply *reply)
{
    int number = take_number(request, reply);
    if (number == 0)
        return;
    pthread_mutex_lock(&server->lock);
    view_run *run = view_runs_find(&server->runs, number);
    bool busy = view_runs_busy(&server->runs);
    bool resumed = run && view_runs_resume(&server->runs, run);
    json_t *document = resumed ? view_run_json(run) : NULL;
    pthread_mutex_unlock(&server->lock);
    if (resumed)
        view_reply_json(reply, VIEW_OK, document);
    else if (!run)
        reply_no_run(reply);
    else if (busy)
        reply_busy(reply);
    else
        view_reply_error(reply, VIEW_CONFLICT, "conflict", "the run was not stopped");
}

/* ---- events ---- */

void view_get_events(view_server *server, const view_request *request, view_reply *reply)
{
    (void)request;
    pthread_mutex_lock(&server->lock);
    view_server_look(server);
    json_t *document = view_server_session(server);
    char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
    /* under the lock: what happens from now on is behind the session */
    reply->stream = text ? view_stream_open(server->events, "session", text, strlen(text)) : NULL;
    pthread_mutex_unlock(&server->lock);
    reply->code = reply->stream ? VIEW_OK : VIEW_FAILED;
    free(text);
    json_decref(document);
}
