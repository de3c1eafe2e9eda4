/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { bar_width = 24, line_width = 78 };

/* One solve runs per process, and a signal handler has no argument to carry its state. */
static volatile sig_atomic_t interrupted;
static struct {
    bool show;
    bool drawn;
    char stage[32];
    double stage_start; /* [s] */
    double last_drawn;  /* [s] */
} bar;

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
    interrupted = 0;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND; /* the second one kills */
    /* Started in the background or by nohup: an ignored signal stays ignored. */
    if (sigaction(SIGINT, NULL, &previous) == 0 && previous.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
}

static void draw(const char *stage, size_t done, size_t total, double time)
{
    char cells[bar_width + 1], to_go[32] = "", line[160];
    double part = (double)done / (double)total;
    int filled = (int)(part * bar_width);
    memset(cells, '.', bar_width);
    memset(cells, '#', (size_t)filled);
    cells[bar_width] = '\0';
    double left = done > 0 ? (time - bar.stage_start) * (double)(total - done) / (double)done : 0.0;
    if (left >= 1.0 && left < 1e6)
        snprintf(to_go, sizeof to_go, "%d:%02d to go", (int)left / 60, (int)left % 60);
    snprintf(line, sizeof line, "%-10.10s [%s] %3d %%  %zu/%zu  %s", stage, cells,
             (int)(100.0 * part), done, total, to_go);
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
        if (strncmp(bar.stage, stage, sizeof bar.stage - 1) != 0) {
            snprintf(bar.stage, sizeof bar.stage, "%s", stage);
            bar.stage_start = time;
        }
        if (time - bar.last_drawn > 0.1)
            draw(stage, done, total, time);
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
