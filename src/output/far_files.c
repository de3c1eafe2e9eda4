/* SPDX-License-Identifier: Apache-2.0 */
#include "output/far_files.h"

#include "base/error.h"
#include "base/memory.h"
#include "output/file_names.h"
#include "output/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** By what the patterns of a result are distributed over files. */
enum { BY_TASK = 1, BY_PORT = 2, BY_PATTERN = 4, BY_FREQUENCY = 8 };

static const struct format {
    const char *name;
    unsigned split; /**< a file holds patterns that agree in these */
    bool sorted;    /**< its frequencies rise, and each occurs once */
    alicorn_status (*check)(const ali_far_content *content, alicorn_error *error);
    void (*write)(const ali_far_content *content, FILE *stream);
} formats[] = {
    [ALICORN_FAR_FFE] = {".ffe", 0, false, ali_far_check_ffe, ali_far_write_ffe},
    [ALICORN_FAR_FFS] = {".ffs", BY_TASK | BY_PORT | BY_PATTERN, true, ali_far_check_ffs,
                         ali_far_write_ffs},
    [ALICORN_FAR_FFD] = {".ffd", BY_TASK | BY_PORT | BY_PATTERN, true, ali_far_check_ffd,
                         ali_far_write_ffd},
    [ALICORN_FAR_MSI] = {".msi", BY_TASK | BY_PORT | BY_FREQUENCY, false, ali_far_check_msi,
                         ali_far_write_msi},
};

/** Blocks first … first + count - 1 are one file. */
typedef struct far_file {
    size_t first, count;
    char suffix[ALI_FILE_SUFFIX_SIZE];
} far_file;

struct alicorn_far_files {
    const alicorn_model *model;
    const struct format *format;
    ali_far_block *blocks; /**< [block_count], file after file */
    size_t block_count;
    far_file *files; /**< [count] */
    size_t count;
};

/* ---- shared by the formats ---- */

const alicorn_pattern *ali_far_pattern(const ali_far_block *block)
{
    return &block->solve->patterns[block->index];
}

const char *ali_far_block_text(char text[80], const ali_far_block *block)
{
    snprintf(text, 80, "pattern %zu of task %zu", block->index + 1, block->solve->task + 1);
    return text;
}

bool ali_far_is_uniform(const double *angles_deg, size_t count)
{
    const double tolerance_deg = 1e-6;
    if (count < 2)
        return count == 1;
    double step = (angles_deg[count - 1] - angles_deg[0]) / (double)(count - 1);
    for (size_t i = 0; i < count; i++)
        if (fabs(angles_deg[i] - angles_deg[0] - (double)i * step) > tolerance_deg)
            return false;
    return step > 0.0;
}

/* ---- which patterns go where ---- */

/** -1, 0 or 1. */
static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

/** Order of two blocks by what their format distributes them by; 0 within a file. */
static int compare_files(unsigned split, const ali_far_block *a, const ali_far_block *b)
{
    int order = 0;
    if (split & BY_TASK)
        order = compare((double)a->solve->task, (double)b->solve->task);
    if (!order && (split & BY_PORT))
        order = compare(a->solve->driven_port, b->solve->driven_port);
    if (!order && (split & BY_PATTERN))
        order = compare((double)a->index, (double)b->index);
    if (!order && (split & BY_FREQUENCY))
        order = compare(a->solve->frequency_hz, b->solve->frequency_hz);
    return order;
}

static bool goes_before(const struct format *format, const ali_far_block *a, const ali_far_block *b)
{
    int order = compare_files(format->split, a, b);
    if (!order && format->sorted)
        order = compare(a->solve->frequency_hz, b->solve->frequency_hz);
    return order < 0;
}

/** Merge sort, which keeps the result's order among equals. `spare` has [count] elements. */
static void sort_blocks(const struct format *format, ali_far_block *blocks, ali_far_block *spare,
                        size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, i = 0, j = half;
    sort_blocks(format, blocks, spare, half);
    sort_blocks(format, blocks + half, spare, count - half);
    for (size_t k = 0; k < count; k++) {
        bool second = i == half || (j < count && goes_before(format, &blocks[j], &blocks[i]));
        spare[k] = blocks[second ? j++ : i++];
    }
    memcpy(blocks, spare, count * sizeof *blocks);
}

static bool is_selected(const alicorn_far_selection *selection, const ali_far_block *block)
{
    return !selection || ((!selection->task || selection->task == block->solve->task + 1) &&
                          (!selection->pattern || selection->pattern == block->index + 1));
}

/** Visit the selected patterns; blocks may be NULL. Returns their number. */
static size_t collect(const alicorn_result *result, const alicorn_far_selection *selection,
                      ali_far_block *blocks)
{
    size_t count = 0, solves = alicorn_result_count(result);
    for (size_t i = 0; i < solves; i++) {
        ali_far_block block = {.solve = alicorn_result_solve(result, i)};
        for (; block.index < block.solve->pattern_count; block.index++) {
            if (!is_selected(selection, &block))
                continue;
            if (blocks)
                blocks[count] = block;
            count++;
        }
    }
    return count;
}

/** What no far-field format can hold. */
static alicorn_status check_block(const struct format *format, const ali_far_block *block,
                                  alicorn_error *error)
{
    char text[80];
    const alicorn_pattern *pattern = ali_far_pattern(block);
    if (pattern->mode == 1)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%s is a field at finite distance with the surface wave; %s files "
                             "hold far fields, choose another pattern",
                             ali_far_block_text(text, block), format->name);
    if (pattern->bistatic || block->solve->driven == 2)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%s is what a plane wave scatters; %s files are written of driven "
                             "antennas, choose another task",
                             ali_far_block_text(text, block), format->name);
    return ALICORN_OK;
}

static alicorn_status check_frequencies(const struct format *format, const ali_far_content *content,
                                        alicorn_error *error)
{
    char text[80];
    for (size_t i = 1; format->sorted && i < content->count; i++) {
        const ali_far_block *block = &content->blocks[i];
        if (!(block->solve->frequency_hz > content->blocks[i - 1].solve->frequency_hz))
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "%s: frequency %.15g Hz occurs twice, and %s files have each "
                                 "frequency once",
                                 ali_far_block_text(text, block), block->solve->frequency_hz,
                                 format->name);
    }
    return ALICORN_OK;
}

static ali_far_content content_of(const alicorn_far_files *files, size_t i)
{
    return (ali_far_content){files->model, files->blocks + files->files[i].first,
                             files->files[i].count};
}

static alicorn_status check(const alicorn_far_files *files, alicorn_error *error)
{
    for (size_t i = 0; i < files->block_count; i++) {
        alicorn_status status = check_block(files->format, &files->blocks[i], error);
        if (status)
            return status;
    }
    for (size_t i = 0; i < files->count; i++) {
        ali_far_content content = content_of(files, i);
        alicorn_status status = check_frequencies(files->format, &content, error);
        if (!status)
            status = files->format->check(&content, error);
        if (status)
            return status;
    }
    return ALICORN_OK;
}

static alicorn_status split(alicorn_far_files *files, alicorn_error *error)
{
    files->files = ali_calloc(files->block_count, sizeof *files->files);
    if (!files->files)
        return ali_error_memory(error, files->block_count * sizeof *files->files,
                                "the list of files");
    for (size_t i = 0; i < files->block_count; i++) {
        if (i == 0 || compare_files(files->format->split, &files->blocks[i - 1], &files->blocks[i]))
            files->files[files->count++].first = i;
        files->files[files->count - 1].count++;
    }
    return ALICORN_OK;
}

/* ---- names ---- */

/** First block of a file that begins another port's files, NULL for a further file of the same
 * port. */
static const ali_far_block *first_of_port(const alicorn_far_files *files, size_t i)
{
    const ali_far_block *here = &files->blocks[files->files[i].first];
    bool further = i > 0 && !compare_files(BY_TASK | BY_PORT, here - 1, here);
    return further ? NULL : here;
}

/** Whether two ports would have the same part in file names, also where those do not tell capitals
 * from small letters. */
static bool ports_collide(const alicorn_far_files *files)
{
    char a[ALI_FILE_PART_SIZE], b[ALI_FILE_PART_SIZE];
    for (size_t i = 1; i < files->count; i++) {
        const ali_far_block *here = first_of_port(files, i);
        if (!here)
            continue;
        ali_file_port(a, here->solve);
        for (size_t j = 0; j < i; j++) {
            const ali_far_block *there = first_of_port(files, j);
            if (!there || here->solve->driven_port == there->solve->driven_port)
                continue;
            ali_file_port(b, there->solve);
            if (ali_file_same(a, b))
                return true;
        }
    }
    return false;
}

/** Names say what differs between the files, all of them in the same way. */
static void name_files(alicorn_far_files *files)
{
    unsigned differs = 0;
    const ali_far_block *first = files->blocks;
    for (unsigned by = BY_TASK; by <= BY_FREQUENCY; by *= 2)
        for (size_t i = 1; i < files->count; i++)
            if (compare_files(files->format->split & by, first,
                              &files->blocks[files->files[i].first]))
                differs |= by;
    bool numbered = (differs & BY_PORT) && ports_collide(files);
    for (size_t i = 0; i < files->count; i++) {
        const ali_far_block *block = &files->blocks[files->files[i].first];
        char *suffix = files->files[i].suffix, part[ALI_FILE_PART_SIZE];
        if (differs & BY_TASK) {
            snprintf(part, sizeof part, "task%zu", block->solve->task + 1);
            ali_file_append(suffix, part);
        }
        if (differs & BY_PORT) {
            if (numbered)
                snprintf(part, sizeof part, "port%d", block->solve->driven_port + 1);
            else
                ali_file_port(part, block->solve);
            ali_file_append(suffix, part);
        }
        if (differs & BY_PATTERN) {
            snprintf(part, sizeof part, "pattern%zu", block->index + 1);
            ali_file_append(suffix, part);
        }
        if (differs & BY_FREQUENCY) {
            snprintf(part, sizeof part, "%.12gMHz", block->solve->frequency_hz / 1e6);
            ali_file_append(suffix, part);
        }
    }
}

/* ---- public ---- */

static alicorn_status fill_blocks(alicorn_far_files *files, const alicorn_result *result,
                                  const alicorn_far_selection *selection, alicorn_error *error)
{
    files->block_count = collect(result, selection, NULL);
    if (files->block_count == 0)
        return ali_error_set(
            error, ALICORN_E_USAGE,
            "there is no pattern for %s files: none was asked for, or not that one",
            files->format->name);
    files->blocks = ali_calloc(files->block_count, sizeof *files->blocks);
    ali_far_block *spare = ali_calloc(files->block_count, sizeof *spare);
    alicorn_status status = ALICORN_OK;
    if (files->blocks && spare) {
        collect(result, selection, files->blocks);
        sort_blocks(files->format, files->blocks, spare, files->block_count);
    } else {
        status =
            ali_error_memory(error, 2 * files->block_count * sizeof *spare, "the list of patterns");
    }
    free(spare);
    return status;
}

alicorn_status alicorn_far_files_create(const alicorn_model *model, const alicorn_result *result,
                                        alicorn_far_format format,
                                        const alicorn_far_selection *selection,
                                        alicorn_far_files **files, alicorn_error *error)
{
    *files = NULL;
    if ((size_t)format >= sizeof formats / sizeof *formats)
        return ali_error_set(error, ALICORN_E_USAGE, "there is no far-field format %d",
                             (int)format);
    alicorn_far_files *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the list of files");
    made->model = model;
    made->format = &formats[format];
    ali_numeric_scope numeric;
    alicorn_status status = fill_blocks(made, result, selection, error);
    if (!status)
        status = split(made, error);
    if (!status && ali_numeric_begin(&numeric))
        status = ali_error_memory(error, sizeof numeric, "the C locale");
    else if (!status) {
        name_files(made);
        status = check(made, error);
        ali_numeric_end(&numeric);
    }
    if (status)
        alicorn_far_files_destroy(made);
    else
        *files = made;
    return status;
}

void alicorn_far_files_destroy(alicorn_far_files *files)
{
    if (!files)
        return;
    free(files->blocks);
    free(files->files);
    free(files);
}

size_t alicorn_far_files_count(const alicorn_far_files *files)
{
    return files->count;
}

const char *alicorn_far_files_suffix(const alicorn_far_files *files, size_t i)
{
    return i < files->count ? files->files[i].suffix : "";
}

alicorn_status alicorn_far_files_write(const alicorn_far_files *files, size_t i, FILE *stream,
                                       alicorn_error *error)
{
    if (i >= files->count)
        return ali_error_set(error, ALICORN_E_USAGE, "there is no far-field file %zu", i + 1);
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "far-field file", error);
    if (status)
        return status;
    ali_far_content content = content_of(files, i);
    files->format->write(&content, stream);
    return ali_writer_end(&writer, ALICORN_OK, error);
}
