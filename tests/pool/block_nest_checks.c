/* SPDX-License-Identifier: MIT */
/* block_nest_checks.c - who blocks in a pool within a pool, or calls par in a wait. */
#include "pool/block_checks.h"

#include "pool/block_waits.h"

#include <par/panic.h>

/* ---- pools in pools ---- */

typedef struct nest {
    par_pool *outer;
    par_pool *inner;
    sem_t from_outer;
    sem_t from_inner;
} nest;

static void wait_for_both(void *arg)
{
    nest *pools = arg;
    block_on(&pools->from_outer);
    block_on(&pools->from_inner);
}

static void spawn_and_wait_for_both(void *arg)
{
    nest *pools = arg;
    (void)par_pool_spawn(pools->outer, post, &pools->from_outer);
    (void)par_pool_spawn(pools->inner, post, &pools->from_inner);
    wait_for_both(arg);
}

static void enter_inner(void *arg)
{
    nest *pools = arg;
    (void)par_pool_run(pools->inner, spawn_and_wait_for_both, pools);
}

static void go_back_to_outer(void *arg)
{
    nest *pools = arg;
    (void)par_pool_run(pools->outer, spawn_and_wait_for_both, pools);
}

static void enter_inner_and_go_back(void *arg)
{
    nest *pools = arg;
    (void)par_pool_run(pools->inner, go_back_to_outer, pools);
}

static const char *nest_pools(par_fn *way)
{
    nest pools = {.outer = pool_with(1, -1, SPARES), .inner = pool_with(1, -1, SPARES)};
    sem_init(&pools.from_outer, 0, 0);
    sem_init(&pools.from_inner, 0, 0);
    for (size_t i = 0; i < scaled(200); i++)
        (void)on_worker(pools.outer, way, &pools);
    const char *problem = end_pool(pools.inner, NULL);
    return end_pool(pools.outer, problem);
}

const char *block_lends_in_every_pool_around(void)
{
    return nest_pools(enter_inner);
}

const char *block_lends_in_a_pool_that_was_gone_back_to(void)
{
    return nest_pools(enter_inner_and_go_back);
}

/* All seats for guests of the inner pool are taken: who enters it has none there, but still has the
 * one in the outer pool. */
typedef struct full_house {
    nest pools;
    atomic_size_t seated;
    atomic_size_t may_leave;
    atomic_size_t serial;
} full_house;

static void sit(void *arg)
{
    full_house *house = arg;
    atomic_fetch_add(&house->seated, 1);
    await_count(&house->may_leave, 1);
}

static void take_a_seat(size_t number, void *arg)
{
    full_house *house = arg;
    (void)number;
    (void)par_pool_run(house->pools.inner, sit, house);
}

static void wait_for_outer(void *arg)
{
    full_house *house = arg;
    atomic_fetch_add(&house->serial, par_thread_index() == PAR_NO_INDEX);
    (void)par_pool_spawn(house->pools.outer, post, &house->pools.from_outer);
    block_on(&house->pools.from_outer);
}

static void enter_full_house(void *arg)
{
    full_house *house = arg;
    (void)par_pool_run(house->pools.inner, wait_for_outer, house);
}

const char *block_lends_without_a_seat(void)
{
    static crowd guests;
    static full_house house;
    house = (full_house){.pools = {.outer = pool_with(1, -1, 4), .inner = pool_with(1, 0, 0)}};
    sem_init(&house.pools.from_outer, 0, 0);
    crowd_start(&guests, WS_GUESTS, take_a_seat, &house);
    await_count(&house.seated, WS_GUESTS);
    for (size_t i = 0; i < 20; i++)
        (void)on_worker(house.pools.outer, enter_full_house, &house);
    const bool refused = par_pool_destroy(NULL) == EINVAL;
    atomic_store(&house.may_leave, 1);
    crowd_end(&guests);
    const char *problem = end_pool(house.pools.inner, NULL);
    problem = end_pool(house.pools.outer, problem);
    if (problem == NULL && (atomic_load(&house.serial) != 20 || !refused))
        problem = wrong("%zu of 20 had no seat", atomic_load(&house.serial));
    return problem;
}

/* ---- waits that call par ---- */

static int join_inside(void *arg)
{
    atomic_size_t runs = 0;
    fork_and_wait(arg);
    par_join(note_begin, &runs, note_begin, &runs);
    return atomic_load(&runs) == 2 ? 0 : 1;
}

static int block_inside(void *arg)
{
    return par_block(join_inside, arg);
}

static void wait_in_wait(void *arg)
{
    if (par_block(block_inside, arg) != 0)
        atomic_fetch_add((atomic_size_t *)arg, 1);
}

static void waits_in_join(void *arg)
{
    par_join(wait_in_wait, arg, wait_in_wait, arg);
}

const char *block_may_call_what_waits(void)
{
    par_pool *pool = pool_with(2, -1, SPARES);
    atomic_size_t wrong_codes = 0;
    for (size_t i = 0; i < scaled(500); i++)
        (void)on_worker(pool, waits_in_join, &wrong_codes);
    return end_pool(pool, atomic_load(&wrong_codes) == 0 ? NULL : wrong("another code"));
}

static int panic_inside(void *arg)
{
    (void)par_block(join_inside, arg);
    par_panic(3, "in a wait");
}

static void panic_in_wait(void *arg)
{
    (void)par_block(panic_inside, arg);
}

static void catch_from_wait(void *arg)
{
    par_failure failure;
    if (par_catch(panic_in_wait, arg, &failure) != 3)
        atomic_fetch_add((atomic_size_t *)arg, 1);
}

const char *block_gives_back_what_a_panic_leaves(void)
{
    par_pool *pool = pool_with(2, -1, SPARES);
    atomic_size_t wrong_codes = 0;
    for (size_t i = 0; i < scaled(300); i++)
        (void)on_worker(pool, catch_from_wait, &wrong_codes);
    return end_pool(pool, atomic_load(&wrong_codes) == 0 ? NULL : wrong("another code"));
}
