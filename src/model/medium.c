/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What a ground is made of. Water and ice follow [ITURP527:2017], whose water is that of
 *  [MeissnerWentz:2004]; the sixth edition adds a cubic term to the relaxation frequency of sea
 * water, with a sign that its source has corrected since, and matters above 1 GHz only. The
 * formulas of that series for soil begin at a gigahertz: soils here are the curves of
 * [ITURP527:1992] and, for average ground and cities, [ArrlAntennaBook:2007]. */

#include "base/constants.h"
#include "model/model.h"

#include <math.h>
#include <string.h>

double complex ali_medium_permittivity(const ali_medium *medium, double omega)
{
    double permittivity = medium->eps_r;
    double loss = medium->sigma / (omega * ALI_EPS0) + medium->eps_imag;
    for (size_t i = 0; i < ALI_MEDIUM_RELAXATIONS; i++) {
        const ali_relaxation *each = &medium->relaxations[i];
        if (each->strength == 0)
            continue;
        double x = omega / (2 * ALI_PI * each->frequency);
        double share = each->strength * x / (1 + x * x);
        permittivity -= share * x;
        loss += share;
    }
    return CMPLX(permittivity, -loss);
}

bool ali_medium_equal(const ali_medium *a, const ali_medium *b)
{
    bool equal = a->eps_r == b->eps_r && a->sigma == b->sigma && a->eps_imag == b->eps_imag;
    for (size_t i = 0; i < ALI_MEDIUM_RELAXATIONS; i++)
        equal = equal && a->relaxations[i].strength == b->relaxations[i].strength &&
                a->relaxations[i].frequency == b->relaxations[i].frequency;
    return equal;
}

/* ---- water and ice ---- */

/** How far a temperature [degrees C] is below 300 K, relatively. */
static double coldness(double celsius)
{
    return 300 / (celsius + 273.15) - 1;
}

/** Conductivity of the salts of sea water [S/m]; t in degrees C, s in g/kg. [ITURP527:2017] Eq.
 * (22) to (27). */
static double salt_conductivity(double t, double s)
{
    double standard =
        2.903602 + t * (8.607e-2 + t * (4.738817e-4 + t * (-2.991e-6 + t * 4.3047e-9)));
    double dilution = s * (37.5109 + s * (5.45216 + s * 1.4409e-2)) / (1004.75 + s * (182.283 + s));
    double slope = (6.9431 + s * (3.2841 - s * 9.9486e-2)) / (84.850 + s * (69.024 + s));
    double offset = 49.843 + s * (-0.2276 + s * 0.198e-2);
    return standard * dilution * (1 + slope * (t - 15) / (offset + t));
}

ali_medium ali_medium_water(double celsius, double salinity)
{
    double t = celsius, s = salinity, theta = coldness(celsius);
    /* of pure water, Eq. (8) to (13) */
    double low = 77.66 + 103.3 * theta;
    double middle = 0.0671 * low;
    double high = 3.52 - 7.52 * theta;
    double first = 20.20 + theta * (-146.4 + theta * 316);
    double second = 39.8 * first;
    /* what salt changes, Eq. (17) to (21) */
    low *= exp(s * (-3.56417e-3 + s * 4.74868e-6 + t * 1.15574e-5));
    middle *= exp(s * (-6.28908e-3 + s * 1.76032e-4 - t * 9.22144e-5));
    high *= 1 + s * (-2.04265e-3 + t * 1.57883e-4);
    first *= 1 + s * (2.39357e-3 + t * (-3.13530e-5 + t * 2.52477e-7));
    second *= 1 + s * (-1.99723e-2 + t * 1.81176e-4);
    return (ali_medium){.eps_r = low,
                        .sigma = salt_conductivity(t, s),
                        .relaxations = {{.strength = low - middle, .frequency = 1e9 * first},
                                        {.strength = middle - high, .frequency = 1e9 * second}}};
}

ali_medium ali_medium_ice(double celsius)
{
    double theta = coldness(celsius);
    double loss = (0.00504 + 0.0062 * theta) * exp(-22.1 * theta); /* A: loss times f [GHz] */
    return (ali_medium){.eps_r = 3.1884 + 0.00091 * celsius,
                        .sigma = loss * 2e9 * ALI_PI * ALI_EPS0};
}

/* ---- by name ---- */

/** Soils. Those of wet ground relax so that conductivity and permittivity follow the curves of
 * [ITURP527:1992], as [Ozgun:2020] has them in numbers, within 15 and 7 % up to 3 GHz. */
static const struct {
    const char *name;
    ali_medium medium;
} soils[] = {
    {"wet", {.eps_r = 30, .sigma = 1e-2, .relaxations = {{2.17, 0.485e9}, {11.55, 7.55e9}}}},
    {"average", {.eps_r = 13, .sigma = 5e-3}},
    {"dry", {.eps_r = 3, .sigma = 1e-4}},
    {"city", {.eps_r = 5, .sigma = 1e-3}},
};

bool ali_medium_find(const char *name, ali_medium *medium)
{
    for (size_t i = 0; i < sizeof soils / sizeof *soils; i++)
        if (strcmp(name, soils[i].name) == 0) {
            *medium = soils[i].medium;
            return true;
        }
    if (strcmp(name, "sea") == 0)
        *medium = ali_medium_water(20, 35);
    else if (strcmp(name, "fresh water") == 0) {
        *medium = ali_medium_water(20, 0);
        medium->sigma = 3e-3; /* of a lake, [ITURP527:1992] */
    } else if (strcmp(name, "ice") == 0)
        *medium = ali_medium_ice(-10);
    else
        return false;
    return true;
}
