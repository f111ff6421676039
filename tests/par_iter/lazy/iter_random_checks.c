/* SPDX-License-Identifier: MIT */
/* iter_random_checks.c - many random iterators, in pools of several sizes. */
#include "par_iter/lazy/iter_random_checks.h"
#include "par_iter/lazy/iter_random.h"

#include <time.h>

enum { COUNT = 10000, POOLS = 4 };

static void end_plan(random_plan *plan)
{
    for (size_t i = 0; i < plan->n_memory; i++)
        free(plan->memory[i]);
}

static const char *check_seed(uint64_t seed, size_t threads)
{
    random_plan plan = {.state = seed};
    random_node *const node = random_build(&plan);
    const char *problem = random_consume(&plan, node);
    if (problem != NULL)
        problem = wrong("%s\n  %s\n  again, in a pool of %zu: ITER_RANDOM_SEED=%llu "
                        "ITER_RANDOM_COUNT=1",
                        problem, plan.text, threads, (unsigned long long)seed);
    end_plan(&plan);
    return problem;
}

/* The seeds of one pool: those that leave the same remainder. */
typedef struct share {
    uint64_t first;
    uint64_t end;
    size_t number;
    size_t threads;
} share;

static const char *check_share(void *arg)
{
    const share *mine = arg;
    const char *problem = NULL;
    for (uint64_t seed = mine->first; seed < mine->end && problem == NULL; seed++) {
        if (seed % POOLS == mine->number)
            problem = check_seed(seed, mine->threads);
    }
    return problem;
}

static const char *check_in_pool(share *mine)
{
    const char *problem = NULL;
    par_pool *const pool = pool_of(mine->threads, &problem);
    if (pool == NULL)
        return problem;
    inside_call call = {.fn = check_share, .arg = mine, .result = "was not run"};
    const int rc = par_pool_run(pool, inside_task, &call);
    (void)par_pool_destroy(pool);
    return rc == 0 ? call.result : wrong("entering a pool: %s", strerror(rc));
}

static uint64_t number_from(const char *name, uint64_t usual)
{
    const char *const text = getenv(name);
    return text == NULL ? usual : strtoull(text, NULL, 0);
}

const char *iter_random_agrees_with_a_model(void)
{
    static const size_t threads[POOLS] = {1, 2, 3, 8};
    uint64_t first = number_from("ITER_RANDOM_SEED", 1);
    if (first == 0) {
        first = (uint64_t)time(NULL);
        printf("ITER_RANDOM_SEED=%llu\n", (unsigned long long)first);
    }
    const uint64_t end = first + number_from("ITER_RANDOM_COUNT", scaled(COUNT));
    const char *problem = NULL;
    for (size_t i = 0; i < POOLS && problem == NULL; i++)
        problem = check_in_pool(&(share){first, end, i, threads[i]});
    return problem;
}
