/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "base/text_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  A deck from text to model: symbols first, then card by card through the table. */

int ali_nec_column(const ali_nec_card *card, int index)
{
    return index >= 0 && card->field[index].length > 0 ? card->field[index].column : card->column;
}

ali_origin ali_nec_origin(const ali_nec_card *card)
{
    ali_origin origin = {.line = card->line, .column = card->column};
    memcpy(origin.card, card->rule->name, sizeof card->rule->name);
    return origin;
}

/* ---- comments ---- */

static int append_byte(ali_nec_reader *reader, char byte)
{
    if (ali_grow((void **)&reader->comment, &reader->comment_capacity, reader->comment_length,
                 sizeof *reader->comment))
        return -1;
    reader->comment[reader->comment_length++] = byte;
    return 0;
}

/** Append a line of comment as UTF-8: what is not UTF-8 is taken for Latin-1, control characters
 * become blanks. */
static int append_comment(ali_nec_reader *reader, const char *text, size_t length)
{
    bool utf8 = true;
    for (size_t i = 0, step; i < length && utf8; i += step) {
        step = ali_utf8_length(text + i, length - i);
        utf8 = step > 0;
    }
    if (reader->comment_length > 0 && append_byte(reader, '\n'))
        return -1;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        int failed = 0;
        if (c < 0x20 || c == 0x7f)
            failed = append_byte(reader, ' ');
        else if (c < 0x80 || utf8)
            failed = append_byte(reader, text[i]);
        else
            failed = append_byte(reader, (char)(0xc0 | c >> 6)) ||
                     append_byte(reader, (char)(0x80 | (c & 0x3f)));
        if (failed)
            return -1;
    }
    return 0;
}

alicorn_status ali_nec_handle_comment(ali_nec_reader *reader, const ali_nec_card *card)
{
    const char *text = card->text;
    size_t length = card->text_length;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    if (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    if (card->rule->name[1] == 'E' && length == 0)
        return ALICORN_OK;
    return append_comment(reader, text, length)
               ? ali_error_memory(reader->error, reader->comment_length, "comments")
               : ALICORN_OK;
}

alicorn_status ali_nec_handle_nothing(ali_nec_reader *reader, const ali_nec_card *card)
{
    (void)reader;
    (void)card;
    return ALICORN_OK;
}

/* ---- jobs ---- */

static alicorn_status start_job(ali_nec_reader *reader)
{
    ali_model *model = ali_model_create();
    if (!model)
        return ali_error_memory(reader->error, sizeof *model, "a model");
    if (reader->model)
        reader->model->next = model;
    else
        reader->first = model;
    reader->model = model;
    reader->section = ALI_NEC_GEOMETRY;
    reader->job_cards = 0;
    reader->comment_length = 0;
    ali_nec_geometry_clear(&reader->geometry);
    ali_nec_control_clear(&reader->control);
    free(model->name);
    model->name = ali_strdup(reader->name);
    return model->name ? ALICORN_OK
                       : ali_error_memory(reader->error, strlen(reader->name), "a name");
}

/** The structure is complete: from here on control cards. */
static alicorn_status end_geometry(ali_nec_reader *reader, const ali_nec_card *card, int ge_flag)
{
    reader->section = ALI_NEC_CONTROL;
    ali_nec_control_start(&reader->control, ge_flag);
    return ali_nec_geometry_finish(reader, card);
}

/** Hand the gathered comment to the model of the job. */
static alicorn_status store_comment(ali_nec_reader *reader)
{
    if (reader->comment_length == 0)
        return ALICORN_OK;
    if (append_byte(reader, '\0'))
        return ali_error_memory(reader->error, reader->comment_length, "comments");
    char *copy = ali_strdup(reader->comment);
    if (!copy)
        return ali_error_memory(reader->error, reader->comment_length, "comments");
    free(reader->model->comment);
    reader->model->comment = copy;
    return ALICORN_OK;
}

/** Close the job at NX, EN or the end of the text, which is line `line`. */
static alicorn_status end_job(ali_nec_reader *reader, int line)
{
    ali_nec_geometry_check_waiting(reader, NULL);
    if (reader->section == ALI_NEC_GEOMETRY) {
        if (ali_diagnostics_error_count(reader->diagnostics) == 0 || reader->job_cards > 0)
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "no-ge", line, 1, "GE",
                                reader->job_cards > 0
                                    ? "the deck ends within the geometry, expected a GE card"
                                    : "there are no cards, expected a NEC-2 deck");
        return ALICORN_OK;
    }
    alicorn_status status = ali_nec_flow_end_job(reader);
    return status == ALICORN_OK ? store_comment(reader) : status;
}

alicorn_status ali_nec_handle_ge(ali_nec_reader *reader, const ali_nec_card *card)
{
    return end_geometry(reader, card, card->integer[0]);
}

alicorn_status ali_nec_handle_nx(ali_nec_reader *reader, const ali_nec_card *card)
{
    alicorn_status status = end_job(reader, card->line);
    return status == ALICORN_OK ? start_job(reader) : status;
}

alicorn_status ali_nec_handle_en(ali_nec_reader *reader, const ali_nec_card *card)
{
    (void)card;
    reader->ended = true;
    return ALICORN_OK;
}

/** NX was the last card but EN: there is no further job. */
static void drop_empty_job(ali_nec_reader *reader)
{
    ali_model *before = reader->first;
    while (before->next != reader->model)
        before = before->next;
    ali_model_destroy(reader->model);
    before->next = NULL;
    reader->model = before;
}

/* ---- first pass: symbols and format ---- */

/** Whether the text names NEC-5. */
static bool names_nec5(const char *text, size_t length)
{
    for (size_t i = 0; i + 4 <= length; i++) {
        if (ali_expression_compare_names(text + i, 3, "nec", 3) != 0)
            continue;
        size_t at = i + 3;
        if (at + 1 < length && (text[at] == '-' || text[at] == ' '))
            at++;
        if (text[at] == '5')
            return true;
    }
    return false;
}

/** One definition name=expression, text[0 … length-1] at the given column. */
static int define_symbol(ali_nec_reader *reader, const char *text, size_t length, int line,
                         int column)
{
    size_t start = 0;
    while (start < length && (text[start] == ' ' || text[start] == '\t'))
        start++;
    size_t name = ali_expression_name_length(text + start, length - start);
    size_t equals = start + name;
    while (equals < length && (text[equals] == ' ' || text[equals] == '\t'))
        equals++;
    if (name == 0 || equals >= length || text[equals] != '=') {
        char quote[40];
        ali_quote(quote, sizeof quote, text + start, length - start);
        ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "symbol", line, column + (int)start,
                            "SY", "'%s', expected name=expression", quote);
        return 0;
    }
    equals++;
    return ali_symbols_define(reader->symbols, text + start, name, text + equals, length - equals,
                              line, column + (int)equals, "SY");
}

/** All definitions of an SY card. */
static int define_symbols(ali_nec_reader *reader, const ali_nec_line *line)
{
    size_t start = 0;
    int depth = 0;
    for (size_t at = 0; at <= line->rest_length; at++) {
        char c = at < line->rest_length ? line->rest[at] : ',';
        depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
        bool end = at == line->rest_length;
        if (c != ',' || (depth > 0 && !end))
            continue;
        bool trailing_comma = end && at == start && at > 0;
        if (!trailing_comma && define_symbol(reader, line->rest + start, at - start, line->number,
                                             line->rest_column + (int)start))
            return -1;
        start = at + 1;
    }
    return 0;
}

/** Look at the whole deck once: symbols, column format, hints of NEC-5. */
static alicorn_status survey(ali_nec_reader *reader)
{
    ali_nec_lexer lexer = {.text = reader->text, .length = reader->length};
    ali_nec_line line;
    size_t cards = 0, fixed = 0;
    while (ali_nec_next_line(&lexer, &line)) {
        if (line.kind != ALI_NEC_LINE_CARD)
            continue;
        const ali_nec_card_rule *rule = ali_nec_find_card(line.name);
        if (ali_nec_is_text(line.name)) {
            reader->says_nec5 = reader->says_nec5 || names_nec5(line.rest, line.rest_length);
        } else if (rule && strcmp(line.name, "SY") == 0) {
            if (define_symbols(reader, &line))
                return ali_error_memory(reader->error, lexer.at, "symbols");
        } else if (rule && line.rest_length > 0) {
            ali_nec_layout layout = ali_nec_card_layout(rule->section);
            ali_nec_field fields[ALI_NEC_FIELD_COUNT];
            cards++;
            fixed += ali_nec_split_fixed(&line, &layout, fields) != ALI_NEC_FIXED_NO;
        }
        if (strcmp(line.name, "EN") == 0)
            break;
    }
    reader->fixed_columns = 2 * fixed > cards;
    reader->fixed_throughout = fixed == cards;
    return ALICORN_OK;
}

static void override_symbols(ali_nec_reader *reader)
{
    const alicorn_read_options *options = reader->options;
    for (size_t i = 0; options && i < options->set_count; i++) {
        const char *name = options->set_names[i];
        char quote[40], known[256];
        ali_quote(quote, sizeof quote, name, strlen(name));
        if (!isfinite(options->set_values[i])) {
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "symbol", 0, 0, "SY",
                                "the value set for '%s' is not a finite number", quote);
        } else if (!ali_symbols_override(reader->symbols, name, options->set_values[i])) {
            ali_symbols_list(reader->symbols, known, sizeof known);
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "symbol", 0, 0, "SY",
                                "there is no symbol '%s' to set, expected %s%s", quote,
                                known[0] ? "one of " : "a deck with SY cards", known);
        }
    }
}

/* ---- second pass: cards ---- */

/** Keep a control card for the listing. */
static alicorn_status echo_card(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_model *model = reader->model;
    if (ali_grow((void **)&model->echo, &model->echo_capacity, model->echo_count,
                 sizeof *model->echo))
        return ali_error_memory(reader->error, sizeof *model->echo, "the list of cards");
    ali_card_echo *echo = &model->echo[model->echo_count++];
    memcpy(echo->name, card->rule->name, sizeof echo->name);
    memcpy(echo->integer, card->integer, sizeof echo->integer);
    memcpy(echo->real, card->real, sizeof echo->real);
    return ALICORN_OK;
}

/** Bring geometry and control cards into their order. *act tells whether the card is to be acted
 * on. */
static alicorn_status check_section(ali_nec_reader *reader, const ali_nec_card *card, bool *act)
{
    *act = true;
    if (card->rule->section == ALI_NEC_ANYWHERE || card->rule->section == reader->section)
        return ALICORN_OK;
    if (strcmp(card->rule->name, "EN") == 0)
        return ALICORN_OK; /* a missing GE is reported at the end of the job */
    if (reader->section == ALI_NEC_GEOMETRY) {
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "no-ge", card, -1,
                       "%s within the geometry, expected a GE card before it", card->rule->name);
        return end_geometry(reader, card, 0);
    }
    *act = false;
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "card-order", card, -1,
                   "%s is a geometry card behind GE, expected control cards up to NX or EN",
                   card->rule->name);
    return ALICORN_OK;
}

static alicorn_status act_on_card(ali_nec_reader *reader, const ali_nec_line *line)
{
    ali_nec_card card;
    bool act;
    if (strcmp(line->name, "SY") != 0 && !ali_nec_is_text(line->name))
        ali_nec_geometry_check_waiting(reader, line->name);
    if (!ali_nec_read_card(reader, line, &card)) {
        /* What the card would have made is missing: do not blame those that build on it. */
        const ali_nec_card_rule *rule = card.rule;
        reader->job_cards++;
        if (rule && rule->section == ALI_NEC_GEOMETRY && reader->section == ALI_NEC_GEOMETRY) {
            reader->geometry.broken = true;
            reader->geometry.tapered = false;
            reader->geometry.patches.state = ALI_NEC_CORNERS_NONE;
            if (strcmp(rule->name, "GE") == 0)
                return end_geometry(reader, &card, 0);
        } else if (rule && strcmp(rule->name, "EX") == 0) {
            reader->control.state.drive.kind = ALI_DRIVE_SOURCES;
        }
        return ALICORN_OK;
    }
    if (line->column > 1)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "indented-card", &card, -1,
                       "read as a card; nec2c takes a line that begins with a blank for a comment");
    alicorn_status status = check_section(reader, &card, &act);
    if (status != ALICORN_OK || !act)
        return status;
    if (card.rule->section != ALI_NEC_ANYWHERE)
        reader->job_cards++;
    if (card.rule->section == ALI_NEC_CONTROL && reader->section == ALI_NEC_CONTROL)
        status = echo_card(reader, &card);
    return status == ALICORN_OK ? card.rule->handler(reader, &card) : status;
}

static void report_bad_line(ali_nec_reader *reader, const ali_nec_line *line)
{
    char quote[24];
    size_t start = (size_t)line->column - 1;
    ali_quote(quote, sizeof quote, line->text + start, line->length - start);
    ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "unknown-card", line->number,
                        line->column, NULL,
                        "'%s' is not a card, expected a card name of two letters or a comment "
                        "behind '",
                        quote);
}

/** Behind EN nothing is read; say so if there is something. */
static void note_rest(ali_nec_reader *reader, ali_nec_lexer *lexer)
{
    ali_nec_line line;
    while (ali_nec_next_line(lexer, &line)) {
        if (line.kind == ALI_NEC_LINE_BLANK)
            continue;
        ali_diagnostics_add(reader->diagnostics, ALICORN_NOTE, "text-behind-end", line.number,
                            line.column, "EN", "nothing behind EN is read");
        return;
    }
}

static alicorn_status read_cards(ali_nec_reader *reader)
{
    ali_nec_lexer lexer = {.text = reader->text, .length = reader->length};
    ali_nec_line line;
    alicorn_status status = start_job(reader);
    while (status == ALICORN_OK && !reader->ended && ali_nec_next_line(&lexer, &line)) {
        if (line.kind == ALI_NEC_LINE_BAD) {
            report_bad_line(reader, &line);
        } else if (line.kind == ALI_NEC_LINE_CARD) {
            while (reader->symbol_position < ali_symbols_count(reader->symbols) &&
                   ali_symbols_line(reader->symbols, reader->symbol_position) <= line.number)
                reader->symbol_position++;
            status = act_on_card(reader, &line);
        }
    }
    if (status != ALICORN_OK)
        return status;
    if (reader->ended)
        note_rest(reader, &lexer);
    bool empty = reader->section == ALI_NEC_GEOMETRY && reader->geometry.run_count == 0 &&
                 reader->job_cards <= (reader->ended ? 1u : 0u);
    if (empty && reader->model != reader->first) {
        drop_empty_job(reader);
        return ALICORN_OK;
    }
    return end_job(reader, lexer.line_number > 0 ? lexer.line_number : 1);
}

/* ---- the public functions ---- */

static alicorn_status read_deck(ali_nec_reader *reader)
{
    alicorn_status status = survey(reader);
    if (status != ALICORN_OK)
        return status;
    override_symbols(reader);
    if (ali_symbols_resolve(reader->symbols, reader->diagnostics))
        return ali_error_memory(reader->error, sizeof(size_t), "symbols");
    return read_cards(reader);
}

alicorn_status ali_nec_parse(const char *text, size_t length, const char *name,
                             const alicorn_read_options *options, alicorn_description *description,
                             alicorn_model **model, alicorn_error *error)
{
    alicorn_error own_error;
    ali_numeric_scope scope;
    ali_nec_reader reader = {.text = text,
                             .length = length,
                             .name = name ? name : "",
                             .options = options,
                             .error = error ? error : &own_error};
    *model = NULL;
    if (length > ALI_NEC_MAX_BYTES)
        return ali_error_set_at(error, ALICORN_E_INPUT, reader.name, 0, 0, NULL,
                                "the deck has %zu bytes, expected at most %u", length,
                                ALI_NEC_MAX_BYTES);
    if (ali_numeric_begin(&scope))
        return ali_error_memory(error, sizeof scope, "a locale");
    reader.diagnostics = ali_diagnostics_create(reader.name);
    reader.symbols = ali_symbols_create();
    alicorn_status status = ALICORN_OK;
    if (!reader.diagnostics || !reader.symbols)
        status = ali_error_memory(error, sizeof reader, "a reader");
    if (status == ALICORN_OK)
        status = read_deck(&reader);
    if (status == ALICORN_OK && description &&
        ali_symbols_describe(reader.symbols, &description->variables, &description->variable_count))
        status = ali_error_memory(error, sizeof *description, "symbols");
    ali_numeric_end(&scope);

    if (status == ALICORN_OK)
        status = ali_diagnostics_finish(reader.diagnostics, options ? options->report : NULL,
                                        options ? options->report_user : NULL, error);
    if (status == ALICORN_OK)
        *model = reader.first;
    else
        ali_model_destroy(reader.first);
    ali_nec_geometry_clear(&reader.geometry);
    ali_nec_control_clear(&reader.control);
    ali_symbols_destroy(reader.symbols);
    ali_diagnostics_destroy(reader.diagnostics);
    free(reader.comment);
    return status;
}

alicorn_status alicorn_model_parse_nec(const char *text, size_t length, const char *name,
                                       const alicorn_read_options *options, alicorn_model **model,
                                       alicorn_error *error)
{
    return ali_nec_parse(text, length, name, options, NULL, model, error);
}

alicorn_status alicorn_model_read_nec(const char *path, const alicorn_read_options *options,
                                      alicorn_model **model, alicorn_error *error)
{
    char *text;
    size_t length;
    *model = NULL;
    alicorn_status status = ali_text_file_read(path, "a NEC deck", &text, &length, error);
    if (status == ALICORN_OK)
        status = alicorn_model_parse_nec(text, length, strcmp(path, "-") == 0 ? "<stdin>" : path,
                                         options, model, error);
    free(text);
    return status;
}
