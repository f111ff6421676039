/* SPDX-License-Identifier: MIT */
/* random_test.c - the small generator: its range, its spread, its seeds. All seeds are fixed, so
 * each test has the same numbers each time. */
#include "base/random.h"

#include <criterion/criterion.h>
#include <stddef.h>

Test(random, stays_below_the_bound)
{
    static const uint32_t bounds[] = {1, 2, 3, 7, 64, 1000, 0x80000000U, UINT32_MAX};
    ws_random random;
    ws_random_seed(&random, 42);
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        for (int j = 0; j < 10000; j++)
            cr_assert_lt(ws_random_below(&random, bounds[i]), bounds[i]);
    }
}

/* The mean of the squares of what a fair die would give is `bound - 1`; six times its spread is
 * allowed, in both directions: too even is not random either. */
Test(random, spreads_evenly)
{
    enum { DRAWS = 64000, MOST = 64 };
    static const uint32_t bounds[] = {2, 3, 5, 16, 63, MOST};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        size_t counts[MOST] = {0};
        ws_random random;
        ws_random_seed(&random, i);
        for (size_t j = 0; j < DRAWS; j++)
            counts[ws_random_below(&random, bounds[i])]++;
        const double fair = (double)DRAWS / bounds[i];
        double chi = 0;
        for (size_t j = 0; j < bounds[i]; j++)
            chi += ((double)counts[j] - fair) * ((double)counts[j] - fair) / fair;
        const double freedom = bounds[i] - 1;
        cr_assert_lt(chi, freedom + 40 + 6 * freedom / 2, "bound %u: %f", bounds[i], chi);
        cr_assert_gt(chi + 6, freedom / 4, "bound %u: %f", bounds[i], chi);
    }
}

/* Two draws in a row: all 16 pairs of four come up about equally often. */
Test(random, has_no_pairs_that_are_missing)
{
    enum { DRAWS = 16000 };
    size_t counts[4][4] = {{0}};
    ws_random random;
    ws_random_seed(&random, 7);
    for (size_t i = 0; i < DRAWS; i++) {
        const uint32_t first = ws_random_below(&random, 4);
        counts[first][ws_random_below(&random, 4)]++;
    }
    for (size_t i = 0; i < 16; i++) {
        cr_assert_gt(counts[i / 4][i % 4], DRAWS / 16 * 3 / 4);
        cr_assert_lt(counts[i / 4][i % 4], DRAWS / 16 * 5 / 4);
    }
}

Test(random, gives_the_same_again_for_the_same_seed)
{
    ws_random a;
    ws_random b;
    ws_random_seed(&a, 123456789);
    ws_random_seed(&b, 123456789);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(ws_random_below(&a, 1 << 30), ws_random_below(&b, 1 << 30));
}

/* Workers are seeded with their indices. */
Test(random, differs_from_seed_to_seed)
{
    enum { SEEDS = 200, DRAWS = 8 };
    uint32_t drawn[SEEDS][DRAWS];
    for (size_t i = 0; i < SEEDS; i++) {
        ws_random random;
        ws_random_seed(&random, i);
        for (size_t j = 0; j < DRAWS; j++)
            drawn[i][j] = ws_random_below(&random, 1 << 16);
        for (size_t k = 0; k < i; k++) {
            size_t same = 0;
            for (size_t j = 0; j < DRAWS; j++)
                same += drawn[i][j] == drawn[k][j];
            cr_assert_lt(same, DRAWS / 2, "seeds %zu and %zu", k, i);
        }
    }
}

Test(random, never_gets_stuck_at_zero)
{
    static const uint64_t seeds[] = {0, 1, UINT64_MAX, UINT64_MAX - 1, (uint64_t)1 << 63};
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        ws_random random;
        ws_random_seed(&random, seeds[i]);
        uint32_t all = 0;
        for (int j = 0; j < 1000; j++) {
            cr_assert_neq(random.state, 0);
            all |= ws_random_below(&random, 256);
        }
        cr_assert_eq(all, 255, "seed %zu", i);
    }
}
