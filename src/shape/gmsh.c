/* SPDX-License-Identifier: Apache-2.0 */
/* realpath is of the X/Open part of POSIX */
#define _XOPEN_SOURCE 700
#include "shape/gmsh.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "shape/program.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, LOG_TAIL = 65536 };

/** One run of gmsh. */
typedef struct gmsh_run {
    const ali_geo_job *job;
    const ali_mesher_options *options;
    const char *program;
    char directory[PATH_SIZE];
    char log[PATH_SIZE + 32]; /**< file with what it printed */
    int *first_line;          /**< of each shape in the script */
    bool meshing;             /**< it failed after it had made the shapes */
    alicorn_error *error;
} gmsh_run;

static alicorn_status fail_system(const gmsh_run *run, const char *what, const char *name, int code)
{
    char reason[128];
    if (strerror_r(code, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", code);
    return ali_error_set(run->error, ALICORN_E_IO, "%s '%s': %s", what, name, reason);
}

/* ---- the directory ---- */

static alicorn_status make_directory(gmsh_run *run)
{
    const char *parent = run->options->temporary_directory;
    int length = snprintf(run->directory, sizeof run->directory, "%s/alicorn-gmsh-XXXXXX",
                          parent && *parent ? parent : "/tmp");
    if (length >= (int)sizeof run->directory) {
        run->directory[0] = '\0';
        return ali_error_set(run->error, ALICORN_E_IO,
                             "the temporary directory's name is too long");
    }
    if (!mkdtemp(run->directory)) {
        int code = errno;
        run->directory[0] = '\0';
        return fail_system(run, "cannot make a directory for gmsh in", parent ? parent : "/tmp",
                           code);
    }
    snprintf(run->log, sizeof run->log, "%s/log.txt", run->directory);
    return ALICORN_OK;
}

/** All files in it are ours; there are no directories. */
static void remove_directory(const gmsh_run *run)
{
    char path[PATH_SIZE + 300];
    DIR *directory = run->directory[0] ? opendir(run->directory) : NULL;
    if (!directory)
        return;
    for (const struct dirent *entry; (entry = readdir(directory));) {
        snprintf(path, sizeof path, "%s/%s", run->directory, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlink(path);
    }
    closedir(directory);
    rmdir(run->directory);
}

static alicorn_status refuse_file(const gmsh_run *run, const ali_shape *shape, int code)
{
    alicorn_status status = fail_system(run, "cannot read the CAD file", shape->file, code);
    if (run->error)
        run->error->line = shape->line;
    return status;
}

/** CAD files are linked into the directory, so that the script needs no path, whatever is in it. */
static alicorn_status link_files(const gmsh_run *run)
{
    for (size_t i = 0; i < run->job->shape_count; i++) {
        const ali_shape *shape = &run->job->shapes[i];
        char name[ALI_GEO_NAME_SIZE], path[PATH_SIZE + ALI_GEO_NAME_SIZE + 2];
        if (shape->kind != ALI_SHAPE_STEP)
            continue;
        char *whole = access(shape->file, R_OK) == 0 ? realpath(shape->file, NULL) : NULL;
        if (!whole)
            return refuse_file(run, shape, errno);
        ali_geo_step_name(name, i);
        snprintf(path, sizeof path, "%s/%s", run->directory, name);
        int code = symlink(whole, path) == 0 ? 0 : errno;
        free(whole);
        if (code != 0)
            return fail_system(run, "cannot link the CAD file", shape->file, code);
    }
    return ALICORN_OK;
}

static alicorn_status write_script(gmsh_run *run, const char *path)
{
    ali_numeric_scope numeric;
    FILE *stream = fopen(path, "w");
    if (!stream)
        return fail_system(run, "cannot write gmsh's script", path, errno);
    if (ali_numeric_begin(&numeric)) {
        fclose(stream);
        return ali_error_memory(run->error, sizeof(locale_t), "the C locale");
    }
    ali_geo_write(run->job, stream, run->first_line);
    ali_numeric_end(&numeric);
    int failed = ferror(stream);
    if (fclose(stream) != 0 || failed)
        return fail_system(run, "cannot write gmsh's script", path, errno);
    return ALICORN_OK;
}

/* ---- what gmsh says ---- */

/** The end of the log, as text; the caller frees it. NULL if there is none. */
static char *read_log(const gmsh_run *run)
{
    FILE *stream = fopen(run->log, "r");
    char *text = NULL;
    if (!stream)
        return NULL;
    long size = fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : 0;
    if (size > LOG_TAIL)
        size = LOG_TAIL;
    if (size > 0 && fseek(stream, -size, SEEK_END) == 0)
        text = ali_calloc((size_t)size + 1, 1);
    if (text)
        text[fread(text, 1, (size_t)size, stream)] = '\0';
    fclose(stream);
    return text;
}

/** gmsh ends a failed mesh with a summary, which hides the reason. */
static void cut_summary(char *log)
{
    char *summary = strstr(log, "Error   : ------");
    if (summary && summary != log)
        *summary = '\0';
}

/** The last text in `log` that begins with `mark`, up to the line's end; cuts the log there. */
static char *last_line(char *log, const char *mark)
{
    char *found = NULL;
    for (char *at = log; (at = strstr(at, mark)); at++)
        found = at;
    if (found)
        found[strcspn(found, "\r\n")] = '\0';
    return found;
}

/** Percent done: curves come first and are quick. */
static int watch(void *user)
{
    const gmsh_run *run = user;
    size_t done = 0;
    char *log = read_log(run);
    char *line = log ? last_line(log, "Info    : [") : NULL;
    if (line) {
        long percent = strtol(line + strlen("Info    : ["), NULL, 10);
        percent = percent < 0 ? 0 : percent > 100 ? 100 : percent;
        done = strstr(line, "curve") ? (size_t)percent / 10 : 10 + (size_t)percent * 9 / 10;
    }
    free(log);
    return run->options->progress(run->options->progress_user, "mesh", done, 100);
}

/** Line in the input of the shape that a line of the script belongs to, 0 if it is none's. */
static int shape_line(const gmsh_run *run, int script_line)
{
    const ali_geo_job *job = run->job;
    if (job->shape_count == 1)
        return job->shapes[0].line;
    for (size_t i = 0; i < job->shape_count; i++)
        if (script_line >= run->first_line[i] && script_line < run->first_line[i + 1])
            return job->shapes[i].line;
    return 0;
}

/** The CAD file that an error of gmsh is about, by the name of its link; NULL if it is none. */
static const ali_shape *blamed_file(const gmsh_run *run, const char *words)
{
    for (size_t i = 0; i < run->job->shape_count; i++) {
        char name[ALI_GEO_NAME_SIZE + 2] = "/";
        ali_geo_step_name(name + 1, i);
        if (run->job->shapes[i].kind == ALI_SHAPE_STEP && strstr(words, name))
            return &run->job->shapes[i];
    }
    return NULL;
}

/** gmsh gave up: pass on why. Errors read "Error   : 'model.geo', line 12: words". */
static alicorn_status refuse(gmsh_run *run, int exit_status)
{
    char *log = read_log(run);
    if (log)
        cut_summary(log);
    char *line = log ? last_line(log, "Error   : ") : NULL;
    alicorn_status status;
    if (exit_status > 128) {
        status = ali_error_set(run->error, ALICORN_E_IO, "'%s' was ended by signal %d",
                               run->program, exit_status - 128);
    } else if (!line) {
        status = ali_error_set(run->error, ALICORN_E_IO,
                               "'%s' failed with exit status %d and gave no reason", run->program,
                               exit_status);
    } else {
        int script_line = 0;
        char *words = line + strlen("Error   : "), *place = strstr(words, "', line ");
        if (place) {
            script_line = (int)strtol(place + strlen("', line "), &words, 10);
            words += strspn(words, " :");
        }
        const ali_shape *file = blamed_file(run, words);
        run->meshing = script_line == 0 && !file;
        if (file)
            status = ali_error_set_at(run->error, ALICORN_E_INPUT, NULL, file->line, 0, NULL,
                                      "gmsh cannot read '%s', expected a CAD file in STEP format",
                                      file->file);
        else
            status = ali_error_set_at(
                run->error, ALICORN_E_INPUT, NULL, shape_line(run, script_line), 0, NULL,
                "gmsh cannot make %s: %s",
                script_line > 0 && script_line < run->first_line[run->job->shape_count]
                    ? "the shape"
                    : "a mesh of the shapes",
                words);
    }
    free(log);
    return status;
}

/** The mesh, and what is wrong if there is none. */
static alicorn_status read_mesh(const gmsh_run *run, const char *path,
                                ali_triangulation *triangulation, ali_msh_bounds *bounds)
{
    const ali_mesh_file_options options = {
        .scale = 1, .memory_limit = ALI_MESH_FILE_MEMORY, .by_entity = true, .bounds = bounds};
    alicorn_error reason = {0};
    alicorn_status status = ali_mesh_file_read_with(path, &options, triangulation, &reason);
    if (status == ALICORN_OK)
        return ALICORN_OK;
    if (status == ALICORN_E_INPUT)
        return ali_error_set_at(run->error, ALICORN_E_INPUT, NULL, shape_line(run, 0), 0, NULL,
                                "gmsh made no mesh of the shapes: %s", reason.message);
    if (access(path, F_OK) != 0)
        return ali_error_set(run->error, ALICORN_E_IO,
                             "'%s' ended well but wrote no mesh, expected the program gmsh",
                             run->program);
    return ali_error_set(run->error, status, "gmsh's mesh cannot be read: %s", reason.message);
}

static alicorn_status run_program(gmsh_run *run, const char *script, const char *mesh)
{
    char home[PATH_SIZE + 16];
    int exit_status = 0;
    const char *const arguments[] = {run->program, script, "-2", "-nt", "1", "-o", mesh, NULL};
    const char *const settings[] = {home, "LC_ALL=C", "OMP_NUM_THREADS=1", NULL};
    const ali_program program = {.arguments = arguments,
                                 .settings = settings,
                                 .output = run->log,
                                 .timeout_s =
                                     run->options->timeout_s > 0 ? run->options->timeout_s : 300,
                                 .watch = run->options->progress ? watch : NULL,
                                 .user = run};
    /* the user's own options for gmsh must not change the mesh */
    snprintf(home, sizeof home, "GMSH_HOME=%s/", run->directory);
    alicorn_error reason = {0};
    alicorn_status status = ali_program_run(&program, &exit_status, &reason);
    if (status != ALICORN_OK)
        return ali_error_set(run->error, status, "%s%s", reason.message,
                             strncmp(reason.message, "cannot run", 10) == 0
                                 ? "; gmsh is needed for shapes, not for decks and ready meshes"
                                 : "");
    return exit_status == 0 ? ALICORN_OK : refuse(run, exit_status);
}

alicorn_status ali_gmsh_run(const ali_geo_job *job, const ali_mesher_options *options,
                            ali_triangulation *triangulation, ali_msh_bounds *bounds, bool *meshing,
                            alicorn_error *error)
{
    *meshing = false;
    gmsh_run run = {.job = job,
                    .options = options,
                    .program = options->program ? options->program : "gmsh",
                    .first_line = ali_calloc(job->shape_count + 1, sizeof(int)),
                    .error = error};
    char script[PATH_SIZE + 32], mesh[PATH_SIZE + 32];
    memset(triangulation, 0, sizeof *triangulation);
    memset(bounds, 0, sizeof *bounds);
    if (!run.first_line)
        return ali_error_memory(error, job->shape_count * sizeof(int), "lines of shapes");
    alicorn_status status = make_directory(&run);
    snprintf(script, sizeof script, "%s/model.geo", run.directory);
    snprintf(mesh, sizeof mesh, "%s/mesh.msh", run.directory);
    if (status == ALICORN_OK)
        status = link_files(&run);
    if (status == ALICORN_OK)
        status = write_script(&run, script);
    if (status == ALICORN_OK)
        status = run_program(&run, script, mesh);
    if (status == ALICORN_OK)
        status = read_mesh(&run, mesh, triangulation, bounds);
    remove_directory(&run);
    *meshing = run.meshing;
    free(run.first_line);
    return status;
}
