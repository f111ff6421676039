/* SPDX-License-Identifier: MIT */
/* broadcast.c - once on every thread of the pool, by mail to each of them. */
#include <par/broadcast.h>

#include "pool/wait.h"
#include "scope/outside.h"

#include <errno.h>
#include <stdlib.h>

struct broadcast {
    size_t done;      /* a latch */
    size_t remaining; /* calls that have not ended */
    ws_worker *waiter;
    void *group; /* the caller's */
    void (*fn)(size_t index, void *arg);
    void *arg;
    int rc;
    ws_first first;
};

struct letter {
    ws_mail mail;
    struct broadcast *broadcast;
};

static void call_fn(void *arg)
{
    const struct broadcast *broadcast = arg;
    broadcast->fn(ws_worker_self()->index, broadcast->arg);
}

static void make_call(struct broadcast *broadcast, ws_worker *worker)
{
    void *before = worker->forks.owner.group;
    worker->forks.owner.group = broadcast->group;
    ws_first_run(&broadcast->first, call_fn, broadcast);
    worker->forks.owner.group = before;
    ws_worker *waiter = broadcast->waiter;
    if (ws_add_seq_cst(&broadcast->remaining, (size_t)-1) != 1)
        return;
    if (ws_latch_set(&broadcast->done)) /* after this line the broadcast may be gone */
        ws_unpark(&waiter->parker);
}

static void open_letter(ws_mail *mail, ws_worker *worker)
{
    make_call(((struct letter *)(void *)mail)->broadcast, worker);
}

/* Whoever waits for what broadcasts here must be ready to make calls himself. */
static void summon_waiters(const ws_group *group)
{
    for (; group != NULL; group = group->around) {
        if (group->latch == NULL)
            continue;
        ws_latch_mark_broadcast(group->latch);
        if (group->waiter != NULL)
            ws_unpark(&group->waiter->parker);
    }
}

static int send_and_wait(struct broadcast *broadcast, ws_worker *worker)
{
    const ws_crew *crew = worker->crew;
    const size_t n = crew->threads;
    if (crew->started == 0)
        return EAGAIN;
    struct letter *letters = calloc(n, sizeof *letters);
    if (letters == NULL)
        return ENOMEM;
    broadcast->remaining = n;
    broadcast->done = PAR_DETAIL_BROADCASTS;
    summon_waiters(broadcast->group);
    for (size_t i = 0; i < n; i++) {
        letters[i] = (struct letter){{.open = open_letter}, broadcast};
        if (i != worker->index)
            ws_worker_send(ws_worker_at(crew, i), &letters[i].mail);
    }
    if (worker->index < n)
        make_call(broadcast, worker);
    ws_wait(worker, &broadcast->done, ws_wait_for_nothing, NULL);
    free(letters);
    return 0;
}

static void run_inside(void *arg)
{
    struct broadcast *call = arg;
    ws_worker *worker = ws_worker_self();
    call->rc = EAGAIN;
    if (worker == NULL)
        return;
    call->waiter = worker;
    call->group = worker->forks.owner.group;
    call->rc = send_and_wait(call, worker);
}

int par_broadcast(void (*fn)(size_t index, void *arg), void *arg)
{
    if (fn == NULL)
        return EINVAL;
    struct broadcast call = {.fn = fn, .arg = arg};
    ws_first_init(&call.first, NULL, NULL);
    if (ws_outside())
        ws_outside_run_safe(run_inside, &call);
    else
        run_inside(&call);
    ws_first_raise(&call.first);
    return call.rc;
}
