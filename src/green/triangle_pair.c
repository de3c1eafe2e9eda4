/* SPDX-License-Identifier: Apache-2.0 */
#include "green/triangle_pair.h"
#include "math/gauss_table.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const int next_of[3] = {1, 2, 0}, last_of[3] = {2, 0, 1};

enum { SCALES_MAX = 20, PLACES_MAX = 9 };

/** One value of tau and its weights. */
typedef struct pair_scale {
    double shift; /**< 1/tau - 1 */
    /** tau^(p + 3) times the weight, by where the functions' values come from: both from o and o',
     *  one from the nearest point and one from the rim, both from the rim */
    double both[ALI_PAIR_VALUES_MAX], one[ALI_PAIR_VALUES_MAX], none[ALI_PAIR_VALUES_MAX];
} pair_scale;

/** Half of the integral: the rim of `outer`, the potential of `inner`. */
typedef struct pair_side {
    const ali_face_frame *outer, *inner;
    const double *outer_nearest, *inner_nearest; /**< barycentric coordinates of o and o' */
    ali_vec3 apart;
    const ali_pair_kernel *kernel;
    double (*sum)[3][3]; /**< [value][a of outer][b of inner] */
} pair_side;

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/** Add the potential at a point, for functions of `lambda` on the outer triangle. */
static void add_point(const pair_side *side, const pair_scale *scale, ali_vec3 point,
                      const double lambda[3], double weight)
{
    double value[ALI_PAIR_VALUES_MAX][3];
    side->kernel->potential(side->inner, point, value);
    for (int v = 0; v < side->kernel->values; v++) {
        double total = value[v][0] + value[v][1] + value[v][2];
        for (int b = 0; b < 3; b++) {
            double nearest = side->inner_nearest[b] * total;
            double at_nearest = weight * (scale->both[v] * nearest + scale->one[v] * value[v][b]);
            double on_rim = weight * (scale->one[v] * nearest + scale->none[v] * value[v][b]);
            for (int a = 0; a < 3; a++)
                side->sum[v][a][b] += side->outer_nearest[a] * at_nearest + lambda[a] * on_rim;
        }
    }
}

/* ---- along an edge ---- */

/** A place on an edge, and how far it is from the rim of the inner triangle. */
typedef struct edge_place {
    double s, rim;
} edge_place;

/** An edge of the outer triangle, moved by a scale. */
typedef struct moved_edge {
    const pair_side *side;
    const pair_scale *scale;
    int index;
    ali_vec3 start, dir;
    double length, height; /**< height: distance of o */
} moved_edge;

static double rim_distance(const ali_face_frame *face, ali_vec3 point)
{
    double best2 = HUGE_VAL;
    for (int i = 0; i < 3; i++) {
        ali_vec3 d = ali_vec3_sub(point, face->vertex[next_of[i]]);
        double s = clamp(ali_vec3_dot(d, face->tangent[i]), 0.0, face->length[i]);
        d = ali_vec3_axpy(d, -s, face->tangent[i]);
        best2 = fmin(best2, ali_vec3_dot(d, d));
    }
    return sqrt(best2);
}

/** Places where the potential of the inner triangle may be rough: nearest to its vertices and
 *  edges, and where the edge pierces its plane. */
static int rough_places(const moved_edge *edge, double *place)
{
    const ali_face_frame *inner = edge->side->inner;
    int count = 0;
    for (int j = 0; j < 3; j++) {
        ali_vec3 d = ali_vec3_sub(inner->vertex[j], edge->start);
        place[count++] = ali_vec3_dot(d, edge->dir);
        ali_vec3 from = ali_vec3_sub(edge->start, inner->vertex[next_of[j]]);
        double cosine = ali_vec3_dot(edge->dir, inner->tangent[j]), sine2 = 1.0 - cosine * cosine;
        if (sine2 < 1e-12)
            continue;
        double fa = ali_vec3_dot(from, edge->dir), fb = ali_vec3_dot(from, inner->tangent[j]);
        double s = (cosine * fb - fa) / sine2, t = cosine * s + fb;
        if (t > 0.0 && t < inner->length[j])
            place[count++] = s;
    }
    double climb = ali_vec3_dot(inner->normal, edge->dir);
    double height = ali_vec3_dot(inner->normal, ali_vec3_sub(inner->vertex[0], edge->start));
    if (fabs(climb) > 1e-12)
        place[count++] = height / climb;
    return count;
}

/** Put a place in order, unless it is there already. */
static int insert_place(edge_place *places, int count, edge_place place, double closest)
{
    int at = count;
    while (at > 0 && places[at - 1].s > place.s)
        at--;
    if (place.s - places[at - 1].s < closest || places[at].s - place.s < closest)
        return count;
    memmove(places + at + 1, places + at, (size_t)(count - at) * sizeof *places);
    places[at] = place;
    return count + 1;
}

/** Both ends of the edge and what is rough between them, ascending. */
static int edge_places(const moved_edge *edge, edge_place *places)
{
    const ali_face_frame *inner = edge->side->inner;
    double found[PLACES_MAX - 2], length = edge->length;
    ali_vec3 end = ali_vec3_axpy(edge->start, length, edge->dir);
    places[0] = (edge_place){0.0, rim_distance(inner, edge->start)};
    places[1] = (edge_place){length, rim_distance(inner, end)};
    int count = 2;
    double from = ali_vec3_dot(inner->normal, ali_vec3_sub(edge->start, inner->vertex[0]));
    double to = ali_vec3_dot(inner->normal, ali_vec3_sub(end, inner->vertex[0]));
    if (fmin(places[0].rim, places[1].rim) > 2.0 * length && from * to > 0.0)
        return count;
    int found_count = rough_places(edge, found);
    for (int i = 0; i < found_count; i++) {
        if (!(found[i] > 0.0 && found[i] < length))
            continue;
        ali_vec3 point = ali_vec3_axpy(edge->start, found[i], edge->dir);
        edge_place place = {found[i], rim_distance(inner, point)};
        bool pierces = fabs(ali_vec3_dot(inner->normal, ali_vec3_sub(point, inner->vertex[0]))) <
                       1e-9 * length;
        if (pierces || place.rim < 0.7 * length)
            count = insert_place(places, count, place, 1e-9 * length);
    }
    return count;
}

static void add_edge_point(const moved_edge *edge, double s, double weight)
{
    double lambda[3], part = s / edge->length;
    lambda[edge->index] = 0.0;
    lambda[next_of[edge->index]] = 1.0 - part;
    lambda[last_of[edge->index]] = part;
    add_point(edge->side, edge->scale, ali_vec3_axpy(edge->start, s, edge->dir), lambda,
              weight * edge->height);
}

static void add_plain(const moved_edge *edge, double from, double to, double ratio)
{
    int n = ratio > 3.0 ? 5 : ratio > 1.5 ? 6 : ratio > 1.0 ? 7 : 9;
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    double half = 0.5 * (to - from);
    for (int i = 0; i < n; i++)
        add_edge_point(edge, from + half * (1.0 + node[i]), half * weight[i]);
}

/** From a place at distance `rim` from the rim, over which distance the potential varies:
 *  s = from + rim sinh t makes it smooth in t. */
static void add_graded(const moved_edge *edge, double from, double to, double rim)
{
    double d = fmax(rim, edge->side->kernel->finest * fabs(to - from));
    double range = asinh((to - from) / d);
    int n = (int)clamp(6.0 + 1.1 * fabs(range), 5.0, 24.0);
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++) {
        double grown = exp(0.5 * range * (1.0 + node[i])), shrunk = 1.0 / grown;
        add_edge_point(edge, from + 0.5 * d * (grown - shrunk),
                       fabs(0.5 * range) * weight[i] * 0.5 * d * (grown + shrunk));
    }
}

static void add_edge(const moved_edge *edge)
{
    edge_place places[PLACES_MAX];
    int count = edge_places(edge, places);
    for (int i = 0; i + 1 < count; i++) {
        double from = places[i].s, to = places[i + 1].s, length = to - from;
        double ratio = fmin(places[i].rim, places[i + 1].rim) / length;
        if (ratio > 0.5) {
            add_plain(edge, from, to, ratio);
            continue;
        }
        double middle = 0.5 * (from + to);
        add_graded(edge, from, middle, places[i].rim);
        add_graded(edge, to, middle, places[i + 1].rim);
    }
}

/** The part of the integral with x on the rim of the outer triangle. */
static void add_side(const pair_side *side, const pair_scale *scales, int scale_count)
{
    const ali_face_frame *outer = side->outer;
    for (int i = 0; i < 3; i++) {
        if (side->outer_nearest[i] == 0.0)
            continue;
        for (int k = 0; k < scale_count; k++) {
            moved_edge edge = {.side = side,
                               .scale = &scales[k],
                               .index = i,
                               .dir = outer->tangent[i],
                               .length = outer->length[i],
                               .height = side->outer_nearest[i] / outer->rise[i]};
            edge.start = ali_vec3_axpy(outer->vertex[next_of[i]], scales[k].shift, side->apart);
            add_edge(&edge);
        }
    }
}

/* ---- the scales tau ---- */

static int make_scales(const ali_pair_kernel *kernel, const ali_nearest *nearest, double size,
                       pair_scale *scales)
{
    if (nearest->distance == 0.0) {
        scales[0].shift = 0.0;
        for (int v = 0; v < kernel->values; v++) {
            /* int tau^m (1 - tau)^2, tau^(m + 1) (1 - tau), tau^(m + 2) */
            double m = kernel->degree[v] + 3.0;
            scales[0].both[v] = 2.0 / ((m + 1.0) * (m + 2.0) * (m + 3.0));
            scales[0].one[v] = 1.0 / ((m + 2.0) * (m + 3.0));
            scales[0].none[v] = 1.0 / (m + 3.0);
        }
        return 1;
    }
    /* smooth from tau = distance/size on; what lies below the least weighs little */
    double least = kernel->degree[0] < -1 ? 1e-3 : 0.02;
    double d = fmax(nearest->distance / size, least), range = asinh(1.0 / d);
    double more = kernel->degree[kernel->values - 1] > 0 ? 3.0 : 0.0;
    int n = (int)clamp(8.0 + more + 0.9 * range, 6.0, SCALES_MAX);
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++) {
        double grown = exp(0.5 * range * (1.0 + node[i])), shrunk = 1.0 / grown;
        double tau = 0.5 * d * (grown - shrunk),
               w = 0.25 * range * weight[i] * d * (grown + shrunk);
        scales[i].shift = 1.0 / tau - 1.0;
        for (int v = 0; v < kernel->values; v++) {
            double factor = w * pow(tau, kernel->degree[v] + 3);
            scales[i].both[v] = factor * (1.0 - tau) * (1.0 - tau);
            scales[i].one[v] = factor * tau * (1.0 - tau);
            scales[i].none[v] = factor * tau * tau;
        }
    }
    return n;
}

/* ---- triangles apart ---- */

/** A product rule on the outer triangle, collapsed into a vertex. */
static void add_apart(const pair_side *side, double ratio)
{
    static const double nearest[3] = {0.0, 0.0, 0.0};
    const ali_face_frame *outer = side->outer;
    int n = ratio > 3.0 ? 4 : ratio > 1.0 ? 6 : 8;
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    pair_side plain = *side;
    plain.outer_nearest = plain.inner_nearest = nearest;
    pair_scale scale = {.shift = 0.0};
    for (int v = 0; v < side->kernel->values; v++)
        scale.none[v] = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double u = 0.5 * (1.0 + node[i]), t = 0.5 * (1.0 + node[j]);
            double lambda[3] = {1.0 - u, u * (1.0 - t), u * t};
            ali_vec3 point = ali_vec3_scale(lambda[0], outer->vertex[0]);
            point = ali_vec3_axpy(point, lambda[1], outer->vertex[1]);
            point = ali_vec3_axpy(point, lambda[2], outer->vertex[2]);
            add_point(&plain, &scale, point, lambda, 0.5 * weight[i] * weight[j] * u * outer->area);
        }
}

int ali_face_compare(const ali_face_frame *a, const ali_face_frame *b)
{
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    for (int i = 0; i < 3; i++) {
        const ali_vec3 *p = &a->vertex[i], *q = &b->vertex[i];
        if (p->x != q->x)
            return p->x < q->x ? -1 : 1;
        if (p->y != q->y)
            return p->y < q->y ? -1 : 1;
        if (p->z != q->z)
            return p->z < q->z ? -1 : 1;
    }
    return 0;
}

void ali_pair_integrate(const ali_face_frame *a, const ali_face_frame *b,
                        const ali_pair_kernel *kernel, double moments[][3][3])
{
    /* always the same order, so that both orders agree exactly; the smaller triangle first */
    int order = ali_face_compare(a, b);
    const ali_face_frame *first = order > 0 ? b : a, *second = order > 0 ? a : b;
    ali_nearest nearest = ali_face_nearest(first, second);
    double sum[2][ALI_PAIR_VALUES_MAX][3][3];
    memset(sum, 0, sizeof sum);
    pair_side sides[2] = {
        {first, second, nearest.lambda[0], nearest.lambda[1], nearest.apart, kernel, sum[0]},
        {second, first, nearest.lambda[1], nearest.lambda[0], ali_vec3_scale(-1.0, nearest.apart),
         kernel, sum[1]}};
    double ratio = nearest.distance / first->size;
    if (ratio > 0.5) {
        add_apart(&sides[0], ratio);
    } else {
        pair_scale scales[SCALES_MAX];
        int count = make_scales(kernel, &nearest, second->size, scales);
        add_side(&sides[0], scales, count);
        if (order)
            add_side(&sides[1], scales, count);
        else
            memcpy(sum[1], sum[0], sizeof sum[0]);
    }
    for (int v = 0; v < kernel->values; v++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double value = sum[0][v][i][j] + kernel->sign * sum[1][v][j][i];
                if (order > 0)
                    moments[v][j][i] = kernel->sign * value;
                else
                    moments[v][i][j] = value;
            }
}
