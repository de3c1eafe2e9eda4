/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "output/far_files.h"
#include "output/isolation.h"
#include "output/writer.h"

#include <math.h>
#include <string.h>

/* MSI Planet's .msi: a header, and the attenuation against the largest gain in steps of one degree
 * over two full circles. The horizontal angle runs clockwise as on a compass, the vertical one
 * downwards from the horizon; both begin at the antenna's bearing, which is +x here. Source:
 * [MsiPlanet:2023] */

enum { CIRCLE = 360 };

/** Gain over a half-wave dipole, as the trade rounds it [dBi]. */
static const double DIPOLE_DBI = 2.15;
/** Attenuation of a direction without any field, and the largest that is written [dB]. */
static const double LARGEST_DB = 99.9;

/** Total gain along the two circles [dBi], NAN where no pattern has the direction. */
typedef struct cuts {
    double horizontal[CIRCLE], vertical[CIRCLE];
} cuts;

/** Angle as a whole number of degrees 0 … 359, or -1 if it is none. */
static int whole_degrees(double angle_deg)
{
    double rounded = nearbyint(angle_deg);
    if (!(fabs(angle_deg - rounded) < 1e-6))
        return -1;
    int degrees = (int)fmod(rounded, CIRCLE);
    return degrees < 0 ? degrees + CIRCLE : degrees;
}

/** Enter one direction, theta and phi in whole degrees 0 … 359, where it lies on a circle. */
static void enter(cuts *cut, int theta, int phi, double gain_dbi)
{
    if (theta > 180) { /* the same direction with theta up to 180 */
        theta = CIRCLE - theta;
        phi = (phi + 180) % CIRCLE;
    }
    if (theta == 90)
        cut->horizontal[(CIRCLE - phi) % CIRCLE] = gain_dbi;
    if (phi == 0 || theta == 0 || theta == 180)
        cut->vertical[(theta - 90 + CIRCLE) % CIRCLE] = gain_dbi;
    else if (phi == 180)
        cut->vertical[270 - theta] = gain_dbi;
}

/** Find the circles among all patterns of one solve. */
static void find_cuts(const ali_far_content *content, cuts *cut)
{
    for (size_t k = 0; k < CIRCLE; k++)
        cut->horizontal[k] = cut->vertical[k] = NAN;
    for (size_t b = 0; b < content->count; b++) {
        const alicorn_pattern *pattern = ali_far_pattern(&content->blocks[b]);
        for (size_t j = 0; j < pattern->phi_count; j++) {
            for (size_t i = 0; i < pattern->theta_count; i++) {
                int theta = whole_degrees(pattern->theta_deg[i]);
                int phi = whole_degrees(pattern->phi_deg[j]);
                if (theta >= 0 && phi >= 0)
                    enter(cut, theta, phi, alicorn_pattern_at(pattern, i, j).total_dbi);
            }
        }
    }
}

static double largest(const double gain_dbi[CIRCLE], size_t *where)
{
    *where = 0;
    for (size_t k = 1; k < CIRCLE; k++)
        if (gain_dbi[k] > gain_dbi[*where])
            *where = k;
    return gain_dbi[*where];
}

static alicorn_status check_complete(const cuts *cut, const ali_far_block *block,
                                     alicorn_error *error)
{
    size_t missing[2] = {0, 0}, where[2];
    for (size_t k = 0; k < CIRCLE; k++) {
        missing[0] += isnan(cut->horizontal[k]) != 0;
        missing[1] += isnan(cut->vertical[k]) != 0;
    }
    if (missing[0] + missing[1])
        return ali_error_set(error, ALICORN_E_USAGE,
                             "task %zu: the patterns lack %zu of 360 directions in the horizontal "
                             "and %zu in the vertical plane; an .msi file needs theta = 90 with "
                             "phi = 0, 1 ... 359 and phi = 0 with theta = 0, 1 ... 359 degrees",
                             block->solve->task + 1, missing[0], missing[1]);
    if (isinf(largest(cut->horizontal, &where[0])) && isinf(largest(cut->vertical, &where[1])))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "task %zu: nothing is radiated in either plane, so an .msi file has "
                             "no gain to refer to",
                             block->solve->task + 1);
    return ALICORN_OK;
}

alicorn_status ali_far_check_msi(const ali_far_content *content, alicorn_error *error)
{
    char text[80];
    for (size_t b = 0; b < content->count; b++) {
        const ali_far_block *block = &content->blocks[b];
        if (ali_far_pattern(block)->directive)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "%s has directive gain; an .msi file holds power gain",
                                 ali_far_block_text(text, block));
        if (block->solve != content->blocks[0].solve)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "%s: frequency %.15g Hz occurs twice, and an .msi file holds one "
                                 "solve",
                                 ali_far_block_text(text, block), block->solve->frequency_hz);
    }
    cuts cut;
    find_cuts(content, &cut);
    return check_complete(&cut, content->blocks, error);
}

/* ---- writing ---- */

/** From the largest gain to 3 dB below it in one sense of rotation [degrees]; NAN if all of the
 * circle is above. */
static double half_width(const double gain_dbi[CIRCLE], size_t peak, size_t step)
{
    double limit = gain_dbi[peak] - 3.0, before = gain_dbi[peak];
    for (size_t k = 1; k < CIRCLE; k++) {
        double here = gain_dbi[(peak + k * step) % CIRCLE];
        if (here <= limit)
            return isinf(here) ? (double)k : (double)k - (here - limit) / (here - before);
        before = here;
    }
    return NAN;
}

/** Width of the beam 3 dB below its largest gain, left out where the gain does not fall that far.
 */
static void put_width(FILE *stream, const char *key, const double gain_dbi[CIRCLE])
{
    size_t peak;
    largest(gain_dbi, &peak);
    double width = half_width(gain_dbi, peak, 1) + half_width(gain_dbi, peak, CIRCLE - 1);
    if (isfinite(width))
        fprintf(stream, "%s %.1f\n", key, width);
}

static void put_front_to_back(FILE *stream, const double gain_dbi[CIRCLE])
{
    size_t peak;
    double ratio_db = largest(gain_dbi, &peak) - gain_dbi[(peak + CIRCLE / 2) % CIRCLE];
    if (isfinite(ratio_db))
        fprintf(stream, "FRONT_TO_BACK %.2f\n", ratio_db);
}

static void put_circle(FILE *stream, const char *key, const double gain_dbi[CIRCLE], double peak)
{
    fprintf(stream, "%s %d\n", key, CIRCLE);
    for (int k = 0; k < CIRCLE; k++)
        fprintf(stream, "%d %.3f\n", k, fmin(peak - gain_dbi[k], LARGEST_DB));
}

static void put_name(FILE *stream, const ali_far_content *content)
{
    const alicorn_solve_result *solve = content->blocks->solve;
    const char *port = ali_driven_port(solve);
    fputs("NAME ", stream);
    ali_put_ascii(stream, content->model->name[0] ? content->model->name : "model");
    if (port) {
        fputc(' ', stream);
        ali_put_ascii(stream, port);
    }
    fprintf(stream, "\nMAKE Alicorn %s\n", alicorn_version());
    fprintf(stream, "FREQUENCY %.9g\n", solve->frequency_hz / 1e6);
}

void ali_far_write_msi(const ali_far_content *content, FILE *stream)
{
    cuts cut;
    size_t where;
    find_cuts(content, &cut);
    double peak = fmax(largest(cut.horizontal, &where), largest(cut.vertical, &where));
    put_name(stream, content);
    put_width(stream, "H_WIDTH", cut.horizontal);
    put_width(stream, "V_WIDTH", cut.vertical);
    put_front_to_back(stream, cut.horizontal);
    fprintf(stream, "GAIN %.3f dBd\n", peak - DIPOLE_DBI);
    put_circle(stream, "HORIZONTAL", cut.horizontal, peak);
    put_circle(stream, "VERTICAL", cut.vertical, peak);
}
