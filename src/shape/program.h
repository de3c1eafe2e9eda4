/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_PROGRAM_H
#define ALI_SHAPE_PROGRAM_H

#include "alicorn/status.h"

/** @file
 *  A program run to its end, without a shell. */

typedef struct ali_program {
    const char *const *arguments; /**< NULL-terminated; [0] is the program, looked for as a shell
                                     would if it has no slash */
    const char *const *settings;  /**< NULL-terminated "NAME=value" that replace those of the
                                     environment, which is handed on besides */
    const char *output;           /**< file that receives what it prints */
    double timeout_s;             /**< [s] */
    /** Called several times a second; not zero: stop. May be NULL. */
    int (*watch)(void *user);
    void *user;
} ali_program;

/** Run it. It and what it has started are killed when the time is over or `watch` says so.
 *  @param[out] exit_status  of the program, or 128 + the signal that ended it
 *  @return ALICORN_OK whatever the program returned; ALICORN_E_IO: it cannot be started, or timed
 *          out; ALICORN_E_INTERRUPTED; ALICORN_E_MEMORY */
alicorn_status ali_program_run(const ali_program *program, int *exit_status, alicorn_error *error);

#endif
