/* SPDX-License-Identifier: Apache-2.0 */
#include "assets.h"

#include "view.h"

#include <string.h>

/** What stands in for the page where it was not built. */
static const char absent[] = "This build of Alicorn has no page, because Node.js was not there.\n"
                             "The interface of docs/api.md is served all the same.\n";
static const view_asset no_page = {.path = "/",
                                   .type = "text/plain; charset=utf-8",
                                   .data = (const unsigned char *)absent,
                                   .size = sizeof absent - 1};

const view_asset *view_asset_find(const char *path)
{
    for (size_t i = 0; i < view_asset_count; i++)
        if (strcmp(view_assets[i].path, path) == 0)
            return &view_assets[i];
    return strcmp(path, no_page.path) == 0 ? &no_page : NULL;
}

int view_has_page(void)
{
    return view_asset_count > 0;
}
