/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_PROJECT_KEYS_H
#define ALI_INPUT_PROJECT_KEYS_H

#include "input/project_yaml.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  The keys of a project file: one table says of every key of every mapping what its value is, its
 *  unit, default and bounds, and which member of a structure receives it. Reading, checking and
 *  docs/project.md all come from this table. */

/** What a ground may be. */
#define ALI_PROJECT_GROUND_FORM                                                                    \
    "free, perfect, sea, fresh water, wet, average, dry, city, ice, or mapping (ground)"

/** A list of rows of numbers. */
typedef struct ali_project_rows {
    double *values; /**< [count * columns] */
    size_t count;
} ali_project_rows;

/** start, start + step, …; count 0: absent. */
typedef struct ali_project_range {
    double start, step;
    size_t count;
} ali_project_range;

/** Structures that a list of mappings became. */
typedef struct ali_project_items {
    void *items;
    size_t count;
} ali_project_items;

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
    ali_project_rows impedance; /**< resistance, reactance */
} ali_project_material;

typedef struct ali_project_wire {
    const ali_yaml_node *node;
    const char *name;
    double from[3], to[3];
    ali_project_rows points; /**< 3 columns */
    double radius;
    int segments; /**< 0: not given */
    double longest_segment;
} ali_project_wire;

/** The measures of a shape; each kind has its own keys. */
typedef struct ali_project_shape {
    const ali_yaml_node *node;
    double radius, top_radius, inner_radius, tube_radius, height;
    ali_project_rows size;    /**< 1 column, as many as the shape has */
    ali_project_rows profile; /**< 2 columns */
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
    ali_project_items wires;
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
    ali_project_rows edge; /**< 3 columns */
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
    ali_project_rows shunts; /**< 2 columns; of both ends, or none */
} ali_project_line;

/** Elements of the admittance matrix: conductance, susceptance. */
typedef struct ali_project_admittance {
    const ali_yaml_node *node;
    ali_project_rows y11, y12, y22; /**< 1 column */
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
} ali_project_frequencies;

typedef struct ali_project_directions {
    const ali_yaml_node *node;
    ali_project_range theta, phi;
} ali_project_directions;

typedef struct ali_project_pattern {
    const ali_yaml_node *node;
    double step;
    ali_project_range theta, phi;
    const char *port; /**< NULL: all */
    const ali_yaml_node *frequencies;
} ali_project_pattern;

typedef struct ali_project_near {
    const ali_yaml_node *node;
    int field;
    ali_project_rows points; /**< 3 columns */
    double from[3], to[3];
    ali_project_rows count; /**< 1 column, three rows */
    const char *port;       /**< NULL: all */
    const ali_yaml_node *frequencies;
} ali_project_near;

typedef struct ali_project_rcs {
    const ali_yaml_node *node;
    ali_project_range theta, phi;
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

typedef struct ali_project {
    const ali_yaml_node *node;
    int version;
    const char *name;
    const ali_yaml_node *variables;
    ali_project_items materials, parts, ports, networks, requests;
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
    ALI_MAP_MESH,
    ALI_MAP_GROUND,
    ALI_MAP_COUNT
} ali_project_map;

typedef enum ali_project_kind {
    ALI_KEY_TEXT,   /**< const char *: not empty */
    ALI_KEY_NAME,   /**< const char *: not empty, short, printable */
    ALI_KEY_REAL,   /**< double */
    ALI_KEY_WHOLE,  /**< int */
    ALI_KEY_SWITCH, /**< bool: true or false */
    ALI_KEY_CHOICE, /**< int: place among `choices` */
    ALI_KEY_POINT,  /**< double[3] */
    ALI_KEY_REALS,  /**< ali_project_rows, 1 column */
    ALI_KEY_PAIRS,  /**< ali_project_rows, 2 columns */
    ALI_KEY_POINTS, /**< ali_project_rows, 3 columns */
    ALI_KEY_RANGE,  /**< ali_project_range: a number or [start, stop, step] */
    ALI_KEY_MAP,    /**< pointer to the structure of `map` */
    ALI_KEY_MAPS,   /**< ali_project_items of the structures of `map` */
    ALI_KEY_ANY,    /**< const ali_yaml_node *: looked at by its own function; `form` says what
                         it may be */
    ALI_KEY_REFUSED /**< known, but not read by this version: `help` says why */
} ali_project_kind;

typedef enum ali_project_unit {
    ALI_UNIT_NONE,
    ALI_UNIT_LENGTH,       /**< m */
    ALI_UNIT_FREQUENCY,    /**< Hz */
    ALI_UNIT_ANGLE,        /**< degrees */
    ALI_UNIT_RESISTANCE,   /**< ohm */
    ALI_UNIT_CONDUCTIVITY, /**< S/m */
    ALI_UNIT_ADMITTANCE,   /**< S */
    ALI_UNIT_TIME,         /**< s */
    ALI_UNIT_COUNT
} ali_project_unit;

enum {
    ALI_PROJECT_REQUIRED = 1,
    ALI_PROJECT_ABOVE = 2 /**< must be greater than `low`, not equal */
};

typedef struct ali_project_key {
    ali_project_map owner;
    const char *name;
    ali_project_kind kind;
    size_t offset;         /**< of the member in the owner's structure */
    ali_project_unit unit; /**< of numbers */
    unsigned flags;
    double low, high;           /**< bounds of numbers, inclusive */
    size_t least, most;         /**< bounds of the number of rows of a list */
    bool has_initial;           /**< a number, switch or choice has a value when it is absent */
    double initial;             /**< that value; without one a number is NAN, a choice or count 0 */
    const char *standard;       /**< that value for people, NULL: none */
    const char *const *choices; /**< NULL behind the last */
    ali_project_map map;        /**< MAP, MAPS */
    const char *form;           /**< what may stand there, for people; NULL: as the kind says */
    const char *help;           /**< one line */
} ali_project_key;

/** The whole table; keys of a mapping stand together, in the order of ali_project_map. */
const ali_project_key *ali_project_keys(size_t *count);
/** Keys of one mapping. */
const ali_project_key *ali_project_keys_of(ali_project_map map, size_t *count);
/** Size of a mapping's structure [bytes], and its name for people. */
size_t ali_project_map_size(ali_project_map map);
const char *ali_project_map_name(ali_project_map map);

/** A word for a unit and its factor to the base unit; false past the end. For all units of
 *  ali_project_unit one after the other; the first of each is the base unit. */
bool ali_project_unit_word(size_t index, ali_project_unit *unit, const char **word, double *factor);
/** Base unit of numbers, "" for pure numbers. */
const char *ali_project_unit_name(ali_project_unit unit);

/** Row of the reference table in docs/project.md: "| `radius` | length, m | above 0 | required | …
 * |". */
void ali_project_describe_key(const ali_project_key *key, char *text, size_t size);

#endif
