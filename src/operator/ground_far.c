/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/ground_far.h"

#include "base/memory.h"
#include "operator/ground_points.h"

#include <math.h>
#include <stdlib.h>

/** More than any rule has points. */
enum { RULES = 32 };

struct ali_ground_far {
    double *rule;    /**< [places] points on the element in a place */
    double *points;  /**< [places] the same if the pair is far, else 0 */
    double *re, *im; /**< [places] share of the image in the vector part */
};

ali_ground_far *ali_ground_far_create(const ali_moment_batch *batch)
{
    const ali_wire_basis *basis = batch->source->basis;
    ali_ground_far *far = ali_calloc(1, sizeof *far);
    double *arrays = ali_calloc_aligned(4 * batch->places, sizeof *arrays);
    if (!far || !arrays) {
        free(far);
        free(arrays);
        return NULL;
    }
    *far = (ali_ground_far){.rule = arrays,
                            .points = arrays + batch->places,
                            .re = arrays + 2 * batch->places,
                            .im = arrays + 3 * batch->places};
    for (size_t place = 0; place < batch->places; place++) {
        size_t e = batch->element[place];
        int degree = basis->degree[e], wanted = batch->order[place];
        if (batch->precision == ALI_MOMENT_FULL && wanted > degree)
            degree = wanted;
        far->rule[place] = ali_ground_far_points(batch->precision, basis->mesh->elements[e].half,
                                                 batch->source->k, degree);
    }
    return far;
}

void ali_ground_far_destroy(ali_ground_far *far)
{
    if (!far)
        return;
    free(far->rule);
    free(far);
}

/** Turn the moments of the image into its shares of both parts. */
static void share(ali_ground_far *far, const ali_ground_shares *shares, const ali_tube_array *tubes,
                  ali_vec3 dir, size_t sets, size_t from, size_t end, const ali_ground_sums *sums)
{
    double xx_re = creal(shares->xx), xx_im = cimag(shares->xx);
    double zz_re = creal(shares->zz), zz_im = cimag(shares->zz);
    double phi_re = creal(shares->phi), phi_im = cimag(shares->phi);
#pragma omp simd
    for (size_t i = from; i < end; i++) {
        double level = tubes->dir[0][i] * dir.x + tubes->dir[1][i] * dir.y;
        double upright = tubes->dir[2][i] * dir.z;
        far->re[i] = xx_re * level + zz_re * upright;
        far->im[i] = xx_im * level + zz_im * upright;
    }
    for (size_t m = 0; m < sets; m++) {
        double *vector_re = sums->vector_re + m * sums->stride;
        double *vector_im = sums->vector_im + m * sums->stride;
        double *scalar_re = sums->scalar_re + m * sums->stride;
        double *scalar_im = sums->scalar_im + m * sums->stride;
#pragma omp simd
        for (size_t i = from; i < end; i++) {
            double re = vector_re[i], im = vector_im[i];
            scalar_re[i] = phi_re * re - phi_im * im;
            scalar_im[i] = phi_re * im + phi_im * re;
            vector_re[i] = far->re[i] * re - far->im[i] * im;
            vector_im[i] = far->re[i] * im + far->im[i] * re;
        }
    }
}

/** Find the pairs that are far. */
static void select_far(ali_ground_far *far, const ali_tube_array *tubes, const ali_tube *image,
                       double ratio, size_t from, size_t end)
{
#pragma omp simd
    for (size_t i = from; i < end; i++) {
        double x = tubes->mid[0][i] - image->mid.x, y = tubes->mid[1][i] - image->mid.y;
        double z = tubes->mid[2][i] - image->mid.z, half = tubes->half[i];
        double longer = half > image->half ? half : image->half;
        double limit = half + image->half + ratio * longer;
        bool is_far = x * x + y * y + z * z >= limit * limit && tubes->mid[2][i] >= 0.0;
        far->points[i] = is_far ? far->rule[i] : 0.0;
    }
}

const double *ali_ground_far_run(ali_ground_far *far, const ali_ground_kernel *kernel,
                                 const ali_moment_batch *batch, const ali_moment_group *group,
                                 size_t from, size_t e, int order, const ali_ground_sums *sums)
{
    const ali_moment_source *source = batch->source;
    const ali_element *element = &source->basis->mesh->elements[e];
    ali_tube tube = ali_element_tube(element), image = ali_tube_mirror(tube);
    size_t end = group->first + group->count;
    int rows = (order > 1 ? order : 1) + 1, degree = source->basis->degree[e];
    if (batch->precision == ALI_MOMENT_FULL && order > degree)
        degree = order;
    share(far, &kernel->image[ALI_GROUND_AIR], &batch->tubes, tube.dir,
          (size_t)(rows * (group->order + 1)), from, end, sums);
    select_far(far, &batch->tubes, &image, ali_ground_far_ratio(batch->precision), from, end);
    bool wanted[RULES] = {false};
    for (size_t place = from; place < end; place++)
        wanted[(int)far->points[place]] = true;
    int points = ali_ground_far_points(batch->precision, tube.half, source->k, degree);
    ali_far_task task = {.tube = tube,
                         .rule = ali_moment_rule(source, points),
                         .order = rows - 1,
                         .others = ali_moment_tubes(batch, from, end),
                         .other_order = group->order,
                         .k = source->k};
    const ali_ground_sums here = {.stride = sums->stride,
                                  .vector_re = sums->vector_re + from,
                                  .vector_im = sums->vector_im + from,
                                  .scalar_re = sums->scalar_re + from,
                                  .scalar_im = sums->scalar_im + from};
    for (int other_points = 1; other_points < RULES; other_points++) {
        if (!wanted[other_points])
            continue;
        task.other_rule = ali_moment_rule(source, other_points);
        ali_ground_kernel_best()->moments(kernel->air, &task, far->points + from, &here);
    }
    return far->points;
}
