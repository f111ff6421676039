/* SPDX-License-Identifier: MIT */
/* sleep_model.c - work is made visible while somebody falls asleep, sleeps or wakes. Who has
 * published goes on with something long, so the work must reach another thread: if nobody comes,
 * all wait for ever. Sleepers and searchers are the real threads of a pool. */
#include "harnesses.h"
#include "work.h"

/* ---- what the threads do --------------------------------------------------------------------- */

static void *fork_one(void *arg)
{
    work_fork(arg, 0);
    work_await_begin(0);
    return NULL;
}

static void *fork_again(void *arg)
{
    work_fork(arg, 0);
    work_join(arg, 0);
    work_fork(arg, 1);
    work_await_begin(1);
    return NULL;
}

static void *fork_two(void *arg)
{
    work_fork(arg, 0);
    work_fork(arg, 1);
    work_await_begin(0);
    work_await_begin(1);
    return NULL;
}

static void *spawn_one(void *arg)
{
    work_spawn(arg, 0);
    work_await_begin(0);
    return NULL;
}

static void *spawn_other(void *arg)
{
    work_spawn(arg, 1);
    work_await_begin(1);
    return NULL;
}

static void *spawn_two(void *arg)
{
    work_spawn(arg, 0);
    work_spawn(arg, 1);
    work_await_begin(0);
    work_await_begin(1);
    return NULL;
}

static void *inject_one(void *arg)
{
    (void)arg;
    work_inject(0);
    work_await_begin(0);
    return NULL;
}

/* ---- one falls asleep ------------------------------------------------------------------------ */

static void set_up_one(void *(*publish)(void *), size_t items)
{
    crew_make(2, 0, true);
    crew_count(2, 1);
    work_make(items);
    crew_nobody_asks(crew_seat(0));
    model_thread("publisher", publish, crew_seat(0));
    crew_searcher(crew_seat(1));
}

static void set_up_fork(void)
{
    set_up_one(fork_one, 1);
}

const model_harness sleep_fork_harness = {
    .name = "sleep_fork", .set_up = set_up_fork, .short_bound = 3, .long_bound = 5};

static void set_up_fork_again(void)
{
    set_up_one(fork_again, 2);
}

const model_harness sleep_fork_again_harness = {
    .name = "sleep_fork_again", .set_up = set_up_fork_again, .short_bound = 2, .long_bound = 4};

static void set_up_task(void)
{
    set_up_one(spawn_one, 1);
}

const model_harness sleep_task_harness = {
    .name = "sleep_task", .set_up = set_up_task, .short_bound = 3, .long_bound = 5};

static void set_up_injected(void)
{
    crew_make(2, 0, true);
    crew_count(1, 1);
    work_make(1);
    model_thread("outside", inject_one, NULL);
    crew_searcher(crew_seat(1));
}

const model_harness sleep_injected_harness = {
    .name = "sleep_injected", .set_up = set_up_injected, .short_bound = 3, .long_bound = MODEL_ALL};

/* Without process-wide barriers every push is a slow one. */
static void set_up_full_fence(void)
{
    crew_make(2, 0, false);
    crew_count(2, 1);
    work_make(1);
    model_thread("publisher", fork_one, crew_seat(0));
    crew_searcher(crew_seat(1));
}

const model_harness sleep_full_fence_harness = {
    .name = "sleep_full_fence", .set_up = set_up_full_fence, .short_bound = 3, .long_bound = 5};

/* ---- two ------------------------------------------------------------------------------------- */

/* Both are needed. The first push wakes one of them; what then stays hungry must not be forgotten
 * when the owner raises its limit. */
static void set_up_two(void)
{
    crew_make(3, 0, true);
    crew_count(1, 0);
    work_make(2);
    work_needs(0, 1);
    work_needs(1, 0);
    model_thread("publisher", fork_two, crew_seat(0));
    crew_sleeper(crew_seat(1));
    crew_sleeper(crew_seat(2));
}

const model_harness sleep_two_harness = {
    .name = "sleep_two", .set_up = set_up_two, .short_bound = 1, .long_bound = 3};

/* Likewise, but with more threads than CPUs: the owner leaves it to the searcher to ask again. */
static void set_up_crowded(void)
{
    set_up_two();
    the_crew->crowded = true;
}

const model_harness sleep_crowded_harness = {
    .name = "sleep_crowded", .set_up = set_up_crowded, .short_bound = 1, .long_bound = 3};

/* Publishers that see a searcher leave it at that. It takes one item; the other one is its to
 * announce. */
static void set_up_last(void)
{
    crew_make(3, 0, true);
    crew_count(2, 1);
    work_make(2);
    work_needs(0, 1);
    work_needs(1, 0);
    model_thread("publisher", spawn_two, crew_seat(0));
    crew_searcher(crew_seat(1));
    crew_sleeper(crew_seat(2));
}

const model_harness sleep_last_harness = {
    .name = "sleep_last", .set_up = set_up_last, .short_bound = 2, .long_bound = 3};

/* A publisher counts a searcher whom it then does not find: there is a free core, nobody sleeps
 * when it looks, and no spare can be started. The other publisher has seen that count. */
static void set_up_not_found(void)
{
    crew_make(4, 0, true);
    crew_count(3, 0);
    the_crew->spares_left = 1;
    work_make(2);
    model_thread("waker", spawn_one, crew_seat(0));
    model_thread("publisher", spawn_other, crew_seat(1));
    crew_busy(crew_seat(2));
}

const model_harness sleep_not_found_harness = {
    .name = "sleep_not_found", .set_up = set_up_not_found, .short_bound = 2, .long_bound = 3};

/* ---- members that come, wait and leave ------------------------------------------------------- */

static void *enter_and_fork(void *arg)
{
    ws_sleep_resume(arg);
    return fork_one(arg);
}

/* A guest in a seat that was used before: nobody asks it for anything. */
static void set_up_enter(void)
{
    crew_make(2, 1, true);
    crew_count(0, 0);
    work_make(1);
    crew_nobody_asks(crew_guest(0));
    model_thread("guest", enter_and_fork, crew_guest(0));
    crew_sleeper(crew_seat(1));
}

const model_harness sleep_enter_harness = {.name = "sleep_enter",
                                           .set_up = set_up_enter,
                                           .short_bound = MODEL_ALL,
                                           .long_bound = MODEL_ALL};

/* All cores are taken while one pushes, until the guest's becomes free. */
static void set_up_freed(void *(*publish)(void *), size_t items, void *(*free_core)(void *))
{
    crew_make(2, 1, true);
    crew_count(2, 0);
    work_make(items);
    crew_nobody_asks(crew_seat(0));
    model_thread("publisher", publish, crew_seat(0));
    model_thread("guest", free_core, crew_guest(0));
    crew_sleeper(crew_seat(1));
}

static void *lend(void *arg)
{
    ws_sleep_lend(arg);
    return NULL;
}

static void set_up_lend(void)
{
    set_up_freed(fork_one, 1, lend);
}

const model_harness sleep_lend_harness = {
    .name = "sleep_lend", .set_up = set_up_lend, .short_bound = 3, .long_bound = 4};

/* All owners have heard that somebody asks, so who lends need not ask again; but one of them
 * forgets, because all cores are taken when it looks, and then pushes where nobody looks. */
static void set_up_lend_heard(void)
{
    crew_make(2, 1, true);
    crew_count(2, 0);
    the_crew->tickets = 2;
    the_crew->heard = 3;
    work_make(2);
    model_thread("publisher", fork_again, crew_seat(0));
    model_thread("guest", lend, crew_guest(0));
    crew_sleeper(crew_seat(1));
}

const model_harness sleep_lend_heard_harness = {
    .name = "sleep_lend_heard", .set_up = set_up_lend_heard, .short_bound = 2, .long_bound = 3};

static void *leave(void *arg)
{
    ws_sleep_pause(the_crew, arg);
    return NULL;
}

static void set_up_leave_task(void)
{
    set_up_freed(spawn_one, 1, leave);
}

const model_harness sleep_leave_task_harness = {
    .name = "sleep_leave_task", .set_up = set_up_leave_task, .short_bound = 3, .long_bound = 4};

/* M2: a fork that is pushed in the very instant in which a guest leaves may stay unannounced until
 * the next push. So there is a next one, after what the guest has written has come out. */
static model_event left;

static void *leave_and_tell(void *arg)
{
    ws_sleep_pause(the_crew, arg);
    model_fence(MODEL_SITE);
    model_post(&left);
    return NULL;
}

static void *fork_before_and_after(void *arg)
{
    work_fork(arg, 0);
    model_await(&left, 1);
    work_fork(arg, 1);
    work_await_begin(0);
    return NULL;
}

static void set_up_leave_fork(void)
{
    model_keep(&left, sizeof left);
    model_name(&left, sizeof left, "the guest's leave");
    set_up_freed(fork_before_and_after, 2, leave_and_tell);
}

const model_harness sleep_leave_fork_harness = {
    .name = "sleep_leave_fork", .set_up = set_up_leave_fork, .short_bound = 2, .long_bound = 3};
