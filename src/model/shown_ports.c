/* SPDX-License-Identifier: Apache-2.0 */
#include "model/model.h"

#include <math.h>
#include <stdio.h>

static ali_vec3 middle(ali_vec3 a, ali_vec3 b)
{
    return ali_vec3_scale(0.5, ali_vec3_add(a, b));
}

/** Where a port touches the structure; of a line of edges its middle. False if nowhere. */
static bool find_site(const ali_model *model, ali_site site, ali_vec3 *point)
{
    if (site.kind == ALI_SITE_EDGES) {
        if (site.index >= model->edge_line_count)
            return false;
        const ali_edge_line *line = &model->edge_lines[site.index];
        *point = middle(model->vertices[line->vertices[(line->count - 1) / 2]],
                        model->vertices[line->vertices[line->count / 2]]);
        return true;
    }
    if (site.index >= model->segment_count)
        return false;
    const ali_segment *segment = &model->segments[site.index];
    *point = site.kind == ALI_SITE_SEGMENT_START ? segment->start
             : site.kind == ALI_SITE_SEGMENT_END ? segment->end
                                                 : middle(segment->start, segment->end);
    return true;
}

/** What drives the first task of a deck that sources drive, NULL if there is none. */
static const ali_drive *first_drive(const ali_model *model)
{
    for (size_t i = 0; i < model->task_count; i++)
        if (model->tasks[i].drive.source_count > 0)
            return &model->tasks[i].drive;
    return NULL;
}

size_t ali_model_shown_port_count(const ali_model *model)
{
    const ali_drive *drive = first_drive(model);
    return model->port_count > 0 ? model->port_count : drive ? drive->source_count : 0;
}

ali_shown_port ali_model_shown_port(const ali_model *model, size_t i)
{
    ali_shown_port port = {.z0 = NAN};
    ali_site site;
    if (model->port_count > 0) {
        const ali_named_port *named = &model->ports[i];
        snprintf(port.name, sizeof port.name, "%s", named->name);
        port.line = named->line;
        port.z0 = named->z0;
        site = named->site;
    } else {
        const ali_source *source = &first_drive(model)->sources[i];
        snprintf(port.name, sizeof port.name, "%zu", i + 1);
        port.line = source->origin.line;
        site = ali_model_source_site(model, source);
    }
    port.placed = find_site(model, site, &port.point);
    return port;
}
