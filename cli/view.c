/* SPDX-License-Identifier: Apache-2.0 */
#include "view/view.h"
#include "command.h"
#include "error.h"
#include "model.h"
#include "rates.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool has_display(void)
{
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (x && *x) || (wayland && *wayland);
}

/** Let the user's browser have the page, apart from this program: its messages are not ours, and it
 * stays when this one ends. False if there is no way. */
static bool open_browser(const char *url, pid_t *child)
{
    char program[] = "xdg-open", address[512];
    char *const arguments[] = {program, address, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    snprintf(address, sizeof address, "%s", url);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    int failed = posix_spawnp(child, program, &files, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed == 0;
}

/** The signals that end the view; blocked before any thread is started, so that all have them so.
 */
static sigset_t block_signals(void)
{
    sigset_t ends;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    return ends;
}

/** Say where it is, and serve until somebody ends it. */
static int serve(const cli_settings *settings, view_server *server, const sigset_t *ends)
{
    char url[128];
    pid_t child = 0;
    int signal_number;
    view_url(server, url, sizeof url);
    printf("%s\n", url);
    fflush(stdout);
    if (!view_has_page() && !settings->quiet)
        fputs("alicorn: note: this build has no page (it needs Node.js); the interface is served\n",
              stderr);
    bool opened =
        view_has_page() && !settings->view.no_open && has_display() && open_browser(url, &child);
    if (!settings->quiet)
        fputs("Ctrl-C ends it.\n", stderr);
    sigwait(ends, &signal_number);
    /* a second one need not wait for what the first one ends */
    pthread_sigmask(SIG_UNBLOCK, ends, NULL);
    view_stop(server);
    if (opened)
        waitpid(child, NULL, WNOHANG);
    return ALICORN_OK;
}

int cli_run_view(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    view_server *server = NULL;
    char *path = NULL;
    (void)operand_count;
    sigset_t ends = block_signals();
    alicorn_status status = cli_model_path(operands[0], &path, &error);
    alicorn_rates rates;
    if (status == ALICORN_OK && cli_rates_find(settings->solver.threads, false, &rates))
        settings->solver.rates = &rates;
    const view_options options = {.path = path,
                                  .port = settings->view.port,
                                  .patience_s = settings->view.patience_s,
                                  .set_names = (const char *const *)settings->set_names,
                                  .set_values = settings->set_values,
                                  .set_count = settings->set_count,
                                  .mesher = settings->gmsh,
                                  .solver = &settings->solver};
    if (status == ALICORN_OK)
        status = view_start(&options, &server, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    int exit_status = cli_exit_reading(status);
    if (server)
        exit_status = serve(settings, server, &ends);
    settings->solver.rates = NULL;
    free(path);
    return exit_status;
}
