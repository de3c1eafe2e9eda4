/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_LEXER_H
#define ALI_INPUT_NEC_LEXER_H

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  A deck's text, cut into lines and fields; what they mean is nec_cards.h's business.
 *
 *  Lines end in LF, CR LF or CR; a byte order mark in front and a DOS end-of-file mark (^Z) are
 * passed over. A line that is blank or begins with ' # or ! is a comment. On a card, ' or ! begins
 * a comment to the end of the line, except on CM and CE, whose text is free.
 *
 *  Free format: fields stand between blanks, tabs or commas; two commas with nothing between hold
 * an empty field; blanks and commas inside parentheses belong to the field. Fixed format: NEC's
 * 80-column punched card, fields without any separator, blank ones meaning zero. */

/** Fields of the longest card: control cards have 4 + 6, geometry cards 2 + 7. */
#define ALI_NEC_FIELD_COUNT 10

typedef struct ali_nec_field {
    const char *text; /**< not terminated */
    size_t length;    /**< 0: empty, the default holds */
    int column;       /**< 1-based, in bytes */
} ali_nec_field;

typedef enum ali_nec_line_kind {
    ALI_NEC_LINE_BLANK, /**< nothing, or a comment of the ' # ! kind */
    ALI_NEC_LINE_CARD,
    ALI_NEC_LINE_BAD /**< does not begin with two letters */
} ali_nec_line_kind;

typedef struct ali_nec_line {
    ali_nec_line_kind kind;
    int number;       /**< 1-based */
    const char *text; /**< the whole line, without its end */
    size_t length;
    char name[3];     /**< card name, capitals */
    int column;       /**< of the name */
    const char *rest; /**< behind the name, comment and trailing blanks cut off (not on CM, CE) */
    size_t rest_length;
    int rest_column;
} ali_nec_line;

/** A position in the text. Start with {text, length}. */
typedef struct ali_nec_lexer {
    const char *text;
    size_t length;
    size_t at;
    int line_number;
} ali_nec_lexer;

/** Whether the card is CM or CE, which hold nothing but text. */
bool ali_nec_is_text(const char *name);

/** Next line into *line; false at the end of the text. */
bool ali_nec_next_line(ali_nec_lexer *lexer, ali_nec_line *line);

/** Widths of the 80-column format in columns: integers first. */
typedef struct ali_nec_layout {
    int integer_count, real_count;
} ali_nec_layout;

/** Cut the rest of a card into fields, free format. Returns their number, at most `capacity` of
 * which are stored; *end is where the fields that did not fit begin (offset in line->rest), or
 * rest_length. */
size_t ali_nec_split_free(const ali_nec_line *line, ali_nec_field *fields, size_t capacity,
                          size_t *end);

/** How a line reads on the 80-column card. */
typedef enum ali_nec_fixed_verdict {
    ALI_NEC_FIXED_NO,   /**< cannot be a fixed-column card */
    ALI_NEC_FIXED_SAME, /**< both formats read the same */
    ALI_NEC_FIXED_DIFFERENT
} ali_nec_fixed_verdict;

/** Cut a card by columns into layout->integer_count + layout->real_count fields. A line qualifies
 * only if every field holds at most one plain number, integers end in their last column (to
 * Fortran, blanks behind digits were zeros) and nonzero reals have a decimal point or an exponent
 * (Fortran would have put the point five digits from the right). */
ali_nec_fixed_verdict ali_nec_split_fixed(const ali_nec_line *line, const ali_nec_layout *layout,
                                          ali_nec_field *fields);

#endif
