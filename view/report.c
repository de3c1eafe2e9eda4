/* SPDX-License-Identifier: Apache-2.0 */
/* for realpath */
#define _XOPEN_SOURCE 700
#include "report.h"

#include "route.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** Where the documents stand in the template (web/vite.config.ts). */
static const char place[] = "<script type=\"application/json\" id=\"alicorn\"></script>";

/** Files that were read. */
typedef struct file_list {
    char **paths; /**< [count] each once */
    size_t count;
    bool failed; /**< memory ran out */
} file_list;

/* ---- files ---- */

/** Remember a file by its absolute name; what is not there is no input. */
static void note_file(file_list *files, const char *path)
{
    char *whole = realpath(path, NULL);
    files->failed |= !whole && errno == ENOMEM;
    for (size_t i = 0; whole && i < files->count; i++)
        if (strcmp(files->paths[i], whole) == 0) {
            free(whole);
            return;
        }
    char **more = whole ? realloc(files->paths, (files->count + 1) * sizeof *more) : NULL;
    if (more) {
        files->paths = more;
        files->paths[files->count++] = whole;
    } else {
        files->failed |= whole != NULL;
        free(whole);
    }
}

/** The user names the files here, so any may be read; which were is kept. */
static int may_read(void *user, const char *path)
{
    note_file(user, path);
    return 1;
}

static void clear_files(file_list *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
}

/** Each file with its SHA-256, as FILE names it or from its folder on. */
static alicorn_status files_json(const view_session *session, const file_list *files, json_t *list,
                                 alicorn_error *error)
{
    alicorn_status status = files->failed ? ALICORN_E_MEMORY : ALICORN_OK;
    if (files->failed)
        view_fail(error, status, "out of memory");
    for (size_t i = 0; i < files->count && status == ALICORN_OK; i++) {
        const char *path = files->paths[i];
        view_text *text;
        status = view_text_read(path, &text, error);
        if (status != ALICORN_OK)
            break;
        if (strncmp(path, session->path, session->folder) == 0)
            path += session->folder;
        json_array_append_new(list, json_pack("{s:s, s:s}", "file", path, "sha256", text->sha256));
        view_text_drop(text);
    }
    return status;
}

/* ---- runs ---- */

/** Fill a job of the file as it is. */
static alicorn_status make_job(const view_session *session, view_what what, view_job *job,
                               alicorn_error *error)
{
    view_reply reply = {0};
    json_t *nothing = json_object();
    *job = (view_job){.what = what};
    bool good = nothing && view_source_take(&job->source, session, nothing, &reply);
    json_decref(nothing);
    view_reply_clear(&reply);
    return good ? ALICORN_OK : view_fail(error, ALICORN_E_MEMORY, "out of memory");
}

static alicorn_status take_rcs(view_job *job, const alicorn_rcs_request *rcs, alicorn_error *error)
{
    size_t bytes = rcs->frequency_count * sizeof *job->rcs_frequencies;
    job->theta = rcs->theta;
    job->phi = rcs->phi;
    job->rcs_frequencies = bytes > 0 ? malloc(bytes) : NULL;
    if (bytes > 0 && !job->rcs_frequencies)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    if (bytes > 0)
        memcpy(job->rcs_frequencies, rcs->frequencies_hz, bytes);
    job->rcs_frequency_count = rcs->frequency_count;
    return ALICORN_OK;
}

/** Do a job, which is used up. */
static alicorn_status run_job(view_server *server, view_job *job, alicorn_error *error)
{
    pthread_mutex_lock(&server->lock);
    view_run *run = view_runs_add(&server->runs, job);
    if (run)
        view_runs_step(&server->runs);
    pthread_mutex_unlock(&server->lock);
    view_job_clear(job);
    if (!run)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    *error = run->error;
    return run->error.code;
}

static alicorn_status run_one(view_server *server, view_what what,
                              const view_report_options *report, alicorn_error *error)
{
    view_job job;
    alicorn_status status = make_job(&server->session, what, &job, error);
    if (status == ALICORN_OK && what == VIEW_RCS)
        status = take_rcs(&job, report->rcs, error);
    if (status == ALICORN_OK && what == VIEW_COSITE) {
        job.radios_path = report->radios;
        status = view_text_read(report->radios, &job.radios, error);
    }
    if (status == ALICORN_OK)
        return run_job(server, &job, error);
    view_job_clear(&job);
    return status;
}

static alicorn_status run_all(view_server *server, const view_report_options *report,
                              alicorn_error *error)
{
    const struct {
        bool wanted;
        view_what what;
    } parts[] = {{report->solve, VIEW_SOLVE},
                 {report->rcs != NULL, VIEW_RCS},
                 {report->radios != NULL, VIEW_COSITE},
                 {report->check, VIEW_CHECK}};
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == ALICORN_OK; i++)
        if (parts[i].wanted)
            status = run_one(server, parts[i].what, report, error);
    return status;
}

/* ---- documents ---- */

/** Text that a reader of HTML takes for nothing else: '<' occurs in strings of JSON only. */
static void put_safe(FILE *stream, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] == '<')
            fputs("\\u003c", stream);
        else
            fputc(text[i], stream);
}

/** The answer to a request, as it would be served. */
static alicorn_status put_answer(view_server *server, view_handler handler,
                                 const view_request *request, FILE *stream, alicorn_error *error)
{
    view_reply reply = {0};
    handler(server, request, &reply);
    alicorn_status status = ALICORN_OK;
    if (reply.code == VIEW_OK && reply.body)
        put_safe(stream, reply.body, reply.size);
    else
        status = view_fail(error, ALICORN_E_MEMORY, "out of memory");
    view_reply_clear(&reply);
    return status;
}

static const char *number_in_query(void *user, const char *name)
{
    return strcmp(name, "run") == 0 ? user : NULL;
}

static alicorn_status put_runs(view_server *server, FILE *stream, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (int number = 1; number <= server->runs.last_number && status == ALICORN_OK; number++) {
        char text[16];
        snprintf(text, sizeof text, "%d", number);
        const view_request request = {.query = number_in_query, .query_user = text};
        fputs(number > 1 ? "," : "", stream);
        status = put_answer(server, view_get_run, &request, stream, error);
    }
    return status;
}

/** Now, or what SOURCE_DATE_EPOCH was given as, in UTC. */
static void put_time(FILE *stream, const time_t *made)
{
    time_t now = made ? *made : time(NULL);
    struct tm parts;
    char text[40] = "";
    if (gmtime_r(&now, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    fprintf(stream, "\"%s\"", text);
}

static alicorn_status put_inputs(const view_server *server, const file_list *files, FILE *stream,
                                 alicorn_error *error)
{
    json_t *list = json_array();
    alicorn_status status = list ? files_json(&server->session, files, list, error)
                                 : view_fail(error, ALICORN_E_MEMORY, "out of memory");
    char *text = status == ALICORN_OK ? json_dumps(list, JSON_COMPACT) : NULL;
    if (text)
        put_safe(stream, text, strlen(text));
    else if (status == ALICORN_OK)
        status = view_fail(error, ALICORN_E_MEMORY, "out of memory");
    free(text);
    json_decref(list);
    return status;
}

static alicorn_status put_documents(view_server *server, const file_list *files, FILE *stream,
                                    alicorn_error *error)
{
    static const struct {
        const char *name;
        view_handler handler;
    } answers[] = {
        {"session", view_get_session}, {"text", view_get_text}, {"model", view_post_model}};
    const view_request nothing = {0};
    alicorn_status status = ALICORN_OK;
    fputs("{\"made\":", stream);
    put_time(stream, server->options.made);
    for (size_t i = 0; i < sizeof answers / sizeof *answers && status == ALICORN_OK; i++) {
        fprintf(stream, ",\"%s\":", answers[i].name);
        status = put_answer(server, answers[i].handler, &nothing, stream, error);
    }
    fputs(",\"inputs\":", stream);
    if (status == ALICORN_OK)
        status = put_inputs(server, files, stream, error);
    fputs(",\"runs\":[", stream);
    if (status == ALICORN_OK)
        status = put_runs(server, stream, error);
    fputs("]}", stream);
    return status;
}

/** The place in the template; NULL if it has none. */
static const char *find_place(const char *text, size_t size)
{
    const char *end = text + size;
    for (const char *at = text; (at = memchr(at, place[0], (size_t)(end - at))) != NULL; at++)
        if ((size_t)(end - at) >= sizeof place - 1 && memcmp(at, place, sizeof place - 1) == 0)
            return at;
    return NULL;
}

/** The template with the documents in their place. */
static alicorn_status put_page(view_server *server, const file_list *files, FILE *stream,
                               alicorn_error *error)
{
    const view_asset *page = view_asset_find("/report.html");
    const char *begin = (const char *)page->data;
    const char *at = find_place(begin, page->size);
    const size_t tag = strcspn(place, ">") + 1;
    if (!at)
        return view_fail(error, ALICORN_E_USAGE, "the report's template has no place for results");
    fwrite(begin, 1, (size_t)(at - begin) + tag, stream);
    alicorn_status status = put_documents(server, files, stream, error);
    fwrite(at + tag, 1, page->size - (size_t)(at - begin) - tag, stream);
    return status;
}

alicorn_status view_report(const view_options *options, const view_report_options *report,
                           char **text, size_t *size, alicorn_error *error)
{
    view_server *server = NULL;
    file_list files = {0};
    view_options own = *options;
    *text = NULL;
    if (!view_asset_find("/report.html"))
        return view_fail(error, ALICORN_E_USAGE,
                         "this build of Alicorn has no page, which reports are made of; expected "
                         "one that was built where Node.js is");
    own.may_read = may_read;
    own.may_read_user = &files;
    alicorn_status status = view_server_create(&own, &server, error);
    if (status == ALICORN_OK)
        note_file(&files, server->session.path);
    if (status == ALICORN_OK && report->radios)
        note_file(&files, report->radios);
    if (status == ALICORN_OK)
        status = run_all(server, report, error);
    FILE *stream = status == ALICORN_OK ? open_memstream(text, size) : NULL;
    if (stream) {
        status = put_page(server, &files, stream, error);
        if (fclose(stream) != 0 && status == ALICORN_OK)
            status = view_fail(error, ALICORN_E_MEMORY, "out of memory");
    } else if (status == ALICORN_OK) {
        status = view_fail(error, ALICORN_E_MEMORY, "out of memory");
    }
    if (status != ALICORN_OK) {
        free(*text);
        *text = NULL;
    }
    clear_files(&files);
    view_server_destroy(server);
    return status;
}
