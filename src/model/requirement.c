/* SPDX-License-Identifier: Apache-2.0 */
#include "model/requirement.h"

#include <stdlib.h>

void ali_requirements_destroy(ali_requirement *requirements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(requirements[i].beacon.ports);
        free(requirements[i].radios);
    }
    free(requirements);
}
