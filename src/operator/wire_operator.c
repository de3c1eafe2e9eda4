/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/wire_operator.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "operator/wire_side.h"

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
    unsigned unknown_shapes; /**< bit set */
    size_t *load_first;      /**< as in ali_load_map; NULL without lumped loads */
    ali_function_load *loads;
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

/** Turn the loads' lists of functions into lists of loads by function. */
static int map_loads(ali_wire_operator *operator)
{
    const ali_wire_operator_setup *setup = &operator->setup;
    size_t count = setup->basis->count + setup->basis->mesh->element_count, total = 0;
    if (setup->lumped_count == 0)
        return 0;
    size_t *next = ali_calloc(count + 2, sizeof *next);
    if (!next)
        return -1;
    /* next[f + 1] is where function f goes on, and in the end where it ends */
    for (size_t l = 0; l < setup->lumped_count; l++)
        for (size_t i = 0; i < setup->lumped[l].current.count; i++, total++)
            next[setup->lumped[l].current.function[i] + 2]++;
    for (size_t f = 0; f < count; f++)
        next[f + 2] += next[f + 1];
    operator->load_first = next;
    operator->loads = ali_calloc(total, sizeof *operator->loads);
    if (!operator->loads)
        return -1;
    for (size_t l = 0; l < setup->lumped_count; l++) {
        const ali_functional *current = &setup->lumped[l].current;
        for (size_t i = 0; i < current->count; i++)
            operator->loads[next[current->function[i] + 1]++] =(ali_function_load){
                l, current->weight[i]};
    }
    return 0;
}

/** Shapes of the functions that are not probes. */
static unsigned find_shapes(const ali_wire_basis *basis)
{
    unsigned shapes = 0;
    size_t terms = basis->element_first[basis->mesh->element_count];
    for (size_t t = 0; t < terms; t++)
        if (basis->terms[t].function < basis->count)
            shapes |= 1u << basis->terms[t].shape;
    return shapes;
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
    made->unknown_shapes = find_shapes(setup->basis);
    alicorn_status status =
        ali_moment_source_create(setup->basis, setup->near, made->k, &made->source, error);
    if (!status && map_loads(made))
        status = ali_error_memory(error, setup->lumped_count * sizeof *made->loads, "loads");
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
    free(operator->load_first);
    free(operator->loads);
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

ali_load_map ali_wire_operator_get_loads(const ali_wire_operator *operator)
{
    const ali_wire_basis *basis = operator->setup.basis;
    return (ali_load_map){.count = operator->loads ? basis->count + basis->mesh->element_count : 0,
                          .first = operator->load_first,
                          .terms = operator->loads };
}

unsigned ali_wire_operator_get_shapes(const ali_wire_operator *operator)
{
    return operator->unknown_shapes;
}

/* ---- one block ----
 *
 * One side of the block, `many`, is done in vectors: its elements stand in the places of a moment
 * batch. The elements of the other side, `one`, come one after the other; each is integrated
 * against all of many, its shapes are combined with theirs, the results are summed to many's
 * functions and these added to the block. */

typedef struct block_filler {
    const ali_wire_operator *operator;
    const ali_carrier_list *many, *one;
    const ali_wire_vectors *vectors; /**< of many */
    size_t functions;                /**< of many's side of the block */
    size_t many_stride, one_stride;  /**< in the block, of their functions */
    double complex *block;
    bool symmetric; /**< both sides are the same: fill pairs of elements once, from a half */
    size_t clean[ALI_SHAPE_COUNT]; /**< per shape of one: that many places are zero already */
} block_filler;

/** Set, or add the image's to, the values of one of e's shapes with all shapes of a group. */
static void combine_group(const block_filler *filler, const ali_moment_group *group,
                          unsigned shapes, size_t from, const ali_carrier *e, int shape, bool image)
{
    const ali_wire_operator *operator= filler->operator;
    const ali_wire_vectors *vectors = filler->vectors;
    const ali_moment_batch *batch = vectors->batch;
    const ali_pair_factors *factors = &vectors->factors;
    bool complex_factors = ali_pair_factors_complex(&operator->setup, image);
    bool half_space = ali_pair_factors_half_space(&operator->setup, image);
    const double *slope_re = half_space ? vectors->ground.re : batch->re;
    const double *slope_im = half_space ? vectors->ground.im : batch->im;
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
        pair.slope_re = slope_re + set * batch->places + from;
        pair.slope_im = slope_im + set * batch->places + from;
        pair.slope_weight = a->slope_weight *
                            b->slope_weight / operator->setup.basis->mesh->elements[e->index].half;
        operator->kernel->combine(&pair, image,
                                  vectors->value + vectors->other_slot[shape] * vectors->stride +
                                      vectors->slot[other] * batch->places + from);
    }
}

/** Values of all shapes of e with all of many from place `first` on. */
static void set_values(const block_filler *filler, const ali_carrier *e, size_t first)
{
    const ali_wire_vectors *vectors = filler->vectors;
    int order = ali_carrier_order(e->shapes);
    for (size_t g = 0; g < vectors->batch->group_count; g++) {
        const ali_moment_group *group = &vectors->batch->groups[g];
        size_t end = group->first + group->count, from = first / ALI_FAR_LANES * ALI_FAR_LANES;
        if (end <= first)
            continue;
        from = from > group->first ? from : group->first;
        for (int image = 0; image <= (filler->operator->setup.ground != ALI_GROUND_NONE); image++) {
            ali_moment_batch_run(vectors->batch, group, from, e->index, order, image);
            if (ali_pair_factors_half_space(&filler->operator->setup, image))
                ali_ground_moments_run(&vectors->ground, filler->operator->setup.half_space,
                                       vectors->batch, group, from, e->index, order, image);
            ali_pair_factors_set(&vectors->factors, &filler->operator->setup, vectors->batch,
                                 e->index, image, from, end);
            for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1)
                combine_group(filler, group, vectors->group_shapes[g], from, e,
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
    const ali_wire_vectors *vectors = filler->vectors;
    const ali_wire_operator *operator= filler->operator;
    double half = operator->setup.basis->mesh->elements[e->index].half;
    double complex series = operator->setup.series ? operator->setup.series[e->index] : 0.0;
    for (unsigned ones = e->shapes; ones; ones &= ones - 1)
        for (unsigned others = filler->many->shapes; others; others &= others - 1) {
            int a = __builtin_ctz(ones), b = __builtin_ctz(others);
            double complex *value = vectors->value + vectors->other_slot[a] * vectors->stride +
                                    vectors->slot[b] * vectors->batch->places + place;
            *value += series * shape_product(operator, a, b, half);
            if (filler->symmetric)
                *value *= 0.5;
        }
}

/** Zero the values of one of e's shapes before place `first`: pairs that another element does. */
static void clean_values(block_filler *filler, size_t one_slot, size_t first)
{
    const ali_wire_vectors *vectors = filler->vectors;
    size_t places = vectors->batch->places, clean = first / ALI_FAR_LANES * ALI_FAR_LANES;
    if (filler->clean[one_slot] < clean)
        clean = filler->clean[one_slot];
    for (size_t slot = 0; slot < vectors->slots; slot++)
        memset(vectors->value + one_slot * vectors->stride + slot * places + clean, 0,
               (first - clean) * sizeof *vectors->value);
    filler->clean[one_slot] = first;
}

/** Sum the values to functions and add these to the block. */
static void add_values(const block_filler *filler, const ali_carrier *e)
{
    const ali_wire_vectors *vectors = filler->vectors;
    const ali_shape_kernel *kernel = filler->operator->kernel;
    for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1) {
        int shape = __builtin_ctz(shapes);
        const double complex *value = vectors->value + vectors->other_slot[shape] * vectors->stride;
        kernel->gather(filler->functions, vectors->gather, value, vectors->sum);
        for (size_t i = 0; i < vectors->extra_count; i++)
            vectors->sum[vectors->extra[i].function] +=
                vectors->extra[i].weight * value[vectors->extra[i].index];
        for (size_t t = 0; t < e->count; t++)
            if (e->terms[t].shape == shape)
                kernel->add(filler->functions, e->terms[t].weight, vectors->sum,
                            filler->block +
                                (e->terms[t].function + filler->one->first) * filler->one_stride,
                            filler->many_stride);
    }
}

/** All pairs of one of one's elements. */
static void add_element(const block_filler *filler, const ali_carrier *e)
{
    const ali_wire_vectors *vectors = filler->vectors;
    size_t self = ali_carrier_find(filler->many, e->index);
    set_values(filler, e, 0);
    if (self != SIZE_MAX)
        mend_self(filler, e, vectors->batch->place[self]);
    add_values(filler, e);
}

/** Half of a symmetric block: the elements in the order of their places, each with itself and those
 * behind it. */
static void add_half(block_filler *filler)
{
    const ali_wire_vectors *vectors = filler->vectors;
    for (size_t g = 0; g < vectors->batch->group_count; g++) {
        const ali_moment_group *group = &vectors->batch->groups[g];
        for (size_t place = group->first; place < group->first + group->count; place++) {
            size_t i = ali_carrier_find(filler->one, vectors->batch->element[place]);
            const ali_carrier *e = &filler->one->carriers[i];
            set_values(filler, e, place);
            for (unsigned shapes = e->shapes; shapes; shapes &= shapes - 1)
                clean_values(filler, vectors->other_slot[__builtin_ctz(shapes)], place);
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

/** Add z g_i g_j of every load z that both sides have functions of. */
static void add_lumped(const ali_wire_operator *operator, const ali_wire_side * rows,
                       const ali_wire_side *columns, double complex *block, size_t leading)
{
    size_t first = 0;
    for (size_t c = 0; c < columns->load_count; c++) {
        const ali_load_term *column = &columns->loads[c];
        double complex impedance = operator->setup.lumped[column->load].impedance;
        while (first < rows->load_count && rows->loads[first].load < column->load)
            first++;
        for (size_t r = first; r < rows->load_count && rows->loads[r].load == column->load; r++)
            block[rows->loads[r].function + column->function * leading] +=
                impedance * rows->loads[r].weight * column->weight;
    }
}

/** Whether to do the columns in vectors: if they alone are made for that, unless they are the
 * shorter side. Otherwise it is the rows, which are contiguous in the block, unless there are too
 * few. */
static bool prefer_columns(const ali_wire_side *rows, const ali_wire_side *columns)
{
    bool row_vectors = rows->vectors.others != 0, column_vectors = columns->vectors.others != 0;
    if (row_vectors != column_vectors)
        return column_vectors ? columns->functions >= rows->functions
                              : columns->functions > rows->functions;
    return rows->functions < 4 * ALI_FAR_LANES && columns->functions > 2 * rows->functions;
}

alicorn_status ali_wire_operator_fill_sides(const ali_wire_operator *operator, ali_wire_side * rows,
                                            ali_wire_side *columns, double complex *block,
                                            size_t leading, alicorn_error *error)
{
    bool by_columns = prefer_columns(rows, columns);
    ali_wire_side *many = by_columns ? columns : rows, *one = by_columns ? rows : columns;
    if (many->elements.count == 0 || one->elements.count == 0)
        return ALICORN_OK;
    alicorn_status status = ali_wire_side_vectorize(many, one->elements.shapes, error);
    if (status)
        return status;
    block_filler filler = {.operator= operator,
                           .many = & many->elements,
                           .one = &one->elements,
                           .vectors = &many->vectors,
                           .functions = many->functions,
                           .many_stride = by_columns ? leading : 1,
                           .one_stride = by_columns ? 1 : leading,
                           .block = block + rows->first + columns->first * leading,
                           .symmetric = rows == columns};
    for (size_t i = 0; i < filler.one->count && !filler.symmetric; i++)
        add_element(&filler, &filler.one->carriers[i]);
    if (filler.symmetric) {
        add_half(&filler);
        add_transposed(&filler, leading);
    }
    add_lumped(operator, rows, columns, filler.block, leading);
    return ALICORN_OK;
}

alicorn_status ali_wire_operator_fill(void *context, size_t row_first, size_t row_count,
                                      size_t col_first, size_t col_count, double complex *block,
                                      size_t leading, alicorn_error *error)
{
    const ali_wire_operator *operator= context;
    ali_selection rows = {.count = row_count, .first = row_first};
    ali_selection columns = {.count = col_count, .first = col_first};
    bool same = row_first == col_first && row_count == col_count;
    ali_wire_side *row = NULL, *column = NULL;
    for (size_t j = 0; j < col_count; j++)
        memset(block + j * leading, 0, row_count * sizeof *block);
    alicorn_status status = ali_wire_side_create(operator, & rows, 0, &row, error);
    if (!status && !same)
        status = ali_wire_side_create(operator, & columns, 0, &column, error);
    if (!status)
        status =
            ali_wire_operator_fill_sides(operator, row, same ? row : column, block, leading, error);
    ali_wire_side_destroy(row);
    ali_wire_side_destroy(column);
    return status;
}
