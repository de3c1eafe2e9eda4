/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/wire_operator.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "operator/carriers.h"
#include "operator/moments.h"
#include "operator/pair_factors.h"
#include "operator/shape_kernel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A shape in Legendre polynomials, without those it does not have; missing terms have weight 0. */
typedef struct shape_terms {
    int order[ALI_SHAPE_TERMS];
    double weight[ALI_SHAPE_TERMS];
    int slope_order;
    double slope_weight; /**< times 1/half */
} shape_terms;

struct ali_wire_operator {
    ali_wire_operator_setup setup;
    double k; /**< [rad/m] */
    ali_moment_source source;
    const ali_shape_kernel *kernel;
    shape_terms shapes[ALI_SHAPE_COUNT];
};

static shape_terms terms_of(int shape)
{
    double current[ALI_MOMENT_SIZE], slope[ALI_MOMENT_SIZE];
    shape_terms terms = {.weight = {0.0}};
    int count = 0;
    ali_shape_legendre(shape, 1.0, ALI_TUBE_ORDER_MAX, current, slope);
    for (int p = 0; p < ALI_MOMENT_SIZE; p++) {
        if (current[p] != 0.0) {
            assert(count < ALI_SHAPE_TERMS);
            terms.order[count] = p;
            terms.weight[count++] = current[p];
        }
        if (slope[p] != 0.0) {
            assert(terms.slope_weight == 0.0);
            terms.slope_order = p;
            terms.slope_weight = slope[p];
        }
    }
    return terms;
}

alicorn_status ali_wire_operator_create(const ali_wire_operator_setup *setup,
                                        ali_wire_operator **operator, alicorn_error * error)
{
    *operator= NULL;
    ali_wire_operator *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the operator");
    made->setup = *setup;
    made->k = setup->omega / ALI_C0;
    made->kernel = ali_shape_kernel_best();
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++)
        made->shapes[shape] = terms_of(shape);
    alicorn_status status =
        ali_moment_source_create(setup->basis, setup->near, made->k, &made->source, error);
    if (status)
        ali_wire_operator_destroy(made);
    else
        *operator= made;
    return status;
}

void ali_wire_operator_destroy(ali_wire_operator *operator)
{
    if (!operator)
        return;
    ali_moment_source_clear(&operator->source);
    free(operator);
}

const ali_wire_operator_setup *ali_wire_operator_get_setup(const ali_wire_operator *operator)
{
    return &operator->setup;
}

const ali_moment_source *ali_wire_operator_get_source(const ali_wire_operator *operator)
{
    return &operator->source;
}

/* ---- one block ----
 *
 * One side of the block, `many`, is done in vectors: its elements stand in the places of a moment
 * batch. The elements of the other side, `one`, come one after the other; each is integrated
 * against all of many, its shapes are combined with theirs, the results are summed to many's
 * functions and these added to the block. */

/** A term of many's functions beyond their first two. */
typedef struct extra_term {
    size_t function, index;
    double weight;
} extra_term;

typedef struct block_filler {
    const ali_wire_operator *operator;
    ali_carrier_list many, one;
    size_t functions;               /**< of many's side of the block */
    unsigned char *orders;          /**< [many.count] of the highest shape wanted */
    size_t many_stride, one_stride; /**< in the block, of their functions */
    double complex *block;
    bool symmetric; /**< both sides are the same: fill pairs of elements once, from a half */
    ali_moment_batch *batch;
    unsigned *group_shapes; /**< [batch->group_count] */
    size_t slot[ALI_SHAPE_COUNT],
        one_slot[ALI_SHAPE_COUNT]; /**< of a shape among those of a side */
    size_t slots;                  /**< shapes of many */
    size_t stride;                 /**< values per shape of one: slots * places and a zero */
    double complex *value;         /**< [shapes of one][stride] */
    size_t clean[ALI_SHAPE_COUNT]; /**< per shape of one: that many places are zero already */
    ali_pair_factors factors;      /**< of the element at work with those of many */
    ali_gather_term *gather;       /**< [functions] */
    extra_term *extra;
    size_t extra_count;
    double complex *sum; /**< [functions] */
} block_filler;

static void filler_clear(block_filler *filler)
{
    ali_carrier_list_clear(&filler->many);
    ali_carrier_list_clear(&filler->one);
    free(filler->orders);
    ali_moment_batch_destroy(filler->batch);
    free(filler->group_shapes);
    free(filler->value);
    ali_pair_factors_clear(&filler->factors);
    free(filler->gather);
    free(filler->extra);
    free(filler->sum);
}

/** Where the value of a shape on the i-th element of many stands. */
static size_t value_index(const block_filler *filler, size_t i, int shape)
{
    return filler->slot[shape] * filler->batch->places + filler->batch->place[i];
}

/** Say for every function of many which values make it up. */
static int list_terms(block_filler *filler)
{
    const ali_carrier_list *many = &filler->many;
    size_t total = 0, zero = filler->stride - 1;
    for (size_t i = 0; i < many->count; i++)
        total += many->carriers[i].count;
    unsigned char *number = ali_calloc(filler->functions, sizeof *number);
    filler->gather = ali_calloc(filler->functions, sizeof *filler->gather);
    filler->extra = ali_calloc(total, sizeof *filler->extra);
    if (number && filler->gather && filler->extra) {
        for (size_t m = 0; m < filler->functions; m++)
            filler->gather[m].index[0] = filler->gather[m].index[1] = zero;
        for (size_t i = 0; i < many->count; i++)
            for (size_t t = 0; t < many->carriers[i].count; t++) {
                const ali_term *term = &many->carriers[i].terms[t];
                size_t m = term->function + many->first;
                size_t index = value_index(filler, i, term->shape);
                if (number[m] < 2) {
                    filler->gather[m].index[number[m]] = index;
                    filler->gather[m].weight[number[m]++] = term->weight;
                } else {
                    filler->extra[filler->extra_count++] = (extra_term){m, index, term->weight};
                }
            }
    }
    free(number);
    return number && filler->gather && filler->extra ? 0 : -1;
}

static alicorn_status filler_prepare(block_filler *filler, alicorn_error *error)
{
    const ali_carrier_list *many = &filler->many;
    filler->orders = ali_calloc(many->count, sizeof *filler->orders);
    if (!filler->orders)
        return ali_error_memory(error, many->count, "a block of the matrix");
    for (size_t i = 0; i < many->count; i++)
        filler->orders[i] = (unsigned char)ali_carrier_order(many->carriers[i].shapes);
    alicorn_status status = ali_moment_batch_create(
        &filler->operator->source, ALI_MOMENT_FULL, many->count, many->index, filler->orders,
        ali_carrier_order(filler->one.shapes), &filler->batch, error);
    if (status)
        return status;
    size_t places = filler->batch->places, one_slots = 0;
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++) {
        if (many->shapes & 1u << shape)
            filler->slot[shape] = filler->slots++;
        if (filler->one.shapes & 1u << shape)
            filler->one_slot[shape] = one_slots++;
    }
    filler->stride = filler->slots * places + 1;
    filler->group_shapes = ali_calloc(filler->batch->group_count, sizeof *filler->group_shapes);
    filler->value = ali_calloc_aligned(one_slots * filler->stride, sizeof *filler->value);
    filler->sum = ali_calloc_aligned(filler->functions, sizeof *filler->sum);
    if (!filler->group_shapes || !filler->value || !filler->sum ||
        ali_pair_factors_create(filler->batch, &filler->factors) || list_terms(filler))
        return ali_error_memory(error, one_slots * filler->stride * sizeof *filler->value,
                                "a block of the matrix");
    for (size_t i = 0; i < many->count; i++)
        for (size_t g = 0; g < filler->batch->group_count; g++)
            if (filler->batch->place[i] - filler->batch->groups[g].first <
                filler->batch->groups[g].count)
                filler->group_shapes[g] |= many->carriers[i].shapes;
    return ALICORN_OK;
}

/** Set, or add the image's to, the values of one of e's shapes with all shapes of a group. */
static void combine_group(const block_filler *filler, const ali_moment_group *group,
                          unsigned shapes, size_t from, const ali_carrier *e, int shape, bool image)
{
    const ali_wire_operator *operator= filler->operator;
    const ali_moment_batch *batch = filler->batch;
    const ali_pair_factors *factors = &filler->factors;
    bool complex_factors = ali_pair_factors_complex(&operator->setup, image);
    const shape_terms *a = &operator->shapes[shape];
    ali_shape_pair pair = {.count = group->first + group->count - from,
                           .vector_re = complex_factors ? factors->vector_re + from : NULL,
                           .vector_im = factors->vector_im + from,
                           .scalar_re = complex_factors ? factors->scalar_re + from : NULL,
                           .scalar_im = factors->scalar_im + from};
    for (; shapes; shapes &= shapes - 1) {
        int other = __builtin_ctz(shapes);
        const shape_terms *b = &operator->shapes[other];
        for (int s = 0; s < ALI_SHAPE_PAIR_TERMS; s++) {
            int p = s / ALI_SHAPE_TERMS, q = s % ALI_SHAPE_TERMS;
            size_t set = (size_t)(a->order[p] * (group->order + 1) + b->order[q]);
            pair.re[s] = batch->re + set * batch->places + from;
            pair.im[s] = batch->im + set * batch->places + from;
            pair.weight[s] = a->weight[p] * b->weight[q];
        }
        size_t set = (size_t)(a->slope_order * (group->order + 1) + b->slope_order);
        pair.slope_re = batch->re + set * batch->places + from;
        pair.slope_im = batch->im + set * batch->places + from;
        pair.slope_weight = a->slope_weight *
                            b->slope_weight / operator->setup.basis->mesh->elements[e->index].half;
        operator->kernel->combine(&pair, image,
                                  filler->value + filler->one_slot[shape] * filler->stride +
                                      filler->slot[other] * batch->places + from);
    }
}

/** Values of all shapes of e with all of many from place `first` on. */
static void set_values(const block_filler *filler, const ali_carrier *e, size_t first)
{
    int order = ali_carrier_order(e->shapes);
    for (size_t g = 0; g < filler->batch->group_count; g++) {
        const ali_moment_group *group = &filler->batch->groups[g];
        size_t end = group->first + group->count, from = first / ALI_FAR_LANES * ALI_FAR_LANES;
        if (end <= first)
            continue;
        from = from > group->first ? from : group->first;
        for (int image = 0; image <= (filler->operator->setup.ground != ALI_GROUND_NONE); image++) {
            ali_moment_batch_run(filler->batch, group, from, e->index, order, image);
            ali_pair_factors_set(&filler->factors, &filler->operator->setup, filler->batch,
                                 e->index, image, from, end);
            for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1)
                combine_group(filler, group, filler->group_shapes[g], from, e,
                              __builtin_ctz(shapes), image);
        }
    }
}

/** int f_m f_n over one element for the series impedance: Legendre polynomials are orthogonal. */
static double shape_product(const ali_wire_operator *operator, int a, int b, double half)
{
    double sum = 0.0;
    const shape_terms *s = &operator->shapes[a], *t = &operator->shapes[b];
    for (int i = 0; i < ALI_SHAPE_TERMS; i++)
        for (int j = 0; j < ALI_SHAPE_TERMS; j++)
            if (s->order[i] == t->order[j])
                sum += s->weight[i] * t->weight[j] * 2.0 * half / (2 * s->order[i] + 1);
    return sum;
}

/** What only the pair of e with itself has: the series impedance, and half its weight in a
 * symmetric block. */
static void mend_self(const block_filler *filler, const ali_carrier *e, size_t place)
{
    const ali_wire_operator *operator= filler->operator;
    double half = operator->setup.basis->mesh->elements[e->index].half;
    double complex series = operator->setup.series ? operator->setup.series[e->index] : 0.0;
    for (unsigned ones = e->shapes; ones; ones &= ones - 1)
        for (unsigned others = filler->many.shapes; others; others &= others - 1) {
            int a = __builtin_ctz(ones), b = __builtin_ctz(others);
            double complex *value = filler->value + filler->one_slot[a] * filler->stride +
                                    filler->slot[b] * filler->batch->places + place;
            *value += series * shape_product(operator, a, b, half);
            if (filler->symmetric)
                *value *= 0.5;
        }
}

/** Zero the values of one of e's shapes before place `first`: pairs that another element does. */
static void clean_values(block_filler *filler, size_t one_slot, size_t first)
{
    size_t places = filler->batch->places, clean = first / ALI_FAR_LANES * ALI_FAR_LANES;
    if (filler->clean[one_slot] < clean)
        clean = filler->clean[one_slot];
    for (size_t slot = 0; slot < filler->slots; slot++)
        memset(filler->value + one_slot * filler->stride + slot * places + clean, 0,
               (first - clean) * sizeof *filler->value);
    filler->clean[one_slot] = first;
}

/** Sum the values to functions and add these to the block. */
static void add_values(const block_filler *filler, const ali_carrier *e)
{
    const ali_shape_kernel *kernel = filler->operator->kernel;
    for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1) {
        int shape = __builtin_ctz(shapes);
        const double complex *value = filler->value + filler->one_slot[shape] * filler->stride;
        kernel->gather(filler->functions, filler->gather, value, filler->sum);
        for (size_t i = 0; i < filler->extra_count; i++)
            filler->sum[filler->extra[i].function] +=
                filler->extra[i].weight * value[filler->extra[i].index];
        for (size_t t = 0; t < e->count; t++)
            if (e->terms[t].shape == shape)
                kernel->add(filler->functions, e->terms[t].weight, filler->sum,
                            filler->block +
                                (e->terms[t].function + filler->one.first) * filler->one_stride,
                            filler->many_stride);
    }
}

/** All pairs of the i-th element of one. */
static void add_element(const block_filler *filler, size_t i)
{
    const ali_carrier *e = &filler->one.carriers[i];
    size_t self = ali_carrier_find(&filler->many, e->index);
    set_values(filler, e, 0);
    if (self != SIZE_MAX)
        mend_self(filler, e, filler->batch->place[self]);
    add_values(filler, e);
}

/** Half of a symmetric block: the elements in the order of their places, each with itself and those
 * behind it. */
static void add_half(block_filler *filler)
{
    for (size_t g = 0; g < filler->batch->group_count; g++) {
        const ali_moment_group *group = &filler->batch->groups[g];
        for (size_t place = group->first; place < group->first + group->count; place++) {
            size_t i = ali_carrier_find(&filler->one, filler->batch->element[place]);
            const ali_carrier *e = &filler->one.carriers[i];
            set_values(filler, e, place);
            for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1)
                clean_values(filler, filler->one_slot[__builtin_ctz(shapes)], place);
            mend_self(filler, e, place);
            add_values(filler, e);
        }
    }
}

/** A = (half of) the block becomes A + A^T. */
static void add_transposed(const block_filler *filler, size_t leading)
{
    for (size_t j = 0; j < filler->functions; j++)
        for (size_t i = 0; i <= j; i++) {
            double complex sum = filler->block[i + j * leading] + filler->block[j + i * leading];
            filler->block[i + j * leading] = filler->block[j + i * leading] = sum;
        }
}

/** A block's place in the matrix. */
typedef struct block_target {
    size_t row_first, row_count, col_first, col_count, leading;
    double complex *block;
} block_target;

static void add_lumped(const ali_wire_operator *operator, const block_target * target)
{
    for (size_t l = 0; l < operator->setup.lumped_count; l++) {
        const ali_lumped *load = &operator->setup.lumped[l];
        const ali_functional *g = &load->current;
        for (size_t j = 0; j < g->count; j++) {
            if (g->function[j] - target->col_first >= target->col_count)
                continue;
            double complex *column =
                target->block + (g->function[j] - target->col_first) * target->leading;
            for (size_t i = 0; i < g->count; i++)
                if (g->function[i] - target->row_first < target->row_count)
                    column[g->function[i] - target->row_first] +=
                        load->impedance * g->weight[i] * g->weight[j];
        }
    }
}

/** Whether to do the columns in vectors: rows, which are contiguous in the block, unless there are
 * too few. */
static bool prefer_columns(size_t rows, size_t columns)
{
    return rows < 4 * ALI_FAR_LANES && columns > 2 * rows;
}

static alicorn_status fill_pairs(const ali_wire_operator *operator, const block_target * target,
                                 alicorn_error *error)
{
    block_filler filler = {.operator= operator, .block = target->block };
    bool by_columns = prefer_columns(target->row_count, target->col_count);
    filler.symmetric =
        target->row_first == target->col_first && target->row_count == target->col_count;
    filler.many_stride = by_columns ? target->leading : 1;
    filler.one_stride = by_columns ? 1 : target->leading;
    filler.functions = by_columns ? target->col_count : target->row_count;
    ali_incidence incidence = ali_wire_incidence(operator->setup.basis, 0);
    ali_carrier_list *rows = by_columns ? &filler.one : &filler.many;
    ali_carrier_list *columns = by_columns ? &filler.many : &filler.one;
    alicorn_status status;
    if (ali_carrier_list_create(&incidence, target->row_first, target->row_count, rows) ||
        ali_carrier_list_create(&incidence, target->col_first, target->col_count, columns))
        status = ali_error_memory(error,
                                  (target->row_count + target->col_count) * sizeof *rows->carriers,
                                  "a block of the matrix");
    else
        status = filler_prepare(&filler, error);
    for (size_t i = 0; i < filler.one.count && !status && !filler.symmetric; i++)
        add_element(&filler, i);
    if (filler.symmetric && !status) {
        add_half(&filler);
        add_transposed(&filler, target->leading);
    }
    filler_clear(&filler);
    return status;
}

alicorn_status ali_wire_operator_fill(void *context, size_t row_first, size_t row_count,
                                      size_t col_first, size_t col_count, double complex *block,
                                      size_t leading, alicorn_error *error)
{
    const ali_wire_operator *operator= context;
    block_target target = {row_first, row_count, col_first, col_count, leading, block};
    for (size_t j = 0; j < col_count; j++)
        memset(block + j * leading, 0, row_count * sizeof *block);
    alicorn_status status = fill_pairs(operator, & target, error);
    if (!status)
        add_lumped(operator, & target);
    return status;
}
