/* SPDX-License-Identifier: Apache-2.0 */
#include "output/nec_listing.h"

#define NEAR_ROW "\n %9.4f %9.4f %9.4f  %11.4E %7.2f  %11.4E %7.2f  %11.4E %7.2f"
#define COUPLING_PLACE " %4d %4d %5zu"
#define COUPLING_ROW "  %9.3f  %12.5E %12.5E  %12.5E %12.5E"

static void electric_heading(FILE *out)
{
    ali_nec_line(out, 3, 29, "-------- NEAR ELECTRIC FIELDS --------");
    ali_nec_line(out, 1, 5,
                 "------- LOCATION -------     ------- EX ------    ------- EY ------    ------- "
                 "EZ ------");
    ali_nec_line(out, 1, 6,
                 "X         Y         Z       MAGNITUDE   PHASE    MAGNITUDE   PHASE    MAGNITUDE  "
                 " PHASE");
    ali_nec_line(out, 1, 4,
                 "METERS    METERS    METERS     VOLTS/M  DEGREES    VOLTS/M   DEGREES     VOLTS/M "
                 " DEGREES");
}

static void magnetic_heading(FILE *out)
{
    ali_nec_line(out, 3, 35, "-------- NEAR MAGNETIC FIELDS ---------\n");
    ali_nec_line(out, 1, 5,
                 "------- LOCATION -------     ------- HX ------    ------- HY ------    ------- "
                 "HZ ------");
    ali_nec_line(out, 1, 6,
                 "X         Y         Z       MAGNITUDE   PHASE    MAGNITUDE   PHASE    MAGNITUDE  "
                 " PHASE");
    ali_nec_line(out, 1, 4,
                 "METERS    METERS    METERS      AMPS/M  DEGREES      AMPS/M  DEGREES      AMPS/M "
                 " DEGREES");
}

void ali_nec_near_field(const ali_nec_view *view, const alicorn_near_field *near,
                        const int plot_flags[4])
{
    if (near->magnetic)
        magnetic_heading(view->out);
    else
        electric_heading(view->out);
    for (size_t k = 0; k < near->count; k++) {
        const double *p = near->point + 3 * k;
        const alicorn_complex *f = near->field + 3 * k;
        fprintf(view->out, NEAR_ROW, p[0], p[1], p[2], ali_nec_magnitude(f[0]), ali_nec_phase(f[0]),
                ali_nec_magnitude(f[1]), ali_nec_phase(f[1]), ali_nec_magnitude(f[2]),
                ali_nec_phase(f[2]));
        ali_nec_plot_near(view, plot_flags, p, f);
    }
}

/** Number of a segment (1-based) among those with its tag; with tag 0 over the whole structure. */
static int number_in_tag(const ali_model *model, int tag, size_t segment)
{
    if (tag == 0)
        return (int)segment;
    int number = 0;
    for (size_t i = 0; i < segment && i < model->segment_count; i++)
        number += model->segments[i].tag == tag;
    return number;
}

static void coupling_row(const ali_nec_view *view, const alicorn_coupling *coupling)
{
    FILE *out = view->out;
    for (int k = 0; k < 2; k++)
        fprintf(out, "%s" COUPLING_PLACE,
                k == 0            ? "\n"
                : coupling->valid ? " "
                                  : "  ",
                coupling->tag[k],
                number_in_tag(view->model, coupling->tag[k], coupling->segment[k]),
                coupling->segment[k]);
    if (coupling->valid)
        fprintf(out, COUPLING_ROW, coupling->maximum_db, coupling->load.re, coupling->load.im,
                coupling->input.re, coupling->input.im);
    else
        fputs("  **ERROR** COUPLING IS NOT BETWEEN 0 AND 1.", out);
}

void ali_nec_couplings(const ali_nec_view *view)
{
    if (view->solve->coupling_count == 0)
        return;
    ali_nec_line(view->out, 3, 24, "----------- ISOLATION DATA -----------\n");
    ali_nec_line(view->out, 1, 1,
                 "------- COUPLING BETWEEN ------     MAXIMUM     ---------- FOR MAXIMUM COUPLING "
                 "----------");
    ali_nec_line(view->out, 1, 12,
                 "SEG              SEG    COUPLING  LOAD IMPEDANCE (2ND SEG)         INPUT "
                 "IMPEDANCE ");
    ali_nec_line(view->out, 1, 1,
                 "TAG  SEG   No:   TAG  SEG   No:      (DB)        REAL     IMAGINARY         REAL "
                 "      IMAGINARY");
    for (size_t k = 0; k < view->solve->coupling_count; k++)
        coupling_row(view, &view->solve->couplings[k]);
}
