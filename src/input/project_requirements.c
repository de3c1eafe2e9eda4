/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"
#include "model/requirement.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** @file
 *  Requirements of a project, and the patterns that they need. */

static bool needs_pattern(alicorn_requirement_kind kind)
{
    return kind >= ALICORN_REQUIRE_GAIN;
}

/** Take the name of a port that the text at `node` means; false if there is none, reported. */
static bool take_port(ali_project_reader *reader, const ali_yaml_node *node, const char *name,
                      char into[32])
{
    char quote[40];
    for (size_t i = 0; i < reader->model->port_count; i++)
        if (strcmp(reader->model->ports[i].name, name) == 0) {
            snprintf(into, 32, "%s", name);
            return true;
        }
    ali_quote(quote, sizeof quote, name, strlen(name));
    ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", node, "there is no port '%s'", quote);
    return false;
}

static void take_ports(ali_project_reader *reader, const ali_project_requirement *from,
                       ali_requirement *to)
{
    const ali_yaml_node *between = from->between;
    bool isolation = to->kind == ALICORN_REQUIRE_ISOLATION;
    if (isolation ? from->port != NULL : between != NULL)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request",
                       ali_key_place(from->node, isolation ? "port" : "between"),
                       "expected `between` with isolation, and `port` with all other kinds");
    else if (from->port)
        take_port(reader, ali_key_place(from->node, "port"), from->port, to->port[0]);
    else if (between && (between->kind != ALI_YAML_LIST || between->count != 2 ||
                         between->entries[0].value->kind != ALI_YAML_SCALAR ||
                         between->entries[1].value->kind != ALI_YAML_SCALAR))
        ali_key_report(&reader->keys, ALICORN_ERROR, "type", between,
                       "expected a list of two names of ports");
    else if (between)
        for (size_t i = 0; i < 2; i++)
            take_port(reader, between->entries[i].value, between->entries[i].value->text,
                      to->port[i]);
    if (to->port[1][0] && strcmp(to->port[0], to->port[1]) == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", between,
                       "isolation of a port from itself, expected two ports");
}

static void take_sector(ali_project_reader *reader, const ali_project_requirement *from,
                        ali_requirement *to)
{
    alicorn_sector *sector = &to->sector;
    bool given = from->theta.count + from->phi.count > 0;
    *sector = (alicorn_sector){{90, 90}, {0, 360}};
    if (from->theta.count == 2)
        memcpy(sector->theta_deg, from->theta.values, sizeof sector->theta_deg);
    if (from->phi.count == 2)
        memcpy(sector->phi_deg, from->phi.values, sizeof sector->phi_deg);
    const double *theta = sector->theta_deg, *phi = sector->phi_deg;
    if (given && !needs_pattern(to->kind))
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", from->node,
                       "this kind of requirement has no sector, expected none");
    else if (!(theta[0] <= theta[1] && phi[0] < phi[1] && phi[1] <= phi[0] + 360))
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                       "theta %g to %g, phi %g to %g, expected a sector that ascends, phi at most "
                       "once around",
                       theta[0], theta[1], phi[0], phi[1]);
    else if (reader->ground.kind != ALI_GROUND_NONE && theta[1] > 90)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "theta"),
                       "theta %g is below ground, expected at most 90", theta[1]);
    else if (needs_pattern(to->kind) && ali_ground_is_lossy(&reader->ground) && theta[1] >= 90)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                       from->theta.count ? ali_key_place(from->node, "theta") : from->node,
                       "over a lossy ground nothing arrives at theta 90, expected a sector that "
                       "ends above, theta: [70, 88] say");
}

/** The kind that is required; ALI_PROJECT_REQUIREMENTS if it is not exactly one. */
static int kind_of(const ali_project_requirement *from)
{
    int found = ALI_PROJECT_REQUIREMENTS, count = 0;
    for (int k = 0; k < ALI_PROJECT_REQUIREMENTS; k++)
        if (from->limits[k]) {
            found = k;
            count++;
        }
    return count == 1 ? found : ALI_PROJECT_REQUIREMENTS;
}

static void take(ali_project_reader *reader, const ali_project_requirement *from,
                 ali_requirement *to)
{
    int kind = kind_of(from);
    if (kind == ALI_PROJECT_REQUIREMENTS) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", from->node,
                       "expected one of isolation, vswr, return_loss, gain, ripple and coverage");
        return;
    }
    const ali_project_limit *limit = from->limits[kind];
    to->kind = (alicorn_requirement_kind)kind;
    /* a kind without the key of a bound has 0 there */
    bool only_high = kind == ALICORN_REQUIRE_VSWR || kind == ALICORN_REQUIRE_RIPPLE;
    bool only_low = !only_high && kind != ALICORN_REQUIRE_GAIN;
    to->low = only_high || isnan(limit->min) ? -HUGE_VAL : limit->min;
    to->high = only_low || isnan(limit->max) ? HUGE_VAL : limit->max;
    to->gain_dbi = limit->gain;
    to->assumed_error = from->assumed_error;
    to->line = (int)from->node->line;
    to->column = (int)from->node->column;
    if (isinf(to->low) && isinf(to->high))
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", limit->node,
                       "nothing is required, expected min_dbi, max_dbi or both");
    else if (to->low > to->high)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", limit->node,
                       "at least %g and at most %g, expected a minimum below the maximum", to->low,
                       to->high);
    if (to->kind == ALICORN_REQUIRE_ISOLATION && reader->model->port_count < 2)
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", from->node,
                       "isolation needs two ports, and there is %zu", reader->model->port_count);
    take_ports(reader, from, to);
    take_sector(reader, from, to);
}

alicorn_status ali_project_read_requirements(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.requirements;
    const ali_project_requirement *items = list->items;
    ali_model *model = reader->model;
    if (list->count == 0)
        return ALICORN_OK;
    model->requirements = ali_calloc(list->count, sizeof *model->requirements);
    if (!model->requirements)
        return ali_error_memory(reader->keys.error, list->count * sizeof *model->requirements,
                                "requirements");
    if (model->port_count == 0 || reader->sweeps[0].count == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", items[0].node,
                       "requirements need ports and frequencies of the project");
    size_t patterns = 0;
    for (size_t i = 0; i < list->count; i++) {
        take(reader, &items[i], &model->requirements[i]);
        if (needs_pattern(model->requirements[i].kind))
            model->requirements[i].pattern = patterns++;
    }
    model->requirement_count = list->count;
    return ALICORN_OK;
}

/** Angles from both ends at most `step` apart. */
static size_t spread(const double ends[2], double step, double *actual)
{
    size_t cells = (size_t)ceil((ends[1] - ends[0]) / step - 1e-9);
    *actual = cells > 0 ? (ends[1] - ends[0]) / (double)cells : 0;
    return cells + 1;
}

bool ali_project_required_pattern(const ali_project_reader *reader, size_t index,
                                  ali_request *request)
{
    const ali_requirement *requirement = &reader->model->requirements[index];
    const ali_project_requirement *items = reader->project.requirements.items;
    const double *theta = requirement->sector.theta_deg, *phi = requirement->sector.phi_deg;
    double theta_step, phi_step;
    size_t theta_count = spread(theta, items[index].step, &theta_step);
    size_t phi_count = spread(phi, items[index].step, &phi_step);
    if (!needs_pattern(requirement->kind))
        return false;
    *request = (ali_request){.kind = ALI_REQUEST_PATTERN,
                             .origin = {.line = items[index].node->line,
                                        .column = items[index].node->column,
                                        .card = "require"},
                             .as.pattern = {.mode = ALI_PATTERN_SPACE_WAVE,
                                            .theta_count = theta_count,
                                            .phi_count = phi_count,
                                            .theta_start = theta[0] * ALI_DEGREE,
                                            .theta_step = theta_step * ALI_DEGREE,
                                            .phi_start = phi[0] * ALI_DEGREE,
                                            .phi_step = phi_step * ALI_DEGREE}};
    return true;
}
