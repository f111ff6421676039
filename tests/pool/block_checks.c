/* SPDX-License-Identifier: MIT */
/* block_checks.c - par_block in pools that are too small for what waits in them. The waits are for
 * semaphores, of which par knows nothing: where nobody took the place of who waits, each of these
 * would hang. */
#include "pool/block_checks.h"

#include "pool/block_waits.h"

__thread bool block_waits;
atomic_size_t block_intruders;

static int seven(void *arg)
{
    return 7 + *(int *)arg;
}

const char *block_returns_what_the_wait_returns(void)
{
    int one = 1;
    if (par_block(seven, &one) != 8)
        return wrong("another code outside");
    return par_block(NULL, &one) == EINVAL ? NULL : wrong("no function is accepted");
}

/* ---- one thread ---- */

const char *block_lets_another_task_run(void)
{
    par_pool *pool = pool_with(1, -1, SPARES);
    rendezvous all;
    for (size_t i = 0; i < scaled(500); i++) {
        rendezvous_init(&all, pool);
        (void)par_pool_spawn(pool, i % 2 == 0 ? wait_then_answer : ask_then_wait, &all);
        (void)par_pool_spawn(pool, i % 2 == 0 ? ask_then_wait : wait_then_answer, &all);
        await_count(&all.done, 2);
    }
    return end_pool(pool, NULL);
}

/* The same on two levels: the other side of the outer join is needed by the inner one. */
static void fork_twice_and_wait(void *arg)
{
    sem_t *ready = arg;
    begin_task();
    fork_and_wait(NULL);
    block_on(ready);
}

static void forks_of_forks(void *arg)
{
    sem_t ready;
    (void)arg;
    sem_init(&ready, 0, 0);
    par_join(fork_twice_and_wait, &ready, post, &ready);
    sem_destroy(&ready);
}

const char *block_lets_its_own_forks_run(void)
{
    for (size_t threads = 1; threads <= 3; threads++) {
        par_pool *pool = pool_with(threads, -1, SPARES);
        for (size_t i = 0; i < scaled(300); i++) {
            (void)on_worker(pool, i % 2 == 0 ? fork_and_wait : forks_of_forks, NULL);
            (void)par_pool_run(pool, i % 2 == 0 ? forks_of_forks : fork_and_wait, NULL);
        }
        const char *problem = end_pool(pool, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

typedef struct many_forks {
    atomic_size_t runs;
    sem_t all_ran;
} many_forks;

enum { FORKS = 64 };

static void run_one_of_many(void *arg)
{
    many_forks *all = arg;
    begin_task();
    if (atomic_fetch_add(&all->runs, 1) + 1 == FORKS)
        sem_post(&all->all_ran);
}

static void wait_for_all(void *arg)
{
    begin_task();
    block_on(&((many_forks *)arg)->all_ran);
}

typedef struct fork_level {
    many_forks *all;
    size_t left;
} fork_level;

static void fork_level_down(void *arg)
{
    const fork_level *level = arg;
    if (level->left == 0) {
        wait_for_all(level->all);
        return;
    }
    fork_level next = {level->all, level->left - 1};
    par_join(fork_level_down, &next, run_one_of_many, level->all);
}

static void fork_many_and_wait(void *arg)
{
    many_forks all = {.runs = 0};
    (void)arg;
    sem_init(&all.all_ran, 0, 0);
    fork_level top = {&all, FORKS};
    fork_level_down(&top);
    sem_destroy(&all.all_ran);
}

const char *block_runs_nothing_itself(void)
{
    par_pool *pool = pool_with(2, -1, SPARES);
    atomic_size_t others = 0;
    for (size_t i = 0; i < scaled(200); i++) {
        (void)par_pool_spawn(pool, note_begin, &others);
        (void)on_worker(pool, fork_many_and_wait, NULL);
    }
    return end_pool(pool, NULL);
}

/* ---- a bounded channel between a task and its own fork ---- */

enum { MESSAGES = 100 };

/* Room for one message. Who ran the producer on the consumer's stack while that waits (as a helping
 * wait would) could never go on once the channel is full. */
typedef struct slot {
    sem_t room;
    sem_t filled;
    size_t value;
    size_t sum;
} slot;

static void produce(void *arg)
{
    slot *channel = arg;
    begin_task();
    for (size_t i = 1; i <= MESSAGES; i++) {
        block_on(&channel->room);
        channel->value = i;
        sem_post(&channel->filled);
    }
}

static void consume(void *arg)
{
    slot *channel = arg;
    begin_task();
    for (size_t i = 0; i < MESSAGES; i++) {
        block_on(&channel->filled);
        channel->sum += channel->value;
        sem_post(&channel->room);
    }
}

static void fork_producer_and_consume(void *arg)
{
    par_join(consume, arg, produce, arg);
}

const char *block_lets_a_consumer_wait_for_the_producer_it_forked(void)
{
    par_pool *pool = pool_with(1, -1, SPARES);
    for (size_t i = 0; i < scaled(20); i++) {
        slot channel = {.value = 0};
        sem_init(&channel.room, 0, 1);
        sem_init(&channel.filled, 0, 0);
        (void)on_worker(pool, fork_producer_and_consume, &channel);
        if (channel.sum != MESSAGES * (MESSAGES + 1) / 2)
            return end_pool(pool, wrong("sum %zu", channel.sum));
    }
    return end_pool(pool, NULL);
}

/* ---- locks ---- */

typedef struct locked {
    sem_t lock; /* a foreign lock */
    sem_t ready;
    size_t inside; /* guarded by it */
    atomic_size_t mistakes;
} locked;

static void use_lock(void *arg)
{
    locked *all = arg;
    begin_task();
    block_on(&all->lock);
    if (all->inside++ != 0)
        atomic_fetch_add(&all->mistakes, 1);
    all->inside--;
    sem_post(&all->lock);
}

/* It waits with the lock held; its own fork wants the lock as well, before it could be joined. */
static void wait_with_lock(void *arg)
{
    locked *all = arg;
    begin_task();
    block_on(&all->lock);
    if (all->inside++ != 0)
        atomic_fetch_add(&all->mistakes, 1);
    block_on(&all->ready);
    all->inside--;
    sem_post(&all->lock);
}

static void lock_and_be_wanted(void *arg)
{
    locked *all = arg;
    par_join(wait_with_lock, all, use_lock, all);
}

static void ready_or_not(void *arg)
{
    begin_task();
    sem_post(&((locked *)arg)->ready);
}

const char *block_may_hold_a_lock(void)
{
    par_pool *pool = pool_with(1, -1, SPARES);
    locked all = {.inside = 0};
    for (size_t i = 0; i < scaled(300); i++) {
        sem_init(&all.lock, 0, 1);
        sem_init(&all.ready, 0, 0);
        (void)par_pool_spawn(pool, use_lock, &all);
        (void)par_pool_spawn(pool, ready_or_not, &all);
        (void)on_worker(pool, lock_and_be_wanted, &all);
        while (ws_load_seq_cst(&pool->crew.detached) != 0)
            sched_yield();
    }
    const size_t mistakes = atomic_load(&all.mistakes);
    return end_pool(pool, mistakes == 0 ? NULL : wrong("%zu inside the lock", mistakes));
}
