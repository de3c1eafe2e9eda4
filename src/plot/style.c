/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/style.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *ali_style_colour(size_t i)
{
    /* Okabe and Ito's palette without yellow and black, darkened to be read on white. */
    static const char *const colours[] = {"#0072b2", "#d55e00", "#007a5a", "#a8487f",
                                          "#946200", "#2c8fc4", "#4d4d4d"};
    return colours[i % COUNT(colours)];
}

const char *ali_style_dash(size_t i)
{
    /* six, so that with seven colours neighbours differ in both */
    static const char *const dashes[] = {"",
                                         " stroke-dasharray=\"8 4\"",
                                         " stroke-dasharray=\"2 3\"",
                                         " stroke-dasharray=\"10 3 2 3\"",
                                         " stroke-dasharray=\"14 4\"",
                                         " stroke-dasharray=\"10 3 2 3 2 3\""};
    return dashes[i % COUNT(dashes)];
}

void ali_style_mark(FILE *stream, size_t i, ali_point at)
{
    /* disc, square, diamond, triangle, triangle on its tip, hourglass; about one area */
    static const struct {
        size_t count;
        ali_point corner[5];
    } marks[] = {
        {0, {{0, 0}}},
        {4, {{-3, -3}, {3, -3}, {3, 3}, {-3, 3}}},
        {4, {{0, -4.2}, {4.2, 0}, {0, 4.2}, {-4.2, 0}}},
        {3, {{0, -4}, {4, 3}, {-4, 3}}},
        {3, {{0, 4}, {4, -3}, {-4, -3}}},
        {4, {{-3.5, -4}, {3.5, -4}, {-3.5, 4}, {3.5, 4}}},
    };
    const char *colour = ali_style_colour(i);
    size_t shape = i % COUNT(marks), corners = marks[shape].count;
    if (corners == 0) {
        char x[ALI_SVG_NUMBER_SIZE], y[ALI_SVG_NUMBER_SIZE];
        fprintf(stream, "<circle class=\"mark\" fill=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.3\"/>\n",
                colour, ali_svg_number(x, at.x), ali_svg_number(y, at.y));
        return;
    }
    fprintf(stream, "<path class=\"mark\" fill=\"%s\"", colour);
    ali_svg_path_begin(stream);
    for (size_t k = 0; k < corners; k++) {
        ali_point corner = marks[shape].corner[k];
        ali_svg_path_to(stream, k > 0, (ali_point){at.x + corner.x, at.y + corner.y});
    }
    fputc('Z', stream);
    ali_svg_path_end(stream);
}

void ali_style_viridis(double t, int rgb[3])
{
    /* nine stops of viridis (CC0, matplotlib), dark to light */
    static const int stops[][3] = {
        {68, 1, 84},    {71, 44, 122}, {59, 81, 139},  {44, 113, 142}, {33, 144, 141},
        {39, 173, 129}, {92, 200, 99}, {170, 220, 50}, {253, 231, 37},
    };
    const double last = (double)COUNT(stops) - 1.0;
    double place = t > 0.0 ? fmin(t, 1.0) * last : 0.0;
    size_t low = (size_t)floor(place), high = (size_t)ceil(place);
    for (size_t k = 0; k < 3; k++)
        rgb[k] =
            (int)lround(stops[low][k] + (stops[high][k] - stops[low][k]) * (place - (double)low));
}

/** Relative luminance of sRGB, WCAG 2. */
static double luminance(const int rgb[3])
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0.0;
    for (size_t k = 0; k < 3; k++) {
        double share = rgb[k] / 255.0;
        sum += weight[k] * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
}

const char *ali_style_ink(const int rgb[3])
{
    /* contrast (L1 + 0.05) / (L2 + 0.05) with white and with black is the same at this product */
    double level = luminance(rgb) + 0.05;
    return level * level >= 1.05 * 0.05 ? "" : "white";
}
