/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/dipoles.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/sincos.h"

#include <math.h>
#include <stdlib.h>

/** A piece of a function's current. */
typedef struct dipole {
    ali_vec3 place;  /**< [m] */
    ali_vec3 moment; /**< integral of the current there */
    double charge;   /**< integral of its divergence */
    double square;   /**< square of the size that keeps it finite to itself [m^2] */
} dipole;

struct ali_dipoles {
    size_t count; /**< functions */
    double k;
    bool image;
    size_t *first; /**< [count + 1] into points */
    dipole *points;
};

void ali_dipoles_destroy(ali_dipoles *dipoles)
{
    if (!dipoles)
        return;
    free(dipoles->first);
    free(dipoles->points);
    free(dipoles);
}

size_t ali_dipoles_bytes(const ali_dipoles *dipoles)
{
    return dipoles->first[dipoles->count] * sizeof(dipole) + (dipoles->count + 1) * sizeof(size_t) +
           sizeof *dipoles;
}

/* ---- points of the functions ---- */

static int points_of_shape(int shape)
{
    return shape <= ALI_SHAPE_CONSTANT ? 1 : ali_shape_degree(shape);
}

/** Half the square of the distance at which 1/R is what a uniform charge on a tube does to itself
 * in the mean, (ln(2 L/a) - 1) 2/L. */
static double square_of_element(const ali_element *element, int parts)
{
    double length = 2.0 * element->half / parts;
    double self = 0.5 * length / fmax(1.0, log(2.0 * length / element->radius) - 1.0);
    return 0.5 * self * self;
}

/** The same for a face, as a disc of its area: 16/(3 pi rho). */
static double square_of_face(const ali_face *face)
{
    double self = sqrt(face->area / ALI_PI) * 3.0 * ALI_PI / 16.0;
    return 0.5 * self * self;
}

/** Points of one term: the middle, or for the bubble (P_d - P_{d-2})/(2d - 1) the d nodes at which
 * P_d is zero; its slope by u is P_{d-1}. */
static void place_term(const ali_element *element, const ali_term *term, dipole *points)
{
    int count = points_of_shape(term->shape);
    const double *node = ali_gauss_node(count), *weight = ali_gauss_weight(count);
    for (int i = 0; i < count; i++) {
        double current = term->shape == ALI_SHAPE_CONSTANT ? 1.0 : 0.5;
        double slope = term->shape == ALI_SHAPE_END     ? 0.5
                       : term->shape == ALI_SHAPE_START ? -0.5
                                                        : 0.0;
        if (term->shape > ALI_SHAPE_CONSTANT) {
            double p[ALI_DEGREE_MAX + 2];
            ali_legendre(node[i], count, p);
            current = -p[count - 2] / (2 * count - 1);
            slope = p[count - 1];
        }
        points[i] =
            (dipole){.place = ali_vec3_axpy(element->mid, node[i] * element->half, element->dir),
                     .moment = ali_vec3_scale(term->weight * weight[i] * element->half * current,
                                              element->dir),
                     .charge = term->weight * weight[i] * slope,
                     .square = square_of_element(element, count)};
    }
}

/** Centroid of a face with all that a function has there, of `count` terms. */
static dipole place_terms(const ali_surface_mesh *mesh, const ali_face *face, size_t count,
                          const ali_term *terms)
{
    ali_vec3 vertex[3], middle = {0.0, 0.0, 0.0};
    for (int i = 0; i < 3; i++) {
        vertex[i] = mesh->vertices[face->vertex[i]];
        middle = ali_vec3_axpy(middle, 1.0 / 3.0, vertex[i]);
    }
    dipole point = {.place = middle, .square = square_of_face(face)};
    for (size_t t = 0; t < count; t++) {
        int i = terms[t].shape % 3;
        double length = mesh->edges[face->edge[i]].length;
        bool edge = terms[t].shape < ALI_FACE_CORNER;
        /* l (r - p)/(2A), and straight filaments from p to the opposite edge */
        point.moment = ali_vec3_axpy(point.moment, terms[t].weight * (edge ? 0.5 * length : 1.5),
                                     ali_vec3_sub(middle, vertex[i]));
        point.charge += edge ? terms[t].weight * length : 0.0;
    }
    return point;
}

/** Terms of one function on a face, from t on. */
static size_t terms_alike(const ali_surface_basis *surfaces, size_t face, size_t t)
{
    size_t count = 1;
    while (t + count < surfaces->face_first[face + 1] &&
           surfaces->terms[t + count].function == surfaces->terms[t].function)
        count++;
    return count;
}

/** Go over all terms: count points in next[function + 1], or put them at next[function]. */
static void visit_terms(const ali_basis *basis, size_t *next, dipole *points)
{
    const ali_wire_basis *wires = basis->wires;
    for (size_t e = 0; e < wires->mesh->element_count; e++)
        for (size_t t = wires->element_first[e]; t < wires->element_first[e + 1]; t++) {
            const ali_term *term = &wires->terms[t];
            size_t function = basis->wire_first + term->function;
            if (function >= basis->count)
                break; /* probes */
            if (points)
                place_term(&wires->mesh->elements[e], term, points + next[function]);
            next[points ? function : function + 1] += (size_t)points_of_shape(term->shape);
        }
    const ali_surface_basis *surfaces = basis->surfaces;
    const ali_surface_mesh *mesh = surfaces->mesh;
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t t = surfaces->face_first[f], same; t < surfaces->face_first[f + 1]; t += same) {
            const ali_term *terms = &surfaces->terms[t];
            same = terms_alike(surfaces, f, t);
            if (points)
                points[next[terms->function]++] = place_terms(mesh, &mesh->faces[f], same, terms);
            else
                next[terms->function + 1]++;
        }
}

alicorn_status ali_dipoles_create(const ali_basis *basis, double k, bool image,
                                  ali_dipoles **dipoles, alicorn_error *error)
{
    size_t count = basis->count, bytes = count * (sizeof(size_t) + 2 * sizeof(dipole));
    *dipoles = NULL;
    ali_dipoles *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, bytes, "the plan of the matrix");
    *made = (ali_dipoles){.count = count, .k = k, .image = image};
    size_t *next = ali_calloc(count + 1, sizeof *next);
    made->first = ali_calloc(count + 1, sizeof *made->first);
    if (next && made->first) {
        visit_terms(basis, made->first, NULL);
        for (size_t f = 0; f < count; f++) {
            made->first[f + 1] += made->first[f];
            next[f + 1] = made->first[f + 1];
        }
        made->points = ali_calloc(made->first[count], sizeof *made->points);
    }
    if (made->points)
        visit_terms(basis, next, made->points);
    free(next);
    if (!made->points) {
        ali_dipoles_destroy(made);
        return ali_error_memory(error, bytes, "the plan of the matrix");
    }
    *dipoles = made;
    return ALICORN_OK;
}

/* ---- couplings ---- */

enum { MANY = 256 };

/** Points of some functions of a list, as arrays. */
typedef struct point_list {
    size_t count;     /**< points */
    size_t functions; /**< that they belong to */
    double x[MANY], y[MANY], z[MANY], px[MANY], py[MANY], pz[MANY], q[MANY], s[MANY];
    double re[MANY], im[MANY];
    unsigned short function[MANY]; /**< position among the functions */
} point_list;

/** Take as many functions from the list as fit, at least one; the points of a function that has
 * more than all room are thinned out. */
static void gather(const ali_dipoles *dipoles, size_t count, const size_t *list, point_list *many)
{
    many->count = many->functions = 0;
    for (size_t i = 0; i < count; i++) {
        size_t first = dipoles->first[list[i]], end = dipoles->first[list[i] + 1];
        size_t stride = (end - first + MANY - 1) / MANY;
        if (many->count + (end - first) > MANY && i > 0)
            return;
        for (size_t p = first; p < end; p += stride) {
            const dipole *point = &dipoles->points[p];
            size_t at = many->count++;
            many->x[at] = point->place.x;
            many->y[at] = point->place.y;
            many->z[at] = point->place.z;
            many->px[at] = point->moment.x;
            many->py[at] = point->moment.y;
            many->pz[at] = point->moment.z;
            many->q[at] = point->charge;
            many->s[at] = point->square;
            many->function[at] = (unsigned short)i;
        }
        many->functions++;
    }
}

/** Add what one point does to all of a list. */
static void couple(double k, const dipole *one, point_list *many)
{
    const double vector = k * ALI_ETA0 / (4.0 * ALI_PI), scalar = -ALI_ETA0 / (4.0 * ALI_PI * k);
    const double x = one->place.x, y = one->place.y, z = one->place.z, s = one->square;
    const double px = vector * one->moment.x, py = vector * one->moment.y,
                 pz = vector * one->moment.z, q = scalar * one->charge;
#pragma omp simd
    for (size_t i = 0; i < many->count; i++) {
        double dx = many->x[i] - x, dy = many->y[i] - y, dz = many->z[i] - z;
        double r = sqrt(dx * dx + dy * dy + dz * dz + s + many->s[i]), sine, cosine;
        double size = (px * many->px[i] + py * many->py[i] + pz * many->pz[i] + q * many->q[i]) / r;
        ali_sincos(k * r, &sine, &cosine);
        many->re[i] += size * sine;
        many->im[i] += size * cosine;
    }
}

static void couple_function(const ali_dipoles *dipoles, size_t function, point_list *many)
{
    for (size_t i = 0; i < many->count; i++)
        many->re[i] = many->im[i] = 0.0;
    for (size_t p = dipoles->first[function]; p < dipoles->first[function + 1]; p++) {
        dipole point = dipoles->points[p];
        couple(dipoles->k, &point, many);
        if (!dipoles->image)
            continue;
        point.place = ali_vec3_mirror_z(point.place);
        point.moment = (ali_vec3){-point.moment.x, -point.moment.y, point.moment.z};
        point.charge = -point.charge;
        couple(dipoles->k, &point, many);
    }
}

void ali_dipoles_fill(const ali_dipoles *dipoles, size_t row_count, const size_t *rows,
                      size_t column_count, const size_t *columns, double complex *block,
                      size_t leading)
{
    bool across = column_count > row_count; /* the longer list in the arrays */
    size_t many_count = across ? column_count : row_count;
    size_t one_count = across ? row_count : column_count;
    const size_t *many_list = across ? columns : rows, *one_list = across ? rows : columns;
    size_t many_stride = across ? leading : 1, one_stride = across ? 1 : leading;
    point_list many;
    for (size_t first = 0; first < many_count; first += many.functions) {
        gather(dipoles, many_count - first, many_list + first, &many);
        for (size_t j = 0; j < one_count; j++) {
            double complex *line = block + first * many_stride + j * one_stride;
            couple_function(dipoles, one_list[j], &many);
            for (size_t i = 0; i < many.functions; i++)
                line[i * many_stride] = 0.0;
            for (size_t i = 0; i < many.count; i++)
                line[many.function[i] * many_stride] += CMPLX(many.re[i], many.im[i]);
        }
    }
}
