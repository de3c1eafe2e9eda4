/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/nec_listing.h"

#include <math.h>

#define RECEIVING_ROW "\n%22s%7.2f  %7.2f   %11.4E  %7.2f  %5zu"
#define NORMALISED_ROW "\n%20s%7.2f  %7.2f   %7.2f  %11.4E"

void ali_nec_receiving_heading(const ali_nec_view *view)
{
    const ali_plane_waves *waves = &view->task->drive.waves;
    FILE *out = view->out;
    ali_nec_line(out, 3, 24, "-------- RECEIVING PATTERN PARAMETERS --------");
    fprintf(out, "\n%33sETA: %7.2f DEGREES", "", waves->eta / ALI_DEGREE);
    fprintf(out, "\n%33sTYPE: %s", "", ali_nec_wave_type(waves));
    fprintf(out, "\n%33sAXIAL RATIO: %6.3f", "", waves->axial_ratio);
    ali_nec_line(out, 2, 24, "THETA     PHI      ----- CURRENT ----    SEG");
    ali_nec_line(out, 1, 24, "(DEG)    (DEG)     MAGNITUDE    PHASE    No:");
}

void ali_nec_receiving_line(const ali_nec_view *view)
{
    const alicorn_solve_result *solve = view->solve;
    int seen = 0;
    for (size_t i = 0; i < solve->current_count; i++) {
        const alicorn_segment_current *segment = &solve->currents[i];
        if (ali_nec_wanted(&view->task->print_currents, segment->tag, &seen))
            fprintf(view->out, RECEIVING_ROW, "", solve->theta_inc_deg, solve->phi_inc_deg,
                    ali_nec_magnitude(segment->current), ali_nec_phase(segment->current),
                    segment->segment);
    }
}

/** The last segment that the print control names; NULL if it names none. */
static const alicorn_segment_current *received(const ali_task *task,
                                               const alicorn_solve_result *solve)
{
    const alicorn_segment_current *found = NULL;
    int seen = 0;
    for (size_t i = 0; i < solve->current_count; i++)
        if (ali_nec_wanted(&task->print_currents, solve->currents[i].tag, &seen))
            found = &solve->currents[i];
    return found;
}

void ali_nec_normalised_receiving(FILE *out, const ali_task *task, const alicorn_result *result,
                                  size_t first, size_t count)
{
    const ali_plane_waves *waves = &task->drive.waves;
    const alicorn_segment_current *segment = received(task, alicorn_result_solve(result, first));
    double largest = 0;
    for (size_t i = 0; i < count && segment; i++)
        largest = fmax(
            largest,
            ali_nec_magnitude(received(task, alicorn_result_solve(result, first + i))->current));
    if (!(largest > 0))
        return;
    ali_nec_line(out, 3, 21, "---- NORMALIZED RECEIVING PATTERN ----");
    fprintf(out, "\n%22sNORMALIZATION FACTOR: %11.4E", "", largest);
    fprintf(out, "\n%22sETA: %7.2f DEGREES", "", waves->eta / ALI_DEGREE);
    fprintf(out, "\n%22sTYPE: %s", "", ali_nec_wave_type(waves));
    fprintf(out, "\n%22sAXIAL RATIO: %6.3f", "", waves->axial_ratio);
    fprintf(out, "\n%22sSEGMENT No: %zu\n", "", segment->segment);
    ali_nec_line(out, 1, 22, "THETA     PHI       ---- PATTERN ----");
    ali_nec_line(out, 1, 22, "(DEG)    (DEG)       DB     MAGNITUDE");
    for (size_t i = 0; i < count; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, first + i);
        double value = ali_nec_magnitude(received(task, solve)->current) / largest;
        fprintf(out, NORMALISED_ROW, "", solve->theta_inc_deg, solve->phi_inc_deg,
                ali_nec_decibels(20 * log10(value)), value);
    }
}
