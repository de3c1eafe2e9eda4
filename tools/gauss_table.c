/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the constant table of Gauss-Legendre rules that src/math/gauss_table.h declares. Run by
 * the build. */
#include "math/quadrature.h"

#include <stdio.h>

static void print_rules(const char *name, int nodes)
{
    double node[ALI_GAUSS_MAX], weight[ALI_GAUSS_MAX];
    printf("const double %s[] = {\n", name);
    for (int n = 1; n <= ALI_GAUSS_MAX; n++) {
        ali_gauss_legendre(n, node, weight);
        for (int i = 0; i < n; i++)
            printf("%.17g,%c", nodes ? node[i] : weight[i], i + 1 == n ? '\n' : ' ');
    }
    printf("};\n");
}

int main(void)
{
    printf("#include \"math/gauss_table.h\"\n");
    print_rules("ali_gauss_nodes", 1);
    print_rules("ali_gauss_weights", 0);
    return 0;
}
