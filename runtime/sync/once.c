/* SPDX-License-Identifier: MIT */
/* once.c - the slow half of a par_once.
 *
 * O1  `state_` is 0 (incomplete), DONE, or names a run: its address, the generation of the process
 *     it runs in, RUNNING, and AWAITED if somebody may sleep for its end. DONE never changes.
 * O2  Whoever changes it from incomplete to its own run is the only one to run init, and ends the
 *     run by storing DONE or 0: 0 also when init is left by an unwinding of the stack, by a panic
 *     or the end of the thread. So this file is compiled with -fexceptions.
 * O3  A run's address in the word is compared and never followed: only its own thread, and what
 *     descends from its init, know that it is still there.
 * O4  While init runs, everything that it forks stands in the run's group. So whoever would wait
 *     for a run whose group is around it, would wait for itself.
 * O5  A run of another generation was cut off by fork(): its thread does not exist here, and the
 *     once counts as incomplete. The runs of the thread that forked go on in the child, so they
 *     are named anew there. */
#include <par/once.h>

#include "pool/process.h"
#include "sync/lot.h"

#include <errno.h>

enum { RUNNING = 2, AWAITED = 4, GENERATION = 8, GENERATIONS = 8, RUN_ALIGNMENT = 64 };

typedef struct once_run {
    _Alignas(RUN_ALIGNMENT) ws_group group;
    par_once *once;
    struct once_run *around; /* the run that this one's thread is in, or NULL */
    void *group_before;
    int code;
} once_run;

static pthread_once_t forks_watched = PTHREAD_ONCE_INIT;

/* The innermost run of the calling thread. */
static __thread once_run *innermost;

/* The external definitions of the inline functions. */
extern int par_once_run(par_once *once, par_try_fn *init, void *arg);
extern bool par_once_is_done(const par_once *once);

/* ---- words ----------------------------------------------------------------------------------- */

static size_t word_of(const once_run *run)
{
    return (size_t)run + ws_process_generation() % GENERATIONS * GENERATION + RUNNING;
}

static bool is_running(size_t state)
{
    return (state & RUNNING) != 0 &&
           state / GENERATION % GENERATIONS == ws_process_generation() % GENERATIONS; /* O5 */
}

static const void *group_of(size_t state)
{
    return (const void *)(state / RUN_ALIGNMENT * RUN_ALIGNMENT);
}

/* ---- a child of fork ------------------------------------------------------------------------- */

/* O5. Nobody in the child waits for them yet. */
static void name_own_anew(void)
{
    for (const once_run *run = innermost; run != NULL; run = run->around)
        ws_store_release(&run->once->state_, word_of(run));
}

/* Its handler comes after that of the process, which begins the generation. */
static void watch_forks(void)
{
    ws_process_init();
    pthread_atfork(NULL, NULL, name_own_anew);
}

/* ---- running --------------------------------------------------------------------------------- */

/* Where the calling thread keeps the group that it is in. */
static void **group_here(void)
{
    par_detail_worker *self = par_detail_self_v1;
    return self != NULL ? &self->group : &ws_group_outside;
}

/* O2 */
static void end_run(once_run **guard)
{
    const once_run *run = *guard;
    par_once *once = run->once;
    *group_here() = run->group_before;
    innermost = run->around;
    /* Releases what init wrote, to the loads of those who find DONE, and of those who try next.
     * After this line the once may be gone. */
    const size_t end = run->code == 0 ? PAR_DETAIL_ONCE_DONE : 0;
    const size_t state = ws_exchange_acq_rel(&once->state_, end);
    if ((state & AWAITED) != 0)
        ws_lot_wake(once);
}

/* False: another thread was faster. */
static bool try_to_run(par_once *once, size_t state, par_try_fn *init, void *arg, int *code)
{
    once_run run = {.group.around = *group_here(),
                    .once = once,
                    .around = innermost,
                    .group_before = *group_here(),
                    .code = ECANCELED};
    if (!ws_cas_acq_rel(&once->state_, state, word_of(&run)))
        return false;
    once_run *guard __attribute__((cleanup(end_run))) = &run;
    *group_here() = &run.group;
    innermost = guard;
    run.code = init(arg);
    *code = run.code;
    return true;
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* Whether the caller is part of the run in `state`: it is on its thread, or descends from it (O4).
 */
static bool is_within(const par_once *once, size_t state)
{
    for (const once_run *run = innermost; run != NULL; run = run->around) {
        if (run->once == once)
            return true;
    }
    for (const ws_group *group = *group_here(); group != NULL; group = group->around) {
        if (group == group_of(state))
            return true;
    }
    return false;
}

/* 0: look again. */
static int wait_for_end(par_once *once, size_t state, par_deadline deadline, par_group *group)
{
    const ws_block_reason reason = {"waits for once", once, NULL};
    if ((state & AWAITED) == 0 && !ws_cas_acq_rel(&once->state_, state, state | AWAITED))
        return 0;
    const int code = ws_lot_wait(&once->state_, state | AWAITED, &reason, deadline, group);
    return code != 0 && par_once_is_done(once) ? 0 : code;
}

static int run_or_wait(par_once *once, par_try_fn *init, void *arg, bool may_wait,
                       par_deadline deadline, par_group *group)
{
    if (init == NULL)
        return EINVAL;
    pthread_once(&forks_watched, watch_forks);
    ws_block_spin spin = {0};
    int code = 0;
    while (code == 0) {
        const size_t state = ws_load_acquire(&once->state_);
        if (state == PAR_DETAIL_ONCE_DONE)
            return 0;
        if (!is_running(state)) {
            if (try_to_run(once, state, init, arg, &code))
                return code;
        } else if (is_within(once, state)) {
            return EDEADLK;
        } else if (!may_wait) {
            return EAGAIN;
        } else if (!ws_block_spin_once(&spin)) {
            code = wait_for_end(once, state, deadline, group);
        }
    }
    return code;
}

int par_detail_once_run_v1(par_once *once, par_try_fn *init, void *arg)
{
    return run_or_wait(once, init, arg, true, PAR_FOREVER, NULL);
}

int par_once_try_run(par_once *once, par_try_fn *init, void *arg)
{
    return run_or_wait(once, init, arg, false, PAR_NO_WAIT, NULL);
}

int par_once_run_until(par_once *once, par_try_fn *init, void *arg, par_deadline deadline,
                       par_group *group)
{
    return run_or_wait(once, init, arg, true, deadline, group);
}
