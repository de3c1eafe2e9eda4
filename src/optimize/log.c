/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/log.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct entry {
    double *numbers; /* [variables + figures] */
    bool feasible;
} entry;

struct ali_log {
    const char *path;
    FILE *file; /* NULL: memory only */
    size_t variables, figures;
    entry *entries;
    size_t count, capacity;
};

static alicorn_status keep(ali_log *log, const double *values, const double *figures,
                           alicorn_error *error)
{
    size_t width = log->variables + log->figures;
    double *numbers = ali_calloc(width, sizeof *numbers);
    if (!numbers ||
        ali_grow((void **)&log->entries, &log->capacity, log->count, sizeof *log->entries)) {
        free(numbers);
        return ali_error_memory(error, width * sizeof *numbers, "evaluations");
    }
    memcpy(numbers, values, log->variables * sizeof *numbers);
    if (figures)
        memcpy(numbers + log->variables, figures, log->figures * sizeof *numbers);
    log->entries[log->count++] = (entry){numbers, figures != NULL};
    return ALICORN_OK;
}

static bool read_numbers(char **at, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *end;
        numbers[i] = strtod(*at, &end);
        if (end == *at)
            return false;
        *at = end;
    }
    return true;
}

/** One line, terminated by zero. */
static alicorn_status read_line(ali_log *log, char *line, double *numbers, int number,
                                alicorn_error *error)
{
    char *at = line;
    bool good = read_numbers(&at, numbers, log->variables) && strncmp(at, " =", 2) == 0;
    bool feasible = good && strcmp(at, " = infeasible") != 0;
    if (feasible) {
        at += 2;
        good = read_numbers(&at, numbers + log->variables, log->figures) && *at == '\0';
    }
    if (!good)
        return ali_error_set_at(error, ALICORN_E_INPUT, log->path, number, 1, NULL,
                                "expected variables, = and figures of an evaluation");
    return keep(log, numbers, feasible ? numbers + log->variables : NULL, error);
}

/** Evaluations of text[at … length-1], which ends with the end of a line. */
static alicorn_status read_lines(ali_log *log, char *text, size_t at, size_t length,
                                 alicorn_error *error)
{
    double *numbers = ali_calloc(log->variables + log->figures, sizeof *numbers);
    alicorn_status status = numbers ? ALICORN_OK : ali_error_memory(error, 1, "evaluations");
    int number = 1;
    for (size_t i = 0; i < at; i++)
        number += text[i] == '\n';
    while (status == ALICORN_OK && at < length) {
        char *end = memchr(text + at, '\n', length - at);
        *end = '\0';
        status = read_line(log, text + at, numbers, number++, error);
        at = (size_t)(end - text) + 1;
    }
    free(numbers);
    return status;
}

/** Read an earlier run's file; *keep_bytes of it hold. */
static alicorn_status recall(ali_log *log, const char *header, size_t *keep_bytes,
                             alicorn_error *error)
{
    char *text = NULL;
    size_t length = 0, head = strlen(header);
    *keep_bytes = 0;
    if (access(log->path, F_OK) != 0)
        return ALICORN_OK;
    alicorn_status status =
        ali_text_file_read(log->path, "a log of evaluations", &text, &length, error);
    if (status != ALICORN_OK)
        return status;
    if (memcmp(text, header, length < head ? length : head) != 0) {
        status = ali_error_set_at(error, ALICORN_E_INPUT, log->path, 0, 0, NULL,
                                  "comes from another file, other options, variables or goals; "
                                  "remove it, or name another log");
    } else if (length >= head) {
        while (length > head && text[length - 1] != '\n')
            length--;
        *keep_bytes = length;
        status = read_lines(log, text, head, length, error);
    }
    free(text);
    return status;
}

static alicorn_status write_failed(const ali_log *log, alicorn_error *error)
{
    return ali_error_set_at(error, ALICORN_E_IO, log->path, 0, 0, NULL, "cannot be written: %s",
                            strerror(errno));
}

static alicorn_status open_file(ali_log *log, const char *header, alicorn_error *error)
{
    size_t kept;
    alicorn_status status = recall(log, header, &kept, error);
    if (status != ALICORN_OK)
        return status;
    log->file = fopen(log->path, kept > 0 ? "r+" : "w");
    if (!log->file)
        return write_failed(log, error);
    bool good = kept > 0 ? ftruncate(fileno(log->file), (off_t)kept) == 0 &&
                               fseek(log->file, 0, SEEK_END) == 0
                         : fputs(header, log->file) >= 0;
    return good && fflush(log->file) == 0 ? ALICORN_OK : write_failed(log, error);
}

alicorn_status ali_log_open(const char *path, const char *header, size_t variables, size_t figures,
                            ali_log **log, alicorn_error *error)
{
    ali_log *made = calloc(1, sizeof *made);
    *log = NULL;
    if (!made)
        return ali_error_memory(error, sizeof *made, "evaluations");
    *made = (ali_log){.path = path, .variables = variables, .figures = figures};
    alicorn_status status = path ? open_file(made, header, error) : ALICORN_OK;
    if (status != ALICORN_OK)
        ali_log_close(made);
    else
        *log = made;
    return status;
}

bool ali_log_find(const ali_log *log, const double *values, const double **figures)
{
    for (size_t i = 0; i < log->count; i++) {
        const entry *known = &log->entries[i];
        size_t same = 0;
        while (same < log->variables && known->numbers[same] == values[same])
            same++;
        if (same == log->variables) {
            *figures = known->feasible ? known->numbers + log->variables : NULL;
            return true;
        }
    }
    return false;
}

alicorn_status ali_log_add(ali_log *log, const double *values, const double *figures,
                           alicorn_error *error)
{
    alicorn_status status = keep(log, values, figures, error);
    if (status != ALICORN_OK || !log->file)
        return status;
    for (size_t i = 0; i < log->variables; i++)
        fprintf(log->file, "%s%.*g", i ? " " : "", ALI_CANDIDATE_DIGITS, values[i]);
    fputs(figures ? " =" : " = infeasible", log->file);
    for (size_t i = 0; figures && i < log->figures; i++)
        fprintf(log->file, " %.17g", figures[i]);
    fputc('\n', log->file);
    return fflush(log->file) == 0 && !ferror(log->file) ? ALICORN_OK : write_failed(log, error);
}

void ali_log_close(ali_log *log)
{
    if (!log)
        return;
    for (size_t i = 0; i < log->count; i++)
        free(log->entries[i].numbers);
    free(log->entries);
    if (log->file)
        fclose(log->file);
    free(log);
}
