/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_COMPRESSED_SUPPORT_H
#define TESTS_UNIT_COMPRESSED_SUPPORT_H

/* Matrices of an integral equation without its physics, for the tests of the compressed solver. */

#include "solver/compressed.h"
#include "solver_support.h"

/** Points with a direction: exp(-j k R)/R, coupled by directions, and a strong diagonal. */
typedef struct cloud {
    size_t n;
    ali_vec3 *point, *direction;
    unsigned char *kind;
    double k, diagonal;
    double *unit;  /**< of every unknown; NULL: 1 */
    bool broken;   /**< fill fails */
    size_t poison; /**< unknown whose row is not a number; n: none */
    ali_list_source source;
} cloud;

static inline alicorn_status fill_cloud(void *context, const ali_unknown_list *rows,
                                        const ali_unknown_list *columns, double complex *block,
                                        size_t leading, alicorn_error *error)
{
    const cloud *c = context;
    if (c->broken)
        return ali_error_set(error, ALICORN_E_INPUT, "broken");
    for (size_t j = 0; j < columns->count; j++)
        for (size_t i = 0; i < rows->count; i++) {
            size_t a = rows->unknown[i], b = columns->unknown[j];
            double r = ali_vec3_distance(c->point[a], c->point[b]);
            double complex value = a == b ? c->diagonal * CMPLX(1.0, -0.4)
                                          : ali_vec3_dot(c->direction[a], c->direction[b]) *
                                                CMPLX(cos(c->k * r), -sin(c->k * r)) / r;
            value *= c->unit ? c->unit[a] * c->unit[b] : 1.0;
            block[i + j * leading] = a == c->poison || b == c->poison ? NAN : value;
        }
    return ALICORN_OK;
}

static inline ali_list_source *source_of(cloud *c)
{
    c->source = (ali_list_source){.context = c, .fill = fill_cloud};
    return &c->source;
}

static inline alicorn_status fill_dense(void *context, size_t row_first, size_t row_count,
                                        size_t col_first, size_t col_count, double complex *block,
                                        size_t leading, alicorn_error *error)
{
    size_t list[2][512];
    assert_true(row_count <= 512 && col_count <= 512);
    for (size_t i = 0; i < row_count; i++)
        list[0][i] = row_first + i;
    for (size_t i = 0; i < col_count; i++)
        list[1][i] = col_first + i;
    return fill_cloud(context, &(ali_unknown_list){row_count, list[0], NULL},
                      &(ali_unknown_list){col_count, list[1], NULL}, block, leading, error);
}

/** n points of a unit sphere, numbered pole to pole, all directed alike. */
static inline cloud new_sphere(size_t n)
{
    cloud c = {.n = n,
               .point = calloc(n, sizeof *c.point),
               .direction = calloc(n, sizeof *c.direction),
               .kind = calloc(n, 1),
               .k = 4.0,
               .diagonal = 0.9 * sqrt((double)n),
               .poison = n};
    assert_true(c.point && c.direction && c.kind);
    for (size_t i = 0; i < n; i++) {
        double z = 1.0 - (2.0 * (double)i + 1.0) / (double)n, rho = sqrt(1.0 - z * z);
        c.point[i] = (ali_vec3){rho * cos(2.4 * (double)i), rho * sin(2.4 * (double)i), z};
        c.direction[i] = (ali_vec3){1, 0, 0};
    }
    return c;
}

/** Clusters of wires of three directions on top of each other, so that every far block falls into
 * three parts that do not know of each other. */
static inline cloud new_tripoles(size_t n)
{
    cloud c = new_sphere(n);
    c.k = 1.0;
    for (size_t i = 0; i < n; i++) {
        c.kind[i] = (unsigned char)(i % 3);
        c.direction[i] = (ali_vec3){i % 3 == 0, i % 3 == 1, i % 3 == 2};
    }
    return c;
}

static inline void clear_cloud(cloud *c)
{
    free(c->point);
    free(c->direction);
    free(c->kind);
    free(c->unit);
}

static inline ali_compressed_options small_options(int threads)
{
    ali_compressed_options options;
    ali_compressed_options_default(&options);
    options.leaf = 32;
    options.tile = 200;
    options.threads = threads;
    return options;
}

static inline ali_compressed *must_compress(cloud *c, const ali_compressed_options *options,
                                            bool kinds)
{
    ali_compressed_geometry geometry = {
        .centre = c->point, .wavenumber = c->k, .kind = kinds ? c->kind : NULL};
    ali_compressed *solver = NULL;
    alicorn_error error = {0};
    if (ali_compressed_create(c->n, &geometry, source_of(c), options, &solver, &error))
        fail_msg("%s", error.message);
    return solver;
}

/** Largest |x - y| / |y| over the columns. */
static inline double column_difference(size_t n, size_t columns, const double complex *x,
                                       const double complex *y)
{
    double worst = 0.0;
    for (size_t j = 0; j < columns; j++) {
        double off = 0.0, size = 0.0;
        for (size_t i = j * n; i < (j + 1) * n; i++) {
            off += creal((x[i] - y[i]) * conj(x[i] - y[i]));
            size += creal(y[i] * conj(y[i]));
        }
        worst = fmax(worst, sqrt(off / size));
    }
    return worst;
}

#endif
