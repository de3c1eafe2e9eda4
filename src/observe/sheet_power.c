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

/** Re int S* . J dS of what a wire brings to a corner, and the linear density there. */
static double product_of(const ali_surface_current *current, const ali_corner_current *at)
{
    const ali_surface_mesh *mesh = current->mesh;
    ali_corner corner = {.vertex = at->vertex};
    double complex sum = 0.0;
    for (int i = 0; i < 3; i++)
        corner.triangle.vertex[i] = mesh->vertices[mesh->faces[at->face].vertex[i]];
    for (int i = 0; i < 3; i++)
        sum += current->edge[at->face][i] * ali_corner_overlap(&corner, i);
    return creal(conj(at->amplitude) * sum);
}

double ali_sheet_power(const ali_surface_current *current, const double complex *sheet)
{
    const ali_surface_mesh *mesh = current->mesh;
    double power = 0.0;
    for (size_t f = 0; f < mesh->face_count; f++)
        power += 0.5 * creal(sheet[mesh->faces[f].surface]) * square_of(current, f);
    for (size_t i = 0; i < current->corner_count; i++)
        power += creal(sheet[mesh->faces[current->corners[i].face].surface]) *
                 product_of(current, &current->corners[i]);
    return power;
}
