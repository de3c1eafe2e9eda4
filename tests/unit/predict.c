/* SPDX-License-Identifier: Apache-2.0 */
#include "read_deck.h"
#include "study/work.h"

#include <math.h>

/** Rates for which times are round: 1 ns for everything. */
static alicorn_rates unit_rates(void)
{
    alicorn_rates rates = {.threads = 1};
#define SET(field, text) rates.field = 1e9;
    ALICORN_RATE_TABLE(SET)
#undef SET
    return rates;
}

/** `count` parallel dipoles of 11 segments; the frequency makes them half a wavelength long. */
static alicorn_model *make_dipoles(int count)
{
    alicorn_model *model = alicorn_model_create();
    assert_non_null(model);
    for (int i = 0; i < count; i++) {
        double start[3] = {(double)i, 0.0, -0.25}, end[3] = {(double)i, 0.0, 0.25};
        assert_int_equal(alicorn_model_add_wire(model, i + 1, 11, start, end, 0.001, NULL),
                         ALICORN_OK);
    }
    assert_int_equal(alicorn_model_add_source(model, 1, 6, (alicorn_complex){1.0, 0.0}, NULL),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 299.8e6, NULL), ALICORN_OK);
    return model;
}

static alicorn_prediction predict(alicorn_model *model, const alicorn_options *options)
{
    alicorn_prediction prediction;
    assert_int_equal(alicorn_predict(model, options, &prediction, NULL), ALICORN_OK);
    return prediction;
}

static void no_rates_give_no_time(void **state)
{
    (void)state;
    alicorn_model *model = make_dipoles(1);
    alicorn_options options;
    alicorn_options_default(&options);
    assert_true(predict(model, &options).total_s < 0.0);
    alicorn_rates rates = unit_rates();
    rates.wire_pair = NAN;
    options.rates = &rates;
    assert_true(predict(model, &options).total_s < 0.0);
    assert_true(predict(model, NULL).total_s < 0.0);
    alicorn_model_destroy(model);
}

static void times_follow_size_and_rates(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    options.degree = 1;
    alicorn_rates rates = unit_rates();
    options.rates = &rates;
    alicorn_model *half = make_dipoles(150), *whole = make_dipoles(300);
    alicorn_prediction small = predict(half, &options), large = predict(whole, &options);
    /* 4/3 n^2 (n + 1000) operations; degree 1 on n + 1 elements of every dipole, split or not */
    double n = (double)large.unknowns, m = (double)small.unknowns;
    assert_true(large.unknowns == 2 * small.unknowns);
    assert_true(fabs(large.factor_s / (4.0 / 3.0 * n * n * (n + 1000.0) * 1e-9) - 1.0) < 1e-12);
    assert_true(fabs(small.factor_s / (4.0 / 3.0 * m * m * (m + 1000.0) * 1e-9) - 1.0) < 1e-12);
    /* pairs grow with the square, what is near an element does not */
    assert_true(large.fill_s / small.fill_s > 3.8 && large.fill_s / small.fill_s < 4.0);
    assert_true(fabs(large.total_s - large.near_s - large.fill_s - large.factor_s - large.solve_s) <
                1e-12 * large.total_s);

    rates.factor_single *= 2.0;
    assert_true(fabs(predict(whole, &options).factor_s / large.factor_s - 0.5) < 1e-12);
    options.mixed_precision = 0;
    assert_true(fabs(predict(whole, &options).factor_s / large.factor_s - 1.0) < 1e-12);
    options.mixed_precision = 1;
    rates = unit_rates();
    options.threads = 2; /* rates of one thread */
    assert_true(fabs(predict(whole, &options).fill_s / large.fill_s - 0.5) < 1e-12);
    alicorn_model_destroy(half);
    alicorn_model_destroy(whole);
}

static void frequencies_add_up(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_rates rates = unit_rates();
    options.rates = &rates;
    alicorn_model *model = make_dipoles(2);
    alicorn_prediction one = predict(model, &options);
    for (int i = 1; i < 10; i++)
        assert_int_equal(alicorn_model_add_frequency(model, 299.8e6 - 1e4 * i, NULL), ALICORN_OK);
    alicorn_prediction ten = predict(model, &options);
    assert_int_equal(ten.factorisations, 10);
    assert_true(fabs(ten.factor_s / one.factor_s - 10.0) < 1e-9);
    assert_true(fabs(ten.near_s / one.near_s - 1.0) < 1e-9);
    alicorn_model_destroy(model);
}

static alicorn_prediction predict_deck(const char *deck, const alicorn_options *options)
{
    alicorn_model *model = read_deck(deck);
    alicorn_prediction prediction = predict(model, options);
    alicorn_model_destroy(model);
    return prediction;
}

/** Wires of three long segments: what they need of unknowns depends on the frequency. */
#define LONG_WIRES(requests)                                                                       \
    "CE\nGW 1 3 0 0 0 0 0 1.5 .001\nGW 2 3 1 0 0 1 0 1.5 .001\nGE\nEX 0 1 2 0 1\n" requests "EN\n"

static void frequencies_count_each_as_it_is(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_rates rates = unit_rates();
    options.rates = &rates;
    alicorn_prediction high = predict_deck(LONG_WIRES("FR 0 1 0 0 300\nXQ\n"), &options);
    alicorn_prediction both = predict_deck(LONG_WIRES("FR 0 2 0 0 100 200\nXQ\n"), &options);
    assert_int_equal(both.unknowns, high.unknowns);
    assert_true(both.factor_s > high.factor_s && both.factor_s < 1.9 * high.factor_s);
    assert_true(both.fill_s > high.fill_s && both.fill_s < 1.9 * high.fill_s);
    options.threads = 2; /* both at a time */
    alicorn_prediction aside = predict_deck(LONG_WIRES("FR 0 2 0 0 100 200\nXQ\n"), &options);
    assert_true(aside.memory_bytes > both.memory_bytes);
    assert_true(fabs(aside.fill_s / both.fill_s - 0.5) < 1e-12);
}

/** Over a real ground the fill costs more than over a perfect one, and a table comes first, for
 * every frequency; two structures that can share tables keep them. */
static void real_ground_counts_its_tables(void **state)
{
    (void)state;
#define OVER(ground, requests)                                                                     \
    "CE\nGW 1 21 0 0 .3 0 0 .8 .001\nGE 1\n" ground "EX 0 1 11 0 1\n" requests "EN\n"
#define SOIL "GN 2 0 0 0 13 .005\n"
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_rates rates = unit_rates();
    options.rates = &rates;
    alicorn_prediction mirror = predict_deck(OVER("GN 1\n", "FR 0 1 0 0 300\nXQ\n"), &options);
    alicorn_prediction soil = predict_deck(OVER(SOIL, "FR 0 1 0 0 300\nXQ\n"), &options);
    alicorn_prediction twice = predict_deck(OVER(SOIL, "FR 0 2 0 0 300 1e-6\nXQ\n"), &options);
    alicorn_prediction loaded =
        predict_deck(OVER(SOIL, "FR 0 1 0 0 300\nXQ\nLD 4 1 1 1 50\nXQ\n"), &options);
    assert_int_equal(soil.unknowns, mirror.unknowns);
    assert_true(soil.fill_s > 2.0 * mirror.fill_s);
    assert_true(soil.solve_s >= mirror.solve_s);
    assert_true(fabs(twice.fill_s / soil.fill_s - 2.0) < 1e-3);
    size_t table = soil.memory_bytes - mirror.memory_bytes;
    assert_true(table > 10000 && table < 1000000);
    assert_true(loaded.memory_bytes > soil.memory_bytes + table);
}

static void near_fields_count_by_their_points(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_rates rates = unit_rates();
    options.rates = &rates;
    double none = predict_deck(LONG_WIRES("FR 0 1 0 0 300\nXQ\n"), &options).solve_s;
    double some =
        predict_deck(LONG_WIRES("FR 0 1 0 0 300\nNE 0 5 4 3 1 1 1 1 1 1\n"), &options).solve_s;
    double more =
        predict_deck(LONG_WIRES("FR 0 1 0 0 300\nNH 0 5 4 6 1 1 1 1 1 1\n"), &options).solve_s;
    assert_true(some > none);
    assert_true(fabs((more - none) / (some - none) - 2.0) < 1e-9);
}

/** A wire of so many segments and metres above a perfect ground, at 300 MHz. */
#define MAST(segments, top)                                                                        \
    "CE\nGW 1 " segments " 0 0 1 0 0 " top " .001\nGE 1\nGN 1\nEX 0 1 1 0 1\nFR 0 1 0 0 300\n"

/** Power and strongest direction of slender structures need directions in proportion to the height,
 * each of as many terms. */
static void surveys_of_slender_structures_grow_with_the_square(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_rates rates = {.threads = 1};
#define SET(field, text) rates.field = 1e30;
    ALICORN_RATE_TABLE(SET)
#undef SET
    rates.wire_pair = 1e9; /* only this takes time: fill, near pairs, probes and far fields */
    options.rates = &rates;
    double small = predict_deck(MAST("240", "25") "XQ\nEN\n", &options).solve_s;
    double large = predict_deck(MAST("480", "49") "XQ\nEN\n", &options).solve_s;
    assert_true(large > 2.0 * small && large < 5.0 * small);
    /* a pattern of many more directions */
    double pattern =
        predict_deck(MAST("240", "25") "RP 0 90 360 1000 0 0 1 1\nEN\n", &options).solve_s;
    double twice =
        predict_deck(MAST("240", "25") "RP 0 90 720 1000 0 0 1 .5\nEN\n", &options).solve_s;
    assert_true(pattern > 3.0 * small);
    assert_true(fabs((twice - small) / (pattern - small) - 2.0) < 1e-9);
}

/** In free space what depends on the places alone is paid once for a batch of currents; over a
 * ground every current pays all. */
static void ports_share_surveys(void **state)
{
    (void)state;
    alicorn_rates rates = unit_rates();
    ali_work work = {.field_points = 1e4, .field_images = 1.0};
    work.survey = (ali_radiation_effort){.shared = true, .directions = 1e3};
    ali_work_request one = {.surveys = 1.0, .survey_batches = 1.0},
                     two = {.surveys = 2.0, .survey_batches = 1.0},
                     apart = {.surveys = 2.0, .survey_batches = 2.0};
    double first = ali_work_answer_time(&work, &one, &rates);
    assert_true(ali_work_answer_time(&work, &two, &rates) < 1.7 * first);
    assert_true(ali_work_answer_time(&work, &two, &rates) > 1.3 * first);
    assert_true(fabs(ali_work_answer_time(&work, &apart, &rates) / first - 2.0) < 1e-9);
    work.survey.shared = false;
    work.field_images = 2.0;
    double over_ground = ali_work_answer_time(&work, &one, &rates);
    assert_true(over_ground > 2.0 * first);
    assert_true(fabs(ali_work_answer_time(&work, &two, &rates) / over_ground - 2.0) < 1e-9);
}

/** What the callback of a solve was told. */
typedef struct told {
    alicorn_prediction prediction;
    int calls;
} told;

static void note(void *user, const alicorn_prediction *prediction)
{
    told *heard = user;
    heard->prediction = *prediction;
    heard->calls++;
}

static void solve_tells_its_plan(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_options_default(&options);
    alicorn_rates rates = unit_rates();
    told heard = {.calls = 0};
    options.rates = &rates;
    options.planned = note;
    options.planned_user = &heard;
    alicorn_model *model = make_dipoles(2);
    alicorn_result *result = NULL;
    assert_int_equal(alicorn_solve(model, &options, &result, NULL), ALICORN_OK);
    alicorn_prediction asked = predict(model, &options);
    assert_int_equal(heard.calls, 1);
    assert_int_equal(heard.prediction.unknowns, asked.unknowns);
    assert_true(heard.prediction.total_s == asked.total_s && asked.total_s > 0.0);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

static void rates_are_measured(void **state)
{
    (void)state;
    alicorn_rates rates;
    alicorn_error error = {0};
    assert_int_equal(alicorn_rates_measure(-1, &rates, &error), ALICORN_E_USAGE);
    assert_int_equal(alicorn_rates_measure(1, &rates, &error), ALICORN_OK);
    assert_int_equal(rates.threads, 1);
    assert_true(alicorn_rates_valid(&rates));
    /* no machine is slower or faster by orders of magnitude, not even under a sanitizer */
    assert_true(rates.factor_single > 1e8 && rates.factor_single < 1e13);
    assert_true(rates.memory > 1e7 && rates.memory < 1e12);
    assert_true(rates.wire_pair > 1e4 && rates.wire_pair < 1e10);
    rates.memory = 0.0;
    assert_false(alicorn_rates_valid(&rates));
}

static void key_names_what_matters(void **state)
{
    (void)state;
    char one[256], two[256], cut[8];
    alicorn_rates_key(1, one, sizeof one);
    alicorn_rates_key(2, two, sizeof two);
    assert_string_not_equal(one, two);
    assert_non_null(strstr(one, alicorn_version()));
    assert_null(strchr(one, '\n'));
    alicorn_rates_key(1, cut, sizeof cut);
    assert_int_equal(strlen(cut), sizeof cut - 1);
    assert_int_equal(alicorn_rates_threads(3), 3);
    assert_true(alicorn_rates_threads(0) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rates_give_no_time),
        cmocka_unit_test(times_follow_size_and_rates),
        cmocka_unit_test(frequencies_add_up),
        cmocka_unit_test(frequencies_count_each_as_it_is),
        cmocka_unit_test(real_ground_counts_its_tables),
        cmocka_unit_test(near_fields_count_by_their_points),
        cmocka_unit_test(surveys_of_slender_structures_grow_with_the_square),
        cmocka_unit_test(ports_share_surveys),
        cmocka_unit_test(solve_tells_its_plan),
        cmocka_unit_test(rates_are_measured),
        cmocka_unit_test(key_names_what_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
