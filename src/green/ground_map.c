/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "green/ground_cells.h"

#include <stdlib.h>

/** Cuts along an axis that a map follows; leaves below are found by descent from there. */
enum { CUTS = 6 };

/** Most cuts along each axis on the way to a leaf, up to CUTS. */
static void count_cuts(const ali_ground_table *table, size_t c, const int so_far[2], int most[2])
{
    const ali_ground_cell *at = &table->cells[c];
    for (int a = 0; a < 2; a++)
        most[a] = so_far[a] > most[a] ? so_far[a] : most[a];
    if (at->axis < 0 || so_far[at->axis] == CUTS)
        return;
    int further[2] = {so_far[0], so_far[1]};
    further[at->axis]++;
    count_cuts(table, at->first, further, most);
    count_cuts(table, at->first + 1, further, most);
}

/** The smallest cell around a place that is not smaller than `size` along any axis. */
static size_t find_cell(const ali_ground_table *table, size_t root, const double place[2],
                        const double size[2])
{
    size_t c = root;
    for (const ali_ground_cell *at = &table->cells[c];
         at->axis >= 0 && at->half[at->axis] > 0.75 * size[at->axis]; at = &table->cells[c])
        c = at->first + (place[at->axis] > at->middle[at->axis]);
    return c;
}

static alicorn_status make_map(const ali_ground_table *table, size_t root, ali_ground_map *map,
                               alicorn_error *error)
{
    const ali_ground_cell *all = &table->cells[root];
    int cuts[2] = {0, 0};
    double size[2], low[2];
    count_cuts(table, root, (const int[2]){0, 0}, cuts);
    for (int a = 0; a < 2; a++) {
        map->count[a] = 1 << cuts[a];
        size[a] = 2.0 * all->half[a] / map->count[a];
        low[a] = all->middle[a] - all->half[a];
        map->low[a] = (float)low[a];
        map->density[a] = size[a] > 0.0 ? (float)(1.0 / size[a]) : 0.0f;
    }
    size_t cells = (size_t)map->count[0] * (size_t)map->count[1];
    map->cell = ali_calloc(cells, sizeof *map->cell);
    if (!map->cell)
        return ali_error_memory(error, cells * sizeof *map->cell, "the table of the ground");
    for (int i = 0; i < map->count[0]; i++)
        for (int m = 0; m < map->count[1]; m++) {
            const double place[2] = {low[0] + size[0] * (i + 0.5), low[1] + size[1] * (m + 0.5)};
            map->cell[i * map->count[1] + m] = (unsigned)find_cell(table, root, place, size);
        }
    return ALICORN_OK;
}

alicorn_status ali_ground_maps_create(ali_ground_table *table, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (int region = 0; region < ALI_GROUND_REGIONS && !status; region++)
        if (table->order[region][0] > 0) /* there is one */
            status = make_map(table, table->root[region], &table->map[region], error);
    return status;
}

void ali_ground_maps_clear(ali_ground_table *table)
{
    for (int region = 0; region < ALI_GROUND_REGIONS; region++)
        free(table->map[region].cell);
}
