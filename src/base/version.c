/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/status.h"

const char *alicorn_version(void)
{
    return ALICORN_VERSION;
}
