/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_BASIS_H
#define ALI_BASIS_BASIS_H

#include "basis/surface_basis.h"

/** @file
 *  All unknowns of a structure, in one numbering: first the functions of the surfaces, then those
 *  of the wires, then the wires' probes. */

typedef struct ali_basis {
    const ali_mesh *mesh;        /**< borrowed */
    ali_wire_basis *wires;       /**< function w of it is unknown wire_first + w */
    ali_surface_basis *surfaces; /**< function s of it is unknown s */
    size_t wire_first;           /**< number of unknowns of the surfaces alone */
    size_t count;                /**< unknowns */
    size_t probe_count;          /**< probes, numbered from `count`: one per wire element */
} ali_basis;

/** Number the unknowns on a mesh; the options are those of the wires. */
alicorn_status ali_basis_create(const ali_mesh *mesh, const ali_basis_options *options,
                                ali_basis **basis, alicorn_error *error);
void ali_basis_destroy(ali_basis *basis);

/** Where each unknown of one basis stands in another of the same mesh and wavenumber whose degrees
 * are nowhere lower: image[f], f < from->count. */
void ali_basis_map(const ali_basis *from, const ali_basis *to, size_t *image);

#endif
