/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_wave.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "math/faddeeva.h"
#include "observe/far_field.h"
#include "observe/near_field.h"

#include <math.h>
#include <stdlib.h>

/** Surface impedance over which Norton's surface wave is left out, as in NEC. */
#define NORTON_MAX 0.5
/** Squared cosines of the elevation are kept above this: straight up there is no surface wave. */
#define COSINE_MIN 1e-20

/** Field of a current element in the cylinder coordinates of a vertical axis through it, over -jk
 *  eta/(4 pi) [A]. */
typedef struct wave {
    double complex z, rho, phi;
} wave;

/** One way from the source to the point. */
typedef struct path {
    double distance;       /**< R [m] */
    double sine, cosine;   /**< of the elevation at which it arrives */
    double complex near;   /**< e = 1/(jkR) */
    double complex spread; /**< e^{-jkR}/R times the moment along it [A] */
} path;

/** Path to a point `rho` away and `height` above the (image) source. */
static path make_path(double k, double rho, double height)
{
    path p = {.distance = hypot(rho, height)};
    p.sine = height / p.distance;
    p.cosine = sqrt(fmax(1.0 - p.sine * p.sine, COSINE_MIN));
    p.near = 1.0 / (I * k * p.distance);
    return p;
}

/** Moment of a panel times e^{-jkR}/R, seen along (x, y, z), |(x, y, z)| = R. */
static double complex spread_moment(const ali_ray_panel *panel, double k, double x, double y,
                                    double z, double distance)
{
    double along = (x * panel->dir[0] + y * panel->dir[1] + z * panel->dir[2]) / distance;
    double complex moment = 0.0;
    for (int m = ALI_RAY_TERMS - 1; m >= 0; m--)
        moment = moment * along + panel->re[m] + I * panel->im[m];
    return moment * cexp(-I * k * distance) / distance;
}

/** Norton's field of a vertical element of moment 1 (`vertical`) and of a horizontal one
 *  (`horizontal`: z and rho for phi = 0, phi for 90 degrees, sign reversed). u is the ground's
 *  impedance. [BurkePoggio:1981] part I, section IV. */
static void norton(double complex u, double k, const path *direct, const path *image,
                   wave *vertical, wave *horizontal)
{
    double s = image->sine, c = image->cosine, c2 = c * c;
    double complex e = image->near, n = e * (1.0 + e), n1 = direct->near * (1.0 + direct->near);
    double complex u2 = u * u, q2 = 1.0 - u2 * c2, q = csqrt(q2);
    ali_fresnel r = ali_fresnel_reflect(u, s);
    double complex lost = 1.0 - r.vertical; /* what the surface wave makes up for */
    double complex lost_h = 1.0 - r.horizontal;
    double complex jkr = I * k * image->distance;
    double complex f = ali_sommerfeld_attenuation(-2.0 * jkr * u2 * q2 / (c2 * lost * lost));
    double complex g = ali_sommerfeld_attenuation(-2.0 * jkr * q2 / (u2 * c2 * lost_h * lost_h));

    double s1 = direct->sine, c1 = direct->cosine;
    double complex d1 = direct->spread, d2 = image->spread;
    double complex cross = -s1 * c1 * (1.0 + 3.0 * n1) * d1;
    double complex bent = (r.vertical * s * c - c * lost * u * q * (f + 0.5 * e) -
                           s * c * lost * e + 3.0 * s * c * n) *
                          d2;
    double complex weak = n * (1.0 - u2 * (1.0 + r.vertical) - u2 * lost * f);
    double complex slow = u2 * lost * (f * (u2 * q2 - s * s + e) - e);

    vertical->z =
        (c1 * c1 + n1 * (1.0 - 3.0 * s1 * s1)) * d1 +
        (c2 * (r.vertical + lost * f) + 2.0 * u * q * s * e + n * (1.0 - 3.0 * s * s)) * d2;
    vertical->rho = cross - bent;
    vertical->phi = 0.0;
    horizontal->z = cross + bent;
    horizontal->rho = (s1 * s1 + n1 * (1.0 - 3.0 * c1 * c1)) * d1 -
                      (r.vertical * s * s + u2 * q2 * lost * f + weak * (1.0 - 3.0 * c2) -
                       c2 * (1.0 + e) * slow) *
                          d2;
    horizontal->phi = (1.0 + n1) * d1 + (r.horizontal + lost_h * g - weak - 0.5 * e * slow) * d2;
}

/** Field of one panel at p, added to (x, y, z). */
static void add_panel(const ali_ray_panel *panel, double complex u, double k, ali_vec3 p,
                      double complex field[3])
{
    ali_vec3 mid = {panel->phase[0] / k, panel->phase[1] / k, panel->phase[2] / k};
    double x = p.x - mid.x, y = p.y - mid.y, rho = hypot(x, y);
    double cx = rho > 0.0 ? x / rho : 1.0, cy = rho > 0.0 ? y / rho : 0.0;
    path direct = make_path(k, rho, p.z - mid.z), image = make_path(k, rho, p.z + mid.z);
    direct.spread = spread_moment(panel, k, x, y, p.z - mid.z, direct.distance);
    /* the image's moments run along the mirrored direction */
    image.spread = spread_moment(panel, k, x, y, -(p.z + mid.z), image.distance);
    wave vertical, horizontal;
    norton(u, k, &direct, &image, &vertical, &horizontal);
    double up = panel->dir[2];
    double outwards = panel->dir[0] * cx + panel->dir[1] * cy;
    double across = panel->dir[1] * cx - panel->dir[0] * cy;
    double complex e_rho = up * vertical.rho + outwards * horizontal.rho;
    double complex e_phi = across * horizontal.phi;
    field[0] += e_rho * cx - e_phi * cy;
    field[1] += e_rho * cy + e_phi * cx;
    field[2] += up * vertical.z + outwards * horizontal.z;
}

static alicorn_status surface_wave(const ali_current *current, double k, const ali_ground *ground,
                                   double complex u, size_t count, const double *point,
                                   double complex *field, alicorn_error *error)
{
    ali_radiator *radiator;
    alicorn_status status =
        ali_radiator_create(current, k, ground, ALI_PATTERN_SURFACE_WAVE, &radiator, error);
    if (status != ALICORN_OK)
        return status;
    size_t panel_count;
    const ali_ray_panel *panels = ali_radiator_panels(radiator, &panel_count);
    const double complex factor = -I * k * ALI_ETA0 / (4.0 * ALI_PI);
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < count; i++) {
        double complex sum[3] = {0.0, 0.0, 0.0};
        ali_vec3 p = {point[3 * i], point[3 * i + 1], point[3 * i + 2]};
        for (size_t n = 0; n < panel_count; n++)
            add_panel(&panels[n], u, k, p, sum);
        for (int c = 0; c < 3; c++)
            field[3 * i + (size_t)c] = factor * sum[c];
    }
    ali_radiator_destroy(radiator);
    return ALICORN_OK;
}

alicorn_status ali_ground_wave(const ali_current *current, double k, const ali_ground *ground,
                               double distance, size_t count, const double *z, const double *phi,
                               double complex *e_z, double complex *e_phi, double complex *e_rho,
                               alicorn_error *error)
{
    double complex u = 0.0;
    bool lossy = ground != NULL && ground->kind == ALI_GROUND_REFLECTION;
    if (lossy)
        u = ali_fresnel_impedance(ali_medium_permittivity(&ground->medium, k * ALI_C0));
    if (lossy && distance <= 0.0)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "field with surface wave at distance %g m, a positive one expected",
                             distance);
    if (lossy && current->surfaces.mesh->face_count > 0)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "surface wave of surfaces over GN 0 is not known, expected GN 2");
    alicorn_status status = ALICORN_OK;
    double *point = ali_calloc(3 * count, sizeof *point);
    double complex *field = ali_calloc(3 * count, sizeof *field);
    if (point == NULL || field == NULL) {
        status = ali_error_memory(error, 3 * count * (sizeof *point + sizeof *field), "a pattern");
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        point[3 * i] = distance * cos(phi[i]);
        point[3 * i + 1] = distance * sin(phi[i]);
        point[3 * i + 2] = z[i];
        if (lossy && z[i] < 0.0) {
            status = ali_error_set(error, ALICORN_E_INPUT,
                                   "field at height %g m, inside the ground, is not known", z[i]);
            goto cleanup;
        }
    }
    if (lossy && cabs(u) <= NORTON_MAX)
        status = surface_wave(current, k, ground, u, count, point, field, error);
    else
        status = ali_near_field(current, k, ground, count, point, field, NULL, error);
    for (size_t i = 0; status == ALICORN_OK && i < count; i++) {
        const double complex *e = field + 3 * i;
        e_rho[i] = e[0] * cos(phi[i]) + e[1] * sin(phi[i]);
        e_phi[i] = e[1] * cos(phi[i]) - e[0] * sin(phi[i]);
        e_z[i] = e[2];
    }
cleanup:
    free(point);
    free(field);
    return status;
}
