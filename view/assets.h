/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_ASSETS_H
#define VIEW_ASSETS_H

#include <stddef.h>

/** @file
 *  The page's files, compiled in by tools/embed.py. */

typedef struct view_asset {
    const char *path; /**< as requested: "/", "/assets/x.js" */
    const char *type; /**< Content-Type */
    const unsigned char *data;
    size_t size;
    int gzip; /**< 1: the data are compressed */
} view_asset;

/** Without Node.js the page is not built, and there are none. */
extern const view_asset view_assets[];
extern const size_t view_asset_count;

/** The file at a path; NULL if there is none. */
const view_asset *view_asset_find(const char *path);

#endif
