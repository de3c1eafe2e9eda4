/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "input/nec_control.h"
#include "input/nec_reader.h"

/** @file
 *  Cards that make NEC-2 run. */

static size_t at_least_one(int count)
{
    return count > 0 ? (size_t)count : 1;
}

/* ---- XQ ---- */

/** The pattern that XQ 1, 2 and 3 ask for: theta 0 … 90 degrees in steps of 1. */
static ali_request standard_pattern(const ali_nec_card *card)
{
    int which = card->integer[0];
    ali_request request = {.kind = ALI_REQUEST_PATTERN, .origin = ali_nec_origin(card)};
    request.as.pattern = (ali_pattern_request){.mode = ALI_PATTERN_SPACE_WAVE,
                                               .theta_count = 91,
                                               .theta_step = ALI_DEGREE,
                                               .phi_count = which == 3 ? 2 : 1,
                                               .phi_start = which == 2 ? 90 * ALI_DEGREE : 0,
                                               .phi_step = which == 3 ? 90 * ALI_DEGREE : 0,
                                               .axes = true};
    return request;
}

alicorn_status ali_nec_handle_xq(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    ali_request request = {.kind = ALI_REQUEST_CURRENTS, .origin = ali_nec_origin(card)};
    if (card->integer[0] != 0) {
        request = standard_pattern(card);
        return ali_nec_flow_run(reader, card, &request);
    }
    c->group = ALI_NEC_GROUP_OTHER;
    if (!c->stale && c->near_count == 0)
        return ALICORN_OK; /* everything has been run: NEC-2 passes over XQ, too */
    return ali_nec_flow_run(reader, card, &request);
}

/* ---- RP ---- */

alicorn_status ali_nec_handle_rp(ali_nec_reader *reader, const ali_nec_card *card)
{
    reader->control.group = ALI_NEC_GROUP_OTHER;
    const double *f = card->real;
    int digits = card->integer[3];
    int axes = digits / 1000, normalised = digits / 100 % 10, gain = digits / 10 % 10,
        average = digits % 10;
    ali_pattern_mode mode = (ali_pattern_mode)card->integer[0];
    size_t theta_count = at_least_one(card->integer[1]), phi_count = at_least_one(card->integer[2]);
    if (axes > 1 || normalised > 5 || gain > 1 || average > 2) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 3,
                       "RP I4 (digits XNDA): %04d, expected X 0 or 1, N 0 to 5, D 0 or 1, A 0 to "
                       "2",
                       digits);
        return ALICORN_OK;
    }
    if ((double)theta_count * (double)phi_count > ALI_NEC_MAX_POINTS) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-points", card, 1,
                       "RP I2, I3 (angles): %zu x %zu directions, expected at most %d", theta_count,
                       phi_count, ALI_NEC_MAX_POINTS);
        return ALICORN_OK;
    }
    bool heights = mode == ALI_PATTERN_SURFACE_WAVE;
    double theta_unit = heights ? 1 : ALI_DEGREE;
    bool no_average = heights || theta_count < 2 || phi_count < 2; /* NEC-2 then forgets A */
    ali_request request = {.kind = ALI_REQUEST_PATTERN, .origin = ali_nec_origin(card)};
    request.as.pattern = (ali_pattern_request){.mode = mode,
                                               .theta_count = theta_count,
                                               .phi_count = phi_count,
                                               .theta_start = f[0] * theta_unit,
                                               .phi_start = f[1] * ALI_DEGREE,
                                               .theta_step = f[2] * theta_unit,
                                               .phi_step = f[3] * ALI_DEGREE,
                                               .distance = f[4],
                                               .axes = axes == 0,
                                               .normalised = normalised,
                                               .directive = gain != 0,
                                               .average = no_average ? 0 : average,
                                               .normalisation_db = f[5]};
    return ali_nec_flow_run(reader, card, &request);
}

/* ---- NE, NH ---- */

alicorn_status ali_nec_handle_ne(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    c->group = ALI_NEC_GROUP_OTHER;
    ali_request request = {.kind =
                               card->rule->name[1] == 'H' ? ALI_REQUEST_NEAR_H : ALI_REQUEST_NEAR_E,
                           .origin = ali_nec_origin(card)};
    ali_near_request *near = &request.as.near;
    near->spherical = card->integer[0] == 1;
    double points = 1;
    for (int i = 0; i < 3; i++) {
        double unit = near->spherical && i > 0 ? ALI_DEGREE : 1;
        near->count[i] = at_least_one(card->integer[1 + i]);
        near->start[i] = card->real[i] * unit;
        near->step[i] = card->real[3 + i] * unit;
        points *= (double)near->count[i];
    }
    if (points > ALI_NEC_MAX_POINTS) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-points", card, 1,
                       "%s I2, I3, I4 (points): a grid of %.10g points, expected at most %d",
                       card->rule->name, points, ALI_NEC_MAX_POINTS);
        return ALICORN_OK;
    }
    return ali_nec_flow_frequency_count(c) == 1 ? ali_nec_flow_run(reader, card, &request)
                                                : ali_nec_flow_wait(reader, &request);
}
