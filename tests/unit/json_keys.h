/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_JSON_KEYS_H
#define ALI_TESTS_JSON_KEYS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/** Every key of a JSON value stands in a page, quoted `thus`. */
static inline void every_key_is_documented(json_t *value, const char *page)
{
    const char *key;
    json_t *member;
    size_t index;
    json_object_foreach(value, key, member)
    {
        char quoted[64];
        snprintf(quoted, sizeof quoted, "`%s`", key);
        if (!strstr(page, quoted))
            fail_msg("docs/json.md does not describe %s", quoted);
        every_key_is_documented(member, page);
    }
    json_array_foreach(value, index, member) every_key_is_documented(member, page);
}

#endif
