/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/sheet_power.h"

#include "green/corner.h"

/** int |J|^2 dS of a linear density: int lambda_a lambda_b dS = A (1 + delta_ab)/12. */
static double square_of(const ali_surface_current *current, size_t face)
{
    double complex density[3][3];
    double sum = 0.0;
    ali_surface_current_vertices(current, face, density);
    for (int c = 0; c < 3; c++) {
        double complex whole = density[0][c] + density[1][c] + density[2][c];
        sum += creal(whole * conj(whole));
        for (int b = 0; b < 3; b++)
            sum += creal(density[b][c] * conj(density[b][c]));
    }
    return sum * current->mesh->faces[face].area / 12.0;
}

static ali_corner corner_of(const ali_surface_mesh *mesh, const ali_corner_current *at)
{
    ali_corner corner = {.vertex = at->vertex};
    for (int i = 0; i < 3; i++)
        corner.triangle.vertex[i] = mesh->vertices[mesh->faces[at->face].vertex[i]];
    return corner;
}

/** int 2 Re S* . J + |S|^2 dS of what wires bring to corners `first` … `end` - 1, all of one face,
 * and the linear density J there. */
static double corners_square(const ali_mesh *mesh, const ali_surface_current *current, size_t first,
                             size_t end)
{
    size_t face = current->corners[first].face;
    double complex sum = 0.0;
    for (size_t a = first; a < end; a++) {
        const ali_corner_current *at = &current->corners[a];
        ali_corner corner = corner_of(mesh->surfaces, at);
        double radius =
            ali_mesh_attached_radius(mesh, mesh->surfaces->faces[face].vertex[at->vertex]);
        for (int i = 0; i < 3; i++)
            sum +=
                2.0 * conj(at->amplitude) * current->edge[face][i] * ali_corner_overlap(&corner, i);
        for (size_t b = first; b < end; b++) {
            ali_corner other = corner_of(mesh->surfaces, &current->corners[b]);
            sum += conj(at->amplitude) * current->corners[b].amplitude *
                   ali_corner_square(&corner, &other, radius);
        }
    }
    return creal(sum);
}

double ali_sheet_power(const ali_mesh *mesh, const ali_surface_current *current,
                       const double complex *sheet)
{
    const ali_face *faces = mesh->surfaces->faces;
    double power = 0.0;
    for (size_t f = 0; f < mesh->surfaces->face_count; f++)
        power += 0.5 * creal(sheet[faces[f].surface]) * square_of(current, f);
    for (size_t first = 0, end; first < current->corner_count; first = end) {
        size_t face = current->corners[first].face;
        for (end = first + 1; end < current->corner_count && current->corners[end].face == face;)
            end++;
        power +=
            0.5 * creal(sheet[faces[face].surface]) * corners_square(mesh, current, first, end);
    }
    return power;
}
