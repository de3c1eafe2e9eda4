/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"
#include "model.h"
#include "output.h"

#include <stdio.h>

/** Print the quality of the mesh. Returns the exit status. */
static int print_report(const cli_settings *settings, const alicorn_model *model)
{
    alicorn_error error = {0};
    alicorn_mesh_report *report = NULL;
    alicorn_status status = alicorn_mesh_inspect(model, &settings->solver, &report, &error);
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        status = alicorn_write_mesh_report(model, report, stdout, &error);
        exit_status = cli_exit_writing(status);
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_mesh_report_destroy(report);
    return exit_status;
}

int cli_run_mesh(cli_settings *settings, char **operands, int operand_count)
{
    (void)operand_count;
    alicorn_error error = {0};
    alicorn_status status = cli_output_check(settings, operands[0], &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_writing(status);
    }
    alicorn_model *model = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    int exit_status = cli_read_model(settings, operands[0], true, &reporter, &model);
    if (exit_status == 0) {
        status = cli_warn(model, CLI_TO_MESH, &reporter, &error);
        if (status == ALICORN_OK)
            status = cli_output_write(settings, model, NULL, &error);
        if (status != ALICORN_OK)
            cli_error_print(&error);
        exit_status = cli_exit_writing(status);
    }
    if (exit_status == 0 && !cli_output_to_stdout(settings))
        exit_status = print_report(settings, model);
    alicorn_model_destroy(model);
    return exit_status;
}
