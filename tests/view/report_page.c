/* SPDX-License-Identifier: Apache-2.0 */
#include "view/assets.h"

/** @file
 *  A page for reports that is there in every build. */

static const char page[] = "<!doctype html><body><p>before</p><script></script>"
                           "<script type=\"application/json\" id=\"alicorn\"></script>"
                           "<p>after</p></body>";

const view_asset view_assets[] = {{.path = "/report.html",
                                   .type = "text/html; charset=utf-8",
                                   .data = (const unsigned char *)page,
                                   .size = sizeof page - 1}};
const size_t view_asset_count = 1;
