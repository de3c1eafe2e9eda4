/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_cards.h"

#include "input/nec_reader.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/** How far from a whole number the value of an expression in an integer field may be, relative:
 * rounding of sums and products such as 0.1*30. */
#define WHOLE_TOLERANCE 1e-9

ali_nec_layout ali_nec_card_layout(ali_nec_section section)
{
    return section == ALI_NEC_GEOMETRY ? (ali_nec_layout){2, 7} : (ali_nec_layout){4, 6};
}

void ali_nec_field_name(const ali_nec_card_rule *rule, int field, char text[4])
{
    ali_nec_layout layout = ali_nec_card_layout(rule->section);
    bool integer = field < layout.integer_count;
    text[0] = integer ? 'I' : 'F';
    text[1] = (char)('1' + (integer ? field : field - layout.integer_count));
    text[2] = '\0';
}

/* ---- what is expected of a field ---- */

/** "1 to 1000", "more than 0 m", "at least 0", "a number" */
static void describe_range(const ali_nec_field_rule *rule, char *text, size_t size)
{
    bool low = rule->low > -DBL_MAX, high = rule->high < DBL_MAX;
    const char *space = rule->unit[0] ? " " : "";
    if (low && high && rule->low == rule->high)
        snprintf(text, size, "%.10g%s%s", rule->low, space, rule->unit);
    else if (low && high)
        snprintf(text, size, "%.10g to %.10g%s%s", rule->low, rule->high, space, rule->unit);
    else if (low)
        snprintf(text, size, "%s %.10g%s%s", rule->flags & ALI_NEC_ABOVE ? "more than" : "at least",
                 rule->low, space, rule->unit);
    else
        snprintf(text, size, "a number%s%s%s", rule->unit[0] ? " in" : "", space, rule->unit);
}

bool ali_nec_describe_field(const ali_nec_card_rule *rule, int field, char *text, size_t size)
{
    ali_nec_layout layout = ali_nec_card_layout(rule->section);
    if (field >= layout.integer_count + layout.real_count || !rule->fields[field].label)
        return false;
    const ali_nec_field_rule *f = &rule->fields[field];
    char name[4], range[64], card[16], initial[32];
    ali_nec_field_name(rule, field, name);
    describe_range(f, range, sizeof range);
    if (!rule->by_i1)
        snprintf(card, sizeof card, "%s", rule->name);
    else if (rule->i1_low == rule->i1_high)
        snprintf(card, sizeof card, "%s %d", rule->name, rule->i1_low);
    else
        snprintf(card, sizeof card, "%s %d-%d", rule->name, rule->i1_low, rule->i1_high);
    snprintf(initial, sizeof initial, "%.10g", f->initial);
    snprintf(text, size, "| %s | %s | %s | %s%s | %s |", card, name, f->label,
             field < layout.integer_count ? "whole, " : "", range,
             f->flags & ALI_NEC_REQUIRED ? "required" : initial);
    return true;
}

/* ---- reading one field ---- */

typedef struct field_place {
    ali_nec_reader *reader;
    const ali_nec_card *card;
    int index;
} field_place;

/** Report "<card> <field> (<label>): <what>; expected <range>". */
static void report_field(const field_place *place, const char *what, int column)
{
    const ali_nec_card_rule *rule = place->card->rule;
    const ali_nec_field_rule *f = &rule->fields[place->index];
    char name[4], range[64] = "nothing here";
    ali_nec_field_name(rule, place->index, name);
    if (f->label)
        describe_range(f, range, sizeof range);
    bool integer = place->index < ali_nec_card_layout(rule->section).integer_count;
    ali_diagnostics_add(place->reader->diagnostics, ALICORN_ERROR, "field", place->card->line,
                        column, rule->name, "%s %s (%s): %s, expected %s%s", rule->name, name,
                        f->label ? f->label : "unused", what, integer && f->label ? "whole " : "",
                        range);
}

/** A unit that stands apart from its number: two fields where one was meant. */
static bool is_lone_unit(const field_place *place, const ali_nec_field *field)
{
    if (strcmp(place->card->rule->name, "GS") == 0 || place->index == 0 ||
        ali_expression_name_length(field->text, field->length) != field->length)
        return false;
    const ali_nec_field *before = &place->card->field[place->index - 1];
    double value;
    alicorn_error error;
    ali_symbols_place symbols = {place->reader->symbols, place->reader->symbol_position};
    return before->length > 0 && strchr("0123456789.", before->text[before->length - 1]) &&
           ali_expression_constant(field->text, field->length, NULL) &&
           ali_expression_compare_names(field->text, field->length, "pi", 2) != 0 &&
           ali_symbols_lookup(&symbols, field->text, field->length, &value, &error) ==
               ALICORN_E_USAGE;
}

static bool evaluate_field(const field_place *place, const ali_nec_field *field, double *value)
{
    ali_symbols_place symbols = {place->reader->symbols, place->reader->symbol_position};
    ali_expression_scope scope = {ali_symbols_lookup, &symbols, NULL};
    alicorn_error error = {0};
    char quote[32], what[112];
    if (is_lone_unit(place, field)) {
        ali_quote(quote, sizeof quote, field->text, field->length);
        snprintf(what, sizeof what, "unit '%s' stands apart from its number (write 1%s)", quote,
                 quote);
        report_field(place, what, field->column);
        return false;
    }
    if (ali_expression_evaluate(field->text, field->length, &scope, value, &error) == ALICORN_OK)
        return true;
    if (error.message[0])
        report_field(place, error.message, field->column + error.column - 1);
    return false;
}

/** The value of a field, checked; false if it was reported or comes from a symbol that was. */
static bool read_field(const field_place *place, double *value)
{
    const ali_nec_field *field = &place->card->field[place->index];
    const ali_nec_field_rule *rule = &place->card->rule->fields[place->index];
    if (field->length == 0) {
        *value = rule->initial;
        if (!(rule->flags & ALI_NEC_REQUIRED))
            return true;
        report_field(place, "is missing", ali_nec_column(place->card, place->index));
        return false;
    }
    if (!evaluate_field(place, field, value))
        return false;
    if (!rule->label)
        return true;

    char quote[40], what[80];
    bool integer = place->index < ali_nec_card_layout(place->card->rule->section).integer_count;
    double whole = round(*value);
    if (integer && fabs(*value - whole) > WHOLE_TOLERANCE * fmax(1, fabs(whole))) {
        ali_quote(quote, sizeof quote, field->text, field->length);
        snprintf(what, sizeof what, "'%s' is not a whole number", quote);
        report_field(place, what, field->column);
        return false;
    }
    if (integer)
        *value = whole;
    bool too_low = rule->flags & ALI_NEC_ABOVE ? !(*value > rule->low) : !(*value >= rule->low);
    if (too_low || !(*value <= rule->high)) {
        ali_quote(quote, sizeof quote, field->text, field->length);
        snprintf(what, sizeof what, "'%s' is out of range", quote);
        report_field(place, what, field->column);
        return false;
    }
    return true;
}

static void warn_unused(const field_place *place, double value)
{
    const ali_nec_card_rule *rule = place->card->rule;
    const ali_nec_field_rule *f = &rule->fields[place->index];
    if (f->label || f->flags & ALI_NEC_IGNORED || value == 0)
        return;
    char name[4];
    ali_nec_field_name(rule, place->index, name);
    ALI_NEC_REPORT(place->reader, ALICORN_WARNING, "unused-field", place->card, place->index,
                   "%s %s: %g has no meaning in NEC-2 and no effect, expected nothing", rule->name,
                   name, value);
}

/* ---- reading a card ---- */

static void copy_name(char object[4], const ali_nec_line *line)
{
    memcpy(object, line->name, 3);
    object[3] = '\0';
}

static void report_unknown(ali_nec_reader *reader, const ali_nec_line *line)
{
    char object[4], word[16];
    copy_name(object, line);
    size_t start = (size_t)line->column - 1;
    size_t length = ali_expression_name_length(line->text + start, line->length - start);
    ali_quote(word, sizeof word, line->text + start, length);
    ali_diagnostics_add(
        reader->diagnostics, ALICORN_ERROR, "unknown-card", line->number, line->column, object,
        "unknown card '%s', expected a NEC-2 card, SY, or a comment behind '", word);
}

static void report_refusal(ali_nec_reader *reader, const ali_nec_card *card,
                           const ali_nec_card_rule *rule)
{
    char type[16] = "";
    if (rule->by_i1)
        snprintf(type, sizeof type, " %d", rule->i1_low);
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "unsupported-card", card, rule->by_i1 ? 0 : -1,
                   "%s%s (%s) %s", rule->name, type, rule->help, rule->refusal);
}

/** Choose the variant of the card by I1. Returns false after a report. */
static bool choose_variant(ali_nec_reader *reader, ali_nec_card *card)
{
    double type = 0;
    field_place place = {reader, card, 0};
    if (card->field[0].length > 0 && !evaluate_field(&place, &card->field[0], &type))
        return false;
    char expected[64] = "";
    size_t used = 0;
    size_t count;
    const ali_nec_card_rule *table = ali_nec_card_table(&count);
    for (const ali_nec_card_rule *rule = card->rule;
         rule < table + count && strcmp(rule->name, card->rule->name) == 0; rule++) {
        if (type >= rule->i1_low && type <= rule->i1_high && type == round(type)) {
            card->rule = rule;
            if (!rule->refusal)
                return true;
            report_refusal(reader, card, rule);
            return false;
        }
        for (int i = rule->i1_low; i <= rule->i1_high && !rule->refusal; i++)
            used += (size_t)snprintf(expected + used, sizeof expected - used, "%s%d",
                                     used ? ", " : "", i);
    }
    ALI_NEC_REPORT(reader, ALICORN_ERROR, "field", card, 0,
                   "%s I1 (type): %.10g is not known, expected one of %s", card->rule->name, type,
                   expected);
    return false;
}

/** Cut the line into the card's fields, by columns or free. *end: where fields beyond the card
 * begin. */
static void split_fields(ali_nec_reader *reader, const ali_nec_line *line, ali_nec_card *card,
                         size_t *end)
{
    ali_nec_layout layout = ali_nec_card_layout(card->rule->section);
    size_t capacity = (size_t)(layout.integer_count + layout.real_count);
    ali_nec_field fixed[ALI_NEC_FIELD_COUNT] = {0};
    ali_nec_split_free(line, card->field, capacity, end);
    if (ali_nec_split_fixed(line, &layout, fixed) != ALI_NEC_FIXED_DIFFERENT)
        return;
    if (reader->fixed_columns) {
        memcpy(card->field, fixed, capacity * sizeof *fixed);
        *end = line->rest_length;
    }
    if (!reader->fixed_throughout)
        ALI_NEC_REPORT(reader, ALICORN_WARNING, "column-format", card, -1,
                       "this line means something else in NEC's 80-column format than in free "
                       "format; read in %s",
                       reader->fixed_columns ? "80 columns, as most lines of the deck"
                                             : "free format, as most lines of the deck");
}

/** Fields beyond the card's last one may only be zeros. */
static bool check_surplus(ali_nec_reader *reader, const ali_nec_line *line,
                          const ali_nec_card *card, size_t end)
{
    ali_nec_line rest = *line;
    while (end < line->rest_length) {
        rest.rest = line->rest + end;
        rest.rest_length = line->rest_length - end;
        rest.rest_column = line->rest_column + (int)end;
        ali_nec_field field = {0};
        size_t next;
        ali_nec_split_free(&rest, &field, 1, &next);
        double value = 1;
        alicorn_error error;
        if (field.length > 0 && (ali_expression_evaluate(field.text, field.length, NULL, &value,
                                                         &error) != ALICORN_OK ||
                                 value != 0)) {
            ali_nec_layout layout = ali_nec_card_layout(card->rule->section);
            char quote[32];
            ali_quote(quote, sizeof quote, field.text, field.length);
            ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "surplus-field", line->number,
                                field.column, card->rule->name,
                                "'%s' behind the last field of %s, expected at most %d fields or a "
                                "comment behind '",
                                quote, card->rule->name, layout.integer_count + layout.real_count);
            return false;
        }
        end += next;
    }
    return true;
}

static bool read_fields(ali_nec_reader *reader, ali_nec_card *card)
{
    ali_nec_layout layout = ali_nec_card_layout(card->rule->section);
    bool good = true;
    for (int i = 0; i < layout.integer_count + layout.real_count; i++) {
        field_place place = {reader, card, i};
        double value = 0;
        if (card->rule->fields[i].flags & ALI_NEC_IGNORED)
            continue;
        if (!read_field(&place, &value)) {
            good = false;
            continue;
        }
        warn_unused(&place, value);
        if (i >= layout.integer_count)
            card->real[i - layout.integer_count] = value;
        else if (card->rule->fields[i].label)
            card->integer[i] = (int)value;
    }
    return good;
}

bool ali_nec_read_card(ali_nec_reader *reader, const ali_nec_line *line, ali_nec_card *card)
{
    *card = (ali_nec_card){.line = line->number, .column = line->column};
    card->rule = ali_nec_find_card(line->name);
    bool free_text = ali_nec_is_text(line->name) || strcmp(line->name, "SY") == 0;
    bool glued =
        line->rest_length > 0 && !free_text && ali_expression_name_length(line->rest, 1) > 0;
    if (!card->rule || glued) {
        report_unknown(reader, line);
        return false;
    }
    if (free_text) {
        card->text = line->rest;
        card->text_length = line->rest_length;
        return true;
    }
    if (card->rule->refusal && !card->rule->by_i1) {
        report_refusal(reader, card, card->rule);
        return false;
    }
    size_t end;
    split_fields(reader, line, card, &end);
    if (card->rule->by_i1 && !choose_variant(reader, card))
        return false;
    bool good = read_fields(reader, card);
    return check_surplus(reader, line, card, end) && good;
}
