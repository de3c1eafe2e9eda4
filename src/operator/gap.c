/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "operator/excitation.h"

#include <math.h>
#include <stdlib.h>

/** Smallest width of a source gap in radii. With a gap that shrinks with the segments the reactance
 * of a thick dipole creeps without limit (its capacitance across the gap grows); at this width it
 * settles (docs/validation.md). */
static const double GAP_RADII = 4.0;

/** Neighbours whose directions differ by more than this do not share a gap. */
static const double STRAIGHT = 0.999;

/** A stretch of one element with its sense along the gap. */
typedef struct gap_piece {
    size_t element;
    double from, to; /**< local coordinate u */
    double sense;    /**< +1 if the element runs along the gap */
} gap_piece;

typedef struct gap_pieces {
    gap_piece *piece;
    size_t count, capacity;
    double width; /**< total length [m] */
} gap_pieces;

static int add_piece(const ali_wire_mesh *mesh, gap_pieces *pieces, size_t element, double from,
                     double to, double sense)
{
    if (to <= from)
        return 0;
    if (ali_grow((void **)&pieces->piece, &pieces->capacity, pieces->count, sizeof *pieces->piece))
        return -1;
    pieces->piece[pieces->count++] = (gap_piece){element, from, to, sense};
    pieces->width += mesh->elements[element].half * (to - from);
    return 0;
}

/** The element end that continues an end in a straight line, the only other one at its node; or -1.
 */
static ali_element_end continuation(const ali_wire_mesh *mesh, ali_element_end end)
{
    size_t node = mesh->elements[end / 2].node[end % 2];
    size_t first = mesh->node_first[node], count = mesh->node_first[node + 1] - first;
    if (count != 2 || mesh->node_grounded[node] || mesh->node_attached[node])
        return (ali_element_end)-1;
    ali_element_end other =
        mesh->node_ends[first] == end ? mesh->node_ends[first + 1] : mesh->node_ends[first];
    double cosine = ali_vec3_dot(mesh->elements[end / 2].dir, mesh->elements[other / 2].dir);
    /* ends of different sides continue each other when the directions agree, of equal sides when
     * they oppose */
    double straight = (end % 2) != (other % 2) ? cosine : -cosine;
    return straight > STRAIGHT ? other : (ali_element_end)-1;
}

/** Walk `length` metres away from an element end into its continuations and add the stretches
 * walked. */
static int extend(const ali_wire_mesh *mesh, gap_pieces *pieces, ali_element_end end, double sense,
                  double length)
{
    size_t guard = mesh->element_count;
    while (length > 0.0 && guard-- > 0) {
        ali_element_end next = continuation(mesh, end);
        if (next == (ali_element_end)-1)
            return 0;
        double half = mesh->elements[next / 2].half;
        double share = fmin(length / half, 2.0);
        if ((end % 2) == (next % 2))
            sense = -sense;
        if (next % 2 == 0 ? add_piece(mesh, pieces, next / 2, -1.0, -1.0 + share, sense)
                          : add_piece(mesh, pieces, next / 2, 1.0 - share, 1.0, sense))
            return -1;
        length -= share * half;
        end = next ^ 1;
    }
    return 0;
}

/** Half of the mean of a shape over [from, to] times its length: integral of the shape over the
 * piece [m]. */
static double integrate_shape(int shape, double half, double from, double to)
{
    double current[ALI_DEGREE_MAX + 3], slope[ALI_DEGREE_MAX + 3];
    int order = ali_shape_degree(shape);
    ali_shape_legendre(shape, half, order, current, slope);
    /* int P_k = (P_{k+1} - P_{k-1})/(2k + 1) */
    double low[ALI_DEGREE_MAX + 4], high[ALI_DEGREE_MAX + 4];
    double sum = current[0] * (to - from);
    low[0] = high[0] = 1.0;
    low[1] = from;
    high[1] = to;
    for (int k = 1; k <= order; k++) {
        low[k + 1] = ((2 * k + 1) * from * low[k] - k * low[k - 1]) / (k + 1);
        high[k + 1] = ((2 * k + 1) * to * high[k] - k * high[k - 1]) / (k + 1);
        sum += current[k] * (high[k + 1] - low[k + 1] - high[k - 1] + low[k - 1]) / (2 * k + 1);
    }
    return half * sum;
}

static int compare_terms(const void *a, const void *b)
{
    const ali_term *p = a, *q = b;
    return p->function < q->function ? -1 : p->function > q->function;
}

/** Collect weight(function) = 1/width sum over pieces of the integral of the function's shape. */
static int collect(const ali_wire_basis *basis, const gap_pieces *pieces,
                   ali_functional *functional)
{
    size_t total = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        size_t e = pieces->piece[i].element;
        total += basis->element_first[e + 1] - basis->element_first[e];
    }
    ali_term *terms = ali_calloc(total, sizeof *terms);
    functional->function = ali_calloc(total, sizeof *functional->function);
    functional->weight = ali_calloc(total, sizeof *functional->weight);
    if (!terms || !functional->function || !functional->weight) {
        free(terms);
        return -1;
    }
    size_t count = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const gap_piece *piece = &pieces->piece[i];
        double half = basis->mesh->elements[piece->element].half;
        for (size_t t = basis->element_first[piece->element];
             t < basis->element_first[piece->element + 1]; t++) {
            terms[count] = basis->terms[t];
            terms[count++].weight *=
                piece->sense *
                integrate_shape(basis->terms[t].shape, half, piece->from, piece->to) /
                pieces->width;
        }
    }
    qsort(terms, count, sizeof *terms, compare_terms);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && terms[i].function == terms[i - 1].function;
        size_t at = same ? functional->count - 1 : functional->count++;
        functional->function[at] = terms[i].function;
        functional->weight[at] += terms[i].weight;
    }
    free(terms);
    return 0;
}

/** Add a whole segment; sense -1 if the gap runs against it. */
static int add_segment(const ali_wire_mesh *mesh, size_t segment, double sense, gap_pieces *pieces)
{
    for (size_t e = mesh->segment_first[segment]; e < mesh->segment_first[segment + 1]; e++)
        if (add_piece(mesh, pieces, e, -1.0, 1.0, sense))
            return -1;
    return 0;
}

/** Add stretches of at most `reach` metres on both sides of the node at a segment's end, side 0
 * or 1.
 */
static int add_around_node(const ali_wire_mesh *mesh, size_t segment, int side, double sense,
                           double reach, gap_pieces *pieces)
{
    size_t first = mesh->segment_first[segment], count = mesh->segment_first[segment + 1] - first;
    double left = reach;
    for (size_t i = 0; i < count && left > 0.0; i++) {
        size_t e = side == 0 ? first + i : first + count - 1 - i;
        double share = fmin(left / mesh->elements[e].half, 2.0);
        double from = side == 0 ? -1.0 : 1.0 - share;
        if (add_piece(mesh, pieces, e, from, from + share, sense))
            return -1;
        left -= share * mesh->elements[e].half;
    }
    ali_element_end start = 2 * first, end = 2 * (first + count - 1) + 1;
    return extend(mesh, pieces, side == 0 ? end : start, sense, left) ||
           extend(mesh, pieces, side == 0 ? start : end, sense, reach);
}

static alicorn_status finish(const ali_wire_basis *basis, gap_pieces *pieces, int failed,
                             ali_functional *functional, alicorn_error *error)
{
    failed = failed || collect(basis, pieces, functional);
    free(pieces->piece);
    if (!failed)
        return ALICORN_OK;
    ali_functional_clear(functional);
    return ali_error_memory(error, pieces->count * sizeof *pieces->piece, "a source gap");
}

alicorn_status ali_gap_functional(const ali_wire_basis *basis, size_t segment, ali_site_kind where,
                                  ali_functional *gap, alicorn_error *error)
{
    const ali_wire_mesh *mesh = basis->mesh;
    gap_pieces pieces = {0};
    *gap = (ali_functional){0};
    bool reversed = mesh->segment_reversed[segment];
    double sense = reversed ? -1.0 : 1.0;
    segment = mesh->segment_master[segment];
    size_t first = mesh->segment_first[segment], last = mesh->segment_first[segment + 1] - 1;
    double length = 0.0, wanted = GAP_RADII * mesh->elements[first].radius;
    for (size_t e = first; e <= last; e++)
        length += 2.0 * mesh->elements[e].half;
    int failed;
    if (where != ALI_SITE_SEGMENT) {
        int side = (where == ALI_SITE_SEGMENT_END) != reversed;
        failed = add_around_node(mesh, segment, side, sense, 0.5 * fmax(length, wanted), &pieces);
    } else {
        failed = add_segment(mesh, segment, sense, &pieces);
        double more = 0.5 * (wanted - length);
        failed = failed || extend(mesh, &pieces, 2 * first, sense, more) ||
                 extend(mesh, &pieces, 2 * last + 1, sense, more);
    }
    return finish(basis, &pieces, failed, gap, error);
}

alicorn_status ali_segment_functional(const ali_wire_basis *basis, size_t segment,
                                      ali_functional *mean, alicorn_error *error)
{
    const ali_wire_mesh *mesh = basis->mesh;
    gap_pieces pieces = {0};
    *mean = (ali_functional){0};
    int failed = add_segment(mesh, mesh->segment_master[segment],
                             mesh->segment_reversed[segment] ? -1.0 : 1.0, &pieces);
    return finish(basis, &pieces, failed, mean, error);
}

void ali_functional_clear(ali_functional *functional)
{
    free(functional->function);
    free(functional->weight);
    *functional = (ali_functional){0};
}

double complex ali_functional_apply(const ali_functional *functional, const double complex *x,
                                    size_t unknowns)
{
    double complex sum = 0.0;
    for (size_t i = 0; i < functional->count && functional->function[i] < unknowns; i++)
        sum += functional->weight[i] * x[functional->function[i]];
    return sum;
}
