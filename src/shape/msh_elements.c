/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/msh_format.h"

#include "base/error.h"

#include <stdlib.h>

enum { MOST_NODES = 27 };

/** What becomes of a kind of element. */
typedef enum fate {
    FATE_UNKNOWN = 0,
    FATE_IGNORED, /**< points and volumes */
    FATE_LINE,
    FATE_TRIANGLE,
    FATE_QUADRANGLE, /**< refused, as are the next */
    FATE_SECOND_ORDER
} fate;

/** gmsh's types of elements, by number. Those of third order and above end in "unknown". */
static const struct {
    fate fate;
    int nodes;
} element_types[] = {
    [1] = {FATE_LINE, 2},          [2] = {FATE_TRIANGLE, 3},     [3] = {FATE_QUADRANGLE, 4},
    [4] = {FATE_IGNORED, 4},       [5] = {FATE_IGNORED, 8},      [6] = {FATE_IGNORED, 6},
    [7] = {FATE_IGNORED, 5},       [8] = {FATE_SECOND_ORDER, 3}, [9] = {FATE_SECOND_ORDER, 6},
    [10] = {FATE_SECOND_ORDER, 9}, [11] = {FATE_IGNORED, 10},    [12] = {FATE_IGNORED, 27},
    [13] = {FATE_IGNORED, 18},     [14] = {FATE_IGNORED, 14},    [15] = {FATE_IGNORED, 1},
    [16] = {FATE_SECOND_ORDER, 8}, [17] = {FATE_IGNORED, 20},    [18] = {FATE_IGNORED, 15},
    [19] = {FATE_IGNORED, 13},
};
enum { ELEMENT_TYPE_COUNT = sizeof element_types / sizeof element_types[0] };

/** Refuse what cannot be used. */
static alicorn_status check_type(const ali_mesh_scan *scan, int type)
{
    fate f = type > 0 && type < ELEMENT_TYPE_COUNT ? element_types[type].fate : FATE_UNKNOWN;
    switch (f) {
    case FATE_QUADRANGLE:
        return ali_scan_fail(scan, "quadrangles are not read: save the mesh with triangles only "
                                   "(gmsh: without Recombine)");
    case FATE_SECOND_ORDER:
        return ali_scan_fail(scan,
                             "elements of second order (type %d) are not read: save the mesh "
                             "in first order (gmsh: -order 1)",
                             type);
    case FATE_UNKNOWN:
        return ali_scan_fail(scan, "element type %d is not known", type);
    case FATE_IGNORED:
    case FATE_LINE:
    case FATE_TRIANGLE:
        break;
    }
    return ALICORN_OK;
}

/** The vertex of a tag, by bisection. */
static alicorn_status find_vertex(const ali_msh *msh, uint64_t tag, size_t *vertex)
{
    size_t low = 0, high = msh->node_count;
    if (tag > 0 && tag <= high && msh->nodes[tag - 1].tag == tag) { /* the usual numbering */
        *vertex = msh->nodes[tag - 1].vertex;
        return ALICORN_OK;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (msh->nodes[middle].tag < tag)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == msh->node_count || msh->nodes[low].tag != tag)
        return ali_scan_fail(&msh->reading->scan, "vertex %llu is not in the file",
                             (unsigned long long)tag);
    *vertex = msh->nodes[low].vertex;
    return ALICORN_OK;
}

/** Keep an element if it is a triangle or a marked line. `group` negative: turned around. */
static alicorn_status take_element(ali_msh *msh, int type, int group, const uint64_t *tags)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    ali_triangulation *out = msh->reading->out;
    size_t corner[3] = {0};
    fate f = element_types[type].fate;
    bool wanted =
        f == FATE_TRIANGLE || (f == FATE_LINE && group != 0 && !msh->reading->options->by_entity);
    if (!wanted)
        return ALICORN_OK;
    int count = element_types[type].nodes;
    for (int k = 0; k < count; k++) {
        alicorn_status status = find_vertex(msh, tags[k], &corner[k]);
        if (status != ALICORN_OK)
            return status;
    }
    for (int k = 0; k < count; k++)
        if (corner[k] == corner[(k + 1) % count])
            return ali_scan_fail(scan, "a %s has vertex %llu twice",
                                 f == FATE_TRIANGLE ? "triangle" : "line",
                                 (unsigned long long)tags[k]);
    if (group < 0) {
        size_t last = corner[count - 1];
        corner[count - 1] = corner[count - 2];
        corner[count - 2] = last;
    }
    if (f == FATE_LINE)
        return ali_triangulation_add_line(out, corner, abs(group), scan->error);
    return ali_triangulation_add_triangle(out, corner, abs(group), scan->error);
}

/** Count the memory of elements to come. */
static alicorn_status claim(ali_msh *msh, int type, uint64_t count)
{
    double bytes = type == 2 ? sizeof(size_t[3]) + sizeof(int) : sizeof(size_t[2]) + sizeof(int);
    return ali_mesh_reading_claim(msh->reading, "elements", count, bytes);
}

/** Groups are magnitudes, so the one integer without is refused. */
static alicorn_status check_group(const ali_mesh_scan *scan, int group)
{
    return group >= -2147483647 ? ALICORN_OK
                                : ali_scan_fail(scan, "physical group %d is out of range", group);
}

/** The tags of one element of format 2 behind its number and type, and its vertices. */
static alicorn_status read_element_2(ali_msh *msh, int type, int tag_count)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int physical = 0, elementary = 0, number;
    uint64_t nodes[MOST_NODES];
    alicorn_status status = ALICORN_OK;
    for (int k = 0; status == ALICORN_OK && k < tag_count; k++) {
        status = ali_scan_integer(scan, "a tag of an element", &number);
        if (k == 0)
            physical = number;
        else if (k == 1)
            elementary = number;
    }
    for (int k = 0; status == ALICORN_OK && k < element_types[type].nodes; k++) {
        status = ali_scan_integer(scan, "a vertex of an element", &number);
        if (status == ALICORN_OK && number < 0)
            return ali_scan_fail(scan, "vertex %d is not in the file", number);
        nodes[k] = (uint64_t)number;
    }
    int group = msh->reading->options->by_entity ? elementary : physical;
    if (status == ALICORN_OK)
        status = check_group(scan, group);
    if (status == ALICORN_OK)
        status = take_element(msh, type, group, nodes);
    return status;
}

/** How many tags an element has, checked. */
static alicorn_status check_tags(const ali_mesh_scan *scan, int tag_count)
{
    if (tag_count < 0)
        return ali_scan_fail(scan, "an element cannot have %d tags", tag_count);
    return ali_scan_check_count(scan, "tags of an element", (uint64_t)tag_count, 2);
}

/** Text: number type tag-count tags… vertices… */
static alicorn_status read_line_2(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int number, type, tag_count;
    alicorn_status status = ali_scan_integer(scan, "the number of an element", &number);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the type of an element", &type);
    if (status == ALICORN_OK)
        status = check_type(scan, type);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "how many tags an element has", &tag_count);
    if (status == ALICORN_OK)
        status = check_tags(scan, tag_count);
    if (status == ALICORN_OK)
        status = read_element_2(msh, type, tag_count);
    return status;
}

/** Binary: type, count, tag-count, then for each number, tags…, vertices…; *done grows. */
static alicorn_status read_block_2(ali_msh *msh, uint64_t total, uint64_t *done)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int type, count, tag_count, number;
    alicorn_status status = ali_scan_integer(scan, "the type of elements", &type);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "how many elements of a type follow", &count);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "how many tags they have", &tag_count);
    if (status == ALICORN_OK)
        status = check_type(scan, type);
    if (status == ALICORN_OK)
        status = check_tags(scan, tag_count);
    if (status != ALICORN_OK)
        return status;
    if (count <= 0 || (uint64_t)count > total - *done)
        return ali_scan_fail(scan, "%d elements of a type, where up to %llu are expected", count,
                             (unsigned long long)(total - *done));
    for (int i = 0; status == ALICORN_OK && i < count; i++) {
        status = ali_scan_integer(scan, "the number of an element", &number);
        if (status == ALICORN_OK)
            status = read_element_2(msh, type, tag_count);
    }
    *done += (uint64_t)count;
    return status;
}

alicorn_status ali_msh_elements_2(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t count;
    scan->binary = false; /* the count is text in any case */
    alicorn_status status = ali_scan_size(scan, "the number of elements", &count);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, "elements", count, 8);
    if (status == ALICORN_OK)
        status = claim(msh, 2, count);
    if (status != ALICORN_OK)
        return status;
    if (msh->binary) {
        char rest[ALI_SCAN_WORD];
        ali_scan_rest_of_line(scan, rest, sizeof rest);
        scan->binary = true;
        for (uint64_t done = 0; status == ALICORN_OK && done < count;)
            status = read_block_2(msh, count, &done);
        scan->binary = false;
    } else {
        for (uint64_t i = 0; status == ALICORN_OK && i < count; i++)
            status = read_line_2(msh);
    }
    return status;
}

/** One block of format 4.1: the elements of one type on one entity. */
static alicorn_status read_block_4(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int dimension, entity, type;
    uint64_t count, number, nodes[MOST_NODES];
    alicorn_status status = ali_scan_integer(scan, "the dimension of an entity", &dimension);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the tag of an entity", &entity);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the type of elements", &type);
    if (status == ALICORN_OK)
        status = ali_scan_size(scan, "how many elements an entity has", &count);
    if (status == ALICORN_OK)
        status = check_type(scan, type);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, "elements of an entity", count, scan->binary ? 16 : 4);
    if (status == ALICORN_OK)
        status = claim(msh, type, count);
    if (status != ALICORN_OK)
        return status;
    int group =
        msh->reading->options->by_entity ? entity : ali_msh_physical(msh, dimension, entity);
    status = check_group(scan, group);
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++) {
        status = ali_scan_size(scan, "the number of an element", &number);
        for (int k = 0; status == ALICORN_OK && k < element_types[type].nodes; k++)
            status = ali_scan_size(scan, "a vertex of an element", &nodes[k]);
        if (status == ALICORN_OK)
            status = take_element(msh, type, group, nodes);
    }
    return status;
}

alicorn_status ali_msh_elements_4(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t blocks, unused;
    alicorn_status status = ali_scan_size(scan, "the number of blocks of elements", &blocks);
    if (status == ALICORN_OK)
        status = ali_scan_size(scan, "the number of elements", &unused);
    for (int k = 0; status == ALICORN_OK && k < 2; k++)
        status = ali_scan_size(scan, "the least or the largest number of an element", &unused);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, "blocks of elements", blocks, 8);
    for (uint64_t i = 0; status == ALICORN_OK && i < blocks; i++)
        status = read_block_4(msh);
    return status;
}
