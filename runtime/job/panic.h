/* SPDX-License-Identifier: MIT */
/* panic.h - how a task ends in the middle: catches, and the way from a panic to the innermost of
 * them. Design: docs/design/panic.md, whose labels panic.c repeats. Knows forks only by hooks.
 *
 * N1  The catches of a thread are a stack, linked from the innermost outwards. A panic lands in the
 *     innermost one, and in no other.
 * N2  Whatever changes who the thread is (its seat, its group) between two catches is undone by
 *     the one that is landed in; so a verb that changes it has a catch of its own inside.
 * N3  Nothing of the stack above a catch is left before the floor that knows forks has ended all
 *     that was forked there.
 * N4  `unwinding` is the catch that handlers and cleanups of this thread run on behalf of. A catch
 *     inside such a handler begins anew, with none; a panic whose catch it is would leave the
 *     handler, and ends the process. */
#ifndef WS_JOB_PANIC_H
#define WS_JOB_PANIC_H

#include "base/atomic.h"

#include <par/detail/worker.h>
#include <par/panic.h>

#include <setjmp.h>
#include <unwind.h>

typedef struct ws_catch {
    struct ws_catch *around;
    struct ws_catch *unwinding; /* the thread's when this one began */
    par_detail_worker *self;    /* likewise, and all that follows */
    size_t bottom;
    void *group;
    par_detail_job *refused;
    struct ws_loose *loose;
    par_detail_defer *defers;
    void *hidden;                        /* the worker whose forks were hidden for the way here */
    void (*told)(struct ws_catch *self); /* called when the panic begins; or NULL */
    void *ctx;
    bool is_first;
    size_t frame; /* the stack above this address is unwound */
    par_failure failure;
    struct _Unwind_Exception exception;
    jmp_buf context;
} ws_catch;

/* Calls fn(arg). True: a panic left it, and catch->failure tells of it. `told` and `ctx` are the
 * caller's to set before; ws_panic_catch has none. */
bool ws_panic_catch_told(ws_catch *catch, par_fn *fn, void *arg);
bool ws_panic_catch(ws_catch *catch, par_fn *fn, void *arg);

void ws_panic_raise(const par_failure *failure) __attribute__((noreturn, cold));

/* The catch that handlers and cleanups of a panic run for on this thread, or NULL: see
 * par_panicking. What such a handler unlocks may be half done. Who must be told of a panic
 * registers a handler like a user: PAR_DEFER, or a node of par_detail_defer of its own. */
ws_catch *ws_panic_target(void);

/* Ends the process for a panic that has nowhere to go: `where` is part of the message. */
void ws_panic_die(const par_failure *failure, const char *where) __attribute__((noreturn, cold));

/* What the floor that knows forks does for a panic on its way to a catch. */
typedef struct ws_panic_hooks {
    void (*settle)(ws_catch *catch); /* ends all forks above the catch: N3 */
    void (*hide)(ws_catch *catch);   /* before cleanups run: some of them end forks again */
    void (*land)(ws_catch *catch);   /* the thread is again who it was: N2 */
} ws_panic_hooks;

void ws_panic_set_hooks(const ws_panic_hooks *hooks);

/* Forks that there was no room for, the newest one, linked by `mark`; see pool/settle.h. */
extern __thread par_detail_job *ws_panic_refused __attribute__((tls_model("initial-exec")));

/* Stolen forks that stand in no deque, the newest one; likewise. */
typedef struct ws_loose ws_loose;
extern __thread ws_loose *ws_panic_loose __attribute__((tls_model("initial-exec")));

/* ---- the first of several -------------------------------------------------------------------- */

/* Where the panics of one call's pieces meet. All of it is read when all pieces have ended. */
typedef struct ws_first {
    size_t claimed; /* not 0: there is one */
    size_t suppressed;
    bool (*may)(void *owner, int code); /* asked before the first one is one; or NULL */
    void *owner;
    par_failure failure;
} ws_first;

static inline void ws_first_init(ws_first *first, bool (*may)(void *owner, int code), void *owner)
{
    first->claimed = 0;
    first->suppressed = 0;
    first->may = may;
    first->owner = owner;
}

/* Calls fn(arg), and takes note of a panic that leaves it; of its beginning at once. */
void ws_first_run(ws_first *first, par_fn *fn, void *arg);

static inline bool ws_first_is_set(const ws_first *first)
{
    return ws_load_relaxed(&first->claimed) != 0;
}

/* The code of the first, 0 if there is none; it and all about it in *failure, unless that is
 * NULL. */
int ws_first_get(ws_first *first, par_failure *failure);

/* The first travels on, if there is one. */
void ws_first_raise(ws_first *first);

/* ---- what a fork leaves behind --------------------------------------------------------------- */

/* In a job that is done, `group` is NULL or tells of the panic that ended it: written before the
 * latch is set. */
void ws_panic_leave(par_detail_job *job, const par_failure *failure);
bool ws_panic_take(par_detail_job *job, par_failure *failure);

#endif
