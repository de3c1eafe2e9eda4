/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant: the including file defines SHAPE_KERNEL, SHAPE_KERNEL_NAME and LANES and
 * is compiled for its instruction set. */

#include "green/vector_text.h"
#include "operator/shape_kernel.h"

/** With constant `add` and `reflecting` (complex factors) a loop without branches. */
static inline __attribute__((always_inline)) void
combine_as(const ali_shape_pair *pair, bool add, bool reflecting, double *restrict value)
{
    const double *restrict ar = pair->re[0], *restrict br = pair->re[1], *restrict cr = pair->re[2],
                           *restrict dr = pair->re[3], *restrict sr = pair->slope_re;
    const double *restrict ai = pair->im[0], *restrict bi = pair->im[1], *restrict ci = pair->im[2],
                           *restrict di = pair->im[3], *restrict si = pair->slope_im;
    const double *restrict ur = pair->vector_re, *restrict ui = pair->vector_im,
                           *restrict vr = pair->scalar_re, *restrict vi = pair->scalar_im;
    const double a = pair->weight[0], b = pair->weight[1], c = pair->weight[2], d = pair->weight[3];
    const double s = pair->slope_weight;
#pragma omp simd
    for (size_t i = 0; i < pair->count; i++) {
        double current_re = a * ar[i] + b * br[i] + c * cr[i] + d * dr[i], slope_re = s * sr[i];
        double current_im = a * ai[i] + b * bi[i] + c * ci[i] + d * di[i], slope_im = s * si[i];
        double re = -ui[i] * current_im - vi[i] * slope_im;
        double im = ui[i] * current_re + vi[i] * slope_re;
        if (reflecting) {
            re += ur[i] * current_re + vr[i] * slope_re;
            im += ur[i] * current_im + vr[i] * slope_im;
        }
        value[2 * i] = add ? value[2 * i] + re : re;
        value[2 * i + 1] = add ? value[2 * i + 1] + im : im;
    }
}

static void combine(const ali_shape_pair *pair, bool add, double complex *restrict value)
{
    if (!add)
        combine_as(pair, false, false, (double *)value);
    else if (!pair->vector_re)
        combine_as(pair, true, false, (double *)value);
    else
        combine_as(pair, true, true, (double *)value);
}

/** One complex value; left to themselves compilers gather real and imaginary parts apart. */
typedef double complex_pair __attribute__((vector_size(16)));

static void gather(size_t count, const ali_gather_term *term, const double complex *value,
                   double complex *restrict sum)
{
    for (size_t i = 0; i < count; i++) {
        complex_pair a, b;
        memcpy(&a, &value[term[i].index[0]], sizeof a);
        memcpy(&b, &value[term[i].index[1]], sizeof b);
        a = term[i].weight[0] * a + term[i].weight[1] * b;
        memcpy(&sum[i], &a, sizeof a);
    }
}

static void add(size_t count, double a, const double complex *x, double complex *restrict y,
                size_t stride)
{
    if (stride != 1) {
        for (size_t i = 0; i < count; i++)
            y[i * stride] += a * x[i];
        return;
    }
    const double *from = (const double *)x;
    double *restrict to = (double *)y;
#pragma omp simd
    for (size_t i = 0; i < 2 * count; i++)
        to[i] += a * from[i];
}

static void scatter(size_t count, const ali_gather_term *term, const double complex *value,
                    double a, double complex *restrict y)
{
    for (size_t i = 0; i < count; i++) {
        complex_pair first, second, sum;
        memcpy(&first, &value[term[i].index[0]], sizeof first);
        memcpy(&second, &value[term[i].index[1]], sizeof second);
        memcpy(&sum, &y[i], sizeof sum);
        sum = sum + a * (term[i].weight[0] * first + term[i].weight[1] * second);
        memcpy(&y[i], &sum, sizeof sum);
    }
}

/* ---- faces ---- */

/** Set, or add to, LANES complex numbers. */
INLINE void put(double complex *to, vec re, vec im, bool add)
{
#if LANES == 8
    vec low = __builtin_shufflevector(re, im, 0, 8, 1, 9, 2, 10, 3, 11);
    vec high = __builtin_shufflevector(re, im, 4, 12, 5, 13, 6, 14, 7, 15);
#elif LANES == 4
    vec low = __builtin_shufflevector(re, im, 0, 4, 1, 5);
    vec high = __builtin_shufflevector(re, im, 2, 6, 3, 7);
#else
    vec low = __builtin_shufflevector(re, im, 0, 2), high = __builtin_shufflevector(re, im, 1, 3);
#endif
    double *at = (double *)to;
    store(at, add ? low + load(at) : low);
    store(at + LANES, add ? high + load(at + LANES) : high);
}

/** What the nine values of LANES faces are made of, for one part of the moments. With both faces'
 *  corners counted from their last, sum M_ab (p_a - p_i).(p_b' - p_j') is
 *  q - t_i - u_j + s d_ij, where t_2 = u_2 = 0 and d_ij = p_i.p_j'. */
typedef struct edge_sums {
    vec s, q, t[2], u[2];
} edge_sums;

INLINE edge_sums sum_edges(const double *moment, size_t stride, vec d[2][2])
{
    vec m[3][3], row[2], column[2];
    for (size_t a = 0; a < 3; a++)
        for (size_t b = 0; b < 3; b++)
            m[a][b] = load(moment + (3 * a + b) * stride);
    for (int a = 0; a < 2; a++) {
        row[a] = m[a][0] + m[a][1] + m[a][2];
        column[a] = m[0][a] + m[1][a] + m[2][a];
    }
    edge_sums sums = {.s = row[0] + row[1] + (m[2][0] + m[2][1] + m[2][2]),
                      .q = m[0][0] * d[0][0] + m[0][1] * d[0][1] + m[1][0] * d[1][0] +
                           m[1][1] * d[1][1]};
    for (int a = 0; a < 2; a++) {
        sums.t[a] = column[0] * d[a][0] + column[1] * d[a][1];
        sums.u[a] = row[0] * d[0][a] + row[1] * d[1][a];
    }
    return sums;
}

INLINE void edges_as(const ali_edge_pair *pair, bool add, double complex *restrict value)
{
    double vector = 0.25 * pair->vector, scalar = pair->scalar;
    for (size_t n = 0; n < pair->count; n += LANES) {
        vec d[2][2] = {{{0}}};
        for (int c = 0; c < 3; c++) {
            vec last = load(pair->vertex[2][c] + n);
            for (int b = 0; b < 2; b++) {
                vec other = load(pair->vertex[b][c] + n) - last;
                for (int a = 0; a < 2; a++)
                    d[a][b] = d[a][b] + pair->side[a][c] * other;
            }
        }
        edge_sums re = sum_edges(pair->re + n, pair->stride, d);
        edge_sums im = sum_edges(pair->im + n, pair->stride, d);
        vec base_re = vector * re.q + scalar * re.s, base_im = vector * im.q + scalar * im.s;
        for (size_t j = 0; j < 3; j++) {
            vec length = load(pair->length[j] + n);
            for (size_t i = 0; i < 3; i++) {
                vec part_re = {0}, part_im = {0};
                if (i < 2) {
                    part_re = part_re - re.t[i];
                    part_im = part_im - im.t[i];
                }
                if (j < 2) {
                    part_re = part_re - re.u[j];
                    part_im = part_im - im.u[j];
                }
                if (i < 2 && j < 2) {
                    part_re = part_re + re.s * d[i][j];
                    part_im = part_im + im.s * d[i][j];
                }
                vec scale = pair->own_length[i] * length;
                put(value + i * pair->row + j * pair->column + n,
                    -scale * (base_im + vector * part_im), scale * (base_re + vector * part_re),
                    add);
            }
        }
    }
}

static void edges(const ali_edge_pair *pair, bool add, double complex *restrict value)
{
    if (add)
        edges_as(pair, true, value);
    else
        edges_as(pair, false, value);
}

/** re + j im times ratio p, added. */
INLINE void add_ratio(const ali_edge_ratios *ratios, int p, size_t n, vec x, vec *re, vec *im)
{
    *re = *re + load(ratios->re[p] + n) * x;
    *im = *im + load(ratios->im[p] + n) * x;
}

/** Real or imaginary part of a product of complex d and moments, from those of its parts. */
INLINE edge_sums add_sums(edge_sums a, double sign, edge_sums b)
{
    edge_sums sums = {.s = a.s + sign * b.s, .q = a.q + sign * b.q};
    for (int i = 0; i < 2; i++) {
        sums.t[i] = a.t[i] + sign * b.t[i];
        sums.u[i] = a.u[i] + sign * b.u[i];
    }
    return sums;
}

static void reflected(const ali_edge_pair *pair, const ali_edge_ratios *ratios,
                      double complex *restrict value)
{
    double vector = 0.25 * pair->vector;
    for (size_t n = 0; n < pair->count; n += LANES) {
        vec d_re[2][2] = {{{0}}}, d_im[2][2] = {{{0}}}, other[2][3];
        for (int c = 0; c < 3; c++)
            for (int b = 0; b < 2; b++)
                other[b][c] = load(pair->vertex[b][c] + n) - load(pair->vertex[2][c] + n);
        for (int a = 0; a < 2; a++)
            for (int b = 0; b < 2; b++) {
                const double *u = pair->side[a];
                const vec *v = other[b];
                vec *re = &d_re[a][b], *im = &d_im[a][b];
                add_ratio(ratios, 0, n, u[0] * v[0] + u[1] * v[1], re, im);
                add_ratio(ratios, 1, n, u[2] * v[2], re, im);
                add_ratio(ratios, 2, n, u[0] * v[2] - u[2] * v[0], re, im);
                add_ratio(ratios, 3, n, u[1] * v[2] - u[2] * v[1], re, im);
            }
        edge_sums rr = sum_edges(pair->re + n, pair->stride, d_re);
        edge_sums ii = sum_edges(pair->im + n, pair->stride, d_im);
        edge_sums re = add_sums(rr, -1.0, ii);
        edge_sums im = add_sums(sum_edges(pair->re + n, pair->stride, d_im), 1.0,
                                sum_edges(pair->im + n, pair->stride, d_re));
        vec charge_re = load(ratios->re[4] + n), charge_im = load(ratios->im[4] + n);
        vec base_re = vector * re.q + pair->scalar * (charge_re * rr.s - charge_im * ii.s);
        vec base_im = vector * im.q + pair->scalar * (charge_re * ii.s + charge_im * rr.s);
        for (size_t j = 0; j < 3; j++) {
            vec length = load(pair->length[j] + n);
            for (size_t i = 0; i < 3; i++) {
                vec part_re = {0}, part_im = {0};
                if (i < 2) {
                    part_re = part_re - re.t[i];
                    part_im = part_im - im.t[i];
                }
                if (j < 2) {
                    part_re = part_re - re.u[j];
                    part_im = part_im - im.u[j];
                }
                if (i < 2 && j < 2) {
                    part_re = part_re + rr.s * d_re[i][j] - ii.s * d_im[i][j];
                    part_im = part_im + rr.s * d_im[i][j] + ii.s * d_re[i][j];
                }
                vec scale = pair->own_length[i] * length;
                put(value + i * pair->row + j * pair->column + n,
                    -scale * (base_im + vector * part_im), scale * (base_re + vector * part_re),
                    true);
            }
        }
    }
}

/* ---- far faces ---- */

/** Sine and cosine, |x| <= 1/2, to 1e-15 with the error falling as x^2: polynomials through the
 *  zeros of Chebyshev's for (sin x/x - 1)/x^2 and (cos x - 1)/x^2 in x^2. */
INLINE void small_sine_cosine(vec x, vec *sine, vec *cosine)
{
    vec t = x * x;
    vec s = 2.7557100226069468716e-06 - 2.4951933287704484163e-08 * t;
    s = s * t - 1.9841269645790047863e-04;
    s = s * t + 8.3333333332722535380e-03;
    s = s * t - 1.6666666666666636127e-01;
    vec c = 2.4801302716006511737e-05 - 2.7427130334213910927e-07 * t;
    c = c * t - 1.3888888634875688102e-03;
    c = c * t + 4.1666666665872989982e-02;
    c = c * t - 4.9999999999999603173e-01;
    *sine = x + x * t * s;
    *cosine = 1.0 + c * t;
}

/** Which lanes are set, as bits. */
INLINE unsigned lane_bits(bits set)
{
#if LANES == 8
    return _mm512_movepi64_mask((__m512i)set);
#elif LANES == 4
    return (unsigned)_mm256_movemask_pd((__m256d)set);
#else
    return (unsigned)(set[0] & 1) | (unsigned)(set[1] & 2);
#endif
}

/** The one face: corners from its middle, and their squared lengths over 4. */
typedef struct far_face {
    double corner[3][3], square[3];
} far_face;

static far_face face_of(const ali_edge_pair *pair)
{
    far_face face;
    for (int p = 0; p < 3; p++)
        face.square[p] = 0.0;
    for (int c = 0; c < 3; c++) {
        double last = (pair->side[0][c] + pair->side[1][c]) * (-1.0 / 3.0);
        for (int p = 0; p < 3; p++) {
            face.corner[p][c] = p < 2 ? pair->side[p][c] + last : last;
            face.square[p] += 0.25 * face.corner[p][c] * face.corner[p][c];
        }
    }
    return face;
}

/** LANES pairs of faces. With corners v_p of the one and w_q of the many from their middles and g
 *  the kernel between the points v_p/2 and R + w_q/2: */
typedef struct far_lanes {
    vec r2;               /**< |R|^2, R from middle to middle */
    vec near[3], away[3]; /**< |v_p|^2/4 - R.v_p and |R + w_q/2|^2 */
    vec product[3][3];    /**< v_p.w_q */
} far_lanes;

INLINE far_lanes take_lanes(const ali_edge_pair *pair, const far_face *face, size_t n)
{
    far_lanes lanes = {.r2 = {0}};
    for (int p = 0; p < 3; p++)
        lanes.near[p] = face->square[p] + (vec){0};
    for (int c = 0; c < 3; c++) {
        vec first = load(pair->vertex[0][c] + n), second = load(pair->vertex[1][c] + n);
        vec middle = (first + second + load(pair->vertex[2][c] + n)) * (1.0 / 3.0);
        vec between = middle - pair->middle[c];
        vec corner[3] = {first - middle, second - middle};
        corner[2] = -corner[0] - corner[1];
        lanes.r2 = lanes.r2 + between * between;
        for (int q = 0; q < 3; q++) {
            vec away = between + 0.5 * corner[q];
            lanes.near[q] = lanes.near[q] - between * face->corner[q][c];
            lanes.away[q] = c == 0 ? away * away : lanes.away[q] + away * away;
        }
        for (int p = 0; p < 2; p++)
            for (int q = 0; q < 2; q++) {
                vec product = face->corner[p][c] * corner[q];
                lanes.product[p][q] = c == 0 ? product : lanes.product[p][q] + product;
            }
    }
    /* the corners' sum is 0 */
    for (int p = 0; p < 2; p++)
        lanes.product[p][2] = -lanes.product[p][0] - lanes.product[p][1];
    for (int q = 0; q < 3; q++)
        lanes.product[2][q] = -lanes.product[0][q] - lanes.product[1][q];
    return lanes;
}

/** Sums of g: all, times v_p.w_q, for each q, and for each p. */
typedef struct far_sums {
    vec all, product, column[3], row[3];
} far_sums;

INLINE void add_point(far_sums *sums, const far_lanes *lanes, int p, int q, vec g)
{
    sums->product += g * lanes->product[p][q];
    sums->column[q] = p == 0 ? g : sums->column[q] + g;
    sums->row[p] = q == 0 ? g : sums->row[p] + g;
}

/** Sums of e^{-jk(d - R)}/d over the nine distances d; the imaginary parts with the other sign. */
INLINE void sum_points(const far_lanes *lanes, double k, vec phase, far_sums *re, far_sums *fall)
{
    re->product = fall->product = (vec){0.0};
    for (int q = 0; q < 3; q++)
        for (int p = 0; p < 3; p++) {
            vec d2 = lanes->away[q] + (lanes->near[p] - 0.5 * lanes->product[p][q]);
            vec inverse = inverse_root(d2), sine, cosine;
            small_sine_cosine(k * (d2 * inverse) - phase, &sine, &cosine);
            add_point(re, lanes, p, q, inverse * cosine);
            add_point(fall, lanes, p, q, inverse * sine);
        }
    re->all = re->row[0] + re->row[1] + re->row[2];
    fall->all = fall->row[0] + fall->row[1] + fall->row[2];
}

/** What the values are made of, edge_sums in other factors: the value of edges i and j is, by its
 *  lengths, base + own[i] + other[j] + product v_i.w_j, from
 *  (v_p/2 - v_i).(w_q/2 - w_j) = v_p.w_q/4 - v_i.w_q/2 - v_p.w_j/2 + v_i.w_j. */
typedef struct far_parts {
    vec base, own[3], other[3], product;
} far_parts;

INLINE far_parts make_parts(const far_sums *sums, const far_lanes *lanes, double vector,
                            double scalar)
{
    far_parts parts = {.base = scalar * sums->all + 0.25 * vector * sums->product,
                       .product = vector * sums->all};
    for (int i = 0; i < 2; i++) {
        vec own = {0}, other = {0};
        for (int q = 0; q < 3; q++) {
            own = own + sums->column[q] * lanes->product[i][q];
            other = other + sums->row[q] * lanes->product[q][i];
        }
        parts.own[i] = -0.5 * vector * own;
        parts.other[i] = -0.5 * vector * other;
    }
    return parts;
}

/** Turn parts by e^{-j phase} with its sine and cosine; a and b: real part, and imaginary with the
 *  other sign. */
INLINE void turn(vec *a, vec *b, vec sine, vec cosine)
{
    vec re = *a * cosine - *b * sine;
    *b = *a * sine + *b * cosine;
    *a = re;
}

INLINE void turn_parts(far_parts *re, far_parts *fall, vec sine, vec cosine)
{
    turn(&re->base, &fall->base, sine, cosine);
    turn(&re->product, &fall->product, sine, cosine);
    for (int i = 0; i < 2; i++) {
        turn(&re->own[i], &fall->own[i], sine, cosine);
        turn(&re->other[i], &fall->other[i], sine, cosine);
    }
    re->own[2] = -re->own[0] - re->own[1];
    re->other[2] = -re->other[0] - re->other[1];
    fall->own[2] = -fall->own[0] - fall->own[1];
    fall->other[2] = -fall->other[0] - fall->other[1];
}

INLINE vec lanes_where(bits set, vec x)
{
    return (vec)((bits)x & set);
}

INLINE void far_edges_as(const ali_edge_pair *pair, bool add, double complex *restrict value,
                         unsigned char *restrict close)
{
    const far_face face = face_of(pair);
    /* weights of the points and 1/(4 pi) */
    const double scale = 1.0 / (36.0 * ALI_PI),
                 own[3] = {scale * pair->own_length[0], scale * pair->own_length[1],
                           scale * pair->own_length[2]};
    for (size_t n = 0; n < pair->count; n += LANES) {
        far_lanes lanes = take_lanes(pair, &face, n);
        vec least = load(pair->far + n);
        least = (vec)(((bits)least & (bits)(least > pair->reach)) |
                      ((bits)(pair->reach + (vec){0}) & ~(bits)(least > pair->reach)));
        bits far = (bits)(lanes.r2 >= least * least);
        unsigned mask = lane_bits(~far) << n % 8;
        close[n / 8] = (unsigned char)(n % 8 == 0 ? mask : close[n / 8] | mask);

        vec phase = pair->k * (lanes.r2 * inverse_root(lanes.r2)), sine, cosine;
        bits sign = sine_cosine(phase, &sine, &cosine);
        sine = (vec)((bits)sine ^ sign);
        cosine = (vec)((bits)cosine ^ sign);
        far_sums sum_re, sum_fall;
        sum_points(&lanes, pair->k, phase, &sum_re, &sum_fall);
        far_parts re = make_parts(&sum_re, &lanes, 0.25 * pair->vector, pair->scalar);
        far_parts fall = make_parts(&sum_fall, &lanes, 0.25 * pair->vector, pair->scalar);
        turn_parts(&re, &fall, sine, cosine);
        for (size_t j = 0; j < 3; j++) {
            vec length = load(pair->length[j] + n);
            for (size_t i = 0; i < 3; i++) {
                vec factor = own[i] * length, product = lanes.product[i][j];
                vec real =
                    factor * (fall.base + fall.own[i] + fall.other[j] + fall.product * product);
                vec imaginary = factor * (re.base + re.own[i] + re.other[j] + re.product * product);
                put(value + i * pair->row + j * pair->column + n,
                    add ? lanes_where(far, real) : real,
                    add ? lanes_where(far, imaginary) : imaginary, add);
            }
        }
    }
}

static void far_edges(const ali_edge_pair *pair, bool add, double complex *restrict value,
                      unsigned char *restrict close)
{
    if (add)
        far_edges_as(pair, true, value, close);
    else
        far_edges_as(pair, false, value, close);
}

static void edge_curl(const ali_edge_pair *pair, double complex *restrict value)
{
    for (size_t n = 0; n < pair->count; n += LANES)
        for (size_t m = 0; m < 9; m++) {
            vec scale = pair->own_length[m / 3] * load(pair->length[m % 3] + n);
            put(value + m / 3 * pair->row + m % 3 * pair->column + n,
                scale * load(pair->re + m * pair->stride + n),
                scale * load(pair->im + m * pair->stride + n), true);
        }
}

INLINE void tubes_as(const ali_edge_tube *pair, bool add, double complex *restrict value)
{
    const int width = pair->order + 1;
    for (size_t n = 0; n < pair->count; n += LANES) {
        vec along[3], re[3], im[3], charge_re = {0}, charge_im = {0};
        for (int a = 0; a < 3; a++) {
            along[a] = pair->vertex[a][0] * load(pair->dir[0] + n) +
                       pair->vertex[a][1] * load(pair->dir[1] + n) +
                       pair->vertex[a][2] * load(pair->dir[2] + n);
            re[a] = im[a] = (vec){0};
            for (int q = 0; q < width; q++) {
                size_t at = (size_t)(a * width + q) * pair->stride + n;
                vec moment_re = load(pair->re + at), moment_im = load(pair->im + at);
                re[a] = re[a] + pair->current[q] * moment_re;
                im[a] = im[a] + pair->current[q] * moment_im;
                charge_re = charge_re + pair->slope[q] * moment_re;
                charge_im = charge_im + pair->slope[q] * moment_im;
            }
        }
        vec scale = pair->scalar / load(pair->half + n);
        for (size_t i = 0; i < 3; i++) {
            vec flow_re = {0}, flow_im = {0};
            for (int a = 0; a < 3; a++) {
                vec side = along[a] - along[i];
                flow_re = flow_re + side * re[a];
                flow_im = flow_im + side * im[a];
            }
            double own = pair->own_length[i], vector = 0.5 * pair->vector;
            put(value + i * pair->row + n, -own * (vector * flow_im + scale * charge_im),
                own * (vector * flow_re + scale * charge_re), add);
        }
    }
}

static void tubes(const ali_edge_tube *pair, bool add, double complex *restrict value)
{
    if (add)
        tubes_as(pair, true, value);
    else
        tubes_as(pair, false, value);
}

static inline __attribute__((always_inline)) void
collect_as(const ali_moment_line *line, bool reflecting, const double *restrict c_re,
           const double *restrict c_im, double weight, double sum[2])
{
    const double *restrict m_re = line->re, *restrict m_im = line->im;
    const double *restrict f_re = line->factor_re, *restrict f_im = line->factor_im;
    double re = 0.0, im = 0.0;
#pragma omp simd reduction(+ : re, im)
    for (size_t i = 0; i < line->count; i++) {
        double product_re = m_re[i] * c_re[i] - m_im[i] * c_im[i];
        double product_im = m_re[i] * c_im[i] + m_im[i] * c_re[i];
        re -= f_im[i] * product_im;
        im += f_im[i] * product_re;
        if (reflecting) {
            re += f_re[i] * product_re;
            im += f_re[i] * product_im;
        }
    }
    sum[0] += weight * re;
    sum[1] += weight * im;
}

static void collect(const ali_moment_line *line, const double *c_re, const double *c_im,
                    double weight, double sum[2])
{
    if (line->factor_re)
        collect_as(line, true, c_re, c_im, weight, sum);
    else
        collect_as(line, false, c_re, c_im, weight, sum);
}

static inline __attribute__((always_inline)) void
spread_as(const ali_moment_line *line, bool reflecting, double complex c,
          const double *restrict weight, double *restrict y_re, double *restrict y_im)
{
    const double *restrict m_re = line->re, *restrict m_im = line->im;
    const double *restrict f_re = line->factor_re, *restrict f_im = line->factor_im;
    const double c_re = creal(c), c_im = cimag(c);
#pragma omp simd
    for (size_t i = 0; i < line->count; i++) {
        double product_re = m_re[i] * c_re - m_im[i] * c_im;
        double product_im = m_re[i] * c_im + m_im[i] * c_re;
        double re = -f_im[i] * product_im, im = f_im[i] * product_re;
        if (reflecting) {
            re += f_re[i] * product_re;
            im += f_re[i] * product_im;
        }
        y_re[i] += weight[i] * re;
        y_im[i] += weight[i] * im;
    }
}

static void spread(const ali_moment_line *line, double complex c, const double *weight,
                   double *restrict y_re, double *restrict y_im)
{
    if (line->factor_re)
        spread_as(line, true, c, weight, y_re, y_im);
    else
        spread_as(line, false, c, weight, y_re, y_im);
}

const ali_shape_kernel SHAPE_KERNEL = {SHAPE_KERNEL_NAME, combine,   gather,    add,   edges,
                                       reflected,         far_edges, edge_curl, tubes, scatter,
                                       collect,           spread};
