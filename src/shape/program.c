/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/program.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/** The variables of this process: they are handed on, not read. */
extern char **environ;

/** Whether two "NAME=value" have the same name. */
static bool same_name(const char *a, const char *b)
{
    size_t length = strcspn(a, "=");
    return strcspn(b, "=") == length && strncmp(a, b, length) == 0;
}

/** The environment with some variables replaced; free the list, not its strings. */
static char **make_environment(const char *const *settings)
{
    size_t own = 0, count = 0, setting_count = 0;
    while (environ && environ[own])
        own++;
    while (settings[setting_count])
        setting_count++;
    char **list = ali_calloc(own + setting_count + 1, sizeof *list);
    if (!list)
        return NULL;
    for (size_t i = 0; i < own; i++) {
        bool replaced = false;
        for (size_t k = 0; k < setting_count; k++)
            replaced = replaced || same_name(environ[i], settings[k]);
        if (!replaced)
            list[count++] = environ[i];
    }
    for (size_t k = 0; k < setting_count; k++)
        list[count++] = (char *)(uintptr_t)settings[k];
    return list;
}

/** Start it in a process group of its own, so that its children can be stopped with it. */
static int start(const ali_program *program, char **environment, pid_t *process)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    int code = posix_spawn_file_actions_init(&files);
    if (code != 0)
        return code;
    code = posix_spawnattr_init(&attributes);
    if (code != 0) {
        posix_spawn_file_actions_destroy(&files);
        return code;
    }
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGCHLD);
    code = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (code == 0)
        code = posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, program->output,
                                                O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (code == 0)
        code = posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    if (code == 0)
        code = posix_spawnattr_setsigmask(&attributes, &none);
    if (code == 0)
        code = posix_spawnattr_setsigdefault(&attributes, &usual);
    if (code == 0)
        code = posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (code == 0)
        code = posix_spawnp(process, program->arguments[0], &files, &attributes,
                            (char *const *)(uintptr_t)program->arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return code;
}

/** Wait until it ends: true, with its status. A host that lets the system reap its children never
 *  learns their status; 0 stands for it then. */
static bool has_ended(pid_t process, int *exit_status)
{
    int raw = 0;
    pid_t got = waitpid(process, &raw, WNOHANG);
    if (got == 0 || (got < 0 && errno == EINTR))
        return false;
    *exit_status = got < 0 ? 0 : WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
    return true;
}

static void stop(pid_t process)
{
    int raw;
    kill(-process, SIGKILL);
    kill(process, SIGKILL);
    while (waitpid(process, &raw, 0) < 0 && errno == EINTR)
        continue;
}

/** Wait for the end; short waits first, for short programs. */
static alicorn_status wait_for(const ali_program *program, pid_t process, int *exit_status,
                               alicorn_error *error)
{
    double begin = ali_clock_seconds();
    long pause_ns = 1000000;
    while (!has_ended(process, exit_status)) {
        if (program->watch && program->watch(program->user) != 0) {
            stop(process);
            return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted while '%s' was running",
                                 program->arguments[0]);
        }
        if (ali_clock_seconds() - begin > program->timeout_s) {
            stop(process);
            return ali_error_set(error, ALICORN_E_IO, "'%s' was stopped: it took more than %g s",
                                 program->arguments[0], program->timeout_s);
        }
        nanosleep(&(struct timespec){.tv_nsec = pause_ns}, NULL);
        if (pause_ns < 50000000)
            pause_ns += pause_ns / 4;
    }
    return ALICORN_OK;
}

alicorn_status ali_program_run(const ali_program *program, int *exit_status, alicorn_error *error)
{
    pid_t process;
    char **environment = make_environment(program->settings);
    if (!environment)
        return ali_error_memory(error, 4096, "a program's environment");
    int code = start(program, environment, &process);
    free(environment);
    if (code != 0) {
        char reason[128];
        if (strerror_r(code, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "error %d", code);
        return ali_error_set(error, ALICORN_E_IO, "cannot run '%s': %s", program->arguments[0],
                             reason);
    }
    return wait_for(program, process, exit_status, error);
}
