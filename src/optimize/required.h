/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPTIMIZE_REQUIRED_H
#define ALI_OPTIMIZE_REQUIRED_H

#include "alicorn/assess.h"
#include "base/hash.h"

/** @file
 *  Requirements of the project as goals: what verdicts (alicorn/assess.h) are to a search. */

/** Figures of a verdict that a log keeps, in this order. */
enum {
    ALI_REQUIRED_VALUE,
    ALI_REQUIRED_EXCESS,
    ALI_REQUIRED_JUDGEMENT,
    ALI_REQUIRED_FIGURES /**< their number */
};

/** Largest excess, and that of a value that is not known [dB]. */
#define ALI_REQUIRED_LARGEST 100.0

/** Decibels by which the error bar of a verdict reaches beyond its limits, 0 if it does not: values
 *  in decibels are these, shares of power (per cent) count 10 lg, all other ratios 20 lg. */
double ali_required_excess(const alicorn_verdict *verdict);

/** Put down what the log keeps of `count` verdicts; [count * ALI_REQUIRED_FIGURES]. */
void ali_required_figures(const alicorn_verdict *verdicts, size_t count, double *figures);

/** What figures of a log, which anybody may have written, say of a verdict. */
alicorn_judgement ali_required_judgement(const double *figures);

/** Sum of the squares of all excesses. */
double ali_required_objective(const double *figures, size_t count);

/** "vswr <= 2 (line 22)", cut off at `size`. */
void ali_required_text(const alicorn_verdict *verdict, char *text, size_t size);

/** Add what requirements take from other files: the radios and their S.
 *  @return ALICORN_OK, or why a file of radios cannot be read */
alicorn_status ali_required_hash(const alicorn_model *model, ali_hash *hash, alicorn_error *error);

#endif
