/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "output/nec_listing.h"

#include <complex.h>
#include <math.h>

#define PORT_ROW "\n %4d %5zu %11.4E %11.4E %11.4E %11.4E %11.4E %11.4E %11.4E %11.4E %11.4E"
#define CURRENT_ROW "\n %5zu %4d %9.4f %9.4f %9.4f %9.5f %11.4E %11.4E %11.4E %8.3f"
#define IMPEDANCE_ROW "\n %9.3f   %11.4E  %11.4E  %11.4E  %7.2f   %11.4E  %11.4E  %11.4E  %7.2f"

double ali_nec_magnitude(alicorn_complex value)
{
    return hypot(value.re, value.im);
}

double ali_nec_phase(alicorn_complex value)
{
    return atan2(value.im + 0.0, value.re + 0.0) / ALI_DEGREE;
}

double ali_nec_decibels(double value)
{
    return value < -200.0 ? -999.99 : value; /* NEC cuts at a power ratio of 1e-20 */
}

/* ---- sources and network connection points ---- */

static void port_row(FILE *out, int tag, size_t segment, alicorn_complex voltage,
                     alicorn_complex current)
{
    double complex v = voltage.re + voltage.im * I, i = current.re + current.im * I;
    double complex impedance = v / i, admittance = i / v;
    fprintf(out, PORT_ROW, tag, segment, voltage.re, voltage.im, current.re, current.im,
            creal(impedance), cimag(impedance), creal(admittance), cimag(admittance),
            0.5 * creal(v * conj(i)));
}

void ali_nec_connection_points(const ali_nec_view *view)
{
    const alicorn_solve_result *solve = view->solve;
    FILE *out = view->out;
    if (view->task->network_count == 0)
        return;
    ali_nec_line(out, 3, 26,
                 "--------- STRUCTURE EXCITATION DATA AT NETWORK CONNECTION POINTS --------");
    ali_nec_line(out, 1, 2,
                 "TAG   SEG       VOLTAGE (VOLTS)          CURRENT (AMPS)         IMPEDANCE (OHMS) "
                 "      ADMITTANCE (MHOS)     POWER");
    ali_nec_line(out, 1, 2,
                 "No:   No:     REAL      IMAGINARY     REAL      IMAGINARY     REAL      "
                 "IMAGINARY     REAL      IMAGINARY   (WATTS)");
    for (size_t k = 0; k < solve->connection_count; k++) {
        const alicorn_source_result *point = &solve->connections[k];
        port_row(out, point->tag, point->segment, point->voltage, point->current);
    }
}

void ali_nec_input_parameters(const ali_nec_view *view)
{
    FILE *out = view->out;
    if (view->solve->source_count == 0)
        return;
    ali_nec_line(out, 3, 24, "--------- ANTENNA INPUT PARAMETERS ---------");
    ali_nec_line(out, 1, 2,
                 "TAG   SEG       VOLTAGE (VOLTS)         CURRENT (AMPS)         IMPEDANCE (OHMS)  "
                 "      ADMITTANCE (MHOS)     POWER");
    ali_nec_line(out, 1, 2,
                 "No:   No:     REAL      IMAGINARY     REAL      IMAGINARY     REAL      "
                 "IMAGINARY    REAL       IMAGINARY   (WATTS)");
    for (size_t k = 0; k < view->solve->source_count; k++) {
        const alicorn_source_result *source = &view->solve->sources[k];
        port_row(out, source->tag, source->segment, source->voltage, source->current);
    }
}

void ali_nec_asymmetry(const ali_nec_view *view)
{
    const alicorn_ports *ports = &view->solve->ports;
    size_t n = ports->count, worst[2] = {0, 0};
    if (!view->task->drive.print_asymmetry || n < 2 || !ports->y || view->solve->source_count < n)
        return;
    double largest = 0, sum = 0;
    for (size_t i = 1; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            alicorn_complex a = ports->y[i * n + j], b = ports->y[j * n + i];
            double difference = hypot(a.re - b.re, a.im - b.im) / ali_nec_magnitude(a);
            sum += difference * difference;
            if (difference < largest)
                continue;
            largest = difference;
            worst[0] = i;
            worst[1] = j;
        }
    }
    fprintf(view->out,
            "\n\n   MAXIMUM RELATIVE ASYMMETRY OF THE DRIVING POINT ADMITTANCE"
            "\n   MATRIX IS %10.3E FOR SEGMENTS %zu AND %zu"
            "\n   RMS RELATIVE ASYMMETRY IS %10.3E",
            largest, view->solve->sources[worst[0]].segment, view->solve->sources[worst[1]].segment,
            sqrt(2 * sum / (double)(n * (n - 1))));
}

/* ---- currents and charges ---- */

int ali_nec_wanted(const ali_print_control *control, int tag, int *seen)
{
    if (control->format < 0 || control->first == 0)
        return control->format != -1;
    if (control->tag != 0 && control->tag != tag)
        return 0;
    int number = ++*seen;
    int last = control->last == 0 ? control->first : control->last;
    return number >= control->first && number <= last;
}

static void current_row(const ali_nec_view *view, const alicorn_segment_current *segment,
                        alicorn_complex value)
{
    double per_wavelength = 1.0 / view->wavelength;
    fprintf(view->out, CURRENT_ROW, segment->segment, segment->tag,
            segment->centre[0] * per_wavelength, segment->centre[1] * per_wavelength,
            segment->centre[2] * per_wavelength, segment->length * per_wavelength, value.re,
            value.im, ali_nec_magnitude(value), ali_nec_phase(value));
}

void ali_nec_currents(const ali_nec_view *view)
{
    ali_nec_line(view->out, 3, 27, "-------- CURRENTS AND LOCATION --------");
    ali_nec_line(view->out, 1, 34, "DISTANCES IN WAVELENGTHS");
    ali_nec_line(view->out, 2, 3,
                 "SEG  TAG    COORDINATES OF SEGM CENTER     SEGM    ------------- CURRENT (AMPS) "
                 "-------------");
    ali_nec_line(view->out, 1, 3,
                 "No:  No:       X         Y         Z      LENGTH     REAL      IMAGINARY    MAGN "
                 "       PHASE");
    int seen = 0;
    for (size_t i = 0; i < view->solve->current_count; i++) {
        const alicorn_segment_current *segment = &view->solve->currents[i];
        if (ali_nec_wanted(&view->task->print_currents, segment->tag, &seen)) {
            current_row(view, segment, segment->current);
            ali_nec_plot_current(view, segment->current);
        }
    }
}

void ali_nec_charges(const ali_nec_view *view)
{
    if (view->task->print_charges.format == -1)
        return;
    ali_nec_line(view->out, 3, 34, "------ CHARGE DENSITIES ------");
    ali_nec_line(view->out, 1, 37, "DISTANCES IN WAVELENGTHS");
    ali_nec_line(view->out, 2, 3,
                 "SEG   TAG    COORDINATES OF SEG CENTER     SEG          CHARGE DENSITY "
                 "(COULOMBS/METER)");
    ali_nec_line(view->out, 1, 3,
                 "No:   No:     X         Y         Z       LENGTH     REAL      IMAGINARY     "
                 "MAGN       PHASE");
    int seen = 0;
    for (size_t i = 0; i < view->solve->current_count; i++) {
        const alicorn_segment_current *segment = &view->solve->currents[i];
        if (ali_nec_wanted(&view->task->print_charges, segment->tag, &seen))
            current_row(view, segment, segment->charge);
    }
}

/* ---- power and impedance ---- */

void ali_nec_power(const ali_nec_view *view)
{
    const alicorn_power *power = &view->solve->power;
    if (view->solve->source_count == 0)
        return;
    const struct {
        const char *name;
        double value;
    } row[] = {{"INPUT POWER   ", power->input},
               {"RADIATED POWER", power->radiated},
               {"STRUCTURE LOSS", power->structure_loss},
               {"NETWORK LOSS  ", power->network_loss}};
    ali_nec_line(view->out, 3, 31, "---------- POWER BUDGET ---------");
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        fprintf(view->out, "\n%31s%s= %11.4E Watts", "", row[k].name, row[k].value);
    fprintf(view->out, "\n%31sEFFICIENCY    = %7.2f Percent", "",
            100.0 * power->radiated / power->input);
    if (power->has_ground_loss) /* not in NEC, which counts it as radiated */
        fprintf(view->out, "\n%31sGROUND LOSS   = %11.4E Watts", "", power->ground_loss);
}

/** Impedance of the last source, which NEC's table is about. */
static alicorn_complex last_impedance(const alicorn_solve_result *solve)
{
    return solve->sources[solve->source_count - 1].impedance;
}

static void impedance_row(FILE *out, const alicorn_solve_result *solve, double norm)
{
    alicorn_complex z = last_impedance(solve);
    double magnitude = ali_nec_magnitude(z), phase = ali_nec_phase(z);
    fprintf(out, IMPEDANCE_ROW, 1e-6 * solve->frequency_hz, z.re, z.im, magnitude, phase,
            z.re / norm, z.im / norm, magnitude / norm, phase);
}

void ali_nec_impedance_table(FILE *out, const ali_task *task, const alicorn_result *result,
                             size_t first, size_t count)
{
    const alicorn_solve_result *head = alicorn_result_solve(result, first);
    if (!task->drive.print_normalised || count < 2 || head->source_count == 0)
        return;
    double norm = task->drive.normalisation_ohm;
    for (size_t i = 0; i < count && !(task->drive.normalisation_ohm > 0); i++)
        norm =
            fmax(norm, ali_nec_magnitude(last_impedance(alicorn_result_solve(result, first + i))));
    ali_nec_line(out, 3, 29, "-------- INPUT IMPEDANCE DATA --------");
    fprintf(out, "\n%38sSOURCE SEGMENT No: %zu", "", head->sources[head->source_count - 1].segment);
    fprintf(out, "\n%35sNORMALIZATION FACTOR:%12.5E", "", norm);
    ali_nec_line(out, 2, 14,
                 "----------- UNNORMALIZED IMPEDANCE ----------    ------------ NORMALIZED "
                 "IMPEDANCE -----------");
    ali_nec_line(out, 1, 6,
                 "FREQ    RESISTANCE    REACTANCE    MAGNITUDE    PHASE    RESISTANCE    REACTANCE "
                 "   MAGNITUDE    PHASE");
    ali_nec_line(out, 1, 7,
                 "MHz       OHMS         OHMS         OHMS     DEGREES       OHMS         OHMS     "
                 "    OHMS     DEGREES");
    for (size_t i = 0; i < count; i++)
        impedance_row(out, alicorn_result_solve(result, first + i), norm);
}
