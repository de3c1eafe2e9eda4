/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Whole solves of surfaces over a lossy ground: against a wire over the same ground, against a
 *  perfect ground and free space where the ground becomes them, and the radar cross-section of a
 *  sphere against exact scattering along the four ways that wave and echo can take. */

#include "green/fresnel.h"
#include "math/bessel.h"
#include "soil_support.h"

/* ---- a body on the ground ---- */

/** A box of 2 x 1.5 x 1 m with a mast of 3 m, 40 MHz. */
static ali_model *box_with_mast(double height)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = alicorn_model_create();
    assert_non_null(model);
    const size_t cells[3] = {4, 3, 2};
    add_box(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){2.0, 1.5, 1.0}, cells);
    add_sheet(model, &sheet, 1.0);
    const double foot[3] = {1.0, 1.0, height + 1.0}, top[3] = {1.2, 1.0, height + 4.0};
    assert_int_equal(alicorn_model_add_wire(model, 1, 7, foot, top, 0.01, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 1, 1, volt, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 40e6, NULL), ALICORN_OK);
    return model;
}

static void test_limits(void **state)
{
    (void)state;
    const ali_ground perfect = {.kind = ALI_GROUND_PEC, .connect = true}, none = {0};
    for (int i = 0; i < 2; i++) {
        double height = 0.5 * i; /* standing, hovering */
        double complex pec = impedance_of(solve(box_with_mast(height), perfect));
        double complex free_space = impedance_of(solve(box_with_mast(height), none));
        double complex metal =
            impedance_of(solve(box_with_mast(height), soil(1.0 - 1e7 * I, 40e6)));
        double complex air = impedance_of(solve(box_with_mast(height), soil(1.0 + 1e-5, 40e6)));
        double complex earth =
            impedance_of(solve(box_with_mast(height), soil(13.0 - 2.0 * I, 40e6)));
        assert_close(metal, pec, 1e-3 * cabs(pec));
        assert_close(air, free_space, 1e-5 * cabs(free_space));
        assert_true(cabs(earth - pec) > 0.05 * cabs(pec));
        assert_true(cabs(earth - free_space) > 0.02 * cabs(free_space));
    }
}

/* ---- a strip for a wire ---- */

/** What average ground adds to the impedance of a dipole of 10 m, 15 MHz, its middle at a height:
 *  a wire, or a strip of the same equivalent radius that leads on from a short wire at the gap. */
static double complex added(bool strip, double height, double tilt)
{
    const double half = 5.0, gap = 0.25, radius = 0.02;
    const ali_vec3 u = {cos(tilt), 0.0, sin(tilt)}, side = {0.0, 4.0 * radius, 0.0};
    double complex z[2];
    for (int ground = 0; ground < 2; ground++) {
        static sheet_builder sheet;
        ali_model *model = alicorn_model_create();
        ali_vec3 middle = {0.0, 0.0, height};
        double ends[2][3];
        sheet = (sheet_builder){0};
        for (int i = 0; i < 2; i++) {
            ali_vec3 end = ali_vec3_axpy(middle, (strip ? gap : half) * (i ? 1.0 : -1.0), u);
            memcpy(ends[i], &end, sizeof end);
            ali_vec3 from = ali_vec3_axpy(end, -0.5, side);
            if (strip)
                add_plate(&sheet, from, ali_vec3_scale((half - gap) * (i ? 1.0 : -1.0), u), side,
                          16, 2);
        }
        if (strip)
            add_sheet(model, &sheet, 1.0);
        int segments = strip ? 3 : 21;
        assert_int_equal(alicorn_model_add_wire(model, 1, segments, ends[0], ends[1], radius, NULL),
                         ALICORN_OK);
        assert_int_equal(alicorn_model_add_source(model, 1, segments / 2 + 1, volt, NULL),
                         ALICORN_OK);
        assert_int_equal(alicorn_model_add_frequency(model, 15e6, NULL), ALICORN_OK);
        z[ground] =
            impedance_of(solve(model, ground ? soil(13.0 - 6.0 * I, 15e6) : (ali_ground){0}));
    }
    return z[1] - z[0];
}

static void test_strip_for_a_wire(void **state)
{
    (void)state;
    const double cases[][2] = {{0.4, 0.0}, {5.4, 0.5 * ALI_PI}, {4.0, 0.25 * ALI_PI}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double complex wire = added(false, cases[i][0], cases[i][1]);
        double complex strip = added(true, cases[i][0], cases[i][1]);
        assert_true(cabs(wire) > 15.0);
        assert_close(strip, wire, 1.5);
    }
}

/* ---- echoes ---- */

/** Scattering functions of a conducting sphere of size x = ka towards the cosine of an angle
 *  [BohrenHuffman:1983] 4.74, for e^{+j omega t}: [0] across, [1] along the scattering plane. */
static void sphere_amplitudes(double x, double cosine, double complex s[2])
{
    enum { ORDERS = 12 };
    double j[ORDERS + 1], y[ORDERS + 1] = {-cos(x) / x, -cos(x) / (x * x) - sin(x) / x};
    double before = 0.0, now = 1.0;
    ali_bessel_spherical(ORDERS, x, j);
    for (int n = 1; n < ORDERS; n++)
        y[n + 1] = (2 * n + 1) / x * y[n] - y[n - 1];
    s[0] = s[1] = 0.0;
    for (int n = 1; n <= ORDERS; n++) {
        double complex h = CMPLX(j[n], -y[n]), h_before = CMPLX(j[n - 1], -y[n - 1]);
        double complex b = j[n] / h, a = (x * j[n - 1] - n * j[n]) / (x * h_before - n * h);
        double tau = n * cosine * now - (n + 1) * before, f = (2.0 * n + 1.0) / (n * (n + 1.0));
        s[0] += f * (a * now + b * tau);
        s[1] += f * (a * tau + b * now);
        double next = ((2 * n + 1) * cosine * now - (n + 1) * before) / n;
        before = now;
        now = next;
    }
}

/** A direction and the field that comes from there or goes there. */
typedef struct way {
    ali_vec3 direction;
    double complex field[3], phase;
} way;

static double complex dot(const double complex field[3], ali_vec3 d)
{
    return field[0] * d.x + field[1] * d.y + field[2] * d.z;
}

/** Echo of a sphere of radius 1 at a height over soil: wave and echo directly or by the ground, but
 *  no more than once each [dBsm]. */
static double four_ways(double k, double height, double theta, bool vertical,
                        double complex permittivity)
{
    double s = sin(theta), c = cos(theta);
    double complex q = csqrt(permittivity - s * s), f = 0.0;
    double complex r =
        vertical ? (permittivity * c - q) / (permittivity * c + q) : (c - q) / (c + q);
    way ways[2] = {{{s, 0, c}, {c, 0, -s}, cexp(CMPLX(0, k * height * c))},
                   {{s, 0, -c}, {-r * c, 0, -r * s}, cexp(CMPLX(0, -k * height * c))}};
    for (int i = 0; i < 2 && !vertical; i++) {
        ways[i].field[0] = ways[i].field[2] = 0.0;
        ways[i].field[1] = i ? r : 1.0;
    }
    for (int in = 0; in < 2; in++)
        for (int out = 0; out < 2; out++) {
            ali_vec3 from = ali_vec3_scale(-1.0, ways[in].direction), to = ways[out].direction;
            ali_vec3 across = ali_vec3_cross(to, from);
            if (ali_vec3_norm(across) < 1e-9)
                across = (ali_vec3){0, 1, 0};
            across = ali_vec3_scale(1.0 / ali_vec3_norm(across), across);
            double complex amplitude[2];
            sphere_amplitudes(k, ali_vec3_dot(from, to), amplitude);
            f += ways[in].phase * ways[out].phase *
                 (amplitude[0] * dot(ways[in].field, across) * dot(ways[out].field, across) +
                  amplitude[1] * dot(ways[in].field, ali_vec3_cross(across, from)) *
                      dot(ways[out].field, ali_vec3_cross(across, to)));
        }
    return 10.0 * log10(4.0 * ALI_PI * creal(f * conj(f)) / (k * k));
}

static void test_sphere_over_soil(void **state)
{
    (void)state;
    static sheet_builder sheet;
    const double height = 25.0, k = 1.0, frequency = k * ALI_C0 / (2.0 * ALI_PI);
    const double complex permittivity = 13.0 - 2.0 * I;
    sheet = (sheet_builder){0};
    build_sphere(&sheet, 4);
    for (size_t i = 0; i < sheet.vertex_count; i++)
        sheet.vertex[i].z += height;
    ali_model *model = alicorn_model_create();
    add_sheet(model, &sheet, 1.0);
    assert_int_equal(alicorn_model_add_frequency(model, frequency, NULL), ALICORN_OK);
    model->tasks[0].ground = soil(permittivity, frequency);
    alicorn_rcs_request request = {.theta = {.start_deg = 10.0, .step_deg = 15.0, .count = 6},
                                   .phi = {.count = 1},
                                   .frequencies_hz = &frequency,
                                   .frequency_count = 1};
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_solve_rcs(model, &request, &options, &result, &error))
        fail_msg("%s", error.message);
    const alicorn_solve_result *found = alicorn_result_solve(result, 0);
    assert_int_equal(found->rcs_count, 6);
    for (size_t i = 0; i < 6; i++) {
        double theta = (10.0 + 15.0 * (double)i) * ALI_PI / 180.0;
        double vv = four_ways(k, height, theta, true, permittivity);
        double hh = four_ways(k, height, theta, false, permittivity);
        /* amplitudes, for echoes interfere down to nothing */
        assert_close(pow(10.0, 0.05 * found->rcs[i].vv_dbsm), pow(10.0, 0.05 * vv), 0.1);
        assert_close(pow(10.0, 0.05 * found->rcs[i].hh_dbsm), pow(10.0, 0.05 * hh), 0.1);
    }
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_strip_for_a_wire),
        cmocka_unit_test(test_sphere_over_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
