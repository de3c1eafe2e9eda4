/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/cross_approximation.h"

#include "base/memory.h"
#include "math/blas.h"
#include "solver/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

alicorn_status ali_matrix_source_fill(const ali_matrix_source *source, const ali_unknown_list *rows,
                                      const ali_unknown_list *columns, double complex *block,
                                      alicorn_error *error)
{
    alicorn_status status =
        source->z.fill(source->z.context, rows, columns, block, rows->count, error);
    if (status)
        return status;
    for (size_t j = 0; j < columns->count; j++)
        for (size_t i = 0; i < rows->count; i++)
            block[i + j * rows->count] *=
                source->scale[rows->unknown[i]] * source->scale[columns->unknown[j]];
    return ALICORN_OK;
}

/** Rows and columns of a patch of the guard. */
enum { PATCH = 8 };

/** One side of a block: its rows or its columns. */
typedef struct side {
    size_t count;
    ali_unknown_list list;
    double complex *factor; /**< [count, capacity]: U or V */
    bool *used;             /**< pivots */
    size_t *drawn;          /**< [draw_limit]: positions drawn for a check */
    size_t *drawn_unknown;  /**< [draw_limit] */
    size_t *shuffled;       /**< [count] all positions, for the patches */
    double complex *strip;  /**< what is left of the drawn rows [drawn, count of the other side],
                               or of the drawn columns [count of the other side, drawn] */
} side;

typedef struct cross {
    const ali_matrix_source *source;
    const ali_cross_options *options;
    side row, column;
    size_t rank, capacity, draw_limit;
    double complex *overlap; /**< [2 capacity] of the newest term with the others, u then v */
    double square;           /**< |U V^T|^2, Frobenius */
    uint64_t random;
    ali_cross_facts *facts;
    alicorn_error *error;
} cross;

static void side_clear(side *s, const ali_list_source *z)
{
    if (s->list.prepared)
        z->release(z->context, &s->list);
    free(s->factor);
    free(s->used);
    free(s->drawn);
    free(s->shuffled);
    free(s->strip);
}

static bool side_create(side *s, size_t count, const size_t *list, size_t other, size_t draws)
{
    *s = (side){.count = count, .list = {.count = count, .unknown = list}};
    s->used = ali_calloc(count, sizeof *s->used);
    s->drawn = ali_calloc(2 * draws, sizeof *s->drawn);
    s->shuffled = ali_calloc(count, sizeof *s->shuffled);
    s->strip = ali_alloc_aligned(draws * other, sizeof *s->strip);
    if (!s->used || !s->drawn || !s->shuffled || !s->strip)
        return false;
    s->drawn_unknown = s->drawn + draws;
    for (size_t i = 0; i < count; i++)
        s->shuffled[i] = i;
    return true;
}

static bool widen(side *s, size_t rank, size_t capacity)
{
    double complex *factor = ali_alloc_aligned(s->count * capacity, sizeof *factor);
    if (!factor)
        return false;
    if (rank > 0)
        memcpy(factor, s->factor, s->count * rank * sizeof *factor);
    free(s->factor);
    s->factor = factor;
    return true;
}

/** strip -= U(drawn, :) V^T, or the same of columns: what is left of `count` rows or columns. The
 * strip is [count, n] for rows and [m, count] for columns. */
static void subtract_known(const cross *c, bool rows, size_t count, const size_t *place,
                           double complex *strip, double complex *picked)
{
    const side *own = rows ? &c->row : &c->column, *other = rows ? &c->column : &c->row;
    if (c->rank == 0)
        return;
    for (size_t l = 0; l < c->rank; l++)
        for (size_t i = 0; i < count; i++)
            picked[i + l * count] = own->factor[place[i] + l * own->count];
    if (rows)
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, count, other->count, c->rank, -1.0,
                       picked, count, other->factor, other->count, 1.0, strip, count);
    else
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, other->count, count, c->rank, -1.0,
                       other->factor, other->count, picked, count, 1.0, strip, other->count);
}

/** What is left of some rows (or columns), into own->strip. */
static alicorn_status residual_of(cross *c, bool rows, size_t count)
{
    side *own = rows ? &c->row : &c->column, *other = rows ? &c->column : &c->row;
    for (size_t i = 0; i < count; i++)
        own->drawn_unknown[i] = own->list.unknown[own->drawn[i]];
    const ali_unknown_list drawn = {.count = count, .unknown = own->drawn_unknown};
    alicorn_status status =
        rows ? ali_matrix_source_fill(c->source, &drawn, &other->list, own->strip, c->error)
             : ali_matrix_source_fill(c->source, &other->list, &drawn, own->strip, c->error);
    c->facts->evaluated += count * other->count;
    if (status || c->rank == 0)
        return status;
    double complex *picked = ali_alloc_aligned(count * c->rank, sizeof *picked);
    if (!picked)
        return ali_error_memory(c->error, count * c->rank * sizeof *picked, "a low-rank block");
    subtract_known(c, rows, count, own->drawn, own->strip, picked);
    free(picked);
    return ALICORN_OK;
}

static double square_of(double complex z)
{
    return creal(z) * creal(z) + cimag(z) * cimag(z);
}

/** Place of the largest element of a vector among those not used; `count` if all are zero. */
static size_t largest_unused(const side *s, const double complex *x)
{
    size_t best = s->count;
    double largest = 0.0;
    for (size_t i = 0; i < s->count; i++) {
        double size = s->used[i] ? 0.0 : square_of(x[i]);
        if (size > largest) {
            largest = size;
            best = i;
        }
    }
    return best;
}

/** overlap[l] = (column l of the factor)^H times its newest column, l = 0 … rank: itself the last.
 */
static void overlaps(const side *s, size_t rank, double complex *overlap)
{
    ali_blas_zgemm(ALI_BLAS_ADJOINT, ALI_BLAS_PLAIN, rank + 1, 1, s->count, 1.0, s->factor,
                   s->count, s->factor + rank * s->count, s->count, 0.0, overlap, rank + 1);
}

/** Append the cross of row strip and column strip; returns |u| |v|. */
static double append_cross(cross *c, double complex pivot)
{
    double complex *u = c->row.factor + c->rank * c->row.count;
    double complex *v = c->column.factor + c->rank * c->column.count;
    memcpy(u, c->column.strip, c->row.count * sizeof *u);
    for (size_t j = 0; j < c->column.count; j++)
        v[j] = c->row.strip[j] / pivot;
    double complex *p = c->overlap, *q = c->overlap + c->capacity;
    overlaps(&c->row, c->rank, p);
    overlaps(&c->column, c->rank, q);
    double own = creal(p[c->rank]) * creal(q[c->rank]), mixed = 0.0;
    for (size_t l = 0; l < c->rank; l++)
        mixed += creal(p[l] * q[l]);
    c->square = fmax(own, c->square + own + 2.0 * mixed);
    c->rank++;
    c->facts->steps++;
    return sqrt(own);
}

/** One cross through row `row`. *size gets the size of the term, 0 if the row is spent; *next the
 * next row. */
static alicorn_status take_cross(cross *c, size_t row, double *size, size_t *next)
{
    if (c->rank == c->capacity) {
        size_t capacity = 2 * c->capacity + 16;
        free(c->overlap);
        c->overlap = ali_alloc_aligned(2 * capacity, sizeof *c->overlap);
        if (!c->overlap || !widen(&c->row, c->rank, capacity) ||
            !widen(&c->column, c->rank, capacity))
            return ali_error_memory(c->error, c->row.count * capacity * sizeof(double complex),
                                    "a low-rank block");
        c->capacity = capacity;
    }
    *size = 0.0;
    c->row.used[row] = true;
    c->row.drawn[0] = row;
    alicorn_status status = residual_of(c, true, 1);
    if (status)
        return status;
    size_t column = largest_unused(&c->column, c->row.strip);
    if (column == c->column.count)
        return ALICORN_OK;
    double complex pivot = c->row.strip[column];
    c->column.used[column] = true;
    c->column.drawn[0] = column;
    status = residual_of(c, false, 1);
    if (status)
        return status;
    *size = append_cross(c, pivot);
    *next = largest_unused(&c->row, c->column.strip);
    return ALICORN_OK;
}

/** A whole number below `count`, at random. */
static size_t below(cross *c, size_t count)
{
    size_t drawn = (size_t)((0.5 + 0.5 * ali_random_next(&c->random)) * (double)count);
    return drawn < count ? drawn : count - 1;
}

/** Draw places that are no pivots: `check` of all, and one more of every kind. Returns how many. */
static size_t draw(cross *c, side *s)
{
    size_t count = 0;
    bool taken[ALI_KINDS] = {false};
    size_t start = below(c, s->count);
    for (size_t i = 0; c->source->kind && i < s->count; i++) {
        size_t place = (start + i) % s->count;
        unsigned char kind = c->source->kind[s->list.unknown[place]] % ALI_KINDS;
        if (!taken[kind] && !s->used[place]) {
            taken[kind] = true;
            s->drawn[count++] = place;
        }
    }
    for (size_t i = 0; i < c->options->check; i++) {
        size_t place = below(c, s->count);
        bool again = s->used[place];
        for (size_t d = 0; d < count; d++)
            again = again || s->drawn[d] == place;
        if (!again)
            s->drawn[count++] = place;
    }
    return count;
}

/** Sum of squares of a strip, and the place of its largest element. */
static double strip_square(size_t count, const double complex *strip, size_t *largest)
{
    double sum = 0.0, most = 0.0;
    *largest = 0;
    for (size_t i = 0; i < count; i++) {
        double square = square_of(strip[i]);
        sum += square;
        if (square > most) {
            most = square;
            *largest = i;
        }
    }
    return sum;
}

static void shuffle(cross *c, side *s)
{
    for (size_t i = s->count; i-- > 1;) {
        size_t j = below(c, i + 1), swap = s->shuffled[i];
        s->shuffled[i] = s->shuffled[j];
        s->shuffled[j] = swap;
    }
}

/** What is left of a patch, some rows by some columns. */
static alicorn_status patch_residual(cross *c, size_t rows, const size_t *row, size_t columns,
                                     const size_t *column, double complex *patch)
{
    size_t row_unknown[PATCH], column_unknown[PATCH];
    for (size_t i = 0; i < rows; i++)
        row_unknown[i] = c->row.list.unknown[row[i]];
    for (size_t j = 0; j < columns; j++)
        column_unknown[j] = c->column.list.unknown[column[j]];
    c->facts->evaluated += rows * columns;
    alicorn_status status =
        ali_matrix_source_fill(c->source, &(ali_unknown_list){rows, row_unknown, NULL},
                               &(ali_unknown_list){columns, column_unknown, NULL}, patch, c->error);
    for (size_t l = 0; l < c->rank && !status; l++)
        for (size_t j = 0; j < columns; j++) {
            double complex v = c->column.factor[column[j] + l * c->column.count];
            for (size_t i = 0; i < rows; i++)
                patch[i + j * rows] -= c->row.factor[row[i] + l * c->row.count] * v;
        }
    return status;
}

/** Where the guard found the largest remainder; row = number of rows: nowhere. */
typedef struct finding {
    size_t row;
    double square;
} finding;

static void note(finding *found, const cross *c, size_t row, double square)
{
    if (square > found->square && !c->row.used[row])
        *found = (finding){row, square};
}

/** Compare patches of a few rows by a few columns that together touch every row and every column.
 * If a share f of the rows and of the columns had been left out, a patch meets it with the
 * probability (1 - (1 - f)^PATCH)^2, and there are as many patches as unknowns over PATCH. */
static alicorn_status check_patches(cross *c, double limit, finding *found)
{
    double complex patch[PATCH * PATCH];
    size_t longer = c->row.count > c->column.count ? c->row.count : c->column.count, at,
           samples = 0;
    finding worst = {c->row.count, 0.0};
    double sum = 0.0;
    shuffle(c, &c->row);
    shuffle(c, &c->column);
    for (size_t first = 0; first < longer; first += PATCH) {
        size_t row_first = first % c->row.count, column_first = first % c->column.count;
        size_t rows = c->row.count - row_first, columns = c->column.count - column_first;
        rows = rows < PATCH ? rows : PATCH;
        columns = columns < PATCH ? columns : PATCH;
        const size_t *row = c->row.shuffled + row_first;
        alicorn_status status =
            patch_residual(c, rows, row, columns, c->column.shuffled + column_first, patch);
        if (status)
            return status;
        sum += strip_square(rows * columns, patch, &at);
        samples += rows * columns;
        note(&worst, c, row[at % rows], square_of(patch[at]));
    }
    double whole = (double)c->row.count * (double)c->column.count / (double)samples;
    if (sum * whole > limit)
        *found = worst;
    return ALICORN_OK;
}

/** Compare whole rows, or columns, drawn at random. */
static alicorn_status check_lines(cross *c, bool rows, double limit, finding *found)
{
    side *own = rows ? &c->row : &c->column, *other = rows ? &c->column : &c->row;
    size_t count = draw(c, own), at = 0;
    if (count == 0)
        return ALICORN_OK;
    alicorn_status status = residual_of(c, rows, count);
    if (status)
        return status;
    double square = strip_square(count * other->count, own->strip, &at);
    if (square * (double)own->count / (double)count > limit)
        note(found, c, rows ? own->drawn[at % count] : at % other->count,
             square_of(own->strip[at]));
    return ALICORN_OK;
}

/** Compare samples of the block with the approximation. *row is where to go on if they disagree,
 * or the number of rows if all is well. */
static alicorn_status check(cross *c, size_t *row)
{
    double limit = 2.0 * c->options->tolerance * c->options->tolerance * c->square;
    finding found = {c->row.count, 0.0};
    alicorn_status status = check_patches(c, limit, &found);
    if (!status)
        status = check_lines(c, true, limit, &found);
    if (!status)
        status = check_lines(c, false, limit, &found);
    *row = found.row;
    return status;
}

/** Crosses until they and the checks say it is enough, or the rank limit is reached. */
static alicorn_status iterate(cross *c)
{
    size_t row = c->row.count / 2, limit = c->options->rank_limit;
    if (limit > c->row.count)
        limit = c->row.count;
    if (limit > c->column.count)
        limit = c->column.count;
    while (c->rank < limit) {
        double size = 0.0;
        size_t next = c->row.count;
        alicorn_status status = take_cross(c, row, &size, &next);
        if (status)
            return status;
        bool enough = size <= 0.5 * c->options->tolerance * sqrt(c->square);
        if (!enough && next < c->row.count) {
            row = next;
            continue;
        }
        if (c->options->check > 0) {
            status = check(c, &row);
            if (status)
                return status;
        }
        if (c->options->check == 0 || row == c->row.count) {
            c->facts->converged = true;
            return ALICORN_OK;
        }
        c->facts->rescues++;
    }
    return ALICORN_OK;
}

alicorn_status ali_cross_approximate(const ali_matrix_source *source, const size_t *rows,
                                     const size_t *columns, const ali_cross_options *options,
                                     ali_low_rank *block, ali_cross_facts *facts,
                                     alicorn_error *error)
{
    *facts = (ali_cross_facts){0};
    cross c = {.source = source,
               .options = options,
               .draw_limit = options->check + ALI_KINDS + 1,
               .random = (uint64_t)rows[0] << 32 ^ columns[0],
               .facts = facts,
               .error = error};
    size_t bytes = (block->rows + block->columns) * c.draw_limit * sizeof(double complex);
    alicorn_status status = ALICORN_OK;
    if (!side_create(&c.row, block->rows, rows, block->columns, c.draw_limit) ||
        !side_create(&c.column, block->columns, columns, block->rows, c.draw_limit))
        status = ali_error_memory(error, bytes, "a low-rank block");
    if (!status && source->z.prepare)
        status = source->z.prepare(source->z.context, &c.row.list, error);
    if (!status && source->z.prepare)
        status = source->z.prepare(source->z.context, &c.column.list, error);
    if (!status)
        status = iterate(&c);
    if (!status && facts->converged &&
        !ali_low_rank_from_product(block, c.rank, c.row.factor, c.column.factor,
                                   options->tolerance))
        status = ali_error_memory(error, bytes, "a low-rank block");
    free(c.overlap);
    side_clear(&c.row, &source->z);
    side_clear(&c.column, &source->z);
    return status;
}
