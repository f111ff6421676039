/* SPDX-License-Identifier: MIT */
/* clock_test.c - the clock counts nanoseconds of the system's monotonic clock. */
#include "base/clock.h"

#include <criterion/criterion.h>

static uint64_t system_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

Test(clock, stands_between_two_looks_at_the_systems)
{
    for (int i = 0; i < 1000; i++) {
        const uint64_t before = system_ns();
        const uint64_t now = ws_clock_ns();
        const uint64_t after = system_ns();
        cr_assert_leq(before, now);
        cr_assert_leq(now, after);
    }
}

Test(clock, goes_forward_only)
{
    uint64_t last = ws_clock_ns();
    for (int i = 0; i < 100000; i++) {
        const uint64_t now = ws_clock_ns();
        cr_assert_leq(last, now);
        last = now;
    }
}

Test(clock, counts_nanoseconds)
{
    const struct timespec nap = {0, 3000000};
    const uint64_t before = ws_clock_ns();
    nanosleep(&nap, NULL);
    cr_assert_geq(ws_clock_ns() - before, 3000000);
}
