/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_moments.h"

#include "base/constants.h"
#include "green/half_space.h"
#include "math/quadrature.h"
#include "math/small_dense.h"
#include "operator/excitation.h"
#include "operator/probe.h"
#include "operator/wire_operator.h"
#include "random.h"
#include "wire_support.h"

#include <math.h>

/** Wires above z = 0 and what is computed of them. */
typedef struct fixture {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    ali_near *near;
    double k;
    size_t functions; /**< unknowns and probes */
} fixture;

/** A level wire low above the ground, a slanted one, an upright one and a bent one. */
static void set_up(fixture *f, int degree, double k)
{
    static const ali_vec3 corner[] = {{0, 0, 0.1}, {1, 0.3, 0.1},   {1.2, 0, 0.2},
                                      {2, 1, 0.9}, {0.5, 0.5, 0.3}, {0.5, 0.5, 1.4},
                                      {3, 0, 1},   {3.4, 0.4, 1.2}, {3.4, 0.4, 0.25}};
    static const int edge[][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {7, 8}};
    *f = (fixture){.k = k};
    f->model = wire_frame(corner, edge, sizeof edge / sizeof *edge, 4, 0.002);
    f->mesh = make_mesh(f->model, (ali_mesh_options){.refine = 1, .ground = true});
    f->basis = make_basis(f->mesh, degree, k);
    f->functions = f->basis->count + f->mesh->element_count;
    unsigned char *order = calloc(f->mesh->element_count, 1);
    assert_non_null(order);
    for (size_t e = 0; e < f->mesh->element_count; e++)
        order[e] = (unsigned char)(degree + 1);
    assert_int_equal(ali_near_create(f->mesh, order, true, 1, &f->near, NULL), ALICORN_OK);
    free(order);
}

static void tear_down(fixture *f)
{
    ali_near_destroy(f->near);
    ali_wire_basis_destroy(f->basis);
    ali_wire_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

static ali_wire_operator *make_operator(const fixture *f, const ali_ground_kernel *half_space)
{
    ali_wire_operator_setup setup = {.basis = f->basis,
                                     .near = f->near,
                                     .omega = f->k * ALI_C0,
                                     .ground = half_space ? ALI_GROUND_SOMMERFELD : ALI_GROUND_PEC,
                                     .half_space = half_space};
    ali_wire_operator *operator= NULL;
    assert_int_equal(ali_wire_operator_create(&setup, &operator, NULL), ALICORN_OK);
    return operator;
}

/* ---- kernels that are known ---- */

static void no_values(const void *context, ali_ground_sides sides, size_t count, const double *rho,
                      const double *height, const double *depth, const ali_ground_values *values)
{
    (void)context;
    (void)sides;
    (void)rho;
    (void)height;
    (void)depth;
    for (size_t i = 0; i < count; i++)
        values->xx[i] = values->zz[i] = values->zx[i] = values->phi[i] = 0.0;
}

static double complex image_at(double k, double rho, double height)
{
    double r = hypot(rho, height);
    return cexp(-I * k * r) / (4.0 * ALI_PI * r);
}

/** A perfect conductor by values instead of shares. */
static void pec_values(const void *context, ali_ground_sides sides, size_t count, const double *rho,
                       const double *height, const double *depth, const ali_ground_values *values)
{
    assert_int_equal(sides, ALI_GROUND_AIR);
    (void)depth;
    for (size_t i = 0; i < count; i++) {
        double complex g = image_at(*(const double *)context, rho[i], height[i]);
        values->xx[i] = values->phi[i] = -g;
        values->zz[i] = g;
        values->zx[i] = 0.0;
    }
}

/** All kernels different, and a coupling like that of the static image. */
static void coupled_values(const void *context, ali_ground_sides sides, size_t count,
                           const double *rho, const double *height, const double *depth,
                           const ali_ground_values *values)
{
    assert_int_equal(sides, ALI_GROUND_AIR);
    (void)depth;
    for (size_t i = 0; i < count; i++) {
        double complex g = image_at(*(const double *)context, rho[i], height[i]);
        values->xx[i] = (0.3 - 0.2 * I) * g;
        values->zz[i] = (0.1 + 0.7 * I) * g;
        values->zx[i] = 0.4 * g * rho[i] / (hypot(rho[i], height[i]) + height[i]);
        values->phi[i] = (-0.8 + 0.1 * I) * g;
    }
}

/* ---- against a perfect conductor ---- */

static double complex *fill(const fixture *f, const ali_ground_kernel *half_space)
{
    size_t n = f->functions;
    ali_wire_operator *operator= make_operator(f, half_space);
    double complex *z = calloc(n * n, sizeof *z);
    assert_non_null(z);
    assert_int_equal(ali_wire_operator_fill(operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
    ali_wire_operator_destroy(operator);
    return z;
}

static void compare(const fixture *f, const ali_ground_kernel *kernel, double tolerance)
{
    size_t n = f->functions;
    double complex *wanted = fill(f, NULL), *z = fill(f, kernel);
    double largest = 0.0;
    for (size_t i = 0; i < n * n; i++)
        largest = fmax(largest, cabs(wanted[i]));
    for (size_t i = 0; i < n * n; i++)
        assert_close(z[i], wanted[i], tolerance * largest);
    free(wanted);
    free(z);
}

/** A ground with the image of a perfect conductor and nothing else is one; so is one with its
 * kernels for the rest, as far as Gauss's rules go that are made for smaller and smoother ones. */
static void test_perfect_ground(void **state)
{
    (void)state;
    for (int degree = 1; degree <= 3; degree++) {
        fixture f;
        set_up(&f, degree, 0.8 * degree);
        ali_ground_kernel shares = {
            .image = {{-1.0, 1.0, -1.0}}, .wavenumber = f.k, .evaluate = no_values};
        compare(&f, &shares, 1e-14);
        ali_ground_kernel values = {.wavenumber = f.k, .evaluate = pec_values, .context = &f.k};
        compare(&f, &values, 2e-5);
        tear_down(&f);
    }
}

static void test_probes(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, 2, 1.1);
    ali_ground_kernel kernel = {
        .image = {{-1.0, 1.0, -1.0}}, .wavenumber = f.k, .evaluate = no_values};
    size_t n = f.functions, elements = f.mesh->element_count;
    size_t *element = calloc(elements, sizeof *element);
    double complex *v[2];
    uint64_t random = 5;
    assert_non_null(element);
    for (size_t e = 0; e < elements; e++)
        element[e] = e;
    for (int i = 0; i < 2; i++) {
        v[i] = calloc(n, sizeof *v[i]);
        assert_non_null(v[i]);
    }
    for (size_t m = 0; m < f.basis->count; m++)
        v[0][m] = v[1][m] = next_complex(&random);
    for (int i = 0; i < 2; i++) {
        ali_wire_operator *operator= make_operator(&f, i == 0 ? NULL : &kernel);
        assert_int_equal(ali_wire_operator_probe(operator, elements, element, 1, n, v[i], 1, NULL),
                         ALICORN_OK);
        ali_wire_operator_destroy(operator);
    }
    double largest = 0.0;
    for (size_t i = f.basis->count; i < n; i++)
        largest = fmax(largest, cabs(v[0][i]));
    assert_true(largest > 0.0);
    for (size_t i = f.basis->count; i < n; i++)
        assert_close(v[1][i], v[0][i], 1e-13 * largest);
    free(element);
    free(v[0]);
    free(v[1]);
    tear_down(&f);
}

/* ---- pair by pair ---- */

enum { POINTS = 40 };

/** Moments of a pair by many points: the definition in ground_moments.h. */
static void slow_moments(const ali_ground_kernel *kernel, const ali_element *source,
                         const ali_element *observer, int p, int q, double complex *vector,
                         double complex *scalar)
{
    double node[POINTS], weight[POINTS];
    ali_gauss_legendre(POINTS, node, weight);
    *vector = *scalar = 0.0;
    for (int i = 0; i < POINTS; i++)
        for (int j = 0; j < POINTS; j++) {
            ali_vec3 from = ali_vec3_axpy(source->mid, source->half * node[i], source->dir);
            ali_vec3 to = ali_vec3_axpy(observer->mid, observer->half * node[j], observer->dir);
            double x = to.x - from.x, y = to.y - from.y, rho = hypot(x, y), height = to.z + from.z;
            double complex xx, zz, zx, phi;
            ali_ground_values values = {&xx, &zz, &zx, &phi};
            double depth = 0.0;
            kernel->evaluate(kernel->context, ALI_GROUND_AIR, 1, &rho, &height, &depth, &values);
            double u[ALI_MOMENT_SIZE], v[ALI_MOMENT_SIZE];
            ali_legendre(node[i], ALI_MOMENT_SIZE - 1, u);
            ali_legendre(node[j], ALI_MOMENT_SIZE - 1, v);
            double w = weight[i] * weight[j] * source->half * observer->half * u[p] * v[q];
            ali_vec3 s = source->dir, t = observer->dir;
            /* A_x, A_y, A_z of the source's current at the observer */
            double complex a_rho = -zx * s.z;
            double complex a_x = xx * s.x + (rho > 0 ? a_rho * x / rho : 0.0);
            double complex a_y = xx * s.y + (rho > 0 ? a_rho * y / rho : 0.0);
            double complex a_z = zz * s.z + (rho > 0 ? zx * (s.x * x + s.y * y) / rho : 0.0);
            *vector += w * (t.x * a_x + t.y * a_y + t.z * a_z);
            *scalar += w * phi;
        }
}

static void test_moments(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, 2, 1.3);
    ali_ground_kernel kernel = {.wavenumber = 3 * f.k, .evaluate = coupled_values, .context = &f.k};
    size_t count = f.mesh->element_count;
    size_t *element = calloc(count, sizeof *element);
    unsigned char *orders = calloc(count, 1);
    assert_non_null(element);
    assert_non_null(orders);
    for (size_t e = 0; e < count; e++) {
        element[e] = e;
        orders[e] = 3;
    }
    ali_moment_source source;
    ali_moment_batch *batch;
    ali_ground_moments ground = {0};
    assert_int_equal(ali_moment_source_create(f.basis, f.near, f.k, &source, NULL), ALICORN_OK);
    assert_int_equal(
        ali_moment_batch_create(&source, ALI_MOMENT_FULL, count, element, orders, 3, &batch, NULL),
        ALICORN_OK);
    assert_int_equal(ali_ground_moments_create(batch, 3, &ground), 0);
    for (size_t e = 0; e < count; e++)
        for (size_t g = 0; g < batch->group_count; g++) {
            const ali_moment_group *group = &batch->groups[g];
            ali_moment_batch_run(batch, group, group->first, e, 3, true);
            ali_ground_moments_run(&ground, &kernel, batch, group, group->first, e, 3, true);
            for (size_t place = group->first; place < group->first + group->count; place++) {
                const ali_element *a = &f.mesh->elements[e];
                const ali_element *b = &f.mesh->elements[batch->element[place]];
                double unit = a->half * b->half /
                              (ALI_PI * ali_vec3_distance(a->mid, ali_vec3_mirror_z(b->mid)));
                /* of far pairs the probes' highest moments are nothing, and left out */
                for (int p = 0; p <= 2; p++)
                    for (int q = 0; q <= 2; q++) {
                        double complex vector, scalar;
                        size_t at = (size_t)(p * 4 + q) * batch->places + place;
                        slow_moments(&kernel, a, b, p, q, &vector, &scalar);
                        assert_close(CMPLX(batch->re[at], batch->im[at]), vector, 1e-4 * unit);
                        assert_close(CMPLX(ground.re[at], ground.im[at]), scalar, 1e-4 * unit);
                    }
            }
        }
    ali_ground_moments_clear(&ground);
    ali_moment_batch_destroy(batch);
    ali_moment_source_clear(&source);
    free(element);
    free(orders);
    tear_down(&f);
}

/** Part of a vector moment that the coupling of level and upright currents has, by panels that
 * halve towards the place u of the source and v of the observer, -1 or 1 each. */
static double complex slow_coupling(const ali_ground_kernel *kernel, const ali_element *source,
                                    double u, const ali_element *observer, double v)
{
    enum { HALVES = 16, RULE = 6 };
    double node[RULE], weight[RULE], place[HALVES * RULE], share[HALVES * RULE];
    ali_gauss_legendre(RULE, node, weight);
    for (int panel = 0; panel < HALVES; panel++) {
        double high = ldexp(2.0, -panel), low = panel + 1 < HALVES ? 0.5 * high : 0.0;
        for (int i = 0; i < RULE; i++) {
            place[panel * RULE + i] = 0.5 * (low + high) + 0.5 * (high - low) * node[i];
            share[panel * RULE + i] = 0.5 * (high - low) * weight[i];
        }
    }
    double complex sum = 0.0;
    double rings = source->radius * source->radius + observer->radius * observer->radius;
    for (int i = 0; i < HALVES * RULE; i++)
        for (int j = 0; j < HALVES * RULE; j++) {
            ali_vec3 from =
                ali_vec3_axpy(source->mid, source->half * u * (1.0 - place[i]), source->dir);
            ali_vec3 to =
                ali_vec3_axpy(observer->mid, observer->half * v * (1.0 - place[j]), observer->dir);
            double x = to.x - from.x, y = to.y - from.y, rho = hypot(x, y);
            double ring = sqrt(rho * rho + rings), height = to.z + from.z, depth = 0.0;
            double complex xx, zz, zx, phi;
            ali_ground_values values = {&xx, &zz, &zx, &phi};
            kernel->evaluate(kernel->context, ALI_GROUND_AIR, 1, &ring, &height, &depth, &values);
            ali_vec3 s = source->dir, t = observer->dir;
            sum += share[i] * share[j] * zx *
                   (t.z * (x * s.x + y * s.y) - s.z * (x * t.x + y * t.y)) / rho;
        }
    return sum * source->half * observer->half;
}

/** An upright and a level wire that meet just above the ground, or touch it: the coupling is as
 * singular as 1/R. */
static void test_corner(void **state)
{
    (void)state;
    static const int edge[][2] = {{0, 1}, {0, 2}};
    const double heights[] = {0.1, 0.01, 1e-3, 1e-4, 0.0};
    for (size_t h = 0; h < sizeof heights / sizeof *heights; h++) {
        ali_vec3 corner[] = {{0, 0, heights[h]}, {0, 0, heights[h] + 0.6}, {0.8, 0, heights[h]}};
        fixture f = {.k = 0.5};
        f.model = wire_frame(corner, edge, 2, 1, 1e-3);
        f.mesh = make_mesh(f.model, (ali_mesh_options){.refine = 1});
        f.basis = make_basis(f.mesh, 2, f.k);
        unsigned char order[] = {3, 3};
        assert_int_equal(ali_near_create(f.mesh, order, true, 1, &f.near, NULL), ALICORN_OK);
        ali_ground_kernel kernel = {.wavenumber = f.k, .evaluate = coupled_values, .context = &f.k};
        ali_moment_source source;
        ali_moment_batch *batch;
        ali_ground_moments ground = {0};
        size_t element = 1;
        unsigned char wanted = 2;
        assert_int_equal(ali_moment_source_create(f.basis, f.near, f.k, &source, NULL), ALICORN_OK);
        assert_int_equal(ali_moment_batch_create(&source, ALI_MOMENT_FULL, 1, &element, &wanted, 2,
                                                 &batch, NULL),
                         ALICORN_OK);
        assert_int_equal(ali_ground_moments_create(batch, 2, &ground), 0);
        ali_moment_batch_run(batch, batch->groups, 0, 0, 2, true);
        ali_ground_moments_run(&ground, &kernel, batch, batch->groups, 0, 0, 2, true);
        const ali_element *a = &f.mesh->elements[0], *b = &f.mesh->elements[1];
        double complex slow = slow_coupling(&kernel, a, -1.0, b, -1.0);
        assert_close(CMPLX(batch->re[0], batch->im[0]), slow, 1e-3 * cabs(slow));
        ali_ground_moments_clear(&ground);
        ali_moment_batch_destroy(batch);
        ali_moment_source_clear(&source);
        tear_down(&f);
    }
}

/** Blocks on both sides of the diagonal are each other's transpose, coupling and all. */
static void test_symmetry(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, 2, 0.9);
    ali_ground_kernel kernel = {.image = {{0.2, 0.5 - 0.1 * I, -0.7 * I}},
                                .wavenumber = 3 * f.k,
                                .evaluate = coupled_values,
                                .context = &f.k};
    ali_wire_operator *operator= make_operator(&f, &kernel);
    size_t n = f.functions, m = n / 2;
    double complex *upper = calloc(n * n, sizeof *upper), *lower = calloc(n * n, sizeof *lower);
    double largest = 0.0;
    assert_non_null(upper);
    assert_non_null(lower);
    assert_int_equal(ali_wire_operator_fill(operator, 0, m, m, n - m, upper, n, NULL), ALICORN_OK);
    assert_int_equal(ali_wire_operator_fill(operator, m, n - m, 0, m, lower, n, NULL), ALICORN_OK);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n - m; j++)
            largest = fmax(largest, cabs(upper[i + j * n]));
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n - m; j++)
            assert_close(upper[i + j * n], lower[j + i * n], 1e-13 * largest);
    free(upper);
    free(lower);
    ali_wire_operator_destroy(operator);
    tear_down(&f);
}

/* ---- no interface ---- */

/** All of space is air: the matrix of wires on both sides, and one that crosses, is that of free
 * space, whatever way the pairs of each kind take. */
static void test_one_medium(void **state)
{
    (void)state;
    static const ali_vec3 corner[] = {{0, 0, -0.7},   {0, 0, 0},         {0, 0, 0.5},
                                      {0.8, 0.3, 0},  {0.5, -0.6, -0.4}, {0, 0.2, -0.3},
                                      {1, 0.4, -0.3}, {0.4, 0, -0.31},   {0.4, 1, -0.31},
                                      {1, 0, 0.2},    {1, 1, 0.3}};
    static const int edge[][2] = {{0, 1}, {1, 2}, {1, 3}, {1, 4}, {5, 6}, {7, 8}, {9, 10}};
    fixture f = {.k = 1.1};
    f.model = wire_frame(corner, edge, sizeof edge / sizeof *edge, 3, 0.004);
    f.mesh = make_mesh(f.model, (ali_mesh_options){.refine = 1});
    f.basis = make_basis(f.mesh, 2, f.k);
    f.functions = f.basis->count;
    unsigned char *order = calloc(f.mesh->element_count, 1);
    assert_non_null(order);
    memset(order, 3, f.mesh->element_count);
    assert_int_equal(ali_near_create(f.mesh, order, true, 1, &f.near, NULL), ALICORN_OK);
    free(order);
    static const ali_ground_shares all = {1.0, 1.0, 1.0};
    ali_ground_kernel kernel = {
        .direct = {all, all, all}, .wavenumber = f.k, .buried = true, .evaluate = no_values};
    ali_wire_operator_setup setup = {
        .basis = f.basis, .near = f.near, .omega = f.k * ALI_C0, .half_space = &kernel};
    size_t n = f.functions;
    double complex *z[2];
    for (int i = 0; i < 2; i++) {
        ali_wire_operator *operator= NULL;
        setup.ground = i == 0 ? ALI_GROUND_NONE : ALI_GROUND_SOMMERFELD;
        z[i] = calloc(n * n, sizeof *z[i]);
        assert_non_null(z[i]);
        assert_int_equal(ali_wire_operator_create(&setup, &operator, NULL), ALICORN_OK);
        assert_int_equal(ali_wire_operator_fill(operator, 0, n, 0, n, z[i], n, NULL), ALICORN_OK);
        ali_wire_operator_destroy(operator);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double scale = sqrt(cabs(z[0][i + i * n]) * cabs(z[0][j + j * n]));
            assert_close(z[1][i + j * n], z[0][i + j * n], 1e-4 * scale);
        }
    free(z[0]);
    free(z[1]);
    tear_down(&f);
}

/* ---- media ---- */

/** Kernels by integration, point by point. */
static void integrated_values(const void *context, ali_ground_sides sides, size_t count,
                              const double *rho, const double *height, const double *depth,
                              const ali_ground_values *values)
{
    const ali_half_space *space = context;
    for (size_t i = 0; i < count; i++) {
        ali_half_space_kernels kernels;
        alicorn_status status;
        if (sides == ALI_GROUND_ACROSS) {
            double r = hypot(rho[i], height[i] + depth[i]);
            double complex g = cexp(-I * space->k * r) / (4.0 * ALI_PI * r);
            status = ali_half_space_transmitted(space, rho[i], height[i], -depth[i], 1e-5, &kernels,
                                                NULL);
            kernels.xx -= g;
            kernels.zz -= g;
            kernels.phi -= 2.0 / (space->permittivity + 1.0) * g;
        } else {
            double z = 0.5 * (height[i] - depth[i]);
            status = ali_half_space_remainder(space, rho[i], z, z, 1e-5, &kernels, NULL);
        }
        assert_int_equal(status, ALICORN_OK);
        values->xx[i] = kernels.xx;
        values->zz[i] = kernels.zz;
        values->zx[i] = kernels.zx;
        values->phi[i] = kernels.phi;
    }
}

static ali_ground_kernel medium_kernel(const ali_half_space *space, bool buried)
{
    ali_half_space_images air = ali_half_space_images_of(space, false);
    ali_half_space_images soil = ali_half_space_images_of(space, true);
    double complex eps = space->permittivity;
    return (ali_ground_kernel){
        .direct = {{1.0, 1.0, 1.0}, {1.0, 1.0, 1.0 / eps}, {1.0, 1.0, 2.0 / (eps + 1.0)}},
        .image = {{air.xx, air.zz, air.phi}, {soil.xx, soil.zz, soil.phi}},
        .wavenumber = ali_half_space_wavenumber(space),
        .buried = buried,
        .evaluate = integrated_values,
        .context = space};
}

/** Largest difference of the matrices over a medium and over another ground, by the largest entry
 * of what the ground contributes over a perfect conductor. */
static double ground_difference(double complex permittivity, ali_ground_kind other)
{
    static const ali_vec3 corner[] = {{0, 0, 0.3}, {0.5, 0.2, 0.8}, {1, 0, 0.4}, {1.5, 0, 0.4}};
    static const int edge[][2] = {{0, 1}, {2, 3}};
    fixture f = {.k = 0.7};
    f.model = wire_frame(corner, edge, 2, 1, 0.002);
    f.mesh = make_mesh(f.model, (ali_mesh_options){.refine = 1, .ground = true});
    f.basis = make_basis(f.mesh, 2, f.k);
    f.functions = f.basis->count;
    unsigned char *order = calloc(f.mesh->element_count, 1);
    assert_non_null(order);
    memset(order, 3, f.mesh->element_count);
    assert_int_equal(ali_near_create(f.mesh, order, true, 1, &f.near, NULL), ALICORN_OK);
    free(order);
    ali_half_space space = {f.k, permittivity};
    ali_ground_kernel kernel = medium_kernel(&space, false);
    ali_wire_operator_setup setup = {
        .basis = f.basis, .near = f.near, .omega = f.k * ALI_C0, .half_space = &kernel};
    static const ali_ground_kind kinds[] = {ALI_GROUND_SOMMERFELD, ALI_GROUND_NONE, ALI_GROUND_PEC};
    size_t n = f.functions;
    double complex *z[3];
    for (int i = 0; i < 3; i++) {
        ali_wire_operator *operator= NULL;
        setup.ground = kinds[i];
        z[i] = calloc(n * n, sizeof *z[i]);
        assert_non_null(z[i]);
        assert_int_equal(ali_wire_operator_create(&setup, &operator, NULL), ALICORN_OK);
        assert_int_equal(ali_wire_operator_fill(operator, 0, n, 0, n, z[i], n, NULL), ALICORN_OK);
        ali_wire_operator_destroy(operator);
    }
    double largest = 0.0, difference = 0.0;
    for (size_t i = 0; i < n * n; i++) {
        largest = fmax(largest, cabs(z[2][i] - z[1][i]));
        difference = fmax(difference, cabs(z[0][i] - z[other == ALI_GROUND_PEC ? 2 : 1][i]));
    }
    for (int i = 0; i < 3; i++)
        free(z[i]);
    tear_down(&f);
    return difference / largest;
}

/** A medium that hardly differs from air does nothing, in proportion to what it differs; one that
 * conducts well is a perfect conductor but for its skin depth. */
static void test_limits(void **state)
{
    (void)state;
    assert_true(ground_difference(1.0 + 1e-9, ALI_GROUND_NONE) < 2e-9);
    double little = ground_difference(1.0001 - 1e-4 * I, ALI_GROUND_NONE);
    assert_true(little < 1.5e-4 && little > 2e-5);
    double skin = ground_difference(80.0 - 1e8 * I, ALI_GROUND_PEC);
    assert_true(skin < 1e-3 && skin > 1e-6);
    assert_true(ground_difference(13.0 - 3.0 * I, ALI_GROUND_PEC) > 0.1);
}

/** Fixture of wires one segment long, on a mesh that knows nothing of the ground. */
static void set_up_frame(fixture *f, const ali_vec3 *corner, const int (*edge)[2], int edges,
                         size_t segments, double k)
{
    *f = (fixture){.k = k};
    f->model = wire_frame(corner, edge, (size_t)edges, segments, 0.002);
    f->mesh = make_mesh(f->model, (ali_mesh_options){.refine = 1});
    f->basis = make_basis(f->mesh, 2, k);
    f->functions = f->basis->count;
    unsigned char *order = calloc(f->mesh->element_count, 1);
    assert_non_null(order);
    memset(order, 3, f->mesh->element_count);
    assert_int_equal(ali_near_create(f->mesh, order, true, 1, &f->near, NULL), ALICORN_OK);
    free(order);
}

/** The matrix, by a half-space or, without one, of free space at `omega`. */
static double complex *fill_at(const fixture *f, const ali_ground_kernel *half_space, double omega)
{
    ali_wire_operator_setup setup = {.basis = f->basis,
                                     .near = f->near,
                                     .omega = omega,
                                     .ground = half_space ? ALI_GROUND_SOMMERFELD : ALI_GROUND_NONE,
                                     .half_space = half_space};
    ali_wire_operator *operator= NULL;
    size_t n = f->functions;
    double complex *z = calloc(n * n, sizeof *z);
    assert_non_null(z);
    assert_int_equal(ali_wire_operator_create(&setup, &operator, NULL), ALICORN_OK);
    assert_int_equal(ali_wire_operator_fill(operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
    ali_wire_operator_destroy(operator);
    return z;
}

/** Entries of two matrices, one times a factor, relative to their diagonals. */
static double matrix_difference(size_t n, const double complex *z, double factor,
                                const double complex *wanted)
{
    double difference = 0.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            difference = fmax(
                difference, cabs(z[i + j * n] - factor * wanted[i + j * n]) /
                                (factor * sqrt(cabs(wanted[i + i * n]) * cabs(wanted[j + j * n]))));
    return difference;
}

/** A wire that crosses into a medium that is hardly one is in free space; deep in a medium a wire
 * is what it is in free space at the frequency of the same wavelength. */
static void test_buried_limits(void **state)
{
    (void)state;
    static const ali_vec3 crossing[] = {
        {0, 0, -0.6}, {0, 0, 0}, {0.1, 0, 0.7}, {0.7, 0.3, 0}, {0.2, 0.4, -0.5}};
    static const int crossing_edge[][2] = {{0, 1}, {1, 2}, {1, 3}, {1, 4}};
    static const ali_vec3 deep[] = {{0, 0, -400}, {0.5, 0, -400.3}, {0.9, 0.4, -400.1}};
    static const int deep_edge[][2] = {{0, 1}, {1, 2}};
    fixture f;
    set_up_frame(&f, crossing, crossing_edge, 4, 2, 0.7);
    ali_half_space air = {f.k, 1.0 + 1e-9};
    ali_ground_kernel kernel = medium_kernel(&air, true);
    double complex *z = fill_at(&f, &kernel, f.k * ALI_C0),
                   *wanted = fill_at(&f, NULL, f.k * ALI_C0);
    assert_true(matrix_difference(f.functions, z, 1.0, wanted) < 1e-4);
    free(z);
    free(wanted);
    tear_down(&f);
    set_up_frame(&f, deep, deep_edge, 2, 2, 0.7);
    ali_half_space dense = {f.k, 4.0};
    kernel = medium_kernel(&dense, true);
    z = fill_at(&f, &kernel, f.k * ALI_C0);
    wanted = fill_at(&f, NULL, 2.0 * f.k * ALI_C0);
    assert_true(matrix_difference(f.functions, z, 0.5, wanted) < 2e-4);
    free(z);
    free(wanted);
    tear_down(&f);
}

/** Impedance of a dipole of 5 m with 1 mm wire at 28.5 MHz, fed in its middle segment of 9. */
static double complex dipole_impedance(ali_vec3 from, ali_vec3 along, ali_ground_kind ground)
{
    static const int edge[][2] = {{0, 1}};
    double omega = 2.0 * ALI_PI * 28.5e6, k = omega / ALI_C0;
    ali_vec3 corner[] = {from, ali_vec3_axpy(from, 5.0, along)};
    fixture f = {.k = k};
    f.model = wire_frame(corner, edge, 1, 9, 0.0005);
    f.mesh =
        make_mesh(f.model, (ali_mesh_options){.split_ends = true, .refine = 1, .ground = true});
    f.basis = make_basis(f.mesh, 2, k);
    unsigned char *order = calloc(f.mesh->element_count, 1);
    assert_non_null(order);
    memset(order, 3, f.mesh->element_count);
    assert_int_equal(ali_near_create(f.mesh, order, true, 1, &f.near, NULL), ALICORN_OK);
    free(order);
    ali_half_space space = {k, CMPLX(13.0, -0.005 / (omega * ALI_EPS0))};
    ali_ground_kernel kernel = medium_kernel(&space, false);
    ali_wire_operator_setup setup = {
        .basis = f.basis, .near = f.near, .omega = omega, .ground = ground, .half_space = &kernel};
    ali_wire_operator *operator= NULL;
    ali_functional gap;
    size_t n = f.basis->count;
    double complex *z = calloc(n * n, sizeof *z), *x = calloc(n, sizeof *x);
    assert_non_null(z);
    assert_non_null(x);
    assert_int_equal(ali_wire_operator_create(&setup, &operator, NULL), ALICORN_OK);
    assert_int_equal(ali_wire_operator_fill(operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
    assert_int_equal(ali_gap_functional(f.basis, 4, ALI_SITE_SEGMENT, &gap, NULL), ALICORN_OK);
    for (size_t i = 0; i < gap.count; i++)
        if (gap.function[i] < n)
            x[gap.function[i]] = gap.weight[i];
    assert_int_equal(ali_small_solve(n, 1, z, x), 0);
    double complex impedance = 1.0 / ali_functional_apply(&gap, x, n);
    ali_functional_clear(&gap);
    ali_wire_operator_destroy(operator);
    free(z);
    free(x);
    tear_down(&f);
    return impedance;
}

/** What average ground (13, 5 mS/m) adds to the impedance of dipoles, against nec2c's Sommerfeld
 * integrals with 81 segments, each without what the program itself has in free space. */
static void test_dipoles(void **state)
{
    (void)state;
    const double lambda = ALI_C0 / 28.5e6, half = sqrt(0.5);
    const struct {
        double height; /**< of the lowest point [wavelengths] */
        ali_vec3 along;
        double complex wanted; /**< [ohm] */
    } cases[] = {
        {0.1, {0, 1, 0}, -15.606 + 9.846 * I},
        {0.05, {0, half, half}, 12.139 + 7.645 * I},
        {0.02, {0, 0, 1}, 18.139 + 1.121 * I},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_vec3 from = {0.0, 0.0, cases[i].height * lambda};
        double complex added = dipole_impedance(from, cases[i].along, ALI_GROUND_SOMMERFELD) -
                               dipole_impedance(from, cases[i].along, ALI_GROUND_NONE);
        assert_close(added, cases[i].wanted, 0.01 * cabs(67.7 - 29.7 * I + cases[i].wanted));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_perfect_ground), cmocka_unit_test(test_probes),
        cmocka_unit_test(test_moments),        cmocka_unit_test(test_symmetry),
        cmocka_unit_test(test_corner),         cmocka_unit_test(test_one_medium),
        cmocka_unit_test(test_limits),         cmocka_unit_test(test_buried_limits),
        cmocka_unit_test(test_dipoles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
