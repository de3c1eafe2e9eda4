/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/surface_operator.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "operator/carriers.h"
#include "operator/corner_block.h"
#include "operator/shape_kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EDGE_SHAPES = 3, EDGE_BITS = (1 << EDGE_SHAPES) - 1 };

struct ali_surface_operator {
    ali_surface_operator_setup setup;
    ali_face_source source;
    ali_incidence faces, elements;
    double vector_scale; /**< omega mu; the factor is j times this */
    double scalar_scale; /**< -1/(omega eps); the factor is j times this */
    const ali_shape_kernel *kernel;
};

double complex ali_sheet_impedance(const ali_sheet *sheet, double omega)
{
    if (sheet->kind == ALI_SHEET_IMPEDANCE)
        return sheet->impedance;
    if (sheet->kind != ALI_SHEET_CONDUCTIVITY)
        return 0.0;
    double depth = sqrt(2.0 / (omega * ALI_MU0 * sheet->conductivity));
    double complex surface = CMPLX(1.0, 1.0) / (sheet->conductivity * depth);
    if (sheet->thickness == 0.0)
        return surface;
    return surface / ctanh(CMPLX(1.0, 1.0) * sheet->thickness / depth);
}

alicorn_status ali_surface_operator_create(const ali_surface_operator_setup *setup,
                                           ali_surface_operator **operator, alicorn_error * error)
{
    *operator= NULL;
    ali_surface_operator *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the operator of surfaces");
    const ali_wire_basis *wires = setup->basis->wires;
    const ali_surface_basis *surfaces = setup->basis->surfaces;
    made->setup = *setup;
    made->source = (ali_face_source){
        .mesh = setup->basis->mesh, .near = setup->near, .k = setup->omega / ALI_C0};
    made->faces = (ali_incidence){.offset = 0,
                                  .function_count = surfaces->function_count,
                                  .carrier_count = surfaces->mesh->face_count,
                                  .carrier_first = surfaces->face_first,
                                  .terms = surfaces->terms,
                                  .function_first = surfaces->function_first,
                                  .function_carriers = surfaces->function_faces};
    made->elements = (ali_incidence){.offset = setup->basis->wire_first,
                                     .function_count = wires->count + wires->mesh->element_count,
                                     .carrier_count = wires->mesh->element_count,
                                     .carrier_first = wires->element_first,
                                     .terms = wires->terms,
                                     .function_first = wires->function_first,
                                     .function_carriers = wires->function_elements};
    made->vector_scale = setup->omega * ALI_MU0;
    made->scalar_scale = -1.0 / (setup->omega * ALI_EPS0);
    made->kernel = ali_shape_kernel_best();
    *operator= made;
    return ALICORN_OK;
}

void ali_surface_operator_destroy(ali_surface_operator *operator)
{
    free(operator);
}

/* ---- one side in vectors ----
 *
 * As for wires: of a pair of lists of carriers, those of `many` stand in the places of a batch, and
 * the faces of the other list come one after the other. */

/** A term of many's functions beyond their first two. */
typedef struct extra_term {
    size_t function, index;
    double weight;
} extra_term;

/** Sums of values to functions, and where they go. */
typedef struct value_scatter {
    const ali_carrier_list *many;
    size_t places, functions; /**< functions: length of many's side of the block */
    size_t slot[32];          /**< of a shape among those of many */
    size_t slots;
    size_t stride;           /**< values per shape of one: slots * places and a zero */
    double complex *value;   /**< [3][stride] */
    ali_gather_term *gather; /**< [functions] */
    extra_term *extra;
    size_t extra_count;
    double complex *sum; /**< [functions] */
    double complex *block;
    size_t many_stride, one_stride; /**< in the block */
    bool both;                      /**< also to the transposed place */
} value_scatter;

static void scatter_clear(value_scatter *scatter)
{
    free(scatter->value);
    free(scatter->gather);
    free(scatter->extra);
    free(scatter->sum);
}

/** Say for every function of many which values make it up. */
static void list_terms(value_scatter *scatter, unsigned char *number)
{
    const ali_carrier_list *many = scatter->many;
    for (size_t m = 0; m < scatter->functions; m++)
        scatter->gather[m].index[0] = scatter->gather[m].index[1] = scatter->stride - 1;
    for (size_t i = 0; i < many->count; i++)
        for (size_t t = 0; t < many->carriers[i].count; t++) {
            const ali_term *term = &many->carriers[i].terms[t];
            if (scatter->slot[term->shape] == SIZE_MAX)
                continue;
            size_t m = term->function + many->first;
            size_t index = scatter->slot[term->shape] * scatter->places + i;
            if (number[m] < 2) {
                scatter->gather[m].index[number[m]] = index;
                scatter->gather[m].weight[number[m]++] = term->weight;
            } else {
                scatter->extra[scatter->extra_count++] = (extra_term){m, index, term->weight};
            }
        }
}

/** @param shapes  those of many's shapes that take part */
static int scatter_prepare(value_scatter *scatter, unsigned shapes)
{
    size_t terms = 0;
    for (int shape = 0; shape < 32; shape++)
        scatter->slot[shape] = shapes & 1u << shape ? scatter->slots++ : SIZE_MAX;
    for (size_t i = 0; i < scatter->many->count; i++)
        terms += scatter->many->carriers[i].count;
    scatter->stride = scatter->slots * scatter->places + 1;
    scatter->value = ali_calloc_aligned(EDGE_SHAPES * scatter->stride, sizeof *scatter->value);
    scatter->gather = ali_calloc(scatter->functions, sizeof *scatter->gather);
    scatter->extra = ali_calloc(terms, sizeof *scatter->extra);
    scatter->sum = ali_calloc_aligned(scatter->functions, sizeof *scatter->sum);
    unsigned char *number = ali_calloc(scatter->functions, 1);
    int failed = !scatter->value || !scatter->gather || !scatter->extra || !scatter->sum || !number;
    if (!failed)
        list_terms(scatter, number);
    free(number);
    return failed ? -1 : 0;
}

/** Sum the values of a face's shapes to functions and add these to the block. */
static void scatter_values(const value_scatter *scatter, const ali_shape_kernel *kernel,
                           const ali_carrier_list *one, const ali_carrier *face)
{
    for (int shape = 0; shape < EDGE_SHAPES; shape++) {
        if (!(face->shapes & 1u << shape))
            continue;
        const double complex *value = scatter->value + (size_t)shape * scatter->stride;
        kernel->gather(scatter->functions, scatter->gather, value, scatter->sum);
        for (size_t i = 0; i < scatter->extra_count; i++)
            scatter->sum[scatter->extra[i].function] +=
                scatter->extra[i].weight * value[scatter->extra[i].index];
        for (size_t t = 0; t < face->count; t++) {
            if (face->terms[t].shape != shape)
                continue;
            size_t place = face->terms[t].function + one->first;
            kernel->add(scatter->functions, face->terms[t].weight, scatter->sum,
                        scatter->block + place * scatter->one_stride, scatter->many_stride);
            if (scatter->both)
                kernel->add(scatter->functions, face->terms[t].weight, scatter->sum,
                            scatter->block + place * scatter->many_stride, scatter->one_stride);
        }
    }
}

/* ---- faces with faces ---- */

/** The face at work, or its image. */
typedef struct face_at_work {
    ali_vec3 side[3][3]; /**< [i][a]: p_a - p_i [m] */
    double length[3];    /**< of the edges [m] */
    double sign;         /**< -1 for an image, whose currents and charges are opposite */
} face_at_work;

static face_at_work work_on(const ali_surface_mesh *mesh, size_t face, bool image)
{
    ali_flat_triangle triangle = ali_face_triangle(mesh, face);
    if (image)
        triangle = ali_triangle_mirror(triangle);
    face_at_work work = {.sign = image ? -1.0 : 1.0};
    for (int i = 0; i < 3; i++) {
        work.length[i] = mesh->edges[mesh->faces[face].edge[i]].length;
        for (int a = 0; a < 3; a++)
            work.side[i][a] = ali_vec3_sub(triangle.vertex[a], triangle.vertex[i]);
    }
    return work;
}

/** sum_a (p_a - p_i) M_ab in one place, for one part of the moments. */
static inline ali_vec3 weigh_sides(const ali_vec3 side[3], const double *moment, size_t places,
                                   size_t b)
{
    ali_vec3 sum = {0.0, 0.0, 0.0};
    for (size_t a = 0; a < 3; a++)
        sum = ali_vec3_axpy(sum, moment[(3 * a + b) * places], side[a]);
    return sum;
}

/** l_i l_j' (vector (p_a - p_i).(p_b' - p_j') M_ab/4 + scalar sum M_ab) of one part of the moments,
 * for edge i of the face at work and the three edges j in one place. */
static inline void edge_values(const face_at_work *work, const ali_face_batch *batch, int i,
                               size_t place, const double *moment, double vector, double scalar,
                               double value[3])
{
    ali_vec3 weighed[3];
    double whole = 0.0;
    for (size_t b = 0; b < 3; b++) {
        weighed[b] = weigh_sides(work->side[i], moment + place, batch->places, b);
        for (size_t a = 0; a < 3; a++)
            whole += moment[(3 * a + b) * batch->places + place];
    }
    for (int j = 0; j < 3; j++) {
        double sum = 0.0;
        ali_vec3 origin = {batch->vertex[j][0][place], batch->vertex[j][1][place],
                           batch->vertex[j][2][place]};
        for (int b = 0; b < 3; b++) {
            ali_vec3 corner = {batch->vertex[b][0][place], batch->vertex[b][1][place],
                               batch->vertex[b][2][place]};
            sum += ali_vec3_dot(weighed[b], ali_vec3_sub(corner, origin));
        }
        value[j] = work->sign * work->length[i] * batch->length[j][place] *
                   (0.25 * vector * sum + scalar * whole);
    }
}

/** Set, or add the image's to, the values of the face at work with all places. */
static void combine_faces(const ali_surface_operator *operator, const face_at_work * work,
                          const ali_face_batch *batch, bool add, const value_scatter *scatter)
{
    for (int i = 0; i < 3; i++)
        for (size_t place = 0; place < batch->places; place++) {
            double re[3], im[3];
            edge_values(work, batch, i, place,
                        batch->re, operator->vector_scale, operator->scalar_scale, im);
            edge_values(work, batch, i, place, batch->im, -operator->vector_scale,
                        -operator->scalar_scale, re);
            for (size_t j = 0; j < 3; j++) {
                double complex *value = scatter->value + (size_t)i * scatter->stride +
                                        scatter->slot[j] * scatter->places + place;
                *value = CMPLX(re[j], im[j]) + (add ? *value : 0.0);
            }
        }
}

/** The impedance of a sheet, z_s int f_i . f_j over the face in `place`, which is the one at work:
 *  int lambda_a lambda_b = A (1 + delta_ab)/12. */
static void add_sheet(const face_at_work *work, double complex impedance, double area, size_t place,
                      const value_scatter *scatter)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            double sum = 0.0;
            for (int a = 0; a < 3; a++)
                for (int b = 0; b < 3; b++)
                    sum += ali_vec3_dot(work->side[i][a], work->side[j][b]) * (a == b ? 2.0 : 1.0);
            scatter->value[i * scatter->stride + scatter->slot[j] * scatter->places + place] +=
                impedance * work->length[i] * work->length[j] * sum / (48.0 * area);
        }
}

static size_t find_place(const ali_carrier_list *list, size_t index)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->index[middle] < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->index[low] == index ? low : SIZE_MAX;
}

static alicorn_status add_faces(const ali_surface_operator *operator, const ali_carrier_list * one,
                                const ali_carrier_list *many, value_scatter *scatter,
                                alicorn_error *error)
{
    const ali_surface_mesh *mesh = operator->setup.basis->mesh->surfaces;
    ali_face_batch *batch;
    alicorn_status status =
        ali_face_batch_create(&operator->source, many->count, many->index, &batch, error);
    if (status)
        return status;
    scatter->places = batch->places;
    if (scatter_prepare(scatter, EDGE_BITS))
        status = ali_error_memory(error, EDGE_SHAPES * scatter->stride * sizeof *scatter->value,
                                  "a block of the matrix");
    for (size_t f = 0; f < one->count && !status; f++) {
        size_t face = one->carriers[f].index;
        for (int image = 0; image <= operator->setup.ground; image++) {
            face_at_work work = work_on(mesh, face, image);
            ali_face_batch_run(batch, face, image);
            combine_faces(operator, & work, batch, image, scatter);
        }
        size_t self = operator->setup.sheet ? find_place(many, face) : SIZE_MAX;
        if (self != SIZE_MAX) {
            face_at_work work = work_on(mesh, face, false);
            add_sheet(&work, operator->setup.sheet[mesh->faces[face].surface],
                      mesh->faces[face].area, self, scatter);
        }
        scatter_values(scatter, operator->kernel, one, &one->carriers[f]);
    }
    ali_face_batch_destroy(batch);
    return status;
}

/* ---- faces with elements ---- */

/** Legendre coefficients of the shapes on elements of half length 1. */
typedef struct tube_shapes {
    double current[ALI_SHAPE_COUNT][ALI_TUBE_ORDER_MAX + 1];
    double slope[ALI_SHAPE_COUNT][ALI_TUBE_ORDER_MAX + 1];
} tube_shapes;

static int highest_order(unsigned shapes)
{
    int order = 0;
    for (; shapes; shapes &= shapes - 1) {
        int degree = ali_shape_degree(__builtin_ctz(shapes));
        order = degree > order ? degree : order;
    }
    return order;
}

/** The value of edge i of the face at work with one shape in one place:
 *  l_i (j omega mu (p_a - p_i).t M_a,current/2 + 1/(j omega eps) M_a,slope). */
static double complex tube_value(const ali_surface_operator *operator, const face_at_work * work,
                                 const ali_tube_batch *batch, int i, const double *current,
                                 const double *slope, size_t place)
{
    ali_vec3 t = {batch->dir[0][place], batch->dir[1][place], batch->dir[2][place]};
    double complex vector = 0.0, scalar = 0.0;
    for (int a = 0; a < 3; a++) {
        double along = 0.5 * ali_vec3_dot(work->side[i][a], t);
        for (int q = 0; q <= batch->order; q++) {
            size_t m = (size_t)(a * (batch->order + 1) + q) * batch->places + place;
            double complex moment = CMPLX(batch->re[m], batch->im[m]);
            vector += along * current[q] * moment;
            scalar += slope[q] * moment;
        }
    }
    return work->sign * work->length[i] *
           (CMPLX(0.0, operator->vector_scale) * vector +
            CMPLX(0.0, operator->scalar_scale / batch->half[place]) * scalar);
}

static void combine_tubes(const ali_surface_operator *operator, const face_at_work * work,
                          const ali_tube_batch *batch, const tube_shapes *shapes, bool add,
                          const value_scatter *scatter)
{
    for (int i = 0; i < 3; i++)
        for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++) {
            if (scatter->slot[shape] == SIZE_MAX)
                continue;
            double complex *value = scatter->value + (size_t)i * scatter->stride +
                                    scatter->slot[shape] * scatter->places;
            for (size_t place = 0; place < batch->count; place++)
                value[place] = tube_value(operator, work, batch, i, shapes->current[shape],
                                          shapes->slope[shape], place) +
                               (add ? value[place] : 0.0);
        }
}

static alicorn_status add_tubes(const ali_surface_operator *operator, const ali_carrier_list * one,
                                const ali_carrier_list *many, value_scatter *scatter,
                                alicorn_error *error)
{
    const ali_surface_mesh *mesh = operator->setup.basis->mesh->surfaces;
    int order = highest_order(many->shapes);
    tube_shapes shapes;
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++)
        ali_shape_legendre(shape, 1.0, ALI_TUBE_ORDER_MAX, shapes.current[shape],
                           shapes.slope[shape]);
    ali_tube_batch *batch;
    alicorn_status status =
        ali_tube_batch_create(&operator->source, many->count, many->index, order, &batch, error);
    if (status)
        return status;
    scatter->places = batch->places;
    if (scatter_prepare(scatter, many->shapes))
        status = ali_error_memory(error, EDGE_SHAPES * scatter->stride * sizeof *scatter->value,
                                  "a block of the matrix");
    for (size_t f = 0; f < one->count && !status; f++) {
        for (int image = 0; image <= operator->setup.ground; image++) {
            face_at_work work = work_on(mesh, one->carriers[f].index, image);
            ali_tube_batch_run(batch, one->carriers[f].index, image);
            combine_tubes(operator, & work, batch, &shapes, image, scatter);
        }
        scatter_values(scatter, operator->kernel, one, &one->carriers[f]);
    }
    ali_tube_batch_destroy(batch);
    return status;
}

/* ---- a block ---- */

typedef alicorn_status (*add_fn)(const ali_surface_operator *operator, const ali_carrier_list * one,
                                 const ali_carrier_list *many, value_scatter *scatter,
                                 alicorn_error *error);

/** One pair of lists; `scatter` holds the block and the strides. */
static alicorn_status add_lists(const ali_surface_operator *operator, add_fn add,
                                const ali_carrier_list *one, const ali_carrier_list *many,
                                value_scatter scatter, alicorn_error *error)
{
    if (one->count == 0 || many->count == 0)
        return ALICORN_OK;
    scatter.many = many;
    alicorn_status status = add(operator, one, many, &scatter, error);
    scatter_clear(&scatter);
    return status;
}

alicorn_status ali_surface_operator_add(const ali_surface_operator *operator, size_t row_first,
                                        size_t row_count, size_t col_first, size_t col_count,
                                        double complex *block, size_t leading, alicorn_error *error)
{
    ali_carrier_list row_faces, col_faces, row_elements, col_elements;
    int failed = ali_carrier_list_create(&operator->faces, row_first, row_count, &row_faces) |
                 ali_carrier_list_create(&operator->faces, col_first, col_count, &col_faces) |
                 ali_carrier_list_create(&operator->elements, row_first, row_count, &row_elements) |
                 ali_carrier_list_create(&operator->elements, col_first, col_count, &col_elements);
    bool symmetric = row_first == col_first && row_count == col_count;
    const value_scatter by_rows = {.block = block,
                                   .functions = row_count,
                                   .many_stride = 1,
                                   .one_stride = leading,
                                   .both = false};
    const value_scatter by_columns = {.block = block,
                                      .functions = col_count,
                                      .many_stride = leading,
                                      .one_stride = 1,
                                      .both = false};
    value_scatter transposed = by_rows;
    transposed.both = symmetric;
    alicorn_status status = ALICORN_OK;
    if (failed)
        status = ali_error_memory(error, (row_count + col_count) * sizeof(ali_carrier),
                                  "a block of the matrix");
    if (!status)
        status = add_lists(operator, add_faces, &col_faces, &row_faces, by_rows, error);
    if (!status)
        status = add_lists(operator, add_tubes, &col_faces, &row_elements, transposed, error);
    if (!status && !symmetric)
        status = add_lists(operator, add_tubes, &row_faces, &col_elements, by_columns, error);
    if (!status)
        ali_corner_block_add(&(ali_corner_block){.setup = &operator->setup,
                                                 .faces = {&row_faces, &col_faces},
                                                 .elements = {&row_elements, &col_elements},
                                                 .block = block,
                                                 .stride = {1, leading}});
    ali_carrier_list_clear(&row_faces);
    ali_carrier_list_clear(&col_faces);
    ali_carrier_list_clear(&row_elements);
    ali_carrier_list_clear(&col_elements);
    return status;
}
