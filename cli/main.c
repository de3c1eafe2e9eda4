/* SPDX-License-Identifier: Apache-2.0 */
#include "blas_env.h"
#include "command.h"
#include "error.h"
#include "help.h"

#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/** Spellings of commands that people try first. */
static const char *command_name(const char *argument)
{
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
        return "help";
    if (strcmp(argument, "--version") == 0 || strcmp(argument, "-V") == 0)
        return "version";
    return argument;
}

/** Parse the arguments, all but the program's and the command's name, and do what they say. */
static int run_command(const cli_command *command, char **all_arguments, char **arguments,
                       int count)
{
    cli_settings settings;
    alicorn_error error;
    int operand_count;
    cli_settings_init(&settings);
    int exit_status = (int)cli_parse(command, &settings, arguments, count, &operand_count, &error);
    if (exit_status != 0) {
        cli_error_print(&error);
    } else if (settings.help) {
        cli_help_command(command, stdout);
    } else {
        if (command->solves)
            cli_blas_env_improve(all_arguments);
        exit_status = command->run(&settings, arguments, operand_count);
    }
    cli_settings_clear(&settings);
    return exit_status;
}

/** Every frequency of a sweep allocates the same large blocks again: keep them, instead of having
 * the kernel hand out zeroed pages each time (a fifth of the time of small sweeps). */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

int main(int argc, char **argv)
{
    keep_memory();
    if (argc < 2) {
        cli_help_overview(stderr);
        return ALICORN_E_USAGE;
    }
    const char *name = command_name(argv[1]);
    const cli_command *command = cli_command_find(name);
    if (!command)
        return cli_unknown_command(name);
    size_t count = (size_t)argc - 2;
    char **arguments =
        calloc(count + 1, sizeof *arguments); /* parsing moves the operands to the front */
    if (!arguments)
        return ALICORN_E_MEMORY;
    memcpy(arguments, argv + 2, count * sizeof *arguments);
    int exit_status = run_command(command, argv, arguments, argc - 2);
    free(arguments);
    if (fflush(stdout) != 0 && exit_status == 0)
        return ALICORN_E_INTERNAL;
    return exit_status;
}
