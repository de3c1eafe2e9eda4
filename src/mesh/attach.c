/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/attach.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/face_geometry.h"
#include "mesh/joints.h"
#include "mesh/surface_build.h"
#include "mesh/surface_cut.h"

#include <stdio.h>
#include <stdlib.h>

/** A wire runs along a surface if it is within reach for this many reaches … */
static const double along_reaches = 20.0;
/** … and for this part of the segment. */
static const double along_part = 0.05;
/** Free ends this many radii away look as if they were meant to touch. */
static const double near_radii = 3.0;

/** What meets at a joint of the wires. */
typedef struct joint {
    ali_vec3 point;           /**< mean of the ends */
    double radius;            /**< largest */
    double shortest, longest; /**< segment [m] */
    size_t first_end;
    size_t end_count;
    size_t vertex; /**< of the surface it is attached to; ALI_NONE */
} joint;

/** A place where a segment goes through a face. */
typedef struct passage {
    size_t segment;
    double place;
} passage;

typedef struct attacher {
    const ali_model *model;
    const ali_mesh_options *options;
    ali_surface_cutter cutter;
    joint *joints;
    size_t joint_count;
    size_t *joint_of_end; /**< [2 segment_count] */
    passage *passages;
    size_t passage_count, passage_capacity;
    bool *along; /**< [wire_count]: reported */
    alicorn_report_fn report;
    void *report_user;
} attacher;

void ali_contact_list_clear(ali_contact_list *list)
{
    free(list->contacts);
    free(list->vertex);
    *list = (ali_contact_list){0};
}

/** A reach must leave the other end of the segment alone. */
static const double reach_limit = 0.4;

double ali_attach_reach(double radius, double segment, double face)
{
    return fmax(fmin(radius, reach_limit * segment), ALI_JOINT_TOLERANCE * fmin(segment, face));
}

static double joint_reach(const attacher *work, const joint *at, size_t face)
{
    ali_corners corners = ali_face_corners(work->cutter.mesh, face);
    return ali_attach_reach(at->radius, at->shortest, ali_corners_shortest(&corners));
}

static ali_vec3 end_point(const ali_model *model, size_t end)
{
    return end % 2 ? model->segments[end / 2].end : model->segments[end / 2].start;
}

/* ---- messages ---- */

static void report_segment(const attacher *work, alicorn_severity severity, const char *name,
                           size_t segment, const char *message)
{
    const ali_wire *wire = &work->model->wires[work->model->segments[segment].wire];
    alicorn_diagnostic diagnostic = {.severity = severity,
                                     .name = name,
                                     .message = message,
                                     .file = work->model->name,
                                     .line = wire->origin.line,
                                     .column = wire->origin.column,
                                     .object = wire->origin.card};
    work->report(work->report_user, &diagnostic);
}

/** Once per wire. */
static void report_along(attacher *work, size_t segment, size_t face)
{
    size_t wire = work->model->segments[segment].wire;
    if (!work->report || work->along[wire])
        return;
    work->along[wire] = true;
    char message[256];
    snprintf(message, sizeof message,
             "segment %zu (tag %d) runs along %s within its radius: they are not connected there",
             segment + 1, work->model->segments[segment].tag,
             ali_triangle_name(work->model, work->cutter.mesh->faces[face].triangle).text);
    report_segment(work, ALICORN_WARNING, "wire-along-surface", segment, message);
}

static void report_near(attacher *work, const joint *at, size_t face, double distance)
{
    if (!work->report)
        return;
    size_t segment = at->first_end / 2;
    char message[256];
    snprintf(message, sizeof message,
             "end %d of segment %zu (tag %d) is %.3g m from %s, more than its radius: they are not "
             "connected",
             at->first_end % 2 ? 2 : 1, segment + 1, work->model->segments[segment].tag, distance,
             ali_triangle_name(work->model, work->cutter.mesh->faces[face].triangle).text);
    report_segment(work, ALICORN_WARNING, "wire-near-surface", segment, message);
}

/* ---- joints ---- */

static alicorn_status find_joints(attacher *work, alicorn_error *error)
{
    const ali_model *model = work->model;
    size_t ends = 2 * model->segment_count;
    work->joint_of_end = ali_calloc(ends, sizeof *work->joint_of_end);
    work->along = ali_calloc(model->wire_count, sizeof *work->along);
    if (!work->joint_of_end || !work->along)
        return ali_error_memory(error, ends * sizeof(size_t), "contacts of wires and surfaces");
    alicorn_status status =
        ali_joints_find(model->segments, model->segment_count, work->options->ground,
                        work->joint_of_end, &work->joint_count, error);
    if (status)
        return status;
    work->joints = ali_calloc(work->joint_count, sizeof *work->joints);
    if (!work->joints)
        return ali_error_memory(error, work->joint_count * sizeof *work->joints,
                                "contacts of wires and surfaces");
    for (size_t end = ends; end-- > 0;) {
        joint *at = &work->joints[work->joint_of_end[end]];
        double length = ali_joints_segment_length(&model->segments[end / 2]);
        at->point = ali_vec3_add(at->point, end_point(model, end));
        at->radius = fmax(at->radius, model->segments[end / 2].radius);
        at->shortest = at->end_count > 0 ? fmin(at->shortest, length) : length;
        at->longest = fmax(at->longest, length);
        at->first_end = end;
        at->end_count++;
    }
    for (size_t j = 0; j < work->joint_count; j++) {
        joint *at = &work->joints[j];
        at->point = ali_vec3_scale(1.0 / (double)at->end_count, at->point);
        at->vertex = ALI_NONE;
    }
    return ALICORN_OK;
}

/** Length over which a wire must stay within reach to run along a surface. */
static double along_length(double reach, double length)
{
    return fmin(length, fmax(along_reaches * reach, along_part * length));
}

/** Whether the segment runs along the surface from its end at a joint on it. A short one that leads
 * from surface to surface has both ends on them, but not its middle. */
static bool runs_along(const attacher *work, size_t end, const joint *at, double reach)
{
    double length = ali_joints_segment_length(&work->model->segments[end / 2]);
    double part = along_length(reach, length) / length;
    ali_vec3 axis = ali_vec3_sub(end_point(work->model, end ^ 1), at->point);
    ali_vec3 middle = ali_vec3_axpy(at->point, 0.5 * part, axis);
    ali_vec3 far = ali_vec3_axpy(at->point, part, axis);
    return ali_surface_cutter_nearest(&work->cutter, middle, reach, NULL, NULL, NULL) &&
           ali_surface_cutter_nearest(&work->cutter, far, reach, NULL, NULL, NULL);
}

/** Ends by joint: those of joint j are ends[first[j]] … ends[first[j + 1] - 1]. */
static alicorn_status list_ends(const attacher *work, size_t **first, size_t **ends,
                                alicorn_error *error)
{
    size_t count = 2 * work->model->segment_count;
    *first = ali_calloc(work->joint_count + 2, sizeof **first);
    *ends = ali_calloc(count, sizeof **ends);
    if (!*first || !*ends)
        return ali_error_memory(error, count * sizeof **ends, "contacts of wires and surfaces");
    for (size_t j = 0; j < work->joint_count; j++)
        (*first)[j + 2] = (*first)[j + 1] + work->joints[j].end_count;
    for (size_t end = 0; end < count; end++)
        (*ends)[(*first)[work->joint_of_end[end] + 1]++] = end;
    return ALICORN_OK;
}

/** Attach a joint to the surface if it touches it. */
static alicorn_status attach_joint(attacher *work, joint *at, const size_t *ends,
                                   alicorn_error *error)
{
    const ali_mesh_options *options = work->options;
    if (ali_mesh_grounds_rims(options) && ali_joints_on_ground(at->point, at->longest))
        return ALICORN_OK;
    double far = fmax(near_radii * at->radius, ALI_JOINT_TOLERANCE * at->shortest), distance;
    size_t face;
    ali_vec3 closest;
    if (!ali_surface_cutter_nearest(&work->cutter, at->point, far, &face, &closest, &distance))
        return ALICORN_OK;
    double reach = joint_reach(work, at, face);
    if (distance > reach) {
        if (at->end_count == 1 && distance <= near_radii * at->radius)
            report_near(work, at, face, distance);
        return ALICORN_OK;
    }
    size_t along = 0;
    for (size_t i = 0; i < at->end_count; i++)
        if (runs_along(work, ends[i], at, reach)) {
            report_along(work, ends[i] / 2, face);
            along++;
        }
    if (along == at->end_count)
        return ALICORN_OK;
    return ali_surface_cutter_insert(&work->cutter, face, closest, reach, &at->vertex, error);
}

static alicorn_status attach_joints(attacher *work, alicorn_error *error)
{
    size_t *first = NULL, *ends = NULL;
    alicorn_status status = list_ends(work, &first, &ends, error);
    for (size_t j = 0; j < work->joint_count && !status; j++)
        status = attach_joint(work, &work->joints[j], ends + first[j], error);
    free(first);
    free(ends);
    return status;
}

/* ---- passages ---- */

/** Note where a segment goes through a face of the mesh as it was before any cut. */
static alicorn_status pass_face(attacher *work, size_t s, size_t face, alicorn_error *error)
{
    const ali_segment *segment = &work->model->segments[s];
    double length = ali_joints_segment_length(segment), part[2];
    ali_corners corners = ali_face_corners(work->cutter.mesh, face);
    double shortest = ali_corners_shortest(&corners);
    double tolerance = ALI_JOINT_TOLERANCE * fmin(length, shortest);
    double reach = ali_attach_reach(segment->radius, length, shortest);
    ali_vec3 normal = ali_corners_normal(&corners, NULL);
    double h0 = ali_vec3_dot(ali_vec3_sub(segment->start, corners.p[0]), normal);
    double h1 = ali_vec3_dot(ali_vec3_sub(segment->end, corners.p[0]), normal);
    if (ali_line_in_triangle(&corners, segment->start, segment->end, reach, part) &&
        (part[1] - part[0]) * length >= 0.999 * along_length(2.0 * reach, length)) {
        report_along(work, s, face);
        return ALICORN_OK;
    }
    if ((h0 < 0.0) == (h1 < 0.0) ||
        !ali_line_in_triangle(&corners, segment->start, segment->end, tolerance, part))
        return ALICORN_OK;
    double place = fmin(fmax(h0 / (h0 - h1), part[0]), part[1]);
    if (place * length <= reach || (1.0 - place) * length <= reach)
        return ALICORN_OK;
    if (ali_grow((void **)&work->passages, &work->passage_capacity, work->passage_count,
                 sizeof *work->passages))
        return ali_error_memory(error, work->passage_count * sizeof *work->passages,
                                "contacts of wires and surfaces");
    work->passages[work->passage_count++] = (passage){s, place};
    return ALICORN_OK;
}

static alicorn_status find_passages(attacher *work, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t s = 0; s < work->model->segment_count && !status; s++) {
        const ali_segment *segment = &work->model->segments[s];
        const ali_vec3 ends[2] = {segment->start, segment->end};
        ali_box box = ali_box_around(ends, 2, segment->radius);
        ali_face_search search = ali_face_search_start(work->cutter.tree, &box);
        for (size_t face; !status && ali_face_search_next(&search, &face);)
            status = pass_face(work, s, face, error);
    }
    return status;
}

/* ---- the list ---- */

static alicorn_status add_contact(ali_contact_list *list, ali_wire_contact contact, size_t vertex,
                                  alicorn_error *error)
{
    if (ali_grow((void **)&list->contacts, &list->contact_capacity, list->count,
                 sizeof *list->contacts) ||
        ali_grow((void **)&list->vertex, &list->vertex_capacity, list->count, sizeof *list->vertex))
        return ali_error_memory(error, list->count * sizeof *list->contacts,
                                "contacts of wires and surfaces");
    list->contacts[list->count] = contact;
    list->vertex[list->count++] = vertex;
    return ALICORN_OK;
}

static alicorn_status add_joint(const attacher *work, size_t end, ali_contact_list *list,
                                alicorn_error *error)
{
    const joint *at = &work->joints[work->joint_of_end[end]];
    if (at->vertex == ALI_NONE || at->first_end != end)
        return ALICORN_OK;
    return add_contact(list,
                       (ali_wire_contact){.segment = end / 2,
                                          .place = (double)(end % 2),
                                          .point = work->cutter.mesh->vertices[at->vertex]},
                       at->vertex, error);
}

/** Cut the faces where a segment goes through them. A face's edge, and faces closer to each other
 * than the wire is thick, make one contact. */
static alicorn_status add_passages(attacher *work, size_t *next, size_t s, ali_contact_list *list,
                                   alicorn_error *error)
{
    const ali_segment *segment = &work->model->segments[s];
    double length = ali_joints_segment_length(segment);
    size_t before = work->joints[work->joint_of_end[2 * s]].vertex;
    size_t after = work->joints[work->joint_of_end[2 * s + 1]].vertex;
    alicorn_status status = ALICORN_OK;
    for (; *next < work->passage_count && work->passages[*next].segment == s && !status; ++*next) {
        double place = work->passages[*next].place;
        ali_vec3 point =
            ali_vec3_axpy(segment->start, place, ali_vec3_sub(segment->end, segment->start));
        double far = fmax(segment->radius, ALI_JOINT_TOLERANCE * length);
        size_t face, vertex;
        ali_vec3 closest;
        if (!ali_surface_cutter_nearest(&work->cutter, point, far, &face, &closest, NULL))
            continue;
        ali_corners corners = ali_face_corners(work->cutter.mesh, face);
        double reach = ali_attach_reach(segment->radius, length, ali_corners_shortest(&corners));
        status = ali_surface_cutter_insert(&work->cutter, face, closest, reach, &vertex, error);
        if (status || vertex == before || vertex == after)
            continue;
        before = vertex;
        status = add_contact(list,
                             (ali_wire_contact){.segment = s,
                                                .place = place,
                                                .point = work->cutter.mesh->vertices[vertex]},
                             vertex, error);
    }
    return status;
}

static int compare_passages(const void *left, const void *right)
{
    const passage *a = left, *b = right;
    if (a->segment != b->segment)
        return a->segment < b->segment ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static alicorn_status list_contacts(attacher *work, ali_contact_list *list, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    size_t next = 0;
    if (work->passage_count > 1)
        qsort(work->passages, work->passage_count, sizeof *work->passages, compare_passages);
    for (size_t s = 0; s < work->model->segment_count && !status; s++) {
        status = add_joint(work, 2 * s, list, error);
        if (!status)
            status = add_passages(work, &next, s, list, error);
        if (!status)
            status = add_joint(work, 2 * s + 1, list, error);
    }
    return status;
}

alicorn_status ali_attach_wires(const ali_model *model, const ali_mesh_options *options,
                                ali_surface_mesh *mesh, alicorn_report_fn report, void *report_user,
                                ali_contact_list *list, alicorn_error *error)
{
    *list = (ali_contact_list){0};
    attacher work = {
        .model = model, .options = options, .report = report, .report_user = report_user};
    alicorn_status status = ali_surface_cutter_start(&work.cutter, mesh, error);
    if (!status)
        status = find_joints(&work, error);
    if (!status)
        status = find_passages(&work, error);
    if (!status)
        status = attach_joints(&work, error);
    if (!status)
        status = list_contacts(&work, list, error);
    if (!status)
        status = ali_surface_cutter_finish(&work.cutter, ali_mesh_grounds_rims(options), error);
    ali_surface_cutter_clear(&work.cutter);
    free(work.joints);
    free(work.joint_of_end);
    free(work.passages);
    free(work.along);
    return status;
}
