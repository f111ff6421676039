/* SPDX-License-Identifier: MIT */
/* detail_test.c - the slow halves of forks and joins, on the seats of a crew without threads: what
 * is run when there is no room, when a fork has been stolen, and while one waits for it. The thief
 * is played by hand; where the waiter sleeps, by a thread of the test's. */
#include "base/barrier.h"
#include "pool/wait.h"
#include "pool/worker_steps.h"
#include "support.h"

TestSuite(detail, .init = make_eight, .fini = end_eight);

/* A fork that counts its runs, and may be the last thing that another job does. */
typedef struct child {
    par_detail_job job; /* first */
    size_t runs;
    par_detail_job *ends; /* the job that ends when this one has run; NULL: none */
    ws_worker *runner;    /* by whom it was stolen; NULL: run by its forker */
} child;

static void run_child(void *frame)
{
    child *self = frame;
    size_t mark;
    self->runs++;
    self->runner = ws_job_thief(&self->job, &mark);
    if (self->ends != NULL)
        ws_latch_set(&self->ends->state);
}

static par_detail_slot *push_child(ws_worker *worker, child *frame)
{
    par_detail_slot *head = par_detail_head(&worker->forks.owner);
    return par_detail_push(&worker->forks.owner, head, run_child, &frame->job);
}

/* The join of the newest fork, as inlined code makes it. */
static void join_newest(ws_worker *worker, child *frame)
{
    par_detail_slot *base = par_detail_head(&worker->forks.owner) - 1;
    if (par_detail_pop(&worker->forks.owner, base, run_child, &frame->job))
        run_child(frame);
}

static void join_without_room(ws_worker *worker, child *frame)
{
    par_detail_slot *base = par_detail_head(&worker->forks.owner);
    if (par_detail_pop(&worker->forks.owner, base, run_child, &frame->job))
        run_child(frame);
}

/* Takes the oldest fork of `victim` as a thief does, and enters itself, but does not run it. */
static void take_oldest(ws_worker *thief, ws_worker *victim, const child *expected)
{
    ws_item item;
    cr_assert(ws_forks_steal(&victim->forks, &item, 0, NULL, NULL));
    cr_assert_eq(item.second, (size_t)expected);
    ws_job_take((par_detail_job *)item.second, thief, ws_forks_height(&thief->forks));
}

/* ---- room ---- */

/* By both kinds of join, in any order; the entries that have room stay as they are. */
static void join_more_than_there_is_room(void)
{
    enum { MORE = 4 };
    const size_t room = at(0)->forks.capacity - 1;
    child *children = calloc(room + MORE, sizeof *children);
    cr_assert_not_null(children);
    for (size_t i = 0; i < room + MORE; i++) {
        const par_detail_slot *head = par_detail_head(&at(0)->forks.owner);
        cr_assert_eq(push_child(at(0), &children[i]) == head, i >= room, "fork %zu", i);
        cr_assert_eq(children[i].job.state, i >= room ? PAR_DETAIL_UNFORKED : 0);
    }
    cr_assert_eq(ws_forks_height(&at(0)->forks), room);
    for (size_t i = room; i < room + MORE; i += 2) {
        join_without_room(at(0), &children[i]);
        par_detail_reclaim_v1(&at(0)->forks.owner, par_detail_head(&at(0)->forks.owner), run_child,
                              &children[i + 1].job);
        cr_assert_eq(ws_forks_height(&at(0)->forks), room);
    }
    for (size_t i = room; i-- > 0;)
        join_newest(at(0), &children[i]);
    for (size_t i = 0; i < room + MORE; i++)
        cr_assert_eq(children[i].runs, 1, "fork %zu", i);
    cr_assert_eq(ws_forks_height(&at(0)->forks), 0);
    free(children);
}

Test(detail, forks_without_room_run_at_their_join)
{
    join_more_than_there_is_room();
}

Test(detail, the_stand_in_refuses_every_fork)
{
    par_detail_worker *serial = ws_worker_serial();
    for (int i = 0; i < 3; i++) {
        child frame = {.runs = 0};
        par_detail_slot *head = par_detail_head(serial);
        cr_assert_eq(par_detail_push(serial, head, run_child, &frame.job), head);
        cr_assert_eq(frame.job.state, PAR_DETAIL_UNFORKED);
        cr_assert_eq(par_detail_head(serial), head);
        if (par_detail_pop(serial, head, run_child, &frame.job))
            run_child(&frame);
        cr_assert_eq(frame.runs, 1);
        cr_assert_eq(par_detail_head(serial), head);
    }
    cr_assert(ws_worker_is_serial(serial));
    cr_assert_not(ws_worker_is_serial(&at(0)->forks.owner));
}

Test(detail, forks_are_counted_on_demand)
{
    child children[3] = {{.runs = 0}};
    push_child(at(0), &children[0]);
    cr_assert_eq(at(0)->counters.forked, 0);
    crew->count_forks = true;
    push_child(at(0), &children[1]);
    push_child(at(0), &children[2]);
    cr_assert_eq(at(0)->counters.forked, 2);
}

/* ---- ending forks in any order ---- */

Test(detail, an_outer_fork_settles_the_inner_ones_first)
{
    child children[4] = {{.runs = 0}};
    par_detail_slot *next[4];
    for (size_t i = 0; i < 4; i++)
        next[i] = push_child(at(0), &children[i]);
    par_detail_reclaim_v1(&at(0)->forks.owner, next[1], run_child, &children[1].job);
    cr_assert_eq(children[0].runs, 0);
    for (size_t i = 1; i < 4; i++) {
        cr_assert_eq(children[i].runs, 1, "fork %zu", i);
        cr_assert(ws_latch_is_set(&children[i].job.state));
    }
    cr_assert_eq(ws_forks_height(&at(0)->forks), 1);
    /* Their own joins come later, and find them done. */
    for (size_t i = 2; i < 4; i++)
        par_detail_reclaim_v1(&at(0)->forks.owner, next[i], run_child, &children[i].job);
    join_newest(at(0), &children[0]);
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(children[i].runs, 1, "fork %zu", i);
}

Test(detail, an_outer_fork_leaves_stolen_ones_to_their_own_joins)
{
    child children[3] = {{.runs = 0}};
    par_detail_slot *next[3];
    for (size_t i = 0; i < 3; i++)
        next[i] = push_child(at(0), &children[i]);
    take_oldest(at(1), at(0), &children[0]);
    take_oldest(at(2), at(0), &children[1]);
    ws_latch_set(&children[0].job.state); /* its thief has ended it */
    par_detail_reclaim_v1(&at(0)->forks.owner, next[0], run_child, &children[0].job);
    cr_assert_eq(children[0].runs, 0);
    cr_assert_eq(children[1].runs, 0);
    cr_assert_not(ws_latch_is_set(&children[1].job.state), "its thief is still at it");
    cr_assert_eq(children[2].runs, 1);
    cr_assert_eq(ws_forks_height(&at(0)->forks), 0);
    ws_latch_set(&children[1].job.state);
    par_detail_reclaim_v1(&at(0)->forks.owner, next[1], run_child, &children[1].job);
    par_detail_reclaim_v1(&at(0)->forks.owner, next[2], run_child, &children[2].job);
    cr_assert_eq(children[1].runs + children[2].runs, 1);
}

/* ---- waiting: what descends ---- */

/* The waiter forked `job`, the thief took it and forked two children. Once both have run, the job
 * ends. */
Test(detail, a_waiter_takes_back_what_its_fork_has_forked)
{
    child job = {.runs = 0};
    child children[2] = {{.ends = NULL}, {.ends = &job.job}};
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    push_child(at(1), &children[0]);
    push_child(at(1), &children[1]);
    join_newest(at(0), &job);
    cr_assert_eq(job.runs, 0, "the thief has it");
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(children[i].runs, 1, "child %zu", i);
        cr_assert_eq(children[i].runner, at(0));
        cr_assert(ws_latch_is_set(&children[i].job.state));
    }
    cr_assert_eq(at(0)->counters.stolen[PAR_DISTANCE_L2], 2);
    cr_assert_eq(at(0)->counters.executed, 2);
}

/* The thief had forked before it took the job, and those forks have been stolen meanwhile. */
Test(detail, a_waiter_takes_back_what_stands_just_above_the_mark)
{
    child job = {.runs = 0};
    child old[2] = {{.runs = 0}};
    child youngest = {.ends = &job.job};
    push_child(at(1), &old[0]);
    push_child(at(1), &old[1]);
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    push_child(at(1), &youngest);
    take_oldest(at(2), at(1), &old[0]);
    take_oldest(at(2), at(1), &old[1]);
    join_newest(at(0), &job);
    cr_assert_eq(youngest.runs, 1);
    cr_assert_eq(old[0].runs + old[1].runs, 0);
}

static void run_while_its_forker_sleeps(void *frame)
{
    child *self = frame;
    ws_latch_fall_asleep(&self->job.state); /* what the thief would do, at its own join */
    run_child(frame);
}

Test(detail, a_waiter_that_has_taken_something_back_wakes_whoever_sleeps_for_it)
{
    child job = {.runs = 0};
    child young = {.ends = &job.job};
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    par_detail_push(&at(1)->forks.owner, par_detail_head(&at(1)->forks.owner),
                    run_while_its_forker_sleeps, &young.job);
    join_newest(at(0), &job);
    cr_assert_eq(young.runs, 1);
    cr_assert(bare_crew_was_woken(at(1)));
    cr_assert_not(bare_crew_was_woken(at(0)));
}

/* ---- waiting: what does not descend ---- */

/* The thief's part in a thread of its own: ends the job once the waiter sleeps for it. */
static void *end_when_it_sleeps(void *arg)
{
    child *job = arg;
    while ((ws_load_acquire(&job->job.state) & PAR_DETAIL_ASLEEP) == 0)
        sched_yield();
    if (ws_latch_set(&job->job.state))
        ws_unpark(&at(0)->parker);
    return NULL;
}

static void join_asleep(child *job)
{
    pthread_t thief;
    bare_crew_set_state(&bare, 1, 0);
    crew->spares_left = 0;
    cr_assert_eq(pthread_create(&thief, NULL, end_when_it_sleeps, job), 0);
    join_newest(at(0), job);
    pthread_join(thief, NULL);
    cr_assert_eq(job->runs, 0);
    cr_assert_eq(at(0)->counters.parked, 1);
    cr_assert_eq(ws_state_running(crew->state), 1, "it runs again");
}

Test(detail, a_waiter_takes_nothing_while_older_forks_of_the_thief_are_there)
{
    child job = {.runs = 0};
    child old = {.runs = 0};
    child young = {.ends = NULL};
    push_child(at(1), &old);
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    push_child(at(1), &young);
    join_asleep(&job);
    cr_assert_eq(old.runs + young.runs, 0);
    join_newest(at(1), &young);
    join_newest(at(1), &old);
    cr_assert_eq(old.runs + young.runs, 2);
}

Test(detail, a_waiter_takes_nothing_from_others_than_its_thief)
{
    child job = {.runs = 0};
    child others[2] = {{.runs = 0}};
    const ws_task task = {.owner = NULL};
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    push_child(at(2), &others[0]);
    push_child(at(3), &others[1]);
    push_task(at(1), &task);
    push_task(at(0), &task);
    join_asleep(&job);
    cr_assert_eq(others[0].runs + others[1].runs, 0);
    cr_assert_eq(ws_deque_count(&at(0)->tasks) + ws_deque_count(&at(1)->tasks), 2);
}

Test(detail, a_waiter_takes_nothing_before_the_thief_has_entered_itself)
{
    child job = {.runs = 0};
    ws_item item;
    push_child(at(0), &job);
    cr_assert(ws_forks_steal(&at(0)->forks, &item, 0, NULL, NULL));
    join_asleep(&job);
}

Test(detail, a_waiter_takes_nothing_once_its_fork_is_done)
{
    child job = {.runs = 0};
    child next = {.runs = 0};
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    ws_latch_set(&job.job.state);
    push_child(at(1), &next); /* above the mark, and no descendant */
    join_newest(at(0), &job);
    cr_assert_eq(next.runs, 0);
    cr_assert_eq(at(0)->counters.parked, 0);
}

/* PAR_WAIT=any: anything may be run while one waits, wherever it is. */
typedef struct ending_task {
    ws_task task; /* first */
    child *job;   /* borrowed */
} ending_task;

static void end_job(ws_task *task)
{
    ws_latch_set(&((ending_task *)(void *)task)->job->job.state);
}

Test(detail, a_waiter_that_may_takes_anything)
{
    child job = {.runs = 0};
    child old = {.runs = 0};
    ending_task last = {.task = {.run = end_job}, .job = &job};
    crew->wait_any = true;
    push_child(at(1), &old);
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    ws_injector_push(&crew->injector, &last.task.link);
    join_newest(at(0), &job);
    cr_assert_eq(old.runs, 1);
    cr_assert_eq(old.runner, at(0));
}

/* ---- private forks ---- */

static void make_eight_with_privacy(void)
{
    if (!ws_barrier_available())
        cr_skip_test("this system has no process-wide barrier");
    bare_crew_make(&bare, 8, 0, true);
}

TestSuite(detail_private, .init = make_eight_with_privacy, .fini = end_eight);

Test(detail_private, forks_without_room_run_at_their_join)
{
    join_more_than_there_is_room();
}

Test(detail_private, forks_without_room_run_at_their_join_after_a_revocation)
{
    ws_forks_set_limit(&at(0)->forks);
    child frames[2] = {{.runs = 0}};
    push_child(at(0), &frames[0]);
    cr_assert(ws_forks_revoke(&at(0)->forks));
    join_newest(at(0), &frames[0]);
    cr_assert_eq(frames[0].runs, 1);
    join_more_than_there_is_room();
}

Test(detail_private, a_waiter_asks_its_thief_for_forks)
{
    child job = {.runs = 0};
    child children[2] = {{.runs = 0}};
    push_child(at(0), &job);
    take_oldest(at(1), at(0), &job);
    ws_forks_set_limit(&at(1)->forks);
    push_child(at(1), &children[0]);
    cr_assert_not(ws_forks_has_public(&at(1)->forks));
    join_asleep(&job);
    cr_assert(ws_forks_is_requested(&at(1)->forks));
    push_child(at(1), &children[1]);
    cr_assert(ws_forks_has_public(&at(1)->forks));
    cr_assert_eq(children[0].runs + children[1].runs, 0);
}

static bool help_nobody(ws_worker *worker, void *ctx)
{
    (void)worker;
    (void)ctx;
    return false;
}

Test(detail_private, a_waiter_leaves_its_own_forks_to_all_before_it_sleeps)
{
    pthread_t setter;
    child latch = {.runs = 0}; /* of which only the word is used */
    child forks[3] = {{.runs = 0}};
    bare_crew_set_state(&bare, 1, 0);
    ws_forks_set_limit(&at(0)->forks);
    for (size_t i = 0; i < 3; i++)
        push_child(at(0), &forks[i]);
    cr_assert_not(ws_forks_has_public(&at(0)->forks));
    cr_assert_eq(pthread_create(&setter, NULL, end_when_it_sleeps, &latch), 0);
    ws_wait(at(0), &latch.job.state, help_nobody, NULL);
    pthread_join(setter, NULL);
    for (size_t i = 0; i < 3; i++)
        take_oldest(at(1), at(0), &forks[i]);
}
