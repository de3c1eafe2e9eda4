/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/basis.h"

#include "base/error.h"

#include <stdlib.h>

alicorn_status ali_basis_create(const ali_mesh *mesh, const ali_basis_options *options,
                                ali_basis **basis, alicorn_error *error)
{
    *basis = NULL;
    ali_basis *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the basis");
    made->mesh = mesh;
    alicorn_status status = ali_wire_basis_create(mesh->wires, options, &made->wires, error);
    if (!status)
        status = ali_surface_basis_create(mesh, made->wires, &made->surfaces, error);
    if (status) {
        ali_basis_destroy(made);
        return status;
    }
    made->wire_first = made->surfaces->count;
    made->count = made->wire_first + made->wires->count;
    made->probe_count = mesh->wires->element_count;
    *basis = made;
    return ALICORN_OK;
}

void ali_basis_destroy(ali_basis *basis)
{
    if (!basis)
        return;
    ali_wire_basis_destroy(basis->wires);
    ali_surface_basis_destroy(basis->surfaces);
    free(basis);
}

void ali_basis_map(const ali_basis *from, const ali_basis *to, size_t *image)
{
    for (size_t i = 0; i < from->wire_first; i++)
        image[i] = i;
    ali_wire_basis_map(from->wires, to->wires, image + from->wire_first);
    for (size_t i = from->wire_first; i < from->count; i++)
        image[i] += to->wire_first;
}
