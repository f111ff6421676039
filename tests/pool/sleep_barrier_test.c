/* SPDX-License-Identifier: MIT */
/* sleep_barrier_test.c - where forks are private, who lies down or lends a core asks for work,
 * passes the process-wide barrier, and only then looks once more. One thread plays all parts, and
 * looks around at the barrier. */
#include "pool/worker_steps.h"

static void make_eight_with_privacy(void)
{
    bare_crew_make(&bare, 8, 4, true);
}

TestSuite(sleep_barrier, .init = make_eight_with_privacy, .fini = end_eight);

static void (*at_barrier)(void);
static size_t barriers;

/* The linker puts this in the place of ws_barrier_all in the library's files. */
void pass_barrier(void) __asm__("__wrap_ws_barrier_all");

void pass_barrier(void)
{
    barriers++;
    if (at_barrier != NULL)
        at_barrier();
}

static const ws_task task = {.owner = NULL};

static void assert_asked(void)
{
    for (size_t i = 0; i < 8; i++)
        cr_assert(ws_forks_is_requested(&at(i)->forks), "worker %zu", i);
}

static void forget_requests(void)
{
    for (size_t i = 0; i < 8; i++)
        ws_forks_set_limit(&at(i)->forks);
}

/* S1, S2 and the requests of S3 are done. What appears now must be seen by S4. */
static void lie_at_barrier(void)
{
    cr_assert(bare_crew_sleeps(at(0)));
    assert_state(2, 0);
    assert_asked();
    push_task(at(1), &task);
}

Test(sleep_barrier, stands_between_lying_down_and_the_last_look)
{
    forget_requests();
    bare_crew_set_state(&bare, 3, 1);
    at_barrier = lie_at_barrier;
    ws_sleep_wait(at(0));
    cr_assert_eq(barriers, 1);
    cr_assert_not(bare_crew_sleeps(at(0)));
    assert_state(3, 1);
}

static void lend_at_barrier(void)
{
    assert_state(7, 0);
    assert_asked();
    push_task(at(1), &task);
}

Test(sleep_barrier, stands_between_lending_a_core_and_looking_who_may_need_it)
{
    forget_requests();
    bare_crew_set_state(&bare, 8, 0);
    at_barrier = lend_at_barrier;
    ws_sleep_lend(at(0));
    cr_assert_eq(barriers, 1);
    cr_assert_eq(bare.hired, 1);
    assert_state(8, 1);
}

/* ---- those who lend need not ask twice ---- */

static void lend_and_take_back(ws_worker *worker)
{
    ws_sleep_lend(worker);
    ws_sleep_take_back(worker);
}

Test(sleep_barrier, is_passed_once_while_no_owner_forgets)
{
    bare_crew_set_state(&bare, 3, 0);
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 1);
    lend_and_take_back(at(0));
    lend_and_take_back(at(1));
    cr_assert_eq(barriers, 1);
    ws_forks_set_limit(&at(2)->forks);
    ws_sleep_forget(crew);
    lend_and_take_back(at(1));
    cr_assert_eq(barriers, 2);
    assert_asked();
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 2);
}

Test(sleep_barrier, is_not_passed_by_a_lender_after_a_sleeper)
{
    bare_crew_set_state(&bare, 3, 1);
    push_task(at(1), &task);
    ws_sleep_wait(at(0));
    cr_assert_eq(barriers, 1);
    ws_sleep_lend(at(2));
    cr_assert_eq(barriers, 1);
}

/* An owner forgets while somebody asks: not all have heard that. */
static void forget_at_barrier(void)
{
    at_barrier = NULL;
    ws_forks_set_limit(&at(2)->forks);
    ws_sleep_forget(crew);
}

Test(sleep_barrier, is_passed_again_if_an_owner_forgot_at_the_barrier)
{
    bare_crew_set_state(&bare, 3, 0);
    at_barrier = forget_at_barrier;
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 1);
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 2);
}

/* Somebody else begins to ask at the barrier, and an owner forgets in between. */
static void ask_and_forget_at_barrier(void)
{
    at_barrier = forget_at_barrier;
    lend_and_take_back(at(1));
}

Test(sleep_barrier, is_passed_again_if_two_asked_and_one_owner_forgot)
{
    bare_crew_set_state(&bare, 3, 0);
    at_barrier = ask_and_forget_at_barrier;
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 2);
    lend_and_take_back(at(0));
    cr_assert_eq(barriers, 3);
}

Test(sleep_barrier, is_not_passed_by_members_that_come_and_go)
{
    bare_crew_set_state(&bare, 3, 0);
    ws_sleep_resume(at(0));
    ws_sleep_pause(crew, at(0));
    ws_sleep_search(at(0));
    ws_sleep_found(at(0));
    ws_sleep_published(crew, at(0));
    cr_assert_eq(barriers, 0);
}
