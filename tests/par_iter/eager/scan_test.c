/* SPDX-License-Identifier: MIT */
/* scan_test.c - the checks of scan_checks.h under Criterion, and what ends the process. */
#include "criterion_front.h"
#include "par_iter/eager/scan_checks.h"

#include <par/scan.h>
#include <signal.h>

SCAN_CHECKS(CHECK_TEST)

static inline int add(int left, int right)
{
    return left + right;
}

PAR_DEFINE_SCAN(sums, int, add, 0)

/* The library and its tests are of one build, so NDEBUG says whether it checks. */
#ifndef NDEBUG
Test(scan, catches_overlap_in_debug_builds, .signal = SIGABRT)
{
    int both[20] = {0};
    (void)sums(both + 1, both, 10);
}
#else
Test(scan, takes_neighbours)
{
    int both[20] = {1, 1};
    cr_assert_eq(sums(both + 10, both, 10), 0);
    cr_assert_eq(both[19], 2);
}
#endif
