/* SPDX-License-Identifier: Apache-2.0 */
#include "study/memory.h"

#include "study/answer.h"

/** Basis, operator and loads per unknown [bytes]. */
enum { DESCRIPTION_BYTES = 400 };

static size_t add(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static size_t times(size_t a, size_t b)
{
    return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

static size_t mesh_bytes(const ali_mesh *mesh)
{
    const ali_wire_mesh *wires = mesh->wires;
    const ali_surface_mesh *surfaces = mesh->surfaces;
    return wires->element_count * (sizeof *wires->elements + 4 * sizeof(size_t)) +
           surfaces->vertex_count * (sizeof *surfaces->vertices + 2 * sizeof(size_t)) +
           surfaces->face_count * (sizeof *surfaces->faces + 6 * sizeof(size_t)) +
           surfaces->edge_count * sizeof *surfaces->edges;
}

size_t ali_structure_bytes(const ali_structure *structure)
{
    size_t bytes = mesh_bytes(structure->mesh) + ali_near_bytes(structure->near);
    if (structure->face_near)
        bytes += ali_face_near_bytes(structure->face_near, !structure->symmetric);
    return bytes;
}

/** Currents of the ports, right-hand sides and residuals on the way to them. */
static size_t port_bytes(size_t unknowns, size_t probes, size_t ports, bool single)
{
    return add(times(ports, 2 * (unknowns + probes) * sizeof(double complex)),
               ali_system_solve_bytes(unknowns, ports, single));
}

size_t ali_unit_matrix_bytes(const ali_structure *structure, bool mixed)
{
    size_t n = structure->unknowns;
    return structure->compressed
               ? ali_compressed_plan_bytes(&structure->compressed_plan, structure->ports.count)
               : ali_solver_memory(n, structure->symmetric,
                                   mixed && n >= ali_structure_mixed_from(structure));
}

size_t ali_unit_bytes(const ali_structure *structure, const ali_task *const *tasks,
                      size_t task_count, bool mixed)
{
    size_t n = structure->unknowns, probes = structure->mesh->wires->element_count;
    bool single = mixed && n >= ali_structure_mixed_from(structure);
    size_t most = port_bytes(n, probes, structure->ports.count, single);
    for (size_t t = 0; t < task_count; t++) {
        size_t bytes = add(ali_answer_bytes(tasks[t], n, probes, single),
                           times(structure->ports.count, (n + probes) * sizeof(double complex)));
        most = bytes > most ? bytes : most;
    }
    size_t rows = structure->compressed ? 0 : ali_system_rows_bytes(n, probes);
    most = add(most, structure->ground_bytes);
    return add(
        add(ali_unit_matrix_bytes(structure, mixed), most),
        add(rows, times(DESCRIPTION_BYTES, n + probes + structure->mesh->surfaces->face_count)));
}

/* ---- results ---- */

static size_t request_bytes(const ali_request *request)
{
    const ali_pattern_request *pattern = &request->as.pattern;
    const ali_near_request *near = &request->as.near;
    const ali_direction_grid *incident = &request->as.rcs.incident;
    const ali_direction_grid *receive = &request->as.rcs.receive;
    size_t count = 1;
    switch (request->kind) {
    case ALI_REQUEST_PATTERN:
        return times(times(pattern->theta_count, pattern->phi_count), 2 * sizeof(alicorn_complex));
    case ALI_REQUEST_NEAR_E:
    case ALI_REQUEST_NEAR_H:
        for (int i = 0; i < 3; i++)
            count = times(count, near->count[i]);
        return times(count, 3 * (sizeof(double) + sizeof(alicorn_complex)));
    case ALI_REQUEST_RCS:
        count = times(incident->theta_count, incident->phi_count);
        if (request->as.rcs.bistatic)
            count = times(count, times(receive->theta_count, receive->phi_count));
        return times(count, sizeof(alicorn_rcs));
    default:
        return 0;
    }
}

size_t ali_results_bytes(const ali_model *model, const ali_task *task)
{
    bool cross_sections = task->request_count && task->requests[0].kind == ALI_REQUEST_RCS;
    size_t each = sizeof(alicorn_solve_result);
    if (!cross_sections)
        each += model->segment_count * sizeof(alicorn_segment_current) +
                model->triangle_count * sizeof(alicorn_face_current);
    if (task->drive.kind == ALI_DRIVE_SOURCES)
        each = add(each, times(task->drive.source_count * task->drive.source_count,
                               3 * sizeof(alicorn_complex) + 2 * sizeof(double)));
    for (size_t i = 0; i < task->request_count; i++)
        each = add(each, request_bytes(&task->requests[i]));
    return times(times(task->frequency_count, ali_answer_count(task)), each);
}
