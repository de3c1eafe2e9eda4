/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_COMPARE_H
#define ALICORN_COMPARE_H

#include "alicorn/assess.h"
#include "alicorn/cosite.h"
#include "alicorn/network.h"
#include "alicorn/result.h"

/** @file
 *  Two results side by side, A and B: what changed, point by point and in short. Looks at what any
 *  program can read from results; docs/theory/assess.md. */

#ifdef __cplusplus
extern "C" {
#endif

/** X(name, value, text, unit, sense): what is compared. Sense: 1 if more is better, -1 if less is,
 * 0 if neither. */
#define ALICORN_COMPARE_QUANTITY_TABLE(X)                                                          \
    X(ALICORN_COMPARE_S, 0, "s", "dB", -1)                                                         \
    X(ALICORN_COMPARE_S_DISTANCE, 1, "s_distance", "", -1)                                         \
    X(ALICORN_COMPARE_ISOLATION, 2, "isolation", "dB", 1)                                          \
    X(ALICORN_COMPARE_VSWR, 3, "vswr", "", -1)                                                     \
    X(ALICORN_COMPARE_GAIN, 4, "gain", "dBi", 1)                                                   \
    X(ALICORN_COMPARE_COVERAGE, 5, "coverage", "%", 1)                                             \
    X(ALICORN_COMPARE_RIPPLE, 6, "ripple", "dB", -1)                                               \
    X(ALICORN_COMPARE_RCS, 7, "rcs", "dBsm", -1)                                                   \
    X(ALICORN_COMPARE_MARGIN, 8, "margin", "dB", -1)                                               \
    X(ALICORN_COMPARE_TOTAL_MARGIN, 9, "total_margin", "dB", -1)

/** X(name, value, text): how a value of the summary was got from many. */
#define ALICORN_COMPARE_STATISTIC_TABLE(X)                                                         \
    X(ALICORN_COMPARE_VALUE, 0, "value")                                                           \
    X(ALICORN_COMPARE_LEAST, 1, "least")                                                           \
    X(ALICORN_COMPARE_GREATEST, 2, "greatest")                                                     \
    X(ALICORN_COMPARE_MEDIAN, 3, "median")                                                         \
    X(ALICORN_COMPARE_PERCENTILE, 4, "percentile")

/** X(name, value, text): what only one of the two may have. */
#define ALICORN_COMPARE_ONLY_TABLE(X)                                                              \
    X(ALICORN_ONLY_PORT, 0, "port")                                                                \
    X(ALICORN_ONLY_FREQUENCY, 1, "frequency")                                                      \
    X(ALICORN_ONLY_PATTERN, 2, "pattern")                                                          \
    X(ALICORN_ONLY_RCS, 3, "cross-sections")                                                       \
    X(ALICORN_ONLY_RADIO, 4, "radio")                                                              \
    X(ALICORN_ONLY_S, 5, "s")

#define ALICORN_COMPARE_QUANTITY_ENUM(name, value, text, unit, sense) name = value,
#define ALICORN_COMPARE_ENUM(name, value, text) name = value,
typedef enum alicorn_compare_quantity {
    ALICORN_COMPARE_QUANTITY_TABLE(ALICORN_COMPARE_QUANTITY_ENUM)
} alicorn_compare_quantity;
typedef enum alicorn_compare_statistic {
    ALICORN_COMPARE_STATISTIC_TABLE(ALICORN_COMPARE_ENUM)
} alicorn_compare_statistic;
typedef enum alicorn_only_kind {
    ALICORN_COMPARE_ONLY_TABLE(ALICORN_COMPARE_ENUM)
} alicorn_only_kind;
#undef ALICORN_COMPARE_QUANTITY_ENUM
#undef ALICORN_COMPARE_ENUM

/** Texts of the tables, NULL past the end; unit and sense may be NULL. */
ALICORN_API const char *alicorn_compare_quantity_text(alicorn_compare_quantity quantity,
                                                      const char **unit, int *sense);
ALICORN_API const char *alicorn_compare_statistic_text(alicorn_compare_statistic statistic);
ALICORN_API const char *alicorn_only_text(alicorn_only_kind kind);

/** Where a value was taken; NAN: does not apply. */
typedef struct alicorn_compare_place {
    double frequency_hz;
    double theta_deg, phi_deg; /**< direction of the gain; of cross-sections: of the receiver */
} alicorn_compare_place;

/** One value of A beside the same of B. Index 0 of the arrays of two is A, 1 is B, but for `port`,
 * `azimuth_deg` and `transmitter_deg`. */
typedef struct alicorn_compare_row {
    alicorn_compare_quantity quantity;
    alicorn_compare_statistic statistic; /**< of points VALUE */
    const char *port[2];   /**< of S: the port that receives, the port that sends (the same on the
                              diagonal); of gain: the port that drives; of margins: radios, the victim
                              and the aggressor. "" where none */
    size_t task;           /**< index of the task in the models */
    size_t pattern;        /**< index of A's pattern within its solve */
    int polarisation;      /**< of cross-sections: alicorn_rcs_component; else -1 */
    double level;          /**< of coverage: the gain [dBi]; of a percentile: how many per cent */
    double azimuth_deg[2]; /**< of a sector's statistic; NAN: all */
    double transmitter_deg[2]; /**< theta, phi, of bistatic cross-sections; else NAN */
    alicorn_compare_place at[2];
    int has[2];
    double value[2];  /**< NAN if absent; may be endless. S_DISTANCE has none */
    double change;    /**< B - A, NAN unless there are both; of S_DISTANCE |S_A - S_B| */
    int has_error;    /**< the errors of both are estimated */
    double error;     /**< of the change, the sum of both; may be HUGE_VAL */
    int within_error; /**< the change is not larger than its error */
    int interpolated; /**< bit 0: A's value is interpolated, bit 1: B's */
    int unknown;      /**< bits as above: of margins, some path has no data, it may be worse */
    const alicorn_cosite_entry *entry[2]; /**< of MARGIN: the worst interference, or NULL; indices
                                             in it are those of the cosite result */
} alicorn_compare_row;

/** What only one of the two has, so that it is not compared. */
typedef struct alicorn_compare_only {
    alicorn_only_kind kind;
    int side;               /**< 0: A, 1: B */
    const char *name;       /**< of the port or radio, "" if none */
    size_t task;            /**< index */
    size_t count;           /**< how many: frequencies, patterns, sets of cross-sections; else 1 */
    double low_hz, high_hz; /**< their range, NAN if it does not apply */
} alicorn_compare_only;

typedef struct alicorn_comparison {
    char *title[2];
    double coverage_dbi, percent; /**< of the options */
    size_t point_count;
    alicorn_compare_row *points; /**< every frequency, pair and direction that both have */
    size_t summary_count;
    alicorn_compare_row *summary;
    size_t only_count;
    alicorn_compare_only *only;
    size_t name_count;
    char **names; /**< [name_count] that rows point to */
    size_t entry_count;
    alicorn_cosite_entry **entries; /**< [entry_count] that rows point to */
} alicorn_comparison;

/** One of the two. Everything is borrowed for the call; what is NULL is not compared. */
typedef struct alicorn_compare_input {
    const char *title;
    const alicorn_result *result;        /**< S, patterns and cross-sections */
    const alicorn_network *network;      /**< S in place of the result's; interpolated at the
                                            other's frequencies inside its range */
    const alicorn_result *rcs;           /**< more cross-sections, of alicorn_solve_rcs */
    const alicorn_cosite_result *cosite; /**< margins of the same radios */
} alicorn_compare_input;

typedef struct alicorn_compare_options {
    double coverage_dbi; /**< gain that counts as covered [dBi]. Default -3 */
    double percent;      /**< percentile of cross-sections besides median and maximum. Default 90 */
    size_t sectors;      /**< equal sectors of azimuth, from 0 degrees on. Default 4 */
} alicorn_compare_options;

ALICORN_API void alicorn_compare_options_default(alicorn_compare_options *options);

/** Compare. Ports and radios are matched by name, frequencies must be equal (a network, and what
 *  an adaptive sweep gave, is interpolated where only the other has a sample), patterns and
 *  cross-sections need the same directions. B's S is converted to A's reference resistances.
 *  @return ALICORN_OK whatever differs, ALICORN_E_USAGE (options; S that changes its ports),
 *          ALICORN_E_MEMORY; *comparison is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_compare(const alicorn_compare_input *a,
                                           const alicorn_compare_input *b,
                                           const alicorn_compare_options *options,
                                           alicorn_comparison **comparison, alicorn_error *error);
ALICORN_API void alicorn_comparison_destroy(alicorn_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
