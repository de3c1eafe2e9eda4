/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The public builder: what lands in the model, and what is refused. */

#include "alicorn/alicorn.h"
#include "base/constants.h"
#include "model/model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const double origin[3] = {0.0, 0.0, 0.0};
static const double top[3] = {0.0, 0.0, 1.0};
static const double side[3] = {0.3, 0.1, 0.7};

static int create(void **state)
{
    *state = alicorn_model_create();
    return *state ? 0 : -1;
}

static int destroy(void **state)
{
    alicorn_model_destroy(*state);
    return 0;
}

static void starts_empty_with_one_task(void **state)
{
    alicorn_model *model = *state;
    assert_int_equal(alicorn_model_segment_count(model), 0);
    assert_int_equal(alicorn_model_task_count(model), 1);
    assert_int_equal(alicorn_model_frequency_count(model, 0), 0);
    assert_int_equal(alicorn_model_frequency_count(model, 1), 0);
    assert_string_equal(alicorn_model_comment(model), "");
    alicorn_model_destroy(NULL);
}

static void cuts_a_wire_into_equal_segments(void **state)
{
    alicorn_model *model = *state;
    assert_int_equal(alicorn_model_add_wire(model, 7, 9, origin, side, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_segment_count(model), 9);
    double length = sqrt(0.3 * 0.3 + 0.1 * 0.1 + 0.7 * 0.7) / 9.0;
    for (size_t i = 0; i < 9; i++) {
        const ali_segment *segment = &model->segments[i];
        assert_true(fabs(ali_vec3_distance(segment->start, segment->end) - length) < 1e-15);
        assert_int_equal(segment->tag, 7);
        assert_true(segment->radius == 1e-3);
        if (i > 0)
            assert_memory_equal(&segment->start, &model->segments[i - 1].end, sizeof(ali_vec3));
    }
    /* the given ends are kept to the last bit, so that wires that share a point meet */
    assert_memory_equal(&model->segments[0].start, origin, sizeof origin);
    assert_memory_equal(&model->segments[8].end, side, sizeof side);
}

static void finds_segments_by_tag_and_number(void **state)
{
    alicorn_model *model = *state;
    alicorn_complex volt = {1.0, -2.0}, ohm = {50.0, 25.0};
    assert_int_equal(alicorn_model_add_wire(model, 1, 3, origin, top, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_wire(model, 2, 4, origin, side, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 2, 2, volt, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 0, 7, volt, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_impedance(model, 1, 3, ohm, NULL), ALICORN_OK);
    const ali_task *task = &model->tasks[0];
    assert_int_equal(task->drive.kind, ALI_DRIVE_SOURCES);
    assert_int_equal(task->drive.source_count, 2);
    assert_int_equal(task->drive.sources[0].segment, 4);
    assert_int_equal(task->drive.sources[1].segment, 6);
    assert_true(task->drive.sources[0].voltage == CMPLX(1.0, -2.0));
    assert_int_equal(task->load_count, 1);
    assert_int_equal(task->loads[0].kind, ALI_LOAD_IMPEDANCE);
    assert_int_equal(task->loads[0].first, 2);
    assert_int_equal(task->loads[0].last, 2);
    assert_true(task->loads[0].value[0] == 50.0 && task->loads[0].value[1] == 25.0);
}

static void conductivity_covers_the_tag_and_is_replaced(void **state)
{
    alicorn_model *model = *state;
    assert_int_equal(alicorn_model_add_wire(model, 1, 3, origin, top, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_wire(model, 2, 4, origin, side, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_wire(model, 1, 2, top, side, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_set_conductivity(model, 1, 1e6, NULL), ALICORN_OK);
    const ali_task *task = &model->tasks[0];
    assert_int_equal(task->load_count, 2);
    assert_int_equal(task->loads[1].first, 7);
    assert_int_equal(task->loads[1].last, 8);
    assert_int_equal(alicorn_model_set_conductivity(model, 0, 5.8e7, NULL), ALICORN_OK);
    assert_int_equal(task->load_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(task->loads[i].value[0] == 5.8e7);
}

static void ground_frequencies_and_pattern(void **state)
{
    alicorn_model *model = *state;
    assert_int_equal(alicorn_model_set_pec_ground(model, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 14.0e6, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 7.1e6, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_pattern(model, 19, 0.0, 5.0, 4, 45.0, 90.0, NULL),
                     ALICORN_OK);
    const ali_task *task = &model->tasks[0];
    assert_int_equal(task->ground.kind, ALI_GROUND_PEC);
    assert_true(task->ground.connect);
    assert_int_equal(alicorn_model_frequency_count(model, 0), 2);
    assert_true(task->frequencies[0] == 14.0e6 && task->frequencies[1] == 7.1e6);
    assert_int_equal(task->request_count, 1);
    const ali_pattern_request *pattern = &task->requests[0].as.pattern;
    assert_int_equal(task->requests[0].kind, ALI_REQUEST_PATTERN);
    assert_int_equal(pattern->theta_count, 19);
    assert_true(fabs(pattern->phi_start - ALI_PI / 4.0) < 1e-15);
    assert_true(fabs(pattern->theta_step - ALI_PI / 36.0) < 1e-15);
}

static void counts_run_over_all_jobs_of_a_deck(void **state)
{
    alicorn_model *model = *state;
    alicorn_model *second = alicorn_model_create();
    assert_non_null(second);
    assert_int_equal(alicorn_model_add_wire(model, 1, 3, origin, top, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_wire(second, 1, 4, origin, top, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(second, 1e6, NULL), ALICORN_OK);
    model->next = second; /* owned from here on */
    assert_int_equal(alicorn_model_segment_count(model), 7);
    assert_int_equal(alicorn_model_task_count(model), 2);
    assert_int_equal(alicorn_model_frequency_count(model, 0), 0);
    assert_int_equal(alicorn_model_frequency_count(model, 1), 1);
    assert_int_equal(alicorn_model_frequency_count(model, 2), 0);
}

/** A refusal has the status, a message with the words in it, and leaves the model as it was. */
static void assert_refused(alicorn_model *model, alicorn_status status, const alicorn_error *error,
                           const char *words)
{
    assert_int_equal(status, ALICORN_E_INPUT);
    assert_int_equal(error->code, ALICORN_E_INPUT);
    if (!strstr(error->message, words))
        fail_msg("\"%s\" does not say \"%s\"", error->message, words);
    const ali_task *task = &model->tasks[0];
    assert_int_equal(alicorn_model_segment_count(model), 5);
    assert_int_equal(task->drive.source_count, 1);
    assert_int_equal(task->load_count + task->frequency_count + task->request_count, 0);
}

static void refuses_what_makes_no_sense(void **state)
{
    alicorn_model *model = *state;
    const double far[3] = {0.0, HUGE_VAL, 0.0};
    alicorn_complex one = {1.0, 0.0}, infinite = {HUGE_VAL, 0.0};
    alicorn_error error;
    assert_int_equal(alicorn_model_add_wire(model, 1, 5, origin, top, 1e-3, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 1, 3, one, NULL), ALICORN_OK);
#define REFUSED(call, words) assert_refused(model, call, &error, words)
    REFUSED(alicorn_model_add_wire(model, 1, 0, origin, top, 1e-3, &error), "0 segments");
    REFUSED(alicorn_model_add_wire(model, -1, 3, origin, top, 1e-3, &error), "tag -1");
    REFUSED(alicorn_model_add_wire(model, 1, 3, origin, top, 0.0, &error), "radius 0");
    REFUSED(alicorn_model_add_wire(model, 1, 3, origin, top, NAN, &error), "radius nan");
    REFUSED(alicorn_model_add_wire(model, 1, 3, top, top, 1e-3, &error), "no length");
    REFUSED(alicorn_model_add_wire(model, 1, 3, origin, far, 1e-3, &error), "finite");
    REFUSED(alicorn_model_add_source(model, 1, 6, one, &error), "tag 1 have no segment 6");
    REFUSED(alicorn_model_add_source(model, 0, 6, one, &error), "has 5 segments");
    REFUSED(alicorn_model_add_source(model, 2, 1, one, &error), "tag 2");
    REFUSED(alicorn_model_add_source(model, 0, 3, one, &error), "segment 3 has a source");
    REFUSED(alicorn_model_add_source(model, 0, 2, infinite, &error), "finite");
    REFUSED(alicorn_model_add_impedance(model, 1, 0, one, &error), "no segment 0");
    REFUSED(alicorn_model_add_impedance(model, 1, 1, infinite, &error), "finite");
    REFUSED(alicorn_model_set_conductivity(model, 1, 0.0, &error), "conductivity 0");
    REFUSED(alicorn_model_set_conductivity(model, 4, 1e6, &error), "tag 4");
    REFUSED(alicorn_model_add_frequency(model, -1e6, &error), "-1e+06 Hz");
    REFUSED(alicorn_model_add_frequency(model, NAN, &error), "nan Hz");
    REFUSED(alicorn_model_add_pattern(model, 0, 0., 1., 1, 0., 1., &error), "one direction");
    REFUSED(alicorn_model_add_pattern(model, (size_t)-1, 0., 1., 2, 0., 1., &error), "too many");
    REFUSED(alicorn_model_add_pattern(model, 1, NAN, 1., 1, 0., 1., &error), "finite");
#undef REFUSED
}

static void default_options_pass_their_own_check(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_error error;
    alicorn_options_default(&options);
    assert_int_equal(alicorn_options_check(&options, &error), ALICORN_OK);
    assert_true(options.z0 == 50.0);
    assert_int_equal(options.split_ends, 1);
    assert_null(options.progress);

    options.degree = 5;
    assert_int_equal(alicorn_options_check(&options, &error), ALICORN_E_USAGE);
    assert_string_equal(error.message, "--degree 5: expected 0 to 4");
    options.degree = 4;
    options.z0 = NAN;
    assert_int_equal(alicorn_options_check(&options, &error), ALICORN_E_USAGE);
    assert_string_equal(error.message, "--z0 nan: expected 1e-06 to 1e+09 ohm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(starts_empty_with_one_task, create, destroy),
        cmocka_unit_test_setup_teardown(cuts_a_wire_into_equal_segments, create, destroy),
        cmocka_unit_test_setup_teardown(finds_segments_by_tag_and_number, create, destroy),
        cmocka_unit_test_setup_teardown(conductivity_covers_the_tag_and_is_replaced, create,
                                        destroy),
        cmocka_unit_test_setup_teardown(ground_frequencies_and_pattern, create, destroy),
        cmocka_unit_test_setup_teardown(counts_run_over_all_jobs_of_a_deck, create, destroy),
        cmocka_unit_test_setup_teardown(refuses_what_makes_no_sense, create, destroy),
        cmocka_unit_test(default_options_pass_their_own_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
