/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MODEL_MODEL_H
#define ALI_MODEL_MODEL_H

#include "alicorn/status.h"
#include "base/vec3.h"
#include "model/surface.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  What the user described, in SI units, before any numerics: the geometry once, and the list of
 *  tasks that are asked of it. Readers fill it; everything downstream only reads it.
 *
 *  Segments are numbered from 0 here, over the whole structure in the order of the input; people
 *  see 1-based numbers. */

/** Index that stands for "no segment", "no wire". */
#define ALI_NONE ((size_t)-1)

/** Where in the input something was said, for messages. */
typedef struct ali_origin {
    int line;     /**< 1-based, 0 if built through the API */
    int column;   /**< 1-based, 0 if unknown */
    char card[8]; /**< "GW", "GH", … or "" */
} ali_origin;

/** One straight piece of wire as the user cut it. */
typedef struct ali_segment {
    ali_vec3 start, end; /**< [m] */
    double radius;       /**< [m] */
    int tag;             /**< the user's number of the wire, 0 if none */
    size_t wire;         /**< index into ali_model.wires */
} ali_segment;

/** A run of consecutive segments that one card (or one copy of it) made. */
typedef struct ali_wire {
    int tag;
    size_t first;      /**< first segment */
    size_t count;      /**< number of segments, >= 1 */
    ali_origin origin; /**< the card that made it; a copy names the original card */
} ali_wire;

/* ---- what loads the structure ---- */

typedef enum ali_load_kind {
    ALI_LOAD_SERIES_RLC = 0,   /**< lumped, each segment: R [ohm], L [H], C [F]; 0 = absent */
    ALI_LOAD_PARALLEL_RLC = 1, /**< lumped, in parallel; 0 = absent */
    ALI_LOAD_SERIES_RLC_PER_METRE = 2, /**< [ohm/m], [H/m], [F/m]: as NEC's LD 2 */
    ALI_LOAD_PARALLEL_RLC_PER_METRE = 3,
    ALI_LOAD_IMPEDANCE = 4,   /**< lumped R + jX [ohm] at every frequency */
    ALI_LOAD_CONDUCTIVITY = 5 /**< wall conductivity [S/m], skin effect in a round wire */
} ali_load_kind;

/** Loading of segments first … last (inclusive). */
typedef struct ali_load {
    ali_load_kind kind;
    size_t first, last;
    double value[3]; /**< as the kind says */
    ali_origin origin;
} ali_load;

/* ---- what connects segments with each other ---- */

typedef enum ali_network_kind {
    ALI_NETWORK_ADMITTANCE = 0, /**< Y11, Y12 = Y21, Y22 [S] */
    ALI_NETWORK_LINE = 1        /**< lossless transmission line */
} ali_network_kind;

/** Two-port between the middles of two segments. */
typedef struct ali_network {
    ali_network_kind kind;
    size_t segment[2];
    double complex y11, y12, y22; /**< admittance kind [S] */
    double z0;                    /**< line: characteristic impedance [ohm], > 0 */
    bool crossed;                 /**< line: the conductors change sides */
    double length;           /**< line: [m]; 0 = straight distance between the segments' middles */
    double complex shunt[2]; /**< line: admittance across each end [S] */
    ali_origin origin;
} ali_network;

/* ---- what drives it ---- */

typedef enum ali_source_kind {
    ALI_SOURCE_GAP = 0,         /**< constant field over the segment (NEC EX 0) */
    ALI_SOURCE_SEGMENT_END = 1, /**< at the first end of the segment (NEC EX 5) */
    ALI_SOURCE_PORT = 2         /**< at a named port */
} ali_source_kind;

typedef struct ali_source {
    ali_source_kind kind;
    size_t segment;         /**< or the named port */
    double complex voltage; /**< peak [V] */
    ali_origin origin;
} ali_source;

typedef enum ali_drive_kind {
    ALI_DRIVE_NONE = 0,           /**< nothing drives the structure */
    ALI_DRIVE_SOURCES = 1,        /**< voltage sources */
    ALI_DRIVE_PLANE_WAVE = 2,     /**< plane waves over a grid of directions */
    ALI_DRIVE_CURRENT_ELEMENT = 3 /**< one infinitesimal current element */
} ali_drive_kind;

typedef enum ali_polarisation {
    ALI_POL_LINEAR = 0,
    ALI_POL_RIGHT = 1, /**< right-hand elliptic (NEC EX 2) */
    ALI_POL_LEFT = 2   /**< left-hand elliptic (NEC EX 3) */
} ali_polarisation;

/** Plane waves that come from directions theta_i, phi_j, |E| = 1 V/m peak along the major axis. */
typedef struct ali_plane_waves {
    ali_polarisation polarisation;
    size_t theta_count, phi_count;
    double theta_start, theta_step; /**< [rad] */
    double phi_start, phi_step;     /**< [rad] */
    double eta;                     /**< angle from theta-hat to E (its major axis) [rad] */
    double axial_ratio;             /**< minor over major axis, 0 … 1; 0 for linear */
} ali_plane_waves;

/** An infinitesimal current element I l at a point. */
typedef struct ali_current_element {
    ali_vec3 position; /**< [m] */
    double alpha;      /**< elevation of its direction above the xy plane [rad] */
    double beta;       /**< azimuth of its direction from x [rad] */
    double moment;     /**< I l [A m], peak */
} ali_current_element;

/** What drives the structure in one task. */
typedef struct ali_drive {
    ali_drive_kind kind;
    ali_source *sources; /**< [source_count]; owned */
    size_t source_count;
    bool in_turn; /**< one excitation per source, 1 V behind its port's reference impedance, the
                     other ports terminated in theirs; all sources are named ports */
    ali_plane_waves waves;
    ali_current_element element;
    double normalisation_ohm; /**< NEC EX F3 with I4 = 1: impedance printed normalised to it; 0 = to
                                 the largest */
    bool print_normalised;    /**< NEC EX I4 units digit */
    bool print_asymmetry;     /**< NEC EX I4 tens digit */
    ali_origin origin;
} ali_drive;

/* ---- what it stands on ---- */

typedef enum ali_ground_kind {
    ALI_GROUND_NONE = 0,
    ALI_GROUND_PEC = 1,
    ALI_GROUND_REFLECTION = 2, /**< reflection-coefficient approximation over a lossy half-space */
    ALI_GROUND_SOMMERFELD = 3  /**< lossy half-space, exact */
} ali_ground_kind;

typedef enum ali_cliff_kind {
    ALI_CLIFF_NONE = 0,
    ALI_CLIFF_LINEAR = 1,  /**< second medium beyond x = distance (NEC RP 2, RP 5) */
    ALI_CLIFF_CIRCULAR = 2 /**< second medium beyond rho = distance (NEC RP 3, RP 6) */
} ali_cliff_kind;

/** A polarisation that follows the field up to about `frequency`: takes strength
 * jx/(1 + jx), x = f/frequency, from the permittivity (Debye). */
typedef struct ali_relaxation {
    double strength;  /**< [1]; 0: none */
    double frequency; /**< [Hz] */
} ali_relaxation;

#define ALI_MEDIUM_RELAXATIONS 2

/** A half-space filling z < 0. Conductivity given negative in NEC is the imaginary part of the
 * relative permittivity, kept in `eps_imag` (> 0) with sigma = 0. */
typedef struct ali_medium {
    double eps_r;    /**< at low frequency [1] */
    double sigma;    /**< [S/m] */
    double eps_imag; /**< eps = eps_r - j (sigma/(omega eps0) + eps_imag) - what has relaxed */
    ali_relaxation relaxations[ALI_MEDIUM_RELAXATIONS];
} ali_medium;

typedef struct ali_ground {
    ali_ground_kind kind;
    bool connect;          /**< wire ends at z = 0 continue into the ground (NEC GE 1) */
    bool current_to_zero;  /**< wire ends at z = 0 stay free ends (NEC GE -1) */
    ali_medium medium;     /**< under the antenna */
    int radial_count;      /**< wires of a radial screen around the origin, 0 = none */
    double radial_length;  /**< [m] */
    double radial_radius;  /**< [m] */
    bool has_second;       /**< a second medium was given (NEC GD or GN F3…F6) */
    ali_medium second;     /**< medium beyond the cliff */
    double cliff_distance; /**< from the origin to the edge [m] */
    double cliff_height;   /**< the second medium lies this much lower [m], >= 0 */
    ali_origin origin;
} ali_ground;

/** Whether the ground is a half-space of a medium, however it is treated. */
static inline bool ali_ground_is_lossy(const ali_ground *ground)
{
    return ground->kind == ALI_GROUND_REFLECTION || ground->kind == ALI_GROUND_SOMMERFELD;
}

/* ---- what is asked ---- */

typedef enum ali_request_kind {
    ALI_REQUEST_PATTERN = 0,
    ALI_REQUEST_NEAR_E = 1,
    ALI_REQUEST_NEAR_H = 2,
    ALI_REQUEST_COUPLING = 3,
    ALI_REQUEST_CURRENTS = 4, /**< solve and report currents only (NEC XQ) */
    ALI_REQUEST_RCS = 5 /**< cross-sections; the only request of a task whose drive is a single
                           plane wave, which stands for those of the request */
} ali_request_kind;

/** How the ground enters a pattern: NEC's RP I1. */
typedef enum ali_pattern_mode {
    ALI_PATTERN_SPACE_WAVE = 0,   /**< far field */
    ALI_PATTERN_SURFACE_WAVE = 1, /**< at finite distance over lossy ground, with surface wave */
    ALI_PATTERN_LINEAR_CLIFF = 2,
    ALI_PATTERN_CIRCULAR_CLIFF = 3,
    ALI_PATTERN_SCREEN = 4,
    ALI_PATTERN_SCREEN_LINEAR_CLIFF = 5,
    ALI_PATTERN_SCREEN_CIRCULAR_CLIFF = 6
} ali_pattern_mode;

/** Grid of directions, theta fastest as NEC prints it. In SURFACE_WAVE mode theta_* are heights z
 * [m]. */
typedef struct ali_pattern_request {
    ali_pattern_mode mode;
    size_t theta_count, phi_count;
    double theta_start, theta_step; /**< [rad], or [m] in SURFACE_WAVE mode */
    double phi_start, phi_step;     /**< [rad] */
    double distance; /**< R of the printed field [m], 0 = field times distance; rho in SURFACE_WAVE
                        mode */
    bool axes; /**< gains along the major and minor axes (NEC X = 0), not vertical, horizontal */
    int normalised; /**< NEC N: 0 none, 1 major, 2 minor, 3 vertical, 4 horizontal, 5 total */
    bool directive; /**< NEC D: directive instead of power gain */
    int average;    /**< NEC A: 0 none, 1 average gain and print, 2 average only */
    double normalisation_db; /**< NEC RP F6: normalise to this gain, 0 = to the largest */
} ali_pattern_request;

/** Points of a near-field grid, first index fastest. */
typedef struct ali_near_request {
    bool spherical;  /**< axes are r [m], phi, theta [rad] instead of x, y, z [m] (NEC NE I1) */
    size_t count[3]; /**< >= 1 */
    double start[3], step[3];
} ali_near_request;

/** Grid of directions [rad], theta fastest. */
typedef struct ali_direction_grid {
    size_t theta_count, phi_count;
    double theta_start, theta_step;
    double phi_start, phi_step;
} ali_direction_grid;

/** Radar cross-sections for waves of both polarisations from every direction of a grid. */
typedef struct ali_rcs_request {
    ali_direction_grid incident;
    bool bistatic;              /**< false: the receiver stands where the wave comes from */
    ali_direction_grid receive; /**< bistatic: all of these for every incident direction */
} ali_rcs_request;

/** Which currents or charges NEC's listing prints: PT and PQ cards. */
typedef struct ali_print_control {
    int format; /**< NEC's I1; -2 = all (default) for currents, -1 = none (default) for charges */
    int tag;    /**< 0 = absolute numbers */
    int first, last; /**< 1-based range within the tag; 0 = all */
} ali_print_control;

typedef struct ali_request {
    ali_request_kind kind;
    union {
        ali_pattern_request pattern;
        ali_near_request near;
        ali_rcs_request rcs;
    } as;
    int plot[4]; /**< NEC PL: I1 … I4 in force when it was made */
    ali_origin origin;
} ali_request;

/** A set of frequencies and the state of everything when the user said "go". */
typedef struct ali_task {
    double *frequencies; /**< [frequency_count] [Hz] ascending or as given; owned */
    size_t frequency_count;
    double adaptive_tolerance; /**< > 0: solve only those of the frequencies that S to this accuracy
                                  needs, and interpolate the others */
    ali_ground ground;
    ali_drive drive;
    ali_load *loads; /**< owned */
    size_t load_count;
    ali_network *networks; /**< owned */
    size_t network_count;
    size_t *coupling; /**< segments between which maximum coupling is asked (NEC CP); owned */
    size_t coupling_count;
    ali_request *requests; /**< in the order asked; owned */
    size_t request_count;
    bool extended_kernel; /**< NEC EK: recorded for the listing; the engine is always exact */
    bool terminated;      /**< named ports that nothing drives carry their reference impedances; of
                             themselves they are short circuits */
    double interaction_range; /**< NEC KH [wavelengths]: recorded for the listing, 1 by default */
    ali_print_control print_currents, print_charges;
    int plot[4];       /**< NEC PL: I1 … I4 for the currents, all 0 when absent */
    ali_origin origin; /**< the card that said "go" */
} ali_task;

/** One control card as NEC's listing echoes it. */
typedef struct ali_card_echo {
    char name[3];
    int integer[4];
    double real[6];
} ali_card_echo;

/** The whole description. */
typedef struct ali_model {
    char *name;    /**< file name or "" ; owned */
    char *comment; /**< text of the CM and CE cards, newline between lines; owned */
    ali_segment *segments;
    size_t segment_count, segment_capacity;
    ali_wire *wires;
    size_t wire_count, wire_capacity;
    ali_vec3 *vertices; /**< of the triangles [m] */
    size_t vertex_count, vertex_capacity;
    ali_triangle *triangles;
    size_t triangle_count, triangle_capacity;
    ali_surface *surfaces;
    size_t surface_count, surface_capacity;
    ali_edge_line *edge_lines;
    size_t edge_line_count, edge_line_capacity;
    ali_named_port *ports; /**< named by the user; a deck has none, its sources are its ports */
    size_t port_count, port_capacity;
    ali_task *tasks;
    size_t task_count, task_capacity;
    struct ali_requirement *requirements; /**< owned */
    size_t requirement_count;
    ali_card_echo *echo; /**< control cards, for the listing */
    size_t echo_count, echo_capacity;
    /** The next job of the same deck (NEC NX), with its own structure; owned, or NULL. */
    struct ali_model *next;
} ali_model;

/** Empty model, or NULL when memory is out. */
ali_model *ali_model_create(void);
/** Free a model and all it owns; NULL is fine. */
void ali_model_destroy(ali_model *model);

/** Append one wire of `count` segments along the points point[0 … count] with radius[0 … count-1].
 *  The model takes copies. */
alicorn_status ali_model_add_wire(ali_model *model, int tag, size_t count, const ali_vec3 *point,
                                  const double *radius, ali_origin origin, alicorn_error *error);

/** Append one surface. The model takes copies.
 *  @param[in] vertices   [vertex_count] [m]; may repeat vertices of other surfaces, which the mesh
 *                        joins where they coincide
 *  @param[in] triangles  [triangle_count] indices into `vertices`
 *  @param[in] surface    name and properties; `first` and `count` are set here, its name is copied
 *  @return ALICORN_OK, ALICORN_E_INPUT (an index out of range, a coordinate not finite),
 *          ALICORN_E_MEMORY; on failure the model is unchanged */
alicorn_status ali_model_add_surface(ali_model *model, size_t vertex_count,
                                     const ali_vec3 *vertices, size_t triangle_count,
                                     const size_t (*triangles)[3], const ali_surface *surface,
                                     alicorn_error *error);
/** A perfectly conducting surface in space without a name, EFIE: the usual start. */
ali_surface ali_surface_default(void);
/** Append an edge line of `count` vertices (copied). *index receives its number. */
alicorn_status ali_model_add_edge_line(ali_model *model, size_t count, const size_t *vertices,
                                       size_t *index, alicorn_error *error);
/** Free all surfaces, edge lines and named ports. */
void ali_model_clear_surfaces(ali_model *model);
/** Append a named port; ALICORN_E_INPUT if the name is taken or empty. */
alicorn_status ali_model_add_port(ali_model *model, const ali_named_port *port,
                                  alicorn_error *error);

/** Deep copy of a task into *copy (uninitialised before). */
alicorn_status ali_task_copy(const ali_task *task, ali_task *copy, alicorn_error *error);
/** Set a task to NEC's defaults: no ground, no drive, no frequencies, print all currents. */
void ali_task_init(ali_task *task);
/** Free what a task owns, not the task itself. */
void ali_task_clear(ali_task *task);
/** Append a task; on success the model owns what *task owned and *task is cleared. */
alicorn_status ali_model_add_task(ali_model *model, ali_task *task, alicorn_error *error);

/** Segment number (0-based) of the `number`-th (1-based) segment with the tag; tag 0 means
 * absolute. ALI_NONE if there is none. */
size_t ali_model_find_segment(const ali_model *model, int tag, int number);

/** Where a source of the model touches the structure; index ALI_NONE if its port does not exist. */
ali_site ali_model_source_site(const ali_model *model, const ali_source *source);

/** A port as people are shown it. */
typedef struct ali_shown_port {
    char name[ALI_PORT_NAME_SIZE];
    ali_vec3 point; /**< where it touches the structure; of a line of edges its middle */
    bool placed;    /**< there is such a point */
    int line;       /**< of the input */
    double z0;      /**< [ohm]; NAN: that of the solve */
} ali_shown_port;

/** The named ports, or the sources of a deck's first task that has any: those are its ports, "1",
 * "2", … */
size_t ali_model_shown_port_count(const ali_model *model);
/** The i-th of them. */
ali_shown_port ali_model_shown_port(const ali_model *model, size_t i);

/** Complex relative permittivity of a medium at angular frequency omega [rad/s]. */
double complex ali_medium_permittivity(const ali_medium *medium, double omega);
/** Whether two media are the same at all frequencies. */
bool ali_medium_equal(const ali_medium *a, const ali_medium *b);
/** A medium by its name in projects: sea, fresh water, wet, average, dry, city, ice. False if there
 * is none of that name; *medium is unchanged then. */
bool ali_medium_find(const char *name, ali_medium *medium);
/** Water of a temperature -4 to 40 [degrees C] with 0 to 40 g/kg of sea salt; to 1 THz. */
ali_medium ali_medium_water(double celsius, double salinity);
/** Ice of fresh water of a temperature -60 to 0 [degrees C]; from 10 MHz, its loss to about 1 GHz.
 */
ali_medium ali_medium_ice(double celsius);

#endif
