/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "error.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/** What the writers get. */
typedef struct write_job {
    const cli_settings *settings;
    const alicorn_model *model;
    const alicorn_result *result;
    const alicorn_cosite_result *cosite;
    const alicorn_check *check;
    const alicorn_comparison *comparison;
    const char *text; /**< [length] */
    size_t length;
} write_job;

typedef alicorn_status (*write_fn)(const write_job *job, FILE *stream, alicorn_error *error);

static alicorn_status cannot_write(const char *name, alicorn_error *error)
{
    int reason = errno;
    cli_error(error, ALICORN_E_IO, "cannot write: %s", strerror(reason));
    snprintf(error->file, sizeof error->file, "%s", name);
    return ALICORN_E_IO;
}

static alicorn_status write_json(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_json(job->model, job->result, stream, error);
}

static alicorn_status write_cosite_json(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_cosite_json(job->cosite, stream, error);
}

static alicorn_status write_cosite_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_cosite_csv(job->cosite, stream, error);
}

static alicorn_status write_check_json(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_check_json(job->check, stream, error);
}

static alicorn_status write_junit(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_check_junit(job->check, stream, error);
}

static alicorn_status write_compare_json(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_compare_json(job->comparison, stream, error);
}

static alicorn_status write_compare_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_compare_csv(job->comparison, stream, error);
}

/** A drawing or report that was made. */
static alicorn_status write_text(const write_job *job, FILE *stream, alicorn_error *error)
{
    const cli_settings *settings = job->settings;
    if (fwrite(job->text, 1, job->length, stream) != job->length)
        return cannot_write(
            settings->report.output ? settings->report.output : settings->drawing.output, error);
    return ALICORN_OK;
}

static alicorn_status write_pattern_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_pattern_csv(job->result, stream, error);
}

static alicorn_status write_current_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_current_csv(job->result, stream, error);
}

/** The listing, and the plot file if the command has one and the deck asks for it. */
static alicorn_status write_listing(const write_job *job, FILE *stream, alicorn_error *error)
{
    const char *name = job->settings->plot;
    if (!name || !alicorn_model_asks_plot(job->model))
        return alicorn_write_nec_listing(job->model, job->result, stream, error);
    FILE *plot = fopen(name, "w");
    if (!plot)
        return cannot_write(name, error);
    alicorn_status status =
        alicorn_write_nec_listing_and_plot(job->model, job->result, stream, plot, error);
    if (fclose(plot) && status == ALICORN_OK)
        return cannot_write(name, error);
    return status;
}

static alicorn_status write_rcs_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_rcs_csv(job->result, stream, error);
}

static alicorn_status write_isolation_csv(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_isolation_csv(job->result, stream, error);
}

static alicorn_status write_face_current_csv(const write_job *job, FILE *stream,
                                             alicorn_error *error)
{
    return alicorn_write_face_current_csv(job->model, job->result, stream, error);
}

static alicorn_status write_msh(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_mesh(job->model, ALICORN_MESH_MSH, stream, error);
}

static alicorn_status write_stl(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_mesh(job->model, ALICORN_MESH_STL, stream, error);
}

static alicorn_status write_mesh_vtu(const write_job *job, FILE *stream, alicorn_error *error)
{
    return alicorn_write_mesh(job->model, ALICORN_MESH_VTU, stream, error);
}

/** Number of ports that a name ending in .sNp promises, 0 for any other name. */
static size_t ports_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    char *end;
    if (!dot || tolower((unsigned char)dot[1]) != 's' || !isdigit((unsigned char)dot[2]))
        return 0;
    unsigned long count = strtoul(dot + 2, &end, 10);
    return tolower((unsigned char)*end) == 'p' && end[1] == '\0' ? count : 0;
}

static bool is_touchstone_2_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcasecmp(dot, ".ts") == 0;
}

bool cli_is_touchstone(const char *name)
{
    return ports_of_name(name) > 0 || is_touchstone_2_name(name);
}

/** Number of ports of the task's first solve that has any. */
static size_t port_count(const alicorn_result *result, size_t task)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task == task && solve->ports.count > 0)
            return solve->ports.count;
    }
    return 0;
}

static alicorn_status write_touchstone(const write_job *job, FILE *stream, alicorn_error *error)
{
    const cli_settings *settings = job->settings;
    size_t task = (size_t)settings->touchstone_task - 1;
    int version = settings->touchstone_version;
    if (version == 0)
        version = is_touchstone_2_name(settings->touchstone) ? 2 : 1;
    return alicorn_write_touchstone(job->model, job->result, task, version, stream, error);
}

/** What an output may take several files for. */
typedef enum several_kind { ONE_FILE = 0, FAR_FIELDS, FIELDS } several_kind;

/** The outputs: where cli_settings keeps the name, and who writes it. */
static const struct output {
    const char *option;
    size_t field;
    write_fn write;       /**< of one file */
    several_kind several; /**< otherwise */
    alicorn_far_format far_format;
} outputs[] = {
#define FIELD(member) .field = offsetof(cli_settings, member)
    {.option = "--json", FIELD(json), .write = write_json},
    {.option = "--touchstone", FIELD(touchstone), .write = write_touchstone},
    {.option = "--pattern-csv", FIELD(pattern_csv), .write = write_pattern_csv},
    {.option = "--current-csv", FIELD(current_csv), .write = write_current_csv},
    {.option = "--listing", FIELD(listing), .write = write_listing},
    {.option = "--csv", FIELD(rcs_csv), .write = write_rcs_csv},
    {.option = "--isolation-csv", FIELD(isolation_csv), .write = write_isolation_csv},
    {.option = "--face-current-csv", FIELD(face_current_csv), .write = write_face_current_csv},
    {.option = "--ffe", FIELD(ffe), .several = FAR_FIELDS, .far_format = ALICORN_FAR_FFE},
    {.option = "--ffs", FIELD(ffs), .several = FAR_FIELDS, .far_format = ALICORN_FAR_FFS},
    {.option = "--ffd", FIELD(ffd), .several = FAR_FIELDS, .far_format = ALICORN_FAR_FFD},
    {.option = "--msi", FIELD(msi), .several = FAR_FIELDS, .far_format = ALICORN_FAR_MSI},
    {.option = "--vtu", FIELD(field_vtu), .several = FIELDS},
    {.option = "--msh", FIELD(msh), .write = write_msh},
    {.option = "--stl", FIELD(stl), .write = write_stl},
    {.option = "--vtu", FIELD(mesh_vtu), .write = write_mesh_vtu},
    {.option = "--json", FIELD(cosite.json), .write = write_cosite_json},
    {.option = "--csv", FIELD(cosite.csv), .write = write_cosite_csv},
    {.option = "--json", FIELD(check.json), .write = write_check_json},
    {.option = "--json", FIELD(compare.json), .write = write_compare_json},
    {.option = "--csv", FIELD(compare.csv), .write = write_compare_csv},
    {.option = "--output", FIELD(drawing.output), .write = write_text},
    {.option = "--output", FIELD(report.output), .write = write_text},
    {.option = "--junit", FIELD(check.junit), .write = write_junit},
#undef FIELD
};
enum { output_count = sizeof outputs / sizeof *outputs };

/** File name of an output, NULL if it was not asked for. */
static const char *name_of(const cli_settings *settings, size_t i)
{
    return *(const char *const *)((const char *)settings + outputs[i].field);
}

static bool is_stdout(const char *name)
{
    return strcmp(name, "-") == 0;
}

bool cli_output_to_stdout(const cli_settings *settings)
{
    for (size_t i = 0; i < output_count; i++)
        if (name_of(settings, i) && is_stdout(name_of(settings, i)))
            return true;
    return false;
}

/** Whether the file can be written or made, without touching it. */
static alicorn_status check_writable(const char *name, const char *input, alicorn_error *error)
{
    struct stat target, source;
    if (stat(name, &target) == 0) {
        if (S_ISREG(target.st_mode) && stat(input, &source) == 0 &&
            source.st_dev == target.st_dev && source.st_ino == target.st_ino)
            return cli_error(error, ALICORN_E_USAGE, "%s: this would overwrite the input", name);
        return access(name, W_OK) == 0 ? ALICORN_OK : cannot_write(name, error);
    }
    char *folder = strdup(name);
    if (!folder)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    int refused = access(slash ? folder : ".", W_OK | X_OK);
    free(folder);
    return refused ? cannot_write(name, error) : ALICORN_OK;
}

alicorn_status cli_output_check(const cli_settings *settings, const char *input,
                                alicorn_error *error)
{
    const char *on_stdout = NULL;
    for (size_t i = 0; i < output_count; i++) {
        const char *name = name_of(settings, i);
        if (!name)
            continue;
        if (settings->solver.checkpoint && strcmp(name, settings->solver.checkpoint) == 0)
            return cli_error(error, ALICORN_E_USAGE, "%s and --checkpoint name the same file: %s",
                             outputs[i].option, name);
        if (is_stdout(name)) {
            if (on_stdout)
                return cli_error(error, ALICORN_E_USAGE,
                                 "%s and %s cannot both go to standard output", on_stdout,
                                 outputs[i].option);
            on_stdout = outputs[i].option;
            continue;
        }
        alicorn_status status = check_writable(name, input, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Open the named file or standard output for a writer. *stream is to be closed by close_output. */
static alicorn_status open_output(const char *name, FILE **stream, alicorn_error *error)
{
    *stream = is_stdout(name) ? stdout : fopen(name, "w");
    return *stream ? ALICORN_OK : cannot_write(name, error);
}

/** `status` is how the writing went. */
static alicorn_status close_output(const char *name, FILE *stream, alicorn_status status,
                                   alicorn_error *error)
{
    int failed = stream == stdout ? fflush(stream) : fclose(stream);
    return status == ALICORN_OK && failed ? cannot_write(name, error) : status;
}

/** The name with a suffix before its extension; to be freed. NULL without memory. */
static char *name_with_suffix(const char *name, const char *suffix)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name, *dot = strrchr(base, '.');
    size_t stem = dot && dot != base ? (size_t)(dot - name) : strlen(name);
    size_t size = strlen(name) + strlen(suffix) + 1;
    char *made = malloc(size);
    if (made)
        snprintf(made, size, "%.*s%s%s", (int)stem, name, suffix, name + stem);
    return made;
}

/** Several files of one output; one member is not NULL. */
typedef struct file_list {
    alicorn_far_files *far;
    alicorn_field_files *fields;
} file_list;

static alicorn_status list_files(const struct output *output, const write_job *job, file_list *list,
                                 alicorn_error *error)
{
    const alicorn_far_selection selection = {.task = (size_t)job->settings->far_field_task,
                                             .pattern = (size_t)job->settings->far_field_pattern};
    *list = (file_list){0};
    if (output->several == FIELDS)
        return alicorn_field_files_create(job->model, job->result, &list->fields, error);
    return alicorn_far_files_create(job->model, job->result, output->far_format, &selection,
                                    &list->far, error);
}

static void destroy_list(file_list *list)
{
    alicorn_far_files_destroy(list->far);
    alicorn_field_files_destroy(list->fields);
}

static alicorn_status write_listed(const file_list *list, size_t i, FILE *stream,
                                   alicorn_error *error)
{
    return list->far ? alicorn_far_files_write(list->far, i, stream, error)
                     : alicorn_field_files_write(list->fields, i, stream, error);
}

/** Write file i under the name with its suffix. */
static alicorn_status write_with_suffix(const file_list *list, size_t i, const char *name,
                                        alicorn_error *error)
{
    FILE *stream = NULL;
    const char *suffix = list->far ? alicorn_far_files_suffix(list->far, i)
                                   : alicorn_field_files_suffix(list->fields, i);
    char *made = name_with_suffix(name, suffix);
    if (!made)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    const char *target = is_stdout(name) ? name : made;
    alicorn_status status = open_output(target, &stream, error);
    if (status == ALICORN_OK)
        status = close_output(target, stream, write_listed(list, i, stream, error), error);
    free(made);
    return status;
}

static alicorn_status write_several(const struct output *output, const char *name,
                                    const write_job *job, alicorn_error *error)
{
    file_list list;
    alicorn_status status = list_files(output, job, &list, error);
    if (status != ALICORN_OK)
        return status;
    size_t count =
        list.far ? alicorn_far_files_count(list.far) : alicorn_field_files_count(list.fields);
    if (count > 1 && is_stdout(name))
        status = cli_error(error, ALICORN_E_USAGE,
                           "%s: these are %zu files, which cannot all go to standard output; "
                           "expected a name",
                           output->option, count);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++)
        status = write_with_suffix(&list, i, name, error);
    destroy_list(&list);
    return status;
}

static alicorn_status write_one(const struct output *output, const char *name, const write_job *job,
                                alicorn_error *error)
{
    FILE *stream = NULL;
    if (!output->write)
        return write_several(output, name, job, error);
    alicorn_status status = open_output(name, &stream, error);
    if (status != ALICORN_OK)
        return status;
    return close_output(name, stream, output->write(job, stream, error), error);
}

/** The ports that a name like x.s3p promises must be those of the solve. */
static alicorn_status check_port_count(const write_job *job, alicorn_error *error)
{
    const char *name = job->settings->touchstone;
    size_t promised = name ? ports_of_name(name) : 0;
    size_t ports = port_count(job->result, (size_t)job->settings->touchstone_task - 1);
    if (promised == 0 || ports == 0 || promised == ports)
        return ALICORN_OK;
    return cli_error(error, ALICORN_E_USAGE,
                     "%s: there %s %zu port%s, expected the extension .s%zup", name,
                     ports == 1 ? "is" : "are", ports, ports == 1 ? "" : "s", ports);
}

static alicorn_status write_all(const write_job *job, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < output_count && status == ALICORN_OK; i++)
        if (name_of(job->settings, i))
            status = write_one(&outputs[i], name_of(job->settings, i), job, error);
    return status;
}

alicorn_status cli_output_write(const cli_settings *settings, const alicorn_model *model,
                                const alicorn_result *result, alicorn_error *error)
{
    const write_job job = {.settings = settings, .model = model, .result = result};
    alicorn_status status = result ? check_port_count(&job, error) : ALICORN_OK;
    return status == ALICORN_OK ? write_all(&job, error) : status;
}

alicorn_status cli_output_cosite(const cli_settings *settings, const alicorn_cosite_result *result,
                                 alicorn_error *error)
{
    return write_all(&(write_job){.settings = settings, .cosite = result}, error);
}

alicorn_status cli_output_check_files(const cli_settings *settings, const alicorn_check *check,
                                      alicorn_error *error)
{
    return write_all(&(write_job){.settings = settings, .check = check}, error);
}

alicorn_status cli_output_compare(const cli_settings *settings,
                                  const alicorn_comparison *comparison, alicorn_error *error)
{
    return write_all(&(write_job){.settings = settings, .comparison = comparison}, error);
}

alicorn_status cli_output_text(const cli_settings *settings, const char *text, size_t length,
                               alicorn_error *error)
{
    return write_all(&(write_job){.settings = settings, .text = text, .length = length}, error);
}

bool cli_color_wanted(void)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

alicorn_status cli_output_summary(const alicorn_model *model, const alicorn_result *result,
                                  alicorn_error *error)
{
    alicorn_status status = alicorn_write_summary(model, result, cli_color_wanted(), stdout, error);
    if (status == ALICORN_OK && fflush(stdout))
        return cannot_write("standard output", error);
    return status;
}

alicorn_status cli_output_rcs(const alicorn_model *model, const alicorn_result *result,
                              alicorn_error *error)
{
    alicorn_status status = alicorn_write_rcs(model, result, stdout, error);
    if (status == ALICORN_OK && fflush(stdout))
        return cannot_write("standard output", error);
    return status;
}
