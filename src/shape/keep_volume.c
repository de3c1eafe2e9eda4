/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/skin.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  Flat triangles with their corners on a curved surface lie inside of it where it is convex: a
 *  sphere of edges of 0.3 radii loses 2 % of its volume. Moving the corners out by what is missing
 *  on average makes the errors of the fields several times smaller. */

enum { MOST_CONSTRAINTS = 3, MOST_ROUNDS = 12 };

/** Two surfaces count as different directions at a vertex from this sine on. */
static const double least_sine = 0.3;

/** A vertex moves by factor * gap / weight along `normal`; a plane face has no gap. */
typedef struct constraint {
    ali_vec3 normal;
    double gap, weight; /**< sums over the triangles around: [m * weight], areas */
    size_t form;        /**< or ALI_FORM_FLAT */
} constraint;

typedef struct vertex_lift {
    constraint items[MOST_CONSTRAINTS];
    int count;
    bool fixed;
} vertex_lift;

/** What is to be made exact about a form. */
typedef enum target {
    TARGET_NONE = 0, /**< nothing curved */
    TARGET_GAP,
    TARGET_VOLUME,
    TARGET_AREA
} target;

typedef struct form_lift {
    target target;
    double factor, factor_before;
    double miss, miss_before; /**< at these factors */
} form_lift;

typedef struct lift {
    const ali_triangulation *mesh;
    const ali_skin *skin;
    const ali_form *forms;
    size_t form_count;
    vertex_lift *vertices;
    form_lift *form_lifts;
    ali_vec3 *moved; /**< [vertex_count] */
} lift;

static void add_constraint(vertex_lift *v, size_t form, ali_vec3 normal, double gap, double weight)
{
    if (!(ali_vec3_norm(normal) > 0)) { /* a tip, a centre */
        v->fixed = true;
        return;
    }
    for (int k = 0; k < v->count; k++) {
        constraint *c = &v->items[k];
        bool same = c->form == form &&
                    (form != ALI_FORM_FLAT || fabs(ali_vec3_dot(c->normal, normal)) > 0.9999);
        if (!same)
            continue;
        c->gap += gap;
        c->weight += weight;
        return;
    }
    if (v->count == MOST_CONSTRAINTS) {
        v->fixed = true;
        return;
    }
    v->items[v->count++] = (constraint){normal, gap, weight, form};
}

static ali_vec3 area_vector(const ali_triangulation *t, const ali_vec3 *at, size_t i)
{
    const size_t *c = t->triangles[i];
    return ali_vec3_scale(
        0.5, ali_vec3_cross(ali_vec3_sub(at[c[1]], at[c[0]]), ali_vec3_sub(at[c[2]], at[c[0]])));
}

/** Mean distance between a flat triangle and its curved surface: the midpoints of the edges, exact
 *  for quadratic surfaces. */
static double mean_gap(const lift *l, const ali_vec3 *at, size_t i)
{
    const size_t *c = l->mesh->triangles[i];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        ali_vec3 direction;
        ali_vec3 middle = ali_vec3_scale(0.5, ali_vec3_add(at[c[k]], at[c[(k + 1) % 3]]));
        sum += ali_form_gap(&l->forms[l->skin->owner[i]], l->skin->part[i], middle, &direction);
    }
    return sum / 3;
}

/** What one triangle asks of its corners. */
static void constrain_by_triangle(lift *l, size_t i)
{
    const ali_form *form = &l->forms[l->skin->owner[i]];
    const size_t *c = l->mesh->triangles[i];
    ali_vec3 vector = area_vector(l->mesh, l->mesh->vertices, i);
    double area = ali_vec3_norm(vector);
    bool curved = l->skin->part[i] != ALI_FORM_FLAT;
    bool unknown = curved && form->kind == ALI_FORM_FILE;
    double gap = curved && !unknown ? mean_gap(l, l->mesh->vertices, i) : 0;
    for (int k = 0; k < 3; k++) {
        vertex_lift *v = &l->vertices[c[k]];
        if (unknown) {
            v->fixed = true;
        } else if (curved) {
            ali_vec3 direction;
            ali_form_gap(form, l->skin->part[i], l->mesh->vertices[c[k]], &direction);
            add_constraint(v, l->skin->owner[i], direction, gap * area, area);
        } else if (area > 0) {
            add_constraint(v, ALI_FORM_FLAT, ali_vec3_scale(1 / area, vector), 0, 1);
        }
    }
    if (curved && !unknown)
        l->form_lifts[l->skin->owner[i]].target = TARGET_GAP;
}

/** The round rim of a plane sheet: chords lack two thirds of their height on average. */
static void constrain_by_rim(lift *l, const ali_skin_edge *edge)
{
    size_t owner = l->skin->owner[edge->triangle];
    const ali_form *form = &l->forms[owner];
    ali_vec3 a = l->mesh->vertices[edge->low], b = l->mesh->vertices[edge->high], direction[2];
    if (form->kind != ALI_FORM_REVOLVED || l->skin->part[edge->triangle] != ALI_FORM_FLAT)
        return;
    ali_vec3 from_a = ali_vec3_sub(a, form->origin), from_b = ali_vec3_sub(b, form->origin);
    ali_vec3 *from[2] = {&from_a, &from_b};
    double rho[2];
    for (int k = 0; k < 2; k++) {
        *from[k] = ali_vec3_axpy(*from[k], -ali_vec3_dot(*from[k], form->ez), form->ez);
        rho[k] = ali_vec3_norm(*from[k]);
        if (!(rho[k] > 0))
            return;
        direction[k] = ali_vec3_scale(1 / rho[k], *from[k]);
    }
    if (fabs(rho[0] - rho[1]) > 1e-6 * rho[0])
        return;
    double chord = ali_vec3_distance(a, b);
    double gap = rho[0] - ali_vec3_norm(ali_vec3_scale(0.5, ali_vec3_add(from_a, from_b)));
    add_constraint(&l->vertices[edge->low], owner, direction[0], 2.0 / 3 * gap * chord, chord);
    add_constraint(&l->vertices[edge->high], owner, direction[1], 2.0 / 3 * gap * chord, chord);
    l->form_lifts[owner].target = TARGET_GAP;
}

/** The shortest move that satisfies what is asked of a vertex: planes first, then curved surfaces
 * in directions of their own. */
static ali_vec3 solve_vertex(const vertex_lift *v, const form_lift *factors)
{
    ali_vec3 axes[MOST_CONSTRAINTS], move = {0, 0, 0};
    int axis_count = 0;
    if (v->fixed)
        return move;
    for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < v->count; k++) {
            const constraint *c = &v->items[k];
            bool flat = c->form == ALI_FORM_FLAT;
            if (flat != (pass == 0))
                continue;
            ali_vec3 rest = c->normal;
            for (int j = 0; j < axis_count; j++)
                rest = ali_vec3_axpy(rest, -ali_vec3_dot(c->normal, axes[j]), axes[j]);
            double sine = ali_vec3_norm(rest);
            if (sine < (flat ? 1e-6 : least_sine))
                continue;
            double wanted = flat ? 0 : factors[c->form].factor * c->gap / c->weight;
            axes[axis_count] = ali_vec3_scale(1 / sine, rest);
            double missing = (wanted - ali_vec3_dot(c->normal, move)) / sine;
            move = ali_vec3_axpy(move, missing, axes[axis_count++]);
        }
    }
    return move;
}

static void move_vertices(lift *l)
{
    for (size_t i = 0; i < l->mesh->vertex_count; i++)
        l->moved[i] =
            ali_vec3_add(l->mesh->vertices[i], solve_vertex(&l->vertices[i], l->form_lifts));
}

/** How far each form misses its target. */
static void measure(lift *l)
{
    for (size_t f = 0; f < l->form_count; f++) {
        const ali_form *form = &l->forms[f];
        target aim = l->form_lifts[f].target;
        l->form_lifts[f].miss = aim == TARGET_VOLUME ? -ali_form_volume(form)
                                : aim == TARGET_AREA ? -ali_form_area(form)
                                                     : 0;
    }
    for (size_t i = 0; i < l->mesh->triangle_count; i++) {
        form_lift *f = &l->form_lifts[l->skin->owner[i]];
        ali_vec3 vector = area_vector(l->mesh, l->moved, i);
        if (f->target == TARGET_VOLUME) {
            /* seen from the form, so that no digits are lost far from the origin of space */
            ali_vec3 from = ali_vec3_sub(l->moved[l->mesh->triangles[i][0]],
                                         l->forms[l->skin->owner[i]].origin);
            f->miss += ali_vec3_dot(vector, from) / 3;
        } else if (f->target == TARGET_AREA) {
            f->miss += ali_vec3_norm(vector);
        } else if (f->target == TARGET_GAP && l->skin->part[i] != ALI_FORM_FLAT) {
            f->miss -= ali_vec3_norm(vector) * mean_gap(l, l->moved, i);
        }
    }
}

/** Which forms are closed by themselves, and which sheets touch nothing else. */
static alicorn_status choose_targets(lift *l, alicorn_error *error)
{
    size_t edge_count;
    const ali_triangulation *t = l->mesh;
    ali_skin_edge *edges = ali_skin_edges(t, NULL, &edge_count);
    bool *open = ali_calloc(l->form_count, sizeof *open);
    bool *shared = ali_calloc(l->form_count, sizeof *shared);
    size_t *user = ali_calloc(t->vertex_count, sizeof *user);
    alicorn_status status = ALICORN_OK;
    if (!edges || !open || !shared || !user) {
        status = ali_error_memory(error, 100 * t->triangle_count, "edges of a mesh");
        goto cleanup;
    }
    for (size_t i = 0, same; i < edge_count; i += same) {
        for (same = 1; i + same < edge_count && edges[i].low == edges[i + same].low &&
                       edges[i].high == edges[i + same].high;
             same++)
            continue;
        for (size_t a = i; a < i + same; a++) {
            size_t owner = l->skin->owner[edges[a].triangle], own = 0;
            for (size_t b = i; b < i + same; b++)
                own += l->skin->owner[edges[b].triangle] == owner;
            open[owner] = open[owner] || own % 2 == 1;
        }
        if (same == 1)
            constrain_by_rim(l, &edges[i]);
    }
    for (size_t i = 0; i < 3 * t->triangle_count; i++) {
        size_t *first = &user[t->triangles[i / 3][i % 3]], owner = l->skin->owner[i / 3];
        if (*first != 0 && *first != owner + 1)
            shared[owner] = shared[*first - 1] = true;
        else
            *first = owner + 1;
    }
    for (size_t f = 0; f < l->form_count; f++) {
        if (l->form_lifts[f].target == TARGET_NONE)
            continue;
        if (l->forms[f].solid && !open[f])
            l->form_lifts[f].target = TARGET_VOLUME;
        else if (!l->forms[f].solid && !shared[f])
            l->form_lifts[f].target = TARGET_AREA;
    }
cleanup:
    free(edges);
    free(open);
    free(shared);
    free(user);
    return status;
}

/** All factors at once by secants: forms that share rims move each other a little. */
static void find_factors(lift *l)
{
    for (size_t f = 0; f < l->form_count; f++)
        l->form_lifts[f].factor = 0;
    move_vertices(l);
    measure(l);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        bool settled = true;
        for (size_t f = 0; f < l->form_count; f++) {
            form_lift *g = &l->form_lifts[f];
            double slope = (g->miss - g->miss_before) / (g->factor - g->factor_before);
            double next = round == 0 ? 1 : g->factor - g->miss / slope;
            if (g->target == TARGET_NONE || !isfinite(next))
                next = g->factor;
            next = fmin(fmax(next, 0), 3);
            g->miss_before = g->miss;
            g->factor_before = g->factor;
            settled = settled && fabs(next - g->factor) <= 1e-12;
            g->factor = next;
        }
        if (settled)
            break;
        move_vertices(l);
        measure(l);
    }
}

/** Where a triangle would turn over, its corners stay. */
static void keep_fronts(lift *l)
{
    for (size_t i = 0; i < l->mesh->triangle_count; i++) {
        ali_vec3 before = area_vector(l->mesh, l->mesh->vertices, i);
        ali_vec3 after = area_vector(l->mesh, l->moved, i);
        if (ali_vec3_dot(before, after) > 0.5 * ali_vec3_norm(before) * ali_vec3_norm(after))
            continue;
        for (int k = 0; k < 3; k++)
            l->vertices[l->mesh->triangles[i][k]].fixed = true;
    }
}

alicorn_status ali_skin_keep_volume(ali_triangulation *t, const ali_skin *skin, size_t form_count,
                                    const ali_form *forms, const bool *pinned, alicorn_error *error)
{
    lift l = {.mesh = t,
              .skin = skin,
              .forms = forms,
              .form_count = form_count,
              .vertices = ali_calloc(t->vertex_count, sizeof *l.vertices),
              .form_lifts = ali_calloc(form_count, sizeof *l.form_lifts),
              .moved = ali_calloc(t->vertex_count, sizeof *l.moved)};
    alicorn_status status = ALICORN_OK;
    if (!l.vertices || !l.form_lifts || !l.moved) {
        status = ali_error_memory(error, t->vertex_count * sizeof *l.vertices, "moving vertices");
        goto cleanup;
    }
    for (size_t i = 0; i < t->vertex_count; i++)
        l.vertices[i].fixed = pinned[i];
    for (size_t i = 0; i < t->triangle_count; i++)
        constrain_by_triangle(&l, i);
    status = choose_targets(&l, error);
    if (status != ALICORN_OK)
        goto cleanup;
    find_factors(&l);
    keep_fronts(&l);
    move_vertices(&l);
    memcpy(t->vertices, l.moved, t->vertex_count * sizeof *t->vertices);
cleanup:
    free(l.vertices);
    free(l.form_lifts);
    free(l.moved);
    return status;
}
