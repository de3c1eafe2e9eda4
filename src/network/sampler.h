/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_SAMPLER_H
#define ALI_NETWORK_SAMPLER_H

#include "network/rational.h"

/** @file
 *  Where to sample functions that are costly to know, so that rational functions through few
 *  samples say the rest: docs/theory/sweep.md.
 *
 *  Candidates are the points of a grid. Two models of the samples so far are compared at all of
 *  them, and the next samples are taken where they differ most. The end is reached when the models
 *  agree to the tolerance everywhere, and two samples in a row, one of them in the middle of the
 *  widest gap, were what the model before them said. */

typedef struct ali_sampler ali_sampler;

typedef struct ali_sampler_plan {
    size_t count;     /**< candidates */
    const double *x;  /**< [count] ascending; copied */
    size_t entries;   /**< functions */
    size_t watched;   /**< functions behind them that only tell of resonances (watch.h) */
    double tolerance; /**< of every function that is not only watched */
    size_t bounded;   /**< the first so many of them are never larger than */
    double bound;     /**< this; where a model is, a sample is wanted */
    double widest;    /**< no gap between neighbouring samples is to exceed this, grid permitting */
} ali_sampler_plan;

alicorn_status ali_sampler_create(const ali_sampler_plan *plan, ali_sampler **sampler,
                                  alicorn_error *error);
void ali_sampler_destroy(ali_sampler *sampler);

/** Take over the values at a candidate that is not known yet.
 *  @param value  [entries + watched] */
alicorn_status ali_sampler_give(ali_sampler *sampler, size_t candidate, const double complex *value,
                                alicorn_error *error);

/** Choose candidates to sample next.
 *  @param most    at most so many, >= 1
 *  @param chosen  [most] candidates, best first
 *  @param count   how many; 0: the samples say enough, or all candidates are known */
alicorn_status ali_sampler_next(ali_sampler *sampler, size_t most, size_t *chosen, size_t *count,
                                alicorn_error *error);

/** Whether a candidate is known. */
bool ali_sampler_knows(const ali_sampler *sampler, size_t candidate);
/** Samples known. */
size_t ali_sampler_samples(const ali_sampler *sampler);
/** Estimated error of the model at the candidates that are not known: the largest of the last
 * difference between two models, the misfit at samples and what the last two samples were off; 0 if
 * all are known. */
double ali_sampler_error(const ali_sampler *sampler);

/** The model after the last ali_sampler_next; its supports are numbers of samples in the order they
 * were given. */
const ali_rational *ali_sampler_model(const ali_sampler *sampler);
/** Candidate that was given as sample i. */
size_t ali_sampler_candidate(const ali_sampler *sampler, size_t i);
/** Functions at a candidate by the model, or as given.
 *  @param share  [supports] space
 *  @param value  [entries] */
void ali_sampler_evaluate(const ali_sampler *sampler, size_t candidate, double complex *share,
                          double complex *value);

#endif
