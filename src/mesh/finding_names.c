/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/model.h"
#include "mesh/lint.h"

/** What the readers and the solve report besides the lint, errors aside. The test `findings`
 * compares with the calls that report them. */
static const char *const other_names[] = {
    "after-last-run",
    "band-below-zero",
    "bandwidth-narrow",
    "before-excitation",
    "checkpoint-damaged",
    "checkpoint-failed",
    "column-format",
    "deck-ground",
    "deck-jobs",
    "edge-too-long",
    "indented-card",
    "intercept-low",
    "line-length",
    "list-restarted",
    "mask-inside",
    "maybe-nec5",
    "more-findings",
    "no-effect",
    "no-path-data",
    "no-triangles",
    "not-adaptive",
    "not-passive",
    "patches-joined",
    "port-line-bent",
    "port-moved",
    "port-shared",
    "power-high",
    "range-clipped",
    "resumed",
    "sensitivity-high",
    "sensitivity-low",
    "several-fr",
    "symbol-redefined",
    "tag-range",
    "text-behind-end",
    "unused-field",
    "zero-voltage",
};

const char *alicorn_finding_name(size_t index)
{
    for (size_t kind = 0; kind < ALI_LINT_KIND_COUNT; kind++)
        if (ali_lint_descriptions[kind].severity != ALICORN_ERROR && index-- == 0)
            return ali_lint_descriptions[kind].name;
    size_t others = sizeof other_names / sizeof *other_names;
    return index < others ? other_names[index] : NULL;
}
