/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_control.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Cards that set the state of the next run. */

#define MEGAHERTZ 1e6

void ali_nec_control_start(ali_nec_control *control, int ge_flag)
{
    *control = (ali_nec_control){.stale = true, .open_task = ALI_NONE, .coupling_task = ALI_NONE};
    ali_task_init(&control->state);
    control->state.ground.connect = ge_flag > 0;
    control->state.ground.current_to_zero = ge_flag < 0;
}

void ali_nec_control_clear(ali_nec_control *control)
{
    ali_task_clear(&control->state);
    free(control->asked);
    free(control->early);
    free(control->near);
    *control = (ali_nec_control){.open_task = ALI_NONE, .coupling_task = ALI_NONE};
}

/** Whether this card begins a list: the card before was of another kind. */
static bool begins_list(ali_nec_reader *reader, ali_nec_group group)
{
    bool begins = reader->control.group != group;
    reader->control.group = group;
    return begins;
}

/** A list that was never run is about to be forgotten, as NEC-2 does without a word. */
static void warn_dropped(ali_nec_reader *reader, const ali_nec_card *card, const char *what,
                         size_t count, int line)
{
    if (count > 0)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "list-restarted", card, -1,
                       "%s behind other cards starts a new list: %zu %s before it (line %d on) "
                       "never ran and are forgotten, as in NEC-2; put these cards together to "
                       "have them all",
                       card->rule->name, count, what, line);
}

/** Report a list that has grown beyond all use; false then. */
static bool check_list(ali_nec_reader *reader, const ali_nec_card *card, size_t count)
{
    if (count < ALI_NEC_MAX_TASK_ITEMS)
        return true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-items", card, -1,
                   "the list of %s cards covers more than %d segments, expected fewer",
                   card->rule->name, ALI_NEC_MAX_TASK_ITEMS);
    return false;
}

/* ---- frequency ---- */

/** Whether every frequency of the set is positive and finite; reports if not. */
static bool check_frequencies(ali_nec_reader *reader, const ali_nec_card *card, int count)
{
    double start = card->real[0], step = card->real[1];
    bool multiply = card->integer[0] == 1;
    if (multiply && count > 1 && !(step > 0)) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 5,
                       "FR F2 (increment, or factor): the factor is %g, expected more than 0",
                       step);
        return false;
    }
    double last = multiply ? start * pow(step, count - 1) : start + (count - 1) * step;
    if (last > 0 && isfinite(last * MEGAHERTZ))
        return true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 5,
                   "FR F2 (increment, or factor): the last frequency is %g MHz, expected more "
                   "than 0",
                   last);
    return false;
}

alicorn_status ali_nec_handle_fr(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    c->group = ALI_NEC_GROUP_OTHER;
    int count = card->integer[1] == 0 ? 1 : card->integer[1];
    if (!check_frequencies(reader, card, count))
        return ALICORN_OK;
    if (c->frequency_used)
        c->state.frequency_count = 0;
    if (c->state.frequency_count + (size_t)count > ALI_NEC_MAX_FREQUENCIES) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 1,
                       "FR I2 (number of frequencies): more than %d together with the FR cards "
                       "before, expected fewer",
                       ALI_NEC_MAX_FREQUENCIES);
        return ALICORN_OK;
    }
    if (c->state.frequency_count > 0)
        ALI_NEC_REPORT(reader, ALICORN_NOTE, "several-fr", card, -1,
                       "added to the frequencies of the FR card before; NEC-2 would forget those");
    for (int i = 0; i < count; i++) {
        if (ali_grow((void **)&c->state.frequencies, &c->frequency_capacity,
                     c->state.frequency_count, sizeof *c->state.frequencies))
            return ali_error_memory(reader->error, sizeof(double), "frequencies");
        double value = card->integer[0] == 1 ? card->real[0] * pow(card->real[1], i)
                                             : card->real[0] + i * card->real[1];
        c->state.frequencies[c->state.frequency_count++] = value * MEGAHERTZ;
    }
    c->frequency_used = c->swept = false;
    ali_nec_flow_change(reader, card);
    return ALICORN_OK;
}

/* ---- loads ---- */

static alicorn_status add_load(ali_nec_reader *reader, const ali_nec_card *card, size_t first,
                               size_t last)
{
    ali_nec_control *c = &reader->control;
    ali_load *loads = c->state.loads;
    size_t count = c->state.load_count;
    bool continues = count > 0 && loads[count - 1].last + 1 == first &&
                     loads[count - 1].origin.line == card->line;
    if (continues) {
        loads[count - 1].last = last;
        return ALICORN_OK;
    }
    if (ali_grow((void **)&c->state.loads, &c->load_capacity, count, sizeof *loads))
        return ali_error_memory(reader->error, sizeof *loads, "loads");
    c->state.loads[c->state.load_count++] =
        (ali_load){.kind = (ali_load_kind)card->integer[0],
                   .first = first,
                   .last = last,
                   .value = {card->real[0], card->real[1], card->real[2]},
                   .origin = ali_nec_origin(card)};
    return ALICORN_OK;
}

/** The segments an LD card names, counted from 0 within its tag. Returns false after a report. */
static bool load_range(ali_nec_reader *reader, const ali_nec_card *card, size_t count, size_t *from,
                       size_t *to)
{
    int first = card->integer[2], last = card->integer[3] ? card->integer[3] : first;
    if (last < first) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 3,
                       "LD I4 (last segment): %d is before the first, %d, expected at least that",
                       last, first);
        return false;
    }
    if (first == 0) {
        if (last > 0)
            ALI_NEC_REPORT(reader, ALICORN_WARNING, "unused-field", card, 3,
                           "LD I4 (last segment): %d has no effect while I3 is 0, which means all "
                           "segments",
                           last);
        *from = 0;
        *to = count - 1;
        return true;
    }
    if ((size_t)first > count) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, 2,
                       "LD I3 (first segment): there is no segment %d, expected 1 to %zu", first,
                       count);
        return false;
    }
    if ((size_t)last > count) {
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "range-clipped", card, 3,
                       "LD I4 (last segment): there is no segment %d, loaded up to the last one, "
                       "%zu",
                       last, count);
        last = (int)count;
    }
    *from = (size_t)first - 1;
    *to = (size_t)last - 1;
    return true;
}

/** Load segments from … to of the tag whose runs are by_tag[first … end-1]. */
static alicorn_status load_tag(ali_nec_reader *reader, const ali_nec_card *card, size_t first,
                               size_t end, size_t from, size_t to)
{
    const ali_nec_geometry *g = &reader->geometry;
    for (size_t i = first; i < end; i++) {
        const ali_nec_run *run = &g->runs[g->by_tag[i]];
        size_t low = g->before[i], high = g->before[i] + run->count - 1;
        if (high < from || low > to)
            continue;
        size_t begin = from > low ? from - low : 0;
        size_t stop = to < high ? to - low : run->count - 1;
        if (!check_list(reader, card, reader->control.state.load_count))
            return ALICORN_OK;
        alicorn_status status =
            add_load(reader, card, run->first_segment + begin, run->first_segment + stop);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** What the field rules cannot say: a parallel circuit of nothing is no circuit, and NEC-2 knows no
 * permeability. */
static bool check_load(ali_nec_reader *reader, const ali_nec_card *card)
{
    int kind = card->integer[0];
    if (kind == ALI_LOAD_CONDUCTIVITY && card->real[1] != 0 && card->real[1] != 1) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 5,
                       "LD F2 (relative permeability): %g is NEC-4's, expected nothing or 1",
                       card->real[1]);
        return false;
    }
    bool parallel = kind == ALI_LOAD_PARALLEL_RLC || kind == ALI_LOAD_PARALLEL_RLC_PER_METRE;
    if (!parallel || card->real[0] != 0 || card->real[1] != 0 || card->real[2] != 0)
        return true;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 4,
                   "LD %d: R, L and C in parallel are all 0, expected one of them", kind);
    return false;
}

alicorn_status ali_nec_handle_ld(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    const ali_nec_geometry *g = &reader->geometry;
    bool begins = begins_list(reader, ALI_NEC_GROUP_LOAD), none = card->integer[0] == -1;
    if (begins && !none && !c->load_used && c->state.load_count > 0)
        warn_dropped(reader, card, "loads", c->state.load_count, c->state.loads[0].origin.line);
    if (begins || none)
        c->state.load_count = 0;
    c->load_used = false;
    ali_nec_flow_change(reader, card);
    if (none || g->broken || !check_load(reader, card))
        return ALICORN_OK;
    int tag = card->integer[1];
    size_t first = 0, end = 0, from, to;
    size_t count = tag == 0 ? g->segment_count : ali_nec_tag_runs(g, tag, &first, &end);
    if (count == 0) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, 1,
                       "LD I2 (tag): no segment has the tag %d, expected the tag of a wire", tag);
        return ALICORN_OK;
    }
    if (!load_range(reader, card, count, &from, &to))
        return ALICORN_OK;
    return tag == 0 ? add_load(reader, card, from, to)
                    : load_tag(reader, card, first, end, from, to);
}

/* ---- ground ---- */

/** Second medium from real fields `first` on; a row of zeros takes it away. */
static void set_second_medium(ali_nec_reader *reader, const ali_nec_card *card, int first)
{
    ali_ground *ground = &reader->control.state.ground;
    const double *f = card->real + first;
    ground->has_second = f[0] != 0 || f[1] != 0 || f[2] != 0 || f[3] != 0;
    ground->second = (ali_medium){.eps_r = f[0], .sigma = f[1]};
    ground->cliff_distance = f[2];
    ground->cliff_height = f[3];
    if (ground->has_second && (!(f[0] > 0) || f[1] < 0))
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 4 + first,
                       "%s F%d, F%d (second medium): permittivity %g and conductivity %g S/m, "
                       "expected more than 0 and at least 0",
                       card->rule->name, first + 1, first + 2, f[0], f[1]);
}

static void set_screen(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_ground *ground = &reader->control.state.ground;
    ground->radial_count = card->integer[1];
    ground->radial_length = card->real[2];
    ground->radial_radius = card->real[3];
    if (!(card->real[2] > 0) || !(card->real[3] > 0))
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 6,
                       "GN F3, F4 (radial screen): radius %g m and wire radius %g m, expected "
                       "both more than 0",
                       card->real[2], card->real[3]);
    if (card->real[4] != 0 || card->real[5] != 0)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "unused-field", card, 8,
                       "GN F5, F6 have no meaning beside a radial screen, expected a GD card for "
                       "the second medium");
}

alicorn_status ali_nec_handle_gn(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    ali_ground *ground = &c->state.ground;
    c->group = ALI_NEC_GROUP_OTHER;
    ali_nec_flow_change(reader, card);
    ground->origin = ali_nec_origin(card);
    ground->radial_count = 0;
    ground->radial_length = ground->radial_radius = 0;
    ground->medium = (ali_medium){0};
    if (card->integer[0] == -1) {
        ground->kind = ALI_GROUND_NONE;
        return ALICORN_OK;
    }
    static const ali_ground_kind kinds[] = {ALI_GROUND_REFLECTION, ALI_GROUND_PEC,
                                            ALI_GROUND_SOMMERFELD};
    ground->kind = kinds[card->integer[0]];
    if (ali_ground_is_lossy(ground)) {
        double sigma = card->real[1];
        ground->medium = (ali_medium){.eps_r = card->real[0],
                                      .sigma = sigma > 0 ? sigma : 0,
                                      .eps_imag = sigma < 0 ? -sigma : 0};
    }
    if (card->integer[1] > 0 && ground->kind == ALI_GROUND_REFLECTION)
        set_screen(reader, card);
    else
        set_second_medium(reader, card, 2);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_gd(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.group = ALI_NEC_GROUP_OTHER;
    ali_nec_flow_change(reader, card);
    set_second_medium(reader, card, 0);
    return ALICORN_OK;
}

/* ---- excitation ---- */

/** I4 of EX: tens digit asymmetry, units digit normalised impedance. NEC-5 has the end of the
 * segment there. */
static bool check_ex_option(ali_nec_reader *reader, const ali_nec_card *card)
{
    int option = card->integer[3];
    bool nec2 = option % 10 <= 1 && option / 10 <= 1;
    if (nec2 && (option % 10 == 0 || !reader->says_nec5)) {
        if (option % 10 == 1)
            ALI_NEC_REPORT(reader, ALICORN_WARNING, "maybe-nec5", card, 3,
                           "EX I4 = %d is read as NEC-2's 'print normalised impedance'; in a "
                           "NEC-5 deck it would put the source at end 1 of the segment",
                           option);
        return true;
    }
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "nec5-source", card, 3,
                   "EX I4 = %d: NEC-5 puts a source at an end of the segment, NEC-2 in its "
                   "middle, expected NEC-2's 0%s",
                   option,
                   reader->says_nec5 ? ", as a comment of this deck names NEC-5" : ", 1, 10 or 11");
    return false;
}

/** Start or continue the excitation; the new one is of the given kind. */
static ali_drive *begin_drive(ali_nec_reader *reader, const ali_nec_card *card, ali_drive_kind kind)
{
    ali_nec_control *c = &reader->control;
    ali_drive *drive = &c->state.drive;
    bool begins = begins_list(reader, ALI_NEC_GROUP_SOURCE);
    bool sources = kind == ALI_DRIVE_SOURCES && drive->kind == ALI_DRIVE_SOURCES;
    if (begins || !sources) {
        size_t dropped =
            drive->kind == ALI_DRIVE_SOURCES ? drive->source_count : drive->kind != ALI_DRIVE_NONE;
        if (!c->source_used)
            warn_dropped(reader, card, "excitations", dropped, drive->origin.line);
        drive->source_count = 0;
        drive->origin = ali_nec_origin(card);
    }
    drive->kind = kind;
    drive->print_asymmetry = card->integer[3] / 10 % 10 != 0;
    drive->print_normalised = false;
    drive->normalisation_ohm = 0;
    c->source_used = false;
    ali_nec_flow_change(reader, card);
    return drive;
}

alicorn_status ali_nec_handle_ex(ali_nec_reader *reader, const ali_nec_card *card)
{
    if (!check_ex_option(reader, card))
        return ALICORN_OK;
    ali_drive *drive = begin_drive(reader, card, ALI_DRIVE_SOURCES);
    if (card->integer[3] % 10 == 1) {
        drive->print_normalised = true;
        drive->normalisation_ohm = card->real[2];
    }
    size_t segment;
    if (!check_list(reader, card, drive->source_count) ||
        !ali_nec_find_segment(reader, card, 1, 2, &segment))
        return ALICORN_OK;
    double complex voltage = card->real[0] + card->real[1] * I;
    const double nothing = 1e-20; /* V, NEC-2's limit */
    if (cabs(voltage) < nothing) {
        voltage = 1;
        if (card->field[4].length > 0)
            ALI_NEC_REPORT(reader, ALICORN_NOTE, "zero-voltage", card, 4,
                           "a voltage of 0 means 1 V, as in NEC-2");
    }
    if (ali_grow((void **)&drive->sources, &reader->control.source_capacity, drive->source_count,
                 sizeof *drive->sources))
        return ali_error_memory(reader->error, sizeof *drive->sources, "sources");
    drive->sources[drive->source_count++] =
        (ali_source){.kind = card->integer[0] == 5 ? ALI_SOURCE_SEGMENT_END : ALI_SOURCE_GAP,
                     .segment = segment,
                     .voltage = voltage,
                     .origin = ali_nec_origin(card)};
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_ex_wave(ali_nec_reader *reader, const ali_nec_card *card)
{
    size_t theta_count = card->integer[1] ? (size_t)card->integer[1] : 1;
    size_t phi_count = card->integer[2] ? (size_t)card->integer[2] : 1;
    if ((double)theta_count * (double)phi_count > ALI_NEC_MAX_POINTS) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-points", card, 1,
                       "EX I2, I3 (angles): %zu x %zu plane waves, expected at most %d",
                       theta_count, phi_count, ALI_NEC_MAX_POINTS);
        return ALICORN_OK;
    }
    const double *f = card->real;
    ali_drive *drive = begin_drive(reader, card, ALI_DRIVE_PLANE_WAVE);
    drive->waves = (ali_plane_waves){
        .polarisation = card->integer[0] == 1   ? ALI_POL_LINEAR
                        : card->integer[0] == 2 ? ALI_POL_RIGHT
                                                : ALI_POL_LEFT,
        .theta_count = theta_count,
        .phi_count = phi_count,
        .theta_start = f[0] * ALI_DEGREE,
        .phi_start = f[1] * ALI_DEGREE,
        .eta = f[2] * ALI_DEGREE,
        .theta_step = f[3] * ALI_DEGREE,
        .phi_step = f[4] * ALI_DEGREE,
        .axial_ratio = card->integer[0] == 1 ? 0 : f[5],
    };
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_ex_element(ali_nec_reader *reader, const ali_nec_card *card)
{
    const double *f = card->real;
    ali_drive *drive = begin_drive(reader, card, ALI_DRIVE_CURRENT_ELEMENT);
    drive->element = (ali_current_element){.position = {f[0], f[1], f[2]},
                                           .alpha = f[3] * ALI_DEGREE,
                                           .beta = f[4] * ALI_DEGREE,
                                           .moment = f[5]};
    return ALICORN_OK;
}

/* ---- networks ---- */

/** Begin or continue the list of networks; false if the card only empties it or was reported. */
static bool begin_network(ali_nec_reader *reader, const ali_nec_card *card, ali_network *network)
{
    ali_nec_control *c = &reader->control;
    bool begins = begins_list(reader, ALI_NEC_GROUP_NETWORK), none = card->integer[1] == -1;
    if (begins && !none && !c->network_used && c->state.network_count > 0)
        warn_dropped(reader, card, "networks", c->state.network_count,
                     c->state.networks[0].origin.line);
    if (begins || none)
        c->state.network_count = 0;
    c->network_used = false;
    ali_nec_flow_change(reader, card);
    *network = (ali_network){.origin = ali_nec_origin(card)};
    if (none || !check_list(reader, card, c->state.network_count))
        return false;
    bool first = ali_nec_find_segment(reader, card, 0, 1, &network->segment[0]);
    bool second = ali_nec_find_segment(reader, card, 2, 3, &network->segment[1]);
    return first && second;
}

static alicorn_status add_network(ali_nec_reader *reader, const ali_network *network)
{
    ali_nec_control *c = &reader->control;
    if (ali_grow((void **)&c->state.networks, &c->network_capacity, c->state.network_count,
                 sizeof *network))
        return ali_error_memory(reader->error, sizeof *network, "networks");
    c->state.networks[c->state.network_count++] = *network;
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_nt(ali_nec_reader *reader, const ali_nec_card *card)
{
    const double *f = card->real;
    ali_network network;
    if (!begin_network(reader, card, &network))
        return ALICORN_OK;
    network.kind = ALI_NETWORK_ADMITTANCE;
    network.y11 = f[0] + f[1] * I;
    network.y12 = f[2] + f[3] * I;
    network.y22 = f[4] + f[5] * I;
    return add_network(reader, &network);
}

alicorn_status ali_nec_handle_tl(ali_nec_reader *reader, const ali_nec_card *card)
{
    const double *f = card->real;
    ali_network network;
    if (!begin_network(reader, card, &network))
        return ALICORN_OK;
    if (f[0] == 0) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 4,
                       "TL F1 (characteristic impedance): is 0, expected another number of ohm");
        return ALICORN_OK;
    }
    if (f[1] < 0)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "line-length", card, 5,
                       "TL F2 (length): %g m is negative and means the straight distance of the "
                       "ends, as in NEC-2",
                       f[1]);
    network.kind = ALI_NETWORK_LINE;
    network.z0 = fabs(f[0]);
    network.crossed = f[0] < 0;
    network.length = f[1] > 0 ? f[1] : 0;
    network.shunt[0] = f[2] + f[3] * I;
    network.shunt[1] = f[4] + f[5] * I;
    return add_network(reader, &network);
}

/* ---- coupling ---- */

static alicorn_status add_coupling(ali_nec_reader *reader, const ali_nec_card *card, int tag_field)
{
    ali_nec_control *c = &reader->control;
    size_t segment;
    if (card->integer[tag_field + 1] == 0 || !check_list(reader, card, c->state.coupling_count) ||
        !ali_nec_find_segment(reader, card, tag_field, tag_field + 1, &segment))
        return ALICORN_OK;
    if (ali_grow((void **)&c->state.coupling, &c->coupling_capacity, c->state.coupling_count,
                 sizeof segment))
        return ali_error_memory(reader->error, sizeof segment, "coupling");
    c->state.coupling[c->state.coupling_count++] = segment;
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_cp(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    if (begins_list(reader, ALI_NEC_GROUP_COUPLING)) {
        alicorn_status status = ali_nec_flow_end_coupling(reader);
        if (status != ALICORN_OK)
            return status;
        c->coupling_origin = ali_nec_origin(card);
    }
    ali_nec_flow_change(reader, card);
    alicorn_status status = ALICORN_OK;
    if (card->integer[1] != 0) /* NEC-2 looks at the second pair only behind a first */
        status = add_coupling(reader, card, 0);
    if (card->integer[1] != 0 && status == ALICORN_OK)
        status = add_coupling(reader, card, 2);
    return status;
}

/* ---- what is only recorded ---- */

alicorn_status ali_nec_handle_ek(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.group = ALI_NEC_GROUP_OTHER;
    reader->control.state.extended_kernel = card->integer[0] != -1;
    ali_nec_flow_change(reader, card);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_kh(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.group = ALI_NEC_GROUP_OTHER;
    reader->control.state.interaction_range = card->real[0];
    ali_nec_flow_change(reader, card);
    return ALICORN_OK;
}

/** I1 … I4 of PT and PQ, with NEC-2's way of completing them. */
static ali_print_control print_control(const ali_nec_card *card)
{
    int format = card->integer[0], first = card->integer[2], last = card->integer[3];
    if (first == 0 && format != -1)
        format = -2;
    return (ali_print_control){format, card->integer[1], first, last == 0 ? first : last};
}

alicorn_status ali_nec_handle_pt(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.state.print_currents = print_control(card);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_pq(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.state.print_charges = print_control(card);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_pl(ali_nec_reader *reader, const ali_nec_card *card)
{
    memcpy(reader->control.state.plot, card->integer, sizeof card->integer);
    return ALICORN_OK;
}

alicorn_status ali_nec_handle_zo(ali_nec_reader *reader, const ali_nec_card *card)
{
    ALI_NEC_REPORT(reader, ALICORN_NOTE, "no-effect", card, -1,
                   "ZO only sets the reference impedance of xnec2c's plots; to use it here solve "
                   "with --z0 %d",
                   card->integer[0]);
    return ALICORN_OK;
}
