/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  OpenBLAS picks its kernels by the processor's model number when it is loaded. Version 0.3.21
 * (Debian 12) does not know newer models and falls back to its Haswell or Zen kernels, without
 * AVX-512: matrix products then take 1.5 to 1.9 times as long. The environment variable
 * OPENBLAS_CORETYPE corrects that, but only if it is set before the library is loaded. This program
 * is linked with it, so the one way is to start again. */

#include "blas_env.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char variable[] = "OPENBLAS_CORETYPE";

#if defined(__x86_64__) && defined(__linux__)
/** Whether the processor has every part of AVX-512 that the SkylakeX kernels use. */
static bool has_wide_vectors(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

/** Whether OpenBLAS is in use, with kernels that leave AVX-512 idle. */
static bool uses_narrow_kernels(void)
{
    static const char *const narrow[] = {"Haswell", "Zen",      "Excavator", "Sandybridge",
                                         "Nehalem", "Prescott", "Core2"};
    union {
        void *symbol;
        char *(*function)(void);
    } core_name; /* ISO C has no conversion from one to the other */
    void *program = dlopen(NULL, RTLD_LAZY);
    core_name.symbol = program ? dlsym(program, "openblas_get_corename") : NULL;
    const char *name = core_name.symbol ? core_name.function() : "";
    for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++)
        if (strcmp(name, narrow[i]) == 0)
            return true;
    return false;
}

void cli_blas_env_improve(char **arguments)
{
    /* A value that is set is the user's wish, or our own after the restart. */
    if (getenv(variable) || !has_wide_vectors() || !uses_narrow_kernels())
        return;
    if (setenv(variable, "SKYLAKEX", 0) != 0)
        return;
    execv("/proc/self/exe", arguments);
    unsetenv(variable);
}
#else
void cli_blas_env_improve(char **arguments)
{
    (void)arguments;
}
#endif
