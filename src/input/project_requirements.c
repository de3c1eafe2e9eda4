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

/** What the kinds of requirements have. */
static const struct kind_traits {
    const char *name;
    bool has_min, has_max; /**< the limit has keys of such bounds */
    bool port;             /**< looks at one port; otherwise names its ports in its own keys */
    bool pattern, sector;
} traits[ALI_PROJECT_REQUIREMENTS] = {
    [ALICORN_REQUIRE_ISOLATION] = {"isolation", .has_min = true},
    [ALICORN_REQUIRE_VSWR] = {"vswr", .has_max = true, .port = true},
    [ALICORN_REQUIRE_RETURN_LOSS] = {"return_loss", .has_min = true, .port = true},
    [ALICORN_REQUIRE_GAIN] = {"gain", true, true, true, true, true},
    [ALICORN_REQUIRE_RIPPLE] = {"ripple", false, true, true, true, true},
    [ALICORN_REQUIRE_COVERAGE] = {"coverage", true, false, true, true, true},
    [ALICORN_REQUIRE_AXIAL_RATIO] = {"axial_ratio", false, true, true, true, true},
    [ALICORN_REQUIRE_EFFICIENCY] = {"efficiency", .has_min = true, .port = true},
    [ALICORN_REQUIRE_RCS] = {"rcs", .has_max = true, .sector = true},
    [ALICORN_REQUIRE_TACAN] = {"tacan", .pattern = true, .sector = true},
    [ALICORN_REQUIRE_COSITE] = {"cosite", .has_max = true},
    [ALICORN_REQUIRE_BLIND] = {"blind", false, true, true, true, true},
};

bool ali_project_take_port(ali_project_reader *reader, const ali_yaml_node *node, const char *name,
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

static void take_pair(ali_project_reader *reader, const ali_yaml_node *between, ali_requirement *to)
{
    if (between->kind != ALI_YAML_LIST || between->count != 2 ||
        between->entries[0].value->kind != ALI_YAML_SCALAR ||
        between->entries[1].value->kind != ALI_YAML_SCALAR) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "type", between,
                       "expected a list of two names of ports");
        return;
    }
    for (size_t i = 0; i < 2; i++)
        ali_project_take_port(reader, between->entries[i].value, between->entries[i].value->text,
                              to->port[i]);
    if (to->port[1][0] && strcmp(to->port[0], to->port[1]) == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", between,
                       "isolation of a port from itself, expected two ports");
}

static void take_ports(ali_project_reader *reader, const ali_project_requirement *from,
                       ali_requirement *to)
{
    bool isolation = to->kind == ALICORN_REQUIRE_ISOLATION;
    if (from->between && !isolation)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request",
                       ali_key_place(from->node, "between"),
                       "expected `between` with isolation only");
    else if (from->between)
        take_pair(reader, from->between, to);
    if (from->port && !traits[to->kind].port)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", ali_key_place(from->node, "port"),
                       isolation ? "expected `between: [port, port]` with isolation, not `port`"
                                 : "a requirement of %s has no `port`",
                       traits[to->kind].name);
    else if (from->port)
        ali_project_take_port(reader, ali_key_place(from->node, "port"), from->port, to->port[0]);
}

static void take_sector(ali_project_reader *reader, const ali_project_requirement *from,
                        ali_requirement *to)
{
    alicorn_sector *sector = &to->sector;
    bool given = from->theta.count + from->phi.count > 0;
    *sector = (alicorn_sector){{90, 90}, {0, 360}};
    if (to->kind == ALICORN_REQUIRE_TACAN) /* the horizon to 6 degrees above: [MIL-STD-291C:1998] */
        sector->theta_deg[0] = 84;
    if (from->theta.count == 2)
        memcpy(sector->theta_deg, from->theta.values, sizeof sector->theta_deg);
    if (from->phi.count == 2)
        memcpy(sector->phi_deg, from->phi.values, sizeof sector->phi_deg);
    const double *theta = sector->theta_deg, *phi = sector->phi_deg;
    if (given && !traits[to->kind].sector)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", from->node,
                       "this kind of requirement has no sector, expected none");
    else if ((to->kind == ALICORN_REQUIRE_TACAN || to->kind == ALICORN_REQUIRE_BLIND) &&
             from->phi.count > 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", ali_key_place(from->node, "phi"),
                       "%s is judged all around, expected no `phi`", traits[to->kind].name);
    else if (!(theta[0] <= theta[1] && phi[0] < phi[1] && phi[1] <= phi[0] + 360))
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                       "theta %g to %g, phi %g to %g, expected a sector that ascends, phi at most "
                       "once around",
                       theta[0], theta[1], phi[0], phi[1]);
    else if (reader->ground.kind != ALI_GROUND_NONE && theta[1] > 90)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "theta"),
                       "theta %g is below ground, expected at most 90", theta[1]);
    else if (traits[to->kind].pattern && ali_ground_is_lossy(&reader->ground) && theta[1] >= 90)
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

static void take_limits(ali_project_reader *reader, const ali_project_limit *limit,
                        ali_requirement *to)
{
    static const int senses[] = {
        [ALI_PROJECT_EITHER] = 0, [ALI_PROJECT_RIGHT] = 1, [ALI_PROJECT_LEFT] = -1};
    const struct kind_traits *kind = &traits[to->kind];
    to->low = kind->has_min && !isnan(limit->min) ? limit->min : -HUGE_VAL;
    to->high = kind->has_max && !isnan(limit->max) ? limit->max : HUGE_VAL;
    to->gain_dbi = limit->gain;
    to->percent = limit->percentile;
    to->component = (alicorn_rcs_component)limit->polarisation;
    to->sense = senses[limit->sense];
    to->mismatch = limit->mismatch;
    if ((kind->has_min || kind->has_max) && isinf(to->low) && isinf(to->high))
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", limit->node,
                       "nothing is required, expected min_dbi, max_dbi or both");
    else if (to->low > to->high)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", limit->node,
                       "at least %g and at most %g, expected a minimum below the maximum", to->low,
                       to->high);
}

static alicorn_status take(ali_project_reader *reader, const ali_project_requirement *from,
                           ali_requirement *to)
{
    int kind = kind_of(from);
    *to = (ali_requirement){.task = ALI_NONE};
    if (kind == ALI_PROJECT_REQUIREMENTS) {
        char list[200] = "";
        for (int k = 0, used = 0; k < ALI_PROJECT_REQUIREMENTS; k++)
            used += snprintf(list + used, sizeof list - (size_t)used, "%s%s",
                             k == 0                              ? ""
                             : k == ALI_PROJECT_REQUIREMENTS - 1 ? " and "
                                                                 : ", ",
                             traits[k].name);
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", from->node, "expected one of %s",
                       list);
        return ALICORN_OK;
    }
    const ali_project_limit *limit = from->limits[kind];
    to->kind = (alicorn_requirement_kind)kind;
    to->assumed_error = from->assumed_error;
    to->line = (int)from->node->line;
    to->column = (int)from->node->column;
    take_limits(reader, limit, to);
    if (to->kind == ALICORN_REQUIRE_ISOLATION && reader->model->port_count < 2)
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", from->node,
                       "isolation needs two ports, and there is %zu", reader->model->port_count);
    take_ports(reader, from, to);
    take_sector(reader, from, to);
    if (to->kind == ALICORN_REQUIRE_TACAN)
        return ali_project_take_beacon(reader, from, to);
    return to->kind == ALICORN_REQUIRE_COSITE ? ali_project_take_radios(reader, limit, to)
                                              : ALICORN_OK;
}

alicorn_status ali_project_read_requirements(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.requirements;
    const ali_project_requirement *items = list->items;
    ali_model *model = reader->model;
    alicorn_status status = ALICORN_OK;
    if (list->count == 0)
        return ALICORN_OK;
    model->requirements = ali_calloc(list->count, sizeof *model->requirements);
    if (!model->requirements)
        return ali_error_memory(reader->keys.error, list->count * sizeof *model->requirements,
                                "requirements");
    model->requirement_count = list->count;
    for (size_t i = 0; i < list->count && status == ALICORN_OK; i++) {
        status = take(reader, &items[i], &model->requirements[i]);
        if (model->port_count == 0 && model->requirements[i].kind != ALICORN_REQUIRE_RCS)
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", items[i].node,
                           "this kind of requirement needs ports");
    }
    return status;
}

/** Angles from both ends at most `step` apart. */
static size_t spread(const double ends[2], double step, double *actual)
{
    size_t cells = (size_t)ceil((ends[1] - ends[0]) / step - 1e-9);
    *actual = cells > 0 ? (ends[1] - ends[0]) / (double)cells : 0;
    return cells + 1;
}

/** Directions [rad] of a requirement's sector. */
static ali_direction_grid sector_grid(const ali_requirement *requirement, double step)
{
    const double *theta = requirement->sector.theta_deg, *phi = requirement->sector.phi_deg;
    ali_direction_grid grid;
    grid.theta_count = spread(theta, step, &grid.theta_step);
    grid.phi_count = spread(phi, step, &grid.phi_step);
    grid.theta_start = theta[0] * ALI_DEGREE;
    grid.phi_start = phi[0] * ALI_DEGREE;
    grid.theta_step *= ALI_DEGREE;
    grid.phi_step *= ALI_DEGREE;
    return grid;
}

bool ali_project_required_request(const ali_project_reader *reader, size_t index,
                                  ali_request *request)
{
    const ali_requirement *requirement = &reader->model->requirements[index];
    const ali_project_requirement *from =
        (const ali_project_requirement *)reader->project.requirements.items + index;
    const ali_direction_grid grid = sector_grid(requirement, from->step);
    *request = (ali_request){
        .origin = {.line = from->node->line, .column = from->node->column, .card = "require"}};
    if (requirement->kind == ALICORN_REQUIRE_RCS) {
        request->kind = ALI_REQUEST_RCS;
        request->as.rcs.incident = grid;
        return true;
    }
    request->kind = ALI_REQUEST_PATTERN;
    request->as.pattern = (ali_pattern_request){.mode = ALI_PATTERN_SPACE_WAVE,
                                                .theta_count = grid.theta_count,
                                                .phi_count = grid.phi_count,
                                                .theta_start = grid.theta_start,
                                                .theta_step = grid.theta_step,
                                                .phi_start = grid.phi_start,
                                                .phi_step = grid.phi_step};
    return traits[requirement->kind].pattern;
}
