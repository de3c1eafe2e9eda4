/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/operator.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/far_kernel.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/moments.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ali_operator {
    ali_operator_setup setup;
    double k;                    /**< [rad/m] */
    double complex vector_scale; /**< j omega mu */
    double complex scalar_scale; /**< 1/(j omega eps) */
    ali_moment_source source;
};

alicorn_status ali_operator_create(const ali_operator_setup *setup, ali_operator **operator,
                                   alicorn_error * error)
{
    *operator= NULL;
    ali_operator *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the operator");
    made->setup = *setup;
    made->k = setup->omega / ALI_C0;
    made->vector_scale = CMPLX(0.0, setup->omega * ALI_MU0);
    made->scalar_scale = CMPLX(0.0, -1.0 / (setup->omega * ALI_EPS0));
    alicorn_status status =
        ali_moment_source_create(setup->basis, setup->near, made->k, &made->source, error);
    if (status)
        ali_operator_destroy(made);
    else
        *operator= made;
    return status;
}

void ali_operator_destroy(ali_operator *operator)
{
    if (!operator)
        return;
    ali_moment_source_clear(&operator->source);
    free(operator);
}

/* ---- one block ---- */

/** The wanted part of one element's terms. */
typedef struct element_rows {
    size_t element;
    size_t count; /**< terms whose function is in range */
    const ali_term *terms;
    int order;       /**< of the highest shape among them */
    unsigned shapes; /**< bit set of shapes among them */
} element_rows;

typedef struct row_list {
    element_rows *rows;
    size_t count;
} row_list;

static int compare_indices(const void *a, const void *b)
{
    const size_t *p = a, *q = b;
    return *p < *q ? -1 : *p > *q;
}

static element_rows rows_of(const ali_wire_basis *basis, size_t element, size_t first, size_t end)
{
    size_t from = basis->element_first[element], to = basis->element_first[element + 1];
    while (from < to && basis->terms[from].function < first)
        from++;
    while (to > from && basis->terms[to - 1].function >= end)
        to--;
    element_rows rows = {.element = element, .count = to - from, .terms = basis->terms + from};
    for (size_t i = from; i < to; i++) {
        int degree = ali_shape_degree(basis->terms[i].shape);
        rows.order = degree > rows.order ? degree : rows.order;
        rows.shapes |= 1u << basis->terms[i].shape;
    }
    return rows;
}

/** Elements that carry functions first … first + count - 1, each once, ascending. */
static int list_rows(const ali_wire_basis *basis, size_t first, size_t count, row_list *list)
{
    const size_t *all = basis->function_elements + basis->function_first[first];
    size_t total = basis->function_first[first + count] - basis->function_first[first];
    size_t *sorted = ali_calloc(total, sizeof *sorted);
    list->rows = ali_calloc(total, sizeof *list->rows);
    list->count = 0;
    if (!sorted || !list->rows) {
        free(sorted);
        free(list->rows);
        list->rows = NULL;
        return -1;
    }
    memcpy(sorted, all, total * sizeof *sorted);
    qsort(sorted, total, sizeof *sorted, compare_indices);
    for (size_t i = 0; i < total; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
            list->rows[list->count++] = rows_of(basis, sorted[i], first, first + count);
    free(sorted);
    return 0;
}

enum { MOMENTS = ALI_TUBE_ORDER_MAX + 1 };

/** Combine rows p of m, shape [order + 1][columns], into one row per wanted shape: of the current,
 * or of the slope. */
static void combine_rows(const element_rows *rows, double half, bool slope, int columns,
                         const double complex *m, double complex out[ALI_SHAPE_COUNT][MOMENTS])
{
    for (unsigned shapes = rows->shapes; shapes; shapes &= shapes - 1) {
        int shape = __builtin_ctz(shapes), degree = ali_shape_degree(shape);
        for (int q = 0; q < columns; q++) {
            double complex value = 0.0;
            if (shape == ALI_SHAPE_CONSTANT)
                value = slope ? 0.0 : m[q];
            else if (degree == 1 && slope)
                value = (shape == ALI_SHAPE_END ? 0.5 : -0.5) / half * m[q];
            else if (degree == 1)
                value =
                    0.5 * (shape == ALI_SHAPE_END ? m[q] + m[columns + q] : m[q] - m[columns + q]);
            else if (slope)
                value = m[(degree - 1) * columns + q] / half;
            else
                value = (m[degree * columns + q] - m[(degree - 2) * columns + q]) /
                        (2.0 * degree - 1.0);
            out[shape][q] = value;
        }
    }
}

/** The same over columns for one row r, shape [order + 1]. */
static double complex combine_column(int shape, double half, bool slope, const double complex *r)
{
    int degree = ali_shape_degree(shape);
    if (shape == ALI_SHAPE_CONSTANT)
        return slope ? 0.0 : r[0];
    if (degree == 1 && slope)
        return (shape == ALI_SHAPE_END ? 0.5 : -0.5) / half * r[0];
    if (degree == 1)
        return 0.5 * (shape == ALI_SHAPE_END ? r[0] + r[1] : r[0] - r[1]);
    if (slope)
        return r[degree - 1] / half;
    return (r[degree] - r[degree - 2]) / (2.0 * degree - 1.0);
}

/** Where a block goes. */
typedef struct block_target {
    size_t row_first, col_first, leading;
    double complex *block;
} block_target;

/** Add a pair of elements to the block: moments, and the factors of the vector and the scalar part.
 */
static void add_pair(const ali_wire_mesh *mesh, const element_rows *e, const element_rows *f,
                     const double complex *moments, double complex vector, double complex scalar,
                     const block_target *target)
{
    double complex current[ALI_SHAPE_COUNT][MOMENTS], slope[ALI_SHAPE_COUNT][MOMENTS];
    double complex value[ALI_SHAPE_COUNT][ALI_SHAPE_COUNT];
    double half_e = mesh->elements[e->element].half, half_f = mesh->elements[f->element].half;
    combine_rows(e, half_e, false, f->order + 1, moments, current);
    combine_rows(e, half_e, true, f->order + 1, moments, slope);
    for (unsigned se = e->shapes; se; se &= se - 1) {
        int i = __builtin_ctz(se);
        for (unsigned sf = f->shapes; sf; sf &= sf - 1) {
            int j = __builtin_ctz(sf);
            value[i][j] = vector * combine_column(j, half_f, false, current[i]) +
                          scalar * combine_column(j, half_f, true, slope[i]);
        }
    }
    for (size_t j = 0; j < f->count; j++) {
        double complex *column =
            target->block + (f->terms[j].function - target->col_first) * target->leading;
        for (size_t i = 0; i < e->count; i++)
            column[e->terms[i].function - target->row_first] +=
                e->terms[i].weight * f->terms[j].weight *
                value[e->terms[i].shape][f->terms[j].shape];
    }
}

/** int f_m f_n over one element for the series impedance: Legendre polynomials are orthogonal. */
static void add_series(const ali_wire_mesh *mesh, const element_rows *e, const element_rows *f,
                       double complex impedance, const block_target *target)
{
    double half = mesh->elements[e->element].half;
    double complex mass[MOMENTS * MOMENTS] = {0};
    for (int p = 0; p <= e->order && p <= f->order; p++)
        mass[p * (f->order + 1) + p] = 2.0 * half / (2 * p + 1);
    add_pair(mesh, e, f, mass, impedance, 0.0, target);
}

/** Factors of the image's vector and scalar part for PEC, where the image's current runs along t' =
 * -mirror(t) in the mirrored tube's coordinate and its charge is opposite. */
static void add_image(const ali_operator *operator, const element_rows * e, const element_rows *f,
                      const double complex *moments, const block_target *target)
{
    const ali_element *test = &operator->setup.basis->mesh->elements[e->element];
    const ali_element *source = &operator->setup.basis->mesh->elements[f->element];
    double cosine = ali_vec3_dot(test->dir, ali_vec3_mirror_z(source->dir));
    double complex vector = -cosine, scalar = -1.0;
    if (operator->setup.ground == ALI_GROUND_REFLECTION)
        ali_reflection_factors(test, source, operator->k, &operator->setup.reflector, &vector,
                               &scalar);
    add_pair(operator->setup.basis->mesh, e, f,
             moments, operator->vector_scale * vector, operator->scalar_scale * scalar, target);
}

/** All pairs of element rows `e` with the columns' elements. */
static void add_element_rows(const ali_operator *operator, const element_rows * e,
                             const row_list *columns, ali_moment_batch *batch,
                             const block_target *target)
{
    const ali_wire_mesh *mesh = operator->setup.basis->mesh;
    double complex moments[MOMENTS * MOMENTS];
    for (int image = 0; image <= (operator->setup.ground != ALI_GROUND_NONE); image++) {
        ali_moment_batch_start(batch, e->element, e->order, image);
        for (size_t j = 0; j < columns->count; j++) {
            const element_rows *f = &columns->rows[j];
            ali_moment_batch_get(batch, j, f->order, moments);
            if (image) {
                add_image(operator, e, f, moments, target);
                continue;
            }
            double cosine =
                ali_vec3_dot(mesh->elements[e->element].dir, mesh->elements[f->element].dir);
            add_pair(mesh, e, f, moments, operator->vector_scale * cosine, operator->scalar_scale,
                     target);
            if (operator->setup.series && f->element == e->element)
                add_series(mesh, e, f, operator->setup.series[e->element], target);
        }
    }
}

static void add_lumped(const ali_operator *operator, size_t row_count, size_t col_count,
                       const block_target *target)
{
    for (size_t l = 0; l < operator->setup.lumped_count; l++) {
        const ali_lumped *load = &operator->setup.lumped[l];
        const ali_functional *g = &load->current;
        for (size_t j = 0; j < g->count; j++) {
            if (g->function[j] - target->col_first >= col_count)
                continue;
            double complex *column =
                target->block + (g->function[j] - target->col_first) * target->leading;
            for (size_t i = 0; i < g->count; i++)
                if (g->function[i] - target->row_first < row_count)
                    column[g->function[i] - target->row_first] +=
                        load->impedance * g->weight[i] * g->weight[j];
        }
    }
}

alicorn_status ali_operator_fill(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    const ali_operator *operator= context;
    const ali_wire_basis *basis = operator->setup.basis;
    block_target target = {row_first, col_first, leading, block};
    row_list rows = {0}, columns = {0};
    ali_moment_batch *batch = NULL;
    alicorn_status status = ALICORN_OK;
    for (size_t j = 0; j < col_count; j++)
        memset(block + j * leading, 0, row_count * sizeof *block);
    if (list_rows(basis, row_first, row_count, &rows) ||
        list_rows(basis, col_first, col_count, &columns)) {
        status = ali_error_memory(error, (row_count + col_count) * sizeof *rows.rows,
                                  "a block of the matrix");
        goto cleanup;
    }
    status = ali_moment_batch_create(&operator->source, columns.count, &batch, error);
    if (status)
        goto cleanup;
    for (size_t j = 0; j < columns.count; j++)
        ali_moment_batch_add(batch, columns.rows[j].element);
    for (size_t i = 0; i < rows.count; i++)
        add_element_rows(operator, & rows.rows[i], &columns, batch, &target);
    add_lumped(operator, row_count, col_count, &target);
cleanup:
    ali_moment_batch_destroy(batch);
    free(rows.rows);
    free(columns.rows);
    return status;
}
