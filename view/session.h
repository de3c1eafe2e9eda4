/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_SESSION_H
#define VIEW_SESSION_H

#include "text.h"
#include "view.h"

#include <stdbool.h>
#include <sys/stat.h>

/** @file
 *  The file that is served: what is on disk, and what it says of itself. Guarded by the server's
 *  lock but for `path`, `name`, `folder` and `options`, which stay. */

typedef struct view_session {
    const view_options *options;
    char *path;                       /**< absolute, without links; owned */
    const char *name;                 /**< in path, without folders */
    size_t folder;                    /**< length of the folder in path, its slash included */
    view_text *text;                  /**< as last read; never NULL */
    bool missing;                     /**< the file could not be read the last time */
    struct stat facts;                /**< when it was read */
    alicorn_description *description; /**< of the text */
} view_session;

/** Find and read the file. Clear it in any case. */
alicorn_status view_session_open(view_session *session, const view_options *options,
                                 alicorn_error *error);
void view_session_clear(view_session *session);

/** Look whether the file on disk is another one by now, and read it. Returns whether anything that
 * a page is told has changed. What cannot be read, or is not finished, is looked at again. */
bool view_session_look(view_session *session);

/** Write the file, if its SHA-256 is still `expect`, in one step: who reads it sees the old or the
 *  new one. *same is false, and nothing written, if it is not.
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_MEMORY */
alicorn_status view_session_save(view_session *session, const char *bytes, size_t length,
                                 const char *expect, bool *same, alicorn_error *error);

/** The document's own members (docs/api.md), all but the runs. NULL without memory. */
json_t *view_session_json(const view_session *session);

#endif
