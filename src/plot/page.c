/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/page.h"

#include "output/text_table.h"
#include "plot/style.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/** Letters of a sans-serif face are this wide on average, relative to their height; a little more
 * than most faces need. */
#define LETTER 0.56

enum {
    TITLE_TOP = 30,    /**< base line of the title [px] */
    SUBTITLE_TOP = 50, /**< of the subtitle */
    LEGEND_LINE = 20,  /**< height of a line of the legend */
    SAMPLE = 34,       /**< length of a sample of a trace in it */
    CAPTION_LINE = 15
};

/** Between remarks of the caption. */
static const char separator[] = " · ";

double ali_page_text_width(const char *text, double size)
{
    return LETTER * size * (double)ali_text_columns(text);
}

void ali_page_elide(char *text, double size, double room)
{
    static const char ellipsis[] = "…";
    size_t most = (size_t)(room / (LETTER * size)), at = 0;
    if (ali_text_columns(text) <= most)
        return;
    for (size_t letters = 0; text[at] && letters + 1 < most; letters++)
        do
            at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80);
    /* what is dropped has at least as many letters as the ellipsis has bytes, or there is room */
    if (strlen(text + at) >= sizeof ellipsis - 1)
        memcpy(text + at, ellipsis, sizeof ellipsis);
    else
        text[at] = '\0';
}

void ali_page_note(ali_page *page, const char *format, ...)
{
    size_t length = strlen(page->caption), room = sizeof page->caption - length;
    char note[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(note, sizeof note, format, arguments);
    va_end(arguments);
    if (strlen(note) + sizeof separator <= room)
        snprintf(page->caption + length, room, "%s%s", length > 0 ? separator : "", note);
}

/** How the legend is laid out. */
typedef struct legend_grid {
    size_t columns, rows;
    double width; /**< of a column [px] */
} legend_grid;

static legend_grid lay_out(const ali_traces *traces)
{
    const double room = ALI_PAGE_ROOM;
    double widest = 0.0;
    if (!traces || traces->count == 0)
        return (legend_grid){0};
    for (size_t i = 0; i < traces->count; i++)
        widest = fmax(widest, ali_page_text_width(traces->item[i].label, 12.0));
    widest += SAMPLE + 26.0;
    double fitting = floor(room / widest);
    size_t columns = fitting < 1.0 ? 1 : (size_t)fitting;
    size_t rows = (traces->count + columns - 1) / columns;
    columns = (traces->count + rows - 1) / rows;
    return (legend_grid){.columns = columns, .rows = rows, .width = room / (double)columns};
}

static void put_sample(const ali_page *page, const ali_trace *trace, bool marked, ali_point at)
{
    ali_point from = {at.x, at.y - 4.0}, to = {at.x + SAMPLE, at.y - 4.0};
    if (!page->unlined) {
        fprintf(page->stream, "<path class=\"trace\" stroke=\"%s\"%s",
                ali_style_colour(trace->style), ali_style_dash(trace->style));
        ali_svg_path_begin(page->stream);
        ali_svg_path_to(page->stream, false, from);
        ali_svg_path_to(page->stream, true, to);
        ali_svg_path_end(page->stream);
    }
    if (marked)
        ali_style_mark(page->stream, trace->style, (ali_point){at.x + SAMPLE / 2.0, at.y - 4.0});
    ali_svg_text(page->stream, (ali_point){to.x + 7.0, at.y}, "legend", trace->label);
}

static void put_legend(const ali_page *page, const legend_grid *grid, double top)
{
    bool marked = page->legend && ali_traces_marked(page->legend);
    for (size_t i = 0; page->legend && i < page->legend->count; i++) {
        size_t column = i / grid->rows, row = i % grid->rows;
        put_sample(page, &page->legend->item[i], marked,
                   (ali_point){ALI_PAGE_MARGIN + (double)column * grid->width,
                               top + 14.0 + (double)row * LEGEND_LINE});
    }
}

/** Next line of the caption: its length, broken between remarks; *next is where the one behind it
 * begins. */
static size_t caption_line(const char *text, const char **next)
{
    const double room = ALI_PAGE_ROOM;
    size_t length = 0;
    for (;;) {
        const char *end =
            strstr(text + length + (length > 0 ? sizeof separator - 1 : 0), separator);
        size_t longer = end ? (size_t)(end - text) : strlen(text);
        char line[ALI_CAPTION_SIZE];
        snprintf(line, sizeof line, "%.*s", (int)longer, text);
        if (length > 0 && ali_page_text_width(line, 11.0) > room)
            break;
        length = longer;
        if (!end)
            break;
    }
    *next = text + length;
    if (**next)
        *next += sizeof separator - 1;
    return length;
}

static size_t caption_lines(const char *caption)
{
    size_t count = 0;
    while (*caption) {
        caption_line(caption, &caption);
        count++;
    }
    return count;
}

static void put_caption(const ali_page *page, double top)
{
    const char *text = page->caption, *next = text;
    for (double y = top + 12.0; *text; text = next, y += CAPTION_LINE) {
        char line[ALI_CAPTION_SIZE];
        snprintf(line, sizeof line, "%.*s", (int)caption_line(text, &next), text);
        ali_page_elide(line, 11.0, ALI_PAGE_ROOM);
        ali_svg_text(page->stream, (ali_point){ALI_PAGE_MARGIN, y}, "small", line);
    }
}

void ali_page_begin(const ali_page *page, ali_box *box)
{
    legend_grid grid = lay_out(page->legend);
    const double top = *page->subtitle ? SUBTITLE_TOP + 14.0 : TITLE_TOP + 16.0;
    double legend_top = top + page->height + 8.0;
    double caption_top = legend_top + (double)grid.rows * LEGEND_LINE + 8.0;
    double height = caption_top + (double)caption_lines(page->caption) * CAPTION_LINE + 12.0;
    char description[ALI_CAPTION_SIZE + 256], title[ALI_CAPTION_SIZE];
    snprintf(title, sizeof title, "%s", page->title);
    ali_page_elide(title, 17.0, ALI_PAGE_ROOM);
    snprintf(description, sizeof description, "%.200s%s%s", page->subtitle,
             *page->subtitle ? separator : "", page->caption);
    ali_svg_begin(page->stream, ALI_PAGE_WIDTH, height, page->title, description);
    ali_svg_text(page->stream, (ali_point){ALI_PAGE_MARGIN, TITLE_TOP}, "title", title);
    if (*page->subtitle)
        ali_svg_text(page->stream, (ali_point){ALI_PAGE_MARGIN, SUBTITLE_TOP}, "subtitle",
                     page->subtitle);
    put_legend(page, &grid, legend_top);
    put_caption(page, caption_top);
    *box = (ali_box){0.0, top, ALI_PAGE_WIDTH, page->height};
}

void ali_page_end(const ali_page *page)
{
    ali_svg_end(page->stream);
}
