/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_ASSESS_H
#define ALICORN_ASSESS_H

#include "alicorn/model.h"
#include "alicorn/result.h"

/** @file
 *  Figures of merit of results: docs/theory/assess.md. Angles in degrees. All of them look at what
 *  any program can read from a result. */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- patterns ---- */

/** Directions from theta[0] to theta[1] and from phi[0] to phi[1], the azimuth going up; phi may
 * pass 360, and [0, 360] is all around. */
typedef struct alicorn_sector {
    double theta_deg[2]; /**< 0 <= theta[0] <= theta[1] <= 180 */
    double phi_deg[2];   /**< phi[0] <= phi[1] <= phi[0] + 360 */
} alicorn_sector;

typedef struct alicorn_coverage {
    double share;       /**< of the solid angle that was sampled, with at least the gain; 0 … 1 */
    double solid_angle; /**< of the sector's part that the pattern samples [sr]; of a pattern with
                           one theta only: its azimuth range [rad] */
    double sampled;     /**< that part of the sector, 0 … 1: below 1 the pattern is too small */
    double lowest_dbi, lowest_theta_deg, lowest_phi_deg;    /**< of the samples in the sector */
    double highest_dbi, highest_theta_deg, highest_phi_deg; /**< of the samples in the sector */
} alicorn_coverage;

/** Share of a sector with a total gain of at least gain_dbi. Between samples the
 * field's magnitude is interpolated; intervals are cut off by the sector's edge.
 *  @return ALICORN_OK, ALICORN_E_USAGE (a sector upside down, a grid that does not ascend, no
 * sample in the sector, no space-wave pattern) */
ALICORN_API alicorn_status alicorn_assess_coverage(const alicorn_pattern *pattern,
                                                   const alicorn_sector *sector, double gain_dbi,
                                                   alicorn_coverage *coverage,
                                                   alicorn_error *error);

/** A range of azimuth, going up; to_deg may pass 360. */
typedef struct alicorn_azimuths {
    double from_deg, to_deg;
} alicorn_azimuths;

/** Contiguous azimuths, all around at theta index `theta`, with a total gain below gain_dbi; the
 * edges are interpolated in decibels between samples. An endless one is [phi_0, phi_0 + 360].
 *  @param blind     [capacity]
 *  @param count     number found, which may exceed capacity
 *  @return ALICORN_OK, ALICORN_E_USAGE (the azimuths are not uniform once around) */
ALICORN_API alicorn_status alicorn_assess_blind(const alicorn_pattern *pattern, size_t theta,
                                                double gain_dbi, alicorn_azimuths *blind,
                                                size_t capacity, size_t *count,
                                                alicorn_error *error);

/* ---- cross-sections ---- */

/** X(name, value, text): which of the four, first letter received. */
#define ALICORN_RCS_COMPONENT_TABLE(X)                                                             \
    X(ALICORN_RCS_VV, 0, "vv")                                                                     \
    X(ALICORN_RCS_HV, 1, "hv")                                                                     \
    X(ALICORN_RCS_VH, 2, "vh")                                                                     \
    X(ALICORN_RCS_HH, 3, "hh")                                                                     \
    X(ALICORN_RCS_LARGEST, 4, "largest")

#define ALICORN_RCS_COMPONENT_ENUM(name, value, text) name = value,
typedef enum alicorn_rcs_component {
    ALICORN_RCS_COMPONENT_TABLE(ALICORN_RCS_COMPONENT_ENUM)
} alicorn_rcs_component;
#undef ALICORN_RCS_COMPONENT_ENUM

/** "vv", …; NULL past the end. */
ALICORN_API const char *alicorn_rcs_component_text(alicorn_rcs_component component);
/** One of the four of a sample [dBsm] and its error [dB], < 0 if not estimated; LARGEST: the
 * largest of those that were asked for. NAN if it was not asked for. */
ALICORN_API double alicorn_rcs_value(const alicorn_rcs *sample, alicorn_rcs_component component,
                                     double *error_db);

/** A level of the cross-sections of a sector. */
typedef struct alicorn_rcs_statistic {
    double dbsm; /**< `percent` of the solid angle is not above it; -HUGE_VAL: exactly zero */
    double least_dbsm, most_dbsm; /**< the same with every sample lowered, raised by its error */
    int has_error;                /**< every sample's error is estimated; else those that are not
                                     count as 0 */
    double theta_deg, phi_deg;    /**< of the sample at that level */
    size_t samples;               /**< in the sector */
} alicorn_rcs_statistic;

/** Percentile of the cross-sections in a sector, every direction weighed by the solid angle of its
 *  cell (alicorn_assess_coverage): 50 is the median, 100 the maximum. Where the share is met
 * exactly between two samples it is the mean of both in decibels.
 *  @param samples  [count], one grid of receivers' directions as alicorn_solve_rcs gives it for one
 *                  frequency (and one transmitter, if bistatic)
 *  @param percent  0 … 100
 *  @return ALICORN_OK, ALICORN_E_USAGE (not such a grid, no sample in the sector, a component that
 *  was not asked for), ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_assess_rcs(const alicorn_rcs *samples, size_t count,
                                              const alicorn_sector *sector,
                                              alicorn_rcs_component component, double percent,
                                              alicorn_rcs_statistic *statistic,
                                              alicorn_error *error);

/* ---- ports ---- */

/** Voltage standing wave ratio of |S_ii|, HUGE_VAL at 1 and above. */
ALICORN_API double alicorn_assess_vswr(double magnitude);
/** -20 lg |s| [dB]: return loss of S_ii, isolation of S_ij; HUGE_VAL of 0. */
ALICORN_API double alicorn_assess_loss_db(double magnitude);
/** Radiated over accepted power of a solve, 0 … 1: losses in wires, sheets, loads, networks, in the
 * terminations of other ports and in the ground are missing from it. With `mismatch` over available
 * power, for a solve whose ports are driven in turn: (1 - |S_ii|^2) times as much. NAN where powers
 * do not exist. */
ALICORN_API double alicorn_assess_efficiency(const alicorn_solve_result *solve, int mismatch);

/* ---- bearings of TACAN ---- */

enum { ALICORN_ORDERS = 28 };

/** Fourier orders of an envelope over one turn: a(x) = mean (1 + sum_n depth[n] cos(n x +
 * phase[n])), n = 1 … 27; [0] is not used. */
typedef struct alicorn_orders {
    double mean;
    double depth[ALICORN_ORDERS];
    double phase_deg[ALICORN_ORDERS];
} alicorn_orders;

/** Orders of `count` samples at x = 2 pi i / count.
 *  @return ALICORN_OK, ALICORN_E_USAGE (fewer than 56 samples, a mean that is not above 0) */
ALICORN_API alicorn_status alicorn_assess_orders(const double *envelope, size_t count,
                                                 alicorn_orders *orders, alicorn_error *error);

/** What MIL-STD-291C limits. */
typedef enum alicorn_tacan_limit {
    ALICORN_TACAN_15_HZ,     /**< depth of order 1: 0.12 … 0.30 */
    ALICORN_TACAN_135_HZ,    /**< depth of order 9: 0.12 … 0.30 */
    ALICORN_TACAN_SUM,       /**< of both: at most 0.55 */
    ALICORN_TACAN_LOW,       /**< root sum of squares of orders 2 … 6: at most 0.20 */
    ALICORN_TACAN_MULTIPLES, /**< root sum of squares of orders 18 and 27: at most 0.15 */
    ALICORN_TACAN_7,         /**< single orders: at most 0.15 */
    ALICORN_TACAN_8,
    ALICORN_TACAN_10,
    ALICORN_TACAN_11,
    ALICORN_TACAN_HIGH, /**< root sum of squares of orders 7, 8, 10, 11: at most 0.20 */
    ALICORN_TACAN_LIMITS
} alicorn_tacan_limit;

typedef struct alicorn_tacan {
    double value[ALICORN_TACAN_LIMITS];
    double margin[ALICORN_TACAN_LIMITS]; /**< to the nearest limit; < 0: violated */
    int passed;
} alicorn_tacan;

/** Hold orders against the limits.
 *  @param relative  0: all depths are parts of the carrier, as those of orders 1 and 9 are; 1: LOW
 * is taken as part of the depth of order 1, MULTIPLES of that of order 9, which is the stricter
 * reading of the standard */
ALICORN_API void alicorn_assess_tacan(const alicorn_orders *orders, int relative,
                                      alicorn_tacan *tacan);
/** Name of a limit and its bounds; NULL past the end. */
ALICORN_API const char *alicorn_tacan_name(alicorn_tacan_limit limit, double *low, double *high);

/** Envelope |sum_p w_p E_theta,p| of vertical polarisation over the azimuths of one theta.
 *  @param patterns  [ports], of one grid: the field of each port alone, all others terminated
 *  @param weights   [ports], amplitudes over those that the fields were computed with
 *  @param envelope  [phi_count]
 *  @return ALICORN_OK, ALICORN_E_USAGE (grids differ) */
ALICORN_API alicorn_status alicorn_assess_envelope(const alicorn_pattern *const *patterns,
                                                   const alicorn_complex *weights, size_t ports,
                                                   size_t theta, double *envelope,
                                                   alicorn_error *error);

/** Bearings that a receiver at azimuth phi_deg reads from the envelope over one turn of the
 * modulation. At turn x an undisturbed beacon has 1 + m_1 cos(phi - x) + m_9 cos 9 (phi - x).
 *  @param coarse_deg  error of the bearing from order 1, -180 … 180
 *  @param fine_deg    error of the bearing from order 9, -20 … 20: its lobe is taken for known */
ALICORN_API void alicorn_assess_bearing(const alicorn_orders *orders, double phi_deg,
                                        double *coarse_deg, double *fine_deg);

/* ---- requirements ---- */

typedef enum alicorn_requirement_kind {
    ALICORN_REQUIRE_ISOLATION,   /**< [dB] */
    ALICORN_REQUIRE_VSWR,        /**< [1] */
    ALICORN_REQUIRE_RETURN_LOSS, /**< [dB] */
    ALICORN_REQUIRE_GAIN,        /**< [dBi], in every direction of a sector */
    ALICORN_REQUIRE_RIPPLE,      /**< [dB], over the azimuths of each theta */
    ALICORN_REQUIRE_COVERAGE,    /**< [per cent] of a sector */
    ALICORN_REQUIRE_AXIAL_RATIO, /**< [dB], in every direction of a sector */
    ALICORN_REQUIRE_EFFICIENCY,  /**< [per cent] */
    ALICORN_REQUIRE_RCS,         /**< [dBsm], a percentile over a sector */
    ALICORN_REQUIRE_TACAN,       /**< depths [1] and errors of bearings [degrees], each with its own
                                    limits; several verdicts */
    ALICORN_REQUIRE_COSITE,      /**< [dB], margin of disturbance */
    ALICORN_REQUIRE_BLIND        /**< [degrees], the widest range of azimuth below a gain */
} alicorn_requirement_kind;

/** Undecided: the limit lies inside the error bar. In the order in which they outweigh others. */
typedef enum alicorn_judgement { ALICORN_PASS, ALICORN_UNDECIDED, ALICORN_FAIL } alicorn_judgement;

/** A requirement held against a result: the sample that decides, which is the worst one. */
typedef struct alicorn_verdict {
    alicorn_requirement_kind kind;
    const char *name, *unit; /**< "isolation", "dB"; static */
    int line, column;        /**< in the project */
    double low, high;        /**< limits; -+HUGE_VAL: none */
    double gain_dbi;         /**< of coverage and blind azimuths */
    double percent;          /**< of cross-sections: the percentile */
    const char *detail; /**< static: the depth of tacan, the polarisation of cross-sections, the
                           mechanism of cosite; "" otherwise */
    alicorn_judgement judgement;
    double value;         /**< of the sample; may be endless. NAN: nothing is there to be judged,
                             samples is 0, and the requirement is undecided */
    double least, most;   /**< error bar; both are the value where there is none */
    int has_error;        /**< the error of this sample is estimated */
    double assumed_error; /**< half the bar that the project states where none is estimated */
    size_t unestimated;   /**< samples without an estimate */
    size_t samples;       /**< judged in all */
    size_t unknown;       /**< of cosite: disturbances without path data, which may be worse */
    double frequency_hz;
    char port[2][32]; /**< of the sample; the second is "" but for isolation, and cosite, where both
                         are radios: what disturbs and what is disturbed */
    int has_direction;
    double theta_deg, phi_deg;
} alicorn_verdict;

typedef struct alicorn_check {
    size_t count;              /**< of verdicts: one or more for each requirement */
    alicorn_verdict *verdicts; /**< [count], in the order of the project */
    size_t failed, undecided;
} alicorn_check;

/** Number of requirements that the model's project states. */
ALICORN_API size_t alicorn_model_requirement_count(const alicorn_model *model);

/** Its requirements as verdicts before anything is judged: names, units and limits are there, no
 * values; all are undecided.
 *  @return ALICORN_OK, ALICORN_E_USAGE (nothing is required), ALICORN_E_MEMORY; *check is NULL
 * unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_check_begin(const alicorn_model *model, alicorn_check **check,
                                               alicorn_error *error);

/** Hold the requirements of a project against the result of the same model, which was read with
 *  alicorn_read_options.requirements: docs/theory/assess.md. Radios of cosite are read here.
 *  @param result  NULL will do where the model has no tasks: radios that bring their own S
 *  @return ALICORN_OK whatever the verdicts are; ALICORN_E_USAGE (nothing is required, the result
 *  is not that of the model), ALICORN_E_MEMORY, of radios ALICORN_E_INPUT and ALICORN_E_IO; *check
 *  is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_check_requirements(const alicorn_model *model,
                                                      const alicorn_result *result,
                                                      alicorn_check **check, alicorn_error *error);
ALICORN_API void alicorn_check_destroy(alicorn_check *check);

#ifdef __cplusplus
}
#endif
#endif
