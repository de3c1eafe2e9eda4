/* SPDX-License-Identifier: Apache-2.0 */
#include "rates.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_SIZE = 256, PATH_SIZE = 1024 };

/** Name of a rate in the file, and where it stands. */
typedef struct rate_row {
    const char *name;
    size_t offset;
} rate_row;

static const rate_row rows[] = {
#define ROW(field, text) {#field, offsetof(alicorn_rates, field)},
    ALICORN_RATE_TABLE(ROW)
#undef ROW
};
enum { ROWS = sizeof rows / sizeof *rows };

/** FNV-1a. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

/** The folder of the cache, made if it is not there; false if there is no place for one. */
static bool make_folder(char *path, size_t size)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length;
    if (cache && *cache == '/') /* a relative one is to be ignored (XDG base directories) */
        length = snprintf(path, size, "%s", cache);
    else if (home && *home == '/')
        length = snprintf(path, size, "%s/.cache", home);
    else
        return false;
    const char name[] = "/alicorn";
    if (length < 0 || (size_t)length + sizeof name > size)
        return false;
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return false;
    memcpy(path + length, name, sizeof name);
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/** The first line is the key, for names are only hashes of it; then one rate to a line. */
static bool read_rates(const char *path, const char *key, alicorn_rates *rates)
{
    char line[KEY_SIZE + 2];
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    bool good = fgets(line, sizeof line, file) && strncmp(line, key, strlen(key)) == 0 &&
                strcmp(line + strlen(key), "\n") == 0;
    for (size_t i = 0; i < ROWS && good; i++) {
        size_t length = strlen(rows[i].name);
        good = fgets(line, sizeof line, file) && strncmp(line, rows[i].name, length) == 0 &&
               line[length] == ' ';
        if (good)
            *(double *)((char *)rates + rows[i].offset) = strtod(line + length + 1, NULL);
    }
    fclose(file);
    return good && alicorn_rates_valid(rates);
}

/** Written under another name first, so that nobody reads half a file. */
static void write_rates(const char *path, const char *key, const alicorn_rates *rates)
{
    char part[PATH_SIZE + 32];
    snprintf(part, sizeof part, "%s.%ld", path, (long)getpid());
    FILE *file = fopen(part, "w");
    if (!file)
        return;
    bool good = fprintf(file, "%s\n", key) > 0;
    for (size_t i = 0; i < ROWS; i++)
        good = good && fprintf(file, "%s %.6g\n", rows[i].name,
                               *(const double *)((const char *)rates + rows[i].offset)) > 0;
    good = fclose(file) == 0 && good;
    if (!good || rename(part, path) != 0)
        remove(part);
}

bool cli_rates_find(int threads, bool measure, alicorn_rates *rates)
{
    char key[KEY_SIZE], folder[PATH_SIZE - 64], path[PATH_SIZE];
    alicorn_rates_key(threads, key, sizeof key);
    bool cached = make_folder(folder, sizeof folder);
    if (cached)
        snprintf(path, sizeof path, "%s/rates-%016llx", folder, (unsigned long long)hash_of(key));
    *rates = (alicorn_rates){.threads = alicorn_rates_threads(threads)};
    if (cached && read_rates(path, key, rates))
        return true;
    if (!measure || alicorn_rates_measure(threads, rates, NULL) != ALICORN_OK ||
        !alicorn_rates_valid(rates))
        return false;
    if (cached)
        write_rates(path, key, rates);
    return true;
}
