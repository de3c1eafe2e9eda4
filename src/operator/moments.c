/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/moments.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** RULE_POINTS: longest rule in the table; CHUNK: pairs with a rule of their own at a time. */
enum { POINTS_MAX = 16, FAR_POINTS_MAX = 10, RULE_POINTS = 24, CHUNK = 64, TUBE_ARRAYS = 8 };
_Static_assert(CHUNK % ALI_FAR_LANES == 0, "chunks are whole vectors");

/** Points for far pairs by electrical half length (degree 1; one more for every degree above, none
 * for probes, whose highest moments are nothing at these distances: error bars change by 1e-6), and
 * the distance in half lengths from which they are enough for 1e-5 (error term of the Gauss rule,
 * [AbramowitzStegun:1964] 25.4.30). */
static const struct {
    int points;
    double phase, ratio;
} far_table[] = {{2, 0.22, 9.5}, {3, 0.75, 4.6}, {4, 1.6, 3.2}, {6, 3.5, 2.4}, {8, 6.0, 2.0}};
enum { FAR_ROWS = sizeof far_table / sizeof *far_table };

/** Elements of degree 1 up to this electrical half length are expanded in estimates, from this
 * distance on, in half lengths: good to 1e-3 of M_00 for M_00 itself, to 4e-3 for the others. */
static const double EXPANSION_PHASE = 0.35, EXPANSION_RATIO = 6.0;
/** In place of Gauss points: expansion; and points of such an element against others. */
enum { EXPANDED = 1, INSTEAD = 2 };

/** The same for pairs in the middle range, by the true distance of the axes: a Gauss rule converges
 * like (x + sqrt(x^2 + 1))^-2n with x the distance in half lengths. To 5e-6 at first, where most of
 * these pairs are, and 1e-3 for estimates. */
static const struct {
    int points;
    double ratio;
} middle_table[ALI_MOMENT_PRECISIONS][6] = {
    {{3, 3.8}, {4, 2.2}, {6, 1.2}, {8, 0.8}, {11, 0.55}, {14, 0.0}},
    {{2, 2.7}, {3, 1.4}, {4, 0.95}, {5, 0.7}, {6, 0.55}, {8, 0.0}}};
enum { MIDDLE_ROWS = sizeof *middle_table / sizeof **middle_table };

/** Far pairs are at least this many radii apart, so that the second-order ring correction of a
 * whole pair is enough. */
static const double FAR_RADII = 12.0;

/** A pair that is not far and waits for others with the same rules. */
typedef struct moment_job {
    size_t place;
    const ali_near_pair *near; /**< NULL in the middle range */
    int points, other_points;
} moment_job;

/** Working memory of a batch. */
typedef struct ali_moment_scratch {
    size_t *index;    /**< [places] */
    moment_job *jobs; /**< [places] */
    size_t job_count;
    double tube[TUBE_ARRAYS][CHUNK]; /**< as in ali_tube_array */
    double re[ALI_MOMENT_SIZE * ALI_MOMENT_SIZE * CHUNK];
    double im[ALI_MOMENT_SIZE * ALI_MOMENT_SIZE * CHUNK];
} ali_moment_scratch;

/* ---- source ---- */

static int far_row(double half, double k)
{
    int row = 0;
    while (row + 1 < FAR_ROWS && k * half > far_table[row].phase)
        row++;
    return row;
}

ali_far_rule ali_moment_rule(const ali_moment_source *source, int points)
{
    return (ali_far_rule){points, ali_gauss_node(points),
                          source->table + points * (points - 1) / 2};
}

static void tabulate_rules(double (*table)[ALI_MOMENT_SIZE])
{
    for (int n = 1; n <= RULE_POINTS; n++)
        for (int i = 0; i < n; i++, table++) {
            ali_legendre(ali_gauss_node(n)[i], ALI_TUBE_ORDER_MAX, *table);
            for (int p = 0; p < ALI_MOMENT_SIZE; p++)
                (*table)[p] *= ali_gauss_weight(n)[i];
        }
}

alicorn_status ali_moment_source_create(const ali_wire_basis *basis, const ali_near *near, double k,
                                        ali_moment_source *source, alicorn_error *error)
{
    size_t count = basis->mesh->element_count;
    *source =
        (ali_moment_source){.basis = basis, .near = near, .k = k, .kernel = ali_far_kernel_best()};
    bool allocated = true;
    for (int i = 0; i < ALI_MOMENT_PRECISIONS; i++) {
        source->rules[i].points = ali_calloc(count, 1);
        source->rules[i].reach = ali_calloc(count, sizeof *source->rules[i].reach);
        allocated = allocated && source->rules[i].points && source->rules[i].reach;
    }
    source->table = ali_calloc(RULE_POINTS * (RULE_POINTS + 1) / 2, sizeof *source->table);
    source->coaxial_re = ali_calloc(near->coaxial_size, sizeof *source->coaxial_re);
    source->coaxial_im = ali_calloc(near->coaxial_size, sizeof *source->coaxial_im);
    if (!allocated || !source->table || !source->coaxial_re || !source->coaxial_im) {
        ali_moment_source_clear(source);
        return ali_error_memory(error,
                                count * ALI_MOMENT_PRECISIONS * (1 + sizeof(double)) +
                                    near->coaxial_size * 2 * sizeof(double),
                                "moments of the kernel");
    }
    tabulate_rules(source->table);
    ali_near_coaxial_moments(near, k, source->coaxial_re, source->coaxial_im);
    for (size_t e = 0; e < count; e++) {
        double half = basis->mesh->elements[e].half;
        int row = far_row(half, k), points = far_table[row].points + basis->degree[e] - 1;
        bool expand = basis->degree[e] == 1 && k * half <= EXPANSION_PHASE;
        points = points < FAR_POINTS_MAX ? points : FAR_POINTS_MAX;
        source->rules[ALI_MOMENT_FULL].points[e] = (unsigned char)points;
        source->rules[ALI_MOMENT_FULL].reach[e] = far_table[row].ratio * half;
        source->rules[ALI_MOMENT_ESTIMATE].points[e] = (unsigned char)(expand ? EXPANDED : points);
        source->rules[ALI_MOMENT_ESTIMATE].reach[e] =
            (expand ? EXPANSION_RATIO : far_table[row].ratio) * half;
    }
    return ALICORN_OK;
}

void ali_moment_source_clear(ali_moment_source *source)
{
    for (int i = 0; i < ALI_MOMENT_PRECISIONS; i++) {
        free(source->rules[i].points);
        free(source->rules[i].reach);
        source->rules[i] = (ali_moment_rules){0};
    }
    free(source->table);
    free(source->coaxial_re);
    free(source->coaxial_im);
    source->table = NULL;
    source->coaxial_re = source->coaxial_im = NULL;
}

/* ---- batch ---- */

void ali_moment_batch_destroy(ali_moment_batch *batch)
{
    if (!batch)
        return;
    if (batch->scratch) {
        free(batch->scratch->index);
        free(batch->scratch->jobs);
    }
    free(batch->scratch);
    free(batch->groups);
    free(batch->place);
    free(batch->element);
    free(batch->order);
    free(batch->re);
    free(batch);
}

/** Give every element of the list its place: by points, then as listed. */
static int place_elements(ali_moment_batch *batch, size_t count, const size_t *elements,
                          const unsigned char *orders)
{
    size_t number[FAR_POINTS_MAX + 1] = {0}, next[FAR_POINTS_MAX + 1];
    const unsigned char *points_of = batch->source->rules[batch->precision].points;
    for (size_t i = 0; i < count; i++)
        number[points_of[elements[i]]]++;
    batch->groups = ali_calloc(FAR_POINTS_MAX + 1, sizeof *batch->groups);
    batch->place = ali_calloc(count, sizeof *batch->place);
    if (!batch->groups || !batch->place)
        return -1;
    ali_moment_group *group_of[FAR_POINTS_MAX + 1] = {NULL};
    for (int points = 1; points < FAR_POINTS_MAX + 1; points++) {
        if (number[points] == 0)
            continue;
        group_of[points] = &batch->groups[batch->group_count++];
        *group_of[points] = (ali_moment_group){
            .first = batch->places, .count = number[points], .points = points, .order = 1};
        next[points] = batch->places;
        batch->places += (number[points] + ALI_FAR_LANES - 1) / ALI_FAR_LANES * ALI_FAR_LANES;
    }
    batch->element = ali_calloc(batch->places, sizeof *batch->element);
    batch->order = ali_calloc(batch->places, sizeof *batch->order);
    if (!batch->element || !batch->order)
        return -1;
    for (size_t i = 0; i < count; i++) {
        int points = points_of[elements[i]];
        batch->place[i] = next[points]++;
        batch->element[batch->place[i]] = elements[i];
        batch->order[batch->place[i]] = orders[i];
        if (orders[i] > group_of[points]->order)
            group_of[points]->order = orders[i];
    }
    /* padding repeats the last element of its group */
    for (size_t g = 0; g < batch->group_count; g++) {
        size_t end = batch->groups[g].first + batch->groups[g].count;
        for (size_t place = end; place % ALI_FAR_LANES != 0; place++)
            batch->element[place] = batch->element[end - 1];
    }
    return 0;
}

static void set_tube(double *const *array, size_t place, const ali_element *element)
{
    const double value[TUBE_ARRAYS] = {element->mid.x, element->mid.y, element->mid.z,
                                       element->dir.x, element->dir.y, element->dir.z,
                                       element->half,  element->radius};
    for (int i = 0; i < TUBE_ARRAYS; i++)
        array[i][place] = value[i];
}

static ali_tube_array tube_array(size_t count, double *const *array)
{
    return (ali_tube_array){.count = count,
                            .mid = {array[0], array[1], array[2]},
                            .dir = {array[3], array[4], array[5]},
                            .half = array[6],
                            .radius = array[7]};
}

/** Memory for moments up to `order` of the elements at work, and the tubes of the list. */
static int allocate_arrays(ali_moment_batch *batch, int order)
{
    size_t places = batch->places, sets = 0;
    for (size_t g = 0; g < batch->group_count; g++) {
        size_t set = (size_t)(order + 1) * (size_t)(batch->groups[g].order + 1);
        sets = set > sets ? set : sets;
    }
    batch->re = ali_alloc_aligned((2 * sets + TUBE_ARRAYS + 1) * places, sizeof *batch->re);
    batch->scratch = ali_alloc_aligned(1, sizeof *batch->scratch);
    if (batch->scratch) {
        batch->scratch->job_count = 0;
        batch->scratch->index = ali_calloc(places, sizeof *batch->scratch->index);
        batch->scratch->jobs = ali_calloc(places, sizeof *batch->scratch->jobs);
    }
    if (!batch->re || !batch->scratch || !batch->scratch->index || !batch->scratch->jobs)
        return -1;
    batch->im = batch->re + sets * places;
    double *array[TUBE_ARRAYS];
    for (size_t i = 0; i < TUBE_ARRAYS; i++)
        array[i] = batch->im + (sets + i) * places;
    batch->reach = batch->im + (sets + TUBE_ARRAYS) * places;
    batch->tubes = tube_array(places, array);
    for (size_t place = 0; place < places; place++) {
        size_t e = batch->element[place];
        set_tube(array, place, &batch->source->basis->mesh->elements[e]);
        batch->reach[place] = batch->source->rules[batch->precision].reach[e];
    }
    return 0;
}

alicorn_status ali_moment_batch_create(const ali_moment_source *source,
                                       ali_moment_precision precision, size_t count,
                                       const size_t *elements, const unsigned char *orders,
                                       int order, ali_moment_batch **batch, alicorn_error *error)
{
    *batch = NULL;
    ali_moment_batch *made = ali_calloc(1, sizeof *made);
    if (made) {
        made->source = source;
        made->precision = precision;
        if (place_elements(made, count, elements, orders) == 0 &&
            allocate_arrays(made, order > 1 ? order : 1) == 0) {
            *batch = made;
            return ALICORN_OK;
        }
    }
    ali_moment_batch_destroy(made);
    return ali_error_memory(error, count * (TUBE_ARRAYS + 10) * sizeof(double),
                            "moments of the kernel");
}

/* ---- pairs that are not far ---- */

/** The one element of a run, and what it is run against. */
typedef struct moment_run {
    ali_moment_batch *batch;
    const ali_moment_group *group;
    size_t e;
    int order;
    bool image;
    ali_tube tube;
} moment_run;

static ali_tube tube_in(const ali_moment_batch *batch, size_t place)
{
    return ali_element_tube(&batch->source->basis->mesh->elements[batch->element[place]]);
}

/** Index of moment (p, q) of a place. */
static size_t moment_index(const moment_run *run, int p, int q, size_t place)
{
    return (size_t)(p * (run->group->order + 1) + q) * run->batch->places + place;
}

/** Add the static moments of a near pair to what stands in its place. */
static void add_static(const moment_run *run, const ali_near_pair *pair, size_t place)
{
    const ali_near *near = run->batch->source->near;
    const double *fixed = near->moments + near->offset[pair->class_index];
    size_t stride = pair->order_b + 1u;
    size_t row = pair->transposed ? 1 : stride, column = pair->transposed ? stride : 1;
    for (int p = 0; p <= run->order; p++)
        for (int q = 0; q <= run->batch->order[place]; q++)
            run->batch->re[moment_index(run, p, q, place)] +=
                fixed[(size_t)p * row + (size_t)q * column];
}

/** Moments of a coaxial pair: its class's, and what its own lengths must give. Others of its group
 * have higher ones, in whose place the far kernel left 1/0 if the pair is one element with itself.
 */
static void set_coaxial(const moment_run *run, const ali_near_pair *pair, const ali_tube *other,
                        size_t place)
{
    const ali_moment_source *source = run->batch->source;
    const ali_near_coaxial *class =
        &source->near->coaxial[source->near->coaxial_of[pair->class_index]];
    const double *re = source->coaxial_re + class->first, *im = source->coaxial_im + class->first;
    size_t row = pair->transposed ? 1 : class->width, column = pair->transposed ? class->width : 1;
    double leading[3][3];
    ali_tube_leading(&run->tube, other, source->k, leading);
    for (int p = 0; p <= run->order; p++)
        for (int q = 0; q <= run->group->order; q++) {
            size_t at = moment_index(run, p, q, place);
            size_t from = (size_t)p * row + (size_t)q * column;
            bool wanted = q <= run->batch->order[place];
            run->batch->re[at] = wanted ? re[from] : 0.0;
            run->batch->im[at] = wanted ? im[from] + (p + q < 3 ? leading[p][q] : 0.0) : 0.0;
        }
}

/** The order that decides an element's rules: that of its current, so that a pair's moments are the
 * same whichever functions they are wanted for, or that of a probe. */
static int rule_order(const moment_run *run, size_t e, int wanted)
{
    int degree = run->batch->source->basis->degree[e];
    return degree > wanted ? degree : wanted;
}

/** Points for the smooth rest of a near pair, as in ali_tube_dynamic. */
static int rest_points(double half, double k, int order)
{
    int n = 4 + order + (int)(2.0 * k * half);
    return n < RULE_POINTS ? n : RULE_POINTS;
}

static int middle_points(ali_moment_precision precision, double half, double distance, double k,
                         int order)
{
    int row = 0;
    while (row + 1 < MIDDLE_ROWS && distance < middle_table[precision][row].ratio * half)
        row++;
    int n = middle_table[precision][row].points + order / 2 + (int)(k * half);
    return n < POINTS_MAX ? n : POINTS_MAX;
}

static moment_job middle_job(const moment_run *run, const ali_tube *other, size_t place)
{
    /* the middles often tell already that the first row of the table will do */
    double distance = ali_vec3_distance(run->tube.mid, other->mid) - run->tube.half - other->half;
    ali_moment_precision precision = run->batch->precision;
    if (distance < middle_table[precision][0].ratio * fmax(run->tube.half, other->half))
        distance = ali_tube_distance(&run->tube, other);
    double k = run->batch->source->k;
    int order = rule_order(run, run->e, run->order);
    int other_order = rule_order(run, run->batch->element[place], run->batch->order[place]);
    return (moment_job){.place = place,
                        .points = middle_points(precision, run->tube.half, distance, k, order),
                        .other_points =
                            middle_points(precision, other->half, distance, k, other_order)};
}

/** List the pairs of the group that wait for their rules; the coaxial ones are done at once.
 *  @param place  [count] ascending: pairs that are not far */
static void list_jobs(const moment_run *run, size_t count, const size_t *place)
{
    const ali_moment_source *source = run->batch->source;
    ali_moment_scratch *scratch = run->batch->scratch;
    const ali_near_pair *pair = source->near->pairs + source->near->first[run->e];
    const ali_near_pair *end = source->near->pairs + source->near->first[run->e + 1];
    scratch->job_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t f = run->batch->element[place[i]];
        ali_tube other = tube_in(run->batch, place[i]);
        while (pair < end && (pair->other < f || (pair->other == f && pair->mirrored < run->image)))
            pair++;
        if (pair == end || pair->other != f || pair->mirrored != run->image) {
            scratch->jobs[scratch->job_count++] = middle_job(run, &other, place[i]);
        } else if (source->near->coaxial_of[pair->class_index] != ALI_NEAR_SKEW) {
            set_coaxial(run, pair, &other, place[i]);
        } else {
            int order = rule_order(run, run->e, run->order);
            int other_order = rule_order(run, f, run->batch->order[place[i]]);
            scratch->jobs[scratch->job_count++] =
                (moment_job){.place = place[i],
                             .near = pair,
                             .points = rest_points(run->tube.half, source->k, order),
                             .other_points = rest_points(other.half, source->k, other_order)};
        }
    }
}

static bool same_rules(const moment_job *a, const moment_job *b)
{
    return a->points == b->points && a->other_points == b->other_points && !a->near == !b->near;
}

/** Take up to CHUNK jobs with the rules of the first from the list. */
static size_t take_jobs(ali_moment_scratch *scratch, moment_job *taken)
{
    size_t count = 0, left = 0;
    moment_job first = scratch->jobs[0];
    for (size_t i = 0; i < scratch->job_count; i++)
        if (count < CHUNK && same_rules(&scratch->jobs[i], &first))
            taken[count++] = scratch->jobs[i];
        else
            scratch->jobs[left++] = scratch->jobs[i];
    scratch->job_count = left;
    return count;
}

/** Moments of jobs with the same rules. */
static void do_jobs(const moment_run *run, size_t count, const moment_job *jobs)
{
    const ali_moment_batch *batch = run->batch;
    ali_moment_scratch *scratch = batch->scratch;
    double *array[TUBE_ARRAYS];
    for (int i = 0; i < TUBE_ARRAYS; i++)
        array[i] = scratch->tube[i];
    size_t padded = (count + ALI_FAR_LANES - 1) / ALI_FAR_LANES * ALI_FAR_LANES;
    for (size_t i = 0; i < padded; i++) {
        size_t place = jobs[i < count ? i : count - 1].place;
        set_tube(array, i, &batch->source->basis->mesh->elements[batch->element[place]]);
    }
    int order = run->order > 1 ? run->order : 1;
    ali_far_task task = {.tube = run->tube,
                         .rule = ali_moment_rule(batch->source, jobs[0].points),
                         .order = order,
                         .others = tube_array(count, array),
                         .other_rule = ali_moment_rule(batch->source, jobs[0].other_points),
                         .other_order = run->group->order,
                         .k = batch->source->k};
    const ali_far_kernel *kernel = batch->source->kernel;
    (jobs[0].near ? kernel->rest : kernel->middle)(&task, CHUNK, scratch->re, scratch->im);
    int sets = (order + 1) * (run->group->order + 1);
    for (size_t i = 0; i < count; i++) {
        for (size_t m = 0; m < (size_t)sets; m++) {
            batch->re[m * batch->places + jobs[i].place] = scratch->re[m * CHUNK + i];
            batch->im[m * batch->places + jobs[i].place] = scratch->im[m * CHUNK + i];
        }
        if (jobs[i].near)
            add_static(run, jobs[i].near, jobs[i].place);
    }
}

/* ---- run ---- */

ali_tube_array ali_moment_tubes(const ali_moment_batch *batch, size_t from, size_t end)
{
    const ali_tube_array *all = &batch->tubes;
    ali_tube_array part = {
        .count = end - from, .half = all->half + from, .radius = all->radius + from};
    for (int c = 0; c < 3; c++) {
        part.mid[c] = all->mid[c] + from;
        part.dir[c] = all->dir[c] + from;
    }
    return part;
}

void ali_moment_batch_run(ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                          size_t e, int order, bool image)
{
    const ali_moment_source *source = batch->source;
    moment_run run = {.batch = batch, .group = group, .e = e, .order = order, .image = image};
    run.tube = ali_element_tube(&source->basis->mesh->elements[e]);
    const ali_moment_rules *rules = &source->rules[batch->precision];
    int points = rules->points[e], others = group->points;
    bool expand = points == EXPANDED && others == EXPANDED;
    if (image) /* seen from the mirrored element, the list's images lie where the list does */
        run.tube = ali_tube_mirror(run.tube);
    ali_far_task task = {.tube = run.tube,
                         .rule = ali_moment_rule(source, points > EXPANDED ? points : INSTEAD),
                         .order = order > 1 ? order : 1,
                         .others = ali_moment_tubes(batch, from, group->first + group->count),
                         .other_rule =
                             ali_moment_rule(source, others > EXPANDED ? others : INSTEAD),
                         .other_order = group->order,
                         .k = source->k};
    (expand ? source->kernel->expand : source->kernel->far)(&task, batch->places, batch->re + from,
                                                            batch->im + from);
    size_t *index = batch->scratch->index;
    size_t count = source->kernel->select(&task.tube, rules->reach[e], &task.others,
                                          batch->reach + from, FAR_RADII, index);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        index[i] += from;
    list_jobs(&run, count, index);
    while (batch->scratch->job_count > 0) {
        moment_job taken[CHUNK];
        size_t number = take_jobs(batch->scratch, taken);
        do_jobs(&run, number, taken);
    }
}
