/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_SURVEY_H
#define ALI_COSITE_SURVEY_H

#include "cosite/product.h"

/** @file
 *  One pass over all pairs of radios and of their channels, and what is kept of it. A node is one
 *  channel of one radio; nodes are numbered radio by radio. */

/** Combinations of channels of all radios. */
typedef struct ali_samples {
    size_t count;
    bool all;        /**< every combination there is */
    size_t *channel; /**< [count][radios] */
    double *total;   /**< [count][radios] power at each receiver relative to its limit */
    double *front;   /**< [count][radios] relative to its compression point */
} ali_samples;

typedef struct ali_survey {
    size_t radios, nodes;
    size_t *first;     /**< [radios + 1] first node of a radio */
    double *total;     /**< [nodes] at this channel of a victim: sum over aggressors, each on its
                            worst channel, relative to the limit */
    double *blocking;  /**< [nodes] the same at the front end, relative to the compression point */
    double *free;      /**< [nodes] share of the others' channels that leave it alone, one-to-one */
    uint32_t *pick;    /**< [radios][nodes] worst channel of an aggressor */
    double *available; /**< [victims][aggressors] share of combinations without interference */
    uint64_t *conflict; /**< [nodes][words] bit per other node; symmetric; NULL without a plan */
    size_t words;
    float *ratio; /**< [nodes of aggressors][nodes of victims] power relative to the limit; NULL if
                       there are too many, and without a plan */
    ali_samples samples;
} ali_survey;

/** @return ALICORN_OK, ALICORN_E_MEMORY, ALICORN_E_INTERRUPTED, or what S says */
alicorn_status ali_survey_create(ali_scene *scene, ali_findings *findings, ali_survey *survey,
                                 alicorn_error *error);
void ali_survey_clear(ali_survey *survey);

static inline bool ali_survey_conflict(const ali_survey *survey, size_t a, size_t b)
{
    return survey->conflict[a * survey->words + b / 64] >> (b % 64) & 1;
}

/** Everybody on one channel. */
typedef struct ali_situation {
    double total;     /**< power at the victim relative to its limit */
    double mean;      /**< the same weighted with duty cycles */
    double front;     /**< carriers at the front end, relative to the compression point */
    double time_free; /**< share of time without interference, one-to-one */
} ali_situation;

/** What a victim gets when every radio is on the channel given, shape [radios]. */
alicorn_status ali_situation_evaluate(const ali_scene *scene, const ali_product_tables *tables,
                                      size_t victim, const size_t *channels,
                                      ali_situation *situation, alicorn_error *error);

#endif
