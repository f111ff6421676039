/* SPDX-License-Identifier: MIT */
/* clock.h - time that only goes forward, and work that lasts a given time. */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t bench_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + (int64_t)now.tv_nsec;
}

/* Keeps the calling thread busy. A piece of work that lasts equally long everywhere: on each
 * machine, in each runtime, on a core of any speed. */
static inline void bench_clock_spin(int64_t ns)
{
    const int64_t end = bench_clock_ns() + ns;
    while (bench_clock_ns() < end)
        ;
}

static inline void bench_clock_sleep(int64_t ns)
{
    const struct timespec time = {(time_t)(ns / 1000000000), (long)(ns % 1000000000)};
    nanosleep(&time, NULL);
}

#endif
