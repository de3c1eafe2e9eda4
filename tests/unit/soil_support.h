/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SOIL_SUPPORT_H
#define TESTS_UNIT_SOIL_SUPPORT_H

#include "face_support.h"

#include "alicorn/alicorn.h"

/** @file
 *  Whole solves over a ground. */

static const alicorn_complex volt = {1.0, 0.0};

/** A ground by its permittivity at one frequency. */
static inline ali_ground soil(double complex permittivity, double frequency)
{
    return (ali_ground){
        .kind = ALI_GROUND_SOMMERFELD,
        .connect = true,
        .medium = {.eps_r = creal(permittivity),
                   .sigma = -cimag(permittivity) * 2.0 * ALI_PI * frequency * ALI_EPS0}};
}

/** Solve a model over a ground, and free it. */
static inline alicorn_result *solve(ali_model *model, ali_ground ground)
{
    alicorn_options options;
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    alicorn_options_default(&options);
    options.threads = 1;
    model->tasks[0].ground = ground;
    if (alicorn_solve(model, &options, &result, &error))
        fail_msg("%s", error.message);
    ali_model_destroy(model);
    return result;
}

/** Of the first source; frees the result. */
static inline double complex impedance_of(alicorn_result *result)
{
    const alicorn_solve_result *found = alicorn_result_solve(result, 0);
    assert_non_null(found);
    alicorn_complex z = found->sources[0].impedance;
    alicorn_result_destroy(result);
    return CMPLX(z.re, z.im);
}

#endif
