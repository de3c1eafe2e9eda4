/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a NEC deck; small ones are linted and solved. Whatever the
 * geometry, a solve ends with finite results or with an error. Run: fuzz_solve -max_len=1500
 * -dict=tests/fuzz/nec.dict -timeout=20 CORPUS tests/data/decks */
#include "alicorn/alicorn.h"
#include "base/constants.h"
#include "model/model.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    SEGMENTS = 14,
    TASKS = 6,
    FREQUENCIES = 3,
    DIRECTIONS = 60,
    POINTS = 10,
    WAVES = 6,
    NETWORKS = 8,
    LOADS = 8
};

/** Wavelengths: the far field of what is larger takes long, and has nothing new. */
static const double EXTENT = 20.0;

static size_t product(size_t a, size_t b)
{
    return a != 0 && b > SIZE_MAX / a ? SIZE_MAX : a * b;
}

static bool small_request(const ali_request *request)
{
    const ali_pattern_request *pattern = &request->as.pattern;
    const size_t *count = request->as.near.count;
    if (request->kind == ALI_REQUEST_PATTERN)
        return product(pattern->theta_count, pattern->phi_count) <= DIRECTIONS;
    if (request->kind == ALI_REQUEST_NEAR_E || request->kind == ALI_REQUEST_NEAR_H)
        return product(product(count[0], count[1]), count[2]) <= POINTS;
    return true;
}

static bool small_task(const ali_task *task, double extent)
{
    if (task->frequency_count > FREQUENCIES || task->request_count > TASKS ||
        task->network_count > NETWORKS || task->load_count > LOADS ||
        product(task->drive.waves.theta_count, task->drive.waves.phi_count) > WAVES)
        return false;
    for (size_t i = 0; i < task->request_count; i++)
        if (!small_request(&task->requests[i]))
            return false;
    for (size_t i = 0; i < task->frequency_count; i++)
        if (!(extent * task->frequencies[i] / ALI_C0 < EXTENT))
            return false;
    return true;
}

/** Whether the deck is quickly solved. */
static bool small(const ali_model *model)
{
    size_t segments = 0, tasks = 0;
    for (; model; model = model->next) {
        double extent = 0.0;
        segments += model->segment_count;
        tasks += model->task_count;
        if (segments > SEGMENTS || tasks > TASKS)
            return false;
        for (size_t i = 0; i < model->segment_count; i++) {
            const ali_segment *s = &model->segments[i];
            extent = fmax(extent, fmax(ali_vec3_norm(s->start), ali_vec3_norm(s->end)));
        }
        for (size_t t = 0; t < model->task_count; t++)
            if (!small_task(&model->tasks[t], extent))
                return false;
    }
    return true;
}

static void must_be_finite(double value, const char *what)
{
    if (isfinite(value))
        return;
    fprintf(stderr, "%s is %g\n", what, value);
    abort();
}

static void check_complex(const alicorn_complex *values, size_t count, const char *what)
{
    for (size_t i = 0; values && i < count; i++) {
        must_be_finite(values[i].re, what);
        must_be_finite(values[i].im, what);
    }
}

static void check_solve(const alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->source_count; i++) {
        const alicorn_source_result *source = &solve->sources[i];
        check_complex(&source->current, 1, "current of a source");
        must_be_finite(source->power_w, "power of a source");
    }
    size_t ports = solve->ports.count * solve->ports.count;
    check_complex(solve->ports.y, ports, "Y");
    check_complex(solve->ports.z, ports, "Z");
    check_complex(solve->ports.s, ports, "S");
    for (size_t i = 0; i < solve->current_count; i++) {
        check_complex(&solve->currents[i].current, 1, "current");
        check_complex(&solve->currents[i].charge, 1, "charge");
    }
    for (size_t i = 0; i < solve->pattern_count; i++) {
        const alicorn_pattern *pattern = &solve->patterns[i];
        size_t count = pattern->theta_count * pattern->phi_count;
        check_complex(pattern->e_theta, count, "E theta");
        check_complex(pattern->e_phi, count, "E phi");
        check_complex(pattern->e_rho, count, "E rho");
    }
    for (size_t i = 0; i < solve->near_field_count; i++)
        check_complex(solve->near_fields[i].field, 3 * solve->near_fields[i].count, "near field");
    must_be_finite(solve->power.input, "input power");
    must_be_finite(solve->power.structure_loss, "structure loss");
    must_be_finite(solve->power.network_loss, "network loss");
    must_be_finite(solve->power.far_field, "far-field power");
    must_be_finite(solve->residual, "residual");
    if (solve->has_gain)
        must_be_finite(solve->average_gain, "average gain");
}

static void check_finding(void *user, const alicorn_diagnostic *finding)
{
    (void)user;
    if (!finding->name || !finding->message || finding->message[0] == '\0')
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    alicorn_read_options read_options = {0};
    alicorn_model *model = NULL;
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_model_parse_nec((const char *)data, size, "fuzz", &read_options, &model, &error))
        return 0;
    if (small(model)) {
        size_t findings = 0;
        if (alicorn_model_lint(model, NULL, check_finding, NULL, &findings, &error))
            abort();
        alicorn_options options;
        alicorn_options_default(&options);
        options.threads = 1;
        options.memory_gb = 0.5;
        alicorn_status status = alicorn_solve(model, &options, &result, &error);
        if ((status == ALICORN_OK) != (result != NULL))
            abort();
        if (status != ALICORN_OK && error.message[0] == '\0')
            abort();
        for (size_t i = 0; result && i < alicorn_result_count(result); i++)
            check_solve(alicorn_result_solve(result, i));
    }
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return 0;
}
