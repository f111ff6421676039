/* SPDX-License-Identifier: MIT */
#include "stream/thread_checks.h"
#include "stream/thread_errand.h"

/* ---- one thread ---- */

static int return_number(void *arg)
{
    return *(int *)arg;
}

const char *thread_returns_its_code(void)
{
    const int codes[] = {0, 1, -1, 123456, INT32_MIN};
    for (size_t i = 0; i < 5 * scaled(100); i++) {
        int code = codes[i % 5];
        par_failure result = {.code = 99, .message = "none"};
        par_thread *thread = NULL;
        if (par_thread_spawn(&thread, NULL, return_number, &code) != 0 || thread == NULL)
            return wrong("no thread");
        if (par_thread_join(thread, i % 2 == 0 ? &result : NULL) != 0)
            return wrong("not joined");
        if (result.code != (i % 2 == 0 ? code : 99) || (i % 2 == 0 && result.message[0] != '\0'))
            return wrong("%d became %d", code, result.code);
    }
    return NULL;
}

const char *thread_refuses_bad_arguments(void)
{
    int code = 0;
    par_thread *const untouched = (par_thread *)(void *)&code;
    par_thread *thread = untouched;
    par_thread_options small = PAR_THREAD_OPTIONS_INIT;
    small.stack_size = 1;
    par_thread_options other = PAR_THREAD_OPTIONS_INIT;
    other.size--;
    const bool refused = par_thread_spawn(NULL, NULL, return_number, &code) == EINVAL &&
                         par_thread_spawn(&thread, NULL, NULL, &code) == EINVAL &&
                         par_thread_spawn(&thread, &small, return_number, &code) == EINVAL &&
                         par_thread_spawn(&thread, &other, return_number, &code) == EINVAL &&
                         par_thread_join(NULL, NULL) == EINVAL &&
                         par_thread_detach(NULL) == EINVAL &&
                         par_thread_scope_run(NULL, NULL) == EINVAL &&
                         par_thread_scope_spawn(NULL, NULL, NULL, NULL) == EINVAL;
    return refused && thread == untouched ? NULL : wrong("something was accepted");
}

typedef struct looks {
    char name[16];
    size_t stack;
} looks;

static int look_at_self(void *arg)
{
    looks *seen = arg;
    pthread_attr_t attributes;
    if (pthread_getname_np(pthread_self(), seen->name, sizeof seen->name) != 0 ||
        pthread_getattr_np(pthread_self(), &attributes) != 0)
        return 1;
    const int rc = pthread_attr_getstacksize(&attributes, &seen->stack);
    pthread_attr_destroy(&attributes);
    return rc;
}

const char *thread_has_its_name_and_stack(void)
{
    looks seen = {.stack = 0};
    par_failure result = {.code = 1};
    par_thread *thread = NULL;
    par_thread_options options = PAR_THREAD_OPTIONS_INIT;
    options.name = "a name that is too long";
    options.stack_size = (size_t)3 << 20;
    if (par_thread_spawn(&thread, &options, look_at_self, &seen) != 0 ||
        par_thread_join(thread, &result) != 0 || result.code != 0)
        return wrong("no thread");
    if (strcmp(seen.name, "a name that is ") != 0)
        return wrong("its name is '%s'", seen.name);
    return seen.stack >= options.stack_size ? NULL : wrong("%zu bytes of stack", seen.stack);
}

typedef struct gate {
    sem_t open;
    sem_t told;
    par_thread *thread;
} gate;

static int join_itself(void *arg)
{
    gate *all = arg;
    wait_on(&all->open);
    return par_thread_join(all->thread, NULL);
}

const char *thread_cannot_join_itself(void)
{
    gate all;
    par_failure result = {.code = 0};
    sem_init(&all.open, 0, 0);
    if (par_thread_spawn(&all.thread, NULL, join_itself, &all) != 0)
        return wrong("no thread");
    sem_post(&all.open);
    (void)par_thread_join(all.thread, &result);
    return result.code == EDEADLK ? NULL : wrong("it got %d", result.code);
}

static int wait_at_gate(void *arg)
{
    wait_on(&((gate *)arg)->open);
    return 5;
}

const char *thread_is_joined_until_a_deadline(void)
{
    gate all;
    par_failure result = {.code = 0};
    sem_init(&all.open, 0, 0);
    if (par_thread_spawn(&all.thread, NULL, wait_at_gate, &all) != 0)
        return wrong("no thread");
    const int past = par_thread_join_until(all.thread, &result, PAR_NO_WAIT, NULL);
    const int soon = par_thread_join_until(all.thread, &result, par_in(PAR_MS(1)), NULL);
    sem_post(&all.open);
    int rc = ETIMEDOUT; /* with deadlines that have passed it is joined, too, once it has ended */
    while (rc == ETIMEDOUT)
        rc = par_thread_join_until(all.thread, &result, PAR_NO_WAIT, NULL);
    if (past != ETIMEDOUT || soon != ETIMEDOUT || rc != 0)
        return wrong("past %d, soon %d, at last %d", past, soon, rc);
    return result.code == 5 ? NULL : wrong("it returned %d", result.code);
}

static void cancel_after(size_t number, void *arg)
{
    (void)number;
    yield_times(20);
    par_cancel(arg);
}

const char *thread_is_joined_until_a_group_is_canceled(void)
{
    gate all;
    par_failure result = {.code = 0};
    sem_init(&all.open, 0, 0);
    if (par_thread_spawn(&all.thread, NULL, wait_at_gate, &all) != 0)
        return wrong("no thread");
    for (size_t i = 0; i < scaled(200); i++) {
        par_group group = PAR_GROUP_INIT;
        static crowd helper;
        crowd_start(&helper, 1, cancel_after, &group);
        const int rc = par_thread_join_until(all.thread, &result, PAR_FOREVER, &group);
        crowd_end(&helper);
        const int again = par_thread_join_until(all.thread, &result, PAR_FOREVER, &group);
        if (rc != ECANCELED || again != ECANCELED)
            return wrong("canceled: %d, then %d", rc, again);
    }
    sem_post(&all.open);
    const int rc = par_thread_join(all.thread, &result);
    return rc == 0 && result.code == 5 ? NULL : wrong("join %d, result %d", rc, result.code);
}

static int end_after(void *arg)
{
    yield_times(*(size_t *)arg);
    return 6;
}

/* The end, the deadline and the cancellation come in any order. */
const char *thread_is_joined_while_it_ends(void)
{
    uint64_t seed = 1;
    for (size_t i = 0; i < scaled(2000); i++) {
        size_t yields = random_below(&seed, 8);
        par_failure result = {.code = 0};
        par_group group = PAR_GROUP_INIT;
        par_thread *thread = NULL;
        if (par_thread_spawn(&thread, NULL, end_after, &yields) != 0)
            return wrong("no thread");
        if (random_below(&seed, 4) == 0)
            par_cancel(&group);
        const uint64_t span = random_below(&seed, 50000);
        const int rc = par_thread_join_until(thread, &result, par_in(span), &group);
        if (rc != 0 && par_thread_join(thread, &result) != 0)
            return wrong("not joined after %d", rc);
        if (result.code != 6)
            return wrong("it returned %d", result.code);
    }
    return NULL;
}

static int panic_early(void *arg)
{
    par_panic(*(int *)arg, "left at %d", *(int *)arg);
}

const char *thread_tells_of_its_panic(void)
{
    for (int i = 1; i < 100; i++) {
        par_failure outcome = {.code = 0};
        par_thread *thread = NULL;
        char expected[32];
        (void)snprintf(expected, sizeof expected, "left at %d", i);
        if (par_thread_spawn(&thread, NULL, panic_early, &i) != 0)
            return wrong("no thread");
        const int rc = par_thread_join(thread, &outcome);
        if (rc != 0 || outcome.code != i || strcmp(outcome.message, expected) != 0)
            return wrong("join %d, code %d, '%s'", rc, outcome.code, outcome.message);
    }
    return NULL;
}

static int tell_and_end(void *arg)
{
    sem_post(arg);
    return 0;
}

static int detach_itself(void *arg)
{
    gate *all = arg;
    wait_on(&all->open);
    const int rc = par_thread_detach(all->thread);
    sem_post(&all->told);
    return rc;
}

const char *thread_is_detached(void)
{
    sem_t ended;
    sem_init(&ended, 0, 0);
    for (size_t i = 0; i < scaled(300); i++) {
        par_thread *thread = NULL;
        if (par_thread_spawn(&thread, NULL, tell_and_end, &ended) != 0)
            return wrong("no thread");
        if (par_thread_detach(thread) != 0)
            return wrong("not detached");
        wait_on(&ended);
    }
    gate all;
    sem_init(&all.open, 0, 0);
    sem_init(&all.told, 0, 0);
    if (par_thread_spawn(&all.thread, NULL, detach_itself, &all) != 0)
        return wrong("no thread");
    sem_post(&all.open);
    wait_on(&all.told);
    return NULL;
}

/* ---- inside a pool ---- */

static void join_in_task(void *arg)
{
    errand *all = arg;
    par_thread *thread = NULL;
    all->code = par_thread_spawn(&thread, NULL, ask_the_pool, all);
    par_failure outcome = {.code = 2};
    if (all->code == 0)
        (void)par_thread_join(thread, &outcome);
    all->code = outcome.code;
}

const char *thread_is_joined_in_a_pool_of_one(void)
{
    return in_pool_of_one(join_in_task);
}

/* Who has given up is not in the way of the next one, who is told of the end like the first. */
typedef struct second_try {
    errand errand;
    sem_t go;
    par_thread *thread;
} second_try;

static int ask_when_told(void *arg)
{
    second_try *all = arg;
    wait_on(&all->go);
    return ask_the_pool(&all->errand);
}

static void join_the_second_time(void *arg)
{
    second_try *all = arg;
    par_failure outcome = {.code = 2};
    sem_post(&all->go);
    (void)par_thread_join(all->thread, &outcome);
    all->errand.code = outcome.code;
}

const char *thread_is_joined_by_another_after_a_deadline(void)
{
    const char *problem = NULL;
    second_try all = {.errand = {.pool = pool_of(1, &problem)}};
    if (all.errand.pool == NULL)
        return problem;
    sem_init(&all.errand.done, 0, 0);
    sem_init(&all.go, 0, 0);
    for (size_t i = 0; i < scaled(100) && problem == NULL; i++) {
        if (par_thread_spawn(&all.thread, NULL, ask_when_told, &all) != 0)
            return wrong("no thread");
        const int rc = par_thread_join_until(all.thread, NULL, PAR_NO_WAIT, NULL);
        (void)on_worker(all.errand.pool, join_the_second_time, &all);
        if (rc != ETIMEDOUT || all.errand.code != 0)
            problem = wrong("first %d, then code %d", rc, all.errand.code);
    }
    par_pool_destroy(all.errand.pool);
    return problem;
}
