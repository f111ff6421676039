/* SPDX-License-Identifier: MIT */
/* map_test.c - the checks of map_checks.h under Criterion, and what ends the process. */
#include "criterion_front.h"
#include "par_iter/eager/map_checks.h"

#include <par/algorithm.h>
#include <signal.h>

MAP_CHECKS(CHECK_TEST)

static ptrdiff_t copy(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memmove(out, in, n);
    return (ptrdiff_t)n;
}

/* Arrays that touch are apart. */
Test(map, takes_neighbours)
{
    char both[20] = "abcdefghij";
    cr_assert_eq(par_map(both + 10, 1, both, 1, 10, copy, NULL), 0);
    cr_assert_eq(memcmp(both, "abcdefghijabcdefghij", 20), 0);
    cr_assert_eq(par_map(both, 1, both + 10, 1, 10, copy, NULL), 0);
    cr_assert_eq(par_map(both, 1, both, 1, 0, copy, NULL), 0);
}

/* The library and its tests are of one build, so NDEBUG says whether it checks. */
#ifndef NDEBUG
Test(map, catches_overlap_in_debug_builds, .signal = SIGABRT)
{
    char both[20] = "";
    (void)par_map(both + 9, 1, both, 1, 10, copy, NULL);
}

Test(map, catches_work_in_place_in_debug_builds, .signal = SIGABRT)
{
    char both[20] = "";
    (void)par_map(both, 1, both, 1, 10, copy, NULL);
}
#endif
