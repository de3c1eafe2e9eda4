/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_ground.h"

#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Points on faces in between, both above, from a distance on and up to an electrical size. */
static const struct {
    double ratio, phase;
    int points;
} rules[] = {{5.0, 0.45, 3}, {3.3, 0.9, 7}, {0.0, HUGE_VAL, 12}};

/** Gauss points on an element, by the same distance. */
enum { TUBE_NEAR = 12, TUBE_MIDDLE = 4 };

struct ali_face_ground {
    const ali_face_source *source;
    ali_ground_triangle_work *work;
    double depth_wavenumber;                             /**< of the medium [rad/m] */
    size_t capacity;                                     /**< of the ratios */
    double *re[ALI_GROUND_PARTS], *im[ALI_GROUND_PARTS]; /**< of the ratios */
    double *middle[3];                                   /**< moved where they are close */
};

ali_face_ground *ali_face_ground_create(const ali_ground_kernel *kernel,
                                        const ali_face_source *source)
{
    ali_face_ground *ground = calloc(1, sizeof *ground);
    if (!ground)
        return NULL;
    ground->source = source;
    ground->depth_wavenumber = cabs(kernel->wavenumber);
    ground->work = ali_ground_triangle_work_create(kernel, source->k);
    if (!ground->work) {
        ali_face_ground_destroy(ground);
        return NULL;
    }
    return ground;
}

void ali_face_ground_destroy(ali_face_ground *ground)
{
    if (!ground)
        return;
    ali_ground_triangle_work_destroy(ground->work);
    free(ground->re[0]);
    free(ground->middle[0]);
    free(ground);
}

ali_ground_triangle_work *ali_face_ground_work(ali_face_ground *ground)
{
    return ground->work;
}

static int reserve(ali_face_ground *ground, size_t places)
{
    if (places <= ground->capacity)
        return 0;
    free(ground->re[0]);
    free(ground->middle[0]);
    ground->capacity = 0;
    ground->re[0] = ali_calloc_aligned(2 * ALI_GROUND_PARTS * places, sizeof **ground->re);
    ground->middle[0] = ali_calloc_aligned(3 * places, sizeof **ground->middle);
    if (!ground->re[0] || !ground->middle[0])
        return -1;
    for (size_t p = 0; p < ALI_GROUND_PARTS; p++) {
        ground->re[p] = ground->re[0] + p * places;
        ground->im[p] = ground->re[0] + (ALI_GROUND_PARTS + p) * places;
    }
    for (size_t c = 1; c < 3; c++)
        ground->middle[c] = ground->middle[0] + c * places;
    ground->capacity = places;
    return 0;
}

/** Points on faces of a pair above the ground. */
static ali_ground_rule air_rule(const ali_face_ground *ground, double distance, double reach)
{
    double k =
        ali_half_space_rule_wavenumber(ground->source->k, ground->depth_wavenumber, distance);
    int row = 0;
    while (distance < rules[row].ratio * reach || k * reach > rules[row].phase)
        row++;
    return (ali_ground_rule){rules[row].points, 1};
}

/* ---- faces ---- */

/** One face against those of a group. */
typedef struct ground_run {
    ali_face_ground *ground;
    ali_face_batch *batch;
    const ali_edge_pair *pair;
    size_t face;
    ali_flat_triangle triangle;
    ali_vec3 middle, image; /**< the middle, and its image */
    double reach;           /**< largest distance of a corner from it [m] */
    double complex *value;
} ground_run;

static ali_flat_triangle triangle_at(const ali_face_batch *batch, size_t place)
{
    return ali_face_triangle(batch->source->mesh->surfaces, batch->face[place]);
}

/** Add the values of one pair from its moments. With U_a = u_a - u_2 of one's corners and V_b of
 *  the other's, sum_ab K_ab(U_a - U_i, V_b - V_j) in four sums, so that nothing is done nine times.
 */
static void add_edges(const ground_run *run, const ali_flat_triangle *other, size_t place,
                      const double complex m[ALI_GROUND_PARTS][3][3])
{
    const ali_edge_pair *pair = run->pair;
    ali_vec3 u[3], v[3];
    double complex row[3][ALI_GROUND_PARTS] = {{0}}, column[3][ALI_GROUND_PARTS] = {{0}};
    double complex all[ALI_GROUND_PARTS] = {0}, both = 0.0, own[3] = {0}, others[3] = {0};
    for (int i = 0; i < 3; i++) {
        u[i] = ali_vec3_sub(run->triangle.vertex[i], run->triangle.vertex[2]);
        v[i] = ali_vec3_sub(other->vertex[i], other->vertex[2]);
    }
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            double complex part[ALI_GROUND_PARTS];
            for (int p = 0; p < ALI_GROUND_PARTS; p++) {
                part[p] = m[p][a][b];
                row[a][p] += part[p];
                column[b][p] += part[p];
                all[p] += part[p];
            }
            both += ali_ground_product(part, u[a], v[b]);
        }
    for (int i = 0; i < 2; i++)
        for (int b = 0; b < 2; b++) {
            own[i] += ali_ground_product(column[b], u[i], v[b]);
            others[i] += ali_ground_product(row[b], u[b], v[i]);
        }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            double complex vector = both - own[i] - others[j] + ali_ground_product(all, u[i], v[j]);
            double complex sum = 0.25 * pair->vector * vector + pair->scalar * all[ALI_GROUND_PHI];
            run->value[i * pair->row + j * pair->column + place] +=
                I * (pair->own_length[i] * run->batch->length[j][place]) * sum;
        }
}

/** Moments between two faces without shares of the wave, the smaller face first or, of equal ones,
 *  the lower: whoever asks gets the same numbers. */
static void pair_moments(const ground_run *run, const ali_flat_triangle *other, size_t place,
                         const ali_ground_view *view, ali_ground_pair_moments m)
{
    size_t face = run->batch->face[place];
    double reach = run->batch->reach[place];
    bool swapped = reach < run->reach || (reach == run->reach && face < run->face);
    ali_ground_triangle_work *work = run->ground->work;
    if (!swapped)
        ali_ground_triangles(work, &run->triangle, other, view, m);
    if (!swapped && face != run->face)
        return;
    ali_ground_view back = ali_ground_view_back(view);
    ali_ground_pair_moments transposed;
    if (swapped)
        ali_ground_triangles(work, other, &run->triangle, &back, transposed);
    else
        memcpy(transposed, m, sizeof transposed);
    for (int p = 0; p < ALI_GROUND_PARTS; p++)
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) {
                bool odd = p == ALI_GROUND_X || p == ALI_GROUND_Y;
                double complex turned = odd ? -transposed[p][b][a] : transposed[p][b][a];
                /* a face with itself: the mean of both */
                m[p][a][b] = swapped ? turned : 0.5 * (m[p][a][b] + turned);
            }
}

/** One pair whose kernels' ratios do not suffice: what shares of the image's wave leave, the ratios
 *  between the middles or, of near pairs, others, which take their places. */
static void do_close(const ground_run *run, size_t place, double distance)
{
    const ali_face_batch *batch = run->batch;
    ali_face_ground *ground = run->ground;
    double reach = fmax(run->reach, batch->reach[place]);
    ali_ground_rule rule = air_rule(ground, distance, reach);
    ali_ground_view view = {.way = ALI_WAY_AIR_IMAGE,
                            .distance = ali_ground_distance_of(distance, reach),
                            .rule = {rule, rule}};
    bool near = view.distance == ALI_GROUND_NEAR;
    ali_ground_pair_moments m;
    ali_flat_triangle other = triangle_at(batch, place);
    if (near)
        ali_ground_near_shares(ground->work, view.way, reach, view.share);
    for (int p = 0; p < ALI_GROUND_PARTS; p++)
        if (near) {
            ground->re[p][place] = creal(view.share[p]);
            ground->im[p][place] = cimag(view.share[p]);
        } else {
            view.share[p] = CMPLX(ground->re[p][place], ground->im[p][place]);
        }
    pair_moments(run, &other, place, &view, m);
    add_edges(run, &other, place, (const double complex(*)[3][3])m);
}

/** Add the image's moments times the ratios, of all pairs from `from` to `end`. */
static void add_image(const ground_run *run, const ali_shape_kernel *kernel, size_t from,
                      size_t end)
{
    const ali_face_batch *batch = run->batch;
    ali_edge_pair pair = *run->pair;
    ali_edge_ratios ratios;
    pair.count = end - from;
    pair.re = batch->re + from;
    pair.im = batch->im + from;
    pair.stride = batch->places;
    for (int i = 0; i < 3; i++) {
        pair.length[i] = batch->length[i] + from;
        for (int c = 0; c < 3; c++)
            pair.vertex[i][c] = batch->vertex[i][c] + from;
    }
    for (int p = 0; p < ALI_GROUND_PARTS; p++) {
        ratios.re[p] = run->ground->re[p] + from;
        ratios.im[p] = run->ground->im[p] + from;
    }
    kernel->reflected(&pair, &ratios, run->value + from);
}

static ali_vec3 middle_at(const ground_run *run, size_t place)
{
    double *const *middle = run->batch->middle;
    return (ali_vec3){middle[0][place], middle[1][place], middle[2][place]};
}

/** Distance of the middle in a place from the image of the face's. */
static double image_distance(const ground_run *run, size_t place)
{
    return ali_vec3_distance(run->image, middle_at(run, place));
}

static bool in_soil(const ground_run *run, size_t place)
{
    return run->batch->middle[2][place] < 0.0;
}

/** The face and those that are above as well. */
static void add_above(const ground_run *run, const ali_shape_kernel *kernel,
                      const ali_face_group *group, size_t from)
{
    ali_face_ground *ground = run->ground;
    const ali_face_batch *batch = run->batch;
    size_t end = group->first + group->count;
    ali_face_batch_run(run->batch, ALI_FACE_MOMENTS, group, from, run->face, true);
    /* pairs that are near have no use for ratios, which might not exist */
    double lift = run->reach;
    for (size_t place = from; place < end; place++) {
        ali_vec3 middle = middle_at(run, place);
        ground->middle[0][place] = middle.x;
        ground->middle[1][place] = middle.y;
        ground->middle[2][place] = fabs(middle.z);
        if (image_distance(run, place) < 0.1 * lift || middle.z < 0.0)
            ground->middle[2][place] += lift;
    }
    const double *const to[3] = {ground->middle[0] + from, ground->middle[1] + from,
                                 ground->middle[2] + from};
    double *re[ALI_GROUND_PARTS], *im[ALI_GROUND_PARTS];
    for (int p = 0; p < ALI_GROUND_PARTS; p++) {
        re[p] = ground->re[p] + from;
        im[p] = ground->im[p] + from;
    }
    ali_ground_ratios(ground->work, run->middle, end - from, to, 0.0, re, im);
    for (size_t place = from; place < end; place++) {
        double distance = image_distance(run, place);
        double reach = fmax(run->reach, batch->reach[place]);
        for (int p = 0; p < ALI_GROUND_PARTS && in_soil(run, place); p++)
            ground->re[p][place] = ground->im[p][place] = 0.0;
        if (!in_soil(run, place) && ali_ground_distance_of(distance, reach) != ALI_GROUND_FAR)
            do_close(run, place, distance);
    }
    add_image(run, kernel, from, end);
}

/** Add one way of a pair of which one face at least is in the soil. The batch has the moments of
 *  the air's wave. */
static void add_way(const ground_run *run, size_t place, ali_ground_way way)
{
    const ali_face_batch *batch = run->batch;
    bool image = ali_ground_way_is_image(way);
    ali_flat_triangle other = triangle_at(batch, place);
    ali_flat_triangle seen = image ? ali_triangle_mirror(run->triangle) : run->triangle;
    const bool soil[2] = {run->middle.z < 0.0, in_soil(run, place)};
    const double reach[2] = {run->reach, batch->reach[place]};
    double distance = ali_vec3_distance(image ? run->image : run->middle, middle_at(run, place));
    double gap = ali_ground_distance_of(distance, fmax(reach[0], reach[1])) == ALI_GROUND_NEAR
                     ? ali_triangle_distance(&seen, &other)
                     : distance;
    ali_ground_view view = ali_ground_view_of(run->ground->work, way, soil, reach, distance, gap);
    ali_ground_pair_moments m;
    pair_moments(run, &other, place, &view, m);
    for (size_t i = 0; i < 9; i++) {
        size_t at = i * batch->places + place;
        double complex wave = CMPLX(batch->re[at], batch->im[at]);
        for (int p = 0; p < ALI_GROUND_PARTS; p++)
            m[p][i / 3][i % 3] += view.share[p] * wave;
    }
    add_edges(run, &other, place, (const double complex(*)[3][3])m);
}

/** Pairs of which one face at least is in the soil, in place of what stands there. */
static void set_below(const ground_run *run, const ali_face_group *group, size_t from)
{
    size_t end = group->first + group->count;
    bool soil = run->middle.z < 0.0, any = soil;
    for (size_t place = from; place < end; place++) {
        any = any || in_soil(run, place);
        for (size_t i = 0; i < 9 && (soil || in_soil(run, place)); i++)
            run->value[i / 3 * run->pair->row + i % 3 * run->pair->column + place] = 0.0;
    }
    for (int image = 0; image < 2 && any; image++) {
        if (image && !soil)
            continue;
        ali_face_batch_run(run->batch, ALI_FACE_MOMENTS, group, from, run->face, image);
        for (size_t place = from; place < end; place++) {
            ali_ground_way way;
            if (ali_ground_way_of(soil, in_soil(run, place), image, &way) &&
                way != ALI_WAY_AIR_IMAGE)
                add_way(run, place, way);
        }
    }
}

int ali_face_ground_edges(ali_face_ground *ground, ali_face_batch *batch,
                          const ali_shape_kernel *kernel, const ali_edge_pair *pair,
                          const ali_face_group *group, size_t from, size_t face,
                          double complex *value)
{
    ground_run run = {.ground = ground, .batch = batch, .pair = pair, .face = face, .value = value};
    if (from >= group->first + group->count)
        return 0;
    if (reserve(ground, batch->places))
        return -1;
    run.triangle = ali_face_triangle(batch->source->mesh->surfaces, face);
    run.reach = ali_triangle_reach(&run.triangle);
    run.middle = ali_triangle_middle(&run.triangle);
    run.image = ali_vec3_mirror_z(run.middle);
    if (run.middle.z >= 0.0)
        add_above(&run, kernel, group, from);
    set_below(&run, group, from);
    return 0;
}

/* ---- elements ---- */

/** Add what is seen of the face from points along an element. */
static void add_tube_points(ali_face_ground *ground, const ali_flat_triangle *triangle,
                            const ali_element *element, int order, const ali_ground_view *view,
                            ali_ground_tube_moments m)
{
    int n = (view->distance == ALI_GROUND_NEAR ? TUBE_NEAR : TUBE_MIDDLE) + order / 2;
    /* seen from the element, rho^ points to the face */
    ali_ground_view back = ali_ground_view_back(view);
    for (int i = 0; i < n; i++) {
        double u = ali_gauss_node(n)[i], weight = ali_gauss_weight(n)[i] * element->half;
        double legendre[ALI_TUBE_ORDER_MAX + 1];
        double complex value[ALI_GROUND_PARTS][3];
        ali_ground_point_triangle(ground->work,
                                  ali_vec3_axpy(element->mid, u * element->half, element->dir),
                                  triangle, &back, element->radius * element->radius, value);
        ali_legendre(u, order, legendre);
        for (int p = 0; p < ALI_GROUND_PARTS; p++) {
            double sense = p == ALI_GROUND_X || p == ALI_GROUND_Y ? -weight : weight;
            for (int a = 0; a < 3; a++)
                for (int q = 0; q <= order; q++)
                    m[p][a][q] += sense * legendre[q] * value[p][a];
        }
    }
}

bool ali_face_ground_tube(ali_face_ground *ground, const ali_tube_batch *batch, size_t face,
                          size_t place, bool image, ali_ground_tube_moments moments)
{
    const ali_mesh *mesh = ground->source->mesh;
    const ali_element *element = &mesh->wires->elements[batch->element[place]];
    ali_flat_triangle triangle = ali_face_triangle(mesh->surfaces, face);
    ali_vec3 middle = ali_triangle_middle(&triangle);
    const bool soil[2] = {middle.z < 0.0, ali_element_in_soil(element)};
    const double reach[2] = {ali_triangle_reach(&triangle), batch->reach[place]};
    ali_ground_view view;
    if (!ali_ground_way_of(soil[0], soil[1], image, &view.way))
        return false;
    double distance = ali_vec3_distance(image ? ali_vec3_mirror_z(middle) : middle, element->mid);
    if (view.way == ALI_WAY_AIR_IMAGE) {
        double largest = fmax(reach[0], reach[1]);
        view.distance = ali_ground_distance_of(distance, largest);
        view.rule[0] = view.rule[1] = air_rule(ground, distance, largest);
        if (view.distance == ALI_GROUND_NEAR)
            ali_ground_near_shares(ground->work, view.way, largest, view.share);
        else
            ali_ground_ratio(ground->work, middle, element->mid, element->radius * element->radius,
                             view.share);
    } else {
        view = ali_ground_view_of(ground->work, view.way, soil, reach, distance, 0.0);
    }
    memset(moments, 0, sizeof(ali_ground_tube_moments));
    if (view.distance != ALI_GROUND_FAR)
        add_tube_points(ground, &triangle, element, batch->order, &view, moments);
    for (int a = 0; a < 3; a++)
        for (int q = 0; q <= batch->order; q++) {
            size_t at = (size_t)(a * (batch->order + 1) + q) * batch->places + place;
            double complex wave = CMPLX(batch->re[at], batch->im[at]);
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                moments[p][a][q] += view.share[p] * wave;
        }
    return true;
}
