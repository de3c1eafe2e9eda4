/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/judge.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** @file
 *  All requirements of a model, each by the judge of its kind. */

typedef alicorn_status (*judge_fn)(const ali_requirement *required,
                                   const alicorn_solve_result *solve, alicorn_verdict *verdict,
                                   alicorn_error *error);

static const struct {
    const char *name, *unit;
    judge_fn judge; /**< of each solve; NULL: of all together */
} kinds[] = {
    [ALICORN_REQUIRE_ISOLATION] = {"isolation", "dB", ali_judge_ports},
    [ALICORN_REQUIRE_VSWR] = {"vswr", "", ali_judge_ports},
    [ALICORN_REQUIRE_RETURN_LOSS] = {"return_loss", "dB", ali_judge_ports},
    [ALICORN_REQUIRE_GAIN] = {"gain", "dBi", ali_judge_pattern},
    [ALICORN_REQUIRE_RIPPLE] = {"ripple", "dB", ali_judge_pattern},
    [ALICORN_REQUIRE_COVERAGE] = {"coverage", "%", ali_judge_pattern},
    [ALICORN_REQUIRE_AXIAL_RATIO] = {"axial_ratio", "dB", ali_judge_pattern},
    [ALICORN_REQUIRE_EFFICIENCY] = {"efficiency", "%", ali_judge_ports},
    [ALICORN_REQUIRE_RCS] = {"rcs", "dBsm", ali_judge_rcs},
    [ALICORN_REQUIRE_TACAN] = {"tacan", "", NULL},
    [ALICORN_REQUIRE_COSITE] = {"cosite", "dB", NULL},
    [ALICORN_REQUIRE_BLIND] = {"blind", "deg", ali_judge_pattern},
};

static size_t verdicts_of(const ali_requirement *required)
{
    return required->kind == ALICORN_REQUIRE_TACAN ? ali_judge_tacan_count(required) : 1;
}

static alicorn_status judge_solves(const ali_requirement *required, const alicorn_result *result,
                                   alicorn_verdict *verdict, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < alicorn_result_count(result) && status == ALICORN_OK; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (solve->task == required->task)
            status = kinds[required->kind].judge(required, solve, verdict, error);
    }
    return status;
}

/** Verdicts of one requirement before anything is judged. */
static void begin_verdicts(const ali_requirement *required, alicorn_verdict *verdicts)
{
    verdicts[0] = (alicorn_verdict){.kind = required->kind,
                                    .name = kinds[required->kind].name,
                                    .unit = kinds[required->kind].unit,
                                    .detail = "",
                                    .line = required->line,
                                    .column = required->column,
                                    .low = required->low,
                                    .high = required->high,
                                    .gain_dbi = required->gain_dbi,
                                    .percent = required->percent,
                                    .assumed_error = required->assumed_error,
                                    .judgement = ALICORN_UNDECIDED,
                                    .value = NAN,
                                    .least = NAN,
                                    .most = NAN};
    if (required->kind == ALICORN_REQUIRE_TACAN)
        ali_judge_tacan_begin(required, verdicts);
}

static alicorn_status judge_requirement(const ali_requirement *required,
                                        const alicorn_result *result, alicorn_verdict *verdicts,
                                        alicorn_error *error)
{
    if (required->kind == ALICORN_REQUIRE_TACAN)
        return ali_judge_tacan(required, result, verdicts, error);
    if (required->kind == ALICORN_REQUIRE_COSITE)
        return ali_judge_cosite(required, result, verdicts, error);
    return judge_solves(required, result, verdicts, error);
}

size_t alicorn_model_requirement_count(const alicorn_model *model)
{
    return model->requirement_count;
}

alicorn_status alicorn_check_begin(const alicorn_model *model, alicorn_check **check,
                                   alicorn_error *error)
{
    *check = NULL;
    if (model->requirement_count == 0)
        return ali_error_set(error, ALICORN_E_USAGE, "nothing is required: no `requirements:`");
    size_t count = 0;
    for (size_t i = 0; i < model->requirement_count; i++)
        count += verdicts_of(&model->requirements[i]);
    alicorn_check *made = ali_calloc(1, sizeof *made);
    alicorn_verdict *verdicts = ali_calloc(count, sizeof *verdicts);
    if (!made || !verdicts) {
        free(made);
        free(verdicts);
        return ali_error_memory(error, count * sizeof *verdicts, "verdicts");
    }
    for (size_t i = 0, at = 0; i < model->requirement_count; i++) {
        begin_verdicts(&model->requirements[i], &verdicts[at]);
        at += verdicts_of(&model->requirements[i]);
    }
    *made = (alicorn_check){.count = count, .verdicts = verdicts, .undecided = count};
    *check = made;
    return ALICORN_OK;
}

alicorn_status alicorn_check_requirements(const alicorn_model *model, const alicorn_result *result,
                                          alicorn_check **check, alicorn_error *error)
{
    alicorn_check *made;
    alicorn_status status = alicorn_check_begin(model, &made, error);
    *check = NULL;
    for (size_t i = 0, at = 0; i < model->requirement_count && status == ALICORN_OK; i++) {
        const ali_requirement *required = &model->requirements[i];
        if (!result && required->task != ALI_NONE)
            status = ali_error_set(error, ALICORN_E_USAGE, "there is no result to be judged");
        else
            status = judge_requirement(required, result, &made->verdicts[at], error);
        at += verdicts_of(required);
    }
    if (status != ALICORN_OK) {
        alicorn_check_destroy(made);
        return status;
    }
    made->undecided = 0;
    for (size_t i = 0; i < made->count; i++) {
        made->failed += made->verdicts[i].judgement == ALICORN_FAIL;
        made->undecided += made->verdicts[i].judgement == ALICORN_UNDECIDED;
    }
    *check = made;
    return ALICORN_OK;
}

void alicorn_check_destroy(alicorn_check *check)
{
    if (check)
        free(check->verdicts);
    free(check);
}
