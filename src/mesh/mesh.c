/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/mesh.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/attach.h"

#include <math.h>
#include <stdlib.h>

void ali_mesh_destroy(ali_mesh *mesh)
{
    if (!mesh)
        return;
    ali_wire_mesh_destroy(mesh->wires);
    ali_surface_mesh_destroy(mesh->surfaces);
    free(mesh->attachments);
    free(mesh);
}

static int compare_attachments(const void *left, const void *right)
{
    const ali_attachment *a = left, *b = right;
    return a->node < b->node ? -1 : a->node > b->node;
}

/** Contacts of all nodes, ascending. */
static alicorn_status list_attachments(ali_mesh *mesh, const ali_contact_list *contacts,
                                       const size_t *node, alicorn_error *error)
{
    mesh->attachments = ali_calloc(contacts->count, sizeof *mesh->attachments);
    if (!mesh->attachments)
        return ali_error_memory(error, contacts->count * sizeof *mesh->attachments, "attachments");
    for (size_t i = 0; i < contacts->count; i++)
        if (node[i] != ALI_NONE)
            mesh->attachments[mesh->attachment_count++] =
                (ali_attachment){node[i], contacts->vertex[i]};
    if (mesh->attachment_count > 1)
        qsort(mesh->attachments, mesh->attachment_count, sizeof *mesh->attachments,
              compare_attachments);
    return ALICORN_OK;
}

alicorn_status ali_mesh_create(const ali_model *model, const ali_mesh_options *options,
                               alicorn_report_fn report, void *report_user, ali_mesh **mesh,
                               alicorn_error *error)
{
    ali_contact_list contacts = {0};
    size_t *node = NULL;
    alicorn_status status = ALICORN_OK;
    *mesh = calloc(1, sizeof **mesh);
    if (!*mesh)
        return ali_error_memory(error, sizeof **mesh, "the mesh");
    ali_mesh *made = *mesh;
    status = ali_surface_mesh_create(model, options, report, report_user, &made->surfaces, error);
    if (!status && made->surfaces->face_count > 0) {
        status = ali_surface_mesh_check_crossings(model, made->surfaces, report, report_user, NULL,
                                                  error);
        if (!status)
            status = ali_attach_wires(model, options, made->surfaces, report, report_user,
                                      &contacts, error);
    }
    if (status)
        goto cleanup;
    node = ali_calloc(contacts.count, sizeof *node);
    if (!node) {
        status = ali_error_memory(error, contacts.count * sizeof *node, "attachments");
        goto cleanup;
    }
    status = ali_wire_mesh_create_attached(model, options, contacts.count, contacts.contacts, node,
                                           report, report_user, &made->wires, error);
    if (!status)
        status = list_attachments(made, &contacts, node, error);
cleanup:
    ali_contact_list_clear(&contacts);
    free(node);
    if (status) {
        ali_mesh_destroy(made);
        *mesh = NULL;
    }
    return status;
}

double ali_mesh_attached_radius(const ali_mesh *mesh, size_t vertex)
{
    double radius = 0.0;
    for (size_t i = 0; i < mesh->attachment_count; i++) {
        if (mesh->attachments[i].vertex != vertex)
            continue;
        size_t node = mesh->attachments[i].node;
        for (size_t e = mesh->wires->node_first[node]; e < mesh->wires->node_first[node + 1]; e++)
            radius = fmax(radius, mesh->wires->elements[mesh->wires->node_ends[e] / 2].radius);
    }
    return radius;
}
