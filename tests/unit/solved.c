/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Solves as they are finished, by themselves: each once, as the result has them. */

#include "alicorn/alicorn.h"
#include "read_deck.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Two tasks, one of them with four waves. */
static const char deck[] = "GW 1 5 0 0 -.24 0 0 .24 .001\nGE 0\n"
                           "FR 0 4 0 0 280 10\nEX 0 1 3 0 1 0\nXQ\n"
                           "FR 0 2 0 0 300 10\nEX 1 2 2 0 30 0 0 30 60\nXQ\nEN\n";
enum { SOLVES = 4 + 2 * 4, MOST = 64 };

typedef struct seen {
    const alicorn_model *model;
    char *text[MOST]; /**< documents of the solves */
    double frequency_hz[MOST];
    size_t task[MOST], count, recalled, interpolated;
    size_t stop_at; /**< interrupt when so many frequencies are done; 0: never */
} seen;

static char *write_solve(const alicorn_model *model, const alicorn_solve_result *solve)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(alicorn_write_solve_json(model, solve, stream, NULL), ALICORN_OK);
    fclose(stream);
    return text;
}

static void take_solve(void *user, const alicorn_solve_result *solve, int recalled)
{
    seen *s = user;
    assert_true(s->count < MOST);
    /* those of the checkpoint first, those that are interpolated last */
    assert_true(!recalled || s->recalled == s->count);
    assert_true(solve->interpolated || s->interpolated == 0);
    s->recalled += recalled != 0;
    s->interpolated += solve->interpolated != 0;
    s->frequency_hz[s->count] = solve->frequency_hz;
    s->task[s->count] = solve->task;
    s->text[s->count++] = write_solve(s->model, solve);
}

static int stop(void *user, const char *stage, size_t done, size_t total)
{
    const seen *s = user;
    (void)total;
    return s->stop_at > 0 && strcmp(stage, "frequency") == 0 && done >= s->stop_at;
}

static alicorn_options options_for(seen *s, int threads)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = threads;
    options.solved = take_solve;
    options.solved_user = s;
    options.progress = stop;
    options.progress_user = s;
    return options;
}

/** Every solve of the result was seen once. */
static void check_same(const seen *s, const alicorn_result *result)
{
    assert_int_equal(s->count, alicorn_result_count(result));
    for (size_t i = 0; i < s->count; i++) {
        char *text = write_solve(s->model, alicorn_result_solve(result, i));
        size_t found = 0;
        for (size_t k = 0; k < s->count; k++)
            found += strcmp(s->text[k], text) == 0;
        assert_int_equal(found, 1);
        free(text);
    }
}

static void forget(seen *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->text[i]);
    s->count = s->recalled = s->interpolated = 0;
}

static void shows_every_solve_once(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        seen s = {.model = read_deck(deck)};
        alicorn_options options = options_for(&s, threads);
        alicorn_result *result = NULL;
        assert_int_equal(alicorn_solve(s.model, &options, &result, NULL), ALICORN_OK);
        assert_int_equal(s.count, SOLVES);
        assert_int_equal(s.recalled, 0);
        check_same(&s, result);
        forget(&s);
        alicorn_result_destroy(result);
        alicorn_model_destroy((alicorn_model *)s.model);
    }
}

static void shows_recalled_solves_first(void **state)
{
    (void)state;
    char path[] = "/tmp/alicorn-solved-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    remove(path);
    seen s = {.model = read_deck(deck), .stop_at = 2};
    alicorn_options options = options_for(&s, 1);
    alicorn_result *result = NULL;
    options.checkpoint = path;
    assert_int_equal(alicorn_solve(s.model, &options, &result, NULL), ALICORN_E_INTERRUPTED);
    check_same(&s, result);
    size_t before = s.count;
    assert_int_equal(before, 2);
    forget(&s);
    alicorn_result_destroy(result);
    s.stop_at = 0;
    options.resume = 1;
    assert_int_equal(alicorn_solve(s.model, &options, &result, NULL), ALICORN_OK);
    assert_int_equal(s.recalled, before);
    check_same(&s, result);
    forget(&s);
    alicorn_result_destroy(result);
    alicorn_model_destroy((alicorn_model *)s.model);
    remove(path);
}

static void shows_interpolated_solves_last(void **state)
{
    (void)state;
    seen s = {.model = read_deck("GW 1 9 0 0 -.24 0 0 .24 .001\nGE 0\n"
                                 "FR 0 21 0 0 290 1\nEX 0 1 5 0 1 0\nXQ\nEN\n")};
    alicorn_options options = options_for(&s, 1);
    alicorn_result *result = NULL;
    options.adaptive = 1e-2;
    assert_int_equal(alicorn_solve(s.model, &options, &result, NULL), ALICORN_OK);
    assert_true(s.interpolated > 0 && s.interpolated < s.count);
    check_same(&s, result);
    forget(&s);
    alicorn_result_destroy(result);
    alicorn_model_destroy((alicorn_model *)s.model);
}

static void counts_tasks_of_cross_sections_in_the_model(void **state)
{
    (void)state;
    seen s = {.model = read_deck(deck)};
    alicorn_options options = options_for(&s, 1);
    const alicorn_rcs_request request = {.theta = {90, 0, 1}, .phi = {0, 45, 3}, .task = 1};
    alicorn_result *result = NULL;
    assert_int_equal(alicorn_solve_rcs(s.model, &request, &options, &result, NULL), ALICORN_OK);
    assert_int_equal(s.count, 2);
    assert_int_equal(s.task[0], 1);
    check_same(&s, result);
    forget(&s);
    alicorn_result_destroy(result);
    alicorn_model_destroy((alicorn_model *)s.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_every_solve_once),
        cmocka_unit_test(shows_recalled_solves_first),
        cmocka_unit_test(shows_interpolated_solves_last),
        cmocka_unit_test(counts_tasks_of_cross_sections_in_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
