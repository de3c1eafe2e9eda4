/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_LINT_H
#define ALI_MESH_LINT_H

#include "model/model.h"

/** @file
 *  The parts of alicorn_model_lint: what there is to find, the facts all checks share, and how a
 * check speaks. */

/** X(symbol, name, severity, explanation): every finding. Names are stable: users switch findings
 * off by them. ERROR: cannot be solved; WARNING: likely a mistake, or an answer to be doubted;
 * NOTE: a hint. docs/lint.md explains each; the unit test compares. */
#define ALI_LINT_TABLE(X)                                                                          \
    X(ZERO_LENGTH, "zero-length", ERROR, "a segment has no length")                                \
    X(NO_RADIUS, "no-radius", ERROR, "a wire's radius is not above zero")                          \
    X(DUPLICATE_WIRE, "duplicate-wire", WARNING, "a segment joins the same two ends as another")   \
    X(WIRES_OVERLAP, "wires-overlap", ERROR, "two wires share a stretch of their axes")            \
    X(WIRES_CROSS, "wires-cross", WARNING, "two axes cross where no segment ends")                 \
    X(END_TOUCHES_MIDDLE, "end-touches-middle", WARNING, "an end lies on the middle of a segment") \
    X(WIRES_NEARLY_TOUCH, "wires-nearly-touch", WARNING, "surfaces meet, or ends miss a joint")    \
    X(SPACING_TOO_SMALL, "spacing-too-small", WARNING,                                             \
      "parallel wires so close that current crowds")                                               \
    X(RADIUS_TOO_THICK, "radius-too-thick", WARNING, "a segment vanishes in the wires it joins")   \
    X(WIRE_TOO_THICK, "wire-too-thick", WARNING, "too thick for thin-wire theory: ka > 0.3")       \
    X(SEGMENT_TOO_LONG, "segment-too-long", WARNING, "a segment is longer than a quarter wave")    \
    X(SEGMENT_TOO_SHORT, "segment-too-short", NOTE, "a segment is shorter than half its radius")   \
    X(RADIUS_STEP, "radius-step", NOTE, "the radius changes tenfold or more along a wire")         \
    X(LENGTH_STEP, "length-step", NOTE, "segment length changes more than fiftyfold at a joint")   \
    X(INCOMPLETE, "incomplete", NOTE, "so many wires are close that not all pairs were measured")  \
    X(BELOW_GROUND, "below-ground", ERROR, "a wire reaches below the ground")                      \
    X(IN_GROUND_PLANE, "in-ground-plane", ERROR, "a wire lies in the ground plane")                \
    X(NEAR_GROUND, "near-ground", WARNING,                                                         \
      "a wire's axis is nearer to the ground than its radius")                                     \
    X(MISSES_GROUND, "misses-ground", WARNING, "an end stops just short of the ground")            \
    X(GROUND_CONTRADICTION, "ground-contradiction", WARNING, "GE and GN say different things")     \
    X(LOSSY_JOINT, "lossy-joint", WARNING, "a wire is connected to lossy ground without a screen") \
    X(GROUND_CONTACT, "ground-contact", WARNING,                                                   \
      "a wire only stands on soil; its contact counts as ideal")                                   \
    X(WIRE_IN_GROUND, "wire-in-ground", NOTE, "a wire lies on or below a lossy ground")            \
    X(THICK_IN_GROUND, "thick-in-ground", WARNING, "too thick for the skin depth: |k2|a > 0.3")    \
    X(LOW_OVER_GROUND, "low-over-ground", WARNING, "too low for the reflection approximation")     \
    X(NO_TASK, "no-task", WARNING, "nothing is asked")                                             \
    X(NO_FREQUENCY, "no-frequency", WARNING, "a task has no frequency")                            \
    X(NO_SOURCE, "no-source", WARNING, "nothing drives the structure")                             \
    X(ON_OPEN_END, "on-open-end", WARNING, "a source, load or network on an open end segment")     \
    X(ON_DUPLICATE, "on-duplicate", WARNING, "a source, load or network on a duplicate segment")   \
    X(SOURCE_TWICE, "source-twice", WARNING, "two sources on one segment")                         \
    X(SOURCE_ZERO, "source-zero", WARNING, "all sources have 0 V")                                 \
    X(LOAD_EMPTY, "load-empty", WARNING, "a load whose values are all zero")                       \
    X(LOAD_NEGATIVE, "load-negative", WARNING, "a load that supplies power")                       \
    X(LOAD_TWICE, "load-twice", WARNING, "a segment loaded twice in the same way")                 \
    X(NETWORK_SAME_SEGMENT, "network-same-segment", WARNING,                                       \
      "a network's two ends on one segment")                                                       \
    X(BAD_SURFACE, "bad-surface", ERROR, "triangles that cannot be solved")                        \
    X(SURFACES_CROSS, "surfaces-cross", WARNING, "triangles cross or touch without a vertex")      \
    X(FACE_IN_GROUND, "face-in-ground", NOTE, "triangles lie in the ground plane")                 \
    X(RIM_ON_GROUND, "rim-on-ground", WARNING, "an open shell stands on a lossy ground")           \
    X(TRIANGLE_TOO_LONG, "triangle-too-long", WARNING, "an edge is longer than a fifth of a wave") \
    X(NEEDLE_TRIANGLE, "needle-triangle", WARNING, "a triangle has an angle below 5 degrees")      \
    X(SURFACE_CRACK, "surface-crack", WARNING, "rims nearly meet, but are not joined")             \
    X(TRIANGLE_MISSING, "triangle-missing", WARNING, "a body has a hole of one triangle")          \
    X(TRIANGLES_FLIPPED, "triangles-flipped", NOTE, "triangles of a surface run in two ways")      \
    X(WIRE_ALONG_SURFACE, "wire-along-surface", WARNING, "a wire runs along a surface")            \
    X(WIRE_NEAR_SURFACE, "wire-near-surface", WARNING, "a wire ends just short of a surface")      \
    X(FAN_UNEVEN, "fan-uneven", WARNING, "a wire ends at the edge of coarse triangles")            \
    X(ATTACHMENTS_ADJACENT, "attachments-adjacent", NOTE, "wires meet neighbouring vertices")

typedef enum ali_lint_kind {
#define ALI_LINT_ENUM(symbol, name, severity, explanation) ALI_LINT_##symbol,
    ALI_LINT_TABLE(ALI_LINT_ENUM)
#undef ALI_LINT_ENUM
        ALI_LINT_KIND_COUNT
} ali_lint_kind;

/** One row of the table. */
typedef struct ali_lint_description {
    const char *name;
    alicorn_severity severity;
    const char *explanation;
} ali_lint_description;

/** [ALI_LINT_KIND_COUNT] */
extern const ali_lint_description ali_lint_descriptions[];

/** Something found, not yet reported. */
typedef struct ali_lint_finding {
    ali_lint_kind kind;
    ali_origin origin;
    char object[32];
    char *message; /**< owned */
    size_t order;  /**< in which it was found */
    size_t more;   /**< others like it that are not reported; ALI_NONE: not reported itself */
} ali_lint_finding;

/** Facts about the model that the checks share, and what they have found. */
typedef struct ali_lint {
    const ali_model *model;
    bool off[ALI_LINT_KIND_COUNT];
    ali_lint_finding *findings;
    size_t finding_count, finding_capacity;
    bool out_of_memory;

    double *length;      /**< [segment_count] [m]; 0 where the segment is not sound */
    size_t *node_of_end; /**< [2 segment_count]: as ali_joints_find; ALI_NONE where not sound */
    size_t node_count;
    size_t *node_first; /**< [node_count + 1] into node_ends */
    size_t *node_ends;  /**< [2 × sound segments]: ends (2 segment + side) by node */
    size_t
        *original; /**< [segment_count]: the first segment between the same nodes, itself if none */
    bool *swallowed;    /**< [segment_count]: lies inside its neighbours (radius-too-thick); set by
                             ali_lint_check_wires */
    bool *node_at_zero; /**< [node_count]: an end there lies at z = 0 within tolerance */
    bool ground;        /**< some task has a ground */
    bool soil; /**< all tasks that have one have a medium that wires may enter; else z = 0 is a
                  mirror */
    double shortest_wave, longest_wave; /**< over all tasks [m]; 0 without frequencies */
    double shortest_below; /**< in media below z = 0 that are not conductors; 0 without any */
} ali_lint;

/** Record a finding. `object` names what is concerned ("wire 3", "EX"). Does nothing if the kind is
 * off. */
void ali_lint_add(ali_lint *lint, ali_lint_kind kind, ali_origin origin, const char *object,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
/** The same, with "wire N" as object and the wire's card as origin. */
void ali_lint_add_wire(ali_lint *lint, ali_lint_kind kind, size_t wire, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Texts for messages, to be used at once. */
typedef struct ali_lint_text {
    char text[128];
} ali_lint_text;

/** "wire 3 (tag 12, GW, line 7)". The tag is left out where it equals the number. */
ali_lint_text ali_lint_wire_name(const ali_lint *lint, size_t wire);
/** "segment 2 of wire 3 (GW, line 7)", or the wire alone if it has one segment. */
ali_lint_text ali_lint_segment_name(const ali_lint *lint, size_t segment);
/** " (EX, line 7)", "" if the origin is unknown. */
ali_lint_text ali_lint_card_name(ali_origin origin);
/** "(0.1, 0, 2.5) m" */
ali_lint_text ali_lint_point(ali_vec3 point);

/** Point of the end (2 segment + side), and the unit vector from it into the segment. */
ali_vec3 ali_lint_end_point(const ali_lint *lint, size_t end);
ali_vec3 ali_lint_end_direction(const ali_lint *lint, size_t end);
/** Whether a connected ground takes the current of the node: at z = 0, and over a medium with no
 * segment that lies there or goes down and meets the medium by itself. */
bool ali_lint_is_grounded(const ali_lint *lint, size_t node);
/** Number of distinct segments that meet at the node: duplicates count once. */
size_t ali_lint_valence(const ali_lint *lint, size_t node);

/* The checks. Each adds its findings. */

/** Lengths, radii and joints of single wires. */
void ali_lint_check_wires(ali_lint *lint);
/** What any two segments do to each other. */
void ali_lint_check_pairs(ali_lint *lint);
/** Wires against the ground, GE against GN. */
void ali_lint_check_ground(ali_lint *lint);
/** Frequencies, sources, loads and networks. */
void ali_lint_check_tasks(ali_lint *lint);
/** Triangles, and wires that meet them. */
void ali_lint_check_surfaces(ali_lint *lint);

#endif
