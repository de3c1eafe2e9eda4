/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"

#include "base/error.h"
#include "base/memory.h"
#include "output/file_names.h"
#include "output/jobs.h"
#include "output/mesh_files.h"
#include "output/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Currents on the structure, and near fields, as VTU files: one file for the currents of each
 *  entry of the result, and one for each of its near fields. */

/** One file. */
typedef struct field_file {
    size_t solve; /**< of the result */
    size_t near;  /**< number of the near field, from 1; 0: the currents */
    char suffix[ALI_FILE_SUFFIX_SIZE];
} field_file;

struct alicorn_field_files {
    const alicorn_model *model;
    const alicorn_result *result;
    field_file *files;
    size_t count, capacity;
};

/* ---- which files there are ---- */

static alicorn_status add_file(alicorn_field_files *files, size_t solve, size_t near,
                               alicorn_error *error)
{
    if (ali_grow((void **)&files->files, &files->capacity, files->count, sizeof *files->files))
        return ali_error_memory(error, files->count * sizeof *files->files, "the list of files");
    files->files[files->count++] = (field_file){.solve = solve, .near = near};
    return ALICORN_OK;
}

static alicorn_status list_files(alicorn_field_files *files, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    size_t solves = alicorn_result_count(files->result);
    for (size_t i = 0; i < solves && !status; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(files->result, i);
        if (solve->current_count > 0 || solve->face_current_count > 0)
            status = add_file(files, i, 0, error);
        for (size_t k = 1; k <= solve->near_field_count && !status; k++)
            status = add_file(files, i, k, error);
    }
    if (!status && files->count == 0)
        status = ali_error_set(error, ALICORN_E_USAGE,
                               "there is nothing for VTU files: neither currents nor near fields "
                               "were asked for");
    return status;
}

/* ---- their names ---- */

/** What may tell entries apart. */
enum { BY_TASK = 1, BY_PORT = 2, BY_FREQUENCY = 4, BY_TURN = 8 };

/** Entries before this one with the same task, port and frequency: waves of a grid. */
static size_t turn_of(const alicorn_result *result, size_t i)
{
    const alicorn_solve_result *here = alicorn_result_solve(result, i);
    size_t turn = 0;
    while (i-- > 0) {
        const alicorn_solve_result *before = alicorn_result_solve(result, i);
        if (before->task != here->task)
            break;
        turn +=
            before->driven_port == here->driven_port && before->frequency_hz == here->frequency_hz;
    }
    return turn;
}

/** Whether names of ports, made fit for files, would be the same. */
static bool ports_collide(const alicorn_field_files *files)
{
    char a[ALI_FILE_PART_SIZE], b[ALI_FILE_PART_SIZE];
    const alicorn_solve_result *first = alicorn_result_solve(files->result, files->files[0].solve);
    for (size_t i = 1; i < files->count; i++) {
        const alicorn_solve_result *solve =
            alicorn_result_solve(files->result, files->files[i].solve);
        if (solve->frequency_hz != first->frequency_hz)
            continue;
        ali_file_port(a, solve);
        for (size_t j = 0; j < i; j++) {
            const alicorn_solve_result *other =
                alicorn_result_solve(files->result, files->files[j].solve);
            ali_file_port(b, other);
            if (other->driven_port != solve->driven_port && ali_file_same(a, b))
                return true;
        }
    }
    return false;
}

static unsigned find_differences(const alicorn_field_files *files)
{
    unsigned differs = 0;
    const alicorn_solve_result *first = alicorn_result_solve(files->result, files->files[0].solve);
    for (size_t i = 1; i < files->count; i++) {
        size_t index = files->files[i].solve;
        const alicorn_solve_result *solve = alicorn_result_solve(files->result, index);
        if (index == files->files[i - 1].solve)
            continue;
        differs |= solve->task != first->task ? BY_TASK : 0U;
        differs |= solve->driven_port != first->driven_port ? BY_PORT : 0U;
        differs |= solve->frequency_hz != first->frequency_hz ? BY_FREQUENCY : 0U;
        if (!(differs & BY_TURN) && turn_of(files->result, index) > 0)
            differs |= BY_TURN;
    }
    return differs;
}

/** Names say what differs between the files, all of them in the same way. */
static void name_files(alicorn_field_files *files)
{
    unsigned differs = find_differences(files);
    bool numbered = (differs & BY_PORT) && ports_collide(files);
    for (size_t i = 0; i < files->count; i++) {
        field_file *file = &files->files[i];
        const alicorn_solve_result *solve = alicorn_result_solve(files->result, file->solve);
        char part[ALI_FILE_PART_SIZE];
        if (differs & BY_TASK) {
            snprintf(part, sizeof part, "task%zu", solve->task + 1);
            ali_file_append(file->suffix, part);
        }
        if (differs & BY_PORT) {
            if (numbered)
                snprintf(part, sizeof part, "port%d", solve->driven_port + 1);
            else
                ali_file_port(part, solve);
            ali_file_append(file->suffix, part);
        }
        if (differs & BY_FREQUENCY) {
            snprintf(part, sizeof part, "%.12gMHz", solve->frequency_hz / 1e6);
            ali_file_append(file->suffix, part);
        }
        if (differs & BY_TURN) {
            snprintf(part, sizeof part, "wave%zu", turn_of(files->result, file->solve) + 1);
            ali_file_append(file->suffix, part);
        }
        if (file->near > 0) {
            snprintf(part, sizeof part, "near%zu", file->near);
            ali_file_append(file->suffix, part);
        }
    }
}

/* ---- currents ---- */

/** Length of a complex vector: the root of the sum of its squared magnitudes. */
static double magnitude(const alicorn_complex *v, size_t components)
{
    double sum = 0.0;
    for (size_t k = 0; k < components; k++)
        sum += v[k].re * v[k].re + v[k].im * v[k].im;
    return sqrt(sum);
}

/** Put a complex scalar or vector into row `i` of three arrays: magnitude, real and imaginary part.
 */
static void put_row(double *const arrays[3], size_t i, size_t components, const alicorn_complex *v)
{
    arrays[0][i] = magnitude(v, components);
    for (size_t k = 0; k < components; k++) {
        arrays[1][i * components + k] = v[k].re;
        arrays[2][i * components + k] = v[k].im;
    }
}

/** Arrays of a file's cells, three for each quantity. Cells that do not have it are not a number.
 */
enum { SURFACE_ARRAYS = 6, CURRENT_ARRAYS = 9 };

static const struct current_array {
    const char *name;
    size_t components;
} current_arrays[CURRENT_ARRAYS] = {{"J_abs", 1},      {"J_re", 3},      {"J_im", 3},
                                    {"charge_abs", 1}, {"charge_re", 1}, {"charge_im", 1},
                                    {"I_abs", 1},      {"I_re", 1},      {"I_im", 1}};

static double *nan_array(size_t count)
{
    double *values = ali_calloc(count, sizeof *values);
    for (size_t i = 0; values && i < count; i++)
        values[i] = NAN;
    return values;
}

static void fill_currents(const alicorn_solve_result *solve, const ali_model *model,
                          double *const values[CURRENT_ARRAYS])
{
    for (size_t i = 0; i < solve->face_current_count; i++) {
        const alicorn_face_current *face = &solve->face_currents[i];
        if (face->triangle < 1 || face->triangle > model->triangle_count)
            continue;
        put_row(values, face->triangle - 1, 3, face->current);
        put_row(values + 3, face->triangle - 1, 1, &face->charge);
    }
    for (size_t i = 0; i < solve->current_count; i++) {
        const alicorn_segment_current *segment = &solve->currents[i];
        if (segment->segment >= 1 && segment->segment <= model->segment_count)
            put_row(values + SURFACE_ARRAYS, model->triangle_count + segment->segment - 1, 1,
                    &segment->current);
    }
}

static alicorn_status write_currents(const ali_model *model, const alicorn_solve_result *solve,
                                     FILE *stream, alicorn_error *error)
{
    ali_vtu_cells own;
    ali_vtu vtu;
    double *values[CURRENT_ARRAYS] = {0};
    ali_vtu_array arrays[CURRENT_ARRAYS + 1];
    alicorn_status status = ali_vtu_cells_of_model(model, &own, &vtu, error);
    if (status != ALICORN_OK)
        return status;
    arrays[0] = (ali_vtu_array){"part", 1, own.part};
    size_t first = solve->face_current_count > 0 ? 0 : SURFACE_ARRAYS;
    size_t end = solve->current_count > 0 ? CURRENT_ARRAYS : SURFACE_ARRAYS;
    for (size_t k = 0; k < CURRENT_ARRAYS; k++) {
        values[k] = nan_array(vtu.cell_count * current_arrays[k].components);
        if (!values[k])
            status = ali_error_memory(error, vtu.cell_count * 24, "a VTU file");
        if (k >= first && k < end)
            arrays[1 + k - first] =
                (ali_vtu_array){current_arrays[k].name, current_arrays[k].components, values[k]};
    }
    if (status == ALICORN_OK) {
        fill_currents(solve, model, values);
        vtu.cell_array_count = 1 + end - first;
        vtu.cell_arrays = arrays;
        status = ali_write_vtu(&vtu, stream, error);
    }
    for (size_t k = 0; k < CURRENT_ARRAYS; k++)
        free(values[k]);
    ali_vtu_cells_clear(&own);
    return status;
}

/* ---- near fields ---- */

/** What a file of points needs; one cell per point. */
typedef struct point_cloud {
    ali_vec3 *points;
    size_t *corners, *ends;
    unsigned char *types;
    double *values[3];
} point_cloud;

static void cloud_clear(point_cloud *cloud)
{
    free(cloud->points);
    free(cloud->corners);
    free(cloud->ends);
    free(cloud->types);
    for (size_t k = 0; k < 3; k++)
        free(cloud->values[k]);
}

static bool cloud_create(point_cloud *cloud, size_t count)
{
    *cloud = (point_cloud){.points = ali_calloc(count, sizeof *cloud->points),
                           .corners = ali_calloc(count, sizeof *cloud->corners),
                           .ends = ali_calloc(count, sizeof *cloud->ends),
                           .types = ali_calloc(count, sizeof *cloud->types),
                           .values = {ali_calloc(count, sizeof(double)),
                                      ali_calloc(3 * count, sizeof(double)),
                                      ali_calloc(3 * count, sizeof(double))}};
    return cloud->points && cloud->corners && cloud->ends && cloud->types && cloud->values[0] &&
           cloud->values[1] && cloud->values[2];
}

static alicorn_status write_near(const alicorn_near_field *near, FILE *stream, alicorn_error *error)
{
    point_cloud cloud;
    size_t count = near->count;
    alicorn_status status = ALICORN_OK;
    if (!cloud_create(&cloud, count)) {
        status = ali_error_memory(error, count * 100, "a VTU file");
    } else {
        for (size_t i = 0; i < count; i++) {
            const double *p = near->point + 3 * i;
            cloud.points[i] = (ali_vec3){p[0], p[1], p[2]};
            cloud.corners[i] = i;
            cloud.ends[i] = i + 1;
            cloud.types[i] = ALI_VTU_POINT;
            put_row(cloud.values, i, 3, near->field + 3 * i);
        }
        const ali_vtu_array arrays[] = {{near->magnetic ? "H_abs" : "E_abs", 1, cloud.values[0]},
                                        {near->magnetic ? "H_re" : "E_re", 3, cloud.values[1]},
                                        {near->magnetic ? "H_im" : "E_im", 3, cloud.values[2]}};
        const ali_vtu vtu = {.point_count = count,
                             .points = cloud.points,
                             .cell_count = count,
                             .corners = cloud.corners,
                             .ends = cloud.ends,
                             .types = cloud.types,
                             .point_array_count = 3,
                             .point_arrays = arrays};
        status = ali_write_vtu(&vtu, stream, error);
    }
    cloud_clear(&cloud);
    return status;
}

/* ---- public ---- */

alicorn_status alicorn_field_files_create(const alicorn_model *model, const alicorn_result *result,
                                          alicorn_field_files **files, alicorn_error *error)
{
    *files = NULL;
    alicorn_field_files *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the list of files");
    made->model = model;
    made->result = result;
    ali_numeric_scope numeric;
    alicorn_status status = list_files(made, error);
    if (!status && ali_numeric_begin(&numeric)) {
        status = ali_error_memory(error, sizeof numeric, "the C locale");
    } else if (!status) {
        name_files(made);
        ali_numeric_end(&numeric);
    }
    if (status)
        alicorn_field_files_destroy(made);
    else
        *files = made;
    return status;
}

void alicorn_field_files_destroy(alicorn_field_files *files)
{
    if (!files)
        return;
    free(files->files);
    free(files);
}

size_t alicorn_field_files_count(const alicorn_field_files *files)
{
    return files->count;
}

const char *alicorn_field_files_suffix(const alicorn_field_files *files, size_t i)
{
    return i < files->count ? files->files[i].suffix : "";
}

alicorn_status alicorn_field_files_write(const alicorn_field_files *files, size_t i, FILE *stream,
                                         alicorn_error *error)
{
    if (i >= files->count)
        return ali_error_set(error, ALICORN_E_USAGE, "there is no VTU file %zu", i + 1);
    const field_file *file = &files->files[i];
    const alicorn_solve_result *solve = alicorn_result_solve(files->result, file->solve);
    if (file->near > 0)
        return write_near(&solve->near_fields[file->near - 1], stream, error);
    return write_currents(ali_job_of_task(files->model, solve->task).model, solve, stream, error);
}
