/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_COSITE_H
#define ALICORN_COSITE_H

#include "alicorn/status.h"

/** @file
 *  Radios that share a place: does every one work when all of them work? The margin of an
 *  interference is the level that it has at the receiver's port minus the level that the receiver
 *  stands there, in dB: above 0 (alicorn_cosite_options.margin_db) the receiver is disturbed.
 *  Formulas and sources: docs/theory/cosite.md. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct alicorn_network alicorn_network;
typedef struct ali_radios alicorn_radios;

/** Give a platform its S-parameters, as solved; the description takes them over, also when this
 *  fails. Ports are matched by name.
 *  @return ALICORN_OK, ALICORN_E_USAGE (no such platform), ALICORN_E_INPUT (a radio's port is not
 *          there), ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_radios_set_network(alicorn_radios *radios, const char *platform,
                                                      alicorn_network *network,
                                                      alicorn_error *error);

ALICORN_API void alicorn_radios_destroy(alicorn_radios *radios);

/* ---- what is asked ---- */

typedef struct alicorn_cosite_options {
    int order;          /**< of intermodulation, 2 … 7; 0 or 1: none. Default 5 */
    int tones;          /**< in a product, 2 or 3. Default 3 */
    int emission_tones; /**< 1: harmonics and spurs are tones of products, too. Default 1 */
    double margin_db;   /**< a margin above this is an interference. Default 0 */
    double floor_db;    /**< products of intermodulation with margins below this are not looked
                             for; -HUGE_VAL: all are. Default -20 */
    int hold;           /**< 1: where S or a chain was not computed, take the value at the nearest
                             frequency that was, and mark what follows from it as assumed.
                             Default 0: there is no path data */
    int plan;           /**< 1: look for a frequency plan. Default 1 */
    size_t plan_steps;  /**< an exact search gives up after as many channels and products tried.
                           Default 20000000 */
    size_t samples;     /**< of the availability of the whole: combinations of channels drawn if
                             there are more. Default 1000 */
    size_t entry_limit; /**< of the list of interferences. Default 1000 */
    alicorn_progress_fn progress; /**< may be NULL */
    void *progress_user;
} alicorn_cosite_options;

ALICORN_API void alicorn_cosite_options_default(alicorn_cosite_options *options);

/* ---- what comes out ---- */

/** X(name, value, text): what comes from a transmitter. */
#define ALICORN_COSITE_EMISSION_TABLE(X)                                                           \
    X(ALICORN_EMISSION_CARRIER, 0, "carrier")                                                      \
    X(ALICORN_EMISSION_SIDEBAND, 1, "sideband")                                                    \
    X(ALICORN_EMISSION_NOISE, 2, "broadband noise")                                                \
    X(ALICORN_EMISSION_HARMONIC, 3, "harmonic")                                                    \
    X(ALICORN_EMISSION_SPUR, 4, "spur")                                                            \
    X(ALICORN_EMISSION_INTERMODULATION, 5, "transmitter intermodulation")

/** X(name, value, text): how it disturbs a receiver. */
#define ALICORN_COSITE_RESPONSE_TABLE(X)                                                           \
    X(ALICORN_RESPONSE_CHANNEL, 0, "in channel")                                                   \
    X(ALICORN_RESPONSE_SELECTIVITY, 1, "out of channel")                                           \
    X(ALICORN_RESPONSE_IMAGE, 2, "image")                                                          \
    X(ALICORN_RESPONSE_SPURIOUS, 3, "spurious response")                                           \
    X(ALICORN_RESPONSE_INTERMODULATION, 4, "receiver intermodulation")                             \
    X(ALICORN_RESPONSE_BLOCKING, 5, "blocking")                                                    \
    X(ALICORN_RESPONSE_SATURATION, 6, "saturation")

#define ALICORN_COSITE_ENUM(name, value, text) name = value,
typedef enum alicorn_cosite_emission {
    ALICORN_COSITE_EMISSION_TABLE(ALICORN_COSITE_ENUM)
} alicorn_cosite_emission;
typedef enum alicorn_cosite_response {
    ALICORN_COSITE_RESPONSE_TABLE(ALICORN_COSITE_ENUM)
} alicorn_cosite_response;
#undef ALICORN_COSITE_ENUM

/** Short English texts of the tables, never NULL. */
ALICORN_API const char *alicorn_cosite_emission_text(alicorn_cosite_emission emission);
ALICORN_API const char *alicorn_cosite_response_text(alicorn_cosite_response response);

/** Index that stands for "none". */
#define ALICORN_COSITE_NONE ((size_t)-1)

/** One emission of one radio that takes part. */
typedef struct alicorn_cosite_tone {
    size_t radio;
    size_t channel; /**< index into the radio's channels */
    alicorn_cosite_emission emission;
    int number; /**< of the harmonic, 2, …; of the spur in the radio's list, from 1; else 0 */
    int coefficient;     /**< m of this tone in the product's frequency |sum m f|; else 1 */
    double frequency_hz; /**< of the tone */
    double level_dbm;    /**< at the victim's front end behind chain and preselection, NAN without
                              path data; in a product of a transmitter: at that transmitter's port */
} alicorn_cosite_tone;

/** One interference: the worst over channels of its kind. */
typedef struct alicorn_cosite_entry {
    size_t victim;         /**< radio */
    size_t victim_channel; /**< index into its channels */
    double receive_hz;     /**< frequency of that channel */
    alicorn_cosite_emission emission;
    alicorn_cosite_response response;
    int p, q;  /**< |p RF +- q LO| = IF, for an image or spurious response, else 0; images of later
                    mixers: p = the mixer's number, q = 0 with response IMAGE */
    int order; /**< of intermodulation, 2, …; else 0 */
    size_t tone_count; /**< 1 … 3; tones[0].radio transmits in a product of a transmitter */
    alicorn_cosite_tone tones[3];
    double frequency_hz; /**< at which it arrives, or of the product */
    int has_path;        /**< 1: path_db is given, one emission from one radio */
    double path_db;      /**< from port to port [dB], chains included */
    double level_dbm;    /**< at the receiver's port: of a line; of sidebands and noise as they
                            fall into the channel; of a product, in the receiver as referred
                            to its port; for blocking and saturation behind the preselection */
    double limit_dbm;    /**< the level of this that the receiver stands: in the channel, and
                            more by its rejection elsewhere */
    double margin_db;    /**< level_dbm - limit_dbm */
    int has_error; /**< 1: an error of S is known on its paths, and so is that of the margin */
    double margin_least_db, margin_most_db; /**< the margin's error bar; margin_db without one.
                                                 -HUGE_VAL: there may be no coupling at all */
    double needed_db; /**< isolation or filtering that brings the margin to the asked one, for
                           all tones alike; 0 if none is needed */
    int has_desensitisation;   /**< the receiver's noise is known, and this is noise-like */
    double desensitisation_db; /**< 10 log10(1 + I/N) [dB] */
    int assumed;               /**< 1: rests on path data held beyond its range */
    int beyond_law;            /**< 1: a product whose tones are too strong for intercept points or
                                    conversion losses; the margin is more than there can be */
} alicorn_cosite_entry;

/** What is not known: no path data where an emission would have to be followed. */
typedef struct alicorn_cosite_unknown {
    size_t victim, aggressor;
    alicorn_cosite_emission emission;
    int number;             /**< of harmonic or spur, else 0 */
    double low_hz, high_hz; /**< range of the frequencies concerned */
    size_t count;           /**< combinations of channels concerned */
} alicorn_cosite_unknown;

/** Victim (row) against aggressor (column). */
typedef struct alicorn_cosite_cell {
    int applies;         /**< 0: no such pair, or one cannot disturb the other; all else is void */
    size_t worst;        /**< index into entries, or ALICORN_COSITE_NONE: nothing was found */
    size_t worst_alone;  /**< the same without intermodulation in the receiver or transmitters */
    size_t unknown;      /**< how many entries of `unknowns` concern it: margins may be worse */
    double needed_db;    /**< isolation between the two that every entry of theirs needs; 0: none */
    double availability; /**< share of combinations of both radios' channels without interference,
                              one-to-one, 0 … 1; unknowns count as none */
} alicorn_cosite_cell;

/** All at once: everybody transmits. */
typedef struct alicorn_cosite_total {
    int applies;      /**< 0: not a receiver, or nobody disturbs it */
    size_t *channels; /**< [radios] channel that each radio is on in this worst situation found */
    double receive_hz;
    double level_dbm; /**< power sum as if in the channel, at the receiver's port */
    double mean_dbm;  /**< the same weighted with duty cycles */
    double limit_dbm;
    double margin_db; /**< level_dbm - limit_dbm */
    int has_error;    /**< as of an entry */
    double margin_least_db, margin_most_db;
    int has_desensitisation;
    double desensitisation_db, mean_desensitisation_db;
    int has_blocking;
    double blocking_dbm;       /**< power sum at the front end, worst channels of everybody */
    double blocking_margin_db; /**< against the 1-dB compression point */
    int has_blocking_error;
    double blocking_least_db, blocking_most_db;
    double time_share;   /**< share of time with interference if all key independently with their
                              duty cycles, in this situation, one-to-one; 0 … 1 */
    double availability; /**< share of combinations of all radios' channels without interference
                              one-to-one at this receiver, 0 … 1 */
    size_t unknown;      /**< entries of `unknowns` that concern it */
    int assumed;
    int beyond_law; /**< 1: products beyond their law are more than 1 % of it */
} alicorn_cosite_total;

/** X(name, value, text): what is known about a frequency plan. */
#define ALICORN_COSITE_PLAN_TABLE(X)                                                               \
    X(ALICORN_PLAN_NONE, 0, "not asked")                                                           \
    X(ALICORN_PLAN_FREE, 1, "free of interference")                                                \
    X(ALICORN_PLAN_BEST, 2, "no plan is free; this has the fewest conflicts")                      \
    X(ALICORN_PLAN_FOUND, 3, "conflicts remain; a better plan may exist")

#define ALICORN_COSITE_PLAN_ENUM(name, value, text) name = value,
typedef enum alicorn_cosite_plan_state {
    ALICORN_COSITE_PLAN_TABLE(ALICORN_COSITE_PLAN_ENUM)
} alicorn_cosite_plan_state;
#undef ALICORN_COSITE_PLAN_ENUM

ALICORN_API const char *alicorn_cosite_plan_text(alicorn_cosite_plan_state state);

/** One channel for each radio. */
typedef struct alicorn_cosite_plan {
    alicorn_cosite_plan_state state;
    int exact;              /**< 1: branch and bound ended; 0: greedy (DSATUR) */
    size_t *channels;       /**< [radios]; NULL if not asked */
    size_t conflicts;       /**< pairs of radios and products that disturb in this plan */
    double worst_margin_db; /**< in this plan, -HUGE_VAL if nothing arrives */
    int has_worst;
} alicorn_cosite_plan;

typedef struct alicorn_cosite_result {
    size_t radio_count;
    char **names;               /**< [radios] */
    char **platforms;           /**< [radios] of their platforms */
    size_t *channel_counts;     /**< [radios] */
    double **transmit_hz;       /**< [radios][channels]; NAN where it does not transmit */
    double **receive_hz;        /**< [radios][channels] */
    alicorn_cosite_cell *cells; /**< [radios victims][radios aggressors] */
    size_t entry_count;
    alicorn_cosite_entry *entries; /**< worst margin first */
    size_t entries_left_off;       /**< that the limit kept out of the list; cells count them */
    size_t unknown_count;
    alicorn_cosite_unknown *unknowns;
    alicorn_cosite_total *totals; /**< [radios] */
    alicorn_cosite_plan plan;
    int has_availability;
    double availability;        /**< share of combinations of all channels in which nothing disturbs
                                     anybody, products included, 0 … 1 */
    double availability_error;  /**< its standard error; 0 if all combinations were tried */
    size_t combinations;        /**< tried */
    double margin_db, floor_db; /**< of the options */
    int order, tones;
} alicorn_cosite_result;

/** Margins of all pairs, products, totals and a plan. The description is only read.
 *  @return ALICORN_OK, ALICORN_E_USAGE (options), ALICORN_E_INPUT (description, or S of a project
 *          not given), ALICORN_E_MEMORY, ALICORN_E_INTERRUPTED */
ALICORN_API alicorn_status alicorn_cosite_run(const alicorn_radios *radios,
                                              const alicorn_cosite_options *options,
                                              alicorn_cosite_result **result, alicorn_error *error);

ALICORN_API void alicorn_cosite_result_destroy(alicorn_cosite_result *result);

#ifdef __cplusplus
}
#endif
#endif
