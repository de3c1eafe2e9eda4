/* SPDX-License-Identifier: Apache-2.0 */
#include "output/file_names.h"

#include "output/isolation.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void ali_file_port(char part[ALI_FILE_PART_SIZE], const alicorn_solve_result *solve)
{
    const char *name = ali_driven_port(solve);
    snprintf(part, ALI_FILE_PART_SIZE, "%s", name ? name : "all");
    for (char *c = part; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
            *c = '_';
}

bool ali_file_same(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b))
        a++, b++;
    return *a == *b;
}

void ali_file_append(char suffix[ALI_FILE_SUFFIX_SIZE], const char *part)
{
    size_t length = strlen(suffix);
    snprintf(suffix + length, ALI_FILE_SUFFIX_SIZE - length, "-%s", part);
}
