/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_PRODUCT_H
#define ALI_COSITE_PRODUCT_H

#include "cosite/pair.h"
#include "cosite/search.h"

#include <stdint.h>

/** @file
 *  Intermodulation: products |sum m f| of the orders asked, in receivers and in transmitters. */

#define ALI_PRODUCT_TONES 3

/** Signs and multiples of a product. */
typedef struct ali_pattern_of_tones {
    int order;      /**< sum |m| */
    int tone_count; /**< 1 … 3 */
    int m[ALI_PRODUCT_TONES];
    double gain; /**< [dB] over |m| P summed - (n - 1) IIPn: 20 lg of the multinomial coefficient
                      n!/prod |m|! over that of the balanced product of two tones, which defines
                      IIPn */
} ali_pattern_of_tones;

/** All patterns of an order and of a number of tones with a positive sum possible. */
typedef struct ali_patterns {
    ali_pattern_of_tones *items;
    size_t count, capacity;
} ali_patterns;

/** One emission of one radio as a tone at a victim's front end. */
typedef struct ali_tone {
    size_t radio, line;
    ali_axis axis; /**< level: at the front end but for the preselection [dBm] */
    double least;  /**< of the preselection over all channels of both [dB] */
    double peak;   /**< largest level less that [dBm] */
} ali_tone;

/** What a victim hears: tones, strongest first. */
typedef struct ali_tones {
    size_t victim;
    ali_axis axis; /**< the victim's channels, level 0 */
    ali_tone *items;
    size_t count;
} ali_tones;

/** @param channels  [radios] the one channel that each radio is on; NULL: any of its own */
alicorn_status ali_tones_create(const ali_scene *scene, size_t victim, const size_t *channels,
                                ali_tones *tones, alicorn_error *error);
void ali_tones_clear(ali_tones *tones);

/** One set of tones and one pattern which may disturb. */
typedef struct ali_candidate {
    const ali_pattern_of_tones *pattern;
    size_t tones[ALI_PRODUCT_TONES]; /**< indices into ali_tones */
    double bound;                    /**< of the margin [dB] */
} ali_candidate;

/** Called for every candidate; a status other than ALICORN_OK ends the walk. */
typedef alicorn_status (*ali_candidate_fn)(void *user, const ali_candidate *candidate);

/** Everything that products need once per run: patterns by order and number of tones. */
typedef struct ali_product_tables {
    ali_patterns patterns[ALI_RADIO_ORDER + 1][ALI_PRODUCT_TONES + 1];
} ali_product_tables;

alicorn_status ali_product_tables_create(const alicorn_cosite_options *options,
                                         ali_product_tables *tables, alicorn_error *error);
void ali_product_tables_clear(ali_product_tables *tables);

/** Which candidates a walk visits: those whose bound of the margin is above `low`, not above
 * `high`, and above the record of one of its radios. */
typedef struct ali_walk_limits {
    double low, high;     /**< [dB] */
    const double *record; /**< [radios] [dB], may grow during the walk; NULL: none */
} ali_walk_limits;

/** Walk over the products of one order in a victim's receiver whose frequencies may meet one of its
 * channels. */
alicorn_status ali_product_walk(const ali_scene *scene, const ali_product_tables *tables,
                                const ali_tones *tones, int order, const ali_walk_limits *limits,
                                ali_candidate_fn visit, void *user);

/** A product without its channels: in a receiver, or, for two radios, in the transmitter of the
 * first. */
typedef struct ali_product {
    const ali_pattern_of_tones *pattern;
    bool reverse; /**< made in the transmitter of radio[0] */
    uint16_t victim;
    uint16_t radio[ALI_PRODUCT_TONES], line[ALI_PRODUCT_TONES];
} ali_product;

/** Products that may matter, for situations to come. */
typedef struct ali_product_list {
    ali_product *items;
    size_t count, capacity;
    size_t limit; /**< no more than as many */
    bool full;    /**< the limit kept some out */
} ali_product_list;

/** Margins [dB] that a product of the list may reach at least: those well below the asked one add
 * little to a sum. */
double ali_product_list_floor(const alicorn_cosite_options *options);
alicorn_status ali_product_list_add(ali_product_list *list, const ali_product *product,
                                    alicorn_error *error);

/** Where entries and products are collected. */
typedef struct ali_findings {
    alicorn_cosite_entry *entries;
    size_t count, capacity;
    ali_product_list products;
} ali_findings;

alicorn_status ali_findings_add(ali_findings *findings, const alicorn_cosite_entry *entry,
                                alicorn_error *error);
void ali_findings_clear(ali_findings *findings);

/** Margin of a product [dB] when every radio is on the channel given, shape [radios]; -HUGE_VAL if
 * it misses the victim's channel or has no path data. */
double ali_product_margin(const ali_scene *scene, const ali_product *product,
                          const size_t *channels);

/** Search the worst product of every order for every aggressor in a victim's receiver. */
alicorn_status ali_product_search(ali_scene *scene, const ali_product_tables *tables,
                                  const ali_tones *tones, ali_findings *findings,
                                  alicorn_error *error);

/** Loss of a transmitter's products of an order [dB]; HUGE_VAL: it makes none. */
double ali_reverse_loss(const ali_transmitter *transmitter, int order);

/** Keep the strongest products that may matter at a victim for plans and samples. */
alicorn_status ali_product_keep(const ali_scene *scene, const ali_product_tables *tables,
                                const ali_tones *tones, ali_product_list *products,
                                alicorn_error *error);

/** Search the worst product of transmitter `maker` with every other radio for every victim. */
alicorn_status ali_reverse_search(ali_scene *scene, const ali_product_tables *tables, size_t maker,
                                  ali_findings *findings, alicorn_error *error);

/** Walk over the products of all transmitters at a victim whose margin may be above `floor`. */
typedef void (*ali_product_fn)(void *user, const ali_product *product);
void ali_reverse_walk(const ali_scene *scene, const ali_product_tables *tables, size_t victim,
                      double floor, ali_product_fn visit, void *user);

/** Keep those that may matter at a victim for plans and samples. */
alicorn_status ali_reverse_keep(const ali_scene *scene, const ali_product_tables *tables,
                                size_t victim, ali_product_list *products, alicorn_error *error);

/** The product that a candidate stands for. */
ali_product ali_candidate_product(const ali_tones *tones, const ali_candidate *candidate);

#endif
