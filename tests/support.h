/* SPDX-License-Identifier: MIT */
/* support.h - what the tests of the verbs share: checks that two front ends run (Criterion, and a
 * plain main for ThreadSanitizer and valgrind), pools of every size, crowds of threads, a seeded
 * generator. Knows only the public headers.
 *
 * A check returns NULL, or what is wrong as text. It never asserts, so that it can run anywhere;
 * tasks only count, and the check looks at the counts afterwards. Nothing here passes or fails by
 * the clock: what must happen is waited for, and the runner's time limit ends what never does. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <errno.h>
#include <par/pool.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_THREAD__)
#define SUPPORT_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SUPPORT_TSAN 1
#endif
#endif
#ifndef SUPPORT_TSAN
#define SUPPORT_TSAN 0
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SUPPORT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SUPPORT_ASAN 1
#endif
#endif
#ifndef SUPPORT_ASAN
#define SUPPORT_ASAN 0
#endif

/* ---- checks ---- */

typedef const char *check_fn(void);

typedef struct check {
    const char *name;
    check_fn *run;
} check;

/* A list of checks is a macro LIST(X) of X(suite, name)...; these make its prototypes and rows. A
 * plain program defines `checks` from rows, with a row of NULLs at the end. */
#define CHECK_PROTOTYPE(suite, name) const char *suite##_##name(void);
#define CHECK_ROW(suite, name) {#suite "." #name, suite##_##name},

extern const check checks[];

/* Runs them, all or those that the arguments name. A process's exit status. plain_main.c */
int checks_main(int argc, char **argv);

/* Text for a check to return. Only one at a time, from the thread that runs the check. */
static inline const char *wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

static inline const char *wrong(const char *format, ...)
{
    static char text[512];
    char fresh[sizeof text];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(fresh, sizeof fresh, format, args);
    va_end(args);
    memcpy(text, fresh, sizeof text);
    return text;
}

/* `n` repetitions, fewer where each is slow: under a sanitizer or, by TEST_DIVISOR, valgrind. */
static inline size_t scaled(size_t n)
{
    const char *text = getenv("TEST_DIVISOR");
    const size_t divisor = text ? strtoul(text, NULL, 10) : SUPPORT_TSAN || SUPPORT_ASAN ? 10 : 1;
    const size_t fewer = divisor > 1 ? n / divisor : n;
    return fewer > 0 ? fewer : 1;
}

/* ---- a seeded generator (splitmix64) ---- */

static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline size_t random_below(uint64_t *state, size_t bound)
{
    return (size_t)(random_next(state) % bound);
}

/* ---- waiting ---- */

/* Returns when *count is at least `n`. */
static inline void await_count(atomic_size_t *count, size_t n)
{
    while (atomic_load(count) < n)
        sched_yield();
}

/* Counts the caller in and returns when `n` are in. */
static inline void meet(atomic_size_t *count, size_t n)
{
    atomic_fetch_add(count, 1);
    await_count(count, n);
}

static inline void yield_times(size_t n)
{
    for (size_t i = 0; i < n; i++)
        sched_yield();
}

/* ---- threads of the test's own ---- */

enum { SUPPORT_CROWD = 512 };

typedef void crowd_fn(size_t number, void *arg);

typedef struct crowd_seat {
    pthread_t thread;
    size_t number;
    crowd_fn *fn;
    void *arg;
} crowd_seat;

typedef struct crowd {
    size_t n;
    crowd_seat seats[SUPPORT_CROWD];
} crowd;

static inline void *crowd_main(void *arg)
{
    const crowd_seat *seat = arg;
    seat->fn(seat->number, seat->arg);
    return NULL;
}

/* Starts `n` threads that call fn(number, arg). */
static inline void crowd_start(crowd *all, size_t n, crowd_fn *fn, void *arg)
{
    all->n = n < SUPPORT_CROWD ? n : SUPPORT_CROWD;
    for (size_t i = 0; i < all->n; i++) {
        crowd_seat *seat = &all->seats[i];
        seat->number = i;
        seat->fn = fn;
        seat->arg = arg;
        if (pthread_create(&seat->thread, NULL, crowd_main, seat) != 0) {
            fputs("the test itself cannot create its threads\n", stderr);
            abort();
        }
    }
}

static inline void crowd_end(crowd *all)
{
    for (size_t i = 0; i < all->n; i++)
        pthread_join(all->seats[i].thread, NULL);
}

static inline void crowd_run(size_t n, crowd_fn *fn, void *arg)
{
    static crowd all;
    crowd_start(&all, n, fn, arg);
    crowd_end(&all);
}

/* ---- pools ---- */

#define SUPPORT_POOL_SIZES                                                                         \
    {                                                                                              \
        1, 2, 3, 8, 33                                                                             \
    }

/* A pool of `threads`, or NULL with *problem set. */
static inline par_pool *pool_of(size_t threads, const char **problem)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = threads;
    par_pool *pool = NULL;
    const int rc = par_pool_create(&pool, &options);
    if (rc != 0 || pool == NULL) {
        *problem = wrong("par_pool_create with %zu threads: %s", threads, strerror(rc));
        return NULL;
    }
    return pool;
}

typedef struct on_worker_call {
    par_fn *fn;
    void *arg;
    sem_t done;
} on_worker_call;

static inline void on_worker_task(void *arg)
{
    on_worker_call *call = arg;
    call->fn(call->arg);
    sem_post(&call->done);
}

/* Runs fn(arg) on a thread of the pool's own, while the caller stays outside and sleeps: with a
 * pool of one, nothing else can run then. */
static inline int on_worker(par_pool *pool, par_fn *fn, void *arg)
{
    on_worker_call call = {.fn = fn, .arg = arg};
    sem_init(&call.done, 0, 0);
    const int rc = par_pool_spawn(pool, on_worker_task, &call);
    if (rc == 0) {
        while (sem_wait(&call.done) != 0)
            continue;
    }
    sem_destroy(&call.done);
    return rc;
}

/* What a check does inside a pool. */
typedef const char *inside_fn(void *arg);

typedef struct inside_call {
    inside_fn *fn;
    void *arg;
    const char *result;
} inside_call;

static inline void inside_task(void *arg)
{
    inside_call *call = arg;
    call->result = call->fn(call->arg);
}

/* Runs fn(arg) in a new pool twice: by a caller from outside, and on a thread of the pool. */
static inline const char *in_pool(size_t threads, inside_fn *fn, void *arg)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(threads, &problem);
    if (pool == NULL)
        return problem;
    inside_call call = {.fn = fn, .arg = arg, .result = "was not run"};
    int rc = par_pool_run(pool, inside_task, &call);
    if (rc == 0 && call.result == NULL) {
        call.result = "was not run on a worker";
        rc = on_worker(pool, inside_task, &call);
    }
    const int end = par_pool_destroy(pool);
    if (rc != 0)
        return wrong("entering a pool of %zu: %s", threads, strerror(rc));
    if (call.result != NULL)
        return call.result;
    return end == 0 ? NULL : wrong("par_pool_destroy: %s", strerror(end));
}

/* in_pool for every size from `least` on, then from outside, in the default pool; with
 * TEST_DEFAULT_POOL set, only that. */
static inline const char *in_pools_from(size_t least, inside_fn *fn, void *arg)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    const size_t n = getenv("TEST_DEFAULT_POOL") == NULL ? sizeof sizes / sizeof sizes[0] : 0;
    for (size_t i = 0; i < n; i++) {
        const char *problem = sizes[i] < least ? NULL : in_pool(sizes[i], fn, arg);
        if (problem != NULL)
            return wrong("%s (pool of %zu)", problem, sizes[i]);
    }
    const char *problem = par_num_threads() < least ? NULL : fn(arg);
    return problem == NULL ? NULL : wrong("%s (default pool)", problem);
}

static inline const char *in_every_pool(inside_fn *fn, void *arg)
{
    return in_pools_from(1, fn, arg);
}

#endif
