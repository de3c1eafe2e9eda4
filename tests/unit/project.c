/* SPDX-License-Identifier: Apache-2.0 */
/* Projects without errors: what becomes of their parts, ports and requests. */
#include "key_document.h"
#include "project_support.h"

#include "base/constants.h"
#include "input/project_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START "alicorn: 1\nfrequencies: 100 MHz\n"

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-12 * (1 + fabs(b)))
        fail_msg("%.17g is not %.17g", a, b);
}

static void assert_point(ali_vec3 p, double x, double y, double z)
{
    assert_near(p.x, x);
    assert_near(p.y, y);
    assert_near(p.z, z);
}

/* ---- wires ---- */

static void test_straight_wire(void **state)
{
    (void)state;
    ali_model *m =
        read_good(START "name: one wire\nparts:\n  - name: w\n    wire: { from: [0, 0, 1], to: "
                        "[0, 0, 3], radius: 2 mm, segments: 4 }\nports: [{ name: P, wire: "
                        "w, at: 0.6, z0: 75 ohm }]\n",
                  NULL, NULL);
    assert_string_equal(m->comment, "one wire");
    assert_int_equal(m->wire_count, 1);
    assert_int_equal(m->segment_count, 4);
    assert_point(m->segments[1].start, 0, 0, 1.5);
    assert_point(m->segments[3].end, 0, 0, 3);
    assert_near(m->segments[2].radius, 0.002);
    assert_int_equal(m->wires[0].origin.line, 5);
    assert_int_equal(m->port_count, 1);
    assert_string_equal(m->ports[0].name, "P");
    assert_int_equal(m->ports[0].site.kind, ALI_SITE_SEGMENT);
    assert_int_equal(m->ports[0].site.index, 2); /* middles at 1/8, 3/8, 5/8, 7/8 */
    assert_near(m->ports[0].z0, 75);
    ali_model_destroy(m);
}

/** Pieces are cut singly; without a number, by the wavelength at the highest frequency: 3 m / 20.
 */
static void test_corners(void **state)
{
    (void)state;
    ali_model *m =
        read_good(START "parts:\n"
                        "  - name: w\n    wires:\n"
                        "      - { name: loop, points: [[0,0,0], [1,0,0], [1,1,0]], radius: "
                        "1e-3 }\n"
                        "      - { from: [0,0,0], to: [0,0,1], radius: 1e-3, "
                        "longest_segment: 26 cm }\n"
                        "requests: [rcs: { theta: 0, phi: 0 }]\n",
                  NULL, NULL);
    assert_int_equal(m->wire_count, 2);
    assert_int_equal(m->wires[0].count, 14); /* ceil(1 / 0.1499) = 7, an odd number, each */
    assert_point(m->segments[6].end, 1, 0, 0);
    assert_point(m->segments[13].end, 1, 1, 0);
    assert_int_equal(m->wires[1].count, 5); /* ceil(3.85) = 4, and odd */
    ali_model_destroy(m);
}

static void test_placement(void **state)
{
    (void)state;
    /* scale 2: (2,0,0); about x by 90: the same; about y by -90: (0,0,2); then shifted */
    ali_model *m = read_good(
        START
        "parts:\n  - { name: w, scale: 2, rotate: [90, -90, 0], at: [5, 6, 7], wire: { from: "
        "[0,0,0], to: [1,0,0], radius: 1e-3, segments: 1 } }\n"
        "  - { name: v, rotate: { axis: [0, 0, 3], angle: 30 deg }, wire: { from: [0,0,0], to: "
        "[2,0,0], radius: 1e-3, segments: 1 } }\nrequests: [rcs: { theta: 0, phi: 0 }]\n",
        NULL, NULL);
    assert_point(m->segments[0].start, 5, 6, 7);
    assert_point(m->segments[0].end, 5, 6, 9);
    assert_near(m->segments[0].radius, 2e-3);
    assert_point(m->segments[1].end, sqrt(3), 1, 0);
    ali_model_destroy(m);
}

static void test_arrays(void **state)
{
    (void)state;
    ali_model *m = read_good(
        START
        "parts:\n"
        "  - { name: r, at: [0, 0, 5], array: { ring: { count: 4, radius: 2, start: 90 } }, wire: "
        "{ from: [0,0,0], to: [1,0,0], radius: 1e-3, segments: 1 } }\n"
        "  - { name: s, array: { stack: { count: 3, step: [0, 0, 0.5] } }, wire: { from: "
        "[9,0,0], to: [9,1,0], radius: 1e-3, segments: 1 } }\n"
        "ports: [{ name: A, wire: 'r[3]' }, { name: B, wire: 's[2].1' }]\n",
        NULL, NULL);
    assert_int_equal(m->segment_count, 7);
    assert_point(m->segments[0].start, 0, 2, 5);
    assert_point(m->segments[0].end, 0, 3, 5);
    assert_point(m->segments[1].end, -3, 0, 5);
    assert_point(m->segments[6].start, 9, 0, 1);
    assert_int_equal(m->ports[0].site.index, 2);
    assert_int_equal(m->ports[1].site.index, 5);
    ali_model_destroy(m);
}

static void test_end_ports(void **state)
{
    (void)state;
    ali_model *m = read_good(
        START "ground: perfect\nparts:\n"
              "  - { name: a, wire: { from: [0,0,0], to: [0,0,1], radius: 1e-3, segments: 3 } }\n"
              "  - { name: b, wire: { from: [0,0,2], to: [0,0,1], radius: 1e-3, segments: 2 } }\n"
              "ports: [{ name: A, wire: a, at: start }, { name: B, wire: b, at: end }]\n",
        NULL, NULL);
    assert_int_equal(m->ports[0].site.kind, ALI_SITE_SEGMENT_START);
    assert_int_equal(m->ports[0].site.index, 0);
    assert_int_equal(m->ports[1].site.kind, ALI_SITE_SEGMENT_END);
    assert_int_equal(m->ports[1].site.index, 4);
    assert_int_equal(m->tasks[0].ground.kind, ALI_GROUND_PEC);
    assert_true(m->tasks[0].ground.connect);
    assert_true(m->tasks[0].drive.in_turn);
    assert_int_equal(m->tasks[0].drive.sources[1].kind, ALI_SOURCE_PORT);
    assert_int_equal(m->tasks[0].drive.sources[1].segment, 1);
    ali_site site = ali_model_source_site(m, &m->tasks[0].drive.sources[1]);
    assert_int_equal(site.kind, ALI_SITE_SEGMENT_END);
    ali_model_destroy(m);
}

/** An edge on the ground lies between one triangle and its image. */
static void test_ground_edge(void **state)
{
    (void)state;
    ali_model *m = read_good(
        START "ground: perfect\nparts:\n"
              "  - { name: p, plate: { size: [1, 1] }, rotate: [90, 0, 0], at: [0, 0, 0.5] }\n"
              "ports: [{ name: P, edge: [[-0.25, 0, 0], [0.25, 0, 0]] }]\n",
        NULL, NULL);
    assert_int_equal(m->port_count, 1);
    ali_model_destroy(m);
}

static void check_medium(const char *ground, double permittivity, double conductivity)
{
    char text[300];
    snprintf(text, sizeof text,
             START "ground: %s\nparts:\n"
                   "  - { name: a, wire: { from: [0,0,1], to: [0,0,2], radius: 1e-3 } }\n"
                   "ports: [{ name: A, wire: a }]\nrequests: [{ pattern: { step: 30 } }]\n",
             ground);
    ali_model *m = read_good(text, NULL, NULL);
    const ali_task *task = &m->tasks[0];
    assert_int_equal(task->ground.kind, ALI_GROUND_SOMMERFELD);
    assert_true(task->ground.connect);
    assert_true(task->ground.medium.eps_r == permittivity);
    assert_true(task->ground.medium.sigma == conductivity);
    assert_true(task->ground.medium.eps_imag == 0.0);
    assert_int_equal(task->requests[0].as.pattern.theta_count, 4); /* 0 to 90 degrees */
    ali_model_destroy(m);
}

static void test_media(void **state)
{
    (void)state;
    ali_medium sea = ali_medium_water(20, 35);
    check_medium("sea", sea.eps_r, sea.sigma);
    check_medium("fresh water", ali_medium_water(20, 0).eps_r, 3e-3);
    check_medium("average", 13, 5e-3);
    check_medium("{ permittivity: 20, conductivity: 0.03 S/m }", 20, 0.03);
}

/* ---- decks ---- */

static void test_deck(void **state)
{
    (void)state;
    mesher_log log = {0};
    char notes[NOTES_SIZE];
    ali_model *m =
        read_good(START "variables: { z: =2*1.5 }\nparts:\n"
                        "  - { name: d, deck: dipole.nec, set: { h: =z/4 }, at: [0, 0, =z] }\n"
                        "  - { name: w, wire: { from: [1,0,0], to: [1,0,1], radius: 1e-3, "
                        "segments: 3 }, material: cu }\n"
                        "  - { name: e, deck: dipole.nec, array: { stack: { count: 2, step: "
                        "[2,0,0] } }, at: [2, 0, 0] }\n"
                        "materials: [{ name: cu, conductivity: 58 MS/m }]\n"
                        "ports: [{ name: P, wire: d.3 }]\n",
                  &log, notes);
    assert_string_equal(notes, "");
    assert_string_equal(log.file, "some/where/dipole.nec");
    assert_int_equal(m->segment_count, 9 + 3 + 18);
    assert_point(m->segments[0].start, 0, 0, 2.25);
    assert_point(m->segments[8].end, 0, 0, 3.75);
    assert_point(m->segments[21].start, 4, 0, -0.5);
    assert_int_equal(m->ports[0].site.index, 4);
    const ali_task *task = &m->tasks[0];
    assert_int_equal(task->load_count, 4);
    assert_int_equal(task->loads[0].first, 4);
    assert_near(task->loads[0].value[0], 5);
    assert_int_equal(task->loads[1].kind, ALI_LOAD_CONDUCTIVITY);
    assert_int_equal(task->loads[1].first, 9);
    assert_int_equal(task->loads[1].last, 11);
    assert_near(task->loads[1].value[0], 58e6);
    assert_int_equal(task->loads[3].first, 9 + 3 + 9 + 4);
    ali_model_destroy(m);
}

/** Sources of decks are the ports of a project that names none. */
static void test_deck_ports(void **state)
{
    (void)state;
    ali_model *m =
        read_good(START "parts:\n  - { name: p, deck: pair.nec, scale: 2 }\n"
                        "  - { name: d, deck: dipole.nec, at: [9, 0, 0], array: { stack: { "
                        "count: 2, step: [1, 0, 0] } } }\n",
                  NULL, NULL);
    static const char *const names[] = {"p.1", "p.2", "d[1]", "d[2]"};
    static const size_t segments[] = {1, 5, 8 + 4, 8 + 9 + 4};
    assert_int_equal(m->port_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(m->ports[i].name, names[i]);
        assert_int_equal(m->ports[i].site.index, segments[i]);
    }
    assert_int_equal(m->tasks[0].network_count, 1);
    assert_int_equal(m->tasks[0].networks[0].segment[1], 5);
    assert_near(m->tasks[0].networks[0].length, 4); /* 2 m, scaled */
    ali_model_destroy(m);
}

static void test_networks(void **state)
{
    (void)state;
    ali_model *m = read_good(
        START
        "parts:\n"
        "  - { name: p, deck: pair.nec }\n"
        "  - { name: w, array: { stack: { count: 2, step: [3, 0, 0] } }, wire: { from: [0,2,0], "
        "to: "
        "[0,2,1], radius: 1e-3, segments: 5 } }\n"
        "ports: [{ name: A, wire: p.2 }, { name: B, wire: 'w[2]', at: 0.9 }]\n"
        "networks:\n"
        "  - { name: phasing, from: { port: A }, to: { wire: 'w[1]', at: 0.1 }, line: { z0: 50, "
        "length: 2 m, velocity: 0.5, crossed: true, shunts: [[1 mS, 0], [0, 2 mS]] } }\n"
        "  - { from: { wire: 'w[1]', at: 0.5 }, to: { port: B }, line: { z0: 75, velocity: 0.8 } "
        "}\n"
        "  - { from: { port: A }, to: { port: B }, admittance: { y11: [0.01, -0.02], y12: -0.01, "
        "y22: [0, 3 mS] } }\n",
        NULL, NULL);
    const ali_network *n = m->tasks[0].networks;
    assert_int_equal(m->tasks[0].network_count, 4); /* that of the deck first */
    assert_int_equal(n[0].segment[1], 5);

    assert_int_equal(n[1].kind, ALI_NETWORK_LINE);
    assert_int_equal(n[1].segment[0], 3 + 2);
    assert_int_equal(n[1].segment[1], 8);
    assert_near(n[1].z0, 50);
    assert_near(n[1].length, 4); /* 2 m, twice as slow */
    assert_true(n[1].crossed);
    assert_near(creal(n[1].shunt[0]), 1e-3);
    assert_near(cimag(n[1].shunt[1]), 2e-3);
    assert_int_equal(n[1].origin.line, 8);

    assert_int_equal(n[2].segment[0], 8 + 2);
    assert_int_equal(n[2].segment[1], 13 + 4);
    assert_near(n[2].length, hypot(3, 0.4) / 0.8); /* from middle to middle */
    assert_false(n[2].crossed);

    assert_int_equal(n[3].kind, ALI_NETWORK_ADMITTANCE);
    assert_near(creal(n[3].y11), 0.01);
    assert_near(cimag(n[3].y11), -0.02);
    assert_near(creal(n[3].y12), -0.01);
    assert_near(cimag(n[3].y12), 0);
    assert_near(cimag(n[3].y22), 0.003);
    ali_model_destroy(m);
}

/* ---- shapes ---- */

static void test_shapes(void **state)
{
    (void)state;
    mesher_log log = {0};
    ali_model *m = read_good(
        "alicorn: 1\nfrequencies: [100 MHz, 299.792458 MHz]\nparts:\n"
        "  - { name: a, cylinder: { radius: 25 cm, height: 8, open: true }, at: [3, 0, 0] }\n"
        "  - { name: b, revolve: { profile: [[0.6, 0], [0.5, 8]] }, longest_edge: 0.3, curvature: "
        "15 }\n"
        "  - { name: c, torus: { radius: 1, tube_radius: 0.2 }, material: { impedance: [50, 3] }, "
        "electric_share: 0.5, array: { stack: { count: 2, step: [0, 0, 1] } } }\n"
        "  - { name: d, step: hull.step }\n"
        "  - { name: w, wire: { points: [[0,0,0], [0,0,1], [1,0,1]], radius: 1 mm, segments: 3 } "
        "}\n"
        "  - { name: v, wire: { from: [0,0,0], to: [0,1,0], radius: 2 mm, segments: 3 } }\n"
        "mesh: { per_wavelength: 8, curvature: 20, keep_volume: false, timeout: 1 min }\n"
        "requests: [rcs: { theta: 0, phi: 0 }]\n",
        &log, NULL);
    assert_int_equal(log.runs, 1);
    assert_int_equal(log.shape_count, 5);
    assert_int_equal(log.shapes[0].kind, ALI_SHAPE_CYLINDER);
    assert_near(log.shapes[0].radius, 0.25);
    assert_true(log.shapes[0].open);
    assert_near(log.shapes[0].longest_edge, 0.125); /* 1 m / 8 */
    assert_near(log.shapes[0].placement.shift.x, 3);
    assert_int_equal(log.shapes[0].line, 1); /* the part */
    assert_near(log.shapes[1].longest_edge, 0.3);
    assert_near(log.shapes[1].curvature, 15 * ALI_DEGREE);
    assert_near(log.shapes[0].curvature, 0);
    assert_near(log.profile[1][1], 8);
    assert_int_equal(log.shapes[3].group, log.shapes[2].group);
    assert_near(log.shapes[3].placement.shift.z, 1);
    assert_int_equal(log.shapes[4].kind, ALI_SHAPE_STEP);
    assert_near(log.options.curvature, 20 * ALI_DEGREE);
    assert_near(log.options.timeout_s, 60);
    assert_false(log.options.keep_volume);
    assert_true(log.options.unite);
    assert_string_equal(log.options.program, "gmsh");
    /* both wires begin at the origin, where the thicker one counts; one has a corner */
    assert_int_equal(log.point_count, 4);
    assert_point(log.points[0].point, 0, 0, 0);
    assert_near(log.points[0].size, 0.04);
    assert_point(log.points[1].point, 0, 0, 1);
    assert_point(log.points[2].point, 0, 1, 0);

    assert_int_equal(m->surface_count, 4);
    assert_string_equal(m->surfaces[2].name, "c");
    assert_int_equal(m->surfaces[2].count, 64);
    assert_int_equal(m->surfaces[2].sheet.kind, ALI_SHEET_IMPEDANCE);
    assert_near(creal(m->surfaces[2].sheet.impedance), 50);
    assert_near(cimag(m->surfaces[2].sheet.impedance), 3);
    assert_near(m->surfaces[2].electric_share, 0.5);
    assert_int_equal(m->vertex_count, 5 * 25);
    ali_model_destroy(m);
}

/** Edges that a mesh file marks, put in order and in the direction of the edge at the end. */
static void test_edge_groups(void **state)
{
    (void)state;
    ali_model *m = read_good(
        START "parts:\n  - { name: q, mesh: good.msh, at: [5, 0, 0] }\n"
              "  - { name: p, mesh: good.msh, array: { stack: { count: 2, step: [0, 0, 1] } } }\n"
              "ports:\n  - { name: A, edge_group: q.feed }\n"
              "  - { name: B, edge_group: 'p[2].7' }\n  - { name: C, edge_group: 'p[1].ring' }\n",
        NULL, NULL);
    assert_int_equal(m->edge_line_count, 3);
    assert_int_equal(m->ports[1].site.kind, ALI_SITE_EDGES);
    assert_int_equal(m->ports[1].site.index, 1);
    for (int k = 0; k < 2; k++) {
        const ali_edge_line *line = &m->edge_lines[k];
        assert_int_equal(line->count, 5);
        for (size_t i = 0; i < 5; i++)
            assert_point(m->vertices[line->vertices[i]], k == 0 ? 5 : 0, 0.5 - 0.25 * (double)i, k);
    }
    const ali_edge_line *ring = &m->edge_lines[2];
    assert_int_equal(ring->count, 9);
    assert_int_equal(ring->vertices[0], ring->vertices[8]);
    assert_point(m->vertices[ring->vertices[0]], -0.25, -0.25, 0);
    assert_point(m->vertices[ring->vertices[1]], 0, -0.25, 0);
    ali_model_destroy(m);
}

/** A mesh file needs no mesher; its placement is the part's. */
static void test_mesh_file(void **state)
{
    (void)state;
    mesher_log log = {0};
    ali_model *m =
        read_good(START "parts: [{ name: h, mesh: /abs/good.msh, scale: 2, at: [0, 0, 1], "
                        "material: { conductivity: 1e6, thickness: 1 mm } }]\n"
                        "requests: [rcs: { theta: 0, phi: 0 }]\n",
                  &log, NULL);
    assert_int_equal(log.runs, 0);
    assert_string_equal(log.file, "/abs/good.msh");
    assert_int_equal(m->triangle_count, 32);
    assert_point(m->vertices[m->triangles[0].vertex[0]], -1, -1, 1);
    assert_int_equal(m->surfaces[0].sheet.kind, ALI_SHEET_CONDUCTIVITY);
    assert_near(m->surfaces[0].sheet.thickness, 1e-3);
    assert_int_equal(m->surfaces[0].line, 3);
    ali_model_destroy(m);
}

/** Ports along edges: straight along the grid, around a corner, and across the grid's diagonals. */
static void test_edge_ports(void **state)
{
    (void)state;
    char notes[NOTES_SIZE];
    ali_model *m = read_good(
        START
        "parts: [{ name: p, plate: { size: [1, 1] } }, { name: q, plate: { size: [1, 1] }, at: "
        "[1, 0, 0] }, { name: r, plate: { size: [1, 1] }, at: [0, 0, 5], longest_edge: 30 cm "
        "}]\nmesh: { per_wavelength: 8 }\nports:\n"
        "  - { name: A, edge: [[0, -0.5, 0], [0, 0.5, 0]] }\n"
        "  - { name: B, edge: [[-0.5, -0.25, 0], [0.25, -0.25, 0], [0.25, 0.25, 0]] }\n"
        "  - { name: C, edge: [[0.5, 0.5, 0], [0.5, -0.5, 0]] }\n"
        "  - { name: D, edge: [[-0.25, 0.25, 5], [0.25, -0.25, 5]] }\n",
        NULL, notes);
    assert_string_equal(
        notes, "3 edge-too-long\n9 port-line-bent\n"); /* the diagonals run the other way */
    static const size_t counts[] = {5, 6, 5, 5};
    assert_int_equal(m->edge_line_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const ali_edge_line *line = &m->edge_lines[m->ports[i].site.index];
        assert_int_equal(m->ports[i].site.kind, ALI_SITE_EDGES);
        assert_int_equal(line->count, counts[i]);
    }
    const ali_edge_line *line = &m->edge_lines[0];
    for (size_t i = 0; i < 5; i++)
        assert_point(m->vertices[line->vertices[i]], 0, -0.5 + 0.25 * (double)i, 0);
    assert_point(m->vertices[m->edge_lines[1].vertices[3]], 0.25, -0.25, 0);
    assert_point(m->vertices[m->edge_lines[1].vertices[5]], 0.25, 0.25, 0);
    ali_model_destroy(m);
}

/* ---- requests ---- */

static void test_tasks(void **state)
{
    (void)state;
    ali_model *m = read_good(
        "alicorn: 1\nfrequencies: { start: 100 MHz, stop: 400 MHz, count: 3, spacing: logarithmic "
        "}\n"
        "parts: [{ name: w, wire: { from: [0,0,1], to: [0,0,2], radius: 1e-3, segments: 3 } }]\n"
        "ports: [{ name: P, wire: w }]\nrequests:\n"
        "  - s_parameters\n"
        "  - rcs: { theta: 90, phi: [0, 90, 30], frequencies: 1 GHz, receive: { theta: [0, 10, 5], "
        "phi: 0 } }\n"
        "  - pattern: { step: 10 }\n"
        "  - near: { field: both, from: [0, 0, 0], to: [1, 0, 3], count: [3, 1, 4] }\n"
        "  - near: { field: h, points: [[1, 2, 3], [4, 5, 6]] }\n"
        "  - pattern: { theta: 90, phi: [0, 350, 10], port: P }\n"
        "  - currents: { frequencies: { start: 1e8, stop: 2e8, step: 30 MHz } }\n",
        NULL, NULL);
    assert_int_equal(m->task_count, 4);
    const ali_task *shared = &m->tasks[0], *rcs = &m->tasks[1], *own = &m->tasks[3];
    assert_int_equal(m->tasks[2].drive.source_count, 1);
    assert_int_equal(m->tasks[2].requests[0].as.pattern.phi_count, 36);
    assert_int_equal(shared->frequency_count, 3);
    assert_near(shared->frequencies[1], 200e6);
    assert_int_equal(shared->drive.kind, ALI_DRIVE_SOURCES);
    assert_int_equal(shared->request_count, 6);
    assert_int_equal(shared->requests[0].kind, ALI_REQUEST_CURRENTS);
    const ali_pattern_request *pattern = &shared->requests[1].as.pattern;
    assert_int_equal(pattern->theta_count, 19);
    assert_int_equal(pattern->phi_count, 37);
    assert_near(pattern->phi_step, 10 * ALI_DEGREE);
    assert_int_equal(shared->requests[2].kind, ALI_REQUEST_NEAR_E);
    assert_int_equal(shared->requests[3].kind, ALI_REQUEST_NEAR_H);
    assert_near(shared->requests[3].as.near.step[0], 0.5);
    assert_near(shared->requests[3].as.near.step[2], 1);
    assert_int_equal(shared->requests[5].kind, ALI_REQUEST_NEAR_H);
    assert_near(shared->requests[5].as.near.start[1], 5);

    assert_int_equal(rcs->drive.kind, ALI_DRIVE_PLANE_WAVE);
    assert_true(rcs->terminated);
    assert_near(rcs->frequencies[0], 1e9);
    assert_int_equal(rcs->request_count, 1);
    assert_int_equal(rcs->requests[0].as.rcs.incident.phi_count, 4);
    assert_true(rcs->requests[0].as.rcs.bistatic);
    assert_int_equal(rcs->requests[0].as.rcs.receive.theta_count, 3);

    assert_int_equal(own->frequency_count, 4); /* 100, 130, 160, 190 MHz */
    assert_near(own->frequencies[3], 190e6);
    ali_model_destroy(m);
}

/** Anchors, --set, and a name written in another case. */
static void test_variables(void **state)
{
    (void)state;
    const char text[] =
        "alicorn: 1\nvariables: { h: 1, top: =H+1 }\nfrequencies: &f [1e8]\n"
        "parts: [{ name: w, wire: { from: [0,0,=h], to: [0,0,=top*2], radius: =2*mm, "
        "segments: 3 } }]\nrequests: [rcs: { theta: 0, phi: 0, frequencies: *f }]\n";
    const char *const names[] = {"h"};
    const double values[] = {3};
    alicorn_read_options options = {.set_names = names, .set_values = values, .set_count = 1};
    mesher_log log = {0};
    ali_project_mesher mesher = test_mesher(&log);
    alicorn_model *m = NULL;
    assert_int_equal(ali_project_parse(text, sizeof text - 1, "x", &options, &mesher, &m, NULL), 0);
    assert_point(m->segments[0].start, 0, 0, 3);
    assert_point(m->segments[2].end, 0, 0, 8);
    assert_near(m->segments[0].radius, 0.002);
    ali_model_destroy(m);
    const char *const unknown[] = {"x"};
    options.set_names = unknown;
    alicorn_error error = {0};
    assert_int_equal(ali_project_parse(text, sizeof text - 1, "x", &options, &mesher, &m, &error),
                     ALICORN_E_INPUT);
    assert_string_equal(error.message, "there is no variable 'x' to set, expected one of h, top");
}

static void test_detection(void **state)
{
    (void)state;
    assert_true(ali_project_detect("", 0, "a.yaml"));
    assert_true(ali_project_detect("x", 1, "b/a.yml"));
    assert_true(ali_project_detect("# c\n\nalicorn: 1", 15, "<stdin>"));
    assert_true(ali_project_detect("---\nalicorn: 1", 14, "x"));
    assert_false(ali_project_detect("CM alicorn: 1", 13, "x"));
    assert_false(ali_project_detect("alicorn: 1", 10, "x.nec"));
    assert_false(ali_project_detect("", 0, "x"));
}

/* ---- the document ---- */

static void test_documentation(void **state)
{
    (void)state;
    check_key_document("docs/project.md", ali_project_key_table());
}

/** The worked example of the document is a project. */
static void test_example(void **state)
{
    (void)state;
    char *text = read_document_example("docs/project.md");
    mesher_log log = {0};
    ali_project_mesher mesher = test_mesher(&log);
    alicorn_model *model = NULL;
    alicorn_error error = {0};
    /* the deck is another one here: tag 3, length h */
    char *tag = strstr(text, "uhf.1"), *set = strstr(text, "{ l:");
    assert_true(tag && set);
    tag[4] = '3';
    set[2] = 'h';
    alicorn_status status =
        ali_project_parse(text, strlen(text), "docs/project.yaml", NULL, &mesher, &model, &error);
    if (status != ALICORN_OK)
        fail_msg("%d:%d: %s", error.line, error.column, error.message);
    assert_int_equal(model->port_count, 2);
    assert_int_equal(model->tasks[0].frequency_count, 5);
    ali_model_destroy(model);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_straight_wire), cmocka_unit_test(test_corners),
        cmocka_unit_test(test_placement),     cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_end_ports),     cmocka_unit_test(test_ground_edge),
        cmocka_unit_test(test_media),         cmocka_unit_test(test_deck),
        cmocka_unit_test(test_deck_ports),    cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_mesh_file),     cmocka_unit_test(test_edge_ports),
        cmocka_unit_test(test_tasks),         cmocka_unit_test(test_variables),
        cmocka_unit_test(test_detection),     cmocka_unit_test(test_documentation),
        cmocka_unit_test(test_example),       cmocka_unit_test(test_networks),
        cmocka_unit_test(test_edge_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
