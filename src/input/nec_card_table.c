/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_reader.h"

#include <float.h>
#include <string.h>

/** @file
 *  The card table: data only. Field meanings after [BurkePoggio:1981], checked against what NEC-2
 * does with them; 4nec2's, xnec2c's and later NECs' cards are named so that they can be refused by
 * name or passed over knowingly. */

/* Shorthands for field rules. A card's fields are listed in card order, integers first. */
#define UNUSED                                                                                     \
    {                                                                                              \
        0                                                                                          \
    }
#define IGNORED                                                                                    \
    {                                                                                              \
        NULL, "", 0, 0, 0, ALI_NEC_IGNORED                                                         \
    }
#define WHOLE(label, low, high, initial)                                                           \
    {                                                                                              \
        label, "", low, high, initial, 0                                                           \
    }
#define WHOLE_REQUIRED(label, low, high)                                                           \
    {                                                                                              \
        label, "", low, high, 0, ALI_NEC_REQUIRED                                                  \
    }
#define TAG(label)                                                                                 \
    {                                                                                              \
        label, "", 0, ALI_NEC_MAX_TAG, 0, 0                                                        \
    }
#define TAG_STEP(label)                                                                            \
    {                                                                                              \
        label, "", -ALI_NEC_MAX_TAG, ALI_NEC_MAX_TAG, 0, 0                                         \
    }
#define SEGMENT(label)                                                                             \
    {                                                                                              \
        label, "", 1, ALI_NEC_MAX_SEGMENTS, 0, ALI_NEC_REQUIRED                                    \
    }
#define SEGMENT_OR_NONE(label)                                                                     \
    {                                                                                              \
        label, "", 0, ALI_NEC_MAX_SEGMENTS, 0, 0                                                   \
    }
#define PIECES(label)                                                                              \
    {                                                                                              \
        label, "", 1, ALI_NEC_MAX_SEGMENTS, 0, ALI_NEC_REQUIRED                                    \
    }
#define POINTS(label)                                                                              \
    {                                                                                              \
        label, "", 0, ALI_NEC_MAX_POINTS, 1, 0                                                     \
    }
#define REAL(label, unit)                                                                          \
    {                                                                                              \
        label, unit, -DBL_MAX, DBL_MAX, 0, 0                                                       \
    }
#define AT_LEAST(label, unit, low)                                                                 \
    {                                                                                              \
        label, unit, low, DBL_MAX, 0, 0                                                            \
    }
#define ABOVE_ZERO(label, unit)                                                                    \
    {                                                                                              \
        label, unit, 0, DBL_MAX, 0, ALI_NEC_REQUIRED | ALI_NEC_ABOVE                               \
    }
#define TYPE(label, value)                                                                         \
    {                                                                                              \
        label, "", value, value, 0, 0                                                              \
    }

/* Cards by section; ROW is an unconditional card, VARIANT one that I1 selects. */
#define ROW(card, where, text, function)                                                           \
    .name = card, .section = where, .help = text, .handler = function
#define VARIANT(card, where, low, high, text, function)                                            \
    ROW(card, where, text, function), .by_i1 = true, .i1_low = low, .i1_high = high
#define REFUSED(card, where, text, why) .name = card, .section = where, .help = text, .refusal = why
#define REFUSED_VARIANT(card, where, value, text, why)                                             \
    REFUSED(card, where, text, why), .by_i1 = true, .i1_low = value, .i1_high = value

#define GEOMETRY ALI_NEC_GEOMETRY
#define CONTROL ALI_NEC_CONTROL
#define ANYWHERE ALI_NEC_ANYWHERE

#define NOT_YET "is not supported yet"
#define NEC4 "belongs to NEC-4 or NEC-5, expected NEC-2 cards only"

static const ali_nec_card_rule table[] = {
    /* ---- comments and symbols ---- */
    {ROW("CM", ANYWHERE, "comment", ali_nec_handle_comment)},
    {ROW("CE", ANYWHERE, "last comment", ali_nec_handle_comment)},
    {ROW("SY", ANYWHERE, "symbols, name=expression, several with commas between (4nec2)",
         ali_nec_handle_nothing)},

    /* ---- geometry ---- */
    {ROW("GW", GEOMETRY, "straight wire; radius 0: tapered, the next card is GC",
         ali_nec_handle_gw),
     .fields = {TAG("tag"), PIECES("number of segments"), REAL("x of end 1", "m"),
                REAL("y of end 1", "m"), REAL("z of end 1", "m"), REAL("x of end 2", "m"),
                REAL("y of end 2", "m"), REAL("z of end 2", "m"), AT_LEAST("wire radius", "m", 0)}},
    {ROW("GC", GEOMETRY, "taper of the GW card before", ali_nec_handle_gc),
     .fields = {WHOLE("NEC-4's option, not supported", 0, 0, 0), UNUSED,
                ABOVE_ZERO("length of a segment over that of the one before", ""),
                ABOVE_ZERO("radius of the first segment", "m"),
                ABOVE_ZERO("radius of the last segment", "m")}},
    {ROW("GA", GEOMETRY, "circular arc in the xz plane around the origin", ali_nec_handle_ga),
     .fields = {TAG("tag"), PIECES("number of segments"), ABOVE_ZERO("arc radius", "m"),
                REAL("angle of end 1, from x towards z", "deg"), REAL("angle of end 2", "deg"),
                ABOVE_ZERO("wire radius", "m"), IGNORED, IGNORED, IGNORED}},
    {ROW("GH", GEOMETRY, "helix or conical spiral along z", ali_nec_handle_gh),
     .fields = {TAG("tag"), PIECES("number of segments"), REAL("spacing between turns", "m"),
                REAL("length along z; negative: left-handed", "m"),
                REAL("radius in x at z = 0", "m"), REAL("radius in y at z = 0", "m"),
                REAL("radius in x at the end", "m"), REAL("radius in y at the end", "m"),
                ABOVE_ZERO("wire radius", "m")}},
    {ROW("GX", GEOMETRY, "reflect the structure in coordinate planes", ali_nec_handle_gx),
     .fields = {TAG_STEP("tag increment"),
                WHOLE("planes: 100 along x, 10 along y, 1 along z", 0, 999, 0)}},
    {ROW("GR", GEOMETRY, "rotate copies of the structure around z", ali_nec_handle_gr),
     .fields = {TAG_STEP("tag increment"),
                WHOLE_REQUIRED("number of positions on the circle", 1, ALI_NEC_MAX_SEGMENTS)}},
    {ROW("GM", GEOMETRY, "rotate, then move the structure, or copies of it", ali_nec_handle_gm),
     .fields = {TAG_STEP("tag increment"),
                WHOLE("number of copies; 0: move the structure itself", 0, ALI_NEC_MAX_SEGMENTS, 0),
                REAL("rotation around x, first", "deg"),
                REAL("rotation around y, second", "deg"),
                REAL("rotation around z, third", "deg"),
                REAL("shift along x", "m"),
                REAL("shift along y", "m"),
                REAL("shift along z", "m"),
                {"first tag concerned, to the end of the structure; 0: all", "", 0, ALI_NEC_MAX_TAG,
                 0, 0}}},
    {ROW("GS", GEOMETRY, "scale the structure, radii included", ali_nec_handle_gs),
     .fields = {TAG("first tag concerned (xnec2c); 0: all"), TAG("last tag concerned; 0: all"),
                AT_LEAST("factor; 0: I1 = 1 feet, I1 = 2 inches to metres", "", 0)}},
    {ROW("GP", GEOMETRY, "do not print the geometry: has no effect", ali_nec_handle_nothing)},
    {ROW("GE", GEOMETRY, "end of the geometry", ali_nec_handle_ge),
     .fields = {WHOLE("wires at z = 0: 1 connected to the ground, -1 not, 0 no ground", -1, 1, 0),
                IGNORED}},
    {REFUSED("GF", GEOMETRY, "read a numerical Green's function",
             NOT_YET ", expected a deck without it")},
#define CORNER(name) REAL("x of " name, "m"), REAL("y of " name, "m"), REAL("z of " name, "m")
    {ROW("SP", GEOMETRY, "surface patch; all shapes but 0 go on with SC", ali_nec_handle_sp),
     .fields = {WHOLE("always 0", 0, 0, 0),
                WHOLE("shape: 0 by its area, 1 rectangle, 2 triangle, 3 quadrilateral", 0, 3, 0),
                CORNER("corner 1; of the middle of shape 0"),
                REAL("x of corner 2; of shape 0: elevation of the normal", "m, deg"),
                REAL("y of corner 2; of shape 0: azimuth of the normal", "m, deg"),
                REAL("z of corner 2; of shape 0: area", "m, m^2"), IGNORED}},
    {ROW("SM", GEOMETRY, "rectangular surface of equal patches; goes on with SC",
         ali_nec_handle_sm),
     .fields = {WHOLE_REQUIRED("patches from corner 1 to corner 2", 1, ALI_NEC_MAX_PATCHES),
                WHOLE_REQUIRED("patches from corner 2 to corner 3", 1, ALI_NEC_MAX_PATCHES),
                CORNER("corner 1"), CORNER("corner 2"), IGNORED}},
    {ROW("SC", GEOMETRY,
         "further corners of SP or SM; after those of SP 1 and SP 3 also a further patch on the "
         "edge from corner 4 to corner 3",
         ali_nec_handle_sc),
     .fields = {WHOLE("always 0", 0, 0, 0),
                WHOLE("shape of a further patch: 1 rectangle, 3 quadrilateral", 0, 3, 0),
                CORNER("corner 3"), CORNER("corner 4, of a quadrilateral"), IGNORED}},
    {REFUSED("CW", GEOMETRY, "catenary wire", NEC4)},

    /* ---- frequency and structure ---- */
    {ROW("FR", CONTROL, "frequencies; several FR cards: several sets", ali_nec_handle_fr),
     .fields = {WHOLE("steps: 0 linear, 1 multiplicative", 0, 1, 0),
                WHOLE("number of frequencies; 0: 1", 0, ALI_NEC_MAX_FREQUENCIES, 1), UNUSED, UNUSED,
                ABOVE_ZERO("frequency", "MHz"), REAL("increment, or factor", "MHz"), IGNORED}},
    {VARIANT("LD", CONTROL, -1, -1, "take all loads away", ali_nec_handle_ld),
     .fields = {TYPE("type", -1), IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED}},
#define LOAD_PLACE                                                                                 \
    TAG("tag; 0: all"), SEGMENT_OR_NONE("first segment of the tag; 0: all"),                       \
        SEGMENT_OR_NONE("last segment; 0: the first")
    {VARIANT("LD", CONTROL, 0, 0, "R, L, C in series in each segment", ali_nec_handle_ld),
     .fields = {TYPE("type", 0), LOAD_PLACE, REAL("resistance", "ohm"), REAL("inductance", "H"),
                REAL("capacitance; 0: none", "F")}},
    {VARIANT("LD", CONTROL, 1, 1, "R, L, C in parallel in each segment", ali_nec_handle_ld),
     .fields = {TYPE("type", 1), LOAD_PLACE, REAL("resistance; 0: none", "ohm"),
                REAL("inductance; 0: none", "H"), REAL("capacitance; 0: none", "F")}},
    {VARIANT("LD", CONTROL, 2, 2, "R, L, C in series per length", ali_nec_handle_ld),
     .fields = {TYPE("type", 2), LOAD_PLACE, REAL("resistance", "ohm/m"), REAL("inductance", "H/m"),
                REAL("capacitance; 0: none", "F/m")}},
    {VARIANT("LD", CONTROL, 3, 3, "R, L, C in parallel per length", ali_nec_handle_ld),
     .fields = {TYPE("type", 3), LOAD_PLACE, REAL("resistance; 0: none", "ohm/m"),
                REAL("inductance; 0: none", "H/m"), REAL("capacitance; 0: none", "F/m")}},
    {VARIANT("LD", CONTROL, 4, 4, "impedance in each segment", ali_nec_handle_ld),
     .fields = {TYPE("type", 4), LOAD_PLACE, REAL("resistance", "ohm"), REAL("reactance", "ohm")}},
    {VARIANT("LD", CONTROL, 5, 5, "conductivity of the wire", ali_nec_handle_ld),
     .fields = {TYPE("type", 5), LOAD_PLACE, ABOVE_ZERO("conductivity", "S/m"),
                AT_LEAST("relative permeability (NEC-4): only 0 or 1", "", 0)}},
    {REFUSED_VARIANT(
        "LD", CONTROL, 6, "trap (4nec2)",
        "is 4nec2's own card, expected LD -1 to LD 5: write the trap as LD 1 or LD 4")},
    {REFUSED_VARIANT("LD", CONTROL, 7, "insulated wire (4nec2)",
                     "is 4nec2's own card, expected LD -1 to LD 5")},

    /* ---- ground ---- */
    {VARIANT("GN", CONTROL, -1, -1, "no ground", ali_nec_handle_gn),
     .fields = {TYPE("type", -1), IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED,
                IGNORED, IGNORED}},
#define GROUND_REST                                                                                \
    REAL("screen radius; without radials: permittivity of a second medium", "m"),                  \
        REAL("radial wire radius; without radials: conductivity of the second medium", "m"),       \
        AT_LEAST("distance of the edge to the second medium", "m", 0),                             \
        AT_LEAST("depth of the second medium below the first", "m", 0)
    {VARIANT("GN", CONTROL, 0, 0, "lossy ground by reflection coefficients", ali_nec_handle_gn),
     .fields = {TYPE("type", 0), WHOLE("number of radial wires; 0: no screen", 0, 1000000, 0),
                UNUSED, UNUSED, ABOVE_ZERO("relative permittivity", ""),
                REAL("conductivity; negative: imaginary part of the permittivity", "S/m"),
                GROUND_REST}},
    {VARIANT("GN", CONTROL, 1, 1, "perfectly conducting ground", ali_nec_handle_gn),
     .fields = {TYPE("type", 1), UNUSED, UNUSED, UNUSED, IGNORED, IGNORED, GROUND_REST}},
    {VARIANT("GN", CONTROL, 2, 2, "lossy ground by Sommerfeld integrals", ali_nec_handle_gn),
     .fields = {TYPE("type", 2),
                WHOLE("number of radial wires: no screen over this ground, model them by wires", 0,
                      0, 0),
                UNUSED, UNUSED, ABOVE_ZERO("relative permittivity", ""),
                REAL("conductivity; negative: imaginary part of the permittivity", "S/m"),
                REAL("permittivity of a second medium", ""),
                REAL("conductivity of the second medium", "S/m"),
                AT_LEAST("distance of the edge to the second medium", "m", 0),
                AT_LEAST("depth of the second medium below the first", "m", 0)}},
    {REFUSED_VARIANT("GN", CONTROL, 3, "MININEC ground (4nec2)",
                     "is 4nec2's own card, expected GN -1 to GN 2")},
    {ROW("GD", CONTROL, "second medium, beyond an edge", ali_nec_handle_gd),
     .fields = {UNUSED, UNUSED, UNUSED, UNUSED, ABOVE_ZERO("relative permittivity", ""),
                AT_LEAST("conductivity", "S/m", 0), AT_LEAST("distance of the edge", "m", 0),
                AT_LEAST("depth below the first medium", "m", 0)}},

/* ---- excitation ---- */
#define EX_PRINT(label)                                                                            \
    {                                                                                              \
        label, "", 0, 99, 0, 0                                                                     \
    }
#define SOURCE_FIELDS(number)                                                                      \
    TYPE("type", number), TAG("tag; 0: count all segments"), SEGMENT("segment of the tag"),        \
        EX_PRINT("10 print asymmetry, 1 print normalised impedance"),                              \
        REAL("voltage, real part (0 + j0: 1)", "V"), REAL("voltage, imaginary part", "V"),         \
        AT_LEAST("impedance to normalise to; 0: the largest", "ohm", 0)
    {VARIANT("EX", CONTROL, 0, 0, "voltage source on a segment", ali_nec_handle_ex),
     .fields = {SOURCE_FIELDS(0)}},
#define WAVE_FIELDS                                                                                \
    POINTS("number of angles theta; 0: 1"), POINTS("number of angles phi; 0: 1"),                  \
        EX_PRINT("10 print asymmetry"), REAL("theta", "deg"), REAL("phi", "deg"),                  \
        REAL("angle of E from theta", "deg"), REAL("step in theta", "deg"),                        \
        REAL("step in phi", "deg")
    {VARIANT("EX", CONTROL, 1, 1, "plane waves, linear polarisation", ali_nec_handle_ex_wave),
     .fields = {TYPE("type", 1), WAVE_FIELDS, IGNORED}},
    {VARIANT("EX", CONTROL, 2, 3, "plane waves, elliptic: 2 right-hand, 3 left-hand",
             ali_nec_handle_ex_wave),
     .fields = {WHOLE("type", 2, 3, 0),
                WAVE_FIELDS,
                {"axial ratio, minor over major", "", 0, 1, 0, 0}}},
    {VARIANT("EX", CONTROL, 4, 4, "current element", ali_nec_handle_ex_element),
     .fields = {TYPE("type", 4), UNUSED, UNUSED, EX_PRINT("10 print asymmetry"), REAL("x", "m"),
                REAL("y", "m"), REAL("z", "m"), REAL("elevation above the xy plane", "deg"),
                REAL("azimuth from x", "deg"), REAL("moment, current times length", "A m")}},
    {VARIANT("EX", CONTROL, 5, 5, "voltage source at the first end of a segment",
             ali_nec_handle_ex),
     .fields = {SOURCE_FIELDS(5)}},
    {REFUSED_VARIANT("EX", CONTROL, 6, "current source (4nec2)",
                     "is 4nec2's own card, expected EX 0 to EX 5")},

/* ---- networks ---- */
#define PORT_FIELDS                                                                                \
    TAG("tag of end 1; 0: count all segments"),                                                    \
        {"segment of end 1; -1: no networks", "", -1, ALI_NEC_MAX_SEGMENTS, 0, 0},                 \
        TAG("tag of end 2; 0: count all segments"),                                                \
    {                                                                                              \
        "segment of end 2", "", 0, ALI_NEC_MAX_SEGMENTS, 0, 0                                      \
    }
    {ROW("NT", CONTROL, "two-port by its admittances", ali_nec_handle_nt),
     .fields = {PORT_FIELDS, REAL("Y11, real part", "S"), REAL("Y11, imaginary part", "S"),
                REAL("Y12, real part", "S"), REAL("Y12, imaginary part", "S"),
                REAL("Y22, real part", "S"), REAL("Y22, imaginary part", "S")}},
    {ROW("TL", CONTROL, "lossless transmission line", ali_nec_handle_tl),
     .fields = {PORT_FIELDS, REAL("characteristic impedance; negative: crossed", "ohm"),
                REAL("length; 0: straight distance of the ends", "m"),
                REAL("shunt admittance at end 1, real part", "S"),
                REAL("shunt admittance at end 1, imaginary part", "S"),
                REAL("shunt admittance at end 2, real part", "S"),
                REAL("shunt admittance at end 2, imaginary part", "S")}},

    /* ---- requests ---- */
    {ROW("XQ", CONTROL, "run", ali_nec_handle_xq),
     .fields = {WHOLE("pattern: 0 none, 1 at phi = 0, 2 at phi = 90, 3 both", 0, 3, 0)}},
#define PATTERN_REST                                                                               \
    POINTS("number of angles phi; 0: 1"),                                                          \
        WHOLE("digits XNDA: axes, normalisation, gain, average", 0, 1512, 0)
#define PATTERN_ANGLES                                                                             \
    REAL("first theta", "deg"), REAL("first phi", "deg"), REAL("step in theta", "deg"),            \
        REAL("step in phi", "deg"), AT_LEAST("distance; 0: field times distance", "m", 0),         \
        REAL("gain to normalise to; 0: the largest", "dB")
    {VARIANT("RP", CONTROL, 0, 0, "run; far-field pattern", ali_nec_handle_rp),
     .fields = {TYPE("mode", 0), POINTS("number of angles theta; 0: 1"), PATTERN_REST,
                PATTERN_ANGLES}},
    {VARIANT("RP", CONTROL, 1, 1, "run; field near the ground with its surface wave",
             ali_nec_handle_rp),
     .fields = {TYPE("mode", 1), POINTS("number of heights z; 0: 1"), PATTERN_REST,
                REAL("first height z", "m"), REAL("first phi", "deg"), REAL("step in z", "m"),
                REAL("step in phi", "deg"), ABOVE_ZERO("distance rho from the z axis", "m"),
                IGNORED}},
    {VARIANT("RP", CONTROL, 2, 6,
             "run; pattern over: 2 linear cliff, 3 circular cliff, 4 screen, 5 screen and linear, "
             "6 screen and circular cliff",
             ali_nec_handle_rp),
     .fields = {WHOLE("mode", 2, 6, 0), POINTS("number of angles theta; 0: 1"), PATTERN_REST,
                PATTERN_ANGLES}},
#define NEAR_FIELDS                                                                                \
    WHOLE("coordinates: 0 x, y, z; 1 r, phi, theta", 0, 1, 0),                                     \
        POINTS("number of points along x or r; 0: 1"), POINTS("number along y or phi; 0: 1"),      \
        POINTS("number along z or theta; 0: 1"), REAL("first x or r", "m"),                        \
        REAL("first y or phi", "m, deg"), REAL("first z or theta", "m, deg"),                      \
        REAL("step in x or r", "m"), REAL("step in y or phi", "m, deg"),                           \
        REAL("step in z or theta", "m, deg")
    {ROW("NE", CONTROL, "run; electric near field", ali_nec_handle_ne), .fields = {NEAR_FIELDS}},
    {ROW("NH", CONTROL, "run; magnetic near field", ali_nec_handle_ne), .fields = {NEAR_FIELDS}},
    {ROW("CP", CONTROL, "maximum coupling between segments", ali_nec_handle_cp),
     .fields = {TAG("tag; 0: count all segments"), SEGMENT_OR_NONE("segment; 0: no coupling"),
                TAG("tag of a second segment"), SEGMENT_OR_NONE("second segment; 0: none")}},

    /* ---- what NEC-2's listing prints ---- */
    {ROW("PT", CONTROL, "which currents are printed", ali_nec_handle_pt),
     .fields = {WHOLE("-2 all, -1 none, 0 those named, 1 to 3 receiving pattern", -2, 3, 0),
                TAG("tag; 0: count all segments"), SEGMENT_OR_NONE("first segment; 0: all"),
                SEGMENT_OR_NONE("last segment; 0: the first")}},
    {ROW("PQ", CONTROL, "which charges are printed", ali_nec_handle_pq),
     .fields = {WHOLE("-2 all, -1 none, 0 those named", -2, 0, 0),
                TAG("tag; 0: count all segments"), SEGMENT_OR_NONE("first segment; 0: all"),
                SEGMENT_OR_NONE("last segment; 0: the first")}},
    {ROW("PL", CONTROL, "plot file of the listing", ali_nec_handle_pl),
     .fields = {WHOLE("0 nothing, 1 currents, 2 near fields, 3 patterns", 0, 4, 0),
                WHOLE("1 real and imaginary, 2 magnitude and phase; of patterns 1 over theta, 2 "
                      "over phi",
                      0, 9, 0),
                WHOLE("near fields: 1 x, 2 y, 3 z component, 4 all; patterns: 1 E(theta), 2 E(phi)",
                      0, 9, 0),
                WHOLE("near fields over: -1 x, 0 y, 1 z; patterns: 1 to 3 one of the gains printed",
                      -9, 9, 0)}},
    {ROW("EK", CONTROL, "extended thin-wire kernel: recorded, the kernel is always exact",
         ali_nec_handle_ek),
     .fields = {WHOLE("-1: off, else on", -1, 1, 0)}},
    {ROW("KH", CONTROL, "range of the exact interaction: recorded, has no effect",
         ali_nec_handle_kh),
     .fields = {UNUSED, UNUSED, UNUSED, UNUSED, AT_LEAST("distance", "wavelengths", 0)}},
    {ROW("ZO", CONTROL, "reference impedance of xnec2c's plots: has no effect", ali_nec_handle_zo),
     .fields = {WHOLE("reference impedance", 0, 1000000000, 0)}},

    /* ---- the end ---- */
    {ROW("NX", CONTROL, "another job follows, from its comments on", ali_nec_handle_nx)},
    {ROW("EN", CONTROL, "end of the deck", ali_nec_handle_en),
     .fields = {IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, IGNORED,
                IGNORED}},
    {REFUSED("WG", CONTROL, "write a numerical Green's function",
             NOT_YET ", expected a deck without it")},
    {REFUSED("IS", CONTROL, "insulated wire", NEC4)},
    {REFUSED("JN", CONTROL, "charge at junctions", NEC4)},
    {REFUSED("LE", CONTROL, "electric field along a line", NEC4)},
    {REFUSED("LH", CONTROL, "magnetic field along a line", NEC4)},
    {REFUSED("PS", CONTROL, "print electrical lengths", NEC4)},
    {REFUSED("UM", CONTROL, "upper medium", NEC4)},
    {REFUSED("VC", CONTROL, "voltage of end caps", NEC4)},
};

const ali_nec_card_rule *ali_nec_card_table(size_t *count)
{
    *count = sizeof table / sizeof table[0];
    return table;
}

const ali_nec_card_rule *ali_nec_find_card(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}
