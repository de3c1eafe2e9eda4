/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TAKE_H
#define CLI_TAKE_H

#include "command.h"

/** @file
 *  What the rows of the option tables do with their values (cli_option_fn). */

/** Whole number within the row's bounds, into an int. */
alicorn_status cli_take_int(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error);
/** Number within the row's bounds, into a double. */
alicorn_status cli_take_real(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error);
/** One of the words of the row's argument, "a|b|c"; its place, from 0, into an int. */
alicorn_status cli_take_choice(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error);
/** --NAME or --no-NAME, into an int. */
alicorn_status cli_take_switch(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error);
/** Presence, into a bool. */
alicorn_status cli_take_flag(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error);
/** The text itself, into a const char *. */
alicorn_status cli_take_text(cli_settings *settings, const cli_option *option, const char *value,
                             alicorn_error *error);
/** START, START:STOP or START:STOP:STEP within the row's bounds, into a cli_range; the step is 1 or
 * -1 if it is not given. */
alicorn_status cli_take_range(cli_settings *settings, const cli_option *option, const char *value,
                              alicorn_error *error);
/** [NAME=]FILE, added to the sources of S. */
alicorn_status cli_take_source(cli_settings *settings, const cli_option *option, const char *value,
                               alicorn_error *error);
/** NAME=VALUE, added to set_names and set_values. */
alicorn_status cli_take_set(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error);
/** NAME=LOWER:UPPER or NAME=LOWER:START:UPPER, added to the variables of `optimize`. */
alicorn_status cli_take_variable(cli_settings *settings, const cli_option *option,
                                 const char *value, alicorn_error *error);
/** The text, added to a cli_texts. */
alicorn_status cli_take_texts(cli_settings *settings, const cli_option *option, const char *value,
                              alicorn_error *error);
/** NAME,NAME,…, added to off. */
alicorn_status cli_take_off(cli_settings *settings, const cli_option *option, const char *value,
                            alicorn_error *error);

#endif
