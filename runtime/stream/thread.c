/* SPDX-License-Identifier: MIT */
/* thread.c - threads that are joined or detached.
 *
 * J1  `end` is 0, or the ws_blocker of who waits to join, or ENDED. Only the thread stores the
 *     last, by an exchange after which it touches its par_thread no more but to give up its own
 *     half.
 * J2  Two halves own a par_thread: the thread itself and who joins or detaches it. The last one to
 *     give its half up frees it. */
#include "stream/thread.h"

#include "base/memory.h"
#include "base/option.h"
#include "base/thread.h"

#include <errno.h>
#include <string.h>

enum { ENDED = 1, NAME_SIZE = 16 };

struct par_thread {
    size_t end;
    size_t halves;
    par_failure outcome; /* published by `end` */
    par_try_fn *fn;
    void *arg;
    pthread_t thread; /* the joiner's */
    char name[NAME_SIZE];
};

static __thread par_thread *current;

bool ws_thread_is_self(const par_thread *thread)
{
    return current == thread;
}

static void give_up_half(par_thread *thread)
{
    if (ws_add_seq_cst(&thread->halves, (size_t)-1) == 1)
        ws_memory_delete(thread);
}

/* ---- its life -------------------------------------------------------------------------------- */

typedef struct call {
    par_try_fn *fn;
    void *arg;
    int code;
} call;

static void make_call(void *arg)
{
    call *made = arg;
    made->code = made->fn(made->arg);
}

void ws_thread_call(par_try_fn *fn, void *arg, par_failure *outcome)
{
    ws_catch catch;
    call made = {fn, arg, 0};
    if (ws_panic_catch(&catch, make_call, &made)) {
        *outcome = catch.failure;
        return;
    }
    outcome->code = made.code;
    outcome->suppressed = 0;
    outcome->message[0] = '\0';
}

static void tell_end(par_thread *thread)
{
    const size_t joiner = ws_exchange_acq_rel(&thread->end, ENDED); /* J1 */
    give_up_half(thread);
    if (joiner != 0)
        ws_blocker_unpark((ws_blocker *)joiner);
}

static void *live(void *arg)
{
    par_thread *thread = arg;
    ws_thread_name(thread->name);
    current = thread;
    ws_thread_call(thread->fn, thread->arg, &thread->outcome);
    current = NULL;
    tell_end(thread);
    return NULL;
}

bool ws_thread_options_valid(const par_thread_options *options)
{
    return options == NULL ||
           (options->size == sizeof *options &&
            (options->stack_size == 0 ||
             ws_option_accepts(WS_OPTION_STACK_SIZE, (int64_t)options->stack_size)));
}

static size_t stack_of(const par_thread_options *options)
{
    if (options != NULL && options->stack_size != 0)
        return options->stack_size;
    return (size_t)ws_option_get(WS_OPTION_STACK_SIZE);
}

int par_thread_spawn(par_thread **out, const par_thread_options *options, par_try_fn *fn, void *arg)
{
    if (out == NULL || fn == NULL || !ws_thread_options_valid(options))
        return EINVAL;
    par_thread *thread = ws_memory_new(sizeof *thread);
    if (thread == NULL)
        return ENOMEM;
    thread->halves = 2;
    thread->fn = fn;
    thread->arg = arg;
    const char *name = options != NULL && options->name != NULL ? options->name : "par";
    strncpy(thread->name, name, NAME_SIZE - 1);
    const int rc = ws_thread_start(&thread->thread, stack_of(options), live, thread);
    if (rc != 0) {
        ws_memory_delete(thread);
        return rc;
    }
    *out = thread;
    return 0;
}

/* ---- joining --------------------------------------------------------------------------------- */

static bool has_ended(const par_thread *thread)
{
    return ws_load_acquire(&thread->end) == ENDED;
}

/* Sleeps until the thread has ended. 0, ETIMEDOUT or ECANCELED. */
static int await_end(par_thread *thread, ws_blocker *self, par_deadline deadline,
                     const par_group *group)
{
    const ws_block_reason reason = {"joins thread", thread, NULL};
    while (ws_cas_acq_rel(&thread->end, 0, (size_t)self) ||
           ws_load_relaxed(&thread->end) == (size_t)self) {
        if (group != NULL && ws_group_is_canceled(group))
            return ECANCELED;
        if (!ws_block_sleep(self, &reason, deadline))
            return ETIMEDOUT;
    }
    return 0;
}

/* Whoever gives up waiting takes its name out; if the thread has ended meanwhile it is joined. */
static int wait_for_end(par_thread *thread, par_deadline deadline, par_group *group)
{
    for (ws_block_spin spin = {0}; !has_ended(thread) && ws_block_spin_once(&spin);)
        continue;
    if (has_ended(thread))
        return 0;
    ws_blocker *self = ws_blocker_self();
    if (!ws_block_begin_group(self, group))
        return has_ended(thread) ? 0 : ECANCELED;
    const int rc = await_end(thread, self, deadline, group);
    if (group != NULL)
        ws_block_end_group(self);
    return rc != 0 && ws_cas_acq_rel(&thread->end, (size_t)self, 0) ? rc : 0;
}

int par_thread_join_until(par_thread *thread, par_failure *outcome, par_deadline deadline,
                          par_group *group)
{
    if (thread == NULL)
        return EINVAL;
    if (ws_thread_is_self(thread))
        return EDEADLK;
    const int rc = wait_for_end(thread, deadline, group);
    if (rc != 0)
        return rc;
    pthread_join(thread->thread, NULL); /* it is at its last lines */
    if (outcome != NULL)
        *outcome = thread->outcome;
    give_up_half(thread);
    return 0;
}

int par_thread_join(par_thread *thread, par_failure *outcome)
{
    return par_thread_join_until(thread, outcome, PAR_FOREVER, NULL);
}

int par_thread_detach(par_thread *thread)
{
    if (thread == NULL)
        return EINVAL;
    pthread_detach(ws_thread_is_self(thread) ? pthread_self() : thread->thread);
    give_up_half(thread);
    return 0;
}
