/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Shapes meshed by gmsh: measures, closedness, fronts, joints, embedded points, failures. Skipped
 *  where gmsh is not installed. */

#include "assert_close.h"
#include "base/clock.h"
#include "base/constants.h"
#include "shape/form.h"
#include "shape/program.h"
#include "shape/shape.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** A directory for everything, so that what is left behind is seen. */
static char scratch[] = "/tmp/alicorn-test-XXXXXX";
static bool has_gmsh;

#define NEED_GMSH()                                                                                \
    do {                                                                                           \
        if (!has_gmsh) {                                                                           \
            print_message("gmsh is not installed\n");                                              \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

/* ---- shapes ---- */

static ali_shape make_shape(ali_shape_kind kind, int group)
{
    return (ali_shape){.kind = kind,
                       .radius = 0.5,
                       .height = 2,
                       .placement = ali_placement_identity(),
                       .group = group,
                       .longest_edge = 0.3,
                       .line = 100 + group};
}

static ali_shape make_box(double x, double y, double z, double sx, double sy, double sz, int group)
{
    ali_shape box = make_shape(ALI_SHAPE_BOX, group);
    box.size[0] = sx;
    box.size[1] = sy;
    box.size[2] = sz;
    box.placement = ali_placement_shift((ali_vec3){x, y, z});
    return box;
}

static ali_mesher_options usual_options(void)
{
    return (ali_mesher_options){
        .keep_volume = true, .unite = true, .timeout_s = 60, .temporary_directory = scratch};
}

static void mesh(size_t count, const ali_shape *shapes, size_t point_count,
                 const ali_embedded_point *points, ali_mesher_options options, ali_triangulation *t)
{
    alicorn_error error = {0};
    alicorn_status status = ali_shape_mesh(count, shapes, point_count, points, &options, t, &error);
    if (status != ALICORN_OK)
        fail_msg("line %d: %s", error.line, error.message);
}

static void expect_failure(size_t count, const ali_shape *shapes, ali_mesher_options options,
                           alicorn_status status, int line, const char *words)
{
    alicorn_error error = {0};
    ali_triangulation t;
    assert_int_equal(ali_shape_mesh(count, shapes, 0, NULL, &options, &t, &error), status);
    if (error.line != line || !strstr(error.message, words))
        fail_msg("line %d: %s", error.line, error.message);
    assert_null(t.triangles);
}

/* ---- measures of a mesh ---- */

static ali_vec3 area_vector(const ali_triangulation *t, size_t i)
{
    const size_t *c = t->triangles[i];
    ali_vec3 a = t->vertices[c[0]];
    return ali_vec3_scale(0.5, ali_vec3_cross(ali_vec3_sub(t->vertices[c[1]], a),
                                              ali_vec3_sub(t->vertices[c[2]], a)));
}

/** Of the triangles of a group, or of all: group 0. */
static double area_of(const ali_triangulation *t, int group)
{
    double sum = 0;
    for (size_t i = 0; i < t->triangle_count; i++)
        if (group == 0 || t->group[i] == group)
            sum += ali_vec3_norm(area_vector(t, i));
    return sum;
}

static double volume_of(const ali_triangulation *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->triangle_count; i++)
        sum += ali_vec3_dot(area_vector(t, i), t->vertices[t->triangles[i][0]]) / 3;
    return sum;
}

static double edge_length(const ali_triangulation *t, size_t i, int k)
{
    const size_t *c = t->triangles[i];
    return ali_vec3_distance(t->vertices[c[k]], t->vertices[c[(k + 1) % 3]]);
}

static double longest_edge(const ali_triangulation *t)
{
    double longest = 0;
    for (size_t i = 0; i < 3 * t->triangle_count; i++)
        longest = fmax(longest, edge_length(t, i / 3, (int)(i % 3)));
    return longest;
}

typedef struct half_edge {
    size_t from, to;
} half_edge;

static int compare_undirected(const void *a, const void *b)
{
    const half_edge *p = a, *q = b;
    size_t pl = p->from < p->to ? p->from : p->to, ph = p->from + p->to - pl;
    size_t ql = q->from < q->to ? q->from : q->to, qh = q->from + q->to - ql;
    if (pl != ql)
        return pl < ql ? -1 : 1;
    return (ph > qh) - (ph < qh);
}

/** How many edges have 1, 2, 3, 4 triangles, and how many of the twos are walked twice the same
 *  way. */
typedef struct edge_census {
    size_t with[5], turned;
} edge_census;

static edge_census count_edges(const ali_triangulation *t)
{
    edge_census census = {{0}, 0};
    size_t n = 3 * t->triangle_count;
    half_edge *edges = malloc(n * sizeof *edges);
    for (size_t i = 0; i < n; i++)
        edges[i] = (half_edge){t->triangles[i / 3][i % 3], t->triangles[i / 3][(i + 1) % 3]};
    qsort(edges, n, sizeof *edges, compare_undirected);
    for (size_t i = 0, same; i < n; i += same) {
        for (same = 1; i + same < n && compare_undirected(&edges[i], &edges[i + same]) == 0; same++)
            continue;
        assert_true(same <= 4);
        census.with[same]++;
        census.turned += same == 2 && edges[i].from == edges[i + 1].from;
    }
    free(edges);
    return census;
}

/** A closed skin with fronts alike. */
static void check_closed(const ali_triangulation *t)
{
    edge_census census = count_edges(t);
    assert_int_equal(census.with[1], 0);
    assert_int_equal(census.with[3], 0);
    assert_int_equal(census.with[4], 0);
    assert_int_equal(census.turned, 0);
}

/* ---- shapes alone ---- */

static const double vase[][2] = {{0, 0}, {0.5, 0}, {0.3, 1}, {0, 1.2}};
static const double ring[][2] = {{1, 0}, {1.2, 0}, {1.2, 0.5}, {1, 0.5}, {1, 0}};
static const double wall[][2] = {{0.6, 0}, {0.5, 2}};
static const double wedge[][2] = {{0, 0}, {1, 0}, {0, 1}};

/** Every kind with its exact area and volume (0: a sheet). */
static size_t all_shapes(ali_shape shapes[16], double area[16], double volume[16])
{
    size_t n = 0;
    double pi = ALI_PI;
#define ADD(kind_, area_, volume_)                                                                 \
    shapes[n] = make_shape(ALI_SHAPE_##kind_, (int)n + 1);                                         \
    area[n] = (area_);                                                                             \
    volume[n] = (volume_);                                                                         \
    n++
    ADD(CYLINDER, 2.5 * pi, 0.5 * pi);
    ADD(CYLINDER, 2 * pi, 0);
    shapes[n - 1].open = true;
    ADD(CONE, pi * (0.25 + 0.04 + 0.7 * hypot(0.3, 2)), pi * 2 / 3 * (0.25 + 0.1 + 0.04));
    shapes[n - 1].top_radius = 0.2;
    ADD(CONE, pi * (0.25 + 0.5 * hypot(0.5, 2)), pi * 2 / 3 * 0.25);
    ADD(CONE, 2.5 * pi, 0.5 * pi);
    shapes[n - 1].top_radius = 0.5;
    ADD(CONE, pi * 0.7 * hypot(0.3, 2), 0);
    shapes[n - 1].top_radius = 0.2;
    shapes[n - 1].open = true;
    ADD(SPHERE, pi, pi / 6);
    ADD(BOX, 7, 1);
    memcpy(shapes[n - 1].size, (const double[3]){1, 2, 0.5}, sizeof shapes->size);
    ADD(PLATE, 2, 0);
    memcpy(shapes[n - 1].size, (const double[3]){1, 2, 0}, sizeof shapes->size);
    ADD(DISC, pi * (0.25 - 0.04), 0);
    shapes[n - 1].inner_radius = 0.2;
    ADD(TORUS, 4 * pi * pi * 0.05, 2 * pi * pi * 0.5 * 0.01);
    shapes[n - 1].tube_radius = 0.1;
    ADD(REVOLVE, pi * (0.25 + 0.8 * hypot(0.2, 1) + 0.3 * hypot(0.3, 0.2)),
        pi / 3 * (0.25 + 0.15 + 0.09) + pi / 3 * 0.09 * 0.2);
    shapes[n - 1].profile = vase;
    shapes[n - 1].profile_count = 4;
    ADD(REVOLVE, 2 * pi * (1.2 * 0.5 + 1 * 0.5) + 2 * pi * 0.44, pi * 0.44 * 0.5);
    shapes[n - 1].profile = ring;
    shapes[n - 1].profile_count = 5;
    ADD(REVOLVE, pi * 1.1 * hypot(0.1, 2), 0);
    shapes[n - 1].profile = wall;
    shapes[n - 1].profile_count = 2;
    ADD(EXTRUDE, 1 + 2 * (2 + sqrt(2)), 1);
    shapes[n - 1].profile = wedge;
    shapes[n - 1].profile_count = 3;
    ADD(EXTRUDE, 2 * (2 + sqrt(2)), 0);
    shapes[n - 1].profile = wedge;
    shapes[n - 1].profile_count = 3;
    shapes[n - 1].open = true;
#undef ADD
    return n;
}

/** All shapes, placed far apart, turned, scaled and mirrored, in one run: closed ones have their
 *  volume, sheets their area, to the last digits. */
static void test_measures(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[16];
    double area[16], volume[16];
    size_t n = all_shapes(shapes, area, volume);
    assert_int_equal(n, 16);
    const double scale = 0.5;
    for (size_t i = 0; i < n; i++) {
        ali_placement size = ali_placement_scale(i % 3 == 0 ? -scale : scale);
        ali_placement turn =
            ali_placement_rotation((ali_vec3){1, (double)i - 8, 2}, 0.3 * (double)i);
        shapes[i].placement = ali_placement_compose(&turn, &size);
        shapes[i].placement.shift = (ali_vec3){5.0 * (double)i, 1, 0};
        shapes[i].longest_edge *= scale;
    }
    ali_triangulation t;
    mesh(n, shapes, 0, NULL, usual_options(), &t);
    for (size_t i = 0; i < n; i++) {
        ali_triangulation one = {0};
        for (size_t k = 0; k < t.triangle_count; k++)
            if (t.group[k] == (int)i + 1)
                assert_int_equal(ali_triangulation_add_triangle(&one, t.triangles[k], 1, NULL), 0);
        one.vertices = t.vertices;
        one.vertex_count = t.vertex_count;
        if (volume[i] > 0) {
            check_closed(&one);
            assert_close(volume_of(&one), volume[i] * pow(scale, 3), 1e-8);
            assert_close(area_of(&one, 0), area[i] * scale * scale, 0.02 * area[i] * scale * scale);
        } else {
            assert_close(area_of(&one, 0), area[i] * scale * scale, 1e-8);
            assert_int_equal(count_edges(&one).turned, 0);
        }
        assert_true(longest_edge(&one) < 1.15 * shapes[i].longest_edge);
        assert_true(longest_edge(&one) >
                    0.4 * fmin(shapes[i].longest_edge, i == 10 ? 0.1 * scale : 1));
        one.vertices = NULL;
        ali_triangulation_clear(&one);
    }
    ali_triangulation_clear(&t);
}

/** Sheets look where the header says, mirrored or not. */
static void test_fronts(void **state)
{
    (void)state;
    NEED_GMSH();
    const double up[][2] = {{0.5, 0}, {0.5, 2}}, down[][2] = {{0.5, 2}, {0.5, 0}};
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        ali_shape shapes[] = {make_shape(ALI_SHAPE_PLATE, 1),    make_shape(ALI_SHAPE_DISC, 2),
                              make_shape(ALI_SHAPE_CYLINDER, 3), make_shape(ALI_SHAPE_REVOLVE, 4),
                              make_shape(ALI_SHAPE_REVOLVE, 5),  make_shape(ALI_SHAPE_EXTRUDE, 6)};
        ali_triangulation t;
        double sum[7] = {0};
        shapes[0].size[0] = shapes[0].size[1] = 1;
        shapes[2].open = shapes[5].open = true;
        shapes[3].profile = up;
        shapes[4].profile = down;
        shapes[3].profile_count = shapes[4].profile_count = 2;
        shapes[5].profile = wedge;
        shapes[5].profile_count = 3;
        for (int i = 0; i < 6; i++) {
            shapes[i].longest_edge = 0.5;
            shapes[i].placement.shift.x = 3 * i;
            if (mirrored)
                shapes[i].placement.matrix[1][1] = -1;
        }
        mesh(6, shapes, 0, NULL, usual_options(), &t);
        for (size_t i = 0; i < t.triangle_count; i++) {
            int g = t.group[i];
            ali_vec3 a = area_vector(&t, i), from = t.vertices[t.triangles[i][0]];
            from.x -= 3 * (g - 1);
            from.z = 0;
            if (g == 6) /* seen from inside the wedge */
                from = ali_vec3_sub(from, (ali_vec3){0.3, mirrored ? -0.3 : 0.3, 0});
            sum[g] += (g <= 2 ? a.z : ali_vec3_dot(a, from)) > 0 ? 1 : -1;
        }
        for (int g = 1; g <= 6; g++) {
            size_t count = 0;
            for (size_t i = 0; i < t.triangle_count; i++)
                count += t.group[i] == g;
            assert_close(sum[g], g == 5 ? -(double)count : (double)count, 0);
        }
        ali_triangulation_clear(&t);
    }
}

static void test_without_keeping_volume(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shape = make_shape(ALI_SHAPE_SPHERE, 1);
    ali_mesher_options options = usual_options();
    ali_triangulation t;
    options.keep_volume = false;
    shape.longest_edge = 1;
    options.curvature = ALI_PI / 4;
    mesh(1, &shape, 0, NULL, options, &t);
    check_closed(&t);
    size_t coarse = t.triangle_count;
    for (size_t i = 0; i < t.vertex_count; i++)
        assert_close(ali_vec3_norm(t.vertices[i]), 0.5, 1e-9);
    assert_true(volume_of(&t) < 0.98 * ALI_PI / 6 && volume_of(&t) > 0.8 * ALI_PI / 6);
    ali_triangulation_clear(&t);
    options.curvature = ALI_PI / 16; /* four times finer */
    mesh(1, &shape, 0, NULL, options, &t);
    assert_true(t.triangle_count > 8 * coarse);
    assert_true(volume_of(&t) > 0.985 * ALI_PI / 6);
    size_t fine = t.triangle_count;
    ali_triangulation_clear(&t);
    shape.curvature = options.curvature; /* the shape's own counts */
    options.curvature = ALI_PI / 4;
    mesh(1, &shape, 0, NULL, options, &t);
    assert_int_equal(t.triangle_count, fine);
    ali_triangulation_clear(&t);
}

/* ---- joints ---- */

/** Boxes of two groups side by side: the common face is gone, the rest is one skin. */
static void test_two_boxes(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_box(0, 0, 0, 1, 1, 1, 1), make_box(1, 0.25, 0.25, 1, 0.5, 0.5, 2)};
    ali_triangulation t;
    mesh(2, shapes, 0, NULL, usual_options(), &t);
    check_closed(&t);
    assert_close(area_of(&t, 1), 6 - 0.25, 1e-9);
    assert_close(area_of(&t, 2), 4 * 0.5 + 0.25, 1e-9);
    assert_close(volume_of(&t), 1.25, 1e-9);
    ali_triangulation_clear(&t);

    ali_mesher_options apart = usual_options();
    apart.unite = false;
    mesh(2, shapes, 0, NULL, apart, &t);
    check_closed(&t);
    assert_close(area_of(&t, 0), 8.5, 1e-9);
    assert_close(area_of(&t, 2), 2.5, 1e-9);
    ali_triangulation_clear(&t);
}

/** A mast: stacked cylinders of two radii and a box on top become one skin. */
static void test_mast(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_shape(ALI_SHAPE_CYLINDER, 1), make_shape(ALI_SHAPE_CYLINDER, 2),
                          make_shape(ALI_SHAPE_CYLINDER, 3), make_box(-.2, -.2, 6, .4, .4, 1, 4),
                          make_shape(ALI_SHAPE_DISC, 5)};
    ali_triangulation t;
    shapes[1].placement.shift.z = 2;
    shapes[2].placement.shift.z = 4;
    shapes[2].radius = 0.3;
    shapes[4].radius = 1; /* a flange around the first joint; what is inside of it goes */
    shapes[4].placement.shift.z = 2;
    mesh(5, shapes, 0, NULL, usual_options(), &t);
    edge_census census = count_edges(&t);
    assert_true(census.with[1] > 10); /* the flange's rim */
    assert_true(census.with[3] > 10); /* where it meets the two cylinders */
    assert_int_equal(census.with[4], 0);
    assert_close(area_of(&t, 5), 0.75 * ALI_PI, 0.01);
    ali_triangulation_clear(&t);
    mesh(4, shapes, 0, NULL, usual_options(), &t);
    check_closed(&t);
    double volume = ALI_PI * (0.25 * 4 + 0.09 * 2) + 0.16;
    assert_close(volume_of(&t), volume, 2e-3 * volume);
    assert_close(area_of(&t, 4), 4 * 0.4 + 0.16, 1e-9);
    assert_close(area_of(&t, 2), 2 * ALI_PI + ALI_PI * (0.25 - 0.09), 0.05);
    ali_triangulation_clear(&t);
}

/** A plate that stands on a box and one that goes through it: edges of three triangles, nothing
 *  inside, the box closed. */
static void test_plates_on_box(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_box(0, 0, 0, 1, 1, 1, 1), make_shape(ALI_SHAPE_PLATE, 2),
                          make_shape(ALI_SHAPE_PLATE, 3)};
    ali_placement turn = ali_placement_rotation((ali_vec3){1, 0, 0}, ALI_PI / 2);
    ali_triangulation t;
    shapes[1].size[0] = 0.5;
    shapes[1].size[1] = 1;
    shapes[1].placement = turn; /* in y = 0.5, z = 1 … 2 */
    shapes[1].placement.shift = (ali_vec3){0.5, 0.5, 1.5};
    shapes[2].size[0] = shapes[2].size[1] = 2; /* in z = 0.5, around the box */
    shapes[2].placement.shift = (ali_vec3){0.5, 0.5, 0.5};
    mesh(3, shapes, 0, NULL, usual_options(), &t);
    assert_close(area_of(&t, 1), 6, 1e-9);
    assert_close(area_of(&t, 2), 0.5, 1e-9);
    assert_close(area_of(&t, 3), 4 - 1, 1e-9);
    double foot = 0, seam = 0; /* lengths of the two joints, from the plates' triangles */
    for (size_t i = 0; i < t.triangle_count; i++)
        for (int k = 0; k < 3; k++) {
            ali_vec3 a = t.vertices[t.triangles[i][k]], b = t.vertices[t.triangles[i][(k + 1) % 3]];
            ali_vec3 m = ali_vec3_scale(0.5, ali_vec3_add(a, b));
            if (t.group[i] == 2 && fabs(m.z - 1) < 1e-9)
                foot += edge_length(&t, i, k);
            if (t.group[i] == 3 && fabs(fmax(fabs(m.x - 0.5), fabs(m.y - 0.5)) - 0.5) < 1e-9)
                seam += edge_length(&t, i, k);
        }
    assert_close(foot, 0.5, 1e-9);
    assert_close(seam, 4, 1e-9);
    edge_census census = count_edges(&t);
    assert_true(census.with[3] >= 2 + 4 * 3);
    assert_int_equal(census.with[4], 0);
    ali_triangulation_clear(&t);
}

/** Plates that cross in their middles share edges of four triangles. */
static void test_crossed_plates(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_shape(ALI_SHAPE_PLATE, 1), make_shape(ALI_SHAPE_PLATE, 2)};
    ali_triangulation t;
    for (int i = 0; i < 2; i++)
        shapes[i].size[0] = shapes[i].size[1] = 1;
    shapes[1].placement = ali_placement_rotation((ali_vec3){1, 0, 0}, 1);
    mesh(2, shapes, 0, NULL, usual_options(), &t);
    assert_close(area_of(&t, 1), 1, 1e-9);
    assert_close(area_of(&t, 2), 1, 1e-9);
    assert_true(count_edges(&t).with[4] >= 4);
    ali_triangulation_clear(&t);
}

/** Six spheres around a cylinder that they cut into; without moved vertices, volumes are below the
 *  exact one by the faceting, with them close to it. */
static void test_spheres_on_cylinder(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[7] = {make_shape(ALI_SHAPE_CYLINDER, 7)};
    double exact = 0, got[2];
    for (int i = 0; i < 6; i++) {
        shapes[i + 1] = make_shape(ALI_SHAPE_SPHERE, i + 1);
        shapes[i + 1].radius = 0.2;
        shapes[i + 1].placement.shift =
            (ali_vec3){0.55 * cos(i * ALI_PI / 3), 0.55 * sin(i * ALI_PI / 3), 1};
    }
    /* volume of a sphere outside of the cylinder, by slices z = const and columns */
    const int n = 400;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            double z = 0.2 * (2 * (i + 0.5) / n - 1), y = 0.2 * (2 * (k + 0.5) / n - 1);
            double half = 0.04 - z * z - y * y;
            if (half <= 0)
                continue;
            double high = 0.55 + sqrt(half), low = fmax(0.55 - sqrt(half), sqrt(0.25 - y * y));
            exact += 6 * fmax(high - low, 0) * 0.16 / n / n;
        }
    exact += ALI_PI * 0.25 * 2;
    for (int keep = 0; keep < 2; keep++) {
        ali_mesher_options options = usual_options();
        ali_triangulation t;
        options.keep_volume = keep;
        mesh(7, shapes, 0, NULL, options, &t);
        check_closed(&t);
        got[keep] = volume_of(&t) / exact - 1;
        for (int g = 1; g <= 6; g++)
            assert_close(area_of(&t, g), area_of(&t, 1), 0.03 * area_of(&t, 1));
        ali_triangulation_clear(&t);
    }
    assert_true(got[0] < -0.01 && got[0] > -0.06);
    assert_close(got[1], 0, 2e-3);
}

/** One inside of the other, a sheet inside of a body, a plate flat on a body, twice the same. */
static void test_buried(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_box(0, 0, 0, 1, 1, 1, 1), make_shape(ALI_SHAPE_SPHERE, 2),
                          make_shape(ALI_SHAPE_PLATE, 3), make_shape(ALI_SHAPE_PLATE, 4),
                          make_box(0, 0, 0, 1, 1, 1, 5)};
    ali_triangulation t;
    shapes[1].radius = 0.2;
    shapes[1].placement.shift = (ali_vec3){0.4, 0.5, 0.5};
    shapes[2].size[0] = shapes[2].size[1] = 0.3;
    shapes[2].placement.shift = (ali_vec3){0.4, 0.5, 0.2};
    shapes[3].size[0] = shapes[3].size[1] = 0.5;
    shapes[3].placement.shift = (ali_vec3){0.5, 0.5, 1};
    mesh(5, shapes, 0, NULL, usual_options(), &t);
    check_closed(&t);
    assert_close(area_of(&t, 1), 6, 1e-9);
    assert_close(area_of(&t, 0), 6, 1e-9);
    assert_close(volume_of(&t), 1, 1e-9);
    ali_triangulation_clear(&t);
}

/* ---- embedded points ---- */

static size_t find_vertex(const ali_triangulation *t, ali_vec3 point)
{
    for (size_t i = 0; i < t->vertex_count; i++)
        if (ali_vec3_distance(t->vertices[i], point) == 0)
            return i;
    return (size_t)-1;
}

/** Mean length of the edges at a vertex, 0 if it has none. */
static double mean_edge_at(const ali_triangulation *t, size_t vertex)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < t->triangle_count; i++)
        for (int k = 0; k < 3; k++)
            if (t->triangles[i][k] == vertex || t->triangles[i][(k + 1) % 3] == vertex) {
                sum += edge_length(t, i, k);
                count++;
            }
    return count > 0 ? sum / count : 0;
}

/** [degrees] */
static double least_angle(const ali_triangulation *t)
{
    double least = 180;
    for (size_t i = 0; i < t->triangle_count; i++)
        for (int k = 0; k < 3; k++) {
            double a = edge_length(t, i, k), b = edge_length(t, i, (k + 1) % 3);
            double c = edge_length(t, i, (k + 2) % 3);
            least = fmin(least, acos((b * b + c * c - a * a) / (2 * b * c)) / ALI_DEGREE);
        }
    return least;
}

static void test_embedded_points(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shapes[] = {make_shape(ALI_SHAPE_CYLINDER, 1), make_box(2, 0, 0, 1, 1, 1, 2),
                          make_shape(ALI_SHAPE_PLATE, 3)};
    shapes[2].size[0] = shapes[2].size[1] = 1;
    shapes[2].placement.shift.x = 5;
    const ali_embedded_point points[] = {
        {{0.35355, 0.35355, 1.1}, 0.02}, /* on the cylinder, within a tenth of its radius */
        {{0.5, 0, 1.3}, 0.03},           /* on its seam */
        {{0.1, 0.2, 2}, 0.02},           /* on its top */
        {{2.5, 0.5, 1}, 0},              /* on the box */
        {{2, 0, 0.4}, 0.02},             /* on an edge of the box */
        {{3, 1, 1}, 0.02},               /* on a corner */
        {{5, 0.25, 0}, 0.02},            /* on the plate */
        {{5.5, 0.2, 0}, 0.02},           /* on its rim */
        {{2.50003, 0, 1 - 2e-5}, 0.02},  /* by an edge of the box: on it */
        {{0.499999, 0, 2}, 0.02},        /* by the rim of the cylinder */
        {{5, 0.25, 0}, 0.05},            /* once more */
        {{8, 8, 8}, 0.02},               /* on nothing */
        {{2.5, 0.5, 0.5}, 0.02},         /* inside the box */
    };
    size_t count = sizeof points / sizeof points[0];
    for (int keep = 0; keep < 2; keep++) {
        ali_mesher_options options = usual_options();
        ali_triangulation t;
        options.keep_volume = keep;
        mesh(3, shapes, count, points, options, &t);
        for (size_t i = 0; i < count; i++) {
            size_t vertex = find_vertex(&t, points[i].point);
            bool wanted = i < count - 2;
            assert_true((vertex != (size_t)-1) == wanted);
            if (!wanted || points[i].size == 0 || i == count - 3)
                continue;
            double mean = mean_edge_at(&t, vertex);
            if (mean < 0.6 * points[i].size || mean > 1.5 * points[i].size)
                fail_msg("point %zu: edges of %g, wanted %g", i, mean, points[i].size);
        }
        edge_census census = count_edges(&t);
        assert_int_equal(census.with[3] + census.with[4], 0);
        if (keep)
            assert_close(area_of(&t, 3), 1, 1e-9);
        assert_true(least_angle(&t) > 10);
        /* finer faces stay near the points */
        assert_true(t.triangle_count < 6000);
        ali_triangulation_clear(&t);
    }
}

/* ---- CAD files ---- */

/** A STEP file of a box of 1 m × 1 m × 2 m, in millimetres as gmsh writes it. */
static void write_step(const char *path)
{
    char script[256], log[256], unrolled[256];
    int status;
    snprintf(script, sizeof script, "%s/step.geo", scratch);
    snprintf(unrolled, sizeof unrolled, "%s/step.geo_unrolled", scratch);
    snprintf(log, sizeof log, "%s/step.log", scratch);
    FILE *stream = fopen(script, "w");
    fprintf(stream,
            "SetFactory(\"OpenCASCADE\"); Box(1) = {0, 0, 0, 1000, 1000, 2000}; Save \"%s\";\n",
            path);
    fclose(stream);
    const char *const arguments[] = {"gmsh", script, "-0", NULL}, *const settings[] = {NULL};
    const ali_program program = {
        .arguments = arguments, .settings = settings, .output = log, .timeout_s = 30};
    assert_int_equal(ali_program_run(&program, &status, NULL), ALICORN_OK);
    unlink(script);
    unlink(unrolled);
    unlink(log);
}

static void test_step(void **state)
{
    (void)state;
    NEED_GMSH();
    char path[256], geo[256];
    snprintf(path, sizeof path, "%s/a \"quoted\" name.step", scratch);
    snprintf(geo, sizeof geo, "%s/plain.step", scratch);
    write_step(geo);
    assert_int_equal(rename(geo, path), 0);
    ali_shape shapes[] = {make_shape(ALI_SHAPE_STEP, 1), make_shape(ALI_SHAPE_CYLINDER, 2),
                          make_shape(ALI_SHAPE_PLATE, 3), make_shape(ALI_SHAPE_STEP, 4)};
    ali_triangulation t;
    shapes[0].file = path;
    shapes[0].placement = ali_placement_scale(0.5);
    mesh(1, shapes, 0, NULL, usual_options(), &t);
    check_closed(&t);
    assert_close(volume_of(&t), 0.25, 1e-9);
    ali_triangulation_clear(&t);

    /* turned and mirrored; a cylinder stands on it, a plate goes through it, and a second one is
     * joined to its side */
    ali_placement mirror = ali_placement_identity(), shift;
    mirror.matrix[0][0] = -1;
    shapes[0].placement = mirror; /* x from -1 to 0 */
    shapes[1].radius = 0.25;
    shapes[1].height = 1;
    shapes[1].placement.shift = (ali_vec3){-0.5, 0.5, 2};
    shapes[2].size[0] = shapes[2].size[1] = 2;
    shapes[2].placement.shift = (ali_vec3){-0.5, 0.5, 1};
    shapes[3].file = path;
    ali_placement turn = ali_placement_rotation((ali_vec3){0, 0, 1}, ALI_PI / 2);
    shift = ali_placement_shift((ali_vec3){1, 0.25, 0.25}); /* x from 0 to 0.5, y from .25 */
    ali_placement half = ali_placement_scale(0.5);
    half = ali_placement_compose(&turn, &half);
    shift.shift = (ali_vec3){0.5, 0.25, 0.25};
    shapes[3].placement = ali_placement_compose(&shift, &half);
    const ali_embedded_point point = {{-1, 0.5, 0.4}, 0.05};
    mesh(4, shapes, 1, &point, usual_options(), &t);
    assert_close(area_of(&t, 1), 10 - ALI_PI / 16 - 0.5, 0.005);
    assert_close(area_of(&t, 2), ALI_PI * 0.5 + ALI_PI / 16, 0.02);
    assert_close(area_of(&t, 4), 2.5 - 0.5, 1e-9);
    assert_close(area_of(&t, 3), 4 - 1 - 0.25, 1e-9);
    assert_true(find_vertex(&t, point.point) != (size_t)-1);
    ali_triangulation bodies = {0};
    bodies.vertices = t.vertices;
    bodies.vertex_count = t.vertex_count;
    for (size_t i = 0; i < t.triangle_count; i++)
        if (t.group[i] != 3)
            ali_triangulation_add_triangle(&bodies, t.triangles[i], 1, NULL);
    check_closed(&bodies);
    assert_close(volume_of(&bodies), 2 + 0.25 + ALI_PI / 16, 3e-3);
    bodies.vertices = NULL;
    ali_triangulation_clear(&bodies);
    ali_triangulation_clear(&t);

    shapes[0].file = "/nonexistent/hull.step";
    expect_failure(1, shapes, usual_options(), ALICORN_E_IO, 101, "/nonexistent/hull.step");
    FILE *stream = fopen(path, "w");
    fputs("ISO-10303-21;\nnonsense\n", stream);
    fclose(stream);
    shapes[0].file = path;
    expect_failure(1, shapes, usual_options(), ALICORN_E_INPUT, 101, path);
    unlink(path);
}

/* ---- failures ---- */

static void test_bad_shapes(void **state)
{
    (void)state;
    static const double bow[][2] = {{0, 0}, {1, 1}, {1, 0}, {0, 1}};
    static const double left[][2] = {{-1, 0}, {1, 1}};
    static const double flat[][2] = {{0, 0}, {1, 0}, {2, 0}};
    ali_shape s = make_shape(ALI_SHAPE_CYLINDER, 9);
    ali_mesher_options options = usual_options();
#define REFUSED(words)                                                                             \
    expect_failure(1, &s, options, ALICORN_E_INPUT, 109, words);                                   \
    s = make_shape(ALI_SHAPE_CYLINDER, 9)
    s.radius = -0.5;
    REFUSED("radius must be positive");
    s.height = 0;
    REFUSED("height must be positive");
    s.radius = NAN;
    REFUSED("radius must be positive");
    s.kind = ALI_SHAPE_CONE;
    s.top_radius = -1;
    REFUSED("top radius");
    s.kind = ALI_SHAPE_DISC;
    s.inner_radius = 0.5;
    REFUSED("inner radius");
    s.kind = ALI_SHAPE_TORUS;
    s.tube_radius = 0.6;
    REFUSED("tube radius");
    s.kind = ALI_SHAPE_BOX;
    s.size[0] = s.size[1] = 1;
    REFUSED("size must be positive");
    s.kind = ALI_SHAPE_EXTRUDE;
    s.profile = bow;
    s.profile_count = 4;
    REFUSED("crosses or touches itself");
    s.kind = ALI_SHAPE_EXTRUDE;
    s.profile = flat;
    s.profile_count = 3;
    REFUSED("touches itself");
    s.kind = ALI_SHAPE_REVOLVE;
    s.profile = left;
    s.profile_count = 2;
    REFUSED("negative radius");
    s.kind = ALI_SHAPE_REVOLVE;
    s.profile = left;
    s.profile_count = 0;
    REFUSED("too few");
    s.longest_edge = 0;
    REFUSED("longest edge");
    s.placement.matrix[0][0] = 2;
    REFUSED("scaled by one factor");
    s.longest_edge = 1e-4;
    REFUSED("triangles on this shape");
    s.kind = ALI_SHAPE_STEP;
    REFUSED("no name");
#undef REFUSED
}

/** A program that does as it is told. */
static void write_program(char path[256], const char *text)
{
    snprintf(path, 256, "%s/fake-gmsh", scratch);
    FILE *stream = fopen(path, "w");
    fprintf(stream, "#!/bin/sh\n%s\n", text);
    fclose(stream);
    assert_int_equal(chmod(path, 0700), 0);
}

static int stop_at_once(void *user, const char *stage, size_t done, size_t total)
{
    int *calls = user;
    assert_string_equal(stage, "mesh");
    assert_true(done <= total && total == 100);
    return ++*calls >= 3;
}

static int never_stop(void *user, const char *stage, size_t done, size_t total)
{
    int *calls = user;
    (void)stage;
    (void)done;
    (void)total;
    ++*calls;
    return 0;
}

static void test_programs(void **state)
{
    (void)state;
    ali_shape shapes[] = {make_shape(ALI_SHAPE_SPHERE, 1), make_shape(ALI_SHAPE_SPHERE, 2)};
    ali_mesher_options options = usual_options();
    char path[256];
    int calls = 0;

    options.program = "/nonexistent/gmsh";
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "not for decks and ready meshes");
    options.program = path;
    write_program(path, "echo 'Error   : out of luck'; exit 1");
    expect_failure(1, shapes, options, ALICORN_E_INPUT, 101, "out of luck");
    write_program(path, "n=$(grep -n Sphere \"$1\" | tail -1 | cut -d: -f1)\n"
                        "echo \"Error   : '$1', line $n: no good\" >&2; exit 1");
    expect_failure(2, shapes, options, ALICORN_E_INPUT, 102, "the shape: no good");
    write_program(path, "exit 3");
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "exit status 3");
    write_program(path, "kill -9 $$");
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "signal 9");
    write_program(path, "exit 0");
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "wrote no mesh");
    write_program(path, "while [ \"$1\" != -o ]; do shift; done; echo '$MeshFormat' >\"$2\"");
    expect_failure(1, shapes, options, ALICORN_E_INPUT, 101, "no mesh of the shapes");

    /* it and its children are gone when the time is over */
    write_program(path, "sleep 60 & sleep 60");
    options.timeout_s = 0.2;
    double begin = ali_clock_seconds();
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "more than 0.2 s");
    assert_true(ali_clock_seconds() - begin < 5);
    options.timeout_s = 60;
    options.progress = stop_at_once;
    options.progress_user = &calls;
    begin = ali_clock_seconds();
    expect_failure(1, shapes, options, ALICORN_E_INTERRUPTED, 0, "interrupted");
    assert_int_equal(calls, 3);
    assert_true(ali_clock_seconds() - begin < 5);
    unlink(path);

    options = usual_options();
    options.temporary_directory = "/nonexistent";
    expect_failure(1, shapes, options, ALICORN_E_IO, 0, "/nonexistent");
}

static void test_progress(void **state)
{
    (void)state;
    NEED_GMSH();
    ali_shape shape = make_shape(ALI_SHAPE_SPHERE, 1);
    ali_mesher_options options = usual_options();
    ali_triangulation t;
    int calls = 0;
    options.progress = never_stop;
    options.progress_user = &calls;
    mesh(1, &shape, 0, NULL, options, &t);
    assert_true(calls > 0);
    ali_triangulation_clear(&t);
}

/** Nothing at all is no error. */
static void test_nothing(void **state)
{
    (void)state;
    ali_triangulation t;
    ali_mesher_options options = usual_options();
    assert_int_equal(ali_shape_mesh(0, NULL, 0, NULL, &options, &t, NULL), ALICORN_OK);
    assert_int_equal(t.triangle_count, 0);
}

/** Every run has removed its files. */
static void test_left_behind(void **state)
{
    (void)state;
    size_t count = 0;
    DIR *directory = opendir(scratch);
    for (const struct dirent *entry; (entry = readdir(directory));)
        count += entry->d_name[0] != '.';
    closedir(directory);
    assert_int_equal(count, 0);
    assert_int_equal(rmdir(scratch), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_fronts),
        cmocka_unit_test(test_without_keeping_volume),
        cmocka_unit_test(test_two_boxes),
        cmocka_unit_test(test_mast),
        cmocka_unit_test(test_plates_on_box),
        cmocka_unit_test(test_crossed_plates),
        cmocka_unit_test(test_spheres_on_cylinder),
        cmocka_unit_test(test_buried),
        cmocka_unit_test(test_embedded_points),
        cmocka_unit_test(test_step),
        cmocka_unit_test(test_bad_shapes),
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_left_behind),
    };
    if (!mkdtemp(scratch))
        return 1;
    char log[64];
    int status = 1;
    const char *const arguments[] = {"gmsh", "-version", NULL}, *const settings[] = {NULL};
    snprintf(log, sizeof log, "%s/log", scratch);
    const ali_program program = {
        .arguments = arguments, .settings = settings, .output = log, .timeout_s = 30};
    has_gmsh = ali_program_run(&program, &status, NULL) == ALICORN_OK && status == 0;
    unlink(log);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
