/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/wire_mesh.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/joints.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Distances from a free tip, in radii, at which the last element is cut: the charge there grows
 * like the inverse square root of the distance to the rim. Measured: 16 of 54 decks are off by more
 * than 2 % without these cuts, none with them (docs/validation.md). */
static const double end_cuts[] = {0.35, 1.5, 6.0};
enum { END_CUT_COUNT = sizeof end_cuts / sizeof *end_cuts };

/** A cut must leave at least this share of the element beyond it. */
static const double END_CUT_LIMIT = 0.6;

/** More parts than this are no antenna's segment, but metres taken for millimetres. */
enum { PARTS_MAX = 1000 };

/** Working state while a mesh is built. */
typedef struct mesh_builder {
    const ali_model *model;
    const ali_mesh_options *options;
    const ali_wire_contact *contacts;
    size_t contact_count;
    size_t *contact_node;
    ali_wire_mesh *mesh;
    size_t *node_of_end; /**< [2 segment_count] */
    size_t *valence;     /**< [node_count] ends of distinct segments */
    size_t capacity;     /**< of mesh->elements */
} mesh_builder;

void ali_wire_mesh_destroy(ali_wire_mesh *mesh)
{
    if (!mesh)
        return;
    free(mesh->elements);
    free(mesh->segment_first);
    free(mesh->segment_master);
    free(mesh->segment_reversed);
    free(mesh->node);
    free(mesh->node_first);
    free(mesh->node_ends);
    free(mesh->node_grounded);
    free(mesh->node_attached);
    free(mesh);
}

/* ---- duplicates ---- */

/** Key of a segment that does not depend on its direction. */
typedef struct segment_key {
    size_t low, high, segment;
} segment_key;

static int compare_keys(const void *a, const void *b)
{
    const segment_key *p = a, *q = b;
    if (p->low != q->low)
        return p->low < q->low ? -1 : 1;
    if (p->high != q->high)
        return p->high < q->high ? -1 : 1;
    return p->segment < q->segment ? -1 : p->segment > q->segment;
}

static void report_duplicate(const ali_model *model, size_t segment, size_t master,
                             alicorn_report_fn report, void *user)
{
    if (!report)
        return;
    const ali_wire *wire = &model->wires[model->segments[segment].wire];
    char message[256];
    snprintf(
        message, sizeof message,
        "segment %zu lies exactly on segment %zu: the two are solved as one, and the current is "
        "reported on segment %zu",
        segment + 1, master + 1, master + 1);
    alicorn_diagnostic diagnostic = {.severity = ALICORN_WARNING,
                                     .name = "duplicate-wire",
                                     .message = message,
                                     .file = model->name,
                                     .line = wire->origin.line,
                                     .column = wire->origin.column,
                                     .object = wire->origin.card};
    report(user, &diagnostic);
}

/** Point every exact duplicate at the first of its kind. */
static alicorn_status find_duplicates(mesh_builder *builder, alicorn_report_fn report, void *user,
                                      alicorn_error *error)
{
    size_t count = builder->model->segment_count;
    segment_key *keys = ali_calloc(count, sizeof *keys);
    if (!keys)
        return ali_error_memory(error, count * sizeof *keys, "the duplicate search");
    for (size_t s = 0; s < count; s++) {
        size_t a = builder->node_of_end[2 * s], b = builder->node_of_end[2 * s + 1];
        keys[s] = (segment_key){a < b ? a : b, a < b ? b : a, s};
        builder->mesh->segment_master[s] = s;
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (keys[i].low != keys[first].low || keys[i].high != keys[first].high) {
            first = i;
            continue;
        }
        size_t segment = keys[i].segment, master = keys[first].segment;
        builder->mesh->segment_master[segment] = master;
        builder->mesh->segment_reversed[segment] =
            builder->node_of_end[2 * segment] != builder->node_of_end[2 * master];
        report_duplicate(builder->model, segment, master, report, user);
    }
    free(keys);
    return ALICORN_OK;
}

/* ---- elements ---- */

static alicorn_status add_element(mesh_builder *builder, ali_element element, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    if (ali_grow((void **)&mesh->elements, &builder->capacity, mesh->element_count,
                 sizeof *mesh->elements))
        return ali_error_memory(error, mesh->element_count * sizeof *mesh->elements, "elements");
    mesh->elements[mesh->element_count++] = element;
    return ALICORN_OK;
}

/** Whether the current must vanish at this end of a segment. */
static bool is_free(const mesh_builder *builder, size_t node)
{
    return builder->valence[node] == 1 && !builder->mesh->node_grounded[node] &&
           !builder->mesh->node_attached[node];
}

/** A segment, or a part of it between two contacts. */
typedef struct stretch {
    size_t segment;
    size_t node[2];
    ali_vec3 point[2];
    bool free[2]; /**< the current must vanish there */
} stretch;

/** Equal parts that a stretch is cut into first. */
static size_t parts_of(const ali_mesh_options *options, double length)
{
    double parts = options->longest > 0.0 ? ceil(length / options->longest) : 1.0;
    return (size_t)fmax(parts, 1.0) * (size_t)options->refine;
}

/** Places of the cuts along a stretch, as fractions 0 … 1, ends included; returns their number. */
static size_t cut_places(const mesh_builder *builder, const stretch *piece, double length,
                         double *place)
{
    size_t parts = parts_of(builder->options, length), count = 0;
    double part = 1.0 / (double)parts;
    double a = builder->model->segments[piece->segment].radius / length;
    bool split = builder->options->split_ends;
    bool start_free = split && piece->free[0], end_free = split && piece->free[1];
    /* with both tips on one part each side may use only its half */
    double reach = part * (parts == 1 && start_free && end_free ? 0.5 : 1.0) * END_CUT_LIMIT;

    place[count++] = 0.0;
    for (size_t i = 0; start_free && i < END_CUT_COUNT; i++)
        if (end_cuts[i] * a < reach)
            place[count++] = end_cuts[i] * a;
    for (size_t i = 1; i < parts; i++)
        place[count++] = (double)i * part;
    for (size_t i = END_CUT_COUNT; end_free && i > 0; i--)
        if (end_cuts[i - 1] * a < reach)
            place[count++] = 1.0 - end_cuts[i - 1] * a;
    place[count++] = 1.0;
    return count;
}

/** Cut a stretch into elements; inner nodes are numbered from mesh->node_count on. */
static alicorn_status mesh_stretch(mesh_builder *builder, const stretch *piece, double *place,
                                   alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    ali_vec3 axis = ali_vec3_sub(piece->point[1], piece->point[0]);
    double length = ali_vec3_norm(axis);
    size_t count = cut_places(builder, piece, length, place);
    size_t before = piece->node[0];
    for (size_t i = 0; i + 1 < count; i++) {
        bool last = i + 2 == count;
        size_t after = last ? piece->node[1] : mesh->node_count++;
        double middle = 0.5 * (place[i] + place[i + 1]);
        ali_element element = {.mid = ali_vec3_axpy(piece->point[0], middle, axis),
                               .dir = ali_vec3_scale(1.0 / length, axis),
                               .half = 0.5 * length * (place[i + 1] - place[i]),
                               .radius = builder->model->segments[piece->segment].radius,
                               .segment = piece->segment,
                               .node = {before, after}};
        alicorn_status status = add_element(builder, element, error);
        if (status)
            return status;
        before = after;
    }
    return ALICORN_OK;
}

static bool is_cut(const ali_wire_contact *contact)
{
    return contact->place > 0.0 && contact->place < 1.0;
}

/** Cut segment s at its contacts, of which *contact is the first, and into elements. */
static alicorn_status mesh_segment(mesh_builder *builder, size_t s, size_t *contact, double *place,
                                   alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    size_t first = builder->node_of_end[2 * s], last = builder->node_of_end[2 * s + 1];
    bool cut;
    stretch next = {.segment = s,
                    .node = {first},
                    .point = {mesh->node[first]},
                    .free = {is_free(builder, first)}};
    do {
        stretch piece = next;
        while (*contact < builder->contact_count && builder->contacts[*contact].segment == s &&
               !is_cut(&builder->contacts[*contact]))
            ++*contact;
        cut = *contact < builder->contact_count && builder->contacts[*contact].segment == s;
        if (cut) {
            builder->contact_node[*contact] = piece.node[1] = mesh->node_count++;
            piece.point[1] = builder->contacts[(*contact)++].point;
            next.node[0] = piece.node[1];
            next.point[0] = piece.point[1];
            next.free[0] = false;
        } else {
            piece.node[1] = last;
            piece.point[1] = mesh->node[last];
            piece.free[1] = is_free(builder, last);
        }
        alicorn_status status = mesh_stretch(builder, &piece, place, error);
        if (status)
            return status;
    } while (cut);
    return ALICORN_OK;
}

static alicorn_status mesh_segments(mesh_builder *builder, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    double *place = ali_calloc(
        (size_t)builder->options->refine * (PARTS_MAX + 1) + 2 * END_CUT_COUNT + 2, sizeof *place);
    if (!place)
        return ali_error_memory(error, 0, "segment cuts");
    alicorn_status status = ALICORN_OK;
    size_t contact = 0;
    for (size_t s = 0; s < mesh->segment_count && !status; s++) {
        mesh->segment_first[s] = mesh->element_count;
        while (contact < builder->contact_count && builder->contacts[contact].segment < s)
            contact++; /* those of duplicates */
        if (mesh->segment_master[s] == s)
            status = mesh_segment(builder, s, &contact, place, error);
    }
    mesh->segment_first[mesh->segment_count] = mesh->element_count;
    free(place);
    return status;
}

/* ---- nodes ---- */

/** Position of every joint: the mean of the ends that meet there, or where it is attached. */
static alicorn_status place_joints(mesh_builder *builder, size_t joint_count, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    const ali_model *model = builder->model;
    mesh->node = ali_calloc(joint_count, sizeof *mesh->node);
    mesh->node_grounded = ali_calloc(joint_count, sizeof *mesh->node_grounded);
    mesh->node_attached = ali_calloc(joint_count, sizeof *mesh->node_attached);
    builder->valence = ali_calloc(joint_count, sizeof *builder->valence);
    size_t *ends = ali_calloc(joint_count, sizeof *ends);
    if (!mesh->node || !mesh->node_grounded || !mesh->node_attached || !builder->valence || !ends) {
        free(ends);
        return ali_error_memory(error, joint_count * sizeof *mesh->node, "nodes");
    }
    for (size_t end = 0; end < 2 * model->segment_count; end++) {
        const ali_segment *segment = &model->segments[end / 2];
        size_t node = builder->node_of_end[end];
        mesh->node[node] = ali_vec3_add(mesh->node[node], end % 2 ? segment->end : segment->start);
        ends[node]++;
    }
    for (size_t node = 0; node < joint_count; node++)
        mesh->node[node] = ali_vec3_scale(1.0 / (double)ends[node], mesh->node[node]);
    free(ends);
    for (size_t i = 0; i < builder->contact_count; i++) {
        const ali_wire_contact *contact = &builder->contacts[i];
        builder->contact_node[i] = ALI_NONE;
        if (is_cut(contact))
            continue;
        size_t node = builder->node_of_end[2 * contact->segment + (contact->place > 0.5)];
        builder->contact_node[i] = node;
        mesh->node[node] = contact->point;
        mesh->node_attached[node] = true;
    }
    return ALICORN_OK;
}

/** Put joints that touch the ground plane exactly on it and mark those that are connected to it. */
static void ground_joints(mesh_builder *builder)
{
    ali_wire_mesh *mesh = builder->mesh;
    const ali_model *model = builder->model;
    if (!builder->options->ground)
        return;
    for (size_t end = 0; end < 2 * model->segment_count; end++) {
        const ali_segment *segment = &model->segments[end / 2];
        size_t node = builder->node_of_end[end];
        double length = ali_vec3_distance(segment->start, segment->end);
        if (fabs(mesh->node[node].z) > ALI_JOINT_TOLERANCE * length)
            continue;
        mesh->node[node].z = 0.0;
        mesh->node_grounded[node] = builder->options->connect;
    }
}

static alicorn_status refuse_segment(const ali_model *model, size_t s, const char *why,
                                     alicorn_error *error)
{
    const ali_wire *wire = &model->wires[model->segments[s].wire];
    return ali_error_set_at(error, ALICORN_E_INPUT, model->name, wire->origin.line,
                            wire->origin.column, wire->origin.card, "segment %zu (tag %d) %s",
                            s + 1, model->segments[s].tag, why);
}

static alicorn_status check_segments(const mesh_builder *builder, alicorn_error *error)
{
    const ali_model *model = builder->model;
    const ali_vec3 *node = builder->mesh->node;
    for (size_t s = 0; s < model->segment_count; s++) {
        size_t a = builder->node_of_end[2 * s], b = builder->node_of_end[2 * s + 1];
        if (!(ali_vec3_distance(node[a], node[b]) > 0.0))
            return refuse_segment(model, s, "has no length", error);
        double longest = builder->options->longest;
        if (longest > 0.0 && ali_vec3_distance(node[a], node[b]) > PARTS_MAX * longest)
            return refuse_segment(model, s,
                                  "is a thousand wavelengths long or more; lengths are in "
                                  "metres",
                                  error);
        if (!(model->segments[s].radius > 0.0))
            return refuse_segment(model, s, "has no radius; a radius above 0 is expected", error);
        if (!builder->options->ground)
            continue;
        if (node[a].z < 0.0 || node[b].z < 0.0)
            return refuse_segment(model, s, "reaches below the ground at z = 0", error);
        if (node[a].z == 0.0 && node[b].z == 0.0)
            return refuse_segment(model, s, "lies in the ground plane z = 0", error);
    }
    return ALICORN_OK;
}

/** Grow the joint arrays to all nodes and list the element ends that meet in each. */
static alicorn_status collect_ends(mesh_builder *builder, size_t joint_count, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    size_t nodes = mesh->node_count, ends = 2 * mesh->element_count;
    ali_vec3 *node = ali_calloc(nodes, sizeof *node);
    bool *grounded = ali_calloc(nodes, sizeof *grounded);
    bool *attached = ali_calloc(nodes, sizeof *attached);
    mesh->node_first = ali_calloc(nodes + 1, sizeof *mesh->node_first);
    mesh->node_ends = ali_calloc(ends, sizeof *mesh->node_ends);
    if (!node || !grounded || !attached || !mesh->node_first || !mesh->node_ends) {
        free(node);
        free(grounded);
        free(attached);
        return ali_error_memory(error, (nodes + ends) * sizeof *node, "nodes");
    }
    memcpy(node, mesh->node, joint_count * sizeof *node);
    memcpy(grounded, mesh->node_grounded, joint_count * sizeof *grounded);
    memcpy(attached, mesh->node_attached, joint_count * sizeof *attached);
    free(mesh->node);
    free(mesh->node_grounded);
    free(mesh->node_attached);
    mesh->node = node;
    mesh->node_grounded = grounded;
    mesh->node_attached = attached;
    for (size_t end = 0; end < ends; end++) {
        const ali_element *element = &mesh->elements[end / 2];
        size_t n = element->node[end % 2];
        mesh->node_first[n + 1]++;
        if (n >= joint_count)
            node[n] =
                ali_vec3_axpy(element->mid, end % 2 ? element->half : -element->half, element->dir);
    }
    for (size_t i = 0; i < builder->contact_count; i++)
        if (builder->contact_node[i] != ALI_NONE) {
            node[builder->contact_node[i]] = builder->contacts[i].point;
            attached[builder->contact_node[i]] = true;
        }
    for (size_t n = 0; n < nodes; n++)
        mesh->node_first[n + 1] += mesh->node_first[n];
    for (size_t end = ends; end-- > 0;)
        mesh->node_ends[--mesh->node_first[mesh->elements[end / 2].node[end % 2] + 1]] = end;
    /* the counting sort left each first one place late */
    memmove(mesh->node_first, mesh->node_first + 1, nodes * sizeof *mesh->node_first);
    mesh->node_first[nodes] = ends;
    return ALICORN_OK;
}

static alicorn_status build(mesh_builder *builder, alicorn_report_fn report, void *user,
                            alicorn_error *error)
{
    const ali_model *model = builder->model;
    ali_wire_mesh *mesh = builder->mesh;
    size_t count = model->segment_count, joint_count = 0;
    mesh->segment_count = count;
    mesh->segment_first = ali_calloc(count + 1, sizeof *mesh->segment_first);
    mesh->segment_master = ali_calloc(count, sizeof *mesh->segment_master);
    mesh->segment_reversed = ali_calloc(count, sizeof *mesh->segment_reversed);
    builder->node_of_end = ali_calloc(2 * count, sizeof *builder->node_of_end);
    if (!mesh->segment_first || !mesh->segment_master || !mesh->segment_reversed ||
        !builder->node_of_end)
        return ali_error_memory(error, 4 * count * sizeof(size_t), "the wire mesh");
    alicorn_status status = ali_joints_find(model->segments, count, builder->options->ground,
                                            builder->node_of_end, &joint_count, error);
    if (status || (status = place_joints(builder, joint_count, error)))
        return status;
    ground_joints(builder);
    if ((status = check_segments(builder, error)) ||
        (status = find_duplicates(builder, report, user, error)))
        return status;
    for (size_t s = 0; s < count; s++)
        for (size_t side = 0; side < 2 && mesh->segment_master[s] == s; side++)
            builder->valence[builder->node_of_end[2 * s + side]]++;
    mesh->node_count = joint_count;
    if ((status = mesh_segments(builder, error)))
        return status;
    return collect_ends(builder, joint_count, error);
}

alicorn_status ali_wire_mesh_create_attached(const ali_model *model,
                                             const ali_mesh_options *options, size_t contact_count,
                                             const ali_wire_contact *contacts, size_t *contact_node,
                                             alicorn_report_fn report, void *report_user,
                                             ali_wire_mesh **mesh, alicorn_error *error)
{
    *mesh = NULL;
    mesh_builder builder = {.model = model,
                            .options = options,
                            .contacts = contacts,
                            .contact_count = contact_count,
                            .contact_node = contact_node};
    builder.mesh = calloc(1, sizeof *builder.mesh);
    if (!builder.mesh)
        return ali_error_memory(error, sizeof *builder.mesh, "the wire mesh");
    alicorn_status status = build(&builder, report, report_user, error);
    free(builder.node_of_end);
    free(builder.valence);
    if (status)
        ali_wire_mesh_destroy(builder.mesh);
    else
        *mesh = builder.mesh;
    return status;
}

alicorn_status ali_wire_mesh_create(const ali_model *model, const ali_mesh_options *options,
                                    alicorn_report_fn report, void *report_user,
                                    ali_wire_mesh **mesh, alicorn_error *error)
{
    return ali_wire_mesh_create_attached(model, options, 0, NULL, NULL, report, report_user, mesh,
                                         error);
}
