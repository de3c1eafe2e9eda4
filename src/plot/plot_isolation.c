/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "output/text_format.h"
#include "plot/ports.h"
#include "plot/scale.h"
#include "plot/style.h"

#include <math.h>
#include <stdlib.h>

/* What every port receives of every other, as a map of ports. */

enum {
    CELL_HEIGHT = 34,
    CELL_WIDEST = 84,
    CELL_PLACED = 56,   /**< narrower cells have no room for a frequency */
    CELL_DECIMAL = 34,  /**< these none for tenths of a decibel */
    CELL_NUMBERED = 24, /**< and these none for a number */
    SCALE = 96,         /**< colour scale beside the map */
    LEAST_BAR = 160
};

/** Above this [dB] nothing is left but rounding. */
#define NOISE_DB 200.0

/** Isolation of every pair of the drawn ports. */
typedef struct map {
    size_t count;
    double *db;           /**< [to][from]; NAN on the diagonal, HUGE_VAL where nothing passes */
    double *frequency_hz; /**< where it is so; 0: it is known to be one for all */
    double low, high;     /**< of the colour scale */
} map;

static double isolation(alicorn_complex s)
{
    return -ali_plot_decibels(hypot(s.re, s.im));
}

static alicorn_status begin_map(ali_plot *plot, const ali_plot_ports *ports, map *m)
{
    size_t count = ports->count;
    *m = (map){.count = count};
    if (count < 2)
        return ali_error_set(plot->error, ALICORN_E_USAGE,
                             "isolation needs two ports, and there is one");
    m->db = ali_calloc(count * count, 2 * sizeof *m->db);
    if (!m->db)
        return ali_error_memory(plot->error, count * count * 2 * sizeof *m->db, "isolation");
    m->frequency_hz = m->db + count * count;
    return ALICORN_OK;
}

/** The worst over all samples. */
static void fill_worst(const ali_plot_ports *ports, map *m)
{
    const alicorn_network *network = ports->network;
    for (size_t a = 0; a < m->count; a++)
        for (size_t b = 0; b < m->count; b++) {
            double unused, *db = &m->db[a * m->count + b];
            *db = a == b ? NAN : HUGE_VAL;
            for (size_t i = 0; i < network->count && a != b; i++) {
                double here = isolation(
                    ali_plot_ports_s(ports, i, ports->index[a], ports->index[b], &unused));
                if (here < *db) {
                    *db = here;
                    m->frequency_hz[a * m->count + b] =
                        network->count > 1 ? network->frequency_hz[i] : 0.0;
                }
            }
        }
}

static alicorn_status fill_at(ali_plot *plot, const ali_plot_ports *ports, map *m)
{
    size_t all = ports->network->ports;
    double frequency_hz = plot->options->frequencies_hz[0];
    alicorn_complex *s = ali_calloc(all * all, sizeof *s);
    if (!s)
        return ali_error_memory(plot->error, all * all * sizeof *s, "isolation");
    alicorn_status status = alicorn_network_at(ports->network, frequency_hz, s, plot->error);
    for (size_t a = 0; a < m->count && status == ALICORN_OK; a++)
        for (size_t b = 0; b < m->count; b++) {
            m->db[a * m->count + b] =
                a == b ? NAN : isolation(s[ports->index[a] * all + ports->index[b]]);
        }
    free(s);
    return status;
}

static void set_scale(map *m)
{
    enum { PARTS = 6 };
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < m->count * m->count; i++)
        if (isfinite(m->db[i])) {
            low = fmin(low, m->db[i]);
            high = fmax(high, fmin(m->db[i], NOISE_DB));
        }
    if (!(low <= high))
        low = high = 0.0;
    if (high - low < 1.0)
        high = low + 1.0;
    ali_nice_range(ali_nice_step(high - low, PARTS), &low, &high);
    m->low = low;
    m->high = high;
}

/* ---- drawing ---- */

/** Where the map lies. */
typedef struct plan {
    FILE *stream;
    const map *map;
    const ali_plot_ports *ports;
    double left, top, width; /**< of the cells, and of one cell [px] */
    bool turned;             /**< names of the columns stand upright */
} plan;

static const char *name_of(const ali_plot_ports *ports, size_t i)
{
    return ports->network->names[ports->index[i]];
}

static void put_fill(FILE *stream, double share, int rgb[3])
{
    ali_style_viridis(share, rgb);
    fprintf(stream, "<g fill=\"#%02x%02x%02x\">", (unsigned)rgb[0], (unsigned)rgb[1],
            (unsigned)rgb[2]);
}

static void put_numbers(const plan *p, ali_box box, double db, double frequency_hz, const int *rgb)
{
    char text[ALI_TEXT_SIZE], kind[32];
    ali_point at = {box.x + box.width / 2.0, box.y + CELL_HEIGHT / 2.0 + 4.0};
    bool placed = frequency_hz > 0.0 && p->width >= CELL_PLACED;
    if (p->width < CELL_NUMBERED)
        return;
    if (db > NOISE_DB)
        snprintf(text, sizeof text, "> %g", NOISE_DB);
    else
        ali_text_decimal(text, db, p->width < CELL_DECIMAL ? 0 : 1);
    at.y -= placed ? 5.0 : 0.0;
    snprintf(kind, sizeof kind, "middle %s", ali_style_ink(rgb));
    ali_svg_text(p->stream, at, kind, text);
    if (!placed)
        return;
    at.y = box.y + CELL_HEIGHT - 7.0;
    snprintf(kind, sizeof kind, "where middle %s", ali_style_ink(rgb));
    ali_svg_text(p->stream, at, kind, ali_text_frequency(text, frequency_hz));
}

static void put_cell(const plan *p, size_t to, size_t from)
{
    const map *m = p->map;
    double db = m->db[to * m->count + from];
    const ali_box box = {p->left + (double)from * p->width, p->top + (double)to * CELL_HEIGHT,
                         p->width - 1.0, CELL_HEIGHT - 1.0};
    int rgb[3];
    if (to == from) {
        fputs("<g fill=\"#eee\">", p->stream);
        ali_svg_rectangle(p->stream, "own", box);
        fputs("</g>\n", p->stream);
        return;
    }
    put_fill(p->stream, (fmin(db, NOISE_DB) - m->low) / (m->high - m->low), rgb);
    ali_svg_rectangle(p->stream, "cell", box);
    fputs("</g>\n", p->stream);
    put_numbers(p, box, db, m->frequency_hz[to * m->count + from], rgb);
}

static void put_names(const plan *p)
{
    double width = (double)p->map->count * p->width, height = (double)p->map->count * CELL_HEIGHT;
    for (size_t i = 0; i < p->map->count; i++) {
        double x = p->left + ((double)i + 0.5) * p->width;
        const char *name = name_of(p->ports, i);
        ali_svg_text(p->stream,
                     (ali_point){p->left - 8.0, p->top + ((double)i + 0.5) * CELL_HEIGHT + 4.0},
                     "end", name);
        if (p->turned)
            ali_svg_turned_text(p->stream, (ali_point){x + 4.0, p->top - 7.0}, -90.0, "", name);
        else
            ali_svg_text(p->stream, (ali_point){x, p->top - 8.0}, "middle", name);
    }
    ali_svg_text(p->stream, (ali_point){p->left + width / 2.0, p->top + height + 22.0},
                 "axis middle", "from port");
    ali_svg_turned_text(p->stream, (ali_point){ALI_PAGE_MARGIN + 8.0, p->top + height / 2.0}, -90.0,
                        "axis middle", "to port");
}

static void put_colours(const plan *p)
{
    enum { PIECES = 64, BAR = 14, PARTS = 6 };
    const map *m = p->map;
    double left = p->left + (double)m->count * p->width + 26.0;
    double height = fmax((double)m->count * CELL_HEIGHT, LEAST_BAR);
    char text[ALI_TEXT_SIZE];
    int rgb[3];
    for (int i = 0; i < PIECES; i++) {
        put_fill(p->stream, (i + 0.5) / PIECES, rgb);
        ali_svg_rectangle(p->stream, "scale",
                          (ali_box){left, p->top + height * (1.0 - (i + 1.0) / PIECES), BAR,
                                    height / PIECES + 0.5});
        fputs("</g>\n", p->stream);
    }
    const ali_ticks ticks = ali_ticks_in(m->low, m->high, ali_nice_step(m->high - m->low, PARTS));
    const ali_scale scale = {m->low, m->high, p->top + height, p->top};
    for (size_t i = 0; i < ticks.count; i++)
        ali_svg_text(p->stream,
                     (ali_point){left + BAR + 6.0, ali_scale_at(&scale, ali_tick(&ticks, i)) + 4.0},
                     "", ali_text_decimal(text, ali_tick(&ticks, i), ticks.decimals));
    ali_svg_text(p->stream, (ali_point){left - 2.0, p->top - 12.0}, "", "dB");
}

static void draw(ali_plot *plot, const ali_plot_ports *ports, const map *m)
{
    double names = 0.0, count = (double)m->count;
    ali_box box;
    for (size_t i = 0; i < m->count; i++)
        names = fmax(names, ali_page_text_width(name_of(ports, i), 12.0));
    plan p = {.stream = plot->page.stream, .map = m, .ports = ports};
    p.left = ALI_PAGE_MARGIN + 28.0 + 1.1 * names;
    p.width = fmin(CELL_WIDEST, (ALI_PAGE_WIDTH - p.left - SCALE) / count);
    p.turned = names > p.width;
    double head = p.turned ? 20.0 + 1.1 * names : 36.0;
    plot->page.height = head + fmax(count * CELL_HEIGHT, LEAST_BAR) + 32.0;
    ali_page_begin(&plot->page, &box);
    p.top = box.y + head;
    for (size_t to = 0; to < m->count; to++)
        for (size_t from = 0; from < m->count; from++)
            put_cell(&p, to, from);
    put_names(&p);
    put_colours(&p);
    ali_page_end(&plot->page);
}

alicorn_status ali_plot_isolation(ali_plot *plot)
{
    ali_plot_ports ports = {0};
    map m = {0};
    char text[ALI_TEXT_SIZE];
    bool worst = plot->options->frequency_count == 0;
    alicorn_status status = ali_plot_ports_find(plot, &ports);
    if (status == ALICORN_OK)
        status = begin_map(plot, &ports, &m);
    if (status == ALICORN_OK && worst)
        fill_worst(&ports, &m);
    else if (status == ALICORN_OK)
        status = fill_at(plot, &ports, &m);
    if (status == ALICORN_OK) {
        set_scale(&m);
        if (worst && ports.network->count > 1)
            ali_page_note(&plot->page, "the worst of all frequencies, and where it is");
        else if (!worst)
            ali_page_note(&plot->page, "%s",
                          ali_text_frequency(text, plot->options->frequencies_hz[0]));
        ali_page_note(&plot->page, "isolation is −20 lg |S|, all other ports terminated");
        draw(plot, &ports, &m);
    }
    free(m.db);
    ali_plot_ports_clear(&ports);
    return status;
}
