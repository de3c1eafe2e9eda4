/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "mesh/face_geometry.h"
#include "study/answer.h"
#include "study/result.h"

#include <math.h>
#include <stdlib.h>

static ali_vec3 middle_of(const ali_corners *corners)
{
    ali_vec3 sum = ali_vec3_add(corners->p[0], ali_vec3_add(corners->p[1], corners->p[2]));
    return ali_vec3_scale(1.0 / 3.0, sum);
}

/** Number, middle and area of a triangle; no current. */
static alicorn_face_current describe_triangle(const ali_model *model, size_t t)
{
    const ali_triangle *triangle = &model->triangles[t];
    ali_corners corners;
    double twice;
    for (int i = 0; i < 3; i++)
        corners.p[i] = model->vertices[triangle->vertex[i]];
    ali_corners_normal(&corners, &twice);
    ali_vec3 middle = middle_of(&corners);
    return (alicorn_face_current){.surface = triangle->surface + 1,
                                  .triangle = t + 1,
                                  .centre = {middle.x, middle.y, middle.z},
                                  .area = 0.5 * twice};
}

/** For every triangle of the model the face of the mesh that has its middle, or comes closest to
 * it; ALI_NONE for triangles that no face is made of. */
static alicorn_status find_faces(const ali_surface_mesh *mesh,
                                 const alicorn_face_current *triangles, size_t count, size_t *face,
                                 alicorn_error *error)
{
    double *distance = ali_calloc(count, sizeof *distance);
    if (distance == NULL)
        return ali_error_memory(error, count * sizeof *distance, "surface currents");
    for (size_t t = 0; t < count; t++) {
        distance[t] = HUGE_VAL;
        face[t] = ALI_NONE;
    }
    for (size_t f = 0; f < mesh->face_count; f++) {
        size_t t = mesh->faces[f].triangle;
        const double *c = triangles[t].centre;
        ali_vec3 middle = {c[0], c[1], c[2]};
        ali_corners corners = ali_face_corners(mesh, f);
        double away = ali_vec3_distance(middle, ali_closest_on_triangle(&corners, middle));
        if (away < distance[t]) {
            distance[t] = away;
            face[t] = f;
        }
    }
    free(distance);
    return ALICORN_OK;
}

/** First corner current of a face, or one beyond; they ascend. */
static size_t first_corner(const ali_surface_current *current, size_t face)
{
    size_t low = 0, high = current->corner_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (current->corners[middle].face < face)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void set_current(const ali_answer *answer, size_t face, alicorn_face_current *triangle)
{
    const ali_surface_current *current = &answer->current.surfaces;
    ali_vec3 middle = {triangle->centre[0], triangle->centre[1], triangle->centre[2]};
    double complex density[3];
    ali_surface_current_at(current, face, middle, density);
    for (size_t i = first_corner(current, face);
         i < current->corner_count && current->corners[i].face == face; i++)
        ali_surface_current_add_corner(current, &current->corners[i], middle, density);
    for (int c = 0; c < 3; c++)
        triangle->current[c] = ali_to_public(density[c]);
    triangle->charge = ali_to_public(CMPLX(0.0, 1.0 / answer->unit->omega) *
                                     ali_surface_current_divergence(current, face));
}

alicorn_status ali_answer_faces(ali_answer *answer, alicorn_error *error)
{
    const ali_model *model = answer->unit->structure->model;
    size_t count = model->triangle_count;
    alicorn_solve_result *result = answer->result;
    if (count == 0)
        return ALICORN_OK;
    size_t *face = ali_calloc(count, sizeof *face);
    result->face_currents = ali_calloc(count, sizeof *result->face_currents);
    if (face == NULL || result->face_currents == NULL) {
        free(face);
        return ali_error_memory(error, count * sizeof *result->face_currents, "surface currents");
    }
    result->face_current_count = count;
    for (size_t t = 0; t < count; t++)
        result->face_currents[t] = describe_triangle(model, t);
    alicorn_status status =
        find_faces(answer->current.surfaces.mesh, result->face_currents, count, face, error);
    for (size_t t = 0; t < count && status == ALICORN_OK; t++)
        if (face[t] != ALI_NONE)
            set_current(answer, face[t], &result->face_currents[t]);
    free(face);
    return status;
}
