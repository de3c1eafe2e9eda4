/* SPDX-License-Identifier: Apache-2.0 */
/* The deck reader: geometry cards. */
#include "nec_reader_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ENDING "GE\nEN\n"

/** What nec2c 1.3 prints as SEGMENTATION DATA, to four decimals: some segments of each structure.
 */
typedef struct known_segment {
    size_t number;
    double centre[3], length, radius;
    int tag;
} known_segment;

static const struct {
    const char *title, *cards;
    size_t count;
    known_segment segments[9];
} structures[] = {
    {"tapers",
     "GW 1 7 0 0 0 0 0 10 0\n"
     "GC 0 0 1.3 .01 .05\n"
     "GW 2 5 1 0 0 1 0 10 0\n"
     "GC 0 0 .7 .05 .01\n"
     "GW 3 3 2 0 0 2 0 9 0\n"
     "GC 0 0 1 .02 .04\n",
     15,
     {
         {1, {0.0000, 0.0000, 0.2844}, 0.5687, 0.0100, 1},
         {2, {0.0000, 0.0000, 0.9384}, 0.7394, 0.0131, 1},
         {3, {0.0000, 0.0000, 1.7887}, 0.9612, 0.0171, 1},
         {6, {0.0000, 0.0000, 6.1990}, 2.1117, 0.0382, 1},
         {7, {0.0000, 0.0000, 8.6274}, 2.7452, 0.0500, 1},
         {8, {1.0000, 0.0000, 1.8030}, 3.6061, 0.0500, 2},
         {10, {1.0000, 0.0000, 7.0138}, 1.7670, 0.0224, 2},
         {14, {2.0000, 0.0000, 4.5000}, 3.0000, 0.0283, 3},
         {15, {2.0000, 0.0000, 7.5000}, 3.0000, 0.0400, 3},
     }},
    {"reflection in three planes",
     "GW 1 3 1 2 3 4 5 6 .01\n"
     "GW 0 2 1 1 1 2 1 1 .01\n"
     "GX 5 111\n",
     40,
     {
         {1, {1.5000, 2.5000, 3.5000}, 1.7321, 0.0100, 1},
         {2, {2.5000, 3.5000, 4.5000}, 1.7321, 0.0100, 1},
         {3, {3.5000, 4.5000, 5.5000}, 1.7321, 0.0100, 1},
         {14, {1.2500, -1.0000, 1.0000}, 0.5000, 0.0100, 0},
         {20, {1.7500, -1.0000, -1.0000}, 0.5000, 0.0100, 0},
         {21, {-1.5000, 2.5000, 3.5000}, 1.7321, 0.0100, 21},
         {26, {-1.5000, 2.5000, -3.5000}, 1.7321, 0.0100, 26},
         {39, {-1.2500, -1.0000, -1.0000}, 0.5000, 0.0100, 0},
         {40, {-1.7500, -1.0000, -1.0000}, 0.5000, 0.0100, 0},
     }},
    {"reflection, then rotation",
     "GW 7 3 1 2 3 4 5 6 .01\n"
     "GX 1 110\n"
     "GR 10 3\n",
     36,
     {
         {1, {1.5000, 2.5000, 3.5000}, 1.7321, 0.0100, 7},
         {2, {2.5000, 3.5000, 4.5000}, 1.7321, 0.0100, 7},
         {3, {3.5000, 4.5000, 5.5000}, 1.7321, 0.0100, 7},
         {13, {-2.9151, 0.0490, 3.5000}, 1.7321, 0.0100, 17},
         {18, {2.1471, 5.2811, 5.5000}, 1.7321, 0.0100, 18},
         {19, {-1.4151, -2.5490, 3.5000}, 1.7321, 0.0100, 19},
         {24, {5.6471, -0.7811, 5.5000}, 1.7321, 0.0100, 20},
         {35, {-1.7811, 3.9151, 4.5000}, 1.7321, 0.0100, 30},
         {36, {-2.1471, 5.2811, 5.5000}, 1.7321, 0.0100, 30},
     }},
    {"copies from a tag on",
     "GW 1 3 1 2 3 4 5 6 .01\n"
     "GW 2 4 1 2 3 4 5 -6 .02\n"
     "GM 10 3 10 20 30 1 2 3 2\n",
     19,
     {
         {1, {1.5000, 2.5000, 3.5000}, 1.7321, 0.0100, 1},
         {2, {2.5000, 3.5000, 4.5000}, 1.7321, 0.0100, 1},
         {3, {3.5000, 4.5000, 5.5000}, 1.7321, 0.0100, 1},
         {7, {3.6250, 4.6250, -4.8750}, 2.4875, 0.0200, 2},
         {9, {1.2093, 5.7497, 2.4361}, 2.4875, 0.0200, 12},
         {10, {0.6373, 6.7234, 0.2198}, 2.4875, 0.0200, 12},
         {12, {2.1047, 7.1359, 7.4755}, 2.4875, 0.0200, 22},
         {18, {-2.1963, 8.7031, 8.5883}, 2.4875, 0.0200, 32},
         {19, {-4.4922, 8.3439, 7.7013}, 2.4875, 0.0200, 32},
     }},
    {"moves, then copies of everything",
     "GW 1 3 1 2 3 4 5 6 .01\n"
     "GW 2 4 1 2 3 4 5 -6 .02\n"
     "GM 10 0 10 20 30 1 2 3 2\n"
     "GM 1 2 0 0 90 0 0 1 0\n",
     21,
     {
         {1, {1.5000, 2.5000, 3.5000}, 1.7321, 0.0100, 1},
         {2, {2.5000, 3.5000, 4.5000}, 1.7321, 0.0100, 1},
         {3, {3.5000, 4.5000, 5.5000}, 1.7321, 0.0100, 1},
         {8, {-2.5000, 1.5000, 4.5000}, 1.7321, 0.0100, 2},
         {10, {-4.5000, 3.5000, 6.5000}, 1.7321, 0.0100, 2},
         {11, {-4.7759, 1.7814, 5.6524}, 2.4875, 0.0200, 13},
         {14, {-7.6972, 0.0652, -0.9965}, 2.4875, 0.0200, 13},
         {20, {-0.6373, -6.7234, 2.2198}, 2.4875, 0.0200, 14},
         {21, {-0.0652, -7.6972, 0.0035}, 2.4875, 0.0200, 14},
     }},
    {"elliptic helix",
     "GH 1 20 0.3 2 .5 .4 .5 .3 .01\n",
     20,
     {
         {1, {0.1250, 0.1732, 0.0500}, 0.8322, 0.0100, 1},
         {2, {-0.2500, -0.0000, 0.1500}, 0.7000, 0.0100, 1},
         {3, {0.1250, -0.1732, 0.2500}, 0.8322, 0.0100, 1},
         {7, {0.1250, 0.1732, 0.6500}, 0.8322, 0.0100, 1},
         {10, {0.1250, 0.1732, 0.9500}, 0.8322, 0.0100, 1},
         {11, {-0.2500, -0.0000, 1.0500}, 0.7000, 0.0100, 1},
         {13, {0.1250, 0.1732, 1.2500}, 0.8322, 0.0100, 1},
         {19, {0.1250, 0.1732, 1.8500}, 0.8322, 0.0100, 1},
         {20, {-0.2500, -0.0000, 1.9500}, 0.7000, 0.0100, 1},
     }},
    {"left-handed cone",
     "GH 1 20 0.3 -2 .5 .4 .2 .3 .01\n",
     20,
     {
         {1, {0.1710, 0.1287, 0.0500}, 0.8236, 0.0100, 1},
         {2, {0.0022, -0.2387, 0.1500}, 0.6872, 0.0100, 1},
         {3, {-0.1689, 0.1100, 0.2500}, 0.7747, 0.0100, 1},
         {7, {0.1580, 0.1062, 0.6500}, 0.6921, 0.0100, 1},
         {10, {0.1516, 0.0950, 0.9500}, 0.6273, 0.0100, 1},
         {11, {0.0022, -0.1712, 1.0500}, 0.6102, 0.0100, 1},
         {13, {0.1451, 0.0837, 1.2500}, 0.5634, 0.0100, 1},
         {19, {0.1321, 0.0612, 1.8500}, 0.4401, 0.0100, 1},
         {20, {0.0022, -0.1038, 1.9500}, 0.5335, 0.0100, 1},
     }},
    {"cone with B1 and B2 left out",
     "GH 1 20 0.3 2 .5 0 .2 0 .01\n",
     20,
     {
         {1, {0.1287, 0.0043, 0.0500}, 0.7493, 0.0100, 1},
         {2, {-0.2387, -0.0043, 0.1500}, 0.1036, 0.0100, 1},
         {3, {0.1100, -0.0087, 0.2500}, 0.6974, 0.0100, 1},
         {7, {0.1062, 0.0303, 0.6500}, 0.6187, 0.0100, 1},
         {10, {0.0950, 0.0433, 0.9500}, 0.5560, 0.0100, 1},
         {11, {-0.1712, -0.0043, 1.0500}, 0.2077, 0.0100, 1},
         {13, {0.0837, 0.0563, 1.2500}, 0.4959, 0.0100, 1},
         {19, {0.0612, 0.0823, 1.8500}, 0.3886, 0.0100, 1},
         {20, {-0.1038, -0.0043, 1.9500}, 0.3523, 0.0100, 1},
     }},
    {"arc, scaled and moved",
     "GA 1 9 2 -30 200 .01\n"
     "GS 0 0 2.5\n"
     "GM 0 0 0 0 0 1 0 0\n",
     9,
     {
         {1, {5.6575, 0.0000, -1.4437}, 2.2117, 0.0250, 1},
         {2, {5.8247, 0.0000, 0.7067}, 2.2117, 0.0250, 1},
         {3, {5.0478, 0.0000, 2.7189}, 2.2117, 0.0250, 1},
         {4, {3.4789, 0.0000, 4.1991}, 2.2117, 0.0250, 1},
         {5, {1.4250, 0.0000, 4.8576}, 2.2117, 0.0250, 1},
         {6, {-0.7121, 0.0000, 4.5657}, 2.2117, 0.0250, 1},
         {8, {-3.6287, 0.0000, 1.5338}, 2.2117, 0.0250, 1},
         {9, {-3.8375, 0.0000, -0.6130}, 2.2117, 0.0250, 1},
     }},
    {"almost flat spiral",
     "GH 1 192 8.333e-8 1e-6 .05 .05 1 1 .005\n"
     "GM 1 1 0 0 180 0 0 0 1\n"
     "GM 0 0 0 0 0 0 0 .15 1\n",
     384,
     {
         {1, {0.0504, 0.0105, 0.1500}, 0.0210, 0.0050, 1},
         {2, {0.0466, 0.0317, 0.1500}, 0.0229, 0.0050, 1},
         {3, {0.0336, 0.0511, 0.1500}, 0.0248, 0.0050, 1},
         {129, {0.6593, 0.1330, 0.1500}, 0.2676, 0.0050, 1},
         {192, {0.9602, -0.1875, 0.1500}, 0.3893, 0.0050, 1},
         {193, {-0.0504, -0.0105, 0.1500}, 0.0210, 0.0050, 2},
         {256, {-0.3505, 0.0689, 0.1500}, 0.1422, 0.0050, 2},
         {383, {-0.8113, 0.5380, 0.1500}, 0.3873, 0.0050, 2},
         {384, {-0.9602, 0.1875, 0.1500}, 0.3893, 0.0050, 2},
     }},
};

static void test_as_nec2(void **unused)
{
    (void)unused;
    const double printed = 0.51e-4; /* half of the last decimal */
    for (size_t s = 0; s < sizeof structures / sizeof structures[0]; s++) {
        char deck[400];
        snprintf(deck, sizeof deck, "%s" ENDING, structures[s].cards);
        ali_model *model = read_good(deck, NULL);
        assert_int_equal(model->segment_count, structures[s].count);
        for (size_t i = 0; i < 9 && structures[s].segments[i].number > 0; i++) {
            const known_segment *known = &structures[s].segments[i];
            const ali_segment *mine = &model->segments[known->number - 1];
            ali_vec3 centre = ali_vec3_scale(0.5, ali_vec3_add(mine->start, mine->end));
            ali_vec3 wanted = {known->centre[0], known->centre[1], known->centre[2]};
            ali_vec3 off = ali_vec3_sub(centre, wanted);
            bool same = fabs(off.x) < printed && fabs(off.y) < printed && fabs(off.z) < printed &&
                        fabs(ali_vec3_distance(mine->start, mine->end) - known->length) < printed &&
                        fabs(mine->radius - known->radius) < printed && mine->tag == known->tag;
            if (!same)
                fail_msg("%s: segment %zu differs", structures[s].title, known->number);
        }
        alicorn_model_destroy(model);
    }
}

/** Segments of a wire join exactly, wires know their card, and copies name the card that made the
 * original. */
static void test_wires(void **unused)
{
    (void)unused;
    ali_model *model = read_good(
        "GW 1 3 1 0 0 1 0 1 .001\nGA 2 4 1 0 90 .002\nGM 10 1 0 0 0 0 0 5\n" ENDING, NULL);
    assert_int_equal(model->wire_count, 4);
    const size_t first[] = {0, 3, 7, 10}, count[] = {3, 4, 3, 4};
    const int tag[] = {1, 2, 11, 12}, line[] = {1, 2, 1, 2};
    const char *card[] = {"GW", "GA", "GW", "GA"};
    for (size_t w = 0; w < 4; w++) {
        const ali_wire *wire = &model->wires[w];
        assert_int_equal(wire->first, first[w]);
        assert_int_equal(wire->count, count[w]);
        assert_int_equal(wire->tag, tag[w]);
        assert_int_equal(wire->origin.line, line[w]);
        assert_string_equal(wire->origin.card, card[w]);
        for (size_t i = wire->first; i < wire->first + wire->count; i++) {
            assert_int_equal(model->segments[i].wire, w);
            if (i > wire->first)
                assert_memory_equal(&model->segments[i].start, &model->segments[i - 1].end,
                                    sizeof(ali_vec3));
        }
    }
    alicorn_model_destroy(model);
}

/** The end of a wire is the number of its card, to the last bit. */
static void test_exact_ends(void **unused)
{
    (void)unused;
    ali_model *model = read_good("GW 1 7 .1 .2 .3 1.1 2.2 3.3 .001\nGW 1 7 .1 .2 .3 1.1 2.2 3.3 0\n"
                                 "GC 0 0 1.1 .01 .02\n" ENDING,
                                 NULL);
    for (size_t i = 6; i < 14; i += 7)
        assert_true(model->segments[i].end.x == 1.1 && model->segments[i].end.y == 2.2 &&
                    model->segments[i].end.z == 3.3);
    assert_true(fabs(model->segments[13].radius - 0.02) < 1e-15);
    alicorn_model_destroy(model);
}

static void test_tags(void **unused)
{
    (void)unused;
    /* Tag 0 stays 0; GX doubles its increment at every plane; GR and GM count on. */
    ali_model *model = read_good("GW 0 1 1 1 1 2 2 2 .001\nGW 3 1 1 1 1 2 1 1 .001\nGX 10 11\n"
                                 "GR 100 2\n" ENDING,
                                 NULL);
    const int tags[] = {0, 3, 0, 13, 0, 23, 0, 33, 0, 103, 0, 113, 0, 123, 0, 133};
    assert_int_equal(model->segment_count, 16);
    for (size_t i = 0; i < 16; i++)
        assert_int_equal(model->segments[i].tag, tags[i]);
    alicorn_model_destroy(model);
}

static void test_scale(void **unused)
{
    (void)unused;
    const struct {
        const char *card;
        double factor[2]; /* of tags 1 and 2 */
    } cases[] = {
        {"GS 0 0 2.5", {2.5, 2.5}}, {"GS 0 0 ft", {0.3048, 0.3048}},
        {"GS 1", {0.3048, 0.3048}}, {"GS 2", {0.0254, 0.0254}},
        {"GS 2 2 3", {1, 3}},       {"GS 1 2 3", {3, 3}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char deck[200];
        snprintf(deck, sizeof deck, "GW 1 1 0 0 0 0 0 1 .01\nGW 2 1 1 0 0 1 0 1 .01\n%s\n" ENDING,
                 cases[i].card);
        ali_model *model = read_good(deck, NULL);
        for (size_t w = 0; w < 2; w++) {
            assert_true(fabs(model->segments[w].end.z - cases[i].factor[w]) < 1e-15);
            assert_true(fabs(model->segments[w].radius - 0.01 * cases[i].factor[w]) < 1e-16);
        }
        alicorn_model_destroy(model);
    }
}

static void test_errors(void **unused)
{
    (void)unused;
    const struct {
        const char *cards, *error;
    } cases[] = {
        {"GW 1 3 0 0 1 0 0 1 .001",
         "1:1: segment 1 of this GW has the length 0 m, expected more than 0\n"},
        {"GW 1 3 0 0 0 0 0 1e150 .001\nGS 0 0 1e200",
         "3:1: the GM and GS cards bring coordinates or "
         "radii out of the range of numbers, expected "
         "finite coordinates and radii above 0\n"},
        {"GC 0 0 1 .01 .01",
         "1:1: GC without a wire to taper, expected a GW card with radius 0 "
         "before\n"
         "2:1: the structure has no wires, expected GW, GA, GH, SP or SM cards before "
         "GE\n"},
        {"GW 1 3 0 0 0 0 0 1 0\nGW 2 3 1 0 0 1 0 1 .01",
         "1:20: GW F7 (wire radius): 0 stands for a tapered wire, expected a GC card on the next "
         "line or a radius above 0\n"},
        {"GW 1 3 0 0 0 0 0 1 0\nGC 1 0 1 .01 .01",
         "2:4: GC I1 (NEC-4's option, not supported): '1' is out of range, expected whole 0\n"},
        {"GA 1 3 1 0 400 .01",
         "1:12: GA F3 (angle of end 2): the arc spans 400 degrees, expected at most 360\n"},
        {"GH 1 9 .1 0 1 1 2 2 .01",
         "1:11: GH F2 (length along z): NEC-2 divides by it, expected another number than 0; a "
         "flat spiral has a small one, such as 1e-6\n"},
        {"GH 1 9 0 1 1 1 2 2 .01", "1:8: GH F1 (spacing between turns): 0 makes endless turns, "
                                   "expected another number\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGX 0 1", NULL}, /* from z = 0 upwards: allowed */
        {"GW 1 3 0 0 0 0 1 0 .01\nGX 0 1",
         "2:6: GX I2 (planes): segment 1 lies in or crosses the xy plane, expected all wires on "
         "one side\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGR 1 0",
         "2:6: GR I2 (number of positions on the circle): '0' is out of range, expected whole 1 to "
         "1000000\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGR 0 1e9",
         "2:6: GR I2 (number of positions on the circle): '1e9' is out of range, expected whole 1 "
         "to 1000000\n"},
        {"GW 1 999 0 0 0 0 0 1 .01\nGR 0 999999",
         "2:6: GR makes a structure of 998999001 segments, expected at most 1000000\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGM 0 1 0 0 0 0 0 1 7",
         "2:20: GM F7 (first tag concerned): no segment has the tag 7, expected one of the wires "
         "before\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGM 0 1 0 0 0 0 0 1 1.5",
         "2:20: GM F7 (first tag concerned): 1.5 is not a whole number, expected a tag\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGM 999999999 2 0 0 0 0 0 1",
         "2:4: GM I1 (tag increment): gives the tag 1999999999, expected at most 1000000000\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGS 0 0 0", "2:8: GS F1 (factor): is 0, expected more than 0\n"},
        {"GW 1 3 0 0 0 0 0 1 .01\nGS 0 0 -1",
         "2:8: GS F1 (factor; 0: I1 = 1 feet, I1 = 2 inches to metres): '-1' is out of range, "
         "expected at least 0\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char deck[300];
        snprintf(deck, sizeof deck, "%s\n" ENDING, cases[i].cards);
        if (cases[i].error)
            assert_string_equal(read_bad(deck), cases[i].error);
        else
            alicorn_model_destroy(read_good(deck, NULL));
    }
}

/** A wrong wire is one error; cards that refer to what it should have made are not blamed. */
static void test_no_cascade(void **unused)
{
    (void)unused;
    assert_string_equal(read_bad("GW 1 x 0 0 0 0 0 1 .001\nGM 1 1 0 0 0 0 0 2 1\nGX 0 1\nGE\n"
                                 "EX 0 1 2\nLD 5 2 0 0 58e6\nTL 1 1 2 1 50\nCP 1 1 2 1\nXQ\n"),
                        "1:6: GW I2 (number of segments): unknown name 'x', expected whole 1 to "
                        "1000000\n");
}

/** Cards that move a large structure often are stopped before they take minutes. */
static void test_work_is_bounded(void **unused)
{
    (void)unused;
    enum { COUNT = 2000 };
    char *deck = malloc(COUNT * 40);
    assert_non_null(deck);
    char *at = deck + sprintf(deck, "GW 1 200000 0 0 0 0 0 1 .001\n");
    for (int i = 0; i < COUNT; i++)
        at += sprintf(at, "GM 0 0 0 0 0 1 0 0\n");
    strcpy(at, "GE\n");
    const char *errors = read_bad(deck);
    assert_non_null(strstr(errors, "expected fewer cards"));
    assert_int_equal(strchr(errors, 10)[1], 0); /* that one only */
    free(deck);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_nec2),    cmocka_unit_test(test_wires),
        cmocka_unit_test(test_exact_ends), cmocka_unit_test(test_tags),
        cmocka_unit_test(test_scale),      cmocka_unit_test(test_errors),
        cmocka_unit_test(test_no_cascade), cmocka_unit_test(test_work_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
