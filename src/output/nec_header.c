/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "output/nec_connections.h"
#include "output/nec_listing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIRE_ROW "\n %5zu  %10.5f %10.5f %10.5f %10.5f %10.5f %10.5f %10.5f %5zu %5zu %5zu %4d"
#define SEGMENT_ROW "\n %5zu %9.4f %9.4f %9.4f %9.4f %9.4f %9.4f %9.4f %5d %5zu %5d %5d"
#define CARD_ROW                                                                                   \
    "\n  DATA CARD No: %3zu %s %3d %5d %5d %5d %12.5E %12.5E %12.5E %12.5E %12.5E %12.5E"

void ali_nec_line(FILE *out, int breaks, int indent, const char *text)
{
    for (int k = 0; k < breaks; k++)
        fputc('\n', out);
    fprintf(out, "%*s%s", indent, "", text);
}

void ali_nec_banner(FILE *out)
{
    static const char rule[] = "__________________________________________";
    ali_nec_line(out, 3, 31, rule);
    ali_nec_line(out, 1, 30, "|                                          |");
    ali_nec_line(out, 1, 30, "|  NUMERICAL ELECTROMAGNETICS CODE LISTING |");
    fprintf(out, "\n%30s|             Alicorn %-21.21s|", "", alicorn_version());
    fprintf(out, "\n%30s|%s|\n", "", rule);
}

void ali_nec_comments(FILE *out, const ali_model *model)
{
    const char *text = model->comment ? model->comment : "";
    if (!*text)
        return;
    ali_nec_line(out, 3, 31, "---------------- COMMENTS ----------------\n");
    while (*text) {
        size_t length = strcspn(text, "\n");
        /* NEC shows what follows the card's name, which begins with a blank by custom */
        fprintf(out, "%*s%.*s\n", *text == ' ' ? 30 : 31, "", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/** A wire's shape as the listing tells it apart. */
typedef struct wire_shape {
    int straight, even; /**< on one line; of equal lengths and radii */
    double ratio;       /**< length of the second segment over the first */
} wire_shape;

static ali_vec3 direction(const ali_segment *segment)
{
    ali_vec3 along = ali_vec3_sub(segment->end, segment->start);
    return ali_vec3_scale(1.0 / ali_vec3_norm(along), along);
}

static wire_shape shape_of(const ali_model *model, const ali_wire *wire)
{
    const ali_segment *first = &model->segments[wire->first];
    double length = ali_vec3_distance(first->start, first->end);
    wire_shape shape = {.straight = 1, .even = 1, .ratio = 1.0};
    for (size_t i = 1; i < wire->count; i++) {
        const ali_segment *segment = first + i;
        double here = ali_vec3_distance(segment->start, segment->end);
        if (i == 1)
            shape.ratio = here / length;
        shape.straight &= ali_vec3_distance(direction(segment), direction(first)) < 1e-6;
        shape.even &=
            fabs(here / length - 1) < 1e-6 && fabs(segment->radius / first->radius - 1) < 1e-6;
    }
    return shape;
}

static void wire_row(FILE *out, const ali_model *model, size_t index)
{
    const ali_wire *wire = &model->wires[index];
    const ali_segment *first = &model->segments[wire->first];
    const ali_segment *last = first + wire->count - 1;
    wire_shape shape = shape_of(model, wire);
    int tapered = shape.straight && !shape.even;
    fprintf(out, WIRE_ROW, index + 1, first->start.x, first->start.y, first->start.z, last->end.x,
            last->end.y, last->end.z, tapered ? 0.0 : first->radius, wire->count, wire->first + 1,
            wire->first + wire->count, wire->tag);
    if (tapered)
        fprintf(out,
                "\n  ABOVE WIRE IS TAPERED.  SEGMENT LENGTH RATIO: %9.5f\n%33sRADIUS FROM: %9.5f "
                "TO: %9.5f",
                shape.ratio, "", first->radius, last->radius);
    else if (!shape.straight)
        fputs("\n  ABOVE WIRE IS CURVED.  ITS FIRST AND LAST POINTS ARE GIVEN", out);
}

static void wires(FILE *out, const ali_model *model)
{
    ali_nec_line(out, 3, 31, "-------- STRUCTURE SPECIFICATION --------");
    ali_nec_line(out, 1, 37, "COORDINATES MUST BE INPUT IN");
    ali_nec_line(out, 1, 37, "METERS OR BE SCALED TO METERS");
    ali_nec_line(out, 1, 37, "BEFORE STRUCTURE INPUT IS ENDED\n");
    ali_nec_line(out, 1, 2,
                 "WIRE                                                                            "
                 "     SEG FIRST  LAST  TAG");
    ali_nec_line(out, 1, 3,
                 "No:        X1         Y1         Z1         X2         Y2         Z2       "
                 "RADIUS   No:   SEG   SEG  No:");
    for (size_t i = 0; i < model->wire_count; i++)
        wire_row(out, model, i);
}

static void ground_and_totals(FILE *out, const ali_model *model, bool ground, bool connect)
{
    if (ground)
        ali_nec_line(out, 2, 5, "GROUND PLANE SPECIFIED.");
    if (connect)
        ali_nec_line(out, 1, 5,
                     "WHERE WIRE ENDS TOUCH GROUND, CURRENT WILL BE INTERPOLATED TO IMAGE IN "
                     "GROUND PLANE.\n");
    fprintf(out,
            "\n\n     TOTAL SEGMENTS USED: %zu   SEGMENTS IN A SYMMETRIC CELL: %zu   SYMMETRY "
            "FLAG: 0",
            model->segment_count, model->segment_count);
}

/** Junctions of three and more segments, 20 members per line. */
static void junctions(FILE *out, const ali_nec_connection *connections, size_t segment_count,
                      int *members)
{
    size_t number = 0;
    for (size_t k = 0; k < 2 * segment_count; k++) {
        size_t count = ali_nec_junction(connections, segment_count, k / 2, (int)(k % 2), members);
        if (count < 3)
            continue;
        if (number == 0) {
            ali_nec_line(out, 2, 4, "---------- MULTIPLE WIRE JUNCTIONS ----------");
            ali_nec_line(out, 1, 4, "JUNCTION  SEGMENTS (- FOR END 1, + FOR END 2)");
        }
        fprintf(out, "\n   %5zu      ", ++number);
        for (size_t i = 0; i < count; i++)
            fprintf(out, "%5d%s", members[i], (i + 1) % 20 == 0 ? "\n              " : "");
    }
}

static void segments(FILE *out, const ali_model *model, const ali_nec_connection *connections)
{
    ali_nec_line(out, 3, 31, "---------- SEGMENTATION DATA ----------");
    ali_nec_line(out, 1, 40, "COORDINATES IN METERS");
    ali_nec_line(out, 1, 28, "I+ AND I- INDICATE THE SEGMENTS BEFORE AND AFTER I\n");
    ali_nec_line(out, 1, 3,
                 "SEG    COORDINATES OF SEGM CENTER     SEGM    ORIENTATION ANGLES    WIRE    "
                 "CONNECTION DATA   TAG");
    ali_nec_line(out, 1, 3,
                 "No:       X         Y         Z      LENGTH     ALPHA      BETA    RADIUS    I-  "
                 "   I    I+   No:");
    for (size_t i = 0; i < model->segment_count; i++) {
        const ali_segment *segment = &model->segments[i];
        ali_vec3 centre = ali_vec3_scale(0.5, ali_vec3_add(segment->start, segment->end));
        ali_vec3 along = direction(segment);
        fprintf(out, SEGMENT_ROW, i + 1, centre.x, centre.y, centre.z,
                ali_vec3_distance(segment->start, segment->end),
                asin(fmax(-1.0, fmin(1.0, along.z))) / ALI_DEGREE,
                atan2(along.y + 0.0, along.x + 0.0) / ALI_DEGREE, segment->radius,
                connections[i].end[0], i + 1, connections[i].end[1], segment->tag);
    }
}

alicorn_status ali_nec_structure(FILE *out, const ali_model *model, alicorn_error *error)
{
    size_t n = model->segment_count;
    const ali_ground *ground = model->task_count > 0 ? &model->tasks[0].ground : NULL;
    bool connect = ground && ground->connect;
    alicorn_status status = ALICORN_OK;
    ali_nec_connection *connections = ali_calloc(n, sizeof *connections);
    int *members = ali_calloc(2 * n, sizeof *members);
    if (!connections || !members) {
        status = ali_error_memory(error, n * sizeof *connections, "the listing's connections");
        goto cleanup;
    }
    status = ali_nec_connections(model, connect, connections, error);
    if (status != ALICORN_OK)
        goto cleanup;
    wires(out, model);
    ground_and_totals(out, model, connect || (ground && ground->current_to_zero), connect);
    junctions(out, connections, n, members);
    segments(out, model, connections);
    fputs("\n\n\n", out);
cleanup:
    free(members);
    free(connections);
    return status;
}

void ali_nec_card(FILE *out, size_t number, const ali_card_echo *card)
{
    fprintf(out, CARD_ROW, number, card->name, card->integer[0], card->integer[1], card->integer[2],
            card->integer[3], card->real[0], card->real[1], card->real[2], card->real[3],
            card->real[4], card->real[5]);
}
