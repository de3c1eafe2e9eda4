/* SPDX-License-Identifier: Apache-2.0 */
#include "output/far_files.h"
#include "output/isolation.h"
#include "output/writer.h"

#include <math.h>

/* FEKO's .ffe: a header, then a block for each pattern and frequency, theta fastest. Fields in
 * volts (peak), gains in decibels. Source: [FekoFiles:2021] */

/** Stands for the gain of a direction without any field: the format has a number in every column.
 */
static const double NO_GAIN_DB = -1000.0;

alicorn_status ali_far_check_ffe(const ali_far_content *content, alicorn_error *error)
{
    (void)content, (void)error; /* any grid of angles will do */
    return ALICORN_OK;
}

static void put_gain(FILE *stream, double gain_db)
{
    fprintf(stream, " %16.8E", isfinite(gain_db) ? gain_db : NO_GAIN_DB);
}

/** Which excitation it is, and which pattern: what FEKO calls configuration and request. */
static void put_names(FILE *stream, const ali_far_block *block)
{
    const alicorn_solve_result *solve = block->solve;
    const char *port = ali_driven_port(solve);
    fprintf(stream, "#Configuration Name: task%zu", solve->task + 1);
    if (port) {
        fputc(' ', stream);
        ali_put_ascii(stream, port);
    }
    fprintf(stream, "\n#Request Name: pattern%zu\n", block->index + 1);
}

static void put_block(FILE *stream, const ali_far_block *block)
{
    const alicorn_pattern *pattern = ali_far_pattern(block);
    const char *quantity = pattern->directive ? "Directivity" : "Gain";
    put_names(stream, block);
    fprintf(stream, "#Frequency: %.12E\n#Coordinate System: Spherical\n",
            block->solve->frequency_hz);
    fprintf(stream, "#No. of Theta Samples: %zu\n#No. of Phi Samples: %zu\n", pattern->theta_count,
            pattern->phi_count);
    fprintf(stream, "#Result Type: %s\n#No. of Header Lines: 1\n", quantity);
    fputs("# \"Theta\" \"Phi\" \"Re(Etheta)\" \"Im(Etheta)\" \"Re(Ephi)\" \"Im(Ephi)\"", stream);
    fprintf(stream, " \"%s(Theta)\" \"%s(Phi)\" \"%s(Total)\"\n", quantity, quantity, quantity);
    for (size_t j = 0; j < pattern->phi_count; j++) {
        for (size_t i = 0; i < pattern->theta_count; i++) {
            size_t k = j * pattern->theta_count + i;
            alicorn_pattern_sample sample = alicorn_pattern_at(pattern, i, j);
            fprintf(stream, " %16.8E %16.8E %16.8E %16.8E %16.8E %16.8E",
                    pattern->theta_deg[i] + 0.0, pattern->phi_deg[j] + 0.0, pattern->e_theta[k].re,
                    pattern->e_theta[k].im, pattern->e_phi[k].re, pattern->e_phi[k].im);
            put_gain(stream, sample.theta_dbi);
            put_gain(stream, sample.phi_dbi);
            put_gain(stream, sample.total_dbi);
            fputc('\n', stream);
        }
    }
    fputc('\n', stream);
}

void ali_far_write_ffe(const ali_far_content *content, FILE *stream)
{
    fputs("##File Type: Far Field\n##File Format: 8\n", stream);
    if (content->model->name[0]) {
        fputs("##Source: ", stream);
        ali_put_ascii(stream, content->model->name);
        fputc('\n', stream);
    }
    fprintf(stream, "** Alicorn %s\n\n", alicorn_version());
    for (size_t i = 0; i < content->count && !ferror(stream); i++)
        put_block(stream, &content->blocks[i]);
}
