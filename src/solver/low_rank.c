/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/low_rank.h"

#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Rows that are converted to double precision at a time. */
enum { GRAM_CHUNK = 256 };

/** Directions of U this far below the largest, relative, are rounding. */
#define GRAM_NOISE 1e-15

void ali_low_rank_clear(ali_low_rank *sum)
{
    free(sum->u);
    free(sum->v);
    sum->u = sum->v = NULL;
    sum->rank = sum->capacity = sum->settled = 0;
}

/** Make room for `capacity` columns. */
static bool reserve(ali_low_rank *sum, size_t capacity)
{
    if (capacity <= sum->capacity)
        return true;
    float complex *u = ali_alloc_aligned(sum->rows * capacity, sizeof *u);
    float complex *v = ali_alloc_aligned(sum->columns * capacity, sizeof *v);
    if (!u || !v) {
        free(u);
        free(v);
        return false;
    }
    if (sum->rank > 0) {
        memcpy(u, sum->u, sum->rows * sum->rank * sizeof *u);
        memcpy(v, sum->v, sum->columns * sum->rank * sizeof *v);
    }
    free(sum->u);
    free(sum->v);
    sum->u = u;
    sum->v = v;
    sum->capacity = capacity;
    return true;
}

/** Take over new factors of exactly this rank. */
static void replace(ali_low_rank *sum, size_t rank, float complex *u, float complex *v)
{
    free(sum->u);
    free(sum->v);
    sum->u = u;
    sum->v = v;
    sum->rank = sum->capacity = sum->settled = rank;
}

/** Columns of length `length` whose part from `first` on is `factor` times those of x. */
static void place_columns(size_t length, size_t first, size_t count, size_t columns, float factor,
                          const float complex *x, size_t ldx, float complex *to)
{
    for (size_t j = 0; j < columns; j++) {
        float complex *column = to + j * length;
        const float complex *source = x + j * ldx;
        if (count < length)
            memset(column, 0, length * sizeof *column);
        for (size_t i = 0; i < count; i++)
            column[first + i] = factor * source[i];
    }
}

bool ali_low_rank_append(ali_low_rank *sum, size_t row, size_t rows, size_t column, size_t columns,
                         size_t rank, float factor, const float complex *u, size_t ldu,
                         const float complex *v, size_t ldv)
{
    if (rank == 0)
        return true;
    size_t needed = sum->rank + rank;
    if (needed > sum->capacity && !reserve(sum, needed + needed / 2))
        return false;
    place_columns(sum->rows, row, rows, rank, factor, u, ldu, sum->u + sum->rank * sum->rows);
    place_columns(sum->columns, column, columns, rank, 1.0f, v, ldv,
                  sum->v + sum->rank * sum->columns);
    sum->rank = needed;
    return true;
}

/** Elimination of a Hermitian, positive semidefinite G [k, k] with the largest remaining diagonal
 * element as pivot, until the trace of what remains is `stop` of G's: G is about R^H R. The rows of
 * R are stored as columns: R(s, j) = rows[j + s k]. Returns their number. It is the R of a QR
 * factorisation with column pivoting, if G is the Gram matrix of the columns.
 *  @param[in]  g      [k, k], both triangles
 *  @param[out] rows   [k, k]
 *  @param[out] pivot  [k]: column of step s
 *  @param      left   [k], work: the remaining diagonal */
static size_t pivoted_cholesky(size_t k, const double complex *g, double stop, double complex *rows,
                               size_t *pivot, double *left)
{
    double trace = 0.0, scale = 0.0;
    for (size_t j = 0; j < k; j++) {
        left[j] = fmax(0.0, creal(g[j + j * k]));
        scale += left[j];
    }
    size_t steps = 0;
    for (; steps < k; steps++) {
        size_t best = 0;
        trace = 0.0;
        for (size_t j = 0; j < k; j++) {
            trace += left[j];
            best = left[j] > left[best] ? j : best;
        }
        if (trace <= stop * scale || left[best] <= 1e-17 * scale)
            break;
        double complex *row = rows + steps * k;
        const double complex *column = g + best * k;
        for (size_t j = 0; j < k; j++)
            row[j] = conj(column[j]); /* G(best, j) */
        double *to = (double *)row;
        for (size_t t = 0; t < steps; t++) {
            const double *from = (const double *)(rows + t * k);
            const double re = from[2 * best], im = -from[2 * best + 1];
            for (size_t j = 0; j < k; j++) {
                to[2 * j] -= re * from[2 * j] - im * from[2 * j + 1];
                to[2 * j + 1] -= re * from[2 * j + 1] + im * from[2 * j];
            }
        }
        const double root = sqrt(left[best]), inverse = 1.0 / root;
        for (size_t j = 0; j < k; j++) {
            to[2 * j] *= inverse;
            to[2 * j + 1] *= inverse;
            left[j] = fmax(0.0, left[j] - (to[2 * j] * to[2 * j] + to[2 * j + 1] * to[2 * j + 1]));
        }
        /* what rounding left in columns that are done */
        for (size_t t = 0; t < steps; t++)
            row[pivot[t]] = 0.0;
        row[best] = root;
        left[best] = 0.0;
        pivot[steps] = best;
    }
    return steps;
}

/** The coefficients that express all columns by the pivots: Z^T = rows S^-T, S(s, t) = R(s,
 * pivot[t]) upper triangular; rows [k, steps] is overwritten with Z^T. */
static void interpolate(size_t k, size_t steps, const size_t *pivot, double complex *rows,
                        double complex *triangle)
{
    for (size_t t = 0; t < steps; t++)
        for (size_t s = 0; s < steps; s++)
            triangle[s + t * steps] = s <= t ? rows[pivot[t] + s * k] : 0.0;
    for (size_t s = steps; s-- > 0;) {
        double complex *column = rows + s * k;
        double *to = (double *)column;
        for (size_t t = s + 1; t < steps; t++) {
            const double *from = (const double *)(rows + t * k);
            const double re = creal(triangle[s + t * steps]), im = cimag(triangle[s + t * steps]);
            for (size_t j = 0; j < k; j++) {
                to[2 * j] -= re * from[2 * j] - im * from[2 * j + 1];
                to[2 * j + 1] -= re * from[2 * j + 1] + im * from[2 * j];
            }
        }
        const double inverse = 1.0 / creal(triangle[s + s * steps]);
        for (size_t j = 0; j < 2 * k; j++)
            to[j] *= inverse;
    }
}

/** Work space of a reduction of rank k. */
typedef struct reduction {
    size_t rank;         /**< of the result */
    double complex *g_u; /**< [k, k] Gram matrix of U; becomes X: U X are the new columns */
    double complex *g_v; /**< [k, k] of V; becomes Y */
    double complex *rows, *product, *triangle; /**< [k, k] */
    double complex *small;                     /**< [k, k] */
    double *scale, *left;                      /**< [k] */
    size_t *pivot, *chosen;                    /**< [k] */
} reduction;

static void reduction_clear(reduction *work)
{
    free(work->g_u);
    free(work->scale);
    free(work->pivot);
}

static bool reduction_create(size_t k, reduction *work)
{
    *work = (reduction){.g_u = ali_alloc_aligned(6 * k * k, sizeof *work->g_u),
                        .scale = ali_alloc_aligned(2 * k, sizeof *work->scale),
                        .pivot = ali_alloc_aligned(2 * k, sizeof *work->pivot)};
    if (!work->g_u || !work->scale || !work->pivot) {
        reduction_clear(work);
        return false;
    }
    work->g_v = work->g_u + k * k;
    work->rows = work->g_v + k * k;
    work->product = work->rows + k * k;
    work->triangle = work->product + k * k;
    work->small = work->triangle + k * k;
    work->left = work->scale + k;
    work->chosen = work->pivot + k;
    return true;
}

/** G += A^H A's lower triangle, a [m, k] of single precision; chunk [GRAM_CHUNK, k]. */
static void add_gram_single(size_t m, size_t k, const float complex *a, double complex *chunk,
                            double complex *g)
{
    for (size_t first = 0; first < m; first += GRAM_CHUNK) {
        size_t count = m - first < GRAM_CHUNK ? m - first : GRAM_CHUNK;
        for (size_t j = 0; j < k; j++) {
            const float *from = (const float *)(a + first + j * m);
            double *to = (double *)(chunk + j * count);
            for (size_t i = 0; i < 2 * count; i++)
                to[i] = from[i];
        }
        ali_blas_zherk_lower(k, count, 1.0, chunk, count, 1.0, g, k);
    }
}

/** Copy the lower triangle of a Hermitian matrix to the upper. */
static void mirror(size_t k, double complex *g)
{
    for (size_t j = 0; j < k; j++)
        for (size_t i = 0; i < j; i++)
            g[i + j * k] = conj(g[j + i * k]);
}

/** Columns of U get the size of their terms, those of V size one, or zero if the term is. */
static void balance(size_t k, reduction *work)
{
    for (size_t j = 0; j < k; j++) {
        double square = creal(work->g_v[j + j * k]);
        work->scale[j] = square > 0.0 ? sqrt(square) : 0.0;
    }
    for (size_t j = 0; j < k; j++)
        for (size_t i = 0; i < k; i++) {
            double both = work->scale[i] * work->scale[j];
            work->g_u[i + j * k] *= both;
            work->g_v[i + j * k] *= both > 0.0 ? 1.0 / both : 0.0;
        }
}

/** Solve R M = Z^T, R(s, t) = rows[pivot[t] + s k] upper triangular of order r, in place for m
 * [r, columns]. */
static void solve_upper(size_t k, size_t r, const double complex *rows, const size_t *pivot,
                        size_t columns, double complex *m)
{
    for (size_t c = 0; c < columns; c++) {
        double complex *x = m + c * r;
        for (size_t s = r; s-- > 0;) {
            double complex sum = x[s];
            for (size_t t = s + 1; t < r; t++)
                sum -= rows[pivot[t] + s * k] * x[t];
            x[s] = sum / creal(rows[pivot[s] + s * k]);
        }
    }
}

/** From the Gram matrices of U and V: X and Y such that (U X)(V Y)^T is U V^T of lower rank. With U
 * = Q R, the columns of B = V R^T are those that matter; a few of them express the others, B = B_1
 * Z, and U V^T = Q Z^T B_1^T. */
static void reduce(size_t k, double tolerance, reduction *work)
{
    balance(k, work);
    double noise = fmax(GRAM_NOISE, 1e-3 * tolerance * tolerance);
    size_t r = pivoted_cholesky(k, work->g_u, noise, work->rows, work->pivot, work->left);
    work->rank = 0;
    if (r == 0)
        return;
    /* Gram matrix of B: conj(R) G_v R^T */
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, k, r, k, 1.0, work->g_v, k, work->rows, k, 0.0,
                   work->product, k);
    for (size_t i = 0; i < k * r; i++)
        work->triangle[i] = conj(work->rows[i]);
    ali_blas_zgemm(ALI_BLAS_TRANSPOSED, ALI_BLAS_PLAIN, r, r, k, 1.0, work->triangle, k,
                   work->product, k, 0.0, work->small, r);
    double complex *z = work->product;
    size_t rank =
        pivoted_cholesky(r, work->small, tolerance * tolerance, z, work->chosen, work->left);
    interpolate(r, rank, work->chosen, z, work->triangle);
    solve_upper(k, r, work->rows, work->pivot, rank, z);
    memset(work->g_u, 0, k * rank * sizeof *work->g_u);
    for (size_t c = 0; c < rank; c++) {
        for (size_t t = 0; t < r; t++)
            work->g_u[work->pivot[t] + c * k] = z[t + c * r];
        for (size_t j = 0; j < k; j++) {
            double inverse = work->scale[j] > 0.0 ? 1.0 / work->scale[j] : 0.0;
            work->g_u[j + c * k] *= work->scale[j];
            work->g_v[j + c * k] = work->rows[j + work->chosen[c] * k] * inverse;
        }
    }
    work->rank = rank;
}

static void to_single(size_t count, const double complex *from, float complex *to)
{
    const double *x = (const double *)from;
    float *y = (float *)to;
    for (size_t i = 0; i < 2 * count; i++)
        y[i] = (float)x[i];
}

bool ali_low_rank_truncate(ali_low_rank *sum, double tolerance)
{
    size_t k = sum->rank;
    if (k == 0)
        return true;
    reduction work;
    if (!reduction_create(k, &work))
        return false;
    double complex *chunk = ali_alloc_aligned(GRAM_CHUNK * k, sizeof *chunk);
    float complex *u = NULL, *v = NULL, *x = NULL;
    bool done = false;
    if (!chunk)
        goto cleanup;
    memset(work.g_u, 0, 2 * k * k * sizeof *work.g_u);
    add_gram_single(sum->rows, k, sum->u, chunk, work.g_u);
    add_gram_single(sum->columns, k, sum->v, chunk, work.g_v);
    mirror(k, work.g_u);
    mirror(k, work.g_v);
    reduce(k, tolerance, &work);
    size_t rank = work.rank;
    u = ali_alloc_aligned(sum->rows * rank, sizeof *u);
    v = ali_alloc_aligned(sum->columns * rank, sizeof *v);
    x = ali_alloc_aligned(k * rank, sizeof *x);
    if (!u || !v || !x)
        goto cleanup;
    if (rank > 0) {
        to_single(k * rank, work.g_u, x);
        ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, sum->rows, rank, k, 1.0f, sum->u, sum->rows,
                       x, k, 0.0f, u, sum->rows);
        to_single(k * rank, work.g_v, x);
        ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, sum->columns, rank, k, 1.0f, sum->v,
                       sum->columns, x, k, 0.0f, v, sum->columns);
    }
    replace(sum, rank, u, v);
    u = v = NULL;
    done = true;
cleanup:
    free(u);
    free(v);
    free(x);
    free(chunk);
    reduction_clear(&work);
    return done;
}

bool ali_low_rank_from_product(ali_low_rank *sum, size_t k, const double complex *u,
                               const double complex *v, double tolerance)
{
    if (k == 0)
        return true;
    reduction work;
    if (!reduction_create(k, &work))
        return false;
    memset(work.g_u, 0, 2 * k * k * sizeof *work.g_u);
    ali_blas_zherk_lower(k, sum->rows, 1.0, u, sum->rows, 0.0, work.g_u, k);
    ali_blas_zherk_lower(k, sum->columns, 1.0, v, sum->columns, 0.0, work.g_v, k);
    mirror(k, work.g_u);
    mirror(k, work.g_v);
    reduce(k, tolerance, &work);
    size_t rank = work.rank, longer = sum->rows > sum->columns ? sum->rows : sum->columns;
    float complex *new_u = ali_alloc_aligned(sum->rows * rank, sizeof *new_u);
    float complex *new_v = ali_alloc_aligned(sum->columns * rank, sizeof *new_v);
    double complex *wide = ali_alloc_aligned(longer * rank, sizeof *wide);
    bool done = new_u && new_v && wide;
    if (done && rank > 0) {
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, sum->rows, rank, k, 1.0, u, sum->rows,
                       work.g_u, k, 0.0, wide, sum->rows);
        to_single(sum->rows * rank, wide, new_u);
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, sum->columns, rank, k, 1.0, v, sum->columns,
                       work.g_v, k, 0.0, wide, sum->columns);
        to_single(sum->columns * rank, wide, new_v);
    }
    if (done) {
        replace(sum, rank, new_u, new_v);
    } else {
        free(new_u);
        free(new_v);
    }
    free(wide);
    reduction_clear(&work);
    return done;
}

/** Pivot columns and coefficients of a dense matrix [m, n] of contiguous columns: D is about
 * D(:, pivot) Z; Z^T [n, steps] is left in work->rows. */
static size_t choose_columns(size_t m, size_t n, const double complex *d, size_t ldd,
                             double tolerance, reduction *work)
{
    ali_blas_zherk_lower(n, m, 1.0, d, ldd, 0.0, work->g_u, n);
    mirror(n, work->g_u);
    size_t rank = pivoted_cholesky(n, work->g_u, fmax(GRAM_NOISE, tolerance * tolerance),
                                   work->rows, work->pivot, work->left);
    interpolate(n, rank, work->pivot, work->rows, work->triangle);
    return rank;
}

bool ali_low_rank_from_dense(ali_low_rank *sum, const double complex *d, size_t ldd,
                             double tolerance)
{
    size_t m = sum->rows, n = sum->columns;
    reduction work;
    if (!reduction_create(n, &work))
        return false;
    size_t rank = choose_columns(m, n, d, ldd, tolerance, &work);
    float complex *u = ali_alloc_aligned(m * rank, sizeof *u);
    float complex *v = ali_alloc_aligned(n * rank, sizeof *v);
    bool done = u && v;
    if (done) {
        for (size_t s = 0; s < rank; s++)
            to_single(m, d + work.pivot[s] * ldd, u + s * m);
        to_single(n * rank, work.rows, v);
        replace(sum, rank, u, v);
    } else {
        free(u);
        free(v);
    }
    reduction_clear(&work);
    return done;
}

bool ali_low_rank_append_dense(ali_low_rank *sum, float factor, const float complex *d, size_t ldd,
                               double tolerance)
{
    size_t m = sum->rows, n = sum->columns;
    reduction work;
    double complex *wide = ali_alloc_aligned(m * n, sizeof *wide);
    if (!wide)
        return false;
    if (!reduction_create(n, &work)) {
        free(wide);
        return false;
    }
    for (size_t j = 0; j < n; j++) {
        const float *from = (const float *)(d + j * ldd);
        double *to = (double *)(wide + j * m);
        for (size_t i = 0; i < 2 * m; i++)
            to[i] = from[i];
    }
    size_t rank = choose_columns(m, n, wide, m, tolerance, &work), needed = sum->rank + rank;
    bool done = needed <= sum->capacity || reserve(sum, needed + needed / 2);
    if (done && rank > 0) {
        for (size_t s = 0; s < rank; s++)
            place_columns(m, 0, m, 1, factor, d + work.pivot[s] * ldd, m,
                          sum->u + (sum->rank + s) * m);
        to_single(n * rank, work.rows, sum->v + sum->rank * n);
        sum->rank = needed;
    }
    free(wide);
    reduction_clear(&work);
    return done;
}
