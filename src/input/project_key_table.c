/* SPDX-License-Identifier: Apache-2.0 */
#include "input/project_keys.h"

#include <stdio.h>
#include <string.h>

/** @file
 *  The table of keys. */

/** Largest length or coordinate [m]: beyond it, the differences between points drown. */
#define FAR 1e7

#define KEY(map_, type, member, name_, kind_, ...)                                                 \
    {                                                                                              \
        .owner = map_, .name = name_, .kind = kind_, .offset = offsetof(type, member), __VA_ARGS__ \
    }
#define REFUSED(map_, name_, help_)                                                                \
    {                                                                                              \
        .owner = map_, .name = name_, .kind = ALI_KEY_REFUSED, .help = help_                       \
    }

#define INITIAL(value, text) .has_initial = true, .initial = value, .standard = text

/* Numbers of which there are many. */
#define LENGTH .unit = ALI_UNIT_LENGTH, .low = 0, .high = FAR, .flags = ALI_PROJECT_ABOVE
#define NEEDED_LENGTH                                                                              \
    .unit = ALI_UNIT_LENGTH, .low = 0, .high = FAR,                                                \
    .flags = ALI_PROJECT_ABOVE | ALI_PROJECT_REQUIRED
#define COORDINATES .unit = ALI_UNIT_LENGTH, .low = -FAR, .high = FAR
#define ANGLES .unit = ALI_UNIT_ANGLE, .low = -3600, .high = 3600
#define FREQUENCY .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15, .flags = ALI_PROJECT_ABOVE

static const char *const spacing_words[] = {"linear", "logarithmic", NULL};
static const char *const field_words[] = {"e", "h", "both", NULL};

#define FREQUENCIES_FORM "frequency, list of frequencies, or mapping (frequencies)"
#define OWN_FREQUENCIES(map_, type)                                                                \
    KEY(map_, type, frequencies, "frequencies", ALI_KEY_ANY, FREQUENCY, .form = FREQUENCIES_FORM,  \
        .standard = "those of the project", .help = "frequencies of this request")
#define OPEN(map_)                                                                                 \
    KEY(map_, ali_project_shape, open, "open", ALI_KEY_SWITCH, INITIAL(0, "false"),                \
        .help = "without end caps")
#define ELEMENT(member, help_)                                                                     \
    KEY(ALI_MAP_ADMITTANCE, ali_project_admittance, member, #member, ALI_KEY_REALS,                \
        .unit = ALI_UNIT_ADMITTANCE, .low = -1e9, .high = 1e9, .least = 1, .most = 2,              \
        .flags = ALI_PROJECT_REQUIRED, .form = "[conductance, susceptance]", .help = help_)

static const ali_project_key table[] = {
    KEY(ALI_MAP_PROJECT, ali_project, version, "alicorn", ALI_KEY_WHOLE, .low = 1, .high = 1,
        .flags = ALI_PROJECT_REQUIRED, .help = "version of this format"),
    KEY(ALI_MAP_PROJECT, ali_project, name, "name", ALI_KEY_TEXT, .standard = "none",
        .help = "title, for the results"),
    KEY(ALI_MAP_PROJECT, ali_project, variables, "variables", ALI_KEY_ANY,
        .form = "mapping from names to numbers or expressions",
        .help = "values for expressions; --set gives them others"),
    KEY(ALI_MAP_PROJECT, ali_project, materials, "materials", ALI_KEY_MAPS, .map = ALI_MAP_MATERIAL,
        .most = 1000, .help = "materials that parts name"),
    KEY(ALI_MAP_PROJECT, ali_project, parts, "parts", ALI_KEY_MAPS, .map = ALI_MAP_PART,
        .flags = ALI_PROJECT_REQUIRED, .least = 1, .most = 10000, .help = "what stands there"),
    KEY(ALI_MAP_PROJECT, ali_project, ports, "ports", ALI_KEY_MAPS, .map = ALI_MAP_PORT,
        .most = 1000, .standard = "the sources of the decks",
        .help = "where the radios are connected"),
    KEY(ALI_MAP_PROJECT, ali_project, networks, "networks", ALI_KEY_MAPS, .map = ALI_MAP_NETWORK,
        .most = 10000, .help = "transmission lines and two-ports between wires and ports"),
    KEY(ALI_MAP_PROJECT, ali_project, frequencies, "frequencies", ALI_KEY_ANY, FREQUENCY,
        .form = FREQUENCIES_FORM, .standard = "those of each request",
        .help = "frequencies of all requests that have none of their own"),
    KEY(ALI_MAP_PROJECT, ali_project, ground, "ground", ALI_KEY_ANY,
        .form = ALI_PROJECT_GROUND_FORM, .standard = "free",
        .help = "what fills z < 0: nothing, a perfect conductor or a medium"),
    KEY(ALI_MAP_PROJECT, ali_project, requests, "requests", ALI_KEY_MAPS, .map = ALI_MAP_REQUEST,
        .most = 1000, .standard = "s_parameters", .help = "what is wanted"),
    KEY(ALI_MAP_PROJECT, ali_project, mesh, "mesh", ALI_KEY_MAP, .map = ALI_MAP_MESH,
        .help = "how shapes become triangles"),
    REFUSED(ALI_MAP_PROJECT, "radios", "radios and their interference are not analysed yet"),
    REFUSED(ALI_MAP_PROJECT, "requirements", "requirements are not checked yet"),

    KEY(ALI_MAP_PART, ali_project_part, name, "name", ALI_KEY_NAME, .flags = ALI_PROJECT_REQUIRED,
        .help = "name by which ports and messages mean the part"),
    KEY(ALI_MAP_PART, ali_project_part, deck, "deck", ALI_KEY_TEXT, .form = "file name",
        .help = "NEC deck: its wires, loads and networks"),
    KEY(ALI_MAP_PART, ali_project_part, wire, "wire", ALI_KEY_MAP, .map = ALI_MAP_WIRE,
        .help = "one wire"),
    KEY(ALI_MAP_PART, ali_project_part, wires, "wires", ALI_KEY_MAPS, .map = ALI_MAP_WIRE,
        .least = 1, .most = 10000, .help = "several wires"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_CYLINDER], "cylinder", ALI_KEY_MAP,
        .map = ALI_MAP_CYLINDER, .help = "around the z axis, base at z = 0"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_CONE], "cone", ALI_KEY_MAP,
        .map = ALI_MAP_CONE, .help = "around the z axis, base at z = 0"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_SPHERE], "sphere", ALI_KEY_MAP,
        .map = ALI_MAP_SPHERE, .help = "around the origin"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_BOX], "box", ALI_KEY_MAP, .map = ALI_MAP_BOX,
        .help = "from the origin towards +x, +y, +z"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_PLATE], "plate", ALI_KEY_MAP,
        .map = ALI_MAP_PLATE, .help = "in the plane z = 0, around the origin"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_DISC], "disc", ALI_KEY_MAP,
        .map = ALI_MAP_DISC, .help = "in the plane z = 0, around the origin"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_TORUS], "torus", ALI_KEY_MAP,
        .map = ALI_MAP_TORUS, .help = "around the z axis, centred in the plane z = 0"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_REVOLVE], "revolve", ALI_KEY_MAP,
        .map = ALI_MAP_REVOLVE, .help = "a profile turned around the z axis"),
    KEY(ALI_MAP_PART, ali_project_part, shape[ALI_PART_EXTRUDE], "extrude", ALI_KEY_MAP,
        .map = ALI_MAP_EXTRUDE, .help = "a closed polygon drawn out along z, from z = 0"),
    KEY(ALI_MAP_PART, ali_project_part, step, "step", ALI_KEY_TEXT, .form = "file name",
        .help = "shapes of a CAD file in STEP format; its units are read"),
    KEY(ALI_MAP_PART, ali_project_part, mesh, "mesh", ALI_KEY_TEXT, .form = "file name",
        .help = "triangles of a .msh or .stl file, taken as they are, in metres: see `scale`"),
    KEY(ALI_MAP_PART, ali_project_part, at, "at", ALI_KEY_POINT, COORDINATES,
        INITIAL(0, "[0, 0, 0]"), .help = "where the part's origin comes to lie"),
    KEY(ALI_MAP_PART, ali_project_part, rotate, "rotate", ALI_KEY_ANY, ANGLES,
        .form = "[about x, about y, about z], or mapping (rotation)", .standard = "[0, 0, 0]",
        .help = "turns about the fixed axes, x first, before the part is shifted to `at`"),
    KEY(ALI_MAP_PART, ali_project_part, scale, "scale", ALI_KEY_REAL, .low = 0, .high = FAR,
        .flags = ALI_PROJECT_ABOVE, INITIAL(1, "1"),
        .help = "factor for all lengths of the part, wire radii included; before `rotate`"),
    KEY(ALI_MAP_PART, ali_project_part, array, "array", ALI_KEY_MAP, .map = ALI_MAP_ARRAY,
        .standard = "the part once", .help = "copies of the part"),
    KEY(ALI_MAP_PART, ali_project_part, material, "material", ALI_KEY_ANY,
        .form = "name of a material, or mapping (material)", .standard = "perfect conductor",
        .help = "what the part is made of"),
    KEY(ALI_MAP_PART, ali_project_part, set, "set", ALI_KEY_ANY,
        .form = "mapping from names to numbers or expressions",
        .help = "values for the deck's symbols (SY)"),
    KEY(ALI_MAP_PART, ali_project_part, electric_share, "electric_share", ALI_KEY_REAL, .low = 0,
        .high = 1, .flags = ALI_PROJECT_ABOVE, INITIAL(1, "1"),
        .help = "share of the electric field equation; less than 1 (combined field equation) only "
                "on closed surfaces"),
    KEY(ALI_MAP_PART, ali_project_part, longest_edge, "longest_edge", ALI_KEY_REAL, LENGTH,
        .standard = "as the project's mesh says", .help = "longest edge of the part's triangles"),
    KEY(ALI_MAP_PART, ali_project_part, curvature, "curvature", ALI_KEY_REAL,
        .unit = ALI_UNIT_ANGLE, .low = 1, .high = 90, .standard = "as the project's mesh says",
        .help = "largest angle that an edge spans on the part's curved faces"),
    REFUSED(ALI_MAP_PART, "sheet", "thin dielectric walls (radomes) are not solved yet"),
    REFUSED(ALI_MAP_PART, "medium", "dielectric bodies are not solved yet"),

    KEY(ALI_MAP_WIRE, ali_project_wire, name, "name", ALI_KEY_NAME,
        .standard = "its number in the part", .help = "name by which ports mean the wire"),
    KEY(ALI_MAP_WIRE, ali_project_wire, from, "from", ALI_KEY_POINT, COORDINATES,
        .help = "first end of a straight wire"),
    KEY(ALI_MAP_WIRE, ali_project_wire, to, "to", ALI_KEY_POINT, COORDINATES,
        .help = "second end of a straight wire"),
    KEY(ALI_MAP_WIRE, ali_project_wire, points, "points", ALI_KEY_POINTS, COORDINATES, .least = 2,
        .help = "corners of a wire of straight pieces, instead of `from` and `to`"),
    KEY(ALI_MAP_WIRE, ali_project_wire, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius of the conductor"),
    KEY(ALI_MAP_WIRE, ali_project_wire, segments, "segments", ALI_KEY_WHOLE, .low = 1,
        .high = 100000, .standard = "by `longest_segment`",
        .help = "number of segments of each straight piece"),
    KEY(ALI_MAP_WIRE, ali_project_wire, longest_segment, "longest_segment", ALI_KEY_REAL, LENGTH,
        .standard = "wavelength / 20",
        .help = "cut each straight piece into segments no longer than this, an odd number of them"),

    KEY(ALI_MAP_CYLINDER, ali_project_shape, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius"),
    KEY(ALI_MAP_CYLINDER, ali_project_shape, height, "height", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "height"),
    OPEN(ALI_MAP_CYLINDER),

    KEY(ALI_MAP_CONE, ali_project_shape, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius of the base"),
    KEY(ALI_MAP_CONE, ali_project_shape, top_radius, "top_radius", ALI_KEY_REAL,
        .unit = ALI_UNIT_LENGTH, .low = 0, .high = FAR, INITIAL(0, "0 (a tip)"),
        .help = "radius of the upper end"),
    KEY(ALI_MAP_CONE, ali_project_shape, height, "height", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "height"),
    OPEN(ALI_MAP_CONE),

    KEY(ALI_MAP_SPHERE, ali_project_shape, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius"),

    KEY(ALI_MAP_BOX, ali_project_shape, size, "size", ALI_KEY_REALS, NEEDED_LENGTH, .least = 3,
        .most = 3, .help = "lengths along x, y, z"),

    KEY(ALI_MAP_PLATE, ali_project_shape, size, "size", ALI_KEY_REALS, NEEDED_LENGTH, .least = 2,
        .most = 2, .help = "lengths along x, y"),

    KEY(ALI_MAP_DISC, ali_project_shape, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius"),
    KEY(ALI_MAP_DISC, ali_project_shape, inner_radius, "inner_radius", ALI_KEY_REAL,
        .unit = ALI_UNIT_LENGTH, .low = 0, .high = FAR, INITIAL(0, "0 (no hole)"),
        .help = "radius of a hole in the middle"),

    KEY(ALI_MAP_TORUS, ali_project_shape, radius, "radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius of the tube's centre line"),
    KEY(ALI_MAP_TORUS, ali_project_shape, tube_radius, "tube_radius", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "radius of the tube"),

    KEY(ALI_MAP_REVOLVE, ali_project_shape, profile, "profile", ALI_KEY_PAIRS,
        .unit = ALI_UNIT_LENGTH, .low = -FAR, .high = FAR, .least = 2,
        .flags = ALI_PROJECT_REQUIRED,
        .help = "points (rho, z) of a line, rho not negative; closed if it ends where it began "
                "or on the axis"),

    KEY(ALI_MAP_EXTRUDE, ali_project_shape, profile, "profile", ALI_KEY_PAIRS,
        .unit = ALI_UNIT_LENGTH, .low = -FAR, .high = FAR, .least = 3,
        .flags = ALI_PROJECT_REQUIRED, .help = "corners (x, y) of the polygon"),
    KEY(ALI_MAP_EXTRUDE, ali_project_shape, height, "height", ALI_KEY_REAL, NEEDED_LENGTH,
        .help = "height"),
    OPEN(ALI_MAP_EXTRUDE),

    KEY(ALI_MAP_ROTATION, ali_project_rotation, axis, "axis", ALI_KEY_POINT, .low = -FAR,
        .high = FAR, .flags = ALI_PROJECT_REQUIRED, .help = "direction of the axis"),
    KEY(ALI_MAP_ROTATION, ali_project_rotation, angle, "angle", ALI_KEY_REAL, ANGLES,
        .flags = ALI_PROJECT_REQUIRED, .help = "right-handed about the axis"),

    KEY(ALI_MAP_ARRAY, ali_project_array, ring, "ring", ALI_KEY_MAP, .map = ALI_MAP_RING,
        .help = "on a circle around z through `at`, each copy turned with it"),
    KEY(ALI_MAP_ARRAY, ali_project_array, stack, "stack", ALI_KEY_MAP, .map = ALI_MAP_STACK,
        .help = "in a row"),

    KEY(ALI_MAP_RING, ali_project_ring, count, "count", ALI_KEY_WHOLE, .low = 1, .high = 10000,
        .flags = ALI_PROJECT_REQUIRED, .help = "number of copies, equally spaced"),
    KEY(ALI_MAP_RING, ali_project_ring, radius, "radius", ALI_KEY_REAL, .unit = ALI_UNIT_LENGTH,
        .low = 0, .high = FAR, INITIAL(0, "0"),
        .help = "the part is shifted outwards (along x) by this before it is turned about z"),
    KEY(ALI_MAP_RING, ali_project_ring, start, "start", ALI_KEY_REAL, ANGLES, INITIAL(0, "0"),
        .help = "direction of the first copy, from x towards y"),

    KEY(ALI_MAP_STACK, ali_project_stack, count, "count", ALI_KEY_WHOLE, .low = 1, .high = 10000,
        .flags = ALI_PROJECT_REQUIRED, .help = "number of copies"),
    KEY(ALI_MAP_STACK, ali_project_stack, step, "step", ALI_KEY_POINT, COORDINATES,
        .flags = ALI_PROJECT_REQUIRED, .help = "from one copy to the next"),

    KEY(ALI_MAP_MATERIAL, ali_project_material, name, "name", ALI_KEY_NAME, .standard = "none",
        .help = "name by which parts mean it; needed in `materials`"),
    KEY(ALI_MAP_MATERIAL, ali_project_material, perfect, "perfect", ALI_KEY_SWITCH,
        INITIAL(0, "false"), .help = "perfect conductor"),
    KEY(ALI_MAP_MATERIAL, ali_project_material, conductivity, "conductivity", ALI_KEY_REAL,
        .unit = ALI_UNIT_CONDUCTIVITY, .low = 0, .high = 1e12, .flags = ALI_PROJECT_ABOVE,
        .help = "of a metal, for wires and surfaces"),
    KEY(ALI_MAP_MATERIAL, ali_project_material, thickness, "thickness", ALI_KEY_REAL, LENGTH,
        .standard = "much more than the skin depth", .help = "of a metal sheet"),
    KEY(ALI_MAP_MATERIAL, ali_project_material, impedance, "impedance", ALI_KEY_REALS,
        .unit = ALI_UNIT_RESISTANCE, .low = -1e9, .high = 1e9, .least = 1, .most = 2,
        .form = "[resistance, reactance]",
        .help = "of a thin sheet, per square, at every frequency; surfaces only"),

    KEY(ALI_MAP_PORT, ali_project_port, name, "name", ALI_KEY_NAME, .flags = ALI_PROJECT_REQUIRED,
        .help = "name in all results"),
    KEY(ALI_MAP_PORT, ali_project_port, wire, "wire", ALI_KEY_TEXT,
        .form = "PART, PART.TAG or PART.WIRE", .help = "the wire that is cut for the port"),
    KEY(ALI_MAP_PORT, ali_project_port, at, "at", ALI_KEY_ANY,
        .form = "number from 0 to 1, start or end", .standard = "0.5",
        .help = "place along the wire, 0 and 1 its ends: the segment whose middle is nearest; "
                "start, end: between the wire's end and what it touches"),
    KEY(ALI_MAP_PORT, ali_project_port, edge, "edge", ALI_KEY_POINTS, COORDINATES, .least = 2,
        .help = "corners of a line on a surface, which is cut there along its mesh edges"),
    KEY(ALI_MAP_PORT, ali_project_port, edge_group, "edge_group", ALI_KEY_TEXT,
        .form = "PART.GROUP or PART[COPY].GROUP",
        .help = "name or number of a physical curve in the .msh of the part, which is cut there"),
    KEY(ALI_MAP_PORT, ali_project_port, z0, "z0", ALI_KEY_REAL, .unit = ALI_UNIT_RESISTANCE,
        .low = 0, .high = 1e9, .flags = ALI_PROJECT_ABOVE, INITIAL(50, "50"),
        .help = "reference impedance"),

    KEY(ALI_MAP_NETWORK, ali_project_network, name, "name", ALI_KEY_NAME, .standard = "its number",
        .help = "name for messages"),
    KEY(ALI_MAP_NETWORK, ali_project_network, from, "from", ALI_KEY_MAP, .map = ALI_MAP_END,
        .flags = ALI_PROJECT_REQUIRED, .help = "end 1"),
    KEY(ALI_MAP_NETWORK, ali_project_network, to, "to", ALI_KEY_MAP, .map = ALI_MAP_END,
        .flags = ALI_PROJECT_REQUIRED, .help = "end 2"),
    KEY(ALI_MAP_NETWORK, ali_project_network, line, "line", ALI_KEY_MAP, .map = ALI_MAP_LINE,
        .help = "lossless transmission line"),
    KEY(ALI_MAP_NETWORK, ali_project_network, admittance, "admittance", ALI_KEY_MAP,
        .map = ALI_MAP_ADMITTANCE, .help = "reciprocal two-port, the same at every frequency"),

    KEY(ALI_MAP_END, ali_project_end, port, "port", ALI_KEY_TEXT, .form = "name of a port",
        .help = "the port across which the network stands"),
    KEY(ALI_MAP_END, ali_project_end, wire, "wire", ALI_KEY_TEXT,
        .form = "PART, PART.TAG or PART.WIRE",
        .help = "instead of `port`: the wire that is cut for the network"),
    KEY(ALI_MAP_END, ali_project_end, at, "at", ALI_KEY_ANY, .form = "number from 0 to 1",
        .standard = "0.5",
        .help = "place along the wire, 0 and 1 its ends: the segment whose middle is nearest"),

    KEY(ALI_MAP_LINE, ali_project_line, z0, "z0", ALI_KEY_REAL, .unit = ALI_UNIT_RESISTANCE,
        .low = 0, .high = 1e9, .flags = ALI_PROJECT_ABOVE | ALI_PROJECT_REQUIRED,
        .help = "characteristic impedance"),
    KEY(ALI_MAP_LINE, ali_project_line, length, "length", ALI_KEY_REAL, LENGTH,
        .standard = "straight distance of the ends", .help = "length of the cable"),
    KEY(ALI_MAP_LINE, ali_project_line, velocity, "velocity", ALI_KEY_REAL, .low = 0, .high = 1,
        .flags = ALI_PROJECT_ABOVE, INITIAL(1, "1"),
        .help = "of waves on the line, as a share of that of light"),
    KEY(ALI_MAP_LINE, ali_project_line, crossed, "crossed", ALI_KEY_SWITCH, INITIAL(0, "false"),
        .help = "the conductors change sides"),
    KEY(ALI_MAP_LINE, ali_project_line, shunts, "shunts", ALI_KEY_PAIRS,
        .unit = ALI_UNIT_ADMITTANCE, .low = -1e9, .high = 1e9, .least = 2, .most = 2,
        .form = "list of [conductance, susceptance]", .standard = "none",
        .help = "admittances across end 1 and end 2"),

    ELEMENT(y11, "current into end 1 for 1 V there, end 2 short-circuited"),
    ELEMENT(y12, "current into either end for 1 V at the other, itself short-circuited"),
    ELEMENT(y22, "current into end 2 for 1 V there, end 1 short-circuited"),

    KEY(ALI_MAP_FREQUENCIES, ali_project_frequencies, start, "start", ALI_KEY_REAL,
        .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15,
        .flags = ALI_PROJECT_ABOVE | ALI_PROJECT_REQUIRED, .help = "first frequency"),
    KEY(ALI_MAP_FREQUENCIES, ali_project_frequencies, stop, "stop", ALI_KEY_REAL,
        .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15,
        .flags = ALI_PROJECT_ABOVE | ALI_PROJECT_REQUIRED, .help = "last frequency"),
    KEY(ALI_MAP_FREQUENCIES, ali_project_frequencies, step, "step", ALI_KEY_REAL, FREQUENCY,
        .help = "from one frequency to the next; `stop` itself is taken if the steps meet it"),
    KEY(ALI_MAP_FREQUENCIES, ali_project_frequencies, count, "count", ALI_KEY_WHOLE, .low = 1,
        .high = 100000, .help = "number of frequencies, instead of `step`"),
    KEY(ALI_MAP_FREQUENCIES, ali_project_frequencies, spacing, "spacing", ALI_KEY_CHOICE,
        .choices = spacing_words, INITIAL(0, "linear"),
        .help = "logarithmic: equal ratios, with `count`"),
    REFUSED(ALI_MAP_FREQUENCIES, "adaptive", "adaptive sweeps are not made yet"),

    KEY(ALI_MAP_REQUEST, ali_project_request, s_parameters, "s_parameters", ALI_KEY_MAP,
        .map = ALI_MAP_PLAIN, .help = "impedances and S-matrix of all ports"),
    KEY(ALI_MAP_REQUEST, ali_project_request, pattern, "pattern", ALI_KEY_MAP,
        .map = ALI_MAP_PATTERN,
        .help = "far field of each port, the others terminated in their z0"),
    KEY(ALI_MAP_REQUEST, ali_project_request, near, "near", ALI_KEY_MAP, .map = ALI_MAP_NEAR,
        .help = "near field of each port"),
    KEY(ALI_MAP_REQUEST, ali_project_request, rcs, "rcs", ALI_KEY_MAP, .map = ALI_MAP_RCS,
        .help = "radar cross-section, all ports terminated in their z0"),
    KEY(ALI_MAP_REQUEST, ali_project_request, currents, "currents", ALI_KEY_MAP,
        .map = ALI_MAP_PLAIN, .help = "currents of each port's excitation"),

    OWN_FREQUENCIES(ALI_MAP_PLAIN, ali_project_plain),

    KEY(ALI_MAP_PATTERN, ali_project_pattern, step, "step", ALI_KEY_REAL, .unit = ALI_UNIT_ANGLE,
        .low = 0.01, .high = 90,
        .help = "step in theta and phi over the whole sphere, over ground the upper half"),
    KEY(ALI_MAP_PATTERN, ali_project_pattern, theta, "theta", ALI_KEY_RANGE, ANGLES,
        .help = "angles from +z, instead of `step`"),
    KEY(ALI_MAP_PATTERN, ali_project_pattern, phi, "phi", ALI_KEY_RANGE, ANGLES,
        .help = "angles from +x towards +y, instead of `step`"),
    KEY(ALI_MAP_PATTERN, ali_project_pattern, port, "port", ALI_KEY_TEXT, .form = "name of a port",
        .standard = "all, in turn", .help = "the port that is driven"),
    OWN_FREQUENCIES(ALI_MAP_PATTERN, ali_project_pattern),

    KEY(ALI_MAP_NEAR, ali_project_near, field, "field", ALI_KEY_CHOICE, .choices = field_words,
        INITIAL(0, "e"), .help = "electric or magnetic field"),
    KEY(ALI_MAP_NEAR, ali_project_near, points, "points", ALI_KEY_POINTS, COORDINATES, .least = 1,
        .most = 10000, .help = "single points"),
    KEY(ALI_MAP_NEAR, ali_project_near, from, "from", ALI_KEY_POINT, COORDINATES,
        .help = "one corner of a grid along x, y, z"),
    KEY(ALI_MAP_NEAR, ali_project_near, to, "to", ALI_KEY_POINT, COORDINATES,
        .help = "the opposite corner"),
    KEY(ALI_MAP_NEAR, ali_project_near, count, "count", ALI_KEY_REALS, .low = 1, .high = 1e6,
        .least = 3, .most = 3, .help = "points of the grid along x, y, z"),
    KEY(ALI_MAP_NEAR, ali_project_near, port, "port", ALI_KEY_TEXT, .form = "name of a port",
        .standard = "all, in turn", .help = "the port that is driven"),
    OWN_FREQUENCIES(ALI_MAP_NEAR, ali_project_near),

    KEY(ALI_MAP_RCS, ali_project_rcs, theta, "theta", ALI_KEY_RANGE, ANGLES,
        .flags = ALI_PROJECT_REQUIRED, .help = "angles from +z to where the waves come from"),
    KEY(ALI_MAP_RCS, ali_project_rcs, phi, "phi", ALI_KEY_RANGE, ANGLES,
        .flags = ALI_PROJECT_REQUIRED, .help = "angles from +x to where the waves come from"),
    KEY(ALI_MAP_RCS, ali_project_rcs, receive, "receive", ALI_KEY_MAP, .map = ALI_MAP_DIRECTIONS,
        .standard = "where the wave comes from", .help = "directions of the receiver (bistatic)"),
    OWN_FREQUENCIES(ALI_MAP_RCS, ali_project_rcs),

    KEY(ALI_MAP_DIRECTIONS, ali_project_directions, theta, "theta", ALI_KEY_RANGE, ANGLES,
        .flags = ALI_PROJECT_REQUIRED, .help = "angles from +z"),
    KEY(ALI_MAP_DIRECTIONS, ali_project_directions, phi, "phi", ALI_KEY_RANGE, ANGLES,
        .flags = ALI_PROJECT_REQUIRED, .help = "angles from +x towards +y"),

    KEY(ALI_MAP_MESH, ali_project_mesh, per_wavelength, "per_wavelength", ALI_KEY_REAL, .low = 1,
        .high = 1000, INITIAL(10, "10"),
        .help = "longest edge: the wavelength at the highest frequency divided by this"),
    KEY(ALI_MAP_MESH, ali_project_mesh, longest_edge, "longest_edge", ALI_KEY_REAL, LENGTH,
        .standard = "by `per_wavelength`", .help = "longest edge, if shorter than that"),
    KEY(ALI_MAP_MESH, ali_project_mesh, curvature, "curvature", ALI_KEY_REAL,
        .unit = ALI_UNIT_ANGLE, .low = 1, .high = 90, INITIAL(30, "30"),
        .help = "largest angle that an edge spans on a curved face"),
    KEY(ALI_MAP_MESH, ali_project_mesh, keep_volume, "keep_volume", ALI_KEY_SWITCH,
        INITIAL(1, "true"),
        .help = "move the vertices of curved faces outwards, so that the "
                "shape keeps its volume"),
    KEY(ALI_MAP_MESH, ali_project_mesh, unite, "unite", ALI_KEY_SWITCH, INITIAL(1, "true"),
        .help = "join shapes that touch or cross, and drop what lies inside of closed ones"),
    KEY(ALI_MAP_MESH, ali_project_mesh, timeout, "timeout", ALI_KEY_REAL, .unit = ALI_UNIT_TIME,
        .low = 1, .high = 1e6, INITIAL(300, "300"), .help = "time that the mesher may take"),

    KEY(ALI_MAP_GROUND, ali_project_ground, permittivity, "permittivity", ALI_KEY_REAL, .low = 1,
        .high = 1e6, .flags = ALI_PROJECT_REQUIRED, .help = "relative permittivity"),
    KEY(ALI_MAP_GROUND, ali_project_ground, conductivity, "conductivity", ALI_KEY_REAL,
        .unit = ALI_UNIT_CONDUCTIVITY, .low = 0, .high = 1e12, .flags = ALI_PROJECT_REQUIRED,
        .help = "conductivity"),
};

static const struct {
    const char *name;
    size_t size;
} maps[ALI_MAP_COUNT] = {
    [ALI_MAP_PROJECT] = {"project", sizeof(ali_project)},
    [ALI_MAP_PART] = {"part", sizeof(ali_project_part)},
    [ALI_MAP_WIRE] = {"wire", sizeof(ali_project_wire)},
    [ALI_MAP_CYLINDER] = {"cylinder", sizeof(ali_project_shape)},
    [ALI_MAP_CONE] = {"cone", sizeof(ali_project_shape)},
    [ALI_MAP_SPHERE] = {"sphere", sizeof(ali_project_shape)},
    [ALI_MAP_BOX] = {"box", sizeof(ali_project_shape)},
    [ALI_MAP_PLATE] = {"plate", sizeof(ali_project_shape)},
    [ALI_MAP_DISC] = {"disc", sizeof(ali_project_shape)},
    [ALI_MAP_TORUS] = {"torus", sizeof(ali_project_shape)},
    [ALI_MAP_REVOLVE] = {"revolve", sizeof(ali_project_shape)},
    [ALI_MAP_EXTRUDE] = {"extrude", sizeof(ali_project_shape)},
    [ALI_MAP_ROTATION] = {"rotation", sizeof(ali_project_rotation)},
    [ALI_MAP_ARRAY] = {"array", sizeof(ali_project_array)},
    [ALI_MAP_RING] = {"ring", sizeof(ali_project_ring)},
    [ALI_MAP_STACK] = {"stack", sizeof(ali_project_stack)},
    [ALI_MAP_MATERIAL] = {"material", sizeof(ali_project_material)},
    [ALI_MAP_PORT] = {"port", sizeof(ali_project_port)},
    [ALI_MAP_NETWORK] = {"network", sizeof(ali_project_network)},
    [ALI_MAP_END] = {"end", sizeof(ali_project_end)},
    [ALI_MAP_LINE] = {"line", sizeof(ali_project_line)},
    [ALI_MAP_ADMITTANCE] = {"admittance", sizeof(ali_project_admittance)},
    [ALI_MAP_FREQUENCIES] = {"frequencies", sizeof(ali_project_frequencies)},
    [ALI_MAP_REQUEST] = {"request", sizeof(ali_project_request)},
    [ALI_MAP_PLAIN] = {"s_parameters, currents", sizeof(ali_project_plain)},
    [ALI_MAP_PATTERN] = {"pattern", sizeof(ali_project_pattern)},
    [ALI_MAP_NEAR] = {"near", sizeof(ali_project_near)},
    [ALI_MAP_RCS] = {"rcs", sizeof(ali_project_rcs)},
    [ALI_MAP_DIRECTIONS] = {"receive", sizeof(ali_project_directions)},
    [ALI_MAP_MESH] = {"mesh", sizeof(ali_project_mesh)},
    [ALI_MAP_GROUND] = {"ground", sizeof(ali_project_ground)},
};

static const struct {
    ali_project_unit unit;
    const char *word;
    double factor;
} units[] = {
    {ALI_UNIT_LENGTH, "m", 1},         {ALI_UNIT_LENGTH, "mm", 1e-3},
    {ALI_UNIT_LENGTH, "cm", 1e-2},     {ALI_UNIT_LENGTH, "km", 1e3},
    {ALI_UNIT_LENGTH, "in", 0.0254},   {ALI_UNIT_LENGTH, "ft", 0.3048},
    {ALI_UNIT_FREQUENCY, "Hz", 1},     {ALI_UNIT_FREQUENCY, "kHz", 1e3},
    {ALI_UNIT_FREQUENCY, "MHz", 1e6},  {ALI_UNIT_FREQUENCY, "GHz", 1e9},
    {ALI_UNIT_ANGLE, "deg", 1},        {ALI_UNIT_ANGLE, "rad", 57.295779513082320877},
    {ALI_UNIT_RESISTANCE, "ohm", 1},   {ALI_UNIT_RESISTANCE, "kohm", 1e3},
    {ALI_UNIT_CONDUCTIVITY, "S/m", 1}, {ALI_UNIT_CONDUCTIVITY, "MS/m", 1e6},
    {ALI_UNIT_ADMITTANCE, "S", 1},     {ALI_UNIT_ADMITTANCE, "mS", 1e-3},
    {ALI_UNIT_TIME, "s", 1},           {ALI_UNIT_TIME, "min", 60},
};

const ali_project_key *ali_project_keys(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

const ali_project_key *ali_project_keys_of(ali_project_map map, size_t *count)
{
    size_t first = 0, end = sizeof table / sizeof *table;
    while (first < end && table[first].owner != map)
        first++;
    *count = 0;
    while (first + *count < end && table[first + *count].owner == map)
        (*count)++;
    return table + first;
}

size_t ali_project_map_size(ali_project_map map)
{
    return maps[map].size;
}

const char *ali_project_map_name(ali_project_map map)
{
    return maps[map].name;
}

bool ali_project_unit_word(size_t index, ali_project_unit *unit, const char **word, double *factor)
{
    if (index >= sizeof units / sizeof *units)
        return false;
    *unit = units[index].unit;
    *word = units[index].word;
    *factor = units[index].factor;
    return true;
}

const char *ali_project_unit_name(ali_project_unit unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].unit == unit)
            return units[i].word;
    return "";
}

/* ---- for people ---- */

static void describe_value(const ali_project_key *key, char *text, size_t size)
{
    static const char *const kinds[] = {
        [ALI_KEY_TEXT] = "text",
        [ALI_KEY_NAME] = "name",
        [ALI_KEY_REAL] = "number",
        [ALI_KEY_WHOLE] = "whole number",
        [ALI_KEY_SWITCH] = "true or false",
        [ALI_KEY_POINT] = "[x, y, z]",
        [ALI_KEY_REALS] = "list of numbers",
        [ALI_KEY_PAIRS] = "list of [a, b]",
        [ALI_KEY_POINTS] = "list of [x, y, z]",
        [ALI_KEY_RANGE] = "number or [start, stop, step]",
        [ALI_KEY_MAP] = "mapping",
        [ALI_KEY_MAPS] = "list of mappings",
    };
    if (key->form)
        snprintf(text, size, "%s", key->form);
    else if (key->kind == ALI_KEY_CHOICE)
        for (size_t i = 0, used = 0; key->choices[i]; used = strlen(text), i++)
            snprintf(text + used, size - used, "%s%s", i ? ", " : "", key->choices[i]);
    else if (key->kind == ALI_KEY_MAP || key->kind == ALI_KEY_MAPS)
        snprintf(text, size, "%s (%s)", kinds[key->kind], ali_project_map_name(key->map));
    else
        snprintf(text, size, "%s", kinds[key->kind]);
}

/** "> 0, ≤ 90; 2 or more". */
static void describe_bounds(const ali_project_key *key, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    if (key->low < key->high && key->low == -key->high)
        snprintf(text, size, "±%.10g", key->high);
    else if (key->low < key->high)
        snprintf(text, size, "%s %.10g, ≤ %.10g", key->flags & ALI_PROJECT_ABOVE ? ">" : "≥",
                 key->low, key->high);
    else if (key->kind == ALI_KEY_WHOLE)
        snprintf(text, size, "%.10g", key->low);
    used = strlen(text);
    const char *semicolon = used > 0 ? "; " : "";
    if (key->most > 0 && key->most == key->least)
        snprintf(text + used, size - used, "%s%zu of them", semicolon, key->least);
    else if (key->most > 0)
        snprintf(text + used, size - used, "%s%zu to %zu of them", semicolon, key->least,
                 key->most);
    else if (key->least > 0)
        snprintf(text + used, size - used, "%s%zu or more", semicolon, key->least);
}

void ali_project_describe_key(const ali_project_key *key, char *text, size_t size)
{
    char value[120], bounds[80];
    if (key->kind == ALI_KEY_REFUSED) {
        snprintf(text, size, "| `%s` | refused | | | | %s |", key->name, key->help);
        return;
    }
    const char *standard = key->flags & ALI_PROJECT_REQUIRED ? "required"
                           : key->standard                   ? key->standard
                                                             : "";
    describe_value(key, value, sizeof value);
    describe_bounds(key, bounds, sizeof bounds);
    snprintf(text, size, "| `%s` | %s | %s | %s | %s | %s |", key->name, value,
             ali_project_unit_name(key->unit), bounds, standard, key->help);
}
