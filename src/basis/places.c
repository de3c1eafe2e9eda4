/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/places.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** What is gathered about one unknown. */
typedef struct support {
    ali_vec3 low, high;
    ali_vec3 moment; /**< integral of the current; of bubbles merely along it */
    bool on_wires, on_faces, bubble, loop;
} support;

void ali_places_clear(ali_places *places)
{
    free(places->centre);
    free(places->radius);
    free(places->kind);
    *places = (ali_places){0};
}

static void include_point(support *s, ali_vec3 p)
{
    s->low = (ali_vec3){fmin(s->low.x, p.x), fmin(s->low.y, p.y), fmin(s->low.z, p.z)};
    s->high = (ali_vec3){fmax(s->high.x, p.x), fmax(s->high.y, p.y), fmax(s->high.z, p.z)};
}

static ali_vec3 element_end(const ali_element *element, int side)
{
    return ali_vec3_axpy(element->mid, side ? element->half : -element->half, element->dir);
}

static void gather_wires(const ali_basis *basis, support *supports)
{
    const ali_wire_basis *wires = basis->wires;
    for (size_t e = 0; e < wires->mesh->element_count; e++) {
        const ali_element *element = &wires->mesh->elements[e];
        for (size_t t = wires->element_first[e]; t < wires->element_first[e + 1]; t++) {
            const ali_term *term = &wires->terms[t];
            if (term->function >= wires->count)
                break; /* probes */
            support *s = &supports[basis->wire_first + term->function];
            s->on_wires = true;
            s->loop = s->loop || term->shape == ALI_SHAPE_CONSTANT;
            s->bubble = s->bubble || term->shape > ALI_SHAPE_CONSTANT;
            double mean = term->shape == ALI_SHAPE_CONSTANT ? 2.0 : 1.0;
            s->moment = ali_vec3_axpy(s->moment, mean * term->weight * element->half, element->dir);
            for (int side = 0; side < 2; side++)
                include_point(s, element_end(element, side));
        }
    }
}

/** Integral of a shape over its face; a corner's current is a bundle of straight filaments from its
 * vertex to all points of the opposite edge. */
static ali_vec3 face_moment(const ali_surface_mesh *mesh, const ali_face *face, int shape)
{
    int i = shape % 3;
    ali_vec3 from = mesh->vertices[face->vertex[i]];
    ali_vec3 sum = ali_vec3_add(ali_vec3_sub(mesh->vertices[face->vertex[(i + 1) % 3]], from),
                                ali_vec3_sub(mesh->vertices[face->vertex[(i + 2) % 3]], from));
    return shape < ALI_FACE_CORNER ? ali_vec3_scale(mesh->edges[face->edge[i]].length / 6.0, sum)
                                   : ali_vec3_scale(0.5, sum);
}

static void gather_faces(const ali_basis *basis, support *supports)
{
    const ali_surface_basis *surfaces = basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        for (size_t t = surfaces->face_first[f]; t < surfaces->face_first[f + 1]; t++) {
            const ali_term *term = &surfaces->terms[t];
            support *s = &supports[term->function];
            s->on_faces = true;
            s->moment =
                ali_vec3_axpy(s->moment, term->weight, face_moment(mesh, face, term->shape));
            for (int i = 0; i < 3; i++)
                include_point(s, mesh->vertices[face->vertex[i]]);
        }
    }
}

static unsigned char kind_of(const support *s)
{
    if (s->loop)
        return ALI_PLACE_LOOP;
    double x = fabs(s->moment.x), y = fabs(s->moment.y), z = fabs(s->moment.z);
    int axis = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
    int kind = !s->on_wires  ? ALI_PLACE_EDGE
               : s->on_faces ? ALI_PLACE_FAN
               : s->bubble   ? ALI_PLACE_BUBBLE
                             : ALI_PLACE_ROOFTOP;
    return (unsigned char)(kind + axis);
}

static void reach(ali_places *places, size_t unknown, ali_vec3 point, double beyond)
{
    double distance = ali_vec3_distance(places->centre[unknown], point) + beyond;
    places->radius[unknown] = fmax(places->radius[unknown], distance);
}

static void find_radii(const ali_basis *basis, ali_places *places)
{
    const ali_wire_basis *wires = basis->wires;
    for (size_t e = 0; e < wires->mesh->element_count; e++)
        for (size_t t = wires->element_first[e];
             t < wires->element_first[e + 1] && wires->terms[t].function < wires->count; t++)
            for (int side = 0; side < 2; side++)
                reach(places, basis->wire_first + wires->terms[t].function,
                      element_end(&wires->mesh->elements[e], side),
                      wires->mesh->elements[e].radius);
    const ali_surface_basis *surfaces = basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t t = surfaces->face_first[f]; t < surfaces->face_first[f + 1]; t++)
            for (int i = 0; i < 3; i++)
                reach(places, surfaces->terms[t].function, mesh->vertices[mesh->faces[f].vertex[i]],
                      0.0);
}

alicorn_status ali_places_create(const ali_basis *basis, ali_places *places, alicorn_error *error)
{
    size_t count = basis->count;
    *places = (ali_places){.count = count,
                           .centre = ali_calloc(count, sizeof *places->centre),
                           .radius = ali_calloc(count, sizeof *places->radius),
                           .kind = ali_calloc(count, sizeof *places->kind)};
    support *supports = ali_calloc(count, sizeof *supports);
    if (!supports || !places->centre || !places->radius || !places->kind) {
        free(supports);
        return ali_error_memory(error, count * sizeof *supports, "the places of the unknowns");
    }
    for (size_t i = 0; i < count; i++)
        supports[i] = (support){.low = {INFINITY, INFINITY, INFINITY},
                                .high = {-INFINITY, -INFINITY, -INFINITY}};
    gather_wires(basis, supports);
    gather_faces(basis, supports);
    for (size_t i = 0; i < count; i++) {
        places->centre[i] = ali_vec3_scale(0.5, ali_vec3_add(supports[i].low, supports[i].high));
        places->kind[i] = kind_of(&supports[i]);
    }
    find_radii(basis, places);
    free(supports);
    return ALICORN_OK;
}
