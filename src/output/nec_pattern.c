/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/nec_listing.h"

#include <complex.h>
#include <math.h>

#define PATTERN_ROW "\n %7.2f %9.2f  %8.2f %8.2f %8.2f %11.4f %9.2f %6s %11.4E %9.2f %11.4E %9.2f"
#define SURFACE_ROW "\n %9.2f %7.2f %9.2f  %11.4E %7.2f  %11.4E %7.2f  %11.4E %7.2f"
#define NORMALISED_ENTRY " %9.2f %9.2f %9.2f"

/** Over ground NEC prints no directions below this [degrees]. */
#define HORIZON_DEG 90.01

static int is_below_ground(const ali_nec_view *view, const alicorn_pattern *pattern, size_t theta)
{
    return view->task->ground.kind != ALI_GROUND_NONE && pattern->theta_deg[theta] > HORIZON_DEG;
}

/* ---- what the far field sees of the ground ---- */

static void screen(FILE *out, const ali_ground *ground)
{
    ali_nec_line(out, 1, 31, "--- RADIAL WIRE GROUND SCREEN ---");
    fprintf(out, "\n%31sNUM OF WIRES= %d", "", ground->radial_count);
    fprintf(out, "\n%31sWIRE LENGTH= %8.2f METERS", "", ground->radial_length);
    fprintf(out, "\n%31sWIRE RADIUS= %10.3E METERS", "", ground->radial_radius);
}

static void cliff(FILE *out, const ali_ground *ground, const char *shape)
{
    fprintf(out, "\n%31s--- %s CLIFF ---", "", shape);
    fprintf(out, "\n%31sEDGE DISTANCE= %9.2f METERS", "", ground->cliff_distance);
    fprintf(out, "\n%31s       HEIGHT= %9.2f METERS", "", ground->cliff_height);
    ali_nec_line(out, 1, 31, "--- SECOND MEDIUM ---");
    fprintf(out, "\n%31sRELATIVE DIELECTRIC CONST= %10.3f", "", ground->second.eps_r);
    fprintf(out, "\n%31s      GROUND CONDUCTIVITY= %10.3f MHOS", "", ground->second.sigma);
}

static void ground_parameters(const ali_nec_view *view, int mode)
{
    static const struct {
        int screen;
        const char *cliff;
    } parts[] = {[ALI_PATTERN_LINEAR_CLIFF] = {0, "LINEAR"},
                 [ALI_PATTERN_CIRCULAR_CLIFF] = {0, "CIRCULAR"},
                 [ALI_PATTERN_SCREEN] = {1, NULL},
                 [ALI_PATTERN_SCREEN_LINEAR_CLIFF] = {1, "LINEAR"},
                 [ALI_PATTERN_SCREEN_CIRCULAR_CLIFF] = {1, "CIRCULAR"}};
    if (mode < ALI_PATTERN_LINEAR_CLIFF || mode > ALI_PATTERN_SCREEN_CIRCULAR_CLIFF)
        return;
    ali_nec_line(view->out, 3, 31, "------ FAR FIELD GROUND PARAMETERS ------\n\n");
    if (parts[mode].screen)
        screen(view->out, &view->task->ground);
    if (parts[mode].cliff)
        cliff(view->out, &view->task->ground, parts[mode].cliff);
}

/* ---- field with the surface wave ---- */

static void surface_heading(FILE *out)
{
    ali_nec_line(out, 3, 29, "------- RADIATED FIELDS NEAR GROUND --------");
    ali_nec_line(out, 2, 4,
                 "------- LOCATION -------     --- E(THETA) ---     ---- E(PHI) ----    --- "
                 "E(RADIAL) ---");
    ali_nec_line(out, 1, 6,
                 "RHO    PHI        Z           MAG    PHASE         MAG    PHASE        MAG     "
                 "PHASE");
    ali_nec_line(out, 1, 4,
                 "METERS DEGREES    METERS      VOLTS/M DEGREES      VOLTS/M DEGREES     VOLTS/M  "
                 "DEGREES");
}

static alicorn_complex combine(double a, alicorn_complex x, double b, alicorn_complex y)
{
    return (alicorn_complex){a * x.re + b * y.re, a * x.im + b * y.im};
}

/** NEC gives the spherical components at the point, the result has E_rho and E_z. */
static void surface_row(FILE *out, const alicorn_pattern *pattern, size_t i, size_t j)
{
    size_t k = j * pattern->theta_count + i;
    double z = pattern->theta_deg[i], rho = pattern->distance, r = hypot(rho, z);
    double cosine = z / r, sine = rho / r;
    alicorn_complex theta = combine(cosine, pattern->e_rho[k], -sine, pattern->e_theta[k]);
    alicorn_complex radial = combine(sine, pattern->e_rho[k], cosine, pattern->e_theta[k]);
    fprintf(out, SURFACE_ROW, rho, pattern->phi_deg[j], z, ali_nec_magnitude(theta),
            ali_nec_phase(theta), ali_nec_magnitude(pattern->e_phi[k]),
            ali_nec_phase(pattern->e_phi[k]), ali_nec_magnitude(radial), ali_nec_phase(radial));
}

static void surface_pattern(FILE *out, const alicorn_pattern *pattern)
{
    surface_heading(out);
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++)
            surface_row(out, pattern, i, j);
}

/* ---- far field ---- */

/** e^{-jkR}/R of the distance asked for, magnitude and phase; 1 and 0 without one. */
typedef struct range_factor {
    double magnitude, phase_deg;
} range_factor;

static range_factor range_of(const alicorn_pattern *pattern, double wavelength)
{
    range_factor range = {1.0, 0.0};
    if (pattern->distance >= 1e-20) {
        double turns = pattern->distance / wavelength;
        range.magnitude = 1.0 / pattern->distance;
        range.phase_deg = -360.0 * (turns - floor(turns));
    }
    return range;
}

static void far_heading(FILE *out, const alicorn_pattern *pattern, range_factor range)
{
    ali_nec_line(out, 3, 29, "---------- RADIATION PATTERNS -----------\n");
    if (pattern->distance >= 1e-20) {
        fprintf(out, "\n%29sRANGE: %13.6E METERS", "", pattern->distance);
        fprintf(out, "\n%29sEXP(-JKR)/R: %12.5E AT PHASE: %7.2f DEGREES\n", "", range.magnitude,
                range.phase_deg);
    }
    fprintf(out,
            "\n ---- ANGLES -----     %23s      ---- POLARIZATION ----   ---- E(THETA) ----    "
            "----- E(PHI) ------",
            pattern->directive ? "--- DIRECTIVE GAINS ---" : "----- POWER GAINS ----- ");
    fprintf(out,
            "\n  THETA      PHI      %6s   %6s    TOTAL       AXIAL      TILT  SENSE   MAGNITUDE "
            "   PHASE    MAGNITUDE     PHASE",
            pattern->axes ? " MAJOR" : " VERTC", pattern->axes ? " MINOR" : " HORIZ");
    fputs("\n DEGREES   DEGREES        DB       DB       DB       RATIO   DEGREES            "
          "VOLTS/M   DEGREES     VOLTS/M   DEGREES",
          out);
}

static void far_row(const ali_nec_view *view, const alicorn_pattern *pattern, size_t i, size_t j,
                    range_factor range, const int plot_flags[4])
{
    static const char *const sense_name[3] = {"LEFT  ", "LINEAR", "RIGHT "};
    size_t k = j * pattern->theta_count + i;
    alicorn_pattern_sample sample = alicorn_pattern_at(pattern, i, j);
    double e_theta = ali_nec_magnitude(pattern->e_theta[k]);
    double e_phi = ali_nec_magnitude(pattern->e_phi[k]);
    int is_zero = !(e_theta > 0) && !(e_phi > 0);
    const ali_nec_direction row = {
        .theta_deg = pattern->theta_deg[i],
        .phi_deg = pattern->phi_deg[j],
        .gain_db = {ali_nec_decibels(pattern->axes ? sample.major_dbi : sample.theta_dbi),
                    ali_nec_decibels(pattern->axes ? sample.minor_dbi : sample.phi_dbi),
                    ali_nec_decibels(sample.total_dbi)},
        .magnitude = {e_theta * range.magnitude, e_phi * range.magnitude},
        .phase_deg = {ali_nec_phase(pattern->e_theta[k]) + range.phase_deg,
                      ali_nec_phase(pattern->e_phi[k]) + range.phase_deg}};
    fprintf(view->out, PATTERN_ROW, row.theta_deg, row.phi_deg, row.gain_db[0], row.gain_db[1],
            row.gain_db[2], sample.axial_ratio, sample.tilt_deg,
            is_zero ? " " : sense_name[sample.sense + 1], row.magnitude[0], row.phase_deg[0],
            row.magnitude[1], row.phase_deg[1]);
    ali_nec_plot_direction(view, plot_flags, &row);
}

static void far_pattern(const ali_nec_view *view, const alicorn_pattern *pattern,
                        const int plot_flags[4])
{
    range_factor range = range_of(pattern, view->wavelength);
    far_heading(view->out, pattern, range);
    if (pattern->average == 2)
        return;
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++)
            if (!is_below_ground(view, pattern, i))
                far_row(view, pattern, i, j, range, plot_flags);
}

/* ---- normalised gain ---- */

/** Gain that NEC's N digit chooses. */
static double chosen_gain(const alicorn_pattern *pattern, size_t i, size_t j)
{
    alicorn_pattern_sample sample = alicorn_pattern_at(pattern, i, j);
    const double gain[5] = {sample.major_dbi, sample.minor_dbi, sample.theta_dbi, sample.phi_dbi,
                            sample.total_dbi};
    return ali_nec_decibels(gain[pattern->normalised - 1]);
}

static double largest_gain(const alicorn_pattern *pattern)
{
    double largest = -HUGE_VAL;
    for (size_t j = 0; j < pattern->phi_count; j++)
        for (size_t i = 0; i < pattern->theta_count; i++)
            largest = fmax(largest, chosen_gain(pattern, i, j));
    return largest;
}

/** Three columns of directions, each read downwards. */
static void normalised_gain(FILE *out, const alicorn_pattern *pattern)
{
    static const char *const name[5] = {" MAJOR AXIS", "  MINOR AXIS", "    VERTICAL",
                                        "  HORIZONTAL", "       TOTAL "};
    double norm =
        fabs(pattern->normalisation_db) > 1e-20 ? pattern->normalisation_db : largest_gain(pattern);
    ali_nec_line(out, 3, 30, "---------- NORMALIZED GAIN ----------");
    fprintf(out, "\n%38s%6s GAIN", "", name[pattern->normalised - 1]);
    fprintf(out, "\n%35sNORMALIZATION FACTOR: %.2f db", "", norm);
    ali_nec_line(out, 2, 4,
                 "---- ANGLES ----                ---- ANGLES ----                ---- ANGLES "
                 "----");
    ali_nec_line(out, 1, 4,
                 "THETA      PHI        GAIN      THETA      PHI        GAIN      THETA      PHI   "
                 "    GAIN");
    ali_nec_line(out, 1, 3,
                 "DEGREES   DEGREES        DB     DEGREES   DEGREES        DB     DEGREES   "
                 "DEGREES       DB");
    size_t total = pattern->theta_count * pattern->phi_count, rows = (total + 2) / 3;
    /* the last row is short by one or two entries, and the columns after the first start
     * accordingly earlier */
    size_t missing = 3 * rows - total;
    size_t start[3] = {0, rows, 2 * rows - (missing == 2 ? 1 : 0)};
    for (size_t row = 0; row < rows; row++) {
        size_t entries = row + 1 == rows ? 3 - missing : 3;
        fputc('\n', out);
        for (size_t column = 0; column < entries; column++) {
            size_t k = start[column] + row;
            size_t i = k % pattern->theta_count, j = k / pattern->theta_count;
            fprintf(out, "%s" NORMALISED_ENTRY, column > 0 ? "  " : "", pattern->theta_deg[i],
                    pattern->phi_deg[j], chosen_gain(pattern, i, j) - norm);
        }
    }
}

void ali_nec_pattern(const ali_nec_view *view, const alicorn_pattern *pattern,
                     const int plot_flags[4])
{
    ground_parameters(view, pattern->mode);
    if (pattern->mode == ALI_PATTERN_SURFACE_WAVE) {
        surface_pattern(view->out, pattern);
        return;
    }
    far_pattern(view, pattern, plot_flags);
    if (pattern->average)
        fprintf(view->out,
                "\n\n\n  AVERAGE POWER GAIN: %11.4E - SOLID ANGLE USED IN AVERAGING: "
                "(%+7.4f)*PI STERADIANS",
                pattern->average_gain, pattern->solid_angle / ALI_PI);
    if (pattern->normalised >= 1 && pattern->normalised <= 5)
        normalised_gain(view->out, pattern);
}
