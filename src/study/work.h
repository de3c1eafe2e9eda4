/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_WORK_H
#define ALI_STUDY_WORK_H

#include "alicorn/rates.h"
#include "basis/basis.h"
#include "observe/radiation.h"
#include "operator/face_near.h"
#include "operator/near.h"

/** @file
 *  How much work a structure is, counted before anything is integrated, and how long a machine of
 *  given rates takes for it (docs/theory/prediction.md). Amounts are in units of the two cheapest
 *  pieces of the fill, so that two measured rates stand for all of them. */

/** Work of one structure. */
typedef struct ali_work {
    /** Fill, in pairs of short wire elements of degree 1 and in far pairs of small faces; half a
     * symmetric matrix, images included. */
    double wire_fill, face_fill;
    double wire_close, face_close; /**< the parts of these for what is near or attached */
    double ground_table;           /**< of a ground's tables, in pairs of wire elements */
    double face_near;              /**< near pairs of faces to integrate once for all frequencies */
    double wire_near;              /**< classes of near pairs of wires, the same */
    double probes;      /**< residuals of one solution on all probes, in pairs of wire elements */
    double probe_faces; /**< of all solutions together: what faces do to the probes, in far pairs */
    double field_panels;         /**< terms of the far field in one direction: pieces of wires */
    double field_points;         /**< and points of faces */
    double field_images;         /**< 2 over a ground, which has them twice */
    double near_terms;           /**< of a near field at a point, in elements */
    ali_radiation_effort survey; /**< total power and strongest direction */
    double phase;                /**< k times the structure's radius */
} ali_work;

/** Count the work at a wavenumber k [rad/m], that of far fields apart.
 *  @param near, face_near  pairs as found; face_near NULL without faces
 *  @param image            over a ground
 *  @param symmetric        no body under the combined-field equation */
ali_work ali_work_count(const ali_basis *basis, const ali_near *near,
                        const ali_face_near *face_near, bool image, bool symmetric, double k);

/** Add what a ground by Sommerfeld's integrals takes besides the image that is counted already.
 *  @param table_bytes  of its tables */
void ali_work_count_ground(ali_work *work, double table_bytes);

/** Add what pairs with faces and elements below z = 0 take, if that is a medium. */
void ali_work_count_below(const ali_mesh *mesh, const ali_face_near *face_near, ali_work *work);

/** Add what far fields take, over a ground or (NULL, kind ALI_GROUND_NONE) in free space.
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_work_count_fields(const ali_mesh *mesh, double k, const ali_ground *ground,
                                     ali_work *work, alicorn_error *error);

/** Unknowns at which a factorisation runs at half its final rate, for what does not grow with their
 * cube: first touch of the memory, conversion, diagonal tiles, waiting. */
#define ALI_FACTOR_HALF_RATE 1000.0

/** Wall times of the stages [s]. */
typedef struct ali_stage_times {
    double near, fill, factor, solve;
} ali_stage_times;

/** What is asked of one factorisation. */
typedef struct ali_work_request {
    size_t unknowns, probes;
    bool symmetric, single; /**< the matrix; the precision of the factor */
    size_t columns;         /**< right-hand sides solved to the last step */
    size_t waves;           /**< right-hand sides solved once */
    double directions;      /**< of patterns, times the currents that have one */
    double surveys;         /**< currents whose power and strongest direction are asked for */
    double survey_batches;  /**< in so many calls, of at most ALI_RADIATORS_MOST each */
    double points;          /**< of near fields, times the currents */
} ali_work_request;

/** Time of one frequency; `near` is that of what all frequencies share. */
ali_stage_times ali_work_times(const ali_work *work, const ali_work_request *request,
                               const alicorn_rates *rates);
/** Time of the probes and fields, a part of `solve` [s]. */
double ali_work_answer_time(const ali_work *work, const ali_work_request *request,
                            const alicorn_rates *rates);
/** Right-hand sides that are really solved once, of so many waves: no more are independent. */
double ali_work_waves(const ali_work *work, size_t waves);

#endif
