/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_PROJECT_READER_H
#define ALI_INPUT_PROJECT_READER_H

#include "alicorn/model.h"
#include "input/diagnostics.h"
#include "input/project.h"
#include "input/project_keys.h"
#include "model/model.h"
#include "model/requirement.h"
#include "shape/shape.h"

/** @file
 *  The state of reading one project, shared by the files that read its sections. */

/** A run of segments of the model that a name means; several runs may share a name. */
typedef struct ali_project_wire_name {
    size_t part, copy; /**< copy: from 0 */
    int number;        /**< of the wire in its part, from 1; of a deck's wire its tag */
    const char *own;   /**< the wire's name, NULL: none */
    size_t first, count;
} ali_project_wire_name;

/** A mesh edge that the file of a part marks as part of a group of lines. */
typedef struct ali_project_mark {
    size_t part, copy;
    int group;
    size_t vertex[2]; /**< of the model, in the file's order; ALI_NONE: no triangle has it */
} ali_project_mark;

/** Name of a group of marked edges, allocated with ali_key_alloc. */
typedef struct ali_project_mark_name {
    size_t part;
    int group;
    char *name;
} ali_project_mark_name;

/** "PART", "PART.ITEM", "PART[COPY]", "PART[COPY].ITEM" taken apart. */
typedef struct ali_project_address {
    size_t part;      /**< ALI_NONE: not found, reported */
    size_t copy;      /**< from 0 */
    const char *item; /**< a wire or a group; NULL: left out */
} ali_project_address;

/** A source of a deck: a port if the project names none. */
typedef struct ali_project_deck_source {
    size_t part, copy;
    ali_site site;
} ali_project_deck_source;

/** What the table leaves open about a part, read once. */
typedef struct ali_project_plan {
    ali_project_part_kind kind;
    ali_placement *copies; /**< [copy_count] */
    size_t copy_count;
    const ali_project_material *material; /**< NULL: perfect conductor */
} ali_project_plan;

/** Frequencies of the project or of a request [Hz]. */
typedef struct ali_project_sweep {
    double *values;            /**< [count] */
    size_t count;              /**< 0: not given */
    double adaptive_tolerance; /**< 0: all are solved */
} ali_project_sweep;

typedef struct ali_project_reader {
    ali_key_reader keys;
    const ali_project_mesher *mesher;
    ali_project project;
    ali_project_plan *plans;            /**< [parts] */
    ali_project_sweep *sweeps;          /**< [1 + requests]: of the project, then of each request */
    ali_project_sweep *required_sweeps; /**< [requirements]; count 0: the project's */
    ali_ground ground;                  /**< of all tasks */

    ali_model *model;
    ali_project_wire_name *names;
    size_t name_count, name_capacity;
    ali_project_mark *marks;
    size_t mark_count, mark_capacity;
    ali_project_mark_name *mark_names;
    size_t mark_name_count, mark_name_capacity;
    ali_project_deck_source *deck_sources;
    size_t deck_source_count, deck_source_capacity;
    ali_load *loads; /**< of all parts, for every task */
    size_t load_count, load_capacity;
    ali_network *networks;
    size_t network_count, network_capacity;
} ali_project_reader;

/* ---- sections, in the order in which they are read ---- */

/** Values for a deck's symbols, from the `set` of a part; *count of them. */
alicorn_status ali_project_read_set(ali_project_reader *reader, const ali_yaml_node *set,
                                    const char ***names, double **values, size_t *count);

/** Frequencies of the project and its requests into sweeps. */
alicorn_status ali_project_read_sweeps(ali_project_reader *reader);
/** Whether the requirements say what is to be solved, in place of the requests. */
bool ali_project_is_judged(const ali_project_reader *reader);
/** The highest frequency of what is to be solved [Hz], 0 if there is none. */
double ali_project_highest_frequency(const ali_project_reader *reader);

/** What the parts are, where they stand and what they are made of, into plans. */
alicorn_status ali_project_plan_parts(ali_project_reader *reader);
const ali_project_part *ali_project_part_at(const ali_project_reader *reader, size_t part);

/** Wires and decks into the model. */
alicorn_status ali_project_add_wires(ali_project_reader *reader);
alicorn_status ali_project_add_deck(ali_project_reader *reader, size_t part);
/** Append a wire along points[0 … count] [m], which is given its number as tag, and its name. */
alicorn_status ali_project_add_wire(ali_project_reader *reader, const ali_project_wire_name *name,
                                    const ali_vec3 *points, const double *radii, size_t count);
/** Load segments first … first + count - 1 with the part's metal. */
alicorn_status ali_project_load_wires(ali_project_reader *reader, size_t part, size_t first,
                                      size_t count);
/** Surface of a part's material, without triangles. */
ali_surface ali_project_surface(const ali_project_reader *reader, size_t part);

/** Shapes and mesh files into surfaces of the model. */
alicorn_status ali_project_add_surfaces(ali_project_reader *reader);

/** Named ports. */
alicorn_status ali_project_add_ports(ali_project_reader *reader);
/** The line of mesh edges nearest to the straight lines through `points` ([count][3]). *index is
 *  ALI_NONE if there is none, reported at `node`. */
alicorn_status ali_project_find_edges(ali_project_reader *reader, const ali_yaml_node *node,
                                      const ali_key_rows *points, size_t *index);

/** Where a port or a network stands that names a wire and a place `at` along it (NULL: 0.5) in the
 *  mapping `owner`. site->index stays ALI_NONE if there is no such place, which is reported. */
alicorn_status ali_project_wire_site(ali_project_reader *reader, const ali_yaml_node *owner,
                                     const char *wire, const ali_yaml_node *at, ali_site *site);

/** Take apart what names something of a part at `node`; `form` says what was expected. */
ali_project_address ali_project_read_address(ali_project_reader *reader, const ali_yaml_node *node,
                                             const char *text, const char *finding,
                                             const char *form);

/** Keep the edges that the file of a copy of a part marks.
 *  @param number  [from->vertex_count] 1 + vertex of the model, counted from `base`; 0: none */
alicorn_status ali_project_add_marks(ali_project_reader *reader, size_t part, size_t copy,
                                     const ali_triangulation *from, const size_t *number,
                                     size_t base);
/** The line of mesh edges that a group of marked edges makes. *index is ALI_NONE if there is none,
 *  reported at `node`. */
alicorn_status ali_project_find_marks(ali_project_reader *reader, const ali_yaml_node *node,
                                      const char *group, size_t *index);

/** Networks and lines between wires and ports. */
alicorn_status ali_project_add_networks(ali_project_reader *reader);

/** Whether two triangles meet in each edge of a line of vertices of the model, as a gap between
 *  them needs; reported at `node` if not. */
bool ali_project_check_line(ali_project_reader *reader, const ali_yaml_node *node,
                            const size_t *line, size_t count);

/** Requirements into the model. */
alicorn_status ali_project_read_requirements(ali_project_reader *reader);
/** Take the name of a port that the text at `node` means; false if there is none, reported. */
bool ali_project_take_port(ali_project_reader *reader, const ali_yaml_node *node, const char *name,
                           char into[32]);
/** How a beacon is fed, and the file of radios, of requirements of such kinds. */
alicorn_status ali_project_take_beacon(ali_project_reader *reader,
                                       const ali_project_requirement *from, ali_requirement *to);
alicorn_status ali_project_take_radios(ali_project_reader *reader, const ali_project_limit *limit,
                                       ali_requirement *to);
/** The pattern or cross-sections that a requirement of the model needs; false if it needs none. */
bool ali_project_required_request(const ali_project_reader *reader, size_t index,
                                  ali_request *request);

/** Requests into tasks, or with the option `requirements` what these need. */
alicorn_status ali_project_add_tasks(ali_project_reader *reader);

#endif
