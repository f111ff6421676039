/* SPDX-License-Identifier: MIT */
/* latch_model.c - the latch of a stolen fork: the thief sets it while the forker falls asleep for
 * it, and does not touch it afterwards, for the forker's frame is gone by then. */
#include "harnesses.h"
#include "work.h"

#include "job/latch.h"
#include "job/task.h"
#include "pool/wait.h"

static void *join(void *arg)
{
    work_join(arg, 0);
    work_end_of_frame(0);
    return NULL;
}

static void *steal_and_run(void *arg)
{
    work_find_and_run(arg);
    return NULL;
}

static void make(void)
{
    crew_make(2, 0, false);
    crew_count(2, 1);
    work_make(1);
    work_fork(crew_seat(0), 0);
    model_thread("forker", join, crew_seat(0));
    model_thread("thief", steal_and_run, crew_seat(1));
}

const model_harness latch_set_harness = {
    .name = "latch_set", .set_up = make, .short_bound = MODEL_ALL, .long_bound = MODEL_ALL};

/* The forker is woken for another reason too, and falls asleep a second time. */
static void *wake_for_nothing(void *arg)
{
    ws_worker *sleeper = arg;
    ws_unpark(&sleeper->parker);
    return NULL;
}

static void set_up_token(void)
{
    make();
    model_thread("stray waker", wake_for_nothing, crew_seat(0));
}

const model_harness latch_token_harness = {.name = "latch_token",
                                           .set_up = set_up_token,
                                           .short_bound = MODEL_ALL,
                                           .long_bound = MODEL_ALL};

/* ---- told while falling asleep --------------------------------------------------------------- */

/* The waiter is the only one who can run what somebody else makes: a task that sets its latch. */
static struct told {
    size_t latch;
    ws_task task;
} told;

static void set_told(ws_task *task)
{
    (void)task;
    (void)ws_latch_set(&told.latch);
}

static bool run_told(ws_worker *worker, void *ctx)
{
    ws_work work;
    (void)ctx;
    if (!ws_worker_find_of(worker, &told, &work))
        return false;
    ws_worker_run(worker, work);
    return true;
}

static void *wait_for_told(void *arg)
{
    crew_sit_down(arg);
    ws_wait(arg, &told.latch, run_told, NULL);
    return NULL;
}

static void *make_and_tell(void *arg)
{
    ws_injector_push(&the_crew->injector, &told.task.link);
    ws_wait_tell(arg, &told.latch);
    return NULL;
}

static void set_up_told(void)
{
    crew_make(1, 0, false);
    crew_count(1, 0);
    told = (struct told){.task = {.run = set_told, .owner = &told}};
    model_keep(&told, sizeof told);
    model_name(&told.latch, sizeof told.latch, "latch");
    model_thread("waiter", wait_for_told, crew_seat(0));
    model_thread("stranger", make_and_tell, crew_seat(0));
}

const model_harness latch_told_harness = {
    .name = "latch_told", .set_up = set_up_told, .short_bound = MODEL_ALL, .long_bound = MODEL_ALL};
