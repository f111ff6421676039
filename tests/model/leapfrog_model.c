/* SPDX-License-Identifier: MIT */
/* leapfrog_model.c - who waits for a stolen fork takes from its thief only what the fork has
 * forked: neither what the thief had pushed before, nor what it pushes when the fork has ended. */
#include "harnesses.h"
#include "work.h"

/* The stolen fork, one that has nothing to do with it, and one or two that it forks. */
enum { STOLEN, UNRELATED, CHILD, OTHER_CHILD, JOBS };

static struct {
    par_detail_job jobs[JOBS];
    size_t last_child;
} state;

static void fork_and_join(size_t first, size_t last);

static void run(void *frame)
{
    const size_t job = (size_t)((par_detail_job *)frame - state.jobs);
    model_took(job);
    if (job == UNRELATED)
        model_assert(ws_worker_self() == crew_seat(1));
    if (job == STOLEN)
        fork_and_join(CHILD, state.last_child);
}

static void push(ws_worker *worker, size_t job)
{
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_push(owner, par_detail_head(owner), run, &state.jobs[job]);
}

static void pop(ws_worker *worker, size_t job)
{
    par_detail_worker *owner = &worker->forks.owner;
    if (par_detail_pop(owner, par_detail_head(owner) - 1, run, &state.jobs[job]))
        run(&state.jobs[job]);
}

static void fork_and_join(size_t first, size_t last)
{
    ws_worker *self = ws_worker_self();
    for (size_t job = first; job <= last; job++)
        push(self, job);
    for (size_t job = last + 1; job-- > first;)
        pop(self, job);
}

static void *wait_for_stolen(void *arg)
{
    crew_sit_down(arg);
    pop(arg, STOLEN);
    return NULL;
}

static void *steal_then_unrelated(void *arg)
{
    crew_sit_down(arg);
    work_find_and_run(arg);
    fork_and_join(UNRELATED, UNRELATED);
    return NULL;
}

static void *steal_above_unrelated(void *arg)
{
    crew_sit_down(arg);
    push(arg, UNRELATED);
    work_find_and_run(arg);
    pop(arg, UNRELATED);
    return NULL;
}

static void make(void *(*thief)(void *), size_t last_child, bool asymmetric)
{
    static const char *const names[JOBS] = {"stolen", "unrelated", "child", "other child"};
    crew_make(2, 0, asymmetric);
    crew_count(2, 1);
    model_keep(&state, sizeof state);
    state.last_child = last_child;
    model_items(last_child + 1);
    for (size_t i = 0; i < JOBS; i++)
        model_name(&state.jobs[i], sizeof state.jobs[i], "%s", names[i]);
    push(crew_seat(0), STOLEN);
    ws_forks_publish_all(&crew_seat(0)->forks);
    if (asymmetric)
        crew_nobody_asks(crew_seat(1));
    model_thread("waiter", wait_for_stolen, crew_seat(0));
    model_thread("thief", thief, crew_seat(1));
}

static void set_up_after(void)
{
    make(steal_then_unrelated, CHILD, false);
}

const model_harness leapfrog_after_harness = {
    .name = "leapfrog_after", .set_up = set_up_after, .short_bound = 4, .long_bound = 6};

static void set_up_below(void)
{
    make(steal_above_unrelated, CHILD, false);
}

const model_harness leapfrog_below_harness = {.name = "leapfrog_below",
                                              .set_up = set_up_below,
                                              .short_bound = MODEL_ALL,
                                              .long_bound = MODEL_ALL};

/* The thief's forks are private until the waiter asks for them. */
static void set_up_private(void)
{
    make(steal_then_unrelated, OTHER_CHILD, true);
}

const model_harness leapfrog_private_harness = {
    .name = "leapfrog_private", .set_up = set_up_private, .short_bound = 3, .long_bound = 5};
