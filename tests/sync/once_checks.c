/* SPDX-License-Identifier: MIT */
/* once_checks.c - who runs init, what the others get, and how long they wait. */
#include "sync/once_checks.h"

enum { THREADS = 6 };

/* ---- once ------------------------------------------------------------------------------------ */

enum { ROUNDS = 500 };

typedef struct race {
    par_once onces[ROUNDS];
    size_t plain[ROUNDS]; /* no atomics: what init writes must be seen */
    atomic_size_t runs;
    atomic_size_t wrong;
    atomic_size_t in;
    size_t rounds;
} race;

typedef struct race_round {
    race *race;
    size_t round;
} race_round;

static int fill(void *arg)
{
    const race_round *at = arg;
    at->race->plain[at->round] = at->round + 1;
    atomic_fetch_add(&at->race->runs, 1);
    return 0;
}

static void race_through(size_t number, void *arg)
{
    race *all = arg;
    (void)number;
    meet(&all->in, THREADS);
    for (size_t i = 0; i < all->rounds; i++) {
        race_round at = {all, i};
        if (par_once_run(&all->onces[i], fill, &at) != 0 || all->plain[i] != i + 1)
            atomic_fetch_add(&all->wrong, 1);
    }
}

static const char *judge_race(void)
{
    static race all;
    all = (race){.rounds = scaled(ROUNDS)};
    crowd_run(THREADS, race_through, &all);
    if (atomic_load(&all.runs) != all.rounds)
        return wrong("%zu runs of %zu inits", atomic_load(&all.runs), all.rounds);
    if (atomic_load(&all.wrong) != 0)
        return wrong("%zu callers did not see what init wrote", atomic_load(&all.wrong));
    return NULL;
}

const char *once_runs_one_init_of_many(void)
{
    for (size_t i = 0; i < scaled(40); i++) {
        const char *problem = judge_race();
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* is_done is a way to look, too. */
typedef struct watched {
    par_once once;
    size_t plain;
    atomic_size_t wrong;
} watched;

static int write_plain(void *arg)
{
    ((watched *)arg)->plain = 7;
    return 0;
}

static void watch_or_run(size_t number, void *arg)
{
    watched *all = arg;
    if (number == 0)
        (void)par_once_run(&all->once, write_plain, all);
    while (!par_once_is_done(&all->once))
        sched_yield();
    if (all->plain != 7)
        atomic_fetch_add(&all->wrong, 1);
}

const char *once_shows_what_init_wrote(void)
{
    watched all = {.once = PAR_ONCE_INIT};
    if (par_once_is_done(&all.once))
        return "done before it was run";
    crowd_run(THREADS, watch_or_run, &all);
    return atomic_load(&all.wrong) == 0 ? NULL : "seen as done, but not what init wrote";
}

/* ---- failing --------------------------------------------------------------------------------- */

typedef struct failing {
    par_once once;
    atomic_size_t runs;
    size_t failures; /* how many runs fail, with 1, 2, 3, .. */
    atomic_size_t failed;
    atomic_size_t done;
} failing;

static int fail_at_first(void *arg)
{
    failing *self = arg;
    const size_t run = atomic_fetch_add(&self->runs, 1) + 1;
    return run <= self->failures ? (int)run : 0;
}

const char *once_returns_codes_and_tries_again(void)
{
    static failing self; /* zero is PAR_ONCE_INIT */
    self.failures = 3;
    for (int i = 1; i <= 3; i++) {
        const int code = par_once_run(&self.once, fail_at_first, &self);
        if (code != i || par_once_is_done(&self.once))
            return wrong("run %d returned %d", i, code);
    }
    for (int i = 0; i < 3; i++) {
        const int code = par_once_run(&self.once, fail_at_first, &self);
        if (code != 0 || atomic_load(&self.runs) != 4)
            return wrong("%d after %zu runs", code, atomic_load(&self.runs));
    }
    return NULL;
}

static void insist(size_t number, void *arg)
{
    failing *self = arg;
    (void)number;
    while (par_once_run(&self->once, fail_at_first, self) != 0)
        atomic_fetch_add(&self->failed, 1);
    atomic_fetch_add(&self->done, 1);
}

const char *once_lets_waiters_try_again(void)
{
    for (size_t i = 0; i < scaled(300); i++) {
        failing self = {.failures = 20};
        crowd_run(THREADS, insist, &self);
        if (atomic_load(&self.runs) != 21 || atomic_load(&self.failed) != 20)
            return wrong("%zu runs, of which %zu failed", atomic_load(&self.runs),
                         atomic_load(&self.failed));
    }
    return NULL;
}

/* The first init ends its thread, while the others wait for it. */
static int end_thread_at_first(void *arg)
{
    failing *self = arg;
    if (atomic_fetch_add(&self->runs, 1) > 0)
        return 0;
    await_count(&self->failed, 1);
    yield_times(20);
    pthread_exit(NULL);
}

static void outlive(size_t number, void *arg)
{
    failing *self = arg;
    (void)number;
    while (atomic_load(&self->runs) == 0 && number > 0)
        sched_yield();
    atomic_fetch_add(&self->failed, 1);
    if (par_once_run(&self->once, end_thread_at_first, self) == 0)
        atomic_fetch_add(&self->done, 1);
}

const char *once_is_incomplete_when_a_thread_ends_in_init(void)
{
    for (size_t i = 0; i < scaled(100); i++) {
        failing self = {.failures = 0};
        crowd_run(3, outlive, &self);
        if (atomic_load(&self.runs) != 2 || atomic_load(&self.done) != 2)
            return wrong("%zu runs, %zu of 2 threads done", atomic_load(&self.runs),
                         atomic_load(&self.done));
    }
    return NULL;
}

/* ---- waiting, not for ever ------------------------------------------------------------------- */

typedef struct held {
    par_once once;
    par_group group;
    atomic_size_t begun;
    atomic_size_t let_go;
    atomic_size_t waiting;
} held;

static int hold(void *arg)
{
    held *self = arg;
    atomic_store(&self->begun, 1);
    await_count(&self->let_go, 1);
    return 0;
}

static int never(void *arg)
{
    (void)arg;
    abort();
}

static void hold_once(size_t number, void *arg)
{
    held *self = arg;
    (void)number;
    (void)par_once_run(&self->once, hold, self);
}

/* Calls `look` while another thread is in init. */
static const char *while_held(held *self, const char *(*look)(held *self))
{
    static crowd holder;
    crowd_start(&holder, 1, hold_once, self);
    await_count(&self->begun, 1);
    const char *problem = look(self);
    atomic_store(&self->let_go, 1);
    crowd_end(&holder);
    if (problem == NULL && par_once_run(&self->once, never, NULL) != 0)
        problem = "not done after it was let go";
    return problem;
}

static const char *try_it(held *self)
{
    const int code = par_once_try_run(&self->once, never, NULL);
    return code == EAGAIN ? NULL : wrong("%d instead of EAGAIN", code);
}

const char *once_tries_without_waiting(void)
{
    held self = {.once = PAR_ONCE_INIT};
    const char *problem = while_held(&self, try_it);
    if (problem != NULL)
        return problem;
    failing fresh = {.failures = 1};
    const int first = par_once_try_run(&fresh.once, fail_at_first, &fresh);
    const int second = par_once_try_run(&fresh.once, fail_at_first, &fresh);
    const int third = par_once_try_run(&fresh.once, fail_at_first, &fresh);
    return first == 1 && second == 0 && third == 0 ? NULL : wrong("%d %d %d", first, second, third);
}

static const char *wait_a_little(held *self)
{
    const int code = par_once_run_until(&self->once, never, NULL, par_in(PAR_MS(2)), NULL);
    if (code != ETIMEDOUT)
        return wrong("%d instead of ETIMEDOUT", code);
    const int none = par_once_run_until(&self->once, never, NULL, PAR_NO_WAIT, NULL);
    return none == ETIMEDOUT ? NULL : wrong("%d instead of ETIMEDOUT without waiting", none);
}

const char *once_waits_until_a_deadline(void)
{
    held self = {.once = PAR_ONCE_INIT};
    return while_held(&self, wait_a_little);
}

static void cancel_it(size_t number, void *arg)
{
    held *self = arg;
    (void)number;
    await_count(&self->waiting, 1);
    yield_times(20);
    par_cancel(&self->group);
}

static const char *wait_for_cancel(held *self)
{
    static crowd canceler;
    crowd_start(&canceler, 1, cancel_it, self);
    atomic_store(&self->waiting, 1);
    const int code = par_once_run_until(&self->once, never, NULL, PAR_FOREVER, &self->group);
    crowd_end(&canceler);
    if (code != ECANCELED)
        return wrong("%d instead of ECANCELED", code);
    const int again = par_once_run_until(&self->once, never, NULL, PAR_FOREVER, &self->group);
    return again == ECANCELED ? NULL : wrong("%d instead of ECANCELED at once", again);
}

const char *once_stops_waiting_when_canceled(void)
{
    for (size_t i = 0; i < scaled(200); i++) {
        held self = {.once = PAR_ONCE_INIT, .group = PAR_GROUP_INIT};
        const char *problem = while_held(&self, wait_for_cancel);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *once_is_done_for_canceled_callers_too(void)
{
    failing self = {.failures = 0};
    par_group group = PAR_GROUP_INIT;
    par_cancel(&group);
    const int first = par_once_run_until(&self.once, fail_at_first, &self, PAR_NO_WAIT, &group);
    const int second = par_once_run_until(&self.once, never, &self, PAR_NO_WAIT, &group);
    return first == 0 && second == 0 ? NULL : wrong("%d %d", first, second);
}

const char *once_refuses_no_function(void)
{
    par_once once = PAR_ONCE_INIT;
    const int codes[] = {par_once_run(&once, NULL, NULL), par_once_try_run(&once, NULL, NULL),
                         par_once_run_until(&once, NULL, NULL, PAR_FOREVER, NULL)};
    for (size_t i = 0; i < 3; i++) {
        if (codes[i] != EINVAL)
            return wrong("%d instead of EINVAL", codes[i]);
    }
    return NULL;
}

/* ---- globals --------------------------------------------------------------------------------- */

typedef struct triple {
    int a, b, c;
} triple;

static atomic_size_t made;

static triple make_triple(void)
{
    atomic_fetch_add(&made, 1);
    return (triple){1, 2, 3};
}

PAR_LAZY(triple, the_triple, make_triple)

static int *make_itself(void);
PAR_LAZY(int *, the_circle, make_itself)

static int *make_itself(void)
{
    static int found;
    found = the_circle() == NULL;
    return &found;
}

static void use_triple(size_t number, void *arg)
{
    const triple *t = the_triple();
    (void)number;
    if (t != the_triple() || t->a != 1 || t->b != 2 || t->c != 3)
        atomic_fetch_add((atomic_size_t *)arg, 1);
}

const char *once_makes_globals_once(void)
{
    atomic_size_t bad = 0;
    crowd_run(THREADS, use_triple, &bad);
    if (atomic_load(&bad) != 0 || atomic_load(&made) != 1)
        return wrong("%zu wrong, made %zu times", atomic_load(&bad), atomic_load(&made));
    return **the_circle() == 1 ? NULL : "a global was there while it was made";
}

static size_t attempts;

static int make_at_third(size_t *value)
{
    *value += 10;
    return ++attempts < 3 ? 40 + (int)attempts : 0;
}

PAR_TRY_LAZY(size_t, the_third, make_at_third)

const char *once_makes_globals_that_can_fail(void)
{
    size_t *value = NULL;
    const int first = the_third(&value);
    const int second = the_third(&value);
    if (first != 41 || second != 42 || value != NULL)
        return wrong("%d, %d", first, second);
    const int third = the_third(&value);
    const int fourth = the_third(&value);
    if (third != 0 || fourth != 0 || attempts != 3 || *value != 30)
        return wrong("%d, %d after %zu attempts", third, fourth, attempts);
    return NULL;
}
