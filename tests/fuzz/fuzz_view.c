/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as requests to the server of `alicorn view`, without connections.
 * Lines of an input: method and path (or their number in the table below), flags, query; the rest
 * is the body, in which @SHA@ stands for the digest of the file. Runs are started and stopped; what
 * is read before a solve is read. Run: fuzz_view -max_len=2000 -timeout=20
 * -dict=tests/fuzz/view.dict CORPUS tests/fuzz/view */
/* for mkdtemp */
#define _XOPEN_SOURCE 700
#include "http.h"
#include "route.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- what is served ---- */

alicorn_status view_http_start(view_server *server, view_http **http, alicorn_error *error)
{
    (void)server;
    *http = NULL;
    return view_fail(error, ALICORN_E_IO, "there are no connections here");
}

void view_http_stop(view_http *http)
{
    (void)http;
}

void view_http_check_patience(view_http *http)
{
    (void)http;
}

static const char page[] =
    "<!doctype html><script type=\"application/json\" id=\"alicorn\"></script>";
const view_asset view_assets[] = {{.path = "/",
                                   .type = "text/html",
                                   .data = (const unsigned char *)page,
                                   .size = sizeof page - 1}};
const size_t view_asset_count = 1;

static const char deck[] = "CM fuzzed\nCE\nSY len=0.48\nGW 1 9 0 0 -len/2 0 0 len/2 .001\nGE 0\n"
                           "EX 0 1 5 0 1 0\nFR 0 2 0 0 290 5\nRP 0 3 1 1000 0 0 45 0\nEN\n";

static char folder[64], path[96], beside[96];

static void check(int good)
{
    if (!good)
        abort();
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    check(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/** The folder may hold FILE and what lies beside it from the start, and nothing else. */
static void remove_folder(void)
{
    unlink(path);
    unlink(beside);
    check(rmdir(folder) == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    snprintf(folder, sizeof folder, "/tmp/alicorn-fuzz-XXXXXX");
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/fuzzed.nec", folder);
    snprintf(beside, sizeof beside, "%s/two.s2p", folder);
    write_file(beside, "# MHz S MA R 50\n100 .1 0 .01 0 .01 0 .1 0\n400 .1 0 .01 0 .01 0 .1 0\n");
    atexit(remove_folder);
    return 0;
}

/* ---- an input ---- */

typedef struct input {
    char *text;
    const char *method, *path, *flags, *query, *body;
} input;

/** The next line of a text, which ends there; "" behind the last. */
static const char *take_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    *text = end ? end + 1 : line + strlen(line);
    if (end)
        *end = '\0';
    return line;
}

static const char *const routes[][2] = {{"GET", "/"},
                                        {"GET", "/api/session"},
                                        {"GET", "/api/text"},
                                        {"PUT", "/api/text"},
                                        {"POST", "/api/model"},
                                        {"POST", "/api/run"},
                                        {"POST", "/api/stop"},
                                        {"POST", "/api/resume"},
                                        {"GET", "/api/run"},
                                        {"GET", "/api/compare"},
                                        {"POST", "/api/touchstone"},
                                        {"GET", "/api/events"}};

static void take_input(char *text, input *in)
{
    char *rest = text, *first = (char *)take_line(&rest), *space = strchr(first, ' ');
    size_t number = (size_t)(unsigned char)first[0] - 'a';
    if (number < sizeof routes / sizeof *routes && first[1] == '\0') {
        in->method = routes[number][0];
        in->path = routes[number][1];
    } else {
        if (space)
            *space = '\0';
        in->method = first;
        in->path = space ? space + 1 : "";
    }
    in->flags = take_line(&rest);
    in->query = take_line(&rest);
    in->body = rest;
}

/** Large numbers make large models, which are slow to read and no harder for the server. */
static int is_small(const uint8_t *data, size_t size)
{
    size_t digits = 0;
    for (size_t i = 0; i < size; i++) {
        digits = isdigit(data[i]) ? digits + 1 : 0;
        if (digits > 3)
            return 0;
    }
    return 1;
}

static char *copy_with_digest(const uint8_t *data, size_t size, const char *digest)
{
    static const char mark[] = "@SHA@";
    char *copy = malloc(size + 65);
    check(copy != NULL);
    memcpy(copy, data, size);
    copy[size] = '\0';
    char *at = strstr(copy, mark);
    if (at) {
        memmove(at + 64, at + strlen(mark), strlen(at + strlen(mark)) + 1);
        memcpy(at, digest, 64);
    }
    return copy;
}

static const char *query_of(void *user, const char *name)
{
    static char value[64];
    size_t length = strlen(name);
    for (const char *at = user; *at; at += strcspn(at, "&"), at += *at == '&')
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            snprintf(value, sizeof value, "%.*s", (int)strcspn(at + length + 1, "&"),
                     at + length + 1);
            return value;
        }
    return NULL;
}

/* ---- the answer ---- */

/** Every answer that is no page or stream is one JSON document, of an error where it is one. */
static void check_reply(view_reply *reply)
{
    check(reply->code >= 200 && reply->code <= 500);
    check((reply->body != NULL) + (reply->asset != NULL) + (reply->stream != NULL) == 1);
    if (reply->body) {
        json_t *document = json_loadb(reply->body, reply->size, 0, NULL);
        check(document != NULL);
        check((reply->code == VIEW_OK) == (json_object_get(document, "error") == NULL ||
                                           json_object_get(document, "run") != NULL));
        json_decref(document);
    }
    if (reply->stream)
        view_stream_close(reply->stream);
    reply->stream = NULL;
    view_reply_clear(reply);
}

static void ask(view_server *server, const input *in)
{
    view_request request = {.method = in->method,
                            .path = in->path,
                            .host = strchr(in->flags, 'h') ? "evil.example" : "127.0.0.1:0",
                            .origin = strchr(in->flags, 'o') ? in->flags : NULL,
                            .token = strchr(in->flags, 't') ? in->flags : server->token,
                            .type = strchr(in->flags, 'x')           ? in->flags
                                    : strstr(in->path, "/api/touch") ? "text/plain"
                                                                     : "application/json",
                            .query = query_of,
                            .query_user = (void *)(uintptr_t)in->query,
                            .body = in->body,
                            .body_size = strlen(in->body)};
    view_reply reply = {0};
    view_route(server, &request, &reply);
    check_reply(&reply);
}

/** What was started is read and stopped before it is solved. */
static void stop_runs(view_server *server)
{
    pthread_mutex_lock(&server->lock);
    for (view_run *run = server->runs.newest; run; run = run->older)
        atomic_store(&run->stop, true);
    view_runs_step(&server->runs);
    pthread_mutex_unlock(&server->lock);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    alicorn_options solver;
    alicorn_error error;
    view_server *server;
    alicorn_options_default(&solver);
    solver.threads = 1;
    const view_options options = {
        .path = path, .patience_s = 1, .mesher = "/nonexistent/gmsh", .solver = &solver};
    write_file(path, deck);
    check(view_server_create(&options, &server, &error) == ALICORN_OK);
    char *text = copy_with_digest(data, size, server->session.text->sha256);
    input in = {0};
    take_input(text, &in);
    if (is_small(data, size)) {
        ask(server, &in);
        stop_runs(server);
        /* what is there now can be told */
        const input session = {
            .method = "GET", .path = "/api/session", .flags = "", .query = "", .body = ""};
        ask(server, &session);
        const input run = {
            .method = "GET", .path = "/api/run", .flags = "", .query = "run=1", .body = ""};
        ask(server, &run);
    }
    free(text);
    view_server_destroy(server);
    return 0;
}
