/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "base/constants.h"
#include "base/memory.h"
#include "mesh/attach.h"
#include "mesh/face_geometry.h"
#include "mesh/face_tree.h"
#include "mesh/surface_build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Surfaces: what their mesh says while it is made, and what is doubtful about it then. */

/** Longest edge [wavelengths] over which a linear current follows the true one. */
static const double longest_edge = 0.2;
/** Smallest angle of a triangle that is not a needle [rad]. */
static const double needle_angle = 5.0 * ALI_PI / 180.0;
/** Farthest neighbour of a vertex with a wire over the nearest outer edge around it, above which
 * the reactance is wrong by several per cent (docs/lint.md). */
static const double uneven_fan = 8.0;
/** Rim vertices nearer than this part of their shortest edge were probably meant to be one. */
static const double crack_width = 0.01;
/** Bodies of fewer triangles may have a hole of three edges on purpose. */
enum { SMALLEST_BODY = 8 };

/** What the checks work on. */
typedef struct surface_lint {
    ali_lint *lint;
    ali_surface_mesh *mesh;
    ali_contact_list contacts;
    bool *rim;        /**< [vertex_count]: an open edge ends there */
    double *shortest; /**< [vertex_count]: shortest edge there [m] */
} surface_lint;

/** A place on a surface at which something is worst, and how often it occurs there. */
typedef struct worst_face {
    size_t face, count;
    double value;
    ali_vec3 point;
} worst_face;

/** Keep the larger value. */
static void note_worst(worst_face *worst, size_t face, double value, ali_vec3 point)
{
    if (worst->count++ == 0 || value > worst->value)
        *worst = (worst_face){face, worst->count, value, point};
}

/** " (and 7 more triangles)", or nothing. */
static ali_lint_text more(const worst_face *worst, const char *what)
{
    ali_lint_text text = {""};
    if (worst->count > 1)
        snprintf(text.text, sizeof text.text, " (and %zu more %s)", worst->count - 1, what);
    return text;
}

static ali_origin surface_origin(const surface_lint *work, size_t surface)
{
    const ali_surface *s = &work->lint->model->surfaces[surface];
    return (ali_origin){.line = s->line, .column = s->column};
}

static ali_surface_text face_name(const surface_lint *work, size_t face)
{
    return ali_triangle_name(work->lint->model, work->mesh->faces[face].triangle);
}

/* ---- what the mesh itself reports ---- */

/** alicorn_report_fn: take the mesh's warnings over as findings. */
static void take_over(void *user, const alicorn_diagnostic *diagnostic)
{
    ali_lint *lint = user;
    size_t kind = 0;
    while (kind < ALI_LINT_KIND_COUNT &&
           strcmp(diagnostic->name, ali_lint_descriptions[kind].name) != 0)
        kind++;
    if (kind == ALI_LINT_KIND_COUNT)
        return;
    ali_origin origin = {.line = diagnostic->line, .column = diagnostic->column};
    snprintf(origin.card, sizeof origin.card, "%s", diagnostic->object ? diagnostic->object : "");
    ali_lint_add(lint, (ali_lint_kind)kind, origin,
                 diagnostic->object ? diagnostic->object : "surface", "%s", diagnostic->message);
}

/** A mesh that cannot be made is a finding, unless memory is out. Returns whether it was made. */
static bool take_status(ali_lint *lint, alicorn_status status, const alicorn_error *error)
{
    if (status == ALICORN_OK)
        return true;
    if (status == ALICORN_E_MEMORY)
        lint->out_of_memory = true;
    else
        ali_lint_add(lint, ALI_LINT_BAD_SURFACE,
                     (ali_origin){.line = error->line, .column = error->column}, "surface", "%s",
                     error->message);
    return false;
}

static ali_mesh_options mesh_options(const ali_model *model)
{
    const ali_ground *ground = model->task_count > 0 ? &model->tasks[0].ground : NULL;
    return (ali_mesh_options){.refine = 1,
                              .ground = ground && ground->kind != ALI_GROUND_NONE,
                              .connect = ground && ground->connect,
                              .soil = ground && ground->kind == ALI_GROUND_SOMMERFELD};
}

static bool wires_are_sound(const ali_lint *lint)
{
    for (size_t s = 0; s < lint->model->segment_count; s++)
        if (!(lint->length[s] > 0.0))
            return false;
    return true;
}

/** Make the mesh as a solve would, its complaints becoming findings. */
static bool make_mesh(surface_lint *work)
{
    ali_lint *lint = work->lint;
    alicorn_error error = {0};
    ali_mesh_options options = mesh_options(lint->model);
    alicorn_status status =
        ali_surface_mesh_create(lint->model, &options, take_over, lint, &work->mesh, &error);
    if (!status && work->mesh->face_count > 0)
        status = ali_surface_mesh_check_crossings(lint->model, work->mesh, take_over, lint, NULL,
                                                  &error);
    if (!status && work->mesh->face_count > 0 && wires_are_sound(lint))
        status = ali_attach_wires(lint->model, &options, work->mesh, take_over, lint,
                                  &work->contacts, &error);
    return take_status(lint, status, &error);
}

/* ---- single triangles ---- */

/** The shortest wave around a face; 0 if there is none. */
static double wave_at(const surface_lint *work, size_t face)
{
    const ali_lint *lint = work->lint;
    bool below = lint->soil && lint->shortest_below > 0.0 && ali_face_in_soil(work->mesh, face);
    return below ? lint->shortest_below : lint->shortest_wave;
}

static void check_edges(surface_lint *work, size_t surface)
{
    const ali_surface_mesh *mesh = work->mesh;
    double air = work->lint->shortest_wave;
    worst_face worst = {0};
    for (size_t f = 0; f < mesh->face_count && air > 0.0; f++) {
        const ali_face *face = &mesh->faces[f];
        const ali_face_edge *longest = &mesh->edges[face->edge[0]];
        for (size_t i = 1; i < 3; i++)
            if (mesh->edges[face->edge[i]].length > longest->length)
                longest = &mesh->edges[face->edge[i]];
        double waves = longest->length / wave_at(work, f);
        if (face->surface != surface || waves <= longest_edge)
            continue;
        ali_vec3 middle = ali_vec3_scale(0.5, ali_vec3_add(mesh->vertices[longest->vertex[0]],
                                                           mesh->vertices[longest->vertex[1]]));
        note_worst(&worst, f, waves, middle);
    }
    if (worst.count == 0)
        return;
    double wave = wave_at(work, worst.face);
    ali_lint_add(work->lint, ALI_LINT_TRIANGLE_TOO_LONG, surface_origin(work, surface),
                 ali_surface_name(work->lint->model, surface).text,
                 "%s has an edge of %.3g m at %s, %.2f wavelengths%s at %.6g MHz%s; expected at "
                 "most a fifth",
                 face_name(work, worst.face).text, worst.value * wave,
                 ali_lint_point(worst.point).text, worst.value, wave < air ? " of the ground" : "",
                 ALI_C0 / air / 1e6, more(&worst, "triangles").text);
}

/** Smallest angle of a triangle [rad], and its corner. */
static double sharpest_angle(const ali_vec3 p[3], ali_vec3 *corner)
{
    double sharpest = ALI_PI;
    for (size_t i = 0; i < 3; i++) {
        ali_vec3 a = ali_vec3_sub(p[(i + 1) % 3], p[i]), b = ali_vec3_sub(p[(i + 2) % 3], p[i]);
        double angle = atan2(ali_vec3_norm(ali_vec3_cross(a, b)), ali_vec3_dot(a, b));
        if (angle < sharpest) {
            sharpest = angle;
            *corner = p[i];
        }
    }
    return sharpest;
}

/** Of the triangles as given: what wires cut is judged by check_fans. */
static void check_angles(surface_lint *work, size_t surface)
{
    const ali_model *model = work->lint->model;
    const ali_surface *part = &model->surfaces[surface];
    worst_face worst = {0}; /* its face is a triangle of the model */
    for (size_t t = part->first; t < part->first + part->count; t++) {
        const size_t *v = model->triangles[t].vertex;
        const ali_vec3 p[3] = {model->vertices[v[0]], model->vertices[v[1]], model->vertices[v[2]]};
        ali_vec3 corner = p[0];
        double angle = sharpest_angle(p, &corner);
        if (angle < needle_angle)
            note_worst(&worst, t, -angle, corner);
    }
    if (worst.count > 0)
        ali_lint_add(work->lint, ALI_LINT_NEEDLE_TRIANGLE, surface_origin(work, surface),
                     ali_surface_name(model, surface).text,
                     "%s has an angle of %.2g degrees at %s%s; expected at least %.0f",
                     ali_triangle_name(model, worst.face).text, -worst.value * 180.0 / ALI_PI,
                     ali_lint_point(worst.point).text, more(&worst, "triangles").text,
                     needle_angle * 180.0 / ALI_PI);
}

/** Triangles of one surface and one body that the input gives in both directions. */
static void check_orientation(surface_lint *work, size_t surface)
{
    const ali_surface_mesh *mesh = work->mesh;
    size_t body = ALI_NONE, turned = 0, count = 0, first[2] = {ALI_NONE, ALI_NONE};
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        if (face->surface != surface)
            continue;
        if (body == ALI_NONE)
            body = face->body;
        if (face->body != body || !mesh->bodies[body].oriented)
            continue;
        count++;
        turned += face->reversed;
        if (first[face->reversed] == ALI_NONE)
            first[face->reversed] = f;
    }
    if (turned == 0 || turned == count)
        return;
    size_t few = turned <= count / 2 ? turned : count - turned;
    ali_lint_add(work->lint, ALI_LINT_TRIANGLES_FLIPPED, surface_origin(work, surface),
                 ali_surface_name(work->lint->model, surface).text,
                 "%zu of %zu triangles of %s run against the others, the first of them is %s: they "
                 "are turned",
                 few, count, ali_surface_name(work->lint->model, surface).text,
                 face_name(work, first[few == turned]).text);
}

/* ---- cracks ---- */

static alicorn_status find_rims(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    work->rim = ali_calloc(mesh->vertex_count, sizeof *work->rim);
    work->shortest = ali_calloc(mesh->vertex_count, sizeof *work->shortest);
    if (!work->rim || !work->shortest)
        return ALICORN_E_MEMORY;
    for (size_t v = 0; v < mesh->vertex_count; v++)
        work->shortest[v] = HUGE_VAL;
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        for (size_t i = 0; i < 2; i++) {
            size_t v = edge->vertex[i];
            work->shortest[v] = fmin(work->shortest[v], edge->length);
            if (edge->count == 1 && !edge->grounded)
                work->rim[v] = true;
        }
    }
    return ALICORN_OK;
}

/** Whether an edge joins two vertices. */
static bool are_neighbours(const ali_surface_mesh *mesh, size_t v, size_t w)
{
    for (size_t i = mesh->vertex_first[v]; i < mesh->vertex_first[v + 1]; i++) {
        const size_t *vertex = mesh->faces[mesh->vertex_corners[i] / 3].vertex;
        if (vertex[0] == w || vertex[1] == w || vertex[2] == w)
            return true;
    }
    return false;
}

/** A rim vertex that comes within the width of a crack of v, ALI_NONE if none does. */
static size_t find_twin(const surface_lint *work, const ali_face_tree *tree, size_t v)
{
    const ali_surface_mesh *mesh = work->mesh;
    ali_box box = ali_box_around(&mesh->vertices[v], 1, crack_width * work->shortest[v]);
    ali_face_search search = ali_face_search_start(tree, &box);
    for (size_t f; ali_face_search_next(&search, &f);)
        for (size_t i = 0; i < 3; i++) {
            size_t w = mesh->faces[f].vertex[i];
            double width = crack_width * fmin(work->shortest[v], work->shortest[w]);
            if (w != v && work->rim[w] &&
                ali_vec3_distance(mesh->vertices[v], mesh->vertices[w]) <= width &&
                !are_neighbours(mesh, v, w))
                return w;
        }
    return ALI_NONE;
}

static void check_cracks(surface_lint *work, const ali_face_tree *tree)
{
    const ali_surface_mesh *mesh = work->mesh;
    size_t count = 0, first = ALI_NONE, other = ALI_NONE;
    for (size_t v = 0; v < mesh->vertex_count; v++) {
        size_t twin = work->rim[v] ? find_twin(work, tree, v) : ALI_NONE;
        if (twin == ALI_NONE)
            continue;
        if (count++ == 0) {
            first = v;
            other = twin;
        }
    }
    if (count == 0)
        return;
    size_t own = mesh->faces[mesh->vertex_corners[mesh->vertex_first[first]] / 3].surface;
    size_t next = mesh->faces[mesh->vertex_corners[mesh->vertex_first[other]] / 3].surface;
    ali_lint_add(work->lint, ALI_LINT_SURFACE_CRACK, surface_origin(work, own),
                 ali_surface_name(work->lint->model, own).text,
                 "the rims of %s and %s are %.2g m apart at %s and not joined; in all %zu vertices "
                 "of rims have another so near",
                 ali_surface_name(work->lint->model, own).text,
                 own == next ? "itself" : ali_surface_name(work->lint->model, next).text,
                 ali_vec3_distance(mesh->vertices[first], mesh->vertices[other]),
                 ali_lint_point(mesh->vertices[first]).text, count);
}

/** Whether an open edge joins two vertices of faces around v. */
static bool is_open_edge(const ali_surface_mesh *mesh, size_t v, size_t w)
{
    for (size_t i = mesh->vertex_first[v]; i < mesh->vertex_first[v + 1]; i++) {
        const ali_face *face = &mesh->faces[mesh->vertex_corners[i] / 3];
        for (size_t k = 0; k < 3; k++) {
            const ali_face_edge *edge = &mesh->edges[face->edge[k]];
            if (edge->count == 1 && !edge->grounded &&
                ((edge->vertex[0] == v && edge->vertex[1] == w) ||
                 (edge->vertex[0] == w && edge->vertex[1] == v)))
                return true;
        }
    }
    return false;
}

/** The third vertex of a hole of three open edges, the first of which is `edge`; ALI_NONE. */
static size_t hole_apex(const surface_lint *work, const ali_face_edge *edge)
{
    const ali_surface_mesh *mesh = work->mesh;
    size_t v = edge->vertex[0], w = edge->vertex[1];
    for (size_t i = mesh->vertex_first[w]; i < mesh->vertex_first[w + 1]; i++)
        for (size_t k = 0; k < 3; k++) {
            size_t apex = mesh->faces[mesh->vertex_corners[i] / 3].vertex[k];
            /* each hole once, from the edge of its two lowest vertices */
            if (apex > w && work->rim[apex] && is_open_edge(mesh, w, apex) &&
                is_open_edge(mesh, apex, v))
                return apex;
        }
    return ALI_NONE;
}

/** Holes of the size of one triangle. */
static void check_holes(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    worst_face holes = {0};
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        size_t face = mesh->edge_sides[edge->first] / 3;
        if (edge->count != 1 || edge->grounded ||
            mesh->bodies[mesh->faces[face].body].face_count < SMALLEST_BODY)
            continue;
        size_t apex = hole_apex(work, edge);
        if (apex == ALI_NONE)
            continue;
        ali_vec3 sum =
            ali_vec3_add(mesh->vertices[edge->vertex[0]],
                         ali_vec3_add(mesh->vertices[edge->vertex[1]], mesh->vertices[apex]));
        note_worst(&holes, face, 0.0, ali_vec3_scale(1.0 / 3.0, sum));
    }
    if (holes.count == 0)
        return;
    size_t surface = mesh->faces[holes.face].surface;
    ali_lint_add(work->lint, ALI_LINT_TRIANGLE_MISSING, surface_origin(work, surface),
                 ali_surface_name(work->lint->model, surface).text,
                 "%s has a hole of the size of one triangle at %s%s: the body is open there",
                 ali_surface_name(work->lint->model, surface).text,
                 ali_lint_point(holes.point).text, more(&holes, "holes").text);
}

/* ---- wires on surfaces ---- */

/** Wires on bodies under the combined field equation, which a solve refuses. */
static void check_combined(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    const ali_model *model = work->lint->model;
    for (size_t i = 0; i < work->contacts.count; i++) {
        size_t v = work->contacts.vertex[i];
        const ali_face *face = &mesh->faces[mesh->vertex_corners[mesh->vertex_first[v]] / 3];
        if (model->surfaces[face->surface].electric_share >= 1.0)
            continue;
        ali_lint_add_wire(
            work->lint, ALI_LINT_BAD_SURFACE,
            model->segments[work->contacts.contacts[i].segment].wire,
            "%s is attached to %s, which is to be solved by the combined field equation; expected "
            "the electric field equation there",
            ali_lint_segment_name(work->lint, work->contacts.contacts[i].segment).text,
            ali_surface_name(model, face->surface).text);
    }
}

/** Distance from a vertex to the farthest vertex that shares an edge with it [m]. */
static double fan_reach(const ali_surface_mesh *mesh, size_t v)
{
    double reach = 0.0;
    for (size_t i = mesh->vertex_first[v]; i < mesh->vertex_first[v + 1]; i++)
        for (size_t k = 0; k < 3; k++) {
            size_t w = mesh->faces[mesh->vertex_corners[i] / 3].vertex[k];
            reach = fmax(reach, ali_vec3_distance(mesh->vertices[v], mesh->vertices[w]));
        }
    return reach;
}

static void check_fans(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    const ali_contact_list *list = &work->contacts;
    for (size_t i = 0; i < list->count; i++) {
        const ali_wire_contact *contact = &list->contacts[i];
        size_t v = list->vertex[i], face = mesh->vertex_corners[mesh->vertex_first[v]] / 3;
        double near = ali_fan_radius(mesh, v), far = fan_reach(mesh, v);
        if (far <= uneven_fan * near)
            continue;
        ali_lint_add_wire(
            work->lint, ALI_LINT_FAN_UNEVEN, work->lint->model->segments[contact->segment].wire,
            "%s meets %s at %s, where the triangles end at %.2g m on one side and "
            "reach %.2g m on another; expected a vertex of the mesh there",
            ali_lint_segment_name(work->lint, contact->segment).text, face_name(work, face).text,
            ali_lint_point(contact->point).text, near, far);
    }
}

static void report_neighbours(surface_lint *work, size_t i, size_t j)
{
    const ali_wire_contact *a = &work->contacts.contacts[i], *b = &work->contacts.contacts[j];
    ali_lint_add_wire(work->lint, ALI_LINT_ATTACHMENTS_ADJACENT,
                      work->lint->model->segments[a->segment].wire,
                      "%s and %s meet a surface on neighbouring vertices, %.3g m apart at %s; "
                      "expected a vertex between them",
                      ali_lint_segment_name(work->lint, a->segment).text,
                      ali_lint_segment_name(work->lint, b->segment).text,
                      ali_vec3_distance(a->point, b->point), ali_lint_point(a->point).text);
}

static void check_neighbours(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    const ali_contact_list *list = &work->contacts;
    size_t *contact_of = ali_calloc(mesh->vertex_count, sizeof *contact_of);
    if (!contact_of) {
        work->lint->out_of_memory = true;
        return;
    }
    for (size_t v = 0; v < mesh->vertex_count; v++)
        contact_of[v] = ALI_NONE;
    for (size_t i = 0; i < list->count; i++) {
        size_t v = list->vertex[i];
        size_t met = ALI_NONE; /* an edge has two faces: tell each neighbour once */
        contact_of[v] = i;
        for (size_t c = mesh->vertex_first[v]; c < mesh->vertex_first[v + 1]; c++)
            for (size_t k = 0; k < 3; k++) {
                size_t other = contact_of[mesh->faces[mesh->vertex_corners[c] / 3].vertex[k]];
                if (other == ALI_NONE || other == i || other == met)
                    continue;
                met = other;
                report_neighbours(work, other, i);
            }
    }
    free(contact_of);
}

/* ---- all together ---- */

/** Shells that stand open on a medium: over a mirror their current would go on in the image, here
 * it ends. */
static void check_rims_on_ground(surface_lint *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    const ali_model *model = work->lint->model;
    if (!mesh_options(model).soil)
        return;
    for (size_t s = 0; s < model->surface_count; s++) {
        worst_face rims = {0};
        for (size_t e = 0; e < mesh->edge_count; e++) {
            const ali_face_edge *edge = &mesh->edges[e];
            size_t face = mesh->edge_sides[edge->first] / 3;
            ali_vec3 a = mesh->vertices[edge->vertex[0]], b = mesh->vertices[edge->vertex[1]];
            if (edge->count == 1 && a.z == 0.0 && b.z == 0.0 && mesh->faces[face].surface == s &&
                fabs(mesh->faces[face].normal.z) < 1.0 - 1e-9)
                note_worst(&rims, face, edge->length, ali_vec3_scale(0.5, ali_vec3_add(a, b)));
        }
        if (rims.count > 0)
            ali_lint_add(work->lint, ALI_LINT_RIM_ON_GROUND, surface_origin(work, s),
                         ali_surface_name(model, s).text,
                         "%s stands open on the ground at %s%s: no current flows into the ground "
                         "there; expected a body closed by a plate in z = 0",
                         ali_surface_name(model, s).text, ali_lint_point(rims.point).text,
                         more(&rims, "edges").text);
    }
}

static void check_faces(surface_lint *work)
{
    ali_face_tree *tree = NULL;
    for (size_t s = 0; s < work->lint->model->surface_count; s++) {
        check_edges(work, s);
        check_angles(work, s);
        check_orientation(work, s);
    }
    if (find_rims(work) || ali_face_tree_create(work->mesh, &tree, NULL)) {
        work->lint->out_of_memory = true;
        return;
    }
    check_cracks(work, tree);
    check_holes(work);
    ali_face_tree_destroy(tree);
    check_combined(work);
    check_rims_on_ground(work);
    check_fans(work);
    check_neighbours(work);
}

void ali_lint_check_surfaces(ali_lint *lint)
{
    const ali_model *model = lint->model;
    surface_lint work = {.lint = lint};
    if (model->triangle_count == 0)
        return;
    for (size_t t = 0; t < model->task_count; t++) {
        if (model->tasks[t].ground.kind == ALI_GROUND_REFLECTION) {
            ali_lint_add(lint, ALI_LINT_BAD_SURFACE, model->tasks[t].ground.origin, "surface",
                         "surfaces over a ground by reflection coefficients (GN 0) cannot be "
                         "solved, expected the exact ground (GN 2), a perfect one or free space");
            break;
        }
    }
    if (make_mesh(&work) && work.mesh->face_count > 0)
        check_faces(&work);
    ali_surface_mesh_destroy(work.mesh);
    ali_contact_list_clear(&work.contacts);
    free(work.rim);
    free(work.shortest);
}
