/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Most symbols that a request may set. */
enum { SET_MAX = 1000 };

bool view_take_string(const json_t *request, const char *key, const json_t **string,
                      view_reply *reply)
{
    json_t *value = json_object_get(request, key);
    *string = value && !json_is_null(value) ? value : NULL;
    if (!*string || json_is_string(*string))
        return true;
    view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "'%s': expected a string", key);
    return false;
}

static bool out_of_memory(view_reply *reply)
{
    view_reply_error(reply, VIEW_FAILED, "memory", "out of memory");
    return false;
}

/** The command line's values, but for those that the request gives, and the request's. */
static bool take_set(view_source *source, json_t *set, view_reply *reply)
{
    const view_options *options = source->session->options;
    const char *name;
    json_t *value;
    size_t room = options->set_count + json_object_size(set);
    source->set = set && !json_is_null(set) ? json_incref(set) : json_object();
    source->set_names = calloc(room + 1, sizeof *source->set_names);
    source->set_values = calloc(room + 1, sizeof *source->set_values);
    if (!source->set || !source->set_names || !source->set_values)
        return out_of_memory(reply);
    if (!json_is_object(source->set) || json_object_size(source->set) > SET_MAX) {
        view_reply_error(reply, VIEW_BAD_REQUEST, "usage",
                         "'set': expected an object of at most %d numbers", SET_MAX);
        return false;
    }
    for (size_t i = 0; i < options->set_count; i++) {
        if (json_object_get(source->set, options->set_names[i]))
            continue;
        source->set_names[source->set_count] = options->set_names[i];
        source->set_values[source->set_count++] = options->set_values[i];
    }
    json_object_foreach(source->set, name, value)
    {
        if (!json_is_number(value)) {
            view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "'set': '%.60s' is no number", name);
            return false;
        }
        source->set_names[source->set_count] = name;
        source->set_values[source->set_count++] = json_number_value(value);
    }
    return true;
}

bool view_source_take(view_source *source, const view_session *session, const json_t *request,
                      view_reply *reply)
{
    const json_t *text;
    *source = (view_source){.session = session, .disk = view_text_keep(session->text)};
    if (!view_take_string(request, "text", &text, reply) ||
        !take_set(source, json_object_get(request, "set"), reply))
        return false;
    source->text = text ? view_text_create(json_string_value(text), json_string_length(text))
                        : view_text_keep(source->disk);
    return source->text || out_of_memory(reply);
}

void view_source_clear(view_source *source)
{
    view_text_drop(source->text);
    view_text_drop(source->disk);
    json_decref(source->set);
    free(source->set_names);
    free(source->set_values);
    *source = (view_source){0};
}

/** Whether a path leaves the folder that it starts from. */
static bool leads_out(const char *path)
{
    if (path[0] == '/')
        return true;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return true;
    }
    return false;
}

/** A text may have files read from its folder, and those that the file on disk names itself. */
static int may_read(void *user, const char *path)
{
    const view_source *source = user;
    const view_session *session = source->session;
    const char *named = path;
    if (strncmp(path, session->path, session->folder) == 0)
        named += session->folder;
    return !leads_out(named) || strstr(source->disk->bytes, named) != NULL;
}

alicorn_read_options view_source_options(const view_source *source)
{
    const view_options *options = source->session->options;
    return (alicorn_read_options){.set_names = source->set_names,
                                  .set_values = source->set_values,
                                  .set_count = source->set_count,
                                  .mesher = options->mesher,
                                  .may_read = options->may_read ? options->may_read : may_read,
                                  .may_read_user =
                                      options->may_read ? options->may_read_user : (void *)source};
}
