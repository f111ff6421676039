/* SPDX-License-Identifier: MIT */
/* loop_schedule_checks.c - whichever schedule a loop has, it is the whole range, once, on no more
 * threads than it may use; and a slice per thread goes to the same thread again. */
#include "scope/loop_schedule_checks.h"

#include <par/join.h>
#include <par/loop.h>

typedef struct schedule_row {
    par_schedule schedule;
    const char *name;
} schedule_row;

static const schedule_row schedules[] = {
    {PAR_SCHEDULE_DEFAULT, "default"},
    {PAR_SCHEDULE_DYNAMIC, "dynamic"},
    {PAR_SCHEDULE_STATIC, "static"},
    {PAR_SCHEDULE_AFFINITY, "affinity"},
};

enum { SCHEDULES = sizeof schedules / sizeof schedules[0] };

/* ---- every index once ---- */

typedef struct visits {
    size_t begin;
    size_t n;
    size_t grain;
    atomic_uchar *counts;
    atomic_size_t bad_pieces; /* empty, outside of the range, or larger than the grain */
} visits;

static int visit_piece(size_t begin, size_t end, void *arg)
{
    visits *all = arg;
    if (begin >= end || begin < all->begin || end - all->begin > all->n ||
        (all->grain > 0 && end - begin > all->grain)) {
        atomic_fetch_add(&all->bad_pieces, 1);
        return 0;
    }
    for (size_t i = begin; i < end; i++)
        atomic_fetch_add_explicit(&all->counts[i - all->begin], 1, memory_order_relaxed);
    return 0;
}

static const char *visit_range(const schedule_row *row, size_t begin, size_t n, size_t grain,
                               size_t max_threads)
{
    atomic_uchar *counts = calloc(n + 1, sizeof *counts);
    if (counts == NULL)
        return "no memory";
    visits all = {.begin = begin, .n = n, .grain = grain, .counts = counts};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = grain;
    options.max_threads = max_threads;
    options.schedule = row->schedule;
    const int rc = par_try_for(begin, begin + n, visit_piece, &all, &options);
    const char *problem = NULL;
    if (rc != 0 || atomic_load(&all.bad_pieces) != 0)
        problem = wrong("code %d, %zu bad pieces", rc, atomic_load(&all.bad_pieces));
    for (size_t i = 0; i < n && problem == NULL; i++) {
        const unsigned count = atomic_load_explicit(&counts[i], memory_order_relaxed);
        if (count != 1)
            problem = wrong("index %zu was visited %u times", i, count);
    }
    free(counts);
    return problem == NULL ? NULL
                           : wrong("%s: %zu from %zu by %zu on %zu: %s", row->name, n, begin, grain,
                                   max_threads, problem);
}

static const char *visit_ranges(void *arg)
{
    (void)arg;
    const size_t sizes[] = {0, 1, 2, 3, 32, 34, 97, 1009, scaled(20000) + 11};
    static const size_t limits[] = {0, 1, 3};
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const size_t n = sizes[i];
        const size_t begins[] = {0, SIZE_MAX - n};
        const size_t grains[] = {0, 1, 64, SIZE_MAX};
        for (size_t j = 0; j < SCHEDULES * 2 * 4 * 3 && problem == NULL; j++)
            problem = visit_range(&schedules[j % SCHEDULES], begins[j / SCHEDULES % 2], n,
                                  grains[j / SCHEDULES / 2 % 4], limits[j / SCHEDULES / 8]);
    }
    return problem;
}

static void visit_ranges_in_side(void *arg)
{
    *(const char **)arg = visit_ranges(NULL);
}

static void do_nothing(void *arg)
{
    (void)arg;
}

/* From outside, and where the loop is not the outermost call. */
static const char *visit_ranges_twice(void *arg)
{
    const char *problem = visit_ranges(arg);
    if (problem == NULL)
        par_join(visit_ranges_in_side, &problem, do_nothing, NULL);
    return problem;
}

const char *loop_schedule_visits_every_index_once(void)
{
    return in_every_pool(visit_ranges_twice, NULL);
}

/* ---- stopping ---- */

enum { BAD_INDEX = 777, BAD_CODE = 7, INDICES = 1000 };

static int fail_at_one(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
    return begin <= BAD_INDEX && BAD_INDEX < end ? BAD_CODE : 0;
}

static const char *stop_loops(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < SCHEDULES * 2; i++) {
        atomic_size_t visited = 0;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.schedule = schedules[i / 2].schedule;
        options.grain = i % 2;
        const int rc = par_try_for(0, INDICES, fail_at_one, &visited, &options);
        if (rc != BAD_CODE || atomic_load(&visited) > INDICES)
            return wrong("%s: code %d after %zu indices", schedules[i / 2].name, rc,
                         atomic_load(&visited));
    }
    return NULL;
}

const char *loop_schedule_stops_at_the_first_code(void)
{
    return in_every_pool(stop_loops, NULL);
}

/* ---- threads ---- */

typedef struct load {
    atomic_size_t now;
    atomic_size_t peak;
    atomic_size_t done;
} load;

static int work_in_load(size_t begin, size_t end, void *arg)
{
    load *measured = arg;
    const size_t now = atomic_fetch_add(&measured->now, 1) + 1;
    size_t peak = atomic_load(&measured->peak);
    while (peak < now && !atomic_compare_exchange_weak(&measured->peak, &peak, now))
        continue;
    yield_times(3 * (end - begin));
    atomic_fetch_add(&measured->done, end - begin);
    atomic_fetch_sub(&measured->now, 1);
    return 0;
}

static const char *measure_loads(void *arg)
{
    (void)arg;
    static const size_t limits[] = {1, 2, 3};
    for (size_t i = 0; i < SCHEDULES * 3 * 2; i++) {
        const schedule_row *row = &schedules[i % SCHEDULES];
        load measured = {0, 0, 0};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.schedule = row->schedule;
        options.max_threads = limits[i / SCHEDULES % 3];
        options.grain = i / SCHEDULES / 3;
        const int rc = par_try_for(0, 150, work_in_load, &measured, &options);
        if (rc != 0 || atomic_load(&measured.done) != 150)
            return wrong("%s: code %d, %zu of 150 done", row->name, rc,
                         atomic_load(&measured.done));
        if (atomic_load(&measured.peak) > options.max_threads)
            return wrong("%s: %zu threads where %zu were allowed", row->name,
                         atomic_load(&measured.peak), options.max_threads);
    }
    return NULL;
}

const char *loop_schedule_respects_max_threads(void)
{
    return in_every_pool(measure_loads, NULL);
}

/* ---- the same indices again ---- */

enum { EACH = 10, MOST_THREADS = 8 };

/* A loop with a piece per thread of the pool, which all wait for each other: each thread has one.
 */
typedef struct shares {
    size_t threads;
    atomic_size_t arrived;
    size_t owners[MOST_THREADS]; /* by piece */
} shares;

static int take_share(size_t begin, size_t end, void *arg)
{
    shares *all = arg;
    if (begin % EACH != 0 || end - begin != EACH)
        return EDOM;
    all->owners[begin / EACH] = par_thread_index();
    meet(&all->arrived, all->threads);
    return 0;
}

static int share_out(shares *all, par_schedule schedule)
{
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.schedule = schedule;
    options.grain = EACH;
    atomic_store(&all->arrived, 0);
    return par_try_for(0, all->threads * EACH, take_share, all, &options);
}

/* Whether the pieces of all loops but the first go to whom the loop before gave them. */
static const char *repeat_loops(const schedule_row *row, size_t threads)
{
    const size_t rounds = scaled(180) + 20;
    shares before = {.threads = threads};
    shares now = {.threads = threads};
    size_t same = 0;
    for (size_t round = 0; round <= rounds; round++) {
        const int rc = share_out(&now, row->schedule);
        if (rc != 0)
            return wrong("%s: code %d", row->name, rc);
        for (size_t i = 0; i < threads && round > 0; i++)
            same += now.owners[i] == before.owners[i];
        memcpy(before.owners, now.owners, sizeof now.owners);
    }
    if (same == rounds * threads)
        return NULL;
    return wrong("%s: only %zu of %zu pieces have gone to the same thread", row->name, same,
                 rounds * threads);
}

/* A caller from outside has the place of the core that it runs on, which the system may change. */
static const char *repeat_schedules(void *arg)
{
    (void)arg;
    const char *problem = NULL;
    if (par_thread_index() >= par_num_threads())
        return NULL;
    for (size_t i = 0; i < SCHEDULES && problem == NULL; i++) {
        if (schedules[i].schedule != PAR_SCHEDULE_DYNAMIC)
            problem = repeat_loops(&schedules[i], par_num_threads());
    }
    return problem;
}

const char *loop_schedule_gives_a_thread_the_same_indices_again(void)
{
    static const size_t sizes[] = {3, MOST_THREADS};
    const char *problem = NULL;
    for (size_t i = 0; i < 2 && problem == NULL; i++)
        problem = in_pool(sizes[i], repeat_schedules, NULL);
    return problem;
}

/* ---- bad options ---- */

static int count_call(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    ++*(size_t *)arg;
    return 0;
}

const char *loop_schedule_rejects_the_unknown(void)
{
    static const int unknown[] = {-1, SCHEDULES, 100, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        size_t calls = 0;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.schedule = (par_schedule)unknown[i];
        const int rc = par_try_for(0, 1, count_call, &calls, &options);
        const int empty = par_try_for(1, 1, count_call, &calls, &options);
        if (rc != EINVAL || empty != EINVAL || calls != 0)
            return wrong("schedule %d: codes %d and %d, %zu calls", unknown[i], rc, empty, calls);
    }
    return NULL;
}
