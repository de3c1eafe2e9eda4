/* SPDX-License-Identifier: Apache-2.0 */
#include "output/cosite.h"

#include "output/text_format.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* ---- letters ---- */

enum { ANY = -1 };

/** Mechanisms, the first that fits; ANY: whatever it is. */
static const struct {
    int emission, response;
    char letter;
    const char *meaning;
} mechanisms[] = {
    {ANY, ALICORN_RESPONSE_BLOCKING, 'B', "blocking"},
    {ANY, ALICORN_RESPONSE_SATURATION, 'X', "saturation"},
    {ANY, ALICORN_RESPONSE_INTERMODULATION, 'I', "receiver intermodulation"},
    {ALICORN_EMISSION_INTERMODULATION, ANY, 'T', "transmitter intermodulation"},
    {ANY, ALICORN_RESPONSE_IMAGE, 'M', "image"},
    {ANY, ALICORN_RESPONSE_SPURIOUS, 'R', "spurious response"},
    {ALICORN_EMISSION_SIDEBAND, ANY, 'E', "sideband"},
    {ALICORN_EMISSION_NOISE, ANY, 'N', "broadband noise"},
    {ALICORN_EMISSION_HARMONIC, ANY, 'H', "harmonic"},
    {ALICORN_EMISSION_SPUR, ANY, 'S', "spur"},
    {ANY, ALICORN_RESPONSE_SELECTIVITY, 'O', "carrier out of channel"},
    {ANY, ANY, 'C', "carrier in channel"},
};
enum { MECHANISM_COUNT = sizeof mechanisms / sizeof *mechanisms };

static int fits(int pattern, int value)
{
    return pattern == ANY || pattern == value;
}

char ali_cosite_letter(const alicorn_cosite_entry *entry)
{
    size_t i = 0;
    while (!fits(mechanisms[i].emission, (int)entry->emission) ||
           !fits(mechanisms[i].response, (int)entry->response))
        i++; /* the last row fits all */
    return mechanisms[i].letter;
}

const char *ali_cosite_letter_meaning(size_t index, char *letter)
{
    if (index >= MECHANISM_COUNT)
        return NULL;
    *letter = mechanisms[index].letter;
    return mechanisms[index].meaning;
}

/* ---- words ---- */

const char *ali_cosite_emission(alicorn_cosite_emission emission, int number,
                                char text[ALI_COSITE_TEXT])
{
    const char *name = alicorn_cosite_emission_text(emission);
    if (number > 0)
        snprintf(text, ALI_COSITE_TEXT, "%s %d", name, number);
    else
        snprintf(text, ALI_COSITE_TEXT, "%s", name);
    return text;
}

/** How it is received, behind what it is. */
static void add_response(const alicorn_cosite_entry *entry, char text[ALI_COSITE_TEXT])
{
    size_t used = strlen(text), size = ALI_COSITE_TEXT - used;
    bool carrier = entry->emission == ALICORN_EMISSION_CARRIER;
    const char *name = alicorn_cosite_response_text(entry->response);
    if (entry->response == ALICORN_RESPONSE_SPURIOUS)
        snprintf(text + used, size, ", %s %d/%d", name, entry->p, entry->q);
    else if (entry->response == ALICORN_RESPONSE_IMAGE && entry->q == 0 && entry->p > 1)
        snprintf(text + used, size, ", %s of mixer %d", name, entry->p);
    else if (carrier || entry->response != ALICORN_RESPONSE_CHANNEL)
        snprintf(text + used, size, ", %s", name);
}

const char *ali_cosite_how(const alicorn_cosite_entry *entry, char text[ALI_COSITE_TEXT])
{
    if (entry->response == ALICORN_RESPONSE_INTERMODULATION) {
        snprintf(text, ALI_COSITE_TEXT, "receiver IM%d", entry->order);
        return text;
    }
    if (entry->emission == ALICORN_EMISSION_INTERMODULATION)
        snprintf(text, ALI_COSITE_TEXT, "transmitter IM%d", entry->order);
    else
        ali_cosite_emission(entry->emission, entry->tones[0].number, text);
    add_response(entry, text);
    return text;
}

/** Frequency of the carrier that makes a tone. */
static double carrier_of(const alicorn_cosite_result *result, const alicorn_cosite_tone *tone)
{
    return tone->channel < result->channel_counts[tone->radio]
               ? result->transmit_hz[tone->radio][tone->channel]
               : tone->frequency_hz;
}

/** Append a tone of a product with its sign and coefficient. */
static void add_tone(const alicorn_cosite_result *result, const alicorn_cosite_entry *entry,
                     const alicorn_cosite_tone *tone, char text[ALI_COSITE_TEXT])
{
    char frequency[ALI_TEXT_SIZE], times[16] = "", what[ALI_COSITE_TEXT] = "";
    size_t used = strlen(text);
    bool minus = tone->coefficient < 0;
    int coefficient = minus ? -tone->coefficient : tone->coefficient;
    const char *sign = used == 0 ? (minus ? "−" : "") : (minus ? " − " : " + ");
    if (coefficient > 1)
        snprintf(times, sizeof times, "%d ", coefficient);
    if (entry->tone_count > 1 && tone->number > 0)
        ali_cosite_emission(tone->emission, tone->number, what);
    ali_text_frequency(frequency, carrier_of(result, tone));
    snprintf(text + used, ALI_COSITE_TEXT - used, "%s%s%s%s%s %s", sign, times, what,
             what[0] ? " of " : "", result->names[tone->radio], frequency);
}

const char *ali_cosite_by(const alicorn_cosite_result *result, const alicorn_cosite_entry *entry,
                          char text[ALI_COSITE_TEXT])
{
    text[0] = '\0';
    for (int minus = 0; minus < 2; minus++) /* what is added first */
        for (size_t i = 0; i < entry->tone_count; i++)
            if ((entry->tones[i].coefficient < 0) == minus)
                add_tone(result, entry, &entry->tones[i], text);
    return text;
}

/* ---- radios ---- */

static int has_frequency(const double *frequencies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(frequencies[i]))
            return 1;
    return 0;
}

int ali_cosite_receives(const alicorn_cosite_result *result, size_t radio)
{
    return has_frequency(result->receive_hz[radio], result->channel_counts[radio]);
}

int ali_cosite_transmits(const alicorn_cosite_result *result, size_t radio)
{
    return has_frequency(result->transmit_hz[radio], result->channel_counts[radio]);
}
