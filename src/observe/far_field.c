/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/far_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "observe/panels.h"
#include "observe/refracted.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Cosines closer to zero than this are the horizon itself. */
#define HORIZON 1e-12

/** Pairs of element, or point of a face, and direction from which a team of threads costs less than
 * it gains: half a millisecond of work. */
#define PARALLEL_FROM 100000

/** Points of faces from which copying them gains by a team. */
#define PARALLEL_POINTS 10000

/** How the image's field is weighted. */
typedef enum reflection_kind {
    REFLECT_NOTHING, /**< free space */
    REFLECT_UNIFORM, /**< one medium */
    REFLECT_ZONES    /**< screen or cliff: depends on where each element's ray is reflected */
} reflection_kind;

struct ali_radiator {
    double k;
    ali_ray_kernel_fn kernel;
    ali_ray_panel *panels;
    size_t panel_count;
    ali_point_ray_fn point_kernel;
    ali_point_sums_fn point_sums;
    ali_ray_point *points; /**< of the faces */
    size_t point_count;
    reflection_kind reflection;
    double complex impedance[2]; /**< of the first and the second medium [1] */
    double screen_length;        /**< [m], 0 = none */
    int screen_count;
    double screen_radius;
    ali_cliff_kind cliff;
    double cliff_distance, cliff_height;
    ali_refracted *refracted; /**< what the interface lets through, or NULL */
    ali_radiator_extent extent;
};

/* ---- faces ---- */

static alicorn_status make_points(ali_radiator *radiator, const ali_surface_current *current,
                                  ali_side side, alicorn_error *error)
{
    ali_current_point *from;
    size_t count;
    double k = radiator->k;
    alicorn_status status = ali_surface_current_points(current, k, &from, &count, error);
    if (status != ALICORN_OK)
        return status;
    radiator->points = ali_alloc_aligned(count, sizeof *radiator->points);
    if (radiator->points == NULL) {
        free(from);
        return ali_error_memory(error, count * sizeof *radiator->points, "the far field");
    }
    for (size_t i = 0; i < count; i++)
        if (ali_side_has(side, from[i].place.z))
            from[radiator->point_count++] = from[i];
#pragma omp parallel for if (radiator->point_count > PARALLEL_POINTS)
    for (size_t i = 0; i < radiator->point_count; i++) {
        ali_ray_point *point = &radiator->points[i];
        *point = (ali_ray_point){
            .phase = {k * from[i].place.x, k * from[i].place.y, k * from[i].place.z}};
        for (int c = 0; c < 3; c++) {
            point->re[c] = creal(from[i].moment[c]);
            point->im[c] = cimag(from[i].moment[c]);
        }
    }
    free(from);
    return ALICORN_OK;
}

/* ---- ground ---- */

static ali_cliff_kind cliff_of(ali_pattern_mode mode)
{
    static const ali_cliff_kind table[] = {
        [ALI_PATTERN_LINEAR_CLIFF] = ALI_CLIFF_LINEAR,
        [ALI_PATTERN_CIRCULAR_CLIFF] = ALI_CLIFF_CIRCULAR,
        [ALI_PATTERN_SCREEN] = ALI_CLIFF_NONE,
        [ALI_PATTERN_SCREEN_LINEAR_CLIFF] = ALI_CLIFF_LINEAR,
        [ALI_PATTERN_SCREEN_CIRCULAR_CLIFF] = ALI_CLIFF_CIRCULAR,
    };
    return table[mode];
}

/** Impedance of the first medium relative to that of the air; 0 = perfect conductor. */
static double complex first_impedance(const ali_ground *ground, double k)
{
    if (ground->kind == ALI_GROUND_PEC)
        return 0.0;
    return ali_fresnel_impedance(ali_medium_permittivity(&ground->medium, k * ALI_C0));
}

static alicorn_status set_ground(ali_radiator *radiator, const ali_ground *ground,
                                 ali_pattern_mode mode, alicorn_error *error)
{
    if (ground == NULL || ground->kind == ALI_GROUND_NONE)
        return ALICORN_OK;
    double omega = radiator->k * ALI_C0;
    radiator->reflection = REFLECT_UNIFORM;
    radiator->impedance[0] = first_impedance(ground, radiator->k);
    radiator->cliff = cliff_of(mode);
    if (radiator->cliff != ALI_CLIFF_NONE) {
        if (!ground->has_second)
            return ali_error_set(
                error, ALICORN_E_INPUT,
                "a pattern over a cliff needs the second medium, and none was given");
        radiator->impedance[1] =
            ali_fresnel_impedance(ali_medium_permittivity(&ground->second, omega));
        radiator->cliff_distance = ground->cliff_distance;
        radiator->cliff_height = ground->cliff_height;
        radiator->reflection = REFLECT_ZONES;
    }
    if (mode >= ALI_PATTERN_SCREEN && ground->radial_count > 0) {
        radiator->screen_count = ground->radial_count;
        radiator->screen_length = ground->radial_length;
        radiator->screen_radius = ground->radial_radius;
        radiator->reflection = REFLECT_ZONES;
    }
    return ALICORN_OK;
}

/* ---- extent ---- */

static void include_end(const double end[3], double low[3], double high[3])
{
    for (int c = 0; c < 3; c++) {
        low[c] = fmin(low[c], end[c]);
        high[c] = fmax(high[c], end[c]);
    }
}

/** End of an element, `side` = -1 or 1, in radians; as if its pieces were all ALI_RAY_HALF_MAX long
 *  on either side. */
static void element_end(const ali_element *element, double k, double side, double end[3])
{
    double outer = k * element->half * (1.0 - 1.0 / (double)ali_panel_pieces(element, k));
    ali_vec3 at = ali_vec3_axpy(ali_vec3_scale(k, element->mid), side * (outer + ALI_RAY_HALF_MAX),
                                element->dir);
    end[0] = at.x;
    end[1] = at.y;
    end[2] = at.z;
}

/** A corner of a face, in radians; `corner` < 3 * face_count. */
static void face_corner(const ali_surface_mesh *mesh, double k, size_t corner, double end[3])
{
    ali_vec3 p = mesh->vertices[mesh->faces[corner / 3].vertex[corner % 3]];
    end[0] = k * p.x;
    end[1] = k * p.y;
    end[2] = k * p.z;
}

/** Make the extent, seen from `middle`, reach to `end`. */
static void reach_end(const double end[3], const double middle[3], ali_radiator_extent *extent)
{
    double x = end[0] - middle[0], y = end[1] - middle[1], z = end[2] - middle[2];
    extent->cylinder = fmax(extent->cylinder, hypot(x, y));
    extent->sphere = fmax(extent->sphere, sqrt(x * x + y * y + z * z));
}

/** Ends of elements and corners of faces, all that an extent has to reach. */
static size_t end_count(const ali_wire_mesh *wires, const ali_surface_mesh *surfaces)
{
    return 2 * wires->element_count + 3 * surfaces->face_count;
}

static void end_at(const ali_wire_mesh *wires, const ali_surface_mesh *surfaces, double k, size_t i,
                   double end[3])
{
    if (i < 2 * wires->element_count)
        element_end(&wires->elements[i / 2], k, i % 2 ? 1.0 : -1.0, end);
    else
        face_corner(surfaces, k, i - 2 * wires->element_count, end);
}

/** @param impedance  of the ground, relative; 0 = perfect, or none */
static ali_radiator_extent find_extent(const ali_wire_mesh *wires, const ali_surface_mesh *surfaces,
                                       double k, bool ground, double complex impedance)
{
    double low[3] = {HUGE_VAL, HUGE_VAL, HUGE_VAL}, high[3] = {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double end[3];
    size_t ends = end_count(wires, surfaces);
    ali_radiator_extent extent = {.ground = ground};
    for (size_t i = 0; i < ends; i++) {
        end_at(wires, surfaces, k, i, end);
        include_end(end, low, high);
    }
    for (int c = 0; c < 3; c++)
        extent.middle[c] = c == 2 && ground ? 0.0 : 0.5 * (low[c] + high[c]);
    for (size_t i = 0; i < ends; i++) {
        end_at(wires, surfaces, k, i, end);
        reach_end(end, extent.middle, &extent);
    }
    if (impedance != 0.0)
        extent.horizon = fmin(cabs(impedance), cabs(csqrt(1.0 - impedance * impedance)));
    return extent;
}

ali_radiator_outline ali_radiator_foresee(const ali_mesh *mesh, double k, const ali_ground *ground)
{
    bool over = ground != NULL && ground->kind != ALI_GROUND_NONE;
    double complex impedance = over ? first_impedance(ground, k) : 0.0;
    ali_radiator_outline outline = {
        .extent = find_extent(mesh->wires, mesh->surfaces, k, over, impedance),
        .points = ali_surface_point_count(mesh->surfaces, k),
    };
    double soil = k;
    if (over && ground->kind == ALI_GROUND_SOMMERFELD)
        soil = k * sqrt(cabs(ali_medium_permittivity(&ground->medium, k * ALI_C0)));
    for (size_t e = 0; e < mesh->wires->element_count; e++) {
        const ali_element *element = &mesh->wires->elements[e];
        outline.panels += ali_panel_pieces(element, ali_element_in_soil(element) ? soil : k);
    }
    return outline;
}

ali_radiator_extent ali_radiator_get_extent(const ali_radiator *radiator)
{
    return radiator->extent;
}

const ali_ray_panel *ali_radiator_panels(const ali_radiator *radiator, size_t *count)
{
    *count = radiator->panel_count;
    return radiator->panels;
}

/* ---- life ---- */

void ali_radiator_destroy(ali_radiator *radiator)
{
    if (radiator == NULL)
        return;
    free(radiator->panels);
    free(radiator->points);
    ali_refracted_destroy(radiator->refracted);
    free(radiator);
}

alicorn_status ali_radiator_create(const ali_current *current, double k, const ali_ground *ground,
                                   ali_pattern_mode mode, ali_radiator **radiator,
                                   alicorn_error *error)
{
    *radiator = NULL;
    ali_radiator *made = ali_calloc(1, sizeof *made);
    if (made == NULL)
        return ali_error_memory(error, sizeof *made, "the far field");
    made->kernel = ali_ray_kernel_best()->run;
    made->point_kernel = ali_point_kernel_best()->far;
    made->point_sums = ali_point_kernel_best()->far_sums;
    made->k = k;
    alicorn_status status = set_ground(made, ground, mode, error);
    bool two_sided = ground != NULL && ground->kind == ALI_GROUND_SOMMERFELD;
    ali_side side = two_sided ? ALI_SIDE_AIR : ALI_SIDE_BOTH;
    if (status == ALICORN_OK)
        status = ali_panels_create(&current->wires, k, k, side, &made->panels, &made->panel_count,
                                   error);
    if (status == ALICORN_OK)
        status = make_points(made, &current->surfaces, side, error);
    if (status == ALICORN_OK && two_sided)
        status =
            ali_refracted_create(current, k, ali_medium_permittivity(&ground->medium, k * ALI_C0),
                                 &made->refracted, error);
    if (status != ALICORN_OK) {
        ali_radiator_destroy(made);
        return status;
    }
    made->extent = find_extent(current->wires.mesh, current->surfaces.mesh, k,
                               made->reflection != REFLECT_NOTHING, made->impedance[0]);
    *radiator = made;
    return ALICORN_OK;
}

/* ---- one block of directions ---- */

static void set_angles(size_t count, const double *theta, const double *phi, bool ground,
                       ali_direction_block *angles)
{
    angles->count = count;
    for (size_t i = 0; i < count || i % ALI_RAY_LANES != 0; i++) {
        size_t from = i < count ? i : 0;
        angles->sin_theta[i] = sin(theta[from]);
        angles->cos_theta[i] = cos(theta[from]);
        double below = ground ? ALI_BELOW_HORIZON : -HORIZON;
        if (angles->cos_theta[i] < HORIZON && angles->cos_theta[i] > below)
            angles->cos_theta[i] = 0.0;
        angles->sin_phi[i] = sin(phi[from]);
        angles->cos_phi[i] = cos(phi[from]);
    }
}

/** r^, theta^ and phi^ for the structure itself (image = 1) or for its image (-1): there the ray
 *  that meets the structure after the reflection is followed back, r^ mirrored, and theta^ is such
 *  that projecting the unmirrored moments gives the theta component of the PEC image's field. */
static void set_rays(const ali_direction_block *angles, double image, ali_ray_block *rays)
{
    rays->count = angles->count;
    for (size_t i = 0; i < angles->count || i % ALI_RAY_LANES != 0; i++) {
        double s = angles->sin_theta[i], c = angles->cos_theta[i];
        double sp = angles->sin_phi[i], cp = angles->cos_phi[i];
        rays->normal[0][i] = s * cp;
        rays->normal[1][i] = s * sp;
        rays->normal[2][i] = image * c;
        rays->first[0][i] = image * c * cp;
        rays->first[1][i] = image * c * sp;
        rays->first[2][i] = -s;
        rays->second[0][i] = -sp;
        rays->second[1][i] = cp;
        rays->second[2][i] = 0.0;
    }
}

static ali_fresnel reflect(double complex impedance, double cosine)
{
    if (impedance != 0.0 && cosine <= 0.0)
        return (ali_fresnel){-1.0, -1.0};
    return ali_fresnel_reflect(impedance, fmax(cosine, 0.0));
}

static double complex sum_at(const ali_ray_sum *sum, int component, size_t i)
{
    return sum->value[component][0][i] + I * sum->value[component][1][i];
}

static inline size_t ray_sources(const ali_radiator *radiator)
{
    return radiator->panel_count + radiator->point_count;
}

/** Everything that radiates, seen along a block of rays. */
static void add_rays(const ali_radiator *radiator, const ali_ray_block *rays, ali_ray_sum *sum)
{
    radiator->kernel(radiator->panel_count, radiator->panels, rays, sum);
    radiator->point_kernel(radiator->point_count, radiator->points, rays, sum);
}

static void add_uniform(const ali_radiator *radiator, const ali_direction_block *angles,
                        size_t count, double complex *e_theta, double complex *e_phi)
{
    ali_ray_block rays;
    ali_ray_sum sum = {0};
    set_rays(angles, -1.0, &rays);
    add_rays(radiator, &rays, &sum);
    for (size_t i = 0; i < count; i++) {
        ali_fresnel r = reflect(radiator->impedance[0], angles->cos_theta[i]);
        e_theta[i] += r.vertical * sum_at(&sum, 0, i);
        e_phi[i] += r.horizontal * sum_at(&sum, 1, i);
    }
}

/** Reflection of the ray that left the place `phase`, in radians, towards direction i of the block,
 *  by where it meets the first medium's surface; plain[m] is that of medium m. */
static ali_fresnel reflect_at(const ali_radiator *radiator, const double phase[3],
                              const ali_direction_block *angles, size_t i,
                              const ali_fresnel plain[2])
{
    double cosine = angles->cos_theta[i];
    double reach = phase[2] / radiator->k * angles->sin_theta[i] / fmax(cosine, HORIZON);
    double x = phase[0] / radiator->k + reach * angles->cos_phi[i];
    double y = phase[1] / radiator->k + reach * angles->sin_phi[i];
    double rho = hypot(x, y);
    if (rho <= radiator->screen_length) {
        double hub = radiator->screen_count * radiator->screen_radius;
        return reflect(ali_fresnel_screen(radiator->impedance[0], radiator->k, rho + hub,
                                          radiator->screen_count, radiator->screen_radius),
                       cosine);
    }
    bool beyond = (radiator->cliff == ALI_CLIFF_LINEAR && x >= radiator->cliff_distance) ||
                  (radiator->cliff == ALI_CLIFF_CIRCULAR && rho >= radiator->cliff_distance);
    return plain[beyond];
}

static void add_zones(const ali_radiator *radiator, const ali_direction_block *angles, size_t count,
                      double complex *e_theta, double complex *e_phi)
{
    ali_fresnel plain[ALI_RAY_BLOCK][2];
    for (size_t i = 0; i < count; i++) {
        double cosine = angles->cos_theta[i];
        double complex detour = cexp(-2.0 * I * radiator->k * radiator->cliff_height * cosine);
        plain[i][0] = reflect(radiator->impedance[0], cosine);
        plain[i][1] = reflect(radiator->impedance[1], cosine);
        plain[i][1].vertical *= detour;
        plain[i][1].horizontal *= detour;
    }
    ali_ray_block rays;
    set_rays(angles, -1.0, &rays);
    size_t panels = radiator->panel_count;
    for (size_t p = 0; p < ray_sources(radiator); p++) {
        ali_ray_sum sum = {0};
        const double *phase =
            p < panels ? radiator->panels[p].phase : radiator->points[p - panels].phase;
        if (p < panels)
            radiator->kernel(1, &radiator->panels[p], &rays, &sum);
        else
            radiator->point_kernel(1, &radiator->points[p - panels], &rays, &sum);
        for (size_t i = 0; i < count; i++) {
            ali_fresnel r = reflect_at(radiator, phase, angles, i, plain[i]);
            e_theta[i] += r.vertical * sum_at(&sum, 0, i);
            e_phi[i] += r.horizontal * sum_at(&sum, 1, i);
        }
    }
}

static void block_far_field(const ali_radiator *radiator, size_t count, const double *theta,
                            const double *phi, double complex *e_theta, double complex *e_phi)
{
    ali_direction_block angles;
    ali_ray_block rays;
    ali_ray_sum sum = {0};
    double complex through[2][ALI_RAY_BLOCK];
    bool ground = radiator->reflection != REFLECT_NOTHING;
    set_angles(count, theta, phi, ground, &angles);
    set_rays(&angles, 1.0, &rays);
    add_rays(radiator, &rays, &sum);
    for (size_t i = 0; i < count; i++) {
        e_theta[i] = sum_at(&sum, 0, i);
        e_phi[i] = sum_at(&sum, 1, i);
    }
    if (radiator->reflection == REFLECT_UNIFORM)
        add_uniform(radiator, &angles, count, e_theta, e_phi);
    else if (radiator->reflection == REFLECT_ZONES)
        add_zones(radiator, &angles, count, e_theta, e_phi);
    double complex factor = -I * radiator->k * ALI_ETA0 / (4.0 * ALI_PI);
    for (size_t i = 0; i < count; i++) {
        bool hidden = ground && angles.cos_theta[i] < ALI_BELOW_HORIZON;
        e_theta[i] *= hidden ? 0.0 : factor;
        e_phi[i] *= hidden ? 0.0 : factor;
    }
    if (radiator->refracted == NULL)
        return;
    ali_refracted_sums(radiator->refracted, &angles, through);
    for (size_t i = 0; i < count; i++) {
        e_theta[i] += factor * through[0][i];
        e_phi[i] += factor * through[1][i];
    }
}

void ali_radiator_far_field(const ali_radiator *radiator, size_t count, const double *theta,
                            const double *phi, double complex *e_theta, double complex *e_phi)
{
    size_t blocks = (count + ALI_RAY_BLOCK - 1) / ALI_RAY_BLOCK;
#pragma omp parallel for schedule(dynamic) if (count * ray_sources(radiator) > PARALLEL_FROM)
    for (size_t b = 0; b < blocks; b++) {
        size_t first = b * ALI_RAY_BLOCK;
        size_t size = count - first < ALI_RAY_BLOCK ? count - first : ALI_RAY_BLOCK;
        block_far_field(radiator, size, theta + first, phi + first, e_theta + first, e_phi + first);
    }
}

/* ---- several currents ---- */

/** The points of all radiators, as ali_point_sums_fn wants them. */
typedef struct shared_points {
    const ali_radiator *const *radiators;
    size_t currents, count;
    double *phase, *moment;
} shared_points;

static alicorn_status share_points(shared_points *shared, alicorn_error *error)
{
    size_t points = shared->radiators[0]->point_count, currents = shared->currents;
    shared->count = points;
    shared->phase = ali_alloc_aligned(3 * points, sizeof *shared->phase);
    shared->moment = ali_alloc_aligned(6 * points * currents, sizeof *shared->moment);
    if (shared->phase == NULL || shared->moment == NULL)
        return ali_error_memory(error, (3 + 6 * currents) * points * sizeof(double),
                                "the far field");
#pragma omp parallel for if (points * currents > PARALLEL_POINTS)
    for (size_t p = 0; p < points; p++) {
        memcpy(shared->phase + 3 * p, shared->radiators[0]->points[p].phase, 3 * sizeof(double));
        for (size_t j = 0; j < currents; j++) {
            const ali_ray_point *point = &shared->radiators[j]->points[p];
            double *moment = shared->moment + 6 * (p * currents + j);
            memcpy(moment, point->re, 3 * sizeof(double));
            memcpy(moment + 3, point->im, 3 * sizeof(double));
        }
    }
    return ALICORN_OK;
}

/** One block of rays and the opposite ones; out[current][2 count]. */
static void sphere_block(const shared_points *shared, const ali_direction_block *angles,
                         size_t count, double complex *e_theta, double complex *e_phi)
{
    double sums[ALI_RADIATORS_MOST][4][3][ALI_RAY_BLOCK];
    ali_ray_block rays, opposite;
    set_rays(angles, 1.0, &rays);
    opposite = rays;
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < ALI_RAY_BLOCK && (i < rays.count || i % ALI_RAY_LANES != 0); i++) {
            opposite.normal[c][i] = -rays.normal[c][i];
            opposite.second[c][i] = -rays.second[c][i]; /* theta^ is the same */
        }
    memset(sums, 0, shared->currents * sizeof *sums);
    shared->radiators[0]->point_sums(shared->count, shared->currents, shared->phase, shared->moment,
                                     &rays, &sums[0][0][0][0]);
    for (size_t j = 0; j < shared->currents; j++) {
        const ali_radiator *radiator = shared->radiators[j];
        ali_ray_sum there = {0}, back = {0};
        double complex factor = -I * radiator->k * ALI_ETA0 / (4.0 * ALI_PI);
        radiator->kernel(radiator->panel_count, radiator->panels, &rays, &there);
        radiator->kernel(radiator->panel_count, radiator->panels, &opposite, &back);
        for (size_t i = 0; i < angles->count; i++) {
            double complex field[2][2] = {{sum_at(&there, 0, i), sum_at(&there, 1, i)},
                                          {sum_at(&back, 0, i), sum_at(&back, 1, i)}};
            for (int c = 0; c < 3; c++) {
                double rc = sums[j][0][c][i], is = sums[j][1][c][i];
                double rs = sums[j][2][c][i], ic = sums[j][3][c][i];
                double complex forth = CMPLX(rc - is, rs + ic), to_back = CMPLX(rc + is, ic - rs);
                field[0][0] += rays.first[c][i] * forth;
                field[0][1] += rays.second[c][i] * forth;
                field[1][0] += opposite.first[c][i] * to_back;
                field[1][1] += opposite.second[c][i] * to_back;
            }
            for (size_t side = 0; side < 2; side++) {
                size_t at = (2 * j + side) * count + i;
                e_theta[at] = factor * field[side][0];
                e_phi[at] = factor * field[side][1];
            }
        }
    }
}

alicorn_status ali_radiators_sphere(const ali_radiator *const *radiators, size_t currents,
                                    size_t count, const double *theta, const double *phi,
                                    double complex *e_theta, double complex *e_phi,
                                    alicorn_error *error)
{
    assert(currents <= ALI_RADIATORS_MOST && radiators[0]->reflection == REFLECT_NOTHING);
    shared_points shared = {.radiators = radiators, .currents = currents};
    alicorn_status status = share_points(&shared, error);
    size_t blocks = status ? 0 : (count + ALI_RAY_BLOCK - 1) / ALI_RAY_BLOCK;
#pragma omp parallel for schedule(dynamic) if (count * currents * ray_sources(radiators[0]) >      \
                                               PARALLEL_FROM)
    for (size_t b = 0; b < blocks; b++) {
        size_t first = b * ALI_RAY_BLOCK;
        ali_direction_block angles;
        set_angles(count - first < ALI_RAY_BLOCK ? count - first : ALI_RAY_BLOCK, theta + first,
                   phi + first, false, &angles);
        sphere_block(&shared, &angles, count, e_theta + first, e_phi + first);
    }
    free(shared.phase);
    free(shared.moment);
    return status;
}

alicorn_status ali_far_field(const ali_current *current, double k, const ali_ground *ground,
                             ali_pattern_mode mode, size_t count, const double *theta,
                             const double *phi, double complex *e_theta, double complex *e_phi,
                             alicorn_error *error)
{
    ali_radiator *radiator;
    alicorn_status status = ali_radiator_create(current, k, ground, mode, &radiator, error);
    if (status != ALICORN_OK)
        return status;
    ali_radiator_far_field(radiator, count, theta, phi, e_theta, e_phi);
    ali_radiator_destroy(radiator);
    return ALICORN_OK;
}
