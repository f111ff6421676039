/* SPDX-License-Identifier: MIT */
/* queue_end_checks.c - drains, failures, closing, and pushes from inside. */
#include "stream/queue_checks.h"
#include "stream/queue_gate.h"

enum { PUSHERS = 4 };

/* ---- ends ---- */

typedef struct drained {
    par_queue *queue;
    atomic_size_t failed;
} drained;

static void drain_often(size_t number, void *arg)
{
    (void)number;
    drained *all = arg;
    for (size_t i = 0; i < 200; i++) {
        if (par_queue_drain(all->queue, PAR_FOREVER, NULL) != 0)
            atomic_fetch_add(&all->failed, 1);
    }
}

const char *queue_drains(void)
{
    atomic_size_t runs = 0;
    drained all = {.queue = queue_of(3, 4)};
    static crowd helpers;
    const char *problem = NULL;
    if (par_queue_drain(all.queue, PAR_NO_WAIT, NULL) != 0)
        problem = wrong("an empty one does not drain");
    for (size_t i = 0; i < scaled(300) && problem == NULL; i++) {
        for (size_t j = 0; j < 10; j++)
            (void)par_queue_push(all.queue, count_up, &runs);
        const int rc = par_queue_drain(all.queue, PAR_FOREVER, NULL);
        if (rc != 0 || atomic_load(&runs) != 10 * (i + 1))
            problem = wrong("drain %d after %zu of %zu", rc, atomic_load(&runs), 10 * (i + 1));
    }
    crowd_start(&helpers, 3, drain_often, &all);
    for (size_t i = 0; i < scaled(2000); i++)
        (void)par_queue_push(all.queue, count_up, &runs);
    crowd_end(&helpers);
    (void)par_queue_destroy(all.queue);
    return problem != NULL || atomic_load(&all.failed) == 0 ? problem : wrong("a drain failed");
}

static int fail_with(void *arg)
{
    return *(int *)arg;
}

const char *queue_counts_failures(void)
{
    int codes[] = {0, 0, 12, 0, -3, 12};
    par_queue *queue = queue_of(1, 2);
    par_failure first = {.code = 99};
    const size_t before = par_queue_failures(queue, &first);
    if (before != 0 || first.code != 0)
        return wrong("%zu failures, the first %d, before any", before, first.code);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        (void)par_queue_push(queue, fail_with, &codes[i]);
    (void)par_queue_drain(queue, PAR_FOREVER, NULL);
    const size_t failures = par_queue_failures(queue, &first);
    const size_t again = par_queue_failures(queue, NULL);
    (void)par_queue_destroy(queue);
    return failures == 3 && again == 3 && first.code == 12
               ? NULL
               : wrong("%zu, first %d", failures, first.code);
}

static int panic_at(void *arg)
{
    par_panic(*(int *)arg, "task %d", *(int *)arg);
}

const char *queue_outlives_panics(void)
{
    int codes[] = {4, 5, 6};
    int three = 3;
    par_queue *queue = queue_of(1, 2);
    par_failure first = {.code = 0};
    for (size_t i = 0; i < 3; i++)
        (void)par_queue_push(queue, panic_at, &codes[i]);
    (void)par_queue_push(queue, fail_with, &three);
    (void)par_queue_drain(queue, PAR_FOREVER, NULL);
    const size_t failures = par_queue_failures(queue, &first);
    (void)par_queue_destroy(queue);
    if (failures != 4 || first.code != 4 || strcmp(first.message, "task 4") != 0)
        return wrong("%zu failures, the first %d, '%s'", failures, first.code, first.message);
    return NULL;
}

typedef struct refused {
    par_queue *queue;
    atomic_size_t pushed;
    atomic_size_t refused;
    atomic_size_t strange;
    atomic_size_t runs;
} refused;

static void push_until_refused(size_t number, void *arg)
{
    refused *all = arg;
    (void)number;
    int rc;
    while ((rc = par_queue_push(all->queue, count_up, &all->runs)) == 0)
        atomic_fetch_add(&all->pushed, 1);
    atomic_fetch_add(rc == EPIPE ? &all->refused : &all->strange, 1);
}

const char *queue_is_closed_while_others_wait(void)
{
    for (size_t i = 0; i < scaled(100); i++) {
        static crowd pushers;
        gate at;
        refused all = {.queue = queue_at_gate(&at, 1, 3)};
        crowd_start(&pushers, PUSHERS, push_until_refused, &all);
        await_count(&all.pushed, 3);
        yield_times(i % 20);
        (void)par_queue_close(all.queue);
        crowd_end(&pushers);
        const int late = par_queue_try_push(all.queue, count_up, &all.runs);
        open_gate(&at, 1);
        (void)par_queue_close(all.queue);
        (void)par_queue_destroy(all.queue);
        if (atomic_load(&all.refused) != PUSHERS || atomic_load(&all.runs) != 3 || late != EPIPE)
            return wrong("%zu refused, %zu of 3 ran, later %d", atomic_load(&all.refused),
                         atomic_load(&all.runs), late);
    }
    return NULL;
}

/* ---- from its own tasks ---- */

typedef struct inward {
    par_queue *queue;
    atomic_size_t begun;
    atomic_size_t told;
    atomic_size_t runs;
    size_t n;
    int drain;
    int destroy;
} inward;

/* When all are here, the queue is full: all but one wait, the last one is told; then there is room
 * for the next. */
static int push_inward(void *arg)
{
    inward *all = arg;
    meet(&all->begun, all->n + 1);
    const int rc = par_queue_push(all->queue, count_up, &all->runs);
    if (rc == EDEADLK)
        atomic_fetch_add(&all->told, 1);
    return rc;
}

static int end_inward(void *arg)
{
    inward *all = arg;
    all->drain = par_queue_drain(all->queue, PAR_FOREVER, NULL);
    all->destroy = par_queue_destroy(all->queue);
    return 0;
}

const char *queue_tells_its_own_tasks_of_deadlocks(void)
{
    for (size_t threads = 1; threads <= 4; threads++) {
        inward all = {.queue = queue_of(threads, threads), .n = threads};
        for (size_t i = 0; i < threads; i++)
            (void)par_queue_push(all.queue, push_inward, &all);
        await_count(&all.begun, threads);
        size_t filled = 0;
        while (par_queue_try_push(all.queue, count_up, &all.runs) == 0)
            filled++;
        meet(&all.begun, threads + 1);
        (void)par_queue_drain(all.queue, PAR_FOREVER, NULL);
        const size_t told = atomic_load(&all.told);
        const size_t runs = atomic_load(&all.runs);
        (void)par_queue_push(all.queue, end_inward, &all);
        (void)par_queue_drain(all.queue, PAR_FOREVER, NULL);
        (void)par_queue_destroy(all.queue);
        if (told < 1 || told + runs != threads + filled || filled != threads)
            return wrong("%zu threads: %zu told, %zu of %zu ran", threads, told, runs, filled);
        if (all.drain != EDEADLK || all.destroy != EDEADLK)
            return wrong("from inside drain gave %d, destroy %d", all.drain, all.destroy);
    }
    return NULL;
}

/* ---- from a pool ---- */

typedef struct visit {
    par_pool *pool;
    par_queue *queue;
    sem_t told;
    int codes[3];
    atomic_size_t runs;
} visit;

static void tell(void *arg)
{
    sem_post(&((visit *)arg)->told);
}

/* Occupies the queue until the pool has run something. */
static int ask_the_pool(void *arg)
{
    visit *all = arg;
    if (par_pool_spawn(all->pool, tell, all) != 0)
        return 1;
    wait_on(&all->told);
    return 0;
}

static void push_from_task(void *arg)
{
    visit *all = arg;
    all->codes[0] = par_queue_push(all->queue, ask_the_pool, all);
    all->codes[1] = par_queue_push(all->queue, count_up, &all->runs);
    all->codes[2] = par_queue_push(all->queue, count_up, &all->runs);
    if (par_queue_drain(all->queue, PAR_FOREVER, NULL) != 0)
        all->codes[0] = 99;
}

const char *queue_is_pushed_to_from_a_pool_of_one(void)
{
    const char *problem = NULL;
    visit all = {.pool = pool_of(1, &problem), .queue = queue_of(1, 1)};
    if (all.pool == NULL)
        return problem;
    sem_init(&all.told, 0, 0);
    for (size_t i = 0; i < scaled(300); i++) {
        (void)on_worker(all.pool, push_from_task, &all);
        if (all.codes[0] != 0 || all.codes[1] != 0 || all.codes[2] != 0)
            problem = wrong("codes %d, %d and %d", all.codes[0], all.codes[1], all.codes[2]);
    }
    par_failure first = {.code = 0};
    if (problem == NULL && par_queue_failures(all.queue, &first) != 0)
        problem = wrong("a task failed with %d", first.code);
    (void)par_queue_destroy(all.queue);
    (void)par_pool_destroy(all.pool);
    return problem;
}

const char *queue_refuses_bad_arguments(void)
{
    par_queue *queue = NULL;
    par_thread_options other = PAR_THREAD_OPTIONS_INIT;
    other.size++;
    const bool bad = par_queue_create(NULL, NULL, 1, 1) == EINVAL &&
                     par_queue_create(&queue, NULL, 0, 1) == EINVAL &&
                     par_queue_create(&queue, NULL, 1, 0) == EINVAL &&
                     par_queue_create(&queue, &other, 1, 1) == EINVAL &&
                     par_queue_create(&queue, NULL, 1, SIZE_MAX / 2) == ENOMEM &&
                     par_queue_push(NULL, count_up, NULL) == EINVAL &&
                     par_queue_try_push(NULL, count_up, NULL) == EINVAL &&
                     par_queue_drain(NULL, PAR_FOREVER, NULL) == EINVAL &&
                     par_queue_close(NULL) == EINVAL && par_queue_destroy(NULL) == EINVAL &&
                     par_queue_failures(NULL, NULL) == 0 && par_queue_threads(NULL) == 0;
    if (!bad || queue != NULL)
        return wrong("something was accepted");
    queue = queue_of(2, 1);
    const bool counted = par_queue_threads(queue) == 2 &&
                         par_queue_push(queue, NULL, NULL) == EINVAL &&
                         par_queue_try_push(queue, NULL, NULL) == EINVAL;
    (void)par_queue_destroy(queue);
    return counted ? NULL : wrong("no function is accepted, or there are not two threads");
}
