/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Patterns and currents as CSV. */

#include "sample_result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_FIELDS = 40 };

/** A CSV document cut into lines and fields. */
typedef struct table {
    char *text;
    char *field[64][MAX_FIELDS];
    size_t rows, columns;
} table;

static void cut(table *t)
{
    char *line = t->text;
    while (*line) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        size_t column = 0;
        for (char *field = line; field; column++) {
            char *comma = strchr(field, ',');
            if (comma)
                *comma = '\0';
            assert_true(column < MAX_FIELDS);
            t->field[t->rows][column] = field;
            field = comma ? comma + 1 : NULL;
        }
        if (t->rows == 0)
            t->columns = column;
        assert_int_equal(column, t->columns);
        t->rows++;
        assert_true(t->rows < 64);
        line = end + 1;
    }
}

/** Field of a data row (from 1) by the name of its column. */
static const char *field(const table *t, size_t row, const char *name)
{
    assert_true(row < t->rows);
    for (size_t column = 0; column < t->columns; column++)
        if (strcmp(t->field[0][column], name) == 0)
            return t->field[row][column];
    fail_msg("no column %s", name);
    return NULL;
}

static void check_field(const table *t, size_t row, const char *name, double expected)
{
    char *end;
    const char *text = field(t, row, name);
    double value = strtod(text, &end);
    assert_true(*text && !*end);
    assert_true(fabs(value - expected) <= 1e-8 * fabs(expected));
}

static alicorn_status write_patterns(FILE *stream, void *user, alicorn_error *error)
{
    return alicorn_write_pattern_csv(user, stream, error);
}

static alicorn_status write_currents(FILE *stream, void *user, alicorn_error *error)
{
    return alicorn_write_current_csv(user, stream, error);
}

/** Two frequencies of 6 far directions and 2 points near the ground each, then 6 directions of a
 * scattered wave. */
static void patterns(void **state)
{
    alicorn_result *result = *state;
    static table t;
    t = (table){.text = sample_written(write_patterns, result)};
    cut(&t);
    assert_int_equal(t.rows, 1 + 2 * (6 + 2) + 6);
    const alicorn_pattern *pattern = &alicorn_result_solve(result, 0)->patterns[0];
    alicorn_pattern_sample sample = alicorn_pattern_at(pattern, 2, 0);
    const size_t row = 1 + 2; /* theta runs fastest */
    check_field(&t, row, "task", 1);
    check_field(&t, row, "pattern", 1);
    check_field(&t, row, "frequency_hz", 290e6);
    check_field(&t, row, "theta_deg", pattern->theta_deg[2]);
    check_field(&t, row, "phi_deg", 0.0);
    check_field(&t, row, "e_theta_re_v", 1.2);
    check_field(&t, row, "e_phi_im_v", -0.3);
    check_field(&t, row, "total_dbi", sample.total_dbi);
    check_field(&t, row, "minor_dbi", sample.minor_dbi);
    check_field(&t, row, "axial_ratio", sample.axial_ratio);
    check_field(&t, row, "tilt_deg", sample.tilt_deg);
    assert_string_equal(field(&t, row, "sense"), sample.sense > 0 ? "right" : "left");
    assert_string_equal(field(&t, row, "quantity"), "power_gain");
    assert_string_equal(field(&t, row, "theta_inc_deg"), "");
    assert_string_equal(field(&t, 1, "total_dbi"), ""); /* no field at all in direction 0 */
    free(t.text);
}

static void patterns_of_other_kinds(void **state)
{
    static table t;
    t = (table){.text = sample_written(write_patterns, *state)};
    cut(&t);
    check_field(&t, 8, "rho_m", 500.0);
    check_field(&t, 8, "z_m", 11.0);
    check_field(&t, 8, "e_z_re_v_per_m", 1.1);
    check_field(&t, 8, "e_rho_im_v_per_m", 0.1);
    assert_string_equal(field(&t, 8, "theta_deg"), "");
    assert_string_equal(field(&t, 8, "total_dbi"), "");
    assert_string_equal(field(&t, 8, "sense"), "");
    check_field(&t, t.rows - 1, "theta_inc_deg", 30.0);
    check_field(&t, t.rows - 1, "task", 2.0);
    assert_string_equal(field(&t, t.rows - 1, "quantity"), "rcs_over_wavelength_squared");
    free(t.text);
}

static void currents(void **state)
{
    static table t;
    t = (table){.text = sample_written(write_currents, *state)};
    cut(&t);
    assert_int_equal(t.rows, 1 + 3 * 6);
    const size_t row = 1 + 6 + 3; /* second frequency, fourth segment */
    check_field(&t, row, "frequency_hz", 310e6);
    check_field(&t, row, "segment", 4);
    check_field(&t, row, "tag", 2);
    check_field(&t, row, "x_m", 0.3);
    check_field(&t, row, "direction_z", 1.0);
    check_field(&t, row, "length_m", 0.5 / 3.0);
    check_field(&t, row, "radius_m", 1e-3);
    check_field(&t, row, "current_im_a", -8e-3);
    check_field(&t, row, "charge_re_c_per_m", -4e-12);
    free(t.text);
}

/** What write_faces and write_isolation get. */
typedef struct mast {
    ali_model *model;
    alicorn_result *result;
} mast;

static alicorn_status write_faces(FILE *stream, void *user, alicorn_error *error)
{
    const mast *m = user;
    return alicorn_write_face_current_csv(m->model, m->result, stream, error);
}

static alicorn_status write_isolation(FILE *stream, void *user, alicorn_error *error)
{
    const mast *m = user;
    return alicorn_write_isolation_csv(m->result, stream, error);
}

static mast make_mast(void)
{
    const ali_pattern_request pattern = {.theta_count = 2, .theta_step = 1.0, .phi_count = 1};
    mast m;
    sample_mast(&pattern, &m.model, &m.result);
    return m;
}

static void end_mast(mast *m)
{
    alicorn_result_destroy(m->result);
    ali_model_destroy(m->model);
}

static void face_currents(void **state)
{
    (void)state;
    static table t;
    mast m = make_mast();
    t = (table){.text = sample_written(write_faces, &m)};
    cut(&t);
    assert_int_equal(t.rows, 1 + 6 * 2);
    const size_t row = 1 + 2 * 4 + 1; /* fifth solve, second triangle */
    check_field(&t, row, "frequency_hz", 200e6);
    check_field(&t, row, "triangle", 2);
    check_field(&t, row, "x_m", 0.2);
    check_field(&t, row, "z_m", 0.3);
    check_field(&t, row, "area_m2", 1.0);
    check_field(&t, row, "jx_re_a_per_m", 2e-3);
    check_field(&t, row, "jy_im_a_per_m", 6e-3);
    check_field(&t, row, "jz_re_a_per_m", 4e-3);
    check_field(&t, row, "charge_re_c_per_m2", -1e-11);
    assert_string_equal(field(&t, row, "surface"), "hull");
    assert_string_equal(field(&t, row, "port"), "AIS/top");
    assert_string_equal(field(&t, row, "theta_inc_deg"), "");
    free(t.text);
    end_mast(&m);
}

/** Six ordered pairs at each of two frequencies, though three solves have them. */
static void isolation(void **state)
{
    (void)state;
    static table t;
    mast m = make_mast();
    alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(m.result, 3);
    alicorn_ports *ports = &solve->ports;
    ports->s[1 * 3 + 0] = (alicorn_complex){0.06, -0.08}; /* from UHF-1 to AIS/top */
    ports->s_error[1 * 3 + 0] = 0.01;
    ports->s[0 * 3 + 1] = (alicorn_complex){0, 0};
    ports->coupling_db[2 * 3 + 1] = NAN;
    t = (table){.text = sample_written(write_isolation, &m)};
    cut(&t);
    assert_int_equal(t.rows, 1 + 2 * 6);
    const size_t row = 1 + 6;
    check_field(&t, row, "task", 1);
    check_field(&t, row, "frequency_hz", 200e6);
    assert_string_equal(field(&t, row, "from"), "UHF-1");
    assert_string_equal(field(&t, row, "to"), "AIS/top");
    check_field(&t, row, "s_db", -20.0);
    check_field(&t, row, "error_db", 20.0 * log10(1.1));
    check_field(&t, row, "max_coupling_db", -11.0);
    assert_string_equal(field(&t, row + 2, "to"), "UHF-1");
    assert_string_equal(field(&t, row + 2, "s_db"), "");
    assert_string_equal(field(&t, row + 3, "to"), "L band");
    assert_string_equal(field(&t, row + 3, "max_coupling_db"), "");
    free(t.text);
    free(ports->coupling_db);
    free(ports->s_error);
    ports->coupling_db = ports->s_error = NULL;
    t = (table){.text = sample_written(write_isolation, &m)};
    cut(&t);
    assert_string_equal(field(&t, row, "error_db"), "");
    assert_string_equal(field(&t, row, "max_coupling_db"), "");
    free(t.text);
    end_mast(&m);
}

/** Names with what CSV itself uses stand in quotes. */
static void names_are_quoted(void **state)
{
    (void)state;
    mast m = make_mast();
    for (size_t i = 0; i < 6; i++)
        ((const char **)alicorn_result_solve(m.result, i)->ports.names)[1] = "a \"b\", c";
    char *text = sample_written(write_isolation, &m);
    assert_non_null(strstr(text, "\n1,300000000,UHF-1,\"a \"\"b\"\", c\",-"));
    free(text);
    text = sample_written(write_patterns, m.result);
    assert_non_null(strstr(text, ",power_gain,\"a \"\"b\"\", c\"\n"));
    free(text);
    text = sample_written(write_currents, m.result);
    assert_non_null(strstr(text, ",L band\n"));
    free(text);
    end_mast(&m);
}

static void tell_of_a_full_disk(void **state)
{
    alicorn_error error = {0};
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    assert_int_equal(alicorn_write_pattern_csv(*state, full, &error), ALICORN_E_IO);
    fclose(full);
    full = fopen("/dev/full", "w");
    assert_int_equal(alicorn_write_current_csv(*state, full, &error), ALICORN_E_IO);
    fclose(full);
}

static ali_model *model;

static int create(void **state)
{
    alicorn_result *result;
    sample_full(&model, &result);
    *state = result;
    return 0;
}

static int destroy(void **state)
{
    alicorn_result_destroy(*state);
    ali_model_destroy(model);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns),
        cmocka_unit_test(patterns_of_other_kinds),
        cmocka_unit_test(currents),
        cmocka_unit_test(face_currents),
        cmocka_unit_test(isolation),
        cmocka_unit_test(names_are_quoted),
        cmocka_unit_test(tell_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, create, destroy);
}
