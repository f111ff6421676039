/* SPDX-License-Identifier: MIT */
/* mutex.c - what a lock and an unlock cost: alone, by a guard, and while 2, 4 or 8 threads want the
 * same mutex for a short while, and work as long without it; each beside pthread's. The threads are
 * bound to the processors in turn, so that they do run at a time. */
#include "micro/micro.h"

#include "harness/clock.h"

#include <par/mutex.h>

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

enum { PAIRS = 100000, CONTENDED = 400000, INSIDE = 20, OUTSIDE = 40, MOST = 8 };

typedef struct counter {
    par_mutex par;
    pthread_mutex_t pthread;
    unsigned long value;
    unsigned long state;
} counter;

static counter shared = {PAR_MUTEX_INIT, PTHREAD_MUTEX_INITIALIZER, 0, 0};

/* Steps of a generator, each of which needs the one before. */
static inline unsigned long work(unsigned long x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = x * 6364136223846793005UL + 1442695040888963407UL;
    return x;
}

/* ---- alone ----------------------------------------------------------------------------------- */

static void lock_par(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < PAIRS; i++) {
        par_mutex_lock(&shared.par);
        shared.value++;
        par_mutex_unlock(&shared.par);
    }
}

static void guard_par(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < PAIRS; i++) {
        PAR_LOCK_GUARD(guard, &shared.par);
        shared.value++;
    }
}

static void lock_pthread(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < PAIRS; i++) {
        pthread_mutex_lock(&shared.pthread);
        shared.value++;
        pthread_mutex_unlock(&shared.pthread);
    }
}

/* ---- in a crowd ------------------------------------------------------------------------------ */

typedef struct crowd {
    size_t threads;
    bool is_par;
    pthread_barrier_t start;
} crowd;

typedef struct seat {
    crowd *all;
    size_t number;
    int64_t begun;
    int64_t ended;
} seat;

static void settle(size_t number)
{
    cpu_set_t allowed;
    cpu_set_t one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    size_t skip = number % (size_t)CPU_COUNT(&allowed);
    CPU_ZERO(&one);
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed) || skip-- != 0)
            continue;
        CPU_SET(cpu, &one);
        (void)sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

static void enter(void)
{
    shared.value++;
    shared.state = work(shared.state, INSIDE);
}

static unsigned long work_with_par(size_t times, unsigned long x)
{
    for (size_t i = 0; i < times; i++) {
        par_mutex_lock(&shared.par);
        enter();
        par_mutex_unlock(&shared.par);
        x = work(x, OUTSIDE);
    }
    return x;
}

static unsigned long work_with_pthread(size_t times, unsigned long x)
{
    for (size_t i = 0; i < times; i++) {
        pthread_mutex_lock(&shared.pthread);
        enter();
        pthread_mutex_unlock(&shared.pthread);
        x = work(x, OUTSIDE);
    }
    return x;
}

static void *live(void *arg)
{
    seat *self = arg;
    const size_t times = CONTENDED / self->all->threads;
    settle(self->number);
    pthread_barrier_wait(&self->all->start);
    self->begun = bench_clock_ns();
    const unsigned long x = self->all->is_par ? work_with_par(times, self->number)
                                              : work_with_pthread(times, self->number);
    self->ended = bench_clock_ns();
    return (void *)x;
}

/* From the first beginning to the last end. */
static double length(const seat *seats, size_t n)
{
    int64_t begun = seats[0].begun;
    int64_t ended = seats[0].ended;
    for (size_t i = 1; i < n; i++) {
        begun = seats[i].begun < begun ? seats[i].begun : begun;
        ended = seats[i].ended > ended ? seats[i].ended : ended;
    }
    return (double)(ended - begun);
}

static double measure(void *ctx)
{
    crowd *all = ctx;
    pthread_t threads[MOST];
    seat seats[MOST];
    pthread_barrier_init(&all->start, NULL, (unsigned)all->threads);
    shared.value = 0;
    for (size_t i = 0; i < all->threads; i++) {
        seats[i] = (seat){all, i, 0, 0};
        if (pthread_create(&threads[i], NULL, live, &seats[i]) != 0)
            abort(); /* those already started wait at a barrier that never opens */
    }
    for (size_t i = 0; i < all->threads; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&all->start);
    return length(seats, all->threads);
}

static bool counted_all(void *ctx)
{
    (void)ctx;
    return shared.value == CONTENDED;
}

static void run_crowd(bench *b, const char *name, size_t threads)
{
    if (!bench_wants(b, name))
        return;
    crowd par = {.threads = threads, .is_par = true};
    crowd pthread = {.threads = threads, .is_par = false};
    const bench_side sides[] = {
        {"par_mutex", NULL, measure, counted_all, &par},
        {"pthread_mutex", NULL, measure, counted_all, &pthread},
    };
    const bench_ratio ratios[] = {{"pthread_mutex / par_mutex", 1, 0}};
    const bench_parameter parameters[] = {{"threads", (double)threads}};
    bench_run(b, &(bench_case){name, bench_unit_ns, CONTENDED, 31, 2, sides, BENCH_COUNT(sides),
                               ratios, BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
}

static void run_alone(bench *b)
{
    static const char *const name = "mutex/alone";
    if (!bench_wants(b, name))
        return;
    const bench_side sides[] = {
        {"par_mutex", lock_par, NULL, NULL, NULL},
        {"PAR_LOCK_GUARD", guard_par, NULL, NULL, NULL},
        {"pthread_mutex", lock_pthread, NULL, NULL, NULL},
    };
    const bench_ratio ratios[] = {
        {"par_mutex / pthread_mutex", 0, 2},
        {"PAR_LOCK_GUARD / pthread_mutex", 1, 2},
    };
    bench_run(b, &(bench_case){name, bench_unit_ns, PAIRS, 101, 5, sides, BENCH_COUNT(sides),
                               ratios, BENCH_COUNT(ratios), NULL, 0});
}

void micro_mutex(bench *b)
{
    run_alone(b);
    run_crowd(b, "mutex/1-thread", 1);
    run_crowd(b, "mutex/2-threads", 2);
    run_crowd(b, "mutex/4-threads", 4);
    run_crowd(b, "mutex/8-threads", 8);
}
