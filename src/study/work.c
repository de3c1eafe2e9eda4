/* SPDX-License-Identifier: Apache-2.0 */
#include "study/work.h"

#include "study/system.h"

#include <math.h>

/** Fill of elements of a degree against their like, over that of degree 1: more moments, of more
 * points, for more functions. Measured on wire grids; the root, as every element brings its own. */
static const double degree_weight[] = {1.0, 1.0, 1.95, 3.15, 4.6, 6.2};

/** Gauss points on an element by k times its half length (moments.c), and what that adds. */
static const struct {
    double phase, weight;
} length_weight[] = {{0.22, 1.0}, {0.75, 1.15}, {1.6, 1.35}, {3.5, 1.8}, {HUGE_VAL, 2.3}};

/** The same for faces by k times their reach (face_moments.c). */
static const struct {
    double phase, weight;
} size_weight[] = {{0.45, 1.0}, {0.9, 1.75}, {HUGE_VAL, 3.0}};

/** In pairs of elements: what is near an element; one pair for the error estimate. */
static const double ELEMENT_PAIRS = 20.0, ESTIMATE_PAIRS = 0.33, LONG_ESTIMATE_PAIRS = 1.0;
/** In far pairs of faces: a near one; one that is neither; a face with an element, one of those
 * that are near; a face or element seen from where a wire is attached. */
static const double NEAR_FACE_PAIRS = 25.0, TUBE_PAIRS = 12.0, NEAR_TUBE_PAIRS = 50.0,
                    ATTACHED_PAIRS = 120.0;
/** Rows of both equations for an ordered pair, over a pair of the electric one. */
static const double COMBINED_PAIRS = 3.4;
/** A class of near pairs of elements, in pairs of elements. */
static const double NEAR_CLASS_PAIRS = 100.0;
/** In pairs of elements, in one direction: a piece of wire; a point of a face; the same if several
 * currents share it and the opposite direction follows, for all of them and for each; a product of
 * a field and a harmonic. */
static const double PANEL_PAIRS = 0.055, POINT_FIELD_PAIRS = 0.03, SHARED_POINT_PAIRS = 0.005,
                    OWN_POINT_PAIRS = 0.006, HARMONIC_PAIRS = 0.08;
/** A near field at a point, of one element, in pairs of elements; of one face, in elements. */
static const double POINT_PAIRS = 18.0, FACE_POINTS = 1.0;

static double weight_of_length(double phase)
{
    size_t row = 0;
    while (phase > length_weight[row].phase)
        row++;
    return length_weight[row].weight;
}

static double weight_of_size(double phase)
{
    size_t row = 0;
    while (phase > size_weight[row].phase)
        row++;
    return size_weight[row].weight;
}

/** Sums over the elements or the faces. */
typedef struct load {
    double sum, squares, farthest;
} load;

static load load_of_wires(const ali_basis *basis, double k, double *estimate)
{
    const ali_wire_mesh *mesh = basis->mesh->wires;
    load wires = {0};
    *estimate = 0.0;
    for (size_t e = 0; e < mesh->element_count; e++) {
        const ali_element *element = &mesh->elements[e];
        double length = weight_of_length(k * element->half);
        double weight = degree_weight[basis->wires->degree[e]] * length;
        wires.sum += weight;
        wires.squares += weight * weight;
        wires.farthest = fmax(wires.farthest, ali_vec3_norm(element->mid));
        *estimate += weight * weight * ESTIMATE_PAIRS + (length > 1.0 ? LONG_ESTIMATE_PAIRS : 0.0);
    }
    return wires;
}

static load load_of_faces(const ali_basis *basis, double k)
{
    const ali_surface_mesh *mesh = basis->mesh->surfaces;
    load faces = {0};
    for (size_t f = 0; f < mesh->face_count; f++) {
        ali_flat_triangle triangle = ali_face_triangle(mesh, f);
        double weight = weight_of_size(k * ali_triangle_reach(&triangle));
        faces.sum += weight;
        faces.squares += weight * weight;
        faces.farthest = fmax(faces.farthest, ali_vec3_norm(ali_triangle_middle(&triangle)));
    }
    return faces;
}

ali_work ali_work_count(const ali_basis *basis, const ali_near *near,
                        const ali_face_near *face_near, bool image, bool symmetric, double k)
{
    double elements = (double)basis->mesh->wires->element_count, estimate;
    double images = image ? 2.0 : 1.0;
    load wires = load_of_wires(basis, k, &estimate), faces = load_of_faces(basis, k);
    ali_work work = {
        .wire_close = ELEMENT_PAIRS * wires.squares,
        .wire_near = near ? (double)near->class_count : 0.0,
        .probes = images * 0.5 * elements * estimate,
        .near_terms = images * (elements + FACE_POINTS * faces.sum),
        .phase = k * fmax(wires.farthest, faces.farthest),
    };
    work.wire_fill = 0.5 * images * wires.sum * wires.sum + work.wire_close;
    if (!face_near)
        return work;
    double partners = (double)face_near->first[face_near->face_count];
    double tubes = (double)face_near->tube_first[face_near->face_count];
    double attached = (double)basis->mesh->attachment_count;
    work.probe_faces = TUBE_PAIRS * images * elements * faces.sum;
    work.face_near = (double)face_near->pair_count;
    double rows = symmetric ? 1.0 : 2.0 * COMBINED_PAIRS;
    work.face_close = NEAR_FACE_PAIRS * partners * rows + NEAR_TUBE_PAIRS * tubes +
                      ATTACHED_PAIRS * images * attached * (faces.sum + wires.sum);
    work.face_fill = 0.5 * images * faces.sum * faces.sum * rows +
                     TUBE_PAIRS * images * wires.sum * faces.sum + work.face_close;
    return work;
}

/** Over a ground by Sommerfeld's integrals: the fill over that of a perfect ground, residuals too;
 * what a table takes in the time of a pair of elements [bytes]. Measured on a wire grid 0.12
 * wavelengths above average ground. */
static const double GROUND_FILL = 2.2, GROUND_PROBES = 3.6, TABLE_BYTES = 0.023;

void ali_work_count_ground(ali_work *work, double table_bytes)
{
    work->ground_table = table_bytes / TABLE_BYTES;
    work->wire_fill = work->wire_close + GROUND_FILL * (work->wire_fill - work->wire_close);
    work->face_fill = work->face_close + GROUND_FILL * (work->face_fill - work->face_close);
    work->probes *= GROUND_PROBES;
    work->probe_faces *= GROUND_PROBES;
}

/** In far pairs of faces in the air, of which one is in the soil: a pair that is near, and any
 *  other, of faces or of a face with an element. */
static const double BELOW_NEAR_PAIRS = 12000.0, BELOW_PAIRS = 300.0;

void ali_work_count_below(const ali_mesh *mesh, const ali_face_near *face_near, ali_work *work)
{
    const ali_surface_mesh *surfaces = mesh->surfaces;
    double faces[2] = {0.0, 0.0}, elements[2] = {0.0, 0.0}, near = 0.0;
    for (size_t e = 0; e < mesh->wires->element_count; e++)
        elements[ali_element_in_soil(&mesh->wires->elements[e])]++;
    for (size_t f = 0; f < surfaces->face_count; f++) {
        bool below = ali_face_in_soil(surfaces, f);
        faces[below]++;
        for (size_t i = face_near->first[f]; i < face_near->first[f + 1]; i++) {
            const ali_face_partner *partner = &face_near->partners[i];
            bool other = ali_face_in_soil(surfaces, partner->other);
            if (below || other) /* either face lists the pair */
                near += partner->mirrored && below != other ? 0.0 : 0.5;
        }
    }
    double pairs = faces[1] * (0.5 * faces[1] + faces[0]) + faces[1] * (elements[0] + elements[1]) +
                   faces[0] * elements[1];
    work->face_close += BELOW_NEAR_PAIRS * near;
    work->face_fill += BELOW_NEAR_PAIRS * near + BELOW_PAIRS * pairs;
}

alicorn_status ali_work_count_fields(const ali_mesh *mesh, double k, const ali_ground *ground,
                                     ali_work *work, alicorn_error *error)
{
    ali_radiator_outline outline = ali_radiator_foresee(mesh, k, ground);
    work->field_panels = (double)outline.panels;
    work->field_points = (double)outline.points;
    work->field_images = outline.extent.ground ? 2.0 : 1.0;
    return ali_radiation_foresee(&outline.extent, &work->survey, error);
}

/* ---- times ---- */

/** Small systems keep all rows, those of the probes as well, instead of half a symmetric matrix,
 * and fill them in strips that share faces. */
static const double ROWS_WIRES = 1.3, ROWS_FACES = 3.4;
/** Passes over matrix and factor for a solution to the last step, its share of the trial's
 * included, and for one that is solved once; each reads the matrix in double and the factor. */
static const double SOLVE_PASSES = 3.2, WAVE_PASSES = 1.3;
/** Real operations per number of the matrix and column of a pass, over what a factorisation does in
 * the same time. */
static const double PASS_OPERATIONS = 32.0;
/** Independent waves are no more than this times (k times the radius)^2, and some. */
static const double WAVES_PER_AREA = 8.0, WAVES_LEAST = 30.0;

/** Passes of `columns` right-hand sides over matrix and factor [s]. */
static double pass_time(const ali_work_request *request, double columns, double operations,
                        const alicorn_rates *rates)
{
    double n = (double)request->unknowns, halves = request->symmetric ? 1.0 : 2.0;
    double bytes = halves * 0.5 * sizeof(double[2]) + (request->single ? 8.0 : 16.0);
    const double block = 64.0;
    return n * n *
           (bytes * ceil(columns / block) / rates->memory + PASS_OPERATIONS * columns / operations);
}

double ali_work_waves(const ali_work *work, size_t waves)
{
    return fmin((double)waves, WAVES_LEAST + WAVES_PER_AREA * work->phase * work->phase);
}

/** Far fields, in pairs of elements. */
static double field_pairs(const ali_work *work, const ali_work_request *request)
{
    const ali_radiation_effort *survey = &work->survey;
    double each = work->field_images *
                  (PANEL_PAIRS * work->field_panels + POINT_FIELD_PAIRS * work->field_points);
    double all = each * request->surveys;
    if (survey->shared)
        all = PANEL_PAIRS * work->field_panels * request->surveys +
              work->field_points * (OWN_POINT_PAIRS * request->surveys +
                                    SHARED_POINT_PAIRS * request->survey_batches);
    return each * (request->directions + request->surveys * survey->refined) +
           all * survey->directions + HARMONIC_PAIRS * survey->harmonics * request->surveys;
}

double ali_work_answer_time(const ali_work *work, const ali_work_request *request,
                            const alicorn_rates *rates)
{
    bool kept = ali_system_rows_bytes(request->unknowns, request->probes) > 0;
    double pairs = field_pairs(work, request) + POINT_PAIRS * work->near_terms * request->points;
    if (kept)
        return pairs / rates->wire_pair;
    pairs += work->probes * (double)request->columns;
    double faces = request->columns > 0 ? work->probe_faces : 0.0;
    return pairs / rates->wire_pair + faces / rates->face_pair;
}

ali_stage_times ali_work_times(const ali_work *work, const ali_work_request *request,
                               const alicorn_rates *rates)
{
    double n = (double)request->unknowns;
    double operations = request->single ? rates->factor_single : rates->factor_double;
    double cubes = (request->symmetric ? 4.0 : 8.0) / 3.0;
    double waves = ali_work_waves(work, request->waves);
    bool kept = ali_system_rows_bytes(request->unknowns, request->probes) > 0;
    return (ali_stage_times){
        .near = work->face_near / rates->near_pair +
                NEAR_CLASS_PAIRS * work->wire_near / rates->wire_pair,
        .fill = work->ground_table / rates->wire_pair +
                (kept ? ROWS_WIRES : 1.0) * work->wire_fill / rates->wire_pair +
                (kept ? ROWS_FACES : 1.0) * work->face_fill / rates->face_pair,
        .factor = cubes * n * n * (n + ALI_FACTOR_HALF_RATE) / operations,
        .solve = SOLVE_PASSES * pass_time(request, (double)request->columns, operations, rates) +
                 WAVE_PASSES * pass_time(request, waves, operations, rates) +
                 ali_work_answer_time(work, request, rates),
    };
}
