/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SOIL_FIELDS_H
#define TESTS_UNIT_SOIL_FIELDS_H

#include "assert_close.h"
#include "half_space_lines.h"
#include "hand_current.h"
#include "observe/near_field.h"

#include <math.h>

/** @file
 *  Fields over a half-space, and what any of them has to obey. */

/** Lengths in wavelengths of the air. */
static const double k0 = 2.0 * ALI_PI;

typedef struct sample {
    double complex e[3], h[3];
} sample;

/** Over a ground of the given permittivity at k0. */
static inline ali_ground ground_of(double complex permittivity)
{
    double omega = k0 * ALI_C0;
    return (ali_ground){
        .kind = ALI_GROUND_SOMMERFELD,
        .medium = {.eps_r = creal(permittivity), .sigma = -cimag(permittivity) * omega * ALI_EPS0}};
}

static inline sample field_at(const ali_current *current, const ali_ground *ground, ali_vec3 p)
{
    double point[3] = {p.x, p.y, p.z};
    alicorn_error error = {0};
    sample s;
    if (ali_near_field(current, k0, ground, 1, point, s.e, s.h, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    return s;
}

static inline double size_of(const double complex v[3])
{
    return sqrt(pow(cabs(v[0]), 2) + pow(cabs(v[1]), 2) + pow(cabs(v[2]), 2));
}

static inline double worst_of(const double complex value[3], const double complex expected[3])
{
    double wrong = 0.0;
    for (int c = 0; c < 3; c++)
        wrong = fmax(wrong, cabs(value[c] - expected[c]));
    return wrong / size_of(expected);
}

static inline void assert_vector(const double complex value[3], const double complex expected[3],
                                 double tolerance)
{
    double wrong = worst_of(value, expected);
    if (!(wrong <= tolerance))
        for (int c = 0; c < 3; c++)
            print_error("%.9g%+.9gj instead of %.9g%+.9gj\n", creal(value[c]), cimag(value[c]),
                        creal(expected[c]), cimag(expected[c]));
    assert_true(wrong <= tolerance);
}

/** E/(-j omega mu0) of a dipole of moment d in a medium of wavenumber k. */
static inline void direct_dipole(double complex k, ali_vec3 d, ali_vec3 r, double complex e[3])
{
    double distance = ali_vec3_norm(r), along = ali_vec3_dot(r, d) / (distance * distance);
    double complex g = cexp(-I * k * distance) / (4.0 * ALI_PI * distance),
                   x = 1.0 / (k * distance);
    double complex a = g * (1.0 - I * x - x * x),
                   b = -g * along * (1.0 - 3.0 * I * x - 3.0 * x * x);
    e[0] = a * d.x + b * r.x;
    e[1] = a * d.y + b * r.y;
    e[2] = a * d.z + b * r.z;
}

static inline void dipole_truth(const ali_half_space *space, ali_vec3 d, ali_vec3 source,
                                ali_vec3 p, double complex e[3])
{
    ali_vec3 r = ali_vec3_sub(p, source);
    double rho = hypot(r.x, r.y), cx = r.x / rho, cy = r.y / rho;
    double out = d.x * cx + d.y * cy, around = d.y * cx - d.x * cy;
    half_space_dipole f = half_space_fields(space, rho, p.z, source.z);
    double complex e_rho = f.xx * out + f.xz * d.z, e_phi = f.yy * around;
    double complex direct[3] = {0.0};
    if (p.z * source.z > 0.0)
        direct_dipole(p.z > 0.0 ? space->k : ali_half_space_wavenumber(space), d, r, direct);
    e[0] = e_rho * cx - e_phi * cy + direct[0];
    e[1] = e_rho * cy + e_phi * cx + direct[1];
    e[2] = f.zx * out + f.zz * d.z + direct[2];
}

/** Maxwell's equations at p by differences over 2 d. */
static inline void assert_maxwell(const ali_current *current, double complex eps, ali_vec3 p,
                                  double d, double tolerance)
{
    const ali_ground ground = ground_of(eps);
    sample middle = field_at(current, &ground, p), side[3][2];
    for (int c = 0; c < 6; c++) {
        double step[3] = {0.0};
        step[c / 2] = c % 2 ? d : -d;
        side[c / 2][c % 2] =
            field_at(current, &ground, ali_vec3_add(p, (ali_vec3){step[0], step[1], step[2]}));
    }
    double complex curl_e[3], curl_h[3], e[3], h[3];
    for (int c = 0; c < 3; c++) {
        int a = (c + 1) % 3, b = (c + 2) % 3;
        curl_e[c] = (side[a][1].e[b] - side[a][0].e[b] - side[b][1].e[a] + side[b][0].e[a]);
        curl_h[c] = (side[a][1].h[b] - side[a][0].h[b] - side[b][1].h[a] + side[b][0].h[a]);
        e[c] = middle.e[c] * 2.0 * d * I * k0 / ALI_ETA0 * (p.z > 0.0 ? 1.0 : eps);
        h[c] = -middle.h[c] * 2.0 * d * I * k0 * ALI_ETA0;
    }
    assert_vector(curl_e, h, tolerance);
    assert_vector(curl_h, e, tolerance);
}

/** Both sides of z = 0 at p: all of E and H is continuous but E_z, eps E_z is. */
static inline void assert_continuous(const ali_current *current, double complex eps, ali_vec3 p,
                                     double tolerance)
{
    const ali_ground ground = ground_of(eps);
    ali_vec3 below = {p.x, p.y, -2e-9}; /* the nearest that counts as below */
    sample up = field_at(current, &ground, p), down = field_at(current, &ground, below);
    up.e[2] /= eps;
    assert_vector(up.e, down.e, tolerance);
    assert_vector(up.h, down.h, tolerance);
}

#endif
