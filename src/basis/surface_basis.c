/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/surface_basis.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Term with its face, before the terms are sorted by face. */
typedef struct placed_term {
    size_t face;
    ali_term term;
} placed_term;

typedef struct basis_builder {
    const ali_surface_mesh *mesh;
    ali_surface_basis *basis;
    placed_term *terms;
    size_t term_count, term_capacity;
} basis_builder;

void ali_surface_basis_destroy(ali_surface_basis *basis)
{
    if (!basis)
        return;
    free(basis->face_first);
    free(basis->terms);
    free(basis->function_edge);
    free(basis->function_first);
    free(basis->function_faces);
    free(basis);
}

static int add_term(basis_builder *builder, size_t function, size_t face, int shape, double weight)
{
    if (ali_grow((void **)&builder->terms, &builder->term_capacity, builder->term_count,
                 sizeof *builder->terms))
        return -1;
    builder->terms[builder->term_count++] =
        (placed_term){face, {.function = function, .shape = shape, .weight = weight}};
    return 0;
}

/* ---- edges ---- */

/** Functions across an edge. */
static size_t functions_of(const ali_face_edge *edge)
{
    return edge->grounded ? edge->count : edge->count - 1;
}

/** The functions across an edge: out of its first face into each of the others, or out of each into
 * the ground's image. */
static int add_edge(basis_builder *builder, size_t e)
{
    const ali_face_edge *edge = &builder->mesh->edges[e];
    const ali_edge_side *sides = builder->mesh->edge_sides + edge->first;
    ali_surface_basis *basis = builder->basis;
    for (size_t i = edge->grounded ? 0 : 1; i < edge->count; i++) {
        size_t function = basis->count++;
        basis->function_edge[function] = e;
        if (add_term(builder, function, sides[i] / 3, ALI_FACE_EDGE + (int)(sides[i] % 3),
                     edge->grounded ? 1.0 : -1.0))
            return -1;
        if (!edge->grounded &&
            add_term(builder, function, sides[0] / 3, ALI_FACE_EDGE + (int)(sides[0] % 3), 1.0))
            return -1;
    }
    return 0;
}

static int number_edges(basis_builder *builder)
{
    const ali_surface_mesh *mesh = builder->mesh;
    size_t total = 0;
    for (size_t e = 0; e < mesh->edge_count; e++)
        total += functions_of(&mesh->edges[e]);
    builder->basis->function_edge = ali_calloc(total, sizeof(size_t));
    if (!builder->basis->function_edge)
        return -1;
    for (size_t e = 0; e < mesh->edge_count; e++)
        if (add_edge(builder, e))
            return -1;
    return 0;
}

/* ---- attached wires ---- */

/** Angle of a face at one of its corners [rad]. */
static double corner_angle(const ali_surface_mesh *mesh, size_t corner)
{
    const size_t *vertex = mesh->faces[corner / 3].vertex;
    size_t i = corner % 3;
    ali_vec3 origin = mesh->vertices[vertex[i]];
    ali_vec3 u = ali_vec3_sub(mesh->vertices[vertex[(i + 1) % 3]], origin);
    ali_vec3 v = ali_vec3_sub(mesh->vertices[vertex[(i + 2) % 3]], origin);
    return atan2(ali_vec3_norm(ali_vec3_cross(u, v)), ali_vec3_dot(u, v));
}

/** Let 1 A that function w of the wires brings to a vertex, times `current`, go on in the fan. */
static int add_fan(basis_builder *builder, size_t vertex, size_t w, double current)
{
    const ali_surface_mesh *mesh = builder->mesh;
    const size_t *corners = mesh->vertex_corners + mesh->vertex_first[vertex];
    size_t count = mesh->vertex_first[vertex + 1] - mesh->vertex_first[vertex];
    double whole = 0.0;
    for (size_t i = 0; i < count; i++)
        whole += corner_angle(mesh, corners[i]);
    for (size_t i = 0; i < count; i++) {
        size_t face = corners[i] / 3;
        int local = (int)(corners[i] % 3);
        double share = current * corner_angle(mesh, corners[i]) / whole;
        double length = mesh->edges[mesh->faces[face].edge[local]].length;
        size_t function = builder->basis->count + w;
        if (add_term(builder, function, face, ALI_FACE_EDGE + local, -share / length) ||
            add_term(builder, function, face, ALI_FACE_CORNER + local, share))
            return -1;
    }
    return 0;
}

/** Current out of an element's end, into its node, of a term. */
static double current_into_node(const ali_term *term, size_t side)
{
    double value = term->shape == ALI_SHAPE_CONSTANT                         ? 1.0
                   : term->shape == (side ? ALI_SHAPE_END : ALI_SHAPE_START) ? 1.0
                                                                             : 0.0;
    return (side ? value : -value) * term->weight;
}

static int compare_functions(const void *a, const void *b)
{
    const ali_term *p = a, *q = b;
    return p->function < q->function ? -1 : p->function > q->function;
}

/** The fans of all functions that bring current to an attached node. */
static int attach_node(basis_builder *builder, const ali_wire_basis *wires,
                       const ali_attachment *attachment)
{
    const ali_wire_mesh *mesh = wires->mesh;
    const ali_element_end *ends = mesh->node_ends + mesh->node_first[attachment->node];
    size_t end_count = mesh->node_first[attachment->node + 1] - mesh->node_first[attachment->node];
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < end_count; i++)
        capacity += wires->element_first[ends[i] / 2 + 1] - wires->element_first[ends[i] / 2];
    ali_term *arriving = ali_calloc(capacity, sizeof *arriving);
    if (!arriving)
        return -1;
    for (size_t i = 0; i < end_count; i++)
        for (size_t t = wires->element_first[ends[i] / 2];
             t < wires->element_first[ends[i] / 2 + 1]; t++) {
            double current = current_into_node(&wires->terms[t], ends[i] % 2);
            if (current != 0.0)
                arriving[count++] =
                    (ali_term){.function = wires->terms[t].function, .weight = current};
        }
    qsort(arriving, count, sizeof *arriving, compare_functions);
    int failed = 0;
    for (size_t i = 0, next; i < count && !failed; i = next) {
        double current = 0.0; /* what passes through the node without leaving the wires cancels */
        for (next = i; next < count && arriving[next].function == arriving[i].function; next++)
            current += arriving[next].weight;
        if (current != 0.0)
            failed = add_fan(builder, attachment->vertex, arriving[i].function, current);
    }
    free(arriving);
    return failed;
}

/* ---- lists by face and by function ---- */

/** Turn counts stored at [i + 1] into first indices. */
static void sum_counts(size_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i + 1] += first[i];
}

/** Stable counting sort of the terms, by function; gives the order. */
static int sort_by_function(basis_builder *builder, size_t *order)
{
    ali_surface_basis *basis = builder->basis;
    size_t *next = ali_calloc(basis->function_count + 1, sizeof *next);
    if (!next)
        return -1;
    for (size_t i = 0; i < builder->term_count; i++)
        next[builder->terms[i].term.function + 1]++;
    sum_counts(next, basis->function_count);
    for (size_t i = 0; i < builder->term_count; i++)
        order[next[builder->terms[i].term.function]++] = i;
    free(next);
    return 0;
}

/** A function that has several terms on a face lists the face once. */
static void list_function_faces(basis_builder *builder, const size_t *order)
{
    ali_surface_basis *basis = builder->basis;
    size_t count = 0, i = 0;
    for (size_t f = 0; f < basis->function_count; f++) {
        basis->function_first[f] = count;
        for (; i < builder->term_count && builder->terms[order[i]].term.function == f; i++) {
            size_t face = builder->terms[order[i]].face, at = basis->function_first[f];
            while (at < count && basis->function_faces[at] != face)
                at++;
            if (at == count)
                basis->function_faces[count++] = face;
        }
    }
    basis->function_first[basis->function_count] = count;
}

static int sort_terms(basis_builder *builder)
{
    ali_surface_basis *basis = builder->basis;
    size_t faces = builder->mesh->face_count, total = builder->term_count;
    size_t *order = ali_calloc(total, sizeof *order);
    basis->face_first = ali_calloc(faces + 2, sizeof *basis->face_first);
    basis->terms = ali_calloc(total, sizeof *basis->terms);
    basis->function_first = ali_calloc(basis->function_count + 1, sizeof *basis->function_first);
    basis->function_faces = ali_calloc(total, sizeof *basis->function_faces);
    int failed = !order || !basis->face_first || !basis->terms || !basis->function_first ||
                 !basis->function_faces || sort_by_function(builder, order);
    if (!failed) {
        list_function_faces(builder, order);
        /* counts two places on, so that filling leaves the first indices right */
        for (size_t i = 0; i < total; i++)
            basis->face_first[builder->terms[i].face + 2]++;
        sum_counts(basis->face_first + 1, faces);
        for (size_t i = 0; i < total; i++) {
            const placed_term *placed = &builder->terms[order[i]];
            basis->terms[basis->face_first[placed->face + 1]++] = placed->term;
        }
    }
    free(order);
    return failed ? -1 : 0;
}

alicorn_status ali_surface_basis_create(const ali_mesh *mesh, const ali_wire_basis *wires,
                                        ali_surface_basis **basis, alicorn_error *error)
{
    *basis = NULL;
    basis_builder builder = {.mesh = mesh->surfaces, .basis = calloc(1, sizeof **basis)};
    int failed = !builder.basis;
    if (!failed) {
        builder.basis->mesh = mesh->surfaces;
        failed = number_edges(&builder);
    }
    for (size_t i = 0; i < mesh->attachment_count && !failed; i++)
        failed = attach_node(&builder, wires, &mesh->attachments[i]);
    if (!failed) {
        builder.basis->function_count = builder.basis->count + wires->count;
        failed = sort_terms(&builder);
    }
    if (failed) {
        ali_surface_basis_destroy(builder.basis);
        builder.basis = NULL;
    }
    free(builder.terms);
    *basis = builder.basis;
    return failed ? ali_error_memory(error, builder.term_count * sizeof *builder.terms,
                                     "the surface basis")
                  : ALICORN_OK;
}
