/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/radiation.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

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
    double weight; /**< of an integral over the sphere [sr] */
    double intensity;
    double rank; /**< intensity rounded to EQUAL of the largest, for sorting */
} sample;

typedef struct sample_list {
    sample *items;
    size_t count, capacity;
} sample_list;

static alicorn_status append(sample_list *list, double theta, double phi, double weight,
                             alicorn_error *error)
{
    if (ali_grow((void **)&list->items, &list->capacity, list->count, sizeof *list->items) != 0)
        return ali_error_memory(error, (list->count + 1) * sizeof *list->items,
                                "directions of the far field");
    list->items[list->count++] = (sample){.theta = theta, .phi = phi, .weight = weight};
    return ALICORN_OK;
}

/** A ring of `count` directions. */
static alicorn_status append_ring(sample_list *list, double theta, size_t count, double weight,
                                  alicorn_error *error)
{
    for (size_t i = 0; i < count; i++) {
        alicorn_status status = append(list, theta, 2.0 * ALI_PI * (double)i / (double)count,
                                       weight / (double)count, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Fill in the intensity of every sample. */
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
        samples[i].intensity =
            creal(field[i] * conj(field[i])) + creal(field[count + i] * conj(field[count + i]));
cleanup:
    free(angle);
    free(field);
    return status;
}

/* ---- power ---- */

/** Highest harmonic that a pattern of electrical size x keeps at 1e-7: the order beyond which
 *  J_n(x) has died. */
static double harmonics(double x)
{
    return x + 6.0 * cbrt(x) + 8.0;
}

/** Gauss rule over theta in [low, high], with the trapezoidal rule around. */
static alicorn_status append_panel(sample_list *list, const ali_radiator_extent *extent, double low,
                                   double high, alicorn_error *error)
{
    double half = 0.5 * (high - low), middle = 0.5 * (high + low);
    int n = (int)fmin(ceil(0.5 * harmonics(2.0 * extent->sphere * half)) + 2.0, ALI_GAUSS_MAX);
    for (int q = 0; q < n; q++) {
        double theta = middle + half * ali_gauss_node(n)[q];
        double weight = 2.0 * ALI_PI * half * ali_gauss_weight(n)[q] * sin(theta);
        size_t around = (size_t)ceil(harmonics(2.0 * extent->cylinder * sin(theta)));
        alicorn_status status = append_ring(list, theta, around, weight, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Panels of at most 64 points over [low, high]. */
static alicorn_status append_panels(sample_list *list, const ali_radiator_extent *extent,
                                    double low, double high, alicorn_error *error)
{
    int panels = (int)ceil(extent->sphere * (high - low) / 80.0 + 1e-9);
    for (int i = 0; i < panels; i++) {
        double width = (high - low) / panels;
        alicorn_status status =
            append_panel(list, extent, low + i * width, low + (i + 1) * width, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

alicorn_status ali_radiation_power(const ali_radiator *radiator, double *power,
                                   alicorn_error *error)
{
    ali_radiator_extent extent = ali_radiator_get_extent(radiator);
    sample_list list = {0};
    alicorn_status status = ALICORN_OK;
    double high = extent.ground ? 0.5 * ALI_PI : ALI_PI;
    if (extent.horizon > 0.0) {
        /* panels whose width is twice their distance from the reflection's pole just below the
         *  horizon */
        for (double width = fmax(extent.horizon, 1e-4); status == ALICORN_OK && width < 0.7;
             width *= 3.0) {
            double low = 0.5 * ALI_PI - width;
            status = append_panels(&list, &extent, low, high, error);
            high = low;
        }
    }
    if (status == ALICORN_OK)
        status = append_panels(&list, &extent, 0.0, high, error);
    if (status == ALICORN_OK)
        status = evaluate(radiator, list.items, list.count, error);
    *power = 0.0;
    for (size_t i = 0; status == ALICORN_OK && i < list.count; i++)
        *power += list.items[i].weight * list.items[i].intensity / (2.0 * ALI_ETA0);
    free(list.items);
    return status;
}

/* ---- maximum ---- */

/** Candidates refined together; directions tried at each, a 3 x 3 net; its middle. */
enum { CANDIDATES = 32, TRIES = 9, MIDDLE = 4 };
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
/** Directions closer than this many grid steps are on the same peak. */
#define SAME_PEAK 0.8
/** Intensities closer than this, relatively, are equal. */
#define EQUAL 1e-9
/** Directions this much weaker, relatively, are still preferred when their angles are round. */
#define AS_GOOD 1e-6

/** Rings `step` apart, as many directions on each as keep that distance where the structure is
 *  wide. */
static alicorn_status search_grid(const ali_radiator_extent *extent, sample_list *list,
                                  double *step, alicorn_error *error)
{
    double high = extent->ground ? 0.5 * ALI_PI : ALI_PI;
    size_t rings = (size_t)ceil(high * fmax(3.0 * extent->sphere / ALI_PI, 6.0));
    *step = high / (double)rings;
    for (size_t r = 0; r <= rings; r++) {
        double theta = *step * (double)r;
        double around = fmax(6.0 * extent->cylinder * sin(theta), 8.0);
        bool pole = r == 0 || (r == rings && !extent->ground);
        alicorn_status status =
            append_ring(list, theta, pole ? 1 : (size_t)ceil(around), 0.0, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
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

static void sort_samples(sample *samples, size_t count)
{
    double largest = 0.0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, samples[i].intensity);
    for (size_t i = 0; i < count; i++)
        samples[i].rank = largest > 0.0 ? round(samples[i].intensity / (largest * EQUAL)) : 0.0;
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

/** Refine all candidates at once; each round is one batch of directions.
 *  @param[in,out] chosen  samples of the grid; the best of each that could be the strongest
 *  @param[in,out] count   of chosen */
static alicorn_status refine(const ali_radiator *radiator, double step, sample *chosen,
                             size_t *count, alicorn_error *error)
{
    bool ground = ali_radiator_get_extent(radiator).ground;
    lobe_search lobes[CANDIDATES];
    sample tries[CANDIDATES * TRIES];
    for (size_t c = 0; c < *count; c++)
        lobes[c] = (lobe_search){chosen[c], chosen[c].theta, chosen[c].phi, step};
    for (int round = 0; round < 24; round++) {
        size_t active = 0;
        for (size_t c = 0; c < *count; c++)
            if (lobes[c].step > FINEST * step)
                spread(&lobes[c], ground, &tries[TRIES * active++]);
        if (active == 0)
            break;
        alicorn_status status = evaluate(radiator, tries, TRIES * active, error);
        if (status != ALICORN_OK)
            return status;
        active = 0;
        for (size_t c = 0; c < *count; c++)
            if (lobes[c].step > FINEST * step)
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

alicorn_status ali_radiation_maximum(const ali_radiator *radiator, ali_radiation_peak *peak,
                                     alicorn_error *error)
{
    ali_radiator_extent extent = ali_radiator_get_extent(radiator);
    sample_list list = {0};
    sample chosen[CANDIDATES];
    double step;
    *peak = (ali_radiation_peak){0};
    alicorn_status status = search_grid(&extent, &list, &step, error);
    if (status == ALICORN_OK)
        status = evaluate(radiator, list.items, list.count, error);
    if (status != ALICORN_OK)
        goto cleanup;
    sort_samples(list.items, list.count);
    size_t count = choose_candidates(&list, step, chosen);
    status = refine(radiator, step, chosen, &count, error);
    if (status != ALICORN_OK)
        goto cleanup;
    sort_samples(chosen, count);
    double strongest = chosen[0].intensity;
    status = prefer_round_angles(radiator, &chosen[0], error);
    *peak =
        (ali_radiation_peak){fmax(strongest, chosen[0].intensity), chosen[0].theta, chosen[0].phi};
cleanup:
    free(list.items);
    return status;
}
