/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "base/memory.h"
#include "model/model.h"
#include "output/isolation.h"
#include "output/jobs.h"
#include "output/json_document.h"
#include "output/pattern_rows.h"

#include <math.h>
#include <stdlib.h>

/* Every key written here is described in docs/json.md; tests/unit/output_json.c compares the two.
 */

/** An estimate, null if none was made (negative by the convention of result.h). */
static void put_estimate(ali_json *json, const char *key, double value)
{
    ali_json_real(json, key, value < 0 ? NAN : value);
}

static void put_source(ali_json *json, const alicorn_source_result *source)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "port", source->port);
    ali_json_integer(json, "tag", source->tag);
    ali_json_integer(json, "segment", (long long)source->segment);
    ali_json_complex(json, "impedance", source->impedance);
    put_estimate(json, "impedance_error", source->impedance_error);
    ali_json_complex(json, "voltage", source->voltage);
    ali_json_complex(json, "current", source->current);
    ali_json_real(json, "power_w", source->power_w);
    ali_json_close(json);
}

static void put_sources(ali_json *json, const char *key, const alicorn_source_result *sources,
                        size_t count)
{
    ali_json_open_array(json, key, ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++)
        put_source(json, &sources[i]);
    ali_json_close(json);
}

/** Row-major complex matrix, or null when it does not exist. */
static void put_complex_matrix(ali_json *json, const char *key, const alicorn_complex *values,
                               size_t rows, size_t columns)
{
    if (!values) {
        ali_json_null(json, key);
        return;
    }
    ali_json_open_array(json, key, ALI_JSON_LINES);
    for (size_t i = 0; i < rows; i++) {
        ali_json_open_array(json, NULL, ALI_JSON_INLINE);
        for (size_t j = 0; j < columns; j++)
            ali_json_complex(json, NULL, values[i * columns + j]);
        ali_json_close(json);
    }
    ali_json_close(json);
}

static void put_real_matrix(ali_json *json, const char *key, const double *values, size_t rows,
                            size_t columns)
{
    if (!values) {
        ali_json_null(json, key);
        return;
    }
    ali_json_open_array(json, key, ALI_JSON_LINES);
    for (size_t i = 0; i < rows; i++)
        ali_json_reals(json, NULL, values + i * columns, columns);
    ali_json_close(json);
}

static void put_ports(ali_json *json, const alicorn_ports *ports)
{
    ali_json_open_array(json, "ports", ALI_JSON_INLINE);
    for (size_t i = 0; i < ports->count; i++)
        ali_json_text(json, NULL, ports->names[i]);
    ali_json_close(json);
    ali_json_reals(json, "z0", ports->z0, ports->count);
    if (ports->count == 0)
        return;
    put_complex_matrix(json, "s", ports->s, ports->count, ports->count);
    put_real_matrix(json, "s_error", ports->s_error, ports->count, ports->count);
    put_complex_matrix(json, "z", ports->z, ports->count, ports->count);
    put_complex_matrix(json, "y", ports->y, ports->count, ports->count);
    put_real_matrix(json, "max_coupling_db", ports->coupling_db, ports->count, ports->count);
}

/** The two ports that are isolated least. */
static void put_isolation(ali_json *json, const alicorn_solve_result *solve)
{
    size_t from, to;
    if (!ali_has_isolation(solve))
        return;
    double worst = ali_worst_pair(&solve->ports, &from, &to);
    ali_json_open_object(json, "isolation", ALI_JSON_INLINE);
    ali_json_real(json, "worst_db", -worst);
    ali_json_text(json, "from", solve->ports.names[from]);
    ali_json_text(json, "to", solve->ports.names[to]);
    ali_json_close(json);
}

static void put_gain(ali_json *json, const alicorn_solve_result *solve)
{
    if (!solve->has_gain) {
        ali_json_null(json, "gain");
        return;
    }
    ali_json_open_object(json, "gain", ALI_JSON_INLINE);
    ali_json_real(json, "max_dbi", solve->max_gain_dbi);
    put_estimate(json, "max_error_db", solve->max_gain_error_db);
    ali_json_real(json, "theta_deg", solve->max_gain_theta_deg);
    ali_json_real(json, "phi_deg", solve->max_gain_phi_deg);
    ali_json_real(json, "average", solve->average_gain);
    ali_json_close(json);
}

/** Power budget; a plane wave delivers no power to speak of, so that only losses exist for it. */
static void put_power(ali_json *json, const alicorn_solve_result *solve)
{
    const alicorn_power *power = &solve->power;
    double exists = solve->driven == 2 || solve->driven == 4 ? NAN : 1.0;
    double losses_exist = solve->driven == 4 ? NAN : 1.0;
    ali_json_real(json, "radiated_w", exists * power->radiated);
    ali_json_real(json, "lost_w", losses_exist * (power->structure_loss + power->network_loss));
    ali_json_open_object(json, "power", ALI_JSON_INLINE);
    ali_json_real(json, "input_w", exists * power->input);
    ali_json_real(json, "radiated_w", exists * power->radiated);
    ali_json_real(json, "structure_loss_w", losses_exist * power->structure_loss);
    ali_json_real(json, "network_loss_w", losses_exist * power->network_loss);
    ali_json_real(json, "termination_w", losses_exist * power->termination);
    ali_json_real(json, "far_field_w", exists * power->far_field);
    ali_json_real(json, "ground_loss_w", power->has_ground_loss ? power->ground_loss : NAN);
    ali_json_close(json);
}

static void put_currents(ali_json *json, const alicorn_segment_current *currents, size_t count)
{
    ali_json_open_array(json, "currents", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        const alicorn_segment_current *segment = &currents[i];
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        ali_json_integer(json, "segment", (long long)segment->segment);
        ali_json_integer(json, "tag", segment->tag);
        ali_json_reals(json, "centre", segment->centre, 3);
        ali_json_reals(json, "direction", segment->direction, 3);
        ali_json_real(json, "length", segment->length);
        ali_json_real(json, "radius", segment->radius);
        ali_json_complex(json, "current", segment->current);
        ali_json_complex(json, "charge", segment->charge);
        ali_json_close(json);
    }
    ali_json_close(json);
}

static void put_face_currents(ali_json *json, const ali_model *model,
                              const alicorn_solve_result *solve)
{
    if (solve->face_current_count == 0)
        return;
    ali_json_open_array(json, "face_currents", ALI_JSON_LINES);
    for (size_t i = 0; i < solve->face_current_count; i++) {
        const alicorn_face_current *face = &solve->face_currents[i];
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        ali_json_text(json, "surface", ali_job_surface_name(model, solve->task, face->surface));
        ali_json_integer(json, "triangle", (long long)face->triangle);
        ali_json_reals(json, "centre", face->centre, 3);
        ali_json_real(json, "area", face->area);
        ali_json_open_array(json, "current", ALI_JSON_INLINE);
        for (size_t k = 0; k < 3; k++)
            ali_json_complex(json, NULL, face->current[k]);
        ali_json_close(json);
        ali_json_complex(json, "charge", face->charge);
        ali_json_close(json);
    }
    ali_json_close(json);
}

/** One number of a pattern sample. */
typedef struct sample_field {
    const char *key;
    double (*value)(const alicorn_pattern_sample *sample);
} sample_field;

#define SAMPLE_FIELDS(X)                                                                           \
    X(total_dbi)                                                                                   \
    X(theta_dbi)                                                                                   \
    X(phi_dbi)                                                                                     \
    X(major_dbi)                                                                                   \
    X(minor_dbi)                                                                                   \
    X(axial_ratio)                                                                                 \
    X(tilt_deg)                                                                                    \
    X(sense)

#define SAMPLE_FUNCTION(name)                                                                      \
    static double sample_##name(const alicorn_pattern_sample *sample)                              \
    {                                                                                              \
        return sample->name;                                                                       \
    }
SAMPLE_FIELDS(SAMPLE_FUNCTION)
#undef SAMPLE_FUNCTION

static const sample_field sample_fields[] = {
#define SAMPLE_ENTRY(name) {#name, sample_##name},
    SAMPLE_FIELDS(SAMPLE_ENTRY)
#undef SAMPLE_ENTRY
};

/** What follows from the field of every direction, shape [phi_count][theta_count], to be freed;
 * NULL without memory. */
static alicorn_pattern_sample *make_samples(const alicorn_pattern *pattern)
{
    size_t thetas = pattern->theta_count;
    alicorn_pattern_sample *samples = ali_calloc(pattern->phi_count * thetas, sizeof *samples);
    for (size_t at = 0; samples && at < pattern->phi_count * thetas; at++)
        samples[at] = alicorn_pattern_at(pattern, at % thetas, at / thetas);
    return samples;
}

/** One number per direction, shape [phi_count][theta_count]. Without `samples` each is computed
 * where it is needed. */
static void put_sample_field(ali_json *json, const alicorn_pattern *pattern,
                             const alicorn_pattern_sample *samples, const sample_field *field)
{
    ali_json_open_array(json, field->key, ALI_JSON_LINES);
    for (size_t j = 0; j < pattern->phi_count; j++) {
        ali_json_open_array(json, NULL, ALI_JSON_INLINE);
        for (size_t i = 0; i < pattern->theta_count; i++) {
            alicorn_pattern_sample sample =
                samples ? samples[j * pattern->theta_count + i] : alicorn_pattern_at(pattern, i, j);
            ali_json_real(json, NULL, field->value(&sample));
        }
        ali_json_close(json);
    }
    ali_json_close(json);
}

static void put_samples(ali_json *json, const alicorn_pattern *pattern)
{
    alicorn_pattern_sample *samples = make_samples(pattern);
    for (size_t k = 0; k < sizeof sample_fields / sizeof *sample_fields; k++)
        put_sample_field(json, pattern, samples, &sample_fields[k]);
    free(samples);
}

static void put_pattern(ali_json *json, const alicorn_pattern *pattern)
{
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "quantity", ali_pattern_quantity(pattern));
    ali_json_integer(json, "mode", pattern->mode);
    ali_json_real(json, "distance", pattern->distance);
    if (pattern->mode != 1)
        ali_json_real(json, "below_index", pattern->below_index > 0.0 ? pattern->below_index : NAN);
    ali_json_reals(json, pattern->mode == 1 ? "height" : "theta_deg", pattern->theta_deg,
                   pattern->theta_count);
    ali_json_reals(json, "phi_deg", pattern->phi_deg, pattern->phi_count);
    if (pattern->average) {
        ali_json_real(json, "average_gain", pattern->average_gain);
        ali_json_real(json, "solid_angle", pattern->solid_angle);
    }
    put_complex_matrix(json, pattern->mode == 1 ? "e_z" : "e_theta", pattern->e_theta,
                       pattern->phi_count, pattern->theta_count);
    put_complex_matrix(json, "e_phi", pattern->e_phi, pattern->phi_count, pattern->theta_count);
    if (pattern->mode == 1)
        put_complex_matrix(json, "e_rho", pattern->e_rho, pattern->phi_count, pattern->theta_count);
    else
        put_samples(json, pattern);
    ali_json_close(json);
}

static void put_near_field(ali_json *json, const alicorn_near_field *near)
{
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "quantity", near->magnetic ? "h" : "e");
    put_real_matrix(json, "points", near->point, near->count, 3);
    put_complex_matrix(json, "field", near->field, near->count, 3);
    ali_json_close(json);
}

static void put_coupling(ali_json *json, const alicorn_coupling *coupling)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_reals(json, "segments",
                   (const double[]){(double)coupling->segment[0], (double)coupling->segment[1]}, 2);
    ali_json_reals(json, "tags", (const double[]){coupling->tag[0], coupling->tag[1]}, 2);
    if (coupling->valid) {
        ali_json_real(json, "maximum_db", coupling->maximum_db);
        ali_json_complex(json, "load", coupling->load);
        ali_json_complex(json, "input", coupling->input);
    } else {
        ali_json_null(json, "maximum_db");
        ali_json_null(json, "load");
        ali_json_null(json, "input");
    }
    ali_json_close(json);
}

static void put_rcs(ali_json *json, const alicorn_rcs *rcs)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_real(json, "theta_deg", rcs->theta_deg);
    ali_json_real(json, "phi_deg", rcs->phi_deg);
    ali_json_real(json, "theta_inc_deg", rcs->theta_inc_deg);
    ali_json_real(json, "phi_inc_deg", rcs->phi_inc_deg);
    ali_json_real(json, "vv_dbsm", rcs->vv_dbsm);
    ali_json_real(json, "hv_dbsm", rcs->hv_dbsm);
    ali_json_real(json, "vh_dbsm", rcs->vh_dbsm);
    ali_json_real(json, "hh_dbsm", rcs->hh_dbsm);
    put_estimate(json, "vv_error_db", rcs->vv_error_db);
    put_estimate(json, "hv_error_db", rcs->hv_error_db);
    put_estimate(json, "vh_error_db", rcs->vh_error_db);
    put_estimate(json, "hh_error_db", rcs->hh_error_db);
    ali_json_close(json);
}

static void put_drive(ali_json *json, const alicorn_solve_result *solve)
{
    static const char *const name[] = {"none", "sources", "plane_wave", "current_element",
                                       "plane_waves"};
    int known = solve->driven >= 0 && (size_t)solve->driven < sizeof name / sizeof *name;
    ali_json_text(json, "drive", known ? name[solve->driven] : NULL);
    if (ali_driven_port(solve))
        ali_json_text(json, "driven_port", ali_driven_port(solve));
    if (solve->driven != 2)
        return;
    ali_json_open_object(json, "plane_wave", ALI_JSON_INLINE);
    ali_json_real(json, "theta_deg", solve->theta_inc_deg);
    ali_json_real(json, "phi_deg", solve->phi_inc_deg);
    ali_json_real(json, "eta_deg", solve->eta_deg);
    ali_json_real(json, "axial_ratio", solve->axial_ratio);
    ali_json_close(json);
}

/** The lists that are there only when they were asked for. */
static void put_requested(ali_json *json, const alicorn_solve_result *solve)
{
#define PUT_LIST(key, items, count, put)                                                           \
    do {                                                                                           \
        if (solve->count == 0)                                                                     \
            break;                                                                                 \
        ali_json_open_array(json, key, ALI_JSON_LINES);                                            \
        for (size_t i = 0; i < solve->count; i++)                                                  \
            put(json, &solve->items[i]);                                                           \
        ali_json_close(json);                                                                      \
    } while (0)
    PUT_LIST("couplings", couplings, coupling_count, put_coupling);
    PUT_LIST("rcs", rcs, rcs_count, put_rcs);
    PUT_LIST("patterns", patterns, pattern_count, put_pattern);
    PUT_LIST("near_fields", near_fields, near_field_count, put_near_field);
#undef PUT_LIST
}

static void put_solve(ali_json *json, const ali_model *model, const alicorn_solve_result *solve)
{
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_real(json, "frequency_hz", solve->frequency_hz);
    if (solve->interpolated)
        ali_json_bool(json, "interpolated", true);
    ali_json_integer(json, "job", (long long)ali_job_of_task(model, solve->task).number);
    ali_json_integer(json, "task", (long long)solve->task + 1);
    put_drive(json, solve);
    put_sources(json, "sources", solve->sources, solve->source_count);
    if (solve->connection_count > 0)
        put_sources(json, "connections", solve->connections, solve->connection_count);
    put_ports(json, &solve->ports);
    put_isolation(json, solve);
    put_gain(json, solve);
    put_power(json, solve);
    ali_json_real(json, "residual", solve->residual);
    ali_json_integer(json, "unknowns", (long long)solve->unknowns);
    ali_json_text(json, "solver", solve->compressed ? "compressed" : "dense");
    if (solve->compressed)
        ali_json_real(json, "matrix_error", solve->matrix_error);
    ali_json_open_object(json, "timing", ALI_JSON_INLINE);
    ali_json_real(json, "fill_s", solve->fill_s);
    ali_json_real(json, "factor_s", solve->factor_s);
    ali_json_real(json, "solve_s", solve->solve_s);
    ali_json_close(json);
    put_requested(json, solve);
    put_currents(json, solve->currents, solve->current_count);
    put_face_currents(json, model, solve);
    ali_json_close(json);
}

alicorn_status alicorn_write_solve_json(const alicorn_model *model,
                                        const alicorn_solve_result *solve, FILE *stream,
                                        alicorn_error *error)
{
    ali_writer writer;
    ali_json json;
    alicorn_status status = ali_writer_begin(&writer, stream, "JSON", error);
    if (status != ALICORN_OK)
        return status;
    ali_json_begin(&json, stream);
    put_solve(&json, model, solve);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/** What adaptive sweeps did, if there were any. */
static void put_sweeps(ali_json *json, const alicorn_result *result)
{
    size_t count = alicorn_result_sweep_count(result);
    if (count == 0)
        return;
    ali_json_open_array(json, "sweeps", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        const alicorn_sweep *sweep = alicorn_result_sweep(result, i);
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        ali_json_integer(json, "task", (long long)sweep->task + 1);
        ali_json_integer(json, "frequencies", (long long)sweep->frequencies);
        ali_json_integer(json, "solved", (long long)sweep->solved);
        ali_json_real(json, "tolerance", sweep->tolerance);
        ali_json_real(json, "error", sweep->error);
        ali_json_real(json, "largest_singular", sweep->largest_singular);
        ali_json_close(json);
    }
    ali_json_close(json);
}

alicorn_status alicorn_write_json(const alicorn_model *model, const alicorn_result *result,
                                  FILE *stream, alicorn_error *error)
{
    ali_json_document document;
    ali_json *json = &document.json;
    alicorn_status status = ali_json_document_begin(&document, stream, error);
    if (status != ALICORN_OK)
        return status;
    ali_json_text(json, "input", model->name);
    ali_json_text(json, "comment", model->comment);
    ali_json_integer(json, "segments", (long long)alicorn_model_segment_count(model));
    ali_json_integer(json, "unknowns", (long long)alicorn_result_unknowns(result));
    ali_json_text(json, "blas", alicorn_result_blas(result));
    ali_json_open_array(json, "solves", ALI_JSON_LINES);
    size_t count = alicorn_result_count(result);
    for (size_t i = 0; i < count && !ferror(stream); i++)
        put_solve(json, model, alicorn_result_solve(result, i));
    ali_json_close(json);
    put_sweeps(json, result);
    return ali_json_document_end(&document, error);
}
