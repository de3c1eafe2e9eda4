/* SPDX-License-Identifier: Apache-2.0 */
#include "key_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

char *read_document(const char *path)
{
    char full[400];
    snprintf(full, sizeof full, "%s/%s", ALI_SOURCE_ROOT, path);
    FILE *file = fopen(full, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

char *read_document_example(const char *path)
{
    char *text = read_document(path), *begin = strstr(text, "```yaml\n");
    assert_non_null(begin);
    char *end = strstr(begin + 8, "```");
    assert_non_null(end);
    *end = '\0';
    memmove(text, begin + 8, strlen(begin + 8) + 1);
    return text;
}

void check_key_document(const char *path, const ali_key_table *table)
{
    char *text = read_document(path);
    bool used[ALI_UNIT_COUNT] = {false};
    int missing = 0;
    size_t rows = 0, expected = 0;
    for (int map = 0; map < table->map_count; map++) {
        char heading[60], row[600];
        snprintf(heading, sizeof heading, "\n### %s\n", table->maps[map].name);
        char *section = strstr(text, heading);
        if (!section)
            fail_msg("%s lacks the section %s", path, table->maps[map].name);
        char *end = strstr(section + 1, "\n### ");
        size_t count;
        const ali_key *keys = ali_key_table_of(table, map, &count);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            used[keys[i].unit] = true;
            ali_key_describe(table, &keys[i], row, sizeof row);
            const char *found = strstr(section, row);
            if (!found || (end && found > end)) {
                print_message("%s lacks in section %s:\n%s\n", path, table->maps[map].name, row);
                missing++;
            }
        }
        expected += count;
    }
    for (char *at = text; (at = strstr(at, "\n| `")) != NULL; at++)
        rows++;
    assert_int_equal(missing, 0);
    assert_int_equal(rows, expected);
    const ali_key_word *word;
    for (size_t i = 0; (word = ali_key_word_at(i)); i++)
        assert_true(!used[word->unit] || strstr(text, word->word));
    free(text);
}
