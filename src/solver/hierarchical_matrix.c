/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/hierarchical_matrix.h"

#include "base/memory.h"
#include "solver/column_kernels.h"
#include "solver/monitor.h"
#include "solver/scaling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

alicorn_status ali_hierarchical_matrix_create(const ali_cluster_tree *tree, unsigned level,
                                              ali_hierarchical_matrix *matrix, alicorn_error *error)
{
    size_t tiles = (size_t)1 << level;
    *matrix = (ali_hierarchical_matrix){.tree = tree, .level = level, .tiles = tiles};
    matrix->tile = ali_calloc(tiles * (tiles + 1) / 2, sizeof(ali_block *));
    bool complete = matrix->tile != NULL;
    for (size_t i = 0; complete && i < tiles; i++)
        for (size_t j = 0; complete && j <= i; j++) {
            ali_block *block = ali_block_create(tree, level, i, j);
            *ali_hierarchical_tile(matrix, i, j) = block;
            complete = block != NULL;
        }
    if (complete)
        return ALICORN_OK;
    ali_hierarchical_matrix_clear(matrix);
    return ali_error_memory(error, tiles * tiles * sizeof(ali_block), "the tiles of the matrix");
}

void ali_hierarchical_matrix_clear(ali_hierarchical_matrix *matrix)
{
    for (size_t i = 0; matrix->tile && i < matrix->tiles * (matrix->tiles + 1) / 2; i++)
        ali_block_destroy(matrix->tile[i]);
    free(matrix->tile);
    *matrix = (ali_hierarchical_matrix){0};
}

size_t ali_hierarchical_matrix_bytes(const ali_hierarchical_matrix *matrix)
{
    size_t bytes = 0;
    for (size_t i = 0; matrix->tile && i < matrix->tiles * (matrix->tiles + 1) / 2; i++)
        bytes += ali_block_bytes(matrix->tile[i]);
    return bytes;
}

/* ---- assembly ---- */

/** Far blocks of every level that are filled first, to predict the others. */
enum { SAMPLES = 24 };

/** Work of the factorisation where near blocks meet, per multiplication: they are larger products
 * than those of low rank, and run faster. Fitted, with the weight of far blocks by the root of
 * their number per row, to a sphere, a column and a ship of wires of 5,000 to 6,000 unknowns and a
 * sphere of 20,000, to a fifth. */
#define NEAR_WORK 0.025

/** Sums over the samples of one level. */
typedef struct level_sample {
    double sides;         /**< rows + columns */
    double dense, factor; /**< elements kept in full, and as factors U, V */
    double evaluated, squares;
} level_sample;

typedef struct assembly {
    const ali_cluster_tree *tree;
    const ali_assembly_options *options;
    ali_matrix_source source;
    ali_block **leaf; /**< blocks to fill, in the order of work */
    size_t leaf_count, leaf_capacity;
    size_t diagonal, samples; /**< blocks at the beginning of the list */
    bool sampling;            /**< samples are being filled */
    level_sample sample[8 * sizeof(size_t)];
    ali_assembly_facts facts;
    size_t bytes; /**< weighted */
#ifdef _OPENMP
    omp_lock_t lock; /**< guards facts and bytes */
#endif
} assembly;

static bool is_far(const assembly *work, unsigned level, size_t row, size_t column)
{
    const ali_cluster_box *a = ali_cluster_box_of(work->tree, level, row);
    const ali_cluster_box *b = ali_cluster_box_of(work->tree, level, column);
    double diameter_a = ali_cluster_box_diameter(a), diameter_b = ali_cluster_box_diameter(b);
    double largest = work->options->largest_far;
    if (largest > 0.0 && fmax(diameter_a, diameter_b) > largest && level < work->tree->depth)
        return false;
    double distance = ali_cluster_box_distance(a, b);
    return distance > 0.0 &&
           fmin(diameter_a, diameter_b) <= work->options->admissibility * distance;
}

/** Cut a block as far as its geometry asks, and list its leaves. */
static bool plan_block(assembly *work, ali_block *block)
{
    bool far = is_far(work, block->level, block->row, block->column);
    if (!far && block->level < work->tree->depth) {
        if (!ali_block_split(work->tree, block))
            return false;
        for (int i = 0; i < 4; i++)
            if (block->child[i] && !plan_block(work, block->child[i]))
                return false;
        return true;
    }
    block->kind = far ? ALI_BLOCK_LOW_RANK : ALI_BLOCK_DENSE;
    if (ali_grow((void **)&work->leaf, &work->leaf_capacity, work->leaf_count, sizeof *work->leaf))
        return false;
    work->leaf[work->leaf_count++] = block;
    return true;
}

static alicorn_status out_of_memory(const ali_block *block, alicorn_error *error)
{
    return ali_error_memory(error, block->rows * block->columns * sizeof(double complex),
                            "a block of the matrix");
}

static void keep_dense(ali_block *block, float complex *dense, const double complex *full)
{
    const double *from = (const double *)full;
    float *to = (float *)dense;
    for (size_t i = 0; i < 2 * block->rows * block->columns; i++)
        to[i] = (float)from[i];
    block->dense = dense;
    block->kind = ALI_BLOCK_DENSE;
}

/** Evaluate all of a leaf-level block and keep it in full, or compressed if that is smaller. */
static alicorn_status fill_whole(const assembly *work, ali_block *block, ali_assembly_facts *facts,
                                 alicorn_error *error)
{
    size_t count = block->rows * block->columns;
    double complex *full = ali_alloc_aligned(count, sizeof *full);
    if (!full)
        return out_of_memory(block, error);
    const size_t *unknown = work->tree->unknown;
    alicorn_status status = ali_matrix_source_fill(
        &work->source, &(ali_unknown_list){block->rows, unknown + block->row_first, NULL},
        &(ali_unknown_list){block->columns, unknown + block->column_first, NULL}, full, error);
    facts->evaluated += count;
    if (!status && block->kind == ALI_BLOCK_LOW_RANK &&
        !ali_low_rank_from_dense(&block->low_rank, full, block->rows, work->options->tolerance))
        status = out_of_memory(block, error);
    if (!status && (block->kind == ALI_BLOCK_DENSE ||
                    block->low_rank.rank * (block->rows + block->columns) > 3 * count / 4)) {
        ali_low_rank_clear(&block->low_rank);
        float complex *dense = ali_alloc_aligned(count, sizeof *dense);
        if (dense)
            keep_dense(block, dense, full);
        else
            status = out_of_memory(block, error);
    }
    free(full);
    return status;
}

static void count_leaf(const ali_block *block, ali_assembly_facts *facts)
{
    if (block->kind == ALI_BLOCK_DENSE) {
        facts->near_blocks++;
        facts->near_elements += block->rows * block->columns;
        return;
    }
    facts->far_blocks++;
    facts->far_elements += block->low_rank.rank * (block->rows + block->columns);
    facts->mean_rank += (double)(block->rows + block->columns);
    if (block->low_rank.rank > facts->largest_rank)
        facts->largest_rank = block->low_rank.rank;
}

static alicorn_status fill_block(const assembly *work, ali_block *block, ali_assembly_facts *facts,
                                 alicorn_error *error);

/** A far block that does not converge: its quarters. */
static alicorn_status fill_quarters(const assembly *work, ali_block *block,
                                    ali_assembly_facts *facts, alicorn_error *error)
{
    block->kind = ALI_BLOCK_SPLIT;
    facts->divided++;
    if (!ali_block_split(work->tree, block))
        return out_of_memory(block, error);
    alicorn_status status = ALICORN_OK;
    for (int i = 0; i < 4 && !status; i++) {
        block->child[i]->kind = ALI_BLOCK_LOW_RANK;
        status = fill_block(work, block->child[i], facts, error);
    }
    return status;
}

static alicorn_status fill_block(const assembly *work, ali_block *block, ali_assembly_facts *facts,
                                 alicorn_error *error)
{
    if (block->level == work->tree->depth) {
        alicorn_status status = fill_whole(work, block, facts, error);
        if (!status)
            count_leaf(block, facts);
        return status;
    }
    size_t smaller = block->rows < block->columns ? block->rows : block->columns;
    ali_cross_options options = {.tolerance = work->options->tolerance,
                                 .rank_limit = smaller / 3,
                                 .check = work->options->check};
    ali_cross_facts cross;
    alicorn_status status = ali_cross_approximate(
        &work->source, work->tree->unknown + block->row_first,
        work->tree->unknown + block->column_first, &options, &block->low_rank, &cross, error);
    facts->evaluated += cross.evaluated;
    facts->rescues += cross.rescues;
    if (!status && !cross.converged)
        return fill_quarters(work, block, facts, error);
    if (!status)
        count_leaf(block, facts);
    return status;
}

static void lock_facts(assembly *work)
{
#ifdef _OPENMP
    omp_set_lock(&work->lock);
#else
    (void)work;
#endif
}

static void unlock_facts(assembly *work)
{
#ifdef _OPENMP
    omp_unset_lock(&work->lock);
#else
    (void)work;
#endif
}

static void join_facts(ali_assembly_facts *all, const ali_assembly_facts *one)
{
    all->near_blocks += one->near_blocks;
    all->far_blocks += one->far_blocks;
    all->near_elements += one->near_elements;
    all->far_elements += one->far_elements;
    all->mean_rank += one->mean_rank;
    all->evaluated += one->evaluated;
    all->rescues += one->rescues;
    all->divided += one->divided;
    if (one->largest_rank > all->largest_rank)
        all->largest_rank = one->largest_rank;
}

/** Bytes that the memory limit counts for so many elements. */
static size_t weigh(const assembly *work, size_t near, size_t far)
{
    double sum =
        work->options->near_weight * (double)near + work->options->far_weight * (double)far;
    return (size_t)(sum * (double)sizeof(float complex));
}

/** Add what a filled block and all below store; whole numbers, which any order adds up alike. */
static void note_stored(level_sample *sample, const ali_block *block)
{
    double rank = (double)block->low_rank.rank, sides = (double)(block->rows + block->columns);
    if (block->dense)
        sample->dense += (double)(block->rows * block->columns);
    sample->factor += rank * sides;
    sample->squares += rank * rank * sides;
    for (int i = 0; i < 4; i++)
        if (block->child[i])
            note_stored(sample, block->child[i]);
}

/** Fill one block of the list, and account for it. */
static void fill_listed(assembly *work, ali_monitor *monitor, ali_block *block)
{
    ali_assembly_facts facts = {0};
    alicorn_error error = {0};
    if (ali_monitor_stopped(monitor))
        return;
    size_t units = block->rows + block->columns, limit = work->options->memory_limit, bytes;
    alicorn_status status = fill_block(work, block, &facts, &error);
    bytes = weigh(work, facts.near_elements, facts.far_elements);
    lock_facts(work);
    join_facts(&work->facts, &facts);
    if (work->sampling) {
        level_sample *sample = &work->sample[block->level];
        sample->sides += (double)units;
        sample->evaluated += (double)facts.evaluated;
        note_stored(sample, block);
    }
    work->bytes += bytes;
    bytes = work->bytes;
    unlock_facts(work);
    if (!status && limit > 0 && bytes > limit)
        status = ali_error_set(&error, ALICORN_E_MEMORY,
                               "the compressed matrix and its factor need more than the limit of "
                               "%zu MB",
                               limit / 1000000);
    if (status)
        ali_monitor_fail(monitor, status, &error);
    else
        ali_monitor_advance(monitor, units, 0.0);
}

/** Diagonal leaf blocks come first: they hold the diagonal, and with it the scales. */
static alicorn_status fill_diagonal(assembly *work, ali_monitor *monitor, ali_block *block,
                                    double *scale)
{
    alicorn_error error = {0};
    size_t n = block->rows;
    const size_t *unknown = work->tree->unknown + block->row_first;
    double complex *full = ali_alloc_aligned(n * n, sizeof *full);
    float complex *dense = ali_alloc_aligned(n * n, sizeof *dense);
    const ali_unknown_list list = {.count = n, .unknown = unknown};
    const ali_list_source *z = &work->source.z;
    alicorn_status status = full && dense ? z->fill(z->context, &list, &list, full, n, &error)
                                          : out_of_memory(block, &error);
    if (!status) {
        for (size_t i = 0; i < n; i++)
            scale[unknown[i]] = ali_scaling_of(full[i + i * n]);
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < n; i++)
                full[i + j * n] *= scale[unknown[i]] * scale[unknown[j]];
        keep_dense(block, dense, full);
        dense = NULL;
        lock_facts(work);
        work->facts.evaluated += n * n;
        count_leaf(block, &work->facts);
        unlock_facts(work);
        ali_monitor_advance(monitor, 2 * n, 0.0);
    } else {
        ali_monitor_fail(monitor, status, &error);
    }
    free(dense);
    free(full);
    return status;
}

/** The diagonal of such a block alone, for the scales. */
static alicorn_status find_scales(assembly *work, ali_monitor *monitor, ali_block *block,
                                  double *scale)
{
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    const ali_list_source *z = &work->source.z;
    for (size_t i = 0; i < block->rows && !status; i++) {
        size_t unknown = work->tree->unknown[block->row_first + i];
        double complex own;
        const ali_unknown_list list = {.count = 1, .unknown = &unknown};
        status = z->fill(z->context, &list, &list, &own, 1, &error);
        if (!status)
            scale[unknown] = ali_scaling_of(own);
    }
    if (status)
        ali_monitor_fail(monitor, status, &error);
    return status;
}

/** Large blocks first; otherwise in the order of the plan. */
static int compare_blocks(const void *a, const void *b)
{
    const ali_block *x = *(ali_block *const *)a, *y = *(ali_block *const *)b;
    bool first = ali_block_is_diagonal(x), second = ali_block_is_diagonal(y);
    if (first != second)
        return first ? -1 : 1;
    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/** Move some far blocks of every level, evenly spread, behind the diagonal ones. Returns false when
 * memory is out. */
static bool pick_samples(assembly *work)
{
    size_t count[8 * sizeof(size_t)] = {0}, seen[8 * sizeof(size_t)] = {0}, rest = 0;
    ali_block **others = ali_calloc(work->leaf_count, sizeof(ali_block *));
    if (!others)
        return false;
    for (size_t b = 0; b < work->leaf_count; b++) {
        work->diagonal += ali_block_is_diagonal(work->leaf[b]);
        count[work->leaf[b]->level] += work->leaf[b]->kind == ALI_BLOCK_LOW_RANK;
    }
    size_t next = work->diagonal;
    for (size_t b = work->diagonal; b < work->leaf_count; b++) {
        ali_block *block = work->leaf[b];
        size_t stride = (count[block->level] + SAMPLES - 1) / SAMPLES;
        bool far = block->kind == ALI_BLOCK_LOW_RANK;
        if (far && seen[block->level]++ % stride == stride / 2)
            work->leaf[next++] = block;
        else
            others[rest++] = block;
    }
    work->samples = next - work->diagonal;
    memcpy(work->leaf + next, others, rest * sizeof *others);
    free(others);
    return true;
}

/** The whole matrix, from the plan and the samples of every level. */
static ali_assembly_prediction predict(const assembly *work)
{
    ali_assembly_prediction sum = {0};
    double far[8 * sizeof(size_t)] = {0.0}, order = (double)work->tree->order;
    unsigned depth = work->tree->depth;
    for (size_t b = 0; b < work->leaf_count; b++) {
        const ali_block *block = work->leaf[b];
        bool sampled = b >= work->diagonal && b < work->diagonal + work->samples;
        double count = (double)(block->rows * block->columns);
        if (block->kind == ALI_BLOCK_LOW_RANK || sampled)
            far[block->level] += (double)(block->rows + block->columns);
        else
            sum.near_elements += count;
        if (block->level == depth)
            sum.listed += count;
    }
    for (unsigned level = 0; level <= depth; level++) {
        const level_sample *sample = &work->sample[level];
        if (sample->sides == 0.0)
            continue;
        double share = far[level] / sample->sides, squares = share * sample->squares;
        sum.near_elements += share * sample->dense;
        sum.far_elements += share * sample->factor;
        sum.squares += squares;
        sum.factor_work += squares * sqrt(far[level] / order);
        sum.crossed += level < depth ? share * sample->evaluated : 0.0;
    }
    sum.factor_work += NEAR_WORK * sum.near_elements * sum.near_elements / order;
    sum.bytes = weigh(work, (size_t)sum.near_elements, (size_t)sum.far_elements);
    return sum;
}

static void fill_range(assembly *work, ali_monitor *monitor, size_t first, size_t end)
{
#pragma omp parallel for schedule(dynamic) num_threads(work->options->threads)
    for (size_t b = first; b < end; b++)
        fill_listed(work, monitor, work->leaf[b]);
}

/** Diagonal blocks, samples, and if the prediction allows it the rest. */
static alicorn_status fill_all(assembly *work, double *scale, alicorn_error *error)
{
    size_t units = 0, limit = work->options->memory_limit;
    for (size_t b = 0; b < work->leaf_count; b++)
        units += work->leaf[b]->rows + work->leaf[b]->columns;
    ali_monitor monitor;
    ali_monitor_begin(&monitor, work->options->progress, work->options->progress_user, "fill",
                      units);
#pragma omp parallel for schedule(dynamic) num_threads(work->options->threads)
    for (size_t b = 0; b < work->diagonal; b++)
        if (!ali_monitor_stopped(&monitor))
            (work->options->predict_only ? find_scales : fill_diagonal)(work, &monitor,
                                                                        work->leaf[b], scale);
    work->sampling = true;
    fill_range(work, &monitor, work->diagonal, work->diagonal + work->samples);
    work->sampling = false;
    if (!ali_monitor_stopped(&monitor)) {
        work->facts.predicted = predict(work);
        alicorn_error refusal = {0};
        if (limit > 0 && work->facts.predicted.bytes > limit)
            ali_monitor_fail(&monitor,
                             ali_error_set(&refusal, ALICORN_E_MEMORY,
                                           "the compressed solver needs about %zu MB, the limit "
                                           "is %zu MB",
                                           work->facts.predicted.bytes / 1000000, limit / 1000000),
                             &refusal);
    }
    if (!work->options->predict_only)
        fill_range(work, &monitor, work->diagonal + work->samples, work->leaf_count);
    return ali_monitor_end(&monitor, error);
}

alicorn_status ali_hierarchical_assemble(ali_hierarchical_matrix *matrix,
                                         const ali_list_source *source, const unsigned char *kind,
                                         const ali_assembly_options *options, double *scale,
                                         ali_assembly_facts *facts, alicorn_error *error)
{
    assembly work = {.tree = matrix->tree,
                     .options = options,
                     .source = {.z = *source, .scale = scale, .kind = kind}};
    bool planned = true;
    for (size_t t = 0; planned && t < matrix->tiles * (matrix->tiles + 1) / 2; t++)
        planned = plan_block(&work, matrix->tile[t]);
    alicorn_status status;
    if (planned) {
        qsort(work.leaf, work.leaf_count, sizeof(ali_block *), compare_blocks);
        planned = pick_samples(&work);
    }
    if (planned) {
#ifdef _OPENMP
        omp_init_lock(&work.lock);
#endif
        status = fill_all(&work, scale, error);
#ifdef _OPENMP
        omp_destroy_lock(&work.lock);
#endif
    } else {
        status = ali_error_memory(error, work.leaf_count * sizeof(ali_block), "the block tree");
    }
    if (work.facts.mean_rank > 0.0)
        work.facts.mean_rank = (double)work.facts.far_elements / work.facts.mean_rank;
    *facts = work.facts;
    free(work.leaf);
    return status;
}

/* ---- products ---- */

/** Work space of one thread. */
typedef struct apply_work {
    const ali_column_products *kernels;
    size_t columns, order;
    const double complex *x;
    double complex *y;
    double complex *middle; /**< [2, rank, columns] */
} apply_work;

static void negate(size_t count, double complex *y)
{
    double *parts = (double *)y;
    for (size_t i = 0; i < 2 * count; i++)
        parts[i] = -parts[i];
}

/** Rows of y -= A x, and for blocks off the diagonal columns of y -= A^T x. */
static void apply_block(const apply_work *work, const ali_block *block)
{
    if (block->kind == ALI_BLOCK_SPLIT) {
        for (int i = 0; i < 4; i++)
            if (block->child[i])
                apply_block(work, block->child[i]);
        return;
    }
    size_t m = block->rows, n = block->columns, c = work->columns, ld = work->order;
    const double complex *row_x = work->x + block->row_first;
    const double complex *column_x = work->x + block->column_first;
    double complex *row_y = work->y + block->row_first, *column_y = work->y + block->column_first;
    const ali_column_products *kernels = work->kernels;
    if (block->kind == ALI_BLOCK_DENSE) {
        if (ali_block_is_diagonal(block))
            kernels->subtract(ALI_BLAS_PLAIN, m, n, c, block->dense, m, column_x, ld, row_y, ld);
        else
            kernels->subtract_both(m, n, c, block->dense, m, row_x, column_x, row_y, column_y, ld,
                                   ld);
        return;
    }
    size_t r = block->low_rank.rank;
    if (r == 0)
        return;
    /* V^T x and U^T x; the kernels subtract */
    const float complex *u = block->low_rank.u, *v = block->low_rank.v;
    double complex *across = work->middle, *back = across + r * c;
    memset(across, 0, 2 * r * c * sizeof *across);
    kernels->subtract(ALI_BLAS_TRANSPOSED, n, r, c, v, n, column_x, ld, across, r);
    negate(r * c, across);
    kernels->subtract_both(m, r, c, u, m, row_x, across, row_y, back, ld, r);
    negate(r * c, back);
    kernels->subtract(ALI_BLAS_PLAIN, n, r, c, v, n, back, r, column_y, ld);
}

/** Largest rank, for the work space. */
static void measure_block(const ali_block *block, size_t *rank)
{
    *rank = block->low_rank.rank > *rank ? block->low_rank.rank : *rank;
    for (int i = 0; i < 4; i++)
        if (block->child[i])
            measure_block(block->child[i], rank);
}

/** What the tasks of a product share. */
typedef struct product {
    const ali_hierarchical_matrix *matrix;
    size_t columns, order;
    const double complex *x;
    double complex *y;
    double complex **middle; /**< by thread */
} product;

static void apply_tile(const product *all, size_t i, size_t j)
{
    int thread = 0;
#ifdef _OPENMP
    thread = omp_get_thread_num();
#endif
    const apply_work work = {.kernels = &ali_column_best()->products_mixed,
                             .columns = all->columns,
                             .order = all->order,
                             .x = all->x,
                             .y = all->y,
                             .middle = all->middle[thread]};
    apply_block(&work, *ali_hierarchical_tile(all->matrix, i, j));
}

/** One task per tile, in rounds of i + j = constant modulo the number of tiles: those of a round
 * touch different rows of y, and every row is changed in the order of the rounds. */
static void apply_tiles(const product *all, int threads)
{
    size_t tiles = all->matrix->tiles;
    ali_block **row = all->matrix->tile; /* the addresses stand for the rows of y */
    (void)row;
    (void)threads;
#pragma omp parallel num_threads(threads)
#pragma omp single
    for (size_t round = 0; round < tiles; round++)
        for (size_t i = 0; i < tiles; i++) {
            size_t j = (round + tiles - i) % tiles;
            if (j > i)
                continue;
#pragma omp task firstprivate(i, j) depend(inout : row[i], row[j])
            apply_tile(all, i, j);
        }
}

alicorn_status ali_hierarchical_multiply(const ali_hierarchical_matrix *matrix, int threads,
                                         size_t columns, const double complex *x, double complex *y,
                                         alicorn_error *error)
{
    size_t rank = 0, team = threads > 0 ? (size_t)threads : 1;
    for (size_t t = 0; t < matrix->tiles * (matrix->tiles + 1) / 2; t++)
        measure_block(matrix->tile[t], &rank);
    product all = {
        .matrix = matrix, .columns = columns, .order = matrix->tree->order, .x = x, .y = y};
    all.middle = ali_calloc(team, sizeof(double complex *));
    bool complete = all.middle != NULL;
    for (size_t t = 0; complete && t < team; t++) {
        all.middle[t] = ali_alloc_aligned(2 * rank * columns + 1, sizeof **all.middle);
        complete = all.middle[t] != NULL;
    }
    if (complete) {
        memset(y, 0, all.order * columns * sizeof *y);
        apply_tiles(&all, threads);
        negate(all.order * columns, y);
    }
    for (size_t t = 0; all.middle && t < team; t++)
        free(all.middle[t]);
    free(all.middle);
    return complete
               ? ALICORN_OK
               : ali_error_memory(error, 2 * rank * columns * sizeof(double complex), "a product");
}
