/* SPDX-License-Identifier: Apache-2.0 */
/* The compressed solver over growing systems:
 *   compressed [points|faces [unknowns ...]]
 * points: a kernel exp(-j k R)/R between points of a sphere, without physics; faces: the electric-
 * field equation on a sphere of triangles. The edge of a cell is a tenth of the wavelength, up to a
 * sphere of three wavelengths; beyond, the sphere stays and the cells get smaller. Prints times,
 * memory, the residual, and the exponent of growth from line to line. */
#include "base/constants.h"
#include "math/blas.h"
#include "solver/compressed.h"
#include "solver/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double wall_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

typedef struct point_cloud {
    ali_vec3 *point;
    double k, diagonal;
} point_cloud;

static alicorn_status fill_points(void *context, size_t row_count, const size_t *rows,
                                  size_t column_count, const size_t *columns, double complex *block,
                                  size_t leading, alicorn_error *error)
{
    const point_cloud *cloud = context;
    (void)error;
    for (size_t j = 0; j < column_count; j++)
        for (size_t i = 0; i < row_count; i++) {
            double r = ali_vec3_distance(cloud->point[rows[i]], cloud->point[columns[j]]);
            block[i + j * leading] = rows[i] == columns[j]
                                         ? cloud->diagonal * CMPLX(1.0, -0.3)
                                         : CMPLX(cos(cloud->k * r), -sin(cloud->k * r)) / r;
        }
    return ALICORN_OK;
}

static void print_line(const ali_compressed *solver, double total, double solve,
                       const ali_compressed_solution *solution, double exponent)
{
    ali_compressed_facts f = ali_compressed_get_facts(solver);
    printf("%7zu %7.2f %7.2f %6.2f %7.2f %7.2f %7.1f %7.1f %7.1f %5.2f %5.1f %4zu %5zu %3zu %4d %4d "
           "%7.1e %7.1e %5.2f\n",
           f.unknowns, f.fill_s, f.factor_s, f.trial_s, solve, total, (double)f.near_bytes / 1e6,
           (double)f.far_bytes / 1e6, (double)f.factor_bytes / 1e6,
           (double)f.evaluated / (double)(f.near_bytes + f.far_bytes) * 8.0, f.mean_rank,
           f.largest_rank, f.rescues, f.divided, f.trial_steps, solution->steps, f.matrix_error,
           solution->residual, exponent);
    fflush(stdout);
}

/** One size; returns its total time, or 0. */
static double measure(size_t n, const ali_compressed_geometry *geometry, ali_list_fill_fn fill,
                      void *context, const ali_compressed_options *options, size_t former_n,
                      double former_s)
{
    alicorn_error error = {0};
    ali_compressed *solver = NULL;
    double start = wall_time(), solve;
    if (ali_compressed_create(n, geometry, fill, context, options, &solver, &error)) {
        fprintf(stderr, "compressed: %s\n", error.message);
        return 0.0;
    }
    enum { COLUMNS = 8 };
    double complex *b = calloc(n * COLUMNS, sizeof *b);
    ali_compressed_solution solution = {0};
    uint64_t random = 11;
    for (size_t i = 0; b && i < n * COLUMNS; i++)
        b[i] = ali_random_normal(&random);
    solve = wall_time();
    if (b && ali_compressed_solve(solver, COLUMNS, b, &solution, &error))
        fprintf(stderr, "compressed: %s\n", error.message);
    solve = wall_time() - solve;
    double total = wall_time() - start;
    double exponent = former_s > 0.0
                          ? log(total / former_s) / log((double)n / (double)former_n)
                          : NAN;
    print_line(solver, total, solve, &solution, exponent);
    free(b);
    ali_compressed_destroy(solver);
    return total;
}

static double measure_points(size_t n, const ali_compressed_options *options, size_t former_n,
                             double former_s)
{
    /* points of a sphere on a spiral; a tenth of a wavelength between them */
    double spacing = sqrt(4.0 * ALI_PI / (double)n), wavelength = fmax(10.0 * spacing, 2.0 / 3.0);
    point_cloud cloud = {.point = calloc(n, sizeof *cloud.point),
                         .k = 2.0 * ALI_PI / wavelength,
                         .diagonal = 3.5 / spacing};
    double total = 0.0;
    for (size_t i = 0; cloud.point && i < n; i++) {
        double z = 1.0 - (2.0 * (double)i + 1.0) / (double)n, rho = sqrt(1.0 - z * z);
        double turn = 2.399963229728653 * (double)i;
        cloud.point[i] = (ali_vec3){rho * cos(turn), rho * sin(turn), z};
    }
    ali_compressed_geometry geometry = {.centre = cloud.point, .wavenumber = cloud.k};
    if (cloud.point)
        total = measure(n, &geometry, fill_points, &cloud, options, former_n, former_s);
    free(cloud.point);
    return total;
}

int main(int count, char **argument)
{
    static const size_t usual[] = {2000, 5000, 10000};
    char facts[128];
    ali_blas_facts(facts, sizeof facts);
    puts(facts);
    puts("      n  fill_s factor_s trial_s solve_8 total_s  near_MB  far_MB fact_MB evals  rank most "
         "rescues div trial steps matrix residual growth");
    ali_compressed_options options;
    ali_compressed_options_default(&options);
    if (getenv("ETA"))
        options.admissibility = atof(getenv("ETA"));
    if (getenv("LEAF"))
        options.leaf = (size_t)atoi(getenv("LEAF"));
    if (getenv("TILE"))
        options.tile = (size_t)atoi(getenv("TILE"));
    if (getenv("MTOL"))
        options.matrix_tolerance = atof(getenv("MTOL"));
    if (getenv("FTOL"))
        options.factor_tolerance = atof(getenv("FTOL"));
    if (getenv("PHASE"))
        options.largest_phase = atof(getenv("PHASE"));
    if (getenv("THREADS"))
        options.threads = atoi(getenv("THREADS"));
    size_t sizes = count > 2 ? (size_t)count - 2 : sizeof usual / sizeof *usual, former_n = 0;
    double former_s = 0.0;
    for (size_t k = 0; k < sizes; k++) {
        size_t n = count > 2 ? (size_t)strtoul(argument[k + 2], NULL, 10) : usual[k];
        former_s = measure_points(n, &options, former_n, former_s);
        former_n = n;
    }
    return 0;
}
