/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_RESULT_H
#define ALICORN_RESULT_H

#include "alicorn/status.h"

/** @file
 *  What a solve answers. Plain structures, owned by the result, read-only for the caller.
 *  Phasors are peak values with e^{+j omega t}. A quantity that does not exist is absent by its
 *  count or flag, never a made-up number. Segment numbers are 1-based over the whole structure, as
 *  NEC prints them. */

#ifdef __cplusplus
extern "C" {
#endif

/** One driven segment, or one end of a network. */
typedef struct alicorn_source_result {
    char port[32]; /**< port name, "1", "2", … in the order of the input */
    int tag;
    size_t segment;
    alicorn_complex voltage;   /**< [V] */
    alicorn_complex current;   /**< [A] delivered by the source, network included */
    alicorn_complex impedance; /**< [ohm] */
    double impedance_error; /**< estimated discretisation error of the impedance [ohm]; < 0 if not
                               estimated */
    double power_w;         /**< [W] delivered by the source */
} alicorn_source_result;

/** N-port parameters, row-major [count][count]; all sources of the task are the ports. */
typedef struct alicorn_ports {
    size_t count;
    const char *const *names; /**< [count] */
    const double *z0;         /**< [count] reference impedances [ohm] */
    alicorn_complex *z;       /**< [ohm]; NULL if Y is singular */
    alicorn_complex *y;       /**< [S] */
    alicorn_complex *s;       /**< [1] */
    double *s_error;          /**< estimated |error| of S; NULL if not estimated */
    double *coupling_db; /**< maximum available gain from port to port [dB]: both matched for it,
                            all others terminated in their z0; symmetric; NAN on the diagonal and
                            where no simultaneous match exists. NULL if not computed */
} alicorn_ports;

/** Current and charge of one segment of the input. */
typedef struct alicorn_segment_current {
    size_t segment;
    int tag;
    double centre[3];        /**< [m] */
    double length, radius;   /**< [m] */
    double direction[3];     /**< unit vector from the segment's first to its second end */
    alicorn_complex current; /**< at the middle [A] */
    alicorn_complex charge;  /**< per length at the middle [C/m] */
} alicorn_segment_current;

/** Current and charge of one triangle of the input. */
typedef struct alicorn_face_current {
    size_t surface;             /**< number of the surface, from 1, in the input's order */
    size_t triangle;            /**< number of the triangle, from 1, over all surfaces */
    double centre[3];           /**< centroid [m] */
    double area;                /**< [m^2] */
    alicorn_complex current[3]; /**< surface density at the centroid, x, y, z [A/m]; of a sheet: the
                                   sum of both sides */
    alicorn_complex charge;     /**< surface density [C/m^2] */
} alicorn_face_current;

/** How a pattern was asked for; angles in degrees. Meaning as NEC's RP card. */
typedef struct alicorn_pattern {
    int mode;     /**< NEC RP I1, 0 … 6 */
    int bistatic; /**< 1: a plane wave drives; gain is the scattering cross-section over lambda^2 */
    size_t theta_count, phi_count;
    double *theta_deg;        /**< [theta_count]; heights z [m] in mode 1 */
    double *phi_deg;          /**< [phi_count] */
    alicorn_complex *e_theta; /**< [phi_count][theta_count]: r E e^{jkr} as r -> infinity [V]; in
                                 mode 1 E itself [V/m]: E_z */
    alicorn_complex *e_phi;   /**< same shape */
    alicorn_complex *e_rho;   /**< mode 1 only, else NULL: E_rho [V/m] */
    double distance;          /**< NEC RP F5 [m] */
    double gain_scale; /**< power or directive gain, as asked, over |e_theta|^2 + |e_phi|^2 */
    double
        below_index; /**< refractive index of a lossless ground, times which gain_scale counts for
                        directions below the horizon; there e_theta and e_phi are r E e^{jkr} with
                        the ground's own k. 0: no far field exists there, a lossy ground swallows it
                        or a perfect one keeps it out, and e_theta and e_phi are 0. 1: no ground */
    int axes, normalised, directive, average;
    double normalisation_db;
    double average_gain; /**< over the asked sector, if average != 0 */
    double solid_angle;  /**< of that sector [sr] */
} alicorn_pattern;

/** One direction of a pattern. Gains in dBi; -HUGE_VAL where the field is exactly zero. */
typedef struct alicorn_pattern_sample {
    double theta_dbi, phi_dbi, major_dbi, minor_dbi, total_dbi;
    double axial_ratio; /**< minor over major, 0 … 1 */
    double tilt_deg;    /**< of the major axis, from theta-hat towards phi-hat */
    int sense;          /**< 0 linear, 1 right, -1 left */
} alicorn_pattern_sample;

/** Gains and polarisation of direction (theta index i, phi index j). */
ALICORN_API alicorn_pattern_sample alicorn_pattern_at(const alicorn_pattern *pattern, size_t i,
                                                      size_t j);

/** Fields at points. */
typedef struct alicorn_near_field {
    int magnetic;  /**< 0: E [V/m], 1: H [A/m] */
    int spherical; /**< the grid was spherical; points and components are Cartesian all the same */
    size_t count;
    double *point;          /**< [count][3] [m] */
    alicorn_complex *field; /**< [count][3] */
} alicorn_near_field;

/** Maximum coupling between two segments (NEC CP). */
typedef struct alicorn_coupling {
    size_t segment[2];
    int tag[2];
    int valid;             /**< 0: no simultaneous conjugate match exists */
    double maximum_db;     /**< [dB] */
    alicorn_complex load;  /**< matched load of the second [ohm] */
    alicorn_complex input; /**< input impedance of the first with it [ohm] */
} alicorn_coupling;

/** Radar cross-section for one pair of directions; first letter received, second transmitted, V
 * along theta-hat and H along phi-hat. */
typedef struct alicorn_rcs {
    double theta_deg, phi_deg;                 /**< of the receiver */
    double theta_inc_deg, phi_inc_deg;         /**< where the wave comes from */
    double vv_dbsm, hv_dbsm, vh_dbsm, hh_dbsm; /**< -HUGE_VAL for exactly zero, NAN if the wave of
                                                  that polarisation was not asked for */
    double vv_error_db, hv_error_db, vh_error_db,
        hh_error_db; /**< estimated discretisation error; < 0 if not estimated */
} alicorn_rcs;

/** Where the power goes [W]. */
typedef struct alicorn_power {
    double input;          /**< delivered by the sources */
    double radiated;       /**< input minus losses and terminations */
    double structure_loss; /**< in loads and wires */
    double network_loss;   /**< in NT networks and lines' shunts */
    double termination;    /**< absorbed in the terminations of the ports that are not driven */
    double far_field;    /**< radiated power by integrating the far field, over a ground that of the
                            upper half; equals radiated without lossy ground */
    int has_ground_loss; /**< sources drive over a lossy ground */
    double ground_loss;  /**< what enters the ground and does not come back: radiated minus
                            far_field. Below 0, by more than its error of 1e-4 of the input, where
                            reflection coefficients do not serve */
} alicorn_power;

/** One frequency with one excitation set. */
typedef struct alicorn_solve_result {
    double frequency_hz;
    int interpolated; /**< 1: of an adaptive sweep, not solved but interpolated: there are ports,
                         sources, the input power and patterns; everything else is absent, residual
                         and other powers are NAN */
    size_t task;      /**< index of the task in the model */
    size_t unknowns;
    int driven; /**< 0: nothing; 1: sources; 2: plane wave; 3: current element; 4: the plane waves
                   of `rcs`, and nothing else was asked (alicorn_solve_rcs) */
    int driven_port; /**< index into ports: the one source of this entry; all other ports are
                        terminated in their z0. -1: the ports are not driven in turn */
    double theta_inc_deg, phi_inc_deg, eta_deg, axial_ratio; /**< driven == 2 */
    alicorn_source_result *sources;
    size_t source_count;
    alicorn_source_result *connections; /**< segments where networks attach, sources not repeated */
    size_t connection_count;
    alicorn_ports ports; /**< count 0 when nothing is driven by sources */
    alicorn_segment_current *currents;
    size_t current_count;
    alicorn_face_current *face_currents;
    size_t face_current_count;
    alicorn_pattern *patterns;
    size_t pattern_count;
    alicorn_near_field *near_fields;
    size_t near_field_count;
    alicorn_coupling *couplings;
    size_t coupling_count;
    alicorn_rcs *rcs;
    size_t rcs_count;
    alicorn_power power;
    int has_gain; /**< the next four are set (driven by sources) */
    double max_gain_dbi, max_gain_theta_deg, max_gain_phi_deg;
    double max_gain_error_db; /**< < 0 if not estimated */
    double average_gain;      /**< far-field power over input power, times 2 over ground */
    double residual;          /**< relative, of the linear system */
    int compressed;      /**< 1: blocks of far unknowns are compressed; `residual` is that of the
                            compressed matrix */
    double matrix_error; /**< of the compressed matrix, relative, in rows evaluated exactly; 0: the
                            matrix is not compressed */
    /** Wall times [s], of all rounds of raising degrees together. Excitations that share a
     * factorisation repeat fill_s and factor_s; solve_s is each one's own, what they share counts
     * for the first. The near integrals, which all frequencies of a structure share, are in fill_s
     * of its first frequency; solve_s includes right-hand sides of fields and the error estimate of
     * ports and cross-sections. */
    double fill_s, factor_s, solve_s;
} alicorn_solve_result;

/** What an adaptive sweep did, and how well: docs/theory/sweep.md. */
typedef struct alicorn_sweep {
    size_t task;             /**< index of the task in the model */
    size_t frequencies;      /**< asked for, each counted once */
    size_t solved;           /**< of them; the others are interpolated */
    double tolerance;        /**< asked for */
    double error;            /**< estimated error of interpolated S, largest of all elements, and of
                                far fields relative to their largest */
    double largest_singular; /**< value of S at any interpolated frequency; above 1 by more than the
                                error it would not be passive */
} alicorn_sweep;

typedef struct alicorn_result alicorn_result;

/** Number of solves: one per frequency and excitation set, in the input's order. */
ALICORN_API size_t alicorn_result_count(const alicorn_result *result);
/** The i-th solve, or NULL. */
ALICORN_API const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result,
                                                             size_t i);
/** Number of adaptive sweeps, and the i-th, or NULL. */
ALICORN_API size_t alicorn_result_sweep_count(const alicorn_result *result);
ALICORN_API const alicorn_sweep *alicorn_result_sweep(const alicorn_result *result, size_t i);
/** Number of unknowns of the largest solve. */
ALICORN_API size_t alicorn_result_unknowns(const alicorn_result *result);
/** Name and facts of the linear-algebra library in use ("OpenBLAS 0.3.21, SkylakeX"). */
ALICORN_API const char *alicorn_result_blas(const alicorn_result *result);
ALICORN_API void alicorn_result_destroy(alicorn_result *result);

#ifdef __cplusplus
}
#endif
#endif
