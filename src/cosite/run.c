/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Cosite analysis from description to result. */

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"
#include "cosite/plan.h"
#include "cosite/report.h"

#include <math.h>
#include <stdlib.h>

/** Products that are kept for plans and samples: 32 MB of them, and more for a plan. */
#define PRODUCTS_KEPT ((size_t)1 << 20)

void alicorn_cosite_options_default(alicorn_cosite_options *options)
{
    *options = (alicorn_cosite_options){.order = 5,
                                        .tones = 3,
                                        .emission_tones = 1,
                                        .margin_db = 0,
                                        .floor_db = -20,
                                        .plan = 1,
                                        .plan_steps = 20000000,
                                        .samples = 1000,
                                        .entry_limit = 1000};
}

static alicorn_status check_options(const alicorn_cosite_options *options, alicorn_error *error)
{
    if (options->order < 0 || options->order > ALI_RADIO_ORDER)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "order %d of intermodulation, 2 to %d expected, or 0 for none",
                             options->order, ALI_RADIO_ORDER);
    if (options->tones < 2 || options->tones > 3)
        return ali_error_set(error, ALICORN_E_USAGE, "%d tones in a product, 2 or 3 expected",
                             options->tones);
    if (!isfinite(options->margin_db) || isnan(options->floor_db) ||
        options->floor_db > options->margin_db)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "margin %g dB and floor %g dB: the floor must not be higher",
                             options->margin_db, options->floor_db);
    return ALICORN_OK;
}

static alicorn_status search_products(ali_scene *scene, const ali_product_tables *tables,
                                      ali_findings *findings, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t v = 0; v < scene->count && status == ALICORN_OK; v++) {
        status = ali_reverse_search(scene, tables, v, findings, error);
        ali_tones tones;
        if (status == ALICORN_OK && scene->radios->radios[v].receives) {
            status = ali_tones_create(scene, v, NULL, &tones, error);
            if (status == ALICORN_OK)
                status = ali_product_search(scene, tables, &tones, findings, error);
            if (status == ALICORN_OK)
                status = ali_product_keep(scene, tables, &tones, &findings->products, error);
            if (status == ALICORN_OK)
                status = ali_reverse_keep(scene, tables, v, &findings->products, error);
            ali_tones_clear(&tones);
        }
        if (status == ALICORN_OK && ali_scene_interrupted(scene, "products", v + 1, scene->count))
            status = ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    }
    return status;
}

static alicorn_status analyse(ali_scene *scene, const ali_product_tables *tables,
                              ali_survey *survey, ali_findings *findings,
                              alicorn_cosite_result *result, alicorn_error *error)
{
    const alicorn_cosite_options *options = scene->options;
    alicorn_status status = search_products(scene, tables, findings, error);
    if (status == ALICORN_OK)
        status = ali_report_entries(scene, survey, findings, result, error);
    if (status == ALICORN_OK)
        status = ali_report_totals(scene, tables, survey, result, error);
    if (status != ALICORN_OK)
        return status;
    const size_t *start = NULL;
    if (survey->samples.count > 0 && scene->count > 1) {
        result->has_availability = 1;
        ali_availability(scene, &survey->samples, &findings->products, &result->availability,
                         &result->availability_error, &result->combinations, &start);
    }
    if (options->plan)
        status =
            ali_plan_make(scene, tables, survey, &findings->products, start, &result->plan, error);
    return status;
}

alicorn_status alicorn_cosite_run(const alicorn_radios *radios,
                                  const alicorn_cosite_options *options,
                                  alicorn_cosite_result **result, alicorn_error *error)
{
    ali_scene scene = {0};
    ali_survey survey = {0};
    ali_findings findings = {.products.limit = PRODUCTS_KEPT};
    ali_product_tables tables = {0};
    *result = NULL;
    alicorn_status status = check_options(options, error);
    if (status == ALICORN_OK)
        status = ali_radios_check(radios, error);
    if (status == ALICORN_OK)
        status = ali_product_tables_create(options, &tables, error);
    if (status == ALICORN_OK)
        status = ali_scene_create(radios, options, &scene, error);
    if (status == ALICORN_OK)
        status = ali_survey_create(&scene, &findings, &survey, error);
    if (status == ALICORN_OK)
        status = ali_report_create(&scene, result, error);
    if (status == ALICORN_OK)
        status = analyse(&scene, &tables, &survey, &findings, *result, error);
    if (status != ALICORN_OK) {
        alicorn_cosite_result_destroy(*result);
        *result = NULL;
    }
    ali_survey_clear(&survey);
    ali_findings_clear(&findings);
    ali_scene_clear(&scene);
    ali_product_tables_clear(&tables);
    return status;
}
