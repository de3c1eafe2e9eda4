/* SPDX-License-Identifier: Apache-2.0 */
#include "study/record.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** Fewest bytes that one element of each list takes: a count that would need more than there are
 * is refused before memory is asked for. */
enum {
    SOURCE_BYTES = 100,
    CURRENT_BYTES = 100,
    FACE_CURRENT_BYTES = 100,
    PATTERN_BYTES = 80,
    NEAR_FIELD_BYTES = 16,
    COUPLING_BYTES = 60,
    RCS_BYTES = 96,
    COMPLEX_BYTES = 2 * sizeof(double)
};

void ali_record_clear(ali_record *record)
{
    free(record->bytes);
    *record = (ali_record){0};
}

static void fail(ali_record *record, alicorn_status status)
{
    if (!record->status)
        record->status = status;
}

/** Room for `count` more bytes. */
static bool reserve(ali_record *record, size_t count)
{
    size_t wanted = record->capacity ? record->capacity : 1024;
    if (count > SIZE_MAX / 4 - record->size)
        return false;
    while (wanted < record->size + count)
        wanted *= 2;
    if (wanted == record->capacity)
        return true;
    unsigned char *grown = realloc(record->bytes, wanted);
    if (!grown)
        return false;
    record->bytes = grown;
    record->capacity = wanted;
    return true;
}

void ali_record_bytes(ali_record *record, void *bytes, size_t count)
{
    if (record->status || count == 0)
        return;
    if (record->reading) {
        if (count > record->size - record->at) {
            fail(record, ALICORN_E_INPUT);
            return;
        }
        memcpy(bytes, record->bytes + record->at, count);
        record->at += count;
    } else {
        if (!reserve(record, count)) {
            fail(record, ALICORN_E_MEMORY);
            return;
        }
        memcpy(record->bytes + record->size, bytes, count);
        record->size += count;
    }
}

void ali_record_int(ali_record *record, int *value)
{
    int32_t stored = *value;
    ali_record_bytes(record, &stored, sizeof stored);
    *value = stored;
}

void ali_record_size(ali_record *record, size_t *value)
{
    uint64_t stored = *value;
    ali_record_bytes(record, &stored, sizeof stored);
    if (stored > SIZE_MAX)
        fail(record, ALICORN_E_INPUT);
    else
        *value = (size_t)stored;
}

void ali_record_real(ali_record *record, double *value)
{
    ali_record_bytes(record, value, sizeof *value);
}

static void record_complex(ali_record *record, alicorn_complex *value)
{
    ali_record_real(record, &value->re);
    ali_record_real(record, &value->im);
}

static void record_reals(ali_record *record, double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ali_record_real(record, &values[i]);
}

/* ---- arrays ---- */

/** `items` when writing; when reading a new zeroed array of `count` elements of `size` bytes, each
 * of which takes `least` bytes of the record or more. NULL after a failure. */
static void *record_array(ali_record *record, void *items, size_t count, size_t size, size_t least)
{
    if (!record->reading)
        return items;
    if (record->status)
        return NULL;
    if (count > (record->size - record->at) / least) {
        fail(record, ALICORN_E_INPUT);
        return NULL;
    }
    void *created = ali_calloc(count, size);
    if (!created)
        fail(record, ALICORN_E_MEMORY);
    return created;
}

/** Count of a list and room for its elements; the count is 0 after a failure. */
static void *record_list(ali_record *record, void *items, size_t *count, size_t size, size_t least)
{
    ali_record_size(record, count);
    void *list = record_array(record, items, *count, size, least);
    if (record->reading && !list)
        *count = 0;
    return list;
}

/** Array of real or complex numbers whose size is known. */
static void record_numbers(ali_record *record, double **numbers, size_t count)
{
    *numbers = record_array(record, *numbers, count, sizeof **numbers, sizeof **numbers);
    if (*numbers)
        ali_record_bytes(record, *numbers, count * sizeof **numbers);
}

static void record_complexes(ali_record *record, alicorn_complex **numbers, size_t count)
{
    *numbers = record_array(record, *numbers, count, sizeof **numbers, COMPLEX_BYTES);
    if (*numbers)
        ali_record_bytes(record, *numbers, count * sizeof **numbers);
}

/** Whether an array that may be NULL is there. */
static bool record_presence(ali_record *record, const void *items)
{
    int present = items != NULL;
    ali_record_int(record, &present);
    return !record->status && present;
}

static size_t product(ali_record *record, size_t a, size_t b)
{
    if (b == 0 || a <= SIZE_MAX / b)
        return a * b;
    fail(record, ALICORN_E_INPUT);
    return 0;
}

/* ---- parts of a solve ---- */

static void record_source(ali_record *record, alicorn_source_result *source)
{
    ali_record_bytes(record, source->port, sizeof source->port);
    if (record->reading)
        source->port[sizeof source->port - 1] = '\0';
    ali_record_int(record, &source->tag);
    ali_record_size(record, &source->segment);
    record_complex(record, &source->voltage);
    record_complex(record, &source->current);
    record_complex(record, &source->impedance);
    ali_record_real(record, &source->impedance_error);
    ali_record_real(record, &source->power_w);
}

static void record_sources(ali_record *record, alicorn_source_result **sources, size_t *count)
{
    *sources = record_list(record, *sources, count, sizeof **sources, SOURCE_BYTES);
    for (size_t i = 0; i < *count; i++)
        record_source(record, &(*sources)[i]);
}

/** Names as one text, each with its terminating zero; when reading one block holds the pointers and
 * then the text. */
static void record_names(ali_record *record, alicorn_ports *ports)
{
    size_t length = 0;
    if (!record->reading)
        for (size_t i = 0; i < ports->count; i++)
            length += strlen(ports->names[i]) + 1;
    ali_record_size(record, &length);
    if (!record->reading) {
        for (size_t i = 0; i < ports->count; i++)
            ali_record_bytes(record, (void *)ports->names[i], strlen(ports->names[i]) + 1);
        return;
    }
    if (!record->status && (length < ports->count || length > record->size - record->at))
        fail(record, ALICORN_E_INPUT);
    if (record->status)
        return;
    const char **names = ali_calloc(1, ports->count * sizeof *names + length + 1);
    ports->names = names;
    if (!names) {
        fail(record, ALICORN_E_MEMORY);
        return;
    }
    char *text = (char *)(names + ports->count);
    ali_record_bytes(record, text, length);
    const char *end = text + length; /* a zero stands there whatever was read */
    for (size_t i = 0; i < ports->count; i++) {
        names[i] = text < end ? text : end;
        text += text < end ? strlen(text) + 1 : 0;
    }
}

static void record_ports(ali_record *record, alicorn_ports *ports)
{
    double *z0 = (double *)ports->z0;
    ali_record_size(record, &ports->count);
    size_t size = product(record, ports->count, ports->count);
    if (record->status || ports->count == 0)
        return;
    record_numbers(record, &z0, ports->count);
    ports->z0 = z0;
    record_names(record, ports);
    alicorn_complex **matrix[] = {&ports->z, &ports->y, &ports->s};
    for (size_t m = 0; m < sizeof matrix / sizeof *matrix; m++)
        if (record_presence(record, *matrix[m]))
            record_complexes(record, matrix[m], size);
    if (record_presence(record, ports->s_error))
        record_numbers(record, &ports->s_error, size);
    if (record_presence(record, ports->coupling_db))
        record_numbers(record, &ports->coupling_db, size);
}

static void record_current(ali_record *record, alicorn_segment_current *current)
{
    ali_record_size(record, &current->segment);
    ali_record_int(record, &current->tag);
    record_reals(record, current->centre, 3);
    ali_record_real(record, &current->length);
    ali_record_real(record, &current->radius);
    record_reals(record, current->direction, 3);
    record_complex(record, &current->current);
    record_complex(record, &current->charge);
}

static void record_face_current(ali_record *record, alicorn_face_current *face)
{
    ali_record_size(record, &face->surface);
    ali_record_size(record, &face->triangle);
    record_reals(record, face->centre, 3);
    ali_record_real(record, &face->area);
    for (int i = 0; i < 3; i++)
        record_complex(record, &face->current[i]);
    record_complex(record, &face->charge);
}

static void record_pattern(ali_record *record, alicorn_pattern *pattern)
{
    int *const integers[] = {&pattern->mode,       &pattern->bistatic,  &pattern->axes,
                             &pattern->normalised, &pattern->directive, &pattern->average};
    double *const reals[] = {&pattern->distance,     &pattern->gain_scale,
                             &pattern->below_index,  &pattern->normalisation_db,
                             &pattern->average_gain, &pattern->solid_angle};
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        ali_record_int(record, integers[i]);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        ali_record_real(record, reals[i]);
    ali_record_size(record, &pattern->theta_count);
    ali_record_size(record, &pattern->phi_count);
    size_t size = product(record, pattern->theta_count, pattern->phi_count);
    record_numbers(record, &pattern->theta_deg, pattern->theta_count);
    record_numbers(record, &pattern->phi_deg, pattern->phi_count);
    record_complexes(record, &pattern->e_theta, size);
    record_complexes(record, &pattern->e_phi, size);
    if (record_presence(record, pattern->e_rho))
        record_complexes(record, &pattern->e_rho, size);
    /* writers read e_rho in mode 1 */
    if (pattern->mode == 1 && !pattern->e_rho)
        fail(record, ALICORN_E_INPUT);
}

static void record_near_field(ali_record *record, alicorn_near_field *near)
{
    ali_record_int(record, &near->magnetic);
    ali_record_int(record, &near->spherical);
    ali_record_size(record, &near->count);
    size_t size = product(record, near->count, 3);
    record_numbers(record, &near->point, size);
    record_complexes(record, &near->field, size);
}

static void record_coupling(ali_record *record, alicorn_coupling *coupling)
{
    for (int i = 0; i < 2; i++) {
        ali_record_size(record, &coupling->segment[i]);
        ali_record_int(record, &coupling->tag[i]);
    }
    ali_record_int(record, &coupling->valid);
    ali_record_real(record, &coupling->maximum_db);
    record_complex(record, &coupling->load);
    record_complex(record, &coupling->input);
}

static void record_rcs(ali_record *record, alicorn_rcs *rcs)
{
    double *const reals[] = {&rcs->vv_error_db,   &rcs->hv_error_db, &rcs->vh_error_db,
                             &rcs->hh_error_db,   &rcs->theta_deg,   &rcs->phi_deg,
                             &rcs->theta_inc_deg, &rcs->phi_inc_deg, &rcs->vv_dbsm,
                             &rcs->hv_dbsm,       &rcs->vh_dbsm,     &rcs->hh_dbsm};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        ali_record_real(record, reals[i]);
}

/** Everything of a solve that is one number. */
static void record_scalars(ali_record *record, alicorn_solve_result *solve)
{
    double *const reals[] = {&solve->frequency_hz,       &solve->theta_inc_deg,
                             &solve->phi_inc_deg,        &solve->eta_deg,
                             &solve->axial_ratio,        &solve->power.input,
                             &solve->power.radiated,     &solve->power.structure_loss,
                             &solve->power.network_loss, &solve->power.termination,
                             &solve->power.far_field,    &solve->max_gain_dbi,
                             &solve->max_gain_theta_deg, &solve->max_gain_phi_deg,
                             &solve->max_gain_error_db,  &solve->average_gain,
                             &solve->residual,           &solve->fill_s,
                             &solve->factor_s,           &solve->solve_s,
                             &solve->matrix_error,       &solve->power.ground_loss};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        ali_record_real(record, reals[i]);
    ali_record_size(record, &solve->task);
    ali_record_size(record, &solve->unknowns);
    ali_record_int(record, &solve->driven);
    ali_record_int(record, &solve->interpolated);
    ali_record_int(record, &solve->driven_port);
    ali_record_int(record, &solve->has_gain);
    ali_record_int(record, &solve->compressed);
    ali_record_int(record, &solve->power.has_ground_loss);
}

void ali_record_solve(ali_record *record, alicorn_solve_result *solve)
{
    record_scalars(record, solve);
    record_sources(record, &solve->sources, &solve->source_count);
    record_sources(record, &solve->connections, &solve->connection_count);
    record_ports(record, &solve->ports);
    /* writers read the driven port's names and values */
    if (record->reading && solve->driven_port >= 0 &&
        (size_t)solve->driven_port >= solve->ports.count)
        fail(record, ALICORN_E_INPUT);
#define RECORD_LIST(items, count, least, function)                                                 \
    do {                                                                                           \
        solve->items =                                                                             \
            record_list(record, solve->items, &solve->count, sizeof *solve->items, least);         \
        for (size_t i = 0; i < solve->count; i++)                                                  \
            function(record, &solve->items[i]);                                                    \
    } while (0)
    RECORD_LIST(currents, current_count, CURRENT_BYTES, record_current);
    RECORD_LIST(face_currents, face_current_count, FACE_CURRENT_BYTES, record_face_current);
    RECORD_LIST(patterns, pattern_count, PATTERN_BYTES, record_pattern);
    RECORD_LIST(near_fields, near_field_count, NEAR_FIELD_BYTES, record_near_field);
    RECORD_LIST(couplings, coupling_count, COUPLING_BYTES, record_coupling);
    RECORD_LIST(rcs, rcs_count, RCS_BYTES, record_rcs);
#undef RECORD_LIST
}
