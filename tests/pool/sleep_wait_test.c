/* SPDX-License-Identifier: MIT */
/* sleep_wait_test.c - members that come, pause and lend their cores, and workers that lie down: on
 * the seats of a crew without threads. Who really sleeps is a thread of the test's. */
#include "pool/block.h"
#include "pool/worker_steps.h"
#include "support.h"

TestSuite(sleep_wait, .init = make_eight, .fini = end_eight);

static const ws_task task = {.owner = NULL};

/* ---- members ---- */

static void assert_requests(bool expected)
{
    for (size_t i = 0; i < 8; i++)
        cr_assert_eq(ws_forks_is_requested(&at(i)->forks), expected, "worker %zu", i);
}

static void forget_requests(void)
{
    for (size_t i = 0; i < 8; i++)
        ws_forks_set_limit(&at(i)->forks);
    assert_requests(false);
}

Test(sleep_wait, a_member_that_resumes_looks_for_the_hungry_at_its_first_push)
{
    forget_requests();
    ws_sleep_resume(at(2));
    assert_state(1, 0);
    cr_assert(ws_forks_is_requested(&at(2)->forks));
    cr_assert_not(ws_forks_is_requested(&at(1)->forks));
}

Test(sleep_wait, a_member_that_pauses_leaves_its_core_to_others)
{
    forget_requests();
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 8, 0);
    ws_sleep_pause(crew, at(0));
    assert_state(7, 0);
    cr_assert_null(woken(), "there is nothing to do");
    assert_requests(true);
    push_task(at(1), &task);
    ws_sleep_pause(crew, NULL);
    cr_assert_eq(woken(), at(3));
    assert_state(7, 1);
}

Test(sleep_wait, a_waiter_lends_its_core_when_there_is_work_for_it)
{
    forget_requests();
    push_task(at(1), &task);
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 8, 0);
    ws_sleep_lend(at(0));
    cr_assert_eq(woken(), at(3));
    assert_state(8, 1);
    assert_requests(true);
    cr_assert_eq(at(0)->counters.lent, 1);
}

Test(sleep_wait, a_waiter_lends_its_core_to_a_spare)
{
    push_task(at(1), &task);
    bare_crew_set_state(&bare, 8, 0);
    ws_sleep_lend(at(0));
    cr_assert_eq(bare.hired, 1);
    assert_state(8, 1);
    cr_assert_eq(at(0)->counters.lent, 1);
}

Test(sleep_wait, a_waiter_lends_nothing_when_there_is_no_work_or_nobody_to_do_it)
{
    forget_requests();
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 4, 0);
    ws_sleep_lend(at(0));
    assert_state(3, 0);
    assert_requests(true);
    push_task(at(1), &task);
    bare_crew_set_state(&bare, 9, 0);
    ws_sleep_lend(at(2));
    assert_state(8, 0);
    cr_assert_null(woken());
    cr_assert_eq(at(0)->counters.lent, 0);
    cr_assert_eq(at(2)->counters.lent, 0);
    cr_assert_eq(bare.hired, 0);
}

/* A wait in foreign code may call what waits: the core is lent once. */
Test(sleep_wait, waits_within_waits_are_counted_once)
{
    bare_crew_set_state(&bare, 2, 0);
    ws_sleep_lend(at(0));
    ws_sleep_lend(at(0));
    assert_state(1, 0);
    ws_sleep_take_back(at(0));
    assert_state(1, 0);
    ws_sleep_lend(at(0));
    assert_state(1, 0);
    ws_sleep_take_back(at(0));
    ws_sleep_take_back(at(0));
    assert_state(2, 0);
    size_t waits = 0;
    cr_assert(ws_block_count_waits(crew, &waits));
    cr_assert_eq(waits, 3);
}

/* Who waits within a wait still tells of what has been made since. */
Test(sleep_wait, a_wait_within_a_wait_looks_for_work_too)
{
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 4, 0);
    ws_sleep_lend(at(0));
    cr_assert_null(woken());
    push_task(at(0), &task);
    ws_sleep_lend(at(0));
    cr_assert_eq(woken(), at(3));
    assert_state(4, 1);
}

/* ---- going to sleep ---- */

Test(sleep_wait, who_sees_work_while_lying_down_gets_up)
{
    push_task(at(1), &task);
    bare_crew_set_state(&bare, 3, 1);
    ws_sleep_wait(at(0));
    assert_state(3, 1);
    cr_assert_not(bare_crew_sleeps(at(0)));
    cr_assert_eq(at(0)->counters.parked, 0);
}

Test(sleep_wait, who_lies_down_while_the_pool_ends_gets_up)
{
    crew->ending = 1;
    bare_crew_set_state(&bare, 1, 1);
    ws_sleep_wait(at(0));
    assert_state(1, 1);
    cr_assert_not(bare_crew_sleeps(at(0)));
}

/* A thread of the test's that lies down in seat 0, once. */
static atomic_bool got_up;

static void *lie_down(void *arg)
{
    (void)arg;
    ws_sleep_wait(at(0));
    atomic_store(&got_up, true);
    return NULL;
}

static pthread_t start_sleeper(size_t running, size_t searching)
{
    pthread_t thread;
    bare_crew_set_state(&bare, running, searching);
    cr_assert_eq(pthread_create(&thread, NULL, lie_down, NULL), 0);
    while (ws_load_relaxed(&at(0)->counters.parked) == 0)
        sched_yield();
    cr_assert(bare_crew_sleeps(at(0)));
    assert_state(running - 1, searching - 1);
    return thread;
}

static void end_sleeper(pthread_t thread)
{
    pthread_join(thread, NULL);
    cr_assert(atomic_load(&got_up));
    cr_assert_not(bare_crew_sleeps(at(0)));
}

Test(sleep_wait, who_sleeps_gets_up_when_it_is_woken)
{
    forget_requests();
    const pthread_t thread = start_sleeper(2, 1);
    assert_requests(true);
    ws_sleep_published(crew, at(1));
    end_sleeper(thread);
    assert_state(2, 1);
}

Test(sleep_wait, who_finds_no_free_core_sleeps_although_there_is_work)
{
    push_task(at(1), &task);
    const pthread_t thread = start_sleeper(9, 1);
    ws_sleep_pause(crew, at(2));
    end_sleeper(thread);
    assert_state(8, 1);
}

/* It is left to those who search; the last of them wakes the sleeper if there is more. */
Test(sleep_wait, who_sees_work_that_others_look_for_sleeps)
{
    push_task(at(1), &task);
    const pthread_t thread = start_sleeper(3, 2);
    ws_sleep_found(at(2));
    end_sleeper(thread);
    assert_state(3, 1);
}

Test(sleep_wait, who_is_woken_for_nothing_sleeps_on)
{
    const pthread_t thread = start_sleeper(2, 1);
    for (size_t i = 1; i < 20; i++) {
        ws_unpark(&at(0)->parker);
        while (ws_load_relaxed(&at(0)->counters.parked) <= i)
            sched_yield();
        cr_assert_not(atomic_load(&got_up));
        cr_assert(bare_crew_sleeps(at(0)));
        assert_state(1, 0);
    }
    ws_sleep_published(crew, at(1));
    end_sleeper(thread);
    assert_state(2, 1);
}

Test(sleep_wait, who_sleeps_gets_up_when_the_pool_ends)
{
    const pthread_t thread = start_sleeper(2, 1);
    ws_store_release(&crew->ending, 1);
    ws_unpark(&at(0)->parker);
    end_sleeper(thread);
    assert_state(2, 1);
}

/* ---- mail in sleep ---- */

typedef struct letter {
    ws_mail mail; /* first */
    size_t running;
    bool on_thread;
    atomic_bool open;
} letter;

static pthread_t sleeping_thread;

static void read_letter(ws_mail *mail, ws_worker *worker)
{
    letter *self = (letter *)(void *)mail;
    self->running = ws_state_running(ws_load_seq_cst(&worker->crew->state));
    self->on_thread = pthread_equal(pthread_self(), sleeping_thread) != 0 && worker == at(0);
    atomic_store(&self->open, true);
}

Test(sleep_wait, who_sleeps_opens_its_mail_and_is_counted_while_it_does)
{
    static letter letters[5];
    sleeping_thread = start_sleeper(2, 1);
    for (size_t i = 0; i < 5; i++) {
        letters[i].mail.open = read_letter;
        const size_t parked = ws_load_relaxed(&at(0)->counters.parked);
        ws_worker_send(at(0), &letters[i].mail);
        while (ws_load_relaxed(&at(0)->counters.parked) == parked)
            sched_yield();
        cr_assert(atomic_load(&letters[i].open));
        cr_assert(letters[i].on_thread);
        cr_assert_eq(letters[i].running, 2, "itself, and the one that runs");
        cr_assert_not(atomic_load(&got_up));
        cr_assert(bare_crew_sleeps(at(0)));
        assert_state(1, 0);
    }
    ws_sleep_published(crew, at(1));
    end_sleeper(sleeping_thread);
}

/* ---- letters to sleepers ---- */

Test(sleep_wait, a_sleeper_gets_one_letter_at_a_time)
{
    ws_mail mail = {.open = NULL};
    bare_crew_put_to_sleep(at(3));
    ws_store_release(&at(3)->reserved, 1); /* somebody else is about to send it one */
    bare_crew_set_state(&bare, 1, 0);
    cr_assert_null(ws_sleep_send(at(0), &mail));
    cr_assert(bare_crew_sleeps(at(3)));
    assert_state(1, 0);
    ws_store_release(&at(3)->reserved, 0);
    cr_assert_eq(ws_sleep_send(at(0), &mail), at(3));
    cr_assert_not(bare_crew_sleeps(at(3)));
    cr_assert(ws_worker_has_mail(at(3)));
    cr_assert(bare_crew_was_woken(at(3)));
    cr_assert_eq(ws_load_relaxed(&at(3)->reserved), 0);
    assert_state(2, 1);
}

/* It would look for work, find none, and seem to sleep again. */
Test(sleep_wait, who_is_claimed_for_a_letter_waits_for_it)
{
    const pthread_t thread = start_sleeper(2, 1);
    const size_t parked = ws_load_relaxed(&at(0)->counters.parked);
    ws_store_release(&at(0)->reserved, 1);
    ws_and_seq_cst(&crew->sleeping[0], ~(size_t)1);
    ws_unpark(&at(0)->parker);
    while (ws_load_relaxed(&at(0)->counters.parked) == parked && !atomic_load(&got_up))
        sched_yield();
    cr_assert_not(atomic_load(&got_up));
    ws_store_release(&at(0)->reserved, 0);
    ws_unpark(&at(0)->parker);
    end_sleeper(thread);
}
