/* SPDX-License-Identifier: Apache-2.0 */
/* The rest of the kernel, (e^{-jkR} - 1)/R, over near triangles against brute force
 * (triangle_reference.h). */
#include "assert_close.h"
#include "base/constants.h"
#include "random.h"
#include "triangle_reference.h"

#include <complex.h>

static const double four_pi = 4.0 * ALI_PI;

static void rest(ali_vec3 d, double k, double *value)
{
    double r = ali_vec3_norm(d), sine = sin(0.5 * k * r);
    value[0] = r > 0.0 ? -2.0 * sine * sine / r : 0.0;
    value[1] = r > 0.0 ? -sin(k * r) / r : -k;
}

/** Errors relative to the largest static moment; the imaginary part, which radiates, relative to
 *  itself. */
static void check(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                  reference_moments wanted, double tolerance)
{
    double fixed[3][3], largest = 0.0, imaginary = 0.0;
    double complex moments[3][3], turned[3][3];
    ali_triangle_static(a, b, fixed);
    ali_triangle_dynamic(a, b, k, moments);
    ali_triangle_dynamic(b, a, k, turned);
    for (int m = 0; m < 9; m++) {
        largest = fmax(largest, four_pi * fixed[m / 3][m % 3]);
        imaginary = fmax(imaginary, fabs(wanted[1][m / 3][m % 3]));
    }
    for (int m = 0; m < 9; m++) {
        int i = m / 3, j = m % 3;
        assert_close(four_pi * creal(moments[i][j]), wanted[0][i][j], tolerance * largest);
        assert_close(four_pi * cimag(moments[i][j]), wanted[1][i][j], tolerance * imaginary);
        assert_true(moments[i][j] == turned[j][i]);
    }
}

static const ali_flat_triangle corner = {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}};
static const double waves[] = {1e-3, 0.3, 0.9, 2.0, 4.0};
enum { WAVES = sizeof waves / sizeof *waves };

static void test_touching(void **state)
{
    (void)state;
    static const ali_flat_triangle others[] = {
        {{{0, 0, 0}, {-1, 0.2, 0.3}, {-0.3, -0.9, 0.1}}},
        {{{0, 0, 0}, {1, 0, 0}, {0.6, -0.7, 0.4}}},
        {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}},
    };
    for (int common = 1; common <= 3; common++)
        for (int w = 0; w < WAVES; w++) {
            const ali_flat_triangle *b = &others[common - 1];
            reference_kernel kernel = {2, rest, waves[w]};
            reference_moments wanted;
            reference_touching(&corner, b, common, waves[w] > 1.0 ? 11 : 8, &kernel, wanted);
            check(&corner, b, waves[w], wanted, 1e-6);
        }
}

static void test_apart(void **state)
{
    (void)state;
    uint64_t random = 43;
    for (int trial = 0; trial < 15; trial++) {
        ali_flat_triangle b;
        double scale = trial % 2 ? 1.0 : 0.3, shift[3];
        for (int c = 0; c < 3; c++)
            shift[c] = next_random(&random);
        do {
            for (int i = 0; i < 3; i++)
                b.vertex[i] = (ali_vec3){shift[0] + scale * next_random(&random),
                                         shift[1] + scale * next_random(&random),
                                         shift[2] + scale * next_random(&random)};
        } while (reference_area(&b) < 0.4 * scale * scale);
        if (ali_triangle_distance(&corner, &b) < 0.05 * scale)
            continue;
        reference_kernel kernel = {2, rest, waves[trial % WAVES]};
        reference_moments wanted;
        /* small parts of waves, too */
        reference_apart(&corner, &b, fmax(1.0, waves[trial % WAVES]), &kernel, wanted);
        check(&corner, &b, waves[trial % WAVES], wanted, 1e-6);
    }
}

/** Crossing triangles, needles, folds: the whole is the sum of its quarters. */
static void test_quarters_add_up(void **state)
{
    (void)state;
    static const reference_part whole = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    static const ali_flat_triangle others[] = {
        {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}},
        {{{0, 0, 0}, {1, 0, 0}, {0.4, 0.7, 0.05}}},
        {{{0.3, 0.2, -0.3}, {0.4, 0.4, 0.5}, {0.5, 0.1, 0.4}}},
        {{{1, 0, 0}, {0.3, 0.9, 0}, {0.655, 0.4550, 0.001}}},
        {{{0.3, 0.3, 0.002}, {0.31, 0.3, 0.003}, {0.3, 0.31, 0}}},
    };
    reference_part quarters[4];
    reference_cut(&whole, quarters);
    for (size_t t = 0; t < 5 * sizeof others / sizeof *others; t++) {
        const ali_flat_triangle *b = &others[t / 5];
        reference_moments sum;
        memset(sum, 0, sizeof sum);
        for (int q = 0; q < 4; q++) {
            ali_flat_triangle part;
            double complex moments[3][3];
            for (int i = 0; i < 3; i++)
                part.vertex[i] = reference_point(b, quarters[q].corner[i]);
            ali_triangle_dynamic(&corner, &part, waves[t % 5], moments);
            for (int m = 0; m < 27; m++) {
                double share = 0.25 * four_pi * quarters[q].corner[m % 3][m / 9];
                sum[0][m / 3 % 3][m / 9] += share * creal(moments[m / 3 % 3][m % 3]);
                sum[1][m / 3 % 3][m / 9] += share * cimag(moments[m / 3 % 3][m % 3]);
            }
        }
        check(&corner, b, waves[t % 5], sum, 1e-6);
    }
}

/** Kept moments and a new wavenumber give the same as all at once. */
static void test_two_steps(void **state)
{
    (void)state;
    ali_flat_triangle b = {{{0, 0, 0}, {1, 0, 0}, {0.6, -0.7, 0.4}}};
    double odd[2][3][3];
    ali_triangle_odd(&corner, &b, odd);
    for (int w = 0; w < WAVES; w++) {
        double complex once[3][3], steps[3][3];
        ali_triangle_dynamic(&corner, &b, waves[w], once);
        ali_triangle_rest(&corner, &b, waves[w], (const double(*)[3][3])odd, steps);
        assert_memory_equal(once, steps, sizeof once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touching),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_quarters_add_up),
        cmocka_unit_test(test_two_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
