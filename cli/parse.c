/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include "error.h"

#include <stdio.h>
#include <string.h>

enum { longest_name = 40 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/** Number of single-letter edits, exchanges of neighbours included, that turn one word into the
 * other. */
static size_t edit_distance(const char *from, const char *to)
{
    size_t rows[3][longest_name + 1];
    size_t n = strlen(from), m = strlen(to);
    if (n > longest_name || m > longest_name)
        return longest_name;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *before = rows[(i + 1) % 3], *above = rows[(i - 1) % 3], *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = above[j - 1] + (from[i - 1] != to[j - 1]);
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
    }
    return rows[n % 3][m];
}

const char *cli_nearest(const char *typed, const char *const *known, size_t count)
{
    const char *nearest = NULL;
    size_t length = strlen(typed);
    size_t limit = 1 + length / 4;
    for (size_t i = 0; i < count; i++) {
        if (!known[i])
            continue;
        bool begins = length >= 3 && strncmp(typed, known[i], length) == 0;
        size_t distance = begins ? 0 : edit_distance(typed, known[i]);
        if (distance <= limit && (distance < limit || !nearest)) {
            nearest = known[i];
            limit = distance;
        }
    }
    return nearest;
}

static const cli_option *find_letter(const cli_command *command, char letter)
{
    for (size_t i = 0; i < command->option_count; i++)
        if (letter && command->options[i].letter == letter)
            return &command->options[i];
    return NULL;
}

/** Row with that long name; *negated is set for --no-NAME. */
static const cli_option *find_name(const cli_command *command, const char *name, size_t length,
                                   bool *negated)
{
    *negated = length > 3 && strncmp(name, "no-", 3) == 0;
    for (size_t i = 0; i < command->option_count; i++) {
        const cli_option *option = &command->options[i];
        const char *own = option->name;
        if (own && strlen(own) == length && strncmp(own, name, length) == 0) {
            *negated = false;
            return option;
        }
        if (own && *negated && option->negatable && strlen(own) == length - 3 &&
            strncmp(own, name + 3, length - 3) == 0)
            return option;
    }
    return NULL;
}

/** The long name nearest to a mistyped one; after --no- only names that can be negated count. */
static const char *nearest_option(const cli_command *command, const char *typed, bool negated)
{
    const char *known[64];
    size_t count = 0;
    for (size_t i = 0; i < command->option_count && count < sizeof known / sizeof *known; i++)
        if (!command->options[i].hidden && (command->options[i].negatable || !negated))
            known[count++] = command->options[i].name;
    return cli_nearest(typed, known, count);
}

/** `name` has `length` letters, without the dashes. */
static alicorn_status unknown_option(const cli_command *command, const char *name, size_t length,
                                     alicorn_error *error)
{
    char typed[longest_name + 1];
    bool negated = strncmp(name, "no-", 3) == 0;
    size_t skipped = negated ? 3 : 0;
    snprintf(typed, sizeof typed, "%.*s", (int)(length - skipped), name + skipped);
    const char *nearest = nearest_option(command, typed, negated);
    if (nearest)
        return cli_error(error, ALICORN_E_USAGE, "unknown option '--%.*s', did you mean '--%s%s'?",
                         (int)length, name, negated ? "no-" : "", nearest);
    return cli_error(error, ALICORN_E_USAGE, "unknown option '--%.*s', see 'alicorn help %s'",
                     (int)length, name, command->name);
}

/** The arguments that are still to be read. */
typedef struct cursor {
    char **arguments;
    int count;
    int next;
} cursor;

/** --NAME, --NAME=VALUE, --NAME VALUE, --no-NAME */
static alicorn_status parse_long(const cli_command *command, cli_settings *settings, cursor *at,
                                 alicorn_error *error)
{
    const char *argument = at->arguments[at->next++];
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    bool negated;
    const cli_option *option = find_name(command, name, length, &negated);
    if (!option)
        return unknown_option(command, name, length, error);
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (!option->argument) {
        if (value)
            return cli_error(error, ALICORN_E_USAGE, "option '--%.*s' takes no value", (int)length,
                             name);
        return option->take(settings, option, negated ? "" : NULL, error);
    }
    if (!value) {
        if (at->next == at->count)
            return cli_error(error, ALICORN_E_USAGE, "option '%s' needs a value: %s", argument,
                             option->argument);
        value = at->arguments[at->next++];
    }
    return option->take(settings, option, value, error);
}

/** -x, -xVALUE, -x VALUE, and several switches behind one dash */
static alicorn_status parse_letters(const cli_command *command, cli_settings *settings, cursor *at,
                                    alicorn_error *error)
{
    const char *argument = at->arguments[at->next++];
    for (const char *letter = argument + 1; *letter; letter++) {
        const cli_option *option = find_letter(command, *letter);
        if (!option)
            return cli_error(error, ALICORN_E_USAGE, "unknown option '-%c', see 'alicorn help %s'",
                             *letter, command->name);
        if (!option->argument) {
            alicorn_status status = option->take(settings, option, NULL, error);
            if (status != ALICORN_OK)
                return status;
            continue;
        }
        if (letter[1])
            return option->take(settings, option, letter + 1, error);
        if (at->next == at->count)
            return cli_error(error, ALICORN_E_USAGE, "option '-%c' needs a value: %s", *letter,
                             option->argument);
        return option->take(settings, option, at->arguments[at->next++], error);
    }
    return ALICORN_OK;
}

alicorn_status cli_parse(const cli_command *command, cli_settings *settings, char **arguments,
                         int argument_count, int *operand_count, alicorn_error *error)
{
    cursor at = {arguments, argument_count, 0};
    bool options_end = false;
    *operand_count = 0;
    while (at.next < at.count) {
        char *argument = arguments[at.next];
        alicorn_status status = ALICORN_OK;
        if (options_end || argument[0] != '-' || argument[1] == '\0') {
            arguments[(*operand_count)++] = argument;
            at.next++;
        } else if (strcmp(argument, "--") == 0) {
            options_end = true;
            at.next++;
        } else if (argument[1] == '-') {
            status = parse_long(command, settings, &at, error);
        } else {
            status = parse_letters(command, settings, &at, error);
        }
        if (status != ALICORN_OK)
            return status;
    }
    if (settings->help || settings->version)
        return ALICORN_OK;
    if (*operand_count < command->minimum_operands)
        return cli_error(error, ALICORN_E_USAGE, "%s needs %s, see 'alicorn help %s'",
                         command->name, command->operands, command->name);
    if (*operand_count > command->maximum_operands)
        return cli_error(error, ALICORN_E_USAGE, "%s: unexpected '%s', see 'alicorn help %s'",
                         command->name, arguments[command->maximum_operands], command->name);
    return ALICORN_OK;
}
