/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/skin.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** Most points of a face at which distances are taken. */
enum { MOST_SAMPLES = 120 };

/** Triangles order[first … first + count - 1] are one face of the geometry. */
typedef struct face {
    int tag;
    size_t first, count;
    size_t bodies; /**< that it bounds */
} face;

/** Points of one face. */
typedef struct samples {
    size_t count, centre_count;
    ali_vec3 corner[MOST_SAMPLES]; /**< on the surface */
    ali_vec3 centre[MOST_SAMPLES]; /**< of triangles: off it where it is curved */
} samples;

void ali_skin_clear(ali_skin *skin)
{
    free(skin->owner);
    free(skin->part);
    free(skin->wall);
    memset(skin, 0, sizeof *skin);
}

/* ---- edges ---- */

static int compare_edges(const void *a, const void *b)
{
    const ali_skin_edge *p = a, *q = b;
    if (p->low != q->low)
        return p->low < q->low ? -1 : 1;
    if (p->high != q->high)
        return p->high < q->high ? -1 : 1;
    return (p->triangle > q->triangle) - (p->triangle < q->triangle);
}

ali_skin_edge *ali_skin_edges(const ali_triangulation *t, const bool *wanted, size_t *count)
{
    ali_skin_edge *edges = ali_calloc(3 * t->triangle_count, sizeof *edges);
    *count = 0;
    if (!edges)
        return NULL;
    for (size_t i = 0; i < t->triangle_count; i++) {
        for (int k = 0; k < 3 && (!wanted || wanted[i]); k++) {
            size_t a = t->triangles[i][k], b = t->triangles[i][(k + 1) % 3];
            edges[(*count)++] = (ali_skin_edge){a < b ? a : b, a < b ? b : a, i, k};
        }
    }
    qsort(edges, *count, sizeof *edges, compare_edges);
    return edges;
}

static bool same_edge(const ali_skin_edge *a, const ali_skin_edge *b)
{
    return a->low == b->low && a->high == b->high;
}

/* ---- which face is whose ---- */

static int compare_integers(const void *a, const void *b)
{
    int p = *(const int *)a, q = *(const int *)b;
    return (p > q) - (p < q);
}

/** A triangle and its face, to be sorted. */
typedef struct tagged {
    int tag;
    size_t triangle;
} tagged;

static int compare_tagged(const void *a, const void *b)
{
    const tagged *p = a, *q = b;
    if (p->tag != q->tag)
        return p->tag < q->tag ? -1 : 1;
    return (p->triangle > q->triangle) - (p->triangle < q->triangle);
}

static tagged *sort_by_face(const ali_triangulation *t)
{
    tagged *order = ali_calloc(t->triangle_count, sizeof *order);
    if (!order)
        return NULL;
    for (size_t i = 0; i < t->triangle_count; i++)
        order[i] = (tagged){t->group[i], i};
    qsort(order, t->triangle_count, sizeof *order, compare_tagged);
    return order;
}

/** Spread over the triangles of a face. */
static void take_samples(const ali_triangulation *t, const tagged *order, const face *f, samples *s)
{
    size_t step = f->count / (MOST_SAMPLES / 3) + 1;
    s->count = s->centre_count = 0;
    for (size_t i = 0; i < f->count && s->count + 3 <= MOST_SAMPLES; i += step) {
        const size_t *c = t->triangles[order[f->first + i].triangle];
        ali_vec3 sum = {0, 0, 0};
        for (int k = 0; k < 3; k++) {
            s->corner[s->count++] = t->vertices[c[k]];
            sum = ali_vec3_add(sum, t->vertices[c[k]]);
        }
        s->centre[s->centre_count++] = ali_vec3_scale(1.0 / 3, sum);
    }
}

/** The form whose surface the face is on. Vertices decide; where a coarse face has them on the rims
 *  of two forms, the triangles' centres do. Exact forms go before files. */
static alicorn_status find_owner(const face *f, const samples *s, size_t form_count,
                                 const ali_form *forms, double tolerance, size_t *owner,
                                 alicorn_error *error)
{
    double best = INFINITY, best_centre = INFINITY;
    *owner = form_count;
    if (form_count == 1) {
        *owner = 0;
        return ALICORN_OK;
    }
    for (size_t i = 0; i < form_count; i++) {
        double worst = 0, centre = 0;
        if (forms[i].solid != (f->bodies > 0))
            continue;
        for (size_t k = 0; k < s->count; k++)
            worst = fmax(worst, fabs(ali_form_distance(&forms[i], s->corner[k], NULL)));
        for (size_t k = 0; k < s->centre_count; k++)
            centre += fabs(ali_form_distance(&forms[i], s->centre[k], NULL));
        if (forms[i].kind != ALI_FORM_FILE && worst < tolerance)
            worst = 0;
        if (worst < best || (worst == best && centre < best_centre)) {
            best = worst;
            best_centre = centre;
            *owner = i;
        }
    }
    if (*owner == form_count || (forms[*owner].kind != ALI_FORM_FILE && best > 100 * tolerance))
        return ali_error_set(error, ALICORN_E_INTERNAL,
                             "face %d of gmsh's mesh, at (%g, %g, %g), belongs to no shape", f->tag,
                             s->corner[0].x, s->corner[0].y, s->corner[0].z);
    return ALICORN_OK;
}

/** Whether a sheet, which the bodies have cut, is inside of one: all of it is in or out, and its
 *  rims are neither. */
static bool is_buried(const samples *s, size_t form_count, const ali_form *forms)
{
    for (size_t i = 0; i < form_count; i++) {
        double deepest = 0, farthest = 0;
        if (!forms[i].solid)
            continue;
        for (size_t k = 0; k < s->count + s->centre_count; k++) {
            ali_vec3 p = k < s->count ? s->corner[k] : s->centre[k - s->count];
            double d = ali_form_distance(&forms[i], p, NULL);
            deepest = fmax(deepest, -d);
            farthest = fmax(farthest, d);
        }
        if (deepest > farthest)
            return true;
    }
    return false;
}

/** Whether the face's fronts look to where the owner's surface has its front. */
static bool looks_inwards(const ali_triangulation *t, const tagged *order, const face *f,
                          const ali_form *owner)
{
    double sum = 0;
    size_t step = f->count / MOST_SAMPLES + 1;
    for (size_t i = 0; i < f->count; i += step) {
        const size_t *c = t->triangles[order[f->first + i].triangle];
        ali_vec3 a = t->vertices[c[0]], b = t->vertices[c[1]], d = t->vertices[c[2]];
        ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(b, a), ali_vec3_sub(d, a));
        double size = ali_vec3_norm(normal);
        if (!(size > 0))
            continue;
        ali_vec3 centre = ali_vec3_scale(1.0 / 3, ali_vec3_add(ali_vec3_add(a, b), d));
        double step_out = 1e-3 / sqrt(size); /* times the normal: a thousandth of an edge */
        double out = ali_form_distance(owner, ali_vec3_axpy(centre, step_out, normal), NULL);
        double in = ali_form_distance(owner, ali_vec3_axpy(centre, -step_out, normal), NULL);
        sum += (out - in) * sqrt(size);
    }
    return sum < 0;
}

static void flip_triangle(size_t corner[3])
{
    size_t second = corner[1];
    corner[1] = corner[2];
    corner[2] = second;
}

/** Decide about one face: its triangles get an owner, or ALI_FORM_FLAT for "drop". */
static alicorn_status judge_face(ali_triangulation *t, const tagged *order, const face *f,
                                 size_t form_count, const ali_form *forms, double tolerance,
                                 ali_skin *skin, alicorn_error *error)
{
    samples s;
    size_t owner = 0;
    take_samples(t, order, f, &s);
    bool dropped = f->bodies > 1 || (f->bodies == 0 && is_buried(&s, form_count, forms));
    if (!dropped) {
        alicorn_status status = find_owner(f, &s, form_count, forms, tolerance, &owner, error);
        if (status != ALICORN_OK)
            return status;
    }
    size_t part = dropped ? 0 : ali_form_part(&forms[owner], s.count, s.corner, tolerance);
    bool known = forms[owner].kind != ALI_FORM_FILE || forms[owner].surface;
    bool flip = !dropped && known && looks_inwards(t, order, f, &forms[owner]);
    for (size_t i = 0; i < f->count; i++) {
        size_t triangle = order[f->first + i].triangle;
        skin->owner[triangle] = dropped ? form_count : owner;
        skin->part[triangle] = part;
        skin->wall[triangle] = f->bodies > 0;
        if (flip)
            flip_triangle(t->triangles[triangle]);
    }
    return ALICORN_OK;
}

/** Remove the triangles without owner. */
static void drop_buried(ali_triangulation *t, size_t form_count, ali_skin *skin)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->triangle_count; i++) {
        if (skin->owner[i] == form_count)
            continue;
        memmove(t->triangles[kept], t->triangles[i], sizeof *t->triangles);
        t->group[kept] = (int)skin->owner[i];
        skin->owner[kept] = skin->owner[i];
        skin->part[kept] = skin->part[i];
        skin->wall[kept] = skin->wall[i];
        kept++;
    }
    t->triangle_count = kept;
}

/** How often the face is in the sorted list of bounds. */
static size_t count_bodies(const ali_msh_bounds *bounds, int tag)
{
    size_t low = 0, high = bounds->count, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bounds->faces[middle] < tag)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low + count < bounds->count && bounds->faces[low + count] == tag; count++)
        continue;
    return count;
}

static size_t opposite_corner(const ali_triangulation *t, const ali_skin_edge *edge)
{
    return t->triangles[edge->triangle][(edge->corner + 2) % 3];
}

static bool runs_upwards(const ali_triangulation *t, const ali_skin_edge *edge)
{
    return t->triangles[edge->triangle][edge->corner] == edge->low;
}

/** Whether the surface is folded onto itself at one edge: a triangle that is there twice, or two of
 *  one form that both walk the edge in the same direction. */
static bool is_folded(const ali_triangulation *t, const ali_skin *skin, const ali_form *forms,
                      const ali_skin_edge *edges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (opposite_corner(t, &edges[i]) == opposite_corner(t, &edges[k]))
                return true;
    size_t owner = skin->owner[edges[0].triangle];
    bool fronts_known = forms[owner].kind != ALI_FORM_FILE;
    return count == 2 && fronts_known && owner == skin->owner[edges[1].triangle] &&
           runs_upwards(t, &edges[0]) == runs_upwards(t, &edges[1]);
}

/** The skin of bodies has each edge an even number of times, and nothing is folded. */
static alicorn_status check_edges(const ali_triangulation *t, const ali_skin *skin,
                                  const ali_form *forms, alicorn_error *error)
{
    size_t count, open = 0, folded = 0;
    ali_vec3 where = {0, 0, 0};
    ali_skin_edge *edges = ali_skin_edges(t, NULL, &count);
    if (!edges)
        return ali_error_memory(error, 3 * t->triangle_count * sizeof *edges, "edges");
    for (size_t i = 0, same; i < count; i += same) {
        size_t walls = skin->wall[edges[i].triangle];
        for (same = 1; i + same < count && same_edge(&edges[i], &edges[i + same]); same++)
            walls += skin->wall[edges[i + same].triangle];
        bool bad = is_folded(t, skin, forms, &edges[i], same);
        folded += bad;
        open += walls % 2;
        if (bad || walls % 2)
            where = t->vertices[edges[i].low];
    }
    free(edges);
    if (open == 0 && folded == 0)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_INPUT,
                         "gmsh's mesh has %zu open and %zu folded edges, one at (%g, %g, %g)", open,
                         folded, where.x, where.y, where.z);
}

/* ---- fronts of a file's bodies ---- */

/** Turn neighbours alike from one triangle on, and add up six times the volume of what is reached.
 */
static double spread_front(ali_triangulation *t, const size_t (*neighbour)[3], bool *done,
                           size_t *stack, size_t start, size_t *reached)
{
    double volume = 0;
    size_t depth = 0;
    *reached = 0;
    stack[depth++] = start;
    done[start] = true;
    while (*reached < depth) { /* the stack is kept: it lists what is reached */
        size_t i = stack[(*reached)++];
        size_t *c = t->triangles[i];
        volume +=
            ali_vec3_dot(t->vertices[c[0]], ali_vec3_cross(t->vertices[c[1]], t->vertices[c[2]]));
        for (int k = 0; k < 3; k++) {
            size_t n = neighbour[i][k];
            if (n == ALI_FORM_FLAT || done[n])
                continue;
            size_t *d = t->triangles[n];
            bool alike = true; /* neighbours walk their edge in opposite directions */
            for (int m = 0; m < 3; m++)
                for (int e = 0; e < 3; e++)
                    if (d[m] == c[e] && d[(m + 1) % 3] == c[(e + 1) % 3])
                        alike = false;
            if (!alike)
                flip_triangle(d);
            done[n] = true;
            stack[depth++] = n;
        }
    }
    return volume;
}

/** Outward fronts for the bodies of a lone file, from the mesh itself. */
static alicorn_status orient_bodies(ali_triangulation *t, const ali_skin *skin,
                                    alicorn_error *error)
{
    size_t count, n = t->triangle_count, reached;
    alicorn_status status = ALICORN_OK;
    ali_skin_edge *edges = ali_skin_edges(t, skin->wall, &count);
    size_t(*neighbour)[3] = ali_calloc(n, sizeof *neighbour);
    size_t *stack = ali_calloc(n, sizeof *stack);
    bool *done = ali_calloc(n, sizeof *done);
    if (!edges || !neighbour || !stack || !done) {
        status = ali_error_memory(error, n * 100, "the neighbours of triangles");
        goto cleanup;
    }
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 3; k++)
            neighbour[i][k] = ALI_FORM_FLAT;
    for (size_t i = 0, same; i < count; i += same) {
        for (same = 1; i + same < count && same_edge(&edges[i], &edges[i + same]); same++)
            continue;
        if (same != 2) /* bodies that touch in an edge */
            continue;
        neighbour[edges[i].triangle][edges[i].corner] = edges[i + 1].triangle;
        neighbour[edges[i + 1].triangle][edges[i + 1].corner] = edges[i].triangle;
    }
    for (size_t i = 0; i < n; i++) {
        if (!skin->wall[i] || done[i])
            continue;
        double volume = spread_front(t, (const size_t(*)[3])neighbour, done, stack, i, &reached);
        for (size_t k = 0; volume < 0 && k < reached; k++)
            flip_triangle(t->triangles[stack[k]]);
    }
cleanup:
    free(edges);
    free(neighbour);
    free(stack);
    free(done);
    return status;
}

/* ---- all of it ---- */

alicorn_status ali_skin_make(ali_triangulation *t, const ali_msh_bounds *bounds, size_t form_count,
                             const ali_form *forms, double tolerance, ali_skin *skin,
                             alicorn_error *error)
{
    size_t n = t->triangle_count;
    alicorn_status status = ALICORN_OK;
    tagged *order = sort_by_face(t);
    *skin = (ali_skin){.owner = ali_calloc(n, sizeof(size_t)),
                       .part = ali_calloc(n, sizeof(size_t)),
                       .wall = ali_calloc(n, sizeof(bool))};
    if (!order || !skin->owner || !skin->part || !skin->wall) {
        status = ali_error_memory(error, 3 * n * sizeof(size_t), "the skin of shapes");
        goto cleanup;
    }
    if (bounds->count > 0)
        qsort(bounds->faces, bounds->count, sizeof *bounds->faces, compare_integers);
    for (size_t i = 0; status == ALICORN_OK && i < n;) {
        face f = {.tag = order[i].tag, .first = i, .bodies = count_bodies(bounds, order[i].tag)};
        while (i + f.count < n && order[i + f.count].tag == f.tag)
            f.count++;
        status = judge_face(t, order, &f, form_count, forms, tolerance, skin, error);
        i += f.count;
    }
    if (status != ALICORN_OK)
        goto cleanup;
    drop_buried(t, form_count, skin);
    status = check_edges(t, skin, forms, error);
    if (status == ALICORN_OK && form_count == 1 && forms[0].kind == ALI_FORM_FILE)
        status = orient_bodies(t, skin, error);
cleanup:
    free(order);
    return status;
}
