/* SPDX-License-Identifier: Apache-2.0 */
#include "output/compare_fields.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

/** NULL instead of "". */
static const char *some(const char *text)
{
    return text && text[0] ? text : NULL;
}

static ali_compare_field text_field(const char *name, const char *text)
{
    return (ali_compare_field){.name = name, .kind = ALI_FIELD_TEXT, .text = text};
}

static ali_compare_field real_field(const char *name, double value)
{
    return (ali_compare_field){.name = name, .kind = ALI_FIELD_REAL, .number = value};
}

static ali_compare_field whole_field(const char *name, double value)
{
    return (ali_compare_field){.name = name, .kind = ALI_FIELD_INTEGER, .number = value};
}

/** A flag, or the bit of one side. */
static ali_compare_field flag_field(const char *name, int bits, int side)
{
    return (ali_compare_field){.name = name, .kind = ALI_FIELD_FLAG, .number = bits >> side & 1};
}

void ali_compare_fields(const alicorn_compare_row *row, ali_compare_field field[ALI_COMPARE_FIELDS],
                        char text[2][ALI_COSITE_TEXT])
{
    const char *unit = "", *how[2] = {NULL, NULL};
    const char *quantity = alicorn_compare_quantity_text(row->quantity, &unit, NULL);
    bool of_pattern =
        row->quantity >= ALICORN_COMPARE_GAIN && row->quantity <= ALICORN_COMPARE_RIPPLE;
    for (int side = 0; side < 2; side++)
        if (row->entry[side])
            how[side] = ali_cosite_how(row->entry[side], text[side]);
    const ali_compare_field fields[] = {
        text_field("quantity", quantity),
        text_field("statistic", alicorn_compare_statistic_text(row->statistic)),
        text_field("unit", some(unit)),
        whole_field("task", (double)row->task + 1),
        text_field("port", some(row->port[0])),
        text_field("from", some(row->port[1])),
        whole_field("pattern", of_pattern ? (double)row->pattern + 1 : NAN),
        text_field("polarisation",
                   row->polarisation >= 0
                       ? alicorn_rcs_component_text((alicorn_rcs_component)row->polarisation)
                       : NULL),
        real_field("level", row->level),
        real_field("azimuth_from_deg", row->azimuth_deg[0]),
        real_field("azimuth_to_deg", row->azimuth_deg[1]),
        real_field("theta_inc_deg", row->transmitter_deg[0]),
        real_field("phi_inc_deg", row->transmitter_deg[1]),
        real_field("frequency_a_hz", row->at[0].frequency_hz),
        real_field("theta_a_deg", row->at[0].theta_deg),
        real_field("phi_a_deg", row->at[0].phi_deg),
        real_field("frequency_b_hz", row->at[1].frequency_hz),
        real_field("theta_b_deg", row->at[1].theta_deg),
        real_field("phi_b_deg", row->at[1].phi_deg),
        real_field("a", row->value[0]),
        real_field("b", row->value[1]),
        real_field("change", row->change),
        real_field("error", row->error),
        row->has_error ? flag_field("within_error", row->within_error, 0)
                       : real_field("within_error", NAN),
        flag_field("interpolated_a", row->interpolated, 0),
        flag_field("interpolated_b", row->interpolated, 1),
        flag_field("unknown_a", row->unknown, 0),
        flag_field("unknown_b", row->unknown, 1),
        text_field("how_a", how[0]),
        text_field("how_b", how[1]),
    };
    static_assert(sizeof fields / sizeof *fields == ALI_COMPARE_FIELDS, "a field is missing");
    for (size_t k = 0; k < ALI_COMPARE_FIELDS; k++)
        field[k] = fields[k];
}
