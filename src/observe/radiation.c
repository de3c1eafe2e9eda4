/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/radiation.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "observe/survey_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double ali_radiation_gain(double intensity, double power)
{
    return power > 0.0 ? 4.0 * ALI_PI * intensity / (2.0 * ALI_ETA0 * power) : 0.0;
}

double ali_radiation_element_power(double k, double moment)
{
    return ALI_ETA0 * k * k * moment * moment / (12.0 * ALI_PI);
}

/* ---- directions with their fields ---- */

typedef struct sample {
    double theta, phi;
    double intensity;
    double rank; /**< intensity rounded to a share of the largest, for sorting */
} sample;

typedef struct sample_list {
    sample *items;
    size_t count, capacity;
} sample_list;

static alicorn_status append(sample_list *list, double theta, double phi, alicorn_error *error)
{
    if (ali_grow((void **)&list->items, &list->capacity, list->count, sizeof *list->items) != 0)
        return ali_error_memory(error, (list->count + 1) * sizeof *list->items,
                                "directions of the far field");
    list->items[list->count++] = (sample){.theta = theta, .phi = phi};
    return ALICORN_OK;
}

static double strength(double complex e_theta, double complex e_phi)
{
    return creal(e_theta * conj(e_theta)) + creal(e_phi * conj(e_phi));
}

/** Fill in the intensity of every sample, from the current. */
static alicorn_status evaluate(const ali_radiator *radiator, sample *samples, size_t count,
                               alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    double *angle = ali_calloc(2 * count, sizeof *angle);
    double complex *field = ali_calloc(2 * count, sizeof *field);
    if (angle == NULL || field == NULL) {
        status = ali_error_memory(error, count * 2 * (sizeof *angle + sizeof *field),
                                  "directions of the far field");
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        angle[i] = samples[i].theta;
        angle[count + i] = samples[i].phi;
    }
    ali_radiator_far_field(radiator, count, angle, angle + count, field, field + count);
    for (size_t i = 0; i < count; i++)
        samples[i].intensity = strength(field[i], field[count + i]);
cleanup:
    free(angle);
    free(field);
    return status;
}

/* ---- maximum ---- */

/** Candidates refined together; directions tried at each, a 3 x 3 net; its middle. */
enum { CANDIDATES = 32, TRIES = 9, MIDDLE = 4 };
/** Rounds after which candidates are taken as they are. */
enum { REFINEMENT_ROUNDS = 24 };
/** A paraboloid's peak so near to the middle, in steps, is trusted. */
#define INSIDE 0.75
/** The net's width falls by this factor when its middle is the best, from one grid step down to
 *  FINEST of it. */
#define SHRINK 0.125
#define FINEST 2e-3
/** Share of its intensity that a direction one grid step from a lobe's peak can miss of it, with a
 *  margin: samples weaker than this next to the strongest are no candidates, and the share falls
 *  with the square of the distance. */
#define MISSED 0.7
/** Interpolated lobes are followed down to this net, and kept if they reach this share of the
 * strongest. */
#define SIFT_FINEST 0.1
#define SIFT_KEPT 0.9
/** The same with fields from the harmonics around. */
#define TUNE_KEPT 0.998
/** Directions closer than this many grid steps are on the same peak. */
#define SAME_PEAK 0.8
/** Intensities closer than this, relatively, are equal. */
#define EQUAL 1e-9
/** The same of fields that are interpolated. */
#define GRID_EQUAL 1e-5
/** Directions this much weaker, relatively, are still preferred when their angles are round. */
#define AS_GOOD 1e-6

/** Samples times harmonics from which a team of threads costs less than it gains. */
#define PARALLEL_FROM 100000
/** Samples from which a field between them is interpolated, in theta and in phi. */
enum { STENCIL = 8 };

static double sample_phi(const ali_survey_grid *grid, size_t ring, size_t i)
{
    return 2.0 * ALI_PI * (double)i / (double)ali_survey_ring_count(grid, ring);
}

/** Strongest first; equals in order of theta, then phi. */
static int by_rank(const void *a, const void *b)
{
    const sample *left = a, *right = b;
    if (left->rank != right->rank)
        return left->rank < right->rank ? 1 : -1;
    if (left->theta != right->theta)
        return left->theta < right->theta ? -1 : 1;
    return (left->phi > right->phi) - (left->phi < right->phi);
}

/** Sort; intensities within the share `equal` of the largest are equal. */
static void sort_samples(sample *samples, size_t count, double equal)
{
    double largest = 0.0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, samples[i].intensity);
    for (size_t i = 0; i < count; i++)
        samples[i].rank = largest > 0.0 ? round(samples[i].intensity / (largest * equal)) : 0.0;
    qsort(samples, count, sizeof *samples, by_rank);
}

static ali_vec3 direction(double theta, double phi)
{
    return (ali_vec3){sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)};
}

static sample sample_along(ali_vec3 d, bool ground)
{
    if (ground && d.z < 0.0)
        d.z = 0.0;
    double phi = atan2(d.y, d.x);
    return (sample){.theta = atan2(hypot(d.x, d.y), d.z),
                    .phi = phi < 0.0 ? phi + 2 * ALI_PI : phi};
}

/** The strongest samples that are not neighbours of a stronger one, from a sorted list. */
static size_t choose_candidates(const sample_list *list, double step, sample *chosen)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count && count < CANDIDATES; i++) {
        if (list->items[i].intensity < (1.0 - MISSED) * list->items[0].intensity)
            break;
        ali_vec3 d = direction(list->items[i].theta, list->items[i].phi);
        bool neighbour = false;
        for (size_t c = 0; c < count && !neighbour; c++)
            neighbour =
                ali_vec3_distance(d, direction(chosen[c].theta, chosen[c].phi)) < 1.6 * step;
        if (!neighbour)
            chosen[count++] = list->items[i];
    }
    return count;
}

/** A lobe whose peak is searched for. */
typedef struct candidate {
    sample best;
    double theta, phi; /**< where to try next */
    double step;       /**< width of the net [rad] */
} lobe_search;

/** Direction of place (a, b), in steps, of the net on the plane that touches the sphere where the
 *  lobe is to be tried. */
static sample net_place(const lobe_search *lobe, double a, double b, bool ground)
{
    ali_vec3 d = direction(lobe->theta, lobe->phi);
    ali_vec3 up = direction(lobe->theta + 0.5 * ALI_PI, lobe->phi);
    ali_vec3 side = {-sin(lobe->phi), cos(lobe->phi), 0.0};
    d = ali_vec3_axpy(d, a * lobe->step, up);
    return sample_along(ali_vec3_axpy(d, b * lobe->step, side), ground);
}

static void spread(const lobe_search *lobe, bool ground, sample tries[TRIES])
{
    for (int n = 0; n < TRIES; n++)
        tries[n] = net_place(lobe, n / 3 - 1, n % 3 - 1, ground);
    tries[MIDDLE].theta = lobe->theta; /* not rounded */
    tries[MIDDLE].phi = lobe->phi;
}

/** Where the paraboloid through a net has its peak, in steps from the middle, at most at the net's
 *  border; on a ridge, the way up to its top. Returns its height there. */
static double net_peak(const sample tries[TRIES], double *a, double *b)
{
    double v[TRIES];
    for (int n = 0; n < TRIES; n++)
        v[n] = tries[n].intensity;
    double slope_a = 0.5 * (v[7] - v[1]), slope_b = 0.5 * (v[5] - v[3]);
    double haa = v[7] - 2.0 * v[MIDDLE] + v[1], hbb = v[5] - 2.0 * v[MIDDLE] + v[3];
    double hab = 0.25 * (v[8] - v[6] - v[2] + v[0]), determinant = haa * hbb - hab * hab;
    double flat = -EQUAL * v[MIDDLE];
    *a = haa < flat ? -slope_a / haa : 0.0;
    *b = hbb < flat ? -slope_b / hbb : 0.0;
    if (haa < flat && hbb < flat && determinant > 0.1 * haa * hbb) {
        *a = (hab * slope_b - hbb * slope_a) / determinant;
        *b = (hab * slope_a - haa * slope_b) / determinant;
    }
    *a = fmax(-1.0, fmin(1.0, *a));
    *b = fmax(-1.0, fmin(1.0, *b));
    return v[MIDDLE] + slope_a * *a + slope_b * *b + 0.5 * haa * *a * *a + hab * *a * *b +
           0.5 * hbb * *b * *b;
}

/** Note the best of a lobe's net. Go to the paraboloid's peak with a smaller net if that should be
 *  better still, else to the best. */
static void advance(lobe_search *lobe, const sample tries[TRIES], bool ground)
{
    int at = MIDDLE;
    for (int n = 0; n < TRIES; n++)
        if (tries[n].intensity > tries[at].intensity * (1.0 + EQUAL))
            at = n;
    double a, b, height = net_peak(tries, &a, &b);
    bool inside = fmax(fabs(a), fabs(b)) < INSIDE && height > tries[at].intensity * (1.0 + EQUAL);
    bool closing = at == MIDDLE || inside;
    if (tries[at].intensity > lobe->best.intensity * (1.0 + EQUAL))
        lobe->best = tries[at];
    /* a paraboloid that led to a worse place was too wide: back, with the smaller net */
    bool wrong = lobe->best.intensity > tries[at].intensity * (1.0 + EQUAL);
    closing = closing && !wrong;
    sample next = closing ? net_place(lobe, a, b, ground) : lobe->best;
    if (closing)
        lobe->step *= SHRINK;
    lobe->theta = next.theta;
    lobe->phi = next.phi;
}

/** The one of `count` lobes whose peak c has climbed too, or `count`. */
static size_t same_peak(const lobe_search *lobes, size_t count, const lobe_search *c, double step)
{
    ali_vec3 d = direction(c->best.theta, c->best.phi);
    size_t i = 0;
    while (i < count && ali_vec3_distance(d, direction(lobes[i].best.theta, lobes[i].best.phi)) >=
                            SAME_PEAK * step)
        i++;
    return i;
}

/** Drop the lobes that cannot become the strongest any more, and all but the best of those on the
 *  same peak. */
static size_t drop_weak(lobe_search *lobes, size_t count, double step)
{
    double largest = 0.0;
    size_t kept = 0;
    for (size_t c = 0; c < count; c++)
        largest = fmax(largest, lobes[c].best.intensity);
    for (size_t c = 0; c < count; c++) {
        const lobe_search lobe = lobes[c];
        /* the peak lies within the last net, or near it */
        double distance = 1.5 * lobe.step / (SHRINK * step);
        double missed = fmin(MISSED * distance * distance, MISSED) + AS_GOOD;
        if (lobe.best.intensity < (1.0 - missed) * largest)
            continue;
        size_t same = same_peak(lobes, kept, &lobe, step);
        if (same == kept)
            lobes[kept++] = lobe;
        else if (lobe.best.intensity > lobes[same].best.intensity * (1.0 + EQUAL))
            lobes[same] = lobe;
    }
    return kept;
}

/** What tells the intensity in a direction: the harmonics of the field, else its values on a grid,
 * else the current. */
typedef struct field_source {
    const ali_radiator *radiator;
    const ali_survey_grid *grid;
    const double complex *field;         /**< theta^, phi^ of each sample of the grid, or NULL */
    const ali_sphere_spectrum *spectrum; /**< or NULL */
    double (*mode)[4];                   /**< work space for a ring of it */
} field_source;

/** Weights of STENCIL neighbouring samples, from -3 to 4, at 0 <= t < 1: Lagrange's polynomials. */
static void stencil_weights(double t, double weight[STENCIL])
{
    for (int k = 0; k < STENCIL; k++) {
        weight[k] = 1.0;
        for (int m = 0; m < STENCIL; m++)
            if (m != k)
                weight[k] *= (t + 3.0 - m) / (double)(k - m);
    }
}

/** Intensity between the samples of a grid over the whole sphere. The grid has three samples per
 * shortest wave of the field, with which eight-point interpolation is good to a percent. */
static double interpolate(const field_source *source, double theta, double phi)
{
    const ali_survey_grid *grid = source->grid;
    double weight[STENCIL], share[STENCIL], at = theta / grid->step;
    double complex sum[2] = {0.0, 0.0};
    long base = (long)floor(at), last = (long)grid->rings;
    stencil_weights(at - (double)base, weight);
    for (int k = 0; k < STENCIL; k++) {
        long ring = base - 3 + k;
        bool beyond = ring < 0 || ring > last; /* a pole, where theta^ and phi^ turn round */
        ring = ring < 0 ? -ring : ring > last ? 2 * last - ring : ring;
        long count = (long)ali_survey_ring_count(grid, (size_t)ring);
        double turn = (phi / (2.0 * ALI_PI) + (beyond ? 0.5 : 0.0)) * (double)count;
        long from = (long)floor(turn);
        stencil_weights(turn - (double)from, share);
        for (int j = 0; j < STENCIL; j++) {
            long i = (from - 3 + j) % count;
            const double complex *field =
                source->field + 2 * (grid->first[ring] + (size_t)(i < 0 ? i + count : i));
            double w = (beyond ? -1.0 : 1.0) * weight[k] * share[j];
            sum[0] += w * field[0];
            sum[1] += w * field[1];
        }
    }
    return strength(sum[0], sum[1]);
}

static alicorn_status look(const field_source *source, sample *tries, size_t count,
                           alicorn_error *error)
{
    if (source->field == NULL && source->spectrum == NULL)
        return evaluate(source->radiator, tries, count, error);
    for (size_t i = 0; i < count; i++) {
        if (source->spectrum == NULL) {
            tries[i].intensity = interpolate(source, tries[i].theta, tries[i].phi);
            continue;
        }
        double complex field[2];
        ali_sphere_spectrum_ring(source->spectrum, tries[i].theta, source->mode);
        ali_sphere_spectrum_at(source->spectrum, (const double(*)[4])source->mode, tries[i].phi,
                               field);
        tries[i].intensity = strength(field[0], field[1]);
    }
    return ALICORN_OK;
}

/** How far candidates are refined, in steps of the grid: the first width of their nets, and the
 * last. */
typedef struct refinement {
    double start, finest;
} refinement;

/** Refine all candidates at once; each round is one batch of directions.
 *  @param[in,out] chosen  where to start; the best of each that could be the strongest
 *  @param[in,out] count   of chosen */
static alicorn_status refine(const field_source *source, double step, refinement range,
                             sample *chosen, size_t *count, alicorn_error *error)
{
    bool ground = ali_radiator_get_extent(source->radiator).ground;
    lobe_search lobes[CANDIDATES];
    sample tries[CANDIDATES * TRIES];
    for (size_t c = 0; c < *count; c++)
        lobes[c] = (lobe_search){chosen[c], chosen[c].theta, chosen[c].phi, range.start * step};
    for (int round = 0; round < REFINEMENT_ROUNDS; round++) {
        size_t active = 0;
        for (size_t c = 0; c < *count; c++)
            if (lobes[c].step > range.finest * step)
                spread(&lobes[c], ground, &tries[TRIES * active++]);
        if (active == 0)
            break;
        alicorn_status status = look(source, tries, TRIES * active, error);
        if (status != ALICORN_OK)
            return status;
        active = 0;
        for (size_t c = 0; c < *count; c++)
            if (lobes[c].step > range.finest * step)
                advance(&lobes[c], &tries[TRIES * active++], ground);
        *count = drop_weak(lobes, *count, step);
    }
    for (size_t c = 0; c < *count; c++)
        chosen[c] = lobes[c].best;
    return ALICORN_OK;
}

/** phi = 0 and whole degrees next to the maximum, where they are as good. */
static alicorn_status prefer_round_angles(const ali_radiator *radiator, sample *best,
                                          alicorn_error *error)
{
    double theta = round(best->theta / ALI_DEGREE) * ALI_DEGREE;
    double phi = fmod(round(best->phi / ALI_DEGREE), 360.0) * ALI_DEGREE;
    sample tries[] = {{.theta = theta, .phi = 0.0},
                      {.theta = best->theta, .phi = 0.0},
                      {.theta = theta, .phi = phi}};
    size_t count = sizeof tries / sizeof tries[0];
    alicorn_status status = evaluate(radiator, tries, count, error);
    for (size_t i = 0; status == ALICORN_OK && i < count; i++)
        if (tries[i].intensity >= best->intensity * (1.0 - AS_GOOD)) {
            *best = tries[i];
            break;
        }
    return status;
}

/** Drop the candidates that interpolation shows to be weaker, by more than its own error, than
 * `keep` of the strongest, and move the others to their peaks. */
static alicorn_status sift(const field_source *source, double step, refinement range, double keep,
                           sample *chosen, size_t *count, alicorn_error *error)
{
    double largest = 0.0;
    size_t kept = 0;
    alicorn_status status = refine(source, step, range, chosen, count, error);
    for (size_t c = 0; c < *count; c++)
        largest = fmax(largest, chosen[c].intensity);
    for (size_t c = 0; c < *count; c++)
        if (chosen[c].intensity >= keep * largest)
            chosen[kept++] = chosen[c];
    for (size_t c = 0; c < kept; c++)
        chosen[c].intensity = 0.0; /* not known yet */
    *count = kept;
    return status;
}

/** The strongest direction of a field known on the grid. */
static alicorn_status find_peak(const field_source *source, ali_radiation_peak *peak,
                                alicorn_error *error)
{
    const ali_survey_grid *grid = source->grid;
    sample_list list = {0};
    sample chosen[CANDIDATES];
    alicorn_status status = ALICORN_OK;
    for (size_t r = 0; r <= grid->rings; r++)
        for (size_t i = 0; i < ali_survey_ring_count(grid, r) && status == ALICORN_OK; i++) {
            const double complex *field = source->field + 2 * (grid->first[r] + i);
            status = append(&list, grid->step * (double)r, sample_phi(grid, r, i), error);
            if (status == ALICORN_OK)
                list.items[list.count - 1].intensity = strength(field[0], field[1]);
        }
    if (status != ALICORN_OK)
        goto cleanup;
    sort_samples(list.items, list.count, source->spectrum ? GRID_EQUAL : EQUAL);
    size_t count = choose_candidates(&list, grid->step, chosen);
    refinement range = {1.0, FINEST};
    if (source->spectrum) {
        field_source coarse = *source, fine = *source;
        coarse.spectrum = NULL;
        fine.field = NULL;
        status = sift(&coarse, grid->step, (refinement){1.0, SIFT_FINEST}, SIFT_KEPT, chosen,
                      &count, error);
        if (status == ALICORN_OK)
            status = sift(&fine, grid->step, (refinement){SHRINK, FINEST}, TUNE_KEPT, chosen,
                          &count, error);
        range.start = SHRINK * SHRINK;
    }
    field_source exact = {.radiator = source->radiator};
    if (status == ALICORN_OK)
        status = refine(&exact, grid->step, range, chosen, &count, error);
    if (status != ALICORN_OK)
        goto cleanup;
    double strongest = 0.0;
    for (size_t c = 0; c < count; c++)
        strongest = fmax(strongest, chosen[c].intensity);
    sort_samples(chosen, count, source->spectrum ? AS_GOOD : EQUAL);
    status = prefer_round_angles(source->radiator, &chosen[0], error);
    *peak =
        (ali_radiation_peak){fmax(strongest, chosen[0].intensity), chosen[0].theta, chosen[0].phi};
cleanup:
    free(list.items);
    return status;
}

/* ---- both ---- */

/** What the radiators of a survey share. */
typedef struct survey {
    ali_survey_plan plan;
    double *theta, *phi;             /**< [directions of the plan] */
    double complex *e_theta, *e_phi; /**< [currents][places of the plan] */
    double complex *field;           /**< [currents][samples of the grid][2] */
} survey;

static void survey_clear(survey *work)
{
    ali_survey_plan_clear(&work->plan);
    free(work->theta);
    free(work->phi);
    free(work->e_theta);
    free(work->e_phi);
    free(work->field);
}

/** The directions and room for the fields. */
static alicorn_status survey_start(survey *work, const ali_radiator_extent *extent, size_t currents,
                                   alicorn_error *error)
{
    const ali_survey_plan *plan = &work->plan;
    *work = (survey){0};
    alicorn_status status = ali_survey_plan_create(extent, &work->plan, error);
    if (status != ALICORN_OK)
        return status;
    size_t count = plan->count, samples = ali_survey_samples(&plan->grid);
    work->theta = ali_calloc(count, sizeof *work->theta);
    work->phi = ali_calloc(count, sizeof *work->phi);
    work->e_theta = ali_calloc(currents * plan->places, sizeof *work->e_theta);
    work->e_phi = ali_calloc(currents * plan->places, sizeof *work->e_phi);
    work->field = ali_calloc(2 * currents * samples, sizeof *work->field);
    if (!work->theta || !work->phi || !work->e_theta || !work->e_phi || !work->field)
        return ali_error_memory(error,
                                2 * currents * (plan->places + samples) * sizeof *work->field,
                                "directions of the far field");
    for (size_t i = 0; i < count; i++) {
        work->theta[i] = plan->directions[i].theta;
        work->phi[i] = plan->directions[i].phi;
    }
    return ALICORN_OK;
}

static double integrate(const survey *work, size_t current)
{
    const double complex *e_theta = work->e_theta + current * work->plan.places;
    const double complex *e_phi = work->e_phi + current * work->plan.places;
    double power = 0.0;
    for (size_t at = 0; at < work->plan.places; at += work->plan.count)
        for (size_t i = 0; i < work->plan.power_count; i++)
            power += work->plan.directions[i].weight * strength(e_theta[at + i], e_phi[at + i]);
    return power / (2.0 * ALI_ETA0);
}

/** The field over a ground on the grid. */
static void copy_field(const survey *work, size_t current, double complex *field)
{
    const double complex *e_theta =
        work->e_theta + current * work->plan.places + work->plan.power_count;
    const double complex *e_phi =
        work->e_phi + current * work->plan.places + work->plan.power_count;
    for (size_t i = 0; i < ali_survey_samples(&work->plan.grid); i++) {
        field[2 * i] = e_theta[i];
        field[2 * i + 1] = e_phi[i];
    }
}

/** The field on the grid from its harmonics.
 *  @param mode  work space: a row of harmonics for each ring */
static void form_field(const ali_survey_grid *grid, const ali_sphere_spectrum *spectrum,
                       double (*mode)[4], double complex *field)
{
    size_t width = (size_t)(2 * spectrum->highest + 1);
#pragma omp parallel for schedule(dynamic) if (ali_survey_samples(grid) * width > PARALLEL_FROM)
    for (size_t r = 0; r <= grid->rings; r++) {
        double(*row)[4] = mode + r * width;
        ali_sphere_spectrum_ring(spectrum, grid->step * (double)r, row);
        for (size_t i = 0; i < ali_survey_ring_count(grid, r); i++)
            ali_sphere_spectrum_at(spectrum, (const double(*)[4])row, sample_phi(grid, r, i),
                                   field + 2 * (grid->first[r] + i));
    }
}

/** Power and peak of a current whose field is known. */
static alicorn_status survey_one(const survey *work, const ali_radiator *radiator, size_t current,
                                 double *power, ali_radiation_peak *peak)
{
    const ali_survey_grid *grid = &work->plan.grid;
    double complex *field = work->field + 2 * current * ali_survey_samples(grid);
    ali_sphere_spectrum spectrum = {0};
    field_source source = {.radiator = radiator, .grid = grid, .field = field};
    alicorn_status status = ALICORN_OK;
    *power = integrate(work, current);
    if (work->plan.extent.ground) {
        copy_field(work, current, field);
    } else {
        /* the phase is taken from the middle, so that the field varies as slowly as it can */
        status = ali_sphere_spectrum_create(
            &work->plan.rule, work->plan.extent.middle, work->e_theta + current * work->plan.places,
            work->e_phi + current * work->plan.places, &spectrum, NULL);
        size_t width = (size_t)(2 * spectrum.highest + 1);
        source.spectrum = &spectrum;
        source.mode = ali_calloc((grid->rings + 1) * width, sizeof *source.mode);
        if (status == ALICORN_OK && source.mode == NULL)
            status = ALICORN_E_MEMORY;
        if (status != ALICORN_OK)
            goto cleanup;
        form_field(grid, &spectrum, source.mode, field);
    }
    status = find_peak(&source, peak, NULL);
cleanup:
    ali_sphere_spectrum_clear(&spectrum);
    free(source.mode);
    return status;
}

/** Survey of at most ALI_RADIATORS_MOST currents. */
static alicorn_status survey_some(const ali_radiator *const *radiators, size_t currents,
                                  double *power, ali_radiation_peak *peak, alicorn_error *error)
{
    survey work;
    ali_radiator_extent extent = ali_radiator_get_extent(radiators[0]);
    alicorn_status status = survey_start(&work, &extent, currents, error);
    if (status == ALICORN_OK && !extent.ground)
        status = ali_radiators_sphere(radiators, currents, work.plan.count, work.theta, work.phi,
                                      work.e_theta, work.e_phi, error);
    for (size_t j = 0; status == ALICORN_OK && extent.ground && j < currents; j++)
        ali_radiator_far_field(radiators[j], work.plan.count, work.theta, work.phi,
                               work.e_theta + j * work.plan.places,
                               work.e_phi + j * work.plan.places);
    if (status != ALICORN_OK)
        goto cleanup;
#pragma omp parallel for schedule(dynamic) if (currents > 1)
    for (size_t j = 0; j < currents; j++) {
        alicorn_status own = survey_one(&work, radiators[j], j, &power[j], &peak[j]);
        if (own != ALICORN_OK) {
#pragma omp atomic write
            status = own;
        }
    }
    if (status != ALICORN_OK)
        status = ali_error_memory(error, work.plan.count * sizeof(sample),
                                  "directions of the far field");
cleanup:
    survey_clear(&work);
    return status;
}

alicorn_status ali_radiation_survey(const ali_radiator *const *radiators, size_t count,
                                    double *power, ali_radiation_peak *peak, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t first = 0, some; first < count && status == ALICORN_OK; first += some) {
        some = count - first < ALI_RADIATORS_MOST ? count - first : ALI_RADIATORS_MOST;
        status = survey_some(radiators + first, some, power + first, peak + first, error);
    }
    return status;
}

/* ---- effort ---- */

/** Samples of the grid in one lobe. */
static const double LOBE_SAMPLES = 9.0;
/** Rounds of the refinement: those in which the net shrinks, and those in which it walks along a
 * ring, per ratio of the samples' distance there to the net's width. */
static const double SHRINK_ROUNDS = 1.5, WALK_ROUNDS = 0.85;
/** In free space: directions tried with the current, as harmonics have left one or two lobes; and
 * with the harmonics. */
static const double LAST_TRIES = 40.0, HARMONIC_TRIES = 300.0;

/** Directions around the strongest lobes, over a ground; it is towards the horizon that the samples
 * of slender structures are much farther apart around than in theta. */
static double refined_directions(const ali_survey_grid *grid)
{
    double lobes = fmin(CANDIDATES, (double)ali_survey_samples(grid) / LOBE_SAMPLES);
    double ratio = 2.0 * ALI_PI / ((double)ali_survey_ring_count(grid, grid->rings) * grid->step);
    return lobes * TRIES * fmin(SHRINK_ROUNDS + WALK_ROUNDS * ratio, REFINEMENT_ROUNDS);
}

/** Products to form the harmonics of a field and its values on the grid and at the tries. */
static double harmonic_products(const ali_survey_plan *plan)
{
    double highest = ali_sphere_rule_highest(&plan->rule);
    double rings = (double)plan->grid.rings + HARMONIC_TRIES;
    return highest * (double)(plan->places + ali_survey_samples(&plan->grid)) +
           rings * plan->rule.nodes * (2.0 * highest + 1.0);
}

alicorn_status ali_radiation_foresee(const ali_radiator_extent *extent,
                                     ali_radiation_effort *effort, alicorn_error *error)
{
    ali_survey_plan plan;
    alicorn_status status = ali_survey_plan_create(extent, &plan, error);
    *effort = (ali_radiation_effort){.shared = !extent->ground};
    if (status == ALICORN_OK) {
        effort->directions = (double)plan.places;
        effort->refined = extent->ground ? refined_directions(&plan.grid) : LAST_TRIES;
        effort->harmonics = extent->ground ? 0.0 : harmonic_products(&plan);
    }
    ali_survey_plan_clear(&plan);
    return status;
}
