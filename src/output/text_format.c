/* SPDX-License-Identifier: Apache-2.0 */
#include "output/text_format.h"

#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define MINUS "\xE2\x88\x92"
#define INFINITE "\xE2\x88\x9E"
#define DASH "\xE2\x80\x94"
#define PLUS_MINUS "\xC2\xB1"
#define MICRO "\xC2\xB5"

/** An SI prefix and the factor it stands for. */
typedef struct si_prefix {
    double factor;
    const char *prefix;
} si_prefix;

static const si_prefix *choose_prefix(const si_prefix *prefixes, size_t count, double magnitude)
{
    for (size_t k = 0; k < count; k++)
        if (magnitude >= prefixes[k].factor * 0.9995)
            return &prefixes[k];
    return &prefixes[count - 1];
}

const char *ali_text_frequency(char text[ALI_TEXT_SIZE], double frequency_hz)
{
    static const si_prefix prefixes[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}};
    const si_prefix *prefix =
        choose_prefix(prefixes, sizeof prefixes / sizeof *prefixes, frequency_hz);
    snprintf(text, ALI_TEXT_SIZE, "%.8g %sHz", frequency_hz / prefix->factor, prefix->prefix);
    return text;
}

const char *ali_text_power(char text[ALI_TEXT_SIZE], double power_w)
{
    static const si_prefix prefixes[] = {{1e6, "M"},    {1e3, "k"},  {1, ""},     {1e-3, "m"},
                                         {1e-6, MICRO}, {1e-9, "n"}, {1e-12, "p"}};
    double magnitude = fabs(power_w);
    if (magnitude < 1e-15) {
        snprintf(text, ALI_TEXT_SIZE, "0 W");
        return text;
    }
    const si_prefix *prefix =
        choose_prefix(prefixes, sizeof prefixes / sizeof *prefixes, magnitude);
    double value = magnitude / prefix->factor;
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    snprintf(text, ALI_TEXT_SIZE, "%s%.*f %sW", power_w < 0 ? MINUS : "", decimals, value,
             prefix->prefix);
    return text;
}

/** Decimals that show the error with two digits, 0 … 6; 2 if there is no error to go by. */
static int error_decimals(double error)
{
    if (!(error > 0) || isinf(error))
        return 2;
    int decimals = 1 - (int)floor(log10(error));
    return decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
}

static void put_magnitude(char *text, size_t size, double value, int decimals)
{
    double magnitude = fabs(value);
    if (magnitude > 0 && magnitude < 0.5 * pow(10.0, -decimals))
        snprintf(text, size, "%.3g", magnitude);
    else
        snprintf(text, size, "%.*f", decimals, magnitude);
}

const char *ali_text_impedance(char text[ALI_TEXT_SIZE], alicorn_complex impedance, double error)
{
    int decimals = error_decimals(error);
    char real[24], imaginary[24], bar[24] = "";
    put_magnitude(real, sizeof real, impedance.re, decimals);
    put_magnitude(imaginary, sizeof imaginary, impedance.im, decimals);
    if (error >= 0) {
        char size[16];
        put_magnitude(size, sizeof size, error, decimals);
        snprintf(bar, sizeof bar, " " PLUS_MINUS " %s", size);
    }
    snprintf(text, ALI_TEXT_SIZE, "%s%s %s j%s%s", impedance.re < 0 ? MINUS : "", real,
             impedance.im < 0 ? MINUS : "+", imaginary, bar);
    return text;
}

const char *ali_text_duration(char text[ALI_TEXT_SIZE], double seconds)
{
    if (seconds < 0.00995)
        snprintf(text, ALI_TEXT_SIZE, "%.1f ms", 1e3 * seconds);
    else if (seconds < 0.9995)
        snprintf(text, ALI_TEXT_SIZE, "%.0f ms", 1e3 * seconds);
    else if (seconds < 60)
        snprintf(text, ALI_TEXT_SIZE, "%.2f s", seconds);
    else
        snprintf(text, ALI_TEXT_SIZE, "%.0f min %02.0f s", floor(seconds / 60),
                 floor(fmod(seconds, 60)));
    return text;
}

double ali_reflection(alicorn_complex impedance, double z0)
{
    double complex z = impedance.re + impedance.im * I;
    return cabs((z - z0) / (z + z0));
}

const char *ali_text_vswr(char text[ALI_TEXT_SIZE], double reflection)
{
    double vswr = (1 + reflection) / (1 - reflection);
    if (isnan(reflection))
        snprintf(text, ALI_TEXT_SIZE, DASH);
    else if (reflection >= 1)
        snprintf(text, ALI_TEXT_SIZE, INFINITE);
    else if (vswr > 999)
        snprintf(text, ALI_TEXT_SIZE, "> 999");
    else
        snprintf(text, ALI_TEXT_SIZE, "%.*f", vswr < 9.995 ? 2 : vswr < 99.95 ? 1 : 0, vswr);
    return text;
}

const char *ali_text_return_loss(char text[ALI_TEXT_SIZE], double reflection)
{
    char number[ALI_TEXT_SIZE];
    double loss = -20 * log10(reflection);
    int length = snprintf(text, ALI_TEXT_SIZE, "%.60s", ali_text_decimal(number, loss, 1));
    if (isfinite(loss))
        snprintf(text + length, ALI_TEXT_SIZE - (size_t)length, " dB");
    return text;
}

const char *ali_text_decimal(char text[ALI_TEXT_SIZE], double value, int decimals)
{
    if (isnan(value)) {
        snprintf(text, ALI_TEXT_SIZE, DASH);
        return text;
    }
    char number[64];
    if (isinf(value))
        snprintf(number, sizeof number, INFINITE);
    else
        snprintf(number, sizeof number, "%.*f", decimals, fabs(value));
    /* no sign before a value that rounds to zero */
    int negative = value < 0 && fabs(value) >= 0.5 * pow(10.0, -decimals);
    snprintf(text, ALI_TEXT_SIZE, "%s%s", negative ? MINUS : "", number);
    return text;
}

const char *ali_text_signed(char text[ALI_TEXT_SIZE], double value, int decimals)
{
    text[0] = '+';
    bool positive = value >= 0.5 * pow(10.0, -decimals);
    ali_text_decimal(positive ? text + 1 : text, value, decimals);
    return text;
}
