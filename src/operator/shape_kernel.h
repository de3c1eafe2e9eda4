/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_SHAPE_KERNEL_H
#define ALI_OPERATOR_SHAPE_KERNEL_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  From moments to the matrix: loops over one element's, or face's, pairs with many others.
 * Variants of one plain C text as in green/far_kernel.h; the table of both is in the same order. */

/** A shape on either side has at most two Legendre terms, its slope one. */
enum { ALI_SHAPE_TERMS = 2, ALI_SHAPE_PAIR_TERMS = ALI_SHAPE_TERMS * ALI_SHAPE_TERMS };

/** One pair of shapes, for many pairs of elements. */
typedef struct ali_shape_pair {
    size_t count; /**< of pairs of elements */
    const double *re[ALI_SHAPE_PAIR_TERMS],
        *im[ALI_SHAPE_PAIR_TERMS]; /**< moments of both currents' terms, shape [count] each */
    double weight[ALI_SHAPE_PAIR_TERMS];
    const double *slope_re, *slope_im; /**< moments of both slopes, shape [count] */
    double slope_weight;
    const double *vector_re, *vector_im, *scalar_re,
        *scalar_im; /**< factors, shape [count]; vector_re NULL: both imaginary */
} ali_shape_pair;

/** Two terms of a sum over values; a missing one has weight 0. */
typedef struct ali_gather_term {
    size_t index[2];
    double weight[2];
} ali_gather_term;

/** One moment of an element with many others, and the factor of each pair. */
typedef struct ali_moment_line {
    size_t count;
    const double *re, *im;               /**< moments, shape [count] each */
    const double *factor_re, *factor_im; /**< shape [count]; factor_re NULL: imaginary */
} ali_moment_line;

/** Moments of one face with many, and what makes them values of edges; or, instead of moments, what
 *  makes values of edges of far pairs at once. */
typedef struct ali_edge_pair {
    size_t count;          /**< of faces; arrays are padded to ALI_FAR_LANES */
    const double *re, *im; /**< (a, b) at [(3 a + b) stride + i]; not for far pairs */
    size_t stride;
    double k;                   /**< for far pairs, as what follows [rad/m] */
    double middle[3];           /**< of the one face [m] */
    double reach;               /**< distance of the middles from which a pair is far [m] ... */
    const double *far;          /**< ... and that of each of the many, the larger counts [m] */
    double side[2][3];          /**< of the one face: p_0 - p_2 and p_1 - p_2 [m] */
    double own_length[3];       /**< of its edges, and any factor */
    const double *vertex[3][3]; /**< of the many, [corner][coordinate] [m] */
    const double *length[3];
    double vector, scalar; /**< the factors are j times these */
    size_t row, column;    /**< value (i, j) of the i-th face is value[i row + j column + ...] */
} ali_edge_pair;

/** What a half-space reflects over the image's wave, for every pair of an ali_edge_pair: of
 * horizontal currents, of vertical ones, of horizontal ones along x and y and vertical ones, of
 * charges; arrays of shape [count], padded. */
typedef struct ali_edge_ratios {
    const double *re[5], *im[5];
} ali_edge_ratios;

/** Moments of one face with many elements, the same. */
typedef struct ali_edge_tube {
    size_t count;
    const double *re, *im; /**< (a, q) at [(a (order + 1) + q) stride + i] */
    size_t stride;
    int order;
    double vertex[3][3]; /**< of the face, from any origin [m] */
    double own_length[3];
    const double *dir[3], *half;   /**< of the elements */
    const double *current, *slope; /**< [order + 1] of the shape, on an element of half length 1 */
    double vector, scalar;         /**< the factors are j times these */
    size_t row;                    /**< value i of the i-th element is value[i row + ...] */
} ali_edge_tube;

typedef struct ali_shape_kernel {
    const char *name; /**< "plain", "avx2", "avx512" */
    /** value[i] = (or, if `add`, +=) vector[i] sum_t weight[t] moment[t][i] + scalar[i]
     * slope_weight slope[i]; complex factors only with `add`. */
    void (*combine)(const ali_shape_pair *pair, bool add, double complex *restrict value);
    /** sum[i] = weight[0] value[index[0]] + weight[1] value[index[1]] of term i. */
    void (*gather)(size_t count, const ali_gather_term *term, const double complex *value,
                   double complex *restrict sum);
    /** y[i stride] += a x[i] */
    void (*add)(size_t count, double a, const double complex *x, double complex *restrict y,
                size_t stride);
    /** Set (or, if `add`, add to) own_length[i] length[j] (j vector (p_a - p_i).(p_b' - p_j')
     * M_ab/4
     * + j scalar sum M_ab) for the edges i and j, summed over a and b. */
    void (*edges)(const ali_edge_pair *pair, bool add, double complex *restrict value);
    /** Add the same of a half-space, from the moments of the one face's image but its own `side`:
     *  with u = p_a - p_i, v = p_b' - p_j' and ratios q, u.v becomes q_0 (u_x v_x + u_y v_y) + q_1
     *  u_z v_z + q_2 (u_x v_z - u_z v_x) + q_3 (u_y v_z - u_z v_y), and the charges' part takes
     *  q_4. */
    void (*reflected)(const ali_edge_pair *pair, const ali_edge_ratios *ratios,
                      double complex *restrict value);
    /** The same for pairs that are far, from the kernel's values between three points on each face,
     *  half-way from the middle to the corners (the rule of three points of math/triangle_rule.h).
     *  Sets bit i % 8 of close[i / 8] for the i-th face if it is not far, and clears it if it is;
     *  values of faces that are not far are useless or, if `add`, left alone. The distance from
     *  the middle to any corner must be below 0.5/k for all faces, far or not. */
    void (*far_edges)(const ali_edge_pair *pair, bool add, double complex *restrict value,
                      unsigned char *restrict close);
    /** Add own_length[i] length[j] M_ij. */
    void (*edge_curl)(const ali_edge_pair *pair, double complex *restrict value);
    /** Set (or add to) own_length[i] (j vector (p_a - p_i).t current_q M_aq/2 + j scalar slope_q
     * M_aq/half), summed over a and q. */
    void (*tubes)(const ali_edge_tube *pair, bool add, double complex *restrict value);
    /** y[i] += a sum[i], sum as of `gather`. */
    void (*scatter)(size_t count, const ali_gather_term *term, const double complex *value,
                    double a, double complex *restrict y);
    /** sum += weight sum_i factor[i] moment[i] c[i], real and imaginary part */
    void (*collect)(const ali_moment_line *line, const double *c_re, const double *c_im,
                    double weight, double sum[2]);
    /** y[i] += weight[i] factor[i] moment[i] c */
    void (*spread)(const ali_moment_line *line, double complex c, const double *weight,
                   double *restrict y_re, double *restrict y_im);
} ali_shape_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_shape_kernels(const ali_shape_kernel *const **table);

/** The fastest of them. */
const ali_shape_kernel *ali_shape_kernel_best(void);

extern const ali_shape_kernel ali_shape_kernel_plain, ali_shape_kernel_avx2,
    ali_shape_kernel_avx512;

#endif
