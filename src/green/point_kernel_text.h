/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant, in vectors of LANES doubles. The including file is compiled for its
 * instruction set and defines POINT_KERNEL, POINT_KERNEL_NAME and LANES before. */

#include "green/point_kernel.h"
#include "green/vector_text.h"

/* ---- far: directions in the lanes ---- */

/** Projections of LANES directions' sums from place i on. */
INLINE void project(const double vector[3][ALI_RAY_BLOCK], size_t i, const vec sum[2][3],
                    double value[2][ALI_RAY_BLOCK])
{
    for (int part = 0; part < 2; part++) {
        vec total = load(value[part] + i);
        for (int c = 0; c < 3; c++)
            total += load(vector[c] + i) * sum[part][c];
        store(value[part] + i, total);
    }
}

static void run_far(size_t count, const ali_ray_point *point, const ali_ray_block *block,
                    ali_ray_sum *sum)
{
    for (size_t i = 0; i < block->count; i += LANES) {
        vec nx = load(block->normal[0] + i), ny = load(block->normal[1] + i),
            nz = load(block->normal[2] + i);
        vec total[2][3] = {{{0}}};
        for (size_t p = 0; p < count; p++) {
            const ali_ray_point *from = &point[p];
            vec sine, cosine;
            bits sign = sine_cosine(nx * from->phase[0] + ny * from->phase[1] + nz * from->phase[2],
                                    &sine, &cosine);
            sine = (vec)((bits)sine ^ sign);
            cosine = (vec)((bits)cosine ^ sign);
            for (int c = 0; c < 3; c++) {
                total[0][c] += from->re[c] * cosine - from->im[c] * sine;
                total[1][c] += from->re[c] * sine + from->im[c] * cosine;
            }
        }
        project(block->first, i, total, sum->value[0]);
        project(block->second, i, total, sum->value[1]);
    }
}

/* ---- far, several currents ---- */

/** Points whose phases are kept at a time; currents whose sums stay in registers. */
enum { CHUNK = 64, AT_ONCE = LANES == 8 ? 2 : 1 };

/** Add the chunk's points to the sums of `number` currents in LANES directions. */
INLINE void add_currents(int number, size_t count, size_t currents, const vec *sine,
                         const vec *cosine, const double *moment, double *sum)
{
    vec total[AT_ONCE][4][3];
    for (int q = 0; q < number; q++)
        for (int part = 0; part < 4; part++)
            for (int c = 0; c < 3; c++)
                total[q][part][c] = load(sum + (12 * q + 3 * part + c) * ALI_RAY_BLOCK);
    for (size_t p = 0; p < count; p++, moment += 6 * currents)
        for (int q = 0; q < number; q++)
            for (int c = 0; c < 3; c++) {
                double re = moment[6 * q + c], im = moment[6 * q + 3 + c];
                total[q][0][c] += re * cosine[p];
                total[q][1][c] += im * sine[p];
                total[q][2][c] += re * sine[p];
                total[q][3][c] += im * cosine[p];
            }
    for (int q = 0; q < number; q++)
        for (int part = 0; part < 4; part++)
            for (int c = 0; c < 3; c++)
                store(sum + (12 * q + 3 * part + c) * ALI_RAY_BLOCK, total[q][part][c]);
}

static void run_far_sums(size_t count, size_t currents, const double *phase, const double *moment,
                         const ali_ray_block *block, double *sum)
{
    vec sine[CHUNK], cosine[CHUNK];
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t number = count - first < CHUNK ? count - first : CHUNK;
        const double *place = phase + 3 * first, *moments = moment + 6 * currents * first;
        for (size_t i = 0; i < block->count; i += LANES) {
            vec nx = load(block->normal[0] + i), ny = load(block->normal[1] + i),
                nz = load(block->normal[2] + i);
            for (size_t p = 0; p < number; p++) {
                const double *at = place + 3 * p;
                bits sign = sine_cosine(nx * at[0] + ny * at[1] + nz * at[2], &sine[p], &cosine[p]);
                sine[p] = (vec)((bits)sine[p] ^ sign);
                cosine[p] = (vec)((bits)cosine[p] ^ sign);
            }
            size_t j = 0;
            for (; j + AT_ONCE <= currents; j += AT_ONCE)
                add_currents(AT_ONCE, number, currents, sine, cosine, moments + 6 * j,
                             sum + 12 * j * ALI_RAY_BLOCK + i);
            for (; j < currents; j++)
                add_currents(1, number, currents, sine, cosine, moments + 6 * j,
                             sum + 12 * j * ALI_RAY_BLOCK + i);
        }
    }
}

/* ---- near: points in the lanes ---- */

/** LANES points. */
typedef struct lane_points {
    vec place[3], moment[6], charge[2];
} lane_points;

/** Points i … i + number - 1; what is missing to LANES lies where the last one is, without current.
 */
INLINE lane_points take_points(const ali_point_array *points, size_t i, size_t number)
{
    lane_points taken;
    const double *const *from[] = {points->place, points->moment, points->charge};
    vec *const to[] = {taken.place, taken.moment, taken.charge};
    const int rows[] = {3, 6, 2};
    for (int group = 0; group < 3; group++)
        for (int row = 0; row < rows[group]; row++) {
            if (number == LANES) {
                to[group][row] = load(from[group][row] + i);
                continue;
            }
            double lane[LANES];
            for (size_t l = 0; l < LANES; l++)
                lane[l] = l < number   ? from[group][row][i + l]
                          : group == 0 ? from[group][row][i + number - 1]
                                       : 0.0;
            to[group][row] = load(lane);
        }
    return taken;
}

/** The sums of every lane apart. */
typedef struct lane_sums {
    vec potential[6], gradient[6], curl[6];
} lane_sums;

INLINE void add_points(const lane_points *from, double k, const vec place[3], lane_sums *sums)
{
    vec d[3], r2 = {0}, sine, cosine;
    for (int c = 0; c < 3; c++) {
        d[c] = place[c] - from->place[c];
        r2 += d[c] * d[c];
    }
    vec inverse = inverse_root(r2), phase = k * (r2 * inverse);
    bits sign = sine_cosine(phase, &sine, &cosine);
    vec scale = (vec)((bits)inverse ^ sign), re = scale * cosine, im = -(scale * sine);
    /* grad g = -(1 + jkR) g/R^2 d */
    vec inverse2 = inverse * inverse;
    vec fall_re = (phase * im - re) * inverse2, fall_im = -(im + phase * re) * inverse2;
    vec charge_re = from->charge[0] * fall_re - from->charge[1] * fall_im;
    vec charge_im = from->charge[0] * fall_im + from->charge[1] * fall_re;
    for (int c = 0; c < 3; c++) {
        vec m_re = from->moment[c], m_im = from->moment[3 + c];
        sums->potential[c] += m_re * re - m_im * im;
        sums->potential[3 + c] += m_re * im + m_im * re;
        sums->gradient[c] += charge_re * d[c];
        sums->gradient[3 + c] += charge_im * d[c];
        int a = (c + 1) % 3, b = (c + 2) % 3;
        vec across_re = d[a] * from->moment[b] - d[b] * from->moment[a];
        vec across_im = d[a] * from->moment[3 + b] - d[b] * from->moment[3 + a];
        sums->curl[c] += fall_re * across_re - fall_im * across_im;
        sums->curl[3 + c] += fall_re * across_im + fall_im * across_re;
    }
}

INLINE void add_lanes(const vec from[6], double to[6])
{
    for (int i = 0; i < 6; i++)
        for (int l = 0; l < LANES; l++)
            to[i] += from[i][l];
}

static void run_near(const ali_point_array *points, size_t first, size_t end, double k,
                     const double place[3], ali_point_sum *sum)
{
    lane_sums sums = {{{0}}, {{0}}, {{0}}};
    vec at[3];
    size_t i = first;
    for (int c = 0; c < 3; c++)
        at[c] = (vec){0} + place[c];
    for (; i + LANES <= end; i += LANES) {
        lane_points taken = take_points(points, i, LANES);
        add_points(&taken, k, at, &sums);
    }
    if (i < end) {
        lane_points taken = take_points(points, i, end - i);
        add_points(&taken, k, at, &sums);
    }
    add_lanes(sums.potential, sum->potential);
    add_lanes(sums.gradient, sum->gradient);
    add_lanes(sums.curl, sum->curl);
}

const ali_point_kernel POINT_KERNEL = {
    .name = POINT_KERNEL_NAME, .far = run_far, .far_sums = run_far_sums, .near = run_near};
