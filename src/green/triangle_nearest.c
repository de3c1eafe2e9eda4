/* SPDX-License-Identifier: Apache-2.0 */
#include "green/triangle_pair.h"

#include <math.h>
#include <stdbool.h>

static const int next_of[3] = {1, 2, 0}, last_of[3] = {2, 0, 1};

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static ali_vec3 place(const ali_face_frame *face, const double lambda[3])
{
    ali_vec3 point = ali_vec3_scale(lambda[0], face->vertex[0]);
    point = ali_vec3_axpy(point, lambda[1], face->vertex[1]);
    return ali_vec3_axpy(point, lambda[2], face->vertex[2]);
}

/** Barycentric coordinates of a point's foot on the plane. */
static void barycentric(const ali_face_frame *face, ali_vec3 point, double lambda[3])
{
    for (int i = 0; i < 3; i++)
        lambda[i] = face->rise[i] *
                    ali_vec3_dot(face->outward[i], ali_vec3_sub(face->vertex[next_of[i]], point));
}

/** Bring coordinates that left the triangle by rounding back. */
static void tidy(double lambda[3])
{
    double sum = 0.0;
    for (int i = 0; i < 3; i++) {
        lambda[i] = lambda[i] < 1e-12 ? 0.0 : lambda[i];
        sum += lambda[i];
    }
    for (int i = 0; i < 3; i++)
        lambda[i] /= sum;
}

static void set_edge_point(double lambda[3], int edge, double part)
{
    lambda[edge] = 0.0;
    lambda[next_of[edge]] = 1.0 - part;
    lambda[last_of[edge]] = part;
}

static bool same_place(ali_vec3 a, ali_vec3 b)
{
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/** The common vertex, if any, whose opposite edges are the shortest. */
static bool common_vertex(const ali_face_frame *a, const ali_face_frame *b, ali_nearest *nearest)
{
    double best = HUGE_VAL;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double edges = a->length[i] + b->length[j];
            if (!same_place(a->vertex[i], b->vertex[j]) || edges >= best)
                continue;
            best = edges;
            *nearest = (ali_nearest){.distance = 0.0};
            nearest->lambda[0][i] = nearest->lambda[1][j] = 1.0;
        }
    return best < HUGE_VAL;
}

/** Points where the edges of one triangle pierce the other; adds them up, returns their number. */
static int pierce(const ali_face_frame *edges, const ali_face_frame *face, ali_vec3 *sum)
{
    double height[3], flat = 1e-13 * (edges->size + face->size);
    int count = 0;
    for (int i = 0; i < 3; i++)
        height[i] = ali_vec3_dot(face->normal, ali_vec3_sub(edges->vertex[i], face->vertex[0]));
    for (int i = 0; i < 3; i++) {
        double from = height[next_of[i]], to = height[last_of[i]];
        if (from * to > 0.0 || fabs(from - to) <= flat)
            continue;
        ali_vec3 point = ali_vec3_axpy(edges->vertex[next_of[i]],
                                       from / (from - to) * edges->length[i], edges->tangent[i]);
        double lambda[3];
        barycentric(face, point, lambda);
        if (lambda[0] < 0.0 || lambda[1] < 0.0 || lambda[2] < 0.0)
            continue;
        *sum = ali_vec3_add(*sum, point);
        count++;
    }
    return count;
}

/** The middle of the places where two triangles pierce each other. */
static bool crossing(const ali_face_frame *a, const ali_face_frame *b, ali_nearest *nearest)
{
    ali_vec3 sum = {0.0, 0.0, 0.0};
    int count = pierce(a, b, &sum) + pierce(b, a, &sum);
    if (!count)
        return false;
    sum = ali_vec3_scale(1.0 / count, sum);
    *nearest = (ali_nearest){.distance = 0.0};
    barycentric(a, sum, nearest->lambda[0]);
    barycentric(b, sum, nearest->lambda[1]);
    return true;
}

/** Parts of two edges, from their starts, that are nearest to each other. */
static void nearest_parts(const ali_face_frame *a, int i, const ali_face_frame *b, int j,
                          double *part_a, double *part_b)
{
    ali_vec3 from = ali_vec3_sub(a->vertex[next_of[i]], b->vertex[next_of[j]]);
    double cosine = ali_vec3_dot(a->tangent[i], b->tangent[j]), la = a->length[i],
           lb = b->length[j];
    double fa = ali_vec3_dot(from, a->tangent[i]), fb = ali_vec3_dot(from, b->tangent[j]);
    double sine2 = 1.0 - cosine * cosine;
    double s = sine2 > 1e-12 ? clamp((cosine * fb - fa) / sine2, 0.0, la) : 0.0;
    double t = clamp(cosine * s + fb, 0.0, lb);
    s = clamp(cosine * t - fa, 0.0, la);
    *part_a = s / la;
    *part_b = t / lb;
}

static void keep_nearer(const ali_face_frame *a, const ali_face_frame *b, const double la[3],
                        const double lb[3], ali_nearest *best)
{
    ali_vec3 apart = ali_vec3_sub(place(a, la), place(b, lb));
    double distance = ali_vec3_norm(apart);
    if (!(distance < best->distance))
        return;
    best->distance = distance;
    best->apart = apart;
    for (int i = 0; i < 3; i++) {
        best->lambda[0][i] = la[i];
        best->lambda[1][i] = lb[i];
    }
}

/** A vertex and its foot, if that lies in the other triangle; turned says which one has the
 *  vertex. */
static void vertex_to_face(const ali_face_frame *a, int i, const ali_face_frame *b, bool turned,
                           ali_nearest *best)
{
    double la[3] = {0.0, 0.0, 0.0}, lb[3];
    la[i] = 1.0;
    barycentric(b, a->vertex[i], lb);
    if (lb[0] < 0.0 || lb[1] < 0.0 || lb[2] < 0.0)
        return;
    if (turned)
        keep_nearer(b, a, lb, la, best);
    else
        keep_nearer(a, b, la, lb, best);
}

ali_nearest ali_face_nearest(const ali_face_frame *a, const ali_face_frame *b)
{
    ali_nearest best = {.distance = HUGE_VAL};
    if (common_vertex(a, b, &best))
        return best;
    if (!crossing(a, b, &best)) {
        for (int i = 0; i < 3; i++) {
            vertex_to_face(a, i, b, false, &best);
            vertex_to_face(b, i, a, true, &best);
            for (int j = 0; j < 3; j++) {
                double la[3], lb[3], part_a, part_b;
                nearest_parts(a, i, b, j, &part_a, &part_b);
                set_edge_point(la, i, part_a);
                set_edge_point(lb, j, part_b);
                keep_nearer(a, b, la, lb, &best);
            }
        }
    }
    tidy(best.lambda[0]);
    tidy(best.lambda[1]);
    if (best.distance <= 1e-11 * fmin(a->size, b->size)) {
        best.distance = 0.0;
        best.apart = (ali_vec3){0.0, 0.0, 0.0};
    }
    return best;
}

double ali_triangle_distance(const ali_flat_triangle *a, const ali_flat_triangle *b)
{
    ali_face_frame frame_a, frame_b;
    ali_face_frame_init(&frame_a, a);
    ali_face_frame_init(&frame_b, b);
    return ali_face_nearest(&frame_a, &frame_b).distance;
}
