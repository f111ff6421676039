/* SPDX-License-Identifier: MIT */
/* scope.c - tasks with one end.
 *
 * E1  `pending` is the number of tasks that have not ended, plus one for the body. Who takes it to
 *     zero sets the latch, and touches the scope no more.
 * E2  Only the latch ends the scope, so whoever is counted in `pending` may use it.
 * E3  A task stands in a queue beside its scope's address: the end of a scope runs only those. */
#include "scope/scope.h"

#include "job/group.h"
#include "job/panic.h"
#include "pool/process.h"
#include "pool/sleep.h"
#include "pool/spawn.h"
#include "pool/wait.h"
#include "scope/outside.h"

#include <errno.h>
#include <sched.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct par_scope {
    size_t done; /* a latch */
    size_t pending;
    ws_worker *waiter; /* who runs the scope; NULL on the serial stand-in */
    ws_crew *crew;     /* its pool; NULL likewise */
    ws_injector own;   /* the tasks, when there is no pool */
    void *group;       /* the runner's: a task may outlive its spawner's */
    ws_first *first;   /* where the panics of its tasks meet */
};

typedef struct scoped {
    ws_scoped head;
    alignas(max_align_t) char payload[];
} scoped;

/* ---- tasks ----------------------------------------------------------------------------------- */

static void end_one(par_scope *scope)
{
    ws_worker *waiter = scope->waiter;
    if (ws_add_seq_cst(&scope->pending, (size_t)-1) != 1)
        return;
    if (ws_latch_set(&scope->done)) /* after this line the scope may be gone */
        ws_unpark(&waiter->parker);
}

static void call_scoped(void *arg)
{
    const ws_scoped *self = arg;
    self->fn(self->scope, self->arg);
}

static void run_scoped(ws_task *task)
{
    ws_scoped *self = (ws_scoped *)(void *)task;
    par_scope *scope = self->scope;
    ws_scoped *to_free = self->is_lent ? NULL : self;
    ws_group group = {.around = scope->group, .latch = &scope->done, .waiter = scope->waiter};
    par_detail_worker *owner = par_detail_self_v1;
    void *before = owner->group;
    owner->group = &group;
    ws_first_run(scope->first, call_scoped, self); /* a lent record may be another task's now */
    owner->group = before;
    free(to_free);
    end_one(scope);
}

static bool is_waiter(const par_scope *scope)
{
    return scope->waiter != NULL && ws_worker_self() == scope->waiter;
}

/* The waiter of a scope may be the only one who is free to run a task that somebody else spawns: it
 * is woken for it. Whoever calls this is counted in `pending`, so that the scope stays. */
static void hand_over(par_scope *scope, ws_task *task)
{
    if (scope->crew != NULL)
        ws_spawn_publish(scope->crew, task);
    else
        ws_injector_push(&scope->own, &task->link);
    if (scope->waiter != NULL && !is_waiter(scope))
        ws_wait_tell(scope->waiter, &scope->done);
}

/* A spawner that is not the waiter may be from anywhere: it counts as a task meanwhile. */
static void publish(par_scope *scope, ws_task *task)
{
    const bool counts = !is_waiter(scope);
    ws_add_seq_cst(&scope->pending, counts ? 2 : 1);
    hand_over(scope, task);
    if (counts)
        end_one(scope);
}

static ws_scoped record_of(par_scope *scope, par_scope_fn *fn, void *arg)
{
    return (ws_scoped){
        .task = {.run = run_scoped, .owner = scope}, .scope = scope, .fn = fn, .arg = arg};
}

static int spawn(par_scope *scope, par_scope_fn *fn, void *arg, const void *payload, size_t size)
{
    if (scope == NULL || fn == NULL || (payload == NULL && size > 0))
        return EINVAL;
    if (scope->crew != NULL && ws_process_is_stale(scope->crew))
        return ECANCELED;
    if (size > SIZE_MAX - sizeof(scoped))
        return ENOMEM;
    scoped *record = malloc(sizeof *record + size);
    if (record == NULL)
        return ENOMEM;
    record->head = record_of(scope, fn, arg);
    if (arg == NULL && payload != NULL) {
        memcpy(record->payload, payload, size);
        record->head.arg = record->payload;
    }
    publish(scope, &record->head.task);
    return 0;
}

void ws_scope_spawn_in(par_scope *scope, ws_scoped *record, par_scope_fn *fn, void *arg)
{
    if (scope->crew != NULL && ws_process_is_stale(scope->crew))
        ws_process_refuse(scope->crew);
    *record = record_of(scope, fn, arg);
    record->is_lent = true;
    ws_add_seq_cst(&scope->pending, 1);
    hand_over(scope, &record->task);
}

int par_scope_spawn(par_scope *scope, par_scope_fn *fn, void *arg)
{
    return spawn(scope, fn, arg, NULL, 0);
}

int par_scope_spawn_copy(par_scope *scope, par_scope_fn *fn, const void *payload, size_t size)
{
    static const char nothing;
    return spawn(scope, fn, NULL, size == 0 ? &nothing : payload, size);
}

/* ---- the bracket ----------------------------------------------------------------------------- */

static bool find(ws_worker *worker, const par_scope *scope, ws_work *work)
{
    ws_crew *crew = worker->crew;
    const bool found = ws_worker_find_of(worker, scope, work);
    if (!ws_injector_is_empty(&crew->injector))
        ws_sleep_published(crew, worker); /* perhaps by strangers that were in the way */
    return found || (crew->wait_any && ws_worker_find(worker, work));
}

static bool help(ws_worker *worker, void *ctx)
{
    ws_work work;
    if (ws_process_is_stale(worker->crew) || !find(worker, ctx, &work))
        return false;
    ws_worker_run(worker, work);
    return true;
}

/* Without a pool: only other threads' spawns can be under way. */
static void end_alone(par_scope *scope)
{
    while (!ws_latch_is_set(&scope->done)) {
        ws_link *link = ws_injector_take(&scope->own, NULL, NULL);
        if (link == NULL)
            sched_yield();
        else
            ((ws_task *)(void *)link)->run((ws_task *)(void *)link);
    }
}

struct call {
    par_scope_fn *body;
    void *arg;
    par_scope *scope;
    ws_first first;
};

static void call_body(void *arg)
{
    const struct call *call = arg;
    call->body(call->scope, call->arg);
}

static void run_inside(void *arg)
{
    struct call *call = arg;
    ws_worker *worker = ws_worker_self();
    par_scope scope = {.pending = 1,
                       .waiter = worker,
                       .crew = worker != NULL ? worker->crew : NULL,
                       .group = par_detail_self_v1->group,
                       .first = &call->first};
    ws_injector_init(&scope.own);
    call->scope = &scope;
    ws_first_run(&call->first, call_body, call);
    end_one(&scope);
    if (worker != NULL)
        ws_wait(worker, &scope.done, help, &scope);
    else
        end_alone(&scope);
    ws_injector_fini(&scope.own);
}

int par_catch_scope(par_scope_fn *body, void *arg, par_failure *failure)
{
    struct call call;
    call.body = body;
    call.arg = arg;
    ws_first_init(&call.first, NULL, NULL);
    if (body != NULL && ws_outside())
        ws_outside_run_safe(run_inside, &call);
    else if (body != NULL)
        run_inside(&call);
    const int code = ws_first_get(&call.first, failure);
    return body == NULL ? EINVAL : code;
}

int par_scope_run(par_scope_fn *body, void *arg)
{
    return par_catch_scope(body, arg, NULL);
}
