/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MODEL_REQUIREMENT_H
#define ALI_MODEL_REQUIREMENT_H

#include "alicorn/assess.h"

/** @file
 *  What a model is required to do. Judged by the room `assess`, from results. */

/** One requirement. Numbers in the unit of its kind (alicorn_verdict). */
typedef struct ali_requirement {
    alicorn_requirement_kind kind;
    double low, high;      /**< bounds of the value; -+HUGE_VAL: none */
    double gain_dbi;       /**< of coverage */
    double assumed_error;  /**< of samples whose error is not estimated; 0: none */
    char port[2][32];      /**< names; "": every port, every pair */
    alicorn_sector sector; /**< of patterns */
    size_t pattern;        /**< index of its pattern in the task */
    int line, column;
} ali_requirement;

#endif
