/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "command.h"

#include <stdio.h>

/** The list of commands. */
void cli_help_overview(FILE *stream);

/** Usage, description and options of one command. */
void cli_help_command(const cli_command *command, FILE *stream);

/** The whole manual page in roff (man macros). */
void cli_help_manual(FILE *stream);

#endif
