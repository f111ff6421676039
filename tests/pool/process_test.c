/* SPDX-License-Identifier: MIT */
/* process_test.c - to which process a crew belongs. What users see of it is in fork_threads.c. */
#include "pool/pool.h"
#include "pool/process.h"
#include "support.h"

#include <criterion/criterion.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs `fn` in a forked child; whether it returned true there. */
static bool in_child(bool (*fn)(void))
{
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0)
        _exit(fn() ? 0 : 1);
    int status = -1;
    return waitpid(child, &status, 0) == child && status == 0;
}

static size_t parents_generation;
static par_pool *parents_pool;

static bool is_another_generation(void)
{
    return ws_process_generation() == parents_generation + 1;
}

static bool grandchild_is_another_generation(void)
{
    const size_t mine = ws_process_generation();
    if (mine == parents_generation)
        return false;
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0)
        _exit(ws_process_generation() == mine + 1 ? 0 : 1);
    int status = -1;
    return waitpid(child, &status, 0) == child && status == 0 && ws_process_generation() == mine;
}

Test(process, is_of_another_generation_in_each_child)
{
    ws_process_init();
    ws_process_init(); /* counts a fork once all the same */
    parents_generation = ws_process_generation();
    cr_assert(in_child(is_another_generation));
    cr_assert(in_child(grandchild_is_another_generation));
    cr_assert_eq(ws_process_generation(), parents_generation, "nothing changes for the parent");
}

static void make_pool(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    cr_assert_eq(par_pool_create(&parents_pool, &options), 0);
    cr_assert_not(ws_process_is_stale(&parents_pool->crew));
}

static void note_index(void *arg)
{
    *(size_t *)arg = par_thread_index();
}

static bool has_a_stale_pool(void)
{
    ws_member member;
    size_t index = 0;
    ws_crew *crew = &parents_pool->crew;
    const size_t state = crew->state;
    return ws_process_is_stale(crew) && ws_member_enter(&member, crew) == ECANCELED &&
           ws_member_visit(crew) == ECANCELED && crew->state == state &&
           par_pool_run(parents_pool, note_index, &index) == 0 && index == PAR_NO_INDEX &&
           par_pool_spawn(parents_pool, note_index, &index) == ECANCELED &&
           par_pool_destroy(parents_pool) == 0;
}

Test(process, leaves_its_pools_behind_in_a_child)
{
    make_pool();
    cr_assert(in_child(has_a_stale_pool));
    cr_assert_not(ws_process_is_stale(&parents_pool->crew));
    cr_assert_eq(par_pool_destroy(parents_pool), 0);
}

/* A child that is forked inside a pool is outside of all pools, and leaves the call without doing
 * anything to the pool that it is not in. */
static bool is_outside(void)
{
    return ws_worker_self() == NULL && !ws_member_is_inside(&parents_pool->crew) &&
           par_thread_index() == PAR_NO_INDEX;
}

static void fork_inside(void *arg)
{
    *(bool *)arg = in_child(is_outside) && ws_member_is_inside(&parents_pool->crew);
}

Test(process, is_outside_of_its_pools_in_a_child)
{
    bool good = false;
    make_pool();
    cr_assert_eq(par_pool_run(parents_pool, fork_inside, &good), 0);
    cr_assert(good);
    good = false;
    cr_assert_eq(on_worker(parents_pool, fork_inside, &good), 0);
    cr_assert(good);
    cr_assert_eq(par_pool_destroy(parents_pool), 0);
}

static bool leave_in_child(void)
{
    ws_crew *crew = &parents_pool->crew;
    ws_member member = {.crew = crew, .seat = ws_worker_at(crew, 2), .outer = NULL};
    const size_t state = crew->state;
    ws_member_leave(&member);
    return crew->state == state;
}

static void fork_and_leave(void *arg)
{
    *(bool *)arg = in_child(leave_in_child);
}

Test(process, leaves_a_stale_pool_without_touching_it)
{
    bool good = false;
    make_pool();
    cr_assert_eq(par_pool_run(parents_pool, fork_and_leave, &good), 0);
    cr_assert(good);
    cr_assert_eq(par_pool_destroy(parents_pool), 0);
}

Test(process, ends_a_child_that_would_have_to_wait_for_the_parent)
{
    make_pool();
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        ws_process_refuse(&parents_pool->crew);
        _exit(0);
    }
    int status = -1;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status), 70);
    cr_assert_eq(par_pool_destroy(parents_pool), 0);
}
