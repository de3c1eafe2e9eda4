/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "alicorn/alicorn.h"

#include <stdbool.h>
#include <time.h>

/** @file
 *  The server behind `alicorn view`: a file, its runs and a page on 127.0.0.1. docs/api.md is what
 *  it speaks. */

typedef struct view_server view_server;

/** What is served, and how. All is borrowed until view_stop. */
typedef struct view_options {
    const char *path;             /**< deck or project */
    int port;                     /**< 0: one that the system chooses */
    int patience_s;               /**< time for a request to arrive [s] */
    const char *const *set_names; /**< [set_count] symbols or variables with other values */
    const double *set_values;
    size_t set_count;
    const char *mesher;            /**< as alicorn_read_options.mesher */
    const alicorn_options *solver; /**< its callbacks and checkpoint are not used */
    /** Whether a file may be read that FILE or radios name; NULL: those in the folder of FILE, and
     *  those that FILE on disk names. */
    int (*may_read)(void *user, const char *path);
    void *may_read_user;
    alicorn_progress_fn progress; /**< of runs, besides the events; NULL */
    void *progress_user;
    const time_t *made; /**< when a report says that it was made; NULL: now */
} view_options;

/** Read the file and start to serve it: a thread for each connection, one for runs, one that
 * watches the file.
 *  @return ALICORN_OK, ALICORN_E_IO (the file cannot be read, the port cannot be had),
 *          ALICORN_E_MEMORY; *server is NULL unless ALICORN_OK */
alicorn_status view_start(const view_options *options, view_server **server, alicorn_error *error);

int view_port(const view_server *server);
/** Whether the page was built in. */
int view_has_page(void);
/** Address of the page with the token. */
void view_url(const view_server *server, char *url, size_t size);

/** Interrupt what runs, end all connections and wait for all threads. NULL is fine. */
void view_stop(view_server *server);

#endif
