/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/half_space_kernel.h"

#include "base/constants.h"
#include "base/error.h"
#include "green/ground_table.h"

#include <math.h>
#include <stdlib.h>

/** Points at a time. */
enum { CHUNK = 128 };
/** Error of the kernels, relative to the image's. */
static const double TOLERANCE = 1e-5;
/** Most that a table may take [bytes]. */
static const size_t BYTES_MAX = (size_t)256 << 20;

struct ali_half_space_kernel {
    ali_half_space space;
    ali_ground_table *table;
    ali_ground_kernel kernel;
};

/** The table's kernels without what the moments of the image have. */
static void evaluate(const void *context, size_t count, const double *rho, const double *height,
                     const ali_ground_values *values)
{
    const ali_half_space_kernel *half = context;
    const ali_ground_kernel *kernel = &half->kernel;
    ali_half_space_kernels chunk[CHUNK];
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t some = count - first < CHUNK ? count - first : CHUNK;
        ali_ground_table_evaluate(half->table, some, rho + first, height + first, NULL, chunk);
        for (size_t i = 0; i < some; i++) {
            size_t at = first + i;
            double r = hypot(rho[at], height[at]), phase = half->space.k * r;
            double size = 1.0 / (4.0 * ALI_PI * r);
            double complex g = CMPLX(size * cos(phase), -size * sin(phase));
            values->xx[at] = chunk[i].xx - kernel->xx * g;
            values->zz[at] = chunk[i].zz - kernel->zz * g;
            values->zx[at] = chunk[i].zx;
            values->phi[at] = chunk[i].phi - kernel->phi * g;
        }
    }
}

/** What the mesh asks of the table. */
static ali_ground_range range_of(const ali_wire_mesh *mesh)
{
    ali_vec3 low = {INFINITY, INFINITY, INFINITY}, high = {-INFINITY, -INFINITY, -INFINITY};
    for (size_t e = 0; e < mesh->element_count; e++)
        for (int side = -1; side <= 1; side += 2) {
            const ali_element *element = &mesh->elements[e];
            ali_vec3 end = ali_vec3_axpy(element->mid, side * element->half, element->dir);
            low = (ali_vec3){fmin(low.x, end.x), fmin(low.y, end.y), fmin(low.z, end.z)};
            high = (ali_vec3){fmax(high.x, end.x), fmax(high.y, end.y), fmax(high.z, end.z)};
        }
    double rho = hypot(high.x - low.x, high.y - low.y);
    return (ali_ground_range){.sides = ALI_GROUND_AIR,
                              .rho_max = rho > 0.0 ? rho : high.z,
                              .height_min = 2.0 * low.z,
                              .height_max = 2.0 * high.z,
                              .tolerance = TOLERANCE,
                              .bytes_max = BYTES_MAX};
}

alicorn_status ali_half_space_kernel_create(const ali_wire_mesh *mesh, double k,
                                            double complex permittivity,
                                            ali_half_space_kernel **kernel, alicorn_error *error)
{
    *kernel = NULL;
    ali_half_space_kernel *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the ground");
    made->space = (ali_half_space){.k = k, .permittivity = permittivity};
    ali_half_space_images images = ali_half_space_images_of(&made->space, false);
    made->kernel = (ali_ground_kernel){.xx = images.xx,
                                       .zz = images.zz,
                                       .phi = images.phi,
                                       .wavenumber = cabs(ali_half_space_wavenumber(&made->space)),
                                       .evaluate = evaluate,
                                       .context = made};
    ali_ground_range range = range_of(mesh);
    alicorn_status status = ali_ground_table_create(&made->space, &range, &made->table, error);
    if (status)
        ali_half_space_kernel_destroy(made);
    else
        *kernel = made;
    return status;
}

void ali_half_space_kernel_destroy(ali_half_space_kernel *kernel)
{
    if (!kernel)
        return;
    ali_ground_table_destroy(kernel->table);
    free(kernel);
}

const ali_ground_kernel *ali_half_space_kernel_get(const ali_half_space_kernel *kernel)
{
    return &kernel->kernel;
}

size_t ali_half_space_kernel_bytes(const ali_half_space_kernel *kernel)
{
    return sizeof *kernel + ali_ground_table_bytes(kernel->table);
}
