/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_PROJECT_YAML_H
#define ALI_INPUT_PROJECT_YAML_H

#include "alicorn/status.h"
#include "input/diagnostics.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  A YAML document as a tree of values that know where they stand. Anchors and aliases work (an
 *  alias is the same node again); tags, merge keys and several documents are refused. */

/** Size of a project file [bytes]: people write kilobytes. libfyaml reads ahead in lists and
 * mappings between brackets, and takes some 300 bytes of memory for each byte of them. */
#define ALI_YAML_MAX_BYTES (1u << 20)
/** Values of a document with every alias written out: what a bomb of aliases stands for. */
#define ALI_YAML_MAX_NODES 1000000
/** Anchors of a document. */
#define ALI_YAML_MAX_ANCHORS 1000
/** Nesting of lists and mappings; the project format needs 8. */
#define ALI_YAML_MAX_DEPTH 40

typedef enum ali_yaml_kind { ALI_YAML_SCALAR, ALI_YAML_LIST, ALI_YAML_MAP } ali_yaml_kind;

struct ali_yaml_node;

/** An element of a list, or a pair of a mapping. */
typedef struct ali_yaml_entry {
    const char *key;  /**< NULL in a list */
    int line, column; /**< of the key, or of the element */
    struct ali_yaml_node *value;
} ali_yaml_entry;

typedef struct ali_yaml_node {
    ali_yaml_kind kind;
    int line, column;                   /**< where it stands, 1-based, column in bytes */
    const struct ali_yaml_node *parent; /**< NULL for the root */
    size_t place;                       /**< index in the parent's entries */
    const char *text;                   /**< scalar: the value; never NULL, "" for an empty one */
    size_t length;                      /**< of text */
    bool quoted;                        /**< scalar: in quotes or a block: there, if empty */
    ali_yaml_entry *entries;            /**< list, map */
    size_t count, capacity;
    size_t weight;               /**< values in it with aliases written out, itself included */
    struct ali_yaml_node *older; /**< chain of all nodes, for the owner */
} ali_yaml_node;

typedef struct ali_yaml {
    ali_yaml_node *root;   /**< NULL for an empty document */
    ali_yaml_node *newest; /**< owns all nodes */
    size_t node_count;
    bool broken; /**< the tree is not complete */
} ali_yaml;

/** Read the only document of text[0 … length-1]. What is wrong with it goes to diagnostics; then
 *  the root may be missing or incomplete.
 *  @return ALICORN_OK, also with findings; ALICORN_E_MEMORY */
alicorn_status ali_yaml_parse(const char *text, size_t length, ali_diagnostics *diagnostics,
                              ali_yaml *yaml, alicorn_error *error);
void ali_yaml_clear(ali_yaml *yaml);

/** The value of a key of a mapping, NULL if it is absent. */
const ali_yaml_node *ali_yaml_find(const ali_yaml_node *map, const char *key);

/** Write the path of a node, "parts[column].cylinder.radius": elements of a list by their `name`
 *  or their number from 1. Cut in front if it does not fit. */
void ali_yaml_path(const ali_yaml_node *node, char *path, size_t size);

#endif
