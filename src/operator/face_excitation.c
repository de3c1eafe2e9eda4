/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_excitation.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/corner.h"
#include "math/triangle_rule.h"
#include "operator/face_near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FACE_POINTS = 7, CORNER_POINTS = 4 };

/** Mean of lambda_b E over a face, [b].
 *  @param pieces  per edge, each of which takes the rule */
static void mean_field(const ali_flat_triangle *triangle, int pieces, ali_field_fn field,
                       const void *context, double complex mean[3][3])
{
    ali_triangle_rule rule = ali_triangle_rule_get(FACE_POINTS);
    memset(mean, 0, 3 * sizeof *mean);
    for (int i = 0; i < pieces * pieces * rule.points; i++) {
        double complex e[3];
        double lambda[3], weight = ali_triangle_rule_point(&rule, pieces, i, lambda);
        ali_vec3 point = {0.0, 0.0, 0.0};
        for (int b = 0; b < 3; b++)
            point = ali_vec3_axpy(point, lambda[b], triangle->vertex[b]);
        field(context, point, e);
        for (int b = 0; b < 3; b++)
            for (int c = 0; c < 3; c++)
                mean[b][c] += weight * lambda[b] * e[c];
    }
}

static double complex dot(const double complex field[3], ali_vec3 d)
{
    return field[0] * d.x + field[1] * d.y + field[2] * d.z;
}

/** int S . E over a corner. */
static double complex corner_moment(const ali_flat_triangle *triangle, int vertex,
                                    ali_field_fn field, const void *context)
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    ali_corner corner = {*triangle, vertex};
    int count = ali_corner_rule(&corner, CORNER_POINTS, point, moment);
    double complex sum = 0.0;
    for (int i = 0; i < count; i++) {
        double complex e[3];
        field(context, point[i], e);
        sum += dot(e, moment[i]);
    }
    return sum;
}

int ali_face_wave_pieces(const ali_flat_triangle *triangle, double wavenumber)
{
    const double phase = 1.0;
    const int most = 8;
    double pieces = 1.0 + wavenumber * ali_triangle_reach(triangle) / phase;
    return pieces < most ? (int)pieces : most;
}

void ali_face_field_excitation(const ali_basis *basis, double soil_wavenumber, ali_field_fn field,
                               const void *context, double complex *v)
{
    const ali_surface_basis *surfaces = basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    for (size_t f = 0; f < mesh->face_count; f++) {
        double complex mean[3][3], value[ALI_FACE_SHAPE_COUNT] = {0};
        ali_flat_triangle triangle = ali_face_triangle(mesh, f);
        if (surfaces->face_first[f] == surfaces->face_first[f + 1])
            continue;
        int pieces =
            ali_face_in_soil(mesh, f) ? ali_face_wave_pieces(&triangle, soil_wavenumber) : 1;
        mean_field(&triangle, pieces, field, context, mean);
        for (int j = 0; j < 3; j++)
            for (int b = 0; b < 3; b++)
                value[j] += 0.5 * mesh->edges[mesh->faces[f].edge[j]].length *
                            dot(mean[b], ali_vec3_sub(triangle.vertex[b], triangle.vertex[j]));
        for (size_t t = surfaces->face_first[f]; t < surfaces->face_first[f + 1]; t++) {
            const ali_term *term = &surfaces->terms[t];
            if (term->shape >= ALI_FACE_CORNER && value[term->shape] == 0.0)
                value[term->shape] =
                    corner_moment(&triangle, term->shape - ALI_FACE_CORNER, field, context);
            v[term->function] += term->weight * value[term->shape];
        }
    }
}

/** The rays of a plane wave. */
typedef struct ray_field {
    size_t count;
    ali_ray rays[2];
    ali_refracted_ray refracted;
    bool two_sided; /**< that one below z = 0 */
    double k;
} ray_field;

static ray_field field_of(const ali_plane_wave *wave)
{
    ray_field field = {.k = wave->k, .two_sided = ali_plane_wave_is_refracted(wave)};
    field.count = ali_plane_wave_rays(wave, field.rays);
    if (field.two_sided)
        field.refracted = ali_plane_wave_refracted(wave);
    return field;
}

static void evaluate_rays(const void *context, ali_vec3 point, double complex field[3])
{
    const ray_field *wave = context;
    memset(field, 0, 3 * sizeof *field);
    if (wave->two_sided && point.z < 0.0) {
        double complex factor = ali_refracted_phase(&wave->refracted, wave->k, point);
        for (int c = 0; c < 3; c++)
            field[c] = factor * wave->refracted.amplitude[c];
        return;
    }
    for (size_t i = 0; i < wave->count; i++) {
        double phase = wave->k * ali_vec3_dot(wave->rays[i].from, point);
        double complex factor = CMPLX(cos(phase), sin(phase));
        for (int c = 0; c < 3; c++)
            field[c] += factor * wave->rays[i].amplitude[c];
    }
}

void ali_excite_plane_wave(const ali_basis *basis, bool probes, const ali_plane_wave *wave,
                           double complex *v)
{
    ray_field field = field_of(wave);
    double soil = wave->k * sqrt(cabs(wave->permittivity));
    memset(v, 0, basis->wire_first * sizeof *v);
    ali_plane_wave_excitation(basis->wires, probes, wave, v + basis->wire_first);
    ali_face_field_excitation(basis, soil, evaluate_rays, &field, v);
}

void ali_excite_current_element(const ali_basis *basis, bool probes,
                                const ali_element_field *element, double complex *v)
{
    memset(v, 0, basis->wire_first * sizeof *v);
    ali_current_element_excitation(basis->wires, probes, element, v + basis->wire_first);
    ali_face_field_excitation(basis, element->k, ali_current_element_field, element, v);
}

/* ---- combined rows ---- */

/** The normal that points out of the body. */
static ali_vec3 outwards(const ali_surface_mesh *mesh, const ali_face *face)
{
    return mesh->bodies[face->body].volume < 0.0 ? ali_vec3_scale(-1.0, face->normal)
                                                 : face->normal;
}

/** Add weight int f . (n x H) of the functions of one face. */
static void add_magnetic_face(const ali_surface_basis *basis, size_t f, double factor,
                              ali_field_fn magnetic, const void *context, double complex *v)
{
    const ali_surface_mesh *mesh = basis->mesh;
    ali_flat_triangle triangle = ali_face_triangle(mesh, f);
    ali_vec3 n = outwards(mesh, &mesh->faces[f]);
    double complex mean[3][3], value[3] = {0};
    mean_field(&triangle, 1, magnetic, context, mean);
    for (int j = 0; j < 3; j++)
        for (int b = 0; b < 3; b++) {
            /* f . (n x H) = H . (f x n) */
            ali_vec3 side = ali_vec3_sub(triangle.vertex[b], triangle.vertex[j]);
            value[j] += 0.5 * factor * mesh->edges[mesh->faces[f].edge[j]].length *
                        dot(mean[b], ali_vec3_cross(side, n));
        }
    for (size_t t = basis->face_first[f]; t < basis->face_first[f + 1]; t++)
        if (basis->terms[t].shape < ALI_FACE_CORNER)
            v[basis->terms[t].function] += basis->terms[t].weight * value[basis->terms[t].shape];
}

/** @param magnetic  NULL: none */
static void combine(const ali_basis *basis, const double *share, ali_field_fn magnetic,
                    const void *context, double complex *v)
{
    const ali_surface_basis *surfaces = basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    for (size_t m = 0; m < surfaces->count && share; m++) {
        const ali_face_edge *edge = &mesh->edges[surfaces->function_edge[m]];
        v[m] *= share[mesh->faces[mesh->edge_sides[edge->first] / 3].body];
    }
    for (size_t f = 0; f < mesh->face_count && share && magnetic; f++) {
        double alpha = share[mesh->faces[f].body];
        if (alpha < 1.0)
            add_magnetic_face(surfaces, f, (1.0 - alpha) * ALI_ETA0, magnetic, context, v);
    }
}

/** H = (w x E)/eta of rays, w = -from. */
static void evaluate_magnetic_rays(const void *context, ali_vec3 point, double complex field[3])
{
    const ray_field *wave = context;
    memset(field, 0, 3 * sizeof *field);
    for (size_t i = 0; i < wave->count; i++) {
        ali_vec3 w = ali_vec3_scale(-1.0 / ALI_ETA0, wave->rays[i].from);
        double phase = wave->k * ali_vec3_dot(wave->rays[i].from, point);
        double complex factor = CMPLX(cos(phase), sin(phase));
        const double complex *e = wave->rays[i].amplitude;
        field[0] += factor * (w.y * e[2] - w.z * e[1]);
        field[1] += factor * (w.z * e[0] - w.x * e[2]);
        field[2] += factor * (w.x * e[1] - w.y * e[0]);
    }
}

void ali_combine_plane_wave(const ali_basis *basis, const double *share, const ali_plane_wave *wave,
                            double complex *v)
{
    ray_field field = field_of(wave);
    combine(basis, share, evaluate_magnetic_rays, &field, v);
}

/** Add moment grad G x t of a current element, grad G = -(1 + jx) e^{-jx}/(4 pi R^3) d, x = kR. */
static void add_element_magnetic(double k, ali_vec3 source, ali_vec3 direction, double moment,
                                 ali_vec3 point, double complex field[3])
{
    ali_vec3 d = ali_vec3_sub(point, source), turned = ali_vec3_cross(d, direction);
    double r = ali_vec3_norm(d), x = k * r;
    double complex scale =
        -moment / (4.0 * ALI_PI * r * r * r) * CMPLX(1.0, x) * CMPLX(cos(x), -sin(x));
    field[0] += scale * turned.x;
    field[1] += scale * turned.y;
    field[2] += scale * turned.z;
}

static void evaluate_magnetic_element(const void *context, ali_vec3 point, double complex field[3])
{
    const ali_element_field *element = context;
    memset(field, 0, 3 * sizeof *field);
    add_element_magnetic(element->k, element->position, element->direction, element->moment, point,
                         field);
    if (element->image)
        add_element_magnetic(element->k, ali_vec3_mirror_z(element->position),
                             ali_vec3_mirror_z(element->direction), -element->moment, point, field);
}

void ali_combine_current_element(const ali_basis *basis, const double *share,
                                 const ali_element_field *element, double complex *v)
{
    combine(basis, share, evaluate_magnetic_element, element, v);
}

void ali_combine_gap(const ali_basis *basis, const double *share, double complex *v)
{
    combine(basis, share, NULL, NULL, v);
}

/* ---- edge gaps ---- */

/** The edge between two vertices, or SIZE_MAX. */
static size_t find_edge(const ali_surface_mesh *mesh, size_t from, size_t to)
{
    for (size_t i = mesh->vertex_first[from]; i < mesh->vertex_first[from + 1]; i++) {
        const ali_face *face = &mesh->faces[mesh->vertex_corners[i] / 3];
        for (int local = 0; local < 3; local++) {
            const size_t *ends = mesh->edges[face->edge[local]].vertex;
            if ((ends[0] == from && ends[1] == to) || (ends[0] == to && ends[1] == from))
                return face->edge[local];
        }
    }
    return SIZE_MAX;
}

/** Whether the face of a side lies left of a walk from one of the edge's vertices to the other: it
 *  runs around its face counterclockwise. */
static bool lies_left(const ali_surface_mesh *mesh, ali_edge_side side, size_t from)
{
    const ali_face *face = &mesh->faces[side / 3];
    return face->vertex[(side % 3 + 1) % 3] == from;
}

/** The vertex that comes next on the straight way from one to another, which cuts may have put
 *  there; SIZE_MAX if there is none. */
static size_t next_vertex(const ali_surface_mesh *mesh, size_t from, size_t to)
{
    const double straight = 1e-6;
    ali_vec3 way = ali_vec3_sub(mesh->vertices[to], mesh->vertices[from]);
    double length = ali_vec3_norm(way);
    if (find_edge(mesh, from, to) != SIZE_MAX)
        return to;
    for (size_t i = mesh->vertex_first[from]; i < mesh->vertex_first[from + 1]; i++) {
        const ali_face *face = &mesh->faces[mesh->vertex_corners[i] / 3];
        for (int local = 0; local < 3; local++) {
            ali_vec3 step = ali_vec3_sub(mesh->vertices[face->vertex[local]], mesh->vertices[from]);
            double along = ali_vec3_dot(step, way) / length;
            ali_vec3 off = ali_vec3_axpy(step, -along / length, way);
            if (along > 0.0 && along < length && ali_vec3_norm(off) < straight * length)
                return face->vertex[local];
        }
    }
    return SIZE_MAX;
}

/** Add the current that crosses one edge. Its function flows out of its first face. */
static alicorn_status add_edge(const ali_surface_basis *basis, size_t from, size_t to,
                               const size_t *function_of, ali_functional *gap, alicorn_error *error)
{
    const ali_surface_mesh *mesh = basis->mesh;
    const ali_face_edge *edge = &mesh->edges[find_edge(mesh, from, to)];
    if (edge->count != (edge->grounded ? 1 : 2))
        return ali_error_set(error, ALICORN_E_INPUT,
                             "an edge gap needs exactly two faces at each of its edges, found %zu",
                             edge->count);
    bool left = lies_left(mesh, mesh->edge_sides[edge->first], from);
    gap->function[gap->count] = function_of[edge - mesh->edges];
    gap->weight[gap->count++] = left ? edge->length : -edge->length;
    return ALICORN_OK;
}

/** Add all edges on the straight way from one vertex to another. */
static alicorn_status add_line(const ali_surface_basis *basis, size_t from, size_t to,
                               const size_t *function_of, ali_functional *gap, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    while (from != to && !status) {
        size_t next = next_vertex(basis->mesh, from, to);
        if (next == SIZE_MAX || gap->count == basis->mesh->edge_count)
            return ali_error_set(error, ALICORN_E_INPUT,
                                 "an edge gap runs where the mesh has no edge");
        status = add_edge(basis, from, next, function_of, gap, error);
        from = next;
    }
    return status;
}

typedef struct weighted_function {
    size_t function;
    double weight;
} weighted_function;

static int compare_functions(const void *a, const void *b)
{
    const weighted_function *p = a, *q = b;
    return p->function < q->function ? -1 : p->function > q->function;
}

static int sort_functional(ali_functional *gap)
{
    weighted_function *list = ali_calloc(gap->count, sizeof *list);
    if (!list)
        return -1;
    for (size_t i = 0; i < gap->count; i++)
        list[i] = (weighted_function){gap->function[i], gap->weight[i]};
    qsort(list, gap->count, sizeof *list, compare_functions);
    for (size_t i = 0; i < gap->count; i++) {
        gap->function[i] = list[i].function;
        gap->weight[i] = list[i].weight;
    }
    free(list);
    return 0;
}

alicorn_status ali_edge_gap_functional(const ali_basis *basis, size_t count, const size_t *vertices,
                                       ali_functional *gap, alicorn_error *error)
{
    const ali_surface_basis *surfaces = basis->surfaces;
    *gap = (ali_functional){0};
    size_t *function_of = ali_calloc(surfaces->mesh->edge_count, sizeof *function_of);
    size_t most = surfaces->mesh->edge_count;
    gap->function = ali_calloc(most, sizeof *gap->function);
    gap->weight = ali_calloc(most, sizeof *gap->weight);
    alicorn_status status = ALICORN_OK;
    if (!function_of || !gap->function || !gap->weight)
        status = ali_error_memory(error, count * sizeof *gap->weight, "an edge gap");
    for (size_t f = 0; f < surfaces->count && !status; f++)
        function_of[surfaces->function_edge[f]] = f;
    for (size_t i = 0; i + 1 < count && !status; i++)
        status = add_line(surfaces, vertices[i], vertices[i + 1], function_of, gap, error);
    if (!status && sort_functional(gap))
        status = ali_error_memory(error, count * sizeof *gap->weight, "an edge gap");
    free(function_of);
    if (status)
        ali_functional_clear(gap);
    return status;
}
