/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_READER_H
#define ALI_INPUT_NEC_READER_H

#include "alicorn/model.h"
#include "input/diagnostics.h"
#include "input/nec_cards.h"
#include "input/nec_control.h"
#include "input/nec_geometry.h"
#include "input/symbols.h"
#include "model/model.h"

/** @file
 *  The state of reading one deck, shared by the card handlers. */

typedef struct ali_nec_reader {
    const char *text; /**< the deck, borrowed */
    size_t length;
    const char *name; /**< of the file, borrowed */
    const alicorn_read_options *options;

    ali_diagnostics *diagnostics;
    ali_symbols *symbols;
    size_t symbol_position; /**< SY definitions above the current line */
    bool fixed_columns;     /**< most lines fit the 80-column format */
    bool fixed_throughout;  /**< all do */
    bool says_nec5;         /**< a comment names NEC-5 */

    ali_model *first; /**< of the chain of jobs, owned */
    ali_model *model; /**< of the current job */
    char *comment;    /**< of the current job, owned */
    size_t comment_length, comment_capacity;

    ali_nec_section section; /**< GEOMETRY until GE, then CONTROL */
    size_t job_cards;        /**< geometry and control cards of the current job so far */
    bool ended;              /**< EN was read */
    ali_nec_geometry geometry;
    ali_nec_control control;
    alicorn_error *error; /**< for errors that end the reading, never NULL */
} ali_nec_reader;

/** As alicorn_model_parse_nec.
 *  @param description  its variables are filled in, also of a deck with errors; NULL: not wanted */
alicorn_status ali_nec_parse(const char *text, size_t length, const char *name,
                             const alicorn_read_options *options, alicorn_description *description,
                             alicorn_model **model, alicorn_error *error);

/** Report a finding at a field of the card; field < 0: at the card's name. */
#define ALI_NEC_REPORT(reader, severity, finding, card, index, ...)                                \
    ali_diagnostics_add((reader)->diagnostics, severity, finding, (card)->line,                    \
                        ali_nec_column(card, index), (card)->rule->name, __VA_ARGS__)

/** Column of field `index` (0-based), of the name if it is negative or was left out. */
int ali_nec_column(const ali_nec_card *card, int index);

/** Where a card stands, for the model. */
ali_origin ali_nec_origin(const ali_nec_card *card);

/* Handlers of cards that concern the reader itself. */
alicorn_status ali_nec_handle_comment(ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_nothing(ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ge(ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_nx(ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_en(ali_nec_reader *reader, const ali_nec_card *card);

#endif
