/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include "take.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FIELD(member) offsetof(cli_settings, member)

/* Rows for the settings of a solve, out of the table in alicorn/options.h. */
#define ROW_INT(unit) .argument = "N", .take = cli_take_int
#define ROW_REAL(unit) .argument = "X", .take = cli_take_real
#define ROW_BOOL(unit) .negatable = true, .take = cli_take_switch
#define ROW_CHOICE(unit) .argument = unit, .take = cli_take_choice
#define STANDARD_INT(init, unit) #init
#define STANDARD_REAL(init, unit) #init " " unit
#define STANDARD_BOOL(init, unit) ((init) ? "on" : "off")
#define STANDARD_CHOICE(init, unit) unit
#define SOLVER_ROW(type, member, flag, init, lo, hi, unit, text)                                   \
    {.name = flag,                                                                                 \
     ROW_##type(unit),                                                                             \
     .standard = STANDARD_##type(init, unit),                                                      \
     .help = text,                                                                                 \
     .field = FIELD(solver.member),                                                                \
     .minimum = lo,                                                                                \
     .maximum = hi},
#define SOLVER_ROWS ALICORN_OPTION_TABLE(SOLVER_ROW)

#define HELP_ROW                                                                                   \
    {                                                                                              \
        .name = "help", .letter = 'h', .help = "show this help and exit", .take = cli_take_flag,   \
        .field = FIELD(help)                                                                       \
    }
#define QUIET_ROW                                                                                  \
    {                                                                                              \
        .name = "quiet", .letter = 'q',                                                            \
        .help = "no progress and no warnings, only errors and results", .take = cli_take_flag,     \
        .field = FIELD(quiet)                                                                      \
    }
#define OFF_ROW                                                                                    \
    {                                                                                              \
        .name = "off", .argument = "NAMES",                                                        \
        .help = "do not report the warnings with these names, separated by commas; the name of a " \
                "warning stands in brackets behind it",                                            \
        .take = cli_take_off                                                                       \
    }
#define SET_ROW                                                                                    \
    {                                                                                              \
        .name = "set", .argument = "NAME=VALUE",                                                   \
        .help = "give a symbol (SY) or variable another value; may be repeated",                   \
        .take = cli_take_set                                                                       \
    }
#define GMSH_ROW                                                                                   \
    {                                                                                              \
        .name = "gmsh", .argument = "PROGRAM",                                                     \
        .help = "program that makes triangles of a project's shapes",                              \
        .standard = "gmsh, searched in the PATH", .take = cli_take_text, .field = FIELD(gmsh)      \
    }
#define FILE_ROW(flag, member, text)                                                               \
    {                                                                                              \
        .name = flag, .argument = "FILE", .help = text, .take = cli_take_text,                     \
        .field = FIELD(member)                                                                     \
    }

/** Which patterns go into far-field files. */
#define FAR_FIELD_ROW(flag, member, text)                                                          \
    {                                                                                              \
        .name = flag, .argument = "N", .help = text, .standard = "all", .take = cli_take_int,      \
        .field = FIELD(member), .minimum = 1, .maximum = 1e6                                       \
    }

#define DRY_RUN_ROW                                                                                \
    {                                                                                              \
        .name = "dry-run", .letter = 'n',                                                          \
        .help = "do not solve; tell the number of solves and unknowns, the memory and the time",   \
        .take = cli_take_flag, .field = FIELD(dry_run)                                             \
    }

#define RESUME_ROWS                                                                                \
    {.name = "resume",                                                                             \
     .help = "keep finished frequencies in a file, and go on from it if an earlier run left one",  \
     .take = cli_take_flag,                                                                        \
     .field = FIELD(resume)},                                                                      \
    {                                                                                              \
        .name = "checkpoint", .argument = "FILE",                                                  \
        .help = "keep finished frequencies in this file",                                          \
        .standard = "with --resume, the deck's name with .alicorn-resume behind it",               \
        .take = cli_take_text, .field = FIELD(solver.checkpoint)                                   \
    }

static const cli_option solve_options[] = {
    FILE_ROW("json", json, "write everything as one JSON document"),
    FILE_ROW("touchstone", touchstone,
             "write the S-parameters of all sources; the name's extension .sNp must fit their "
             "number, .ts means version 2"),
    {.name = "touchstone-version",
     .argument = "N",
     .help = "1 for Touchstone 1.1, 2 for 2.0",
     .standard = "by the name",
     .take = cli_take_int,
     .field = FIELD(touchstone_version),
     .minimum = 1,
     .maximum = 2},
    {.name = "touchstone-task",
     .argument = "N",
     .help = "which of the deck's tasks goes into the Touchstone file",
     .standard = "1",
     .take = cli_take_int,
     .field = FIELD(touchstone_task),
     .minimum = 1,
     .maximum = 1e6},
    FILE_ROW("pattern-csv", pattern_csv, "write the radiation patterns as CSV"),
    FILE_ROW("current-csv", current_csv, "write the currents as CSV"),
    FILE_ROW("face-current-csv", face_current_csv, "write the currents of triangles as CSV"),
    FILE_ROW("isolation-csv", isolation_csv, "write what passes between every two ports as CSV"),
    FILE_ROW("ffe", ffe, "write the patterns for FEKO"),
    FILE_ROW("ffs", ffs,
             "write the patterns as CST's farfield sources; they must cover the whole sphere"),
    FILE_ROW("ffd", ffd, "write the patterns for HFSS"),
    FILE_ROW("msi", msi,
             "write horizontal and vertical cuts for MSI Planet; the patterns must have them in "
             "steps of one degree"),
    FILE_ROW("vtu", field_vtu,
             "write currents on wires and surfaces, and near fields, for ParaView"),
    FAR_FIELD_ROW("far-field-task", far_field_task, "write the patterns of this task only"),
    FAR_FIELD_ROW("far-field-pattern", far_field_pattern,
                  "write this pattern of every task only, counted as in --pattern-csv"),
    FILE_ROW("listing", listing, "write a listing in the layout of NEC-2's output"),
    DRY_RUN_ROW,
    RESUME_ROWS,
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

#define ANGLES_ROW(flag, member, text, usual)                                                      \
    {                                                                                              \
        .name = flag, .argument = "RANGE", .help = text, .standard = usual,                        \
        .take = cli_take_range, .field = FIELD(member), .minimum = -3600.0, .maximum = 3600.0      \
    }

static const cli_option rcs_options[] = {
    ANGLES_ROW("theta", theta, "where the waves come from, angle from the zenith", "90"),
    ANGLES_ROW("phi", phi, "where the waves come from, angle from x towards y", "0"),
    ANGLES_ROW("bistatic-theta", receive_theta,
               "where the receiver stands: all of these for every wave", "with the transmitter"),
    ANGLES_ROW("bistatic-phi", receive_phi, "the same for the angle from x towards y",
               "with the transmitter"),
    {.name = "frequency",
     .argument = "RANGE",
     .help = "frequencies in MHz",
     .standard = "those of the deck",
     .take = cli_take_range,
     .field = FIELD(frequency),
     .minimum = 1e-6,
     .maximum = 1e9},
    {.name = "task",
     .argument = "N",
     .help = "which of the deck's tasks gives ground, loads, networks and frequencies",
     .standard = "1",
     .take = cli_take_int,
     .field = FIELD(task),
     .minimum = 1,
     .maximum = 1e6},
    FILE_ROW("json", json, "write everything as one JSON document"),
    FILE_ROW("csv", rcs_csv, "write the cross-sections as CSV"),
    DRY_RUN_ROW,
    RESUME_ROWS,
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

#define COSITE_INT_ROW(flag, member, low, high, usual, text)                                       \
    {                                                                                              \
        .name = flag, .argument = "N", .help = text, .standard = usual, .take = cli_take_int,      \
        .field = FIELD(cosite.member), .minimum = low, .maximum = high                             \
    }
#define COSITE_DB_ROW(flag, member, usual, text)                                                   \
    {                                                                                              \
        .name = flag, .argument = "DB", .help = text, .standard = usual, .take = cli_take_real,    \
        .field = FIELD(cosite.member), .minimum = -1000, .maximum = 1000                           \
    }
#define COSITE_FLAG_ROW(flag, member, text)                                                        \
    {                                                                                              \
        .name = flag, .help = text, .take = cli_take_flag, .field = FIELD(cosite.member)           \
    }

#define SOURCE_ROW(flag, text)                                                                     \
    {                                                                                              \
        .name = flag, .argument = "[NAME=]FILE", .help = text, .take = cli_take_source             \
    }

static const cli_option cosite_options[] = {
    SOURCE_ROW("s", "S of the antennas, a Touchstone file, of the platform with this name, else of "
                    "the only one or those without S; may be repeated"),
    SOURCE_ROW("project", "the same from a project, which is solved at its own frequencies"),
    FILE_ROW("json", cosite.json, "write everything as one JSON document"),
    FILE_ROW("csv", cosite.csv, "write the interferences as CSV"),
    COSITE_INT_ROW("order", order, 0, 7, "5", "highest order of intermodulation; 0: none"),
    COSITE_INT_ROW("tones", tones, 2, 3, "3", "most tones of an intermodulation product"),
    COSITE_DB_ROW("margin", margin_db, "0", "margins above this are interferences"),
    COSITE_DB_ROW("floor", floor_db, "-20",
                  "intermodulation products with margins below this are not looked for"),
    COSITE_FLAG_ROW("hold", hold,
                    "outside of the frequencies of S take those at their end, and mark what "
                    "follows as assumed"),
    COSITE_FLAG_ROW("no-plan", no_plan, "do not look for a frequency plan"),
    COSITE_INT_ROW("samples", samples, 1, 1e9, "1000",
                   "combinations of channels drawn for the availability, if there are more"),
    COSITE_INT_ROW("list", list, 0, 1e6, "10", "most lines of each list in the table"),
    COSITE_INT_ROW("columns", columns, 40, 1e4, "the terminal's, else 80",
                   "width of the table in characters"),
    COSITE_FLAG_ROW("check", check, "exit with 5 if a receiver is disturbed"),
    COSITE_FLAG_ROW("strict", strict,
                    "with --check, exit with 5 also if a path is not known or a margin not sure"),
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option optimize_options[] = {
    {.name = "variable",
     .argument = "NAME=LOWER:UPPER",
     .help = "vary this symbol (SY) or variable within bounds, from the file's value; "
             "LOWER:START:UPPER from another; may be repeated",
     .take = cli_take_variable},
    {.name = "goal",
     .argument = "GOAL",
     .help = "what the model shall be, as 'vswr <= 1.5'; may be repeated",
     .standard = "requirements",
     .take = cli_take_texts,
     .field = FIELD(optimize.goals)},
    {.name = "algorithm",
     .argument = "NAME",
     .help = "BOBYQA, COBYLA, NELDER-MEAD, SBPLX, PRAXIS, DIRECT, DIRECT-L, CRS2, ISRES or ESCH",
     .standard = "BOBYQA; COBYLA for one variable",
     .take = cli_take_text,
     .field = FIELD(optimize.algorithm)},
    {.name = "evaluations",
     .argument = "N",
     .help = "most candidates",
     .standard = "200",
     .take = cli_take_int,
     .field = FIELD(optimize.evaluations),
     .minimum = 1,
     .maximum = 1e6},
    {.name = "starts",
     .argument = "N",
     .help =
         "begin a local algorithm at so many places, one after the other: at the file's values, "
         "then spread over the bounds; they share the candidates",
     .standard = "1",
     .take = cli_take_int,
     .field = FIELD(optimize.starts),
     .minimum = 1,
     .maximum = 1e4},
    {.name = "tolerance",
     .argument = "X",
     .help = "end when the variables change by less than this part of their ranges",
     .standard = "0.001",
     .take = cli_take_real,
     .field = FIELD(optimize.tolerance),
     .minimum = 0.0,
     .maximum = 1.0},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .help = "write the file with the best values",
     .take = cli_take_text,
     .field = FIELD(optimize.output)},
    {.name = "log",
     .argument = "FILE",
     .help = "keep all evaluations here, and take from it what an earlier run evaluated",
     .standard = "the file's name with .alicorn-optimize behind it",
     .take = cli_take_text,
     .field = FIELD(optimize.log)},
    SET_ROW,
    GMSH_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option check_options[] = {
    FILE_ROW("json", check.json, "write the verdicts as one JSON document"),
    FILE_ROW("junit", check.junit, "write the verdicts as JUnit XML; undecided is skipped there"),
    {.name = "strict",
     .help = "exit with 5 also if a requirement is undecided",
     .take = cli_take_flag,
     .field = FIELD(check.strict)},
    DRY_RUN_ROW,
    RESUME_ROWS,
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option compare_options[] = {
    ANGLES_ROW("rcs-theta", theta,
               "compare cross-sections, too: where the waves come from, angle from the zenith",
               "90 with --rcs-phi, else none"),
    ANGLES_ROW("rcs-phi", phi, "the same for the angle from x towards y",
               "0 with --rcs-theta, else none"),
    {.name = "coverage",
     .argument = "DBI",
     .help = "gain that counts as covered",
     .standard = "-3",
     .take = cli_take_real,
     .field = FIELD(compare.coverage_dbi),
     .minimum = -1000,
     .maximum = 1000},
    {.name = "percentile",
     .argument = "P",
     .help = "percentile of cross-sections beside median and maximum",
     .standard = "90",
     .take = cli_take_real,
     .field = FIELD(compare.percent),
     .minimum = 0,
     .maximum = 100},
    {.name = "sectors",
     .argument = "N",
     .help = "equal sectors of azimuth in which cross-sections are told, from 0 degrees on",
     .standard = "4",
     .take = cli_take_int,
     .field = FIELD(compare.sectors),
     .minimum = 1,
     .maximum = 360},
    FILE_ROW("radios", compare.radios, "compare margins, too: the radios of both"),
    FILE_ROW("s-a", compare.s[0], "S of A for the radios, a Touchstone file made earlier"),
    FILE_ROW("s-b", compare.s[1], "the same of B"),
    FILE_ROW("json", compare.json, "write everything as one JSON document"),
    FILE_ROW("csv", compare.csv, "write points and summary as CSV"),
    {.name = "list",
     .argument = "N",
     .help = "most lines of each list in the table",
     .standard = "10",
     .take = cli_take_int,
     .field = FIELD(compare.list),
     .minimum = 0,
     .maximum = 1e6},
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option nec_options[] = {
    {.letter = 'i',
     .argument = "FILE",
     .help = "deck to read",
     .take = cli_take_text,
     .field = FIELD(input)},
    {.letter = 'o',
     .argument = "FILE",
     .help = "listing to write",
     .standard = "the deck's name with the extension .out",
     .take = cli_take_text,
     .field = FIELD(listing)},
    {.letter = 'v',
     .help = "show the version and exit",
     .take = cli_take_flag,
     .field = FIELD(version)},
    SET_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option mesh_options[] = {
    FILE_ROW("msh", msh, "write the triangles in gmsh's format .msh 4.1"),
    FILE_ROW("stl", stl, "write the triangles as binary STL"),
    FILE_ROW("vtu", mesh_vtu, "write triangles and wires for ParaView"),
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    QUIET_ROW,
    HELP_ROW,
};

#define TEXTS_ROW(flag, argument_text, member, text, usual)                                        \
    {                                                                                              \
        .name = flag, .argument = argument_text, .help = text, .standard = usual,                  \
        .take = cli_take_texts, .field = FIELD(drawing.member)                                     \
    }
#define PLOT_REAL_ROW(flag, argument_text, member, low, high, usual, text)                         \
    {                                                                                              \
        .name = flag, .argument = argument_text, .help = text, .standard = usual,                  \
        .take = cli_take_real, .field = FIELD(drawing.member), .minimum = low, .maximum = high     \
    }
#define PLOT_NUMBER_ROW(flag, member, usual, text)                                                 \
    {                                                                                              \
        .name = flag, .argument = "N", .help = text, .standard = usual, .take = cli_take_int,      \
        .field = FIELD(drawing.member), .minimum = 1, .maximum = 1e6                               \
    }

static const cli_option plot_options[] = {
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .help = "SVG file to write",
     .standard = "standard output",
     .take = cli_take_text,
     .field = FIELD(drawing.output)},
    {.name = "title",
     .argument = "TEXT",
     .help = "title of the plot",
     .standard = "what is drawn",
     .take = cli_take_text,
     .field = FIELD(drawing.title)},
    TEXTS_ROW("port", "NAME", ports,
              "draw this port; of patterns, those that it drives. May be repeated", "all"),
    TEXTS_ROW("pair", "TO,FROM", pairs, "of s: draw this element; may be repeated",
              "all of the ports"),
    {.name = "frequency",
     .argument = "RANGE",
     .help = "frequencies in MHz of isolation (one), pattern and rcs",
     .standard = "all; of isolation the worst",
     .take = cli_take_range,
     .field = FIELD(frequency),
     .minimum = 1e-6,
     .maximum = 1e9},
    PLOT_REAL_ROW("floor", "X", floor, -1e6, 1e6, "by the values",
                  "least value of the axis; of polar plots the level of the centre"),
    PLOT_REAL_ROW("ceiling", "X", ceiling, -1e6, 1e6, "by the values",
                  "greatest value of the axis"),
    {.name = "cut",
     .argument = "auto|azimuth|elevation",
     .help = "of pattern: auto, azimuth (around z) or elevation (through z)",
     .standard = "auto: azimuth if the pattern has several",
     .take = cli_take_choice,
     .field = FIELD(drawing.cut)},
    PLOT_REAL_ROW("angle", "DEG", angle, -360, 360, "through the largest gain",
                  "of pattern: theta of an azimuth cut, phi of an elevation cut"),
    TEXTS_ROW("component", "NAME", components,
              "of pattern total, theta, phi, major or minor; of rcs vv, hh, hv or vh. May be "
              "repeated",
              "total; vv and hh"),
    {.name = "polar",
     .help = "of rcs: draw it around a centre",
     .take = cli_take_flag,
     .field = FIELD(drawing.polar)},
    ANGLES_ROW("theta", theta, "of rcs: as in 'alicorn rcs'", "90"),
    ANGLES_ROW("phi", phi, "of rcs: as in 'alicorn rcs'", "0:360 without --theta, else 0"),
    ANGLES_ROW("bistatic-theta", receive_theta, "of rcs: as in 'alicorn rcs'",
               "with the transmitter"),
    ANGLES_ROW("bistatic-phi", receive_phi, "of rcs: as in 'alicorn rcs'", "with the transmitter"),
    PLOT_REAL_ROW("azimuth", "DEG", azimuth, -360, 360, "300",
                  "of model: from where it is seen, angle from x towards y"),
    PLOT_REAL_ROW("elevation", "DEG", elevation, -90, 90, "25",
                  "of model: the same above the horizon"),
    PLOT_NUMBER_ROW("task", task, "that with most frequencies",
                    "draw what this task of the file gives"),
    PLOT_NUMBER_ROW("pattern", pattern, "the first that can be cut so",
                    "draw this pattern of each solve"),
    DRY_RUN_ROW,
    RESUME_ROWS,
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option report_options[] = {
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .help = "the report",
     .take = cli_take_text,
     .field = FIELD(report.output)},
    ANGLES_ROW("rcs-theta", theta,
               "cross-sections besides: where the waves come from, angle from the zenith",
               "90 with --rcs-phi, else none"),
    ANGLES_ROW("rcs-phi", phi, "the same for the angle from x towards y",
               "0 with --rcs-theta, else none"),
    {.name = "rcs-frequency",
     .argument = "RANGE",
     .help = "their frequencies in MHz",
     .standard = "those of the file",
     .take = cli_take_range,
     .field = FIELD(frequency),
     .minimum = 1e-6,
     .maximum = 1e9},
    FILE_ROW("radios", report.radios,
             "radios, whose interference is analysed with the S that is solved, where they name "
             "none"),
    SET_ROW,
    GMSH_ROW,
    OFF_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option view_options_table[] = {
    {.name = "port",
     .argument = "N",
     .help = "port on 127.0.0.1; 0 = one that is free",
     .standard = "0",
     .take = cli_take_int,
     .field = FIELD(view.port),
     .minimum = 0,
     .maximum = 65535},
    {.name = "no-open",
     .help = "do not open the browser",
     .take = cli_take_flag,
     .field = FIELD(view.no_open)},
    {.name = "patience",
     .argument = "S",
     .help = "seconds in which a request must have arrived",
     .take = cli_take_int,
     .field = FIELD(view.patience_s),
     .minimum = 1,
     .maximum = 3600,
     .hidden = true},
    SET_ROW,
    GMSH_ROW,
    SOLVER_ROWS QUIET_ROW,
    HELP_ROW,
};

static const cli_option lint_options[] = {
    OFF_ROW,
    SET_ROW,
    GMSH_ROW,
    {.name = "quiet",
     .letter = 'q',
     .help = "do not count the findings on standard error",
     .take = cli_take_flag,
     .field = FIELD(quiet)},
    HELP_ROW,
};

static const cli_option version_options[] = {HELP_ROW};

static const cli_option help_options[] = {
    {.name = "man",
     .help = "print the manual page in roff",
     .take = cli_take_flag,
     .field = FIELD(manual),
     .hidden = true},
    HELP_ROW,
};

#define OPTIONS(table) .options = table, .option_count = COUNT(table)

const cli_command cli_commands[] = {
    {.name = "solve",
     .operands = "FILE",
     .summary = "solve a deck or project and print impedances, gain and power",
     .details = "Reads a NEC-2 deck or a project in YAML (\"-\": standard input), solves every "
                "frequency and excitation it "
                "asks for, and prints a summary on standard output, each impedance and gain with "
                "its estimated discretisation error. The warnings of 'alicorn lint' come first, on "
                "standard error. "
                "With one of the FILE options below, the same results are written there; the name "
                "\"-\" stands for standard output, which then holds nothing else. The far-field "
                "formats ffs, ffd and msi take several files where there are several tasks, driven "
                "ports, patterns or (msi) frequencies: what differs is then put before the "
                "extension, as in x-UHF-1-300MHz.msi. --vtu takes one file for each frequency, "
                "port and near field.\n\n"
                "Ctrl-C ends the run after the frequencies that are finished, writes those and "
                "exits with status 130; a second Ctrl-C ends it at once.\n\n"
                "With --resume a long sweep can be taken up again after Ctrl-C or a crash, by the "
                "same command: every finished frequency is kept in a checkpoint file, which is "
                "removed when all results are written. Deck and options must then be the same, "
                "comments, outputs, --threads and --memory aside. --checkpoint without --resume "
                "starts a new file.",
     OPTIONS(solve_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_solve},
    {.name = "rcs",
     .operands = "FILE",
     .summary = "radar cross-sections of a deck or project from many directions",
     .details = "Computes the radar cross-section for plane waves of both polarisations from every "
                "direction asked for, all from one factorisation per frequency, and prints a table "
                "in decibels over a square metre, each with its estimated discretisation error. "
                "The first letter of VV, HH, HV and VH is the polarisation received, the second "
                "the one transmitted; V lies along theta, H along phi. The deck needs no EX card; "
                "voltage sources are short circuits, loads and networks stay.\n\n"
                "A RANGE is a number, START:STOP in steps of 1, or START:STOP:STEP. Transmitter "
                "and receiver stand together unless one of the --bistatic options is given; the "
                "other is then 90 or 0 degrees.",
     OPTIONS(rcs_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_rcs},
    {.name = "nec",
     .operands = "",
     .summary = "run a deck like nec2c does: -i DECK -o LISTING",
     .details = "Takes nec2c's options and writes a listing in NEC-2's layout, so that programs "
                "which start nec2c and read its listing go on working.",
     OPTIONS(nec_options),
     .solves = true,
     .run = cli_run_nec},
    {.name = "mesh",
     .operands = "FILE",
     .summary = "mesh the surfaces of a deck or project, tell its quality and write it",
     .details = "Makes triangles of the shapes of a project, joins them with its meshes, or takes "
                "the patches of a deck, and prints how good they are: edges in wavelengths at the "
                "highest frequency, the sharpest angle and where it is, open edges, where wires "
                "are connected, and the number of unknowns. Warnings come first, on standard "
                "error; the exit status is 3 if the mesh cannot be solved. The files hold the "
                "triangles before wires cut any; they are written even then.",
     OPTIONS(mesh_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .run = cli_run_mesh},
    {.name = "check",
     .operands = "FILE",
     .summary = "solve a project and judge its requirements",
     .details = "Solves what the requirements of the project need (docs/project.md), in place of "
                "its requests, and prints for each the limit, the worst value with its error bar, "
                "and where that is. A requirement is undecided if the limit lies inside the error "
                "bar. FILE may be a folder that holds one project.\n\n"
                "The exit status is 5 if a requirement fails.",
     OPTIONS(check_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_check},
    {.name = "compare",
     .operands = "A B",
     .summary = "solve two decks or projects and tell what changed from A to B",
     .details =
         "A and B are decks, projects, folders that hold one project, or Touchstone files, "
         "of which S alone is compared. Both are solved at what they ask for; then come "
         "S and isolation, patterns, cross-sections and, with --radios, margins, each in A, "
         "in B and the change, in short and point by point. Ports are matched by name (those "
         "of a Touchstone file are 1, 2, ... unless its comments say ! Port[1] = UHF), and "
         "what only one has is named. Frequencies must be the same, but files and adaptive "
         "sweeps are interpolated within their range, and marked. A change that is smaller "
         "than the error bars of both together is marked, too.\n\n"
         "A RANGE is a number, START:STOP in steps of 1, or START:STOP:STEP. --set applies "
         "to A and B, not to the radios. The exit status is 0 whatever differs.",
     OPTIONS(compare_options),
     .minimum_operands = 2,
     .maximum_operands = 2,
     .solves = true,
     .run = cli_run_compare},
    {.name = "cosite",
     .operands = "RADIOS",
     .summary = "tell which radios disturb each other, and what they need",
     .details = "Reads radios in YAML (docs/radios.md; \"-\": standard input), takes the paths "
                "between their antennas from the Touchstone file or project that the file names or "
                "--s or --project give, and prints every receiver's worst margin against every "
                "transmitter, the interferences behind them, the isolation or filtering that each "
                "pair needs, the sum of all at once, and a frequency plan. A margin is the level "
                "at the receiver above what it stands. Where S was not computed there is no path "
                "data: that is said, and no margin made up, but with --hold.\n\n"
                "The exit status is 0 whatever is disturbed, unless --check is given. --set "
                "changes variables of the radios file.",
     OPTIONS(cosite_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_cosite},
    {.name = "optimize",
     .operands = "FILE",
     .summary = "change symbols or variables within bounds until goals are met",
     .details = "Solves a deck or project again and again with other values of its symbols (SY) or "
                "variables, and prints the best ones and what they reach: worst figures of all "
                "frequencies and tasks. A GOAL is vswr[:PORT], isolation[:A,B] (dB), "
                "gain:THETA,PHI (dBi), front-to-back:THETA,PHI (dB), resistance[:PORT] or "
                "reactance[:PORT] (ohm), then <= LIMIT, >= LIMIT, = LIMIT, min or max, then "
                "perhaps 'weight W'. Directions must be in the patterns that the file asks "
                "for. The goal 'requirements' stands for all `requirements:` of a project, as "
                "'alicorn check' judges them; it is what is taken when there is no --goal.\n\n"
                "Candidates that cannot be built or solved count as far from all goals. All "
                "evaluations are kept in a log, from which the same command goes on after Ctrl-C "
                "or a crash; limits of goals, weights, bounds and the algorithm may be others "
                "then. "
                "Ctrl-C keeps the best so far and exits with status 130.",
     OPTIONS(optimize_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_optimize},
    {.name = "plot",
     .operands = "KIND FILE",
     .summary = "draw one plot of a deck, project or Touchstone file as SVG",
     .details =
         "KIND is vswr, return-loss, impedance, s, smith, isolation, pattern, rcs or model. FILE "
         "is a deck, a project or a folder that holds one (\"-\": standard input), which is "
         "solved first as 'alicorn solve' does, for rcs as 'alicorn rcs' does, and for model not "
         "at all; of a Touchstone file there is everything about ports. Ports and frequencies are "
         "laid over each other in colours and dashes that can be told apart without colours, "
         "estimated errors are bands, and what the project requires is a dotted line "
         "(docs/plot.md).\n\n"
         "A RANGE is a number, START:STOP in steps of 1, or START:STOP:STEP. Nothing is written "
         "unless the plot is there as a whole.",
     OPTIONS(plot_options),
     .minimum_operands = 2,
     .maximum_operands = 2,
     .solves = true,
     .run = cli_run_plot},
    {.name = "view",
     .operands = "FILE",
     .summary = "see and edit a deck or project in the browser, and run it from there",
     .details = "Serves a page on 127.0.0.1, prints its address on standard output and opens the "
                "browser, unless --no-open is given or there is no display. The address carries a "
                "token: whoever has it may solve, and save FILE. Nothing else is written. It ends "
                "with Ctrl-C. Other programs may use the same interface (docs/api.md). FILE may be "
                "a folder with one project.\n\n"
                "A build of Alicorn without Node.js has no page and serves the interface only.",
     OPTIONS(view_options_table),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_view},
    {.name = "report",
     .operands = "FILE",
     .summary = "solve a deck or project and put all results into one page that can be mailed",
     .details = "Solves what the file asks for, judges its requirements, and writes one HTML file "
                "that needs no network and no program but a browser: the model, impedances, "
                "S-parameters and isolation, patterns, cross-sections, verdicts, interference of "
                "radios, how good the numbers are, and every file that was read with its SHA-256, "
                "by which two teams can tell that they speak of the same model. It prints well. "
                "The environment variable SOURCE_DATE_EPOCH, if set, is the time that it bears. "
                "FILE may be a folder with one project.\n\n"
                "A build of Alicorn without Node.js has no page and makes no reports.",
     OPTIONS(report_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .solves = true,
     .run = cli_run_report},
    {.name = "lint",
     .operands = "FILE",
     .summary = "look for trouble in a deck or project without solving it",
     .details = "Reports unreadable cards, wires that overlap or cross, segments that are too long "
                "for the frequency, and other mistakes, one per line on standard output. The exit "
                "status is 3 if there are errors, 0 if there are only warnings.",
     OPTIONS(lint_options),
     .minimum_operands = 1,
     .maximum_operands = 1,
     .run = cli_run_lint},
    {.name = "version",
     .operands = "",
     .summary = "show the version",
     .details = "Prints the version of the program and of its library.",
     OPTIONS(version_options),
     .run = cli_run_version},
    {.name = "help",
     .operands = "[COMMAND]",
     .summary = "show what the commands do",
     .details = "Without a command: the list of commands.",
     OPTIONS(help_options),
     .maximum_operands = 1,
     .run = cli_run_help},
};

const size_t cli_command_count = COUNT(cli_commands);

const cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    return NULL;
}
