/* SPDX-License-Identifier: Apache-2.0 */
#include "network/sampler.h"

#include "base/memory.h"
#include "network/watch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Samples in a row that the model has to foretell. */
enum { CONFIRMATIONS = 2 };
/** A fit goes on until its misfit is this share of the tolerance. */
static const double FIT_SHARE = 0.02;

struct ali_sampler {
    ali_sampler_plan plan;
    double *x;   /**< [count] from 0 to 1 */
    bool *known; /**< [count] */
    size_t samples, capacity, value_capacity;
    size_t *candidate;       /**< [samples] */
    double *at;              /**< [samples] */
    double complex *values;  /**< [samples][entries] */
    double complex *watched; /**< [samples][plan.watched] */
    ali_rational model;      /**< of all samples, after next */
    ali_rational former;     /**< of those before the last round */
    bool has_model;
    size_t fitted;             /**< samples that the model was made of */
    double difference;         /**< of the models, at the worst candidate */
    double off[CONFIRMATIONS]; /**< what the last samples were off from the model before them */
    size_t confirmed;          /**< last samples in a row that were foretold */
    bool middle;               /**< the next confirmation goes into the widest gap */
};

void ali_sampler_destroy(ali_sampler *sampler)
{
    if (!sampler)
        return;
    free(sampler->x);
    free(sampler->known);
    free(sampler->candidate);
    free(sampler->at);
    free(sampler->values);
    free(sampler->watched);
    ali_rational_clear(&sampler->model);
    ali_rational_clear(&sampler->former);
    free(sampler);
}

alicorn_status ali_sampler_create(const ali_sampler_plan *plan, ali_sampler **sampler,
                                  alicorn_error *error)
{
    ali_sampler *made = ali_calloc(1, sizeof *made);
    *sampler = NULL;
    if (made) {
        made->plan = *plan;
        made->x = ali_calloc(plan->count, sizeof *made->x);
        made->known = ali_calloc(plan->count, sizeof *made->known);
    }
    if (!made || !made->x || !made->known) {
        ali_sampler_destroy(made);
        return ali_error_memory(error, plan->count * sizeof *made->x, "an adaptive sweep");
    }
    double span = plan->x[plan->count - 1] - plan->x[0];
    for (size_t i = 0; i < plan->count; i++)
        made->x[i] = span > 0.0 ? (plan->x[i] - plan->x[0]) / span : 0.0;
    made->plan.x = NULL;
    made->plan.widest = span > 0.0 ? plan->widest / span : 1.0;
    made->off[0] = made->off[1] = HUGE_VAL;
    *sampler = made;
    return ALICORN_OK;
}

bool ali_sampler_knows(const ali_sampler *sampler, size_t candidate)
{
    return sampler->known[candidate];
}

size_t ali_sampler_samples(const ali_sampler *sampler)
{
    return sampler->samples;
}

const ali_rational *ali_sampler_model(const ali_sampler *sampler)
{
    return &sampler->model;
}

size_t ali_sampler_candidate(const ali_sampler *sampler, size_t i)
{
    return sampler->candidate[i];
}

/* ---- samples ---- */

/** Largest |a - b| over the entries; nan counts as infinite. */
static double distance(size_t entries, const double complex *a, const double complex *b)
{
    double worst = 0.0;
    for (size_t e = 0; e < entries; e++) {
        double off = cabs(a[e] - b[e]);
        worst = off <= worst ? worst : isnan(off) ? HUGE_VAL : off;
    }
    return worst;
}

/** Note how well the model foretold a sample. */
static alicorn_status compare(ali_sampler *sampler, size_t candidate, const double complex *value,
                              alicorn_error *error)
{
    size_t entries = sampler->plan.entries;
    double complex *work = ali_calloc(sampler->model.count + entries, sizeof *work);
    if (!work)
        return ali_error_memory(error, entries * sizeof *work, "an adaptive sweep");
    double complex *foretold = work + sampler->model.count;
    ali_rational_evaluate(&sampler->model, entries, sampler->values, sampler->x[candidate], work,
                          foretold);
    sampler->off[1] = sampler->off[0];
    sampler->off[0] = distance(entries, foretold, value);
    sampler->confirmed = sampler->off[0] <= sampler->plan.tolerance ? sampler->confirmed + 1 : 0;
    free(work);
    return ALICORN_OK;
}

/** Room for one sample more. */
static alicorn_status reserve(ali_sampler *sampler, alicorn_error *error)
{
    const ali_sampler_plan *plan = &sampler->plan;
    if (sampler->samples < sampler->capacity)
        return ALICORN_OK;
    size_t wanted = sampler->capacity ? 2 * sampler->capacity : 32;
    size_t *places = realloc(sampler->candidate, wanted * sizeof *places);
    sampler->candidate = places ? places : sampler->candidate;
    double *at = realloc(sampler->at, wanted * sizeof *at);
    sampler->at = at ? at : sampler->at;
    double complex *values = realloc(sampler->values, wanted * plan->entries * sizeof *values);
    sampler->values = values ? values : sampler->values;
    double complex *watched =
        realloc(sampler->watched, (wanted * plan->watched + 1) * sizeof *watched);
    sampler->watched = watched ? watched : sampler->watched;
    if (!places || !at || !values || !watched)
        return ali_error_memory(error, wanted * (plan->entries + plan->watched) * sizeof *values,
                                "an adaptive sweep");
    sampler->capacity = wanted;
    return ALICORN_OK;
}

alicorn_status ali_sampler_give(ali_sampler *sampler, size_t candidate, const double complex *value,
                                alicorn_error *error)
{
    size_t entries = sampler->plan.entries, watched = sampler->plan.watched;
    alicorn_status status = reserve(sampler, error);
    if (!status && sampler->has_model)
        status = compare(sampler, candidate, value, error);
    if (status)
        return status;
    sampler->candidate[sampler->samples] = candidate;
    sampler->at[sampler->samples] = sampler->x[candidate];
    memcpy(sampler->values + sampler->samples * entries, value, entries * sizeof *value);
    memcpy(sampler->watched + sampler->samples * watched, value + entries, watched * sizeof *value);
    sampler->samples++;
    sampler->known[candidate] = true;
    return ALICORN_OK;
}

/* ---- choice ---- */

/** The unknown candidate nearest to x. */
static size_t nearest_unknown(const ali_sampler *sampler, double x)
{
    size_t best = sampler->plan.count;
    for (size_t i = 0; i < sampler->plan.count; i++)
        if (!sampler->known[i] &&
            (best == sampler->plan.count || fabs(sampler->x[i] - x) < fabs(sampler->x[best] - x)))
            best = i;
    return best;
}

/** Width and middle of the widest gap between known candidates that has unknown ones inside. */
static double widest_gap(const ali_sampler *sampler, double *middle)
{
    double widest = 0.0;
    size_t last = 0;
    for (size_t i = 1; i < sampler->plan.count; i++)
        if (sampler->known[i]) {
            double width = sampler->x[i] - sampler->x[last];
            if (i - last > 1 && width > widest) {
                widest = width;
                *middle = 0.5 * (sampler->x[i] + sampler->x[last]);
            }
            last = i;
        }
    return widest;
}

static void choose(ali_sampler *sampler, size_t candidate, size_t most, size_t *chosen,
                   size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (chosen[i] == candidate)
            return;
    if (*count < most && candidate < sampler->plan.count && !sampler->known[candidate])
        chosen[(*count)++] = candidate;
}

/** The ends, and what the widest gap allowed asks for: in a first round evenly over all. Marks
 * candidates as known for a while, so that gaps count as filled. */
static void choose_start(ali_sampler *sampler, size_t most, size_t *chosen, size_t *count)
{
    size_t end = sampler->plan.count - 1;
    double middle = 0.0;
    choose(sampler, 0, most, chosen, count);
    choose(sampler, end, most, chosen, count);
    for (size_t i = 0; i < *count; i++)
        sampler->known[chosen[i]] = true;
    while (*count < most && sampler->known[0] && sampler->known[end] &&
           widest_gap(sampler, &middle) > sampler->plan.widest) {
        size_t next = nearest_unknown(sampler, middle);
        chosen[(*count)++] = next;
        sampler->known[next] = true;
    }
    for (size_t i = 0; i < *count; i++)
        sampler->known[chosen[i]] = false;
}

/** Supports that leave enough other samples to settle the weights, and to show what the model does
 * between supports: with many functions the first alone would make nearly all samples supports. */
static size_t most_supports(const ali_sampler *sampler, size_t samples)
{
    size_t rows = sampler->plan.entries;
    size_t settled = (samples * rows + 1) / (rows + 1), shown = 2 * samples / 3;
    size_t most = settled < shown ? settled : shown;
    return most > 1 ? most : 1;
}

/** New model of all samples; the last one becomes the former. */
static alicorn_status fit_model(ali_sampler *sampler, alicorn_error *error)
{
    if (sampler->fitted == sampler->samples)
        return ALICORN_OK;
    ali_rational_clear(&sampler->former);
    sampler->former = sampler->model;
    sampler->model = (ali_rational){0};
    alicorn_status status =
        ali_rational_fit(sampler->samples, sampler->at, sampler->plan.entries, sampler->values,
                         most_supports(sampler, sampler->samples),
                         FIT_SHARE * sampler->plan.tolerance, &sampler->model, error);
    sampler->fitted = sampler->samples;
    sampler->has_model = status == ALICORN_OK;
    return status;
}

/** How doubtful the model is at x: what two models differ, or by how much the bound is exceeded.
 * `work`: [supports][3 entries and more]. */
static double doubt_at(const ali_sampler *sampler, const ali_rational *other, double x,
                       double complex *work)
{
    size_t entries = sampler->plan.entries;
    double complex *value = work, *second = work + entries, *share = work + 2 * entries;
    ali_rational_evaluate(&sampler->model, entries, sampler->values, x, share, value);
    ali_rational_evaluate(&sampler->former, entries, sampler->values, x, share, second);
    double worst = distance(entries, value, second);
    if (other->error <= sampler->plan.tolerance) { /* it explains the samples as well */
        ali_rational_evaluate(other, entries, sampler->values, x, share, second);
        worst = fmax(worst, distance(entries, value, second));
    }
    for (size_t e = 0; e < sampler->plan.bounded; e++)
        worst = fmax(worst, cabs(value[e]) - sampler->plan.bound);
    return worst;
}

/** Doubts at all unknown candidates, 0 at known ones. */
static alicorn_status find_doubts(ali_sampler *sampler, double *doubt, alicorn_error *error)
{
    ali_rational other;
    size_t entries = sampler->plan.entries, most = sampler->model.count;
    alicorn_status status =
        ali_rational_fit(sampler->samples, sampler->at, entries, sampler->values,
                         most > 2 ? most - 1 : 1, 0.0, &other, error);
    double complex *work = ali_calloc(2 * entries + sampler->samples, sizeof *work);
    if (!status && !work)
        status = ali_error_memory(error, entries * sizeof *work, "an adaptive sweep");
    sampler->difference = 0.0;
    for (size_t i = 0; i < sampler->plan.count && !status; i++) {
        doubt[i] = sampler->known[i] ? 0.0 : doubt_at(sampler, &other, sampler->x[i], work);
        sampler->difference = fmax(sampler->difference, doubt[i]);
    }
    free(work);
    ali_rational_clear(&other);
    return status;
}

/** The most doubtful candidates, with a known one between any two of them. */
static void choose_doubtful(ali_sampler *sampler, double *doubt, size_t most, size_t *chosen,
                            size_t *count)
{
    while (*count < most) {
        size_t worst = 0;
        for (size_t i = 1; i < sampler->plan.count; i++)
            worst = doubt[i] > doubt[worst] ? i : worst;
        if (!(doubt[worst] > 0.0))
            return;
        choose(sampler, worst, most, chosen, count);
        for (size_t i = worst; i < sampler->plan.count && !sampler->known[i]; i++)
            doubt[i] = 0.0;
        for (size_t i = worst; i > 0 && !sampler->known[i - 1]; i--)
            doubt[i - 1] = 0.0;
    }
}

/** Confirmations once the models agree: the widest gap first, then the greatest doubt. */
static void choose_confirmations(ali_sampler *sampler, double *doubt, size_t most, size_t *chosen,
                                 size_t *count)
{
    double middle = 0.0;
    size_t wanted = CONFIRMATIONS - sampler->confirmed;
    most = wanted < most ? wanted : most;
    if (sampler->middle && widest_gap(sampler, &middle) > 0.0)
        choose(sampler, nearest_unknown(sampler, middle), most, chosen, count);
    sampler->middle = !sampler->middle;
    choose_doubtful(sampler, doubt, most, chosen, count);
    if (*count == 0) /* no doubt anywhere */
        choose(sampler, nearest_unknown(sampler, 0.5), most, chosen, count);
}

/** A resonance that only the watched functions have. */
static alicorn_status choose_peak(ali_sampler *sampler, size_t most, size_t *chosen, size_t *count,
                                  alicorn_error *error)
{
    size_t peak;
    const ali_watch_samples samples = {sampler->samples, sampler->plan.watched, sampler->at,
                                       sampler->watched};
    alicorn_status status =
        ali_watch_peak(&samples, sampler->plan.count, sampler->x, sampler->known, &peak, error);
    if (!status)
        choose(sampler, peak, most, chosen, count);
    return status;
}

static alicorn_status choose_next(ali_sampler *sampler, size_t most, size_t *chosen, size_t *count,
                                  alicorn_error *error)
{
    double *doubt = ali_calloc(sampler->plan.count, sizeof *doubt);
    if (!doubt)
        return ali_error_memory(error, sampler->plan.count * sizeof *doubt, "an adaptive sweep");
    alicorn_status status = find_doubts(sampler, doubt, error);
    bool agree = fmax(sampler->difference, sampler->model.error) <= sampler->plan.tolerance;
    if (!agree)
        sampler->middle = true;
    if (!status && !agree)
        choose_doubtful(sampler, doubt, most, chosen, count);
    if (!status && !agree && *count == 0) /* a misfit at samples that no candidate shows */
        choose(sampler, nearest_unknown(sampler, sampler->at[sampler->samples - 1]), most, chosen,
               count);
    if (!status && agree)
        status = choose_peak(sampler, most, chosen, count, error);
    if (!status && agree && *count == 0 && sampler->confirmed < CONFIRMATIONS)
        choose_confirmations(sampler, doubt, most, chosen, count);
    free(doubt);
    return status;
}

alicorn_status ali_sampler_next(ali_sampler *sampler, size_t most, size_t *chosen, size_t *count,
                                alicorn_error *error)
{
    *count = 0;
    choose_start(sampler, most, chosen, count);
    if (*count > 0)
        return ALICORN_OK;
    alicorn_status status = fit_model(sampler, error);
    if (status || sampler->samples == sampler->plan.count)
        return status;
    return choose_next(sampler, most, chosen, count, error);
}

double ali_sampler_error(const ali_sampler *sampler)
{
    if (sampler->samples == sampler->plan.count)
        return 0.0;
    double worst = fmax(sampler->difference, sampler->model.error);
    for (int i = 0; i < CONFIRMATIONS; i++)
        worst = fmax(worst, sampler->off[i]);
    return worst;
}

void ali_sampler_evaluate(const ali_sampler *sampler, size_t candidate, double complex *share,
                          double complex *value)
{
    ali_rational_evaluate(&sampler->model, sampler->plan.entries, sampler->values,
                          sampler->x[candidate], share, value);
}
