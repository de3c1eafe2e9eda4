/* SPDX-License-Identifier: Apache-2.0 */
#include "input/radios_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "base/text_file.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  A radios file from text to description: platforms, ground, stated isolations. */

/* ---- what the sections share ---- */

ali_origin ali_radios_origin(const ali_yaml_node *node)
{
    return (ali_origin){.line = node->line, .column = node->column};
}

alicorn_status ali_radios_copy_text(ali_radios_reader *reader, const char *text, char **copy)
{
    *copy = text ? ali_strdup(text) : NULL;
    return *copy || !text ? ALICORN_OK
                          : ali_error_memory(reader->keys.error, strlen(text), "a name");
}

alicorn_status ali_radios_copy_curve(ali_radios_reader *reader, const ali_key_rows *rows,
                                     const ali_yaml_node *map, const char *key,
                                     ali_profile *profile)
{
    profile->origin = ali_radios_origin(ali_key_place(map, key));
    for (size_t i = 0; i < rows->count; i++)
        if (ali_profile_add(profile, rows->values[2 * i], rows->values[2 * i + 1]))
            return ali_error_memory(reader->keys.error, rows->count * sizeof(double), key);
    return ALICORN_OK;
}

/* ---- files ---- */

/** Read a file into the last of the networks, or take that away again. */
static alicorn_status read_network(ali_radios_reader *reader, const ali_yaml_node *node,
                                   const char *file, bool *good)
{
    alicorn_radios *radios = reader->radios;
    ali_radio_network *added = &radios->networks[radios->network_count - 1];
    alicorn_error why = {0};
    char *path = ali_key_file_path(&reader->keys, file);
    *good = false;
    if (!path)
        return ali_error_memory(reader->keys.error, strlen(file), "a path");
    alicorn_status status =
        reader->files->read_network(reader->files->user, path, &added->network, &why);
    free(path);
    *good = status == ALICORN_OK;
    if (status == ALICORN_E_MEMORY)
        return ali_error_memory(reader->keys.error, sizeof *added->network, file);
    if (!*good && why.line > 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "file", node, "%s:%d:%d: %s", file, why.line,
                       why.column, why.message);
    else if (!*good)
        ali_key_report(&reader->keys, ALICORN_ERROR, "file", node, "%s: %s", file, why.message);
    return ALICORN_OK;
}

alicorn_status ali_radios_add_file(ali_radios_reader *reader, const ali_yaml_node *node,
                                   const char *file, size_t *network)
{
    alicorn_radios *radios = reader->radios;
    bool good;
    *network = ALI_NONE;
    for (size_t i = 0; i < radios->network_count; i++)
        if (strcmp(radios->networks[i].file, file) == 0)
            *network = i;
    if (*network != ALI_NONE)
        return ALICORN_OK;
    ali_radio_network *added = ali_radios_add_network(radios);
    if (!added)
        return ali_error_memory(reader->keys.error, sizeof *added, "networks");
    added->origin = ali_radios_origin(node);
    alicorn_status status = ali_radios_copy_text(reader, file, &added->file);
    if (status == ALICORN_OK)
        status = read_network(reader, node, file, &good);
    if (status == ALICORN_OK && good) {
        *network = radios->network_count - 1;
    } else {
        free(added->file);
        radios->network_count--;
    }
    return status;
}

/* ---- platforms ---- */

/** S between antennas, which have no amplifiers. */
static alicorn_status read_antennas(ali_radios_reader *reader, const ali_radios_platform *from,
                                    ali_platform *platform)
{
    const ali_yaml_node *node = ali_key_place(from->node, "network");
    char doubt[160];
    alicorn_status status = ali_radios_add_file(reader, node, from->network, &platform->network);
    if (platform->network != ALI_NONE &&
        alicorn_network_doubt(reader->radios->networks[platform->network].network, doubt,
                              sizeof doubt))
        ali_key_report(&reader->keys, ALICORN_WARNING, "not-passive", node, "%s: %s", from->network,
                       doubt);
    return status;
}

static alicorn_status read_platform(ali_radios_reader *reader, const ali_radios_platform *from)
{
    ali_platform *platform = ali_radios_add_platform(reader->radios);
    if (!platform)
        return ali_error_memory(reader->keys.error, sizeof *platform, "platforms");
    memcpy(platform->position, from->at, sizeof platform->position);
    platform->origin = ali_radios_origin(from->node);
    platform->free_space = from->free_space;
    platform->from_project = from->project != NULL;
    if ((from->network != NULL) + (from->project != NULL) + from->free_space > 1)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "project"),
                       "expected only one of network, project and free_space");
    alicorn_status status =
        ali_radios_copy_text(reader, from->name ? from->name : "", &platform->name);
    if (status == ALICORN_OK && from->project) {
        platform->project = ali_key_file_path(&reader->keys, from->project);
        if (!platform->project)
            status = ali_error_memory(reader->keys.error, strlen(from->project), "a path");
    }
    if (status == ALICORN_OK && from->network)
        status = read_antennas(reader, from, platform);
    return status;
}

static alicorn_status read_platforms(ali_radios_reader *reader)
{
    const ali_radios_file *file = &reader->file;
    const ali_radios_platform *platforms = file->platforms.items;
    if (!ali_yaml_find(file->node, "platforms")) {
        const ali_radios_platform only = {.node = file->node,
                                          .name = "platform",
                                          .network = file->network,
                                          .project = file->project};
        return read_platform(reader, &only);
    }
    for (int i = 0; i < 2; i++) {
        const ali_yaml_node *node = ali_yaml_find(file->node, i ? "project" : "network");
        if (node)
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                           "there are platforms, expected it in one of them");
    }
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < file->platforms.count && status == ALICORN_OK; i++)
        status = read_platform(reader, &platforms[i]);
    return status;
}

/* ---- between platforms ---- */

static alicorn_status read_ground(ali_radios_reader *reader)
{
    const ali_yaml_node *node = reader->file.ground;
    ali_medium *medium = &reader->radios->medium;
    bool scalar = node && node->kind == ALI_YAML_SCALAR;
    if (!node) {
        ali_medium_find("sea", medium);
    } else if (node->kind == ALI_YAML_MAP) {
        ali_radios_ground ground;
        alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_RADIOS_GROUND, &ground);
        *medium = (ali_medium){.eps_r = ground.permittivity, .sigma = ground.conductivity};
        return status;
    } else if (!scalar ||
               (strcmp(node->text, "perfect") != 0 && !ali_medium_find(node->text, medium))) {
        char quote[40];
        ali_quote(quote, sizeof quote, scalar ? node->text : "", scalar ? node->length : 0);
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node, "%s%sexpected %s", quote,
                       scalar ? " is no ground, " : "",
                       ali_key_named(reader->keys.table, ALI_RADIOS_FILE, "ground")->form);
    }
    return ALICORN_OK;
}

static size_t find_radio(const alicorn_radios *radios, const char *name)
{
    for (size_t i = 0; name && i < radios->radio_count; i++)
        if (strcmp(radios->radios[i].name, name) == 0)
            return i;
    return ALI_NONE;
}

/** The radio that the key of an isolation names, ALI_NONE if it was reported. */
static size_t isolated_radio(ali_radios_reader *reader, const ali_radios_isolation *from,
                             const char *key, const char *name)
{
    char quote[40];
    size_t radio = find_radio(reader->radios, name);
    if (radio == ALI_NONE && name) {
        ali_quote(quote, sizeof quote, name, strlen(name));
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-radio", ali_key_place(from->node, key),
                       "there is no radio '%s'", quote);
    }
    return radio;
}

/** Note what an isolation states, in the lines [from][to] in which others were; what is stated
 * again is reported. */
static void note_isolation(ali_radios_reader *reader, const ali_radios_isolation *from,
                           const ali_isolation *isolation, int *lines)
{
    const alicorn_radios *radios = reader->radios;
    size_t ends[2] = {isolation->from, isolation->to};
    for (size_t way = 0; way < (isolation->one_way || ends[0] == ends[1] ? 1 : 2); way++) {
        int *line = &lines[ends[way] * radios->radio_count + ends[1 - way]];
        if (*line > 0) {
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                           "the loss from '%s' to '%s' is stated in line %d already, expected it "
                           "once",
                           radios->radios[ends[way]].name, radios->radios[ends[1 - way]].name,
                           *line);
            return;
        }
        *line = from->node->line;
    }
}

static alicorn_status read_isolation(ali_radios_reader *reader, const ali_radios_isolation *from,
                                     int *lines)
{
    size_t ends[2] = {isolated_radio(reader, from, "from", from->from),
                      isolated_radio(reader, from, "to", from->to)};
    if (ends[0] == ALI_NONE || ends[1] == ALI_NONE)
        return ALICORN_OK;
    ali_isolation *isolation = ali_radios_add_isolation(reader->radios);
    if (!isolation)
        return ali_error_memory(reader->keys.error, sizeof *isolation, "isolations");
    isolation->from = ends[0];
    isolation->to = ends[1];
    isolation->one_way = from->one_way;
    isolation->origin = ali_radios_origin(from->node);
    note_isolation(reader, from, isolation, lines);
    return ali_radios_copy_curve(reader, &from->loss, from->node, "loss", &isolation->loss);
}

/** Say which radios nothing reaches: they are connected to no port of S, and nothing is stated.
 */
static void check_ports(ali_radios_reader *reader, const int *lines)
{
    const alicorn_radios *radios = reader->radios;
    const ali_radios_radio *from = reader->file.radios.items;
    for (size_t i = 0; i < radios->radio_count; i++) {
        const ali_radio *radio = &radios->radios[i];
        bool antennas = radio->platform != ALI_NONE &&
                        (radios->platforms[radio->platform].network != ALI_NONE ||
                         radios->platforms[radio->platform].from_project);
        bool stated = false;
        for (size_t j = 0; j < radios->radio_count && !stated; j++)
            stated =
                lines[i * radios->radio_count + j] > 0 || lines[j * radios->radio_count + i] > 0;
        if (antennas && !from[i].port && !stated)
            ali_key_report(&reader->keys, ALICORN_NOTE, "no-path-data", from[i].node,
                           "no port, and no isolation is stated: no path data on its platform");
    }
}

static alicorn_status read_isolations(ali_radios_reader *reader)
{
    const ali_radios_isolation *isolations = reader->file.isolations.items;
    size_t count = reader->radios->radio_count;
    int *lines = ali_key_alloc(&reader->keys, count * count, sizeof *lines);
    alicorn_status status =
        lines ? ALICORN_OK
              : ali_error_memory(reader->keys.error, count * count * sizeof *lines, "isolations");
    for (size_t i = 0; i < reader->file.isolations.count && status == ALICORN_OK; i++)
        status = read_isolation(reader, &isolations[i], lines);
    if (status == ALICORN_OK)
        check_ports(reader, lines);
    return status;
}

static alicorn_status read_surroundings(ali_radios_reader *reader)
{
    const ali_radios_file *file = &reader->file;
    if (file->between) {
        reader->radios->path = (ali_path_kind)file->between->path;
        reader->radios->cross_polar = file->between->cross_polarisation;
    }
    alicorn_status status = read_ground(reader);
    return status == ALICORN_OK ? read_isolations(reader) : status;
}

/* ---- the whole ---- */

static alicorn_status read_sections(ali_radios_reader *reader)
{
    const ali_radios_file *file = &reader->file;
    free(reader->radios->name);
    alicorn_status status = ali_radios_copy_text(reader, reader->keys.name, &reader->radios->name);
    ali_key_check_names(&reader->keys, &file->platforms, sizeof(ali_radios_platform),
                        offsetof(ali_radios_platform, name), "platforms");
    ali_key_check_names(&reader->keys, &file->radios, sizeof(ali_radios_radio),
                        offsetof(ali_radios_radio, name), "radios");
    if (status == ALICORN_OK)
        status = read_platforms(reader);
    if (status == ALICORN_OK)
        status = ali_radios_read_radios(reader);
    return status == ALICORN_OK ? read_surroundings(reader) : status;
}

static alicorn_status read_file(ali_radios_reader *reader, const char *text, size_t length)
{
    bool there;
    alicorn_status status = ali_key_read_file(&reader->keys, text, length, &reader->file, &there);
    return status == ALICORN_OK && there ? read_sections(reader) : status;
}

alicorn_status ali_radios_parse(const char *text, size_t length, const char *name,
                                const alicorn_read_options *options, const ali_radios_files *files,
                                alicorn_radios **radios, alicorn_error *error)
{
    alicorn_error own_error;
    ali_numeric_scope scope;
    ali_radios_reader reader = {.keys = {.table = ali_radios_key_table(),
                                         .name = name ? name : "",
                                         .options = options,
                                         .error = error ? error : &own_error},
                                .files = files};
    *radios = NULL;
    if (ali_numeric_begin(&scope))
        return ali_error_memory(error, sizeof scope, "a locale");
    alicorn_status status = ali_key_reader_begin(&reader.keys);
    reader.radios = ali_radios_create();
    if (!reader.radios)
        status = ali_error_memory(reader.keys.error, sizeof *reader.radios, "radios");
    if (status == ALICORN_OK)
        status = read_file(&reader, text, length);
    ali_numeric_end(&scope);
    if (status == ALICORN_OK)
        status = ali_key_reader_finish(&reader.keys);
    if (status == ALICORN_OK)
        *radios = reader.radios;
    else
        alicorn_radios_destroy(reader.radios);
    ali_key_reader_clear(&reader.keys);
    return status;
}

static alicorn_status read_touchstone(void *user, const char *path, alicorn_network **network,
                                      alicorn_error *error)
{
    const alicorn_read_options *options = user;
    if (options && options->may_read && !options->may_read(options->may_read_user, path))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "it is outside of the folder, expected a file within it");
    return alicorn_network_read(path, network, error);
}

alicorn_status alicorn_radios_parse(const char *text, size_t length, const char *name,
                                    const alicorn_read_options *options, alicorn_radios **radios,
                                    alicorn_error *error)
{
    const ali_radios_files files = {.read_network = read_touchstone, .user = (void *)options};
    return ali_radios_parse(text, length, name, options, &files, radios, error);
}

alicorn_status alicorn_radios_read(const char *path, const alicorn_read_options *options,
                                   alicorn_radios **radios, alicorn_error *error)
{
    char *text;
    size_t length;
    *radios = NULL;
    alicorn_status status = ali_text_file_read(path, "a radios file", &text, &length, error);
    if (status != ALICORN_OK)
        return status;
    status = alicorn_radios_parse(text, length, strcmp(path, "-") == 0 ? "<stdin>" : path, options,
                                  radios, error);
    free(text);
    return status;
}

/* ---- what a caller may ask ---- */

size_t alicorn_radios_count(const alicorn_radios *radios)
{
    return radios->radio_count;
}

size_t alicorn_radios_platform_count(const alicorn_radios *radios)
{
    return radios->platform_count;
}

const char *alicorn_radios_platform(const alicorn_radios *radios, size_t platform)
{
    return platform < radios->platform_count ? radios->platforms[platform].name : NULL;
}

const char *alicorn_radios_project(const alicorn_radios *radios, size_t platform)
{
    return platform < radios->platform_count ? radios->platforms[platform].project : NULL;
}

int alicorn_radios_has_network(const alicorn_radios *radios, size_t platform)
{
    if (platform >= radios->platform_count)
        return 0;
    const ali_platform *asked = &radios->platforms[platform];
    return asked->free_space || asked->network != ALI_NONE;
}
