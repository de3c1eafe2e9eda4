/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/pair_factors.h"

#include "base/constants.h"
#include "base/memory.h"

#include <stdlib.h>

int ali_pair_factors_create(const ali_moment_batch *batch, ali_pair_factors *factors)
{
    size_t places = batch->places;
    factors->vector_re = ali_calloc_aligned(5 * places, sizeof *factors->vector_re);
    if (!factors->vector_re)
        return -1;
    factors->vector_im = factors->vector_re + places;
    factors->scalar_re = factors->vector_im + places;
    factors->scalar_im = factors->scalar_re + places;
    factors->inverse_half = factors->scalar_im + places;
    for (size_t place = 0; place < places; place++)
        factors->inverse_half[place] = 1.0 / batch->tubes.half[place];
    return 0;
}

void ali_pair_factors_clear(ali_pair_factors *factors)
{
    free(factors->vector_re);
    *factors = (ali_pair_factors){0};
}

/** Of an image over ground that reflects by Fresnel's coefficients. */
static void set_reflected(const ali_pair_factors *factors, const ali_wire_operator_setup *setup,
                          const ali_moment_batch *batch, size_t e, size_t from, size_t end)
{
    const ali_element *elements = setup->basis->mesh->elements;
    double vector = setup->omega * ALI_MU0, scalar = -1.0 / (setup->omega * ALI_EPS0);
    for (size_t i = from; i < end; i++) {
        double complex u, v;
        ali_reflection_factors(&elements[batch->element[i]], &elements[e], setup->omega / ALI_C0,
                               &setup->reflector, &u, &v);
        u *= CMPLX(0.0, vector);
        v *= CMPLX(0.0, scalar * factors->inverse_half[i]);
        factors->vector_re[i] = creal(u);
        factors->vector_im[i] = cimag(u);
        factors->scalar_re[i] = creal(v);
        factors->scalar_im[i] = cimag(v);
    }
}

void ali_pair_factors_set(const ali_pair_factors *factors, const ali_wire_operator_setup *setup,
                          const ali_moment_batch *batch, size_t e, bool image, size_t from,
                          size_t end)
{
    if (ali_pair_factors_complex(setup, image)) {
        set_reflected(factors, setup, batch, e, from, end);
        return;
    }
    const double *const *dir = batch->tubes.dir;
    double scalar = -1.0 / (setup->omega * ALI_EPS0);
    if (ali_pair_factors_half_space(setup, image)) { /* directions are in the moments */
        for (size_t i = from; i < end; i++) {
            factors->vector_im[i] = setup->omega * ALI_MU0;
            factors->scalar_im[i] = scalar * factors->inverse_half[i];
        }
        return;
    }
    ali_vec3 t = ali_vec3_scale(setup->omega * ALI_MU0, setup->basis->mesh->elements[e].dir);
    if (image) { /* of PEC: its current runs along -mirror(t), its charge is opposite */
        t = ali_vec3_scale(-1.0, ali_vec3_mirror_z(t));
        scalar = -scalar;
    }
    for (size_t i = from; i < end; i++) {
        factors->vector_im[i] = t.x * dir[0][i] + t.y * dir[1][i] + t.z * dir[2][i];
        factors->scalar_im[i] = scalar * factors->inverse_half[i];
    }
}
