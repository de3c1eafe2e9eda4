/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/network.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "base/text_file.h"
#include "network/convert.h"
#include "network/touchstone_scan.h"

#include <complex.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Format: Touchstone File Format Specification, versions 1.1 (2002) and 2.0 (2009), IBIS Open
 * Forum. */

typedef enum number_format { FORMAT_MA, FORMAT_DB, FORMAT_RI } number_format;
typedef enum matrix_form { FORM_FULL, FORM_LOWER, FORM_UPPER } matrix_form;

/** A port name from a comment. */
typedef struct port_name {
    size_t port; /**< from 1 */
    char name[32];
} port_name;

typedef struct reading {
    ali_touchstone_scan scan;
    int version;  /**< 1 or 2 */
    size_t ports; /**< 0: not yet known */
    double unit;  /**< of frequencies [Hz] */
    char kind;    /**< 'S', 'Y', 'Z' */
    number_format format;
    double resistance; /**< of the option line [ohm] */
    double *reference; /**< [ports] of version 2, or NULL */
    matrix_form form;
    bool has_options;   /**< the option line was there */
    bool transposed;    /**< two ports: 21 stands before 12 */
    bool has_order;     /**< version 2: it was said */
    size_t frequencies; /**< promised by version 2, 0: not */
    port_name *names;   /**< [name_count] */
    size_t name_count, name_capacity;
    alicorn_network *network;
    double *numbers;         /**< of one frequency, as written: [2 entries] */
    double complex *matrix;  /**< [ports][ports] */
    alicorn_complex *values; /**< the same */
} reading;

/* ---- comments ---- */

/** Note "Port[3] = name", as field solvers write it. */
static void note_comment(void *user, const char *text, size_t length)
{
    reading *r = user;
    char line[96] = "", name[32] = "";
    size_t port = 0;
    memcpy(line, text, length < sizeof line - 1 ? length : sizeof line - 1);
    for (size_t i = 0; i < 8 && line[i]; i++)
        line[i] = (char)tolower((unsigned char)line[i]);
    if (sscanf(line, " port[%6zu] = %31[^\r\n]", &port, name) != 2 || port == 0)
        return;
    for (size_t i = strlen(name); i > 0 && isspace((unsigned char)name[i - 1]); i--)
        name[i - 1] = '\0';
    if (!name[0] ||
        ali_grow((void **)&r->names, &r->name_capacity, r->name_count, sizeof *r->names))
        return;
    port_name *noted = &r->names[r->name_count++];
    noted->port = port;
    memcpy(noted->name, name, sizeof noted->name);
}

static void name_ports(const reading *r)
{
    for (size_t i = 0; i < r->name_count; i++)
        if (r->names[i].port <= r->ports)
            memcpy(r->network->names[r->names[i].port - 1], r->names[i].name,
                   sizeof r->names[i].name);
}

/* ---- option line ---- */

static const struct {
    const char *word;
    double hertz;
} units[] = {{"Hz", 1.0}, {"kHz", 1e3}, {"MHz", 1e6}, {"GHz", 1e9}};

static const struct {
    const char *word;
    number_format format;
} formats[] = {{"MA", FORMAT_MA}, {"DB", FORMAT_DB}, {"RI", FORMAT_RI}};

static alicorn_status take_resistance(reading *r)
{
    ali_touchstone_word word;
    if (!ali_touchstone_word_next(&r->scan, &word))
        return ali_touchstone_fail(&r->scan, NULL, "expected a resistance in ohm behind R");
    alicorn_status status =
        ali_touchstone_number(&r->scan, &word, "a resistance in ohm", &r->resistance);
    if (!status && !(r->resistance > 0.0))
        status = ali_touchstone_fail(&r->scan, &word,
                                     "the reference resistance is %g ohm, expected a positive one",
                                     r->resistance);
    return status;
}

static alicorn_status take_option(reading *r, const ali_touchstone_word *word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ali_touchstone_word_is(word, units[i].word)) {
            r->unit = units[i].hertz;
            return ALICORN_OK;
        }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (ali_touchstone_word_is(word, formats[i].word)) {
            r->format = formats[i].format;
            return ALICORN_OK;
        }
    char kind = word->length == 1 ? (char)toupper((unsigned char)word->text[0]) : '\0';
    if (kind == 'R')
        return take_resistance(r);
    if (kind == 'S' || kind == 'Y' || kind == 'Z') {
        r->kind = kind;
        return ALICORN_OK;
    }
    if (kind == 'G' || kind == 'H')
        return ali_touchstone_fail(&r->scan, word,
                                   "hybrid parameters (%c) are not read, expected S, Y or Z", kind);
    return ali_touchstone_fail(&r->scan, word,
                               "unknown option \"%.*s\", expected Hz, kHz, MHz, GHz, S, Y, Z, MA, "
                               "DB, RI or R with a resistance",
                               (int)(word->length < 40 ? word->length : 40), word->text);
}

/** The rest of "# …", whose '#' stood at the beginning of `word`, to the end of the line. "There
 * should be only one; others are ignored". */
static alicorn_status take_options(reading *r, ali_touchstone_word word)
{
    alicorn_status status = ALICORN_OK;
    if (!r->has_options && r->network)
        return ali_touchstone_fail(&r->scan, &word,
                                   "the option line stands behind data, expected it before");
    if (r->has_options) {
        ali_touchstone_line_next(&r->scan);
        return ALICORN_OK;
    }
    r->has_options = true;
    word.text++, word.length--, word.column++;
    bool more = word.length > 0 || ali_touchstone_word_next(&r->scan, &word);
    while (more && !status) {
        status = take_option(r, &word);
        more = ali_touchstone_word_next(&r->scan, &word);
    }
    if (!status)
        ali_touchstone_line_next(&r->scan);
    return status;
}

/* ---- keywords of version 2 ---- */

static alicorn_status next_count(reading *r, const char *what, size_t *count)
{
    ali_touchstone_word word;
    double value;
    if (!ali_touchstone_word_next(&r->scan, &word))
        return ali_touchstone_fail(&r->scan, NULL, "expected %s", what);
    alicorn_status status = ali_touchstone_number(&r->scan, &word, what, &value);
    if (!status && !(value >= 1.0 && value <= 1e6 && value == floor(value)))
        status =
            ali_touchstone_fail(&r->scan, &word, "%g, expected %s of 1 … 1000000", value, what);
    if (!status)
        *count = (size_t)value;
    return status;
}

static alicorn_status take_version(reading *r)
{
    ali_touchstone_word word;
    double value;
    if (!ali_touchstone_word_next(&r->scan, &word))
        return ali_touchstone_fail(&r->scan, NULL, "expected the version, 2.0");
    alicorn_status status = ali_touchstone_number(&r->scan, &word, "the version, 2.0", &value);
    if (!status && !(value >= 1.0 && value < 3.0))
        status =
            ali_touchstone_fail(&r->scan, &word, "version %g is not read, expected 2.0", value);
    if (!status)
        r->version = (int)value;
    return status;
}

static alicorn_status take_ports(reading *r)
{
    size_t former = r->ports;
    alicorn_status status = next_count(r, "a number of ports", &r->ports);
    if (!status && former && former != r->ports)
        status = ali_touchstone_fail(&r->scan, NULL, "%zu ports, but the name of the file says %zu",
                                     r->ports, former);
    return status;
}

static alicorn_status take_order(reading *r)
{
    ali_touchstone_word word;
    if (!ali_touchstone_word_next(&r->scan, &word) ||
        (!ali_touchstone_word_is(&word, "12_21") && !ali_touchstone_word_is(&word, "21_12")))
        return ali_touchstone_fail(&r->scan, NULL, "expected 12_21 or 21_12");
    r->transposed = word.text[0] == '2';
    r->has_order = true;
    return ALICORN_OK;
}

static alicorn_status take_frequencies(reading *r)
{
    return next_count(r, "a number of frequencies", &r->frequencies);
}

static alicorn_status take_reference(reading *r)
{
    ali_touchstone_word word;
    if (r->ports == 0)
        return ali_touchstone_fail(&r->scan, NULL, "[Number of Ports] is expected before this");
    if (2 * r->ports > r->scan.length)
        return ali_touchstone_fail(&r->scan, NULL, "the file is too short for %zu ports", r->ports);
    free(r->reference);
    r->reference = ali_calloc(r->ports, sizeof *r->reference);
    if (!r->reference)
        return ali_error_memory(r->scan.error, r->ports * sizeof *r->reference, "resistances");
    for (size_t p = 0; p < r->ports; p++) {
        if (!ali_touchstone_any_next(&r->scan, &word))
            return ali_touchstone_fail(&r->scan, NULL, "the file ends within [Reference]");
        if (word.text[0] == '[')
            return ali_touchstone_fail(&r->scan, &word,
                                       "[Reference] has %zu resistances, expected one for each of "
                                       "%zu ports",
                                       p, r->ports);
        alicorn_status status =
            ali_touchstone_number(&r->scan, &word, "a resistance in ohm", &r->reference[p]);
        if (status)
            return status;
        if (!(r->reference[p] > 0.0))
            return ali_touchstone_fail(&r->scan, &word,
                                       "the reference resistance of port %zu is %g ohm, expected a "
                                       "positive one",
                                       p + 1, r->reference[p]);
    }
    return ALICORN_OK;
}

static alicorn_status take_form(reading *r)
{
    static const char *const words[] = {"Full", "Lower", "Upper"};
    ali_touchstone_word word;
    if (ali_touchstone_word_next(&r->scan, &word))
        for (int i = 0; i < 3; i++)
            if (ali_touchstone_word_is(&word, words[i])) {
                r->form = (matrix_form)i;
                return ALICORN_OK;
            }
    return ali_touchstone_fail(&r->scan, NULL, "expected Full, Lower or Upper");
}

static alicorn_status take_mixed(reading *r)
{
    return ali_touchstone_fail(&r->scan, NULL,
                               "mixed-mode parameters are not read, expected one port after the "
                               "other");
}

static alicorn_status pass_information(reading *r)
{
    ali_touchstone_word word;
    while (ali_touchstone_any_next(&r->scan, &word))
        if (ali_touchstone_word_is(&word, "[End Information]"))
            return ALICORN_OK;
    return ali_touchstone_fail(&r->scan, NULL, "[Begin Information] has no end");
}

static alicorn_status pass_count(reading *r)
{
    size_t count;
    return next_count(r, "a number of noise frequencies", &count);
}

static const struct {
    const char *word;
    alicorn_status (*take)(reading *r);
} keywords[] = {
    {"[Version]", take_version},
    {"[Number of Ports]", take_ports},
    {"[Two-Port Data Order]", take_order},
    {"[Two-Port Order]", take_order},
    {"[Number of Frequencies]", take_frequencies},
    {"[Number of Noise Frequencies]", pass_count},
    {"[Reference]", take_reference},
    {"[Matrix Format]", take_form},
    {"[Mixed-Mode Order]", take_mixed},
    {"[Begin Information]", pass_information},
};

static alicorn_status take_keyword(reading *r, const ali_touchstone_word *word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (ali_touchstone_word_is(word, keywords[i].word))
            return keywords[i].take(r);
    return ali_touchstone_fail(&r->scan, word, "unknown keyword %.*s",
                               (int)(word->length < 40 ? word->length : 40), word->text);
}

/* ---- data ---- */

/** Pairs of numbers that one frequency has in the file. */
static size_t pair_count(const reading *r)
{
    return r->form == FORM_FULL ? r->ports * r->ports : r->ports * (r->ports + 1) / 2;
}

static double complex value_of(const reading *r, const double pair[2])
{
    if (r->format == FORMAT_RI)
        return CMPLX(pair[0], pair[1]);
    double size = r->format == FORMAT_MA ? pair[0] : pow(10.0, pair[0] / 20.0);
    double angle = pair[1] * ALI_DEGREE;
    return CMPLX(size * cos(angle), size * sin(angle));
}

/** The matrix from the numbers in the file's order. */
static void make_matrix(const reading *r)
{
    size_t n = r->ports, at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t first = r->form == FORM_UPPER ? i : 0, end = r->form == FORM_LOWER ? i + 1 : n;
        for (size_t j = first; j < end; j++, at++) {
            double complex value = value_of(r, r->numbers + 2 * at);
            bool swap = r->transposed && n == 2;
            r->matrix[swap ? j * n + i : i * n + j] = value;
            if (r->form != FORM_FULL)
                r->matrix[j * n + i] = value;
        }
    }
}

/** S from whatever the file has. Version 1 has Y and Z divided by the option line's resistance. */
static alicorn_status convert(const reading *r)
{
    size_t n = r->ports, entries = n * n;
    double factor = r->version == 2 ? 1.0 : r->kind == 'Z' ? r->resistance : 1.0 / r->resistance;
    if (r->kind == 'S')
        return ALICORN_OK;
    for (size_t i = 0; i < entries; i++)
        r->matrix[i] *= factor;
    return r->kind == 'Z' ? ali_network_s_from_z(n, r->network->z0, r->matrix, r->scan.error)
                          : ali_network_s_from_y(n, r->network->z0, r->matrix, r->scan.error);
}

/** Numbers left on the current line, which starts with the word already taken; nothing is passed.
 */
static size_t words_on_line(const reading *r)
{
    ali_touchstone_scan ahead = r->scan;
    ali_touchstone_word word;
    size_t count = 1;
    ahead.comment = NULL;
    while (ali_touchstone_word_next(&ahead, &word))
        count++;
    return count;
}

/** Whether the word begins a line that can only be that of another frequency: pairs are not parted
 * in version 1, so that lines of one have an odd number of words if they begin with it, and an even
 * one if they go on. */
static bool begins_frequency(const reading *r, const ali_touchstone_word *word, int line)
{
    return r->version == 1 && word->line != line && words_on_line(r) % 2 == 1;
}

/** The pairs of one frequency, over as many lines as they take, to the end of a line. */
static alicorn_status read_pairs(reading *r, double frequency_hz)
{
    size_t wanted = 2 * pair_count(r);
    int line = r->scan.line;
    ali_touchstone_word word;
    for (size_t i = 0; i < wanted; i++) {
        if (!ali_touchstone_any_next(&r->scan, &word))
            return ali_touchstone_fail(&r->scan, NULL,
                                       "the file ends at %.15g Hz after %zu of %zu numbers",
                                       frequency_hz, i, wanted);
        if (begins_frequency(r, &word, line))
            return ali_touchstone_fail(&r->scan, &word,
                                       "a line that begins with a frequency after %zu of %zu "
                                       "numbers at %.15g Hz; are there %zu ports?",
                                       i, wanted, frequency_hz, r->ports);
        line = word.line;
        alicorn_status status =
            ali_touchstone_number(&r->scan, &word, "a part of a parameter", &r->numbers[i]);
        if (status)
            return status;
        if (r->format == FORMAT_MA && i % 2 == 0 && r->numbers[i] < 0)
            return ali_touchstone_fail(&r->scan, &word,
                                       "a magnitude of %g, expected a positive one; is the format "
                                       "DB or RI?",
                                       r->numbers[i]);
    }
    if (ali_touchstone_word_next(&r->scan, &word))
        return ali_touchstone_fail(&r->scan, &word,
                                   "more than %zu numbers at %.15g Hz, expected the next frequency "
                                   "on a new line; are there %zu ports?",
                                   wanted, frequency_hz, r->ports);
    return ALICORN_OK;
}

static alicorn_status take_frequency(reading *r, const ali_touchstone_word *word, double frequency)
{
    size_t entries = r->ports * r->ports;
    const alicorn_network *network = r->network;
    if (network->count > 0 && !(frequency > network->frequency_hz[network->count - 1]))
        return ali_touchstone_fail(&r->scan, word,
                                   "%.15g Hz follows %.15g Hz, expected a higher frequency",
                                   frequency, network->frequency_hz[network->count - 1]);
    if (frequency < 0.0 || !isfinite(frequency))
        return ali_touchstone_fail(&r->scan, word,
                                   "a frequency of %.15g Hz, expected a positive one", frequency);
    alicorn_status status = read_pairs(r, frequency);
    if (status)
        return status;
    make_matrix(r);
    status = convert(r);
    for (size_t i = 0; i < entries; i++)
        r->values[i] = (alicorn_complex){creal(r->matrix[i]), cimag(r->matrix[i])};
    if (!status)
        status = alicorn_network_append(r->network, frequency, r->values, NULL, r->scan.error);
    if (status == ALICORN_E_USAGE || status == ALICORN_E_NUMERIC)
        status = ali_touchstone_fail(&r->scan, word,
                                     "no S-parameters at %.15g Hz: they are not finite", frequency);
    return status;
}

static alicorn_status start_data(reading *r, const ali_touchstone_word *word)
{
    if (r->ports == 0)
        return ali_touchstone_fail(&r->scan, word,
                                   r->version == 2 ? "[Number of Ports] is missing"
                                                   : "the number of ports is not known, expected a "
                                                     "name that ends in .s1p, .s2p, …");
    /* a number and what parts it from the next are two bytes */
    if (r->ports > r->scan.length || 4 * pair_count(r) > r->scan.length + 4)
        return ali_touchstone_fail(&r->scan, word, "the file is too short for %zu ports", r->ports);
    size_t entries = r->ports * r->ports;
    double *z0 = ali_calloc(r->ports, sizeof *z0);
    r->numbers = ali_calloc(2 * entries, sizeof *r->numbers);
    r->matrix = ali_calloc(entries, sizeof *r->matrix);
    r->values = ali_calloc(entries, sizeof *r->values);
    alicorn_status status =
        z0 && r->numbers && r->matrix && r->values
            ? ALICORN_OK
            : ali_error_memory(r->scan.error, entries * 6 * sizeof *z0, "a Touchstone file");
    for (size_t p = 0; p < r->ports && !status; p++)
        z0[p] = r->reference ? r->reference[p] : r->resistance;
    if (r->version == 1)
        r->transposed = true;
    if (!status)
        status = alicorn_network_create(r->ports, NULL, z0, &r->network, r->scan.error);
    free(z0);
    return status;
}

/** First word of the next line that is not another option line. *found: there is one. */
static alicorn_status next_record(reading *r, ali_touchstone_word *word, bool *found)
{
    alicorn_status status = ALICORN_OK;
    *found = ali_touchstone_any_next(&r->scan, word);
    while (*found && !status && word->text[0] == '#') {
        status = take_options(r, *word);
        *found = ali_touchstone_any_next(&r->scan, word);
    }
    return status;
}

/** Frequencies until the data end; noise parameters behind those of a two-port are not read. */
static alicorn_status read_data(reading *r, ali_touchstone_word word, bool *noise)
{
    double frequency = 0.0;
    alicorn_status status = start_data(r, &word);
    *noise = false;
    while (!status) {
        status = ali_touchstone_number(&r->scan, &word, "a frequency", &frequency);
        if (status)
            return status;
        frequency *= r->unit;
        size_t count = r->network->count;
        *noise = r->version == 1 && r->ports == 2 && count > 0 &&
                 frequency <= r->network->frequency_hz[count - 1] && words_on_line(r) == 5;
        if (*noise)
            return ALICORN_OK;
        bool found = false;
        status = take_frequency(r, &word, frequency);
        if (!status)
            status = next_record(r, &word, &found);
        if (status || !found)
            break;
        if (word.text[0] == '[') { /* to be read again, as a keyword */
            r->scan.at = (size_t)(word.text - r->scan.text);
            break;
        }
    }
    return status;
}

static alicorn_status check_end(const reading *r)
{
    if (!r->network)
        return ali_touchstone_fail(&r->scan, NULL,
                                   "there are no data, expected a frequency and its "
                                   "parameters");
    if (r->frequencies && r->frequencies != r->network->count)
        return ali_touchstone_fail(&r->scan, NULL,
                                   "%zu frequencies, but [Number of Frequencies] says %zu",
                                   r->network->count, r->frequencies);
    return ALICORN_OK;
}

/** Version 2 from [Network Data] on. */
static alicorn_status read_network_data(reading *r, const ali_touchstone_word *keyword)
{
    ali_touchstone_word word;
    bool noise;
    if (r->ports == 2 && !r->has_order)
        return ali_touchstone_fail(&r->scan, keyword, "[Two-Port Data Order] is missing");
    if (!ali_touchstone_any_next(&r->scan, &word) || word.text[0] == '[')
        return ali_touchstone_fail(&r->scan, keyword, "[Network Data] is empty");
    return read_data(r, word, &noise);
}

/** Pass a byte order mark, and refuse what is not text in bytes, as UTF-16 is not. */
static alicorn_status check_text(reading *r)
{
    const char *zero = r->scan.length > 0 ? memchr(r->scan.text, '\0', r->scan.length) : NULL;
    if (r->scan.length >= 3 && memcmp(r->scan.text, "\xEF\xBB\xBF", 3) == 0)
        r->scan.at = r->scan.line_start = 3;
    return zero ? ali_touchstone_fail(&r->scan, NULL,
                                      "byte %zu of the file is 0, expected text (ASCII or UTF-8)",
                                      (size_t)(zero - r->scan.text) + 1)
                : ALICORN_OK;
}

static alicorn_status read_all(reading *r)
{
    ali_touchstone_word word;
    alicorn_status status = check_text(r);
    bool end = false;
    while (!status && !end && ali_touchstone_any_next(&r->scan, &word)) {
        if (word.text[0] == '#') {
            status = take_options(r, word);
        } else if (ali_touchstone_word_is(&word, "[End]") ||
                   ali_touchstone_word_is(&word, "[Noise Data]")) {
            end = true;
        } else if (ali_touchstone_word_is(&word, "[Network Data]")) {
            status = r->network ? ali_touchstone_fail(&r->scan, &word, "[Network Data] once more")
                                : read_network_data(r, &word);
        } else if (word.text[0] == '[') {
            status = take_keyword(r, &word);
        } else if (r->version == 2 || r->network) {
            status = ali_touchstone_fail(&r->scan, &word, "\"%.*s\", expected a keyword",
                                         (int)(word.length < 40 ? word.length : 40), word.text);
        } else {
            status = read_data(r, word, &end);
        }
    }
    return status ? status : check_end(r);
}

/* ---- whole files ---- */

/** Number of ports in an extension ".s3p"; 0 if it has none. */
static size_t ports_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t ports = 0;
    int used = 0;
    if (dot && (dot[1] == 's' || dot[1] == 'S') &&
        sscanf(dot + 2, "%6zu%*1[pP]%n", &ports, &used) == 1 && used > 0 && !dot[2 + used])
        return ports;
    return 0;
}

alicorn_status alicorn_network_parse(const char *text, size_t length, const char *name,
                                     alicorn_network **network, alicorn_error *error)
{
    ali_numeric_scope numeric;
    *network = NULL;
    if (ali_numeric_begin(&numeric))
        return ali_error_memory(error, sizeof(locale_t), "the C locale");
    alicorn_error own;
    reading r = {.scan = {.name = name,
                          .text = text,
                          .length = length,
                          .line = 1,
                          .comment = note_comment,
                          .error = error ? error : &own},
                 .version = 1,
                 .ports = ports_of_name(name),
                 .unit = 1e9,
                 .kind = 'S',
                 .format = FORMAT_MA,
                 .resistance = 50.0};
    r.scan.comment_user = &r;
    alicorn_status status = read_all(&r);
    if (!status)
        name_ports(&r);
    if (status)
        alicorn_network_destroy(r.network);
    else
        *network = r.network;
    free(r.reference);
    free(r.names);
    free(r.numbers);
    free(r.matrix);
    free(r.values);
    ali_numeric_end(&numeric);
    return status;
}

alicorn_status alicorn_network_read(const char *path, alicorn_network **network,
                                    alicorn_error *error)
{
    char *text;
    size_t length;
    *network = NULL;
    alicorn_status status =
        ali_text_file_read(path, "a Touchstone file (.sNp, .ts)", &text, &length, error);
    if (status)
        return status;
    if (length > ALI_TEXT_FILE_MAX_BYTES)
        status = ali_error_set_at(error, ALICORN_E_INPUT, path, 0, 0, NULL,
                                  "the file has more than %u MB", ALI_TEXT_FILE_MAX_BYTES >> 20);
    else
        status = alicorn_network_parse(text, length, path, network, error);
    free(text);
    return status;
}
