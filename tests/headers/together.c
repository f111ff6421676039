/* SPDX-License-Identifier: MIT */
/* together.c - the C half: inline functions have an address that works, in both languages, and the
 * headers are of the library's version. */
#include "together.h"

#include <stdio.h>
#include <string.h>

static void add_ten(void *arg)
{
    *(int *)arg += 10;
}

int main(void)
{
    if (strcmp(par_version(), PAR_VERSION) != 0) {
        fprintf(stderr, "library %s, headers %s\n", par_version(), PAR_VERSION);
        return 1;
    }
    int first = 0;
    int second = 0;
    join_fn *volatile join_of_c = par_join;
    join_of_c(add_ten, &first, add_ten, &second);
    join_of_cxx()(add_ten, &first, add_ten, &second);
    add_two_in_cxx(&first, &second);
    if (first != 21 || second != 21) {
        fprintf(stderr, "three joins made %d and %d, not 21 and 21\n", first, second);
        return 1;
    }
    return 0;
}
