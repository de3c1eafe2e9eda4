/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_PAGE_H
#define ALI_PLOT_PAGE_H

#include "plot/svg.h"
#include "plot/trace.h"

/** @file
 *  What surrounds every drawing: title and subtitle above it, legend and caption below. */

enum { ALI_PAGE_WIDTH = 800, ALI_PAGE_MARGIN = 24, ALI_CAPTION_SIZE = 1024 };

typedef struct ali_page {
    FILE *stream;
    const char *title, *subtitle; /**< subtitle may be "" */
    char caption[ALI_CAPTION_SIZE];
    double height;            /**< of the drawing [px] */
    const ali_traces *legend; /**< NULL: none */
    bool unlined;             /**< the legend shows marks only */
} ali_page;

/** Add a remark to the caption; it is cut off if there is no room. */
void ali_page_note(ali_page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Write everything but the drawing; *box is its place, as wide as the page. */
void ali_page_begin(const ali_page *page, ali_box *box);
void ali_page_end(const ali_page *page);

/** About how wide a text is [px]; `size` is the height of its letters [px]. */
double ali_page_text_width(const char *text, double size);
/** Width between the margins of the page [px]. */
#define ALI_PAGE_ROOM (ALI_PAGE_WIDTH - 2.0 * ALI_PAGE_MARGIN)
/** Shorten a text that is wider than `room` [px], with an ellipsis at its end. */
void ali_page_elide(char *text, double size, double room);

#endif
