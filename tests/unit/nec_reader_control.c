/* SPDX-License-Identifier: Apache-2.0 */
/* The deck reader: control cards, and the order in which NEC-2 obeys them. */
#include "nec_reader_support.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** Two dipoles of 9 segments, tags 1 and 2: lines 1 to 4. */
#define PAIR "CE\nGW 1 9 0 0 1 0 0 1.5 .001\nGW 2 9 1 0 1 1 0 1.5 .001\nGE 0\n"

static const double degree = 3.14159265358979323846 / 180;

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(1, fabs(b));
}

/* ---- the order of things ---- */

/** Tasks in short: frequency [MHz] or first..last(count), then R, E, H, C (coupling), X (currents
 * only). */
static void describe_tasks(const ali_model *model, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t t = 0; t < model->task_count; t++) {
        const ali_task *task = &model->tasks[t];
        size_t n = task->frequency_count;
        used += (size_t)snprintf(text + used, size - used, "%s%g", t ? " | " : "",
                                 task->frequencies[0] / 1e6);
        if (n > 1)
            used += (size_t)snprintf(text + used, size - used, "..%g(%zu)",
                                     task->frequencies[n - 1] / 1e6, n);
        for (size_t r = 0; r < task->request_count; r++)
            used +=
                (size_t)snprintf(text + used, size - used, " %c", "REHCX"[task->requests[r].kind]);
    }
}

#define F1 "FR 0 1 0 0 300\n"
#define F3 "FR 0 3 0 0 300 1\n"
#define E1 "EX 0 1 5 0 1\n"
#define E2 "EX 0 2 5 0 1\n"
#define RP "RP 0 3 2 0 0 0 10 10\n"
#define NE "NE 0 1 1 2 1 1 1 0 0 1\n"
#define NH "NH 0 1 1 2 1 1 1 0 0 1\n"
#define XQ "XQ\n"
#define LD "LD 4 1 3 3 50\n"
#define CP "CP 1 5 2 5\n"

static void test_order(void **unused)
{
    (void)unused;
    const struct {
        const char *cards, *tasks, *notes;
    } cases[] = {
        /* as nec2c 1.3 does it, card for card */
        {F1 E1 XQ, "300 X", ""},
        {E1 RP, "299.8 R", ""},
        {F1 E1 RP RP NE NH, "300 R R E H", ""},
        {F1 E1 RP XQ, "300 R", ""},
        {F1 E1 XQ XQ XQ, "300 X", ""},
        {F1 E1 XQ RP, "300 X R", ""},
        {F1 E1 NE XQ, "300 E", ""},
        {F3 E1 RP, "300..302(3) R", ""},
        {F3 E1 XQ, "300..302(3) X", ""},
        {F3 E1 NE RP, "300..302(3) E R", ""},
        {F3 E1 NE XQ, "300..302(3) E X", ""},
        {F3 E1 RP RP, "300..302(3) R | 302 R", ""},
        {F3 E1 RP NE, "300..302(3) R | 302 E", ""},
        {F3 E1 RP XQ, "300..302(3) R", ""},
        {F3 E1 RP E2 RP, "300..302(3) R | 302 R", ""},
        {F3 E1 RP F3 RP, "300..302(3) R | 300..302(3) R", ""},
        {F1 E1 RP LD RP, "300 R | 300 R", ""},
        {F1 E1 RP "EK\n" RP, "300 R | 300 R", ""},
        {F1 E1 RP "KH 0 0 0 0 2\n" XQ, "300 R | 300 X", ""},
        {F1 E1 RP "PT -1\nPQ 0\nPL 3 1 0 4\n" RP, "300 R R", ""},
        {F1 E1 "XQ 1\nXQ 3\n", "300 R R", ""},
        {F1 E1 "GN 1\n" XQ "GN -1\n" XQ, "300 X | 300 X", ""},
        {"FR 1 3 0 0 100 2\n" E1 XQ, "100..400(3) X", ""},
        {"FR 0 0 0 0 7\n" E1 XQ, "7 X", ""},
        /* where NEC-2 would lose something */
        {F1 E1, "300 X", ""},
        {E1, "299.8 X", ""},
        {F3 E1 NE, "300..302(3) E", ""},
        {F3 E1 NE NH RP, "300..302(3) E H R", ""},
        {F1, "", ""},
        {F1 "FR 0 2 0 0 20 1\n" E1 XQ, "300..21(3) X", "6 several-fr\n"},
        {E1 RP F3, "299.8 R | 300..302(3) R", "7 after-last-run\n"},
        {F3 E1 NE RP LD, "300..302(3) E R | 300..302(3) E R", "9 after-last-run\n"},
        {F1 E1 RP NE LD RP "GN 1\n", "300 R E | 300 R | 300 R", "11 after-last-run\n"},
        {F1 RP E1, "300 R", "6 before-excitation\n"},
        {F1 E1 LD E2 XQ, "300 X", "8 list-restarted\n"},
        {F1 LD E1 "LD 4 2 3 3 50\n" XQ, "300 X", "8 list-restarted\n"},
        {F1 E1 RP "EK\n", "300 R", ""},
        /* coupling: asked where NEC-2 has driven every port, otherwise in the last task */
        {F1 CP E1 XQ E2 XQ, "300 X | 300 X C", ""},
        {F1 CP E2 XQ E1 XQ, "300 X | 300 X C", ""},
        {F1 CP E1 XQ, "300 X C", ""},
        {F3 CP E1 RP, "300..302(3) R C", ""},
        {F1 E1 XQ CP XQ, "300 X | 300 X C", ""},
        {F1 CP E1 XQ "CP\n" E1 XQ, "300 X C | 300 X", ""},
        {F1 "CP 1 5\n" E1 XQ, "300 X", "6 no-effect\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char deck[600], tasks[300], notes[NOTES_SIZE];
        snprintf(deck, sizeof deck, PAIR "%sEN\n", cases[i].cards);
        ali_model *model = read_good(deck, notes);
        describe_tasks(model, tasks, sizeof tasks);
        if (strcmp(tasks, cases[i].tasks) != 0 || strcmp(notes, cases[i].notes) != 0)
            fail_msg("%s gives '%s' with '%s', expected '%s' with '%s'", cases[i].cards, tasks,
                     notes, cases[i].tasks, cases[i].notes);
        alicorn_model_destroy(model);
    }
}

/** A task has the state of its moment: lists start anew, what does not change stays. */
static void test_state(void **unused)
{
    (void)unused;
    ali_model *model = read_good(PAIR "FR 0 1 0 0 10\nLD 4 1 3 3 50\nLD 5 0 0 0 58e6\nGN 1\n"
                                      "TL 1 5 2 5 -300 2 .1 .2 .3 .4\nNT 1 1 2 1 1 2 3 4 5 6\n"
                                      "EX 0 1 5 0 1 2\nEX 5 2 4 0 3\nPT 0 1 2 4\nXQ\n"
                                      "LD -1\nEX 0 2 5\nXQ\nTL 0 -1\nXQ\n",
                                 NULL);
    assert_int_equal(model->task_count, 3);
    const ali_task *a = &model->tasks[0], *b = &model->tasks[1], *c = &model->tasks[2];
    assert_int_equal(a->load_count, 2);
    assert_int_equal(a->loads[0].kind, ALI_LOAD_IMPEDANCE);
    assert_int_equal(a->loads[0].first, 2);
    assert_int_equal(a->loads[0].last, 2);
    assert_int_equal(a->loads[1].kind, ALI_LOAD_CONDUCTIVITY);
    assert_int_equal(a->loads[1].first, 0);
    assert_int_equal(a->loads[1].last, 17);
    assert_int_equal(a->ground.kind, ALI_GROUND_PEC);
    assert_int_equal(a->network_count, 2);
    const ali_network *line = &a->networks[0], *network = &a->networks[1];
    assert_int_equal(line->kind, ALI_NETWORK_LINE);
    assert_true(line->segment[0] == 4 && line->segment[1] == 13 && line->crossed);
    assert_true(line->z0 == 300 && line->length == 2);
    assert_true(line->shunt[0] == .1 + .2 * I && line->shunt[1] == .3 + .4 * I);
    assert_int_equal(network->kind, ALI_NETWORK_ADMITTANCE);
    assert_true(network->y11 == 1 + 2 * I && network->y12 == 3 + 4 * I &&
                network->y22 == 5 + 6 * I);
    assert_int_equal(a->drive.kind, ALI_DRIVE_SOURCES);
    assert_int_equal(a->drive.source_count, 2);
    assert_true(a->drive.sources[0].voltage == 1 + 2 * I);
    assert_int_equal(a->drive.sources[1].kind, ALI_SOURCE_SEGMENT_END);
    assert_int_equal(a->drive.sources[1].segment, 12);
    assert_int_equal(a->print_currents.format, 0);
    assert_int_equal(a->print_currents.tag, 1);
    assert_int_equal(a->print_currents.first, 2);
    assert_int_equal(a->print_currents.last, 4);
    assert_int_equal(a->origin.line, 14);

    assert_int_equal(b->load_count, 0);
    assert_int_equal(b->network_count, 2);
    assert_int_equal(b->drive.source_count, 1);
    assert_true(b->drive.sources[0].voltage == 1); /* no voltage given: 1 V */
    assert_int_equal(b->ground.kind, ALI_GROUND_PEC);
    assert_int_equal(c->network_count, 0);
    assert_int_equal(c->drive.source_count, 1);
    alicorn_model_destroy(model);
}

static void test_jobs(void **unused)
{
    (void)unused;
    ali_model *model = read_good("CM one\nCE\nGW 1 3 0 0 0 0 0 1 .001\nGE 1\nGN 1\nFR 0 1 0 0 30\n"
                                 "EX 0 1 1\nXQ\nNX\nCM two\nCE\nSY h=2\nGW 7 5 0 0 0 0 0 h .001\n"
                                 "GE\nEX 0 7 3\nXQ\nNX\nEN\n",
                                 NULL);
    assert_string_equal(model->comment, "one");
    assert_int_equal(model->segment_count, 3);
    assert_true(model->tasks[0].ground.connect);
    assert_int_equal(model->echo_count, 5);
    const ali_model *second = model->next;
    assert_non_null(second);
    assert_string_equal(second->comment, "two");
    assert_string_equal(second->name, "test.nec");
    assert_int_equal(second->segment_count, 5);
    assert_int_equal(second->tasks[0].ground.kind, ALI_GROUND_NONE);
    assert_true(second->tasks[0].frequencies[0] == 299.8e6);
    assert_int_equal(second->tasks[0].drive.sources[0].segment, 2);
    assert_null(second->next);
    alicorn_model_destroy(model);
    assert_string_equal(read_bad("GW 1 3 0 0 0 0 0 1 .001\nGE\nNX\nGW 1 3 0 0 0 0 0 1 .001\nEN\n"),
                        "5:1: the deck ends within the geometry, expected a GE card\n");
}

/* ---- single cards ---- */

static ali_model *one_task(const char *cards)
{
    char deck[600];
    snprintf(deck, sizeof deck, PAIR "%s", cards);
    ali_model *model = read_good(deck, NULL);
    assert_int_equal(model->task_count, 1);
    return model;
}

static void test_frequencies(void **unused)
{
    (void)unused;
    ali_model *model = one_task("FR 0 11 0 0 14 .035\nEX 0 1 5\nXQ\n");
    for (int i = 0; i < 11; i++)
        assert_true(close_to(model->tasks[0].frequencies[i], (14 + .035 * i) * 1e6));
    alicorn_model_destroy(model);
    model = one_task("FR 1 4 0 0 10 1.5\nEX 0 1 5\nXQ\n");
    assert_true(close_to(model->tasks[0].frequencies[3], 33.75e6));
    alicorn_model_destroy(model);
    model = one_task("FR 0 3 0 0 14 -2\nEX 0 1 5\nXQ\n");
    assert_true(close_to(model->tasks[0].frequencies[2], 10e6));
    alicorn_model_destroy(model);
}

static void test_ground(void **unused)
{
    (void)unused;
    ali_model *model =
        read_good("GW 1 3 0 0 0 0 0 1 .001\nGE -1\nEX 0 1 1\n"
                  "GN 0 0 0 0 13 .005 4 .001 50 2\nXQ\nGN 0 16 0 0 80 -4 10 .005\nXQ\n"
                  "GD 0 0 0 0 5 .01 30 1\nXQ\nGN 1\nRP 0\nGN 2 0 0 0 20 .03 4 .001 50 2\nXQ\n",
                  NULL);
    assert_int_equal(model->task_count, 4); /* XQ behind GD has nothing new to compute */
    const ali_ground *a = &model->tasks[0].ground, *b = &model->tasks[1].ground,
                     *c = &model->tasks[2].ground;
    assert_true(!a->connect && a->current_to_zero);
    assert_int_equal(a->kind, ALI_GROUND_REFLECTION);
    assert_true(a->medium.eps_r == 13 && a->medium.sigma == .005 && a->medium.eps_imag == 0);
    assert_true(a->has_second && a->second.eps_r == 4 && a->second.sigma == .001);
    assert_true(a->cliff_distance == 50 && a->cliff_height == 2);
    /* A negative conductivity is the imaginary part of the permittivity; a screen leaves the second
     * medium alone. */
    assert_true(b->medium.eps_r == 80 && b->medium.sigma == 0 && b->medium.eps_imag == 4);
    assert_int_equal(b->radial_count, 16);
    assert_true(b->radial_length == 10 && b->radial_radius == .005);
    assert_true(b->has_second && b->second.eps_r == 4);
    /* GN without a screen sets the second medium, here to nothing. */
    assert_int_equal(c->kind, ALI_GROUND_PEC);
    assert_true(!c->has_second && c->radial_count == 0);
    const ali_ground *d = &model->tasks[3].ground;
    assert_int_equal(d->kind, ALI_GROUND_SOMMERFELD);
    assert_true(d->medium.eps_r == 20 && d->medium.sigma == .03 && d->current_to_zero);
    assert_true(d->has_second && d->second.eps_r == 4 && d->cliff_distance == 50);
    alicorn_model_destroy(model);
}

static void test_plane_waves(void **unused)
{
    (void)unused;
    ali_model *model = one_task("EX 1 3 2 10 45 30 90 15 60\nXQ\n");
    const ali_plane_waves *w = &model->tasks[0].drive.waves;
    assert_int_equal(model->tasks[0].drive.kind, ALI_DRIVE_PLANE_WAVE);
    assert_int_equal(w->polarisation, ALI_POL_LINEAR);
    assert_int_equal(w->theta_count, 3);
    assert_int_equal(w->phi_count, 2);
    assert_true(close_to(w->theta_start, 45 * degree) && close_to(w->phi_start, 30 * degree));
    assert_true(close_to(w->eta, 90 * degree));
    assert_true(close_to(w->theta_step, 15 * degree) && close_to(w->phi_step, 60 * degree));
    assert_true(model->tasks[0].drive.print_asymmetry);
    alicorn_model_destroy(model);
    model = one_task("EX 3 0 0 0 0 0 0 0 0 .5\nXQ\n");
    assert_int_equal(model->tasks[0].drive.waves.polarisation, ALI_POL_LEFT);
    assert_true(model->tasks[0].drive.waves.axial_ratio == .5);
    assert_int_equal(model->tasks[0].drive.waves.theta_count, 1);
    alicorn_model_destroy(model);
    model = one_task("EX 2\nXQ\n");
    assert_int_equal(model->tasks[0].drive.waves.polarisation, ALI_POL_RIGHT);
    alicorn_model_destroy(model);
    model = one_task("EX 4 0 0 0 1 2 3 90 45 .01\nXQ\n");
    const ali_current_element *e = &model->tasks[0].drive.element;
    assert_int_equal(model->tasks[0].drive.kind, ALI_DRIVE_CURRENT_ELEMENT);
    assert_true(e->position.x == 1 && e->position.y == 2 && e->position.z == 3);
    assert_true(close_to(e->alpha, 90 * degree) && close_to(e->beta, 45 * degree));
    assert_true(e->moment == .01);
    alicorn_model_destroy(model);
}

static void test_source_options(void **unused)
{
    (void)unused;
    char notes[NOTES_SIZE];
    ali_model *model = read_good(PAIR "EX 0 1 5 11 1 0 50\nXQ\n", notes);
    assert_true(model->tasks[0].drive.print_normalised && model->tasks[0].drive.print_asymmetry);
    assert_true(model->tasks[0].drive.normalisation_ohm == 50);
    assert_string_equal(notes, "5 maybe-nec5\n");
    alicorn_model_destroy(model);
    model = read_good(PAIR "EX 0 1 5 0 0 0\nXQ\n", notes);
    assert_true(model->tasks[0].drive.sources[0].voltage == 1);
    assert_string_equal(notes, "5 zero-voltage\n");
    alicorn_model_destroy(model);
    /* NEC-5 puts sources at segment ends: never run as NEC-2. */
    assert_string_equal(read_bad(PAIR "EX 0 1 5 2 1 0\nXQ\n"),
                        "5:10: EX I4 = 2: NEC-5 puts a source at an end of the segment, NEC-2 in "
                        "its middle, expected NEC-2's 0, 1, 10 or 11\n");
    assert_string_equal(read_bad("CM for NEC-5\n" PAIR "EX 0 1 5 1 1 0\nXQ\n"),
                        "6:10: EX I4 = 1: NEC-5 puts a source at an end of the segment, NEC-2 in "
                        "its middle, expected NEC-2's 0, as a comment of this deck names NEC-5\n");
}

static void test_pattern(void **unused)
{
    (void)unused;
    ali_model *model = one_task("EX 0 1 5\nRP 0 10 36 1512 90 0 -5 10 1e3 3\n");
    const ali_pattern_request *p = &model->tasks[0].requests[0].as.pattern;
    assert_int_equal(p->mode, ALI_PATTERN_SPACE_WAVE);
    assert_true(p->theta_count == 10 && p->phi_count == 36);
    assert_true(close_to(p->theta_start, 90 * degree) && close_to(p->theta_step, -5 * degree));
    assert_true(close_to(p->phi_start, 0) && close_to(p->phi_step, 10 * degree));
    assert_true(!p->axes && p->normalised == 5 && p->directive && p->average == 2);
    assert_true(p->distance == 1000 && p->normalisation_db == 3);
    alicorn_model_destroy(model);

    model = one_task("EX 0 1 5\nRP 0 0 0 2\n");
    p = &model->tasks[0].requests[0].as.pattern;
    assert_true(p->theta_count == 1 && p->phi_count == 1 && p->axes);
    assert_int_equal(p->average, 0); /* one direction has no average */
    alicorn_model_destroy(model);

    /* mode 1: heights and a radius in metres */
    model = one_task("EX 0 1 5\nGN 0 0 0 0 13 .005\nRP 1 20 37 0 1 2 5 10 1000\n");
    p = &model->tasks[0].requests[0].as.pattern;
    assert_int_equal(p->mode, ALI_PATTERN_SURFACE_WAVE);
    assert_true(p->theta_start == 1 && p->theta_step == 5 && p->distance == 1000);
    assert_true(close_to(p->phi_start, 2 * degree));
    alicorn_model_destroy(model);

    model = one_task("EX 0 1 5\nGN 0 16 0 0 13 .005 8 .001\nGD 0 0 0 0 4 .001 20 3\nRP 5 3 1\n");
    assert_int_equal(model->tasks[0].requests[0].as.pattern.mode, ALI_PATTERN_SCREEN_LINEAR_CLIFF);
    alicorn_model_destroy(model);

    model = one_task("EX 0 1 5\nXQ 2\n");
    p = &model->tasks[0].requests[0].as.pattern;
    assert_true(p->theta_count == 91 && p->phi_count == 1);
    assert_true(close_to(p->theta_step, degree) && close_to(p->phi_start, 90 * degree));
    alicorn_model_destroy(model);
}

static void test_near_field(void **unused)
{
    (void)unused;
    ali_model *model = one_task("EX 0 1 5\nNE 0 2 3 0 1 2 3 .1 .2 .3\nNH 1 2 3 4 1 20 30 .1 2 3\n");
    const ali_near_request *e = &model->tasks[0].requests[0].as.near,
                           *h = &model->tasks[0].requests[1].as.near;
    assert_int_equal(model->tasks[0].requests[1].kind, ALI_REQUEST_NEAR_H);
    assert_true(!e->spherical && e->count[0] == 2 && e->count[1] == 3 && e->count[2] == 1);
    assert_true(e->start[2] == 3 && e->step[2] == .3);
    assert_true(h->spherical && h->count[2] == 4 && h->start[0] == 1 && h->step[0] == .1);
    assert_true(close_to(h->start[1], 20 * degree) && close_to(h->step[2], 3 * degree));
    alicorn_model_destroy(model);
}

static void test_load_ranges(void **unused)
{
    (void)unused;
    /* Tag 1 is in two pieces around tag 2: 3, then 2 segments, at 0-2 and 5-6. */
    const char *wires = "GW 1 3 0 0 0 0 0 1 .001\nGW 2 2 1 0 0 1 0 1 .001\n"
                        "GW 1 2 2 0 0 2 0 1 .001\nGE\nEX 0 2 1\n";
    const struct {
        const char *card;
        size_t count, range[2][2];
    } cases[] = {
        {"LD 0 1 0 0 5", 2, {{0, 2}, {5, 6}}}, {"LD 0 1 2 4 5", 2, {{1, 2}, {5, 5}}},
        {"LD 0 1 4 0 5", 1, {{5, 5}}},         {"LD 0 1 5 5 5", 1, {{6, 6}}},
        {"LD 0 0 2 6 5", 1, {{1, 5}}},         {"LD 0 0 0 0 5", 1, {{0, 6}}},
        {"LD 0 2 2 9 5", 1, {{4, 4}}},         {"LD 0 1 0 3 5", 2, {{0, 2}, {5, 6}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char deck[300];
        snprintf(deck, sizeof deck, "%s%s\nXQ\n", wires, cases[i].card);
        ali_model *model = read_good(deck, NULL);
        const ali_task *task = &model->tasks[0];
        assert_int_equal(task->load_count, cases[i].count);
        for (size_t k = 0; k < cases[i].count; k++) {
            assert_int_equal(task->loads[k].first, cases[i].range[k][0]);
            assert_int_equal(task->loads[k].last, cases[i].range[k][1]);
            assert_true(task->loads[k].value[0] == 5);
        }
        alicorn_model_destroy(model);
    }
}

/* ---- errors ---- */

static void test_errors(void **unused)
{
    (void)unused;
    const struct {
        const char *card, *error;
    } cases[] = {
        {"EX 0 3 5", "5:6: EX I2 (tag): no segment has the tag 3, expected the tag of a wire\n"},
        {"EX 0 1 10", "5:8: EX I3 (segment): tag 1 has no segment 10, expected 1 to 9\n"},
        {"EX 0 0 19", "5:8: EX I3 (segment): there is no segment 19, expected 1 to 18\n"},
        {"EX 0 1", "5:1: EX I3 (segment of the tag): is missing, expected whole 1 to 1000000\n"},
        {"EX 6 1 5 0 1",
         "5:4: EX 6 (current source (4nec2)) is 4nec2's own card, expected EX 0 to EX 5\n"},
        {"EX 7 1 5", "5:4: EX I1 (type): 7 is not known, expected one of 0, 1, 2, 3, 4, 5\n"},
        {"EX 1 9999 9999", "5:6: EX I2, I3 (angles): 9999 x 9999 plane waves, expected at most "
                           "10000000\n"},
        {"FR 0 1 0 0 0",
         "5:12: FR F1 (frequency): '0' is out of range, expected more than 0 MHz\n"},
        {"FR", "5:1: FR F1 (frequency): is missing, expected more than 0 MHz\n"},
        {"FR 0 1000000000 0 0 14 .1",
         "5:6: FR I2 (number of frequencies; 0: 1): '1000000000' is out of range, expected whole "
         "0 to 100000\n"},
        {"FR 0 3 0 0 14 -7", "5:15: FR F2 (increment, or factor): the last frequency is 0 MHz, "
                             "expected more than 0\n"},
        {"FR 1 3 0 0 14", "5:1: FR F2 (increment, or factor): the factor is 0, expected more than "
                          "0\n"},
        {"FR 2 1 0 0 14",
         "5:4: FR I1 (steps: 0 linear, 1 multiplicative): '2' is out of range, expected whole 0 to "
         "1\n"},
        {"GN 2 8 0 0 13 .005 10 .001", "5:6: GN I2 (number of radial wires: no screen over this "
                                       "ground, model them by wires): '8' is out of "
                                       "range, expected whole 0\n"},
        {"GN 3 0 0 0 13 .005",
         "5:4: GN 3 (MININEC ground (4nec2)) is 4nec2's own card, expected GN -1 to GN 2\n"},
        {"GN 0", "5:1: GN F1 (relative permittivity): is missing, expected more than 0\n"},
        {"GN 0 8 0 0 13 .005",
         "5:1: GN F3, F4 (radial screen): radius 0 m and wire radius 0 m, expected both more than "
         "0\n"},
        {"LD 6 1 1 1 100 2.1uH 15pF",
         "5:4: LD 6 (trap (4nec2)) is 4nec2's own card, expected LD -1 to LD 5: write the trap as "
         "LD 1 or LD 4\n"},
        {"LD 8", "5:4: LD I1 (type): 8 is not known, expected one of -1, 0, 1, 2, 3, 4, 5\n"},
        {"LD 5 1 0 0 0",
         "5:12: LD F1 (conductivity): '0' is out of range, expected more than 0 S/m\n"},
        {"LD 5 1 0 0 58e6 100",
         "5:17: LD F2 (relative permeability): 100 is NEC-4's, expected nothing or 1\n"},
        {"LD 1 1 1 1", "5:1: LD 1: R, L and C in parallel are all 0, expected one of them\n"},
        {"LD 0 1 5 3 1",
         "5:10: LD I4 (last segment): 3 is before the first, 5, expected at least that\n"},
        {"LD 0 1 12 13 1", "5:8: LD I3 (first segment): there is no segment 12, expected 1 to 9\n"},
        {"LD 0 7 0 0 1",
         "5:6: LD I2 (tag): no segment has the tag 7, expected the tag of a wire\n"},
        {"TL 1 5 2 5", "5:1: TL F1 (characteristic impedance): is 0, expected another number of "
                       "ohm\n"},
        {"TL 1 5 2 0 50", "5:10: TL I4 (segment): tag 2 has no segment 0, expected 1 to 9\n"},
        {"NT 1 5 3 5 1",
         "5:8: NT I3 (tag): no segment has the tag 3, expected the tag of a wire\n"},
        {"EX 0 1 5\nRP 0 10000 10000",
         "6:6: RP I2, I3 (angles): 10000 x 10000 directions, expected at most 10000000\n"},
        {"EX 0 1 5\nRP 0 3 3 603", "6:10: RP I4 (digits XNDA): 0603, expected X 0 or 1, N 0 to 5, "
                                   "D 0 or 1, A 0 to 2\n"},
        {"EX 0 1 5\nRP 7", "6:4: RP I1 (type): 7 is not known, expected one of 0, 1, 2, 3, 4, 5, "
                           "6\n"},
        {"EX 0 1 5\nGN 1\nRP 2",
         "7:1: RP I1 (mode): 2 needs a second medium, expected a GD card before it\n"},
        {"EX 0 1 5\nGN 0 0 0 0 13 .005\nRP 4",
         "7:1: RP I1 (mode): 4 needs a radial screen, expected a GN 0 card with radial wires "
         "before it\n"},
        {"EX 0 1 5\nNE 0 1000 1000 1000",
         "6:6: NE I2, I3, I4 (points): a grid of 1000000000 points, expected at most 10000000\n"},
        {"XQ", "5:1: nothing drives the structure of this XQ, expected an EX card\n"},
        {"CP 1 99", "5:6: CP I2 (segment): tag 1 has no segment 99, expected 1 to 9\n"},
        {"WG", "5:1: WG (write a numerical Green's function) is not supported yet, expected a deck "
               "without it\n"},
        {"IS 0 1 1 5 3 0 .002",
         "5:1: IS (insulated wire) belongs to NEC-4 or NEC-5, expected NEC-2 cards only\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char deck[300];
        snprintf(deck, sizeof deck, PAIR "%s\nEN\n", cases[i].card);
        assert_string_equal(read_bad(deck), cases[i].error);
    }
}

/** Decks whose tasks would multiply beyond memory are refused. */
static void test_tasks_are_bounded(void **unused)
{
    (void)unused;
    enum { COUNT = 300 };
    char *deck = malloc(COUNT * 60 + 200);
    assert_non_null(deck);
    char *at = deck + sprintf(deck, PAIR "EX 0 1 5\n");
    for (int i = 0; i < COUNT; i++)
        at += sprintf(at, "FR 0 100000 0 0 1 .001\nXQ\n");
    const char *errors = read_bad(deck);
    assert_non_null(strstr(errors, "expected fewer"));
    free(deck);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),          cmocka_unit_test(test_state),
        cmocka_unit_test(test_jobs),           cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_ground),         cmocka_unit_test(test_plane_waves),
        cmocka_unit_test(test_source_options), cmocka_unit_test(test_pattern),
        cmocka_unit_test(test_near_field),     cmocka_unit_test(test_load_ranges),
        cmocka_unit_test(test_errors),         cmocka_unit_test(test_tasks_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
