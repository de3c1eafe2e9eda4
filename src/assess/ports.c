/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/assess.h"

#include <math.h>

double alicorn_assess_vswr(double magnitude)
{
    return magnitude < 1 ? (1 + magnitude) / (1 - magnitude) : HUGE_VAL;
}

double alicorn_assess_efficiency(const alicorn_solve_result *solve, int mismatch)
{
    const alicorn_power *power = &solve->power;
    const alicorn_ports *ports = &solve->ports;
    double radiated = power->has_ground_loss ? power->far_field : power->radiated;
    double matched = 1;
    if (mismatch) {
        if (solve->driven_port < 0 || (size_t)solve->driven_port >= ports->count || !ports->s)
            return NAN;
        alicorn_complex s = ports->s[(size_t)solve->driven_port * (ports->count + 1)];
        matched = 1 - s.re * s.re - s.im * s.im;
    }
    return solve->driven == 1 && power->input > 0 ? matched * radiated / power->input : NAN;
}

double alicorn_assess_loss_db(double magnitude)
{
    return magnitude > 0 ? -20 * log10(magnitude) : HUGE_VAL;
}
