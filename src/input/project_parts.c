/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  What a part is, where its copies stand, and what they are made of. */

const ali_project_part *ali_project_part_at(const ali_project_reader *reader, size_t part)
{
    return (const ali_project_part *)reader->project.parts.items + part;
}

/* ---- kind ---- */

/** Name of the key that says the kind of a part: they follow `name` in the table. */
static const char *kind_name(ali_project_part_kind kind)
{
    size_t count;
    return ali_key_table_of(ali_project_key_table(), ALI_MAP_PART, &count)[1 + kind].name;
}

static ali_project_part_kind find_kind(ali_project_reader *reader, const ali_project_part *part)
{
    ali_project_part_kind kind = ALI_PART_KIND_COUNT;
    if (part->node->kind != ALI_YAML_MAP)
        return kind;
    for (ali_project_part_kind k = 0; k < ALI_PART_KIND_COUNT; k++) {
        const ali_yaml_node *given = ali_yaml_find(part->node, kind_name(k));
        if (given && kind != ALI_PART_KIND_COUNT)
            ali_key_report(&reader->keys, ALICORN_ERROR, "part-kind", given,
                           "the part is a %s already, expected one of the two", kind_name(kind));
        else if (given)
            kind = k;
    }
    if (kind == ALI_PART_KIND_COUNT)
        ali_key_report(&reader->keys, ALICORN_ERROR, "part-kind", part->node,
                       "the part has no shape, expected a deck, wire, wires, cylinder, cone, "
                       "sphere, box, plate, disc, torus, revolve, extrude, step or mesh");
    return kind;
}

static bool is_shape(ali_project_part_kind kind)
{
    return kind >= ALI_PART_CYLINDER && kind < ALI_PART_KIND_COUNT;
}

/** Keys that would do nothing for this kind of part. */
static void check_kind_keys(ali_project_reader *reader, const ali_project_part *part,
                            ali_project_part_kind kind)
{
    const struct {
        const char *key;
        bool good;
        const char *expected;
    } rules[] = {
        {"set", kind == ALI_PART_DECK, "only decks have symbols"},
        {"electric_share", is_shape(kind), "only surfaces have a field equation to choose"},
        {"longest_edge", is_shape(kind) && kind != ALI_PART_MESH,
         "only shapes are cut into triangles"},
        {"curvature",
         is_shape(kind) && kind != ALI_PART_MESH && kind != ALI_PART_BOX &&
             kind != ALI_PART_PLATE && kind != ALI_PART_EXTRUDE,
         "only round shapes have curved faces"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const ali_yaml_node *given = ali_yaml_find(part->node, rules[i].key);
        if (given && !rules[i].good)
            ali_key_report(&reader->keys, ALICORN_ERROR, "part-kind", given,
                           "means nothing for a %s: %s", kind_name(kind), rules[i].expected);
    }
}

static void check_pair(ali_project_reader *reader, const ali_yaml_node *node, const char *smaller,
                       double small, double large, const char *expected)
{
    if (small >= large) /* NAN: reported already */
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(node, smaller),
                       "%.10g m, expected less than %s, %.10g m", small, expected, large);
}

static void check_profile(ali_project_reader *reader, const ali_project_shape *shape)
{
    const double *p = shape->profile.values;
    const ali_yaml_node *list = ali_key_place(shape->node, "profile");
    for (size_t i = 0; i < shape->profile.count; i++)
        if (p[2 * i] < 0)
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", list->entries[i].value,
                           "rho is %.10g m, expected 0 or more", p[2 * i]);
    bool on_axis = shape->profile.count > 0;
    for (size_t i = 0; i < shape->profile.count; i++)
        on_axis = on_axis && p[2 * i] == 0;
    if (on_axis)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", list,
                       "every point is on the axis, expected one beside it");
    for (size_t i = 1; i < shape->profile.count; i++)
        if (p[2 * i] == p[2 * i - 2] && p[2 * i + 1] == p[2 * i - 1])
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", list->entries[i].value,
                           "the point repeats the one before");
}

/** Relations between the measures of a shape. */
static void check_measures(ali_project_reader *reader, const ali_project_part *part,
                           ali_project_part_kind kind)
{
    const ali_project_shape *shape = kind < ALI_PART_KIND_COUNT ? part->shape[kind] : NULL;
    if (!shape)
        return;
    if (kind == ALI_PART_DISC)
        check_pair(reader, shape->node, "inner_radius", shape->inner_radius, shape->radius,
                   "radius");
    if (kind == ALI_PART_TORUS)
        check_pair(reader, shape->node, "tube_radius", shape->tube_radius, shape->radius, "radius");
    if (kind == ALI_PART_REVOLVE)
        check_profile(reader, shape);
}

/* ---- wires ---- */

static bool is_given(const double point[3])
{
    return !isnan(point[0]);
}

static void check_wire(ali_project_reader *reader, const ali_project_wire *wire)
{
    const ali_yaml_node *node = wire->node;
    if (!node || node->kind != ALI_YAML_MAP)
        return;
    bool from = ali_yaml_find(node, "from"), to = ali_yaml_find(node, "to");
    bool points = ali_yaml_find(node, "points");
    if (points ? from || to : !from || !to)
        ali_key_report(&reader->keys, ALICORN_ERROR, "wire", node,
                       "expected either from and to, or points");
    if (ali_yaml_find(node, "segments") && ali_yaml_find(node, "longest_segment"))
        ali_key_report(&reader->keys, ALICORN_ERROR, "wire", node,
                       "expected either segments or longest_segment");
    if (from && to && is_given(wire->from) && memcmp(wire->from, wire->to, sizeof wire->to) == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "wire", node, "the wire has no length");
    for (size_t i = 1; i < wire->points.count; i++)
        if (memcmp(wire->points.values + 3 * i, wire->points.values + 3 * (i - 1),
                   3 * sizeof(double)) == 0)
            ali_key_report(&reader->keys, ALICORN_ERROR, "wire",
                           ali_key_place(node, "points")->entries[i].value,
                           "the point repeats the one before");
}

static void check_wires(ali_project_reader *reader, const ali_project_part *part)
{
    const ali_project_wire *wires = part->wires.items;
    if (part->wire)
        check_wire(reader, part->wire);
    for (size_t i = 0; i < part->wires.count; i++) {
        check_wire(reader, &wires[i]);
        for (size_t j = 0; j < i && wires[i].name; j++)
            if (wires[j].name && strcmp(wires[i].name, wires[j].name) == 0) {
                ali_key_report(&reader->keys, ALICORN_ERROR, "duplicate-name", wires[i].node,
                               "there are two wires named '%s'", wires[i].name);
                break;
            }
    }
}

/* ---- placement ---- */

/** About coordinate axis 0, 1, 2 by degrees; quarter turns are exact. */
static ali_placement quarter_exact(int axis, double degrees)
{
    double quarters = degrees / 90, whole = round(quarters);
    const ali_vec3 direction = {axis == 0, axis == 1, axis == 2};
    ali_placement r = ali_placement_rotation(direction, degrees * ALI_DEGREE);
    if (quarters != whole)
        return r;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            r.matrix[i][j] = round(r.matrix[i][j]);
    return r;
}

static alicorn_status read_rotation(ali_project_reader *reader, const ali_yaml_node *node,
                                    ali_placement *rotation)
{
    *rotation = ali_placement_identity();
    if (node->kind == ALI_YAML_MAP) {
        ali_project_rotation r;
        alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_MAP_ROTATION, &r);
        ali_vec3 axis = {r.axis[0], r.axis[1], r.axis[2]};
        double length = ali_vec3_norm(axis);
        if (status == ALICORN_OK && length > 0 && !isnan(r.angle)) {
            *rotation = ali_placement_rotation(axis, r.angle * ALI_DEGREE);
        } else if (length == 0) {
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(node, "axis"),
                           "the axis has no direction");
        }
        return status;
    }
    ali_key key = *ali_key_named(ali_project_key_table(), ALI_MAP_PART, "rotate");
    key.least = key.most = 3;
    ali_key_rows angles = {0};
    alicorn_status status = ali_key_read_rows(&reader->keys, node, &key, 1, &angles);
    for (size_t i = 0; i < angles.count; i++) {
        ali_placement next = quarter_exact((int)i, angles.values[i]);
        *rotation = ali_placement_compose(&next, rotation);
    }
    return status;
}

/** Scale and rotation of a part, before its array and its shift. */
static alicorn_status own_placement(ali_project_reader *reader, const ali_project_part *part,
                                    ali_placement *placement)
{
    alicorn_status status = ALICORN_OK;
    *placement = ali_placement_identity();
    if (part->rotate)
        status = read_rotation(reader, part->rotate, placement);
    ali_placement scale = ali_placement_scale(part->scale);
    *placement = ali_placement_compose(placement, &scale);
    return status;
}

/** Placement of copy k of the array. */
static ali_placement array_placement(const ali_project_array *array, size_t k)
{
    if (array && array->stack) {
        const double *step = array->stack->step;
        return ali_placement_shift(
            (ali_vec3){(double)k * step[0], (double)k * step[1], (double)k * step[2]});
    }
    if (!array || !array->ring)
        return ali_placement_identity();
    const ali_project_ring *ring = array->ring;
    ali_placement out = ali_placement_shift((ali_vec3){ring->radius, 0, 0});
    ali_placement turn = quarter_exact(2, ring->start + 360 * (double)k / (double)ring->count);
    return ali_placement_compose(&turn, &out);
}

static bool is_zero(const double step[3])
{
    return step[0] == 0 && step[1] == 0 && step[2] == 0;
}

static alicorn_status place_copies(ali_project_reader *reader, const ali_project_part *part,
                                   ali_project_plan *plan)
{
    ali_placement own;
    const ali_project_array *array = part->array;
    alicorn_status status = own_placement(reader, part, &own);
    if (array && array->node->kind == ALI_YAML_MAP && !array->ring == !array->stack)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", array->node,
                       "expected either ring or stack");
    if (array && array->stack && array->stack->count > 1 && is_zero(array->stack->step))
        ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                       ali_key_place(array->stack->node, "step"),
                       "all copies stand in one place, expected a step");
    int count = array && array->ring    ? array->ring->count
                : array && array->stack ? array->stack->count
                                        : 1;
    plan->copy_count = count > 0 ? (size_t)count : 1;
    plan->copies = ali_calloc(plan->copy_count, sizeof *plan->copies);
    if (!plan->copies)
        return ali_error_memory(reader->keys.error, plan->copy_count * sizeof *plan->copies,
                                "copies");
    ali_placement at = ali_placement_shift((ali_vec3){part->at[0], part->at[1], part->at[2]});
    for (size_t k = 0; k < plan->copy_count; k++) {
        ali_placement arrayed = array_placement(array, k);
        arrayed = ali_placement_compose(&arrayed, &own);
        plan->copies[k] = ali_placement_compose(&at, &arrayed);
    }
    return status;
}

/* ---- materials ---- */

static void check_material(ali_project_reader *reader, const ali_project_material *material)
{
    const ali_yaml_node *node = material->node;
    if (node->kind != ALI_YAML_MAP)
        return;
    int given = (ali_yaml_find(node, "perfect") != NULL) +
                (ali_yaml_find(node, "conductivity") != NULL) +
                (ali_yaml_find(node, "impedance") != NULL);
    if (given != 1)
        ali_key_report(&reader->keys, ALICORN_ERROR, "material", node,
                       "expected one of perfect, conductivity and impedance");
    else if (ali_yaml_find(node, "thickness") && !ali_yaml_find(node, "conductivity"))
        ali_key_report(&reader->keys, ALICORN_ERROR, "material", ali_yaml_find(node, "thickness"),
                       "goes with conductivity only");
    else if (material->impedance.count > 0 && material->impedance.values[0] < 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_yaml_find(node, "impedance"),
                       "a negative resistance, expected 0 or more");
}

/** The material that a part names or describes; NULL if there is none. */
static alicorn_status find_material(ali_project_reader *reader, const ali_yaml_node *node,
                                    const ali_project_material **found)
{
    const ali_key_items *materials = &reader->project.materials;
    const ali_project_material *items = materials->items;
    char quote[40];
    if (node->kind == ALI_YAML_SCALAR) {
        for (size_t i = 0; i < materials->count; i++)
            if (items[i].name && strcmp(items[i].name, node->text) == 0) {
                *found = &items[i];
                return ALICORN_OK;
            }
        ali_quote(quote, sizeof quote, node->text, node->length);
        ali_key_report(&reader->keys, ALICORN_ERROR, "material", node,
                       "there is no material '%s', expected a name out of materials", quote);
        return ALICORN_OK;
    }
    ali_project_material *own = ali_key_alloc(&reader->keys, 1, sizeof *own);
    if (!own)
        return ali_error_memory(reader->keys.error, sizeof *own, "a material");
    *found = own;
    alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_MAP_MATERIAL, own);
    if (status == ALICORN_OK)
        check_material(reader, own);
    return status;
}

static void check_material_of_wire(ali_project_reader *reader, const ali_project_part *part,
                                   const ali_project_plan *plan)
{
    const ali_project_material *material = plan->material;
    if (plan->kind > ALI_PART_WIRES || !material)
        return;
    if (material->impedance.count > 0 || !isnan(material->thickness))
        ali_key_report(&reader->keys, ALICORN_ERROR, "material", part->material,
                       "wires have no sheet impedance and no thickness, expected perfect or "
                       "conductivity");
}

ali_surface ali_project_surface(const ali_project_reader *reader, size_t part)
{
    const ali_project_part *p = ali_project_part_at(reader, part);
    const ali_project_material *material = reader->plans[part].material;
    ali_surface surface = ali_surface_default();
    surface.name = (char *)p->name; /* copied by the model */
    surface.electric_share = p->electric_share;
    surface.line = p->node->line;
    surface.column = p->node->column;
    if (material && material->impedance.count > 0) {
        const double *z = material->impedance.values;
        surface.sheet.kind = ALI_SHEET_IMPEDANCE;
        surface.sheet.impedance = CMPLX(z[0], material->impedance.count > 1 ? z[1] : 0);
    } else if (material && !isnan(material->conductivity)) {
        surface.sheet.kind = ALI_SHEET_CONDUCTIVITY;
        surface.sheet.conductivity = material->conductivity;
        surface.sheet.thickness = isnan(material->thickness) ? 0 : material->thickness;
    }
    return surface;
}

/* ---- all parts ---- */

static alicorn_status plan_part(ali_project_reader *reader, const ali_project_part *part,
                                ali_project_plan *plan)
{
    plan->kind = find_kind(reader, part);
    if (plan->kind != ALI_PART_KIND_COUNT)
        check_kind_keys(reader, part, plan->kind);
    check_measures(reader, part, plan->kind);
    check_wires(reader, part);
    alicorn_status status = place_copies(reader, part, plan);
    if (status == ALICORN_OK && part->material)
        status = find_material(reader, part->material, &plan->material);
    if (status == ALICORN_OK)
        check_material_of_wire(reader, part, plan);
    return status;
}

alicorn_status ali_project_plan_parts(ali_project_reader *reader)
{
    const ali_key_items *materials = &reader->project.materials;
    const ali_project_material *items = materials->items;
    for (size_t i = 0; i < materials->count; i++) {
        check_material(reader, &items[i]);
        if (!items[i].name && items[i].node->kind == ALI_YAML_MAP &&
            !ali_yaml_find(items[i].node, "name"))
            ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key", items[i].node,
                           "the key 'name' is missing, parts cannot mean it");
    }
    size_t count = reader->project.parts.count, copies = 0;
    reader->plans = ali_key_alloc(&reader->keys, count, sizeof *reader->plans);
    if (!reader->plans)
        return ali_error_memory(reader->keys.error, count * sizeof *reader->plans, "parts");
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        status = plan_part(reader, ali_project_part_at(reader, i), &reader->plans[i]);
        copies += reader->plans[i].copy_count;
        if (copies > 100000) {
            ali_key_report(&reader->keys, ALICORN_ERROR, "too-many-copies",
                           ali_project_part_at(reader, i)->node,
                           "the parts have more than 100000 copies together");
            break;
        }
    }
    return status;
}
