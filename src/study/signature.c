/* SPDX-License-Identifier: Apache-2.0 */
#include "study/signature.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Structures are hashed member by member, for what lies between members has no value. The test
 * changes each member in turn: tests/unit/checkpoint.c. */

static void add_vector(ali_hash *hash, ali_vec3 v)
{
    ali_hash_real(hash, v.x);
    ali_hash_real(hash, v.y);
    ali_hash_real(hash, v.z);
}

static void add_complex(ali_hash *hash, double complex value)
{
    ali_hash_real(hash, creal(value));
    ali_hash_real(hash, cimag(value));
}

static void add_count(ali_hash *hash, size_t count)
{
    ali_hash_integer(hash, (int64_t)count);
}

static ali_hash hash_wires(const ali_model *model)
{
    ali_hash hash = ali_hash_start();
    for (const ali_model *job = model; job; job = job->next) {
        add_count(&hash, job->segment_count);
        for (size_t i = 0; i < job->segment_count; i++) {
            const ali_segment *segment = &job->segments[i];
            add_vector(&hash, segment->start);
            add_vector(&hash, segment->end);
            ali_hash_real(&hash, segment->radius);
            ali_hash_integer(&hash, segment->tag);
            add_count(&hash, segment->wire);
        }
    }
    return hash;
}

/* ---- surfaces ---- */

static void add_surface(ali_hash *hash, const ali_surface *surface)
{
    add_count(hash, surface->first);
    add_count(hash, surface->count);
    add_count(hash, surface->medium[0]);
    add_count(hash, surface->medium[1]);
    ali_hash_integer(hash, surface->currents);
    ali_hash_integer(hash, (int64_t)surface->sheet.kind);
    add_complex(hash, surface->sheet.impedance);
    ali_hash_real(hash, surface->sheet.conductivity);
    ali_hash_real(hash, surface->sheet.thickness);
    ali_hash_real(hash, surface->electric_share);
}

static void add_surfaces(ali_hash *hash, const ali_model *model)
{
    add_count(hash, model->vertex_count);
    for (size_t i = 0; i < model->vertex_count; i++)
        add_vector(hash, model->vertices[i]);
    add_count(hash, model->triangle_count);
    for (size_t i = 0; i < model->triangle_count; i++) {
        for (size_t j = 0; j < 3; j++)
            add_count(hash, model->triangles[i].vertex[j]);
        add_count(hash, model->triangles[i].surface);
    }
    add_count(hash, model->surface_count);
    for (size_t i = 0; i < model->surface_count; i++)
        add_surface(hash, &model->surfaces[i]);
    add_count(hash, model->edge_line_count);
    for (size_t i = 0; i < model->edge_line_count; i++) {
        const ali_edge_line *line = &model->edge_lines[i];
        add_count(hash, line->count);
        for (size_t j = 0; j < line->count; j++)
            add_count(hash, line->vertices[j]);
    }
}

static ali_hash hash_surfaces(const ali_model *model)
{
    ali_hash hash = ali_hash_start();
    for (const ali_model *job = model; job; job = job->next)
        add_surfaces(&hash, job);
    return hash;
}

/* ---- tasks ---- */

/** Names count, for results hold them. */
static void add_ports(ali_hash *hash, const ali_model *model)
{
    add_count(hash, model->port_count);
    for (size_t i = 0; i < model->port_count; i++) {
        const ali_named_port *port = &model->ports[i];
        ali_hash_bytes(hash, port->name, strlen(port->name) + 1);
        ali_hash_integer(hash, (int64_t)port->site.kind);
        add_count(hash, port->site.index);
        ali_hash_real(hash, port->z0);
    }
}

static void add_medium(ali_hash *hash, const ali_medium *medium)
{
    ali_hash_real(hash, medium->eps_r);
    ali_hash_real(hash, medium->sigma);
    ali_hash_real(hash, medium->eps_imag);
    for (size_t i = 0; i < ALI_MEDIUM_RELAXATIONS; i++) {
        ali_hash_real(hash, medium->relaxations[i].strength);
        ali_hash_real(hash, medium->relaxations[i].frequency);
    }
}

static void add_ground(ali_hash *hash, const ali_ground *ground)
{
    ali_hash_integer(hash, (int64_t)ground->kind);
    ali_hash_integer(hash, ground->connect);
    ali_hash_integer(hash, ground->current_to_zero);
    add_medium(hash, &ground->medium);
    ali_hash_integer(hash, ground->radial_count);
    ali_hash_real(hash, ground->radial_length);
    ali_hash_real(hash, ground->radial_radius);
    ali_hash_integer(hash, ground->has_second);
    add_medium(hash, &ground->second);
    ali_hash_real(hash, ground->cliff_distance);
    ali_hash_real(hash, ground->cliff_height);
}

static void add_waves(ali_hash *hash, const ali_plane_waves *waves)
{
    ali_hash_integer(hash, (int64_t)waves->polarisation);
    add_count(hash, waves->theta_count);
    add_count(hash, waves->phi_count);
    ali_hash_real(hash, waves->theta_start);
    ali_hash_real(hash, waves->theta_step);
    ali_hash_real(hash, waves->phi_start);
    ali_hash_real(hash, waves->phi_step);
    ali_hash_real(hash, waves->eta);
    ali_hash_real(hash, waves->axial_ratio);
}

static void add_drive(ali_hash *hash, const ali_drive *drive)
{
    ali_hash_integer(hash, (int64_t)drive->kind);
    add_count(hash, drive->source_count);
    for (size_t i = 0; i < drive->source_count; i++) {
        ali_hash_integer(hash, (int64_t)drive->sources[i].kind);
        add_count(hash, drive->sources[i].segment);
        add_complex(hash, drive->sources[i].voltage);
    }
    ali_hash_integer(hash, drive->in_turn);
    add_waves(hash, &drive->waves);
    add_vector(hash, drive->element.position);
    ali_hash_real(hash, drive->element.alpha);
    ali_hash_real(hash, drive->element.beta);
    ali_hash_real(hash, drive->element.moment);
}

static void add_loads(ali_hash *hash, const ali_task *task)
{
    add_count(hash, task->load_count);
    for (size_t i = 0; i < task->load_count; i++) {
        const ali_load *load = &task->loads[i];
        ali_hash_integer(hash, (int64_t)load->kind);
        add_count(hash, load->first);
        add_count(hash, load->last);
        for (size_t j = 0; j < 3; j++)
            ali_hash_real(hash, load->value[j]);
    }
}

static void add_networks(ali_hash *hash, const ali_task *task)
{
    add_count(hash, task->network_count);
    for (size_t i = 0; i < task->network_count; i++) {
        const ali_network *network = &task->networks[i];
        ali_hash_integer(hash, (int64_t)network->kind);
        add_complex(hash, network->y11);
        add_complex(hash, network->y12);
        add_complex(hash, network->y22);
        ali_hash_real(hash, network->z0);
        ali_hash_integer(hash, network->crossed);
        ali_hash_real(hash, network->length);
        for (size_t j = 0; j < 2; j++) {
            add_count(hash, network->segment[j]);
            add_complex(hash, network->shunt[j]);
        }
    }
}

static void add_pattern(ali_hash *hash, const ali_pattern_request *pattern)
{
    ali_hash_integer(hash, (int64_t)pattern->mode);
    add_count(hash, pattern->theta_count);
    add_count(hash, pattern->phi_count);
    ali_hash_real(hash, pattern->theta_start);
    ali_hash_real(hash, pattern->theta_step);
    ali_hash_real(hash, pattern->phi_start);
    ali_hash_real(hash, pattern->phi_step);
    ali_hash_real(hash, pattern->distance);
    ali_hash_integer(hash, pattern->axes);
    ali_hash_integer(hash, pattern->normalised);
    ali_hash_integer(hash, pattern->directive);
    ali_hash_integer(hash, pattern->average);
    ali_hash_real(hash, pattern->normalisation_db);
}

static void add_near(ali_hash *hash, const ali_near_request *near)
{
    ali_hash_integer(hash, near->spherical);
    for (size_t i = 0; i < 3; i++) {
        add_count(hash, near->count[i]);
        ali_hash_real(hash, near->start[i]);
        ali_hash_real(hash, near->step[i]);
    }
}

static void add_grid(ali_hash *hash, const ali_direction_grid *grid)
{
    add_count(hash, grid->theta_count);
    add_count(hash, grid->phi_count);
    ali_hash_real(hash, grid->theta_start);
    ali_hash_real(hash, grid->theta_step);
    ali_hash_real(hash, grid->phi_start);
    ali_hash_real(hash, grid->phi_step);
}

static void add_rcs(ali_hash *hash, const ali_rcs_request *rcs)
{
    add_grid(hash, &rcs->incident);
    ali_hash_integer(hash, rcs->bistatic);
    add_grid(hash, &rcs->receive);
}

static void add_request(ali_hash *hash, const ali_request *request)
{
    ali_hash_integer(hash, (int64_t)request->kind);
    if (request->kind == ALI_REQUEST_PATTERN)
        add_pattern(hash, &request->as.pattern);
    if (request->kind == ALI_REQUEST_NEAR_E || request->kind == ALI_REQUEST_NEAR_H)
        add_near(hash, &request->as.near);
    if (request->kind == ALI_REQUEST_RCS)
        add_rcs(hash, &request->as.rcs);
}

static void add_task(ali_hash *hash, const ali_task *task)
{
    add_count(hash, task->frequency_count);
    for (size_t i = 0; i < task->frequency_count; i++)
        ali_hash_real(hash, task->frequencies[i]);
    ali_hash_integer(hash, task->terminated);
    add_ground(hash, &task->ground);
    add_drive(hash, &task->drive);
    add_loads(hash, task);
    add_networks(hash, task);
    add_count(hash, task->coupling_count);
    for (size_t i = 0; i < task->coupling_count; i++)
        add_count(hash, task->coupling[i]);
    add_count(hash, task->request_count);
    for (size_t i = 0; i < task->request_count; i++)
        add_request(hash, &task->requests[i]);
}

static ali_hash hash_tasks(const ali_model *model)
{
    ali_hash hash = ali_hash_start();
    for (const ali_model *job = model; job; job = job->next) {
        add_ports(&hash, job);
        add_count(&hash, job->task_count);
        for (size_t t = 0; t < job->task_count; t++)
            add_task(&hash, &job->tasks[t]);
    }
    return hash;
}

/* ---- options ---- */

/** The table's flags, and whether the results depend on them. A new setting does until it is named
 * here. */
static const char *const flags[] = {
#define FLAG(type, field, flag, init, lo, hi, unit, help) flag,
    ALICORN_OPTION_TABLE(FLAG)
#undef FLAG
};

/** Whether a setting changes what is solved at a frequency. */
static bool matters(const char *flag)
{
    return strcmp(flag, "threads") != 0 && strcmp(flag, "memory") != 0 &&
           strcmp(flag, "adaptive") != 0;
}

void ali_signature_make(const ali_model *model, const alicorn_options *options,
                        ali_signature *signature)
{
    const double values[] = {
#define VALUE(type, field, flag, init, lo, hi, unit, help) (double)options->field,
        ALICORN_OPTION_TABLE(VALUE)
#undef VALUE
    };
    *signature = (ali_signature){
        .wires = hash_wires(model), .surfaces = hash_surfaces(model), .tasks = hash_tasks(model)};
    snprintf(signature->version, sizeof signature->version, "%s", alicorn_version());
    for (size_t i = 0; i < ALI_SIGNATURE_OPTIONS; i++)
        signature->options[i] = matters(flags[i]) ? values[i] : 0.0;
}

alicorn_status ali_signature_compare(const ali_signature *earlier, const ali_signature *present,
                                     const char *file, alicorn_error *error)
{
    if (strcmp(earlier->version, present->version) != 0)
        return ali_error_set_at(error, ALICORN_E_INPUT, file, 0, 0, NULL,
                                "this checkpoint was made by version %s, and this is %s; remove it "
                                "to start again",
                                earlier->version, present->version);
    for (size_t i = 0; i < ALI_SIGNATURE_OPTIONS; i++)
        if (memcmp(&earlier->options[i], &present->options[i], sizeof *present->options) != 0)
            return ali_error_set_at(error, ALICORN_E_INPUT, file, 0, 0, NULL,
                                    "this checkpoint was made with --%s %g, and now it is %g; "
                                    "expected the same options, or remove it to start again",
                                    flags[i], earlier->options[i], present->options[i]);
    const struct {
        const ali_hash *earlier, *present;
        const char *what;
    } parts[] = {{&earlier->wires, &present->wires, "wires"},
                 {&earlier->surfaces, &present->surfaces, "surfaces"},
                 {&earlier->tasks, &present->tasks,
                  "ground, loads, sources, ports, frequencies or requests"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!ali_hash_equal(*parts[i].earlier, *parts[i].present))
            return ali_error_set_at(error, ALICORN_E_INPUT, file, 0, 0, NULL,
                                    "this checkpoint was made for another model: the %s are "
                                    "different; expected the same model, or remove it to start "
                                    "again",
                                    parts[i].what);
    return ALICORN_OK;
}

void ali_record_signature(ali_record *record, ali_signature *signature)
{
    ali_hash *const hashes[] = {&signature->wires, &signature->surfaces, &signature->tasks};
    size_t options = ALI_SIGNATURE_OPTIONS;
    ali_record_bytes(record, signature->version, sizeof signature->version);
    signature->version[sizeof signature->version - 1] = '\0';
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++)
        ali_record_bytes(record, hashes[i], sizeof *hashes[i]);
    ali_record_size(record, &options);
    if (options != ALI_SIGNATURE_OPTIONS && !record->status)
        record->status = ALICORN_E_INPUT;
    for (size_t i = 0; i < ALI_SIGNATURE_OPTIONS; i++)
        ali_record_real(record, &signature->options[i]);
}
