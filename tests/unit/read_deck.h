/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_READ_DECK_H
#define TESTS_UNIT_READ_DECK_H

#include "alicorn/alicorn.h"
#include "assert_close.h"

#include <string.h>

/** The model of a NEC-2 deck; the test fails if there is a mistake in it. */
static inline alicorn_model *read_deck(const char *deck)
{
    alicorn_model *model = NULL;
    alicorn_read_options options = {0};
    alicorn_error error = {0};
    if (alicorn_model_parse_nec(deck, strlen(deck), "deck", &options, &model, &error))
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

#endif
