/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_KEYS_H
#define ALI_INPUT_KEYS_H

#include "alicorn/model.h"
#include "input/diagnostics.h"
#include "input/project_yaml.h"
#include "input/symbols.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Files whose mappings have known keys: one table says of every key of every mapping what its
 *  value is, its unit, default and bounds, and which member of a structure receives it. Reading,
 *  checking and documents come from such a table. */

/** A list of rows of numbers. */
typedef struct ali_key_rows {
    double *values; /**< [count * columns] */
    size_t count;
} ali_key_rows;

/** start, start + step, …; count 0: absent. */
typedef struct ali_key_range {
    double start, step;
    size_t count;
} ali_key_range;

/** Structures that a list of mappings became. */
typedef struct ali_key_items {
    void *items;
    size_t count;
} ali_key_items;

/* ---- tables ---- */

typedef enum ali_key_kind {
    ALI_KEY_TEXT,   /**< const char *: not empty */
    ALI_KEY_NAME,   /**< const char *: not empty, short, printable */
    ALI_KEY_REAL,   /**< double */
    ALI_KEY_WHOLE,  /**< int */
    ALI_KEY_SWITCH, /**< bool: true or false */
    ALI_KEY_CHOICE, /**< int: place among `choices` */
    ALI_KEY_POINT,  /**< double[3] */
    ALI_KEY_REALS,  /**< ali_key_rows, 1 column */
    ALI_KEY_PAIRS,  /**< ali_key_rows, 2 columns */
    ALI_KEY_POINTS, /**< ali_key_rows, 3 columns */
    ALI_KEY_CURVE,  /**< ali_key_rows, 2 columns: frequency [Hz], ascending from 0, and a value in
                         the key's unit; two rows of equal frequency make a step */
    ALI_KEY_RANGE,  /**< ali_key_range: a number or [start, stop, step] */
    ALI_KEY_MAP,    /**< pointer to the structure of `map` */
    ALI_KEY_MAPS,   /**< ali_key_items of the structures of `map` */
    ALI_KEY_ANY,    /**< const ali_yaml_node *: looked at by its own function; `form` says what
                         it may be */
    ALI_KEY_REFUSED /**< known, but not read by this version: `help` says why */
} ali_key_kind;

typedef enum ali_key_unit {
    ALI_UNIT_NONE,
    ALI_UNIT_LENGTH,        /**< m */
    ALI_UNIT_FREQUENCY,     /**< Hz */
    ALI_UNIT_ANGLE,         /**< degrees */
    ALI_UNIT_RESISTANCE,    /**< ohm */
    ALI_UNIT_CONDUCTIVITY,  /**< S/m */
    ALI_UNIT_ADMITTANCE,    /**< S */
    ALI_UNIT_TIME,          /**< s */
    ALI_UNIT_SHARE,         /**< 1, or per cent */
    ALI_UNIT_LEVEL,         /**< dBm */
    ALI_UNIT_RATIO,         /**< dB */
    ALI_UNIT_CARRIER,       /**< dBc */
    ALI_UNIT_CARRIER_NOISE, /**< dBc/Hz */
    ALI_UNIT_NOISE,         /**< dBm/Hz */
    ALI_UNIT_GAIN,          /**< dBi */
    ALI_UNIT_CROSS_SECTION, /**< dBsm */
    ALI_UNIT_LINE_LOSS,     /**< dB/m */
    ALI_UNIT_COUNT
} ali_key_unit;

enum {
    ALI_KEY_REQUIRED = 1,
    ALI_KEY_ABOVE = 2, /**< must be greater than `low`, not equal */
    ALI_KEY_UNIT = 4,  /**< a number must have its unit written behind it */
    ALI_KEY_LONE = 8   /**< CURVE: may be a lone value, read as one row with frequency 0 */
};

typedef struct ali_key {
    int owner; /**< mapping of the table that has the key */
    const char *name;
    ali_key_kind kind;
    size_t offset;     /**< of the member in the owner's structure */
    ali_key_unit unit; /**< of numbers */
    unsigned flags;
    double low, high;           /**< bounds of numbers, inclusive */
    size_t least, most;         /**< bounds of the number of rows of a list */
    bool has_initial;           /**< a number, switch or choice has a value when it is absent */
    double initial;             /**< that value; without one a number is NAN, a choice or count 0 */
    const char *standard;       /**< that value for people, NULL: none */
    const char *const *choices; /**< NULL behind the last */
    int map;                    /**< MAP, MAPS */
    const char *form;           /**< what may stand there, for people; NULL: as the kind says */
    const char *help;           /**< one line */
} ali_key;

/** A mapping becomes a structure whose first member is the `const ali_yaml_node *` where it stands.
 * Texts are NULL and numbers NAN where nothing was given and there is no default. */
typedef struct ali_key_map {
    const char *name; /**< for people */
    size_t size;      /**< of the structure [bytes] */
    bool words;       /**< in a list, the name of a key stands for a mapping of it alone */
} ali_key_map;

typedef struct ali_key_table {
    const char *what;    /**< a file of this kind, for people: "project" */
    const ali_key *keys; /**< [key_count]; keys of a mapping stand together */
    size_t key_count;
    const ali_key_map *maps; /**< [map_count]; 0 is the file itself */
    int map_count;
} ali_key_table;

/* Rows of a table. */
#define ALI_KEY(map_, type, member, name_, kind_, ...)                                             \
    {                                                                                              \
        .owner = map_, .name = name_, .kind = kind_, .offset = offsetof(type, member), __VA_ARGS__ \
    }
#define ALI_KEY_NOT_YET(map_, name_, help_)                                                        \
    {                                                                                              \
        .owner = map_, .name = name_, .kind = ALI_KEY_REFUSED, .help = help_                       \
    }
#define ALI_KEY_INITIAL(value, text) .has_initial = true, .initial = value, .standard = text

/** Keys of one mapping. */
const ali_key *ali_key_table_of(const ali_key_table *table, int map, size_t *count);
/** A key of a mapping, or NULL. */
const ali_key *ali_key_named(const ali_key_table *table, int map, const char *name);

/** A word for a unit. A number in it is number * factor + offset in the base unit, or
 * 10 lg(number * factor) + offset if it is the power that the base unit is the level of. */
typedef struct ali_key_word {
    ali_key_unit unit;
    const char *word;
    double factor, offset;
    bool power;
} ali_key_word;

/** Words for all units one after the other, NULL past the end; the first of each unit is the base
 * unit. */
const ali_key_word *ali_key_word_at(size_t index);
/** Base unit of numbers, "" for pure numbers. */
const char *ali_key_unit_name(ali_key_unit unit);

/** Row of a document's reference table: "| `radius` | length, m | above 0 | required | … |". */
void ali_key_describe(const ali_key_table *table, const ali_key *key, char *text, size_t size);

/* ---- reading ---- */

/** The state of reading a file of keys. */
typedef struct ali_key_reader {
    const ali_key_table *table;
    const char *name;                    /**< of the file, borrowed */
    const alicorn_read_options *options; /**< may be NULL */
    ali_diagnostics *diagnostics;
    ali_symbols *symbols;
    ali_yaml yaml;
    struct block *blocks; /**< memory of the structures */
    alicorn_error *error; /**< for errors that end the reading, never NULL */
} ali_key_reader;

/** Begin a reader of which table, name, options and error are set. Clear it in any case. */
alicorn_status ali_key_reader_begin(ali_key_reader *reader);
void ali_key_reader_clear(ali_key_reader *reader);

/** Parse the text and read it as mapping 0 of the table into *root; variables first. *there is
 *  false if there is no such mapping, which is reported.
 *  @return ALICORN_OK, also with findings; ALICORN_E_MEMORY */
alicorn_status ali_key_read_file(ali_key_reader *reader, const char *text, size_t length,
                                 void *root, bool *there);

/** Report what was found.
 *  @return ALICORN_OK, ALICORN_E_INPUT if there was an error, ALICORN_E_MEMORY */
alicorn_status ali_key_reader_finish(ali_key_reader *reader);

/** Whether an error was reported. */
bool ali_key_has_errors(const ali_key_reader *reader);

/** Report a finding about a value; its path stands in front of the message. */
void ali_key_report(ali_key_reader *reader, alicorn_severity severity, const char *finding,
                    const ali_yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** The value of a key, or the mapping itself where it was left out: the place for a finding. */
const ali_yaml_node *ali_key_place(const ali_yaml_node *map, const char *key);

/** Zeroed memory that lives as long as the reader; NULL when memory is out. */
void *ali_key_alloc(ali_key_reader *reader, size_t count, size_t size);

/** Path of a file that the text names, from the folder of the file that is read; to be freed. */
char *ali_key_file_path(const ali_key_reader *reader, const char *file);

/** Report names that two structures of a list share; `offset` is that of the name, NULL: none. */
void ali_key_check_names(ali_key_reader *reader, const ali_key_items *items, size_t size,
                         size_t offset, const char *what);

/** Read a mapping into its structure, which is filled with defaults first. Findings are reported.
 *  @return ALICORN_OK, also with findings; ALICORN_E_MEMORY */
alicorn_status ali_key_read_map(ali_key_reader *reader, const ali_yaml_node *node, int map,
                                void *into);
/** Read a number as `key` allows it. False if it was reported to be wrong. */
bool ali_key_read_real(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                       double *value);
/** Read a list of rows of `columns` numbers. */
alicorn_status ali_key_read_rows(ali_key_reader *reader, const ali_yaml_node *node,
                                 const ali_key *key, size_t columns, ali_key_rows *rows);

#endif
