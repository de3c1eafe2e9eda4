/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/iteration.h"

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** The Hessenberg matrix of one column, turned to a triangle as it grows. */
typedef struct projection {
    double complex *h;     /**< [restart + 1, restart] */
    double *cosine;        /**< [restart] of the rotations */
    double complex *sine;  /**< [restart] */
    double complex *right; /**< [restart + 1] */
    int steps;             /**< columns of h in use */
    double goal;           /**< norm of the residual at which it is done */
    bool active;
} projection;

typedef struct cycle {
    const ali_iteration *iteration;
    size_t columns, length; /**< of all columns together */
    double complex **basis; /**< [restart + 1]: vectors [order, columns], made when needed */
    double complex *work, *residual;
    projection *projections;         /**< [columns] */
    double *norm_b, *norm_r;         /**< [columns] */
    double *weighted_b, *weighted_r; /**< [columns] in the second norm, if there is one */
} cycle;

static double norm_of(size_t n, const double complex *x)
{
    const double *parts = (const double *)x;
    double sum = 0.0;
    for (size_t i = 0; i < 2 * n; i++)
        sum += parts[i] * parts[i];
    return sqrt(sum);
}

/** Norm of weight times x. */
static double weighted_norm(size_t n, const double *weight, const double complex *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        double re = weight[i] * creal(x[i]), im = weight[i] * cimag(x[i]);
        sum += re * re + im * im;
    }
    return sqrt(sum);
}

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : 0.0;
}

/** conj(a) . b */
static double complex dot(size_t n, const double complex *a, const double complex *b)
{
    double complex sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += conj(a[i]) * b[i];
    return sum;
}

/** y += factor x */
static void add_multiple(size_t n, double complex factor, const double complex *x,
                         double complex *y)
{
    for (size_t i = 0; i < n; i++)
        y[i] += factor * x[i];
}

static void cycle_clear(cycle *c)
{
    for (int s = 0; c->basis && s <= c->iteration->restart; s++)
        free(c->basis[s]);
    for (size_t j = 0; c->projections && j < c->columns; j++) {
        free(c->projections[j].h);
        free(c->projections[j].cosine);
    }
    free(c->basis);
    free(c->projections);
    free(c->work);
    free(c->residual);
    free(c->norm_b);
}

static bool projection_create(size_t restart, projection *p)
{
    p->h = ali_calloc((restart + 1) * restart + 2 * restart + 1, sizeof *p->h);
    p->cosine = ali_calloc(restart, sizeof *p->cosine);
    if (!p->h || !p->cosine)
        return false;
    p->sine = p->h + (restart + 1) * restart;
    p->right = p->sine + restart;
    return true;
}

static bool cycle_create(const ali_iteration *iteration, size_t columns, cycle *c)
{
    size_t restart = (size_t)iteration->restart;
    *c = (cycle){.iteration = iteration, .columns = columns, .length = iteration->order * columns};
    c->basis = ali_calloc(restart + 1, sizeof(double complex *));
    c->projections = ali_calloc(columns, sizeof *c->projections);
    c->work = ali_alloc_aligned(c->length, sizeof *c->work);
    c->residual = ali_alloc_aligned(c->length, sizeof *c->residual);
    c->norm_b = ali_calloc(4 * columns, sizeof *c->norm_b);
    bool complete = c->basis && c->projections && c->work && c->residual && c->norm_b;
    for (size_t j = 0; complete && j < columns; j++)
        complete = projection_create(restart, &c->projections[j]);
    if (complete) {
        c->norm_r = c->norm_b + columns;
        c->weighted_b = c->norm_b + 2 * columns;
        c->weighted_r = c->norm_b + 3 * columns;
    } else {
        cycle_clear(c);
    }
    return complete;
}

static alicorn_status out_of_memory(const cycle *c, alicorn_error *error)
{
    return ali_error_memory(error, c->length * sizeof(double complex), "the iteration");
}

/** Relative residual of a column, the larger one of the two norms. */
static double residual_of(const cycle *c, size_t j)
{
    return fmax(ratio(c->norm_r[j], c->norm_b[j]), ratio(c->weighted_r[j], c->weighted_b[j]));
}

/** First basis vectors: the residuals, normalised. */
static bool begin_cycle(cycle *c)
{
    size_t n = c->iteration->order;
    if (!c->basis[0])
        c->basis[0] = ali_alloc_aligned(c->length, sizeof *c->basis[0]);
    if (!c->basis[0])
        return false;
    for (size_t j = 0; j < c->columns; j++) {
        projection *p = &c->projections[j];
        p->steps = 0;
        p->active = residual_of(c, j) > c->iteration->target;
        /* half the target: the preconditioner works in single precision, and the residual is
         * computed anew */
        p->goal = p->active ? 0.5 * c->norm_r[j] * c->iteration->target / residual_of(c, j) : 0.0;
        double factor = p->active ? 1.0 / c->norm_r[j] : 0.0;
        for (size_t i = j * n; i < (j + 1) * n; i++)
            c->basis[0][i] = factor * c->residual[i];
        memset(p->right, 0, ((size_t)c->iteration->restart + 1) * sizeof *p->right);
        p->right[0] = c->norm_r[j];
    }
    return true;
}

/** Rotate a new column of the Hessenberg matrix, and choose the rotation that ends it. */
static void rotate(projection *p, double complex *h, int step)
{
    for (int s = 0; s < step; s++) {
        double complex upper = h[s], lower = h[s + 1];
        h[s] = p->cosine[s] * upper + p->sine[s] * lower;
        h[s + 1] = p->cosine[s] * lower - conj(p->sine[s]) * upper;
    }
    double size = hypot(cabs(h[step]), cabs(h[step + 1])), top = cabs(h[step]);
    double complex phase = top > 0.0 ? h[step] / top : 1.0;
    p->cosine[step] = size > 0.0 ? top / size : 1.0;
    p->sine[step] = size > 0.0 ? phase * conj(h[step + 1]) / size : 0.0;
    h[step] = phase * size;
    h[step + 1] = 0.0;
    double complex right = p->right[step];
    p->right[step] = p->cosine[step] * right;
    p->right[step + 1] = -conj(p->sine[step]) * right;
}

/** Orthogonalise one column of the new vectors, and extend its projection. */
static void extend(cycle *c, size_t j, int step)
{
    size_t n = c->iteration->order;
    projection *p = &c->projections[j];
    double complex *w = c->basis[step + 1] + j * n;
    double complex *h = p->h + (size_t)step * ((size_t)c->iteration->restart + 1);
    if (!p->active) {
        memset(w, 0, n * sizeof *w);
        return;
    }
    for (int s = 0; s <= step; s++) {
        const double complex *v = c->basis[s] + j * n;
        h[s] = dot(n, v, w);
        add_multiple(n, -h[s], v, w);
    }
    double size = norm_of(n, w);
    h[step + 1] = size;
    for (size_t i = 0; i < n && size > 0.0; i++)
        w[i] *= 1.0 / size;
    rotate(p, h, step);
    p->steps = step + 1;
    p->active = size > 0.0 && cabs(p->right[step + 1]) > p->goal;
}

static alicorn_status take_step(cycle *c, int step, alicorn_error *error)
{
    const ali_iteration *it = c->iteration;
    if (!c->basis[step + 1])
        c->basis[step + 1] = ali_alloc_aligned(c->length, sizeof *c->work);
    if (!c->basis[step + 1])
        return out_of_memory(c, error);
    alicorn_status status =
        it->precondition(it->context, c->columns, c->basis[step], c->work, error);
    if (!status)
        status = it->multiply(it->context, c->columns, c->work, c->basis[step + 1], error);
    for (size_t j = 0; j < c->columns && !status; j++)
        extend(c, j, step);
    return status;
}

/** x += M^-1 V y, y from the triangular systems. */
static alicorn_status end_cycle(cycle *c, double complex *x, alicorn_error *error)
{
    const ali_iteration *it = c->iteration;
    size_t n = it->order, ld = (size_t)it->restart + 1;
    memset(c->residual, 0, c->length * sizeof *c->residual);
    for (size_t j = 0; j < c->columns; j++) {
        projection *p = &c->projections[j];
        for (int s = p->steps; s-- > 0;) {
            double complex sum = p->right[s];
            for (int t = s + 1; t < p->steps; t++)
                sum -= p->h[(size_t)s + (size_t)t * ld] * p->right[t];
            double complex diagonal = p->h[(size_t)s + (size_t)s * ld];
            p->right[s] = diagonal != 0.0 ? sum / diagonal : 0.0;
            add_multiple(n, p->right[s], c->basis[s] + j * n, c->residual + j * n);
        }
    }
    alicorn_status status = it->precondition(it->context, c->columns, c->residual, c->work, error);
    if (!status)
        add_multiple(c->length, 1.0, c->work, x);
    return status;
}

/** Residuals b - A x and their norms; the largest relative to b, and that in the first norm. */
static alicorn_status renew_residual(cycle *c, const double complex *b, const double complex *x,
                                     double *largest, double *first, alicorn_error *error)
{
    const ali_iteration *it = c->iteration;
    alicorn_status status = it->multiply(it->context, c->columns, x, c->residual, error);
    *largest = *first = 0.0;
    for (size_t i = 0; i < c->length && !status; i++)
        c->residual[i] = b[i] - c->residual[i];
    for (size_t j = 0; j < c->columns && !status; j++) {
        c->norm_r[j] = norm_of(it->order, c->residual + j * it->order);
        if (!isfinite(c->norm_r[j]))
            return ali_error_set(error, ALICORN_E_NUMERIC,
                                 "the iteration met numbers that are not finite");
        if (it->weight)
            c->weighted_r[j] = weighted_norm(it->order, it->weight, c->residual + j * it->order);
        *largest = fmax(*largest, residual_of(c, j));
        *first = fmax(*first, ratio(c->norm_r[j], c->norm_b[j]));
    }
    return status;
}

static bool any_active(const cycle *c)
{
    for (size_t j = 0; j < c->columns; j++)
        if (c->projections[j].active)
            return true;
    return false;
}

/** Cycles until all columns are done, the steps are spent, or a cycle does not help. */
static alicorn_status run_cycles(cycle *c, const double complex *b, double complex *x, int *taken,
                                 alicorn_error *error)
{
    double largest = 1.0, first = 1.0;
    *taken = 0;
    alicorn_status status = ALICORN_OK;
    while (!status && largest > c->iteration->target && *taken < c->iteration->steps) {
        double former = largest, former_first = first;
        if (!begin_cycle(c))
            return out_of_memory(c, error);
        for (int step = 0; !status && step < c->iteration->restart && any_active(c) &&
                           *taken < c->iteration->steps;
             step++, (*taken)++)
            status = take_step(c, step, error);
        if (!status)
            status = end_cycle(c, x, error);
        if (!status)
            status = renew_residual(c, b, x, &largest, &first, error);
        if (largest > 0.9 * former && first > 0.9 * former_first)
            break;
    }
    return status;
}

alicorn_status ali_iteration_run(const ali_iteration *iteration, size_t columns,
                                 const double complex *b, double complex *x, double *residual,
                                 double *weighted, int *taken, alicorn_error *error)
{
    cycle c;
    *taken = 0;
    if (!cycle_create(iteration, columns, &c))
        return ali_error_memory(error, iteration->order * columns * sizeof *b, "the iteration");
    alicorn_status status = ALICORN_OK;
    bool finite = true;
    for (size_t j = 0; j < columns; j++) {
        const double complex *column = b + j * iteration->order;
        c.norm_r[j] = c.norm_b[j] = norm_of(iteration->order, column);
        if (iteration->weight)
            c.weighted_r[j] = c.weighted_b[j] =
                weighted_norm(iteration->order, iteration->weight, column);
        finite = finite && isfinite(c.norm_b[j]);
    }
    memcpy(c.residual, b, c.length * sizeof *b);
    memset(x, 0, c.length * sizeof *x);
    if (finite)
        status = run_cycles(&c, b, x, taken, error);
    else
        status = ali_error_set(error, ALICORN_E_NUMERIC, "a right-hand side is not finite");
    for (size_t j = 0; j < columns && !status; j++) {
        residual[j] = residual_of(&c, j);
        if (weighted)
            weighted[j] = ratio(c.weighted_r[j], c.weighted_b[j]);
    }
    cycle_clear(&c);
    return status;
}
