/* SPDX-License-Identifier: MIT */
/* block_many_checks.c - more waits than a pool has threads. */
#include "pool/block_checks.h"

#include "pool/block_waits.h"

/* Nobody goes on before all are there. */
typedef struct assembly {
    size_t n;
    atomic_size_t here;
    atomic_size_t gone;
    sem_t all_here;
} assembly;

static void assemble(void *arg)
{
    assembly *all = arg;
    begin_task();
    if (atomic_fetch_add(&all->here, 1) + 1 == all->n) {
        for (size_t i = 0; i < all->n; i++)
            sem_post(&all->all_here);
    }
    block_on(&all->all_here);
    atomic_fetch_add(&all->gone, 1);
}

const char *block_serves_more_waits_than_threads(void)
{
    for (size_t threads = 1; threads <= 4; threads++) {
        par_pool *pool = pool_with(threads, -1, SPARES);
        for (size_t i = 0; i < scaled(20); i++) {
            assembly all = {.n = threads + 40};
            sem_init(&all.all_here, 0, 0);
            for (size_t j = 0; j < all.n; j++)
                (void)par_pool_spawn(pool, assemble, &all);
            await_count(&all.gone, all.n);
        }
        const char *problem = end_pool(pool, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static void ask_from_outside(void *arg)
{
    rendezvous all;
    rendezvous_init(&all, arg);
    (void)par_pool_spawn(all.pool, wait_then_answer, &all);
    sem_post(&all.first);
    block_on(&all.second);
    await_count(&all.done, 1);
}

static void be_a_guest(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < scaled(200); i++) {
        (void)par_pool_run(arg, ask_from_outside, arg);
        (void)par_pool_run(arg, fork_and_wait, NULL);
    }
}

const char *block_serves_guests(void)
{
    par_pool *pool = pool_with(1, -1, SPARES);
    crowd_run(8, be_a_guest, pool);
    return end_pool(pool, NULL);
}

/* ---- ten thousand ---- */

typedef struct pair {
    sem_t sides[2];
    struct pairing *of;
} pair;

typedef struct pairing {
    pair *pairs;
    atomic_size_t done;
} pairing;

static void meet_on(pair *both, size_t side)
{
    begin_task();
    sem_post(&both->sides[1 - side]);
    block_on(&both->sides[side]);
    atomic_fetch_add(&both->of->done, 1);
}

static void meet_left(void *arg)
{
    meet_on(arg, 0);
}

static void meet_right(void *arg)
{
    meet_on(arg, 1);
}

static void shuffle(size_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = random_below(seed, i);
        const size_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

/* Two tasks of a pair are at most a window apart, so that at most half of one wait at a time, and a
 * few more. */
static void spawn_pairs(par_pool *pool, const pairing *all, size_t tasks, size_t window)
{
    uint64_t seed = 1;
    size_t order[1000];
    for (size_t begin = 0; begin < tasks; begin += window) {
        for (size_t i = 0; i < window; i++)
            order[i] = begin + i;
        shuffle(order, window, &seed);
        for (size_t i = 0; i < window; i++)
            (void)par_pool_spawn(pool, order[i] % 2 == 0 ? meet_left : meet_right,
                                 &all->pairs[order[i] / 2]);
    }
}

const char *block_pairs_ten_thousand_tasks(void)
{
    const size_t tasks = scaled(10) == 10 ? 10000 : 1000;
    const size_t window = tasks / 10;
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    options.max_spares = (long)window;
    options.stack_size = SUPPORT_TSAN || SUPPORT_ASAN ? 0 : 65536;
    par_pool *pool = NULL;
    pairing all = {.pairs = calloc(tasks / 2, sizeof *all.pairs)};
    if (par_pool_create(&pool, &options) != 0 || all.pairs == NULL)
        return wrong("no pool");
    for (size_t i = 0; i < tasks / 2; i++) {
        all.pairs[i].of = &all;
        sem_init(&all.pairs[i].sides[0], 0, 0);
        sem_init(&all.pairs[i].sides[1], 0, 0);
    }
    spawn_pairs(pool, &all, tasks, window);
    await_count(&all.done, tasks);
    const char *problem = end_pool(pool, NULL);
    free(all.pairs);
    return problem;
}
