/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/msh_format.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- $MeshFormat ---- */

/** Tell the order of bytes by the number one, which follows the line of a binary file's format. */
static alicorn_status read_byte_order(ali_mesh_scan *scan)
{
    char rest[ALI_SCAN_WORD];
    int one;
    ali_scan_rest_of_line(scan, rest, sizeof rest);
    scan->had_binary = true;
    scan->binary = true;
    alicorn_status status = ali_scan_integer(scan, "the number one in the format's section", &one);
    scan->binary = false;
    if (status != ALICORN_OK)
        return status;
    if (one == 0x01000000)
        scan->swapped = true;
    else if (one != 1)
        return ali_scan_fail(scan, "the number one of a binary file reads as %d", one);
    return ALICORN_OK;
}

static alicorn_status read_format(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    char version[ALI_SCAN_WORD];
    int binary, size;
    ali_scan_word(scan, version);
    if (strcmp(version, "4.1") == 0)
        msh->version_4 = true;
    else if (strcmp(version, "2") != 0 && strncmp(version, "2.", 2) != 0)
        return ali_scan_fail(scan,
                             "format '%s' of .msh is not read: save it as 4.1 or 2.2 "
                             "(gmsh: -format msh41)",
                             version);
    alicorn_status status = ali_scan_integer(scan, "0 (text) or 1 (binary)", &binary);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the size of a number", &size);
    if (status != ALICORN_OK)
        return status;
    if (binary != 0 && binary != 1)
        return ali_scan_fail(scan, "file type %d where 0 (text) or 1 (binary) is expected", binary);
    if (size != 8)
        return ali_scan_fail(scan, "numbers of %d bytes are not read, only of 8", size);
    msh->binary = binary == 1;
    return msh->binary ? read_byte_order(scan) : ALICORN_OK;
}

/* ---- $PhysicalNames, always text ---- */

static alicorn_status read_name(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int dimension, group;
    char line[512];
    alicorn_status status = ali_scan_integer(scan, "the dimension of a physical group", &dimension);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the number of a physical group", &group);
    if (status != ALICORN_OK)
        return status;
    ali_scan_rest_of_line(scan, line, sizeof line);
    char *start = strchr(line, '"'), *end = strrchr(line, '"');
    if (!start || end == start)
        return ali_scan_fail(scan, "the name of physical group %d is not in quotes", group);
    *end = '\0';
    return ali_triangulation_add_name(msh->reading->out, dimension, group, start + 1, scan->error);
}

static alicorn_status read_names(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t count;
    alicorn_status status = ali_scan_size(scan, "the number of physical names", &count);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, "physical names", count, 6);
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++)
        status = read_name(msh);
    return status;
}

/* ---- $Entities, format 4.1 ---- */

static alicorn_status add_bound(ali_msh_bounds *bounds, int face, alicorn_error *error)
{
    if (ali_grow((void **)&bounds->faces, &bounds->capacity, bounds->count, sizeof *bounds->faces))
        return ali_error_memory(error, bounds->count * sizeof *bounds->faces, "bounding faces");
    bounds->faces[bounds->count++] = abs(face);
    return ALICORN_OK;
}

/** A count and that many integers: the first of them in *first, or 0; all of them in `bounds` if it
 *  is not NULL. */
static alicorn_status read_tags(ali_mesh_scan *scan, const char *what, int *first,
                                ali_msh_bounds *bounds)
{
    uint64_t count;
    int tag;
    *first = 0;
    alicorn_status status = ali_scan_size(scan, what, &count);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, what, count, 2);
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++) {
        status = ali_scan_integer(scan, what, &tag);
        if (status == ALICORN_OK && tag < -2147483647)
            status = ali_scan_fail(scan, "tag %d is out of range", tag);
        if (status == ALICORN_OK && i == 0)
            *first = tag;
        if (status == ALICORN_OK && bounds)
            status = add_bound(bounds, tag, scan->error);
    }
    return status;
}

static alicorn_status read_entity(ali_msh *msh, int dimension)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    ali_msh_entity entity = {.dimension = dimension};
    double unused;
    int first;
    alicorn_status status = ali_scan_integer(scan, "the tag of an entity", &entity.tag);
    for (int k = 0; status == ALICORN_OK && k < (dimension == 0 ? 3 : 6); k++)
        status = ali_scan_real(scan, "a coordinate of an entity", &unused);
    if (status == ALICORN_OK)
        status = read_tags(scan, "the physical groups of an entity", &entity.physical, NULL);
    if (status == ALICORN_OK && dimension > 0)
        status = read_tags(scan, "what bounds an entity", &first,
                           dimension == 3 ? msh->reading->options->bounds : NULL);
    if (status != ALICORN_OK || dimension == 0 || dimension == 3)
        return status;
    if (ali_grow((void **)&msh->entities, &msh->entity_capacity, msh->entity_count,
                 sizeof *msh->entities))
        return ali_error_memory(scan->error, 2 * msh->entity_count * sizeof *msh->entities,
                                "entities");
    msh->entities[msh->entity_count++] = entity;
    return ALICORN_OK;
}

static int compare_entities(const void *a, const void *b)
{
    const ali_msh_entity *p = a, *q = b;
    if (p->dimension != q->dimension)
        return p->dimension < q->dimension ? -1 : 1;
    return (p->tag > q->tag) - (p->tag < q->tag);
}

static alicorn_status read_entities(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t count[4], total = 0;
    alicorn_status status = ALICORN_OK;
    for (int k = 0; status == ALICORN_OK && k < 4; k++) {
        status = ali_scan_size(scan, "the number of entities", &count[k]);
        if (status == ALICORN_OK)
            status = ali_scan_check_count(scan, "entities", count[k], 10);
        if (status == ALICORN_OK)
            total += count[k];
    }
    if (status == ALICORN_OK)
        status = ali_mesh_reading_claim(msh->reading, "entities", total, sizeof *msh->entities);
    for (int k = 0; k < 4; k++)
        for (uint64_t i = 0; status == ALICORN_OK && i < count[k]; i++)
            status = read_entity(msh, k);
    if (status == ALICORN_OK && msh->entity_count > 0)
        qsort(msh->entities, msh->entity_count, sizeof *msh->entities, compare_entities);
    return status;
}

int ali_msh_physical(const ali_msh *msh, int dimension, int tag)
{
    ali_msh_entity wanted = {.dimension = dimension, .tag = tag};
    if (msh->entity_count == 0)
        return 0;
    const ali_msh_entity *entity =
        bsearch(&wanted, msh->entities, msh->entity_count, sizeof *msh->entities, compare_entities);
    return entity ? entity->physical : 0;
}

/* ---- $Nodes ---- */

static alicorn_status add_node(ali_msh *msh, uint64_t tag)
{
    if (tag == 0)
        return ali_scan_fail(&msh->reading->scan, "vertex numbers begin with 1");
    if (ali_grow((void **)&msh->nodes, &msh->node_capacity, msh->node_count, sizeof *msh->nodes))
        return ali_error_memory(msh->reading->scan.error, 2 * msh->node_count * sizeof *msh->nodes,
                                "vertex numbers");
    msh->nodes[msh->node_count] = (ali_msh_node){tag, msh->node_count};
    msh->node_count++;
    return ALICORN_OK;
}

static alicorn_status read_position(ali_msh *msh)
{
    double at[3];
    alicorn_status status = ALICORN_OK;
    for (int k = 0; status == ALICORN_OK && k < 3; k++)
        status = ali_scan_real(&msh->reading->scan, "a coordinate", &at[k]);
    return status == ALICORN_OK ? ali_mesh_reading_vertex(msh->reading, at) : status;
}

static alicorn_status claim_nodes(ali_msh *msh, uint64_t count)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    alicorn_status status = ali_scan_check_count(scan, "vertices", count, msh->binary ? 28 : 8);
    if (status != ALICORN_OK)
        return status;
    return ali_mesh_reading_claim(msh->reading, "vertices", count,
                                  sizeof(ali_vec3) + sizeof(ali_msh_node) + sizeof(size_t));
}

static alicorn_status read_nodes_2(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t count;
    char rest[ALI_SCAN_WORD];
    alicorn_status status = ali_scan_size(scan, "the number of vertices", &count);
    if (status == ALICORN_OK)
        status = claim_nodes(msh, count);
    if (status != ALICORN_OK)
        return status;
    if (msh->binary) {
        ali_scan_rest_of_line(scan, rest, sizeof rest);
        scan->binary = true;
    }
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++) {
        int tag;
        status = ali_scan_integer(scan, "the number of a vertex", &tag);
        if (status == ALICORN_OK)
            status = add_node(msh, tag > 0 ? (uint64_t)tag : 0);
        if (status == ALICORN_OK)
            status = read_position(msh);
    }
    scan->binary = false;
    return status;
}

/** The vertices of one entity: all numbers, then all coordinates, with parameters if so marked. */
static alicorn_status read_node_block(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    int dimension, entity, parametric;
    uint64_t count, tag;
    double unused;
    alicorn_status status = ali_scan_integer(scan, "the dimension of an entity", &dimension);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "the tag of an entity", &entity);
    if (status == ALICORN_OK)
        status = ali_scan_integer(scan, "whether parameters are stored", &parametric);
    if (status == ALICORN_OK)
        status = ali_scan_size(scan, "how many vertices an entity has", &count);
    if (status == ALICORN_OK)
        status = claim_nodes(msh, count);
    if (status == ALICORN_OK && (dimension < 0 || dimension > 3))
        status = ali_scan_fail(scan, "an entity of dimension %d", dimension);
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++) {
        status = ali_scan_size(scan, "the number of a vertex", &tag);
        if (status == ALICORN_OK)
            status = add_node(msh, tag);
    }
    for (uint64_t i = 0; status == ALICORN_OK && i < count; i++) {
        status = read_position(msh);
        for (int k = 0; status == ALICORN_OK && parametric && k < dimension; k++)
            status = ali_scan_real(scan, "a parameter of a vertex", &unused);
    }
    return status;
}

static alicorn_status read_nodes_4(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    uint64_t blocks, unused;
    alicorn_status status = ali_scan_size(scan, "the number of blocks of vertices", &blocks);
    if (status == ALICORN_OK)
        status = ali_scan_size(scan, "the number of vertices", &unused);
    for (int k = 0; status == ALICORN_OK && k < 2; k++)
        status = ali_scan_size(scan, "the least or the largest number of a vertex", &unused);
    if (status == ALICORN_OK)
        status = ali_scan_check_count(scan, "blocks of vertices", blocks, 8);
    for (uint64_t i = 0; status == ALICORN_OK && i < blocks; i++)
        status = read_node_block(msh);
    return status;
}

static int compare_nodes(const void *a, const void *b)
{
    uint64_t p = ((const ali_msh_node *)a)->tag, q = ((const ali_msh_node *)b)->tag;
    return (p > q) - (p < q);
}

static alicorn_status sort_nodes(ali_msh *msh)
{
    bool sorted = true;
    for (size_t i = 1; i < msh->node_count; i++)
        sorted = sorted && msh->nodes[i - 1].tag < msh->nodes[i].tag;
    if (sorted)
        return ALICORN_OK;
    qsort(msh->nodes, msh->node_count, sizeof *msh->nodes, compare_nodes);
    for (size_t i = 1; i < msh->node_count; i++)
        if (msh->nodes[i - 1].tag == msh->nodes[i].tag)
            return ali_scan_fail(&msh->reading->scan, "vertex %llu is in the file twice",
                                 (unsigned long long)msh->nodes[i].tag);
    return ALICORN_OK;
}

/* ---- the sections ---- */

static alicorn_status read_nodes(ali_msh *msh)
{
    if (msh->has_nodes)
        return ali_scan_fail(&msh->reading->scan, "a second section $Nodes");
    msh->has_nodes = true;
    alicorn_status status = msh->version_4 ? read_nodes_4(msh) : read_nodes_2(msh);
    return status == ALICORN_OK ? sort_nodes(msh) : status;
}

static alicorn_status read_elements(ali_msh *msh)
{
    if (!msh->has_nodes)
        return ali_scan_fail(&msh->reading->scan, "$Elements before $Nodes");
    if (msh->has_elements)
        return ali_scan_fail(&msh->reading->scan, "a second section $Elements");
    msh->has_elements = true;
    return msh->version_4 ? ali_msh_elements_4(msh) : ali_msh_elements_2(msh);
}

static alicorn_status refuse_partitions(ali_msh *msh)
{
    return ali_scan_fail(&msh->reading->scan, "a mesh cut into partitions is not read");
}

/** The sections that are read; any other is skipped. `numbers_4`: numbers are bytes in binary files
 *  of format 4.1. */
static const struct {
    const char *name;
    alicorn_status (*read)(ali_msh *msh);
    bool numbers_4;
} sections[] = {
    {"$PhysicalNames", read_names, false},
    {"$Entities", read_entities, true},
    {"$Nodes", read_nodes, true},
    {"$Elements", read_elements, true},
    {"$PartitionedEntities", refuse_partitions, true},
};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

/** What a section's name asks for; `at` stands behind the name. */
static alicorn_status read_section(ali_msh *msh, const char *name)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    char end[ALI_SCAN_WORD + 4], rest[ALI_SCAN_WORD];
    snprintf(end, sizeof end, "$End%s", name + 1);
    for (int k = 0; k < SECTION_COUNT; k++) {
        if (strcmp(name, sections[k].name) != 0)
            continue;
        if (msh->binary && msh->version_4 && sections[k].numbers_4) {
            ali_scan_rest_of_line(scan, rest, sizeof rest);
            scan->binary = true;
        }
        alicorn_status status = sections[k].read(msh);
        scan->binary = false;
        if (status != ALICORN_OK)
            return status;
        ali_scan_blanks(scan);
        if (!ali_scan_stands_at(scan, end))
            return ali_scan_fail(scan, "'%s' is expected here: %s holds more or less than it says",
                                 end, name);
        break;
    }
    if (!ali_scan_find(scan, end))
        return ali_scan_fail(scan, "the file ends before '%s': it is cut off", end);
    return ALICORN_OK;
}

static alicorn_status read_sections(ali_msh *msh)
{
    ali_mesh_scan *scan = &msh->reading->scan;
    char name[ALI_SCAN_WORD];
    ali_scan_word(scan, name);
    if (strcmp(name, "$NOD") == 0)
        return ali_scan_fail(scan, "format 1 of .msh is not read: save it as 4.1 or 2.2 "
                                   "(gmsh: -format msh41)");
    if (strcmp(name, "$MeshFormat") != 0)
        return ali_scan_fail(scan, "'%s' where '$MeshFormat' is expected", name);
    alicorn_status status = read_format(msh);
    if (status == ALICORN_OK && !ali_scan_find(scan, "$EndMeshFormat"))
        status = ali_scan_fail(scan, "the file ends before '$EndMeshFormat': it is cut off");
    while (status == ALICORN_OK) {
        ali_scan_word(scan, name);
        if (name[0] == '\0')
            break;
        if (name[0] != '$' || name[1] == '\0')
            return ali_scan_fail(scan, "'%s' where a section ('$Nodes' …) is expected", name);
        status = read_section(msh, name);
    }
    if (status == ALICORN_OK && !msh->has_elements)
        status = ali_scan_fail(scan, "the file has no section %s",
                               msh->has_nodes ? "$Elements" : "$Nodes");
    return status;
}

alicorn_status ali_msh_read(ali_mesh_reading *reading)
{
    ali_msh msh = {.reading = reading};
    alicorn_status status = read_sections(&msh);
    free(msh.nodes);
    free(msh.entities);
    return status;
}
