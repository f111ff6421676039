/* SPDX-License-Identifier: MIT */
/* ref_config.c - is the library of the version that this was compiled for? */
#include <par/config.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    if (strcmp(par_version(), PAR_VERSION) != 0)
        printf("built for %s, running with %s\n", PAR_VERSION, par_version());
    else
        puts("headers and library are of one version");
}
