/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MODEL_SURFACE_H
#define ALI_MODEL_SURFACE_H

#include "alicorn/status.h"
#include "base/vec3.h"

#include <complex.h>
#include <stddef.h>

/** @file
 *  Surfaces as the user described them, already cut into flat triangles. */

/** A flat triangle. Seen from its front its vertices run counterclockwise. */
typedef struct ali_triangle {
    size_t vertex[3]; /**< of the model */
    size_t surface;   /**< of the model */
} ali_triangle;

/** The equivalent currents that a triangle carries, a bit set. */
enum {
    ALI_CURRENT_ELECTRIC = 1,
    ALI_CURRENT_MAGNETIC = 2 /**< on the boundary of a penetrable body; not solved yet */
};

/** Medium 0 is the surrounding space. Behind a perfectly conducting wall there is none. */
#define ALI_MEDIUM_SPACE ((size_t)0)
#define ALI_MEDIUM_CONDUCTOR ((size_t)-1)

typedef enum ali_sheet_kind {
    ALI_SHEET_PERFECT = 0,     /**< perfect conductor */
    ALI_SHEET_IMPEDANCE = 1,   /**< `impedance` at every frequency */
    ALI_SHEET_CONDUCTIVITY = 2 /**< metal of `conductivity`; `thickness` 0: much more than the skin
                                  depth */
} ali_sheet_kind;

/** What a surface is made of, as an impedance per square between tangential field and current. */
typedef struct ali_sheet {
    ali_sheet_kind kind;
    double complex impedance; /**< [ohm per square] */
    double conductivity;      /**< [S/m] */
    double thickness;         /**< [m] */
} ali_sheet;

/** A run of consecutive triangles that one part of the input made. */
typedef struct ali_surface {
    char *name;          /**< owned; "" if none */
    size_t first, count; /**< triangles */
    size_t medium[2];    /**< behind the triangles, and in front of them */
    unsigned currents;   /**< ALI_CURRENT_… */
    ali_sheet sheet;
    double electric_share; /**< alpha of alpha EFIE + (1 - alpha) eta MFIE, 0 < alpha <= 1; 1: EFIE.
                              Less only on closed bodies */
    int line, column;      /**< of the input, 1-based; 0: built through the API, or unknown */
} ali_surface;

/** A line of mesh edges along which a source can be put: consecutive vertices share an edge.
 *  Current is counted positive from the left of the walk to its right, seen from the front. */
typedef struct ali_edge_line {
    size_t *vertices; /**< [count] of the model; owned */
    size_t count;     /**< >= 2; closed if the first vertex is repeated at the end */
} ali_edge_line;

/** Where a port touches the structure. */
typedef enum ali_site_kind {
    ALI_SITE_SEGMENT = 0, /**< in the middle of segment `index` */
    ALI_SITE_SEGMENT_START =
        1,                    /**< at the segment's first end: a junction, a surface, the ground */
    ALI_SITE_SEGMENT_END = 2, /**< at its second end */
    ALI_SITE_EDGES = 3        /**< across edge line `index` */
} ali_site_kind;

typedef struct ali_site {
    ali_site_kind kind;
    size_t index;
} ali_site;

enum { ALI_PORT_NAME_SIZE = 32 };

/** A port that the user named. */
typedef struct ali_named_port {
    char name[ALI_PORT_NAME_SIZE];
    ali_site site;
    double z0; /**< reference impedance [ohm], > 0 */
    int line;  /**< of the input */
} ali_named_port;

#endif
