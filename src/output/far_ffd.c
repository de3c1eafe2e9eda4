/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "output/far_files.h"

/* HFSS's .ffd: the grid in two lines, the number of frequencies, then for each its value and the
 * fields, phi fastest. Fields in volts (peak). Source: [HfssFarFields:2025] */

static alicorn_status check_grid(const ali_far_block *block, alicorn_error *error)
{
    const double slack_deg = 1e-6;
    char text[80];
    const alicorn_pattern *pattern = ali_far_pattern(block);
    if (!ali_far_is_uniform(pattern->theta_deg, pattern->theta_count) ||
        !ali_far_is_uniform(pattern->phi_deg, pattern->phi_count))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%s: an .ffd file needs angles that rise in equal steps",
                             ali_far_block_text(text, block));
    if (pattern->theta_deg[0] < -slack_deg ||
        pattern->theta_deg[pattern->theta_count - 1] > 180.0 + slack_deg)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%s has theta from %g to %g degrees; an .ffd file holds theta from 0 "
                             "to 180 degrees",
                             ali_far_block_text(text, block), pattern->theta_deg[0],
                             pattern->theta_deg[pattern->theta_count - 1]);
    return ALICORN_OK;
}

alicorn_status ali_far_check_ffd(const ali_far_content *content, alicorn_error *error)
{
    for (size_t i = 0; i < content->count; i++) {
        alicorn_status status = check_grid(&content->blocks[i], error);
        if (status)
            return status;
    }
    return ALICORN_OK;
}

static void put_angles(FILE *stream, const double *angles_deg, size_t count)
{
    fprintf(stream, "%.9g %.9g %zu\n", angles_deg[0] + 0.0, angles_deg[count - 1] + 0.0, count);
}

void ali_far_write_ffd(const ali_far_content *content, FILE *stream)
{
    const alicorn_pattern *first = ali_far_pattern(content->blocks);
    put_angles(stream, first->theta_deg, first->theta_count);
    put_angles(stream, first->phi_deg, first->phi_count);
    fprintf(stream, "Frequencies %zu\n", content->count);
    for (size_t b = 0; b < content->count && !ferror(stream); b++) {
        const alicorn_pattern *pattern = ali_far_pattern(&content->blocks[b]);
        fprintf(stream, "Frequency %.12g\n", content->blocks[b].solve->frequency_hz);
        for (size_t i = 0; i < pattern->theta_count; i++) {
            for (size_t j = 0; j < pattern->phi_count; j++) {
                size_t k = j * pattern->theta_count + i;
                fprintf(stream, "%.9e %.9e %.9e %.9e\n", pattern->e_theta[k].re,
                        pattern->e_theta[k].im, pattern->e_phi[k].re, pattern->e_phi[k].im);
            }
        }
    }
}
