/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/svg.h"

#include "output/xml_text.h"

#include <math.h>
#include <string.h>

/** No drawing is as large; renderers lose their way in numbers that are much larger. */
#define FARTHEST 1e5

/* The faces of texts come from the reader's system. */
static const char style_sheet[] =
    ".alicorn{background:#fff}"
    ".alicorn text{font-family:system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif;"
    "font-size:12px;fill:#222}"
    ".alicorn .title{font-size:17px;font-weight:600}"
    ".alicorn .axis{font-size:13px}"
    ".alicorn .small{font-size:11px;fill:#555}"
    ".alicorn .where{font-size:9.5px}"
    ".alicorn .middle{text-anchor:middle}"
    ".alicorn .end{text-anchor:end}"
    ".alicorn .halo{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
    ".alicorn .white{fill:#fff}"
    ".alicorn .grid{fill:none;stroke:#d6d6d6;stroke-width:1}"
    ".alicorn .rim{fill:none;stroke:#555;stroke-width:1.2}"
    ".alicorn .limit{fill:none;stroke:#222;stroke-width:1.4;stroke-dasharray:1.5 3}"
    ".alicorn .trace{fill:none;stroke-width:2;stroke-linejoin:round}"
    ".alicorn .band{stroke:none;fill-opacity:.18}"
    ".alicorn .bar{stroke-width:1.4}";

const char *ali_svg_number(char text[ALI_SVG_NUMBER_SIZE], double value)
{
    double held = isnan(value) ? FARTHEST : fmin(fmax(value, -FARTHEST), FARTHEST);
    int length = snprintf(text, ALI_SVG_NUMBER_SIZE, "%.2f", held);
    while (length > 0 && text[length - 1] == '0')
        text[--length] = '\0';
    if (length > 0 && text[length - 1] == '.')
        text[--length] = '\0';
    if (strcmp(text, "-0") == 0)
        memcpy(text, "0", 2);
    return text;
}

static void put_attribute(FILE *stream, const char *name, double value)
{
    char text[ALI_SVG_NUMBER_SIZE];
    fprintf(stream, " %s=\"%s\"", name, ali_svg_number(text, value));
}

static void put_point(FILE *stream, const char *x, const char *y, ali_point at)
{
    put_attribute(stream, x, at.x);
    put_attribute(stream, y, at.y);
}

static void put_kind(FILE *stream, const char *element, const char *kind)
{
    fprintf(stream, "<%s class=\"%s\"", element, kind);
}

void ali_svg_begin(FILE *stream, double width, double height, const char *title,
                   const char *description)
{
    char w[ALI_SVG_NUMBER_SIZE], h[ALI_SVG_NUMBER_SIZE];
    ali_svg_number(w, width);
    ali_svg_number(h, height);
    fprintf(stream,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"alicorn\" role=\"img\" "
            "width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n<title>",
            w, h, w, h);
    ali_xml_text(stream, title);
    fputs("</title>\n<desc>", stream);
    ali_xml_text(stream, description);
    fprintf(stream,
            "</desc>\n<style>%s</style>\n"
            "<rect width=\"%s\" height=\"%s\" fill=\"#fff\"/>\n",
            style_sheet, w, h);
}

void ali_svg_end(FILE *stream)
{
    fputs("</svg>\n", stream);
}

static void put_text(FILE *stream, const char *text)
{
    fputc('>', stream);
    ali_xml_text(stream, text);
    fputs("</text>\n", stream);
}

void ali_svg_text(FILE *stream, ali_point at, const char *kind, const char *text)
{
    put_kind(stream, "text", kind);
    put_point(stream, "x", "y", at);
    put_text(stream, text);
}

void ali_svg_turned_text(FILE *stream, ali_point at, double turn, const char *kind,
                         const char *text)
{
    char x[ALI_SVG_NUMBER_SIZE], y[ALI_SVG_NUMBER_SIZE], angle[ALI_SVG_NUMBER_SIZE];
    put_kind(stream, "text", kind);
    fprintf(stream, " transform=\"translate(%s %s) rotate(%s)\"", ali_svg_number(x, at.x),
            ali_svg_number(y, at.y), ali_svg_number(angle, turn));
    put_text(stream, text);
}

void ali_svg_line(FILE *stream, const char *kind, ali_point from, ali_point to)
{
    put_kind(stream, "line", kind);
    put_point(stream, "x1", "y1", from);
    put_point(stream, "x2", "y2", to);
    fputs("/>\n", stream);
}

static void put_box(FILE *stream, ali_box box)
{
    put_point(stream, "x", "y", (ali_point){box.x, box.y});
    put_point(stream, "width", "height", (ali_point){box.width, box.height});
    fputs("/>", stream);
}

void ali_svg_rectangle(FILE *stream, const char *kind, ali_box box)
{
    put_kind(stream, "rect", kind);
    put_box(stream, box);
    fputc('\n', stream);
}

void ali_svg_circle(FILE *stream, const char *kind, ali_point centre, double radius)
{
    put_kind(stream, "circle", kind);
    put_point(stream, "cx", "cy", centre);
    put_attribute(stream, "r", radius);
    fputs("/>\n", stream);
}

void ali_svg_path_begin(FILE *stream)
{
    fputs(" d=\"", stream);
}

void ali_svg_path_to(FILE *stream, bool draw, ali_point to)
{
    char x[ALI_SVG_NUMBER_SIZE], y[ALI_SVG_NUMBER_SIZE];
    fprintf(stream, "%c%s %s", draw ? 'L' : 'M', ali_svg_number(x, to.x), ali_svg_number(y, to.y));
}

void ali_svg_path_end(FILE *stream)
{
    fputs("\"/>\n", stream);
}

void ali_svg_clip(FILE *stream, int id, ali_box box)
{
    fprintf(stream, "<clipPath id=\"frame%d\"><rect", id);
    put_box(stream, box);
    fprintf(stream, "</clipPath>\n<g clip-path=\"url(#frame%d)\">\n", id);
}

void ali_svg_unclip(FILE *stream)
{
    fputs("</g>\n", stream);
}
