/* SPDX-License-Identifier: MIT */
/* give_up_threads.c - what is waited for happens just when the time is up: then it has happened.
 * The linker sends the waits of once, barrier and latch through this file, which lets it happen and
 * then says that the time is up. */
#include "support.h"

#include <par/barrier.h>
#include <par/latch.h>
#include <par/once.h>

static void (*meanwhile)(void); /* NULL: nothing happens */

/* The linker wants these names. */
int __wrap_ws_lot_wait(const size_t *word, size_t value, const void *reason, par_deadline deadline,
                       par_group *group);

int __wrap_ws_lot_wait(const size_t *word, size_t value, const void *reason, par_deadline deadline,
                       par_group *group)
{
    (void)word;
    (void)value;
    (void)reason;
    (void)deadline;
    (void)group;
    if (meanwhile != NULL)
        meanwhile();
    return ETIMEDOUT;
}

/* ---- latch ---- */

static par_latch latch;

static void open_latch(void)
{
    par_latch_count_down(&latch, 1);
}

static const char *give_up_an_open_latch(void)
{
    latch = (par_latch)PAR_LATCH_INIT(1);
    meanwhile = NULL;
    const int late = par_latch_wait_until(&latch, PAR_NO_WAIT, NULL);
    meanwhile = open_latch;
    const int open = par_latch_wait_until(&latch, PAR_NO_WAIT, NULL);
    return late == ETIMEDOUT && open == 0 ? NULL : wrong("%d and %d", late, open);
}

/* ---- barrier ---- */

static par_barrier barrier = PAR_BARRIER_INIT(2);
static bool other_led;

static void come_to_barrier(void)
{
    other_led = par_barrier_wait(&barrier);
}

static const char *give_up_a_barrier_where_all_are(void)
{
    bool leader = true;
    meanwhile = NULL;
    const int late = par_barrier_wait_until(&barrier, NULL, PAR_NO_WAIT, NULL);
    meanwhile = come_to_barrier;
    const int all = par_barrier_wait_until(&barrier, &leader, PAR_NO_WAIT, NULL);
    meanwhile = NULL;
    const int again = par_barrier_wait_until(&barrier, NULL, PAR_NO_WAIT, NULL);
    if (late != ETIMEDOUT || all != 0 || again != ETIMEDOUT || leader || !other_led)
        return wrong("%d, %d, %d; leaders %d and %d", late, all, again, leader, other_led);
    return NULL;
}

/* ---- once ---- */

static par_once once;
static atomic_size_t begun;
static atomic_size_t let_go;
static crowd runner;

static int hold(void *arg)
{
    (void)arg;
    atomic_store(&begun, 1);
    await_count(&let_go, 1);
    return 0;
}

static void run_once(size_t number, void *arg)
{
    (void)number;
    (void)arg;
    (void)par_once_run(&once, hold, NULL);
}

static void end_init(void)
{
    atomic_store(&let_go, 1);
    crowd_end(&runner);
}

static const char *give_up_a_once_that_is_done(void)
{
    crowd_start(&runner, 1, run_once, NULL);
    await_count(&begun, 1);
    meanwhile = NULL;
    const int late = par_once_run_until(&once, hold, NULL, PAR_NO_WAIT, NULL);
    meanwhile = end_init;
    const int done = par_once_run_until(&once, hold, NULL, PAR_NO_WAIT, NULL);
    return late == ETIMEDOUT && done == 0 ? NULL : wrong("%d and %d", late, done);
}

const check checks[] = {
    {"give_up.an_open_latch", give_up_an_open_latch},
    {"give_up.a_barrier_where_all_are", give_up_a_barrier_where_all_are},
    {"give_up.a_once_that_is_done", give_up_a_once_that_is_done},
    {NULL, NULL},
};
