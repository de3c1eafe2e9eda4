/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_CARDS_H
#define ALI_INPUT_NEC_CARDS_H

#include "alicorn/status.h"
#include "input/nec_lexer.h"

#include <stdbool.h>

/** @file
 *  The cards of a NEC deck: one table says of every card which fields it has, what may stand in
 * them, which function acts on it, and what to tell the user. Parsing, checking, help and
 * docs/decks.md all come from this table. */

struct ali_nec_reader;

/* Limits that keep a mistyped or hostile deck from filling the memory. Each is far above what can
 * be solved. */

/** Segments of a structure: a dense matrix of this order would need 16 TB. */
#define ALI_NEC_MAX_SEGMENTS 1000000
/** Surface patches of a structure: two triangles each, three unknowns, a dense matrix of 1.4 TB. */
#define ALI_NEC_MAX_PATCHES 100000
/** Frequencies of one task: a sweep of 100 Hz steps over a short-wave band's 10 MHz. */
#define ALI_NEC_MAX_FREQUENCIES 100000
/** Points of one pattern, near-field grid or grid of plane waves: a sphere in steps of 0.1 degree
 * has 6.5e6. */
#define ALI_NEC_MAX_POINTS 10000000
/** Largest absolute value of a tag. */
#define ALI_NEC_MAX_TAG 1000000000
/** Segment moves of all GM, GR, GX and GS cards together: a hundred transformations of the largest
 * structure. */
#define ALI_NEC_MAX_MOVES (100.0 * ALI_NEC_MAX_SEGMENTS)
/** Loads, networks, sources and frequencies of all tasks together. */
#define ALI_NEC_MAX_TASK_ITEMS 10000000
/** Size of a deck [bytes]. */
#define ALI_NEC_MAX_BYTES (256u << 20)

typedef enum ali_nec_section {
    ALI_NEC_ANYWHERE = 0, /**< comments and symbols */
    ALI_NEC_GEOMETRY = 1, /**< up to GE */
    ALI_NEC_CONTROL = 2   /**< from GE on */
} ali_nec_section;

enum {
    ALI_NEC_REQUIRED = 1, /**< may not be left out */
    ALI_NEC_ABOVE = 2,    /**< must be greater than `low`, not equal */
    ALI_NEC_IGNORED =
        4 /**< other programs write here; has no meaning for NEC-2 and is passed over */
};

/** What may stand in one field. A rule without a label is an unused field: anything but zero there
 * is warned about. */
typedef struct ali_nec_field_rule {
    const char *label; /**< what it is: "number of segments" */
    const char *unit;  /**< "" for pure numbers */
    double low, high;  /**< allowed range, inclusive */
    double initial;    /**< value when the field is left out */
    unsigned flags;
} ali_nec_field_rule;

typedef struct ali_nec_card ali_nec_card;

/** Acts on a checked card. Errors of the input go to the reader's diagnostics; any other status
 * ends the reading. */
typedef alicorn_status (*ali_nec_handler)(struct ali_nec_reader *reader, const ali_nec_card *card);

/** One card, or the variant of a card that I1 selects. */
typedef struct ali_nec_card_rule {
    char name[3];
    ali_nec_section section;
    bool by_i1; /**< several rows share the name; this one holds for i1_low <= I1 <= i1_high */
    int i1_low, i1_high;
    const char *help;    /**< one line */
    const char *refusal; /**< not NULL: the card is refused; why, and what to do instead */
    ali_nec_handler handler;
    ali_nec_field_rule fields[ALI_NEC_FIELD_COUNT]; /**< integers first, as on the card */
} ali_nec_card_rule;

/** A card of the deck with its values. */
struct ali_nec_card {
    const ali_nec_card_rule *rule;
    int line, column;
    int integer[4];
    double real[7];
    ali_nec_field field[ALI_NEC_FIELD_COUNT]; /**< where each stands; length 0 if it was left out */
    const char *text;                         /**< CM, CE: the words; else NULL */
    size_t text_length;
};

/** The whole table. */
const ali_nec_card_rule *ali_nec_card_table(size_t *count);

/** First rule of a name, NULL if there is no such card; further rules of the name follow it in the
 * table. */
const ali_nec_card_rule *ali_nec_find_card(const char *name);

/** Integer and real fields of the cards of a section. */
ali_nec_layout ali_nec_card_layout(ali_nec_section section);

/** Name of a field, "I1" … "F7", into text. */
void ali_nec_field_name(const ali_nec_card_rule *rule, int field, char text[4]);

/** Row of the reference table: "| GW | I2 | number of segments | | 1 … 1000000 | required |".
 * `field` counts from 0; returns false if the card has no such field. */
bool ali_nec_describe_field(const ali_nec_card_rule *rule, int field, char *text, size_t size);

/** Read and check the fields of a card line. Reports what is wrong.
 *  @return true if *card is complete and correct */
bool ali_nec_read_card(struct ali_nec_reader *reader, const ali_nec_line *line, ali_nec_card *card);

#endif
