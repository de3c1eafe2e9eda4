/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_GMSH_H
#define ALI_SHAPE_GMSH_H

#include "shape/geo_script.h"
#include "shape/mesh_format.h"

/** Run gmsh on a script of the job in a directory of its own.
 *  @param[out] triangulation  groups are faces of the geometry; clear it in any case
 *  @param[out] bounds         faces that bound bodies; free(bounds->faces) in any case
 *  @param[out] meshing        gmsh took the shapes but failed to mesh them: another algorithm may
 * not
 *  @return as ali_shape_mesh */
alicorn_status ali_gmsh_run(const ali_geo_job *job, const ali_mesher_options *options,
                            ali_triangulation *triangulation, ali_msh_bounds *bounds, bool *meshing,
                            alicorn_error *error);

#endif
