/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "base/constants.h"
#include "mesh/joints.h"

#include <stdio.h>

/** Ends this part of their segment above the ground look as if they were meant to reach it … */
static const double missed_part = 0.01;
/** … unless they are more than this many radii up. */
static const double missed_radii = 10.0;
/** Segments that rise less than this part of their length are horizontal. */
static const double horizontal_rise = 0.5;
/** Lowest height [wavelengths] at which reflection coefficients stand for the ground's reaction:
 * there a dipole's impedance is 7 % off, at 0.1 it is 16 %, at 0.2 it is 3 % (nec2c, GN 0 against
 * GN 2, eps_r 13, 5 mS/m). */
static const double lowest_reflection = 0.15;
/** Impedance [ohm] of a wire's own contact with soil that may be left out without a word. */
static const double small_contact = 1.0;
/** Validity of a current that is even around a wire in a medium: |k2| a. */
static const double thickest_in_soil = 0.3;

/** The worst segment of a kind, and how many wires have one. */
typedef struct lowest {
    size_t segment, wires, last_wire;
    double height;
} lowest;

static void note_lowest(const ali_lint *lint, lowest *found, size_t segment, double height)
{
    size_t wire = lint->model->segments[segment].wire;
    if (found->wires == 0 || height < found->height) {
        found->segment = segment;
        found->height = height;
    }
    if (found->wires == 0 || wire != found->last_wire)
        found->wires++;
    found->last_wire = wire;
}

/** " (and 2 more wires)", or nothing. */
static ali_lint_text more_wires(const lowest *found)
{
    ali_lint_text text = {""};
    if (found->wires > 1)
        snprintf(text.text, sizeof text.text, " (and %zu more wire%s)", found->wires - 1,
                 found->wires == 2 ? "" : "s");
    return text;
}

static bool end_at_zero(const ali_lint *lint, size_t end)
{
    return lint->node_at_zero[lint->node_of_end[end]];
}

static double end_height(const ali_lint *lint, size_t end)
{
    return end_at_zero(lint, end) ? 0.0 : ali_lint_end_point(lint, end).z;
}

/** One segment over a ground plane. */
static void place_segment(const ali_lint *lint, size_t s, lowest found[ALI_LINT_KIND_COUNT])
{
    double radius = lint->model->segments[s].radius, length = lint->length[s];
    double z0 = end_height(lint, 2 * s), z1 = end_height(lint, 2 * s + 1);
    double bottom = fmin(z0, z1), nearest = z0 * z1 > 0.0 ? fmin(fabs(z0), fabs(z1)) : 0.0;
    double meant = fmin(missed_part * length, missed_radii * radius);
    bool horizontal = fabs(z1 - z0) < horizontal_rise * length;
    bool hangs = lint->node_first[lint->node_of_end[2 * s + (z1 < z0)] + 1] -
                     lint->node_first[lint->node_of_end[2 * s + (z1 < z0)]] ==
                 1;
    if (bottom < 0.0 && !lint->soil)
        note_lowest(lint, &found[ALI_LINT_BELOW_GROUND], s, bottom);
    else if (z0 == 0.0 && z1 == 0.0 && !lint->soil)
        note_lowest(lint, &found[ALI_LINT_IN_GROUND_PLANE], s, 0.0);
    else if (nearest > 0.0 && nearest < radius && horizontal)
        note_lowest(lint, &found[ALI_LINT_NEAR_GROUND], s, nearest);
    else if (bottom > 0.0 && bottom < fmax(radius, meant) && hangs && !(horizontal && lint->soil))
        note_lowest(lint, &found[ALI_LINT_MISSES_GROUND], s, bottom);
}

/** Height up to which an end of the segment is put into z = 0 [m]. */
static double contact_reach(const ali_lint *lint, size_t s)
{
    return lint->soil ? ali_joints_soil_reach(&lint->model->segments[s])
                      : ALI_JOINT_TOLERANCE * lint->length[s];
}

static void check_places(ali_lint *lint)
{
    lowest found[ALI_LINT_KIND_COUNT] = {{0}};
    for (size_t s = 0; s < lint->model->segment_count; s++)
        if (lint->length[s] > 0.0)
            place_segment(lint, s, found);
    const lowest *below = &found[ALI_LINT_BELOW_GROUND], *in = &found[ALI_LINT_IN_GROUND_PLANE];
    const lowest *near = &found[ALI_LINT_NEAR_GROUND], *miss = &found[ALI_LINT_MISSES_GROUND];
    const ali_segment *segments = lint->model->segments;
    if (below->wires > 0)
        ali_lint_add_wire(lint, ALI_LINT_BELOW_GROUND, segments[below->segment].wire,
                          "%s reaches down to z = %.4g m, below the ground at z = 0%s",
                          ali_lint_segment_name(lint, below->segment).text, below->height,
                          more_wires(below).text);
    if (in->wires > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_IN_GROUND_PLANE, segments[in->segment].wire,
            "%s lies in the ground plane z = 0: both its ends touch it, and its image "
            "cancels it%s",
            ali_lint_segment_name(lint, in->segment).text, more_wires(in).text);
    if (near->wires > 0)
        ali_lint_add_wire(lint, ALI_LINT_NEAR_GROUND, segments[near->segment].wire,
                          "%s comes within %.4g m of the ground, less than its radius, %.4g m: "
                          "its surface dips in%s",
                          ali_lint_segment_name(lint, near->segment).text, near->height,
                          segments[near->segment].radius, more_wires(near).text);
    if (miss->wires > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_MISSES_GROUND, segments[miss->segment].wire,
            "%s ends %.4g m above the ground without a connection: it connects within "
            "%.3g m%s",
            ali_lint_segment_name(lint, miss->segment).text, miss->height,
            contact_reach(lint, miss->segment), more_wires(miss).text);
}

/* ---- what GE and GN say ---- */

/** Ends at z = 0 that a ground would be connected with, and segments below. */
static void find_feet(const ali_lint *lint, lowest *feet, lowest *below)
{
    for (size_t end = 0; end < 2 * lint->model->segment_count; end++) {
        if (!(lint->length[end / 2] > 0.0))
            continue;
        if (ali_lint_is_grounded(lint, lint->node_of_end[end]))
            note_lowest(lint, feet, end / 2, 0.0);
        else if (ali_lint_end_point(lint, end).z < 0.0)
            note_lowest(lint, below, end / 2, ali_lint_end_point(lint, end).z);
    }
}

/** GE 1 without a ground: what it does to wires that reach down to z = 0. */
static void check_missing_ground(ali_lint *lint, const ali_task *task)
{
    lowest feet = {0}, below = {0};
    ali_lint_text card = ali_lint_card_name(task->origin);
    if (task->ground.kind != ALI_GROUND_NONE || !task->ground.connect)
        return;
    find_feet(lint, &feet, &below);
    if (feet.wires > 0)
        ali_lint_add(
            lint, ALI_LINT_GROUND_CONTRADICTION, task->origin, "GE",
            "GE 1 connects wire ends at z = 0 with a ground, but no GN card stands before "
            "the calculation%s: it is done in free space, and the end of %s%s is open; put "
            "GN before it, or say GE 0",
            card.text, ali_lint_segment_name(lint, feet.segment).text, more_wires(&feet).text);
    if (below.wires > 0)
        ali_lint_add(lint, ALI_LINT_GROUND_CONTRADICTION, task->origin, "GE",
                     "GE 1 says there is a ground at z = 0, but no GN card stands before the "
                     "calculation%s, and %s%s reaches down to z = %.4g m: NEC-2 refuses that; say "
                     "GE 0 for free space",
                     card.text, ali_lint_segment_name(lint, below.segment).text,
                     more_wires(&below).text, below.height);
}

/** GN without GE 1 or GE -1. */
static void check_missing_connection(ali_lint *lint, const ali_task *task)
{
    const ali_ground *ground = &task->ground;
    lowest feet = {0}, below = {0};
    if (ground->kind == ALI_GROUND_NONE || ground->connect || ground->current_to_zero)
        return;
    find_feet(lint, &feet, &below);
    if (feet.wires > 0)
        ali_lint_add(
            lint, ALI_LINT_GROUND_CONTRADICTION, ground->origin, "GN",
            "GN gives a ground, but GE 0 connects nothing with it: the end of %s%s at z = 0 "
            "stays open; GE 1 connects it, GE -1 says that it is meant to be open",
            ali_lint_segment_name(lint, feet.segment).text, more_wires(&feet).text);
}

/* ---- lossy ground ---- */

/** Whether the point is on the radial wire screen, where the joint's current finds a conductor. */
static bool on_screen(const ali_ground *ground, ali_vec3 point)
{
    return ground->radial_count > 0 && hypot(point.x, point.y) < ground->radial_length;
}

static void check_lossy(ali_lint *lint, const ali_task *task)
{
    const ali_ground *ground = &task->ground;
    lowest joint = {0}, low = {0};
    double wave = lint->longest_wave;
    if (ground->kind != ALI_GROUND_REFLECTION)
        return;
    for (size_t s = 0; s < lint->model->segment_count; s++) {
        if (!(lint->length[s] > 0.0))
            continue;
        double z0 = end_height(lint, 2 * s), z1 = end_height(lint, 2 * s + 1);
        for (size_t side = 0; side < 2; side++)
            if (ground->connect && end_at_zero(lint, 2 * s + side) &&
                !on_screen(ground, ali_lint_end_point(lint, 2 * s + side)))
                note_lowest(lint, &joint, s, 0.0);
        if (fabs(z1 - z0) < horizontal_rise * lint->length[s] &&
            0.5 * (z0 + z1) < lowest_reflection * wave)
            note_lowest(lint, &low, s, 0.5 * (z0 + z1));
    }
    if (joint.wires > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_LOSSY_JOINT, lint->model->segments[joint.segment].wire,
            "%s%s is connected to a lossy ground: by reflection coefficients the loss "
            "in the soil around the foot is not known; add a radial screen (GN I2), or "
            "model radials above the ground",
            ali_lint_segment_name(lint, joint.segment).text, more_wires(&joint).text);
    if (low.wires > 0)
        ali_lint_add_wire(lint, ALI_LINT_LOW_OVER_GROUND, lint->model->segments[low.segment].wire,
                          "%s lies %.4g m, %.2g wavelengths, above a lossy ground%s: reflection "
                          "coefficients serve horizontal wires from %.2g wavelengths up",
                          ali_lint_segment_name(lint, low.segment).text, low.height,
                          low.height / wave, more_wires(&low).text, lowest_reflection);
}

/* ---- a medium that wires may enter ---- */

/** Lowest and highest frequency of a task [Hz]; false without any. */
static bool find_band(const ali_task *task, double *low, double *high)
{
    *low = HUGE_VAL;
    *high = 0.0;
    for (size_t f = 0; f < task->frequency_count; f++)
        if (task->frequencies[f] > 0.0) {
            *low = fmin(*low, task->frequencies[f]);
            *high = fmax(*high, task->frequencies[f]);
        }
    return *high > 0.0;
}

/** Wires that end on the medium and are taken to be connected to it without resistance, though they
 * have nothing but the disc of their own end to meet it. */
static void check_contact(ali_lint *lint, const ali_task *task, double frequency)
{
    lowest thin = {0};
    if (!task->ground.connect)
        return;
    for (size_t end = 0; end < 2 * lint->model->segment_count; end++)
        if (lint->length[end / 2] > 0.0 && ali_lint_is_grounded(lint, lint->node_of_end[end]))
            note_lowest(lint, &thin, end / 2, lint->model->segments[end / 2].radius);
    if (thin.wires == 0)
        return;
    double omega = 2.0 * ALI_PI * frequency;
    double complex permittivity = ali_medium_permittivity(&task->ground.medium, omega);
    /* a disc between air and a medium: Q/V = 4 (eps + 1) eps0 a */
    double complex contact =
        1.0 / (4.0 * I * omega * ALI_EPS0 * (permittivity + 1.0) * thin.height);
    if (cabs(contact) < small_contact)
        return;
    ali_lint_add_wire(lint, ALI_LINT_GROUND_CONTACT, lint->model->segments[thin.segment].wire,
                      "%s%s stands on the ground and counts as connected to it without "
                      "resistance; its own end, a disc of %.4g m radius, would have %.3g - j%.3g "
                      "ohm at %.6g MHz (--ground-contact disc); model ground rods and radials by "
                      "wires that go on below z = 0",
                      ali_lint_segment_name(lint, thin.segment).text, more_wires(&thin).text,
                      thin.height, creal(contact), -cimag(contact), frequency * 1e-6);
}

/** What lies on or below the surface, and whether it is thin enough to. */
static void check_inside(ali_lint *lint, const ali_task *task, double frequency)
{
    lowest inside = {0}, thick = {0};
    double omega = 2.0 * ALI_PI * frequency;
    double complex k2 =
        omega / ALI_C0 * csqrt(ali_medium_permittivity(&task->ground.medium, omega));
    for (size_t s = 0; s < lint->model->segment_count; s++) {
        if (!(lint->length[s] > 0.0))
            continue;
        double bottom = fmin(end_height(lint, 2 * s), end_height(lint, 2 * s + 1));
        bool lies = end_at_zero(lint, 2 * s) && end_at_zero(lint, 2 * s + 1);
        double radius = lint->model->segments[s].radius;
        if (bottom < 0.0 || lies)
            note_lowest(lint, &inside, s, bottom);
        if (bottom < 0.0 && cabs(k2) * radius > thickest_in_soil)
            note_lowest(lint, &thick, s, -radius);
    }
    bool deck = task->ground.origin.card[0] != '\0';
    if (inside.wires > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_WIRE_IN_GROUND, lint->model->segments[inside.segment].wire,
            "%s%s lies %s the ground: solved as a bare wire in the medium, whatever crosses z = 0 "
            "goes on there%s",
            ali_lint_segment_name(lint, inside.segment).text, more_wires(&inside).text,
            inside.height < 0.0 ? "below" : "on",
            deck && task->ground.connect ? " with GE 1, too, where NEC-4 wants GE -1" : "");
    if (thick.wires > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_THICK_IN_GROUND, lint->model->segments[thick.segment].wire,
            "%s%s has a radius of %.4g m in the ground: |k2|a = %.3g at %.6g MHz, expected at most "
            "%.3g, a radius of %.3g m; a current that is not even around the wire is not modelled",
            ali_lint_segment_name(lint, thick.segment).text, more_wires(&thick).text, -thick.height,
            -thick.height * cabs(k2), frequency * 1e-6, thickest_in_soil,
            thickest_in_soil / cabs(k2));
}

/** Once, for the first task over a medium that wires may enter. */
static void check_medium(ali_lint *lint)
{
    for (size_t t = 0; t < lint->model->task_count; t++) {
        const ali_task *task = &lint->model->tasks[t];
        double low, high;
        if (task->ground.kind != ALI_GROUND_SOMMERFELD || !find_band(task, &low, &high))
            continue;
        check_contact(lint, task, low);
        check_inside(lint, task, high);
        return;
    }
}

void ali_lint_check_ground(ali_lint *lint)
{
    if (lint->ground)
        check_places(lint);
    check_medium(lint);
    for (size_t t = 0; t < lint->model->task_count; t++) {
        check_missing_ground(lint, &lint->model->tasks[t]);
        check_missing_connection(lint, &lint->model->tasks[t]);
        check_lossy(lint, &lint->model->tasks[t]);
    }
}
