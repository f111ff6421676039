/* SPDX-License-Identifier: MIT */
/* broadcast.c - once on every thread of the pool, by mail to each of them. */
#include <par/broadcast.h>

#include "pool/wait.h"
#include "scope/outside.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

struct broadcast {
    size_t done;      /* a latch */
    size_t remaining; /* calls that have not ended */
    ws_worker *waiter;
    void *group; /* the caller's */
    void (*fn)(size_t index, void *arg);
    void *arg;
    int rc;
};

struct letter {
    ws_mail mail;
    struct broadcast *broadcast;
};

static void make_call(struct broadcast *broadcast, ws_worker *worker)
{
    void *before = worker->forks.owner.group;
    worker->forks.owner.group = broadcast->group;
    broadcast->fn(worker->index, broadcast->arg);
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

/* The calls of other broadcasts, which may be waiting for this thread. */
static bool help(ws_worker *worker, void *ctx)
{
    (void)ctx;
    return ws_worker_open_mail(worker, NULL);
}

/* A thread of another pool, which may have calls to make there. */
static bool help_at_home(ws_worker *worker)
{
    par_detail_worker *here = par_detail_self_v1;
    bool helped = false;
    par_detail_worker *owner = worker->outer;
    while (owner != NULL && !ws_worker_is_serial(owner)) {
        ws_worker *seat = (ws_worker *)(void *)owner;
        par_detail_self_v1 = owner;
        helped = ws_worker_open_mail(seat, NULL) || helped;
        owner = seat->outer;
    }
    par_detail_self_v1 = here;
    return helped;
}

/* Such a thread does not sleep: what wakes it at home does not wake it here. */
static void wait_away(struct broadcast *broadcast, ws_worker *worker)
{
    while (!ws_latch_is_set(&broadcast->done)) {
        if (!help(worker, NULL) && !help_at_home(worker))
            sched_yield();
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
    for (size_t i = 0; i < n; i++) {
        letters[i] = (struct letter){{.from = broadcast->group, .open = open_letter}, broadcast};
        if (i != worker->index)
            ws_worker_send(ws_worker_at(crew, i), &letters[i].mail);
    }
    if (worker->index < n)
        make_call(broadcast, worker);
    if (worker->outer != NULL)
        wait_away(broadcast, worker);
    else
        ws_wait(worker, &broadcast->done, help, NULL);
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
    if (ws_outside())
        ws_outside_run(run_inside, &call);
    else
        run_inside(&call);
    return call.rc;
}
