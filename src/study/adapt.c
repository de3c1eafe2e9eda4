/* SPDX-License-Identifier: Apache-2.0 */
#include "study/adapt.h"

#include <math.h>

/** Estimated relative error of an admittance that is good enough. The estimate is about three times
 * the error. */
static const double TOLERANCE = 5e-3;
/** What the elements that are not raised may leave of the tolerance together. */
static const double LEFT_ALONE = 0.25;
/** Meshes of up to this many elements start with degree 2. */
enum { SMALL_MESH = 500 };

ali_basis_options ali_adapt_start(const ali_wire_mesh *mesh, int degree, double k, bool fields)
{
    return (ali_basis_options){
        .degree = degree, .wavenumber = k, .coarse = mesh->element_count > SMALL_MESH && !fields};
}

/** Sum of the weights up to `limit`. */
static double sum_below(size_t count, const double *weight, double limit)
{
    double sum = 0.0;
    for (size_t e = 0; e < count; e++)
        if (weight[e] <= limit)
            sum += weight[e];
    return sum;
}

/** Largest weight that may be left alone: bisection on the logarithm, for the sum grows with it. */
static double find_limit(size_t count, const double *weight, double allowed)
{
    double low = 1e-12, high = 1.0;
    for (int step = 0; step < 40; step++) {
        double middle = sqrt(low * high);
        if (sum_below(count, weight, middle) <= allowed)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t ali_adapt_mark(size_t count, double worst, const double *weight, unsigned char *degree,
                      size_t *marked)
{
    size_t raised = 0;
    if (!(worst > TOLERANCE))
        return 0;
    double limit = find_limit(count, weight, LEFT_ALONE * TOLERANCE);
    for (size_t e = 0; e < count; e++)
        if (weight[e] > limit && degree[e] < ALI_ADAPT_DEGREE_MAX) {
            degree[e]++;
            marked[raised++] = e;
        }
    return raised;
}
