/* SPDX-License-Identifier: Apache-2.0 */

/* A half-wave dipole in free space through the public interface: describe, solve, read the answer.
 *
 *     cc dipole.c $(pkg-config --cflags --libs alicorn) -o dipole && ./dipole */

#include <alicorn/alicorn.h>

#include <stdio.h>

static const double first_end[3] = {0.0, 0.0, -0.2370}; /* [m] */
static const double second_end[3] = {0.0, 0.0, 0.2370};

/** One wire of 21 segments, fed in the middle, at 300 MHz. */
static alicorn_status describe(alicorn_model *model, alicorn_error *error)
{
    const alicorn_complex one_volt = {1.0, 0.0};
    alicorn_status status =
        alicorn_model_add_wire(model, 1, 21, first_end, second_end, 0.001, error);
    if (status == ALICORN_OK)
        status = alicorn_model_add_source(model, 1, 11, one_volt, error);
    if (status == ALICORN_OK)
        status = alicorn_model_add_frequency(model, 300e6, error);
    return status;
}

static void print_impedance(const alicorn_result *result)
{
    const alicorn_source_result *source = &alicorn_result_solve(result, 0)->sources[0];
    printf("Z = %.2f %+.2fj ohm, discretisation error about %.2g ohm\n", source->impedance.re,
           source->impedance.im, source->impedance_error);
}

int main(void)
{
    alicorn_error error = {.code = ALICORN_E_MEMORY, .message = "out of memory"};
    alicorn_options options;
    alicorn_result *result = NULL;
    alicorn_model *model = alicorn_model_create();
    alicorn_options_default(&options);
    alicorn_status status = model ? describe(model, &error) : ALICORN_E_MEMORY;
    if (status == ALICORN_OK)
        status = alicorn_solve(model, &options, &result, &error);
    if (status == ALICORN_OK)
        print_impedance(result);
    else
        fprintf(stderr, "dipole: %s\n", error.message);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return (int)status;
}
