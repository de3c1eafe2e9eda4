/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Pruned enumeration against brute force: every combination of channels of every set of radios
 *  and emissions, with every pattern of multiples, on small random scenes. */

#include "cosite_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cosite/product.h"

#define RADIOS 6
#define ORDERS (ALI_RADIO_ORDER + 1)

/** Worst margin of every order, victim and aggressor. */
typedef double table[ORDERS][RADIOS][RADIOS];

static void clear_table(table worst)
{
    for (size_t n = 0; n < ORDERS; n++)
        for (size_t v = 0; v < RADIOS; v++)
            for (size_t a = 0; a < RADIOS; a++)
                worst[n][v][a] = -HUGE_VAL;
}

/** Level of the emission of a radio at the victim's front end, by hand: power, what the line is
 * below it, and the path. */
static double tone_level(const ali_scene *scene, size_t radio, size_t line, size_t i, size_t victim,
                         size_t j)
{
    const ali_station *from = &scene->stations[radio], *to = &scene->stations[victim];
    double apart = from->lines[line].frequency[i] - to->radio->channels[j].receive;
    return from->lines[line].level[i] + ali_scene_link(scene, radio, victim)->line[line][i] -
           ali_curve_at(&to->preselection, apart);
}

/** n!/prod |m|! over that of the balanced product of two tones [dB]. */
static double multinomial_db(int n, const int *m)
{
    double value = tgamma(n / 2 + 1) * tgamma(n - n / 2 + 1);
    for (size_t t = 0; t < 3; t++)
        value /= tgamma(abs(m[t]) + 1);
    return 20 * log10(value);
}

/** One combination: three emissions, of which those with m = 0 do not matter. */
static void try_product(const ali_scene *scene, size_t v, size_t j, const size_t *radio,
                        const size_t *line, const size_t *i, const int *m, table worst)
{
    const ali_station *victim = &scene->stations[v];
    int n = abs(m[0]) + abs(m[1]) + abs(m[2]);
    double frequency = 0, bandwidth = 0, margin = 0;
    for (size_t t = 0; t < 3; t++)
        if (m[t] != 0 && radio[t] == v && i[t] != j)
            return; /* a radio is on one channel */
    for (size_t t = 0; t < 3; t++)
        if (m[t] != 0) {
            const ali_line *each = &scene->stations[radio[t]].lines[line[t]];
            frequency += m[t] * each->frequency[i[t]];
            bandwidth += abs(m[t]) * each->bandwidth;
        }
    double width = victim->radio->receiver.bandwidth;
    double offset = fabs(fabs(frequency) - victim->radio->channels[j].receive);
    if (offset > (width + bandwidth) / 2)
        return;
    double overlap =
        fmin(width / 2, offset + bandwidth / 2) - fmax(-width / 2, offset - bandwidth / 2);
    margin = fmin(10 * log10(overlap / fmin(width, bandwidth)), 0) + multinomial_db(n, m) -
             (n - 1) * victim->radio->receiver.iip[n] - victim->limit;
    for (size_t t = 0; t < 3; t++)
        if (m[t] != 0)
            margin += abs(m[t]) * tone_level(scene, radio[t], line[t], i[t], v, j);
    for (size_t t = 0; t < 3; t++)
        if (m[t] != 0 && margin > worst[n][v][radio[t]])
            worst[n][v][radio[t]] = margin;
}

/** All multiples of one set of emissions. */
static void try_multiples(const ali_scene *scene, int order, size_t v, size_t j,
                          const size_t *radio, const size_t *line, const size_t *i, table worst)
{
    for (int a = -order; a <= order; a++)
        for (int b = -order; b <= order; b++)
            for (int c = -order; c <= order; c++) {
                int m[] = {a, b, c}, n = abs(a) + abs(b) + abs(c);
                if (n >= 2 && n <= order)
                    try_product(scene, v, j, radio, line, i, m, worst);
            }
}

static void brute_force(const ali_scene *scene, int order, table worst)
{
    const ali_station *s = scene->stations;
    size_t radio[3], line[3], i[3];
    for (size_t v = 0; v < scene->count; v++)
        for (size_t j = 0; s[v].radio->receives && j < s[v].channel_count; j++)
            for (radio[0] = 0; radio[0] < scene->count; radio[0]++)
                for (radio[1] = radio[0] + 1; radio[1] < scene->count; radio[1]++)
                    for (radio[2] = radio[1] + 1; radio[2] < scene->count; radio[2]++) {
                        if (!ali_scene_applies(scene, v, radio[0]) ||
                            !ali_scene_applies(scene, v, radio[1]) ||
                            !ali_scene_applies(scene, v, radio[2]))
                            continue;
                        for (line[0] = 0; line[0] < s[radio[0]].line_count; line[0]++)
                            for (line[1] = 0; line[1] < s[radio[1]].line_count; line[1]++)
                                for (line[2] = 0; line[2] < s[radio[2]].line_count; line[2]++)
                                    for (i[0] = 0; i[0] < s[radio[0]].channel_count; i[0]++)
                                        for (i[1] = 0; i[1] < s[radio[1]].channel_count; i[1]++)
                                            for (i[2] = 0; i[2] < s[radio[2]].channel_count; i[2]++)
                                                try_multiples(scene, order, v, j, radio, line, i,
                                                              worst);
                    }
}

static void pruned(ali_scene *scene, const ali_product_tables *tables, table worst)
{
    ali_findings findings = {.products.limit = 1000};
    for (size_t v = 0; v < scene->count; v++) {
        if (!scene->radios->radios[v].receives)
            continue;
        ali_tones tones;
        assert_int_equal(ali_tones_create(scene, v, NULL, &tones, NULL), ALICORN_OK);
        assert_int_equal(ali_product_search(scene, tables, &tones, &findings, NULL), ALICORN_OK);
        ali_tones_clear(&tones);
    }
    for (size_t e = 0; e < findings.count; e++) {
        const alicorn_cosite_entry *entry = &findings.entries[e];
        for (size_t t = 0; t < entry->tone_count; t++) {
            double *place = &worst[entry->order][entry->victim][entry->tones[t].radio];
            *place = fmax(*place, entry->margin_db);
        }
    }
    ali_findings_clear(&findings);
}

/** Random channels near each other, so that products of odd order meet, and a receiver at sums. */
static alicorn_radios *crowded_scene(uint64_t *state, bool raster, bool duplex)
{
    alicorn_radios *radios = random_scene(state, 4, 0);
    for (size_t r = 0; r < radios->radio_count; r++) {
        ali_radio *radio = &radios->radios[r];
        for (size_t k = 0; k < 2; k++) {
            double frequency = random_between(state, 100e6, 101e6);
            if (raster)
                frequency = 25e3 * floor(frequency / 25e3);
            add_channels(radio, frequency * (r == 3 && k == 0 ? 2 : 1), 0, 1);
        }
        if (!radio->transmits)
            make_transmitter(radio, 40, 16e3);
        if (!radio->receives)
            make_receiver(radio, -100, 16e3)->iip[3] = 15;
    }
    if (duplex) {
        radios->radios[1].full_duplex = true;
        state_isolation(radios, 1, 1, 50);
        radios->radios[1].channels[0].receive += 150e3;
    }
    return radios;
}

/** The sets of three in which a radio takes part contain all of its sets of one and two, with
 * multiples of 0: brute force looks at the former only, and needs at least three aggressors. */
static void pruning_misses_nothing(void **unused)
{
    (void)unused;
    uint64_t state = 7;
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.floor_db = -HUGE_VAL;
    for (int round = 0; round < 6; round++) {
        options.order = 3 + round % 3;
        alicorn_radios *radios = crowded_scene(&state, round < 3, round % 2);
        ali_scene scene;
        ali_product_tables tables;
        assert_int_equal(ali_product_tables_create(&options, &tables, NULL), ALICORN_OK);
        assert_int_equal(ali_scene_create(radios, &options, &scene, NULL), ALICORN_OK);
        table slow, fast;
        clear_table(slow);
        clear_table(fast);
        brute_force(&scene, options.order, slow);
        pruned(&scene, &tables, fast);
        size_t found = 0;
        for (size_t n = 2; n < ORDERS; n++)
            for (size_t v = 0; v < scene.count; v++)
                for (size_t a = 0; a < scene.count; a++) {
                    if (slow[n][v][a] == -HUGE_VAL) {
                        assert_true(fast[n][v][a] == -HUGE_VAL);
                        continue;
                    }
                    assert_near(fast[n][v][a], slow[n][v][a], 1e-6);
                    found++;
                }
        assert_true(found > 4);
        ali_scene_clear(&scene);
        ali_product_tables_clear(&tables);
        alicorn_radios_destroy(radios);
    }
}

/* ---- products of transmitters ---- */

static double reverse_by_hand(const ali_scene *scene, size_t maker, size_t other, size_t victim)
{
    const ali_station *t = &scene->stations[maker], *u = &scene->stations[other];
    const ali_station *v = &scene->stations[victim];
    double best = -HUGE_VAL;
    for (size_t i = 0; i < t->channel_count; i++)
        for (size_t k = 0; k < u->channel_count; k++)
            for (size_t j = 0; j < v->channel_count; j++)
                for (int a = -4; a <= 4; a++)
                    for (int b = -4; b <= 4; b++) {
                        int n = abs(a) + abs(b);
                        double own = t->lines[0].frequency[i], in = u->lines[0].frequency[k];
                        double receive = v->radio->channels[j].receive;
                        double loss = n == 3   ? t->radio->transmitter.reverse[0].loss
                                      : n == 5 ? t->radio->transmitter.reverse[1].loss
                                               : HUGE_VAL;
                        double width =
                            abs(a) * t->lines[0].bandwidth + abs(b) * u->lines[0].bandwidth;
                        double off = fabs(a * own + b * in) - receive;
                        double power = t->radio->transmitter.power_dbm;
                        double level = u->lines[0].level[k] +
                                       ali_scene_link(scene, other, maker)->backward[k] -
                                       ali_curve_at(&t->tracking, in - own);
                        double gain = ali_scene_link(scene, maker, victim)->channel[j] -
                                      ali_curve_at(&t->tracking, receive - own);
                        double margin =
                            power + abs(b) * (level - power) - loss + gain - v->limit +
                            ali_search_overlap(v->radio->receiver.bandwidth, width, off);
                        if (a != 0 && b != 0 && n <= 5)
                            best = fmax(best, margin);
                    }
    return best;
}

static void transmitter_products_are_all_found(void **unused)
{
    (void)unused;
    uint64_t state = 11;
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.floor_db = -HUGE_VAL;
    size_t found = 0;
    for (int round = 0; round < 3; round++) {
        alicorn_radios *radios = random_scene(&state, 4, 0);
        for (size_t r = 0; r < 4; r++)
            add_channels(&radios->radios[r], 100e6 + 75e3 * (double)r, 25e3, 4);
        add_point(&radios->radios[0].transmitter.tracking, 50e3, 3);
        add_point(&radios->radios[0].transmitter.tracking, 200e3, 20);
        ali_scene scene;
        ali_product_tables tables;
        ali_findings findings = {.products.limit = 1000};
        assert_int_equal(ali_product_tables_create(&options, &tables, NULL), ALICORN_OK);
        assert_int_equal(ali_scene_create(radios, &options, &scene, NULL), ALICORN_OK);
        for (size_t r = 0; r < 4; r++)
            assert_int_equal(ali_reverse_search(&scene, &tables, r, &findings, NULL), ALICORN_OK);
        for (size_t e = 0; e < findings.count; e++) {
            const alicorn_cosite_entry *entry = &findings.entries[e];
            assert_near(entry->margin_db,
                        reverse_by_hand(&scene, entry->tones[0].radio, entry->tones[1].radio,
                                        entry->victim),
                        1e-6);
            found++;
        }
        ali_findings_clear(&findings);
        ali_scene_clear(&scene);
        ali_product_tables_clear(&tables);
        alicorn_radios_destroy(radios);
    }
    assert_true(found > 6);
}

/* ---- search ---- */

/** Channels on rasters that never meet are known for it at once; a little offset makes them meet.
 */
static void rasters_that_miss_are_told(void **unused)
{
    (void)unused;
    enum { COUNT = 200 };
    double frequency[4][COUNT], level[COUNT];
    ali_axis axes[4];
    for (size_t a = 0; a < 4; a++) {
        for (size_t i = 0; i < COUNT; i++) {
            frequency[a][i] = 100e6 + 25e3 * (double)i + (a == 3 ? 12.5e3 : 0);
            level[i] = -(double)i;
        }
        assert_int_equal(ali_axis_create(COUNT, frequency[a], level, &axes[a], NULL), ALICORN_OK);
    }
    ali_search_problem problem = {.axis_count = 4,
                                  .axes = {&axes[0], &axes[1], &axes[2], &axes[3]},
                                  .coefficient = {1, 1, -1, -1},
                                  .weight = {1, 1, 1, 0},
                                  .width = 10e3,
                                  .bandwidth = 6e3};
    size_t at[ALI_SEARCH_AXES];
    double best = -HUGE_VAL;
    assert_false(ali_search_best(&problem, &best, at));
    problem.width = 20e3;
    assert_true(ali_search_best(&problem, &best, at));
    assert_near(best, ali_search_overlap(20e3, 6e3, 12.5e3), 1e-9);
    assert_int_equal(at[0] + at[1] + at[2], 0);
    for (size_t a = 0; a < 4; a++)
        ali_axis_clear(&axes[a]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pruning_misses_nothing),
        cmocka_unit_test(transmitter_products_are_all_found),
        cmocka_unit_test(rasters_that_miss_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
