/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_HALF_SPACE_KERNEL_H
#define ALI_OPERATOR_HALF_SPACE_KERNEL_H

#include "mesh/mesh.h"
#include "operator/ground_moments.h"

/** @file
 *  The kernels of a medium below z = 0 for the elements and faces of a mesh, from tables. */

typedef struct ali_half_space_kernel ali_half_space_kernel;

/** Make the tables, in parallel, for distances that occur in a mesh.
 *  @param mesh          every element above or below z = 0
 *  @param k             of the air [rad/m]
 *  @param permittivity  of the medium, relative and complex
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_NUMERIC
 *  Cost: as ali_ground_table_create. */
alicorn_status ali_half_space_kernel_create(const ali_mesh *mesh, double k,
                                            double complex permittivity,
                                            ali_half_space_kernel **kernel, alicorn_error *error);
void ali_half_space_kernel_destroy(ali_half_space_kernel *kernel);

/** What the tables would occupy [bytes]: more, mostly, and up to some times as much, for it only
 *  counts waves along the interface until the soil has swallowed them. The time that they take to
 *  be made is proportional. The arguments are those of ali_half_space_kernel_create. */
size_t ali_half_space_kernel_foresee(const ali_mesh *mesh, double k, double complex permittivity);

/** What its tables occupy. */
size_t ali_half_space_kernel_bytes(const ali_half_space_kernel *kernel);

/** What moments ask; lives as long as the kernel. */
const ali_ground_kernel *ali_half_space_kernel_get(const ali_half_space_kernel *kernel);

#endif
