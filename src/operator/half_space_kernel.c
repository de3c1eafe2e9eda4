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
    ali_ground_table *table[ALI_GROUND_SIDES]; /**< NULL where there are no pairs */
    ali_ground_kernel kernel;
};

/** The table's kernels without what the moments of direct wave and image have. */
static void evaluate(const void *context, ali_ground_sides sides, size_t count, const double *rho,
                     const double *height, const double *depth, const ali_ground_values *values)
{
    const ali_half_space_kernel *half = context;
    if (sides == ALI_GROUND_AIR) {
        const ali_ground_rest rest = {values->xx, values->zz, values->zx, values->phi};
        ali_ground_table_rest(half->table[sides], count, rho, height, &rest);
        return;
    }
    bool across = sides == ALI_GROUND_ACROSS;
    const ali_ground_shares *shares =
        across ? &half->kernel.direct[sides] : &half->kernel.image[sides];
    double complex k = sides == ALI_GROUND_SOIL ? half->kernel.wavenumber : half->space.k;
    ali_half_space_kernels chunk[CHUNK];
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t some = count - first < CHUNK ? count - first : CHUNK;
        ali_ground_table_evaluate(half->table[sides], some, rho + first, height + first,
                                  depth + first, chunk);
        for (size_t i = 0; i < some; i++) {
            size_t at = first + i;
            double r = hypot(rho[at], height[at] + depth[at]);
            double complex g = exp(cimag(k) * r) / (4.0 * ALI_PI * r) *
                               CMPLX(cos(creal(k) * r), -sin(creal(k) * r));
            values->xx[at] = chunk[i].xx - shares->xx * g;
            values->zz[at] = chunk[i].zz - shares->zz * g;
            values->zx[at] = chunk[i].zx;
            values->phi[at] = chunk[i].phi - shares->phi * g;
        }
    }
}

/** Where elements and faces are. */
typedef struct mesh_extent {
    double west, east, south, north; /**< of x and y */
    double rho;                      /**< largest horizontal distance, or more */
    double low[2], high[2]; /**< distances from the interface, in the air and in the soil */
    bool any[2];
    bool buried; /**< elements are */
} mesh_extent;

/** Take in a point of an element or a face on a side. */
static void include_point(mesh_extent *extent, ali_vec3 p, int side)
{
    double distance = fmax(side ? -p.z : p.z, 0.0);
    extent->west = fmin(extent->west, p.x);
    extent->east = fmax(extent->east, p.x);
    extent->south = fmin(extent->south, p.y);
    extent->north = fmax(extent->north, p.y);
    extent->low[side] = fmin(extent->low[side], distance);
    extent->high[side] = fmax(extent->high[side], distance);
    extent->any[side] = true;
}

static mesh_extent extent_of(const ali_wire_mesh *mesh, const ali_surface_mesh *surfaces)
{
    mesh_extent extent = {.low = {INFINITY, INFINITY},
                          .west = INFINITY,
                          .south = INFINITY,
                          .east = -INFINITY,
                          .north = -INFINITY};
    double radius = 0.0;
    for (size_t e = 0; e < mesh->element_count; e++)
        for (int end = -1; end <= 1; end += 2) {
            const ali_element *element = &mesh->elements[e];
            ali_vec3 p = ali_vec3_axpy(element->mid, end * element->half, element->dir);
            int side = ali_element_in_soil(element);
            include_point(&extent, p, side);
            extent.buried = extent.buried || side;
            radius = fmax(radius, element->radius);
        }
    for (size_t f = 0; f < surfaces->face_count; f++) {
        int side = ali_face_in_soil(surfaces, f);
        for (int i = 0; i < 3; i++)
            include_point(&extent, surfaces->vertices[surfaces->faces[f].vertex[i]], side);
    }
    /* distances are those of rings around the axes */
    extent.rho = hypot(hypot(extent.east - extent.west, extent.north - extent.south), 2.0 * radius);
    return extent;
}

static ali_ground_range range_of(const mesh_extent *extent, ali_ground_sides sides)
{
    double pair = sides == ALI_GROUND_ACROSS ? 1.0 : 2.0;
    ali_ground_range range = {
        .sides = sides, .rho_max = extent->rho, .tolerance = TOLERANCE, .bytes_max = BYTES_MAX};
    if (sides != ALI_GROUND_SOIL) {
        range.height_min = pair * extent->low[0];
        range.height_max = pair * extent->high[0];
    }
    if (sides != ALI_GROUND_AIR) {
        range.depth_min = pair * extent->low[1];
        range.depth_max = pair * extent->high[1];
    }
    return range;
}

static ali_ground_kernel describe(const ali_half_space_kernel *half, const mesh_extent *extent)
{
    ali_half_space_images air = ali_half_space_images_of(&half->space, false);
    ali_half_space_images soil = ali_half_space_images_of(&half->space, true);
    ali_half_space_images across = ali_half_space_images_across(&half->space);
    return (ali_ground_kernel){
        .direct = {[ALI_GROUND_AIR] = {1.0, 1.0, 1.0},
                   [ALI_GROUND_SOIL] = {1.0, 1.0, 1.0 / half->space.permittivity},
                   [ALI_GROUND_ACROSS] = {across.xx, across.zz, across.phi}},
        .image = {[ALI_GROUND_AIR] = {air.xx, air.zz, air.phi},
                  [ALI_GROUND_SOIL] = {soil.xx, soil.zz, soil.phi}},
        .wavenumber = ali_half_space_wavenumber(&half->space),
        .buried = extent->buried,
        .below = extent->any[1],
        .evaluate = evaluate,
        .context = half};
}

alicorn_status ali_half_space_kernel_create(const ali_mesh *mesh, double k,
                                            double complex permittivity,
                                            ali_half_space_kernel **kernel, alicorn_error *error)
{
    *kernel = NULL;
    ali_half_space_kernel *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the ground");
    made->space = (ali_half_space){.k = k, .permittivity = permittivity};
    mesh_extent extent = extent_of(mesh->wires, mesh->surfaces);
    made->kernel = describe(made, &extent);
    const bool wanted[ALI_GROUND_SIDES] = {[ALI_GROUND_AIR] = extent.any[0],
                                           [ALI_GROUND_SOIL] = extent.any[1],
                                           [ALI_GROUND_ACROSS] = extent.any[0] && extent.any[1]};
    alicorn_status status = ALICORN_OK;
    for (int sides = 0; sides < ALI_GROUND_SIDES && !status; sides++) {
        ali_ground_range range = range_of(&extent, (ali_ground_sides)sides);
        if (wanted[sides])
            status = ali_ground_table_create(&made->space, &range, &made->table[sides], error);
    }
    made->kernel.air = made->table[ALI_GROUND_AIR];
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
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++)
        ali_ground_table_destroy(kernel->table[sides]);
    free(kernel);
}

const ali_ground_kernel *ali_half_space_kernel_get(const ali_half_space_kernel *kernel)
{
    return &kernel->kernel;
}

size_t ali_half_space_kernel_bytes(const ali_half_space_kernel *kernel)
{
    size_t bytes = sizeof *kernel;
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++)
        if (kernel->table[sides])
            bytes += ali_ground_table_bytes(kernel->table[sides]);
    return bytes;
}

/** Bytes of a table where waves are all of the same length, those for the root of the radians by
 * which they differ, and the factor across the interface, which has one dimension more. Measured on
 * ranges of 0.1 to 100 wavelengths and permittivities from 4 to 3000. */
static const double TABLE_BYTES = 1.5e4, ROOT_BYTES = 3.5e4, ACROSS_TABLES = 8.0;
/** Waves through the soil die within so many nepers; those between heights h do not matter to
 * distances below this times h. */
static const double SWALLOWED = 5.0, STEEP = 50.0;

static double foresee_table(const mesh_extent *extent, ali_ground_sides sides, double k,
                            double complex index)
{
    ali_ground_range range = range_of(extent, sides);
    double reach = k * fmin(range.rho_max, extent->rho), loss = -cimag(index);
    double low = sides == ALI_GROUND_AIR ? range.height_min : range.depth_min;
    if (loss > 0.0)
        reach = fmin(reach, SWALLOWED / loss);
    double turns = (creal(index) - 1.0) * reach;
    if (low > 0.0)
        turns *= fmin(1.0, range.rho_max / (STEEP * low));
    double bytes = TABLE_BYTES + ROOT_BYTES * sqrt(fmax(turns, 0.0));
    return fmin(sides == ALI_GROUND_ACROSS ? ACROSS_TABLES * bytes : bytes, (double)BYTES_MAX);
}

size_t ali_half_space_kernel_foresee(const ali_mesh *mesh, double k, double complex permittivity)
{
    ali_half_space space = {.k = k, .permittivity = permittivity};
    mesh_extent extent = extent_of(mesh->wires, mesh->surfaces);
    double complex index = ali_half_space_wavenumber(&space) / k;
    double bytes = sizeof(ali_half_space_kernel);
    if (extent.any[0])
        bytes += foresee_table(&extent, ALI_GROUND_AIR, k, index);
    if (extent.any[1])
        bytes += foresee_table(&extent, ALI_GROUND_SOIL, k, index);
    if (extent.any[0] && extent.any[1])
        bytes += foresee_table(&extent, ALI_GROUND_ACROSS, k, index);
    return (size_t)bytes;
}
