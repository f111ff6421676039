/* SPDX-License-Identifier: MIT */
#include "base/blocker_checks.h"

#include "base/blocker.h"

#include <par/group.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 40 /* more than need no memory */ };

static size_t count_all(void)
{
    size_t n = 0;
    for (const ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next)
        n++;
    return n;
}

static bool is_listed(const ws_blocker *blocker)
{
    const ws_blocker *each = ws_blocker_first();
    while (each != NULL && each != blocker)
        each = each->next;
    return each != NULL;
}

/* ---- whose it is ---- */

typedef struct gathering {
    ws_blocker *seen[MANY];
    atomic_size_t here;
    atomic_size_t strange;
} gathering;

static void gather(size_t number, void *arg)
{
    gathering *all = arg;
    all->seen[number] = ws_blocker_self();
    meet(&all->here, MANY); /* all at the same time */
    if (ws_blocker_self() != all->seen[number] || !is_listed(all->seen[number]))
        atomic_fetch_add(&all->strange, 1);
}

const char *blocker_is_the_threads_own(void)
{
    static gathering all;
    atomic_store(&all.here, 0);
    crowd_run(MANY, gather, &all);
    for (size_t i = 0; i < MANY; i++) {
        for (size_t j = 0; j < i; j++) {
            if (all.seen[i] == all.seen[j])
                return wrong("%zu and %zu share one", i, j);
        }
    }
    return atomic_load(&all.strange) == 0 ? NULL : wrong("one changed, or is not in the list");
}

const char *blocker_is_handed_on(void)
{
    static gathering all;
    crowd_run(MANY, gather, &all);
    const size_t before = count_all();
    for (size_t i = 0; i < 5; i++) {
        atomic_store(&all.here, 0);
        crowd_run(MANY, gather, &all);
    }
    return count_all() == before ? NULL : wrong("%zu became %zu", before, count_all());
}

static void *die_with_lock(void *arg)
{
    ws_blocker *self = ws_blocker_self();
    *(ws_blocker **)arg = self;
    self->locks = 1;
    return NULL;
}

static void *tell_own(void *arg)
{
    *(ws_blocker **)arg = ws_blocker_self();
    return NULL;
}

static ws_blocker *of_thread(void *(*run)(void *))
{
    pthread_t thread;
    ws_blocker *seen = NULL;
    if (pthread_create(&thread, NULL, run, &seen) != 0)
        abort();
    pthread_join(thread, NULL);
    return seen;
}

const char *blocker_is_kept_for_who_died_with_a_lock(void)
{
    ws_blocker *dead = of_thread(die_with_lock);
    ws_blocker *next = of_thread(tell_own);
    ws_blocker *after = of_thread(tell_own);
    dead->locks = 0;
    if (next == dead || after == dead)
        return wrong("it was handed on");
    return next == after ? NULL : wrong("another one was not handed on");
}

/* ---- cancellation ---- */

typedef struct waiting {
    par_group group;
    par_group other;
    atomic_size_t begun;
    atomic_size_t ended;
} waiting;

static void wait_for_cancel(size_t number, void *arg)
{
    waiting *all = arg;
    ws_blocker *self = ws_blocker_self();
    (void)number;
    ws_store_seq_cst(&self->group, (size_t)&all->group);
    atomic_fetch_add(&all->begun, 1);
    while ((ws_or_seq_cst(&all->group.canceled_, 2) & 1) == 0)
        ws_blocker_park(self, WS_PARK_FOREVER);
    ws_store_relaxed(&self->group, 0);
    atomic_fetch_add(&all->ended, 1);
}

const char *blocker_is_woken_when_its_group_is_canceled(void)
{
    uint64_t seed = 1;
    for (size_t i = 0; i < scaled(300); i++) {
        waiting all = {.group = PAR_GROUP_INIT, .other = PAR_GROUP_INIT};
        static crowd threads;
        crowd_start(&threads, 3, wait_for_cancel, &all);
        await_count(&all.begun, random_below(&seed, 4));
        par_cancel(&all.other);
        const size_t ended = atomic_load(&all.ended);
        par_cancel(&all.group);
        crowd_end(&threads);
        if (ended != 0)
            return wrong("another group ended %zu waits", ended);
    }
    return NULL;
}

static par_group signaled = PAR_GROUP_INIT;

static void cancel_on_signal(int number)
{
    (void)number;
    errno = 0;
    par_cancel(&signaled);
}

const char *blocker_is_woken_from_a_signal_handler(void)
{
    struct sigaction action = {.sa_handler = cancel_on_signal};
    struct sigaction before;
    sigaction(SIGUSR1, &action, &before);
    signaled = (par_group)PAR_GROUP_INIT;
    ws_blocker *self = ws_blocker_self();
    ws_store_seq_cst(&self->group, (size_t)&signaled);
    ws_or_seq_cst(&signaled.canceled_, 2);
    raise(SIGUSR1);
    const bool woken = ws_blocker_park(self, 0);
    ws_store_relaxed(&self->group, 0);
    sigaction(SIGUSR1, &before, NULL);
    return woken ? NULL : wrong("no token came");
}

/* ---- fork ---- */

typedef struct household {
    atomic_size_t begun;
    atomic_size_t may_end;
} household;

static void live_until_told(size_t number, void *arg)
{
    household *all = arg;
    (void)number;
    (void)ws_blocker_self();
    atomic_fetch_add(&all->begun, 1);
    await_count(&all->may_end, 1);
}

/* The blockers of threads that are not there serve new ones. */
static int judge_child(const ws_blocker *own)
{
    static gathering all;
    const size_t before = count_all();
    if (ws_blocker_self() != own)
        return 1;
    crowd_run(MANY, gather, &all);
    if (count_all() != before)
        return 2;
    ws_blocker_unpark(ws_blocker_self());
    return ws_blocker_park(ws_blocker_self(), 0) ? 0 : 3;
}

const char *blocker_starts_anew_in_a_child(void)
{
    if (SUPPORT_TSAN) /* it does not follow threads made after such a fork */
        return NULL;
    static crowd threads;
    household all = {0, 0};
    const ws_blocker *own = ws_blocker_self();
    crowd_start(&threads, MANY, live_until_told, &all);
    await_count(&all.begun, MANY);
    const pid_t pid = fork();
    if (pid == 0)
        _exit(judge_child(own));
    int status = -1;
    waitpid(pid, &status, 0);
    atomic_store(&all.may_end, 1);
    crowd_end(&threads);
    return status == 0 ? NULL : wrong("the child ended with %#x", (unsigned)status);
}
