/* SPDX-License-Identifier: Apache-2.0 */
/* Projects with errors: each is found at its place, all of them in one go. */
#include "project_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIRE "{ name: w, wire: { from: [0,0,0], to: [0,0,1], radius: 1 mm, segments: 9 } }"

/** A project around some lines, which are lines 2 and up. */
static const char *with(const char *lines)
{
    static char text[4000];
    snprintf(text, sizeof text, "alicorn: 1\n%s", lines);
    return read_bad(text);
}

/** A project whose only part is on line 3, column 5; the rest is right. */
static const char *part(const char *lines)
{
    static char text[4000];
    snprintf(text, sizeof text, "alicorn: 1\nparts:\n  - %s\nfrequencies: 1e8\n", lines);
    return read_bad(text);
}

/** A wire, and what stands on lines 4 and up. */
static const char *beside_wire(const char *lines)
{
    static char text[4000];
    snprintf(text, sizeof text, "alicorn: 1\nparts:\n  - " WIRE "\n%s", lines);
    return read_bad(text);
}

static void test_yaml(void **state)
{
    (void)state;
    assert_string_equal(read_bad("a: [1,\n b: }"),
                        "2:5: this is not YAML: mismatched flow mapping end\n");
    assert_string_equal(read_bad(""),
                        "1:1: this is not a project, expected a mapping that begins with "
                        "alicorn: 1\n");
    assert_string_equal(with("---\na: 1\n"), "2:1: a second document begins here, expected one\n");
    assert_string_equal(with("x: *y\n"), "2:5: there is no such anchor\n");
    assert_string_equal(with("parts: &a [*a]\n"), "2:13: the alias stands within its own anchor\n");
    assert_non_null(strstr(with("name: !!str x\n"), "2:7: tags (!) have no meaning"));
    assert_non_null(strstr(with("name: x\n<<: {}\n"), "3:1: merge keys (<<) are not read"));
    assert_non_null(strstr(with("name: x\nground: free\nname: y\n"),
                           "4:1: the key 'name' stands here again, first in line 2\n"));
    assert_non_null(strstr(with("? [a, b]\n: 1\n"), "a list or mapping cannot be a key"));
    assert_string_equal(with("name: \xff\n"), "2:7: byte 18 of the file is not text (UTF-8)\n");
    assert_string_equal(with("parts:\nfrequencies: 1\n"),
                        "2:1: parts: nothing, expected a list of mappings\n");
    assert_string_equal(with("frequencies: 1\nparts:\n  -\n"),
                        "4:3: parts[1]: the key 'name' is missing (name by which ports and "
                        "messages mean the part)\n");
}

/** Ten aliases to ten aliases to …: 1e8 values out of seven lines. */
static void test_alias_bomb(void **state)
{
    (void)state;
    char text[2000] = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c <= 'h'; c++) {
        size_t used = strlen(text);
        char p = (char)(c - 1);
        snprintf(text + used, sizeof text - used,
                 "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, p, p, p, p, p, p, p,
                 p, p, p);
    }
    assert_string_equal(read_bad(text),
                        "6:36: the document has more than 1000000 values, aliases counted\n");
    char deep[200] = "x: ";
    memset(deep + 3, '[', 100);
    assert_non_null(strstr(read_bad(deep), "nested too deeply"));
}

static void test_keys(void **state)
{
    (void)state;
    assert_string_equal(
        beside_wire("nmae: x\nfrequencies: 1e8\nradios: r.yaml\nports:\n  - name: P\n    wire: w\n"
                    "    resistance: 3\n"),
        "4:1: unknown key 'nmae', did you mean 'name'?\n"
        "6:9: radios: a radios file names its project, see alicorn help cosite, expected a project "
        "without it\n"
        "10:5: ports[P]: unknown key 'resistance', expected one of name, wire, at, edge, "
        "edge_group, z0\n");
    assert_string_equal(read_bad("name: x\n"),
                        "1:1: the key 'alicorn' is missing (version of this format)\n"
                        "1:1: the key 'parts' is missing (what stands there)\n"
                        "1:1: the key 'frequencies' is missing\n");
    assert_non_null(strstr(read_bad("alicorn: 2\n"), "1:10: alicorn: 2, expected at most 1\n"));
    assert_string_equal(
        part("{ name: a, sphere: { radius: 1 }, sheet: { er: 3 } }"),
        "3:46: parts[a].sheet: thin dielectric walls (radomes) are not solved yet, expected a "
        "project without it\n");
}

static void test_values(void **state)
{
    (void)state;
    assert_string_equal(part("{ name: a, sphere: { radius: -1 } }"),
                        "3:34: parts[a].sphere.radius: -1 m, expected more than 0 m\n");
    assert_string_equal(part("{ name: a, sphere: { radius: .nan } }"),
                        "3:34: parts[a].sphere.radius: '.nan' is not a number, expected a number "
                        "in m or =expression\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1e999 } }"),
                        "3:34: parts[a].sphere.radius: 1e999 is too large a number\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 3 furlongs } }"),
                        "3:34: parts[a].sphere.radius: '3 furlongs' has an unknown unit, expected "
                        "one of m, mm, cm, km, in, ft\n");
    assert_string_equal(part("{ name: a, sphere: { radius: =1/0 } }"),
                        "3:34: parts[a].sphere.radius: division by zero in '1/0'\n");
    assert_string_equal(part("{ name: a, sphere: [1] }"),
                        "3:24: parts[a].sphere: a list, expected a mapping (sphere)\n");
    assert_string_equal(part("{ name: a, sphere: { radius: {} } }"),
                        "3:34: parts[a].sphere.radius: a mapping, expected a number\n");
    assert_string_equal(part("{ name: a, box: { size: [1, 2] } }"),
                        "3:29: parts[a].box.size: 2 elements, expected 3\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, at: [0, 0, x] }"),
                        "3:50: parts[a].at[3]: 'x' is not a number, expected a number in m or "
                        "=expression\n");
    assert_string_equal(part("{ name: a.b, sphere: { radius: 1 } }"),
                        "3:13: parts[a.b].name: 'a.b', expected a name of at most 31 ASCII "
                        "characters without . [ ] , or quotes\n");
    assert_string_equal(part("{ name: a, plate: { size: [1, 1] }, electric_share: 0 }"),
                        "3:57: parts[a].electric_share: 0, expected more than 0\n");
    assert_string_equal(part("{ name: a, cylinder: { radius: 1, height: 1, open: 1 } }"),
                        "3:56: parts[a].cylinder.open: expected true or false\n");
}

static void test_variables(void **state)
{
    (void)state;
    assert_string_equal(
        beside_wire("frequencies: =a\nvariables: { a: =b, b: =a }\nports: [{name: p, wire: w}]\n"),
        "5:25: symbol b: 'a' is defined by itself (line 5), expected a definition without a "
        "circle\n");
    assert_string_equal(
        beside_wire("frequencies: 1e8\nvariables: { a: =nothing, 3x: 1, c: [1] }\n"),
        "5:18: symbol a: unknown name 'nothing'\n"
        "5:31: variables.3x: '3x' is no name, expected letters, digits and _\n"
        "5:37: variables.c: expected a number or =expression\n");
    assert_string_equal(part("{ name: a, sphere: { radius: =r } }"),
                        "3:34: parts[a].sphere.radius: unknown name 'r'\n");
}

static void test_parts(void **state)
{
    (void)state;
    assert_string_equal(
        part("{ name: a }"),
        "3:5: parts[a]: the part has no shape, expected a deck, wire, wires, "
        "cylinder, cone, sphere, box, plate, disc, torus, revolve, extrude, step or "
        "mesh\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, box: { size: [1,1,1] } }"),
                        "3:44: parts[a].box: the part is a sphere already, expected one of the "
                        "two\n");
    assert_string_equal(part("{ name: a, revolve: { profile: [[0, 0], [0, 1]] } }"),
                        "3:36: parts[a].revolve.profile: every point is on the axis, expected one "
                        "beside it\n");
    assert_string_equal(
        part("{ name: a, deck: x, array: { stack: { count: 2, step: [0, 0, 0] } } }"),
        "3:59: parts[a].array.stack.step: all copies stand in one place, expected a step\n");
    assert_string_equal(part("{ name: a, deck: }"),
                        "3:16: parts[a].deck: is empty, expected text\n");
    assert_string_equal(part("{ name: a, plate: { size: [1, 1] }, curvature: 10 }"),
                        "3:52: parts[a].curvature: means nothing for a plate: only round shapes "
                        "have curved faces\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, set: { h: 1 } }"),
                        "3:44: parts[a].set: means nothing for a sphere: only decks have "
                        "symbols\n");
    assert_string_equal(part("{ name: a, disc: { radius: 1, inner_radius: 2 } }"),
                        "3:49: parts[a].disc.inner_radius: 2 m, expected less than radius, 1 m\n");
    assert_string_equal(part("{ name: a, revolve: { profile: [[1, 0], [-1, 1]] } }"),
                        "3:45: parts[a].revolve.profile[2]: rho is -1 m, expected 0 or more\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, rotate: { axis: [0,0,0], angle: 1 }"
                             " }"),
                        "3:55: parts[a].rotate.axis: the axis has no direction\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, array: {} }"),
                        "3:46: parts[a].array: expected either ring or stack\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, material: gold }"),
                        "3:49: parts[a].material: there is no material 'gold', expected a name out "
                        "of materials\n");
    assert_string_equal(part("{ name: a, sphere: { radius: 1 }, material: { thickness: 1 } }"),
                        "3:49: parts[a].material: expected one of perfect, conductivity and "
                        "impedance\n");
    assert_string_equal(part(WIRE "\n  - " WIRE),
                        "4:13: parts[w].name: there are two parts named 'w'\n");
}

static void test_wires(void **state)
{
    (void)state;
    assert_string_equal(part("{ name: a, wire: { from: [0,0,0], radius: 1 } }"),
                        "3:22: parts[a].wire: expected either from and to, or points\n");
    assert_string_equal(part("{ name: a, wire: { from: [0,0,1], to: [0,0,1], radius: 1 } }"),
                        "3:22: parts[a].wire: the wire has no length\n");
    assert_string_equal(part("{ name: a, wire: { points: [[0,0,1], [0,0,1]], radius: 1 } }"),
                        "3:42: parts[a].wire.points[2]: the point repeats the one before\n");
    assert_string_equal(
        part("{ name: a, wire: { from: [0,0,0], to: [0,0,9e6], radius: 1, longest_segment: 1 } }"),
        "3:22: parts[a].wire: 9e+06 segments, expected at most 1000000\n");
    assert_string_equal(
        part("{ name: a, material: { impedance: 5 }, wire: { from: [0,0,0], to: [0,0,1], radius: "
             "1, segments: 3 } }"),
        "3:26: parts[a].material: wires have no sheet impedance and no thickness, expected perfect "
        "or conductivity\n");
}

static void test_decks(void **state)
{
    (void)state;
    assert_string_equal(part("{ name: a, deck: none.nec }"),
                        "3:22: parts[a].deck: the deck cannot be used: there is no such file\n");
    assert_non_null(strstr(part("{ name: a, deck: bad.nec }"),
                           "3:22: parts[a].deck: the deck cannot be used in line 2: GW I2"));
    assert_non_null(strstr(part("{ name: a, deck: dipole.nec, set: { k: 1 } }"),
                           "there is no symbol 'k' to set"));
    assert_string_equal(part("{ name: a, mesh: none.stl }"),
                        "3:22: parts[a].mesh: there is no such file\n");
}

static void test_ports(void **state)
{
    (void)state;
#define PORTS(lines) beside_wire("frequencies: 1e8\nports:\n  - " lines "\n")
    assert_string_equal(PORTS("{ name: P, wire: x }"),
                        "6:22: ports[P].wire: 'x' names no part, expected PART, PART.WIRE or "
                        "PART[COPY].WIRE\n");
    assert_string_equal(PORTS("{ name: P, wire: w.2 }"),
                        "6:22: ports[P].wire: 'w.2' names no wire, expected one of 1\n");
    assert_string_equal(PORTS("{ name: P, wire: 'w[2]' }"),
                        "6:23: ports[P].wire: 'w[2]': the part has 1 copy, expected a number from "
                        "[1] to [1]\n");
    assert_string_equal(PORTS("{ name: P, wire: w, at: 1.5 }"),
                        "6:29: ports[P].at: 1.5, expected at most 1\n");
    assert_string_equal(
        PORTS("{ name: P, wire: w, at: end }"),
        "6:29: ports[P].at: the wire's end at (0, 0, 1) m touches nothing, expected "
        "another wire, a surface or the ground there\n");
    assert_string_equal(PORTS("{ name: P }"),
                        "6:5: ports[P]: expected one of wire, edge and edge_group\n");
    assert_string_equal(PORTS("{ name: P, edge: [[0,0,0], [0,0,1]] }"),
                        "6:23: ports[P].edge[1]: there is no surface, expected a line on one\n");
    assert_string_equal(PORTS("{ name: P, wire: w }\n  - { name: Q, wire: w, at: 0.49 }"),
                        "7:5: ports[Q]: stands where port 'P' stands already\n");
#undef PORTS
#define EDGE(line)                                                                                 \
    part("{ name: p, plate: { size: [1, 1] } }\nports: [{ name: P, edge: " line " }]")
    assert_string_equal(EDGE("[[0, 0, 0], [0, 0.3, 0]]"),
                        "4:38: ports[P].edge[2]: no vertex of the mesh is there; the nearest is at "
                        "(0, 0.25, 0) m, 0.05 m away\n");
    assert_string_equal(EDGE("[[0, 0, 0], [0, 0, 0]]"),
                        "4:38: ports[P].edge[2]: the point repeats the one before\n");
    assert_string_equal(EDGE("[[0.5, 0, 0], [0.5, 0.5, 0]]"),
                        "4:26: ports[P].edge: 1 triangle at the edge from (0.5, 0, 0) to (0.5, "
                        "0.25, 0) m, expected two with the port between them\n");
#undef EDGE
    assert_string_equal(
        part("{ name: p, plate: { size: [1, 1] }, rotate: [90, 0, 0], at: [0, 0, 0.5] }\n"
             "ground: free\nports: [{ name: P, edge: [[-0.25, 0, 0], [0.25, 0, 0]] }]"),
        "5:26: ports[P].edge: 1 triangle at the edge from (-0.25, 0, 0) to (0, 0, 0) m, expected "
        "two with the port between them\n");
#define GROUP(name) part("{ name: q, mesh: good.msh }\nports: [{ name: P, edge_group: " name " }]")
    assert_string_equal(GROUP("q.fed"),
                        "4:32: ports[P].edge_group: 'fed' names no marked edges, expected one of "
                        "feed, ring, pieces, fork, 11, 13, 12\n");
    assert_string_equal(
        GROUP("q.feed }, { name: Q, edge: [[0, 0.25, 0], [-0.25, 0.25, 0], [-0.25, 0, 0]] "
              "}, { name: R, edge: [[0, 0, 0], [0, 0.25, 0]]"),
        "4:110: ports[R]: stands where port 'P' stands already\n");
    assert_string_equal(GROUP("q"), "4:32: ports[P].edge_group: expected PART.GROUP or "
                                    "PART[COPY].GROUP\n");
    assert_string_equal(GROUP("x.feed"), "4:32: ports[P].edge_group: 'x.feed' names no part, "
                                         "expected PART.GROUP or PART[COPY].GROUP\n");
    assert_string_equal(GROUP("q.pieces"), "4:32: ports[P].edge_group: the marked edges are "
                                           "several lines, expected one\n");
    assert_string_equal(GROUP("q.fork"), "4:32: ports[P].edge_group: more than two marked edges "
                                         "meet at (-0.25, -0.5, 0) m, expected one line\n");
    assert_string_equal(GROUP("q.11"),
                        "4:32: ports[P].edge_group: 0 triangles at the edge from (-0.25, -0.5, 0) "
                        "to (-0.5, -0.25, 0) m, expected two with the port between them\n");
    assert_string_equal(GROUP("q.13"),
                        "4:32: ports[P].edge_group: 1 triangle at the edge from (-0.5, -0.5, 0) to "
                        "(-0.25, -0.5, 0) m, expected two with the port between them\n");
    assert_string_equal(GROUP("q.12"), "4:32: ports[P].edge_group: the edge is marked twice\n");
#undef GROUP
    assert_string_equal(
        part("{ name: p, plate: { size: [1, 1] } }\nports: [{ name: P, edge_group: p.1 }]"),
        "4:32: ports[P].edge_group: expected a part that is a mesh\n");
}

static void test_networks(void **state)
{
    (void)state;
#define NETWORK(text)                                                                              \
    beside_wire("frequencies: 1e8\nports: [{ name: P, wire: w }]\nnetworks:\n  - " text "\n")
#define ENDS "from: { port: P }, to: { wire: w, at: 0.1 }"
    assert_string_equal(NETWORK("{ " ENDS " }"),
                        "7:5: networks[1]: expected either line or admittance\n");
    assert_string_equal(NETWORK("{ name: n, " ENDS ", line: { z0: -50 } }"),
                        "7:73: networks[n].line.z0: -50 ohm, expected more than 0 ohm\n");
    assert_string_equal(NETWORK("{ " ENDS ", line: { z0: 50, velocity: 66 } }"),
                        "7:78: networks[1].line.velocity: 66, expected at most 1\n");
    assert_string_equal(NETWORK("{ " ENDS ", line: { z0: 50, shunts: [[1, 2]] } }"),
                        "7:76: networks[1].line.shunts: 1 element, expected 2\n");
    assert_string_equal(NETWORK("{ " ENDS ", admittance: { y11: 1, y22: 1 } }"),
                        "7:64: networks[1].admittance: the key 'y12' is missing (current into "
                        "either end for 1 V at "
                        "the other, itself short-circuited)\n");
    assert_string_equal(NETWORK("{ from: { port: Q }, to: { wire: w }, line: { z0: 50 } }"),
                        "7:21: networks[1].from.port: there is no port 'Q'\n");
    assert_string_equal(NETWORK("{ from: { port: P }, to: { wire: x }, line: { z0: 50 } }"),
                        "7:38: networks[1].to.wire: 'x' names no part, expected PART, PART.WIRE or "
                        "PART[COPY].WIRE\n");
    assert_string_equal(NETWORK("{ from: { port: P }, to: { at: 0.1 }, line: { z0: 50 } }"),
                        "7:30: networks[1].to: expected either port or wire\n");
    assert_string_equal(
        NETWORK("{ from: { port: P, at: 0.2 }, to: { wire: w, at: 0 }, line: { z0: 50 } }"),
        "7:28: networks[1].from.at: goes with wire only\n");
    assert_string_equal(NETWORK("{ from: { port: P }, to: { wire: w }, line: { z0: 50 } }"),
                        "7:5: networks[1]: both ends stand in the middle of one segment\n");
    assert_string_equal(
        NETWORK("{ from: { port: P }, to: { wire: w, at: end }, line: { z0: 50 } }"),
        "7:45: networks[1].to.at: networks are solved in the middle of segments only yet, "
        "expected a number from 0 to 1\n");
#undef ENDS
#undef NETWORK
    assert_string_equal(
        beside_wire("frequencies: 1e8\nground: perfect\nports: [{ name: P, wire: w, at: start "
                    "}]\nnetworks: [{ from: { port: P }, to: { wire: w }, line: { z0: 50 } }]\n"),
        "7:28: networks[1].from.port: port 'P' stands at the end of a wire; networks are solved in "
        "the middle of segments only yet\n");
}

static void test_requests(void **state)
{
    (void)state;
#define REQUEST(text) beside_wire("ports: [{name: P, wire: w}]\nfrequencies: 1e8\nrequests: " text)
    assert_string_equal(REQUEST("[s_parmeters]"),
                        "6:12: requests[1]: unknown key 's_parmeters', did you mean "
                        "'s_parameters'?\n");
    assert_string_equal(REQUEST("[pattern]"),
                        "6:12: requests[1]: expected either step, or theta and phi\n");
    assert_string_equal(REQUEST("[pattern: { theta: [0, 90, -1], phi: 0 }]"),
                        "6:30: requests[1].pattern.theta: steps of -1 do not lead from 0 to 90, "
                        "expected [start, stop, step]\n");
    assert_string_equal(REQUEST("[near: { points: [[0,0,0]], from: [0,0,0] }]"),
                        "6:18: requests[1].near: expected either points, or from, to and count\n");
    assert_string_equal(REQUEST("[near: { from: [0,0,0], to: [1,1,1], count: [2, 1, 2] }]"),
                        "6:55: requests[1].near.count: one point cannot reach from `from` to "
                        "`to`\n");
    assert_string_equal(REQUEST("[pattern: { step: 10, port: Q }]"),
                        "6:39: requests[1].pattern.port: there is no port 'Q'\n");
    assert_string_equal(REQUEST("[{}]"),
                        "6:12: requests[1]: expected one of s_parameters, pattern, "
                        "near, rcs and currents\n");
#undef REQUEST
    assert_string_equal(beside_wire("frequencies: 1e8\n"),
                        "1:1: nothing is driven, expected ports, a deck with sources, or requests "
                        "for rcs\n");
    assert_string_equal(beside_wire("requests: [s_parameters]\n"),
                        "4:12: requests[1]: has no frequencies, neither has the project\n");
}

static void test_frequencies(void **state)
{
    (void)state;
#define SWEEP(text) beside_wire("ports: [{name: P, wire: w}]\nfrequencies: " text)
    assert_string_equal(SWEEP("-3 MHz"),
                        "5:14: frequencies: -3000000 Hz, expected more than 0 Hz\n");
    assert_string_equal(SWEEP("[]"), "5:14: frequencies: 0 elements, expected 1 to 100000\n");
    assert_string_equal(SWEEP("{ start: 1, stop: 2 }"),
                        "5:14: frequencies: expected either step or count\n");
    assert_string_equal(SWEEP("{ start: 2, stop: 1, count: 2 }"),
                        "5:14: frequencies: stop is below start, expected at least start\n");
    assert_string_equal(SWEEP("{ start: 1, stop: 2, step: 1e-9 }"),
                        "5:14: frequencies: 1e+09 frequencies, expected at most 100000\n");
    assert_string_equal(SWEEP("{ start: 1, stop: 2, step: 1, spacing: logarithmic }"),
                        "5:14: frequencies: logarithmic spacing goes with count, not with step\n");
    assert_string_equal(SWEEP("{ start: 1, stop: 2, count: 3, tolerance: 0.1 }"),
                        "5:14: frequencies: tolerance goes with 'adaptive: true'\n");
#undef SWEEP
#define GROUND(text) beside_wire("ports: [{name: P, wire: w}]\nfrequencies: 1\nground: " text "\n")
    assert_string_equal(GROUND("lava"),
                        "6:9: ground: lava is no ground, expected free, perfect, sea, fresh "
                        "water, wet, average, dry, city, ice, or mapping (ground)\n");
    assert_string_equal(GROUND("{ permittivity: 13 }"),
                        "6:9: ground: the key 'conductivity' is missing (conductivity)\n");
    assert_string_equal(GROUND("{ permittivity: 0.5, conductivity: 5 mS }"),
                        "6:25: ground.permittivity: 0.5, expected at least 1\n"
                        "6:44: ground.conductivity: '5 mS' has an unknown unit, expected one of "
                        "S/m, MS/m\n");
#undef GROUND
}

static const char *requiring(const char *requirement)
{
    static char lines[2000];
    snprintf(lines, sizeof lines,
             "ports: [{name: A, wire: w}, {name: B, wire: w, at: 0.2}]\nfrequencies: 1\n"
             "requirements:\n  - %s\n",
             requirement);
    return beside_wire(lines);
}

static void test_requirements(void **state)
{
    (void)state;
    assert_string_equal(
        requiring("{ vswr: { max: 2 }, rcs: { max_dbsm: 1 } }"),
        "7:5: requirements[1]: expected one of isolation, vswr, return_loss, gain, "
        "ripple, coverage, axial_ratio, efficiency, rcs, tacan, cosite and blind\n");
    assert_string_equal(requiring("{ vswr: { max: 0.5 } }"),
                        "7:20: requirements[1].vswr.max: 0.5, expected at least 1\n");
    assert_string_equal(requiring("{ vswr: { max: 2 }, port: C }"),
                        "7:31: requirements[1].port: there is no port 'C'\n");
    assert_string_equal(requiring("{ isolation: { min_db: 2 }, port: A }"),
                        "7:39: requirements[1].port: expected `between: [port, port]` with "
                        "isolation, not `port`\n");
    assert_string_equal(requiring("{ isolation: { min_db: 2 }, between: [A, A] }"),
                        "7:42: requirements[1].between: isolation of a port from itself, expected "
                        "two ports\n");
    assert_string_equal(requiring("{ vswr: { max: 2 }, between: [A, B] }"),
                        "7:34: requirements[1].between: expected `between` with isolation only\n");
    assert_string_equal(requiring("{ rcs: { max_dbsm: 3 }, port: A }"),
                        "7:35: requirements[1].port: a requirement of rcs has no `port`\n");
    assert_string_equal(requiring("{ gain: {} }"),
                        "7:13: requirements[1].gain: nothing is required, expected min_dbi, "
                        "max_dbi or both\n");
    assert_string_equal(requiring("{ efficiency: { min_percent: 50 }, theta: [0, 90] }"),
                        "7:5: requirements[1]: this kind of requirement has no sector, expected "
                        "none\n");
    assert_string_equal(requiring("{ axial_ratio: { max_db: 3, sense: up } }"),
                        "7:40: requirements[1].axial_ratio.sense: 'up', expected one of either, "
                        "right, left\n");
    assert_string_equal(requiring("{ rcs: { max_dbsm: 3 dBm } }"),
                        "7:24: requirements[1].rcs.max_dbsm: '3 dBm' has an unknown unit, "
                        "expected one of dBsm, m2\n");
}

static void test_required_beacons_and_radios(void **state)
{
    (void)state;
    assert_string_equal(requiring("{ tacan: { ports: [A, C] } }"),
                        "7:27: requirements[1].tacan.ports[2]: there is no port 'C'\n");
    assert_string_equal(requiring("{ tacan: { ports: [A, A] } }"),
                        "7:27: requirements[1].tacan.ports[2]: port 'A' stands here twice\n");
    assert_string_equal(requiring("{ tacan: { weights: [[1, 0]] } }"),
                        "7:25: requirements[1].tacan.weights: 1 weights, expected 2, one for each "
                        "port\n");
    assert_string_equal(requiring("{ tacan: { steady: A } }"),
                        "7:24: requirements[1].tacan.steady: `steady` goes with `modulation`\n");
    assert_string_equal(requiring("{ tacan: { steady: C, modulation: [0.2, 0.2] } }"),
                        "7:24: requirements[1].tacan.steady: 'C' is not among the beacon's "
                        "ports\n");
    assert_string_equal(
        requiring("{ tacan: { steady: A, azimuths: [0, 90], modulation: [0.2, 0.2] } }"),
        "7:37: requirements[1].tacan.azimuths: 2 azimuths, expected 1, one for "
        "each modulated port\n");
    assert_string_equal(requiring("{ tacan: {}, step: 10 }"),
                        "7:24: requirements[1].step: a beacon that turns as a whole needs its "
                        "orders from the azimuths, expected a step of at most 6.43 degrees\n");
    assert_string_equal(requiring("{ tacan: {}, phi: [0, 90] }"),
                        "7:23: requirements[1].phi: tacan is judged all around, expected no "
                        "`phi`\n");
    assert_string_equal(requiring("{ cosite: {} }"),
                        "7:15: requirements[1].cosite: the key 'radios' is missing (radios file; "
                        "where it has no S, that of the project is taken)\n");
    assert_string_equal(requiring("{ cosite: { radios: none.yaml } }"),
                        "7:25: requirements[1].cosite.radios: the radios cannot be used: there is "
                        "no such file\n");
    assert_string_equal(requiring("{ cosite: { radios: radios.yaml, victim: R3 } }"),
                        "7:46: requirements[1].cosite.victim: there is no radio 'R3' in that "
                        "file\n");
}

/** A failure that is nobody's typing error keeps its status. */
static void test_mesher_failure(void **state)
{
    (void)state;
    const char text[] = "alicorn: 1\nparts: [{name: s, sphere: {radius: 1}}]\nfrequencies: 1e8\n"
                        "requests: [rcs: {theta: 0, phi: 0}]\n";
    static const alicorn_status failures[] = {ALICORN_E_IO, ALICORN_E_INTERRUPTED, ALICORN_E_INPUT,
                                              ALICORN_E_MEMORY};
    for (size_t i = 0; i < 4; i++) {
        mesher_log log = {.fail = failures[i]};
        ali_project_mesher mesher = test_mesher(&log);
        alicorn_model *model = NULL;
        alicorn_error error = {0};
        assert_int_equal(
            ali_project_parse(text, sizeof text - 1, "x", NULL, &mesher, &model, &error),
            failures[i]);
        assert_null(model);
        assert_non_null(strstr(error.message, "the mesher failed"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml),           cmocka_unit_test(test_alias_bomb),
        cmocka_unit_test(test_keys),           cmocka_unit_test(test_values),
        cmocka_unit_test(test_variables),      cmocka_unit_test(test_parts),
        cmocka_unit_test(test_wires),          cmocka_unit_test(test_decks),
        cmocka_unit_test(test_networks),       cmocka_unit_test(test_ports),
        cmocka_unit_test(test_requests),       cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_requirements),   cmocka_unit_test(test_required_beacons_and_radios),
        cmocka_unit_test(test_mesher_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
