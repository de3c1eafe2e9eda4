/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_wave.h"

#include "base/error.h"
#include "base/memory.h"
#include "green/corner.h"
#include "math/triangle_rule.h"
#include "operator/face_excitation.h"
#include "operator/wave_kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** FACE_POINTS, CORNER_SIDE: as in face_excitation.c; STRIP: faces that the kernel does at a time,
 * a multiple of its vectors; POLARISATIONS: waves that share their phases. */
enum { CORNER_SIDE = 4, CORNER_POINTS = CORNER_SIDE * CORNER_SIDE, STRIP = 64, POLARISATIONS = 2 };

/** One term of a function on a corner of a face: sum_q moment_q e^{jk.r_q} . E is its weight's
 * factor. */
typedef struct corner_term {
    size_t function;
    double weight;
    bool in_soil;
    ali_vec3 point[CORNER_POINTS], moment[CORNER_POINTS];
} corner_term;

struct ali_face_waves {
    const ali_basis *basis;
    ali_wave_rule rule;
    ali_wave_kernel_fn kernel;
    size_t places;        /**< faces, padded to whole strips */
    double *vertex[3][3]; /**< [corner][coordinate][places] [m] */
    size_t corner_count;
    corner_term *corners;
};

void ali_face_waves_destroy(ali_face_waves *waves)
{
    if (!waves)
        return;
    free(waves->vertex[0][0]);
    free(waves->corners);
    free(waves);
}

static void list_vertices(ali_face_waves *waves)
{
    const ali_surface_mesh *mesh = waves->basis->surfaces->mesh;
    for (size_t f = 0; f < mesh->face_count; f++) {
        ali_flat_triangle triangle = ali_face_triangle(mesh, f);
        for (int i = 0; i < 3; i++) {
            waves->vertex[i][0][f] = triangle.vertex[i].x;
            waves->vertex[i][1][f] = triangle.vertex[i].y;
            waves->vertex[i][2][f] = triangle.vertex[i].z;
        }
    }
}

static size_t count_corners(const ali_surface_basis *surfaces)
{
    size_t count = 0;
    for (size_t t = 0; t < surfaces->face_first[surfaces->mesh->face_count]; t++)
        count += surfaces->terms[t].shape >= ALI_FACE_CORNER;
    return count;
}

static void list_corners(ali_face_waves *waves)
{
    const ali_surface_basis *surfaces = waves->basis->surfaces;
    for (size_t f = 0; f < surfaces->mesh->face_count; f++)
        for (size_t t = surfaces->face_first[f]; t < surfaces->face_first[f + 1]; t++) {
            const ali_term *term = &surfaces->terms[t];
            if (term->shape < ALI_FACE_CORNER)
                continue;
            corner_term *made = &waves->corners[waves->corner_count++];
            ali_corner corner = {ali_face_triangle(surfaces->mesh, f),
                                 term->shape - ALI_FACE_CORNER};
            made->function = term->function;
            made->weight = term->weight;
            made->in_soil = ali_face_in_soil(surfaces->mesh, f);
            ali_corner_rule(&corner, CORNER_SIDE, made->point, made->moment);
        }
}

alicorn_status ali_face_waves_create(const ali_basis *basis, ali_face_waves **waves,
                                     alicorn_error *error)
{
    ali_face_waves *made = calloc(1, sizeof *made);
    *waves = NULL;
    if (!made)
        return ali_error_memory(error, sizeof *made, "plane waves");
    made->basis = basis;
    made->places = (basis->surfaces->mesh->face_count + STRIP - 1) / STRIP * STRIP;
    double *vertices = ali_calloc_aligned(9 * made->places, sizeof *vertices);
    made->vertex[0][0] = vertices;
    made->corners = ali_calloc(count_corners(basis->surfaces), sizeof *made->corners);
    if (!vertices || !made->corners) {
        alicorn_status status =
            ali_error_memory(error, 9 * made->places * sizeof *vertices, "plane waves");
        ali_face_waves_destroy(made);
        return status;
    }
    for (int i = 0; i < 9; i++)
        made->vertex[i / 3][i % 3] = vertices + (size_t)i * made->places;
    ali_triangle_rule rule = ali_triangle_rule_get(ALI_WAVE_POINTS);
    memcpy(made->rule.lambda, rule.lambda, sizeof made->rule.lambda);
    memcpy(made->rule.weight, rule.weight, sizeof made->rule.weight);
    const ali_wave_kernel_fn *table;
    size_t variants = ali_wave_kernels(&table);
    made->kernel = table[variants - 1];
    list_vertices(made);
    list_corners(made);
    *waves = made;
    return ALICORN_OK;
}

/** One ray with the phases of a strip of faces: re[b] + j im[b] mean lambda_b e^{jk.r}. */
typedef struct strip_phases {
    double re[3][STRIP], im[3][STRIP];
} strip_phases;

static double complex dot(const double complex field[3], ali_vec3 d)
{
    return field[0] * d.x + field[1] * d.y + field[2] * d.z;
}

/** Add one ray's share in the functions of face f from mean lambda_b e^{jk.r}. */
static void add_face(const ali_face_waves *waves, size_t f, const double complex phase[3],
                     const double complex amplitude[3], double complex *v)
{
    const ali_surface_basis *surfaces = waves->basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    const ali_face *face = &mesh->faces[f];
    double complex along[3], value[3], mean = 0.0, weighed = 0.0;
    for (int b = 0; b < 3; b++) {
        along[b] = dot(amplitude, mesh->vertices[face->vertex[b]]);
        mean += phase[b];
        weighed += phase[b] * along[b];
    }
    /* l_j/2 sum_b <lambda_b e> (p_b - p_j).E */
    for (int j = 0; j < 3; j++)
        value[j] = 0.5 * mesh->edges[face->edge[j]].length * (weighed - mean * along[j]);
    for (size_t t = surfaces->face_first[f]; t < surfaces->face_first[f + 1]; t++) {
        const ali_term *term = &surfaces->terms[t];
        if (term->shape < ALI_FACE_CORNER)
            v[term->function] += term->weight * value[term->shape];
    }
}

static void add_corners(const ali_face_waves *waves, bool two_sided, ali_vec3 k, size_t count,
                        const ali_ray *const *ray, double complex *const *v)
{
    for (size_t c = 0; c < waves->corner_count; c++) {
        const corner_term *corner = &waves->corners[c];
        double complex sum[3] = {0.0, 0.0, 0.0};
        if (two_sided && corner->in_soil)
            continue;
        for (int q = 0; q < CORNER_POINTS; q++) {
            double phase = ali_vec3_dot(k, corner->point[q]);
            double complex factor = CMPLX(cos(phase), sin(phase));
            sum[0] += factor * corner->moment[q].x;
            sum[1] += factor * corner->moment[q].y;
            sum[2] += factor * corner->moment[q].z;
        }
        for (size_t i = 0; i < count; i++) {
            const double complex *e = ray[i]->amplitude;
            v[i][corner->function] +=
                corner->weight * (e[0] * sum[0] + e[1] * sum[1] + e[2] * sum[2]);
        }
    }
}

/** Add what rays from one direction do to the faces.
 *  @param two_sided  to those above z = 0 only */
static void add_rays(const ali_face_waves *waves, bool two_sided, double wavenumber, size_t count,
                     const ali_ray *const *ray, double complex *const *v)
{
    size_t faces = waves->basis->surfaces->mesh->face_count;
    ali_vec3 k = ali_vec3_scale(wavenumber, ray[0]->from);
    strip_phases phases;
    double *const re[3] = {phases.re[0], phases.re[1], phases.re[2]};
    double *const im[3] = {phases.im[0], phases.im[1], phases.im[2]};
    for (size_t first = 0; first < faces; first += STRIP) {
        const double *vertex[3][3];
        for (int i = 0; i < 9; i++)
            vertex[i / 3][i % 3] = waves->vertex[i / 3][i % 3] + first;
        waves->kernel(STRIP, vertex, (const double[3]){k.x, k.y, k.z}, &waves->rule, re, im);
        size_t end = faces - first < STRIP ? faces - first : STRIP;
        for (size_t i = 0; i < end; i++) {
            double complex phase[3];
            if (two_sided && ali_face_in_soil(waves->basis->surfaces->mesh, first + i))
                continue;
            for (int b = 0; b < 3; b++)
                phase[b] = CMPLX(phases.re[b][i], phases.im[b][i]);
            for (size_t w = 0; w < count; w++)
                add_face(waves, first + i, phase, ray[w]->amplitude, v[w]);
        }
    }
    add_corners(waves, two_sided, k, count, ray, v);
}

/** mean lambda_b e^{jK.r} over a face. */
static void refracted_phases(const ali_flat_triangle *triangle, double k, double soil_wavenumber,
                             const ali_refracted_ray *ray, double complex phase[3])
{
    ali_triangle_rule rule = ali_triangle_rule_get(ALI_WAVE_POINTS);
    int pieces = ali_face_wave_pieces(triangle, soil_wavenumber);
    phase[0] = phase[1] = phase[2] = 0.0;
    for (int i = 0; i < pieces * pieces * rule.points; i++) {
        double lambda[3], weight = ali_triangle_rule_point(&rule, pieces, i, lambda);
        ali_vec3 point = {0.0, 0.0, 0.0};
        for (int b = 0; b < 3; b++)
            point = ali_vec3_axpy(point, lambda[b], triangle->vertex[b]);
        double complex value = weight * ali_refracted_phase(ray, k, point);
        for (int b = 0; b < 3; b++)
            phase[b] += lambda[b] * value;
    }
}

/** Add what the refracted wave does to the faces in the soil. */
static void add_refracted(const ali_face_waves *waves, size_t count, const ali_plane_wave *wave,
                          double complex *const *v)
{
    const ali_surface_mesh *mesh = waves->basis->surfaces->mesh;
    double k = wave[0].k, soil_wavenumber = k * sqrt(cabs(wave[0].permittivity));
    ali_refracted_ray ray[POLARISATIONS];
    for (size_t w = 0; w < count; w++)
        ray[w] = ali_plane_wave_refracted(&wave[w]);
    for (size_t f = 0; f < mesh->face_count; f++) {
        double complex phase[3];
        if (!ali_face_in_soil(mesh, f))
            continue;
        ali_flat_triangle triangle = ali_face_triangle(mesh, f);
        refracted_phases(&triangle, k, soil_wavenumber, &ray[0], phase);
        for (size_t w = 0; w < count; w++)
            add_face(waves, f, phase, ray[w].amplitude, v[w]);
    }
    for (size_t c = 0; c < waves->corner_count; c++) {
        const corner_term *corner = &waves->corners[c];
        for (int q = 0; q < CORNER_POINTS && corner->in_soil; q++) {
            double complex phase = ali_refracted_phase(&ray[0], k, corner->point[q]);
            for (size_t w = 0; w < count; w++)
                v[w][corner->function] +=
                    corner->weight * phase * dot(ray[w].amplitude, corner->moment[q]);
        }
    }
}

void ali_face_waves_excite(const ali_face_waves *waves, size_t count, const ali_plane_wave *wave,
                           double complex *const *v)
{
    const ali_basis *basis = waves->basis;
    ali_ray rays[POLARISATIONS][2];
    size_t ray_count = 0;
    for (size_t w = 0; w < count; w++) {
        ray_count = ali_plane_wave_rays(&wave[w], rays[w]);
        memset(v[w], 0, basis->wire_first * sizeof *v[w]);
        ali_plane_wave_excitation(basis->wires, true, &wave[w], v[w] + basis->wire_first);
    }
    for (size_t r = 0; r < ray_count && waves->places > 0; r++) {
        const ali_ray *ray[POLARISATIONS];
        for (size_t w = 0; w < count; w++)
            ray[w] = &rays[w][r];
        add_rays(waves, ali_plane_wave_is_refracted(&wave[0]), wave[0].k, count, ray, v);
    }
    if (ali_plane_wave_is_refracted(&wave[0]))
        add_refracted(waves, count, wave, v);
}
