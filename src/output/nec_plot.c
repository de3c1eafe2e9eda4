/* SPDX-License-Identifier: Apache-2.0 */
#include "output/nec_listing.h"

/** @file
 *  The plot file that NEC's PL card asks for: the numbers of one section of the listing in columns,
 * one line per line there. Layout: the NEC-2 user's guide [BurkePoggio:1981] and the files of nec2c
 * 1.3. */

/** PL I1. */
enum { PLOT_CURRENTS = 1, PLOT_NEAR_FIELDS = 2, PLOT_PATTERNS = 3 };

static void put_numbers(FILE *plot, size_t count, const double *values)
{
    for (size_t i = 0; i < count; i++)
        fprintf(plot, "%s%12.4E", i > 0 ? " " : "", values[i]);
    fputc('\n', plot);
}

/** I2 of near fields and currents: 1 real and imaginary part, 2 magnitude and phase; false for
 * anything else. */
static bool split(alicorn_complex value, int form, double parts[2])
{
    parts[0] = form == 1 ? value.re : ali_nec_magnitude(value);
    parts[1] = form == 1 ? value.im : ali_nec_phase(value);
    return form == 1 || form == 2;
}

static bool wants(const ali_nec_view *view, const int flags[4], int kind)
{
    return view->plot && flags[0] == kind;
}

void ali_nec_plot_current(const ali_nec_view *view, alicorn_complex current)
{
    double parts[2];
    /* nec2c plots what it prints by default, and nothing of a selection */
    if (wants(view, view->task->plot, PLOT_CURRENTS) && view->task->print_currents.format == -2 &&
        split(current, view->task->plot[1], parts))
        put_numbers(view->plot, 2, parts);
}

void ali_nec_plot_near(const ali_nec_view *view, const int flags[4], const double point[3],
                       const alicorn_complex field[3])
{
    if (!wants(view, flags, PLOT_NEAR_FIELDS) || flags[2] < 1 || flags[2] > 4)
        return;
    double row[7] = {point[flags[3] < 0 ? 0 : flags[3] == 0 ? 1 : 2]};
    size_t first = flags[2] == 4 ? 0 : (size_t)flags[2] - 1, count = flags[2] == 4 ? 3 : 1;
    for (size_t i = 0; i < count; i++)
        if (!split(field[first + i], flags[1], &row[1 + 2 * i]))
            return;
    put_numbers(view->plot, 1 + 2 * count, row);
}

void ali_nec_plot_direction(const ali_nec_view *view, const int flags[4],
                            const ali_nec_direction *direction)
{
    if (!wants(view, flags, PLOT_PATTERNS) || (flags[1] != 1 && flags[1] != 2))
        return;
    double angle = flags[1] == 1 ? direction->theta_deg : direction->phi_deg;
    if (flags[2] == 1 || flags[2] == 2) {
        size_t component = (size_t)flags[2] - 1;
        put_numbers(
            view->plot, 3,
            (double[]){angle, direction->magnitude[component], direction->phase_deg[component]});
    }
    if (flags[3] >= 1 && flags[3] <= 3)
        put_numbers(view->plot, 2, (double[]){angle, direction->gain_db[flags[3] - 1]});
}
