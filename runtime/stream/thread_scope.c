/* SPDX-License-Identifier: MIT */
/* thread_scope.c - threads with one end.
 *
 * N1  `first` .. `last` are the threads that have not been joined yet, in the order of their
 *     spawns. A thread is in the list before anybody can know that it runs, and the end joins until
 *     the list is empty: so a thread that spawns is waited for, and what it has spawned.
 * N2  Only the end takes threads out of the list. */
#include "base/memory.h"
#include "stream/thread.h"

#include <errno.h>

typedef struct member {
    struct member *next;
    par_thread *thread;
    par_thread_scope *scope;
    par_thread_scope_fn *fn;
    void *arg;
} member;

struct par_thread_scope {
    pthread_mutex_t lock;
    member *first;
    member **last;
};

static int call_member(void *arg)
{
    const member *self = arg;
    return self->fn(self->scope, self->arg);
}

/* The lock is held while the thread is made, so that the end finds it made (N1). */
static int spawn_locked(par_thread_scope *scope, const par_thread_options *options, member *made)
{
    const int rc = par_thread_spawn(&made->thread, options, call_member, made);
    if (rc != 0)
        return rc;
    *scope->last = made;
    scope->last = &made->next;
    return 0;
}

int par_thread_scope_spawn(par_thread_scope *scope, const par_thread_options *options,
                           par_thread_scope_fn *fn, void *arg)
{
    if (scope == NULL || fn == NULL || !ws_thread_options_valid(options))
        return EINVAL;
    member *made = ws_memory_new(sizeof *made);
    if (made == NULL)
        return ENOMEM;
    *made = (member){NULL, NULL, scope, fn, arg};
    pthread_mutex_lock(&scope->lock);
    const int rc = spawn_locked(scope, options, made);
    pthread_mutex_unlock(&scope->lock);
    if (rc != 0)
        ws_memory_delete(made);
    return rc;
}

/* ---- its end --------------------------------------------------------------------------------- */

static member *take_first(par_thread_scope *scope)
{
    pthread_mutex_lock(&scope->lock);
    member *taken = scope->first;
    if (taken != NULL)
        scope->first = taken->next;
    if (scope->first == NULL)
        scope->last = &scope->first;
    pthread_mutex_unlock(&scope->lock);
    return taken;
}

/* The first that failed, by the order of their spawns, unless the body has. */
static void join_all(par_thread_scope *scope, par_failure *first)
{
    par_failure outcome;
    for (member *each = take_first(scope); each != NULL; each = take_first(scope)) {
        (void)par_thread_join(each->thread, &outcome);
        if (first->code == 0)
            *first = outcome;
        ws_memory_delete(each);
    }
}

typedef struct body_call {
    par_thread_scope scope;
    par_thread_scope_fn *body;
    void *arg;
} body_call;

static int call_body(void *arg)
{
    body_call *call = arg;
    return call->body(&call->scope, call->arg);
}

int par_catch_thread_scope(par_thread_scope_fn *body, void *arg, par_failure *outcome)
{
    if (body == NULL)
        return EINVAL;
    body_call call = {.body = body, .arg = arg};
    par_failure first;
    call.scope.last = &call.scope.first;
    pthread_mutex_init(&call.scope.lock, NULL);
    ws_thread_call(call_body, &call, &first);
    join_all(&call.scope, &first);
    pthread_mutex_destroy(&call.scope.lock);
    if (outcome != NULL)
        *outcome = first;
    return first.code;
}

int par_thread_scope_run(par_thread_scope_fn *body, void *arg)
{
    return par_catch_thread_scope(body, arg, NULL);
}
