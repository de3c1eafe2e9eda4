/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/required.h"

#include "alicorn/network.h"
#include "alicorn/radios.h"
#include "base/text_file.h"
#include "model/model.h"
#include "model/radios.h"
#include "model/requirement.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the scale ---- */

/** Decibels of a value, finite unless the value is infinite. */
static double level_of(const char *unit, double value)
{
    const double none = -1e3;
    if (strncmp(unit, "dB", 2) == 0)
        return value;
    double decade = strcmp(unit, "%") == 0 ? 10.0 : 20.0;
    return value > 0.0 ? decade * log10(value) : none;
}

double ali_required_excess(const alicorn_verdict *verdict)
{
    const alicorn_verdict *v = verdict;
    if (v->samples == 0 || isnan(v->value) || isnan(v->least) || isnan(v->most))
        return ALI_REQUIRED_LARGEST;
    double below = 0.0, above = 0.0;
    if (v->least < v->low)
        below = level_of(v->unit, v->low) - level_of(v->unit, v->least);
    if (v->most > v->high)
        above = level_of(v->unit, v->most) - level_of(v->unit, v->high);
    double excess = below > above ? below : above;
    return excess < ALI_REQUIRED_LARGEST ? excess : ALI_REQUIRED_LARGEST;
}

void ali_required_figures(const alicorn_verdict *verdicts, size_t count, double *figures)
{
    for (size_t i = 0; i < count; i++, figures += ALI_REQUIRED_FIGURES) {
        figures[ALI_REQUIRED_VALUE] = verdicts[i].value;
        figures[ALI_REQUIRED_EXCESS] = ali_required_excess(&verdicts[i]);
        figures[ALI_REQUIRED_JUDGEMENT] = verdicts[i].judgement;
    }
}

alicorn_judgement ali_required_judgement(const double *figures)
{
    double judgement = figures[ALI_REQUIRED_JUDGEMENT];
    return judgement == ALICORN_PASS   ? ALICORN_PASS
           : judgement == ALICORN_FAIL ? ALICORN_FAIL
                                       : ALICORN_UNDECIDED;
}

double ali_required_objective(const double *figures, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double excess = figures[i * ALI_REQUIRED_FIGURES + ALI_REQUIRED_EXCESS];
        sum += excess * excess;
    }
    return sum;
}

/* ---- text ---- */

void ali_required_text(const alicorn_verdict *verdict, char *text, size_t size)
{
    const alicorn_verdict *v = verdict;
    char own[64] = "", low[32] = "", high[32] = "";
    if (v->kind == ALICORN_REQUIRE_COVERAGE)
        snprintf(own, sizeof own, " with %g dBi", v->gain_dbi);
    else if (v->kind == ALICORN_REQUIRE_RCS)
        snprintf(own, sizeof own, " of %g %%", v->percent);
    else if (v->kind == ALICORN_REQUIRE_TACAN)
        snprintf(own, sizeof own, " %s", v->detail);
    if (!isinf(v->low))
        snprintf(low, sizeof low, " >= %g", v->low);
    if (!isinf(v->high))
        snprintf(high, sizeof high, " <= %g", v->high);
    snprintf(text, size, "%s%s%s%s (line %d)", v->name, own, low, high, v->line);
}

/* ---- other files ---- */

static alicorn_status hash_radios(const char *path, ali_hash *hash, alicorn_error *error)
{
    const alicorn_read_options read = {0};
    alicorn_radios *radios = NULL;
    char *text = NULL;
    size_t length = 0;
    alicorn_status status = ali_text_file_read(path, "radios", &text, &length, error);
    if (status == ALICORN_OK) {
        ali_hash_bytes(hash, text, length);
        status = alicorn_radios_parse(text, length, path, &read, &radios, error);
    }
    for (size_t i = 0; status == ALICORN_OK && i < radios->network_count; i++) {
        const alicorn_network *network = radios->networks[i].network;
        size_t numbers = network ? network->count * network->ports * network->ports : 0;
        for (size_t k = 0; network && k < network->count; k++)
            ali_hash_real(hash, network->frequency_hz[k]);
        for (size_t k = 0; k < numbers; k++) {
            ali_hash_real(hash, network->s[k].re);
            ali_hash_real(hash, network->s[k].im);
        }
    }
    alicorn_radios_destroy(radios);
    free(text);
    return status;
}

alicorn_status ali_required_hash(const alicorn_model *model, ali_hash *hash, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; status == ALICORN_OK && i < model->requirement_count; i++)
        if (model->requirements[i].radios)
            status = hash_radios(model->requirements[i].radios, hash, error);
    return status;
}
