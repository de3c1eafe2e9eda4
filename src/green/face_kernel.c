/* SPDX-License-Identifier: Apache-2.0 */
#include "green/face_kernel.h"

#include "base/processor.h"

#include <math.h>

static const ali_face_kernel *const kernels[] = {
    &ali_face_kernel_plain,
#ifdef __x86_64__
    &ali_face_kernel_avx2,
    &ali_face_kernel_avx512,
#endif
};

size_t ali_face_kernels(const ali_face_kernel *const **table)
{
    *table = kernels;
    return (size_t)ali_processor_variants();
}

const ali_face_kernel *ali_face_kernel_best(void)
{
    const ali_face_kernel *const *table;
    size_t count = ali_face_kernels(&table);
    return table[count - 1];
}

/** Largest errors found with random triangles: apart/ratio^power + phased phase^power. */
static const struct {
    int points;
    double apart, phased, power;
} rule_errors[] = {
    {1, 0.5, 0.5, 1.0},   {3, 0.035, 0.015, 2.0}, {6, 0.01, 2.5e-4, 4.0},
    {7, 0.02, 7e-5, 5.0}, {12, 0.01, 6e-7, 6.5},
};

int ali_face_rule_points(double ratio, double phase, double tolerance)
{
    for (size_t i = 0; i < sizeof rule_errors / sizeof *rule_errors; i++) {
        double power = rule_errors[i].power;
        double error =
            rule_errors[i].apart * pow(ratio, -power) + rule_errors[i].phased * pow(phase, power);
        if (error <= tolerance)
            return rule_errors[i].points;
    }
    return 0;
}
