/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  A run that was interrupted, or cut off at any byte, goes on and ends with the results of a run
 * that never was. */

#include "alicorn/alicorn.h"
#include "model/model.h"
#include "study/signature.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/** Sources, a line, coupling, patterns, near fields, and a plane wave over a grid. */
static const char deck[] = "CM two dipoles\nCE\n"
                           "GW 1 5 0 0 -.24 0 0 .24 .001\n"
                           "GW 2 5 .3 0 -.2 .3 0 .2 .002\n"
                           "GE 0\n"
                           "LD 4 2 1 1 5 2\n"
                           "TL 1 2 2 4 75 .4\n"
                           "FR 0 5 0 0 280 10\n"
                           "EX 0 1 3 0 1 0\n"
                           "CP 1 3 2 3\n"
                           "NE 0 2 1 1 1 .5 .5 .1 0 0\n"
                           "RP 0 3 2 1001 0 0 45 90\n"
                           "FR 0 2 0 0 300 7\n"
                           "EX 1 2 1 0 30 0 90 30 0 0\n"
                           "RP 0 2 1 1000 0 0 45 0\n"
                           "XQ\nEN\n";
enum { DECK_UNITS = 6 };

/* ---- running ---- */

typedef struct watcher {
    size_t stop_at;                /**< interrupt when this many frequencies are done; 0: never */
    size_t first, last, total;     /**< seen by the progress function */
    size_t notes, damaged, failed; /**< reports */
    char note[200];
} watcher;

static int watch(void *user, const char *stage, size_t done, size_t total)
{
    watcher *w = user;
    if (strcmp(stage, "near") == 0) /* before the sweep */
        return 0;
    assert_string_equal(stage, "frequency");
    assert_true(done >= w->last && done <= total); /* monotonic */
    if (w->total == 0)
        w->first = done;
    w->last = done;
    w->total = total;
    return w->stop_at > 0 && done >= w->stop_at;
}

static void take_report(void *user, const alicorn_diagnostic *diagnostic)
{
    watcher *w = user;
    if (strcmp(diagnostic->name, "resumed") == 0) {
        w->notes++;
        snprintf(w->note, sizeof w->note, "%s", diagnostic->message);
    }
    w->damaged += strcmp(diagnostic->name, "checkpoint-damaged") == 0;
    w->failed += strcmp(diagnostic->name, "checkpoint-failed") == 0;
}

static alicorn_model *parse(const char *text)
{
    alicorn_read_options options = {0};
    alicorn_error error = {0};
    alicorn_model *model = NULL;
    if (alicorn_model_parse_nec(text, strlen(text), "deck.nec", &options, &model, &error))
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

static alicorn_options options_for(const char *path, int resume)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 2;
    options.checkpoint = path;
    options.resume = resume;
    return options;
}

/** Solve a deck; the document without wall times, or NULL if there is no result. */
static char *solve_to_json(const char *text, alicorn_options *options, watcher *w,
                           alicorn_status *status, alicorn_error *error)
{
    alicorn_model *model = parse(text);
    alicorn_result *result = NULL;
    char *json = NULL;
    size_t size;
    *w = (watcher){.stop_at = w->stop_at};
    options->progress = watch;
    options->progress_user = w;
    options->report = take_report;
    options->report_user = w;
    *status = alicorn_solve(model, options, &result, error);
    if (result) {
        for (size_t i = 0; i < alicorn_result_count(result); i++) {
            alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(result, i);
            solve->fill_s = solve->factor_s = solve->solve_s = 0.0;
        }
        FILE *stream = open_memstream(&json, &size);
        assert_non_null(stream);
        assert_int_equal(alicorn_write_json(model, result, stream, NULL), ALICORN_OK);
        fclose(stream);
    }
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return json;
}

/** What a run in one go says. */
static char *whole_run(void)
{
    alicorn_options options = options_for(NULL, 0);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    char *json = solve_to_json(deck, &options, &w, &status, &error);
    assert_string_equal(error.message, "");
    assert_int_equal(status, ALICORN_OK);
    assert_int_equal(w.total, DECK_UNITS);
    assert_int_equal(w.last, DECK_UNITS);
    return json;
}

/* ---- files ---- */

typedef struct fixture {
    char path[64];
    char *whole; /**< document of the run in one go */
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    strcpy(f->path, "/tmp/alicorn-checkpoint-XXXXXX");
    int file = mkstemp(f->path);
    if (file < 0)
        return -1;
    close(file);
    unlink(f->path);
    f->whole = whole_run();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    unlink(f->path);
    free(f->whole);
    free(f);
    return 0;
}

static size_t size_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) ? 0 : (size_t)facts.st_size;
}

static unsigned char *contents(const char *path, size_t *size)
{
    *size = size_of(path);
    unsigned char *bytes = malloc(*size + 1);
    FILE *stream = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(stream);
    assert_int_equal(fread(bytes, 1, *size, stream), *size);
    fclose(stream);
    return bytes;
}

static void store(const char *path, const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/** Run until `stop_at` frequencies are done; the other thread may finish one more. */
static void interrupted_run(const fixture *f, size_t stop_at)
{
    alicorn_options options = options_for(f->path, 0);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {.stop_at = stop_at};
    unlink(f->path);
    char *json = solve_to_json(deck, &options, &w, &status, &error);
    assert_int_equal(status, ALICORN_E_INTERRUPTED);
    assert_non_null(json);
    assert_string_not_equal(json, f->whole);
    free(json);
}

/** Go on from whatever is there; the result must be that of the run in one go. */
static watcher resumed_run(const fixture *f)
{
    alicorn_options options = options_for(f->path, 1);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    char *json = solve_to_json(deck, &options, &w, &status, &error);
    assert_string_equal(error.message, "");
    assert_int_equal(status, ALICORN_OK);
    assert_string_equal(json, f->whole);
    assert_int_equal(w.last, DECK_UNITS);
    free(json);
    return w;
}

/* ---- tests ---- */

static void an_interrupted_run_goes_on(void **state)
{
    const fixture *f = *state;
    interrupted_run(f, 3);
    watcher w = resumed_run(f);
    assert_int_equal(w.notes, 1);
    assert_int_equal(w.damaged, 0);
    assert_true(w.first >= 3 && w.first < DECK_UNITS);
    char expected[80];
    snprintf(expected, sizeof expected, "%zu of 6 frequencies are taken from an earlier run",
             w.first);
    assert_string_equal(w.note, expected);
    w = resumed_run(f); /* of a run that is complete: nothing is left to do */
    assert_int_equal(w.first, DECK_UNITS);
}

static void resume_without_a_file_starts_one(void **state)
{
    const fixture *f = *state;
    watcher w = resumed_run(f);
    assert_int_equal(w.notes, 0);
    assert_true(size_of(f->path) > 1000);
}

static void a_file_in_the_way_is_left_alone(void **state)
{
    const fixture *f = *state;
    interrupted_run(f, 2);
    size_t size = size_of(f->path);
    alicorn_options options = options_for(f->path, 0);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    assert_null(solve_to_json(deck, &options, &w, &status, &error));
    assert_int_equal(status, ALICORN_E_USAGE);
    assert_non_null(strstr(error.message, "exists already"));
    assert_string_equal(error.file, f->path);
    assert_int_equal(size_of(f->path), size);

    static const char other[] = "CM somebody's deck\nGW 1 1 0 0 0 0 0 1 .001\n";
    store(f->path, other, sizeof other);
    options.resume = 1;
    assert_null(solve_to_json(deck, &options, &w, &status, &error));
    assert_int_equal(status, ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "not a checkpoint"));
    unsigned char *left = contents(f->path, &size);
    assert_int_equal(size, sizeof other);
    assert_memory_equal(left, other, size);
    free(left);
}

/** Cut anywhere: at most the record that was cut is solved again. */
static void a_torn_tail_costs_one_record(void **state)
{
    const fixture *f = *state;
    size_t whole_size, ends[DECK_UNITS], records = 0, units_before = 0;
    interrupted_run(f, DECK_UNITS - 2);
    unsigned char *bytes = contents(f->path, &whole_size);
    /* frames: 8 bytes of length, 16 of hash, payload; behind 16 bytes of preamble and the
       signature's frame */
    size_t at = 16;
    for (int frame = 0; at < whole_size; frame++) {
        uint64_t length;
        memcpy(&length, bytes + at, sizeof length);
        at += 24 + (size_t)length;
        if (frame > 0)
            ends[records++] = at;
    }
    assert_int_equal(at, whole_size);
    assert_true(records >= DECK_UNITS - 2);
    const size_t cuts[] = {1, 8, 24, 100, whole_size - ends[records - 2] - 1};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        store(f->path, bytes, whole_size - cuts[i]);
        watcher w = resumed_run(f);
        assert_int_equal(w.first, records - 1);
        assert_int_equal(w.damaged, 1);
        units_before += w.first;
    }
    assert_int_equal(units_before, 5 * (records - 1));
    for (size_t size = 0; size < 16 + 24 + 50; size += 7) { /* cut in the header */
        store(f->path, bytes, size);
        assert_int_equal(resumed_run(f).first, 0);
    }
    free(bytes);
}

/** Any byte changed: the run goes on with right results, or refuses the file. */
static void damage_never_reaches_the_results(void **state)
{
    const fixture *f = *state;
    size_t size, refused = 0;
    interrupted_run(f, DECK_UNITS - 2);
    unsigned char *bytes = contents(f->path, &size);
    for (size_t i = 0; i < 40; i++) {
        size_t at = i < 20 ? i * 13 : (i * 7919 * 104729) % size;
        alicorn_options options = options_for(f->path, 1);
        alicorn_status status;
        alicorn_error error = {0};
        watcher w = {0};
        bytes[at] ^= 0x20;
        store(f->path, bytes, size);
        char *json = solve_to_json(deck, &options, &w, &status, &error);
        bytes[at] ^= 0x20;
        if (status == ALICORN_OK) {
            assert_int_equal(w.damaged, 1);
            assert_string_equal(json, f->whole);
        } else {
            assert_int_equal(status, ALICORN_E_INPUT);
            assert_true(strstr(error.message, "checkpoint"));
            refused++;
        }
        free(json);
    }
    assert_true(refused > 0 && refused < 40);
    free(bytes);
}

static void expect_refused(const fixture *f, const char *text, alicorn_options *options,
                           const char *reason)
{
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    assert_null(solve_to_json(text, options, &w, &status, &error));
    assert_int_equal(status, ALICORN_E_INPUT);
    if (!strstr(error.message, reason))
        fail_msg("'%s' is not in '%s'", reason, error.message);
    assert_string_equal(error.file, f->path);
}

static char *replaced(const char *from, const char *to)
{
    const char *place = strstr(deck, from);
    assert_non_null(place);
    char *text = malloc(strlen(deck) + strlen(to) + 1);
    sprintf(text, "%.*s%s%s", (int)(place - deck), deck, to, place + strlen(from));
    return text;
}

static void another_deck_or_option_is_refused(void **state)
{
    const fixture *f = *state;
    interrupted_run(f, 2);
    alicorn_options options = options_for(f->path, 1);
    static const char *const changes[][3] = {
        {".24 .001", ".24 .0011", "the wires are different"},
        {"280 10", "280 11", "frequencies or requests are different"},
        {"LD 4 2 1 1 5 2", "LD 4 2 1 1 5 3", "loads"},
        {"EX 1 2 1 0 30", "EX 1 2 1 0 31", "sources"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char *text = replaced(changes[i][0], changes[i][1]);
        expect_refused(f, text, &options, changes[i][2]);
        free(text);
    }
    options.degree = 3;
    expect_refused(f, deck, &options, "made with --degree 0, and now it is 3");
    options.degree = 0;
    options.z0 = 75;
    expect_refused(f, deck, &options, "made with --z0 50, and now it is 75");

    /* none of these changes a number */
    char *text = replaced("two dipoles", "a better comment");
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    options = options_for(f->path, 1);
    options.threads = 1;
    options.memory_gb = 1.0;
    char *json = solve_to_json(text, &options, &w, &status, &error);
    assert_int_equal(status, ALICORN_OK);
    assert_true(w.first >= 2);
    free(json);
    free(text);
}

/** A plate over a dipole. */
static void another_surface_is_refused(void **state)
{
    const fixture *f = *state;
    static const char before[] = "GW 1 5 0 0 -.24 0 0 .24 .001\n"
                                 "SM 2 1 .3 0 0 .5 0 0\nSC 0 0 .5 .2 0\n"
                                 "GE 0\nFR 0 3 0 0 280 10\nEX 0 1 3 0 1 0\nXQ\nEN\n";
    alicorn_options options = options_for(f->path, 0);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {.stop_at = 1};
    free(solve_to_json(before, &options, &w, &status, &error));
    assert_int_equal(status, ALICORN_E_INTERRUPTED);
    char after[sizeof before];
    memcpy(after, before, sizeof before);
    char *corner = strstr(after, ".5 .2 0");
    assert_non_null(corner);
    corner[4] = '3';
    options = options_for(f->path, 1);
    expect_refused(f, after, &options, "the surfaces are different");
    w = (watcher){0};
    free(solve_to_json(before, &options, &w, &status, &error));
    assert_int_equal(status, ALICORN_OK);
    assert_true(w.first >= 1);
}

/** Two segments, two triangles, a port, and a task with one of everything. */
static ali_model *full_model(void)
{
    ali_model *model = ali_model_create();
    const ali_vec3 points[] = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}};
    const double radii[] = {0.001, 0.002};
    assert_non_null(model);
    assert_int_equal(ali_model_add_wire(model, 1, 2, points, radii, (ali_origin){0}, NULL), 0);
    const ali_vec3 corners[] = {{2, 0, 0}, {3, 0, 0}, {3, 1, 0}, {2, 1, 0}};
    const size_t triangles[][3] = {{0, 1, 2}, {0, 2, 3}}, diagonal[] = {0, 2};
    ali_surface surface = ali_surface_default();
    size_t line;
    assert_int_equal(ali_model_add_surface(model, 4, corners, 2, triangles, &surface, NULL), 0);
    assert_int_equal(ali_model_add_edge_line(model, 2, diagonal, &line, NULL), 0);
    ali_named_port port = {.name = "A", .site = {ALI_SITE_EDGES, line}, .z0 = 50.0};
    assert_int_equal(ali_model_add_port(model, &port, NULL), 0);
    double frequencies[] = {1e8, 2e8};
    ali_source source = {.voltage = 1.0};
    ali_load load = {.kind = ALI_LOAD_IMPEDANCE, .value = {50.0, 1.0, 0.0}};
    ali_network network = {.kind = ALI_NETWORK_LINE, .segment = {0, 1}, .z0 = 50.0};
    size_t coupling[] = {0, 1};
    ali_request requests[] = {
        {.kind = ALI_REQUEST_PATTERN}, {.kind = ALI_REQUEST_NEAR_E}, {.kind = ALI_REQUEST_RCS}};
    ali_task everything, task;
    ali_task_init(&everything);
    everything.frequencies = frequencies, everything.frequency_count = 2;
    everything.drive.kind = ALI_DRIVE_SOURCES;
    everything.drive.sources = &source, everything.drive.source_count = 1;
    everything.loads = &load, everything.load_count = 1;
    everything.networks = &network, everything.network_count = 1;
    everything.coupling = coupling, everything.coupling_count = 2;
    everything.requests = requests, everything.request_count = 3;
    assert_int_equal(ali_task_copy(&everything, &task, NULL), 0);
    assert_int_equal(ali_model_add_task(model, &task, NULL), 0);
    return model;
}

/** Everything that a number depends on is part of the signature. */
static void the_signature_sees_every_member(void **state)
{
    (void)state;
    ali_model *model = full_model();
    ali_task *task = &model->tasks[0];
    alicorn_options options;
    ali_signature first, now;
    alicorn_options_default(&options);
    ali_signature_make(model, &options, &first);
    ali_drive *drive = &task->drive;
    ali_pattern_request *pattern = &task->requests[0].as.pattern;
    ali_near_request *near = &task->requests[1].as.near;
    ali_rcs_request *rcs = &task->requests[2].as.rcs;
#define MEMBER(m)                                                                                  \
    {                                                                                              \
        (unsigned char *)&(m), sizeof(m), #m                                                       \
    }
    const struct {
        unsigned char *place;
        size_t size;
        const char *name;
    } members[] = {MEMBER(model->segments[1].start.x),
                   MEMBER(model->segments[1].start.y),
                   MEMBER(model->segments[1].start.z),
                   MEMBER(model->segments[0].end.x),
                   MEMBER(model->segments[0].end.y),
                   MEMBER(model->segments[0].end.z),
                   MEMBER(model->segments[1].radius),
                   MEMBER(model->segments[1].tag),
                   MEMBER(model->vertices[3].x),
                   MEMBER(model->vertices[0].y),
                   MEMBER(model->vertices[1].z),
                   MEMBER(model->triangles[1].vertex[2]),
                   MEMBER(model->triangles[0].surface),
                   MEMBER(model->surfaces[0].first),
                   MEMBER(model->surfaces[0].count),
                   MEMBER(model->surfaces[0].medium[0]),
                   MEMBER(model->surfaces[0].medium[1]),
                   MEMBER(model->surfaces[0].currents),
                   MEMBER(model->surfaces[0].sheet.kind),
                   MEMBER(model->surfaces[0].sheet.impedance),
                   MEMBER(model->surfaces[0].sheet.conductivity),
                   MEMBER(model->surfaces[0].sheet.thickness),
                   MEMBER(model->surfaces[0].electric_share),
                   MEMBER(model->edge_lines[0].vertices[1]),
                   MEMBER(model->ports[0].name[0]),
                   MEMBER(model->ports[0].site.kind),
                   MEMBER(model->ports[0].site.index),
                   MEMBER(model->ports[0].z0),
                   MEMBER(task->terminated),
                   MEMBER(task->frequencies[1]),
                   MEMBER(task->ground.kind),
                   MEMBER(task->ground.connect),
                   MEMBER(task->ground.current_to_zero),
                   MEMBER(task->ground.medium.eps_r),
                   MEMBER(task->ground.medium.sigma),
                   MEMBER(task->ground.medium.eps_imag),
                   MEMBER(task->ground.radial_count),
                   MEMBER(task->ground.radial_length),
                   MEMBER(task->ground.radial_radius),
                   MEMBER(task->ground.has_second),
                   MEMBER(task->ground.second.eps_r),
                   MEMBER(task->ground.second.sigma),
                   MEMBER(task->ground.second.eps_imag),
                   MEMBER(task->ground.cliff_distance),
                   MEMBER(task->ground.cliff_height),
                   MEMBER(drive->kind),
                   MEMBER(drive->in_turn),
                   MEMBER(drive->sources[0].kind),
                   MEMBER(drive->sources[0].segment),
                   MEMBER(drive->sources[0].voltage),
                   MEMBER(drive->waves.polarisation),
                   MEMBER(drive->waves.theta_count),
                   MEMBER(drive->waves.phi_count),
                   MEMBER(drive->waves.theta_start),
                   MEMBER(drive->waves.theta_step),
                   MEMBER(drive->waves.phi_start),
                   MEMBER(drive->waves.phi_step),
                   MEMBER(drive->waves.eta),
                   MEMBER(drive->waves.axial_ratio),
                   MEMBER(drive->element.position.x),
                   MEMBER(drive->element.alpha),
                   MEMBER(drive->element.beta),
                   MEMBER(drive->element.moment),
                   MEMBER(task->loads[0].kind),
                   MEMBER(task->loads[0].first),
                   MEMBER(task->loads[0].last),
                   MEMBER(task->loads[0].value[2]),
                   MEMBER(task->networks[0].kind),
                   MEMBER(task->networks[0].segment[1]),
                   MEMBER(task->networks[0].y11),
                   MEMBER(task->networks[0].y12),
                   MEMBER(task->networks[0].y22),
                   MEMBER(task->networks[0].z0),
                   MEMBER(task->networks[0].crossed),
                   MEMBER(task->networks[0].length),
                   MEMBER(task->networks[0].shunt[1]),
                   MEMBER(task->coupling[1]),
                   MEMBER(task->requests[0].kind),
                   MEMBER(pattern->mode),
                   MEMBER(pattern->theta_count),
                   MEMBER(pattern->phi_count),
                   MEMBER(pattern->theta_start),
                   MEMBER(pattern->theta_step),
                   MEMBER(pattern->phi_start),
                   MEMBER(pattern->phi_step),
                   MEMBER(pattern->distance),
                   MEMBER(pattern->axes),
                   MEMBER(pattern->normalised),
                   MEMBER(pattern->directive),
                   MEMBER(pattern->average),
                   MEMBER(pattern->normalisation_db),
                   MEMBER(near->spherical),
                   MEMBER(near->count[0]),
                   MEMBER(near->start[1]),
                   MEMBER(near->step[2]),
                   MEMBER(rcs->bistatic),
                   MEMBER(rcs->incident.theta_count),
                   MEMBER(rcs->incident.phi_step),
                   MEMBER(rcs->receive.theta_start),
                   MEMBER(rcs->receive.phi_count)};
#undef MEMBER
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        *members[i].place ^= 1;
        ali_signature_make(model, &options, &now);
        bool same = ali_signature_compare(&first, &now, "f", NULL) == ALICORN_OK;
        *members[i].place ^= 1;
        if (same)
            fail_msg("%s is not in the signature", members[i].name);
    }
    task->origin.line++;
    task->print_currents.format = -1;
    ali_signature_make(model, &options, &now);
    assert_int_equal(ali_signature_compare(&first, &now, "f", NULL), ALICORN_OK);
    ali_model_destroy(model);
}

/** A full disk costs the checkpoint, not the run. */
static void a_run_survives_a_full_disk(void **state)
{
    const fixture *f = *state;
    struct rlimit before, small;
    alicorn_options options = options_for(f->path, 0);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 12000; /* bytes: some records */
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    char *json = solve_to_json(deck, &options, &w, &status, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, ALICORN_OK);
    assert_string_equal(json, f->whole);
    assert_int_equal(w.failed, 1);
    assert_true(size_of(f->path) <= 12000);
    free(json);
    w = resumed_run(f); /* what did fit is whole */
    assert_int_equal(w.damaged, 0);
    assert_true(w.first > 0 && w.first < DECK_UNITS);
}

/** Two runs must not write the same file. The lock is the process's, so the other is a child. */
static void a_second_run_is_kept_out(void **state)
{
    const fixture *f = *state;
    int ready[2], go[2];
    char byte = 0;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(go), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        FILE *stream = fopen(f->path, "w+");
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        byte = stream && fcntl(fileno(stream), F_SETLK, &lock) == 0;
        if (write(ready[1], &byte, 1) == 1 && read(go[0], &byte, 1) == 1)
            _exit(0);
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 1);
    alicorn_options options = options_for(f->path, 1);
    alicorn_status status;
    alicorn_error error = {0};
    watcher w = {0};
    assert_null(solve_to_json(deck, &options, &w, &status, &error));
    assert_int_equal(write(go[1], &byte, 1), 1);
    waitpid(child, NULL, 0);
    assert_int_equal(status, ALICORN_E_IO);
    assert_non_null(strstr(error.message, "another run"));
    for (int i = 0; i < 2; i++)
        close(ready[i]), close(go[i]);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_interrupted_run_goes_on),       TEST(resume_without_a_file_starts_one),
        TEST(a_file_in_the_way_is_left_alone),  TEST(a_torn_tail_costs_one_record),
        TEST(damage_never_reaches_the_results), TEST(another_deck_or_option_is_refused),
        TEST(another_surface_is_refused),       cmocka_unit_test(the_signature_sees_every_member),
        TEST(a_run_survives_a_full_disk),       TEST(a_second_run_is_kept_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
