/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/places.h"
#include "surface_support.h"
#include "wire_support.h"

#include <math.h>

typedef struct bench {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_places places;
} bench;

static bench make_bench(ali_model *model, int degree, double wavenumber, bool ground)
{
    bench b = {.model = model};
    alicorn_error error = {0};
    ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
    ali_basis_options basis_options = {.degree = degree, .wavenumber = wavenumber};
    if (ali_mesh_create(model, &options, NULL, NULL, &b.mesh, &error) ||
        ali_basis_create(b.mesh, &basis_options, &b.basis, &error) ||
        ali_places_create(b.basis, &b.places, &error))
        fail_msg("%s", error.message);
    return b;
}

static void clear_bench(bench *b)
{
    ali_places_clear(&b->places);
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

/** What the lists by function (not by carrier) say about the support of one unknown. */
typedef struct extent {
    double reach;       /**< furthest point from the stated centre */
    ali_vec3 low, high; /**< box of the vertices */
    size_t elements, faces;
} extent;

static void add_vertex(extent *x, ali_vec3 centre, ali_vec3 p, double beyond)
{
    x->reach = fmax(x->reach, ali_vec3_distance(centre, p) + beyond);
    x->low = (ali_vec3){fmin(x->low.x, p.x), fmin(x->low.y, p.y), fmin(x->low.z, p.z)};
    x->high = (ali_vec3){fmax(x->high.x, p.x), fmax(x->high.y, p.y), fmax(x->high.z, p.z)};
}

static extent extent_of(const bench *b, size_t unknown)
{
    extent x = {.low = {1e9, 1e9, 1e9}, .high = {-1e9, -1e9, -1e9}};
    ali_vec3 centre = b->places.centre[unknown];
    const ali_surface_basis *surfaces = b->basis->surfaces;
    for (size_t i = surfaces->function_first[unknown]; i < surfaces->function_first[unknown + 1];
         i++, x.faces++)
        for (int v = 0; v < 3; v++)
            add_vertex(
                &x, centre,
                b->mesh->surfaces
                    ->vertices[b->mesh->surfaces->faces[surfaces->function_faces[i]].vertex[v]],
                0.0);
    if (unknown < b->basis->wire_first)
        return x;
    const ali_wire_basis *wires = b->basis->wires;
    size_t w = unknown - b->basis->wire_first;
    for (size_t i = wires->function_first[w]; i < wires->function_first[w + 1]; i++, x.elements++) {
        const ali_element *element = &b->mesh->wires->elements[wires->function_elements[i]];
        for (int side = 0; side < 2; side++) {
            double along = side ? element->half : -element->half;
            add_vertex(&x, centre, ali_vec3_axpy(element->mid, along, element->dir),
                       element->radius);
        }
    }
    return x;
}

/** Supports lie within their radius, which is no longer than that takes, around the middle of their
 * box. */
static void check_extents(const bench *b)
{
    assert_int_equal(b->places.count, b->basis->count);
    for (size_t f = 0; f < b->basis->count; f++) {
        extent x = extent_of(b, f);
        assert_true(x.reach > 0.0 && x.elements + x.faces > 0);
        assert_true(b->places.radius[f] >= x.reach * (1.0 - 1e-12));
        assert_true(b->places.radius[f] <= x.reach * (1.0 + 1e-12));
        ali_vec3 middle = ali_vec3_scale(0.5, ali_vec3_add(x.low, x.high));
        assert_true(ali_vec3_distance(middle, b->places.centre[f]) < 1e-12);
        assert_true(x.reach < 0.51 * ali_vec3_distance(x.low, x.high) + 0.011);
        assert_true(b->places.kind[f] < ALI_PLACE_KINDS);
    }
}

static size_t count_kind(const bench *b, int first, int last)
{
    size_t count = 0;
    for (size_t f = 0; f < b->places.count; f++)
        count += b->places.kind[f] >= first && b->places.kind[f] <= last;
    return count;
}

static void test_wires(void **state)
{
    (void)state;
    /* three straight wires of their own, and a star of four */
    ali_model *model = ali_model_create();
    add_wire(model, 4, (ali_vec3){0, 0, 3}, (ali_vec3){4, 0.5, 3}, 0.01);
    add_wire(model, 5, (ali_vec3){9, 0, 3}, (ali_vec3){9, 3, 4}, 0.01);
    add_wire(model, 6, (ali_vec3){20, 0, 8}, (ali_vec3){20, 1, 2}, 0.01);
    for (int i = 0; i < 4; i++)
        add_wire(model, 1, (ali_vec3){0, 30, 5}, (ali_vec3){cos(1.5 * i), 30 + sin(1.5 * i), 4.5},
                 0.005);
    for (int degree = 1; degree <= 4; degree++) {
        bench b = make_bench(model, degree, 1e3, false);
        check_extents(&b);
        /* elements without neighbours have degree 2 at least: here there are none */
        assert_int_equal(count_kind(&b, ALI_PLACE_ROOFTOP, ALI_PLACE_ROOFTOP + 2), 3 + 4 + 5 + 3);
        assert_int_equal(count_kind(&b, ALI_PLACE_BUBBLE, ALI_PLACE_BUBBLE + 2),
                         (degree - 1) * (4 + 5 + 6 + 4));
        assert_true(count_kind(&b, ALI_PLACE_ROOFTOP + 1, ALI_PLACE_ROOFTOP + 1) >= 4);
        assert_true(count_kind(&b, ALI_PLACE_ROOFTOP + 2, ALI_PLACE_ROOFTOP + 2) >= 5);
        for (size_t w = 0; w < b.basis->wires->count; w++) {
            ali_vec3 c = b.places.centre[w];
            int axis = b.places.kind[w] % 3;
            if (c.y < 29.0) /* each straight wire has its axis */
                assert_int_equal(axis, c.x < 5 ? 0 : c.x < 10 ? 1 : 2);
        }
        b.model = NULL;
        clear_bench(&b);
    }
    ali_model_destroy(model);
}

static void test_loops(void **state)
{
    (void)state;
    static const ali_vec3 corner[] = {{0, 0, 1}, {1, 0, 1}, {1, 2, 1}, {0, 2, 1}, {5, 0, 1}};
    static const int edge[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {1, 4}};
    ali_model *model = wire_frame(corner, edge, 5, 3, 0.01);
    bench b = make_bench(model, 2, 1e-4, false); /* so low that the loop is small */
    check_extents(&b);
    assert_int_equal(count_kind(&b, ALI_PLACE_LOOP, ALI_PLACE_LOOP), 1);
    for (size_t f = 0; f < b.places.count; f++)
        if (b.places.kind[f] == ALI_PLACE_LOOP) {
            assert_int_equal(extent_of(&b, f).elements, 12);
            assert_close(b.places.centre[f].x, 0.5, 1e-12);
            assert_close(b.places.centre[f].y, 1.0, 1e-12);
            assert_close(b.places.radius[f], sqrt(1.25) + 0.01, 1e-12);
        }
    clear_bench(&b);
}

static void test_faces(void **state)
{
    (void)state;
    /* a cube: every direction occurs, on four sides */
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){1, 2, 3}, (ali_vec3){1, 1, 1}, 3, 63);
    bench b = make_bench(model, 1, 1.0, false);
    check_extents(&b);
    assert_int_equal(count_kind(&b, ALI_PLACE_EDGE, ALI_PLACE_EDGE + 2), b.basis->count);
    for (int axis = 0; axis < 3; axis++)
        assert_true(count_kind(&b, ALI_PLACE_EDGE + axis, ALI_PLACE_EDGE + axis) > 20);
    clear_bench(&b);

    /* a plate whose cells are long in x: whatever crosses their long sides flows along y */
    model = ali_model_create();
    add_plate(model, "strip", (ali_vec3){0, 0, 0}, (ali_vec3){9, 0, 0}, (ali_vec3){0, 0.3, 0}, 3,
              3);
    bench strip = make_bench(model, 1, 1.0, false);
    check_extents(&strip);
    const ali_surface_mesh *mesh = strip.mesh->surfaces;
    for (size_t f = 0; f < strip.basis->count; f++) {
        const ali_face_edge *edge = &mesh->edges[strip.basis->surfaces->function_edge[f]];
        ali_vec3 along =
            ali_vec3_sub(mesh->vertices[edge->vertex[1]], mesh->vertices[edge->vertex[0]]);
        if (along.x == 0.0) /* a short side: current goes from one long cell to the next */
            assert_int_equal(strip.places.kind[f], ALI_PLACE_EDGE + 0);
        assert_true(strip.places.kind[f] != ALI_PLACE_EDGE + 2);
    }
    clear_bench(&strip);
}

static void test_attached_wires(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_plate(model, "plate", (ali_vec3){-0.5, -0.5, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0},
              4, 4);
    add_wire(model, 3, (ali_vec3){0, 0, 0}, (ali_vec3){0.1, 0, 0.6}, 1e-3);
    add_wire(model, 4, (ali_vec3){0.3, 0.2, -0.4}, (ali_vec3){0.3, 0.2, 0.4},
             1e-3); /* goes through */
    bench b = make_bench(model, 1, 1.0, false);
    check_extents(&b);
    assert_int_equal(b.mesh->attachment_count, 2);
    assert_int_equal(count_kind(&b, ALI_PLACE_FAN, ALI_PLACE_FAN + 2), 3);
    for (size_t f = 0; f < b.places.count; f++) {
        extent x = extent_of(&b, f);
        bool fan = x.elements > 0 && x.faces > 0;
        assert_int_equal(b.places.kind[f] >= ALI_PLACE_FAN && b.places.kind[f] < ALI_PLACE_LOOP,
                         fan);
        if (fan) /* up or down the wire, and evenly to all sides */
            assert_int_equal(b.places.kind[f], ALI_PLACE_FAN + 2);
    }
    clear_bench(&b);
}

static void test_images_are_no_part(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 3, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 3}, 0.01);
    bench b = make_bench(model, 1, 1.0, true);
    check_extents(&b);
    assert_int_equal(b.basis->count, 3);
    double lowest = 9.0;
    for (size_t f = 0; f < 3; f++)
        lowest = fmin(lowest, b.places.centre[f].z);
    assert_close(lowest, 0.5, 1e-12); /* the half rooftop at the ground */
    clear_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),
        cmocka_unit_test(test_loops),
        cmocka_unit_test(test_faces),
        cmocka_unit_test(test_attached_wires),
        cmocka_unit_test(test_images_are_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
