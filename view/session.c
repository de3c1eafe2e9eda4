/* SPDX-License-Identifier: Apache-2.0 */
/* for realpath */
#define _XOPEN_SOURCE 700
#include "session.h"

#include "reply.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static alicorn_status io_failure(const view_session *session, const char *what,
                                 alicorn_error *error)
{
    view_fail(error, ALICORN_E_IO, "%s: %s", what, strerror(errno));
    snprintf(error->file, sizeof error->file, "%s", session->path);
    return ALICORN_E_IO;
}

/** Take over a text that was read, and describe it. The session is unchanged if that fails. */
static alicorn_status take_text(view_session *session, view_text *text, alicorn_error *error)
{
    const view_options *options = session->options;
    const alicorn_read_options read = {.set_names = options->set_names,
                                       .set_values = options->set_values,
                                       .set_count = options->set_count};
    alicorn_description *description;
    alicorn_status status =
        alicorn_describe(text->bytes, text->length, session->path, &read, &description, error);
    if (status != ALICORN_OK) {
        view_text_drop(text);
        return status;
    }
    alicorn_description_destroy(session->description);
    view_text_drop(session->text);
    session->description = description;
    session->text = text;
    return ALICORN_OK;
}

static alicorn_status read_file(view_session *session, alicorn_error *error)
{
    view_text *text;
    alicorn_status status = view_text_read(session->path, &text, error);
    return status == ALICORN_OK ? take_text(session, text, error) : status;
}

alicorn_status view_session_open(view_session *session, const view_options *options,
                                 alicorn_error *error)
{
    *session = (view_session){.options = options};
    session->path = realpath(options->path, NULL);
    if (!session->path) {
        view_fail(error, ALICORN_E_IO, "cannot read: %s", strerror(errno));
        snprintf(error->file, sizeof error->file, "%s", options->path);
        return ALICORN_E_IO;
    }
    session->name = strrchr(session->path, '/') + 1;
    session->folder = (size_t)(session->name - session->path);
    if (stat(session->path, &session->facts) != 0 || !S_ISREG(session->facts.st_mode)) {
        errno = EINVAL;
        return io_failure(session, "expected a file", error);
    }
    return read_file(session, error);
}

void view_session_clear(view_session *session)
{
    alicorn_description_destroy(session->description);
    view_text_drop(session->text);
    free(session->path);
    *session = (view_session){0};
}

static bool same_facts(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

bool view_session_look(view_session *session)
{
    struct stat facts;
    alicorn_error unused;
    char before[65];
    bool was_missing = session->missing;
    session->missing = stat(session->path, &facts) != 0 || !S_ISREG(facts.st_mode);
    if (session->missing || (!was_missing && same_facts(&facts, &session->facts)))
        return session->missing != was_missing;
    memcpy(before, session->text->sha256, sizeof before);
    session->missing = read_file(session, &unused) != ALICORN_OK;
    if (!session->missing)
        session->facts = facts;
    return session->missing != was_missing || strcmp(before, session->text->sha256) != 0;
}

/** Write a new file beside the old one, with its mode, and put it in its place. */
static alicorn_status replace_file(view_session *session, const char *bytes, size_t length,
                                   alicorn_error *error)
{
    char draft[PATH_MAX];
    if (snprintf(draft, sizeof draft, "%s.XXXXXX", session->path) >= (int)sizeof draft)
        return view_fail(error, ALICORN_E_IO, "the name is too long");
    int file = mkstemp(draft);
    if (file < 0)
        return io_failure(session, "cannot write", error);
    size_t written = 0;
    struct stat old;
    bool good = stat(session->path, &old) == 0 && fchmod(file, old.st_mode & 07777) == 0;
    while (good && written < length) {
        ssize_t count = write(file, bytes + written, length - written);
        good = count > 0 || (count < 0 && errno == EINTR);
        written += count > 0 ? (size_t)count : 0;
    }
    good = good && fsync(file) == 0;
    alicorn_status status = good ? ALICORN_OK : io_failure(session, "cannot write", error);
    if (close(file) != 0 && status == ALICORN_OK)
        status = io_failure(session, "cannot write", error);
    if (status == ALICORN_OK && rename(draft, session->path) != 0)
        status = io_failure(session, "cannot write", error);
    if (status != ALICORN_OK)
        unlink(draft);
    return status;
}

alicorn_status view_session_save(view_session *session, const char *bytes, size_t length,
                                 const char *expect, bool *same, alicorn_error *error)
{
    view_text *now, *text;
    *same = false;
    /* what counts is what is there at this moment, not what was seen last */
    alicorn_status status = view_text_read(session->path, &now, error);
    if (status != ALICORN_OK)
        return status;
    *same = strcmp(now->sha256, expect) == 0;
    view_text_drop(now);
    if (!*same)
        return ALICORN_OK;
    text = view_text_create(bytes, length);
    if (!text)
        return view_fail(error, ALICORN_E_MEMORY, "out of memory");
    status = replace_file(session, bytes, length, error);
    if (status != ALICORN_OK) {
        view_text_drop(text);
        return status;
    }
    stat(session->path, &session->facts);
    return take_text(session, text, error);
}

static json_t *variables_json(const alicorn_description *description)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < description->variable_count; i++) {
        const alicorn_variable *variable = &description->variables[i];
        bool known = isfinite(variable->value);
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:s, s:i}", "name", variable->name, "value",
                                        known ? json_real(variable->value) : json_null(), "text",
                                        variable->text, "line", variable->line));
    }
    return list;
}

json_t *view_session_json(const view_session *session)
{
    const alicorn_description *description = session->description;
    json_t *title = json_string(description->title);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:I}", "alicorn", alicorn_version(), "file",
                     session->name, "kind", description->project ? "project" : "deck", "sha256",
                     session->missing ? json_null() : json_string(session->text->sha256), "title",
                     title ? title : json_string(""), "variables", variables_json(description),
                     "requirements", (json_int_t)description->requirement_count);
}
