/* SPDX-License-Identifier: MIT */
/* ref_stats.c - the counters of a pool, after some work. */
#include <par/loop.h>
#include <par/stats.h>
#include <stdio.h>

static void nothing(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
}

int main(void)
{
    par_for_grain(0, 100000, 1, nothing, NULL);
    par_stats stats = PAR_STATS_INIT;
    const int code = par_stats_get(NULL, &stats);
    printf("%llu tasks run, %llu threads woken\n", (unsigned long long)stats.executed,
           (unsigned long long)stats.woken);
    return code;
}
