/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_geometry.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_reader.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

void ali_nec_geometry_clear(ali_nec_geometry *geometry)
{
    free(geometry->points);
    free(geometry->radii);
    free(geometry->runs);
    free(geometry->by_tag);
    free(geometry->before);
    free(geometry->patches.patches);
    *geometry = (ali_nec_geometry){0};
}

/* ---- growing ---- */

/** Make room for `more` elements. Returns 0, or -1 when memory is out. */
static int reserve(void **items, size_t *capacity, size_t count, size_t more, size_t size)
{
    if (more <= *capacity - count)
        return 0;
    size_t wanted = *capacity;
    while (wanted - count < more)
        wanted = wanted ? wanted * 2 : 64;
    void *grown = realloc(*items, wanted * size);
    if (!grown)
        return -1;
    *items = grown;
    *capacity = wanted;
    return 0;
}

/** Report that a card wants more segments than there may be. */
static alicorn_status report_too_many(ali_nec_reader *reader, const ali_nec_card *card, int field,
                                      double segments)
{
    reader->geometry.broken = true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-segments", card, field,
                   "%s makes a structure of %.10g segments, expected at most %d", card->rule->name,
                   segments, ALI_NEC_MAX_SEGMENTS);
    return ALICORN_OK;
}

/** Append an empty run of `count` segments and give its place; the caller fills points and radii.
 *  The number of segments must have been checked. */
static alicorn_status append_run(ali_nec_reader *reader, size_t count, int tag, ali_origin origin,
                                 ali_nec_run **run)
{
    ali_nec_geometry *g = &reader->geometry;
    if (reserve((void **)&g->points, &g->point_capacity, g->point_count, count + 1,
                sizeof *g->points) ||
        reserve((void **)&g->radii, &g->radius_capacity, g->segment_count, count,
                sizeof *g->radii) ||
        reserve((void **)&g->runs, &g->run_capacity, g->run_count, 1, sizeof *g->runs))
        return ali_error_memory(reader->error, count * sizeof *g->points, "segments");
    *run = &g->runs[g->run_count++];
    **run = (ali_nec_run){.first_point = g->point_count,
                          .first_segment = g->segment_count,
                          .count = count,
                          .tag = tag,
                          .origin = origin};
    g->point_count += count + 1;
    g->segment_count += count;
    return ALICORN_OK;
}

/** Start a wire of I2 segments with the tag I1; *points is NULL after a report. */
static alicorn_status start_wire(ali_nec_reader *reader, const ali_nec_card *card,
                                 ali_vec3 **points, double **radii)
{
    ali_nec_geometry *g = &reader->geometry;
    size_t count = (size_t)card->integer[1];
    ali_nec_run *run;
    *points = NULL;
    if (count > ALI_NEC_MAX_SEGMENTS - g->segment_count)
        return report_too_many(reader, card, 1, (double)g->segment_count + (double)count);
    alicorn_status status = append_run(reader, count, card->integer[0], ali_nec_origin(card), &run);
    if (status != ALICORN_OK)
        return status;
    *points = &g->points[run->first_point];
    *radii = &g->radii[run->first_segment];
    return ALICORN_OK;
}

/** Report a wire with segments of no length or of infinite coordinates: NEC-2 stops at them. */
static void check_wire(ali_nec_reader *reader, const ali_nec_card *card, const ali_vec3 *points)
{
    const double shortest = 1e-20; /* m, NEC-2's limit */
    for (int i = 0; i < card->integer[1]; i++) {
        double length = ali_vec3_distance(points[i], points[i + 1]);
        if (length > shortest && isfinite(length))
            continue;
        reader->geometry.broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "zero-length", card, -1,
                       "segment %d of this %s has the length %g m, expected more than 0", i + 1,
                       card->rule->name, length);
        return;
    }
}

/* ---- wires ---- */

/** Straight wire; `ratio` of a segment's length to that of the one before, radii from first to last
 * geometrically. */
static alicorn_status add_straight(ali_nec_reader *reader, const ali_nec_card *card, double ratio,
                                   double first_radius, double last_radius)
{
    ali_vec3 *points;
    double *radii;
    alicorn_status status = start_wire(reader, card, &points, &radii);
    if (!points)
        return status;
    const double *f = card->real;
    ali_vec3 start = {f[0], f[1], f[2]}, end = {f[3], f[4], f[5]};
    int count = card->integer[1];
    const double same = 1e-6; /* NEC-2 treats ratios closer to 1 as 1 */
    bool even = fabs(ratio - 1) < same;
    double whole = even ? count : (1 - pow(ratio, count)) / (1 - ratio);
    for (int i = 0; i <= count; i++) {
        double part = even ? i : (1 - pow(ratio, i)) / (1 - ratio);
        points[i] = i == count ? end : ali_vec3_axpy(start, part / whole, ali_vec3_sub(end, start));
    }
    for (int i = 0; i < count; i++)
        radii[i] = i == 0 ? first_radius
                          : first_radius * pow(last_radius / first_radius, i / (count - 1.0));
    check_wire(reader, card, points);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_gw(ali_nec_reader *reader, const ali_nec_card *card)
{
    double radius = card->real[6];
    if (radius > 0)
        return add_straight(reader, card, 1, radius, radius);
    reader->geometry.tapered = true;
    reader->geometry.waiting = *card;
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_gc(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    if (!g->tapered) {
        if (!g->broken)
            ALI_NEC_REPORT(reader, ALICORN_ERROR, "taper", card, -1,
                           "GC without a wire to taper, expected a GW card with radius 0 before");
        return ALICORN_OK;
    }
    g->tapered = false;
    return add_straight(reader, &g->waiting, card->real[0], card->real[1], card->real[2]);
}

void ali_nec_geometry_check_waiting(ali_nec_reader *reader, const char *next_name)
{
    ali_nec_geometry *g = &reader->geometry;
    ali_nec_patch_check_corners(reader, next_name);
    if (!g->tapered || (next_name && next_name[0] == 'G' && next_name[1] == 'C'))
        return;
    g->tapered = false;
    g->broken = true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "taper", &g->waiting, 8,
                   "GW F7 (wire radius): 0 stands for a tapered wire, expected a GC card on the "
                   "next line or a radius above 0");
}

alicorn_status ali_nec_handle_ga(ali_nec_reader *reader, const ali_nec_card *card)
{
    double radius = card->real[0], from = card->real[1], to = card->real[2];
    const double full_turn = 360.00001; /* degrees, with NEC-2's tolerance */
    if (fabs(to - from) >= full_turn) {
        reader->geometry.broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "arc", card, 4,
                       "GA F3 (angle of end 2): the arc spans %g degrees, expected at most 360",
                       fabs(to - from));
        return ALICORN_OK;
    }
    ali_vec3 *points;
    double *radii;
    alicorn_status status = start_wire(reader, card, &points, &radii);
    if (!points)
        return status;
    int count = card->integer[1];
    for (int i = 0; i <= count; i++) {
        double angle = (from + (to - from) * i / count) * ALI_DEGREE;
        points[i] = (ali_vec3){radius * cos(angle), 0, radius * sin(angle)};
    }
    for (int i = 0; i < count; i++)
        radii[i] = card->real[3];
    check_wire(reader, card, points);
    return ALICORN_OK;
}

/** Whether the helix card makes sense; reports if not. */
static bool check_helix(ali_nec_reader *reader, const ali_nec_card *card)
{
    if (card->real[0] == 0)
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "helix", card, 2,
                       "GH F1 (spacing between turns): 0 makes endless turns, expected another "
                       "number");
    else if (card->real[1] == 0)
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "helix", card, 3,
                       "GH F2 (length along z): NEC-2 divides by it, expected another number than "
                       "0; a flat spiral has a small one, such as 1e-6");
    else
        return true;
    reader->geometry.broken = true;
    return false;
}

/** Helix or conical spiral, with NEC-2's peculiarities: B1 and B2 left at 0 follow A1 and A2,
 * except that B1 stays 0 on a cone; a left-handed helix exchanges x and y. */
alicorn_status ali_nec_handle_gh(ali_nec_reader *reader, const ali_nec_card *card)
{
    if (!check_helix(reader, card))
        return ALICORN_OK;
    ali_vec3 *points;
    double *radii;
    alicorn_status status = start_wire(reader, card, &points, &radii);
    if (!points)
        return status;
    double spacing = card->real[0], length = fabs(card->real[1]);
    double a1 = card->real[2], b1 = card->real[3], a2 = card->real[4], b2 = card->real[5];
    if (a1 == a2) {
        b1 = b1 == 0 ? a1 : b1;
        b2 = b1; /* NEC-2 looks at B2 on cones only */
    } else if (b2 == 0) {
        b2 = a2;
    }
    int count = card->integer[1];
    for (int i = 0; i <= count; i++) {
        double part = (double)i / count;
        double z = length * part;
        double turn = 2 * ALI_PI * (z / spacing);
        double x = (a1 + (a2 - a1) * part) * cos(turn);
        double y = (b1 + (b2 - b1) * part) * sin(turn);
        points[i] = card->real[1] > 0 ? (ali_vec3){x, y, z} : (ali_vec3){y, x, z};
    }
    for (int i = 0; i < count; i++)
        radii[i] = card->real[6];
    check_wire(reader, card, points);
    return ALICORN_OK;
}

/* ---- transformations ---- */

/** Count work; false when the deck's transformations come to too much, which is reported, or when
 * they no longer matter because the structure is broken. */
static bool spend(ali_nec_reader *reader, const ali_nec_card *card, double segments)
{
    ali_nec_geometry *g = &reader->geometry;
    if (g->broken)
        return false;
    g->moves += segments + (double)g->run_count + (double)g->patches.count;
    if (g->moves <= ALI_NEC_MAX_MOVES)
        return true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-segments", card, -1,
                   "the GM, GR, GX and GS cards move segments and patches more than %g times, "
                   "expected fewer cards",
                   ALI_NEC_MAX_MOVES);
    g->broken = true;
    return false;
}

/** Tag of a moved wire; reports and returns false when it does not fit. */
static bool step_tag(ali_nec_reader *reader, const ali_nec_card *card, int tag, long long step,
                     int *result)
{
    long long sum = tag == 0 ? 0 : tag + step;
    *result = (int)sum;
    if (llabs(sum) <= ALI_NEC_MAX_TAG)
        return true;
    reader->geometry.broken = true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "tag", card, 0,
                   "%s I1 (tag increment): gives the tag %lld, expected at most %d",
                   card->rule->name, sum, ALI_NEC_MAX_TAG);
    return false;
}

/** What a transformation concerns: runs and patches, first … end-1 of each. */
typedef struct range {
    size_t first_run, end_run, first_patch, end_patch;
} range;

static range everything(const ali_nec_geometry *g)
{
    return (range){0, g->run_count, 0, g->patches.count};
}

static bool is_empty(const ali_nec_geometry *g)
{
    return g->run_count == 0 && g->patches.count == 0;
}

/** Append moved copies of a range, their tags stepped. *done is false after a report. */
static alicorn_status copy_range(ali_nec_reader *reader, const ali_nec_card *card, range which,
                                 const ali_nec_motion *m, long long tag_step, bool *done)
{
    ali_nec_geometry *g = &reader->geometry;
    *done = false;
    for (size_t r = which.first_run; r < which.end_run; r++) {
        int tag;
        if (!step_tag(reader, card, g->runs[r].tag, tag_step, &tag))
            return ALICORN_OK;
        ali_nec_run *copy;
        alicorn_status status = append_run(reader, g->runs[r].count, tag, g->runs[r].origin, &copy);
        if (status != ALICORN_OK)
            return status;
        const ali_nec_run *run = &g->runs[r]; /* append_run may have moved the array */
        for (size_t i = 0; i <= run->count; i++)
            g->points[copy->first_point + i] =
                ali_nec_move_point(m, g->points[run->first_point + i]);
        for (size_t i = 0; i < run->count; i++)
            g->radii[copy->first_segment + i] = g->radii[run->first_segment + i];
    }
    if (ali_nec_patch_copy(&g->patches, which.first_patch, which.end_patch, m))
        return ali_error_memory(reader->error, sizeof(ali_nec_patch), "patches");
    *done = true;
    return ALICORN_OK;
}

/** Whether `copies` copies of `segments` segments and of all patches fit; reports at `field` if
 * not.
 */
static bool check_copies(ali_nec_reader *reader, const ali_nec_card *card, int field,
                         size_t segments, double copies)
{
    double patches = (double)reader->geometry.patches.count * (copies + 1.0);
    if (patches > ALI_NEC_MAX_PATCHES) {
        reader->geometry.broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-patches", card, field,
                       "%s makes a structure of %.10g patches, expected at most %d",
                       card->rule->name, patches, ALI_NEC_MAX_PATCHES);
        return false;
    }
    double total = (double)reader->geometry.segment_count + copies * (double)segments;
    if (total > ALI_NEC_MAX_SEGMENTS) {
        report_too_many(reader, card, field, total);
        return false;
    }
    return spend(reader, card, copies * (double)segments);
}

static void warn_no_structure(ali_nec_reader *reader, const ali_nec_card *card)
{
    if (!reader->geometry.broken)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "no-effect", card, -1,
                       "%s has no effect: there is no wire or patch before it", card->rule->name);
}

/** The first segment (from 1) of the structure that touches or crosses the plane where coordinate
 * `axis` is 0, as NEC-2 tests it; 0 if none does. */
static size_t segment_in_plane(const ali_nec_geometry *g, int axis)
{
    for (size_t r = 0; r < g->run_count; r++) {
        const ali_vec3 *p = &g->points[g->runs[r].first_point];
        for (size_t i = 0; i < g->runs[r].count; i++) {
            double a = axis == 0 ? p[i].x : axis == 1 ? p[i].y : p[i].z;
            double b = axis == 0 ? p[i + 1].x : axis == 1 ? p[i + 1].y : p[i + 1].z;
            if (fabs(a) + fabs(b) <= 1e-5 || a * b < -1e-6)
                return g->runs[r].first_segment + i + 1;
        }
    }
    return 0;
}

/** Report a patch whose centre lies in the plane of a reflection, as NEC-2 does. */
static bool patch_in_plane(ali_nec_reader *reader, const ali_nec_card *card, int axis)
{
    static const char *const planes[3] = {"yz", "xz", "xy"};
    const ali_nec_geometry *g = &reader->geometry;
    const double in_plane = 1e-10; /* m, NEC-2's limit */
    for (size_t i = 0; i < g->patches.count; i++) {
        ali_vec3 c = g->patches.patches[i].centre;
        if (fabs(axis == 0 ? c.x : axis == 1 ? c.y : c.z) > in_plane)
            continue;
        if (!g->broken)
            ALI_NEC_REPORT(reader, ALICORN_ERROR, "reflection", card, 1,
                           "GX I2 (planes): the middle of patch %zu lies in the %s plane, expected "
                           "all patches on one side",
                           i + 1, planes[axis]);
        reader->geometry.broken = true;
        return true;
    }
    return false;
}

alicorn_status ali_nec_handle_gx(ali_nec_reader *reader, const ali_nec_card *card)
{
    static const char *const planes[3] = {"yz", "xz", "xy"};
    ali_nec_geometry *g = &reader->geometry;
    int digits = card->integer[1];
    bool along[3] = {digits / 100 != 0, digits / 10 % 10 != 0, digits % 10 != 0};
    long long tag_step = card->integer[0];
    if (is_empty(g) || digits == 0)
        warn_no_structure(reader, card);
    for (int axis = 2; axis >= 0; axis--) { /* z first, as NEC-2: the tags depend on it */
        if (!along[axis] || is_empty(g))
            continue;
        size_t segment = segment_in_plane(g, axis);
        if (segment) {
            if (!g->broken)
                ALI_NEC_REPORT(reader, ALICORN_ERROR, "reflection", card, 1,
                               "GX I2 (planes): segment %zu lies in or crosses the %s plane, "
                               "expected all wires on one side",
                               segment, planes[axis]);
            g->broken = true;
            return ALICORN_OK;
        }
        if (patch_in_plane(reader, card, axis))
            return ALICORN_OK;
        ali_nec_motion m = {.row = {{axis == 0 ? -1 : 1, 0, 0},
                                    {0, axis == 1 ? -1 : 1, 0},
                                    {0, 0, axis == 2 ? -1 : 1}}};
        bool done = check_copies(reader, card, 1, g->segment_count, 1);
        if (!done)
            return ALICORN_OK;
        alicorn_status status = copy_range(reader, card, everything(g), &m, tag_step, &done);
        if (status != ALICORN_OK || !done)
            return status;
        tag_step *= 2;
    }
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_gr(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    int positions = card->integer[1];
    range whole = everything(g);
    if (is_empty(g))
        warn_no_structure(reader, card);
    if (is_empty(g) || !check_copies(reader, card, 1, g->segment_count, positions - 1.0))
        return ALICORN_OK;
    for (int k = 1; k < positions; k++) {
        double angle = 2 * ALI_PI * k / positions;
        double c = cos(angle), s = sin(angle);
        ali_nec_motion m = {.row = {{c, -s, 0}, {s, c, 0}, {0, 0, 1}}};
        bool done;
        alicorn_status status =
            copy_range(reader, card, whole, &m, (long long)k * card->integer[0], &done);
        if (status != ALICORN_OK || !done)
            return status;
    }
    return ALICORN_OK;
}

/** Rotate around x, then y, then z, then shift. Angles in degrees. */
static ali_nec_motion rotation_xyz(const double *angle, const double *shift)
{
    double sx = sin(angle[0] * ALI_DEGREE), cx = cos(angle[0] * ALI_DEGREE);
    double sy = sin(angle[1] * ALI_DEGREE), cy = cos(angle[1] * ALI_DEGREE);
    double sz = sin(angle[2] * ALI_DEGREE), cz = cos(angle[2] * ALI_DEGREE);
    return (ali_nec_motion){.row = {{cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx},
                                    {sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx},
                                    {-sy, cy * sx, cy * cx}},
                            .shift = {shift[0], shift[1], shift[2]}};
}

/** First run that GM concerns; run_count after a report. */
static size_t first_moved_run(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    double tag = card->real[6];
    size_t run = 0;
    if (tag != round(tag)) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 8,
                       "GM F7 (first tag concerned): %.10g is not a whole number, expected a tag",
                       tag);
        g->broken = true;
        return g->run_count;
    }
    if (tag != 0 && !spend(reader, card, 0))
        return g->run_count;
    while (tag != 0 && run < g->run_count && g->runs[run].tag != (int)tag)
        run++;
    if (run == g->run_count && g->run_count > 0) {
        if (!g->broken)
            ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, 8,
                           "GM F7 (first tag concerned): no segment has the tag %d, expected one "
                           "of the wires before",
                           (int)tag);
        g->broken = true;
    }
    return run;
}

/** Move a range in place, its tags stepped. */
static void move_range(ali_nec_reader *reader, const ali_nec_card *card, range which,
                       const ali_nec_motion *m)
{
    ali_nec_geometry *g = &reader->geometry;
    for (size_t r = which.first_run; r < which.end_run; r++) {
        ali_nec_run *run = &g->runs[r];
        if (!step_tag(reader, card, run->tag, card->integer[0], &run->tag))
            return;
        for (size_t i = 0; i <= run->count; i++)
            g->points[run->first_point + i] =
                ali_nec_move_point(m, g->points[run->first_point + i]);
    }
    for (size_t i = which.first_patch; i < which.end_patch; i++)
        ali_nec_patch_move(&g->patches, i, m);
}

/** Patches have no tags: GM concerns all of them, whatever its first tag. */
alicorn_status ali_nec_handle_gm(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    ali_nec_motion m = rotation_xyz(card->real, card->real + 3);
    range which = everything(g);
    if (is_empty(g))
        warn_no_structure(reader, card);
    if (g->run_count > 0 || card->real[6] != round(card->real[6]))
        which.first_run = first_moved_run(reader, card);
    if (is_empty(g) || g->broken)
        return ALICORN_OK;
    size_t segments = which.first_run < which.end_run
                          ? g->segment_count - g->runs[which.first_run].first_segment
                          : 0;
    int copies = card->integer[1];
    if (copies > 0 ? !check_copies(reader, card, 1, segments, copies)
                   : !spend(reader, card, (double)segments))
        return ALICORN_OK;
    if (copies == 0)
        move_range(reader, card, which, &m);
    for (int k = 0; k < copies; k++) { /* each copy is a copy of the one before */
        bool done;
        alicorn_status status = copy_range(reader, card, which, &m, card->integer[0], &done);
        if (status != ALICORN_OK || !done)
            return status;
        which = (range){which.end_run, g->run_count, which.end_patch, g->patches.count};
    }
    return ALICORN_OK;
}

/** GS's factor: F1, or I1's unit when F1 is left out; 0 after a report. */
static double scale_factor(ali_nec_reader *reader, const ali_nec_card *card)
{
    const double foot = 0.3048, inch = 0.0254;
    if (card->real[0] > 0)
        return card->real[0];
    if (card->integer[0] == 1 && card->integer[1] == 0)
        return foot;
    if (card->integer[0] == 2 && card->integer[1] == 0)
        return inch;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 2,
                   "GS F1 (factor): is 0, expected more than 0");
    reader->geometry.broken = true;
    return 0;
}

alicorn_status ali_nec_handle_gs(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    double factor = scale_factor(reader, card);
    int low = card->integer[0], high = card->integer[1];
    bool some = low > 0 && high >= low; /* xnec2c's extension */
    if (is_empty(g))
        warn_no_structure(reader, card);
    if (factor == 0 || is_empty(g) || !spend(reader, card, (double)g->segment_count))
        return ALICORN_OK;
    if (some)
        ALI_NEC_REPORT(reader, ALICORN_NOTE, "tag-range", card, 0,
                       "only the tags %d to %d are scaled, as xnec2c does it; NEC-2 would scale "
                       "the whole structure",
                       low, high);
    else if ((low != 0 || high != 0) && card->real[0] > 0)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "unused-field", card, 0,
                       "GS I1, I2 have no effect beside a factor, unless I2 is at least I1 and "
                       "both are tags");
    for (size_t r = 0; r < g->run_count; r++) {
        const ali_nec_run *run = &g->runs[r];
        if (some && (run->tag < low || run->tag > high))
            continue;
        for (size_t i = 0; i <= run->count; i++)
            g->points[run->first_point + i] =
                ali_vec3_scale(factor, g->points[run->first_point + i]);
        for (size_t i = 0; i < run->count; i++)
            g->radii[run->first_segment + i] *= factor;
    }
    const ali_nec_motion scale = {.row = {{factor, 0, 0}, {0, factor, 0}, {0, 0, factor}}};
    for (size_t i = 0; i < g->patches.count && !some; i++)
        ali_nec_patch_move(&g->patches, i, &scale);
    return ALICORN_OK;
}
