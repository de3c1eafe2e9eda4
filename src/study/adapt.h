/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_ADAPT_H
#define ALI_STUDY_ADAPT_H

#include "basis/wire_basis.h"
#include "study/ports.h"

/** @file
 *  Which elements carry which degree: where to start, and what to raise when the error estimate is
 * too large. */

/** Highest degree that is chosen by itself. */
#define ALI_ADAPT_DEGREE_MAX 4
/** Rounds of raising. */
#define ALI_ADAPT_ROUNDS 3

/** Degrees to start with, degree [element_count]. Small meshes have at least two wherever the
 * current bends, for they cost nothing; large ones the lowest that can work, but for the wires that
 * carry a port, unless there are excitations by fields, whose error nothing would notice. The last
 * element before a free end, where the charge is singular, starts with three, its neighbour with
 * two; in large meshes what lies around a port starts with three, too. A degree in the options,
 * which have the wavenumbers, overrides all of this. Feet have one. */
alicorn_status ali_adapt_start(const ali_wire_mesh *mesh, const ali_port_list *ports,
                               const ali_basis_options *options, bool fields, unsigned char *degree,
                               alicorn_error *error);

/** Raise degrees by one where the estimate comes from, if it is above the tolerance; by two where
 * one element alone exceeds it.
 *  @param worst    estimated relative error of the worst port
 *  @param weight   [count] share of every element in it
 *  @param degree   [count] in, out
 *  @param marked   [count] out: the elements raised, ascending
 *  @return number of elements raised; 0 if the estimate is good enough or nothing can be raised */
size_t ali_adapt_mark(size_t count, double worst, const double *weight, unsigned char *degree,
                      size_t *marked);

#endif
