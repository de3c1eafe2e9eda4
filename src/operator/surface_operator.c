/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/surface_operator.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "operator/corner_block.h"
#include "operator/face_magnetic.h"
#include "operator/near.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct ali_surface_operator {
    ali_surface_operator_setup setup;
    ali_face_source source;
    int order;           /**< highest degree of the wires' unknowns */
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

/** Refuse wires on bodies whose rows are combined. */
static alicorn_status check_attachments(const ali_surface_operator_setup *setup,
                                        alicorn_error *error)
{
    const ali_mesh *mesh = setup->basis->mesh;
    for (size_t i = 0; i < mesh->attachment_count && setup->share; i++) {
        size_t vertex = mesh->attachments[i].vertex;
        size_t corner = mesh->surfaces->vertex_corners[mesh->surfaces->vertex_first[vertex]];
        ali_vec3 at = mesh->surfaces->vertices[vertex];
        if (setup->share[mesh->surfaces->faces[corner / 3].body] < 1.0)
            return ali_error_set(error, ALICORN_E_INPUT,
                                 "a wire is attached at (%g, %g, %g) to a body under the "
                                 "combined-field equation; it needs an electric share of 1",
                                 at.x, at.y, at.z);
    }
    return ALICORN_OK;
}

alicorn_status ali_surface_operator_create(const ali_surface_operator_setup *setup,
                                           ali_surface_operator **operator, alicorn_error * error)
{
    *operator= NULL;
    alicorn_status status = check_attachments(setup, error);
    if (status)
        return status;
    ali_surface_operator *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the operator of surfaces");
    const ali_wire_basis *wires = setup->basis->wires;
    made->setup = *setup;
    for (size_t e = 0; e < wires->mesh->element_count; e++)
        made->order = wires->degree[e] > made->order ? wires->degree[e] : made->order;
    made->vector_scale = setup->omega * ALI_MU0;
    made->scalar_scale = -1.0 / (setup->omega * ALI_EPS0);
    made->kernel = ali_shape_kernel_best();
    status = ali_face_source_create(setup->basis->mesh, setup->near, setup->omega / ALI_C0,
                                    &made->source, error);
    if (status)
        ali_surface_operator_destroy(made);
    else
        *operator= made;
    return status;
}

void ali_surface_operator_destroy(ali_surface_operator *operator)
{
    if (!operator)
        return;
    ali_face_source_clear(&operator->source);
    free(operator);
}

/* ---- faces with faces ---- */

/** A pair of sides at work: the carriers of `many` stand in the places of a batch, and the faces of
 *  `one` come one after the other. Function m of many and n of one meet in target[m + leading n].
 */
typedef struct surface_part {
    const ali_surface_operator *operator;
    const ali_carrier_list *one;
    ali_surface_side *many;
    double complex *target;
    size_t leading;
    bool half; /**< the lists are the same: every pair once, a face with itself by half; the target
                  is to be added to its transpose */
    bool tested; /**< one's functions are rows: those of combined bodies have two parts */
} surface_part;

/** Electric share of the rows of a face. */
static double share_of(const surface_part *part, size_t face)
{
    const ali_surface_operator_setup *setup = &part->operator->setup;
    const ali_face *faces = setup->basis->mesh->surfaces->faces;
    return part->tested && setup->share ? setup->share[faces[face].body] : 1.0;
}

/** Factor of the magnetic part of a face's rows: (1 - alpha) eta, negative if the normals point
 *  inwards [ohm]. */
static double magnetic_factor(const surface_part *part, size_t face)
{
    const ali_surface_mesh *mesh = part->operator->setup.basis->mesh->surfaces;
    double factor = (1.0 - share_of(part, face)) * ALI_ETA0;
    return mesh->bodies[mesh->faces[face].body].volume < 0.0 ? -factor : factor;
}

/** The face at work, or its image. */
typedef struct face_at_work {
    size_t face;
    bool image;
    ali_flat_triangle triangle;
    double share;     /**< of the electric part in its rows */
    double length[3]; /**< of the edges; negative for an image, whose currents and charges are
                         opposite [m] */
} face_at_work;

static face_at_work work_on(const surface_part *part, size_t face, bool image)
{
    const ali_surface_mesh *mesh = part->operator->setup.basis->mesh->surfaces;
    face_at_work work = {.face = face,
                         .image = image,
                         .triangle = ali_face_triangle(mesh, face),
                         .share = share_of(part, face)};
    if (image)
        work.triangle = ali_triangle_mirror(work.triangle);
    for (int i = 0; i < 3; i++)
        work.length[i] = (image ? -1.0 : 1.0) * mesh->edges[mesh->faces[face].edge[i]].length;
    return work;
}

/** The face at work, for the kernels. */
static ali_edge_pair edge_pair(const face_at_work *work, const ali_face_scatter *scatter)
{
    ali_edge_pair pair = {.row = scatter->stride, .column = scatter->places};
    ali_vec3 middle = ali_triangle_middle(&work->triangle);
    pair.middle[0] = middle.x;
    pair.middle[1] = middle.y;
    pair.middle[2] = middle.z;
    for (int i = 0; i < 3; i++)
        pair.own_length[i] = work->length[i];
    for (int i = 0; i < 2; i++) {
        ali_vec3 side = ali_vec3_sub(work->triangle.vertex[i], work->triangle.vertex[2]);
        pair.side[i][0] = side.x;
        pair.side[i][1] = side.y;
        pair.side[i][2] = side.z;
    }
    return pair;
}

/** Add the curls that the batch has just integrated, for the places of a group from `from` on. */
static void add_curl(ali_edge_pair *pair, const ali_shape_kernel *kernel, ali_face_batch *batch,
                     const ali_face_group *group, size_t from, double complex *value)
{
    pair->count = group->first + group->count - from;
    pair->re = batch->re + from;
    pair->im = batch->im + from;
    pair->stride = batch->places;
    for (int i = 0; i < 3; i++)
        pair->length[i] = batch->length[i] + from;
    kernel->edge_curl(pair, value + from);
}

/** Values of the face at work with the places of a group from `from` on; those of an image are
 * added. */
static void combine_faces(const surface_part *part, const face_at_work *work, ali_face_batch *batch,
                          const ali_face_group *group, size_t from, const ali_face_scatter *scatter)
{
    const ali_shape_kernel *kernel = part->operator->kernel;
    ali_edge_pair pair = edge_pair(work, scatter);
    pair.vector = work->share * part->operator->vector_scale;
    pair.scalar = work->share * part->operator->scalar_scale;
    ali_face_batch_edges(batch, kernel, &pair, group, from, work->face, work->image,
                         scatter->value);
    if (work->share == 1.0)
        return;
    /* The image of the face tests the place's own current where the face tests its image's. That
     * changes the sign twice: an image's current is opposite, and so is the mirrored normal. */
    double factor = -magnetic_factor(part, work->face);
    for (int i = 0; i < 3; i++)
        pair.own_length[i] = factor * fabs(work->length[i]);
    ali_face_batch_run(batch, ALI_FACE_CURL, group, from, work->face, work->image);
    add_curl(&pair, kernel, batch, group, from, scatter->value);
}

/** Turn values in air into those about a half-space, of the face and the places of a group from
 * `from` on. */
static int add_half_space(const surface_part *part, size_t face, const ali_face_group *group,
                          size_t from)
{
    const ali_face_scatter *scatter = &part->many->face_scatter;
    face_at_work work = work_on(part, face, false);
    ali_edge_pair pair = edge_pair(&work, scatter);
    pair.vector = part->operator->vector_scale;
    pair.scalar = part->operator->scalar_scale;
    return ali_face_ground_edges(part->many->ground, part->many->face_batch, part->operator->kernel,
                                 &pair, group, from, face, scatter->value);
}

/** `impedance` times int f_i . f_j over the face in `place`, which is the one at work:
 *  int lambda_a lambda_b = A (1 + delta_ab)/12. */
static void add_overlap(const face_at_work *work, double complex impedance, double area,
                        size_t place, const ali_face_scatter *scatter)
{
    const ali_vec3 *p = work->triangle.vertex;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            double sum = 0.0;
            for (int a = 0; a < 3; a++)
                for (int b = 0; b < 3; b++)
                    sum += ali_vec3_dot(ali_vec3_sub(p[a], p[i]), ali_vec3_sub(p[b], p[j])) *
                           (a == b ? 2.0 : 1.0);
            scatter->value[i * scatter->stride + j * scatter->places + place] +=
                impedance * work->length[i] * work->length[j] * sum / (48.0 * area);
        }
}

/** Multiply the values in some places. */
static void scale_values(const ali_face_scatter *scatter, size_t from, size_t end, double factor)
{
    for (size_t i = 0; i < ALI_EDGE_SHAPES; i++)
        for (size_t j = 0; j < ALI_EDGE_SHAPES; j++)
            for (size_t place = from; place < end; place++)
                scatter->value[i * scatter->stride + j * scatter->places + place] *= factor;
}

/** First place of a group whose face is not before `face`. */
static size_t place_of(const ali_face_batch *batch, const ali_face_group *group, size_t face)
{
    size_t place = group->first;
    while (place < group->first + group->count && batch->face[place] < face)
        place++;
    return place;
}

/** All pairs of one face with the batch. */
static alicorn_status run_face(const surface_part *part, ali_face_batch *batch,
                               const ali_face_scatter *scatter, size_t face, size_t *first)
{
    const ali_surface_operator *operator= part->operator;
    int failed = 0;
    for (size_t g = 0; g < batch->group_count; g++) {
        const ali_face_group *group = &batch->groups[g];
        size_t from = part->half ? place_of(batch, group, face) : group->first;
        size_t aligned = from / ALI_FAR_LANES * ALI_FAR_LANES;
        for (int image = 0; image <= operator->setup.ground; image++) {
            face_at_work work = work_on(part, face, image);
            if (from < group->first + group->count)
                combine_faces(part, &work, batch, group, aligned, scatter);
        }
        if (part->many->ground)
            failed |= add_half_space(part, face, group, aligned);
        /* what earlier faces left, or full vectors took with it */
        scale_values(scatter, aligned < first[g] ? aligned : first[g], from, 0.0);
        first[g] = from;
    }
    return failed ? ALICORN_E_MEMORY : ALICORN_OK;
}

static alicorn_status add_face(const surface_part *part, const ali_carrier *carrier, size_t *first)
{
    ali_face_batch *batch = part->many->face_batch;
    const ali_face_scatter *scatter = &part->many->face_scatter;
    const ali_surface_operator *operator= part->operator;
    const ali_surface_mesh *mesh = operator->setup.basis->mesh->surfaces;
    face_at_work work = work_on(part, carrier->index, false);
    /* sheets, and the half of the current that is the jump of the magnetic field */
    double complex impedance = 0.5 * (1.0 - work.share) * ALI_ETA0;
    if (operator->setup.sheet)
        impedance += work.share * operator->setup.sheet[mesh->faces[carrier->index].surface];
    size_t self = part->half || impedance != 0.0
                      ? ali_carrier_find(&part->many->faces, carrier->index)
                      : SIZE_MAX;
    alicorn_status status = run_face(part, batch, scatter, carrier->index, first);
    if (self != SIZE_MAX && impedance != 0.0)
        add_overlap(&work, impedance, mesh->faces[carrier->index].area, batch->place[self],
                    scatter);
    if (part->half)
        scale_values(scatter, batch->place[self], batch->place[self] + 1, 0.5);
    ali_face_scatter_add(scatter, operator->kernel, part->one, carrier,
                         part->half ? scatter->lowest[self] : 0, part->target, part->leading);
    return status;
}

static alicorn_status add_faces(const surface_part *part, alicorn_error *error)
{
    size_t first[ALI_FACE_GROUPS_MAX];
    if (part->one->count == 0 || part->many->faces.count == 0)
        return ALICORN_OK;
    const ali_ground_kernel *half_space = part->operator->setup.half_space;
    alicorn_status status = ali_surface_side_scatter_faces(part->many, error);
    if (!status)
        status = ali_surface_side_prepare_ground(part->many, half_space, error);
    if (status)
        return status;
    const ali_face_batch *batch = part->many->face_batch;
    for (size_t g = 0; g < batch->group_count; g++)
        first[g] = batch->groups[g].first;
    for (size_t f = 0; f < part->one->count && !status; f++)
        status = add_face(part, &part->one->carriers[f], first);
    return status ? ali_error_memory(error, batch->places * sizeof(double complex), "the ground")
                  : ALICORN_OK;
}

/* ---- faces with elements ---- */

/** Legendre coefficients of the shapes on elements of half length 1. */
typedef struct tube_shapes {
    double current[ALI_SHAPE_COUNT][ALI_TUBE_ORDER_MAX + 1];
    double slope[ALI_SHAPE_COUNT][ALI_TUBE_ORDER_MAX + 1];
} tube_shapes;

/** Set, or add the image's to, the values of the face at work with all elements:
 *  l_i (j omega mu (p_a - p_i).t M_a,current/2 + 1/(j omega eps) M_a,slope). */
static void combine_tubes(const ali_surface_operator *operator, const face_at_work * work,
                          const ali_tube_batch *batch, const tube_shapes *shapes,
                          const ali_face_scatter *scatter)
{
    ali_edge_tube pair = {.count = batch->count,
                          .re = batch->re,
                          .im = batch->im,
                          .stride = batch->places,
                          .order = batch->order,
                          .half = batch->tubes.half,
                          .vector = work->share * operator->vector_scale,
                          .scalar = work->share * operator->scalar_scale,
                          .row = scatter->stride};
    for (int i = 0; i < 3; i++) {
        /* from the last corner, so that nothing cancels */
        ali_vec3 side = ali_vec3_sub(work->triangle.vertex[i], work->triangle.vertex[2]);
        pair.vertex[i][0] = side.x;
        pair.vertex[i][1] = side.y;
        pair.vertex[i][2] = side.z;
        pair.own_length[i] = work->length[i];
        pair.dir[i] = batch->tubes.dir[i];
    }
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++) {
        if (scatter->slot[shape] == SIZE_MAX)
            continue;
        pair.current = shapes->current[shape];
        pair.slope = shapes->slope[shape];
        operator->kernel->tubes(&pair, work->image,
                                scatter->value + scatter->slot[shape] * scatter->places);
    }
}

/** Turn values in air of the face at work with all elements into those about a half-space; the
 *  batch has the moments of the face, or of its image. */
static void add_half_space_tubes(const surface_part *part, const face_at_work *work, bool image,
                                 const tube_shapes *shapes)
{
    const ali_surface_operator *operator= part->operator;
    const ali_tube_batch *batch = part->many->tube_batch;
    const ali_face_scatter *scatter = &part->many->tube_scatter;
    for (size_t place = 0; place < batch->count; place++) {
        const ali_vec3 *p = work->triangle.vertex;
        const ali_vec3 dir = {batch->tubes.dir[0][place], batch->tubes.dir[1][place],
                              batch->tubes.dir[2][place]};
        ali_ground_tube_moments moments;
        if (!ali_face_ground_tube(part->many->ground, batch, work->face, place, image, moments))
            continue;
        for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++) {
            if (scatter->slot[shape] == SIZE_MAX)
                continue;
            double complex *value = scatter->value + scatter->slot[shape] * scatter->places + place;
            double complex flow[3][ALI_GROUND_PARTS] = {{0}}, charge = 0.0;
            for (int a = 0; a < 3; a++)
                for (int q = 0; q <= batch->order; q++) {
                    for (int m = 0; m < ALI_GROUND_PARTS; m++)
                        flow[a][m] += shapes->current[shape][q] * moments[m][a][q];
                    charge += shapes->slope[shape][q] * moments[ALI_GROUND_PHI][a][q];
                }
            charge *= operator->scalar_scale / batch->tubes.half[place];
            for (size_t i = 0; i < 3; i++) {
                double complex sum = charge;
                for (int a = 0; a < 3; a++)
                    sum += 0.5 * operator->vector_scale *
                                 ali_ground_product(flow[a], ali_vec3_sub(p[a], p[i]), dir);
                if (!image) /* in place of the air's */
                    value[i * scatter->stride] = 0.0;
                value[i * scatter->stride] += I * work->length[i] * sum;
            }
        }
    }
}

/** What currents along the elements do to the magnetic rows of a face. Over a ground the image of
 * an element carries the opposite of the mirrored current. */
static void add_magnetic_tubes(const surface_part *part, const face_at_work *work,
                               const ali_tube_batch *batch, const tube_shapes *shapes,
                               const ali_face_scatter *scatter)
{
    const ali_mesh *mesh = part->operator->setup.basis->mesh;
    double factor = -magnetic_factor(part, work->face);
    for (size_t place = 0; place < batch->count; place++)
        for (int image = 0; image <= part->operator->setup.ground; image++) {
            ali_tube tube = ali_element_tube(&mesh->wires->elements[batch->element[place]]);
            double complex value[3][ALI_TUBE_ORDER_MAX + 1];
            if (image)
                tube = ali_tube_mirror(tube);
            ali_magnetic_tube(&work->triangle, &tube, batch->order, part->operator->source.k,
                              value);
            for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++)
                for (size_t i = 0; i < 3 && scatter->slot[shape] != SIZE_MAX; i++) {
                    double complex sum = 0.0;
                    for (int q = 0; q <= batch->order; q++)
                        sum += shapes->current[shape][q] * value[i][q];
                    scatter->value[i * scatter->stride + scatter->slot[shape] * scatter->places +
                                   place] += (image ? -factor : factor) * work->length[i] * sum;
                }
        }
}

static alicorn_status add_tubes(const surface_part *part, alicorn_error *error)
{
    const ali_surface_operator *operator= part->operator;
    const ali_carrier_list *one = part->one;
    tube_shapes shapes;
    if (one->count == 0 || part->many->elements.count == 0)
        return ALICORN_OK;
    for (int shape = 0; shape < ALI_SHAPE_COUNT; shape++)
        ali_shape_legendre(shape, 1.0, ALI_TUBE_ORDER_MAX, shapes.current[shape],
                           shapes.slope[shape]);
    alicorn_status status = ali_surface_side_scatter_tubes(part->many, error);
    if (!status)
        status = ali_surface_side_prepare_ground(part->many, operator->setup.half_space, error);
    if (status)
        return status;
    ali_tube_batch *batch = part->many->tube_batch;
    const ali_face_scatter *scatter = &part->many->tube_scatter;
    for (size_t f = 0; f < one->count; f++) {
        for (int image = 0; image <= operator->setup.ground; image++) {
            face_at_work work = work_on(part, one->carriers[f].index, image);
            ali_tube_batch_run(batch, one->carriers[f].index, image);
            combine_tubes(operator, & work, batch, &shapes, scatter);
        }
        face_at_work work = work_on(part, one->carriers[f].index, false);
        const ali_ground_kernel *half_space = operator->setup.half_space;
        for (int image = half_space && half_space->below ? 0 : 1; half_space && image < 2;
             image++) {
            ali_tube_batch_run(batch, one->carriers[f].index, image);
            add_half_space_tubes(part, &work, image, &shapes);
        }
        if (work.share < 1.0)
            add_magnetic_tubes(part, &work, batch, &shapes, scatter);
        ali_face_scatter_add(scatter, operator->kernel, one, &one->carriers[f], 0, part->target,
                             part->leading);
    }
    return ALICORN_OK;
}

/* ---- a block ---- */

enum { ROWS, COLUMNS, SIDES };

/** A block and what carries its rows and columns. */
typedef struct surface_block {
    const ali_surface_operator *operator;
    ali_surface_side *side[SIDES];
    double complex *entries;
    size_t leading;
} surface_block;

/** The faces of one side with the faces or elements of the other, whose functions run down the
 * columns of `target`. */
static surface_part part_of(const surface_block *block, int one, double complex *target,
                            size_t leading)
{
    return (surface_part){.operator= block->operator,
                          .one = & block->side[one]->faces,
                          .many = block->side[!one],
                          .target = target,
                          .leading = leading,
                          .tested = one == ROWS};
}

/** block(i, j) += work(j, i), in squares that fit a cache. */
static void add_transposed(const surface_block *block, const double complex *work)
{
    enum { SQUARE = 16 };
    size_t rows = block->side[ROWS]->functions, columns = block->side[COLUMNS]->functions;
    for (size_t j0 = 0; j0 < columns; j0 += SQUARE)
        for (size_t i0 = 0; i0 < rows; i0 += SQUARE)
            for (size_t j = j0; j < columns && j < j0 + SQUARE; j++)
                for (size_t i = i0; i < rows && i < i0 + SQUARE; i++)
                    block->entries[i + j * block->leading] += work[j + i * columns];
}

/** Same rows as columns: half of the pairs of faces, and each face with the elements; the rest is
 * the transpose. */
static alicorn_status add_symmetric(const surface_block *block, double complex *work,
                                    alicorn_error *error)
{
    size_t count = block->side[ROWS]->functions;
    surface_part part = part_of(block, COLUMNS, work, count);
    part.half = true;
    alicorn_status status = add_faces(&part, error);
    if (!status)
        status = add_tubes(&part, error);
    if (status)
        return status;
    add_transposed(block, work);
    for (size_t j = 0; j < count; j++)
        for (size_t i = 0; i < count; i++)
            block->entries[i + j * block->leading] += work[i + j * count];
    return ALICORN_OK;
}

/** Other rows than columns, or not symmetric: the faces of the shorter side one by one, so that
 * what runs in vectors is long, but those that are tested if there are combined rows. `work` takes
 * what comes out transposed. */
static alicorn_status add_rectangle(const surface_block *block, double complex *work,
                                    alicorn_error *error)
{
    bool combined = block->operator->setup.share;
    size_t rows = block->side[ROWS]->functions, columns = block->side[COLUMNS]->functions;
    surface_part straight = part_of(block, COLUMNS, block->entries, block->leading);
    surface_part transposed = part_of(block, ROWS, work, columns);
    alicorn_status status = add_faces(combined || rows < columns ? &transposed : &straight, error);
    if (!status)
        status = add_tubes(&straight, error);
    if (!status)
        status = add_tubes(&transposed, error);
    if (!status && work)
        add_transposed(block, work);
    return status;
}

alicorn_status ali_surface_side_create(const ali_surface_operator *operator,
                                       const ali_selection * selection, ali_surface_side **side,
                                       alicorn_error *error)
{
    const ali_basis *basis = operator->setup.basis;
    ali_incidence faces = ali_face_incidence(basis->surfaces);
    ali_incidence elements = ali_wire_incidence(basis->wires, basis->wire_first);
    ali_surface_side *made = calloc(1, sizeof *made);
    *side = NULL;
    if (!made || ali_carrier_list_create(&faces, selection, &made->faces) ||
        ali_carrier_list_create(&elements, selection, &made->elements)) {
        ali_surface_side_destroy(made);
        return ali_error_memory(error, selection->count * sizeof(ali_carrier),
                                "a block of the matrix");
    }
    made->source = &operator->source;
    made->order = operator->order;
    made->functions = selection->count;
    *side = made;
    return ALICORN_OK;
}

alicorn_status ali_surface_operator_add_sides(const ali_surface_operator *operator,
                                              ali_surface_side * rows, ali_surface_side *columns,
                                              double complex *block, size_t leading,
                                              alicorn_error *error)
{
    surface_block all = {
        .operator= operator, .side = {rows, columns}, .entries = block, .leading = leading};
    bool combined = operator->setup.share, symmetric = rows == columns && !combined;
    double complex *work = NULL;
    if (rows->faces.count == 0 && columns->faces.count == 0)
        return ALICORN_OK;
    if (symmetric || combined || rows->functions < columns->functions ||
        (rows->faces.count > 0 && columns->elements.count > 0)) {
        work = ali_calloc_aligned(rows->functions * columns->functions, sizeof *work);
        if (!work)
            return ali_error_memory(error, rows->functions * columns->functions * sizeof *work,
                                    "a block of the matrix");
    }
    alicorn_status status = (symmetric ? add_symmetric : add_rectangle)(&all, work, error);
    free(work);
    if (status)
        return status;
    return ali_corner_block_add(&(ali_corner_block){.setup = &operator->setup,
                                                    .source = &operator->source,
                                                    .side = {rows, columns},
                                                    .block = block,
                                                    .stride = {1, leading}},
                                error);
}

alicorn_status ali_surface_operator_add(const ali_surface_operator *operator, size_t row_first,
                                        size_t row_count, size_t col_first, size_t col_count,
                                        double complex *block, size_t leading, alicorn_error *error)
{
    ali_selection rows = {.count = row_count, .first = row_first};
    ali_selection columns = {.count = col_count, .first = col_first};
    bool same = row_first == col_first && row_count == col_count;
    ali_surface_side *row = NULL, *column = NULL;
    alicorn_status status = ali_surface_side_create(operator, & rows, &row, error);
    if (!status && !same)
        status = ali_surface_side_create(operator, & columns, &column, error);
    if (!status)
        status = ali_surface_operator_add_sides(operator, row, same ? row : column, block, leading,
                                                error);
    ali_surface_side_destroy(row);
    ali_surface_side_destroy(column);
    return status;
}
