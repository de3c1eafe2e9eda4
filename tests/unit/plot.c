/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What plots are made of, against numbers worked by hand. */

#include "plot/chart.h"
#include "plot/cut.h"
#include "plot/page.h"
#include "plot/polar.h"
#include "plot/projection.h"
#include "plot/scale.h"
#include "plot/smith.h"
#include "plot/spread.h"
#include "plot/style.h"

#include "base/numbers.h"
#include "output/xml_text.h"

#include "assert_close.h"

#include <stdlib.h>
#include <string.h>

static void test_steps(void **state)
{
    (void)state;
    assert_close(ali_nice_step(10.0, 5), 2.0, 1e-12);
    assert_close(ali_nice_step(10.1, 5), 5.0, 1e-12);
    assert_close(ali_nice_step(0.3, 6), 0.05, 1e-12);
    assert_close(ali_nice_step(7e6, 7), 1e6, 1e-3);
    assert_close(ali_nice_step(1.0, 1), 1.0, 1e-12);
    assert_close(ali_degree_step(360.0, 12), 30.0, 1e-12);
    assert_close(ali_degree_step(180.0, 12), 15.0, 1e-12);
    assert_close(ali_degree_step(5.0, 10), 0.5, 1e-12);
    assert_close(ali_degree_step(3600.0, 12), 500.0, 1e-9);
}

static void test_ticks(void **state)
{
    (void)state;
    double low = -0.83, high = 1.94;
    ali_nice_range(0.5, &low, &high);
    assert_close(low, -1.0, 1e-12);
    assert_close(high, 2.0, 1e-12);
    ali_ticks ticks = ali_ticks_in(low, high, 0.5);
    assert_int_equal(ticks.count, 7);
    assert_int_equal(ticks.decimals, 1);
    assert_true(ali_tick(&ticks, 2) == 0.0);
    assert_close(ali_tick(&ticks, 6), 2.0, 1e-12);
    /* ends that rounding has moved are still ticks */
    ticks = ali_ticks_in(0.1 + 0.2, 0.7 - 1e-16, 0.1);
    assert_int_equal(ticks.count, 5);
    assert_int_equal(ali_ticks_in(0.1, 0.9, 1.0).count, 0);
    assert_int_equal(ali_ticks_in(0.0, 1.0, 0.25).decimals, 1); /* of steps of 1, 2 and 5 only */
    assert_int_equal(ali_ticks_in(0.0, 1e4, 2000.0).decimals, 0);
    assert_int_equal(ali_ticks_in(0.0, 0.1, 0.02).decimals, 2);
}

static void test_scale(void **state)
{
    (void)state;
    const ali_scale down = {.low = 1.0, .high = 3.0, .from = 400.0, .to = 100.0};
    double factor;
    assert_close(ali_scale_at(&down, 1.0), 400.0, 1e-12);
    assert_close(ali_scale_at(&down, 2.5), 175.0, 1e-12);
    assert_close(ali_scale_at(&down, 4.0), -50.0, 1e-12);
    assert_string_equal(ali_scale_prefix(1e9, &factor), "G");
    assert_string_equal(ali_scale_prefix(999e6, &factor), "M");
    assert_close(factor, 1e6, 0.0);
    assert_string_equal(ali_scale_prefix(20.0, &factor), "");
}

static void test_axis(void **state)
{
    (void)state;
    ali_axis axis = ali_axis_round("", 43.42, 44.62);
    assert_close(axis.low, 43.4, 1e-9);
    assert_close(axis.high, 44.8, 1e-9);
    assert_close(axis.step, 0.2, 1e-12);
    axis = ali_axis_round("", 50.0, 50.0); /* one value is in the middle of some room */
    assert_true(axis.low <= 45.0 && axis.high >= 55.0);
    axis = ali_axis_round("", 0.0, 0.0);
    assert_true(axis.low < 0.0 && axis.high > 0.0);
}

static void test_smith(void **state)
{
    (void)state;
    /* z = 1 + j: gamma = j/(2 + j) = (1 + 2j)/5 */
    double complex gamma = ali_smith_reflection(1.0 + I);
    assert_close(creal(gamma), 0.2, 1e-15);
    assert_close(cimag(gamma), 0.4, 1e-15);
    gamma = ali_smith_impedance(-0.5);
    assert_close(creal(gamma), 1.0 / 3.0, 1e-15);
    /* every z lies on the circles of its r and its x */
    const double complex z[] = {0.2 + 0.7 * I, 1.0 - 2.0 * I, 5.0 + 0.5 * I};
    for (size_t i = 0; i < 3; i++) {
        gamma = ali_smith_reflection(z[i]);
        ali_smith_circle r = ali_smith_resistance(creal(z[i]));
        ali_smith_circle x = ali_smith_reactance(cimag(z[i]));
        assert_close(cabs(gamma - (r.x + I * r.y)), r.radius, 1e-15);
        assert_close(cabs(gamma - (x.x + I * x.y)), x.radius, 1e-14);
        assert_close(cabs(ali_smith_impedance(gamma) - z[i]), 0.0, 1e-14);
    }
}

static void test_polar(void **state)
{
    (void)state;
    const ali_point centre = {400.0, 300.0};
    ali_rings rings = ali_rings_of(10.7, NAN, 30.0);
    assert_close(rings.top, 15.0, 1e-12);
    assert_close(rings.floor, -15.0, 1e-12);
    assert_int_equal(rings.count, 6);
    assert_close(ali_ring_radius(&rings, 0.0), 0.5, 1e-15);
    assert_close(ali_ring_radius(&rings, -HUGE_VAL), 0.0, 0.0);
    assert_close(ali_ring_radius(&rings, 99.0), 1.0, 0.0);
    rings = ali_rings_of(-3.0, -45.0, 30.0); /* a floor of one's own */
    assert_close(rings.top, 0.0, 0.0);
    assert_close(rings.floor, -45.0, 0.0);
    assert_int_equal(rings.count, 5);
    rings = ali_rings_of(-60.0, -40.0, 30.0); /* above everything */
    assert_true(rings.top > rings.floor);
    /* azimuth: +y is up; elevation: the zenith is up, phi to the right, its opposite to the left */
    ali_point at = ali_dial_point(ALI_DIAL_AZIMUTH, centre, 90.0, 100.0);
    assert_close(at.x, 400.0, 1e-9);
    assert_close(at.y, 200.0, 1e-9);
    at = ali_dial_point(ALI_DIAL_ELEVATION, centre, 60.0, 100.0);
    assert_close(at.x, 400.0 + 100.0 * sqrt(0.75), 1e-9);
    assert_close(at.y, 250.0, 1e-9);
    at = ali_dial_point(ALI_DIAL_UPPER, centre, -90.0, 100.0);
    assert_close(at.x, 300.0, 1e-9);
    assert_close(at.y, 300.0, 1e-9);
}

static void test_bearings(void **state)
{
    (void)state;
    /* a ring is closed, a direction that comes twice counts once, what is there wins */
    ali_bearing ring[6] = {{180, 3, NAN}, {0, 1, NAN}, {90, NAN, NAN}, {90, 2, NAN}, {270, 4, NAN}};
    assert_int_equal(ali_cut_order(ring, 5), 5);
    assert_close(ring[1].level, 2.0, 0.0);
    assert_close(ring[4].angle_deg, 360.0, 0.0);
    assert_close(ring[4].level, 1.0, 0.0);
    ali_bearing whole[6] = {{0, 1, NAN}, {120, 2, NAN}, {240, 3, NAN}, {360, 1, NAN}};
    assert_int_equal(ali_cut_order(whole, 4), 4);
    ali_bearing part[5] = {{60, 1, NAN}, {0, 2, NAN}, {30, 3, 0.5}};
    assert_int_equal(ali_cut_order(part, 3), 3);
    assert_close(part[1].level, 3.0, 0.0);
    ali_traces traces = {0};
    ali_trace *trace = NULL;
    assert_int_equal(ali_cut_add(part, 3, &traces, &trace, NULL), ALICORN_OK);
    assert_close(trace->low[1], 2.5, 0.0);
    assert_close(trace->high[1], 3.5, 0.0);
    assert_true(isnan(trace->low[0]) && ali_traces_banded(&traces));
    ali_traces_clear(&traces);
}

/** A pattern of real fields along theta with gains as given, [phi][theta]. */
static alicorn_pattern pattern_of(double *theta, size_t theta_count, double *phi, size_t phi_count,
                                  alicorn_complex *field, alicorn_complex *none)
{
    return (alicorn_pattern){.theta_count = theta_count,
                             .phi_count = phi_count,
                             .theta_deg = theta,
                             .phi_deg = phi,
                             .e_theta = field,
                             .e_phi = none,
                             .gain_scale = 1.0,
                             .below_index = 1.0};
}

static void test_cuts(void **state)
{
    (void)state;
    double theta[] = {0, 90, 180}, phi[] = {0, 90, 180, 270};
    alicorn_complex none[12] = {{0, 0}}, field[12];
    for (size_t i = 0; i < 12; i++)
        field[i] = (alicorn_complex){(double)i + 1.0, 0.0};
    const alicorn_pattern pattern = pattern_of(theta, 3, phi, 4, field, none);
    ali_traces traces = {0};
    ali_trace *trace = NULL;
    assert_int_equal(ali_cut_nearest(&pattern, ALICORN_CUT_ELEVATION, 350.0), 0);
    assert_int_equal(ali_cut_nearest(&pattern, ALICORN_CUT_AZIMUTH, 80.0), 1);
    /* around at theta 90: fields 2, 5, 8, 11 and 2 again */
    assert_int_equal(ali_cut_take(&pattern, ALICORN_CUT_AZIMUTH, 1, 0, &traces, &trace, NULL),
                     ALICORN_OK);
    assert_int_equal(trace->count, 5);
    assert_close(trace->y[2], 20.0 * log10(8.0), 1e-9);
    assert_close(trace->x[4], 360.0, 0.0);
    assert_close(trace->y[4], 20.0 * log10(2.0), 1e-9);
    /* through phi 90 and 270: -90 (field 11), 0, 90 (field 5), 180, closed at 270 */
    assert_int_equal(ali_cut_take(&pattern, ALICORN_CUT_ELEVATION, 1, 1, &traces, &trace, NULL),
                     ALICORN_OK);
    assert_int_equal(trace->count, 5);
    assert_close(trace->x[0], -90.0, 1e-9);
    assert_close(trace->y[0], 20.0 * log10(11.0), 1e-9);
    assert_close(trace->y[2], 20.0 * log10(5.0), 1e-9);
    assert_close(trace->x[4], 270.0, 1e-9);
    assert_true(isinf(ali_rings_of(0.0, NAN, 30.0).top) == 0);
    ali_traces_clear(&traces);
}

static void test_spread(void **state)
{
    (void)state;
    double values[] = {3, 1, 2, 1, 3};
    assert_int_equal(ali_spread_distinct(values, 5, 0.0), 3);
    assert_close(values[2], 3.0, 0.0);
    assert_int_equal(ali_spread_index(values, 3, 2.4), 1);
    for (size_t count = 1; count < 40; count++)
        for (size_t room = 1; room < 15; room++) {
            size_t kept = 0;
            for (size_t i = 0; i < count; i++)
                kept += ali_spread_keeps(i, count, room);
            assert_int_equal(kept, count < room ? count : room);
            assert_true(room == 1 || (ali_spread_keeps(0, count, room) &&
                                      ali_spread_keeps(count - 1, count, room)));
        }
}

static void test_projection(void **state)
{
    (void)state;
    ali_projection view = ali_projection_from(0.0, 0.0); /* from +x: y to the right, z up */
    view.scale = 10.0;
    view.origin = (ali_point){100.0, 100.0};
    ali_point at = ali_projection_point(&view, (ali_vec3){5.0, 2.0, 3.0});
    assert_close(at.x, 120.0, 1e-12);
    assert_close(at.y, 70.0, 1e-12);
    assert_close(ali_projection_depth(&view, (ali_vec3){5.0, 2.0, 3.0}), 5.0, 1e-12);
    view = ali_projection_from(300.0, 25.0);
    assert_close(ali_vec3_norm(view.up), 1.0, 1e-15);
    assert_close(ali_vec3_distance(ali_vec3_cross(view.right, view.up), view.towards), 0.0, 1e-15);
    view = ali_projection_from(-90.0, 90.0); /* a plan: x to the right, y up */
    at = ali_projection_point(&view, (ali_vec3){1.0, 2.0, 9.0});
    assert_close(at.x, 1.0, 1e-12);
    assert_close(at.y, -2.0, 1e-12);
}

static void test_style(void **state)
{
    (void)state;
    int rgb[3];
    ali_style_viridis(0.0, rgb);
    assert_int_equal(rgb[0] * 65536 + rgb[1] * 256 + rgb[2], 0x440154);
    assert_string_equal(ali_style_ink(rgb), "white");
    ali_style_viridis(2.0, rgb);
    assert_int_equal(rgb[0] * 65536 + rgb[1] * 256 + rgb[2], 0xFDE725);
    assert_string_equal(ali_style_ink(rgb), "");
    ali_style_viridis(1.0 / 16.0, rgb); /* half way from the first stop to the second */
    assert_int_equal(rgb[2], 103);
    ali_style_viridis(NAN, rgb);
    assert_int_equal(rgb[0], 68);
    for (size_t i = 0; i < ALI_STYLE_PAIRS; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(strcmp(ali_style_colour(i), ali_style_colour(k)) != 0 ||
                        strcmp(ali_style_dash(i), ali_style_dash(k)) != 0);
}

/** What is put on a stream; to be freed. */
static char *xml_of(const char *text)
{
    char *written = NULL;
    size_t length;
    FILE *stream = open_memstream(&written, &length);
    ali_xml_text(stream, text);
    fclose(stream);
    return written;
}

static void test_escaping(void **state)
{
    (void)state;
    char *written = xml_of("a<b> & \"c\" \xC3\x96\t\x01\x7F|\xFF|\xC3|\xED\xA0\x80|\xE2\x82\xAC");
    assert_string_equal(written, "a&lt;b&gt; &amp; &quot;c&quot; \xC3\x96   |?|?|???|\xE2\x82\xAC");
    free(written);
}

static void test_numbers(void **state)
{
    (void)state;
    char text[ALI_SVG_NUMBER_SIZE];
    assert_string_equal(ali_svg_number(text, 12.0), "12");
    assert_string_equal(ali_svg_number(text, 120.0), "120");
    assert_string_equal(ali_svg_number(text, 0.5), "0.5");
    assert_string_equal(ali_svg_number(text, -3.254), "-3.25");
    assert_string_equal(ali_svg_number(text, -0.001), "0");
    assert_string_equal(ali_svg_number(text, HUGE_VAL), "100000");
    assert_string_equal(ali_svg_number(text, -1e9), "-100000");
    assert_string_equal(ali_svg_number(text, NAN), "100000");
}

static void test_captions(void **state)
{
    (void)state;
    ali_page page = {.subtitle = ""};
    ali_page_note(&page, "%s", "one");
    ali_page_note(&page, "%d frequencies", 2);
    assert_string_equal(page.caption, "one · 2 frequencies");
    for (int i = 0; i < 200; i++)
        ali_page_note(&page, "remark %d", i);
    assert_true(strlen(page.caption) < sizeof page.caption);
    char text[256];
    memset(text, 'x', sizeof text);
    text[255] = '\0';
    ali_page_elide(text, 12.0, ALI_PAGE_ROOM);
    assert_true(strlen(text) < 150 && strstr(text, "xx…"));
    assert_true(ali_page_text_width(text, 12.0) <= ALI_PAGE_ROOM);
    char wide[] = "\xC3\x84\xC3\x96\xC3\x9C \xC3\x84\xC3\x96\xC3\x9C"; /* cut between letters */
    ali_page_elide(wide, 10.0, 29.0);
    assert_string_equal(wide, "\xC3\x84\xC3\x96\xC3\x9C \xE2\x80\xA6");
    char brief[] = "Ein Mast";
    ali_page_elide(brief, 12.0, ALI_PAGE_ROOM);
    assert_string_equal(brief, "Ein Mast");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),    cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_scale),    cmocka_unit_test(test_axis),
        cmocka_unit_test(test_smith),    cmocka_unit_test(test_polar),
        cmocka_unit_test(test_bearings), cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_spread),   cmocka_unit_test(test_projection),
        cmocka_unit_test(test_style),    cmocka_unit_test(test_escaping),
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_captions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
