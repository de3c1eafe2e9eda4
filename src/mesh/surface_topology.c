/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_build.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  What follows from which faces share which vertices: edges, bodies, orientation. */

/** A face's side with the edge's second vertex, sorted below its first. */
typedef struct half_edge {
    size_t high;
    ali_edge_side side;
} half_edge;

/** Working state. */
typedef struct connector {
    ali_surface_mesh *mesh;
    bool grounded;
    half_edge *halves; /**< [3 face_count] by lower vertex, higher vertex, side */
    size_t *first;     /**< [vertex_count + 2] into halves */
    size_t *stack;     /**< [face_count] */
    bool *turn;        /**< [face_count]: to be reversed */
    bool *visited;     /**< [face_count] */
} connector;

static void connector_clear(connector *work)
{
    free(work->halves);
    free(work->first);
    free(work->stack);
    free(work->turn);
    free(work->visited);
}

static alicorn_status prepare(connector *work, alicorn_error *error)
{
    ali_surface_mesh *mesh = work->mesh;
    size_t faces = mesh->face_count, vertices = mesh->vertex_count;
    free(mesh->edges);
    free(mesh->edge_sides);
    free(mesh->vertex_first);
    free(mesh->vertex_corners);
    free(mesh->bodies);
    mesh->edges = NULL;
    mesh->bodies = NULL;
    mesh->edge_count = mesh->body_count = 0;
    mesh->edge_sides = ali_calloc(3 * faces, sizeof *mesh->edge_sides);
    mesh->vertex_first = ali_calloc(vertices + 2, sizeof *mesh->vertex_first);
    mesh->vertex_corners = ali_calloc(3 * faces, sizeof *mesh->vertex_corners);
    work->halves = ali_calloc(3 * faces, sizeof *work->halves);
    work->first = ali_calloc(vertices + 2, sizeof *work->first);
    work->stack = ali_calloc(faces, sizeof *work->stack);
    work->turn = ali_calloc(faces, sizeof *work->turn);
    work->visited = ali_calloc(faces, sizeof *work->visited);
    if (!mesh->edge_sides || !mesh->vertex_first || !mesh->vertex_corners || !work->halves ||
        !work->first || !work->stack || !work->turn || !work->visited)
        return ali_error_memory(error, faces * (6 * sizeof(size_t) + 3 * sizeof(half_edge)),
                                "the surface mesh");
    return ALICORN_OK;
}

/* ---- edges ---- */

/** Vertices of a side, in the direction in which its face walks it. */
static void side_vertices(const ali_surface_mesh *mesh, ali_edge_side side, size_t *from,
                          size_t *to)
{
    const ali_face *face = &mesh->faces[side / 3];
    *from = face->vertex[(side + 1) % 3];
    *to = face->vertex[(side + 2) % 3];
}

static int compare_halves(const void *left, const void *right)
{
    const half_edge *a = left, *b = right;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    return a->side < b->side ? -1 : a->side > b->side;
}

/** Sort a short list by insertion, a long one by qsort. */
static void sort_halves(half_edge *halves, size_t count)
{
    enum { SHORT = 24 };
    if (count > SHORT) {
        qsort(halves, count, sizeof *halves, compare_halves);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        half_edge half = halves[i];
        size_t j = i;
        for (; j > 0 && compare_halves(&half, &halves[j - 1]) < 0; j--)
            halves[j] = halves[j - 1];
        halves[j] = half;
    }
}

/** All sides, sorted by their edge. Returns the number of edges. */
static size_t sort_sides(connector *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    size_t from, to, edges = 0;
    for (ali_edge_side side = 0; side < 3 * mesh->face_count; side++) {
        side_vertices(mesh, side, &from, &to);
        work->first[(from < to ? from : to) + 2]++;
    }
    for (size_t v = 0; v < mesh->vertex_count; v++)
        work->first[v + 2] += work->first[v + 1];
    for (ali_edge_side side = 0; side < 3 * mesh->face_count; side++) {
        side_vertices(mesh, side, &from, &to);
        size_t low = from < to ? from : to, high = from < to ? to : from;
        work->halves[work->first[low + 1]++] = (half_edge){high, side};
    }
    for (size_t v = 0; v < mesh->vertex_count; v++) {
        half_edge *halves = work->halves + work->first[v];
        size_t count = work->first[v + 1] - work->first[v];
        sort_halves(halves, count);
        for (size_t i = 0; i < count; i++)
            edges += i == 0 || halves[i].high != halves[i - 1].high;
    }
    return edges;
}

static alicorn_status make_edges(connector *work, alicorn_error *error)
{
    ali_surface_mesh *mesh = work->mesh;
    size_t count = sort_sides(work), edge = 0;
    mesh->edges = ali_calloc(count, sizeof *mesh->edges);
    if (!mesh->edges)
        return ali_error_memory(error, count * sizeof *mesh->edges, "the edges of surfaces");
    for (size_t v = 0; v < mesh->vertex_count; v++)
        for (size_t i = work->first[v]; i < work->first[v + 1]; i++) {
            size_t high = work->halves[i].high;
            ali_edge_side side = work->halves[i].side;
            if (i == work->first[v] || high != work->halves[i - 1].high)
                mesh->edges[edge++] = (ali_face_edge){
                    .vertex = {v, high},
                    .length = ali_vec3_distance(mesh->vertices[v], mesh->vertices[high]),
                    .first = i,
                    .grounded = work->grounded && mesh->vertices[v].z == 0.0 &&
                                mesh->vertices[high].z == 0.0};
            mesh->edges[edge - 1].count++;
            mesh->edge_sides[i] = side;
            mesh->faces[side / 3].edge[side % 3] = edge - 1;
        }
    mesh->edge_count = count;
    return ALICORN_OK;
}

/** Corners by vertex. */
static void list_corners(ali_surface_mesh *mesh)
{
    /* counting sort with the counts two places on, so that filling leaves the first indices right
     */
    for (size_t corner = 0; corner < 3 * mesh->face_count; corner++)
        mesh->vertex_first[mesh->faces[corner / 3].vertex[corner % 3] + 2]++;
    for (size_t v = 0; v < mesh->vertex_count; v++)
        mesh->vertex_first[v + 2] += mesh->vertex_first[v + 1];
    for (size_t corner = 0; corner < 3 * mesh->face_count; corner++)
        mesh->vertex_corners[mesh->vertex_first[mesh->faces[corner / 3].vertex[corner % 3] + 1]++] =
            corner;
}

/* ---- bodies ---- */

/** Mark everything that hangs together with `face` as one body. */
static void flood_body(connector *work, size_t face, size_t body)
{
    ali_surface_mesh *mesh = work->mesh;
    size_t depth = 0;
    work->visited[face] = true;
    work->stack[depth++] = face;
    while (depth > 0) {
        size_t f = work->stack[--depth];
        mesh->faces[f].body = body;
        for (int i = 0; i < 3; i++) {
            const ali_face_edge *edge = &mesh->edges[mesh->faces[f].edge[i]];
            for (size_t s = edge->first; s < edge->first + edge->count; s++) {
                size_t other = mesh->edge_sides[s] / 3;
                if (!work->visited[other]) {
                    work->visited[other] = true;
                    work->stack[depth++] = other;
                }
            }
        }
    }
}

static alicorn_status find_bodies(connector *work, alicorn_error *error)
{
    ali_surface_mesh *mesh = work->mesh;
    for (size_t f = 0; f < mesh->face_count; f++)
        if (!work->visited[f])
            flood_body(work, f, mesh->body_count++);
    mesh->bodies = ali_calloc(mesh->body_count, sizeof *mesh->bodies);
    if (!mesh->bodies)
        return ali_error_memory(error, mesh->body_count * sizeof *mesh->bodies, "bodies");
    for (size_t b = 0; b < mesh->body_count; b++)
        mesh->bodies[b].closed = mesh->bodies[b].oriented = true;
    for (size_t f = 0; f < mesh->face_count; f++)
        mesh->bodies[mesh->faces[f].body].face_count++;
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        ali_body *body = &mesh->bodies[mesh->faces[mesh->edge_sides[edge->first] / 3].body];
        if (edge->count != (edge->grounded ? 1 : 2))
            body->closed = false;
        if (edge->count > 2)
            body->oriented = false;
    }
    return ALICORN_OK;
}

/* ---- orientation ---- */

/** Whether the face of a side, as it is to be turned, walks the edge from its lower vertex to its
 * higher one. */
static bool walks_up(const connector *work, ali_edge_side side)
{
    size_t from, to;
    side_vertices(work->mesh, side, &from, &to);
    return (from < to) != work->turn[side / 3];
}

/** Turn all faces that hang together with `face` by edges of two sides like it. */
static void flood_orientation(connector *work, size_t face)
{
    const ali_surface_mesh *mesh = work->mesh;
    size_t depth = 0;
    work->visited[face] = true;
    work->stack[depth++] = face;
    while (depth > 0) {
        size_t f = work->stack[--depth];
        for (size_t i = 0; i < 3; i++) {
            const ali_face_edge *edge = &mesh->edges[mesh->faces[f].edge[i]];
            if (edge->count != 2)
                continue;
            ali_edge_side own = 3 * f + i;
            ali_edge_side other =
                mesh->edge_sides[edge->first + (mesh->edge_sides[edge->first] == own)];
            if (work->visited[other / 3]) {
                if (walks_up(work, own) == walks_up(work, other))
                    mesh->bodies[mesh->faces[f].body].oriented = false;
                continue;
            }
            work->turn[other / 3] = walks_up(work, own) == walks_up(work, other);
            work->visited[other / 3] = true;
            work->stack[depth++] = other / 3;
        }
    }
}

/** Volumes of the closed bodies by Gauss's theorem, as the faces are to be turned. Where the ground
 * closes a body, the plane z = 0 that is missing adds nothing if the origin lies in it. */
static alicorn_status find_volumes(const connector *work, alicorn_error *error)
{
    ali_surface_mesh *mesh = work->mesh;
    ali_vec3 *origin = ali_calloc(mesh->body_count, sizeof *origin);
    if (!origin)
        return ali_error_memory(error, mesh->body_count * sizeof *origin, "bodies");
    for (size_t f = mesh->face_count; f-- > 0;)
        origin[mesh->faces[f].body] = mesh->vertices[mesh->faces[f].vertex[0]];
    for (size_t e = 0; e < mesh->edge_count; e++)
        if (mesh->edges[e].grounded)
            origin[mesh->faces[mesh->edge_sides[mesh->edges[e].first] / 3].body].z = 0.0;
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        ali_body *body = &mesh->bodies[face->body];
        if (!body->closed || !body->oriented)
            continue;
        ali_vec3 p[3];
        for (int i = 0; i < 3; i++)
            p[i] = ali_vec3_sub(mesh->vertices[face->vertex[i]], origin[face->body]);
        double sixfold = ali_vec3_dot(p[0], ali_vec3_cross(p[1], p[2]));
        body->volume += (work->turn[f] ? -sixfold : sixfold) / 6.0;
    }
    free(origin);
    return ALICORN_OK;
}

static alicorn_status orient(connector *work, alicorn_error *error)
{
    ali_surface_mesh *mesh = work->mesh;
    memset(work->visited, 0, mesh->face_count * sizeof *work->visited);
    for (size_t f = 0; f < mesh->face_count; f++)
        if (!work->visited[f])
            flood_orientation(work, f);
    alicorn_status status = find_volumes(work, error);
    if (status)
        return status;
    for (size_t f = 0; f < mesh->face_count; f++)
        work->turn[f] ^= mesh->bodies[mesh->faces[f].body].volume < 0.0;
    for (size_t b = 0; b < mesh->body_count; b++)
        mesh->bodies[b].volume = fabs(mesh->bodies[b].volume);
    for (size_t f = 0; f < mesh->face_count; f++) {
        ali_face *face = &mesh->faces[f];
        if (!work->turn[f])
            continue;
        size_t vertex = face->vertex[1], edge = face->edge[1];
        face->vertex[1] = face->vertex[2];
        face->vertex[2] = vertex;
        face->edge[1] = face->edge[2];
        face->edge[2] = edge;
        face->reversed = !face->reversed;
    }
    for (size_t s = 0; s < 3 * mesh->face_count; s++) {
        ali_edge_side side = mesh->edge_sides[s];
        if (work->turn[side / 3])
            mesh->edge_sides[s] = side - side % 3 + (3 - side % 3) % 3;
    }
    return ALICORN_OK;
}

static void measure_faces(ali_surface_mesh *mesh)
{
    for (size_t f = 0; f < mesh->face_count; f++) {
        ali_face *face = &mesh->faces[f];
        const ali_vec3 *p = mesh->vertices;
        ali_vec3 cross = ali_vec3_cross(ali_vec3_sub(p[face->vertex[1]], p[face->vertex[0]]),
                                        ali_vec3_sub(p[face->vertex[2]], p[face->vertex[0]]));
        double norm = ali_vec3_norm(cross);
        face->area = 0.5 * norm;
        face->normal = norm > 0.0 ? ali_vec3_scale(1.0 / norm, cross) : (ali_vec3){0};
    }
}

alicorn_status ali_surface_mesh_connect(ali_surface_mesh *mesh, bool grounded, alicorn_error *error)
{
    connector work = {.mesh = mesh, .grounded = grounded};
    alicorn_status status = prepare(&work, error);
    if (!status)
        status = make_edges(&work, error);
    if (!status)
        status = find_bodies(&work, error);
    if (!status)
        status = orient(&work, error);
    if (!status) {
        list_corners(mesh);
        measure_faces(mesh);
    }
    connector_clear(&work);
    return status;
}
