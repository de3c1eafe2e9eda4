/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { bar_width = 24, line_width = 78 };

/* What the library calls the sweep as a whole; its other stages repeat for every frequency. */
static const char sweep_stage[] = "frequency";

/** How far something has come. */
typedef struct extent {
    size_t done, total;
    double start; /* [s] */
} extent;

/* One solve runs per process, and a signal handler has no argument to carry its state. Atomic and
 * not sig_atomic_t, because the handler runs in one thread and any may ask. */
static atomic_int interrupted;
static struct {
    bool show;
    bool drawn;
    double last_drawn; /* [s] */
    char stage[32];
    extent sweep, within; /* `within`: the running stage of the running frequency */
    double expected[4];   /* [s] time of every stage of `stages`; 0: not known */
} bar;

/* The stages of one frequency, in their order. */
static const char *const stages[] = {"near", "fill", "factor", "solve"};
enum { STAGES = sizeof stages / sizeof *stages };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/** True on a terminal that can move its cursor back. */
static bool can_draw(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(terminal && strcmp(terminal, "dumb") == 0);
}

void cli_progress_begin(bool show)
{
    struct sigaction action, previous;
    memset(&bar, 0, sizeof bar);
    bar.show = show && can_draw();
    bar.sweep.start = now();
    interrupted = 0;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND; /* the second one kills */
    /* Started in the background or by nohup: an ignored signal stays ignored. */
    if (sigaction(SIGINT, NULL, &previous) == 0 && previous.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
}

void cli_progress_expect(const alicorn_prediction *prediction)
{
    const double expected[STAGES] = {prediction->near_s, prediction->fill_s, prediction->factor_s,
                                     prediction->solve_s};
    if (prediction->total_s >= 0.0)
        memcpy(bar.expected, expected, sizeof bar.expected);
}

/** Time to go of the running stage and those after it [s]: what is left of the stage at its speed
 * so far, which says nothing at its very beginning, and the others as expected. */
static double stages_to_go(double left, double share)
{
    const double beginning = 0.05;
    size_t i = 0;
    while (i < STAGES && strcmp(bar.stage, stages[i]) != 0)
        i++;
    if (i < STAGES && share < beginning && bar.expected[i] > 0.0)
        left = bar.expected[i];
    for (i++; i < STAGES; i++)
        left += bar.expected[i];
    return left;
}

/** Time until the end, "" while it is not known or not worth saying. */
static void format_to_go(const extent *work, double time, char *text, size_t size)
{
    *text = '\0';
    if (work->done == 0)
        return;
    double left = (time - work->start) * (double)(work->total - work->done) / (double)work->done;
    if (work == &bar.within)
        left = stages_to_go(left, (double)work->done / (double)work->total);
    if (left >= 1.0 && left < 1e6)
        snprintf(text, size, "%d:%02d to go", (int)left / 60, (int)left % 60);
}

static void draw(double time)
{
    char cells[bar_width + 1], to_go[32], line[160], sweep[64] = "";
    const extent *work = bar.sweep.total > 1 ? &bar.sweep : &bar.within;
    size_t filled = work->total > 0 ? bar_width * work->done / work->total : 0;
    memset(cells, '.', bar_width);
    memset(cells, '#', filled);
    cells[bar_width] = '\0';
    format_to_go(work, time, to_go, sizeof to_go);
    if (bar.sweep.total > 1)
        snprintf(sweep, sizeof sweep, "%zu/%zu ", bar.sweep.done, bar.sweep.total);
    snprintf(line, sizeof line, "[%s] %s%s %s", cells, sweep, bar.stage, to_go);
    fprintf(stderr, "\r%-*.*s", line_width, line_width, line);
    fflush(stderr);
    bar.drawn = true;
    bar.last_drawn = time;
}

int cli_progress(void *user, const char *stage, size_t done, size_t total)
{
    (void)user;
    if (bar.show && total > 0 && done <= total) {
        double time = now();
        bool is_sweep = strcmp(stage, sweep_stage) == 0;
        if (strncmp(bar.stage, stage, sizeof bar.stage - 1) != 0) {
            snprintf(bar.stage, sizeof bar.stage, "%s", stage);
            bar.within.start = time;
        }
        extent *work = is_sweep ? &bar.sweep : &bar.within;
        work->done = done;
        work->total = total;
        if (time - bar.last_drawn > 0.1)
            draw(time);
    }
    return interrupted;
}

void cli_progress_clear(void)
{
    if (!bar.drawn)
        return;
    fprintf(stderr, "\r%*s\r", line_width, "");
    fflush(stderr);
    bar.drawn = false;
}

void cli_progress_end(void)
{
    cli_progress_clear();
    bar.show = false;
    struct sigaction action;
    if (sigaction(SIGINT, NULL, &action) == 0 && action.sa_handler == on_interrupt) {
        action.sa_handler = SIG_DFL;
        sigaction(SIGINT, &action, NULL);
    }
}
