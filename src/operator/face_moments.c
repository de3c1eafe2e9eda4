/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_moments.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/triangle_rule.h"
#include "operator/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 8, RULE_POINTS_MAX = 12, TUBE_POINTS_MAX = 8 };

/** Points on each side of a far pair, by the distance of the middles in units of the larger reach.
 * Measured against adaptive quadrature to be good for 1e-5 (tests/unit/face_moments.c). */
static const struct {
    double ratio;
    int points, tube_points;
} far_table[] = {{9.0, 3, 3}, {5.0, 7, 4}, {0.0, 12, 6}};
enum { FAR_ROWS = sizeof far_table / sizeof *far_table };
/** Electrical size, k times reach, up to which `points` holds; one row more for larger faces. */
static const double FAR_PHASE = 0.7;

static int far_row(double distance, double reach, double k)
{
    int row = 0;
    while (row + 1 < FAR_ROWS && distance < far_table[row].ratio * reach)
        row++;
    return row + 1 < FAR_ROWS && k * reach > FAR_PHASE ? row + 1 : row;
}

/* ---- faces ---- */

void ali_face_batch_destroy(ali_face_batch *batch)
{
    if (!batch)
        return;
    free(batch->face);
    free(batch->vertex[0][0]);
    free(batch->re);
    free(batch);
}

static size_t padded(size_t count)
{
    return (count + LANES - 1) / LANES * LANES;
}

static int allocate_faces(ali_face_batch *batch)
{
    size_t places = batch->places;
    batch->face = ali_calloc(places, sizeof *batch->face);
    double *geometry = ali_calloc_aligned(16 * places, sizeof *geometry);
    batch->vertex[0][0] = geometry;
    batch->re = ali_calloc_aligned(18 * places, sizeof *batch->re);
    if (!batch->face || !geometry || !batch->re)
        return -1;
    for (size_t i = 0; i < 9; i++)
        batch->vertex[i / 3][i % 3] = geometry + i * places;
    for (size_t i = 0; i < 3; i++)
        batch->middle[i] = geometry + (9 + i) * places;
    batch->reach = geometry + 12 * places;
    for (size_t i = 0; i < 3; i++)
        batch->length[i] = geometry + (13 + i) * places;
    batch->im = batch->re + 9 * places;
    return 0;
}

alicorn_status ali_face_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *faces, ali_face_batch **batch,
                                     alicorn_error *error)
{
    *batch = NULL;
    ali_face_batch *made = calloc(1, sizeof *made);
    if (made) {
        made->source = source;
        made->count = count;
        made->places = padded(count);
    }
    if (!made || allocate_faces(made)) {
        ali_face_batch_destroy(made);
        return ali_error_memory(error, 34 * padded(count) * sizeof(double), "moments of faces");
    }
    for (size_t i = 0; i < made->places; i++) {
        size_t face = faces[i < count ? i : count - 1];
        ali_flat_triangle triangle = ali_face_triangle(source->mesh->surfaces, face);
        ali_vec3 middle = ali_triangle_middle(&triangle);
        made->face[i] = face;
        made->reach[i] = ali_triangle_reach(&triangle);
        made->middle[0][i] = middle.x;
        made->middle[1][i] = middle.y;
        made->middle[2][i] = middle.z;
        for (int c = 0; c < 3; c++) {
            made->length[c][i] =
                ali_vec3_distance(triangle.vertex[(c + 1) % 3], triangle.vertex[(c + 2) % 3]);
            made->vertex[c][0][i] = triangle.vertex[c].x;
            made->vertex[c][1][i] = triangle.vertex[c].y;
            made->vertex[c][2][i] = triangle.vertex[c].z;
        }
    }
    *batch = made;
    return ALICORN_OK;
}

static ali_vec3 rule_point(const ali_flat_triangle *triangle, const double lambda[3])
{
    const ali_vec3 *p = triangle->vertex;
    return ali_vec3_axpy(ali_vec3_axpy(ali_vec3_scale(lambda[0], p[0]), lambda[1], p[1]), lambda[2],
                         p[2]);
}

static ali_flat_triangle batch_triangle(const ali_face_batch *batch, size_t place)
{
    ali_flat_triangle triangle;
    for (int c = 0; c < 3; c++)
        triangle.vertex[c] = (ali_vec3){batch->vertex[c][0][place], batch->vertex[c][1][place],
                                        batch->vertex[c][2][place]};
    return triangle;
}

static void far_moments(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                        const ali_triangle_rule *rule, double complex moments[3][3])
{
    ali_vec3 from[RULE_POINTS_MAX], to[RULE_POINTS_MAX];
    for (int i = 0; i < rule->points; i++) {
        from[i] = rule_point(a, rule->lambda[i]);
        to[i] = rule_point(b, rule->lambda[i]);
    }
    memset(moments, 0, 9 * sizeof **moments);
    for (int i = 0; i < rule->points; i++) {
        double complex sum[3] = {0.0, 0.0, 0.0};
        for (int j = 0; j < rule->points; j++) {
            double distance = ali_vec3_distance(from[i], to[j]);
            double complex value = rule->weight[j] * cexp(CMPLX(0.0, -k * distance)) / distance;
            for (int q = 0; q < 3; q++)
                sum[q] += rule->lambda[j][q] * value;
        }
        for (int p = 0; p < 3; p++)
            for (int q = 0; q < 3; q++)
                moments[p][q] += rule->weight[i] * rule->lambda[i][p] / (4.0 * ALI_PI) * sum[q];
    }
}

static void near_moments(const ali_face_source *source, const ali_face_partner *partner,
                         const ali_flat_triangle *a, const ali_flat_triangle *b,
                         double complex moments[3][3])
{
    double(*stored)[3] = source->near->moments[partner->pair];
    ali_triangle_dynamic(a, b, source->k, moments);
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++)
            moments[p][q] += partner->transposed ? stored[q][p] : stored[p][q];
}

/** The partners of a face that are near it, or near its image, from the first on. */
static const ali_face_partner *first_partner(const ali_face_near *near, size_t face, bool image,
                                             const ali_face_partner **end)
{
    const ali_face_partner *partner = near->partners + near->first[face];
    *end = near->partners + near->first[face + 1];
    while (partner < *end && partner->mirrored != image)
        partner++;
    return partner;
}

void ali_face_batch_run(ali_face_batch *batch, size_t face, bool image)
{
    const ali_face_source *source = batch->source;
    ali_flat_triangle a = ali_face_triangle(source->mesh->surfaces, face);
    if (image)
        a = ali_triangle_mirror(a);
    ali_vec3 middle = ali_triangle_middle(&a);
    double reach = ali_triangle_reach(&a);
    const ali_face_partner *end, *partner = first_partner(source->near, face, image, &end);
    for (size_t i = 0; i < batch->count; i++) {
        double complex moments[3][3];
        ali_flat_triangle b = batch_triangle(batch, i);
        while (partner < end && partner->mirrored == image && partner->other < batch->face[i])
            partner++;
        if (partner < end && partner->mirrored == image && partner->other == batch->face[i]) {
            near_moments(source, partner, &a, &b, moments);
        } else {
            ali_vec3 d = ali_vec3_sub(ali_triangle_middle(&b), middle);
            int row = far_row(ali_vec3_norm(d), fmax(reach, batch->reach[i]), source->k);
            ali_triangle_rule rule = ali_triangle_rule_get(far_table[row].points);
            far_moments(&a, &b, source->k, &rule, moments);
        }
        for (size_t m = 0; m < 9; m++) {
            batch->re[m * batch->places + i] = creal(moments[m / 3][m % 3]);
            batch->im[m * batch->places + i] = cimag(moments[m / 3][m % 3]);
        }
    }
}

/* ---- elements ---- */

void ali_tube_batch_destroy(ali_tube_batch *batch)
{
    if (!batch)
        return;
    free(batch->element);
    free(batch->half);
    free(batch->re);
    free(batch);
}

alicorn_status ali_tube_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *elements, int order, ali_tube_batch **batch,
                                     alicorn_error *error)
{
    *batch = NULL;
    size_t places = padded(count), size = 3 * ((size_t)order + 1) * places;
    ali_tube_batch *made = calloc(1, sizeof *made);
    if (made) {
        made->source = source;
        made->count = count;
        made->places = places;
        made->order = order;
        made->element = ali_calloc(places, sizeof *made->element);
        made->half = ali_calloc_aligned(4 * places, sizeof *made->half);
        made->re = ali_calloc_aligned(2 * size, sizeof *made->re);
    }
    if (!made || !made->element || !made->half || !made->re) {
        ali_tube_batch_destroy(made);
        return ali_error_memory(error, 2 * size * sizeof(double), "moments of elements");
    }
    made->im = made->re + size;
    for (size_t c = 0; c < 3; c++)
        made->dir[c] = made->half + (1 + c) * places;
    for (size_t i = 0; i < places; i++) {
        made->element[i] = elements[i < count ? i : count - 1];
        const ali_element *element = &source->mesh->wires->elements[made->element[i]];
        made->half[i] = element->half;
        made->dir[0][i] = element->dir.x;
        made->dir[1][i] = element->dir.y;
        made->dir[2][i] = element->dir.z;
    }
    *batch = made;
    return ALICORN_OK;
}

/** By points on the axis, with R^2 averaged around the tube. */
static void far_tube_moments(const ali_flat_triangle *a, const ali_tube *tube, int order, double k,
                             const ali_triangle_rule *rule, int tube_points,
                             double complex moments[3][ALI_TUBE_ORDER_MAX + 1])
{
    memset(moments, 0, 3 * sizeof *moments);
    const double *node = ali_gauss_node(tube_points), *weight = ali_gauss_weight(tube_points);
    for (int j = 0; j < tube_points; j++) {
        ali_vec3 to = ali_vec3_axpy(tube->mid, node[j] * tube->half, tube->dir);
        double legendre[ALI_TUBE_ORDER_MAX + 1];
        double complex sum[3] = {0.0, 0.0, 0.0};
        ali_legendre(node[j], order, legendre);
        for (int i = 0; i < rule->points; i++) {
            ali_vec3 from = rule_point(a, rule->lambda[i]);
            double distance = hypot(ali_vec3_distance(from, to), tube->radius);
            double complex value = rule->weight[i] * cexp(CMPLX(0.0, -k * distance)) / distance;
            for (int p = 0; p < 3; p++)
                sum[p] += rule->lambda[i][p] * value;
        }
        for (int p = 0; p < 3; p++)
            for (int q = 0; q <= order; q++)
                moments[p][q] += weight[j] * tube->half / (4.0 * ALI_PI) * legendre[q] * sum[p];
    }
}

static void near_tube_moments(const ali_face_source *source, const ali_tube_partner *partner,
                              const ali_flat_triangle *a, const ali_tube *tube, int order,
                              double complex moments[3][ALI_TUBE_ORDER_MAX + 1])
{
    const double *stored = source->near->tube_moments + partner->first;
    ali_triangle_tube_dynamic(a, tube, order, source->k, moments);
    for (int p = 0; p < 3; p++)
        for (int q = 0; q <= order; q++)
            moments[p][q] += stored[p * (source->near->order + 1) + q];
}

void ali_tube_batch_run(ali_tube_batch *batch, size_t face, bool image)
{
    const ali_face_source *source = batch->source;
    const ali_face_near *near = source->near;
    ali_flat_triangle a = ali_face_triangle(source->mesh->surfaces, face);
    if (image)
        a = ali_triangle_mirror(a);
    ali_vec3 middle = ali_triangle_middle(&a);
    double reach = ali_triangle_reach(&a);
    const ali_tube_partner *partner = near->tubes + near->tube_first[face],
                           *end = near->tubes + near->tube_first[face + 1];
    while (partner < end && partner->mirrored != image)
        partner++;
    for (size_t i = 0; i < batch->count; i++) {
        double complex moments[3][ALI_TUBE_ORDER_MAX + 1];
        ali_tube tube = ali_element_tube(&source->mesh->wires->elements[batch->element[i]]);
        while (partner < end && partner->mirrored == image && partner->element < batch->element[i])
            partner++;
        if (partner < end && partner->mirrored == image && partner->element == batch->element[i]) {
            near_tube_moments(source, partner, &a, &tube, batch->order, moments);
        } else {
            double distance = ali_vec3_distance(middle, tube.mid);
            int row = far_row(distance, fmax(reach, hypot(tube.half, tube.radius)), source->k);
            ali_triangle_rule rule = ali_triangle_rule_get(far_table[row].points);
            far_tube_moments(&a, &tube, batch->order, source->k, &rule,
                             far_table[row].tube_points + batch->order / 2, moments);
        }
        for (int p = 0; p < 3; p++)
            for (int q = 0; q <= batch->order; q++) {
                size_t m = (size_t)(p * (batch->order + 1) + q) * batch->places + i;
                batch->re[m] = creal(moments[p][q]);
                batch->im[m] = cimag(moments[p][q]);
            }
    }
}
