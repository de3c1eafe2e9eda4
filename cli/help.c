/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include "error.h"

#include <string.h>

enum { text_width = 80, option_indent = 30 };

/** Print text from the given column on, broken between words, further lines indented. */
static void print_wrapped(FILE *stream, const char *text, int column, int indent)
{
    bool fresh = true;
    while (*text) {
        if (*text == '\n') {
            text++;
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
            fresh = true;
            continue;
        }
        int length = (int)strcspn(text, " \n");
        if (!fresh && column + 1 + length > text_width) {
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
            fresh = true;
        }
        column += fprintf(stream, "%s%.*s", fresh ? "" : " ", length, text);
        fresh = false;
        text += length;
        text += *text == ' ';
    }
    fputc('\n', stream);
}

/** The spellings of an option: "-q, --quiet", "--[no-]split-ends", "--json FILE". */
static void format_spelling(const cli_option *option, char *text, size_t size)
{
    char letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c%s", option->letter, option->name ? ", " : "");
    snprintf(text, size, "%s%s%s%s%s%s", letter, option->name ? "--" : "",
             option->negatable ? "[no-]" : "", option->name ? option->name : "",
             option->argument ? " " : "", option->argument ? option->argument : "");
}

/** Help and default of an option as one text. */
static void format_help(const cli_option *option, char *text, size_t size)
{
    if (!option->standard) {
        snprintf(text, size, "%s", option->help);
        return;
    }
    size_t length = strcspn(option->standard, "|"); /* the first word of a choice */
    while (length > 0 && option->standard[length - 1] == ' ')
        length--;
    snprintf(text, size, "%s (default: %.*s)", option->help, (int)length, option->standard);
}

void cli_help_overview(FILE *stream)
{
    fputs("alicorn: antennas that share one structure, computed with error bars\n\n"
          "Usage: alicorn COMMAND [OPTIONS] ...\n\nCommands:\n",
          stream);
    for (size_t i = 0; i < cli_command_count; i++)
        fprintf(stream, "  %-9s %s\n", cli_commands[i].name, cli_commands[i].summary);
    fputs("\n'alicorn help COMMAND' tells more.\n", stream);
}

static void print_usage(const cli_command *command, FILE *stream)
{
    fprintf(stream, "Usage: alicorn %s [OPTIONS]%s%s\n", command->name,
            *command->operands ? " " : "", command->operands);
}

void cli_help_command(const cli_command *command, FILE *stream)
{
    print_usage(command, stream);
    fputc('\n', stream);
    print_wrapped(stream, command->details, 0, 0);
    fputs("\nOptions:\n", stream);
    for (size_t i = 0; i < command->option_count; i++) {
        const cli_option *option = &command->options[i];
        char spelling[80], help[400];
        if (option->hidden)
            continue;
        format_spelling(option, spelling, sizeof spelling);
        format_help(option, help, sizeof help);
        int column = fprintf(stream, "  %s", spelling);
        if (column + 1 > option_indent)
            column = fprintf(stream, "\n") - 1;
        fprintf(stream, "%*s", option_indent - column, "");
        print_wrapped(stream, help, option_indent, option_indent);
    }
}

/** Text with what roff would interpret made plain; empty lines become paragraphs. */
static void print_roff(FILE *stream, const char *text)
{
    bool line_start = true;
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", stream);
        line_start = *text == '\n';
        if (*text == '-')
            fputs("\\-", stream);
        else if (*text == '\\')
            fputs("\\e", stream);
        else if (text[0] == '\n' && text[1] == '\n')
            text++, fputs("\n.PP\n", stream);
        else
            fputc(*text, stream);
    }
    fputc('\n', stream);
}

static void print_roff_options(const cli_command *command, FILE *stream)
{
    for (size_t i = 0; i < command->option_count; i++) {
        char spelling[80], help[400];
        if (command->options[i].hidden)
            continue;
        format_spelling(&command->options[i], spelling, sizeof spelling);
        format_help(&command->options[i], help, sizeof help);
        fputs(".TP\n.B ", stream);
        print_roff(stream, spelling + strspn(spelling, " "));
        print_roff(stream, help);
    }
}

void cli_help_manual(FILE *stream)
{
    fprintf(stream, ".TH ALICORN 1 \"\" \"alicorn %s\" \"User Commands\"\n", alicorn_version());
    fputs(".SH NAME\nalicorn \\- antennas that share one structure, computed with error bars\n"
          ".SH SYNOPSIS\n",
          stream);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(stream, "%s.B alicorn %s\n", i ? ".br\n" : "", cli_commands[i].name);
        fputs("[\\fIoptions\\fR] ", stream);
        print_roff(stream, cli_commands[i].operands);
    }
    fputs(".SH COMMANDS\n", stream);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(stream, ".SS %s\n", cli_commands[i].name);
        print_roff(stream, cli_commands[i].details);
        print_roff_options(&cli_commands[i], stream);
    }
    fputs(".SH EXIT STATUS\n", stream);
#define STATUS_ROW(name, value, text)                                                              \
    if (name != ALICORN_E_IO)                                                                      \
        fprintf(stream, ".TP\n.B %d\n%s\n", value, text);
    ALICORN_STATUS_TABLE(STATUS_ROW)
#undef STATUS_ROW
    fputs(".PP\nA file that cannot be read counts as bad input, one that cannot be written as an "
          "internal failure.\n"
          ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nIf set and not empty, no colours are used.\n"
          ".TP\n.B OPENBLAS_CORETYPE\nWhich kernels OpenBLAS uses. If it is unset and OpenBLAS "
          "would leave AVX\\-512 unused, alicorn sets it to SKYLAKEX for itself.\n"
          ".TP\n.B OMP_NUM_THREADS\nNumber of threads, unless \\fB\\-\\-threads\\fR says "
          "otherwise.\n",
          stream);
}

int cli_run_help(cli_settings *settings, char **operands, int operand_count)
{
    if (settings->manual) {
        cli_help_manual(stdout);
        return ALICORN_OK;
    }
    if (operand_count == 0) {
        cli_help_overview(stdout);
        return ALICORN_OK;
    }
    const cli_command *command = cli_command_find(operands[0]);
    if (command) {
        cli_help_command(command, stdout);
        return ALICORN_OK;
    }
    return cli_unknown_command(operands[0]);
}

int cli_run_version(cli_settings *settings, char **operands, int operand_count)
{
    (void)settings;
    (void)operands;
    (void)operand_count;
    printf("alicorn %s\n", alicorn_version());
    return ALICORN_OK;
}

int cli_unknown_command(const char *name)
{
    const char *known[16];
    alicorn_error error;
    size_t count = 0;
    for (; count < cli_command_count && count < sizeof known / sizeof *known; count++)
        known[count] = cli_commands[count].name;
    const char *nearest = cli_nearest(name, known, count);
    if (nearest)
        cli_error(&error, ALICORN_E_USAGE, "unknown command '%s', did you mean '%s'?", name,
                  nearest);
    else
        cli_error(&error, ALICORN_E_USAGE, "unknown command '%s', see 'alicorn help'", name);
    cli_error_print(&error);
    return ALICORN_E_USAGE;
}
