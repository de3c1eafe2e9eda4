/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/face_moments.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "operator/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** CHUNK: pairs with a rule of their own at a time; TUBE_RULES: longest rule in the table. */
enum { CHUNK = 64, FACE_ARRAYS = 17, TUBE_ARRAYS = 8, TUBE_RULES = 16 };
enum { MOMENT_SIZE = ALI_TUBE_ORDER_MAX + 1, SETS_MAX = 3 * MOMENT_SIZE };
_Static_assert(CHUNK % ALI_FAR_LANES == 0, "chunks are whole vectors");
_Static_assert(SETS_MAX >= 9, "room for the values of two faces");

/** Rules for far pairs: the electrical size, k times the reach, up to which they do, and the
 *  distance of the middles in reaches from which they do. What counts is the error of the matrix's
 *  entries, of its largest: 1e-5 (tests/unit/surface_operator.c); single moments are worse, see
 *  ali_face_rule_points. Pairs that are closer take the next rule for which they are not; the last
 *  ratio keeps all near pairs (face_near.c) from the far rule. */
static const struct {
    int points;
    double phase, ratio;
} rule_table[ALI_FACE_GROUPS_MAX] = {{3, 0.45, 8.0}, {7, 0.9, 3.3}, {12, HUGE_VAL, 2.5}};
enum { LAST_RULE = ALI_FACE_GROUPS_MAX - 1 };

/** Gauss points on an element, by k times its half length and by the distance in half lengths; as
 *  for two elements (moments.c). */
static const struct {
    int points;
    double phase, ratio;
} tube_table[] = {{2, 0.22, 9.5}, {3, 0.75, 4.6}, {4, 1.6, 3.2}, {6, 3.5, 2.4}, {8, 6.0, 1.8}};
enum { TUBE_ROWS = sizeof tube_table / sizeof *tube_table };

/** Longest edge, in 1/k, up to which 7 and 12 points do for the smooth rest of near pairs, as in
 *  ali_triangle_rest. */
static const double REST_PHASE[] = {0.4, 1.2};

/** A pair that is not far and waits for others with the same rules. */
typedef struct face_job {
    size_t place;
    const ali_face_partner *near; /**< NULL in the middle range */
    int points;
} face_job;

typedef struct tube_job {
    size_t place;
    int points, tube_points;
} tube_job;

/** Working memory of a batch. */
typedef struct ali_face_scratch {
    size_t *index; /**< [places] */
    union {
        face_job *faces;
        tube_job *tubes;
        void *any;
    } jobs; /**< [places] */
    size_t job_count;
    double geometry[9][CHUNK], length[3][CHUNK];
    double re[SETS_MAX * CHUNK], im[SETS_MAX * CHUNK];
    double complex value[9 * CHUNK];
    unsigned char *close; /**< [places / 8] a bit per place */
} ali_face_scratch;

/* ---- source ---- */

static void tabulate_rules(double (*table)[MOMENT_SIZE])
{
    for (int n = 1; n <= TUBE_RULES; n++)
        for (int i = 0; i < n; i++, table++) {
            ali_legendre(ali_gauss_node(n)[i], ALI_TUBE_ORDER_MAX, *table);
            for (int p = 0; p < MOMENT_SIZE; p++)
                (*table)[p] *= ali_gauss_weight(n)[i];
        }
}

ali_far_rule ali_face_tube_rule(const ali_face_source *source, int points)
{
    return (ali_far_rule){points, ali_gauss_node(points),
                          source->table + points * (points - 1) / 2};
}

static int row_of_phase(double phase)
{
    int row = 0;
    while (phase > rule_table[row].phase)
        row++;
    return row;
}

alicorn_status ali_face_source_create(const ali_mesh *mesh, const ali_face_near *near, double k,
                                      ali_face_source *source, alicorn_error *error)
{
    size_t count = mesh->surfaces->face_count;
    *source =
        (ali_face_source){.mesh = mesh, .near = near, .k = k, .kernel = ali_face_kernel_best()};
    source->points = ali_calloc(count, 1);
    source->reach = ali_calloc(count, sizeof *source->reach);
    source->table = ali_calloc(TUBE_RULES * (TUBE_RULES + 1) / 2, sizeof *source->table);
    if (!source->points || !source->reach || !source->table) {
        ali_face_source_clear(source);
        return ali_error_memory(error, count * (1 + sizeof *source->reach), "moments of faces");
    }
    tabulate_rules(source->table);
    for (size_t f = 0; f < count; f++) {
        ali_flat_triangle triangle = ali_face_triangle(mesh->surfaces, f);
        double reach = ali_triangle_reach(&triangle);
        int row = row_of_phase(k * reach);
        source->points[f] = (unsigned char)rule_table[row].points;
        source->reach[f] = rule_table[row].ratio * reach;
    }
    for (size_t e = 0; e < mesh->wires->element_count; e++)
        source->longest = fmax(source->longest, mesh->wires->elements[e].half);
    return ALICORN_OK;
}

void ali_face_source_clear(ali_face_source *source)
{
    free(source->points);
    free(source->reach);
    free(source->table);
    *source = (ali_face_source){0};
}

/* ---- batches of faces ---- */

static size_t padded(size_t count)
{
    return (count + ALI_FAR_LANES - 1) / ALI_FAR_LANES * ALI_FAR_LANES;
}

static ali_face_scratch *make_scratch(size_t places, size_t job_size)
{
    ali_face_scratch *scratch = ali_calloc_aligned(1, sizeof *scratch);
    if (!scratch)
        return NULL;
    scratch->index = ali_calloc(places, sizeof *scratch->index);
    scratch->jobs.any = ali_calloc(places, job_size);
    scratch->close = ali_calloc(places / 8, 1);
    return scratch;
}

static void destroy_scratch(ali_face_scratch *scratch)
{
    if (!scratch)
        return;
    free(scratch->index);
    free(scratch->jobs.any);
    free(scratch->close);
    free(scratch);
}

void ali_face_batch_destroy(ali_face_batch *batch)
{
    if (!batch)
        return;
    free(batch->place);
    free(batch->face);
    free(batch->vertex[0][0]);
    free(batch->re);
    destroy_scratch(batch->scratch);
    free(batch);
}

/** Count the groups' faces and place them one behind the other. */
static void make_groups(ali_face_batch *batch, size_t count, const size_t *faces)
{
    for (int row = 0; row < ALI_FACE_GROUPS_MAX; row++) {
        ali_face_group group = {.first = batch->places, .points = rule_table[row].points};
        for (size_t i = 0; i < count; i++)
            group.count += batch->source->points[faces[i]] == group.points;
        if (group.count == 0)
            continue;
        batch->groups[batch->group_count++] = group;
        batch->places += padded(group.count);
    }
}

static int allocate_faces(ali_face_batch *batch, size_t count)
{
    size_t places = batch->places;
    batch->place = ali_calloc(count, sizeof *batch->place);
    batch->face = ali_calloc(places, sizeof *batch->face);
    double *geometry = ali_calloc_aligned(FACE_ARRAYS * places, sizeof *geometry);
    batch->vertex[0][0] = geometry;
    batch->re = ali_calloc_aligned(18 * places, sizeof *batch->re);
    batch->scratch = make_scratch(places, sizeof(face_job));
    if (!batch->place || !batch->face || !geometry || !batch->re || !batch->scratch ||
        !batch->scratch->index || !batch->scratch->jobs.any || !batch->scratch->close)
        return -1;
    for (size_t i = 0; i < 9; i++)
        batch->vertex[i / 3][i % 3] = geometry + i * places;
    for (size_t i = 0; i < 3; i++) {
        batch->middle[i] = geometry + (9 + i) * places;
        batch->length[i] = geometry + (12 + i) * places;
    }
    batch->reach = geometry + 15 * places;
    batch->far = geometry + 16 * places;
    batch->im = batch->re + 9 * places;
    return 0;
}

static void set_face(ali_face_batch *batch, size_t place, size_t face)
{
    ali_flat_triangle triangle = ali_face_triangle(batch->source->mesh->surfaces, face);
    ali_vec3 middle = ali_triangle_middle(&triangle);
    batch->face[place] = face;
    batch->reach[place] = ali_triangle_reach(&triangle);
    batch->far[place] = batch->source->reach[face];
    batch->middle[0][place] = middle.x;
    batch->middle[1][place] = middle.y;
    batch->middle[2][place] = middle.z;
    for (int c = 0; c < 3; c++) {
        ali_vec3 vertex = triangle.vertex[c];
        batch->length[c][place] =
            ali_vec3_distance(triangle.vertex[(c + 1) % 3], triangle.vertex[(c + 2) % 3]);
        batch->vertex[c][0][place] = vertex.x;
        batch->vertex[c][1][place] = vertex.y;
        batch->vertex[c][2][place] = vertex.z;
    }
}

alicorn_status ali_face_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *faces, ali_face_batch **batch,
                                     alicorn_error *error)
{
    *batch = NULL;
    ali_face_batch *made = calloc(1, sizeof *made);
    if (made) {
        made->source = source;
        make_groups(made, count, faces);
    }
    if (!made || allocate_faces(made, count)) {
        ali_face_batch_destroy(made);
        return ali_error_memory(error, (FACE_ARRAYS + 18) * count * sizeof(double),
                                "moments of faces");
    }
    for (size_t g = 0; g < made->group_count; g++) {
        const ali_face_group *group = &made->groups[g];
        size_t place = group->first;
        for (size_t i = 0; i < count; i++)
            if (source->points[faces[i]] == group->points) {
                made->place[i] = place;
                set_face(made, place++, faces[i]);
            }
        for (size_t last = place - 1; place % ALI_FAR_LANES != 0; place++)
            set_face(made, place, made->face[last]);
    }
    *batch = made;
    return ALICORN_OK;
}

/* ---- running them ---- */

/** The one face of a run, and what it is run against. */
typedef struct face_run {
    ali_face_batch *batch;
    ali_face_integral integral;
    const ali_face_group *group;
    size_t face;
    bool image;
    ali_flat_triangle triangle;
    ali_vec3 middle;
    double reach; /**< of the triangle itself */
    const ali_shape_kernel *kernel;
    const ali_edge_pair *edges; /**< NULL: moments are wanted, else values of edges */
    double complex *value;
} face_run;

static ali_flat_triangle batch_triangle(const ali_face_batch *batch, size_t place)
{
    ali_flat_triangle triangle;
    for (int c = 0; c < 3; c++)
        triangle.vertex[c] = (ali_vec3){batch->vertex[c][0][place], batch->vertex[c][1][place],
                                        batch->vertex[c][2][place]};
    return triangle;
}

/** Points of the group's rule or, if the face at work needs more, that many. */
static int far_points(const face_run *run)
{
    int own = run->batch->source->points[run->face];
    return own > run->group->points ? own : run->group->points;
}

static ali_face_values_fn values_of(const face_run *run)
{
    const ali_face_kernel *kernel = run->batch->source->kernel;
    return run->integral == ALI_FACE_CURL ? kernel->curl : kernel->moments;
}

static void run_far(const face_run *run, size_t from)
{
    const ali_face_batch *batch = run->batch;
    const ali_face_source *source = batch->source;
    ali_face_task task = {.triangle = run->triangle,
                          .rule = ali_triangle_rule_get(source->points[run->face]),
                          .others = {.count = run->group->first + run->group->count - from},
                          .other_rule = ali_triangle_rule_get(run->group->points),
                          .k = source->k};
    for (int c = 0; c < 3; c++)
        for (int d = 0; d < 3; d++)
            task.others.vertex[c][d] = batch->vertex[c][d] + from;
    values_of(run)(&task, batch->places, batch->re + from, batch->im + from);
}

/** Places from `from` to `end` whose middles are closer to a point than `reach`, or than their own
 * reach; returns their number. */
static size_t select_close(double *const middle[3], const double *far, ali_vec3 point, double reach,
                           size_t from, size_t end, size_t *index)
{
    const double *x = middle[0], *y = middle[1], *z = middle[2];
    size_t count = 0;
    for (size_t i = from; i < end; i++) {
        double dx = x[i] - point.x, dy = y[i] - point.y, dz = z[i] - point.z;
        double least = far[i] > reach ? far[i] : reach;
        index[count] = i;
        count += dx * dx + dy * dy + dz * dz < least * least;
    }
    return count;
}

/** Places from `from` on, before `end`, whose bits are set. */
static size_t list_close(const unsigned char *close, size_t from, size_t end, size_t *index)
{
    size_t count = 0;
    for (size_t first = from; first < end; first += 8, close++)
        for (size_t i = 0; i < 8 && *close >> i != 0; i++)
            if (*close >> i & 1 && first + i < end)
                index[count++] = first + i;
    return count;
}

/** Copy the geometry of jobs' faces to the chunk, padded. */
static void take_geometry(const face_run *run, size_t count, const face_job *jobs)
{
    const ali_face_batch *batch = run->batch;
    ali_face_scratch *scratch = batch->scratch;
    for (size_t i = 0; i < padded(count); i++) {
        size_t place = jobs[i < count ? i : 0].place;
        for (size_t c = 0; c < 9; c++)
            scratch->geometry[c][i] = batch->vertex[c / 3][c % 3][place];
        for (size_t c = 0; c < 3; c++)
            scratch->length[c][i] = batch->length[c][place];
    }
}

/** Put the moments of a chunk, or what becomes of them, to their places. */
static void deliver(const face_run *run, size_t count, const face_job *jobs)
{
    ali_face_batch *batch = run->batch;
    ali_face_scratch *scratch = batch->scratch;
    if (!run->edges) {
        for (size_t i = 0; i < count; i++)
            for (size_t m = 0; m < 9; m++) {
                batch->re[m * batch->places + jobs[i].place] = scratch->re[m * CHUNK + i];
                batch->im[m * batch->places + jobs[i].place] = scratch->im[m * CHUNK + i];
            }
        return;
    }
    ali_edge_pair pair = *run->edges;
    pair.count = count;
    pair.re = scratch->re;
    pair.im = scratch->im;
    pair.stride = CHUNK;
    pair.row = 3 * (pair.column = CHUNK);
    for (size_t c = 0; c < 9; c++)
        pair.vertex[c / 3][c % 3] = scratch->geometry[c];
    for (size_t c = 0; c < 3; c++)
        pair.length[c] = scratch->length[c];
    run->kernel->edges(&pair, false, scratch->value);
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < 9; m++) {
            double complex *to = run->value + m / 3 * run->edges->row + m % 3 * run->edges->column;
            double complex value = scratch->value[m * CHUNK + i];
            to[jobs[i].place] = run->image ? to[jobs[i].place] + value : value;
        }
}

/** A near pair that no chunk takes: a large face, or the magnetic field. */
static void do_near(const face_run *run, const ali_face_partner *near, size_t place)
{
    ali_face_scratch *scratch = run->batch->scratch;
    const ali_face_near *all = run->batch->source->near;
    double k = run->batch->source->k;
    double complex value[3][3];
    ali_flat_triangle other = batch_triangle(run->batch, place);
    if (run->integral == ALI_FACE_CURL) {
        ali_triangle_curl_sum(&run->triangle, &other, k,
                              (const double(*)[3][3])all->curl[near - all->partners], value);
    } else {
        /* the stored moments are those of the pair in its own order */
        const ali_flat_triangle *first = near->transposed ? &other : &run->triangle;
        const ali_flat_triangle *second = near->transposed ? &run->triangle : &other;
        double complex rest[3][3];
        const double(*powers)[3][3] = (const double(*)[3][3])all->powers[near->pair];
        ali_triangle_rest(first, second, k, powers + 1, rest);
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                value[a][b] =
                    near->transposed ? rest[b][a] + powers[0][b][a] : rest[a][b] + powers[0][a][b];
    }
    const face_job job = {.place = place};
    take_geometry(run, 1, &job);
    for (size_t m = 0; m < 9; m++) {
        scratch->re[m * CHUNK] = creal(value[m / 3][m % 3]);
        scratch->im[m * CHUNK] = cimag(value[m / 3][m % 3]);
    }
    deliver(run, 1, &job);
}

static double longest_edge(const ali_face_batch *batch, size_t place)
{
    return fmax(batch->length[0][place], fmax(batch->length[1][place], batch->length[2][place]));
}

static int middle_points(const face_run *run, size_t place)
{
    double d2 = 0.0, reach = fmax(run->reach, run->batch->reach[place]);
    const double at[3] = {run->middle.x, run->middle.y, run->middle.z};
    for (int c = 0; c < 3; c++) {
        double d = run->batch->middle[c][place] - at[c];
        d2 += d * d;
    }
    int row = row_of_phase(run->batch->source->k * reach);
    while (row < LAST_RULE && d2 < rule_table[row].ratio * reach * rule_table[row].ratio * reach)
        row++;
    int points = rule_table[row].points, least = far_points(run);
    return points > least ? points : least;
}

/** List the pairs of the group that wait for others; the odd ones are done at once.
 *  @param place  [count] ascending: pairs that are not far */
static void list_jobs(const face_run *run, size_t count, const size_t *place)
{
    const ali_face_near *near = run->batch->source->near;
    ali_face_scratch *scratch = run->batch->scratch;
    const ali_face_partner *partner, *end;
    partner = ali_face_near_partners(near, run->face, run->image, &end);
    double size = 0.0, k = run->batch->source->k;
    for (int i = 0; i < 3; i++)
        size = fmax(size,
                    ali_vec3_distance(run->triangle.vertex[i], run->triangle.vertex[(i + 1) % 3]));
    scratch->job_count = 0;
    for (size_t i = 0; i < count; i++) {
        face_job job = {.place = place[i]};
        while (partner < end && partner->other < run->batch->face[place[i]])
            partner++;
        if (partner == end || partner->other != run->batch->face[place[i]]) {
            job.points = middle_points(run, place[i]);
        } else {
            double phase = k * fmax(size, longest_edge(run->batch, place[i]));
            job.near = partner;
            job.points = phase < REST_PHASE[0] ? 7 : 12;
            if (phase >= REST_PHASE[1] || run->integral == ALI_FACE_CURL) {
                do_near(run, partner, place[i]);
                continue;
            }
        }
        scratch->jobs.faces[scratch->job_count++] = job;
    }
}

/** Add what is stored of the i-th near pair of a chunk: M = 1/R - k^2/2 R + k^4/24 R^3 + rest. */
static void add_stored(const face_run *run, const face_job *job, size_t i)
{
    const ali_face_source *source = run->batch->source;
    const double(*powers)[3][3] = (const double(*)[3][3])source->near->powers[job->near->pair];
    double k2 = source->k * source->k;
    for (size_t m = 0; m < 9; m++) {
        size_t a = job->near->transposed ? m % 3 : m / 3, b = job->near->transposed ? m / 3 : m % 3;
        run->batch->scratch->re[m * CHUNK + i] +=
            powers[0][a][b] + k2 * (k2 / 24.0 * powers[2][a][b] - 0.5 * powers[1][a][b]);
    }
}

/** Integrate jobs with the same rule. */
static void do_jobs(const face_run *run, size_t count, const face_job *jobs)
{
    ali_face_batch *batch = run->batch;
    ali_face_scratch *scratch = batch->scratch;
    ali_triangle_rule rule = ali_triangle_rule_get(jobs[0].points);
    ali_face_task task = {.triangle = run->triangle,
                          .rule = rule,
                          .others = {.count = count},
                          .other_rule = rule,
                          .k = batch->source->k};
    take_geometry(run, count, jobs);
    for (size_t c = 0; c < 9; c++)
        task.others.vertex[c / 3][c % 3] = scratch->geometry[c];
    (jobs[0].near ? batch->source->kernel->rest : values_of(run))(&task, CHUNK, scratch->re,
                                                                  scratch->im);
    for (size_t i = 0; i < count && jobs[0].near; i++)
        add_stored(run, &jobs[i], i);
    deliver(run, count, jobs);
}

/** Take up to CHUNK jobs with the rule of the first from the list. */
static size_t take_jobs(ali_face_scratch *scratch, face_job *taken)
{
    size_t count = 0, left = 0;
    face_job *jobs = scratch->jobs.faces, first = jobs[0];
    for (size_t i = 0; i < scratch->job_count; i++)
        if (count < CHUNK && jobs[i].points == first.points && !jobs[i].near == !first.near)
            taken[count++] = jobs[i];
        else
            jobs[left++] = jobs[i];
    scratch->job_count = left;
    return count;
}

static face_run begin_run(ali_face_batch *batch, const ali_face_group *group, size_t face,
                          bool image)
{
    face_run run = {.batch = batch, .group = group, .face = face, .image = image};
    run.triangle = ali_face_triangle(batch->source->mesh->surfaces, face);
    if (image)
        run.triangle = ali_triangle_mirror(run.triangle);
    run.middle = ali_triangle_middle(&run.triangle);
    run.reach = ali_triangle_reach(&run.triangle);
    return run;
}

/** Integrate all pairs of the scratch's list that are not far. */
static void do_close(const face_run *run, size_t count)
{
    ali_face_scratch *scratch = run->batch->scratch;
    if (count == 0)
        return;
    list_jobs(run, count, scratch->index);
    while (scratch->job_count > 0) {
        face_job taken[CHUNK];
        size_t number = take_jobs(scratch, taken);
        do_jobs(run, number, taken);
    }
}

void ali_face_batch_run(ali_face_batch *batch, ali_face_integral integral,
                        const ali_face_group *group, size_t from, size_t face, bool image)
{
    face_run run = begin_run(batch, group, face, image);
    run.integral = integral;
    run_far(&run, from);
    do_close(&run, select_close(batch->middle, batch->far, run.middle, batch->source->reach[face],
                                from, group->first + group->count, batch->scratch->index));
}

void ali_face_batch_edges(ali_face_batch *batch, const ali_shape_kernel *kernel,
                          const ali_edge_pair *pair, const ali_face_group *group, size_t from,
                          size_t face, bool image, double complex *value)
{
    ali_edge_pair all = *pair;
    all.count = group->first + group->count - from;
    all.re = batch->re + from;
    all.im = batch->im + from;
    all.stride = batch->places;
    all.k = batch->source->k;
    all.reach = batch->source->reach[face];
    all.far = batch->far + from;
    for (int i = 0; i < 3; i++) {
        all.length[i] = batch->length[i] + from;
        for (int c = 0; c < 3; c++)
            all.vertex[i][c] = batch->vertex[i][c] + from;
    }
    if (group->points != rule_table[0].points ||
        batch->source->points[face] != rule_table[0].points) {
        ali_face_batch_run(batch, ALI_FACE_MOMENTS, group, from, face, image);
        kernel->edges(&all, image, value + from);
        return;
    }
    face_run run = begin_run(batch, group, face, image);
    ali_face_scratch *scratch = batch->scratch;
    run.kernel = kernel;
    run.edges = pair;
    run.value = value;
    kernel->far_edges(&all, image, value + from, scratch->close);
    do_close(&run, list_close(scratch->close, from, group->first + group->count, scratch->index));
}

/* ---- elements ---- */

void ali_tube_batch_destroy(ali_tube_batch *batch)
{
    if (!batch)
        return;
    free(batch->element);
    free(batch->far);
    free(batch->re);
    destroy_scratch(batch->scratch);
    free(batch);
}

/** Middle, direction, half length, radius: TUBE_ARRAYS arrays behind one another. */
static void set_tube(double *arrays, size_t stride, size_t place, const ali_element *element)
{
    const double value[TUBE_ARRAYS] = {element->mid.x, element->mid.y, element->mid.z,
                                       element->dir.x, element->dir.y, element->dir.z,
                                       element->half,  element->radius};
    for (size_t i = 0; i < TUBE_ARRAYS; i++)
        arrays[i * stride + place] = value[i];
}

static ali_tube_array tube_array(size_t count, const double *arrays, size_t stride)
{
    return (ali_tube_array){.count = count,
                            .mid = {arrays, arrays + stride, arrays + 2 * stride},
                            .dir = {arrays + 3 * stride, arrays + 4 * stride, arrays + 5 * stride},
                            .half = arrays + 6 * stride,
                            .radius = arrays + 7 * stride};
}

static int row_of_half(double phase)
{
    int row = 0;
    while (row + 1 < TUBE_ROWS && phase > tube_table[row].phase)
        row++;
    return row;
}

/** One rule for all elements: that of the longest of the mesh, so that no value depends on what
 * else is in the batch. */
static void place_tubes(ali_tube_batch *batch, size_t count, const size_t *elements)
{
    const ali_element *all = batch->source->mesh->wires->elements;
    int row = row_of_half(batch->source->k * batch->source->longest);
    batch->points = tube_table[row].points + batch->order / 2;
    double *arrays = batch->far + 2 * batch->places;
    for (size_t i = 0; i < batch->places; i++) {
        size_t e = elements[i < count ? i : count - 1];
        batch->element[i] = e;
        batch->reach[i] = ali_element_reach(&all[e]);
        batch->far[i] =
            fmax(tube_table[row].ratio * all[e].half, rule_table[0].ratio * batch->reach[i]);
        set_tube(arrays, batch->places, i, &all[e]);
    }
    batch->tubes = tube_array(count, arrays, batch->places);
}

alicorn_status ali_tube_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *elements, int order, ali_tube_batch **batch,
                                     alicorn_error *error)
{
    *batch = NULL;
    size_t places = padded(count), size = 3 * ((size_t)order + 1) * places;
    ali_tube_batch *made = calloc(1, sizeof *made);
    if (made) {
        made->source = source;
        made->count = count;
        made->places = places;
        made->order = order;
        made->element = ali_calloc(places, sizeof *made->element);
        made->far = ali_calloc_aligned((2 + TUBE_ARRAYS) * places, sizeof *made->far);
        made->re = ali_calloc_aligned(2 * size, sizeof *made->re);
        made->scratch = make_scratch(places, sizeof(tube_job));
    }
    if (!made || !made->element || !made->far || !made->re || !made->scratch ||
        !made->scratch->index || !made->scratch->jobs.any || !made->scratch->close) {
        ali_tube_batch_destroy(made);
        return ali_error_memory(error, 2 * size * sizeof(double), "moments of elements");
    }
    made->reach = made->far + places;
    made->im = made->re + size;
    place_tubes(made, count, elements);
    *batch = made;
    return ALICORN_OK;
}

/** The one face of a run against elements. */
typedef struct tube_run {
    ali_tube_batch *batch;
    size_t face;
    bool image;
    ali_flat_triangle triangle;
    ali_vec3 middle;
    double reach;
} tube_run;

static void do_near_tube(const tube_run *run, const ali_tube_partner *partner, size_t place)
{
    ali_tube_batch *batch = run->batch;
    const ali_face_source *source = batch->source;
    const double *stored = source->near->tube_moments + partner->first;
    ali_tube tube = ali_element_tube(&source->mesh->wires->elements[partner->element]);
    double complex moments[3][MOMENT_SIZE];
    ali_triangle_tube_dynamic(&run->triangle, &tube, batch->order, source->k, moments);
    for (int a = 0; a < 3; a++)
        for (int q = 0; q <= batch->order; q++) {
            size_t at = (size_t)(a * (batch->order + 1) + q) * batch->places + place;
            batch->re[at] =
                creal(moments[a][q]) + stored[(ptrdiff_t)a * (source->near->order + 1) + q];
            batch->im[at] = cimag(moments[a][q]);
        }
}

static tube_job middle_tube(const tube_run *run, size_t place)
{
    const ali_face_source *source = run->batch->source;
    const ali_element *element = &source->mesh->wires->elements[run->batch->element[place]];
    double distance = ali_vec3_distance(element->mid, run->middle);
    double reach = fmax(run->reach, run->batch->reach[place]);
    int row = row_of_phase(source->k * reach), tube_row = row_of_half(source->k * element->half);
    while (row < LAST_RULE && distance < rule_table[row].ratio * reach)
        row++;
    while (tube_row + 1 < TUBE_ROWS && distance < tube_table[tube_row].ratio * element->half)
        tube_row++;
    return (tube_job){.place = place,
                      .points = rule_table[row].points,
                      .tube_points = tube_table[tube_row].points + run->batch->order / 2};
}

/** @param place  [count] ascending: elements that are not far */
static void list_tube_jobs(const tube_run *run, size_t count, const size_t *place)
{
    const ali_face_near *near = run->batch->source->near;
    ali_face_scratch *scratch = run->batch->scratch;
    const ali_tube_partner *partner, *end;
    partner = ali_face_near_tubes(near, run->face, run->image, &end);
    scratch->job_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t e = run->batch->element[place[i]];
        while (partner < end && partner->element < e)
            partner++;
        if (partner < end && partner->element == e)
            do_near_tube(run, partner, place[i]);
        else
            scratch->jobs.tubes[scratch->job_count++] = middle_tube(run, place[i]);
    }
}

static void do_tube_jobs(const tube_run *run, size_t count, const tube_job *jobs)
{
    ali_tube_batch *batch = run->batch;
    ali_face_scratch *scratch = batch->scratch;
    for (size_t i = 0; i < padded(count); i++) {
        size_t e = batch->element[jobs[i < count ? i : 0].place];
        set_tube(scratch->geometry[0], CHUNK, i, &batch->source->mesh->wires->elements[e]);
    }
    ali_face_tube_task task = {.triangle = run->triangle,
                               .rule = ali_triangle_rule_get(jobs[0].points),
                               .tubes = tube_array(count, scratch->geometry[0], CHUNK),
                               .tube_rule = ali_face_tube_rule(batch->source, jobs[0].tube_points),
                               .order = batch->order,
                               .k = batch->source->k};
    batch->source->kernel->tubes(&task, CHUNK, scratch->re, scratch->im);
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < 3 * ((size_t)batch->order + 1); m++) {
            batch->re[m * batch->places + jobs[i].place] = scratch->re[m * CHUNK + i];
            batch->im[m * batch->places + jobs[i].place] = scratch->im[m * CHUNK + i];
        }
}

static size_t take_tube_jobs(ali_face_scratch *scratch, tube_job *taken)
{
    size_t count = 0, left = 0;
    tube_job *jobs = scratch->jobs.tubes, first = jobs[0];
    for (size_t i = 0; i < scratch->job_count; i++)
        if (count < CHUNK && jobs[i].points == first.points &&
            jobs[i].tube_points == first.tube_points)
            taken[count++] = jobs[i];
        else
            jobs[left++] = jobs[i];
    scratch->job_count = left;
    return count;
}

void ali_tube_batch_run(ali_tube_batch *batch, size_t face, bool image)
{
    const ali_face_source *source = batch->source;
    tube_run run = {.batch = batch, .face = face, .image = image};
    run.triangle = ali_face_triangle(source->mesh->surfaces, face);
    if (image)
        run.triangle = ali_triangle_mirror(run.triangle);
    run.middle = ali_triangle_middle(&run.triangle);
    run.reach = ali_triangle_reach(&run.triangle);
    ali_face_tube_task task = {.triangle = run.triangle,
                               .rule = ali_triangle_rule_get(source->points[face]),
                               .tubes = batch->tubes,
                               .tube_rule = ali_face_tube_rule(source, batch->points),
                               .order = batch->order,
                               .k = source->k};
    source->kernel->tubes(&task, batch->places, batch->re, batch->im);
    double *const middle[3] = {batch->far + 2 * batch->places, batch->far + 3 * batch->places,
                               batch->far + 4 * batch->places};
    size_t *index = batch->scratch->index;
    size_t count =
        select_close(middle, batch->far, run.middle, source->reach[face], 0, batch->count, index);
    if (count == 0)
        return;
    list_tube_jobs(&run, count, index);
    while (batch->scratch->job_count > 0) {
        tube_job taken[CHUNK];
        size_t number = take_tube_jobs(batch->scratch, taken);
        do_tube_jobs(&run, number, taken);
    }
}
