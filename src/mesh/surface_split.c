/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_build.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  Faces that cross z = 0 become two or three that do not. */

/** An edge from above to below, and the vertex where it meets z = 0. */
typedef struct crossing {
    size_t above, below;
    size_t vertex;
} crossing;

typedef struct splitter {
    ali_surface_mesh *mesh;
    size_t count;
    crossing *crossings; /**< [count] ascending, each once */
} splitter;

/** -1, 0, 1: below, in, above z = 0. */
static int side_of(const ali_surface_mesh *mesh, size_t vertex)
{
    double z = mesh->vertices[vertex].z;
    return (z > 0.0) - (z < 0.0);
}

static int compare_crossings(const void *left, const void *right)
{
    const crossing *a = left, *b = right;
    if (a->above != b->above)
        return a->above < b->above ? -1 : 1;
    return a->below < b->below ? -1 : a->below > b->below;
}

/** List the edges that cross; each face by itself, so that most are met more than once. */
static void list_crossings(splitter *work)
{
    const ali_surface_mesh *mesh = work->mesh;
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t i = 0; i < 3; i++) {
            size_t from = mesh->faces[f].vertex[i], to = mesh->faces[f].vertex[(i + 1) % 3];
            int side = side_of(mesh, from);
            if (side * side_of(mesh, to) >= 0)
                continue;
            work->crossings[work->count++] = (crossing){
                .above = side > 0 ? from : to, .below = side > 0 ? to : from, .vertex = ALI_NONE};
        }
    size_t kept = 0;
    if (work->count > 1)
        qsort(work->crossings, work->count, sizeof *work->crossings, compare_crossings);
    for (size_t i = 0; i < work->count; i++)
        if (kept == 0 || compare_crossings(&work->crossings[kept - 1], &work->crossings[i]) != 0)
            work->crossings[kept++] = work->crossings[i];
    work->count = kept;
}

/** Room for as many vertices and faces more. */
static alicorn_status make_room(ali_surface_mesh *mesh, size_t vertices, size_t faces,
                                alicorn_error *error)
{
    size_t vertex_count = mesh->vertex_count + vertices, face_count = mesh->face_count + faces;
    ali_vec3 *grown = realloc(mesh->vertices, vertex_count * sizeof *grown);
    if (grown)
        mesh->vertices = grown;
    ali_face *more = realloc(mesh->faces, face_count * sizeof *more);
    if (more)
        mesh->faces = more;
    return grown && more
               ? ALICORN_OK
               : ali_error_memory(error, face_count * sizeof *more, "faces at the ground");
}

static void place_vertices(splitter *work)
{
    ali_surface_mesh *mesh = work->mesh;
    for (size_t i = 0; i < work->count; i++) {
        crossing *at = &work->crossings[i];
        ali_vec3 p = mesh->vertices[at->above], q = mesh->vertices[at->below];
        ali_vec3 point = ali_vec3_axpy(p, p.z / (p.z - q.z), ali_vec3_sub(q, p));
        point.z = 0.0;
        at->vertex = mesh->vertex_count;
        mesh->vertices[mesh->vertex_count++] = point;
    }
}

static size_t vertex_between(const splitter *work, size_t from, size_t to)
{
    bool down = side_of(work->mesh, from) > 0;
    crossing wanted = {.above = down ? from : to, .below = down ? to : from};
    const crossing *found =
        bsearch(&wanted, work->crossings, work->count, sizeof wanted, compare_crossings);
    return found->vertex;
}

static void set_corners(ali_face *face, size_t a, size_t b, size_t c)
{
    face->vertex[0] = a;
    face->vertex[1] = b;
    face->vertex[2] = c;
}

static ali_face *copy_face(ali_surface_mesh *mesh, size_t face)
{
    mesh->faces[mesh->face_count] = mesh->faces[face];
    return &mesh->faces[mesh->face_count++];
}

/** Halve a face with corner i in z = 0. */
static void halve(const splitter *work, size_t face, size_t i)
{
    const size_t *v = work->mesh->faces[face].vertex;
    size_t a = v[i], b = v[(i + 1) % 3], c = v[(i + 2) % 3], m = vertex_between(work, b, c);
    set_corners(copy_face(work->mesh, face), a, m, c);
    set_corners(&work->mesh->faces[face], a, b, m);
}

/** Cut corner i off a face, and what is left along its shorter diagonal. */
static void cut_off(const splitter *work, size_t face, size_t i)
{
    ali_surface_mesh *mesh = work->mesh;
    const size_t *v = mesh->faces[face].vertex;
    size_t a = v[i], b = v[(i + 1) % 3], c = v[(i + 2) % 3];
    size_t p = vertex_between(work, a, b), q = vertex_between(work, c, a);
    const ali_vec3 *at = mesh->vertices;
    bool from_b = ali_vec3_distance(at[b], at[q]) < ali_vec3_distance(at[p], at[c]);
    set_corners(copy_face(mesh, face), a, p, q);
    set_corners(copy_face(mesh, face), b, c, from_b ? q : p);
    set_corners(&mesh->faces[face], p, from_b ? b : c, q);
}

static void split_face(const splitter *work, size_t face)
{
    const size_t *v = work->mesh->faces[face].vertex;
    int side[3], above = 0, below = 0;
    for (int i = 0; i < 3; i++) {
        side[i] = side_of(work->mesh, v[i]);
        above += side[i] > 0;
        below += side[i] < 0;
    }
    if (above == 0 || below == 0)
        return;
    bool touches = above + below == 2;
    int alone = above == 1 ? 1 : -1; /* side of the corner that has none beside it */
    for (size_t i = 0; i < 3; i++) {
        if (touches && side[i] == 0) {
            halve(work, face, i);
            return;
        }
        if (!touches && side[i] == alone) {
            cut_off(work, face, i);
            return;
        }
    }
}

alicorn_status ali_surface_mesh_split(ali_surface_mesh *mesh, alicorn_error *error)
{
    splitter work = {.mesh = mesh};
    size_t faces = mesh->face_count;
    work.crossings = ali_calloc(3 * faces, sizeof *work.crossings);
    if (!work.crossings)
        return ali_error_memory(error, 3 * faces * sizeof *work.crossings, "faces at the ground");
    list_crossings(&work);
    alicorn_status status = ALICORN_OK;
    if (work.count > 0)
        status = make_room(mesh, work.count, 2 * faces, error);
    if (!status)
        place_vertices(&work);
    for (size_t f = 0; f < faces && work.count > 0 && !status; f++)
        split_face(&work, f);
    free(work.crossings);
    return status;
}
