/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/corner_block.h"

#include "base/constants.h"
#include "green/corner.h"
#include "operator/corner_ground.h"
#include "operator/face_magnetic.h"
#include "operator/near.h"

enum { ROWS = 0, COLUMNS = 1, EDGE_BITS = (1 << ALI_FACE_CORNER) - 1 };

/** One corner of a face of one side of the block, or its image, at work. */
typedef struct corner_at_work {
    const ali_corner_block *target;
    int side;                   /**< ROWS or COLUMNS */
    const ali_carrier *carrier; /**< its face */
    int shape;
    ali_corner corner;
    bool image;
    double sign;
    ali_ground_triangle_work *ground; /**< about a half-space; or NULL */
    ali_corner real;                  /**< of which it is the image */
    const ali_face_batch *faces;      /**< of the other side, NULL if there are none; moments of the
                                         corner's far rule */
    const ali_tube_batch *elements;   /**< the same */
} corner_at_work;

/** How the corner at work acts on a thing. */
typedef enum corner_act {
    ACT_NOT,       /**< there is no such wave */
    ACT_PLAIN,     /**< as in air */
    ACT_HALF_SPACE /**< by one of its ways */
} corner_act;

static corner_act act_on(const corner_at_work *work, bool in_soil, ali_ground_way *way)
{
    if (!work->ground)
        return ACT_PLAIN;
    bool own = ali_triangle_middle(&work->real.triangle).z < 0.0;
    if (ali_ground_way_of(own, in_soil, work->image, way))
        return ACT_HALF_SPACE;
    return own || in_soil || work->image ? ACT_NOT : ACT_PLAIN;
}

/** Add a value to all functions that have the corner on its side and the shape on the other. */
static void add_value(const corner_at_work *work, const ali_carrier_list *others,
                      const ali_carrier *other, int shape, double complex value)
{
    const ali_corner_block *target = work->target;
    const ali_carrier_list *own = &target->side[work->side]->faces;
    for (size_t s = 0; s < work->carrier->count; s++) {
        const ali_term *term = &work->carrier->terms[s];
        if (term->shape != work->shape)
            continue;
        double complex *line =
            target->block + (term->function + own->first) * target->stride[work->side];
        for (size_t t = 0; t < other->count; t++)
            if (other->terms[t].shape == shape)
                line[(other->terms[t].function + others->first) * target->stride[!work->side]] +=
                    work->sign * term->weight * other->terms[t].weight * value;
    }
}

static double complex along(const double complex value[3], ali_vec3 direction)
{
    return value[0] * direction.x + value[1] * direction.y + value[2] * direction.z;
}

static ali_corner corner_of(const ali_surface_mesh *mesh, size_t face, int shape)
{
    return (ali_corner){ali_face_triangle(mesh, face), shape - ALI_FACE_CORNER};
}

/** Of the corner's current, in the magnetic row of edge j of another body's face. */
static double complex magnetic_row(const corner_at_work *work, const ali_face *face,
                                   const ali_flat_triangle *triangle, int j, double k)
{
    enum { POINTS = 6 };
    const ali_surface_operator_setup *setup = work->target->setup;
    const ali_body *body = &setup->basis->mesh->surfaces->bodies[face->body];
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    double complex value[3];
    int count = ali_corner_rule(&work->corner, POINTS, point, moment);
    ali_magnetic_points(triangle, count, point, moment, k, value);
    return (body->volume < 0.0 ? ALI_ETA0 : -ALI_ETA0) * value[j];
}

/** Vectors of the corner's far rule: (p_1 - p) M_1m + (p_2 - p) M_2m of one thing in a batch. */
static void far_vector(const corner_at_work *work, const double *re, const double *im, size_t row,
                       double complex value[3])
{
    const ali_vec3 *p = work->corner.triangle.vertex;
    int vertex = work->corner.vertex;
    value[0] = value[1] = value[2] = 0.0;
    for (int next = 1; next < 3; next++) {
        int a = (vertex + next) % 3;
        ali_vec3 side = ali_vec3_sub(p[a], p[vertex]);
        double complex moment = CMPLX(re[(size_t)a * row], im[(size_t)a * row]);
        value[0] += moment * side.x;
        value[1] += moment * side.y;
        value[2] += moment * side.z;
    }
}

/** Vectors of the corner with the three coordinates of the face at a place of the list. */
static void face_vectors(const corner_at_work *work, size_t index,
                         const ali_flat_triangle *triangle, double complex vector[3][3])
{
    const ali_face_batch *batch = work->faces;
    double length = 0.0;
    for (int i = 0; i < 3; i++)
        length =
            fmax(length, ali_vec3_distance(triangle->vertex[i], triangle->vertex[(i + 1) % 3]));
    if (!ali_corner_is_far(&work->corner, ali_triangle_middle(triangle), length)) {
        ali_corner_triangle(&work->corner, triangle, work->target->source->k, vector);
        return;
    }
    for (size_t b = 0; b < 3; b++) {
        size_t at = b * batch->places + batch->place[index];
        far_vector(work, batch->re + at, batch->im + at, 3 * batch->places, vector[b]);
    }
}

/** With the edge shapes of a face, l_j/2 sum_b V_b.(p_b - p_j), and with its corners. */
static void add_face(const corner_at_work *work, const ali_carrier_list *others, size_t index)
{
    const ali_carrier *other = &others->carriers[index];
    const ali_surface_operator_setup *setup = work->target->setup;
    const ali_surface_mesh *mesh = setup->basis->mesh->surfaces;
    double k = setup->omega / ALI_C0;
    double complex factor = CMPLX(0.0, setup->omega * ALI_MU0), vector[3][3];
    const ali_face *face = &mesh->faces[other->index];
    ali_flat_triangle triangle = ali_face_triangle(mesh, other->index);
    double share = setup->share && work->side == COLUMNS ? setup->share[face->body] : 1.0;
    double complex edge[3] = {0};
    ali_ground_way way;
    corner_act act = act_on(work, ali_face_in_soil(mesh, other->index), &way);
    if (act == ACT_NOT)
        return;
    if (other->shapes & EDGE_BITS)
        face_vectors(work, index, &triangle, vector);
    if (other->shapes & EDGE_BITS && act == ACT_HALF_SPACE)
        ali_corner_ground_face(work->ground, &work->real, &triangle, way,
                               (const double complex(*)[3])vector, edge);
    for (int j = 0; j < 3; j++) {
        if (!(other->shapes & 1u << j))
            continue;
        double complex sum = edge[j];
        for (int b = 0; b < 3 && act == ACT_PLAIN; b++)
            sum += along(vector[b], ali_vec3_sub(triangle.vertex[b], triangle.vertex[j]));
        double length = mesh->edges[face->edge[j]].length;
        double complex value = share * 0.5 * factor * sum;
        if (share < 1.0)
            value += (1.0 - share) * magnetic_row(work, face, &triangle, j, k);
        add_value(work, others, other, j, length * value);
    }
    /* pairs of corners are met from both sides: the rows do them */
    for (int j = ALI_FACE_CORNER; j < ALI_FACE_SHAPE_COUNT && work->side == ROWS; j++) {
        if (!(other->shapes & 1u << j))
            continue;
        ali_corner corner = corner_of(mesh, other->index, j);
        double complex value =
            act == ACT_HALF_SPACE
                ? ali_corner_ground_corner(work->ground, &work->real, &corner, way, k)
                : ali_corner_corner(&work->corner, &corner, k);
        add_value(work, others, other, j, factor * value);
    }
}

/** The impedance of the sheet on the corner's own face. */
static void add_sheet(const corner_at_work *work, const ali_carrier_list *others,
                      const ali_carrier *other)
{
    const ali_surface_operator_setup *setup = work->target->setup;
    const ali_surface_mesh *mesh = setup->basis->mesh->surfaces;
    double complex impedance = setup->sheet[mesh->faces[other->index].surface];
    for (int j = 0; j < ALI_FACE_CORNER; j++)
        if (other->shapes & 1u << j)
            add_value(work, others, other, j, impedance * ali_corner_overlap(&work->corner, j));
    for (int j = ALI_FACE_CORNER; j < ALI_FACE_SHAPE_COUNT && work->side == ROWS; j++) {
        if (!(other->shapes & 1u << j))
            continue;
        ali_corner corner = corner_of(mesh, other->index, j);
        size_t vertex = mesh->faces[other->index].vertex[corner.vertex];
        double radius = ali_mesh_attached_radius(setup->basis->mesh, vertex);
        add_value(work, others, other, j,
                  impedance * ali_corner_square(&work->corner, &corner, radius));
    }
}

static void add_element(const corner_at_work *work, const ali_carrier_list *others, size_t index)
{
    const ali_surface_operator_setup *setup = work->target->setup;
    const ali_tube_batch *batch = work->elements;
    const ali_carrier *other = &others->carriers[index];
    const ali_element *element = &setup->basis->mesh->wires->elements[other->index];
    double complex vector[ALI_TUBE_ORDER_MAX + 1][3];
    size_t width = (size_t)batch->order + 1;
    ali_ground_way way;
    corner_act act = act_on(work, ali_element_in_soil(element), &way);
    if (act == ACT_NOT)
        return;
    if (ali_corner_is_far(&work->corner, element->mid, 2.0 * element->half)) {
        for (size_t q = 0; q < width; q++) {
            size_t at = q * batch->places + index;
            far_vector(work, batch->re + at, batch->im + at, width * batch->places, vector[q]);
        }
    } else {
        ali_tube tube = ali_element_tube(element);
        ali_corner_tube(&work->corner, &tube, batch->order, work->target->source->k, vector);
    }
    double complex flow[ALI_TUBE_ORDER_MAX + 1];
    for (size_t q = 0; q < width; q++)
        flow[q] = along(vector[q], element->dir);
    if (act == ACT_HALF_SPACE)
        ali_corner_ground_tube(work->ground, &work->real, element, way, batch->order,
                               (const double complex(*)[3])vector, flow);
    for (unsigned shapes = other->shapes; shapes; shapes &= shapes - 1) {
        int shape = __builtin_ctz(shapes);
        double current[ALI_TUBE_ORDER_MAX + 1], slope[ALI_TUBE_ORDER_MAX + 1];
        double complex sum = 0.0;
        ali_shape_legendre(shape, element->half, ALI_TUBE_ORDER_MAX, current, slope);
        for (size_t q = 0; q < width; q++)
            sum += current[q] * flow[q];
        add_value(work, others, other, shape, CMPLX(0.0, setup->omega * ALI_MU0) * sum);
    }
}

/** Moments of the corner's far rule with all faces and elements of the other side. */
static void run_far(const corner_at_work *work)
{
    enum { FACE_POINTS = 7, TUBE_POINTS = 6 };
    const ali_face_source *source = work->target->source;
    ali_corner_far far;
    ali_triangle_rule rule = ali_corner_far_rule(work->corner.vertex, &far);
    if (work->faces) {
        ali_face_task task = {.triangle = work->corner.triangle,
                              .rule = rule,
                              .others = {.count = work->faces->places},
                              .other_rule = ali_triangle_rule_get(FACE_POINTS),
                              .k = source->k};
        for (int c = 0; c < 9; c++)
            task.others.vertex[c / 3][c % 3] = work->faces->vertex[c / 3][c % 3];
        source->kernel->moments(&task, work->faces->places, work->faces->re, work->faces->im);
    }
    if (work->elements) {
        const ali_tube_batch *batch = work->elements;
        ali_face_tube_task task = {.triangle = work->corner.triangle,
                                   .rule = rule,
                                   .tubes = batch->tubes,
                                   .tube_rule =
                                       ali_face_tube_rule(source, TUBE_POINTS + batch->order / 2),
                                   .order = batch->order,
                                   .k = source->k};
        source->kernel->tubes(&task, batch->places, batch->re, batch->im);
    }
}

static void add_corner(const corner_at_work *work)
{
    const ali_surface_side *others = work->target->side[!work->side];
    const ali_carrier_list *faces = &others->faces, *elements = &others->elements;
    run_far(work);
    for (size_t i = 0; i < faces->count; i++) {
        add_face(work, faces, i);
        if (work->target->setup->sheet && !work->image &&
            faces->carriers[i].index == work->carrier->index)
            add_sheet(work, faces, &faces->carriers[i]);
    }
    for (size_t i = 0; i < elements->count; i++)
        add_element(work, elements, i);
}

static void add_corners(corner_at_work work, const ali_carrier *carrier)
{
    const ali_surface_operator_setup *setup = work.target->setup;
    for (int shape = ALI_FACE_CORNER; shape < ALI_FACE_SHAPE_COUNT; shape++)
        for (int image = 0; image <= (setup->ground || setup->half_space); image++) {
            if (!(carrier->shapes & 1u << shape))
                continue;
            work.carrier = carrier;
            work.shape = shape;
            work.corner = corner_of(setup->basis->mesh->surfaces, carrier->index, shape);
            work.image = image;
            work.sign = image && !setup->half_space ? -1.0 : 1.0;
            work.real = work.corner;
            work.ground = setup->half_space
                              ? ali_face_ground_work(work.target->side[!work.side]->ground)
                              : NULL;
            if (image)
                work.corner.triangle = ali_triangle_mirror(work.corner.triangle);
            add_corner(&work);
        }
}

/** The corners of one side with all of the other. */
static alicorn_status add_side(const ali_corner_block *target, int side, alicorn_error *error)
{
    const ali_carrier_list *own = &target->side[side]->faces;
    ali_surface_side *others = target->side[!side];
    corner_at_work work = {.target = target, .side = side};
    alicorn_status status = ALICORN_OK;
    if (!(own->shapes >> ALI_FACE_CORNER))
        return ALICORN_OK;
    if (others->faces.count > 0)
        status = ali_surface_side_batch_faces(others, error);
    if (!status && others->elements.count > 0)
        status = ali_surface_side_batch_tubes(others, error);
    if (!status)
        status = ali_surface_side_prepare_ground(others, target->setup->half_space, error);
    work.faces = others->faces.count > 0 ? others->face_batch : NULL;
    work.elements = others->elements.count > 0 ? others->tube_batch : NULL;
    for (size_t i = 0; i < own->count && !status; i++)
        add_corners(work, &own->carriers[i]);
    return status;
}

alicorn_status ali_corner_block_add(const ali_corner_block *target, alicorn_error *error)
{
    alicorn_status status = add_side(target, ROWS, error);
    return status ? status : add_side(target, COLUMNS, error);
}
