/* SPDX-License-Identifier: Apache-2.0 */
#include "listing_cases.h"

#include "base/constants.h"

#include <math.h>

static const alicorn_complex impedance = {72.1, -2.3};

/** A control card and its numbers, as the deck has them. */
typedef struct card {
    const char *name;
    int integer[4];
    double real[6];
} card;

static void add_cards(ali_model *model, const card *cards, size_t count)
{
    for (size_t k = 0; k < count; k++)
        sample_card(model, cards[k].name, cards[k].integer, cards[k].real);
}

#define ADD_CARDS(model, cards) add_cards(model, cards, sizeof cards / sizeof *cards)

/** Pattern over theta from `start` in steps of `step` [degrees] at phi = 0. */
static ali_pattern_request pattern(ali_pattern_mode mode, size_t count, double start, double step)
{
    return (ali_pattern_request){.mode = mode,
                                 .theta_count = count,
                                 .theta_start = start * ALI_DEGREE,
                                 .theta_step = step * ALI_DEGREE,
                                 .phi_count = 1,
                                 .axes = true};
}

/* ---- loads, networks, two sources, charges, normalised gain, near fields ---- */

static void loaded_structure(ali_model *model)
{
    const ali_vec3 points[] = {
        {.6, 0, 0}, {.6, 0, .0492}, {.6, 0, .123}, {.6, 0, .2338}, {.6, 0, .4}};
    const double radii[] = {.001, .00126, .00159, .002};
    sample_wire(model, 1, 3, (ali_vec3){0, 0, -.25}, (ali_vec3){0, 0, .25}, .001);
    sample_wire(model, 2, 3, (ali_vec3){.3, 0, -.25}, (ali_vec3){.3, 0, .25}, .001);
    sample_wire(model, 3, 2, (ali_vec3){0, 0, .25}, (ali_vec3){0, .2, .25}, .002);
    sample_wire(model, 4, 2, (ali_vec3){0, 0, .25}, (ali_vec3){0, -.2, .25}, .002);
    ali_model_add_wire(model, 5, 4, points, radii, (ali_origin){0, 0, "GW"}, NULL);
}

static void loads_and_networks(ali_task *task)
{
    const ali_load loads[] = {
        {.kind = ALI_LOAD_SERIES_RLC, .first = 0, .last = 0, .value = {10, 1e-9, 1e-12}},
        {.kind = ALI_LOAD_PARALLEL_RLC, .first = 4, .last = 4, .value = {10, 1e-9, 1e-12}},
        {.kind = ALI_LOAD_SERIES_RLC_PER_METRE, .first = 2, .last = 2, .value = {10, 1e-9, 1e-12}},
        {.kind = ALI_LOAD_PARALLEL_RLC_PER_METRE, .first = 5, .last = 5, .value = {10, 1e-9, 0}},
        {.kind = ALI_LOAD_IMPEDANCE, .first = 0, .last = 0, .value = {50, -20}},
        {.kind = ALI_LOAD_CONDUCTIVITY, .first = 0, .last = 13, .value = {5.8e7}}};
    for (size_t k = 0; k < sizeof loads / sizeof *loads; k++)
        sample_load(task, loads[k]);
    sample_network(task, (ali_network){.kind = ALI_NETWORK_LINE,
                                       .segment = {1, 4},
                                       .z0 = 50,
                                       .length = .3,
                                       .shunt = {0, .01 * I}});
    sample_network(
        task,
        (ali_network){.kind = ALI_NETWORK_LINE, .segment = {6, 8}, .z0 = 75, .crossed = true});
    sample_network(task, (ali_network){.kind = ALI_NETWORK_ADMITTANCE,
                                       .segment = {7, 9},
                                       .y11 = .01 * I,
                                       .y12 = -.01 * I,
                                       .y22 = .02 * I});
}

static void make_loads(ali_model **model, alicorn_result **result)
{
    static const card cards[] = {{"LD", {0, 1, 1, 1}, {10, 1e-9, 1e-12}},
                                 {"FR", {0, 1, 0, 0}, {300}},
                                 {"EX", {0, 1, 2, 10}, {1}},
                                 {"EX", {0, 2, 2, 10}, {0, 1}},
                                 {"TL", {1, 2, 2, 2}, {50, .3, 0, 0, 0, .01}},
                                 {"NT", {3, 2, 4, 2}, {0, .01, 0, -.01, 0, .02}},
                                 {"PQ", {0, 0, 1, 4}, {0}},
                                 {"XQ", {0}, {0}},
                                 {"RP", {0, 5, 1, 1551}, {0, 0, 30, 90}},
                                 {"NE", {0, 2, 2, 2}, {1, 0, 0, .1, .1, .1}},
                                 {"NH", {0, 2, 1, 1}, {1, 0, 0, .1, .1, .1}},
                                 {"RP", {0, 2, 1, 0}, {0, 0, 30, 90, 1000}},
                                 {"EN", {0}, {0}}};
    *model = sample_model("loads.nec", "dipoles with loads and networks\nsecond line");
    loaded_structure(*model);
    ADD_CARDS(*model, cards);
    ali_task task = sample_task(300e6);
    sample_source(&task, 1, 1.0);
    sample_source(&task, 4, 1.0 * I);
    task.drive.print_asymmetry = true;
    task.extended_kernel = true;
    task.print_charges = (ali_print_control){0, 0, 1, 4};
    loads_and_networks(&task);
    ali_pattern_request request = pattern(ALI_PATTERN_SPACE_WAVE, 5, 0, 30);
    request.axes = false;
    request.directive = true;
    request.normalised = 5;
    request.average = 1;
    sample_request_currents(&task);
    sample_request_pattern(&task, request);
    sample_request_near(
        &task, false,
        (ali_near_request){.count = {2, 2, 2}, .start = {1, 0, 0}, .step = {.1, .1, .1}});
    sample_request_near(
        &task, true,
        (ali_near_request){.count = {2, 1, 1}, .start = {1, 0, 0}, .step = {.1, .1, .1}});
    request = pattern(ALI_PATTERN_SPACE_WAVE, 2, 0, 30);
    request.distance = 1000;
    sample_request_pattern(&task, request);
    sample_end_task(*model, &task);
    *result = sample_result();
    sample_answers(sample_solve(*result, *model, 0, 300e6, impedance), *model);
}

/* ---- ground, cliffs, screen, surface wave, sweep with normalised impedance, coupling ---- */

static const ali_ground lossy_ground = {.kind = ALI_GROUND_REFLECTION,
                                        .connect = true,
                                        .medium = {.eps_r = 13, .sigma = .005},
                                        .has_second = true,
                                        .second = {.eps_r = 5, .sigma = .002},
                                        .cliff_distance = 100,
                                        .cliff_height = 10,
                                        .radial_count = 24,
                                        .radial_length = 5,
                                        .radial_radius = .001};

static void make_ground(ali_model **model, alicorn_result **result)
{
    static const card cards[] = {{"GN", {0, 24, 0, 0}, {13, .005, 5, .001}},
                                 {"GD", {0}, {5, .002, 100, 10}},
                                 {"FR", {0, 3, 0, 0}, {290, 10}},
                                 {"EX", {0, 1, 1, 1}, {1}},
                                 {"RP", {2, 3, 1, 1000}, {0, 0, 50, 90}},
                                 {"FR", {0, 1, 0, 0}, {300}},
                                 {"RP", {6, 3, 1, 1000}, {0, 0, 30, 90}},
                                 {"RP", {1, 3, 1, 1000}, {1, 0, 10, 90, 500}},
                                 {"RP", {4, 1, 1, 0}, {0}},
                                 {"GN", {1, 0, 0, 0}, {0}},
                                 {"CP", {1, 1, 1, 3}, {0}},
                                 {"XQ", {0}, {0}},
                                 {"EN", {0}, {0}}};
    *model = sample_model("ground.nec", "");
    sample_wire(*model, 1, 3, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, .25}, .001);
    ADD_CARDS(*model, cards);
    ali_task task = sample_task(290e6);
    task.ground = lossy_ground;
    sample_source(&task, 0, 1.0);
    task.drive.print_normalised = true;
    ali_pattern_request request = pattern(ALI_PATTERN_LINEAR_CLIFF, 3, 0, 50);
    request.axes = false;
    sample_request_pattern(&task, request);
    sample_end_task(*model, &task);
    task = sample_task(300e6);
    task.ground = lossy_ground;
    sample_source(&task, 0, 1.0);
    request = pattern(ALI_PATTERN_SCREEN_CIRCULAR_CLIFF, 3, 0, 30);
    request.axes = false;
    sample_request_pattern(&task, request);
    sample_request_pattern(&task, (ali_pattern_request){.mode = ALI_PATTERN_SURFACE_WAVE,
                                                        .theta_count = 3,
                                                        .theta_start = 1,
                                                        .theta_step = 10,
                                                        .phi_count = 1,
                                                        .distance = 500});
    sample_request_pattern(&task, pattern(ALI_PATTERN_SCREEN, 1, 0, 0));
    sample_end_task(*model, &task);
    task = sample_task(300e6);
    task.ground.kind = ALI_GROUND_PEC;
    sample_source(&task, 0, 1.0);
    sample_request_currents(&task);
    sample_end_task(*model, &task);
    *result = sample_result();
    for (int k = 0; k < 3; k++)
        sample_answers(sample_solve(*result, *model, 0, 290e6 + 10e6 * k,
                                    (alicorn_complex){36.0 + k, 2.0 * k}),
                       *model);
    sample_answers(sample_solve(*result, *model, 1, 300e6, impedance), *model);
    alicorn_solve_result *solve = sample_solve(*result, *model, 2, 300e6, impedance);
    sample_add_coupling(solve, *model, 0, 2, 1);
    sample_add_coupling(solve, *model, 1, 2, 0);
}

/* ---- plane waves as receiving pattern and with scattered field, current element ---- */

static void make_waves(ali_model **model, alicorn_result **result)
{
    static const card cards[] = {{"FR", {0, 1, 0, 0}, {300}},
                                 {"EX", {2, 2, 2, 0}, {30, 0, 45, 60, 90, .5}},
                                 {"PT", {2, 1, 2, 2}, {0}},
                                 {"XQ", {0}, {0}},
                                 {"PT", {-2, 0, 0, 0}, {0}},
                                 {"EX", {1, 2, 1, 0}, {90, 0, 0, 30}},
                                 {"RP", {0, 2, 1, 0}, {90, 0, 10}},
                                 {"PT", {-1, 0, 0, 0}, {0}},
                                 {"EX", {4, 0, 0, 0}, {1, 2, 3, 40, 50, 6}},
                                 {"RP", {0, 2, 1, 0}, {90, 0, 10}},
                                 {"EN", {0}, {0}}};
    *model = sample_model("waves.nec", "");
    sample_wire(*model, 1, 3, (ali_vec3){0, 0, -.25}, (ali_vec3){0, 0, .25}, .001);
    ADD_CARDS(*model, cards);
    ali_task task = sample_task(300e6);
    task.drive.kind = ALI_DRIVE_PLANE_WAVE;
    task.drive.waves = (ali_plane_waves){.polarisation = ALI_POL_RIGHT,
                                         .theta_count = 2,
                                         .phi_count = 2,
                                         .theta_start = 30 * ALI_DEGREE,
                                         .theta_step = 60 * ALI_DEGREE,
                                         .phi_step = 90 * ALI_DEGREE,
                                         .eta = 45 * ALI_DEGREE,
                                         .axial_ratio = .5};
    task.print_currents = (ali_print_control){2, 1, 2, 2};
    sample_request_currents(&task);
    sample_end_task(*model, &task);
    task = sample_task(300e6);
    task.drive.kind = ALI_DRIVE_PLANE_WAVE;
    task.drive.waves = (ali_plane_waves){.theta_count = 2, .phi_count = 1};
    sample_request_pattern(&task, pattern(ALI_PATTERN_SPACE_WAVE, 2, 90, 10));
    sample_end_task(*model, &task);
    task = sample_task(300e6);
    task.drive.kind = ALI_DRIVE_CURRENT_ELEMENT;
    task.drive.element = (ali_current_element){{1, 2, 3}, 40 * ALI_DEGREE, 50 * ALI_DEGREE, 6};
    task.print_currents.format = -1;
    sample_request_pattern(&task, pattern(ALI_PATTERN_SPACE_WAVE, 2, 90, 10));
    sample_end_task(*model, &task);
    *result = sample_result();
    for (int k = 0; k < 4; k++) {
        alicorn_solve_result *solve = sample_solve(*result, *model, 0, 300e6, impedance);
        solve->theta_inc_deg = 30 + 60 * (k % 2);
        solve->phi_inc_deg = 90 * (k / 2);
        solve->currents[1].current.re *= 1 + k; /* so that the directions differ */
    }
    for (int k = 0; k < 2; k++) {
        alicorn_solve_result *solve = sample_solve(*result, *model, 1, 300e6, impedance);
        solve->theta_inc_deg = 90 + 30 * k;
        sample_answers(solve, *model);
    }
    sample_answers(sample_solve(*result, *model, 2, 300e6, impedance), *model);
}

const listing_case listing_cases[] = {
    {"listing_loads.txt", make_loads},
    {"listing_ground.txt", make_ground},
    {"listing_waves.txt", make_waves},
};
const size_t listing_case_count = sizeof listing_cases / sizeof *listing_cases;
