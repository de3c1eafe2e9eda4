/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/wire_mesh.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/feet.h"
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

/** More parts than this are no antenna's segment, but metres taken for millimetres. In a medium
 * waves are shorter, and a long wire need not be an error. */
enum { PARTS_MAX = 1000, SOIL_PARTS_MAX = 100000 };

/** Longest element in a medium times |k2|. The current there falls or turns by e^{-jk2 s}; the
 * limit is that of degree 2 in basis/wire_basis.c. */
static const double SOIL_PHASE = 1.25;

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
    size_t *crossing;    /**< [crossing_count] nodes where a segment goes through z = 0 */
    size_t crossing_count, crossing_capacity;
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

/** A segment, or a part of it between two cuts. */
typedef struct stretch {
    size_t segment;
    size_t node[2];
    ali_vec3 point[2];
    bool free[2]; /**< the current must vanish there */
} stretch;

/** Longest part that a piece from one height to another may have [m]; 0: any. */
static double longest_part(const ali_mesh_options *options, double z0, double z1)
{
    bool in_soil = options->soil && fmin(z0, z1) < 0.0;
    return in_soil && options->soil_wavenumber > 0.0 ? SOIL_PHASE / options->soil_wavenumber
                                                     : options->longest;
}

/** Equal parts that a stretch is cut into first. */
static size_t parts_of(const ali_mesh_options *options, const stretch *piece, double length)
{
    double longest = longest_part(options, piece->point[0].z, piece->point[1].z);
    double parts = longest > 0.0 ? ceil(length / longest) : 1.0;
    return (size_t)fmax(parts, 1.0) * (size_t)options->refine;
}

/** Places of the cuts along a stretch, as fractions 0 … 1, ends included; returns their number. */
static size_t cut_places(const mesh_builder *builder, const stretch *piece, double length,
                         double *place)
{
    size_t parts = parts_of(builder->options, piece, length), count = 0;
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

/** A place between the ends of a segment where it is cut. */
typedef struct cut {
    double place; /**< 0 … 1 */
    ali_vec3 point;
    size_t contact; /**< ALI_NONE: the plane z = 0 */
} cut;

/** Where the segment goes through z = 0 into a medium; place 2 if it does not. */
static cut find_crossing(const mesh_builder *builder, size_t s)
{
    const ali_vec3 *node = builder->mesh->node;
    ali_vec3 a = node[builder->node_of_end[2 * s]], b = node[builder->node_of_end[2 * s + 1]];
    cut crossing = {.place = 2.0, .contact = ALI_NONE};
    if (!builder->options->soil || fmin(a.z, b.z) >= 0.0 || fmax(a.z, b.z) <= 0.0)
        return crossing;
    crossing.place = a.z / (a.z - b.z);
    crossing.point = ali_vec3_axpy(a, crossing.place, ali_vec3_sub(b, a));
    crossing.point.z = 0.0;
    return crossing;
}

/** The next cut of segment s: at a contact, from *contact on, or at *crossing, whichever comes
 * first; a contact takes the place of the crossing beside it. False if there is none. */
static bool next_cut(const mesh_builder *builder, size_t s, size_t *contact, cut *crossing,
                     cut *next)
{
    const ali_wire_contact *contacts = builder->contacts;
    while (*contact < builder->contact_count && contacts[*contact].segment == s &&
           !is_cut(&contacts[*contact]))
        ++*contact;
    bool touches = *contact < builder->contact_count && contacts[*contact].segment == s;
    double place = touches ? contacts[*contact].place : 2.0;
    if (fabs(place - crossing->place) <= ALI_JOINT_TOLERANCE)
        crossing->place = 2.0;
    if (touches && place < crossing->place) {
        *next = (cut){place, contacts[*contact].point, *contact};
        ++*contact;
        return true;
    }
    *next = *crossing;
    crossing->place = 2.0;
    return next->place < 1.0;
}

/** Number the node of a cut and remember what it is. */
static alicorn_status number_cut(mesh_builder *builder, const cut *at, size_t *node,
                                 alicorn_error *error)
{
    *node = builder->mesh->node_count++;
    if (at->contact != ALI_NONE) {
        builder->contact_node[at->contact] = *node;
        return ALICORN_OK;
    }
    if (ali_grow((void **)&builder->crossing, &builder->crossing_capacity, builder->crossing_count,
                 sizeof *builder->crossing))
        return ali_error_memory(error, builder->crossing_count * sizeof *builder->crossing,
                                "nodes");
    builder->crossing[builder->crossing_count++] = *node;
    return ALICORN_OK;
}

/** Cut segment s at its contacts, of which *contact is the first, and at z = 0, and into elements.
 */
static alicorn_status mesh_segment(mesh_builder *builder, size_t s, size_t *contact, double *place,
                                   alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    size_t first = builder->node_of_end[2 * s], last = builder->node_of_end[2 * s + 1];
    cut crossing = find_crossing(builder, s), at;
    bool more;
    alicorn_status status = ALICORN_OK;
    stretch next = {.segment = s,
                    .node = {first},
                    .point = {mesh->node[first]},
                    .free = {is_free(builder, first)}};
    do {
        stretch piece = next;
        more = next_cut(builder, s, contact, &crossing, &at);
        if (more) {
            if ((status = number_cut(builder, &at, &piece.node[1], error)))
                return status;
            piece.point[1] = at.point;
            next.node[0] = piece.node[1];
            next.point[0] = piece.point[1];
            next.free[0] = false;
        } else {
            piece.node[1] = last;
            piece.point[1] = mesh->node[last];
            piece.free[1] = is_free(builder, last);
        }
        status = mesh_stretch(builder, &piece, place, error);
    } while (more && !status);
    return status;
}

/** Most parts of any stretch. */
static size_t most_parts(const mesh_builder *builder)
{
    size_t most = 1;
    for (size_t s = 0; s < builder->model->segment_count; s++) {
        stretch whole = {.segment = s,
                         .point = {builder->mesh->node[builder->node_of_end[2 * s]],
                                   builder->mesh->node[builder->node_of_end[2 * s + 1]]}};
        double length = ali_vec3_distance(whole.point[0], whole.point[1]);
        size_t parts = parts_of(builder->options, &whole, length);
        most = parts > most ? parts : most;
    }
    return most;
}

static alicorn_status mesh_segments(mesh_builder *builder, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    double *place = ali_calloc(most_parts(builder) + 2 * END_CUT_COUNT + 2, sizeof *place);
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

/** A joint with a wire that lies in z = 0 or goes down meets the medium by that wire, and one on a
 * surface by that. */
static void release_joints(mesh_builder *builder)
{
    ali_wire_mesh *mesh = builder->mesh;
    for (size_t end = 0; end < 2 * builder->model->segment_count; end++) {
        size_t node = builder->node_of_end[end];
        if (mesh->node[builder->node_of_end[end ^ 1]].z <= 0.0 || mesh->node_attached[node])
            mesh->node_grounded[node] = false;
    }
}

/** Put joints that touch the ground plane exactly on it and mark those that are connected to it:
 * their current goes on in the ground's image, until feet are added for it. */
static alicorn_status ground_joints(mesh_builder *builder, size_t joint_count, alicorn_error *error)
{
    ali_wire_mesh *mesh = builder->mesh;
    const ali_model *model = builder->model;
    if (!builder->options->ground)
        return ALICORN_OK;
    bool *at_zero = ali_calloc(joint_count, sizeof *at_zero);
    if (!at_zero)
        return ali_error_memory(error, joint_count * sizeof *at_zero, "nodes");
    ali_joints_find_ground(model->segments, model->segment_count, builder->node_of_end, joint_count,
                           mesh->node, builder->options->soil, at_zero);
    for (size_t node = 0; node < joint_count; node++)
        if (at_zero[node]) {
            mesh->node[node].z = 0.0;
            mesh->node_grounded[node] = builder->options->connect;
        }
    free(at_zero);
    if (builder->options->soil)
        release_joints(builder);
    return ALICORN_OK;
}

static alicorn_status refuse_segment(const ali_model *model, size_t s, const char *why,
                                     alicorn_error *error)
{
    const ali_wire *wire = &model->wires[model->segments[s].wire];
    return ali_error_set_at(error, ALICORN_E_INPUT, model->name, wire->origin.line,
                            wire->origin.column, wire->origin.card, "segment %zu (tag %d) %s",
                            s + 1, model->segments[s].tag, why);
}

static alicorn_status check_length(const mesh_builder *builder, size_t s, ali_vec3 a, ali_vec3 b,
                                   alicorn_error *error)
{
    const ali_mesh_options *options = builder->options;
    double length = ali_vec3_distance(a, b), longest = longest_part(options, a.z, b.z);
    if (!(length > 0.0))
        return refuse_segment(builder->model, s, "has no length", error);
    if (options->longest > 0.0 && length > PARTS_MAX * options->longest)
        return refuse_segment(builder->model, s,
                              "is a thousand wavelengths long or more; lengths are in metres",
                              error);
    if (longest > 0.0 && length > SOIL_PARTS_MAX * longest)
        return refuse_segment(builder->model, s,
                              "is 10,000 wavelengths of the medium below z = 0 long or more; "
                              "lengths are in metres",
                              error);
    return ALICORN_OK;
}

static alicorn_status check_segments(const mesh_builder *builder, alicorn_error *error)
{
    const ali_model *model = builder->model;
    const ali_vec3 *node = builder->mesh->node;
    for (size_t s = 0; s < model->segment_count; s++) {
        ali_vec3 a = node[builder->node_of_end[2 * s]], b = node[builder->node_of_end[2 * s + 1]];
        alicorn_status status = check_length(builder, s, a, b, error);
        if (status)
            return status;
        if (!(model->segments[s].radius > 0.0))
            return refuse_segment(model, s, "has no radius; a radius above 0 is expected", error);
        if (!builder->options->ground || builder->options->soil)
            continue;
        if (a.z < 0.0 || b.z < 0.0)
            return refuse_segment(model, s,
                                  "reaches below the ground at z = 0, expected wires above it, or "
                                  "a lossy ground that is treated exactly (GN 2)",
                                  error);
        if (a.z == 0.0 && b.z == 0.0)
            return refuse_segment(model, s,
                                  "lies in the ground plane z = 0, expected wires above it, or a "
                                  "lossy ground that is treated exactly (GN 2)",
                                  error);
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
    for (size_t i = 0; i < builder->crossing_count; i++)
        node[builder->crossing[i]].z = 0.0;
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
    bool mirror = builder->options->ground && !builder->options->soil;
    alicorn_status status =
        ali_joints_find(model->segments, count, mirror, builder->node_of_end, &joint_count, error);
    if (status || (status = place_joints(builder, joint_count, error)) ||
        (status = ground_joints(builder, joint_count, error)))
        return status;
    if ((status = check_segments(builder, error)) ||
        (status = find_duplicates(builder, report, user, error)))
        return status;
    for (size_t s = 0; s < count; s++)
        for (size_t side = 0; side < 2 && mesh->segment_master[s] == s; side++)
            builder->valence[builder->node_of_end[2 * s + side]]++;
    mesh->node_count = joint_count;
    if ((status = mesh_segments(builder, error)))
        return status;
    if (builder->options->soil && builder->options->feet &&
        (status = ali_feet_add(mesh, joint_count, error)))
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
    free(builder.crossing);
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
