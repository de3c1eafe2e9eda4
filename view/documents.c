/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Documents that the library writes: geometry, runs, comparisons; and Touchstone files read. */

/* ---- geometry ---- */

/** Most findings that are kept. */
enum { FINDINGS_MAX = 1000 };

/** Copies of findings. */
typedef struct findings {
    const view_session *session;
    alicorn_diagnostic items[FINDINGS_MAX];
    size_t count, errors;
} findings;

static char *copy_or_null(const char *text)
{
    return text ? strdup(text) : NULL;
}

static void keep_finding(void *user, const alicorn_diagnostic *finding)
{
    findings *found = user;
    const view_session *session = found->session;
    const char *file = finding->file;
    found->errors += finding->severity == ALICORN_ERROR;
    if (found->count == FINDINGS_MAX)
        return;
    if (file && strncmp(file, session->path, session->folder) == 0)
        file += session->folder;
    alicorn_diagnostic *kept = &found->items[found->count++];
    *kept = *finding;
    kept->name = strdup(finding->name);
    kept->message = strdup(finding->message);
    kept->file = strdup(file ? file : session->name);
    kept->object = copy_or_null(finding->object);
}

static void keep_error(findings *found, const char *name, const alicorn_error *error)
{
    const alicorn_diagnostic finding = {.severity = ALICORN_ERROR,
                                        .name = name,
                                        .message = error->message,
                                        .file = error->file[0] ? error->file : NULL,
                                        .line = error->line,
                                        .column = error->column};
    keep_finding(found, &finding);
}

static void destroy_findings(findings *found)
{
    for (size_t i = 0; found && i < found->count; i++) {
        free((char *)found->items[i].name);
        free((char *)found->items[i].message);
        free((char *)found->items[i].file);
        free((char *)found->items[i].object);
    }
    free(found);
}

/** Build the model, look for trouble, foretell the solve, and write it all. */
static void reply_geometry(const view_server *server, const view_source *source, findings *found,
                           view_reply *reply)
{
    alicorn_read_options options = view_source_options(source);
    alicorn_model *model = NULL;
    alicorn_error error = {0};
    alicorn_prediction prediction;
    bool predicted = false;
    char *text = NULL;
    size_t size = 0;
    options.undriven = 1;
    options.report = keep_finding;
    options.report_user = found;
    alicorn_status status = alicorn_model_parse(source->text->bytes, source->text->length,
                                                server->session.path, &options, &model, &error);
    if (status != ALICORN_OK && found->errors == 0)
        keep_error(found, "unreadable", &error);
    if (status == ALICORN_OK)
        alicorn_model_lint(model, NULL, keep_finding, found, NULL, NULL);
    if (status == ALICORN_OK && alicorn_model_task_count(model) > 0) {
        predicted = alicorn_predict(model, &server->solver, &prediction, &error) == ALICORN_OK;
        if (!predicted && found->errors == 0)
            keep_error(found, "not-solvable", &error);
    }
    FILE *stream = open_memstream(&text, &size);
    if (stream) {
        status = alicorn_write_geometry_json(model, found->items, found->count,
                                             predicted ? &prediction : NULL, stream, &error);
        if (fclose(stream) != 0 || status != ALICORN_OK) {
            free(text);
            text = NULL;
        }
    }
    alicorn_model_destroy(model);
    view_reply_text(reply, text, size);
}

void view_post_model(view_server *server, const view_request *request, view_reply *reply)
{
    view_source source = {0};
    json_t *body = view_request_object(request, reply);
    if (!body)
        return;
    pthread_mutex_lock(&server->lock);
    view_server_look(server);
    bool good = view_source_take(&source, &server->session, body, reply);
    pthread_mutex_unlock(&server->lock);
    findings *found = good ? calloc(1, sizeof *found) : NULL;
    if (found) {
        found->session = &server->session;
        pthread_mutex_lock(&server->geometry);
        reply_geometry(server, &source, found, reply);
        pthread_mutex_unlock(&server->geometry);
    }
    destroy_findings(found);
    view_source_clear(&source);
    json_decref(body);
}

/* ---- runs ---- */

/** A number in the query, 0 if there is none. */
static int query_number(const view_request *request, const char *name)
{
    const char *text = request->query ? request->query(request->query_user, name) : NULL;
    char *end = NULL;
    long number = text ? strtol(text, &end, 10) : 0;
    return end && *end == '\0' && number > 0 && number < INT_MAX ? (int)number : 0;
}

/** What is known of a solve that has not ended, in the form of its result. */
static void write_unfinished(const view_run *run, FILE *stream)
{
    json_t *head = json_pack("{s:s, s:s, s:I}", "alicorn", alicorn_version(), "input",
                             run->job.source.session->name, "unknowns", (json_int_t)run->unknowns);
    char *text = head ? json_dumps(head, JSON_COMPACT) : NULL;
    size_t length = text ? strlen(text) - 1 : 0; /* without the closing brace */
    fprintf(stream, "%.*s%s\"solves\":[", (int)length, text ? text : "", text ? "," : "{");
    for (size_t i = 0; i < run->solve_count; i++)
        fprintf(stream, "%s%s", i > 0 ? "," : "", run->solves[i]);
    fputs("]}", stream);
    free(text);
    json_decref(head);
}

static alicorn_status write_outcome(const view_outcome *outcome, view_what what, FILE *stream,
                                    alicorn_error *error)
{
    switch (what) {
    case VIEW_CHECK:
        return alicorn_write_check_json(outcome->check, stream, error);
    case VIEW_COSITE:
        return alicorn_write_cosite_json(outcome->cosite, stream, error);
    default:
        return alicorn_write_json(outcome->model, outcome->result, stream, error);
    }
}

void view_get_run(view_server *server, const view_request *request, view_reply *reply)
{
    static const char *const members[] = {"result", "result", "check", "cosite"};
    char *text = NULL;
    size_t size = 0;
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    FILE *stream = open_memstream(&text, &size);
    pthread_mutex_lock(&server->lock);
    const view_run *run = view_runs_find(&server->runs, query_number(request, "run"));
    json_t *facts = run && stream ? view_run_facts(run) : NULL;
    char *head = facts ? json_dumps(facts, JSON_COMPACT) : NULL;
    view_outcome *outcome = run ? view_outcome_keep(run->outcome) : NULL;
    view_what what = run ? run->job.what : VIEW_SOLVE;
    if (head) {
        fprintf(stream, "%.*s,\"%s\":", (int)strlen(head) - 1, head, members[what]);
        if (run->state == VIEW_RUNNING && (what == VIEW_SOLVE || what == VIEW_RCS))
            write_unfinished(run, stream);
        else if (!outcome)
            fputs("null", stream);
    }
    pthread_mutex_unlock(&server->lock);
    if (head && outcome)
        status = write_outcome(outcome, what, stream, &error);
    if (head)
        fputc('}', stream);
    if (stream && fclose(stream) != 0)
        status = ALICORN_E_MEMORY;
    if (!run) {
        view_reply_error(reply, VIEW_NOT_FOUND, "usage", "there is no such run (any more)");
    } else if (head && status == ALICORN_OK) {
        view_reply_text(reply, text, size);
        text = NULL;
    } else {
        view_reply_error(reply, VIEW_FAILED, "memory", "out of memory");
    }
    view_outcome_drop(outcome);
    json_decref(facts);
    free(head);
    free(text);
}

/* ---- comparison ---- */

/** One side of a comparison. */
typedef struct side {
    view_outcome *outcome;
    view_what what;
    char title[32];
} side;

static bool take_side(const view_server *server, int number, side *s)
{
    const view_run *run = view_runs_find(&server->runs, number);
    *s = (side){0};
    if (!run || !run->outcome || run->job.what == VIEW_CHECK)
        return false;
    s->outcome = view_outcome_keep(run->outcome);
    s->what = run->job.what;
    snprintf(s->title, sizeof s->title, "run %d", number);
    return true;
}

static alicorn_compare_input input_of(const side *s)
{
    return (alicorn_compare_input){.title = s->title,
                                   .result = s->what == VIEW_SOLVE ? s->outcome->result : NULL,
                                   .rcs = s->what == VIEW_RCS ? s->outcome->result : NULL,
                                   .cosite = s->outcome->cosite};
}

static void reply_comparison(const view_server *server, const side sides[2], view_reply *reply)
{
    const alicorn_compare_input a = input_of(&sides[0]), b = input_of(&sides[1]);
    alicorn_comparison *comparison = NULL;
    alicorn_compare_options options;
    alicorn_error error = {0};
    char *text = NULL;
    size_t size = 0;
    alicorn_compare_options_default(&options);
    alicorn_status status = alicorn_compare(&a, &b, &options, &comparison, &error);
    FILE *stream = status == ALICORN_OK ? open_memstream(&text, &size) : NULL;
    if (stream)
        status = alicorn_write_compare_json(comparison, stream, &error);
    if (stream && fclose(stream) != 0)
        status = ALICORN_E_MEMORY;
    if (status == ALICORN_OK) {
        view_reply_text(reply, text, size);
    } else {
        view_reply_failure(reply, &error, server->session.path, server->session.folder);
        free(text);
    }
    alicorn_comparison_destroy(comparison);
}

void view_get_compare(view_server *server, const view_request *request, view_reply *reply)
{
    static const char *const names[2] = {"a", "b"};
    side sides[2] = {{0}, {0}};
    bool there = true;
    pthread_mutex_lock(&server->lock);
    for (int k = 0; k < 2; k++)
        there = take_side(server, query_number(request, names[k]), &sides[k]) && there;
    pthread_mutex_unlock(&server->lock);
    if (there)
        reply_comparison(server, sides, reply);
    else
        view_reply_error(reply, VIEW_NOT_FOUND, "usage",
                         "expected two runs that have results of solve, rcs or cosite");
    view_outcome_drop(sides[0].outcome);
    view_outcome_drop(sides[1].outcome);
}

/* ---- Touchstone ---- */

static json_t *complex_json(alicorn_complex value)
{
    return json_pack("[f, f]", value.re, value.im);
}

/** One matrix for each frequency. */
static json_t *s_json(const alicorn_network *network)
{
    size_t ports = network->ports;
    json_t *list = json_array();
    for (size_t f = 0; f < network->count; f++) {
        json_t *matrix = json_array();
        for (size_t i = 0; i < ports; i++) {
            json_t *row = json_array();
            for (size_t j = 0; j < ports; j++)
                json_array_append_new(row, complex_json(network->s[(f * ports + i) * ports + j]));
            json_array_append_new(matrix, row);
        }
        json_array_append_new(list, matrix);
    }
    return list;
}

static json_t *network_json(const alicorn_network *network)
{
    json_t *names = json_array(), *z0 = json_array(), *frequencies = json_array();
    for (size_t i = 0; i < network->ports; i++) {
        json_t *name = json_string(network->names[i]);
        json_array_append_new(names, name ? name : json_sprintf("%zu", i + 1));
        json_array_append_new(z0, json_real(network->z0[i]));
    }
    for (size_t f = 0; f < network->count; f++)
        json_array_append_new(frequencies, json_real(network->frequency_hz[f]));
    return json_pack("{s:o, s:o, s:o, s:o}", "ports", names, "z0", z0, "frequency_hz", frequencies,
                     "s", s_json(network));
}

/** Numbers on a line of data; 0 on others. The line ends at *end. */
static size_t count_numbers(const char *text, const char *end)
{
    size_t count = 0;
    while (text < end && *text != '!') {
        size_t blank = strspn(text, " \t\r"), word = strcspn(text + blank, " \t\r\n!");
        if (text[blank] == '#' || text[blank] == '[')
            return 0;
        count += word > 0;
        text += blank + word > 0 ? blank + word : 1;
    }
    return count;
}

/** Ports of a Touchstone file of version 1, which only its name would tell: a frequency and 2 n^2
 * numbers, and the only lines with an odd number of them are those that begin with the frequency.
 */
static size_t guess_ports(const char *text)
{
    size_t numbers = 0, ports = 1;
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t count = count_numbers(text, text + length);
        if (numbers > 0 && count % 2 == 1)
            break;
        numbers += count;
        text += length + (text[length] == '\n');
    }
    while (2 * ports * ports + 1 < numbers)
        ports++;
    return ports;
}

void view_post_touchstone(view_server *server, const view_request *request, view_reply *reply)
{
    view_text *text = view_text_create(request->body, request->body_size);
    alicorn_network *network = NULL;
    alicorn_error error = {0};
    char name[40];
    (void)server;
    if (!text) {
        view_reply_error(reply, VIEW_FAILED, "memory", "out of memory");
        return;
    }
    snprintf(name, sizeof name, "file.s%zup", guess_ports(text->bytes));
    alicorn_status status =
        alicorn_network_parse(text->bytes, text->length, name, &network, &error);
    if (status == ALICORN_OK)
        view_reply_json(reply, VIEW_OK, network_json(network));
    else
        view_reply_failure(reply, &error, "", 0);
    view_text_drop(text);
    alicorn_network_destroy(network);
}
