/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/wire_basis.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "basis/loops.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/** Loops longer than this many wavelengths keep their rooftops: there the charge that cancels in a
 * loop is not large against the current's own potential, and short functions keep the matrix cheap.
 */
static const double LOOP_WAVELENGTHS = 0.1;

/** An element of electrical length |k| L up to limit[d - 1] carries a current of degree d, one
 * above the last (docs/theory/wires.md). */
enum { DEGREE_LIMITS = 3 };
static const double fine_limits[DEGREE_LIMITS] = {0.03, 1.3, 2.6};
static const double coarse_limits[DEGREE_LIMITS] = {0.6, 1.6, 2.8};

/** Term with its element, before the terms are sorted by element. */
typedef struct placed_term {
    size_t element;
    ali_term term;
} placed_term;

typedef struct basis_builder {
    const ali_wire_mesh *mesh;
    const ali_basis_options *options;
    ali_wire_basis *basis;
    ali_edge *edges; /**< one per rooftop: from the element it leaves (vertex 1) into the one it
                        enters (vertex 0) */
    ali_element_end *edge_ends; /**< [2 edge_count]: the ends in and out; NO_END for the ground or
                                   a surface */
    size_t edge_count;
    placed_term *terms;
    size_t term_count, term_capacity;
} basis_builder;

static const ali_element_end NO_END = (size_t)-1;

void ali_wire_basis_destroy(ali_wire_basis *basis)
{
    if (!basis)
        return;
    free(basis->degree);
    free(basis->element_first);
    free(basis->terms);
    free(basis->function_first);
    free(basis->function_elements);
    free(basis);
}

void ali_shape_legendre(int shape, double half, int order, double *current, double *slope)
{
    memset(current, 0, ((size_t)order + 1) * sizeof *current);
    memset(slope, 0, ((size_t)order + 1) * sizeof *slope);
    if (shape == ALI_SHAPE_CONSTANT) {
        current[0] = 1.0;
        return;
    }
    int degree = ali_shape_degree(shape);
    assert(degree <= order);
    if (degree == 1) {
        double sign = shape == ALI_SHAPE_END ? 1.0 : -1.0;
        current[0] = 0.5;
        current[1] = 0.5 * sign;
        slope[0] = 0.5 * sign / half;
        return;
    }
    /* d/du (P_d - P_{d-2}) = (2d - 1) P_{d-1} */
    current[degree] = 1.0 / (2 * degree - 1);
    current[degree - 2] = -current[degree];
    slope[degree - 1] = 1.0 / half;
}

static int add_term(basis_builder *builder, size_t function, size_t element, int shape,
                    double weight)
{
    if (ali_grow((void **)&builder->terms, &builder->term_capacity, builder->term_count,
                 sizeof *builder->terms))
        return -1;
    builder->terms[builder->term_count++] =
        (placed_term){element, {.function = function, .shape = shape, .weight = weight}};
    return 0;
}

/** Wavenumber of the medium that an element lies in, its magnitude [rad/m]. */
static double local_wavenumber(const ali_basis_options *options, const ali_element *element)
{
    return options->soil_wavenumber > 0.0 && ali_element_in_soil(element) ? options->soil_wavenumber
                                                                          : options->wavenumber;
}

/** Half of the electrical length of an element [rad]. */
static double phase(const ali_basis_options *options, const ali_element *element)
{
    return local_wavenumber(options, element) * element->half;
}

/* ---- degree 1: rooftops and loops ---- */

/** `outside`: the vertex of the graph that stands for what lies beyond NO_END. Lengths are those in
 * radians. */
static void add_edge(basis_builder *builder, ali_element_end into, ali_element_end out_of,
                     size_t outside)
{
    const ali_element *elements = builder->mesh->elements;
    ali_edge edge = {.vertex = {into / 2, out_of == NO_END ? outside : out_of / 2},
                     .length = phase(builder->options, &elements[into / 2])};
    if (out_of != NO_END)
        edge.length += phase(builder->options, &elements[out_of / 2]);
    builder->edge_ends[2 * builder->edge_count] = into;
    builder->edge_ends[2 * builder->edge_count + 1] = out_of;
    builder->edges[builder->edge_count++] = edge;
}

/** Whether all current that enters a node by one wire leaves it by others. */
static bool is_joint(const ali_wire_mesh *mesh, size_t node)
{
    return !mesh->node_grounded[node] && !mesh->node_attached[node];
}

/** One edge per rooftop of every node. The ground is one vertex of the graph, because its image
 * closes any loop without charge; each node on a surface is one of its own: between two of them the
 * faces carry charge. */
static int collect_edges(basis_builder *builder)
{
    const ali_wire_mesh *mesh = builder->mesh;
    builder->edges = ali_calloc(2 * mesh->element_count, sizeof *builder->edges);
    builder->edge_ends = ali_calloc(4 * mesh->element_count, sizeof *builder->edge_ends);
    if (!builder->edges || !builder->edge_ends)
        return -1;
    for (size_t node = 0; node < mesh->node_count; node++) {
        const ali_element_end *ends = mesh->node_ends + mesh->node_first[node];
        size_t count = mesh->node_first[node + 1] - mesh->node_first[node];
        size_t outside = mesh->element_count;
        if (!mesh->node_grounded[node])
            outside += 1 + node;
        bool ends_meet = is_joint(mesh, node);
        for (size_t i = ends_meet; i < count; i++)
            add_edge(builder, ends_meet ? ends[0] : ends[i], ends_meet ? ends[i] : NO_END, outside);
    }
    return 0;
}

/** Weight of the ramp at an element end in a unit current that enters the element there (or leaves
 * it). */
static double ramp_weight(ali_element_end end, bool enters)
{
    bool along = (end % 2 == 0) == enters;
    return along ? 1.0 : -1.0;
}

static int add_rooftop(basis_builder *builder, size_t edge, size_t function)
{
    for (int side = 0; side < 2; side++) {
        ali_element_end end = builder->edge_ends[2 * edge + (size_t)side];
        if (end == NO_END)
            continue;
        if (add_term(builder, function, end / 2, end % 2 ? ALI_SHAPE_END : ALI_SHAPE_START,
                     ramp_weight(end, side == 0)))
            return -1;
    }
    return 0;
}

static int compare_ends(const void *a, const void *b)
{
    const ali_element_end *p = a, *q = b;
    return *p < *q ? -1 : *p > *q;
}

/** Unit current around a loop: the sum of its rooftops, which is constant on every element passed.
 */
static int add_loop(basis_builder *builder, const ali_loops *loops, size_t loop, size_t function)
{
    size_t first = loops->first[loop], count = loops->first[loop + 1] - first;
    /* an element whose ramps at both ends add to +1 or -1 is passed; where the loop only touches an
     * element in passing its node, the two ramps at that end cancel */
    size_t *ends = ali_calloc(2 * count, sizeof *ends);
    if (!ends)
        return -1;
    size_t end_count = 0;
    for (size_t i = first; i < first + count; i++) {
        size_t edge = loops->steps[i] / 2;
        bool along = loops->steps[i] % 2; /* a rooftop's current flows from vertex 1 to vertex 0 */
        for (int side = 0; side < 2; side++) {
            ali_element_end end = builder->edge_ends[2 * edge + (size_t)side];
            if (end != NO_END)
                ends[end_count++] = 2 * end + ((ramp_weight(end, side == 0) > 0.0) == along);
        }
    }
    qsort(ends, end_count, sizeof *ends, compare_ends);
    int failed = 0;
    for (size_t i = 0; i < end_count && !failed; i++) {
        bool cancelled = i + 1 < end_count && ends[i + 1] / 2 == ends[i] / 2;
        if (cancelled)
            i++;
        else if (ends[i] / 2 % 2 == 0) /* the start stands for both ends */
            failed = add_term(builder, function, ends[i] / 4, ALI_SHAPE_CONSTANT,
                              ends[i] % 2 ? 1.0 : -1.0);
    }
    free(ends);
    return failed;
}

static alicorn_status number_degree_one(basis_builder *builder, alicorn_error *error)
{
    ali_wire_basis *basis = builder->basis;
    ali_loops loops = {0};
    double longest = LOOP_WAVELENGTHS * 2.0 * ALI_PI;
    if (collect_edges(builder))
        return ali_error_memory(error, builder->mesh->element_count * sizeof(ali_edge),
                                "the wire basis");
    size_t vertices = builder->mesh->element_count + 1 + builder->mesh->node_count;
    alicorn_status status =
        ali_loops_find(vertices, builder->edges, builder->edge_count, longest, &loops, error);
    int failed = 0;
    for (size_t edge = 0, loop = 0; !status && !failed && edge < builder->edge_count; edge++) {
        bool closes = loop < loops.count && loops.closing[loop] == edge;
        failed =
            closes ? add_loop(builder, &loops, loop++, edge) : add_rooftop(builder, edge, edge);
    }
    basis->loop_count = loops.count;
    basis->count = builder->edge_count;
    ali_loops_clear(&loops);
    if (failed)
        return ali_error_memory(error, builder->term_count * sizeof *builder->terms,
                                "the wire basis");
    return status;
}

/* ---- bubbles ---- */

/** Whether an element touches nothing: without rooftops it needs a bubble to carry any current. */
static bool is_alone(const ali_wire_mesh *mesh, const ali_element *element)
{
    for (int side = 0; side < 2; side++) {
        size_t node = element->node[side];
        if (mesh->node_first[node + 1] - mesh->node_first[node] > 1 || !is_joint(mesh, node))
            return false;
    }
    return true;
}

void ali_wire_basis_degrees(const ali_wire_mesh *mesh, const ali_basis_options *options,
                            unsigned char *degrees)
{
    const double *limits = options->coarse ? coarse_limits : fine_limits;
    for (size_t e = 0; e < mesh->element_count; e++) {
        int degree = options->degrees ? options->degrees[e] : options->degree;
        double length = 2.0 * phase(options, &mesh->elements[e]);
        if (degree == 0)
            for (degree = 1; degree <= DEGREE_LIMITS && length > limits[degree - 1];)
                degree++;
        if (degree == 1 && is_alone(mesh, &mesh->elements[e]))
            degree = 2;
        if (ali_element_is_foot(&mesh->elements[e]))
            degree = 1;
        degrees[e] = (unsigned char)degree;
    }
}

static int number_bubbles(basis_builder *builder)
{
    ali_wire_basis *basis = builder->basis;
    size_t elements = builder->mesh->element_count;
    basis->degree_count[1] = basis->count;
    for (int degree = 2; degree <= ALI_DEGREE_MAX; degree++) {
        for (size_t e = 0; e < elements; e++)
            if (basis->degree[e] >= degree &&
                add_term(builder, basis->count++, e, ALI_SHAPE_BUBBLE + degree, 1.0))
                return -1;
        basis->degree_count[degree] = basis->count;
    }
    for (size_t e = 0; e < elements; e++)
        if (add_term(builder, basis->count + e, e, ALI_SHAPE_BUBBLE + basis->degree[e] + 1, 1.0))
            return -1;
    return 0;
}

/* ---- lists by element and by function ---- */

/** Turn counts stored at [i + 1] into first indices. */
static void sum_counts(size_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i + 1] += first[i];
}

static int sort_terms(basis_builder *builder)
{
    ali_wire_basis *basis = builder->basis;
    size_t elements = builder->mesh->element_count, functions = basis->count + elements;
    basis->element_first = ali_calloc(elements + 2, sizeof *basis->element_first);
    basis->function_first = ali_calloc(functions + 2, sizeof *basis->function_first);
    basis->terms = ali_calloc(builder->term_count, sizeof *basis->terms);
    basis->function_elements = ali_calloc(builder->term_count, sizeof *basis->function_elements);
    if (!basis->element_first || !basis->function_first || !basis->terms ||
        !basis->function_elements)
        return -1;
    /* counting sort with the counts two places on, so that filling leaves the first indices right
     */
    for (size_t i = 0; i < builder->term_count; i++) {
        basis->element_first[builder->terms[i].element + 2]++;
        basis->function_first[builder->terms[i].term.function + 2]++;
    }
    sum_counts(basis->element_first + 1, elements);
    sum_counts(basis->function_first + 1, functions);
    for (size_t i = 0; i < builder->term_count; i++) {
        const placed_term *placed = &builder->terms[i];
        basis->terms[basis->element_first[placed->element + 1]++] = placed->term;
        basis->function_elements[basis->function_first[placed->term.function + 1]++] =
            placed->element;
    }
    return 0;
}

void ali_wire_basis_map(const ali_wire_basis *from, const ali_wire_basis *to, size_t *image)
{
    size_t f = from->degree_count[1], t = to->degree_count[1];
    assert(f == t);
    for (size_t i = 0; i < f; i++)
        image[i] = i;
    for (int degree = 2; degree <= ALI_DEGREE_MAX; degree++)
        for (size_t e = 0; e < from->mesh->element_count; e++) {
            if (from->degree[e] >= degree)
                image[f++] = t;
            t += to->degree[e] >= degree;
        }
}

alicorn_status ali_wire_basis_create(const ali_wire_mesh *mesh, const ali_basis_options *options,
                                     ali_wire_basis **basis, alicorn_error *error)
{
    assert(options->degree >= 0 && options->degree < ALI_DEGREE_MAX);
    *basis = NULL;
    basis_builder builder = {.mesh = mesh, .options = options, .basis = calloc(1, sizeof **basis)};
    alicorn_status status = ALICORN_OK;
    if (builder.basis) {
        builder.basis->mesh = mesh;
        builder.basis->degree = ali_calloc(mesh->element_count, 1);
    }
    if (!builder.basis || !builder.basis->degree) {
        status = ali_error_memory(error, mesh->element_count, "the wire basis");
        goto cleanup;
    }
    ali_wire_basis_degrees(mesh, options, builder.basis->degree);
    status = number_degree_one(&builder, error);
    if (!status && (number_bubbles(&builder) || sort_terms(&builder)))
        status =
            ali_error_memory(error, builder.term_count * sizeof *builder.terms, "the wire basis");
cleanup:
    free(builder.edges);
    free(builder.edge_ends);
    free(builder.terms);
    if (status)
        ali_wire_basis_destroy(builder.basis);
    else
        *basis = builder.basis;
    return status;
}
