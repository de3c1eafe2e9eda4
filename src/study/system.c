/* SPDX-License-Identifier: Apache-2.0 */
#include "study/system.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/fresnel.h"
#include "math/blas.h"
#include "operator/face_magnetic.h"
#include "solver/monitor.h"
#include "study/compress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Above this share of the factored unknowns a border costs more than a new factor. */
static const double BORDER_SHARE = 0.5;

/** Columns of the kept rows at a time, for several threads and for one; rows of a border. Elements
 * and faces whose functions lie in two strips are integrated twice, but a strip cannot be
 * interrupted. */
enum { STRIP = 64, FACE_STRIP = 256, BORDER_RUN = 8 };

/** Up to this many numbers the rows of unknowns and probes are kept together: 32 MB. */
static const size_t ROWS_KEPT = 2000000;

static void clear_functions(ali_system *system)
{
    ali_operator_destroy(system->operator);
    ali_load_set_clear(&system->loads);
    ali_basis_destroy(system->basis);
    free(system->rows);
    free(system->sheet);
    free(system->share);
    system->sheet = NULL;
    system->share = NULL;
    system->operator= NULL;
    system->basis = NULL;
    system->rows = NULL;
}

static void clear_border(ali_system *system)
{
    ali_factored_drop_border(&system->factor);
    free(system->image);
    free(system->added);
    system->image = system->added = NULL;
    system->added_count = 0;
}

void ali_system_clear(ali_system *system)
{
    clear_border(system);
    clear_functions(system);
    ali_factored_clear(&system->factor);
    ali_basis_destroy(system->factored);
    ali_ground_cache_give_back(system->setup.ground_cache, system->half_space);
    *system = (ali_system){0};
}

static ali_reflector reflector_of(const ali_ground *ground, double omega)
{
    return (ali_reflector){
        .impedance = ali_fresnel_impedance(ali_medium_permittivity(&ground->medium, omega)),
        .screen_count = ground->radial_count,
        .screen_length = ground->radial_length,
        .screen_radius = ground->radial_radius};
}

/** Kernels of the ground, if it needs a table and has none yet. */
static alicorn_status describe_ground(ali_system *system, alicorn_error *error)
{
    const ali_system_setup *setup = &system->setup;
    const ali_ground *ground = &setup->state->ground;
    if (ground->kind != ALI_GROUND_SOMMERFELD || system->half_space)
        return ALICORN_OK;
    return ali_ground_cache_take(setup->ground_cache, setup->mesh, setup->k,
                                 ali_medium_permittivity(&ground->medium, setup->omega),
                                 &system->half_space, error);
}

/** Impedances of the sheets, if there are any that are not perfect conductors. */
static alicorn_status describe_sheets(ali_system *system, alicorn_error *error)
{
    const ali_model *model = system->setup.model;
    bool any = false;
    for (size_t i = 0; i < model->surface_count; i++)
        any = any || model->surfaces[i].sheet.kind != ALI_SHEET_PERFECT;
    if (!any)
        return ALICORN_OK;
    system->sheet = ali_calloc(model->surface_count, sizeof *system->sheet);
    if (!system->sheet)
        return ali_error_memory(error, model->surface_count * sizeof *system->sheet, "sheets");
    for (size_t i = 0; i < model->surface_count; i++)
        system->sheet[i] = ali_sheet_impedance(&model->surfaces[i].sheet, system->setup.omega);
    return ALICORN_OK;
}

/** Basis, loads and operator. */
static alicorn_status describe(ali_system *system, const ali_basis_options *options,
                               alicorn_error *error)
{
    const ali_system_setup *setup = &system->setup;
    alicorn_status status = ali_basis_create(setup->mesh, options, &system->basis, error);
    if (!status)
        status = ali_load_set_create(system->basis->wires, setup->model, setup->state->loads,
                                     setup->state->load_count, setup->omega, &system->loads, error);
    if (!status)
        status = describe_ground(system, error);
    if (!status)
        status = describe_sheets(system, error);
    if (!status && setup->face_near)
        status = ali_electric_shares(setup->model, setup->mesh->surfaces, &system->share, error);
    if (!status) {
        ali_operator_setup operator_setup = {.basis = system->basis,
                                             .near = setup->near,
                                             .face_near = setup->face_near,
                                             .sheet = system->sheet,
                                             .share = system->share,
                                             .omega = setup->omega,
                                             .ground = setup->state->ground.kind,
                                             .series = system->loads.series,
                                             .lumped = system->loads.lumped,
                                             .lumped_count = system->loads.lumped_count};
        if (operator_setup.ground == ALI_GROUND_REFLECTION)
            operator_setup.reflector = reflector_of(&setup->state->ground, setup->omega);
        if (system->half_space)
            operator_setup.half_space = ali_half_space_kernel_get(system->half_space);
        status = ali_operator_create(&operator_setup, &system->operator, error);
    }
    if (status)
        clear_functions(system);
    return status;
}

size_t ali_system_rows_bytes(size_t unknowns, size_t probes)
{
    size_t height = unknowns + probes;
    return height == 0 || unknowns > ROWS_KEPT / height
               ? 0
               : height * unknowns * sizeof(double complex);
}

/** Fill all rows of a small system, unknowns and probes, in strips of columns. */
static alicorn_status fill_rows(ali_system *system, alicorn_error *error)
{
    size_t n = system->basis->count, height = n + system->basis->probe_count;
    size_t bytes = ali_system_rows_bytes(n, system->basis->probe_count);
    if (bytes == 0)
        return ALICORN_OK;
    size_t strip = system->setup.threads > 1 ? STRIP : system->setup.face_near ? FACE_STRIP : n;
    system->rows = malloc(bytes);
    if (!system->rows)
        return ali_error_memory(error, bytes, "the matrix");
    ali_monitor monitor;
    ali_monitor_begin(&monitor, system->setup.solver.progress, system->setup.solver.progress_user,
                      "fill", n);
#pragma omp parallel for schedule(dynamic) num_threads(system->setup.threads)
    for (size_t first = 0; first < n; first += strip) {
        size_t count = n - first < strip ? n - first : strip;
        if (ali_monitor_stopped(&monitor))
            continue;
        alicorn_error failure;
        alicorn_status failed = ali_operator_fill(system->operator, 0, height, first, count,
                                                  system->rows + first * height, height, &failure);
        if (failed)
            ali_monitor_fail(&monitor, failed, &failure);
        else
            ali_monitor_advance(&monitor, count, 0.0);
    }
    return ali_monitor_end(&monitor, error);
}

/** Copy a block of the kept rows. If all is reciprocal the two halves differ by the quadrature's
 * last digits; with the lower one for both, reciprocity holds to rounding. */
static void copy_rows(const ali_system *system, size_t row_first, size_t row_count,
                      size_t col_first, size_t col_count, double complex *block, size_t leading)
{
    size_t height = system->basis->count + system->basis->probe_count;
    for (size_t j = 0; j < col_count; j++)
        memcpy(block + j * leading, system->rows + (col_first + j) * height + row_first,
               row_count * sizeof *block);
    bool mirror = ali_operator_is_symmetric(system->operator);
    for (size_t i = 0; i < row_count && mirror; i++) {
        size_t row = row_first + i;
        for (size_t j = row < col_first ? 0 : row + 1 - col_first; j < col_count; j++)
            block[j * leading + i] = system->rows[row * height + col_first + j];
    }
}

/** Any block of the matrix, as ali_fill_fn; copies what is kept. */
static alicorn_status fill(void *context, size_t row_first, size_t row_count, size_t col_first,
                           size_t col_count, double complex *block, size_t leading,
                           alicorn_error *error)
{
    const ali_system *system = context;
    if (!system->rows)
        return ali_operator_fill(system->operator, row_first, row_count, col_first, col_count,
                                 block, leading, error);
    copy_rows(system, row_first, row_count, col_first, col_count, block, leading);
    return ALICORN_OK;
}

static alicorn_status factor_compressed(ali_system *system, alicorn_error *error)
{
    alicorn_status status = ali_compress(system->basis, system->operator, system->setup.k,
                                         &system->setup.solver, &system->factor.compressed, error);
    if (status)
        return status;
    ali_compressed_facts facts = ali_compressed_get_facts(system->factor.compressed);
    system->fill_s += facts.fill_s;
    system->factor_s += facts.factor_s + facts.trial_s;
    return ALICORN_OK;
}

static alicorn_status factor_dense(ali_system *system, alicorn_error *error)
{
    double start = ali_clock_seconds();
    ali_solver_options options = system->setup.solver;
    options.symmetric = ali_operator_is_symmetric(system->operator);
    alicorn_status status = fill_rows(system, error);
    system->fill_s += ali_clock_seconds() - start;
    if (!status)
        status = ali_solver_create(system->basis->count, fill, system, &options,
                                   &system->factor.dense, error);
    if (status)
        return status;
    ali_solver_facts facts = ali_solver_get_facts(system->factor.dense);
    system->fill_s += facts.fill_s;
    system->factor_s += facts.factor_s;
    return ALICORN_OK;
}

/** Fill and factor all functions in use. Matrices of small triangles at low frequencies, whose
 * condition is beyond single precision, are solved in full only. */
static alicorn_status factor(ali_system *system, alicorn_error *error)
{
    if (!system->setup.compressed)
        return factor_dense(system, error);
    alicorn_status status = factor_compressed(system, error);
    if (status != ALICORN_E_NUMERIC || !system->setup.full_too)
        return status;
    alicorn_error failure;
    alicorn_status full = factor_dense(system, &failure);
    if (full == ALICORN_E_MEMORY)
        return status;
    if (full && error)
        *error = failure;
    return full;
}

alicorn_status ali_system_create(const ali_system_setup *setup, const ali_basis_options *options,
                                 ali_system *system, alicorn_error *error)
{
    *system = (ali_system){.setup = *setup};
    alicorn_status status = describe(system, options, error);
    if (!status)
        status = factor(system, error);
    if (status)
        ali_system_clear(system);
    return status;
}

/* ---- raising degrees ---- */

/** Split the functions of `basis` in images of the factored ones and added ones. */
static int split_functions(ali_system *system, const ali_basis *factored)
{
    size_t n = factored->count, total = system->basis->count;
    bool *is_image = ali_calloc(total, sizeof *is_image);
    system->image = ali_calloc(n, sizeof *system->image);
    system->added = ali_calloc(total - n, sizeof *system->added);
    if (!is_image || !system->image || !system->added) {
        free(is_image);
        return -1;
    }
    ali_basis_map(factored, system->basis, system->image);
    for (size_t i = 0; i < n; i++)
        is_image[system->image[i]] = true;
    system->added_count = 0;
    for (size_t f = 0; f < total; f++)
        if (!is_image[f])
            system->added[system->added_count++] = f;
    free(is_image);
    return 0;
}

/** Length of the run of consecutive added functions at the i-th, at most BORDER_RUN. */
static size_t added_run(const ali_system *system, size_t i)
{
    size_t run = 1;
    while (run < BORDER_RUN && i + run < system->added_count &&
           system->added[i + run] == system->added[i] + run)
        run++;
    return run;
}

/** Rows i … i + run - 1 of the added functions: columns of the border, and of the corner. */
static alicorn_status fill_added(const ali_system *system, size_t n, size_t i, size_t run,
                                 double complex *border, double complex *corner)
{
    size_t m = system->added_count, total = system->basis->count;
    double complex *rows = ali_calloc(run * total, sizeof *rows);
    alicorn_status status =
        rows ? ali_operator_fill(system->operator, system->added[i], run, 0, total, rows, run, NULL)
             : ALICORN_E_MEMORY;
    for (size_t r = 0; r < run && !status; r++) {
        for (size_t j = 0; j < n; j++)
            border[(i + r) * n + j] = rows[system->image[j] * run + r];
        for (size_t j = 0; j < m; j++)
            corner[(i + r) * m + j] = rows[system->added[j] * run + r];
    }
    free(rows);
    return status;
}

static alicorn_status fill_border(const ali_system *system, size_t n, double complex *border,
                                  double complex *corner, alicorn_error *error)
{
    size_t m = system->added_count, runs = 0;
    size_t *first = ali_calloc(m + 1, sizeof *first);
    alicorn_status status = first ? ALICORN_OK : ALICORN_E_MEMORY;
    for (size_t i = 0; i < m && !status; i += added_run(system, i))
        first[runs++] = i;
#pragma omp parallel for schedule(dynamic) num_threads(system->setup.threads)
    for (size_t r = 0; r < runs; r++) {
        alicorn_status failed =
            fill_added(system, n, first[r], added_run(system, first[r]), border, corner);
        if (failed) {
#pragma omp atomic write
            status = failed;
        }
    }
    free(first);
    return status ? ali_error_memory(error, m * n * sizeof *border, "the border of the matrix")
                  : ALICORN_OK;
}

static alicorn_status make_border(ali_system *system, size_t n, alicorn_error *error)
{
    size_t m = system->added_count;
    double complex *border = ali_calloc(n * m, sizeof *border);
    double complex *corner = ali_calloc(m * m, sizeof *corner);
    alicorn_status status = ALICORN_OK;
    if (!border || !corner)
        status = ali_error_memory(error, (n + m) * m * sizeof *border, "the border of the matrix");
    double start = ali_clock_seconds();
    if (!status)
        status = fill_border(system, n, border, corner, error);
    double filled = ali_clock_seconds();
    if (!status)
        status = ali_factored_extend(&system->factor, n, m, border, corner, &system->setup.solver,
                                     error);
    system->fill_s += filled - start;
    system->factor_s += ali_clock_seconds() - filled;
    free(border);
    free(corner);
    return status;
}

/** Put a border of the new functions around the factor of `old`; old's factored basis is handed
 * over. */
static alicorn_status extend(ali_system *made, ali_system *old, ali_basis *factored,
                             alicorn_error *error)
{
    made->factor.dense = old->factor.dense;
    made->factor.compressed = old->factor.compressed;
    if (split_functions(made, factored))
        return ali_error_memory(error, made->basis->count * sizeof(size_t), "the border");
    return make_border(made, factored->count, error);
}

alicorn_status ali_system_raise(ali_system *system, const unsigned char *degree,
                                alicorn_error *error)
{
    ali_basis_options options = {.wavenumber = system->setup.k,
                                 .soil_wavenumber = system->setup.soil_wavenumber,
                                 .degrees = degree};
    ali_system made = {.setup = system->setup,
                       .fill_s = system->fill_s,
                       .factor_s = system->factor_s,
                       .half_space = system->half_space};
    ali_basis *factored = system->factored ? system->factored : system->basis;
    alicorn_status status = describe(&made, &options, error);
    if (status)
        return status;
    size_t added = made.basis->count - factored->count;
    bool anew = (double)added > BORDER_SHARE * (double)factored->count ||
                !ali_operator_is_symmetric(made.operator);
    if (anew) {
        ali_factored_clear(&system->factor); /* not both at a time */
        status = factor(&made, error);
    } else {
        status = extend(&made, system, factored, error);
    }
    ali_system *without = status ? &made : system; /* a factor has one owner */
    if (!anew) {
        without->factor.dense = NULL;
        without->factor.compressed = NULL;
    }
    if (status) {
        made.half_space = NULL; /* it stays the system's */
        ali_system_clear(&made);
        return status;
    }
    system->half_space = NULL;
    if (!anew) { /* the new system takes the factored basis over */
        made.factored = factored;
        if (system->factored)
            system->factored = NULL;
        else
            system->basis = NULL;
    }
    ali_system_clear(system);
    *system = made;
    return ALICORN_OK;
}

/* ---- solving ---- */

static alicorn_status solve_bordered(const ali_system *system, double target, size_t columns,
                                     size_t rows, double complex *v, double *residual,
                                     alicorn_error *error)
{
    size_t n = system->factored->count, m = system->added_count;
    double complex *b = ali_calloc((n + m) * columns, sizeof *b);
    if (!b)
        return ali_error_memory(error, (n + m) * columns * sizeof *b, "right-hand sides");
    double complex *w = b + n * columns;
    for (size_t j = 0; j < columns; j++) {
        for (size_t i = 0; i < n; i++)
            b[j * n + i] = v[j * rows + system->image[i]];
        for (size_t i = 0; i < m; i++)
            w[j * m + i] = v[j * rows + system->added[i]];
    }
    alicorn_status status =
        ali_factored_solve(&system->factor, target, columns, b, w, residual, error);
    for (size_t j = 0; j < columns; j++) {
        for (size_t i = 0; i < n; i++)
            v[j * rows + system->image[i]] = b[j * n + i];
        for (size_t i = 0; i < m; i++)
            v[j * rows + system->added[i]] = w[j * m + i];
    }
    free(b);
    return status;
}

static alicorn_status solve_factored(const ali_system *system, double target, size_t columns,
                                     size_t rows, double complex *v, double *residual,
                                     alicorn_error *error)
{
    size_t n = system->basis->count;
    double complex *b = ali_calloc(n * columns, sizeof *b);
    if (!b)
        return ali_error_memory(error, n * columns * sizeof *b, "right-hand sides");
    for (size_t j = 0; j < columns; j++)
        memcpy(b + j * n, v + j * rows, n * sizeof *b);
    alicorn_status status =
        ali_factored_solve(&system->factor, target, columns, b, NULL, residual, error);
    for (size_t j = 0; j < columns; j++)
        memcpy(v + j * rows, b + j * n, n * sizeof *b);
    free(b);
    return status;
}

size_t ali_system_solve_bytes(size_t unknowns, size_t columns, bool single)
{
    return unknowns * columns * sizeof(double complex) +
           ali_solver_solve_memory(unknowns, columns, single);
}

alicorn_status ali_system_solve(const ali_system *system, double target, size_t columns,
                                size_t rows, double complex *v, double *residual,
                                alicorn_error *error)
{
    if (columns == 0)
        return ALICORN_OK;
    return (system->added_count > 0 ? solve_bordered : solve_factored)(system, target, columns,
                                                                       rows, v, residual, error);
}

/* ---- probes ---- */

/** Residuals of a small system, whose rows are kept: consecutive elements as one block. */
static alicorn_status probe_rows(const ali_system *system, size_t count, const size_t *elements,
                                 size_t columns, size_t rows, double complex *v,
                                 alicorn_error *error)
{
    size_t n = system->basis->count, height = n + system->basis->probe_count;
    double complex *product = ali_calloc(count * columns, sizeof *product);
    if (!product)
        return ali_error_memory(error, count * columns * sizeof *product, "the error estimate");
    int former = ali_blas_set_threads(1);
    for (size_t i = 0, run; i < count; i += run) {
        for (run = 1; i + run < count && elements[i + run] == elements[i] + run;)
            run++;
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, run, columns, n, 1.0,
                       system->rows + n + elements[i], height, v, rows, 0.0, product + i, count);
    }
    ali_blas_set_threads(former);
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < count; i++)
            v[j * rows + n + elements[i]] -= product[j * count + i];
    free(product);
    return ALICORN_OK;
}

alicorn_status ali_system_probe(const ali_system *system, size_t count, const size_t *elements,
                                size_t columns, size_t rows, double complex *v,
                                alicorn_error *error)
{
    if (count == 0 || columns == 0)
        return ALICORN_OK;
    if (system->rows)
        return probe_rows(system, count, elements, columns, rows, v, error);
    return ali_operator_probe(system->operator, count, elements, columns, rows, v,
                              system->setup.threads, error);
}

/** Whether two elements' probes have the same diagonal, for all the estimate cares. */
static bool same_probe(const ali_system *system, size_t a, size_t b)
{
    const ali_element *p = &system->basis->mesh->wires->elements[a],
                      *q = &system->basis->mesh->wires->elements[b];
    const double alike = 1e-3;
    return system->basis->wires->degree[a] == system->basis->wires->degree[b] &&
           p->radius == q->radius && fabs(p->half - q->half) < alike * p->half &&
           (system->setup.state->ground.kind == ALI_GROUND_NONE ||
            (fabs(p->mid.z - q->mid.z) < alike * p->half &&
             fabs(p->dir.z * p->dir.z - q->dir.z * q->dir.z) < alike));
}

alicorn_status ali_system_probe_scale(const ali_system *system, size_t count,
                                      const size_t *elements, double *scale, alicorn_error *error)
{
    enum { REMEMBERED = 32 };
    size_t n = system->basis->count, known[REMEMBERED], used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t e = elements[i], k = 0, remembered = used < REMEMBERED ? used : REMEMBERED;
        while (k < remembered && !same_probe(system, e, known[k]))
            k++;
        if (k < remembered) {
            scale[e] = scale[known[k]];
            continue;
        }
        double complex self = 0.0;
        alicorn_status status =
            ali_operator_fill(system->operator, n + e, 1, n + e, 1, &self, 1, error);
        if (status)
            return status;
        scale[e] = self != 0.0 ? 1.0 / cabs(self) : 0.0;
        known[used++ % REMEMBERED] = e;
    }
    return ALICORN_OK;
}
