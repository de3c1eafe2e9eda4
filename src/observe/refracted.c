/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/refracted.h"

#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "observe/panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Pieces of wires and points of faces of one side. */
typedef struct panel_list {
    ali_ray_panel *items;
    size_t count;
} panel_list;

struct ali_refracted {
    double complex permittivity;
    ali_refracted_kernel_fn kernel;
    bool lossless;   /**< there is a far field below */
    panel_list soil; /**< what lies there, as waves in the soil see it */
    panel_list air;  /**< as the waves from below see it; empty over a lossy soil */
};

/* ---- life ---- */

/** A point of a face as three panels without length. */
static void append_point(const ali_current_point *point, double k, panel_list *list)
{
    for (int c = 0; c < 3; c++) {
        ali_ray_panel *panel = &list->items[list->count++];
        *panel =
            (ali_ray_panel){.phase = {k * point->place.x, k * point->place.y, k * point->place.z}};
        panel->dir[c] = 1.0;
        panel->re[0] = creal(point->moment[c]);
        panel->im[0] = cimag(point->moment[c]);
    }
}

/** Faces' points of one side behind its panels of wires. */
static alicorn_status append_faces(const ali_surface_current *current, double k, double wavenumber,
                                   ali_side side, panel_list *list, alicorn_error *error)
{
    ali_current_point *points;
    size_t count, before = list->count;
    if (current->mesh->face_count == 0)
        return ALICORN_OK;
    alicorn_status status = ali_surface_current_points(current, wavenumber, &points, &count, error);
    if (status != ALICORN_OK)
        return status;
    ali_ray_panel *all = ali_calloc_aligned(before + 3 * count, sizeof *all);
    if (all != NULL) {
        memcpy(all, list->items, before * sizeof *all);
        free(list->items);
        list->items = all;
        for (size_t i = 0; i < count; i++)
            if (ali_side_has(side, points[i].place.z))
                append_point(&points[i], k, list);
    } else {
        status = ali_error_memory(error, (before + 3 * count) * sizeof *all, "the far field");
    }
    free(points);
    return status;
}

static alicorn_status make_list(const ali_current *current, double k, double wavenumber,
                                ali_side side, panel_list *list, alicorn_error *error)
{
    alicorn_status status =
        ali_panels_create(&current->wires, k, wavenumber, side, &list->items, &list->count, error);
    return status ? status : append_faces(&current->surfaces, k, wavenumber, side, list, error);
}

static bool anything_below(const ali_current *current)
{
    const ali_wire_mesh *wires = current->wires.mesh;
    const ali_surface_mesh *surfaces = current->surfaces.mesh;
    for (size_t e = 0; e < wires->element_count; e++)
        if (ali_element_in_soil(&wires->elements[e]))
            return true;
    for (size_t f = 0; f < surfaces->face_count; f++)
        if (ali_face_in_soil(surfaces, f))
            return true;
    return false;
}

alicorn_status ali_refracted_create(const ali_current *current, double k,
                                    double complex permittivity, ali_refracted **refracted,
                                    alicorn_error *error)
{
    bool lossless = !(cimag(permittivity) < 0.0);
    *refracted = NULL;
    if (!lossless && !anything_below(current))
        return ALICORN_OK;
    ali_refracted *made = ali_calloc(1, sizeof *made);
    if (made == NULL)
        return ali_error_memory(error, sizeof *made, "the far field");
    made->permittivity = permittivity;
    made->kernel = ali_ray_kernel_best()->run_refracted;
    made->lossless = lossless;
    /* |K|^2 = |k_x|^2 + |k_y|^2 + |k_z|^2 of waves from the air in the soil, and of those from the
     * soil in the air, which are evanescent beyond the critical angle */
    double size = cabs(permittivity);
    alicorn_status status =
        make_list(current, k, k * sqrt(size + 2.0), ALI_SIDE_SOIL, &made->soil, error);
    if (status == ALICORN_OK && lossless)
        status = make_list(current, k, k * sqrt(2.0 * size), ALI_SIDE_AIR, &made->air, error);
    if (status != ALICORN_OK) {
        ali_refracted_destroy(made);
        return status;
    }
    *refracted = made;
    return ALICORN_OK;
}

void ali_refracted_destroy(ali_refracted *refracted)
{
    if (refracted == NULL)
        return;
    free(refracted->soil.items);
    free(refracted->air.items);
    free(refracted);
}

/* ---- waves ---- */

/** A wave on one side for each of some directions, and its field at z = 0 over that of a wave that
 * comes undisturbed: level in the plane of incidence, upright, and across that plane. */
typedef struct wave_set {
    size_t count;
    size_t at[ALI_RAY_BLOCK]; /**< places of the directions in their block */
    ali_refracted_block waves;
    double complex level[ALI_RAY_BLOCK], upright[ALI_RAY_BLOCK], across[ALI_RAY_BLOCK];
} wave_set;

/** @param sine     horizontal part of K/k
 *  @param upright  z of it */
static void append_wave(const ali_direction_block *directions, size_t at, double sine,
                        double complex upright, double complex field[3], wave_set *set)
{
    size_t i = set->count++;
    set->at[i] = at;
    set->waves.level[0][i] = sine * directions->cos_phi[at];
    set->waves.level[1][i] = sine * directions->sin_phi[at];
    set->waves.upright[0][i] = creal(upright);
    set->waves.upright[1][i] = cimag(upright);
    set->level[i] = field[0];
    set->upright[i] = field[1];
    set->across[i] = field[2];
}

/** Fill the places up to a multiple of the kernel's lanes. */
static void pad_waves(wave_set *set)
{
    set->waves.count = set->count;
    for (size_t i = set->count; i % ALI_RAY_LANES != 0; i++)
        for (int c = 0; c < 2; c++) {
            set->waves.level[c][i] = set->waves.level[c][0];
            set->waves.upright[c][i] = set->waves.upright[c][0];
        }
}

/** Add what a set of waves does to the currents on its side. */
static void add_waves(const ali_refracted *refracted, const panel_list *list,
                      double complex permittivity, const ali_direction_block *directions,
                      wave_set *set, double complex sums[2][ALI_RAY_BLOCK])
{
    ali_refracted_sum moment = {0};
    if (set->count == 0 || list->count == 0)
        return;
    set->waves.permittivity[0] = creal(permittivity);
    set->waves.permittivity[1] = cimag(permittivity);
    pad_waves(set);
    refracted->kernel(list->count, list->items, &set->waves, &moment);
    for (size_t i = 0; i < set->count; i++) {
        size_t at = set->at[i];
        double complex n[3];
        for (int c = 0; c < 3; c++)
            n[c] = CMPLX(moment.value[c][0][i], moment.value[c][1][i]);
        double sp = directions->sin_phi[at], cp = directions->cos_phi[at];
        sums[0][at] += set->level[i] * directions->cos_theta[at] * (cp * n[0] + sp * n[1]) -
                       set->upright[i] * directions->sin_theta[at] * n[2];
        sums[1][at] += set->across[i] * (cp * n[1] - sp * n[0]);
    }
}

static bool is_below(const ali_direction_block *directions, size_t i)
{
    return directions->cos_theta[i] < ALI_BELOW_HORIZON;
}

/** Waves that come from the air, in the soil. */
static void add_from_air(const ali_refracted *refracted, const ali_direction_block *directions,
                         double complex sums[2][ALI_RAY_BLOCK])
{
    wave_set soil = {0};
    for (size_t i = 0; i < directions->count; i++) {
        if (is_below(directions, i))
            continue;
        double sine = directions->sin_theta[i];
        ali_refraction wave = ali_fresnel_refract(1.0, refracted->permittivity, fabs(sine),
                                                  fmax(directions->cos_theta[i], 0.0));
        double complex field[3] = {wave.through, wave.vertical, wave.across};
        append_wave(directions, i, sine, wave.upright, field, &soil);
    }
    add_waves(refracted, &refracted->soil, refracted->permittivity, directions, &soil, sums);
}

/** Waves that come from a lossless soil: there, reflected there, and in the air. */
static void add_from_soil(const ali_refracted *refracted, const ali_direction_block *directions,
                          double complex sums[2][ALI_RAY_BLOCK])
{
    double complex eps = refracted->permittivity;
    double index = sqrt(creal(eps));
    wave_set direct = {0}, back = {0}, air = {0};
    for (size_t i = 0; i < directions->count; i++) {
        if (!is_below(directions, i))
            continue;
        double sine = index * directions->sin_theta[i], up = -index * directions->cos_theta[i];
        ali_refraction wave = ali_fresnel_refract(eps, 1.0, fabs(sine), up);
        double complex field[3] = {1.0, 1.0, 1.0};
        double complex reflected[3] = {wave.back, wave.back_vertical, wave.back_across};
        double complex through[3] = {wave.through, wave.vertical, wave.across};
        append_wave(directions, i, sine, -up, field, &direct);
        append_wave(directions, i, sine, up, reflected, &back);
        append_wave(directions, i, sine, -wave.upright, through, &air);
    }
    add_waves(refracted, &refracted->soil, eps, directions, &direct, sums);
    add_waves(refracted, &refracted->soil, eps, directions, &back, sums);
    add_waves(refracted, &refracted->air, 1.0, directions, &air, sums);
}

void ali_refracted_sums(const ali_refracted *refracted, const ali_direction_block *directions,
                        double complex sums[2][ALI_RAY_BLOCK])
{
    memset(sums, 0, 2 * sizeof sums[0]);
    add_from_air(refracted, directions, sums);
    if (refracted->lossless)
        add_from_soil(refracted, directions, sums);
}
