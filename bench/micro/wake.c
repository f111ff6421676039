/* SPDX-License-Identifier: MIT */
/* wake.c - from the call that makes work to its first instruction on a thread that slept, and
 * beside it what the system alone takes for that: one futex call and a thread that sleeps on it,
 * where the system likes to run it, or on another processor, as the threads of a pool are. */
#include "micro/micro.h"
#include "micro/remote.h"

#include "harness/clock.h"

#include <linux/futex.h>
#include <math.h>
#include <par/join.h>
#include <par/loop.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Longer than any thread of the pool looks for work before it sleeps. */
static const int64_t until_all_sleep_ns = 2000000;

static void run_piece(size_t begin, size_t end, void *arg)
{
    (void)end;
    if (begin == 0)
        micro_remote_await(arg);
    else
        micro_remote_note(arg);
}

static double measure_join(void *ctx)
{
    micro_remote *const remote = ctx;
    micro_remote_reset(remote);
    bench_clock_sleep(until_all_sleep_ns);
    const int64_t start = bench_clock_ns();
    par_join(micro_remote_await, remote, micro_remote_note, remote);
    return micro_remote_since(remote, start);
}

static double measure_loop(void *ctx)
{
    micro_remote *const remote = ctx;
    micro_remote_reset(remote);
    bench_clock_sleep(until_all_sleep_ns);
    const int64_t start = bench_clock_ns();
    par_for_grain(0, 2, 1, run_piece, remote);
    return micro_remote_since(remote, start);
}

static double measure_spawn(void *ctx)
{
    micro_remote *const remote = ctx;
    micro_remote_reset(remote);
    bench_clock_sleep(until_all_sleep_ns);
    const int64_t start = bench_clock_ns();
    if (par_pool_spawn(NULL, micro_remote_note, remote) != 0)
        return NAN;
    while (atomic_load_explicit(&remote->seen, memory_order_acquire) == 0)
        ;
    return micro_remote_since(remote, start);
}

/* The sleeper sleeps while word is sleeping. */
enum { sleeping, awake, leave };

typedef struct sleeper {
    pthread_t thread;
    _Atomic uint32_t word;
    micro_remote remote;
} sleeper;

static void *sleep_again_and_again(void *arg)
{
    sleeper *const self = arg;
    for (;;) {
        while (atomic_load(&self->word) == sleeping)
            syscall(SYS_futex, &self->word, FUTEX_WAIT_PRIVATE, sleeping, NULL, NULL, 0);
        if (atomic_load(&self->word) == leave)
            return NULL;
        /* The word first: once the time is seen, the next turn may begin. */
        const int64_t now = bench_clock_ns();
        atomic_store(&self->word, sleeping);
        atomic_store(&self->remote.seen, now);
    }
}

static void wake_sleeper(sleeper *other, uint32_t word)
{
    atomic_store(&other->word, word);
    syscall(SYS_futex, &other->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static double measure_sleeper(sleeper *other)
{
    micro_remote_reset(&other->remote);
    bench_clock_sleep(until_all_sleep_ns);
    const int64_t start = bench_clock_ns();
    wake_sleeper(other, awake);
    while (atomic_load_explicit(&other->remote.seen, memory_order_acquire) == 0)
        ;
    return micro_remote_since(&other->remote, start);
}

static double measure_futex(void *ctx)
{
    return measure_sleeper(ctx);
}

/* False: there is no other processor. */
static bool move_away(pthread_t thread)
{
    const int here = sched_getcpu();
    cpu_set_t others;
    if (here < 0 || sched_getaffinity(0, sizeof others, &others) != 0)
        return false;
    CPU_CLR((size_t)here, &others);
    return CPU_COUNT(&others) > 0 && pthread_setaffinity_np(thread, sizeof others, &others) == 0;
}

static double measure_futex_elsewhere(void *ctx)
{
    sleeper *const other = ctx;
    return move_away(other->thread) ? measure_sleeper(other) : NAN;
}

static bool start_sleeper(bench *b, const char *name, sleeper *other)
{
    if (pthread_create(&other->thread, NULL, sleep_again_and_again, other) == 0)
        return true;
    bench_fail(b, name, "there is no thread to be had");
    return false;
}

static void end_sleeper(sleeper *other)
{
    wake_sleeper(other, leave);
    pthread_join(other->thread, NULL);
}

static void measure_wake(bench *b, const char *name, sleeper *others)
{
    static micro_remote remote;
    const bench_side sides[] = {
        {"bare futex", NULL, measure_futex, NULL, &others[0]},
        {"bare futex, other processor", NULL, measure_futex_elsewhere, NULL, &others[1]},
        {"par_join", NULL, measure_join, NULL, &remote},
        {"par_for_grain, two pieces", NULL, measure_loop, NULL, &remote},
        {"par_pool_spawn", NULL, measure_spawn, NULL, &remote},
    };
    const bench_ratio ratios[] = {{"par_join / bare futex", 2, 0},
                                  {"par_join / bare futex, other processor", 2, 1},
                                  {"par_for_grain / bare futex, other processor", 3, 1},
                                  {"par_pool_spawn / bare futex, other processor", 4, 1}};
    bench_run(b, &(bench_case){name, bench_unit_us, 0, 500, 5, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), NULL, 0});
}

void micro_wake(bench *b)
{
    static const char *const name = "wake";
    static sleeper others[2];
    if (!bench_wants(b, name) || !start_sleeper(b, name, &others[0]))
        return;
    if (start_sleeper(b, name, &others[1])) {
        measure_wake(b, name, others);
        end_sleeper(&others[1]);
    }
    end_sleeper(&others[0]);
}
