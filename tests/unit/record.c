/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Solves as bytes: what is written comes back whole, and no bytes can do harm. */

#include "study/record.h"

#include "base/hash.h"
#include "sample_result.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Published values of the 128-bit FNV-1a hash. */
static void hash_has_the_published_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ali_hash hash;
    } known[] = {{"", {0x6c62272e07bb0142u, 0x62b821756295c58du}},
                 {"a", {0xd228cb696f1a8cafu, 0x78912b704e4a8964u}},
                 {"foobar", {0x343e1662793c64bfu, 0x6f0d3597ba446f18u}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ali_hash hash = ali_hash_start();
        ali_hash_bytes(&hash, known[i].text, strlen(known[i].text));
        assert_true(ali_hash_equal(hash, known[i].hash));
    }
}

/* ---- a result that owns nothing of the sample's ---- */

static void free_solve(alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->pattern_count; i++) {
        alicorn_pattern *pattern = &solve->patterns[i];
        free(pattern->theta_deg), free(pattern->phi_deg);
        free(pattern->e_theta), free(pattern->e_phi), free(pattern->e_rho);
    }
    for (size_t i = 0; i < solve->near_field_count; i++)
        free(solve->near_fields[i].point), free(solve->near_fields[i].field);
    free((void *)solve->ports.names);
    free((void *)solve->ports.z0);
    free(solve->ports.z), free(solve->ports.y), free(solve->ports.s), free(solve->ports.s_error);
    free(solve->ports.coupling_db), free(solve->face_currents);
    free(solve->sources), free(solve->connections), free(solve->currents), free(solve->patterns);
    free(solve->near_fields), free(solve->couplings), free(solve->rcs);
    memset(solve, 0, sizeof *solve);
}

static ali_record written(const alicorn_solve_result *solve)
{
    ali_record record = {0};
    alicorn_solve_result copy = *solve;
    ali_record_solve(&record, &copy);
    assert_int_equal(record.status, ALICORN_OK);
    return record;
}

/** Read from an exact copy, so that a sanitizer sees one byte too many. */
static alicorn_status read_back(const unsigned char *bytes, size_t size,
                                alicorn_solve_result *solve, size_t *used)
{
    ali_record record = {.reading = true, .size = size, .bytes = malloc(size ? size : 1)};
    assert_non_null(record.bytes);
    memcpy(record.bytes, bytes, size);
    memset(solve, 0, sizeof *solve);
    ali_record_solve(&record, solve);
    alicorn_status status = record.status;
    *used = record.at;
    ali_record_clear(&record);
    return status;
}

typedef struct json_job {
    const alicorn_model *model;
    const alicorn_result *result;
} json_job;

static alicorn_status write_json(FILE *stream, void *user, alicorn_error *error)
{
    const json_job *job = user;
    return alicorn_write_json(job->model, job->result, stream, error);
}

static void make_full(alicorn_model **model, alicorn_result **result)
{
    sample_full(model, result);
}

static void make_mast(alicorn_model **model, alicorn_result **result)
{
    sample_mast(&(ali_pattern_request){.theta_count = 3, .phi_count = 1}, model, result);
}

typedef void (*sample_fn)(alicorn_model **model, alicorn_result **result);
/** Between them they have everything. */
static const sample_fn samples[] = {make_full, make_mast};

/** Every solve, read into its own place again: the document that the writers make of it is the
 * same. */
static void come_back_whole(sample_fn make)
{
    alicorn_model *model;
    alicorn_result *result;
    make(&model, &result);
    json_job job = {model, result};
    char *before = sample_written(write_json, &job);
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(result, i);
        ali_record record = written(solve);
        alicorn_solve_result copy;
        size_t used;
        assert_int_equal(read_back(record.bytes, record.size, &copy, &used), ALICORN_OK);
        assert_int_equal(used, record.size);
        ali_record again = written(&copy);
        assert_int_equal(again.size, record.size);
        assert_memory_equal(again.bytes, record.bytes, record.size);
        free_solve(solve);
        *solve = copy;
        ali_record_clear(&again);
        ali_record_clear(&record);
    }
    char *after = sample_written(write_json, &job);
    assert_string_equal(after, before);
    assert_true(strlen(before) > 5000); /* it was the full one */
    free(before);
    free(after);
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

static void solves_come_back_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        come_back_whole(samples[i]);
}

static void refuse_every_shorter(sample_fn make)
{
    alicorn_model *model;
    alicorn_result *result;
    make(&model, &result);
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        ali_record record = written(alicorn_result_solve(result, i));
        for (size_t size = 0; size < record.size; size++) {
            alicorn_solve_result copy;
            size_t used;
            assert_int_equal(read_back(record.bytes, size, &copy, &used), ALICORN_E_INPUT);
            assert_true(used <= size);
            free_solve(&copy);
        }
        ali_record_clear(&record);
    }
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

static void every_shorter_record_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        refuse_every_shorter(samples[i]);
}

/** A driven port that does not exist would be read by the writers. */
static void driven_port_must_exist(void **state)
{
    (void)state;
    alicorn_model *model;
    alicorn_result *result;
    make_mast(&model, &result);
    alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(result, 0), copy;
    size_t used;
    solve->driven_port = 3;
    ali_record record = written(solve);
    assert_int_equal(read_back(record.bytes, record.size, &copy, &used), ALICORN_E_INPUT);
    free_solve(&copy);
    ali_record_clear(&record);
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

/** xorshift64 */
static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/** Whatever the bytes are, reading ends, and what came out can be freed. Counts are the interesting
 * bytes: they are set to all ones, to one more, and to noise. */
static void damage(sample_fn make)
{
    alicorn_model *model;
    alicorn_result *result;
    uint64_t seed = 88172645463325252u;
    make(&model, &result);
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        ali_record record = written(alicorn_result_solve(result, i));
        size_t refused = 0;
        for (int round = 0; round < 3000; round++) {
            unsigned char *bytes = malloc(record.size);
            alicorn_solve_result copy;
            size_t used;
            assert_non_null(bytes);
            memcpy(bytes, record.bytes, record.size);
            size_t at = (size_t)(next_random(&seed) % (record.size - 8));
            uint64_t noise = next_random(&seed);
            if (round % 3 == 0)
                memset(bytes + at, 0xff, 8);
            else if (round % 3 == 1)
                bytes[at]++;
            else
                memcpy(bytes + at, &noise, sizeof noise);
            refused += read_back(bytes, record.size, &copy, &used) != ALICORN_OK;
            assert_true(used <= record.size);
            free_solve(&copy);
            free(bytes);
        }
        assert_true(refused > 0);
        ali_record_clear(&record);
    }
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

static void damaged_records_do_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        damage(samples[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_has_the_published_values),   cmocka_unit_test(solves_come_back_whole),
        cmocka_unit_test(every_shorter_record_is_refused), cmocka_unit_test(driven_port_must_exist),
        cmocka_unit_test(damaged_records_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
