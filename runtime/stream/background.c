/* SPDX-License-Identifier: MIT */
/* background.c - a thread that calls a function at the multiples of a period.
 *
 * P1  `asked` has the bits STOP and NOW. Whoever sets one then unparks `blocker`; the thread stores
 *     its blocker before it looks at `asked` for the first time. All four are sequentially
 *     consistent, so one of the two sees the other.
 * P2  Only the thread takes NOW away, before the call that it stands for. */
#include "base/clock.h"
#include "base/memory.h"
#include "stream/thread.h"

#include <errno.h>

enum { STOP = 1, NOW = 2 };

struct par_background {
    size_t asked;
    size_t blocker; /* ws_blocker * of the thread */
    uint64_t period;
    par_try_fn *fn;
    void *arg;
    par_thread *thread;
};

/* ---- the thread ------------------------------------------------------------------------------ */

/* Sleeps until `at`, or until something is asked; takes NOW. False: it is to stop. */
static bool await_turn(par_background *self, ws_blocker *blocker, uint64_t at)
{
    const ws_block_reason reason = {"waits for its next turn in", self, NULL};
    bool waits = true;
    while (waits && ws_load_seq_cst(&self->asked) == 0)
        waits = ws_block_sleep(blocker, &reason, at);
    return (ws_and_seq_cst(&self->asked, ~(size_t)NOW) & STOP) == 0; /* P2 */
}

/* The first multiple of the period after now: what has passed is left out. */
static uint64_t next_turn(const par_background *self, uint64_t at)
{
    const uint64_t now = ws_clock_ns();
    if (at > now || at == PAR_FOREVER)
        return at;
    const uint64_t missed = (now - at) / self->period;
    const uint64_t last = at + missed * self->period;
    return self->period > PAR_FOREVER - last ? PAR_FOREVER : last + self->period;
}

/* A panic of fn ends the thread, and is told by it. */
static int live(void *arg)
{
    par_background *self = arg;
    ws_blocker *blocker = ws_blocker_self();
    ws_store_seq_cst(&self->blocker, (size_t)blocker); /* P1 */
    int code = 0;
    for (uint64_t at = par_in(self->period); code == 0; at = next_turn(self, at)) {
        if (!await_turn(self, blocker, at))
            return 0;
        code = self->fn(self->arg);
    }
    return code;
}

int par_background_start(par_background **out, const par_thread_options *options, uint64_t period,
                         par_try_fn *fn, void *arg)
{
    if (out == NULL || fn == NULL || period == 0 || !ws_thread_options_valid(options))
        return EINVAL;
    par_background *made = ws_memory_new(sizeof *made);
    if (made == NULL)
        return ENOMEM;
    made->period = period;
    made->fn = fn;
    made->arg = arg;
    const int rc = par_thread_spawn(&made->thread, options, live, made);
    if (rc != 0)
        ws_memory_delete(made);
    else
        *out = made;
    return rc;
}

/* ---- what others ask of it ------------------------------------------------------------------- */

static void ask(par_background *background, size_t what)
{
    const int code = errno; /* of whom a signal handler has interrupted */
    ws_or_seq_cst(&background->asked, what);
    ws_blocker *blocker = (ws_blocker *)ws_load_seq_cst(&background->blocker); /* P1 */
    if (blocker != NULL)
        ws_blocker_unpark(blocker);
    errno = code;
}

int par_background_run_now(par_background *background)
{
    if (background == NULL)
        return EINVAL;
    ask(background, NOW);
    return 0;
}

bool par_background_is_stopping(const par_background *background)
{
    return background != NULL && (ws_load_relaxed(&background->asked) & STOP) != 0;
}

int par_background_stop(par_background *background, par_failure *outcome)
{
    if (background == NULL)
        return EINVAL;
    if (ws_thread_is_self(background->thread))
        return EDEADLK;
    ask(background, STOP);
    const int rc = par_thread_join(background->thread, outcome);
    if (rc == 0)
        ws_memory_delete(background);
    return rc;
}
