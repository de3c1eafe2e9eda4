/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_GEO_SCRIPT_H
#define ALI_SHAPE_GEO_SCRIPT_H

#include "shape/form.h"

#include <stdio.h>

/** @file
 *  Shapes as a script for gmsh, in the language of its .geo files with the OpenCASCADE kernel. */

typedef struct ali_geo_job {
    size_t shape_count;
    const ali_shape *shapes; /**< longest_edge [m], as placed */
    const ali_form *forms;
    size_t point_count;
    const ali_embedded_point *points; /**< on the surfaces */
    double curvature;                 /**< angle per edge where the shape has none [rad] */
    int algorithm; /**< of gmsh for surfaces: 6 frontal, 5 Delaunay, 1 adaptive */
    bool join;     /**< cut the shapes where they touch or cross */
} ali_geo_job;

/** Name of the file that the script reads for STEP shape i, in its own directory. */
enum { ALI_GEO_NAME_SIZE = 32 };
void ali_geo_step_name(char name[ALI_GEO_NAME_SIZE], size_t shape);

/** Angle per edge on a shape [rad]. */
double ali_geo_curvature(const ali_shape *shape, double standard);

/** Write the script. Call inside a numeric scope.
 *  @param[out] first_line  [shape_count + 1] line where each shape begins, 1-based; the last: where
 *                          they all end */
void ali_geo_write(const ali_geo_job *job, FILE *stream, int *first_line);

#endif
