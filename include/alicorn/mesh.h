/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_MESH_H
#define ALICORN_MESH_H

#include "alicorn/model.h"
#include "alicorn/options.h"

#include <stdio.h>

/** @file
 *  What a model's surfaces are cut into: its quality, and files for other programs. A deck with
 *  several jobs (NEC NX) has several structures; everything here is about the first. */

#ifdef __cplusplus
extern "C" {
#endif

/** A place in the mesh, for a person who looks for it. */
typedef struct alicorn_mesh_place {
    double point[3]; /**< [m]: the middle of an edge, or a corner */
    size_t surface;  /**< index into alicorn_mesh_report.surfaces */
    size_t triangle; /**< number of the triangle, from 1, within its surface */
} alicorn_mesh_place;

/** One surface of the model. */
typedef struct alicorn_mesh_surface {
    const char *name;    /**< "" if it has none; lives as long as the model */
    size_t triangles;    /**< of the input */
    double area;         /**< [m^2] */
    double longest_edge; /**< [m] */
    int closed;          /**< 1: all bodies that it is part of are closed, by a conducting ground
                            included */
} alicorn_mesh_surface;

/** A point where wires are connected to a surface. */
typedef struct alicorn_mesh_attachment {
    double point[3];   /**< [m] */
    size_t segment;    /**< the first segment that is connected there, from 1 over the structure */
    int tag;           /**< of its wire */
    int end;           /**< 1 or 2: that end of the segment; 0: it passes through the surface */
    size_t wire_count; /**< ends of wires that meet there */
    double radius;     /**< largest radius of those wires [m] */
    size_t surface;    /**< index into alicorn_mesh_report.surfaces */
    size_t triangles;  /**< around the point */
    double fan;        /**< distance to the nearest of their outer edges [m] */
} alicorn_mesh_attachment;

/** A mesh as it is solved: faces that wires pierce are cut there, which adds a few triangles. */
typedef struct alicorn_mesh_report {
    double frequency_hz; /**< highest of all tasks; 0: the model names none */
    double wavelength;   /**< there, in space [m]; 0 without a frequency */
    size_t vertices, triangles, edges;
    size_t bodies, closed_bodies; /**< sets of triangles that hang together */
    size_t open_edges;            /**< with one triangle, not on a conducting ground */
    size_t shared_edges;          /**< with more than two triangles */
    double longest_edge;          /**< [m]; this and what follows: 0 without triangles */
    double shortest_edge;         /**< [m] */
    double worst_angle_deg;       /**< smallest angle of any triangle */
    alicorn_mesh_place longest_place, shortest_place, worst_place;
    size_t surface_count;
    alicorn_mesh_surface *surfaces;
    size_t attachment_count;
    alicorn_mesh_attachment *attachments;
    size_t segments;         /**< of wires, in the input */
    size_t surface_unknowns; /**< currents on surfaces */
    size_t wire_unknowns;    /**< currents on wires, and between wires and surfaces, that a solve at
                                the highest frequency starts with; 0 without a frequency */
} alicorn_mesh_report;

/** Mesh a model as a solve would at the highest of its frequencies, over the ground of its first
 *  task, and measure the result. Warnings of the mesh go to options->report.
 *  @param[in]  options  may be NULL: defaults
 *  @param[out] report   to be destroyed; NULL unless ALICORN_OK
 *  @return ALICORN_OK; ALICORN_E_USAGE (options); ALICORN_E_INPUT: what cannot be solved (triangles
 *          without area, doubled or overlapping ones, …); ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_mesh_inspect(const alicorn_model *model,
                                                const alicorn_options *options,
                                                alicorn_mesh_report **report, alicorn_error *error);
ALICORN_API void alicorn_mesh_report_destroy(alicorn_mesh_report *report);

/** Write a report for a person to read. */
ALICORN_API alicorn_status alicorn_write_mesh_report(const alicorn_model *model,
                                                     const alicorn_mesh_report *report,
                                                     FILE *stream, alicorn_error *error);

/** Formats of meshes, described in docs/formats.md. */
typedef enum alicorn_mesh_format {
    ALICORN_MESH_MSH = 0, /**< gmsh's .msh 4.1, text */
    ALICORN_MESH_STL = 1, /**< binary STL, single precision */
    ALICORN_MESH_VTU = 2  /**< ParaView's XML, wires included */
} alicorn_mesh_format;

/** Write the triangles of a model as they were read or made, before wires cut any.
 *  @return ALICORN_OK; ALICORN_E_INPUT if there is nothing that the format could hold;
 *          ALICORN_E_USAGE (format), ALICORN_E_IO, ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_write_mesh(const alicorn_model *model,
                                              alicorn_mesh_format format, FILE *stream,
                                              alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
