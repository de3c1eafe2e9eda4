/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_H
#define ALICORN_H

/** @file
 *  The whole public interface of Alicorn. */

#include "alicorn/assess.h"
#include "alicorn/compare.h"
#include "alicorn/cosite.h"
#include "alicorn/describe.h"
#include "alicorn/digest.h"
#include "alicorn/mesh.h"
#include "alicorn/model.h"
#include "alicorn/network.h"
#include "alicorn/optimize.h"
#include "alicorn/options.h"
#include "alicorn/output.h"
#include "alicorn/plot.h"
#include "alicorn/radios.h"
#include "alicorn/rates.h"
#include "alicorn/rcs.h"
#include "alicorn/result.h"
#include "alicorn/solve.h"
#include "alicorn/status.h"

#endif
