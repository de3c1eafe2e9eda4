/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/load.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/wire_impedance.h"
#include "operator/excitation.h"

#include <math.h>
#include <stdlib.h>

/** NEC takes component values below this as absent. */
static const double ABSENT = 1e-20;

static double complex series_rlc(const double value[3], double omega)
{
    double complex z = CMPLX(value[0], omega * value[1]);
    if (fabs(value[2]) > ABSENT)
        z += CMPLX(0.0, -1.0 / (omega * value[2]));
    return z;
}

/** Admittance of R, L, C in parallel. */
static double complex parallel_rlc(const double value[3], double omega)
{
    double complex y = CMPLX(0.0, omega * value[2]);
    if (fabs(value[1]) > ABSENT)
        y += CMPLX(0.0, -1.0 / (omega * value[1]));
    if (fabs(value[0]) > ABSENT)
        y += 1.0 / value[0];
    return y;
}

/** What a load is on one segment: a lumped impedance, or an impedance per length. */
typedef struct load_value {
    bool distributed;
    double complex impedance;
} load_value;

static alicorn_status evaluate(const ali_model *model, const ali_load *load, size_t segment,
                               double omega, load_value *result, alicorn_error *error)
{
    const ali_segment *s = &model->segments[segment];
    double length = ali_vec3_distance(s->start, s->end);
    /* per metre: a capacitance per metre becomes that of the segment, as in NEC */
    double scaled[3] = {load->value[0], load->value[1], load->value[2] * length * length};
    double complex admittance = 1.0;
    *result = (load_value){0};
    switch (load->kind) {
    case ALI_LOAD_SERIES_RLC:
        result->impedance = series_rlc(load->value, omega);
        break;
    case ALI_LOAD_PARALLEL_RLC:
        admittance = parallel_rlc(load->value, omega);
        result->impedance = 1.0 / admittance;
        break;
    case ALI_LOAD_SERIES_RLC_PER_METRE:
        *result = (load_value){true, series_rlc(scaled, omega)};
        break;
    case ALI_LOAD_PARALLEL_RLC_PER_METRE:
        admittance = parallel_rlc(scaled, omega);
        *result = (load_value){true, 1.0 / admittance};
        break;
    case ALI_LOAD_IMPEDANCE:
        result->impedance = CMPLX(load->value[0], load->value[1]);
        break;
    case ALI_LOAD_CONDUCTIVITY:
        *result = (load_value){
            true, ali_wire_internal_impedance(s->radius, load->value[0], omega, ALI_MU0)};
        break;
    }
    if (admittance == 0.0)
        return ali_error_set_at(error, ALICORN_E_INPUT, model->name, load->origin.line,
                                load->origin.column, load->origin.card,
                                "parallel load without R, L or C, or in exact resonance, is an "
                                "open circuit; a finite impedance is expected");
    return ALICORN_OK;
}

static alicorn_status add_lumped(const ali_wire_basis *basis, size_t segment,
                                 double complex impedance, size_t *capacity, ali_load_set *set,
                                 alicorn_error *error)
{
    if (ali_grow((void **)&set->lumped, capacity, set->lumped_count, sizeof *set->lumped))
        return ali_error_memory(error, sizeof *set->lumped * set->lumped_count, "loads");
    ali_lumped *load = &set->lumped[set->lumped_count++];
    load->impedance = impedance;
    return ali_segment_functional(basis, segment, &load->current, error);
}

static alicorn_status add_distributed(const ali_wire_basis *basis, size_t segment,
                                      double complex impedance, ali_load_set *set,
                                      alicorn_error *error)
{
    const ali_wire_mesh *mesh = basis->mesh;
    if (!set->series)
        set->series = ali_calloc(mesh->element_count, sizeof *set->series);
    if (!set->series)
        return ali_error_memory(error, mesh->element_count * sizeof *set->series, "loads");
    size_t master = mesh->segment_master[segment];
    for (size_t e = mesh->segment_first[master]; e < mesh->segment_first[master + 1]; e++)
        set->series[e] += impedance;
    return ALICORN_OK;
}

alicorn_status ali_load_set_create(const ali_wire_basis *basis, const ali_model *model,
                                   const ali_load *loads, size_t count, double omega,
                                   ali_load_set *set, alicorn_error *error)
{
    size_t capacity = 0;
    alicorn_status status = ALICORN_OK;
    *set = (ali_load_set){0};
    for (size_t i = 0; i < count && !status; i++)
        for (size_t s = loads[i].first; s <= loads[i].last && !status; s++) {
            load_value value;
            status = evaluate(model, &loads[i], s, omega, &value, error);
            if (!status && value.distributed)
                status = add_distributed(basis, s, value.impedance, set, error);
            else if (!status)
                status = add_lumped(basis, s, value.impedance, &capacity, set, error);
        }
    if (status)
        ali_load_set_clear(set);
    return status;
}

void ali_load_set_clear(ali_load_set *set)
{
    for (size_t i = 0; i < set->lumped_count; i++)
        ali_functional_clear(&set->lumped[i].current);
    free(set->lumped);
    free(set->series);
    *set = (ali_load_set){0};
}

/** int |I|^2 ds over one element for a current given by its terms. */
static double mean_square(const ali_wire_basis *basis, size_t e, const double complex *x)
{
    enum { SIZE = ALI_DEGREE_MAX + 2 };
    double half = basis->mesh->elements[e].half, current[SIZE], slope[SIZE];
    double complex sum[SIZE] = {0};
    for (size_t t = basis->element_first[e]; t < basis->element_first[e + 1]; t++) {
        const ali_term *term = &basis->terms[t];
        if (term->function >= basis->count)
            continue;
        ali_shape_legendre(term->shape, half, SIZE - 1, current, slope);
        for (int p = 0; p < SIZE; p++)
            sum[p] += x[term->function] * term->weight * current[p];
    }
    double total = 0.0;
    for (int p = 0; p < SIZE; p++)
        total += (creal(sum[p]) * creal(sum[p]) + cimag(sum[p]) * cimag(sum[p])) * 2.0 * half /
                 (2 * p + 1);
    return total;
}

double ali_load_power(const ali_wire_basis *basis, const ali_load_set *set, const double complex *x)
{
    double power = 0.0;
    for (size_t e = 0; set->series && e < basis->mesh->element_count; e++)
        if (set->series[e] != 0.0)
            power += 0.5 * creal(set->series[e]) * mean_square(basis, e, x);
    for (size_t i = 0; i < set->lumped_count; i++) {
        double complex current = ali_functional_apply(&set->lumped[i].current, x, basis->count);
        power += 0.5 * creal(set->lumped[i].impedance) * creal(current * conj(current));
    }
    return power;
}
