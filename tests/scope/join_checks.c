/* SPDX-License-Identifier: MIT */
/* join_checks.c - joins give what the two plain calls give, in any shape, from any thread. */
#include "scope/join_checks.h"

#include <limits.h>
#include <par/join.h>

/* ---- both sides ---- */

typedef struct tally {
    atomic_size_t a;
    atomic_size_t b;
} tally;

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static const char *join_both(void *arg)
{
    (void)arg;
    tally ran = {0, 0};
    enum { ROUNDS = 200 };
    for (size_t i = 1; i <= ROUNDS; i++) {
        par_join(count_up, &ran.a, count_up, &ran.b);
        if (atomic_load(&ran.a) != i || atomic_load(&ran.b) != i)
            return wrong("after %zu joins a ran %zu times and b %zu times", i, atomic_load(&ran.a),
                         atomic_load(&ran.b));
    }
    return NULL;
}

const char *join_runs_both_sides(void)
{
    return in_every_pool(join_both, NULL);
}

/* ---- order ---- */

enum { ORDER_DEPTH = 6, ORDER_LEAVES = 1 << ORDER_DEPTH };

typedef struct order {
    size_t n;
    size_t seen[ORDER_LEAVES];
} order;

typedef struct order_part {
    order *order;
    size_t first;
    size_t leaves;
} order_part;

static void visit_in_order(void *arg)
{
    const order_part *part = arg;
    if (part->leaves == 1) {
        part->order->seen[part->order->n++] = part->first;
        return;
    }
    const size_t half = part->leaves / 2;
    order_part left = {part->order, part->first, half};
    order_part right = {part->order, part->first + half, part->leaves - half};
    par_join(visit_in_order, &left, visit_in_order, &right);
}

const char *join_is_two_calls_in_order_on_one_thread(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(1, &problem);
    if (pool == NULL)
        return problem;
    order result = {.n = 0};
    order_part all = {&result, 0, ORDER_LEAVES};
    const int rc = on_worker(pool, visit_in_order, &all);
    par_pool_destroy(pool);
    if (rc != 0 || result.n != ORDER_LEAVES)
        return wrong("spawn said %d; %zu of %d leaves ran", rc, result.n, ORDER_LEAVES);
    for (size_t i = 0; i < result.n; i++) {
        if (result.seen[i] != i)
            return wrong("leaf %zu ran as number %zu", result.seen[i], i);
    }
    return NULL;
}

/* ---- number and depth ---- */

typedef struct span {
    size_t n;
    atomic_size_t *leaves;
} span;

static void visit_leaves(void *arg)
{
    const span *span_of = arg;
    if (span_of->n <= 1) {
        atomic_fetch_add_explicit(span_of->leaves, span_of->n, memory_order_relaxed);
        return;
    }
    span left = {span_of->n / 2, span_of->leaves};
    span right = {span_of->n - span_of->n / 2, span_of->leaves};
    par_join(visit_leaves, &left, visit_leaves, &right);
}

static const char *join_many(void *arg)
{
    (void)arg;
    const size_t n = scaled(500000);
    tally ran = {0, 0};
    for (size_t i = 0; i < n; i++)
        par_join(count_up, &ran.a, count_up, &ran.b);
    if (atomic_load(&ran.a) != n || atomic_load(&ran.b) != n)
        return wrong("of %zu joins in a row a ran %zu times, b %zu times", n, atomic_load(&ran.a),
                     atomic_load(&ran.b));
    atomic_size_t leaves = 0;
    span all = {n, &leaves};
    visit_leaves(&all);
    return atomic_load(&leaves) == n ? NULL
                                     : wrong("%zu of %zu leaves ran", atomic_load(&leaves), n);
}

const char *join_can_be_made_half_a_million_times(void)
{
    const char *problem = in_pool(1, join_many, NULL);
    return problem == NULL ? in_pool(2, join_many, NULL) : problem;
}

typedef struct chain {
    size_t levels;
    bool left;
    size_t leaves; /* of this level and below: not atomic, the join orders it */
} chain;

static void one_leaf(void *arg)
{
    ((chain *)arg)->leaves = 1;
}

static void go_deep(void *arg)
{
    chain *level = arg;
    if (level->levels == 0) {
        level->leaves = 0;
        return;
    }
    chain leaf = {0, level->left, 0};
    chain below = {level->levels - 1, level->left, 0};
    if (level->left)
        par_join(go_deep, &below, one_leaf, &leaf);
    else
        par_join(one_leaf, &leaf, go_deep, &below);
    level->leaves = leaf.leaves + below.leaves;
}

enum { DEEP_STACK = 512 << 20 };

typedef struct deep_call {
    size_t threads;
    const char *problem;
} deep_call;

static void *dive(void *arg)
{
    deep_call *call = arg;
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = call->threads;
    options.stack_size = DEEP_STACK;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0) {
        call->problem = "no pool with big stacks";
        return NULL;
    }
    const size_t levels = scaled(100000);
    for (int left = 0; left <= 1; left++) {
        chain from_outside = {levels, left == 1, 0};
        chain on_thread = {levels, left == 1, 0};
        par_pool_run(pool, go_deep, &from_outside);
        on_worker(pool, go_deep, &on_thread);
        if (from_outside.leaves != levels || on_thread.leaves != levels)
            call->problem = wrong("%zu and %zu leaves of %zu at depth, pool of %zu",
                                  from_outside.leaves, on_thread.leaves, levels, call->threads);
    }
    par_pool_destroy(pool);
    return NULL;
}

const char *join_nests_as_deep_as_the_stack(void)
{
    for (size_t threads = 1; threads <= 3; threads++) {
        deep_call call = {threads, NULL};
        pthread_attr_t attributes;
        pthread_t thread;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, DEEP_STACK);
        const int rc = pthread_create(&thread, &attributes, dive, &call);
        pthread_attr_destroy(&attributes);
        if (rc != 0)
            return wrong("no thread with a big stack: %s", strerror(rc));
        pthread_join(thread, NULL);
        if (call.problem != NULL)
            return call.problem;
    }
    return NULL;
}

/* ---- stealing ---- */

typedef struct meeting {
    atomic_size_t arrived;
    size_t expected;
} meeting;

static void meet_others(void *arg)
{
    meeting *meeting_of = arg;
    meet(&meeting_of->arrived, meeting_of->expected);
}

/* Each side waits for the other, so somebody has to take b while a runs. */
static const char *join_meeting(void *arg)
{
    (void)arg;
    const size_t rounds = scaled(1000);
    for (size_t i = 0; i < rounds; i++) {
        meeting two = {0, 2};
        par_join(meet_others, &two, meet_others, &two);
    }
    return NULL;
}

const char *join_hands_out_its_second_side(void)
{
    return in_pools_from(2, join_meeting, NULL);
}

typedef struct party {
    meeting *meeting;
    size_t n;
} party;

static void gather(void *arg)
{
    const party *guests = arg;
    if (guests->n == 1) {
        meet(&guests->meeting->arrived, guests->meeting->expected);
        return;
    }
    party left = {guests->meeting, guests->n / 2};
    party right = {guests->meeting, guests->n - guests->n / 2};
    par_join(gather, &left, gather, &right);
}

/* P leaves that all wait for each other: each thread must come and take one. */
static const char *join_all_meet(void *arg)
{
    (void)arg;
    const size_t threads = par_num_threads();
    for (size_t i = 0; i < scaled(20); i++) {
        meeting all = {0, threads};
        party party_of_all = {&all, threads};
        gather(&party_of_all);
    }
    return NULL;
}

const char *join_occupies_all_threads(void)
{
    return in_every_pool(join_all_meet, NULL);
}

/* ---- codes ---- */

typedef struct coded {
    int code;
    atomic_size_t runs;
    meeting *meeting; /* NULL: comes alone */
} coded;

static int give_code(void *arg)
{
    coded *side = arg;
    atomic_fetch_add(&side->runs, 1);
    if (side->meeting != NULL)
        meet_others(side->meeting);
    return side->code;
}

static const char *join_codes(bool stolen)
{
    static const int codes[] = {0, 1, -1, 7, EINVAL, ECANCELED, INT_MAX, INT_MIN};
    enum { CODES = sizeof codes / sizeof codes[0] };
    for (size_t i = 0; i < CODES * CODES; i++) {
        meeting two = {0, 2};
        coded a = {codes[i / CODES], 0, stolen ? &two : NULL};
        coded b = {codes[i % CODES], 0, stolen ? &two : NULL};
        const int expected = a.code != 0 ? a.code : b.code;
        const int rc = par_try_join(give_code, &a, give_code, &b);
        if (rc != expected)
            return wrong("codes %d and %d gave %d", a.code, b.code, rc);
        if (atomic_load(&a.runs) != 1 || atomic_load(&b.runs) != 1)
            return wrong("codes %d and %d: a ran %zu times, b %zu times", a.code, b.code,
                         atomic_load(&a.runs), atomic_load(&b.runs));
    }
    return NULL;
}

static const char *join_own_codes(void *arg)
{
    (void)arg;
    return join_codes(false);
}

static const char *join_stolen_codes(void *arg)
{
    (void)arg;
    return join_codes(true);
}

const char *join_returns_codes(void)
{
    return in_every_pool(join_own_codes, NULL);
}

const char *join_returns_codes_of_stolen_sides(void)
{
    return in_pools_from(2, join_stolen_codes, NULL);
}

/* ---- from outside ---- */

enum { OUTSIDE_THREADS = 64, OUTSIDE_LEAVES = 50 };

static void join_from_outside(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < scaled(40); i++) {
        span all = {OUTSIDE_LEAVES, arg};
        visit_leaves(&all);
    }
}

const char *join_serves_many_outside_threads(void)
{
    atomic_size_t leaves = 0;
    crowd_run(OUTSIDE_THREADS, join_from_outside, &leaves);
    const size_t expected = OUTSIDE_THREADS * OUTSIDE_LEAVES * scaled(40);
    if (atomic_load(&leaves) != expected)
        return wrong("%zu of %zu leaves ran", atomic_load(&leaves), expected);
    return NULL;
}
