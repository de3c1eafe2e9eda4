/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/surface_current.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <stdlib.h>

enum { CORNER_POINTS = 4 };

/** Up to this wavenumber times the longest edge so many points integrate a wave times a linear
 * density to 1e-4; 12 points do up to 3. */
static const struct {
    double phase;
    int points;
} face_rules[] = {{0.2, 3}, {1.6, 6}};

static int add_corner(ali_surface_current *current, size_t *capacity, size_t face, int vertex,
                      double complex amplitude)
{
    for (size_t i = current->corner_count; i-- > 0 && current->corners[i].face == face;)
        if (current->corners[i].vertex == vertex) {
            current->corners[i].amplitude += amplitude;
            return 0;
        }
    if (ali_grow((void **)&current->corners, capacity, current->corner_count,
                 sizeof *current->corners))
        return -1;
    current->corners[current->corner_count++] = (ali_corner_current){face, vertex, amplitude};
    return 0;
}

static int create_surfaces(const ali_surface_basis *basis, const double complex *x,
                           ali_surface_current *current)
{
    const ali_surface_mesh *mesh = basis->mesh;
    size_t capacity = 0;
    *current = (ali_surface_current){.mesh = mesh};
    current->edge = ali_calloc(mesh->face_count, sizeof *current->edge);
    if (!current->edge)
        return -1;
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t t = basis->face_first[f]; t < basis->face_first[f + 1]; t++) {
            const ali_term *term = &basis->terms[t];
            double complex amplitude = x[term->function] * term->weight;
            if (term->shape < ALI_FACE_CORNER)
                current->edge[f][term->shape - ALI_FACE_EDGE] += amplitude;
            else if (add_corner(current, &capacity, f, term->shape - ALI_FACE_CORNER, amplitude))
                return -1;
        }
    return 0;
}

alicorn_status ali_current_create(const ali_basis *basis, const double complex *x,
                                  ali_current *current, alicorn_error *error)
{
    *current = (ali_current){0};
    alicorn_status status =
        ali_wire_current_create(basis->wires, x + basis->wire_first, &current->wires, error);
    if (!status && create_surfaces(basis->surfaces, x, &current->surfaces))
        status = ali_error_memory(
            error, basis->surfaces->mesh->face_count * sizeof *current->surfaces.edge, "a current");
    if (status)
        ali_current_clear(current);
    return status;
}

void ali_current_clear(ali_current *current)
{
    ali_wire_current_clear(&current->wires);
    free(current->surfaces.edge);
    free(current->surfaces.corners);
    *current = (ali_current){0};
}

static void add_vector(double complex *sum, double complex factor, ali_vec3 vector)
{
    sum[0] += factor * vector.x;
    sum[1] += factor * vector.y;
    sum[2] += factor * vector.z;
}

void ali_surface_current_at(const ali_surface_current *current, size_t face, ali_vec3 point,
                            double complex density[3])
{
    const ali_face *f = &current->mesh->faces[face];
    density[0] = density[1] = density[2] = 0.0;
    for (int i = 0; i < 3; i++)
        add_vector(density,
                   current->edge[face][i] * current->mesh->edges[f->edge[i]].length /
                       (2.0 * f->area),
                   ali_vec3_sub(point, current->mesh->vertices[f->vertex[i]]));
}

void ali_surface_current_vertices(const ali_surface_current *current, size_t face,
                                  double complex density[3][3])
{
    const ali_surface_mesh *mesh = current->mesh;
    for (int b = 0; b < 3; b++)
        ali_surface_current_at(current, face, mesh->vertices[mesh->faces[face].vertex[b]],
                               density[b]);
}

void ali_surface_current_add_corner(const ali_surface_current *current,
                                    const ali_corner_current *corner, ali_vec3 point,
                                    double complex density[3])
{
    const ali_face *face = &current->mesh->faces[corner->face];
    const ali_vec3 *vertices = current->mesh->vertices;
    ali_vec3 from = vertices[face->vertex[corner->vertex]],
             first = vertices[face->vertex[(corner->vertex + 1) % 3]],
             second = vertices[face->vertex[(corner->vertex + 2) % 3]];
    ali_vec3 ray = ali_vec3_sub(point, from);
    ali_vec3 across = ali_vec3_cross(ali_vec3_sub(second, first), face->normal);
    double part = ali_vec3_dot(ray, across) / ali_vec3_dot(ali_vec3_sub(first, from), across);
    if (part > 0.0) /* of the height over the opposite edge */
        add_vector(density, corner->amplitude / (2.0 * face->area * part * part), ray);
}

double complex ali_surface_current_divergence(const ali_surface_current *current, size_t face)
{
    const ali_face *f = &current->mesh->faces[face];
    double complex sum = 0.0;
    for (int i = 0; i < 3; i++)
        sum += current->edge[face][i] * current->mesh->edges[f->edge[i]].length;
    return sum / f->area;
}

static ali_vec3 face_point(const ali_surface_mesh *mesh, size_t face, const double lambda[3])
{
    ali_vec3 sum = {0.0, 0.0, 0.0};
    for (int i = 0; i < 3; i++)
        sum = ali_vec3_axpy(sum, lambda[i], mesh->vertices[mesh->faces[face].vertex[i]]);
    return sum;
}

/** A corner's current is a bundle of straight filaments from its vertex: S dS = d(v) du dv at
 *  p + u d(v). */
static size_t corner_points(const ali_surface_mesh *mesh, const ali_corner_current *corner,
                            ali_current_point *points)
{
    const ali_face *face = &mesh->faces[corner->face];
    ali_vec3 from = mesh->vertices[face->vertex[corner->vertex]];
    ali_vec3 first = ali_vec3_sub(mesh->vertices[face->vertex[(corner->vertex + 1) % 3]], from);
    ali_vec3 second = ali_vec3_sub(mesh->vertices[face->vertex[(corner->vertex + 2) % 3]], from);
    const double *node = ali_gauss_node(CORNER_POINTS), *weight = ali_gauss_weight(CORNER_POINTS);
    size_t count = 0;
    for (int i = 0; i < CORNER_POINTS; i++) {
        double v = 0.5 + 0.5 * node[i];
        ali_vec3 d = ali_vec3_axpy(first, v, ali_vec3_sub(second, first));
        for (int j = 0; j < CORNER_POINTS; j++) {
            ali_current_point *point = &points[count++];
            *point = (ali_current_point){.place = ali_vec3_axpy(from, 0.5 + 0.5 * node[j], d)};
            add_vector(point->moment, 0.25 * weight[i] * weight[j] * corner->amplitude, d);
        }
    }
    return count;
}

/** The rule for waves on a face. */
static ali_triangle_rule wave_rule(const ali_surface_mesh *mesh, size_t face, double wavenumber)
{
    double longest = 0.0;
    for (int i = 0; i < 3; i++)
        longest = fmax(longest, mesh->edges[mesh->faces[face].edge[i]].length);
    for (size_t i = 0; i < sizeof face_rules / sizeof face_rules[0]; i++)
        if (wavenumber * longest < face_rules[i].phase)
            return ali_triangle_rule_get(face_rules[i].points);
    return ali_triangle_rule_get(12);
}

static size_t face_points(const ali_surface_current *current, size_t face, ali_triangle_rule rule,
                          ali_current_point *points)
{
    const ali_surface_mesh *mesh = current->mesh;
    double complex density[3][3];
    ali_surface_current_vertices(current, face, density);
    for (int i = 0; i < rule.points; i++) {
        const double *lambda = rule.lambda[i];
        double area = rule.weight[i] * mesh->faces[face].area;
        points[i].place = face_point(mesh, face, lambda);
        for (int c = 0; c < 3; c++)
            points[i].moment[c] = area * (lambda[0] * density[0][c] + lambda[1] * density[1][c] +
                                          lambda[2] * density[2][c]);
    }
    return (size_t)rule.points;
}

size_t ali_surface_point_count(const ali_surface_mesh *mesh, double wavenumber)
{
    size_t count = 0;
    for (size_t f = 0; f < mesh->face_count; f++)
        count += (size_t)wave_rule(mesh, f, wavenumber).points;
    return count;
}

alicorn_status ali_surface_current_points(const ali_surface_current *current, double wavenumber,
                                          ali_current_point **points, size_t *count,
                                          alicorn_error *error)
{
    const ali_surface_mesh *mesh = current->mesh;
    size_t total = ali_surface_point_count(mesh, wavenumber) +
                   current->corner_count * CORNER_POINTS * CORNER_POINTS;
    *count = 0;
    *points = NULL;
    if (total == 0)
        return ALICORN_OK;
    ali_current_point *made = ali_calloc(total, sizeof *made);
    if (!made)
        return ali_error_memory(error, total * sizeof *made, "the current on surfaces");
    for (size_t f = 0; f < mesh->face_count; f++)
        *count += face_points(current, f, wave_rule(mesh, f, wavenumber), made + *count);
    for (size_t i = 0; i < current->corner_count; i++)
        *count += corner_points(mesh, &current->corners[i], made + *count);
    *points = made;
    return ALICORN_OK;
}
