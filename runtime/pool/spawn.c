/* SPDX-License-Identifier: MIT */
/* spawn.c - publishing tasks, and the detached ones among them. */
#include "pool/spawn.h"

#include "job/panic.h"
#include "pool/pool.h"
#include "pool/process.h"
#include "pool/sleep.h"

#include <errno.h>
#include <stdlib.h>

void ws_spawn_publish(ws_crew *crew, ws_task *task)
{
    ws_worker *worker = ws_worker_self();
    if (worker != NULL && worker->crew != crew)
        worker = NULL;
    if (worker != NULL)
        ws_count(&worker->counters.published);
    else
        ws_count_shared(&crew->counters.published);
    if (worker == NULL || !ws_deque_push(&worker->tasks, ws_task_item(task)))
        ws_injector_push(&crew->injector, &task->link);
    /* After this line the task may be gone. */
    ws_sleep_published(crew, worker);
}

/* ---- detached -------------------------------------------------------------------------------- */

typedef struct detached {
    ws_task task;
    ws_crew *crew;
    par_fn *fn;
    void *arg;
} detached;

static void count_out(ws_crew *crew)
{
    const bool last = ws_add_seq_cst(&crew->detached, (size_t)-1) == 1;
    if (last && (ws_load_seq_cst(&crew->state) & WS_CLOSING) != 0) {
        pthread_mutex_lock(&crew->lock);
        ws_unpark(&crew->quiet);
        pthread_mutex_unlock(&crew->lock);
    }
}

static void run_detached(ws_task *task)
{
    detached *self = (detached *)(void *)task;
    ws_crew *crew = self->crew;
    par_fn *fn = self->fn;
    void *arg = self->arg;
    free(self);
    ws_catch catch; /* below it may be somebody's that waits */
    if (ws_panic_catch(&catch, fn, arg))
        ws_panic_die(&catch.failure, " in a detached task");
    count_out(crew); /* the crew stays: its own thread, or a member, is here */
}

static int spawn_into(ws_crew *crew, par_fn *fn, void *arg)
{
    if (crew->started == 0)
        return EAGAIN;
    detached *record = malloc(sizeof *record);
    if (record == NULL)
        return ENOMEM;
    *record = (detached){.task = {.run = run_detached}, .crew = crew, .fn = fn, .arg = arg};
    ws_add_seq_cst(&crew->detached, 1);
    ws_spawn_publish(crew, &record->task);
    return 0;
}

int par_pool_spawn(par_pool *pool, par_fn *fn, void *arg)
{
    if (fn == NULL)
        return EINVAL;
    if (pool == NULL)
        pool = ws_pool_default();
    if (pool == NULL)
        return ENOMEM;
    const int rc = ws_member_visit(&pool->crew);
    if (rc != 0)
        return rc;
    const int spawned = spawn_into(&pool->crew, fn, arg);
    ws_member_end_visit(&pool->crew);
    return spawned;
}
