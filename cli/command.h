/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "alicorn/alicorn.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  The commands and their options as tables. The parser, `--help`, `alicorn help` and the manual
 * page all read the same rows, so that they cannot drift apart. */

/** Numbers start, start + step, … */
typedef struct cli_range {
    double start, step;
    size_t count; /**< 0: not given */
} cli_range;

/** Where S of a platform comes from: --s or --project, [NAME=]FILE. */
typedef struct cli_source {
    const char *option; /**< "s" or "project" */
    const char *text;   /**< as typed; the platform's name is its beginning */
    size_t name_length; /**< 0: for the only platform, or those that have no S */
    const char *file;
    bool solved; /**< a project, else a Touchstone file */
} cli_source;

/** What the options of `cosite` set. */
typedef struct cli_cosite {
    cli_source *sources; /**< [source_count]; owned */
    size_t source_count;
    const char *json, *csv; /**< file, "-", or NULL */
    int order, tones, samples, list;
    int columns; /**< of the table; 0: as wide as the terminal */
    double margin_db, floor_db;
    bool hold, no_plan, check, strict;
} cli_cosite;

/** Texts of an option that may be repeated. */
typedef struct cli_texts {
    const char **item; /**< [count]; owned, the texts are not */
    size_t count;
} cli_texts;

/** What the options of `optimize` set. */
typedef struct cli_optimize {
    alicorn_optimize_variable *variables; /**< [variable_count]; owned */
    size_t variable_count;
    cli_texts goals;
    const char *algorithm, *output, *log; /**< NULL: not given */
    int evaluations, starts;
    double tolerance;
} cli_optimize;

/** What the options of `check` set. */
typedef struct cli_check {
    const char *json, *junit; /**< file, "-", or NULL */
    bool strict;
    bool wanted; /**< requirements are to be judged */
} cli_check;

/** What the options of `compare` set. */
typedef struct cli_compare {
    const char *json, *csv;    /**< file, "-", or NULL */
    const char *radios, *s[2]; /**< radios file, and S for it of A and B; NULL */
    double coverage_dbi;       /**< NAN: not given */
    double percent;
    int sectors, list;
} cli_compare;

/** What the options of `plot` set. */
typedef struct cli_plot {
    const char *output; /**< file, "-", or NULL */
    const char *title;  /**< NULL: not given */
    cli_texts ports, pairs, components;
    double angle, floor, ceiling, azimuth, elevation; /**< NAN: not given */
    int task, pattern, cut;
    bool polar;
    alicorn_plot_kind kind; /**< of the operand KIND */
    const char *source;     /**< path of the operand FILE */
} cli_plot;

/** What the options of `view` set. */
typedef struct cli_view {
    int port;       /**< 0: the system's choice */
    int patience_s; /**< for a request to arrive [s] */
    bool no_open;
} cli_view;

/** What the options of `report` set; its cross-sections are theta, phi and frequency. */
typedef struct cli_report_options {
    const char *output, *radios;
} cli_report_options;

/** What the options of any command can set. Texts point into argv unless said otherwise. */
typedef struct cli_settings {
    alicorn_options solver;
    const char *json, *touchstone, *pattern_csv, *current_csv, *listing, *rcs_csv, *isolation_csv,
        *face_current_csv;                         /**< file, "-", or NULL */
    const char *ffe, *ffs, *ffd, *msi, *field_vtu; /**< name from which those of the files are made,
                                                        or NULL */
    const char *msh, *stl, *mesh_vtu;              /**< of `mesh`: file, "-", or NULL */
    int far_field_task, far_field_pattern;         /**< 1-based; 0 = all */
    int touchstone_version;                        /**< 1 or 2; 0 = by the file's name */
    int touchstone_task;                           /**< 1-based */
    const char *gmsh;                              /**< program; NULL: gmsh in the PATH */
    const char *input;                             /**< of `nec` */
    const char *plot; /**< of `nec`: plot file, written if the deck asks for one */
    cli_range theta, phi, receive_theta, receive_phi; /**< of `rcs` [degrees] */
    cli_range frequency;                              /**< of `rcs` [MHz] */
    int task;                                         /**< of `rcs`, 1-based */
    cli_cosite cosite;
    cli_optimize optimize;
    cli_check check;
    cli_compare compare;
    cli_plot drawing;
    cli_view view;
    cli_report_options report;
    bool resume; /**< go on from the checkpoint */
    bool quiet, help, version, manual, dry_run;
    char **off; /**< [off_count + 1] names of unwanted warnings, NULL-terminated; owned */
    size_t off_count;
    char **set_names;   /**< [set_count] symbols that override the deck's; owned */
    double *set_values; /**< [set_count]; owned */
    size_t set_count;
} cli_settings;

typedef struct cli_option cli_option;

/** Take over one option's value; NULL for a switch, "" for a negated one (--no-…). */
typedef alicorn_status (*cli_option_fn)(cli_settings *settings, const cli_option *option,
                                        const char *value, alicorn_error *error);

/** One row of a command's option table. */
struct cli_option {
    const char *name;     /**< long spelling without the dashes, NULL if there is only a letter */
    char letter;          /**< short spelling, 0 if none */
    const char *argument; /**< what follows, NULL for a switch */
    const char *standard; /**< default as text, NULL if there is nothing to say */
    const char *help;
    cli_option_fn take;
    size_t field;            /**< offset in cli_settings of what `take` sets */
    double minimum, maximum; /**< bounds of a number */
    bool negatable;          /**< --no-NAME is understood too */
    bool hidden;             /**< kept out of help and manual */
};

typedef struct cli_command {
    const char *name;
    const char *operands; /**< as in the usage line, "" if none */
    const char *summary;  /**< one line, no period */
    const char *details;  /**< paragraphs separated by empty lines */
    const cli_option *options;
    size_t option_count;
    int minimum_operands, maximum_operands;
    bool solves; /**< does dense algebra: see blas_env.h */
    /** Returns the exit status. */
    int (*run)(cli_settings *settings, char **operands, int operand_count);
} cli_command;

extern const cli_command cli_commands[];
extern const size_t cli_command_count;

/** The command of that name, or NULL. */
const cli_command *cli_command_find(const char *name);

int cli_run_solve(cli_settings *settings, char **operands, int operand_count);
int cli_run_nec(cli_settings *settings, char **operands, int operand_count);
int cli_run_rcs(cli_settings *settings, char **operands, int operand_count);
int cli_run_mesh(cli_settings *settings, char **operands, int operand_count);
int cli_run_check(cli_settings *settings, char **operands, int operand_count);
int cli_run_compare(cli_settings *settings, char **operands, int operand_count);
int cli_run_report(cli_settings *settings, char **operands, int operand_count);
int cli_run_cosite(cli_settings *settings, char **operands, int operand_count);
int cli_run_optimize(cli_settings *settings, char **operands, int operand_count);
int cli_run_plot(cli_settings *settings, char **operands, int operand_count);
int cli_run_view(cli_settings *settings, char **operands, int operand_count);
int cli_run_lint(cli_settings *settings, char **operands, int operand_count);
int cli_run_version(cli_settings *settings, char **operands, int operand_count);
int cli_run_help(cli_settings *settings, char **operands, int operand_count);

/** Defaults of every setting. */
void cli_settings_init(cli_settings *settings);
void cli_settings_clear(cli_settings *settings);

/** Read the arguments after the command's name. Operands are moved to the front of arguments, their
 * number to *operand_count. @return ALICORN_OK, ALICORN_E_USAGE or ALICORN_E_MEMORY */
alicorn_status cli_parse(const cli_command *command, cli_settings *settings, char **arguments,
                         int argument_count, int *operand_count, alicorn_error *error);

/** The known name nearest to a mistyped one, NULL if none is near. */
const char *cli_nearest(const char *typed, const char *const *known, size_t count);

/** Print that there is no such command and which one may have been meant; returns the exit status.
 */
int cli_unknown_command(const char *name);

/** Process exit status of a status. Files that cannot be read are bad input, files that cannot be
 *  written are a failure of ours. */
int cli_exit_reading(alicorn_status status);
int cli_exit_writing(alicorn_status status);

#endif
