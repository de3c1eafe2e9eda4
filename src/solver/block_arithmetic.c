/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/block_arithmetic.h"

#include "base/memory.h"
#include "math/blas.h"
#include "solver/column_kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Columns that may gather in a sum beyond its settled rank before it is truncated. */
enum { PENDING_SLACK = 32 };

/** Order of diagonal blocks that are eliminated column by column. */
enum { SMALL_ORDER = 16 };

ali_block *ali_block_copy(const ali_block_context *context, const ali_block *block)
{
    ali_block *copy = ali_block_create(context->tree, block->level, block->row, block->column);
    if (!copy)
        return NULL;
    copy->kind = block->kind;
    bool complete = true;
    if (block->kind == ALI_BLOCK_LOW_RANK) {
        const ali_low_rank *from = &block->low_rank;
        complete = ali_low_rank_append(&copy->low_rank, 0, from->rows, 0, from->columns, from->rank,
                                       1.0f, from->u, from->rows, from->v, from->columns) &&
                   ali_low_rank_truncate(&copy->low_rank, context->tolerance);
    } else if (block->kind == ALI_BLOCK_DENSE) {
        size_t count = block->rows * block->columns;
        copy->dense = ali_alloc_aligned(count, sizeof *copy->dense);
        complete = copy->dense != NULL;
        if (complete)
            memcpy(copy->dense, block->dense, count * sizeof *copy->dense);
    }
    for (int i = 0; i < 4 && complete; i++)
        if (block->child[i]) {
            copy->child[i] = ali_block_copy(context, block->child[i]);
            complete = copy->child[i] != NULL;
        }
    if (complete)
        return copy;
    ali_block_destroy(copy);
    return NULL;
}

/* ---- products with dense columns ---- */

/** Up to so many columns the kernels for few columns are faster than cgemm. */
enum { FEW_COLUMNS = 16 };

/** y += factor op(A) x, A [m, n]. */
static void add_product(ali_blas_op op, size_t m, size_t n, size_t columns, float factor,
                        const float complex *a, const float complex *x, size_t ldx,
                        float complex *y, size_t ldy)
{
    bool plain = op == ALI_BLAS_PLAIN;
    if (columns <= FEW_COLUMNS && factor == -1.0f)
        ali_column_best()->kernels_single.products.subtract(op, m, n, columns, a, m, x, ldx, y,
                                                            ldy);
    else
        ali_blas_cgemm(op, ALI_BLAS_PLAIN, plain ? m : n, columns, plain ? n : m, factor, a, m, x,
                       ldx, 1.0f, y, ldy);
}

bool ali_block_multiply(const ali_block *b, bool transposed, float factor, size_t columns,
                        const float complex *x, size_t ldx, float complex *y, size_t ldy)
{
    if (b->kind == ALI_BLOCK_DENSE) {
        add_product(transposed ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN, b->rows, b->columns, columns,
                    factor, b->dense, x, ldx, y, ldy);
        return true;
    }
    if (b->kind == ALI_BLOCK_LOW_RANK) {
        size_t m = transposed ? b->columns : b->rows, n = transposed ? b->rows : b->columns;
        size_t r = b->low_rank.rank;
        if (r == 0)
            return true;
        const float complex *left = transposed ? b->low_rank.v : b->low_rank.u;
        const float complex *right = transposed ? b->low_rank.u : b->low_rank.v;
        float complex *middle = ali_calloc_aligned(r * columns, sizeof *middle);
        if (!middle)
            return false;
        /* two minus signs, for which there are kernels */
        add_product(ALI_BLAS_TRANSPOSED, n, r, columns, -1.0f, right, x, ldx, middle, r);
        for (size_t i = 0; i < r * columns; i++)
            middle[i] *= factor;
        add_product(ALI_BLAS_PLAIN, m, r, columns, -1.0f, left, middle, r, y, ldy);
        free(middle);
        return true;
    }
    for (int i = 0; i < 4; i++) {
        const ali_block *child = b->child[i];
        size_t row = child->row_first - b->row_first;
        size_t column = child->column_first - b->column_first;
        if (!ali_block_multiply(child, transposed, factor, columns, x + (transposed ? row : column),
                                ldx, y + (transposed ? column : row), ldy))
            return false;
    }
    return true;
}

bool ali_block_substitute(const ali_block *g, bool transposed, size_t columns, float complex *y,
                          size_t ldy)
{
    if (g->kind == ALI_BLOCK_DENSE) {
        ali_blas_ctrsm_lower(ALI_BLAS_LEFT, transposed ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN,
                             g->rows, columns, g->dense, g->rows, y, ldy);
        return true;
    }
    float complex *upper = y, *lower = y + g->child[0]->rows;
    if (transposed)
        return ali_block_substitute(g->child[3], true, columns, lower, ldy) &&
               ali_block_multiply(g->child[1], true, -1.0f, columns, lower, ldy, upper, ldy) &&
               ali_block_substitute(g->child[0], true, columns, upper, ldy);
    return ali_block_substitute(g->child[0], false, columns, upper, ldy) &&
           ali_block_multiply(g->child[1], false, -1.0f, columns, upper, ldy, lower, ldy) &&
           ali_block_substitute(g->child[3], false, columns, lower, ldy);
}

/* ---- sums ---- */

/** Truncate a sum that has grown beyond what it settled at. */
static bool relieve(const ali_block_context *context, ali_low_rank *sum)
{
    if (sum->rank <= sum->settled + sum->settled / 2 + PENDING_SLACK)
        return true;
    return ali_low_rank_truncate(sum, context->tolerance);
}

/** sum += factor U V^T. */
static bool add_to_sum(const ali_block_context *context, ali_low_rank *sum, size_t rank,
                       float factor, const float complex *u, size_t ldu, const float complex *v,
                       size_t ldv)
{
    return ali_low_rank_append(sum, 0, sum->rows, 0, sum->columns, rank, factor, u, ldu, v, ldv) &&
           relieve(context, sum);
}

/** U V^T = A B^T, of which at least one is of low rank. One factor is borrowed from A or B, the
 * other is owned. */
typedef struct thin_product {
    size_t rank;
    const float complex *u, *v;
    float complex *owned;
} thin_product;

/** A = U_A V_A^T: U_A (B V_A)^T. */
static bool thin_left(const ali_block *a, const ali_block *b, thin_product *product)
{
    size_t r = a->low_rank.rank;
    product->owned = ali_calloc_aligned(b->rows * r, sizeof *product->owned);
    if (!product->owned)
        return false;
    product->rank = r;
    product->u = a->low_rank.u;
    product->v = product->owned;
    return r == 0 || ali_block_multiply(b, false, 1.0f, r, a->low_rank.v, a->columns,
                                        product->owned, b->rows);
}

/** B = U_B V_B^T: (A V_B) U_B^T. */
static bool thin_right(const ali_block *a, const ali_block *b, thin_product *product)
{
    size_t r = b->low_rank.rank;
    product->owned = ali_calloc_aligned(a->rows * r, sizeof *product->owned);
    if (!product->owned)
        return false;
    product->rank = r;
    product->u = product->owned;
    product->v = b->low_rank.u;
    return r == 0 || ali_block_multiply(a, false, 1.0f, r, b->low_rank.v, b->columns,
                                        product->owned, a->rows);
}

static bool multiply_thin(const ali_block *a, const ali_block *b, thin_product *product)
{
    *product = (thin_product){0};
    bool left = a->kind == ALI_BLOCK_LOW_RANK;
    if (left && b->kind == ALI_BLOCK_LOW_RANK)
        left = a->low_rank.rank <= b->low_rank.rank;
    bool done = left ? thin_left(a, b, product) : thin_right(a, b, product);
    if (!done)
        free(product->owned);
    return done;
}

static bool is_thin(const ali_block *a, const ali_block *b)
{
    return a->kind == ALI_BLOCK_LOW_RANK || b->kind == ALI_BLOCK_LOW_RANK;
}

static bool subtract_quarters(const ali_block_context *context, ali_low_rank *sum,
                              const ali_block *a, const ali_block *b);

/** sum -= A B^T. */
static bool subtract_product(const ali_block_context *context, ali_low_rank *sum,
                             const ali_block *a, const ali_block *b)
{
    if (is_thin(a, b)) {
        thin_product product;
        if (!multiply_thin(a, b, &product))
            return false;
        bool done = add_to_sum(context, sum, product.rank, -1.0f, product.u, sum->rows, product.v,
                               sum->columns);
        free(product.owned);
        return done;
    }
    if (a->kind == ALI_BLOCK_SPLIT)
        return subtract_quarters(context, sum, a, b);
    float complex *d = ali_alloc_aligned(a->rows * b->rows, sizeof *d);
    if (!d)
        return false;
    ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, a->rows, b->rows, a->columns, 1.0f,
                   a->dense, a->rows, b->dense, b->rows, 0.0f, d, a->rows);
    bool done = ali_low_rank_append_dense(sum, -1.0f, d, a->rows, context->tolerance) &&
                relieve(context, sum);
    free(d);
    return done;
}

/** The same of split blocks: four sums of low rank, each truncated, then joined. */
static bool subtract_quarters(const ali_block_context *context, ali_low_rank *sum,
                              const ali_block *a, const ali_block *b)
{
    for (int half_b = 0; half_b < 2; half_b++)
        for (int half_a = 0; half_a < 2; half_a++) {
            const ali_block *first_a = a->child[half_a], *first_b = b->child[half_b];
            ali_low_rank quarter = {.rows = first_a->rows, .columns = first_b->rows};
            bool done = true;
            for (int c = 0; c < 2 && done; c++)
                done = subtract_product(context, &quarter, a->child[half_a + 2 * c],
                                        b->child[half_b + 2 * c]);
            done =
                done && ali_low_rank_truncate(&quarter, context->tolerance) &&
                ali_low_rank_append(sum, first_a->row_first - a->row_first, first_a->rows,
                                    first_b->row_first - b->row_first, first_b->rows, quarter.rank,
                                    1.0f, quarter.u, quarter.rows, quarter.v, quarter.columns);
            ali_low_rank_clear(&quarter);
            if (!done)
                return false;
        }
    return relieve(context, sum);
}

bool ali_block_update(const ali_block_context *context, ali_block *c, const ali_block *a,
                      const ali_block *b)
{
    if (c->kind == ALI_BLOCK_DENSE && !is_thin(a, b)) {
        ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, c->rows, c->columns, a->columns, -1.0f,
                       a->dense, a->rows, b->dense, b->rows, 1.0f, c->dense, c->rows);
        return true;
    }
    if (c->kind == ALI_BLOCK_DENSE) {
        thin_product product;
        if (!multiply_thin(a, b, &product))
            return false;
        if (product.rank > 0)
            ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, c->rows, c->columns, product.rank,
                           -1.0f, product.u, c->rows, product.v, c->columns, 1.0f, c->dense,
                           c->rows);
        free(product.owned);
        return true;
    }
    if (c->kind == ALI_BLOCK_LOW_RANK || is_thin(a, b))
        return subtract_product(context, &c->pending, a, b);
    for (int i = 0; i < 4; i++) {
        if (!c->child[i])
            continue;
        for (int half = 0; half < 2; half++)
            if (!ali_block_update(context, c->child[i], a->child[i % 2 + 2 * half],
                                  b->child[i / 2 + 2 * half]))
                return false;
    }
    return true;
}

/** Move what is pending at a block one level down, or into its contents. */
static bool settle(const ali_block_context *context, ali_block *block)
{
    ali_low_rank *sum = &block->pending;
    if (sum->rank == 0)
        return true;
    bool done = true;
    if (block->kind == ALI_BLOCK_DENSE) {
        ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, block->rows, block->columns, sum->rank,
                       1.0f, sum->u, sum->rows, sum->v, sum->columns, 1.0f, block->dense,
                       block->rows);
    } else if (block->kind == ALI_BLOCK_LOW_RANK) {
        done = ali_low_rank_append(&block->low_rank, 0, sum->rows, 0, sum->columns, sum->rank, 1.0f,
                                   sum->u, sum->rows, sum->v, sum->columns) &&
               ali_low_rank_truncate(&block->low_rank, context->tolerance);
    } else {
        done = sum->rank == sum->settled || ali_low_rank_truncate(sum, context->tolerance);
        for (int i = 0; i < 4 && done; i++) {
            ali_block *child = block->child[i];
            if (!child)
                continue;
            done = add_to_sum(context, &child->pending, sum->rank, 1.0f,
                              sum->u + (child->row_first - block->row_first), sum->rows,
                              sum->v + (child->column_first - block->column_first), sum->columns);
        }
    }
    ali_low_rank_clear(sum);
    return done;
}

bool ali_block_divide(const ali_block_context *context, ali_block *x, const ali_block *g)
{
    if (!settle(context, x))
        return false;
    if (x->kind == ALI_BLOCK_DENSE) {
        ali_blas_ctrsm_lower(ALI_BLAS_RIGHT, ALI_BLAS_TRANSPOSED, x->rows, x->columns, g->dense,
                             g->rows, x->dense, x->rows);
        return true;
    }
    if (x->kind == ALI_BLOCK_LOW_RANK)
        return x->low_rank.rank == 0 ||
               ali_block_substitute(g, false, x->low_rank.rank, x->low_rank.v, x->columns);
    for (int half = 0; half < 2; half++)
        if (!ali_block_divide(context, x->child[half], g->child[0]) ||
            !ali_block_update(context, x->child[half + 2], x->child[half], g->child[1]) ||
            !ali_block_divide(context, x->child[half + 2], g->child[3]))
            return false;
    return true;
}

/** G G^T = A of small order, column by column; false if a pivot is zero or not finite. */
static bool factor_small(size_t n, float complex *a, size_t lda)
{
    for (size_t k = 0; k < n; k++) {
        float complex pivot = a[k + k * lda];
        float size = crealf(pivot) * crealf(pivot) + cimagf(pivot) * cimagf(pivot);
        if (!(size > 0.0f) || !isfinite(size))
            return false;
        float complex root = csqrtf(pivot), inverse = 1.0f / root;
        a[k + k * lda] = root;
        for (size_t i = k + 1; i < n; i++)
            a[i + k * lda] *= inverse;
        for (size_t j = k + 1; j < n; j++)
            for (size_t i = j; i < n; i++)
                a[i + j * lda] -= a[i + k * lda] * a[j + k * lda];
    }
    return true;
}

/** The same by halves. */
static bool factor_dense(size_t n, float complex *a, size_t lda)
{
    if (n <= SMALL_ORDER)
        return factor_small(n, a, lda);
    size_t half = n / 2, rest = n - half;
    float complex *below = a + half, *corner = a + half + half * lda;
    if (!factor_dense(half, a, lda))
        return false;
    ali_blas_ctrsm_lower(ALI_BLAS_RIGHT, ALI_BLAS_TRANSPOSED, rest, half, a, lda, below, lda);
    ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, rest, rest, half, -1.0f, below, lda, below,
                   lda, 1.0f, corner, lda);
    return factor_dense(rest, corner, lda);
}

bool ali_block_factor(ali_block_context *context, ali_block *a)
{
    if (!settle(context, a))
        return false;
    if (a->kind == ALI_BLOCK_DENSE) {
        if (!factor_dense(a->rows, a->dense, a->rows))
            context->singular = true;
        return true;
    }
    return ali_block_factor(context, a->child[0]) &&
           ali_block_divide(context, a->child[1], a->child[0]) &&
           ali_block_update(context, a->child[3], a->child[1], a->child[1]) &&
           ali_block_factor(context, a->child[3]);
}
