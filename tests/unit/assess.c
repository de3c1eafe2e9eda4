/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of merit of patterns that have closed forms. */
#include "assert_close.h"

#include "alicorn/assess.h"
#include "base/constants.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT_MOST 400

/** A pattern of vertical polarisation with gain |E|^2 on grids from 0, and its memory. */
typedef struct sheet {
    alicorn_pattern pattern;
    double theta[COUNT_MOST], phi[COUNT_MOST];
    alicorn_complex *e_theta, *e_phi;
} sheet;

static void begin(sheet *s, size_t theta_count, double theta_step, size_t phi_count,
                  double phi_step)
{
    *s = (sheet){0};
    for (size_t i = 0; i < theta_count; i++)
        s->theta[i] = (double)i * theta_step;
    for (size_t j = 0; j < phi_count; j++)
        s->phi[j] = (double)j * phi_step;
    s->e_theta = calloc(theta_count * phi_count, sizeof *s->e_theta);
    s->e_phi = calloc(theta_count * phi_count, sizeof *s->e_phi);
    assert_non_null(s->e_theta);
    assert_non_null(s->e_phi);
    s->pattern = (alicorn_pattern){.theta_count = theta_count,
                                   .phi_count = phi_count,
                                   .theta_deg = s->theta,
                                   .phi_deg = s->phi,
                                   .e_theta = s->e_theta,
                                   .e_phi = s->e_phi,
                                   .gain_scale = 1,
                                   .below_index = 1};
}

static void end(sheet *s)
{
    free(s->e_theta);
    free(s->e_phi);
}

/** A short dipole: G = 1.5 sin^2 theta. */
static void fill_dipole(sheet *s)
{
    for (size_t j = 0; j < s->pattern.phi_count; j++)
        for (size_t i = 0; i < s->pattern.theta_count; i++)
            s->e_theta[j * s->pattern.theta_count + i].re =
                sqrt(1.5) * sin(s->theta[i] * ALI_DEGREE);
}

/* G >= g where |cos theta| <= sqrt(1 - g / 1.5): that is the share of the sphere, too. */
static void test_coverage_of_a_dipole(void **state)
{
    (void)state;
    const alicorn_sector all = {{0, 180}, {0, 360}};
    const size_t phi_counts[] = {36, 37}; /* with and without the first azimuth repeated */
    for (int k = 0; k < 2; k++) {
        sheet s;
        alicorn_coverage c;
        begin(&s, 181, 1, phi_counts[k], 10);
        fill_dipole(&s);
        assert_int_equal(alicorn_assess_coverage(&s.pattern, &all, -3, &c, NULL), ALICORN_OK);
        assert_close(c.share, sqrt(1 - pow(10, -0.3) / 1.5), 0.01);
        assert_close(c.solid_angle, 4 * ALI_PI, 1e-9);
        assert_close(c.sampled, 1, 1e-9);
        assert_close(c.highest_dbi, 10 * log10(1.5), 1e-9);
        assert_close(c.highest_theta_deg, 90, 1e-12);
        end(&s);
    }
}

/* A null that no sample meets: the field is sin(theta - 47.3 deg), below a level in a band of known
 * width, which coarse steps find to a few per cent of the band. */
static void test_coverage_of_a_null(void **state)
{
    (void)state;
    const alicorn_sector all = {{30, 64}, {0, 360}};
    const double level = sin(4 * ALI_DEGREE), null_deg = 47.3;
    double low = cos((null_deg - 4) * ALI_DEGREE) - cos((null_deg + 4) * ALI_DEGREE);
    double size = cos(30 * ALI_DEGREE) - cos(64 * ALI_DEGREE);
    const double steps[] = {1, 2}, tolerances[] = {0.01, 0.025};
    for (int k = 0; k < 2; k++) {
        sheet s;
        alicorn_coverage c;
        begin(&s, (size_t)(90 / steps[k]) + 1, steps[k], 37, 10);
        for (size_t j = 0; j < s.pattern.phi_count; j++)
            for (size_t i = 0; i < s.pattern.theta_count; i++)
                s.e_theta[j * s.pattern.theta_count + i].re =
                    sin((s.theta[i] - null_deg) * ALI_DEGREE);
        assert_int_equal(alicorn_assess_coverage(&s.pattern, &all, 20 * log10(level), &c, NULL),
                         ALICORN_OK);
        assert_close(1 - c.share, low / size, tolerances[k]);
        end(&s);
    }
}

/* Every cell is cut off where the sector ends, also where that is past 360 degrees. */
static void test_coverage_cuts_cells(void **state)
{
    (void)state;
    sheet s;
    alicorn_coverage c;
    begin(&s, 37, 5, 72, 5);
    fill_dipole(&s);
    const alicorn_sector sector = {{71, 88}, {347, 373}};
    assert_int_equal(alicorn_assess_coverage(&s.pattern, &sector, -100, &c, NULL), ALICORN_OK);
    assert_close(c.solid_angle, (cos(71 * ALI_DEGREE) - cos(88 * ALI_DEGREE)) * 26 * ALI_DEGREE,
                 1e-12);
    assert_close(c.share, 1, 1e-12);
    assert_close(c.lowest_theta_deg, 75, 1e-12);
    /* a step of gain at azimuth 0: half of a sector around it */
    for (size_t j = 0; j < 72; j++)
        for (size_t i = 0; i < 37; i++)
            s.e_theta[j * 37 + i].re = j < 36 ? 1 : 0.1;
    const alicorn_sector around = {{80, 100}, {-42.5, 37.5}};
    assert_int_equal(alicorn_assess_coverage(&s.pattern, &around, -3, &c, NULL), ALICORN_OK);
    /* from 0.1 to 1 the field is straight, and passes -3 dB at -1.6 degrees; 16 parts a cell */
    double before = 5 * (1 - pow(10, -0.15)) / 0.9;
    assert_close(c.share, (37.5 + before) / 80, 5.0 / 16 / 80);
    const alicorn_sector high = {{80, 200}, {0, 90}}, flat = {{90, 90}, {0, 90}};
    assert_int_equal(alicorn_assess_coverage(&s.pattern, &high, 0, &c, NULL), ALICORN_E_USAGE);
    assert_int_equal(alicorn_assess_coverage(&s.pattern, &flat, 0, &c, NULL), ALICORN_E_USAGE);
    end(&s);
}

/* A pattern of a quarter samples a quarter, and says so. */
static void test_coverage_of_a_part(void **state)
{
    (void)state;
    sheet s;
    alicorn_coverage c;
    const alicorn_sector all = {{0, 180}, {0, 360}};
    begin(&s, 91, 2, 19, 5);
    fill_dipole(&s);
    assert_int_equal(alicorn_assess_coverage(&s.pattern, &all, -100, &c, NULL), ALICORN_OK);
    assert_close(c.sampled, 0.25, 1e-12);
    end(&s);
}

/* |cos phi| is below 1/2 within 30 degrees of 90 and 270. */
static void test_blind_azimuths(void **state)
{
    (void)state;
    sheet s;
    alicorn_azimuths blind[2];
    size_t count;
    begin(&s, 1, 0, 360, 1);
    for (size_t j = 0; j < 360; j++)
        s.e_theta[j].re = cos((s.phi[j] - 90) * ALI_DEGREE); /* blind around 0 */
    double level = 20 * log10(0.5);
    assert_int_equal(alicorn_assess_blind(&s.pattern, 0, level, blind, 2, &count, NULL),
                     ALICORN_OK);
    assert_int_equal(count, 2);
    assert_close(blind[0].from_deg, 150, 0.01);
    assert_close(blind[0].to_deg, 210, 0.01);
    assert_close(blind[1].from_deg, 330, 0.01);
    assert_close(blind[1].to_deg, 390, 0.01);
    assert_int_equal(alicorn_assess_blind(&s.pattern, 0, 1, blind, 2, &count, NULL), ALICORN_OK);
    assert_int_equal(count, 1);
    assert_close(blind[0].to_deg - blind[0].from_deg, 360, 1e-12);
    s.pattern.phi_count = 300;
    assert_int_equal(alicorn_assess_blind(&s.pattern, 0, 1, blind, 2, &count, NULL),
                     ALICORN_E_USAGE);
    end(&s);
}

enum { RCS_THETA = 91, RCS_PHI = 4 };

/** A sphere of cross-sections, theta fastest: -100 + theta in VV, theta - phi in HH. */
static void fill_rcs(alicorn_rcs samples[RCS_THETA * RCS_PHI], double error_db)
{
    for (size_t k = 0; k < RCS_THETA * RCS_PHI; k++) {
        double theta = 2 * (double)(k % RCS_THETA), phi = 90 * (double)(k / RCS_THETA);
        samples[k] = (alicorn_rcs){.theta_deg = theta,
                                   .phi_deg = phi,
                                   .vv_dbsm = theta - 100,
                                   .hh_dbsm = theta - phi,
                                   .hv_dbsm = NAN,
                                   .vh_dbsm = NAN,
                                   .vv_error_db = error_db,
                                   .hh_error_db = -1};
    }
}

/* A level that rises with theta: p of the sphere lies above the cone of cos theta = 1 - 2 p. */
static void test_percentiles_of_cross_sections(void **state)
{
    (void)state;
    static alicorn_rcs samples[RCS_THETA * RCS_PHI];
    const alicorn_sector all = {{0, 180}, {0, 360}}, wedge = {{90, 90}, {80, 100}};
    const double percents[] = {10, 50, 90};
    const size_t count = RCS_THETA * RCS_PHI;
    alicorn_rcs_statistic s;
    fill_rcs(samples, 1.5);
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(
            alicorn_assess_rcs(samples, count, &all, ALICORN_RCS_VV, percents[k], &s, NULL),
            ALICORN_OK);
        assert_close(s.dbsm, acos(1 - percents[k] / 50) / ALI_DEGREE - 100, 1.0);
        assert_close(s.theta_deg, s.dbsm + 100, 1e-9);
        assert_close(s.most_dbsm - s.dbsm, 1.5, 1e-9);
        assert_close(s.dbsm - s.least_dbsm, 1.5, 1e-9);
        assert_true(s.has_error);
        assert_int_equal(s.samples, count);
    }
    assert_int_equal(alicorn_assess_rcs(samples, count, &all, ALICORN_RCS_HH, 100, &s, NULL),
                     ALICORN_OK);
    assert_close(s.dbsm, 180, 1e-12);
    assert_close(s.phi_deg, 0, 1e-12);
    assert_false(s.has_error);
    assert_close(s.most_dbsm, s.dbsm, 1e-12);
    /* the cell of azimuth 90 alone, at one theta of several: no solid angle */
    assert_int_equal(alicorn_assess_rcs(samples, count, &wedge, ALICORN_RCS_HH, 50, &s, NULL),
                     ALICORN_E_USAGE);
    assert_int_equal(alicorn_assess_rcs(samples, count, &all, ALICORN_RCS_HV, 50, &s, NULL),
                     ALICORN_E_USAGE);
    assert_int_equal(alicorn_assess_rcs(samples, count - 1, &all, ALICORN_RCS_VV, 50, &s, NULL),
                     ALICORN_E_USAGE);
}

/* One cut around: every azimuth counts alike, an even number has its median between two. */
static void test_percentiles_of_a_cut(void **state)
{
    (void)state;
    alicorn_rcs cut[8];
    const alicorn_sector all = {{85, 85}, {0, 360}}, half = {{85, 85}, {0, 180}};
    alicorn_rcs_statistic s;
    for (int k = 0; k < 8; k++)
        cut[k] = (alicorn_rcs){.theta_deg = 85,
                               .phi_deg = 45 * k,
                               .vv_dbsm = k,
                               .hv_dbsm = k == 5 ? 20 : -HUGE_VAL,
                               .vh_dbsm = -HUGE_VAL,
                               .hh_dbsm = -k,
                               .vv_error_db = -1,
                               .hv_error_db = -1,
                               .hh_error_db = -1};
    alicorn_assess_rcs(cut, 8, &all, ALICORN_RCS_VV, 50, &s, NULL);
    assert_close(s.dbsm, 3.5, 1e-12);
    /* azimuths 0 and 180 with half a cell each, 45 to 135 with a whole one */
    alicorn_assess_rcs(cut, 8, &half, ALICORN_RCS_VV, 50, &s, NULL);
    assert_close(s.dbsm, 2, 1e-12);
    alicorn_assess_rcs(cut, 8, &half, ALICORN_RCS_VV, 12.5, &s, NULL);
    assert_close(s.dbsm, 0.5, 1e-12);
    alicorn_assess_rcs(cut, 8, &all, ALICORN_RCS_LARGEST, 100, &s, NULL);
    assert_close(s.dbsm, 20, 1e-12);
    assert_close(s.phi_deg, 225, 1e-12);
    assert_string_equal(alicorn_rcs_component_text(ALICORN_RCS_HV), "hv");
    assert_null(alicorn_rcs_component_text((alicorn_rcs_component)5));
}

static void test_ports(void **state)
{
    (void)state;
    assert_close(alicorn_assess_vswr(0.5), 3, 1e-15);
    assert_true(isinf(alicorn_assess_vswr(1)));
    assert_close(alicorn_assess_loss_db(0.1), 20, 1e-12);
}

/* The envelope's own orders come back, and each limit notices its own. */
static void test_orders_and_limits(void **state)
{
    (void)state;
    static const struct {
        int order;
        double depth;
        alicorn_tacan_limit violated;
    } cases[] = {{4, 0.21, ALICORN_TACAN_LOW},
                 {7, 0.16, ALICORN_TACAN_7},
                 {8, 0.16, ALICORN_TACAN_8},
                 {10, 0.16, ALICORN_TACAN_10},
                 {11, 0.16, ALICORN_TACAN_11}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double envelope[180];
        alicorn_orders orders;
        alicorn_tacan tacan;
        for (int i = 0; i < 180; i++) {
            double x = 2 * i * ALI_DEGREE;
            envelope[i] = 3 * (1 + 0.21 * cos(x + 1) + 0.18 * cos(9 * x - 2) +
                               cases[k].depth * cos(cases[k].order * x));
        }
        assert_int_equal(alicorn_assess_orders(envelope, 180, &orders, NULL), ALICORN_OK);
        assert_close(orders.mean, 3, 1e-12);
        assert_close(orders.depth[1], 0.21, 1e-12);
        assert_close(orders.depth[9], 0.18, 1e-12);
        assert_close(orders.phase_deg[1], 1 / ALI_DEGREE, 1e-9);
        assert_close(orders.phase_deg[9], -2 / ALI_DEGREE, 1e-9);
        alicorn_assess_tacan(&orders, 0, &tacan);
        assert_false(tacan.passed);
        for (int n = 0; n < ALICORN_TACAN_LIMITS; n++)
            assert_int_equal(tacan.margin[n] < 0, n == (int)cases[k].violated);
        orders.depth[cases[k].order] = 0.14;
        alicorn_assess_tacan(&orders, 0, &tacan);
        assert_true(tacan.passed);
        orders.depth[1] = 0.11;
        alicorn_assess_tacan(&orders, 0, &tacan);
        assert_true(tacan.margin[ALICORN_TACAN_15_HZ] < 0);
    }
}

enum { MODES = 6, TURN = 72 };
static const int mode_order[MODES] = {0, 1, -1, 9, -9, 0};

/* Ports of the pure azimuthal orders e^{j n phi}, fed with e^{-j n x}, make a lobe that turns; a
 * mast that scatters a share of it straight on turns the bearing by what trigonometry says. */
static void test_rotating_modulation(void **state)
{
    (void)state;
    sheet sheets[MODES];
    const alicorn_pattern *patterns[MODES];
    for (int p = 0; p < MODES; p++) {
        begin(&sheets[p], 1, 0, 36, 10);
        for (size_t j = 0; j < 36; j++) {
            double x = mode_order[p] * sheets[p].phi[j] * ALI_DEGREE;
            sheets[p].e_theta[j] = (alicorn_complex){cos(x), sin(x)};
        }
        patterns[p] = &sheets[p].pattern;
    }
    const double standing = 0.05; /* a second lobe, cos x, which does not know the azimuth */
    double turn[36][TURN];
    for (int t = 0; t < TURN; t++) {
        alicorn_complex weights[MODES];
        double x = 2 * ALI_PI * t / TURN, envelope[36];
        for (int p = 0; p < MODES; p++) {
            double size = mode_order[p] == 0 ? (p == 0 ? 1 : standing * cos(x)) : 0.1;
            weights[p] =
                (alicorn_complex){size * cos(mode_order[p] * x), -size * sin(mode_order[p] * x)};
        }
        assert_int_equal(alicorn_assess_envelope(patterns, weights, MODES, 0, envelope, NULL),
                         ALICORN_OK);
        for (int j = 0; j < 36; j++)
            turn[j][t] = envelope[j];
    }
    for (int j = 0; j < 36; j++) {
        alicorn_orders orders;
        double coarse, fine, phi = 10 * j * ALI_DEGREE;
        assert_int_equal(alicorn_assess_orders(turn[j], TURN, &orders, NULL), ALICORN_OK);
        alicorn_assess_bearing(&orders, 10 * j, &coarse, &fine);
        double truth = atan2(0.2 * sin(phi), 0.2 * cos(phi) + standing) - phi;
        assert_close(coarse, remainder(truth / ALI_DEGREE, 360), 1e-9);
        assert_close(fine, 0, 1e-9);
        assert_close(orders.depth[9], 0.2, 1e-12);
    }
    sheets[1].pattern.phi_count = 35;
    alicorn_complex weights[MODES] = {{0, 0}};
    double envelope[36];
    assert_int_equal(alicorn_assess_envelope(patterns, weights, MODES, 0, envelope, NULL),
                     ALICORN_E_USAGE);
    for (int p = 0; p < MODES; p++)
        end(&sheets[p]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage_of_a_dipole),
        cmocka_unit_test(test_coverage_of_a_null),
        cmocka_unit_test(test_coverage_cuts_cells),
        cmocka_unit_test(test_coverage_of_a_part),
        cmocka_unit_test(test_blind_azimuths),
        cmocka_unit_test(test_percentiles_of_cross_sections),
        cmocka_unit_test(test_percentiles_of_a_cut),
        cmocka_unit_test(test_ports),
        cmocka_unit_test(test_orders_and_limits),
        cmocka_unit_test(test_rotating_modulation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
