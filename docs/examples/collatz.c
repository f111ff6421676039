/* SPDX-License-Identifier: MIT */
/* collatz.c - a loop with uneven iterations: how many steps each number takes to reach 1. */
#include <par/loop.h>
#include <stdint.h>
#include <stdio.h>

enum { N = 1000000 };

static uint16_t steps[N];

static uint16_t count_steps(uint64_t number)
{
    uint16_t count = 0;
    for (; number > 1; count++)
        number = number % 2 == 0 ? number / 2 : 3 * number + 1;
    return count;
}

static void count_range(size_t begin, size_t end, void *arg)
{
    uint16_t *out = arg;
    for (size_t i = begin; i < end; i++)
        out[i] = count_steps(i);
}

int main(void)
{
    par_for_grain(0, N, 1000, count_range, steps);
    size_t longest = 0;
    for (size_t i = 0; i < N; i++) {
        if (steps[i] > steps[longest])
            longest = i;
    }
    printf("%zu takes %d steps\n", longest, steps[longest]);
}
