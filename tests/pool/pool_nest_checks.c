/* SPDX-License-Identifier: MIT */
/* pool_nest_checks.c - calls that go from one pool into another. */
#include "pool/pool_checks.h"

#include <par/join.h>
#include <par/loop.h>

typedef struct pair {
    par_pool *pools[2];
    size_t sizes[2];
    atomic_size_t runs;
    atomic_size_t errors;
    atomic_size_t arrived;
} pair;

static const char *make_pair(pair *both, size_t first, size_t second)
{
    const char *problem = NULL;
    *both = (pair){.sizes = {first, second}};
    both->pools[0] = pool_of(first, &problem);
    both->pools[1] = pool_of(second, &problem);
    return problem;
}

static void end_pair(const pair *both)
{
    par_pool_destroy(both->pools[0]);
    par_pool_destroy(both->pools[1]);
}

static void expect(pair *both, bool right)
{
    if (!right)
        atomic_fetch_add(&both->errors, 1);
}

/* ---- to and fro ---- */

static _Thread_local size_t outer_index;

static void back_in_first(void *arg)
{
    pair *both = arg;
    /* The thread is in this pool already, and has its number there. */
    expect(both, par_num_threads() == both->sizes[0] && par_thread_index() == outer_index);
    atomic_fetch_add(&both->runs, 1);
}

static void see_second(void *arg)
{
    pair *both = arg;
    expect(both, par_num_threads() == both->sizes[1] && par_thread_index() < par_max_threads());
}

static void in_second(void *arg)
{
    pair *both = arg;
    see_second(both);
    const size_t index = par_thread_index();
    par_join(see_second, both, see_second, both);
    expect(both, par_pool_run(both->pools[0], back_in_first, both) == 0);
    expect(both, par_num_threads() == both->sizes[1] && par_thread_index() == index);
}

static void in_first(void *arg)
{
    pair *both = arg;
    outer_index = par_thread_index();
    for (size_t i = 0; i < 10; i++) {
        expect(both, par_pool_run(both->pools[1], in_second, both) == 0);
        expect(both, par_num_threads() == both->sizes[0]);
        expect(both, par_thread_index() == outer_index);
    }
}

const char *pool_nest_goes_to_another_and_back(void)
{
    pair both;
    const char *problem = make_pair(&both, 3, 5);
    if (problem != NULL)
        return problem;
    for (size_t i = 0; i < scaled(50); i++) {
        (void)par_pool_run(both.pools[0], in_first, &both);
        (void)on_worker(both.pools[0], in_first, &both);
    }
    end_pair(&both);
    if (atomic_load(&both.errors) != 0 || atomic_load(&both.runs) != 20 * scaled(50))
        return wrong("%zu answers were wrong in %zu runs", atomic_load(&both.errors),
                     atomic_load(&both.runs));
    return NULL;
}

static void meet_leaf(void *arg)
{
    pair *both = arg;
    see_second(both);
    meet(&both->arrived, both->sizes[1]);
}

/* Three sides, for a pool of three. */
static void meet_three(void *arg)
{
    par_join(meet_leaf, arg, meet_leaf, arg);
}

static void meet_in_second(void *arg)
{
    pair *both = arg;
    atomic_store(&both->arrived, 0);
    par_join(meet_three, both, meet_leaf, both);
}

static void enter_second(void *arg)
{
    pair *both = arg;
    expect(both, par_pool_run(both->pools[1], meet_in_second, both) == 0);
}

const char *pool_nest_uses_all_threads_of_the_inner_one(void)
{
    pair both;
    const char *problem = make_pair(&both, 1, 3);
    if (problem != NULL)
        return problem;
    for (size_t i = 0; i < scaled(200); i++) {
        (void)par_pool_run(both.pools[0], enter_second, &both);
        (void)on_worker(both.pools[0], enter_second, &both);
    }
    end_pair(&both);
    const size_t errors = atomic_load(&both.errors);
    return errors == 0 ? NULL : wrong("%zu sides ran in another pool", errors);
}

/* ---- crossing ---- */

typedef struct crossing {
    pair *both;
    size_t from;
    atomic_size_t *met_outside;
    atomic_size_t *met_inside;
} crossing;

static void arrive(void *arg)
{
    const crossing *way = arg;
    meet(way->met_inside, 2);
}

static void cross(void *arg)
{
    const crossing *way = arg;
    meet(way->met_outside, 2);
    expect(way->both, par_pool_run(way->both->pools[1 - way->from], arrive, arg) == 0);
}

static crossing ways[2];

static void start_crossing(size_t number, void *arg)
{
    pair *both = arg;
    /* Half the time by the pools' own threads. */
    if (atomic_load(&both->runs) % 2 == 0)
        expect(both, par_pool_run(both->pools[number], cross, &ways[number]) == 0);
    else
        expect(both, on_worker(both->pools[number], cross, &ways[number]) == 0);
}

/* Two threads, each in one pool of one, go into the other's pool: neither waits for the other to
 * leave. */
const char *pool_nest_crosses(void)
{
    pair both;
    const char *problem = make_pair(&both, 1, 1);
    if (problem != NULL)
        return problem;
    for (size_t i = 0; i < scaled(100); i++) {
        atomic_size_t outside = 0;
        atomic_size_t inside = 0;
        for (size_t j = 0; j < 2; j++)
            ways[j] = (crossing){&both, j, &outside, &inside};
        crowd_run(2, start_crossing, &both);
        atomic_fetch_add(&both.runs, 1);
    }
    end_pair(&both);
    const size_t errors = atomic_load(&both.errors);
    return errors == 0 ? NULL : wrong("%zu calls failed", errors);
}

/* ---- ping-pong ---- */

typedef struct rally {
    pair *both;
    size_t left;
} rally;

static void count_run(void *arg)
{
    atomic_fetch_add(&((rally *)arg)->both->runs, 1);
}

static void hit(void *arg);

static void return_ball(void *arg)
{
    const rally *now = arg;
    rally next = {now->both, now->left - 1};
    if (now->left > 0)
        expect(now->both, par_pool_run(now->both->pools[now->left % 2], hit, &next) == 0);
}

static void hit(void *arg)
{
    par_join(return_ball, arg, count_run, arg);
}

const char *pool_nest_plays_ping_pong(void)
{
    pair both;
    const char *problem = make_pair(&both, 1, 1);
    if (problem != NULL)
        return problem;
    enum { HITS = 100 };
    rally first = {&both, HITS};
    for (size_t i = 0; i < scaled(20); i++) {
        (void)par_pool_run(both.pools[1], hit, &first);
        (void)on_worker(both.pools[1], hit, &first);
    }
    end_pair(&both);
    if (atomic_load(&both.errors) != 0 || atomic_load(&both.runs) != 2 * scaled(20) * (HITS + 1))
        return wrong("%zu calls failed, %zu sides ran", atomic_load(&both.errors),
                     atomic_load(&both.runs));
    return NULL;
}

static void go_deeper(size_t begin, size_t end, void *arg);

static void loop_deeper(void *arg)
{
    par_for_grain(0, 3, 1, go_deeper, arg);
}

static void go_deeper(size_t begin, size_t end, void *arg)
{
    const rally *now = arg;
    rally next = {now->both, now->left - 1};
    for (size_t i = begin; i < end; i++) {
        if (now->left == 0)
            count_run(&next);
        else
            expect(now->both,
                   par_pool_run(now->both->pools[now->left % 2], loop_deeper, &next) == 0);
    }
}

static void loop_in_crowd(size_t number, void *arg)
{
    rally first = {arg, 4};
    (void)par_pool_run(first.both->pools[number % 2], loop_deeper, &first);
}

/* Pieces of loops in one pool run loops in the other, from four threads at once. */
const char *pool_nest_plays_ping_pong_from_loops(void)
{
    static const size_t sizes[] = {1, 2, 3};
    for (size_t i = 0; i < 3; i++) {
        pair both;
        const char *problem = make_pair(&both, 1, sizes[i]);
        if (problem != NULL)
            return problem;
        for (size_t j = 0; j < scaled(10); j++)
            crowd_run(4, loop_in_crowd, &both);
        end_pair(&both);
        if (atomic_load(&both.errors) != 0 || atomic_load(&both.runs) != scaled(10) * 4 * 243)
            return wrong("%zu calls failed, %zu pieces ran", atomic_load(&both.errors),
                         atomic_load(&both.runs));
    }
    return NULL;
}
