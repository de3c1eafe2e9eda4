/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_PROJECT_KEYS_H
#define ALI_INPUT_PROJECT_KEYS_H

#include "alicorn/assess.h"
#include "input/keys.h"

/** @file
 *  The keys of a project file. Reading, checking and docs/project.md all come from this table. */

/** What a ground may be. */
#define ALI_PROJECT_GROUND_FORM                                                                    \
    "free, perfect, sea, fresh water, wet, average, dry, city, ice, or mapping (ground)"

/* ---- what the mappings become ---- */

/* In each of them `node` is where it stands, texts are NULL and numbers NAN where nothing was given
 * and there is no default. Lengths in metres, angles in degrees. */

typedef struct ali_project_rotation {
    const ali_yaml_node *node;
    double axis[3];
    double angle;
} ali_project_rotation;

typedef struct ali_project_ring {
    const ali_yaml_node *node;
    int count;
    double radius, start;
} ali_project_ring;

typedef struct ali_project_stack {
    const ali_yaml_node *node;
    int count;
    double step[3];
} ali_project_stack;

typedef struct ali_project_array {
    const ali_yaml_node *node;
    ali_project_ring *ring;
    ali_project_stack *stack;
} ali_project_array;

typedef struct ali_project_material {
    const ali_yaml_node *node;
    const char *name;
    bool perfect;
    double conductivity, thickness;
    ali_key_rows impedance; /**< resistance, reactance */
} ali_project_material;

typedef struct ali_project_wire {
    const ali_yaml_node *node;
    const char *name;
    double from[3], to[3];
    ali_key_rows points; /**< 3 columns */
    double radius;
    int segments; /**< 0: not given */
    double longest_segment;
} ali_project_wire;

/** The measures of a shape; each kind has its own keys. */
typedef struct ali_project_shape {
    const ali_yaml_node *node;
    double radius, top_radius, inner_radius, tube_radius, height;
    ali_key_rows size;    /**< 1 column, as many as the shape has */
    ali_key_rows profile; /**< 2 columns */
    bool open;
} ali_project_shape;

/** Kinds of parts, in the order of their keys in the table. */
typedef enum ali_project_part_kind {
    ALI_PART_DECK,
    ALI_PART_WIRE,
    ALI_PART_WIRES,
    ALI_PART_CYLINDER,
    ALI_PART_CONE,
    ALI_PART_SPHERE,
    ALI_PART_BOX,
    ALI_PART_PLATE,
    ALI_PART_DISC,
    ALI_PART_TORUS,
    ALI_PART_REVOLVE,
    ALI_PART_EXTRUDE,
    ALI_PART_STEP,
    ALI_PART_MESH,
    ALI_PART_KIND_COUNT
} ali_project_part_kind;

typedef struct ali_project_part {
    const ali_yaml_node *node;
    const char *name;
    const char *deck, *step, *mesh; /**< file names */
    ali_project_wire *wire;
    ali_key_items wires;
    ali_project_shape *shape[ALI_PART_KIND_COUNT]; /**< CYLINDER … EXTRUDE */
    double at[3];
    const ali_yaml_node *rotate;
    double scale;
    ali_project_array *array;
    const ali_yaml_node *material, *set;
    double electric_share, longest_edge, curvature;
} ali_project_part;

typedef struct ali_project_port {
    const ali_yaml_node *node;
    const char *name;
    const char *wire;
    const ali_yaml_node *at;
    ali_key_rows edge; /**< 3 columns */
    const char *edge_group;
    double z0;
} ali_project_port;

/** One end of a network. */
typedef struct ali_project_end {
    const ali_yaml_node *node;
    const char *port, *wire; /**< one of them */
    const ali_yaml_node *at;
} ali_project_end;

typedef struct ali_project_line {
    const ali_yaml_node *node;
    double z0, length, velocity;
    bool crossed;
    ali_key_rows shunts; /**< 2 columns; of both ends, or none */
} ali_project_line;

/** Elements of the admittance matrix: conductance, susceptance. */
typedef struct ali_project_admittance {
    const ali_yaml_node *node;
    ali_key_rows y11, y12, y22; /**< 1 column */
} ali_project_admittance;

typedef struct ali_project_network {
    const ali_yaml_node *node;
    const char *name;
    ali_project_end *from, *to;
    ali_project_line *line;
    ali_project_admittance *admittance;
} ali_project_network;

typedef struct ali_project_frequencies {
    const ali_yaml_node *node;
    double start, stop, step;
    int count; /**< 0: not given */
    int spacing;
    bool adaptive;
    double tolerance;
} ali_project_frequencies;

typedef struct ali_project_directions {
    const ali_yaml_node *node;
    ali_key_range theta, phi;
} ali_project_directions;

typedef struct ali_project_pattern {
    const ali_yaml_node *node;
    double step;
    ali_key_range theta, phi;
    const char *port; /**< NULL: all */
    const ali_yaml_node *frequencies;
} ali_project_pattern;

typedef struct ali_project_near {
    const ali_yaml_node *node;
    int field;
    ali_key_rows points; /**< 3 columns */
    double from[3], to[3];
    ali_key_rows count; /**< 1 column, three rows */
    const char *port;   /**< NULL: all */
    const ali_yaml_node *frequencies;
} ali_project_near;

typedef struct ali_project_rcs {
    const ali_yaml_node *node;
    ali_key_range theta, phi;
    ali_project_directions *receive;
    const ali_yaml_node *frequencies;
} ali_project_rcs;

/** s_parameters, currents. */
typedef struct ali_project_plain {
    const ali_yaml_node *node;
    const ali_yaml_node *frequencies;
} ali_project_plain;

typedef struct ali_project_request {
    const ali_yaml_node *node;
    ali_project_plain *s_parameters, *currents;
    ali_project_pattern *pattern;
    ali_project_near *near;
    ali_project_rcs *rcs;
} ali_project_request;

typedef struct ali_project_mesh {
    const ali_yaml_node *node;
    double per_wavelength, longest_edge, curvature, timeout;
    bool keep_volume, unite;
} ali_project_mesh;

/** The limits of a requirement; each kind has its own keys. */
typedef struct ali_project_limit {
    const ali_yaml_node *node;
    double min, max, gain;
    double percentile;                       /**< rcs */
    int polarisation;                        /**< rcs: an alicorn_rcs_component */
    int sense;                               /**< axial_ratio: ALI_PROJECT_EITHER, … */
    bool mismatch;                           /**< efficiency */
    const char *radios, *aggressor, *victim; /**< cosite */
    const ali_yaml_node *ports;              /**< tacan, as the rest; NULL: all */
    ali_key_rows weights;                    /**< magnitudes and phases [degrees] */
    ali_key_rows azimuths, modulation;
    const char *steady;
    double constant, bearing_error;
    int harmonics;
} ali_project_limit;

enum { ALI_PROJECT_REQUIREMENTS = ALICORN_REQUIRE_BLIND + 1 };
enum { ALI_PROJECT_EITHER, ALI_PROJECT_RIGHT, ALI_PROJECT_LEFT };

typedef struct ali_project_requirement {
    const ali_yaml_node *node;
    ali_project_limit *limits[ALI_PROJECT_REQUIREMENTS]; /**< by alicorn_requirement_kind */
    const ali_yaml_node *between;
    const char *port;        /**< NULL: all */
    ali_key_rows theta, phi; /**< 1 column, two rows */
    double step, assumed_error;
    const ali_yaml_node *frequencies;
} ali_project_requirement;

typedef struct ali_project {
    const ali_yaml_node *node;
    int version;
    const char *name;
    const ali_yaml_node *variables;
    ali_key_items materials, parts, ports, networks, requests, requirements;
    const ali_yaml_node *frequencies;
    const ali_yaml_node *ground;
    ali_project_mesh *mesh;
} ali_project;

enum { ALI_PROJECT_LINEAR, ALI_PROJECT_LOGARITHMIC };
enum { ALI_PROJECT_NEAR_E, ALI_PROJECT_NEAR_H, ALI_PROJECT_NEAR_BOTH };

typedef struct ali_project_ground {
    const ali_yaml_node *node;
    double permittivity, conductivity;
} ali_project_ground;

/* ---- the table ---- */

/** The mappings of a project. */
typedef enum ali_project_map {
    ALI_MAP_PROJECT,
    ALI_MAP_PART,
    ALI_MAP_WIRE,
    ALI_MAP_CYLINDER,
    ALI_MAP_CONE,
    ALI_MAP_SPHERE,
    ALI_MAP_BOX,
    ALI_MAP_PLATE,
    ALI_MAP_DISC,
    ALI_MAP_TORUS,
    ALI_MAP_REVOLVE,
    ALI_MAP_EXTRUDE,
    ALI_MAP_ROTATION,
    ALI_MAP_ARRAY,
    ALI_MAP_RING,
    ALI_MAP_STACK,
    ALI_MAP_MATERIAL,
    ALI_MAP_PORT,
    ALI_MAP_NETWORK,
    ALI_MAP_END,
    ALI_MAP_LINE,
    ALI_MAP_ADMITTANCE,
    ALI_MAP_FREQUENCIES,
    ALI_MAP_REQUEST,
    ALI_MAP_PLAIN,
    ALI_MAP_PATTERN,
    ALI_MAP_NEAR,
    ALI_MAP_RCS,
    ALI_MAP_DIRECTIONS,
    ALI_MAP_REQUIREMENT,
    ALI_MAP_ISOLATION,
    ALI_MAP_VSWR,
    ALI_MAP_RETURN_LOSS,
    ALI_MAP_GAIN,
    ALI_MAP_RIPPLE,
    ALI_MAP_COVERAGE,
    ALI_MAP_AXIAL_RATIO,
    ALI_MAP_EFFICIENCY,
    ALI_MAP_RCS_LIMIT,
    ALI_MAP_TACAN,
    ALI_MAP_COSITE,
    ALI_MAP_BLIND,
    ALI_MAP_MESH,
    ALI_MAP_GROUND,
    ALI_MAP_COUNT
} ali_project_map;

/** The keys of a project; mappings are numbered by ali_project_map. */
const ali_key_table *ali_project_key_table(void);

#endif
