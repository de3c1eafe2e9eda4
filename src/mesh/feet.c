/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/feet.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Directions around the compass that a foot may take. */
enum { DIRECTION_COUNT = 24 };

/** What is known of a joint that may need a foot. */
typedef struct stand {
    double radius;                  /**< of the thickest wire [m] */
    double cosine[DIRECTION_COUNT]; /**< the largest between a direction and a wire, ± */
} stand;

static ali_vec3 direction_of(size_t i)
{
    double angle = 2.0 * ALI_PI * (double)i / DIRECTION_COUNT;
    return (ali_vec3){cos(angle), sin(angle), 0.0};
}

/** Add what one element at the joint says. */
static void note_element(stand *at, const ali_element *element, const ali_vec3 *direction)
{
    at->radius = fmax(at->radius, element->radius);
    for (size_t i = 0; i < DIRECTION_COUNT; i++)
        at->cosine[i] = fmax(at->cosine[i], fabs(ali_vec3_dot(element->dir, direction[i])));
}

/** The direction that keeps farthest from all wires; a later one must be better by more than
 * rounding. */
static size_t best_direction(const stand *at)
{
    size_t best = 0;
    for (size_t i = 1; i < DIRECTION_COUNT; i++)
        if (at->cosine[i] < at->cosine[best] - 1e-9)
            best = i;
    return best;
}

static alicorn_status make_room(ali_wire_mesh *mesh, size_t count, alicorn_error *error)
{
    size_t total = mesh->element_count + count;
    ali_element *elements = realloc(mesh->elements, total * sizeof *elements);
    if (!elements)
        return ali_error_memory(error, total * sizeof *elements, "elements");
    mesh->elements = elements;
    return ALICORN_OK;
}

/** Number the grounded joints; ALI_NONE for the others. Returns how many there are. */
static size_t number_stands(const ali_wire_mesh *mesh, size_t joint_count, size_t *stand_of)
{
    size_t count = 0;
    for (size_t node = 0; node < joint_count; node++)
        stand_of[node] = mesh->node_grounded[node] ? count++ : ALI_NONE;
    return count;
}

static void survey(const ali_wire_mesh *mesh, size_t joint_count, const size_t *stand_of,
                   stand *stands)
{
    ali_vec3 direction[DIRECTION_COUNT];
    for (size_t i = 0; i < DIRECTION_COUNT; i++)
        direction[i] = direction_of(i);
    for (size_t end = 0; end < 2 * mesh->element_count; end++) {
        const ali_element *element = &mesh->elements[end / 2];
        size_t node = element->node[end % 2];
        if (node < joint_count && stand_of[node] != ALI_NONE)
            note_element(&stands[stand_of[node]], element, direction);
    }
}

static void add_foot(ali_wire_mesh *mesh, size_t node, const stand *at)
{
    ali_vec3 direction = direction_of(best_direction(at));
    double half = 0.5 * ALI_FOOT_LENGTH * at->radius;
    mesh->elements[mesh->element_count++] =
        (ali_element){.mid = ali_vec3_axpy(mesh->node[node], half, direction),
                      .dir = direction,
                      .half = half,
                      .radius = ALI_FOOT_RADIUS * at->radius,
                      .segment = ALI_NONE,
                      .node = {node, mesh->node_count++}};
}

alicorn_status ali_feet_add(ali_wire_mesh *mesh, size_t joint_count, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    stand *stands = NULL;
    size_t *stand_of = ali_calloc(joint_count, sizeof *stand_of);
    if (!stand_of)
        return ali_error_memory(error, joint_count * sizeof *stand_of, "feet");
    size_t count = number_stands(mesh, joint_count, stand_of);
    if (count == 0)
        goto cleanup;
    stands = ali_calloc(count, sizeof *stands);
    if (!stands) {
        status = ali_error_memory(error, count * sizeof *stands, "feet");
        goto cleanup;
    }
    survey(mesh, joint_count, stand_of, stands);
    if ((status = make_room(mesh, count, error)))
        goto cleanup;
    for (size_t node = 0; node < joint_count; node++) {
        if (stand_of[node] == ALI_NONE)
            continue;
        mesh->node_grounded[node] = false;
        add_foot(mesh, node, &stands[stand_of[node]]);
    }
cleanup:
    free(stand_of);
    free(stands);
    return status;
}
