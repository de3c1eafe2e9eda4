/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/mesh.h"

#include "base/error.h"
#include "model/model.h"
#include "output/mesh_files.h"
#include "output/text_format.h"
#include "output/text_table.h"
#include "output/writer.h"

#include <math.h>

/** @file
 *  What a person wants to know about a mesh. */

/** Attachments that are told one by one. */
enum { MAX_ATTACHMENTS = 20 };

/** "column", or "3" if the surface has no name. */
static const char *surface_name(char text[ALI_TEXT_SIZE], const alicorn_mesh_report *report,
                                size_t surface)
{
    const char *name = report->surfaces[surface].name;
    if (name[0])
        snprintf(text, ALI_TEXT_SIZE, "%.60s", name);
    else
        snprintf(text, ALI_TEXT_SIZE, "%zu", surface + 1);
    return text;
}

/** A coordinate, without what rounding left of zero. */
static double clean(double coordinate)
{
    return fabs(coordinate) < 1e-12 ? 0.0 : coordinate;
}

static void put_point(FILE *out, const double point[3])
{
    fprintf(out, "(%.5g, %.5g, %.5g) m", clean(point[0]), clean(point[1]), clean(point[2]));
}

/** "0.1 m" and, if there is a frequency, ", 0.033 λ". */
static void put_length(FILE *out, const alicorn_mesh_report *report, double length)
{
    fprintf(out, "%.4g m", length);
    if (report->wavelength > 0.0)
        fprintf(out, ", %.3g λ", length / report->wavelength);
}

static void put_place(FILE *out, const alicorn_mesh_report *report, const alicorn_mesh_place *place)
{
    char name[ALI_TEXT_SIZE];
    fprintf(out, "; triangle %zu of %s, at ", place->triangle,
            surface_name(name, report, place->surface));
    put_point(out, place->point);
    fputc('\n', out);
}

static alicorn_status put_surfaces(FILE *out, const alicorn_mesh_report *report,
                                   alicorn_error *error)
{
    ali_text_table table;
    bool waves = report->wavelength > 0.0;
    ali_text_table_init(&table, waves ? "lrrrrl" : "lrrrl");
    ali_text_table_add(&table, "surface");
    ali_text_table_add(&table, "triangles");
    ali_text_table_add(&table, "area [m²]");
    ali_text_table_add(&table, "longest edge [m]");
    if (waves)
        ali_text_table_add(&table, "[λ]");
    ali_text_table_add(&table, "body");
    for (size_t s = 0; s < report->surface_count; s++) {
        const alicorn_mesh_surface *surface = &report->surfaces[s];
        char name[ALI_TEXT_SIZE];
        ali_text_table_add(&table, "%s", surface_name(name, report, s));
        ali_text_table_add(&table, "%zu", surface->triangles);
        ali_text_table_add(&table, "%.4g", surface->area);
        ali_text_table_add(&table, "%.4g", surface->longest_edge);
        if (waves)
            ali_text_table_add(&table, "%.3f", surface->longest_edge / report->wavelength);
        ali_text_table_add(&table, surface->closed ? "closed" : "open");
    }
    ali_text_table_print(&table, 2, "", "", out);
    fputc('\n', out);
    alicorn_status status = table.failed ? ali_error_memory(error, 0, "a table") : ALICORN_OK;
    ali_text_table_clear(&table);
    return status;
}

static void put_quality(FILE *out, const alicorn_mesh_report *report)
{
    fprintf(out, "  %-15s%zu triangles, %zu vertices, %zu edges\n", "mesh", report->triangles,
            report->vertices, report->edges);
    fprintf(out, "  %-15s%zu, %zu of them closed\n", "bodies", report->bodies,
            report->closed_bodies);
    if (report->triangles > 0) {
        fprintf(out, "  %-15s", "longest edge");
        put_length(out, report, report->longest_edge);
        put_place(out, report, &report->longest_place);
        fprintf(out, "  %-15s", "shortest edge");
        put_length(out, report, report->shortest_edge);
        put_place(out, report, &report->shortest_place);
        fprintf(out, "  %-15s%.3g°", "worst angle", report->worst_angle_deg);
        put_place(out, report, &report->worst_place);
    }
    fprintf(out, "  %-15s%zu\n", "open edges", report->open_edges);
    fprintf(out, "  %-15s%zu with more than two triangles\n", "shared edges", report->shared_edges);
}

static void put_attachment(FILE *out, const alicorn_mesh_report *report,
                           const alicorn_mesh_attachment *attachment)
{
    char name[ALI_TEXT_SIZE];
    fprintf(out, "segment %zu (tag %d) ", attachment->segment, attachment->tag);
    if (attachment->end > 0)
        fprintf(out, "with its end %d", attachment->end);
    else
        fputs("goes through", out);
    fprintf(out, ", on %s at ", surface_name(name, report, attachment->surface));
    put_point(out, attachment->point);
    fprintf(out, ": %zu triangles, %.3g m wide", attachment->triangles, attachment->fan);
    if (attachment->radius > 0.0)
        fprintf(out, " (%.3g radii)", attachment->fan / attachment->radius);
    if (attachment->end > 0 && attachment->wire_count > 1)
        fprintf(out, "; %zu wires", attachment->wire_count);
    fputc('\n', out);
}

static void put_attachments(FILE *out, const alicorn_mesh_report *report)
{
    fprintf(out, "  %-15s%zu", "attachments", report->attachment_count);
    fputs(report->attachment_count > 0 ? "; wires and surfaces meet here:\n" : "\n", out);
    for (size_t i = 0; i < report->attachment_count && i < MAX_ATTACHMENTS; i++) {
        fprintf(out, "  %-15s", "");
        put_attachment(out, report, &report->attachments[i]);
    }
    if (report->attachment_count > MAX_ATTACHMENTS)
        fprintf(out, "  %-15sand %zu more\n", "", report->attachment_count - MAX_ATTACHMENTS);
}

static void put_unknowns(FILE *out, const alicorn_mesh_report *report)
{
    fprintf(out, "  %-15s", "unknowns");
    if (report->frequency_hz > 0.0)
        fprintf(out, "%zu: %zu on surfaces, %zu on wires\n",
                report->surface_unknowns + report->wire_unknowns, report->surface_unknowns,
                report->wire_unknowns);
    else
        fprintf(out, "%zu on surfaces; those on wires depend on the frequency\n",
                report->surface_unknowns);
}

alicorn_status alicorn_write_mesh_report(const alicorn_model *model,
                                         const alicorn_mesh_report *report, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "mesh report", error);
    if (status != ALICORN_OK)
        return status;
    char frequency[ALI_TEXT_SIZE];
    fprintf(stream, "%s%s\n", model->name[0] ? model->name : "model",
            model->next ? ", structure 1: those behind NX are not looked at" : "");
    if (report->frequency_hz > 0.0)
        fprintf(stream, "highest frequency %s, wavelength %.4g m\n",
                ali_text_frequency(frequency, report->frequency_hz), report->wavelength);
    fputc('\n', stream);
    if (report->surface_count > 0) {
        status = put_surfaces(stream, report, error);
        put_quality(stream, report);
        put_attachments(stream, report);
    } else {
        fprintf(stream, "  %-15snone\n", "surfaces");
    }
    fprintf(stream, "  %-15s%zu segments\n", "wires", report->segments);
    put_unknowns(stream, report);
    return ali_writer_end(&writer, status, error);
}

alicorn_status alicorn_write_mesh(const alicorn_model *model, alicorn_mesh_format format,
                                  FILE *stream, alicorn_error *error)
{
    static alicorn_status (*const writers[])(const ali_model *, FILE *, alicorn_error *) = {
        [ALICORN_MESH_MSH] = ali_write_msh,
        [ALICORN_MESH_STL] = ali_write_stl,
        [ALICORN_MESH_VTU] = ali_write_model_vtu,
    };
    if ((size_t)format >= sizeof writers / sizeof *writers)
        return ali_error_set(error, ALICORN_E_USAGE, "there is no mesh format %d", (int)format);
    return writers[format](model, stream, error);
}
