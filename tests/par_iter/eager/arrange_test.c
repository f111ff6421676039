/* SPDX-License-Identifier: MIT */
/* arrange_test.c - the checks of arrange_checks.h under Criterion, and what ends the process. */
#include "criterion_front.h"
#include "par_iter/eager/arrange_checks.h"

#include <par/arrange.h>
#include <signal.h>

ARRANGE_CHECKS(CHECK_TEST)

/* The library and its tests are of one build, so NDEBUG says whether it checks. */
#ifndef NDEBUG
static bool all(int number)
{
    return number >= 0;
}

PAR_DEFINE_FILTER(keep_all, int, all)

Test(arrange, catches_a_filter_in_place_in_debug_builds, .signal = SIGABRT)
{
    int both[20] = {0};
    size_t n;
    (void)keep_all(both, &n, both, 10);
}

Test(arrange, catches_overlap_of_copies_in_debug_builds, .signal = SIGABRT)
{
    int both[20] = {0};
    (void)par_copy(both + 9, both, sizeof *both, 10);
}

Test(arrange, catches_a_value_in_what_it_fills_in_debug_builds, .signal = SIGABRT)
{
    int both[20] = {0};
    (void)par_fill(both, both + 3, sizeof *both, 10);
}
#endif
