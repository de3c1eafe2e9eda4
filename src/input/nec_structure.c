/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_geometry.h"
#include "input/nec_reader.h"

#include <math.h>
#include <stdlib.h>

/** @file
 *  The finished structure: into the model, and found again by tag. */

/* ---- index by tag ---- */

typedef struct tag_key {
    int tag;
    size_t run;
} tag_key;

static int compare_keys(const void *left, const void *right)
{
    const tag_key *a = left, *b = right;
    if (a->tag != b->tag)
        return a->tag < b->tag ? -1 : 1;
    return a->run < b->run ? -1 : a->run > b->run;
}

static alicorn_status index_tags(ali_nec_reader *reader)
{
    ali_nec_geometry *g = &reader->geometry;
    tag_key *keys = ali_calloc(g->run_count, sizeof *keys);
    g->by_tag = ali_calloc(g->run_count, sizeof *g->by_tag);
    g->before = ali_calloc(g->run_count, sizeof *g->before);
    if (!keys || !g->by_tag || !g->before) {
        free(keys);
        return ali_error_memory(reader->error, g->run_count * sizeof *keys, "an index of tags");
    }
    for (size_t i = 0; i < g->run_count; i++)
        keys[i] = (tag_key){g->runs[i].tag, i};
    if (g->run_count > 1)
        qsort(keys, g->run_count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < g->run_count; i++) {
        g->by_tag[i] = keys[i].run;
        g->before[i] = i > 0 && keys[i - 1].tag == keys[i].tag
                           ? g->before[i - 1] + g->runs[keys[i - 1].run].count
                           : 0;
    }
    free(keys);
    return ALICORN_OK;
}

/** First place in by_tag whose tag is not below `tag`. */
static size_t lower_bound(const ali_nec_geometry *g, int tag)
{
    size_t low = 0, high = g->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->runs[g->by_tag[middle]].tag < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t ali_nec_tag_runs(const ali_nec_geometry *geometry, int tag, size_t *first, size_t *end)
{
    *first = lower_bound(geometry, tag);
    *end = lower_bound(geometry, tag + 1);
    if (*first == *end)
        return 0;
    return geometry->before[*end - 1] + geometry->runs[geometry->by_tag[*end - 1]].count;
}

/** Segment `number` (from 0) among those of the tag, whose runs are by_tag[first … end-1]. */
static size_t segment_of_tag(const ali_nec_geometry *g, size_t first, size_t end, size_t number)
{
    size_t low = first, high = end; /* last run that does not begin behind `number` */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (g->before[middle] <= number)
            low = middle;
        else
            high = middle;
    }
    return g->runs[g->by_tag[low]].first_segment + (number - g->before[low]);
}

bool ali_nec_find_segment(ali_nec_reader *reader, const ali_nec_card *card, int tag_field,
                          int number_field, size_t *segment)
{
    const ali_nec_geometry *g = &reader->geometry;
    int tag = card->integer[tag_field], number = card->integer[number_field];
    size_t first = 0, end = 0;
    size_t count = tag == 0 ? g->segment_count : ali_nec_tag_runs(g, tag, &first, &end);
    if (number >= 1 && (size_t)number <= count && !g->broken) {
        *segment =
            tag == 0 ? (size_t)number - 1 : segment_of_tag(g, first, end, (size_t)number - 1);
        return true;
    }
    if (g->broken)
        return false; /* the segment may be one of a wire that was not understood */
    char name[4];
    ali_nec_field_name(card->rule, count == 0 ? tag_field : number_field, name);
    if (count == 0)
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, tag_field,
                       "%s %s (tag): no segment has the tag %d, expected the tag of a wire",
                       card->rule->name, name, tag);
    else if (tag == 0)
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, number_field,
                       "%s %s (segment): there is no segment %d, expected 1 to %zu",
                       card->rule->name, name, number, count);
    else
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-such-segment", card, number_field,
                       "%s %s (segment): tag %d has no segment %d, expected 1 to %zu",
                       card->rule->name, name, tag, number, count);
    return false;
}

/* ---- into the model ---- */

/** Scaling and moving may have gone out of the range of numbers. */
static bool check_finite(const ali_nec_geometry *g)
{
    for (size_t i = 0; i < g->point_count; i++)
        if (!isfinite(g->points[i].x) || !isfinite(g->points[i].y) || !isfinite(g->points[i].z))
            return false;
    for (size_t i = 0; i < g->segment_count; i++)
        if (!isfinite(g->radii[i]) || !(g->radii[i] > 0))
            return false;
    for (size_t i = 0; i < g->patches.count; i++)
        for (size_t k = 0; k < g->patches.patches[i].count; k++) {
            ali_vec3 p = g->patches.patches[i].corner[k];
            if (!isfinite(p.x) || !isfinite(p.y) || !isfinite(p.z))
                return false;
        }
    return true;
}

alicorn_status ali_nec_geometry_finish(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_geometry *g = &reader->geometry;
    if (g->run_count == 0 && g->patches.count == 0 && !g->broken) {
        g->broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-wires", card, -1,
                       "the structure has no wires, expected GW, GA, GH, SP or SM cards before %s",
                       card->rule->name);
    }
    if (!g->broken && !check_finite(g)) {
        g->broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "overflow", card, -1,
                       "the GM and GS cards bring coordinates or radii out of the range of "
                       "numbers, expected finite coordinates and radii above 0");
    }
    alicorn_status status = index_tags(reader);
    for (size_t i = 0; i < g->run_count && status == ALICORN_OK && !g->broken; i++) {
        const ali_nec_run *run = &g->runs[i];
        status =
            ali_model_add_wire(reader->model, run->tag, run->count, &g->points[run->first_point],
                               &g->radii[run->first_segment], run->origin, reader->error);
    }
    if (status == ALICORN_OK && !g->broken && g->patches.count > 0)
        status = ali_nec_skin_finish(reader, card);
    return status;
}
