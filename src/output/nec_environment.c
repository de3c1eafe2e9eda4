/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/nec_listing.h"

#include <math.h>

#define NETWORK_ROW "\n %4d %5zu %4d %5zu  %11.4E %11.4E  %11.4E %11.4E  %11.4E %11.4E %s"

void ali_nec_frequency(const ali_nec_view *view)
{
    FILE *out = view->out;
    ali_nec_line(out, 3, 31, "--------- FREQUENCY --------");
    fprintf(out, "\n%32sFREQUENCY :%11.4E MHz", "", 1e-6 * view->solve->frequency_hz);
    fprintf(out, "\n%32sWAVELENGTH:%11.4E Mtr", "", view->wavelength);
    ali_nec_line(out, 2, 24, "APPROXIMATE INTEGRATION EMPLOYED FOR SEGMENTS ");
    fprintf(out, "\n%24sTHAT ARE MORE THAN %.3f WAVELENGTHS APART", "",
            view->task->interaction_range);
    if (view->task->extended_kernel)
        ali_nec_line(out, 1, 24, "THE EXTENDED THIN WIRE KERNEL WILL BE USED");
}

/* ---- loads ---- */

/** Which of the six numbers of a loading row (R, L, C, Re Z, Im Z, conductivity) a kind of load
 * fills, and its name. */
typedef struct load_format {
    int column[3]; /**< row column of value[0 … 2], -1 = none */
    const char *name;
} load_format;

static const load_format load_formats[] = {
    [ALI_LOAD_SERIES_RLC] = {{0, 1, 2}, " SERIES "},
    [ALI_LOAD_PARALLEL_RLC] = {{0, 1, 2}, "PARALLEL"},
    [ALI_LOAD_SERIES_RLC_PER_METRE] = {{0, 1, 2}, "SERIES (PER METER)"},
    [ALI_LOAD_PARALLEL_RLC_PER_METRE] = {{0, 1, 2}, "PARALLEL (PER METER)"},
    [ALI_LOAD_IMPEDANCE] = {{3, 4, -1}, "FIXED IMPEDANCE "},
    [ALI_LOAD_CONDUCTIVITY] = {{5, -1, -1}, "  WIRE  "},
};

/** A load's place as NEC names it: tag and numbers within the tag where all its segments share one,
 * else numbers over the whole structure. All zero: everything. */
static void load_place(const ali_model *model, const ali_load *load, int place[3])
{
    place[0] = place[1] = place[2] = 0;
    if (load->first == 0 && load->last + 1 == model->segment_count)
        return;
    int tag = model->segments[load->first].tag;
    for (size_t i = load->first; i <= load->last; i++)
        if (model->segments[i].tag != tag)
            tag = 0;
    size_t before = load->first;
    if (tag != 0) {
        before = 0;
        for (size_t i = 0; i < load->first; i++)
            before += model->segments[i].tag == tag;
    }
    place[0] = tag;
    place[1] = (int)before + 1;
    place[2] = (int)(before + load->last - load->first) + 1;
}

/** A blank field stands for zero. */
static void load_row(FILE *out, const ali_model *model, const ali_load *load)
{
    const load_format *format = &load_formats[load->kind];
    double row[6] = {0};
    int place[3];
    for (int k = 0; k < 3; k++)
        if (format->column[k] >= 0)
            row[format->column[k]] = load->value[k];
    load_place(model, load, place);
    fputs("\n ", out);
    if (place[1] == 0)
        fputs(" ALL", out);
    for (int k = place[1] == 0 ? 1 : 0; k < 3; k++)
        if (place[k] != 0)
            fprintf(out, "%5d", place[k]);
        else
            fputs("     ", out);
    for (int k = 0; k < 6; k++)
        if (fabs(row[k]) >= 1e-20)
            fprintf(out, " %11.4E", row[k]);
        else
            fputs("            ", out);
    fprintf(out, "   %s", format->name);
}

static int loads_overlap(const ali_task *task)
{
    for (size_t a = 0; a < task->load_count; a++)
        for (size_t b = a + 1; b < task->load_count; b++)
            if (task->loads[a].first <= task->loads[b].last &&
                task->loads[b].first <= task->loads[a].last)
                return 1;
    return 0;
}

void ali_nec_loading(const ali_nec_view *view)
{
    FILE *out = view->out;
    ali_nec_line(out, 3, 26, "------ STRUCTURE IMPEDANCE LOADING ------");
    if (view->task->load_count == 0) {
        ali_nec_line(out, 1, 33, "THIS STRUCTURE IS NOT LOADED");
        return;
    }
    ali_nec_line(out, 1, 2,
                 "LOCATION        RESISTANCE  INDUCTANCE  CAPACITANCE     IMPEDANCE (OHMS)   "
                 "CONDUCTIVITY  CIRCUIT");
    ali_nec_line(out, 1, 2,
                 "ITAG FROM THRU     OHMS       HENRYS      FARADS       REAL     IMAGINARY   "
                 "MHOS/METER      TYPE");
    for (size_t i = 0; i < view->task->load_count; i++)
        load_row(out, view->model, &view->task->loads[i]);
    if (loads_overlap(view->task))
        ali_nec_line(out, 1, 2,
                     "NOTE, SOME OF THE ABOVE SEGMENTS HAVE BEEN LOADED TWICE - IMPEDANCES ADDED");
}

/* ---- ground ---- */

static void radial_screen(FILE *out, const ali_ground *ground)
{
    ali_nec_line(out, 1, 28, "RADIAL WIRE GROUND SCREEN");
    fprintf(out, "\n%28s%d WIRES", "", ground->radial_count);
    fprintf(out, "\n%28sWIRE LENGTH: %8.2f METERS", "", ground->radial_length);
    fprintf(out, "\n%28sWIRE RADIUS: %10.3E METERS", "", ground->radial_radius);
    ali_nec_line(out, 1, 28, "MEDIUM UNDER SCREEN -");
}

void ali_nec_ground(const ali_nec_view *view)
{
    FILE *out = view->out;
    const ali_ground *ground = &view->task->ground;
    ali_nec_line(out, 3, 28, "-------- ANTENNA ENVIRONMENT --------");
    if (ground->kind == ALI_GROUND_NONE) {
        ali_nec_line(out, 1, 28, "FREE SPACE");
        return;
    }
    if (ground->kind == ALI_GROUND_PEC) {
        ali_nec_line(out, 1, 28, "PERFECT GROUND");
        return;
    }
    double omega = 2 * ALI_PI * view->solve->frequency_hz;
    double complex epsilon = ali_medium_permittivity(&ground->medium, omega);
    if (ground->radial_count > 0)
        radial_screen(out, ground);
    ali_nec_line(out, 1, 28,
                 ground->kind == ALI_GROUND_SOMMERFELD
                     ? "FINITE GROUND - SOMMERFELD SOLUTION"
                     : "FINITE GROUND - REFLECTION COEFFICIENT APPROXIMATION");
    fprintf(out, "\n%28sRELATIVE DIELECTRIC CONST: %.3f", "", creal(epsilon));
    fprintf(out, "\n%28sCONDUCTIVITY: %10.3E MHOS/METER", "", -cimag(epsilon) * omega * ALI_EPS0);
    fprintf(out, "\n%28sCOMPLEX DIELECTRIC CONSTANT: %11.4E%+11.4Ej", "", creal(epsilon),
            cimag(epsilon));
}

void ali_nec_timing(const ali_nec_view *view)
{
    ali_nec_line(view->out, 3, 29, "---------- MATRIX TIMING ----------");
    fprintf(view->out, "\n%31sFILL: %.0f msec  FACTOR: %.0f msec", "", 1e3 * view->solve->fill_s,
            1e3 * view->solve->factor_s);
}

/* ---- excitation and networks ---- */

const char *ali_nec_wave_type(const ali_plane_waves *waves)
{
    static const char *const name[] = {
        [ALI_POL_LINEAR] = "LINEAR", [ALI_POL_RIGHT] = "RIGHT", [ALI_POL_LEFT] = "LEFT"};
    return name[waves->polarisation];
}

static void current_element(FILE *out, const ali_current_element *element)
{
    ali_nec_line(out, 1, 38, "CURRENT SOURCE");
    ali_nec_line(out, 1, 21, "-- POSITION (METERS) --       ORIENTATION (DEG)");
    ali_nec_line(out, 1, 21, "X          Y          Z       ALPHA        BETA   DIPOLE MOMENT");
    fprintf(out, "\n%15s%10.5f %10.5f %10.5f  %7.2f     %7.2f    %8.3f", "", element->position.x,
            element->position.y, element->position.z, element->alpha / ALI_DEGREE,
            element->beta / ALI_DEGREE, element->moment);
}

void ali_nec_excitation(const ali_nec_view *view)
{
    const ali_drive *drive = &view->task->drive;
    const alicorn_solve_result *solve = view->solve;
    if (drive->kind != ALI_DRIVE_PLANE_WAVE && drive->kind != ALI_DRIVE_CURRENT_ELEMENT)
        return;
    ali_nec_line(view->out, 3, 29, "---------- EXCITATION ----------");
    if (drive->kind == ALI_DRIVE_CURRENT_ELEMENT) {
        current_element(view->out, &drive->element);
        return;
    }
    fprintf(view->out,
            "\n  PLANE WAVE - THETA: %7.2f deg, PHI: %7.2f deg, ETA=%7.2f DEG, TYPE - %s  AXIAL "
            "RATIO: %6.3f",
            solve->theta_inc_deg, solve->phi_inc_deg, solve->eta_deg,
            ali_nec_wave_type(&drive->waves), solve->axial_ratio);
}

static ali_vec3 middle(const ali_segment *segment)
{
    return ali_vec3_scale(0.5, ali_vec3_add(segment->start, segment->end));
}

static void network_row(const ali_nec_view *view, const ali_network *network)
{
    const ali_segment *a = &view->model->segments[network->segment[0]];
    const ali_segment *b = &view->model->segments[network->segment[1]];
    double row[6] = {creal(network->y11), cimag(network->y11), creal(network->y12),
                     cimag(network->y12), creal(network->y22), cimag(network->y22)};
    const char *type = "        ";
    if (network->kind == ALI_NETWORK_LINE) {
        row[0] = network->z0;
        row[1] = network->length > 0 ? network->length : ali_vec3_distance(middle(a), middle(b));
        for (int k = 0; k < 2; k++) {
            row[2 + 2 * k] = creal(network->shunt[k]);
            row[3 + 2 * k] = cimag(network->shunt[k]);
        }
        type = network->crossed ? " CROSSED" : "STRAIGHT";
    }
    fprintf(view->out, NETWORK_ROW, a->tag, network->segment[0] + 1, b->tag,
            network->segment[1] + 1, row[0], row[1], row[2], row[3], row[4], row[5], type);
}

static const char *const network_heading[][3] = {
    [ALI_NETWORK_ADMITTANCE] =
        {"-- FROM -  --- TO --            -------- ADMITTANCE MATRIX ELEMENTS (MHOS) ---------",
         "TAG   SEG  TAG   SEG   ----- (ONE,ONE) ------   ----- (ONE,TWO) -----   ----- (TWO,TWO) "
         "-------",
         "No:   No:  No:   No:      REAL      IMAGINARY      REAL     IMAGINARY       REAL      "
         "IMAGINARY"},
    [ALI_NETWORK_LINE] =
        {"-- FROM -  --- TO --      TRANSMISSION LINE        --------- SHUNT ADMITTANCES (MHOS) "
         "---------   LINE",
         "TAG   SEG  TAG   SEG    IMPEDANCE      LENGTH     ----- END ONE -----      ----- END TWO "
         "-----   TYPE",
         "No:   No:  No:   No:         OHMS      METERS      REAL      IMAGINARY      REAL      "
         "IMAGINARY"},
};

/** One table for each kind, the first network's kind first. */
void ali_nec_networks(const ali_nec_view *view)
{
    const ali_task *task = view->task;
    if (task->network_count == 0)
        return;
    ali_nec_line(view->out, 3, 44, "---------- NETWORK DATA ----------");
    ali_network_kind kind = task->networks[0].kind;
    for (int table = 0; table < 2; table++) {
        size_t printed = 0;
        for (size_t i = 0; i < task->network_count; i++) {
            if (task->networks[i].kind != kind)
                continue;
            for (int k = 0; k < 3 && printed == 0; k++)
                ali_nec_line(view->out, 1, 2, network_heading[kind][k]);
            network_row(view, &task->networks[i]);
            printed++;
        }
        kind = kind == ALI_NETWORK_LINE ? ALI_NETWORK_ADMITTANCE : ALI_NETWORK_LINE;
    }
}
