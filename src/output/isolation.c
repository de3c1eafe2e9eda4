/* SPDX-License-Identifier: Apache-2.0 */
#include "output/isolation.h"

#include "alicorn/output.h"
#include "output/csv_fields.h"
#include "output/writer.h"

#include <math.h>

bool ali_has_isolation(const alicorn_solve_result *solve)
{
    return solve->ports.count > 1 && solve->ports.s;
}

/** Whether this entry tells something about its ports that no earlier entry of the same frequency
 * has told: S is repeated when ports are driven in turn. */
static bool is_first_of_ports(const alicorn_solve_result *solve)
{
    return solve->driven_port <= 0;
}

const char *ali_driven_port(const alicorn_solve_result *solve)
{
    bool in_turn = solve->driven_port >= 0 && (size_t)solve->driven_port < solve->ports.count;
    return in_turn ? solve->ports.names[solve->driven_port] : NULL;
}

static double magnitude(const alicorn_ports *ports, size_t from, size_t to)
{
    alicorn_complex s = ports->s[to * ports->count + from];
    return hypot(s.re, s.im);
}

double ali_transmission_db(const alicorn_ports *ports, size_t from, size_t to)
{
    return 20.0 * log10(magnitude(ports, from, to));
}

/** Estimated error of it [dB]: that of a magnitude larger by its error; NAN if not estimated. */
static double transmission_error_db(const alicorn_ports *ports, size_t from, size_t to)
{
    if (!ports->s_error)
        return NAN;
    return 20.0 *
           log10(1.0 + ports->s_error[to * ports->count + from] / magnitude(ports, from, to));
}

double ali_coupling_db(const alicorn_ports *ports, size_t from, size_t to)
{
    return ports->coupling_db ? ports->coupling_db[to * ports->count + from] : NAN;
}

double ali_worst_pair(const alicorn_ports *ports, size_t *from, size_t *to)
{
    double worst = -HUGE_VAL;
    *from = 0;
    *to = 1;
    for (size_t a = 0; a < ports->count; a++) {
        for (size_t b = 0; b < ports->count; b++) {
            double here = a == b ? -HUGE_VAL : ali_transmission_db(ports, a, b);
            if (here > worst) {
                worst = here;
                *from = a;
                *to = b;
            }
        }
    }
    return worst;
}

/* ---- CSV ---- */

static void put_pair(FILE *stream, const alicorn_solve_result *solve, size_t from, size_t to)
{
    const alicorn_ports *ports = &solve->ports;
    fprintf(stream, "%zu,", solve->task + 1);
    ali_csv_number(stream, solve->frequency_hz);
    fputc(',', stream);
    ali_csv_text(stream, ports->names[from]);
    fputc(',', stream);
    ali_csv_text(stream, ports->names[to]);
    const double values[] = {ali_transmission_db(ports, from, to),
                             transmission_error_db(ports, from, to),
                             ali_coupling_db(ports, from, to)};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        fputc(',', stream);
        ali_csv_number(stream, values[k]);
    }
    fputc('\n', stream);
}

alicorn_status alicorn_write_isolation_csv(const alicorn_result *result, FILE *stream,
                                           alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "isolation CSV", error);
    if (status != ALICORN_OK)
        return status;
    fputs("task,frequency_hz,from,to,s_db,error_db,max_coupling_db\n", stream);
    for (size_t i = 0; i < alicorn_result_count(result) && !ferror(stream); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (!ali_has_isolation(solve) || !is_first_of_ports(solve))
            continue;
        for (size_t from = 0; from < solve->ports.count; from++)
            for (size_t to = 0; to < solve->ports.count; to++)
                if (from != to)
                    put_pair(stream, solve, from, to);
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}
